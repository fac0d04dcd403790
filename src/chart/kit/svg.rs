//! The sheet a chart is drawn on: an SVG document under construction.
//!
//! In: shapes with an [`Ink`], in pixels of the sheet. Out: markup with classes, `<title>` and `<desc>`. Deliberately
//! not here: colour, font family, line weight and dash, which belong to the style sheet.

use std::fmt::Write as _;

use crate::chart::kit::ink::Ink;
use crate::chart::kit::path::{PathData, Spot, n};
use crate::chart::kit::text_width::Weight;

/// Type size of ordinary text, in pixels of the sheet.
pub const TEXT_SIZE: f64 = 12.0;

/// Type size of tick labels and notes, in pixels of the sheet.
pub const SMALL_SIZE: f64 = 11.0;

/// The column a sheet is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// A page on a desk or on paper.
    Wide,
    /// A telephone.
    Narrow,
}

impl Column {
    /// Class of the sheet, by which the style sheet shows the fitting one.
    fn class(self) -> &'static str {
        match self {
            Self::Wide => "drawing-wide",
            Self::Narrow => "drawing-narrow",
        }
    }
}

/// Where the given position of a text lies within it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The text begins there.
    Start,
    /// The text is centred there.
    Middle,
    /// The text ends there.
    End,
}

/// A line of text on the sheet.
#[derive(Clone, Debug)]
pub struct Words<'a> {
    /// The text itself; not yet escaped.
    pub text: &'a str,
    /// Position of the anchor: horizontally as [`Words::anchor`] says, vertically the middle of the line.
    pub at: Spot,
    /// Its meaning.
    pub ink: Ink,
    /// Type size in pixels.
    pub size: f64,
    /// Weight of the type.
    pub weight: Weight,
    /// Which end of the text the position names.
    pub anchor: Anchor,
}

impl<'a> Words<'a> {
    /// Ordinary text that begins at `at`.
    pub fn new(text: &'a str, at: Spot, ink: Ink) -> Self {
        Self { text, at, ink, size: TEXT_SIZE, weight: Weight::Regular, anchor: Anchor::Start }
    }

    /// The same text, small.
    pub fn small(self) -> Self {
        Self { size: SMALL_SIZE, ..self }
    }

    /// The same text, emphasised.
    pub fn strong(self) -> Self {
        Self { weight: Weight::Strong, ..self }
    }

    /// The same text, anchored elsewhere.
    pub fn anchored(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }
}

/// An SVG document under construction.
#[derive(Debug)]
pub struct Sheet {
    name: &'static str,
    column: Column,
    prefix: String,
    width: f64,
    height: f64,
    interactive: bool,
    first_row: usize,
    /// Where time runs on the sheet, for scripts; none on most.
    time: Option<String>,
    in_ticks: bool,
    defs: String,
    body: String,
}

impl Sheet {
    /// An empty sheet for the chart `name` (its class), whose ids all begin with `prefix`, `size` pixels large.
    pub fn new(name: &'static str, prefix: &str, column: Column, size: (f64, f64)) -> Self {
        let prefix = match column {
            Column::Wide => prefix.to_owned(),
            Column::Narrow => format!("{prefix}-narrow"),
        };
        Self {
            name,
            column,
            prefix: slug(&prefix),
            width: size.0,
            height: size.1,
            interactive: false,
            first_row: 0,
            time: None,
            in_ticks: false,
            defs: String::new(),
            body: String::new(),
        }
    }

    /// Width and height in pixels.
    pub fn size(&self) -> (f64, f64) {
        (self.width, self.height)
    }

    /// The column this sheet is for.
    pub fn column(&self) -> Column {
        self.column
    }

    /// Draws an open line through `spots`; nothing if there are fewer than two.
    pub fn line(&mut self, ink: Ink, spots: &[Spot]) {
        if spots.len() > 1 {
            let path = spots.iter().fold(PathData::default(), |path, spot| path.to(*spot));
            self.path("line", ink, &path);
        }
    }

    /// Draws a filled surface bounded by `spots`; nothing if there are fewer than three.
    pub fn area(&mut self, ink: Ink, spots: &[Spot]) {
        if spots.len() > 2 {
            let path = spots.iter().fold(PathData::default(), |path, spot| path.to(*spot)).close();
            self.path("area", ink, &path);
        }
    }

    /// Draws a filled rectangle.
    pub fn rect(&mut self, ink: Ink, corner: Spot, size: (f64, f64)) {
        self.path("area", ink, &PathData::default().rect(corner, size));
    }

    /// Draws a path of the shape class `shape` (`line`, `area`, `mark`, …); nothing if it is empty.
    pub fn path(&mut self, shape: &str, ink: Ink, path: &PathData) {
        if !path.data().is_empty() {
            let _ = write!(self.body, r#"<path class="d-{shape} {}" d="{}"/>"#, ink.class(), path.data());
        }
    }

    /// Opens a group in which texts are small, secondary and centred unless they say otherwise: the labels of an axis.
    pub fn open_ticks(&mut self) {
        self.in_ticks = true;
        let ink = Ink::Muted.class();
        let _ =
            write!(self.body, r#"<g class="d-ticks {ink}" font-size="{SMALL_SIZE}" text-anchor="middle">"#);
    }

    /// Closes the group that [`Sheet::open_ticks`] opened.
    pub fn close_ticks(&mut self) {
        self.in_ticks = false;
        self.body.push_str("</g>");
    }

    /// Rows of this sheet are counted from `first`: those before stand on other sheets.
    pub fn count_rows_from(&mut self, first: usize) {
        self.first_row = first;
    }

    /// Says where time runs, for scripts that stretch it: its left and right edge, the day at the left edge counted from 1970-01-01,
    /// how many days there are, and the upper and lower edge of the rows.
    pub fn run_time(
        &mut self,
        (left, right): (f64, f64),
        (first, days): (f64, f64),
        (top, bottom): (f64, f64),
    ) {
        let parts = [left, right, first, days, top, bottom].map(n);
        self.time = Some(parts.join(" "));
    }

    /// Draws a path of which each stroke ties two rows, named as `from-to` by their places; nothing if it is empty.
    pub fn tied(&mut self, shape: &str, ink: Ink, path: &PathData, ties: &[(usize, usize)]) {
        if path.data().is_empty() {
            return;
        }
        let ties: Vec<String> = ties.iter().map(|(from, to)| format!("{from}-{to}")).collect();
        let (class, data) = (ink.class(), path.data());
        let _ = write!(
            self.body,
            r#"<path class="d-{shape} {class}" data-ties="{}" d="{data}"/>"#,
            ties.join(" ")
        );
    }

    /// Draws a filled path whose surface is the hatch of `ink` (see [`Sheet::hatch`]).
    pub fn hatched(&mut self, ink: Ink, path: &PathData) {
        if !path.data().is_empty() {
            let id = self.hatch(ink);
            let _ = write!(
                self.body,
                r#"<path class="d-hatched {}" fill="url(#{id})" d="{}"/>"#,
                ink.class(),
                path.data()
            );
        }
    }

    /// Makes sure that the hatch of `ink` is defined; its id.
    ///
    /// The reference to it stands in the markup, not in the style sheet, because a style sheet of its own file would
    /// look the id up in itself.
    pub fn hatch(&mut self, ink: Ink) -> String {
        let id = format!("{}-hatch-{}", self.prefix, ink.class().trim_start_matches("ink-"));
        if !self.defs.contains(&format!("\"{id}\"")) {
            let class = ink.class();
            let _ = write!(
                self.defs,
                concat!(
                    r#"<pattern id="{id}" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">"#,
                    r#"<rect class="d-hatch-ground {class}" width="5" height="5"/>"#,
                    r#"<path class="d-hatch-line {class}" d="M1 0V5"/></pattern>"#
                ),
                id = id,
                class = class
            );
        }
        id
    }

    /// Draws a filled circle with its own tooltip; no tooltip if `title` is empty.
    pub fn dot(&mut self, ink: Ink, at: Spot, radius: f64, title: &str) {
        let class = ink.class();
        let _ = write!(
            self.body,
            r#"<circle class="d-mark {class}" cx="{}" cy="{}" r="{}""#,
            n(at.0),
            n(at.1),
            n(radius)
        );
        if title.is_empty() {
            self.body.push_str("/>");
        } else {
            let _ = write!(self.body, "><title>{}</title></circle>", escape(title));
        }
    }

    /// Writes a line of text.
    pub fn words(&mut self, words: &Words<'_>) {
        if words.text.trim().is_empty() {
            return;
        }
        // The middle of digits and capitals lies about a third of the type size above the base line.
        let base = words.at.1 + words.size * 0.35;
        self.body.push_str("<text");
        // Within a group of ticks only what differs from it is said.
        let ticks = self.in_ticks;
        if words.ink != if ticks { Ink::Muted } else { Ink::Text } {
            let _ = write!(self.body, r#" class="{}""#, words.ink.class());
        }
        let _ = write!(self.body, r#" x="{}" y="{}""#, n(words.at.0), n(base));
        let usual = if ticks { SMALL_SIZE } else { TEXT_SIZE };
        if (words.size - usual).abs() > 0.01 {
            let _ = write!(self.body, r#" font-size="{}""#, n(words.size));
        }
        if words.weight == Weight::Strong {
            self.body.push_str(r#" font-weight="600""#);
        }
        match words.anchor {
            Anchor::Start if ticks => self.body.push_str(r#" text-anchor="start""#),
            Anchor::Start => {}
            Anchor::Middle if ticks => {}
            Anchor::Middle => self.body.push_str(r#" text-anchor="middle""#),
            Anchor::End => self.body.push_str(r#" text-anchor="end""#),
        }
        let _ = write!(self.body, ">{}</text>", escape(words.text));
    }

    /// Opens a group of the class `class` with the tooltip `title`; a link if `href` is given.
    pub fn open(&mut self, group: &Group<'_>) {
        match group.href {
            Some(href) => {
                self.interactive = true;
                let _ = write!(self.body, r#"<a{} href="{}""#, class_of(group), escape(href));
            }
            None => {
                let _ = write!(self.body, "<g{}", class_of(group));
            }
        }
        if let Some(id) = group.id {
            let _ = write!(self.body, r#" id="{}-{}""#, self.prefix, slug(id));
        }
        self.body.push('>');
        if !group.title.is_empty() {
            let _ = write!(self.body, "<title>{}</title>", escape(group.title));
        }
    }

    /// Closes the group that [`Sheet::open`] opened with the same description.
    pub fn close(&mut self, group: &Group<'_>) {
        self.body.push_str(if group.href.is_some() { "</a>" } else { "</g>" });
    }

    /// The finished document: one `<svg>` element with `title` and `sentence` as its accessible name and description.
    pub fn finish(self, title: &str, sentence: &str) -> String {
        let Self { name, column, prefix, width, height, interactive, first_row, time, defs, body, .. } = self;
        // A picture hides what is inside it from assistive technology, so a chart with links is a group.
        let role = if interactive { "group" } else { "img" };
        let mut svg = String::with_capacity(body.len() + defs.len() + 512);
        let _ = write!(
            svg,
            r#"<svg class="drawing drawing-{name} {}" viewBox="0 0 {} {}" role="{role}" aria-labelledby="{prefix}-title" aria-describedby="{prefix}-desc" font-size="{TEXT_SIZE}"{}{}>"#,
            column.class(),
            n(width),
            n(height),
            if first_row > 0 { format!(r#" data-first="{first_row}""#) } else { String::new() },
            time.map_or_else(String::new, |time| format!(r#" data-time="{time}""#)),
        );
        let _ = write!(svg, r#"<title id="{prefix}-title">{}</title>"#, escape(title));
        let _ = write!(svg, r#"<desc id="{prefix}-desc">{}</desc>"#, escape(sentence));
        if !defs.is_empty() {
            let _ = write!(svg, "<defs>{defs}</defs>");
        }
        svg.push_str(&body);
        svg.push_str("</svg>");
        svg
    }
}

/// A group of shapes that belong to one thing of the project.
#[derive(Clone, Copy, Debug)]
pub struct Group<'a> {
    /// Class of the group; none if empty.
    pub class: &'static str,
    /// Id within the sheet; the sheet's prefix is put before it.
    pub id: Option<&'a str>,
    /// Target, if the group is a link.
    pub href: Option<&'a str>,
    /// Tooltip; none if empty.
    pub title: &'a str,
}

/// The attribute with the class of a group; empty where it has none.
fn class_of(group: &Group<'_>) -> String {
    if group.class.is_empty() { String::new() } else { format!(r#" class="{}""#, group.class) }
}

/// Escapes text for content and for attributes in double quotes; drops what XML forbids.
pub(crate) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\n' | '\t' => safe.push(' '),
            control if control.is_control() => {}
            plain => safe.push(plain),
        }
    }
    safe
}

/// A text fit for an id and a fragment reference: letters, digits, `-`, `_` and `.` stay, all else becomes `-`.
fn slug(text: &str) -> String {
    text.chars()
        .map(
            |letter| if letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.') { letter } else { '-' },
        )
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    #[test]
    fn a_sheet_names_itself_and_escapes() {
        let mut sheet = Sheet::new("burn", "p 1", Column::Wide, (100.0, 50.0));
        sheet.line(Ink::Done, &[(0.0, 0.0), (10.25, 5.0)]);
        sheet.line(Ink::Done, &[(0.0, 0.0)]);
        sheet.words(&Words::new("a < b", (1.0, 2.0), Ink::Text));
        expect![[r#"<svg class="drawing drawing-burn drawing-wide" viewBox="0 0 100 50" role="img" aria-labelledby="p-1-title" aria-describedby="p-1-desc" font-size="12"><title id="p-1-title">R&amp;D</title><desc id="p-1-desc">One &quot;sentence&quot;.</desc><path class="d-line ink-done" d="M0 0l10.3 5"/><text x="1" y="6.2">a &lt; b</text></svg>"#]]
        .assert_eq(&sheet.finish("R&D", "One \"sentence\"."));
    }

    #[test]
    fn a_sheet_with_links_is_a_group() {
        let mut sheet = Sheet::new("gantt", "g", Column::Wide, (10.0, 10.0));
        let row = Group { class: "d-row", id: Some("task-a"), href: Some("#task-a"), title: "Words" };
        sheet.open(&row);
        sheet.close(&row);
        let svg = sheet.finish("t", "s");
        assert!(svg.contains(r#"role="group""#), "{svg}");
        assert!(
            svg.contains(r##"<a class="d-row" href="#task-a" id="g-task-a"><title>Words</title></a>"##),
            "{svg}"
        );
    }
}
