//! What was done in past periods, what held work up in them, and what the schedule counts on instead.
//!
//! A pace repeats what was; a schedule knows what is left. Where the two end on different days, this says why.

use jiff::ToSpan;
use jiff::civil::Date;

use super::history::History;
use crate::model::{Project, TaskNo, WorkingTime};
use crate::plan::{Schedule, State};
use crate::quantity::Instant;

/// A whole period of the reporting rhythm, and what was done in it.
#[derive(Clone, Debug, PartialEq)]
pub struct BurnPeriod {
    /// Its last day.
    pub until: Date,
    /// How much was done in it, on the days of the work and not of its reports; negative where a report took something back.
    pub done: f64,
    /// By how much the scope grew in it; negative where some was given up.
    pub grown: f64,
    /// Where nothing was done: work without effort (a delivery, a decision) that ran in it.
    pub waited_for: Vec<TaskNo>,
}

impl BurnPeriod {
    /// Says whether nothing was done in it.
    #[must_use]
    pub fn is_standstill(&self) -> bool {
        self.done <= 0.0
    }
}

/// What the schedule says of the work that is left.
#[derive(Clone, Debug, PartialEq)]
pub struct Timetable {
    /// The last day of that work.
    pub finish: Date,
    /// Periods from the status date to that day, unrounded; none where it is over.
    pub periods: Option<f64>,
    /// What has to be done in each of them: what is left ÷ periods. 42 person-days in 4.43 periods are 9.5 a period.
    pub pace: Option<f64>,
    /// Work without effort that is still to run by then; looked for only where such work has held this up before.
    pub waits_left: Vec<TaskNo>,
}

/// What past and future of some work are read from.
#[derive(Clone, Copy, Debug)]
pub(super) struct PaceSource<'a> {
    pub project: &'a Project,
    pub forecast: &'a Schedule,
    pub history: &'a History,
    /// Working time of the project's own calendar.
    pub working_time: &'a WorkingTime,
    pub status_date: Date,
    /// The work that is counted.
    pub tasks: &'a [TaskNo],
}

impl PaceSource<'_> {
    /// The whole periods since the first of the tasks began, the oldest first; `done` gives what was done after one day up to
    /// another, `scope` what there was on a day.
    pub fn periods(&self, done: impl Fn(Date, Date) -> f64, scope: impl Fn(Date) -> f64) -> Vec<BurnPeriod> {
        let Some(began) = self.began() else { return Vec::new() };
        // The weekend before the first day of work takes nothing from the period that it lies in.
        let eve = self.working_time.previous_working_end(Instant::start_of(began)).last_day();
        let mut ends: Vec<Date> =
            self.history.period_ends.iter().copied().take_while(|end| eve <= *end).collect();
        ends.reverse();
        let period = |pair: &[Date]| {
            let [before, until] = pair else { return None };
            let done = done(*before, *until);
            let waited_for = if done > 0.0 { Vec::new() } else { self.waits_between(*before, *until) };
            Some(BurnPeriod { until: *until, done, grown: scope(*until) - scope(*before), waited_for })
        };
        ends.windows(2).filter_map(period).collect()
    }

    /// The first reported start of the work.
    fn began(&self) -> Option<Date> {
        let progress = self.history.on(self.status_date);
        let starts = self.tasks.iter().filter_map(|number| progress[number.0 as usize].actual_start);
        starts.map(|start| start.day).min()
    }

    /// What the schedule says of the work that is left.
    pub fn timetable(&self, periods: &[BurnPeriod], remaining: f64) -> Option<Timetable> {
        let open = self.tasks.iter().filter(|number| self.forecast.slot(**number).state != State::Finished);
        let finish = open.map(|number| self.forecast.slot(*number).last_day()).max()?;
        let ahead = Some(self.history.rhythm.between(self.status_date, finish)).filter(|ahead| *ahead > 0.0);
        let is_held_up = periods.iter().any(|period| !period.waited_for.is_empty());
        let waits = self.waits().filter(|number| {
            let slot = self.forecast.slot(*number);
            slot.state != State::Finished && slot.first_day() <= finish
        });
        Some(Timetable {
            finish,
            periods: ahead,
            pace: ahead.map(|periods| remaining / periods),
            waits_left: if is_held_up { waits.collect() } else { Vec::new() },
        })
    }

    /// Work in which nobody has a part, in the order of the plan.
    fn waits(&self) -> impl Iterator<Item = TaskNo> {
        self.project.task_numbers().filter(|number| {
            let task = self.project.task(*number);
            task.is_work() && !task.is_level_of_effort() && task.assignments.is_empty()
        })
    }

    /// Work without effort that ran on some day after one day, up to another.
    fn waits_between(&self, after: Date, until: Date) -> Vec<TaskNo> {
        let progress = self.history.on(self.status_date);
        let first = after.checked_add(1.day()).unwrap_or(after);
        self.waits()
            .filter(|number| {
                let known = &progress[number.0 as usize];
                known.actual_start.is_some_and(|start| start.day <= until)
                    && known.actual_finish.is_none_or(|finish| finish.day >= first)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::golden::{STATUS_DATE, branch_network, measured_on};
    use super::*;

    #[test]
    fn work_stood_still_while_the_supplier_delivered() {
        let project = branch_network().project;
        let burn = measured_on(&project, STATUS_DATE).effort_burn;
        let did: Vec<(String, f64)> =
            burn.periods.iter().map(|period| (period.until.to_string(), period.done)).collect();
        let last_four = &did[did.len() - 4..];
        assert_eq!(
            last_four.iter().map(|(_, done)| *done).collect::<Vec<_>>(),
            [0.0, 0.0, 0.0, 8.0],
            "{did:?}"
        );
        let still: Vec<&BurnPeriod> = burn.periods.iter().filter(|period| period.is_standstill()).collect();
        let order = project.task_by_id(&"order-hw".parse().unwrap()).unwrap();
        assert!(still.iter().all(|period| period.waited_for == [order]), "{still:?}");
        // 62 days to 21 January are 4.43 fortnights; 42 person-days in them are 9.48 a fortnight.
        let timetable = burn.timetable.unwrap();
        assert_eq!(timetable.finish, Date::constant(2027, 1, 21));
        assert!((timetable.periods.unwrap() - 62.0 / 14.0).abs() < 1e-9);
        assert!((timetable.pace.unwrap() - 42.0 * 14.0 / 62.0).abs() < 1e-9);
        assert_eq!(timetable.waits_left, []);
    }
}
