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
use crate::exchange::folder::working_days::WorkingDays;
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
        files.insert("timesheets.csv".to_owned(), format!("week,date,person,task,time\n{}", ledgers.hours));
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
        let mut sums: Vec<(String, i64)> = Vec::new();
        let mut add =
            |category: String, money: i64| match sums.iter_mut().find(|(known, _)| *known == category) {
                Some((_, sum)) => *sum += money,
                None => sums.push((category, money)),
            };
        for assignment in self.by_task.remove(&task.uid).unwrap_or_default() {
            let Some(resource) = self.resources.get(&assignment.resource).copied() else { continue };
            of_assignments += assignment.actual_cost;
            let is_person = resource.kind == ResourceKind::Work && !self.roles.contains(&resource.uid);
            let mut money = assignment.actual_cost;
            if is_person {
                self.hours_of(
                    (assignment, task.calendar, resource),
                    (&id, done.first_day().min(last), last),
                    leftovers,
                );
                // Minutes × ten-thousandths an hour: hundredths are 60 × 100 of them.
                money -= assignment.actual_work * resource.rate_by(assignment.rate_table) / 6_000;
            } else if assignment.actual_work > 0 {
                leftovers.note(
                    &id,
                    "has hours of a role, which only people can book; what they cost stands in `costs.csv`",
                    "enter them by person into `timesheets.csv`, if they matter, and take the money out of `costs.csv`",
                );
            }
            if money.abs() > ROUNDING {
                add(category_of(resource), money);
            }
        }
        let fixed = task.actual_cost - of_assignments;
        if fixed.abs() > ROUNDING && task.actual_cost != 0 {
            add(String::new(), fixed);
        }
        // One row for each category: what hours are worth and what the task cost may be the same.
        for (category, sum) in sums.into_iter().filter(|(_, sum)| sum.abs() > ROUNDING) {
            self.cost((&id, last), &category, sum, leftovers);
        }
    }

    /// The hours of a person on a task, one row for each week or for its only day. Where the file tells no days they are counted back from
    /// the last day worked.
    fn hours_of(
        &mut self,
        (assignment, calendar, resource): (&Assignment, Option<Uid>, &Resource),
        (id, first, last): (&str, Date, Date),
        leftovers: &mut Leftovers,
    ) {
        let who = &self.terms.resources[&assignment.resource];
        let mut by_day: BTreeMap<Date, i64> = BTreeMap::new();
        for (day, minutes) in &assignment.done_by_day {
            *by_day.entry((*day).min(self.as_of)).or_default() += minutes;
        }
        let rest = assignment.actual_work - by_day.values().sum::<i64>();
        if rest > 0 {
            leftovers.note(
                id,
                "has hours of work done without days; they were booked back from the last day worked, eight a day",
                "spread them over the weeks in `timesheets.csv`, if the course of cost matters",
            );
            let plan = self.terms.plan;
            let of_task = calendar.map(|uid| WorkingDays::of(plan, Some(uid), last));
            let own = WorkingDays::of(plan, resource.calendar.or(plan.calendar), last);
            let is_worked = |day: Date| own.holds(day) && of_task.as_ref().is_none_or(|days| days.holds(day));
            for (day, minutes) in counted_back(rest, (first, last), is_worked) {
                *by_day.entry(day).or_default() += minutes;
            }
        }
        for (when, minutes) in rows(by_day, self.as_of) {
            let time = self.terms.working(assignment.task, minutes, Unit::Hour);
            if minutes <= LONGEST {
                self.hours += &format!("{when},{who},{id},{time}\n");
            } else {
                leftovers.note(
                    id,
                    format!("has {time} of work done by `{who}` in one row, more than any may have; the row was left out"),
                    "check the hours, and enter them into `timesheets.csv`",
                );
            }
        }
    }

    fn cost(&mut self, (id, day): (&str, Date), category: &str, hundredths: i64, leftovers: &mut Leftovers) {
        let Some(sum) = self.terms.money(hundredths) else {
            leftovers.note(
                id,
                "has cost of more than a hundred thousand million, which was left out",
                "check the sum, and enter it into `costs.csv`",
            );
            return;
        };
        let program = self.terms.plan.program.name();
        self.costs += &format!("{day},actual,{category},{id},{sum},from {program}\n");
    }
}

/// The category under which what a resource costs is booked; none for people, whose prices of each use are ordinary money.
fn category_of(resource: &Resource) -> String {
    if resource.kind == ResourceKind::Work { String::new() } else { category(resource) }
}

/// Minutes of a working day, where the file tells no days.
const DAY: i64 = 480;

/// Minutes by day, from the last day back over worked days to the first; what is more than these days hold stands on the first of them.
fn counted_back(
    minutes: i64,
    (first, last): (Date, Date),
    is_worked: impl Fn(Date) -> bool,
) -> Vec<(Date, i64)> {
    let (mut left, mut day, mut days) = (minutes, last, vec![]);
    while left > 0 {
        days.push((day, left.min(DAY)));
        left -= left.min(DAY);
        let earlier = std::iter::successors(day.yesterday().ok(), |day| day.yesterday().ok());
        match earlier.take_while(|day| *day >= first).find(|day| is_worked(*day)) {
            Some(before) => day = before,
            None => break,
        }
    }
    if let Some((_, minutes)) = days.last_mut() {
        *minutes += left;
    }
    days
}

/// What stands under `week` and `date` of each row, and its minutes: a row for a day that is alone in its week, else one for the week. A
/// week that was not over on the day of the report has a row for each day, so that none lies behind it.
fn rows(by_day: BTreeMap<Date, i64>, as_of: Date) -> Vec<(String, i64)> {
    let mut weeks: BTreeMap<Date, Vec<(Date, i64)>> = BTreeMap::new();
    for (day, minutes) in by_day {
        let monday = day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).unwrap_or(day);
        weeks.entry(monday).or_default().push((day, minutes));
    }
    let mut rows = Vec::new();
    for (monday, days) in weeks {
        let is_over = monday.checked_add(4.days()).is_ok_and(|friday| friday <= as_of);
        if days.len() > 1 && is_over {
            let week = monday.iso_week_date();
            let sum = days.iter().map(|(_, minutes)| minutes).sum();
            rows.push((format!("{}-W{:02},", week.year(), week.week()), sum));
        } else {
            rows.extend(days.into_iter().map(|(day, minutes)| (format!(",{day}"), minutes)));
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn hours_without_days_are_counted_back_over_weekdays() {
        let told = |hours: i64, first: &str, last: &str| -> Vec<(String, i64)> {
            let is_worked =
                |day: Date| day.weekday().to_monday_zero_offset() < 5 && day.to_string() != "2026-09-17";
            let days = counted_back(hours * 60, (day(first), day(last)), is_worked);
            days.into_iter().map(|(day, minutes)| (day.to_string(), minutes / 60)).collect()
        };
        let expected = |days: &[(&str, i64)]| -> Vec<(String, i64)> {
            days.iter().map(|(day, hours)| ((*day).to_owned(), *hours)).collect()
        };
        // From Monday the 14th over the weekend to Friday the 11th.
        let days = expected(&[("2026-09-14", 8), ("2026-09-11", 8), ("2026-09-10", 4)]);
        assert_eq!(told(20, "2026-09-07", "2026-09-14"), days);
        // The 17th is a holiday.
        let days = expected(&[("2026-09-18", 8), ("2026-09-16", 4)]);
        assert_eq!(told(12, "2026-09-14", "2026-09-18"), days);
        // More than the days hold stands on the first.
        assert_eq!(told(20, "2026-09-10", "2026-09-11"), expected(&[("2026-09-11", 8), ("2026-09-10", 12)]));
    }

    #[test]
    fn several_days_of_a_week_are_one_row_of_the_week() {
        let hours = |days: &[&str]| days.iter().map(|text| (day(text), DAY)).collect::<BTreeMap<_, _>>();
        let days = hours(&["2026-09-08", "2026-09-10", "2026-09-16"]);
        let expected = [("2026-W37,".to_owned(), 2 * DAY), (",2026-09-16".to_owned(), DAY)];
        assert_eq!(rows(days, day("2026-09-18")), expected);
        // A week that was not over keeps its days.
        let days = hours(&["2026-09-15", "2026-09-16"]);
        let expected = [(",2026-09-15".to_owned(), DAY), (",2026-09-16".to_owned(), DAY)];
        assert_eq!(rows(days, day("2026-09-16")), expected);
    }
}
