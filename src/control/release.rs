//! Money that a board has released, and what of it is spent and ordered.

use jiff::civil::Date;

use super::bridge::BridgeSource;
use super::{CategorySpending, OpenOrder};
use crate::diagnostic::Span;
use crate::model::{GateRecord, Project, TaskNo};
use crate::quantity::{Amount, GateId, Stage};

/// Money that a board has released, with what has been taken of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Release {
    /// The gate that released it.
    pub gate: GateId,
    /// How much.
    pub amount: Amount,
    /// What it is for.
    pub scope: ReleaseScope,
    /// Spent of what it is for.
    pub spent: Amount,
    /// Ordered and not yet received of what it is for.
    pub ordered: Amount,
    /// The gate until which it may be spent; none for the whole project.
    pub until: Option<GateId>,
    /// The gate with which it ran out, and its day: that gate was passed and released nothing itself. None while it lasts.
    pub ran_out: Option<(GateId, Date)>,
    /// Where the sum stands.
    pub origin: Span,
}

/// What a release is for; boards are asked for it in the same sums.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReleaseScope {
    /// At G1: the work of the planning stage. Work of a stage whose gate has not been passed is set against it, too: nobody else has
    /// released anything for it.
    Planning,
    /// From G2 on: the whole project from its first day, with what an earlier gate released in it.
    Project,
}

impl ReleaseScope {
    fn of(gate: GateId) -> Self {
        if gate == GateId::G1 { Self::Planning } else { Self::Project }
    }
}

impl Release {
    /// The release of the last gate that was passed by the status date and states a sum.
    pub(super) fn in_force(source: &BridgeSource<'_>, total: &CategorySpending) -> Option<Self> {
        let project = source.standing.yardstick.project;
        let passed = || project.gates.values().rev().filter(|gate| gate.is_passed(source.status_date));
        let (gate, amount) = passed().find_map(|gate| Some((gate, gate.authorised?)))?;
        let scope = ReleaseScope::of(gate.gate);
        let (spent, ordered) = match scope {
            ReleaseScope::Project => (total.spent, total.open_commitment),
            ReleaseScope::Planning => planning(source),
        };
        Some(Self {
            gate: gate.gate,
            amount,
            scope,
            spent,
            ordered,
            until: gate.authorised_until,
            ran_out: end_of(gate, passed(), source.status_date),
            origin: gate.authorised_origin.unwrap_or(gate.origin),
        })
    }
}

/// What the tasks of the planning stage, and those that were begun or ordered before their own gate, have cost, and what is still to
/// come of their orders.
fn planning(source: &BridgeSource<'_>) -> (Amount, Amount) {
    let (project, day) = (source.standing.yardstick.project, source.status_date);
    let counts = |task: TaskNo| is_set_against_planning(project, project.task(task).stage, day);
    let tasks = project.task_numbers().zip(source.values).filter(|(task, _)| counts(*task));
    let orders = source.cost.open_orders.iter();
    let orders = orders.filter(|order| is_order_set_against_planning(project, order, day));
    (tasks.map(|(_, value)| value.actual_cost).sum(), orders.map(|order| order.amount).sum())
}

/// Whether an order is set on a day against what G1 released. One for a later stage that is signed on the day itself is not yet: on the
/// day of a gate it may rest on the decision.
#[must_use]
pub fn is_order_set_against_planning(project: &Project, order: &OpenOrder, day: Date) -> bool {
    order.task.is_some_and(|task| {
        let stage = project.task(task).stage;
        is_set_against_planning(project, stage, day) && (stage == Stage::Planning || order.date < day)
    })
}

/// Whether work of a stage is set on a day against what G1 released: that of planning, and that of later stages whose gate has not been
/// passed.
#[must_use]
pub fn is_set_against_planning(project: &Project, stage: Stage, day: Date) -> bool {
    let is_passed = |gate: GateId| project.gates.get(&gate).is_some_and(|record| record.is_passed(day));
    match stage {
        Stage::Planning => true,
        Stage::Execution => !is_passed(GateId::G2),
        Stage::Closing => !is_passed(GateId::G2) && !is_passed(GateId::G4),
        Stage::Initiation | Stage::Control => false,
    }
}

/// The first gate passed from that on until which a gate released its money. A sum that is released until its own gate or an earlier one
/// is a slip of the pen, which `W673` tells.
fn end_of<'a>(
    gate: &GateRecord,
    passed_last_first: impl Iterator<Item = &'a GateRecord>,
    day: Date,
) -> Option<(GateId, Date)> {
    let until = gate.authorised_until.filter(|until| *until > gate.gate)?;
    let first = passed_last_first.filter(|later| later.gate >= until).last()?;
    Some((first.gate, first.passed_on(day)?))
}

#[cfg(test)]
mod tests {
    use super::super::golden::{STATUS_DATE, branch_network, euros, measured_on, passed};
    use super::*;

    #[test]
    fn what_g1_releases_is_for_the_work_of_planning() {
        let mut project = branch_network().project;
        let mut gate = passed(GateId::G1, "2026-08-12");
        gate.authorised = Some(euros(14_000));
        project.gates = [(GateId::G1, gate), (GateId::G2, passed(GateId::G2, "2026-09-21"))].into();
        for task in &mut project.tasks {
            let is_planning = ["survey", "design", "rfq"].contains(&task.id.as_str());
            task.stage = if is_planning { Stage::Planning } else { Stage::Execution };
        }
        let spending = measured_on(&project, STATUS_DATE).spending;
        let release = spending.release.unwrap();
        // Survey 11 and design 9 days of 600, quotations 2 of 720.
        assert_eq!((release.scope, release.spent), (ReleaseScope::Planning, euros(13_440)));
        assert_eq!((release.ordered, spending.authority_left()), (Amount::ZERO, Some(euros(560))));
        // Before G2 nobody has released anything for execution: all that was spent on it counts.
        project.gates.remove(&GateId::G2);
        let control = measured_on(&project, STATUS_DATE);
        let is_counted =
            |number: &TaskNo| !matches!(project.task(*number).stage, Stage::Initiation | Stage::Control);
        let spent: Amount = project
            .task_numbers()
            .filter(is_counted)
            .map(|number| control.tasks[number.0 as usize].actual_cost)
            .sum();
        assert!(spent > euros(13_440 + 41_300), "the hardware is among it");
        assert_eq!(control.spending.authority_left(), Some(euros(14_000) - spent));
    }

    #[test]
    fn a_release_runs_out_with_the_gate_that_it_lasts_until() {
        let mut project = branch_network().project;
        project.gates.get_mut(&GateId::G2).unwrap().authorised_until = Some(GateId::G3);
        let ran_out = |project: &crate::model::Project| {
            measured_on(project, STATUS_DATE).spending.release.unwrap().ran_out
        };
        assert_eq!(ran_out(&project), None);
        project.gates.insert(GateId::G3, passed(GateId::G3, "2026-11-19"));
        assert_eq!(ran_out(&project), Some((GateId::G3, "2026-11-19".parse().unwrap())));
        assert_eq!(measured_on(&project, STATUS_DATE).spending.authority_left(), None);
        project.gates.get_mut(&GateId::G3).unwrap().authorised = Some(euros(110_000));
        assert_eq!(measured_on(&project, STATUS_DATE).spending.authority_left(), Some(euros(30_880)));
    }
}
