//! The registers: owners and tasks found, exposure in one currency and working minutes, states that agree
//! with their dates.

use jiff::civil::Date;

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics, Spanned};
use crate::model::{
    Action, AskedChange, AskedKind, AskedPart, AskedTarget, Change, ChangeCause, ChangeStatus, DecisionEntry,
    DecisionOption, Exposure, Issue, IssueStatus, Lesson, OutsideRequest, ReserveDraw, ReserveKind, Risk,
    RiskStatus,
};
use crate::quantity::{Amount, Estimate, Id, MoneyRange, Percent};
use crate::record::TimeImpact;
use crate::record::decode::Keyed;
use crate::record::register::{
    ActionRecord, ChangeRecord, DecisionRecord, DependencyRecord, DrawRecord, ExposureRecord, ImpactRecord,
    IssueRecord, LessonRecord, OptionRecord, RiskRecord,
};
use crate::record::what_if::WishTarget;
use crate::resolve::allowance::allowances;
use crate::resolve::entry::{
    check_order, mean_working_minutes, some_day, some_text, some_word, text, working_minutes,
};
use crate::resolve::names::Names;

declare_rule! {
    /// An entry says that something ended – closed, resolved, decided – but not when, or when but not what.
    /// The state of today is right, but charts over time cannot show it.
    ///
    /// Wrong:
    /// ```yaml
    /// I1: {issue: Uplink missing, raised: 2026-11-13, status: resolved}
    /// ```
    /// Right:
    /// ```yaml
    /// I1: {issue: Uplink missing, raised: 2026-11-13, status: resolved, resolved: 2026-11-24}
    /// ```
    pub static STATE_WITHOUT_DATE: Rule =
        ("W135", "state-without-date", Warning, "0.1.0", "an end without its date");
}

declare_rule! {
    /// The state of an entry and its dates say different things: still open, but closed on a day. Readers
    /// would not know which to believe. A date of the end is enough; the state may be left out then.
    ///
    /// Wrong:
    /// ```yaml
    /// C1: {change: Fibre converters, status: waiting for approval, decided: 2026-11-18}
    /// ```
    /// Right:
    /// ```yaml
    /// C1: {change: Fibre converters, status: approved, decided: 2026-11-18}
    /// ```
    pub static CONTRADICTORY_STATE: Rule =
        ("E136", "contradictory-state", Error, "0.1.0", "a state that its dates contradict");
}

declare_rule! {
    /// `recommendation` or `if_silent` of a decision names something that is no option of it.
    ///
    /// Wrong:
    /// ```yaml
    /// D-03: {question: A second crew?, options: {crew: Two evenings, wait: Until January}, recommendation: yes}
    /// ```
    /// Right:
    /// ```yaml
    /// D-03: {question: A second crew?, options: {crew: Two evenings, wait: Until January}, recommendation: crew}
    /// ```
    pub static UNKNOWN_OPTION: Rule =
        ("E660", "unknown-option", Error, "0.1.0", "a decision names an option that it does not have");
}

declare_rule! {
    /// An option says that it leaves the plan as it is (`as_forecast: true`), and sets something or leaves something out.
    ///
    /// Wrong:
    /// ```yaml
    /// D-03: {question: A second crew?, options: {wait: {option: Until January, as_forecast: true, set: [tasks.rollout.duration=10d]}}}
    /// ```
    /// Right:
    /// ```yaml
    /// D-03: {question: A second crew?, options: {wait: {option: Until January, as_forecast: true}}}
    /// ```
    pub static FORECAST_CHANGED: Rule =
        ("E692", "forecast-changed", Error, "0.1.0", "an option that leaves the plan as it is changes it");
}

/// Resolves `risks.yaml`: the risks, and the actions inside them (`R1.1` is the first of risk `R1`).
pub(super) fn resolve_risks(
    records: &Keyed<RiskRecord>,
    names: &Names,
    found: &mut Diagnostics,
) -> (Vec<Risk>, Vec<Action>) {
    let mut actions = Vec::new();
    let mut risks = Vec::new();
    for (id, record) in records {
        for (place, action) in record.actions.iter().enumerate() {
            let number = format!("{}.{}", id.value, place + 1);
            actions.push(Action {
                from: some_word(action.from.as_ref()).or_else(|| Some(id.value.to_string())),
                raised: some_day(action.raised.or(record.raised)),
                ..resolve_action(number, action, names, found)
            });
        }
        risks.push(resolve_risk(id, record, names, found));
    }
    (risks, actions)
}

fn resolve_risk(id: &Spanned<Id>, record: &RiskRecord, names: &Names, found: &mut Diagnostics) -> Risk {
    check_order(&[("raised", record.raised), ("reviewed", record.reviewed)], found);
    check_order(&[("raised", record.raised), ("closed", record.closed)], found);
    let status = record.status.and_then(|word| risk_status(word.as_str()));
    if let Some((written, status)) = record.status.zip(status) {
        let state = State { word: written.as_str(), span: written.span, is_final: status.is_final() };
        check_state(&state, ("closed", record.closed), &record.unreadable, found);
    }
    let elsewhen = |record: Option<&ExposureRecord>, found: &mut Diagnostics| {
        record.map(|record| exposure(record.probability.value, &record.impact, names, found))
    };
    Risk {
        id: id.value.clone(),
        risk: text(&record.risk),
        cause: some_text(record.cause.as_ref()),
        effect: some_text(record.effect.as_ref()),
        category: some_word(record.category.as_ref()),
        current: exposure(record.probability.value, &record.impact, names, found),
        inherent: elsewhen(record.inherent.as_ref(), found),
        residual: elsewhen(record.residual.as_ref(), found),
        quality_impact: some_text(record.impact.quality.as_ref()),
        response: record.response.map(|word| word.as_str().to_owned()),
        owner: names.maybe_person(record.owner.as_ref(), found),
        proximity: some_word(record.proximity.as_ref()),
        raised: some_day(record.raised),
        reviewed: some_day(record.reviewed),
        status,
        closed: some_day(record.closed),
        became: record.became.as_ref().map(|id| id.value.clone()),
        is_time_in_plan: record.time_in_plan.map(|flag| flag.value),
        links: ids(&record.links),
        origin: id.span,
    }
}

fn exposure(probability: Percent, impact: &ImpactRecord, names: &Names, found: &mut Diagnostics) -> Exposure {
    let cost = impact.cost.and_then(|range| names.money(&range.map(MoneyRange::mean), found));
    let written = impact.time.map(|time| time.map(|TimeImpact(estimate)| estimate));
    let time = written.and_then(|time| mean_working_minutes(&time, names, found));
    let lengths = |time: Spanned<Estimate>| {
        [time.optimistic(), time.likely(), time.pessimistic()].map(|point| point.minutes(names.work_time))
    };
    Exposure {
        probability,
        cost: cost.unwrap_or(Amount::ZERO),
        time: time.unwrap_or(0),
        cost_range: impact.cost.map(|range| range.value).filter(|range| range.low() != range.high()),
        time_range: written.filter(|_| time.is_some()).map(lengths).filter(|[low, _, high]| low != high),
    }
}

/// Resolves `actions.yaml`.
pub(super) fn resolve_actions(
    records: &Keyed<ActionRecord>,
    names: &Names,
    found: &mut Diagnostics,
) -> Vec<Action> {
    records
        .iter()
        .map(|(id, record)| Action {
            origin: id.span,
            ..resolve_action(id.value.to_string(), record, names, found)
        })
        .collect()
}

fn resolve_action(id: String, record: &ActionRecord, names: &Names, found: &mut Diagnostics) -> Action {
    check_order(&[("raised", record.raised), ("done", record.done)], found);
    Action {
        id,
        action: text(&record.r#do),
        owner: names.maybe_person(record.owner.as_ref(), found),
        raised: some_day(record.raised),
        due: some_day(record.due),
        done: some_day(record.done),
        from: some_word(record.from.as_ref()),
        origin: record.span,
    }
}

/// Resolves `issues.yaml`.
pub(super) fn resolve_issues(
    records: &Keyed<IssueRecord>,
    names: &Names,
    found: &mut Diagnostics,
) -> Vec<Issue> {
    records.iter().map(|(id, record)| resolve_issue(id, record, names, found)).collect()
}

fn resolve_issue(id: &Spanned<Id>, record: &IssueRecord, names: &Names, found: &mut Diagnostics) -> Issue {
    check_order(&[("raised", record.raised), ("resolved", record.resolved)], found);
    check_order(&[("raised", record.raised), ("target", record.target)], found);
    let status = record.status.and_then(|word| issue_status(word.as_str()));
    if let Some((written, status)) = record.status.zip(status) {
        let state = State { word: written.as_str(), span: written.span, is_final: status.is_final() };
        check_state(&state, ("resolved", record.resolved), &record.unreadable, found);
    }
    Issue {
        id: id.value.clone(),
        issue: text(&record.issue),
        urgency: record.urgency.map(|word| word.as_str().to_owned()),
        impact: some_text(record.impact.as_ref()),
        size: some_word(record.size.as_ref()),
        owner: names.maybe_person(record.owner.as_ref(), found),
        raised: some_day(record.raised),
        target: some_day(record.target),
        status,
        resolved: some_day(record.resolved),
        escalated: some_word(record.escalated.as_ref()),
        links: ids(&record.links),
        origin: id.span,
    }
}

/// Resolves `decisions.yaml`.
pub(super) fn resolve_decisions(
    records: &Keyed<DecisionRecord>,
    names: &Names,
    found: &mut Diagnostics,
) -> Vec<DecisionEntry> {
    records.iter().map(|(id, record)| resolve_decision(id, record, names, found)).collect()
}

fn resolve_decision(
    id: &Spanned<Id>,
    record: &DecisionRecord,
    names: &Names,
    found: &mut Diagnostics,
) -> DecisionEntry {
    check_order(&[("asked", record.asked), ("decided", record.decided)], found);
    let is_unread = |field: &str| record.unreadable.contains(&field);
    match (&record.decision, record.decided) {
        (Some(_), None) if is_unread("decided") => {}
        (None, Some(_)) if is_unread("decision") => {}
        (Some(decision), None) => found.push(without_date("this decision", "decided", decision.span)),
        (None, Some(decided)) => found.push(
            Diagnostic::new(&STATE_WITHOUT_DATE, decided.span, "this says when it was decided, but not what")
                .hint("add `decision:` with the option that was chosen"),
        ),
        _ => {}
    }
    for (name, option) in &record.options {
        check_as_forecast(name, option, found);
    }
    let option = |(name, option): &(Spanned<String>, OptionRecord)| DecisionOption {
        name: name.value.clone(),
        text: text(&option.option),
        changes: asked_changes(&option.set, &option.without),
        is_as_forecast: option.as_forecast.is_some_and(|is| is.value),
    };
    DecisionEntry {
        id: id.value.clone(),
        question: text(&record.question),
        options: record.options.iter().map(option).collect(),
        decision: some_text(record.decision.as_ref()),
        reasons: some_text(record.reasons.as_ref()),
        consequences: some_text(record.consequences.as_ref()),
        recommendation: named_option(record, record.recommendation.as_ref(), found),
        if_silent: named_option(record, record.if_silent.as_ref(), found),
        asked_of: names.maybe_person(record.asked_of.as_ref(), found),
        asked: some_day(record.asked),
        needed_by: some_day(record.needed_by),
        decided_by: names.maybe_person(record.decided_by.as_ref(), found),
        decided: some_day(record.decided),
        applies_from: some_day(record.applies_from),
        told_to: some_word(record.told_to.as_ref()),
        draws: record.draws.iter().filter_map(|draw| draw_of(draw, names, found)).collect(),
        links: ids(&record.links),
        origin: id.span,
    }
}

/// The name of an option of the decision, as named by another field; none where the decision has no such option.
fn named_option(
    record: &DecisionRecord,
    named: Option<&Spanned<String>>,
    found: &mut Diagnostics,
) -> Option<String> {
    let named = named?;
    if record.options.iter().any(|(name, _)| name.value == named.value) {
        return Some(named.value.clone());
    }
    // It may be one that could not be read.
    let is_unread = |name: &Spanned<String>| name.value == named.value;
    let may_be_unread = record.options.has_bad_key() || record.unreadable.contains(&"options");
    if may_be_unread || record.options.unreadable().iter().any(is_unread) {
        return None;
    }
    let options: Vec<String> = record.options.iter().map(|(name, _)| format!("`{}`", name.value)).collect();
    found.push(
        Diagnostic::new(
            &UNKNOWN_OPTION,
            named.span,
            format!("`{}` is no option of this decision", named.value),
        )
        .hint(if options.is_empty() {
            "write the `options:` that can be chosen".to_owned()
        } else {
            format!("name one of its options: {}", options.join(", "))
        }),
    );
    None
}

fn draw_of(record: &DrawRecord, names: &Names, found: &mut Diagnostics) -> Option<ReserveDraw> {
    let from = ReserveKind::from_key(record.from.as_str())?;
    let amount = names.money(&record.amount, found)?;
    Some(ReserveDraw { from, amount, origin: record.span })
}

/// An option that leaves the plan as it is sets nothing and leaves nothing out.
fn check_as_forecast(name: &Spanned<String>, option: &OptionRecord, found: &mut Diagnostics) {
    let is_changing = !option.set.is_empty() || !option.without.is_empty();
    if let Some(told) = option.as_forecast.filter(|is| is.value && is_changing) {
        found.push(
            Diagnostic::new(
                &FORECAST_CHANGED,
                told.span,
                format!("option `{}` says that it leaves the plan as it is, and changes it", name.value),
            )
            .hint("remove `as_forecast:`, or what it sets and leaves out"),
        );
    }
}

/// What an option or a change sets and leaves out; whether it names anything is told when it is computed.
fn asked_changes(set: &[Spanned<String>], without: &[Spanned<String>]) -> Vec<AskedChange> {
    let asked = |kind: AskedKind| {
        move |written: &Spanned<String>| AskedChange {
            kind,
            text: written.value.clone(),
            target: WishTarget::of(&written.value).map(target),
            origin: written.span,
        }
    };
    let set = set.iter().map(asked(AskedKind::Set));
    set.chain(without.iter().map(asked(AskedKind::Without))).collect()
}

fn target(wish: WishTarget) -> AskedTarget {
    let part = match wish.section {
        "tasks" => AskedPart::Tasks,
        "people" => AskedPart::People,
        "roles" => AskedPart::Roles,
        "project" => AskedPart::Project,
        _ => AskedPart::Other,
    };
    AskedTarget { project: wish.project, part, id: wish.id, fields: wish.fields, value: wish.value }
}

/// Resolves `changes.yaml`.
pub(super) fn resolve_changes(
    records: &Keyed<ChangeRecord>,
    names: &Names,
    found: &mut Diagnostics,
) -> Vec<Change> {
    records.iter().map(|(id, record)| resolve_change(id, record, names, found)).collect()
}

fn resolve_change(id: &Spanned<Id>, record: &ChangeRecord, names: &Names, found: &mut Diagnostics) -> Change {
    check_order(&[("submitted", record.submitted), ("decided", record.decided)], found);
    check_order(&[("submitted", record.submitted), ("implemented", record.implemented)], found);
    check_order(&[("submitted", record.submitted), ("needed_by", record.needed_by)], found);
    let status = change_status(record);
    check_change_state(record, status, found);
    let impact = record.impact.as_ref();
    Change {
        id: id.value.clone(),
        change: text(&record.change),
        reason: some_text(record.reason.as_ref()),
        cause: record.cause.and_then(|word| cause_of_change(word.as_str())),
        if_not_done: some_text(record.if_not_done.as_ref()),
        requested_by: names.maybe_person(record.requested_by.as_ref(), found),
        submitted: some_day(record.submitted),
        needed_by: some_day(record.needed_by),
        cost: impact.and_then(|impact| impact.cost).and_then(|cost| names.money(&cost, found)),
        time: impact
            .and_then(|impact| impact.time)
            .and_then(|time| working_minutes(&time, names.work_time, found)),
        scope_units: impact.and_then(|impact| impact.scope.as_ref()).map(|scope| scope.thousandths / 1_000),
        scope_unit: impact
            .and_then(|impact| impact.scope.as_ref())
            .map(|scope| scope.unit.clone())
            .filter(|unit| !unit.is_empty()),
        quality: impact.and_then(|impact| some_text(impact.quality.as_ref())),
        risk: impact.and_then(|impact| some_text(impact.risk.as_ref())),
        changes: asked_changes(&record.set, &record.without),
        size: some_word(record.size.as_ref()),
        priority: record.priority.map(|word| word.as_str().to_owned()),
        status,
        decision: some_text(record.decision.as_ref()),
        decided_by: names.maybe_person(record.decided_by.as_ref(), found),
        decided: some_day(record.decided),
        implemented: some_day(record.implemented),
        tasks: record
            .tasks
            .iter()
            .filter(|task| !names.is_dropped(&task.value))
            .filter_map(|task| names.task(task, found))
            .collect(),
        dropped: ids(&record.tasks).into_iter().filter(|task| names.is_dropped(task)).collect(),
        allowed: record.allows.as_ref().map(|allowed| allowances(allowed, names, found)).unwrap_or_default(),
        pay_from: record.pay_from.map(|word| word.as_str().to_owned()),
        links: ids(&record.links),
        origin: id.span,
    }
}

/// Reports a state that lacks its date or contradicts it.
fn check_change_state(record: &ChangeRecord, status: ChangeStatus, found: &mut Diagnostics) {
    let Some(written) = record.status else {
        if let Some(decided) = record.decided.filter(|_| !record.unreadable.contains(&"status")) {
            let message = "this says when it was decided, but not what";
            found.push(
                Diagnostic::new(&STATE_WITHOUT_DATE, decided.span, message)
                    .hint("add `status:` with `approved`, `rejected` or `postponed`"),
            );
        }
        return;
    };
    // Putting off and merging are decisions too, but often nobody dates them.
    if !matches!(status, ChangeStatus::Postponed | ChangeStatus::Merged) {
        let state = State { word: written.as_str(), span: written.span, is_final: !status.is_waiting() };
        check_state(&state, ("decided", record.decided), &record.unreadable, found);
    }
    if status == ChangeStatus::Implemented
        && record.implemented.is_none()
        && !record.unreadable.contains(&"implemented")
    {
        found.push(without_date("`implemented`", "implemented", written.span));
    }
}

fn change_status(record: &ChangeRecord) -> ChangeStatus {
    record.status.and_then(|word| state_of_change(word.as_str())).unwrap_or(ChangeStatus::Submitted)
}

// Each word of a vocabulary of `record` is a state of the model; a test holds the two together.

fn risk_status(word: &str) -> Option<RiskStatus> {
    RiskStatus::ALL.into_iter().find(|status| status.key() == word)
}

fn issue_status(word: &str) -> Option<IssueStatus> {
    IssueStatus::ALL.into_iter().find(|status| status.key() == word)
}

fn state_of_change(word: &str) -> Option<ChangeStatus> {
    ChangeStatus::ALL.into_iter().find(|status| status.key() == word)
}

fn cause_of_change(word: &str) -> Option<ChangeCause> {
    ChangeCause::ALL.into_iter().find(|cause| cause.key() == word)
}

/// Resolves `dependencies.yaml`.
pub(super) fn resolve_requests(
    records: &Keyed<DependencyRecord>,
    names: &Names,
    found: &mut Diagnostics,
) -> Vec<OutsideRequest> {
    records
        .iter()
        .map(|(id, record)| {
            check_order(&[("asked", record.asked), ("promised", record.promised)], found);
            check_order(&[("asked", record.asked), ("received", record.received)], found);
            OutsideRequest {
                id: id.value.clone(),
                team: record.team.value.clone(),
                request: text(&record.request),
                needed_for: record.r#for.as_ref().and_then(|task| names.task(task, found)),
                asked: some_day(record.asked),
                promised: some_day(record.promised),
                received: some_day(record.received),
                escalated_to: some_word(record.escalated_to.as_ref()),
                origin: id.span,
            }
        })
        .collect()
}

/// Resolves `lessons.yaml`.
pub(super) fn resolve_lessons(records: &Keyed<LessonRecord>) -> Vec<Lesson> {
    records
        .iter()
        .map(|(id, record)| Lesson {
            id: id.value.to_string(),
            lesson: text(&record.lesson),
            happened: some_text(record.happened.as_ref()),
            cause: some_text(record.cause.as_ref()),
            effect: some_text(record.effect.as_ref()),
            recommendation: some_text(record.recommendation.as_ref()),
            category: some_word(record.category.as_ref()),
            readers: some_word(record.readers.as_ref()),
            date: some_day(record.date),
            origin: id.span,
        })
        .collect()
}

/// A state as written.
struct State {
    word: &'static str,
    span: crate::diagnostic::Span,
    /// Whether it ends the life of the entry, so that a date belongs to it.
    is_final: bool,
}

/// Reports a final state without its date, and a date beside a state that is not final.
fn check_state(
    state: &State,
    (field, date): (&str, Option<Spanned<Date>>),
    unreadable: &[&str],
    found: &mut Diagnostics,
) {
    match date {
        None if unreadable.contains(&field) => {}
        None if state.is_final => {
            found.push(without_date(&format!("`{}`", state.word), field, state.span));
        }
        Some(date) if !state.is_final => found.push(
            Diagnostic::new(
                &CONTRADICTORY_STATE,
                state.span,
                format!("the state `{}` contradicts `{field}: {}`", state.word, date.value),
            )
            .also(date.span, "this date says otherwise")
            .hint("correct the state, or remove the date"),
        ),
        _ => {}
    }
}

fn without_date(subject: &str, field: &str, span: crate::diagnostic::Span) -> Diagnostic {
    Diagnostic::new(
        &STATE_WITHOUT_DATE,
        span,
        format!("{subject} has no `{field}:`, so no trend can show it"),
    )
    .hint(format!("add `{field}:` with the day"))
}

fn ids(links: &[Spanned<Id>]) -> Vec<Id> {
    links.iter().map(|id| id.value.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::register::{
        ChangeCauseWord, ChangeState, IssueStatus as IssueWord, RiskStatus as RiskWord,
    };

    /// A word that only the vocabulary knew would be taken and then ignored.
    #[test]
    fn every_word_that_may_be_written_is_a_state_of_the_model_and_the_other_way_round() {
        let keys = |words: &[&str], key: &dyn Fn(&str) -> Option<&'static str>| {
            words.iter().map(|word| key(word).unwrap_or("unknown").to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(keys(RiskWord::WORDS, &|word| risk_status(word).map(RiskStatus::key)), RiskWord::WORDS);
        assert_eq!(
            keys(IssueWord::WORDS, &|word| issue_status(word).map(IssueStatus::key)),
            IssueWord::WORDS
        );
        assert_eq!(
            keys(ChangeState::WORDS, &|word| state_of_change(word).map(ChangeStatus::key)),
            ChangeState::WORDS
        );
        assert_eq!(
            keys(ChangeCauseWord::WORDS, &|word| cause_of_change(word).map(ChangeCause::key)),
            ChangeCauseWord::WORDS
        );
        let counts =
            [RiskStatus::ALL.len(), IssueStatus::ALL.len(), ChangeStatus::ALL.len(), ChangeCause::ALL.len()];
        let words = [RiskWord::WORDS, IssueWord::WORDS, ChangeState::WORDS, ChangeCauseWord::WORDS];
        assert_eq!(counts, words.map(<[&str]>::len));
    }
}
