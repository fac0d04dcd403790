//! Stages, gates and reports: judgement and authority, in people's own words.

use jiff::civil::Date;

use crate::diagnostic::Span;
use crate::model::{Allowances, Deliverable, PersonNo, Project, TaskNo, Text};
use crate::quantity::{Amount, GateId, Id, Percent, Stage, Window};

/// Narrative of a stage, from `stages/*.md`.
#[derive(Clone, Debug)]
pub struct StagePage {
    /// Which stage.
    pub stage: Stage,
    /// What must hold before it begins.
    pub entry: Vec<StageCriterion>,
    /// What must hold before it ends.
    pub exit: Vec<StageCriterion>,
    /// The narrative.
    pub body: Text,
    /// Path of the file.
    pub file: String,
    /// Where it begins.
    pub origin: Span,
}

/// What must hold before a stage begins or ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageCriterion {
    /// What must hold.
    pub criterion: Text,
    /// The day on which it was met, as typed.
    pub met: Option<(Date, Span)>,
    /// Where the proof lies, as written.
    pub evidence: Option<String>,
}

impl StageCriterion {
    /// The gate that the criterion names and nothing else: `G1 approved`, `G2 passed.`; its record says whether it is met.
    ///
    /// `G2 approved, order placed` says more than the record of the gate knows, and names none.
    #[must_use]
    pub fn gate(&self) -> Option<GateId> {
        match self.two_words()? {
            (gate, "approved" | "passed") => gate.parse().ok(),
            _ => None,
        }
    }

    /// The deliverable that the criterion names and nothing else: `D-03 accepted`; its acceptance says whether it is met. None
    /// where no deliverable has that id: `Design accepted` is a sentence like any other.
    #[must_use]
    pub fn deliverable<'a>(&self, project: &'a Project) -> Option<&'a Deliverable> {
        let (id, "accepted") = self.two_words()? else { return None };
        project.deliverables.iter().find(|deliverable| deliverable.id.as_str() == id)
    }

    /// The task or milestone that the criterion names and nothing else: `pilot finished`, `M2 reached`; its progress says
    /// whether it is met.
    #[must_use]
    pub fn task(&self, project: &Project) -> Option<TaskNo> {
        let (id, "finished" | "reached") = self.two_words()? else { return None };
        project.task_by_id(&id.parse().ok()?)
    }

    fn two_words(&self) -> Option<(&str, &str)> {
        let mut words = self.criterion.markdown.trim().trim_end_matches('.').split_whitespace();
        match (words.next(), words.next(), words.next()) {
            (Some(first), Some(second), None) => Some((first, second)),
            _ => None,
        }
    }
}

/// What the board decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Decision {
    /// Go on.
    Approve,
    /// Go on, and do these things.
    ApproveWithConditions,
    /// Do it again.
    Rework,
    /// Wait.
    Hold,
    /// End the project; leads to closing.
    Stop,
}

impl Decision {
    /// All decisions.
    pub const ALL: [Self; 5] =
        [Self::Approve, Self::ApproveWithConditions, Self::Rework, Self::Hold, Self::Stop];

    /// The words in `gates/*.md`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::ApproveWithConditions => "approve with conditions",
            Self::Rework => "rework",
            Self::Hold => "hold",
            Self::Stop => "stop",
        }
    }

    /// Says whether the project may go on.
    #[must_use]
    pub fn passes(self) -> bool {
        matches!(self, Self::Approve | Self::ApproveWithConditions)
    }

    /// Says whether it is the last word on a gate: the project goes on, or ends there. What is held or sent back comes before the
    /// board again.
    #[must_use]
    pub fn settles(self) -> bool {
        self.passes() || self == Self::Stop
    }

    /// What the board did to a gate with it, in a word: `passed`, `held`, `sent back`, `stopped`.
    #[must_use]
    pub fn done(self) -> &'static str {
        match self {
            Self::Approve | Self::ApproveWithConditions => "passed",
            Self::Rework => "sent back",
            Self::Hold => "held",
            Self::Stop => "stopped",
        }
    }

    /// The decision that words begin with, in capitals or not: `Hold. The plan is not ready` is to hold, `Approve; what was missing
    /// is there` to approve. None where they begin with something else.
    #[must_use]
    pub fn begun_with(words: &str) -> Option<Self> {
        let words = words.trim_start().to_lowercase();
        let begins = |decision: &Self| {
            words.strip_prefix(decision.key()).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        };
        Self::ALL.into_iter().filter(begins).max_by_key(|decision| decision.key().len())
    }
}

/// A gate as recorded by people, from `gates/*.md`.
#[derive(Clone, Debug)]
pub struct GateRecord {
    /// Which gate.
    pub gate: GateId,
    /// The decision; none while the document is a draft.
    pub decision: Option<Decision>,
    /// When it was decided.
    pub decided: Option<Date>,
    /// Who decided, where not the sponsor.
    pub decided_by: Option<PersonNo>,
    /// When the board is to meet.
    pub planned: Option<Date>,
    /// The baseline approved or confirmed.
    pub baseline: Option<Id>,
    /// Money released: at G1 for the work of planning, later for the whole project from its first day.
    pub authorised: Option<Amount>,
    /// The gate until which it is released.
    pub authorised_until: Option<GateId>,
    /// Where the sum stands.
    pub authorised_origin: Option<Span>,
    /// The days on which the service may go live.
    pub go_live: Option<Window>,
    /// What the project manager recommends, as written.
    pub recommendation: Option<Text>,
    /// Five-step delivery confidence (`G`, `AG`, `A`, `AR`, `R`), as written.
    pub delivery_confidence: Option<String>,
    /// Minutes or meeting.
    pub minutes: Option<Text>,
    /// Tolerances set for the next stage, as written by dimension.
    pub tolerances: Vec<(String, Text)>,
    /// Those of them that are figures: time and cost, and reserves that are set anew.
    pub allowed: Allowances,
    /// Conditions and recommendations.
    pub conditions: Vec<Condition>,
    /// Questions answered by people.
    pub checklist: Vec<ChecklistItem>,
    /// Signatures given.
    pub signatures: Vec<Signature>,
    /// Decisions that a later one replaced, oldest first.
    pub earlier: Vec<EarlierDecision>,
    /// Whether the gate lies before the board again: the decision in force stands among the earlier ones of the page, and no other
    /// has taken its place yet.
    pub is_asked_again: bool,
    /// The narrative.
    pub body: Text,
    /// Path of the file.
    pub file: String,
    /// Where it begins.
    pub origin: Span,
    /// Where the decision stands.
    pub decision_origin: Option<Span>,
}

impl GateRecord {
    /// The decisions on the gate, each with its day, oldest first: those that were replaced, and the newest where it is dated and signed.
    #[must_use]
    pub fn decisions(&self) -> impl DoubleEndedIterator<Item = (Decision, Date)> {
        let newest = self.decision.zip(self.decided).filter(|_| !self.signatures.is_empty());
        self.earlier.iter().map(|earlier| (earlier.decision, earlier.decided)).chain(newest)
    }

    /// The decision in force on a day, and the day on which it was taken. A decision that nobody has dated or signed is none; before
    /// the newest was taken, the last of the earlier ones is in force.
    #[must_use]
    pub fn decided_on(&self, day: Date) -> Option<(Decision, Date)> {
        self.decisions().rfind(|(_, decided)| *decided <= day)
    }

    /// The decision in force on a day: see [`GateRecord::decided_on`].
    #[must_use]
    pub fn decision_on(&self, day: Date) -> Option<Decision> {
        self.decided_on(day).map(|(decision, _)| decision)
    }

    /// The day of the decision in force on a day, where it lets the project go on.
    #[must_use]
    pub fn passed_on(&self, day: Date) -> Option<Date> {
        self.decided_on(day).filter(|(decision, _)| decision.passes()).map(|(_, decided)| decided)
    }

    /// The first day after another on which the gate was passed, as far as it was by a third.
    #[must_use]
    pub fn passed_between(&self, after: Date, upto: Date) -> Option<Date> {
        let mut passes = self.decisions().filter(|(decision, _)| decision.passes());
        passes.find(|(_, decided)| after < *decided && *decided <= upto).map(|(_, decided)| decided)
    }

    /// The day of the decision in force on a day, where it is the last word on the gate: the project goes on, or ended there.
    #[must_use]
    pub fn settled_on(&self, day: Date) -> Option<Date> {
        self.decided_on(day).filter(|(decision, _)| decision.settles()).map(|(_, decided)| decided)
    }

    /// The record as it stood on a day: where the newest decision had not been taken by then but an earlier one had, the last
    /// of those takes its place, and it alone is known to have been decided. A record without an earlier decision is as written: what
    /// it says of a day to come is a draft.
    #[must_use]
    pub fn as_of(mut self, day: Date) -> Self {
        let is_taken = self.decision.is_some() && self.decided.is_some_and(|decided| decided <= day);
        if is_taken {
            // On the day of the decision nobody had asked again.
            self.is_asked_again &= self.decided.is_some_and(|decided| decided < day);
            return self;
        }
        let is_asked_again = self.decision.is_none();
        let Some(place) = self.earlier.iter().rposition(|earlier| earlier.decided <= day) else {
            return self;
        };
        self.earlier.truncate(place + 1);
        let Some(then) = self.earlier.pop() else { return self };
        // Field by field: of one that is added it has to be said whether it was known then.
        let EarlierDecision {
            decision,
            decided,
            decided_by,
            reasons: _,
            minutes,
            authorised,
            authorised_until,
            authorised_origin,
            recommendation,
            conditions,
            checklist,
            signatures,
            origin,
        } = then;
        Self {
            gate: self.gate,
            planned: self.planned,
            decision: Some(decision),
            decided: Some(decided),
            decided_by,
            // What was set with the newest decision was not set yet.
            baseline: None,
            go_live: None,
            tolerances: Vec::new(),
            allowed: Allowances::default(),
            delivery_confidence: None,
            authorised,
            authorised_until,
            authorised_origin,
            recommendation,
            minutes,
            conditions,
            checklist,
            signatures,
            is_asked_again: is_asked_again && decided < day,
            earlier: self.earlier,
            body: self.body,
            file: self.file,
            origin: self.origin,
            decision_origin: Some(origin),
        }
    }

    /// The last of what the newest decision asks for that is not done by a day, and the day by which it is promised; none where nothing
    /// is, or nothing by a day.
    #[must_use]
    pub fn last_asked_on(&self, day: Date) -> Option<(&Condition, Date)> {
        let open = self.conditions.iter().filter(|condition| condition.is_open(day));
        open.filter_map(|condition| Some((condition, condition.due?))).max_by_key(|(_, due)| *due)
    }

    /// The record as it lay before the board: without the newest decision, and without who took it and signed. One that had been put off
    /// before was asked again.
    #[must_use]
    pub fn undecided(self) -> Self {
        Self {
            decision: None,
            decided: None,
            decided_by: None,
            minutes: None,
            signatures: Vec::new(),
            is_asked_again: !self.earlier.is_empty(),
            ..self
        }
    }

    /// Says whether the gate had been passed by a day: decided and signed, and the project may go on.
    #[must_use]
    pub fn is_passed(&self, day: Date) -> bool {
        self.passed_on(day).is_some()
    }

    /// Says whether the board had spoken its last word on the gate by a day: the project went on, or ended there.
    #[must_use]
    pub fn is_settled(&self, day: Date) -> bool {
        self.settled_on(day).is_some()
    }

    /// What the project manager recommends the board to decide: the decision that the recommendation begins with; none where it
    /// begins with none.
    #[must_use]
    pub fn recommended(&self) -> Option<Decision> {
        self.recommendation.as_ref().and_then(|text| Decision::begun_with(&text.markdown))
    }

    /// What the board asked for in each decision on the gate, with the day of the decision, oldest decision first. What a
    /// replaced decision asked for is still to be done; a condition of a decision that nobody has dated has no day.
    pub fn all_conditions(&self) -> impl Iterator<Item = (Option<Date>, &Condition)> {
        let of_earlier = self.earlier.iter().flat_map(|earlier| {
            earlier.conditions.iter().map(move |condition| (Some(earlier.decided), condition))
        });
        of_earlier.chain(self.conditions.iter().map(|condition| (self.decided, condition)))
    }
}

impl Project {
    /// The gate that had stopped the project by a day, and the day of that decision; the first of them where there are several. None
    /// where the project goes on.
    #[must_use]
    pub fn stopped_on(&self, day: Date) -> Option<(GateId, Date)> {
        let stops = self.gates.values().filter_map(|gate| {
            let (decision, decided) = gate.decided_on(day)?;
            (decision == Decision::Stop).then_some((gate.gate, decided))
        });
        stops.min_by_key(|(_, decided)| *decided)
    }

    /// The gate at which the board holds the project on a day, and the day of that decision: the last gate that was decided, where it
    /// was held and does not lie before the board again. None where the project goes on, as it does under a G4 that was held.
    #[must_use]
    pub fn held_on(&self, day: Date) -> Option<(GateId, Date)> {
        let decided = self.gates.values().filter_map(|gate| Some((gate, gate.decided_on(day)?)));
        let (gate, (decision, decided)) = decided.max_by_key(|(gate, _)| gate.gate)?;
        let waits = decision == Decision::Hold && gate.gate != GateId::G4 && !gate.is_asked_again;
        waits.then_some((gate.gate, decided))
    }

    /// Whether a gate had stopped the project by a day.
    #[must_use]
    pub fn is_stopped_on(&self, day: Date) -> bool {
        self.stopped_on(day).is_some()
    }

    /// The project with the record of each gate as it stood on a day: see [`GateRecord::as_of`].
    #[must_use]
    pub fn gates_as_of(mut self, day: Date) -> Self {
        self.gates = self.gates.into_iter().map(|(gate, record)| (gate, record.as_of(day))).collect();
        self
    }

    /// The project without the newest decision on one of its gates: see [`GateRecord::undecided`].
    #[must_use]
    pub fn before_decision_on(mut self, gate: GateId) -> Self {
        if let Some(record) = self.gates.remove(&gate) {
            self.gates.insert(gate, record.undecided());
        }
        self
    }
}

/// A decision on a gate that a later one replaced.
#[derive(Clone, Debug)]
pub struct EarlierDecision {
    /// What was decided then.
    pub decision: Decision,
    /// The day of that decision.
    pub decided: Date,
    /// Who decided, where not the sponsor.
    pub decided_by: Option<PersonNo>,
    /// Why.
    pub reasons: Option<Text>,
    /// Minutes or meeting.
    pub minutes: Option<Text>,
    /// Money released then.
    pub authorised: Option<Amount>,
    /// The gate until which it was released.
    pub authorised_until: Option<GateId>,
    /// Where the sum stands.
    pub authorised_origin: Option<Span>,
    /// What the project manager recommended then, as written.
    pub recommendation: Option<Text>,
    /// What the board asked for then.
    pub conditions: Vec<Condition>,
    /// Questions as they were answered then.
    pub checklist: Vec<ChecklistItem>,
    /// Signatures under that decision.
    pub signatures: Vec<Signature>,
    /// Where it stands.
    pub origin: Span,
}

/// Something the board asks for.
#[derive(Clone, Debug)]
pub struct Condition {
    /// What.
    pub condition: Text,
    /// `critical`, `essential` or `recommended`, as written.
    pub urgency: Option<String>,
    /// Who.
    pub owner: Option<PersonNo>,
    /// By when.
    pub due: Option<Date>,
    /// When it was done.
    pub done: Option<Date>,
    /// Criteria of the gate that may be open because of it, by their words, each with where it stands.
    pub covers: Vec<(String, Span)>,
    /// Whether the audience of the site may not read it: it counts, and neither its words nor who does it by when are told.
    pub is_withheld: bool,
    /// Where it stands.
    pub origin: Span,
}

impl Condition {
    /// Says whether it had not been done by a day.
    #[must_use]
    pub fn is_open(&self, day: Date) -> bool {
        self.done.is_none_or(|done| day < done)
    }

    /// Says whether its day had passed and it had not been done; one without a day is never overdue.
    #[must_use]
    pub fn is_overdue(&self, day: Date) -> bool {
        self.is_open(day) && self.due.is_some_and(|due| due < day)
    }
}

/// The answer to a question of a checklist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It holds.
    Yes,
    /// It holds in part: counts half.
    Partly,
    /// It does not hold.
    No,
    /// It does not apply: not counted.
    NotApplicable,
}

/// A question of a checklist with its answer.
#[derive(Clone, Debug)]
pub struct ChecklistItem {
    /// The question, as a statement that should hold.
    pub criterion: String,
    /// The answer; none while nobody has looked.
    pub answer: Option<Answer>,
    /// Where the proof lies.
    pub evidence: Option<Text>,
    /// Who answers for it.
    pub owner: Option<PersonNo>,
    /// Remark.
    pub comment: Option<Text>,
    /// Where it stands.
    pub origin: Span,
}

/// A signature under a gate document.
#[derive(Clone, Debug)]
pub struct Signature {
    /// In which role.
    pub role: String,
    /// Who.
    pub person: PersonNo,
    /// What they decided.
    pub decision: Option<Decision>,
    /// When.
    pub date: Option<Date>,
    /// Where it stands.
    pub origin: Span,
}

/// A report, from `updates/DATE.md`.
#[derive(Clone, Debug)]
pub struct Update {
    /// The day it speaks of.
    pub status_date: Date,
    /// Until when actual cost is complete.
    pub actuals_to: Option<Date>,
    /// Who wrote it.
    pub author: Option<PersonNo>,
    /// The colour the author declares: `green`, `amber` or `red`.
    pub declared: Option<(String, Span)>,
    /// Why it is declared, where it differs from the computed one.
    pub declared_because: Option<Text>,
    /// The decision wanted.
    pub decision_wanted: Option<(Id, Span)>,
    /// What comes next.
    pub next: Vec<Text>,
    /// What was achieved.
    pub achieved: Vec<Text>,
    /// Help wanted.
    pub help_wanted: Option<Text>,
    /// The narrative.
    pub body: Text,
    /// Path of the file.
    pub file: String,
    /// Where it begins.
    pub origin: Span,
}

/// Converts an answer into its share of compliance: yes 1, partly ½, no 0; not applicable does not count.
impl Answer {
    /// Reads the words `yes`, `partly`, `no`, `n.a.`.
    #[must_use]
    pub fn from_key(text: &str) -> Option<Self> {
        match text {
            "yes" => Some(Self::Yes),
            "partly" | "partially" => Some(Self::Partly),
            "no" => Some(Self::No),
            "n.a." | "n/a" | "na" | "not applicable" => Some(Self::NotApplicable),
            _ => None,
        }
    }

    /// The share of compliance; none where the question does not apply.
    #[must_use]
    pub fn share(self) -> Option<Percent> {
        match self {
            Self::Yes => Some(Percent::WHOLE),
            Self::Partly => Some(Percent::from_hundredths(5_000)),
            Self::No => Some(Percent::ZERO),
            Self::NotApplicable => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recommendation_begins_with_what_it_recommends() {
        let begun = Decision::begun_with;
        assert_eq!(begun("Hold. The plan is not ready for a baseline."), Some(Decision::Hold));
        assert_eq!(begun("  approve with conditions: two of them"), Some(Decision::ApproveWithConditions));
        assert_eq!(begun("Approve; what was missing is there"), Some(Decision::Approve));
        assert_eq!(begun("Holding would cost a year"), None);
        assert_eq!(begun("Do not close yet."), None);
        assert_eq!(begun(""), None);
    }
}
