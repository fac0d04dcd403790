//! Figures that lead to the very line they stand on, and days that count for what they are asked for: worked by hand.

use milepost::diagnostic::{Diagnostics, Places};
use milepost::page::explain::{Figure, From, books};
use milepost::pipeline::{Options, compute, render};
use milepost::report::Report;
use milepost::source::disk::Folder;

const PROJECT: &str = "project: Demo\nstart: 2026-03-02\ncurrency: EUR\nsponsor: sue\nproject_manager: ann\n";
const TEAM: &str =
    "roles: {eng: {rate: 800 EUR/d}}\npeople:\n  ann: {name: Ann, role: eng}\n  sue: {name: Sue}\n";
const PLAN: &str = "execution:\n  build: {name: Build, duration: 10d, assign: ann}\n";
const REPORT: &str = "status_date,task,actual_start,percent_complete\n2026-03-11,build,2026-03-02,50%\n";

/// A small project with some files more, or in place of its own.
fn computed_with(more: &[(&str, &str)], options: &Options) -> Report {
    let own =
        [("project.yaml", PROJECT), ("resources.yaml", TEAM), ("plan.yaml", PLAN), ("progress.csv", REPORT)];
    let is_replaced = |path: &str| more.iter().any(|(other, _)| *other == path);
    let files: Vec<(&str, &str)> =
        own.into_iter().filter(|(path, _)| !is_replaced(path)).chain(more.iter().copied()).collect();
    compute(&Folder::from_memory(files), Diagnostics::default(), options)
}

fn computed(more: &[(&str, &str)]) -> Report {
    computed_with(more, &Options::default())
}

/// A file of the site, by the end of its path.
#[track_caller]
fn file(report: &Report, name: &str) -> String {
    let bundle = render(report, &std::collections::BTreeMap::new()).unwrap();
    let is_it = |path: &str| path.ends_with(name) && !path.contains("explain/");
    let (_, bytes) = bundle.iter().find(|(path, _)| is_it(path)).unwrap();
    String::from_utf8(bytes.to_vec()).unwrap().replace(['\u{202f}', '\u{a0}'], " ")
}

/// A figure as of the status date.
#[track_caller]
fn figure(report: &Report, key: &str) -> Figure {
    let project = &report.projects[0];
    let books = books(report);
    books[&(project.project.folder.clone(), (project.status_date, None))].get(key).unwrap().clone()
}

/// The typed inputs of a figure: their labels, and the file and line they lead to.
fn lines(report: &Report, figure: &Figure) -> Vec<(String, String)> {
    let line_of = |span: milepost::diagnostic::Span| {
        let path = report.sources.path(span.file);
        let text = report.sources.text_of(path).unwrap();
        let line = text[..span.start as usize].matches('\n').count() + 1;
        format!("{path}:{line}")
    };
    let typed = figure.inputs.iter().filter_map(|input| match input.from {
        From::Typed(span) => Some((input.label.replace('\u{a0}', " "), line_of(span))),
        _ => None,
    });
    typed.collect()
}

const B1: &str = "baseline: B1
approved: 2026-03-02
frozen: 2026-03-02
tasks:
  build: {start: 2026-03-02, finish: 2026-03-13, budget: 8_000 EUR, earned_value: percent}
planned_value:
  build:
    2026-03-01: 0 EUR
    2026-03-06: 4_000 EUR
    2026-03-13: 8_000 EUR
";

/// 4 000 of the Friday before and five of the seven days to the 8 000 of the next: 4 000 + 4 000 × 5 ÷ 7 = 6 857.14.
#[test]
fn planned_value_that_was_frozen_leads_to_the_lines_of_its_two_points() {
    let report = computed(&[("baselines/B1.yaml", B1)]);
    let planned = figure(&report, "task-build.pv");
    assert_eq!(planned.value.replace(['\u{202f}', '\u{a0}'], " "), "6 857.14");
    let values = planned.values.as_deref().unwrap_or_default().replace(['\u{202f}', '\u{a0}'], " ");
    assert_eq!(values, "6 857.14 = 4 000.00 + (8 000.00 − 4 000.00) × 5 ÷ 7");
    let points: Vec<_> =
        lines(&report, &planned).into_iter().filter(|(label, _)| label.starts_with("planned by")).collect();
    let expected = [
        ("planned by 6 Mar 2026", "baselines/B1.yaml:9"),
        ("planned by 13 Mar 2026", "baselines/B1.yaml:10"),
    ];
    assert_eq!(points, expected.map(|(label, line)| (label.to_owned(), line.to_owned())));
}

/// B2 was approved for C1 on the very day on which the report had been closed by B1.
#[test]
fn a_report_that_was_closed_stays_by_the_baseline_it_was_closed_by() {
    let changes =
        "C1: {change: More, submitted: 2026-03-03, status: approved, decided: 2026-03-11, decided_by: sue}\n";
    let second = B1
        .replace("B1", "B2")
        .replace(
            "approved: 2026-03-02\nfrozen: 2026-03-02",
            "approved: 2026-03-11\nfrozen: 2026-03-11\nauthorised_by: C1",
        )
        .replace("8_000", "9_000");
    let closed = "status_date: 2026-03-11\nmeasured_against: B1\nevm: {bac: 8_000 EUR, pv: 6_857.14 EUR, ev: 4_000 EUR, ac: 0 EUR}\n";
    let files =
        [("changes.yaml", changes), ("baselines/B1.yaml", B1), ("baselines/B2.yaml", second.as_str())];
    let row = |files: &[(&str, &str)]| {
        let table = file(&computed(files), "earned-value.csv");
        let row = table.lines().find(|line| line.starts_with("2026-03-11")).unwrap().to_owned();
        row.split(',').take(4).map(str::to_owned).collect::<Vec<_>>().join(",")
    };
    assert_eq!(
        row(&[files.as_slice(), &[("snapshots/2026-03-11.yaml", closed)]].concat()),
        "2026-03-11,B1,8000.00,6857.14"
    );
    // Where no report was closed, the day is that of the baseline in force: 4 000 + 5 000 × 5 ÷ 7.
    assert_eq!(row(&files), "2026-03-11,B2,9000.00,7571.43");
}

/// 12 cases were planned on 6 March, 20 are on 20 March.
#[test]
fn cases_planned_of_an_earlier_day_lead_to_the_row_of_that_day() {
    let quality = "tests:
  T1:
    name: Regression
    date: 2026-03-20
    planned: 20
    run: 18
    passed: 18
    earlier:
      - date: 2026-03-06
        planned: 12
        passed: 5
";
    let as_of = |day: &str| Options { as_of: Some(day.parse().unwrap()), ..Options::default() };
    let places = |day: &str| {
        let report = computed_with(&[("quality.yaml", quality)], &as_of(day));
        let of = |key: &str| {
            let figure = figure(&report, key);
            (figure.value.clone(), lines(&report, &figure)[0].1.clone())
        };
        [of("tests-planned"), of("tests-run")]
    };
    let told = |value: &str, line: &str| (value.to_owned(), line.to_owned());
    assert_eq!(places("2026-03-11"), [told("12", "quality.yaml:10"), told("5", "quality.yaml:9")]);
    assert_eq!(places("2026-03-20"), [told("20", "quality.yaml:5"), told("18", "quality.yaml:6")]);
}

fn gate(decision: &str) -> String {
    format!(
        "---\ngate: G1\ndecision: {decision}\ndecided: 2026-03-10\nsignatures:\n  - {{role: Sponsor, person: sue, \
         decision: {decision}, date: 2026-03-10}}\n---\n"
    )
}

#[test]
fn calendars_and_data_say_what_was_decided_at_a_gate() {
    let plan = "initiation:\n  case: {name: Case, duration: 5d, assign: ann}\n  G1: {gate: Go, after: case}\nexecution:\n  build: {name: Build, duration: 10d, assign: ann, after: G1}\n";
    let progress = "status_date,task,actual_start,actual_finish\n2026-03-11,case,2026-03-02,2026-03-06\n";
    let told = |decision: &str| {
        let page = gate(decision);
        let report =
            computed(&[("plan.yaml", plan), ("progress.csv", progress), ("gates/G1.md", page.as_str())]);
        let calendar = file(&report, "milestones.ics").replace("\r\n ", "");
        let words = calendar.lines().find_map(|line| line.strip_prefix("DESCRIPTION:")).unwrap();
        let table = file(&report, "milestones.csv");
        let head: Vec<&str> = table.lines().next().unwrap().split(',').collect();
        let row: Vec<&str> = table.lines().nth(1).unwrap().split(',').collect();
        let cell = |name: &str| row[head.iter().position(|column| *column == name).unwrap()].to_owned();
        (words.split('.').next().unwrap().to_owned(), cell("is_reached"), cell("decision"))
    };
    let of = |words: &str, is_reached: &str, decision: &str| {
        (words.to_owned(), is_reached.to_owned(), decision.to_owned())
    };
    assert_eq!(told("approve"), of("Approved on 10 Mar 2026", "yes", "approve"));
    assert_eq!(told("stop"), of("Stopped on 10 Mar 2026", "no", "stop"));
    assert_eq!(told("hold"), of("On hold on 10 Mar 2026", "no", "hold"));
    assert_eq!(told("rework"), of("Rework on 10 Mar 2026", "no", "rework"));
}

/// Alpha adapts what beta tries; beta reported on 6 March that its trial, ten days from 2 March on, was half done, and not since.
#[test]
fn a_day_that_is_asked_for_one_project_is_not_that_of_the_others() {
    let alpha = "execution:\n  adapt: {name: Adapt, duration: 5d, assign: ann, after: beta/trial}\n  own: {name: Own, duration: 10d, assign: ann}\n";
    let beta = "execution:\n  trial: {name: Trial, duration: 10d, assign: ann}\n";
    let own = "status_date,task,actual_start,percent_complete\n2026-03-13,own,2026-03-02,50%\n";
    let tried = "status_date,task,actual_start,percent_complete\n2026-03-06,trial,2026-03-02,50%\n";
    let files = [
        ("projects/alpha/project.yaml", PROJECT),
        ("projects/alpha/resources.yaml", TEAM),
        ("projects/alpha/plan.yaml", alpha),
        ("projects/alpha/progress.csv", own),
        ("projects/beta/project.yaml", PROJECT),
        ("projects/beta/resources.yaml", TEAM),
        ("projects/beta/plan.yaml", beta),
        ("projects/beta/progress.csv", tried),
    ];
    let of = |as_of: Option<&str>, project: Option<&str>| {
        let as_of = as_of.map(|day| day.parse().unwrap());
        let options = Options { as_of, as_of_project: project.map(str::to_owned), ..Options::default() };
        let report = compute(&Folder::from_memory(files.to_vec()), Diagnostics::default(), &options);
        let days = ["alpha", "beta"].map(|name| report.project(name).unwrap().status_date.to_string());
        let alpha = report.project("alpha").unwrap();
        let adapt = alpha.forecast.slot(alpha.project.task_by_id(&"adapt".parse().unwrap()).unwrap());
        (days, adapt.first_day().to_string())
    };
    let told = |alpha: &str, beta: &str, adapt: &str| ([alpha.to_owned(), beta.to_owned()], adapt.to_owned());
    // Five days are left after 6 March: to 13 March, so that adapting begins on the 16th, as on the site of all newest reports.
    let as_on_site = told("2026-03-13", "2026-03-06", "2026-03-16");
    assert_eq!(of(None, None), as_on_site);
    assert_eq!(of(Some("2026-03-13"), Some("alpha")), as_on_site);
    // As of one day for all, the five days of the trial are left after it.
    assert_eq!(of(Some("2026-03-13"), None), told("2026-03-13", "2026-03-13", "2026-03-23"));
}

/// The board of G2 had 24 000 before it, whatever the files of today come to.
#[test]
fn the_case_at_a_past_gate_is_that_of_its_frozen_document() {
    let scratch = crate::frozen_records::branch_network();
    let frozen = scratch.path().join("gates/frozen/G2-2026-09-21.yaml");
    let text = std::fs::read_to_string(&frozen).unwrap();
    let page = || {
        let mut found = Diagnostics::default();
        let folder = Folder::read(scratch.path(), &mut found).unwrap();
        let page = file(&compute(&folder, found, &Options::default()), "business-case.html");
        page.split_once("NPV then").unwrap().1.to_owned()
    };
    let told = page();
    assert!(told.contains("+25 229") && told.contains("its frozen document"), "{told}");
    assert!(!told.contains("by the files of today"), "{told}");
    std::fs::write(
        &frozen,
        text.replace("text: NPV 25 229 EUR", "text: NPV 24 000 EUR")
            .replace("text: NPV 25\u{202f}229\u{a0}EUR", "text: NPV 24\u{202f}000\u{a0}EUR"),
    )
    .unwrap();
    let told = page();
    assert!(told.contains("+24 000") && told.contains("+25 229 by the files of today"), "{told}");
    // A document that tells no NPV tells nothing of the line: of the two gates that of G1 is left.
    let silent = text
        .replace("text: NPV 25 229 EUR", "text: Not computed")
        .replace("text: NPV 25\u{202f}229\u{a0}EUR", "text: Not computed");
    assert_ne!(silent, text);
    std::fs::write(&frozen, silent).unwrap();
    let told = page();
    let table = told.split_once("</table>").unwrap().0;
    assert!(table.contains("+25 229") && !table.contains("by the files of today"), "{table}");
    assert_eq!(table.matches("its frozen document").count(), 1, "{table}");
    std::fs::remove_file(&frozen).unwrap();
    assert!(page().contains("the files of today"));
}

/// 1 000 dollars at 0.92 are 920 euros: what stands behind a key leads to its rate, as what stands alone does.
#[test]
fn sums_of_risks_and_tasks_in_another_currency_lead_to_their_rate() {
    let project = PROJECT.to_owned() + "rates:\n  - {currency: USD, rate: 0.92, date: 2026-01-01}\n";
    let risks = "R1:\n  risk: Late\n  probability: 50%\n  impact: {time: 1d, cost: 1_000 USD}\n";
    let plan = "execution:\n  build: {name: Build, duration: 10d, cost: 1_000 USD hardware}\n";
    let report = computed(&[("project.yaml", project.as_str()), ("risks.yaml", risks), ("plan.yaml", plan)]);
    for (key, label) in [("risk-R1.emv", "cost"), ("task-build.budget", "Cost, hardware")] {
        let found = figure(&report, key);
        let cost = found.inputs.iter().find(|input| input.label == label).unwrap();
        let From::Figure(conversion) = &cost.from else { panic!("{key}: {cost:?}") };
        let places: Vec<String> =
            lines(&report, &figure(&report, conversion)).into_iter().map(|(_, line)| line).collect();
        assert_eq!(places[1], "project.yaml:7", "{key}");
    }
}

/// Eight reports, two more by C1 on 10 March and three by C2 on 20 March, the day of the second report: 13. What C2 brings in is
/// 13 − 10, not the 5 that are there more than in the report before.
#[test]
fn a_step_on_the_day_of_a_report_is_counted_from_the_step_before_it() {
    let change = |id: &str, more: u8, decided: &str| {
        format!(
            "{id}:\n  change: More\n  submitted: 2026-03-05\n  impact: {{scope: {more} reports}}\n  status: approved\n  \
             decision: Agreed\n  decided: {decided}\n  decided_by: sue\n  tasks: [build]\n"
        )
    };
    let changes = change("C1", 2, "2026-03-10") + &change("C2", 3, "2026-03-20");
    let plan =
        "execution:\n  build: {name: Build, duration: 20d, assign: ann, earned_value: units 8 reports}\n";
    let progress = "status_date,task,actual_start,units_done,units_total\n2026-03-06,build,2026-03-02,2,8\n\
                    2026-03-20,build,2026-03-02,5,13\n";
    let report = computed(&[("plan.yaml", plan), ("changes.yaml", &changes), ("progress.csv", progress)]);
    let steps = &report.projects[0].control.unit_burns[0].scope_steps;
    assert_eq!(steps.iter().map(|step| step.amount).collect::<Vec<_>>(), [2.0, 3.0]);
    let second = figure(&report, "burn-build.step-2");
    assert_eq!(second.formula, "step = scope on this day − scope after the step before");
    assert!(
        second.inputs.iter().any(|input| matches!(
            &input.from,
            From::Figure(key) if key == "burn-build.after-step-1"
        )),
        "{second:?}"
    );
    let between = figure(&report, "burn-build.after-step-1");
    assert!(between.value.starts_with("10"), "{between:?}");
    assert_eq!(between.formula, "scope on the report before + Σ steps since");
    // Between two reports a change explains its own step.
    let first = figure(&report, "burn-build.step-1");
    assert_eq!(first.formula, "step = what the change brings in, on the day of its decision");
}

/// Three sums, 4 000, 6 500 and 12 000: (4 000 + 4 × 6 500 + 12 000) ÷ 6 = 7 000; three lengths, 3, 5 and 13 days: 6 days.
#[test]
fn means_of_three_points_open() {
    let risks = "R1:
  risk: Late hardware
  probability: 50%
  impact:
    cost: 4_000 EUR / 6_500 EUR / 12_000 EUR
    time: 3d / 5d / 13d
";
    let plan = "execution:\n  build: {name: Build, duration: 8d / 10d / 18d, assign: ann}\n";
    let project = PROJECT.to_owned() + "schedule: {risk: {distribution: triangular}}\n";
    let of = |report: &Report, key: &str| {
        let figure = figure(report, key);
        let values = figure.values.clone().unwrap_or_default().replace(['\u{202f}', '\u{a0}'], " ");
        (values, lines(report, &figure).into_iter().map(|(_, line)| line).collect::<Vec<_>>())
    };
    let report = computed(&[("risks.yaml", risks), ("plan.yaml", plan)]);
    let (values, places) = of(&report, "risk-R1.cost");
    assert_eq!(values, "7 000.00 = (4 000.00 + 4 × 6 500.00 + 12 000.00) ÷ 6");
    assert_eq!(places, ["risks.yaml:5"; 3]);
    assert_eq!(
        of(&report, "risk-R1.time"),
        ("6 d = (3 d + 4 × 5 d + 13 d) ÷ 6".to_owned(), vec!["risks.yaml:6".to_owned(); 3])
    );
    assert_eq!(of(&report, "task-build.mean").0, "11 d = (8 d + 4 × 10 d + 18 d) ÷ 6");
    let cost = figure(&report, "risk-R1.emv").inputs.into_iter().find(|input| input.label == "cost").unwrap();
    assert_eq!(cost.from, From::Figure("risk-R1.cost".to_owned()));
    let report = computed(&[("project.yaml", project.as_str()), ("plan.yaml", plan)]);
    assert_eq!(
        of(&report, "task-build.mean"),
        ("12 d = (8 d + 10 d + 18 d) ÷ 3".to_owned(), vec!["plan.yaml:2".to_owned(); 3])
    );
}
