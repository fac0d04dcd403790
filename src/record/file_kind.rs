//! The kinds of files of the format, each with the records that stand in it and an example: what the reference and the schemas are
//! written from.

mod example;

use crate::record::budget::{BudgetLineRecord, BudgetRecord, FundingRecord};
use crate::record::business_case::{BusinessCaseRecord, CaseOptionRecord, FlowMapping, ProbabilitiesRecord};
use crate::record::calendar::{CalendarRecord, WorkingWeekRecord};
use crate::record::closing::{RetentionRecord, SurveyRecord};
use crate::record::decode::{Field, Record as _};
use crate::record::delivery::{
    BenefitRecord, CheckpointRecord, CriterionRecord, CutOverStepRecord, DeliverableRecord,
    HandoverItemRecord, HandoverRecord, IndicatorRecord, QualityRecord, ReadingRecord, RequirementRecord,
    ServiceCriterionRecord, TestCountRecord, TestRunRecord,
};
use crate::record::earning::{StepMapping, StepsRecord};
use crate::record::exception::ExceptionRecord;
use crate::record::feasibility::FeasibilityRecord;
use crate::record::frozen::{
    AllowanceRecord, BaselineLineRecord, BaselineRecord, BaselineTaskRecord, FrozenCaseRecord,
    SnapshotBurnRecord, SnapshotColourRecord, SnapshotCountsRecord, SnapshotDiscreteRecord,
    SnapshotFinishRecord, SnapshotReasonsRecord, SnapshotRecord, SnapshotValueRecord,
};
use crate::record::frozen_gate::FrozenGateRecord;
use crate::record::gate::{
    ChecklistMapping, ConditionRecord, EarlierDecisionRecord, GatePageRecord, MetCriterionRecord,
    SignatureRecord, StageRecord, UpdateRecord,
};
use crate::record::ledger::{CostRow, DefectRow, FlowRow, TimeRow};
use crate::record::own_check::CheckMapping;
use crate::record::plan::{PlanRecord, TaskRecord};
use crate::record::portfolio::{GateCriteriaRecord, PeopleRecord, PortfolioRecord, SiteRecord};
use crate::record::progress::ProgressRow;
use crate::record::project::{
    PlansRecord, ProjectRecord, RateRecord, ScopeRecord, SuccessCriterionRecord, TestedAssumptionRecord,
    ToleranceRecord, WaiverRecord,
};
use crate::record::readiness::{ReconciliationRecord, RehearsalRecord, SignOffRecord, TrainingRecord};
use crate::record::register::{
    ActionRecord, ChangeImpactRecord, ChangeRecord, DecisionRecord, DependencyRecord, DrawRecord,
    ExposureRecord, ImpactRecord, IssueRecord, LessonRecord, OptionMapping, RiskRecord,
};
use crate::record::scheduling::{LevelOptionsRecord, RiskOptionsRecord, ScheduleRecord};
use crate::record::stakeholder::StakeholderRecord;
use crate::record::team::{PersonRecord, ResourcesRecord, RoleRecord};
use crate::record::threshold::ThresholdsRecord;

/// A kind of file: where it lies, how its records stand in it, which they are, and a short example.
pub(super) struct FileKind {
    pub(super) path: &'static str,
    pub(super) form: FileForm,
    pub(super) example: &'static str,
    /// The record of the file, then those inside it that no other file explains.
    pub(super) records: &'static [RecordPage],
}

/// How the records of a file stand in it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum FileForm {
    /// The file is one record.
    One,
    /// The file is a mapping from ids to records.
    ById,
    /// The file is a table; each row is a record.
    Rows,
    /// The fields at the beginning of a page are a record.
    Page,
}

/// What the reference says about a record.
#[derive(Clone, Copy)]
pub(super) struct RecordPage {
    pub(super) noun: &'static str,
    pub(super) doc: &'static str,
    pub(super) fields: &'static [Field],
    pub(super) computed: &'static [(&'static str, &'static str)],
}

macro_rules! pages {
    ($($record:ty),+ $(,)?) => {
        &[$(RecordPage {
            noun: <$record>::FORMAT.noun,
            doc: <$record>::DOC,
            fields: <$record>::FIELDS,
            computed: <$record>::FORMAT.computed,
        }),+]
    };
}

/// Every kind of file, in the order in which a project comes to need it.
pub(super) static FILES: &[FileKind] = &[
    FileKind {
        path: "project.yaml",
        form: FileForm::One,
        example: example::PROJECT,
        records: pages![
            ProjectRecord,
            ScheduleRecord,
            LevelOptionsRecord,
            RiskOptionsRecord,
            RateRecord,
            ToleranceRecord,
            ThresholdsRecord,
            SuccessCriterionRecord,
            ScopeRecord,
            TestedAssumptionRecord,
            FeasibilityRecord,
            PlansRecord,
            WaiverRecord
        ],
    },
    FileKind {
        path: "plan.yaml",
        form: FileForm::One,
        example: example::PLAN,
        records: pages![PlanRecord, TaskRecord, StepsRecord, StepMapping],
    },
    FileKind {
        path: "calendar.yaml",
        form: FileForm::ById,
        example: example::CALENDAR,
        records: pages![CalendarRecord, WorkingWeekRecord],
    },
    FileKind {
        path: "resources.yaml",
        form: FileForm::One,
        example: example::RESOURCES,
        records: pages![ResourcesRecord, RoleRecord, PersonRecord],
    },
    FileKind {
        path: "progress.csv",
        form: FileForm::Rows,
        example: example::PROGRESS,
        records: pages![ProgressRow],
    },
    FileKind {
        path: "timesheets.csv",
        form: FileForm::Rows,
        example: example::TIMESHEETS,
        records: pages![TimeRow],
    },
    FileKind { path: "costs.csv", form: FileForm::Rows, example: example::COSTS, records: pages![CostRow] },
    FileKind {
        path: "budget.yaml",
        form: FileForm::One,
        example: example::BUDGET,
        records: pages![BudgetRecord, FundingRecord, BudgetLineRecord],
    },
    FileKind {
        path: "business-case.yaml",
        form: FileForm::One,
        example: example::BUSINESS_CASE,
        records: pages![BusinessCaseRecord, CaseOptionRecord, FlowMapping, ProbabilitiesRecord],
    },
    FileKind {
        path: "deliverables.yaml",
        form: FileForm::ById,
        example: example::DELIVERABLES,
        records: pages![DeliverableRecord, CriterionRecord],
    },
    FileKind {
        path: "requirements.yaml",
        form: FileForm::ById,
        example: example::REQUIREMENTS,
        records: pages![RequirementRecord],
    },
    FileKind {
        path: "quality.yaml",
        form: FileForm::One,
        example: example::QUALITY,
        records: pages![QualityRecord, TestRunRecord, TestCountRecord],
    },
    FileKind {
        path: "defects.csv",
        form: FileForm::Rows,
        example: example::DEFECTS,
        records: pages![DefectRow],
    },
    FileKind { path: "flow.csv", form: FileForm::Rows, example: example::FLOW, records: pages![FlowRow] },
    FileKind {
        path: "risks.yaml",
        form: FileForm::ById,
        example: example::RISKS,
        records: pages![RiskRecord, ImpactRecord, ExposureRecord],
    },
    FileKind {
        path: "issues.yaml",
        form: FileForm::ById,
        example: example::ISSUES,
        records: pages![IssueRecord],
    },
    FileKind {
        path: "decisions.yaml",
        form: FileForm::ById,
        example: example::DECISIONS,
        records: pages![DecisionRecord, OptionMapping, DrawRecord],
    },
    FileKind {
        path: "changes.yaml",
        form: FileForm::ById,
        example: example::CHANGES,
        records: pages![ChangeRecord, ChangeImpactRecord],
    },
    FileKind {
        path: "actions.yaml",
        form: FileForm::ById,
        example: example::ACTIONS,
        records: pages![ActionRecord],
    },
    FileKind {
        path: "dependencies.yaml",
        form: FileForm::ById,
        example: example::DEPENDENCIES,
        records: pages![DependencyRecord],
    },
    FileKind {
        path: "lessons.yaml",
        form: FileForm::ById,
        example: example::LESSONS,
        records: pages![LessonRecord],
    },
    FileKind {
        path: "stakeholders.yaml",
        form: FileForm::ById,
        example: example::STAKEHOLDERS,
        records: pages![StakeholderRecord],
    },
    FileKind {
        path: "benefits.yaml",
        form: FileForm::ById,
        example: example::BENEFITS,
        records: pages![BenefitRecord, ReadingRecord, CheckpointRecord],
    },
    FileKind {
        path: "handover.yaml",
        form: FileForm::One,
        example: example::HANDOVER,
        records: pages![
            HandoverRecord,
            HandoverItemRecord,
            ServiceCriterionRecord,
            CutOverStepRecord,
            IndicatorRecord,
            ReconciliationRecord,
            RehearsalRecord,
            SignOffRecord,
            TrainingRecord,
            SurveyRecord,
            RetentionRecord
        ],
    },
    FileKind {
        path: "stages/3-execution.md",
        form: FileForm::Page,
        example: example::STAGE,
        records: pages![StageRecord, MetCriterionRecord],
    },
    FileKind {
        path: "gates/G2.md",
        form: FileForm::Page,
        example: example::GATE,
        records: pages![
            GatePageRecord,
            ConditionRecord,
            ChecklistMapping,
            SignatureRecord,
            EarlierDecisionRecord
        ],
    },
    FileKind {
        path: "updates/2026-08-28.md",
        form: FileForm::Page,
        example: example::UPDATE,
        records: pages![UpdateRecord],
    },
    FileKind {
        path: "exceptions/time.md",
        form: FileForm::Page,
        example: example::EXCEPTION,
        records: pages![ExceptionRecord],
    },
    FileKind {
        path: "baselines/B1.yaml",
        form: FileForm::One,
        example: example::BASELINE,
        records: pages![
            BaselineRecord,
            AllowanceRecord,
            FrozenCaseRecord,
            BaselineTaskRecord,
            BaselineLineRecord
        ],
    },
    FileKind {
        path: "gates/frozen/G2-2026-09-21.yaml",
        form: FileForm::One,
        example: example::FROZEN_GATE,
        records: pages![FrozenGateRecord],
    },
    FileKind {
        path: "snapshots/2026-08-28.yaml",
        form: FileForm::One,
        example: example::SNAPSHOT,
        records: pages![
            SnapshotRecord,
            SnapshotFinishRecord,
            SnapshotValueRecord,
            SnapshotDiscreteRecord,
            SnapshotBurnRecord,
            SnapshotCountsRecord,
            SnapshotColourRecord,
            SnapshotReasonsRecord
        ],
    },
    FileKind {
        path: "portfolio.yaml",
        form: FileForm::One,
        example: example::PORTFOLIO,
        records: pages![PortfolioRecord, SiteRecord, GateCriteriaRecord, CheckMapping],
    },
    FileKind {
        path: "people.yaml",
        form: FileForm::One,
        example: example::PEOPLE,
        records: pages![PeopleRecord],
    },
    FileKind {
        path: "calendars/group.yaml",
        form: FileForm::ById,
        example: example::CALENDARS,
        records: pages![CalendarRecord],
    },
];
