//! The known traps of scheduling semantics, each held by a test. 2026-11-02 is a Monday.
//!
//! Numbers in names and headings are those of the list of traps that scheduling engines fall into; where a plan saved by
//! another program decides a question, `examples/schedule_truth` holds the engine against it.

use crate::model::{
    Assignee, Calendar, ConstraintKind, Conventions, ProgressLogic, ScheduleFrom, Shift, TaskKind,
    find_cycles,
};
use crate::plan::sketch::{Sketch, date};
use crate::plan::{Facts, schedule};
use crate::quantity::{Instant, Moment};

fn monday() -> Sketch {
    Sketch::starting("2026-11-02", &[])
}

fn at(text: &str) -> Instant {
    Instant::from_civil(text.parse().unwrap())
}

/// Start and finish of tasks to the minute.
#[track_caller]
fn check_times(sketch: &Sketch, expected: &[(&str, &str, &str)]) {
    let planned = sketch.planned();
    for (name, start, finish) in expected {
        let slot = sketch.slot(&planned, name);
        let times = (slot.start.to_string(), slot.finish.to_string());
        assert_eq!((times.0.as_str(), times.1.as_str()), (*start, *finish), "{name}");
    }
}

/// Total float of tasks in minutes.
#[track_caller]
fn check_floats(sketch: &Sketch, expected: &[(&str, i64)]) {
    let planned = sketch.planned();
    for (name, float) in expected {
        assert_eq!(sketch.slot(&planned, name).total_float, *float, "{name}");
    }
}

fn six_days(sketch: &mut Sketch) -> usize {
    let place = sketch.calendar("six-days", &[]);
    sketch.project.calendars[place].week[5] = sketch.project.calendars[place].week[0].clone();
    place
}

fn around_the_clock(sketch: &mut Sketch) -> usize {
    let place = sketch.calendar("clock", &[]);
    sketch.project.calendars[place].week = std::array::from_fn(|_| vec![Shift { start: 0, end: 1_440 }]);
    place
}

#[test]
fn trap_01_two_names_for_one_instant() {
    let mut sketch = monday();
    sketch.work("a", "5d", &[]);
    sketch.task("done", TaskKind::Milestone, &["a"]);
    sketch.work("b", "1d", &["a"]);
    check_times(
        &sketch,
        &[
            ("a", "2026-11-02 08:00", "2026-11-06 17:00"),
            // The milestone stays at the end of Friday, the successor begins on Monday.
            ("done", "2026-11-06 17:00", "2026-11-06 17:00"),
            ("b", "2026-11-09 08:00", "2026-11-09 17:00"),
        ],
    );
    check_floats(&sketch, &[("a", 0), ("b", 0)]);
}

#[test]
fn trap_02_lags_count_on_the_successors_calendar_by_the_clock_or_as_a_share() {
    let mut sketch = monday();
    let six = six_days(&mut sketch);
    sketch.work("a", "5d", &[]);
    sketch.work("plain", "1d", &["a FS +1d"]);
    sketch.work("six", "1d", &["a FS +1d"]).on(six);
    sketch.work("clock", "1d", &["a FS +1ed"]);
    sketch.work("share", "1d", &["a SS +40%"]);
    sketch.work("lead", "1d", &["a FS -20%"]);
    check_times(
        &sketch,
        &[
            ("plain", "2026-11-10 08:00", "2026-11-10 17:00"),
            // Saturday is the day of lag.
            ("six", "2026-11-09 08:00", "2026-11-09 17:00"),
            // A day of the clock after Friday evening is Saturday evening; work begins on Monday.
            ("clock", "2026-11-09 08:00", "2026-11-09 17:00"),
            ("share", "2026-11-04 08:00", "2026-11-04 17:00"),
            ("lead", "2026-11-06 08:00", "2026-11-06 17:00"),
        ],
    );
}

#[test]
fn trap_03_nothing_is_pulled_before_the_project_and_the_order_of_lag_and_length_is_said() {
    let mut sketch = monday();
    sketch.work("a", "1d", &[]);
    sketch.work("long", "5d", &["a FF"]);
    sketch.work("lead", "2d", &["a FS -3d"]);
    check_times(
        &sketch,
        &[("long", "2026-11-02 08:00", "2026-11-06 17:00"), ("lead", "2026-11-02 08:00", "2026-11-03 17:00")],
    );
    let mut order = monday();
    order.work("a", "5d", &[]);
    order.work("b", "1d", &["a FF +2ed"]);
    // Two days of the clock after Friday evening is Sunday evening, to its working time the same place as Friday's end.
    check_times(&order, &[("b", "2026-11-06 08:00", "2026-11-06 17:00")]);
    // Walked back first, the day of work begins on Friday morning, and two days later is Sunday morning.
    order.project.scheduling.conventions = Conventions::MicrosoftProject;
    check_times(&order, &[("b", "2026-11-09 08:00", "2026-11-09 17:00")]);
    // Microsoft Project lets a lead pull a task before the project, an FF link not.
    sketch.project.scheduling.conventions = Conventions::MicrosoftProject;
    check_times(
        &sketch,
        &[("long", "2026-11-02 08:00", "2026-11-06 17:00"), ("lead", "2026-10-29 08:00", "2026-10-30 17:00")],
    );
}

#[test]
fn trap_04_a_day_is_as_long_as_the_calendar_says_and_elapsed_time_runs_through() {
    let mut sketch = monday();
    let ten = sketch.calendar("ten-hours", &[]);
    let day = vec![Shift { start: 360, end: 720 }, Shift { start: 780, end: 1_020 }];
    sketch.project.calendars[ten].week =
        std::array::from_fn(|place| if place < 5 { day.clone() } else { Vec::new() });
    // The calendar works ten hours; a day of an estimate keeps its eight.
    sketch.work("a", "1d", &[]).on(ten);
    sketch.work("cure", "3ed", &["a"]);
    check_times(
        &sketch,
        &[("a", "2026-11-02 06:00", "2026-11-02 15:00"), ("cure", "2026-11-02 15:00", "2026-11-05 15:00")],
    );
    sketch.project.start = "2026-11-02 09:30".parse().unwrap();
    check_times(&sketch, &[("a", "2026-11-02 09:30", "2026-11-03 07:30")]);
}

#[test]
fn trap_05_calendars_of_task_and_person_meet_and_float_is_the_tasks_own() {
    // The case of a six-day task with a five-day person: four days from Friday 12 December end on Wednesday 17.
    let mut sketch = Sketch::starting("2025-12-12", &[]);
    let six = six_days(&mut sketch);
    let five = sketch.calendar("five-days", &[]);
    let anna = sketch.person("anna", &[]);
    sketch.project.team.people[anna.0 as usize].calendar = Some(five);
    sketch.work("alone", "4d", &[]).on(six);
    sketch.work("with-anna", "4d", &[]).on(six).assign(Assignee::Person(anna), 100);
    sketch.work("long", "12d", &[]).on(six);
    sketch.work("hers", "4d", &[]).assign(Assignee::Person(anna), 100);
    let ignoring = sketch.work("ignoring", "4d", &[]).on(six).assign(Assignee::Person(anna), 100);
    ignoring.ignores_people = true;
    check_times(
        &sketch,
        &[
            ("alone", "2025-12-12 08:00", "2025-12-16 17:00"),
            ("with-anna", "2025-12-12 08:00", "2025-12-17 17:00"),
            ("hers", "2025-12-12 08:00", "2025-12-17 17:00"),
            ("ignoring", "2025-12-12 08:00", "2025-12-16 17:00"),
            ("long", "2025-12-12 08:00", "2025-12-25 17:00"),
        ],
    );
    // From Wednesday 17 to Thursday 25 December the six-day calendar has seven days.
    check_floats(&sketch, &[("with-anna", 7 * 480)]);
}

#[test]
fn trap_05_two_people_with_different_calendars_each_work_their_own_time() {
    let mut sketch = monday();
    let weekend = sketch.calendar("weekend", &[]);
    let calendar = &mut sketch.project.calendars[weekend];
    let day = calendar.week[0].clone();
    calendar.week = std::array::from_fn(|place| if place >= 5 { day.clone() } else { Vec::new() });
    let (anna, tom) = (sketch.person("anna", &[]), sketch.person("tom", &[]));
    sketch.project.team.people[tom.0 as usize].calendar = Some(weekend);
    let both = sketch.work("both", "2d", &[]);
    both.assign(Assignee::Person(anna), 100).assign(Assignee::Person(tom), 100);
    // Anna begins on Monday, Tom ends on Sunday.
    check_times(&sketch, &[("both", "2026-11-02 08:00", "2026-11-08 17:00")]);
}

#[test]
fn trap_06_exceptions_beat_the_week_and_shifts_run_over_midnight() {
    let mut sketch = monday();
    let night = sketch.calendar("night", &["2026-11-04"]);
    let calendar: &mut Calendar = &mut sketch.project.calendars[night];
    // 22:00 to 06:00 from Monday evening on: the part after midnight belongs to the next day.
    let (evening, morning) = (Shift { start: 1_320, end: 1_440 }, Shift { start: 0, end: 360 });
    calendar.week = [
        vec![evening],
        vec![morning, evening],
        vec![morning, evening],
        vec![morning, evening],
        vec![morning, evening],
        vec![morning],
        Vec::new(),
    ];
    sketch.work("a", "8h", &[]).on(night);
    sketch.work("b", "8h", &["a"]).on(night);
    check_times(
        &sketch,
        &[
            ("a", "2026-11-02 22:00", "2026-11-03 06:00"),
            // Wednesday is closed: two hours on Tuesday evening, the rest from Thursday, its first six hours.
            ("b", "2026-11-03 22:00", "2026-11-05 06:00"),
        ],
    );
}

#[test]
fn trap_07_constraints_push_early_dates_and_hard_ones_hold_where_microsoft_project_honors_them() {
    let mut sketch = monday();
    sketch.work("a", "5d", &[]);
    sketch.work("snet", "1d", &["a"]).bound(ConstraintKind::StartsNotBefore, "2026-11-10 13:00");
    sketch.work("fnet", "1d", &["a"]).bound(ConstraintKind::FinishesNotBefore, "2026-11-11 12:00");
    sketch.work("snlt", "1d", &["a"]).bound(ConstraintKind::StartsNotAfter, "2026-11-06 08:00");
    sketch.work("fnlt", "1d", &["a"]).bound(ConstraintKind::FinishesNotAfter, "2026-11-06 12:00");
    sketch.work("mso", "1d", &["a"]).bound(ConstraintKind::MustStart, "2026-11-10 08:00");
    sketch.work("mfo", "1d", &["a"]).bound(ConstraintKind::MustFinish, "2026-11-10 12:00");
    check_times(
        &sketch,
        &[
            ("snet", "2026-11-10 13:00", "2026-11-11 12:00"),
            ("fnet", "2026-11-10 13:00", "2026-11-11 12:00"),
            ("snlt", "2026-11-09 08:00", "2026-11-09 17:00"),
            ("fnlt", "2026-11-09 08:00", "2026-11-09 17:00"),
            ("mso", "2026-11-10 08:00", "2026-11-10 17:00"),
            ("mfo", "2026-11-09 13:00", "2026-11-10 12:00"),
        ],
    );
    check_floats(&sketch, &[("snlt", -480), ("fnlt", -720), ("mso", 0), ("mfo", 0), ("a", -720)]);
    sketch.project.scheduling.conventions = Conventions::MicrosoftProject;
    check_times(
        &sketch,
        &[
            ("snlt", "2026-11-06 08:00", "2026-11-06 17:00"),
            ("fnlt", "2026-11-05 13:00", "2026-11-06 12:00"),
            ("mso", "2026-11-10 08:00", "2026-11-10 17:00"),
            ("mfo", "2026-11-09 13:00", "2026-11-10 12:00"),
        ],
    );
    check_floats(&sketch, &[("mso", 0), ("mfo", 0), ("a", -720)]);
}

#[test]
fn trap_08_total_slack_is_the_smaller_end_and_free_slack_knows_type_and_lag() {
    let mut sketch = monday();
    sketch.work("a", "2d", &[]);
    sketch.work("ss", "5d", &["a SS +3d"]);
    sketch.work("ff", "1d", &["a FF +4d"]);
    sketch.work("end", "1d", &["ss", "ff"]);
    let planned = sketch.planned();
    let slot = sketch.slot(&planned, "a");
    // Its start drives `ss`; its finish may slip by the room before `ff`, but the start binds.
    assert_eq!((slot.total_float, slot.free_float), (0, 0));
    assert_eq!((slot.start_float, slot.finish_float), (0, 0));
    let ff = sketch.slot(&planned, "ff");
    assert_eq!((ff.total_float, ff.free_float), (2 * 480, 2 * 480));
    // Without a successor free slack is total slack; what is complete has none.
    assert_eq!(sketch.slot(&planned, "end").free_float, 0);
    let mut facts = Facts::none(&sketch.project);
    facts.progress[0].actual_start = Some(Moment::on(date("2026-11-02")));
    facts.progress[0].actual_finish = Some(Moment::on(date("2026-11-03")));
    let done = schedule(&sketch.project, &facts);
    assert_eq!((done.slots[0].total_float, done.slots[0].critical), (0, false));
}

#[test]
fn trap_09_a_pin_before_its_predecessors_shows_negative_slack() {
    let mut sketch = monday();
    sketch.work("a", "5d", &[]);
    sketch.work("pinned", "2d", &["a"]).bound(ConstraintKind::MustFinish, "2026-11-06");
    sketch.project.scheduling.conventions = Conventions::MicrosoftProject;
    let planned = sketch.planned();
    let slot = sketch.slot(&planned, "pinned");
    // Early and late dates are the same, and still two days are missing.
    assert_eq!((slot.start, slot.finish), (slot.late_start, slot.late_finish));
    assert_eq!((slot.start_float, slot.finish_float, slot.total_float), (0, 0, -2 * 480));
}

#[test]
fn trap_10_negative_slack_is_not_clamped_and_a_deadline_limits_the_late_finish_only() {
    let mut sketch = monday();
    sketch.work("a", "5d", &[]);
    sketch.work("b", "3d", &["a"]).due("2026-11-10");
    sketch.work("c", "10d", &[]);
    let ours = sketch.planned();
    assert_eq!(sketch.slot(&ours, "b").total_float, 2 * 480);
    assert_eq!(sketch.slot(&ours, "b").deadline_margin, Some(-480));
    sketch.project.scheduling.conventions = Conventions::MicrosoftProject;
    let theirs = sketch.planned();
    let b = sketch.slot(&theirs, "b");
    assert_eq!((b.start, b.finish), (at("2026-11-09T08:00"), at("2026-11-11T17:00")));
    assert_eq!((b.late_finish, b.total_float, b.critical), (at("2026-11-10T17:00"), -480, true));
    assert_eq!(sketch.slot(&theirs, "a").total_float, -480);
}

#[test]
fn trap_11_the_longest_path_is_found_where_float_is_false() {
    let mut sketch = monday();
    let clock = around_the_clock(&mut sketch);
    sketch.work("day", "1d", &[]);
    // Ends on Tuesday at 04:00; the next task can begin at 08:00, so there are four hours of false float.
    sketch.work("night", "11h", &["day"]).on(clock);
    sketch.work("last", "1d", &["night"]);
    let planned = sketch.planned();
    let path: Vec<&str> =
        planned.longest_path.iter().map(|task| sketch.project.task(*task).id.as_str()).collect();
    assert_eq!(path, ["day", "night", "last"]);
    let night = sketch.slot(&planned, "night");
    assert_eq!((night.total_float, night.critical, night.on_longest_path), (4 * 60, true, true));
    // Microsoft Project goes by float alone.
    sketch.project.scheduling.conventions = Conventions::MicrosoftProject;
    assert!(!sketch.slot(&sketch.planned(), "night").critical);
}

#[test]
fn trap_12_open_ends_are_held_by_the_projects_finish() {
    let mut sketch = monday();
    sketch.work("short", "1d", &[]);
    sketch.work("long", "4d", &[]);
    let kind = TaskKind::Work(crate::model::Work::Duration("2d".parse().unwrap()));
    let manual = sketch.task("by-hand", kind, &[]);
    manual.bound(ConstraintKind::MustStart, "2026-11-09");
    manual.is_manual = true;
    // The last task of all fixes everyone's float, also one that is scheduled by hand.
    check_floats(&sketch, &[("short", 6 * 480), ("long", 3 * 480), ("by-hand", 0)]);
}

#[test]
fn trap_12_microsoft_project_calls_what_is_set_by_hand_critical_only_where_it_is_linked_or_done() {
    let mut sketch = monday();
    let kind = || TaskKind::Work(crate::model::Work::Duration("2d".parse().unwrap()));
    let none: &[&str] = &[];
    let ann = Assignee::Person(sketch.person("ann", &[]));
    for (id, after, start) in [
        ("alone", none, "2026-11-05"),
        ("first", none, "2026-11-05"),
        ("second", &["first"], "2026-11-09"),
        ("last", none, "2026-11-09"),
        ("done-by-ann", none, "2026-11-09"),
    ] {
        let manual = sketch.task(id, kind(), after);
        manual.bound(ConstraintKind::MustStart, start);
        manual.is_manual = true;
        if id == "done-by-ann" {
            manual.assign(ann, 100);
        }
    }
    let critical = |sketch: &Sketch| {
        let schedule = sketch.planned();
        ["alone", "first", "second", "last", "done-by-ann"].map(|id| sketch.slot(&schedule, id).critical)
    };
    // All that end on the 10th have no float; one of them stands by itself.
    assert_eq!(critical(&sketch), [false, true, true, true, true]);
    sketch.project.scheduling.conventions = Conventions::MicrosoftProject;
    assert_eq!(critical(&sketch), [false, true, true, false, true]);
}

#[test]
fn trap_13_as_late_as_possible_takes_the_float_and_pushes_what_follows() {
    let mut sketch = monday();
    sketch.work("long", "5d", &[]);
    sketch.work("late", "1d", &[]).bound(ConstraintKind::AsLateAsPossible, "");
    sketch.work("next", "2d", &["late"]);
    check_times(
        &sketch,
        &[("late", "2026-11-04 08:00", "2026-11-04 17:00"), ("next", "2026-11-05 08:00", "2026-11-06 17:00")],
    );
    check_floats(&sketch, &[("late", 0), ("next", 0)]);
}

#[test]
fn trap_13_counted_back_from_a_finish_everything_is_as_late_as_possible() {
    let mut sketch = monday();
    sketch.work("a", "2d", &[]);
    sketch.work("b", "3d", &["a"]);
    sketch.work("side", "1d", &[]);
    sketch.project.scheduling.from = ScheduleFrom::Finish("2026-11-20".parse().unwrap());
    check_times(
        &sketch,
        &[
            ("a", "2026-11-16 08:00", "2026-11-17 17:00"),
            ("b", "2026-11-18 08:00", "2026-11-20 17:00"),
            ("side", "2026-11-20 08:00", "2026-11-20 17:00"),
        ],
    );
    assert_eq!(sketch.planned().start, at("2026-11-16T08:00"));
    // A date that pushes the end shows as negative float against the wanted finish.
    sketch.project.tasks[1].bound(ConstraintKind::StartsNotBefore, "2026-11-20");
    check_floats(&sketch, &[("b", -2 * 480)]);
}

#[test]
fn trap_14_a_point_bound_to_the_evening_stays_there() {
    let mut sketch = monday();
    sketch.work("a", "1d", &[]);
    sketch.task("fair", TaskKind::Milestone, &["a"]).bound(ConstraintKind::MustFinish, "2026-11-06 17:00");
    sketch.task("night", TaskKind::Milestone, &["a FS +2ed"]);
    check_times(
        &sketch,
        &[
            ("fair", "2026-11-06 17:00", "2026-11-06 17:00"),
            ("night", "2026-11-04 17:00", "2026-11-04 17:00"),
        ],
    );
}

#[test]
fn trap_15_summaries_hand_down_links_and_constraints_and_have_the_float_of_the_whole() {
    let mut sketch = monday();
    sketch.work("before", "1d", &[]);
    sketch.task("phase", TaskKind::Summary, &["before"]).bound(ConstraintKind::StartsNotBefore, "2026-11-04");
    let phase = sketch.number("phase");
    sketch.work("x", "2d", &[]).below(phase);
    sketch.work("y", "1d", &[]).below(phase);
    sketch.work("after", "1d", &["phase"]);
    sketch.work("beside", "1d", &["phase SS"]);
    sketch.work("end", "3d", &["after"]);
    check_times(
        &sketch,
        &[
            ("x", "2026-11-04 08:00", "2026-11-05 17:00"),
            ("y", "2026-11-04 08:00", "2026-11-04 17:00"),
            ("phase", "2026-11-04 08:00", "2026-11-05 17:00"),
            ("after", "2026-11-06 08:00", "2026-11-06 17:00"),
            ("beside", "2026-11-04 08:00", "2026-11-04 17:00"),
        ],
    );
    check_floats(&sketch, &[("phase", 0), ("y", 480)]);
}

#[test]
fn trap_16_progress_pins_what_happened_and_what_pauses_resumes() {
    let mut sketch = monday();
    sketch.work("before", "1d", &[]);
    sketch.work("a", "4d", &["before"]);
    sketch.work("b", "1d", &["a"]);
    let mut facts = Facts::none(&sketch.project);
    facts.progress[1].actual_start = Some("2026-11-03 10:00".parse().unwrap());
    facts.progress[1].remaining = Some("2d".parse().unwrap());
    let times = |facts: &Facts, name: &str| {
        let forecast = schedule(&sketch.project, facts);
        let slot = sketch.slot(&forecast, name).clone();
        (slot.start.to_string(), slot.finish.to_string())
    };
    let text = |start: &str, finish: &str| (start.to_owned(), finish.to_owned());
    // Without a status date what is left follows what is done: four days from Tuesday 10:00.
    assert_eq!(times(&facts, "a"), text("2026-11-03 10:00", "2026-11-09 10:00"));
    assert_eq!(times(&facts, "b"), text("2026-11-09 10:00", "2026-11-10 10:00"));
    // A pause lasts until it resumes.
    facts.progress[1].resume = Some("2026-11-11".parse().unwrap());
    assert_eq!(times(&facts, "a"), text("2026-11-03 10:00", "2026-11-12 17:00"));
    let forecast = schedule(&sketch.project, &facts);
    let slot = sketch.slot(&forecast, "a");
    // Once begun, the late start is the actual one, and the room is that of the finish.
    assert_eq!((slot.late_start, slot.total_float), (slot.start, 0));
    // With a status date nothing that is left lies before its end.
    facts.status_date = Some(date("2026-11-12"));
    facts.progress[0].actual_start = Some(Moment::on(date("2026-11-02")));
    facts.progress[0].actual_finish = Some(Moment::on(date("2026-11-02")));
    assert_eq!(times(&facts, "a"), text("2026-11-03 10:00", "2026-11-16 17:00"));
}

#[test]
fn trap_17_work_out_of_sequence_waits_or_goes_on() {
    let mut sketch = monday();
    sketch.work("a", "5d", &[]);
    sketch.work("b", "4d", &["a"]);
    let mut facts = Facts::none(&sketch.project);
    facts.status_date = Some(date("2026-11-03"));
    facts.progress[1].actual_start = Some(Moment::on(date("2026-11-02")));
    facts.progress[1].remaining = Some("2d".parse().unwrap());
    let finish = |sketch: &Sketch| {
        let forecast = schedule(&sketch.project, &facts);
        assert!(sketch.slot(&forecast, "b").out_of_sequence);
        sketch.slot(&forecast, "b").finish.to_string()
    };
    // Retained logic: `a` ends on Tuesday 10 November, two days follow.
    assert_eq!(finish(&sketch), "2026-11-12 17:00");
    sketch.project.scheduling.progress_logic = ProgressLogic::Override;
    assert_eq!(finish(&sketch), "2026-11-05 17:00");
}

#[test]
fn trap_18_tasks_by_hand_keep_their_dates_and_still_drive() {
    let mut sketch = monday();
    sketch.work("a", "5d", &[]);
    let hand = sketch.work("hand", "2d", &["a"]);
    hand.bound(ConstraintKind::MustStart, "2026-11-04 08:00");
    hand.is_manual = true;
    sketch.work("next", "1d", &["hand"]);
    check_times(
        &sketch,
        &[("hand", "2026-11-04 08:00", "2026-11-05 17:00"), ("next", "2026-11-06 08:00", "2026-11-06 17:00")],
    );
    // Its dates say where it stands, not how late it may be: six days more of other work leave it as much room.
    sketch.work("long", "11d", &[]);
    check_floats(&sketch, &[("hand", 6 * 480), ("next", 6 * 480), ("long", 0)]);
}

#[test]
fn trap_18_microsoft_project_lets_no_link_from_its_start_limit_what_is_set_by_hand() {
    // As two versions of Microsoft Project store it: a day of work by hand, and one by hand that follows its start by two days, ten
    // working days before the project's finish; the first may move by eleven days, the second by nine.
    let mut sketch = monday();
    let kind = || TaskKind::Work(crate::model::Work::Duration("1d".parse().unwrap()));
    for (id, after, start) in [
        ("first", None, "2026-11-02"),
        ("second", Some("first SS +2d"), "2026-11-04"),
        ("last", None, "2026-11-17"),
    ] {
        let links: Vec<_> = after.into_iter().map(|text| sketch.link(text)).collect();
        let manual = sketch.task(id, kind(), &[]);
        manual.links = links;
        manual.bound(ConstraintKind::MustStart, start);
        manual.is_manual = true;
    }
    check_floats(&sketch, &[("first", 9 * 480), ("second", 9 * 480), ("last", 0)]);
    sketch.project.scheduling.conventions = Conventions::MicrosoftProject;
    check_floats(&sketch, &[("first", 11 * 480), ("second", 9 * 480), ("last", 0)]);
}

#[test]
fn trap_20_loops_through_summaries_are_found() {
    let mut sketch = monday();
    sketch.task("phase", TaskKind::Summary, &[]);
    let phase = sketch.number("phase");
    sketch.work("x", "1d", &[]).below(phase);
    sketch.work("y", "1d", &["phase"]).below(phase);
    let loops = find_cycles(&sketch.project.tasks);
    assert_eq!(loops.len(), 1);
    let names: Vec<&str> = loops[0].tasks.iter().map(|task| sketch.project.task(*task).id.as_str()).collect();
    assert_eq!(names, ["phase", "y"]);
}

#[test]
fn trap_21_minutes_are_whole_and_nothing_is_lost_in_sums() {
    let mut sketch = monday();
    sketch.work("t0", "10m", &[]);
    for number in 1..48 {
        let before = format!("t{}", number - 1);
        sketch.work(&format!("t{number}"), "10m", &[&before]);
    }
    // Forty-eight times ten minutes is a day of eight hours, to the minute.
    check_times(&sketch, &[("t47", "2026-11-02 16:50", "2026-11-02 17:00")]);
}
