//! What a statement was judged by, in words with the values put in.

use crate::format;
use crate::report::{Judged, JudgedFigure, JudgedPart, JudgedThings, ProjectReport, Truth, Value};
use crate::statement::{FigureName, HowMany, Kind, Sign};

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
            missing.push(format!("{} has no value, {}", figure.words(), figure.unknown()));
        }
    }
    if !missing.is_empty() {
        return missing.join("; ");
    }
    let value =
        judged.value.map_or_else(String::new, |value| value_words(project, judged.figure.kind(), value));
    let limit = judged.limit.map_or_else(String::new, |limit| {
        let kind = judged.limit_figure.map_or(judged.figure.kind(), FigureName::kind);
        value_words(project, kind, limit)
    });
    let limit = match judged.limit_figure {
        Some(figure) => format!("{} {limit}", figure.words()),
        None => limit,
    };
    format!("{} {value}, {} {limit}", judged.figure.words(), sign_words(judged.sign))
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
        return judged.unrecorded.to_owned();
    }
    if judged.truth == Truth::Unknown {
        let lacking: Vec<String> = judged
            .unknown
            .iter()
            .take(NAMED)
            .map(|(item, field)| format!("{noun} {} has no {}", item.name, field.word()))
            .collect();
        return lacking.join("; ");
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
    match judged.amount {
        HowMany::Every if judged.against.is_empty() => {
            format!("{} of {}", judged.good, format::count(judged.of, noun))
        }
        HowMany::Every => format!("{} of {}, not {}", judged.good, format::count(judged.of, noun), named()),
        HowMany::No if judged.against.is_empty() => format!("no such {noun} found"),
        HowMany::No => format!("{} found: {}", format::count(judged.against.len(), noun), named()),
        HowMany::Some => format!("{} found", format::count(judged.good, noun)),
    }
}
