//! The annex of a gate document: from which files, by which program and under which limits it was made.

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::document::digest;
use crate::document::undated::is_of_its_time;
use crate::format;
use crate::model::FrozenGate;
use crate::page::view::{Fact, Finding};
use crate::page::{Desk, provenance};
use crate::quantity::GateId;

/// Where a document comes from.
#[derive(Debug, Serialize)]
pub struct Annex {
    /// Status date, revision, program, baseline.
    pub facts: Vec<Fact>,
    /// Files read, with their digests.
    pub files: Vec<FileDigest>,
    /// Findings that are let pass, with reason, signer and end.
    pub waived: Vec<Finding>,
    /// How many findings are open, in one sentence.
    pub open: String,
    /// The first of them, the gravest first: rule, message and place.
    pub named: Vec<Finding>,
    /// How many more there are, in words; none where all are named.
    pub not_named: Option<String>,
}

/// So many open findings are named.
const NAMED: usize = 20;

/// A file with the first digits of its digest.
#[derive(Debug, Serialize)]
pub struct FileDigest {
    /// Its path inside the project; of a file that lies elsewhere, and in an archive index, its path in the portfolio.
    pub path: String,
    /// The first twelve digits of its SHA-256.
    pub digest: String,
}

/// Puts the annex together: `now` as of the status date, `desk` as the document shows the project.
#[must_use]
pub fn annex(now: &Desk<'_>, desk: &Desk<'_>, frozen: Option<&FrozenGate>) -> Annex {
    let report = now.report;
    // A frozen document comes from the files of the day on which it was frozen.
    let (files_of, revision, program) = if let Some(frozen) = frozen {
        (frozen.frozen, frozen.source_revision.as_deref(), frozen.made_with.clone())
    } else {
        let program = format!("milepost {}", env!("CARGO_PKG_VERSION"));
        (now.project.status_date, report.revision.as_deref(), Some(program))
    };
    let revision = revision.map(provenance::revision_words);
    let revision = revision.unwrap_or_else(|| "not under version control".to_owned());
    let figures_of = frozen.map_or(desk.project.status_date, |frozen| frozen.decided);
    let mut facts = vec![
        Fact::new("Figures as of", format::date(figures_of)),
        Fact::new("Files as of", format::date(files_of)),
        Fact::new("Source revision", revision),
    ];
    facts.extend(program.map(|program| Fact::new("Made with", program)));
    facts.extend(frozen.map(|frozen| {
        let words = format!("on {}", format::date(frozen.frozen));
        Fact::new("Frozen", words).explained(now.href_place(frozen.origin))
    }));
    facts.extend(frozen.map(|frozen| {
        Fact::new("Full digest", frozen.document.clone()).explained(now.href_place(frozen.origin))
    }));
    facts.push(provenance::measured_against(desk));
    facts.extend(provenance::actuals(desk));
    let is_past = desk.project.status_date != now.project.status_date;
    let of_then = is_past.then(|| findings_as_of(desk));
    let found: Vec<&Diagnostic> = match &of_then {
        Some(found) => found.iter().collect(),
        None => report.findings_of(now.project).collect(),
    };
    // What is to be done about a finding is no matter of a document.
    let open: Vec<&Diagnostic> = found.iter().copied().filter(|found| found.waiver.is_none()).collect();
    let graveness = [Severity::Error, Severity::Warning, Severity::Info];
    let gravest = graveness.iter().flat_map(|grave| open.iter().filter(|found| found.severity == *grave));
    let named =
        gravest.take(NAMED).map(|found| Finding { hints: Vec::new(), ..now.finding(found) }).collect();
    let count =
        |severity| found.iter().filter(|found| found.waiver.is_none() && found.severity == severity).count();
    Annex {
        facts,
        files: match frozen {
            Some(frozen) => frozen
                .sources
                .iter()
                .map(|(path, digest)| FileDigest { path: path.clone(), digest: digest.clone() })
                .collect(),
            None => files_inside(now, |_| true),
        },
        named,
        not_named: (open.len() > NAMED).then(|| format!("{} more are not named here.", open.len() - NAMED)),
        waived: found.iter().filter(|found| found.waiver.is_some()).map(|found| now.finding(found)).collect(),
        open: format!(
            "{}, {} and {} about the files and the plan of this project {} open as of {}{}.",
            format::count(count(Severity::Error), "error"),
            format::count(count(Severity::Warning), "warning"),
            format::count(count(Severity::Info), "remark"),
            if is_past { "were" } else { "are" },
            format::date(desk.project.status_date),
            if is_past {
                // Findings are no part of what is frozen: those of then are looked for in the files as they are.
                format!(", as the files of {} tell", format::date(now.project.status_date))
            } else {
                String::new()
            }
        ),
    }
}

/// Findings about a project as of the day of a gate gone by: about its plan and figures as they were, and about files that cannot
/// be read as they are, where these are those of the day. What came up later is left out, and so is what was let pass of it.
#[must_use]
pub fn findings_as_of(desk: &Desk<'_>) -> Diagnostics {
    let mut found = crate::check::look(desk.project);
    // After a day gone by lies whatever was written since; and what a gate allows with its decision is not allowed before it.
    let own = desk.project.before_board.map(|gate| authority_of(desk, gate));
    let _ = found.take_out(|found| {
        let is_of_gate =
            own.as_ref().is_some_and(|own| own.iter().any(|name| found.message.contains(name.as_str())));
        found.rule.code == crate::check::FACTS_AFTER_STATUS_DATE.code
            || found.rule.code == crate::check::LATE_BOOKING.code
            || found.rule.code == crate::check::TOLD_OTHERWISE.code
            || (is_of_gate && found.rule.code == crate::check::UNAUTHORISED_BASELINE.code)
    });
    let of_files = desk
        .report
        .findings_of(desk.project)
        .filter(|found| ["E1", "E7"].iter().any(|of| found.rule.code.starts_with(of)))
        .filter(|_| are_errors_of_its_time(desk));
    of_files.for_each(|one| found.push(one.clone()));
    crate::check::apply_waivers(&desk.project.project, desk.project.status_date, &mut found);
    found.sort();
    found
}

/// What a finding names that a decision on the gate answers: the gate itself, and the baseline that its page allows.
fn authority_of(desk: &Desk<'_>, gate: GateId) -> Vec<String> {
    let record = desk.project.project.gates.get(&gate);
    let baseline = record.and_then(|record| record.baseline.as_ref());
    std::iter::once(format!("`{gate}`")).chain(baseline.map(|id| format!("`{id}`"))).collect()
}

/// Whether errors of the files are those that a board had before it. A file that was broken later was whole then: of later files nobody can
/// tell since when, and a document is not frozen as long as its files hold an error.
fn are_errors_of_its_time(desk: &Desk<'_>) -> bool {
    let Some(gate) = desk.project.before_board else { return true };
    is_of_its_time(desk) && desk.project.project.frozen_gate(gate, desk.project.status_date).is_none()
}

/// The files of the project with their digests, in the order of their paths: those that are wanted, by the path inside the
/// project's folder (`gates/G2.md`).
#[must_use]
pub fn files(now: &Desk<'_>, is_wanted: impl Fn(&str) -> bool) -> Vec<FileDigest> {
    let own = now.project.project.files.iter().map(String::as_str);
    let wanted = own.filter(|path| is_wanted(now.report.inside(now.project, path)));
    let mut files: Vec<(&str, &str)> =
        wanted.filter_map(|path| Some((path, now.report.sources.text_of(path)?))).collect();
    files.sort_unstable();
    files
        .into_iter()
        .map(|(path, text)| FileDigest { path: path.to_owned(), digest: digest::of_text(text) })
        .collect()
}

/// The same with their paths inside the project: nobody looks for the files of another in a document.
#[must_use]
pub fn files_inside(now: &Desk<'_>, is_wanted: impl Fn(&str) -> bool) -> Vec<FileDigest> {
    let inside = |file: FileDigest| FileDigest {
        path: now.report.inside(now.project, &file.path).to_owned(),
        digest: file.digest,
    };
    files(now, is_wanted).into_iter().map(inside).collect()
}
