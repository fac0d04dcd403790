//! Hours by month: those of a week that lies in two months are divided between them.

use jiff::civil::Date;

use super::actual_cost;
use super::task_budget::apportion;
use crate::model::{Project, TimeEntry};
use crate::quantity::{Amount, Effort};

/// What falls into a month of a line of `timesheets.csv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthHours {
    /// The first day of the line's period that lies in the month.
    pub date: Date,
    /// The place of the line in the project's `timesheets`.
    pub entry: usize,
    /// The hours.
    pub effort: Effort,
    /// Hours × rate.
    pub amount: Amount,
}

/// All hours that count on a day, month by month, in the order of the lines.
///
/// A week in two months is divided as the working minutes of its days on which the person was there; the parts add up to
/// what was booked, to the minute and the cent. Where there was none, as on a weekend, everything falls to the first of the
/// two. Hours count from the first day of their period, and what of them lies in a month that has not begun by the day counts
/// in the month of the day, so that the months always add up to actual cost.
///
/// 5 d of Monday 31 August to Friday 4 September: 1 d in August, 4 d in September.
pub(super) fn hours_by_month(project: &Project, day: Date) -> Vec<MonthHours> {
    let mut parts = Vec::new();
    for (place, entry) in
        project.timesheets.iter().enumerate().filter(|(_, entry)| entry.period.first() <= day)
    {
        let months = months_of(project, entry, day);
        let weights: Vec<i64> = months.iter().map(|(_, minutes)| *minutes).collect();
        let efforts = apportion(entry.effort.minutes(), &weights);
        let amounts = apportion(actual_cost::price(project, entry).0, &weights);
        for (((date, _), effort), amount) in months.into_iter().zip(efforts).zip(amounts) {
            if effort != 0 || amount != 0 {
                let (effort, amount) = (Effort::from_minutes(effort), Amount(amount));
                parts.push(MonthHours { date, entry: place, effort, amount });
            }
        }
    }
    parts
}

/// The months of a line: the first day in each, and the working minutes that the person was there.
fn months_of(project: &Project, entry: &TimeEntry, day: Date) -> Vec<(Date, i64)> {
    let first = entry.period.first();
    if first.last_of_month() >= entry.period.last_day().min(day.last_of_month()) {
        return vec![(first, 0)];
    }
    let there = project.minutes_there(entry.person);
    let mut months: Vec<(Date, i64)> = Vec::new();
    for date in entry.period.days() {
        match months.last_mut() {
            Some((month, minutes))
                if month.first_of_month() == date.first_of_month() || date > day.last_of_month() =>
            {
                *minutes += there(date);
            }
            _ => months.push((date, there(date))),
        }
    }
    months
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::control::golden::branch_network;
    use crate::plan::sketch::date;
    use crate::quantity::Window;

    /// Minutes by month of 5 d booked by Tom for Monday 31 August to Sunday 6 September, as of a day.
    fn divided(project: &Project, window: (&str, &str), day: &str) -> Vec<(String, i64)> {
        let mut project = project.clone();
        project.timesheets.truncate(1);
        let entry = &mut project.timesheets[0];
        entry.period = Window::inclusive(date(window.0), date(window.1)).unwrap();
        entry.effort = Effort::from_minutes(5 * 480);
        hours_by_month(&project, date(day))
            .into_iter()
            .map(|part| (part.date.to_string(), part.effort.minutes()))
            .collect()
    }

    #[test]
    fn a_week_in_two_months_is_divided_by_working_days() {
        let project = branch_network().project;
        let check = |window, day, expected: &[(&str, i64)]| {
            let expected: Vec<(String, i64)> =
                expected.iter().map(|(month, minutes)| ((*month).to_owned(), *minutes)).collect();
            assert_eq!(divided(&project, window, day), expected, "{window:?} as of {day}");
        };
        let week = ("2026-08-31", "2026-09-06");
        check(week, "2026-11-20", &[("2026-08-31", 480), ("2026-09-01", 1_920)]);
        check(week, "2026-09-02", &[("2026-08-31", 480), ("2026-09-01", 1_920)]);
        // September has not begun: what is booked counts all the same.
        check(week, "2026-08-31", &[("2026-08-31", 2_400)]);
        check(("2026-09-28", "2026-10-04"), "2026-11-20", &[("2026-09-28", 1_440), ("2026-10-01", 960)]);
        // A weekend in two months has no working day: the first of them takes it.
        check(("2026-10-31", "2026-11-01"), "2026-11-20", &[("2026-10-31", 2_400)]);
        check(("2026-08-10", "2026-08-16"), "2026-11-20", &[("2026-08-10", 2_400)]);
    }

    #[test]
    fn days_of_absence_take_no_hours() {
        let mut project = branch_network().project;
        let person = project.timesheets[0].person;
        let away = Window::inclusive(date("2026-09-01"), date("2026-09-02")).unwrap();
        let absences = &mut project.team.people[person.0 as usize].absences;
        absences.push(crate::model::Absence { window: away, origin: crate::diagnostic::Span::default() });
        let parts = divided(&project, ("2026-08-31", "2026-09-06"), "2026-11-20");
        assert_eq!(parts, [("2026-08-31".to_owned(), 800), ("2026-09-01".to_owned(), 1_600)]);
    }
}
