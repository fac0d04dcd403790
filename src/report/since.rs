//! What changed since an earlier state of the files: from when to when, project by project, and who did it.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::control::{ChangedEntry, WhatChanged};
use crate::diagnostic::Diagnostic;
use crate::history::{Commit, Lack, Limit, NoHistory, Touch};
use crate::quantity::{Amount, GateId};
use crate::report::{ProjectReport, Sources};

/// What is known of the past of a folder.
#[derive(Clone, Debug, Default)]
pub enum History {
    /// Nobody asked.
    #[default]
    NotAsked,
    /// It was asked for, and there is none.
    None(NoHistory),
    /// What it tells, by the folders of the projects.
    Known(BTreeMap<String, ProjectHistory>),
}

/// What the past tells of a project.
#[derive(Clone, Debug, Default)]
pub struct ProjectHistory {
    /// What changed since the report before the newest; none where there is none.
    pub since_report: Option<Compared>,
    /// What changed until each gate since the gate before it.
    pub since_gate: BTreeMap<GateId, Compared>,
}

/// A comparison, or why there is none.
pub type Compared = Result<Box<ProjectSince>, NotCompared>;

/// A state of the files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// What it is the state of.
    pub moment: Moment,
    /// The commit that holds it; none for the folder as it was read.
    pub commit: Option<Commit>,
    /// The day as of which the project is measured in it.
    pub status_date: Date,
}

/// Why a state is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Moment {
    /// It was reported on this day.
    Report(Date),
    /// This gate was decided on this day.
    Gate(GateId, Date),
    /// This revision was named, in these words.
    Revision(String),
    /// It is the folder as it was read.
    Folder,
}

/// Why a project cannot be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotCompared {
    /// It has no closed report.
    NoReport,
    /// The gate has no decision.
    NotDecided(GateId),
    /// The history of this clone begins after the day.
    BeginsLater {
        /// The first commit there is.
        first: Commit,
        /// The day asked for.
        day: Date,
        /// Whether that is because the clone is shallow.
        is_shallow: bool,
    },
    /// The report of the day was closed, and stands in no commit yet.
    NotCommitted(Date),
    /// It was not there.
    NotThere,
    /// It is there no longer.
    Gone,
    /// Its files could not be read as they were.
    UnreadableThen,
    /// Its files cannot be read as they are.
    UnreadableNow,
    /// This clone lacks files or commits that the comparison needs.
    Lacking {
        /// Of what: a commit, or `the commits before` one.
        revision: String,
        /// Why.
        lack: Lack,
    },
}

/// What changed in a project.
#[derive(Clone, Debug)]
pub struct ProjectSince {
    /// Its folder.
    pub folder: String,
    /// Its folder as it was, where it was called otherwise.
    pub renamed_from: Option<String>,
    /// The older state.
    pub from: State,
    /// The newer state.
    pub to: State,
    /// The project as it was.
    pub before: ProjectReport,
    /// The project as it is.
    pub after: ProjectReport,
    /// What differs.
    pub what: WhatChanged,
    /// For each entry that differs, where and by whom; none where it was computed.
    pub touches: Vec<Option<Touch>>,
    /// Findings that are new.
    pub findings_came: Vec<Diagnostic>,
    /// Findings that are gone.
    pub findings_went: Vec<Diagnostic>,
    /// Commits in between that changed the files, oldest first; empty where they do not lie on one row.
    pub commits: Vec<CommitMove>,
    /// What limits the comparison.
    pub limits: Vec<Limit>,
}

impl ProjectSince {
    /// Entries that differ, each with who did it.
    pub fn entries(&self) -> impl Iterator<Item = (&ChangedEntry, Option<&Touch>)> {
        self.what.entries.iter().zip(self.touches.iter().map(Option::as_ref))
    }

    /// Says whether nothing changed but the day.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.what.is_nothing() && self.findings_came.is_empty() && self.findings_went.is_empty()
    }
}

/// A commit, and what it did to a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommitMove {
    /// The commit; none for what stands in the folder and in no commit.
    pub commit: Option<Commit>,
    /// The last day before and after it; none where one of them could not be computed.
    pub finish: Option<(Date, Date)>,
    /// The estimate at completion before and after it, each none where none can be told; none where one of them could not be computed.
    pub estimate: Option<(Option<Amount>, Option<Amount>)>,
}

impl ProjectReport {
    /// What changed from this state of the project to another one.
    #[must_use]
    pub fn what_changed_until(&self, after: &Self) -> WhatChanged {
        WhatChanged::between(self.measured(), after.measured())
    }
}

/// Findings of one state that the other has not: with the same rule and the same words in the same project. Of several alike,
/// as many count as there are more. Places do not count, because lines move.
#[must_use]
pub fn findings_only_in<'a>(
    one: impl Iterator<Item = &'a Diagnostic>,
    other: impl Iterator<Item = &'a Diagnostic>,
) -> Vec<Diagnostic> {
    let mut known: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for found in other {
        *known.entry((found.rule.code, found.message.as_str())).or_default() += 1;
    }
    one.filter(|found| match known.get_mut(&(found.rule.code, found.message.as_str())) {
        Some(left) if *left > 0 => {
            *left -= 1;
            false
        }
        _ => true,
    })
    .cloned()
    .collect()
}

/// Path and line of a place, counted from 1.
#[must_use]
pub fn path_and_line(sources: &Sources, span: crate::diagnostic::Span) -> (&str, usize) {
    use crate::diagnostic::Places as _;
    (sources.path(span.file), sources.position(span).line)
}
