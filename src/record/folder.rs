//! The layout of a portfolio: which file says what, and which folders are projects.
//!
//! Comes in: a folder in memory. Goes out: every record in it. A portfolio keeps its projects under `projects/` or
//! directly in its folder; a folder that itself holds `project.yaml` is a portfolio of one.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Diagnostics, FieldPlaces, FileId, Severity, Span, Spanned};
use crate::record::budget::BudgetRecord;
use crate::record::business_case::BusinessCaseRecord;
use crate::record::calendar::CalendarsRecord;
use crate::record::decode::{Decode, Keyed, Record};
use crate::record::delivery::{
    BenefitRecord, DeliverableRecord, HandoverRecord, QualityRecord, RequirementRecord,
};
use crate::record::exception::ExceptionRecord;
use crate::record::fields::note_fields;
use crate::record::filed::Filed;
use crate::record::folder_name::{fault_of_name, name_of};
use crate::record::frozen::{BaselineRecord, SnapshotRecord};
use crate::record::frozen_gate::FrozenGateRecord;
use crate::record::gate::{GatePageRecord, StageRecord, UpdateRecord};
use crate::record::ledger::{CostRow, DefectRow, FlowRow, TimeRow};
use crate::record::plan::PlanRecord;
use crate::record::portfolio::{PeopleRecord, PortfolioRecord};
use crate::record::progress::ProgressRow;
use crate::record::project::ProjectRecord;
use crate::record::register::{
    ActionRecord, ChangeRecord, DecisionRecord, DependencyRecord, IssueRecord, LessonRecord, RiskRecord,
};
use crate::record::rows::decode_rows;
use crate::record::rule::{MISSING_FILE, NO_PROJECT, UNUSABLE_FOLDER_NAME};
use crate::record::stakeholder::StakeholderRecord;
use crate::record::team::ResourcesRecord;
use crate::record::unknown_file::{ending_of, unknown_file};
use crate::record::what_if::{Amendments, Candidate, Changes, aim};
use crate::source::canonical::digest_of;
use crate::source::disk::{Folder, Reading, SourceFile};
use crate::source::table::Table;
use crate::source::{markdown, table, yaml};

/// Everything that the files of a portfolio say.
#[derive(Clone, Debug, Default)]
pub struct FolderRecord {
    /// `portfolio.yaml`.
    pub portfolio: Option<PortfolioRecord>,
    /// `people.yaml`.
    pub people: Option<PeopleRecord>,
    /// `calendars/*.yaml`, in the order of their paths.
    pub calendars: Vec<CalendarsRecord>,
    /// The projects, in the order of their folder names.
    pub projects: Vec<ProjectFolder>,
}

/// Everything that the files of a project say; what is absent is empty.
#[derive(Clone, Debug, Default)]
pub struct ProjectFolder {
    /// The folder's name, `project` for a portfolio of one: the project's address on the site.
    pub folder: String,
    /// Its texts, as paths relative to the portfolio, in order.
    pub files: Vec<String>,
    /// Files of which a part could not be read, as paths inside the project: not all that they define is known, so
    /// whoever refers to it may not be at fault.
    pub partly_read: Vec<String>,
    /// `project.yaml`; none when it cannot be used.
    pub project: Option<ProjectRecord>,
    /// `plan.yaml`; none when it is missing or cannot be used.
    pub plan: Option<PlanRecord>,
    /// `calendar.yaml`.
    pub calendars: CalendarsRecord,
    /// `resources.yaml`.
    pub resources: Option<ResourcesRecord>,
    /// `progress.csv`.
    pub progress: Vec<ProgressRow>,
    /// `timesheets.csv`.
    pub timesheets: Vec<TimeRow>,
    /// `costs.csv`.
    pub costs: Vec<CostRow>,
    /// `defects.csv`.
    pub defects: Vec<DefectRow>,
    /// `flow.csv`.
    pub flow: Vec<FlowRow>,
    /// `budget.yaml`.
    pub budget: Option<BudgetRecord>,
    /// `business-case.yaml`.
    pub business_case: Option<BusinessCaseRecord>,
    /// `deliverables.yaml`.
    pub deliverables: Keyed<DeliverableRecord>,
    /// `requirements.yaml`.
    pub requirements: Keyed<RequirementRecord>,
    /// `quality.yaml`.
    pub quality: Option<QualityRecord>,
    /// `benefits.yaml`.
    pub benefits: Keyed<BenefitRecord>,
    /// `handover.yaml`.
    pub handover: Option<HandoverRecord>,
    /// `risks.yaml`.
    pub risks: Keyed<RiskRecord>,
    /// `issues.yaml`.
    pub issues: Keyed<IssueRecord>,
    /// `decisions.yaml`.
    pub decisions: Keyed<DecisionRecord>,
    /// `changes.yaml`.
    pub changes: Keyed<ChangeRecord>,
    /// `actions.yaml`.
    pub actions: Keyed<ActionRecord>,
    /// `dependencies.yaml`.
    pub dependencies: Keyed<DependencyRecord>,
    /// `lessons.yaml`.
    pub lessons: Keyed<LessonRecord>,
    /// `stakeholders.yaml`.
    pub stakeholders: Keyed<StakeholderRecord>,
    /// `stages/*.md`.
    pub stages: Vec<Filed<StageRecord>>,
    /// `gates/*.md`.
    pub gates: Vec<Filed<GatePageRecord>>,
    /// `updates/*.md`.
    pub updates: Vec<Filed<UpdateRecord>>,
    /// `exceptions/*.md`.
    pub exceptions: Vec<Filed<ExceptionRecord>>,
    /// `baselines/*.yaml`.
    pub baselines: Vec<Filed<BaselineRecord>>,
    /// `snapshots/*.yaml`.
    pub snapshots: Vec<Filed<SnapshotRecord>>,
    /// `gates/frozen/*.yaml`.
    pub frozen_gates: Vec<Filed<FrozenGateRecord>>,
    /// Where each field of each entry stands; fields of frozen files are not among them.
    pub places: FieldPlaces,
}

/// The files of a project that have a fixed name.
const PROJECT_FILES: [&str; 26] = [
    "project.yaml",
    "plan.yaml",
    "calendar.yaml",
    "resources.yaml",
    "progress.csv",
    "timesheets.csv",
    "costs.csv",
    "defects.csv",
    "flow.csv",
    "budget.yaml",
    "business-case.yaml",
    "deliverables.yaml",
    "requirements.yaml",
    "quality.yaml",
    "benefits.yaml",
    "handover.yaml",
    "risks.yaml",
    "issues.yaml",
    "decisions.yaml",
    "changes.yaml",
    "actions.yaml",
    "dependencies.yaml",
    "lessons.yaml",
    "stakeholders.yaml",
    "README.md",
    "IMPORT.md",
];

/// The folders of a project, each with the ending of its files.
pub(super) const PROJECT_FOLDERS: [(&str, &str); 7] = [
    ("stages", "md"),
    ("gates", "md"),
    ("updates", "md"),
    ("exceptions", "md"),
    ("baselines", "yaml"),
    ("snapshots", "yaml"),
    ("gates/frozen", "yaml"),
];

/// What the folder of a portfolio of one is called on the site.
const FOLDER_OF_ONE: &str = "project";

/// The files of the portfolio that have a fixed name.
const PORTFOLIO_FILES: [&str; 2] = ["portfolio.yaml", "people.yaml"];

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
    for (id, file) in shared {
        read_shared(&mut record, (id, file), &of_shared, found);
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
    drop_repeated(&mut record.projects, found);
    if record.projects.is_empty() {
        let message = "this folder holds no project".to_owned();
        found.push(
            Diagnostic::new(&NO_PROJECT, None, message).hint(
                "put each project into a folder `projects/<name>/` with `project.yaml` and `plan.yaml`",
            ),
        );
    }
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

/// The name of each project's folder, and the prefix of the paths of its files.
pub(super) fn project_folders(folder: &Folder) -> Vec<(String, String)> {
    let homes = project_homes(folder).into_iter();
    homes.map(|home| (name_of(&home).unwrap_or(FOLDER_OF_ONE).to_owned(), home)).collect()
}

/// The folders that hold `project.yaml`, as prefixes of paths: `""`, `name/` or `projects/name/`.
fn project_homes(folder: &Folder) -> Vec<String> {
    let texts = folder.files().iter().filter(|file| file.reading != Reading::Bytes);
    homes_among(texts.map(|file| file.path.as_str()))
}

/// The folders of projects among the paths of a portfolio, as prefixes of paths in order: `""`, `name/` or `projects/name/`.
pub fn homes_among<'a>(paths: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut homes: Vec<String> = paths
        .filter_map(|path| path.strip_suffix("project.yaml"))
        .filter(|home| match home.split('/').collect::<Vec<_>>().as_slice() {
            [""] | ["projects", _, ""] => true,
            [name, ""] => *name != "projects",
            _ => false,
        })
        .map(str::to_owned)
        .collect();
    homes.sort_unstable();
    homes
}

/// The folder of a project that a file belongs to, of those that [`homes_among`] found; none for files that all projects share.
#[must_use]
pub fn home_of<'a>(homes: &'a [String], path: &str) -> Option<&'a str> {
    // The longest home wins, so that a portfolio of one may still have projects below it.
    let ends = path.match_indices('/').map(|(at, _)| at + 1).take(2).collect::<Vec<_>>();
    let mut candidates = ends.iter().rev().copied().chain([0]).filter_map(|end| path.get(..end));
    let home = candidates.find_map(|start| homes.binary_search_by(|home| home.as_str().cmp(start)).ok())?;
    let home = homes.get(home)?;
    (!(home.is_empty() && is_shared(path))).then_some(home)
}

fn is_shared(path: &str) -> bool {
    PORTFOLIO_FILES.contains(&path) || path.starts_with("calendars/")
}

/// Reads a file of the portfolio; one that nothing reads is reported where its name looks like a slip.
fn read_shared(
    record: &mut FolderRecord,
    (id, file): (FileId, &SourceFile),
    amendments: &Amendments<'_>,
    found: &mut Diagnostics,
) {
    match file.path.as_str() {
        "portfolio.yaml" => record.portfolio = read_yaml(id, file, found),
        "people.yaml" => {
            let node = yaml::parse(id, &file.text, found);
            let node = node.map(|node| amendments.amend_people(node, found));
            record.people = node.and_then(|node| PeopleRecord::decode(&node, found));
        }
        path if path.starts_with("calendars/") && ending_of(path) == "yaml" => {
            record.calendars.extend(read_yaml::<CalendarsRecord>(id, file, found));
        }
        path => {
            let is_ours = !path.contains('/') && ending_of(path) != "md";
            if is_ours || path.starts_with("calendars/") {
                found.push(unknown_file(id, path, &PORTFOLIO_FILES));
            }
        }
    }
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

/// Keeps one project of each folder name, because the name is the project's address on the site.
fn drop_repeated(projects: &mut Vec<ProjectFolder>, found: &mut Diagnostics) {
    projects.dedup_by(|second, first| {
        let is_repeated = second.folder == first.folder;
        if is_repeated {
            let message = format!("two projects lie in folders called `{}`", first.folder);
            found.push(
                Diagnostic::new(&NO_PROJECT, None, message)
                    .hint("rename one of the folders: its name is the address of the project on the site"),
            );
        }
        is_repeated
    });
}

fn read_project(
    folder: &Folder,
    (home, amendments): (&str, &Amendments<'_>),
    files: &[(FileId, &SourceFile)],
    found: &mut Diagnostics,
) -> ProjectFolder {
    let name = name_of(home).unwrap_or(FOLDER_OF_ONE);
    let mut project = ProjectFolder { folder: name.to_owned(), ..ProjectFolder::default() };
    let mut local = Diagnostics::default();
    for (id, file) in files {
        let inside = file.path.strip_prefix(home).unwrap_or(&file.path);
        project.files.push(file.path.clone());
        project.take(&Paper { id: *id, file, inside, amendments }, &mut local);
    }
    if amendments.concern_progress() {
        let file = files.iter().find(|(_, file)| file.path.strip_prefix(home) == Some("progress.csv"));
        project.read_amended_progress(file.copied(), amendments, &mut local);
    }
    amendments.report_overridden(&project, &mut local);
    amendments.leave_out(&mut project, &mut local);
    for file in folder.files().iter().filter(|file| file.reading == Reading::Failed) {
        project.partly_read.extend(file.path.strip_prefix(home).map(str::to_owned));
    }
    let has_plan = project.files.iter().any(|path| path.strip_prefix(home) == Some("plan.yaml"))
        || project.partly_read.iter().any(|path| path == "plan.yaml");
    if !has_plan {
        let place = files.iter().find(|(_, file)| file.path.ends_with("project.yaml"));
        let message = format!("the project `{name}` has no `plan.yaml`");
        local.push(
            Diagnostic::new(&MISSING_FILE, place.map(|(id, _)| Span::new(*id, 0, 0)), message)
                .hint("add `plan.yaml` with the tasks of each stage"),
        );
    }
    for diagnostic in &mut local {
        diagnostic.project = Some(name.to_owned());
    }
    found.extend(local);
    project
}

/// A text of a project, and what somebody wants changed in it.
struct Paper<'a> {
    id: FileId,
    file: &'a SourceFile,
    /// Its path inside the project.
    inside: &'a str,
    amendments: &'a Amendments<'a>,
}

impl ProjectFolder {
    fn take(&mut self, paper: &Paper<'_>, found: &mut Diagnostics) {
        let Paper { id, file, inside, amendments } = *paper;
        match inside {
            "project.yaml" => self.project = self.read(paper, found),
            "plan.yaml" => self.plan = self.read(paper, found),
            "calendar.yaml" => self.calendars = self.read(paper, found).unwrap_or_default(),
            "resources.yaml" => self.resources = self.read(paper, found),
            "progress.csv" if amendments.concern_progress() => {}
            "progress.csv" => self.progress = read_csv(id, file, found),
            "timesheets.csv" => self.timesheets = read_csv(id, file, found),
            "costs.csv" => self.costs = read_csv(id, file, found),
            "defects.csv" => self.defects = read_csv(id, file, found),
            "flow.csv" => self.flow = read_csv(id, file, found),
            "budget.yaml" => self.budget = self.read(paper, found),
            "business-case.yaml" => self.business_case = self.read(paper, found),
            "deliverables.yaml" => self.deliverables = self.read(paper, found).unwrap_or_default(),
            "requirements.yaml" => self.requirements = self.read(paper, found).unwrap_or_default(),
            "quality.yaml" => self.quality = self.read(paper, found),
            "benefits.yaml" => self.benefits = self.read(paper, found).unwrap_or_default(),
            "handover.yaml" => self.handover = self.read(paper, found),
            "risks.yaml" => self.risks = self.read(paper, found).unwrap_or_default(),
            "issues.yaml" => self.issues = self.read(paper, found).unwrap_or_default(),
            "decisions.yaml" => self.decisions = self.read(paper, found).unwrap_or_default(),
            "changes.yaml" => self.changes = self.read(paper, found).unwrap_or_default(),
            "actions.yaml" => self.actions = self.read(paper, found).unwrap_or_default(),
            "dependencies.yaml" => self.dependencies = self.read(paper, found).unwrap_or_default(),
            "lessons.yaml" => self.lessons = self.read(paper, found).unwrap_or_default(),
            "stakeholders.yaml" => self.stakeholders = self.read(paper, found).unwrap_or_default(),
            "README.md" | "IMPORT.md" => {}
            _ => self.take_from_folder(id, file, inside, found),
        }
    }

    /// Reads a file of the project and remembers when a part of it could not be read.
    fn read<T: Decode>(&mut self, paper: &Paper<'_>, found: &mut Diagnostics) -> Option<T> {
        let mut local = Diagnostics::default();
        let node = yaml::parse(paper.id, &paper.file.text, &mut local);
        let is_broken = local.count_at_least(Severity::Error) > 0;
        found.extend(local);
        let node = node.map(|node| paper.amendments.amend(paper.inside, node, found));
        if let Some(node) = &node {
            note_fields(node, &mut self.places);
        }
        let record = node.and_then(|node| T::decode(&node, found));
        if is_broken || record.is_none() {
            self.partly_read.push(paper.inside.to_owned());
        }
        record
    }

    /// Reads `progress.csv`, or what would stand in it, with what is asked about added as of the status date.
    fn read_amended_progress(
        &mut self,
        file: Option<(FileId, &SourceFile)>,
        amendments: &Amendments<'_>,
        found: &mut Diagnostics,
    ) {
        let table = match file {
            Some((id, file)) => table::parse(id, &file.text, found),
            None => Some(Table::default()),
        };
        let Some(mut table) = table else { return };
        // Its own faults are reported when it is read for good, with the rows of the wish.
        let known: Vec<ProgressRow> = decode_rows(&table, &mut Diagnostics::default());
        let day = amendments.as_of().or_else(|| self.newest_report(&known));
        if let Some(day) = day {
            amendments.amend_progress(&mut table, day);
        }
        self.progress = decode_rows(&table, found);
    }

    /// The day that the newest report speaks of, as the model sees it: that of the newest update, else of the newest
    /// line of progress or decision of a gate; else the start.
    fn newest_report(&self, progress: &[ProgressRow]) -> Option<Date> {
        let update = self.updates.iter().map(|update| update.record.status_date.value).max();
        let reported = progress.iter().map(|row| row.status_date.value).max();
        let decided = self.gates.iter().filter_map(|gate| Some(gate.record.decided.as_ref()?.value)).max();
        update.or(reported.max(decided)).or_else(|| Some(self.project.as_ref()?.start.value.day))
    }

    fn take_from_folder(&mut self, id: FileId, file: &SourceFile, inside: &str, found: &mut Diagnostics) {
        let (folder, name) = match inside.strip_prefix("gates/frozen/") {
            Some(name) => ("gates/frozen", name),
            None => inside.split_once('/').unwrap_or(("", inside)),
        };
        let ending = ending_of(name);
        if name.contains('/') || !PROJECT_FOLDERS.contains(&(folder, ending)) {
            found.push(unknown_file(id, inside, &PROJECT_FILES));
            return;
        }
        match folder {
            "stages" => self.stages.extend(read_page((id, file), &mut self.places, found)),
            "gates" => self.gates.extend(read_page((id, file), &mut self.places, found)),
            "updates" => self.updates.extend(read_page((id, file), &mut self.places, found)),
            "exceptions" => self.exceptions.extend(read_page((id, file), &mut self.places, found)),
            "baselines" => self.baselines.extend(read_filed(id, file, found)),
            "gates/frozen" => self.frozen_gates.extend(read_filed(id, file, found)),
            _ => self.snapshots.extend(read_filed(id, file, found)),
        }
    }
}

fn read_yaml<T: Decode>(id: FileId, file: &SourceFile, found: &mut Diagnostics) -> Option<T> {
    let node = yaml::parse(id, &file.text, found)?;
    T::decode(&node, found)
}

fn read_csv<T: Record>(id: FileId, file: &SourceFile, found: &mut Diagnostics) -> Vec<T> {
    table::parse(id, &file.text, found).map_or_else(Vec::new, |table| decode_rows(&table, found))
}

fn read_filed<T: Decode>(id: FileId, file: &SourceFile, found: &mut Diagnostics) -> Option<Filed<T>> {
    let origin = Span::new(id, 0, 0);
    let node = yaml::parse(id, &file.text, found)?;
    let record = T::decode(&node, found)?;
    let body = Spanned::new(String::new(), origin);
    let is_by_command = says_by_command(&file.text);
    Some(Filed { path: file.path.clone(), record, body, digest: digest_of(&node), is_by_command, origin })
}

/// Says whether the comment at the beginning of a file names the command that wrote it.
fn says_by_command(text: &str) -> bool {
    let mut lines = text.lines().take_while(|line| line.starts_with('#'));
    lines.any(|line| line.contains("by `milepost "))
}

fn read_page<T: Decode>(
    (id, file): (FileId, &SourceFile),
    places: &mut FieldPlaces,
    found: &mut Diagnostics,
) -> Option<Filed<T>> {
    let already = found.iter().count();
    let page = markdown::parse(id, &file.text, found);
    let origin = Span::new(id, 0, 0);
    let Some(front) = page.front else {
        // A page whose fields could not be read has been reported; one without any has not.
        if found.iter().count() == already {
            let message = format!("`{}` does not begin with fields", file.path);
            found.push(
                Diagnostic::new(&crate::record::rule::MISSING_FIELD, origin, message)
                    .hint("begin the page with a line `---`, its fields, and a second line `---`"),
            );
        }
        return None;
    };
    note_fields(&front, places);
    let record = T::decode(&front, found)?;
    let (body, digest) = (page.body, digest_of(&front));
    Some(Filed { path: file.path.clone(), record, body, digest, is_by_command: false, origin })
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
                ("projects/c/plan.yaml", ""),
            ],
            &["a"],
            &[
                "E121: the folder `projects/c` has no `project.yaml`, so it is no project | add `project.yaml` with at least `project:`, `start:` and `currency:`",
                "W120: `gates/G1.yaml` is not a file that milepost reads | name the files in `gates/` with the ending `.md`",
                "W120: `risk.yaml` is not a file that milepost reads | rename it to `risks.yaml`",
                "E123: the project `a` has no `plan.yaml` | add `plan.yaml` with the tasks of each stage",
            ],
        );
    }
}
