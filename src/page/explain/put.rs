//! A figure with everything filled in, as pages, terminals and other programs read it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::diagnostic::Span;
use crate::format;
use crate::page::address::Address;
use crate::page::desk::Desk;
use crate::page::explain::book::Book;
use crate::page::explain::figure::{Figure, From, put_in};
use crate::page::method::limit_anchor;

/// How many ranges of lines of one file are named where they go into a figure; more are drawn together.
const RANGES_OF_A_FILE: usize = 8;

/// How many are named where a figure rests on them through others, which lead to each of them.
const RANGES_THROUGH_OTHERS: usize = 3;

/// Lines of a file, leading to the first of them.
#[derive(Clone, Debug, Serialize)]
pub struct Lines {
    /// File and lines; of a file that was just named the lines alone: `timesheets.csv 2`, `4`.
    pub label: String,
    /// File and lines in words, where the label is the lines alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// Where they are shown; none prints the label alone.
    pub href: Option<String>,
}

/// A figure that opens.
#[derive(Clone, Debug, Serialize)]
pub struct Told {
    /// Its key and anchor.
    pub key: String,
    /// What readers call it.
    pub name: String,
    /// The figure.
    pub value: String,
    /// The formula.
    pub formula: String,
    /// The formula with its values.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub values: Option<String>,
    /// What goes in.
    pub inputs: Vec<ToldInput>,
    /// What to keep in mind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The lines it rests on through other figures; empty where its inputs name them all.
    pub rests_on: Vec<Lines>,
}

/// Something that goes into a figure.
#[derive(Clone, Debug, Serialize)]
pub struct ToldInput {
    /// What it is.
    pub label: String,
    /// Its full name, where the label is a symbol.
    pub name: Option<String>,
    /// How much.
    pub value: String,
    /// The key of the figure that it is; none for what was typed or given.
    pub figure: Option<String>,
    /// Where the figure it is opens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
    /// Where it was typed: file and line or lines.
    pub places: Vec<Lines>,
    /// Where it comes from if neither computed nor typed, in words.
    pub given: Option<&'static str>,
}

/// Fills a figure in, without the lines it rests on through others.
#[must_use]
pub fn told(desk: &Desk<'_>, book: &Book, figure: &Figure) -> Told {
    let inputs: Vec<ToldInput> = figure.inputs.iter().map(|input| told_input(desk, book, input)).collect();
    let values = figure.values.clone().or_else(|| {
        if figure.value == format::NOTHING {
            return None;
        }
        let known: Vec<(&str, &str)> =
            inputs.iter().map(|input| (input.label.as_str(), input.value.as_str())).collect();
        put_in(&figure.formula, &figure.value, &known)
    });
    Told {
        key: figure.key.clone(),
        name: figure.name.clone(),
        value: figure.value.clone(),
        formula: figure.formula.clone().into_owned(),
        values,
        note: figure.note.clone(),
        rests_on: Vec::new(),
        inputs,
    }
}

impl Told {
    /// Adds the lines that the figure rests on through others; where its inputs name them all there are none to add.
    #[must_use]
    pub fn with_lines(self, desk: &Desk<'_>, book: &Book) -> Self {
        self.with_lines_up_to(desk, book, usize::MAX)
    }

    /// The same, the lines in a few words where they are more than `most`.
    #[must_use]
    pub fn with_lines_up_to(self, desk: &Desk<'_>, book: &Book, most: usize) -> Self {
        let figure = book.get(&self.key).filter(|_| self.inputs.iter().any(|input| input.figure.is_some()));
        let lines = figure.map(|figure| rests_on(desk, (book.rests_on_up_to([figure], most), most)));
        Self { rests_on: lines.unwrap_or_default(), ..self }
    }
}

fn told_input(desk: &Desk<'_>, book: &Book, input: &super::Input) -> ToldInput {
    let mut told = ToldInput {
        label: input.label.clone().into_owned(),
        name: None,
        value: input.value.clone(),
        figure: None,
        href: None,
        places: Vec::new(),
        given: None,
    };
    match &input.from {
        From::Figure(key) => {
            if let Some(figure) = book.get(key) {
                told.name = is_symbol(&told.label).then(|| figure.name.clone());
                if told.value.is_empty() {
                    told.value.clone_from(&figure.value);
                }
                told.figure = Some(key.clone());
                told.href = desk.explained(key);
            } else {
                told.given = Some("see the figures of the status date");
            }
        }
        From::Typed(span) => {
            let label = desk.short_place(*span);
            told.places.extend(label.map(|label| Lines { label, words: None, href: desk.href_place(*span) }));
        }
        From::Lines(spans) => {
            let mut spans = spans.clone();
            spans.sort_unstable();
            told.places = ranges(desk, spans, RANGES_OF_A_FILE);
        }
        From::Usual(key) => {
            let href = desk.href_section(&Address::method(), &limit_anchor(key));
            told.places.push(Lines { label: "usual value".to_owned(), words: None, href });
        }
        From::Given(words) => told.given = Some(words),
    }
    told
}

/// Whether a label is a symbol such as `BAC` or `SPI(t)`, which not every reader knows.
fn is_symbol(label: &str) -> bool {
    label.chars().take(2).all(char::is_uppercase) && !label.contains(' ')
}

/// The lines that a figure rests on through others; in a few words where there are more than so many.
#[must_use]
pub fn rests_on(desk: &Desk<'_>, (spans, most): (Option<Vec<Span>>, usize)) -> Vec<Lines> {
    let Some(spans) = spans else {
        let label = format!("more than {most} lines, through the figures that go in");
        return vec![Lines { label, words: None, href: None }];
    };
    ranges(desk, spans, RANGES_THROUGH_OTHERS)
}

/// Lines of files as ranges, each leading to its first line: `costs.csv 2–14`. Where a file has more than `most`, those
/// closest to each other are drawn together.
fn ranges(desk: &Desk<'_>, spans: impl IntoIterator<Item = Span>, most: usize) -> Vec<Lines> {
    let mut files: BTreeMap<u32, Vec<(usize, usize, Span)>> = BTreeMap::new();
    for (span, line) in desk.here.report.sources.lines(spans) {
        let ranges = files.entry(span.file.0).or_default();
        match ranges.last_mut() {
            Some((_, last, _)) if line <= *last + 1 => *last = line.max(*last),
            _ => ranges.push((line, line, span)),
        }
    }
    let mut links = Vec::new();
    for mut ranges in files.into_values() {
        draw_together(&mut ranges, most);
        for (place, (first, last, span)) in ranges.into_iter().enumerate() {
            let Some(whole) = desk.short_place(span) else { continue };
            let path = whole.rsplit_once(':').map_or(whole.as_str(), |(path, _)| path);
            let range = if first == last { first.to_string() } else { format!("{first}–{last}") };
            let (label, words) = if place == 0 {
                (format!("{path} {range}"), None)
            } else if first == last {
                (range, Some(format!("{path} line {first}")))
            } else {
                let words = format!("{path} lines {range}");
                (range, Some(words))
            };
            links.push(Lines { label, words, href: desk.href_place(span) });
        }
    }
    links
}

/// Draws the ranges together that lie closest, of equally close ones the first, until so many are left. Drawing two together
/// changes no other distance, so that the shortest of all distances are those that go.
fn draw_together(ranges: &mut Vec<(usize, usize, Span)>, most: usize) {
    let mut gaps: Vec<(usize, usize)> = ranges
        .windows(2)
        .enumerate()
        .filter_map(|(place, pair)| match pair {
            [before, after] => Some((after.0.saturating_sub(before.1), place)),
            _ => None,
        })
        .collect();
    gaps.sort_unstable();
    let closed: BTreeSet<usize> =
        gaps.into_iter().take(ranges.len().saturating_sub(most)).map(|(_, place)| place).collect();
    let mut drawn: Vec<(usize, usize, Span)> = Vec::new();
    for (place, range) in ranges.drain(..).enumerate() {
        match drawn.last_mut() {
            Some(before) if place > 0 && closed.contains(&(place - 1)) => before.1 = range.1,
            _ => drawn.push(range),
        }
    }
    *ranges = drawn;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closest_ranges_are_drawn_together_and_of_equals_the_first() {
        let drawn = |most: usize| {
            let lines = [(1, 2), (4, 4), (10, 11), (13, 13), (30, 30)];
            let mut ranges = lines.map(|(first, last)| (first, last, Span::default())).to_vec();
            draw_together(&mut ranges, most);
            ranges.into_iter().map(|(first, last, _)| (first, last)).collect::<Vec<_>>()
        };
        assert_eq!(drawn(5).len(), 5);
        assert_eq!(drawn(4), [(1, 4), (10, 11), (13, 13), (30, 30)]);
        assert_eq!(drawn(3), [(1, 4), (10, 13), (30, 30)]);
        assert_eq!(drawn(2), [(1, 13), (30, 30)]);
        assert_eq!(drawn(1), [(1, 30)]);
    }
}
