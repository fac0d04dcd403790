//! Links to tasks that are left out of other projects.
//!
//! Comes in: all projects, each knowing what was left out of it. Goes out: the same, in which what waited for such a task waits for
//! what that was waiting for, as inside a plan.

use std::collections::BTreeMap;

use crate::diagnostic::Spanned;
use crate::quantity::Id;
use crate::record::decode::Keyed;
use crate::record::link::LinkRecord;
use crate::record::plan::TaskRecord;
use crate::record::project_folder::ProjectFolder;
use crate::record::what_if::leave_out::{bridged, enter, stages};

/// What tasks that were left out waited for, by folder and id; each link names its project.
type Gone = BTreeMap<(String, Id), Vec<LinkRecord>>;

/// Lets tasks that wait for one left out of another project wait for what that waited for.
pub(in crate::record) fn bridge_projects(projects: &mut [ProjectFolder]) {
    let mut gone = Gone::new();
    for project in &*projects {
        for (task, links) in &project.left_out {
            let links = links.iter().map(|link| named_from(link, &project.folder)).collect();
            gone.insert((project.folder.clone(), task.clone()), links);
        }
    }
    if gone.is_empty() {
        return;
    }
    for project in projects {
        for tasks in project.plan.iter_mut().flat_map(stages) {
            bridge(tasks, &project.folder, &gone);
        }
    }
}

/// A link with its project named, also where that is its own.
fn named_from(link: &LinkRecord, folder: &str) -> LinkRecord {
    let own = || Spanned::new(folder.to_owned(), link.span);
    LinkRecord { project: Some(link.project.clone().unwrap_or_else(own)), ..link.clone() }
}

fn bridge(tasks: &mut Keyed<TaskRecord>, folder: &str, gone: &Gone) {
    for (_, record) in tasks.records_mut() {
        if record.after.iter().any(|link| before(link, gone).is_some()) {
            let mut links = Vec::new();
            for link in
                record.after.iter().flat_map(|link| bridged(link, &|link| before(link, gone), gone.len()))
            {
                let is_own = link.project.as_ref().is_some_and(|project| project.value == folder);
                enter(LinkRecord { project: link.project.filter(|_| !is_own), ..link }, &mut links);
            }
            record.after = links;
        }
        bridge(&mut record.tasks, folder, gone);
    }
}

/// What the task that a link waits for was waiting for itself, where it was left out of another project.
fn before<'a>(link: &LinkRecord, gone: &'a Gone) -> Option<&'a [LinkRecord]> {
    let key = (link.project.as_ref()?.value.clone(), link.predecessor.value.clone());
    gone.get(&key).map(Vec::as_slice)
}
