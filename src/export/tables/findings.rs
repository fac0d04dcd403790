//! The table of findings: what the checks found in the files.

use schemars::JsonSchema;
use serde::Serialize;

use crate::diagnostic::Diagnostic;
use crate::export::value::Day;
use crate::page::desk::severity_word;
use crate::page::{Desk, Here};

/// Something that was found.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FindingRow {
    /// The code of the rule, such as `W603`.
    pub code: &'static str,
    /// The name of the rule.
    pub rule: &'static str,
    /// `error`, `warning` or `info`.
    pub severity: &'static str,
    /// What is wrong.
    pub message: String,
    /// File and line.
    #[serde(rename = "where")]
    pub place: Option<String>,
    /// What to do.
    pub hints: Vec<String>,
    /// Why it is let pass; null where it is not.
    pub waived_because: Option<String>,
    /// Who answers for that.
    pub waived_by: Option<String>,
    /// The last day on which that holds.
    pub waived_until: Option<Day>,
}

/// Findings of a project in reading order.
pub(super) fn findings(desk: &Desk<'_>) -> Vec<FindingRow> {
    desk.report.findings_of(desk.project).map(|found| finding(desk, found)).collect()
}

fn finding(here: &Here<'_>, found: &Diagnostic) -> FindingRow {
    let waiver = found.waiver.as_ref();
    FindingRow {
        code: found.rule.code,
        rule: found.rule.name,
        severity: severity_word(found.severity),
        message: found.message.clone(),
        place: found.span.and_then(|span| here.place(span)),
        hints: found.hints.clone(),
        waived_because: waiver.map(|waiver| waiver.reason.clone()),
        waived_by: waiver.map(|waiver| waiver.by.clone()),
        waived_until: waiver.map(|waiver| Day(waiver.until)),
    }
}
