//! Loads worked by hand: weeks of five days of eight hours.

use super::*;
use crate::plan::golden::{branch_network, reported};
use crate::plan::sketch::{Sketch, date};

fn text(sketch: &Sketch, weeks: &[WeekLoad]) -> String {
    let line = |week: &WeekLoad| {
        let tasks: Vec<&str> = week.tasks.iter().map(|task| sketch.project.task(*task).id.as_str()).collect();
        format!(
            "{} {:>4.1} of {:>3.1} {}",
            week.monday,
            week.booked.days(480),
            week.capacity.days(480),
            tasks.join(" ")
        )
    };
    weeks.iter().map(line).map(|line| line.trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

fn planned_load(sketch: &Sketch) -> Load {
    Engine::new(&sketch.project).load(&sketch.planned(), &Facts::none(&sketch.project))
}

#[test]
fn what_is_left_is_spread_over_the_weeks_it_lies_in() {
    let sketch = branch_network();
    let engine = Engine::new(&sketch.project);
    let load = engine.load(&engine.run(&reported(&sketch)), &reported(&sketch));
    let names: Vec<&str> = load.people.iter().map(|one| sketch.project.person_name(one.person)).collect();
    assert_eq!(names, ["anna", "tom", "sam", "lea"]);
    expect_test::expect![[r"
        2026-11-23  5.0 of 5.0 pilot rollout
        2026-11-30  5.0 of 5.0 rollout
        2026-12-07  5.0 of 5.0 rollout
        2026-12-14  0.0 of 5.0
        2026-12-21  0.0 of 4.0
        2026-12-28  0.0 of 0.0
        2027-01-04  0.0 of 5.0
        2027-01-11  5.0 of 5.0 rollout acceptance handover
        2027-01-18  4.0 of 5.0 handover"]]
    .assert_eq(&text(&sketch, &load.people[1].weeks));
    expect_test::expect![[r"
        2026-11-23  1.0 of 5.0 project-management
        2026-11-30  1.0 of 5.0 project-management"]]
    .assert_eq(&text(&sketch, &load.people[0].weeks[..2]));
}

#[test]
fn effort_typed_beside_a_duration_is_split_by_shares() {
    let mut sketch = Sketch::starting("2026-11-16", &[]);
    let anna = Assignee::Person(sketch.person("anna", &[]));
    let role = sketch.role("tester", Some(2));
    let kind = TaskKind::Work(Work::Both { duration: "4d".parse().unwrap(), effort: "3d".parse().unwrap() });
    sketch.task("test", kind, &[]).assign(anna, 100).assign(Assignee::Role { role, heads: 2 }, 100);
    let load = planned_load(&sketch);
    assert_eq!(load.people[0].weeks[0].booked, Effort::from_minutes(480));
    assert_eq!(load.roles[0].weeks[0].booked, Effort::from_minutes(960));
    assert_eq!(load.roles[0].weeks[0].capacity, Effort::from_minutes(4_800));
    assert_eq!(load.people[0].weeks[0].monday, date("2026-11-16"));
}

#[test]
fn capacity_follows_what_changes_over_time() {
    let mut sketch = Sketch::starting("2026-11-16", &["2026-11-18"]);
    let anna = sketch.person("anna", &[]);
    let role = sketch.role("tester", None);
    let team = &mut sketch.project.team;
    let window = |text: &str| crate::quantity::parse_window(text).unwrap();
    team.people[0].availability = vec![(window("2026-11-16 .. 2026-11-17"), Percent::from_hundredths(5_000))];
    team.roles[0].heads_by_time =
        vec![(window("2026-11-16 .. 2026-11-19"), 2), (window("2026-11-20 .. 2026-11-23"), 3)];
    sketch
        .work("test", "8d", &[])
        .assign(Assignee::Person(anna), 100)
        .assign(Assignee::Role { role, heads: 2 }, 100);
    let load = planned_load(&sketch);
    // Two half days and two whole ones; Wednesday is closed.
    assert_eq!(load.people[0].weeks[0].capacity, Effort::from_minutes(3 * 480));
    // Three days of two heads and one of three; the week after is without limit from Tuesday on.
    assert_eq!(load.roles[0].weeks[0].capacity, Effort::from_minutes(9 * 480));
    assert_eq!(load.roles[0].weeks[1].capacity, load.roles[0].weeks[1].booked);
    assert_eq!(load.people[0].weeks[1].capacity, Effort::from_minutes(5 * 480));
}

#[test]
fn who_is_there_all_the_time_is_done_before_who_was_away() {
    let mut sketch = Sketch::starting("2026-11-02", &[]);
    let tom = Assignee::Person(sketch.person("tom", &["2026-11-03 .. 2026-11-05"]));
    let anna = Assignee::Person(sketch.person("anna", &[]));
    sketch.work("build", "3d", &[]).assign(tom, 100).assign(anna, 100);
    let load = planned_load(&sketch);
    // Tom works on Monday, Friday and the next Monday; Anna from Monday to Wednesday.
    expect_test::expect![[r"
        2026-11-02  2.0 of 2.0 build
        2026-11-09  1.0 of 5.0 build"]]
    .assert_eq(&text(&sketch, &load.people[0].weeks));
    expect_test::expect![[r"
        2026-11-02  3.0 of 5.0 build
        2026-11-09  0.0 of 5.0"]]
    .assert_eq(&text(&sketch, &load.people[1].weeks));
}

#[test]
fn the_running_week_counts_from_the_status_date_on() {
    let mut sketch = Sketch::starting("2026-11-02", &[]);
    let tom = Assignee::Person(sketch.person("tom", &[]));
    sketch.work("build", "5d", &[]).assign(tom, 100);
    sketch.work("test", "1d", &[]).assign(tom, 100);
    let mut facts = Facts::none(&sketch.project);
    facts.status_date = Some(date("2026-11-04"));
    facts.progress[0].actual_start = Some(crate::quantity::Moment::on(date("2026-11-02")));
    facts.progress[0].remaining = Some("2d".parse().unwrap());
    let engine = Engine::new(&sketch.project);
    let load = engine.load(&engine.run(&facts), &facts);
    // Thursday and Friday are left; two days and one are asked for.
    assert_eq!(text(&sketch, &load.people[0].weeks), "2026-11-02  3.0 of 2.0 build test");
}

#[test]
fn a_saturday_on_the_calendar_of_a_task_is_time_that_can_be_given_once() {
    let mut sketch = Sketch::starting("2026-11-02", &[]);
    let six_days = sketch.calendar("six-days", &[]);
    sketch.project.calendars[six_days].week[5] = vec![crate::model::Shift { start: 540, end: 1_020 }];
    let tom = Assignee::Person(sketch.person("tom", &[]));
    sketch.work("move", "6d", &[]).on(six_days).assign(tom, 100);
    assert_eq!(text(&sketch, &planned_load(&sketch).people[0].weeks), "2026-11-02  6.0 of 6.0 move");
    sketch.work("wire", "6d", &[]).on(six_days).assign(tom, 100);
    assert_eq!(text(&sketch, &planned_load(&sketch).people[0].weeks), "2026-11-02 12.0 of 6.0 move wire");
}

#[test]
fn work_that_goes_on_without_its_people_asks_nothing_of_who_is_away() {
    let mut sketch = Sketch::starting("2026-11-02", &[]);
    let tom = Assignee::Person(sketch.person("tom", &["2026-11-04 .. 2026-11-10"]));
    sketch.work("soak", "8d", &[]).assign(tom, 50).ignores_people = true;
    expect_test::expect![[r"
        2026-11-02  1.0 of 2.0 soak
        2026-11-09  0.5 of 3.0 soak"]]
    .assert_eq(&text(&sketch, &planned_load(&sketch).people[0].weeks));
}

#[test]
fn a_night_shift_does_not_come_on_top_of_the_day() {
    let mut sketch = Sketch::starting("2026-11-02", &[]);
    let night = sketch.calendar("night", &[]);
    for day in 0..5 {
        sketch.project.calendars[night].week[day] = vec![crate::model::Shift { start: 960, end: 1_440 }];
    }
    let tom = Assignee::Person(sketch.person("tom", &[]));
    sketch.work("move", "5d", &[]).on(night).assign(tom, 100);
    // Five evenings of eight hours: he can give five days, not ten.
    assert_eq!(text(&sketch, &planned_load(&sketch).people[0].weeks), "2026-11-02  5.0 of 5.0 move");
    sketch.work("desk", "5d", &[]).assign(tom, 100);
    assert_eq!(text(&sketch, &planned_load(&sketch).people[0].weeks), "2026-11-02 10.0 of 5.0 move desk");
}

#[test]
fn a_shift_past_midnight_counts_to_the_day_on_which_it_begins() {
    let mut sketch = Sketch::starting("2026-11-02", &[]);
    let night = sketch.calendar("night", &[]);
    let (late, early) =
        (crate::model::Shift { start: 1_320, end: 1_440 }, crate::model::Shift { start: 0, end: 360 });
    for day in 0..5 {
        sketch.project.calendars[night].week[day] = if day == 0 { vec![late] } else { vec![early, late] };
    }
    sketch.project.calendars[night].week[5] = vec![early];
    let tom = Assignee::Person(sketch.person("tom", &[]));
    sketch.work("move", "5d", &[]).on(night).assign(tom, 100);
    // Five nights, 22:00 to 06:00: the end of Friday's is no sixth day.
    assert_eq!(text(&sketch, &planned_load(&sketch).people[0].weeks), "2026-11-02  5.0 of 5.0 move");
}

#[test]
fn who_works_the_morning_of_one_calendar_and_the_evening_of_another_is_asked_for_too_much() {
    let mut sketch = Sketch::starting("2026-11-04", &[]);
    sketch.project.scheduling.levelling = Some(crate::model::LevellingOptions::default());
    let late = sketch.calendar("late", &[]);
    sketch.project.calendars[late].week[2] = vec![crate::model::Shift { start: 600, end: 1_440 }];
    let tom = Assignee::Person(sketch.person("tom", &[]));
    sketch.work("office", "2h", &[]).assign(tom, 100);
    sketch.work("evening", "14h", &["office"]).on(late).assign(tom, 100);
    // On Wednesday from 8 to 24 hours, two of which the late day does not have; 14 and four times 8 hours can be given.
    let (plan, facts) = (sketch.planned(), Facts::none(&sketch.project));
    assert_eq!(plan.slots[1].start.to_string(), "2026-11-04 10:00");
    let load = Engine::new(&sketch.project).load(&plan, &facts);
    assert_eq!(text(&sketch, &load.people[0].weeks), "2026-11-02  2.0 of 5.8 office evening");
}

#[test]
fn two_tasks_share_a_saturday_that_their_calendar_opens() {
    let mut sketch = Sketch::starting("2026-11-07", &[]);
    let six_days = sketch.calendar("six-days", &[]);
    sketch.project.calendars[six_days].week[5] = vec![crate::model::Shift { start: 540, end: 1_020 }];
    let tom = Assignee::Person(sketch.person("tom", &[]));
    sketch.work("move", "4h", &[]).on(six_days).assign(tom, 100);
    sketch.work("wire", "4h", &["move"]).on(six_days).assign(tom, 100);
    assert_eq!(text(&sketch, &planned_load(&sketch).people[0].weeks), "2026-11-02  1.0 of 6.0 move wire");
}
