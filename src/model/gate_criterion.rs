//! Criteria that the program answers: those of gates, its own and those that a portfolio or project states over its figures, and
//! those that are to hold at all times.

use crate::diagnostic::Span;
use crate::quantity::GateId;
use crate::statement::Statement;

/// A criterion that is a statement over figures.
#[derive(Clone, Debug)]
pub struct OwnCriterion {
    /// What should hold, in the author's words.
    pub words: String,
    /// What is asked of the figures.
    pub statement: Statement,
    /// Where the words stand.
    pub origin: Span,
    /// Where the statement stands.
    pub statement_origin: Span,
}

/// A statement over figures that is to hold at all times, from `checks:` of the portfolio or the project.
#[derive(Clone, Debug)]
pub struct OwnCheck {
    /// What should hold, and what is asked of the figures.
    pub criterion: OwnCriterion,
    /// Whether it is a warning where it does not hold, and not an error.
    pub is_warning: bool,
}

/// Whether two criteria are the same but for case, spaces and a full stop.
#[must_use]
pub fn are_same_words(one: &str, other: &str) -> bool {
    folded(one).eq(folded(other))
}

/// The letters of a criterion as they are compared: in lower case, a space behind each word, without the full stop.
fn folded(words: &str) -> impl Iterator<Item = char> {
    let words = words.trim().trim_end_matches('.').split_whitespace();
    words.flat_map(|word| word.chars().flat_map(char::to_lowercase).chain([' ']))
}

macro_rules! built_in {
    ($($variant:ident: $gates:expr, $words:literal;)+) => {
        /// A criterion that the program asks for by itself, and answers from the files but for those that only people can answer:
        /// see [`BuiltIn::is_for_people`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum BuiltIn {
            $(#[doc = $words] $variant,)+
        }

        impl BuiltIn {
            /// All of them, in the order in which they are printed.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// What should hold.
            #[must_use]
            pub fn words(self) -> &'static str {
                match self { $(Self::$variant => $words,)+ }
            }

            /// The gates that ask for it.
            #[must_use]
            pub fn gates(self) -> &'static [GateId] {
                match self { $(Self::$variant => $gates,)+ }
            }
        }
    };
}

const LATER: &[GateId] = &[GateId::G2, GateId::G3, GateId::G4, GateId::G5];
const BETWEEN: &[GateId] = &[GateId::G2, GateId::G3, GateId::G4];
const G1: &[GateId] = &[GateId::G1];
const G2: &[GateId] = &[GateId::G2];
const G3: &[GateId] = &[GateId::G3];
const G4: &[GateId] = &[GateId::G4];
const G5: &[GateId] = &[GateId::G5];

built_in! {
    EarlierGatesPassed: LATER, "Every earlier gate has been passed";
    EarlierConditionsMet: BETWEEN, "Every condition of earlier gates that is due is met";

    GoalAndScopeWritten: G1, "The goal is written, and what is in scope and out of it";
    RolesNamed: G1, "Sponsor, project manager and receiving owner are named";
    SteeringGroupNamed: G1, "A steering group is named";
    StakeholdersRecorded: G1, "Stakeholders are recorded";
    SuccessMeasurable: G1, "Every measure of success has a target and a day";
    NeedsTraced: G1, "Every requirement is met by a deliverable";
    OptionsCompared: G1, "At least four options are compared, in the same years";
    DoNothingCompared: G1, "Doing nothing is among the options";
    RateReasoned: G1, "The discount rate is reasoned, and optimism is allowed for";
    SunkCostLeftOut: G1, "Sunk cost is left out";
    PreferredGains: G1, "The preferred option gains in present value";
    BothSidesCosted: G1, "Total cost of ownership counts both sides: the project and who runs what it makes";
    BenefitsAnsweredFor: G1, "Somebody answers for the benefits";
    BenefitsMeasurable: G1, "Every benefit has a measure, a target and a day";
    ApproachChosen: G1, "The approach is chosen, and the method to work by";
    SynergiesSought: G1, "Synergies with other projects and services were looked for";
    FundingNamed: G1, "A source of money is named";
    AssumptionsWritten: G1, "Assumptions and constraints are written";
    RoadmapDrawn: G1, "The plan has milestones or gates";
    FeasibilityFound: G1, "Whether it can be done was looked at in every respect, and nothing forbids it";
    RisksAnswered: G1, "Every open risk has an owner and a response";
    LogsOpen: G1, "Logs of risks, issues and decisions are open";
    PlanningStaffed: G1, "Every task of the planning stage has somebody assigned";
    ScheduleSuffices: G1, "The forecast finish is inside the tolerance for time";
    BudgetSuffices: G1, "Money granted is enough for budget and reserves as they stand";
    OperationsConsulted: G1, "Operations was consulted";
    ClassificationSet: G1, "The classification of the papers is set";

    BaselineFrozen: G2, "A baseline is frozen";
    DeliverablesAgreed: G2, "Every deliverable has an approver and a criterion";
    DeliverablesOwned: G2, "Every deliverable has an owner";
    WorkStaffed: G2, "Every task of work has somebody assigned or a cost";
    WorkOwned: G2, "Every task of work has an owner";
    WorkEstimated: G2, "Every task of work says how its length was found";
    WorkFollows: G2, "Every task of work but the first follows another";
    WorkFollowed: G2, "Every task of work but the last is followed by another";
    PlanWithoutFlags: G2, "None of the fourteen points of plan quality raises a flag without a waiver";
    ContingencyCovers: G2, "Contingency covers the open threats";
    FundingCovers: G2, "Funding covers budget and reserves";
    RequestsPromised: G2, "Every request to an outside team has a promised day";
    PlansWritten: G2, "Procurement, security, data and communication are planned";
    ReceivingOwnerNamed: G2, "The receiving owner is named";
    OperationsAgreed: G2, "Operations has agreed to take over";
    NoErrorOpen: G2, "No error is open in the files or the plan";

    NoWorstDefect: G3, "No defect of severity 1 is open";
    DefectsLivedWith: G3, "Every open defect of severity 2 has a workaround and an owner";
    StageAccepted: G3, "Every deliverable of this stage and of those before it is accepted";
    CriteriaMet: G3, "Every acceptance criterion is met";
    TestsRun: G3, "Every planned test case has been run";
    TestsPassed: G3, "Every test that was run has passed";
    DataReconciled: G3, "Every count of migrated data agrees or is explained";
    WayBackRehearsed: G3, "Every rehearsal was held and passed";
    SignOffsGiven: G3, "Every sign-off for security, data protection and the law is given";
    UsersTrained: G3, "Everybody who has to be trained is trained";
    BackupRestored: G3, "A backup was restored, not only made";
    MonitoringProven: G3, "Monitoring alerts are proven";
    RotaNamed: G3, "A support rota is named";
    LevelsSigned: G3, "Levels of service are signed";
    UsersInformed: G3, "Users are informed";
    ServiceAccepted: G3, "Every criterion of service acceptance is met";
    ExpiriesKnown: G3, "Every contract, licence and certificate has a day on which it ends";
    OutsideDone: G3, "Everything that outside teams were asked for has come";
    ChangesBuilt: G3, "Every approved change is built";

    DeliverablesTaken: G4, "Every deliverable is accepted, or accepted on a condition";
    ChangesApproved: G4, "Nothing was changed without approval";
    NoChangeWaits: G4, "No change waits for a decision";
    IssuesOwned: G4, "Every issue is solved or has an owner and a day";
    ActionsOnTime: G4, "Every open action has an owner and is not overdue";
    CostComplete: G4, "Actual cost is complete to the day of this document";
    OrdersReceived: G4, "Every order has been received";
    ExposureCovered: G4, "Open threats are inside the contingency left";
    LessonsOnTheWay: G4, "Lessons were noted on the way";
    BenefitsMeasured: G4, "Every benefit has been measured at least once";
    BenefitsForecast: G4, "Every benefit is forecast anew";

    WorkFinished: G5, "Every task is finished";
    DeliverablesAccepted: G5, "Every deliverable is accepted";
    OwnershipTaken: G5, "Every item of the ownership register is accepted by its new owner";
    NoCommitmentOpen: G5, "No commitment is open";
    TotalsTie: G5, "Ledger, categories and work come to the same cost";
    EarlyLifeOver: G5, "Early-life support is over";
    EarlyLifeInside: G5, "Every indicator of early life is inside its limit";
    IssuesSolved: G5, "Every issue is solved";
    DecisionsTaken: G5, "Every decision is taken";
    ActionsPlanned: G5, "Every open action has an owner and a day";
    ConditionsMet: G5, "Every condition of earlier gates is met";
    LessonsRecommend: G5, "Every lesson says what to do next time";
    StakeholdersAsked: G5, "Stakeholders were asked what they think of it";
    ContractsClosed: G5, "Contracts of the project are closed";
    AccessWithdrawn: G5, "Access of the project's people is withdrawn";
    TeamReleased: G5, "Everybody of the team is released: no work is left to them";
    RetentionSet: G5, "Every record that stays has an owner and a day until which it is kept";
    BenefitsPlanned: G5, "Every benefit has an owner and a day of measurement";
    ReviewAccepted: G5, "Who answers for the benefits has accepted the day of their review";
}

/// Words that earlier programs asked by. Pages of gates and frozen documents go on saying them, and mean the same criterion.
const FORMER_WORDS: &[(BuiltIn, &str)] = &[
    (BuiltIn::OptionsCompared, "At least two options are compared, in the same years"),
    (BuiltIn::WorkFollows, "Every task but the first follows another"),
    (BuiltIn::WorkFollowed, "Every task but the last is followed by another"),
    (BuiltIn::TestsRun, "Every planned test has been run"),
    (BuiltIn::PlanWithoutFlags, "None of the fourteen points of plan quality raises a flag"),
    (BuiltIn::ContingencyCovers, "Contingency covers the exposure of open risks"),
    (BuiltIn::StageAccepted, "Every deliverable of this stage is accepted"),
    (BuiltIn::ExposureCovered, "Exposure is inside the contingency left"),
];

impl BuiltIn {
    /// The criterion of a gate that has these words, or had them in an earlier program.
    #[must_use]
    pub fn of_words(gate: GateId, words: &str) -> Option<Self> {
        let asked = Self::ALL.iter().copied().filter(|one| one.gates().contains(&gate));
        let former =
            |one: Self| FORMER_WORDS.iter().filter(move |(of, _)| *of == one).map(|(_, words)| *words);
        asked.into_iter().find(|one| {
            are_same_words(one.words(), words) || former(*one).any(|former| are_same_words(former, words))
        })
    }

    /// Whether words on the page of a gate are those of a criterion of it: the same words, or such as earlier programs asked by.
    #[must_use]
    pub fn is_meant(gate: GateId, criterion: &str, words: &str) -> bool {
        are_same_words(criterion, words)
            || Self::of_words(gate, words).is_some_and(|one| are_same_words(one.words(), criterion))
    }

    /// Whether people answer it where the files do not say: it is asked for, and open until somebody has answered under
    /// `checklist:`.
    #[must_use]
    pub fn is_for_people(self) -> bool {
        matches!(
            self,
            Self::SunkCostLeftOut
                | Self::ApproachChosen
                | Self::SynergiesSought
                | Self::OperationsConsulted
                | Self::OperationsAgreed
                | Self::BackupRestored
                | Self::MonitoringProven
                | Self::RotaNamed
                | Self::LevelsSigned
                | Self::UsersInformed
                | Self::ContractsClosed
                | Self::AccessWithdrawn
                | Self::ReviewAccepted
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_spaces_and_a_full_stop_make_no_other_criterion() {
        for same in ["Every risk has an owner", " every  RISK has an\nowner . ", "every risk has an owner.."]
        {
            assert!(are_same_words("Every risk has an owner.", same), "{same:?}");
        }
        for other in ["", "Every risk has an owners", "Every risk has a nowner", "Every risk has. an owner"] {
            assert!(!are_same_words("Every risk has an owner.", other), "{other:?}");
        }
        assert!(are_same_words("ÄNDERUNG", "änderung"));
    }

    #[test]
    fn words_of_an_earlier_program_mean_the_same_criterion() {
        let former = "at least two options are compared, in the same years.";
        assert_eq!(BuiltIn::of_words(GateId::G1, former), Some(BuiltIn::OptionsCompared));
        assert_eq!(BuiltIn::of_words(GateId::G2, former), None);
        assert!(BuiltIn::is_meant(GateId::G1, BuiltIn::OptionsCompared.words(), former));
        assert!(!BuiltIn::is_meant(GateId::G1, BuiltIn::DoNothingCompared.words(), former));
    }
}
