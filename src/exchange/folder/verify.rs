//! Reads the new folder back, schedules it, and holds its dates against the stored ones.
//!
//! Comes in: the files of the folder and the foreign plan. Goes out: findings about the files, and which tasks have other
//! dates. Two dates are equal when no working time of the task lies between them: Friday 17:00 is Monday 08:00.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostics;
use crate::exchange::plan::{ConstraintKind, Link, LinkKind, Plan, Program, Task, Uid};
use crate::model::{Assignee, Project, ScheduleFrom, TaskNo};
use crate::plan::{Engine, Facts};
use crate::quantity::Instant;
use crate::record::what_if::Changes;
use crate::source::disk::Folder;

/// How the dates of the new folder compare with the stored ones.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// Tasks without tasks below them.
    pub n_leaves: usize,
    /// Tasks compared: those without tasks below them that have stored dates.
    pub n_tasks: usize,
    /// Tasks whose start is equal.
    pub n_starts: usize,
    /// Tasks whose finish is equal.
    pub n_finishes: usize,
    /// Tasks of which one or both differ, in the order of the plan.
    pub differences: Vec<Difference>,
    /// Tasks that take longer or shorter in the plan than their own length says: split or stretched ones, and ones with typed dates
    /// that leave less.
    pub(super) spanned: BTreeMap<Uid, Stretch>,
    /// Tasks ahead that start later than anything in the plan explains.
    pub(super) late: BTreeSet<Uid>,
}

/// Working minutes of a task that takes longer or shorter than its own length says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    /// Between its stored dates.
    pub(super) whole: i64,
    /// From where it goes on to its stored finish; none where it has not begun.
    pub(super) rest: Option<i64>,
}

impl Comparison {
    /// Starts and finishes that are equal.
    pub(super) fn n_equal(&self) -> usize {
        self.n_starts + self.n_finishes
    }
}

/// A task whose dates differ.
#[derive(Clone, Debug)]
pub struct Difference {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What is stored: start and finish.
    pub stored: (Instant, Instant),
    /// What comes out of the new folder: start and finish.
    pub computed: (Instant, Instant),
    /// Why they most likely differ, as a phrase; empty where nothing tells.
    pub reason: String,
}

/// Reads the files back; none when they cannot be scheduled, and then the findings say why.
pub(super) fn verify(
    files: &BTreeMap<String, String>,
    plan: &Plan,
    ids: &BTreeMap<Uid, String>,
    found: &mut Diagnostics,
) -> Option<Comparison> {
    let folder =
        Folder::from_memory(files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect());
    let records = crate::record::read(&folder, &Changes::default(), found);
    let portfolio = crate::resolve::resolve(&records, found);
    let project = portfolio.projects.first()?;
    let engine = Engine::new(project);
    let schedule = engine.run(&Facts::as_of(project, project.newest_report()));
    let numbers: BTreeMap<&str, _> =
        project.task_numbers().map(|number| (project.task(number).id.as_str(), number)).collect();
    let mut comparison = Comparison::default();
    let links = links_with_those_above(plan);
    let finishes: BTreeMap<Uid, Instant> =
        plan.tasks.iter().filter_map(|task| Some((task.uid, Instant::from_civil(task.finish?)))).collect();
    let mut differing: BTreeSet<Uid> = BTreeSet::new();
    for task in &plan.tasks {
        let Some(id) = ids.get(&task.uid) else { continue };
        let Some(number) = numbers.get(id.as_str()).copied() else { continue };
        if project.task(number).is_summary() {
            continue;
        }
        comparison.n_leaves += 1;
        let (Some(start), Some(finish)) = (task.start, task.finish) else { continue };
        let stored = (Instant::from_civil(start), Instant::from_civil(finish));
        let slot = schedule.slot(number);
        let computed = (slot.start, slot.finish);
        let time = engine.working_time(number);
        let is_equal = |a: Instant, b: Instant| a == b || time.between(a, b) == 0;
        let (has_start, has_finish) = (is_equal(stored.0, computed.0), is_equal(stored.1, computed.1));
        comparison.n_tasks += 1;
        comparison.n_starts += usize::from(has_start);
        comparison.n_finishes += usize::from(has_finish);
        let n_minutes = time.between(stored.0, stored.1);
        let judge = Judge { project, ids, number, n_minutes, program: plan.program };
        // Of what has begun a part is done, and the rest is known.
        let is_ahead = task.actual_start.is_none();
        if is_ahead && judge.is_short(task) {
            comparison.spanned.insert(task.uid, Stretch { whole: n_minutes, rest: None });
        }
        if judge.is_without_length(task) && n_minutes > 0 {
            comparison.spanned.insert(task.uid, Stretch { whole: n_minutes, rest: None });
        }
        if is_ahead && computed.0 < stored.0 && !has_start && judge.may_keep_start(task) {
            let waits = links.get(&task.uid).map_or(&[][..], Vec::as_slice);
            let follows = waits.iter().any(|link| differing.contains(&link.predecessor));
            let is_plain = |link: &&Link| link.kind == LinkKind::FinishStart && link.lag.is_zero();
            let ends =
                |link: &&Link| finishes.get(&link.predecessor).is_some_and(|end| is_equal(*end, stored.0));
            if !follows || (waits.iter().all(is_plain) && !waits.iter().any(ends)) {
                comparison.late.insert(task.uid);
            }
        }
        if !(has_start && has_finish) {
            let reason = judge.reason(task, &comparison.differences);
            if is_ahead && (has_start || has_finish) && judge.is_stretched(task) {
                comparison.spanned.insert(task.uid, Stretch { whole: n_minutes, rest: None });
            }
            // Of what has begun, a pause lies in what is done or in what is left.
            let goes_on = task.goes_on().filter(|_| !is_ahead && has_start && task.actual_finish.is_none());
            if let Some(from) = goes_on.filter(|_| judge.is_stretched(task)) {
                let rest = time.between(Instant::from_civil(from), stored.1);
                if task.remaining.is_some_and(|left| 0 < left && left <= rest) {
                    comparison.spanned.insert(task.uid, Stretch { whole: n_minutes, rest: Some(rest) });
                }
            }
            differing.insert(task.uid);
            let name = task.name.clone();
            comparison.differences.push(Difference { id: id.clone(), name, stored, computed, reason });
        }
    }
    Some(comparison)
}

/// The links of each task, with those of the summaries above it.
fn links_with_those_above(plan: &Plan) -> BTreeMap<Uid, Vec<&Link>> {
    let mut above: Vec<&Task> = Vec::new();
    let mut links = BTreeMap::new();
    for task in &plan.tasks {
        while above.last().is_some_and(|last| last.level >= task.level) {
            above.pop();
        }
        above.push(task);
        let all: Vec<&Link> = above.iter().flat_map(|task| &task.links).collect();
        if !all.is_empty() {
            links.insert(task.uid, all);
        }
    }
    links
}

/// What is known of a task whose dates differ.
struct Judge<'a> {
    project: &'a Project,
    ids: &'a BTreeMap<Uid, String>,
    /// Working minutes from the stored start to the stored finish.
    n_minutes: i64,
    number: TaskNo,
    program: Program,
}

impl Judge<'_> {
    /// The most likely reason why dates differ. Tasks before it in the plan have been judged.
    fn reason(&self, task: &Task, others: &[Difference]) -> String {
        let mut waited_for = task.links.iter().filter_map(|link| self.ids.get(&link.predecessor));
        if let Some(id) = waited_for.find(|id| others.iter().any(|other| other.id == **id)) {
            return format!("follows `{id}`");
        }
        if self.has_people_of_different_hours() {
            return "its people work at different times".to_owned();
        }
        if self.is_stretched(task) {
            return format!("was split or stretched in {}", self.program.name());
        }
        String::new()
    }

    /// Whether there is more time between its stored dates than it takes.
    fn is_stretched(&self, task: &Task) -> bool {
        Self::working(task).is_some_and(|minutes| self.n_minutes > minutes)
    }

    /// Whether the file gives neither a length nor any work for what its dates say takes time.
    fn is_without_length(&self, task: &Task) -> bool {
        self.program == Program::MsProject && task.length.is_none() && !task.is_effort() && !task.is_point()
    }

    /// Whether its start may become its constraint: nothing else holds it, and it is counted forward.
    fn may_keep_start(&self, task: &Task) -> bool {
        let is_free = match task.constraint {
            ConstraintKind::AsSoonAsPossible => true,
            ConstraintKind::StartsNotBefore => !task.is_start_kept,
            _ => false,
        };
        let is_fixed = task.is_manual || task.is_external || task.is_subproject || task.levelling_delay > 0;
        self.program == Program::MsProject
            && is_free
            && !is_fixed
            && self.project.scheduling.from == ScheduleFrom::Start
            && task.percent_complete == 0
    }

    /// Whether its dates were typed and leave less time than it takes.
    fn is_short(&self, task: &Task) -> bool {
        task.is_manual
            && self.n_minutes > 0
            && Self::working(task).is_some_and(|minutes| self.n_minutes < minutes)
    }

    /// The working minutes that it takes; none for points and for what runs by the clock.
    fn working(task: &Task) -> Option<i64> {
        task.length.filter(|length| length.minutes > 0 && !length.is_elapsed).map(|length| length.minutes)
    }

    fn has_people_of_different_hours(&self) -> bool {
        let people =
            self.project.task(self.number).assignments.iter().filter_map(|given| match given.assignee {
                Assignee::Person(person) => Some(self.project.team.people[person.0 as usize].calendar),
                Assignee::Role { .. } => None,
            });
        let calendars: Vec<usize> =
            people.map(|calendar| calendar.unwrap_or(self.project.calendar)).collect();
        calendars.windows(2).any(|pair| pair[0] != pair[1])
    }
}
