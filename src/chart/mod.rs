//! Charts: one file per chart on a small drawing kit.
//!
//! In: plain inputs with numbers for positions and finished texts for labels. Out: a [`Drawing`], that is an SVG that
//! carries classes and no colour, one sentence that says what it shows, and its data as a table. `plotters` computes
//! positions and draws lines on a backend of our own ([`pen::Pen`]). Deliberately not here: colours, fonts and dashes
//! (the theme's `chart.css`), and any reading of project files.

pub mod budget;
pub mod burn;
pub mod gantt;
pub mod reading;
pub mod risk_matrix;
pub mod s_curve;
pub mod slip;

mod days;
mod frame;
mod gantt_canvas;
mod gantt_key;
mod gantt_links;
mod ink;
mod notes;
mod path;
mod pen;
mod scale;
mod svg;
mod text_width;

#[cfg(test)]
mod tests;

/// A finished chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// Name of the kind of chart; also its class `chart-…`.
    pub name: &'static str,
    /// Markup to place into a page: one `<svg>` for wide columns, followed, where the chart gains by it, by a second
    /// for narrow ones. The style sheet shows one of the two by the width of the surrounding `.chart-box`.
    pub svg: String,
    /// Heading of the chart.
    pub title: String,
    /// What the chart shows, in one sentence.
    pub sentence: String,
    /// The numbers behind the chart.
    pub table: DataTable,
}

/// The numbers behind a chart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DataTable {
    /// What the table lists.
    pub caption: String,
    /// Headings of the columns.
    pub head: Vec<String>,
    /// For each column, whether it holds numbers and is therefore set flush right.
    pub numeric: Vec<bool>,
    /// Rows; each has as many cells as [`DataTable::head`]. Empty if there is nothing to show.
    pub rows: Vec<Vec<String>>,
}

impl DataTable {
    /// An empty table with the columns `head`, of which the marked are numeric.
    pub(crate) fn with_columns(caption: String, columns: &[(&str, Column)]) -> Self {
        Self {
            caption,
            head: columns.iter().map(|(name, _)| (*name).to_owned()).collect(),
            numeric: columns.iter().map(|(_, column)| *column == Column::Number).collect(),
            rows: Vec::new(),
        }
    }
}

/// What a column of a [`DataTable`] holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    /// Words and dates.
    Word,
    /// Numbers.
    Number,
}
