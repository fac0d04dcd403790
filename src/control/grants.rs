//! Money that was approved and is not in the budget: since the reference, or before it where its budget does not take it up.
//!
//! Comes in: changes, decisions and baselines. Goes out: grants. Not here: what they pay for (`bridge`).

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::ReferenceSource;
use super::bridge::{BridgeSource, Grant};
use super::reserve::DrawSource;
use crate::model::{Baseline, Change, DecisionEntry, Project, TaskNo};
use crate::quantity::{Amount, Id};

/// Money approved since the reference, and before it what its budget does not hold. A plan that stands in for a baseline holds every
/// change already.
pub(super) fn grants(source: &BridgeSource) -> Vec<Grant> {
    let reference = source.standing.yardstick.reference;
    let ReferenceSource::Baseline { id, since, .. } = &reference.source else { return Vec::new() };
    let (since, day) = (*since, source.status_date);
    let now = source.standing.yardstick.project.baselines.iter().find(|one| one.id == *id);
    let earlier = since.zip(now).map(|(since, now)| not_taken_up(source, since, now));
    let mut grants = earlier.unwrap_or_default();
    let is_later = |entry: &DecisionEntry| since.is_none_or(|since| !entry.is_taken(since));
    grants.extend(granted(
        source,
        |change| change.is_approved_between(since, day),
        |entry| entry.is_taken(day) && is_later(entry),
    ));
    grants
}

/// What changes and decisions grant that are asked for, as written.
fn granted(
    source: &BridgeSource,
    is_asked: impl Fn(&Change) -> bool,
    is_asked_too: impl Fn(&DecisionEntry) -> bool,
) -> Vec<Grant> {
    let project = source.standing.yardstick.project;
    let changes = project.registers.changes.iter().filter(|change| is_asked(change));
    let by_changes = changes.filter_map(|change| {
        let amount = change.cost.filter(|cost| *cost != Amount::ZERO)?;
        let by = DrawSource::Change(change.id.clone());
        let is_built = change.implemented.is_some_and(|day| day <= source.status_date);
        let tasks = with_booked(source, change.tasks.clone(), &change.id);
        let is_work_done =
            is_work_done(source, &tasks).unwrap_or_else(|| is_built || is_all_work_done(source));
        let decided = change.decided;
        let units = change.scope_units;
        Some(Grant { by, amount, tasks, units, decided, is_work_done, origin: change.origin })
    });
    let decisions = project.registers.decisions.iter().filter(|entry| is_asked_too(entry));
    let by_decisions = decisions.filter_map(|decision| {
        let amount: Amount = decision.draws.iter().map(|draw| draw.amount).sum();
        let linked = decision.links.iter().filter_map(|link| project.task_by_id(link)).collect();
        let tasks = with_booked(source, linked, &decision.id);
        let by = DrawSource::Decision(decision.id.clone());
        let is_work_done = is_work_done(source, &tasks).unwrap_or_else(|| is_all_work_done(source));
        let (decided, origin) = (decision.decided, decision.origin);
        let grant = Grant { by, amount, tasks, units: None, decided, is_work_done, origin };
        (amount != Amount::ZERO).then_some(grant)
    });
    by_changes.chain(by_decisions).collect()
}

/// What was granted before the reference came into force, after the baseline before it, and stands neither in the budgets of the tasks it
/// names nor, where it names any, in the budget as a whole. What names no task is in the new budget as far as budget lines rose, or tasks for which nothing was
/// granted: work that the later baseline has more of.
///
/// 3 500 are drawn for an order of 24 000 that the next baseline still has at 24 000: they stay granted. Where the new baseline has it at
/// 27 500, they are in its budget. Where 7 500 were granted in all and the budget rose by 5 080, of which 1 080 are level of effort, 3 500 at
/// most are left.
///
/// A baseline that a change of 1 800 allows has 2 240 more for its task. 2 400 that were drawn for the same task stay granted, as the 440 are
/// the new estimate of what was allowed; 4 200 more would hold them, too.
fn not_taken_up(source: &BridgeSource, since: Date, now: &Baseline) -> Vec<Grant> {
    let project = source.standing.yardstick.project;
    let in_force = project.baselines.iter().filter_map(|one| Some((one.in_force_from()?, one)));
    // Of several that came on a day the last one was in force.
    let earlier: BTreeMap<Date, &Baseline> = in_force.filter(|(day, _)| *day < since).collect();
    let all = granted(source, |change| change.is_approved(since), |entry| entry.is_taken(since));
    let mut kept = Vec::new();
    for (after, before) in &earlier {
        let is_after = |grant: &&Grant| grant.decided.is_some_and(|day| day > *after);
        let granted: Amount = all.iter().filter(is_after).map(|grant| grant.amount).sum();
        let rise = rise(before, now);
        let risen = |task: TaskNo| budget_of(now, task) - budget_of(before, task);
        // What runs as long as the work costs more because that takes longer, whatever was granted.
        let alongside = project.task_numbers().filter(|task| project.task(*task).is_level_of_effort());
        let longer: Amount = alongside.map(risen).sum();
        // Of several baselines each answers for what was granted until the next.
        let next = earlier.keys().find(|day| *day > after);
        let is_own = |grant: &&Grant| {
            is_after(grant) && grant.decided.is_some_and(|day| next.is_none_or(|next| day <= *next))
        };
        // Work that a change or decision was allowed for rises by that first; what it rises by beyond takes up another grant as a whole or
        // not at all.
        let since_then = project
            .baselines
            .iter()
            .filter(|one| one.in_force_from().is_some_and(|from| *after < from && from <= since));
        let authorities: BTreeSet<&Id> = since_then.filter_map(|one| one.authorised_by.as_ref()).collect();
        let is_authority = |grant: &Grant| authorities.contains(grant.by.id());
        let parts_of = |grant: &Grant| -> BTreeSet<TaskNo> {
            grant.tasks.iter().flat_map(|task| with_parts(project, *task)).collect()
        };
        let named = all.iter().filter(is_after).filter(|grant| is_authority(grant));
        let allowed: BTreeSet<TaskNo> = named.flat_map(parts_of).collect();
        // What a task has risen by takes up one grant after the other.
        let mut rest: BTreeMap<TaskNo, Amount> = BTreeMap::new();
        let own: Vec<&Grant> = all.iter().filter(is_own).filter(|grant| !grant.tasks.is_empty()).collect();
        let mut left: Vec<Amount> = own.iter().map(|grant| grant.amount).collect();
        let mut by_authority: Vec<usize> = (0..own.len()).collect();
        by_authority.sort_by_key(|place| !is_authority(own[*place]));
        for place in by_authority {
            let (grant, left) = (own[place], &mut left[place]);
            let parts = parts_of(grant);
            for task in &parts {
                rest.entry(*task).or_insert_with(|| risen(*task).max(Amount::ZERO));
            }
            let free: Amount = parts.iter().map(|task| rest[task]).sum();
            if !is_authority(grant) && free < *left && parts.iter().any(|task| allowed.contains(task)) {
                continue;
            }
            for task in &parts {
                let rest = rest.entry(*task).or_default();
                let part = (*left).max(Amount::ZERO).min(*rest);
                *rest -= part;
                *left -= part;
            }
        }
        let beyond: Amount = allowed.iter().filter_map(|task| rest.get(task)).copied().sum();
        let mut room = (granted - (rise - longer - beyond)).max(Amount::ZERO);
        for (grant, left) in own.iter().zip(left) {
            let left = left.min(room);
            if left > Amount::ZERO {
                room -= left;
                kept.push(Grant { amount: left, units: None, ..(*grant).clone() });
            }
        }
        let has_grant: BTreeSet<TaskNo> = all
            .iter()
            .filter(is_after)
            .flat_map(|grant| &grant.tasks)
            .flat_map(|task| with_parts(project, *task))
            .collect();
        let of_others = project
            .task_numbers()
            .filter(|task| !has_grant.contains(task) && !project.task(*task).is_level_of_effort());
        let of_others: Amount = of_others.map(|task| risen(task).max(Amount::ZERO)).sum();
        let mut rest = of_others + (of_lines(now) - of_lines(before)).max(Amount::ZERO);
        for grant in all.iter().filter(is_own).filter(|grant| grant.tasks.is_empty()) {
            let part = grant.amount.max(Amount::ZERO).min(rest);
            rest -= part;
            if grant.amount > part {
                kept.push(Grant { amount: grant.amount - part, units: None, ..grant.clone() });
            }
        }
    }
    kept
}

/// What a baseline has in budget lines: what it promises in all less what it has for tasks, also those that the plan has lost since.
fn of_lines(baseline: &Baseline) -> Amount {
    let of_tasks: Amount = baseline.tasks.values().map(|task| task.budget).sum();
    let of_dropped: Amount = baseline.dropped.iter().map(|task| task.budget).sum();
    baseline.budget.unwrap_or(baseline.sum) - of_tasks - of_dropped
}

/// Whether all of some tasks are finished and have nothing on order; none where there are none.
fn is_work_done(source: &BridgeSource, tasks: &[TaskNo]) -> Option<bool> {
    let is_on_order =
        |number: &TaskNo| source.cost.open_orders.iter().any(|order| order.task == Some(*number));
    let is_done = |number: &TaskNo| source.standing.is_finished(*number) && !is_on_order(number);
    (!tasks.is_empty()).then(|| tasks.iter().all(is_done))
}

/// Whether nothing is to come of any grant: the project has ended, or all its work is finished and nothing is on order.
fn is_all_work_done(source: &BridgeSource) -> bool {
    let project = source.standing.yardstick.project;
    let mut work = project.task_numbers().filter(|number| project.task(*number).is_work()).peekable();
    let is_any = work.peek().is_some();
    let is_finished = is_any && work.all(|number| source.standing.is_finished(number));
    source.has_ended || (is_finished && source.cost.open_orders.is_empty())
}

/// The tasks that a grant names, and those on which cost is booked that names the grant.
fn with_booked(source: &BridgeSource, mut tasks: Vec<TaskNo>, grant: &Id) -> Vec<TaskNo> {
    let costs = source.standing.yardstick.project.costs.iter();
    let own = costs.filter(|entry| {
        entry.entry_type.is_cost()
            && entry.date <= source.standing.day
            && entry.reference.as_deref() == Some(grant.as_str())
    });
    for task in own.filter_map(|entry| entry.task) {
        if !tasks.contains(&task) {
            tasks.push(task);
        }
    }
    tasks
}

/// A task with all that lies below it, as budgets are those of the parts of a summary.
fn with_parts(project: &Project, task: TaskNo) -> Vec<TaskNo> {
    let below = project.children(task).iter().flat_map(|part| with_parts(project, *part));
    std::iter::once(task).chain(below).collect()
}

/// By how much the budget that a baseline promises is above that of an earlier one.
fn rise(before: &Baseline, now: &Baseline) -> Amount {
    let promised = now.budget.zip(before.budget);
    let (now, before) = promised.unwrap_or((now.sum, before.sum));
    now - before
}

/// What a baseline has for a task; nothing where it does not know it.
fn budget_of(baseline: &Baseline, task: TaskNo) -> Amount {
    baseline.tasks.get(&task).map_or(Amount::ZERO, |one| one.budget)
}

#[cfg(test)]
mod tests {
    use super::super::golden::{STATUS_DATE, branch_network, change, euros, measured_on};
    use crate::model::{ChangeStatus, Project};
    use crate::plan::sketch::{Sketch, date, id};
    use crate::quantity::Amount;

    /// 4 000 for the rollout and 3 500 for the pilot were approved after B1; B2 raises what is given.
    fn approved_anew(raised: &[(&str, i64)]) -> Sketch {
        let mut sketch = branch_network();
        sketch.project.registers.changes.clear();
        for (name, cost, task) in [("C1", 4_000, "rollout"), ("C2", 3_500, "pilot")] {
            let mut change = change(name, cost, ChangeStatus::Approved);
            change.decided = Some(date("2026-10-05"));
            change.tasks = vec![sketch.number(task)];
            change.pay_from = Some("contingency".to_owned());
            sketch.project.registers.changes.push(change);
        }
        let mut baseline = sketch.project.baselines[0].clone();
        baseline.id = id("B2");
        baseline.approved = Some(date("2026-10-20"));
        for (task, by) in raised {
            let number = sketch.number(task);
            baseline.tasks.get_mut(&number).unwrap().budget += euros(*by);
            baseline.budget = baseline.budget.map(|budget| budget + euros(*by));
            baseline.sum += euros(*by);
        }
        sketch.project.baselines.push(baseline);
        sketch
    }

    fn granted(project: &Project) -> Vec<(String, Amount)> {
        let bridge = measured_on(project, STATUS_DATE).bridge;
        bridge.grants.iter().map(|grant| (grant.by.id().to_string(), grant.amount)).collect()
    }

    #[test]
    fn a_draw_that_the_next_baseline_does_not_take_up_stays_granted() {
        let sketch = approved_anew(&[("rollout", 4_000)]);
        assert_eq!(granted(&sketch.project), [("C2".to_owned(), euros(3_500))]);
        // Of the contingency of 9 000 4 000 are in the budget, 3 500 are granted beside it and 1 500 are left.
        let control = measured_on(&sketch.project, STATUS_DATE);
        assert_eq!(control.cost_baseline() - control.total.budget, euros(3_500 + 1_500));
    }

    #[test]
    fn what_the_next_baseline_takes_up_is_granted_no_more() {
        let sketch = approved_anew(&[("rollout", 4_000), ("pilot", 3_500)]);
        assert_eq!(granted(&sketch.project), []);
        // The rise of one task takes up one grant after the other.
        let mut sketch = approved_anew(&[("rollout", 4_000)]);
        let rollout = sketch.number("rollout");
        sketch.project.registers.changes[1].tasks = vec![rollout];
        assert_eq!(granted(&sketch.project), [("C2".to_owned(), euros(3_500))]);
        // Of two baselines of one day the last counts, and a grant once.
        let mut twice = sketch.project.baselines[0].clone();
        twice.id = id("B1b");
        sketch.project.baselines.insert(1, twice);
        assert_eq!(granted(&sketch.project), [("C2".to_owned(), euros(3_500))]);
        // Where the money went to work that the change does not name, the budget as a whole tells.
        let sketch = approved_anew(&[("rollout", 4_000), ("survey", 3_000)]);
        assert_eq!(granted(&sketch.project), [("C2".to_owned(), euros(500))]);
    }

    /// 1 800 for ten stories allow B2, whose estimate is 440 higher; 2 400 drawn for a tester are paid beside it, until its budget holds both.
    #[test]
    fn what_a_baseline_rises_by_beyond_its_change_takes_up_no_other_grant_in_part() {
        let left = |risen: i64| {
            let mut sketch = approved_anew(&[("rollout", risen)]);
            let rollout = sketch.number("rollout");
            for (change, cost) in sketch.project.registers.changes.iter_mut().zip([2_400, 1_800]) {
                (change.cost, change.tasks) = (Some(euros(cost)), vec![rollout]);
            }
            sketch.project.baselines.last_mut().unwrap().authorised_by = Some(id("C2"));
            granted(&sketch.project)
        };
        assert_eq!(left(2_240), [("C1".to_owned(), euros(2_400))]);
        assert_eq!(left(1_800), [("C1".to_owned(), euros(2_400))]);
        assert_eq!(left(4_200), []);
        assert_eq!(left(4_300), []);
        assert_eq!(left(0), [("C1".to_owned(), euros(2_400)), ("C2".to_owned(), euros(1_800))]);
    }

    /// 2 500 more were drawn for a second loader, which names no task. The rollout rose by 4 400, 400 more than was granted for it.
    #[test]
    fn a_draw_that_names_no_task_stays_granted_where_nothing_else_has_risen() {
        let with_loader = |raised: &[(&str, i64)], lines: i64| {
            let mut sketch = approved_anew(raised);
            let mut loader = change("C3", 2_500, ChangeStatus::Approved);
            loader.decided = Some(date("2026-10-07"));
            sketch.project.registers.changes.push(loader);
            let newest = sketch.project.baselines.last_mut().unwrap();
            newest.budget = newest.budget.map(|budget| budget + euros(lines));
            granted(&sketch.project)
        };
        let of_loader = |amount: i64| ("C3".to_owned(), euros(amount));
        let both = [("rollout", 4_400), ("pilot", 3_500)];
        assert_eq!(with_loader(&both, 0), [of_loader(2_500)]);
        // A line of 2 500 for it, or of 1 000 and the rest in the survey, for which nothing was granted.
        assert_eq!(with_loader(&both, 2_500), []);
        assert_eq!(with_loader(&[both[0], both[1], ("survey", 1_500)], 1_000), []);
        assert_eq!(with_loader(&both, 1_000), [of_loader(1_500)]);
    }
}
