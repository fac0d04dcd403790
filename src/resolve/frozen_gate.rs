//! Frozen gate documents: the words of a decided gate, as they stand in the file.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics, Span};
use crate::model::frozen_shape::{CONTENT, Form, Misfit, Step, TERMS, misfit};
use crate::model::{Decision, FrozenGate, Wording, name_of_decision};
use crate::record::filed::Filed;
use crate::record::frozen_gate::FrozenGateRecord;
use crate::resolve::entry::{check_order, some_word};
use crate::resolve::gate::check_file_name;
use crate::source::node::{Node, NodeKind, Style};

declare_rule! {
    /// The frozen document of a gate lacks a part that every document has, or something else stands there. Nothing can be shown from it; the
    /// document is computed from the files of today instead, as if it had not been frozen.
    ///
    /// Wrong:
    /// ```yaml
    /// # gates/frozen/G2-2026-09-21.yaml
    /// content:
    ///   checklist:
    ///     rows:
    ///       - {criterion: Funding covers the budget}
    /// ```
    /// Right:
    /// ```yaml
    /// content:
    ///   checklist:
    ///     rows:
    ///       - {criterion: Funding covers the budget, answer: yes, computed: true}
    /// ```
    pub static FROZEN_UNREADABLE: Rule =
        ("E697", "frozen-unreadable", Error, "0.1.0", "a frozen gate document that cannot be shown");
}

/// Resolves `gates/frozen/*.yaml`; they come in the order of the gates, those of one gate in the order of its decisions.
pub(super) fn resolve_frozen_gates(
    files: &[Filed<FrozenGateRecord>],
    found: &mut Diagnostics,
) -> Vec<FrozenGate> {
    let mut frozen: Vec<FrozenGate> = files.iter().filter_map(|file| resolve(file, found)).collect();
    frozen.sort_by_key(|one| (one.gate, one.decided));
    frozen
}

fn resolve(file: &Filed<FrozenGateRecord>, found: &mut Diagnostics) -> Option<FrozenGate> {
    let record = &file.record;
    let (gate, decided) = (record.gate.value, record.decided.value);
    check_file_name(file, &name_of_decision(gate, decided), record.gate.span, found);
    check_order(&[("decided", Some(record.decided)), ("frozen", Some(record.frozen))], found);
    let (terms, content) =
        (fitting("terms", &record.terms.0, &TERMS), fitting("content", &record.content.0, &CONTENT));
    let (terms, content) = match (terms, content) {
        (Ok(terms), Ok(content)) => (terms, content),
        (Err(one), _) | (_, Err(one)) => {
            found.push(*one);
            return None;
        }
    };
    Some(FrozenGate {
        gate,
        decided,
        decision: Decision::ALL.into_iter().find(|one| one.key() == record.decision.value.as_str())?,
        frozen: record.frozen.value,
        source_revision: some_word(record.source_revision.as_ref()),
        made_with: some_word(record.made_with.as_ref()),
        document: record.document.value.clone(),
        digest: some_word(record.digest.as_ref()),
        digest_of_values: file.digest.clone(),
        sources: record
            .sources
            .iter()
            .map(|(path, digest)| (path.value.clone(), digest.value.clone()))
            .collect(),
        lines: record.lines.iter().map(|(path, lines)| (path.value.clone(), lines.value.clone())).collect(),
        expected_since: Vec::new(),
        booked_since: Vec::new(),
        are_hours_edited: false,
        waived_since: Vec::new(),
        terms,
        content,
        file: file.path.clone(),
        origin: record.gate.span,
    })
}

/// The words of a tree that has the form of a document.
fn fitting(name: &str, node: &Node, form: &Form) -> Result<Wording, Box<Diagnostic>> {
    let words = wording(node);
    let Some(misfit) = misfit(&words, form) else { return Ok(words) };
    let way = misfit.place();
    let dot = if way.is_empty() || way.starts_with('[') { "" } else { "." };
    let message = format!("`{name}{dot}{way}` of a frozen gate document {}", misfit.fault);
    Err(Box::new(Diagnostic::new(&FROZEN_UNREADABLE, place_of(node, &misfit), message).hint(
        "restore the file as `milepost gate freeze` wrote it; until then the document is computed from the files of today",
    )))
}

/// Where something does not fit; of what is missing, where it should stand.
fn place_of(node: &Node, misfit: &Misfit) -> Span {
    let mut node = node;
    let mut place = node.span;
    for step in &misfit.way {
        let inside = match (step, &node.kind) {
            (Step::Part(name), NodeKind::Map(entries)) => entries
                .iter()
                .find(|entry| entry.key.value == *name)
                .map(|entry| (entry.key.span, &entry.value)),
            (Step::Item(at), NodeKind::List(items)) => items.get(*at).map(|item| (item.span, item)),
            _ => None,
        };
        let Some((span, inner)) = inside else { break };
        (place, node) = (span, inner);
    }
    place
}

/// The words of a tree; `true` and `false` without quotes are no words.
fn wording(node: &Node) -> Wording {
    match &node.kind {
        NodeKind::Empty => Wording::List(Vec::new()),
        NodeKind::Scalar { text, style: Style::Plain } if text == "true" => Wording::Is(true),
        NodeKind::Scalar { text, style: Style::Plain } if text == "false" => Wording::Is(false),
        NodeKind::Scalar { text, .. } => Wording::Words(text.clone()),
        NodeKind::List(items) => Wording::List(items.iter().map(wording).collect()),
        NodeKind::Map(entries) => Wording::Parts(
            entries.iter().map(|entry| (entry.key.value.clone(), wording(&entry.value))).collect(),
        ),
    }
}
