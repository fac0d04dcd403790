//! Laws of the runs, tried on plans made at random: each run is what the engine itself computes from the same lengths,
//! and neither threads nor the number of runs computed at a time change a bit.

use std::sync::Arc;

use proptest::prelude::{
    Just, ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest,
};

use super::compile::{Compiler, Responses};
use super::network::FlatNetwork;
use super::run::{Runs, drawn};
use super::{Distribution, KnownRuns, Promise, RiskOptions, RiskQuestion, dependence, runs};
use crate::diagnostic::Span;
use crate::model::{
    Assignee, ConstraintKind, Exposure, LinkKind, ProgressLogic, Risk, TaskKind, TaskNo, Work,
};
use crate::plan::laws::{ALL_KINDS, Draw, draws, facts, in_order};
use crate::plan::sketch::{Sketch, date, id};
use crate::plan::{Engine, Facts};
use crate::quantity::{Amount, Fraction, Instant, Moment, Percent};

/// What is added to a drawn plan: a bound, or another estimate.
#[derive(Clone, Debug)]
struct Addition {
    pick: usize,
    bound: Option<(ConstraintKind, i8)>,
    estimate: Option<&'static str>,
    /// Whether somebody works on it who is away on other days, and somebody with a calendar of their own.
    people: (bool, bool),
    /// Whether its dates are set by hand.
    is_manual: bool,
    /// A lag for its first link that depends on the length of what it waits for.
    share: Option<&'static str>,
}

fn addition() -> impl Strategy<Value = Addition> {
    let kind = prop_oneof![
        Just(ConstraintKind::FinishesNotBefore),
        Just(ConstraintKind::StartsNotAfter),
        Just(ConstraintKind::FinishesNotAfter),
        Just(ConstraintKind::MustStart),
        Just(ConstraintKind::MustFinish),
    ];
    let estimate = prop_oneof![
        Just("2d / 3d / 8d"),
        Just("0d / 1d / 2d"),
        Just("4ed / 5ed / 16ed"),
        Just("7ed"),
        Just("5h / 9h / 31h"),
        Just("0.3d / 6d / 6d"),
    ];
    (
        any::<usize>(),
        proptest::option::weighted(0.3, (kind, 0..60_i8)),
        proptest::option::weighted(0.8, estimate),
        (proptest::bool::weighted(0.3), proptest::bool::weighted(0.3)),
        proptest::bool::weighted(0.2),
        proptest::option::weighted(
            0.4,
            prop_oneof![Just("+100%"), Just("+30%"), Just("-40%"), Just("+50e%"), Just("-25e%")],
        ),
    )
        .prop_map(|(pick, bound, estimate, people, is_manual, share)| Addition {
            pick,
            bound,
            estimate,
            people,
            is_manual,
            share,
        })
}

fn additions() -> impl Strategy<Value = Vec<Addition>> {
    proptest::collection::vec(addition(), 0..10)
}

/// Facts in which some of what has begun pauses until a day.
fn paused(sketch: &Sketch, draws: &[Draw], has_begun: bool) -> Facts {
    let mut facts = if has_begun { facts(sketch, draws) } else { Facts::none(&sketch.project) };
    for (place, progress) in facts.progress.iter_mut().enumerate() {
        if progress.actual_start.is_some() && place % 3 == 0 {
            progress.resume = Some(Moment::on(date("2026-11-19")));
        }
    }
    facts
}

/// A drawn plan with more in it: ranges, hard constraints, elapsed work, a summary that later work waits for, and risks.
fn enriched(draws: &[Draw], additions: &[Addition], has_summary: bool) -> Sketch {
    let mut sketch = in_order(draws);
    let n_tasks = sketch.project.tasks.len();
    let away = Assignee::Person(sketch.person("bo", &["2026-11-12 .. 2026-11-17", "2026-12-01"]));
    let own = sketch.person("cleo", &[]);
    sketch.project.team.people[own.0 as usize].calendar = Some(2);
    for addition in additions {
        let task = &mut sketch.project.tasks[addition.pick % n_tasks];
        if let (Some(estimate), TaskKind::Work(_)) = (addition.estimate, &task.kind) {
            task.kind = TaskKind::Work(Work::Duration(estimate.parse().unwrap()));
        }
        task.is_manual |= addition.is_manual;
        if let (Some(share), Some(link)) = (addition.share, task.links.first_mut()) {
            link.lag = share.parse().unwrap();
        }
        if addition.people.0 {
            task.assign(away, 100);
        }
        if addition.people.1 {
            task.assign(Assignee::Person(own), 100);
        }
        if let Some((kind, day)) = addition.bound {
            let day = date("2026-11-02").checked_add(jiff::Span::new().days(i64::from(day))).unwrap();
            task.bound(kind, &day.to_string());
        }
    }
    if has_summary {
        sketch.task("t90", TaskKind::Summary, &[]);
        let summary = sketch.number("t90");
        for task in 0..n_tasks.div_ceil(2) {
            sketch.project.tasks[task].below(summary);
        }
        sketch.work("t91", "1d / 2d / 4d", &["t90 FS +1d"]).on(1);
        sketch.work("t92", "3d", &["t90 SS +2d"]);
        sketch.task("t93", TaskKind::Milestone, &["t91 FS +1d", "t92 FS +2ed"]).on(2);
    }
    for (place, task) in [0, n_tasks / 2].into_iter().enumerate() {
        let mut links = vec![sketch.project.tasks[task].id.clone()];
        if has_summary && place == 0 {
            links.push(id("t90"));
        }
        let time = if place == 0 { 1_100 } else { -300 };
        sketch.project.registers.risks.push(risk(place, links, 4_000, time));
    }
    sketch
}

pub(super) fn risk(place: usize, links: Vec<crate::quantity::Id>, hundredths: i64, time: i64) -> Risk {
    let probability = Percent::from_hundredths(hundredths);
    Risk {
        id: id(&format!("R{place}")),
        risk: crate::model::Text::default(),
        cause: None,
        effect: None,
        category: None,
        current: Exposure { probability, cost: Amount(100), time, ..Exposure::default() },
        inherent: None,
        residual: None,
        quality_impact: None,
        response: None,
        owner: None,
        proximity: None,
        raised: None,
        reviewed: None,
        status: None,
        closed: None,
        became: None,
        is_time_in_plan: None,
        links,
        origin: Span::default(),
    }
}

/// All tasks watched.
fn question(sketch: &Sketch, options: RiskOptions) -> RiskQuestion {
    let watch = sketch.project.task_numbers().map(|task| Promise::of_reference(task, Instant(0))).collect();
    RiskQuestion { options, watch, ..RiskQuestion::default() }
}

fn simulate(engine: &Engine, facts: &Facts, question: &RiskQuestion) -> (FlatNetwork, Runs) {
    let time = engine.project().working_time();
    let (pass, early) = engine.in_order_of_work(facts, &engine.run(facts));
    let compiler = Compiler::new(engine.project(), &pass, &early, question, Responses::AsTheyStand);
    let network = compiler.compile(&time).laid_out(question.options.distribution, &KnownRuns::default());
    let likely = time.minutes_before(pass.project_finish(&early));
    let runs = runs(&network, &question.options, likely);
    (network, runs)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: ProptestConfig::default().cases * 3 / 8,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn without_ranges_every_run_is_the_forecast(
        draws in draws(&ALL_KINDS), additions in additions(), has_begun in any::<bool>(), has_summary in any::<bool>()
    ) {
        let fixed: Vec<Addition> =
            additions.into_iter().map(|one| Addition { estimate: one.estimate.filter(|text| !text.contains('/')), ..one }).collect();
        let mut sketch = enriched(&draws, &fixed, has_summary);
        sketch.project.registers.risks.clear();
        for task in &mut sketch.project.tasks {
            if let TaskKind::Work(Work::Duration(estimate)) = &mut task.kind {
                *estimate = crate::quantity::Estimate::single(estimate.likely());
            }
        }
        let facts = paused(&sketch, &draws, has_begun);
        let engine = Engine::new(&sketch.project);
        let options = RiskOptions { runs: 11, ..RiskOptions::default() };
        prop_assert!(engine.risk(&facts, &question(&sketch, options)).is_none());
        let forecast = engine.run(&facts);
        let (network, runs) = simulate(&engine, &facts, &question(&sketch, options));
        for run in &runs.outcomes {
            prop_assert_eq!(Instant(run.finish), forecast.finish);
        }
        for row in runs.watched.chunks(network.watches.len().max(1)) {
            for (watch, finish) in network.watches.iter().zip(row) {
                prop_assert_eq!(Instant(*finish), forecast.slot(watch.promise.task).finish, "{:?}", watch.promise.task);
            }
        }
    }

    #[test]
    fn being_as_late_as_possible_on_one_calendar_moves_no_finish(
        draws in draws(&ALL_KINDS), picks in proptest::collection::vec(any::<usize>(), 1..5), has_begun in any::<bool>()
    ) {
        let mut draws = draws;
        for one in &mut draws {
            one.on_one_calendar();
        }
        let mut sketch = in_order(&draws);
        let n_tasks = sketch.project.tasks.len();
        for pick in picks {
            sketch.project.tasks[pick % n_tasks].bound(ConstraintKind::AsLateAsPossible, "");
        }
        let facts = if has_begun { facts(&sketch, &draws) } else { Facts::none(&sketch.project) };
        let engine = Engine::new(&sketch.project);
        let (_, runs) = simulate(&engine, &facts, &question(&sketch, RiskOptions { runs: 1, ..RiskOptions::default() }));
        prop_assert_eq!(Instant(runs.outcomes[0].finish), engine.run(&facts).finish);
    }

    #[test]
    fn every_run_is_what_the_engine_makes_of_the_same_lengths(
        draws in draws(&ALL_KINDS), additions in additions(), has_begun in any::<bool>(),
        has_summary in any::<bool>(), correlated in any::<bool>(), seed in any::<u64>(), overrides in any::<bool>()
    ) {
        let mut sketch = enriched(&draws, &additions, has_summary);
        if overrides {
            sketch.project.scheduling.progress_logic = ProgressLogic::Override;
        }
        let facts = paused(&sketch, &draws, has_begun);
        let engine = Engine::new(&sketch.project);
        let options = RiskOptions {
            runs: 9,
            seed,
            correlation: Percent::from_hundredths(if correlated { 6_000 } else { 0 }),
            distribution: if seed % 2 == 0 { Distribution::Pert } else { Distribution::Triangular },
        };
        let (network, runs) = simulate(&engine, &facts, &question(&sketch, options));
        let likely: Vec<i64> = network.lengths.iter().map(|length| network.nodes[length.node].needs).collect();
        for run in [0, 7, 8] {
            let mut changed = facts.clone();
            for ((task, minutes), likely) in drawn(&network, dependence(&options).as_ref(), run).iter().zip(&likely) {
                changed.changed.insert(*task, minutes - likely);
            }
            let again = engine.run(&changed);
            let run = usize::try_from(run).unwrap();
            prop_assert_eq!(Instant(runs.outcomes[run].finish), again.finish);
            let n_watches = network.watches.len();
            for (watch, finish) in network.watches.iter().zip(&runs.watched[run * n_watches..]) {
                prop_assert_eq!(Instant(*finish), again.slot(watch.promise.task).finish, "{:?}", watch.promise.task);
            }
        }
    }

    #[test]
    fn the_tasks_that_decide_are_those_whose_shortening_ends_the_project_earlier_on_a_single_path(
        lengths in proptest::collection::vec(1..30_i64, 2..7)
    ) {
        let sketch = two_paths(&lengths);
        let engine = Engine::new(&sketch.project);
        let facts = Facts::none(&sketch.project);
        let (network, runs) = simulate(&engine, &facts, &question(&sketch, RiskOptions { runs: 40, ..RiskOptions::default() }));
        // Each run ends with one of two paths, or both: every run decides by at least one whole path.
        let critical = |name: &str| {
            let task = sketch.number(name);
            let place = network.nodes.iter().position(|node| node.task == Some(task)).unwrap();
            runs.tally.critical[place]
        };
        let left = critical("l0");
        for place in 0..lengths.len() {
            prop_assert_eq!(critical(&format!("l{place}")), left);
        }
        prop_assert_eq!(critical("end"), 40);
        prop_assert!(left + critical("right") >= 40);
    }
}

/// A chain beside one long task, both before a milestone.
fn two_paths(lengths: &[i64]) -> Sketch {
    let mut sketch = Sketch::starting("2026-11-02", &[]);
    let mut before = String::new();
    for (place, length) in lengths.iter().enumerate() {
        let name = format!("l{place}");
        let estimate = format!("{length}d / {}d / {}d", length + 1, length + 5);
        let after: Vec<&str> = if place == 0 { Vec::new() } else { vec![&before] };
        sketch.work(&name, &estimate, &after);
        before = name;
    }
    let sum: i64 = lengths.iter().sum();
    sketch.work("right", &format!("{sum}d / {}d / {}d", sum + 1, 2 * sum + 9), &[]);
    sketch.task("end", TaskKind::Milestone, &[&before, "right"]);
    sketch
}

#[test]
fn a_lag_that_is_a_share_follows_the_length_drawn() {
    // One waits as long as the other took, then takes a day: the project takes twice the length drawn and a day.
    let mut sketch = Sketch::starting("2026-11-02", &[]);
    sketch.work("a", "10d / 20d / 60d", &[]);
    sketch.work("b", "1d", &["a FS +100%"]);
    let engine = Engine::new(&sketch.project);
    let options = RiskOptions { runs: 40, ..RiskOptions::default() };
    let (network, runs) = simulate(&engine, &Facts::none(&sketch.project), &question(&sketch, options));
    let time = sketch.project.working_time();
    let first = time.first_minute(date("2026-11-02"));
    for (run, outcome) in runs.outcomes.iter().enumerate() {
        let (_, minutes) = drawn(&network, None, run as u64)[0];
        assert_eq!(Instant(outcome.finish), time.add_to_finish(first, 2 * minutes + 480), "run {run}");
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let sketch = two_paths(&[3, 4, 9]);
    let engine = Engine::new(&sketch.project);
    let facts = Facts::none(&sketch.project);
    let options =
        RiskOptions { runs: 1_003, correlation: Percent::from_hundredths(3_000), ..RiskOptions::default() };
    let question = question(&sketch, options);
    let on = |n_threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(n_threads).build().unwrap();
        pool.install(|| engine.risk(&facts, &question)).unwrap()
    };
    let one = on(1);
    assert_eq!(one, on(2));
    assert_eq!(one, on(7));
    let other = RiskQuestion { options: RiskOptions { seed: 2, ..options }, ..question };
    assert_ne!(one.finish, engine.risk(&facts, &other).unwrap().finish);
}

#[test]
fn runs_that_depend_on_the_same_are_made_once() {
    let mut sketch = two_paths(&[3, 4, 9]);
    let facts = Facts::none(&sketch.project);
    let options = RiskOptions { runs: 40, ..RiskOptions::default() };
    let asked = question(&sketch, options);
    let known = KnownRuns::default();
    let of = |sketch: &Sketch, question: &RiskQuestion| {
        let engine = Engine::new(&sketch.project);
        engine.risk_of(&facts, &engine.run(&facts), (question, &known)).unwrap()
    };
    let made = of(&sketch, &asked);
    // Words are no part of it.
    sketch.project.tasks[0].name = "Other words".to_owned();
    assert!(Arc::ptr_eq(&made, &of(&sketch, &asked)));
    // Whatever the runs depend on, is.
    let others = [
        RiskQuestion { options: RiskOptions { runs: 41, ..options }, ..asked.clone() },
        RiskQuestion { options: RiskOptions { seed: 2, ..options }, ..asked.clone() },
        RiskQuestion {
            options: RiskOptions { distribution: Distribution::Triangular, ..options },
            ..asked.clone()
        },
        RiskQuestion { watch: vec![Promise::of_reference(TaskNo(0), Instant(1))], ..asked.clone() },
        RiskQuestion { costs: super::RunCosts { likely: Amount(1), left: Vec::new() }, ..asked.clone() },
    ];
    for other in &others {
        assert!(!Arc::ptr_eq(&made, &of(&sketch, other)), "{other:?}");
    }
    sketch.project.tasks[1].kind = two_paths(&[3, 5, 9]).project.tasks[1].kind.clone();
    let other = of(&sketch, &asked);
    assert_ne!(made.finish, other.finish);
    // What is given away of what is known is what would be made.
    assert_eq!(other, Engine::new(&sketch.project).risk(&facts, &asked).unwrap());
}

#[test]
fn more_runs_begin_with_the_same_ones() {
    let sketch = two_paths(&[3, 4, 9]);
    let engine = Engine::new(&sketch.project);
    let facts = Facts::none(&sketch.project);
    let of = |n_runs| {
        let options = RiskOptions { runs: n_runs, ..RiskOptions::default() };
        simulate(&engine, &facts, &question(&sketch, options)).1.outcomes
    };
    assert_eq!(of(500)[..77], of(77)[..]);
}

#[test]
fn a_begun_task_varies_in_what_is_left_and_a_finished_one_not_at_all() {
    let mut sketch = Sketch::starting("2026-11-02", &[]);
    sketch.work("done", "1d / 4d / 9d", &[]);
    sketch.work("half", "8d / 10d / 16d", &["done"]);
    let mut facts = Facts::none(&sketch.project);
    facts.status_date = Some(date("2026-11-13"));
    facts.progress[0].actual_start = Some(Moment::on(date("2026-11-02")));
    facts.progress[0].actual_finish = Some(Moment::on(date("2026-11-06")));
    facts.progress[1].actual_start = Some(Moment::on(date("2026-11-09")));
    facts.progress[1].percent_complete = Some(Percent::from_hundredths(5_000));
    let engine = Engine::new(&sketch.project);
    let risk = engine.risk(&facts, &question(&sketch, RiskOptions::default())).unwrap();
    // Five of ten days are left: from four to eight of them after Friday the 13th.
    let ends: Vec<Instant> = risk.finish.outcomes().collect();
    assert!(ends[0].last_day() >= date("2026-11-19"), "{}", ends[0]);
    assert!(ends.last().unwrap().last_day() <= date("2026-11-25"));
    assert_eq!(risk.tasks.len(), 1);
    assert_eq!(risk.tasks[0].task, TaskNo(1));
    assert!((risk.tasks[0].sensitivity.share - 1.0).abs() < 1e-12);
    assert!((risk.tasks[0].sensitivity.correlation - 1.0).abs() < 1e-12);
}

#[test]
fn the_runs_of_a_levelled_plan_keep_its_order_of_work() {
    let mut sketch = Sketch::starting("2026-11-02", &[]);
    let tom = crate::model::Assignee::Person(sketch.person("tom", &[]));
    sketch.work("first", "5d", &[]).assign(tom, 100);
    sketch.work("second", "5d", &[]).assign(tom, 100);
    sketch.project.registers.risks = vec![risk(1, vec![id("first")], 10_000, 3 * 480)];
    sketch.project.scheduling.levelling = Some(crate::model::LevellingOptions::default());
    let engine = Engine::new(&sketch.project);
    let facts = Facts::none(&sketch.project);
    let outcome =
        engine.risk(&facts, &question(&sketch, RiskOptions { runs: 20, ..RiskOptions::default() })).unwrap();
    // Ten days of Tom and three, one task after the other: the 18th of November.
    assert_eq!(outcome.finish.percentile(50).unwrap().to_string(), "2026-11-18 17:00");
}

#[test]
fn a_risk_strikes_once_along_a_chain_and_its_money_counts_without_a_task() {
    let mut sketch = Sketch::starting("2026-11-02", &[]);
    sketch.work("first", "5d", &[]);
    sketch.work("second", "5d", &["first"]);
    sketch.project.registers.risks =
        vec![risk(1, vec![id("first"), id("second")], 10_000, 3 * 480), risk(2, Vec::new(), 10_000, 480)];
    let engine = Engine::new(&sketch.project);
    let facts = Facts::none(&sketch.project);
    let outcome =
        engine.risk(&facts, &question(&sketch, RiskOptions { runs: 20, ..RiskOptions::default() })).unwrap();
    // Ten days and three, not six: the 18th of November.
    assert_eq!(outcome.finish.percentile(50).unwrap().to_string(), "2026-11-18 17:00");
    assert_eq!(outcome.cost.percentile(50), Some(Amount(200)));
    assert_eq!(outcome.risks[0].tasks, [TaskNo(0)]);
    assert!(outcome.risks[1].is_left_out() && !outcome.risks[0].is_left_out());
}

#[test]
fn a_risk_strikes_in_its_share_of_the_runs() {
    let mut sketch = Sketch::starting("2026-11-02", &[]);
    sketch.work("work", "5d", &[]);
    sketch.project.registers.risks = vec![risk(1, vec![id("work")], 3_000, 480)];
    let engine = Engine::new(&sketch.project);
    let outcome =
        engine.risk(&Facts::none(&sketch.project), &question(&sketch, RiskOptions::default())).unwrap();
    let share = outcome.risks[0].struck.as_f64();
    // Four standard errors of a share of 0.3 in 10 000 runs.
    assert!((share - 0.3).abs() < 4.0 * (0.3 * 0.7 / 10_000.0_f64).sqrt(), "{share}");
    let on_time = outcome.finish.chance_of(outcome.likely_finish).as_f64();
    assert!((on_time - (1.0 - share)).abs() < 1e-12);
    // Nothing but the risk moves the finish.
    let sensitivity = outcome.risks[0].sensitivity;
    assert!((sensitivity.share - 1.0).abs() < 1e-12 && (sensitivity.correlation - 1.0).abs() < 1e-12);
    assert_eq!(outcome.tasks[0].sensitivity, super::Sensitivity::default());
}

/// Counted run by run: which finish came with which cost is kept, though each of the two is kept by itself.
fn holds_each_finish_with_its_cost(outcome: &super::ScheduleRisk, runs: &Runs, likely_cost: i64) {
    let pairs = || runs.outcomes.iter().map(|run| (run.finish, likely_cost + run.cost));
    for (finish, cost) in pairs().step_by(7) {
        let both = pairs().filter(|(at, money)| *at <= finish && *money <= cost).count();
        assert_eq!(
            outcome.chance_of_both(Instant(finish), Amount(cost)),
            Fraction::new(i64::try_from(both).unwrap(), i64::try_from(runs.outcomes.len()).unwrap())
        );
    }
    let ends = [10, 50, 80, 100];
    let counts = outcome.joint_counts(&ends);
    let class = |is_within: &dyn Fn(usize) -> bool| ends.iter().position(|end| is_within(*end)).unwrap();
    let mut counted = vec![vec![0; ends.len()]; ends.len()];
    for (finish, cost) in pairs() {
        let row = class(&|end| Instant(finish) <= outcome.finish.percentile(end).unwrap());
        let column = class(&|end| Amount(cost) <= outcome.cost.percentile(end).unwrap());
        counted[row][column] += 1;
    }
    assert_eq!(counts, counted);
}

#[test]
fn people_cost_the_time_they_take() {
    let mut sketch = Sketch::starting("2026-11-02", &[]);
    sketch.work("work", "5d / 10d / 21d", &[]);
    let mut question = question(&sketch, RiskOptions { runs: 300, ..RiskOptions::default() });
    question.costs = super::RunCosts { likely: Amount(200_000), left: vec![Amount(100_000)] };
    let engine = Engine::new(&sketch.project);
    let outcome = engine.risk(&Facts::none(&sketch.project), &question).unwrap();
    let (network, runs) = simulate(&engine, &Facts::none(&sketch.project), &question);
    assert_eq!(network.lengths.len(), 1);
    let time = sketch.project.working_time();
    for run in &runs.outcomes {
        // 100 a day of what the task takes beyond ten days, or less.
        let minutes = time.minutes_before(Instant(run.finish)) - time.minutes_before(outcome.likely_finish);
        assert!((run.cost * 480 - minutes * 10_000).abs() <= 480, "{} {minutes}", run.cost);
    }
    assert!(
        outcome.chance_of_both(outcome.likely_finish, Amount(200_000))
            == outcome.finish.chance_of(outcome.likely_finish)
    );
    let counts = outcome.joint_counts(&[50, 100]);
    assert_eq!(counts.iter().flatten().sum::<usize>(), 300);
    holds_each_finish_with_its_cost(&outcome, &runs, 200_000);
}

#[test]
fn links_between_all_ends_decide_too() {
    let mut sketch = Sketch::starting("2026-11-02", &[]);
    sketch.work("a", "2d / 4d / 9d", &[]);
    sketch.work("b", "1d", &["a SS +3d"]);
    sketch.work("c", "12d", &["b FF"]);
    let link = sketch.link("a FF +1d");
    assert_eq!(link.kind, LinkKind::FinishFinish);
    sketch.work("d", "2d", &["a FF +20d"]);
    let engine = Engine::new(&sketch.project);
    let outcome = engine
        .risk(
            &Facts::none(&sketch.project),
            &question(&sketch, RiskOptions { runs: 64, ..RiskOptions::default() }),
        )
        .unwrap();
    let index = |name: &str| {
        let of_task = outcome.tasks.iter().find(|task| task.task == sketch.number(name));
        of_task.map_or(0.0, |task| task.criticality.as_f64())
    };
    assert!((index("a") - 1.0).abs() < 1e-12 && (index("d") - 1.0).abs() < 1e-12);
    assert!(index("b").abs() < 1e-12 && index("c").abs() < 1e-12);
}

#[test]
fn a_response_helps_the_runs_once_it_is_done() {
    let mut sketch = Sketch::starting("2026-11-02", &[]);
    sketch.work("work", "5d", &[]);
    let mut late = risk(1, vec![id("work")], 10_000, 3 * 480);
    late.residual = Some(Exposure { probability: Percent::from_hundredths(0), ..late.current });
    sketch.project.registers.risks = vec![late.clone()];
    let mut facts = Facts::none(&sketch.project);
    facts.status_date = Some(date("2026-11-02"));
    let options = RiskOptions { runs: 16, ..RiskOptions::default() };
    let outcome = |sketch: &Sketch| {
        let engine = Engine::new(&sketch.project);
        engine.risk(&facts, &question(sketch, options))
    };
    let p80 = |outcome: &super::Spread<Instant>| outcome.percentile(80).unwrap().last_day();
    // Nobody wrote down what is to be done, or it is to be done still: the risk strikes for sure.
    for action in [None, Some(date("2026-11-03"))] {
        if action.is_some() {
            sketch.project.registers.actions = vec![action_of("R1", action)];
        }
        let stands = outcome(&sketch).unwrap();
        // Five days from Tuesday on, the day after the status date, and three more.
        let answered = stands.if_answered.as_ref().unwrap();
        assert_eq!((p80(&stands.finish), p80(&answered.finish)), (date("2026-11-12"), date("2026-11-09")));
        assert_eq!(
            (stands.cost.percentile(80), answered.cost.percentile(80)),
            (Some(Amount(100)), Some(Amount(0)))
        );
        assert_eq!((stands.risks[0].exposure, stands.risks[0].hoped_for), (late.current, late.residual));
    }
    // Done on the status date: nothing is left to fear.
    sketch.project.registers.actions = vec![action_of("R1", Some(date("2026-11-02")))];
    assert!(outcome(&sketch).is_none());
    sketch.project.registers.actions.push(action_of("R1", None));
    assert_eq!(p80(&outcome(&sketch).unwrap().finish), date("2026-11-12"));
}

fn action_of(risk: &str, done: Option<jiff::civil::Date>) -> crate::model::Action {
    crate::model::Action {
        id: format!("{risk}.1"),
        action: crate::model::Text::default(),
        owner: None,
        raised: None,
        due: None,
        done,
        from: Some(risk.to_owned()),
        origin: Span::default(),
    }
}
