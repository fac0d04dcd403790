//! The annex of a gate document: from which files, by which program and under which limits it was made.

use serde::Serialize;

use crate::control::ReferenceSource;
use crate::diagnostic::Severity;
use crate::document::digest;
use crate::format;
use crate::model::Seal;
use crate::page::Desk;
use crate::page::view::{Fact, Finding};

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
}

/// A file with the first digits of its digest.
#[derive(Debug, Serialize)]
pub struct FileDigest {
    /// Its path in the portfolio.
    pub path: String,
    /// The first twelve digits of its SHA-256.
    pub digest: String,
}

/// Puts the annex together: `now` as of the status date, `desk` as the document shows the project.
#[must_use]
pub fn annex(now: &Desk<'_>, desk: &Desk<'_>) -> Annex {
    let report = now.report;
    let mut facts = vec![
        Fact::new("Figures as of", format::date(desk.project.status_date)),
        Fact::new("Files as of", format::date(now.project.status_date)),
        Fact::new("Source revision", report.revision.as_deref().unwrap_or("not under version control")),
        Fact::new("Made with", format!("milepost {}", env!("CARGO_PKG_VERSION"))),
    ];
    facts.push(baseline(desk));
    if let Some(day) = desk.project.control.spending.actuals_to {
        let update = crate::page::verdict::newest_update(desk);
        facts.push(
            Fact::new("Actual cost complete to", format::date(day))
                .explained(update.and_then(|update| desk.href_place(update.origin))),
        );
    }
    let found: Vec<_> = report.findings_of(now.project).collect();
    let count =
        |severity| found.iter().filter(|found| found.waiver.is_none() && found.severity == severity).count();
    Annex {
        facts,
        files: files(now),
        waived: found.iter().filter(|found| found.waiver.is_some()).map(|found| now.finding(found)).collect(),
        open: format!(
            "{}, {} and {} about the files and the plan of this project are open as of {}.",
            format::count(count(Severity::Error), "error"),
            format::count(count(Severity::Warning), "warning"),
            format::count(count(Severity::Info), "remark"),
            format::date(now.project.status_date)
        ),
    }
}

fn baseline(desk: &Desk<'_>) -> Fact {
    match &desk.project.control.reference.source {
        ReferenceSource::Plan => Fact::new("Measured against", "the plan as typed; no baseline was approved"),
        ReferenceSource::Baseline { id, approved } => {
            let frozen = desk.project.project.baselines.iter().find(|baseline| baseline.id == *id);
            let digest = frozen.and_then(crate::model::Baseline::short_digest);
            let digest = match frozen.map(crate::model::Baseline::seal) {
                Some(Seal::Broken) => {
                    Some("edited after it was frozen: its digest does not match".to_owned())
                }
                Some(Seal::Lost) => Some("its digest was taken out after it was frozen".to_owned()),
                _ => digest.map(|digits| format!("digest {digits}")),
            };
            let on = approved.map(|day| format!(", approved {}", format::date(day))).unwrap_or_default();
            Fact { note: digest, ..Fact::new("Measured against", format!("baseline {id}{on}")) }
                .explained(frozen.and_then(|baseline| desk.href_place(baseline.origin)))
        }
    }
}

fn files(now: &Desk<'_>) -> Vec<FileDigest> {
    let own = &now.project.project.files;
    let mut files: Vec<(&str, &str)> =
        now.report.sources.iter().filter(|(path, _)| own.iter().any(|file| file == path)).collect();
    files.sort_unstable();
    files
        .into_iter()
        .map(|(path, text)| FileDigest { path: path.to_owned(), digest: digest::of_text(text) })
        .collect()
}
