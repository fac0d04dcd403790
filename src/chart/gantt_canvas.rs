//! Painting of the Gantt chart: grounds, head, ghosts, links, rows and the status line, in the order in which they lie
//! upon each other.

use jiff::civil::Date;

use crate::chart::days::{end_of, slip_text, start_of};
use crate::chart::frame::{Plot, RowPlot};
use crate::chart::gantt::{BandKind, Criticality, GanttInput, GanttRow, RowKind, brief_words_of, words_of};
use crate::chart::gantt_key::flag;
use crate::chart::gantt_links::{Ends, route};
use crate::chart::ink::Ink;
use crate::chart::notes::Frame;
use crate::chart::path::{PathData, crisp};
use crate::chart::scale::{DateAxis, DateTick, Period, RowAxis};
use crate::chart::svg::{Anchor, Column, Group, SMALL_SIZE, Sheet, TEXT_SIZE, Words};
use crate::chart::text_width::{Weight, fitted, text_width};
use crate::format;

/// Height of a bar with its baseline in pixels: dense enough for a project on a page, high enough for a finger.
const ROW: f64 = 22.0;

/// Height of the name above the bar, in pixels, where the column is too narrow for a name beside it.
const NAME_ABOVE: f64 = 15.0;

/// Above this number of rows each row is drawn with as few elements as possible, so that a plan of a thousand tasks
/// stays a page a browser can scroll.
const ROWS_IN_FULL: usize = 250;

/// The chart while it is being drawn.
pub struct Canvas<'a> {
    input: &'a GanttInput,
    plot: RowPlot,
    label_width: f64,
    /// Height of what stands above a bar within its row.
    above: f64,
    period: Period,
}

impl<'a> Canvas<'a> {
    /// Paints the chart for a column.
    pub fn paint(input: &'a GanttInput, column: Column) -> Sheet {
        let (width, most_label, slip_room) = match column {
            Column::Wide => (960.0, 280.0, 92.0),
            Column::Narrow => (360.0, 0.0, 10.0),
        };
        let n_rows = input.rows.len();
        let above = if column == Column::Narrow { NAME_ABOVE } else { 0.0 };
        let label_width = input.rows.iter().map(label_end).fold(60.0, f64::max).min(most_label);
        let axis = axis_of(input);
        let per_day = (width - label_width - slip_room) / axis.length();
        let head = if input.bands.iter().any(|band| matches!(band.kind, BandKind::Closure(_))) {
            66.0
        } else {
            52.0
        };
        let frame = Frame {
            left: label_width,
            top: head,
            right: width - slip_room,
            bottom: head + (ROW + above) * n_rows.max(1) as f64,
        };
        let key_height = if column == Column::Wide { 34.0 } else { 56.0 };
        let size = (width, frame.bottom + key_height);
        let mut sheet = Sheet::new("gantt", &input.id_prefix, column, size);
        let period = head_period(per_day);
        let plot = Plot::downwards(axis, RowAxis::new(n_rows), frame);
        let canvas = Self { input, plot, label_width, above, period };
        canvas.draw_ground(&mut sheet);
        canvas.draw_status(&mut sheet, Stretch::Head);
        canvas.draw_head(&mut sheet);
        canvas.draw_ghosts(&mut sheet);
        if column == Column::Wide {
            // In a narrow column the links would run through the names.
            canvas.draw_links(&mut sheet);
        }
        if column == Column::Narrow {
            // Names stand above the bars there, and the line must not run through them.
            canvas.draw_status(&mut sheet, Stretch::Rows);
        }
        for (index, row) in input.rows.iter().enumerate() {
            canvas.draw_row(&mut sheet, index, row);
        }
        if column == Column::Wide {
            canvas.draw_status(&mut sheet, Stretch::Rows);
        }
        crate::chart::gantt_key::draw(&mut sheet, input, frame.bottom + 20.0);
        sheet
    }

    /// Grounds of stages, bands of time without work, lines between periods.
    fn draw_ground(&self, sheet: &mut Sheet) {
        let frame = self.plot.frame();
        let mut stages = PathData::default();
        for (index, row) in self.input.rows.iter().enumerate() {
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

    /// Names of periods in two rows, and the names of closures in a third.
    fn draw_head(&self, sheet: &mut Sheet) {
        let frame = self.plot.frame();
        let coarse = coarser(self.period);
        let mut lines = PathData::default();
        let mut fine_lines = PathData::default();
        for tick in self.plot.across().ticks(coarse) {
            let text = if coarse == Period::Month {
                format!("{} {}", tick.label, year_of(&tick))
            } else {
                tick.label.clone()
            };
            let text = if self.room(&tick) < text_width(&text, SMALL_SIZE, Weight::Strong) {
                tick.label.clone()
            } else {
                text
            };
            self.write_period(sheet, &tick, &text, 28.0, Weight::Strong);
            if tick.start > self.plot.across().days().start {
                let x = self.x(tick.start);
                lines = lines.crisp((x, 20.0), (x, 35.0)).crisp((x, frame.top), (x, frame.bottom));
            }
        }
        for tick in self.plot.across().ticks(self.period) {
            let text = match self.period {
                // The month stands above; the day of the month is enough.
                Period::Week => tick.label.split('\u{a0}').next().unwrap_or_default().to_owned(),
                _ => tick.label.clone(),
            };
            self.write_period(sheet, &tick, &text, 43.0, Weight::Regular);
            if tick.start > self.plot.across().days().start {
                let x = self.x(tick.start);
                fine_lines = fine_lines.crisp((x, 36.0), (x, 51.0));
            }
        }
        sheet.path("line", Ink::Grid, &fine_lines);
        sheet.path("line", Ink::Grid, &lines);
        let rule = PathData::default().crisp((0.0, frame.top), (frame.right, frame.top));
        sheet.path("line", Ink::Axis, &rule);
        let mut free_from = frame.left;
        for band in &self.input.bands {
            let BandKind::Closure(name) = &band.kind else { continue };
            let middle = f64::midpoint(self.x(start_of(band.first)), self.x(end_of(band.last)));
            let name = fitted(name, SMALL_SIZE, Weight::Regular, frame.right - frame.left);
            let half = text_width(&name, SMALL_SIZE, Weight::Regular) / 2.0;
            let middle = middle.clamp(frame.left + half, (frame.right - half).max(frame.left + half));
            if middle - half < free_from {
                continue;
            }
            free_from = middle + half + 6.0;
            sheet.words(
                &Words::new(&name, (middle, frame.top - 7.0), Ink::Closure).small().anchored(Anchor::Middle),
            );
        }
    }

    /// Visible width of a period in pixels.
    fn room(&self, tick: &DateTick) -> f64 {
        self.x(tick.end) - self.x(tick.start)
    }

    /// Writes the name of a period at its beginning, if there is room for it.
    fn write_period(&self, sheet: &mut Sheet, tick: &DateTick, text: &str, level: f64, weight: Weight) {
        let width = text_width(text, SMALL_SIZE, weight);
        let room = self.room(tick);
        if room + 1.0 < width {
            return;
        }
        let middle = f64::midpoint(self.x(tick.start), self.x(tick.end));
        let words = Words::new(text, (middle, level), Ink::Muted).small().anchored(Anchor::Middle);
        sheet.words(&Words { weight, ..words });
    }

    /// Baselines beneath the bars and float behind them, all in one path each.
    fn draw_ghosts(&self, sheet: &mut Sheet) {
        let mut ghosts = PathData::default();
        let mut floats = PathData::default();
        for (index, row) in self.input.rows.iter().enumerate() {
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
            if let Some(until) = row.float_until.map(|until| self.x(end_of(until)))
                && until > finish + 1.0
            {
                // Float lies in the lane of the baselines: beside the bar stands the date.
                let (from, until, level) = (crisp(finish), crisp(until), crisp(top + 17.0));
                floats = floats
                    .lift()
                    .to((from, top + 13.0))
                    .to((from, level))
                    .to((until, level))
                    .to((until, level - 5.0))
                    .lift();
            }
        }
        sheet.path("area", Ink::Planned, &ghosts);
        sheet.path("line", Ink::Float, &floats);
    }

    /// Dependencies as right-angled lines with arrow heads; the critical ones apart.
    fn draw_links(&self, sheet: &mut Sheet) {
        let order: std::collections::BTreeMap<&str, usize> =
            self.input.rows.iter().enumerate().map(|(index, row)| (row.id.as_str(), index)).collect();
        for (criticality, ink) in [(Criticality::Free, Ink::Link), (Criticality::Critical, Ink::LinkCritical)]
        {
            let mut lines = PathData::default();
            let mut heads = PathData::default();
            for link in self.input.links.iter().filter(|link| link.criticality == criticality) {
                let (Some(from), Some(to)) = (order.get(link.from.as_str()), order.get(link.to.as_str()))
                else {
                    continue;
                };
                if from == to {
                    continue;
                }
                let way = route(link.kind, &self.ends(*from), &self.ends(*to));
                lines = way.corners.iter().fold(lines.lift(), |path, corner| path.to(*corner));
                heads = way.head.iter().fold(heads, |path, corner| path.to(*corner)).close();
            }
            sheet.path("line", ink, &lines);
            sheet.path("area", ink, &heads);
        }
    }

    /// Where links may leave and reach a row.
    fn ends(&self, index: usize) -> Ends {
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
        let is_large = self.input.rows.len() > ROWS_IN_FULL;
        let title = if is_large { brief_words_of(row) } else { words_of(row) };
        let id = format!("task-{}", row.id);
        // The ids belong to the drawing for wide columns alone; an id may stand in a page only once.
        let id = (sheet.column() == Column::Wide).then_some(id.as_str());
        let group = Group { class: "d-row", id, href: row.href.as_deref(), title: &title };
        sheet.open(&group);
        let is_narrow = sheet.column() == Column::Narrow;
        let middle = self.top(index) + if is_narrow { 11.0 - NAME_ABOVE } else { ROW / 2.0 };
        let indent = indent(row);
        let weight = if row.kind == RowKind::Stage { Weight::Strong } else { Weight::Regular };
        let name = fitted(
            &row.name,
            TEXT_SIZE,
            weight,
            if is_narrow { 350.0 } else { self.label_width - 8.0 } - indent,
        );
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
            RowKind::Task => self.draw_bar(sheet, index, row),
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
    fn draw_bar(&self, sheet: &mut Sheet, index: usize, row: &GanttRow) {
        let parts = self.parts(row);
        let top = self.top(index) + 4.0;
        let done = if row.done.is_finite() { row.done.clamp(0.0, 1.0) } else { 0.0 };
        let is_critical = row.criticality == Criticality::Critical;
        let mut left_done = done * parts.iter().map(|(_, width)| width).sum::<f64>();
        let (mut finished, mut rest) = (PathData::default(), PathData::default());
        let mut between = PathData::default();
        let mut end = None;
        for (left, width) in parts {
            let of_done = width.min(left_done);
            left_done -= of_done;
            if of_done > 0.0 {
                finished = finished.rect((left, top), (of_done, 11.0));
            }
            if width > of_done {
                rest = rest.rect((left + of_done, top), (width - of_done, 11.0));
            }
            if let Some(end) = end {
                between = between.crisp((end, top + 5.5), (left, top + 5.5));
            }
            end = Some(left + width);
        }
        sheet.path("line", Ink::Pause, &between);
        if done < 1.0 {
            if is_critical {
                sheet.hatched(Ink::Critical, &rest);
            } else {
                sheet.path("bar", Ink::Rest, &rest);
            }
        }
        if done > 0.0 {
            sheet.path("bar", Ink::Done, &finished);
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

    /// Beside unfinished work and beside gates: when it ends and how far that is from the baseline.
    fn write_slip(&self, sheet: &mut Sheet, index: usize, row: &GanttRow) {
        if sheet.column() == Column::Narrow || self.input.rows.len() > ROWS_IN_FULL {
            return;
        }
        let Some((_, planned)) = row.baseline else { return };
        if matches!(row.kind, RowKind::Stage | RowKind::Summary) {
            return;
        }
        let Some(slip) = row.slip else { return };
        let (_, right) = self.extent(row);
        let ghost = self.x(end_of(planned));
        let deadline = row.deadline.map_or(right, |deadline| self.x(end_of(deadline)) + 5.0);
        let shape = if matches!(row.kind, RowKind::Gate | RowKind::Milestone) { 6.0 } else { 0.0 };
        let x = (right + shape).max(ghost).max(deadline) + 6.0;
        if slip == 0 {
            return;
        }
        let ink = if slip > 0 { Ink::Worse } else { Ink::Better };
        let text = if row.done < 1.0 {
            format!("{} {}", format::short_date(row.finish), slip_text(slip))
        } else {
            slip_text(slip)
        };
        let width = text_width(&text, SMALL_SIZE, Weight::Regular);
        let level = self.top(index) + 9.0;
        let x = self.off_status(x, width);
        if x + width <= self.plot.frame().right + 90.0 {
            sheet.words(&Words::new(&text, (x, level), ink).small());
        } else {
            let (left, _) = self.extent(row);
            let words = Words::new(&text, (left - shape * 2.0 - 5.0, level), ink).small();
            sheet.words(&words.anchored(Anchor::End));
        }
    }

    /// Where a label beginning at `x` stands: behind the status line if the line would run through it.
    fn off_status(&self, x: f64, width: f64) -> f64 {
        let status = self.input.status_date.map(|date| self.x(end_of(date)));
        status.filter(|line| x < *line + 3.0 && *line < x + width).map_or(x, |line| line + 5.0)
    }

    /// The status line: its label and upper part beneath the names of periods, the rest over the rows.
    fn draw_status(&self, sheet: &mut Sheet, stretch: Stretch) {
        let Some(date) = self.input.status_date else { return };
        let frame = self.plot.frame();
        let x = self.x(end_of(date));
        if stretch == Stretch::Rows {
            sheet.path("line", Ink::Status, &PathData::default().crisp((x, frame.top), (x, frame.bottom)));
            return;
        }
        let text = format!("Status {}", format::short_date(date));
        let half = text_width(&text, SMALL_SIZE, Weight::Strong) / 2.0;
        let middle = x.clamp(half, (frame.right - half).max(half));
        sheet.path("line", Ink::Status, &PathData::default().crisp((x, 16.0), (x, frame.top)));
        sheet.words(&Words::new(&text, (middle, 9.0), Ink::Status).small().strong().anchored(Anchor::Middle));
    }

    /// Upper edge of a row's bar on the sheet.
    fn top(&self, index: usize) -> f64 {
        self.plot.frame().top + (ROW + self.above) * index as f64 + self.above
    }

    /// Horizontal position of a day, kept within the plot.
    fn x(&self, day: f64) -> f64 {
        self.plot.x(day).clamp(self.plot.frame().left, self.plot.frame().right)
    }

    /// Left and right edge of the bar of a row.
    fn extent(&self, row: &GanttRow) -> (f64, f64) {
        (self.x(start_of(row.start)), self.x(end_of(row.finish)))
    }
}

/// A part of the status line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stretch {
    /// Its label, and the line through the names of periods.
    Head,
    /// The line over the rows.
    Rows,
}

/// The axis over everything that has a date.
fn axis_of(input: &GanttInput) -> DateAxis {
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

/// The finer of the two rows of the head, by the width of a day in pixels.
fn head_period(per_day: f64) -> Period {
    match per_day {
        wide if wide >= 15.0 => Period::Day,
        week if week * 7.0 >= 17.0 => Period::Week,
        month if month * 30.4 >= 24.0 => Period::Month,
        quarter if quarter * 91.3 >= 20.0 => Period::Quarter,
        year if year * 365.0 >= 30.0 => Period::Years(1),
        decade if decade * 3_650.0 >= 30.0 => Period::Years(20),
        _ => Period::Years(100),
    }
}

/// The coarser row above it.
fn coarser(period: Period) -> Period {
    match period {
        Period::Day | Period::Week | Period::Fortnight => Period::Month,
        Period::Month | Period::Quarter => Period::Years(1),
        Period::Years(_) => Period::Years(100),
    }
}

/// The year a month lies in.
fn year_of(tick: &DateTick) -> String {
    #[allow(clippy::cast_possible_truncation)]
    let number = tick.start as i32;
    crate::chart::days::date_of(number).year().to_string()
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
