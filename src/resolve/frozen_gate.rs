//! Frozen gate documents: the words of a decided gate, as they stand in the file.

use crate::diagnostic::Diagnostics;
use crate::model::{Decision, FrozenGate, Wording, name_of_decision};
use crate::record::filed::Filed;
use crate::record::frozen_gate::FrozenGateRecord;
use crate::resolve::entry::{check_order, some_word};
use crate::resolve::gate::check_file_name;
use crate::source::node::{Node, NodeKind, Style};

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
        terms: wording(&record.terms.0),
        content: wording(&record.content.0),
        file: file.path.clone(),
        origin: record.gate.span,
    })
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
