//! How long the critical path takes.
//!
//! `cargo run --release --example schedule_speed -- [--sizes 10000,100000] [--rounds 7]` makes projects of so many tasks in
//! phases of twenty below summaries (one to three links to random earlier tasks, of all four types, some with a lag, three
//! calendars, one person for each twenty tasks, a constraint on every fiftieth task, a deadline on every hundredth where
//! `--deadlines` is given; levelled by rules where `--level 1`, by a search of N schedules where `--level N` is given) and prints the middle and the least of several timings of compiling a project
//! (`Engine::new`), of one schedule of it (`Engine::run`), and of both; and the highest memory use of the process so far.
#![allow(
    clippy::disallowed_methods,
    reason = "an example is an end of its own: it reads arguments and the clock"
)]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "printing is what it is for")]
#![allow(clippy::unwrap_used, reason = "what cannot go on stops the run, which says so best")]

use std::time::Instant;

use milepost::diagnostic::Span;
use milepost::model::{
    Assignee, Assignment, Calendar, Closure, ClosureKind, Constraint, ConstraintKind, LevellingOptions, Link,
    LinkKind, Person, PersonNo, Project, Shift, Task, TaskKind, TaskNo, Work,
};
use milepost::plan::levelling::Random;
use milepost::plan::{Engine, Facts};
use milepost::quantity::{Duration, Estimate, Lag, Moment, Percent, parse_window};

const PHASE: usize = 20;

fn main() {
    let mut sizes = vec![10_000, 100_000];
    let mut rounds = 7;
    let mut has_deadlines = false;
    let mut levelling = None;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--sizes" => {
                let list = arguments.next().unwrap_or_default();
                sizes = list.split(',').map(|size| size.parse().unwrap()).collect();
            }
            "--rounds" => rounds = arguments.next().unwrap().parse().unwrap(),
            "--deadlines" => has_deadlines = true,
            "--level" => {
                let schedules = arguments.next().unwrap().parse().unwrap();
                levelling = Some(LevellingOptions { schedules, ..LevellingOptions::default() });
            }
            other => {
                eprintln!("unknown argument {other}");
                std::process::exit(2);
            }
        }
    }
    println!("milliseconds, middle (least) of {rounds}");
    for size in sizes {
        let before = peak_megabytes();
        let mut project = project(size, has_deadlines);
        project.scheduling.levelling = levelling;
        let facts = Facts::none(&project);
        let with_project = peak_megabytes();
        let (mut compiling, mut running, mut both) = (Vec::new(), Vec::new(), Vec::new());
        let mut last_day = None;
        let mut levelled = String::new();
        for _ in 0..rounds {
            let begun = Instant::now();
            let engine = Engine::new(&project);
            let compiled = begun.elapsed();
            let schedule = engine.run(&facts);
            let whole = begun.elapsed();
            compiling.push(compiled.as_secs_f64() * 1e3);
            running.push(whole.saturating_sub(compiled).as_secs_f64() * 1e3);
            both.push(whole.as_secs_f64() * 1e3);
            last_day = Some(schedule.finish_day());
            if let Some(levelling) = &schedule.levelling {
                let n_waits = schedule.slots.iter().filter(|slot| slot.waits.is_some()).count();
                levelled = format!(
                    "; {} schedules, {n_waits} tasks wait, {} misfits",
                    levelling.schedules,
                    levelling.misfits.len()
                );
            }
        }
        println!(
            "{size:>7} tasks: compile {} run {} both {}; peak {:.0} MB, {:.0} before scheduling, {:.0} before the project; ends {}{levelled}",
            shown(compiling),
            shown(running),
            shown(both),
            peak_megabytes(),
            with_project,
            before,
            last_day.unwrap()
        );
    }
}

fn shown(mut milliseconds: Vec<f64>) -> String {
    milliseconds.sort_by(f64::total_cmp);
    format!("{:.1} ({:.1})", milliseconds[milliseconds.len() / 2], milliseconds[0])
}

/// The highest memory use so far in MB, where the system tells.
fn peak_megabytes() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|rest| rest.split_whitespace().next()?.parse::<u32>().ok()).map_or(0.0, f64::from) / 1024.0
}

fn project(size: usize, has_deadlines: bool) -> Project {
    let mut random = Random::new(1);
    let start = Moment::on(jiff::civil::date(2026, 1, 5));
    let mut project = Project::empty("synthetic", start, Calendar::standard("standard".parse().unwrap()));
    let mut long = Calendar::standard("long".parse().unwrap());
    long.week[5] = vec![Shift { start: 480, end: 720 }];
    let mut closed = Calendar::standard("closed".parse().unwrap());
    for year in 2026..2036 {
        closed.closures.push(Closure {
            window: parse_window(&format!("{year}-12-20 .. {}-01-02", year + 1)).unwrap(),
            reason: "Year's end".to_owned(),
            kind: ClosureKind::Closed,
            origin: Span::default(),
        });
    }
    project.calendars.extend([long, closed]);
    project.team.people = (0..(size / PHASE).max(1)).map(person).collect();

    let kinds = [LinkKind::FinishStart, LinkKind::StartStart, LinkKind::FinishFinish, LinkKind::StartFinish];
    let mut work: Vec<TaskNo> = Vec::new();
    let mut phase = None;
    for number in 0..size {
        if number % PHASE == 0 {
            phase = Some(TaskNo(u32::try_from(project.tasks.len()).unwrap()));
            project.tasks.push(Task::new(format!("p{}", number / PHASE).parse().unwrap(), TaskKind::Summary));
        }
        let days = Duration::days(1 + i64::try_from(random.below(10)).unwrap());
        let kind = TaskKind::Work(Work::Duration(Estimate::single(days)));
        let mut task = Task::new(format!("t{number}").parse().unwrap(), kind);
        task.parent = phase;
        task.depth = 1;
        task.calendar = random.index(3);
        task.has_own_calendar = task.calendar > 0;
        task.assignments.push(Assignment {
            assignee: Assignee::Person(PersonNo(
                u32::try_from(random.index(project.team.people.len())).unwrap(),
            )),
            share: Percent::WHOLE,
            origin: Span::default(),
        });
        for _ in 0..(1 + random.index(3)).min(number) {
            let predecessor = work[random.index(number)];
            if task.links.iter().any(|link| link.predecessor == predecessor) {
                continue;
            }
            // Two of three links are plain.
            let kind = if random.chance(2, 3) { kinds[0] } else { kinds[random.index(4)] };
            let lag = if random.chance(1, 5) { Duration::days(2) } else { Duration::days(0) };
            task.links.push(Link { predecessor, kind, lag: Lag::Time(lag), origin: Span::default() });
        }
        if number % 50 == 49 {
            task.constraints.push(Constraint {
                kind: ConstraintKind::StartsNotBefore,
                at: Some(Moment::on(jiff::civil::date(2026, 3, 2))),
                origin: Span::default(),
            });
        }
        if has_deadlines && number % 100 == 99 {
            task.deadline = Some((Moment::on(jiff::civil::date(2027, 3, 1)), Span::default()));
        }
        work.push(TaskNo(u32::try_from(project.tasks.len()).unwrap()));
        project.tasks.push(task);
    }
    // Every tenth phase waits for another as a whole.
    let phases: Vec<usize> = (0..project.tasks.len()).filter(|at| project.tasks[*at].is_summary()).collect();
    for pair in phases.windows(2).step_by(10) {
        // From the end of the first phase to a fresh milestone: no circle can come of it.
        let mut point = Task::new(format!("m{}", pair[0]).parse().unwrap(), TaskKind::Milestone);
        point.links.push(Link {
            predecessor: TaskNo(u32::try_from(pair[0]).unwrap()),
            kind: LinkKind::FinishStart,
            lag: Lag::Time(Duration::days(0)),
            origin: Span::default(),
        });
        project.tasks.push(point);
    }
    project
}

fn person(number: usize) -> Person {
    Person { name: format!("Person {number}"), ..Person::new(format!("r{number}").parse().unwrap()) }
}
