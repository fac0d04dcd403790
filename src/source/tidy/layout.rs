//! A YAML text laid out line by line: how far in each line stands, and which spaces in it become others.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::{Diagnostics, FileId};
use crate::source::node::{Node, NodeKind, Style};
use crate::source::yaml;

/// Spaces by which each level stands further in than the one around it.
const STEP: usize = 2;

pub(super) fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
}

fn line_at(starts: &[usize], byte: usize) -> usize {
    starts.partition_point(|start| *start <= byte) - 1
}

/// The first and the last line of a value.
pub(super) fn lines_of(node: &Node, starts: &[usize]) -> (usize, usize) {
    let (start, end) = (node.span.start as usize, node.span.end as usize);
    (line_at(starts, start), line_at(starts, end.saturating_sub(1).max(start)))
}

/// What is to be done with a line.
enum Move {
    /// It begins an entry or an item and stands so far in.
    To(usize),
    /// It goes on with what another line began and moves as that one does.
    With(usize),
    /// It is a line of a text that another line began, and the least indented of them stands so far in.
    Text(usize, usize),
}

/// The moves of a text, line by line, and the stretches of lines that are spaced anew.
pub(super) struct Plan<'a> {
    text: &'a str,
    pub(super) starts: Vec<usize>,
    moves: BTreeMap<usize, Move>,
    /// Bytes to be replaced, by their start: the end and what comes in their place.
    spaces: BTreeMap<usize, (usize, String)>,
}

/// A text laid out once; none where something in it has no layout.
pub(super) fn layout(text: &str) -> Option<String> {
    let node = yaml::parse(FileId(0), text, &mut Diagnostics::default())?;
    let mut plan = Plan { text, starts: line_starts(text), moves: BTreeMap::new(), spaces: BTreeMap::new() };
    plan.value(&node, 0, None)?;
    Some(plan.written())
}

impl Plan<'_> {
    pub(super) fn line(&self, byte: usize) -> usize {
        line_at(&self.starts, byte)
    }

    pub(super) fn line_text(&self, line: usize) -> &str {
        let end = self.starts.get(line + 1).map_or(self.text.len(), |next| next - 1);
        &self.text[self.starts[line]..end]
    }

    pub(super) fn indent(&self, line: usize) -> usize {
        let text = self.line_text(line);
        text.len() - text.trim_start_matches(' ').len()
    }

    /// Plans a value at a level; `under` is the line on which its key or dash stands. None for what is written in a way that is left alone.
    fn value(&mut self, node: &Node, level: usize, under: Option<usize>) -> Option<()> {
        let start = node.span.start as usize;
        let is_flow = self.text[start..].starts_with(['{', '[']);
        match &node.kind {
            NodeKind::Map(entries) if !is_flow => {
                for entry in entries {
                    let key = entry.key.span.start as usize;
                    let line = self.line(key);
                    if self.starts[line] + self.indent(line) == key {
                        self.moves.insert(line, Move::To(level * STEP));
                    } else if under != Some(line) {
                        return None;
                    }
                    self.space_before(entry.key.span.end as usize, &entry.value, line);
                    self.value(&entry.value, level + 1, Some(line))?;
                }
            }
            NodeKind::List(items) if !is_flow => {
                for item in items {
                    let at = item.span.start as usize;
                    let line = self.line(at);
                    let before = &self.text[self.starts[line]..at];
                    if let Some(line) = self.line_of_lone_dash(at) {
                        self.moves.insert(line, Move::To(level * STEP));
                        self.value(item, level + 1, Some(line))?;
                        continue;
                    }
                    // A dash before the item; another form is not laid out.
                    let dash = before.trim_start_matches(' ').strip_prefix('-')?;
                    if !dash.chars().all(|letter| letter == ' ') || dash.is_empty() {
                        return None;
                    }
                    self.moves.insert(line, Move::To(level * STEP));
                    self.spaces.insert(at - dash.len(), (at, " ".to_owned()));
                    self.value(item, level + 1, Some(line))?;
                }
            }
            NodeKind::Empty => {}
            _ => {
                let (first, last) = lines_of(node, &self.starts);
                let begun = under.unwrap_or(first);
                let is_text = matches!(&node.kind, NodeKind::Scalar { style, .. } if *style != Style::Quoted);
                if first != begun && !is_text && !self.moves.contains_key(&first) {
                    self.moves.insert(first, Move::With(begun));
                }
                // A text that begins below its key is a text from its first line on.
                let lines = if is_text && first != begun { first..=last } else { first + 1..=last };
                let filled = lines.clone().filter(|line| !self.line_text(*line).trim().is_empty());
                let margin = filled.map(|line| self.indent(line)).min().unwrap_or_default();
                for line in lines {
                    let how = if is_text { Move::Text(begun, margin) } else { Move::With(begun) };
                    self.moves.insert(line, how);
                }
                if is_flow && first == last {
                    let written = &self.text[start..node.span.end as usize];
                    let spaced = spaced(written, |gap| self.is_aligned(start + gap.start, start + gap.end));
                    self.spaces.insert(start, (node.span.end as usize, spaced));
                }
            }
        }
        Some(())
    }

    /// The line of a dash that stands alone above what begins at a byte.
    fn line_of_lone_dash(&self, at: usize) -> Option<usize> {
        let line = self.line(at);
        let above = self.text[..self.starts[line]].trim_end();
        let is_first = self.starts[line] + self.indent(line) == at;
        let dash = self.line(above.len().checked_sub(1)?);
        (is_first && self.line_text(dash).trim() == "-").then_some(dash)
    }

    /// One space between the colon of a key and its value, where they stand on one line.
    fn space_before(&mut self, key_end: usize, value: &Node, line: usize) {
        let start = value.span.start as usize;
        if matches!(value.kind, NodeKind::Empty) || start <= key_end || self.line(start) != line {
            return;
        }
        let between = &self.text[key_end..start];
        // A quoted key ends behind its quote.
        let Some(colon) = between.find(':') else { return };
        let gap = &between[colon + 1..];
        if self.is_aligned(key_end + colon + 1, start) {
            return;
        }
        if gap.chars().all(|letter| letter == ' ') && !gap.is_empty() {
            self.spaces.insert(key_end + colon + 1, (start, " ".to_owned()));
        }
    }

    fn target(&self, line: usize) -> Option<usize> {
        match self.moves.get(&line)? {
            Move::To(indent) => Some(*indent),
            Move::With(other) => {
                let moved = self.target(*other)?;
                let further = self.indent(line).saturating_sub(self.indent(*other));
                Some(moved + further)
            }
            Move::Text(begun, least) => {
                let inside = self.indent(line).saturating_sub(*least);
                Some(self.target(*begun)? + STEP + inside)
            }
        }
    }

    /// How far a comment stands in: as the next line where that stood as far in, else as the nearest line before it of the same list of
    /// fields that did. Where none did, as the next line if that is further in than what the comment stands under, else as the last line
    /// before it that was not as far in.
    fn comment(&self, line: usize) -> usize {
        let indent = self.indent(line);
        let next = self.moves.range(line + 1..).map(|(line, _)| *line).next();
        // The nearest line before it that does not stand further in: a sibling, or what the comment stands under.
        let mut earlier = self.moves.range(..line).map(|(line, _)| *line).rev();
        let before = earlier.find(|other| self.indent(*other) <= indent);
        let same = |other: &usize| self.indent(*other) == indent;
        let under = before.map_or(0, |other| self.indent(other));
        let is_inside = |other: &usize| indent > 0 && self.indent(*other) > under;
        let model = next.filter(same).or(before.filter(same)).or(next.filter(is_inside)).or(before);
        match model {
            Some(model) if indent > 0 || same(&model) => self.target(model).unwrap_or(indent),
            _ => 0,
        }
    }

    fn written(&self) -> String {
        let mut text = String::with_capacity(self.text.len());
        let mut empty = 0;
        for line in 0..self.starts.len() {
            let written = self.line_text(line);
            let is_within = matches!(self.moves.get(&line), Some(Move::With(_) | Move::Text(..)));
            if written.trim().is_empty() {
                // Empty lines inside a text belong to it; outside, one is enough.
                empty = if is_within { empty + 1 } else { 1 };
                continue;
            }
            if !text.is_empty() {
                text.push_str(&"\n".repeat(empty));
            }
            empty = 0;
            let is_comment = written.trim_start().starts_with('#') && !self.moves.contains_key(&line);
            let indent =
                if is_comment { self.comment(line) } else { self.target(line).unwrap_or(self.indent(line)) };
            text.push_str(&" ".repeat(indent));
            text.push_str(&self.spaced_line(line));
            text.push('\n');
        }
        text
    }

    /// The text of a line behind its indentation, spaced anew.
    fn spaced_line(&self, line: usize) -> String {
        let start = self.starts[line];
        let (mut at, end) = (start + self.indent(line), start + self.line_text(line).len());
        let mut text = String::new();
        for (from, (to, with)) in self.spaces.range(at..end) {
            if *from < at || *to > end {
                continue;
            }
            text.push_str(&self.text[at..*from]);
            text.push_str(with);
            at = *to;
        }
        text.push_str(&self.text[at..end]);
        text
    }
}

/// A mapping or list between braces or brackets on one line, with one space behind each comma and none inside the brackets; of more
/// spaces those stay that are to be kept.
fn spaced(written: &str, is_kept: impl Fn(Range<usize>) -> bool) -> String {
    let mut text = String::with_capacity(written.len());
    let mut quote = None;
    let mut letters = written.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        match (quote, letter) {
            (Some(open), _) => {
                text.push(letter);
                if letter == '\\' && open == '"' {
                    text.extend(letters.next().map(|(_, letter)| letter));
                } else if letter == open {
                    quote = None;
                }
            }
            (None, '"' | '\'') if text.ends_with([' ', '{', '[', ',']) => {
                quote = Some(letter);
                text.push(letter);
            }
            (None, ' ') => {
                while letters.next_if(|(_, letter)| *letter == ' ').is_some() {}
                let next = letters.peek();
                let is_edge = matches!(next, Some((_, ',' | '}' | ']')));
                if !is_edge && !text.ends_with(['{', '[', ' ']) {
                    let gap = at..next.map_or(written.len(), |(next, _)| *next);
                    let is_aligned = text.ends_with([':', ',']) && is_kept(gap.clone());
                    text.push_str(&" ".repeat(if is_aligned { gap.len() } else { 1 }));
                }
            }
            (None, ',') => {
                text.push(',');
                if letters.peek().is_some_and(|(_, next)| *next != ' ') {
                    text.push(' ');
                }
            }
            // A comma behind the last of them separates it from nothing.
            (None, '}' | ']') => {
                text.truncate(text.trim_end_matches([',', ' ']).len());
                text.push(letter);
            }
            (None, _) => text.push(letter),
        }
    }
    text
}
