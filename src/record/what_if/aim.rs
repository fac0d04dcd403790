//! Which projects a change means: those that hold what it names.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::spelling::{did_you_mean, one_of};
use crate::diagnostic::{Diagnostic, Diagnostics, FileId};
use crate::record::what_if::{Amendments, Change, Changes, Section, WHAT_IF_UNFIT, WishKind};
use crate::source::disk::SourceFile;
use crate::source::node::{Node, NodeKind};

/// A project as far as aiming needs it, or, without a name, what all projects share.
#[derive(Clone, Debug)]
pub(in crate::record) struct Candidate<'a> {
    /// The folder's name; none for the files of the portfolio.
    pub(in crate::record) folder: Option<&'a str>,
    /// Its files, by their paths inside it.
    pub(in crate::record) files: BTreeMap<&'a str, (FileId, &'a SourceFile)>,
}

/// Gives each candidate the changes that concern it, in the same order; what fits none or several is reported.
pub(in crate::record) fn aim<'a>(
    changes: &'a Changes,
    candidates: &[Candidate<'_>],
    found: &mut Diagnostics,
) -> Vec<Amendments<'a>> {
    let nothing = Amendments { changes: Vec::new(), as_of: changes.as_of };
    let mut aimed = vec![nothing; candidates.len()];
    for change in &changes.list {
        match targets(change, candidates) {
            Ok(places) => {
                for place in places {
                    aimed[place].changes.push(change);
                }
            }
            Err(diagnostic) => found.push(*diagnostic),
        }
    }
    aimed
}

fn targets(change: &Change, candidates: &[Candidate<'_>]) -> Result<Vec<usize>, Box<Diagnostic>> {
    let unfit = |message: String| Diagnostic::new(&WHAT_IF_UNFIT, change.path.span, message);
    let is_asked = |candidate: &Candidate<'_>| match (&change.project, candidate.folder) {
        (Some(project), Some(folder)) => project.value == folder,
        _ => true,
    };
    let fits: Vec<usize> = (0..candidates.len())
        .filter(|place| is_asked(&candidates[*place]) && holds(&candidates[*place], change))
        .collect();
    let own: Vec<usize> = fits.iter().copied().filter(|place| candidates[*place].folder.is_some()).collect();
    match own.as_slice() {
        [] if !fits.is_empty() => Ok(shared(change, fits, candidates)),
        [] => {
            let Some(id) = &change.id else {
                let message = format!("there is no `{}` to change", change.section.file());
                return Err(Box::new(unfit(message).hint("write the file first, or name another path")));
            };
            let known: BTreeSet<String> = candidates
                .iter()
                .filter(|candidate| is_asked(candidate))
                .flat_map(|candidate| ids(candidate, change.section))
                .collect();
            let noun = change.section.noun();
            let diagnostic =
                Diagnostic::new(&WHAT_IF_UNFIT, id.span, format!("there is no {noun} `{}`", id.value));
            Err(Box::new(match did_you_mean(&id.value, known.iter().map(String::as_str)) {
                Some(near) => diagnostic.hint(format!("write `{near}`")),
                None => diagnostic.hint(format!("name a {noun} that these files hold")),
            }))
        }
        [_] => Ok(fits),
        several => {
            let paths: Vec<String> = several
                .iter()
                .filter_map(|place| Some(format!("{}/{}", candidates[*place].folder?, change.path.value)))
                .collect();
            {
                let message = format!("`{}` is in {} projects", change.path.value, several.len());
                Err(Box::new(unfit(message).hint(format!("write {}", one_of(&paths)))))
            }
        }
    }
}

/// Somebody who is shared leaves every project; a field of theirs is set once, where it stands.
fn shared(change: &Change, fits: Vec<usize>, candidates: &[Candidate<'_>]) -> Vec<usize> {
    match change.kind {
        WishKind::Set => fits,
        WishKind::Without => (0..candidates.len())
            .filter(|place| match (&change.project, candidates[*place].folder) {
                (Some(project), Some(folder)) => project.value == folder,
                (_, folder) => folder.is_some(),
            })
            .collect(),
    }
}

fn holds(candidate: &Candidate<'_>, change: &Change) -> bool {
    match &change.id {
        Some(id) => ids(candidate, change.section).contains(&id.value),
        None => candidate.files.contains_key(change.section.file()),
    }
}

/// The ids of a section in a project.
fn ids(candidate: &Candidate<'_>, section: Section) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    let file = match (section, candidate.folder) {
        // What is reported about a task is found under the task.
        (Section::Progress, Some(_)) => "plan.yaml",
        (Section::People | Section::Roles, None) => "people.yaml",
        (_, None) => return ids,
        (section, Some(_)) => section.file(),
    };
    let Some((id, source)) = candidate.files.get(file) else { return ids };
    // Faults of the file are reported when it is read.
    let Some(node) = source.yaml(*id, &mut Diagnostics::default()) else { return ids };
    match section {
        Section::Tasks | Section::Progress => {
            for stage in node.entries().unwrap_or_default() {
                tasks_below(&stage.value, &mut ids);
            }
        }
        Section::People | Section::Roles => {
            if let Some(list) = child(&node, section.word()) {
                ids.extend(list.entries().unwrap_or_default().iter().map(|entry| entry.key.value.clone()));
            }
        }
        _ => ids.extend(node.entries().unwrap_or_default().iter().map(|entry| entry.key.value.clone())),
    }
    ids
}

fn tasks_below(tasks: &Node, ids: &mut BTreeSet<String>) {
    for entry in tasks.entries().unwrap_or_default() {
        ids.insert(entry.key.value.clone());
        if let Some(below) = child(&entry.value, "tasks") {
            tasks_below(below, ids);
        }
    }
}

fn child<'a>(node: &'a Node, key: &str) -> Option<&'a Node> {
    let NodeKind::Map(entries) = &node.kind else { return None };
    entries.iter().find(|entry| entry.key.value == key).map(|entry| &entry.value)
}
