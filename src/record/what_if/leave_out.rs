//! Takes tasks, people and entries of registers out of the records of a project.
//!
//! What is left out stays known by name, like an entry that could not be read: whoever refers to it is not at fault.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Diagnostics, Span, Spanned};
use crate::quantity::Id;
use crate::record::business_case::BusinessCaseRecord;
use crate::record::decode::Keyed;
use crate::record::link::{LinkLetters, LinkRecord};
use crate::record::plan::{PlanRecord, TaskRecord};
use crate::record::project_folder::ProjectFolder;
use crate::record::what_if::{
    Amendments, BENEFITS_WAIT_FOR_OTHERS, Section, WHAT_IF_OVERRIDDEN, WHAT_IF_UNFIT, WishKind,
};

impl Amendments<'_> {
    /// Leaves out what is to be left out; a plan of which nothing is left is reported.
    pub(in crate::record) fn leave_out(&self, project: &mut ProjectFolder, found: &mut Diagnostics) {
        let changes = self.changes.iter().filter(|change| change.kind == WishKind::Without);
        let named = changes.filter_map(|change| Some((change, change.id.as_ref()?)));
        // A hammock that is left out itself does not miss its ends.
        let (hammocks, others): (Vec<_>, Vec<_>) = named.partition(|(change, id)| {
            let mut plan = project.plan.iter_mut().filter(|_| change.section == Section::Tasks);
            plan.any(|plan| stages(plan).iter().any(|tasks| has_hammock(tasks, &id.value)))
        });
        for (change, id) in hammocks.into_iter().chain(others) {
            let span = id.span;
            let id = id.value.as_str();
            match change.section {
                Section::Tasks => {
                    let Some(plan) = &mut project.plan else { continue };
                    let gone = without_task(plan, (id, span), found);
                    if let Some(case) = &mut project.business_case {
                        wait_for_others(case, &gone, span, found);
                    }
                    let links = gone.iter().map(|(task, (_, links))| (task.clone(), links.clone()));
                    project.left_out.extend(links);
                    if !stages(plan).into_iter().any(|tasks| holds_work(tasks)) {
                        let message = format!("without `{id}` nothing is left to schedule");
                        let hint = "leave one task at least: a project without any has no dates";
                        found.push(Diagnostic::new(&WHAT_IF_UNFIT, span, message).hint(hint));
                    }
                }
                Section::People | Section::Roles => {
                    self.report_rest_of_others(project, (id, span), found);
                    without_person(project, id);
                }
                Section::Book(file) => without_entry(project, file, id),
                Section::Progress | Section::Calendars | Section::Record(_) => {}
            }
        }
    }
}

impl Amendments<'_> {
    /// Warns of work by effort that somebody is taken off while its report says how much is left: the others need longer for that, and
    /// nobody can say whose work it is.
    fn report_rest_of_others(&self, project: &ProjectFolder, who: (&str, Span), found: &mut Diagnostics) {
        let mut open = Vec::new();
        for tasks in project.plan.iter().flat_map(|plan| {
            [&plan.initiation, &plan.planning, &plan.execution, &plan.control, &plan.closing]
        }) {
            by_effort(tasks, who.0, &mut open);
        }
        for task in open {
            let Some(rest) = self.rest_reported(task, project) else { continue };
            let message = format!(
                "{} of `{task}` are left as reported, so its dates stay without `{}`",
                rest.value, who.0
            );
            let hint = format!("ask with `--set progress.{task}.remaining=…` too: the others need longer");
            let finding = Diagnostic::new(&WHAT_IF_OVERRIDDEN, who.1, message);
            found.push(finding.also(rest.span, "reported here").hint(hint));
        }
    }
}

/// Tasks by effort on which somebody works.
fn by_effort<'p>(tasks: &'p Keyed<TaskRecord>, who: &str, open: &mut Vec<&'p Id>) {
    for (task, record) in tasks {
        let is_by_effort = record.effort.is_some() && record.duration.is_none();
        if is_by_effort && record.assign.iter().any(|part| part.who.value.as_str() == who) {
            open.push(&task.value);
        }
        by_effort(&record.tasks, who, open);
    }
}

/// Says whether a task of this name is a hammock.
fn has_hammock(tasks: &Keyed<TaskRecord>, id: &str) -> bool {
    tasks.into_iter().any(|(task, record)| {
        (task.value.as_str() == id && record.lasts.is_some()) || has_hammock(&record.tasks, id)
    })
}

/// Says whether any task is there besides summaries of which all tasks are left out.
fn holds_work(tasks: &Keyed<TaskRecord>) -> bool {
    tasks.into_iter().any(|(_, record)| {
        let below = &record.tasks;
        (below.is_empty() && below.unreadable().is_empty()) || holds_work(below)
    })
}

fn without_entry(project: &mut ProjectFolder, file: &str, id: &str) {
    match file {
        "risks.yaml" => project.risks.leave_out(id),
        "issues.yaml" => project.issues.leave_out(id),
        "decisions.yaml" => project.decisions.leave_out(id),
        "changes.yaml" => project.changes.leave_out(id),
        "actions.yaml" => project.actions.leave_out(id),
        "dependencies.yaml" => project.dependencies.leave_out(id),
        "lessons.yaml" => project.lessons.leave_out(id),
        "stakeholders.yaml" => project.stakeholders.leave_out(id),
        "deliverables.yaml" => project.deliverables.leave_out(id),
        "requirements.yaml" => project.requirements.leave_out(id),
        "benefits.yaml" => project.benefits.leave_out(id),
        _ => {}
    }
}

/// Takes a person or role off every task that is not finished. What they did stays done, and what they own stays
/// theirs: the question is what happens to the work.
fn without_person(project: &mut ProjectFolder, id: &str) {
    let finished: BTreeSet<&Id> = project
        .progress
        .iter()
        .filter(|row| row.actual_finish.is_some())
        .map(|row| &row.task.value)
        .collect();
    for tasks in project.plan.iter_mut().flat_map(stages) {
        take_off(tasks, id, &finished);
    }
}

fn take_off(tasks: &mut Keyed<TaskRecord>, id: &str, finished: &BTreeSet<&Id>) {
    for (task, record) in tasks.records_mut() {
        if !finished.contains(&task.value) {
            record.assign.retain(|part| part.who.value.as_str() != id);
        }
        take_off(&mut record.tasks, id, finished);
    }
}

/// Tasks that go, each with its key and what it waited for.
type Gone = BTreeMap<Id, (Spanned<Id>, Vec<LinkRecord>)>;

/// Takes a task and what is below it out of the plan; what waited for it waits for what it waited for.
fn without_task(plan: &mut PlanRecord, (id, wish): (&str, Span), found: &mut Diagnostics) -> Gone {
    let mut gone = Gone::new();
    for tasks in stages(plan) {
        gather(tasks, id, None, &mut gone);
        remove(tasks, id);
    }
    for (task, _) in gone.values().filter(|(task, _)| task.value.as_str() != id) {
        plan.execution.note_left_out(task.clone());
    }
    let mut followers = BTreeMap::new();
    for tasks in stages(plan) {
        note_followers(tasks, &gone, &mut followers);
    }
    for tasks in stages(plan) {
        shorten_spans(tasks, (&gone, &followers), wish, found);
    }
    for tasks in stages(plan) {
        bridge(tasks, &gone);
    }
    gone
}

const SAY_WHAT_THEY_WAIT_FOR: &str =
    "say what they wait for then: `--set business-case.benefits_wait_for=TASK`";

/// Benefits that waited for a task that goes wait for what it waited for. Where that is not one task, nobody can say what is meant,
/// and a case whose benefits wait for nothing would gain by it.
fn wait_for_others(case: &mut BusinessCaseRecord, gone: &Gone, wish: Span, found: &mut Diagnostics) {
    let Some(waits_for) = &mut case.benefits_wait_for else { return };
    let Some((_, links)) = gone.get(&waits_for.value) else { return };
    let before: BTreeSet<(Option<String>, Id)> = links
        .iter()
        .flat_map(|link| bridged(link, &|link| before(link, gone), gone.len()))
        .map(|link| (link.project.map(|project| project.value), link.predecessor.value))
        .collect();
    let mut before = before.into_iter();
    match (before.next(), before.next()) {
        (Some((None, only)), None) => {
            let message = format!("the benefits wait for `{only}` now, as `{}` is left out", waits_for.value);
            found.push(
                Diagnostic::new(&BENEFITS_WAIT_FOR_OTHERS, wish, message)
                    .also(waits_for.span, "the benefits wait for it")
                    .hint(SAY_WHAT_THEY_WAIT_FOR),
            );
            waits_for.value = only;
        }
        (first, second) => {
            let why = match (first, second) {
                (None, _) => "which waits for nothing",
                (Some(_), None) => "which waits for a task of another project",
                (Some(_), Some(_)) => "which waits for several tasks",
            };
            let message = format!("the benefits wait for `{}`, {why}", waits_for.value);
            found.push(
                Diagnostic::new(&WHAT_IF_UNFIT, wish, message)
                    .also(waits_for.span, "the benefits wait for it")
                    .hint(SAY_WHAT_THEY_WAIT_FOR),
            );
        }
    }
}

/// The tasks that stay and wait for one that goes, through others that go.
fn note_followers(tasks: &Keyed<TaskRecord>, gone: &Gone, followers: &mut BTreeMap<Id, BTreeSet<Id>>) {
    for (task, record) in tasks {
        let mut open: Vec<&Id> = own_predecessors(&record.after).collect();
        let mut seen = BTreeSet::new();
        while let Some(before) = open.pop() {
            if !seen.insert(before) {
                continue;
            }
            if let Some((_, links)) = gone.get(before) {
                followers.entry(before.clone()).or_default().insert(task.value.clone());
                open.extend(own_predecessors(links));
            }
        }
        note_followers(&record.tasks, gone, followers);
    }
}

fn own_predecessors(links: &[LinkRecord]) -> impl Iterator<Item = &Id> {
    links.iter().filter(|link| link.project.is_none()).map(|link| &link.predecessor.value)
}

/// A hammock that ends with a task that goes ends with the one before it; one that begins with it begins with the one
/// behind it. Of several it spans from the first start to the last finish. Where there is none, nobody can say what is
/// meant.
fn shorten_spans(
    tasks: &mut Keyed<TaskRecord>,
    around: (&Gone, &BTreeMap<Id, BTreeSet<Id>>),
    wish: Span,
    found: &mut Diagnostics,
) {
    let (gone, followers) = around;
    for (task, record) in tasks.records_mut() {
        if let Some(hammock) = &mut record.lasts {
            let ends = [(&mut hammock.from, "begins", "behind"), (&mut hammock.to, "ends", "before")];
            for (ends, verb, side) in ends {
                let mut near: Vec<Spanned<Id>> = Vec::new();
                let mut enter = |end: Spanned<Id>| {
                    if !near.iter().any(|known| known.value == end.value) {
                        near.push(end);
                    }
                };
                for end in ends.iter() {
                    let Some((_, links)) = gone.get(&end.value) else {
                        enter(end.clone());
                        continue;
                    };
                    let at = |id: Id| Spanned::new(id, end.span);
                    if side == "behind" {
                        followers.get(&end.value).into_iter().flatten().cloned().map(at).for_each(&mut enter);
                    } else {
                        let bridged = links
                            .iter()
                            .flat_map(|link| bridged(link, &|link| before(link, gone), gone.len()));
                        let own = bridged.filter(|link| link.project.is_none());
                        own.map(|link| at(link.predecessor.value)).for_each(&mut enter);
                    }
                }
                if let (true, Some(end)) = (near.is_empty(), ends.first()) {
                    let message =
                        format!("`{}` {verb} with `{}`, and no task stands {side} it", task.value, end.value);
                    found.push(
                        Diagnostic::new(&WHAT_IF_UNFIT, wish, message).also(end.span, "named here").hint(
                            format!(
                                "say what it spans then, `--set \"tasks.{0}.span=FIRST .. LAST\"`, or leave it out too: `--without tasks.{0}`",
                                task.value
                            ),
                        ),
                    );
                    continue;
                }
                *ends = near;
            }
        }
        shorten_spans(&mut record.tasks, around, wish, found);
    }
}

/// Notes what each task that goes was waiting for, that of the summaries above it included.
fn gather(tasks: &Keyed<TaskRecord>, id: &str, above: Option<&[LinkRecord]>, gone: &mut Gone) {
    for (task, record) in tasks {
        let goes = above.is_some() || task.value.as_str() == id;
        let mut links = record.after.clone();
        links.extend(above.unwrap_or_default().iter().cloned());
        gather(&record.tasks, id, goes.then_some(links.as_slice()), gone);
        if goes {
            gone.insert(task.value.clone(), (task.clone(), links));
        }
    }
}

fn remove(tasks: &mut Keyed<TaskRecord>, id: &str) {
    tasks.leave_out(id);
    for (_, record) in tasks.records_mut() {
        remove(&mut record.tasks, id);
    }
}

fn bridge(tasks: &mut Keyed<TaskRecord>, gone: &Gone) {
    for (_, record) in tasks.records_mut() {
        if record
            .after
            .iter()
            .any(|link| link.project.is_none() && gone.contains_key(&link.predecessor.value))
        {
            let mut links: Vec<LinkRecord> = Vec::new();
            for link in &record.after {
                for link in bridged(link, &|link| before(link, gone), gone.len()) {
                    enter(link, &mut links);
                }
            }
            record.after = links;
        }
        bridge(&mut record.tasks, gone);
    }
}

/// Enters a link among others, unless one of them ties the same ends.
pub(super) fn enter(link: LinkRecord, links: &mut Vec<LinkRecord>) {
    let project = |link: &LinkRecord| link.project.as_ref().map(|one| one.value.clone());
    let is_same = |other: &LinkRecord| {
        other.predecessor.value == link.predecessor.value
            && other.letters == link.letters
            && project(other) == project(&link)
    };
    if !links.iter().any(is_same) {
        links.push(link);
    }
}

/// What the task that a link of the same plan waits for was waiting for itself, where it is gone.
fn before<'a>(link: &LinkRecord, gone: &'a Gone) -> Option<&'a [LinkRecord]> {
    let is_own = link.project.is_none();
    gone.get(&link.predecessor.value).filter(|_| is_own).map(|(_, links)| links.as_slice())
}

/// The links that stand for one to a task that is gone: to each of its predecessors, from the end that it waited for to
/// the end that waits. The lag before the task goes with it; the one behind it stays. `before` is what a task that is gone was waiting
/// for; so many of them are gone.
pub(super) fn bridged<'a>(
    link: &LinkRecord,
    before: &impl Fn(&LinkRecord) -> Option<&'a [LinkRecord]>,
    n_gone: usize,
) -> Vec<LinkRecord> {
    match before(link) {
        None => vec![link.clone()],
        // A ring of links, which is reported where it stands, would go on for ever.
        Some(_) if n_gone == 0 => Vec::new(),
        Some(earlier) => earlier
            .iter()
            .map(|earlier| LinkRecord {
                project: earlier.project.clone(),
                predecessor: Spanned::new(earlier.predecessor.value.clone(), link.predecessor.span),
                letters: letters(earlier.letters, link.letters),
                lag: link.lag,
                span: link.span,
            })
            .flat_map(|link| bridged(&link, before, n_gone - 1))
            .collect(),
    }
}

/// The end of the predecessor that the first link ties, and the end of the successor that the second ties.
fn letters(first: LinkLetters, second: LinkLetters) -> LinkLetters {
    let leaves_start = matches!(first, LinkLetters::SS | LinkLetters::SF);
    let enters_finish = matches!(second, LinkLetters::FF | LinkLetters::SF);
    match (leaves_start, enters_finish) {
        (false, false) => LinkLetters::FS,
        (true, false) => LinkLetters::SS,
        (false, true) => LinkLetters::FF,
        (true, true) => LinkLetters::SF,
    }
}

pub(super) fn stages(plan: &mut PlanRecord) -> [&mut Keyed<TaskRecord>; 5] {
    [&mut plan.initiation, &mut plan.planning, &mut plan.execution, &mut plan.control, &mut plan.closing]
}
