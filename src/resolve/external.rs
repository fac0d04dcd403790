//! Links to tasks of other projects: whether they lead anywhere.
//!
//! Comes in: all projects that could be read. Goes out: reports of links that name nothing, which hold nothing, and of tasks that wait
//! for themselves by way of another project, whose links go. Not here: when such tasks lie (`pipeline`).

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::spelling::did_you_mean;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{ExternalLink, ExternalTasks, Link, Project, Task, TaskKind, TaskNo, find_cycles};
use crate::quantity::Id;
use crate::resolve::rule::UNKNOWN_REFERENCE;
use crate::resolve::task_rule::DEPENDENCY_CYCLE;

/// The tasks of each project, by its folder.
type Plans = BTreeMap<String, BTreeSet<Id>>;

/// Reports links that lead nowhere. Of links to projects that could not be read as a whole nothing is said, since the fault may not be
/// here; tasks of projects that are not among these are `known` from where they were computed.
pub fn check_external_links(
    projects: &mut [Project],
    (unread, known): (&[&str], &ExternalTasks),
    found: &mut Diagnostics,
) {
    if projects.iter().flat_map(|project| &project.tasks).all(|task| task.external_links.is_empty()) {
        return;
    }
    let ids = |project: &Project| project.tasks.iter().map(|task| task.id.clone()).collect();
    let plans: Plans = projects.iter().map(|project| (project.folder.clone(), ids(project))).collect();
    let code = |project: &Project| Some((project.code.clone()?, project.folder.clone()));
    let codes: BTreeMap<String, String> = projects.iter().filter_map(code).collect();
    for project in projects.iter_mut() {
        let own = project.folder.clone();
        for task in &mut project.tasks {
            for link in &task.external_links {
                if known.of(link).is_none() && !unread.contains(&link.project.as_str()) {
                    let fault = fault_of(link, &own, (&plans, &codes));
                    task.has_unread_links |= fault.is_some();
                    if let Some(fault) = fault {
                        found.push(Diagnostic { project: Some(own.clone()), ..fault });
                    }
                }
            }
        }
    }
    cut_rings(projects, found);
}

fn fault_of(
    link: &ExternalLink,
    own: &str,
    (plans, codes): (&Plans, &BTreeMap<String, String>),
) -> Option<Diagnostic> {
    let fault = |message: String| Diagnostic::new(&UNKNOWN_REFERENCE, link.origin, message);
    if link.project == own {
        let message = format!("`{}` names a task of this project as one of another", link.named());
        return Some(fault(message).hint(format!("write `{}`", link.task)));
    }
    let Some(tasks) = plans.get(&link.project) else {
        if let Some(folder) = codes.get(&link.project) {
            let message = format!("`{}` is the code of a project, not its folder", link.project);
            return Some(fault(message).hint(format!("write `{folder}/{}`", link.task)));
        }
        let folders: Vec<&str> = plans.keys().map(String::as_str).filter(|folder| *folder != own).collect();
        let hint = match (did_you_mean(&link.project, folders.iter().copied()), folders.as_slice()) {
            (Some(near), _) => format!("write `{near}/{}`", link.task),
            (None, []) => {
                "no other project was read: name the folder of the portfolio, or a task of this plan"
                    .to_owned()
            }
            (None, [first, ..]) => format!("name the folder of a project, such as `{first}`"),
        };
        return Some(fault(format!("there is no project `{}` beside this one", link.project)).hint(hint));
    };
    if tasks.contains(&link.task) {
        return None;
    }
    let hint = match did_you_mean(link.task.as_str(), tasks.iter().map(Id::as_str)) {
        Some(near) => format!("write `{}/{near}`", link.project),
        None => format!("name a task that stands in the plan of `{}`", link.project),
    };
    Some(fault(format!("the project `{}` has no task `{}`", link.project, link.task)).hint(hint))
}

/// Reports tasks that wait for each other across projects, and takes out the links between the projects of each ring.
fn cut_rings(projects: &mut [Project], found: &mut Diagnostics) {
    let (tasks, names) = all_in_one(projects);
    for ring in find_cycles(&tasks) {
        let name = |number: &TaskNo| names[number.0 as usize].clone();
        let mut told: Vec<String> = ring.tasks.iter().map(name).collect();
        told.extend(ring.tasks.first().map(name));
        let message =
            format!("tasks of several projects wait for each other in a ring: {}", told.join(" → "));
        let mut fault = Diagnostic::new(&DEPENDENCY_CYCLE, ring.links.first().copied(), message);
        for place in ring.links.iter().skip(1) {
            fault = fault.also(*place, "and this link");
        }
        found.push(fault.hint("remove one of these links: `after:` names what must come before"));
        for task in projects.iter_mut().flat_map(|project| &mut project.tasks) {
            let n_links = task.external_links.len();
            task.external_links.retain(|link| !ring.links.contains(&link.origin));
            task.has_unread_links |= task.external_links.len() < n_links;
        }
    }
}

/// The tasks of all projects as those of one plan, and how each is named.
fn all_in_one(projects: &[Project]) -> (Vec<Task>, Vec<String>) {
    let sizes = projects.iter().map(|project| u32::try_from(project.tasks.len()).unwrap_or(u32::MAX));
    let begins: Vec<u32> = sizes.scan(0, |next, size| Some(std::mem::replace(next, *next + size))).collect();
    let places: BTreeMap<&str, usize> =
        projects.iter().enumerate().map(|(place, project)| (project.folder.as_str(), place)).collect();
    let number_of = |link: &ExternalLink| {
        let place = *places.get(link.project.as_str())?;
        Some(TaskNo(projects[place].task_by_id(&link.task)?.0 + begins[place]))
    };
    let (mut tasks, mut names) = (Vec::new(), Vec::new());
    for (project, begin) in projects.iter().zip(&begins) {
        let moved = |number: TaskNo| TaskNo(number.0 + begin);
        for task in &project.tasks {
            let mut task = task.clone();
            task.parent = task.parent.map(moved);
            task.links.iter_mut().for_each(|link| link.predecessor = moved(link.predecessor));
            if let TaskKind::Hammock { from, to } = &mut task.kind {
                from.iter_mut().chain(to).for_each(|end| *end = moved(*end));
            }
            for link in &task.external_links {
                let Some(predecessor) = number_of(link) else { continue };
                task.links.push(Link { predecessor, kind: link.kind, lag: link.lag, origin: link.origin });
            }
            names.push(format!("{}/{}", project.folder, task.id));
            tasks.push(task);
        }
    }
    (tasks, names)
}
