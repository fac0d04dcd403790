//! Where the logic of a plan begins and ends: what comes before each task, what waits for it, and which two tasks may
//! stand at the ends.

use std::collections::BTreeMap;

use crate::model::{LinkKind, Project, Task, TaskKind, TaskNo};
use crate::quantity::GateId;
use crate::report::ProjectReport;

/// The ends of a plan's logic. Counted are work that is no level of effort, milestones and gates; links of a summary
/// hold for everything in it, and those to and from other projects count.
pub(super) struct Ends<'a> {
    project: &'a Project,
    /// The kinds of link that lead out of each task.
    leaving: BTreeMap<TaskNo, Vec<LinkKind>>,
    /// The task that begins the plan: of those that wait for nothing the one that starts first in the plan as typed, and
    /// of several the first written. None where every task waits for another.
    pub start: Option<TaskNo>,
    /// The task that ends the plan: of those that nothing waits for gate G5, else G4, else the one that finishes last in the
    /// plan as typed, to the minute; of several a milestone before work, then the last written. An earlier gate that nothing waits for ends
    /// nothing. None where something waits for every task.
    pub finish: Option<TaskNo>,
}

impl<'a> Ends<'a> {
    /// Finds the ends of a project's plan.
    pub fn of(report: &'a ProjectReport) -> Self {
        let project = &report.project;
        let mut leaving: BTreeMap<TaskNo, Vec<LinkKind>> = BTreeMap::new();
        for link in project.tasks.iter().flat_map(|task| &task.links) {
            leaving.entry(link.predecessor).or_default().push(link.kind);
        }
        for (number, task) in project.task_numbers().map(|number| (number, project.task(number))) {
            for follower in project.external.followers(&task.id) {
                leaving.entry(number).or_default().push(follower.kind);
            }
        }
        let mut ends = Self { project, leaving, start: None, finish: None };
        let slot = |number: &TaskNo| report.planned.slot(*number);
        ends.start = ends
            .counted()
            .filter(|number| !ends.is_fed(*number))
            .min_by_key(|number| (slot(number).first_day(), *number));
        ends.finish = ends.finishes().max_by_key(|number| {
            let task = project.task(*number);
            let gate = if let TaskKind::Gate(gate) = task.kind { Some(gate) } else { None };
            let gate = gate.filter(|gate| *gate >= GateId::G4);
            (gate, slot(number).finish, task.is_point(), *number)
        });
        ends
    }

    fn counted(&self) -> impl Iterator<Item = TaskNo> {
        self.project.task_numbers().filter(|number| counts(self.project.task(*number)))
    }

    /// The tasks that nothing waits for.
    pub fn finishes(&self) -> impl Iterator<Item = TaskNo> {
        self.counted().filter(|number| !self.is_awaited(*number))
    }

    /// Says whether something comes before a task: a link of its own or of a summary above it. A link that could not be
    /// read has been reported; something comes before all the same.
    pub fn is_fed(&self, number: TaskNo) -> bool {
        self.has_unread_links(number) || self.entering(number).next().is_some()
    }

    /// Says whether something waits for a task, or for a summary above it.
    pub fn is_awaited(&self, number: TaskNo) -> bool {
        self.leaving(number).next().is_some()
    }

    /// Says whether a task has predecessors of which none drives its start: only FF or SF lead in.
    pub fn has_dangling_start(&self, number: TaskNo) -> bool {
        let drives = |kind: LinkKind| matches!(kind, LinkKind::FinishStart | LinkKind::StartStart);
        self.entering(number).next().is_some()
            && !self.has_unread_links(number)
            && !self.entering(number).any(drives)
            && self.start != Some(number)
    }

    /// Says whether a task has successors of which none is driven by its finish: only SS or SF lead out.
    pub fn has_dangling_finish(&self, number: TaskNo) -> bool {
        let drives = |kind: LinkKind| matches!(kind, LinkKind::FinishStart | LinkKind::FinishFinish);
        self.is_awaited(number) && !self.leaving(number).any(drives) && self.finish != Some(number)
    }

    fn entering(&self, number: TaskNo) -> impl Iterator<Item = LinkKind> {
        self.with_summaries(number).flat_map(|number| {
            let task = self.project.task(number);
            let external = task.external_links.iter().map(|link| link.kind);
            task.links.iter().map(|link| link.kind).chain(external)
        })
    }

    fn leaving(&self, number: TaskNo) -> impl Iterator<Item = LinkKind> {
        self.with_summaries(number).filter_map(|number| self.leaving.get(&number)).flatten().copied()
    }

    fn has_unread_links(&self, number: TaskNo) -> bool {
        self.with_summaries(number).any(|number| self.project.task(number).has_unread_links)
    }

    fn with_summaries(&self, number: TaskNo) -> impl Iterator<Item = TaskNo> {
        std::iter::successors(Some(number), |number| self.project.task(*number).parent)
    }
}

/// How the work of a plan is tied at both ends, by the measure of point 1 and of W201 and W202: level of effort is left out, and so is
/// the one task that begins the plan from the starts, and the one that ends it from the finishes, where these are work.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TiedWork {
    /// Tasks that need something before them.
    pub n_starts: usize,
    /// Those of them that nothing comes before, neither a link nor a date given from outside.
    pub open_starts: Vec<TaskNo>,
    /// Tasks that need something behind them.
    pub n_finishes: usize,
    /// Those of them that nothing waits for.
    pub open_finishes: Vec<TaskNo>,
}

/// Looks at both ends of all work of a plan, finished or not.
///
/// A build and a test in a row, and a guide that nothing waits for, before the closing gate: three finishes of which that of the guide is
/// open; the build begins the plan, so two starts are needed.
#[must_use]
pub fn tied_work(report: &ProjectReport) -> TiedWork {
    let ends = Ends::of(report);
    let project = &report.project;
    let work = || ends.counted().filter(|number| project.task(*number).is_work());
    let starts = || work().filter(|number| ends.start != Some(*number));
    let finishes = || work().filter(|number| ends.finish != Some(*number));
    let is_given = |number: TaskNo| ends.is_fed(number) || !project.task(number).constraints.is_empty();
    TiedWork {
        n_starts: starts().count(),
        open_starts: starts().filter(|number| !is_given(*number)).collect(),
        n_finishes: finishes().count(),
        open_finishes: finishes().filter(|number| !ends.is_awaited(*number)).collect(),
    }
}

/// Says whether a line of the plan needs a predecessor and a successor.
pub(super) fn counts(task: &Task) -> bool {
    task.is_point() || (task.is_work() && !task.is_level_of_effort())
}
