//! Tables of results: deliverables and their criteria, tests, defects, handover, benefits.

use schemars::JsonSchema;
use serde::Serialize;

use super::Source;
use crate::export::value::{Day, Money, Number, maybe_words, words};
use crate::page::Desk;
use crate::page::deliverables::acceptance;
use crate::page::tests_and_defects::tests_until;

/// Something the project hands over.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DeliverableRow {
    /// Its id.
    pub id: String,
    /// What it is.
    pub deliverable: String,
    /// Who makes it.
    pub owner: Option<String>,
    /// Who accepts it.
    pub approver: Option<String>,
    /// Ids of the tasks that produce it.
    pub produced_by: Vec<String>,
    /// Criteria that are met in full.
    pub criteria_met: usize,
    /// Criteria in all.
    pub criteria: usize,
    /// How it stands, in the words of the pages.
    pub state: Option<String>,
    /// When it was last submitted for acceptance.
    pub submitted: Option<Day>,
    /// When it was last sent back.
    pub sent_back: Option<Day>,
    /// When it was accepted.
    pub accepted: Option<Day>,
    /// Conditions attached to the acceptance.
    pub condition: Option<String>,
}

/// Deliverables in the order of the file.
pub(super) fn deliverables(desk: &Desk<'_>) -> Vec<DeliverableRow> {
    let source = Source::of(desk);
    let project = &desk.project.project;
    let last = |days: &[jiff::civil::Date]| days.iter().rfind(|day| **day <= source.day).copied().map(Day);
    let all = project.deliverables.iter();
    all.map(|deliverable| {
        let given = deliverable.acceptance.as_ref().filter(|given| given.date <= source.day);
        let criteria = &deliverable.criteria;
        DeliverableRow {
            id: deliverable.id.to_string(),
            deliverable: words(&deliverable.deliverable),
            owner: source.person(deliverable.owner),
            approver: source.person(deliverable.approver),
            produced_by: deliverable
                .produced_by
                .iter()
                .map(|task| project.task(*task).id.to_string())
                .collect(),
            criteria_met: criteria.iter().filter(|criterion| criterion.known_on(source.day).is_met()).count(),
            criteria: criteria.len(),
            state: acceptance(desk, deliverable).status.map(|status| status.word),
            submitted: last(&deliverable.submitted),
            sent_back: last(&deliverable.rejected),
            accepted: given.map(|given| Day(given.date)),
            condition: maybe_words(given.and_then(|given| given.condition.as_ref())),
        }
    })
    .collect()
}

/// Something a deliverable must satisfy.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CriterionRow {
    /// The id of the deliverable.
    pub deliverable: String,
    /// What must hold.
    pub criterion: String,
    /// How many of it are met: of `2 of 14` the 2; null when not looked at yet.
    pub met: Option<i64>,
    /// How many there are: of `2 of 14` the 14.
    pub of: Option<i64>,
    /// Whether it is met in full.
    pub is_met: bool,
    /// The day as of which that holds.
    pub met_on: Option<Day>,
    /// Where the proof lies.
    pub evidence: Option<String>,
}

/// Criteria of all deliverables, as known on the status date.
pub(super) fn criteria(desk: &Desk<'_>) -> Vec<CriterionRow> {
    let source = Source::of(desk);
    let deliverables = desk.project.project.deliverables.iter();
    let all =
        deliverables.flat_map(|of| of.criteria.iter().map(move |one| (&of.id, one.known_on(source.day))));
    all.map(|(deliverable, criterion)| CriterionRow {
        deliverable: deliverable.to_string(),
        criterion: words(&criterion.criterion),
        met: criterion.met.map(|(met, _)| met),
        of: criterion.met.map(|(_, all)| all),
        is_met: criterion.is_met(),
        met_on: criterion.met_on.filter(|_| criterion.met.is_some()).map(Day),
        evidence: maybe_words(criterion.evidence.as_ref()),
    })
    .collect()
}

/// A test by its newest count.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TestRow {
    /// Its id.
    pub id: String,
    /// What is tested.
    pub test: String,
    /// The day of the count; null before the first, and where a count names none.
    pub date: Option<Day>,
    /// Cases planned.
    pub planned: i64,
    /// Cases run.
    pub run: i64,
    /// Cases passed.
    pub passed: i64,
    /// Cases failed.
    pub failed: i64,
    /// Cases blocked.
    pub blocked: i64,
}

/// Every test as of the status date; of one that nobody had counted yet none is run.
pub(super) fn tests(desk: &Desk<'_>) -> Vec<TestRow> {
    let all = tests_until(desk).into_iter();
    all.map(|(test, count)| TestRow {
        id: test.id.to_string(),
        test: words(&test.name),
        date: count.date.map(Day),
        planned: count.planned,
        run: count.run,
        passed: count.passed,
        failed: count.failed,
        blocked: count.blocked,
    })
    .collect()
}

/// A defect.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DefectRow {
    /// Its id.
    pub id: String,
    /// What is wrong.
    pub title: String,
    /// 1 (worst) to 4.
    pub severity: u8,
    /// Whether it is unmended.
    pub is_open: bool,
    /// When it was found.
    pub opened: Day,
    /// When it was closed, the last time.
    pub closed: Option<Day>,
    /// When it came back, the last time.
    pub reopened: Option<Day>,
    /// Who mends it.
    pub owner: Option<String>,
    /// The task or deliverable it belongs to.
    pub belongs_to: Option<String>,
    /// The workaround, if there is one.
    pub workaround: Option<String>,
}

/// Defects found by the status date, in the order of the file.
pub(super) fn defects(desk: &Desk<'_>) -> Vec<DefectRow> {
    let source = Source::of(desk);
    let all = desk.project.project.defects.iter().filter(|defect| defect.opened <= source.day);
    all.map(|defect| DefectRow {
        id: defect.id.clone(),
        title: defect.title.clone(),
        severity: defect.severity,
        is_open: defect.is_open(source.day),
        opened: Day(defect.opened),
        closed: source.last(&defect.closed),
        reopened: source.last(&defect.reopened),
        owner: source.person(defect.owner),
        belongs_to: defect.belongs_to.clone(),
        workaround: defect.workaround.clone(),
    })
    .collect()
}

/// Something that changes hands.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct HandoverRow {
    /// Its id.
    pub id: String,
    /// What it is.
    pub item: String,
    /// Its kind, as typed.
    pub kind: Option<String>,
    /// Who gives it.
    pub from: Option<String>,
    /// Who takes it.
    pub to: Option<String>,
    /// When it was taken.
    pub accepted: Option<Day>,
    /// Who signed for it.
    pub accepted_by: Option<String>,
    /// When it expires.
    pub expires: Option<Day>,
    /// What it costs a year.
    pub yearly_cost: Money,
    /// Where the proof lies.
    pub evidence: Option<String>,
}

/// The ownership register.
pub(super) fn handover(desk: &Desk<'_>) -> Vec<HandoverRow> {
    let source = Source::of(desk);
    let items = desk.project.project.handover.iter().flat_map(|handover| &handover.items);
    items
        .map(|item| {
            let accepted = source.happened(item.accepted);
            HandoverRow {
                id: item.id.to_string(),
                item: words(&item.item),
                kind: item.kind.clone(),
                from: source.person(item.from),
                to: source.person(item.to),
                accepted,
                accepted_by: source.person(item.accepted_by.filter(|_| accepted.is_some())),
                expires: item.expires.map(Day),
                yearly_cost: Money::maybe(item.yearly_cost, source.currency),
                evidence: maybe_words(item.evidence.as_ref()),
            }
        })
        .collect()
}

/// A criterion of service acceptance.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ServiceCriterionRow {
    /// What must hold.
    pub criterion: String,
    /// Who answers for it.
    pub owner: Option<String>,
    /// When it shall be met.
    pub due: Option<Day>,
    /// When it was met; null while it is open.
    pub met: Option<Day>,
    /// Where the proof lies.
    pub evidence: Option<String>,
}

/// Service-acceptance criteria in the order of the file.
pub(super) fn service_criteria(desk: &Desk<'_>) -> Vec<ServiceCriterionRow> {
    let source = Source::of(desk);
    let criteria = desk.project.project.handover.iter().flat_map(|handover| &handover.criteria);
    criteria
        .map(|criterion| ServiceCriterionRow {
            criterion: words(&criterion.criterion),
            owner: source.person(criterion.owner),
            due: criterion.due.map(Day),
            met: source.happened(criterion.met),
            evidence: maybe_words(criterion.evidence.as_ref()),
        })
        .collect()
}

/// A measurement of a benefit.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ReadingRow {
    /// The id of the benefit.
    pub benefit: String,
    /// What the benefit is.
    pub name: String,
    /// When it was measured.
    pub date: Day,
    /// How much, in the unit.
    pub value: Number,
    /// The unit.
    pub unit: Option<String>,
    /// The value before the project.
    pub before: Option<Number>,
    /// The value to reach.
    pub target: Option<Number>,
    /// By when it is to be reached.
    pub due: Option<Day>,
}

/// What was measured by the status date, benefit by benefit.
pub(super) fn readings(desk: &Desk<'_>) -> Vec<ReadingRow> {
    let day = desk.project.status_date;
    let mut rows = Vec::new();
    for benefit in &desk.project.project.benefits {
        let known = benefit.readings.iter().filter(|reading| reading.date <= day);
        rows.extend(known.map(|reading| ReadingRow {
            benefit: benefit.id.to_string(),
            name: words(&benefit.benefit),
            date: Day(reading.date),
            value: Number::of_thousandths(reading.thousandths),
            unit: benefit.unit.clone(),
            before: benefit.baseline.map(Number::of_thousandths),
            target: benefit.target.map(Number::of_thousandths),
            due: benefit.due.map(Day),
        }));
    }
    rows
}
