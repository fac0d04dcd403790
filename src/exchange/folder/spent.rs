//! `timesheets.csv` and `costs.csv` from the hours and the money that MS Project says were spent.
//!
//! Comes in: the tasks that have begun. Goes out: both ledgers, where there is something to write. Hours of people are
//! priced by milepost; money that hours do not explain is written as money, so that the sum stays what it was.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::exchange::folder::leftover::Leftovers;
use crate::exchange::folder::outline::Outline;
use crate::exchange::folder::people::category;
use crate::exchange::folder::progress::{Done, begun};
use crate::exchange::folder::terms::{LONGEST, Terms};
use crate::exchange::plan::{Assignment, Resource, ResourceKind, Uid, Unit};

/// Differences up to so many hundredths are rounding.
const ROUNDING: i64 = 1;

/// Writes the ledgers as of a day; the path of each file is the key.
pub(super) fn spent(
    outline: &Outline<'_>,
    terms: &Terms<'_>,
    roles: &BTreeSet<Uid>,
    as_of: Date,
    leftovers: &mut Leftovers,
) -> BTreeMap<String, String> {
    let mut by_task: BTreeMap<Uid, Vec<&Assignment>> = BTreeMap::new();
    for assignment in &terms.plan.assignments {
        by_task.entry(assignment.task).or_default().push(assignment);
    }
    let resources = terms.plan.resources.iter().map(|resource| (resource.uid, resource)).collect();
    let mut ledgers =
        Ledgers { terms, roles, resources, by_task, as_of, hours: String::new(), costs: String::new() };
    for done in begun(outline) {
        ledgers.take(&done, leftovers);
    }
    let mut files = BTreeMap::new();
    if !ledgers.hours.is_empty() {
        files.insert("timesheets.csv".to_owned(), format!("date,person,task,time\n{}", ledgers.hours));
    }
    if !ledgers.costs.is_empty() {
        files.insert(
            "costs.csv".to_owned(),
            format!("date,type,category,task,amount,note\n{}", ledgers.costs),
        );
    }
    files
}

struct Ledgers<'a> {
    terms: &'a Terms<'a>,
    roles: &'a BTreeSet<Uid>,
    resources: BTreeMap<Uid, &'a Resource>,
    by_task: BTreeMap<Uid, Vec<&'a Assignment>>,
    as_of: Date,
    hours: String,
    costs: String,
}

impl Ledgers<'_> {
    fn take(&mut self, done: &Done<'_>, leftovers: &mut Leftovers) {
        let task = done.task;
        let id = self.terms.task(task.uid).to_owned();
        let last = done.last_day().min(self.as_of);
        let mut of_assignments = 0;
        for assignment in self.by_task.remove(&task.uid).unwrap_or_default() {
            let Some(resource) = self.resources.get(&assignment.resource).copied() else { continue };
            of_assignments += assignment.actual_cost;
            let is_person = resource.kind == ResourceKind::Work && !self.roles.contains(&resource.uid);
            let mut money = assignment.actual_cost;
            if is_person {
                self.hours_of(assignment, (&id, last), leftovers);
                // Minutes × ten-thousandths an hour: hundredths are 60 × 100 of them.
                money -= assignment.actual_work * resource.rate / 6_000;
            } else if assignment.actual_work > 0 {
                leftovers.note(
                    &id,
                    "has hours of a role, which only people can book; what they cost stands in `costs.csv`",
                    "enter them by person into `timesheets.csv`, if they matter, and take the money out of `costs.csv`",
                );
            }
            if money.abs() > ROUNDING {
                self.cost(&id, last, &category_of(resource), money);
            }
        }
        let fixed = task.actual_cost - of_assignments;
        if fixed.abs() > ROUNDING && task.actual_cost != 0 {
            self.cost(&id, last, "", fixed);
        }
    }

    /// The hours of a person on a task, one row for each week; on the last day worked where the file tells no days.
    fn hours_of(&mut self, assignment: &Assignment, (id, last): (&str, Date), leftovers: &mut Leftovers) {
        let who = &self.terms.resources[&assignment.resource];
        let by_day: Vec<(Date, i64)> =
            assignment.done_by_day.iter().map(|(day, minutes)| ((*day).min(self.as_of), *minutes)).collect();
        let told: i64 = by_day.iter().map(|(_, minutes)| minutes).sum();
        let mut weeks: BTreeMap<Date, (Date, i64)> = BTreeMap::new();
        for (day, minutes) in by_day {
            let monday =
                day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).unwrap_or(day);
            let (newest, sum) = weeks.entry(monday).or_insert((day, 0));
            *newest = day.max(*newest);
            *sum += minutes;
        }
        let rest = assignment.actual_work - told;
        let mut rows: Vec<(Date, i64)> = weeks.into_values().collect();
        if rest > 0 {
            leftovers.note(
                id,
                "has hours of work done without days; they were booked on the last day worked",
                "spread them over the weeks in `timesheets.csv`, if the course of cost matters",
            );
            rows.push((last, rest));
        }
        for (day, minutes) in rows.into_iter().filter(|(_, minutes)| *minutes <= LONGEST) {
            self.hours += &format!("{day},{who},{id},{}\n", self.terms.working(minutes, Unit::Hour));
        }
    }

    fn cost(&mut self, id: &str, day: Date, category: &str, hundredths: i64) {
        if let Some(sum) = self.terms.money(hundredths) {
            let program = self.terms.plan.program.name();
            self.costs += &format!("{day},actual,{category},{id},{sum},from {program}\n");
        }
    }
}

/// The category under which what a resource costs is booked; none for people, whose prices of each use are ordinary money.
fn category_of(resource: &Resource) -> String {
    if resource.kind == ResourceKind::Work { String::new() } else { category(resource) }
}
