//! A criterion that the program answers itself.

use crate::model::BuiltIn;
use crate::page::view::Link;

/// The answer of what nobody has answered yet.
const OPEN: &str = "open";

/// A criterion with its answer and the figures behind it.
#[derive(Clone, Debug, PartialEq)]
pub struct Criterion {
    /// The statement that should hold.
    pub criterion: BuiltIn,
    /// `yes`, `partly`, `no` or `na`; `open` for what only people can answer.
    pub answer: &'static str,
    /// The figures behind the answer.
    pub comment: Option<String>,
    /// Where the figures are shown.
    pub evidence: Option<Link>,
}

impl Criterion {
    /// A statement that holds or does not.
    #[must_use]
    pub fn holds(criterion: BuiltIn, holds: Option<bool>) -> Self {
        let answer = match holds {
            Some(true) => "yes",
            Some(false) => "no",
            None => "na",
        };
        Self { criterion, answer, comment: None, evidence: None }
    }

    /// A statement that the files do not answer: it is asked of people, and open until somebody has answered.
    #[must_use]
    pub fn asked_of_people(criterion: BuiltIn) -> Self {
        Self { criterion, answer: OPEN, comment: None, evidence: None }
    }

    /// Whether the program answers it, and nobody else.
    #[must_use]
    pub fn is_computed(&self) -> bool {
        self.answer != OPEN
    }

    /// A statement about each of a number of things: all is yes, some is partly, none is no, nothing there is n. a.
    #[must_use]
    pub fn of_all(criterion: BuiltIn, count: Count) -> Self {
        let answer = match count {
            Count { of: 0, .. } => "na",
            Count { good, of } if good == of => "yes",
            Count { good: 0, .. } => "no",
            Count { .. } => "partly",
        };
        let comment = (count.of > 0).then(|| format!("{} of {}", count.good, count.of));
        Self { criterion, answer, comment, evidence: None }
    }

    /// A statement about each of a number of things of which there must be some: nothing there is no.
    #[must_use]
    pub fn of_some(criterion: BuiltIn, count: Count, nothing: &str) -> Self {
        let stated = Self::of_all(criterion, count);
        if count.of == 0 { Self { answer: "no", ..stated }.comment(nothing) } else { stated }
    }

    /// A statement about something that must be there: where it is not, the answer is no.
    #[must_use]
    pub fn of_required(criterion: BuiltIn, holds: Option<bool>, nothing: &str) -> Self {
        match holds {
            Some(_) => Self::holds(criterion, holds),
            None => Self::holds(criterion, Some(false)).comment(nothing),
        }
    }

    /// Adds the figures behind the answer.
    #[must_use]
    pub fn comment(mut self, comment: impl Into<String>) -> Self {
        self.comment = Some(comment.into());
        self
    }

    /// Adds the figures behind the answer, where there are any.
    #[must_use]
    pub fn comment_if(self, comment: Option<String>) -> Self {
        match comment {
            Some(comment) => self.comment(comment),
            None => self,
        }
    }

    /// Says where the figures are shown.
    #[must_use]
    pub fn seen_on(mut self, label: &str, href: Option<String>) -> Self {
        self.evidence = Some(Link { label: label.to_owned(), href });
        self
    }
}

/// How many of a number of things are as they should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// As they should be.
    pub good: usize,
    /// In all.
    pub of: usize,
}

impl Count {
    /// Counts those of a list that are as they should be.
    pub fn of<Item>(list: impl IntoIterator<Item = Item>, is_good: impl Fn(&Item) -> bool) -> Self {
        list.into_iter().fold(Self { good: 0, of: 0 }, |count, item| Self {
            good: count.good + usize::from(is_good(&item)),
            of: count.of + 1,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(list: &[i32], answer: &str) {
        assert_eq!(
            Criterion::of_all(BuiltIn::TestsPassed, Count::of(list, |number| *number % 2 == 0)).answer,
            answer
        );
    }

    #[test]
    fn all_some_none_nothing() {
        check(&[2, 4], "yes");
        check(&[2, 3], "partly");
        check(&[1, 3], "no");
        check(&[], "na");
    }

    #[test]
    fn what_must_be_there_and_is_not_is_a_no() {
        let none: &[i32] = &[];
        let answer =
            Criterion::of_some(BuiltIn::TestsPassed, Count::of(none, |_| true), "no number is recorded");
        assert_eq!((answer.answer, answer.comment.as_deref()), ("no", Some("no number is recorded")));
        assert_eq!(Criterion::of_required(BuiltIn::PreferredGains, None, "no case is recorded").answer, "no");
    }
}
