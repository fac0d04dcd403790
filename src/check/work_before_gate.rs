//! Work of a stage that began before the gate to it was passed.

use std::collections::BTreeSet;

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::TaskKind;
use crate::quantity::{GateId, Stage};
use crate::report::ProjectReport;

declare_rule! {
    /// A task of planning, execution or closing has begun although the gate before that stage had not been passed.
    ///
    /// **Why it matters.** Money is being spent that the board has not released. Control runs from the first day and
    /// has no gate before it.
    ///
    /// **What to do.** Have the gate decided, or correct the stage that the task is listed under.
    pub static WORK_BEFORE_GATE: Rule =
        ("W607", "work-before-gate", Warning, "0.1.0", "work began before its gate was passed");
}

/// Looks at started work, where the plan has the gate before its stage.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let project = &report.project;
    let planned: BTreeSet<GateId> = project
        .tasks
        .iter()
        .filter_map(|task| if let TaskKind::Gate(gate) = task.kind { Some(gate) } else { None })
        .collect();
    for (number, task, _) in report.tasks() {
        let before = match task.stage {
            Stage::Initiation | Stage::Control => continue,
            Stage::Planning => Stage::Initiation,
            Stage::Execution => Stage::Planning,
            Stage::Closing => Stage::Control,
        };
        let gate = before.gate();
        let is_planned = planned.contains(&gate);
        let progress = &report.facts.progress[number.0 as usize];
        let (Some(start), true, true) = (progress.actual_start, task.is_work(), is_planned) else { continue };
        // A gate that was passed when the work began may have been decided again since; a project that was stopped is closed without
        // the gates between.
        // What its page says may not have been read.
        if project.faults.may_hide_gate(gate) {
            continue;
        }
        let is_closed_down = task.stage == Stage::Closing && project.is_stopped_on(start.day);
        if is_closed_down {
            continue;
        }
        if project.gates.get(&gate).is_some_and(|record| record.is_passed(start.day)) {
            continue;
        }
        let passed = project.gates.get(&gate).filter(|record| record.is_passed(report.status_date));
        let passed_on = passed.and_then(|record| record.passed_between(start.day, report.status_date));
        let state = passed_on.map_or_else(
            || format!("`{gate}` has not been passed"),
            |decided| format!("`{gate}` was passed on {}", format::iso(decided)),
        );
        let mut finding = Diagnostic::new(
            &WORK_BEFORE_GATE,
            progress.start_line().unwrap_or(task.origin),
            format!("`{}` began on {}, but {state}", task.id, start),
        )
        .also(task.origin, "the task")
        .hint(format!("have `{gate}` decided, or list the task under another stage"));
        if let Some(record) = passed {
            finding = finding.also(record.decision_origin.unwrap_or(record.origin), "the decision");
        }
        found.push(finding);
    }
}
