//! The texts of a portfolio laid out in one way, so that a difference between two revisions is a difference in what they say.
//!
//! Comes in: the text of a YAML file, a table or a page. Goes out: the same fields, values and comments in the same order, with the
//! same line ends, indentation and spaces everywhere. Not here: which files there are, and writing them.
//!
//! What is laid out is read again before it is given away; were anything of it read otherwise than before, the text stays as it is.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::{Diagnostics, FileId, Severity};
use crate::source::node::{Node, NodeKind, Style};
use crate::source::{markdown, table, yaml};

/// Spaces by which each level stands further in than the one around it.
const STEP: usize = 2;

/// Why a text is left as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// It cannot be read without an error.
    Faulty,
    /// Something in it is written in a way that is right and has no layout, such as `|+`.
    Unusual,
}

/// How often a text is laid out until it stays as it is; more than two turns are rare.
const MOST_TURNS: usize = 4;

/// Lays a YAML file out, where that can be done and changes nothing of what it says.
///
/// `a:   {b: 1 ,c: 2}` becomes `a: {b: 1, c: 2}`; a level is two spaces, items of a list stand two spaces below their key, at most
/// one empty line stands between two others, comments keep to what they stand above. Spaces by which values of neighbouring lines stand
/// below each other stay.
///
/// # Errors
///
/// It is left as it is.
pub fn yaml(text: &str) -> Result<String, Left> {
    let said = tree(text).ok_or(Left::Faulty)?;
    let mut tidy = clean(text).and_then(|text| layout(&text)).ok_or(Left::Unusual)?;
    // Where a line has moved, what stood below each other may do so no longer.
    for _ in 0..MOST_TURNS {
        let again = layout(&tidy).ok_or(Left::Unusual)?;
        if again == tidy {
            break;
        }
        tidy = again;
    }
    if tree(&tidy) == Some(said) { Ok(tidy) } else { Err(Left::Unusual) }
}

/// Lays a table out: no spaces around cells, quotes only where a cell needs them, no empty lines.
///
/// # Errors
///
/// It is left as it is.
pub fn csv(text: &str) -> Result<String, Left> {
    let said = cells(text).ok_or(Left::Faulty)?;
    let tidy = rows_laid_out(text).ok_or(Left::Unusual)?;
    if cells(&tidy) == Some(said) { Ok(tidy) } else { Err(Left::Unusual) }
}

/// What a table says: its header and its rows; none where it holds a mistake.
fn cells(text: &str) -> Option<(Vec<String>, Vec<Vec<String>>)> {
    let mut found = Diagnostics::default();
    let table = table::parse(FileId(0), text, &mut found)?;
    let row = |cells: Vec<crate::diagnostic::Spanned<String>>| {
        cells.into_iter().map(|cell| cell.value).collect::<Vec<_>>()
    };
    let rows = table.rows.into_iter().map(|each| row(each.cells)).collect();
    found.is_empty().then(|| (row(table.header), rows))
}

/// None where a quote stands behind a space: whether it opens a cell or is a part of it, programs read in two ways.
fn rows_laid_out(text: &str) -> Option<String> {
    let clean = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut tidy = String::with_capacity(clean.len());
    for record in table::written(clean) {
        let cells = record.into_iter().map(cell_laid_out).collect::<Option<Vec<String>>>()?;
        if cells.iter().any(|cell| !cell.is_empty()) {
            // A line of one cell that is empty would be no line.
            tidy += &cells.join(",");
            tidy.push('\n');
        }
    }
    Some(tidy)
}

/// A cell without needless quotes and spaces; what stands between quotes keeps its spaces, and quotes for them.
fn cell_laid_out(written: &str) -> Option<String> {
    let bare = written.trim();
    let Some(inside) = written.strip_prefix('"') else {
        let is_doubtful = bare.starts_with('"');
        let text =
            if bare.contains('"') { format!("\"{}\"", bare.replace('"', "\"\"")) } else { bare.to_owned() };
        return (!is_doubtful).then_some(text);
    };
    // Behind the closing quote nothing may stand but spaces.
    let inside = inside.trim_end().strip_suffix('"')?;
    let text = inside.replace("\"\"", "");
    if text.contains('"') {
        return None;
    }
    let needs_quotes = inside.trim() != inside || inside.contains(['"', ',', '\r', '\n']);
    Some(if needs_quotes { format!("\"{inside}\"") } else { inside.to_owned() })
}

/// Lays a page out: its fields as those of a YAML file; its text keeps everything but the kind of its line ends.
///
/// # Errors
///
/// It is left as it is.
pub fn page(text: &str) -> Result<String, Left> {
    let text = lines_ended(text);
    let mut found = Diagnostics::default();
    let read = markdown::parse(FileId(0), &text, &mut found);
    if found.count_at_least(Severity::Error) > 0 {
        return Err(Left::Faulty);
    }
    let body = text[read.body.span.start as usize..].trim_end();
    let end = if body.is_empty() { "" } else { "\n" };
    if read.front.is_none() {
        return Ok(format!("{body}{end}"));
    }
    let opening = text.find('\n').ok_or(Left::Unusual)? + 1;
    let closing = text[..read.body.span.start as usize].trim_end().rfind("---").ok_or(Left::Unusual)?;
    let head = yaml(&text[opening..closing])?;
    let gap = if body.is_empty() || body.starts_with('\n') { "" } else { "\n" };
    Ok(format!("---\n{head}---\n{gap}{body}{end}"))
}

/// What a YAML text says; none where it holds a mistake.
fn tree(text: &str) -> Option<Said> {
    let mut found = Diagnostics::default();
    let node = yaml::parse(FileId(0), text, &mut found)?;
    (found.count_at_least(Severity::Error) == 0).then(|| Said::of(&node))
}

/// A tree without its places.
#[derive(Debug, PartialEq, Eq)]
enum Said {
    Nothing,
    Text(String, bool),
    List(Vec<Said>),
    Map(Vec<(String, Said)>),
}

impl Said {
    fn of(node: &Node) -> Self {
        match &node.kind {
            NodeKind::Empty => Self::Nothing,
            NodeKind::Scalar { text, style } => Self::Text(text.clone(), *style == Style::Plain),
            NodeKind::List(items) => Self::List(items.iter().map(Self::of).collect()),
            NodeKind::Map(entries) => Self::Map(
                entries.iter().map(|each| (each.key.value.clone(), Self::of(&each.value))).collect(),
            ),
        }
    }
}

fn lines_ended(text: &str) -> String {
    text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n")
}

/// The text with plain line ends and without spaces at the ends of lines outside of `|` and `>` texts.
fn clean(text: &str) -> Option<String> {
    let text = lines_ended(text);
    let node = yaml::parse(FileId(0), &text, &mut Diagnostics::default())?;
    let starts = line_starts(&text);
    let mut blocks = Vec::new();
    each_scalar(&node, &mut |node, style| {
        if style == Style::Block {
            let (first, last) = lines_of(node, &starts);
            blocks.push(first..=last);
        }
    });
    let lines = text.split('\n').enumerate().map(|(number, line)| {
        let is_kept = blocks.iter().any(|block| block.contains(&number)) && !line.trim().is_empty();
        // Other spaces, such as those that keep words on one line, are text.
        if is_kept { line } else { line.trim_end_matches([' ', '\t']) }
    });
    Some(lines.collect::<Vec<_>>().join("\n"))
}

fn each_scalar<'a>(node: &'a Node, see: &mut impl FnMut(&'a Node, Style)) {
    match &node.kind {
        NodeKind::Empty => {}
        NodeKind::Scalar { style, .. } => see(node, *style),
        NodeKind::List(items) => items.iter().for_each(|item| each_scalar(item, see)),
        NodeKind::Map(entries) => entries.iter().for_each(|entry| each_scalar(&entry.value, see)),
    }
}

fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
}

fn line_at(starts: &[usize], byte: usize) -> usize {
    starts.partition_point(|start| *start <= byte) - 1
}

/// The first and the last line of a value.
fn lines_of(node: &Node, starts: &[usize]) -> (usize, usize) {
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
struct Plan<'a> {
    text: &'a str,
    starts: Vec<usize>,
    moves: BTreeMap<usize, Move>,
    /// Bytes to be replaced, by their start: the end and what comes in their place.
    spaces: BTreeMap<usize, (usize, String)>,
}

fn layout(text: &str) -> Option<String> {
    let node = yaml::parse(FileId(0), text, &mut Diagnostics::default())?;
    let mut plan = Plan { text, starts: line_starts(text), moves: BTreeMap::new(), spaces: BTreeMap::new() };
    plan.value(&node, 0, None)?;
    Some(plan.written())
}

impl Plan<'_> {
    fn line(&self, byte: usize) -> usize {
        line_at(&self.starts, byte)
    }

    fn line_text(&self, line: usize) -> &str {
        let end = self.starts.get(line + 1).map_or(self.text.len(), |next| next - 1);
        &self.text[self.starts[line]..end]
    }

    fn indent(&self, line: usize) -> usize {
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

    /// Whether spaces behind a colon or comma, from one byte to another, bring what follows below what stands on a neighbouring line, or
    /// above it: there other spaces do so, more or fewer.
    fn is_aligned(&self, from: usize, to: usize) -> bool {
        let gap = to - from;
        if gap < 2 {
            return false;
        }
        let line = self.line(from);
        let column = self.text[self.starts[line]..to].chars().count();
        let mut below = (line + 1..self.starts.len()).map_while(|line| self.gap_before(line, column));
        let mut above = (0..line).rev().map_while(|line| self.gap_before(line, column));
        above.any(|other| other != gap) || below.any(|other| other != gap)
    }

    /// How many spaces bring a value of a line to a column; none where none begins there.
    fn gap_before(&self, line: usize, column: usize) -> Option<usize> {
        let text = self.line_text(line);
        let (at, _) = text.char_indices().nth(column).filter(|(_, letter)| *letter != ' ')?;
        let before = text[..at].trim_end_matches(' ');
        (before.len() < at && before.ends_with([':', ','])).then_some(at - before.len())
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

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    #[test]
    fn levels_spaces_and_empty_lines_are_alike_everywhere() {
        let text = "\u{feff}# the plan\r\nexecution:\r\n    work:   { duration: 5d ,after:   [ a,b ] }  # why\r\n\r\n\r\n    # next\r\n    more:\r\n        name:  \"x:  y\"\r\n        steps:\r\n        - a\r\n        -   b: 1\r\n            c: 2\r\n";
        expect![[r#"
            # the plan
            execution:
              work: {duration: 5d, after: [a, b]}  # why

              # next
              more:
                name: "x:  y"
                steps:
                  - a
                  - b: 1
                    c: 2
        "#]]
        .assert_eq(&yaml(text).unwrap_or_default());
    }

    /// A comment that is a task in waiting stays one: among the tasks of its stage, wherever the one before it ends.
    #[test]
    fn comments_stay_on_their_level() {
        let text = "execution:\n  c:\n    after:\n      - a\n      - b\n  # d: {duration: 2d, after: c}\nclosing:\n  e:\n    steps:\n      - x\n  # f: {duration: 1d}\n";
        assert_eq!(yaml(text).unwrap(), text, "as it is laid out");
        let wide = text.replace("  ", "    ");
        assert_eq!(yaml(&wide).unwrap(), text);
    }

    #[test]
    fn what_stands_below_each_other_stays_so() {
        for text in [
            "a:\n  tom:   {name: T}\n  ada-b: {name: A}\n  x:     {name: X}\n",
            "a:\n  - {role: sponsor,          person: ann}\n  - {role: operations_owner, person: bo}\n",
            "Größe:  1\nlaenge: 2\n",
        ] {
            assert_eq!(yaml(text).as_deref(), Ok(text));
        }
        // Two spaces too many on each line bring nothing below anything, nor does a single line.
        assert_eq!(yaml("ab:  1\ncd:  2\n").as_deref(), Ok("ab: 1\ncd: 2\n"));
        assert_eq!(yaml("a:   1\nbc: {x:  1,   y: 2}\n").as_deref(), Ok("a: 1\nbc: {x: 1, y: 2}\n"));
        // A level that moves takes all along.
        assert_eq!(yaml("a:\n    b:  1\n    cd: 2\n").as_deref(), Ok("a:\n  b:  1\n  cd: 2\n"));
    }

    #[test]
    fn texts_over_several_lines_move_as_a_whole() {
        let text = "a:\n    b: |\n        first\n\n          further\n    c: >-\n        one\n        two\n    d: plain words\n        that go on\n";
        let tidy = yaml(text).unwrap();
        expect![[r#"
            a:
              b: |
                first

                  further
              c: >-
                one
                two
              d: plain words
                that go on
        "#]]
        .assert_eq(&tidy);
        assert_eq!(tree(&tidy), tree(text));
    }

    #[test]
    fn what_is_laid_out_stays_as_it_is() {
        for text in ["a: 1\n", "a:\n  - b: 1\n    c: 2\n  - d\n", "# only a remark\n", ""] {
            assert_eq!(yaml(text).as_deref(), Ok(text));
        }
    }

    #[test]
    fn what_cannot_be_read_is_not_touched() {
        assert_eq!(yaml("a: [1, 2\n"), Err(Left::Faulty));
        assert_eq!(yaml("a: 1\na: 2\n"), Err(Left::Faulty));
        assert_eq!(csv("a,b\n1,2,3\n"), Err(Left::Faulty));
        assert_eq!(page("---\na: [1\n---\n"), Err(Left::Faulty));
    }

    #[test]
    fn what_is_right_and_has_no_layout_is_not_called_a_mistake() {
        for text in
            ["a:\n- |+\n    keep\n\n\n- b\n", "a:\n- |2-\n      two\n     one\n- b\n", "b: 1\n? code\n: X1\n"]
        {
            assert_eq!(yaml(text), Err(Left::Unusual), "{text}");
        }
        assert_eq!(page("---\n? code\n: X1\n---\n"), Err(Left::Unusual));
    }

    #[test]
    fn a_dash_alone_and_spaces_that_are_text_are_laid_out() {
        let text = "a:\n-\n   b: y\n   # inside\n   c: 2\n-\n  plain\n";
        let tidy = "a:\n  -\n    b: y\n    # inside\n    c: 2\n  -\n    plain\n";
        assert_eq!(yaml(text).as_deref(), Ok(tidy));
        assert_eq!(yaml(tidy).as_deref(), Ok(tidy));
        let text = "goal: \u{a0}a\u{a0}\n";
        assert_eq!(yaml(text).as_deref(), Ok(text));
    }

    #[test]
    fn a_comma_behind_the_last_item_goes_once_and_for_all() {
        let tidy = "a: {duration: 1d, name: \"A\"}\nb: {duration: 2d, after: [a]}\nc: [[a], [b, \"x, \"]]\n";
        let text = "a: {duration: 1d, name: \"A\", }\nb: {duration: 2d, after: [a,]}\nc: [[a , ], [b, \"x, \" ,] , ]\n";
        assert_eq!(yaml(text).as_deref(), Ok(tidy));
        assert_eq!(yaml(tidy).as_deref(), Ok(tidy));
    }

    #[test]
    fn tables_lose_spaces_and_needless_quotes() {
        assert_eq!(
            csv("date, note\r\n2026-11-02,\"plain\"\r\n\r\n2026-11-03 ,\"a, b\"\r\n").as_deref(),
            Ok("date,note\n2026-11-02,plain\n2026-11-03,\"a, b\"\n")
        );
    }

    #[test]
    fn what_stands_between_quotes_keeps_its_spaces_and_doubtful_quotes_leave_a_table_alone() {
        for text in [
            "a,b\n\"  - indented, title \",1\n",
            "a,b\n\"  plain\",1\n",
            "a,b\n\"8h\n\",1\n",
            "a\n\"say \"\"no\"\"\"\n",
        ] {
            assert_eq!(csv(text).as_deref(), Ok(text));
        }
        assert_eq!(csv("a,b\n1, \"8h\"\n"), Err(Left::Unusual));
        assert_eq!(csv("a,b\n1,\"8\"h\n"), Err(Left::Unusual));
        assert_eq!(csv("a,b\n\"x\" ,1\n").as_deref(), Ok("a,b\nx,1\n"));
        assert_eq!(csv("a,b\nsay \"no\",1\n").as_deref(), Ok("a,b\n\"say \"\"no\"\"\",1\n"));
    }

    #[test]
    fn pages_keep_their_text() {
        let text = "---\r\ngate:   G2\r\n---\r\nA line  \r\nof text\r\n\r\n\r\nand more\r\n\r\n";
        assert_eq!(page(text).as_deref(), Ok("---\ngate: G2\n---\n\nA line  \nof text\n\n\nand more\n"));
        assert_eq!(page("plain\n").as_deref(), Ok("plain\n"));
    }
}
