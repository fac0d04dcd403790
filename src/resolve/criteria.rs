//! Criteria of gates that are statements over figures: of the portfolio, then of the project; and what people may say of a
//! criterion that the program answers.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::declare_rule;
use crate::diagnostic::spelling::did_you_mean;
use crate::diagnostic::{Diagnostic, Diagnostics, Rule, Span, Spanned};
use crate::model::{BuiltIn, OwnCriterion, are_same_words};
use crate::quantity::GateId;
use crate::record::decode::Named;
use crate::record::filed::Filed;
use crate::record::gate::{GatePageRecord, StatementText};
use crate::record::portfolio::GateCriteriaRecord;
use crate::resolve::names::Names;
use crate::statement::{Fault, FaultKind, Statement, parse};

declare_rule! {
    /// A statement over figures cannot be read: a sign, a limit or a bracket is missing, or something stands where it
    /// has no meaning. `docs/figures.md` tells how statements are written.
    ///
    /// Wrong: `criteria: {cost is under control: cpi above 0.9}`
    ///
    /// Right: `criteria: {cost is under control: cpi >= 0.9}`
    pub static STATEMENT_FORM: Rule =
        ("E180", "statement-form", Error, "0.1.0", "a statement that cannot be read");
}

declare_rule! {
    /// A statement names a figure, a thing or a field that there is none of. `docs/figures.md` lists them, and
    /// `milepost gate figures` prints them with their values.
    ///
    /// Wrong: `criteria: {the finish keeps its promise: finish_slp <= 10d}`
    ///
    /// Right: `criteria: {the finish keeps its promise: finish_slip <= 10d}`
    pub static UNKNOWN_FIGURE: Rule =
        ("E181", "unknown-figure", Error, "0.1.0", "a figure, thing or field that does not exist");
}

declare_rule! {
    /// A statement compares what is not counted alike, such as days with money, or asks of a field what it cannot tell.
    ///
    /// Wrong: `criteria: {the finish keeps its promise: finish_slip <= 5_000 EUR}`
    ///
    /// Right: `criteria: {the finish keeps its promise: finish_slip <= 10d}`
    pub static UNITS_DISAGREE: Rule =
        ("E182", "units-disagree", Error, "0.1.0", "a comparison of what is not counted alike");
}

declare_rule! {
    /// Somebody answers a criterion that the program answers from the files. What people say does not overrule it: change
    /// what the figures rest on, or say in a comment why the answer is as it is.
    ///
    /// Wrong, at G2: `checklist: {a baseline is frozen: yes}`
    ///
    /// Right: `checklist: {a baseline is frozen: {comment: frozen again after the change of scope}}`
    pub static COMPUTED_ANSWER: Rule =
        ("E183", "computed-answer", Error, "0.1.0", "an answer to a criterion that is computed");
}

declare_rule! {
    /// The same criterion is stated twice for a gate: by the project and the portfolio, or by people and by the program, which
    /// asks for some things anyway. Readers would see two answers to one question.
    ///
    /// Wrong, at G2: `criteria: {a baseline is frozen: open_tasks > 0}`
    ///
    /// Right: `criteria: {work is left to do: open_tasks > 0}`
    pub static CRITERION_TWICE: Rule =
        ("E184", "criterion-twice", Error, "0.1.0", "a criterion that is stated twice");
}

declare_rule! {
    /// A condition says that it covers a criterion that the gate does not ask for. It covers nothing then, and what was meant
    /// still stands in the way of the gate.
    ///
    /// Wrong: `conditions: [{condition: Rota until 3 December, covers: support rotta named}]` beside
    /// `checklist: {support rota named: partly}`
    ///
    /// Right: `conditions: [{condition: Rota until 3 December, covers: support rota named}]`
    pub static UNKNOWN_CRITERION: Rule =
        ("E185", "unknown-criterion", Error, "0.1.0", "a condition that covers a criterion the gate does not have");
}

/// Reports the faults of the portfolio's own criteria, once for all projects.
pub(super) fn check_shared(record: Option<&GateCriteriaRecord>, found: &mut Diagnostics) {
    for (gate, list) in record.into_iter().flat_map(by_gate) {
        take(gate, list, &mut Vec::new(), found);
    }
}

/// Resolves the criteria of a project by gate, and reports what its pages say of criteria that they may not say, or that the gate does
/// not have. Faults of the portfolio's are reported by [`check_shared`].
pub(super) fn resolve_criteria(
    shared: Option<&GateCriteriaRecord>,
    files: &[Filed<GatePageRecord>],
    names: &Names,
    found: &mut Diagnostics,
) -> BTreeMap<GateId, Vec<OwnCriterion>> {
    let mut criteria: BTreeMap<GateId, Vec<OwnCriterion>> = BTreeMap::new();
    for (gate, list) in shared.into_iter().flat_map(by_gate) {
        take(gate, list, criteria.entry(gate).or_default(), &mut Diagnostics::default());
    }
    for file in files {
        let gate = file.record.gate.value;
        take(gate, &file.record.criteria, criteria.entry(gate).or_default(), found);
    }
    for criterion in criteria.values_mut().flatten() {
        convert_money(criterion, names, found);
    }
    criteria.retain(|_, list| !list.is_empty());
    check_answers(files, &criteria, found);
    check_covers(files, &criteria, found);
    criteria
}

/// Turns the money of a statement into the currency of the project. It stays as it was typed where there is no rate; that is
/// reported.
pub(super) fn convert_money(criterion: &mut OwnCriterion, names: &Names, found: &mut Diagnostics) {
    for money in criterion.statement.money_mut() {
        let typed = Spanned::new(*money, criterion.statement_origin);
        if let Some(amount) = names.money(&typed, found) {
            *money = crate::quantity::Money { amount, currency: names.currency.value };
        }
    }
}

fn by_gate(record: &GateCriteriaRecord) -> impl Iterator<Item = (GateId, &Named<Spanned<StatementText>>)> {
    let lists = [&record.g1, &record.g2, &record.g3, &record.g4, &record.g5];
    GateId::ALL.into_iter().zip(lists).filter_map(|(gate, list)| Some((gate, list.as_ref()?)))
}

fn take(
    gate: GateId,
    list: &Named<Spanned<StatementText>>,
    into: &mut Vec<OwnCriterion>,
    found: &mut Diagnostics,
) {
    for (words, text) in list {
        let statement = read(text, found);
        if let Some(one) = BuiltIn::of_words(gate, &words.value) {
            let message = format!("the program asks at {gate} anyway whether {}", lower(one.words()));
            found.push(
                Diagnostic::new(&CRITERION_TWICE, words.span, message)
                    .hint("remove it, or give it words of its own"),
            );
            continue;
        }
        if let Some(first) = into.iter().find(|one| are_same_words(&one.words, &words.value)) {
            let message = format!("`{}` is a criterion of {gate} already", words.value.trim());
            found.push(
                Diagnostic::new(&CRITERION_TWICE, words.span, message)
                    .also(first.origin, "the first is here")
                    .hint("remove one of the two, or give it words of its own"),
            );
            continue;
        }
        let Some(statement) = statement else { continue };
        into.push(OwnCriterion {
            words: words.value.clone(),
            statement,
            origin: words.span,
            statement_origin: text.span,
        });
    }
}

/// Reads a statement; each of its faults is reported at its place in the file.
pub(super) fn read(text: &Spanned<StatementText>, found: &mut Diagnostics) -> Option<Statement> {
    let written = text.value.0.as_str();
    let faults = match parse(written) {
        Ok(statement) => return Some(statement),
        Err(faults) => faults,
    };
    if let "yes" | "partly" | "no" | "n.a." = written {
        let message = format!("`{written}` is an answer, and no statement that could be answered");
        found.push(
            Diagnostic::new(&STATEMENT_FORM, text.span, message)
                .hint("write what people answer under `checklist:`, and here what the figures are to say"),
        );
        return None;
    }
    for fault in faults {
        let span = within(text.span, written, &fault.range);
        let diagnostic = Diagnostic::new(rule_of(&fault), span, fault.message);
        found.push(if fault.hint.is_empty() { diagnostic } else { diagnostic.hint(fault.hint) });
    }
    None
}

fn rule_of(fault: &Fault) -> &'static Rule {
    match fault.kind {
        FaultKind::Form => &STATEMENT_FORM,
        FaultKind::Unknown => &UNKNOWN_FIGURE,
        FaultKind::Units => &UNITS_DISAGREE,
    }
}

/// Where a part of a text stands in the file; the whole text where it is written over several lines or with escapes.
fn within(span: Span, text: &str, range: &Range<usize>) -> Span {
    let length = (span.end - span.start) as usize;
    // Between quotes the text begins one byte later.
    let before = match length.checked_sub(text.len()) {
        Some(0) => 0,
        Some(2) => 1,
        _ => return span,
    };
    let at = |place: usize| span.start + before + u32::try_from(place).unwrap_or_default();
    Span { start: at(range.start), end: at(range.end.max(range.start + 1)).min(span.end), ..span }
}

/// Reports answers that people typed to what the program answers.
fn check_answers(
    files: &[Filed<GatePageRecord>],
    criteria: &BTreeMap<GateId, Vec<OwnCriterion>>,
    found: &mut Diagnostics,
) {
    for file in files {
        let gate = file.record.gate.value;
        for (words, record) in &file.record.checklist {
            let Some(answer) = record.answer else { continue };
            let own = criteria.get(&gate).into_iter().flatten();
            let own =
                own.filter(|one| are_same_words(&one.words, &words.value)).map(|one| one.statement_origin);
            let own: Vec<Span> = own.collect();
            let asked = BuiltIn::of_words(gate, &words.value).filter(|one| !one.is_for_people());
            if own.is_empty() && asked.is_none() {
                continue;
            }
            let message = format!("`{}` is computed; this answer does not overrule it", words.value.trim());
            let diagnostic = Diagnostic::new(&COMPUTED_ANSWER, answer.span, message)
                .hint("remove the answer; `evidence`, `owner` and `comment` may stay");
            found.push(match own.first() {
                Some(place) => diagnostic.also(*place, "it is computed from this"),
                None => diagnostic,
            });
        }
    }
}

/// Reports conditions that cover what the gate does not ask for.
fn check_covers(
    files: &[Filed<GatePageRecord>],
    criteria: &BTreeMap<GateId, Vec<OwnCriterion>>,
    found: &mut Diagnostics,
) {
    for file in files {
        let gate = file.record.gate.value;
        let asked = BuiltIn::ALL.iter().filter(|one| one.gates().contains(&gate)).map(|one| one.words());
        let own = criteria.get(&gate).into_iter().flatten().map(|one| one.words.as_str());
        let people = file.record.checklist.iter().map(|(words, _)| words.value.as_str());
        let all: Vec<&str> = asked.chain(own).chain(people).collect();
        for words in file.record.conditions.iter().flat_map(|condition| &*condition.covers) {
            if all.iter().any(|known| BuiltIn::is_meant(gate, known, &words.value)) {
                continue;
            }
            let hint = match did_you_mean(&words.value, all.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("write the words of a criterion of {gate}; `milepost gate check` lists them"),
            };
            let message = format!("{gate} has no criterion `{}`", words.value.trim());
            found.push(Diagnostic::new(&UNKNOWN_CRITERION, words.span, message).hint(hint));
        }
    }
}

fn lower(words: &str) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_lowercase().collect::<String>() + letters.as_str())
}
