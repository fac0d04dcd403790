//! The end of a gate document: conditions, the decision, and who signs.

use jiff::civil::Date;
use serde::Serialize;

use crate::control::WorkPart;
use crate::diagnostic::Span;
use crate::document::GateDocument;
use crate::document::opening::next_gate;
use crate::format;
use crate::model::{CutOverStep, Decision, GateRecord, TaskKind};
use crate::model::{PersonNo, Project, Signature};
use crate::page::Desk;
use crate::page::explain::work_anchor;
use crate::page::gates::{condition_row, decided_record, decision_status, earlier_decisions};
use crate::page::stage::gate_day;
use crate::page::view::{Cell, Fact, Table};
use crate::prose::inline_text;
use crate::quantity::{Amount, GateId, Stage};
use crate::report::Asked;

/// What the sum is called that a gate asks for.
pub(super) const ASKED: &str = "Amount asked for";

/// How a tolerance is called that a decision sets, before its dimension.
pub(super) const TOLERANCE: &str = "Tolerance for";

/// What the sum is called that a board has released.
pub(super) const RELEASED: &str = "Amount released";

/// A role whose signature a document needs.
#[derive(Clone, Copy, Debug)]
pub struct Signer {
    /// The role as written in `signatures:`.
    pub role: &'static str,
    /// What the signature says.
    pub says: &'static str,
    /// Who has the role in a project.
    pub person: fn(&Project) -> Option<PersonNo>,
}

impl Signer {
    /// Says whether a signature was given in this role.
    #[must_use]
    pub fn is_of(&self, signature: &Signature) -> bool {
        role_key(&signature.role) == self.role
    }
}

/// The sponsor, who decides.
pub const SPONSOR: Signer = Signer { role: "sponsor", says: "Sponsor", person: |project| project.sponsor };

/// The owner of operations, who will receive what the project makes.
pub const OPERATIONS: Signer =
    Signer { role: "operations_owner", says: "Operations owner", person: |project| project.operations_owner };

/// Conditions and recommendations.
#[derive(Debug, Serialize)]
pub struct Conditions {
    /// Those of this gate.
    pub table: Table,
    /// Those of earlier gates that are still open.
    pub earlier: Table,
    /// The day of their states: conditions are followed up after the decision, unlike the figures above them.
    pub as_of: String,
}

/// The decision as facts; what is not recorded says so.
#[derive(Debug, Serialize)]
pub struct DecisionBlock {
    /// Whether it has been taken.
    pub is_decided: bool,
    /// Decision, day, money, period, baseline, next gate, minutes.
    pub facts: Vec<Fact>,
    /// What can be decided, for a draft: boxes to tick with a pen.
    pub options: Vec<String>,
}

/// Room for a signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SignatureBlock {
    /// The role.
    pub role: String,
    /// Who has it.
    pub name: Option<String>,
    /// What they decided.
    pub decision: Option<String>,
    /// When.
    pub date: Option<String>,
}

/// What there is of the content that was signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Its document was frozen on this day, soon enough that it is what was signed.
    Frozen(Date),
    /// It was put together from the folder of this day, long after the decision.
    Reconstructed(Date),
    /// The document is computed, and may still be what is signed.
    Computed,
}

/// What signatures refer to, in words that end in the digest. Where nobody has signed, it says so; where the document was put
/// together later, nobody knows what was signed.
#[must_use]
pub fn signed_words(n_signed: usize, kept: Kept) -> String {
    match (n_signed, kept) {
        (0, Kept::Reconstructed(_)) => {
            "No signature is recorded. Digest of the content above the decision, put together after it:"
                .to_owned()
        }
        (0, _) => {
            "Nobody has signed. Digest of the content above the decision, to which a signature will refer:"
                .to_owned()
        }
        (_, Kept::Frozen(day)) => format!(
            "The signatures refer to the content above the decision as it was frozen on {}, digest",
            format::date(day)
        ),
        (_, Kept::Reconstructed(day)) => format!(
            "What was signed is not on record: this document was put together from the folder of {}, after it was signed. Digest of \
             what it shows above the decision:",
            format::date(day)
        ),
        (_, Kept::Computed) => {
            "Not frozen: the signatures refer to the content above the decision as long as it has the digest"
                .to_owned()
        }
    }
}

/// The conditions of the decision in force on a gate and what is left of earlier gates and decisions, as of the status date.
#[must_use]
pub fn conditions(gate: GateId, now: &Desk<'_>) -> Conditions {
    conditions_of(gate, now.project.project.gates.get(&gate).and_then(|record| record.decided), now)
}

/// The same for the decision of a day; none for a draft.
#[must_use]
pub fn conditions_of(gate: GateId, decided: Option<Date>, now: &Desk<'_>) -> Conditions {
    let mut table = Table::new(&["Condition or recommendation", "Urgency", "Owner", "Due", "State"]);
    let mut earlier =
        Table::new(&["Open condition of an earlier decision", "Urgency", "Owner", "Due", "State"]);
    let day = now.project.status_date;
    for record in now.project.project.gates.values() {
        for (of, condition) in record.all_conditions() {
            let mut row = condition_row(now, record.gate, condition);
            row.cells.remove(1);
            if record.gate == gate && of == decided {
                table.push(row);
            } else if record.gate <= gate && of <= decided.or(Some(day)) && condition.is_open(day) {
                earlier.push(row);
            }
        }
    }
    Conditions { table, earlier, as_of: format!("As they stand on {}.", format::date(day)) }
}

/// The line of a field of a gate page; that of the decision where it has none.
fn line_of(desk: &Desk<'_>, record: &GateRecord, field: &str) -> Span {
    let file = Span::new(record.origin.file, 0, 0);
    desk.project.project.places.of(file, field).unwrap_or(record.decision_origin.unwrap_or(record.origin))
}

/// The decision of a gate, from the records of `now`; days to come are those that the board saw.
#[must_use]
pub fn decision(gate: GateId, now: &Desk<'_>, desk: &Desk<'_>) -> DecisionBlock {
    let project = &desk.project.project;
    let written = now.project.project.gates.get(&gate);
    let decided = decided_record(now, gate);
    let typed = |field: &str| {
        let written = written?;
        desk.href_place(line_of(desk, written, field))
    };
    let mut facts = Vec::new();
    if let Some(record) = decided {
        facts.push(Fact::of("Decision", Cell::status(decision_status(Some(record)))));
        facts.extend(
            record.decided.map(|day| Fact::new("Decided on", format::date(day)).explained(typed("decided"))),
        );
        facts.push(Fact::of("Decided by", desk.person(record.decided_by.or(project.sponsor))));
    } else if let Some(planned) = written.and_then(|record| record.planned) {
        facts.push(Fact::new("The board meets on", format::date(planned)).explained(typed("planned")));
    }
    for earlier in earlier_decisions(desk, gate) {
        let words = format!(
            "{} on {}",
            format::sentence_start(earlier.decision.key()),
            format::date(earlier.decided)
        );
        facts.push(Fact::new("Decided before", words).explained(desk.href_place(earlier.origin)));
        facts.extend(earlier.reasons.as_ref().map(|text| Fact::of("Reasons then", desk.line(text))));
        facts.extend(earlier.minutes.as_ref().map(|text| Fact::of("Minutes then", desk.line(text))));
    }
    let taken = decided.and_then(|record| record.decision);
    let is_stopped = taken == Some(Decision::Stop);
    // What is held or sent back releases nothing and lasts until it comes before the board again.
    let is_put_off = taken.is_some_and(|decision| !decision.settles());
    let not_recorded = || "not recorded".to_owned();
    let asked = desk.project.asked_at(gate);
    facts.extend(asked.map(|asked| amount_asked(desk, gate, asked)));
    let released = written.and_then(|record| record.authorised);
    // Money is released at the first two gates; later ones may release more. What nobody has decided yet is not missing.
    if released.is_some() || (decided.is_some() && gate <= GateId::G2 && !is_stopped && !is_put_off) {
        let words = released.map_or_else(not_recorded, |amount| desk.money_words(amount));
        let beside = asked.zip(released).filter(|(asked, amount)| asked.amount() != *amount);
        let note = beside.map(|(asked, amount)| beside_asked(desk, asked, amount));
        facts.push(Fact { note, ..Fact::new(RELEASED, words) }.explained(typed("authorised")));
    }
    let until = written.and_then(|record| record.authorised_until);
    let until = until.or_else(|| next_gate(gate).filter(|_| !is_put_off));
    if let Some(until) = until.filter(|_| !is_stopped) {
        let day = gate_day(desk, until).map(|day| format!(", {}", format::date(day))).unwrap_or_default();
        let task = desk.project.tasks().find(|(_, task, _)| task.kind == TaskKind::Gate(until));
        facts.push(
            Fact::new("Until", format!("{until} {}{day}", format::gate(until)))
                .explained(task.and_then(|(number, _, _)| desk.explained_of(number, "finish"))),
        );
    }
    facts.extend(go_live(gate, desk, decided.is_some()).filter(|_| !is_stopped && !is_put_off));
    if let Some(baseline) = written.and_then(|record| record.baseline.as_ref()) {
        facts.push(
            Fact::new("Baseline approved or confirmed", baseline.to_string()).explained(typed("baseline")),
        );
    }
    for (dimension, text) in written.into_iter().flat_map(|record| &record.tolerances) {
        facts.push(
            Fact::new(format!("{TOLERANCE} {dimension}"), tolerance_words(&text.markdown))
                .explained(typed(&format!("tolerances.{dimension}"))),
        );
    }
    let minutes = written.and_then(|record| record.minutes.as_ref());
    facts.extend(match minutes {
        Some(text) => Some(Fact::new("Minutes", inline_text(&text.markdown)).explained(typed("minutes"))),
        // Before the board has met there are none.
        None => decided.map(|_| Fact::new("Minutes", not_recorded())),
    });
    if decided.is_none() {
        facts.extend(recorded_as(gate));
    }
    let asked = if decided.is_some() { &[] } else { options(gate) };
    DecisionBlock {
        is_decided: decided.is_some(),
        facts,
        options: asked.iter().map(|(says, _)| (*says).to_owned()).collect(),
    }
}

/// A tolerance as typed, sums and lengths set as elsewhere: `15_000 EUR` is 15 000 EUR, `15d` is 15 d.
fn tolerance_words(typed: &str) -> String {
    let mut words = String::new();
    let mut before = ' ';
    let typed = inline_text(typed);
    let mut letters = typed.chars().peekable();
    while let Some(letter) = letters.next() {
        let is_unit = letter == 'd' && letters.peek().is_none_or(|next| !next.is_alphanumeric());
        match letter {
            '_' if before.is_ascii_digit() => words.push('\u{202f}'),
            _ if is_unit && before.is_ascii_digit() => words.push_str("\u{a0}d"),
            _ => words.push(letter),
        }
        before = letter;
    }
    words
}

/// What the board is asked for, and what it is made of.
fn amount_asked(desk: &Desk<'_>, gate: GateId, asked: Asked) -> Fact {
    let planning = WorkPart::Stage(Stage::Planning);
    let (of_what, key) = match asked {
        Asked::Planning(_) => {
            ("the work of the planning stage".to_owned(), format!("{}.budget", work_anchor(desk, planning)))
        }
        Asked::Plan { budget, contingency } => (
            format!("budget {} and contingency {}", desk.money_words(budget), desk.money_words(contingency)),
            format!("asked-{}", gate.key()),
        ),
    };
    Fact { note: Some(of_what), ..Fact::new(ASKED, desk.money_words(asked.amount())) }
        .explained(desk.explained(&key))
}

/// How what was released stands beside what was asked for.
fn beside_asked(desk: &Desk<'_>, asked: Asked, released: Amount) -> String {
    let asked = asked.amount();
    if released > asked {
        format!("{} more than was asked for", desk.money_words(released - asked))
    } else {
        format!("{} less than was asked for", desk.money_words(asked - released))
    }
}

/// The days on which the service may go live, which G3 decides on; at other gates only where somebody has typed them. Steps of the
/// cut-over that lie outside them are named.
fn go_live(gate: GateId, desk: &Desk<'_>, is_decided: bool) -> Option<Fact> {
    let project = &desk.project.project;
    let written = project.gates.get(&gate);
    let steps = project.handover.iter().flat_map(|handover| &handover.cut_over);
    let day = desk.project.status_date;
    let (done, ahead): (Vec<_>, Vec<_>) = steps.partition(|step| step.done.is_some_and(|done| done <= day));
    let done: Vec<_> = done.into_iter().filter_map(|step| Some((step, step.done?))).collect();
    let ahead: Vec<_> = ahead.into_iter().filter_map(|step| Some((step, step.at?.day))).collect();
    let label = "Go-live window";
    if let Some(window) = written.and_then(|record| record.go_live) {
        let outside = |steps: Vec<(&CutOverStep, Date)>| -> Vec<String> {
            steps
                .into_iter()
                .filter(|(_, day)| !window.contains(*day))
                .map(|(step, day)| format!("“{}” on {}", inline_text(&step.step.markdown), format::date(day)))
                .collect()
        };
        // What was done before the board met is no part of what it releases, but the board shall know.
        let notes = [("outside it", outside(ahead)), ("done outside it", outside(done))];
        let mut notes: Vec<String> = notes
            .into_iter()
            .filter(|(_, steps)| !steps.is_empty())
            .map(|(word, steps)| format!("{word}: {}", format::listed(&steps)))
            .collect();
        notes.extend(before_gate(desk, gate, window.first()).filter(|_| !is_decided));
        let note = (!notes.is_empty()).then(|| notes.join("; "));
        let place = written.and_then(|record| desk.href_place(line_of(desk, record, "go_live")));
        return Some(Fact { note, ..Fact::new(label, format::window(window)) }.explained(place));
    }
    let first = ahead.into_iter().min_by_key(|(_, day)| *day);
    let note = first.map(|(_, day)| {
        let before = before_gate(desk, gate, day).filter(|_| !is_decided);
        let before = before.map_or_else(String::new, |words| format!("; {words}"));
        format!("the cut-over begins on {}{before}", format::date(day))
    });
    let place = first.and_then(|(step, _)| desk.href_of_field(step.origin, "at"));
    let missing = if is_decided { "not recorded" } else { "not set yet: the board sets it here" };
    (gate == GateId::G3).then(|| Fact { note, ..Fact::new(label, missing) }.explained(place))
}

/// That something begins before the board can meet for its gate: before the day that is set for it, or on which it is forecast.
fn before_gate(desk: &Desk<'_>, gate: GateId, begins: Date) -> Option<String> {
    let planned = desk.project.project.gates.get(&gate).and_then(|record| record.planned);
    let forecast = gate_day(desk, gate);
    let met = [(planned, "is set for"), (forecast, "is forecast for")];
    let met = met.into_iter().filter_map(|(day, words)| Some((day.filter(|day| begins < *day)?, words)));
    let told: Vec<String> = met.map(|(day, words)| format!("{words} {}", format::date(day))).collect();
    (!told.is_empty()).then(|| format!("before the gate, which {}", told.join(" and ")))
}

/// What a board can decide at a gate, in the words of its document, each with the decisions that record it.
fn options(gate: GateId) -> &'static [(&'static str, &'static [Decision])] {
    use Decision::{Approve, ApproveWithConditions, Hold, Rework, Stop};
    match gate {
        GateId::G1 | GateId::G2 => &[
            ("approve", &[Approve]),
            ("approve with conditions", &[ApproveWithConditions]),
            ("rework", &[Rework]),
            ("hold", &[Hold]),
            ("stop", &[Stop]),
        ],
        GateId::G3 => &[
            ("accept", &[Approve]),
            ("accept with conditions", &[ApproveWithConditions]),
            ("do not accept", &[Rework, Hold, Stop]),
        ],
        GateId::G4 => &[
            ("ready for closing", &[Approve]),
            ("ready with conditions", &[ApproveWithConditions]),
            ("continue", &[Rework]),
            ("continue under exception", &[Hold]),
            ("stop", &[Stop]),
        ],
        GateId::G5 => &[
            ("close", &[Approve]),
            ("close with follow-on actions", &[ApproveWithConditions]),
            ("not yet", &[Rework, Hold]),
        ],
    }
}

/// How the words of a document are written into the page of its gate, where they differ from the words there.
fn recorded_as(gate: GateId) -> Option<Fact> {
    let differs = |(says, recorded): &&(&str, &[Decision])| recorded.iter().all(|one| one.key() != *says);
    let words: Vec<String> = options(gate)
        .iter()
        .filter(differs)
        .map(|(says, recorded)| {
            let keys: Vec<&str> = recorded.iter().map(|one| one.key()).collect();
            format!("“{says}” as {}", keys.join(" or "))
        })
        .chain((gate == GateId::G3).then(|| "the go-live window as `go_live:`".to_owned()))
        .collect();
    let label = format!("Written into gates/{gate}.md");
    (!words.is_empty()).then(|| Fact::new(label, words.join(", ")))
}

/// The signatures of a gate that were given by a day: those it needs, given or not, then any others.
///
/// A document circulates: one that was decided on 22 June and signed by a second person on 24 June has both signatures from that day
/// on, each with its own. One without a day belongs to the decision.
#[must_use]
pub fn signatures(document: &dyn GateDocument, now: &Desk<'_>, day: Date) -> Vec<SignatureBlock> {
    let project = &now.project.project;
    let given: Vec<&Signature> = project
        .gates
        .get(&document.gate())
        .into_iter()
        .flat_map(|record| &record.signatures)
        .filter(|signature| signature.date.is_none_or(|date| date <= day))
        .collect();
    let needed = document.signers().iter().map(|signer| {
        let signature = given.iter().find(|signature| signer.is_of(signature));
        match signature {
            Some(signature) => block(project, signer.says.to_owned(), signature),
            None => SignatureBlock {
                role: signer.says.to_owned(),
                name: (signer.person)(project).map(|person| project.person_name(person).to_owned()),
                decision: None,
                date: None,
            },
        }
    });
    let is_needed = |signature: &Signature| document.signers().iter().any(|signer| signer.is_of(signature));
    let others = given.iter().filter(|signature| !is_needed(signature));
    let others = others.map(|signature| block(project, said_role(document, signature), signature));
    needed.chain(others).collect()
}

/// What a document calls the role of a signature: as it asks for it, else as it was written.
pub(super) fn said_role(document: &dyn GateDocument, signature: &Signature) -> String {
    let signer = document.signers().iter().find(|signer| signer.is_of(signature));
    signer
        .map_or_else(|| format::sentence_start(&signature.role.replace('_', " ")), |one| one.says.to_owned())
}

fn role_key(role: &str) -> String {
    role.trim().to_lowercase().replace([' ', '-'], "_")
}

fn block(project: &Project, role: String, signature: &Signature) -> SignatureBlock {
    SignatureBlock {
        role,
        name: Some(project.person_name(signature.person).to_owned()),
        decision: signature.decision.map(|decision| format::sentence_start(decision.key())),
        date: signature.date.map(format::date),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tolerance_of_a_decision_is_set_as_elsewhere() {
        let set = |typed: &str| tolerance_words(typed).replace(['\u{a0}', '\u{202f}'], " ");
        assert_eq!(set("15d"), "15 d");
        assert_eq!(set("15_000 EUR"), "15 000 EUR");
        assert_eq!(set("no desk is left out, 3d at most"), "no desk is left out, 3 d at most");
        assert_eq!(set("field_day"), "field_day");
    }

    #[test]
    fn nothing_is_called_signed_that_nobody_signed_or_nobody_kept() {
        let day = jiff::civil::date(2026, 11, 20);
        for kept in [Kept::Frozen(day), Kept::Reconstructed(day), Kept::Computed] {
            assert!(signed_words(0, kept).starts_with("No"), "{kept:?}");
        }
        assert!(signed_words(2, Kept::Frozen(day)).starts_with("The signatures refer to the content"));
        assert!(signed_words(2, Kept::Reconstructed(day)).starts_with("What was signed is not on record"));
        assert!(signed_words(2, Kept::Computed).starts_with("Not frozen"));
    }
}
