//! The Gantt chart: bars over dates with baseline, progress, critical path, float, gates, deadlines and links.
//!
//! Answers: what happens when, what is late, and why does it end when it ends? Meaning never rests on colour alone:
//! finished work is dark, critical work to come is hatched, the baseline is a thin bar beneath, a gate is a flag.

use jiff::civil::Date;

use crate::chart::days::{slip_text, slip_words};
use crate::chart::svg::Column;
use crate::chart::{Chart, DataTable, Drawing, LinkTo, gantt_canvas, gantt_rows, gantt_sheets};
use crate::format;
use crate::report::ProjectReport;

pub use crate::chart::gantt_links::LinkKind;

/// Above this number of rows no second drawing for narrow columns is made.
const ROWS_WHEN_NARROW: usize = 80;

/// Above this number of rows each row is drawn with as few elements as possible, so that a plan of a thousand tasks
/// stays a page a browser can scroll.
const ROWS_IN_FULL: usize = 250;

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
    /// Of what the rows are a part; `None` for a plan that is drawn whole.
    pub part: Option<Part>,
}

impl GanttInput {
    /// Whether the plan is so large that rows are drawn with as little as possible.
    pub(super) fn is_brief(&self) -> bool {
        self.part.map_or(self.rows.len(), |part| part.n_rows) > ROWS_IN_FULL
    }
}

/// What a part of a plan shows of it.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// First day of the axis.
    pub first: Date,
    /// Last day of the axis; what reaches beyond is cut off there.
    pub last: Date,
    /// Rows of the whole plan; in a large one each is drawn with as few elements and letters as possible.
    pub n_rows: usize,
}

/// A row of the chart.
#[derive(Clone, Debug)]
pub struct GanttRow {
    /// Id of the task, milestone or gate; unique among the rows.
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
    /// First and last day without work between its parts, where it is interrupted; in order of time.
    pub pauses: Vec<(Date, Date)>,
    /// First and last day in the approved baseline, if the row is in it.
    pub baseline: Option<(Date, Date)>,
    /// Working days that the finish lies behind the baseline's; negative if before it.
    pub slip: Option<i64>,
    /// Share of the work that is done, 0 to 1; not a number for a stage or summary without work.
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

/// The schedule of a project.
#[derive(Debug)]
pub struct Gantt;

impl Chart for Gantt {
    fn name(&self) -> &'static str {
        "gantt"
    }

    fn title(&self) -> &'static str {
        "Schedule"
    }

    fn question(&self) -> &'static str {
        "What happens when, and why does it end when it ends?"
    }

    /// A plan of many rows is folded: its stages, summaries and points. [`gantt_sheets::unfolded`] draws the rest.
    fn draw(&self, report: &ProjectReport, link_to: LinkTo<'_>) -> Option<Drawing> {
        let input = input(report, link_to)?;
        Some(if gantt_sheets::is_folded(&input.rows) { gantt_sheets::folded(&input) } else { draw(&input) })
    }
}

/// All that a Gantt chart of the whole plan is drawn from; `None` for a plan without rows.
pub(super) fn input(report: &ProjectReport, link_to: LinkTo<'_>) -> Option<GanttInput> {
    let rows = gantt_rows::rows(report, link_to);
    (!rows.is_empty()).then(|| GanttInput {
        id_prefix: Gantt.name().to_owned(),
        title: Gantt.title().to_owned(),
        status_date: Some(report.status_date),
        bands: gantt_rows::bands(report, &rows),
        links: gantt_rows::links(report),
        rows,
        part: None,
    })
}

/// Draws the Gantt chart with every row, on as many sheets as they need.
#[must_use]
pub fn draw(input: &GanttInput) -> Drawing {
    let sentence = sentence(input);
    let columns: &[Column] =
        if input.rows.len() > ROWS_WHEN_NARROW { &[Column::Wide] } else { &[Column::Wide, Column::Narrow] };
    let svg = sheets(input, columns, &sentence);
    Drawing { name: "gantt", svg, title: input.title.clone(), sentence, table: table(input) }
}

/// The sheets of all columns, one after the other.
pub(super) fn sheets(input: &GanttInput, columns: &[Column], sentence: &str) -> String {
    columns
        .iter()
        .flat_map(|column| gantt_canvas::sheets(input, *column).into_iter().enumerate())
        .map(|(place, sheet)| {
            // What the whole shows is said once.
            let sentence = if place == 0 { sentence } else { "The rows that follow." };
            sheet.finish(&input.title, sentence)
        })
        .collect()
}

/// "Pilot in 2 branches: 16 Nov to 26 Nov 2026, 40 % done, critical; baseline 29 Oct to 4 Nov 2026, 22 days later".
pub(crate) fn words_of(row: &GanttRow) -> String {
    let mut parts = vec![format::span_of_days(row.start, row.finish)];
    parts.extend(
        row.pauses.iter().map(|(first, last)| format!("interrupted {}", format::span_of_days(*first, *last))),
    );
    if row.done >= 1.0 {
        parts.push("done".to_owned());
    } else if row.done > 0.0 {
        parts.push(format!("{} % done", percent(row.done)));
    }
    if row.criticality == Criticality::Critical && row.done < 1.0 {
        parts.push("critical".to_owned());
    }
    parts.extend(row.deadline.map(|deadline| format!("deadline {}", format::date(deadline))));
    let against = row.baseline.map_or_else(String::new, |(first, last)| {
        let slip = slip_words(row.slip.unwrap_or(0));
        format!("; baseline {}, now {slip}", format::span_of_days(first, last))
    });
    format!("{}: {}{against}", row.name, parts.join(", "))
}

/// The tooltip of a row in a plan so large that every letter counts a thousand times; the name stands beside it.
pub(crate) fn brief_words_of(row: &GanttRow) -> String {
    let state = match (row.criticality, row.done >= 1.0) {
        (_, true) => ", done",
        (Criticality::Critical, false) => ", critical",
        (Criticality::Free, false) => "",
    };
    let slip = row.slip.unwrap_or(0);
    let against = if slip == 0 { String::new() } else { format!(", {}", slip_text(slip)) };
    format!("{}{state}{against}", format::span_of_days(row.start, row.finish))
}

/// A share as whole percent; 100 only for what is complete.
fn percent(share: f64) -> String {
    if share.is_finite() { format!("{:.0}", (share * 100.0).clamp(0.0, 99.0)) } else { "—".to_owned() }
}

/// A share in the table; the dash where nothing can be done.
fn done_words(share: f64) -> String {
    match share {
        share if share.is_nan() => format::NOTHING.to_owned(),
        share if share >= 1.0 => "100 %".to_owned(),
        share => format!("{} %", percent(share)),
    }
}

pub(super) fn sentence(input: &GanttInput) -> String {
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
    let against = match last.slip {
        None => String::new(),
        Some(0) => ", as in the baseline".to_owned(),
        Some(slip) => format!(", {} than in the baseline", slip_words(slip)),
    };
    let critical = match n_critical {
        0 => String::new(),
        1 => "; 1 task still to do is critical".to_owned(),
        many => format!("; {many} tasks still to do are critical"),
    };
    let (first, finish) = (format::date(first), format::date(last.finish));
    let (tasks, are) = (format::count(bars.len(), "task"), if n_done == 1 { "is" } else { "are" });
    format!("{n_done} of {tasks} {are} finished; the work runs from {first} to {finish}{against}{critical}.")
}

pub(super) fn table(input: &GanttInput) -> DataTable {
    use crate::chart::Column::{Number, Word};
    let columns = [
        ("Task", Word),
        ("Start", Word),
        ("Finish", Word),
        ("Done", Number),
        ("Promised finish", Word),
        ("Slip", Number),
        ("Critical", Word),
    ];
    let mut table = DataTable::with_columns(format!("{}: dates of every row", input.title), &columns);
    for row in &input.rows {
        let planned = row.baseline.map(|(_, last)| last);
        table.rows.push(vec![
            row.name.clone(),
            format::date(row.start),
            format::date(row.finish),
            done_words(row.done),
            planned.map_or_else(|| "—".to_owned(), format::date),
            row.slip.map_or_else(|| format::NOTHING.to_owned(), slip_text),
            if row.criticality == Criticality::Critical { "yes" } else { "no" }.to_owned(),
        ]);
    }
    table
}
