//! Tasks: rows with outline, dates, progress, constraints, links and what was promised.

use super::xml::Xml;
use super::{ID_FIELD, Plan, Row, calendar, hundredths, stage_name};
use crate::export::value::words;
use crate::model::{
    Constraint, ConstraintKind, Conventions, ScheduleFrom, Task, TaskKind, TaskNo, WorkingTime,
};
use crate::plan::{Driver, Slot, State};
use crate::quantity::Instant;

/// Tenths of a minute in one.
pub(super) const TENTHS: i64 = 10;

/// How a length of time is shown: in days of working time, or in days of the clock.
pub(super) const DAYS: u8 = 7;
pub(super) const DAYS_BY_CLOCK: u8 = 8;

/// Kinds of constraint in MS Project.
const AS_SOON_AS_POSSIBLE: u8 = 0;
const AS_LATE_AS_POSSIBLE: u8 = 1;
const MUST_START: u8 = 2;
const MUST_FINISH: u8 = 3;
const STARTS_NOT_BEFORE: u8 = 4;
const FINISHES_NOT_AFTER: u8 = 7;

/// How a task lies in time, in the words of MS Project.
pub(super) struct Time {
    pub(super) start: Instant,
    pub(super) finish: Instant,
    /// Up to when work was done; none where it has not begun.
    pub(super) stop: Option<Instant>,
    /// When the rest goes on.
    pub(super) resume: Option<Instant>,
    /// Minutes of work done and left; of working time, or of the clock.
    pub(super) done: i64,
    pub(super) left: i64,
}

impl Time {
    /// Minutes from start to finish without pauses.
    pub(super) fn length(&self) -> i64 {
        self.done + self.left
    }

    /// How much of the length is done, in whole percent; 100 only when all of it is.
    pub(super) fn percent(&self, state: State) -> i64 {
        match state {
            State::Finished => 100,
            _ => (self.done * 100 / self.length().max(1)).min(99),
        }
    }
}

impl Plan<'_> {
    /// Writes all rows.
    pub(super) fn tasks(&self, xml: &mut Xml, name: &str) {
        xml.within("Tasks", |xml| {
            self.whole(xml, name);
            let mut counters: Vec<u32> = Vec::new();
            for (row, number) in self.rows.iter().zip(1_u32..) {
                let level = match row {
                    Row::Stage(..) => 1,
                    Row::Task(task) => self.project.task(*task).depth as usize + 2,
                };
                counters.truncate(level);
                if counters.len() < level {
                    counters.resize(level, 0);
                }
                counters[level - 1] += 1;
                let outline: Vec<String> = counters.iter().map(ToString::to_string).collect();
                let place = Place { number, level, outline: outline.join(".") };
                match row {
                    Row::Stage(stage, tasks) => {
                        self.summary(xml, &place, (stage_name(*stage), stage.key()), tasks);
                    }
                    Row::Task(task) => self.task(xml, &place, *task),
                }
            }
        });
    }

    /// The row of the whole project, which MS Project does not show among the others.
    fn whole(&self, xml: &mut Xml, name: &str) {
        let place = Place { number: 0, level: 0, outline: "0".to_owned() };
        let all: Vec<TaskNo> = self.project.task_numbers().collect();
        self.summary(xml, &place, (name, ""), &all);
    }

    /// A summary that stands in no file: of a stage, or of the whole project.
    fn summary(&self, xml: &mut Xml, place: &Place, (name, id): (&str, &str), tasks: &[TaskNo]) {
        let slots = || tasks.iter().map(|task| self.slot(*task));
        let start = slots().map(|slot| slot.start).min().unwrap_or(self.report.forecast.start);
        let finish = slots().map(|slot| slot.finish).max().unwrap_or(self.report.forecast.finish);
        xml.within("Task", |xml| {
            place.head(xml, name, false);
            xml.field("Priority", Task::USUAL_PRIORITY);
            xml.moment("Start", start);
            xml.moment("Finish", finish);
            xml.length("Duration", self.project.working_time().between(start, finish));
            xml.field("DurationFormat", DAYS);
            xml.flag("Milestone", false);
            xml.flag("Summary", true);
            xml.field("ConstraintType", AS_SOON_AS_POSSIBLE);
            xml.field("CalendarUID", calendar::NONE);
            identity(xml, id);
        });
    }

    /// How a task lies in time.
    pub(super) fn time(&self, number: TaskNo) -> Time {
        let (task, slot) = (self.project.task(number), self.slot(number));
        let clock = WorkingTime::clock();
        // Whoever may not see when people are away sees a length along the calendar alone.
        let presence = if task.runs_by_the_clock() {
            &clock
        } else if self.project.hides_hours() {
            self.engine.calendar_of(number)
        } else {
            self.engine.working_time(number)
        };
        let between = |from: Instant, to: Instant| presence.between(from, to).max(0);
        let (start, finish) = (slot.start, slot.finish);
        if task.is_point() {
            return Time { start: finish, finish, stop: None, resume: None, done: 0, left: 0 };
        }
        // Work on days off lasts no working time, and a length of nothing is a milestone, as what was given up before it began.
        let least = i64::from(task.is_work() && !self.report.is_given_up(number));
        match slot.state {
            State::NotStarted => {
                let left = between(start, finish).max(least);
                Time { start, finish, stop: None, resume: None, done: 0, left }
            }
            State::InProgress if task.is_work() => {
                let stop = presence.previous_working_end(self.status_end().min(slot.resume)).max(start);
                let left = between(slot.resume, finish);
                let (stop, resume) = (Some(stop), Some(slot.resume));
                Time { start, finish, stop, resume, done: between(start, stop.unwrap_or(start)), left }
            }
            State::InProgress => {
                let stop = self.status_end().clamp(start, finish);
                Time {
                    start,
                    finish,
                    stop: Some(stop),
                    resume: Some(stop),
                    done: between(start, stop),
                    left: between(stop, finish),
                }
            }
            State::Finished => {
                let done = between(start, finish).max(least);
                Time { start, finish, stop: Some(finish), resume: None, done, left: 0 }
            }
        }
    }

    fn task(&self, xml: &mut Xml, place: &Place, number: TaskNo) {
        let (task, slot) = (self.project.task(number), self.slot(number));
        let value = &self.report.control.tasks[number.0 as usize];
        let time = self.time(number);
        let money = |amount| hundredths(amount, self.project.currency);
        // What was given up ended with the decision, whatever it waited for.
        let is_given_up = self.report.is_given_up(number);
        let is_manual = task.is_manual || is_given_up || matches!(task.kind, TaskKind::Hammock { .. });
        let by_clock = task.runs_by_the_clock();
        xml.within("Task", |xml| {
            place.head(xml, &task.name, is_manual);
            xml.field("Priority", task.priority);
            xml.moment("Start", time.start);
            xml.moment("Finish", time.finish);
            xml.length("Duration", time.length());
            if is_manual {
                xml.moment("ManualStart", time.start);
                xml.moment("ManualFinish", time.finish);
                xml.length("ManualDuration", time.length());
            }
            xml.field("DurationFormat", if by_clock { DAYS_BY_CLOCK } else { DAYS });
            xml.length(
                "Work",
                self.work_of(number).iter().fold(0_i64, |sum, (_, work)| sum.saturating_add(work.planned)),
            );
            if let Some(stop) = time.stop.filter(|_| !task.is_summary()) {
                xml.moment("Stop", stop);
            }
            if let Some(resume) = time.resume.filter(|_| !task.is_summary()) {
                xml.moment("Resume", resume);
            }
            xml.flag("ResumeValid", time.resume.is_some() && !task.is_summary());
            xml.flag("EffortDriven", false);
            xml.flag("Recurring", false);
            xml.flag("Estimated", task.planning_package);
            xml.flag("Milestone", task.is_point());
            xml.flag("Summary", task.is_summary());
            xml.flag("Critical", slot.critical);
            xml.flag("IsSubproject", false);
            xml.flag("ExternalTask", false);
            slack(xml, slot);
            let fixed = task.costs.iter().fold(0_i64, |sum, cost| sum.saturating_add(money(cost.amount)));
            xml.field("FixedCost", if task.is_summary() { 0 } else { fixed });
            xml.field("FixedCostAccrual", 3);
            xml.field("PercentComplete", time.percent(slot.state));
            xml.field("Cost", money(value.budget_now));
            if slot.state != State::NotStarted {
                xml.moment("ActualStart", time.start);
            }
            if slot.state == State::Finished {
                xml.moment("ActualFinish", time.finish);
            }
            xml.length("ActualDuration", time.done);
            xml.field("ActualCost", money(value.actual_cost));
            xml.length("RemainingDuration", time.left);
            self.constraint(xml, number);
            xml.flag("LevelingCanSplit", self.project.may_split(task));
            xml.flag("IgnoreResourceCalendar", task.ignores_people || by_clock);
            xml.words("Notes", &notes(task));
            xml.field("PhysicalPercentComplete", value.physical.of(100));
            // Earned value counts what is physically done, as milepost does.
            xml.field("EarnedValueMethod", 1);
            if !is_manual || (task.is_manual && !is_given_up) {
                for link in &task.links {
                    self.link(xml, number, link);
                }
            }
            identity(xml, task.id.as_str());
            self.promised(xml, number);
        });
    }

    /// The constraint, the calendar and the deadline, in the order in which they must stand.
    fn constraint(&self, xml: &mut Xml, number: TaskNo) {
        let task = self.project.task(number);
        let (kind, at) = self.bound(number);
        xml.field("ConstraintType", kind);
        // Work by the clock begins at once; on another calendar MS Project would let it wait for the next working minute.
        let calendar = if task.runs_by_the_clock() {
            self.calendars.clock()
        } else if task.has_own_calendar || task.calendar != self.project.calendar {
            self.calendars.number(task.calendar)
        } else {
            calendar::NONE
        };
        xml.field("CalendarUID", if task.is_summary() { calendar::NONE } else { calendar });
        if let Some(at) = at {
            xml.moment("ConstraintDate", at);
        }
        // A finish that is missed would be kept there against the links; as a deadline it tells the same slack.
        let missed = self.missed(number).filter(|bound| ends_at(bound.kind)).and_then(|bound| bound.at);
        if let Some(deadline) = task.deadline.map(|(deadline, _)| deadline).or(missed) {
            let time = self.engine.calendar_of(number);
            xml.moment("Deadline", deadline.instant().unwrap_or_else(|| time.last_minute(deadline.day)));
        }
    }

    /// The one constraint that MS Project takes, with its date: that of the plan, or the start of the forecast where something
    /// holds it there that MS Project does not know.
    pub(super) fn bound(&self, number: TaskNo) -> (u8, Option<Instant>) {
        let (task, slot) = (self.project.task(number), self.slot(number));
        if self.is_held(number) {
            return match self.project.scheduling.from {
                ScheduleFrom::Start if self.is_led_too_late(number) => (MUST_START, Some(slot.start)),
                ScheduleFrom::Start => (STARTS_NOT_BEFORE, Some(slot.start)),
                ScheduleFrom::Finish(_) if self.late.contains(&number) => (MUST_FINISH, Some(slot.finish)),
                ScheduleFrom::Finish(_) => (FINISHES_NOT_AFTER, Some(slot.finish)),
            };
        }
        // What is begun, or below a summary, would be laid before what it waits for.
        let is_missed = self.missed(number).is_some();
        if let Some(constraint) = chosen(task).filter(|constraint| !(is_missed && constraint.kind.is_hard()))
        {
            return self.constraint_of(number, constraint);
        }
        match self.project.scheduling.from {
            ScheduleFrom::Finish(_) if !task.is_summary() => (AS_LATE_AS_POSSIBLE, None),
            _ => (AS_SOON_AS_POSSIBLE, None),
        }
    }

    /// Whether something holds an open task that neither links nor dates of the plan tell: the status date, a promise of
    /// others, people who are busy, a hammock that lost its links.
    pub(super) fn is_held(&self, number: TaskNo) -> bool {
        let (task, slot) = (self.project.task(number), self.slot(number));
        if slot.state != State::NotStarted
            || task.is_summary()
            || matches!(task.kind, TaskKind::Hammock { .. })
        {
            return false;
        }
        // Where a date is missed, the forecast says when the task goes on; MS Project would put it before what it waits for.
        if self.missed(number).is_some()
            || self.late.contains(&number)
            || self.is_led_from_above(number)
            || self.is_led_too_late(number)
        {
            return true;
        }
        match slot.drivers.first() {
            Some(Driver::Link { .. } | Driver::Constraint(_)) => false,
            Some(Driver::ProjectStart) => !task.links.is_empty() && task.constraints.is_empty(),
            _ => true,
        }
    }

    /// Whether dates are counted in other ways than those of MS Project, so that what leads it to the same ones has to be written.
    pub(super) fn is_translated(&self) -> bool {
        self.project.scheduling.conventions == Conventions::Milepost
    }

    /// The hard date that the forecast of an unfinished task does not keep; of a summary one that it must end by.
    pub(super) fn missed(&self, number: TaskNo) -> Option<&Constraint> {
        let (task, slot) = (self.project.task(number), self.slot(number));
        let has_own_dates = task.is_manual || matches!(task.kind, TaskKind::Hammock { .. });
        if slot.state == State::Finished || has_own_dates {
            return None;
        }
        let may_yield = |bound: &&Constraint| {
            ends_at(bound.kind) || (slot.state == State::NotStarted && !task.is_summary())
        };
        task.constraints.iter().filter(may_yield).find(|bound| self.is_missed(number, bound))
    }

    /// Whether the forecast does not keep a hard date: what comes before leaves less time to it than the work takes.
    fn is_missed(&self, number: TaskNo, constraint: &Constraint) -> bool {
        let Some(at) = constraint.at else { return false };
        let slot = self.slot(number);
        let time = self.measure(number);
        self.is_translated()
            && match constraint.kind {
                // A point may lie at the end of the last day.
                ConstraintKind::StartsNotAfter if self.project.task(number).is_point() => {
                    time.between(at.last_instant(), slot.finish) > 0
                }
                ConstraintKind::MustStart | ConstraintKind::StartsNotAfter => {
                    time.between(at.first_instant(), slot.start) > 0
                }
                ConstraintKind::MustFinish | ConstraintKind::FinishesNotAfter => {
                    time.between(at.last_instant(), slot.finish) > 0
                }
                _ => false,
            }
    }

    /// What the length of a task is counted in.
    pub(super) fn measure(&self, number: TaskNo) -> WorkingTime {
        if self.project.task(number).runs_by_the_clock() {
            WorkingTime::clock()
        } else {
            self.engine.calendar_of(number).clone()
        }
    }

    fn constraint_of(&self, number: TaskNo, constraint: &Constraint) -> (u8, Option<Instant>) {
        // A day of work by the clock begins and ends at midnight.
        let time = self.measure(number);
        let Some(at) = constraint.at else {
            let is_summary = self.project.task(number).is_summary();
            return (if is_summary { AS_SOON_AS_POSSIBLE } else { AS_LATE_AS_POSSIBLE }, None);
        };
        let first = || at.instant().unwrap_or_else(|| time.first_minute(at.day));
        let last = || at.instant().unwrap_or_else(|| time.last_minute(at.day));
        // A summary may be held in MS Project as what is below it is: not before its start, not after its finish.
        let is_summary = self.project.task(number).is_summary();
        let (kind, at) = match constraint.kind {
            ConstraintKind::MustStart if is_summary => (STARTS_NOT_BEFORE, first()),
            ConstraintKind::MustFinish if is_summary => (FINISHES_NOT_AFTER, last()),
            ConstraintKind::AsLateAsPossible
            | ConstraintKind::StartsNotAfter
            | ConstraintKind::FinishesNotBefore
                if is_summary =>
            {
                return (AS_SOON_AS_POSSIBLE, None);
            }
            ConstraintKind::AsLateAsPossible => return (AS_LATE_AS_POSSIBLE, None),
            ConstraintKind::MustStart => (MUST_START, first()),
            ConstraintKind::MustFinish => (MUST_FINISH, last()),
            ConstraintKind::StartsNotBefore => (STARTS_NOT_BEFORE, first()),
            // The last day on which it may start, at the time at which days begin.
            ConstraintKind::StartsNotAfter => (5, first()),
            ConstraintKind::FinishesNotBefore => (6, last()),
            ConstraintKind::FinishesNotAfter => (FINISHES_NOT_AFTER, last()),
        };
        (kind, Some(at))
    }

    /// What the baseline in force promises.
    fn promised(&self, xml: &mut Xml, number: TaskNo) {
        let reference = &self.report.control.reference;
        let Some(promised) = reference.tasks[number.0 as usize].filter(|_| reference.is_baseline()) else {
            return;
        };
        let task = self.project.task(number);
        let time = self.engine.calendar_of(number);
        let (start, finish) = (time.first_minute(promised.start), time.last_minute(promised.finish));
        let start = if task.is_point() { finish } else { start };
        xml.within("Baseline", |xml| {
            xml.field("Number", 0);
            xml.moment("Start", start);
            xml.moment("Finish", finish);
            xml.length("Duration", if task.is_point() { 0 } else { time.between(start, finish) });
            xml.field("DurationFormat", DAYS);
            xml.field("Cost", hundredths(promised.budget, self.project.currency));
        });
    }
}

/// Free and total slack in tenths of a minute: of working time, of the clock where the length runs by the clock.
fn slack(xml: &mut Xml, slot: &Slot) {
    if slot.state == State::Finished {
        return;
    }
    xml.field("FreeSlack", slot.free_float.max(0).saturating_mul(TENTHS));
    xml.field("TotalSlack", slot.total_float.saturating_mul(TENTHS));
}

fn ends_at(kind: ConstraintKind) -> bool {
    matches!(kind, ConstraintKind::MustFinish | ConstraintKind::FinishesNotAfter)
}

/// The constraint that binds hardest, where a task has several.
fn chosen(task: &Task) -> Option<&Constraint> {
    let rank = |kind: ConstraintKind| match kind {
        ConstraintKind::MustStart => 0,
        ConstraintKind::MustFinish => 1,
        ConstraintKind::StartsNotBefore => 2,
        ConstraintKind::FinishesNotBefore => 3,
        ConstraintKind::StartsNotAfter => 4,
        ConstraintKind::FinishesNotAfter => 5,
        ConstraintKind::AsLateAsPossible => 6,
    };
    task.constraints.iter().min_by_key(|constraint| rank(constraint.kind))
}

/// Where a row stands.
struct Place {
    number: u32,
    level: usize,
    outline: String,
}

impl Place {
    /// The first fields of a row.
    fn head(&self, xml: &mut Xml, name: &str, is_manual: bool) {
        xml.field("UID", self.number);
        xml.field("ID", self.number);
        xml.words("Name", name);
        xml.flag("Active", true);
        xml.flag("Manual", is_manual);
        xml.field("Type", 1);
        xml.flag("IsNull", false);
        xml.field("WBS", &self.outline);
        xml.field("OutlineNumber", &self.outline);
        xml.field("OutlineLevel", self.level);
    }
}

/// The id that a row has in our files.
fn identity(xml: &mut Xml, id: &str) {
    if id.is_empty() {
        return;
    }
    xml.within("ExtendedAttribute", |xml| {
        xml.field("FieldID", ID_FIELD);
        xml.words("Value", id);
    });
}

/// What is said of a task in words: the reason for its dates, then remarks.
fn notes(task: &Task) -> String {
    let because = task.because.as_ref().map(|because| format!("Because: {}", words(because)));
    let remarks = task.notes.as_ref().map(words);
    let parts: Vec<String> = because.into_iter().chain(remarks).collect();
    parts.join("\n")
}
