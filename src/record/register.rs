//! The registers: risks, issues, decisions, changes, actions, outside requests, lessons.
//!
//! Each file is a mapping from id to entry. Not here: what an id refers to (`resolve`), scores and ages
//! (`control`).

use jiff::civil::Date;

use crate::diagnostic::{Diagnostics, Spanned};
use crate::quantity::{Audience, Duration, Id, Measure, Money, MoneyRange, Percent};
use crate::record;
use crate::record::decode::{Decode, Field, Words};
use crate::record::frozen::AllowanceRecord;
use crate::record::scalar::TimeImpact;
use crate::source::node::{Node, NodeKind};
use crate::vocabulary;

vocabulary! {
    /// How a risk is answered; the last two are for opportunities.
    pub struct RiskResponse("a response"):
        "avoid", "reduce", "transfer", "share", "accept", "exploit" or "enhance";
    /// Where a risk stands.
    pub struct RiskStatus("a state of a risk"):
        "open", "proposed", "assessing", "waiting for approval", "approved", "rejected" or "closed";
    /// Where an issue stands.
    pub struct IssueStatus("a state of an issue"): "open", "postponed", "resolved" or "closed";
    /// Where a change request stands.
    pub struct ChangeState("a state of a change"):
        "submitted", "assessing", "waiting for approval", "approved", "rejected",
        "postponed", "merged" or "implemented";
    /// Where a change comes from.
    pub struct ChangeCauseWord("a cause of a change"):
        "requirement", "design", "technology", "supplier", "law" or "priority";
    /// Which money pays for a change.
    pub struct PayFrom("a pot"): "contingency", "management_reserve" or "budget";
    /// Money that is held back.
    pub struct ReserveName("a reserve"): "contingency" or "management_reserve";
    /// How pressing something is.
    pub struct Urgency("an urgency"): "low", "medium", "high" or "critical";
}

record! {
    /// A risk: something that may happen and would hurt. A negative impact (`cost: -3_000 EUR`) makes it an
    /// opportunity.
    pub struct RiskRecord("risk") {
        /// What may happen, in one sentence.
        required risk: Spanned<String>,
        /// Why it may happen.
        cause: Spanned<String>,
        /// What follows if it happens.
        effect: Spanned<String>,
        /// Its kind, such as `supplier` or `technical`.
        category: Spanned<String>,
        /// How likely it is as things stand today, 0% to 100%.
        required probability: Spanned<Percent>,
        /// What it would do: money, working time, quality.
        required impact: ImpactRecord,
        /// Probability and impact before anything was done about it, where they differ from today's.
        inherent: ExposureRecord,
        /// Probability and impact when the response has worked. What is left is what the contingency must
        /// cover. The runs of the schedule count with it once there are actions and all of them are done, and with
        /// `probability` and `impact` until then.
        residual: ExposureRecord,
        /// How it is answered: `avoid`, `reduce`, `transfer`, `share` or `accept`; for an opportunity
        /// `exploit` or `enhance`.
        response: Spanned<RiskResponse>,
        /// Who answers for it.
        owner: Spanned<Id>,
        /// What is being done about it.
        actions: Vec<ActionRecord>,
        /// When it could strike, such as `December` or `during roll-out`.
        proximity: Spanned<String>,
        /// The day on which it was raised.
        raised: Spanned<Date>,
        /// The day on which somebody last looked at it.
        reviewed: Spanned<Date>,
        /// `open` (also where not given), `proposed`, `assessing`, `waiting for approval`, `approved`,
        /// `rejected` or `closed`.
        status: Spanned<RiskStatus>,
        /// The day on which it was closed.
        closed: Spanned<Date>,
        /// The issue it became when it happened, such as `I-04`.
        became: Spanned<Id>,
        /// Whether the plan brings about its time by itself, as when work runs into a closure of its calendar: the runs of the
        /// schedule then do not add it a second time.
        time_in_plan: Spanned<bool>,
        /// Ids of tasks, decisions, changes, issues it has to do with. How sure the finish is depends on it: in the runs
        /// of the schedule in which the risk strikes, its time is added to the open tasks named here.
        links: Vec<Spanned<Id>>,
        /// Who may read its words: `public`, `internal` or `restricted`. On a site for a wider audience the words are withheld;
        /// its figures stay in the totals. Without this field a risk
        /// of the category `security` is `restricted`.
        audience: Spanned<Audience>,
    }
    computed {
        score: "type `probability` and `impact`; the score is computed from them",
        class: "type `probability` and `impact`; the class is computed from them",
        exposure: "type `probability` and `impact`; the exposure is computed from them",
        emv: "type `probability` and `impact`; the expected value is computed from them",
        colour: "type `probability` and `impact`; the colour is computed from them",
    }
}

record! {
    /// What a risk would do if it happened.
    pub struct ImpactRecord("impact") {
        /// Money it would cost, such as `6_500 EUR` or, as a range, `4_000 EUR / 6_500 EUR / 9_000 EUR`.
        cost: Spanned<MoneyRange>,
        /// Working time it would cost, such as `5d` or `3d / 5d / 10d`.
        time: Spanned<TimeImpact>,
        /// What it would do to quality, in words.
        quality: Spanned<String>,
    }
}

record! {
    /// Probability and impact at another moment: before anything was done, or after the response has worked.
    pub struct ExposureRecord("rating") {
        /// How likely it is then, 0% to 100%.
        required probability: Spanned<Percent>,
        /// What it would do then.
        required impact: ImpactRecord,
    }
}

record! {
    /// Something that somebody promised to do.
    pub struct ActionRecord("action") {
        /// What is to be done.
        required r#do: Spanned<String>,
        /// Who does it.
        owner: Spanned<Id>,
        /// The day on which it was agreed; inside a risk that of the risk where not given.
        raised: Spanned<Date>,
        /// The day by which it is to be done.
        due: Spanned<Date>,
        /// The day on which it was done.
        done: Spanned<Date>,
        /// What it came from: an id such as `R1`, or a meeting.
        from: Spanned<String>,
        /// Who may read its words: `public`, `internal` or `restricted`. On a site for a wider audience the words are withheld;
        /// its figures stay in the totals.
        audience: Spanned<Audience>,
    }
    computed {
        overdue: "type `due` and, once it is done, `done`; what is overdue is computed",
        status: "type `done:` with the day on which it was done",
    }
}

record! {
    /// An issue: something that hurts now.
    pub struct IssueRecord("issue") {
        /// What is the matter, in one sentence.
        required issue: Spanned<String>,
        /// `low`, `medium`, `high` or `critical`.
        urgency: Spanned<Urgency>,
        /// What it does to the project, in words.
        impact: Spanned<String>,
        /// How big the mending is, in words.
        size: Spanned<String>,
        /// Who answers for it.
        owner: Spanned<Id>,
        /// The day on which it was raised.
        raised: Spanned<Date>,
        /// The day by which it shall be solved.
        target: Spanned<Date>,
        /// `open` (also where not given), `postponed`, `resolved` or `closed`.
        status: Spanned<IssueStatus>,
        /// The day on which it was solved.
        resolved: Spanned<Date>,
        /// To whom it was escalated.
        escalated: Spanned<String>,
        /// Ids of tasks, risks, changes, decisions it has to do with.
        links: Vec<Spanned<Id>>,
        /// Who may read its words: `public`, `internal` or `restricted`. On a site for a wider audience the words are withheld;
        /// its figures stay in the totals.
        audience: Spanned<Audience>,
    }
    computed {
        overdue: "type `target` and, once it is solved, `resolved`; what is overdue is computed",
        age: "type `raised`; the age is computed from it",
    }
}

record! {
    /// A decision that is needed, or was taken.
    pub struct DecisionRecord("decision") {
        /// What is asked, in one sentence.
        required question: Spanned<String>,
        /// What can be chosen: a short name and what it means, one line for each. Where an option changes the plan, a
        /// mapping with `set` and `without` instead; the finish and the cost it leads to are shown beside it.
        options: Named<OptionRecord>,
        /// What was chosen: the short name of an option, or a sentence.
        decision: Spanned<String>,
        /// Why.
        reasons: Spanned<String>,
        /// What follows; while the question is open, what follows if nobody decides.
        consequences: Spanned<String>,
        /// The short name of the option that the project manager recommends.
        recommendation: Spanned<String>,
        /// The short name of the option that happens if nobody answers: what silence costs is computed from it. Without it
        /// silence leaves the forecast as it stands.
        if_silent: Spanned<String>,
        /// Who must decide.
        asked_of: Spanned<Id>,
        /// The day on which it was asked.
        asked: Spanned<Date>,
        /// The day by which the answer is needed.
        needed_by: Spanned<Date>,
        /// Who decided.
        decided_by: Spanned<Id>,
        /// The day of the decision.
        decided: Spanned<Date>,
        /// The day from which it holds.
        applies_from: Spanned<Date>,
        /// Who was told.
        told_to: Spanned<String>,
        /// What it takes from a reserve, such as `{from: contingency, amount: 2_400 EUR}`. It counts from the day of the
        /// decision. Where a change is paid from the reserve, the change says so with `pay_from`, and the decision
        /// does not say it again (`W523`). Name the task that it pays for in `links`, or write the id of the decision as `reference` of
        /// the cost: only so does what the task costs more count as paid by it, and not once more as an overrun (`W533`). It is held
        /// against the baseline in force; before one is approved, the plan has to hold what was drawn.
        draws: Vec<DrawRecord>,
        /// Ids of tasks, risks, issues, changes it has to do with.
        links: Vec<Spanned<Id>>,
        /// Who may read its words: `public`, `internal` or `restricted`. On a site for a wider audience the words are withheld;
        /// its figures stay in the totals.
        audience: Spanned<Audience>,
    }
    computed {
        status: "type `decision` and `decided` once the answer is given; an entry without them is open",
        overdue: "type `needed_by`; what is overdue is computed",
    }
}

record! {
    /// Money that a decision takes from a reserve.
    pub struct DrawRecord("draw") {
        /// Which reserve: `contingency` or `management_reserve`.
        required from: Spanned<ReserveName>,
        /// How much; negative where it gives money back, no more than was drawn.
        required amount: Spanned<Money>,
    }
}

/// A way to answer: what it means, and where it changes the plan, how.
#[derive(Clone, Debug, PartialEq)]
pub struct OptionRecord {
    /// What it means.
    pub option: Spanned<String>,
    /// Fields that it sets, as `milepost check --set` takes them.
    pub set: Words,
    /// What it leaves out, as `milepost check --without` takes it.
    pub without: Words,
    /// Whether it leaves the plan as it is.
    pub as_forecast: Option<Spanned<bool>>,
}

record! {
    /// An option with what it changes.
    pub struct OptionMapping("decision option") {
        /// What it means.
        required option: Spanned<String>,
        /// Fields that it sets, as `milepost check --set` takes them: `[tasks.rollout.duration=10d]`. Computed while the
        /// question is open.
        set: Words,
        /// What it leaves out, as `milepost check --without` takes it: `[people.sam]`.
        without: Words,
        /// `true` where it leaves the plan as it is: its finish and its cost are those of the forecast. Without it, and without
        /// `set` and `without`, nobody has said what it changes.
        as_forecast: Spanned<bool>,
    }
}

impl Decode for OptionRecord {
    const FORM: &'static str =
        "text, or a mapping such as {option: A second crew, set: [tasks.rollout.duration=10d]}";

    fn fields() -> &'static [Field] {
        OptionMapping::FIELDS
    }

    fn decode(node: &Node, found: &mut Diagnostics) -> Option<Self> {
        if let NodeKind::Map(_) = node.kind {
            let OptionMapping { option, set, without, as_forecast, .. } = OptionMapping::decode(node, found)?;
            return Some(Self { option, set, without, as_forecast });
        }
        let option = Spanned::decode(node, found)?;
        Some(Self { option, set: Vec::new(), without: Vec::new(), as_forecast: None })
    }

    fn each_text(&mut self, change: &mut dyn FnMut(&mut String)) {
        // What it sets and leaves out is no text but an order to compute.
        self.option.each_text(change);
    }
}

record! {
    /// A request to change what was agreed.
    pub struct ChangeRecord("change") {
        /// What shall change, in one sentence.
        required change: Spanned<String>,
        /// Why it is asked for.
        reason: Spanned<String>,
        /// Where it comes from: `requirement` (somebody needs something else), `design` (something was forgotten or wrong),
        /// `technology`, `supplier`, `law` or `priority`.
        cause: Spanned<ChangeCauseWord>,
        /// What happens if it is not done.
        if_not_done: Spanned<String>,
        /// Who asks.
        requested_by: Spanned<Id>,
        /// The day on which it was handed in.
        submitted: Spanned<Date>,
        /// The day by which somebody must answer.
        needed_by: Spanned<Date>,
        /// What it does to cost, time, scope, quality and risk.
        impact: ChangeImpactRecord,
        /// Fields of the plan that it sets, as `milepost check --set` takes them: `[tasks.rollout.duration=14d]`. Finish and
        /// cost with it are computed while it waits, and shown beside the `impact` that somebody assessed.
        set: Words,
        /// What it leaves out of the plan, as `milepost check --without` takes it: `[tasks.training]`.
        without: Words,
        /// How big it is, in words.
        size: Spanned<String>,
        /// How pressing it is: `low`, `medium`, `high` or `critical`.
        priority: Spanned<Urgency>,
        /// `submitted` (also where not given), `assessing`, `waiting for approval`, `approved`, `rejected`,
        /// `postponed`, `merged` or `implemented`.
        status: Spanned<ChangeState>,
        /// The decision in words.
        decision: Spanned<String>,
        /// Who decided.
        decided_by: Spanned<Id>,
        /// The day of the decision.
        decided: Spanned<Date>,
        /// The day on which it was built.
        implemented: Spanned<Date>,
        /// Ids of the tasks that it adds or changes.
        tasks: Vec<Spanned<Id>>,
        /// Tolerances and reserves that it sets anew from the day of its approval, such as `{time: 15d}`: a baseline holds those
        /// that were allowed with it until a change or a gate says otherwise. `project.yaml` and `budget.yaml` need not repeat
        /// them; where they say less than the baseline or the change, less holds.
        allows: AllowanceRecord,
        /// Which money pays: `contingency`, `management_reserve` or `budget`.
        pay_from: Spanned<PayFrom>,
        /// Ids of risks, issues, decisions it has to do with.
        links: Vec<Spanned<Id>>,
        /// Who may read its words: `public`, `internal` or `restricted`. On a site for a wider audience the words are withheld;
        /// its figures stay in the totals.
        audience: Spanned<Audience>,
    }
    computed {
        age: "type `submitted`; the age is computed from it",
    }
}

record! {
    /// What a change does to what was agreed.
    pub struct ChangeImpactRecord("impact of the change") {
        /// Money it costs; negative when it saves.
        cost: Spanned<Money>,
        /// Working time it takes; negative when it shortens.
        time: Spanned<Duration>,
        /// Units of scope it adds, such as `12 points`; negative when it takes some away.
        scope: Spanned<Measure>,
        /// What it does to quality, in words.
        quality: Spanned<String>,
        /// What it does to risk, in words.
        risk: Spanned<String>,
    }
}

record! {
    /// A request to a team outside the project. The day on which it is needed is computed from the plan.
    pub struct DependencyRecord("outside request") {
        /// The team, such as `business-data`, `security` or `procurement`.
        required team: Spanned<String>,
        /// What is wanted, in one sentence.
        required request: Spanned<String>,
        /// The task that needs it.
        r#for: Spanned<Id>,
        /// The day on which it was asked.
        asked: Spanned<Date>,
        /// The day for which the team promised it. Until it comes, the task that needs it begins no earlier than the day
        /// after, as the forecast says; a task that has begun goes on.
        promised: Spanned<Date>,
        /// The day on which it came.
        received: Spanned<Date>,
        /// To whom it was escalated.
        escalated_to: Spanned<String>,
        /// Who may read its words: `public`, `internal` or `restricted`. On a site for a wider audience the words are withheld;
        /// its figures stay in the totals.
        audience: Spanned<Audience>,
    }
    computed {
        needed_by: "type `for:` with the task that needs it; the day is computed from the plan",
        status: "type `promised` and, once it has come, `received`; the state is computed",
        overdue: "type `promised`; what is overdue is computed",
    }
}

record! {
    /// Something learned.
    pub struct LessonRecord("lesson") {
        /// What was learned, in one sentence.
        required lesson: Spanned<String>,
        /// What happened.
        happened: Spanned<String>,
        /// Why.
        cause: Spanned<String>,
        /// What it did to the project.
        effect: Spanned<String>,
        /// What to do next time.
        recommendation: Spanned<String>,
        /// Its kind, such as `procurement`.
        category: Spanned<String>,
        /// Who should read it.
        readers: Spanned<String>,
        /// The day on which it was noted.
        date: Spanned<Date>,
        /// Who may read its words: `public`, `internal` or `restricted`. On a site for a wider audience the words are withheld; one of the category
        /// `security` is `restricted` where nobody says otherwise.
        audience: Spanned<Audience>,
    }
}
