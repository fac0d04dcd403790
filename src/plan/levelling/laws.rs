//! Laws of everything that levels, on random problems; known answers on small ones.

use proptest::prelude::*;

use super::textbook::{Activity, Breach, Link, Problem, ProblemError, Serial, breaches};
use super::{
    Budget, Cycle, Generator, Plan, Random, Rule, Settings, justify, list_by_rule, pass_by_rule,
    pass_in_step, plan_by_rule, sample, sampled_list, search, search_with,
};

/// A problem of up to 24 activities that all fit their capacities; links lead from lower to higher numbers, and the
/// numbers are then shuffled.
fn problems() -> impl Strategy<Value = Problem> {
    (1_usize..24, 0_usize..7, any::<u64>()).prop_map(|(n_activities, n_resources, seed)| {
        let mut random = Random::new(seed);
        let wide = random.chance(1, 4);
        let mut below = |limit: u64| u32::try_from(random.below(limit)).unwrap();
        let capacities: Vec<u32> = (0..n_resources)
            .map(|_| if wide { 1_000_000 + below(1_000_000) } else { 1 + below(9) })
            .collect();
        let activities = (0..n_activities)
            .map(|_| Activity {
                duration: below(8),
                demands: (capacities.iter())
                    .map(|&capacity| if below(2) == 0 { 0 } else { below(u64::from(capacity) + 1) })
                    .collect(),
            })
            .collect();
        let last = u32::try_from(n_activities).unwrap() - 1;
        let mut links = Vec::new();
        for successor in 1..=last {
            for _ in 0..below(3) {
                let predecessor = below(u64::from(successor));
                let lag = if below(4) == 0 { below(5) } else { 0 };
                // The numbers run backwards, so that no order of numbers is by luck an order of links.
                links.push(Link { predecessor: last - predecessor, successor: last - successor, lag });
            }
        }
        Problem::new(activities, links, capacities).unwrap()
    })
}

fn assert_sound(problem: &Problem, plan: &Plan) {
    assert_eq!(breaches(problem, plan), []);
}

proptest! {
    #[test]
    fn every_plan_is_sound(problem in problems(), seed in any::<u64>()) {
        let mut generator = Serial::new(&problem);
        let mut random = Random::new(seed);
        let mut plan = Plan::blank(problem.activities().len());
        for rule in Rule::ALL {
            let keys = rule.keys(&generator);
            let mut list = sampled_list(problem.network(), &keys, 2, &mut random);
            let length = generator.forward(&list, &mut plan);
            assert_sound(&problem, &plan);
            prop_assert_eq!(length, plan.finish());
            prop_assert!(length >= problem.lower_bound());
            generator.forward_in_step(&list, &mut plan);
            assert_sound(&problem, &plan);
            list.reverse();
            let start = generator.backward(&list, 100, &mut plan);
            assert_sound(&problem, &plan);
            prop_assert_eq!(start, plan.start());
            prop_assert_eq!(plan.finish(), 100);
        }
        let budget = Budget { schedules: 200, seed };
        let breeding = Settings { breeds_from: 0, ..Settings::default() };
        let by_generations = Settings { by_generations: Some(true), ..breeding };
        let all = [
            sample(&mut generator, Rule::MostWork, budget),
            search(&mut generator, budget),
            search_with(&mut generator, budget, breeding),
            search_with(&mut generator, budget, by_generations),
        ];
        for found in all {
            assert_sound(&problem, &found.plan);
            prop_assert_eq!(found.length, found.plan.finish());
            prop_assert!(found.length >= problem.lower_bound());
            let replayed = generator.forward(&found.list, &mut plan);
            prop_assert!(replayed <= found.length);
        }
    }

    #[test]
    fn justification_never_lengthens(problem in problems()) {
        let mut generator = Serial::new(&problem);
        for rule in Rule::ALL {
            for first in [pass_by_rule(&mut generator, rule), pass_in_step(&mut generator, rule)] {
                let before = first.length;
                let after = justify(&mut generator, first);
                prop_assert!(after.length <= before);
                assert_sound(&problem, &after.plan);
            }
        }
    }

    #[test]
    fn a_search_is_never_worse_than_the_default_and_the_same_each_time(problem in problems(), seed in any::<u64>()) {
        let default = plan_by_rule(&mut Serial::new(&problem), Rule::LatestFinish);
        let budget = Budget { schedules: 150, seed };
        let mut generator = Serial::new(&problem);
        for (breeds_from, by_generations) in [(0, None), (0, Some(true)), (usize::MAX, None)] {
            let settings = Settings { breeds_from, by_generations, ..Settings::default() };
            let once = search_with(&mut generator, budget, settings);
            prop_assert!(once.length <= default.length);
            prop_assert!(once.schedules <= budget.schedules.max(default.schedules));
            prop_assert_eq!(&search_with(&mut generator, budget, settings), &once);
            prop_assert_eq!(&search_with(&mut Serial::new(&problem), budget, settings), &once);
        }
    }

    #[test]
    fn a_pass_over_the_rest_ends_as_a_whole_one(problem in problems(), seed in any::<u64>()) {
        let mut generator = Serial::new(&problem);
        let mut random = Random::new(seed);
        let keys = Rule::LatestStart.keys(&generator);
        let mut list = sampled_list(problem.network(), &keys, 1, &mut random);
        let n_kept = random.index(list.len() + 1);
        let mut whole = Plan::blank(list.len());
        let mut part = Plan::blank(list.len());
        // A pass that is ended after so many has put those where a whole one puts them, and goes on from there.
        let ended = |n_placed: &mut usize| { *n_placed += 1; *n_placed < n_kept };
        let length = generator.forward(&list, &mut whole);
        if n_kept > 0 {
            let mut n_placed = 0;
            prop_assert_eq!(generator.forward_rest(&list, 0, &mut part, |_, _| ended(&mut n_placed)), None);
            prop_assert_eq!(n_placed, n_kept);
        }
        for &activity in &list[..n_kept] {
            prop_assert_eq!(part.starts[activity as usize], whole.starts[activity as usize]);
        }
        let mut asked = Vec::new();
        let rest = generator.forward_rest(&list, n_kept, &mut part, |activity, finish| {
            asked.push((activity, finish));
            true
        });
        prop_assert_eq!(rest, Some(length));
        prop_assert_eq!(&part, &whole);
        let placed: Vec<(u32, i64)> =
            list[n_kept..].iter().map(|&activity| (activity, whole.finishes[activity as usize])).collect();
        prop_assert_eq!(asked, placed);
        list.reverse();
        let start = generator.backward(&list, 50, &mut whole);
        if n_kept > 0 {
            let mut n_placed = 0;
            prop_assert_eq!(generator.backward_rest(&list, 0, 50, &mut part, |_, _| ended(&mut n_placed)), None);
        }
        prop_assert_eq!(generator.backward_rest(&list, n_kept, 50, &mut part, |_, _| true), Some(start));
        prop_assert_eq!(&part, &whole);
    }

    #[test]
    fn no_plan_leaves_less_than_the_tails_and_heads(problem in problems(), seed in any::<u64>()) {
        let mut generator = Serial::new(&problem);
        let keys = Rule::LatestStart.keys(&generator);
        let mut list = sampled_list(problem.network(), &keys, 0, &mut Random::new(seed));
        let mut plan = Plan::blank(list.len());
        let length = generator.forward(&list, &mut plan);
        for &activity in &list {
            prop_assert!(plan.finishes[activity as usize] + generator.tail(activity) <= length);
        }
        list.reverse();
        let start = generator.backward(&list, 50, &mut plan);
        for &activity in &list {
            prop_assert!(start + generator.head(activity) <= plan.starts[activity as usize]);
        }
    }

    #[test]
    fn packed_words_and_steps_place_alike(problem in problems(), seed in any::<u64>()) {
        // A lag behind everything makes the axis too long to be kept slot by slot, and moves nothing else.
        let n_activities = u32::try_from(problem.activities().len()).unwrap();
        let mut activities = problem.activities().to_vec();
        let nothing = Activity { duration: 0, demands: vec![0; problem.capacities().len()] };
        activities.extend([nothing.clone(), nothing]);
        let mut links = problem.links().to_vec();
        links.push(Link { predecessor: n_activities, successor: n_activities + 1, lag: 1 << 21 });
        let long = Problem::new(activities, links, problem.capacities().to_vec()).unwrap();

        let keys = Rule::LatestStart.keys(&Serial::new(&problem));
        let mut list = sampled_list(problem.network(), &keys, 1, &mut Random::new(seed));
        let (mut short_plan, mut long_plan) =
            (Plan::blank(problem.activities().len()), Plan::blank(long.activities().len()));
        Serial::new(&problem).forward(&list, &mut short_plan);
        list.extend([n_activities, n_activities + 1]);
        Serial::new(&long).forward(&list, &mut long_plan);
        long_plan.starts.truncate(short_plan.starts.len());
        prop_assert_eq!(&short_plan.starts, &long_plan.starts);
    }
}

fn activity(duration: u32, demands: &[u32]) -> Activity {
    Activity { duration, demands: demands.to_vec() }
}

fn link(predecessor: u32, successor: u32) -> Link {
    Link { predecessor, successor, lag: 0 }
}

/// One resource of 2 units. `a` (2 slots, 1 unit) before `b` (2 slots, 2 units); `c` (3 slots, 1 unit) and `d` (1 slot,
/// 1 unit) are free. Work is 2 + 4 + 3 + 1 = 10 unit slots, so 5 slots is the least, and `a` beside `c` from 0, `d` after
/// `a` at 2, `b` from 3 is a plan of 5.
fn four_tasks() -> Problem {
    let activities = vec![activity(2, &[1]), activity(2, &[2]), activity(3, &[1]), activity(1, &[1])];
    Problem::new(activities, vec![link(0, 1)], vec![2]).unwrap()
}

#[test]
fn a_tiny_problem_worked_by_hand() {
    let problem = four_tasks();
    assert_eq!((problem.critical_path_length(), problem.lower_bound()), (4, 5));
    let mut generator = Serial::new(&problem);
    let mut plan = Plan::blank(4);
    // In the order a b c d, `b` takes all of 2 and 3: c waits for 4, d fits beside a.
    assert_eq!(generator.forward(&[0, 1, 2, 3], &mut plan), 7);
    assert_eq!(plan.starts, [0, 2, 4, 0]);
    assert_eq!(generator.forward(&[0, 2, 3, 1], &mut plan), 5);
    assert_eq!(plan.starts, [0, 3, 0, 2]);
    // From the other end before 10: b 8 to 10, a and c beside each other before it, d before c.
    assert_eq!(generator.backward(&[1, 0, 2, 3], 10, &mut plan), 5);
    assert_eq!(plan.starts, [6, 8, 5, 5]);
    let found = search(&mut generator, Budget { schedules: 100, seed: 1 });
    assert_eq!((found.length, found.proven), (5, true));
}

#[test]
fn a_lag_is_waited_for_in_both_directions() {
    let activities = vec![activity(2, &[1]), activity(3, &[1])];
    let links = vec![Link { predecessor: 0, successor: 1, lag: 4 }];
    let problem = Problem::new(activities, links, vec![1]).unwrap();
    let mut plan = Plan::blank(2);
    let mut generator = Serial::new(&problem);
    assert_eq!(generator.forward(&[0, 1], &mut plan), 9);
    assert_eq!(plan.starts, [0, 6]);
    assert_eq!(generator.forward_in_step(&[0, 1], &mut plan), 9);
    assert_eq!(generator.backward(&[1, 0], 9, &mut plan), 0);
    assert_eq!(plan.finishes, [2, 9]);
}

#[test]
fn a_problem_that_does_not_fit_is_refused() {
    let two = || vec![activity(1, &[1]), activity(1, &[1])];
    let refused = |activities, links, capacities| Problem::new(activities, links, capacities).unwrap_err();
    assert_eq!(
        refused(two(), vec![link(0, 1), link(1, 0)], vec![1]),
        ProblemError::Cycle(Cycle { activities: vec![1, 0] })
    );
    assert_eq!(
        refused(two(), vec![], vec![0]),
        ProblemError::TooFew { activity: 0, resource: 0, demand: 1, capacity: 0 }
    );
    assert_eq!(
        refused(two(), vec![], vec![1, 1]),
        ProblemError::Lengths { activity: 0, demands: 1, capacities: 2 }
    );
    assert_eq!(refused(two(), vec![link(0, 2)], vec![1]), ProblemError::NoSuchActivity(link(0, 2)));
    assert_eq!(refused(vec![activity(u32::MAX, &[])], vec![], vec![]), ProblemError::TooLong);
}

#[test]
fn the_checker_sees_what_is_broken() {
    let problem = four_tasks();
    let plan =
        |starts: [i64; 4], finishes: [i64; 4]| Plan { starts: starts.to_vec(), finishes: finishes.to_vec() };
    assert_eq!(
        breaches(&problem, &plan([0, 1, 3, 6], [2, 3, 6, 7])),
        [Breach::Link(link(0, 1)), Breach::Capacity { resource: 0, time: 1, held: 3 },]
    );
    assert_eq!(breaches(&problem, &plan([0, 2, 4, 0], [2, 4, 7, 2])), [Breach::Duration(3)]);
    assert_eq!(breaches(&problem, &Plan::blank(3)), [Breach::Length(3)]);
}

#[test]
fn nothing_at_all_has_a_plan() {
    let problem = Problem::new(vec![], vec![], vec![]).unwrap();
    let found = search(&mut Serial::new(&problem), Budget { schedules: 10, seed: 1 });
    assert_eq!((found.length, found.proven), (0, true));
}

#[test]
fn rules_order_by_what_they_say() {
    // 0 -> 1 -> 3 (1 + 5 + 1 slots) beside 0 -> 2 -> 3 (1 + 2 + 1 slots).
    let activities = [1, 5, 2, 1].map(|duration| activity(duration, &[1])).to_vec();
    let links = vec![link(0, 1), link(0, 2), link(1, 3), link(2, 3)];
    let problem = Problem::new(activities, links, vec![1]).unwrap();
    let generator = Serial::new(&problem);
    assert_eq!(Rule::LatestFinish.keys(&generator), [1, 6, 6, 7]);
    assert_eq!(Rule::LatestStart.keys(&generator), [0, 1, 4, 6]);
    assert_eq!(Rule::LeastSlack.keys(&generator), [0, 0, 3, 0]);
    assert_eq!(Rule::MostSuccessors.keys(&generator), [-4, -2, -2, -1]);
    assert_eq!(Rule::GreatestWeight.keys(&generator), [-8, -6, -3, -1]);
    assert_eq!(list_by_rule(problem.network(), &Rule::LatestStart.keys(&generator)), [0, 1, 2, 3]);
}

/// Fisher and Thompson's 6 × 6 job shop (1963): for each job its operations as (machine, duration), in order.
const FT06: [[(usize, u32); 6]; 6] = [
    [(2, 1), (0, 3), (1, 6), (3, 7), (5, 3), (4, 6)],
    [(1, 8), (2, 5), (4, 10), (5, 10), (0, 10), (3, 4)],
    [(2, 5), (3, 4), (5, 8), (0, 9), (1, 1), (4, 7)],
    [(1, 5), (0, 5), (2, 5), (3, 3), (4, 8), (5, 9)],
    [(2, 9), (1, 3), (4, 5), (5, 4), (0, 3), (3, 1)],
    [(1, 3), (3, 3), (5, 9), (0, 10), (4, 4), (2, 1)],
];

#[test]
fn the_classic_job_shop_is_solved_to_its_optimum() {
    let mut activities = Vec::new();
    let mut links = Vec::new();
    for job in FT06 {
        for (place, (machine, duration)) in job.into_iter().enumerate() {
            let mut demands = vec![0; 6];
            demands[machine] = 1;
            let number = u32::try_from(activities.len()).unwrap();
            if place > 0 {
                links.push(link(number - 1, number));
            }
            activities.push(Activity { duration, demands });
        }
    }
    let problem = Problem::new(activities, links, vec![1; 6]).unwrap();
    let by_generations = Settings { breeds_from: 0, by_generations: Some(true), ..Settings::default() };
    for settings in [Settings::default(), by_generations] {
        let budget = Budget { schedules: 20_000, seed: 1 };
        let found = search_with(&mut Serial::new(&problem), budget, settings);
        assert_eq!(breaches(&problem, &found.plan), []);
        assert_eq!(found.length, 55);
    }
}
