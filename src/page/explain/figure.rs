//! A figure that opens: its formula, what goes in, and where that was typed.

use std::borrow::Cow;

use crate::diagnostic::Span;
use crate::format;

/// A computed figure of a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Its key, which is its anchor and what `milepost why PROJECT/KEY` takes: `eac-trend`, `task-pilot.float`.
    pub key: String,
    /// What readers call it.
    pub name: String,
    /// The figure with its unit, as pages show it.
    pub value: String,
    /// The formula, in words and symbols: `EAC₂ = AC + (BAC − EV) ÷ CPI`.
    pub formula: Cow<'static, str>,
    /// The formula with its values; none has the symbols of the formula replaced by the values of the inputs.
    pub values: Option<String>,
    /// What goes in.
    pub inputs: Vec<Input>,
    /// The standard it follows, or what to keep in mind.
    pub note: Option<String>,
}

/// What goes into a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// What it is: the symbol of the formula where it has one.
    pub label: Cow<'static, str>,
    /// How much; empty takes the value of the figure it stands for.
    pub value: String,
    /// Where it comes from.
    pub from: From,
}

/// Where an input comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum From {
    /// Computed: the key of another figure.
    Figure(String),
    /// Typed by somebody.
    Typed(Span),
    /// Typed on many lines: all bookings of a person on a task.
    Lines(Vec<Span>),
    /// Neither: the usual value of a limit, with its key under `thresholds:`; the method page lists it.
    Usual(&'static str),
    /// Neither: a constant of the method or of the run, with the words that say so.
    Given(&'static str),
}

impl From {
    /// The typed places that it names itself.
    #[must_use]
    pub fn typed(&self) -> &[Span] {
        match self {
            Self::Typed(span) => std::slice::from_ref(span),
            Self::Lines(spans) => spans,
            Self::Figure(_) | Self::Usual(_) | Self::Given(_) => &[],
        }
    }
}

impl Figure {
    /// Begins a figure; `value` is what pages show.
    #[must_use]
    pub fn new(key: impl Into<String>, name: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            name: name.into(),
            value: value.into(),
            formula: Cow::Borrowed(""),
            values: None,
            inputs: Vec::new(),
            note: None,
        }
    }

    /// The same where it is not known: a dash, with the reason in the place of its formula; what goes in leads on to the lines that people
    /// typed.
    #[must_use]
    pub fn not_known(&self, why: &str) -> Self {
        let leading = |input: &Input| match input.from {
            From::Figure(_) => Input { value: String::new(), ..input.clone() },
            _ => input.clone(),
        };
        Self {
            inputs: self.inputs.iter().map(leading).collect(),
            ..Self::new(self.key.clone(), self.name.clone(), format::NOTHING)
                .formula(format!("not known: {why}"))
        }
    }

    /// Says the formula. Where its right side is made of labels of inputs alone, they are replaced by their values on the
    /// line beneath, so that `CV = EV − AC` reads `−4 920 = 74 200 − 79 120` without another word.
    #[must_use]
    pub fn formula(mut self, formula: impl Into<Cow<'static, str>>) -> Self {
        self.formula = formula.into();
        self
    }

    /// Says the formula with its values where replacing symbols is not enough.
    #[must_use]
    pub fn values(mut self, values: impl Into<String>) -> Self {
        self.values = Some(values.into());
        self
    }

    /// Adds an input that is a figure itself.
    #[must_use]
    pub fn of(self, label: impl Into<Cow<'static, str>>, key: impl Into<String>) -> Self {
        self.input(label, "", From::Figure(key.into()))
    }

    /// Adds an input that somebody typed.
    #[must_use]
    pub fn typed(self, label: impl Into<Cow<'static, str>>, value: impl Into<String>, origin: Span) -> Self {
        self.input(label, value, From::Typed(origin))
    }

    /// Adds an input that somebody may have typed; where nobody did, `otherwise` says what stands in.
    #[must_use]
    pub fn typed_or(
        self,
        label: impl Into<Cow<'static, str>>,
        value: impl Into<String>,
        origin: Option<Span>,
        otherwise: &'static str,
    ) -> Self {
        self.input(label, value, origin.map_or(From::Given(otherwise), From::Typed))
    }

    /// Adds an input that was typed on many lines.
    #[must_use]
    pub fn lines(
        self,
        label: impl Into<Cow<'static, str>>,
        value: impl Into<String>,
        origins: impl IntoIterator<Item = Span>,
    ) -> Self {
        self.input(label, value, From::Lines(origins.into_iter().collect()))
    }

    /// Adds an input that neither a person typed nor a formula gave: a threshold of the method, the status date.
    #[must_use]
    pub fn given(
        self,
        label: impl Into<Cow<'static, str>>,
        value: impl Into<String>,
        words: &'static str,
    ) -> Self {
        self.input(label, value, From::Given(words))
    }

    /// Adds an input.
    #[must_use]
    pub fn input(
        mut self,
        label: impl Into<Cow<'static, str>>,
        value: impl Into<String>,
        from: From,
    ) -> Self {
        self.inputs.push(Input { label: label.into(), value: value.into(), from });
        self
    }

    /// Adds many inputs.
    #[must_use]
    pub fn inputs(mut self, inputs: impl IntoIterator<Item = Input>) -> Self {
        self.inputs.extend(inputs);
        self
    }

    /// Whether something typed or computed goes in.
    #[must_use]
    pub fn is_grounded(&self) -> bool {
        self.inputs.iter().any(|input| match &input.from {
            From::Figure(_) | From::Typed(_) => true,
            From::Lines(lines) => !lines.is_empty(),
            From::Usual(_) | From::Given(_) => false,
        })
    }

    /// Whether something typed goes into it without another figure between.
    #[must_use]
    pub fn names_a_line(&self) -> bool {
        self.inputs.iter().any(|input| !input.from.typed().is_empty())
    }

    /// Names the standard it follows, or what to keep in mind.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }
}

impl Input {
    /// An input that somebody typed.
    #[must_use]
    pub fn typed(label: impl Into<Cow<'static, str>>, value: impl Into<String>, origin: Span) -> Self {
        Self { label: label.into(), value: value.into(), from: From::Typed(origin) }
    }

    /// The same with another value.
    #[must_use]
    pub fn valued(self, value: impl Into<String>) -> Self {
        Self { value: value.into(), ..self }
    }

    /// An input that is a figure itself.
    #[must_use]
    pub fn of(label: impl Into<Cow<'static, str>>, key: impl Into<String>) -> Self {
        Self { label: label.into(), value: String::new(), from: From::Figure(key.into()) }
    }

    /// The same under another label.
    #[must_use]
    pub fn labelled(self, label: impl Into<Cow<'static, str>>) -> Self {
        Self { label: label.into(), ..self }
    }
}

/// The formula with the labels of its right side replaced by their values, the left side by `value`:
/// `CV = EV − AC` with EV 74 200 and AC 79 120 becomes `−4 920 = 74 200 − 79 120`. None for a formula in words: one that
/// has a word besides its labels.
#[must_use]
pub fn put_in(formula: &str, value: &str, inputs: &[(&str, &str)]) -> Option<String> {
    let right = formula.split_once(" = ").map_or(formula, |(_, right)| right);
    let mut by_length: Vec<&(&str, &str)> = inputs.iter().filter(|(label, _)| !label.is_empty()).collect();
    by_length.sort_by_key(|(label, _)| std::cmp::Reverse(label.len()));
    let (mut written, mut rest) = (format!("{value} = "), right);
    let (mut is_replaced, mut is_in_words) = (false, false);
    let mut before = None;
    while let Some(letter) = rest.chars().next() {
        let is_begin = before.is_none_or(|before| !is_of_word(before));
        let found = by_length.iter().find(|(label, _)| {
            is_begin
                && rest.strip_prefix(label).is_some_and(|after| !after.chars().next().is_some_and(is_of_word))
        });
        if let Some((label, value)) = found {
            written.push_str(value);
            rest = rest.strip_prefix(label).unwrap_or_default();
            before = label.chars().next_back();
            is_replaced = true;
        } else {
            written.push(letter);
            rest = rest.strip_prefix(letter).unwrap_or_default();
            is_in_words |= letter.is_alphabetic();
            before = Some(letter);
        }
    }
    (is_replaced && !is_in_words).then_some(written)
}

fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_become_values() {
        let inputs = [("AC", "79 120"), ("BAC", "98 432"), ("EV", "74 200"), ("CPI", "0.938")];
        assert_eq!(
            put_in("EAC₂ = AC + (BAC − EV) ÷ CPI", "104 959", &inputs).as_deref(),
            Some("104 959 = 79 120 + (98 432 − 74 200) ÷ 0.938")
        );
    }

    #[test]
    fn formulas_in_words_stay_as_they_are() {
        assert_eq!(put_in("x = ACE + AC", "3", &[("AC", "1")]), None);
        assert_eq!(put_in("gain = finish − finish without it", "3", &[("finish", "1 May")]), None);
        assert_eq!(put_in("a sum over all tasks", "3", &[("AC", "1")]), None);
        assert_eq!(
            put_in("left = budget − budget now", "3", &[("budget", "9"), ("budget now", "6")]).as_deref(),
            Some("3 = 9 − 6")
        );
    }
}
