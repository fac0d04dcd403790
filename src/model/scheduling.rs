//! How a project's dates are computed: what `schedule:` in `project.yaml` says.

use crate::quantity::Moment;

/// From which end dates are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScheduleFrom {
    /// As soon as possible from the project's start.
    Start,
    /// As late as possible before this finish.
    Finish(Moment),
}

/// What happens to work that has begun before its predecessors allow it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProgressLogic {
    /// What is left waits for the predecessors.
    Retained,
    /// What is left goes on, whatever the predecessors do.
    Override,
}

/// Whose habits decide where the trade has more than one. Dates of imported plans stay as they were.
///
/// | | milepost | Microsoft Project |
/// | --- | --- | --- |
/// | deadlines | have a margin of their own | limit late dates and so total float |
/// | leads | pull nothing before the project's start | may pull a task before it |
/// | free float | never above total float | whatever room the successors leave |
/// | late dates where calendars meet | the latest that keep every link | ends of working periods; SS and SF by a shorter way |
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Conventions {
    /// Ours.
    #[default]
    Milepost,
    /// Those of Microsoft Project.
    MicrosoftProject,
}

/// The settings of the schedule.
#[derive(Clone, Debug, PartialEq)]
pub struct Scheduling {
    /// From which end dates are counted.
    pub from: ScheduleFrom,
    /// What happens to work out of sequence.
    pub progress_logic: ProgressLogic,
    /// Working minutes of float at or below which a task is critical.
    pub critical_float: i64,
    /// Working minutes of float at or below which a task is nearly critical.
    pub near_critical: i64,
    /// Whose habits decide where the trade has more than one.
    pub conventions: Conventions,
}

impl Default for Scheduling {
    fn default() -> Self {
        Self {
            from: ScheduleFrom::Start,
            progress_logic: ProgressLogic::Retained,
            critical_float: 0,
            near_critical: 5 * 480,
            conventions: Conventions::Milepost,
        }
    }
}
