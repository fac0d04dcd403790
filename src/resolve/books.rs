//! The books of a project as a whole: every register, ledger, page and frozen file, resolved in the order in
//! which one names another.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostics, Spanned};
use crate::model::{
    Baseline, Benefit, Budget, BusinessCase, CostEntry, Defect, Deliverable, Exception, FlowItem, FrozenGate,
    GateRecord, Handover, QualityPlan, Registers, Requirement, ReserveKind, Snapshot, StagePage, Stakeholder,
    Task, TimeEntry, Update,
};
use crate::quantity::{GateId, Id, Stage};
use crate::record::ProjectFolder;
use crate::record::decode::Keyed;
use crate::resolve::names::{Names, Register};
use crate::resolve::{
    business_case, delivery, exception, flow, frozen, frozen_gate, gate, ledger, register, requirement,
    stakeholder,
};

/// What the books of a project say.
#[derive(Clone, Debug, Default)]
pub(super) struct Books {
    pub timesheets: Vec<TimeEntry>,
    pub costs: Vec<CostEntry>,
    pub budget: Budget,
    pub business_case: Option<BusinessCase>,
    pub registers: Registers,
    pub deliverables: Vec<Deliverable>,
    pub requirements: Vec<Requirement>,
    pub quality: Option<QualityPlan>,
    pub defects: Vec<Defect>,
    pub flow: Vec<FlowItem>,
    pub benefits: Vec<Benefit>,
    pub handover: Option<Handover>,
    pub stakeholders: Vec<Stakeholder>,
    pub stages: BTreeMap<Stage, StagePage>,
    pub gates: BTreeMap<GateId, GateRecord>,
    pub updates: Vec<Update>,
    pub exceptions: Vec<Exception>,
    pub baselines: Vec<Baseline>,
    pub snapshots: Vec<Snapshot>,
    pub frozen_gates: Vec<FrozenGate>,
}

/// Enters the ids of all registers and deliverables, so that the plan and the books can name them.
pub(super) fn define_entries(files: &ProjectFolder, names: &mut Names, found: &mut Diagnostics) {
    for id in ids(&files.deliverables) {
        names.deliverables.define(id, (), found);
    }
    for file in &files.baselines {
        names.baseline_tasks.extend(file.record.tasks.iter().map(|(id, _)| id.value.clone()));
    }
    let registers = ids(&files.risks)
        .chain(ids(&files.issues))
        .chain(ids(&files.decisions))
        .chain(ids(&files.changes))
        .chain(ids(&files.actions))
        .chain(ids(&files.dependencies))
        .chain(ids(&files.lessons))
        .chain(ids(&files.stakeholders));
    for id in registers {
        names.entries.define(id, (), found);
    }
}

/// Resolves every book. The plan's tasks, the people and all entries must be in `names`.
pub(super) fn resolve_books(
    files: &ProjectFolder,
    tasks: &[Task],
    names: &Names,
    found: &mut Diagnostics,
) -> Books {
    check_links(files, names, found);
    let is_budget_unread = files.partly_read.iter().any(|file| file == "budget.yaml");
    let mut budget = match &files.budget {
        Some(record) => ledger::resolve_budget(record, names, found),
        None if is_budget_unread => {
            Budget { unread_reserves: ReserveKind::ALL.to_vec(), ..Budget::default() }
        }
        None => Budget::default(),
    };
    budget.may_lack_lines |= is_budget_unread;
    ledger::check_task_categories(tasks, &budget, found);
    let mut names_of_baselines = frozen::baseline_names(&files.baselines, found);
    let is_baseline = |path: &&String| path.contains("/baselines/") || path.starts_with("baselines/");
    if files.files.iter().filter(is_baseline).count() > files.baselines.len() {
        names_of_baselines.forgive_unknown();
    }
    let decisions = known("decision", "decisions.yaml", &files.decisions, files);
    let no_tests = Keyed::default();
    let tests = files.quality.as_ref().map_or(&no_tests, |quality| &quality.tests);
    let tests = known("test", "quality.yaml", tests, files);
    let gates = gate::resolve_gates(&files.gates, &names_of_baselines, names, found);
    Books {
        timesheets: ledger::resolve_hours(&files.timesheets, names, found),
        costs: ledger::resolve_costs(&files.costs, &budget, names, found),
        budget,
        business_case: files.business_case.as_ref().and_then(|record| {
            let is_partly_read = files.partly_read.iter().any(|part| part == "business-case.yaml");
            business_case::resolve_business_case((record, is_partly_read), names, found)
        }),
        registers: resolve_registers(files, names, found),
        deliverables: delivery::resolve_deliverables(&files.deliverables, tasks, names, found),
        requirements: requirement::resolve_requirements(&files.requirements, (names, &tests), found),
        quality: files.quality.as_ref().map(|record| delivery::resolve_quality(record, found)),
        defects: delivery::resolve_defects(&files.defects, names, found),
        flow: flow::resolve_flow(&files.flow, names, found),
        benefits: delivery::resolve_benefits(&files.benefits, names, found),
        handover: files.handover.as_ref().map(|record| delivery::resolve_handover(record, names, found)),
        stakeholders: stakeholder::resolve_stakeholders(&files.stakeholders, names, found),
        stages: gate::resolve_stages(&files.stages, found),
        updates: gate::resolve_updates(&files.updates, &decisions, names, found),
        exceptions: exception::resolve_exceptions(&files.exceptions, &decisions, found),
        baselines: frozen::resolve_baselines(&files.baselines, &gates, names, found),
        gates,
        snapshots: frozen::resolve_snapshots(&files.snapshots, names, found),
        frozen_gates: frozen_gate::resolve_frozen_gates(&files.frozen_gates, found),
    }
}

fn resolve_registers(files: &ProjectFolder, names: &Names, found: &mut Diagnostics) -> Registers {
    let (risks, mut actions) = register::resolve_risks(&files.risks, names, found);
    actions.extend(register::resolve_actions(&files.actions, names, found));
    Registers {
        risks,
        issues: register::resolve_issues(&files.issues, names, found),
        decisions: register::resolve_decisions(&files.decisions, names, found),
        changes: register::resolve_changes(&files.changes, names, found),
        actions,
        requests: register::resolve_requests(&files.dependencies, names, found),
        lessons: register::resolve_lessons(&files.lessons),
    }
}

/// Reports links that name nothing.
fn check_links(files: &ProjectFolder, names: &Names, found: &mut Diagnostics) {
    let links = files
        .risks
        .iter()
        .flat_map(|(_, risk)| &risk.links)
        .chain(files.issues.iter().flat_map(|(_, issue)| &issue.links))
        .chain(files.decisions.iter().flat_map(|(_, decision)| &decision.links))
        .chain(files.changes.iter().flat_map(|(_, change)| &change.links));
    for link in links {
        names.anything(link, found);
    }
    let issues = known("issue", "issues.yaml", &files.issues, files);
    for became in files.risks.iter().filter_map(|(_, risk)| risk.became.as_ref()) {
        issues.find(became, found);
    }
}

/// The ids of one file; of a file that was read in part any id may be meant.
fn known<T>(noun: &'static str, file: &str, entries: &Keyed<T>, files: &ProjectFolder) -> Register<()> {
    let mut register = Register::new(noun);
    if files.partly_read.iter().any(|part| part == file) {
        register.forgive_unknown();
    }
    for id in ids(entries) {
        // An id that stands in the file twice has been reported as a key of the file.
        register.define(id, (), &mut Diagnostics::default());
    }
    register
}

/// All ids of a file, also those of entries that could not be read: they exist, and naming them is no fault.
fn ids<T>(entries: &Keyed<T>) -> impl Iterator<Item = &Spanned<Id>> {
    entries.iter().map(|(id, _)| id).chain(entries.unreadable())
}
