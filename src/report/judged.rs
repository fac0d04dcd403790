//! Whether a statement holds of a computed project.
//!
//! Nothing here knows of gates: whoever has a statement may ask.

use crate::model::{Ground, unread_words};
use crate::quantity::WorkTime;
use crate::report::thing::{FieldState, Item};
use crate::report::{ProjectReport, Value};
use crate::statement::{Comparison, Each, Field, FigureName, HowMany, Side, Sign, Statement, Test, Thing};

/// Whether a statement holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// It holds.
    Holds,
    /// It holds of some things of which it was said for every one.
    Partly,
    /// It does not hold.
    Fails,
    /// Nothing is there that it speaks of.
    NothingThere,
    /// A value is missing.
    Unknown,
}

/// The answer to a statement, with what it was read off.
#[derive(Clone, Debug)]
pub struct Judged {
    /// Whether it holds.
    pub truth: Truth,
    /// Each part of the statement that was looked at, in the order of the text.
    pub parts: Vec<JudgedPart>,
}

/// A part of a statement that was looked at.
#[derive(Clone, Debug)]
pub enum JudgedPart {
    /// A figure beside its limit.
    Figure(JudgedFigure),
    /// Things of a kind.
    Things(JudgedThings),
}

/// A figure beside its limit.
#[derive(Clone, Copy, Debug)]
pub struct JudgedFigure {
    /// The figure.
    pub figure: FigureName,
    /// Its value.
    pub value: Option<Value>,
    /// How it is to lie.
    pub sign: Sign,
    /// The figure that is the limit, where it is one.
    pub limit_figure: Option<FigureName>,
    /// The limit.
    pub limit: Option<Value>,
    /// Whether it lies so.
    pub truth: Truth,
}

/// Things of a kind of which something was said.
#[derive(Clone, Debug)]
pub struct JudgedThings {
    /// Whether it was said of every one, none or some.
    pub amount: HowMany,
    /// The kind.
    pub thing: Thing,
    /// How many there are of those that are spoken of.
    pub of: usize,
    /// Those of which it holds.
    pub good: usize,
    /// Those that stand in the way: of which it does not hold though it should, or holds though it should not.
    pub against: Vec<Item>,
    /// Things of which it cannot be said, each with the field that is not filled in.
    pub unknown: Vec<(Item, Field)>,
    /// Why nothing can be said of any of them; empty where something can.
    pub unrecorded: String,
    /// Whether that is because they could not be read.
    pub is_unread: bool,
    /// Whether it holds.
    pub truth: Truth,
}

impl ProjectReport {
    /// Judges a statement with the figures of the status date.
    #[must_use]
    pub fn judge(&self, statement: &Statement) -> Judged {
        let mut parts = Vec::new();
        let truth = self.truth(statement, &mut parts);
        Judged { truth, parts }
    }

    fn truth(&self, statement: &Statement, parts: &mut Vec<JudgedPart>) -> Truth {
        match statement {
            Statement::Compare(comparison) => {
                let judged = self.compare(comparison);
                parts.push(JudgedPart::Figure(judged));
                judged.truth
            }
            Statement::Each(each) => {
                let judged = self.each(each);
                let truth = judged.truth;
                parts.push(JudgedPart::Things(judged));
                truth
            }
            Statement::Not(inner) => not(self.truth(inner, parts)),
            Statement::All(inner) => all(inner.iter().map(|one| self.truth(one, parts))),
            Statement::Any(inner) => any(inner.iter().map(|one| self.truth(one, parts))),
        }
    }

    fn compare(&self, comparison: &Comparison) -> JudgedFigure {
        let Comparison { figure, sign, limit } = comparison;
        let value = self.reading(*figure);
        let (limit_figure, limit) = match limit {
            Side::Figure(other) => (Some(*other), self.reading(*other)),
            Side::Literal(literal) => (None, Value::typed(*literal, self.project.work_time())),
        };
        let ordering = value.zip(limit).and_then(|(value, limit)| value.compare(limit));
        let truth = ordering.map_or(Truth::Unknown, |ordering| truth_of(sign.holds(ordering)));
        JudgedFigure { figure: *figure, value, sign: *sign, limit_figure, limit, truth }
    }

    fn each(&self, each: &Each) -> JudgedThings {
        let mut judged = JudgedThings {
            amount: each.amount,
            thing: each.thing,
            of: 0,
            good: 0,
            against: Vec::new(),
            unknown: Vec::new(),
            unrecorded: String::new(),
            is_unread: false,
            truth: Truth::NothingThere,
        };
        if each.thing == Thing::Defect && !self.has_quality_record() {
            FigureName::OpenDefects.unknown().clone_into(&mut judged.unrecorded);
            judged.truth = Truth::Unknown;
            return judged;
        }
        let unread = self.project.unread(&grounds(each.thing));
        if !unread.is_empty() {
            judged.unrecorded = unread_words(&unread);
            judged.is_unread = true;
            judged.truth = Truth::Unknown;
            return judged;
        }
        let work_time = self.project.work_time();
        let chosen =
            Test::All(each.flags.iter().map(|flag| Test::Is(*flag)).chain(each.filter.clone()).collect());
        let said = Test::All(each.said.clone());
        let items = self.items(each.thing);
        let is_empty = items.is_empty();
        for item in items {
            match holds(&chosen, &item, work_time) {
                Ok(false) => continue,
                Ok(true) => judged.of += 1,
                // Whether it is meant or not, it speaks for the statement: what is decided is no open decision.
                Err(_) if holds(&said, &item, work_time) == Ok(each.amount == HowMany::Every) => continue,
                Err(field) => {
                    judged.unknown.push((item, field));
                    continue;
                }
            }
            match holds(&said, &item, work_time) {
                Ok(is_good) => {
                    judged.good += usize::from(is_good);
                    if is_good == (each.amount == HowMany::No) {
                        judged.against.push(item);
                    }
                }
                Err(field) => judged.unknown.push((item, field)),
            }
        }
        judged.truth = judged.verdict(is_empty);
        judged
    }
}

impl JudgedThings {
    fn verdict(&self, is_empty: bool) -> Truth {
        match self.amount {
            HowMany::Some if self.good > 0 => Truth::Holds,
            HowMany::No if !self.against.is_empty() => Truth::Fails,
            // One that it does not hold of decides, whatever the others would say.
            HowMany::Every if !self.against.is_empty() && self.good == 0 => Truth::Fails,
            HowMany::Every if !self.against.is_empty() => Truth::Partly,
            _ if !self.unknown.is_empty() => Truth::Unknown,
            HowMany::Some => Truth::Fails,
            HowMany::No if is_empty => Truth::NothingThere,
            HowMany::Every if self.of == 0 => Truth::NothingThere,
            HowMany::No | HowMany::Every => Truth::Holds,
        }
    }
}

/// What is said of things of a kind rests on.
fn grounds(thing: Thing) -> Vec<Ground> {
    let files: &[&'static str] = match thing {
        Thing::Deliverable => &["deliverables.yaml"],
        Thing::Risk => &["risks.yaml"],
        Thing::Issue => &["issues.yaml"],
        Thing::Decision => &["decisions.yaml"],
        Thing::Change => &["changes.yaml"],
        Thing::Action => &["actions.yaml", "risks.yaml"],
        Thing::Request => &["dependencies.yaml"],
        Thing::Lesson => &["lessons.yaml"],
        Thing::Benefit => &["benefits.yaml"],
        Thing::Defect => &["defects.csv"],
        Thing::Condition => return vec![Ground::Gates],
        Thing::Item => &["handover.yaml"],
        Thing::Assumption => &["project.yaml"],
        Thing::Task => return vec![Ground::Dates, Ground::Entries("plan.yaml")],
    };
    files.iter().map(|file| Ground::Entries(file)).collect()
}

fn truth_of(holds: bool) -> Truth {
    if holds { Truth::Holds } else { Truth::Fails }
}

fn not(truth: Truth) -> Truth {
    match truth {
        Truth::Holds => Truth::Fails,
        Truth::Fails | Truth::Partly => Truth::Holds,
        other => other,
    }
}

/// All must hold: what fails decides, then what is unknown; what has nothing to say is left out.
fn all(parts: impl Iterator<Item = Truth>) -> Truth {
    first_of(parts, [Truth::Fails, Truth::Unknown, Truth::Partly, Truth::Holds])
}

/// One must hold: what holds decides, then what is unknown.
fn any(parts: impl Iterator<Item = Truth>) -> Truth {
    first_of(parts, [Truth::Holds, Truth::Unknown, Truth::Partly, Truth::Fails])
}

/// The first of an order that is among the parts. All parts are looked at, so that a reader sees each of them.
fn first_of(parts: impl Iterator<Item = Truth>, order: [Truth; 4]) -> Truth {
    let parts: Vec<Truth> = parts.collect();
    order.into_iter().find(|truth| parts.contains(truth)).unwrap_or(Truth::NothingThere)
}

/// Whether a test holds of a thing; else the field without which it cannot be said.
fn holds(test: &Test, item: &Item, work_time: WorkTime) -> Result<bool, Field> {
    match test {
        Test::Is(field) => match item.field(*field) {
            Some(FieldState::Flag(holds)) => Ok(holds),
            _ => Err(*field),
        },
        Test::Has(field) => match item.field(*field) {
            Some(FieldState::Filled(is_filled)) => Ok(is_filled),
            Some(FieldState::Value(value)) => Ok(value.is_some()),
            _ => Err(*field),
        },
        Test::Compare(field, sign, literal) => match item.field(*field) {
            Some(FieldState::Value(Some(value))) => {
                let ordering = Value::typed(*literal, work_time).and_then(|limit| value.compare(limit));
                ordering.map(|ordering| sign.holds(ordering)).ok_or(*field)
            }
            _ => Err(*field),
        },
        Test::Not(inner) => holds(inner, item, work_time).map(|holds| !holds),
        // What decides comes before what is unknown: `open and severity == 1` fails for a closed thing without severity.
        Test::All(parts) => decided(parts, false, item, work_time),
        Test::Any(parts) => decided(parts, true, item, work_time),
    }
}

fn decided(parts: &[Test], decides: bool, item: &Item, work_time: WorkTime) -> Result<bool, Field> {
    let answers: Vec<Result<bool, Field>> = parts.iter().map(|part| holds(part, item, work_time)).collect();
    if answers.contains(&Ok(decides)) {
        return Ok(decides);
    }
    answers.into_iter().find(Result::is_err).unwrap_or(Ok(!decides))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fails_decides_all_and_what_holds_decides_any() {
        use Truth::{Fails, Holds, NothingThere, Partly, Unknown};
        let all = |parts: &[Truth]| super::all(parts.iter().copied());
        let any = |parts: &[Truth]| super::any(parts.iter().copied());
        assert_eq!(all(&[Holds, Unknown, Fails]), Fails);
        assert_eq!(all(&[Holds, Unknown]), Unknown);
        assert_eq!(all(&[Holds, Partly]), Partly);
        assert_eq!(all(&[Holds, NothingThere]), Holds);
        assert_eq!(all(&[NothingThere, NothingThere]), NothingThere);
        assert_eq!(any(&[Unknown, Holds]), Holds);
        assert_eq!(any(&[Unknown, Fails]), Unknown);
        assert_eq!(any(&[Partly, Fails]), Partly);
        assert_eq!(any(&[NothingThere, Fails]), Fails);
        assert_eq!(not(Partly), Holds);
        assert_eq!(not(Unknown), Unknown);
    }
}
