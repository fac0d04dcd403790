//! What goes back at the end, what the money is there for, and when reports came: worked by hand.

use milepost::control::due_reports;
use milepost::diagnostic::Diagnostics;
use milepost::pipeline::{Options, compute};
use milepost::quantity::Amount;
use milepost::report::Report;
use milepost::source::disk::Folder;

use crate::sample::{computed_of, page};

const PROJECT: &str = "project: Demo\nstart: 2026-03-02\ncurrency: EUR\nsponsor: tom\nproject_manager: tom\noperations_owner: tom\n";
const TEAM: &str = "roles: {dev: {rate: 500 EUR/d}}\npeople: {tom: {name: Tom, role: dev}}\n";
const PLAN: &str = "execution:\n  build: {name: Build, duration: 10d, assign: tom}\n";
const BUDGET: &str = "contingency: 2_000 EUR\ncategories: [labour, freight, travel]\n";
const BASELINE: &str = "baseline: B1\nfrozen: 2026-03-02\napproved: 2026-03-02\ntasks:\n  build: {start: 2026-03-02, finish: 2026-03-13, budget: 5_000 EUR}\n";
const DONE: &str = "status_date,task,actual_start,actual_finish\n2026-03-13,build,2026-03-02,2026-03-13\n";
const HOURS: &str = "week,person,task,time\n2026-W10,tom,build,5d\n2026-W11,tom,build,5d\n";
const COSTS: &str =
    "date,type,category,task,amount,reference\n2026-03-06,actual,freight,build,500 EUR,INV-1\n";

/// 5 000 of work and 500 of freight, all finished, of a budget of 5 000 and a contingency of 2 000; some files more, or in place of its own.
fn computed(more: &[(&str, &str)]) -> Report {
    let own = [
        ("project.yaml", PROJECT),
        ("resources.yaml", TEAM),
        ("plan.yaml", PLAN),
        ("budget.yaml", BUDGET),
        ("baselines/B1.yaml", BASELINE),
        ("progress.csv", DONE),
        ("timesheets.csv", HOURS),
        ("costs.csv", COSTS),
    ];
    computed_of(&own, more)
}

fn to_return(report: &Report) -> Amount {
    report.projects[0].control.spending.contingency.after_forecast()
}

fn euros(amount: i64) -> Amount {
    Amount(amount * 100)
}

const DECISION: &str = "D-1: {question: Express freight?, decision: yes, decided: 2026-03-04, decided_by: tom, draws: {from: contingency, amount: 500 EUR}";

/// 500 of 2 000 are drawn and spent: 1 500 go back, whether the decision names the task or not. They counted as drawn and as overrun.
#[test]
fn what_is_drawn_for_no_task_is_spent_once_all_is_done() {
    let linked = format!("{DECISION}, links: [build]}}\n");
    let free = format!("{DECISION}}}\n");
    assert_eq!(to_return(&computed(&[])), euros(1_500));
    assert_eq!(to_return(&computed(&[("decisions.yaml", &linked)])), euros(1_500));
    assert_eq!(to_return(&computed(&[("decisions.yaml", &free)])), euros(1_500));
    // Drawn 500, and 200 of them needed: what is left over can be returned beside the 1 500.
    let report = computed(&[("decisions.yaml", &free), ("costs.csv", &COSTS.replace("500", "200"))]);
    assert_eq!(to_return(&report), euros(1_500));
    let spending = &report.projects[0].control.spending;
    assert_eq!((spending.granted_to_return, spending.returned_and_needed), (euros(500), euros(200)));
}

/// While work is left the invoice says whose money it is: a row that names the decision.
#[test]
fn cost_that_names_the_decision_is_paid_by_its_draw() {
    let plan = format!("{PLAN}  test: {{name: Test, duration: 5d, assign: tom, after: build}}\n");
    let baseline =
        format!("{BASELINE}  test: {{start: 2026-03-16, finish: 2026-03-20, budget: 2_500 EUR}}\n");
    let free = format!("{DECISION}}}\n");
    let needed = |costs: &str| {
        let files = [
            ("plan.yaml", plan.as_str()),
            ("baselines/B1.yaml", &baseline),
            ("decisions.yaml", &free),
            ("costs.csv", costs),
        ];
        let spending = &computed(&files).projects[0].control.spending;
        (spending.draws_spent, spending.granted_to_come())
    };
    assert_eq!(needed(COSTS), (Amount::ZERO, euros(500)));
    assert_eq!(needed(&COSTS.replace("INV-1", "D-1")), (euros(500), Amount::ZERO));
}

/// 5 500 are spent and 700 of travel expected after the end: 6 200, and of 2 000 go 800 back, not 1 500.
#[test]
fn what_is_still_expected_after_the_end_is_not_given_back() {
    let costs = format!("{COSTS}2026-04-10,forecast,travel,build,700 EUR,\n");
    let signed = |role: &str| format!("  - {{role: {role}, person: tom, date: 2026-03-13}}\n");
    let signatures = ["sponsor", "operations_owner", "project_manager"].map(signed).concat();
    let gate =
        format!("---\ngate: G5\ndecision: approve\ndecided: 2026-03-13\nsignatures:\n{signatures}---\n");
    let plan = format!("{PLAN}closing:\n  G5: {{gate: Closure, after: build}}\n");
    let to_sign = ("plan.yaml", plan.as_str());
    for more in [vec![], vec![to_sign], vec![to_sign, ("gates/G5.md", gate.as_str())]] {
        let files: Vec<(&str, &str)> = more.into_iter().chain([("costs.csv", costs.as_str())]).collect();
        let report = computed(&files);
        let control = &report.projects[0].control;
        assert_eq!(control.cost_in_the_end(), euros(6_200));
        assert_eq!(control.bottom_up.estimate, euros(6_200));
        assert_eq!(to_return(&report), euros(800));
        let row = |name: &str| {
            let mut rows = control.spending.categories.iter();
            rows.find(|row| row.name == name).map(|row| row.estimate_at_completion)
        };
        assert_eq!(
            [row("labour"), row("freight"), row("travel")],
            [5_000, 500, 700].map(|sum| Some(euros(sum)))
        );
        assert_eq!(control.estimate_range()[1].0, euros(6_200));
        if files.len() > 1 {
            let account = page(&report, "gates/G5.html");
            assert!(account.contains("Contingency left when the forecast is paid"), "{account}");
        }
        let budget = page(&report, "budget.html");
        assert!(budget.contains("6 200 EUR at completion with what the ledger still expects"), "{budget}");
    }
}

/// 90 000 for hardware and 10 000 for labour: 100 000 are more than 65 000, and 40 000 of labour are paid by nobody.
#[test]
fn money_for_hardware_funds_no_labour() {
    let plan = "planning:\n  build: {duration: 100d, assign: tom}\n  buy: {duration: 10d, cost: 10_000 EUR hardware}\n  G2: {gate: Plan, after: [build, buy]}\n";
    let budget = |first: &str| {
        format!(
            "contingency: 5_000 EUR\ncategories: [labour, hardware]\nfunding:\n  - {{source: Investment, amount: 90_000 EUR{first}}}\n  - {{source: Running, amount: 10_000 EUR, pays_for: [labour]}}\n"
        )
    };
    let shown = |first: &str| {
        let budget = budget(first);
        let files: Vec<(&str, &str)> = [
            ("project.yaml", PROJECT),
            ("resources.yaml", TEAM),
            ("plan.yaml", plan),
            ("budget.yaml", &budget),
        ]
        .into();
        let report = compute(&Folder::from_memory(files), Diagnostics::default(), &Options::default());
        page(&report, "gates/G2.html")
    };
    let missing = "100 000 EUR for 65 000 EUR; no source pays for 40 000 EUR of labour";
    assert!(shown(", pays_for: [hardware]").contains(missing));
    let all = shown("");
    assert!(all.contains("100 000 EUR for 65 000 EUR") && !all.contains("no source pays"), "{all}");
}

/// Due every month from 27 April; written on 8 May, 12 June and 10 July. The report of June lies a day nearer to its own day than to that
/// of May, and that of July nearer still: June answered for nothing.
#[test]
fn a_late_report_answers_its_own_day_where_the_next_has_another() {
    let project = PROJECT.replace("currency", "reporting: monthly\nfirst_report: 2026-04-27\ncurrency");
    let update = |day: &str| format!("---\nstatus_date: {day}\n---\n");
    let days = ["2026-05-08", "2026-06-12", "2026-07-10"];
    let written = days.map(|day| (format!("updates/{day}.md"), update(day)));
    let files: Vec<(&str, &str)> = [("project.yaml", project.as_str())]
        .into_iter()
        .chain(written.iter().map(|(path, text)| (path.as_str(), text.as_str())))
        .collect();
    let report = computed(&files);
    let project = &report.projects[0].project;
    let due = due_reports(project, project.start.day, "2026-07-10".parse().unwrap());
    let told: Vec<(String, String, i64)> = due
        .iter()
        .map(|one| {
            let issued = one.issued.map_or_else(|| "—".to_owned(), |day| day.to_string());
            (one.due.to_string(), issued, one.late_days)
        })
        .collect();
    let expected =
        [("2026-04-27", "2026-05-08", 9), ("2026-05-27", "2026-06-12", 12), ("2026-06-27", "2026-07-10", 10)];
    assert_eq!(told, expected.map(|(due, issued, late)| (due.to_owned(), issued.to_owned(), late)));
}

/// 100 000 in year 0 and 110 000 on 2 July, 182 days later, at 8 %: 110 000 ÷ 1.08^(182 ÷ 365) = 105 858.64. By year it would be 110 000.
#[test]
fn an_approved_case_with_an_amount_of_a_day_has_one_value() {
    let case = "rate: 8%\nrate_reason: Finance\nhorizon: 1\nyear_0: 2026-01-01\noptions:\n  new:\n    name: New\n    costs: {purchase: 100_000 EUR}\n    benefits: {sale: {dated: {2026-07-02: 110_000 EUR}}}\npreferred: new\nbenefits_wait_for: build\nbenefits_expected: 2026-03-13\n";
    let value = 110_000.0 / 1.08_f64.powf(182.0 / 365.0) - 100_000.0;
    let frozen = format!(
        "{BASELINE}case: {{option: new, rate: 8%, costs: [100_000 EUR, 0 EUR], benefits: [110_000 EUR, 0 EUR], npv: {value:.2} EUR}}\n"
    );
    let report = computed(&[("business-case.yaml", case), ("baselines/B1.yaml", &frozen)]);
    let living = report.projects[0].control.case.as_ref().and_then(|case| case.living.as_ref()).unwrap();
    let approved = &living.approved.figures;
    assert_eq!(format!("{:.2}", approved.npv.as_f64() / 100.0), format!("{value:.2}"));
    assert_eq!(approved.pv_benefits - approved.pv_costs, approved.npv);
    assert_eq!(approved.bcr, living.planned.figures.bcr);
    assert_eq!(approved.internal_rates, living.planned.figures.internal_rates);
}
