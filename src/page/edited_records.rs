//! What pages warn of: frozen records that were edited, which the figures on the page rest on.

use serde::Serialize;

use crate::check::{EDITED_BASELINE, EDITED_GATE_DOCUMENT, EDITED_SNAPSHOT};
use crate::diagnostic::Diagnostic;
use crate::format;
use crate::model::{Baseline, FrozenGate, Project, Seal};
use crate::page::address::Address;
use crate::page::desk::Here;
use crate::page::explain::report_of_its_day;
use crate::page::view::Link;
use crate::quantity::GateId;
use crate::report::ProjectReport;

/// A warning above everything that rests on an edited record, or on what could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Banner {
    /// What happened and what it means.
    pub words: String,
    /// The findings.
    pub links: Vec<Link>,
}

/// The pages on which figures open.
const FIGURES: &str = "figures";

/// Pages whose figures are measured against the baseline, by their kinds; so are the documents of gates.
const ON_BASELINE: [&str; 12] = [
    "dashboard",
    "schedule",
    "burn",
    "budget",
    "ledger",
    "business-case",
    "trends",
    "gates",
    "stage",
    "quality",
    "explain",
    FIGURES,
];

/// Pages that show what earlier reports said, by their kinds.
const ON_SNAPSHOTS: [&str; 8] =
    ["dashboard", "trends", "journal", "report", "quality", "G4", "explain", FIGURES];

/// The warnings of a page of a project; a document of a decided gate is about the baseline of its day.
#[must_use]
pub fn banners(here: &Here<'_>, project: &ProjectReport, kind: &str) -> Vec<Banner> {
    let gate: Option<GateId> = kind.parse().ok();
    let shown = match gate {
        Some(gate) => project.at_gates.get(&gate).unwrap_or(project),
        None if kind == FIGURES => report_of_its_day(here, project),
        None => project,
    };
    let mut banners = Vec::new();
    if gate.is_some() || ON_BASELINE.contains(&kind) {
        let baseline = shown.project.baseline_as_of(shown.status_date);
        banners.extend(baseline.and_then(|baseline| of_baseline(here, &project.project, baseline)));
    }
    if gate.is_some() || kind == "gates" {
        let edited = project
            .project
            .frozen_gates
            .iter()
            .filter(|frozen| gate.is_none_or(|gate| frozen.gate == gate) && !is_whole(project, frozen));
        banners.extend(edited.map(|frozen| of_gate_document(here, &project.project, frozen)));
    }
    if ON_SNAPSHOTS.contains(&kind) {
        banners.extend(of_snapshots(here, shown));
    }
    banners
}

/// The warnings of the overview of all projects, each with the name of its project.
#[must_use]
pub fn banners_of_all(here: &Here<'_>) -> Vec<Banner> {
    let of_project = |project: &ProjectReport| {
        let banner =
            of_baseline(here, &project.project, project.project.baseline_as_of(project.status_date)?)?;
        Some(Banner { words: format!("{}: {}", project.project.name, banner.words), ..banner })
    };
    here.report.projects.iter().filter_map(of_project).collect()
}

/// The anchor of a finding about an edited record, on the page of plan quality; none for other findings.
#[must_use]
pub fn anchor_of(project: &Project, found: &Diagnostic) -> Option<String> {
    if found.rule.code == EDITED_BASELINE.code {
        let mut all = project.baselines.iter();
        return all.find(|one| found.span == Some(one.origin)).map(|one| anchor(one.id.as_str()));
    }
    if found.rule.code == EDITED_GATE_DOCUMENT.code {
        let mut all = project.frozen_gates.iter();
        return all.find(|one| found.span == Some(one.origin)).map(|one| anchor(&one.name()));
    }
    let mut all = project.snapshots.iter().filter(|_| found.rule.code == EDITED_SNAPSHOT.code);
    all.find(|one| found.span == Some(one.origin)).map(|one| anchor(&format::iso(one.status_date)))
}

fn anchor(name: &str) -> String {
    format!("edited-{name}")
}

fn link(here: &Here<'_>, project: &Project, label: String, name: &str) -> Link {
    let page = Address::page(&project.folder, "quality");
    let anchor = anchor(name);
    let href =
        if page == *here.address { Some(format!("#{anchor}")) } else { here.href_section(&page, &anchor) };
    Link { label, href }
}

fn of_baseline(here: &Here<'_>, project: &Project, baseline: &Baseline) -> Option<Banner> {
    let what = match baseline.seal() {
        Seal::Whole => return None,
        Seal::Broken => "was edited after it was frozen",
        Seal::Lost => "has lost the digest that it was frozen with",
    };
    let label = format!("the finding about {}", baseline.id);
    Some(Banner {
        words: format!("baseline {} {what}: figures that rest on it cannot be trusted.", baseline.id),
        links: vec![link(here, project, label, baseline.id.as_str())],
    })
}

/// Whether a frozen document still says what it said, by its own digest and by the one that it prints.
fn is_whole(project: &ProjectReport, frozen: &FrozenGate) -> bool {
    let mut compared = project.decided.iter();
    let compared = compared.find(|one| (one.gate, one.decided) == (frozen.gate, frozen.decided));
    frozen.seal().is_whole() && compared.is_none_or(|one| one.is_genuine)
}

fn of_gate_document(here: &Here<'_>, project: &Project, frozen: &FrozenGate) -> Banner {
    let label = format!("the finding about {}", frozen.name());
    Banner {
        words: format!(
            "the frozen document of {}, decided on {}, was edited: it is not shown, and what stands here is computed from the \
             files of today.",
            frozen.gate,
            format::date(frozen.decided)
        ),
        links: vec![link(here, project, label, &frozen.name())],
    }
}

fn of_snapshots(here: &Here<'_>, shown: &ProjectReport) -> Option<Banner> {
    let all = shown.project.snapshots.iter().filter(|one| one.status_date <= shown.status_date);
    let edited: Vec<_> = all.filter(|one| !one.seal().is_whole()).collect();
    let days: Vec<String> = edited.iter().map(|one| format::date(one.status_date)).collect();
    let (which, were) = if days.len() == 1 { ("report", "was") } else { ("reports", "were") };
    let link_to = |one: &&crate::model::Snapshot| {
        link(here, &shown.project, format::date(one.status_date), &format::iso(one.status_date))
    };
    (!days.is_empty()).then(|| Banner {
        words: format!(
            "the frozen {which} of {} {were} edited afterwards, or lost the digest: what is drawn from them cannot be trusted.",
            format::listed(&days)
        ),
        links: edited.iter().map(link_to).collect(),
    })
}
