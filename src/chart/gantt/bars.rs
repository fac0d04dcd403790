//! The rows of a Gantt chart: grounds, ghosts, names, bars and shapes.

use crate::chart::gantt::canvas::{Canvas, NAME_ABOVE, ROW};
use crate::chart::gantt::input::{BandKind, Criticality, GanttRow, RowKind};
use crate::chart::gantt::key::flag;
use crate::chart::gantt::words::{brief_words_of, words_of};
use crate::chart::kit::days::{end_of, start_of};
use crate::chart::kit::ink::Ink;
use crate::chart::kit::path::{PathData, crisp};
use crate::chart::kit::svg::{Column, Group, Sheet, TEXT_SIZE, Words};
use crate::chart::kit::text_width::{Weight, fitted, text_width};

impl Canvas<'_> {
    /// Grounds of stages, bands of time without work, lines between periods.
    pub(super) fn draw_ground(&self, sheet: &mut Sheet) {
        let frame = self.plot.frame();
        let mut stages = PathData::default();
        for (index, row) in self.own_rows() {
            if row.kind == RowKind::Stage {
                stages = stages.rect((0.0, self.top(index) - self.above), (frame.right, ROW + self.above));
            }
        }
        sheet.path("area", Ink::Stripe, &stages);
        let days_are_wide = (frame.right - frame.left) / self.plot.across().length() >= 2.5;
        let mut rests = PathData::default();
        let mut closures = PathData::default();
        for band in &self.input.bands {
            let (left, right) = (self.x(start_of(band.first)), self.x(end_of(band.last)));
            if right <= left {
                continue;
            }
            let corner = (left, frame.top);
            let size = (right - left, frame.bottom - frame.top);
            match band.kind {
                BandKind::Rest if days_are_wide => rests = rests.rect(corner, size),
                BandKind::Rest => {}
                BandKind::Closure(_) => {
                    closures = closures.rect((left, frame.top - 14.0), (size.0, size.1 + 14.0));
                }
            }
        }
        sheet.path("area", Ink::Rested, &rests);
        sheet.hatched(Ink::Closure, &closures);
    }

    /// Baselines beneath the bars and float behind them, all in one path each.
    pub(super) fn draw_ghosts(&self, sheet: &mut Sheet) {
        let mut ghosts = PathData::default();
        let mut floats = PathData::default();
        for (index, row) in self.own_rows() {
            let top = self.top(index);
            if let Some((first, last)) = row.baseline {
                let (left, right) = (self.x(start_of(first)), self.x(end_of(last)));
                ghosts = match row.kind {
                    RowKind::Milestone | RowKind::Gate => ghosts.diamond((right, top + ROW / 2.0), 3.5),
                    RowKind::Stage | RowKind::Summary => ghosts,
                    RowKind::Task => ghosts.rect((left, top + 16.0), ((right - left).max(1.0), 3.0)),
                };
            }
            let finish = self.x(end_of(row.finish));
            let until_day = row.float_until;
            if let Some(until) = until_day.map(|until| self.x(end_of(until)))
                && until > finish + 1.0
            {
                // Float lies beneath the lane of the baselines: beside the bar stands the date, of which it strikes no letter.
                let (from, until, level) = (crisp(finish), crisp(until), crisp(top + 19.0));
                floats = floats.lift().to((from, top + 13.0)).to((from, level)).to((until, level));
                // What reaches beyond the axis does not end there.
                let is_cut = until_day.is_some_and(|day| end_of(day) > self.plot.across().days().end);
                if !is_cut {
                    floats = floats.to((until, level - 3.0));
                }
                floats = floats.lift();
            }
        }
        sheet.path("area", Ink::Planned, &ghosts);
        sheet.path("line", Ink::Float, &floats);
    }

    /// A row: its name, its bar or shape, and how far it has slipped.
    pub(super) fn draw_row(&self, sheet: &mut Sheet, index: usize, row: &GanttRow) {
        let title = if self.is_brief() { brief_words_of(row) } else { words_of(row) };
        let class = if self.is_brief() { "" } else { "d-row" };
        let group = Group { class, id: None, href: row.href.as_deref(), title: &title };
        sheet.open(&group);
        let is_narrow = sheet.column() == Column::Narrow;
        let middle = self.top(index) + if is_narrow { 11.0 - NAME_ABOVE } else { ROW / 2.0 };
        let indent = indent(row);
        let weight = if row.kind == RowKind::Stage { Weight::Strong } else { Weight::Regular };
        let room = if is_narrow { self.write_end(sheet, middle, row) } else { self.label_width - 8.0 };
        let name = fitted(&row.name, TEXT_SIZE, weight, room - indent);
        let ink = if row.criticality == Criticality::Critical && row.done < 1.0 && row.kind != RowKind::Stage
        {
            Ink::Critical
        } else {
            Ink::Text
        };
        let words = Words::new(&name, (indent, middle), ink);
        sheet.words(&Words { weight, ..words });
        match row.kind {
            RowKind::Stage | RowKind::Summary => self.draw_bracket(sheet, index, row),
            RowKind::Task if self.is_brief() => {}
            RowKind::Task => self.bar(index, row).draw(sheet),
            RowKind::Milestone | RowKind::Gate => self.draw_shape(sheet, index, row),
        }
        if let Some(deadline) = row.deadline {
            let x = self.x(end_of(deadline));
            let top = self.top(index);
            let mark = PathData::default()
                .to((x - 5.0, top + 2.0))
                .to((x + 5.0, top + 2.0))
                .to((x, top + 9.0))
                .close();
            sheet.path("area", Ink::Deadline, &mark);
            sheet.path(
                "line",
                Ink::Deadline,
                &PathData::default().crisp((x, top + 2.0), (x, top + ROW - 3.0)),
            );
        }
        self.write_slip(sheet, index, row);
        sheet.close(&group);
    }

    /// A task: the finished part dark, the rest light, or hatched where it is critical.
    pub(super) fn bar(&self, index: usize, row: &GanttRow) -> Bars {
        let parts = self.parts(row);
        let top = self.top(index) + 4.0;
        let done = if row.done.is_finite() { row.done.clamp(0.0, 1.0) } else { 0.0 };
        let mut left_done = done * parts.iter().map(|(_, width)| width).sum::<f64>();
        let mut bars = Bars::default();
        let mut rest = PathData::default();
        let mut end = None;
        for (left, width) in parts {
            let of_done = width.min(left_done);
            left_done -= of_done;
            if of_done > 0.0 {
                bars.done = bars.done.rect((left, top), (of_done, 11.0));
            }
            if width > of_done {
                rest = rest.rect((left + of_done, top), (width - of_done, 11.0));
            }
            if let Some(end) = end {
                bars.between = bars.between.crisp((end, top + 5.5), (left, top + 5.5));
            }
            end = Some(left + width);
        }
        if row.criticality == Criticality::Critical {
            Bars { critical: rest, ..bars }
        } else {
            Bars { rest, ..bars }
        }
    }

    /// The parts of a bar: where each begins, and how wide it is.
    fn parts(&self, row: &GanttRow) -> Vec<(f64, f64)> {
        let (left, right) = self.extent(row);
        let mut parts = Vec::new();
        let mut at = left;
        for (first, last) in &row.pauses {
            parts.push((at, (self.x(start_of(*first)) - at).max(1.0)));
            at = self.x(end_of(*last));
        }
        parts.push((at, (right - at).max(2.0)));
        parts
    }

    /// A stage or summary: a bracket from the first to the last day of its work.
    fn draw_bracket(&self, sheet: &mut Sheet, index: usize, row: &GanttRow) {
        let (left, right) = self.extent(row);
        let top = self.top(index) + 7.0;
        let right = right.max(left + 2.0);
        let bracket = PathData::default()
            .to((left, top))
            .to((right, top))
            .to((right, top + 9.0))
            .to((right - 4.0_f64.min(right - left), top + 4.0))
            .to((left + 4.0_f64.min(right - left), top + 4.0))
            .to((left, top + 9.0))
            .close();
        sheet.path("area", Ink::Summary, &bracket);
    }

    /// A milestone or gate: a diamond or a flag at the end of its day.
    fn draw_shape(&self, sheet: &mut Sheet, index: usize, row: &GanttRow) {
        let x = self.x(end_of(row.finish));
        let middle = self.top(index) + ROW / 2.0;
        let is_open = row.done < 1.0;
        let shape = if is_open { "open-shape" } else { "shape" };
        if row.kind == RowKind::Gate {
            sheet.path(shape, Ink::Gate, &flag(x, middle));
        } else {
            sheet.path(shape, Ink::Milestone, &PathData::default().diamond((x, middle), 6.5));
        }
    }
}

/// The bars of one row or of many, by what they mean.
#[derive(Default)]
pub(super) struct Bars {
    between: PathData,
    critical: PathData,
    rest: PathData,
    done: PathData,
}

impl Bars {
    pub(super) fn and(self, other: &Self) -> Self {
        Self {
            between: self.between.and(&other.between),
            critical: self.critical.and(&other.critical),
            rest: self.rest.and(&other.rest),
            done: self.done.and(&other.done),
        }
    }

    pub(super) fn draw(&self, sheet: &mut Sheet) {
        sheet.path("line", Ink::Pause, &self.between);
        sheet.hatched(Ink::Critical, &self.critical);
        sheet.path("bar", Ink::Rest, &self.rest);
        sheet.path("bar", Ink::Done, &self.done);
    }
}

/// Where the name of a row begins.
fn indent(row: &GanttRow) -> f64 {
    4.0 + f64::from(row.depth.min(6)) * 12.0
}

/// Where the name of a row would end if it were written in full.
pub(super) fn label_end(row: &GanttRow) -> f64 {
    let weight = if row.kind == RowKind::Stage { Weight::Strong } else { Weight::Regular };
    indent(row) + text_width(&row.name, TEXT_SIZE, weight) + 10.0
}
