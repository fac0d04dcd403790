//! Bars along rows, from zero to the left and to the right: one quantity of many things, compared by length.
//!
//! A kit for charts, not a chart: who uses it brings names, lengths, words and the sentence.

use crate::chart::kit::frame::Plot;
use crate::chart::kit::ink::Ink;
use crate::chart::kit::notes::Frame;
use crate::chart::kit::path::{PathData, Spot};
use crate::chart::kit::scale::{AmountAxis, RowAxis};
use crate::chart::kit::svg::{Anchor, Column, Group, SMALL_SIZE, Sheet, TEXT_SIZE, Words};
use crate::chart::kit::text_width::{Weight, text_width, wrapped};

/// Height of a row in pixels; on a telephone the name stands above the bar.
const ROW: f64 = 26.0;

/// Height of a line of a name in pixels.
const LINE: f64 = 15.0;

/// So many lines a name has at most.
const MOST_LINES: usize = 3;

/// What the bars are drawn from.
#[derive(Clone, Debug)]
pub(crate) struct RowBars<'a> {
    /// Name of the chart.
    pub(crate) name: &'static str,
    /// Begins every id in the markup; unique on the page.
    pub(crate) id_prefix: &'a str,
    /// What the lengths are, beneath the axis: "working days".
    pub(crate) unit: &'a str,
    /// What zero means, where it has a name: "needed".
    pub(crate) zero: Option<&'a str>,
    /// Rows from the top.
    pub(crate) rows: &'a [RowBar],
}

/// One bar.
#[derive(Clone, Debug)]
pub(crate) struct RowBar {
    /// Name beside it.
    pub(crate) name: String,
    /// Where the row leads; no link if `None`.
    pub(crate) href: Option<String>,
    /// Its length; to the left of zero where negative.
    pub(crate) length: f64,
    /// The length in words.
    pub(crate) label: String,
    /// All of it in a sentence, as a tooltip and for readers who do not see.
    pub(crate) title: String,
    /// Good or bad.
    pub(crate) ink: Ink,
}

/// Draws the bars for a column.
pub(crate) fn paint(input: &RowBars<'_>, column: Column) -> Sheet {
    let is_wide = column == Column::Wide;
    let width = if is_wide { 800.0 } else { 360.0 };
    let widest = |texts: &mut dyn Iterator<Item = &str>, size: f64| {
        texts.map(|text| text_width(text, size, Weight::Strong)).fold(40.0, f64::max)
    };
    let names = widest(&mut input.rows.iter().map(|row| row.name.as_str()), TEXT_SIZE).min(300.0);
    let labels = widest(&mut input.rows.iter().map(|row| row.label.as_str()), SMALL_SIZE) + 14.0;
    // Labels stand outside the ends of their bars, on either side.
    let has_negative = input.rows.iter().any(|row| row.length < 0.0);
    // On a telephone the label stands beside the first line of the name.
    let room = if is_wide { names } else { width - 30.0 - labels };
    let names_in_lines: Vec<String> = input
        .rows
        .iter()
        .map(|bar| wrapped(&bar.name, TEXT_SIZE, Weight::Regular, (room, MOST_LINES)))
        .collect();
    let n_lines = names_in_lines.iter().map(|name| name.lines().count()).max().unwrap_or(1).max(1);
    let (left, row, right) = if is_wide {
        let row = ROW.max(LINE * n_lines as f64 + 8.0);
        (names + 16.0 + if has_negative { labels } else { 0.0 }, row, width - labels)
    } else {
        (8.0, ROW + 1.0 + LINE * n_lines as f64, width - 8.0)
    };
    let n_rows = input.rows.len();
    let frame = Frame { left, top: 8.0, right, bottom: 8.0 + row * n_rows.max(1) as f64 };
    let lengths = AmountAxis::of_counts_or_amounts(
        input.rows.iter().map(|row| row.length),
        if is_wide { 6 } else { 4 },
    );
    let mut sheet = Sheet::new(input.name, input.id_prefix, column, (width, frame.bottom + 40.0));
    let plot = Plot::downwards(lengths, RowAxis::new(n_rows), frame);
    draw_axis(&mut sheet, &plot, input);
    for (place, (bar, name)) in input.rows.iter().zip(&names_in_lines).enumerate() {
        let top = plot.y(place as f64);
        let n_above = LINE * (name.lines().count().max(1) as f64 - 1.0);
        let middle = if is_wide { top + row / 2.0 } else { top + n_above + 29.0 };
        sheet.open(&Group { class: "d-row", id: None, href: bar.href.as_deref(), title: &bar.title });
        let (zero, end) = (plot.x(0.0), plot.x(bar.length));
        // Nothing has no bar; what is less than a pixel is still seen.
        if bar.length != 0.0 {
            let size = ((end - zero).abs().max(2.0), 12.0);
            sheet.path("area", bar.ink, &PathData::default().rect((zero.min(end), middle - 6.0), size));
        }
        // Pale surfaces make no legible words.
        let ink = if bar.ink == Ink::Worse { bar.ink } else { Ink::Text };
        if is_wide {
            write_lines(&mut sheet, name, (8.0, middle - n_above / 2.0));
            let (at, anchor) =
                if bar.length < 0.0 { (end - 7.0, Anchor::End) } else { (end + 7.0, Anchor::Start) };
            sheet.words(&Words::new(&bar.label, (at, middle), ink).small().strong().anchored(anchor));
        } else {
            write_lines(&mut sheet, name, (12.0, top + 12.0));
            let words = Words::new(&bar.label, (width - 8.0, top + 12.0), ink);
            sheet.words(&words.small().strong().anchored(Anchor::End));
        }
        sheet.close(&Group { class: "d-row", id: None, href: bar.href.as_deref(), title: &bar.title });
    }
    sheet
}

/// Writes the lines of a name beneath each other, the first at `from`.
fn write_lines(sheet: &mut Sheet, name: &str, from: Spot) {
    for (place, line) in name.lines().enumerate() {
        sheet.words(&Words::new(line, (from.0, from.1 + LINE * place as f64), Ink::Text));
    }
}

/// Upright lines at round lengths, named beneath; zero is the strong one.
fn draw_axis(sheet: &mut Sheet, plot: &Plot<AmountAxis, RowAxis>, input: &RowBars<'_>) {
    let frame = plot.frame();
    let mut grid = PathData::default();
    let mut free_from = f64::NEG_INFINITY;
    for tick in plot.across().ticks() {
        let x = plot.x(tick);
        grid = grid.crisp((x, frame.top), (x, frame.bottom + 4.0));
        let text = match input.zero.filter(|_| tick.abs() < 1e-9) {
            Some(zero) => zero.to_owned(),
            None => plot.across().text(tick),
        };
        let half = text_width(&text, SMALL_SIZE, Weight::Regular) / 2.0;
        let middle = x.max(half).min(sheet.size().0 - half);
        if middle - half > free_from {
            free_from = middle + half + 6.0;
            let words = Words::new(&text, (middle, frame.bottom + 13.0), Ink::Muted);
            sheet.words(&words.small().anchored(Anchor::Middle));
        }
    }
    sheet.path("line", Ink::Grid, &grid);
    let x = plot.x(0.0);
    sheet.path("line", Ink::Axis, &PathData::default().crisp((x, frame.top), (x, frame.bottom + 4.0)));
    sheet.words(&Words::new(input.unit, (frame.left, frame.bottom + 28.0), Ink::Muted).small());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_breaks_into_lines_and_is_not_cut() {
        let name = "X1 Read access to tills, web shop, stock system and ledger of all branches";
        let bar = RowBar {
            name: name.to_owned(),
            href: None,
            length: 3.0,
            label: "+3 d".to_owned(),
            title: String::new(),
            ink: Ink::Done,
        };
        let rows = [bar];
        let bars = RowBars { name: "bars", id_prefix: "bars", unit: "working days", zero: None, rows: &rows };
        for column in [Column::Wide, Column::Narrow] {
            let svg = paint(&bars, column).finish("Bars", "");
            assert!(svg.contains("branches") && !svg.contains('…'), "{svg}");
        }
    }
}
