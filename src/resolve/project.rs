//! `project.yaml`: who, why, how much freedom.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Diagnostics, Span, Spanned};
use crate::model::{
    AllowanceKind, Assumption, Feasibility, FeasibilityKind, FeasibilityVerdict, PersonNo, Plans,
    ProjectKind, Rhythm, SuccessCriterion, Tolerance, TypedRate, WaivedRule,
};
use crate::quantity::Id;
use crate::record::BAD_SCALAR;
use crate::record::feasibility::FeasibilityRecord;
use crate::record::project::{ProjectRecord, Reporting, ToleranceRecord};
use crate::resolve::entry::{
    check_order, some_day, some_text, some_word, text, tolerated_sum, tolerated_time, whole_units,
};
use crate::resolve::names::Names;
use crate::resolve::rule::CONTRADICTORY_RATE;

/// The rhythm of a project that names none.
const USUAL_WEEKS: u32 = 2;

/// What `project.yaml` gives to the model besides plain values; fields as in [`crate::model::Project`].
pub(super) struct Mandate {
    pub kind: ProjectKind,
    pub reporting: Rhythm,
    pub first_report: Option<jiff::civil::Date>,
    pub sponsor: Option<PersonNo>,
    pub project_manager: Option<PersonNo>,
    pub operations_owner: Option<PersonNo>,
    pub steering: Vec<PersonNo>,
    pub tolerance: Tolerance,
    pub success_criteria: Vec<SuccessCriterion>,
    pub assumptions: Vec<Assumption>,
    pub waivers: Vec<WaivedRule>,
    pub feasibility: Vec<Feasibility>,
    pub plans: Plans,
    pub field_origins: BTreeMap<String, Span>,
}

/// Enters what other currencies are worth into the names.
pub(super) fn take_rates(record: &ProjectRecord, names: &mut Names, found: &mut Diagnostics) {
    names.rates = resolve_rates(record, found);
    names.are_rates_partial = record.unreadable.contains(&"rates");
}

/// Takes over what other currencies are worth; a rate that says nothing or says it twice is reported and left out.
fn resolve_rates(record: &ProjectRecord, found: &mut Diagnostics) -> Vec<TypedRate> {
    let mut rates: Vec<TypedRate> = Vec::new();
    let own = record.currency;
    for rate in &record.rates {
        let (currency, date) = (rate.currency.value, rate.date.value);
        if currency == own.value {
            found.push(
                Diagnostic::new(
                    &CONTRADICTORY_RATE,
                    rate.currency.span,
                    format!("{currency} is the project's own currency"),
                )
                .also(own.span, "stated here")
                .hint("write what another currency is worth in it"),
            );
        } else if let Some(first) =
            rates.iter().find(|known| (known.currency, known.date) == (currency, date))
        {
            found.push(
                Diagnostic::new(
                    &CONTRADICTORY_RATE,
                    rate.span,
                    format!("a second rate of {currency} for {date}"),
                )
                .also(first.origin, "first here")
                .hint("keep one of the two, or correct a date"),
            );
        } else {
            let source = some_word(rate.source.as_ref());
            rates.push(TypedRate { currency, rate: rate.rate.value, date, source, origin: rate.span });
        }
    }
    rates
}

fn feasibility(record: &FeasibilityRecord, names: &Names, found: &mut Diagnostics) -> Option<Feasibility> {
    let kind = FeasibilityKind::ALL.into_iter().find(|kind| kind.key() == record.kind.value.as_str())?;
    Some(Feasibility {
        kind,
        finding: text(&record.finding),
        verdict: record.verdict.map(|verdict| match verdict.value.as_str() {
            "feasible" => FeasibilityVerdict::Feasible,
            "not feasible" => FeasibilityVerdict::NotFeasible,
            _ => FeasibilityVerdict::WithConditions,
        }),
        by: names.maybe_person(record.by.as_ref(), found),
        found: some_day(record.found),
        evidence: some_text(record.evidence.as_ref()),
        origin: record.span,
    })
}

/// Resolves the mandate of a project.
pub(super) fn resolve_mandate(record: &ProjectRecord, names: &Names, found: &mut Diagnostics) -> Mandate {
    if record.project.value.trim().is_empty() {
        found.push(
            Diagnostic::new(&BAD_SCALAR, record.project.span, "the project has no name")
                .hint("write its name: it is the title of its pages"),
        );
    }
    let start = record.start.map(|start| start.day);
    check_order(&[("start", Some(start)), ("first_report", record.first_report)], found);
    Mandate {
        kind: record.r#type.map_or(ProjectKind::Other, |kind| kind_of(kind.as_str())),
        feasibility: record.feasibility.iter().filter_map(|one| feasibility(one, names, found)).collect(),
        plans: record.plans.as_ref().map_or_else(Plans::default, |plans| Plans {
            procurement: some_text(plans.procurement.as_ref()),
            security: some_text(plans.security.as_ref()),
            data: some_text(plans.data.as_ref()),
            communication: some_text(plans.communication.as_ref()),
        }),
        reporting: match record.reporting.map(|reporting| reporting.value) {
            Some(Reporting::Monthly) => Rhythm::Monthly,
            Some(Reporting::Weeks(weeks)) => Rhythm::Weeks(weeks),
            None => Rhythm::Weeks(USUAL_WEEKS),
        },
        first_report: some_day(record.first_report),
        sponsor: names.maybe_person(record.sponsor.as_ref(), found),
        project_manager: names.maybe_person(record.project_manager.as_ref(), found),
        operations_owner: names.maybe_person(record.operations_owner.as_ref(), found),
        steering: record.steering.iter().filter_map(|person| names.person(person, found)).collect(),
        tolerance: match &record.tolerance {
            Some(record) => tolerance_of(record, names, found),
            None if record.unreadable.contains(&"tolerance") => {
                Tolerance { unread: JUDGED_BY.to_vec(), ..Tolerance::default() }
            }
            None => Tolerance::default(),
        },
        success_criteria: success_criteria_of(record, names, found),
        assumptions: assumptions_of(record),
        waivers: waivers_of(record),
        field_origins: field_origins(record),
    }
}

fn kind_of(word: &str) -> ProjectKind {
    match word {
        "hardware" => ProjectKind::Hardware,
        "software" => ProjectKind::Software,
        "network-rollout" => ProjectKind::NetworkRollout,
        "analytics" => ProjectKind::Analytics,
        "service-desk" => ProjectKind::ServiceDesk,
        _ => ProjectKind::Other,
    }
}

/// The tolerances that colours are judged by.
const JUDGED_BY: [AllowanceKind; 3] = [AllowanceKind::Time, AllowanceKind::Cost, AllowanceKind::Unapproved];

fn tolerance_of(record: &ToleranceRecord, names: &Names, found: &mut Diagnostics) -> Tolerance {
    let time = record.time.as_ref().and_then(|time| tolerated_time(time, names.work_time, found));
    let cost = record.cost.as_ref().and_then(|cost| tolerated_sum(cost, names, found));
    let unapproved = record.unapproved.as_ref().and_then(|limit| whole_units(limit, found));
    let are_refused = [
        record.time.is_some() && time.is_none(),
        record.cost.is_some() && cost.is_none(),
        record.unapproved.is_some() && unapproved.is_none(),
    ];
    let is_unread =
        |(kind, is_refused): &(AllowanceKind, bool)| *is_refused || record.unreadable.contains(&kind.key());
    Tolerance {
        unread: JUDGED_BY.into_iter().zip(are_refused).filter(is_unread).map(|(kind, _)| kind).collect(),
        time,
        cost,
        scope: some_text(record.scope.as_ref()),
        unapproved,
        quality: some_text(record.quality.as_ref()),
        benefits: some_text(record.benefits.as_ref()),
        risk: some_text(record.risk.as_ref()),
    }
}

fn success_criteria_of(
    record: &ProjectRecord,
    names: &Names,
    found: &mut Diagnostics,
) -> Vec<SuccessCriterion> {
    let criteria = record.success_criteria.iter().map(|criterion| SuccessCriterion {
        measure: text(&criterion.measure),
        baseline: some_word(criterion.baseline.as_ref()),
        target: some_word(criterion.target.as_ref()),
        by: criterion.by.map(|by| by.value),
        reading: some_word(criterion.reading.as_ref()),
        read: criterion.read.or(criterion.by).map(|day| day.value),
        owner: names.maybe_person(criterion.owner.as_ref(), found),
        origin: criterion.span,
    });
    criteria.collect()
}

fn assumptions_of(record: &ProjectRecord) -> Vec<Assumption> {
    let assumptions = record.assumptions.iter().map(|assumption| Assumption {
        assumption: text(&assumption.assumption),
        test_by: assumption.test_by.map(|day| day.value),
        proven: assumption.proven.map(|day| day.value),
    });
    assumptions.collect()
}

fn waivers_of(record: &ProjectRecord) -> Vec<WaivedRule> {
    let waivers = record.waive.iter().map(|(rule, waiver)| WaivedRule {
        rule: rule.value.clone(),
        reason: waiver.reason.value.clone(),
        by: waiver.by.value.clone(),
        until: waiver.until.value,
        origin: rule.span,
    });
    waivers.collect()
}

/// Where each field stands, so that a finding on a computed figure can point at the promise it breaks.
fn field_origins(record: &ProjectRecord) -> BTreeMap<String, Span> {
    let place = |id: &Option<Spanned<Id>>| id.as_ref().map(|id| id.span);
    let words = |words: &Option<Spanned<String>>| words.as_ref().map(|words| words.span);
    let tolerance = record.tolerance.as_ref();
    let schedule = record.schedule.as_ref();
    let fields = [
        ("project", Some(record.project.span)),
        ("code", words(&record.code)),
        ("type", record.r#type.map(|kind| kind.span)),
        ("goal", words(&record.goal)),
        ("start", Some(record.start.span)),
        ("currency", Some(record.currency.span)),
        ("calendar", place(&record.calendar)),
        ("schedule", schedule.map(|schedule| schedule.span)),
        ("schedule.finish", schedule.and_then(|schedule| schedule.finish.map(|finish| finish.span))),
        ("reporting", record.reporting.map(|reporting| reporting.span)),
        ("first_report", record.first_report.map(|day| day.span)),
        ("sponsor", place(&record.sponsor)),
        ("project_manager", place(&record.project_manager)),
        ("operations_owner", place(&record.operations_owner)),
        ("steering", record.steering.first().map(|person| person.span)),
        ("tolerance", tolerance.map(|tolerance| tolerance.span)),
        ("tolerance.time", tolerance.and_then(|tolerance| tolerance.time.map(|time| time.span))),
        ("tolerance.cost", tolerance.and_then(|tolerance| tolerance.cost.map(|cost| cost.span))),
        ("tolerance.scope", tolerance.and_then(|tolerance| words(&tolerance.scope))),
        (
            "tolerance.unapproved",
            tolerance.and_then(|tolerance| tolerance.unapproved.as_ref().map(|limit| limit.span)),
        ),
        ("tolerance.quality", tolerance.and_then(|tolerance| words(&tolerance.quality))),
        ("tolerance.benefits", tolerance.and_then(|tolerance| words(&tolerance.benefits))),
        ("tolerance.risk", tolerance.and_then(|tolerance| words(&tolerance.risk))),
        ("classification", words(&record.classification)),
    ];
    fields.into_iter().filter_map(|(key, place)| place.map(|place| (key.to_owned(), place))).collect()
}
