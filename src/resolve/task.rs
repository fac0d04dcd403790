//! The lines of the plan: their numbers, logic, people, money and how they earn value.
//!
//! Comes in: the plan's record and the names of everything around it. Goes out: tasks in the order of the file,
//! summaries before their children. The names of the tasks are entered first, so that a line may refer to a later one.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Diagnostics, Span, Spanned};
use crate::model::{
    Assignee, Assignment, Constraint, ConstraintKind, Cycle, Earning, EarningStep, ExternalLink, Link,
    LinkKind, Task, TaskCost, TaskKind, TaskNo, Work, find_cycles,
};
use crate::quantity::{Duration, Estimate, Id, Lag, Percent, Stage, WorkTime, in_percent};
use crate::record::BAD_SCALAR;
use crate::record::assignment::AssignmentRecord;
use crate::record::decode::Keyed;
use crate::record::earning::EarningMethod;
use crate::record::link::LinkLetters;
use crate::record::plan::{PlanRecord, TaskRecord};
use crate::resolve::entry::{DATES_OUT_OF_ORDER, some_text};
use crate::resolve::ledger::unsigned;
use crate::resolve::names::Names;
use crate::resolve::task_kind::{is_empty_summary, kind_of, tell_months, unknown_length};
use crate::resolve::task_rule::{
    APPORTIONED_TO_UNMEASURED, ASSIGNED_TWICE, CONSTRAINT_WITHOUT_REASON, DEPENDENCY_CYCLE,
    LAG_WITHOUT_REASON, WEIGHTS_NOT_WHOLE,
};

/// A line of the plan with its place in it.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    /// Its id.
    pub(super) id: &'a Spanned<Id>,
    /// What was written.
    pub(super) record: &'a TaskRecord,
    /// The stage it stands under.
    pub(super) stage: Stage,
    parent: Option<TaskNo>,
    depth: u32,
    /// Whether the text of the line has a fault, so that what it lacks may stand there all the same.
    pub(super) is_faulty: bool,
}

/// Marks the lines in whose text a fault lies: behind the id of the line and before that of the next, be that one readable or not.
fn mark_faulty(lines: &mut [Line<'_>], plan: &PlanRecord, faults: &[Span]) {
    let mut unreadable = Vec::new();
    for (_, tasks) in stages_of(plan) {
        gather_unreadable(tasks, &mut unreadable);
    }
    for fault in faults {
        let is_before = |id: &Span| id.file == fault.file && id.start <= fault.start;
        let nearest_unreadable = unreadable.iter().filter(|id| is_before(id)).map(|id| id.start).max();
        let before = lines.iter_mut().filter(|line| is_before(&line.id.span));
        if let Some(line) = before.max_by_key(|line| line.id.span.start)
            && nearest_unreadable.is_none_or(|start| start < line.id.span.start)
        {
            line.is_faulty = true;
        }
    }
}

/// The ids of lines that could not be read.
fn gather_unreadable(tasks: &Keyed<TaskRecord>, unreadable: &mut Vec<Span>) {
    unreadable.extend(tasks.unreadable().iter().map(|id| id.span));
    for (_, record) in tasks {
        gather_unreadable(&record.tasks, unreadable);
    }
}

fn stages_of(plan: &PlanRecord) -> [(Stage, &Keyed<TaskRecord>); 5] {
    [
        (Stage::Initiation, &plan.initiation),
        (Stage::Planning, &plan.planning),
        (Stage::Execution, &plan.execution),
        (Stage::Control, &plan.control),
        (Stage::Closing, &plan.closing),
    ]
}

/// Lists the lines of a plan in order and enters their ids; a repeated id is reported and its line left out. Those in whose text a fault
/// lies are marked.
pub(super) fn number_lines<'a>(
    (plan, faults): (&'a PlanRecord, &[Span]),
    names: &mut Names,
    found: &mut Diagnostics,
) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    for (stage, tasks) in stages_of(plan) {
        number_tasks(tasks, (stage, None, 0), &mut lines, (&mut *names, &mut *found));
    }
    mark_faulty(&mut lines, plan, faults);
    lines
}

fn number_tasks<'a>(
    tasks: &'a Keyed<TaskRecord>,
    (stage, parent, depth): (Stage, Option<TaskNo>, u32),
    lines: &mut Vec<Line<'a>>,
    (names, found): (&mut Names, &mut Diagnostics),
) {
    for id in tasks.unreadable() {
        names.tasks.note_unreadable(id);
    }
    for (id, record) in tasks {
        let number = TaskNo(u32::try_from(lines.len()).unwrap_or(u32::MAX));
        let is_new = names.tasks.get(&id.value).is_none();
        names.tasks.define(id, number, found);
        let parent_of_children = if is_new {
            lines.push(Line { id, record, stage, parent, depth, is_faulty: false });
            Some(number)
        } else {
            // Its children are kept, so that whoever waits for them is not reported as well.
            parent
        };
        number_tasks(
            &record.tasks,
            (stage, parent_of_children, depth + 1),
            lines,
            (&mut *names, &mut *found),
        );
    }
}

/// What tasks need besides the names.
pub(super) struct Surroundings<'a> {
    /// Everything that can be named.
    pub(super) names: &'a Names,
    /// The project's calendar, by its place in the list.
    pub(super) calendar: usize,
}

/// Resolves the lines of a plan.
pub(super) fn resolve_tasks(
    lines: &[Line<'_>],
    surroundings: &Surroundings<'_>,
    found: &mut Diagnostics,
) -> Vec<Task> {
    let tasks: Vec<Task> = lines.iter().map(|line| task_of(line, surroundings, found)).collect();
    check_apportioned(&tasks, lines, found);
    check_shares(&tasks, lines, found);
    tasks
}

fn task_of(line: &Line<'_>, surroundings: &Surroundings<'_>, found: &mut Diagnostics) -> Task {
    let names = surroundings.names;
    let record = line.record;
    let mut kind = kind_of(line, names, found);
    let title = record.gate.as_ref().or(record.milestone.as_ref()).or(record.name.as_ref());
    let calendar = record.calendar.as_ref().and_then(|calendar| names.calendars.find(calendar, found));
    let earning = earning_of(line, &kind, names, found);
    let (links, external_links) = links_of(record, names, found);
    let assignments = assignments_of(record, names, found);
    if let (TaskKind::Work(Work::Effort(effort)), Some(written)) = (&kind, &record.effort)
        && is_endless(*effort, &assignments)
    {
        let message = format!("`{}` would take these people more than twenty years", line.id.value);
        found.push(
            Diagnostic::new(&BAD_SCALAR, written.span, message)
                .hint("check the effort and the shares in `assign:`"),
        );
        kind = TaskKind::Work(Work::Duration(*effort));
    }
    let costs = costs_of(record, names, found);
    let is_unread = |keys: &[&str]| record.unreadable.iter().any(|key| keys.contains(key));
    let has_unread_links =
        line.is_faulty || links.len() + external_links.len() < record.after.len() || is_unread(&["after"]);
    // Of a span with an unknown end, nobody knows what it hangs on.
    let has_unread_links =
        has_unread_links || (record.lasts.is_some() && !matches!(kind, TaskKind::Hammock { .. }));
    // A summary that holds nothing has neither links nor people to be missed.
    let is_hollow = is_empty_summary(record);
    let has_unread_links = has_unread_links || is_hollow;
    let is_effort_of_nobody = record.effort.is_some() && record.assign.is_empty();
    let has_unread_means = line.is_faulty
        || is_length_guessed(&kind, record)
        || is_effort_of_nobody
        || is_hollow
        || assignments.len() < record.assign.len()
        || costs.len() < record.cost.len()
        || is_unread(&["assign", "cost"]);
    Task {
        id: line.id.value.clone(),
        name: title.map_or_else(|| line.id.value.to_string(), |title| title.value.clone()),
        stage: line.stage,
        parent: line.parent,
        depth: line.depth,
        kind,
        calendar: calendar.unwrap_or(surroundings.calendar),
        has_own_calendar: calendar.is_some(),
        links,
        external_links,
        assignments,
        team: record.team.as_ref().map(|team| team.value.clone()),
        costs,
        has_unread_links,
        has_unread_means,
        earning,
        constraints: constraints_of(line, found),
        deadline: record.deadline.map(|deadline| (deadline.value, deadline.span)),
        produces: produces_of(record, names, found),
        owner: names.maybe_person(record.owner.as_ref(), found),
        supports: names.people_of(&record.supports, found),
        consulted: names.people_of(&record.consulted, found),
        informed: names.people_of(&record.informed, found),
        because: some_text(record.because.as_ref()),
        notes: some_text(record.notes.as_ref()),
        basis: some_text(record.basis.as_ref()),
        priority: priority_of(record, found),
        may_split: record.split.is_some_and(|split| split.value),
        ignores_people: record.ignore_people_calendars.is_some_and(|ignores| ignores.value),
        is_manual: is_manual(line, found),
        optional: record.optional.is_some_and(|optional| optional.value),
        planning_package: is_planning_package(record, found),
        origin: line.id.span,
        estimate_origin: record.duration.as_ref().or(record.effort.as_ref()).map(|estimate| estimate.span),
    }
}

/// The links inside the plan, and those to tasks of other projects; whether those exist is seen with all projects together.
fn links_of(record: &TaskRecord, names: &Names, found: &mut Diagnostics) -> (Vec<Link>, Vec<ExternalLink>) {
    let (mut links, mut external) = (Vec::new(), Vec::new());
    for link in &record.after {
        if let Some(Spanned { value: Lag::Time(time), span }) = link.lag {
            tell_months(&Spanned::new(time, span), found);
        }
        if let Some(lag) = &link.lag
            && !lag.is_zero()
            && record.because.is_none()
            && !record.unreadable.contains(&"because")
        {
            let noun = if lag.is_negative() { "lead" } else { "lag" };
            let message =
                format!("a {noun} of {} without a reason", lag.value.to_string().trim_start_matches('-'));
            found.push(
                Diagnostic::new(&LAG_WITHOUT_REASON, lag.span, message)
                    .hint("add `because:` to the task, or make what happens in that time a task"),
            );
        }
        let kind = kind_of_link(link.letters);
        let lag = link.lag.map_or(Lag::ZERO, |lag| lag.value);
        if let Some(project) = &link.project {
            let (project, task) = (project.value.clone(), link.predecessor.value.clone());
            external.push(ExternalLink { project, task, kind, lag, origin: link.span });
        } else if let Some(predecessor) = names.task(&link.predecessor, found) {
            links.push(Link { predecessor, kind, lag, origin: link.span });
        }
    }
    (links, external)
}

/// Whether the length of work is none that was typed: what was, if anything, has been reported.
fn is_length_guessed(kind: &TaskKind, record: &TaskRecord) -> bool {
    let unknown = unknown_length();
    let is_unknown = matches!(kind, TaskKind::Work(Work::Duration(length)) if *length == unknown);
    is_unknown
        && record.effort.is_none()
        && record.duration.as_ref().is_none_or(|typed| typed.value != unknown)
}

fn kind_of_link(letters: LinkLetters) -> LinkKind {
    match letters {
        LinkLetters::FS => LinkKind::FinishStart,
        LinkLetters::SS => LinkKind::StartStart,
        LinkLetters::FF => LinkKind::FinishFinish,
        LinkLetters::SF => LinkKind::StartFinish,
    }
}

fn assignments_of(record: &TaskRecord, names: &Names, found: &mut Diagnostics) -> Vec<Assignment> {
    let mut assignments = Vec::new();
    let mut seen: BTreeMap<&Id, Span> = BTreeMap::new();
    for assigned in &record.assign {
        if let Some(first) = seen.get(&assigned.who.value) {
            let message = format!("`{}` is assigned twice", assigned.who.value);
            found.push(
                Diagnostic::new(&ASSIGNED_TWICE, assigned.who.span, message)
                    .also(*first, "first here")
                    .hint("write one assignment with the whole share"),
            );
            continue;
        }
        seen.insert(&assigned.who.value, assigned.who.span);
        if let Some(assignee) = assignee_of(assigned, names, found) {
            let share = assigned.share.map_or(Percent::WHOLE, |share| share.value);
            assignments.push(Assignment { assignee, share, origin: assigned.span });
        }
    }
    assignments
}

fn assignee_of(assigned: &AssignmentRecord, names: &Names, found: &mut Diagnostics) -> Option<Assignee> {
    let Some(heads) = assigned.heads else {
        // A role without a number is a natural slip, and worth a better answer than "unknown person".
        if names.people.get(&assigned.who.value).is_none() && names.roles.get(&assigned.who.value).is_some() {
            let role = &assigned.who.value;
            found.push(
                Diagnostic::new(&BAD_SCALAR, assigned.who.span, format!("`{role}` is a role, not a person"))
                    .hint(format!("say how many people of the role: `1 {role}`")),
            );
            return None;
        }
        return names.person(&assigned.who, found).map(Assignee::Person);
    };
    let role = names.roles.find(&assigned.who, found)?;
    Some(Assignee::Role { role, heads: heads.value })
}

fn costs_of(record: &TaskRecord, names: &Names, found: &mut Diagnostics) -> Vec<TaskCost> {
    let mut costs = Vec::new();
    for cost in &record.cost {
        let refused = ("a planned cost", "take a rebate off the cost that it lowers");
        let Some(amount) = unsigned(&cost.money, refused, names, found) else { continue };
        let category = cost.category.as_ref().map_or("other", |category| category.as_str()).to_owned();
        costs.push(TaskCost { amount, category, origin: cost.span });
    }
    costs
}

fn constraints_of(line: &Line<'_>, found: &mut Diagnostics) -> Vec<Constraint> {
    let record = line.record;
    let dates = [
        (ConstraintKind::StartsNotBefore, record.starts_not_before),
        (ConstraintKind::FinishesNotBefore, record.finishes_not_before),
        (ConstraintKind::StartsNotAfter, record.starts_not_after),
        (ConstraintKind::FinishesNotAfter, record.finishes_not_after),
        (ConstraintKind::MustStart, record.must_start),
        (ConstraintKind::MustFinish, record.must_finish),
    ];
    let mut constraints: Vec<Constraint> = dates
        .into_iter()
        .filter_map(|(kind, at)| at.map(|at| Constraint { kind, at: Some(at.value), origin: at.span }))
        .collect();
    drop_contradicting(&mut constraints, found);
    if let Some(wanted) = record.as_late_as_possible.filter(|wanted| wanted.value) {
        constraints.push(Constraint {
            kind: ConstraintKind::AsLateAsPossible,
            at: None,
            origin: wanted.span,
        });
    }
    if record.because.is_none() && !record.unreadable.contains(&"because") {
        for constraint in &constraints {
            let message = format!("`{}` on `{}` without a reason", constraint.kind.key(), line.id.value);
            found.push(
                Diagnostic::new(&CONSTRAINT_WITHOUT_REASON, constraint.origin, message)
                    .hint("add `because:`, or say what the task waits for with `after:`"),
            );
        }
    }
    constraints
}

/// Pairs of dates of which the second must not lie before the first.
const IN_ORDER: [(ConstraintKind, ConstraintKind); 6] = [
    (ConstraintKind::StartsNotBefore, ConstraintKind::StartsNotAfter),
    (ConstraintKind::StartsNotBefore, ConstraintKind::MustStart),
    (ConstraintKind::MustStart, ConstraintKind::StartsNotAfter),
    (ConstraintKind::FinishesNotBefore, ConstraintKind::FinishesNotAfter),
    (ConstraintKind::FinishesNotBefore, ConstraintKind::MustFinish),
    (ConstraintKind::MustFinish, ConstraintKind::FinishesNotAfter),
];

/// Reports dates of one task that contradict each other whatever the work; of two the first holds.
fn drop_contradicting(constraints: &mut Vec<Constraint>, found: &mut Diagnostics) {
    for (first, second) in IN_ORDER {
        let of = |kind| constraints.iter().find(|constraint| constraint.kind == kind).cloned();
        let (Some(early), Some(late)) = (of(first), of(second)) else { continue };
        let (Some(from), Some(until)) = (early.at, late.at) else { continue };
        if !until.is_before(from) {
            continue;
        }
        let message = format!("`{}` ({until}) lies before `{}` ({from})", second.key(), first.key());
        found.push(
            Diagnostic::new(&DATES_OUT_OF_ORDER, late.origin, message)
                .also(early.origin, format!("`{}` is here", first.key()))
                .hint("correct one of the two dates, or remove it"),
        );
        constraints.retain(|constraint| constraint.kind != second);
    }
}

fn produces_of(record: &TaskRecord, names: &Names, found: &mut Diagnostics) -> Vec<(Id, Span)> {
    let mut produces = Vec::new();
    for deliverable in &record.produces {
        if names.deliverables.find(deliverable, found).is_some() {
            produces.push((deliverable.value.clone(), deliverable.span));
        }
    }
    produces
}

fn is_planning_package(record: &TaskRecord, found: &mut Diagnostics) -> bool {
    let Some(package) = &record.package else { return false };
    if package.as_str() == "planning" {
        return true;
    }
    found.push(
        Diagnostic::new(&BAD_SCALAR, package.span, format!("`{}` is not a kind of package", package.value))
            .hint("write `package: planning` for work to be planned in detail later, or leave it out"),
    );
    false
}

fn priority_of(record: &TaskRecord, found: &mut Diagnostics) -> u32 {
    let Some(written) = record.priority else { return Task::USUAL_PRIORITY };
    match u32::try_from(written.value.0) {
        Ok(priority) if priority <= Task::HIGHEST_PRIORITY => priority,
        _ => {
            let message = format!("`{}` is not a priority", written.value.0);
            found.push(
                Diagnostic::new(&BAD_SCALAR, written.span, message)
                    .hint("write a number from `0` to `1000`; 500 is usual, 1000 is never delayed"),
            );
            Task::USUAL_PRIORITY
        }
    }
}

/// A task set by hand needs a date that holds it.
fn is_manual(line: &Line<'_>, found: &mut Diagnostics) -> bool {
    let record = line.record;
    let Some(manual) = record.manual.filter(|manual| manual.value) else { return false };
    if record.must_start.is_some() || record.must_finish.is_some() {
        return true;
    }
    let is_unread = record.unreadable.iter().any(|key| ["must_start", "must_finish"].contains(key));
    // That a summary or a hammock cannot be set by hand has been reported.
    let is_point_or_work = record.lasts.is_none() && record.tasks.is_empty();
    if is_point_or_work && !is_unread {
        let message = format!("`{}` is set by hand, but no date holds it", line.id.value);
        found.push(
            Diagnostic::new(&BAD_SCALAR, manual.span, message)
                .hint("add `must_start:` or `must_finish:` with its date, or remove `manual:`"),
        );
    }
    false
}

fn earning_of(line: &Line<'_>, kind: &TaskKind, names: &Names, found: &mut Diagnostics) -> Earning {
    let usual = match kind {
        TaskKind::Hammock { .. } => Earning::LevelOfEffort,
        TaskKind::Milestone | TaskKind::Gate(_) => Earning::AtFinish,
        TaskKind::Work(_) | TaskKind::Summary => Earning::Percent,
    };
    let Some(written) = &line.record.earned_value else { return usual };
    match &written.method {
        EarningMethod::StartAndFinish(start) if *start == Percent::ZERO => Earning::AtFinish,
        EarningMethod::StartAndFinish(start) => Earning::AtStartAndFinish(*start),
        EarningMethod::Steps(steps) => {
            let sum: i64 = steps.iter().map(|(_, step)| step.weight.value.hundredths()).sum();
            // Steps may stand behind a fault of the text, which has been told.
            if sum != Percent::WHOLE.hundredths() && line.is_faulty {
                return usual;
            }
            if sum != Percent::WHOLE.hundredths() {
                let message = format!("the weights of the steps add up to {}, not 100%", in_percent(sum));
                let place = steps.first().map_or(written.span, |(name, _)| name.span);
                found.push(
                    Diagnostic::new(&WEIGHTS_NOT_WHOLE, place, message)
                        .hint("change the weights so that all steps together are 100%"),
                );
                return usual;
            }
            let steps = steps.iter().map(|(name, step)| EarningStep {
                planned: step.planned.map(|day| day.value),
                done_when: step.done_when.as_ref().map(|words| words.value.clone()),
                origin: name.span,
                ..EarningStep::new(name.value.clone(), step.weight.value)
            });
            Earning::Steps(steps.collect())
        }
        EarningMethod::Units { total, unit } => Earning::Units { total: total.value, unit: unit.clone() },
        EarningMethod::Percent => Earning::Percent,
        EarningMethod::Apportioned(base) => names.task(base, found).map_or(usual, Earning::Apportioned),
        EarningMethod::LevelOfEffort => Earning::LevelOfEffort,
    }
}

/// A lag in percent is a share of the length of the task waited for, so that task must have one of its own.
fn check_shares(tasks: &[Task], lines: &[Line<'_>], found: &mut Diagnostics) {
    let written = lines.iter().flat_map(|line| &line.record.after);
    let lags: BTreeMap<Span, Spanned<Lag>> =
        written.filter_map(|link| link.lag.map(|lag| (link.span, lag))).collect();
    for link in tasks.iter().flat_map(|task| &task.links) {
        let predecessor = &tasks[link.predecessor.0 as usize];
        if predecessor.is_work() || !matches!(link.lag, Lag::Share { .. }) {
            continue;
        }
        let why = if predecessor.is_point() { "takes no time" } else { "has no length of its own" };
        let message = format!("`{}` {why}, so there is no share of it", predecessor.id);
        found.push(
            Diagnostic::new(&BAD_SCALAR, lags.get(&link.origin).map(|lag| lag.span), message)
                .also(predecessor.origin, format!("`{}` is defined here", predecessor.id))
                .hint("write the lag as a time such as `+2d`"),
        );
    }
}

/// Apportioned work must follow work that is measured: a chain of followers has nothing to follow.
fn check_apportioned(tasks: &[Task], lines: &[Line<'_>], found: &mut Diagnostics) {
    for (task, line) in tasks.iter().zip(lines) {
        let Earning::Apportioned(base) = task.earning else { continue };
        let base = &tasks[base.0 as usize];
        let is_measured =
            base.is_work() && !matches!(base.earning, Earning::Apportioned(_) | Earning::LevelOfEffort);
        if !is_measured && let Some(written) = &line.record.earned_value {
            let message = format!("`{}` follows `{}`, which is not measured itself", task.id, base.id);
            found.push(
                Diagnostic::new(&APPORTIONED_TO_UNMEASURED, written.span, message)
                    .also(base.origin, format!("`{}` is defined here", base.id))
                    .hint("name a task whose progress is measured by units, steps or percent"),
            );
        }
    }
}

/// Says whether an effort, divided by the shares of those who give it, is longer than any duration may be.
fn is_endless(effort: Estimate, assignments: &[Assignment]) -> bool {
    let share = |assignment: &Assignment| {
        let heads = match assignment.assignee {
            Assignee::Person(_) => 1,
            Assignee::Role { heads, .. } => i128::from(heads),
        };
        heads * i128::from(assignment.share.hundredths())
    };
    let given: i128 = assignments.iter().map(share).sum();
    let minutes = i128::from(effort.pessimistic().minutes(WorkTime::default()));
    given > 0 && minutes * i128::from(Percent::WHOLE.hundredths()) > given * i128::from(Duration::LONGEST)
}

/// Reports every loop in the logic; says whether there is one.
pub(super) fn report_cycles(tasks: &[Task], found: &mut Diagnostics) -> bool {
    let cycles = find_cycles(tasks);
    for cycle in &cycles {
        found.push(cycle_message(cycle, tasks));
    }
    !cycles.is_empty()
}

fn cycle_message(cycle: &Cycle, tasks: &[Task]) -> Diagnostic {
    let id = |number: &TaskNo| tasks[number.0 as usize].id.to_string();
    let mut ring: Vec<String> = cycle.tasks.iter().map(id).collect();
    ring.extend(cycle.tasks.first().map(id));
    let message = match cycle.tasks.as_slice() {
        [only] => format!("`{}` waits for itself", id(only)),
        _ => format!("tasks wait for each other in a ring: {}", ring.join(" → ")),
    };
    let step = |place: &Span| {
        let step = tasks.iter().find_map(|task| {
            let link = task.links.iter().find(|link| link.origin == *place)?;
            Some(format!("`{}` waits for `{}`", task.id, id(&link.predecessor)))
        });
        step.unwrap_or_default()
    };
    let first = cycle.links.first().copied();
    let first = first.or_else(|| cycle.tasks.first().map(|number| tasks[number.0 as usize].origin));
    let mut diagnostic = Diagnostic::new(&DEPENDENCY_CYCLE, first, message);
    if let Some(first) = cycle.links.first() {
        diagnostic = diagnostic.label(step(first));
    }
    for place in cycle.links.iter().skip(1) {
        diagnostic = diagnostic.also(*place, step(place));
    }
    diagnostic.hint("remove one of these links: `after:` names what must come before")
}
