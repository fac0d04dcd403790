//! What all gate documents share: title band, ask, scorecard, checklist, decision, signatures, annex.

use serde::Serialize;
use serde_json::Value;

use crate::document::annex::{Annex, annex};
use crate::document::checklist::{Checklist, checklist};
use crate::document::closing::{Conditions, DecisionBlock, SignatureBlock, conditions, decision, signatures};
use crate::document::opening::{Opening, opening};
use crate::document::since::{Since, since};
use crate::document::{GateDocument, digest};
use crate::format;
use crate::page::frame::kind_words;
use crate::page::view::{Band, Fact};
use crate::page::{Desk, Made};

/// What a gate document shows.
#[derive(Debug, Serialize)]
struct DocumentView {
    /// What stands at the foot of each printed sheet.
    running: String,
    /// The ask, the recommendation and the scorecard.
    opening: Opening,
    /// What moved since the gate before; none for the first gate.
    since: Option<Since>,
    /// The sections of this gate by name.
    parts: Value,
    /// Criteria with their answers.
    checklist: Checklist,
    /// What the board asks for.
    conditions: Conditions,
    /// The decision.
    decision: DecisionBlock,
    /// The signatures.
    signatures: Vec<SignatureBlock>,
    /// The first twelve digits of the digest of what is signed.
    digest: String,
    /// Where it all comes from.
    annex: Annex,
}

/// What is signed: everything above the decision. A draft and the decided document have the same digest as long as
/// their words and figures are the same, so that ink on a printed draft still fits.
#[derive(Serialize)]
struct Signed<'a> {
    title: &'a str,
    project: &'a str,
    as_of: String,
    opening: &'a Opening,
    since: &'a Option<Since>,
    parts: &'a Value,
    checklist: &'a Checklist,
}

/// Makes the document of a gate. A decided gate is shown as of the day of its decision.
#[must_use]
pub fn make(document: &dyn GateDocument, now: &Desk<'_>) -> Made {
    let gate = document.gate();
    let desk = match now.project.at_gates.get(&gate) {
        Some(then) => now.here.desk(then),
        None => now.clone(),
    };
    let title = format!("{gate} {}", format::gate(gate));
    let opening = opening(document, &desk);
    let since = since(document.gate(), now, &desk);
    let parts = document.parts(&desk);
    let checklist = checklist(document, &desk);
    let digest = digest::of(&Signed {
        title: &title,
        project: &desk.project.project.name,
        as_of: format::iso(desk.project.status_date),
        opening: &opening,
        since: &since,
        parts: &parts,
        checklist: &checklist,
    });
    let band = band(document, &desk, &title);
    let revision = desk.report.revision.as_ref().map(|revision| format!(" · {revision}")).unwrap_or_default();
    let view = DocumentView {
        running: format!(
            "{} · {title} · {}{revision} · digest {digest}",
            desk.project.project.name,
            format::date(desk.project.status_date)
        ),
        opening,
        since,
        parts,
        checklist,
        conditions: conditions(gate, now),
        decision: decision(gate, &desk),
        signatures: signatures(document, &desk),
        digest,
        annex: annex(now, &desk),
    };
    Made::new(gate.key(), title, &view)
        .description(document.question())
        .document(format!("documents/{gate}.html"), band)
}

fn band(document: &dyn GateDocument, desk: &Desk<'_>, title: &str) -> Band {
    let project = &desk.project.project;
    let record = crate::page::gates::decided_record(desk, document.gate());
    let (state, state_class) = match record.and_then(|record| record.decision) {
        None => ("Draft", "draft"),
        Some(_) => ("Decided", "decided"),
    };
    let kicker: Vec<&str> =
        [Some(project.name.as_str()), project.code.as_deref(), Some(kind_words(project.kind))]
            .into_iter()
            .flatten()
            .collect();
    let version = match record.and_then(|record| record.decided) {
        Some(decided) => format!("as decided on {}", format::date(decided)),
        None => "draft for decision".to_owned(),
    };
    let mut facts = vec![
        Fact::new("Status date", format::date(desk.project.status_date)),
        Fact::new("Version", version),
        Fact::of("Prepared by", desk.person(project.project_manager)),
    ];
    facts.push(Fact::new(
        "Source revision",
        desk.report.revision.as_deref().unwrap_or("not under version control"),
    ));
    facts.push(Fact::new("Classification", project.classification.as_deref().unwrap_or("not set")));
    Band {
        kicker: kicker.join(" · "),
        title: title.to_owned(),
        state: Some(state.to_owned()),
        state_class,
        facts,
        day: format::iso(desk.project.status_date),
    }
}
