//! How to report: which line goes into which file so that the site knows.

use serde::Serialize;

use crate::format;
use crate::model::{Earning, Task, TaskNo};
use crate::page::address::Address;
use crate::page::desk::Desk;
use crate::page::view::Link;
use crate::plan::State;

/// A file to report in, with the line to add.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// What is reported.
    pub what: &'static str,
    /// The file, leading to its page where it is shown.
    pub file: Link,
    /// The headings of its columns, as its first line has them.
    pub head: String,
    /// The line to add; words in capitals are to be filled in.
    pub line: String,
    /// What to write for the words in capitals.
    pub how: String,
}

/// What to write about a task: progress, and hours and money where they are booked on it; none for what nobody reports.
#[must_use]
pub fn reports(desk: &Desk<'_>, number: TaskNo) -> Vec<Report> {
    let task = desk.project.project.task(number);
    if !(task.is_work() || matches!(task.kind, crate::model::TaskKind::Milestone)) {
        return Vec::new();
    }
    if desk.project.forecast.slot(number).state == State::Finished {
        return Vec::new();
    }
    let mut reports = vec![progress(desk, number, task)];
    if let Some(who) = worker(desk, task).filter(|_| !desk.is_public()) {
        reports.push(hours(desk, task, &who));
    }
    if !task.costs.is_empty() {
        reports.push(costs(desk, task));
    }
    reports
}

/// The day of the next report, as `progress.csv` has it.
fn next_report(desk: &Desk<'_>) -> String {
    let next = desk.project.project.reporting.after(desk.project.status_date, 1);
    next.map_or_else(|| "DATE".to_owned(), format::iso)
}

fn progress(desk: &Desk<'_>, number: TaskNo, task: &Task) -> Report {
    let known = desk.project.facts.progress.get(number.0 as usize);
    let started = known.and_then(|known| known.actual_start);
    let usual = "status_date,task,actual_start,actual_finish,percent_complete,units_done,remaining,note";
    let is_counted = matches!(task.earning, Earning::Units { .. });
    let has_steps = matches!(task.earning, Earning::Steps(_));
    let report = next_report(desk);
    let value = |column: &str| match column {
        "status_date" => report.clone(),
        "task" => task.id.to_string(),
        "actual_start" => started.map_or_else(|| "STARTED".to_owned(), |at| at.to_string()),
        "percent_complete" if task.is_work() && !is_counted && !has_steps => "DONE%".to_owned(),
        "step" if has_steps => "STEP".to_owned(),
        "units_done" if is_counted => "UNITS".to_owned(),
        "remaining" if task.is_work() => "LEFTd".to_owned(),
        _ => String::new(),
    };
    let mut how: Vec<String> = Vec::new();
    if started.is_none() {
        how.push("`STARTED` is the day on which it began".to_owned());
    }
    match &task.earning {
        Earning::Units { unit, .. } => how.push(format!("`UNITS` is the number of {unit} done so far")),
        Earning::Steps(steps) => {
            let names: Vec<String> = steps.iter().map(|step| format!("“{}”", step.name)).collect();
            how.push(format!(
                "`STEP`, in a column `step`, is what is done by then: {}",
                format::listed(&names)
            ));
        }
        _ if task.is_work() => how.push("`DONE` is how much of the work is physically done".to_owned()),
        _ => {}
    }
    if task.is_work() {
        how.push("`LEFT` is the working time still needed".to_owned());
    }
    how.push("once it is over, the last day goes into `actual_finish` and the rest stays empty".to_owned());
    let (file, head, line) = filled(desk, "progress.csv", usual, value);
    Report {
        what: "Progress",
        file,
        head,
        line,
        how: format::sentence_start(&format!("{}.", how.join("; "))),
    }
}

fn hours(desk: &Desk<'_>, task: &Task, who: &str) -> Report {
    let next = next_report(desk);
    let value = |column: &str| match column {
        "week" => "WEEK".to_owned(),
        "date" => next.clone(),
        "person" => who.to_owned(),
        "task" => task.id.to_string(),
        "time" => "TIME".to_owned(),
        _ => String::new(),
    };
    let (file, head, line) = filled(desk, "timesheets.csv", "week,person,task,time", value);
    let how = "`TIME` is what was worked, such as `2.5d` or `6h`; a week is written `2026-W32`.".to_owned();
    Report { what: "Hours", file, head, line, how }
}

fn costs(desk: &Desk<'_>, task: &Task) -> Report {
    let next = next_report(desk);
    let value = |column: &str| match column {
        "date" => next.clone(),
        "type" => "TYPE".to_owned(),
        "category" => task.costs.first().map_or_else(String::new, |cost| cost.category.clone()),
        "task" => task.id.to_string(),
        "amount" => format!("AMOUNT {}", desk.project.project.currency),
        "reference" => "NUMBER".to_owned(),
        _ => String::new(),
    };
    let (file, head, line) =
        filled(desk, "costs.csv", "date,type,category,task,amount,reference,note", value);
    let how = "`TYPE` is `commitment` for an order, `accrual` for what was received, `actual` for an invoice; `NUMBER` is \
               that of the order or invoice."
        .to_owned();
    Report { what: "Money", file, head, line, how }
}

/// The id of somebody named who works on a task; none where nobody is.
fn worker(desk: &Desk<'_>, task: &Task) -> Option<String> {
    let people = task.assignments.iter().find_map(|assignment| match assignment.assignee {
        crate::model::Assignee::Person(person) => Some(person),
        crate::model::Assignee::Role { .. } => None,
    })?;
    Some(desk.project.project.team.people[people.0 as usize].id.to_string())
}

/// A line for a table of the project, in the columns that its file has; in the usual ones where there is no file yet.
fn filled(
    desk: &Desk<'_>,
    name: &str,
    usual: &str,
    value: impl Fn(&str) -> String,
) -> (Link, String, String) {
    let files = desk.project.project.files.iter();
    let path = files.map(String::as_str).find(|path| path.rsplit('/').next() == Some(name));
    let written = path.and_then(|path| desk.report.sources.text_of(path));
    let head = written.and_then(|text| text.trim_start_matches('\u{feff}').lines().next());
    let head = head.filter(|head| !head.trim().is_empty()).unwrap_or(usual).trim().to_owned();
    let cells: Vec<String> = head.split(',').map(|column| value(column.trim())).collect();
    let line = cells.join(",");
    let href = path.and_then(|path| desk.href(&Address::source(path)));
    (Link { label: name.to_owned(), href }, head, line)
}
