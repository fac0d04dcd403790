//! From XML to [`Plan`]: the project and its tasks.
//!
//! Comes in: the text of an XML file. Goes out: the plan as it stands there, and findings about what cannot be read.
//! Not here: what our own format makes of it.

use std::collections::BTreeSet;

use crate::diagnostic::spelling::count;
use crate::diagnostic::{Diagnostic, Diagnostics, Span};
use crate::exchange::mspdi::xml::{self, Element, TENTHS};
use crate::exchange::mspdi::{read_calendar, read_team, unplaced};
use crate::exchange::plan::{
    Baseline, ConstraintKind, Lag, Length, Link, LinkKind, Plan, Program, Task, USUAL_PRIORITY, Uid, Unit,
};
use crate::exchange::rule::{BAD_FOREIGN_VALUE, DANGLING_FOREIGN_REFERENCE, NOT_A_FOREIGN_PLAN};

/// What the field is called in which our own export keeps the id of a task.
const ID_ALIAS: &str = "milepost id";

/// The calendar that stands for "none".
const NO_CALENDAR: i64 = -1;

/// The most minutes of a day of a duration: a whole day of the clock.
const LONGEST_DAY: i64 = 1_440;

/// A limit of slack beyond twenty years is a slip.
const MOST_SLACK_DAYS: i64 = 5_200;

/// Reads a plan; none when the text holds none, and then a finding of severity error says why.
pub(super) fn read(text: &str, found: &mut Diagnostics) -> Option<Plan> {
    let document = match xml::parse(text) {
        Ok(document) => document,
        Err(fault) => {
            found.push(*fault);
            return None;
        }
    };
    let root = Element(document.root_element());
    if root.0.tag_name().name() != "Project" {
        let message = format!("the file begins with `<{}>`, not with `<Project>`", root.0.tag_name().name());
        found.push(
            Diagnostic::new(&NOT_A_FOREIGN_PLAN, root.span(), message)
                .hint("save the plan in MS Project with File, Save As, XML Format (*.xml)"),
        );
        return None;
    }
    let id_field = root
        .inside("ExtendedAttributes", "ExtendedAttribute")
        .find(|field| field.text("Alias") == ID_ALIAS)
        .map_or("", |field| field.text("FieldID"));
    let mut tasks: Vec<Task> =
        root.inside("Tasks", "Task").filter_map(|task| task_of(task, id_field, found)).collect();
    let project_task = tasks.first().is_some_and(|task| task.level == 0).then(|| tasks.remove(0));
    let first_start = tasks.iter().filter_map(|task| task.start).min();
    let stored_start = root.moment("StartDate", found);
    let start = stored_start.or(first_start);
    let (Some(start), false) = (start, tasks.is_empty()) else {
        let n_resources = read_team::resources(root, &mut Diagnostics::default()).len();
        let message = match n_resources {
            _ if !tasks.is_empty() => "this plan has no `<StartDate>`".to_owned(),
            0 => "there is no task in this plan".to_owned(),
            n => format!("there is no task in this plan, only {}: a pool of resources", count(n, "resource")),
        };
        found.push(
            Diagnostic::new(&NOT_A_FOREIGN_PLAN, root.span(), message).hint(
                "open the plan in MS Project, look whether it is the right one, and save it as XML again",
            ),
        );
        return None;
    };
    if stored_start.is_none() && root.text("StartDate").is_empty() {
        let message = "this plan has no `<StartDate>`; the first start of its tasks was taken";
        found.push(
            Diagnostic::new(&BAD_FOREIGN_VALUE, root.span(), message)
                .hint("check `start:` in `project.yaml`"),
        );
    }
    let mut plan = Plan {
        program: Program::MsProject,
        title: title_of(root, project_task.as_ref()),
        manager: root.line("Manager"),
        subject: root.line("Subject"),
        start,
        finish: root.moment("FinishDate", found),
        status: root.moment("StatusDate", found),
        is_from_finish: root.text("ScheduleFromStart") == "0" || root.text("ScheduleFromStart") == "false",
        honors_constraints: !matches!(root.text("HonorConstraints"), "0" | "false"),
        currency_code: root.line("CurrencyCode"),
        currency_symbol: root.line("CurrencySymbol"),
        minutes_per_day: root
            .number_in("MinutesPerDay", (1..=LONGEST_DAY, "a length of a day from 1 to 1440 minutes"), found)
            .unwrap_or(480),
        critical_slack_days: root.number("CriticalSlackLimit", found).unwrap_or(0).clamp(0, MOST_SLACK_DAYS),
        calendar: calendar_of(root, found),
        calendars: read_calendar::calendars(root, found),
        tasks,
        project_task,
        resources: read_team::resources(root, found),
        assignments: read_team::assignments(root, found),
        defects: Vec::new(),
        leftovers: Vec::new(),
        decided: Vec::new(),
    };
    unplaced::keep(root, id_field, &mut plan);
    read_calendar::base_on_projects(root, &mut plan);
    part_repeated(&mut plan, found);
    drop_dangling(&mut plan, found);
    Some(plan)
}

/// The title; the summary of the whole project or the name of the file where it has none.
fn title_of(root: Element<'_>, project_task: Option<&Task>) -> String {
    let title = root.line("Title");
    if !title.is_empty() {
        return title;
    }
    if let Some(task) = project_task.filter(|task| !task.name.is_empty()) {
        return task.name.clone();
    }
    let name = root.line("Name");
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
    if stem == "project" { String::new() } else { stem.to_owned() }
}

fn calendar_of(element: Element<'_>, found: &mut Diagnostics) -> Option<Uid> {
    element.number("CalendarUID", found).filter(|uid| *uid != NO_CALENDAR).map(Uid)
}

/// Reads a row; empty rows give none.
fn task_of(element: Element<'_>, id_field: &str, found: &mut Diagnostics) -> Option<Task> {
    if element.flag("IsNull") {
        return None;
    }
    let uid = element.number("UID", found)?;
    let level =
        element.number("OutlineLevel", found).unwrap_or_else(|| level_of(element.text("OutlineNumber")));
    let constraint = element
        .number_in("ConstraintType", (0..=7, "a kind of constraint from 0 to 7"), found)
        .map_or(ConstraintKind::AsSoonAsPossible, constraint_of);
    let is_physical =
        element.text("EarnedValueMethod") == "1" && !element.text("PhysicalPercentComplete").is_empty();
    let percent = if is_physical { "PhysicalPercentComplete" } else { "PercentComplete" };
    let level = usize::try_from(level).unwrap_or(1);
    let mut fields = element.all("ExtendedAttribute");
    let own_id = fields.find(|field| !id_field.is_empty() && field.text("FieldID") == id_field);
    Some(Task {
        wanted_id: own_id.map(|field| field.line("Value")).filter(|id| !id.is_empty()),
        row: element.number("ID", found).unwrap_or(uid),
        is_active: !matches!(element.text("Active"), "0" | "false"),
        is_manual: element.flag("Manual"),
        is_external: element.flag("ExternalTask"),
        is_subproject: element.flag("IsSubproject"),
        is_milestone: element.flag("Milestone"),
        start: element.moment("Start", found),
        finish: element.moment("Finish", found),
        length: length_of(element, found),
        is_estimated: element.flag("Estimated"),
        work: element.length("Work", found).unwrap_or(0),
        percent_complete: element
            .number_in(percent, (0..=100, "a percentage from 0 to 100"), found)
            .unwrap_or(0),
        actual_start: element.moment("ActualStart", found),
        actual_finish: element.moment("ActualFinish", found),
        stop: element.moment("Stop", found),
        resume: element.moment("Resume", found),
        remaining: element.length("RemainingDuration", found),
        constraint,
        constraint_date: element.moment("ConstraintDate", found),
        deadline: element.moment("Deadline", found),
        calendar: calendar_of(element, found),
        ignores_people: element.flag("IgnoreResourceCalendar"),
        priority: element
            .number_in("Priority", (0..=1_000, "a priority from 0 to 1000"), found)
            .unwrap_or(USUAL_PRIORITY),
        levelling_delay: element.tenths("LevelingDelay", found).unwrap_or(0) / TENTHS,
        fixed_cost: element.number("FixedCost", found).unwrap_or(0),
        actual_cost: element.number("ActualCost", found).unwrap_or(0),
        notes: element.lines("Notes"),
        hyperlink: address_of(element),
        links: element.all("PredecessorLink").filter_map(|link| link_of(link, found)).collect(),
        baselines: element.all("Baseline").map(|baseline| baseline_of(baseline, found)).collect(),
        ..Task::new(Uid(uid), element.line("Name"), level, element.span())
    })
}

/// The address of a page about a task, with the place on the page behind it.
fn address_of(element: Element<'_>) -> String {
    let (address, place) = (element.line("HyperlinkAddress"), element.line("HyperlinkSubAddress"));
    if place.is_empty() { address } else { format!("{address}#{place}") }
}

/// The level of an outline number: `1.2.1` stands on the third. Some programs write no level of its own.
fn level_of(outline_number: &str) -> i64 {
    i64::try_from(outline_number.matches('.').count()).map_or(1, |points| points + 1)
}

fn constraint_of(number: i64) -> ConstraintKind {
    match number {
        1 => ConstraintKind::AsLateAsPossible,
        2 => ConstraintKind::MustStart,
        3 => ConstraintKind::MustFinish,
        4 => ConstraintKind::StartsNotBefore,
        5 => ConstraintKind::StartsNotAfter,
        6 => ConstraintKind::FinishesNotBefore,
        7 => ConstraintKind::FinishesNotAfter,
        _ => ConstraintKind::AsSoonAsPossible,
    }
}

/// Reads the number that says in which unit a length is shown, and whether it runs by the clock.
///
/// 3 minutes, 5 hours, 7 days, 9 weeks, 11 months; one more for elapsed; 32 more where the length is a guess.
fn unit_of(format: i64) -> (Unit, bool) {
    let format = if (35..=44).contains(&format) { format - 32 } else { format };
    let unit = match format {
        3 | 4 => Unit::Minute,
        5 | 6 => Unit::Hour,
        _ => Unit::Day,
    };
    (unit, matches!(format, 4 | 6 | 8 | 10 | 12))
}

fn length_of(element: Element<'_>, found: &mut Diagnostics) -> Option<Length> {
    let minutes = element.length("Duration", found)?;
    let (unit, is_elapsed) = unit_of(element.number("DurationFormat", found).unwrap_or(7));
    Some(Length { minutes, is_elapsed, unit })
}

fn link_of(element: Element<'_>, found: &mut Diagnostics) -> Option<Link> {
    let predecessor = Uid(element.number("PredecessorUID", found)?);
    let kind = match element.number_in("Type", (0..=3, "a kind of link from 0 to 3"), found).unwrap_or(1) {
        0 => LinkKind::FinishFinish,
        2 => LinkKind::StartFinish,
        3 => LinkKind::StartStart,
        _ => LinkKind::FinishStart,
    };
    let amount = element.tenths("LinkLag", found).unwrap_or(0);
    let lag = match element.number("LagFormat", found).unwrap_or(7) {
        19 | 51 => Lag::Share { percent: amount, is_elapsed: false },
        20 | 52 => Lag::Share { percent: amount, is_elapsed: true },
        format => {
            let (unit, is_elapsed) = unit_of(format);
            let minutes = (amount + amount.signum() * TENTHS / 2) / TENTHS;
            if is_elapsed { Lag::Elapsed(minutes, unit) } else { Lag::Working(minutes, unit) }
        }
    };
    let elsewhere = element.flag("CrossProject").then(|| element.line("CrossProjectName"));
    Some(Link { predecessor, kind, lag, elsewhere, span: element.span() })
}

fn baseline_of(element: Element<'_>, found: &mut Diagnostics) -> Baseline {
    Baseline {
        number: element.number("Number", found).unwrap_or(0),
        start: element.moment("Start", found),
        finish: element.moment("Finish", found),
        length: length_of(element, found),
        cost: element.number("Cost", found).unwrap_or(0),
        work: element.length("Work", found).unwrap_or(0),
    }
}

/// Numbers that stand twice: the second task gets one of its own, the second resource or calendar is left out.
fn part_repeated(plan: &mut Plan, found: &mut Diagnostics) {
    let mut tell = |span: Span, what: &str, uid: Uid| {
        let message = format!("the number {} stands for two {what}", uid.0);
        found.push(
            Diagnostic::new(&BAD_FOREIGN_VALUE, span, message)
                .hint("save the plan again in MS Project, which numbers everything once"),
        );
    };
    let mut seen = BTreeSet::new();
    let mut next = plan.tasks.iter().map(|task| task.uid.0).max().unwrap_or(0);
    for task in &mut plan.tasks {
        if !seen.insert(task.uid) {
            tell(task.span, "tasks", task.uid);
            next = next.saturating_add(1);
            task.uid = Uid(next);
            seen.insert(task.uid);
        }
    }
    let mut seen = BTreeSet::new();
    plan.resources.retain(|resource| {
        let is_new = seen.insert(resource.uid);
        if !is_new {
            tell(resource.span, "resources", resource.uid);
        }
        is_new
    });
    let mut seen = BTreeSet::new();
    plan.calendars.retain(|calendar| {
        let is_new = seen.insert(calendar.uid);
        if !is_new {
            tell(calendar.span, "calendars", calendar.uid);
        }
        is_new
    });
}

/// Removes references to what is not there, and tells of them.
fn drop_dangling(plan: &mut Plan, found: &mut Diagnostics) {
    let tasks: BTreeSet<Uid> = plan.tasks.iter().map(|task| task.uid).collect();
    let calendars: BTreeSet<Uid> = plan.calendars.iter().map(|calendar| calendar.uid).collect();
    let resources: BTreeSet<Uid> = plan.resources.iter().map(|resource| resource.uid).collect();
    let whole = plan.project_task.as_ref().map(|task| task.uid);
    for task in &mut plan.tasks {
        let name = shown(task);
        task.links.retain(|link| {
            let is_known = tasks.contains(&link.predecessor) || link.elsewhere.is_some();
            if !is_known {
                let message = format!("{name} waits for task {}, which is not in this plan", link.predecessor.0);
                found.push(
                    Diagnostic::new(&DANGLING_FOREIGN_REFERENCE, link.span, message)
                        .hint("name what it waits for with `after:` in `plan.yaml`, or in `dependencies.yaml` where it is the work of others"),
                );
            }
            is_known
        });
        if let Some(calendar) = task.calendar.filter(|calendar| !calendars.contains(calendar)) {
            let message = format!("{name} has calendar {}, which is not in this plan", calendar.0);
            found.push(Diagnostic::new(&DANGLING_FOREIGN_REFERENCE, task.span, message).hint(
                "add the calendar to `calendar.yaml` and name it at the task, or let it follow the project's",
            ));
            task.calendar = None;
        }
    }
    plan.assignments.retain(|assignment| {
        // Work that nobody is assigned to is stored as the work of a resource below zero.
        let is_nobody = assignment.resource.0 < 0;
        let has_task = tasks.contains(&assignment.task) || Some(assignment.task) == whole;
        let has_resource = resources.contains(&assignment.resource);
        if !(is_nobody || has_task && has_resource) {
            let (what, uid) =
                if has_task { ("resource", assignment.resource) } else { ("task", assignment.task) };
            let message = format!("an assignment names {what} {}, which is not in this plan", uid.0);
            found.push(
                Diagnostic::new(&DANGLING_FOREIGN_REFERENCE, assignment.span, message)
                    .hint("write who works on the task with `assign:` in `plan.yaml`"),
            );
        }
        !is_nobody && has_task && has_resource
    });
}

/// A task as messages name it: row and name.
fn shown(task: &Task) -> String {
    if task.name.is_empty() {
        format!("task {}", task.row)
    } else {
        format!("task {} `{}`", task.row, task.name)
    }
}
