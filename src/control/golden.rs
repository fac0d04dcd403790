//! The branch network as of 2026-11-20: every figure worked by hand.

use std::collections::BTreeMap;

use super::*;
use crate::diagnostic::Span;
use crate::model::{
    Assignee, Baseline, BaselineTask, Change, ChangeStatus, CostEntry, Decision, Defect, Earning,
    EarningStep, EntryType, Exposure, Funding, GateRecord, OutsideRequest, PersonNo, ProgressEntry, Project,
    Risk, Signature, TaskCost, TaskKind, TaskNo, Text, TimeEntry, Update, Worker,
};
use crate::plan::sketch::{Sketch, date, id};
use crate::quantity::{Effort, Moment, Percent, Window};

pub(super) const STATUS_DATE: &str = "2026-11-20";

pub(super) fn euros(amount: i64) -> Amount {
    Amount(amount * 100)
}

pub(super) fn text(words: &str) -> Text {
    Text { markdown: words.to_owned(), origin: Span::default() }
}

/// A defect that is open since a day.
pub(super) fn defect(severity: u8, opened: &str) -> Defect {
    Defect {
        id: "B-1".to_owned(),
        title: String::new(),
        severity,
        opened: date(opened),
        closed: Vec::new(),
        reopened: Vec::new(),
        owner: None,
        belongs_to: None,
        workaround: None,
        origin: Span::default(),
    }
}

/// The whole project as its files say it.
pub(super) fn branch_network() -> Sketch {
    let mut sketch = Sketch::starting("2026-08-03", &["2026-12-25", "2027-01-01"]);
    let window = sketch.calendar("change-window", &["2026-12-14 .. 2027-01-08"]);
    let mut somebody = |name: &str, rate: &str| {
        let person = sketch.person(name, &[]);
        sketch.project.team.people[person.0 as usize].rate = Some(rate.parse().unwrap());
        Assignee::Person(person)
    };
    let anna = somebody("anna", "720 EUR/d");
    let tom = somebody("tom", "600 EUR/d");
    let sam = somebody("sam", "480 EUR/d");
    let priya = somebody("priya", "680 EUR/d");
    let lea = somebody("lea", "520 EUR/d");

    let units = |total: i64| Earning::Units { total, unit: "branches".to_owned() };
    let step =
        |percent: i64| EarningStep::new(format!("{percent} %"), Percent::from_hundredths(percent * 100));
    let half = Earning::AtStartAndFinish(Percent::from_hundredths(5_000));
    sketch.work("business-case", "8d", &[]).assign(anna, 50);
    sketch.work("survey", "8d / 10d / 12d", &["business-case"]).assign(tom, 100).earning = units(14);
    sketch.work("design", "8d", &["survey"]).assign(tom, 100).earning = half;
    sketch.work("security-review", "5d", &["design"]).assign(priya, 50).earning = Earning::AtFinish;
    sketch.work("rfq", "8d", &["design"]).assign(anna, 25).earning = Earning::AtFinish;
    let order = sketch.work("order-hw", "25d", &["security-review", "rfq"]);
    order.earning = Earning::AtFinish;
    order.costs.push(TaskCost {
        amount: euros(41_300),
        category: "hardware".to_owned(),
        origin: Span::default(),
    });
    sketch.work("staging", "4d", &["order-hw"]).assign(tom, 100);
    sketch.work("pilot", "5d", &["staging"]).on(window).assign(tom, 100).assign(sam, 100);
    sketch.work("rollout", "12d", &["pilot"]).on(window).assign(tom, 100).assign(sam, 100).earning =
        units(12);
    sketch.work("training", "4d", &["pilot"]).assign(lea, 100).earning = Earning::AtFinish;
    sketch.work("acceptance", "3d", &["rollout", "training"]).assign(tom, 100);
    let handover = sketch.work("handover", "5d", &["acceptance"]).assign(tom, 100);
    handover.earning = Earning::Steps(vec![step(40), step(30), step(30)]);
    let closure = TaskKind::Gate(GateId::G5);
    sketch.task("G5", closure, &["handover"]).due("2026-12-18");
    let span =
        TaskKind::Hammock { from: vec![sketch.number("business-case")], to: vec![sketch.number("handover")] };
    sketch.task("project-management", span, &[]).assign(anna, 20).earning = Earning::LevelOfEffort;

    let project = &mut sketch.project;
    project.tolerance.time = Some(10 * 480);
    project.tolerance.cost = Some(euros(9_000));
    project.budget.contingency = euros(9_000);
    project.budget.management_reserve = euros(5_000);
    project.budget.categories =
        ["labour", "hardware", "services", "training", "other"].map(str::to_owned).to_vec();
    project.budget.funding.push(Funding {
        categories: Vec::new(),
        source: "Infrastructure 2026".to_owned(),
        amount: euros(112_432),
        kind: None,
        origin: Span::default(),
    });
    report_progress(&mut sketch);
    book(&mut sketch);
    govern(&mut sketch);
    sketch
}

fn report_progress(sketch: &mut Sketch) {
    for (status_date, name, start, finish, percent, units, remaining) in [
        ("2026-08-14", "business-case", "2026-08-03", "2026-08-12", "100%", None, None),
        ("2026-08-28", "survey", "2026-08-13", "2026-08-27", "100%", Some(14), None),
        ("2026-09-11", "design", "2026-08-28", "2026-09-09", "100%", None, None),
        ("2026-09-25", "security-review", "2026-09-10", "2026-09-17", "100%", None, None),
        ("2026-09-25", "rfq", "2026-09-10", "2026-09-21", "100%", None, None),
        ("2026-10-09", "order-hw", "2026-09-22", "", "0%", None, Some("22d")),
        ("2026-11-06", "order-hw", "2026-09-22", "2026-11-06", "100%", None, None),
        ("2026-11-20", "staging", "2026-11-09", "2026-11-13", "100%", None, None),
        ("2026-11-20", "pilot", "2026-11-16", "", "40%", None, Some("4d")),
    ] {
        let task = sketch.number(name);
        sketch.project.progress.push(ProgressEntry {
            actual_start: Some(Moment::on(date(start))),
            actual_finish: (!finish.is_empty()).then(|| Moment::on(date(finish))),
            percent_complete: Some(percent.parse().unwrap()),
            units_done: units,
            remaining: remaining.map(|text: &str| text.parse().unwrap()),
            ..ProgressEntry::silent(date(status_date), task)
        });
    }
}

fn book(sketch: &mut Sketch) {
    let (anna, tom, sam, priya) = (PersonNo(0), PersonNo(1), PersonNo(2), PersonNo(3));
    for (monday, person, name, half_days) in [
        ("2026-08-03", anna, "business-case", 5),
        ("2026-08-10", anna, "business-case", 4),
        ("2026-08-10", tom, "survey", 4),
        ("2026-08-17", tom, "survey", 10),
        ("2026-08-24", tom, "survey", 8),
        ("2026-08-31", tom, "design", 18),
        ("2026-09-07", priya, "security-review", 5),
        ("2026-09-14", anna, "rfq", 4),
        ("2026-10-05", anna, "project-management", 32),
        ("2026-11-09", tom, "staging", 10),
        ("2026-11-16", tom, "pilot", 6),
        ("2026-11-16", sam, "pilot", 6),
        ("2026-11-23", sam, "pilot", 6),
    ] {
        let task = sketch.number(name);
        let monday = date(monday);
        sketch.project.timesheets.push(TimeEntry {
            period: Window::inclusive(monday, monday.checked_add(jiff::ToSpan::days(6)).unwrap()).unwrap(),
            written: String::new(),
            worker: Worker::Person(person),
            task,
            effort: Effort::from_minutes(half_days * 240),
            origin: Span::default(),
        });
    }
    let order = sketch.number("order-hw");
    for (day, entry_type, amount, reference) in [
        ("2026-09-21", EntryType::Commitment, 41_300, "PO-4471"),
        ("2026-10-14", EntryType::Actual, 1_680, "INV-0912"),
        ("2026-11-06", EntryType::Accrual, 41_300, "PO-4471"),
    ] {
        sketch.project.costs.push(CostEntry {
            date: date(day),
            entry_type,
            category: "hardware".to_owned(),
            task: Some(order),
            amount: euros(amount),
            converted: None,
            reference: Some(reference.to_owned()),
            note: None,
            origin: Span::default(),
        });
    }
}

/// The baseline, abridged, as published.
fn published_baseline(sketch: &Sketch) -> Baseline {
    let promised = |start: &str, finish: &str, budget: i64| BaselineTask {
        start: date(start),
        finish: date(finish),
        duration: None,
        budget: euros(budget),
        effort: None,
        units: None,
        origin: Span::default(),
    };
    Baseline {
        allowed: BTreeMap::new(),
        case: None,
        id: id("B1"),
        approved: Some(date("2026-08-12")),
        source_revision: None,
        digest: None,
        digest_of_values: String::new(),
        had_digest: false,
        frozen: None,
        authorised_by: None,
        methods: BTreeMap::new(),
        planned_value: BTreeMap::new(),
        lines: None,
        finish: Some(date("2026-12-02")),
        finish_origin: None,
        budget: Some(euros(98_432)),
        tasks: [
            (sketch.number("survey"), promised("2026-08-13", "2026-08-26", 6_000)),
            (sketch.number("pilot"), promised("2026-10-29", "2026-11-04", 5_400)),
            (sketch.number("rollout"), promised("2026-11-05", "2026-11-20", 12_960)),
        ]
        .into(),
        dropped: Vec::new(),
        last_task_day: Some(date("2026-11-20")),
        sum: euros(24_360),
        origin: Span::default(),
    }
}

/// The baseline (abridged, as published), the register entries, the gate and the report.
fn govern(sketch: &mut Sketch) {
    let baseline = published_baseline(sketch);
    let rollout = sketch.number("rollout");
    let order = sketch.number("order-hw");
    let project = &mut sketch.project;
    project.baselines.push(baseline);
    let exposure = |percent: i64, cost: i64| Exposure {
        probability: Percent::from_hundredths(percent * 100),
        cost: euros(cost),
        ..Exposure::default()
    };
    let risk = |name: &str, current: Exposure, residual: Option<Exposure>| Risk {
        id: id(name),
        risk: text(name),
        cause: None,
        effect: None,
        category: None,
        current,
        inherent: None,
        residual,
        quality_impact: None,
        response: None,
        owner: Some(PersonNo(0)),
        proximity: None,
        raised: None,
        reviewed: None,
        status: None,
        closed: None,
        became: None,
        is_time_in_plan: None,
        links: Vec::new(),
        origin: Span::default(),
    };
    project.registers.risks.push(risk("R1", exposure(70, 6_500), Some(exposure(30, 2_400))));
    project.registers.risks.push(risk("R2", exposure(25, 4_000), None));
    let request =
        |name: &str, task: TaskNo, asked: &str, promised: &str, received: Option<&str>| OutsideRequest {
            id: id(name),
            team: "security".to_owned(),
            request: text(name),
            needed_for: Some(task),
            asked: Some(date(asked)),
            promised: Some(date(promised)),
            received: received.map(date),
            escalated_to: None,
            origin: Span::default(),
        };
    project.registers.requests = vec![
        request("X1", order, "2026-09-10", "2026-09-18", Some("2026-09-21")),
        request("X2", rollout, "2026-11-09", "2026-11-24", None),
        request("X3", rollout, "2026-11-02", "2026-11-13", None),
    ];
    project.registers.changes.push(change("C1", 760, ChangeStatus::WaitingForApproval));
    let mut gate = passed(GateId::G2, "2026-09-21");
    gate.authorised = Some(euros(107_432));
    project.gates.insert(GateId::G2, gate);
    project.updates.push(Update {
        status_date: date(STATUS_DATE),
        actuals_to: Some(date(STATUS_DATE)),
        author: Some(PersonNo(0)),
        declared: Some(("amber".to_owned(), Span::default())),
        declared_because: None,
        decision_wanted: None,
        next: Vec::new(),
        achieved: Vec::new(),
        help_wanted: None,
        body: Text::default(),
        file: String::new(),
        origin: Span::default(),
    });
}

pub(super) fn change(name: &str, cost: i64, status: ChangeStatus) -> Change {
    Change {
        id: id(name),
        change: text(name),
        reason: None,
        cause: None,
        if_not_done: None,
        requested_by: None,
        submitted: Some(date("2026-11-12")),
        needed_by: None,
        cost: Some(euros(cost)),
        changes: Vec::new(),
        time: None,
        scope_units: None,
        scope_unit: None,
        quality: None,
        risk: None,
        size: None,
        priority: None,
        status,
        decision: None,
        decided_by: None,
        decided: None,
        implemented: None,
        tasks: Vec::new(),
        dropped: Vec::new(),
        allowed: BTreeMap::new(),
        pay_from: Some("contingency".to_owned()),
        links: Vec::new(),
        origin: Span::default(),
    }
}

fn signature() -> Signature {
    Signature {
        role: "sponsor".to_owned(),
        person: PersonNo(0),
        decision: None,
        date: None,
        origin: Span::default(),
    }
}

pub(super) fn passed(gate: GateId, day: &str) -> GateRecord {
    GateRecord {
        gate,
        decision: Some(Decision::ApproveWithConditions),
        decided: Some(date(day)),
        decided_by: None,
        planned: None,
        baseline: None,
        authorised: None,
        authorised_until: None,
        authorised_origin: None,
        go_live: None,
        recommendation: None,
        delivery_confidence: None,
        minutes: None,
        tolerances: Vec::new(),
        allowed: BTreeMap::new(),
        conditions: Vec::new(),
        checklist: Vec::new(),
        earlier: Vec::new(),
        is_asked_again: false,
        signatures: vec![signature()],
        body: Text::default(),
        file: String::new(),
        origin: Span::default(),
        decision_origin: None,
    }
}

pub(super) fn measured_on(project: &Project, day: &str) -> Control {
    let status_date = date(day);
    let engine = Engine::new(project);
    let facts = Facts::as_of(project, status_date);
    let planned = engine.run(&Facts::none(project));
    let forecast = engine.run(&facts);
    measure(&Position {
        project,
        engine: &engine,
        planned: &planned,
        forecast: &forecast,
        facts: &facts,
        levers: &[],
        status_date,
    })
}

#[track_caller]
fn near(found: f64, expected: f64, digits: i32) {
    assert!((found - expected).abs() < 0.51 * 10f64.powi(-digits), "{found} is not {expected}");
}

#[track_caller]
fn ratio(found: Option<crate::quantity::Ratio>, expected: f64, digits: i32) {
    near(found.unwrap().get(), expected, digits);
}

#[test]
fn earned_value_is_as_worked_by_hand() {
    let control = measured_on(&branch_network().project, STATUS_DATE);
    let (total, discrete) = (control.total, control.discrete);
    assert_eq!(control.reference.budget, euros(98_432));
    assert_eq!(
        [total.budget, total.planned, total.earned, total.actual],
        [98_432, 92_480, 74_200, 79_120].map(euros)
    );
    assert_eq!(total.budget - discrete.budget, euros(12_672));
    ratio(total.spi(), 0.802, 3);
    ratio(total.cpi(), 0.938, 3);
    assert_eq!(total.estimate_one_off(), euros(103_352));
    assert_eq!(total.estimate_trend(), Some(Amount(10_495_876)));
    assert_eq!(total.estimate_pressure(), Some(Amount(11_132_443)));
    assert_eq!(total.variance_at_completion(), Amount(-652_676));
    let ToComplete::Index(index) = total.to_complete_index_budget() else { panic!("TCPI is an index") };
    near(index.get(), 1.255, 3);
    assert_eq!([discrete.planned, discrete.earned], [80_960, 62_680].map(euros));
    ratio(discrete.spi(), 0.774, 3);
    ratio(discrete.cpi(), 0.927, 3);
}

#[test]
fn planned_value_passes_its_checkpoints() {
    let control = measured_on(&branch_network().project, STATUS_DATE);
    for (day, planned) in [
        ("2026-08-02", 0),
        ("2026-08-31", 14_304),
        ("2026-09-30", 23_012),
        ("2026-10-30", 72_040),
        ("2026-11-01", 72_040),
        ("2026-11-20", 92_480),
        ("2026-12-02", 98_432),
        ("2027-06-30", 98_432),
    ] {
        assert_eq!(control.curve.planned_on(date(day)), euros(planned), "{day}");
    }
    assert_eq!(control.curve.days.len(), 88);
    assert_eq!(control.curve.earned.last(), Some(&(date(STATUS_DATE), control.total.earned)));
    assert_eq!(control.curve.actual.last(), Some(&(date(STATUS_DATE), control.total.actual)));
    assert_eq!(control.curve.earned.len(), 7);
}

#[test]
fn earned_schedule_is_as_worked_by_hand() {
    let schedule = measured_on(&branch_network().project, STATUS_DATE).total_schedule;
    near(schedule.actual_time, 80.0, 9);
    near(schedule.planned_duration, 88.0, 9);
    near(schedule.earned, 66.765, 3);
    near(schedule.variance, -13.24, 2);
    ratio(schedule.index, 0.8346, 4);
    near(schedule.estimate_days.unwrap(), 105.4, 1);
    assert_eq!(schedule.estimate_finish, Some(date("2026-12-28")));
}

#[test]
fn the_rest_is_priced_from_below() {
    let control = measured_on(&branch_network().project, STATUS_DATE);
    let below = &control.bottom_up;
    // Days left × day rates: pilot 4 × 1 080, rollout 12 × 1 080, training 4 × 520, acceptance 3 × 600, handover
    // 5 × 600, and 42 days of a fifth of 720 until the forecast finish.
    let labour = [4_320, 12_960, 2_080, 1_800, 3_000, 6_048].map(euros);
    assert_eq!(below.tasks.iter().map(|rest| rest.labour).collect::<Vec<_>>(), labour);
    assert_eq!([below.orders, below.expected, below.unordered], [Amount::ZERO; 3]);
    assert_eq!(below.estimate, euros(79_120 + 30_208));
    assert_eq!(below.n_estimated_again(), 1);
}

#[test]
fn the_finish_slips_by_34_working_days() {
    let control = measured_on(&branch_network().project, STATUS_DATE);
    assert_eq!(control.reference.finish, date("2026-12-02"));
    assert_eq!(control.finish_slip, 34 * 480);
    assert_eq!(control.finish_slip_calendar_days, 50);
    assert_eq!((control.stage, control.gates_passed), (Stage::Execution, vec![GateId::G2]));
    assert_eq!(control.threats, euros(1_720));
}

#[test]
fn health_is_red_by_time_and_the_declared_amber_is_called_out() {
    let health = measured_on(&branch_network().project, STATUS_DATE).health;
    assert_eq!(health.overall, Colour::Red);
    let colours: Vec<char> = health.dimensions.iter().map(|dimension| dimension.colour.letter()).collect();
    assert_eq!(colours, ['R', 'A', 'G', '–', 'G', '–', 'G']);
    let declared = health.declared.unwrap();
    assert_eq!((declared.colour, declared.better_than_computed), (Colour::Amber, true));
    let words: Vec<String> =
        health.dimensions.iter().map(|dimension| dimension.reason.replace('\u{a0}', " ")).collect();
    expect_test::expect![[r#"
        the forecast finish slips by 34 working days; SPI(t) without level of effort 0.812
        the headline estimate at completion of everything is 104 959 EUR against a budget of 98 432 EUR; CPI without level of effort 0.927; counted piece by piece (EAC₄) it is 109 328 EUR, 1 896 EUR beyond budget and tolerance
        scope has not grown; a change has waited 6 working days for its decision
        no defect, test or checked criterion is recorded
        threats worth 1 720 EUR against 9 000 EUR of contingency left; 5 550 EUR as they stand, before their responses
        no benefit is recorded
        the newest report is of the status date, 20 Nov 2026"#]]
    .assert_eq(&words.join("\n"));
}

#[test]
fn effort_left_is_42_of_76_and_a_half_days() {
    let control = measured_on(&branch_network().project, STATUS_DATE);
    let burn = &control.effort_burn;
    near(burn.scope, 76.5, 9);
    near(burn.remaining, 42.0, 9);
    assert_eq!(burn.points.len(), 7);
    assert_eq!(burn.planned.first().map(|point| (point.date, point.left)), Some((date("2026-08-02"), 76.5)));
    assert_eq!(burn.planned.last().map(|point| (point.date, point.left)), Some((date("2026-12-02"), 0.0)));
    let forecast = burn.forecast.unwrap();
    // From Friday 31 July, the eve of Monday 3 August: 34.5 in eight fortnights.
    assert_eq!(forecast.n_periods, 8);
    near(forecast.mean, 34.5 / 8.0, 9);
    assert_eq!(control.unit_burns.len(), 2);
    let rollout = &control.unit_burns[1];
    assert_eq!((rollout.scope, rollout.remaining), (12.0, 12.0));
    assert_eq!(rollout.forecast, Err(NoForecast::FewerThanFivePeriods(0)));
    assert_eq!(control.unit_burns[0].forecast, Err(NoForecast::Finished));
}

#[test]
fn requests_are_placed_against_the_forecast() {
    let control = measured_on(&branch_network().project, STATUS_DATE);
    let [first, second, third] = control.requests.as_slice() else { panic!("three requests") };
    assert_eq!((first.is_open, first.overdue, first.waiting_days), (false, None, Some(7)));
    assert_eq!((second.overdue, second.margin, second.waiting_days), (None, Some(2), Some(9)));
    assert_eq!(second.needed_by, Some(date("2026-11-26")));
    assert_eq!((third.overdue, third.start_in), (Some(5), Some(5)));
}

#[test]
fn money_adds_up_by_category() {
    let control = measured_on(&branch_network().project, STATUS_DATE);
    let spending = &control.spending;
    let names: Vec<&str> = spending.categories.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["labour", "hardware", "services", "training", "other"]);
    let [labour, hardware] = [&spending.categories[0], &spending.categories[1]];
    assert_eq!((labour.budget, labour.actual), (euros(57_132), euros(36_140)));
    assert_eq!(
        (hardware.budget, hardware.actual, hardware.accrual),
        (euros(41_300), euros(1_680), euros(41_300))
    );
    assert_eq!(hardware.estimate_to_complete, Amount::ZERO);
    assert_eq!((labour.work_left, labour.estimate_to_complete), (euros(24_232), Amount(2_583_876)));
    assert_eq!((labour.variance, spending.total.variance), (Amount(-484_676), Amount(-652_676)));
    assert_eq!(spending.total.budget, control.total.budget);
    assert_eq!(spending.total.spent, control.total.actual);
    assert_eq!(spending.total.estimate_at_completion, control.total.estimate());
    assert_eq!(spending.contingency.forecast_use, Amount(652_676));
    assert_eq!(spending.contingency.remaining, euros(9_000));
    assert_eq!(spending.management_reserve.forecast_use, Amount::ZERO);
    assert_eq!(spending.funding, euros(112_432));
    assert_eq!(spending.release.map(|release| release.amount), Some(euros(107_432)));
    // Released 107 432 − spent 79 120, and nothing on order.
    assert_eq!(spending.authority_left(), Some(euros(28_312)));
    assert!(spending.open_orders.is_empty());
}

#[test]
fn looking_back_sees_only_what_was_known() {
    let control = measured_on(&branch_network().project, "2026-09-30");
    assert_eq!(control.curve.planned_on(date("2026-09-30")), euros(23_012));
    // Values stand at the report of 25 September until the next one.
    assert_eq!(control.total.planned, control.curve.planned_on(date("2026-09-25")));
    let order = &control.spending.open_orders[0];
    assert_eq!((order.amount, order.reference.as_deref()), (euros(41_300), Some("PO-4471")));
    assert!(control.health.declared.is_none());
    assert_eq!(control.curve.earned.last().unwrap().0, date("2026-09-25"));
}
