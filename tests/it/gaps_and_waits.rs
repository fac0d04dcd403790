//! What a task waits for and what it is interrupted by, as `milepost why` and the pages say it.

use crate::honest_answers::Folder;

/// Tom is busy three days, free for one, then busy for five.
const BUSY: &str = "execution:\n  first: {name: First, duration: 3d, assign: tom, priority: 900}\n  \
                    aside: {duration: 4d}\n  \
                    second: {name: Second, duration: 5d, after: aside, assign: tom, priority: 900}\n  \
                    third: {name: Third, duration: 2d, assign: tom}\n";

#[test]
fn a_wait_names_each_task_that_is_waited_for_in_turn() {
    let folder = Folder::of(BUSY).with("resources.yaml", "people:\n  tom: {name: Tom}\n");
    let said = "waits 9 working days: 3 for Tom, busy with “First”, then 6 for Tom, busy with “Second”";
    let told = folder.run(&["why", "third", "--level"]);
    assert!(told.out.contains(said), "{}{}", told.out, told.errors);

    let told = folder.run(&["why", "third", "--level", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&told.out).unwrap();
    let waits = &json["steps"][0]["reasons"][0]["waits"];
    let expected = serde_json::json!([
        {"who": "tom", "busy_with": "first", "days": 3, "start": "2026-08-03", "finish": "2026-08-05"},
        {"who": "tom", "busy_with": "second", "days": 6, "start": "2026-08-06", "finish": "2026-08-13"},
    ]);
    assert_eq!(*waits, expected);

    assert_eq!(folder.run(&["build", "--level"]).code, Some(0));
    let page = folder.read("site/project/schedule.html").replace('\u{a0}', " ");
    assert!(page.contains(said), "on the page");
    let short = "waits 9 working days, last for Tom, busy with “Second”";
    assert!(page.contains(short), "in the table");
}

#[test]
fn paper_tells_why_of_tasks_with_little_room() {
    let plan = "execution:\n  long: {duration: 30d}\n  near: {duration: 27d}\n  free: {duration: 3d}\n  \
                late: {duration: 4d, deadline: 2026-08-05}\n  lead: {span: long .. long}\n";
    let folder = Folder::of(plan);
    // The missed deadline is an error; the site is built.
    assert_eq!(folder.run(&["build"]).code, Some(1));
    let page = folder.read("site/project/schedule.html").replace('\u{a0}', " ");
    let printed: Vec<&str> = page
        .split("<details class=\"why")
        .skip(1)
        .filter(|part| part.starts_with(" why-on-paper\""))
        .filter_map(|part| part.split_once("id=\"why-")?.1.split('"').next())
        .collect();
    // No float; three days of it; a deadline missed. A hammock has no room of its own.
    assert_eq!(printed, ["long", "near", "late"]);
    let said = "Printed: 3 of 5 open tasks, those with no more than 5 working days of room before the finish or a deadline.";
    assert!(page.contains(said));
    let css = folder.read("site/assets/print.css");
    assert!(css.contains("details.why-on-paper::details-content"));
}

#[test]
fn a_wait_for_one_task_is_one_phrase() {
    let plan = "execution:\n  first: {name: First, duration: 3d, assign: tom, priority: 900}\n  \
                third: {name: Third, duration: 2d, assign: tom}\n";
    let folder = Folder::of(plan).with("resources.yaml", "people:\n  tom: {name: Tom}\n");
    let told = folder.run(&["why", "third", "--level"]);
    assert!(told.out.contains("waits 3 working days for Tom, busy with “First”"), "{}", told.out);
}

const SHORT: &str = "standard:\n  week: mon tue wed thu fri\n  weeks:\n    2026-08-10 .. 2026-08-16: {hours: 08:00 .. 12:00}\n";

#[test]
fn weeks_of_shorter_hours_are_named_where_they_cost_any() {
    let folder = Folder::of("execution:\n  build: {duration: 8d}\n").with("calendar.yaml", SHORT);
    let told = folder.run(&["why", "build"]);
    // Half of each of five days is missing.
    let said = "works shorter hours 10 Aug – 16 Aug 2026, 2.5 working days less in all — calendar `standard` [calendar.yaml:4]";
    assert!(told.out.contains(said), "{}{}", told.out, told.errors);
    let folder = Folder::of("execution:\n  build: {duration: 5d}\n").with("calendar.yaml", SHORT);
    assert!(!folder.run(&["why", "build"]).out.contains("shorter hours"), "over before they begin");
}

#[test]
fn weeks_of_fewer_days_and_shorter_hours_are_named_with_both() {
    let calendar = SHORT.replace("{hours", "{week: mon tue, hours");
    let folder = Folder::of("execution:\n  build: {duration: 8d}\n").with("calendar.yaml", &calendar);
    let told = folder.run(&["why", "build"]);
    assert!(
        told.out
            .contains("interrupted by weeks that work Mon, Tue only (10 Aug – 16 Aug 2026, 3 working days)"),
        "{}",
        told.out
    );
    assert!(
        told.out.contains("works shorter hours 10 Aug – 16 Aug 2026, 1 working day less in all"),
        "{}",
        told.out
    );
}

#[test]
fn shorter_hours_of_a_person_are_named_where_nobody_else_is_there() {
    let people = "people:\n  tom: {name: Tom, calendar: mornings}\n";
    let calendar = "standard:\n  week: mon tue wed thu fri\nmornings:\n  based_on: standard\n  weeks:\n    \
                    2026-08-03 .. 2026-08-09: {hours: 08:00 .. 12:00}\n";
    let folder = Folder::of("execution:\n  build: {duration: 5d, assign: tom}\n")
        .with("resources.yaml", people)
        .with("calendar.yaml", calendar);
    let told = folder.run(&["why", "build"]);
    assert!(
        told.out.contains("works shorter hours 3 Aug – 9 Aug 2026, 2.5 working days less in all — calendar `mornings` [calendar.yaml:6]"),
        "{}{}",
        told.out,
        told.errors
    );
}
