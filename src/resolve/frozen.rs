//! Baselines and snapshots: frozen records tied to the tasks of today's plan.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::diagnostic::{Diagnostics, Spanned};
use crate::model::{
    Baseline, BaselineLine, BaselineTask, BurnFigures, CaseMeasures, Counts, Decision, DroppedTask, Earning,
    EarningStep, Figures, FrozenCase, GateRecord, Length, MilestoneDay, Snapshot, SnapshotValue,
    ValueFigures, ValueSeries,
};
use crate::quantity::{Amount, GateId, Money, Percent};
use crate::record::decode::Dated;
use crate::record::earning::{EarningMethod, EarningRecord};
use crate::record::filed::Filed;
use crate::record::frozen::{
    BaselineLineRecord, BaselineRecord, FrozenCaseRecord, SnapshotBurnRecord, SnapshotCountsRecord,
    SnapshotRecord,
};
use crate::record::gate::DeclaredColour;
use crate::resolve::allowance::allowances;
use crate::resolve::entry::{check_order, some_day, some_word};
use crate::resolve::gate::check_file_name;
use crate::resolve::ledger::unsigned;
use crate::resolve::names::{Names, Register};

/// Resolves `baselines/*.yaml`; they come in the order in which they came into force, those without a day first, then of
/// their ids.
pub(super) fn resolve_baselines(
    files: &[Filed<BaselineRecord>],
    gates: &BTreeMap<GateId, GateRecord>,
    names: &Names,
    found: &mut Diagnostics,
) -> Vec<Baseline> {
    let mut baselines: Vec<Baseline> = files
        .iter()
        .map(|file| {
            let id = &file.record.baseline;
            check_file_name(file, id.as_str(), id.span, found);
            let mut baseline = resolve_baseline(file, names, found);
            baseline.approved = approved_on(gates, &baseline);
            baseline
        })
        .collect();
    baselines.sort_by(|a, b| (a.in_force_from(), &a.id).cmp(&(b.in_force_from(), &b.id)));
    let mut is_any_before = false;
    for baseline in &mut baselines {
        baseline.had_digest |= is_any_before;
        is_any_before |= baseline.digest.is_some();
    }
    baselines
}

/// The day on which a baseline was approved. One that was frozen before a board saw it is approved on the day on which the first gate passed
/// with it; one that the gate had decided on before it was frozen, on the day of the gate, also where its file names the day of freezing, as
/// it did before the two were told apart.
fn approved_on(gates: &BTreeMap<GateId, GateRecord>, baseline: &Baseline) -> Option<Date> {
    match baseline.approved {
        None if baseline.frozen.is_some() => passed_with(gates, baseline),
        Some(approved) if Some(approved) == baseline.frozen => {
            let gate = baseline.authorised_by.as_ref().and_then(|id| id.as_str().parse::<GateId>().ok());
            let gate = gate.and_then(|gate| gates.get(&gate));
            gate.and_then(|gate| gate.passed_on(approved)).or(Some(approved))
        }
        typed => typed,
    }
}

fn passed_with(gates: &BTreeMap<GateId, GateRecord>, baseline: &Baseline) -> Option<Date> {
    let passed = gates.values().filter(|gate| baseline.is_of_gate(gate));
    passed.filter(|gate| gate.decision.is_some_and(Decision::passes)).filter_map(|gate| gate.decided).min()
}

fn resolve_baseline(file: &Filed<BaselineRecord>, names: &Names, found: &mut Diagnostics) -> Baseline {
    let record = &file.record;
    let mut tasks = BTreeMap::new();
    let mut dropped = Vec::new();
    let mut sum = Amount::ZERO;
    let mut methods = BTreeMap::new();
    let mut planned_value = BTreeMap::new();
    for (id, task) in &record.tasks {
        check_order(&[("start", Some(task.start)), ("finish", Some(task.finish))], found);
        let budget =
            task.budget.and_then(|budget| promised_money(&budget, "the budget of a task", names, found));
        let budget = budget.unwrap_or(Amount::ZERO);
        sum += budget;
        // A baseline is history: that the plan has lost a task since is a fact about the plan, no fault of
        // the file.
        let Some(number) = names.tasks.get(&id.value) else {
            let planned = record.planned_value.iter().find(|(named, _)| named.value == id.value);
            dropped.push(DroppedTask {
                id: id.value.clone(),
                start: task.start.value,
                finish: task.finish.value.max(task.start.value),
                budget,
                is_level_of_effort: task
                    .earned_value
                    .as_ref()
                    .is_some_and(|written| matches!(written.method, EarningMethod::LevelOfEffort)),
                planned_value: planned.map(|(_, series)| series_of(series, names, found)),
                origin: id.span,
            });
            continue;
        };
        let promised = BaselineTask {
            start: task.start.value,
            finish: task.finish.value,
            duration: task.duration.map(|duration| Length {
                minutes: duration.minutes(names.work_time_of(number)),
                is_elapsed: duration.is_elapsed(),
            }),
            budget,
            effort: task.effort.map(|effort| effort.minutes(names.work_time_of(number))),
            units: task.units.map(|units| units.value),
            origin: id.span,
        };
        tasks.insert(number, promised);
        if let Some(method) = task.earned_value.as_ref().and_then(|written| method_of(written, names)) {
            methods.insert(number, method);
        }
    }
    for (id, series) in &record.planned_value {
        if let Some(number) = names.tasks.get(&id.value) {
            planned_value.insert(number, series_of(series, names, found));
        }
    }
    let lines: Vec<BaselineLine> =
        record.lines.iter().filter_map(|line| resolve_line(line, names, found)).collect();
    sum += lines.iter().map(|line| line.budget).sum();
    Baseline {
        id: record.baseline.value.clone(),
        approved: some_day(record.approved),
        source_revision: some_word(record.source_revision.as_ref()),
        frozen: some_day(record.frozen),
        authorised_by: some(record.authorised_by.as_ref()),
        digest: some_word(record.digest.as_ref()),
        digest_of_values: file.digest.clone(),
        had_digest: record.frozen.is_some() || file.is_by_command,
        finish: some_day(record.finish),
        finish_origin: record.finish.map(|day| day.span),
        budget: record.bac.and_then(|budget| promised_money(&budget, "a budget", names, found)),
        allowed: record.allowed.as_ref().map(|allowed| allowances(allowed, names, found)).unwrap_or_default(),
        case: record.case.as_ref().map(|case| resolve_case(case, names, found)),
        tasks,
        methods,
        planned_value,
        lines: record.frozen.is_some().then_some(lines),
        dropped,
        last_task_day: record.tasks.iter().map(|(_, task)| task.finish.value).max(),
        sum,
        origin: record.baseline.span,
    }
}

/// Money that a baseline promises; none where it is below zero, which no plan promises.
fn promised_money(
    money: &Spanned<Money>,
    noun: &str,
    names: &Names,
    found: &mut Diagnostics,
) -> Option<Amount> {
    const RESTORE: &str = "restore the file from your version control, or have a new baseline approved";
    unsigned(money, (noun, RESTORE), names, found)
}

/// The method that was agreed. It is history: where it names a task that the plan has lost, that of the plan holds.
fn method_of(written: &EarningRecord, names: &Names) -> Option<Earning> {
    Some(match &written.method {
        EarningMethod::StartAndFinish(start) if *start == Percent::ZERO => Earning::AtFinish,
        EarningMethod::StartAndFinish(start) => Earning::AtStartAndFinish(*start),
        EarningMethod::Steps(steps) => Earning::Steps(
            steps
                .iter()
                .map(|(name, step)| EarningStep {
                    planned: step.planned.map(|day| day.value),
                    done_when: step.done_when.as_ref().map(|words| words.value.clone()),
                    origin: name.span,
                    ..EarningStep::new(name.value.clone(), step.weight.value)
                })
                .collect(),
        ),
        EarningMethod::Units { total, unit } => Earning::Units { total: total.value, unit: unit.clone() },
        EarningMethod::Percent => Earning::Percent,
        EarningMethod::Apportioned(base) => Earning::Apportioned(names.tasks.get(&base.value)?),
        EarningMethod::LevelOfEffort => Earning::LevelOfEffort,
    })
}

fn series_of(series: &Dated<Spanned<Money>>, names: &Names, found: &mut Diagnostics) -> ValueSeries {
    let points =
        series.iter().filter_map(|(day, value)| Some((day.value.last_day(), names.money(value, found)?)));
    ValueSeries::new(points.collect::<Vec<_>>())
}

fn resolve_line(line: &BaselineLineRecord, names: &Names, found: &mut Diagnostics) -> Option<BaselineLine> {
    check_order(&[("start", Some(line.start)), ("finish", Some(line.finish))], found);
    let planned = (!line.planned_value.is_empty()).then(|| series_of(&line.planned_value, names, found));
    Some(BaselineLine {
        name: line.name.value.clone(),
        category: line.category.value.clone(),
        budget: promised_money(&line.budget, "a budget line", names, found)?,
        start: line.start.value,
        finish: line.finish.value.max(line.start.value),
        planned_value: planned,
        origin: line.span,
    })
}

fn resolve_case(record: &FrozenCaseRecord, names: &Names, found: &mut Diagnostics) -> FrozenCase {
    let mut amounts = |years: &[Spanned<Money>]| -> Vec<Amount> {
        years.iter().map(|money| names.money(money, found).unwrap_or(Amount::ZERO)).collect()
    };
    let (costs, benefits) = (amounts(&record.costs), amounts(&record.benefits));
    let cashable = amounts(&record.cashable_benefits);
    let mut money = |typed: Option<Spanned<Money>>| typed.and_then(|money| names.money(&money, found));
    let said = CaseMeasures {
        npv_cashable: money(record.npv_cashable),
        pv_costs: money(record.pv_costs),
        pv_benefits: money(record.pv_benefits),
        internal_rates: record.irr.iter().map(|rate| rate.thousandths).collect(),
        benefit_cost_ratio: record.bcr.as_ref().map(|ratio| ratio.thousandths),
        discounted_payback: record.discounted_payback.as_ref().map(|years| years.thousandths),
        life: record.life.and_then(|years| u32::try_from(years.value).ok()),
    };
    FrozenCase {
        option: record.option.value.clone(),
        rate: record.rate.hundredths(),
        costs,
        benefits,
        cashable_benefits: (!cashable.is_empty()).then_some(cashable),
        carried: record.carried.and_then(|carried| names.money(&carried, found)),
        net_present_value: record.npv.and_then(|npv| names.money(&npv, found)),
        said,
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
            resolve_snapshot(file, names, found)
        })
        .collect();
    snapshots.sort_by_key(|snapshot| snapshot.status_date);
    // Whoever has begun to freeze goes on: one without a digest after one with has lost it.
    let mut is_any_before = false;
    for snapshot in &mut snapshots {
        snapshot.had_digest |= is_any_before;
        is_any_before |= snapshot.digest.is_some();
    }
    snapshots
}

fn resolve_snapshot(file: &Filed<SnapshotRecord>, names: &Names, found: &mut Diagnostics) -> Snapshot {
    let record = &file.record;
    let milestones = record
        .milestones
        .iter()
        .map(|(id, day)| {
            let is_reached = record.reached.iter().any(|reached| reached.value == id.value);
            (id.value.clone(), MilestoneDay { day: day.value, is_reached })
        })
        .collect();
    let word = |colour: Option<Spanned<DeclaredColour>>| colour.map(|word| word.as_str().to_owned());
    let colour = record.colour.as_ref();
    Snapshot {
        status_date: record.status_date.value,
        source_revision: some_word(record.source_revision.as_ref()),
        digest: some_word(record.digest.as_ref()),
        digest_of_values: file.digest.clone(),
        had_digest: file.is_by_command,
        figures: resolve_figures(record, names, found),
        milestones,
        computed: colour.and_then(|colour| word(colour.computed)),
        declared: colour.and_then(|colour| word(colour.declared)),
        dimensions: colour.map_or_else(BTreeMap::new, |colour| {
            let dimensions = [
                ("time", colour.time),
                ("cost", colour.cost),
                ("scope", colour.scope),
                ("quality", colour.quality),
                ("risk", colour.risk),
                ("benefits", colour.benefits),
                ("data", colour.data),
            ];
            dimensions.into_iter().filter_map(|(key, colour)| Some((key.to_owned(), word(colour)?))).collect()
        }),
        reasons: record.because.as_ref().map_or_else(BTreeMap::new, |because| {
            let reasons = [
                ("time", &because.time),
                ("cost", &because.cost),
                ("scope", &because.scope),
                ("quality", &because.quality),
                ("risk", &because.risk),
                ("benefits", &because.benefits),
                ("data", &because.data),
            ];
            let known = reasons.into_iter().filter_map(|(key, words)| Some((key, words.as_ref()?)));
            known.map(|(key, words)| (key.to_owned(), words.value.clone())).collect()
        }),
        values: record
            .values
            .iter()
            .map(|(name, value)| SnapshotValue { name: name.value.clone(), value: value.value.clone() })
            .collect(),
        origin: record.status_date.span,
    }
}

fn resolve_figures(record: &SnapshotRecord, names: &Names, found: &mut Diagnostics) -> Figures {
    let mut money = |money: Option<Spanned<Money>>| money.and_then(|money| names.money(&money, found));
    let finish = record.finish.as_ref();
    let evm = record.evm.as_ref();
    let discrete = record.discrete.as_ref();
    Figures {
        baseline: record.measured_against.as_ref().map(|id| id.value.clone()),
        baseline_finish: finish.and_then(|finish| some_day(finish.baseline)),
        forecast_finish: finish.and_then(|finish| some_day(finish.forecast)),
        finish_p50: finish.and_then(|finish| some_day(finish.p50)),
        finish_p80: finish.and_then(|finish| some_day(finish.p80)),
        total: ValueFigures {
            budget: money(evm.and_then(|evm| evm.bac)),
            planned: money(evm.and_then(|evm| evm.pv)),
            earned: money(evm.and_then(|evm| evm.ev)),
            actual: money(evm.and_then(|evm| evm.ac)),
            earned_time: evm.and_then(|evm| some(evm.es.as_ref())),
            actual_time: evm.and_then(|evm| some(evm.at.as_ref())),
            // Told once the plan is known that it was measured by.
            is_on_plateau: false,
        },
        discrete: ValueFigures {
            budget: money(discrete.and_then(|evm| evm.bac)),
            planned: money(discrete.and_then(|evm| evm.pv)),
            earned: money(discrete.and_then(|evm| evm.ev)),
            actual: money(discrete.and_then(|evm| evm.ac)),
            earned_time: discrete.and_then(|evm| some(evm.es.as_ref())),
            actual_time: discrete.and_then(|evm| some(evm.at.as_ref())),
            is_on_plateau: false,
        },
        estimate: money(evm.and_then(|evm| evm.eac)),
        estimate_judged: money(evm.and_then(|evm| evm.eac_judged)),
        estimate_one_off: money(evm.and_then(|evm| evm.eac_one_off)),
        estimate_trend: money(evm.and_then(|evm| evm.eac_trend)),
        estimate_pressure: money(evm.and_then(|evm| evm.eac_pressure)),
        estimate_counted: money(evm.and_then(|evm| evm.eac_counted)),
        exposure: money(record.exposure),
        threats: money(record.threats),
        threats_today: money(record.threats_today),
        // A frozen record writes the gain as a cost below zero.
        opportunities: money(record.opportunities).map(|cost| Amount::ZERO - cost),
        contingency: money(record.contingency),
        management_reserve: money(record.management_reserve),
        net_present_value: money(record.npv),
        effort: record.effort.as_ref().map(burn),
        units: record.units.iter().map(|(task, counted)| (task.value.clone(), burn(counted))).collect(),
        counts: record.counts.as_ref().map_or_else(Counts::default, counts),
    }
}

fn some<T: Clone>(value: Option<&Spanned<T>>) -> Option<T> {
    value.map(|value| value.value.clone())
}

fn burn(record: &SnapshotBurnRecord) -> BurnFigures {
    BurnFigures { done: record.done.value.clone(), scope: record.scope.value.clone() }
}

fn counts(record: &SnapshotCountsRecord) -> Counts {
    let of = |count: Option<Spanned<i64>>| count.map(|count| count.value);
    Counts {
        tasks: of(record.tasks),
        finished: of(record.finished),
        risks: of(record.risks),
        issues: of(record.issues),
        changes: of(record.changes),
        decisions: of(record.decisions),
        actions: of(record.actions),
        requests: of(record.requests),
        defects: of(record.defects),
        accepted: of(record.accepted),
        progress: of(record.progress),
        findings: of(record.findings),
    }
}
