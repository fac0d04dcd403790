//! The kinds of message about the lines of a plan.

use crate::declare_rule;

declare_rule! {
    /// Tasks wait for each other in a ring, so none of them could ever begin. The message shows the whole loop; one of
    /// its steps must go. Often one link is the wrong way round: `after:` names what comes *before*.
    ///
    /// Wrong:
    /// ```yaml
    /// design:  {duration: 8d, after: staging}
    /// staging: {duration: 4d, after: design}
    /// ```
    /// Right:
    /// ```yaml
    /// design:  {duration: 8d}
    /// staging: {duration: 4d, after: design}
    /// ```
    pub static DEPENDENCY_CYCLE: Rule =
        ("E103", "dependency-cycle", Error, "0.1.0", "tasks that wait for each other in a ring");
}

declare_rule! {
    /// A line of the plan does not say how long it is: no `duration`, no `effort`, and it is no milestone, gate, hammock
    /// or summary. Until it does, it is planned with one day.
    ///
    /// Wrong:
    /// ```yaml
    /// design: {name: Network design}
    /// ```
    /// Right:
    /// ```yaml
    /// design: {name: Network design, duration: 8d}
    /// ```
    pub static TASK_WITHOUT_LENGTH: Rule =
        ("E140", "task-without-length", Error, "0.1.0", "a task that does not say how long it is");
}

declare_rule! {
    /// A length is written in one to twelve minutes, such as `2m`. In a plan that is seldom meant: `m` are minutes, and months there
    /// are none, as they differ in length.
    ///
    /// **What to do.** Write weeks, or working days. If minutes are meant, write so many that nobody takes them for months, or waive the
    /// rule.
    ///
    /// Wrong:
    /// ```yaml
    /// build: {duration: 2m}
    /// ```
    /// Right:
    /// ```yaml
    /// build: {duration: 9w}
    /// ```
    pub static MINUTES_OR_MONTHS: Rule =
        ("W126", "minutes-or-months", Warning, "0.1.0", "a length in minutes where months may be meant");
}

declare_rule! {
    /// A line of the plan has the id of a gate, `G1` to `G5`, and is no gate. Readers, documents and whoever waits for `G2` take it
    /// for the decision of the board.
    ///
    /// Wrong:
    /// ```yaml
    /// G2: {name: Board meets, duration: 1d}
    /// ```
    /// Right:
    /// ```yaml
    /// G2: {gate: Plan and baseline}
    /// ```
    pub static GATE_ID_WITHOUT_GATE: Rule =
        ("W127", "gate-id-without-gate", Warning, "0.1.0", "a line with the id of a gate that is none");
}

declare_rule! {
    /// A field is written that has no meaning for this kind of line: a milestone takes no time and nobody works on it;
    /// a summary has no work of its own; a hammock is as long as what it spans.
    ///
    /// Wrong:
    /// ```yaml
    /// go-live: {milestone: Go-live, duration: 2d}
    /// ```
    /// Right:
    /// ```yaml
    /// switch-over: {duration: 2d}
    /// go-live: {milestone: Go-live, after: switch-over}
    /// ```
    pub static MEANINGLESS_FIELD: Rule =
        ("E141", "meaningless-field", Error, "0.1.0", "a field that this kind of line cannot have");
}

declare_rule! {
    /// A task has a duration of nothing, or less than nothing. What takes no time is a milestone, and saying so gives it
    /// a diamond in the chart and a name in the reports.
    ///
    /// Wrong:
    /// ```yaml
    /// go-live: {name: Go-live, duration: 0d}
    /// ```
    /// Right:
    /// ```yaml
    /// go-live: {milestone: Go-live}
    /// ```
    pub static ZERO_DURATION: Rule = ("E142", "zero-duration", Error, "0.1.0", "a task that takes no time");
}

declare_rule! {
    /// A task gives its work as effort but nobody is assigned. Its length is the effort divided by the shares of the
    /// people on it, so without people there is no length.
    ///
    /// Wrong:
    /// ```yaml
    /// migration: {effort: 12d}
    /// ```
    /// Right:
    /// ```yaml
    /// migration: {effort: 12d, assign: [tom, sam 50%]}
    /// ```
    pub static EFFORT_WITHOUT_PEOPLE: Rule =
        ("E143", "effort-without-people", Error, "0.1.0", "effort that nobody is assigned to");
}

declare_rule! {
    /// A gate has another id than `G1` to `G5`. The five gates end the five stages, and their documents, decisions and
    /// dates are found by these ids. A decision of your own in between is a milestone.
    ///
    /// Wrong:
    /// ```yaml
    /// plan-approved: {gate: Plan and baseline}
    /// ```
    /// Right:
    /// ```yaml
    /// G2: {gate: Plan and baseline}
    /// ```
    pub static GATE_WITHOUT_NUMBER: Rule =
        ("E144", "gate-without-number", Error, "0.1.0", "a gate that is not `G1` to `G5`");
}

declare_rule! {
    /// A gate stands under another stage than the one it ends: `G1` ends initiation, `G2` planning, `G3` execution,
    /// `G4` control, `G5` closing.
    ///
    /// Wrong:
    /// ```yaml
    /// execution:
    ///   G2: {gate: Plan and baseline}
    /// ```
    /// Right:
    /// ```yaml
    /// planning:
    ///   G2: {gate: Plan and baseline}
    /// ```
    pub static GATE_IN_OTHER_STAGE: Rule =
        ("W145", "gate-in-other-stage", Warning, "0.1.0", "a gate outside the stage that it ends");
}

declare_rule! {
    /// A plan has no tasks, so there is nothing to compute. One task and its duration are enough to begin with.
    ///
    /// Right:
    /// ```yaml
    /// initiation:
    ///   business-case: {name: Business case, duration: 8d}
    /// ```
    pub static EMPTY_PLAN: Rule = ("E149", "empty-plan", Error, "0.1.0", "a plan without tasks");
}

declare_rule! {
    /// The weights of a task's steps do not add up to 100%, so finishing all steps would earn more or less than the task.
    ///
    /// Wrong:
    /// ```yaml
    /// earned_value: {milestones: {Documentation accepted: 40%, Monitoring switched over: 30%}}
    /// ```
    /// Right:
    /// ```yaml
    /// earned_value: {milestones: {Documentation accepted: 60%, Monitoring switched over: 40%}}
    /// ```
    pub static WEIGHTS_NOT_WHOLE: Rule =
        ("E150", "weights-not-whole", Error, "0.1.0", "weights of steps that are not 100% together");
}

declare_rule! {
    /// A task earns as far as another one that itself only follows others. Apportioned work must follow work whose
    /// progress is measured.
    ///
    /// Wrong:
    /// ```yaml
    /// testing: {duration: 8d, earned_value: apportioned support}
    /// support: {duration: 8d, earned_value: loe}
    /// ```
    /// Right:
    /// ```yaml
    /// testing: {duration: 8d, earned_value: apportioned building}
    /// building: {duration: 8d, earned_value: units 20 servers}
    /// ```
    pub static APPORTIONED_TO_UNMEASURED: Rule =
        ("E151", "apportioned-to-unmeasured", Error, "0.1.0", "work apportioned to work that is not measured");
}

declare_rule! {
    /// Somebody is assigned twice to the same task. The shares would add up without anybody having written the sum.
    ///
    /// Wrong:
    /// ```yaml
    /// assign: [tom 50%, tom 30%]
    /// ```
    /// Right:
    /// ```yaml
    /// assign: tom 80%
    /// ```
    pub static ASSIGNED_TWICE: Rule = ("E152", "assigned-twice", Error, "0.1.0", "the same person twice on a task");
}

declare_rule! {
    /// A lag or a lead stands in the plan without a reason. Time in which nobody works is either waiting for somebody –
    /// then it is a task of its own – or a rule of nature that readers should know. Say it with `because:`.
    ///
    /// Wrong:
    /// ```yaml
    /// paint: {duration: 2d, after: plaster +3d}
    /// ```
    /// Right:
    /// ```yaml
    /// paint: {duration: 2d, after: plaster +3d, because: plaster dries for three days}
    /// ```
    pub static LAG_WITHOUT_REASON: Rule = ("W205", "lag-without-reason", Warning, "0.1.0", "a lag without a reason");
}

declare_rule! {
    /// A date binds a task and nobody says why. Dates hide the logic of a plan: when the reason falls away, nobody dares
    /// to remove the date. Say it with `because:`, or say what the task waits for with `after:`.
    ///
    /// Wrong:
    /// ```yaml
    /// cut-over: {duration: 1d, starts_not_before: 2026-11-28}
    /// ```
    /// Right:
    /// ```yaml
    /// cut-over: {duration: 1d, starts_not_before: 2026-11-28, because: the bank allows changes on that weekend only}
    /// ```
    pub static CONSTRAINT_WITHOUT_REASON: Rule =
        ("W212", "constraint-without-reason", Warning, "0.1.0", "a date that binds a task without a reason");
}
