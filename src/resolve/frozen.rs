//! Baselines and snapshots: frozen records tied to the tasks of today's plan.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostics, Spanned};
use crate::model::{Baseline, BaselineTask, FrozenCase, Snapshot, SnapshotValue};
use crate::quantity::{Amount, Id, Money};
use crate::record::filed::Filed;
use crate::record::frozen::{BaselineRecord, FrozenCaseRecord, SnapshotRecord};
use crate::resolve::entry::{check_order, some_day, some_word};
use crate::resolve::gate::check_file_name;
use crate::resolve::names::{Names, Register};

/// Resolves `baselines/*.yaml`; they come in the order of their approval, those without a day first, then of
/// their ids.
pub(super) fn resolve_baselines(
    files: &[Filed<BaselineRecord>],
    names: &Names,
    found: &mut Diagnostics,
) -> Vec<Baseline> {
    let mut baselines: Vec<Baseline> = files
        .iter()
        .map(|file| {
            let id = &file.record.baseline;
            check_file_name(file, id.as_str(), id.span, found);
            resolve_baseline(&file.record, names, found)
        })
        .collect();
    baselines.sort_by(|a, b| (a.approved, &a.id).cmp(&(b.approved, &b.id)));
    baselines
}

fn resolve_baseline(record: &BaselineRecord, names: &Names, found: &mut Diagnostics) -> Baseline {
    let mut tasks = BTreeMap::new();
    let mut dropped = Vec::new();
    for (id, task) in &record.tasks {
        check_order(&[("start", Some(task.start)), ("finish", Some(task.finish))], found);
        let budget = task.budget.and_then(|budget| names.money(&budget, found)).unwrap_or(Amount::ZERO);
        // A baseline is history: that the plan has lost a task since is a fact about the plan, no fault of
        // the file.
        let Some(number) = names.tasks.get(&id.value) else {
            dropped.push(id.value.clone());
            continue;
        };
        let promised = BaselineTask {
            start: task.start.value,
            finish: task.finish.value,
            duration: task.duration.map(|duration| duration.minutes(names.work_time_of(number))),
            budget,
            units: task.units.map(|units| units.value),
            origin: id.span,
        };
        tasks.insert(number, promised);
    }
    Baseline {
        id: record.baseline.value.clone(),
        approved: some_day(record.approved),
        source_revision: some_word(record.source_revision.as_ref()),
        digest: some_word(record.digest.as_ref()),
        finish: some_day(record.finish),
        budget: record.bac.and_then(|budget| names.money(&budget, found)),
        case: record.case.as_ref().map(|case| resolve_case(case, names, found)),
        tasks,
        dropped,
        origin: record.baseline.span,
    }
}

fn resolve_case(record: &FrozenCaseRecord, names: &Names, found: &mut Diagnostics) -> FrozenCase {
    let mut amounts = |years: &[Spanned<Money>]| -> Vec<Amount> {
        years.iter().map(|money| names.money(money, found).unwrap_or(Amount::ZERO)).collect()
    };
    let (costs, benefits) = (amounts(&record.costs), amounts(&record.benefits));
    let cashable = amounts(&record.cashable_benefits);
    FrozenCase {
        option: record.option.value.clone(),
        rate: record.rate.hundredths(),
        costs,
        benefits,
        cashable_benefits: (!cashable.is_empty()).then_some(cashable),
        net_present_value: record.npv.and_then(|npv| names.money(&npv, found)),
        benefits_expected: some_day(record.benefits_expected),
        origin: record.option.span,
    }
}

/// The ids of the baselines, so that gate pages can name them.
pub(super) fn baseline_names(files: &[Filed<BaselineRecord>], found: &mut Diagnostics) -> Register<()> {
    let mut register = Register::new("baseline");
    for file in files {
        register.define(&file.record.baseline, (), found);
    }
    register
}

/// Resolves `snapshots/*.yaml`; they come in the order of their days.
pub(super) fn resolve_snapshots(
    files: &[Filed<SnapshotRecord>],
    names: &Names,
    found: &mut Diagnostics,
) -> Vec<Snapshot> {
    let mut snapshots: Vec<Snapshot> = files
        .iter()
        .map(|file| {
            let day = file.record.status_date;
            check_file_name(file, &day.value.to_string(), day.span, found);
            resolve_snapshot(&file.record, names, found)
        })
        .collect();
    snapshots.sort_by_key(|snapshot| snapshot.status_date);
    snapshots
}

fn resolve_snapshot(record: &SnapshotRecord, names: &Names, found: &mut Diagnostics) -> Snapshot {
    let mut amounts = BTreeMap::new();
    for (name, money) in &record.evm {
        if let Some(amount) = names.money(money, found) {
            amounts.insert(name.value.clone(), amount);
        }
    }
    if let Some(exposure) = record.exposure.and_then(|exposure| names.money(&exposure, found)) {
        amounts.insert("exposure".to_owned(), exposure);
    }
    let milestones: BTreeMap<Id, _> =
        record.milestones.iter().map(|(id, day)| (id.value.clone(), day.value)).collect();
    let finish = record.finish.as_ref();
    let colour = record.colour.as_ref();
    Snapshot {
        status_date: record.status_date.value,
        source_revision: some_word(record.source_revision.as_ref()),
        baseline_finish: finish.and_then(|finish| some_day(finish.baseline)),
        forecast_finish: finish.and_then(|finish| some_day(finish.forecast)),
        milestones,
        amounts,
        computed: colour.and_then(|colour| colour.computed).map(|word| word.as_str().to_owned()),
        declared: colour.and_then(|colour| colour.declared).map(|word| word.as_str().to_owned()),
        values: record
            .values
            .iter()
            .map(|(name, value)| SnapshotValue { name: name.value.clone(), value: value.value.clone() })
            .collect(),
        origin: record.status_date.span,
    }
}
