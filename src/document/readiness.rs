//! Whether a gate is ready for its board, and what stands in the way.

use serde::Serialize;

use crate::document::checklist::CheckRow;
use crate::format;

/// What makes a gate ready, as it is printed.
const RULE: &str = "A gate is ready when every criterion is answered with yes or does not apply. One that is met in part or not \
                    at all stands in the way, unless a condition with an owner and a day covers it; one that is open or cannot \
                    be answered always does.";

/// Whether a gate is ready.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Readiness {
    /// Whether nothing stands in the way.
    pub is_ready: bool,
    /// How many criteria stand in the way.
    pub n_against: usize,
    /// How many are not met and covered by a condition.
    pub n_covered: usize,
    /// All of it in a sentence.
    pub sentence: String,
    /// What makes a gate ready.
    pub rule: &'static str,
}

impl Readiness {
    /// Reads it off the criteria of a gate. Of a decided gate it is said how it stood on its day.
    #[must_use]
    pub fn of(rows: &[CheckRow], is_decided: bool) -> Self {
        let n_covered = rows.iter().filter(|row| row.covered.is_some()).count();
        let n_against = rows.iter().filter(|row| row.stands_in_the_way()).count();
        Self {
            is_ready: n_against == 0,
            n_against,
            n_covered,
            sentence: sentence(n_against, n_covered, is_decided),
            rule: RULE,
        }
    }

    /// How many criteria are not met, whether or not a condition covers them.
    #[must_use]
    pub fn n_unmet(&self) -> usize {
        self.n_against + self.n_covered
    }

    /// What is not met, whether or not a condition covers it: `5 criteria are not met`, `1 criterion is not met`; none where
    /// everything is. Which conditions cover something, the board decides.
    #[must_use]
    pub fn unmet(&self) -> Option<String> {
        match self.n_unmet() {
            0 => None,
            1 => Some(format!("{} is not met", criteria(1))),
            many => Some(format!("{} are not met", criteria(many))),
        }
    }
}

/// A number of criteria in words.
fn criteria(number: usize) -> String {
    format::count(number, "criterion").replace("criterions", "criteria")
}

fn sentence(n_against: usize, n_covered: usize, is_decided: bool) -> String {
    let (but, more) = match n_covered {
        0 => (String::new(), String::new()),
        1 => (", but 1 that a condition covers".to_owned(), ", and 1 that a condition covers".to_owned()),
        many => {
            (format!(", but {many} that conditions cover"), format!(", and {many} that conditions cover"))
        }
    };
    match (n_against, is_decided) {
        (0, false) => format!("Ready: every criterion that applies is met{but}."),
        (0, true) => format!("Decided with every criterion that applies met{but}."),
        (_, false) => format!("Not ready: {} not met{more}.", criteria(n_against)),
        (_, true) => format!("Decided with {} not met{more}.", criteria(n_against)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::checklist::row;

    fn readiness(answers: &[(&'static str, bool)]) -> Readiness {
        let rows: Vec<CheckRow> = answers
            .iter()
            .map(|(answer, is_covered)| CheckRow {
                covered: is_covered.then(|| "a plan, Anna Weiss, by 3 Dec".to_owned()),
                ..row("tests are passed", answer)
            })
            .collect();
        Readiness::of(&rows, false)
    }

    #[track_caller]
    fn check(answers: &[(&'static str, bool)], is_ready: bool, sentence: &str) {
        let readiness = readiness(answers);
        assert_eq!(
            (readiness.is_ready, readiness.sentence.replace('\u{a0}', " ").as_str()),
            (is_ready, sentence)
        );
    }

    #[test]
    fn yes_and_not_applicable_are_ready_and_a_condition_covers_the_rest() {
        check(&[("yes", false), ("na", false)], true, "Ready: every criterion that applies is met.");
        check(&[], true, "Ready: every criterion that applies is met.");
        check(&[("partly", false), ("no", false)], false, "Not ready: 2 criteria not met.");
        check(&[("open", false)], false, "Not ready: 1 criterion not met.");
        check(
            &[("partly", true), ("yes", false)],
            true,
            "Ready: every criterion that applies is met, but 1 that a condition covers.",
        );
        check(
            &[("no", true), ("no", false)],
            false,
            "Not ready: 1 criterion not met, and 1 that a condition covers.",
        );
    }
}
