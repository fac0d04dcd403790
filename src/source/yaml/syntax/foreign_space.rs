//! Lines that are indented with signs that look like spaces and are none: the parser takes them for letters of a key.

use std::ops::Range;

use super::{Fault, MAX_LABELS, is_followed_by_key, name_of_space};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::spelling::count;
use crate::source::yaml::{Draft, YAML_SYNTAX};

/// A line with its indentation.
struct Line<'a> {
    start: usize,
    /// The bytes of its indentation.
    indentation: &'a str,
    /// What stands behind that.
    rest: &'a str,
}

impl Line<'_> {
    /// How far it is indented, as it looks.
    fn depth(&self) -> usize {
        self.indentation.chars().count()
    }

    /// The first sign of its indentation that is no space.
    fn foreign(&self) -> Option<(usize, char)> {
        let sign = self.indentation.char_indices().find(|(_, sign)| name_of_space(*sign).is_some());
        sign.map(|(at, sign)| (self.start + at, sign))
    }

    /// Whether a text begins here whose lines are taken as they are.
    fn opens_block(&self) -> bool {
        let end = self.rest.trim_end_matches(['-', '+']);
        [": |", ": >", "- |", "- >"].iter().any(|opening| end.ends_with(opening))
    }

    fn written(&self) -> Range<usize> {
        self.start..self.start + self.indentation.len() + self.rest.len()
    }
}

/// Tells of keys and items that are indented with such signs, in one finding, and reads on as if they and what is indented below them were
/// not there. None where there are none; the lines of a text may begin as they like.
pub(in crate::source::yaml) fn foreign_indentation(draft: &Draft<'_>) -> Option<Fault> {
    let text = draft.original();
    if text.is_ascii() {
        return None;
    }
    let mut start = 0;
    let (mut signs, mut left_out): (Vec<(usize, char)>, Vec<Range<usize>>) = Default::default();
    let (mut block, mut below): (Option<usize>, Option<usize>) = (None, None);
    for written in text.split_inclusive('\n') {
        let content = written.trim_end();
        let rest = content.trim_start_matches(|sign| sign == ' ' || name_of_space(sign).is_some());
        let line = Line { start, indentation: &content[..content.len() - rest.len()], rest };
        start += written.len();
        if rest.is_empty() {
            continue;
        }
        let is_inside = |above: Option<usize>| above.is_some_and(|depth| line.depth() > depth);
        let is_in_block = is_inside(block);
        let foreign = line.foreign().filter(|_| !is_in_block && is_followed_by_key(rest));
        if is_inside(below) || foreign.is_some() {
            signs.extend(foreign);
            left_out.push(line.written());
            below = below.filter(|_| is_inside(below)).or(Some(line.depth()));
        } else {
            below = None;
        }
        if !is_in_block {
            block = line.opens_block().then(|| line.depth());
        }
    }
    let ((first, sign), others) = signs.split_first()?;
    let name = name_of_space(*sign)?;
    let how = format!("indented with {name} (U+{:04X})", u32::from(*sign));
    let message = match others.len() {
        0 => format!("this line is {how}"),
        more => format!("{} are {how}", count(more + 1, "line")),
    };
    let place = |at: usize, sign: char| draft.span(at..at + sign.len_utf8());
    let mut diagnostic = Diagnostic::new(&YAML_SYNTAX, place(*first, *sign), message);
    for (at, sign) in others.iter().take(MAX_LABELS) {
        diagnostic = diagnostic.also(place(*at, *sign), "");
    }
    let fault = Fault { diagnostic, mend: Vec::new() }
        .hint("type the spaces again: such signs come from pages and word processors");
    Some(left_out.into_iter().fold(fault, |fault, range| fault.overwrite(range, ' ')))
}
