//! Where the figures of a page come from: what stands at the foot of every page, for whoever audits it.

use crate::control::ReferenceSource;
use crate::diagnostic::Tally;
use crate::format;
use crate::model::{Baseline, Seal};
use crate::page::address::{Address, Thing};
use crate::page::desk::{Desk, Here};
use crate::page::verdict::{newest_update, no_baseline};
use crate::page::view::Fact;
use crate::report::Report;

/// What stands at the foot of a page about the whole portfolio.
#[must_use]
pub fn of_site(here: &Here<'_>) -> Vec<Fact> {
    let counted = counted(here.report.findings.tally());
    let found = Fact { href: here.href(&Address::problems()), ..Fact::new("Found", counted) };
    let mut facts = vec![Fact::new("Status date", format::date(here.report.status_date))];
    facts.extend(revision(here.report));
    facts.push(program());
    facts.push(found);
    facts
}

/// What stands at the foot of a page about a project.
#[must_use]
pub fn of_project(desk: &Desk<'_>) -> Vec<Fact> {
    let counted = counted(desk.report.findings.tally_of_project(desk.folder()));
    let found = Fact { href: desk.href_page("quality"), ..Fact::new("Found", counted) };
    let mut facts = vec![Fact::new("Status date", format::date(desk.project.status_date))];
    facts.extend(revision(desk.report));
    facts.push(program());
    facts.extend(actuals(desk));
    facts.push(measured_against(desk));
    facts.extend(changes(desk));
    facts.push(found);
    facts
}

fn program() -> Fact {
    Fact::new("Made with milepost", env!("CARGO_PKG_VERSION"))
}

/// The revision of the files; none where they are not under version control.
fn revision(report: &Report) -> Option<Fact> {
    report.revision.as_deref().map(|revision| Fact::new("Source revision", revision_words(revision)))
}

/// A revision in words: `085e4f0228`, and `085e4f0228 with changes that are not committed` for one that ends in `+`.
#[must_use]
pub fn revision_words(revision: &str) -> String {
    match revision.strip_suffix('+') {
        Some(commit) => format!("{commit} with changes that are not committed"),
        None => revision.to_owned(),
    }
}

/// The day up to which the actual cost is complete, as the newest report says; none where none says so.
#[must_use]
pub fn actuals(desk: &Desk<'_>) -> Option<Fact> {
    let day = desk.project.control.spending.actuals_to?;
    let place = newest_update(desk).and_then(|update| desk.href_of_field(update.origin, "actuals_to"));
    let control = &desk.project.control;
    let note = (control.data_date < control.status_date).then(|| {
        format!("cost and earned value stand as of {}, the newest report", format::date(control.data_date))
    });
    Some(Fact { note, ..Fact::new("Actual cost complete to", format::date(day)) }.explained(place))
}

/// What the project is measured against: the baseline in force with who approved it, when, and its digest.
#[must_use]
pub fn measured_against(desk: &Desk<'_>) -> Fact {
    let ReferenceSource::Baseline { id, approved, .. } = &desk.project.control.reference.source else {
        let why = match desk.project.awaited_baseline() {
            Some(_) => no_baseline(desk),
            None => "no baseline was approved".to_owned(),
        };
        return Fact::new("Measured against", format!("the plan as typed; {why}"));
    };
    let frozen = desk.project.project.baselines.iter().find(|baseline| baseline.id == *id);
    let digest = match frozen.map(Baseline::seal) {
        Some(Seal::Broken) => Some("edited after it was frozen: its digest does not match".to_owned()),
        Some(Seal::Lost) => Some("its digest was taken out after it was frozen".to_owned()),
        _ => {
            frozen.and_then(Baseline::short_digest).map(|digits| format!("digest {digits}, not edited since"))
        }
    };
    let on = approved.map(|day| format!(" {}", format::date(day))).unwrap_or_default();
    let by = frozen.and_then(|baseline| approved_by(desk, baseline));
    let approval = match by {
        Some(by) => format!(", approved{on} by {by}"),
        None if on.is_empty() => String::new(),
        None => format!(", approved{on}"),
    };
    let later = frozen.and_then(Baseline::frozen_later);
    let later = later.map(|day| format!(", frozen {}", format::date(day))).unwrap_or_default();
    Fact { note: digest, ..Fact::new("Measured against", format!("baseline {id}{approval}{later}")) }
        .explained(frozen.and_then(|baseline| desk.href_place(baseline.origin)))
}

/// Who approved a baseline, and with what: `Helena Weiss (G1)`. Those who signed the gate that authorised it, or who decided
/// the change that did; where the file names neither, those who signed the first gate that names the baseline. None where
/// nothing of it is recorded.
#[must_use]
pub fn approved_by(desk: &Desk<'_>, baseline: &Baseline) -> Option<String> {
    let project = &desk.project.project;
    let day = desk.project.status_date;
    let gate = project.gates.values().filter(|record| record.is_passed(day)).find(|record| {
        match &baseline.authorised_by {
            Some(id) => record.gate.to_string() == id.as_str(),
            None => record.baseline.as_ref() == Some(&baseline.id),
        }
    });
    if let Some(record) = gate {
        let signed =
            record.signatures.iter().filter(|one| one.decision.is_none_or(crate::model::Decision::passes));
        let names: Vec<String> = signed.map(|one| project.person_name(one.person).to_owned()).collect();
        return (!names.is_empty()).then(|| format!("{} ({})", format::listed(&names), record.gate));
    }
    let id = baseline.authorised_by.as_ref()?;
    let change =
        project.registers.changes.iter().find(|change| change.id == *id && change.is_approved(day))?;
    Some(format!("{} ({id})", project.person_name(change.decided_by?)))
}

/// The way to what changed since the report before the newest; none where there is no report before it.
fn changes(desk: &Desk<'_>) -> Option<Fact> {
    let newest = newest_update(desk)?.status_date;
    let updates = desk.project.project.updates.iter().rev();
    let before = updates.map(|update| update.status_date).find(|day| *day < newest)?;
    let href = desk.href_to(&Thing::Update(newest))?;
    Some(Fact {
        href: Some(href),
        ..Fact::new("What changed", format!("since the report of {}", format::date(before)))
    })
}

/// Findings in words: `1 error, 11 warnings; 1 waived`; `nothing` where there are none.
fn counted(found: Tally) -> String {
    let of = |number: usize, noun: &str| (number > 0).then(|| format::count(number, noun));
    let parts = [of(found.errors, "error"), of(found.warnings, "warning"), of(found.remarks, "remark")];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let open = if parts.is_empty() { "nothing".to_owned() } else { format::listed(&parts) };
    if found.waived == 0 { open } else { format!("{open}; {} waived", found.waived) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_revision_says_whether_everything_is_committed() {
        assert_eq!(revision_words("085e4f0228"), "085e4f0228");
        assert_eq!(revision_words("085e4f0228+"), "085e4f0228 with changes that are not committed");
    }
}
