//! What the documents between the gates share: title band, headline, sections, decision, signatures, where it comes from.

use serde::Serialize;

use crate::document::annex::FileDigest;
use crate::document::closing::{DecisionBlock, Kept, SignatureBlock, signed_words};
use crate::document::digest;
use crate::document::part::Part;
use crate::format;
use crate::page::view::{Band, Fact};
use crate::page::{Desk, Made, provenance};

/// What a document between the gates shows.
#[derive(Debug, Serialize)]
pub struct SheetView {
    /// What stands at the foot of each printed sheet.
    running: String,
    /// The question it answers.
    question: &'static str,
    /// The documents beside it: the one before, all of them, the one after; empty where it stands alone.
    ways: Vec<Way>,
    /// What it says, in one sentence.
    headline: String,
    /// A remark beneath it; none where there is nothing to add.
    remark: Option<String>,
    /// How to mend what the remark says, for the screen alone; none where there is nothing to do.
    hint: Option<String>,
    /// Its sections, in order.
    parts: Vec<Part>,
    /// The figures and rules behind them, which are set smaller; empty for most documents.
    behind: Vec<Part>,
    /// What is to be decided, or was; none for a document that asks for nothing.
    decision: Option<DecisionBlock>,
    /// Room for signatures; empty for a document that nobody signs.
    signatures: Vec<SignatureBlock>,
    /// What the signatures refer to, in words that end in the digest; that nobody has signed, where it is so.
    signed: String,
    /// The first twelve digits of the digest of what is above the decision, but what was done after it.
    digest: String,
    /// Status date, revision, program, baseline.
    provenance: Vec<Fact>,
    /// The files it rests on, with their digests.
    files: Vec<FileDigest>,
}

/// The way to another document of the same kind.
#[derive(Debug, Serialize)]
pub struct Way {
    /// `prev`, `next`, or none for the list of all.
    pub rel: Option<&'static str>,
    /// Where it leads, in words.
    pub label: String,
    /// The link.
    pub href: String,
}

/// A document between the gates, before it is finished for the theme.
#[derive(Debug)]
pub struct Sheet {
    /// Its kind, also the name of its template: `documents/exception.html`.
    pub kind: &'static str,
    /// The question it answers.
    pub question: &'static str,
    /// Its title band; the title of the page is the band's.
    pub band: Band,
    /// The documents beside it.
    pub ways: Vec<Way>,
    /// What it says, in one sentence.
    pub headline: String,
    /// A remark beneath it.
    pub remark: Option<String>,
    /// How to mend what the remark says; no sheet of paper says it.
    pub hint: Option<String>,
    /// Its sections, in order.
    pub parts: Vec<Part>,
    /// The figures and rules behind them.
    pub behind: Vec<Part>,
    /// Those of them, by their anchors, that tell what was done after the decision: they are not signed.
    pub follows: &'static [&'static str],
    /// What is to be decided, or was.
    pub decision: Option<DecisionBlock>,
    /// Room for signatures.
    pub signatures: Vec<SignatureBlock>,
    /// Where it comes from.
    pub provenance: Vec<Fact>,
    /// Names of the files it rests on, as paths inside the project: `changes.yaml`.
    pub rests_on: Vec<String>,
}

/// What a digest covers: all that is said above the decision, but what was done after it. Neither the state that is stamped on the
/// document nor the decision counts, so that writing the decision down changes no digest by itself.
#[derive(Serialize)]
struct Signed<'a> {
    title: &'a str,
    project: &'a str,
    question: &'a str,
    headline: &'a str,
    remark: Option<&'a str>,
    /// Always empty. What stood here stands in a section now, and without it sheets that were signed would not say the same.
    colours: [(); 0],
    parts: Vec<&'a Part>,
    #[serde(skip_serializing_if = "<[Part]>::is_empty")]
    behind: &'a [Part],
}

impl Sheet {
    /// Finishes the document for the theme.
    #[must_use]
    pub fn make(self, desk: &Desk<'_>) -> Made {
        let project = &desk.project.project;
        let title = self.band.title.clone();
        let digest = digest::printed(&digest::whole(&Signed {
            title: &title,
            project: &project.name,
            question: self.question,
            headline: &self.headline,
            remark: self.remark.as_deref(),
            colours: [],
            behind: &self.behind,
            parts: self.parts.iter().filter(|part| !self.follows.contains(&part.id)).collect(),
        }));
        // What nobody can change any more tells nobody how to. What was done after a decision goes on.
        let is_settled = self.band.state_class != "draft";
        let mut parts = self.parts;
        for part in parts.iter_mut().filter(|part| is_settled && !self.follows.contains(&part.id)) {
            part.missing.iter_mut().for_each(|missing| missing.hint = None);
        }
        let given = self.signatures.iter().filter(|block| block.date.is_some() || block.decision.is_some());
        let view = SheetView {
            signed: signed_words(given.count(), Kept::Computed),
            running: format!("{} · {title} · digest {digest}", project.name),
            question: self.question,
            ways: self.ways,
            headline: self.headline,
            remark: self.remark,
            hint: self.hint,
            parts,
            behind: self.behind,
            decision: self.decision,
            signatures: self.signatures,
            digest,
            provenance: self.provenance,
            files: crate::document::annex::files_inside(desk, |inside| {
                self.rests_on.iter().any(|name| name == inside)
            }),
        };
        Made::new(self.kind, title, &view)
            .description(self.question)
            .document(format!("documents/{}.html", self.kind), self.band)
    }
}

/// The title band of a document: `kind` says what it is, `state` how far it has come.
#[must_use]
pub fn band(
    desk: &Desk<'_>,
    (kind, title): (&str, String),
    (state, state_class): (&str, &'static str),
    facts: Vec<Fact>,
) -> Band {
    let project = &desk.project.project;
    let kicker: Vec<&str> =
        [Some(project.name.as_str()), project.code.as_deref(), Some(kind)].into_iter().flatten().collect();
    let status_date = Fact::new("Status date", format::date(desk.project.status_date));
    let classification = Fact::new("Classification", project.classification.as_deref().unwrap_or("not set"));
    Band {
        kicker: kicker.join(" · "),
        title,
        state: Some(state.to_owned()),
        state_class,
        day: format::iso(desk.project.status_date),
        facts: [status_date].into_iter().chain(facts).chain([classification]).collect(),
    }
}

/// Where the figures of a document come from.
#[must_use]
pub fn provenance(desk: &Desk<'_>) -> Vec<Fact> {
    let revision = desk.report.revision.as_deref().map(provenance::revision_words);
    let mut facts = vec![
        Fact::new("Figures as of", format::date(desk.project.status_date)),
        Fact::new("Source revision", revision.unwrap_or_else(|| "not under version control".to_owned())),
        Fact::new("Made with", format!("milepost {}", env!("CARGO_PKG_VERSION"))),
        provenance::measured_against(desk),
    ];
    facts.extend(provenance::actuals(desk));
    facts
}

/// Room for the signature of somebody; the name is left open where nobody is named.
#[must_use]
pub fn signature(desk: &Desk<'_>, role: &str, person: Option<crate::model::PersonNo>) -> SignatureBlock {
    SignatureBlock {
        role: role.to_owned(),
        name: person.map(|person| desk.project.project.person_name(person).to_owned()),
        decision: None,
        date: None,
    }
}

/// What was decided, where it was, and when, for the block of a signature.
#[must_use]
pub fn signed(
    block: SignatureBlock,
    decision: Option<String>,
    day: Option<jiff::civil::Date>,
) -> SignatureBlock {
    SignatureBlock { date: day.filter(|_| decision.is_some()).map(format::date), decision, ..block }
}
