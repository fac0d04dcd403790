//! Tasks, their logic, and how they earn value.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::diagnostic::Span;
use crate::model::{ExternalLink, PersonNo, Project, RoleNo, Text};
use crate::quantity::{Amount, Estimate, GateId, Id, Lag, Moment, Percent, Stage, WorkTime};

/// A task's place in its project's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskNo(pub u32);

/// One line of the plan: work, a milestone, a gate, a hammock or a summary.
#[derive(Clone, Debug)]
pub struct Task {
    /// Its id.
    pub id: Id,
    /// Its name; the id where none was given.
    pub name: String,
    /// The stage it is listed under.
    pub stage: Stage,
    /// The summary that holds it.
    pub parent: Option<TaskNo>,
    /// How many summaries are above it.
    pub depth: u32,
    /// What kind of line it is.
    pub kind: TaskKind,
    /// The place of its calendar in the project's list.
    pub calendar: usize,
    /// Whether the plan names a calendar for it; otherwise it follows the project's.
    pub has_own_calendar: bool,
    /// What it waits for.
    pub links: Vec<Link>,
    /// What it waits for in other projects.
    pub external_links: Vec<ExternalLink>,
    /// Who works on it.
    pub assignments: Vec<Assignment>,
    /// The team outside the project that does it, such as `security`.
    pub team: Option<String>,
    /// Money that is not labour.
    pub costs: Vec<TaskCost>,
    /// Whether a link is written that could not be understood. It has been reported; nothing follows from its absence.
    pub has_unread_links: bool,
    /// Whether an assignment, a cost or the length is written in a way that could not be understood, and was reported.
    pub has_unread_means: bool,
    /// How it earns value.
    pub earning: Earning,
    /// Date constraints, each with its reason.
    pub constraints: Vec<Constraint>,
    /// The day, or its minute, by which it should finish; never moves the task.
    pub deadline: Option<(Moment, Span)>,
    /// Deliverables it produces.
    pub produces: Vec<(Id, Span)>,
    /// Who answers for it.
    pub owner: Option<PersonNo>,
    /// Who helps with it.
    pub supports: Vec<PersonNo>,
    /// Who is asked before it is done.
    pub consulted: Vec<PersonNo>,
    /// Who is told of it afterwards.
    pub informed: Vec<PersonNo>,
    /// Reason for lags and constraints.
    pub because: Option<Text>,
    /// Remarks.
    pub notes: Option<Text>,
    /// How its length or effort was found.
    pub basis: Option<Text>,
    /// How important it is when people are overbooked, 0 to 1 000; 1 000 is never delayed by levelling.
    pub priority: u32,
    /// Levelling may interrupt it.
    pub may_split: bool,
    /// It goes on by its own calendar, whether its people are there or not.
    pub ignores_people: bool,
    /// Its hard constraint holds whatever its links say, and its links do not move it.
    pub is_manual: bool,
    /// May be dropped without harm to the rest.
    pub optional: bool,
    /// A package to be planned in detail later (rolling wave).
    pub planning_package: bool,
    /// Where its key stands.
    pub origin: Span,
    /// Where its duration or effort stands.
    pub estimate_origin: Option<Span>,
}

impl Task {
    /// The priority of a task that gives none.
    pub const USUAL_PRIORITY: u32 = 500;

    /// The priority that levelling never delays, and the largest there is.
    pub const HIGHEST_PRIORITY: u32 = 1_000;

    /// The working minutes in which those assigned can give the effort that is typed beside a duration, each with their whole share; none
    /// where effort and duration are not both typed, and where nobody has a share.
    ///
    /// 30 days of effort of two people who give all their time: 15 days, whatever the duration.
    #[must_use]
    pub fn densest_length(&self, work_time: WorkTime) -> Option<i64> {
        let TaskKind::Work(Work::Both { effort, .. }) = &self.kind else { return None };
        let all: i64 = self.assignments.iter().map(|part| part.share.hundredths() * part.heads()).sum();
        (all > 0).then(|| effort.likely().minutes(work_time) * Percent::WHOLE.hundredths() / all)
    }

    /// A line of the plan of which nothing is known but its id and kind: on the project's calendar, in execution,
    /// waiting for nothing, with nobody assigned.
    #[must_use]
    pub fn new(id: Id, kind: TaskKind) -> Self {
        Self {
            name: id.to_string(),
            id,
            stage: Stage::Execution,
            parent: None,
            depth: 0,
            kind,
            calendar: 0,
            has_own_calendar: false,
            priority: Self::USUAL_PRIORITY,
            may_split: false,
            ignores_people: false,
            is_manual: false,
            links: Vec::new(),
            external_links: Vec::new(),
            assignments: Vec::new(),
            team: None,
            costs: Vec::new(),
            has_unread_links: false,
            has_unread_means: false,
            earning: Earning::Percent,
            constraints: Vec::new(),
            deadline: None,
            produces: Vec::new(),
            owner: None,
            supports: Vec::new(),
            consulted: Vec::new(),
            informed: Vec::new(),
            because: None,
            notes: None,
            basis: None,
            optional: false,
            planning_package: false,
            origin: Span::default(),
            estimate_origin: None,
        }
    }

    /// Says whether somebody answers for it by name: its owner, or a person assigned to it.
    #[must_use]
    pub fn has_owner(&self) -> bool {
        self.owner.is_some() || self.assignments.iter().any(|one| matches!(one.assignee, Assignee::Person(_)))
    }

    /// Says whether it waits for other tasks, of this plan or of another project.
    #[must_use]
    pub fn waits_for_others(&self) -> bool {
        !self.links.is_empty() || !self.external_links.is_empty()
    }

    /// What it waits for as a plan has it: `design`, `design SS +2d`, `branch-network/rollout`.
    #[must_use]
    pub fn links_as_written(&self, project: &Project) -> Vec<String> {
        let own = self.links.iter().map(|link| {
            let predecessor = project.task(link.predecessor).id.to_string();
            written(predecessor, link.kind, link.lag)
        });
        let external = self.external_links.iter().map(|link| written(link.named(), link.kind, link.lag));
        own.chain(external).collect()
    }

    /// Says whether work is done on it: not a milestone, gate, hammock or summary.
    #[must_use]
    pub fn is_work(&self) -> bool {
        matches!(self.kind, TaskKind::Work(_))
    }

    /// Says whether something is bought: money is to be spent, and nobody of the project works on it.
    #[must_use]
    pub fn is_purchase(&self) -> bool {
        self.is_work() && !self.costs.is_empty() && self.assignments.is_empty()
    }

    /// Whether it goes on once the board has stopped the project: it belongs to the stage by which the project is closed.
    #[must_use]
    pub fn outlives_a_stop(&self) -> bool {
        self.stage == Stage::Closing
    }

    /// Says whether it takes no time: a milestone or a gate.
    #[must_use]
    pub fn is_point(&self) -> bool {
        matches!(self.kind, TaskKind::Milestone | TaskKind::Gate(_))
    }

    /// Says whether it holds other tasks.
    #[must_use]
    pub fn is_summary(&self) -> bool {
        matches!(self.kind, TaskKind::Summary)
    }

    /// The weight of some of its steps together; nothing where it does not earn by steps.
    #[must_use]
    pub fn weight_of(&self, steps: &BTreeSet<usize>) -> Percent {
        let Earning::Steps(all) = &self.earning else { return Percent::ZERO };
        let weights = steps.iter().filter_map(|place| all.get(*place));
        Percent::from_hundredths(weights.map(|step| step.weight.hundredths()).sum())
    }

    /// Says whether its length or effort is estimated in three points that differ.
    #[must_use]
    pub fn has_range(&self) -> bool {
        match self.kind {
            TaskKind::Work(Work::Duration(estimate) | Work::Effort(estimate)) => estimate.has_range(),
            TaskKind::Work(Work::Both { duration, effort }) => duration.has_range() || effort.has_range(),
            _ => false,
        }
    }

    /// Says whether its length runs by the clock, nights and weekends included.
    #[must_use]
    pub fn runs_by_the_clock(&self) -> bool {
        match self.kind {
            TaskKind::Work(Work::Duration(length) | Work::Both { duration: length, .. }) => {
                length.likely().is_elapsed()
            }
            _ => false,
        }
    }

    /// Says whether its earned value merely follows the plan.
    #[must_use]
    pub fn is_level_of_effort(&self) -> bool {
        self.earning == Earning::LevelOfEffort
    }
}

/// What kind of line a task is.
#[derive(Clone, Debug, PartialEq)]
pub enum TaskKind {
    /// Work with a length.
    Work(Work),
    /// A point in time.
    Milestone,
    /// A decision of the board.
    Gate(GateId),
    /// Lasts from the start of one task to the finish of another. Only where a what-if leaves out the task at an end can
    /// there be several in its stead.
    Hammock {
        /// The tasks with the first start of which it begins; at least one.
        from: Vec<TaskNo>,
        /// The tasks with the last finish of which it ends; at least one.
        to: Vec<TaskNo>,
    },
    /// Holds the tasks whose `parent` it is.
    Summary,
}

/// How much work there is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Work {
    /// Length typed; effort follows from the assignments.
    Duration(Estimate),
    /// Effort typed; length is effort ÷ sum of assigned shares.
    Effort(Estimate),
    /// Both typed: fixed length with a budgeted effort.
    Both {
        /// The length.
        duration: Estimate,
        /// The effort, spread over the assignments by their shares.
        effort: Estimate,
    },
}

/// How long a task takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// Minutes: of work, or of the clock.
    pub minutes: i64,
    /// Whether they are minutes of the clock, nights and weekends included.
    pub is_elapsed: bool,
}

impl Project {
    /// The team outside the project that a task waits for: the one that is named as doing it, else, where nobody of the project works on
    /// it, that of the person who answers for it. None for work of the project's own.
    #[must_use]
    pub fn outside_team_of<'a>(&'a self, task: &'a Task) -> Option<&'a str> {
        let of_owner = || self.team.people.get(task.owner?.0 as usize)?.team.as_deref();
        let is_done_by_nobody = task.assignments.is_empty();
        task.team.as_deref().or_else(|| if is_done_by_nobody { of_owner() } else { None })
    }

    /// How long a task takes as typed, wherever its dates fall; none for what has no length of its own.
    ///
    /// From effort: effort ÷ sum of shares × heads, rounded up to the minute. Without anybody assigned, one full head is
    /// assumed. 12 days of effort for two people at 50 % take 12 days.
    #[must_use]
    pub fn typed_length(&self, task: &Task) -> Option<Length> {
        let TaskKind::Work(work) = task.kind else { return None };
        let work_time = self.calendars[task.calendar].work_time;
        Some(match work {
            Work::Duration(estimate) | Work::Both { duration: estimate, .. } => {
                let duration = estimate.likely();
                Length { minutes: duration.minutes(work_time), is_elapsed: duration.is_elapsed() }
            }
            Work::Effort(estimate) => {
                let shares: i64 =
                    task.assignments.iter().map(|part| part.heads() * part.share.hundredths()).sum();
                let effort = estimate.likely().minutes(work_time);
                let whole = Percent::WHOLE.hundredths();
                let shares = if shares > 0 { shares } else { whole };
                let minutes = (effort * whole + shares - 1).div_euclid(shares);
                Length { minutes, is_elapsed: false }
            }
        })
    }
}

/// How two tasks hang together; the first letter is the predecessor's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkKind {
    /// Finish to start.
    FinishStart,
    /// Start to start.
    StartStart,
    /// Finish to finish.
    FinishFinish,
    /// Start to finish.
    StartFinish,
}

impl LinkKind {
    /// Whether the start of the task that is waited for is tied, not its finish.
    #[must_use]
    pub fn leaves_start(self) -> bool {
        matches!(self, Self::StartStart | Self::StartFinish)
    }

    /// Whether the finish of the task that waits is tied, not its start.
    #[must_use]
    pub fn enters_finish(self) -> bool {
        matches!(self, Self::FinishFinish | Self::StartFinish)
    }

    /// The two letters of the trade: FS, SS, FF, SF.
    #[must_use]
    pub fn letters(self) -> &'static str {
        match self {
            Self::FinishStart => "FS",
            Self::StartStart => "SS",
            Self::FinishFinish => "FF",
            Self::StartFinish => "SF",
        }
    }
}

/// A link as a plan has it.
fn written(mut predecessor: String, kind: LinkKind, lag: Lag) -> String {
    if kind != LinkKind::FinishStart {
        predecessor.push(' ');
        predecessor.push_str(kind.letters());
    }
    if !lag.is_zero() {
        let sign = if lag.is_negative() { "" } else { "+" };
        predecessor.push_str(&format!(" {sign}{lag}"));
    }
    predecessor
}

/// A dependency on a predecessor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// The predecessor.
    pub predecessor: TaskNo,
    /// Which ends are tied.
    pub kind: LinkKind,
    /// Time between the ends, counted on the successor's calendar unless elapsed; negative for a lead. A share is one
    /// of the predecessor's planned length; only work has one.
    pub lag: Lag,
    /// Where it stands.
    pub origin: Span,
}

/// Who is assigned: a named person, or heads of a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assignee {
    /// A person of the team.
    Person(PersonNo),
    /// So many unnamed people of a role.
    Role {
        /// The role.
        role: RoleNo,
        /// How many heads; at least one.
        heads: u32,
    },
}

/// Somebody's share in a task.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Assignment {
    /// Who.
    pub assignee: Assignee,
    /// Share of each head's full working day.
    pub share: Percent,
    /// Where it stands.
    pub origin: Span,
}

impl Assignment {
    /// How many people stand behind it.
    #[must_use]
    pub fn heads(&self) -> i64 {
        match self.assignee {
            Assignee::Person(_) => 1,
            Assignee::Role { heads, .. } => i64::from(heads),
        }
    }
}

/// Planned money of a task that is not labour.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskCost {
    /// How much.
    pub amount: Amount,
    /// The budget category; `other` where none was given.
    pub category: String,
    /// Where it stands.
    pub origin: Span,
}

/// How a task earns value.
#[derive(Clone, Debug, PartialEq)]
pub enum Earning {
    /// All when it finishes.
    AtFinish,
    /// A share when it starts, the rest when it finishes (50/50, 25/75).
    AtStartAndFinish(Percent),
    /// By weighted steps, done in the order listed.
    Steps(Vec<EarningStep>),
    /// By units done of a total.
    Units {
        /// How many there are in the plan.
        total: i64,
        /// What they are, such as `branches`.
        unit: String,
    },
    /// By the physical percentage reported.
    Percent,
    /// As far as another task.
    Apportioned(TaskNo),
    /// As planned, with time: leading, supporting.
    LevelOfEffort,
}

/// A weighted step of a long task.
#[derive(Clone, Debug, PartialEq)]
pub struct EarningStep {
    /// What is done then.
    pub name: String,
    /// Its share; all steps together are 100 %.
    pub weight: Percent,
    /// The day by which it is planned to be done; none where it follows the time of the task.
    pub planned: Option<Date>,
    /// How anybody can tell that it is done.
    pub done_when: Option<String>,
    /// Where it stands.
    pub origin: Span,
}

impl EarningStep {
    /// A step of which nothing is known but its name and weight.
    #[must_use]
    pub fn new(name: impl Into<String>, weight: Percent) -> Self {
        Self { name: name.into(), weight, planned: None, done_when: None, origin: Span::default() }
    }
}

/// A date that binds a task.
#[derive(Clone, Debug, PartialEq)]
pub struct Constraint {
    /// Which end, which way.
    pub kind: ConstraintKind,
    /// The day, or its minute; none for as late as possible.
    pub at: Option<Moment>,
    /// Where it stands.
    pub origin: Span,
}

/// The kinds of constraint; as soon as possible is the absence of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ConstraintKind {
    /// `starts_not_before` (SNET).
    StartsNotBefore,
    /// `finishes_not_before` (FNET).
    FinishesNotBefore,
    /// `starts_not_after` (SNLT), hard.
    StartsNotAfter,
    /// `finishes_not_after` (FNLT), hard.
    FinishesNotAfter,
    /// `must_start` (MSO), hard.
    MustStart,
    /// `must_finish` (MFO), hard.
    MustFinish,
    /// `as_late_as_possible` (ALAP).
    AsLateAsPossible,
}

impl ConstraintKind {
    /// The key in `plan.yaml`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::StartsNotBefore => "starts_not_before",
            Self::FinishesNotBefore => "finishes_not_before",
            Self::StartsNotAfter => "starts_not_after",
            Self::FinishesNotAfter => "finishes_not_after",
            Self::MustStart => "must_start",
            Self::MustFinish => "must_finish",
            Self::AsLateAsPossible => "as_late_as_possible",
        }
    }

    /// Says whether the constraint can contradict the logic of the plan.
    #[must_use]
    pub fn is_hard(self) -> bool {
        matches!(self, Self::StartsNotAfter | Self::FinishesNotAfter | Self::MustStart | Self::MustFinish)
    }
}
