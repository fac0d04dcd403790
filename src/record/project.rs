//! `project.yaml`: who, why, how much freedom.

use jiff::civil::Date;

use crate::diagnostic::{Diagnostics, Span, Spanned};
use crate::quantity::{Currency, Duration, ExchangeRate, Id, Malformed, Measure, Moment, Money};
use crate::record;
use crate::record::decode::{Decode, Field, Scalar};
use crate::record::feasibility::FeasibilityRecord;
use crate::record::own_check::CheckRecord;
use crate::record::scalar::Spelling;
use crate::record::scheduling::ScheduleRecord;
use crate::record::threshold::ThresholdsRecord;
use crate::source::node::{Node, NodeKind};
use crate::vocabulary;

vocabulary! {
    /// The kinds of IT work.
    pub struct ProjectType("a kind of IT work"): "hardware", "software", "network-rollout", "analytics", "service-desk" or "other";
}

record! {
    /// `project.yaml`: who, why, how much freedom. No status, stage, colour or end date stands here: they are computed.
    pub struct ProjectRecord("project") {
        /// The name of the project.
        required project: Spanned<String>,
        /// A short code, such as `NET-07`.
        code: Spanned<String>,
        /// The kind of IT work: `hardware`, `software`, `network-rollout`, `analytics`, `service-desk` or `other`.
        r#type: Spanned<ProjectType>,
        /// What the project is for, in a sentence or two.
        goal: Spanned<String>,
        /// The first day on which work may start, or the minute of it, such as `2026-08-03 13:00`.
        required start: Spanned<Moment>,
        /// The one currency of all its figures, such as `EUR`.
        required currency: Spanned<Currency>,
        /// What other currencies are worth in it, each with its day. With a rate, money may be typed in that currency
        /// wherever money is typed. A dated line of `costs.csv` is converted at the newest rate of its day, everything
        /// else at the oldest rate: what was planned does not move when a later rate is added.
        rates: Vec<RateRecord>,
        /// The id of its calendar; `standard` (Monday to Friday, eight hours) when absent.
        calendar: Spanned<Id>,
        /// How dates are computed: from the start or back from the finish, which float is critical, whether people are
        /// levelled.
        schedule: ScheduleRecord,
        /// How often it reports: every so many weeks, as `every 2w`, from `every 1w` to `every 52w`, or `monthly`; `every 2w` when
        /// absent.
        reporting: Spanned<Reporting>,
        /// The day of the first report that was agreed on; one rhythm after the start when absent. Before it no report is due. Not before
        /// the start.
        first_report: Spanned<Date>,
        /// The id of the person who pays and decides.
        sponsor: Spanned<Id>,
        /// The id of the person who leads.
        project_manager: Spanned<Id>,
        /// The id of the person who receives ownership at G5.
        operations_owner: Spanned<Id>,
        /// Ids of the members of the steering board.
        steering: Vec<Spanned<Id>>,
        /// How far forecasts may drift before the board wants to be asked.
        tolerance: ToleranceRecord,
        /// Limits other than the defaults, for colours, classes of risk and the fourteen points.
        thresholds: ThresholdsRecord,
        /// Limits that the figures of this project keep at all times, beside those of the portfolio; one with the words of a check
        /// of the portfolio takes its place.
        checks: Named<CheckRecord>,
        /// Measures by which success will be judged.
        success_criteria: Vec<SuccessCriterionRecord>,
        /// What belongs to the project and what does not.
        scope: ScopeRecord,
        /// What is taken as true until tested: sentences, or mappings with a date of test.
        assumptions: Vec<AssumptionRecord>,
        /// What binds the project from outside, in sentences.
        constraints: Words,
        /// Whether it can be done: what was looked at, kind by kind, and what came out. Shown in the document of G1.
        feasibility: Vec<FeasibilityRecord>,
        /// How the project buys, stays secure and lawful, treats business data and informs. Shown in the document of G2.
        plans: PlansRecord,
        /// Confidentiality label printed on documents, such as `internal`.
        classification: Spanned<String>,
        /// Rules whose findings are let pass, by code or name, each with a reason, a person and an end.
        waive: Named<WaiverRecord>,
    }
    computed {
        status: "remove it: the state follows from `progress.csv`, `costs.csv` and the plan; a judgement of your own goes into `updates/DATE.md` as `declared:`",
        colour: "remove it: the colour follows from the forecast and the `tolerance`; a judgement of your own goes into `updates/DATE.md` as `declared:`",
        color: "remove it: the colour follows from the forecast and the `tolerance`; a judgement of your own goes into `updates/DATE.md` as `declared:`",
        rag: "remove it: the colour follows from the forecast and the `tolerance`; a judgement of your own goes into `updates/DATE.md` as `declared:`",
        stage: "remove it: the stage follows from the last gate passed, which `gates/*.md` records",
        phase: "remove it: the stage follows from the last gate passed, which `gates/*.md` records",
        finish: "remove it: the finish follows from `plan.yaml`; a date that was promised is a `deadline:` of the last task or gate",
        end: "remove it: the finish follows from `plan.yaml`; a date that was promised is a `deadline:` of the last task or gate",
        progress: "remove it: progress is reported in `progress.csv`, task by task",
        percent_complete: "remove it: progress is reported in `progress.csv`, task by task",
        budget: "remove it: the budget follows from the plan and its prices; reserves and funding stand in `budget.yaml`",
        cost: "remove it: cost follows from `timesheets.csv` and `costs.csv`",
    }
}

record! {
    /// What a unit of another currency is worth in the project's.
    pub struct RateRecord("exchange rate") {
        /// The other currency, such as `USD`.
        required currency: Spanned<Currency>,
        /// What one unit of it is worth in the project's currency, such as `0.92`: `2_000 USD` are then `1_840 EUR`.
        required rate: Spanned<ExchangeRate>,
        /// The day from which it is the rate.
        required date: Spanned<Date>,
        /// Where it was taken from, such as `reference rate of the ECB`.
        source: Spanned<String>,
    }
}

record! {
    /// How far forecasts may drift before the board wants to be asked. It is the board's, not the team's.
    pub struct ToleranceRecord("tolerance") {
        /// Working time that the finish may slip, such as `10d`.
        time: Spanned<Duration>,
        /// Money by which the forecast may exceed the budget.
        cost: Spanned<Money>,
        /// The limit on scope, in words.
        scope: Spanned<String>,
        /// Units of work that may come in without an approved change, such as `18 points`: counted in the tasks that earn by this
        /// unit. Where it is written, scope is left when more have come in; without it, when scope is red.
        unapproved: Spanned<Measure>,
        /// The limit on quality, in words.
        quality: Spanned<String>,
        /// The limit on benefits, in words.
        benefits: Spanned<String>,
        /// The limit on risk, in words.
        risk: Spanned<String>,
    }
}

record! {
    /// A measure by which success will be judged.
    pub struct SuccessCriterionRecord("success criterion") {
        /// What is measured.
        required measure: Spanned<String>,
        /// The value before the project, with its unit.
        baseline: Spanned<String>,
        /// The value to reach, with its unit.
        target: Spanned<String>,
        /// The day by which it is to be reached.
        by: Spanned<Date>,
        /// The value as it was last read, with its unit.
        reading: Spanned<String>,
        /// The day on which it was read; the day by which it is to be reached when absent.
        read: Spanned<Date>,
        /// The id of the person who answers for it.
        owner: Spanned<Id>,
    }
}

record! {
    /// What belongs to the project and what does not.
    pub struct ScopeRecord("scope") {
        /// What belongs to the project.
        r#in: Words,
        /// What does not, where somebody might think so.
        out: Words,
    }
}

record! {
    /// How the project goes about what other teams have a say in, in a sentence or two each.
    pub struct PlansRecord("plans") {
        /// How it buys: route, limits, who signs.
        procurement: Spanned<String>,
        /// How it stays secure and lawful: reviews, assessments, who gives the word.
        security: Spanned<String>,
        /// How business data are obtained, migrated and kept right.
        data: Spanned<String>,
        /// Who hears what, how often and by what way.
        communication: Spanned<String>,
    }
}

record! {
    /// An assumption with its test.
    pub struct TestedAssumptionRecord("assumption") {
        /// What is taken as true.
        required assumption: Spanned<String>,
        /// The day by which it will be tested.
        test_by: Spanned<Date>,
        /// The day on which it proved true.
        proven: Spanned<Date>,
    }
}

record! {
    /// A rule whose findings are let pass. Waivers are printed in the gate documents.
    pub struct WaiverRecord("waiver") {
        /// Why the findings may stand.
        required reason: Spanned<String>,
        /// Who answers for that: the id or name of a person.
        required by: Spanned<String>,
        /// The last day on which the waiver holds.
        required until: Spanned<Date>,
    }
}

/// An assumption: a sentence, or a mapping with the day of its test.
#[derive(Clone, Debug, PartialEq)]
pub struct AssumptionRecord {
    /// What is taken as true.
    pub assumption: Spanned<String>,
    /// The day by which it will be tested.
    pub test_by: Option<Spanned<Date>>,
    /// The day on which it proved true.
    pub proven: Option<Spanned<Date>>,
    /// Where it stands.
    pub span: Span,
}

impl Decode for AssumptionRecord {
    const FORM: &'static str = "a sentence, or a mapping with `assumption`, `test_by` and `proven`";

    fn fields() -> &'static [Field] {
        TestedAssumptionRecord::FIELDS
    }

    fn decode(node: &Node, found: &mut Diagnostics) -> Option<Self> {
        if let NodeKind::Map(_) = node.kind {
            let TestedAssumptionRecord { assumption, test_by, proven, span, .. } =
                TestedAssumptionRecord::decode(node, found)?;
            return Some(Self { assumption, test_by, proven, span });
        }
        let assumption = Spanned::<String>::decode(node, found)?;
        Some(Self { assumption, test_by: None, proven: None, span: node.span })
    }

    fn each_text(&mut self, change: &mut dyn FnMut(&mut String)) {
        self.assumption.each_text(change);
    }
}

/// How often a project reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reporting {
    /// `every 2w`; at least one week.
    Weeks(u32),
    /// `monthly`.
    Monthly,
}

impl Scalar for Reporting {
    const FORM: &'static str = "a rhythm: `every 1w`, `every 2w` and so on, or `monthly`";
    const SPELLING: Spelling = Spelling::text("monthly|every\\s.*[0-9]w");

    fn read(text: &str) -> Result<Self, Malformed> {
        let form = || Malformed::expected(Self::FORM);
        match text {
            "monthly" => return Ok(Self::Monthly),
            "weekly" | "every week" => return Err(form().hint("write `every 1w`")),
            _ => {}
        }
        let weeks = text.strip_prefix("every ").and_then(|rest| rest.trim().strip_suffix('w'));
        match weeks.and_then(|weeks| weeks.parse().ok()) {
            Some(weeks @ 1..=52) => Ok(Self::Weeks(weeks)),
            _ => Err(form()),
        }
    }
}
