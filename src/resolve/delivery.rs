//! Deliverables, quality, defects, benefits, handover: who answers for them found, counts and dates that
//! agree.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics, Span, Spanned};
use crate::model::{
    Acceptance, Benefit, BenefitReading, Bound, Checkpoint, Criterion, CutOverStep, Defect, Deliverable,
    Handover, HandoverItem, Indicator, QualityPlan, ServiceCriterion, Task, TaskNo, TestCount, TestRun,
};
use crate::quantity::{Id, Measure};
use crate::record::decode::Keyed;
use crate::record::delivery::{
    BenefitRecord, CheckpointRecord, CriterionRecord, CutOverStepRecord, DeliverableRecord,
    HandoverItemRecord, HandoverRecord, IndicatorRecord, QualityRecord, ReadingRecord,
    ServiceCriterionRecord, TestRunRecord,
};
use crate::record::ledger::{Days, DefectRow};
use crate::resolve::entry::{check_order, some_day, some_text, some_word, text};
use crate::resolve::names::Names;
use crate::resolve::register::STATE_WITHOUT_DATE;
use crate::resolve::rule::DUPLICATE_ID;
use crate::resolve::{closing, readiness};

declare_rule! {
    /// A deliverable is listed, but no task of the plan produces it. Either work is missing from the plan, or
    /// the task that makes it does not say so.
    ///
    /// Wrong:
    /// ```yaml
    /// # deliverables.yaml
    /// D1: {deliverable: Approved network design, approver: priya}
    /// # plan.yaml
    /// design: {duration: 8d, assign: tom}
    /// ```
    /// Right:
    /// ```yaml
    /// # plan.yaml
    /// design: {duration: 8d, assign: tom, produces: D1}
    /// ```
    pub static DELIVERABLE_WITHOUT_TASK: Rule =
        ("W109", "deliverable-without-task", Warning, "0.1.0", "a deliverable that no task produces");
}

declare_rule! {
    /// Counts of a test run contradict each other: more passed and failed than run, more run and blocked than
    /// planned, or a count below zero. Or more people are trained than need it. Rates computed from them would be above 100 %.
    ///
    /// Wrong:
    /// ```yaml
    /// T1: {name: Fail-over, planned: 14, run: 6, passed: 6, failed: 2}
    /// ```
    /// Right:
    /// ```yaml
    /// T1: {name: Fail-over, planned: 14, run: 8, passed: 6, failed: 2}
    /// ```
    pub static COUNTS_CONTRADICT: Rule =
        ("E137", "counts-contradict", Error, "0.1.0", "counts of a test run or a training that contradict each other");
}

declare_rule! {
    /// An indicator of early life has readings and a limit, but the limit does not begin with `at most` or `at least` and a
    /// number. Whether it is kept cannot be computed.
    ///
    /// Wrong:
    /// ```yaml
    /// - {indicator: Incidents, limit: few, readings: [{date: 2027-01-29, value: 1}]}
    /// ```
    /// Right:
    /// ```yaml
    /// - {indicator: Incidents, unit: incidents a week, limit: at most 2, readings: [{date: 2027-01-29, value: 1}]}
    /// ```
    pub static LIMIT_WITHOUT_NUMBER: Rule =
        ("W157", "limit-without-number", Warning, "0.1.0", "a limit that no reading can be held against");
}

declare_rule! {
    /// The numbers of one benefit, or the limit and the readings of one indicator of early life, have different units, so a line through them
    /// would mean nothing.
    ///
    /// Wrong:
    /// ```yaml
    /// B1: {benefit: Faster answers, baseline: 3 h, target: 45 min}
    /// ```
    /// Right:
    /// ```yaml
    /// B1: {benefit: Faster answers, baseline: 180 min, target: 45 min}
    /// ```
    pub static UNITS_DIFFER: Rule = ("E129", "units-differ", Error, "0.1.0", "numbers of one thing in different units");
}

/// Resolves `deliverables.yaml`, with the tasks of the plan that produce each.
pub(super) fn resolve_deliverables(
    records: &Keyed<DeliverableRecord>,
    tasks: &[Task],
    names: &Names,
    found: &mut Diagnostics,
) -> Vec<Deliverable> {
    records
        .iter()
        .map(|(id, record)| {
            let produced_by = producers(&id.value, tasks);
            if produced_by.is_empty() {
                let message = format!("no task produces the deliverable `{}`", id.value);
                let hint = format!("add `produces: {}` to the task that makes it", id.value);
                found.push(Diagnostic::new(&DELIVERABLE_WITHOUT_TASK, id.span, message).hint(hint));
            }
            let submitted = record.submitted.iter().copied().min_by_key(|day| day.value);
            check_order(&[("submitted", submitted), ("accepted", record.accepted)], found);
            Deliverable {
                id: id.value.clone(),
                deliverable: text(&record.deliverable),
                approver: names.maybe_person(record.approver.as_ref(), found),
                owner: names.maybe_person(record.owner.as_ref(), found),
                criteria: record.criteria.iter().map(criterion).collect(),
                submitted: days(&record.submitted),
                rejected: days(&record.rejected),
                acceptance: acceptance(record, names, found),
                produced_by,
                origin: id.span,
            }
        })
        .collect()
}

/// Days in order of time.
fn days(written: &[Spanned<Date>]) -> Vec<Date> {
    let mut days: Vec<Date> = written.iter().map(|day| day.value).collect();
    days.sort_unstable();
    days
}

fn producers(deliverable: &Id, tasks: &[Task]) -> Vec<TaskNo> {
    (0u32..)
        .map(TaskNo)
        .zip(tasks)
        .filter(|(_, task)| task.produces.iter().any(|(produced, _)| produced == deliverable))
        .map(|(number, _)| number)
        .collect()
}

fn criterion(record: &CriterionRecord) -> Criterion {
    Criterion {
        criterion: text(&record.criterion),
        met: record.met.map(|met| (met.done(), met.total())),
        met_on: some_day(record.met_on),
        evidence: some_text(record.evidence.as_ref()),
        origin: record.span,
    }
}

fn acceptance(record: &DeliverableRecord, names: &Names, found: &mut Diagnostics) -> Option<Acceptance> {
    let by = names.maybe_person(record.accepted_by.as_ref(), found);
    let accepted_by = record.accepted_by.as_ref().map(|by| by.span);
    let signs = [accepted_by, record.condition.as_ref().map(|condition| condition.span)];
    if let (None, Some(sign)) = (record.accepted, signs.into_iter().flatten().next())
        && !record.unreadable.contains(&"accepted")
    {
        found.push(
            Diagnostic::new(&STATE_WITHOUT_DATE, sign, "this speaks of an acceptance that has no date")
                .hint("add `accepted:` with the day of acceptance"),
        );
    }
    Some(Acceptance {
        date: record.accepted?.value,
        by,
        condition: some_text(record.condition.as_ref()),
        evidence: some_text(record.evidence.as_ref()),
    })
}

/// Resolves `quality.yaml`.
pub(super) fn resolve_quality(record: &QualityRecord, found: &mut Diagnostics) -> QualityPlan {
    QualityPlan {
        approach: some_text(record.approach.as_ref()),
        tests: record.tests.iter().map(|(id, run)| test_run(id, run, found)).collect(),
        origin: record.span,
    }
}

fn test_run(id: &Spanned<Id>, record: &TestRunRecord, found: &mut Diagnostics) -> TestRun {
    let planned = record.planned.value;
    let newest = CountFields {
        place: id.span,
        origin: id.span,
        date: some_day(record.date),
        planned: (planned, record.planned.span),
        planned_now: record.planned.span,
        run: record.run,
        passed: record.passed,
        failed: record.failed,
        blocked: record.blocked,
    };
    let TestCount { date, run, passed, failed, blocked, .. } = newest.checked(found);
    let mut earlier: Vec<TestCount> = record
        .earlier
        .iter()
        .map(|count| {
            let fields = CountFields {
                place: count.date.span,
                origin: count.span,
                date: Some(count.date.value),
                planned: count
                    .planned
                    .map_or((planned, count.date.span), |planned| (planned.value, planned.span)),
                planned_now: count.planned.map_or(record.planned.span, |planned| planned.span),
                run: count.run,
                passed: count.passed,
                failed: count.failed,
                blocked: count.blocked,
            };
            fields.checked(found)
        })
        .collect();
    earlier.sort_by_key(|count| count.date);
    TestRun {
        id: id.value.clone(),
        name: text(&record.name),
        date,
        planned,
        run,
        passed,
        failed,
        blocked,
        earlier,
        origin: id.span,
    }
}

/// The counts of a test on one day, as written.
struct CountFields {
    /// Where a finding about all of them points.
    place: Span,
    /// Where they stand: the entry whose fields they are.
    origin: Span,
    date: Option<Date>,
    planned: (i64, Span),
    /// Where the cases planned now stand.
    planned_now: Span,
    run: Option<Spanned<i64>>,
    passed: Option<Spanned<i64>>,
    failed: Option<Spanned<i64>>,
    blocked: Option<Spanned<i64>>,
}

impl CountFields {
    /// The counts; those that contradict each other are reported.
    fn checked(&self, found: &mut Diagnostics) -> TestCount {
        let count = |field: Option<Spanned<i64>>| field.map_or(0, |count| count.value);
        let (passed, failed, blocked) = (count(self.passed), count(self.failed), count(self.blocked));
        // Who says what passed and failed has said what was run.
        let run = self.run.map_or(passed + failed, |run| run.value);
        let (planned, planned_place) = self.planned;
        let given = [self.run, self.passed, self.failed, self.blocked].into_iter().flatten();
        let all = [(planned, planned_place)].into_iter().chain(given.map(|count| (count.value, count.span)));
        for (below, place) in all.filter(|(count, _)| *count < 0) {
            let message = format!("a count of cases cannot be below zero, this is {below}");
            found.push(
                Diagnostic::new(&COUNTS_CONTRADICT, place, message)
                    .hint("write how many there are, 0 if none"),
            );
        }
        if passed + failed > run {
            let place = self.run.map_or(self.place, |run| run.span);
            let message = format!("{passed} passed and {failed} failed, but only {run} were run");
            found.push(
                Diagnostic::new(&COUNTS_CONTRADICT, place, message).hint("correct `run`, or the results"),
            );
        }
        if run + blocked > planned {
            let message = if blocked == 0 {
                format!("{run} were run, but only {planned} are planned")
            } else {
                format!("{run} were run and {blocked} are blocked, but only {planned} are planned")
            };
            let finding = Diagnostic::new(&COUNTS_CONTRADICT, planned_place, message)
                .hint("count each case once: planned is all there are");
            // Of an earlier day as many are planned as now where it says nothing else.
            found.push(match self.planned_now {
                now if now == planned_place => finding,
                now => finding.also(now, "planned now"),
            });
        }
        TestCount { date: self.date, planned, run, passed, failed, blocked, origin: self.origin }
    }
}

/// Resolves `defects.csv`; rows come in the order of the day on which they were found, then of the file.
pub(super) fn resolve_defects(rows: &[DefectRow], names: &Names, found: &mut Diagnostics) -> Vec<Defect> {
    report_repeated_defects(rows, found);
    let mut defects: Vec<Defect> = rows
        .iter()
        .map(|row| {
            check_order(&turns(row), found);
            if let Some(place) = &row.belongs_to {
                names.anything(place, found);
            }
            Defect {
                id: row.id.value.clone(),
                title: row.title.value.clone(),
                severity: row.severity.level(),
                opened: row.opened.value,
                closed: all_days(row.closed.as_ref()),
                reopened: all_days(row.reopened.as_ref()),
                owner: names.maybe_person(row.owner.as_ref(), found),
                belongs_to: row.belongs_to.as_ref().map(|id| id.value.to_string()),
                workaround: some_word(row.workaround.as_ref()),
                origin: row.span,
            }
        })
        .collect();
    defects.sort_by_key(|defect| defect.opened);
    defects
}

fn all_days(days: Option<&Spanned<Days>>) -> Vec<Date> {
    days.map_or_else(Vec::new, |days| days.value.all().to_vec())
}

/// What happened to a defect, in the order in which it must have happened: found, closed, come back, closed again …
///
/// Where closings are missing (only the last is written), nothing can be said of their order: they come after the day found.
fn turns(row: &DefectRow) -> Vec<(&'static str, Option<Spanned<Date>>)> {
    let dated =
        |name: &'static str, days: &Option<Spanned<Days>>| -> Vec<(&'static str, Option<Spanned<Date>>)> {
            let all = days.iter().flat_map(|days| days.value.all().iter().map(|day| (*day, days.span)));
            all.map(|(value, span)| (name, Some(Spanned { value, span }))).collect()
        };
    let (closed, reopened) = (dated("closed", &row.closed), dated("reopened", &row.reopened));
    let last =
        |days: &[(&str, Option<Spanned<Date>>)]| days.last().and_then(|(_, day)| day.map(|day| day.value));
    let are_all_written =
        closed.len() > reopened.len() || (closed.len() == reopened.len() && last(&reopened) > last(&closed));
    let mut turns = vec![("opened", Some(row.opened))];
    if are_all_written {
        for place in 0..closed.len() {
            turns.extend(closed.get(place).into_iter().chain(reopened.get(place)).copied());
        }
    } else {
        turns.extend(closed.first().copied());
    }
    turns
}

fn report_repeated_defects(rows: &[DefectRow], found: &mut Diagnostics) {
    let mut first_of: BTreeMap<&str, Span> = BTreeMap::new();
    for row in rows {
        if let Some(first) = first_of.get(row.id.value.as_str()) {
            let message = format!("a second defect has the id `{}`", row.id.value);
            found.push(
                Diagnostic::new(&DUPLICATE_ID, row.id.span, message)
                    .also(*first, "first defined here")
                    .hint("keep one row for each defect: fill `closed` and `reopened` in the first"),
            );
        } else {
            first_of.insert(&row.id.value, row.id.span);
        }
    }
}

/// Resolves `benefits.yaml`; readings come in the order of their days.
pub(super) fn resolve_benefits(
    records: &Keyed<BenefitRecord>,
    names: &Names,
    found: &mut Diagnostics,
) -> Vec<Benefit> {
    records
        .iter()
        .map(|(id, record)| {
            let unit = common_unit(record, found);
            Benefit {
                id: id.value.clone(),
                benefit: text(&record.benefit),
                measure: some_text(record.measure.as_ref()),
                unit,
                baseline: record.baseline.as_ref().map(|value| value.thousandths),
                target: record.target.as_ref().map(|value| value.thousandths),
                due: some_day(record.due),
                owner: names.maybe_person(record.owner.as_ref(), found),
                readings: in_order(&record.readings),
                checkpoints: checkpoints(&record.checkpoints),
                next_reading: some_day(record.next_reading),
                origin: id.span,
            }
        })
        .collect()
}

/// Checkpoints in the order of their days.
fn checkpoints(records: &[CheckpointRecord]) -> Vec<Checkpoint> {
    let mut all: Vec<Checkpoint> = records
        .iter()
        .map(|record| Checkpoint {
            by: record.by.value,
            thousandths: record.value.thousandths,
            origin: record.span,
        })
        .collect();
    all.sort_by_key(|checkpoint| checkpoint.by);
    all
}

/// Readings in the order of their days.
fn in_order(records: &[ReadingRecord]) -> Vec<BenefitReading> {
    let mut readings: Vec<BenefitReading> = records
        .iter()
        .map(|record| BenefitReading {
            date: record.date.value,
            thousandths: record.value.thousandths,
            origin: record.span,
        })
        .collect();
    readings.sort_by_key(|reading| reading.date);
    readings
}

/// The unit of a benefit: as stated, else that of the first number which has one. Other units are reported.
fn common_unit(record: &BenefitRecord, found: &mut Diagnostics) -> Option<String> {
    let readings = record.readings.iter().map(|reading| &reading.value);
    let numbers = record.baseline.iter().chain(&record.target).chain(readings);
    let mut written = numbers.filter(|number| !number.unit.is_empty()).peekable();
    let (unit, place) = match (&record.unit, written.peek()) {
        (Some(unit), _) => (unit.value.clone(), unit.span),
        (None, Some(number)) => (number.unit.clone(), number.span),
        (None, None) => return None,
    };
    for number in written.filter(|number| number.unit != unit) {
        let message = format!("`{}` in a benefit that is counted in `{unit}`", number.unit);
        found.push(
            Diagnostic::new(&UNITS_DIFFER, number.span, message)
                .also(place, "the unit comes from here")
                .hint(format!("convert the number to `{unit}`")),
        );
    }
    Some(unit)
}

/// Resolves `handover.yaml`.
pub(super) fn resolve_handover(record: &HandoverRecord, names: &Names, found: &mut Diagnostics) -> Handover {
    Handover {
        items: record.items.iter().map(|(id, item)| handover_item(id, item, names, found)).collect(),
        criteria: record
            .criteria
            .iter()
            .map(|criterion| service_criterion(criterion, names, found))
            .collect(),
        cut_over: record.cut_over.iter().map(|step| cut_over_step(step, names, found)).collect(),
        indicators: record.indicators.iter().map(|indicator| resolve_indicator(indicator, found)).collect(),
        early_life: record.early_life.map(|window| window.value),
        reconciliation: record
            .reconciliation
            .iter()
            .map(|one| readiness::reconciliation(one, names, found))
            .collect(),
        rehearsals: record.rehearsals.iter().map(|one| readiness::rehearsal(one, names, found)).collect(),
        sign_offs: record.sign_offs.iter().map(readiness::sign_off).collect(),
        training: record.training.iter().map(|one| readiness::training(one, names, found)).collect(),
        survey: record.survey.as_ref().map(|survey| closing::survey(survey, found)),
        retention: record.retention.iter().map(|one| closing::retention(one, names, found)).collect(),
        origin: record.span,
    }
}

fn cut_over_step(record: &CutOverStepRecord, names: &Names, found: &mut Diagnostics) -> CutOverStep {
    CutOverStep {
        step: text(&record.step),
        at: record.at.map(|at| at.value),
        owner: names.maybe_person(record.owner.as_ref(), found),
        go_if: some_text(record.go_if.as_ref()),
        else_do: some_text(record.else_do.as_ref()),
        no_return: record.no_return.is_some_and(|word| word.value),
        done: some_day(record.done),
        origin: record.span,
    }
}

fn resolve_indicator(record: &IndicatorRecord, found: &mut Diagnostics) -> Indicator {
    let limit = record.limit.as_ref().and_then(|limit| bound_of(&limit.value));
    let (unit, is_one_unit) = unit_of_indicator(record, limit.as_ref(), found);
    let bound = limit.map(|(bound, _)| bound);
    if let (Some(limit), None, false) = (&record.limit, bound, record.readings.is_empty()) {
        let message = format!("`{}` is no limit that a reading can be held against", limit.value);
        found.push(
            Diagnostic::new(&LIMIT_WITHOUT_NUMBER, limit.span, message)
                .hint("write `at most 2` or `at least 70%`, and what is counted in `unit:`"),
        );
    }
    Indicator {
        indicator: text(&record.indicator),
        unit,
        limit: some_word(record.limit.as_ref()),
        // Hours are not held against minutes.
        bound: bound.filter(|_| is_one_unit),
        readings: in_order(&record.readings),
        current: some_word(record.current.as_ref()),
        within: record.within.map(|within| within.value),
        origin: record.span,
    }
}

/// The unit of an indicator: as stated, else that of its limit, else that of the first reading which has one. Whether all numbers
/// are of it; others are reported. `2 a week` and `6 incidents` are of `incidents a week`.
fn unit_of_indicator(
    record: &IndicatorRecord,
    limit: Option<&(Bound, String)>,
    found: &mut Diagnostics,
) -> (Option<String>, bool) {
    let readings = record.readings.iter().map(|reading| (&reading.value.unit, reading.value.span));
    let of_limit = limit.zip(record.limit.as_ref()).map(|((_, unit), limit)| (unit, limit.span));
    let mut numbers = of_limit.into_iter().chain(readings).filter(|(unit, _)| !unit.is_empty()).peekable();
    let stated = record.unit.as_ref().map(|unit| (&unit.value, unit.span));
    let Some((unit, place)) = stated.or_else(|| numbers.peek().copied()) else { return (None, true) };
    let is_in = |word: &str| unit.split_whitespace().any(|known| known == word);
    let others: Vec<_> = numbers.filter(|(other, _)| !other.split_whitespace().all(is_in)).collect();
    for (other, span) in &others {
        found.push(
            Diagnostic::new(
                &UNITS_DIFFER,
                *span,
                format!("`{other}` in an indicator that is counted in `{unit}`"),
            )
            .also(place, "the unit comes from here")
            .hint(format!("convert the number to `{unit}`")),
        );
    }
    (Some(unit.clone()), others.is_empty())
}

/// Reads `at most 2`, `at least 70%`, `at most 4 h`, with the unit behind the number.
fn bound_of(limit: &str) -> Option<(Bound, String)> {
    let limit = limit.trim();
    let number = |rest: &str| rest.trim().parse::<Measure>().ok();
    if let Some(rest) = limit.strip_prefix("at most") {
        return number(rest).map(|measure| (Bound::AtMost(measure.thousandths), measure.unit));
    }
    number(limit.strip_prefix("at least")?).map(|measure| (Bound::AtLeast(measure.thousandths), measure.unit))
}

fn handover_item(
    id: &Spanned<Id>,
    record: &HandoverItemRecord,
    names: &Names,
    found: &mut Diagnostics,
) -> HandoverItem {
    HandoverItem {
        id: id.value.clone(),
        item: text(&record.item),
        kind: some_word(record.kind.as_ref()),
        from: names.maybe_person(record.from.as_ref(), found),
        to: names.maybe_person(record.to.as_ref(), found),
        accepted: some_day(record.accepted),
        accepted_by: names.maybe_person(record.accepted_by.as_ref(), found),
        expires: some_day(record.expires),
        yearly_cost: record.yearly_cost.and_then(|cost| names.money(&cost, found)),
        evidence: some_text(record.evidence.as_ref()),
        origin: id.span,
    }
}

fn service_criterion(
    record: &ServiceCriterionRecord,
    names: &Names,
    found: &mut Diagnostics,
) -> ServiceCriterion {
    ServiceCriterion {
        criterion: text(&record.criterion),
        owner: names.maybe_person(record.owner.as_ref(), found),
        met: some_day(record.met),
        due: some_day(record.due),
        evidence: some_text(record.evidence.as_ref()),
        origin: record.span,
    }
}
