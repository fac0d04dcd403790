//! Why each task lies where it does, as data.
//!
//! Comes in: an engine, facts and their schedule. Goes out: a [`Step`] for each task: what holds its date, on which other
//! task that stands, and the days without work that it waits for or is interrupted by. Followed from task to task the
//! steps are the whole explanation of a date ([`Reasons::chain`]). Everything carries the place where it was written.
//! Not here: words; floats, drag and levers, which stand in the schedule beside it.

use jiff::civil::Date;

use crate::diagnostic::Span;
use crate::model::{
    Assignee, Calendar, ConstraintKind, LinkKind, PersonNo, Project, ScheduleFrom, Task, TaskKind, TaskNo,
    WorkingTime,
};
use crate::plan::{Driver, Engine, Facts, Schedule, Slot, State, Wait};
use crate::quantity::{Instant, Lag, Moment, Window};

/// What holds a date where it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reason {
    /// It was reported: the task has begun, or is over.
    Reported {
        /// Where the report, or the decision of a gate, stands.
        origin: Option<Span>,
    },
    /// A link to a predecessor.
    Link {
        /// The task that waits: the task itself, or a summary above it.
        holder: TaskNo,
        /// The predecessor as the plan names it.
        predecessor: TaskNo,
        /// Which ends are tied.
        kind: LinkKind,
        /// Time between them.
        lag: Lag,
        /// Where the link stands.
        origin: Span,
    },
    /// A date that binds the task, or a summary above it.
    Constraint {
        /// The task that the constraint is written at.
        holder: TaskNo,
        /// Which end, which way.
        kind: ConstraintKind,
        /// The day, or the minute of it; none for as late as possible.
        at: Option<Moment>,
        /// Where it stands. The reason for it is the holder's `because`.
        origin: Span,
    },
    /// What is left is done after the status date.
    StatusDate(Date),
    /// Nothing begins before the project does.
    ProjectStart,
    /// It is held as late as the wanted finish of the project allows, from which dates are counted back.
    CountedBack {
        /// The wanted finish.
        finish: Moment,
        /// Where it stands.
        origin: Option<Span>,
    },
    /// A report says that the work pauses, and when it goes on.
    Resumes {
        /// When it goes on.
        at: Moment,
        /// Where the report stands.
        origin: Option<Span>,
    },
    /// Its dates are kept by hand, whatever it waits for.
    ByHand {
        /// Where they stand.
        origin: Span,
    },
    /// A summary or hammock: from the start of one task to the finish of another.
    Spans {
        /// The task whose start it begins with.
        first: TaskNo,
        /// The task whose finish it ends with.
        last: TaskNo,
    },
    /// Somebody is busy until then. Said by levelling alone.
    WaitsFor(Wait),
}

/// Why there is no work on days that the week would work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GapKind {
    /// A holiday or closure: the places of the calendar and of the closure in it.
    Closure {
        /// The calendar's place in the project's list.
        calendar: usize,
        /// The closure's place in its list.
        place: usize,
    },
    /// Weeks that work on other days: the places of the calendar and of the line in its list of other days.
    OtherWeeks {
        /// The calendar's place in the project's list.
        calendar: usize,
        /// The line's place in its list.
        place: usize,
    },
    /// Somebody is away, and nobody else is assigned who is there.
    Absence(PersonNo),
}

/// Days without work that a date has to do with. Weekends are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Why nobody works.
    pub kind: GapKind,
    /// The days, weekends among them.
    pub window: Window,
    /// Days lost to it that the week would work; at least one.
    pub working_days: i64,
    /// Whether the task lies behind it: it waits for the end. Otherwise it is interrupted.
    pub before_start: bool,
    /// Where it was written.
    pub origin: Span,
}

/// What holds one task where it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The task.
    pub task: TaskNo,
    /// What holds it, binding first. Empty only for tasks of a broken plan.
    pub reasons: Vec<Reason>,
    /// The task whose date holds this one: where the chain goes on; none where it ends.
    pub stands_on: Option<TaskNo>,
    /// Days without work between what it waited for and its finish, in order of time; none for what is over.
    pub gaps: Vec<Gap>,
}

/// Why every task of a project lies where it does.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reasons {
    /// In the order of the project's tasks.
    pub steps: Vec<Step>,
}

impl Reasons {
    /// What holds a task.
    #[must_use]
    pub fn step(&self, task: TaskNo) -> &Step {
        &self.steps[task.0 as usize]
    }

    /// The explanation of a date: the step of the task, of what it stands on, and so back to what stands by itself:
    /// a report, a constraint, the status date or the project's start.
    #[must_use]
    pub fn chain(&self, task: TaskNo) -> Vec<&Step> {
        let mut chain = vec![self.step(task)];
        while let Some(next) = chain.last().and_then(|step| step.stands_on) {
            // Only a loop of links, which has been reported, could be longer; a plan counted back from its finish may stand
            // on what comes after as well as on what comes before.
            if chain.len() > self.steps.len() || chain.iter().any(|step| step.task == next) {
                break;
            }
            chain.push(self.step(next));
        }
        chain
    }
}

impl Engine<'_> {
    /// Says of every task why it lies where it does. `schedule` is what [`Engine::run`] gives for the same facts.
    #[must_use]
    pub fn reasons(&self, facts: &Facts, schedule: &Schedule) -> Reasons {
        let project = self.project();
        let mut children = vec![Vec::new(); project.tasks.len()];
        for number in project.task_numbers() {
            if let Some(parent) = project.task(number).parent {
                children[parent.0 as usize].push(number);
            }
        }
        let inquiry = Inquiry { engine: self, project, facts, schedule, children: &children };
        Reasons { steps: project.task_numbers().map(|task| inquiry.step(task)).collect() }
    }
}

struct Inquiry<'a> {
    engine: &'a Engine<'a>,
    project: &'a Project,
    facts: &'a Facts,
    schedule: &'a Schedule,
    children: &'a [Vec<TaskNo>],
}

impl Inquiry<'_> {
    fn step(&self, number: TaskNo) -> Step {
        let slot = self.schedule.slot(number);
        let mut reasons: Vec<Reason> =
            slot.drivers.iter().filter_map(|driver| self.reason(number, *driver)).collect();
        self.add_what_the_slot_does_not_say(number, slot, &mut reasons);
        let stands_on = self.stands_on(slot, &reasons);
        let gaps = if slot.state == State::Finished || matches!(reasons.first(), Some(Reason::Spans { .. })) {
            Vec::new()
        } else {
            self.gaps(number, slot, &reasons)
        };
        Step { task: number, reasons, stands_on, gaps }
    }

    fn reason(&self, number: TaskNo, driver: Driver) -> Option<Reason> {
        let task = self.project.task(number);
        match driver {
            Driver::Actual => Some(Reason::Reported { origin: self.report_of(number, task) }),
            Driver::Link { holder, place } => {
                let link = self.project.task(holder).links.get(place as usize)?;
                Some(Reason::Link {
                    holder,
                    predecessor: link.predecessor,
                    kind: link.kind,
                    lag: link.lag,
                    origin: link.origin,
                })
            }
            Driver::Constraint(place) => self.constraint(number, place as usize),
            // Before the first report the status date is the eve of the start, which nobody would call the reason.
            Driver::Busy { .. } => self.schedule.slot(number).waits.map(Reason::WaitsFor),
            Driver::StatusDate => self.facts.status_date.map(|day| {
                if day < self.project.start.day { Reason::ProjectStart } else { Reason::StatusDate(day) }
            }),
            Driver::ProjectStart => Some(Reason::ProjectStart),
            Driver::Follows(other) => match task.kind {
                TaskKind::Hammock { from, to } => Some(Reason::Spans { first: from, last: to }),
                _ if task.parent.is_some_and(|parent| self.is_at_or_above(other, parent)) => {
                    self.constraint(other, 0)
                }
                _ => {
                    let below = &self.children[number.0 as usize];
                    let last = below.iter().rev().max_by_key(|child| self.schedule.slot(**child).finish)?;
                    Some(Reason::Spans { first: other, last: *last })
                }
            },
        }
    }

    /// Holds beside the drivers of the schedule: dates by hand, a pause, and the finish that dates are counted back from.
    fn add_what_the_slot_does_not_say(&self, number: TaskNo, slot: &Slot, reasons: &mut Vec<Reason>) {
        let task = self.project.task(number);
        if task.is_manual && slot.state == State::NotStarted && (task.is_work() || task.is_point()) {
            let origin = task.constraints.first().map_or(task.origin, |constraint| constraint.origin);
            *reasons = vec![Reason::ByHand { origin }];
            return;
        }
        let progress = self.facts.progress.get(number.0 as usize);
        if let Some(at) = progress.and_then(|known| known.resume)
            && slot.state == State::InProgress
            && reasons.len() < 2
        {
            let origin = progress.and_then(|known| known.origin);
            reasons.push(Reason::Resumes { at, origin });
        }
        if let ScheduleFrom::Finish(finish) = self.project.scheduling.from {
            let origin = self.project.field_origins.get("schedule.finish").copied();
            let counted = Reason::CountedBack { finish, origin };
            if let Some(start) = reasons.iter_mut().find(|reason| matches!(reason, Reason::ProjectStart)) {
                *start = counted;
            } else if reasons.is_empty() && slot.state == State::NotStarted {
                reasons.push(counted);
            }
        }
    }

    fn is_at_or_above(&self, other: TaskNo, from: TaskNo) -> bool {
        let mut at = Some(from);
        while let Some(number) = at {
            if number == other {
                return true;
            }
            at = self.project.task(number).parent;
        }
        false
    }

    fn constraint(&self, holder: TaskNo, place: usize) -> Option<Reason> {
        let constraint = self.project.task(holder).constraints.get(place)?;
        Some(Reason::Constraint {
            holder,
            kind: constraint.kind,
            at: constraint.at,
            origin: constraint.origin,
        })
    }

    fn report_of(&self, number: TaskNo, task: &Task) -> Option<Span> {
        if let TaskKind::Gate(gate) = task.kind
            && self.facts.passed.contains_key(&number)
        {
            let gate = self.project.gates.get(&gate)?;
            return Some(gate.decision_origin.unwrap_or(gate.origin));
        }
        self.facts.progress.get(number.0 as usize)?.origin
    }

    /// Where the chain goes on: what is over stands by itself, what has begun on what holds the rest of it.
    fn stands_on(&self, slot: &Slot, reasons: &[Reason]) -> Option<TaskNo> {
        if slot.state == State::Finished {
            return None;
        }
        let binding = reasons.iter().find(|reason| !matches!(reason, Reason::Reported { .. }))?;
        match *binding {
            Reason::Link { predecessor, kind, .. } => {
                let is_start = matches!(kind, LinkKind::StartStart | LinkKind::StartFinish);
                Some(self.end_of(predecessor, is_start))
            }
            Reason::Spans { last, .. } => Some(last),
            Reason::WaitsFor(wait) => wait.task(),
            _ => None,
        }
    }

    /// The task that a summary or hammock begins or ends with; any other task itself.
    fn end_of(&self, task: TaskNo, is_start: bool) -> TaskNo {
        let mut at = task;
        // As deep as a plan can nest; a loop has been reported.
        for _ in 0..self.project.tasks.len() {
            let below = &self.children[at.0 as usize];
            let next = match self.project.task(at).kind {
                TaskKind::Hammock { from, to } => Some(if is_start { from } else { to }),
                _ if is_start => below.iter().min_by_key(|child| self.schedule.slot(**child).start).copied(),
                _ => below.iter().rev().max_by_key(|child| self.schedule.slot(**child).finish).copied(),
            };
            match next {
                Some(next) => at = next,
                None => break,
            }
        }
        at
    }

    /// The day from which it could have been worked on, if every day were worked.
    fn free_from(&self, slot: &Slot, reasons: &[Reason], calendar: &Calendar) -> Date {
        let binding = reasons.iter().find(|reason| !matches!(reason, Reason::Reported { .. }));
        let status = self.facts.status_date.map_or(self.project.start.day, tomorrow);
        let day = match binding {
            Some(Reason::Link { predecessor, kind, .. }) => {
                let before = self.schedule.slot(*predecessor);
                match kind {
                    LinkKind::StartStart | LinkKind::StartFinish => before.first_day(),
                    LinkKind::FinishStart | LinkKind::FinishFinish => {
                        Self::day_behind(calendar, before.finish)
                    }
                }
            }
            Some(
                Reason::Constraint {
                    kind: ConstraintKind::StartsNotBefore | ConstraintKind::MustStart,
                    at: Some(at),
                    ..
                }
                | Reason::Resumes { at, .. },
            ) => at.day,
            Some(Reason::ProjectStart) => self.project.start.day,
            Some(Reason::StatusDate(_)) => status,
            Some(Reason::WaitsFor(wait)) => wait.until.last_day(),
            _ => slot.first_day(),
        };
        day.max(status.min(slot.last_day()))
    }

    /// The first day on which work could go on after an instant: the same day, unless its last shift is over.
    fn day_behind(calendar: &Calendar, at: Instant) -> Date {
        let day = at.last_day();
        let midnight = Instant::start_of(day);
        let is_over = |end: u32| at >= midnight.plus(i64::from(end));
        let last = calendar.shifts(day).last();
        if last.is_none_or(|shift| is_over(shift.end)) { tomorrow(day) } else { day }
    }

    fn gaps(&self, number: TaskNo, slot: &Slot, reasons: &[Reason]) -> Vec<Gap> {
        let task = self.project.task(number);
        let base = &self.project.calendars[task.calendar];
        let (first, last) = (self.free_from(slot, reasons, base), slot.last_day());
        // What runs by the clock is not interrupted; it may still have waited for its first day.
        let last = if task.runs_by_the_clock() { slot.first_day() } else { last };
        let Some(span) = Window::inclusive(first, last) else { return Vec::new() };
        let starts = if slot.state == State::NotStarted { slot.first_day() } else { first };
        let mut gaps: Vec<Gap> = closures_in(base, task.calendar, span, None);
        let time = self.engine.working_time(number);
        let people = task.assignments.iter().filter_map(|part| match part.assignee {
            Assignee::Person(person) if task.is_work() => Some(person),
            _ => None,
        });
        for person in people {
            let of_person = &self.project.team.people[person.0 as usize];
            if let Some(own) = of_person.calendar.filter(|_| !task.has_own_calendar) {
                let calendar = &self.project.calendars[own];
                gaps.extend(closures_in(calendar, own, span, Some((base, time))));
            }
            for absence in &of_person.absences {
                let Some(window) = overlap(absence.window, span) else { continue };
                let is_lost = |day: &Date| !base.shifts(*day).is_empty() && !time.is_working_day(*day);
                let kind = GapKind::Absence(person);
                let n_lost = window.days().filter(is_lost).count();
                gaps.extend(gap(kind, (absence.window, absence.origin), n_lost));
            }
        }
        for gap in &mut gaps {
            gap.before_start = gap.window.end() <= starts;
        }
        gaps.sort_by_key(|gap| (gap.window.first(), gap.window.end(), gap.kind));
        gaps.dedup_by_key(|gap| (gap.window, gap.origin));
        let covers = |gap: &&Gap| !matches!(gap.kind, GapKind::OtherWeeks { .. });
        let covered: Vec<Window> = gaps.iter().filter(covers).map(|gap| gap.window).collect();
        // A holiday inside a freeze is not worth a word; one inside weeks that work on other days is.
        gaps.retain(|gap| !covered.iter().any(|other| is_inside(gap.window, *other)));
        gaps
    }
}

/// The closures of a calendar that cost working days of a span. For a person's calendar only days count on which the
/// task's own calendar works and the task does not.
fn closures_in(
    calendar: &Calendar,
    number: usize,
    span: Window,
    beyond: Option<(&Calendar, &WorkingTime)>,
) -> Vec<Gap> {
    let week_works = |day: Date| {
        !calendar.week[usize::from(day.weekday().to_monday_zero_offset().unsigned_abs())].is_empty()
    };
    let is_lost = |day: &Date| match beyond {
        None => week_works(*day) && calendar.shifts(*day).is_empty(),
        Some((base, time)) => !base.shifts(*day).is_empty() && !time.is_working_day(*day),
    };
    let closures = calendar.closures.iter().enumerate().filter_map(|(place, closure)| {
        let window = overlap(closure.window, span)?;
        let kind = GapKind::Closure { calendar: number, place };
        gap(kind, (closure.window, closure.origin), window.days().filter(is_lost).count())
    });
    // A day that is closed for a reason of its own is counted there.
    let is_closed = |day: &Date| calendar.closures.iter().any(|closure| closure.window.contains(*day));
    let other = calendar.other_days.iter().enumerate().filter_map(|(place, other)| {
        let window = overlap(other.window, span)?;
        let kind = GapKind::OtherWeeks { calendar: number, place };
        let n_lost = window.days().filter(|day| is_lost(day) && !is_closed(day)).count();
        gap(kind, (other.window, other.origin), n_lost)
    });
    closures.chain(other).collect()
}

fn gap(kind: GapKind, (window, origin): (Window, Span), n_lost: usize) -> Option<Gap> {
    let working_days = i64::try_from(n_lost).unwrap_or(i64::MAX);
    (working_days > 0).then_some(Gap { kind, window, working_days, before_start: false, origin })
}

fn overlap(one: Window, other: Window) -> Option<Window> {
    Window::inclusive(one.first().max(other.first()), one.last_day().min(other.last_day()))
}

fn is_inside(one: Window, other: Window) -> bool {
    one != other && other.first() <= one.first() && one.end() <= other.end()
}

fn tomorrow(day: Date) -> Date {
    day.tomorrow().unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::golden::{branch_network, reported};
    use crate::plan::schedule;
    use crate::plan::sketch::{Sketch, date};

    fn reasons_of(sketch: &Sketch, facts: &Facts) -> Reasons {
        Engine::new(&sketch.project).reasons(facts, &schedule(&sketch.project, facts))
    }

    #[test]
    fn the_finish_of_the_branch_network_stands_on_the_status_date() {
        let sketch = branch_network();
        let reasons = reasons_of(&sketch, &reported(&sketch));
        let chain = reasons.chain(sketch.number("G5"));
        let names: Vec<&str> = chain.iter().map(|step| sketch.project.task(step.task).id.as_str()).collect();
        assert_eq!(names, ["G5", "handover", "acceptance", "rollout", "pilot"]);
        let pilot = chain.last().unwrap();
        assert_eq!(pilot.reasons[0], Reason::Reported { origin: None });
        assert_eq!(pilot.reasons[1], Reason::StatusDate(date("2026-11-20")));
        assert_eq!(pilot.stands_on, None);
    }

    #[test]
    fn the_freeze_interrupts_the_roll_out_and_costs_twenty_days_of_its_week() {
        let sketch = branch_network();
        let reasons = reasons_of(&sketch, &reported(&sketch));
        let gaps = &reasons.step(sketch.number("rollout")).gaps;
        let said: Vec<_> =
            gaps.iter().map(|gap| (gap.window.first(), gap.working_days, gap.before_start)).collect();
        // Four weeks of five days: 14 December to 8 January.
        assert_eq!(said, [(date("2026-12-14"), 20, false)]);
        assert!(reasons.step(sketch.number("training")).gaps.is_empty(), "a weekend is no gap");
    }

    #[test]
    fn an_absence_counts_only_where_nobody_else_is_there() {
        let mut sketch = Sketch::starting("2026-11-02", &["2026-11-05"]);
        let tom = Assignee::Person(sketch.person("tom", &["2026-11-03 .. 2026-11-08"]));
        let sam = Assignee::Person(sketch.person("sam", &[]));
        sketch.work("alone", "3d", &[]).assign(tom, 100);
        sketch.work("both", "4d", &[]).assign(tom, 100).assign(sam, 100);
        let reasons = reasons_of(&sketch, &Facts::none(&sketch.project));
        let said = |name: &str| -> Vec<(GapKind, i64)> {
            reasons.step(sketch.number(name)).gaps.iter().map(|gap| (gap.kind, gap.working_days)).collect()
        };
        // Tuesday, Wednesday and Friday; Thursday is a holiday inside the absence.
        assert_eq!(said("alone"), [(GapKind::Absence(PersonNo(0)), 3)]);
        assert_eq!(said("both"), [(GapKind::Closure { calendar: 0, place: 0 }, 1)]);
    }

    #[test]
    fn a_summary_stands_on_the_task_that_ends_last() {
        let mut sketch = Sketch::starting("2026-11-02", &[]);
        sketch.task("phase", TaskKind::Summary, &[]);
        let phase = sketch.number("phase");
        sketch.work("long", "5d", &[]).below(phase);
        sketch.work("short", "3d", &[]).below(phase);
        sketch.work("next", "1d", &["phase"]);
        let reasons = reasons_of(&sketch, &Facts::none(&sketch.project));
        let names = |task: &str| -> Vec<String> {
            let chain = reasons.chain(sketch.number(task));
            chain.iter().map(|step| sketch.project.task(step.task).id.to_string()).collect()
        };
        assert_eq!(names("next"), ["next", "long"]);
        assert_eq!(names("phase"), ["phase", "long"]);
        assert_eq!(reasons.step(sketch.number("long")).reasons, [Reason::ProjectStart]);
    }
}
