//! Why a date is so, in sentences: for pages, documents and the terminal alike.
//!
//! Comes in: the reasons that the plan gives as data ([`crate::plan::Reasons`]) and the schedule beside them. Goes
//! out: short sentences, each with the place in the files that it rests on. Not here: how a page or terminal sets them.

use serde::Serialize;

use crate::diagnostic::Span;
use crate::format;
use crate::model::{Assignee, LinkKind, Task, TaskKind, TaskNo, Work};
use crate::page::desk::{days_of, task_name};
use crate::plan::{Gap, GapKind, Reason, Slot, State, Step};
use crate::quantity::Duration;
use crate::report::{ProjectReport, Sources};

/// A sentence, what it is about, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Said {
    /// What kind of statement it is: `length`, `report`, `link`, `constraint`, `status-date`, `project-start`, `span`,
    /// `person`, `closure`, `absence`, `float`, `deadline`, `drag`, `lever`.
    pub kind: &'static str,
    /// The sentence, without a full stop; begins in lower case.
    pub text: String,
    /// The id of the other task, person or calendar it names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// The days it speaks of: working days for lengths, gaps and room, calendar days for drag and levers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days: Option<i64>,
    /// Where it was typed, as `path:line`; none for what is computed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
}

/// A step of an explanation: a task, and what holds it.
#[derive(Clone, Debug, Serialize)]
pub struct WhyStep {
    /// The task's id.
    pub task: String,
    /// Its name.
    pub name: String,
    /// The first day, as `2026-11-20`.
    pub start: String,
    /// The last day.
    pub finish: String,
    /// From when to when, in words, and whether that is forecast or fact.
    pub dates: String,
    /// How long it takes and what holds it, binding first.
    pub reasons: Vec<Said>,
    /// Days without work that it waits for or is interrupted by.
    pub gaps: Vec<Said>,
}

/// The explanation of a date.
#[derive(Clone, Debug, Serialize)]
pub struct Why {
    /// The project's folder.
    pub project: String,
    /// The task; none where the project's own finish is explained.
    pub task: Option<String>,
    /// The date in a sentence.
    pub headline: String,
    /// From the task back to what stands by itself.
    pub steps: Vec<WhyStep>,
    /// How much room there is: float and deadline.
    pub room: Vec<Said>,
    /// What would move it: drag, and a day less or more.
    pub moves: Vec<Said>,
}

/// Tells the reasons of one project.
#[derive(Clone, Copy, Debug)]
pub struct Teller<'a> {
    project: &'a ProjectReport,
    sources: &'a Sources,
}

impl<'a> Teller<'a> {
    /// Takes a project and the texts that its places point into.
    #[must_use]
    pub fn new(project: &'a ProjectReport, sources: &'a Sources) -> Self {
        Self { project, sources }
    }

    /// Explains the dates of a task, back to what stands by itself.
    #[must_use]
    pub fn why(&self, task: TaskNo) -> Why {
        let about = self.project.project.task(task);
        Why {
            project: self.project.project.folder.clone(),
            task: Some(about.id.to_string()),
            headline: format!("{}: {}", task_name(about), dates(about, self.slot(task))),
            steps: self.steps(task),
            room: self.room(task),
            moves: self.moves(task),
        }
    }

    /// Explains the project's finish: the task that ends last, and what would move it.
    #[must_use]
    pub fn why_finish(&self) -> Why {
        let forecast = &self.project.forecast;
        let last = forecast.longest_path.last().copied();
        let mut biggest: Vec<_> = self.project.drags.iter().filter(|drag| drag.calendar_days > 0).collect();
        biggest.sort_by_key(|drag| -drag.calendar_days);
        let name = |task: TaskNo| task_name(self.project.project.task(task));
        let drags = biggest.into_iter().take(MOVES_OF_A_PROJECT).map(|drag| {
            let gain = sooner(drag.calendar_days);
            let text = format!(
                "without “{}” it would finish on {}, {gain} (drag)",
                name(drag.task),
                format::date(drag.finish)
            );
            self.said("drag", text).about(self.id(drag.task)).days(drag.calendar_days)
        });
        let levers = self.project.levers.iter().filter(|lever| lever.calendar_days_gained > 0);
        let levers = levers.take(MOVES_OF_A_PROJECT).filter_map(|lever| {
            let day = format::date(lever.one_day_less?);
            let gain = sooner(lever.calendar_days_gained);
            let text =
                format!("with a working day less of “{}” it would finish on {day}, {gain}", name(lever.task));
            let said = self.said("lever", text).about(self.id(lever.task));
            Some(said.days(lever.calendar_days_gained))
        });
        let verb = if self.project.control.is_closed { "finished" } else { "is forecast to finish" };
        Why {
            project: self.project.project.folder.clone(),
            task: None,
            headline: format!(
                "{} {verb} on {}",
                self.project.project.name,
                format::date(forecast.finish_day())
            ),
            steps: last.map_or_else(Vec::new, |last| self.steps(last)),
            room: last.map_or_else(Vec::new, |last| self.room(last)),
            moves: levers.chain(drags).collect(),
        }
    }

    fn steps(&self, task: TaskNo) -> Vec<WhyStep> {
        self.project.reasons.chain(task).into_iter().map(|step| self.step(step)).collect()
    }

    /// A task with what holds it, in sentences.
    #[must_use]
    pub fn step(&self, step: &Step) -> WhyStep {
        let task = self.project.project.task(step.task);
        let slot = self.slot(step.task);
        let mut reasons: Vec<Said> =
            step.reasons.iter().map(|reason| self.reason(step.task, reason)).collect();
        reasons.extend(self.length(step.task));
        WhyStep {
            task: task.id.to_string(),
            name: task_name(task),
            start: format::iso(slot.first_day()),
            finish: format::iso(slot.last_day()),
            dates: dates(task, slot),
            reasons,
            gaps: step.gaps.iter().map(|gap| self.gap(step.task, gap)).collect(),
        }
    }

    /// What holds the date of a task, as a phrase that the task is the subject of.
    #[must_use]
    pub fn reason(&self, number: TaskNo, reason: &Reason) -> Said {
        let project = &self.project.project;
        let slot = self.slot(number);
        match *reason {
            Reason::Reported { origin } => {
                let text = match slot.state {
                    State::Finished if project.task(number).is_point() => {
                        format!("was reached on {}, as reported", format::date(slot.last_day()))
                    }
                    State::Finished => {
                        let days = format::span_of_days(slot.first_day(), slot.last_day());
                        format!("was done {days}, as reported")
                    }
                    _ => format!("began on {}, as reported", format::date(slot.first_day())),
                };
                self.said("report", text).at(self.place(origin))
            }
            Reason::Link { holder, predecessor, kind, lag, origin } => {
                let name = task_name(project.task(predecessor));
                let tie = match kind {
                    LinkKind::FinishStart => format!("follows “{name}”"),
                    LinkKind::StartStart => format!("starts with “{name}”"),
                    LinkKind::FinishFinish => format!("finishes with “{name}”"),
                    LinkKind::StartFinish => format!("ends when “{name}” starts"),
                };
                let tie = if holder == number {
                    tie
                } else {
                    format!("{tie}, as all of “{}” does", task_name(project.task(holder)))
                };
                let text = match (self.lag(lag), because(project.task(holder))) {
                    (Some(lag), Some(because)) => format!("{tie}, {lag}: {because}"),
                    (Some(lag), None) => format!("{tie}, {lag}"),
                    (None, _) => tie,
                };
                self.said("link", text).about(self.id(predecessor)).at(self.place(Some(origin)))
            }
            Reason::Constraint { holder, kind, day, origin } => {
                let mut text = kind.key().replace('_', " ");
                if let Some(day) = day {
                    text = format!("{text} {}", format::date(day));
                }
                if holder != number {
                    text = format!("{text}, as all of “{}”", task_name(project.task(holder)));
                }
                if let Some(because) = because(project.task(holder)) {
                    text = format!("{text}: {because}");
                }
                self.said("constraint", text).at(self.place(Some(origin)))
            }
            Reason::StatusDate(day) => {
                let day = format::date(day);
                let text = if project.task(number).is_point() {
                    format!("is open on the status date, {day}, so it lies at its end")
                } else if slot.state == State::InProgress {
                    format!("what is left is done after the status date, {day}")
                } else {
                    format!("has not begun by the status date, {day}")
                };
                self.said("status-date", text)
            }
            Reason::ProjectStart => {
                let place = project.field_origins.get("start").copied();
                self.said("project-start", "starts with the project".to_owned()).at(self.place(place))
            }
            Reason::Spans { first, last } => {
                let name = |task: TaskNo| task_name(project.task(task));
                let text = if first == last {
                    format!("lasts as long as “{}”", name(first))
                } else {
                    format!("lasts from the start of “{}” to the finish of “{}”", name(first), name(last))
                };
                self.said("span", text).about(self.id(last)).at(self.place(Some(project.task(number).origin)))
            }
            Reason::WaitsFor { who, busy_with, until } => {
                let (who, id) = match who {
                    Assignee::Person(person) => {
                        let person = &project.team.people[person.0 as usize];
                        (person.name.clone(), person.id.to_string())
                    }
                    Assignee::Role { role, heads } => {
                        let role = &project.team.roles[role.0 as usize];
                        (format!("{heads}\u{a0}×\u{a0}{}", role.name), role.id.to_string())
                    }
                };
                let text = format!(
                    "waits for {who}, busy with “{}” until {}",
                    task_name(project.task(busy_with)),
                    format::date(until.last_day())
                );
                self.said("person", text).about(id)
            }
        }
    }

    /// Days without work, as a phrase that the task is the subject of.
    #[must_use]
    pub fn gap(&self, number: TaskNo, gap: &Gap) -> Said {
        let project = &self.project.project;
        let verb = if gap.before_start { "waits for the end of" } else { "is interrupted by" };
        let days = format!("{}, {}", format::window(gap.window), days_of(gap.working_days));
        let said = match gap.kind {
            GapKind::Closure { calendar, place } => {
                let of = &project.calendars[calendar];
                let mut text = format!("{verb} {} ({days})", of.closures[place].reason);
                let task = project.task(number);
                if calendar != project.calendar || task.has_own_calendar {
                    text = format!("{text} — calendar `{}`", of.id);
                }
                self.said("closure", text).about(of.id.to_string())
            }
            GapKind::Absence(person) => {
                let person = &project.team.people[person.0 as usize];
                let text = format!("{verb} the absence of {} ({days})", person.name);
                self.said("absence", text).about(person.id.to_string())
            }
        };
        said.days(gap.working_days).at(self.place(Some(gap.origin)))
    }

    /// How long the work takes, or how much is left of it.
    fn length(&self, number: TaskNo) -> Option<Said> {
        let task = self.project.project.task(number);
        let slot = self.slot(number);
        let TaskKind::Work(work) = &task.kind else { return None };
        let days = |minutes: i64| slot_days(minutes, self.project.minutes_per_day());
        match slot.state {
            State::Finished => None,
            State::InProgress => {
                let origin =
                    self.project.facts.progress.get(number.0 as usize).and_then(|known| known.origin);
                let text = format!("{} left", self.days_words(slot.remaining));
                Some(self.said("length", text).days(days(slot.remaining)).at(self.place(origin)))
            }
            State::NotStarted => {
                let text = match work {
                    Work::Duration(length) | Work::Both { duration: length, .. }
                        if length.likely().is_elapsed() =>
                    {
                        format!("takes {} of the clock", length.likely())
                    }
                    Work::Effort(effort) => {
                        let work_time = self.project.project.calendars[task.calendar].work_time;
                        let effort = format::effort(
                            crate::quantity::Effort::from_minutes(effort.likely().minutes(work_time)),
                            self.project.minutes_per_day(),
                        );
                        format!("takes {} for {effort} of effort", self.days_words(slot.remaining))
                    }
                    Work::Duration(_) | Work::Both { .. } => {
                        format!("takes {}", self.days_words(slot.remaining))
                    }
                };
                Some(
                    self.said("length", text).days(days(slot.remaining)).at(self.place(task.estimate_origin)),
                )
            }
        }
    }

    /// How much room a task has before others, the finish and a deadline.
    #[must_use]
    pub fn room(&self, number: TaskNo) -> Vec<Said> {
        let task = self.project.project.task(number);
        let slot = self.slot(number);
        // A hammock gives way: it has no room of its own.
        if slot.state == State::Finished || matches!(task.kind, TaskKind::Hammock { .. }) {
            return Vec::new();
        }
        let mut room = Vec::new();
        let per_day = self.project.minutes_per_day();
        room.push(self.float(slot));
        if let Some(margin) = slot.deadline_margin {
            let (which, place) = match task.deadline {
                Some((day, origin)) => (format!("its deadline, {}", format::date(day)), Some(origin)),
                None => ("the tightest deadline behind it".to_owned(), None),
            };
            let text = match margin {
                0 => format!("just meets {which}"),
                _ if margin < 0 => format!("misses {which}, by {}", self.days_words(-margin)),
                _ => format!("meets {which}, with {} to spare", self.days_words(margin)),
            };
            room.push(self.said("deadline", text).days(slot_days(margin, per_day)).at(self.place(place)));
        }
        room
    }

    fn float(&self, slot: &Slot) -> Said {
        let days = |minutes: i64| self.days_words(minutes);
        let text = match slot.total_float {
            0 => "has no float: if it slips, the project ends later".to_owned(),
            total if total < 0 => format!("is {} later than a hard constraint allows", days(-total)),
            total => {
                let free = match slot.free_float {
                    free if free == total => String::new(),
                    0 => ", but every day of it moves a task behind it".to_owned(),
                    free => format!(", {} before a task behind it moves", days(free)),
                };
                format!("can slip {} before the project ends later{free}", days(total))
            }
        };
        self.said("float", text).days(slot_days(slot.total_float, self.project.minutes_per_day()))
    }

    /// What the task does to the project's finish: its drag, and what a day less or more is worth.
    #[must_use]
    pub fn moves(&self, number: TaskNo) -> Vec<Said> {
        let mut moves = Vec::new();
        if let Some(lever) = self.project.levers.iter().find(|lever| lever.task == number) {
            if let Some(day) = lever.one_day_less.filter(|_| lever.calendar_days_gained > 0) {
                let gain = sooner(lever.calendar_days_gained);
                let text = format!("a working day less: the project ends on {}, {gain}", format::date(day));
                moves.push(self.said("lever", text).days(-lever.calendar_days_gained));
            }
            if lever.calendar_days_lost > 0 {
                let text = format!(
                    "a working day more: the project ends on {}, {} later",
                    format::date(lever.one_day_more),
                    calendar_days(lever.calendar_days_lost)
                );
                moves.push(self.said("lever", text).days(lever.calendar_days_lost));
            }
        }
        let drag = self.project.drags.iter().find(|drag| drag.task == number);
        if let Some(drag) = drag.filter(|drag| drag.calendar_days > 0) {
            let gain = sooner(drag.calendar_days);
            let text = format!(
                "no work left at all: the project ends on {}, {gain} (drag)",
                format::date(drag.finish)
            );
            moves.push(self.said("drag", text).days(-drag.calendar_days));
        }
        moves
    }

    fn lag(&self, lag: Duration) -> Option<String> {
        let minutes = lag.minutes(self.project.project.work_time());
        if minutes == 0 {
            return None;
        }
        let text = if lag.is_elapsed() {
            format!("{} calendar days", format::number(minutes.abs() as f64 / 1_440.0, 0))
        } else {
            self.days_words(minutes.abs())
        };
        Some(if minutes > 0 { format!("{text} after") } else { format!("{text} before") })
    }

    fn slot(&self, task: TaskNo) -> &'a Slot {
        self.project.forecast.slot(task)
    }

    fn id(&self, task: TaskNo) -> String {
        self.project.project.task(task).id.to_string()
    }

    fn days_words(&self, minutes: i64) -> String {
        format::working_days_in_words(minutes, self.project.minutes_per_day())
    }

    fn place(&self, span: Option<Span>) -> Option<String> {
        span.map(|span| self.sources.place(span)).filter(|place| !place.starts_with(':'))
    }

    #[allow(clippy::unused_self, reason = "reads as the teller's word beside its other phrases")]
    fn said(&self, kind: &'static str, text: String) -> Said {
        Said { kind, text, about: None, days: None, place: None }
    }
}

impl Said {
    fn about(mut self, id: String) -> Self {
        self.about = Some(id);
        self
    }

    fn days(mut self, days: i64) -> Self {
        self.days = Some(days);
        self
    }

    fn at(mut self, place: Option<String>) -> Self {
        self.place = place;
        self
    }
}

/// So many tasks are named as what would move a project's finish: the best, not all.
const MOVES_OF_A_PROJECT: usize = 3;

/// The dates of a task in words.
fn dates(task: &Task, slot: &Slot) -> String {
    let days = if task.is_point() {
        format::date(slot.last_day())
    } else {
        format::span_of_days(slot.first_day(), slot.last_day())
    };
    let state = match slot.state {
        State::Finished => "actual",
        State::InProgress => "start actual, finish forecast",
        State::NotStarted => "forecast",
    };
    format!("{days} ({state})")
}

/// The author's reason for lags and constraints of a task.
fn because(task: &Task) -> Option<String> {
    let text = crate::prose::plain_text(&task.because.as_ref()?.markdown);
    let text = text.trim().trim_end_matches('.');
    (!text.is_empty()).then(|| text.to_owned())
}

/// Whole working days, rounded away from zero: part of a day late is late.
fn slot_days(minutes: i64, per_day: i64) -> i64 {
    let per_day = per_day.max(1);
    minutes.signum() * ((minutes.abs() + per_day - 1) / per_day)
}

fn calendar_days(days: i64) -> String {
    format!("{}\u{a0}{}", format::whole(days), if days == 1 { "day" } else { "days" })
}

fn sooner(days: i64) -> String {
    format!("{} sooner", calendar_days(days))
}
