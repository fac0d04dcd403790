//! Stages, gates and reports: authority and judgement tied to people, baselines and decisions.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics, Span, Spanned};
use crate::model::{
    Answer, ChecklistItem, Condition, Decision, EarlierDecision, GateRecord, Signature, StageCriterion,
    StagePage, Text, Update,
};
use crate::quantity::{GateId, Stage, days_between};
use crate::record::decode::Named;
use crate::record::filed::Filed;
use crate::record::gate::{
    ChecklistRecord, ConditionRecord, GateDecision, GatePageRecord, SignatureRecord, StageCriterionRecord,
    StageRecord, UpdateRecord,
};
use crate::resolve::allowance::allowances_in_words;
use crate::resolve::entry::{check_order, some_day, some_text, text};
use crate::resolve::names::{Names, Register};
use crate::resolve::register::STATE_WITHOUT_DATE;

declare_rule! {
    /// The name of a file and what stands in it say different things: `gates/G2.md` begins with `gate: G3`,
    /// or `updates/2026-11-20.md` speaks of another day. The text in the file counts; readers who look for it
    /// by its name will not find it.
    ///
    /// Wrong: `updates/2026-11-20.md` with
    /// ```yaml
    /// status_date: 2026-11-13
    /// ```
    /// Right: `updates/2026-11-13.md` with
    /// ```yaml
    /// status_date: 2026-11-13
    /// ```
    pub static FILE_NAME_DIFFERS: Rule =
        ("E139", "file-name-differs", Error, "0.1.0", "a file whose name says something else than its text");
}

declare_rule! {
    /// Two pages speak of the same stage or gate, or two reports of the same day. Only the first is shown.
    ///
    /// Wrong: `stages/planning.md` and `stages/2-planning.md`
    ///
    /// Right: one page, `stages/2-planning.md`
    pub static SECOND_PAGE: Rule = ("E128", "second-page", Error, "0.1.0", "two pages about the same thing");
}

/// Reports a file whose name differs from what stands in it.
pub(super) fn check_file_name<T>(file: &Filed<T>, inside: &str, span: Span, found: &mut Diagnostics) {
    if file.stem() == inside {
        return;
    }
    let message = format!("`{inside}` stands in a file that is named `{}`", file.stem());
    let ending = file.path.rsplit('.').next().unwrap_or("md");
    found.push(
        Diagnostic::new(&FILE_NAME_DIFFERS, span, message)
            .hint(format!("rename the file to `{inside}.{ending}`, or correct the text")),
    );
}

fn criterion_of(record: &StageCriterionRecord) -> StageCriterion {
    StageCriterion {
        criterion: text(&record.criterion),
        met: record.met.map(|met| (met.value, met.span)),
        evidence: record.evidence.as_ref().map(|evidence| evidence.value.clone()),
    }
}

/// Resolves `stages/*.md`.
pub(super) fn resolve_stages(
    files: &[Filed<StageRecord>],
    found: &mut Diagnostics,
) -> BTreeMap<Stage, StagePage> {
    let mut stages = BTreeMap::new();
    for file in files {
        let stage = file.record.stage;
        let numbered = format!("{}-{}", stage.number(), stage.key());
        // The plain name is as clear as the numbered one, which only sorts better.
        if file.stem() != stage.key() {
            check_file_name(file, &numbered, stage.span, found);
        }
        let page = StagePage {
            stage: stage.value,
            entry: file.record.entry.iter().map(criterion_of).collect(),
            exit: file.record.exit.iter().map(criterion_of).collect(),
            body: text(&file.body),
            file: file.path.clone(),
            origin: stage.span,
        };
        if let Some(first) = stages.get(&stage.value) {
            let first: &StagePage = first;
            found.push(second_page(stage.key(), stage.span, first.origin));
        } else {
            stages.insert(stage.value, page);
        }
    }
    stages
}

fn second_page(what: &str, span: Span, first: Span) -> Diagnostic {
    Diagnostic::new(&SECOND_PAGE, span, format!("a second page speaks of `{what}`"))
        .also(first, "the first is here")
        .hint("merge the two pages")
}

/// Resolves `gates/*.md`.
pub(super) fn resolve_gates(
    files: &[Filed<GatePageRecord>],
    baselines: &Register<()>,
    names: &Names,
    found: &mut Diagnostics,
) -> BTreeMap<GateId, GateRecord> {
    let mut gates: BTreeMap<GateId, GateRecord> = BTreeMap::new();
    check_days_of_gates(files, names.start, found);
    for file in files {
        let gate = file.record.gate;
        check_file_name(file, gate.key(), gate.span, found);
        if let Some(baseline) = &file.record.baseline {
            // A page may name the baseline that is still to be frozen: what was decided is read all the same.
            let mut unknown = Diagnostics::default();
            baselines.find(baseline, &mut unknown);
            for fault in &mut unknown {
                fault.is_of_more = true;
            }
            found.extend(unknown);
        }
        if let (None, Some(decided)) = (file.record.decision, file.record.decided)
            && !file.record.unreadable.contains(&"decision")
        {
            found.push(
                Diagnostic::new(
                    &STATE_WITHOUT_DATE,
                    decided.span,
                    "this says when it was decided, but not what",
                )
                .hint("add `decision:`, or write `planned:` for the day on which the board is to meet"),
            );
        }
        let page = resolve_gate(file, names, found);
        match gates.get(&gate.value) {
            Some(first) => found.push(second_page(gate.key(), gate.span, first.origin)),
            None => {
                gates.insert(gate.value, page);
            }
        }
    }
    gates
}

/// Days within which the mandate may have been given before the first day of work.
const BEFORE_WORK: std::ops::RangeInclusive<i64> = 1..=366;

/// Reports a gate that was decided or signed before the project began, or decided before an earlier gate; G1 may be decided before work
/// begins.
fn check_days_of_gates(
    files: &[Filed<GatePageRecord>],
    start: Option<Spanned<Date>>,
    found: &mut Diagnostics,
) {
    let mut pages: Vec<&GatePageRecord> = files.iter().map(|file| &file.record).collect();
    pages.sort_by_key(|page| page.gate.value);
    let mut last_before: Option<(GateId, Spanned<Date>)> = None;
    for page in pages {
        let first = page.earlier.first().map(|earlier| earlier.decided).or(page.decided);
        // The mandate comes before the work that it orders, but not years before.
        let is_mandate = page.gate.value == GateId::G1
            && first
                .zip(start)
                .is_some_and(|(first, start)| BEFORE_WORK.contains(&days_between(first.value, start.value)));
        let start = start.filter(|_| !is_mandate);
        check_order(&[("start", start), ("decided", first)], found);
        // A decision is circulated for signature before the meeting or after it, but not before there is a project.
        let is_decided_in_time = first.zip(start).is_none_or(|(first, start)| first.value >= start.value);
        for signature in page.signatures.iter().filter(|_| is_decided_in_time) {
            check_order(&[("start", start), ("date", signature.date)], found);
        }
        let Some(decided) = page.decided else { continue };
        let before = last_before.filter(|(gate, _)| *gate != page.gate.value);
        let before = before.map(|(gate, day)| (gate.key(), Some(day)));
        check_order(&[before.unwrap_or(("decided", None)), (page.gate.value.key(), Some(decided))], found);
        if last_before.is_none_or(|(_, day)| day.value < decided.value) {
            last_before = Some((page.gate.value, decided));
        }
    }
}

fn resolve_gate(file: &Filed<GatePageRecord>, names: &Names, found: &mut Diagnostics) -> GateRecord {
    let record = &file.record;
    let authorised = record.authorised;
    GateRecord {
        gate: record.gate.value,
        decision: record.decision.and_then(decision),
        decided: some_day(record.decided),
        decided_by: names.maybe_person(record.decided_by.as_ref(), found),
        planned: some_day(record.planned),
        baseline: record.baseline.as_ref().map(|id| id.value.clone()),
        authorised: authorised.and_then(|sum| names.money(&sum.map(|sum| sum.money), found)),
        authorised_until: authorised.and_then(|sum| sum.until),
        authorised_origin: authorised.map(|sum| sum.span),
        go_live: record.go_live.map(|window| window.value),
        recommendation: some_text(record.recommendation.as_ref()),
        delivery_confidence: record.delivery_confidence.map(|word| word.as_str().to_owned()),
        minutes: some_text(record.minutes.as_ref()),
        tolerances: record
            .tolerances
            .iter()
            .map(|(dimension, limit)| (dimension.value.clone(), text(limit)))
            .collect(),
        allowed: allowances_in_words(&record.tolerances, names, found),
        conditions: conditions(&record.conditions, names, found),
        checklist: checklist(&record.checklist, names, found),
        signatures: signatures(&record.signatures, names, found),
        earlier: earlier_decisions(record, names, found),
        is_asked_again: false,
        body: text(&file.body),
        file: file.path.clone(),
        origin: record.gate.span,
        decision_origin: record.decision.map(|word| word.span),
    }
}

fn decision(word: Spanned<GateDecision>) -> Option<Decision> {
    Decision::ALL.into_iter().find(|decision| decision.key() == word.as_str())
}

fn earlier_decisions(page: &GatePageRecord, names: &Names, found: &mut Diagnostics) -> Vec<EarlierDecision> {
    let days = page.earlier.iter().map(|record| ("earlier", Some(record.decided)));
    check_order(&days.chain([("decided", page.decided)]).collect::<Vec<_>>(), found);
    let resolved = page.earlier.iter().filter_map(|record| {
        Some(EarlierDecision {
            decision: decision(record.decision)?,
            decided: record.decided.value,
            decided_by: names.maybe_person(record.decided_by.as_ref(), found),
            reasons: some_text(record.reasons.as_ref()),
            minutes: some_text(record.minutes.as_ref()),
            authorised: record.authorised.and_then(|sum| names.money(&sum.map(|sum| sum.money), found)),
            authorised_until: record.authorised.and_then(|sum| sum.until),
            authorised_origin: record.authorised.map(|sum| sum.span),
            recommendation: some_text(record.recommendation.as_ref()),
            conditions: conditions(&record.conditions, names, found),
            checklist: checklist(&record.checklist, names, found),
            signatures: signatures(&record.signatures, names, found),
            origin: record.span,
        })
    });
    resolved.collect()
}

fn conditions(records: &[ConditionRecord], names: &Names, found: &mut Diagnostics) -> Vec<Condition> {
    records.iter().map(|record| condition(record, names, found)).collect()
}

fn checklist(records: &Named<ChecklistRecord>, names: &Names, found: &mut Diagnostics) -> Vec<ChecklistItem> {
    records.iter().map(|(criterion, answer)| checklist_item(criterion, answer, names, found)).collect()
}

fn signatures(records: &[SignatureRecord], names: &Names, found: &mut Diagnostics) -> Vec<Signature> {
    records.iter().filter_map(|record| signature(record, names, found)).collect()
}

fn condition(record: &ConditionRecord, names: &Names, found: &mut Diagnostics) -> Condition {
    Condition {
        condition: text(&record.condition),
        urgency: record.urgency.map(|word| word.as_str().to_owned()),
        owner: names.maybe_person(record.owner.as_ref(), found),
        due: some_day(record.due),
        done: some_day(record.done),
        covers: record.covers.iter().map(|words| (words.value.clone(), words.span)).collect(),
        is_withheld: false,
        origin: record.span,
    }
}

fn checklist_item(
    criterion: &Spanned<String>,
    record: &ChecklistRecord,
    names: &Names,
    found: &mut Diagnostics,
) -> ChecklistItem {
    ChecklistItem {
        criterion: criterion.value.clone(),
        answer: record.answer.and_then(|word| Answer::from_key(word.as_str())),
        evidence: some_text(record.evidence.as_ref()),
        owner: names.maybe_person(record.owner.as_ref(), found),
        comment: some_text(record.comment.as_ref()),
        origin: criterion.span,
    }
}

fn signature(record: &SignatureRecord, names: &Names, found: &mut Diagnostics) -> Option<Signature> {
    Some(Signature {
        role: record.role.value.clone(),
        person: names.person(&record.person, found)?,
        decision: record.decision.and_then(decision),
        date: some_day(record.date),
        origin: record.span,
    })
}

/// Resolves `updates/*.md`; they come in the order of their days.
pub(super) fn resolve_updates(
    files: &[Filed<UpdateRecord>],
    decisions: &Register<()>,
    names: &Names,
    found: &mut Diagnostics,
) -> Vec<Update> {
    let mut updates: Vec<Update> = Vec::new();
    for file in files {
        let record = &file.record;
        let day = record.status_date;
        check_file_name(file, &day.value.to_string(), day.span, found);
        check_order(&[("actuals_to", record.actuals_to), ("status_date", Some(day))], found);
        if let Some(decision) = &record.decision_wanted {
            decisions.find(decision, found);
        }
        if let Some(first) = updates.iter().find(|update| update.status_date == day.value) {
            found.push(second_page(&day.value.to_string(), day.span, first.origin));
            continue;
        }
        updates.push(Update {
            status_date: day.value,
            actuals_to: some_day(record.actuals_to),
            author: names.maybe_person(record.author.as_ref(), found),
            declared: record.declared.map(|word| (word.as_str().to_owned(), word.span)),
            declared_because: some_text(record.declared_because.as_ref()),
            decision_wanted: record.decision_wanted.as_ref().map(|id| (id.value.clone(), id.span)),
            next: texts(&record.next),
            achieved: texts(&record.achieved),
            help_wanted: some_text(record.help_wanted.as_ref()),
            body: text(&file.body),
            file: file.path.clone(),
            origin: day.span,
        });
    }
    updates.sort_by_key(|update| update.status_date);
    updates
}

fn texts(words: &[Spanned<String>]) -> Vec<Text> {
    words.iter().map(text).collect()
}
