//! What stands beside the bars of a Gantt chart: when work ends and how far that is from the baseline. A label keeps away
//! from the strokes of links and from the status line, which would run through its letters.

use crate::chart::gantt::canvas::Canvas;
use crate::chart::gantt::input::{BandKind, Criticality, GanttRow, RowKind};
use crate::chart::kit::days::{end_of, slip_text, start_of};
use crate::chart::kit::ink::Ink;
use crate::chart::kit::path::{PathData, Spot};
use crate::chart::kit::svg::{Anchor, Column, SMALL_SIZE, Sheet, Words};
use crate::chart::kit::text_width::{Weight, text_width};
use crate::format;

/// Half the height of a label, in pixels.
const HALF_HEIGHT: f64 = 5.0;

/// Between a label and what stands before it, in pixels.
const GAP: f64 = 6.0;

/// How far, in pixels, a label may stand from its bar and still be read as a part of it.
const FARTHEST: f64 = 80.0;

/// How far, in pixels, a label may stand from its bar before the place on the other side of the bar is the better one.
const NEAR: f64 = 14.0;

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
        if row.slip.is_none_or(|slip| slip == 0) {
            return;
        }
        let Some(text) = end_words(row) else { return };
        let (left, right) = self.extent(row);
        let ghost = self.x(end_of(planned));
        let shape = if matches!(row.kind, RowKind::Gate | RowKind::Milestone) { 6.0 } else { 0.0 };
        let x = (right + shape).max(ghost) + 6.0;
        let level = self.top(index) + 9.0;
        let label = Label { x, width: text_width(&text, SMALL_SIZE, Weight::Regular), level };
        // The sign of the deadline is kept clear of, and is not what the label tells of.
        let deadline = row.deadline.map(|deadline| self.x(end_of(deadline)));
        let sign = deadline.map(|x| [(x - 5.0, level), (x + 5.0, level)]);
        let strokes: Vec<[Spot; 2]> = self.strokes_at(level).into_iter().chain(sign).collect();
        let edge = self.plot.frame().right + 90.0;
        let fits = |label: &Label| label.x + label.width <= edge;
        let before = Label { x: left - shape * 2.0 - 5.0 - label.width, ..label };
        let is_free_before =
            before.x >= self.plot.frame().left && !strokes.iter().any(|stroke| before.is_crossed_by(stroke));
        let behind = label.behind(&strokes).filter(fits);
        let is_near = |place: &Label| place.x - label.x <= NEAR || !is_free_before;
        // Where every place is crossed the letters stand on a ground of their own.
        let crossed = (fits(&label) && !is_free_before).then_some(label);
        let place = behind.filter(is_near).or(crossed).unwrap_or(before);
        if strokes.iter().any(|stroke| place.is_crossed_by(stroke)) || self.is_in_closure(&place) {
            let ground = PathData::default().rect(
                (place.x - 2.0, level - HALF_HEIGHT - 1.0),
                (place.width + 4.0, 2.0 * HALF_HEIGHT + 2.0),
            );
            sheet.path("area", Ink::Paper, &ground);
        }
        sheet.words(&Words::new(&text, (place.x, level), ink_of(row)).small());
    }

    /// At the end of the line of a name, where bars stand beneath it: when the work ends and how far that is from the
    /// baseline. Gives the room that is left for the name, in pixels.
    pub(super) fn write_end(&self, sheet: &mut Sheet, level: f64, row: &GanttRow) -> f64 {
        let edge = self.plot.frame().right;
        let Some(text) = end_words(row) else { return edge };
        let words = Words::new(&text, (edge, level), ink_of(row)).small();
        sheet.words(&words.anchored(Anchor::End));
        edge - text_width(&text, SMALL_SIZE, Weight::Regular) - 8.0
    }

    /// Whether a label lies over a hatched stretch.
    fn is_in_closure(&self, label: &Label) -> bool {
        self.input.bands.iter().any(|band| {
            matches!(band.kind, BandKind::Closure(_))
                && self.x(start_of(band.first)) < label.x + label.width
                && self.x(end_of(band.last)) > label.x
        })
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

/// When a row ends, if it has not, and how far that is from the baseline; `None` where there is neither to say.
fn end_words(row: &GanttRow) -> Option<String> {
    if matches!(row.kind, RowKind::Stage | RowKind::Summary) {
        return None;
    }
    let slip = row.slip.filter(|slip| *slip != 0 && row.baseline.is_some()).map(slip_text);
    let end = (row.done < 1.0).then(|| format::short_date(row.finish));
    let words: Vec<String> = end.into_iter().chain(slip).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// Red is what delays the project or misses a deadline; a slip within its float, or of work long done, is told quietly.
fn ink_of(row: &GanttRow) -> Ink {
    let hurts = row.done < 1.0
        && (row.criticality == Criticality::Critical
            || row.deadline.is_some_and(|deadline| row.finish > deadline));
    match row.slip {
        Some(slip) if slip > 0 && hurts => Ink::Worse,
        Some(slip) if slip < 0 => Ink::Better,
        _ => Ink::Muted,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::tests::samples::gantt_row;

    fn row(criticality: Criticality, done: f64, slip: i64) -> GanttRow {
        let dates = ["2026-11-02", "2026-12-04", "2026-10-19", "2026-11-12"];
        GanttRow { criticality, done, slip: Some(slip), ..gantt_row("x", RowKind::Task, dates) }
    }

    #[test]
    fn only_a_slip_that_delays_the_project_or_misses_a_deadline_is_red() {
        use Criticality::{Critical, Free};
        assert_eq!(ink_of(&row(Critical, 0.5, 16)), Ink::Worse);
        assert_eq!(ink_of(&row(Critical, 1.0, 16)), Ink::Muted);
        assert_eq!(ink_of(&row(Free, 0.5, 16)), Ink::Muted);
        assert_eq!(ink_of(&row(Free, 0.5, -2)), Ink::Better);
        let late = GanttRow { deadline: Some("2026-11-30".parse().expect("a date")), ..row(Free, 0.5, 16) };
        assert_eq!(ink_of(&late), Ink::Worse);
    }

    #[test]
    fn what_is_open_says_when_it_ends_and_what_is_done_only_how_late_it_was() {
        assert_eq!(end_words(&row(Criticality::Free, 0.0, 16)).as_deref(), Some("4\u{a0}Dec +16\u{a0}d"));
        assert_eq!(end_words(&row(Criticality::Free, 0.0, 0)).as_deref(), Some("4\u{a0}Dec"));
        assert_eq!(end_words(&row(Criticality::Free, 1.0, 3)).as_deref(), Some("+3\u{a0}d"));
        assert_eq!(end_words(&row(Criticality::Free, 1.0, 0)), None);
    }

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
