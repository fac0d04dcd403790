//! What could not be read is no fact: the first screen says so, with file and line, and tells nothing that rests on it.

use std::collections::BTreeMap;

use milepost::diagnostic::Diagnostics;
use milepost::pipeline::{self, Options};
use milepost::source::disk::Folder;

use crate::honest_answers::Folder as OnDisk;

const PROJECT: &str =
    "project: Small\nstart: 2027-01-04\ncurrency: EUR\ntolerance: {time: 5d, cost: 2_000 EUR}\n";
const TEAM: &str = "roles: {eng: {rate: 500 EUR/d}}\npeople: {tom: {name: Tom Ray, role: eng}}\n";
const PLAN: &str = "execution:\n  a: {name: A, duration: 20d, assign: tom}\n  b: {name: B, duration: 10d, assign: tom, after: a}\n";
const PROGRESS: &str = "status_date,task,actual_start,actual_finish,percent_complete,remaining\n2027-01-29,a,2027-01-04,2027-01-29,100%,\n";
const HOURS: &str =
    "week,person,task,time\n2027-W01,tom,a,5d\n2027-W02,tom,a,5d\n2027-W03,tom,a,5d\n2027-W04,tom,a,5d\n";
const UPDATE: &str = "---\nstatus_date: 2027-01-29\n---\nAll is well.\n";
const BUDGET: &str = "contingency: 4_000 EUR\n";

/// A project with one file written otherwise.
fn files<'a>(changed: (&'a str, &'a str)) -> Vec<(&'a str, &'a str)> {
    let mut files = vec![
        ("project.yaml", PROJECT),
        ("resources.yaml", TEAM),
        ("plan.yaml", PLAN),
        ("progress.csv", PROGRESS),
        ("timesheets.csv", HOURS),
        ("budget.yaml", BUDGET),
        ("updates/2027-01-29.md", UPDATE),
    ];
    files.retain(|(path, _)| *path != changed.0);
    files.push(changed);
    files
}

/// The words of a page, marks left out.
fn page(files: &[(&str, &str)], end: &str) -> String {
    let report =
        pipeline::compute(&Folder::from_memory(files.to_vec()), Diagnostics::default(), &Options::default());
    let bundle = pipeline::render(&report, &BTreeMap::new()).unwrap();
    let (_, page) = bundle.iter().find(|(path, _)| *path == end).unwrap();
    let page = String::from_utf8(page.to_vec()).unwrap().replace(['\u{202f}', '\u{a0}'], " ");
    let mut text = String::new();
    for part in page.split('<') {
        text.push_str(part.split_once('>').map_or(part, |(_, words)| words));
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the dashboard says first.
fn verdict(changed: (&str, &str)) -> String {
    page(&files(changed), "project/index.html")
}

#[test]
fn hours_that_cannot_be_read_leave_no_estimate() {
    let sound = verdict(("timesheets.csv", HOURS));
    assert!(sound.contains("15 000 EUR, on budget"), "{sound}");
    let hours = HOURS.replacen("5d", "5 days", 3);
    let told = verdict(("timesheets.csv", &hours));
    let first = "Not rated. The cost is not known: 3 lines of timesheets.csv cannot be read (timesheets.csv:2). \
                 Forecast 12 Feb 2027, as planned, without an approved baseline.";
    assert!(told.contains(first), "{told}");
    for wrong in ["3 750", "under budget", "Amber"] {
        assert!(!told.contains(wrong), "{wrong}: {told}");
    }
}

#[test]
fn progress_that_cannot_be_read_leaves_neither_finish_nor_estimate() {
    let told = verdict(("progress.csv", &PROGRESS.replace(',', ";")));
    let first =
        "Not rated. The finish and the cost are not known: progress.csv cannot be read (progress.csv:1).";
    assert!(told.contains(first), "{told}");
    for wrong in ["over budget", "working days behind", "late;", "Red for"] {
        assert!(!told.contains(wrong), "{wrong}: {told}");
    }
    // One row of many is enough.
    let told = verdict(("progress.csv", &PROGRESS.replace("100%,", "0.4,")));
    assert!(
        told.contains(
            "The finish and the cost are not known: a line of progress.csv cannot be read (progress.csv:2)."
        ),
        "{told}"
    );
}

#[test]
fn contingency_that_cannot_be_read_is_not_none() {
    let plan = PLAN.replace("duration: 10d", "duration: 12d");
    let mut files = files(("budget.yaml", "contingency: 4,000 EUR\n"));
    files.retain(|(path, _)| *path != "plan.yaml");
    files.push(("plan.yaml", &plan));
    let told = page(&files, "project/index.html");
    let first =
        "The contingency left is not known: a line of budget.yaml cannot be read (budget.yaml:1). Forecast";
    assert!(told.contains(first), "{told}");
    assert!(!told.contains("no contingency to cover it"), "{told}");
}

#[test]
fn the_portfolio_and_the_report_say_it_too() {
    let hours = HOURS.replacen("5d", "5 days", 1);
    let own = files(("timesheets.csv", &hours));
    let sound = files(("timesheets.csv", HOURS));
    let in_folder = |folder: &str, files: &[(&str, &str)]| -> Vec<(String, String)> {
        files.iter().map(|(path, text)| (format!("projects/{folder}/{path}"), (*text).to_owned())).collect()
    };
    let mut all = vec![("portfolio.yaml".to_owned(), "title: All\n".to_owned())];
    all.extend(in_folder("one", &own));
    all.extend(in_folder("two", &sound));
    let all: Vec<(&str, &str)> = all.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let first = page(&all, "index.html");
    assert!(
        first.contains("The cost is not known: a line of timesheets.csv cannot be read (timesheets.csv:2)."),
        "{first}"
    );
    assert!(first.contains("What all cost is not known: of Small not everything can be read."), "{first}");
    assert!(!first.contains("11 250"), "{first}");
    let report = page(&all, "one/reports/2027-01-29.html");
    assert!(report.contains("The cost is not known: a line of timesheets.csv"), "{report}");
    assert!(!report.contains("under budget"), "{report}");
}

#[test]
fn nothing_is_packed_for_the_archive_that_rests_on_errors() {
    let folder = OnDisk::of("execution:\n  build: {duration: 5d}\n  G5: {gate: Closed, after: build}\n")
        .with("budget.yaml", "contingency: 14,000 EUR\n");
    std::fs::create_dir(folder.path().join("gates")).unwrap();
    let folder = folder.with("gates/G5.md", "---\ngate: G5\n---\n");
    let told = folder.run(&["gate", "bundle", "G5", "--out", "g5.zip"]);
    assert_eq!(told.code, Some(2), "{}", told.errors);
    assert!(told.errors.contains("the files hold 1 error; nothing is packed"), "{}", told.errors);
    assert!(!folder.path().join("g5.zip").exists());
}
