//! What a plan of MS Project tells of money and promises beyond its tasks: when cost counts, and baselines of people.
//!
//! Comes in: the elements of the file and the plan that was read of them. Goes out: a line for each kind of thing, since no file of
//! ours has a place for it. Not here: baselines of tasks, which have one.

use std::collections::BTreeMap;

use crate::exchange::mspdi::unplaced::{hundredths, is_nothing, length, listed, note};
use crate::exchange::mspdi::xml::{self, Element};
use crate::exchange::plan::{Plan, Uid};

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
