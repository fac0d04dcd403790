//! Days on which a recurring exception falls.
//!
//! Comes in: an exception and the days that matter. Goes out: the ranges of days it covers, in order.

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::exchange::plan::{Exception, Position, Rhythm};
use crate::quantity::days_between;

/// The ranges of days, first and last, on which an exception falls, up to a last day that matters.
///
/// An exception without a rhythm is one range and is not cut. A recurring one gives a range for each day; the second value
/// says whether days after `until` were left out.
pub(super) fn ranges(exception: &Exception, until: Date) -> (Vec<(Date, Date)>, bool) {
    if exception.rhythm == Rhythm::Throughout {
        return (vec![(exception.from, exception.to)], false);
    }
    let last = exception.to.min(until);
    let mut days = Vec::new();
    let mut day = exception.from;
    let most = exception.occurrences.unwrap_or(u32::MAX) as usize;
    while day <= last && days.len() < most {
        if falls_on(exception, day) {
            days.push((day, day));
        }
        match day.tomorrow() {
            Ok(next) => day = next,
            Err(_) => break,
        }
    }
    (days, exception.to > until && exception.occurrences.is_none_or(|_| false))
}

fn falls_on(exception: &Exception, day: Date) -> bool {
    let from = exception.from;
    let weekday = usize::from(day.weekday().to_monday_zero_offset().unsigned_abs());
    let months = i64::from(day.year() - from.year()) * 12 + i64::from(day.month() - from.month());
    match exception.rhythm {
        Rhythm::Throughout => true,
        Rhythm::Daily(every) => days_between(from, day) % every == 0,
        Rhythm::Weekdays(every) => weekday < 5 && (weekdays_between(from, day) - 1) % every == 0,
        Rhythm::Weekly(every, days) => {
            // Weeks of a rhythm begin on Sunday, whatever day the weeks of the plan begin with.
            let sunday = |day: Date| {
                day.checked_sub(i64::from(day.weekday().to_sunday_zero_offset()).days()).unwrap_or(day)
            };
            days[weekday] && days_between(sunday(from), sunday(day)) / 7 % every == 0
        }
        Rhythm::MonthlyByDay(every, of_month) => {
            months % every == 0 && day.day() == of_month.min(day.days_in_month())
        }
        Rhythm::MonthlyByPosition(every, position) => months % every == 0 && is_at(position, day, weekday),
        Rhythm::YearlyByDay(month, of_month) => {
            day.month() == month && day.day() == of_month.min(day.days_in_month())
        }
        Rhythm::YearlyByPosition(month, position) => day.month() == month && is_at(position, day, weekday),
    }
}

/// How many days from one to another are from Monday to Friday, both counted.
fn weekdays_between(from: Date, to: Date) -> i64 {
    let offset = i64::from(from.weekday().to_monday_zero_offset());
    // So many of the days from that Monday on.
    let weekdays = |days: i64| days / 7 * 5 + (days % 7).min(5);
    weekdays(offset + days_between(from, to) + 1) - weekdays(offset)
}

/// Says whether a day is the first, second, third, fourth or last of its kind in its month.
fn is_at(position: Position, day: Date, weekday: usize) -> bool {
    if !position.days[weekday] {
        return false;
    }
    let counts = |other: i8| {
        let offset = (i16::from(other) - i16::from(day.day())).rem_euclid(7).unsigned_abs();
        position.days[(weekday + usize::from(offset)) % 7]
    };
    if position.place >= 4 {
        return (day.day() + 1..=day.days_in_month()).all(|other| !counts(other));
    }
    let before = (1..day.day()).filter(|other| counts(*other)).count();
    before == usize::from(position.place)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[track_caller]
    fn check(rhythm: Rhythm, occurrences: Option<u32>, expected: &[&str]) {
        let exception = Exception {
            name: String::new(),
            from: date(2026, 1, 5),
            to: date(2027, 12, 31),
            shifts: Vec::new(),
            rhythm,
            occurrences,
        };
        let (ranges, _) = ranges(&exception, date(2027, 6, 30));
        let days: Vec<String> = ranges.iter().take(expected.len()).map(|(day, _)| day.to_string()).collect();
        assert_eq!(days, expected);
        if let Some(most) = occurrences {
            assert_eq!(ranges.len(), most as usize);
        }
    }

    /// 2026-01-05 is a Monday.
    #[test]
    fn each_rhythm_falls_on_the_days_of_the_calendar_on_the_wall() {
        let friday = [false, false, false, false, true, false, false];
        check(Rhythm::Daily(3), Some(3), &["2026-01-05", "2026-01-08", "2026-01-11"]);
        check(Rhythm::Weekly(2, friday), Some(3), &["2026-01-09", "2026-01-23", "2026-02-06"]);
        // Every second weekday: Monday, Wednesday, Friday, and over the weekend Tuesday.
        check(Rhythm::Weekdays(2), Some(4), &["2026-01-05", "2026-01-07", "2026-01-09", "2026-01-13"]);
        check(
            Rhythm::Weekdays(1),
            Some(6),
            &["2026-01-05", "2026-01-06", "2026-01-07", "2026-01-08", "2026-01-09", "2026-01-12"],
        );
        // The first Sunday of January belongs to the week after the one in which the 5th lies.
        let sunday = [false, false, false, false, false, false, true];
        check(Rhythm::Weekly(3, sunday), Some(3), &["2026-01-25", "2026-02-15", "2026-03-08"]);
        check(Rhythm::MonthlyByDay(1, 31), None, &["2026-01-31", "2026-02-28", "2026-03-31"]);
        let last_friday = Position { place: 4, days: friday };
        check(Rhythm::MonthlyByPosition(1, last_friday), None, &["2026-01-30", "2026-02-27", "2026-03-27"]);
        check(Rhythm::YearlyByDay(12, 25), None, &["2026-12-25"]);
        let monday = [true, false, false, false, false, false, false];
        check(Rhythm::YearlyByPosition(9, Position { place: 0, days: monday }), None, &["2026-09-07"]);
        check(
            Rhythm::YearlyByPosition(5, Position { place: 4, days: monday }),
            None,
            &["2026-05-25", "2027-05-31"],
        );
        let weekdays = [true, true, true, true, true, false, false];
        check(Rhythm::MonthlyByPosition(1, Position { place: 0, days: weekdays }), None, &["2026-02-02"]);
    }
}
