//! The document of a decided gate as it was frozen: what the board has seen and signed, word by word.

use jiff::civil::Date;

use crate::diagnostic::Span;
use crate::model::{Decision, Project, Seal};
use crate::quantity::GateId;

/// What a document says of its figures that tells what had happened by its day, also where it was reported later. One that was drawn
/// up in its time tells what had been reported by then, and nothing more.
pub const TOLD_LATER: &str = "what had happened by then counts";

/// What a document says, as a tree: words, yes and no, lists, and parts by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wording {
    /// Words or a figure, as printed.
    Words(String),
    /// Yes or no.
    Is(bool),
    /// Several, in order.
    List(Vec<Wording>),
    /// Parts by name, in order.
    Parts(Vec<(String, Wording)>),
}

impl Wording {
    /// A part by its name; none where there is no such part.
    #[must_use]
    pub fn part(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Parts(parts) => parts.iter().find(|(key, _)| key == name).map(|(_, part)| part),
            Self::Words(_) | Self::Is(_) | Self::List(_) => None,
        }
    }

    /// The words; none where it is something else.
    #[must_use]
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::Words(words) => Some(words),
            Self::Is(_) | Self::List(_) | Self::Parts(_) => None,
        }
    }
}

/// A gate document that was frozen after its decision.
#[derive(Clone, Debug)]
pub struct FrozenGate {
    /// The gate.
    pub gate: GateId,
    /// The day of the decision.
    pub decided: Date,
    /// What was decided.
    pub decision: Decision,
    /// The status date on which it was frozen.
    pub frozen: Date,
    /// The revision it was made from; none where the folder is under no version control.
    pub source_revision: Option<String>,
    /// The program that wrote it, such as `milepost 0.1.0`, as written.
    pub made_with: Option<String>,
    /// The digest of `content` that the document prints, `sha256:` and 64 digits, as written.
    pub document: String,
    /// The digest of the whole record, as written.
    pub digest: Option<String>,
    /// The digest of what the file says.
    pub digest_of_values: String,
    /// The files it was made from, by their path in the project, with the first digits of their digests.
    pub sources: Vec<(String, String)>,
    /// The digests of the lines of these files, apart by spaces, by the path of the file; empty where the record kept none.
    pub lines: Vec<(String, String)>,
    /// Where the rows of money stand that is expected today and was not when it was frozen.
    pub expected_since: Vec<Span>,
    /// Where rows of hours, cost and progress stand that came after it was frozen; empty where a row of then is gone, since what is left
    /// may be that row written otherwise.
    pub booked_since: Vec<Span>,
    /// Whether `timesheets.csv` has lost lines that the record kept, so that rows of then cannot be told from later ones.
    pub are_hours_edited: bool,
    /// Where waivers stand that came after it was frozen.
    pub waived_since: Vec<Span>,
    /// Decision, conditions and signatures in words.
    pub terms: Wording,
    /// Everything above the decision in words.
    pub content: Wording,
    /// Path of the file.
    pub file: String,
    /// Where the file begins.
    pub origin: Span,
}

impl Project {
    /// Whether what was known on a day is still what a board had before it that decided on another: until the next report is due after
    /// the decision. A document is frozen once the decision is signed, and minutes take their days.
    #[must_use]
    pub fn are_of_one_time(&self, decided: Date, known: Date) -> bool {
        self.reporting.after(decided, 1).is_none_or(|due| known <= due)
    }
}

impl FrozenGate {
    /// The first twelve digits of the digest of the document, as they are printed on it.
    #[must_use]
    pub fn short_digest(&self) -> String {
        self.document.trim_start_matches("sha256:").chars().take(12).collect()
    }

    /// Whether its content was drawn up when the decision was known, as earlier programs did: it says of itself that it was
    /// decided, and its figures are those after the decision.
    #[must_use]
    pub fn knows_its_decision(&self) -> bool {
        self.content.part("opening").is_some_and(|opening| opening.part("as_of").is_some())
    }

    /// Whether it tells what had happened by the day of the decision and was reported later, by its remark on that day.
    #[must_use]
    pub fn tells_what_was_reported_later(&self) -> bool {
        let of_content = self.content.part("opening");
        let remarks = [of_content, self.terms.part("beside")].into_iter().flatten();
        remarks.filter_map(|part| part.part("as_of")?.words()).any(|remark| remark.contains(TOLD_LATER))
    }

    /// The net present value that the board had before it, as its scorecard says it: `25 229 EUR`; none where it tells none.
    #[must_use]
    pub fn net_present_value(&self) -> Option<&str> {
        let scorecard = self.content.part("opening")?.part("scorecard")?;
        let Wording::List(rows) = scorecard.part("rows")? else { return None };
        let words = |cell: &'_ Wording| cell.words().is_some_and(|words| words == "Benefits");
        let cells = rows.iter().find_map(|row| match row {
            Wording::List(cells) if cells.first().is_some_and(words) => Some(cells),
            _ => None,
        })?;
        // Beneath status, baseline and tolerance: how it stands, and how it will end.
        let cell = cells.get(4)?;
        cell.words().or_else(|| cell.part("text")?.words())?.strip_prefix("NPV ")
    }

    /// Whether the file still says what it said when it was frozen. A command writes every one of them, with its digest.
    #[must_use]
    pub fn seal(&self) -> Seal {
        Seal::of(self.digest.as_ref(), &self.digest_of_values, true)
    }

    /// The name of its file without ending, which is that of its document where a later decision replaced it: `G2-2026-06-26`.
    #[must_use]
    pub fn name(&self) -> String {
        name_of_decision(self.gate, self.decided)
    }
}

/// What the document of one decision on a gate is called: `G2-2026-06-26`.
#[must_use]
pub fn name_of_decision(gate: GateId, decided: Date) -> String {
    format!("{gate}-{decided}")
}
