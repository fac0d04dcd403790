//! Dates as positions on an axis, and slips as words beside it.

use jiff::Span;
use jiff::civil::Date;

use crate::format;

/// First day of the count.
const EPOCH: Date = Date::constant(1970, 1, 1);

/// Days from 1970-01-01 to `date`; the position of the beginning of that day.
pub fn start_of(date: Date) -> f64 {
    f64::from(number_of(date))
}

/// The position of the end of `date`: where a cumulative value as of that day stands, and where a bar that includes
/// the day stops.
pub fn end_of(date: Date) -> f64 {
    start_of(date) + 1.0
}

/// Days from 1970-01-01 to `date` as a whole number.
pub fn number_of(date: Date) -> i32 {
    EPOCH.until(date).map_or(0, |span| span.get_days())
}

/// The date `number` days after 1970-01-01; the last or first date there is, if it lies outside the calendar.
pub fn date_of(number: i32) -> Date {
    // A span refuses more days than the calendar has.
    let span = Span::new().try_days(number);
    let date = span.and_then(|span| EPOCH.checked_add(span));
    date.unwrap_or(if number < 0 { Date::MIN } else { Date::MAX })
}

/// How far a date lies behind the promised one, in working days: "+34 d", "−3 d", "on time".
pub fn slip_text(days: i64) -> String {
    if days == 0 {
        return "on time".to_owned();
    }
    format::signed(days, format!("{}\u{a0}d", format::whole(days)))
}

/// The same in words: "34 working days later", "1 working day earlier", "on time".
pub fn slip_words(days: i64) -> String {
    let count = format::whole(days.saturating_abs());
    let unit = if count == "1" { "working day" } else { "working days" };
    match days {
        0 => "on time".to_owned(),
        late if late > 0 => format!("{count} {unit} later"),
        _ => format!("{count} {unit} earlier"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn dates_count_from_the_epoch_and_back() {
        for (day, number) in [(date(1970, 1, 1), 0), (date(2026, 11, 20), 20_777), (date(1969, 12, 31), -1)] {
            assert_eq!(number_of(day), number);
            assert_eq!(date_of(number), day);
        }
        assert_eq!(date_of(i32::MAX), Date::MAX);
        assert_eq!(date_of(i32::MIN), Date::MIN);
    }

    #[test]
    fn slips_are_counted_in_working_days() {
        assert_eq!(
            (slip_text(34).as_str(), slip_words(34).as_str()),
            ("+34\u{a0}d", "34 working days later")
        );
        assert_eq!((slip_text(-1).as_str(), slip_words(-1).as_str()), ("−1\u{a0}d", "1 working day earlier"));
        assert_eq!((slip_text(0).as_str(), slip_words(0).as_str()), ("on time", "on time"));
    }
}
