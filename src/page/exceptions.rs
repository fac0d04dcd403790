//! Which exceptions stand, and where each is told: for the pages that lead to their reports.

use serde::Serialize;

use crate::control::{DimensionKind, TOLERATED, outgrown, tolerances_left};
use crate::format;
use crate::page::address::Address;
use crate::page::desk::Desk;
use crate::page::view::Link;
use crate::quantity::Id;
use crate::report::ProjectReport;

/// An exception that stands.
#[derive(Clone, Debug, Serialize)]
pub struct Standing {
    /// What is outside its tolerance, leading to the report: `time`.
    pub link: Link,
    /// Since when, and who has answered where no decision that is still wanted does: `since 9 Oct 2026, answered by D-09`. Where it has
    /// gone on by more than the whole tolerance since, `answered by D-09 at 12 d; 34 d by now, not answered`.
    pub words: String,
}

/// The dimensions of which a project has an exception report: those whose tolerance is left, and
/// those of which the board was told, in the order in which readers see them.
#[must_use]
pub fn raised(project: &ProjectReport) -> Vec<DimensionKind> {
    let left = tolerances_left(&project.project, &project.control);
    let is_left = |kind: DimensionKind| left.iter().any(|left| left.kind == kind);
    let is_told =
        |kind: DimensionKind| project.project.exception_as_of(kind.key(), project.status_date).is_some();
    let stands = |kind: &DimensionKind| is_told(*kind) || is_left(*kind);
    TOLERATED.into_iter().filter(stands).collect()
}

/// What an exception report is called.
#[must_use]
pub fn title(kind: DimensionKind) -> String {
    format!("Exception: {}", kind.key())
}

/// The tolerances that are left, each leading to its report; empty for a project that is stopped or closed.
#[must_use]
pub fn standing(desk: &Desk<'_>) -> Vec<Standing> {
    let project = &desk.project.project;
    let day = desk.project.status_date;
    let left = tolerances_left(project, &desk.project.control);
    let told = left.into_iter().map(|left| {
        let key = left.kind.key();
        let record = project.exception_as_of(key, day);
        let decision = record.and_then(|record| record.decision.as_ref());
        let entry = decision.and_then(|id| project.registers.decisions.iter().find(|entry| entry.id == *id));
        let answer = match (record, entry) {
            (None, _) => ", of which the board has not been told".to_owned(),
            (Some(_), None) => ", for which no decision is named".to_owned(),
            (Some(_), Some(entry)) if !entry.is_open(day) => {
                let then = entry.decided.and_then(|day| outgrown(project, &desk.project.control, &left, day));
                let figures = then.and_then(|then| then.words(project)).zip(left.drift.words(project));
                let grown = figures.map_or_else(String::new, |(then, now)| {
                    format!(" at {then}; {now} by now, not answered")
                });
                format!(", answered by {}{grown}", entry.id)
            }
            // What is wanted stands beside it.
            (Some(_), Some(_)) => String::new(),
        };
        Standing {
            link: Link { label: key.to_owned(), href: desk.href(&Address::exception(desk.folder(), key)) },
            words: format!("since {}{answer}", format::date(left.since)),
        }
    });
    told.collect()
}

/// The exception reports that a decision answers, as links.
#[must_use]
pub fn answered_by(desk: &Desk<'_>, decision: &Id) -> Vec<Link> {
    let day = desk.project.status_date;
    let named = raised(desk.project).into_iter().filter(|kind| {
        let record = desk.project.project.exception_as_of(kind.key(), day);
        record.is_some_and(|record| record.decision.as_ref() == Some(decision))
    });
    let link = |kind: DimensionKind| Link {
        label: title(kind),
        href: desk.href(&Address::exception(desk.folder(), kind.key())),
    };
    named.map(link).collect()
}
