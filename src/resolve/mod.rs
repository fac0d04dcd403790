//! Records to model: names, units and cross references; every problem is collected.
//!
//! Comes in: what the files say. Goes out: a portfolio in which every name means something. This is the only door into
//! the model. Not here: faults of single values (`record`), what follows from the plan (`plan`, `control`, `check`).

mod allowance;
mod books;
#[cfg(test)]
mod books_test;
mod business_case;
mod calendar;
mod calendar_days;
mod calendar_week;
mod closing;
mod criteria;
mod delivery;
mod entry;
mod exception;
mod external;
mod flow;
mod frozen;
mod frozen_gate;
mod gate;
mod ledger;
pub mod names;
mod own_check;
mod progress;
mod project;
mod readiness;
mod register;
mod requirement;
mod rule;
mod scheduling;
mod stakeholder;
mod task;
mod task_kind;
mod task_rule;
mod team;
mod threshold;

#[cfg(test)]
mod sample_test;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Diagnostics, Span, Spanned};
use crate::model::{Calendar, FileFault, Portfolio, Project, TaskIndex, Text};
use crate::quantity::{Audience, Id};
use crate::record::decode::Keyed;
use crate::record::own_check::CheckRecord;
use crate::record::plan::{PlanRecord, TaskRecord};
use crate::record::{FolderRecord, ProjectFolder};
use crate::resolve::calendar_days::Draft;
use crate::resolve::names::{Names, Register};
use crate::resolve::rule::DUPLICATE_CODE;
use crate::resolve::task::{Surroundings, number_lines, report_cycles, resolve_tasks};
use crate::resolve::task_rule::EMPTY_PLAN;

pub use business_case::LONGEST_HORIZON;
pub use external::check_external_links;
pub use rule::{RULES, UNKNOWN_REFERENCE};

/// The title of a portfolio that gives none; a folder that itself is a project has that project's name.
const USUAL_TITLE: &str = "IT projects";

/// Resolves a portfolio. A project whose mandate or plan cannot be used is listed by its folder name; the others go on.
pub fn resolve(records: &FolderRecord, found: &mut Diagnostics) -> Portfolio {
    team::hint_at_ids(records, found);
    let shared = resolve_shared(records, found);
    let mut projects = Vec::new();
    let (mut unreadable, mut partly_read) = (Vec::new(), Vec::new());
    for folder in &records.projects {
        let mut local = Diagnostics::default();
        match resolve_project(records, &shared, folder, &mut local) {
            Some(project) => projects.push(project),
            None => unreadable.push(folder.folder.clone()),
        }
        if folder.plan.as_ref().is_some_and(|plan| !is_whole(folder, plan)) {
            partly_read.push(folder.folder.clone());
        }
        for diagnostic in &mut local {
            diagnostic.project = Some(folder.folder.clone());
        }
        found.extend(local);
    }
    report_second_codes(&projects, found);
    let portfolio = records.portfolio.as_ref();
    let title = portfolio.and_then(|portfolio| portfolio.title.as_ref()).map(|title| title.value.clone());
    let title = title.unwrap_or_else(|| match (projects.as_slice(), records.projects.as_slice()) {
        ([only], [folder]) if folder.files.iter().any(|file| file == "project.yaml") => only.name.clone(),
        _ => USUAL_TITLE.to_owned(),
    });
    let description = portfolio.and_then(|portfolio| portfolio.description.as_ref()).map(entry::text);
    let theme = portfolio.and_then(|portfolio| portfolio.theme.as_ref()).map(|theme| theme.value.as_str());
    let site_address = portfolio.and_then(|portfolio| portfolio.site.as_ref()?.address.as_ref());
    let site_address = site_address.map(|address| address.value.0.clone());
    let audience = portfolio.and_then(|portfolio| portfolio.audience).map(|audience| audience.value);
    Portfolio { title, description, theme, site_address, audience, projects, unreadable, partly_read }
}

/// Reports each project that has the code of one before it.
fn report_second_codes(projects: &[Project], found: &mut Diagnostics) {
    let mut known: BTreeMap<String, (&Project, Span)> = BTreeMap::new();
    for project in projects {
        let (Some(code), Some(place)) = (&project.code, project.field_origins.get("code")) else { continue };
        let Some((first, origin)) = known.get(&code.to_lowercase()) else {
            known.insert(code.to_lowercase(), (project, *place));
            continue;
        };
        let message = format!("`{code}` is the code of the project `{}`, too", first.folder);
        let mut diagnostic = Diagnostic::new(&DUPLICATE_CODE, *place, message)
            .also(*origin, "the other project")
            .hint("give each project a code of its own");
        diagnostic.project = Some(project.folder.clone());
        found.push(diagnostic);
    }
}

/// Resolves what all projects share, so that its faults are reported once.
fn resolve_shared(records: &FolderRecord, found: &mut Diagnostics) -> Vec<Draft> {
    let mut known: Register<usize> = Register::new("calendar");
    let mut distinct = Vec::new();
    for record in records.calendars.iter().flatten() {
        known.define(&record.0, distinct.len(), found);
        if known.get(&record.0.value) == Some(distinct.len()) {
            distinct.push(record);
        }
    }
    let calendars = calendar::resolve_calendars(&distinct, &[], found);
    threshold::check_shared(
        records.portfolio.as_ref().and_then(|portfolio| portfolio.thresholds.as_ref()),
        found,
    );
    criteria::check_shared(shared_criteria(records), found);
    own_check::check_shared(shared_checks(records), found);
    let people = records.people.iter().flat_map(|people| &people.people);
    for calendar in people.filter_map(|(_, person)| person.calendar.as_ref()) {
        known.find(calendar, found);
    }
    calendars
}

/// Whether all of a plan could be read: what could not has been reported where it stands.
fn is_whole(folder: &ProjectFolder, plan: &PlanRecord) -> bool {
    let stages = [&plan.initiation, &plan.planning, &plan.execution, &plan.control, &plan.closing];
    plan.unreadable.is_empty()
        && stages.into_iter().all(are_whole)
        && !folder.partly_read.iter().any(|file| file == "plan.yaml")
}

fn are_whole(tasks: &Keyed<TaskRecord>) -> bool {
    tasks.unreadable().is_empty()
        && !tasks.has_bad_key()
        && tasks.into_iter().all(|(_, record)| are_whole(&record.tasks))
}

fn resolve_project(
    records: &FolderRecord,
    shared: &[Draft],
    folder: &ProjectFolder,
    found: &mut Diagnostics,
) -> Option<Project> {
    let (record, plan) = (folder.project.as_ref()?, folder.plan.as_ref()?);
    let mut names = Names::new(record.currency);
    names.start = Some(record.start.map(|start| start.day));
    project::take_rates(record, &mut names, found);
    forgive_unread((records, folder), &mut names);
    let calendars = project_calendars(folder, shared, &mut names, found);
    let own = record.calendar.as_ref().and_then(|id| names.calendars.find(id, found));
    let calendar = own.or_else(|| standard(&calendars)).unwrap_or(0);
    names.work_time = calendars[calendar].work_time;
    let team = team::resolve_team(folder.resources.as_ref(), records.people.as_ref(), &mut names, found);
    books::define_entries(folder, &mut names, found);
    let lines = number_lines((plan, &folder.faults_of_text), &mut names, found);
    let tasks = resolve_tasks(&lines, &Surroundings { names: &names, calendar }, found);
    names.task_work_times = tasks.iter().map(|task| calendars[task.calendar].work_time).collect();
    let has_cycles = report_cycles(&tasks, found);
    report_empty_plan((folder, plan), tasks.is_empty(), &mut names, found);
    let scheduling = scheduling::resolve_scheduling(record.schedule.as_ref(), record.start, &names, found);
    let planned = (tasks.as_slice(), scheduling.conventions);
    let progress =
        progress::resolve_progress((&folder.progress, &folder.lost_progress), planned, &names, found);
    let mandate = project::resolve_mandate(record, &names, found);
    let (of_all, own) = (shared_limits(records), record.thresholds.as_ref());
    let thresholds = threshold::resolve_thresholds(of_all, own, names.work_time, found);
    let books = books::resolve_books(folder, &tasks, &names, found);
    let criteria = criteria::resolve_criteria(shared_criteria(records), &folder.gates, &names, found);
    let own_checks = own_check::resolve_own_checks(shared_checks(records), &record.checks, &names, found);
    if has_cycles || tasks.is_empty() {
        return None;
    }
    Some(Project {
        folder: folder.folder.clone(),
        name: record.project.value.clone(),
        code: record.code.as_ref().map(|code| code.value.clone()),
        kind: mandate.kind,
        goal: record.goal.as_ref().map(entry::text),
        start: record.start.value,
        scheduling,
        currency: record.currency.value,
        rates: std::mem::take(&mut names.rates),
        conversions: names.conversions.take(),
        reporting: mandate.reporting,
        first_report: mandate.first_report,
        sponsor: mandate.sponsor,
        project_manager: mandate.project_manager,
        operations_owner: mandate.operations_owner,
        steering: mandate.steering,
        tolerance: mandate.tolerance,
        allowances: std::collections::BTreeMap::new(),
        thresholds,
        success_criteria: mandate.success_criteria,
        scope_in: scope(record.scope.as_ref().map(|scope| scope.r#in.as_slice())),
        scope_out: scope(record.scope.as_ref().map(|scope| scope.out.as_slice())),
        assumptions: mandate.assumptions,
        constraints: record.constraints.iter().map(entry::text).collect(),
        audience: Audience::Restricted,
        classification: record.classification.as_ref().map(|label| label.value.clone()),
        waivers: mandate.waivers,
        feasibility: mandate.feasibility,
        plans: mandate.plans,
        calendars,
        calendar,
        team,
        tasks,
        external: Arc::default(),
        index: TaskIndex::default(),
        progress,
        timesheets: books.timesheets,
        costs: books.costs,
        budget: books.budget,
        business_case: books.business_case,
        registers: books.registers,
        stakeholders: books.stakeholders,
        deliverables: books.deliverables,
        requirements: books.requirements,
        quality: books.quality,
        defects: books.defects,
        flow: books.flow,
        benefits: books.benefits,
        handover: books.handover,
        stages: books.stages,
        gates: books.gates,
        criteria,
        own_checks,
        updates: books.updates,
        lost_updates: folder.lost_updates.clone(),
        exceptions: books.exceptions,
        baselines: books.baselines,
        snapshots: books.snapshots,
        hours_worked_by: None,
        frozen_gates: Arc::new(books.frozen_gates),
        files: folder.files.clone(),
        errors: Vec::new(),
        faults: folder.missed.iter().map(|file| missed(file)).collect(),
        repeated: Vec::new(),
        has_unread_rates: record.unreadable.contains(&"rates"),
        has_unread_progress: folder.partly_read.iter().any(|file| file == "progress.csv"),
        origin: Span { start: 0, end: 0, ..record.project.span },
        field_origins: mandate.field_origins,
        places: Arc::new(folder.places.clone()),
    })
}

/// Reports a plan without a task; what cannot be read has been reported where it stands. Whoever names a task of it is not at fault.
fn report_empty_plan(
    (folder, plan): (&ProjectFolder, &PlanRecord),
    is_empty: bool,
    names: &mut Names,
    found: &mut Diagnostics,
) {
    if !is_empty {
        return;
    }
    names.tasks.forgive_unknown();
    if is_whole(folder, plan) {
        found.push(
            Diagnostic::new(&EMPTY_PLAN, plan.span, format!("the plan of `{}` has no tasks", folder.folder))
                .hint("add a task under `initiation:`, such as `business-case: {duration: 8d}`"),
        );
    }
}

/// The limits of colours that the portfolio sets for every project.
fn shared_limits(records: &FolderRecord) -> Option<&crate::record::threshold::ThresholdsRecord> {
    records.portfolio.as_ref()?.thresholds.as_ref()
}

/// What the portfolio asks of every project at its gates.
fn shared_criteria(records: &FolderRecord) -> Option<&crate::record::portfolio::GateCriteriaRecord> {
    records.portfolio.as_ref()?.criteria.as_ref()
}

/// What the figures of every project are to keep.
fn shared_checks(records: &FolderRecord) -> &[(Spanned<String>, CheckRecord)] {
    records.portfolio.as_ref().map_or(&[], |portfolio| &portfolio.checks)
}

/// A file that lies there under a name that nothing reads: all that it says could not be read.
fn missed(file: &str) -> FileFault {
    FileFault { code: "E123", file: file.to_owned(), lines: Vec::new() }
}

/// Not all that a file defines is known when a part of it could not be read; whoever refers to it may not be at fault.
fn forgive_unread((records, folder): (&FolderRecord, &ProjectFolder), names: &mut Names) {
    if records.is_people_partly_read
        || folder.resources.as_ref().is_some_and(|own| !own.unreadable.is_empty())
    {
        names.people.forgive_unknown();
        names.roles.forgive_unknown();
    }
    for file in &folder.partly_read {
        match file.as_str() {
            "plan.yaml" => names.tasks.forgive_unknown(),
            "calendar.yaml" => names.calendars.forgive_unknown(),
            "resources.yaml" => {
                names.people.forgive_unknown();
                names.roles.forgive_unknown();
            }
            "deliverables.yaml" => names.deliverables.forgive_unknown(),
            "risks.yaml" | "issues.yaml" | "decisions.yaml" | "changes.yaml" | "actions.yaml"
            | "dependencies.yaml" | "lessons.yaml" | "stakeholders.yaml" => names.entries.forgive_unknown(),
            _ => {}
        }
    }
}

/// The project's own calendars, then the shared ones, then the built-in one unless another has its name.
fn project_calendars(
    folder: &ProjectFolder,
    shared: &[Draft],
    names: &mut Names,
    found: &mut Diagnostics,
) -> Vec<Calendar> {
    let own: Vec<_> = folder.calendars.iter().collect();
    let drafts = calendar::resolve_calendars(&own, shared, found);
    let mut calendars: Vec<Calendar> = drafts.into_iter().map(Draft::finished).collect();
    if standard(&calendars).is_none() {
        let id: Id = calendar::STANDARD.parse().expect("the built-in calendar has a well-formed id");
        calendars.push(Calendar::standard(id));
    }
    for id in folder.calendars.unreadable() {
        names.calendars.note_unreadable(id);
    }
    for (index, calendar) in calendars.iter().enumerate() {
        let id = Spanned::new(calendar.id.clone(), calendar.origin);
        names.calendars.define(&id, index, found);
    }
    calendars
}

fn standard(calendars: &[Calendar]) -> Option<usize> {
    calendars.iter().position(|calendar| calendar.id.as_str() == calendar::STANDARD)
}

fn scope(sentences: Option<&[Spanned<String>]>) -> Vec<Text> {
    sentences.unwrap_or_default().iter().map(entry::text).collect()
}
