//! Criteria that rest on what could not be read: nobody can say whether they hold.

use crate::model::{BuiltIn, Ground, Project, unread_words};

/// Why a criterion cannot be answered; none where all is read that it rests on.
pub(super) fn why_open(project: &Project, criterion: BuiltIn) -> Option<String> {
    let unread = project.unread(&grounds(criterion));
    (!unread.is_empty()).then(|| format!("cannot be answered: {}", unread_words(&unread)))
}

/// What a criterion is answered from; nothing where people answer it, and for what the pages of the documents say by themselves.
fn grounds(criterion: BuiltIn) -> Vec<Ground> {
    use BuiltIn as B;
    let entries = |files: &[&'static str]| files.iter().map(|file| Ground::Entries(file)).collect();
    match criterion {
        B::EarlierGatesPassed | B::EarlierConditionsMet | B::ConditionsMet => vec![Ground::Gates],
        B::GoalAndScopeWritten
        | B::RolesNamed
        | B::SteeringGroupNamed
        | B::SuccessMeasurable
        | B::AssumptionsWritten
        | B::FeasibilityFound
        | B::PlansWritten
        | B::ReceivingOwnerNamed
        | B::ClassificationSet => entries(&["project.yaml"]),
        B::StakeholdersRecorded | B::StakeholdersAsked => entries(&["stakeholders.yaml"]),
        B::NeedsTraced => entries(&["requirements.yaml", "deliverables.yaml"]),
        B::OptionsCompared
        | B::DoNothingCompared
        | B::RateReasoned
        | B::PreferredGains
        | B::BothSidesCosted => entries(&["business-case.yaml"]),
        B::BenefitsAnsweredFor
        | B::BenefitsMeasurable
        | B::BenefitsMeasured
        | B::BenefitsForecast
        | B::BenefitsPlanned => entries(&["benefits.yaml"]),
        B::FundingNamed => vec![Ground::File("budget.yaml")],
        B::RisksAnswered => entries(&["risks.yaml"]),
        B::LogsOpen => entries(&["risks.yaml", "issues.yaml", "decisions.yaml"]),
        B::ScheduleSuffices => vec![Ground::Dates, Ground::Promise, Ground::File("project.yaml")],
        B::BudgetSuffices | B::FundingCovers => {
            vec![Ground::Promise, Ground::Worth, Ground::Reserves, Ground::File("budget.yaml")]
        }
        B::ContingencyCovers | B::ExposureCovered => vec![Ground::File("risks.yaml"), Ground::Reserves],
        B::BaselineFrozen => vec![Ground::Promise],
        B::RoadmapDrawn
        | B::PlanningStaffed
        | B::WorkStaffed
        | B::WorkOwned
        | B::WorkEstimated
        | B::WorkFollows
        | B::WorkFollowed => entries(&["plan.yaml"]),
        B::PlanWithoutFlags => vec![Ground::Dates, Ground::Entries("plan.yaml")],
        B::DeliverablesAgreed
        | B::DeliverablesOwned
        | B::StageAccepted
        | B::CriteriaMet
        | B::DeliverablesTaken
        | B::DeliverablesAccepted => entries(&["deliverables.yaml"]),
        B::RequestsPromised | B::OutsideDone => entries(&["dependencies.yaml"]),
        B::NoWorstDefect | B::DefectsLivedWith => entries(&["defects.csv"]),
        B::TestsRun | B::TestsPassed => entries(&["quality.yaml"]),
        B::ChangesBuilt | B::ChangesApproved | B::NoChangeWaits => entries(&["changes.yaml"]),
        B::IssuesOwned | B::IssuesSolved => entries(&["issues.yaml"]),
        B::DecisionsTaken => entries(&["decisions.yaml"]),
        B::ActionsOnTime | B::ActionsPlanned => entries(&["actions.yaml", "risks.yaml"]),
        B::OrdersReceived | B::NoCommitmentOpen => vec![Ground::File("costs.csv")],
        B::TotalsTie => vec![Ground::Dates, Ground::Worth, Ground::Spent],
        B::LessonsOnTheWay | B::LessonsRecommend => entries(&["lessons.yaml"]),
        B::WorkFinished | B::TeamReleased => vec![Ground::Dates],
        B::DataReconciled
        | B::WayBackRehearsed
        | B::SignOffsGiven
        | B::UsersTrained
        | B::ServiceAccepted
        | B::ExpiriesKnown
        | B::OwnershipTaken
        | B::EarlyLifeInside
        | B::RetentionSet => entries(&["handover.yaml"]),
        _ => Vec::new(),
    }
}
