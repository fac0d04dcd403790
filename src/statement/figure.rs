//! The figures that a statement can name. Data only: how each is measured stands in `report`.

use crate::statement::Kind;

macro_rules! figures {
    ($($(#[doc = $meaning:literal])+ $variant:ident = $name:literal, $kind:ident, $words:literal, $unknown:literal;)+) => {
        /// A figure of a project that a statement can name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum FigureName {
            $($(#[doc = $meaning])+ $variant,)+
        }

        impl FigureName {
            /// All figures, in the order in which readers see them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// What it is written as.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// What it is counted in.
            #[must_use]
            pub fn kind(self) -> Kind {
                match self { $(Self::$variant => Kind::$kind,)+ }
            }

            /// What readers call it, in lower case but for names.
            #[must_use]
            pub fn words(self) -> &'static str {
                match self { $(Self::$variant => $words,)+ }
            }

            /// Why it has no value where it has none; empty where it always has one.
            #[must_use]
            pub fn unknown(self) -> &'static str {
                match self { $(Self::$variant => $unknown,)+ }
            }

            /// What it means, in a sentence.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$variant => concat!($($meaning),+),)+ }
            }
        }
    };
}

figures! {
    /// The day up to which everything is known.
    StatusDate = "status_date", Date, "status date", "";
    /// The last day of the forecast.
    Finish = "finish", Date, "forecast finish", "the board has stopped the project";
    /// The last day that was promised: of the approved baseline, or of the plan as typed.
    PromisedFinish = "promised_finish", Date, "promised finish", "";
    /// Working days from the promised finish to the forecast; below zero is early.
    FinishSlip = "finish_slip", Days, "finish slip", "the board has stopped the project";
    /// What is left of the tolerance of time: tolerance less slip.
    SlipLeft = "slip_left", Days, "tolerance of time left", "project.yaml sets no tolerance of time, or the board has stopped the project";
    /// The day by which half of all runs of the schedule end.
    FinishP50 = "finish_p50", Date, "P50 finish", "no open task has a range, so nothing varies, or the board has stopped the project";
    /// The day by which four of five runs of the schedule end.
    FinishP80 = "finish_p80", Date, "P80 finish", "no open task has a range, so nothing varies, or the board has stopped the project";
    /// Schedule performance index in time: earned schedule ÷ time gone by, without level of effort where other work has a budget.
    PaceInTime = "spi_t", Index, "SPI(t)", "nothing was to be earned yet, or nothing more is planned to be earned for a while";
    /// Schedule performance index: earned value ÷ planned value, without level of effort where other work has a budget.
    ScheduleIndex = "spi", Index, "SPI", "nothing was to be done yet";
    /// Cost performance index: earned value ÷ actual cost, without level of effort where other work has a budget.
    CostIndex = "cpi", Index, "CPI", "nothing has been spent yet";
    /// Budget at completion (BAC): what the whole work is worth.
    Budget = "budget", Money, "budget", "";
    /// Planned value (PV): what the work planned up to the status date is worth.
    PlannedValue = "planned_value", Money, "planned value", "";
    /// Earned value (EV): what the work done is worth.
    EarnedValue = "earned_value", Money, "earned value", "";
    /// Actual cost (AC): what the work done has cost.
    ActualCost = "actual_cost", Money, "actual cost", "work is done and no cost is recorded";
    /// Estimate at completion (EAC), the headline one.
    Estimate = "estimate", Money, "estimate at completion", "work is done and no cost is recorded, or the board has stopped the project";
    /// Budget less estimate at completion (VAC); below zero is over budget.
    VarianceAtCompletion = "variance_at_completion", Money, "variance at completion", "work is done and no cost is recorded, or the board has stopped the project";
    /// Earned value ÷ budget.
    Complete = "complete", Share, "share complete", "the project has no budget";
    /// Actual cost ÷ budget.
    Spent = "spent", Share, "share spent", "the project has no budget, or no cost is recorded";
    /// What is left of the contingency.
    ContingencyLeft = "contingency_left", Money, "contingency left", "";
    /// What is left of the management reserve.
    ManagementReserveLeft = "management_reserve_left", Money, "management reserve left", "";
    /// The sum of all sources of money.
    Funding = "funding", Money, "funding", "budget.yaml names no source of money";
    /// Budget, contingency and management reserve together.
    FundingNeed = "funding_need", Money, "budget with reserves", "";
    /// Orders signed and not received.
    OpenOrders = "open_orders", Money, "open orders", "";
    /// Authority left: what the last gate released, less what is spent and what is ordered and still to come of what it is for (after G1 the work of planning and of stages whose gate is not passed, later the whole project); below zero is beyond the release.
    AuthorityLeft = "authority_left", Money, "authority left", "no gate passed has released money, the release has run out, or no cost is recorded";
    /// Net present value of the preferred option.
    NetPresentValue = "npv", Money, "net present value", "no option of a business case is preferred";
    /// Expected value of open risks after response, opportunities taken off.
    Exposure = "exposure", Money, "exposure", "";
    /// Expected cost of open risks after response, threats alone.
    Threats = "threats", Money, "threats", "";
    /// Risks raised and not closed.
    OpenRisks = "open_risks", Count, "open risks", "";
    /// Issues raised and not solved.
    OpenIssues = "open_issues", Count, "open issues", "";
    /// Decisions asked for and not taken.
    OpenDecisions = "open_decisions", Count, "open decisions", "";
    /// Changes submitted and not decided.
    WaitingChanges = "waiting_changes", Count, "changes waiting", "";
    /// Actions not done.
    OpenActions = "open_actions", Count, "open actions", "";
    /// Requests to outside teams that are not answered.
    OpenRequests = "open_requests", Count, "open requests", "";
    /// Cost of approved changes ÷ budget as it was first approved.
    ChangesShare = "changes_share", Share, "approved changes ÷ budget", "no change is recorded, or the project has no budget";
    /// Deliverables accepted ÷ deliverables.
    AcceptedShare = "accepted_share", Share, "deliverables accepted", "no deliverable is recorded";
    /// Deliverables accepted at the first try ÷ deliverables submitted.
    FirstPass = "first_pass", Share, "first-pass acceptance", "no deliverable was submitted yet";
    /// Tests run ÷ tests planned.
    TestCoverage = "test_coverage", Share, "coverage of tests", "no test is planned";
    /// Tests passed ÷ tests run.
    TestPassRate = "test_pass_rate", Share, "pass rate of tests", "no test was run yet";
    /// Defects open, of every severity.
    OpenDefects = "open_defects", Count, "open defects", "neither tests nor defects are recorded";
    /// Defects of severity 1 that are open.
    OpenDefects1 = "open_defects.severity1", Count, "open severity-1 defects", "neither tests nor defects are recorded";
    /// Defects of severity 2 that are open.
    OpenDefects2 = "open_defects.severity2", Count, "open severity-2 defects", "neither tests nor defects are recorded";
    /// Defects of severity 3 that are open.
    OpenDefects3 = "open_defects.severity3", Count, "open severity-3 defects", "neither tests nor defects are recorded";
    /// Defects of severity 4 that are open.
    OpenDefects4 = "open_defects.severity4", Count, "open severity-4 defects", "neither tests nor defects are recorded";
    /// Tasks of work that are not finished: no summaries, milestones, gates or hammocks.
    OpenTasks = "open_tasks", Count, "open tasks", "";
}

impl FigureName {
    /// The figure of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|figure| figure.name() == name)
    }

    /// What the trade calls it for short, where that is not its name: `EAC` for `estimate`; none for most.
    #[must_use]
    pub fn short_name(self) -> Option<&'static str> {
        Some(match self {
            Self::Budget => "BAC",
            Self::PlannedValue => "PV",
            Self::EarnedValue => "EV",
            Self::ActualCost => "AC",
            Self::Estimate => "EAC",
            Self::VarianceAtCompletion => "VAC",
            _ => return None,
        })
    }
}
