//! Load: how much of each person's and role's time the schedule asks for, week by week.
//!
//! Comes in: an engine and a schedule. Goes out: booked effort against capacity, from the first week with work
//! left to the last. Only work that is still to be done counts, spread evenly over the working time it is
//! scheduled in; hammocks count as long as they last. Not here: moving work so that it fits.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::model::{Assignee, Assignment, PersonNo, RoleNo, TaskKind, TaskNo, Work, WorkingTime};
use crate::plan::{Engine, Schedule};
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
    /// Effort that can be given: available share × working time of the week without absences.
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

/// Bookings by week (counted from 1970) of one person or role.
type Weeks = BTreeMap<i64, (Effort, Vec<TaskNo>)>;

impl Engine<'_> {
    /// Computes who has how much to do in each week.
    ///
    /// A task asks each assigned person for their share of its working time (with effort and duration both typed:
    /// for their part of the effort), except on days on which they are away. Example: 4 days left at 50 % from
    /// Monday to Thursday book 2 days in that week.
    #[must_use]
    pub fn load(&self, schedule: &Schedule) -> Load {
        let project = self.project();
        let mut people: BTreeMap<PersonNo, Weeks> = BTreeMap::new();
        let mut roles: BTreeMap<RoleNo, Weeks> = BTreeMap::new();
        for task in project.task_numbers() {
            let slot = schedule.slot(task);
            if slot.remaining <= 0 {
                continue;
            }
            let time = self.working_time(task);
            let spans = if slot.pauses.is_empty() {
                vec![(time.subtract(slot.finish, slot.remaining), slot.finish)]
            } else {
                slot.parts(slot.resume, slot.finish)
            };
            for assignment in &project.task(task).assignments {
                let rate = self.effort_per_minute(task, assignment);
                let booking = Booking { task, spans: &spans, rate };
                match assignment.assignee {
                    Assignee::Person(number) => {
                        let absences: Vec<_> = project.team.people[number.0 as usize]
                            .absences
                            .iter()
                            .map(|absence| absence.window)
                            .collect();
                        let weeks = people.entry(number).or_default();
                        if absences.is_empty() {
                            booking.enter(time, weeks);
                        } else {
                            booking.enter(&time.with_absences(&absences), weeks);
                        }
                    }
                    Assignee::Role { role, .. } => booking.enter(time, roles.entry(role).or_default()),
                }
            }
        }
        self.against_capacity(&people, &roles)
    }

    /// The effort that a minute of a task asks of one assignment.
    pub(super) fn effort_per_minute(&self, task: TaskNo, assignment: &Assignment) -> Fraction {
        let project = self.project();
        let whole = Percent::WHOLE.hundredths();
        let part = assignment.share.hundredths() * assignment.heads();
        let task = project.task(task);
        if let TaskKind::Work(Work::Both { duration, effort }) = task.kind {
            let work_time = project.calendars[task.calendar].work_time;
            let all: i64 = task.assignments.iter().map(|part| part.share.hundredths() * part.heads()).sum();
            let length = duration.likely().minutes(work_time);
            return Fraction::new(effort.likely().minutes(work_time) * part, length * all);
        }
        Fraction::new(part, whole)
    }

    fn against_capacity(&self, people: &BTreeMap<PersonNo, Weeks>, roles: &BTreeMap<RoleNo, Weeks>) -> Load {
        let project = self.project();
        let booked = || people.values().chain(roles.values()).flat_map(|weeks| weeks.keys().copied());
        let (Some(first), Some(last)) = (booked().min(), booked().max()) else { return Load::default() };
        let base = project.working_time();

        let people = people.iter().map(|(number, weeks)| {
            let person = &project.team.people[number.0 as usize];
            let own = person.calendar.map(|place| base.both(&project.calendars[place].compile()));
            let absences: Vec<_> = person.absences.iter().map(|absence| absence.window).collect();
            let time = own.as_ref().unwrap_or(&base).with_absences(&absences);
            let capacity = |week: i64| {
                if person.availability.is_empty() {
                    return Some(Effort::of_share(minutes_of_week(&time, week), person.available));
                }
                let given = |day: Date| Effort::of_share(time.minutes_of_day(day), person.available_on(day));
                Some(days_of_week(week).map(given).sum())
            };
            PersonLoad { person: *number, weeks: table(weeks, first..=last, capacity) }
        });
        let roles = roles.iter().map(|(role, weeks)| {
            let role_of_heads = &project.team.roles[role.0 as usize];
            let heads = role_of_heads.heads;
            let capacity = |week: i64| {
                if !role_of_heads.heads_by_time.is_empty() {
                    let worked = days_of_week(week).filter(|day| base.is_working_day(*day));
                    // Where a day is without limit, so is its week.
                    return worked
                        .map(|day| Some(base.minutes_of_day(day) * i64::from(role_of_heads.heads_on(day)?)))
                        .sum::<Option<i64>>()
                        .map(Effort::from_minutes);
                }
                heads.map(|heads| Effort::from_minutes(minutes_of_week(&base, week) * i64::from(heads)))
            };
            RoleLoad { role: *role, heads, weeks: table(weeks, first..=last, capacity) }
        });
        Load { people: people.collect(), roles: roles.collect() }
    }
}

/// What a task asks for in the time it is scheduled in.
#[derive(Clone, Copy)]
struct Booking<'a> {
    task: TaskNo,
    /// In order of time; more than one where it is interrupted.
    spans: &'a [(Instant, Instant)],
    rate: Fraction,
}

impl Booking<'_> {
    fn enter(self, time: &WorkingTime, weeks: &mut Weeks) {
        // Rounded as a running total, so that the weeks add up to the whole.
        let mut minutes = 0;
        let mut booked = 0;
        for (from, to) in self.spans.iter().copied() {
            for week in week_of(from)..=week_of(to.plus(-1)) {
                minutes += time.between(from.max(beginning(week)), to.min(beginning(week + 1)));
                let total = self.rate.of(minutes);
                if total > booked {
                    let entry = weeks.entry(week).or_default();
                    entry.0 = entry.0 + Effort::from_minutes(total - booked);
                    if entry.1.last() != Some(&self.task) {
                        entry.1.push(self.task);
                    }
                    booked = total;
                }
            }
        }
    }
}

/// Sets bookings against capacity; without one, whatever is booked can be given.
fn table(
    weeks: &Weeks,
    range: std::ops::RangeInclusive<i64>,
    capacity: impl Fn(i64) -> Option<Effort>,
) -> Vec<WeekLoad> {
    range
        .map(|week| {
            let (booked, tasks) = weeks.get(&week).cloned().unwrap_or_default();
            let monday = beginning(week).day();
            WeekLoad { monday, booked, capacity: capacity(week).unwrap_or(booked), tasks }
        })
        .collect()
}

fn days_of_week(week: i64) -> impl Iterator<Item = Date> {
    (0..7).map(move |day| beginning(week).plus(day * MINUTES_OF_DAY).day())
}

fn minutes_of_week(time: &WorkingTime, week: i64) -> i64 {
    time.between(beginning(week), beginning(week + 1))
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
mod tests {
    use super::*;
    use crate::plan::golden::{branch_network, reported};
    use crate::plan::sketch::{Sketch, date};

    fn text(sketch: &Sketch, weeks: &[WeekLoad]) -> String {
        let line = |week: &WeekLoad| {
            let tasks: Vec<&str> =
                week.tasks.iter().map(|task| sketch.project.task(*task).id.as_str()).collect();
            format!(
                "{} {:>4.1} of {:>3.1} {}",
                week.monday,
                week.booked.days(480),
                week.capacity.days(480),
                tasks.join(" ")
            )
        };
        weeks.iter().map(line).map(|line| line.trim_end().to_owned()).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn what_is_left_is_spread_over_the_weeks_it_lies_in() {
        let sketch = branch_network();
        let engine = Engine::new(&sketch.project);
        let load = engine.load(&engine.run(&reported(&sketch)));
        let names: Vec<&str> = load.people.iter().map(|one| sketch.project.person_name(one.person)).collect();
        assert_eq!(names, ["anna", "tom", "sam", "lea"]);
        expect_test::expect![[r"
            2026-11-23  5.0 of 5.0 pilot rollout
            2026-11-30  5.0 of 5.0 rollout
            2026-12-07  5.0 of 5.0 rollout
            2026-12-14  0.0 of 5.0
            2026-12-21  0.0 of 4.0
            2026-12-28  0.0 of 0.0
            2027-01-04  0.0 of 5.0
            2027-01-11  5.0 of 5.0 rollout acceptance handover
            2027-01-18  4.0 of 5.0 handover"]]
        .assert_eq(&text(&sketch, &load.people[1].weeks));
        expect_test::expect![[r"
            2026-11-23  1.0 of 5.0 project-management
            2026-11-30  1.0 of 5.0 project-management"]]
        .assert_eq(&text(&sketch, &load.people[0].weeks[..2]));
    }

    #[test]
    fn effort_typed_beside_a_duration_is_split_by_shares() {
        let mut sketch = Sketch::starting("2026-11-16", &[]);
        let anna = Assignee::Person(sketch.person("anna", &[]));
        let role = sketch.role("tester", Some(2));
        let kind =
            TaskKind::Work(Work::Both { duration: "4d".parse().unwrap(), effort: "3d".parse().unwrap() });
        sketch.task("test", kind, &[]).assign(anna, 100).assign(Assignee::Role { role, heads: 2 }, 100);
        let engine = Engine::new(&sketch.project);
        let load = engine.load(&engine.run(&crate::plan::Facts::none(&sketch.project)));
        assert_eq!(load.people[0].weeks[0].booked, Effort::from_minutes(480));
        assert_eq!(load.roles[0].weeks[0].booked, Effort::from_minutes(960));
        assert_eq!(load.roles[0].weeks[0].capacity, Effort::from_minutes(4_800));
        assert_eq!(load.people[0].weeks[0].monday, date("2026-11-16"));
    }

    #[test]
    fn capacity_follows_what_changes_over_time() {
        let mut sketch = Sketch::starting("2026-11-16", &["2026-11-18"]);
        let anna = sketch.person("anna", &[]);
        let role = sketch.role("tester", None);
        let team = &mut sketch.project.team;
        let window = |text: &str| crate::quantity::parse_window(text).unwrap();
        team.people[0].availability =
            vec![(window("2026-11-16 .. 2026-11-17"), Percent::from_hundredths(5_000))];
        team.roles[0].heads_by_time =
            vec![(window("2026-11-16 .. 2026-11-19"), 2), (window("2026-11-20 .. 2026-11-23"), 3)];
        sketch
            .work("test", "8d", &[])
            .assign(Assignee::Person(anna), 100)
            .assign(Assignee::Role { role, heads: 2 }, 100);
        let engine = Engine::new(&sketch.project);
        let load = engine.load(&engine.run(&crate::plan::Facts::none(&sketch.project)));
        // Two half days and two whole ones; Wednesday is closed.
        assert_eq!(load.people[0].weeks[0].capacity, Effort::from_minutes(3 * 480));
        // Three days of two heads and one of three; the week after is without limit from Tuesday on.
        assert_eq!(load.roles[0].weeks[0].capacity, Effort::from_minutes(9 * 480));
        assert_eq!(load.roles[0].weeks[1].capacity, load.roles[0].weeks[1].booked);
        assert_eq!(load.people[0].weeks[1].capacity, Effort::from_minutes(5 * 480));
    }
}
