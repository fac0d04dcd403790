//! Statements as they are written: what is printed reads back as the same statement.

use std::fmt;

use crate::statement::{Comparison, Each, Literal, Side, Statement, Test};

impl fmt::Display for Statement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Compare(Comparison { figure, sign, limit }) => {
                write!(f, "{} {} {limit}", figure.name(), sign.text())
            }
            Self::Each(each) => write!(f, "{each}"),
            Self::Not(inner) => {
                f.write_str("not ")?;
                in_brackets(f, inner, matches!(**inner, Self::All(_) | Self::Any(_)))
            }
            Self::All(parts) => joined(f, parts, "and"),
            Self::Any(parts) => joined(f, parts, "or"),
        }
    }
}

fn joined(f: &mut fmt::Formatter<'_>, parts: &[Statement], word: &str) -> fmt::Result {
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            write!(f, " {word} ")?;
        }
        let is_last = place + 1 == parts.len();
        let is_joined = matches!(part, Statement::All(_) | Statement::Any(_));
        in_brackets(f, part, is_joined || (!is_last && goes_on(part)))?;
    }
    Ok(())
}

/// Whether a statement would take what stands behind it for its own.
fn goes_on(statement: &Statement) -> bool {
    match statement {
        Statement::Each(_) => true,
        Statement::Not(inner) => goes_on(inner),
        _ => false,
    }
}

fn in_brackets(f: &mut fmt::Formatter<'_>, inner: &dyn fmt::Display, are_needed: bool) -> fmt::Result {
    if are_needed { write!(f, "({inner})") } else { write!(f, "{inner}") }
}

impl fmt::Display for Each {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.amount.word())?;
        for flag in &self.flags {
            write!(f, " {}", flag.word())?;
        }
        write!(f, " {}", self.thing.word())?;
        if let Some(filter) = &self.filter {
            write!(f, " where {filter}")?;
        }
        for (place, part) in self.said.iter().enumerate() {
            f.write_str(if place > 0 { " and " } else { " " })?;
            said(f, part)?;
        }
        Ok(())
    }
}

/// A part of what is said of a thing, with its verb.
fn said(f: &mut fmt::Formatter<'_>, test: &Test) -> fmt::Result {
    match test {
        Test::Compare(..) => write!(f, "has {test}"),
        Test::Is(field) => write!(f, "is {}", field.word()),
        Test::Not(inner) => match &**inner {
            Test::Has(field) => write!(f, "has no {}", field.word()),
            Test::Is(field) => write!(f, "is not {}", field.word()),
            inner => write!(f, "not {inner}"),
        },
        other => write!(f, "{other}"),
    }
}

impl fmt::Display for Test {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Compare(field, sign, limit) => write!(f, "{} {} {limit}", field.word(), sign.text()),
            Self::Has(field) => write!(f, "has {}", field.word()),
            Self::Is(field) => f.write_str(field.word()),
            Self::Not(inner) => {
                f.write_str("not ")?;
                in_brackets(f, inner, matches!(**inner, Self::All(_) | Self::Any(_)))
            }
            Self::All(parts) | Self::Any(parts) => {
                let word = if matches!(self, Self::All(_)) { "and" } else { "or" };
                for (place, part) in parts.iter().enumerate() {
                    if place > 0 {
                        write!(f, " {word} ")?;
                    }
                    in_brackets(f, part, matches!(part, Self::All(_) | Self::Any(_)))?;
                }
                Ok(())
            }
        }
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Figure(figure) => f.write_str(figure.name()),
            Self::Literal(literal) => write!(f, "{literal}"),
        }
    }
}

impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Days(duration) => write!(f, "{duration}"),
            Self::Money(money) => write!(f, "{money}"),
            Self::Ratio { millionths, in_percent: false } => f.write_str(&decimals(*millionths, 6)),
            Self::Ratio { millionths, in_percent: true } => write!(f, "{}%", decimals(*millionths, 4)),
            Self::Count(number) => write!(f, "{number}"),
            Self::Date(day) => write!(f, "{day}"),
        }
    }
}

/// A number with its point before the last digits, without zeros at its end: 900 000 with six digits is `0.9`.
fn decimals(number: i64, digits: u32) -> String {
    let base = 10_i64.pow(digits);
    let sign = if number < 0 { "-" } else { "" };
    let (whole, part) = (number.abs() / base, number.abs() % base);
    let part = format!("{part:0width$}", width = digits as usize);
    let part = part.trim_end_matches('0');
    if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}
