//! A plan of another program in plain values: what was read, before anything is made of it.
//!
//! Comes in: nothing; these are types, shaped after what MS Project stores, which says most. Times are minutes, money is
//! hundredths of the currency's unit. Each foreign format reads into them; `folder` makes our files of them.

use jiff::civil::{Date, DateTime};

use crate::diagnostic::Span;
use crate::exchange::folder::Leftover;

pub use super::plan_calendar::{Calendar, Exception, Position, Rhythm, Shift, Week, WorkWeek};

/// The hours of a working day that names none.
pub const USUAL_SHIFTS: [Shift; 2] = [Shift { start: 480, end: 720 }, Shift { start: 780, end: 1_020 }];

/// The priority of a task that says nothing else.
pub const USUAL_PRIORITY: i64 = 500;

/// Hundredths of a percent of a whole person.
pub const WHOLE: i64 = 10_000;

/// The program that a plan comes from; decides what its habits are and how it is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    /// MS Project, in XML.
    MsProject,
    /// A table of whatever origin.
    Table,
    /// Jira.
    Jira,
    /// GitHub.
    GitHub,
    /// GitLab.
    GitLab,
}

impl Program {
    /// Its name inside a sentence.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::MsProject => "MS Project",
            Self::Table => "the table",
            Self::Jira => "Jira",
            Self::GitHub => "GitHub",
            Self::GitLab => "GitLab",
        }
    }

    /// Stands for the reason that the program does not store.
    #[must_use]
    pub fn reason(self) -> String {
        format!("as in {}", self.name())
    }

    /// Whether it computes a schedule, whose dates the new folder is held against.
    #[must_use]
    pub fn has_dates(self) -> bool {
        matches!(self, Self::MsProject | Self::Table)
    }
}

/// Identifies a task, a resource or a calendar of the foreign plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Uid(pub i64);

/// A whole plan.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Where it comes from.
    pub program: Program,
    /// The title, else the name of the file it was saved as; empty where neither is given.
    pub title: String,
    /// Who leads it; empty where not given.
    pub manager: String,
    /// What it is about; empty where not given.
    pub subject: String,
    /// When work may begin, or for a plan counted back, when it began.
    pub start: DateTime,
    /// When it ends.
    pub finish: Option<DateTime>,
    /// Up to when progress was recorded.
    pub status: Option<DateTime>,
    /// Whether dates are counted back from the finish.
    pub is_from_finish: bool,
    /// Whether dates that bind come before links, as far as the file says.
    pub honors_constraints: bool,
    /// The currency's code, such as `EUR`; empty where the file gives none.
    pub currency_code: String,
    /// The currency's sign, such as `€`; empty where the file gives none.
    pub currency_symbol: String,
    /// Minutes that a day of a duration has; above zero.
    pub minutes_per_day: i64,
    /// Days of slack at or below which a task is critical.
    pub critical_slack_days: i64,
    /// The project's calendar.
    pub calendar: Option<Uid>,
    /// Calendars of the project, of tasks and of resources.
    pub calendars: Vec<Calendar>,
    /// Tasks in their order, without the empty rows and the summary of the whole project.
    pub tasks: Vec<Task>,
    /// The summary of the whole project, where it holds something.
    pub project_task: Option<Task>,
    /// People, material and kinds of cost.
    pub resources: Vec<Resource>,
    /// Who works on what.
    pub assignments: Vec<Assignment>,
    /// Bugs, for the register of defects.
    pub defects: Vec<Defect>,
    /// What was read and has no place in a plan.
    pub leftovers: Vec<Leftover>,
    /// What was decided in reading, each as a sentence for the page about the import.
    pub decided: Vec<String>,
}

impl Plan {
    /// An empty plan that begins at a moment, of days of eight hours.
    #[must_use]
    pub fn new(program: Program, start: DateTime) -> Self {
        Self {
            program,
            title: String::new(),
            manager: String::new(),
            subject: String::new(),
            start,
            finish: None,
            status: None,
            is_from_finish: false,
            honors_constraints: true,
            currency_code: String::new(),
            currency_symbol: String::new(),
            minutes_per_day: 480,
            critical_slack_days: 0,
            calendar: None,
            calendars: Vec::new(),
            tasks: Vec::new(),
            project_task: None,
            resources: Vec::new(),
            assignments: Vec::new(),
            defects: Vec::new(),
            leftovers: Vec::new(),
            decided: Vec::new(),
        }
    }
}

/// A bug: something that is wrong in what is delivered.
#[derive(Clone, Debug)]
pub struct Defect {
    /// Its number in the place where it is kept.
    pub key: String,
    /// What is wrong.
    pub title: String,
    /// 1 is the worst, 4 the least.
    pub severity: u8,
    /// When it was found.
    pub opened: Date,
    /// When it was closed.
    pub closed: Option<Date>,
    /// Who mends it.
    pub owner: Option<Uid>,
    /// The task it belongs to.
    pub task: Option<Uid>,
}

/// What a resource is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResourceKind {
    /// People or machines, whose time is used.
    Work,
    /// Something that is used up.
    Material,
    /// A kind of cost.
    Cost,
}

/// A person, a group, material or a kind of cost.
#[derive(Clone, Debug)]
pub struct Resource {
    /// Its identity.
    pub uid: Uid,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: ResourceKind,
    /// Whether it stands for a role and no person.
    pub is_generic: bool,
    /// The group; may be empty.
    pub group: String,
    /// The most that can be given at a time, in hundredths of a percent: 10 000 is one person's whole day.
    pub max_units: i64,
    /// The most by period, first day and last day, where it changes.
    pub availability: Vec<(Option<Date>, Option<Date>, i64)>,
    /// Its calendar.
    pub calendar: Option<Uid>,
    /// Price of an hour, in ten-thousandths of the currency's unit.
    pub rate: i64,
    /// Whether the price is meant by the day.
    pub is_rate_daily: bool,
    /// How many different prices it has over time and in its tables; those of a table that is used for days of another length are one.
    pub n_rates: usize,
    /// Prices of an hour in its other tables, by the number of the table, in ten-thousandths of the currency's unit.
    pub other_rates: Vec<(i64, i64)>,
    /// Price of each use, in hundredths.
    pub cost_per_use: i64,
    /// Remarks.
    pub notes: String,
    /// Where it stands.
    pub span: Span,
}

impl Resource {
    /// The price of an hour by one of its tables, in ten-thousandths of the currency's unit; that of the usual one where it has no other.
    #[must_use]
    pub fn rate_by(&self, table: i64) -> i64 {
        self.other_rates.iter().find(|(number, _)| *number == table).map_or(self.rate, |(_, rate)| *rate)
    }

    /// A person of whom nothing is known but the name.
    #[must_use]
    pub fn person(uid: Uid, name: String, span: Span) -> Self {
        Self {
            uid,
            name,
            kind: ResourceKind::Work,
            is_generic: false,
            group: String::new(),
            max_units: WHOLE,
            availability: Vec::new(),
            calendar: None,
            rate: 0,
            is_rate_daily: false,
            n_rates: 0,
            other_rates: Vec::new(),
            cost_per_use: 0,
            notes: String::new(),
            span,
        }
    }
}

/// Who works on a task.
#[derive(Clone, Debug)]
pub struct Assignment {
    /// The task.
    pub task: Uid,
    /// The resource.
    pub resource: Uid,
    /// Hundredths of a percent of a whole day; for material the amount in ten-thousandths.
    pub units: i64,
    /// Minutes of work.
    pub work: i64,
    /// What it costs, in hundredths.
    pub cost: i64,
    /// Minutes by which it starts after its task.
    pub delay: i64,
    /// The table of the resource whose price counts; 0 for its usual one.
    pub rate_table: i64,
    /// Whether the work is spread evenly.
    pub is_even: bool,
    /// Minutes of work done.
    pub actual_work: i64,
    /// Minutes of work that are left; none where the file does not tell.
    pub remaining_work: Option<i64>,
    /// Money spent, in hundredths.
    pub actual_cost: i64,
    /// Work done by day, in minutes, where the file tells it.
    pub done_by_day: Vec<(Date, i64)>,
    /// Where it stands.
    pub span: Span,
}

/// How two tasks hang together; the first word is the predecessor's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// Finish to finish.
    FinishFinish,
    /// Finish to start.
    FinishStart,
    /// Start to finish.
    StartFinish,
    /// Start to start.
    StartStart,
}

/// Time between two linked tasks; below zero for a lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lag {
    /// Minutes of working time, written in a unit.
    Working(i64, Unit),
    /// Minutes of the clock.
    Elapsed(i64, Unit),
    /// Percent of the predecessor's duration; by the clock when elapsed.
    Share {
        /// Whole percent.
        percent: i64,
        /// Whether it runs by the clock.
        is_elapsed: bool,
    },
}

/// The unit in which MS Project shows a length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Minutes.
    Minute,
    /// Hours.
    Hour,
    /// Days, weeks and months.
    Day,
}

/// A link from a predecessor.
#[derive(Clone, Debug)]
pub struct Link {
    /// The task waited for.
    pub predecessor: Uid,
    /// Which ends are tied.
    pub kind: LinkKind,
    /// Time between them.
    pub lag: Lag,
    /// The task of another file, where it is one.
    pub elsewhere: Option<String>,
    /// Where it stands.
    pub span: Span,
}

impl Lag {
    /// Whether it is no time.
    #[must_use]
    pub fn is_zero(self) -> bool {
        match self {
            Self::Working(minutes, _) | Self::Elapsed(minutes, _) => minutes == 0,
            Self::Share { percent, .. } => percent == 0,
        }
    }
}

/// A binding date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConstraintKind {
    /// None: as soon as possible.
    AsSoonAsPossible,
    /// As late as it can without delaying anything.
    AsLateAsPossible,
    /// Starts on the date.
    MustStart,
    /// Finishes on the date.
    MustFinish,
    /// Starts on the date or later.
    StartsNotBefore,
    /// Starts on the date or earlier.
    StartsNotAfter,
    /// Finishes on the date or later.
    FinishesNotBefore,
    /// Finishes on the date or earlier.
    FinishesNotAfter,
}

/// A length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// Minutes, of working time or of the clock.
    pub minutes: i64,
    /// Whether it runs by the clock.
    pub is_elapsed: bool,
    /// The unit in which it is shown.
    pub unit: Unit,
}

/// What a frozen plan promised for a task.
#[derive(Clone, Debug)]
pub struct Baseline {
    /// 0 for the baseline itself, 1 to 10 for the further ones.
    pub number: i64,
    /// Promised start.
    pub start: Option<DateTime>,
    /// Promised finish.
    pub finish: Option<DateTime>,
    /// Promised length.
    pub length: Option<Length>,
    /// Promised cost, in hundredths.
    pub cost: i64,
    /// Promised minutes of people.
    pub work: i64,
}

/// A line of the plan.
#[derive(Clone, Debug)]
pub struct Task {
    /// The id that it shall get, where it may have one; else one is made of its name.
    pub wanted_id: Option<String>,
    /// Remarks for whoever edits the file: written as comments above it.
    pub comments: Vec<String>,
    /// Its identity.
    pub uid: Uid,
    /// Its row as MS Project shows it.
    pub row: i64,
    /// Its name; may be empty.
    pub name: String,
    /// How deep it stands; 1 for the outermost.
    pub level: usize,
    /// Whether it counts at all.
    pub is_active: bool,
    /// Whether its dates were typed and links do not move it.
    pub is_manual: bool,
    /// Whether it stands for a task of another file.
    pub is_external: bool,
    /// Whether it stands for another file.
    pub is_subproject: bool,
    /// Whether it is shown as a milestone.
    pub is_milestone: bool,
    /// Stored start.
    pub start: Option<DateTime>,
    /// Stored finish.
    pub finish: Option<DateTime>,
    /// How long it takes.
    pub length: Option<Length>,
    /// Whether the length is the time between its stored dates, because the file gives none.
    pub is_length_of_dates: bool,
    /// Whether its stored start was made its constraint, because nothing in the plan explains it.
    pub is_start_kept: bool,
    /// Whether the length is marked as a guess.
    pub is_estimated: bool,
    /// Working minutes between its stored dates, where they become its duration in place of its length: it was split, stretched,
    /// or its typed dates leave less.
    pub spanned: Option<i64>,
    /// Of work that has begun and is split or stretched in what is left of it: the working minutes from where it goes on to its stored
    /// finish, which become what is left.
    pub spanned_rest: Option<i64>,
    /// Minutes of work.
    pub work: i64,
    /// How far it has come, in percent of its duration, or of the physical work where that is how it earns.
    pub percent_complete: i64,
    /// When it began.
    pub actual_start: Option<DateTime>,
    /// When it was done.
    pub actual_finish: Option<DateTime>,
    /// Up to when work was done.
    pub stop: Option<DateTime>,
    /// When the rest goes on.
    pub resume: Option<DateTime>,
    /// Minutes still needed.
    pub remaining: Option<i64>,
    /// The binding date's kind.
    pub constraint: ConstraintKind,
    /// The binding date.
    pub constraint_date: Option<DateTime>,
    /// The day by which it should finish.
    pub deadline: Option<DateTime>,
    /// Its own calendar.
    pub calendar: Option<Uid>,
    /// Whether the calendars of its people do not count.
    pub ignores_people: bool,
    /// 0 to 1 000; 500 is usual.
    pub priority: i64,
    /// Minutes by which levelling delays it.
    pub levelling_delay: i64,
    /// Money that is not labour, in hundredths.
    pub fixed_cost: i64,
    /// Money spent, in hundredths.
    pub actual_cost: i64,
    /// Remarks.
    pub notes: String,
    /// Address of a page about it; may be empty.
    pub hyperlink: String,
    /// What it waits for.
    pub links: Vec<Link>,
    /// Frozen plans.
    pub baselines: Vec<Baseline>,
    /// Where it stands.
    pub span: Span,
}

impl Task {
    /// A task of which nothing is known but its number and name.
    #[must_use]
    pub fn new(uid: Uid, name: String, level: usize, span: Span) -> Self {
        Self {
            wanted_id: None,
            comments: Vec::new(),
            uid,
            row: uid.0,
            name,
            level,
            is_active: true,
            is_manual: false,
            is_external: false,
            is_subproject: false,
            is_milestone: false,
            start: None,
            finish: None,
            length: None,
            is_length_of_dates: false,
            is_start_kept: false,
            is_estimated: false,
            spanned: None,
            spanned_rest: None,
            work: 0,
            percent_complete: 0,
            actual_start: None,
            actual_finish: None,
            stop: None,
            resume: None,
            remaining: None,
            constraint: ConstraintKind::AsSoonAsPossible,
            constraint_date: None,
            deadline: None,
            calendar: None,
            ignores_people: false,
            priority: USUAL_PRIORITY,
            levelling_delay: 0,
            fixed_cost: 0,
            actual_cost: 0,
            notes: String::new(),
            hyperlink: String::new(),
            links: Vec::new(),
            baselines: Vec::new(),
            span,
        }
    }

    /// When what is left of begun work goes on; none where the file does not tell.
    #[must_use]
    pub fn goes_on(&self) -> Option<DateTime> {
        self.resume.max(self.stop)
    }

    /// Whether it is known only how much work it is, and its length follows from who does it.
    #[must_use]
    pub fn is_effort(&self) -> bool {
        self.length.is_none() && self.work > 0 && !self.is_milestone
    }

    /// Whether it takes no time: it has no length, and its dates do not say otherwise.
    #[must_use]
    pub fn is_point(&self) -> bool {
        match self.length {
            Some(length) => length.minutes <= 0,
            None => self.is_milestone || (self.start.is_some() && self.start == self.finish),
        }
    }
}
