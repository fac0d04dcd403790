//! The Gantt chart: bars over dates with baseline, progress, critical path, float, gates, deadlines and links.
//!
//! Answers: what happens when, what is late, and why does it end when it ends? Meaning never rests on colour alone:
//! finished work is dark, critical work to come is hatched, the baseline is a thin bar beneath, a gate is a flag.

use jiff::civil::Date;

use crate::chart::days::{
    day_text, days_between, end_of, short_day_text, slip_text, slip_words, span_text, start_of,
};
use crate::chart::frame::{DateLine, Plot, RowPlot};
use crate::chart::gantt_links::{Ends, route};
use crate::chart::ink::Ink;
use crate::chart::notes::Frame;
use crate::chart::scale::{DateAxis, DateTick, Period, RowAxis};
use crate::chart::svg::{Anchor, Column, Group, PathData, SMALL_SIZE, Sheet, TEXT_SIZE, Words};
use crate::chart::text_width::{Weight, fitted, text_width};
use crate::chart::{DataTable, Drawing};

pub use crate::chart::gantt_links::LinkKind;

/// Height of a row in pixels: dense enough for a project on a page, high enough for a finger.
const ROW: f64 = 22.0;

/// Above this number of rows each row is drawn with as few elements as possible, so that a plan of a thousand tasks
/// stays a page a browser can scroll.
const ROWS_IN_FULL: usize = 250;

/// Above this number of rows no second drawing for narrow columns is made.
const ROWS_WHEN_NARROW: usize = 80;

/// What the Gantt chart is drawn from.
#[derive(Clone, Debug, Default)]
pub struct GanttInput {
    /// Begins every id in the markup; unique on the page.
    pub id_prefix: String,
    /// Heading of the chart.
    pub title: String,
    /// The status line stands at the end of this date.
    pub status_date: Option<Date>,
    /// Rows from the top.
    pub rows: Vec<GanttRow>,
    /// Time without work.
    pub bands: Vec<GanttBand>,
    /// Dependencies between rows.
    pub links: Vec<GanttLink>,
}

/// A row of the chart.
#[derive(Clone, Debug)]
pub struct GanttRow {
    /// Id of the task, milestone or gate; unique among the rows. The row's own id in the page is
    /// `<id_prefix>-task-<id>`.
    pub id: String,
    /// Name beside the bar.
    pub name: String,
    /// Depth in the tree of work; the name is indented by it.
    pub depth: u8,
    /// What kind of thing the row shows, which decides its shape.
    pub kind: RowKind,
    /// Where the row leads; no link if `None`.
    pub href: Option<String>,
    /// First day, actual or forecast.
    pub start: Date,
    /// Last day, actual or forecast; equal to [`GanttRow::start`] for milestones and gates.
    pub finish: Date,
    /// First and last day in the approved baseline, if the row is in it.
    pub baseline: Option<(Date, Date)>,
    /// Share of the work that is done, 0 to 1.
    pub done: f64,
    /// How the row bears on the finish of the project.
    pub criticality: Criticality,
    /// Last day on which the row could finish without delaying the project, if it has float.
    pub float_until: Option<Date>,
    /// Date by which it must be finished.
    pub deadline: Option<Date>,
}

/// The kind of thing a row shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// A stage of the project: a heading with a bracket over its work.
    Stage,
    /// A summary task: a bracket.
    Summary,
    /// A task: a bar.
    Task,
    /// A milestone: a diamond.
    Milestone,
    /// A phase gate: a flag with its id.
    Gate,
}

/// How a row bears on the finish of the project.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Criticality {
    /// It has room.
    #[default]
    Free,
    /// Any delay delays the project.
    Critical,
}

/// A stretch of time without work.
#[derive(Clone, Debug)]
pub struct GanttBand {
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
    /// Whether it is always drawn, and under which name.
    pub kind: BandKind,
}

/// The kinds of time without work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BandKind {
    /// A weekend or a holiday; drawn if days are wide enough to be told apart.
    Rest,
    /// A closure somebody decided, such as a change freeze; always drawn, with this name above it.
    Closure(String),
}

/// A dependency.
#[derive(Clone, Debug)]
pub struct GanttLink {
    /// Id of the row that must come first.
    pub from: String,
    /// Id of the row that waits.
    pub to: String,
    /// Which ends it ties together.
    pub kind: LinkKind,
    /// Whether it lies on the critical path.
    pub criticality: Criticality,
}

/// Draws the Gantt chart.
#[must_use]
pub fn draw(input: &GanttInput) -> Drawing {
    let sentence = sentence(input);
    let columns: &[Column] =
        if input.rows.len() > ROWS_WHEN_NARROW { &[Column::Wide] } else { &[Column::Wide, Column::Narrow] };
    let svg =
        columns.iter().map(|column| Canvas::paint(input, *column).finish(&input.title, &sentence)).collect();
    Drawing { name: "gantt", svg, title: input.title.clone(), sentence, table: table(input) }
}

/// The chart while it is being drawn.
struct Canvas<'a> {
    input: &'a GanttInput,
    plot: RowPlot,
    label_width: f64,
    period: Period,
}

impl<'a> Canvas<'a> {
    fn paint(input: &'a GanttInput, column: Column) -> Sheet {
        let (width, most_label, slip_room) = match column {
            Column::Wide => (960.0, 270.0, 64.0),
            Column::Narrow => (360.0, 124.0, 8.0),
        };
        let n_rows = input.rows.len();
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
            bottom: head + ROW * n_rows.max(1) as f64,
        };
        let has_key = column == Column::Wide && !input.rows.is_empty();
        let size = (width, frame.bottom + if has_key { 34.0 } else { 8.0 });
        let mut sheet = Sheet::new("gantt", &input.id_prefix, column, size);
        let period = head_period(per_day);
        let plot = Plot::downwards(axis, RowAxis::new(n_rows), frame);
        let canvas = Self { input, plot, label_width, period };
        canvas.draw_ground(&mut sheet);
        canvas.draw_head(&mut sheet);
        canvas.draw_ghosts(&mut sheet);
        canvas.draw_links(&mut sheet);
        for (index, row) in input.rows.iter().enumerate() {
            canvas.draw_row(&mut sheet, index, row);
        }
        canvas.draw_lines(&mut sheet);
        if has_key {
            crate::chart::gantt_key::draw(&mut sheet, input, frame.bottom + 20.0);
        }
        sheet
    }

    /// Grounds of stages, bands of time without work, lines between periods.
    fn draw_ground(&self, sheet: &mut Sheet) {
        let frame = self.plot.frame();
        let mut stages = PathData::default();
        for (index, row) in self.input.rows.iter().enumerate() {
            if row.kind == RowKind::Stage {
                stages = stages.rect((0.0, self.top(index)), (frame.right, ROW));
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
                    closures = closures.rect((left, frame.top - 14.0), (size.0, size.1 + 14.0))
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
                lines = lines.crisp((self.x(tick.start), 20.0), (self.x(tick.start), frame.bottom));
            }
        }
        for tick in self.plot.across().ticks(self.period) {
            let text = match self.period {
                Period::Week => tick.label.split(' ').next().unwrap_or_default().to_owned(),
                _ => tick.label.clone(),
            };
            self.write_period(sheet, &tick, &text, 43.0, Weight::Regular);
            if tick.start > self.plot.across().days().start {
                fine_lines = fine_lines.crisp((self.x(tick.start), 36.0), (self.x(tick.start), frame.bottom));
            }
        }
        sheet.path("line", Ink::Grid, &fine_lines);
        sheet.path("line", Ink::Axis, &lines.crisp((0.0, frame.top), (frame.right, frame.top)));
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
                let level = top + 9.5;
                floats = floats
                    .crisp((finish, level), (until, level))
                    .crisp((until, level - 3.0), (until, level + 3.0));
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
            RowKind::Milestone | RowKind::Gate => {
                Ends { left: right - 6.0, right: right + 6.0, middle, half_height: 7.0, inset: 6.0 }
            }
            _ => Ends { left, right, middle, half_height: 5.5, inset: 4.0 },
        }
    }

    /// A row: its name, its bar or shape, and how far it has slipped.
    fn draw_row(&self, sheet: &mut Sheet, index: usize, row: &GanttRow) {
        let title = words_of(row);
        let id = format!("task-{}", row.id);
        // The ids belong to the drawing for wide columns alone; an id may stand in a page only once.
        let id = (sheet.column() == Column::Wide).then_some(id.as_str());
        let group = Group { class: "row", id, href: row.href.as_deref(), title: &title };
        sheet.open(&group);
        let middle = self.top(index) + ROW / 2.0;
        let indent = indent(row);
        let weight = if row.kind == RowKind::Stage { Weight::Strong } else { Weight::Regular };
        let name = fitted(&row.name, TEXT_SIZE, weight, self.label_width - indent - 8.0);
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
        let (left, right) = self.extent(row);
        let top = self.top(index) + 4.0;
        let width = (right - left).max(2.0);
        let done = if row.done.is_finite() { row.done.clamp(0.0, 1.0) } else { 0.0 };
        let is_critical = row.criticality == Criticality::Critical;
        let finished = PathData::default().rect((left, top), (width * done, 11.0));
        let rest = PathData::default().rect((left + width * done, top), (width * (1.0 - done), 11.0));
        if done < 1.0 {
            if is_critical {
                sheet.hatched(Ink::Critical, &rest);
            } else {
                sheet.path("bar", Ink::Rest, &rest);
            }
        }
        if done > 0.0 {
            sheet.path("bar", if is_critical { Ink::CriticalDone } else { Ink::Done }, &finished);
        }
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
        match row.kind {
            RowKind::Gate => {
                let flag = PathData::default()
                    .to((x - 6.0, middle - 7.0))
                    .to((x + 6.0, middle - 7.0))
                    .to((x + 6.0, middle + 2.0))
                    .to((x, middle + 7.0))
                    .to((x - 6.0, middle + 2.0))
                    .close();
                sheet.path(if is_open { "open-shape" } else { "shape" }, Ink::Gate, &flag);
            }
            _ => {
                let diamond = PathData::default().diamond((x, middle), 6.5);
                sheet.path(if is_open { "open-shape" } else { "shape" }, Ink::Milestone, &diamond);
            }
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
        let slip = days_between(planned, row.finish);
        let (_, right) = self.extent(row);
        let ghost = self.x(end_of(planned));
        let float = row.float_until.map_or(right, |until| self.x(end_of(until)));
        let deadline = row.deadline.map_or(right, |deadline| self.x(end_of(deadline)) + 5.0);
        let shape = if matches!(row.kind, RowKind::Gate | RowKind::Milestone) { 6.0 } else { 0.0 };
        let x = (right + shape).max(ghost).max(float).max(deadline) + 6.0;
        if slip == 0 {
            return;
        }
        let ink = if slip > 0 { Ink::Worse } else { Ink::Better };
        let text = if row.done < 1.0 {
            format!("{} {}", short_day_text(row.finish), slip_text(slip))
        } else {
            slip_text(slip)
        };
        let width = text_width(&text, SMALL_SIZE, Weight::Regular);
        let level = self.top(index) + 10.0;
        if x + width <= self.plot.frame().right + 62.0 {
            sheet.words(&Words::new(&text, (x, level), ink).small());
        } else {
            let (left, _) = self.extent(row);
            let words = Words::new(&text, (left - shape * 2.0 - 5.0, level), ink).small();
            sheet.words(&words.anchored(Anchor::End));
        }
    }

    /// The status line, over everything.
    fn draw_lines(&self, sheet: &mut Sheet) {
        if let Some(date) = self.input.status_date {
            let line = DateLine {
                date,
                name: "Status",
                ink: Ink::Status,
                level: 10.0,
                right_edge: self.plot.frame().right + 40.0,
            };
            self.plot.draw_date_line(sheet, &line);
        }
    }

    /// Upper edge of a row on the sheet.
    fn top(&self, index: usize) -> f64 {
        self.plot.frame().top + ROW * index as f64
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

/// "Pilot in 2 branches: 16 Nov to 26 Nov 2026, 40 % done, critical; baseline 29 Oct to 4 Nov 2026, 22 days later".
fn words_of(row: &GanttRow) -> String {
    let mut words = format!("{}: {}", row.name, span_text(row.start, row.finish));
    if row.done >= 1.0 {
        words.push_str(", done");
    } else if row.done > 0.0 {
        words.push_str(&format!(", {} % done", percent(row.done)));
    }
    if row.criticality == Criticality::Critical && row.done < 1.0 {
        words.push_str(", critical");
    }
    if let Some(deadline) = row.deadline {
        words.push_str(&format!(", deadline {}", day_text(deadline)));
    }
    if let Some((first, last)) = row.baseline {
        let slip = slip_words(days_between(last, row.finish));
        words.push_str(&format!("; baseline {}, now {slip}", span_text(first, last)));
    }
    words
}

/// A share as whole percent; 100 only for what is complete.
fn percent(share: f64) -> String {
    if share.is_finite() { format!("{:.0}", (share * 100.0).clamp(0.0, 99.0)) } else { "—".to_owned() }
}

fn sentence(input: &GanttInput) -> String {
    let bars: Vec<&GanttRow> = input.rows.iter().filter(|row| row.kind == RowKind::Task).collect();
    let dated = || input.rows.iter().filter(|row| !matches!(row.kind, RowKind::Stage | RowKind::Summary));
    let (Some(first), Some(last)) =
        (dated().map(|row| row.start).min(), dated().max_by_key(|row| row.finish))
    else {
        return "Nothing has been scheduled yet.".to_owned();
    };
    let n_done = bars.iter().filter(|row| row.done >= 1.0).count();
    let n_critical =
        bars.iter().filter(|row| row.criticality == Criticality::Critical && row.done < 1.0).count();
    let mut sentence = format!(
        "{} of {} tasks are finished; the work runs from {} to {}",
        n_done,
        bars.len(),
        day_text(first),
        day_text(last.finish)
    );
    if let Some((_, planned)) = last.baseline {
        let slip = days_between(planned, last.finish);
        let against = if slip == 0 {
            "as in the baseline".to_owned()
        } else {
            format!("{} than in the baseline", slip_words(slip))
        };
        sentence.push_str(&format!(", {against}"));
    }
    match n_critical {
        0 => {}
        1 => sentence.push_str("; 1 task still to do is critical"),
        many => sentence.push_str(&format!("; {many} tasks still to do are critical")),
    }
    sentence.push('.');
    sentence
}

fn table(input: &GanttInput) -> DataTable {
    use crate::chart::Column::{Number, Word};
    let columns = [
        ("Task", Word),
        ("Start", Word),
        ("Finish", Word),
        ("Done", Number),
        ("Baseline finish", Word),
        ("Slip", Number),
        ("Critical", Word),
    ];
    let mut table = DataTable::with_columns(format!("{}: dates of every row", input.title), &columns);
    for row in &input.rows {
        let planned = row.baseline.map(|(_, last)| last);
        table.rows.push(vec![
            row.name.clone(),
            day_text(row.start),
            day_text(row.finish),
            if row.done >= 1.0 { "100 %".to_owned() } else { format!("{} %", percent(row.done)) },
            planned.map_or_else(|| "—".to_owned(), day_text),
            planned.map_or_else(|| "—".to_owned(), |last| slip_text(days_between(last, row.finish))),
            if row.criticality == Criticality::Critical { "yes" } else { "no" }.to_owned(),
        ]);
    }
    table
}
