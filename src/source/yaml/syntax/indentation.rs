//! What to say about lines that do not stand in the column of the lines they belong to.
//!
//! Comes in: where the parser stopped. Goes out: a finding about the first of such lines, with all that go with it.

use std::ops::Range;

use super::{Fault, Report, is_followed_by_key};
use crate::diagnostic::spelling::count;

impl Report<'_> {
    pub(super) fn indentation(&self, at: usize) -> Fault {
        let line = self.line_of(at);
        let indentation = self.text[line.clone()].len() - self.text[line.clone()].trim_start().len();
        let start = line.start + indentation;
        let is_item = self.text[start..].starts_with("- ");
        // The parser stops behind the dash of an item that it did not expect.
        let is_at_start = at <= start || is_item && self.text[start + 1..at].trim().is_empty();
        let range = if is_at_start { start..line.end } else { self.rest_of_line(at) };
        if is_at_start && !is_item {
            if let Some(first) = self.deeper_above(&line, indentation) {
                return self.lines_without_key(&first, line.start);
            }
            let above = self.text[..line.start].lines().rev().find(|line| is_content(line));
            let is_key = is_followed_by_key(&self.text[range.clone()]);
            if is_key && above.is_some_and(|above| indentation_of(above) < indentation) {
                let (end, _) = self.goes_on_to(&line, indentation);
                return self.lines_without_key(&range, end);
            }
        }
        let fault = if !is_at_start {
            self.fault(range.clone(), "this does not fit what stands before it")
                .hint("put the whole text in quotes if it is one")
        } else if is_item {
            return self.items_without_key(&range, indentation);
        } else {
            self.fault(range.clone(), "this line is not indented like the lines it belongs to")
                .hint("begin it in the same column as the line it follows")
        };
        let before = self.text[..line.start].lines().rev().find(|line| !line.trim().is_empty());
        let fault = if is_at_start && before.is_some_and(|line| line.trim_start().starts_with('#')) {
            fault.hint("move the comment away if the text above goes on here: a comment ends a text")
        } else {
            fault
        };
        let is_deeper = |next: &str| next.len() - next.trim_start().len() > indentation;
        let next = self.text[line.end..].lines().find(|next| !next.trim().is_empty());
        // What belongs to a line that is left out would only be misplaced in turn.
        if next.is_some_and(is_deeper) { fault.ends() } else { fault.overwrite(range, ' ') }
    }

    /// The first of the lines right above a line that are indented deeper than it and hang on no key: what stands above them is indented
    /// less than the line, or nothing is. A line in an odd column that no other is indented like stands itself in the
    /// wrong one.
    fn deeper_above(&self, line: &Range<usize>, indentation: usize) -> Option<Range<usize>> {
        let is_alike = |other: &&str| is_content(other) && indentation_of(other) == indentation;
        if !indentation.is_multiple_of(2) && self.text.lines().filter(is_alike).count() < 2 {
            return None;
        }
        let mut end = line.start;
        let mut first = None;
        for above in self.text[..line.start].split_inclusive('\n').rev() {
            end -= above.len();
            if !is_content(above) {
                continue;
            }
            match indentation_of(above).cmp(&indentation) {
                std::cmp::Ordering::Greater => {
                    first = Some(end + indentation_of(above)..end + above.trim_end().len());
                }
                std::cmp::Ordering::Equal => return None,
                std::cmp::Ordering::Less => break,
            }
        }
        first
    }

    /// Lines that are indented as if they hung on a key above them, which is not there; they are left out.
    fn lines_without_key(&self, first: &Range<usize>, end: usize) -> Fault {
        let more = self.text[first.end..end].lines().filter(|line| is_content(line)).count();
        let fault = self
            .fault(
                first.clone(),
                "this line is indented as if it belonged to a key above it, and none is there",
            )
            .hint("write above it the key that it belongs to")
            .hint("begin it in the same column as the line it follows if it belongs to no other");
        let fault =
            if more > 0 { fault.label(&format!("like {} below it", count(more, "line"))) } else { fault };
        self.leave_out(fault, first.start..end)
    }

    /// Explains lines below a text that a comment ends: fields without their key, or the rest of the text.
    pub(super) fn below_comment(&self, at: usize) -> Fault {
        let above = self.stop.last_scalar.clone().map_or(at, |text| text.start);
        let mut start = self.rest_of_line(above).end;
        let mut lines = self.text[start..].split_inclusive('\n');
        let below = lines.find_map(|line| {
            let from = start;
            start += line.len();
            is_content(line).then(|| from + indentation_of(line)..from + line.trim_end().len())
        });
        let Some(below) = below else { return self.fault(self.word(at), "a comment ends the text above") };
        if is_followed_by_key(&self.text[below.clone()]) {
            let (end, _) =
                self.goes_on_to(&self.line_of(below.start), below.start - self.line_of(below.start).start);
            return self.lines_without_key(&below, end);
        }
        self.fault(below.clone(), "this line goes on with a text that the comment above it has ended")
            .hint("move the comment away, or put the whole text in quotes")
            .overwrite(below, ' ')
    }

    /// Items of a list that hang on no key, with those below that are indented as deep.
    fn items_without_key(&self, first: &Range<usize>, indentation: usize) -> Fault {
        let (end, n_more) = self.goes_on_to(first, indentation);
        let fault = self
            .fault(first.clone(), "a list item stands where a key is expected")
            .hint("write above it the key that it belongs to, or indent it like the other items");
        let fault = if n_more > 0 {
            fault.label(&format!("like this, {} below it", count(n_more, "line")))
        } else {
            fault
        };
        self.leave_out(fault, first.start..end)
    }
}

/// Whether a line says something: no blank line and no comment.
fn is_content(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && !line.starts_with('#')
}

fn indentation_of(line: &str) -> usize {
    line.len() - line.trim_start().len()
}
