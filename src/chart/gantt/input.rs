//! What a Gantt chart is drawn from: rows, links between them, time without work.

use jiff::civil::Date;

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

/// Which ends a dependency ties together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LinkKind {
    /// Finish to start: the usual one.
    #[default]
    FinishToStart,
    /// Start to start.
    StartToStart,
    /// Finish to finish.
    FinishToFinish,
    /// Start to finish.
    StartToFinish,
}
