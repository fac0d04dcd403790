//! The one read-only view of a computed portfolio: what charts, pages, documents, checks and exports look at.
//!
//! Comes in: a model, its schedules, its measurements. Goes out: [`Report`]. Nothing is computed here
//! but lookups; nothing is worded here.

mod asked;
mod days;
mod decided;
mod exchange;
mod judged;
mod known;
mod reading;
mod rebaselined;
mod since;
mod thing;
mod what_if;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use crate::control::{Control, Measured, Said, find_plateaus};
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, LineIndex, Places, Position, Span};
use crate::model::{PersonNo, Project, Snapshot, Task, TaskNo, Text, TimeEntry};
use crate::plan::risk::ScheduleRisk;
use crate::plan::{Compiled, Drag, Driver, Engine, Facts, Lever, Load, Reasons, Schedule, Silent, Slot};
use crate::quantity::{Audience, GateId};

pub use asked::Asked;
pub use decided::{GateComparison, GateDifference, TypedPlace};
pub use exchange::{Exchange, concerns};
pub use judged::{Judged, JudgedFigure, JudgedPart, JudgedThings, Truth};
pub use known::{Known, PathTest};
pub use reading::Value;
pub use rebaselined::{Rebaselined, RebaselinedEffect};
pub use since::{
    CommitMove, Compared, History, Moment, NotCompared, ProjectHistory, ProjectSince, State,
    findings_only_in, path_and_line,
};
pub use thing::{FieldState, Item};
pub use what_if::{ChangeEffect, OptionEffect, ProjectDifference, WhatIf, is_of_the_files, wish_missed};

/// The texts that findings and provenance point into.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<(String, String)>,
    /// Where the lines of each begin: pages ask for thousands of places in long files.
    lines: Vec<LineIndex>,
    /// The files in the order of their paths, of those with one path the first alone.
    by_path: Vec<usize>,
    /// Those that are about all projects.
    shared: Vec<usize>,
}

impl Sources {
    /// Takes path and text of each file, in the order of their [`FileId`]s.
    #[must_use]
    pub fn new(files: Vec<(String, String)>) -> Self {
        let lines = files.iter().map(|(_, text)| LineIndex::new(text)).collect();
        let mut by_path: Vec<usize> = (0..files.len()).collect();
        // The files of a folder come in this order; a stable sort only looks at them.
        by_path.sort_by(|one, other| files[*one].0.cmp(&files[*other].0));
        by_path.dedup_by(|one, before| files[*one].0 == files[*before].0);
        let shared = files.iter().enumerate().filter(|(_, (path, _))| is_shared(path));
        let shared = shared.map(|(place, _)| place).collect();
        Self { files, lines, by_path, shared }
    }

    /// The files that are about all projects, in the order in which they were read.
    pub fn shared(&self) -> impl Iterator<Item = (FileId, &str, &str)> {
        self.shared.iter().filter_map(|place| {
            let (path, text) = self.files.get(*place)?;
            Some((FileId(u32::try_from(*place).ok()?), path.as_str(), text.as_str()))
        })
    }

    /// The text of a file by its path; none where there is no such file.
    #[must_use]
    pub fn text_of(&self, path: &str) -> Option<&str> {
        let place = self.by_path.binary_search_by(|place| self.files[*place].0.as_str().cmp(path)).ok()?;
        self.files.get(*self.by_path.get(place)?).map(|(_, text)| text.as_str())
    }

    /// Gives path and text of each file, in the order in which they were read.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The files whose paths begin so, in the order of the paths; of two with one path the first.
    pub fn below(&self, beginning: &str) -> impl Iterator<Item = (FileId, &str, &str)> {
        let first = self.by_path.partition_point(|place| self.files[*place].0.as_str() < beginning);
        let known = self.by_path[first..].iter().filter_map(|place| Some((*place, self.files.get(*place)?)));
        let below = known.take_while(move |(_, (path, _))| path.starts_with(beginning));
        below.filter_map(|(place, (path, text))| {
            Some((FileId(u32::try_from(place).ok()?), path.as_str(), text.as_str()))
        })
    }

    /// The same files in their order, those that are not chosen as files without a name and without a word.
    #[must_use]
    fn only(&self, is_chosen: impl Fn(&str) -> bool) -> Self {
        let kept = self.files.iter().map(|(path, text)| {
            if is_chosen(path) { (path.clone(), text.clone()) } else { (String::new(), String::new()) }
        });
        Self::new(kept.collect())
    }

    /// The same files, of those that are chosen the lines alone without a word on them: places in them stay what they are.
    #[must_use]
    pub fn blanked(&self, is_chosen: impl Fn(FileId) -> bool) -> Self {
        let blank = |text: &str| text.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
        let files = self.files.iter().zip(0_u32..).map(|((path, text), number)| {
            (path.clone(), if is_chosen(FileId(number)) { blank(text) } else { text.clone() })
        });
        Self::new(files.collect())
    }

    /// Each span with its line; quick where they come in the order of the files.
    pub fn lines(&self, spans: impl IntoIterator<Item = Span>) -> impl Iterator<Item = (Span, usize)> {
        let (mut file, mut line) = (None, 1);
        spans.into_iter().map(move |span| {
            if file != Some(span.file) {
                (file, line) = (Some(span.file), 1);
            }
            line = match self.lines.get(span.file.0 as usize) {
                Some(lines) => lines.line_from(line, span.start as usize),
                None => 1,
            };
            (span, line)
        })
    }

    /// Says where a span is, as `path:line`.
    #[must_use]
    pub fn place(&self, span: Span) -> String {
        format!("{}:{}", self.path(span.file), self.position(span).line)
    }
}

impl Places for Sources {
    fn path(&self, file: FileId) -> &str {
        self.files.get(file.0 as usize).map_or("", |(path, _)| path)
    }

    fn text(&self, file: FileId) -> &str {
        self.files.get(file.0 as usize).map_or("", |(_, text)| text)
    }

    fn position(&self, span: Span) -> Position {
        let text = self.text(span.file);
        match self.lines.get(span.file.0 as usize) {
            Some(lines) => lines.position(text, span.start as usize),
            None => LineIndex::new(text).position(text, span.start as usize),
        }
    }
}

/// A whole portfolio, computed.
#[derive(Clone, Debug)]
pub struct Report {
    /// The title of the site.
    pub title: String,
    /// What the portfolio is.
    pub description: Option<Text>,
    /// The theme it is to be shown in; none for the usual one.
    pub theme: Option<&'static str>,
    /// Where the site will be found, `https://…`; none where nobody said.
    pub site_address: Option<String>,
    /// Whom it is for.
    pub audience: Audience,
    /// Files whose text these may not read.
    pub unread: BTreeSet<FileId>,
    /// The newest status date of its projects.
    pub status_date: Date,
    /// The revision of the sources, where the caller knows one.
    pub revision: Option<String>,
    /// The projects that could be computed, in the order of their folders.
    pub projects: Vec<ProjectReport>,
    /// Folders of projects that could not be read.
    pub unreadable: Vec<String>,
    /// Everything found in the files and about the projects, in reading order.
    pub findings: Diagnostics,
    /// The texts of the files, and behind them those of the wishes of a what-if.
    pub sources: Sources,
    /// What was asked, where the report is computed with changes that stand in no file.
    pub what_if: Option<WhatIf>,
    /// What the repository of the folder tells of its past.
    pub history: History,
}

/// One project, computed.
#[derive(Clone, Debug)]
pub struct ProjectReport {
    /// What people wrote.
    pub project: Project,
    /// What it was compiled to, for whoever asks the engine again.
    pub compiled: Compiled,
    /// The day it is all about.
    pub status_date: Date,
    /// The day whose files it was computed from: the status date; as of a gate gone by the day on which its document was frozen,
    /// or else the status date of today. What has no day of its own in the files is as they stood then.
    pub files_of: Date,
    /// The plan as typed, as if nothing had happened yet.
    pub planned: Schedule,
    /// The forecast as of the status date.
    pub forecast: Schedule,
    /// What had been reported by then.
    pub facts: Facts,
    /// Whether all was read that dates rest on. Where it was not, the forecast is computed all the same, and nobody tells its days:
    /// see [`ProjectReport::finish`] and [`ProjectReport::last_day`].
    pub are_days_known: bool,
    /// What a day more or less on each open critical task would change.
    pub levers: Vec<Lever>,
    /// What the project would gain if an open task of the longest path took no time.
    pub drags: Vec<Drag>,
    /// Begun work of which nobody says how far it is.
    pub silent: Vec<Silent>,
    /// Why each task of the forecast lies where it does.
    pub reasons: Reasons,
    /// What a delay on the critical path does to the finish, once somebody has asked.
    pub path_test: Known<Option<PathTest>>,
    /// Open tasks of which a delay does not reach the end of the plan, once somebody has asked.
    pub untraced: Known<Vec<TaskNo>>,
    /// What was forecast on the report before; none before the second report, and as of gates gone by.
    pub last_time: Option<LastTime>,
    /// What the options of open decisions lead to, where they say what they change; in the order of the log.
    pub options: Vec<OptionEffect>,
    /// What changes that wait for approval lead to, where they say what they change; in the order of the log.
    pub changes: Vec<ChangeEffect>,
    /// How people are booked, week by week.
    pub load: Load,
    /// Where it stands and where it will end.
    pub control: Control,
    /// How sure finish and cost are; none where nothing varies, and for past states.
    pub risk: Option<Arc<ScheduleRisk>>,
    /// What casts doubt on what was reported or booked, whether it is waived or not; the colour of data is read from it. None where nobody
    /// looked for it, as in a past state of which only figures are asked.
    pub doubts: Option<Diagnostics>,
    /// What was said on each report before the status date, as it was frozen, and what is said now, in order; of a report of the status
    /// date that was closed by another baseline what it said.
    pub said_by_report: Vec<Said>,
    /// The gate before whose board it lies: computed as of the day of its decision, without that decision; none for the project
    /// as of the status date.
    pub before_board: Option<GateId>,
    /// The same project as it lay before the board of each gate, on the day of the decision; gates decided after the status date
    /// are absent. What was decided is shown with the figures that the board saw.
    pub at_gates: BTreeMap<GateId, ProjectReport>,
    /// What the frozen documents of its gates say otherwise than today's files, in their order; empty as of gates gone by, for a
    /// what-if and for past states.
    pub decided: Vec<GateComparison>,
    /// The signatures that its decided gates need and that nobody has given by the status date, in words; gates that lack none are
    /// absent. Empty where `decided` is.
    pub unsigned: BTreeMap<GateId, Vec<String>>,
}

/// The forecast of the report before: today's plan with what had been reported by then.
///
/// Where the plan itself has changed since, it says what today's plan would have promised then.
#[derive(Clone, Debug)]
pub struct LastTime {
    /// The day of that report.
    pub day: Date,
    /// What was forecast.
    pub forecast: Schedule,
}

impl ProjectReport {
    /// A task with its number and its place in the forecast, in the order of the plan.
    pub fn tasks(&self) -> impl Iterator<Item = (TaskNo, &Task, &Slot)> {
        self.project
            .task_numbers()
            .map(|number| (number, self.project.task(number), self.forecast.slot(number)))
    }

    /// The tasks that somebody works on or answers for, in the order of the plan, without summaries.
    pub fn work_of(&self, person: PersonNo) -> impl Iterator<Item = (TaskNo, &Task, &Slot)> {
        let own = self.project.tasks_of(person).iter();
        own.map(|number| (*number, self.project.task(*number), self.forecast.slot(*number)))
            .filter(|(_, task, _)| !task.is_summary())
    }

    /// Of [`ProjectReport::work_of`] the tasks that are not finished.
    pub fn open_work_of(&self, person: PersonNo) -> impl Iterator<Item = (TaskNo, &Task, &Slot)> {
        self.work_of(person).filter(|(_, _, slot)| slot.state != crate::plan::State::Finished)
    }

    /// Whether there is still work to do: the board has neither stopped nor closed it.
    #[must_use]
    pub fn is_running(&self) -> bool {
        !self.control.is_stopped && !self.control.is_closed
    }

    /// Whether a task was given up when the board stopped the project; a summary where nothing else is left of it.
    #[must_use]
    pub fn is_given_up(&self, number: TaskNo) -> bool {
        if self.facts.stopped.is_none() {
            return false;
        }
        let ended = |number: &TaskNo| self.forecast.slot(*number).drivers.contains(&Driver::GivenUp);
        if !self.project.task(number).is_summary() {
            return ended(&number);
        }
        let above = |at: &TaskNo| self.project.task(*at).parent;
        let is_below = |at: &TaskNo| std::iter::successors(above(at), above).any(|above| above == number);
        let leaves =
            self.project.task_numbers().filter(is_below).filter(|at| !self.project.task(*at).is_summary());
        let is_open = |at: &TaskNo| self.forecast.slot(*at).state != crate::plan::State::Finished;
        let mut open = leaves.filter(is_open).peekable();
        open.peek().is_some() && open.all(|at| ended(&at))
    }

    /// Whether something is left to do of a task: it is neither finished nor given up.
    #[must_use]
    pub fn is_left(&self, number: TaskNo) -> bool {
        self.forecast.slot(number).state != crate::plan::State::Finished && !self.is_given_up(number)
    }

    /// The engine that computed it.
    #[must_use]
    pub fn engine(&self) -> Engine<'_> {
        Engine::with(&self.project, &self.compiled)
    }

    /// What is said of the project on the status date. Findings are not counted.
    #[must_use]
    pub fn said(&self) -> Said {
        let measured = Measured {
            project: &self.project,
            forecast: &self.forecast,
            control: &self.control,
            risk: self.risk.as_deref(),
        };
        Said::of(&measured, None)
    }

    /// Gathers what was said by report, once all is computed that is said.
    ///
    /// The report of the status date is computed anew, unless it was closed by a baseline that another took the place of on the same day:
    /// what is closed stays as it was closed.
    #[must_use]
    pub fn with_said(mut self) -> Self {
        let now = self.said();
        let is_replaced = |closed: &Snapshot| closed.figures.baseline != now.figures.baseline;
        let closed = self.project.snapshots.iter().filter(|closed| closed.status_date <= self.status_date);
        let newest = closed.clone().find(|closed| closed.status_date == self.status_date);
        let newest = newest.filter(|closed| is_replaced(closed));
        let before = closed.clone().filter(|closed| closed.status_date < self.status_date);
        let now = if newest.is_some() { None } else { Some(now) };
        let said = self.said_then(before.chain(newest));
        self.said_by_report = said.into_iter().chain(now).collect();
        self
    }

    /// What closed reports said, with what is known of the plans that they were measured by.
    #[must_use]
    pub fn said_then<'a>(&self, closed: impl Iterator<Item = &'a Snapshot>) -> Vec<Said> {
        let mut said: Vec<Said> = closed.map(Said::frozen).collect();
        find_plateaus(&mut said, &self.control.reference, &self.control.curve);
        said
    }

    /// The rows of hours that can be judged: all that are typed; of a day before that of the newest report those alone whose day or
    /// week had begun by then.
    pub fn known_hours(&self) -> impl Iterator<Item = &TimeEntry> {
        let is_newest = self.status_date >= self.project.newest_report();
        let rows = self.project.timesheets.iter();
        rows.filter(move |entry| is_newest || entry.period.first() <= self.status_date)
    }

    /// The minutes of a working day of the project's calendar.
    #[must_use]
    pub fn minutes_per_day(&self) -> i64 {
        self.project.work_time().minutes_per_day
    }
}

impl Report {
    /// The findings about one project, in reading order.
    pub fn findings_of<'a>(&'a self, project: &'a ProjectReport) -> impl Iterator<Item = &'a Diagnostic> {
        self.findings.of_project(&project.project.folder)
    }

    /// The same portfolio with one of its projects alone: neither findings nor files of the others are in it. What was computed
    /// beside them, such as the load of shared people, stays as it is.
    #[must_use]
    pub fn of_one(mut self, folder: &str) -> Self {
        self.projects.retain(|project| project.project.folder == folder);
        self.unreadable.clear();
        let own: Vec<&String> = self.projects.iter().flat_map(|project| &project.project.files).collect();
        self.sources = self.sources.only(|path| own.iter().any(|file| *file == path) || is_shared(path));
        let mut findings = Diagnostics::default();
        for found in &self.findings {
            let is_own = match (&found.project, found.span) {
                (Some(project), _) => project == folder,
                (None, Some(span)) => !self.sources.path(span.file).is_empty(),
                (None, None) => true,
            };
            if is_own {
                findings.push(found.clone());
            }
        }
        self.findings = findings;
        self
    }

    /// The folder of a project as the beginning of the paths of its files: `projects/net/`; empty for a portfolio of one.
    #[must_use]
    pub fn home(&self, project: &ProjectReport) -> &str {
        let mandate = self.sources.path(project.project.origin.file);
        mandate.rfind('/').map_or("", |end| &mandate[..=end])
    }

    /// The path of a file inside the folder of a project: `plan.yaml`; of a file that lies elsewhere its path in the portfolio.
    #[must_use]
    pub fn inside<'a>(&self, project: &ProjectReport, path: &'a str) -> &'a str {
        path.strip_prefix(self.home(project)).unwrap_or(path)
    }

    /// Finds a project by its folder.
    #[must_use]
    pub fn project(&self, folder: &str) -> Option<&ProjectReport> {
        let sorted = self.projects.binary_search_by(|project| project.project.folder.as_str().cmp(folder));
        match sorted {
            Ok(place) => self.projects.get(place),
            // What is put together by hand may stand in another order.
            Err(_) => self.projects.iter().find(|project| project.project.folder == folder),
        }
    }
}

/// Whether a file is about all projects of a portfolio.
#[must_use]
pub fn is_shared(path: &str) -> bool {
    ["portfolio.yaml", "people.yaml"].contains(&path) || path.starts_with("calendars/")
}
