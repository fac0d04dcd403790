//! Small steps that every file takes: text with its place, working minutes, dates in their order.

use jiff::civil::Date;

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics, Spanned};
use crate::model::{Text, UnitLimit};
use crate::quantity::{Amount, Duration, Estimate, Measure, Money, WorkTime};
use crate::record::BAD_SCALAR;
use crate::resolve::names::Names;

declare_rule! {
    /// An entry has a date that lies before one that must come first: closed before it was raised, received
    /// before it was asked for. Charts over time would count it wrongly.
    ///
    /// Wrong:
    /// ```yaml
    /// I1: {issue: Uplink missing, raised: 2026-11-16, resolved: 2026-11-13}
    /// ```
    /// Right:
    /// ```yaml
    /// I1: {issue: Uplink missing, raised: 2026-11-13, resolved: 2026-11-16}
    /// ```
    pub static DATES_OUT_OF_ORDER: Rule =
        ("E131", "dates-out-of-order", Error, "0.1.0", "a date before one that must come first");
}

declare_rule! {
    /// Working time is asked for, but the time that is written runs through nights and weekends (`10ed`,
    /// `3ew`). Effort and the impact of a risk are counted in working time, so that they add up with the
    /// plan.
    ///
    /// Wrong:
    /// ```yaml
    /// impact: {time: 10ed}
    /// ```
    /// Right:
    /// ```yaml
    /// impact: {time: 7d}
    /// ```
    pub static ELAPSED_WORK: Rule =
        ("E132", "elapsed-work", Error, "0.1.0", "elapsed time where working time is asked for");
}

/// Keeps a text with its place.
pub(super) fn text(written: &Spanned<String>) -> Text {
    Text { markdown: written.value.clone(), origin: written.span }
}

/// Keeps a text that may be absent.
pub(super) fn some_text(written: Option<&Spanned<String>>) -> Option<Text> {
    written.map(text)
}

/// Keeps a plain word that may be absent.
pub(super) fn some_word(written: Option<&Spanned<String>>) -> Option<String> {
    written.map(|word| word.value.clone())
}

/// Turns a duration into working minutes; time that runs through nights and weekends is refused.
pub(super) fn working_minutes(
    written: &Spanned<Duration>,
    work_time: WorkTime,
    found: &mut Diagnostics,
) -> Option<i64> {
    if written.is_elapsed() {
        found.push(elapsed(&written.value.to_string(), written));
        return None;
    }
    Some(written.minutes(work_time))
}

/// A tolerance of time in working minutes; less than none is refused.
pub(super) fn tolerated_time(
    written: &Spanned<Duration>,
    work_time: WorkTime,
    found: &mut Diagnostics,
) -> Option<i64> {
    let minutes = working_minutes(written, work_time, found)?;
    not_below_zero(minutes, written, found)
}

/// A tolerance of money in the project's currency; less than none is refused.
pub(super) fn tolerated_sum(
    written: &Spanned<Money>,
    names: &Names,
    found: &mut Diagnostics,
) -> Option<Amount> {
    let sum = names.money(written, found)?;
    not_below_zero(sum.0, written, found).map(Amount)
}

/// What is allowed, unless it is less than nothing.
fn not_below_zero<T>(size: i64, written: &Spanned<T>, found: &mut Diagnostics) -> Option<i64> {
    if size < 0 {
        found.push(
            Diagnostic::new(&BAD_SCALAR, written.span, "less than nothing cannot be allowed")
                .hint("write the limit without the minus sign, or leave the line out where there is none"),
        );
        return None;
    }
    Some(size)
}

/// Turns a measure into whole units of scope, zero or more; what comes in is counted in whole ones, so a fraction is refused.
pub(super) fn whole_units(written: &Spanned<Measure>, found: &mut Diagnostics) -> Option<UnitLimit> {
    let Measure { thousandths, unit } = &written.value;
    let units = thousandths / 1_000;
    if units * 1_000 == *thousandths && units >= 0 {
        return Some(UnitLimit { units, unit: unit.clone() });
    }
    let unit = if unit.is_empty() { "units" } else { unit.as_str() };
    let message = if *thousandths < 0 {
        format!("fewer than no {unit} cannot be allowed")
    } else {
        format!("{unit} are allowed in whole ones alone")
    };
    let fitting = units.max(0);
    found.push(
        Diagnostic::new(&BAD_SCALAR, written.span, message)
            .hint(format!("write a whole number such as `{fitting} {unit}`")),
    );
    None
}

/// Turns an estimate into its mean in working minutes: (optimistic + 4 × most likely + pessimistic) ÷ 6.
///
/// `3d / 5d / 13d` has the mean 6 days.
pub(super) fn mean_working_minutes(
    written: &Spanned<Estimate>,
    names: &Names,
    found: &mut Diagnostics,
) -> Option<i64> {
    let points = [written.optimistic(), written.likely(), written.pessimistic()];
    if let Some(point) = points.iter().find(|point| point.is_elapsed()) {
        found.push(elapsed(&point.to_string(), written));
        return None;
    }
    let [low, likely, high] = points.map(|point| point.minutes(names.work_time));
    Some((low + 4 * likely + high) / 6)
}

fn elapsed<T>(duration: &str, written: &Spanned<T>) -> Diagnostic {
    let message = format!("`{duration}` runs through nights and weekends, but working time is asked for");
    Diagnostic::new(&ELAPSED_WORK, written.span, message).hint("write working time, such as `5d`")
}

/// The day of a date that may be absent.
pub(super) fn some_day(date: Option<Spanned<Date>>) -> Option<Date> {
    date.map(|date| date.value)
}

/// A date of an entry with the name of its field.
pub(super) type Dated = (&'static str, Option<Spanned<Date>>);

/// Reports each date that lies before the one that comes first in the life of the entry.
///
/// Dates are given in the order in which they must come; absent ones are passed over.
pub(super) fn check_order(dates: &[Dated], found: &mut Diagnostics) {
    let mut earlier: Option<(&str, Spanned<Date>)> = None;
    for (field, date) in dates {
        let Some(date) = date else { continue };
        if let Some((first_field, first)) = earlier
            && date.value < first.value
        {
            let message = format!("`{field}` ({}) lies before `{first_field}` ({})", date.value, first.value);
            found.push(
                Diagnostic::new(&DATES_OUT_OF_ORDER, date.span, message)
                    .also(first.span, format!("`{first_field}` is here"))
                    .hint("correct one of the two dates"),
            );
            continue;
        }
        earlier = Some((field, *date));
    }
}
