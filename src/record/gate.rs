//! Front matter of `stages/*.md`, `gates/*.md` and `updates/*.md`: judgement and authority in people's own
//! words.

use jiff::civil::Date;

use crate::diagnostic::{Diagnostics, Spanned};
use crate::quantity::{Audience, GateId, Id, Malformed, Money, Stage, Window};
use crate::record;
use crate::record::decode::{Decode, Field, Scalar, Shape};
use crate::source::node::{Node, NodeKind};
use crate::vocabulary;

vocabulary! {
    /// What a board can decide at a gate.
    pub struct GateDecision("a decision"): "approve", "approve with conditions", "rework", "hold" or "stop";
    /// Five-step delivery confidence, from likely to unachievable.
    pub struct Confidence("a delivery confidence"): "G", "AG", "A", "AR" or "R";
    /// How pressing a condition is.
    pub struct ConditionUrgency("an urgency"): "critical", "essential" or "recommended";
    /// An answer to a question of a checklist.
    pub struct ChecklistAnswer("an answer"): "yes", "partly", "no" or "n.a.";
    /// A colour that an author may declare.
    pub struct DeclaredColour("a colour"): "green", "amber" or "red";
}

record! {
    /// `stages/*.md`: the narrative of a stage; the text below the head is printed in the gate document.
    pub struct StageRecord("stage page") {
        /// Which stage: `initiation`, `planning`, `execution`, `control` or `closing`.
        required stage: Spanned<Stage>,
        /// What must hold before the stage begins.
        entry: Vec<StageCriterionRecord>,
        /// What must hold before it ends.
        exit: Vec<StageCriterionRecord>,
        /// Who may read the page: `public`, `internal` or `restricted`. On a site for a wider audience its words are withheld.
        audience: Spanned<Audience>,
    }
    computed {
        status: "remove it: the current stage follows from the gates that were passed",
        start: "remove it: dates of a stage are computed from its tasks",
        finish: "remove it: dates of a stage are computed from its tasks",
    }
}

record! {
    /// A criterion of a stage with the day on which it was met.
    pub struct MetCriterionRecord("stage criterion") {
        /// What must hold, in a sentence. Two words alone are judged by a record: `G1 approved` by that of the gate, `D-03 accepted`
        /// by the acceptance of the deliverable, `pilot finished` and `M2 reached` by the progress of the task or milestone.
        required criterion: Spanned<String>,
        /// The day on which it was met.
        met: Spanned<Date>,
        /// Where the proof lies.
        evidence: Spanned<String>,
    }
}

/// A criterion of a stage: a sentence, or a mapping with the day on which it was met.
#[derive(Clone, Debug, PartialEq)]
pub struct StageCriterionRecord {
    /// What must hold.
    pub criterion: Spanned<String>,
    /// The day on which it was met.
    pub met: Option<Spanned<Date>>,
    /// Where the proof lies.
    pub evidence: Option<Spanned<String>>,
}

impl Decode for StageCriterionRecord {
    const FORM: &'static str = "a sentence, or a mapping with `criterion`, `met` and `evidence`";

    fn fields() -> &'static [Field] {
        MetCriterionRecord::FIELDS
    }

    fn decode(node: &Node, found: &mut Diagnostics) -> Option<Self> {
        if let NodeKind::Map(_) = node.kind {
            let MetCriterionRecord { criterion, met, evidence, .. } =
                MetCriterionRecord::decode(node, found)?;
            return Some(Self { criterion, met, evidence });
        }
        let criterion = Spanned::<String>::decode(node, found)?;
        Some(Self { criterion, met: None, evidence: None })
    }

    fn each_text(&mut self, change: &mut dyn FnMut(&mut String)) {
        self.criterion.each_text(change);
        self.evidence.iter_mut().for_each(|text| text.each_text(change));
    }
}

record! {
    /// `gates/*.md`: what the board was asked and what it decided. Without `decision` the document is a
    /// draft.
    pub struct GatePageRecord("gate page") {
        /// Which gate: `G1` to `G5`.
        required gate: Spanned<GateId>,
        /// `approve`, `approve with conditions`, `rework`, `hold` or `stop`, after which only the closing stage goes on.
        decision: Spanned<GateDecision>,
        /// The day of the decision. Where it lies between two reports, work under way is shown as last reported, and what was left of it
        /// then lies after this day: it looks late by the days between. A row of `progress.csv` with this day as its `status_date`
        /// says how it stood.
        decided: Spanned<Date>,
        /// Who decided, where it was not the sponsor.
        decided_by: Spanned<Id>,
        /// The day on which the board is to meet.
        planned: Spanned<Date>,
        /// The baseline that was approved or confirmed, such as `B1`.
        baseline: Spanned<Id>,
        /// Money released and until which gate, such as `107_432 EUR until G3`. At G1 it is for the work of the planning stage, from
        /// G2 on for the whole project from its first day, with what an earlier gate released in it. What is spent and ordered beyond
        /// it is told (`W526`).
        authorised: Spanned<Authorised>,
        /// At G3: first and last day on which the service may go live, such as `2026-12-03 .. 2026-12-11`.
        go_live: Spanned<Window>,
        /// What the project manager recommends, and why. Begin it with a word of `decision`, such as `Hold.`: what the document
        /// asks the board for follows it.
        recommendation: Spanned<String>,
        /// Judgement of the reviewers: `G` likely, `AG`, `A`, `AR`, `R` unachievable.
        delivery_confidence: Spanned<Confidence>,
        /// Minutes or meeting in which it was decided.
        minutes: Spanned<String>,
        /// Tolerances set for the next stage, such as `{time: 10d, cost: 9_000 EUR}`. From the day of the decision `time` and
        /// `cost`, and `contingency` and `management_reserve` where it names them, hold instead of those of the baseline.
        tolerances: Named<Spanned<String>>,
        /// Conditions and recommendations of the board. Where it holds the gate or sends it back, the forecast of the gate is no earlier
        /// than the last `due:` of those that are open, and no earlier than `planned:`.
        conditions: Vec<ConditionRecord>,
        /// Statements that should hold, each with its answer. One that the program answers takes `evidence`, `owner` and `comment`,
        /// and no answer.
        checklist: Named<ChecklistRecord>,
        /// Statements over the figures of the project, each under what it means in your words: `cost is under control: cpi >= 0.9`.
        /// The program answers them. `docs/figures.md` tells what can be named, `milepost gate check` what is answered.
        criteria: Named<Spanned<StatementText>>,
        /// Signatures that were given. Needed before the document is frozen: those of `sponsor` and `operations_owner`, at G5 that of
        /// `project_manager`, too. A document may circulate: it is frozen with all that were given by that day, each with its own.
        signatures: Vec<SignatureRecord>,
        /// Decisions on this gate that a later one replaced, oldest first: a plan that was sent back before it was approved.
        /// What stands above is the newest. Each keeps its own conditions, answers and signatures.
        earlier: Vec<EarlierDecisionRecord>,
        /// Who may read the page: `public`, `internal` or `restricted`. On a site for a wider audience its words are withheld.
        audience: Spanned<Audience>,
    }
    computed {
        status: "type `decision` and `decided`; a gate page without them is a draft",
        compliance: "remove it: compliance is computed from the answers of the checklist",
        digest: "remove it: the digest is computed from the document",
    }
}

/// Money released and the gate until which it may be spent, written `107_432 EUR until G3`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Authorised {
    /// How much.
    pub money: Money,
    /// Until which gate; the whole project where not given.
    pub until: Option<GateId>,
}

impl Scalar for Authorised {
    const FORM: &'static str =
        "an amount, with the gate until which it is released, such as 107_432 EUR until G3";

    fn read(text: &str) -> Result<Self, Malformed> {
        match text.split_once(" until ") {
            Some((money, gate)) => Ok(Self { money: money.parse()?, until: Some(gate.trim().parse()?) }),
            None => Ok(Self { money: text.parse()?, until: None }),
        }
    }
}

/// A statement over figures as it is written; what it says is read where its names are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementText(pub String);

impl Scalar for StatementText {
    const FORM: &'static str = "a statement such as finish_slip <= 10d";

    fn read(text: &str) -> Result<Self, Malformed> {
        Ok(Self(text.to_owned()))
    }
}

record! {
    /// Something the board asks for.
    pub struct ConditionRecord("condition") {
        /// What is asked.
        required condition: Spanned<String>,
        /// `critical`, `essential` or `recommended`.
        urgency: Spanned<ConditionUrgency>,
        /// Who does it.
        owner: Spanned<Id>,
        /// The day by which it is to be done.
        due: Spanned<Date>,
        /// The day on which it was done.
        done: Spanned<Date>,
        /// Criteria of this gate that may be open because of it, in their words. With `owner` and `due` they do not stand in
        /// the way of the gate any more; their answers stay what they are.
        covers: Words,
    }
    computed {
        status: "type `done:` with the day on which it was done",
    }
}

record! {
    /// A decision on a gate that a later one replaced.
    pub struct EarlierDecisionRecord("earlier decision") {
        /// What was decided then.
        required decision: Spanned<GateDecision>,
        /// The day of that decision.
        required decided: Spanned<Date>,
        /// Who decided, where it was not the sponsor.
        decided_by: Spanned<Id>,
        /// Why, such as what was missing.
        reasons: Spanned<String>,
        /// Minutes or meeting in which it was decided.
        minutes: Spanned<String>,
        /// Money that was released then, written as `authorised` of the page.
        authorised: Spanned<Authorised>,
        /// What the project manager recommended then.
        recommendation: Spanned<String>,
        /// Conditions of that decision; they are followed up until they are done, as those of the newest.
        conditions: Vec<ConditionRecord>,
        /// Statements with the answers that the board saw then.
        checklist: Named<ChecklistRecord>,
        /// Signatures under that decision.
        signatures: Vec<SignatureRecord>,
    }
}

record! {
    /// A signature under a gate document.
    pub struct SignatureRecord("signature") {
        /// In which role, such as `sponsor`.
        required role: Spanned<String>,
        /// Who signed.
        required person: Spanned<Id>,
        /// What they decided.
        decision: Spanned<GateDecision>,
        /// The day of the signature.
        date: Spanned<Date>,
    }
}

/// An answer to a statement of a checklist: plain `yes`, `partly`, `no` or `n.a.`, or a mapping with
/// evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct ChecklistRecord {
    /// The answer; none while nobody has looked.
    pub answer: Option<Spanned<ChecklistAnswer>>,
    /// Where the proof lies.
    pub evidence: Option<Spanned<String>>,
    /// Who answers for it.
    pub owner: Option<Spanned<Id>>,
    /// Remark.
    pub comment: Option<Spanned<String>>,
}

record! {
    /// An answer to a statement of a checklist, with its proof.
    pub struct ChecklistMapping("checklist answer") {
        /// `yes`, `partly`, `no` or `n.a.`; leave it out while nobody has looked.
        answer: Spanned<ChecklistAnswer>,
        /// Where the proof lies.
        evidence: Spanned<String>,
        /// Who answers for it.
        owner: Spanned<Id>,
        /// Remark.
        comment: Spanned<String>,
    }
}

impl Decode for ChecklistRecord {
    const FORM: &'static str =
        "yes, partly, no or n.a., or a mapping such as {answer: yes, evidence: FIN-2026-118}";
    const SHAPE: Shape = Shape::One;

    fn fields() -> &'static [Field] {
        ChecklistMapping::FIELDS
    }

    fn decode(node: &Node, found: &mut Diagnostics) -> Option<Self> {
        match &node.kind {
            NodeKind::Empty => Some(Self { answer: None, evidence: None, owner: None, comment: None }),
            NodeKind::Map(_) => {
                let ChecklistMapping { answer, evidence, owner, comment, .. } =
                    ChecklistMapping::decode(node, found)?;
                Some(Self { answer, evidence, owner, comment })
            }
            _ => {
                let answer = Spanned::decode(node, found)?;
                Some(Self { answer: Some(answer), evidence: None, owner: None, comment: None })
            }
        }
    }

    fn each_text(&mut self, change: &mut dyn FnMut(&mut String)) {
        self.evidence.iter_mut().for_each(|text| text.each_text(change));
        self.comment.iter_mut().for_each(|text| text.each_text(change));
    }
}

record! {
    /// `updates/DATE.md`: a report. The newest one sets the status date of the project.
    pub struct UpdateRecord("update") {
        /// The day the report speaks of; also the name of the file.
        required status_date: Spanned<Date>,
        /// The day until which booked cost is complete.
        actuals_to: Spanned<Date>,
        /// Who wrote it.
        author: Spanned<Id>,
        /// Your own judgement: `green`, `amber` or `red`. It is printed beside the computed colour.
        declared: Spanned<DeclaredColour>,
        /// Why your judgement differs from the computed colour.
        declared_because: Spanned<String>,
        /// The id of the decision that is wanted from the board.
        decision_wanted: Spanned<Id>,
        /// What was achieved since the last report.
        achieved: Words,
        /// What comes next.
        next: Words,
        /// Where help is wanted, and from whom.
        help_wanted: Spanned<String>,
        /// Who may read the page: `public`, `internal` or `restricted`. On a site for a wider audience its words are withheld.
        audience: Spanned<Audience>,
    }
    computed {
        status: "type `declared: green`, `amber` or `red` for your own judgement; the status is computed",
        colour: "type `declared: green`, `amber` or `red` for your own judgement; the colour is computed",
        finish: "remove it: the forecast finish is computed from the plan and the progress",
        percent_complete: "report progress by task in `progress.csv`; the project's percentage is computed",
    }
}
