//! The pieces that views are made of, in the shape in which the theme's components take them.
//!
//! Finished words and semantic states only: what stands here is printed as it is.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use crate::control::RiskLevel;
use crate::page::prose::Prose;
use crate::page::scorecard::PastStatus;
use crate::page::sort_value::sort_value;

/// A state that is never shown by colour alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Status {
    /// What a rule rates: `green`, `amber`, `red`. Where work stands: `open` (waits), `half` (under way), `blue` (finished or
    /// stopped), `grey` (not known). The four classes of risk, lowest first: `level-1` to `level-4`.
    pub class: &'static str,
    /// The letter inside the shape; none for a plain shape.
    pub letter: Option<&'static str>,
    /// What it means, in a word or two.
    pub word: String,
}

impl Status {
    /// Finished: a blue square with a tick.
    #[must_use]
    pub fn done(word: impl Into<String>) -> Self {
        Self { class: "blue", letter: None, word: word.into() }
    }

    /// Stopped: a blue square with a cross.
    #[must_use]
    pub fn stopped(word: impl Into<String>) -> Self {
        Self { class: "blue", letter: Some("×"), word: word.into() }
    }

    /// Not known, not judged, or given up: a dashed grey circle.
    #[must_use]
    pub fn unknown(word: impl Into<String>) -> Self {
        Self { class: "grey", letter: None, word: word.into() }
    }

    /// Open and waiting, without any judgement: a hollow circle.
    #[must_use]
    pub fn open(word: impl Into<String>) -> Self {
        Self { class: "open", letter: None, word: word.into() }
    }

    /// Under way, without any judgement: a half-filled disc.
    #[must_use]
    pub fn half(word: impl Into<String>) -> Self {
        Self { class: "half", letter: None, word: word.into() }
    }

    /// A class of risk: as many filled bars as its place among the four.
    #[must_use]
    pub fn level(level: RiskLevel) -> Self {
        let (class, word) = match level {
            RiskLevel::Low => ("level-1", "Low"),
            RiskLevel::Medium => ("level-2", "Medium"),
            RiskLevel::High => ("level-3", "High"),
            RiskLevel::VeryHigh => ("level-4", "Very high"),
        };
        Self { class, letter: None, word: word.to_owned() }
    }

    /// Well.
    #[must_use]
    pub fn green(word: impl Into<String>) -> Self {
        Self { class: "green", letter: Some("G"), word: word.into() }
    }

    /// To be watched.
    #[must_use]
    pub fn amber(word: impl Into<String>) -> Self {
        Self { class: "amber", letter: Some("A"), word: word.into() }
    }

    /// To be acted on.
    #[must_use]
    pub fn red(word: impl Into<String>) -> Self {
        Self { class: "red", letter: Some("R"), word: word.into() }
    }
}

/// The class of cells that name lines of files: where something was typed moves with every line above it, so that it is no part
/// of what a document says. What is set in the same letters and is said, such as a digest, has the class `mono`.
pub const PLACE: &str = "place";

/// Text as it may stand in HTML, between tags or in a quoted attribute.
#[must_use]
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A link with its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Link {
    /// The words.
    pub label: String,
    /// Where it leads; none prints the words alone.
    pub href: Option<String>,
}

/// What stands in one cell of a table, or beside a label. Templates see only what it has: a field that is none is not there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// Plain text; backticks become code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Where the text leads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
    /// One of the classes that the table component knows: `muted`, `mono`, `place`, `good`, `bad`, `indent-1` …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<&'static str>,
    /// A second, smaller line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// A state before the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// An author's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prose: Option<Prose>,
    /// Where the figure is explained, or where it was typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explained: Option<String>,
    /// What its row is sorted by, where the printed words would not say it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<String>,
    /// What it was by report: drawn by the program.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spark: Option<String>,
    /// What the state was on the last reports, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub past: Vec<PastStatus>,
}

impl Cell {
    /// Plain text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: Some(text.into()), ..Self::default() }
    }

    /// Nothing to show here: the dash.
    #[must_use]
    pub fn nothing() -> Self {
        Self::text(crate::format::NOTHING).class("muted")
    }

    /// The text, or the dash where there is none.
    #[must_use]
    pub fn maybe(text: Option<impl Into<String>>) -> Self {
        text.map_or_else(Self::nothing, Self::text)
    }

    /// An author's words.
    #[must_use]
    pub fn prose(prose: Prose) -> Self {
        Self { prose: Some(prose), ..Self::default() }
    }

    /// A state and nothing else.
    #[must_use]
    pub fn status(status: Status) -> Self {
        Self { status: Some(status), ..Self::default() }
    }

    /// Makes the text a link, where there is somewhere to go.
    #[must_use]
    pub fn href(mut self, href: Option<String>) -> Self {
        self.href = href;
        self
    }

    /// Makes the figure open to its formula and inputs, or to the line where it was typed.
    #[must_use]
    pub fn explained(mut self, href: Option<String>) -> Self {
        self.explained = href;
        self
    }

    /// Says what its row is sorted by: a number, or words.
    #[must_use]
    pub fn sorted(mut self, value: &impl ToString) -> Self {
        self.sort = Some(value.to_string());
        self
    }

    /// Adds the small line of what it was by report, where there is one.
    #[must_use]
    pub fn spark(mut self, drawing: Option<String>) -> Self {
        self.spark = drawing;
        self
    }

    /// Adds what the state was on the last reports, oldest first.
    #[must_use]
    pub fn past(mut self, past: Vec<PastStatus>) -> Self {
        self.past = past;
        self
    }

    /// Adds a second line.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// Adds a second line where there is one.
    #[must_use]
    pub fn note_if(mut self, note: Option<String>) -> Self {
        self.note = note;
        self
    }

    /// Sets the class.
    #[must_use]
    pub fn class(mut self, class: &'static str) -> Self {
        self.class = Some(class);
        self
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::text(text)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Its cells; the first is its heading.
    pub cells: Vec<Cell>,
    /// Its anchor.
    pub id: Option<String>,
    /// `summary`, `group` (one cell over the whole width), `total`, `critical` or `muted`.
    pub class: Option<&'static str>,
}

impl Row {
    /// A plain row.
    #[must_use]
    pub fn new(cells: Vec<Cell>) -> Self {
        Self { cells, id: None, class: None }
    }

    /// A heading over the rows that follow.
    #[must_use]
    pub fn group(title: impl Into<String>) -> Self {
        Self { cells: vec![Cell::text(title)], id: None, class: Some("group") }
    }

    /// Gives it an anchor.
    #[must_use]
    pub fn id(mut self, id: Option<String>) -> Self {
        self.id = id;
        self
    }

    /// Sets the class.
    #[must_use]
    pub fn class(mut self, class: &'static str) -> Self {
        self.class = Some(class);
        self
    }
}

/// From so many rows on a table can be sorted and filtered: fewer are seen at a glance.
const LONG: usize = 12;

/// So few rows more are shown rather than folded away.
pub const FEW_MORE: usize = 3;

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Headings of its columns.
    pub head: Vec<String>,
    /// For each column, whether it is aligned as numbers.
    pub numeric: Vec<bool>,
    /// Its rows, in order.
    pub rows: Vec<Row>,
}

impl Table {
    /// Begins a table; a heading that starts with `#` is a column of numbers.
    #[must_use]
    pub fn new(head: &[&str]) -> Self {
        Self {
            head: head.iter().map(|title| title.trim_start_matches('#').to_owned()).collect(),
            numeric: head.iter().map(|title| title.starts_with('#')).collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a row.
    pub fn push(&mut self, row: Row) {
        self.rows.push(row);
    }

    /// Adds several rows.
    pub fn extend(&mut self, rows: impl IntoIterator<Item = Row>) {
        self.rows.extend(rows);
    }

    /// Keeps the first so many rows and gives the others as a table of their own; an empty one where so few are left that they need
    /// no more room than saying so.
    #[must_use]
    pub fn split_off(&mut self, at: usize) -> Self {
        let rows = if self.rows.len() > at + FEW_MORE { self.rows.split_off(at) } else { Vec::new() };
        Self { head: self.head.clone(), numeric: self.numeric.clone(), rows }
    }

    /// The table without columns in which nothing stands; the first stays.
    #[must_use]
    pub fn without_empty_columns(mut self) -> Self {
        let is_told = |cell: &Cell| *cell != Cell::nothing() && *cell != Cell::default();
        let n_columns = self.head.len();
        let kept: Vec<bool> = (0..n_columns)
            .map(|place| place == 0 || self.rows.iter().any(|row| row.cells.get(place).is_some_and(is_told)))
            .collect();
        let mut is_kept = kept.iter();
        self.head.retain(|_| is_kept.next() == Some(&true));
        let mut is_kept = kept.iter();
        self.numeric.retain(|_| is_kept.next() == Some(&true));
        for row in self.rows.iter_mut().filter(|row| row.cells.len() == n_columns) {
            let mut is_kept = kept.iter();
            row.cells.retain(|_| is_kept.next() == Some(&true));
        }
        self
    }

    /// The states that its rows tell, from the top: the first of each row; rows without one are left out.
    #[must_use]
    pub fn statuses(&self) -> Vec<Status> {
        let of_row = |row: &Row| row.cells.iter().find_map(|cell| cell.status.clone());
        self.rows.iter().filter_map(of_row).collect()
    }
}

impl Table {
    /// Its rows, in a long table each cell with what it is sorted by; in a short one none, which leaves it as it stands.
    fn rows_to_show(&self) -> Vec<Row> {
        let is_long = self.rows.len() >= LONG;
        let mut rows = self.rows.clone();
        for row in &mut rows {
            for (place, cell) in row.cells.iter_mut().enumerate() {
                let is_numeric = self.numeric.get(place).copied().unwrap_or_default();
                cell.sort = sort_value(cell, is_numeric).filter(|_| is_long && row.class != Some("group"));
            }
        }
        rows
    }
}

impl Serialize for Table {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Shown<'a> {
            head: &'a [String],
            numeric: &'a [bool],
            rows: &'a [Row],
        }
        let rows = self.rows_to_show();
        Shown { head: &self.head, numeric: &self.numeric, rows: &rows }.serialize(serializer)
    }
}

/// A label and what it says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// The label.
    pub label: String,
    /// Plain text; backticks become code.
    pub text: Option<String>,
    /// Where the text leads.
    pub href: Option<String>,
    /// A second, smaller line.
    pub note: Option<String>,
    /// A state before the text.
    pub status: Option<Status>,
    /// An author's words.
    pub prose: Option<Prose>,
    /// Where the figure is explained, or where it was typed.
    pub explained: Option<String>,
}

impl Fact {
    /// A label and plain text.
    #[must_use]
    pub fn new(label: impl Into<String>, text: impl Into<String>) -> Self {
        Self { label: label.into(), text: Some(text.into()), ..Self::default() }
    }

    /// A label and what a cell would say.
    #[must_use]
    pub fn of(label: impl Into<String>, cell: Cell) -> Self {
        Self {
            label: label.into(),
            text: cell.text,
            href: cell.href,
            note: cell.note,
            status: cell.status,
            prose: cell.prose,
            explained: cell.explained,
        }
    }

    /// Makes the figure open to its formula and inputs, or to the line where it was typed.
    #[must_use]
    pub fn explained(mut self, href: Option<String>) -> Self {
        self.explained = href;
        self
    }
}

/// A key figure.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tile {
    /// What it is.
    pub label: String,
    /// The figure.
    pub figure: String,
    /// Its unit, such as `EUR`.
    pub unit: Option<String>,
    /// What it is compared with first of all.
    pub note: Option<String>,
    /// What else it is compared with, a line each; empty where there is nothing.
    pub details: Vec<String>,
    /// How it is judged.
    pub status: Option<Status>,
    /// The page that tells more.
    pub href: Option<String>,
    /// Where the figure itself is explained.
    pub explained: Option<String>,
}

/// A finding of the checks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// `error`, `warning` or `info`.
    pub severity: &'static str,
    /// The rule's code.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// `file:line`.
    #[serde(rename = "where")]
    pub place: Option<String>,
    /// The line itself; none where its file is not shown.
    pub place_href: Option<String>,
    /// What to do.
    pub hints: Vec<String>,
    /// Where the rule is explained.
    pub rule_href: Option<String>,
    /// Its anchor.
    pub id: Option<String>,
    /// Why, by whom and until when it is let pass.
    pub waiver: Option<String>,
    /// Where the things lead that message and hints name in backticks, by their ids.
    pub links: BTreeMap<String, String>,
}

/// A step of the stage track.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// The stage.
    pub name: String,
    /// `done`, `current` or `ahead`.
    pub state: &'static str,
    /// A few words beneath it.
    pub note: Option<String>,
    /// Its gate and when it was or will be passed.
    pub gate: Option<String>,
    /// The page of the stage.
    pub href: Option<String>,
}

/// The data beneath a chart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChartTable {
    /// What the table shows.
    pub caption: String,
    /// Headings of its columns.
    pub head: Vec<String>,
    /// For each column, whether it is aligned as numbers.
    pub numeric: Vec<bool>,
    /// Its rows.
    pub rows: Vec<Vec<String>>,
}

/// A chart with its sentence and its data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Chart {
    /// Its name, part of its anchor.
    pub name: String,
    /// The drawing.
    pub svg: String,
    /// Its title.
    pub title: String,
    /// What it shows, in one sentence.
    pub sentence: String,
    /// Its data.
    pub table: ChartTable,
}

impl Chart {
    /// A finished drawing under a name that is its own on the page.
    #[must_use]
    pub fn of(name: &str, drawing: crate::chart::Drawing) -> Self {
        Self {
            name: name.to_owned(),
            svg: drawing.svg,
            title: drawing.title,
            sentence: drawing.sentence,
            table: ChartTable {
                caption: drawing.table.caption,
                head: drawing.table.head,
                numeric: drawing.table.numeric,
                rows: drawing.table.rows,
            },
        }
    }
}

/// The title band of a printable document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Band {
    /// Project and code.
    pub kicker: String,
    /// The document's name.
    pub title: String,
    /// `Draft`, `Decided`, `Superseded`; none where it does not apply.
    pub state: Option<String>,
    /// `draft`, `decided` or `superseded`.
    pub state_class: &'static str,
    /// Status date, version, prepared by, revision.
    pub facts: Vec<Fact>,
    /// The day of its figures, for machines: `2026-11-20`.
    pub day: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(n_rows: usize) -> Table {
        let mut table = Table::new(&["Task", "#Float", "#To deadline"]);
        table.push(Row::group("Planning"));
        table.extend(
            (1..n_rows)
                .map(|row| Row::new(vec![Cell::text(row.to_string()), Cell::text("0 d"), Cell::nothing()])),
        );
        table
    }

    #[test]
    fn a_column_in_which_nothing_stands_is_left_out_and_headings_over_rows_stay_whole() {
        let table = table(3).without_empty_columns();
        assert_eq!(
            (table.head.as_slice(), table.numeric.as_slice()),
            (&["Task".to_owned(), "Float".to_owned()][..], &[false, true][..])
        );
        assert_eq!(table.rows.iter().map(|row| row.cells.len()).collect::<Vec<usize>>(), [1, 2, 2]);
    }

    #[test]
    fn few_rows_more_are_shown_rather_than_folded() {
        let n_rows = |all: usize| {
            let mut first = table(all);
            let rest = first.split_off(8);
            (first.rows.len(), rest.rows.len(), rest.head.len())
        };
        assert_eq!([n_rows(8), n_rows(11), n_rows(12)], [(8, 0, 3), (11, 0, 3), (8, 4, 3)]);
    }
}
