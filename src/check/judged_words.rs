//! What a statement was judged by, in words with the values put in.

use crate::format;
use crate::report::{Item, Judged, JudgedFigure, JudgedPart, JudgedThings, ProjectReport, Truth, Value};
use crate::statement::{Field, FigureName, HowMany, Kind, Sign};

/// At most so many things are named, the first of their file.
pub const NAMED: usize = 5;

/// The values that a statement was judged by, part for part: `finish slip 34 working days, at most 10 working days`.
#[must_use]
pub fn judged_words(project: &ProjectReport, judged: &Judged) -> String {
    let parts = judged.parts.iter().map(|part| match part {
        JudgedPart::Figure(figure) => figure_words(project, figure),
        JudgedPart::Things(things) => things_words(things),
    });
    let values = parts.collect::<Vec<_>>().join("; ");
    match judged.truth {
        Truth::Unknown => format!("cannot be answered: {values}"),
        _ => values,
    }
}

fn figure_words(project: &ProjectReport, judged: &JudgedFigure) -> String {
    let mut missing = Vec::new();
    for (figure, value) in [(Some(judged.figure), judged.value), (judged.limit_figure, judged.limit)] {
        if let (Some(figure), None) = (figure, value) {
            missing.push(format!("{} has no value, {}", figure.words(), project.why_no_value(figure)));
        }
    }
    if !missing.is_empty() {
        return missing.join("; ");
    }
    let kind = judged.figure.kind();
    let limit_kind = judged.limit_figure.map_or(kind, FigureName::kind);
    let (value, limit) = match (judged.value, judged.limit) {
        (Some(value), Some(limit)) => apart(project, (kind, value), (limit_kind, limit)),
        _ => Default::default(),
    };
    let limit = match judged.limit_figure {
        Some(figure) => format!("{} {limit}", figure.words()),
        None => limit,
    };
    format!("{} {value}, {} {limit}", judged.figure.words(), sign_words(judged.sign))
}

/// Two values with as many digits as tell them apart: `10.02 working days` and `10 working days`. Values that are the same are
/// printed as everywhere else.
fn apart(project: &ProjectReport, one: (Kind, Value), other: (Kind, Value)) -> (String, String) {
    let printed = |(kind, value)| value_words(project, kind, value);
    let usual = (printed(one), printed(other));
    if usual.0 != usual.1 || one.1.compare(other.1).is_none_or(std::cmp::Ordering::is_eq) {
        return usual;
    }
    let exact = |places| (exact_words(project, one, places), exact_words(project, other, places));
    (2..=MOST_PLACES).map(exact).find(|(one, other)| one != other).unwrap_or(usual)
}

/// So many decimals are printed at most.
const MOST_PLACES: usize = 9;

/// A value with so many decimals, zeros behind left out; money to its smallest unit.
fn exact_words(project: &ProjectReport, (kind, value): (Kind, Value), places: usize) -> String {
    match value {
        Value::Days(minutes) => format::working_days_exactly(minutes, project.minutes_per_day(), places),
        Value::Money(amount) => {
            format!(
                "{}\u{a0}{}",
                format::money_exact(amount, project.project.currency),
                project.project.currency
            )
        }
        Value::Ratio(ratio) if kind == Kind::Share => format::share_exactly(ratio.get(), places),
        Value::Ratio(ratio) => format::decimals(Some(ratio), places + 1),
        Value::Count(_) | Value::Date(_) => value_words(project, kind, value),
    }
}

fn sign_words(sign: Sign) -> &'static str {
    match sign {
        Sign::AtMost => "at most",
        Sign::AtLeast => "at least",
        Sign::Below => "to be below",
        Sign::Above => "to be above",
        Sign::Equal => "to be",
        Sign::Unequal => "to be other than",
    }
}

/// A value with its unit, as readers see it.
#[must_use]
pub fn value_words(project: &ProjectReport, kind: Kind, value: Value) -> String {
    match value {
        Value::Days(minutes) => format::working_days_in_words(minutes, project.minutes_per_day()),
        Value::Money(amount) => format::money_with_currency(amount, project.project.currency),
        Value::Ratio(ratio) if kind == Kind::Share => format::share(ratio.get()),
        Value::Ratio(ratio) => format::decimals(Some(ratio), 3),
        Value::Count(number) => format::whole(number),
        Value::Date(day) => format::date(day),
    }
}

fn things_words(judged: &JudgedThings) -> String {
    let noun = judged.thing.word();
    if !judged.unrecorded.is_empty() {
        return judged.unrecorded.clone();
    }
    let lacking = lacking(judged);
    if judged.truth == Truth::Unknown {
        return lacking;
    }
    if judged.truth == Truth::NothingThere {
        return format!("there is no such {noun}");
    }
    let named = || {
        let names: Vec<String> = judged.against.iter().take(NAMED).map(|item| item.name.clone()).collect();
        let more = judged.against.len().saturating_sub(NAMED);
        let names = format::listed(&names);
        if more > 0 { format!("{names} and {more} more") } else { names }
    };
    let words = match judged.amount {
        HowMany::Every if judged.against.is_empty() => {
            format!("{} of {}", judged.good, format::count(judged.of, noun))
        }
        HowMany::Every => format!("{} of {}, not {}", judged.good, format::count(judged.of, noun), named()),
        HowMany::No if judged.against.is_empty() => format!("no such {noun} found"),
        HowMany::No => format!("{} found: {}", format::count(judged.against.len(), noun), named()),
        HowMany::Some => format!("{} found", format::count(judged.good, noun)),
    };
    // What could not be looked at is told beside what decides; of some that were found it changes nothing.
    if lacking.is_empty() || judged.amount == HowMany::Some { words } else { format!("{words}; {lacking}") }
}

/// The things of which it cannot be said, each with what is not filled in; empty where there is none.
fn lacking(judged: &JudgedThings) -> String {
    let noun = judged.thing.word();
    let said = |(item, field): &(Item, Field)| format!("{noun} {} has no {}", item.name, field.word());
    let mut lacking: Vec<String> = judged.unknown.iter().take(NAMED).map(said).collect();
    let more = judged.unknown.len().saturating_sub(NAMED);
    lacking.extend((more > 0).then(|| format!("and {more} more")));
    lacking.join("; ")
}
