//! Values as readers see them: money, dates, working time, indices.
//!
//! Comes in: quantities. Goes out: text. Not here: HTML, colours, sentences.

use jiff::civil::Date;

use crate::quantity::{
    Amount, Currency, Effort, Fraction, GateId, MINUTES_OF_DAY, Moment, Percent, Ratio, RoomDays, Stage,
    Window,
};

/// What stands for a figure that is not defined.
pub const NOTHING: &str = "—";

/// The group mark of numbers: a no-break thin space, so that a number never breaks over a line.
const GROUP: char = '\u{202f}';

/// A true minus, as wide as a plus.
const MINUS: char = '−';

/// A date as the file format writes it: `2026-11-20`.
#[must_use]
pub fn iso(day: Date) -> String {
    day.to_string()
}

/// A date for readers: `20 Nov 2026`.
#[must_use]
pub fn date(day: Date) -> String {
    format!("{}\u{a0}{}\u{a0}{}", day.day(), month_name(day), day.year())
}

/// A day, with its time where one is given: `20 Nov 2026` or `20 Nov 2026, 13:00`.
#[must_use]
pub fn moment(at: Moment) -> String {
    match at.time_of_day() {
        Some(time) => format!("{}, {time}", date(at.day)),
        None => date(at.day),
    }
}

/// A date without its year: `20 Nov`.
#[must_use]
pub fn short_date(day: Date) -> String {
    format!("{}\u{a0}{}", day.day(), month_name(day))
}

/// A date as it is read on `today`: without its year within eleven months of it, else with: `29 Jan`, `25 Feb 2028`.
///
/// The same day and month of another year is too far to go without saying, so the limit is short of twelve months.
#[must_use]
pub fn near_date(day: Date, today: Date) -> String {
    let is_near = (day - today).get_days().abs() <= 335;
    if is_near { short_date(day) } else { date(day) }
}

/// A date with its weekday: `Fri 20 Nov 2026`.
#[must_use]
pub fn weekday_date(day: Date) -> String {
    format!("{}\u{a0}{}", weekday_name(day), date(day))
}

/// A range of days: `14 Dec 2026 – 8 Jan 2027`; a single day stands alone.
#[must_use]
pub fn window(window: Window) -> String {
    span_of_days(window.first(), window.last_day())
}

/// From one day to another, both included, with the year once where both share it.
#[must_use]
pub fn span_of_days(first: Date, last: Date) -> String {
    if first == last {
        date(first)
    } else if first.year() == last.year() {
        format!("{}\u{a0}– {}", short_date(first), date(last))
    } else {
        format!("{}\u{a0}– {}", date(first), date(last))
    }
}

/// The month of a day as dates print it: `Nov`.
#[must_use]
pub fn month_name(day: Date) -> &'static str {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    MONTHS[usize::from(day.month().unsigned_abs()) - 1]
}

/// The month of a day with its year: `Nov 2026`.
#[must_use]
pub fn month_of(day: Date) -> String {
    format!("{}\u{a0}{}", month_name(day), day.year())
}

fn weekday_name(day: Date) -> &'static str {
    const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    DAYS[usize::from(day.weekday().to_monday_zero_offset().unsigned_abs())]
}

/// A whole number in groups of three: `104 959`.
#[must_use]
pub fn whole(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        text.push(MINUS);
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(GROUP);
        }
        text.push(digit);
    }
    text
}

/// A value kept in thousandths, without idle zeros, with its unit: `31`, `2.5 h`.
#[must_use]
pub fn measure(thousandths: i64, unit: Option<&str>) -> String {
    let decimals = format!("{:03}", (thousandths % 1000).abs());
    let text = match decimals.trim_end_matches('0') {
        "" => whole(thousandths / 1000),
        // A value between −1 and 0 has no whole part to carry its sign.
        decimals if thousandths < 0 => format!("−{}.{decimals}", whole((thousandths / 1000).abs())),
        decimals => format!("{}.{decimals}", whole(thousandths / 1000)),
    };
    match unit {
        Some(unit) => format!("{text}\u{a0}{unit}"),
        None => text,
    }
}

/// The difference of two measures with its sign, in their unit: `+2.6 EUR`; of two percentages in percentage points, `−16
/// percentage points`, because a percentage of a percentage is something else.
#[must_use]
pub fn measure_difference(thousandths: i64, unit: Option<&str>) -> String {
    let unit = match (unit, thousandths.abs()) {
        (Some("%"), 1_000) => Some("percentage point"),
        (Some("%"), _) => Some("percentage points"),
        (unit, _) => unit,
    };
    signed(thousandths, measure(thousandths, unit))
}

/// Money rounded half to even to whole units, without its currency: `104 959`.
#[must_use]
pub fn money(amount: Amount, currency: Currency) -> String {
    let unit = 10_i64.pow(currency.digits());
    let whole_units = amount.share(Fraction::new(1, unit)).0;
    whole(whole_units)
}

/// An amount as [`money`] prints it: rounded half to even to whole units of the currency.
#[must_use]
pub fn money_printed(amount: Amount, currency: Currency) -> Amount {
    let unit = 10_i64.pow(currency.digits());
    Amount(amount.share(Fraction::new(1, unit)).0 * unit)
}

/// Money to the minor unit, without its currency: `104 958.76`.
#[must_use]
pub fn money_exact(amount: Amount, currency: Currency) -> String {
    let digits = currency.digits();
    let unit = 10_i64.pow(digits);
    let whole_units = amount.0.abs() / unit;
    let sign = if amount.0 < 0 { MINUS.to_string() } else { String::new() };
    if digits == 0 {
        return format!("{sign}{}", whole(whole_units));
    }
    format!("{sign}{}.{:0width$}", whole(whole_units), amount.0.abs() % unit, width = digits as usize)
}

/// Money with its currency, rounded to whole units: `104 959 EUR`.
#[must_use]
pub fn money_with_currency(amount: Amount, currency: Currency) -> String {
    format!("{}\u{a0}{currency}", money(amount, currency))
}

/// How finely a table with a total shows money.
///
/// Rows that are rounded one by one do not add up to a rounded total. So as soon as one amount of a table has a part of a
/// unit, all of them are shown to the minor unit; else all are whole. What is printed adds up either way, down the columns and
/// along the rows, and no cent is moved from one row to another for the sake of a sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Precision {
    currency: Currency,
    is_exact: bool,
}

impl Precision {
    /// The precision that all of some amounts need.
    #[must_use]
    pub fn of(currency: Currency, amounts: impl IntoIterator<Item = Amount>) -> Self {
        let unit = 10_i64.pow(currency.digits());
        Self { currency, is_exact: amounts.into_iter().any(|amount| amount.0 % unit != 0) }
    }

    /// The precision of a table that is all sums: whole units where the printed parts add up to each printed sum, else as
    /// [`Precision::of`].
    ///
    /// 36 140 and 25 838.76 are 61 978.76: printed 36 140, 25 839 and 61 979, which add up. 0.50 and 0.50 are 1: printed 0, 0 and
    /// 1, which do not, so that all show their cents.
    #[must_use]
    pub fn of_sums(currency: Currency, sums: &[(Amount, Vec<Amount>)]) -> Self {
        if add_up_in_whole(currency, sums) {
            return Self::whole(currency);
        }
        Self::of(currency, sums.iter().flat_map(|(sum, parts)| [*sum].into_iter().chain(parts.clone())))
    }

    /// Whole units, for a document that a board reads. What is printed may then miss its sum by a unit: see [`add_up_in_whole`].
    #[must_use]
    pub fn whole(currency: Currency) -> Self {
        Self { currency, is_exact: false }
    }

    /// Money without its currency: `104 959`, or `104 958.76` where any amount of the table has cents.
    #[must_use]
    pub fn money(self, amount: Amount) -> String {
        if self.is_exact { money_exact(amount, self.currency) } else { money(amount, self.currency) }
    }

    /// The same with a plus where it is above zero: `+1 606.76`.
    #[must_use]
    pub fn signed(self, amount: Amount) -> String {
        signed(amount.0, self.money(amount))
    }
}

/// Says whether each sum, printed in whole units, is what its parts come to as they are printed. 36 140 and 25 838.76 are 61 978.76:
/// 36 140, 25 839 and 61 979 add up. 0.50 and 0.50 are 1: 0, 0 and 1 do not. No sum adds up.
#[must_use]
pub fn add_up_in_whole(currency: Currency, sums: &[(Amount, Vec<Amount>)]) -> bool {
    let printed = |amount: &Amount| money_printed(*amount, currency);
    sums.iter().all(|(sum, parts)| printed(sum) == parts.iter().map(printed).sum::<Amount>())
}

/// An index with two decimals: `0.80`; [`NOTHING`] where undefined.
#[must_use]
pub fn index(ratio: Option<Ratio>) -> String {
    decimals(ratio, 2)
}

/// A ratio with so many decimals; [`NOTHING`] where undefined.
#[must_use]
pub fn decimals(ratio: Option<Ratio>, places: usize) -> String {
    ratio.map_or_else(|| NOTHING.to_owned(), |ratio| number(ratio.get(), places))
}

/// A number with as few decimals of a range as hold it, else with the most: 8 is `8.00` and 11.468 `11.468` with two to four.
#[must_use]
pub fn number_as_exact(value: f64, decimals: std::ops::RangeInclusive<usize>) -> String {
    let holds = |places: &usize| {
        let rounded: f64 = format!("{value:.*}", *places).parse().unwrap_or(value);
        (rounded - value).abs() < 1e-9
    };
    let most = *decimals.end();
    number(value, decimals.into_iter().find(holds).unwrap_or(most))
}

/// A ratio with as few decimals of a range as hold it ([`number_as_exact`]); the dash where there is none.
#[must_use]
pub fn decimals_as_exact(ratio: Option<Ratio>, decimals: std::ops::RangeInclusive<usize>) -> String {
    ratio.map_or_else(|| NOTHING.to_owned(), |ratio| number_as_exact(ratio.get(), decimals))
}

/// A number with so many decimals and a true minus.
#[must_use]
pub fn number(value: f64, places: usize) -> String {
    let text = format!("{:.*}", places, value.abs());
    let is_zero = text.chars().all(|c| matches!(c, '0' | '.'));
    if value < 0.0 && !is_zero { format!("{MINUS}{text}") } else { text }
}

/// A share as a percentage with one decimal where it needs one: `40 %`, `12.5 %`.
#[must_use]
pub fn percent(percent: Percent) -> String {
    share(percent.hundredths() as f64 / 10_000.0)
}

/// A quotient as a percentage, one decimal at most: `72.5 %`.
#[must_use]
pub fn share(quotient: f64) -> String {
    share_exactly(quotient, 1)
}

/// A quotient as a percentage with so many decimals, zeros behind left out: `89.96 %`.
#[must_use]
pub fn share_exactly(quotient: f64, places: usize) -> String {
    format!("{}\u{a0}%", trimmed(&number(quotient * 100.0, places)))
}

/// A decimal without zeros behind: `12.50` is `12.5`, `10.00` is `10`.
fn trimmed(text: &str) -> &str {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text }
}

/// A chance in whole percent; a little is not nothing, and almost all is not all: `40 %`, `under 1 %`, `over 99 %`.
#[must_use]
pub fn chance(chance: Fraction) -> String {
    let quotient = chance.as_f64();
    if quotient > 0.0 && quotient < 0.005 {
        "under\u{a0}1\u{a0}%".to_owned()
    } else if (0.995..1.0).contains(&quotient) {
        "over\u{a0}99\u{a0}%".to_owned()
    } else {
        share((quotient * 100.0).round() / 100.0)
    }
}

/// The share of the runs of the schedule, for the middle of a sentence: `26 % of the runs`, `none of the runs`.
#[must_use]
pub fn of_the_runs(kept: Fraction) -> String {
    match kept.numerator() {
        0 => "none of the runs".to_owned(),
        _ => format!("{} of the runs", chance(kept)),
    }
}

/// Working time in days of the given length: `34 d`, `1.5 d`; negative with a true minus.
#[must_use]
pub fn working_days(minutes: i64, minutes_per_day: i64) -> String {
    let days = minutes as f64 / minutes_per_day.max(1) as f64;
    let text = number(days, 1);
    format!("{}\u{a0}d", text.strip_suffix(".0").unwrap_or(&text))
}

/// Room of a task, its float or its margin, in the days in which it is counted: `34 d`, `2.4 ed`.
#[must_use]
pub fn room(minutes: i64, days: RoomDays) -> String {
    match days {
        RoomDays::Working(per_day) => working_days(minutes, per_day),
        RoomDays::ByClock => days_by_clock(minutes),
    }
}

/// The same in words: `34 working days`, `2.4 days by the clock`.
#[must_use]
pub fn room_in_words(minutes: i64, days: RoomDays) -> String {
    match days {
        RoomDays::Working(per_day) => working_days_in_words(minutes, per_day),
        RoomDays::ByClock => days_by_clock_in_words(minutes),
    }
}

/// Minutes of the clock in days of it, as such lengths are typed: `3 ed`, `2.4 ed`.
#[must_use]
pub fn days_by_clock(minutes: i64) -> String {
    let days = number(minutes as f64 / MINUTES_OF_DAY as f64, 1);
    format!("{}\u{a0}ed", days.strip_suffix(".0").unwrap_or(&days))
}

/// The same in words: `1 day by the clock`, `2.4 days by the clock`.
#[must_use]
pub fn days_by_clock_in_words(minutes: i64) -> String {
    let days = number(minutes as f64 / MINUTES_OF_DAY as f64, 1);
    let days = days.strip_suffix(".0").unwrap_or(&days);
    format!("{days}\u{a0}{} by the clock", if days == "1" { "day" } else { "days" })
}

/// A number of working days in words: `1 working day`, `34 working days`.
#[must_use]
pub fn working_days_in_words(minutes: i64, minutes_per_day: i64) -> String {
    working_days_exactly(minutes, minutes_per_day, 1)
}

/// The same with so many decimals, zeros behind left out: `10.02 working days`.
#[must_use]
pub fn working_days_exactly(minutes: i64, minutes_per_day: i64, places: usize) -> String {
    let text = number(minutes as f64 / minutes_per_day.max(1) as f64, places);
    let text = trimmed(&text);
    format!("{text}\u{a0}working {}", if text == "1" { "day" } else { "days" })
}

/// A figure with a plus where it is above zero, as differences are shown: `+1 680`, `−6 527`, `0`.
#[must_use]
pub fn signed(number: i64, text: String) -> String {
    if number > 0 { format!("+{text}") } else { text }
}

/// A phrase as the beginning of a sentence: its first letter in upper case.
#[must_use]
pub fn sentence_start(phrase: &str) -> String {
    let mut letters = phrase.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Words as a list in a sentence: `a`, `a and b`, `a, b and c`; empty for none.
#[must_use]
pub fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// Which of several, and how far: `G5 with 34 days` of one, `all with 34 days` where all go as far, `most of all G4 and G5 with 34 days`
/// otherwise. `furthest` are those that go furthest, of `n_all`.
#[must_use]
pub fn most_of_all(furthest: &[String], n_all: usize, how_far: &str) -> String {
    match furthest {
        [only] if n_all == 1 => format!("{only} {how_far}"),
        several if several.len() == n_all => format!("all {how_far}"),
        several => format!("most of all {} {how_far}", listed(several)),
    }
}

/// The name of a stage.
#[must_use]
pub fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Initiation => "Initiation",
        Stage::Planning => "Planning",
        Stage::Execution => "Execution",
        Stage::Control => "Monitor & control",
        Stage::Closing => "Closing",
    }
}

/// What a gate decides on.
#[must_use]
pub fn gate(gate: GateId) -> &'static str {
    match gate {
        GateId::G1 => "Mandate and feasibility",
        GateId::G2 => "Plan and baseline",
        GateId::G3 => "Deliverables and readiness for service",
        GateId::G4 => "Control statement, ready for closing",
        GateId::G5 => "Closure and transfer of ownership",
    }
}

/// A number of things in words: `1 task`, `2 tasks`.
#[must_use]
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 {
        return format!("1\u{a0}{noun}");
    }
    format!("{}\u{a0}{noun}s", whole(i64::try_from(number).unwrap_or(i64::MAX)))
}

/// Runs of the schedule: `1 run`, `10 000 runs`.
#[must_use]
pub fn count_of_runs(number: usize) -> String {
    let noun = if number == 1 { "run" } else { "runs" };
    format!("{}\u{a0}{noun}", whole(i64::try_from(number).unwrap_or(i64::MAX)))
}

/// Effort in person-days of the given length: `42 pd`, `76.5 pd`.
#[must_use]
pub fn effort(effort: Effort, minutes_per_day: i64) -> String {
    let text = number(effort.days(minutes_per_day), 1);
    format!("{}\u{a0}pd", text.strip_suffix(".0").unwrap_or(&text))
}

/// A length of a file: `512 B`, `2.1 kB`, `31 MB`; a kilobyte is 1 000 bytes.
#[must_use]
pub fn bytes(size: usize) -> String {
    let size = u64::try_from(size).unwrap_or(u64::MAX);
    // Rounded once, and to the unit in which the rounded number is below a thousand.
    let (unit, name) = match size {
        0..1_000 => return format!("{size}\u{a0}B"),
        1_000..999_500 => (1_000, "kB"),
        _ => (1_000_000, "MB"),
    };
    let rounded = |part: u64| size.saturating_add(part / 2) / part;
    match rounded(unit / 10) {
        tenths @ 0..100 => format!("{}.{}\u{a0}{name}", tenths / 10, tenths % 10),
        _ => format!("{}\u{a0}{name}", rounded(unit)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_that_go_as_far_are_named_together() {
        let names = ["G4".to_owned(), "G5".to_owned()];
        assert_eq!(most_of_all(&names[..1], 1, "with 2 days"), "G4 with 2 days");
        assert_eq!(most_of_all(&names[..1], 3, "with 2 days"), "most of all G4 with 2 days");
        assert_eq!(most_of_all(&names, 3, "with 2 days"), "most of all G4 and G5 with 2 days");
        assert_eq!(most_of_all(&names, 2, "with 2 days"), "all with 2 days");
    }

    #[test]
    fn a_day_far_away_carries_its_year() {
        let (today, near, far) = (
            jiff::civil::date(2026, 11, 20),
            jiff::civil::date(2027, 10, 21),
            jiff::civil::date(2027, 10, 22),
        );
        assert_eq!(near_date(near, today).replace('\u{a0}', " "), "21 Oct");
        assert_eq!(near_date(far, today).replace('\u{a0}', " "), "22 Oct 2027");
    }

    fn euro() -> Currency {
        "EUR".parse().unwrap()
    }

    #[test]
    fn money_is_grouped_and_rounded_half_to_even() {
        assert_eq!(money(Amount(10_495_876), euro()), "104\u{202f}959");
        assert_eq!(money(Amount(250), euro()), "2");
        assert_eq!(money(Amount(350), euro()), "4");
        assert_eq!(money_exact(Amount(-652_676), euro()), "−6\u{202f}526.76");
        assert_eq!(money_exact(Amount(5), euro()), "0.05");
    }

    proptest::proptest! {
        /// Read back from what is printed, the rows of a column add up to its total, with any number of digits.
        #[test]
        fn printed_rows_add_up_to_the_printed_total(
            rows in proptest::collection::vec(-9_999_999i64..9_999_999, 1..12),
            is_whole in proptest::bool::ANY,
            code in proptest::sample::select(vec!["EUR", "JPY", "KWD"]),
        ) {
            let currency: Currency = code.parse().unwrap();
            let unit = if is_whole { 10_i64.pow(currency.digits()) } else { 1 };
            let rows: Vec<Amount> = rows.into_iter().map(|row| Amount(row / unit * unit)).collect();
            let total: Amount = rows.iter().copied().sum();
            let precision = Precision::of(currency, rows.iter().copied().chain([total]));
            let read = |amount: Amount| -> i64 {
                let text = precision.money(amount).replace(GROUP, "").replace(MINUS, "-");
                let digits = text.split_once('.').map_or(0, |(_, part)| part.len());
                let fill = "0".repeat(currency.digits() as usize - digits);
                format!("{}{fill}", text.replace('.', "")).parse().unwrap()
            };
            proptest::prop_assert_eq!(rows.iter().map(|row| read(*row)).sum::<i64>(), read(total));
        }
    }

    #[test]
    fn lengths_of_files_are_rounded_to_what_a_reader_wants() {
        assert_eq!(bytes(999), "999\u{a0}B");
        assert_eq!(bytes(2_149), "2.1\u{a0}kB");
        assert_eq!(bytes(31_400_000), "31\u{a0}MB");
        assert_eq!(bytes(9_960), "10\u{a0}kB");
    }

    #[test]
    fn shares_and_days_drop_an_idle_decimal() {
        assert_eq!(share(0.725), "72.5\u{a0}%");
        assert_eq!(share(0.4), "40\u{a0}%");
        assert_eq!(working_days(34 * 480, 480), "34\u{a0}d");
        assert_eq!(working_days(-720, 480), "−1.5\u{a0}d");
        assert_eq!(working_days_in_words(480, 480), "1\u{a0}working day");
        assert_eq!(number(-0.001, 2), "0.00");
    }
}
