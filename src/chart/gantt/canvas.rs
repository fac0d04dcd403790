//! A sheet of the Gantt chart while it is being drawn: where its rows and days lie.

use std::ops::Range;

use crate::chart::gantt::input::{GanttInput, GanttRow, RowKind};
use crate::chart::kit::days::{end_of, start_of};
use crate::chart::kit::frame::RowPlot;
use crate::chart::kit::path::Spot;
use crate::chart::kit::scale::Period;

/// Height of a bar with its baseline in pixels: dense enough for a project on a page, high enough for a finger.
pub(super) const ROW: f64 = 22.0;

/// Height of the name above the bar, in pixels, where the column is too narrow for a name beside it.
pub(super) const NAME_ABOVE: f64 = 15.0;

/// Where links may leave and reach a row.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ends {
    /// Left edge of the bar.
    pub left: f64,
    /// Right edge of the bar.
    pub right: f64,
    /// Middle of the bar.
    pub middle: f64,
    /// Half the height of the bar.
    pub half_height: f64,
    /// Where it may be reached from above or below, inside its left end.
    pub entry: f64,
    /// Where it may be left upwards or downwards, inside its right end.
    pub exit: f64,
}

/// A sheet of the chart while it is being drawn.
pub(super) struct Canvas<'a> {
    pub(super) input: &'a GanttInput,
    pub(super) plot: RowPlot,
    pub(super) label_width: f64,
    /// Height of what stands above a bar within its row.
    pub(super) above: f64,
    pub(super) period: Period,
    /// The rows of this sheet.
    pub(super) rows: Range<usize>,
    /// The strokes of links that are drawn on this sheet, from which labels keep away.
    pub(super) strokes: Vec<[Spot; 2]>,
}

impl<'a> Canvas<'a> {
    /// The rows of this sheet with their places among all.
    pub(super) fn own_rows(&self) -> impl Iterator<Item = (usize, &'a GanttRow)> + use<'a> {
        let rows = self.rows.clone();
        rows.clone().zip(self.input.rows.get(rows).unwrap_or_default())
    }

    /// Where links may leave and reach a row.
    pub(super) fn ends(&self, index: usize) -> Ends {
        let Some(row) = self.input.rows.get(index) else { return Ends::default() };
        let (left, right) = self.extent(row);
        let middle = self.top(index) + 9.5;
        match row.kind {
            RowKind::Milestone | RowKind::Gate => Ends {
                left: right - 6.0,
                right: right + 6.0,
                middle: middle + 1.5,
                half_height: 7.0,
                entry: right,
                exit: right,
            },
            _ => Ends {
                left,
                right,
                middle,
                half_height: 5.5,
                entry: (left + 4.0).min(right),
                exit: (right - 2.0).max(left),
            },
        }
    }

    /// Whether the plan is so large that rows are drawn with as little as possible.
    pub(super) fn is_brief(&self) -> bool {
        self.input.is_brief()
    }

    /// Upper edge of a row's bar on the sheet; above or beneath it for the rows of other sheets.
    pub(super) fn top(&self, index: usize) -> f64 {
        let place = index as f64 - self.rows.start as f64;
        self.plot.frame().top + (ROW + self.above) * place + self.above
    }

    /// Horizontal position of a day, kept within the plot.
    pub(super) fn x(&self, day: f64) -> f64 {
        self.plot.x(day).clamp(self.plot.frame().left, self.plot.frame().right)
    }

    /// Left and right edge of the bar of a row.
    pub(super) fn extent(&self, row: &GanttRow) -> (f64, f64) {
        (self.x(start_of(row.start)), self.x(end_of(row.finish)))
    }
}
