//! The reference of the file format, written from the records themselves.
//!
//! Comes in: each record's doc, fields and computed keys. Goes out: the Markdown of `docs/format.md`. What a value means
//! is said at the field in its record, never here.

mod example;

use std::fmt::Write as _;

use crate::record::budget::{BudgetLineRecord, BudgetRecord, FundingRecord};
use crate::record::business_case::{BusinessCaseRecord, CaseOptionRecord, FlowMapping, ProbabilitiesRecord};
use crate::record::calendar::{CalendarRecord, WorkingWeekRecord};
use crate::record::closing::{RetentionRecord, SurveyRecord};
use crate::record::decode::{Field, Record as _, Shape};
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
    SnapshotFinishRecord, SnapshotRecord, SnapshotValueRecord,
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
use crate::record::readiness::{ReconciliationRecord, RehearsalRecord, SignOffRecord};
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
    example: &'static str,
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
    doc: &'static str,
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
            SnapshotColourRecord
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

/// Writes the reference of the file format as Markdown, for `docs/format.md`.
#[must_use]
pub fn reference() -> String {
    let mut text = include_str!("reference/preamble.md").to_owned();
    text.push_str("\n## The files\n\n| file | what it is |\n|---|---|\n");
    for file in FILES {
        push(
            &mut text,
            format_args!("| [`{0}`](#{1}) | {2} |\n", file.path, anchor(file.path), file.summary()),
        );
    }
    for file in FILES {
        write_file(&mut text, file);
    }
    write_computed(&mut text);
    text
}

/// Appends formatted text; writing into a string cannot fail.
fn push(text: &mut String, piece: std::fmt::Arguments<'_>) {
    text.write_fmt(piece).expect("a string takes any text");
}

impl FileKind {
    /// The first sentence of what the file is, without its path.
    fn summary(&self) -> String {
        let doc = self.records[0].doc();
        let first = doc.split_inclusive(". ").next().unwrap_or_default().trim();
        let bare = first.strip_suffix('.').unwrap_or(first).to_owned();
        match self.path {
            "calendars/group.yaml" => "Calendars that several projects use".to_owned(),
            _ => capital(&bare),
        }
    }

    fn language(&self) -> &'static str {
        match self.form {
            FileForm::One | FileForm::ById => "yaml",
            FileForm::Rows => "csv",
            FileForm::Page => "markdown",
        }
    }
}

impl RecordPage {
    /// What the record is, on one line and without the path of its file.
    pub(super) fn doc(&self) -> String {
        let doc = one_line(self.doc);
        match doc.split_once("`: ") {
            Some((path, rest)) if path.starts_with('`') => rest.to_owned(),
            _ => doc,
        }
    }
}

fn write_file(text: &mut String, file: &FileKind) {
    let record = &file.records[0];
    push(text, format_args!("\n## `{}`\n\n{}\n", file.path, capital(&record.doc())));
    let noun = record.noun;
    match file.form {
        FileForm::One => {}
        FileForm::ById => push(text, format_args!("\nThe file is a list by id: each id, then the {noun}.\n")),
        FileForm::Rows => {
            push(
                text,
                format_args!("\nThe first line names the columns; each further line is one {noun}.\n"),
            );
        }
        FileForm::Page => text
            .push_str("\nThe fields stand between two lines `---`; below them is the text, in Markdown.\n"),
    }
    push(text, format_args!("\n```{}\n{}```\n", file.language(), file.example));
    if file.path == "calendars/group.yaml" {
        push(
            text,
            format_args!("\nIts fields are those of [`calendar.yaml`](#{}).\n", anchor("calendar.yaml")),
        );
        return;
    }
    write_fields(text, record);
    for inside in &file.records[1..] {
        push(text, format_args!("\n### {}\n\n{}\n", heading(inside), capital(&inside.doc())));
        write_fields(text, inside);
    }
}

fn write_fields(text: &mut String, record: &RecordPage) {
    text.push_str("\n| field | required | what to write | what it says |\n|---|---|---|---|\n");
    for field in record.fields {
        push(
            text,
            format_args!(
                "| `{}` | {} | {} | {} |\n",
                field.name,
                if field.required { "yes" } else { "" },
                cell(&form_of(field)),
                cell(&one_line(field.doc))
            ),
        );
    }
}

/// What may stand at a field, with a link where that is a record.
fn form_of(field: &Field) -> String {
    let inner = match page_of((field.fields)()) {
        Some((noun, target)) if field.form.starts_with("the fields of") => format!("[{noun}](#{target})"),
        Some((noun, target)) => format!("{}; see [{noun}](#{target})", field.form),
        None => short_form(field.form).to_owned(),
    };
    match field.shape {
        Shape::One => inner,
        Shape::List => format!("one or more: {inner}"),
        Shape::Mapping => format!("named entries: {inner}"),
        Shape::ByDay => format!("by date or range: {inner}"),
    }
}

/// Forms that the table of values explains once, each with its name there.
const EXPLAINED: [(&str, &str); 18] = [
    ("an id:", "an id"),
    ("a date such as 2026-11-20, or with its time", "a date, with or without its time"),
    ("a date such as", "a date"),
    ("a duration such as 30m", "a duration"),
    ("a duration such as 5d, or three", "a duration, or three points"),
    ("an amount such as 12_500", "money"),
    ("an amount such as 6_500", "money, or three points"),
    ("an amount with its category", "money and its category"),
    ("a percentage", "a percentage"),
    ("a rate such as", "a rate"),
    ("a whole number", "a whole number"),
    ("a day such as 2026-12-25", "a date, or a range"),
    ("a count such as", "a count"),
    ("a number, with or without", "a quantity"),
    ("a currency code", "a currency code"),
    ("a week such as", "a week"),
    ("a task, or a task with", "a link"),
    ("a person such as", "an assignment"),
];

fn short_form(form: &'static str) -> &'static str {
    EXPLAINED.iter().find(|(start, _)| form.starts_with(start)).map_or(form, |(_, short)| short)
}

/// The noun and the place of the record that has these fields.
fn page_of(fields: &[Field]) -> Option<(&'static str, String)> {
    if fields.is_empty() {
        return None;
    }
    let names = |fields: &[Field]| fields.iter().map(|field| field.name).collect::<Vec<_>>();
    for file in FILES {
        for (number, record) in file.records.iter().enumerate() {
            if names(record.fields) == names(fields) {
                let target = if number == 0 { anchor(file.path) } else { anchor(&heading(record)) };
                return Some((record.noun, target));
            }
        }
    }
    None
}

fn write_computed(text: &mut String) {
    text.push_str(
        "\n## Computed, never typed\n\nA typed copy of a result soon says something else than the plan, and readers would not \
         know which to believe. These\nkeys are refused with error E124, and this is what to do instead.\n\n\
         | in | key | instead |\n|---|---|---|\n",
    );
    let mut seen: Vec<&str> = Vec::new();
    let records =
        FILES.iter().flat_map(|file| file.records.iter().enumerate().map(move |at| (file.path, at)));
    for (path, (number, record)) in records {
        if record.computed.is_empty() || seen.contains(&record.noun) {
            continue;
        }
        seen.push(record.noun);
        let place = if number == 0 { format!("`{path}`") } else { format!("{} in `{path}`", record.noun) };
        // Keys with one answer share a line: `status`, `colour` and `rag` are one mistake.
        let mut answers: Vec<(&str, Vec<&str>)> = Vec::new();
        for (key, instead) in record.computed {
            match answers.iter_mut().find(|(known, _)| known == instead) {
                Some((_, keys)) => keys.push(key),
                None => answers.push((instead, vec![key])),
            }
        }
        for (instead, keys) in answers {
            let keys: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
            push(text, format_args!("| {place} | {} | {} |\n", keys.join(", "), cell(instead)));
        }
    }
}

fn heading(record: &RecordPage) -> String {
    capital(record.noun)
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Joins the lines of a doc comment.
pub(super) fn one_line(doc: &str) -> String {
    doc.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Makes a text fit into a cell of a Markdown table.
fn cell(text: &str) -> String {
    // Between backticks Markdown keeps a `<` as it is, and would show the escape.
    let pieces = text.split('`').enumerate();
    let escaped: Vec<String> = pieces
        .map(|(number, piece)| if number % 2 == 0 { piece.replace('<', "&lt;") } else { piece.to_owned() })
        .collect();
    escaped.join("`").replace('|', "\\|")
}

/// The place that a heading gets on the page, as code hosts form it.
fn anchor(heading: &str) -> String {
    heading
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every record that a field leads to has a place in the reference.
    #[test]
    fn every_record_is_explained() {
        for record in FILES.iter().flat_map(|file| file.records) {
            for field in record.fields {
                let inside = (field.fields)();
                assert!(
                    inside.is_empty() || page_of(inside).is_some(),
                    "the record at `{}` of {} {} has no page",
                    field.name,
                    crate::record::decode::article(record.noun),
                    record.noun
                );
            }
        }
    }

    #[test]
    fn no_two_headings_are_the_same() {
        let text = reference();
        let mut headings: Vec<String> =
            text.lines().filter(|line| line.starts_with('#')).map(anchor).collect();
        let n_headings = headings.len();
        headings.sort();
        headings.dedup();
        assert_eq!(headings.len(), n_headings);
    }

    #[test]
    fn every_link_leads_to_a_heading() {
        let text = reference();
        let headings: Vec<String> = text
            .lines()
            .filter(|line| line.starts_with('#'))
            .map(|line| anchor(line.trim_start_matches('#').trim()))
            .collect();
        for link in text.split("](#").skip(1) {
            let target = link.split(')').next().unwrap();
            assert!(headings.iter().any(|heading| heading == target), "no heading `{target}`");
        }
    }

    #[test]
    fn every_field_says_what_it_is() {
        for record in FILES.iter().flat_map(|file| file.records) {
            for field in record.fields {
                assert!(field.doc.trim().ends_with('.'), "{} of {}", field.name, record.noun);
            }
        }
    }
}
