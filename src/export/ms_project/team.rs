//! Resources and assignments: people and roles, and who works how much on what.

use std::collections::BTreeMap;

use super::xml::Xml;
use super::{Plan, calendar, hundredths};
use crate::model::{Assignee, Assignment, PersonNo, Project, RoleNo, TaskKind, TaskNo, Work, Worker};
use crate::plan::State;
use crate::quantity::{Per, Percent, Rate};

/// Who is written, and under which numbers.
pub(super) struct Team {
    /// Whether a person has work, by place.
    pub(super) works: Vec<bool>,
    /// The number of each person and role that has work.
    people: BTreeMap<PersonNo, u32>,
    roles: BTreeMap<RoleNo, u32>,
    /// Minutes of a day of the calendars whose days are not those of the project, on which somebody works: each has a table of prices of
    /// its own, in which a day costs the same.
    days: Vec<i64>,
}

/// So many tables of prices a resource of MS Project has beside its usual one.
const OTHER_TABLES: usize = 4;

/// How much somebody works on a task, in minutes.
pub(super) struct Effort {
    /// All of it: what was done and what is left.
    pub(super) planned: i64,
    /// What was booked; none where hours are not told or nothing was booked.
    booked: Option<i64>,
    /// What is left.
    left: i64,
}

impl Team {
    /// Everybody who is assigned to something, people before roles, in the order of the team.
    pub(super) fn of(project: &Project) -> Self {
        let assigned = || project.tasks.iter().flat_map(|task| &task.assignments);
        let works_on = |wanted: Assignee| {
            assigned().any(|one| match (one.assignee, wanted) {
                (Assignee::Person(one), Assignee::Person(wanted)) => one == wanted,
                (Assignee::Role { role: one, .. }, Assignee::Role { role: wanted, .. }) => one == wanted,
                _ => false,
            })
        };
        let mut number = 0;
        let mut next = || {
            number += 1;
            number
        };
        let mut works = Vec::new();
        let mut people = BTreeMap::new();
        for (person, _) in (0_u32..).map(PersonNo).zip(&project.team.people) {
            let is_working = works_on(Assignee::Person(person));
            works.push(is_working);
            if is_working {
                people.insert(person, next());
            }
        }
        let mut roles = BTreeMap::new();
        for (role, _) in (0_u32..).map(RoleNo).zip(&project.team.roles) {
            if works_on(Assignee::Role { role, heads: 1 }) {
                roles.insert(role, next());
            }
        }
        let of_project = project.work_time().minutes_per_day;
        let mut days = Vec::new();
        for task in project.tasks.iter().filter(|task| !task.assignments.is_empty()) {
            let minutes = project.calendars[task.calendar].work_time.minutes_per_day;
            if minutes != of_project && !days.contains(&minutes) && days.len() < OTHER_TABLES {
                days.push(minutes);
            }
        }
        Self { works, people, roles, days }
    }

    /// The number of the table of prices for days of so many minutes; 0 for the usual one.
    fn table(&self, minutes_per_day: i64) -> usize {
        self.days.iter().position(|minutes| *minutes == minutes_per_day).map_or(0, |place| place + 1)
    }

    fn number(&self, assignee: Assignee) -> u32 {
        match assignee {
            Assignee::Person(person) => self.people.get(&person).copied().unwrap_or(0),
            Assignee::Role { role, .. } => self.roles.get(&role).copied().unwrap_or(0),
        }
    }
}

/// The share of somebody's day, with all heads: 10 000 is one person's whole day.
fn units(assignment: &Assignment) -> i64 {
    assignment.share.hundredths().saturating_mul(assignment.heads())
}

/// Hundredths of a percent as the number that MS Project writes: 1 for a whole person.
fn share(hundredths: i64) -> String {
    let (whole, part) = (hundredths / 10_000, hundredths % 10_000);
    match part {
        0 => whole.to_string(),
        part => format!("{whole}.{part:04}").trim_end_matches('0').to_owned(),
    }
}

impl Plan<'_> {
    /// Writes people and roles.
    pub(super) fn resources(&self, xml: &mut Xml) {
        let project = self.project;
        xml.within("Resources", |xml| {
            for (person, number) in &self.team.people {
                let place = person.0 as usize;
                let of_person = &project.team.people[place];
                // How much of a day somebody gives, and what their own time costs, is between two.
                let available = if project.hides_hours() { Percent::WHOLE } else { of_person.available };
                let of_role = of_person.role.and_then(|role| project.team.roles.get(role.0 as usize));
                let rate = of_role.and_then(|role| role.rate).filter(|_| of_person.rate.is_none());
                xml.within("Resource", |xml| {
                    resource(xml, (*number, &of_person.name), of_person.team.as_deref());
                    xml.field("MaxUnits", share(available.hundredths()));
                    self.price(xml, rate);
                    xml.field("CalendarUID", self.calendars.of_person(place));
                    xml.flag("IsGeneric", false);
                    self.other_prices(xml, rate);
                });
            }
            for (role, number) in &self.team.roles {
                let role = &project.team.roles[role.0 as usize];
                xml.within("Resource", |xml| {
                    resource(xml, (*number, &role.name), None);
                    let heads = i64::from(role.heads.unwrap_or(1).max(1));
                    xml.field("MaxUnits", share(heads.saturating_mul(Percent::WHOLE.hundredths())));
                    self.price(xml, role.rate);
                    xml.field("CalendarUID", calendar::NONE);
                    xml.flag("IsGeneric", true);
                    self.other_prices(xml, role.rate);
                });
            }
        });
    }

    /// The price of a role's time, which may be told inside the organisation.
    fn price(&self, xml: &mut Xml, rate: Option<Rate>) {
        let Some(rate) = rate.filter(|_| !self.project.hides_people()) else { return };
        rate_fields(xml, rate, self.project.work_time().minutes_per_day);
    }

    /// The prices in other tables: a day of work costs the same, however many hours it has.
    fn other_prices(&self, xml: &mut Xml, rate: Option<Rate>) {
        let rate = rate.filter(|rate| !self.project.hides_people() && rate.per == Per::Day);
        let Some(rate) = rate.filter(|_| !self.team.days.is_empty()) else { return };
        xml.within("Rates", |xml| {
            let usual = std::iter::once(self.project.work_time().minutes_per_day);
            for (table, minutes) in usual.chain(self.team.days.iter().copied()).enumerate() {
                xml.within("Rate", |xml| {
                    xml.field("RatesFrom", "1984-01-01T00:00:00");
                    xml.field("RatesTo", "2049-12-31T23:59:00");
                    xml.field("RateTable", table);
                    rate_fields(xml, rate, minutes);
                });
            }
        });
    }

    /// The table of prices that counts for an assignment.
    fn table_of(&self, task: TaskNo, assignment: &Assignment) -> usize {
        let project = self.project;
        let rate = match assignment.assignee {
            Assignee::Person(person) => {
                let person = &project.team.people[person.0 as usize];
                let of_role = person.role.and_then(|role| project.team.roles.get(role.0 as usize));
                of_role.and_then(|role| role.rate).filter(|_| person.rate.is_none())
            }
            Assignee::Role { role, .. } => project.team.roles[role.0 as usize].rate,
        };
        let is_by_day = rate.is_some_and(|rate| rate.per == Per::Day) && !project.hides_people();
        let minutes = project.calendars[project.task(task).calendar].work_time.minutes_per_day;
        if is_by_day { self.team.table(minutes) } else { 0 }
    }

    /// Writes who works on what.
    pub(super) fn assignments(&self, xml: &mut Xml) {
        xml.within("Assignments", |xml| {
            let mut number = 0_u32;
            for task in self.project.task_numbers() {
                let time = self.time(task);
                let slot = self.slot(task);
                for (assignment, effort) in self.work_of(task) {
                    number += 1;
                    xml.within("Assignment", |xml| {
                        xml.field("UID", number);
                        xml.field("TaskUID", self.number(task));
                        xml.field("ResourceUID", self.team.number(assignment.assignee));
                        xml.field("PercentWorkComplete", percent_of(&effort));
                        if slot.state == State::Finished {
                            xml.moment("ActualFinish", time.finish);
                        }
                        if slot.state != State::NotStarted {
                            xml.moment("ActualStart", time.start);
                        }
                        xml.length("ActualWork", effort.booked.unwrap_or(0));
                        let table = self.table_of(task, assignment);
                        if table > 0 {
                            xml.field("CostRateTable", table);
                        }
                        xml.moment("Finish", time.finish);
                        xml.length("RemainingWork", effort.left);
                        xml.moment("Start", time.start);
                        xml.field("Units", share(units(assignment)));
                        xml.length("Work", effort.planned);
                        xml.field("WorkContour", 0);
                    });
                }
            }
        });
    }

    /// Who works how much on a task: nobody on points and summaries.
    pub(super) fn work_of(&self, number: TaskNo) -> Vec<(&Assignment, Effort)> {
        let task = self.project.task(number);
        if task.is_point() || task.is_summary() {
            return Vec::new();
        }
        let time = self.time(number);
        let state = self.slot(number).state;
        let all = task.assignments.iter().map(units).fold(0_i64, i64::saturating_add);
        let whole = Percent::WHOLE.hundredths();
        let work_time = self.project.calendars[task.calendar].work_time;
        // Everybody works as long as is needed, though together they are there longer where they are away by turns.
        let needed = if self.project.hides_hours() { time.left } else { self.slot(number).remaining };
        let (done, left) = if task.runs_by_the_clock() { (0, 0) } else { (time.done, needed) };
        // Where length and effort are both typed, everybody gives a part of each minute.
        let typed = match task.kind {
            TaskKind::Work(Work::Both { effort, .. }) => Some(effort.likely().minutes(work_time)),
            _ => None,
        };
        let of_assignment = |assignment| {
            let (planned, left) = match typed {
                Some(effort) => {
                    let planned = part(effort, units(assignment), all);
                    (planned, part(planned, left, done + left))
                }
                None => (part(done + left, units(assignment), whole), part(left, units(assignment), whole)),
            };
            let booked = self.booked(number, assignment).filter(|_| state != State::NotStarted);
            let planned = booked.map_or(planned, |booked| booked.saturating_add(left));
            (assignment, Effort { planned, booked, left })
        };
        task.assignments.iter().map(of_assignment).collect()
    }

    /// The hours that a person or a role booked on a task by the status date; none where hours are not told.
    fn booked(&self, task: TaskNo, assignment: &Assignment) -> Option<i64> {
        let worker = match assignment.assignee {
            Assignee::Person(person) => Worker::Person(person),
            Assignee::Role { role, .. } => Worker::Role(role),
        };
        if self.project.hides_hours() {
            return None;
        }
        let day = self.report.status_date;
        let own = self
            .project
            .timesheets
            .iter()
            .filter(|entry| entry.task == task && entry.worker == worker && entry.period.first() <= day);
        let minutes = own.fold(0_i64, |sum, entry| sum.saturating_add(entry.effort.minutes()));
        (minutes > 0).then_some(minutes)
    }
}

/// The price of an hour, where a day has so many minutes, and how it is shown.
fn rate_fields(xml: &mut Xml, rate: Rate, minutes_per_day: i64) {
    let per_day = i128::from(minutes_per_day.max(1));
    let cents = i128::from(hundredths(rate.price.amount, rate.price.currency)) * 100;
    // Ten-thousandths an hour.
    let price = match rate.per {
        Per::Hour => cents,
        Per::Day => (cents * 60 + per_day / 2) / per_day,
    };
    xml.field("StandardRate", format!("{}.{:04}", price / 10_000, price % 10_000));
    xml.field("StandardRateFormat", if rate.per == Per::Hour { 2 } else { 3 });
}

/// A part of some minutes: `minutes` × `share` ÷ `whole`, with room for the largest that the files take.
fn part(minutes: i64, share: i64, whole: i64) -> i64 {
    let part = i128::from(minutes) * i128::from(share) / i128::from(whole.max(1));
    i64::try_from(part).unwrap_or(i64::MAX)
}

/// The first fields of a person or a role.
fn resource(xml: &mut Xml, (number, name): (u32, &str), team: Option<&str>) {
    xml.field("UID", number);
    xml.field("ID", number);
    xml.words("Name", name);
    xml.field("Type", 1);
    xml.flag("IsNull", false);
    xml.words("Group", team.unwrap_or_default());
}

/// How much of the work is done, in whole percent.
fn percent_of(effort: &Effort) -> i64 {
    effort.booked.map_or(0, |booked| part(booked, 100, effort.planned))
}
