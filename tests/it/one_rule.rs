//! What is told in two places is told by one rule: a slip, a benefit that is reached, a category, a wall of days without work, a stop.

use milepost::diagnostic::Diagnostics;
use milepost::freeze::Occasion;
use milepost::pipeline::{self, Options};
use milepost::quantity::Amount;
use milepost::report::Report;
use milepost::source::disk::Folder;

use crate::said::says;
use crate::unusual_pages::page;

const PROJECT: &str =
    "project: Demo\ncode: DM-1\nstart: 2026-08-03\ncurrency: EUR\nsponsor: ada\nreporting: every 1w\n";
const PEOPLE: &str = "people:\n  ada: {name: Ada King}\n";
const PLAN: &str = "execution:\n  build: {name: Build, duration: 5d}\n";

fn update(day: &str) -> (String, String) {
    (format!("updates/{day}.md"), format!("---\nstatus_date: {day}\n---\n"))
}

/// The words of a page of a project with these files beside the usual ones; the report is of a day.
fn words(day: &str, files: &[(&str, &str)], name: &str) -> String {
    html_and_words(day, files, name).1
}

fn html_and_words(day: &str, files: &[(&str, &str)], name: &str) -> (String, String) {
    let (path, text) = update(day);
    let mut all = vec![(path.as_str(), text.as_str())];
    for usual in [("project.yaml", PROJECT), ("resources.yaml", PEOPLE), ("plan.yaml", PLAN)] {
        if !files.iter().any(|(path, _)| *path == usual.0) {
            all.push(usual);
        }
    }
    all.extend(files);
    page(&all, name)
}

/// Days that the project's own calendar closes used to be counted on that calendar: none of them worked, so no wall.
#[test]
fn a_long_closure_of_the_projects_own_calendar_is_a_wall() {
    let files = [
        ("calendar.yaml", "standard:\n  closed:\n    2026-08-24 .. 2026-09-04: Summer weeks\n"),
        (
            "plan.yaml",
            "execution:\n  build: {name: Build, duration: 13d}\n  use: {name: Use, duration: 2d, after: build}\n",
        ),
    ];
    let words = words("2026-08-04", &files, "project/index.html");
    says(&words, "the project finishes 21 Aug 2026 instead of 8 Sep 2026 — in between: Summer weeks.");
}

/// Promised for a Friday and done on the Saturday after it, the page of a task told a day late and the figure it opens to none.
#[test]
fn a_task_that_ends_on_the_saturday_after_its_day_is_on_time_everywhere() {
    let done = "status_date,task,actual_start,actual_finish\n2026-08-10,build,2026-08-03,2026-08-08\n";
    let files = [("progress.csv", done)];
    says(&words("2026-08-10", &files, "project/tasks/build.html"), "Slip on time");
}

/// The page counted what has gone all of a way, which is unknown without a value before; the figure it opens to counted the target.
#[test]
fn a_benefit_without_a_value_before_is_reached_at_its_target() {
    let benefits = "web:\n  benefit: Booked by web\n  unit: '%'\n  target: 70\n  due: 2026-08-07\n  owner: ada\n  readings:\n    - {date: 2026-08-05, value: 72}\nshop:\n  benefit: Booked in the shop\n  unit: '%'\n  target: 70\n  due: 2026-08-07\n  owner: ada\n  readings:\n    - {date: 2026-08-05, value: 60}\n";
    let files = [("benefits.yaml", benefits)];
    let words = words("2026-08-07", &files, "project/benefits.html");
    says(&words, "2 of 2 benefits measured, 1 reached");
    // What is due on the day of the report and was read short of its target is late, as a measure of success is.
    says(&words, "Ada King Reached");
    says(&words, "Ada King R Not reached in time");
}

/// Hours are booked on the category that is called `labour`; the ledger named the first that only begins so.
#[test]
fn hours_stand_in_the_ledger_under_the_category_that_they_are_booked_on() {
    let files = [
        ("budget.yaml", "categories: [labour external, labour]\n"),
        ("resources.yaml", "people:\n  ada: {name: Ada King, rate: 400 EUR/d}\n"),
        ("plan.yaml", "execution:\n  build: {name: Build, duration: 5d, assign: ada}\n"),
        ("timesheets.csv", "week,person,task,time\n2026-W32,ada,build,5d\n"),
    ];
    let words = words("2026-08-07", &files, "project/ledger.html");
    says(&words, "Hours of Aug 2026, 5 pd labour ");
}

/// The first sentence named the highest gate with a decision, passed long before, in place of the one that ended the project.
#[test]
fn a_stop_at_a_gate_that_comes_again_is_told_with_its_day() {
    let gate = |gate: &str, decision: &str, day: &str, more: &str| {
        format!(
            "---\ngate: {gate}\ndecision: {decision}\ndecided: {day}\nsignatures:\n  - {{role: sponsor, person: ada, decision: {decision}, date: {day}}}\n{more}---\n"
        )
    };
    let earlier = "earlier:\n  - decision: approve\n    decided: 2026-08-04\n    signatures:\n      - {role: sponsor, person: ada, decision: approve, date: 2026-08-04}\n";
    let (second, third) =
        (gate("G2", "stop", "2026-08-06", earlier), gate("G3", "approve", "2026-08-05", ""));
    let files = [
        ("project.yaml", PROJECT),
        ("resources.yaml", PEOPLE),
        ("plan.yaml", PLAN),
        ("updates/2026-08-07.md", "---\nstatus_date: 2026-08-07\n---\n"),
        ("gates/G2.md", &second),
        ("gates/G3.md", &third),
    ];
    // That a later gate was passed before is a finding of its own.
    let site =
        pipeline::render(&computed(&files), &pipeline::theme_files(&Folder::from_memory(files.to_vec())));
    let site = site.unwrap();
    let (_, dashboard) = site.iter().find(|(path, _)| path.ends_with("project/index.html")).unwrap();
    let dashboard = std::str::from_utf8(dashboard).unwrap().replace('\u{a0}', " ");
    says(&dashboard, "The board stopped it at G2 on 6 Aug 2026.");
}

/// The mean of money was taken over the reports that froze a finish, though one of them froze no estimate.
#[test]
fn a_report_without_an_estimate_is_no_part_of_the_mean_of_money() {
    let files = [
        ("plan.yaml", "execution:\n  build: {name: Build, duration: 20d, cost: 1_000 EUR other}\n"),
        (
            "snapshots/2026-08-07.yaml",
            "status_date: 2026-08-07\nfinish: {baseline: 2026-08-28, forecast: 2026-08-28}\nevm: {eac: 800 EUR}\n",
        ),
        (
            "snapshots/2026-08-14.yaml",
            "status_date: 2026-08-14\nfinish: {baseline: 2026-08-28, forecast: 2026-08-28}\n",
        ),
    ];
    let words = words("2026-08-21", &files, "project/trends.html");
    says(&words, "and 200 EUR from what is forecast now");
}

/// A row of the table of reserves showed cents in three columns and whole units in the two that follow from them.
#[test]
fn what_the_forecast_needs_of_a_reserve_is_printed_as_finely_as_what_is_left() {
    let files = [
        (
            "plan.yaml",
            "execution:\n  build: {name: Build, duration: 5d, cost: 1_000 EUR other}\n  more: {name: More, duration: 5d, cost: 1_000 EUR other, after: build}\n",
        ),
        ("budget.yaml", "contingency: 100.50 EUR\n"),
        ("costs.csv", "date,type,category,task,amount\n2026-08-07,actual,other,build,1_050.25 EUR\n"),
        (
            "progress.csv",
            "status_date,task,actual_start,actual_finish\n2026-08-07,build,2026-08-03,2026-08-07\n",
        ),
    ];
    let words = words("2026-08-07", &files, "project/budget.html");
    says(&words, "100.50 0.00 100.50 100.50 0.00");
}

/// An absence was counted on the calendar of the project, though the plan takes off the days of the person's own.
#[test]
fn an_absence_is_counted_in_days_of_the_persons_own_calendar() {
    let files = [
        ("calendar.yaml", "standard: {}\nshort: {based_on: standard, week: mon tue}\n"),
        (
            "resources.yaml",
            "people:\n  ada: {name: Ada King, calendar: short, absent: [2026-08-10 .. 2026-08-14]}\n",
        ),
        ("plan.yaml", "execution:\n  build: {name: Build, duration: 5d, assign: ada}\n"),
    ];
    let words = words("2026-08-07", &files, "project/people.html");
    says(&words, "Ada King 10 Aug – 14 Aug 2026 2 ");
}

/// From a Saturday to the Monday after it lies no working day behind the first of them.
#[test]
fn a_condition_met_on_the_saturday_after_its_day_is_met_a_day_after_it() {
    let gate = "---\ngate: G1\ndecision: approve\ndecided: 2026-08-04\nconditions:\n  - {condition: Count the losses, owner: ada, due: 2026-08-07, done: 2026-08-08}\n  - {condition: Tell the board, owner: ada, due: 2026-08-08, done: 2026-08-10}\nsignatures:\n  - {role: sponsor, person: ada, decision: approve, date: 2026-08-04}\n---\n";
    let files = [("gates/G1.md", gate)];
    let words = words("2026-08-10", &files, "project/gates.html");
    says(&words, "8 Aug 2026, 1 day after its day");
    says(&words, "10 Aug 2026, 1 working day after its day");
}

/// What is booked to a Saturday was told as booked to the status date, a Monday.
#[test]
fn cost_booked_to_a_saturday_is_not_booked_to_the_monday_after_it() {
    let files = [("updates/2026-08-10.md", "---\nstatus_date: 2026-08-10\nactuals_to: 2026-08-08\n---\n")];
    let words = words("2026-08-07", &files, "project/quality.html");
    says(&words, "8 Aug 2026, 1 working day before it");
}

/// A project that reports by progress alone was never too old in the portfolio, and one that may skip a report was.
#[test]
fn a_report_is_too_old_by_one_rule_in_the_portfolio_and_among_the_findings() {
    let all = |thresholds: &str| {
        let project = format!("{PROJECT}{thresholds}");
        let files = [
            ("projects/one/project.yaml", project.as_str()),
            ("projects/one/resources.yaml", PEOPLE),
            ("projects/one/plan.yaml", "execution:\n  build: {name: Build, duration: 30d}\n"),
            ("projects/one/progress.csv", "status_date,task,actual_start\n2026-08-07,build,2026-08-03\n"),
            ("projects/two/project.yaml", "project: Other\nstart: 2026-08-03\ncurrency: EUR\nsponsor: ada\n"),
            ("projects/two/resources.yaml", PEOPLE),
            ("projects/two/plan.yaml", "execution:\n  build: {name: Build, duration: 30d}\n"),
            ("projects/two/updates/2026-08-17.md", "---\nstatus_date: 2026-08-17\n---\n"),
        ];
        page(&files, "index.html").1
    };
    says(&all(""), "The newest report is older than the rhythm allows: Demo (6 working days).");
    assert!(!all("thresholds: {report_green: 2}\n").contains("older than the rhythm allows"));
}

/// What a project reports by, written or only recorded, is what is looked back to.
#[test]
fn reports_are_those_that_are_written_and_else_what_is_recorded() {
    let progress =
        ("progress.csv", "status_date,task,actual_start\n2026-08-05,build,2026-08-03\n2026-08-12,build,\n");
    let closed = ("snapshots/2026-08-07.yaml", "status_date: 2026-08-07\n");
    let days = |files: &[(&str, &str)]| -> Vec<String> {
        let project = computed(files).projects.remove(0).project;
        project.report_days().iter().map(ToString::to_string).collect()
    };
    let plan = [("project.yaml", PROJECT), ("resources.yaml", PEOPLE), ("plan.yaml", PLAN)];
    assert_eq!(days(&[&plan[..], &[progress]].concat()), ["2026-08-05", "2026-08-12"]);
    assert_eq!(days(&[&plan[..], &[progress, closed]].concat()), ["2026-08-07"]);
}

fn computed(files: &[(&str, &str)]) -> Report {
    pipeline::compute(&Folder::from_memory(files.to_vec()), Diagnostics::default(), &Options::default())
}

/// The gain of opportunities was above zero in one place and below it in another, under one name; the file still writes a cost below zero.
#[test]
fn what_opportunities_may_bring_has_one_sign_whether_computed_or_frozen() {
    let risks = "R1: {risk: Luck, probability: 30%, impact: {cost: -100 EUR}, owner: ada}\nR2: {risk: Harm, probability: 50%, impact: {cost: 100 EUR}, owner: ada}\n";
    let mut files = vec![
        ("project.yaml", PROJECT),
        ("resources.yaml", PEOPLE),
        ("plan.yaml", PLAN),
        ("risks.yaml", risks),
        ("updates/2026-08-07.md", "---\nstatus_date: 2026-08-07\n---\n"),
    ];
    let report = computed(&files);
    let project = &report.projects[0];
    let figures = project.said().figures;
    assert_eq!((figures.threats, figures.opportunities), (Some(Amount(5_000)), Some(Amount(3_000))));
    assert_eq!(figures.opportunities, Some(project.control.opportunities));
    let frozen =
        milepost::freeze::snapshot(&project.said(), project.project.currency, None, Occasion::Closed)
            .unwrap();
    assert!(frozen.contains("\nopportunities: -30 EUR\n"), "{frozen}");
    files.push(("snapshots/2026-08-07.yaml", &frozen));
    let read = computed(&files).projects.remove(0).project.snapshots.remove(0);
    assert_eq!(read.figures.opportunities, figures.opportunities);
}

/// Between two reports cost is counted to the day of the older one, and the rest was spread from there by one of two figures that stand
/// beside each other, and from the status date by the other.
#[test]
fn the_rest_counted_piece_by_piece_is_spread_over_the_days_of_the_headline() {
    let (folder, found) = crate::sample::folder();
    let options = Options { as_of: Some("2026-11-25".parse().unwrap()), ..Options::default() };
    let report = pipeline::compute(&folder, found, &options);
    let mut n_differ = 0;
    for project in &report.projects {
        let (control, finish) = (&project.control, project.forecast.finish_day());
        let living = control.case.as_ref().and_then(|case| case.living.as_ref());
        let (Some(living), Some(case)) = (living, project.project.business_case.as_ref()) else { continue };
        let counted = control.net_present_value_counted(&project.project, finish);
        if counted.is_none() {
            continue;
        }
        let over = |from| living.with_estimate(case, control.bottom_up.estimate, (from, finish));
        assert_eq!(counted, over(control.data_date), "{}", project.project.folder);
        n_differ += usize::from(over(control.data_date) != over(control.status_date));
    }
    assert!(n_differ > 0);
}

/// Each alone left the finish where it was, so that the first screen said nothing of two weeks without a word.
#[test]
fn silent_work_side_by_side_is_told_together() {
    let files = [
        (
            "plan.yaml",
            "execution:\n  build: {name: Build, duration: 5d}\n  train: {name: Train, duration: 5d}\n  use: {name: Use, duration: 2d, after: [build, train]}\n",
        ),
        (
            "progress.csv",
            "status_date,task,actual_start\n2026-08-03,build,2026-08-03\n2026-08-03,train,2026-08-03\n",
        ),
    ];
    let words = words("2026-08-21", &files, "project/index.html");
    says(
        &words,
        "Nobody says how far “Build” and “Train” are, and what was left of them is counted from the end of 21 Aug 2026.",
    );
    says(&words, "For each alone the finish stays, because the other holds it as well.");
}
