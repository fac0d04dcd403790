//! What has no day in the files: of a gate gone by nobody can tell whether it was so when it was decided.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::control::ReferenceSource;
use crate::format;
use crate::page::Desk;

/// Which parts of a document put together after its decision are those of later files, in a sentence with a space before it; empty
/// where the files are of the time of the decision.
#[must_use]
pub fn parts_of_later_files(desk: &Desk<'_>) -> String {
    if is_of_its_time(desk) {
        return String::new();
    }
    let promised = match &desk.project.control.reference.source {
        ReferenceSource::Baseline { id, .. } => {
            format!(" What was promised is as baseline {id} was frozen.")
        }
        ReferenceSource::Plan => String::new(),
    };
    format!(
        "{promised} What carries no day is as the files of {} say, not as they stood on the day of the decision: names, lengths and \
         order of tasks, texts, criteria, who does what, planned cost, and what changes hands.",
        format::date(desk.project.files_of)
    )
}

/// Which work under way was last reported before the day of the decision, in a sentence with a space before it; empty where all of it was
/// reported on that day. What was left of it then is laid after the day, so that the time between looks like a delay.
#[must_use]
pub fn reported_before(desk: &Desk<'_>) -> String {
    let (project, day) = (&desk.project.project, desk.project.status_date);
    let mut told: BTreeMap<Date, Vec<&str>> = BTreeMap::new();
    for (number, task, _) in desk.project.tasks().filter(|(_, task, _)| task.is_work()) {
        let known = &desk.project.facts.progress[number.0 as usize];
        let is_open =
            known.actual_start.is_some_and(|start| start.day <= day) && known.actual_finish.is_none();
        let Some(reported) = known.reported.filter(|reported| *reported < day && is_open) else { continue };
        if !task.is_level_of_effort() {
            told.entry(reported).or_default().push(&project.task(number).name);
        }
    }
    if told.is_empty() {
        return String::new();
    }
    let each: Vec<String> = told
        .iter()
        .rev()
        .map(|(reported, names)| {
            let more = names.len().saturating_sub(MOST_NAMED);
            let mut names: Vec<String> =
                names.iter().take(MOST_NAMED).map(|name| format!("“{name}”")).collect();
            names.extend((more > 0).then(|| format!("{more} more")));
            format!("{} on {}", format::listed(&names), format::date(*reported))
        })
        .collect();
    format!(
        " Work under way is as last reported: {}. What was left of it then is laid after {}, and may look later than it was.",
        each.join("; "),
        format::date(day)
    )
}

/// So many tasks are named of each report.
const MOST_NAMED: usize = 4;

/// Whether the files that a project is computed from are still what a board had before it on its day.
#[must_use]
pub fn is_of_its_time(desk: &Desk<'_>) -> bool {
    desk.project.project.are_of_one_time(desk.project.status_date, desk.project.files_of)
}

/// Which entries have no day, in a sentence with a space before it; empty where each has one.
#[must_use]
pub fn sentence(desk: &Desk<'_>) -> String {
    let registers = &desk.project.project.registers;
    let risks = registers.risks.iter().filter(|risk| risk.raised.is_none()).map(|risk| risk.id.to_string());
    let issues = registers.issues.iter().filter(|one| one.raised.is_none()).map(|one| one.id.to_string());
    let decisions = registers.decisions.iter().filter(|one| one.asked.or(one.decided).is_none());
    let changes = registers.changes.iter().filter(|one| one.submitted.or(one.decided).is_none());
    let actions = registers.actions.iter().filter(|one| one.raised.or(one.done).is_none());
    let requests = registers.requests.iter().filter(|one| one.asked.or(one.received).is_none());
    let lessons = registers.lessons.iter().filter(|one| one.date.is_none());
    let kinds: [(&str, Vec<String>); 7] = [
        ("risk", risks.collect()),
        ("issue", issues.collect()),
        ("decision", decisions.map(|one| one.id.to_string()).collect()),
        ("change", changes.map(|one| one.id.to_string()).collect()),
        ("action", actions.map(|one| one.id.clone()).collect()),
        ("request", requests.map(|one| one.id.to_string()).collect()),
        ("lesson", lessons.map(|one| one.id.clone()).collect()),
    ];
    let told: Vec<String> = kinds
        .into_iter()
        .filter(|(_, ids)| !ids.is_empty())
        .map(|(kind, ids)| format!("{} ({})", format::count(ids.len(), kind), ids.join(", ")))
        .collect();
    if told.is_empty() {
        return String::new();
    }
    format!(" Entries without a day are as their files say today: {}.", format::listed(&told))
}
