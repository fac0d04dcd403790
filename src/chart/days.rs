//! Dates as positions on an axis, and as words beside it.

use jiff::Span;
use jiff::civil::Date;

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

/// Calendar days from `from` to `to`; positive if `to` is later.
pub fn days_between(from: Date, to: Date) -> i32 {
    number_of(to) - number_of(from)
}

/// "20 Nov 2026".
pub fn day_text(date: Date) -> String {
    format!("{} {} {}", date.day(), month_name(date), date.year())
}

/// "20 Nov".
pub fn short_day_text(date: Date) -> String {
    format!("{} {}", date.day(), month_name(date))
}

/// "3 Aug to 12 Aug 2026"; "3 Aug 2026" for a single day.
pub fn span_text(first: Date, last: Date) -> String {
    if first == last {
        day_text(first)
    } else if first.year() == last.year() {
        format!("{} to {}", short_day_text(first), day_text(last))
    } else {
        format!("{} to {}", day_text(first), day_text(last))
    }
}

/// "+50 d" for later, "−3 d" for earlier, "on time" for neither.
pub fn slip_text(days: i32) -> String {
    match days {
        0 => "on time".to_owned(),
        late if late > 0 => format!("+{late} d"),
        early => format!("−{} d", early.unsigned_abs()),
    }
}

/// "50 days later", "1 day earlier", "on the same day".
pub fn slip_words(days: i32) -> String {
    let count = days.unsigned_abs();
    let unit = if count == 1 { "day" } else { "days" };
    match days {
        0 => "on the same day".to_owned(),
        late if late > 0 => format!("{count} {unit} later"),
        _ => format!("{count} {unit} earlier"),
    }
}

/// "Aug".
pub fn month_name(date: Date) -> &'static str {
    const NAMES: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    usize::try_from(date.month() - 1).ok().and_then(|index| NAMES.get(index)).copied().unwrap_or_default()
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
    fn slips_are_counted_in_calendar_days() {
        let slip = days_between(date(2026, 12, 2), date(2027, 1, 21));
        assert_eq!((slip_text(slip).as_str(), slip_words(slip).as_str()), ("+50 d", "50 days later"));
        assert_eq!((slip_text(-1).as_str(), slip_words(-1).as_str()), ("−1 d", "1 day earlier"));
    }

    #[test]
    fn spans_name_the_year_once() {
        assert_eq!(span_text(date(2026, 8, 3), date(2026, 8, 12)), "3 Aug to 12 Aug 2026");
        assert_eq!(span_text(date(2026, 12, 14), date(2027, 1, 8)), "14 Dec 2026 to 8 Jan 2027");
        assert_eq!(span_text(date(2026, 8, 3), date(2026, 8, 3)), "3 Aug 2026");
    }
}
