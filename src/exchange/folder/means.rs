//! Who works on a task and what it costs: `assign:`, `effort:` and `cost:`.

use std::collections::{BTreeMap, BTreeSet};

use crate::exchange::folder::leftover::Leftovers;
use crate::exchange::folder::people::{category, percent};
use crate::exchange::folder::terms::{LONGEST, Terms};
use crate::exchange::plan::{Assignment, Resource, ResourceKind, Task, Uid, Unit, WHOLE};
use crate::source::yaml::write::{Pair, Value};

/// Advice where an assignment has no place.
const ON_CHILDREN: &str = "assign the people to the tasks where they work, in `plan.yaml`";

/// Advice where planned money is below zero, which no plan of ours takes.
pub(super) const REBATE: &str = "take it off the cost that it lowers, in `plan.yaml` or `budget.yaml`";

/// Looks up what tasks need besides themselves.
pub(super) struct Means<'a> {
    terms: &'a Terms<'a>,
    roles: &'a BTreeSet<Uid>,
    resources: BTreeMap<Uid, &'a Resource>,
    assignments: BTreeMap<Uid, Vec<&'a Assignment>>,
}

impl<'a> Means<'a> {
    /// Sorts the assignments by task.
    pub(super) fn new(terms: &'a Terms<'a>, roles: &'a BTreeSet<Uid>) -> Self {
        let resources = terms.plan.resources.iter().map(|resource| (resource.uid, resource)).collect();
        let mut assignments: BTreeMap<Uid, Vec<&Assignment>> = BTreeMap::new();
        for assignment in &terms.plan.assignments {
            assignments.entry(assignment.task).or_default().push(assignment);
        }
        Self { terms, roles, resources, assignments }
    }

    fn given(&self, task: &Task) -> impl Iterator<Item = (&'a Resource, &'a Assignment)> {
        let given = self.assignments.get(&task.uid).into_iter().flatten();
        given.filter_map(|assignment| Some((*self.resources.get(&assignment.resource)?, *assignment)))
    }

    /// People and machines.
    fn workers(&self, task: &Task) -> impl Iterator<Item = (&'a Resource, &'a Assignment)> {
        self.given(task).filter(|(resource, _)| resource.kind == ResourceKind::Work)
    }

    /// Material and kinds of cost.
    fn goods(&self, task: &Task) -> impl Iterator<Item = (&'a Resource, &'a Assignment)> {
        self.given(task).filter(|(resource, _)| resource.kind != ResourceKind::Work)
    }

    /// The minutes to be written as the duration where they are not the task's own length: the time between its dates where that is to
    /// count; else how long each of its people works, where they have different calendars or days off of their own. MS Project then
    /// counts the time in which anybody works as the duration, milepost the time that each of them works.
    pub(super) fn own_length(&self, task: &Task) -> Option<i64> {
        if task.spanned.is_some() {
            return task.spanned;
        }
        self.longest_of_each(task, |given| Some(given.work))
    }

    /// The minutes that are left of a task whose duration is [`Self::own_length`]: how long each of its people has still to work.
    pub(super) fn own_rest(&self, task: &Task) -> Option<i64> {
        if task.spanned.is_some() {
            return None;
        }
        self.longest_of_each(task, |given| given.remaining_work)
    }

    /// The longest that somebody works, where people are there by turns.
    fn longest_of_each(&self, task: &Task, work: impl Fn(&Assignment) -> Option<i64>) -> Option<i64> {
        let mut calendars: Vec<Option<&String>> = self
            .workers(task)
            .map(|(resource, _)| resource.calendar.and_then(|uid| self.terms.calendars.get(&uid)))
            .collect();
        calendars.dedup();
        // Whoever is away while others are there works as long as they do, and is done later.
        let is_by_turns = self.workers(task).count() > 1
            && self.workers(task).any(|(resource, _)| self.has_absences(resource));
        let lengths = self.workers(task).map(|(_, given)| {
            let work = work(given).filter(|_| given.units > 0 && given.is_even)?;
            Some(work * WHOLE / given.units)
        });
        let longest = lengths.collect::<Option<Vec<i64>>>()?.into_iter().max()?;
        ((calendars.len() > 1 || is_by_turns) && longest > 0 && !task.ignores_people).then_some(longest)
    }

    /// Whether somebody has days off of their own.
    fn has_absences(&self, resource: &Resource) -> bool {
        let own = resource
            .calendar
            .and_then(|uid| self.terms.plan.calendars.iter().find(|calendar| calendar.uid == uid));
        own.is_some_and(|own| own.base.is_some() && !own.exceptions.is_empty())
    }

    /// The calendar of the roles that work on a task, which have none of their own in our files; none where it is the
    /// project's, or where people or several calendars would make it wrong.
    pub(super) fn calendar_of_roles(&self, task: &Task) -> Option<&'a String> {
        let calendar = |resource: &Resource| resource.calendar.and_then(|uid| self.terms.calendars.get(&uid));
        let first = self.workers(task).next().and_then(|(resource, _)| calendar(resource))?;
        let is_shared = self.workers(task).all(|(resource, _)| calendar(resource) == Some(first));
        let has_role = self.workers(task).any(|(resource, _)| self.roles.contains(&resource.uid));
        let of_project = self.terms.plan.calendar.and_then(|uid| self.terms.calendars.get(&uid));
        (is_shared && has_role && of_project != Some(first)).then_some(first)
    }

    /// `assign:`, and `effort:` where the work differs from the length times the shares.
    pub(super) fn people(&self, task: &Task, id: &str, leftovers: &mut Leftovers) -> Vec<Pair> {
        let mut units: Vec<(&Resource, i64)> = Vec::new();
        let mut work = 0;
        for (resource, assignment) in self.workers(task) {
            if assignment.delay != 0 {
                leftovers.note(
                    id,
                    "somebody begins later than the task itself",
                    "make the later work a task of its own where its dates matter",
                );
            }
            if !assignment.is_even {
                leftovers.note(
                    id,
                    "has work that is not spread evenly (a contour); it is spread evenly now",
                    "make tasks of its parts, where the load of each week matters",
                );
            }
            work += assignment.work;
            match units.iter_mut().find(|(own, _)| own.uid == resource.uid) {
                Some((_, sum)) => *sum += assignment.units,
                None => units.push((resource, assignment.units)),
            }
        }
        let mut assigned = Vec::new();
        let mut total = 0;
        for (resource, units) in units {
            let who = &self.terms.resources[&resource.uid];
            if units <= 0 {
                leftovers.note(
                    id,
                    format!("`{who}` is assigned with 0 %"),
                    "add them to `assign:` with their share, if they work on it",
                );
                continue;
            }
            total += units;
            assigned.push(self.assigned(resource, who, units));
        }
        let mut pairs = Vec::new();
        if assigned.is_empty() {
            return pairs;
        }
        let typed = task.length.filter(|length| !length.is_elapsed);
        let length = typed.map_or(0, |length| self.own_length(task).unwrap_or(length.minutes));
        let expected = length * total / WHOLE;
        if length > 0 && (1..=LONGEST).contains(&work) && (work - expected).abs() > 1 {
            pairs.push(("effort", Value::Bare(self.terms.working(task.uid, work, Unit::Day))));
        }
        pairs.push(("assign", Value::List(assigned)));
        pairs
    }

    /// The work of a task whose length follows from who does it; where nobody does, the work is its length.
    pub(super) fn effort(&self, task: &Task, id: &str, leftovers: &mut Leftovers) -> Vec<Pair> {
        let people = self.people(task, id, leftovers);
        let work = self.terms.working(task.uid, task.work.min(LONGEST), Unit::Day);
        if people.is_empty() {
            leftovers.note(
                id,
                "is estimated, but nobody is assigned; the estimate was written as its duration",
                "name who does it with `assign:` and write `effort:` instead of `duration:`",
            );
            return vec![("duration", Value::Bare(work))];
        }
        let mut pairs = vec![("effort", Value::Bare(work))];
        pairs.extend(people);
        pairs
    }

    fn assigned(&self, resource: &Resource, who: &str, units: i64) -> String {
        if self.roles.contains(&resource.uid) {
            let heads = (units + WHOLE - 1) / WHOLE;
            return match units / heads {
                WHOLE => format!("{heads} {who}"),
                share => format!("{heads} {who} {}", percent(share)),
            };
        }
        if units >= WHOLE { who.to_owned() } else { format!("{who} {}", percent(units)) }
    }

    /// `cost:` of money that is not labour: the fixed cost, material, kinds of cost, prices of each use.
    pub(super) fn money(&self, task: &Task, id: &str, leftovers: &mut Leftovers) -> Vec<Pair> {
        let mut sums: Vec<(String, i64)> = Vec::new();
        if task.fixed_cost != 0 {
            sums.push((String::new(), task.fixed_cost));
        }
        for (resource, assignment) in self.goods(task) {
            if assignment.cost == 0 {
                let what = format!("\"{}\" is assigned without a cost", resource.name);
                leftovers.note(id, what, "add what it costs under `cost:` in `plan.yaml`");
            } else {
                sums.push((category(resource), assignment.cost));
            }
        }
        for (resource, assignment) in self.workers(task) {
            // A price of each use is paid for each head, in part for a part of one.
            let price = resource.cost_per_use.saturating_mul(assignment.units) / WHOLE;
            if price != 0 {
                sums.push((String::new(), price));
            }
        }
        let mut written = Vec::new();
        for (category, hundredths) in sums {
            if hundredths < 0 {
                let what = format!(
                    "has a planned cost of {}, below zero",
                    self.terms.sum(i128::from(hundredths) * 100)
                );
                leftovers.note(id, what, REBATE);
                continue;
            }
            match self.terms.money(hundredths) {
                Some(sum) => written.push(format!("{sum} {category}").trim_end().to_owned()),
                None => leftovers.note(
                    id,
                    "has a cost that is too large to be true",
                    "check the cost, and write it under `cost:`",
                ),
            }
        }
        if written.is_empty() { Vec::new() } else { vec![("cost", Value::List(written))] }
    }

    /// Tells of people on lines that cannot have any.
    pub(super) fn refuse_people(
        &self,
        task: &Task,
        id: &str,
        (what, advice): (&str, Option<&str>),
        leftovers: &mut Leftovers,
    ) {
        for (resource, _) in self.workers(task) {
            let who = &self.terms.resources[&resource.uid];
            leftovers.note(id, format!("`{who}` is assigned to {what}"), advice.unwrap_or(ON_CHILDREN));
        }
    }

    /// Money that stands at a line which cannot hold it, in hundredths.
    pub(super) fn loose_money(&self, task: &Task) -> i64 {
        let material: i64 = self.goods(task).map(|(_, assignment)| assignment.cost).sum();
        task.fixed_cost + material
    }
}
