//! The page of a task: when, why then, what it hangs together with, what was recorded of it, and how to report.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::format;
use crate::model::{Assignee, Earning, Task, TaskKind, TaskNo, Work};
use crate::page::address::{Address, Thing};
use crate::page::deliverables::deliverable_rows;
use crate::page::desk::{Desk, slip_words, task_name};
use crate::page::explain::{method_key, method_words};
use crate::page::reporting::{Report, reports};
use crate::page::stage_work::task_status;
use crate::page::task_findings::findings_about;
use crate::page::task_network::{after, before, chain};
use crate::page::task_opening::opening;
use crate::page::task_records::{costs, hours, progress, registers};
use crate::page::task_table::typed;
use crate::page::verdict::reference_words;
use crate::page::view::{Cell, Chart, Fact, Finding, Link, Table};
use crate::page::what_if::in_short;
use crate::page::why_list::Answer;
use crate::page::{Entry, Group, Made, ProjectPage};
use crate::plan::State;
use crate::quantity::Percent;
use crate::report::ProjectReport;

/// The pages of tasks.
pub struct TaskPages;

/// Up to this many tasks each has a page of its own; in a longer plan the rows and answers of the schedule are where links
/// to tasks lead: five thousand pages would be a hundred megabytes.
pub const TASKS_WITH_PAGES: usize = 1_000;

/// Whether the plan is short enough for a page of each task.
#[must_use]
pub fn has_task_pages(desk: &Desk<'_>) -> bool {
    desk.project.project.tasks.len() <= TASKS_WITH_PAGES
}

/// What the page shows.
#[derive(Debug, Serialize)]
struct TaskView {
    /// Dates, room, who and how.
    facts: Vec<Fact>,
    /// The task among its neighbours.
    chart: Option<Chart>,
    /// Why it lies where it does.
    why: Answer,
    /// Open decisions and changes that would move it.
    answers: Vec<WouldMove>,
    /// The question to ask of the program about another length.
    try_it: Option<String>,
    /// From the task back to what stands by itself.
    chain: Table,
    /// What it waits for.
    before: Table,
    /// What waits for it.
    after: Table,
    /// What was reported of it.
    progress: Table,
    /// Value, hours and money in figures.
    money: Vec<Fact>,
    /// Hours by person.
    hours: Table,
    /// Bookings of money.
    costs: Table,
    /// What it produces.
    deliverables: Table,
    /// Entries of registers that have to do with it.
    registers: Table,
    /// What the checks say of it.
    findings: Vec<Finding>,
    /// How to report.
    reports: Vec<Report>,
    /// The author's remarks, each with its label.
    remarks: Vec<Fact>,
    /// The task before it in the plan.
    previous: Option<Link>,
    /// The task behind it.
    next: Option<Link>,
}

/// What an open decision or change would do to the task.
#[derive(Debug, Serialize)]
struct WouldMove {
    /// The decision or change.
    entry: Link,
    /// Which way it would be answered, and what follows for the task and for the project.
    words: String,
}

/// Which tasks have a page: all of a plan that is not too long, but for ids that some file system cannot tell from an
/// earlier one.
fn with_pages(project: &ProjectReport) -> Vec<&Task> {
    let tasks = &project.project.tasks;
    if tasks.len() > TASKS_WITH_PAGES {
        return Vec::new();
    }
    let mut seen = BTreeSet::new();
    tasks.iter().filter(|task| seen.insert(task.id.as_str().to_lowercase())).collect()
}

/// The task whose page it is. The page is called after its id, unless no file may be called so.
fn task_at(desk: &Desk<'_>) -> Option<TaskNo> {
    let project = &desk.project.project;
    let is_here = |number: &TaskNo| Address::task(desk.folder(), &project.task(*number).id) == *desk.address;
    let named = desk.address.name().parse().ok().and_then(|id| project.task_by_id(&id));
    named.filter(is_here).or_else(|| project.task_numbers().find(is_here))
}

impl ProjectPage for TaskPages {
    fn kind(&self) -> &'static str {
        "task"
    }

    fn group(&self) -> Group {
        Group::Work
    }

    fn question(&self) -> &'static str {
        "When is this task done, why then, and how do I report on it?"
    }

    fn entries(&self, project: &ProjectReport) -> Vec<Entry> {
        let folder = &project.project.folder;
        let tasks = with_pages(project).into_iter();
        tasks.map(|task| Entry::new(Address::task(folder, &task.id), task_name(task))).collect()
    }

    fn is_beside(&self) -> bool {
        false
    }

    fn make(&self, desk: &Desk<'_>) -> Made {
        let project = &desk.project.project;
        let number = task_at(desk).expect("a page of a task lives at the address of one");
        let task = project.task(number);
        let stands_on = desk.project.reasons.step(number).stands_on;
        let next = stands_on.and_then(|next| desk.href_to(&Thing::Task(&project.task(next).id)));
        let why = Answer::of(desk, number, next);
        let opening = opening(desk, number, why.room.first().map(|line| line.text.as_str()));
        let view = TaskView {
            facts: facts(desk, number),
            chart: desk.chart(&format!("task-{}", task.id)),
            why,
            answers: answers(desk, task),
            try_it: try_it(desk, number),
            chain: chain(desk, number),
            before: before(desk, number),
            after: after(desk, number),
            progress: progress(desk, number),
            money: money(desk, number),
            hours: hours(desk, number),
            costs: costs(desk, number),
            deliverables: deliverable_rows(desk, |made| made.produced_by.contains(&number)),
            registers: registers(desk, number),
            findings: findings_about(desk, number),
            reports: reports(desk, number),
            remarks: remarks(desk, task),
            previous: neighbour(desk, number.0.checked_sub(1)),
            next: neighbour(desk, number.0.checked_add(1)),
        };
        Made::new(self.kind(), task_name(task), &view).description(opening)
    }
}

fn facts(desk: &Desk<'_>, number: TaskNo) -> Vec<Fact> {
    let project = &desk.project.project;
    let task = project.task(number);
    let slot = desk.project.forecast.slot(number);
    let is_given_up = desk.project.is_given_up(number);
    let is_open = desk.project.is_left(number);
    let figure = |label: &str, text: String, key: &str| {
        Fact::new(label, text).explained(desk.explained_of(number, key))
    };
    let mut facts = vec![Fact::of("State", Cell::status(task_status(desk, number)))];
    if !task.is_point() {
        facts.push(Fact::of("Start", desk.day_cell(number, "start", format::date(slot.first_day()))));
    }
    let unread = desk.days_unread().filter(|_| !desk.project.is_last_day_known(number));
    facts.push(Fact::of("Finish", desk.last_day(number).note_if(unread)));
    if let Some(promised) = desk.project.control.reference.tasks.get(number.0 as usize).copied().flatten() {
        let fact = figure("Promised finish", format::date(promised.finish), "promised");
        facts.push(Fact { note: Some(reference_words(desk)), ..fact });
        facts.extend(desk.slip_of(number).map(|slip| figure("Slip", slip_words(slip), "slip")));
    }
    if !task.is_point() {
        facts.push(figure("Duration", desk.duration_of(number), "duration"));
    }
    if slot.state == State::InProgress && task.is_work() && !is_given_up {
        facts.push(figure("Work left", desk.left_of(number), "remaining"));
    }
    if task.is_work() {
        let fact = figure("Done", crate::page::explain::done_words(desk, number), "done");
        facts.push(Fact { note: earned_otherwise(desk, number), ..fact });
    }
    let has_room = is_open && !task.is_summary() && desk.project.are_days_known;
    if has_room {
        facts.push(figure("Total float", desk.room_of(number, slot.total_float), "float"));
        facts.push(figure("Free float", desk.room_of(number, slot.free_float), "free-float"));
    }
    if let Some(margin) = slot.deadline_margin.filter(|_| has_room) {
        let fact = figure("To deadline", desk.room_of(number, margin), "margin");
        let (whose, _) = desk.teller().tightest_deadline(number);
        facts.push(Fact { note: Some(format!("counted to {whose}")), ..fact });
    }
    facts.extend(estimate(desk, task));
    facts.extend(words_of(desk, number));
    facts
}

/// How much of the budget the units that are done have earned, where that is another share than they are of all units: scope that came in
/// after the promise earns nothing.
///
/// 112 of 236 points are done, and 180 were promised: `of all there is now; 62.2 % of what was promised, which is what earns`. None where both
/// are the same, and for work that earns by another method.
fn earned_otherwise(desk: &Desk<'_>, number: TaskNo) -> Option<String> {
    let value = desk.project.control.tasks.get(number.0 as usize)?;
    let is_counted = matches!(desk.project.project.task(number).earning, Earning::Units { .. });
    let (done, earned) = (format::share(value.physical.as_f64()), format::share(value.earned.as_f64()));
    (is_counted && value.is_in_reference && done != earned)
        .then(|| format!("of all there is now; {earned} of what was promised, which is what earns"))
}

/// The estimate as it was typed, with its range.
fn estimate(desk: &Desk<'_>, task: &Task) -> Option<Fact> {
    let TaskKind::Work(work) = task.kind else { return None };
    let (what, estimate) = match work {
        Work::Duration(estimate) | Work::Both { duration: estimate, .. } => ("of time", estimate),
        Work::Effort(estimate) => ("of effort", estimate),
    };
    let range = estimate.has_range().then(|| {
        format!("{} at best, {} at worst", typed(estimate.optimistic()), typed(estimate.pessimistic()))
    });
    let origin = task.estimate_origin.unwrap_or(task.origin);
    let fact = Fact::new("Estimate", format!("{} {what}", typed(estimate.likely())));
    Some(Fact { note: range, ..fact }.explained(desk.href_place(origin)))
}

/// Who, by which calendar, how it earns, and where it stands in the plan.
fn words_of(desk: &Desk<'_>, number: TaskNo) -> Vec<Fact> {
    let project = &desk.project.project;
    let task = project.task(number);
    let mut facts = Vec::new();
    for assignment in &task.assignments {
        let whole = assignment.share == Percent::WHOLE;
        let share = (!whole).then(|| format!("{} of the day", format::percent(assignment.share)));
        facts.push(Fact::of(
            "Who",
            match assignment.assignee {
                Assignee::Person(person) => desk.person(Some(person)),
                Assignee::Role { role, heads } => {
                    Cell::text(format!("{heads}\u{a0}×\u{a0}{}", project.team.roles[role.0 as usize].name))
                        .explained(desk.href_place(assignment.origin))
                }
            }
            .note_if(share),
        ));
    }
    facts.extend(desk.outside_team(task).map(|team| Fact::new("Waits for", team)));
    if task.owner.is_some() {
        facts.push(Fact::of("Answers for it", desk.person(task.owner)));
    }
    if task.is_work() {
        let method = desk.project.control.reference.method_of(number);
        let fact = Fact::new("Earns value", method_key(method));
        facts.push(
            Fact { note: Some(method_words(desk, method)), ..fact }
                .explained(desk.href_of_field(task.origin, "earned_value")),
        );
    }
    let calendar = &project.calendars[task.calendar];
    facts.push(Fact::new("Calendar", calendar.id.to_string()).explained(desk.href_place(calendar.origin)));
    facts.push(Fact::of(
        "Stage",
        Cell::text(format::stage(task.stage)).href(desk.href_to(&Thing::Stage(task.stage))),
    ));
    if let Some(parent) = task.parent {
        facts.push(Fact::of("Part of", desk.task(parent)));
    }
    if let TaskKind::Gate(gate) = task.kind {
        facts.push(Fact::of("Document", Cell::text(gate.to_string()).href(desk.href_to(&Thing::Gate(gate)))));
    }
    let place = desk.place_cell(Some(task.origin));
    facts.push(Fact::new("Id", task.id.to_string()).explained(place.href.clone()));
    facts
}

/// Budget, value, hours and money; empty where there are none.
fn money(desk: &Desk<'_>, number: TaskNo) -> Vec<Fact> {
    let Some(value) = desk.project.control.tasks.get(number.0 as usize) else { return Vec::new() };
    let nothing = crate::quantity::Amount::ZERO;
    let amounts = [
        ("Budget", "budget", value.budget),
        ("Planned value", "pv", value.planned_value),
        ("Earned value", "ev", value.earned_value),
        ("Actual cost", "ac", value.actual_cost),
        ("Cost variance", "cv", value.earned_value - value.actual_cost),
    ];
    let has_none = amounts.iter().all(|(_, _, amount)| *amount == nothing);
    if has_none && value.planned_effort == crate::quantity::Effort::ZERO {
        return Vec::new();
    }
    let fact = |label: &str, text: String, key: &str| {
        Fact::new(label, text).explained(desk.explained_of(number, key))
    };
    // Where nothing of the project has a price, zeros would say nothing.
    let is_unpriced = has_none && !desk.project.control.keeps_money();
    let mut facts: Vec<Fact> = amounts
        .into_iter()
        .filter(|_| !is_unpriced)
        .map(|(label, key, amount)| {
            let text = if key == "cv" { desk.money_signed(amount) } else { desk.money(amount) };
            fact(label, format!("{text} {}", desk.project.project.currency), key)
        })
        .collect();
    facts.push(fact("Effort planned", desk.effort(value.planned_effort), "effort"));
    facts.push(fact("Effort booked", desk.effort(value.actual_effort), "hours"));
    facts
}

/// Open decisions and changes that say how they change the plan, as far as they move this task.
fn answers(desk: &Desk<'_>, task: &Task) -> Vec<WouldMove> {
    let currency = desk.project.project.currency;
    let options = desk
        .project
        .options
        .iter()
        .map(|effect| (&effect.decision, format!("“{}”", effect.option), &effect.difference));
    let changes = desk
        .project
        .changes
        .iter()
        .map(|effect| (&effect.change, "if approved".to_owned(), &effect.difference));
    let moved = options.chain(changes).filter_map(|(id, which, difference)| {
        let mut all = difference.work.iter().chain(&difference.milestones);
        let moved = all.find(|moved| moved.task == task.id)?;
        let entry = Link { label: id.to_string(), href: desk.href_of_id(id) };
        let days = slip_words(moved.working_days);
        let own = format!("ends {} ({days})", format::date(moved.last_day.after));
        let words = format!("{which}: {own}; project: {}", in_short(difference, currency));
        Some(WouldMove { entry, words })
    });
    moved.collect()
}

/// The question about another length of the task, as it is asked of the program.
fn try_it(desk: &Desk<'_>, number: TaskNo) -> Option<String> {
    let task = desk.project.project.task(number);
    let path = match (desk.project.forecast.slot(number).state, &task.kind) {
        (State::InProgress, TaskKind::Work(_)) => format!("progress.{}.remaining", task.id),
        (State::NotStarted, TaskKind::Work(Work::Effort(_))) => format!("tasks.{}.effort", task.id),
        (State::NotStarted, TaskKind::Work(_)) => format!("tasks.{}.duration", task.id),
        _ => return None,
    };
    Some(format!("milepost why {} --set {path}=3d", desk.folder()))
}

fn remarks(desk: &Desk<'_>, task: &Task) -> Vec<Fact> {
    let said = [("Because", &task.because), ("Basis of the estimate", &task.basis), ("Notes", &task.notes)];
    said.into_iter().filter_map(|(label, text)| Some(Fact::of(label, desk.line(text.as_ref()?)))).collect()
}

fn neighbour(desk: &Desk<'_>, place: Option<u32>) -> Option<Link> {
    let task = desk.project.project.tasks.get(place? as usize)?;
    let href = desk.href(&Address::task(desk.folder(), &task.id))?;
    Some(Link { label: task_name(task), href: Some(href) })
}
