//! What success means, and where a value stands that is to be reached.

use jiff::civil::Date;

use crate::diagnostic::Span;
use crate::model::{PersonNo, Text};
use crate::quantity::Measure;

/// Where something stands that is measured and has a value to reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The newest reading is at the value to reach, or beyond it.
    Reached,
    /// Its day is here or gone, and the newest reading falls short.
    Missed,
    /// Its day is here or gone, and nothing was read.
    Unread,
    /// It was read, and nobody can say whether the reading reaches anything.
    NotComparable,
    /// Its day lies ahead, and the newest reading is no better than the value before.
    NoBetter,
    /// Its day lies ahead, and the newest reading falls short.
    OnTheWay,
    /// Its day lies ahead, and nothing was read yet.
    NotMeasured,
}

/// Whether a value is at another or beyond it.
pub(super) fn reaches(read: i64, wanted: i64, is_less_better: bool) -> bool {
    if is_less_better { read <= wanted } else { read >= wanted }
}

/// A measure by which success will be judged.
#[derive(Clone, Debug)]
pub struct SuccessCriterion {
    /// What is measured.
    pub measure: Text,
    /// The value before the project, as written with its unit.
    pub baseline: Option<String>,
    /// The value to reach, as written with its unit.
    pub target: Option<String>,
    /// When it is to be reached.
    pub by: Option<Date>,
    /// The value as last read, as written with its unit.
    pub reading: Option<String>,
    /// When it was read; none where neither that nor `by` is written.
    pub read: Option<Date>,
    /// Who answers for it.
    pub owner: Option<PersonNo>,
    /// Where it stands.
    pub origin: Span,
}

impl SuccessCriterion {
    /// The value as read by a day.
    #[must_use]
    pub fn reading_on(&self, day: Date) -> Option<&str> {
        self.reading.as_deref().filter(|_| self.read.is_none_or(|read| read <= day))
    }

    /// Whether the value as read by a day reaches the target: 61 % on the way from 52 % to 70 % does not. None without a
    /// reading, and where the words are not numbers of one unit.
    #[must_use]
    pub fn is_reached_on(&self, day: Date) -> Option<bool> {
        let number = |text: &str| text.parse::<Measure>().ok();
        let (read, target) = (number(self.reading_on(day)?)?, number(self.target.as_deref()?)?);
        let before = number(self.baseline.as_deref()?)?;
        let is_of_one_unit = read.unit == target.unit && before.unit == target.unit;
        let is_less_better = target.thousandths < before.thousandths;
        is_of_one_unit.then(|| reaches(read.thousandths, target.thousandths, is_less_better))
    }

    /// Where it stands on a day. What was read in words that cannot be compared is neither reached nor missed.
    #[must_use]
    pub fn standing(&self, day: Date) -> Standing {
        let is_due = self.by.is_some_and(|by| by <= day);
        match (self.is_reached_on(day), self.reading_on(day)) {
            (Some(true), _) => Standing::Reached,
            (Some(false), _) if is_due => Standing::Missed,
            (Some(false), _) => Standing::OnTheWay,
            (None, Some(_)) => Standing::NotComparable,
            (None, None) if is_due => Standing::Unread,
            (None, None) => Standing::NotMeasured,
        }
    }
}
