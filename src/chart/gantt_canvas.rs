//! Painting of the Gantt chart: grounds, ghosts, rows and what stands beside them, in the order in which they lie upon
//! each other. Head and links have files of their own.

use std::ops::Range;

use jiff::civil::Date;

use crate::chart::days::{end_of, start_of};
use crate::chart::frame::{Plot, RowPlot};
use crate::chart::gantt::{BandKind, Criticality, GanttInput, GanttRow, RowKind, brief_words_of, words_of};
use crate::chart::gantt_head::Stretch;
use crate::chart::gantt_key::flag;
use crate::chart::gantt_links::{Ends, Ties};
use crate::chart::ink::Ink;
use crate::chart::notes::Frame;
use crate::chart::path::{PathData, Spot, crisp};
use crate::chart::scale::{DateAxis, Period, RowAxis};
use crate::chart::svg::{Column, Group, Sheet, TEXT_SIZE, Words};
use crate::chart::text_width::{Weight, fitted, text_width};
use crate::chart::{gantt_head, gantt_links, gantt_sheets};

/// Height of a bar with its baseline in pixels: dense enough for a project on a page, high enough for a finger.
const ROW: f64 = 22.0;

/// Height of the name above the bar, in pixels, where the column is too narrow for a name beside it.
const NAME_ABOVE: f64 = 15.0;

/// A sheet of the chart while it is being drawn.
pub(super) struct Canvas<'a> {
    pub(super) input: &'a GanttInput,
    pub(super) plot: RowPlot,
    pub(super) label_width: f64,
    /// Height of what stands above a bar within its row.
    above: f64,
    pub(super) period: Period,
    /// The rows of this sheet.
    pub(super) rows: Range<usize>,
    /// The strokes of links that are drawn on this sheet, from which labels keep away.
    pub(super) strokes: Vec<[Spot; 2]>,
}

/// What all sheets of a chart share.
struct Whole<'a> {
    axis: DateAxis,
    /// Where the longest name ends.
    label_end: f64,
    ties: Ties<'a>,
}

/// Draws the rows of a column on as many sheets as they need, each with its own head, the last with the key.
pub(super) fn sheets(input: &GanttInput, column: Column) -> Vec<Sheet> {
    let whole = Whole {
        axis: axis_of(input),
        label_end: input.rows.iter().map(label_end).fold(60.0, f64::max),
        ties: Ties::of(input),
    };
    gantt_sheets::of(&input.rows).into_iter().map(|rows| Canvas::paint(input, &whole, column, rows)).collect()
}

impl<'a> Canvas<'a> {
    /// Paints a sheet with the rows `rows` for a column.
    fn paint(input: &'a GanttInput, whole: &Whole<'_>, column: Column, rows: Range<usize>) -> Sheet {
        let (width, most_label, slip_room) = match column {
            Column::Wide => (836.0, 300.0, 92.0),
            Column::Narrow => (328.0, 0.0, 8.0),
        };
        let above = if column == Column::Narrow { NAME_ABOVE } else { 0.0 };
        let label_width = whole.label_end.min(most_label);
        let axis = whole.axis.clone();
        let per_day = (width - label_width - slip_room) / axis.length();
        // In a large plan the head repeats so often that coarser periods have to do.
        let fineness = if input.is_brief() { 0.5 } else { 1.0 };
        let head = if input.bands.iter().any(|band| matches!(band.kind, BandKind::Closure(_))) {
            66.0
        } else {
            52.0
        };
        let n_rows = rows.len().max(1);
        let frame = Frame {
            left: label_width,
            top: head,
            right: width - slip_room,
            bottom: head + (ROW + above) * n_rows as f64,
        };
        let is_last = rows.end == input.rows.len();
        let key_height = if is_last { crate::chart::gantt_key::height(input, width) } else { 4.0 };
        let prefix = if rows.start == 0 {
            input.id_prefix.clone()
        } else {
            format!("{}-{}", input.id_prefix, rows.start)
        };
        let mut sheet = Sheet::new("gantt", &prefix, column, (width, frame.bottom + key_height));
        sheet.count_rows_from(rows.start);
        if column == Column::Wide {
            let days = axis.days();
            sheet.run_time(
                (frame.left, frame.right),
                (days.start, days.end - days.start),
                (frame.top, frame.bottom),
            );
        }
        let plot = Plot::downwards(axis, RowAxis::new(n_rows), frame);
        let period = gantt_head::period(per_day * fineness);
        let mut canvas = Self { input, plot, label_width, above, period, rows, strokes: Vec::new() };
        canvas.draw_ground(&mut sheet);
        canvas.draw_status(&mut sheet, Stretch::Head);
        canvas.draw_head(&mut sheet);
        canvas.draw_ghosts(&mut sheet);
        if column == Column::Wide {
            // In a narrow column the links would run through the names.
            gantt_links::draw(&canvas, &whole.ties, &mut sheet);
            if !canvas.is_brief() {
                canvas.strokes = gantt_links::strokes(&canvas, &whole.ties);
            }
        } else {
            // Names stand above the bars there, and the line must not run through them.
            canvas.draw_status(&mut sheet, Stretch::Rows);
        }
        if canvas.is_brief() {
            let tasks = canvas.own_rows().filter(|(_, row)| row.kind == RowKind::Task);
            tasks
                .fold(Bars::default(), |all, (index, row)| all.and(&canvas.bar(index, row)))
                .draw(&mut sheet);
        }
        // In a large plan the class stands once, around all rows.
        let all = Group { class: "d-rows", id: None, href: None, title: "" };
        if canvas.is_brief() {
            sheet.open(&all);
        }
        for (index, row) in canvas.own_rows() {
            canvas.draw_row(&mut sheet, index, row);
        }
        if canvas.is_brief() {
            sheet.close(&all);
        }
        if column == Column::Wide {
            canvas.draw_status(&mut sheet, Stretch::Rows);
        }
        if is_last {
            crate::chart::gantt_key::draw(&mut sheet, input, frame.bottom + 20.0);
        }
        sheet
    }

    /// The rows of this sheet with their places among all.
    fn own_rows(&self) -> impl Iterator<Item = (usize, &'a GanttRow)> + use<'a> {
        let rows = self.rows.clone();
        rows.clone().zip(self.input.rows.get(rows).unwrap_or_default())
    }

    /// Grounds of stages, bands of time without work, lines between periods.
    fn draw_ground(&self, sheet: &mut Sheet) {
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
    fn draw_ghosts(&self, sheet: &mut Sheet) {
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

    /// A row: its name, its bar or shape, and how far it has slipped.
    fn draw_row(&self, sheet: &mut Sheet, index: usize, row: &GanttRow) {
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
    fn bar(&self, index: usize, row: &GanttRow) -> Bars {
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

/// The axis over everything that has a date.
fn axis_of(input: &GanttInput) -> DateAxis {
    if let Some(part) = input.part {
        return DateAxis::new(part.first, part.last);
    }
    let mut dates: Vec<Date> = Vec::new();
    for row in &input.rows {
        dates.extend([row.start, row.finish]);
        dates.extend(row.baseline.iter().flat_map(|(first, last)| [*first, *last]));
        dates.extend(row.float_until.iter().chain(&row.deadline));
    }
    dates.extend(input.status_date);
    let nothing = Date::constant(1970, 1, 1);
    let first = dates.iter().min().copied().unwrap_or(nothing);
    let last = dates.iter().max().copied().unwrap_or(first);
    DateAxis::new(first, last)
}

/// The bars of one row or of many, by what they mean.
#[derive(Default)]
struct Bars {
    between: PathData,
    critical: PathData,
    rest: PathData,
    done: PathData,
}

impl Bars {
    fn and(self, other: &Self) -> Self {
        Self {
            between: self.between.and(&other.between),
            critical: self.critical.and(&other.critical),
            rest: self.rest.and(&other.rest),
            done: self.done.and(&other.done),
        }
    }

    fn draw(&self, sheet: &mut Sheet) {
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
fn label_end(row: &GanttRow) -> f64 {
    let weight = if row.kind == RowKind::Stage { Weight::Strong } else { Weight::Regular };
    indent(row) + text_width(&row.name, TEXT_SIZE, weight) + 10.0
}
