//! Reads the new folder back, schedules it, and holds its dates against the stored ones.
//!
//! Comes in: the files of the folder and the foreign plan. Goes out: findings about the files, and which tasks have other
//! dates. Two dates are equal when no working time of the task lies between them: Friday 17:00 is Monday 08:00.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostics;
use crate::exchange::mspdi::plan::{Plan, Uid};
use crate::plan::{Engine, Facts};
use crate::quantity::Instant;
use crate::source::disk::Folder;

/// How the dates of the new folder compare with the stored ones.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// Tasks compared: those without tasks below them that have stored dates.
    pub n_tasks: usize,
    /// Tasks whose start is equal.
    pub n_starts: usize,
    /// Tasks whose finish is equal.
    pub n_finishes: usize,
    /// Tasks of which one or both differ, in the order of the plan.
    pub differences: Vec<Difference>,
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
    let records = crate::record::read(&folder, found);
    let portfolio = crate::resolve::resolve(&records, found);
    let project = portfolio.projects.first()?;
    let engine = Engine::new(project);
    let schedule = engine.run(&Facts::as_of(project, project.newest_report()));
    let numbers: BTreeMap<&str, _> =
        project.task_numbers().map(|number| (project.task(number).id.as_str(), number)).collect();
    let mut comparison = Comparison::default();
    for task in &plan.tasks {
        let Some(id) = ids.get(&task.uid) else { continue };
        let Some(number) = numbers.get(id.as_str()).copied() else { continue };
        let (Some(start), Some(finish)) = (task.start, task.finish) else { continue };
        if project.task(number).is_summary() {
            continue;
        }
        let stored = (Instant::from_civil(start), Instant::from_civil(finish));
        let slot = schedule.slot(number);
        let computed = (slot.start, slot.finish);
        let time = engine.working_time(number);
        let is_equal = |a: Instant, b: Instant| a == b || time.between(a, b) == 0;
        let (has_start, has_finish) = (is_equal(stored.0, computed.0), is_equal(stored.1, computed.1));
        comparison.n_tasks += 1;
        comparison.n_starts += usize::from(has_start);
        comparison.n_finishes += usize::from(has_finish);
        if !(has_start && has_finish) {
            comparison.differences.push(Difference {
                id: id.clone(),
                name: task.name.clone(),
                stored,
                computed,
            });
        }
    }
    Some(comparison)
}
