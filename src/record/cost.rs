//! The grammar of planned money at a task: `41_300 EUR hardware`.

use crate::diagnostic::{Diagnostics, Span, Spanned};
use crate::quantity::Money;
use crate::record::decode::{Decode, read_key};
use crate::record::word::words_of;
use crate::source::node::Node;

/// Planned money that is not labour.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskCostRecord {
    /// How much.
    pub money: Spanned<Money>,
    /// The budget category; `other` when absent.
    pub category: Option<Spanned<String>>,
    /// The whole text.
    pub span: Span,
}

impl Decode for TaskCostRecord {
    const FORM: &'static str = "an amount with its category, such as `41_300 EUR hardware`";

    fn decode(node: &Node, found: &mut Diagnostics) -> Option<Self> {
        let words = words_of(node, Self::FORM, found)?;
        let is_group = |word: &Spanned<String>| {
            word.value.len() == 3 && word.value.bytes().all(|byte| byte.is_ascii_digit())
        };
        // `15 000 EUR`: all of it is one sum, whose form is told.
        let money = match words.as_slice() {
            [number, group, rest @ ..] if is_group(group) && !rest.is_empty() => {
                let is_number =
                    |word: &&Spanned<String>| word.value.bytes().any(|byte| byte.is_ascii_digit());
                let last = rest.iter().position(|word| !is_number(&word)).unwrap_or(rest.len() - 1);
                let all: Vec<&str> = std::iter::once(number)
                    .chain([group])
                    .chain(&rest[..=last])
                    .map(|word| word.value.as_str())
                    .collect();
                Spanned::new(all.join(" "), Span { end: rest[last].span.end, ..number.span })
            }
            [number, currency, ..] => {
                let span = Span { end: currency.span.end, ..number.span };
                Spanned::new(format!("{} {}", number.value, currency.value), span)
            }
            _ => Spanned::new(words.text().to_owned(), words.span()),
        };
        let money = read_key::<Money>(&money, found)?;
        Some(Self { money, category: words.rest(2), span: words.span() })
    }

    fn each_text(&mut self, change: &mut dyn FnMut(&mut String)) {
        self.category.iter_mut().for_each(|category| category.each_text(change));
    }
}
