//! What a task waits for, inside its plan or in another project, as checks count it.

use crate::diagnostic::Span;
use crate::model::{ExternalLink, ExternalTask, Lag, LinkKind, Task, TaskNo};
use crate::report::ProjectReport;

/// A link into a task.
#[derive(Clone, Copy)]
pub(super) struct Tie<'a> {
    pub(super) kind: LinkKind,
    pub(super) lag: Lag,
    pub(super) origin: Span,
    before: Before<'a>,
}

/// The task that is waited for.
#[derive(Clone, Copy)]
enum Before<'a> {
    Own(TaskNo),
    External(&'a ExternalLink),
}

/// The links into a task: those inside its plan, then those from other projects.
pub(super) fn ties(task: &Task) -> impl Iterator<Item = Tie<'_>> {
    let own = task.links.iter().map(|link| Tie {
        kind: link.kind,
        lag: link.lag,
        origin: link.origin,
        before: Before::Own(link.predecessor),
    });
    let external = task.external_links.iter().map(|link| Tie {
        kind: link.kind,
        lag: link.lag,
        origin: link.origin,
        before: Before::External(link),
    });
    own.chain(external)
}

impl Tie<'_> {
    /// The task that is waited for as a plan names it.
    pub(super) fn before(&self, report: &ProjectReport) -> String {
        match self.before {
            Before::Own(number) => report.project.task(number).id.to_string(),
            Before::External(link) => link.named(),
        }
    }

    /// The task that is waited for, where it is one of another project that could be computed.
    pub(super) fn external<'b>(&self, report: &'b ProjectReport) -> Option<&'b ExternalTask> {
        match self.before {
            Before::Own(_) => None,
            Before::External(link) => report.project.external.of(link),
        }
    }

    /// Its planned length in minutes; none where the other project could not be computed.
    pub(super) fn length(&self, report: &ProjectReport) -> i64 {
        match self.before {
            Before::Own(number) => report.planned.slot(number).duration,
            Before::External(_) => self.external(report).map_or(0, |other| other.planned.length),
        }
    }

    /// Whether another link says the same.
    pub(super) fn is_like(&self, other: &Tie<'_>) -> bool {
        let same_task = match (self.before, other.before) {
            (Before::Own(one), Before::Own(other)) => one == other,
            (Before::External(one), Before::External(other)) => {
                (&one.project, &one.task) == (&other.project, &other.task)
            }
            (Before::Own(_), Before::External(_)) | (Before::External(_), Before::Own(_)) => false,
        };
        same_task && (self.kind, self.lag) == (other.kind, other.lag)
    }
}
