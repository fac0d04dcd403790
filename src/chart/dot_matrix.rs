//! Dots in rows and columns: how far each of many things has come in each of several regards.
//!
//! A kit for charts, not a chart: who uses it brings names, dots, words and the sentence. A full dot holds, a ring with a
//! core holds in part, a ring does not hold, a short stroke was not looked at: shapes, so that no colour is needed.

use crate::chart::kit::ink::Ink;
use crate::chart::kit::path::PathData;
use crate::chart::kit::svg::{Anchor, Column, Group, SMALL_SIZE, Sheet, TEXT_SIZE, Words};
use crate::chart::kit::text_width::{Weight, fitted, text_width};

/// Height of a row in pixels; on a telephone the name takes a line more.
const ROW: f64 = 26.0;

/// Radius of a dot in pixels.
const RADIUS: f64 = 6.0;

/// Height of the headings of the columns in pixels.
const HEAD: f64 = 24.0;

/// What the dots are drawn from.
#[derive(Clone, Debug)]
pub(crate) struct DotMatrix<'a> {
    /// Name of the chart.
    pub(crate) name: &'static str,
    /// Begins every id in the markup; unique on the page.
    pub(crate) id_prefix: &'a str,
    /// Headings of the columns.
    pub(crate) columns: &'a [String],
    /// Rows from the top.
    pub(crate) rows: &'a [DotRow],
}

/// A row of dots.
#[derive(Clone, Debug)]
pub(crate) struct DotRow {
    /// Name beside it.
    pub(crate) name: String,
    /// Where the row leads; no link if `None`.
    pub(crate) href: Option<String>,
    /// All of it in a sentence, as a tooltip and for readers who do not see.
    pub(crate) title: String,
    /// A dot for each column; none where the column does not concern the row.
    pub(crate) dots: Vec<Option<DotMark>>,
}

/// How far something has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DotMark {
    /// It holds in full.
    Met,
    /// It holds in part.
    InPart,
    /// It was looked at and does not hold.
    Open,
    /// Nobody has looked at it.
    Unseen,
}

impl DotMark {
    /// The mark of a count of so many; not looked at where there is none, or nothing to count.
    #[must_use]
    pub fn of(count: Option<(i64, i64)>) -> Self {
        match count {
            Some((met, all)) if all > 0 && met >= all => Self::Met,
            Some((met, _)) if met > 0 => Self::InPart,
            Some((_, all)) if all > 0 => Self::Open,
            _ => Self::Unseen,
        }
    }

    /// In words, as tables say it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::InPart => "in part",
            Self::Open => "not met",
            Self::Unseen => "not looked at",
        }
    }
}

/// Draws the dots for a column of the page.
pub(crate) fn paint(input: &DotMatrix<'_>, column: Column) -> Sheet {
    let is_wide = column == Column::Wide;
    let width = if is_wide { 800.0 } else { 360.0 };
    let n_columns = input.columns.len().max(1) as f64;
    let names = input.rows.iter().map(|row| text_width(&row.name, TEXT_SIZE, Weight::Regular));
    let names = names.fold(40.0, f64::max).min(360.0);
    let (left, row_height) = if is_wide { (names + 24.0, ROW) } else { (8.0, ROW + 16.0) };
    let step = ((width - left - 8.0) / n_columns).min(92.0);
    let bottom = HEAD + row_height * input.rows.len().max(1) as f64;
    let mut sheet = Sheet::new(input.name, input.id_prefix, column, (width, bottom + 30.0));
    let middle_of = |place: usize| left + step * (place as f64 + 0.5);
    for (place, heading) in input.columns.iter().enumerate() {
        let heading = fitted(heading, SMALL_SIZE, Weight::Regular, step - 4.0);
        let words = Words::new(&heading, (middle_of(place), 10.0), Ink::Muted);
        sheet.words(&words.small().anchored(Anchor::Middle));
    }
    let mut grid = PathData::default().crisp((0.0, HEAD - 4.0), (width, HEAD - 4.0));
    for (place, row) in input.rows.iter().enumerate() {
        let top = HEAD + row_height * place as f64;
        let level = if is_wide { top + ROW / 2.0 } else { top + 16.0 + ROW / 2.0 };
        let group = Group { class: "d-row", id: None, href: row.href.as_deref(), title: &row.title };
        sheet.open(&group);
        let (at, room) = if is_wide { ((0.0, level), names) } else { ((0.0, top + 10.0), width) };
        let name = fitted(&row.name, TEXT_SIZE, Weight::Regular, room);
        sheet.words(&Words::new(&name, at, Ink::Text));
        for (place, mark) in row.dots.iter().enumerate() {
            if let Some(mark) = mark {
                draw_mark(&mut sheet, *mark, (middle_of(place), level));
            }
        }
        sheet.close(&group);
        grid = grid.crisp((0.0, top + row_height - 2.0), (width, top + row_height - 2.0));
    }
    sheet.path("line", Ink::Grid, &grid);
    draw_key(&mut sheet, bottom + 16.0);
    sheet
}

fn draw_mark(sheet: &mut Sheet, mark: DotMark, at: (f64, f64)) {
    let ring = PathData::default().circle(at, RADIUS);
    match mark {
        DotMark::Met => sheet.path("area", Ink::Done, &ring),
        DotMark::InPart => {
            sheet.path("line", Ink::Done, &ring);
            sheet.path("area", Ink::Done, &PathData::default().circle(at, RADIUS / 2.0));
        }
        DotMark::Open => sheet.path("line", Ink::Muted, &ring),
        DotMark::Unseen => {
            sheet.path("line", Ink::Axis, &PathData::default().crisp((at.0 - 4.0, at.1), (at.0 + 4.0, at.1)));
        }
    }
}

/// What each mark means, beneath the rows.
fn draw_key(sheet: &mut Sheet, level: f64) {
    let mut left = 6.0;
    for mark in [DotMark::Met, DotMark::InPart, DotMark::Open, DotMark::Unseen] {
        draw_mark(sheet, mark, (left + RADIUS, level));
        let words = Words::new(mark.word(), (left + 2.0 * RADIUS + 6.0, level), Ink::Muted).small();
        sheet.words(&words);
        left += 2.0 * RADIUS + 22.0 + text_width(mark.word(), SMALL_SIZE, Weight::Regular);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_becomes_a_mark() {
        assert_eq!(DotMark::of(None), DotMark::Unseen);
        assert_eq!(DotMark::of(Some((0, 0))), DotMark::Unseen);
        assert_eq!(DotMark::of(Some((0, 14))), DotMark::Open);
        assert_eq!(DotMark::of(Some((2, 14))), DotMark::InPart);
        assert_eq!(DotMark::of(Some((14, 14))), DotMark::Met);
    }
}
