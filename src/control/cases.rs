//! The branch network with one thing changed: what each rule notices.

use super::golden::{STATUS_DATE, branch_network, change, defect, euros, measured_on, passed, text};
use super::*;
use crate::diagnostic::Span;
use crate::model::{
    AllowanceKind, Benefit, BenefitReading, ChangeStatus, Decision, Earning, Limit, PersonNo, ProgressEntry,
    Snapshot, TaskNo, WaivedRule,
};
use crate::plan::sketch::{Sketch, date, id};
use crate::quantity::Moment;

/// The colour of a dimension after something has happened to the project.
#[track_caller]
fn check(kind: DimensionKind, expected: Colour, happens: impl Fn(&mut Sketch)) {
    let mut sketch = branch_network();
    happens(&mut sketch);
    let health = measured_on(&sketch.project, STATUS_DATE).health;
    let dimension = health.dimension(kind);
    assert_eq!(dimension.colour, expected, "{}", dimension.reason);
}

fn starts(sketch: &mut Sketch, number: TaskNo, day: &str) {
    sketch.project.progress.push(ProgressEntry {
        actual_start: Some(Moment::on(date(day))),
        percent_complete: Some("10%".parse().unwrap()),
        ..ProgressEntry::silent(date(STATUS_DATE), number)
    });
}

/// Adds work that the baseline does not know. The baseline is then taken at its word, so it must be complete.
fn extra_work(sketch: &mut Sketch, duration: &str) -> TaskNo {
    let control = measured_on(&sketch.project, STATUS_DATE);
    let complete = sketch.project.task_numbers().filter_map(|number| {
        let promised = control.reference.tasks[number.0 as usize]?;
        let frozen = crate::model::BaselineTask {
            start: promised.start,
            finish: promised.finish,
            duration: None,
            budget: promised.budget,
            effort: None,
            units: promised.units,
            origin: Span::default(),
        };
        Some((number, frozen))
    });
    sketch.project.baselines[0].tasks = complete.collect();
    let tom = crate::model::Assignee::Person(PersonNo(1));
    sketch.work("fibre", duration, &["staging"]).assign(tom, 100);
    sketch.number("fibre")
}

fn approved(name: &str, tasks: &[TaskNo]) -> crate::model::Change {
    let mut change = change(name, 760, ChangeStatus::Approved);
    change.decided = Some(date("2026-11-16"));
    change.tasks = tasks.to_vec();
    change
}

#[test]
fn scope_turns_with_work_that_nobody_approved() {
    let scope = DimensionKind::Scope;
    check(scope, Colour::Green, |_| {});
    check(scope, Colour::Amber, |sketch| {
        extra_work(sketch, "1d");
    });
    check(scope, Colour::Red, |sketch| {
        let extra = extra_work(sketch, "1d");
        starts(sketch, extra, "2026-11-18");
    });
    check(scope, Colour::Green, |sketch| {
        let extra = extra_work(sketch, "1d");
        starts(sketch, extra, "2026-11-18");
        sketch.project.registers.changes.push(approved("C2", &[extra]));
    });
    check(scope, Colour::Red, |sketch| {
        let extra = extra_work(sketch, "40d");
        sketch.project.registers.changes.push(approved("C2", &[extra]));
    });
    check(scope, Colour::Amber, |sketch| {
        sketch.project.registers.changes[0].submitted = Some(date("2026-11-05"));
    });
}

#[test]
fn work_that_is_added_is_a_step_of_the_scope_with_its_change() {
    let mut sketch = branch_network();
    let extra = extra_work(&mut sketch, "2d");
    sketch.project.registers.changes.push(approved("C2", &[extra]));
    let control = measured_on(&sketch.project, STATUS_DATE);
    let [step] = control.effort_burn.scope_steps.as_slice() else { panic!("one step") };
    assert_eq!((step.date, step.changes.clone()), (date("2026-11-16"), vec![id("C2")]));
    assert!((step.amount - 2.0).abs() < 1e-9);
    let scopes: Vec<f64> = control.effort_burn.points.iter().map(|point| point.scope).collect();
    assert!((scopes[0] - 76.5).abs() < 1e-9 && (control.effort_burn.scope - 78.5).abs() < 1e-9);
    assert_eq!(control.spending.contingency.drawn, euros(760));
    assert_eq!(control.spending.contingency.remaining, euros(8_240));
}

#[test]
fn units_keep_their_frozen_total_for_value_and_their_own_for_scope() {
    let mut sketch = branch_network();
    let rollout = sketch.number("rollout");
    starts(&mut sketch, rollout, "2026-11-18");
    let report = sketch.project.progress.last_mut().unwrap();
    (report.units_done, report.units_total) = (Some(6), Some(15));
    let control = measured_on(&sketch.project, STATUS_DATE);
    let value = control.tasks[rollout.0 as usize];
    assert_eq!(value.earned_value, euros(6_480));
    assert_eq!(value.physical, crate::quantity::Fraction::new(6, 15));
    let burn = control.unit_burns.iter().find(|burn| burn.task() == Some(rollout)).unwrap();
    assert!((burn.scope - 15.0).abs() < 1e-9 && (burn.remaining - 9.0).abs() < 1e-9);
    let [step] = burn.scope_steps.as_slice() else { panic!("one step") };
    assert_eq!((step.date, step.changes.as_slice()), (date(STATUS_DATE), [].as_slice()));

    let scope = &control.health.dimension(DimensionKind::Scope);
    let own = "“rollout” from 12 to 15 branches, by 25\u{a0}%";
    assert!(scope.reason.contains(own) && scope.rule.contains("of the budget"), "{scope:?}");

    // Effort grows with them: a quarter more of the effort of the roll-out, and two fifths of all that is done.
    let days = value.planned_effort.minutes() as f64 / 480.0;
    let [step] = control.effort_burn.scope_steps.as_slice() else { panic!("one step") };
    assert!((step.amount - days / 4.0).abs() < 1e-9, "{}", step.amount);
    assert!((control.effort_burn.scope - 76.5 - days / 4.0).abs() < 1e-9, "{}", control.effort_burn.scope);
    assert!((control.effort_burn.remaining - 42.0 - days / 4.0 + days / 2.0).abs() < 1e-9);
}

#[test]
fn quality_turns_with_defects() {
    let quality = DimensionKind::Quality;
    check(quality, Colour::Unrated, |_| {});
    check(quality, Colour::Green, |sketch| sketch.project.defects.push(defect(3, "2026-10-01")));
    check(quality, Colour::Amber, |sketch| sketch.project.defects.push(defect(3, "2026-11-18")));
    check(quality, Colour::Amber, |sketch| sketch.project.defects.push(defect(2, "2026-10-01")));
    let mut old = branch_network();
    old.project.defects.push(defect(2, "2026-10-01"));
    let told = measured_on(&old.project, STATUS_DATE).health.dimension(quality).reason.clone();
    assert!(
        told.contains("1 of severity 2 open for more than a reporting period"),
        "what makes it amber is said: {told}"
    );
    check(quality, Colour::Red, |sketch| sketch.project.defects.push(defect(1, "2026-11-18")));
}

#[test]
fn risk_is_set_against_the_contingency_left() {
    let risk = DimensionKind::Risk;
    let impact =
        |cost: i64| move |sketch: &mut Sketch| sketch.project.registers.risks[1].current.cost = euros(cost);
    check(risk, Colour::Green, impact(4_000));
    check(risk, Colour::Amber, impact(20_000));
    check(risk, Colour::Red, impact(40_000));
    check(risk, Colour::Unrated, |sketch| sketch.project.registers.risks.clear());
    // As much luck as there is danger pays for none of it.
    check(risk, Colour::Red, |sketch| {
        impact(40_000)(sketch);
        let mut luck = sketch.project.registers.risks[1].clone();
        (luck.id, luck.current.cost) = (id("luck"), euros(-40_000));
        sketch.project.registers.risks.push(luck);
    });
    check(risk, Colour::Red, |sketch| {
        let risk = &mut sketch.project.registers.risks[0];
        (risk.owner, risk.residual) = (None, None);
        risk.current.time = 19 * 480;
    });
}

#[test]
fn benefits_are_forecast_along_their_readings() {
    let falling = |values: [i64; 4]| {
        move |sketch: &mut Sketch| {
            let days = ["2026-08-20", "2026-09-20", "2026-10-20", "2026-11-19"];
            let readings = days.iter().zip(values).map(|(day, complaints)| BenefitReading {
                date: date(day),
                thousandths: complaints * 1_000,
                origin: Span::default(),
            });
            sketch.project.benefits.push(Benefit {
                id: id("complaints"),
                benefit: text("Fewer complaints"),
                measure: None,
                unit: None,
                baseline: Some(31_000),
                target: Some(10_000),
                due: Some(date("2026-12-20")),
                owner: Some(PersonNo(0)),
                readings: readings.collect(),
                checkpoints: Vec::new(),
                next_reading: None,
                origin: Span::default(),
            });
        }
    };
    let benefits = DimensionKind::Benefits;
    check(benefits, Colour::Green, falling([25, 21, 17, 13]));
    check(benefits, Colour::Amber, falling([25, 22, 19, 16]));
    check(benefits, Colour::Red, falling([31, 31, 30, 30]));
    check(benefits, Colour::Red, |sketch| {
        falling([25, 21, 17, 13])(sketch);
        sketch.project.benefits[0].owner = None;
    });
}

#[test]
fn data_goes_stale_and_waivers_show() {
    let data = DimensionKind::Data;
    let waived = |rule: &str| WaivedRule {
        rule: rule.to_owned(),
        reason: String::new(),
        by: String::new(),
        until: date("2026-12-31"),
        origin: Span::default(),
    };
    check(data, Colour::Red, |sketch| sketch.project.errors.push("E606"));
    check(data, Colour::Red, |sketch| {
        sketch.project.errors.push("E606");
        sketch.project.waivers.push(waived("E606"));
    });
    // A check of one's own that is let pass was no error of the records when it was open.
    check(data, Colour::Green, |sketch| sketch.project.waivers.push(waived("E690")));
    let later = |day: &str| measured_on(&branch_network().project, day).health.dimension(data).colour;
    assert_eq!(
        [later("2026-12-04"), later("2026-12-05"), later("2026-12-19")],
        [Colour::Green, Colour::Amber, Colour::Red]
    );
}

#[test]
fn without_tolerances_the_defaults_judge() {
    check(DimensionKind::Time, Colour::Red, |sketch| sketch.project.tolerance.time = None);
    check(DimensionKind::Cost, Colour::Amber, |sketch| sketch.project.tolerance.cost = None);
    check(DimensionKind::Cost, Colour::Red, |sketch| {
        sketch.project.tolerance.cost = None;
        sketch.project.budget.contingency = euros(6_000);
    });
}

/// B1 froze ten days: twenty in `project.yaml` count for nothing, until a change that the board approved says twenty.
#[test]
fn a_tolerance_that_nobody_widened_stays_as_it_was_frozen() {
    let frozen = |minutes: i64| crate::model::Allowed::of(minutes, Span::default());
    let mut project = branch_network().project;
    project.tolerance.time = Some(20 * 480);
    project.baselines[0].allowed = [(AllowanceKind::Time, frozen(10 * 480))].into();
    let rule_of = |project: &Project| {
        let held = project.clone().held_to_allowances(date(STATUS_DATE));
        let rule = measured_on(&held, STATUS_DATE).health.dimension(DimensionKind::Time).rule.clone();
        (held.tolerance.time, rule)
    };
    let (minutes, rule) = rule_of(&project);
    assert_eq!(minutes, Some(10 * 480));
    assert!(
        rule.contains("10\u{a0}working days (the board's, frozen in B1; what the files say now is looser"),
        "{rule}"
    );

    let mut change = approved("C9", &[]);
    change.decided = Some(date("2026-11-02"));
    change.allowed = [(AllowanceKind::Time, frozen(20 * 480))].into();
    project.registers.changes.push(change);
    let (minutes, rule) = rule_of(&project);
    assert_eq!(minutes, Some(20 * 480));
    assert!(rule.contains("20\u{a0}working days (the board's, set by C9)"), "{rule}");
}

#[test]
fn the_trend_ends_with_today() {
    let mut sketch = branch_network();
    for (day, colour) in [("2026-11-06", "amber"), (STATUS_DATE, "green"), ("2026-12-04", "red")] {
        sketch
            .project
            .snapshots
            .push(Snapshot { computed: Some(colour.to_owned()), ..Snapshot::silent(date(day)) });
    }
    let health = measured_on(&sketch.project, STATUS_DATE).health;
    assert_eq!(health.trend, [(date("2026-11-06"), Colour::Amber), (date(STATUS_DATE), Colour::Red)]);
}

#[test]
fn the_stage_follows_from_the_gates() {
    let stage = |gates: &[(GateId, Decision)]| {
        let mut sketch = branch_network();
        sketch.project.gates.clear();
        for (gate, decision) in gates {
            let mut record = passed(*gate, "2026-11-01");
            record.decision = Some(*decision);
            sketch.project.gates.insert(*gate, record);
        }
        let control = measured_on(&sketch.project, STATUS_DATE);
        (control.stage, control.is_stopped, control.is_closed)
    };
    let go = Decision::Approve;
    // No gate has a record: the plan has work in execution only.
    assert_eq!(stage(&[]), (Stage::Execution, false, false));
    assert_eq!(stage(&[(GateId::G1, Decision::Hold)]), (Stage::Initiation, false, false));
    assert_eq!(stage(&[(GateId::G1, go)]), (Stage::Planning, false, false));
    assert_eq!(stage(&[(GateId::G1, go), (GateId::G2, Decision::Rework)]), (Stage::Planning, false, false));
    assert_eq!(stage(&[(GateId::G3, go)]), (Stage::Control, false, false));
    assert_eq!(stage(&[(GateId::G2, Decision::Stop)]), (Stage::Closing, true, false));
    assert_eq!(stage(&[(GateId::G5, go)]), (Stage::Closing, false, true));
}

#[test]
fn an_apportioned_task_earns_as_far_as_its_base() {
    let mut sketch = branch_network();
    let pilot = sketch.number("pilot");
    let training = sketch.number("training");
    sketch.project.tasks[training.0 as usize].earning = Earning::Apportioned(pilot);
    let control = measured_on(&sketch.project, STATUS_DATE);
    let value = control.tasks[training.0 as usize];
    assert_eq!((value.earned_value, value.planned_value), (euros(832), euros(2_080)));
}

#[test]
fn a_project_sets_its_own_limits() {
    let mut sketch = branch_network();
    let colour = |project: &Project, kind| {
        let health = measured_on(project, STATUS_DATE).health;
        let dimension = health.dimension(kind);
        (dimension.colour, dimension.rule.clone())
    };
    assert_eq!(colour(&sketch.project, DimensionKind::Cost).0, Colour::Amber);
    assert_eq!(colour(&sketch.project, DimensionKind::Risk).0, Colour::Green);
    // CPI is 0.927, and 1 720 of 9 000 are 19 %.
    sketch.project.thresholds.set(Limit::IndexAmber, 0.93, Span::default());
    sketch.project.thresholds.set(Limit::RiskGreen, 0.10, Span::default());
    let (cost, rule) = colour(&sketch.project, DimensionKind::Cost);
    assert_eq!((cost, rule.contains("CPI from 0.93")), (Colour::Red, true), "{rule}");
    let (risk, rule) = colour(&sketch.project, DimensionKind::Risk);
    assert_eq!((risk, rule.contains("up to 10\u{a0}%")), (Colour::Amber, true), "{rule}");
}
