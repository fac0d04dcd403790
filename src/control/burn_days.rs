//! On which days work was done, as far as reports tell.
//!
//! A report says how far work had come by its day; that it comes a fortnight later makes the work no younger. A pace asks what was
//! done in each period, so that it must know the days of the work and not those of the reports.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::burn::{BurnSource, eve_of};
use super::task_budget::earning_base;
use crate::model::{TaskNo, WorkingTime};

/// How much of a task was done by the end of any day.
///
/// Known are the eve of its start, with nothing done, each report, and the day of its finish. Between two of them work is spread
/// evenly over the working days of the task's calendar: 25 person-days told on 14 August of work begun on 20 July are 12.5 by
/// 31 July. Without a start on record all of it counts for the day of the report; after the newest report nothing is known.
#[derive(Clone, Debug)]
pub(super) struct DoneByDay<'a> {
    working_time: &'a WorkingTime,
    /// In order of the days, each once.
    known: Vec<(Date, f64)>,
}

impl<'a> DoneByDay<'a> {
    /// Gathers what is known of a task; `reported` gives how much was done by the day of a report, as told then.
    pub fn of(
        source: &BurnSource<'a>,
        days: &ReportDays,
        number: TaskNo,
        reported: impl Fn(Date) -> f64,
    ) -> Self {
        let yardstick = source.yardstick;
        let base = earning_base(yardstick.project, yardstick.reference, number);
        let now = &source.history.on(source.status_date)[base.0 as usize];
        let finish =
            now.actual_finish.map(|finish| finish.day).filter(|finish| *finish <= source.status_date);
        let mut known: Vec<(Date, f64)> =
            now.actual_start.iter().map(|start| (eve_of(start.day), 0.0)).collect();
        for day in days.of(base).iter().filter(|day| finish.is_none_or(|finish| **day < finish)) {
            if known.last().is_none_or(|(before, _)| before < day) {
                known.push((*day, reported(*day)));
            }
        }
        if let Some(finish) = finish {
            known.retain(|(day, _)| *day < finish);
            known.push((finish, reported(source.status_date)));
        }
        Self { working_time: yardstick.engine.working_time(base), known }
    }

    /// How much was done by the end of a day.
    pub fn on(&self, day: Date) -> f64 {
        let place = self.known.partition_point(|(known, _)| *known <= day);
        let Some((from, before)) = place.checked_sub(1).and_then(|place| self.known.get(place)) else {
            return 0.0;
        };
        let Some((to, after)) = self.known.get(place) else { return *before };
        let (passed, all) = (
            self.working_time.working_days_after(*from, day),
            self.working_time.working_days_after(*from, *to),
        );
        if all > 0 { before + (after - before) * passed as f64 / all as f64 } else { *before }
    }

    /// How much was done after one day, up to the end of another; negative where a report took something back.
    pub fn between(&self, after: Date, until: Date) -> f64 {
        self.on(until) - self.on(after)
    }
}

/// The days on which progress of each task was recorded, up to the status date.
#[derive(Clone, Debug)]
pub(super) struct ReportDays(BTreeMap<TaskNo, Vec<Date>>);

impl ReportDays {
    /// Gathers them.
    pub fn of_all(source: &BurnSource) -> Self {
        let mut days: BTreeMap<TaskNo, Vec<Date>> = BTreeMap::new();
        let recorded = source.project().progress.iter();
        for entry in recorded.filter(|entry| entry.status_date <= source.status_date) {
            days.entry(entry.task).or_default().push(entry.status_date);
        }
        for days in days.values_mut() {
            days.sort_unstable();
        }
        Self(days)
    }

    fn of(&self, task: TaskNo) -> &[Date] {
        self.0.get(&task).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::super::golden::measured_on;
    use crate::model::{Earning, ProgressEntry};
    use crate::plan::sketch::{Sketch, date};
    use crate::quantity::Moment;

    /// Forty rooms from Monday 20 July on, the first day of the project, with Friday 7 August off; reports are fortnightly.
    fn rooms() -> Sketch {
        let mut sketch = Sketch::starting("2026-07-20", &["2026-08-07"]);
        let rooms = sketch.work("rooms", "40d", &[]);
        rooms.earning = Earning::Units { total: 40, unit: "rooms".to_owned() };
        sketch
    }

    /// Reports rooms done by a day, and the day of the last one where it is known.
    fn report(sketch: &mut Sketch, day: &str, done: i64, finish: Option<&str>) {
        let task = sketch.number("rooms");
        sketch.project.progress.push(ProgressEntry {
            actual_start: Some(Moment::on(date("2026-07-20"))),
            actual_finish: finish.map(|finish| Moment::on(date(finish))),
            units_done: Some(done),
            ..ProgressEntry::silent(date(day), task)
        });
    }

    #[track_caller]
    fn check(sketch: &Sketch, day: &str, expected: &[(&str, f64)]) {
        let control = measured_on(&sketch.project, day);
        let periods = &control.unit_burns[0].periods;
        let did: Vec<_> = periods.iter().map(|period| (period.until.to_string(), period.done)).collect();
        let expected: Vec<_> = expected.iter().map(|(day, done)| ((*day).to_owned(), *done)).collect();
        assert_eq!(did, expected);
    }

    #[test]
    fn work_between_two_reports_counts_for_the_days_it_took() {
        let mut sketch = rooms();
        report(&mut sketch, "2026-08-14", 19, None);
        // Ten working days to 31 July, nine to 14 August.
        check(&sketch, "2026-08-14", &[("2026-07-31", 10.0), ("2026-08-14", 9.0)]);
        report(&mut sketch, "2026-08-28", 24, None);
        check(&sketch, "2026-08-28", &[("2026-07-31", 10.0), ("2026-08-14", 9.0), ("2026-08-28", 5.0)]);
        // What was told stays: a report in between makes the days before it no other.
        report(&mut sketch, "2026-08-31", 26, None);
        check(&sketch, "2026-08-28", &[("2026-07-31", 10.0), ("2026-08-14", 9.0), ("2026-08-28", 5.0)]);
    }

    #[test]
    fn work_that_is_finished_was_done_by_its_last_day_whenever_it_was_told() {
        let mut sketch = rooms();
        report(&mut sketch, "2026-08-14", 40, Some("2026-07-31"));
        check(&sketch, "2026-08-14", &[("2026-07-31", 40.0), ("2026-08-14", 0.0)]);
    }

    #[test]
    fn a_report_that_takes_something_back_counts_below_zero() {
        let mut sketch = rooms();
        report(&mut sketch, "2026-07-31", 12, None);
        report(&mut sketch, "2026-08-14", 10, None);
        check(&sketch, "2026-08-14", &[("2026-07-31", 12.0), ("2026-08-14", -2.0)]);
    }
}
