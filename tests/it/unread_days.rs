//! Where the finish is not known, no other page, table or calendar names a day of what is to come either: each says why, or leaves it out.

use std::collections::BTreeMap;

use milepost::control::{Colour, DimensionKind};
use milepost::model::Ground;
use milepost::output::Bundle;
use milepost::pipeline::render;
use milepost::report::Report;

use crate::said::{plain, words_of};
use crate::sample::computed_of;

const PROJECT: &str = "project: Small\nstart: 2027-01-04\ncurrency: EUR\ntolerance: {time: 5d, cost: 2_000 EUR}\nsponsor: sue\n";
const TEAM: &str =
    "roles: {eng: {rate: 500 EUR/d}}\npeople:\n  tom: {name: Tom Ray, role: eng}\n  sue: {name: Sue Board}\n";
const PLAN: &str = "execution:\n  a: {name: A, duration: 20d, assign: tom}\n  done: {milestone: All of A, after: a}\n  \
                    b: {name: B, duration: 12d, assign: tom, after: done}\n  G3: {name: Ready, gate: Ready, after: b}\n";
const PROGRESS: &str = "status_date,task,actual_start,actual_finish,percent_complete\n2027-02-03,a,2027-01-04,2027-02-03,100%\n\
                        2027-02-03,done,,2027-02-03,\n";
const GATE: &str = "---\ngate: G3\n---\nTo come.\n";
const UPDATE: &str = "---\nstatus_date: 2027-02-03\n---\nAll is well.\n";
/// What the finish would be, as pages, tables and calendars write it; the plan promises the 16th.
const FINISH: [&str; 3] = ["19 Feb 2027", "2027-02-19", "20270219"];

fn computed(more: &[(&str, &str)]) -> Report {
    let own = [
        ("project.yaml", PROJECT),
        ("resources.yaml", TEAM),
        ("plan.yaml", PLAN),
        ("progress.csv", PROGRESS),
        ("gates/G3.md", GATE),
        ("updates/2027-02-03.md", UPDATE),
    ];
    computed_of(&own, more)
}

fn site(report: &Report) -> Bundle {
    render(report, &BTreeMap::new()).unwrap()
}

/// A file of a site, with ordinary spaces; of a page the words alone.
#[track_caller]
fn file(site: &Bundle, path: &str) -> String {
    let bytes = site.get(path).unwrap_or_else(|| panic!("no {path}"));
    let text = std::str::from_utf8(bytes).unwrap();
    let is_page = std::path::Path::new(path).extension().is_some_and(|ending| ending == "html");
    if is_page { words_of(text) } else { plain(text) }
}

/// Cells of the row of a table that has a value in a column.
#[track_caller]
fn cells(site: &Bundle, path: &str, (column, value): (&str, &str), columns: &[&str]) -> Vec<String> {
    let text = file(site, path);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<BTreeMap<String, String>> = reader.deserialize().map(|row| row.unwrap()).collect();
    let row = rows.iter().find(|row| row[column] == value).unwrap();
    columns.iter().map(|column| row[*column].clone()).collect()
}

#[track_caller]
fn has(text: &str, part: &str) {
    assert!(text.contains(part), "`{part}` is not in {text}");
}

/// The day on which the project would end stands nowhere but in the plan that was promised, and the places that spoke of it say why.
#[test]
fn a_finish_that_is_not_known_is_named_nowhere() {
    let broken = PROGRESS.replace("100%", "0.4");
    let report = computed(&[("progress.csv", &broken)]);
    let site = site(&report);
    let why = "a line of progress.csv cannot be read (progress.csv:2)";
    for page in
        ["project/gates.html", "project/tasks/b.html", "project/explain/time.html", "project/schedule.html"]
    {
        has(&file(&site, page), why);
    }
    let task = file(&site, "project/tasks/b.html");
    has(&task, &format!("When it ends is not known: {why}."));
    let json: serde_json::Value = serde_json::from_str(&file(&site, "project/project.json")).unwrap();
    let figures = json["figures"].as_array().unwrap();
    let finish = figures.iter().find(|figure| figure["key"] == "finish").unwrap();
    assert_eq!(finish["shown"], "—", "{finish}");
    has(finish["formula"].as_str().unwrap(), why);
    // The plan as typed promises another day: what names that of the forecast has computed it.
    for (path, bytes) in site.iter() {
        let Ok(text) = std::str::from_utf8(bytes) else { continue };
        if path.contains("/files/") || path.ends_with("plan.xml") {
            continue;
        }
        let text = text.replace(['\u{a0}', '\u{202f}'], " ");
        for day in FINISH {
            assert!(!text.contains(day), "{path} names {day}");
        }
    }
    let calendar = file(&site, "project/milestones.ics");
    assert!(calendar.contains("All of A") && !calendar.contains("Ready"), "{calendar}");
    let gate = cells(&site, "data/gates.csv", ("gate", "G3"), &["promised", "day", "slip_days"]);
    assert_eq!(gate, ["2027-02-16", "", ""]);
    let days = ["start", "finish", "slip_days", "total_float_days"];
    assert_eq!(cells(&site, "project/data/tasks.csv", ("id", "b"), &days), ["", "", "", ""]);
    assert_eq!(
        cells(&site, "project/data/milestones.csv", ("id", "G3"), &["day", "state"]),
        ["", "Not known"]
    );
}

#[test]
fn why_says_what_cannot_be_read() {
    let broken = PROGRESS.replace("100%", "0.4");
    let report = computed(&[("progress.csv", &broken)]);
    let teller = milepost::page::why::Teller::new(&report, &report.projects[0]);
    let why = "because a line of progress.csv cannot be read (progress.csv:2)";
    let finish = teller.why_finish();
    assert_eq!(finish.headline, format!("Small: its finish is not known, {why}"));
    assert!(finish.steps.is_empty() && finish.moves.is_empty());
    let (first, last) = (milepost::model::TaskNo(0), milepost::model::TaskNo(2));
    assert_eq!(teller.why(last).headline, format!("B: its days are not known, {why}"));
    // What was reported stays a fact.
    has(&teller.why(first).headline, "actual");
}

/// Without a baseline it is the plan that promises; with one, what the plan has lost takes nothing from it.
#[test]
fn a_plan_that_cannot_be_read_promises_nothing() {
    let plan = PLAN.replace("12d", "12 dyas");
    let report = computed(&[("plan.yaml", &plan)]);
    let site_of = site(&report);
    let first = file(&site_of, "project/index.html");
    has(
        &first,
        "The finish, the promise and the cost are not known: a line of plan.yaml cannot be read (plan.yaml:4).",
    );
    assert_eq!(cells(&site_of, "data/projects.csv", ("project", "project"), &["promised_finish"]), [""]);
    let baseline = "baseline: B1\napproved: 2027-01-04\nfinish: 2027-02-16\ntasks:\n  a: {start: 2027-01-04, finish: 2027-01-29, budget: 10_000 EUR}\n";
    let report = computed(&[("plan.yaml", &plan), ("baselines/B1.yaml", baseline)]);
    let first = file(&site(&report), "project/index.html");
    has(&first, "The finish and the cost are not known: a line of plan.yaml cannot be read (plan.yaml:4).");
}

/// The runs take green away from a promise that is not sure enough: where they cannot be made, nobody says that it is.
#[test]
fn runs_that_rest_on_a_risk_that_cannot_be_read_are_not_made() {
    let plan = PLAN.replace("duration: 12d", "duration: 10d / 12d / 20d");
    let baseline = "baseline: B1\napproved: 2027-01-04\nfinish: 2027-02-16\ntasks:\n  a: {start: 2027-01-04, finish: 2027-01-29, budget: 10_000 EUR}\n  \
                    b: {start: 2027-02-01, finish: 2027-02-16, budget: 5_000 EUR}\n";
    let risks = "R1: {risk: Late, probability: 50%, impact: {time: 5d, cost: 1_000 EUR}, raised: 2027-01-04, owner: tom, links: [b]}\n";
    let sound = [("plan.yaml", plan.as_str()), ("baselines/B1.yaml", baseline), ("risks.yaml", risks)];
    let report = computed(&sound);
    assert!(report.projects[0].risk.is_some());
    has(&file(&site(&report), "project/index.html"), "of the simulated runs");
    let risks = risks.replace("1_000 EUR", "1_000 euros");
    let report = computed(&[sound[0], sound[1], ("risks.yaml", &risks)]);
    assert!(report.projects[0].risk.is_none());
    let first = file(&site(&report), "project/index.html");
    has(&first, "How sure the finish is, is not known: a line of risks.yaml cannot be read (risks.yaml:1).");
    for wrong in ["simulated runs", "kept in"] {
        assert!(!first.contains(wrong), "{wrong}: {first}");
    }
    let quality = file(&site(&report), "project/quality.html");
    has(&quality, "not known: a line of risks.yaml cannot be read (risks.yaml:1)");
    assert!(!quality.contains("nothing varies"), "{quality}");
}

/// What the table does not ask for stands beside what it does.
#[test]
fn a_column_that_nobody_asks_for_takes_no_value_away() {
    let hours = "week,person,task,time,mood\n2027-W01,tom,a,5d,good\n2027-W02,tom,a,5d,good\n2027-W03,tom,a,5d,\n2027-W04,tom,a,5d,\n";
    let cost = |hours: &str| {
        let report = computed(&[("timesheets.csv", hours)]);
        assert!(report.findings.iter().any(|found| found.rule.code == "E104"), "{hours}");
        report.projects[0].control.estimate()
    };
    assert_eq!(cost(hours), Some(milepost::quantity::Amount(1_600_000)));
    // A slip of one that is asked for is that one.
    assert_eq!(cost(&hours.replace("time,mood", "tme,mood")), None);
}

#[test]
fn a_project_called_as_a_folder_of_projects_is_read_as_any_other() {
    for name in ["baselines", "gates", "calendars"] {
        let path = |file: &str| format!("projects/{name}/{file}");
        let project = format!("{PROJECT}goals: Many\n");
        let files = [
            ("portfolio.yaml".to_owned(), "title: All\n"),
            ("people.yaml".to_owned(), TEAM),
            (path("project.yaml"), project.as_str()),
            (path("plan.yaml"), PLAN),
            (path("progress.csv"), PROGRESS),
        ];
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
        let report = computed_of(&[], &files);
        let project = &report.projects[0].project;
        assert!(!project.errors.is_empty(), "{name}");
        assert!(!project.is_unread(&[Ground::Dates, Ground::Promise, Ground::Gates]), "{name}");
    }
}

/// Five days are tolerated, or so: whether the finish keeps inside nobody can say.
#[test]
fn what_is_judged_by_a_tolerance_that_cannot_be_read_is_not_rated() {
    let rated = |project: &str| {
        let report = computed(&[("project.yaml", project)]);
        let first = file(&site(&report), "project/index.html");
        let health = &report.projects[0].control.health;
        let colours = [DimensionKind::Time, DimensionKind::Cost].map(|kind| health.dimension(kind).colour);
        (first, colours)
    };
    assert_ne!(rated(PROJECT).1[0], Colour::Unrated);
    let (first, colours) = rated(&PROJECT.replace("time: 5d", "time: 5 days"));
    has(
        &first,
        "Not rated. The tolerance is not known: a line of project.yaml cannot be read (project.yaml:4).",
    );
    assert_eq!(colours[0], Colour::Unrated);
    let (first, colours) = rated(&PROJECT.replace("tolerance: {time: 5d, cost: 2_000 EUR}", "tolerance: 5d"));
    has(&first, "The tolerance is not known");
    assert_eq!(colours, [Colour::Unrated; 2]);
}

/// The page of a gate names the baseline that is frozen next: nothing of the gate is hidden by that.
#[test]
fn a_gate_that_names_the_baseline_to_be_frozen_leaves_the_finish_known() {
    let draft = GATE.replace("gate: G3\n", "gate: G3\nbaseline: B1\n");
    let report = computed(&[("gates/G3.md", &draft)]);
    assert!(report.findings.iter().any(|found| found.rule.code == "E102"));
    has(&file(&site(&report), "project/index.html"), "Forecast 19 Feb 2027");
    // Three pages that name it are told of once.
    let folder = tempfile::tempdir().unwrap();
    let plan = "execution:\n  G2: {gate: Plan}\n  G3: {gate: Ready, after: G2}\n  G4: {gate: Live, after: G3}\n  a: {duration: 5d, after: G4}\n";
    crate::frozen_records::write(folder.path(), "project.yaml", PROJECT);
    crate::frozen_records::write(folder.path(), "resources.yaml", TEAM);
    crate::frozen_records::write(folder.path(), "plan.yaml", plan);
    for gate in ["G2", "G3", "G4"] {
        let page = format!("---\ngate: {gate}\nbaseline: B1\n---\nTo come.\n");
        crate::frozen_records::write(folder.path(), &format!("gates/{gate}.md"), &page);
    }
    crate::frozen_records::done(&["baseline", "freeze", "B1"], folder.path());
}
