//! Decided gates: the documents that were frozen, and what today's files would say otherwise.
//!
//! Comes in: a computed portfolio. Goes out: for each frozen document what differs, for `milepost gate freeze` what is frozen,
//! and a view that says what was signed. Not here: YAML, writing, findings.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;
use serde::Serialize;
use serde_json::Value;

use crate::document::beside::{BESIDE, COVERED, apart, put_back, told_as_missing, without_what_changed};
use crate::document::changed_files::{changed_lines, since_frozen};
use crate::document::differs::{Differs, differs};
use crate::document::edits::{have_lost_lines, unauthorised};
use crate::document::frame::{above, desk_of};
use crate::document::identity::{BAND, Named};
use crate::document::origins::Origins;
use crate::document::outcome::{Outcome, outcome};
use crate::document::overlay::{complete, overlay, with_trees};
use crate::document::wording::{content_of, value_of, value_of_wording, wording_of};
use crate::document::{GateDocument, by_rule, closing, digest, document_of};
use crate::format;
use crate::model::frozen_shape::form_of;
use crate::model::{FrozenGate, GateRecord, Ground, Signature, Wording};
use crate::page::explain::{Books, book, key_of};
use crate::page::view::{Cell, Fact};
use crate::page::{Address, Desk, Here, SiteMap, sources};
use crate::quantity::GateId;
use crate::report::{GateComparison, GateDifference, ProjectReport, Report};

/// The name under which a view and frozen terms say what was decided and what follows.
const OUTCOME: &str = "outcome";

/// What is frozen of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Freezing {
    /// The digest of the content, 64 hexadecimal digits.
    pub digest: String,
    /// Decision, conditions and signatures.
    pub terms: Wording,
    /// Everything above the decision.
    pub content: Wording,
}

/// What was decided, as words: what stands below the content in a document.
#[derive(Debug, Serialize)]
struct Terms {
    outcome: Option<Outcome>,
    facts: Vec<Fact>,
    conditions: Vec<Asked>,
    signatures: Vec<SignatureTerms>,
    band: Named,
}

/// A condition as the board put it; whether it is done is followed up after the decision.
#[derive(Debug, Serialize)]
struct Asked {
    condition: Cell,
    urgency: Option<String>,
    owner: Option<String>,
    due: Option<String>,
}

/// A signature.
#[derive(Debug, Serialize)]
struct SignatureTerms {
    role: String,
    signed_by: Option<String>,
    decision: Option<String>,
    date: Option<String>,
}

/// The words of the document of a decided gate, as the files give them today.
#[must_use]
pub fn freezing(report: &Report, project: &ProjectReport, gate: GateId) -> Freezing {
    let (map, address) = (SiteMap::default(), Address::gate(&project.project.folder, gate));
    let here = Here { report, map: &map, address: &address };
    let (content, terms) = today(document_of(gate), &here.desk(project), project.status_date);
    let content = content_of(&content);
    Freezing {
        digest: digest::whole(&content),
        terms: wording_of(&content_of(&terms)),
        content: wording_of(&content),
    }
}

/// The signatures that a gate needs and that were not given by the status date, in words: `Sponsor (Helena Brandt)`.
#[must_use]
pub fn missing_signatures(project: &ProjectReport, gate: GateId) -> Vec<String> {
    let given = |signature: &&Signature| signature.date.is_none_or(|date| date <= project.status_date);
    let record = project.project.gates.get(&gate);
    let given: Vec<&Signature> =
        record.into_iter().flat_map(|record| &record.signatures).filter(given).collect();
    let needed = document_of(gate).signers().iter();
    needed
        .filter(|signer| !given.iter().any(|signature| signer.is_of(signature)))
        .map(|signer| match (signer.person)(&project.project) {
            Some(person) => format!("{} ({})", signer.says, project.project.person_name(person)),
            None => signer.says.to_owned(),
        })
        .collect()
}

/// Content and terms of a document as today's files give them, as views, with the signatures given by a day.
fn today(document: &dyn GateDocument, now: &Desk<'_>, signed_by: Date) -> (Value, Value) {
    let desk = desk_of(document.gate(), now);
    let above = apart(value_of(&above(document, now, &desk)));
    let mut terms = value_of(&terms(document, now, (&desk, signed_by)));
    terms[BESIDE] = above.beside;
    (above.signed, terms)
}

fn terms(document: &dyn GateDocument, now: &Desk<'_>, (desk, signed_by): (&Desk<'_>, Date)) -> Terms {
    let project = &now.project.project;
    let record = project.gates.get(&document.gate());
    let conditions = record.into_iter().flat_map(|record| &record.conditions);
    Terms {
        outcome: outcome(document.gate(), now, desk),
        facts: closing::decision(document.gate(), now, desk).facts,
        conditions: conditions
            .map(|condition| Asked {
                condition: desk.line(&condition.condition),
                urgency: condition.urgency.clone(),
                owner: condition.owner.map(|person| project.person_name(person).to_owned()),
                due: condition.due.map(format::date),
            })
            .collect(),
        signatures: closing::signatures(document, now, signed_by)
            .into_iter()
            .filter(|block| block.date.is_some() || block.decision.is_some())
            .map(|block| SignatureTerms {
                role: block.role,
                signed_by: block.name,
                decision: block.decision,
                date: block.date,
            })
            .collect(),
        band: Named::of_today(project),
    }
}

/// The frozen document of the newest decision on a gate, where there is one that can be relied on. A record that was edited
/// shows nothing: what it says was not signed.
#[must_use]
pub fn frozen_of(project: &ProjectReport, gate: GateId) -> Option<&FrozenGate> {
    let decided = decided_by(project, gate)?.decided?;
    project.project.frozen_gate(gate, decided).filter(|frozen| is_whole(frozen))
}

/// The record of a gate that had been decided by the status date.
fn decided_by(project: &ProjectReport, gate: GateId) -> Option<&GateRecord> {
    let record = project.project.gates.get(&gate)?;
    let is_decided =
        record.decision.is_some() && record.decided.is_some_and(|day| day <= project.status_date);
    is_decided.then_some(record)
}

/// Says whether a frozen document still says what it said, by both of its digests.
#[must_use]
pub fn is_whole(frozen: &FrozenGate) -> bool {
    frozen.seal().is_whole() && is_genuine(frozen)
}

fn is_genuine(frozen: &FrozenGate) -> bool {
    frozen.document.trim_start_matches("sha256:") == digest::whole(&value_of_wording(&frozen.content))
}

/// A view of a document that says what was frozen, with the links and drawings of today where both say the same.
#[must_use]
pub fn shown(mut view: Value, frozen: &FrozenGate) -> Value {
    // A record that somebody wrote by hand brings nothing onto the page that no document says.
    let content = content_of(&value_of_wording(&frozen.content));
    for part in ["opening", "since", "parts", "checklist"] {
        let then = content.get(part).cloned().unwrap_or_default();
        let now = view[part].take();
        view[part] = if then.is_null() { then } else { overlay(&then, &now) };
        if let Some(form) = form_of(part) {
            complete(&mut view[part], form);
        }
    }
    let terms = content_of(&value_of_wording(&frozen.terms));
    told_as_missing(&mut view["parts"]);
    if let Some(beside) = terms.get(BESIDE) {
        put_back(&mut view, beside);
    }
    // A record from before outcomes were frozen has none: that of today was not said then.
    view[OUTCOME] = terms.get(OUTCOME).cloned().unwrap_or_default();
    if let Some(facts) = terms.get("facts") {
        let now = view["decision"]["facts"].take();
        view["decision"]["facts"] = overlay(facts, &now);
    }
    let signatures = terms.get("signatures").and_then(Value::as_array).cloned().unwrap_or_default();
    let block = |signature: &Value| {
        let part = |key: &str| signature.get(key).cloned().unwrap_or_default();
        serde_json::json!({
            "role": part("role"), "name": part("signed_by"), "decision": part("decision"), "date": part("date"),
        })
    };
    view["signatures"] = Value::Array(signatures.iter().map(block).collect());
    with_trees(&mut view);
    view
}

/// Compares every frozen document with what today's files say: for each project, in the order of its frozen documents.
#[must_use]
pub fn compare(report: &Report) -> Vec<Vec<GateComparison>> {
    let of_project = |project: &ProjectReport| {
        let frozen =
            project.project.frozen_gates.iter().filter(|frozen| frozen.decided <= project.status_date);
        let frozen: Vec<&FrozenGate> = frozen.collect();
        frozen.par_iter().map(|frozen| comparison(report, project, frozen)).collect()
    };
    report.projects.par_iter().map(of_project).collect()
}

fn comparison(report: &Report, project: &ProjectReport, frozen: &FrozenGate) -> GateComparison {
    let record = project.project.gates.get(&frozen.gate);
    let earlier = record.into_iter().flat_map(|record| &record.earlier);
    let replaced = earlier.filter(|one| one.decided == frozen.decided).map(|one| one.decision).next();
    let is_newest =
        decided_by(project, frozen.gate).is_some_and(|record| record.decided == Some(frozen.decided));
    let changed_files = since_frozen(report, project, frozen);
    let later = later_frozen(project, frozen);
    let is_replanned =
        is_replanned(project, frozen) || later.is_some_and(|later| is_replanned(project, later));
    let edited = unauthorised(report, project, (frozen, is_replanned), &changed_files);
    let differences = match replaced {
        // What could not be read differs for that alone; it has been told.
        _ if project.project.is_unread(&[Ground::Everything]) => Vec::new(),
        _ if is_newest => {
            differences(report, project, frozen, (&changed_files, &edited, is_replanned, later))
        }
        Some(decision) if decision == frozen.decision => Vec::new(),
        decision => vec![GateDifference {
            place: "Decision".to_owned(),
            then: Some(format!(
                "{} on {}",
                format::sentence_start(frozen.decision.key()),
                format::date(frozen.decided)
            )),
            now: decision.map(|decision| format::sentence_start(decision.key())),
            key: None,
            is_taken_up: false,
            typed: Vec::new(),
        }],
    };
    GateComparison {
        gate: frozen.gate,
        decided: frozen.decided,
        is_genuine: is_genuine(frozen),
        is_superseded: replaced.is_some(),
        differences,
        edited_files: edited.iter().map(|path| report.inside(project, path).to_owned()).collect(),
        changed_files,
    }
}

fn differences(
    report: &Report,
    project: &ProjectReport,
    frozen: &FrozenGate,
    (changed_files, edited, is_replanned, later): (&[String], &BTreeSet<String>, bool, Option<&FrozenGate>),
) -> Vec<GateDifference> {
    let document = document_of(frozen.gate);
    let folder = &project.project.folder;
    let address = Address::gate(folder, frozen.gate);
    let knows_its_decision = frozen.knows_its_decision();
    // A gate that was held or sent back is worked on until the board meets again: what is written for that meeting is no edit of what
    // was decided. The decision itself, its conditions and signatures stay.
    let is_open = !frozen.decision.settles();
    let held = |(content, terms): (Value, Value)| {
        let content = if knows_its_decision { without_what_changed(content) } else { content };
        (content, held(terms, !knows_its_decision && !is_open))
    };
    let then = held((value_of_wording(&frozen.content), value_of_wording(&frozen.terms)));
    let empty = SiteMap::default();
    // What this program asks and says otherwise than the one that drew the record up is no edit of a file.
    let both = |here: &Here<'_>| {
        // The files are taken at their word: a signature whose day was moved is told with the new day.
        let (content, mut terms) = today(document, &here.desk(project), Date::MAX);
        leave_out_late_signatures(&mut terms, project, frozen);
        by_rule::alike(frozen.gate, then.clone(), held((content, terms)))
    };
    let (was, now) = both(&Here { report, map: &empty, address: &address });
    let of_content = |was: &Value, now: &Value| if is_open { Vec::new() } else { differs(was, now) };
    if of_content(&was.0, &now.0).is_empty() && differs(&was.1, &now.1).is_empty() {
        return Vec::new();
    }
    // Only where something differs is it asked where each figure comes from.
    let nowhere = Here { report, map: &empty, address: &address };
    let shown = project.at_gates.get(&frozen.gate).unwrap_or(project);
    let day = (shown.status_date != project.status_date).then_some(shown.status_date);
    let book = book(&nowhere.desk(shown), day);
    let pages = sources::shown_to(report, project);
    let addresses: Vec<_> = book.addresses().iter().chain(pages.values()).cloned().collect();
    let map = SiteMap::new(addresses)
        .with(Books::from([((folder.clone(), key_of(shown)), Arc::new(book))]), pages.clone());
    let here = Here { report, map: &map, address: &address };
    let (was, now) = both(&here);
    let later = later.map(|later| (later, since_frozen(report, project, later)));
    let origins = Origins {
        report,
        shown,
        map: &map,
        files: pages.iter().map(|(path, page)| (address.href_to(page), path.clone())).collect(),
        changed: changed_lines(report, project, frozen, changed_files),
        after_later: later.as_ref().map(|(later, since)| changed_lines(report, project, later, since)),
        edited,
        is_edited_after_later: later.as_ref().is_some_and(|(later, since)| {
            !unauthorised(report, project, (later, is_replanned), since).is_empty()
        }),
        is_replanned,
        are_lines_lost: have_lost_lines(report, project, frozen, edited),
    };
    let of_terms = differs(&was.1, &now.1).into_iter();
    let of_terms = of_terms.map(|one| Differs { place: format!("Decision › {}", one.place), ..one });
    let of_terms = of_terms.map(|one| origins.traced(one)).map(|one| GateDifference {
        // The day of the next gate is a forecast: it moves with what nobody is to be asked for.
        is_taken_up: one.is_taken_up && one.place == "Decision › Until",
        ..one
    });
    let of_content = of_content(&was.0, &now.0).into_iter().map(|one| origins.traced(one));
    of_content.chain(of_terms).collect()
}

/// The frozen document of the newest later gate that the project passed and whose record knows the lines of its files: what a board
/// decided on after this one.
fn later_frozen<'a>(project: &'a ProjectReport, frozen: &FrozenGate) -> Option<&'a FrozenGate> {
    let later = project.project.gates.keys().filter(|gate| **gate > frozen.gate);
    let passed = later.filter_map(|gate| frozen_of(project, *gate)).filter(|later| {
        later.decided >= frozen.decided && later.decision.passes() && !later.lines.is_empty()
    });
    passed.max_by_key(|later| (later.decided, later.gate))
}

/// Whether a new baseline, frozen by the command and allowed, has taken the place of that on which was decided: the plan was changed by
/// authority.
fn is_replanned(project: &ProjectReport, frozen: &FrozenGate) -> bool {
    if project.project.baseline_as_of(frozen.decided).is_none() {
        return false;
    }
    let mut since = project.project.baselines_between(frozen.decided, project.status_date);
    since.any(|(_, baseline)| {
        baseline.frozen.is_some() && project.project.is_allowed(baseline, project.status_date)
    })
}

/// Takes signatures that came after the decision and that a record does not hold out of today's terms: a document circulates, and who
/// signs later edits nothing that was decided. Records of earlier programs held those of the day of the decision alone.
fn leave_out_late_signatures(terms: &mut Value, project: &ProjectReport, frozen: &FrozenGate) {
    let record = project.project.gates.get(&frozen.gate);
    let days = record.into_iter().flat_map(|record| &record.signatures).filter_map(|given| given.date);
    let late: BTreeSet<String> = days.filter(|day| *day > frozen.decided).map(format::date).collect();
    let signed = |role: Option<&str>| match frozen.terms.part("signatures") {
        Some(Wording::List(all)) => {
            all.iter().any(|one| role.is_some() && one.part("role").and_then(Wording::words) == role)
        }
        _ => false,
    };
    if let Some(given) = terms.get_mut("signatures").and_then(Value::as_array_mut) {
        let words = |one: &Value, part: &str| one.get(part).and_then(Value::as_str).map(str::to_owned);
        given.retain(|one| {
            let is_late = words(one, "date").is_some_and(|day| late.contains(&day));
            !is_late || signed(words(one, "role").as_deref())
        });
    }
}

/// The terms that are held against today's. The outcome says in a sentence what facts and conditions say one by one; of what stands
/// beside the signed content the criteria that conditions cover are held, where the board has spoken its last word.
fn held(mut terms: Value, with_covered: bool) -> Value {
    if let Value::Object(map) = &mut terms {
        map.remove(BAND);
        map.remove(OUTCOME);
        let covered = map.remove(BESIDE).and_then(|mut beside| beside.get_mut(COVERED).map(Value::take));
        map.extend(covered.filter(|_| with_covered).map(|covered| (COVERED.to_owned(), covered)));
    }
    terms
}
