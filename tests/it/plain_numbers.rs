//! Figures that a reader can check in the head: of small projects made for it.

use milepost::diagnostic::Diagnostics;
use milepost::page::what_if::words;
use milepost::pipeline::{self, Options};
use milepost::record::what_if::Wish;
use milepost::report::Report;
use milepost::source::disk::Folder;

use crate::sample::page;

const PROJECT: &str =
    "project: Demo\nstart: 2026-03-02\ncurrency: EUR\nsponsor: sue\noperations_owner: oli\n";
const TEAM: &str = "roles: {eng: {rate: 800 EUR/d}}\npeople:\n  ann: {name: Ann, role: eng}\n  sue: {name: Sue}\n  oli: {name: Oli}\n";

fn computed(files: &[(&str, &str)], wishes: Vec<Wish>) -> Report {
    let folder = Folder::from_memory(files.to_vec());
    pipeline::compute(&folder, Diagnostics::default(), &Options { what_if: wishes, ..Options::default() })
}

/// Reports on the last Friday or so of each month, each ten points more: no two of them fall into one month.
#[test]
fn a_monthly_pace_counts_one_report_a_month() {
    let project = PROJECT.replace("2026-03-02", "2026-01-05") + "reporting: monthly\n";
    let plan = "execution:\n  items: {duration: 200d, assign: ann, earned_value: units 100 points}\n";
    let days = ["2026-01-30", "2026-02-27", "2026-03-31", "2026-04-30", "2026-05-29", "2026-06-26"];
    let mut progress = "status_date,task,actual_start,units_done\n".to_owned();
    for (place, day) in days.iter().enumerate() {
        progress += &format!("{day},items,2026-01-05,{}\n", (place + 1) * 10);
    }
    let files = [
        ("project.yaml", project.as_str()),
        ("resources.yaml", TEAM),
        ("plan.yaml", plan),
        ("progress.csv", progress.as_str()),
    ];
    let report = computed(&files, Vec::new());
    let burns = &report.projects[0].control.unit_burns;
    let forecast = burns[0].forecast.as_ref().unwrap();
    assert_eq!((forecast.mean, forecast.best_three, forecast.worst_three), (10.0, 10.0, 10.0));
    // Forty points are left: four months from 26 June.
    assert_eq!(forecast.likely.date.unwrap().to_string(), "2026-10-26");
}

/// A report of 1 July is due again on 1 August.
#[test]
fn a_monthly_report_is_a_month_old_on_the_day_of_the_next() {
    use milepost::control::{Colour, DimensionKind};
    let project = PROJECT.to_owned() + "reporting: monthly\n";
    let files = [
        ("project.yaml", project.as_str()),
        ("resources.yaml", TEAM),
        ("plan.yaml", "execution:\n  build: {duration: 300d, assign: ann}\n"),
        ("progress.csv", "status_date,task,actual_start,percent_complete\n2026-07-01,build,2026-03-02,20%\n"),
    ];
    let folder = Folder::from_memory(files.to_vec());
    let colour = |day: &str| {
        let options = Options { as_of: Some(day.parse().unwrap()), ..Options::default() };
        let report = pipeline::compute(&folder, Diagnostics::default(), &options);
        report.projects[0].control.health.dimension(DimensionKind::Data).colour
    };
    assert_eq!(colour("2026-08-01"), Colour::Green);
    assert_eq!(colour("2026-08-02"), Colour::Amber);
    assert_eq!(colour("2026-09-01"), Colour::Amber);
    assert_eq!(colour("2026-09-02"), Colour::Red);
}

const UNCOSTED: [(&str, &str); 4] = [
    ("project.yaml", PROJECT),
    ("resources.yaml", TEAM),
    (
        "plan.yaml",
        "execution:\n  build: {duration: 10d, assign: ann}\n  test: {duration: 5d, assign: ann, after: build}\n",
    ),
    ("progress.csv", "status_date,task,actual_start,percent_complete\n2026-03-13,build,2026-03-02,50%\n"),
];

#[test]
fn without_a_cost_nothing_is_estimated_in_the_sum_of_all_projects() {
    let index = page(&computed(&UNCOSTED, Vec::new()), "index.html");
    let table = index.split_once("<table class=\"table stacks\" aria-label=\"Projects\"").unwrap().1;
    let table = table.split_once("</table>").unwrap().0;
    assert!(table.contains("12 000"), "{table}");
    assert!(!table.contains("8 000"), "{table}");
}

#[test]
fn without_a_cost_a_what_if_estimates_nothing() {
    let report = computed(&UNCOSTED, vec![Wish::set("tasks.test.duration=6d")]);
    let words = words(&report).unwrap();
    let row = words.projects[0].rows.iter().find(|row| row.kind == "estimate-at-completion").unwrap();
    assert_eq!((row.before.as_str(), row.after.as_str()), ("—", "—"));
}

/// Two days and two fifths are left of the first task, so that those behind it begin and end in the middle of a day.
#[test]
fn part_of_a_day_is_no_loss_of_the_tasks_behind_it() {
    let files = [
        ("project.yaml", PROJECT),
        ("resources.yaml", TEAM),
        (
            "plan.yaml",
            "execution:\n  first: {name: First, duration: 10d, assign: ann}\n  second: {name: Second, duration: 5d, assign: ann, after: first}\n  third: {name: Third, duration: 5d, assign: ann, after: second}\n",
        ),
        ("progress.csv", "status_date,task,actual_start,remaining\n2026-03-13,first,2026-03-02,2.4d\n"),
    ];
    let schedule = page(&computed(&files, Vec::new()), "schedule.html");
    let table = schedule.split_once("aria-label=\"Where time was lost\"").unwrap().1;
    let table = table.split_once("</table>").unwrap().0;
    assert!(table.contains("First"), "{table}");
    assert!(!table.contains("Second") && !table.contains("Third"), "{table}");
}

/// The document of a decided gate is not compared where a change is asked about, so its findings do not go with the change.
#[test]
fn what_a_what_if_does_not_look_for_does_not_go_with_it() {
    let files = [
        ("project.yaml", PROJECT),
        ("resources.yaml", TEAM),
        (
            "plan.yaml",
            "initiation:\n  G1: {gate: Go}\nexecution:\n  build: {duration: 10d, assign: ann, after: G1}\n",
        ),
        (
            "gates/G1.md",
            "---\ngate: G1\ndecision: approve\ndecided: 2026-03-02\nsignatures:\n  - {role: sponsor, person: sue, decision: approve, date: 2026-03-02}\n---\n",
        ),
        ("progress.csv", "status_date,task,actual_start,percent_complete\n2026-03-13,build,2026-03-02,50%\n"),
    ];
    let codes = |found: &mut dyn Iterator<Item = &milepost::diagnostic::Diagnostic>| {
        found.map(|found| found.rule.code).collect::<Vec<_>>()
    };
    let as_it_is = computed(&files, Vec::new());
    assert!(codes(&mut as_it_is.findings.iter()).contains(&"I653"));
    let asked = computed(&files, vec![Wish::set("tasks.build.duration=12d")]);
    let went = &asked.what_if.as_ref().unwrap().findings_went;
    assert!(!codes(&mut went.iter()).contains(&"I653"), "{went:?}");
}

const CASE: &str = "rate: 8%\nrate_reason: Rate of the finance department\nhorizon: 4\nyear_0: 2026-01-01\n\
                    options:\n  replace:\n    name: Replace\n    costs: {hardware: 120_000 EUR}\n    benefits: {support: [0 EUR, 46_000 EUR, 62_000 EUR, 68_000 EUR, 68_000 EUR]}\n\
                    preferred: replace\nbenefits_wait_for: done\n";

fn case_files(after: &'static str) -> Vec<(&'static str, String)> {
    let plan = format!(
        "execution:\n  prep: {{duration: 15d, assign: ann}}\n  side: {{duration: 5d, assign: sue}}\n  done: {{milestone: Done, after: {after}}}\n"
    );
    let progress = "status_date,task,actual_start,remaining\n2026-03-20,prep,2026-03-02,25d\n";
    [
        ("project.yaml", PROJECT),
        ("resources.yaml", TEAM),
        ("plan.yaml", plan.as_str()),
        ("progress.csv", progress),
        ("business-case.yaml", CASE),
    ]
    .map(|(path, text)| (path, text.to_owned()))
    .to_vec()
}

/// What is approved is the plan that is frozen: its day, not that of the plan as typed.
#[test]
fn the_frozen_case_counts_on_the_day_of_its_own_baseline() {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in case_files("prep") {
        std::fs::write(folder.path().join(path), text).unwrap();
    }
    crate::frozen_records::done(&["baseline", "freeze", "B1"], folder.path());
    let text = std::fs::read_to_string(folder.path().join("baselines/B1.yaml")).unwrap();
    assert!(text.contains("benefits_expected: 2026-04-24"), "{text}");
    assert!(text.contains("done: {start: 2026-04-24, finish: 2026-04-24"), "{text}");
}

/// The benefits wait for what the milestone waited for; where that is several, the answer would be a guess.
#[test]
fn benefits_do_not_come_sooner_because_what_they_wait_for_is_left_out() {
    let of = |files: &[(&'static str, String)]| {
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
        computed(&files, vec![Wish::without("tasks.done")])
    };
    let what_if = of(&case_files("prep")).what_if.unwrap();
    assert!(what_if.faults.is_empty(), "{:?}", what_if.faults);
    let gains = |difference: &milepost::control::Difference| difference.net_present_value.is_change();
    assert!(!what_if.projects.iter().any(|project| gains(&project.difference)));
    let came: Vec<&str> = what_if.findings_came.iter().map(|found| found.message.as_str()).collect();
    assert!(came.contains(&"the benefits wait for `prep` now, as `done` is left out"), "{came:?}");
    let what_if = of(&case_files("[prep, side]")).what_if.unwrap();
    let faults: Vec<&str> = what_if.faults.iter().map(|fault| fault.message.as_str()).collect();
    assert_eq!(faults, ["the benefits wait for `done`, which waits for several tasks"]);
}

/// The newest report is of the status date in every case: what is found in it and in its files decides.
#[test]
fn data_are_green_only_where_nothing_casts_doubt_on_them() {
    use milepost::control::{Colour, DimensionKind};
    let data = |project: &str, back: &str| {
        let project = format!("{PROJECT}{project}");
        let progress = format!(
            "status_date,task,actual_start,percent_complete\n2026-03-06,build,2026-03-02,40%\n2026-03-13,build,,{back}\n"
        );
        let report = computed(
            &[
                ("project.yaml", project.as_str()),
                ("resources.yaml", TEAM),
                ("plan.yaml", "execution:\n  build: {duration: 20d, assign: ann, earned_value: percent}\n"),
                ("progress.csv", progress.as_str()),
            ],
            Vec::new(),
        );
        let data = report.projects[0].control.health.dimension(DimensionKind::Data).clone();
        (data.colour, data.reason.replace('\u{a0}', " "))
    };
    let waive = "waive:\n  W406: {reason: Counted anew, by: ann, until: 2026-12-31}\n";
    let newest = "the newest report is of the status date, 13 Mar 2026";
    assert_eq!(data("", "50%"), (Colour::Green, newest.to_owned()));
    let doubted = format!("{newest}; 1 open doubt on what was reported or booked (W406)");
    assert_eq!(data("", "30%"), (Colour::Amber, doubted));
    assert_eq!(data(waive, "30%"), (Colour::Green, newest.to_owned()));
    let faulty = format!("{newest}; 1 error of the records open");
    assert_eq!(data("gaol: Slip of the keyboard\n", "50%"), (Colour::Red, faulty));
    let twice = "30%\n2026-03-13,build,,30%";
    let doubted = format!("{newest}; 2 open doubts on what was reported or booked (W130 and W406)");
    assert_eq!(data("", twice), (Colour::Amber, doubted));
    let doubted = format!("{newest}; 1 open doubt on what was reported or booked (W130)");
    assert_eq!(data(waive, twice), (Colour::Amber, doubted));
}

/// Thirty days by the clock are 22 working days in one month and 20 in the next: the baseline keeps what was typed.
#[test]
fn a_length_by_the_clock_is_frozen_as_it_was_typed() {
    let folder = tempfile::tempdir().unwrap();
    let plan = "execution:\n  wait: {duration: 30ed}\n  half: {duration: 36eh}\n  build: {duration: 6d, after: wait}\n";
    for (path, text) in [("project.yaml", PROJECT), ("plan.yaml", plan), ("resources.yaml", TEAM)] {
        std::fs::write(folder.path().join(path), text).unwrap();
    }
    crate::frozen_records::done(&["baseline", "freeze", "B1"], folder.path());
    let text = std::fs::read_to_string(folder.path().join("baselines/B1.yaml")).unwrap();
    for length in ["duration: 30ed", "duration: 36eh", "duration: 6d"] {
        assert!(text.contains(length), "{text}");
    }
}
