//! The layout of a portfolio: which file says what, and which folders are projects.
//!
//! Comes in: a folder in memory. Goes out: every record in it. A portfolio keeps its projects under `projects/` or
//! directly in its folder; a folder that itself holds `project.yaml` is a portfolio of one.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Severity, Span};
use crate::record::calendar::CalendarsRecord;
use crate::record::decode::Decode;
use crate::record::folder_name::{fault_of_name, name_of};
use crate::record::home::{FOLDER_OF_ONE, PORTFOLIO_FILES, home_of, project_homes};
use crate::record::portfolio::{PeopleRecord, PortfolioRecord};
use crate::record::project_folder::{ProjectFolder, read_project};
use crate::record::rule::{NO_PROJECT, UNUSABLE_FOLDER_NAME};
use crate::record::unknown_file::{ending_of, unknown_file};
use crate::record::unsure::Unsure;
use crate::record::what_if::{Amendments, Candidate, Changes, aim, bridge_projects};
use crate::source::disk::{Folder, SourceFile};

/// Everything that the files of a portfolio say.
#[derive(Clone, Debug, Default)]
pub struct FolderRecord {
    /// `portfolio.yaml`.
    pub portfolio: Option<PortfolioRecord>,
    /// `people.yaml`.
    pub people: Option<PeopleRecord>,
    /// Whether something in `people.yaml` could not be read: not all whom it names are known.
    pub is_people_partly_read: bool,
    /// `calendars/*.yaml`, in the order of their paths.
    pub calendars: Vec<CalendarsRecord>,
    /// The projects, in the order of their folder names.
    pub projects: Vec<ProjectFolder>,
    /// Files of which it is not known who may read them.
    pub unsure: Unsure,
}

/// Reads every file of a portfolio, with the changes that somebody asks about.
pub fn read(folder: &Folder, changes: &Changes, found: &mut Diagnostics) -> FolderRecord {
    let mut record = FolderRecord::default();
    let homes = project_homes(folder);
    let mut by_home: BTreeMap<&str, Vec<(FileId, &SourceFile)>> = BTreeMap::new();
    let mut shared = Vec::new();
    for (id, file) in folder.texts() {
        match home_of(&homes, &file.path) {
            Some(home) => by_home.entry(home).or_default().push((id, file)),
            None => shared.push((id, file)),
        }
    }
    let mut amendments = aim(changes, &candidates(&homes, &by_home, &shared), found);
    let of_shared = amendments.pop().unwrap_or_default();
    let mut unknown = Vec::new();
    for (id, file) in shared {
        let is_read = read_shared(&mut record, (id, file), &of_shared, found);
        unknown.extend((!is_read).then_some(id));
    }
    report_empty_projects(folder, &homes, found);
    for (home, amendments) in homes.iter().zip(amendments) {
        let files = by_home.remove(home.as_str()).unwrap_or_default();
        let mut project = read_project(folder, (home, &amendments), &files, found);
        if let Some(fault) = fault_of_name(home, &homes) {
            let file = files.iter().find(|(_, file)| file.path.ends_with("project.yaml"));
            let place = file.map(|(id, _)| Span::new(*id, 0, 0));
            let mut diagnostic = Diagnostic::new(&UNUSABLE_FOLDER_NAME, place, fault)
                .hint(format!("rename the folder `{}`", home.trim_end_matches('/')));
            diagnostic.project = Some(project.folder.clone());
            found.push(diagnostic);
            // Without its mandate a project is listed by its folder's name and gets no pages.
            project.project = None;
        }
        record.projects.push(project);
    }
    record.projects.sort_by(|a, b| a.folder.cmp(&b.folder));
    let repeated = drop_repeated(&mut record.projects, found);
    bridge_projects(&mut record.projects);
    if record.projects.is_empty() {
        let message = "this folder holds no project".to_owned();
        found.push(
            Diagnostic::new(&NO_PROJECT, None, message).hint(
                "put each project into a folder `projects/<name>/` with `project.yaml` and `plan.yaml`",
            ),
        );
    }
    record.unsure = Unsure::of(folder, record.portfolio.as_ref(), found);
    // What nothing reads may say of itself for whom it is, and nothing would heed it.
    let is_left_out = |path: &String| repeated.contains(path);
    let left_out = folder.texts().filter(|(_, file)| is_left_out(&file.path)).map(|(id, _)| id);
    record.unsure.unread.extend(left_out.chain(unknown));
    record
}

/// What a change may be about: each home in order, then what all projects share.
fn candidates<'a>(
    homes: &'a [String],
    by_home: &BTreeMap<&str, Vec<(FileId, &'a SourceFile)>>,
    shared: &[(FileId, &'a SourceFile)],
) -> Vec<Candidate<'a>> {
    let files = |files: &[(FileId, &'a SourceFile)], home: &str| {
        let inside = |path: &'a str| path.strip_prefix(home).unwrap_or(path);
        files.iter().map(|(id, file)| (inside(&file.path), (*id, *file))).collect()
    };
    let projects = homes.iter().map(|home| Candidate {
        folder: Some(name_of(home).unwrap_or(FOLDER_OF_ONE)),
        files: files(by_home.get(home.as_str()).map_or(&[], Vec::as_slice), home),
    });
    projects.chain([Candidate { folder: None, files: files(shared, "") }]).collect()
}

/// Reads a file of the portfolio and says whether it is one; one that nothing reads is reported where its name looks like a slip.
fn read_shared(
    record: &mut FolderRecord,
    (id, file): (FileId, &SourceFile),
    amendments: &Amendments<'_>,
    found: &mut Diagnostics,
) -> bool {
    match file.path.as_str() {
        "portfolio.yaml" => record.portfolio = read_yaml(id, file, found),
        "people.yaml" => {
            let n_before = found.iter().len();
            let node = file.yaml(id, found);
            let is_broken = found.iter().skip(n_before).any(|fault| fault.severity == Severity::Error);
            let node = node.map(|node| amendments.amend_people(node, found));
            record.people = node.and_then(|node| PeopleRecord::decode(&node, found));
            let is_short = record.people.as_ref().is_none_or(|people| !people.unreadable.is_empty());
            record.is_people_partly_read = is_broken || is_short;
        }
        path if path.starts_with("calendars/") && ending_of(path) == "yaml" => {
            record.calendars.extend(read_yaml::<CalendarsRecord>(id, file, found));
        }
        path => {
            let is_ours = !path.contains('/') && ending_of(path) != "md";
            if is_ours || path.starts_with("calendars/") {
                found.push(unknown_file(id, path, &PORTFOLIO_FILES));
            }
            return false;
        }
    }
    true
}

/// Reports folders under `projects/` that hold texts but no `project.yaml`.
fn report_empty_projects(folder: &Folder, homes: &[String], found: &mut Diagnostics) {
    let mut seen: BTreeSet<&str> =
        homes.iter().filter_map(|home| home.strip_prefix("projects/")?.strip_suffix('/')).collect();
    for (id, file) in folder.texts() {
        let Some((name, rest)) = file.path.strip_prefix("projects/").and_then(|path| path.split_once('/'))
        else {
            continue;
        };
        if !seen.insert(name) {
            continue;
        }
        let message = format!("the folder `projects/{name}` has no `project.yaml`, so it is no project");
        let diagnostic = Diagnostic::new(&NO_PROJECT, Span::new(id, 0, 0), message);
        found.push(match rest {
            "project.yml" => diagnostic.hint("rename `project.yml` to `project.yaml`"),
            _ => diagnostic.hint("add `project.yaml` with at least `project:`, `start:` and `currency:`"),
        });
    }
}

/// Keeps one project of each folder name, because the name is the project's address on the site; gives the paths of the others' files.
fn drop_repeated(projects: &mut Vec<ProjectFolder>, found: &mut Diagnostics) -> Vec<String> {
    let mut left_out = Vec::new();
    projects.dedup_by(|second, first| {
        let is_repeated = second.folder == first.folder;
        if is_repeated {
            left_out.append(&mut second.files);
            let message = format!("two projects lie in folders called `{}`", first.folder);
            found.push(
                Diagnostic::new(&NO_PROJECT, None, message)
                    .hint("rename one of the folders: its name is the address of the project on the site"),
            );
        }
        is_repeated
    });
    left_out
}

fn read_yaml<T: Decode>(id: FileId, file: &SourceFile, found: &mut Diagnostics) -> Option<T> {
    let node = file.yaml(id, found)?;
    T::decode(&node, found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(files: &[(&str, &str)], projects: &[&str], expected: &[&str]) {
        let folder = Folder::from_memory(files.to_vec());
        let mut found = Diagnostics::default();
        let record = read(&folder, &Changes::default(), &mut found);
        let names: Vec<&str> = record.projects.iter().map(|project| project.folder.as_str()).collect();
        assert_eq!(names, projects);
        let said: Vec<String> = found
            .iter()
            .map(|d| format!("{}: {} | {}", d.rule.code, d.message, d.hints.join("; ")))
            .collect();
        assert_eq!(said, expected);
    }

    const PROJECT: &str = "project: P\nstart: 2026-08-03\ncurrency: EUR\n";

    #[test]
    fn projects_lie_under_projects_or_directly_in_the_folder_or_are_the_folder() {
        check(
            &[
                ("projects/b/project.yaml", PROJECT),
                ("projects/b/plan.yaml", ""),
                ("a/project.yaml", PROJECT),
                ("a/plan.yaml", ""),
            ],
            &["a", "b"],
            &[],
        );
        check(
            &[("project.yaml", PROJECT), ("plan.yaml", ""), ("portfolio.yaml", "title: T")],
            &["project"],
            &[],
        );
    }

    #[test]
    fn a_folder_without_projects_says_how_to_begin() {
        check(
            &[("notes.md", "")],
            &[],
            &[
                "E121: this folder holds no project | put each project into a folder `projects/<name>/` with `project.yaml` and `plan.yaml`",
            ],
        );
    }

    #[test]
    fn a_project_needs_its_plan_and_unknown_files_are_named() {
        check(
            &[
                ("projects/a/project.yaml", PROJECT),
                ("projects/a/risk.yaml", ""),
                ("projects/a/gates/G1.yaml", ""),
                ("projects/a/update/2027-01-29.md", ""),
                ("projects/c/plan.yaml", ""),
            ],
            &["a"],
            &[
                "E121: the folder `projects/c` has no `project.yaml`, so it is no project | add `project.yaml` with at least `project:`, `start:` and `currency:`",
                "W120: `gates/G1.yaml` is not a file that milepost reads | name the files in `gates/` with the ending `.md`",
                "W120: `risk.yaml` is not a file that milepost reads | rename it to `risks.yaml`",
                "W120: `update/2027-01-29.md` is not a file that milepost reads | move it to `updates/2027-01-29.md`: the folder is called `updates`",
                "E123: the project `a` has no `plan.yaml` | add `plan.yaml` with the tasks of each stage",
            ],
        );
    }
}
