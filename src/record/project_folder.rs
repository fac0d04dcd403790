//! The folder of a project: which file says what.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Diagnostics, FieldPlaces, FileId, Severity, Span, Spanned};
use crate::quantity::Id;
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
use crate::record::folder_name::name_of;
use crate::record::frozen::{BaselineRecord, SnapshotRecord};
use crate::record::frozen_gate::FrozenGateRecord;
use crate::record::gate::{GatePageRecord, StageRecord, UpdateRecord};
use crate::record::home::FOLDER_OF_ONE;
use crate::record::ledger::{CostRow, DefectRow, FlowRow, TimeRow};
use crate::record::link::LinkRecord;
use crate::record::plan::PlanRecord;
use crate::record::progress::ProgressRow;
use crate::record::project::ProjectRecord;
use crate::record::register::{
    ActionRecord, ChangeRecord, DecisionRecord, DependencyRecord, IssueRecord, LessonRecord, RiskRecord,
};
use crate::record::rows::{decode_rows, lacks_columns};
use crate::record::rule::{MISSING_FIELD, MISSING_FILE};
use crate::record::stakeholder::StakeholderRecord;
use crate::record::team::ResourcesRecord;
use crate::record::unknown_file::{ending_of, meant_file, unknown_file};
use crate::record::what_if::Amendments;
use crate::source::canonical::digest_of;
use crate::source::disk::{Folder, Reading, SourceFile};
use crate::source::table::Table;
use crate::source::{markdown, table};

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
    /// Files that lie there under a name that nothing reads, by the names that are most likely meant, as paths inside the project.
    pub missed: Vec<String>,
    /// Tasks that a what-if leaves out, each with what it waited for.
    pub left_out: BTreeMap<Id, Vec<LinkRecord>>,
    /// Where the text of a file has faults: what stands around them may not have been read as it is meant.
    pub faults_of_text: Vec<Span>,
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
    /// What stands in each row of `progress.csv` that could not be read.
    pub lost_progress: Vec<Vec<String>>,
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
    /// The days that `updates/*.md` are named by which could not be read.
    pub lost_updates: Vec<Date>,
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

/// Reads every file of a project, with the changes that somebody asks about.
pub(super) fn read_project(
    folder: &Folder,
    (home, amendments): (&str, &Amendments<'_>),
    files: &[(FileId, &SourceFile)],
    found: &mut Diagnostics,
) -> ProjectFolder {
    let name = name_of(home).unwrap_or(FOLDER_OF_ONE);
    let mut project = ProjectFolder { folder: name.to_owned(), ..ProjectFolder::default() };
    let mut local = found.of_part();
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
    let has_file = |inside: &str| project.files.iter().any(|path| path.strip_prefix(home) == Some(inside));
    let missed: Vec<String> = project.missed.iter().filter(|inside| !has_file(inside)).cloned().collect();
    project.partly_read.extend(missed.iter().cloned());
    project.missed = missed;
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
            "progress.csv" => match table::parse(id, &file.text, found) {
                Some(table) => self.read_progress(&table, found),
                None => self.partly_read.push(inside.to_owned()),
            },
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
        let node = paper.file.yaml(paper.id, &mut local);
        let is_broken = local.count_at_least(Severity::Error) > 0;
        let errors = local.iter().filter(|fault| fault.severity == Severity::Error);
        self.faults_of_text.extend(errors.filter_map(|fault| fault.span));
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

    /// Reads the rows of `progress.csv`. Without a column that it needs none can be read.
    fn read_progress(&mut self, table: &Table, found: &mut Diagnostics) {
        if lacks_columns::<ProgressRow>(table) {
            self.partly_read.push("progress.csv".to_owned());
        }
        self.progress = decode_rows(table, found);
        self.lost_progress = lost_rows(table, &self.progress);
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
        let Some(mut table) = table else {
            self.partly_read.push("progress.csv".to_owned());
            return;
        };
        if lacks_columns::<ProgressRow>(&table) {
            self.partly_read.push("progress.csv".to_owned());
        }
        // Its own faults are reported when it is read for good, with the rows of the wish.
        let known: Vec<ProgressRow> = decode_rows(&table, &mut Diagnostics::default());
        let day = amendments.as_of().or_else(|| self.newest_report(&known));
        if let Some(day) = day {
            amendments.amend_progress(&mut table, day);
        }
        self.progress = decode_rows(&table, found);
        self.lost_progress = lost_rows(&table, &self.progress);
    }

    /// The day that the newest report speaks of, as the model sees it: that of the newest update, else of the newest
    /// line of progress or decision of a gate; else the start.
    fn newest_report(&self, progress: &[ProgressRow]) -> Option<Date> {
        let update = self.updates.iter().map(|update| update.record.status_date.value);
        let update = update.chain(self.lost_updates.iter().copied()).max();
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
            self.missed.extend(meant_file(inside, &PROJECT_FILES).map(str::to_owned));
            return;
        }
        match folder {
            "stages" => self.stages.extend(read_page((id, file), &mut self.places, found)),
            "gates" => self.gates.extend(read_page((id, file), &mut self.places, found)),
            "updates" => match read_page((id, file), &mut self.places, found) {
                Some(update) => self.updates.push(update),
                None => self
                    .lost_updates
                    .extend(name.strip_suffix(".md").and_then(|day| day.parse::<Date>().ok())),
            },
            "exceptions" => self.exceptions.extend(read_page((id, file), &mut self.places, found)),
            "baselines" => self.baselines.extend(read_filed((id, file), Some(&mut self.places), found)),
            "gates/frozen" => self.frozen_gates.extend(read_filed((id, file), None, found)),
            _ => self.snapshots.extend(read_filed((id, file), Some(&mut self.places), found)),
        }
    }
}

/// The cells of each row from which no report was read.
fn lost_rows(table: &Table, read: &[ProgressRow]) -> Vec<Vec<String>> {
    let read: BTreeSet<Span> = read.iter().map(|row| row.span).collect();
    let unread = table.rows.iter().filter(|row| !read.contains(&row.span)).chain(&table.left_out);
    unread.map(|row| row.cells.iter().map(|cell| cell.value.clone()).collect()).collect()
}

fn read_csv<T: Record>(id: FileId, file: &SourceFile, found: &mut Diagnostics) -> Vec<T> {
    table::parse(id, &file.text, found).map_or_else(Vec::new, |table| decode_rows(&table, found))
}

/// Reads a frozen file; where its figures are led to, the places of its fields are noted.
fn read_filed<T: Decode>(
    (id, file): (FileId, &SourceFile),
    places: Option<&mut FieldPlaces>,
    found: &mut Diagnostics,
) -> Option<Filed<T>> {
    let origin = Span::new(id, 0, 0);
    let node = file.yaml(id, found)?;
    if let Some(places) = places {
        note_fields(&node, places);
    }
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
                Diagnostic::new(&MISSING_FIELD, origin, message)
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
