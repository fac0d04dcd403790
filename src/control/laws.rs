//! What must hold for every project, tried on plans made at random.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::diagnostic::Span;
use crate::model::{
    Assignee, Baseline, BaselineTask, BudgetLine, ChangeStatus, CostEntry, Earning, EarningStep, EntryType,
    PersonNo, ProgressEntry, TaskCost, TaskKind, TaskNo, Text, TimeEntry, Worker,
};
use crate::plan::sketch::{Sketch, date};
use crate::quantity::{Effort, Moment, Percent, Window};

/// A task as the dice give it.
#[derive(Clone, Debug)]
struct Dice {
    days: i64,
    method: u8,
    cost: i64,
    after: prop::sample::Index,
    percent: i64,
    booked: i64,
}

fn dice() -> impl Strategy<Value = Dice> {
    (1i64..12, 0u8..7, 0i64..100_000, any::<prop::sample::Index>(), 0i64..=100, 0i64..5_000).prop_map(
        |(days, method, cost, after, percent, booked)| Dice { days, method, cost, after, percent, booked },
    )
}

fn percent(whole: i64) -> Percent {
    Percent::from_hundredths(whole * 100)
}

fn earning(method: u8, before: Option<TaskNo>) -> Earning {
    let step = |weight: i64| EarningStep::new("", percent(weight));
    match (method, before) {
        (0, _) => Earning::AtFinish,
        (1, _) => Earning::AtStartAndFinish(percent(25)),
        (2, _) => Earning::Steps(vec![step(40), step(30), step(30)]),
        (3, _) => Earning::Units { total: 7, unit: "points".to_owned() },
        (4, Some(base)) => Earning::Apportioned(base),
        (5, _) => Earning::LevelOfEffort,
        _ => Earning::Percent,
    }
}

/// Work in a loose chain, priced by one person and by money, reported on three dates.
fn project(rolls: &[Dice]) -> Sketch {
    let mut sketch = Sketch::starting("2026-08-03", &["2026-08-19"]);
    let window = sketch.calendar("window", &["2026-08-24 .. 2026-08-28"]);
    let tom = sketch.person("tom", &[]);
    sketch.project.team.people[0].rate = Some("613 EUR/d".parse().unwrap());
    let mut before = None;
    for (place, roll) in rolls.iter().enumerate() {
        let after = (place > 0).then(|| format!("t{}", roll.after.index(place)));
        let links: Vec<&str> = after.iter().map(String::as_str).collect();
        let task = sketch.work(&format!("t{place}"), &format!("{}d", roll.days), &links);
        task.assign(Assignee::Person(tom), 30 + roll.percent / 2);
        task.earning = earning(roll.method, before);
        task.costs.push(TaskCost {
            amount: Amount(roll.cost),
            category: if roll.cost % 2 == 0 { "hardware" } else { "services" }.to_owned(),
            origin: Span::default(),
        });
        if roll.cost % 3 == 0 {
            task.on(window);
        }
        before = Some(TaskNo(u32::try_from(place).unwrap()));
        let number = TaskNo(u32::try_from(place).unwrap());
        for (status_date, share) in [("2026-08-14", 1), ("2026-08-28", 2), ("2026-09-11", 4)] {
            let done = (roll.percent * share / 2).min(100);
            sketch.project.progress.push(ProgressEntry {
                actual_start: (done > 0).then(|| Moment::on(date("2026-08-10"))),
                actual_finish: (done == 100).then(|| Moment::on(date(status_date))),
                percent_complete: Some(percent(done)),
                units_done: Some(7 * done / 100),
                units_total: (roll.cost % 5 == 0).then_some(9),
                ..ProgressEntry::silent(date(status_date), number)
            });
        }
        sketch.project.timesheets.push(TimeEntry {
            period: Window::inclusive(date("2026-08-10"), date("2026-08-16")).unwrap(),
            written: String::new(),
            worker: Worker::Person(PersonNo(0)),
            task: number,
            effort: Effort::from_minutes(roll.booked),
            origin: Span::default(),
        });
        for (entry_type, amount) in [
            (EntryType::Commitment, roll.cost),
            (EntryType::Accrual, roll.cost / 2),
            (EntryType::Actual, roll.cost / 3),
        ] {
            sketch.project.costs.push(CostEntry {
                date: date("2026-08-20"),
                entry_type,
                category: "hardware".to_owned(),
                task: (roll.cost % 7 != 0).then_some(number),
                amount: Amount(amount),
                converted: None,
                reference: (roll.cost % 4 != 0).then(|| format!("PO-{}", roll.cost % 3)),
                note: None,
                origin: Span::default(),
            });
        }
    }
    sketch.project.progress.sort_by_key(|entry| entry.status_date);
    sketch.project.budget.lines.push(BudgetLine {
        name: Text::default(),
        amount: Amount(99_999),
        category: "travel".to_owned(),
        window: None,
        origin: Span::default(),
    });
    let last = TaskNo(u32::try_from(rolls.len() - 1).unwrap());
    sketch.task("lead", TaskKind::Hammock { from: vec![TaskNo(0)], to: vec![last] }, &[]).earning =
        Earning::LevelOfEffort;
    sketch.project.tasks.last_mut().unwrap().assign(Assignee::Person(tom), 20);
    sketch
}

fn measured(sketch: &Sketch, day: &str) -> Control {
    let project = &sketch.project;
    let engine = Engine::new(project);
    let facts = Facts::as_of(project, date(day));
    let planned = engine.run(&Facts::none(project));
    let forecast = engine.run(&facts);
    let levers = engine.levers(&facts, &forecast);
    measure(&Position {
        project,
        engine: &engine,
        planned: &planned,
        forecast: &forecast,
        facts: &facts,
        levers: &levers,
        status_date: date(day),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn value_rises_to_the_budget_and_never_beyond(rolls in prop::collection::vec(dice(), 1..9)) {
        let control = measured(&project(&rolls), "2026-09-04");
        let budget = control.total.budget;
        prop_assert_eq!(budget, control.reference.budget);
        let eve = control.reference.start.yesterday().unwrap();
        prop_assert_eq!(control.curve.planned_on(eve), Amount::ZERO);
        prop_assert_eq!(control.curve.planned_on(control.reference.finish), budget);
        prop_assert!(control.curve.days.is_sorted_by_key(|point| point.planned));
        prop_assert!(control.curve.days.is_sorted_by_key(|point| point.planned_discrete));
        prop_assert_eq!(control.curve.days.last().unwrap().planned_discrete, control.discrete.budget);
        prop_assert_eq!(control.curve.planned_on(control.data_date), control.total.planned);
        prop_assert!(control.total.earned >= Amount::ZERO && control.total.earned <= budget);
        for task in &control.tasks {
            prop_assert!(task.earned_value >= Amount::ZERO && task.earned_value <= task.budget);
            prop_assert_eq!(task.actual_cost, task.labour_cost + task.other_cost);
        }
        prop_assert_eq!(control.curve.earned.last().unwrap().1, control.total.earned);
        prop_assert_eq!(control.curve.actual.last().unwrap().1, control.total.actual);
    }

    #[test]
    fn rows_add_up_to_their_total(rolls in prop::collection::vec(dice(), 1..9)) {
        let control = measured(&project(&rolls), "2026-09-04");
        let (rows, total) = (&control.spending.categories, &control.spending.total);
        let sum = |field: fn(&CategorySpending) -> Amount| rows.iter().map(field).sum::<Amount>();
        prop_assert_eq!(sum(|row| row.budget), control.total.budget);
        prop_assert_eq!(sum(|row| row.spent), control.total.actual);
        prop_assert_eq!(sum(|row| row.estimate_at_completion), control.total.estimate());
        prop_assert_eq!(sum(|row| row.work_left), control.total.budget - control.total.earned);
        prop_assert_eq!(sum(|row| row.variance), total.budget - total.estimate_at_completion);
        prop_assert_eq!(control.ledger.rows.last().unwrap().spent, control.total.actual);
        prop_assert_eq!(control.ledger.months.iter().map(|month| month.spent).sum::<Amount>(), control.total.actual);
        let stages = control.work_breakdown.iter().filter(|package| package.depth == 0);
        let earned: Amount = stages.map(|package| package.value.earned).sum();
        prop_assert_eq!(earned, control.total.earned);
        let open: Amount = control.spending.open_orders.iter().map(|order| order.amount).sum();
        prop_assert_eq!(sum(|row| row.open_commitment), open);
        for row in rows {
            prop_assert_eq!(row.spent, row.actual + row.accrual);
            prop_assert!(row.accrual >= Amount::ZERO);
        }
    }

    /// The bridge leaves no rest, to the cent, on every day and with changes that name some of the tasks.
    #[test]
    fn the_causes_lead_from_the_budget_to_the_estimate(
        rolls in prop::collection::vec(dice(), 1..9),
        costs in prop::collection::vec(-40_000i64..40_000, 0..4),
        day in prop::sample::select(vec!["2026-08-07", "2026-08-21", "2026-09-04", "2026-09-25"]),
    ) {
        let mut sketch = project(&rolls);
        for (place, cost) in costs.iter().enumerate() {
            let mut change = golden::change(&format!("C{place}"), 0, ChangeStatus::Approved);
            change.cost = Some(Amount(*cost));
            change.decided = Some(date("2026-08-12"));
            change.tasks = vec![TaskNo(u32::try_from(place % rolls.len()).unwrap())];
            sketch.project.registers.changes.push(change);
        }
        // A baseline that leaves the first task out: it is scope of its own.
        let promised = |cost: i64| BaselineTask {
            start: date("2026-08-03"), finish: date("2026-09-11"), duration: None,
            budget: Amount(cost), effort: None, units: None, origin: Span::default(),
        };
        let numbers = sketch.project.task_numbers().skip(1);
        let tasks = numbers.map(|number| (number, promised(3_333 * i64::from(number.0)))).collect();
        sketch.project.baselines.push(Baseline {
            allowed: std::collections::BTreeMap::new(),
            id: crate::plan::sketch::id("B1"), approved: Some(date("2026-08-03")), source_revision: None,
            frozen: None, authorised_by: None, digest: None, digest_of_values: String::new(), had_digest: false, case: None, finish: None,
            finish_origin: None,
            budget: None, tasks, methods: BTreeMap::new(), planned_value: BTreeMap::new(), lines: None,
            dropped: Vec::new(), last_task_day: None, sum: Amount::ZERO, origin: Span::default(),
        });
        let control = measured(&sketch, day);
        let bridge = &control.bridge;
        prop_assert_eq!((bridge.budget, bridge.estimate), (control.total.budget, control.total.estimate()));
        let causes: Amount = bridge.parts.iter().map(|part| part.amount).sum();
        prop_assert_eq!(bridge.budget + causes, bridge.estimate);
        for part in &bridge.parts {
            prop_assert_eq!(part.items.iter().map(|item| item.amount).sum::<Amount>(), part.amount);
        }
        let granted: Amount = bridge.grants.iter().map(|grant| grant.amount).sum();
        let unspent: Amount = bridge.unspent.iter().map(|grant| grant.amount).sum();
        let approved = bridge.parts.iter().find(|part| part.cause == BridgeCause::ApprovedChanges);
        prop_assert_eq!(granted - unspent, approved.map_or(Amount::ZERO, |part| part.amount));
    }

    #[test]
    fn done_and_left_are_the_scope(rolls in prop::collection::vec(dice(), 1..9)) {
        let control = measured(&project(&rolls), "2026-09-18");
        for burn in control.unit_burns.iter().chain(&control.shared_burns).chain([&control.effort_burn]) {
            let last = burn.points.last().unwrap();
            prop_assert_eq!(last.date, control.status_date);
            prop_assert!((last.done + burn.remaining - burn.scope).abs() < 1e-9);
            prop_assert!(burn.points.iter().all(|point| -1e-9 <= point.done && point.done <= point.scope + 1e-9));
            prop_assert!(burn.planned.is_sorted_by(|before, after| before.left >= after.left - 1e-9));
            prop_assert!(burn.planned.last().is_none_or(|end| end.left.abs() < 1e-9));
        }
    }

    #[test]
    fn measuring_twice_says_the_same(rolls in prop::collection::vec(dice(), 1..5)) {
        let sketch = project(&rolls);
        let say = || format!("{:?}", measured(&sketch, "2026-09-04"));
        prop_assert_eq!(say(), say());
    }

    #[test]
    fn a_project_on_plan_shows_no_variance(rolls in prop::collection::vec(dice(), 1..9)) {
        let mut sketch = project(&rolls);
        let planned = sketch.planned();
        sketch.project.progress.clear();
        let done = date("2027-12-31");
        for number in sketch.project.task_numbers() {
            let slot = planned.slot(number);
            sketch.project.progress.push(ProgressEntry {
                actual_start: Some(Moment::on(slot.first_day())),
                actual_finish: Some(Moment::on(slot.last_day())),
                ..ProgressEntry::silent(slot.last_day(), number)
            });
        }
        sketch.project.progress.sort_by_key(|entry| entry.status_date);
        let control = measured(&sketch, "2027-12-31");
        prop_assert!(done > control.reference.finish);
        prop_assert_eq!(control.total.schedule_variance(), Amount::ZERO);
        prop_assert_eq!(control.finish_slip, 0);
        let index = control.total_schedule.index.unwrap().get();
        prop_assert!((index - 1.0).abs() < 1e-9, "SPI(t) is {}", index);
    }
}

#[test]
fn a_project_without_tasks_can_be_measured() {
    let control = measured(&Sketch::starting("2026-08-03", &[]), "2026-08-07");
    assert_eq!(control.total, EarnedValue::default());
    assert_eq!(control.health.overall, Colour::Unrated);
    assert_eq!(control.stage, Stage::Initiation);
    assert!(control.total_schedule.index.is_none_or(|index| index.get() == 0.0));
    assert_eq!(control.effort_burn.forecast, Err(NoForecast::Finished));

    // Silence for more than two periods makes the data red, which no colour may hide.
    let control = measured(&Sketch::starting("2026-08-03", &[]), "2026-09-04");
    assert_eq!(control.health.overall, Colour::Amber);
}

#[test]
fn a_day_before_the_start_can_be_measured() {
    let mut sketch = Sketch::starting("2026-08-03", &[]);
    sketch.work("only", "5d", &[]);
    let control = measured(&sketch, "2026-07-01");
    assert_eq!(control.total_schedule.index, None);
    assert_eq!(control.finish_slip, 0);
}

#[test]
fn without_prices_time_is_judged_by_the_finish_alone() {
    let mut sketch = Sketch::starting("2026-08-03", &[]);
    sketch.work("only", "20d", &[]);
    sketch.project.progress.push(ProgressEntry {
        actual_start: Some(Moment::on(date("2026-08-03"))),
        percent_complete: Some(percent(50)),
        remaining: Some("10d".parse().unwrap()),
        ..ProgressEntry::silent(date("2026-08-14"), TaskNo(0))
    });
    let control = measured(&sketch, "2026-08-14");
    assert_eq!((control.total_schedule.index, control.discrete_schedule.index), (None, None));
    let time = control.health.dimension(DimensionKind::Time);
    assert_eq!(
        (time.colour, time.reason.as_str()),
        (Colour::Green, "the forecast finish is the planned one")
    );
}

#[test]
fn work_done_without_any_cost_is_not_called_cheap() {
    let mut sketch = Sketch::starting("2026-08-03", &[]);
    sketch.work("done", "5d", &[]).costs.push(TaskCost {
        amount: Amount(100_000),
        category: "hardware".to_owned(),
        origin: Span::default(),
    });
    let cost = |sketch: &Sketch| {
        let control = measured(sketch, "2026-08-07");
        let cost = control.health.dimension(DimensionKind::Cost).clone();
        (control.spending.is_recorded, control.total.cpi().is_some(), cost.colour, cost.reason)
    };
    assert_eq!((cost(&sketch).0, cost(&sketch).2), (true, Colour::Unrated));
    sketch.project.progress.push(ProgressEntry {
        actual_start: Some(Moment::on(date("2026-08-03"))),
        actual_finish: Some(Moment::on(date("2026-08-07"))),
        percent_complete: Some(percent(100)),
        ..ProgressEntry::silent(date("2026-08-07"), TaskNo(0))
    });
    assert_eq!(cost(&sketch), (false, false, Colour::Unrated, "no cost is recorded".to_owned()));
    sketch.project.costs.push(CostEntry {
        date: date("2026-08-06"),
        entry_type: EntryType::Accrual,
        category: "hardware".to_owned(),
        task: Some(TaskNo(0)),
        amount: Amount(90_000),
        converted: None,
        reference: None,
        note: None,
        origin: Span::default(),
    });
    let recorded = cost(&sketch);
    assert_eq!((recorded.0, recorded.1, recorded.2), (true, true, Colour::Green));
}

#[test]
fn a_plan_of_points_has_no_pace_and_ends_on_its_day() {
    let mut sketch = Sketch::starting("2026-08-03", &[]);
    sketch.task("go", TaskKind::Milestone, &[]);
    let control = measured(&sketch, "2026-07-31");
    assert_eq!((control.total_schedule.index, control.finish_slip), (None, 0));
    assert_eq!(control.health.dimension(DimensionKind::Time).colour, Colour::Unrated);
}

#[test]
fn a_plan_that_nobody_promised_or_reported_of_is_not_called_green() {
    let mut sketch = Sketch::starting("2026-08-03", &[]);
    sketch.work("only", "20d", &[]).costs.push(TaskCost {
        amount: Amount(100_000),
        category: "hardware".to_owned(),
        origin: Span::default(),
    });
    let colours = |sketch: &Sketch, day| {
        let health = measured(sketch, day).health;
        let of = |kind| health.dimension(kind).colour;
        (of(DimensionKind::Time), of(DimensionKind::Cost), of(DimensionKind::Data), health.overall)
    };
    let unknown = (Colour::Unrated, Colour::Unrated, Colour::Unrated, Colour::Unrated);
    assert_eq!(colours(&sketch, "2026-07-31"), unknown);
    // That the first report is late is known, and that the plan slips by it.
    assert_eq!(colours(&sketch, "2026-08-31").2, Colour::Amber);
    assert_eq!(colours(&sketch, "2026-08-31").0, Colour::Red);
    sketch.project.progress.push(ProgressEntry {
        actual_start: Some(Moment::on(date("2026-08-03"))),
        percent_complete: Some(percent(5)),
        ..ProgressEntry::silent(date("2026-08-03"), TaskNo(0))
    });
    let (time, _, data, overall) = colours(&sketch, "2026-08-03");
    assert_eq!((time, data, overall), (Colour::Green, Colour::Green, Colour::Green));
}

/// The ideal line of an iteration: 40 points, two weeks with a holiday on the second Wednesday.
#[test]
fn the_planned_line_is_straight_over_working_days() {
    let mut sketch = Sketch::starting("2026-11-02", &["2026-11-11"]);
    sketch.work("iteration", "9d", &[]).earning = Earning::Units { total: 40, unit: "points".to_owned() };
    let control = measured(&sketch, "2026-11-13");
    let line: Vec<String> = control.unit_burns[0]
        .planned
        .iter()
        .map(|point| format!("{:02} {:.2}", point.date.day(), point.left))
        .collect();
    let expected = [
        "01 40.00", "02 35.56", "03 31.11", "04 26.67", "05 22.22", "06 17.78", "09 13.33", "10 8.89",
        "12 4.44", "13 0.00",
    ];
    assert_eq!(line, expected);
}
