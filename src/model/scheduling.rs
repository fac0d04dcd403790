//! How a project wants its dates computed.

use crate::quantity::{Moment, Percent, WorkTime};

/// How dates are computed: from which end, and by which of the usual rules.
#[derive(Clone, Debug, PartialEq)]
pub struct Scheduling {
    /// The end from which dates are counted.
    pub from: ScheduleFrom,
    /// How work that began out of sequence goes on.
    pub progress_logic: ProgressLogic,
    /// Working minutes of total float at or below which a task is critical; zero or more.
    pub critical_float: i64,
    /// Working minutes of total float at or below which a task is near-critical; not below `critical_float`.
    pub near_critical: i64,
    /// Whose habits decide where the trade has more than one.
    pub conventions: Conventions,
    /// Whether hard dates come before links where the habits of Microsoft Project decide, as its option "tasks will always honor their
    /// constraint dates" says; see [`Self::honors_constraints`].
    pub honor_constraints: bool,
    /// How overbooked people are levelled; none where the plan is not to be levelled.
    pub levelling: Option<LevellingOptions>,
    /// How the range of the finish is computed.
    pub risk: RiskOptions,
}

impl Scheduling {
    /// The usual rules: from the start, retained logic, no float is critical, a week of five days is near-critical, no
    /// levelling.
    #[must_use]
    pub fn usual(work_time: WorkTime) -> Self {
        Self {
            from: ScheduleFrom::Start,
            progress_logic: ProgressLogic::Retained,
            critical_float: 0,
            near_critical: 5 * work_time.minutes_per_day,
            conventions: Conventions::Milepost,
            honor_constraints: true,
            levelling: None,
            risk: RiskOptions::default(),
        }
    }

    /// Whether a hard date holds a task before what it waits for. By our own rules it never does: early dates follow the logic, and
    /// what a date asks for shows as float.
    #[must_use]
    pub fn honors_constraints(&self) -> bool {
        self.honor_constraints && self.conventions == Conventions::MicrosoftProject
    }
}

impl Default for Scheduling {
    fn default() -> Self {
        Self::usual(WorkTime::default())
    }
}

/// The end from which dates are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScheduleFrom {
    /// Each task as early as it can from the project's start on.
    Start,
    /// Each task as late as this finish of the project allows.
    Finish(Moment),
}

/// How work goes on that began before what it waits for was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProgressLogic {
    /// What is left of it waits for its predecessors.
    Retained,
    /// What is left of it goes on at once.
    Override,
}

/// Whose habits decide where the trade has more than one. Dates of imported plans stay as they were.
///
/// | | milepost | Microsoft Project |
/// | --- | --- | --- |
/// | deadlines | have a margin of their own | limit late dates and so total float |
/// | leads and dates | pull nothing before the project's start | may pull a task before it |
/// | hard dates | limit late dates and so total float; a task that must start or finish on a day does so no earlier | hold a task there, even before what it waits for, unless its option says otherwise |
/// | what is left on the status date | is done after it | stays where it was until somebody moves it |
/// | work that runs by the clock | begins at once | begins with the next working minute |
/// | free float | never above total float | whatever room the successors leave |
/// | elapsed lags of FF and SF | added to the predecessor's end | added after walking back the length |
/// | late dates where calendars meet | the latest that keep every link | ends of working periods; SS and SF by a shorter way |
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Conventions {
    /// Ours.
    #[default]
    Milepost,
    /// Those of Microsoft Project.
    MicrosoftProject,
}

/// How overbooked people are levelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LevellingOptions {
    /// How many schedules are tried in all; at least one. Those that the rules of priority make are tried in any case;
    /// with more the search goes on from there.
    pub schedules: u32,
    /// Where the drawing of schedules begins; the same seed gives the same result.
    pub seed: u64,
    /// Whether every task may be interrupted, not only those that say so.
    pub split: bool,
}

impl Default for LevellingOptions {
    fn default() -> Self {
        Self { schedules: 1, seed: 1, split: false }
    }
}

/// How durations scatter between their three points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Distribution {
    /// The beta distribution of PERT: the most likely value has four times the weight of the others.
    Pert,
    /// A straight rise to the most likely value, and a straight fall.
    Triangular,
}

/// How the range of the finish is computed from estimates in three points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RiskOptions {
    /// How durations scatter.
    pub distribution: Distribution,
    /// How often the plan is drawn; at least one.
    pub runs: u32,
    /// Where the drawing begins; the same seed gives the same result.
    pub seed: u64,
    /// How strongly tasks run long together: 0 % not at all, 100 % all as one.
    pub correlation: Percent,
}

impl Default for RiskOptions {
    fn default() -> Self {
        Self { distribution: Distribution::Pert, runs: 10_000, seed: 1, correlation: Percent::ZERO }
    }
}
