//! What pages say beside a figure so that nobody reads it wrongly.

use crate::honest_answers::Folder;
use crate::said::says;
use crate::unusual_pages::page;

const PROJECT: &str = "project: Demo\nstart: 2026-08-03\ncurrency: EUR\nreporting: every 1w\n";
const TEAM: &str = "roles: {eng: {rate: 800 EUR/d}}\npeople:\n  ann: {name: Ann, role: eng}\n  sue: {name: Sue}\n  oli: {name: Oli}\n";
const UPDATE: (&str, &str) = ("updates/2026-08-07.md", "---\nstatus_date: 2026-08-07\n---\n");

/// Added points used to earn the money of the promised ones in silence.
#[test]
fn earned_value_says_that_added_units_earn_too() {
    let with = |total: &str| {
        let progress = format!(
            "status_date,task,actual_start,units_done,units_total\n2026-08-07,items,2026-08-03,40,{total}\n"
        );
        let plan = "execution:\n  items: {name: Items, duration: 20d, assign: ann, earned_value: units 100 points}\n";
        page(
            &[
                ("project.yaml", PROJECT),
                ("resources.yaml", TEAM),
                ("plan.yaml", plan),
                ("progress.csv", &progress),
                UPDATE,
            ],
            "project/budget.html",
        )
        .1
    };
    let words = with("130");
    says(
        &words,
        "“Items”: 40 points are done, against 100 planned. 30 of the 130 there are now were added since",
    );
    assert!(!with("100").contains("were added since"));
}

/// The handover said when the project helps, and closed before.
#[test]
fn support_after_the_closing_gate_says_so() {
    let plan = "execution:\n  build: {duration: 5d}\nclosing:\n  G5: {gate: Closed, after: build}\n";
    let with = |support: &str| {
        let handover = format!("early_life: {support}\n");
        page(
            &[("project.yaml", PROJECT), ("plan.yaml", plan), ("handover.yaml", &handover), UPDATE],
            "handover.html",
        )
        .1
    };
    says(&with("2026-08-24 .. 2026-08-28"), "begins after G5, which closes the project on");
    says(&with("2026-08-05 .. 2026-08-28"), "ends after G5, which closes the project on");
    assert!(!with("2026-08-03 .. 2026-08-05").contains("after G5, which closes"));
}

/// A due day that has gone by used to count as a day of measurement.
#[test]
fn a_due_day_gone_by_without_a_reading_is_no_day_of_measurement() {
    let plan = "execution:\n  build: {duration: 5d}\nclosing:\n  G5: {gate: Closed, after: build}\n";
    let with = |day: &str| {
        let benefits = format!(
            "calls: {{benefit: Fewer calls, measure: Calls, unit: a week, baseline: 10, target: 5, owner: ada, {day}}}\n"
        );
        let people = ("resources.yaml", "people:\n  ada: {name: Ada King}\n");
        let files =
            [("project.yaml", PROJECT), people, ("plan.yaml", plan), ("benefits.yaml", &benefits), UPDATE];
        page(&files, "gates/G5.html").1
    };
    let criterion = "Every benefit has an owner and a day of measurement";
    says(&with("due: 2026-08-05"), &format!("{criterion} 0 of 1 No"));
    says(&with("due: 2026-12-31"), &format!("{criterion} 1 of 1 Yes"));
    says(&with("due: 2026-08-05, next_reading: 2026-09-30"), &format!("{criterion} 1 of 1 Yes"));
}

/// The dashboard used to show the id that is typed.
#[test]
fn outside_teams_have_their_names_on_the_dashboard() {
    let files = [
        ("project.yaml", PROJECT),
        ("plan.yaml", "execution:\n  ask: {duration: 2d}\n  use: {duration: 2d, after: ask}\n"),
        (
            "dependencies.yaml",
            "X1: {team: business-data, request: Access, for: use, asked: 2026-08-03, promised: 2026-08-06}\n",
        ),
        UPDATE,
    ];
    let words = page(&files, "project/index.html").1;
    says(&words, "Access Business data");
    assert!(!words.contains("business-data"), "{words}");
}

/// Days of a calendar with a long closure are few; other pages count those of the project.
#[test]
fn a_deadline_missed_in_days_of_another_calendar_is_told_in_both() {
    let folder = Folder::of(
        "execution:\n  pilot: {name: Pilot, duration: 5d, calendar: shop}\n  end: {name: End, duration: 1d, after: pilot, deadline: 2026-08-05}\n",
    )
    .with(
        "calendar.yaml",
        "standard: {week: mon tue wed thu fri, hours_per_day: 8h}\nshop: {week: mon wed, hours_per_day: 8h}\n",
    );
    let told = folder.run(&["why", "pilot"]).out;
    assert!(told.contains("of its calendar `shop`; “End” itself is 9 working days late"), "{told}");
}

/// A stopped project used to be told what to write so that its case goes on.
#[test]
fn the_case_of_a_stopped_project_asks_for_nothing() {
    let gate = "---\ngate: G1\ndecision: stop\ndecided: 2026-08-06\nsignatures:\n  - {role: sponsor, person: ada, decision: stop, date: 2026-08-06}\n---\n";
    let case = "rate: 10%\nrate_reason: Ours\nhorizon: 1\noptions:\n  only:\n    name: Only\n    costs: {all: [100 EUR, 0 EUR]}\n    benefits: {all: [0 EUR, 99 EUR]}\npreferred: only\n";
    let files = [
        (
            "project.yaml",
            "project: Demo\nstart: 2026-08-03\ncurrency: EUR\nsponsor: ada\nreporting: every 1w\n",
        ),
        ("resources.yaml", "people:\n  ada: {name: Ada King}\n"),
        ("plan.yaml", "execution:\n  build: {duration: 5d}\n  G1: {gate: Mandate, after: build}\n"),
        ("gates/G1.md", gate),
        ("business-case.yaml", case),
        UPDATE,
    ];
    let words = page(&files, "business-case.html").1;
    says(&words, "The project is stopped: the case stays as it was typed.");
    assert!(!words.contains("The case stands still"), "{words}");
    // 99 a year later at 10 % are worth 90, so benefits must rise by a ninth.
    says(&words, "Benefits may fall by (or must rise) must rise by 11.1 %");
    says(&words, "Investment may rise by (or must fall) must fall by 10 %");
}

/// "In 2 weeks" was read as a day a fortnight from now.
#[test]
fn weeks_of_too_much_work_are_of_the_weeks_ahead() {
    let plan = "execution:\n  one: {duration: 5d, effort: 5d, assign: ada}\n  two: {duration: 5d, effort: 5d, assign: ada}\n";
    let people = ("resources.yaml", "people:\n  ada: {name: Ada King}\n");
    let words = page(&[("project.yaml", PROJECT), people, ("plan.yaml", plan)], "project/people.html").1;
    says(&words, "for more than they can give, in 1 of the weeks ahead.");
}
