//! What stands beside the bars of a Gantt chart: when work ends and how far that is from the baseline. A label keeps away
//! from the strokes of links and from the status line, which would run through its letters.

use crate::chart::days::{end_of, slip_text};
use crate::chart::gantt::{GanttRow, RowKind};
use crate::chart::gantt_canvas::Canvas;
use crate::chart::ink::Ink;
use crate::chart::path::Spot;
use crate::chart::svg::{Anchor, Column, SMALL_SIZE, Sheet, Words};
use crate::chart::text_width::{Weight, text_width};
use crate::format;

/// Half the height of a label, in pixels.
const HALF_HEIGHT: f64 = 5.0;

/// Between a label and what stands before it, in pixels.
const GAP: f64 = 6.0;

/// How far, in pixels, a label may stand from its bar and still be read as a part of it.
const FARTHEST: f64 = 32.0;

/// Where a label begins, how wide it is, and the height of its middle; in pixels.
#[derive(Clone, Copy, Debug)]
struct Label {
    x: f64,
    width: f64,
    level: f64,
}

impl Label {
    /// Whether a right-angled stroke runs through the label or touches it.
    fn is_crossed_by(&self, [from, to]: &[Spot; 2]) -> bool {
        let (left, right) = (from.0.min(to.0), from.0.max(to.0));
        let (top, bottom) = (from.1.min(to.1), from.1.max(to.1));
        right > self.x - 3.0
            && left < self.x + self.width + 2.0
            && bottom > self.level - HALF_HEIGHT
            && top < self.level + HALF_HEIGHT
    }

    /// The label behind all strokes that run through it; `None` if that is too far away.
    fn behind(self, strokes: &[[Spot; 2]]) -> Option<Self> {
        let mut label = self;
        while label.x - self.x <= FARTHEST {
            let crossing = strokes.iter().filter(|stroke| label.is_crossed_by(stroke));
            let Some(end) = crossing.map(|[from, to]| from.0.max(to.0)).max_by(f64::total_cmp) else {
                return Some(label);
            };
            label.x = end + GAP;
        }
        None
    }
}

impl Canvas<'_> {
    /// Beside unfinished work and beside gates: when it ends and how far that is from the baseline.
    pub(super) fn write_slip(&self, sheet: &mut Sheet, index: usize, row: &GanttRow) {
        if sheet.column() == Column::Narrow || self.is_brief() {
            return;
        }
        let Some((_, planned)) = row.baseline else { return };
        let Some(slip) = row.slip.filter(|slip| *slip != 0) else { return };
        if matches!(row.kind, RowKind::Stage | RowKind::Summary) {
            return;
        }
        let (left, right) = self.extent(row);
        let ghost = self.x(end_of(planned));
        let deadline = row.deadline.map_or(right, |deadline| self.x(end_of(deadline)) + 5.0);
        let shape = if matches!(row.kind, RowKind::Gate | RowKind::Milestone) { 6.0 } else { 0.0 };
        let x = (right + shape).max(ghost).max(deadline) + 6.0;
        let ink = if slip > 0 { Ink::Worse } else { Ink::Better };
        let text = if row.done < 1.0 {
            format!("{} {}", format::short_date(row.finish), slip_text(slip))
        } else {
            slip_text(slip)
        };
        let level = self.top(index) + 9.0;
        let label = Label { x, width: text_width(&text, SMALL_SIZE, Weight::Regular), level };
        let strokes = self.strokes_at(level);
        let edge = self.plot.frame().right + 90.0;
        let fits = |label: &Label| label.x + label.width <= edge;
        let before = Label { x: left - shape * 2.0 - 5.0 - label.width, ..label };
        let is_free_before =
            before.x >= self.plot.frame().left && !strokes.iter().any(|stroke| before.is_crossed_by(stroke));
        // Where every place is crossed the halo of the letters has to do.
        let crossed = (fits(&label) && !is_free_before).then_some(label);
        if let Some(label) = label.behind(&strokes).filter(fits).or(crossed) {
            sheet.words(&Words::new(&text, (label.x, level), ink).small());
        } else {
            let words = Words::new(&text, (before.x + before.width, level), ink).small();
            sheet.words(&words.anchored(Anchor::End));
        }
    }

    /// The strokes of links near a height, and that of the status line.
    fn strokes_at(&self, level: f64) -> Vec<[Spot; 2]> {
        let is_near = |[from, to]: &&[Spot; 2]| {
            from.1.max(to.1) > level - HALF_HEIGHT && from.1.min(to.1) < level + HALF_HEIGHT
        };
        let frame = self.plot.frame();
        let status = self.input.status_date.map(|date| {
            let x = self.x(end_of(date));
            [(x, frame.top), (x, frame.bottom)]
        });
        self.strokes.iter().filter(is_near).copied().chain(status).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LABEL: Label = Label { x: 100.0, width: 40.0, level: 50.0 };

    /// Where the label stands among some strokes, in whole pixels.
    fn place(strokes: &[[Spot; 2]]) -> Option<String> {
        LABEL.behind(strokes).map(|label| format!("{:.0}", label.x))
    }

    #[test]
    fn a_label_stands_where_it_belongs_if_nothing_runs_through_it() {
        let above = [(90.0, 40.0), (150.0, 40.0)];
        let before = [(97.0, 0.0), (97.0, 99.0)];
        assert_eq!(place(&[above, before]).as_deref(), Some("100"));
    }

    #[test]
    fn a_label_stands_behind_the_link_that_would_run_through_it() {
        let step = [[(94.0, 50.0), (107.0, 50.0)], [(107.0, 50.0), (107.0, 80.0)]];
        assert_eq!(place(&step).as_deref(), Some("113"));
        let next = [(122.0, 0.0), (122.0, 99.0)];
        assert_eq!(place(&[step[0], step[1], next]).as_deref(), Some("128"));
    }

    #[test]
    fn a_label_does_not_leave_its_bar_for_a_long_link() {
        assert_eq!(place(&[[(94.0, 50.0), (300.0, 50.0)]]), None);
    }
}
