//! What the projects of the sample are there to show: each comes to the figures of its story.

use milepost::control::{Colour, CrossingYear, DimensionKind, InternalRates};
use milepost::model::Decision;
use milepost::output::Bundle;
use milepost::quantity::{Amount, GateId, Ratio, Stage};
use milepost::report::{ProjectReport, Report};

use crate::sample::{report, site};

/// The words of a page, one space between two.
fn words(site: &Bundle, path: &str) -> String {
    let (_, bytes) = site.iter().find(|(known, _)| *known == path).unwrap();
    let mut text = String::new();
    for part in std::str::from_utf8(bytes).unwrap().split('<').skip(1) {
        let (_, words) = part.split_once('>').unwrap_or(("", ""));
        text.push_str(words);
        text.push(' ');
    }
    text.replace(['\u{a0}', '\u{202f}'], " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Tasks, hammocks among them; milestones and gates are points in time.
fn n_tasks(project: &ProjectReport) -> usize {
    project.tasks().filter(|(_, task, _)| !task.is_point() && !task.is_summary()).count()
}

fn units(amount: Amount) -> f64 {
    amount.as_f64() / 100.0
}

fn rounded(ratio: Option<Ratio>, digits: i32) -> f64 {
    let scale = 10_f64.powi(digits);
    (ratio.unwrap().get() * scale).round() / scale
}

fn decisions(project: &ProjectReport) -> Vec<(GateId, Decision)> {
    let gates = project.project.gates.values();
    gates.filter_map(|gate| Some((gate.gate, gate.decision_on(project.status_date)?))).collect()
}

/// How often a rule found something in the files of a project.
fn n_found(report: &Report, project: &ProjectReport, code: &str) -> usize {
    report.findings_of(project).filter(|found| found.rule.code == code).count()
}

/// Whole months from the status date to a day.
fn months_ahead(project: &ProjectReport, percent: usize) -> i32 {
    let day = project.risk.as_ref().unwrap().finish.percentile(percent).unwrap().last_day();
    project.status_date.until((jiff::Unit::Month, day)).unwrap().get_months()
}

#[test]
fn the_storylines_of_planning_closing_and_stopping_compute() {
    let (report, site) = (report(), site());
    for folder in ["stock-sales-warehouse", "one-service-desk", "rfid-loans"] {
        let project = report.project(folder).unwrap();
        assert_eq!(project.status_date.to_string(), "2026-11-20", "{folder}");
        assert!(project.project.snapshots.len() >= 6, "{folder}: trends need six reports");
    }
    planning(report, site);
    closing(report, site);
    stopping(report, site);
}

/// The warehouse: third planning cycle, everything waits for the business data team, the board holds the gate.
fn planning(report: &Report, site: &Bundle) {
    let warehouse = report.project("stock-sales-warehouse").unwrap();
    assert_eq!((n_tasks(warehouse), warehouse.control.stage), (58, Stage::Planning));
    assert_eq!(decisions(warehouse), [(GateId::G1, Decision::Approve), (GateId::G2, Decision::Hold)]);
    let gate = words(site, "stock-sales-warehouse/gates/G2.html");
    assert!(
        gate.contains(
            "12 yes, 4 partly, 4 no and 1 not applicable: compliance 70 %, some key activities missing."
        ),
        "{gate}"
    );
    assert_eq!(n_found(report, warehouse, "W202"), 4, "tasks without a successor");
    assert_eq!([10, 90].map(|percent| months_ahead(warehouse, percent)), [7, 13]);
    let overdue: Vec<(&str, i64)> = warehouse
        .control
        .requests
        .iter()
        .filter_map(|request| Some((request.id.as_str(), request.overdue?)))
        .collect();
    assert_eq!(overdue, [("X1", 23)]);
    let first = warehouse.project.snapshots.first().unwrap().figures.forecast_finish.unwrap();
    let grown = first.until(warehouse.forecast.finish_day()).unwrap().get_days();
    assert_eq!(grown, 11 * 7, "since the first planning cycle");
    assert!(warehouse.project.baselines.is_empty());
}

/// The service desk: on time and under budget, two of twelve criteria open, operations has not signed.
fn closing(report: &Report, site: &Bundle) {
    let desk = report.project("one-service-desk").unwrap();
    assert_eq!((n_tasks(desk), desk.control.stage), (39, Stage::Closing));
    let passed = [GateId::G1, GateId::G2, GateId::G3].map(|gate| (gate, Decision::Approve));
    let all = [passed.as_slice(), &[(GateId::G4, Decision::ApproveWithConditions)]].concat();
    assert_eq!(decisions(desk), all);

    let value = &desk.control.total;
    assert_eq!([value.budget, value.earned, value.actual].map(units), [285_000.0, 279_300.0, 268_400.0]);
    assert_eq!(rounded(value.cpi(), 3), 1.041);
    assert_eq!(units(value.estimate_trend().unwrap()).round(), 273_878.0);
    assert_eq!(units(value.variance_at_completion()).round(), 11_122.0);
    assert_eq!((desk.control.finish_slip, desk.control.requests.iter().any(|one| one.is_open)), (0, false));

    let handover = desk.project.handover.as_ref().unwrap();
    let met = handover.criteria.iter().filter(|one| one.met.is_some_and(|day| day <= desk.status_date));
    assert_eq!((met.count(), handover.criteria.len()), (10, 12));
    let outside = handover.indicators.iter().filter(|one| one.is_within(desk.status_date) == Some(false));
    let newest: Vec<i64> =
        outside.filter_map(|one| one.readings.last()).map(|reading| reading.thousandths).collect();
    assert_eq!(newest, [61_000, 6_200], "first-contact resolution, age of the backlog in week 4");

    let page = words(site, "one-service-desk/index.html");
    let asked = "Extend early-life support two weeks (cost 6 400 from the saving)?";
    assert!(page.contains(asked) && page.contains("14 calendar days later; 6 400 EUR more"), "{page}");
    // The likely finish keeps the promise, six runs of ten do not.
    let time = desk.control.health.dimension(DimensionKind::Time);
    assert_eq!(time.colour, Colour::Amber, "{}", time.reason);
    assert!(page.contains("P50 and P80 18 Dec 2026, the promised day kept in 40 % of the runs"), "{page}");
    assert!(page.contains("1 of severity 2 open for more than a reporting period"), "{page}");
}

/// The loans: everyone likes it, the numbers do not; another option pays.
fn stopping(report: &Report, site: &Bundle) {
    let loans = report.project("rfid-loans").unwrap();
    assert_eq!((n_tasks(loans), loans.control.is_stopped), (12, true));
    assert_eq!(decisions(loans), [(GateId::G1, Decision::Stop)]);

    let case = loans.control.case.as_ref().unwrap();
    let rfid = &case.options[case.preferred.unwrap()];
    let yearly = |amounts: &[Amount]| amounts.iter().map(|amount| units(*amount)).collect::<Vec<_>>();
    assert_eq!(yearly(&rfid.costs), [96_000.0, 14_000.0, 14_000.0, 14_000.0, 14_000.0, 14_000.0]);
    assert_eq!(yearly(&rfid.benefits), [0.0, 24_000.0, 36_000.0, 38_000.0, 38_000.0, 38_000.0]);
    assert_eq!((units(rfid.npv).round(), rounded(rfid.bcr, 3)), (-14_853.0, 0.902));
    assert!(matches!(rfid.internal_rates, InternalRates::One(rate) if (rate * 1_000.0).round() == 25.0));
    assert!(matches!(rfid.payback, CrossingYear::Year(year) if (year * 100.0).round() == 467.0));
    assert_eq!(rfid.discounted_payback, CrossingYear::Never);
    assert_eq!(rounded(rfid.switching_benefits, 3), -0.108, "benefits would have to be 10.8 % higher");

    let barcode = loans.project.business_case.as_ref().unwrap().options.iter();
    let barcode = barcode.zip(&case.options).find(|(option, _)| option.id.as_str() == "barcode").unwrap().1;
    assert_eq!(yearly(&barcode.net)[..2], [-22_000.0, 10_500.0]);
    assert!(matches!(barcode.payback, CrossingYear::Year(year) if (year * 1_000.0).round() == 2_095.0));
    let gate = words(site, "rfid-loans/gates/G1.html");
    assert!(gate.contains("Option B, barcode labels, pays back in 2.1 years"), "{gate}");
    let page = words(site, "rfid-loans/index.html");
    assert!(
        !page.contains("is forecast to end") && !page.contains("Forecast finish"),
        "nothing is forecast: {page}"
    );
}

/// A licence that is paid on until 31 August makes a plan that ends on 6 April no longer.
#[test]
fn the_planned_duration_of_the_warehouse_ends_with_its_work() {
    let schedule = &report().project("stock-sales-warehouse").unwrap().control.total_schedule;
    assert_eq!(schedule.planned_duration, 250.0);
    assert_eq!(rounded(schedule.to_complete_index, 2), 1.69);
}

/// The gate was on a Wednesday; the survey, booked for its week, began on the Thursday.
#[test]
fn what_had_been_spent_at_a_gate_in_the_middle_of_a_week_counts_to_its_day() {
    let project = report().project("branch-network").unwrap();
    assert_eq!(project.control.total.actual, Amount(7_912_000));
    let gate = &project.at_gates[&GateId::G1];
    let survey = gate.project.task_by_id(&"survey".parse().unwrap()).unwrap();
    assert_eq!(gate.status_date.to_string(), "2026-08-12");
    assert_eq!(gate.control.tasks[survey.0 as usize].actual_cost, Amount::ZERO);
    // 3.5 d and 2 d of the project manager at 720, and three fifths of a day of leading: 2 520 + 1 440 + 432.
    assert_eq!(gate.control.total.actual, Amount(439_200));
}

/// On a Wednesday the ledger, the budget and the sum of all tasks say the same.
#[test]
fn the_ledger_of_any_day_ends_in_actual_cost() {
    let as_of = Some("2026-09-30".parse().unwrap());
    let options = milepost::pipeline::Options { as_of, ..Default::default() };
    let (folder, found) = crate::sample::folder();
    for project in milepost::pipeline::compute(&folder, found, &options).projects {
        let control = &project.control;
        let counted = control.ledger.rows.iter().rev().find(|row| row.date <= control.status_date);
        let spent = counted.map_or(Amount::ZERO, |row| row.spent);
        assert_eq!(spent, control.total.actual, "{}", project.project.folder);
        assert_eq!(spent, control.spending.total.spent, "{}", project.project.folder);
        let in_months: Amount = control.ledger.months.iter().map(|month| month.spent).sum();
        assert_eq!(in_months, spent, "{}", project.project.folder);
    }
}
