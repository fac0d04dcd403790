//! Small plans whose answers were computed by hand, as the program tells them. The project begins on Monday, 3 August 2026.

use crate::honest_answers::Folder;

#[test]
fn the_last_task_is_found_to_the_minute() {
    // Both end on Wednesday, the second at noon: 600 days more of the first are 600 days more of the project.
    for second in ["2.5d", "3d"] {
        let folder = Folder::of(&format!("execution:\n  w: {{duration: 3d}}\n  x: {{duration: {second}}}\n"));
        let told = folder.run(&["check"]);
        assert!(!told.out.contains("W305") && !told.errors.contains("W305"), "{}{}", told.out, told.errors);
    }
}

#[test]
fn a_day_less_that_makes_the_project_later_is_told_as_such() {
    // `y` ends with `x` on the tenth day and `z` begins with `y`: 10 − y + 7 days. Of two days the finish is Friday the 21st, of
    // one Monday the 24th, of three Thursday the 20th.
    let folder = Folder::of(
        "execution:\n  x: {duration: 10d}\n  y: {duration: 2d, after: x FF}\n  z: {duration: 7d, after: y SS}\n",
    );
    let told = folder.run(&["why", "y"]).out;
    assert!(
        told.contains("a working day less: the project ends on 24 Aug 2026, 1 working day later"),
        "{told}"
    );
    assert!(
        told.contains("a working day more: the project ends on 20 Aug 2026, 1 working day sooner"),
        "{told}"
    );
    folder.run(&["build"]);
    let page = folder.read("site/project/schedule.html").replace('\u{a0}', " ");
    assert!(page.contains("Moves the finish the other way"));
}

#[test]
fn a_milestone_on_the_morning_after_meets_the_weekend_before() {
    let plan = |deadline: &str| {
        format!(
            "execution:\n  m: {{milestone: M, finishes_not_before: 2026-08-08, because: agreed, deadline: {deadline}}}\n  \
             z: {{duration: 20d}}\n"
        )
    };
    let folder = Folder::of(&plan("2026-08-08"));
    let told = folder.run(&["check"]);
    assert!(!told.out.contains("E302") && told.code == Some(0), "{}{}", told.out, told.errors);
    assert!(folder.run(&["why", "m"]).out.contains("just meets its deadline, 8 Aug 2026"));
    // A whole working day behind the deadline is late.
    let told = Folder::of(&plan("2026-08-06")).run(&["check"]);
    assert!(told.out.contains("E302") || told.errors.contains("E302"), "{}{}", told.out, told.errors);
}

#[test]
fn the_chance_of_a_deadline_is_judged_as_the_deadline_is() {
    // The plan does not move the milestone: every run reaches it on Monday the tenth, and nobody works between Saturday and then.
    let folder = Folder::of(
        "execution:\n  m: {milestone: M, finishes_not_before: 2026-08-08, because: agreed, deadline: 2026-08-08}\n  \
         z: {duration: 20d / 25d / 40d}\n",
    );
    folder.run(&["build"]);
    let page = folder.read("site/project/schedule.html").replace('\u{a0}', " ");
    let watched = page.split("Milestone, gate or deadline").nth(1).unwrap();
    let row = watched.split("<tr").find(|row| row.contains("deadline")).unwrap();
    assert!(row.contains("8 Aug 2026") && row.contains("100 %"), "{row}");
}

#[test]
fn lengths_by_the_clock_are_told_in_days_of_the_clock() {
    // From Friday at five to Monday at five; a day less ends on Sunday, so that Monday is free for what waits.
    let folder = Folder::of(
        "execution:\n  a: {duration: 3ed, starts_not_before: 2026-08-07 17:00, because: agreed}\n  \
         b: {duration: 1d, after: a}\n",
    );
    let told = folder.run(&["why", "a"]).out;
    assert!(
        told.contains("a day by the clock less: the project ends on 10 Aug 2026, 1 working day sooner"),
        "{told}"
    );
    folder.run(&["build"]);
    let page = folder.read("site/project/tasks/a.html").replace('\u{a0}', " ");
    assert!(page.contains("3 ed") && !page.contains(">1 d<"), "{page}");
    let json: serde_json::Value = serde_json::from_str(&folder.read("site/project/project.json")).unwrap();
    let tasks = json["tasks"].as_array().unwrap();
    let task = tasks.iter().find(|task| task["id"] == "a").unwrap();
    assert_eq!((task["duration_days"].as_f64(), task["remaining_days"].as_f64()), (Some(3.0), Some(3.0)));
}

#[test]
fn slack_of_what_runs_by_the_clock_is_exported_in_minutes_of_the_clock() {
    // From Wednesday the 5th, 8:00, to Friday the 14th, 17:00: nine days and nine hours, in tenths of a minute.
    let folder = Folder::of("execution:\n  a: {duration: 2ed}\n  long: {duration: 10d}\n").with(
        "project.yaml",
        "project: Demo\nstart: 2026-08-03\ncurrency: EUR\nschedule: {conventions: microsoft project}\n",
    );
    folder.run(&["build"]);
    let plan = folder.read("site/project/plan.xml");
    let task = plan.split("<Task>").find(|task| task.contains("<Name>a</Name>")).unwrap();
    let slack = (9 * 24 + 9) * 600;
    assert!(task.contains(&format!("<TotalSlack>{slack}</TotalSlack>")), "{task}");
    assert!(task.contains(&format!("<FreeSlack>{slack}</FreeSlack>")), "{task}");
}

#[test]
fn a_share_of_a_length_that_changed_goes_out_as_the_time_that_it_is() {
    // `b` waits for half of the ten days of `a`, whatever becomes of it: five days from Monday the 3rd, Monday the 10th. `a` has five
    // days behind it and eight left, thirteen in all; half of them would be six and a half.
    let folder = Folder::of(
        "execution:\n  a: {duration: 10d}\n  b: {duration: 10d, after: a SS +50%, because: Half is enough}\n",
    );
    folder.run(&["build"]);
    let plan = folder.read("site/project/plan.xml");
    assert!(plan.contains("<LinkLag>50</LinkLag>") && plan.contains("<LagFormat>19</LagFormat>"), "{plan}");
    let folder = Folder::of(
        "execution:\n  a: {duration: 10d}\n  b: {duration: 10d, after: a SS +50%, because: Half is enough}\n",
    )
    .with(
        "progress.csv",
        "status_date,task,actual_start,percent_complete,remaining\n2026-08-07,a,2026-08-03,40%,8d\n",
    );
    folder.run(&["build"]);
    let plan = folder.read("site/project/plan.xml");
    // Five days of 480 minutes, in tenths of a minute, shown in days.
    assert!(plan.contains("<LinkLag>24000</LinkLag>") && plan.contains("<LagFormat>7</LagFormat>"), "{plan}");
}

#[test]
fn why_names_who_is_away_while_others_work() {
    // Six days from Monday the 3rd are Monday the 10th; without three of them Thursday the 13th.
    let people = "people:\n  w: {name: Wanda}\n  z: {name: Zoe, absent: [2026-08-05 .. 2026-08-07]}\n";
    let folder =
        Folder::of("execution:\n  c: {duration: 6d, assign: [w, z]}\n").with("resources.yaml", people);
    let told = folder.run(&["why", "c"]).out;
    assert!(told.contains("3 Aug – 13 Aug 2026"), "{told}");
    assert!(told.contains("ends 3 working days later, since Zoe is away ("), "{told}");
}

#[test]
fn the_start_of_a_summary_that_is_missed_is_told_as_missed() {
    // `p` ends on Friday, the 7th: `part` begins on Monday, three working days behind Wednesday, and the project ends on the 28th.
    let plan = |start: &str| {
        format!(
            "execution:\n  p: {{duration: 5d}}\n  long: {{duration: 20d}}\n  part:\n    after: p\n    must_start: {start}\n    \
             because: the hall\n    tasks:\n      f: {{duration: 2d}}\n"
        )
    };
    let told = Folder::of(&plan("2026-08-05")).run(&["why", "part"]).out;
    assert!(told.contains("misses its date, must start 5 Aug 2026, by 3 working days"), "{told}");
    assert!(told.contains("can slip 13 working days before the project ends later"), "{told}");
    assert!(!told.contains("before its date is missed"), "{told}");
    let told = Folder::of(&plan("2026-08-10")).run(&["why", "part"]).out;
    assert!(
        told.contains("begins on its date, must start 10 Aug 2026, so that any slip misses it"),
        "{told}"
    );
    // What comes before a date that it cannot leave time for says which, and a date that work from now on cannot keep is passed.
    let folder = Folder::of(
        "execution:\n  p: {duration: 5d}\n  f: {duration: 2d, after: p, must_finish: 2026-08-05, because: the hall}\n",
    );
    let told = folder.run(&["why", "p"]).out;
    assert!(
        told.contains("is 4 working days later than the date of “f”, must finish 5 Aug 2026, allows"),
        "{told}"
    );
    let folder =
        folder.with("progress.csv", "status_date,task,actual_start,remaining\n2026-08-05,p,2026-08-03,2d\n");
    let told = folder.run(&["why", "f"]).out;
    assert!(told.contains("is 4 working days later than its date, must finish 5 Aug 2026, allows"), "{told}");
}
