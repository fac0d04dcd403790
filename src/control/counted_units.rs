//! A task that is counted in units: how many there are and how many are done, day by day.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::Reference;
use super::burn::{BurnSource, ScopeStep, added};
use crate::model::{Baseline, BurnFigures, Change, Earning, Project, TaskNo};
use crate::quantity::{Fraction, Id};

/// The units of a task.
#[derive(Clone, Debug)]
pub(super) struct CountedUnits<'a> {
    /// The task.
    pub task: TaskNo,
    /// What is counted, as named in the plan: `branches`.
    pub unit: &'a str,
    /// How many the plan as it stands is typed for; above zero.
    pub planned: i64,
    /// How many were agreed: those of the baseline in force, else of the plan.
    pub agreed: i64,
    /// Effort that baselines had for other numbers of units: their minutes by those numbers.
    frozen: BTreeMap<i64, i64>,
    /// Since when the task belongs to the scope, and by which changes: it came in with all its units. None for what was there from the beginning.
    pub added: Option<(Date, Vec<Id>)>,
}

impl<'a> CountedUnits<'a> {
    /// The units of a task; none where it is not counted in any.
    pub fn of(source: &BurnSource<'a>, task: TaskNo) -> Option<Self> {
        let Earning::Units { total, unit } = &source.project().task(task).earning else { return None };
        let frozen_units = source.yardstick.reference.tasks[task.0 as usize].and_then(|task| task.units);
        let planned = (*total).max(1);
        let baselines = source.project().baselines_by(source.status_date);
        let efforts = baselines.filter_map(|baseline| {
            let promised = baseline.tasks.get(&task)?;
            let (units, effort) = (promised.units?, promised.effort?);
            (units > 0 && units != planned && effort > 0).then_some((units, effort))
        });
        let frozen = efforts.collect();
        let added = added(source, task);
        Some(Self { task, unit, planned, agreed: frozen_units.unwrap_or(*total), frozen, added })
    }

    /// The minutes of effort of so many units, where all that the plan is typed for take `minutes`: those that a baseline had effort for take
    /// that, those between two such numbers what the larger has more, any others their share. Their share alone where more units would take
    /// less.
    pub fn effort(&self, minutes: i64, units: i64) -> i64 {
        let by_share = |units: i64, (all, minutes): (i64, i64)| Fraction::new(units, all).of(minutes);
        let mut known = self.frozen.clone();
        known.insert(self.planned, minutes);
        if !known.values().is_sorted() {
            return by_share(units, (self.planned, minutes));
        }
        let (below, above) = (known.range(..=units).next_back(), known.range(units..).next());
        match (below, above) {
            (Some((from, least)), Some((to, most))) if from < to => {
                least + by_share(units - from, (to - from, most - least))
            }
            (None, Some((all, minutes))) | (Some((all, minutes)), _) => by_share(units, (*all, *minutes)),
            (None, None) => 0,
        }
    }

    /// How many are done and how many there are on a day.
    ///
    /// Scope is what the newest report says, and what was approved since; before any report the total agreed by the baseline in force
    /// and the changes approved since; on the status date the plan as it stands, so that an edited total shows even where nobody
    /// reported it.
    pub fn on(&self, source: &BurnSource, day: Date) -> (i64, i64) {
        let progress = &source.history.on(day)[self.task.0 as usize];
        let unreported = if day == source.status_date { self.planned } else { self.agreed_on(source, day) };
        let scope =
            progress.units_total.map_or(unreported, |counted| self.approved_since(source, counted, day));
        let standing = source.standing(day);
        let done = if standing.is_finished(self.task) {
            progress.units_done.unwrap_or(scope).max(scope)
        } else {
            progress.units_done.unwrap_or_else(|| standing.physical_share(self.task).of(scope))
        };
        (done, scope.max(done))
    }

    /// What was counted by the newest report of a day, and what changes brought in that were approved after it: as far as the next count
    /// knows of it, and before there is one, less what had come in beyond what was agreed.
    ///
    /// Of 8 agreed 8 are counted on 6 March: with 2 approved on 10 March there are 10. Of 10 counted before the approval there are 10, too.
    fn approved_since(&self, source: &BurnSource, counted: i64, day: Date) -> i64 {
        let project = source.project();
        // Nothing was approved for nearly all tasks on nearly all days.
        if approved_changes(project, self.task, day).all(|change| change.scope_units.is_none()) {
            return counted;
        }
        let rows = project.progress.iter();
        let counts = rows
            .filter_map(|row| Some((row.status_date, row.units_total?)).filter(|_| row.task == self.task));
        let Some(told) = counts.clone().map(|(at, _)| at).filter(|at| *at <= day).max() else {
            return counted;
        };
        let later = counts.filter(|(at, _)| day < *at && *at <= source.status_date);
        let approved = self.approved(source, told, day);
        let Some((_, next)) = later.min_by_key(|(at, _)| *at) else {
            return counted + Self::beyond(counted - self.agreed_on(source, told), approved);
        };
        let known = next - counted;
        counted + if known >= 0 { approved.clamp(0, known) } else { approved.clamp(known, 0) }
    }

    /// What was approved less what had come in before it, `ahead`; on the same side of nothing.
    fn beyond(ahead: i64, approved: i64) -> i64 {
        if approved >= 0 { (approved - ahead.max(0)).max(0) } else { (approved - ahead.min(0)).min(0) }
    }

    /// How many units changes brought in that were approved after a day, up to another.
    fn approved(&self, source: &BurnSource, after: Date, day: Date) -> i64 {
        let changes = approved_changes(source.project(), self.task, day);
        let later = changes.filter(|change| change.is_approved_between(Some(after), day));
        later.filter_map(|change| self.brought_by(source, change)).sum()
    }

    /// How many were agreed by a day: those of the baseline in force, and of the changes approved after it. What was approved up to its
    /// day is in it.
    fn agreed_on(&self, source: &BurnSource, day: Date) -> i64 {
        let reference = source.in_force.on(day);
        let since = reference.in_force_from();
        let later = approved_changes(source.project(), self.task, day)
            .filter(|change| change.is_approved_between(since, day));
        self.agreed_by(reference) + later.filter_map(|change| self.brought_by(source, change)).sum::<i64>()
    }

    /// The units that a change brought to the task beyond those it came in with. What a change over several tasks brings in points is counted
    /// for the first of them that is counted so: a size is there once, where so many more sites are for each task that goes through them.
    fn brought_by(&self, source: &BurnSource, change: &Change) -> Option<i64> {
        let project = source.project();
        let is_its_own = self.added.as_ref().is_some_and(|(_, changes)| changes.contains(&change.id));
        let counts_in_points = |task: &&TaskNo| match &project.task(**task).earning {
            Earning::Units { unit, .. } => size_of(unit).is_some() && size_of(unit) == size_of(self.unit),
            _ => false,
        };
        let first = change.tasks.iter().find(counts_in_points);
        let is_elsewhere = first.is_some_and(|first| *first != self.task);
        change.scope_units.filter(|_| !is_its_own && !is_elsewhere)
    }

    /// How many a baseline agrees to; those of the one in force where it counted none.
    pub fn agreed_by(&self, reference: &Reference) -> i64 {
        reference.tasks[self.task.0 as usize].and_then(|task| task.units).unwrap_or(self.agreed)
    }

    /// How many there were on a day: what its report said where it was closed.
    fn scope_on(&self, source: &BurnSource, day: Date) -> f64 {
        let said = self.said_on(source, day);
        said.map_or_else(|| self.on(source, day).1 as f64, |said| said.scope.as_f64())
    }

    /// What the report of a day said of them when it was closed.
    pub fn said_on<'b>(&self, source: &BurnSource<'b>, day: Date) -> Option<&'b BurnFigures> {
        source.said_on(day)?.units.get(&source.project().task(self.task).id)
    }

    /// When their number moved, in order, and by which approved changes: on the day of the decision, unless the next report counts
    /// without it; a report that sees two of them for the first time names both.
    pub fn steps(&self, source: &BurnSource) -> Vec<ScopeStep> {
        let project = source.project();
        let decided = |change: &Change| change.decided.filter(|day| *day <= source.status_date);
        let mut days = source.report_days();
        days.extend(approved_changes(project, self.task, source.status_date).filter_map(decided));
        days.extend(source.in_force.changes());
        days.sort_unstable();
        days.dedup();
        let mut steps = Vec::new();
        let agreed = self.agreed_by(source.in_force.on(Date::MIN)) as f64;
        let (mut before, mut last_step) = ((Date::MIN, agreed), Date::MIN);
        let reports = source.report_days();
        for day in days {
            let scope = self.scope_on(source, day);
            let next = reports.iter().find(|report| day <= **report).filter(|report| day < **report);
            let told = next.map_or(scope, |report| self.scope_on(source, *report)) - before.1;
            let moved = scope - before.1;
            if told * moved < 0.0 || told.abs() + 0.000_5 < moved.abs() {
                continue;
            }
            if (scope - before.1).abs() > 0.000_5 {
                // A change is approved first and seen in a report later, with other days between.
                let decided_after = |change: &&Change, since: Date| {
                    change.decided.is_some_and(|decided| since < decided && decided <= day)
                };
                let baselines: Vec<&Baseline> =
                    project.baselines_between(last_step, day).map(|(_, baseline)| baseline).collect();
                let allows = |change: &Change| {
                    baselines.iter().any(|baseline| baseline.authorised_by.as_ref() == Some(&change.id))
                };
                let changes = approved_changes(project, self.task, day)
                    .filter(|change| {
                        decided_after(change, before.0)
                            || (change.scope_units.is_some() && decided_after(change, last_step))
                            || (change.scope_units.is_none() && allows(change))
                    })
                    .map(|change| change.id.clone())
                    .collect();
                let (amount, agreed) = (scope - before.1, self.agreed_on(source, day) as f64);
                let is_agreed = if amount > 0.0 { scope <= agreed } else { scope >= agreed };
                let took_over = |baseline: &&&Baseline| {
                    is_agreed
                        && source.in_force.changes().any(|known| Some(known) == baseline.in_force_from())
                };
                let baseline = baselines.iter().rev().find(took_over).map(|baseline| baseline.id.clone());
                steps.push(ScopeStep { date: day, amount, changes, baseline });
                last_step = day;
            }
            before = (day, scope);
        }
        let mut steps = self.told_apart(source, steps);
        self.explain_by_later_changes(source, &mut steps);
        steps
    }

    /// Lets each change explain as many units as it brings in and no more: what comes in report by report is explained until all of them
    /// are there, and what a report counts beyond them stands by itself.
    ///
    /// 14 are approved, 6 come in and then 12: 6 and 8 are of the change, 4 are not. A change that says no number explains all that comes
    /// in with it, and a baseline that takes a step over explains all of it.
    fn told_apart(&self, source: &BurnSource, steps: Vec<ScopeStep>) -> Vec<ScopeStep> {
        let changes = approved_changes(source.project(), self.task, source.status_date);
        let brought =
            |change| Some((change, self.brought_by(source, change).filter(|units| *units > 0)? as f64));
        let mut left: Vec<(&Change, f64)> = changes.filter_map(brought).collect();
        let mut told = Vec::new();
        for step in steps {
            let since = source.in_force.on(step.date).in_force_from();
            let mut open = step.amount;
            let mut by = Vec::new();
            for (change, units) in &mut left {
                let named = step.changes.contains(&change.id);
                let part = units.min(open);
                if part > 0.0 && (named || change.is_approved_between(since, step.date)) {
                    (*units, open) = (*units - part, open - part);
                    by.push(change.id.clone());
                }
            }
            let says_no_number = |id: &Id| !left.iter().any(|(change, _)| change.id == *id);
            if step.amount <= 0.0 || step.baseline.is_some() || step.changes.iter().any(says_no_number) {
                told.push(step);
                continue;
            }
            if step.amount - open > 0.000_5 {
                told.push(ScopeStep { amount: step.amount - open, changes: by, ..step.clone() });
            }
            if open > 0.000_5 {
                told.push(ScopeStep { amount: open, changes: Vec::new(), ..step });
            }
        }
        told
    }

    /// Lets changes that were approved after units had come in explain those steps, as far as their units go and each step whole.
    fn explain_by_later_changes(&self, source: &BurnSource, steps: &mut [ScopeStep]) {
        for change in approved_changes(source.project(), self.task, source.status_date) {
            let is_told = steps.iter().any(|step| step.changes.contains(&change.id));
            let (Some(decided), Some(units), false) = (change.decided, change.scope_units, is_told) else {
                continue;
            };
            let mut left = units as f64;
            let earlier = steps.iter_mut().filter(|step| step.is_unexplained() && step.date < decided);
            for step in earlier.filter(|step| step.amount > 0.0) {
                if step.amount <= left {
                    left -= step.amount;
                    step.changes.push(change.id.clone());
                }
            }
        }
    }
}

/// The size that a unit measures, however it is written: `points`, `story points`. None for things, of which one unit may pass through several
/// tasks, also where their name ends alike, as that of `access points` does.
pub(super) fn size_of(unit: &str) -> Option<&'static str> {
    let folded = unit.trim().to_lowercase().replace(['-', '_'], " ");
    SIZES.into_iter().find(|size| *size == folded)
}

/// Units that say how big work is, and not how many things there are.
const SIZES: [&str; 4] = ["points", "story points", "function points", "use case points"];

/// The changes to a task that had been approved by a day, in the order of the register.
pub(super) fn approved_changes(
    project: &Project,
    number: TaskNo,
    day: Date,
) -> impl Iterator<Item = &Change> {
    let changes = project.registers.changes.iter();
    changes.filter(move |change| change.is_approved(day) && change.tasks.contains(&number))
}

#[cfg(test)]
mod tests {
    use super::super::golden::{change, measured_on};
    use super::*;
    use crate::model::{ChangeStatus, ProgressEntry};
    use crate::plan::sketch::{Sketch, date, id};

    /// Eight reports from Monday 2 March on; two more are approved on 10 March. Each report counts so many in all.
    fn steps_of(counted: &[(&str, i64)]) -> Vec<(String, f64, Vec<String>)> {
        let mut sketch = Sketch::starting("2026-03-02", &[]);
        sketch.work("reports", "20d", &[]).earning = Earning::Units { total: 8, unit: "reports".to_owned() };
        let task = sketch.number("reports");
        for (day, total) in counted {
            let silent = ProgressEntry::silent(date(day), task);
            sketch.project.progress.push(ProgressEntry { units_total: Some(*total), ..silent });
        }
        let mut more = change("C1", 0, ChangeStatus::Approved);
        (more.decided, more.tasks, more.scope_units) = (Some(date("2026-03-10")), vec![task], Some(2));
        sketch.project.registers.changes.push(more);
        let control = measured_on(&sketch.project, counted.last().unwrap().0);
        let steps = control.unit_burns[0].scope_steps.iter();
        let names = |step: &ScopeStep| step.changes.iter().map(ToString::to_string).collect();
        steps.map(|step| (step.date.to_string(), step.amount, names(step))).collect()
    }

    #[test]
    fn a_step_of_scope_lies_on_the_day_of_its_decision_and_not_of_the_report_that_counts_it() {
        let step = |day: &str| vec![(day.to_owned(), 2.0, vec![id("C1").to_string()])];
        assert_eq!(steps_of(&[("2026-03-06", 8), ("2026-03-20", 10)]), step("2026-03-10"));
        // A report after the decision still counts without it.
        assert_eq!(steps_of(&[("2026-03-06", 8), ("2026-03-13", 8), ("2026-03-20", 10)]), step("2026-03-20"));
        // Three nobody decided came in before: the next count tells that the two came beside them.
        let mut both = vec![("2026-03-06".to_owned(), 3.0, Vec::new())];
        both.extend(step("2026-03-10"));
        assert_eq!(steps_of(&[("2026-03-06", 11), ("2026-03-20", 13)]), both);
        // It came in before it was decided, and counts once.
        assert_eq!(steps_of(&[("2026-03-06", 10), ("2026-03-20", 10)]), step("2026-03-06"));
    }

    #[test]
    fn a_change_explains_what_comes_in_report_by_report_and_no_more_than_it_brings() {
        let told = |counted: &[(&str, i64)]| {
            let steps = steps_of(counted).into_iter();
            steps.map(|(day, amount, by)| format!("{day} +{amount} {}", by.concat())).collect::<Vec<_>>()
        };
        let counted = [("2026-03-06", 8), ("2026-03-13", 9), ("2026-03-20", 10), ("2026-03-27", 13)];
        assert_eq!(told(&counted), ["2026-03-10 +1 C1", "2026-03-20 +1 C1", "2026-03-27 +3 "]);
        // Three come in at once: two of them were approved.
        let at_once = [("2026-03-06", 8), ("2026-03-20", 11)];
        assert_eq!(told(&at_once)[..], ["2026-03-10 +2 C1", "2026-03-20 +1 "]);
    }

    /// 80 days were promised for 120 points, and 94 are planned for 140: 20 points more take 14 days.
    #[test]
    fn units_that_came_in_take_what_the_plan_has_more() {
        let counted = |frozen: &[(i64, i64)]| CountedUnits {
            task: TaskNo(0),
            unit: "points",
            planned: 140,
            agreed: 140,
            frozen: frozen.iter().copied().collect(),
            added: None,
        };
        let efforts =
            |counted: &CountedUnits| [60, 120, 130, 140, 280].map(|units| counted.effort(94, units));
        assert_eq!(efforts(&counted(&[(120, 80)])), [40, 80, 87, 94, 188]);
        // Without a promise of other numbers each takes its share; so where the plan has less for more.
        assert_eq!(counted(&[]).effort(70, 120), 60);
        assert_eq!(counted(&[(120, 80)]).effort(70, 120), 60);
    }
}
