//! Laws of levelled plans, tried on projects made at random ([`super::drawn`]) and held against the checker.

use proptest::prelude::{Just, ProptestConfig, any, prop_assert, prop_assert_eq, prop_oneof, proptest};

use super::drawn::{Draw, book_elsewhere, count_back, draws, facts, found, sketch, wrong_stretches};
use crate::model::{Assignee, ConstraintKind, LinkKind, TaskNo};
use crate::plan::levers::Trial;
use crate::plan::risk::{Promise, RiskOptions, RiskQuestion};
use crate::plan::sketch::Sketch;
use crate::plan::{Engine, Facts, Side, State};
use crate::quantity::Instant;

/// Found by the law below: the pieces of what is left of begun work were kept from the way back, where nobody was named
/// who is busy between them.
#[test]
fn a_pause_is_kept_and_says_who_is_busy_in_it() {
    let work = |half_days, calendar, person, priority, stage| Draw {
        half_days,
        calendar,
        links: Vec::new(),
        people: vec![(person, 100)],
        priority,
        not_before: None,
        ignores_people: false,
        stage,
        may_split: stage > 0,
    };
    let point = || work(0, 0, 0, 500, 0);
    let mut follower = work(6, 0, 2, 500, 0);
    follower.links = vec![(0, LinkKind::FinishStart, "0d"), (2, LinkKind::FinishStart, "0d")];
    let begun = work(1, 2, 0, 500, 1);
    let (long, last) = (work(11, 1, 0, 500, 0), work(13, 1, 2, 700, 0));
    let draws = [work(1, 0, 0, 700, 0), point(), begun, point(), point(), follower, point(), long, last];
    let mut sketch = sketch(&draws, 1);
    count_back(&mut sketch, "2026-12-18");
    let facts = facts(&sketch, &draws);
    let schedule = Engine::new(&sketch.project).run(&facts);
    assert_eq!(found(&sketch, &facts, &schedule), Vec::<String>::new());
    let [pause] = schedule.slots[2].pauses.as_slice() else { panic!("{:?}", schedule.slots[2]) };
    // Saturday, and the next: in between Tom is busy with the long work.
    assert_eq!((pause.wait.task(), pause.wait.side), (Some(TaskNo(7)), Side::Before));
}

/// What breaks when a task of a levelled plan slips by all its float, or by half of it.
fn wrong_slips(sketch: &Sketch) -> Vec<String> {
    let facts = Facts::none(&sketch.project);
    let engine = Engine::new(&sketch.project);
    let schedule = engine.run(&facts);
    let mut wrong = found(sketch, &facts, &schedule);
    let levelled = schedule.levelling.as_ref().filter(|levelling| levelling.misfits.is_empty());
    let Some(levelling) = levelled else { return wrong };
    let (mut pass, _) = engine.early(&facts);
    pass.level(levelling.levelled.loosened());
    for task in sketch.project.task_numbers().filter(|task| sketch.project.task(*task).is_work()) {
        let slot = schedule.slot(task);
        // In whole half hours, the steps of the checker.
        for slip in [slot.total_float, slot.total_float / 60 * 30] {
            pass.delayed = vec![None; pass.network.nodes.len()];
            pass.delayed[task.0 as usize] = Some(engine.calendar_of(task).add_to_start(slot.start, slip));
            let mut slipped = engine.assembled(&pass, &pass.forward());
            slipped.levelling.clone_from(&schedule.levelling);
            let mut broken = found(sketch, &facts, &slipped);
            if slipped.finish != schedule.finish {
                broken.push(format!("the finish is {} and not {}", slipped.finish, schedule.finish));
            }
            wrong.extend(broken.iter().map(|broken| format!("{task:?} by {slip}: {broken}")));
        }
    }
    wrong
}

/// Found by the law below: half of Sam for three works at once, of which one is for mornings; who goes on all day begins when
/// that one is away, and it comes back to the half of the first.
#[test]
fn who_comes_back_to_other_heads_keeps_those_who_had_them_from_slipping() {
    let half = |half_days, ignores_people| Draw {
        half_days,
        calendar: 0,
        links: Vec::new(),
        people: vec![(2, 50)],
        priority: 500,
        not_before: None,
        ignores_people,
        stage: 0,
        may_split: false,
    };
    let sketch = sketch(&[half(2, true), half(6, false), half(12, true)], 1);
    let schedule = Engine::new(&sketch.project).run(&Facts::none(&sketch.project));
    let slots = schedule.slots.iter().map(|slot| (slot.start.to_string(), slot.total_float));
    let expected = [("2026-11-02 08:00", 0), ("2026-11-02 08:00", 0), ("2026-11-02 13:00", 0)];
    assert_eq!(slots.collect::<Vec<_>>(), expected.map(|(start, float)| (start.to_owned(), float)));
    assert_eq!(wrong_slips(&sketch), Vec::<String>::new());
}

/// Found by the law below: who has heads while those of the morning are away waited for nobody, though somebody else has
/// them before the mornings.
#[test]
fn heads_that_are_lent_come_from_those_who_had_them_before() {
    let work = |half_days, person, share, priority, ignores_people| Draw {
        half_days,
        calendar: 0,
        links: Vec::new(),
        people: vec![(person, share)],
        priority,
        not_before: None,
        ignores_people,
        stage: 0,
        may_split: false,
    };
    let after = |number, draw: Draw| Draw { links: vec![(number, LinkKind::FinishStart, "0d")], ..draw };
    // Sam, who is there in the mornings: three days all day, from 6 November on mornings, in the first of the afternoons
    // half of him for a work that waits for others until then.
    let whole_days = work(6, 2, 100, 700, true);
    let mornings = work(4, 2, 100, 600, false);
    let others = work(9, 4, 100, 500, false);
    let afternoon = after(2, work(1, 2, 50, 500, true));
    let (long, longer) = (work(13, 4, 100, 500, false), after(4, work(12, 4, 100, 500, false)));
    let sketch = sketch(&[whole_days, mornings, others, afternoon, long, longer], 1);
    let facts = Facts::none(&sketch.project);
    let schedule = Engine::new(&sketch.project).run(&facts);
    let starts = [0, 1, 3].map(|number| schedule.slots[number].start.to_string());
    assert_eq!(starts, ["2026-11-02 08:00", "2026-11-06 08:00", "2026-11-06 13:00"]);
    assert_eq!(wrong_slips(&sketch), Vec::<String>::new());
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: ProptestConfig::default().cases * 3 / 8,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_link_calendar_or_capacity_is_broken(
        draws in draws(), has_begun in any::<bool>(), schedules in prop_oneof![Just(1_u32), Just(60)],
        counted_back in any::<bool>(),
    ) {
        let mut sketch = sketch(&draws, schedules);
        if counted_back {
            count_back(&mut sketch, "2026-12-18");
        }
        let facts = if has_begun { facts(&sketch, &draws) } else { Facts::none(&sketch.project) };
        let engine = Engine::new(&sketch.project);
        let schedule = engine.run(&facts);
        prop_assert_eq!(found(&sketch, &facts, &schedule), Vec::<String>::new());
        prop_assert_eq!(&engine.run(&facts), &schedule, "the same seed gives the same plan");
        if let Some(levelling) = &schedule.levelling {
            prop_assert!(schedules == 1 || levelling.schedules <= 60 + 40, "{}", levelling.schedules);
        }
    }

    #[test]
    fn levelling_only_delays_and_says_for_whom(draws in draws(), has_begun in any::<bool>()) {
        let sketch = sketch(&draws, 1);
        let facts = if has_begun { facts(&sketch, &draws) } else { Facts::none(&sketch.project) };
        let schedule = Engine::new(&sketch.project).run(&facts);
        let mut plain = sketch.clone();
        plain.project.scheduling.levelling = None;
        let by_logic = Engine::new(&plain.project).run(&facts);
        prop_assert!(schedule.finish >= by_logic.finish);
        for (task, (slot, logic)) in
            sketch.project.task_numbers().zip(schedule.slots.iter().zip(&by_logic.slots))
        {
            prop_assert!(slot.start >= logic.start && slot.finish >= logic.finish, "{task:?}");
            prop_assert!(slot.total_float >= 0, "nothing contradicts: {task:?} {slot:?}");
            prop_assert!((0..=slot.total_float).contains(&slot.free_float), "{task:?} {slot:?}");
            if let Some(levelling) = &schedule.levelling {
                let kept = slot.logic.unwrap();
                prop_assert_eq!((kept.start, kept.total_float), (logic.start, logic.total_float));
                // What nobody waits for lies where its own links put it.
                if slot.waits.is_none() && slot.state == State::NotStarted && slot.start > logic.start {
                    let task = sketch.project.task(task);
                    prop_assert!(!task.links.is_empty() || !levelling.misfits.is_empty(), "{:?}", task.id);
                }
            }
            if let Some(wait) = &slot.waits {
                prop_assert!(wait.minutes >= 0, "{wait:?}");
                if let Some(busy) = wait.task() {
                    prop_assert!(busy != task && schedule.slot(busy).start < slot.start.max(wait.until));
                }
            }
        }
        let wrong = wrong_stretches(&sketch, &facts, &schedule);
        prop_assert!(wrong.is_empty(), "{wrong:?}");
        let last = *schedule.longest_path.last().unwrap();
        prop_assert_eq!(schedule.slot(last).finish, schedule.finish);
    }

    #[test]
    fn counted_back_from_the_finish_levelling_only_makes_earlier(draws in draws(), has_lags in any::<bool>()) {
        let mut draws = draws;
        for one in &mut draws {
            // A date that pushes behind the finish pushes others as well.
            one.not_before = None;
            if !has_lags {
                one.links.iter_mut().for_each(|(_, _, lag)| *lag = "0d");
            }
        }
        let mut sketch = sketch(&draws, 1);
        count_back(&mut sketch, "2027-01-29");
        let schedule = Engine::new(&sketch.project).run(&Facts::none(&sketch.project));
        let mut plain = sketch.clone();
        plain.project.scheduling.levelling = None;
        let by_logic = Engine::new(&plain.project).run(&Facts::none(&sketch.project));
        if schedule.levelling.as_ref().is_some_and(|levelling| !levelling.misfits.is_empty()) {
            // What asks for more than there is overbooks somebody, whom others then have to avoid behind the finish.
            return Ok(());
        }
        prop_assert!(schedule.finish <= by_logic.finish);
        prop_assert!(schedule.start <= by_logic.start);
        // What is waited for is as important as what waits, and the other way round in the mirror.
        let own = |one: &Draw| if one.half_days > 0 { one.priority } else { 0 };
        let mut importance: Vec<u32> = draws.iter().map(own).collect();
        for number in 0..draws.len() {
            for link in &sketch.project.tasks[number].links {
                importance[number] = importance[number].max(importance[link.predecessor.0 as usize]);
            }
        }
        let least = by_logic.slots.iter().map(|slot| slot.total_float).min().unwrap_or(0);
        let wrong = wrong_stretches(&sketch, &Facts::none(&sketch.project), &schedule);
        prop_assert!(wrong.is_empty(), "{wrong:?}");
        let engine = Engine::new(&sketch.project);
        let trial = Trial::of(&engine, &Facts::none(&sketch.project), &schedule);
        prop_assert!(trial.finish <= schedule.finish_day());
        if has_lags {
            // A lag on another calendar is not as long forward as it is in the mirror, so single tasks may lie later.
            return Ok(());
        }
        for (number, (slot, logic)) in schedule.slots.iter().zip(&by_logic.slots).enumerate() {
            prop_assert!(slot.start <= logic.start && slot.finish <= logic.finish, "{number}");
            // A point and a lag on different calendars may be short of room by links alone.
            prop_assert!(slot.total_float >= least.min(0), "{number} {slot:?}");
            // Where a minute of the mirror is none of the forward pass, work waits for who comes before, as elsewhere.
            let Some(wait) = slot.waits.filter(|wait| wait.side == Side::After) else { continue };
            prop_assert!(wait.minutes > 0 && slot.finish < logic.finish, "{wait:?}");
            if let Some(busy) = wait.task() {
                // Of several people one may be done, and busy again, before the others.
                prop_assert!(schedule.slot(busy).finish > slot.start, "{number} {wait:?}");
                prop_assert!(importance[busy.0 as usize] >= importance[number], "{number} {wait:?}");
            }
        }
    }

    #[test]
    fn a_task_may_grow_by_its_float_in_the_order_of_work(draws in draws(), has_begun in any::<bool>()) {
        let mut draws = draws;
        for one in &mut draws {
            // One calendar, and nobody who is away: there to grow is to slip.
            one.calendar = 0;
            one.not_before = None;
            one.links.iter_mut().for_each(|link| *link = (link.0, LinkKind::FinishStart, "0d"));
            one.people.iter_mut().for_each(|person| person.0 = [1, 3, 4, 5][person.0 % 4]);
        }
        let mut sketch = sketch(&draws, 1);
        // Nor anybody who gives less at times: floats do not know that.
        sketch.project.team.people[1].availability.clear();
        sketch.project.team.roles[1].heads_by_time.clear();
        let facts = if has_begun { facts(&sketch, &draws) } else { Facts::none(&sketch.project) };
        let engine = Engine::new(&sketch.project);
        let schedule = engine.run(&facts);
        let mut trial = Trial::of(&engine, &facts, &schedule);
        prop_assert_eq!(trial.finish, schedule.finish_day());
        for task in sketch.project.task_numbers() {
            let slot = schedule.slot(task);
            if sketch.project.task(task).is_work() && slot.state != State::Finished {
                let grown = trial.finish_with(task.0 as usize, slot.remaining + slot.total_float);
                prop_assert_eq!(grown, schedule.finish_day(), "{:?} by {}", task, slot.total_float);
            }
        }
    }

    #[test]
    fn what_is_asked_in_the_order_of_work_overbooks_nobody(
        draws in draws(),  booked in proptest::collection::vec((0..3_u32, 0..40_i64, 1..6_i64), 0..6),
        asked in any::<usize>(), days in -2..4_i64, may_split in any::<bool>(),
    ) {
        let mut draws = draws;
        for one in &mut draws {
            // One person, all day, on one calendar, without leads: of a role, and of a day, several tasks may have a part at once,
            // and who is free before a task is done, or on days on which it pauses, may do others then, which no edge can say.
            one.calendar = 0;
            one.links.iter_mut().for_each(|link| *link = (link.0, LinkKind::FinishStart, "0d"));
            one.people.truncate(1);
            one.people.iter_mut().for_each(|person| *person = (person.0 % 3, 100));
            one.ignores_people = false;
            one.may_split &= may_split;
        }
        let sketch = sketch(&draws, 1);
        let mut facts = Facts::none(&sketch.project);
        facts.elsewhere = booked.iter().map(|(who, first, length)| book_elsewhere(*who, *first, *length)).collect();
        let engine = Engine::new(&sketch.project);
        let schedule = engine.run(&facts);
        prop_assert_eq!(found(&sketch, &facts, &schedule), Vec::<String>::new());
        let levelled = schedule.levelling.as_ref().filter(|levelling| levelling.misfits.is_empty());
        let Some(levelling) = levelled else { return Ok(()) };
        let mut trial = Trial::of(&engine, &facts, &schedule);
        prop_assert_eq!(trial.finish, schedule.finish_day(), "as it is nothing moves");
        let task = asked % draws.len();
        let slot = &schedule.slots[task];
        if draws[task].half_days == 0 {
            return Ok(());
        }
        let needs = (slot.remaining + days * 480).max(30);
        let early = trial.early_with(task, needs);
        trial.pass.set_needs(task, needs);
        let mut asked = engine.assembled(&trial.pass, &early);
        if days > 0 {
            prop_assert!(asked.finish >= schedule.finish);
        } else {
            prop_assert!(asked.finish <= schedule.finish);
        }
        asked.levelling = Some(levelling.clone());
        if !may_split {
            // Where work that may be interrupted pauses once more, its end alone is told.
            prop_assert_eq!(found(&sketch, &facts, &asked), Vec::<String>::new());
        }
    }

    #[test]
    fn a_task_may_slip_by_its_float_and_overbooks_nobody(draws in draws()) {
        let mut draws = draws;
        for one in &mut draws {
            one.calendar = 0;
            one.not_before = None;
            one.links.iter_mut().for_each(|link| *link = (link.0, LinkKind::FinishStart, "0d"));
            // Those of whom there is always the same, two of them away at times.
            one.people.iter_mut().for_each(|person| person.0 = [0, 2, 3, 4][person.0 % 4]);
        }
        prop_assert_eq!(wrong_slips(&sketch(&draws, 1)), Vec::<String>::new());
    }

    #[test]
    fn nobody_waits_for_less_important_work(draws in draws(), has_begun in any::<bool>()) {
        let sketch = sketch(&draws, 40);
        let facts = if has_begun { facts(&sketch, &draws) } else { Facts::none(&sketch.project) };
        let schedule = Engine::new(&sketch.project).run(&facts);
        // What is waited for is as important as what waits; begun work is more important than all.
        let own = |one: &Draw| if one.half_days > 0 { one.priority } else { 0 };
        let mut importance: Vec<u32> = draws.iter().map(own).collect();
        for number in (0..draws.len()).rev() {
            match schedule.slots[number].state {
                State::NotStarted => {}
                State::InProgress if draws[number].may_split => {}
                State::InProgress => importance[number] = 1_000,
                State::Finished => {
                    importance[number] = 0;
                    continue;
                }
            }
            for link in &sketch.project.tasks[number].links {
                let own = importance[number];
                let before = &mut importance[link.predecessor.0 as usize];
                *before = (*before).max(own);
            }
        }
        for (slot, own) in schedule.slots.iter().zip(&importance) {
            if let Some(busy) = slot.waits.as_ref().and_then(super::Wait::task) {
                prop_assert!(importance[busy.0 as usize] >= *own || slot.state == State::InProgress);
            }
        }
    }

    #[test]
    fn what_shall_wait_is_as_late_as_the_rest_of_the_plan_allows(
        draws in draws(), late in any::<u16>(),
    ) {
        let mut draws = draws;
        draws.truncate(9);
        for one in &mut draws {
            // The checker looks at work and its links, on the half hour; the latest start before a pause is a minute before.
            one.half_days = one.half_days.max(1);
            // Work that may be interrupted and is tied by its finish begins no earlier for that, so what it waits for is only as
            // late as before work without pauses; to the checker it could be later.
            one.may_split = false;
            for (_, kind, _) in &mut one.links {
                *kind = match kind {
                    LinkKind::FinishStart | LinkKind::StartStart => LinkKind::FinishStart,
                    LinkKind::FinishFinish | LinkKind::StartFinish => LinkKind::FinishFinish,
                };
            }
        }
        let mut sketch = sketch(&draws, 1);
        let facts = Facts::none(&sketch.project);
        let before = Engine::new(&sketch.project).run(&facts);
        let shall_wait = |task: TaskNo| late & (1 << (task.0 % 16)) != 0;
        for task in sketch.project.task_numbers().filter(|task| shall_wait(*task)) {
            sketch.project.tasks[task.0 as usize].bound(ConstraintKind::AsLateAsPossible, "");
        }
        let engine = Engine::new(&sketch.project);
        let schedule = engine.run(&facts);
        prop_assert_eq!(found(&sketch, &facts, &schedule), Vec::<String>::new());
        let Some(levelling) = &schedule.levelling else { return Ok(()) };
        prop_assert!(schedule.finish <= before.finish, "the finish stays");
        for slot in &schedule.slots {
            prop_assert!((0..=slot.total_float).contains(&slot.free_float), "{slot:?}");
        }
        if !levelling.misfits.is_empty() {
            return Ok(());
        }
        for task in sketch.project.task_numbers().filter(|task| shall_wait(*task)) {
            let slot = schedule.slot(task);
            if slot.state != State::NotStarted || !sketch.project.task(task).is_work() {
                continue;
            }
            // No other start of this task alone is later and breaks nothing.
            let (network, node) = (engine.network(), task.0 as usize);
            for later in (0..11).map(|power| slot.start.plus(30 << power)) {
                let mut moved = schedule.clone();
                let own = &mut moved.slots[node];
                own.pauses.clear();
                own.start = network.begin(node, later);
                own.finish = network.end(node, own.start, slot.remaining);
                if own.finish > schedule.finish {
                    break;
                }
                let is_possible = found(&sketch, &facts, &moved).is_empty();
                prop_assert!(!is_possible, "{:?} could begin at {}", task, moved.slot(task).start);
            }
        }
    }

    #[test]
    fn nobody_who_is_levelled_is_overbooked(draws in draws(), has_begun in any::<bool>()) {
        let sketch = sketch(&draws, 1);
        let facts = if has_begun { facts(&sketch, &draws) } else { Facts::none(&sketch.project) };
        let engine = Engine::new(&sketch.project);
        let schedule = engine.run(&facts);
        let misfits = schedule.levelling.iter().flat_map(|levelling| &levelling.misfits);
        let misfits: Vec<TaskNo> = misfits.map(|misfit| misfit.task).collect();
        // What has begun and what never fits lies where it lies, whoever is asked for too much. Nobody is asked for twice at
        // any minute; but who has no calendar of their own may work the morning of the office and the evening of the six
        // days, which is more than the longer of both days.
        let is_levelled = |asks: &dyn Fn(Assignee) -> bool| {
            let asking = sketch.project.task_numbers().filter(|task| {
                sketch.project.task(*task).assignments.iter().any(|one| asks(one.assignee))
            });
            let asking: Vec<TaskNo> = asking.collect();
            let is_long = |task: &TaskNo| draws[task.0 as usize].calendar == 2;
            let is_moved = |task: &TaskNo| {
                schedule.slot(*task).state != State::InProgress && !misfits.contains(task)
            };
            asking.iter().all(is_moved) && (asking.iter().all(is_long) || !asking.iter().any(is_long))
        };
        let load = engine.load(&schedule, &facts);
        for one in &load.people {
            if is_levelled(&|assignee| assignee == Assignee::Person(one.person)) {
                prop_assert!(one.weeks.iter().all(|week| !week.is_overbooked()), "{one:?}");
            }
        }
        for one in &load.roles {
            if is_levelled(&|assignee| matches!(assignee, Assignee::Role { role, .. } if role == one.role)) {
                prop_assert!(one.weeks.iter().all(|week| !week.is_overbooked()), "{one:?}");
            }
        }
    }

    #[test]
    fn runs_of_a_levelled_plan_without_ranges_are_that_plan(draws in draws(), has_begun in any::<bool>()) {
        let mut sketch = sketch(&draws, 1);
        // Something must vary for there to be runs: work of nobody, that nothing waits for.
        sketch.work("aside", "1h / 2h / 3h", &[]);
        let mut facts = if has_begun { facts(&sketch, &draws) } else { Facts::none(&sketch.project) };
        facts.progress.resize_with(sketch.project.tasks.len(), Default::default);
        let engine = Engine::new(&sketch.project);
        let schedule = engine.run(&facts);
        let aside = sketch.number("aside");
        let open = sketch.project.task_numbers().filter(|task| *task != aside);
        let watch = open.map(|task| Promise::of_reference(task, Instant(0)));
        let question = RiskQuestion {
            options: RiskOptions { runs: 8, ..RiskOptions::default() },
            watch: watch.collect(),
            ..RiskQuestion::default()
        };
        for watched in &engine.risk(&facts, &question).unwrap().watched {
            for finish in watched.finish.outcomes() {
                prop_assert_eq!(finish, schedule.slot(watched.promise.task).finish, "{:?}", watched.promise.task);
            }
        }
    }
}
