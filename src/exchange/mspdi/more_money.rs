//! What a plan of MS Project tells of money and promises beyond its tasks: when cost counts, and baselines of people.
//!
//! Comes in: the elements of the file and the plan that was read of them. Goes out: a line for each kind of thing, since no file of
//! ours has a place for it. Not here: baselines of tasks, which have one as far as they have dates.

use std::collections::BTreeMap;

use crate::exchange::mspdi::unplaced::{hundredths, is_nothing, length, listed, note};
use crate::exchange::mspdi::xml::{self, Element};
use crate::exchange::plan::{Baseline, Plan, Task, Uid};

/// When cost counts that does not come evenly with the work.
fn moment_of(number: &str) -> Option<&'static str> {
    match number {
        "1" => Some("at the start"),
        "2" => Some("at the end"),
        _ => None,
    }
}

/// Lists cost that counts at the start or the end of the work.
pub(super) fn accruals(root: Element<'_>, plan: &mut Plan) {
    let costs = |element: &Element<'_>, fields: &[&'static str]| {
        fields.iter().any(|field| !is_nothing(&element.line(field)))
    };
    let of_tasks = root.inside("Tasks", "Task").filter(|task| costs(task, &["FixedCost"]));
    let of_tasks = of_tasks.filter_map(|task| {
        let when = moment_of(task.text("FixedCostAccrual"))?;
        Some(format!("fixed cost of \"{}\" {when}", task.line("Name")))
    });
    let of_resources = root
        .inside("Resources", "Resource")
        .filter(|one| costs(one, &["StandardRate", "CostPerUse", "Cost"]));
    let of_resources = of_resources.filter_map(|resource| {
        let when = moment_of(resource.text("AccrueAt"))?;
        Some(format!("\"{}\" {when}", resource.line("Name")))
    });
    let told: Vec<String> = of_resources.chain(of_tasks).collect();
    if !told.is_empty() {
        let what = format!(
            "cost that counts at one moment of the work is planned evenly over it here: {}",
            listed(told.into_iter())
        );
        let advice =
            "make what is paid at one moment a task of its own with `earned_value: 0/100`, where it matters";
        note(plan, what, advice);
    }
}

/// Lists what baselines promise of people, and of who does how much of a task.
pub(super) fn baselines(root: Element<'_>, plan: &mut Plan) {
    let of_people = root.inside("Resources", "Resource").flat_map(|resource| {
        let name = resource.line("Name");
        promises(resource).into_iter().map(move |promise| format!("\"{name}\" {promise}"))
    });
    let of_people: Vec<String> = of_people.collect();
    let tasks: BTreeMap<Uid, &str> = plan.tasks.iter().map(|task| (task.uid, task.name.as_str())).collect();
    let who: BTreeMap<Uid, &str> =
        plan.resources.iter().map(|resource| (resource.uid, resource.name.as_str())).collect();
    let uid = |element: Element<'_>, name: &'static str| element.text(name).parse().ok().map(Uid);
    let of_work = root.inside("Assignments", "Assignment").flat_map(|element| {
        let name = |names: &BTreeMap<Uid, &str>, field| {
            uid(element, field).and_then(|uid| names.get(&uid).map(|name| (*name).to_owned()))
        };
        let task = name(&tasks, "TaskUID").unwrap_or_default();
        let person = name(&who, "ResourceUID").unwrap_or_else(|| "nobody".to_owned());
        promises(element).into_iter().map(move |promise| format!("\"{task}\" by {person} {promise}"))
    });
    let of_work: Vec<String> = of_work.collect();
    for (told, whose) in [(of_people, "people"), (of_work, "assignments")] {
        if !told.is_empty() {
            let what = format!(
                "baselines of {whose} have no place, only those of tasks: {}",
                listed(told.into_iter())
            );
            note(plan, what, "write what was promised of them into `notes:` of the tasks, where it matters");
        }
    }
}

/// Lists what baselines of tasks promise without dates, and what those of summaries promise beyond the tasks below them: their own fixed
/// cost and people.
pub(super) fn baselines_of_tasks(plan: &mut Plan) {
    let whole = plan.project_task.as_ref().map(|task| (task, 0..plan.tasks.len()));
    let each = plan.tasks.iter().enumerate().map(|(place, task)| (task, below(&plan.tasks, place)));
    let told: Vec<String> = whole
        .into_iter()
        .chain(each)
        .flat_map(|(task, below)| {
            let below = &plan.tasks[below];
            task.baselines.iter().filter_map(move |baseline| {
                let (minutes, cost) = beyond(baseline, below)?;
                let parts = [
                    (minutes > 0).then(|| length(minutes)),
                    (cost > 0).then(|| hundredths(&cost.to_string())),
                ];
                let parts: Vec<String> = parts.into_iter().flatten().collect();
                let which = match baseline.number {
                    0 => "Baseline".to_owned(),
                    number => format!("Baseline {number}"),
                };
                (!parts.is_empty()).then(|| format!("\"{}\" {} ({which})", task.name, parts.join(" and ")))
            })
        })
        .collect();
    if !told.is_empty() {
        let what = format!(
            "baselines without dates, and what those of summaries hold beyond the tasks below, have no place: {}",
            listed(told.into_iter())
        );
        note(
            plan,
            what,
            "write them into `baselines/` as tasks or, for money, as `lines:`, where it matters",
        );
    }
}

/// The places of all tasks below one.
fn below(tasks: &[Task], place: usize) -> std::ops::Range<usize> {
    let level = tasks[place].level;
    let n_below = tasks[place + 1..].iter().take_while(|task| task.level > level).count();
    place + 1..place + 1 + n_below
}

/// Minutes and cost of a baseline that no task below holds; none where it stands in our file. Sums are rounded, and so a little more
/// is nothing.
fn beyond(baseline: &Baseline, below: &[Task]) -> Option<(i64, i64)> {
    if below.is_empty() {
        let has_dates = baseline.start.is_some() && baseline.finish.is_some();
        return (!has_dates).then_some((baseline.work, baseline.cost));
    }
    let next = |place: usize| below.get(place + 1).map_or(0, |next| next.level);
    let leaves = below.iter().enumerate().filter(|(place, task)| next(*place) <= task.level);
    let same: Vec<&Baseline> = leaves
        .filter_map(|(_, task)| task.baselines.iter().find(|other| other.number == baseline.number))
        .collect();
    let rounding = i64::try_from(below.len()).unwrap_or(i64::MAX);
    let rest =
        |whole: i64, part: i64| Some(whole.saturating_sub(part)).filter(|rest| *rest > rounding).unwrap_or(0);
    let work = rest(baseline.work, same.iter().map(|other| other.work).sum());
    let cost = rest(baseline.cost, same.iter().map(|other| other.cost).sum());
    Some((work, cost))
}

/// What each baseline of a person or an assignment promises: `16h and 1280 (Baseline 1)`.
fn promises(element: Element<'_>) -> Vec<String> {
    let promise = |baseline: Element<'_>| {
        let minutes = xml::minutes(baseline.text("Work")).unwrap_or(0);
        let cost = baseline.line("Cost");
        let mut parts: Vec<String> = Vec::new();
        parts.extend((minutes > 0).then(|| length(minutes)));
        parts.extend((!is_nothing(&cost)).then(|| hundredths(&cost)));
        let number = baseline.line("Number");
        let which = if is_nothing(&number) { "Baseline".to_owned() } else { format!("Baseline {number}") };
        (!parts.is_empty()).then(|| format!("{} ({which})", parts.join(" and ")))
    };
    element.all("Baseline").filter_map(promise).collect()
}
