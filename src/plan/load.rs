//! Load: how much of each person's and role's time the schedule asks for, week by week.
//!
//! Comes in: an engine, a schedule, its facts. Goes out: booked effort against capacity, from the first week with work
//! left to the last. Only work that is still to be done counts, in the minutes in which each of its people works on it;
//! hammocks count as long as they last. What lies before the end of the status date counts nowhere, neither as asked
//! for nor as what can be given: the week in which that day lies shows its rest. Not here: moving work so that it fits.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::model::{Assignee, Assignment, PersonNo, RoleNo, Shift, TaskKind, TaskNo, Work, WorkingTime};
use crate::plan::critical_path::NEVER;
use crate::plan::network::NodeKind;
use crate::plan::worked::Span;
use crate::plan::{Engine, Facts, Hand, Schedule, Slot};
use crate::quantity::{Effort, Fraction, Instant, MINUTES_OF_DAY, Percent};

/// What the schedule asks of everybody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// People with work left, in the order of the team. All have the same weeks.
    pub people: Vec<PersonLoad>,
    /// Roles whose unnamed heads have work left, in the order of the team. All have the same weeks.
    pub roles: Vec<RoleLoad>,
}

/// What the schedule asks of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonLoad {
    /// Who.
    pub person: PersonNo,
    /// Week by week, without gaps.
    pub weeks: Vec<WeekLoad>,
}

/// What the schedule asks of the unnamed heads of a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleLoad {
    /// The role.
    pub role: RoleNo,
    /// How many heads there are; none when unlimited, and then the capacity is whatever is booked.
    pub heads: Option<u32>,
    /// Week by week, without gaps.
    pub weeks: Vec<WeekLoad>,
}

/// One week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WeekLoad {
    /// The Monday it begins with.
    pub monday: Date,
    /// Effort that the schedule asks for.
    pub booked: Effort,
    /// Effort that can be given: available share × working time of the week without absences. Working time of a day is that of
    /// the own calendar, else of the project's; on a day on which a task is worked by a calendar that is open for longer, on a
    /// Saturday for one, of that. Never both: a night shift does not come on top of the day.
    pub capacity: Effort,
    /// The tasks that ask for it, in the order of the plan.
    pub tasks: Vec<TaskNo>,
}

impl WeekLoad {
    /// Says whether more is asked for than can be given.
    #[must_use]
    pub fn is_overbooked(&self) -> bool {
        self.booked > self.capacity
    }
}

impl Engine<'_> {
    /// Computes who has how much to do in each week.
    ///
    /// A task asks each assigned person for their share of each minute in which they work on it (with effort and duration
    /// both typed: for their part of the effort); nothing on days on which they are away, although the task may go on
    /// without them. Example: 4 days left at 50 % from Thursday to Tuesday book 1 day in the first week, 1 in the second.
    #[must_use]
    pub fn load(&self, schedule: &Schedule, facts: &Facts) -> Load {
        let from = facts.status_date.map_or(NEVER, Instant::end_of);
        let mut asked: BTreeMap<Hand, Asked> = BTreeMap::new();
        for task in self.project().task_numbers() {
            let slot = schedule.slot(task);
            if slot.remaining <= 0 {
                continue;
            }
            for (place, assignment) in self.project().task(task).assignments.iter().enumerate() {
                let hand = match assignment.assignee {
                    Assignee::Person(person) => Hand::Person(person),
                    Assignee::Role { role, .. } => Hand::Role(role),
                };
                let is_told = facts.progress[task.0 as usize].remaining.is_some();
                let demand = self.effort_left_per_minute(task, assignment, is_told);
                let demand = demand.of(Percent::WHOLE.hundredths());
                let worked = self.worked_by(task, place, slot).into_iter();
                let worked =
                    worked.map(|(begin, end)| (begin.max(from), end)).filter(|(begin, end)| begin < end);
                asked.entry(hand).or_default().enter((task, self.time_of(task, place)), demand, worked);
            }
        }
        self.against_capacity(asked, from)
    }

    /// The working time in which an assignment of a task is worked, by its place at the task.
    fn time_of(&self, task: TaskNo, place: usize) -> &WorkingTime {
        let of_node = &self.network().nodes[task.0 as usize];
        let time = of_node.assigned.get(place).unwrap_or(&of_node.calendar);
        &self.network().times[*time]
    }

    /// When an assignment of a task is worked, by its place at the task.
    fn worked_by(&self, task: TaskNo, place: usize, slot: &Slot) -> Vec<Span> {
        let (network, node) = (self.network(), task.0 as usize);
        let of_node = &network.nodes[node];
        let spans = network.worked(node, self.time_of(task, place), slot);
        let of_task = self.project().task(task);
        let goes_on_alone = of_task.ignores_people || of_node.elapsed || of_node.kind != NodeKind::Work;
        match of_task.assignments.get(place).map(|assignment| assignment.assignee) {
            Some(Assignee::Person(person)) if goes_on_alone => {
                let present = self.presence_of(person, WorkingTime::clock);
                let mut there = Vec::new();
                for (from, to) in spans {
                    present.stretches(from, to, |from, to| there.push((from, to)));
                }
                there
            }
            _ => spans,
        }
    }

    /// When a person is there: their own calendar, else another time, without their absences.
    fn presence_of(&self, person: PersonNo, otherwise: impl FnOnce() -> WorkingTime) -> WorkingTime {
        let person = &self.project().team.people[person.0 as usize];
        let own = person.calendar.map(|place| self.project().calendars[place].compile());
        let absences: Vec<_> = person.absences.iter().map(|absence| absence.window).collect();
        own.unwrap_or_else(otherwise).with_absences(&absences)
    }

    /// The effort that a minute of a task asks of one assignment.
    pub(super) fn effort_per_minute(&self, task: TaskNo, assignment: &Assignment) -> Fraction {
        self.effort_left_per_minute(task, assignment, false)
    }

    /// The same of what is left; where a report tells how long that takes, nobody gives more than their share of it, however much effort
    /// is typed beside a short duration.
    fn effort_left_per_minute(&self, task: TaskNo, assignment: &Assignment, is_told: bool) -> Fraction {
        let project = self.project();
        let whole = Percent::WHOLE.hundredths();
        let part = assignment.share.hundredths() * assignment.heads();
        let task = project.task(task);
        if let TaskKind::Work(Work::Both { duration, effort }) = task.kind {
            let work_time = project.calendars[task.calendar].work_time;
            let all: i64 = task.assignments.iter().map(|part| part.share.hundredths() * part.heads()).sum();
            let least = task.densest_length(work_time).filter(|_| is_told).unwrap_or(0);
            let length = duration.likely().minutes(work_time).max(least);
            return Fraction::new(effort.likely().minutes(work_time) * part, length * all);
        }
        Fraction::new(part, whole)
    }

    fn against_capacity(&self, asked: BTreeMap<Hand, Asked>, from: Instant) -> Load {
        let project = self.project();
        let weeks = || asked.values().flat_map(|asked| asked.weeks.keys().copied());
        let (Some(first), Some(last)) = (weeks().min(), weeks().max()) else { return Load::default() };
        let range = (beginning(first).max(from), beginning(last + 1));
        let base = project.working_time();
        let mut load = Load::default();
        for (hand, asked) in asked {
            match hand {
                Hand::Person(number) => {
                    let person = &project.team.people[number.0 as usize];
                    let time = self.presence_of(number, || base.clone());
                    let given = |day: Date| Some(person.available_on(day).hundredths());
                    let weeks =
                        asked.table(first..=last, &given_by_week(&time, &asked.longest, range, given));
                    load.people.push(PersonLoad { person: number, weeks });
                }
                Hand::Role(number) => {
                    let role = &project.team.roles[number.0 as usize];
                    let whole = Percent::WHOLE.hundredths();
                    let given = |day: Date| Some(i64::from(role.heads_on(day)?) * whole);
                    let weeks =
                        asked.table(first..=last, &given_by_week(&base, &asked.longest, range, given));
                    load.roles.push(RoleLoad { role: number, heads: role.heads, weeks });
                }
            }
        }
        load
    }
}

/// Hundredths of a percent of a minute.
type Parts = i64;

/// What is asked of one person or role.
#[derive(Clone, Debug, Default)]
struct Asked {
    /// How much and by whom, by week.
    weeks: BTreeMap<i64, (Parts, Vec<TaskNo>)>,
    /// By day, how long those working times last on it in which tasks of that day are worked: the longest.
    longest: BTreeMap<i64, i64>,
}

impl Asked {
    /// Enters so many hundredths of a percent of each minute of a task's stretches, which lie in a working time.
    fn enter(
        &mut self,
        (task, time): (TaskNo, &WorkingTime),
        demand: i64,
        worked: impl Iterator<Item = Span>,
    ) {
        let mut ended = None;
        for span in worked.filter(|_| demand > 0) {
            let goes_on = ended == Some(span.0);
            ended = Some(span.1);
            for (week, (from, to)) in by_week(span) {
                let entry = self.weeks.entry(week).or_default();
                entry.0 += demand * (to.0 - from.0);
                if entry.1.last() != Some(&task) {
                    entry.1.push(task);
                }
            }
            for (day, _) in by_day(span) {
                // The end of a night of which the beginning lies in the past counts to its own day.
                let is_cut = !goes_on && span.0.0 == day * MINUTES_OF_DAY;
                let rest = if is_cut { after_midnight(time, day - 1) } else { 0 };
                let longest = self.longest.entry(day).or_default();
                *longest = (opened_on(time, day) + rest).max(*longest);
            }
        }
    }

    /// Sets what is asked for against what is given; where a week is given without limit, whatever is asked for.
    fn table(
        &self,
        range: std::ops::RangeInclusive<i64>,
        given: &BTreeMap<i64, Option<Parts>>,
    ) -> Vec<WeekLoad> {
        range
            .map(|week| {
                let (booked, tasks) = self.weeks.get(&week).cloned().unwrap_or_default();
                let capacity = given.get(&week).copied().unwrap_or(Some(0)).unwrap_or(booked);
                let (booked, capacity) = (effort(booked), effort(capacity));
                WeekLoad { monday: beginning(week).day(), booked, capacity, tasks }
            })
            .collect()
    }
}

/// What can be given in each week: on each day so much of each minute of a working time, or of the one in which a task
/// of that day is worked, whichever is longer. None in weeks that have a day without limit.
fn given_by_week(
    time: &WorkingTime,
    asked: &BTreeMap<i64, i64>,
    (from, to): Span,
    given: impl Fn(Date) -> Option<i64>,
) -> BTreeMap<i64, Option<Parts>> {
    let mut days = asked.clone();
    for (day, _) in by_day((from, to)) {
        // Of the first day as much as is left of it, the end of a night before it included.
        let minutes = if day * MINUTES_OF_DAY <= from.0 {
            time.between(from, Instant((day + 1) * MINUTES_OF_DAY)) + after_midnight(time, day)
        } else {
            opened_on(time, day)
        };
        let longest = days.entry(day).or_default();
        *longest = minutes.max(*longest);
    }
    let mut weeks: BTreeMap<i64, Option<Parts>> = BTreeMap::new();
    for (day, minutes) in days {
        let at = Instant(day * MINUTES_OF_DAY);
        let week = weeks.entry(week_of(at)).or_insert(Some(0));
        *week = week.and_then(|sum| Some(sum + given(at.day())? * minutes));
    }
    weeks
}

/// The minutes of the shifts that begin on a day, counted from 1970-01-01: one that passes midnight counts to the day on which it begins.
///
/// 22:00 to 06:00 from Monday to Friday: 480 on each of them, and 0 on Saturday, though six hours of it are worked then.
fn opened_on(time: &WorkingTime, day: i64) -> i64 {
    time.minutes_of_day(Instant(day * MINUTES_OF_DAY).day()) - after_midnight(time, day - 1)
        + after_midnight(time, day)
}

/// The minutes of the last shift of a day that lie behind midnight; 0 of one that began with the day, for it has no end.
fn after_midnight(time: &WorkingTime, day: i64) -> i64 {
    let last = shifts_of(time, day).last();
    let is_late = last.is_some_and(|shift| i64::from(shift.end) == MINUTES_OF_DAY && shift.start > 0);
    let next = shifts_of(time, day + 1).first().filter(|shift| is_late && shift.start == 0);
    next.copied().map_or(0, minutes_of)
}

fn shifts_of(time: &WorkingTime, day: i64) -> &[Shift] {
    time.shifts(Instant(day * MINUTES_OF_DAY).day())
}

fn minutes_of(shift: Shift) -> i64 {
    i64::from(shift.end) - i64::from(shift.start)
}

/// A stretch of the clock, cut at midnight: the day, counted from 1970-01-01, and the minutes on it.
fn by_day((from, to): Span) -> impl Iterator<Item = (i64, i64)> {
    let first = from.0.div_euclid(MINUTES_OF_DAY);
    (first..=to.plus(-1).0.div_euclid(MINUTES_OF_DAY)).map(move |day| {
        let midnight = day * MINUTES_OF_DAY;
        (day, to.0.min(midnight + MINUTES_OF_DAY) - from.0.max(midnight))
    })
}

/// The nearest whole minute of effort.
fn effort(parts: Parts) -> Effort {
    Effort::from_minutes(Fraction::new(1, Percent::WHOLE.hundredths()).of(parts))
}

/// A stretch of the clock, cut at the beginnings of weeks.
fn by_week((from, to): Span) -> impl Iterator<Item = (i64, Span)> {
    (week_of(from)..=week_of(to.plus(-1)))
        .map(move |week| (week, (from.max(beginning(week)), to.min(beginning(week + 1)))))
}

/// The week of an instant, counted from the one of 1970-01-01, a Thursday.
fn week_of(at: Instant) -> i64 {
    (at.0.div_euclid(MINUTES_OF_DAY) + 3).div_euclid(7)
}

/// Midnight at which a week begins.
fn beginning(week: i64) -> Instant {
    Instant((week * 7 - 3) * MINUTES_OF_DAY)
}

#[cfg(test)]
mod tests;
