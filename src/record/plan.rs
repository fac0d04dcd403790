//! `plan.yaml`: the work and its logic.

use crate::diagnostic::Spanned;
use crate::quantity::{Estimate, Id, Malformed, Moment};
use crate::record;
use crate::record::assignment::AssignmentRecord;
use crate::record::cost::TaskCostRecord;
use crate::record::decode::Scalar;
use crate::record::earning::EarningRecord;
use crate::record::link::{LinkRecord, SpanRecord};

record! {
    /// `plan.yaml`: the work and its logic, stage by stage. Dates are computed from it, never typed.
    pub struct PlanRecord("plan") {
        /// Tasks of the first stage, by id: is it worth doing? Ends with the gate `G1`.
        initiation: Keyed<TaskRecord>,
        /// Tasks of the second stage, by id: how shall it be done? Ends with the gate `G2`.
        planning: Keyed<TaskRecord>,
        /// Tasks of the third stage, by id: doing it. Ends with the gate `G3`.
        execution: Keyed<TaskRecord>,
        /// Tasks of watching and steering, by id. Ends with the gate `G4`.
        control: Keyed<TaskRecord>,
        /// Tasks of the last stage, by id: handing over and ending. Ends with the gate `G5`.
        closing: Keyed<TaskRecord>,
    }
    computed {
        tasks: "put each task under its stage: `initiation:`, `planning:`, `execution:`, `control:` or `closing:`",
        start: "remove it: the first day of the project is `start:` in `project.yaml`",
    }
}

record! {
    /// A line of the plan: work, a milestone, a gate, a hammock, or a summary with tasks below it.
    pub struct TaskRecord("task") {
        /// The name readers see; the id where none is given.
        name: Spanned<String>,
        /// How long the work takes: `8d`, or optimistic / most likely / pessimistic as `8d / 10d / 14d`. Working time
        /// of the task's calendar; `10ed` runs through nights and weekends.
        duration: Spanned<Estimate>,
        /// How much work it is: `12d` of one person; its length is the effort divided by the assigned shares. Given
        /// together with `duration`, the length is fixed and the effort is what is budgeted.
        effort: Spanned<Estimate>,
        /// What the task waits for: ids, each with an optional link type and lag, such as
        /// `[design, order-hw SS +2d, survey FF]`. FS, finish to start, when not said; a lag needs `because:`. A lag of
        /// `+25%` is that share of the length of the task waited for, `-25%` a lead; `+25e%` runs through nights and
        /// weekends. A task of another project of the portfolio stands behind the folder of its project:
        /// `branch-network/rollout`; it holds what has not begun here, and is not moved.
        after: Vec<LinkRecord>,
        /// Who works on it: `tom`, `tom 50%`, `2 technician` for two unnamed people of a role, or a list of these.
        assign: Vec<AssignmentRecord>,
        /// The team outside the project that does it, where nobody of the project does, such as `security` or `procurement`: what the
        /// project waits for. It then needs neither people nor cost. What that team has promised stands in `dependencies.yaml`.
        team: Spanned<String>,
        /// Planned money that is not labour, with its budget category: `41_300 EUR hardware`, or a list. None is below zero:
        /// a rebate is taken off the cost that it lowers.
        cost: Vec<TaskCostRecord>,
        /// How it earns value: `0/100`, `50/50`, `25/75`, `units 14 branches`, `percent`, `loe`, `apportioned survey`,
        /// or `milestones:` with weighted steps. `percent` when not said. A purchase (`cost` and nobody assigned) with `0/100`
        /// that produces deliverables is earned when they are accepted, not when they arrive. Tasks counted in points are
        /// one backlog on the burn page.
        earned_value: EarningRecord,
        /// The id of its calendar, where it is not the project's.
        calendar: Spanned<Id>,
        /// The first day on which it may start (SNET), or the minute of it, such as `2026-11-20 13:00`; needs `because:`.
        starts_not_before: Spanned<Moment>,
        /// The first day on which it may finish (FNET), or the minute of it; needs `because:`.
        finishes_not_before: Spanned<Moment>,
        /// The last day on which it may start (SNLT), or the minute of it; needs `because:`. It moves nothing: where the logic
        /// misses it, float below zero tells by how much. A summary keeps it with the first of what is below it, and it takes no float.
        /// Prefer a `deadline`.
        starts_not_after: Spanned<Moment>,
        /// The last day on which it may finish (FNLT), or the minute of it; needs `because:`. It moves nothing: where the logic
        /// misses it, float below zero tells by how much. That of a summary limits the float of all that is below it. Prefer a
        /// `deadline`.
        finishes_not_after: Spanned<Moment>,
        /// The day on which it starts (MSO), or the minute of it: no earlier, and no later unless what it waits for takes longer. Then
        /// it is forecast where the logic puts it, and float below zero tells by how much the date is missed. That of a summary lets
        /// nothing below it start earlier, and takes no float. Needs `because:`.
        must_start: Spanned<Moment>,
        /// The day on which it finishes (MFO), or the minute of it: no earlier, and no later unless the work does not fit before it.
        /// Then it is forecast where the logic puts it, and float below zero tells by how much the date is missed. That of a summary
        /// limits the float of all that is below it, and they may finish earlier. Needs `because:`.
        must_finish: Spanned<Moment>,
        /// `true` for work that shall wait as long as it can without delaying anything (ALAP); needs `because:`.
        as_late_as_possible: Spanned<bool>,
        /// `true` for a task whose dates are set by hand: it stands where `must_start` or `must_finish` puts it, and what it
        /// waits for does not move it.
        manual: Spanned<bool>,
        /// How important it is when people are overbooked, from 0 to 1000; 500 when absent. Levelling delays tasks of low
        /// priority first and those of 1000 never.
        priority: Spanned<TaskPriority>,
        /// `true` for work that levelling may interrupt: it goes on whenever all its people are free, in parts of at least a
        /// working day of its calendar or what is left of it, and others pass in between. What is left of it once it has
        /// begun may wait and be interrupted as well. `false` when absent: it is moved as a whole.
        split: Spanned<bool>,
        /// `true` for work that goes on by its own calendar, whether its people are there or not.
        ignore_people_calendars: Spanned<bool>,
        /// The day by which it should finish, or the minute of it. Never moves the task; a forecast behind it is reported.
        deadline: Spanned<Moment>,
        /// Makes it a milestone, a point in time, with this name.
        milestone: Spanned<String>,
        /// Makes it a gate, a decision of the board, with this name; its id must be `G1` to `G5`.
        gate: Spanned<String>,
        /// Makes it a hammock that lasts from the start of one task to the finish of another: `design .. handover`.
        lasts as "span": SpanRecord,
        /// Makes it a summary of the tasks below it, by id.
        tasks: Keyed<TaskRecord>,
        /// Ids of the deliverables it produces.
        produces: Vec<Spanned<Id>>,
        /// The id of the person who answers for it (accountable). Those assigned do the work (responsible). Where nobody is
        /// named the project manager answers; `W106` and the criteria of gates do not take that as an owner by name, but a
        /// person who is assigned.
        owner: Spanned<Id>,
        /// Ids of people who help those who do the work (supports).
        supports: Vec<Spanned<Id>>,
        /// Ids of people who are asked before it is done (consulted).
        consulted: Vec<Spanned<Id>>,
        /// Ids of people who are told afterwards (informed).
        informed: Vec<Spanned<Id>>,
        /// The reason for its lags and constraints.
        because: Spanned<String>,
        /// Remarks.
        notes: Spanned<String>,
        /// How the length or effort was found: a measurement, an earlier project, an offer. *Plan quality* counts who says it.
        basis: Spanned<String>,
        /// `true` for work that may be dropped without harm to the rest.
        optional: Spanned<bool>,
        /// `planning` for a package that will be planned in detail later (rolling wave).
        package: Spanned<String>,
    }
    computed {
        start: "remove it and say what the task waits for with `after:`; a date that binds it is `starts_not_before:` with `because:`, a start that happened goes into `progress.csv`",
        finish: "remove it and give a `duration:`; a date that was promised is a `deadline:`, a finish that happened goes into `progress.csv`",
        end: "remove it and give a `duration:`; a date that was promised is a `deadline:`, a finish that happened goes into `progress.csv`",
        due: "write `deadline:` for a date that was promised; the finish itself is computed from the logic",
        status: "remove it and report what was done in `progress.csv`; the status follows",
        progress: "remove it and report `percent_complete` or `units_done` in `progress.csv`",
        percent_complete: "remove it and report it in `progress.csv`, with the day it speaks of",
        stage: "remove it: the stage is the heading that the task stands under",
        float: "remove it: float follows from the logic of the plan",
        slack: "remove it: float follows from the logic of the plan",
        critical: "remove it: the critical path follows from the logic of the plan",
        budget: "write who works on it with `assign:` and other money with `cost:`; the budget is the sum",
        wbs: "remove it: numbers follow from the order of the plan",
    }
}

/// What says how long a task takes, or that it takes no time: each has one of these fields.
pub const LENGTHS: [&str; 6] = ["duration", "effort", "milestone", "gate", "span", "tasks"];

/// How important a task is when people are overbooked; whether it is in range is checked where it is resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaskPriority(pub i64);

impl Scalar for TaskPriority {
    const FORM: &'static str = "a whole number from 0 to 1000";

    fn read(text: &str) -> Result<Self, Malformed> {
        i64::read(text).map(Self).map_err(|fault| match fault.hint.as_str() {
            "" | "write the number in digits" => Malformed::expected(Self::FORM)
                .hint("write a number from `0` to `1000`; 500 is usual, 1000 is never delayed"),
            _ => fault,
        })
    }
}
