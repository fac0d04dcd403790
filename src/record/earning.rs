//! The grammar of earned value: `0/100`, `50/50`, `units 14 branches`, `percent`, `loe`, `apportioned survey`, steps.

use jiff::civil::Date;

use crate::diagnostic::spelling::did_you_mean;
use crate::diagnostic::{Diagnostics, Span, Spanned};
use crate::quantity::{Id, Malformed, Percent};
use crate::record;
use crate::record::decode::{Decode, Field, Named, bad_scalar, read_key, tell_value, wrong_kind};
use crate::record::word::{Phrase, words_of};
use crate::source::node::{Node, NodeKind};

/// How a task earns value.
#[derive(Clone, Debug, PartialEq)]
pub struct EarningRecord {
    /// The method.
    pub method: EarningMethod,
    /// The whole value, or the key `milestones`.
    pub span: Span,
}

/// The methods of earning value.
#[derive(Clone, Debug, PartialEq)]
pub enum EarningMethod {
    /// So much at the start, the rest at the finish; `0/100` is all at the finish.
    StartAndFinish(Percent),
    /// By weighted steps in their order.
    Steps(Named<StepRecord>),
    /// By units done of a total.
    Units {
        /// How many there are.
        total: Spanned<i64>,
        /// What they are.
        unit: String,
    },
    /// By the percentage reported.
    Percent,
    /// As far as another task.
    Apportioned(Spanned<Id>),
    /// As planned, with time.
    LevelOfEffort,
}

record! {
    /// Earning by weighted steps.
    pub struct StepsRecord("list of weighted steps") {
        /// Steps in the order in which they are done, each with its weight, or with more on it; all weights together are
        /// 100%.
        milestones: Named<StepRecord>,
    }
}

/// A weighted step, written `40%`, or as `{weight: 40%, planned: 2026-12-18, done_when: Operations has signed}`.
#[derive(Clone, Debug, PartialEq)]
pub struct StepRecord {
    /// Its share of the value of the task.
    pub weight: Spanned<Percent>,
    /// The day by which it is planned to be done.
    pub planned: Option<Spanned<Date>>,
    /// How anybody can tell that it is done.
    pub done_when: Option<Spanned<String>>,
}

record! {
    /// A step of a long task, and when it counts as done.
    pub struct StepMapping("weighted step") {
        /// Its share of the value of the task.
        required weight: Spanned<Percent>,
        /// The day by which it is planned to be done: its value is planned to be earned then. Without it the step is
        /// planned for when as much of the task's time is over as it and the steps before it weigh.
        planned: Spanned<Date>,
        /// How anybody can tell that it is done, such as `operations has signed the list`. A step is earned whole or
        /// not at all, so there must be no two opinions.
        done_when: Spanned<String>,
    }
}

impl Decode for StepRecord {
    const FORM: &'static str = "a percentage, or a mapping such as {weight: 40%, planned: 2026-12-18, done_when: Operations has signed}";

    fn fields() -> &'static [Field] {
        StepMapping::FIELDS
    }

    fn decode(node: &Node, found: &mut Diagnostics) -> Option<Self> {
        if let NodeKind::Map(_) = node.kind {
            let StepMapping { weight, planned, done_when, .. } = StepMapping::decode(node, found)?;
            return Some(Self { weight, planned, done_when });
        }
        let weight = Spanned::decode(node, found)?;
        Some(Self { weight, planned: None, done_when: None })
    }

    fn each_text(&mut self, change: &mut dyn FnMut(&mut String)) {
        self.done_when.iter_mut().for_each(|text| text.each_text(change));
    }
}

const FORM: &str = "a method: `0/100`, `50/50`, `units 14 branches`, `percent`, `loe`, `apportioned <task>`, or `milestones:` with weights";
const METHODS: [&str; 5] = ["units", "percent", "loe", "apportioned", "milestones"];

impl Decode for EarningRecord {
    const FORM: &'static str = FORM;

    fn fields() -> &'static [Field] {
        StepsRecord::FIELDS
    }

    fn decode(node: &Node, found: &mut Diagnostics) -> Option<Self> {
        if matches!(node.kind, NodeKind::Map(_)) {
            let steps = StepsRecord::decode(node, found)?;
            if !steps.unreadable.is_empty() {
                return None;
            }
            if steps.milestones.is_empty() {
                tell_value(wrong_kind(node, FORM), found);
                return None;
            }
            return Some(Self { method: EarningMethod::Steps(steps.milestones), span: steps.span });
        }
        let words = words_of(node, FORM, found)?;
        let method = method_of(&words, found)?;
        Some(Self { method, span: words.span() })
    }

    fn each_text(&mut self, change: &mut dyn FnMut(&mut String)) {
        match &mut self.method {
            EarningMethod::Steps(steps) => steps.each_text(change),
            EarningMethod::Units { unit, .. } => change(unit),
            _ => {}
        }
    }
}

fn method_of(words: &Phrase, found: &mut Diagnostics) -> Option<EarningMethod> {
    let parts = words.as_slice();
    match parts {
        [word] if word.value == "percent" => return Some(EarningMethod::Percent),
        [word] if word.value == "loe" => return Some(EarningMethod::LevelOfEffort),
        [word, base] if word.value == "apportioned" => {
            return read_key::<Id>(base, found).map(EarningMethod::Apportioned);
        }
        [word, total, ..] if word.value == "units" => {
            let total = read_key::<i64>(total, found)?;
            let unit = words.rest(2).map_or_else(|| "units".to_owned(), |unit| unit.value);
            if total.value < 1 {
                let fault = Malformed::expected("a number of units").hint("write how many there are in all");
                tell_value(bad_scalar(total.span, &total.value.to_string(), fault), found);
                return None;
            }
            return Some(EarningMethod::Units { total, unit });
        }
        _ => {}
    }
    if let Some((start, finish)) = words.text().split_once('/')
        && let (Ok(start), Ok(finish)) = (start.trim().parse::<i64>(), finish.trim().parse::<i64>())
    {
        if start + finish == 100 && (0..=100).contains(&start) {
            return Some(EarningMethod::StartAndFinish(Percent::from_hundredths(start * 100)));
        }
        let fault = Malformed::expected("a split whose two shares make 100")
            .hint("write `0/100`, `25/75` or `50/50`: the share earned at the start, then the rest");
        tell_value(bad_scalar(words.span(), words.text(), fault), found);
        return None;
    }
    let fault = Malformed::expected(FORM);
    let first = parts.first().map_or("", |word| word.value.as_str());
    let fault = match first {
        "units" => fault.hint("say how many and what: `units 14 branches`"),
        "apportioned" => fault.hint("name the task it follows: `apportioned survey`"),
        // `130 points`: how many and what, without the method.
        number if number.parse::<i64>().is_ok_and(|number| number > 0) && parts.len() > 1 => {
            fault.hint(format!("write `units {}`", words.text()))
        }
        _ => match did_you_mean(first, METHODS) {
            Some(method) if method != first => {
                fault.hint(format!("write `{}`", words.text().replacen(first, method, 1)))
            }
            _ => fault,
        },
    };
    tell_value(bad_scalar(words.span(), words.text(), fault), found);
    None
}
