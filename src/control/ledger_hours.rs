//! Hours by month: those of a week that lies in two months are divided between them.

use jiff::civil::Date;

use super::bookings::{BookedPart, Bookings};
use crate::model::Project;
use crate::quantity::{Amount, Effort};

/// What falls into a month of a line of `timesheets.csv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthHours {
    /// The first day of the line's period that lies in the month.
    pub date: Date,
    /// The place of the line in the project's `timesheets`.
    pub entry: usize,
    /// The hours, as far as they lie before the end of the status date.
    pub effort: Effort,
    /// Hours × rate.
    pub amount: Amount,
}

/// All hours that count on a day, month by month, in the order of the lines.
///
/// Those of a week in two months, or of one that the day lies in, are divided as actual cost divides them ([`Bookings`]), so
/// that the months always add up to it.
///
/// 5 d of Monday 31 August to Friday 4 September: 1 d in August, 4 d in September.
pub(super) fn hours_by_month(project: &Project, day: Date) -> Vec<MonthHours> {
    let mut bookings = Bookings::new(project);
    let mut hours = Vec::new();
    for (place, entry) in project.timesheets.iter().enumerate() {
        for BookedPart { first: date, effort, amount } in bookings.months_until(entry, day) {
            if effort != Effort::ZERO || amount != Amount::ZERO {
                hours.push(MonthHours { date, entry: place, effort, amount });
            }
        }
    }
    hours
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
        // The week is not over: its days to come do not count yet.
        check(week, "2026-09-02", &[("2026-08-31", 480), ("2026-09-01", 960)]);
        check(week, "2026-08-31", &[("2026-08-31", 480)]);
        check(("2026-09-28", "2026-10-04"), "2026-11-20", &[("2026-09-28", 1_440), ("2026-10-01", 960)]);
        // A weekend in two months has no working day: the first of them takes it.
        check(("2026-10-31", "2026-11-01"), "2026-11-20", &[("2026-10-31", 2_400)]);
        check(("2026-08-10", "2026-08-16"), "2026-11-20", &[("2026-08-10", 2_400)]);
    }

    #[test]
    fn days_of_absence_take_no_hours() {
        let mut project = branch_network().project;
        let person = project.timesheets[0].worker.person().unwrap();
        let away = Window::inclusive(date("2026-09-01"), date("2026-09-02")).unwrap();
        let absences = &mut project.team.people[person.0 as usize].absences;
        absences.push(crate::model::Absence { window: away, origin: crate::diagnostic::Span::default() });
        let parts = divided(&project, ("2026-08-31", "2026-09-06"), "2026-11-20");
        assert_eq!(parts, [("2026-08-31".to_owned(), 800), ("2026-09-01".to_owned(), 1_600)]);
    }
}
