//! What all gate documents share: title band, ask, scorecard, checklist, decision, signatures, annex.

use serde::Serialize;
use serde_json::Value;

use crate::document::annex::{Annex, annex};
use crate::document::beside::{apart, take_hints};
use crate::document::checklist::{Checklist, checklist};
use crate::document::closing::{
    Conditions, DecisionBlock, Kept, SignatureBlock, conditions, conditions_of, decision, signatures,
    signed_words,
};
use crate::document::identity::Identity;
use crate::document::opening::{Opening, opening, previous_gate};
use crate::document::outcome::{Outcome, outcome};
use crate::document::signed_later::signed_later;
use crate::document::since::{Since, since};
use crate::document::wording::value_of;
use crate::document::{GateDocument, decided, digest};
use crate::format;
use crate::model::{FrozenGate, Wording};
use crate::page::decided_gates::{Differences, computed_now, decisions, differences};
use crate::page::view::{Band, Cell, Fact, Table};
use crate::page::{Desk, Made, Shown};
use crate::quantity::GateId;

/// What a gate document shows.
#[derive(Debug, Serialize)]
struct DocumentView {
    /// What stands at the foot of each printed sheet.
    running: String,
    /// The name of the project, which a frozen document keeps.
    project: String,
    /// The ask, the recommendation and the scorecard.
    opening: Opening,
    /// What a number without a unit is counted in, in one sentence. It is no part of what is signed.
    units: String,
    /// What was decided on what is asked above, and what follows; none for a draft. It is no part of what is signed.
    outcome: Option<Outcome>,
    /// What moved since the gate before; none for the first gate.
    since: Option<Since>,
    /// That nothing was frozen of the gate before, so that its figures are computed now; none where it was. It is no part of what is
    /// signed.
    since_computed: Option<String>,
    /// The sections of this gate by name.
    parts: Value,
    /// Criteria with their answers.
    checklist: Checklist,
    /// What the files of today would say otherwise than what was decided; none where nothing differs and for drafts.
    differs: Option<Differences>,
    /// Every decision so far on this gate, newest first; empty where there is none or only one.
    decisions: Table,
    /// What the board asks for.
    conditions: Conditions,
    /// The decision.
    decision: DecisionBlock,
    /// The signatures.
    signatures: Vec<SignatureBlock>,
    /// Signatures that came after the document was frozen, each in a sentence; empty where none did.
    signed_later: Vec<String>,
    /// What the signatures refer to, in words that end in the digest; that nobody has signed, where it is so.
    signed: String,
    /// The first twelve digits of the digest of what is signed.
    digest: String,
    /// Where it all comes from.
    annex: Annex,
}

/// Everything above the decision: what is signed, and among it what [`beside`](super::beside) sets apart, which a decision changes.
///
/// It is drawn up as if the gate had not been decided. A draft and the decided document of one day and of the same files have the same
/// digest whatever was decided, so that ink on a printed draft still fits.
#[derive(Debug, Serialize)]
pub(super) struct Above {
    title: String,
    project: String,
    as_of: String,
    opening: Opening,
    since: Option<Since>,
    parts: Value,
    checklist: Checklist,
}

/// What the document of a gate has at hand: the project as it lay before the board on the day of its decision, or else as it is.
#[must_use]
pub fn desk_of<'a>(gate: GateId, now: &Desk<'a>) -> Desk<'a> {
    match now.project.at_gates.get(&gate) {
        Some(then) => now.here.desk(then),
        None => now.clone(),
    }
}

/// Everything above the decision of a document, as the files give it today.
pub(super) fn above(document: &dyn GateDocument, now: &Desk<'_>, desk: &Desk<'_>) -> Above {
    let is_decided = crate::page::gates::decided_record(now, document.gate()).is_some();
    let checklist = checklist(document, desk, is_decided);
    let mut parts = document.parts(desk);
    if is_decided {
        take_hints(&mut parts);
    }
    Above {
        title: title(document.gate()),
        project: desk.project.project.name.clone(),
        as_of: format::iso(desk.project.status_date),
        opening: opening(document, desk, (&checklist.readiness, is_decided)),
        since: since(document.gate(), now, desk),
        parts,
        checklist,
    }
}

fn title(gate: GateId) -> String {
    format!("{gate} {}", format::gate(gate))
}

/// Makes the document of a gate. A decided gate is shown as it was frozen or, where it was not, as of the day of its decision.
#[must_use]
pub fn make(document: &dyn GateDocument, now: &Desk<'_>) -> Made {
    match decided::frozen_of(now.project, document.gate()) {
        Some(frozen) => made(document, now, (Some(frozen), false)),
        None => made(document, now, (None, false)),
    }
}

/// Makes the document of a decision that a later one replaced, as it was frozen.
#[must_use]
pub fn make_superseded(document: &dyn GateDocument, now: &Desk<'_>, frozen: &FrozenGate) -> Made {
    made(document, now, (Some(frozen), true))
}

fn made(
    document: &dyn GateDocument,
    now: &Desk<'_>,
    (frozen, is_superseded): (Option<&FrozenGate>, bool),
) -> Made {
    let gate = document.gate();
    let desk = desk_of(gate, now);
    let above = above(document, now, &desk);
    let digest = match frozen {
        Some(frozen) => frozen.short_digest(),
        None => digest::printed(&digest::whole(&apart(value_of(&above)).signed)),
    };
    let day = frozen.filter(|_| is_superseded).map_or(desk.project.status_date, |frozen| frozen.decided);
    let standing = Standing::of(now, gate, (frozen, is_superseded));
    let mut known = Identity::of_today(title(gate), &desk);
    if let Some(frozen) = frozen {
        known = Identity::of_frozen(frozen, known, &desk.project.project);
    }
    let revision = known.revision.as_ref().map(|revision| format!(" · {revision}")).unwrap_or_default();
    let given = signatures(document, now, now.project.status_date);
    let view = DocumentView {
        running: format!(
            "{} · {} · {}{revision} · digest {digest}",
            known.project,
            known.title,
            format::date(day)
        ),
        project: known.project.clone(),
        opening: above.opening,
        units: units(&desk),
        // What was decided before a later decision is known from what was frozen alone.
        outcome: outcome(gate, now, &desk).filter(|_| !is_superseded),
        since_computed: previous_gate(gate)
            .filter(|_| frozen.is_none())
            .and_then(|before| computed_now(now, &[before])),
        since: above.since,
        parts: above.parts,
        checklist: above.checklist,
        differs: frozen.filter(|_| !is_superseded).and_then(|_| differences(now, gate)),
        decisions: decisions(now, gate),
        conditions: if is_superseded {
            conditions_of(gate, frozen.map(|one| one.decided), now)
        } else {
            conditions(gate, now)
        },
        decision: decision(gate, now, &desk),
        signed: signed_words(n_signed(&given, frozen), kept(now, (gate, frozen))),
        signatures: given,
        signed_later: frozen
            .filter(|_| !is_superseded)
            .map_or_else(Vec::new, |frozen| signed_later(document, now, frozen)),
        digest,
        annex: annex(now, &desk, frozen),
    };
    let mut made = Made::new(gate.key(), known.title.clone(), &view)
        .description(document.question())
        .document(format!("documents/{gate}.html"), band(&desk, known, day, &standing));
    if let Some(frozen) = frozen {
        let view = serde_json::to_value(&made.view).unwrap_or_default();
        made.view = Shown::of(&decided::shown(view, frozen)).unwrap_or(made.view);
    }
    made
}

/// What the documents leave out at every number: the currency of amounts, and what short units stand for.
fn units(desk: &Desk<'_>) -> String {
    format!(
        "Amounts without a currency are in {}; d are working days, pd are person-days.",
        desk.project.project.currency.code()
    )
}

/// How many have signed: as the frozen record says, or as the files do.
fn n_signed(given: &[SignatureBlock], frozen: Option<&FrozenGate>) -> usize {
    match frozen.map(|frozen| frozen.terms.part("signatures")) {
        Some(Some(Wording::List(given))) => given.len(),
        Some(_) => 0,
        None => given.iter().filter(|block| block.date.is_some() || block.decision.is_some()).count(),
    }
}

/// What there is of the content that was signed.
fn kept(now: &Desk<'_>, (gate, frozen): (GateId, Option<&FrozenGate>)) -> Kept {
    let decided = match frozen {
        Some(frozen) => Some(frozen.decided),
        None => crate::page::gates::decided_record(now, gate).and_then(|record| record.decided),
    };
    let known = frozen.map_or(now.project.status_date, |frozen| frozen.frozen);
    match (decided, frozen) {
        (Some(decided), _) if !now.project.project.are_of_one_time(decided, known) => {
            Kept::Reconstructed(known)
        }
        (_, Some(_)) => Kept::Frozen(known),
        _ => Kept::Computed,
    }
}

/// Where a document stands between draft and superseded.
struct Standing {
    state: &'static str,
    class: &'static str,
    version: String,
}

impl Standing {
    fn of(now: &Desk<'_>, gate: GateId, (frozen, is_superseded): (Option<&FrozenGate>, bool)) -> Self {
        let newest = crate::page::gates::decided_record(now, gate).and_then(|record| record.decided);
        let (decided, kept) = match (frozen, newest) {
            (Some(frozen), _) => (frozen.decided, Some(frozen.frozen)),
            (None, Some(decided)) => (decided, None),
            (None, None) => {
                return Self { state: "Draft", class: "draft", version: "draft for decision".to_owned() };
            }
        };
        let as_decided = format!("as decided on {}", format::date(decided));
        let known = kept.unwrap_or(now.project.status_date);
        let version = match (kept, now.project.project.are_of_one_time(decided, known)) {
            (Some(_), _) if is_superseded => format!("{as_decided}; a later decision replaced it"),
            (Some(kept), true) => format!("{as_decided}, frozen on {}", format::date(kept)),
            (None, true) => format!("{as_decided}, not frozen yet"),
            (Some(kept), false) => {
                let kept = format::date(kept);
                format!("{as_decided}, reconstructed later from the folder of {kept}, frozen on {kept}")
            }
            (None, false) => format!(
                "{as_decided}, reconstructed later from the folder of {}: not frozen",
                format::date(known)
            ),
        };
        if is_superseded {
            return Self { state: "Superseded", class: "superseded", version };
        }
        let is_of_its_time = now.project.project.are_of_one_time(decided, known);
        let state = if is_of_its_time { "Decided" } else { "Decided, reconstructed later" };
        Self { state, class: "decided", version }
    }
}

fn band(desk: &Desk<'_>, known: Identity, day: jiff::civil::Date, standing: &Standing) -> Band {
    let Identity { title, revision, named, .. } = known;
    let today = desk.person(desk.project.project.project_manager);
    // The name of somebody else than today's leads nowhere.
    let prepared_by = match named.prepared_by {
        name if name == today.text => today,
        None => Cell::nothing(),
        Some(name) => Cell::text(name),
    };
    let facts = vec![
        Fact::new("Status date", format::date(day)),
        Fact::new("Version", standing.version.clone()),
        Fact::of("Prepared by", prepared_by),
        Fact::new("Source revision", revision.unwrap_or_else(|| "not under version control".to_owned())),
        Fact::new("Classification", named.classification.unwrap_or_else(|| "not set".to_owned())),
    ];
    Band {
        kicker: named.kicker,
        title,
        state: Some(standing.state.to_owned()),
        state_class: standing.class,
        facts,
        day: format::iso(day),
    }
}
