//! How long a change can wait: until which day it still gains all it gains today.
//!
//! Comes in: the plan as it is and the plan with the change, both as of today. Until somebody decides, work goes on as the
//! forecast of the plan as it is says; from the day after, what is left goes on by the changed plan. So a second crew that
//! comes when half of a roll-out is done can only hasten the other half. Not here: money, which does not wait.

use jiff::civil::Date;

use crate::model::{Project, TaskNo};
use crate::plan::{Engine, Facts, Schedule, Slot, State};
use crate::quantity::{Instant, Moment};

/// Until when a change that brings the finish forward can be decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DecideBy {
    /// The last working day of the project's calendar by which it still gains all that it gains today; today where there is none
    /// before it is too late.
    pub all_until: Date,
    /// The project's last day if it is decided a working day after that.
    pub finish_after: Date,
    /// The last working day by which it still gains anything; `all_until` where all is lost at once.
    pub any_until: Date,
}

impl Engine<'_> {
    /// Says how long a change can wait. The engine, facts and schedule are those of the changed plan; `as_it_is` is the
    /// plan without the change.
    ///
    /// None without a status date, where the change brings the finish no nearer, and where dates are counted back from
    /// the finish. Who works when stays as levelled in the changed plan. Between today and the finish a gain is taken to
    /// shrink only.
    ///
    /// Example: a second crew shortens a roll-out of 12 days, which starts on 27 November, by one day, and so brings the
    /// finish before a freeze. Decided on the 26th it gains all of it; a day later one day of the work is done at the old
    /// pace.
    #[must_use]
    pub fn decide_by(
        &self,
        facts: &Facts,
        schedule: &Schedule,
        as_it_is: (&Project, &Schedule),
    ) -> Option<DecideBy> {
        let today = facts.status_date?;
        let (now, changed) = (as_it_is.1.finish_day(), schedule.finish_day());
        if changed >= now || self.wanted_finish().is_some() {
            return None;
        }
        let (project, forecast) = as_it_is;
        let finish_on = |day: Date| {
            let then = self.waited(facts, schedule, (project, forecast), day);
            let mut pass = self.order_of_work(&then, schedule);
            let early = pass.forward_by_capacity();
            pass.project_finish(&early).last_day()
        };
        let all_until = last_day(today, now, |day| finish_on(day) <= changed);
        let any_until = last_day(all_until, now, |day| finish_on(day) < now);
        let finish_after = finish_on(all_until.tomorrow().unwrap_or(all_until));
        let working_time = self.project().working_time();
        let worked = |day: Date| last_worked(today, day, |day| working_time.is_working_day(day));
        Some(DecideBy { all_until: worked(all_until), finish_after, any_until: worked(any_until) })
    }

    /// The facts of the changed plan on a day until which work has gone on as the forecast says.
    fn waited(
        &self,
        facts: &Facts,
        schedule: &Schedule,
        (project, forecast): (&Project, &Schedule),
        day: Date,
    ) -> Facts {
        let today = facts.status_date;
        let mut then = Facts { status_date: Some(day), ..facts.clone() };
        let end = Instant::end_of(day);
        for number in self.project().task_numbers() {
            let task = self.project().task(number);
            let known = project.task_by_id(&task.id);
            let (Some(known), Some(progress)) = (known, then.progress.get_mut(number.0 as usize)) else {
                continue;
            };
            let before = forecast.slot(known);
            if !(task.is_work() || task.is_point()) || before.state == State::Finished {
                continue;
            }
            if before.finish <= end {
                progress.actual_start = progress.actual_start.or(Some(moment(before.start)));
                progress.actual_finish = Some(moment(before.finish));
            } else if task.is_work() && before.start < end {
                progress.actual_start = progress.actual_start.or(Some(moment(before.start)));
                let needs = schedule.slot(number).remaining;
                let left = self.left_of(number, needs, before, (today, end));
                *then.done.entry(number).or_default() += needs - left;
            }
        }
        then
    }

    /// What is left of a task that needs so many minutes by the changed plan, when it has gone on as the plan as it is says.
    ///
    /// Of the same work at another pace, as great a share is done as of the plan as it is.
    fn left_of(&self, task: TaskNo, needs: i64, before: &Slot, (today, end): (Option<Date>, Instant)) -> i64 {
        let time = self.working_time(task);
        let begins = match today.map(Instant::end_of) {
            Some(today) if before.state == State::InProgress => before.start.max(today),
            _ => before.start,
        };
        let (all, left) = (time.between(begins, before.finish), time.between(end, before.finish));
        if all <= 0 { needs } else { (needs * left + all / 2) / all }
    }
}

/// An instant as a report would give it.
fn moment(at: Instant) -> Moment {
    Moment::at(at.day(), u32::try_from(at.minute_of_day()).unwrap_or(0))
}

/// The last day from `first` on, before `end`, on which something holds that holds on `first` and, once lost, stays lost.
fn last_day(first: Date, end: Date, holds: impl Fn(Date) -> bool) -> Date {
    let mut days: Vec<Date> =
        std::iter::successors(Some(first), |day| day.tomorrow().ok()).take_while(|day| *day < end).collect();
    if days.is_empty() {
        days.push(first);
    }
    let n_held = days[1..].partition_point(|day| holds(*day));
    days.get(n_held).copied().unwrap_or(first)
}

/// The last working day from `first` to `last`; `first` where there is none.
fn last_worked(first: Date, last: Date, is_worked: impl Fn(Date) -> bool) -> Date {
    std::iter::successors(Some(last), |day| day.yesterday().ok())
        .take_while(|day| *day > first)
        .find(|day| is_worked(*day))
        .unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{TaskKind, Work};
    use crate::plan::golden::{branch_network, reported};
    use crate::plan::schedule;
    use crate::plan::sketch::{Sketch, date};

    /// The roll-out of the branch network with a day less, as a second crew would do it.
    fn with_crew() -> (Sketch, Sketch) {
        let (now, mut crew) = (branch_network(), branch_network());
        let rollout = crew.number("rollout").0 as usize;
        crew.project.tasks[rollout].kind = TaskKind::Work(Work::Duration("11d".parse().unwrap()));
        (now, crew)
    }

    #[test]
    fn work_that_goes_on_as_forecast_ends_as_forecast() {
        let sketch = branch_network();
        let facts = reported(&sketch);
        let forecast = schedule(&sketch.project, &facts);
        let engine = Engine::new(&sketch.project);
        let mut day = facts.status_date.unwrap();
        while day < forecast.finish_day() {
            let then = engine.waited(&facts, &forecast, (&sketch.project, &forecast), day);
            assert_eq!(engine.run(&then).finish_day(), forecast.finish_day(), "as of {day}");
            day = day.tomorrow().unwrap();
        }
    }

    #[test]
    fn a_second_crew_must_be_decided_before_the_last_branch_meets_the_freeze() {
        let (now, crew) = with_crew();
        let facts = reported(&now);
        let (before, after) = (schedule(&now.project, &facts), schedule(&crew.project, &facts));
        assert_eq!((before.finish_day(), after.finish_day()), (date("2027-01-21"), date("2026-12-23")));
        let by = Engine::new(&crew.project).decide_by(&facts, &after, (&now.project, &before)).unwrap();
        assert_eq!(by.all_until, date("2026-11-26"));
        assert!(by.finish_after > after.finish_day());
        assert!(by.any_until >= by.all_until);
    }

    #[test]
    fn a_day_off_is_no_day_to_decide_on() {
        let is_worked = |day: Date| day.weekday().to_monday_zero_offset() < 5;
        let last = |first: &str, last: &str| last_worked(date(first), date(last), is_worked);
        assert_eq!(last("2026-11-18", "2026-11-22"), date("2026-11-20"));
        assert_eq!(last("2026-11-18", "2026-11-19"), date("2026-11-19"));
        // Today is a Saturday, and on Monday it is too late.
        assert_eq!(last("2026-11-21", "2026-11-22"), date("2026-11-21"));
    }

    #[test]
    fn what_brings_the_finish_no_nearer_can_wait() {
        let sketch = branch_network();
        let facts = reported(&sketch);
        let forecast = schedule(&sketch.project, &facts);
        let engine = Engine::new(&sketch.project);
        assert_eq!(engine.decide_by(&facts, &forecast, (&sketch.project, &forecast)), None);
    }
}
