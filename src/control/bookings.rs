//! Booked hours day by day: what of a week counts by a day on which the week is not over.
//!
//! Comes in: a line of `timesheets.csv`. Goes out: its hours and their price, up to a day or month by month.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::actual_cost::price;
use super::task_budget::apportion;
use crate::model::{Project, TimeEntry, Worker};
use crate::quantity::{Amount, Effort};

/// Divides the lines of `timesheets.csv` between the days of their weeks.
///
/// Hours of a week lie on its days as the working minutes that the person was there, those of a role as the project works, and only on those on which the task ran,
/// as far as reports say when it began and ended. Hours of the week of the newest report were worked by its day: hours are
/// facts, and facts do not lie ahead of the day on which they are reported. Where no day of the week is both, they lie on the days on which the
/// task ran, by its own calendar; where it ran on none of them, its dates do not matter; where the person had no working time at all, as on a
/// weekend, everything lies on the first day.
///
/// 2 d booked for Monday 10 to Sunday 16 August on a task that began on Thursday 13: nothing by Wednesday, 1 d by Thursday,
/// 2 d by Friday.
pub(super) struct Bookings<'a> {
    project: &'a Project,
    /// First and last day of each task's work, in the order of the project's list, as far as any report knows them.
    runs: Vec<(Option<Date>, Option<Date>)>,
    /// The day of the newest report.
    reported: Date,
    /// Working minutes of a day by person or role, of those asked for so far.
    there: BTreeMap<Worker, Box<dyn Fn(Date) -> i64 + 'a>>,
}

/// A part of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct BookedPart {
    /// The first day of the line's period that lies in the part.
    pub first: Date,
    /// The hours.
    pub effort: Effort,
    /// Hours × rate.
    pub amount: Amount,
}

impl<'a> Bookings<'a> {
    /// Gathers when the tasks ran: hours are written down after the day they were worked on, so every report counts.
    pub fn new(project: &'a Project) -> Self {
        let mut runs = vec![(None, None); project.tasks.len()];
        for entry in &project.progress {
            let run = &mut runs[entry.task.0 as usize];
            run.0 = entry.actual_start.map(|at| at.day).or(run.0);
            run.1 = entry.actual_finish.map(|at| at.day).or(run.1);
        }
        Self {
            project,
            runs,
            reported: project.hours_worked_by.unwrap_or_else(|| project.newest_report()),
            there: BTreeMap::new(),
        }
    }

    /// What of a line counts by the end of a day: hours, and hours × rate.
    pub fn until(&mut self, entry: &TimeEntry, day: Date) -> (Effort, Amount) {
        let parts = self.parts(entry, day, |_, _| true);
        parts.first().map_or((Effort::ZERO, Amount::ZERO), |part| (part.effort, part.amount))
    }

    /// The same, month by month; the parts add up to [`Bookings::until`], to the minute and the cent.
    pub fn months_until(&mut self, entry: &TimeEntry, day: Date) -> Vec<BookedPart> {
        self.parts(entry, day, |first, other| first.first_of_month() == other.first_of_month())
    }

    /// What of a line counts by a day, divided where a day does not belong to the same part as the first of it.
    fn parts(
        &mut self,
        entry: &TimeEntry,
        day: Date,
        is_same: impl Fn(Date, Date) -> bool,
    ) -> Vec<BookedPart> {
        let (first, last) = (entry.period.first(), entry.period.last_day());
        if first > day {
            return Vec::new();
        }
        let amount = price(self.project, entry);
        if last <= day && is_same(first, last) {
            return vec![BookedPart { first, effort: entry.effort, amount }];
        }
        let mut firsts = Vec::new();
        let mut weights: Vec<i64> = Vec::new();
        let mut to_come = 0;
        for (date, minutes) in self.minutes_by_day(entry) {
            match (firsts.last(), weights.last_mut()) {
                _ if date > day => to_come += minutes,
                (Some(first), Some(weight)) if is_same(*first, date) => *weight += minutes,
                _ => {
                    firsts.push(date);
                    weights.push(minutes);
                }
            }
        }
        weights.push(to_come);
        let efforts = apportion(entry.effort.minutes(), &weights);
        let amounts = apportion(amount.0, &weights);
        let parts = firsts.into_iter().zip(efforts.into_iter().zip(amounts));
        parts
            .map(|(first, (effort, amount))| BookedPart {
                first,
                effort: Effort::from_minutes(effort),
                amount: Amount(amount),
            })
            .collect()
    }

    /// The days of a line's period with the working minutes that its hours are divided by.
    fn minutes_by_day(&mut self, entry: &TimeEntry) -> Vec<(Date, i64)> {
        let project = self.project;
        let there = self.there.entry(entry.worker).or_insert_with(|| project.minutes_of_worker(entry.worker));
        let mut days: Vec<(Date, i64)> = entry.period.days().map(|date| (date, there(date))).collect();
        let (start, finish) = self.runs[entry.task.0 as usize];
        // Of weeks that begin after the newest report nobody has said anything yet.
        let known_to = if self.reported < entry.period.first() { Date::MAX } else { self.reported };
        let ran = |date: Date| {
            date <= known_to
                && start.is_none_or(|start| start <= date)
                && finish.is_none_or(|finish| date <= finish)
        };
        if days.iter().any(|(date, minutes)| *minutes > 0 && ran(*date)) {
            days.iter_mut().filter(|(date, _)| !ran(*date)).for_each(|(_, minutes)| *minutes = 0);
        } else if start.is_some() && days.iter().any(|(date, _)| ran(*date)) {
            // Work on days that are nobody's by the person's calendar, as a cut-over at a weekend.
            let task = project.task(entry.task);
            let working = project.calendars[task.calendar].compile();
            for (date, minutes) in &mut days {
                *minutes = if ran(*date) { working.minutes_of_day(*date) } else { 0 };
            }
            if days.iter().all(|(_, minutes)| *minutes == 0) {
                for (date, minutes) in &mut days {
                    *minutes = i64::from(ran(*date));
                }
            }
        }
        days
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::control::golden::{branch_network, euros};
    use crate::plan::sketch::date;

    /// Minutes and euros of Tom's first line, for `survey` in the week of 10 August, by some days.
    #[track_caller]
    fn check(project: &Project, expected: &[(&str, i64, i64)]) {
        let mut bookings = Bookings::new(project);
        for (day, minutes, amount) in expected {
            let counted = bookings.until(&project.timesheets[0], date(day));
            assert_eq!(counted, (Effort::from_minutes(*minutes), euros(*amount)), "by {day}");
        }
    }

    fn survey_booked_for_a_week() -> Project {
        let mut project = branch_network().project;
        let place = project
            .timesheets
            .iter()
            .position(|entry| project.task(entry.task).id.as_str() == "survey")
            .unwrap();
        project.timesheets.swap(0, place);
        let entry = &mut project.timesheets[0];
        entry.period = crate::quantity::Window::inclusive(date("2026-08-10"), date("2026-08-16")).unwrap();
        entry.effort = Effort::from_minutes(2 * 480);
        project
    }

    #[test]
    fn hours_of_a_week_whose_task_ran_at_the_weekend_count_at_the_weekend() {
        let mut project = survey_booked_for_a_week();
        let task = project.timesheets[0].task;
        for entry in project.progress.iter_mut().filter(|entry| entry.task == task) {
            entry.actual_start = entry.actual_start.map(|_| crate::quantity::Moment::on(date("2026-08-15")));
            entry.actual_finish =
                entry.actual_finish.map(|_| crate::quantity::Moment::on(date("2026-08-16")));
        }
        // Two days of 16 hours, one on each day of the weekend: 960 minutes at 75 EUR an hour are 1 200 EUR.
        check(&project, &[("2026-08-14", 0, 0), ("2026-08-15", 480, 600), ("2026-08-16", 960, 1200)]);
    }

    #[test]
    fn hours_of_a_week_count_on_the_days_on_which_the_task_ran() {
        let mut project = survey_booked_for_a_week();
        check(
            &project,
            &[
                ("2026-08-09", 0, 0),
                ("2026-08-12", 0, 0),
                ("2026-08-13", 480, 600),
                ("2026-08-14", 960, 1_200),
                ("2026-08-16", 960, 1_200),
            ],
        );
        // Nobody knows when it ran: the days of the week share it.
        let survey = project.timesheets[0].task;
        project.progress.retain(|entry| entry.task != survey);
        check(&project, &[("2026-08-10", 192, 240), ("2026-08-12", 576, 720), ("2026-08-14", 960, 1_200)]);
    }

    #[test]
    fn hours_of_the_week_of_the_newest_report_were_worked_by_its_day() {
        let mut project = survey_booked_for_a_week();
        project.progress.retain(|entry| entry.status_date <= date("2026-08-11"));
        project.updates.clear();
        project.gates.clear();
        let survey = project.timesheets[0].task;
        project.progress.push(crate::model::ProgressEntry {
            actual_start: Some(crate::quantity::Moment::on(date("2026-08-10"))),
            ..crate::model::ProgressEntry::silent(date("2026-08-11"), survey)
        });
        check(&project, &[("2026-08-10", 480, 600), ("2026-08-11", 960, 1_200)]);
    }

    #[test]
    fn a_task_that_ran_at_another_time_or_a_weekend_leaves_the_week_to_the_person() {
        let mut project = survey_booked_for_a_week();
        let survey = project.timesheets[0].task;
        let moment = |day: &str| Some(crate::quantity::Moment::on(date(day)));
        for entry in project.progress.iter_mut().filter(|entry| entry.task == survey) {
            (entry.actual_start, entry.actual_finish) = (moment("2026-09-07"), moment("2026-09-11"));
        }
        check(&project, &[("2026-08-12", 576, 720), ("2026-08-14", 960, 1_200)]);
        let weekend = crate::quantity::Window::inclusive(date("2026-08-15"), date("2026-08-16")).unwrap();
        project.timesheets[0].period = weekend;
        check(&project, &[("2026-08-14", 0, 0), ("2026-08-15", 960, 1_200)]);
    }
}
