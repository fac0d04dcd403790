//! Why a date is so, in sentences: for pages, documents and the terminal alike.
//!
//! Comes in: the reasons that the plan gives as data ([`crate::plan::Reasons`]) and the schedule beside them. Goes
//! out: short sentences, each with the place in the files that it rests on. Not here: how a page or terminal sets them.

use jiff::civil::Date;
use serde::Serialize;

use crate::diagnostic::Span;
use crate::format;
use crate::model::{Ground, Task, TaskKind, TaskNo, unread_words};
use crate::page::desk::task_name;
use crate::page::what_if::later;
use crate::page::why_float::Limit;
use crate::plan::{Reason, Slot, State, Step};
use crate::quantity::{MINUTES_OF_DAY, Moment};
use crate::report::{ProjectReport, Report};

/// A sentence, what it is about, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Said {
    /// What kind of statement it is: `length`, `report`, `link`, `constraint`, `status-date`, `project-start`,
    /// `project-finish`, `by-hand`, `span`, `person`, `closure`, `absence`, `float`, `deadline`, `follower`, `drag`, `lever`.
    pub kind: &'static str,
    /// The sentence, without a full stop; begins in lower case.
    pub text: String,
    /// The id of the other task, person or calendar it names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// The working days it speaks of. Where it tells how the finish would move (`drag`, `lever`), below zero is sooner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days: Option<i64>,
    /// Where it was typed, as `path:line`; none for what is computed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Who is waited for one after another, where levelling holds the task.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub waits: Vec<SaidWait>,
}

/// A stretch of a wait.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SaidWait {
    /// The id of the person or role that is waited for.
    pub who: String,
    /// The task that they are busy with: its id, or `project/name` for one of another project; none where they have no
    /// time of their own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub busy_with: Option<String>,
    /// Working days of it, those that are begun counted whole.
    pub days: i64,
    /// The day on which it begins, as `2026-11-20`.
    pub start: String,
    /// The last day of it.
    pub finish: String,
}

/// A step of an explanation: a task, and what holds it.
#[derive(Clone, Debug, Serialize)]
pub struct WhyStep {
    /// The folder of its project where that is another one than is asked about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project: Option<String>,
    /// The task's id.
    pub task: String,
    /// Its name; of a task of another project with that of the project.
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
    /// From the task back to what stands by itself, through other projects where they hold it.
    pub steps: Vec<WhyStep>,
    /// How much room there is: float, deadline, and tasks of other projects that wait.
    pub room: Vec<Said>,
    /// What would move it: drag, and a day less or more.
    pub moves: Vec<Said>,
}

/// Tells the reasons of one project.
#[derive(Clone, Copy, Debug)]
pub struct Teller<'a> {
    /// All projects, and the texts that places point into.
    pub(super) report: &'a Report,
    pub(super) project: &'a ProjectReport,
}

impl<'a> Teller<'a> {
    /// Takes a project, and the report that it is part of.
    #[must_use]
    pub fn new(report: &'a Report, project: &'a ProjectReport) -> Self {
        Self { report, project }
    }

    /// Explains the dates of a task, back to what stands by itself.
    #[must_use]
    pub fn why(&self, task: TaskNo) -> Why {
        let about = self.project.project.task(task);
        if let Some(why) = self.unread(!self.project.is_last_day_known(task)) {
            let headline = format!("{}: its days are not known, because {why}", task_name(about));
            return Why { headline, ..self.nothing(Some(about.id.to_string())) };
        }
        Why {
            project: self.project.project.folder.clone(),
            task: Some(about.id.to_string()),
            headline: format!("{}: {}", task_name(about), dates(about, self.slot(task))),
            steps: self.steps_through_projects(task),
            room: self.room(task),
            moves: self.moves(task),
        }
    }

    /// Explains the project's finish: the task that ends last, and what would move it.
    #[must_use]
    pub fn why_finish(&self) -> Why {
        if let Some(why) = self.unread(true) {
            let headline = format!("{}: its finish is not known, because {why}", self.project.project.name);
            return Why { headline, ..self.nothing(None) };
        }
        let forecast = &self.project.forecast;
        let last = forecast.longest_path.last().copied();
        let mut biggest: Vec<_> = self.project.drags.iter().filter(|drag| drag.working_days > 0).collect();
        biggest.sort_by_key(|drag| -drag.working_days);
        let name = |task: TaskNo| task_name(self.project.project.task(task));
        let drags = biggest.into_iter().take(MOVES_OF_A_PROJECT).map(|drag| {
            let gain = later(-drag.working_days);
            let text = format!(
                "without “{}” it would finish on {}, {gain} (drag)",
                name(drag.task),
                format::date(drag.finish)
            );
            self.said("drag", text).about(self.id(drag.task)).days(-drag.working_days)
        });
        let mut levers: Vec<_> =
            self.project.levers.iter().filter(|lever| lever.calendar_days_gained > 0).collect();
        levers.sort_by_key(|lever| -lever.calendar_days_gained);
        let gained = self.gained_by();
        let levers = levers.into_iter().take(MOVES_OF_A_PROJECT).filter_map(|lever| {
            let day = format::date(lever.one_day_less?);
            // A day gained between two days off is none.
            let gained = Some(gained(lever.one_day_less?)).filter(|gained| *gained > 0)?;
            let gain = later(-gained);
            let text = format!(
                "with a {} less of “{}” it would finish on {day}, {gain}",
                self.one_day(lever.task),
                name(lever.task)
            );
            let said = self.said("lever", text).about(self.id(lever.task));
            Some(said.days(-gained))
        });
        let control = &self.project.control;
        let verb = match () {
            () if control.is_stopped => "is stopped; what is left of closing it ends",
            () if control.is_finished => "finished",
            () => "is forecast to finish",
        };
        Why {
            project: self.project.project.folder.clone(),
            task: None,
            headline: format!(
                "{} {verb} on {}",
                self.project.project.name,
                format::date(forecast.finish_day())
            ),
            steps: last.map_or_else(Vec::new, |last| self.steps_through_projects(last)),
            room: last.map_or_else(Vec::new, |last| self.room(last)),
            moves: levers.chain(drags).collect(),
        }
    }

    /// Why days of what is to come are not known; none where they are, or nothing of it is asked.
    fn unread(&self, is_asked: bool) -> Option<String> {
        let unread = self.project.project.unread(&[Ground::Dates]);
        (is_asked && !unread.is_empty()).then(|| unread_words(&unread))
    }

    /// An explanation that says nothing yet.
    fn nothing(&self, task: Option<String>) -> Why {
        Why {
            project: self.project.project.folder.clone(),
            task,
            headline: String::new(),
            steps: Vec::new(),
            room: Vec::new(),
            moves: Vec::new(),
        }
    }

    /// The steps back from a task within the project.
    pub(super) fn steps(&self, task: TaskNo) -> Vec<WhyStep> {
        self.project.reasons.chain(task).map(|step| self.step(step)).collect()
    }

    /// A task with what holds it, in sentences.
    #[must_use]
    pub fn step(&self, step: &Step) -> WhyStep {
        let task = self.project.project.task(step.task);
        let slot = self.slot(step.task);
        let mut reasons: Vec<Said> =
            step.reasons.iter().map(|reason| self.reason(step.task, reason)).collect();
        reasons.extend(self.length(step.task));
        reasons.extend(self.away_alone(step.task));
        reasons.extend(slot.pauses.iter().filter_map(|pause| self.pause(step.task, pause)));
        WhyStep {
            project: None,
            task: task.id.to_string(),
            name: task_name(task),
            start: format::iso(slot.first_day()),
            finish: format::iso(slot.last_day()),
            dates: dates(task, slot),
            reasons,
            gaps: step.gaps.iter().map(|gap| self.gap(step.task, gap)).collect(),
        }
    }

    /// How much room a task has before others, the finish and a deadline, and before those of other projects.
    #[must_use]
    pub fn room(&self, number: TaskNo) -> Vec<Said> {
        let task = self.project.project.task(number);
        let slot = self.slot(number);
        // A hammock gives way: it has no room of its own.
        let is_told = self.project.are_days_known && !self.project.is_given_up(number);
        if slot.state == State::Finished || !is_told || matches!(task.kind, TaskKind::Hammock { .. }) {
            return Vec::new();
        }
        let mut room = Vec::new();
        room.push(self.float(number));
        room.extend(self.start_of_summary(number).map(|text| self.said("float", text)));
        if let Some(margin) = slot.deadline_margin {
            let (which, place) = self.tightest_deadline(number);
            let of = self.calendar_words(number);
            let text = match margin {
                0 => format!("just meets {which}"),
                _ if margin < 0 => format!(
                    "misses {which}, by {}{of}{}",
                    self.room_words(number, -margin),
                    self.missed_behind(number).unwrap_or_default()
                ),
                _ => format!("meets {which}, with {}{of} to spare", self.room_words(number, margin)),
            };
            room.push(self.said("deadline", text).days(self.room_days(number, margin)).at(self.place(place)));
        }
        room.extend(self.room_elsewhere(number));
        room
    }

    /// What the room to a deadline is counted to, in words, and where it is typed: the task's own deadline where that gives the room,
    /// else the one behind it that does; no place where several might.
    pub(super) fn tightest_deadline(&self, number: TaskNo) -> (String, Option<Span>) {
        let own = self.project.project.task(number).deadline;
        let own_words = |at: Moment| format!("its deadline, {}", format::moment(at));
        if let Some((at, origin)) = own.filter(|(at, _)| self.is_tightest(number, *at)) {
            return (own_words(at), Some(origin));
        }
        match (self.deadlines_behind(number).as_slice(), own) {
            ([(at, origin, behind)], _) => (self.behind_words(number, *behind, *at), Some(*origin)),
            ([], Some((at, origin))) => (own_words(at), Some(origin)),
            _ => ("the tightest deadline behind it".to_owned(), None),
        }
    }

    fn float(&self, number: TaskNo) -> Said {
        let slot = self.slot(number);
        let first = self.project.reasons.step(number).reasons.first();
        let is_held = matches!(first, Some(Reason::Constraint { kind, .. }) if kind.is_hard())
            && self.project.project.scheduling.honors_constraints();
        let days = |minutes: i64| self.room_words(number, minutes);
        let limit = self.limit(number);
        let text = match slot.total_float {
            total if total >= 0 && self.project.project.task(number).is_manual => {
                "moves only by hand: its dates are typed".to_owned()
            }
            0 => match limit {
                Limit::Own(which) => format!("has no float: its date is fixed, {which}"),
                limit => format!("has no float: if it slips, {}", self.broken(&limit)),
            },
            total if total < 0 && is_held => {
                format!("is held {} before what it waits for allows", days(-total))
            }
            total if total < 0 => {
                let which = self.hard_limit(&limit);
                format!("is {} later than {which} allows", days(-total))
            }
            total => {
                let free = match slot.free_float {
                    free if free == total => String::new(),
                    0 => ", but every day of it moves a task behind it".to_owned(),
                    free => format!(", {} before a task behind it moves", days(free)),
                };
                format!("can slip {} before {}{free}", days(total), self.broken(&limit))
            }
        };
        self.said("float", text).days(self.room_days(number, slot.total_float))
    }

    /// What the task does to the project's finish: its drag, and what a day less or more is worth.
    #[must_use]
    pub fn moves(&self, number: TaskNo) -> Vec<Said> {
        let mut moves = Vec::new();
        let one_day = self.one_day(number);
        if let Some(lever) = self.project.levers.iter().find(|lever| lever.task == number) {
            let gained = self.gained_by();
            if let Some(day) = lever.one_day_less.filter(|_| lever.calendar_days_gained != 0) {
                let gained = gained(day);
                let gain = later(-gained);
                let is_all = self.left(number) <= 1;
                let all = if is_all { ", so nothing of it is left" } else { "" };
                let text =
                    format!("a {one_day} less{all}: the project ends on {}, {gain}", format::date(day));
                moves.push(self.said("lever", text).days(-gained));
            }
            if lever.calendar_days_lost != 0 {
                let gained = gained(lever.one_day_more);
                let text = format!(
                    "a {one_day} more: the project ends on {}, {}",
                    format::date(lever.one_day_more),
                    later(-gained)
                );
                moves.push(self.said("lever", text).days(-gained));
            }
        }
        let drag = self.project.drags.iter().find(|drag| drag.task == number);
        if let Some(drag) = drag.filter(|drag| drag.working_days > 0) {
            let gain = later(-drag.working_days);
            let text = format!(
                "no work left at all: the project ends on {}, {gain} (drag)",
                format::date(drag.finish)
            );
            moves.push(self.said("drag", text).days(-drag.working_days));
        }
        moves
    }

    /// By how many working days the finish comes sooner if it is a day; below zero later.
    fn gained_by(&self) -> impl Fn(Date) -> i64 + use<> {
        let (finish, time) = (self.project.forecast.finish_day(), self.project.project.working_time());
        move |day| -time.working_days_after(finish, day)
    }

    /// The day that a lever takes or adds: of the task's own time.
    fn one_day(&self, task: TaskNo) -> &'static str {
        if self.project.project.task(task).runs_by_the_clock() { "day by the clock" } else { "working day" }
    }

    /// Whole days that are left of a task, of its own time; part of a day counts as one.
    pub(super) fn left(&self, task: TaskNo) -> i64 {
        let slot = self.slot(task);
        if self.project.project.task(task).runs_by_the_clock() {
            return slot_days(slot.remaining_by_clock(), MINUTES_OF_DAY);
        }
        slot_days(slot.remaining, self.per_day(task))
    }

    /// The same in words, to a tenth of a day.
    pub(super) fn left_words(&self, task: TaskNo) -> String {
        let slot = self.slot(task);
        if self.project.project.task(task).runs_by_the_clock() {
            return format::days_by_clock_in_words(slot.remaining_by_clock());
        }
        self.days_words(task, slot.remaining)
    }

    pub(super) fn slot(&self, task: TaskNo) -> &'a Slot {
        self.project.forecast.slot(task)
    }

    pub(super) fn id(&self, task: TaskNo) -> String {
        self.project.project.task(task).id.to_string()
    }

    /// The minutes of a working day on the task's own calendar.
    pub(super) fn per_day(&self, task: TaskNo) -> i64 {
        self.project.project.minutes_per_day_of(task)
    }

    /// Room of a task in words, in working days of its own calendar or days by the clock.
    pub(super) fn room_words(&self, task: TaskNo, minutes: i64) -> String {
        format::room_in_words(minutes, self.project.project.room_days_of(task))
    }

    /// The same in whole days; part of a day counts as one.
    pub(super) fn room_days(&self, task: TaskNo, minutes: i64) -> i64 {
        slot_days(minutes, self.project.project.room_days_of(task).minutes())
    }

    /// Working time of a task in words, in days of its own calendar.
    pub(super) fn days_words(&self, task: TaskNo, minutes: i64) -> String {
        format::working_days_in_words(minutes, self.per_day(task))
    }

    pub(super) fn place(&self, span: Option<Span>) -> Option<String> {
        span.map(|span| self.report.sources.place(span)).filter(|place| !place.starts_with(':'))
    }

    #[allow(clippy::unused_self, reason = "reads as the teller's word beside its other phrases")]
    pub(super) fn said(&self, kind: &'static str, text: String) -> Said {
        Said { kind, text, about: None, days: None, place: None, waits: Vec::new() }
    }
}

impl Said {
    pub(super) fn about(mut self, id: String) -> Self {
        self.about = Some(id);
        self
    }

    pub(super) fn days(mut self, days: i64) -> Self {
        self.days = Some(days);
        self
    }

    pub(super) fn at(mut self, place: Option<String>) -> Self {
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

/// Whole working days, rounded away from zero: part of a day late is late.
pub(super) fn slot_days(minutes: i64, per_day: i64) -> i64 {
    let per_day = per_day.max(1);
    minutes.signum() * ((minutes.abs() + per_day - 1) / per_day)
}
