//! Spaces that somebody typed so that values stand below each other.

use crate::source::tidy::layout::Plan;

/// So many lines up and down are looked at for values that stand below each other.
const REACH: usize = 60;

impl Plan<'_> {
    /// Whether spaces behind a colon or comma, from one byte to another, bring what follows below or above what stands on a line of the
    /// same list of fields: there other spaces do so, more or fewer. Of numbers it may be their ends that stand below each other.
    pub(super) fn is_aligned(&self, from: usize, to: usize) -> bool {
        let gap = to - from;
        if gap < 2 {
            return false;
        }
        let line = self.line(from);
        let text = self.line_text(line);
        let value = &text[to - self.starts[line]..];
        let column = text[..to - self.starts[line]].chars().count();
        let end = (number_at(value) > 0).then(|| column + number_at(value));
        self.relatives(line).any(|other| {
            let other = self.line_text(other);
            let is_other = |found: Option<usize>| found.is_some_and(|other| other != gap);
            is_other(gap_before(other, column)) || end.is_some_and(|end| is_other(gap_of_number(other, end)))
        })
    }

    /// The lines of the same list of fields as one, those of other items of a list among them.
    fn relatives(&self, line: usize) -> impl Iterator<Item = usize> + '_ {
        let indent = self.indent(line);
        let level = self.level(line);
        let is_inside = move |other: &usize| {
            let text = self.line_text(*other).trim_start();
            text.is_empty() || text.starts_with('#') || self.indent(*other) >= indent
        };
        let below = (line + 1..self.starts.len()).take(REACH).take_while(is_inside);
        let above = (0..line).rev().take(REACH).take_while(is_inside);
        above.chain(below).filter(move |other| self.level(*other) == level)
    }

    /// The column in which the first field of a line begins, behind the dash of an item.
    fn level(&self, line: usize) -> usize {
        let text = self.line_text(line);
        text.len() - text.trim_start_matches([' ', '-']).len()
    }
}

/// How many characters of a text are a number, with digits in groups.
fn number_at(text: &str) -> usize {
    let starts_well = text.starts_with(|letter: char| letter.is_ascii_digit());
    let digits = text.chars().take_while(|letter| letter.is_ascii_digit() || matches!(letter, '_' | '.'));
    if starts_well { digits.count() } else { 0 }
}

/// How many spaces bring a value of a line to a column; none where none begins there.
fn gap_before(text: &str, column: usize) -> Option<usize> {
    let (at, _) = text.char_indices().nth(column).filter(|(_, letter)| *letter != ' ')?;
    spaces_before(text, at)
}

/// How many spaces stand before the number of a line that ends in a column; none where none ends there.
fn gap_of_number(text: &str, end: usize) -> Option<usize> {
    let mut ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    let end = ends.nth(end)?;
    let is_part = |letter: char| letter.is_ascii_digit() || matches!(letter, '_' | '.');
    let start = text[..end].trim_end_matches(is_part).len();
    if number_at(&text[start..]) != end - start {
        return None;
    }
    spaces_before(text, start)
}

/// How many spaces stand between a colon or comma and what begins at a byte.
fn spaces_before(text: &str, at: usize) -> Option<usize> {
    let before = text[..at].trim_end_matches(' ');
    (before.len() < at && before.ends_with([':', ','])).then_some(at - before.len())
}
