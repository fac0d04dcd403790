//! What the projects of the sample are there to show: each comes to the figures of its story.

use milepost::control::{Colour, CrossingYear, DimensionKind, InternalRates};
use milepost::model::Decision;
use milepost::output::Bundle;
use milepost::quantity::{Amount, GateId, Ratio, Stage};
use milepost::report::{ProjectReport, Report};

use crate::said::words_of;
use crate::sample::{report, site};

/// The words of a page, one space between two.
fn words(site: &Bundle, path: &str) -> String {
    let (_, bytes) = site.iter().find(|(known, _)| *known == path).unwrap();
    words_of(std::str::from_utf8(bytes).unwrap())
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
            "13 yes, 4 partly, 4 no and 1 not applicable: compliance 71.4 %, some key activities missing."
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
    assert!(
        page.contains(asked)
            && page.contains(
                "10 working days later; P50 and P80 11 Jan 2027 6 400 EUR more 280 500 EUR in the end"
            ),
        "{page}"
    );
    // The likely finish keeps the promise, six runs of ten do not.
    let time = desk.control.health.dimension(DimensionKind::Time);
    assert_eq!(time.colour, Colour::Amber, "{}", time.reason);
    assert!(page.contains("P50 and P80 18 Dec 2026, the promised day kept in 40 % of the runs"), "{page}");
    assert!(page.contains("Forecast 4 Dec 2026, on time in 40 % of the runs;"), "{page}");
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

/// The plan of the warehouse ends on 6 April with its last budget line.
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

/// The changes C1 to C3 moved 34 595 EUR out of the contingency of 75 000 EUR: 40 405 are left, and budget with contingency stays
/// 640 000 + 75 000. All of it was granted for 22 points beyond the 180 that were agreed, and 112 are done: the 10 860 that the backlog has
/// gone over are of old points, so that 34 595 come on top of the 674 545 of the trend: 709 140, which is 5 860 inside. The count (371 000 spent, and the rest) holds every point of the backlog, 738 552, which is 23 552 beyond. The runs
/// begin there: all delays of the plan and no chance of it lie before them, so their median is no lower.
#[test]
fn every_forecast_of_cost_is_held_against_one_cost_baseline() {
    let project = report().project("citizen-appointments").unwrap();
    let control = &project.control;
    assert_eq!(units(control.cost_baseline()), 715_000.0);
    let spending = &control.spending;
    let granted = [spending.draws_granted, spending.draws_spent, spending.granted_to_come()];
    assert_eq!(granted.map(units), [34_595.0, 0.0, 34_595.0]);
    let forecasts = control.cost_forecasts(project.risk.as_deref());
    let told: Vec<[f64; 3]> = forecasts
        .iter()
        .map(|one| [one.amount, one.to_come, one.beyond].map(|sum| units(sum).round()))
        .collect();
    assert_eq!(told[..2], [[674_545.0, 34_595.0, -5_860.0], [738_552.0, 0.0, 23_552.0]]);
    let [counted, median] = [forecasts[1], forecasts[2]];
    assert!(median.amount >= counted.amount, "{median:?}");
    assert_eq!(project.risk.as_ref().unwrap().likely_cost, counted.amount);
    let [(low, _), (high, _)] = control.estimate_range();
    assert_eq!([low, high].map(|sum| units(sum).round()), [659_000.0, 738_552.0]);
    // AC + (BAC − EV) ÷ (CPI × SPI) is 717 663, with what it does not know 752 258; P80 lies above the median.
    let (dearest, letters) = control.dearest_forecast(project.risk.as_deref()).unwrap();
    assert_eq!(letters, "P80");
    assert_eq!(Some(dearest), project.risk.as_ref().unwrap().cost.percentile(80));
    for page in ["citizen-appointments/budget.html", "citizen-appointments/schedule.html"] {
        assert!(words(site(), page).contains("715 000 EUR"), "{page}");
        assert!(!words(site(), page).contains("691 265"), "{page}");
    }
}

/// Eighteen points are a tenth of 180. By 9 October nine wishes had come in without an approved change, by 6 November nine and
/// thirteen, by 20 November twelve more.
#[test]
fn scope_is_left_when_more_points_came_in_than_the_board_tolerates() {
    let project = report().project("citizen-appointments").unwrap();
    let counted = ["2026-10-09", "2026-10-23", "2026-11-06", "2026-11-20"].map(|day| {
        milepost::control::unapproved_on(&project.project, &project.control, day.parse().unwrap()).unwrap().0
    });
    assert_eq!(counted, [9, 9, 22, 34]);
    let left = milepost::control::tolerances_left(&project.project, &project.control);
    let scope = left.iter().find(|left| left.kind == DimensionKind::Scope).unwrap();
    assert_eq!(scope.since.to_string(), "2026-11-06");
}

/// The crews that stand by cost 12 800 EUR, spent evenly over the 82 days from 20 November to 10 February: 41 of them in the year of
/// the decision, 41 in the next, at 5 %: 6 400 + 6 400 ÷ 1.05 = 12 495.24 less than without.
#[test]
fn the_business_case_pays_for_an_option_of_its_decision() {
    let project = report().project("ward-workstations").unwrap();
    let wait = project.options.iter().find(|effect| effect.option == "wait").unwrap();
    let worth = wait.difference.worth();
    assert_eq!(worth.after.unwrap() - worth.before.unwrap(), Amount(-1_249_524));
    // What is to be cut is built meanwhile, so that no day can be named until which it keeps its gain.
    let (crew, cut) =
        (report().project("branch-network").unwrap(), report().project("citizen-appointments").unwrap());
    let until = |project: &ProjectReport, option: &str| {
        project.options.iter().find(|effect| effect.option == option).unwrap().decide_by
    };
    assert!(until(crew, "crew").is_some() && until(cut, "cut").is_none());
    let as_it_is = report().project("citizen-appointments").unwrap();
    let accept = as_it_is.options.iter().find(|effect| effect.option == "accept").unwrap();
    assert!(accept.difference.is_nothing(), "{:?}", accept.difference);
}

/// The licences of the warehouse end with its plan, on 6 April: then all of the budget is planned to be earned.
#[test]
fn planned_value_of_every_sample_is_its_budget_on_the_planned_finish() {
    for project in &report().projects {
        let control = &project.control;
        let end = control.reference.finish.last_of_month();
        let by_then = control.curve.days.iter().rev().find(|point| point.date <= end);
        let planned = by_then.map_or(Amount::ZERO, |point| point.planned);
        assert_eq!(planned, control.total.budget, "{}", project.project.folder);
    }
}

/// Access is 23 working days overdue: the forecast of the warehouse says what it takes for granted.
#[test]
fn a_forecast_that_rests_on_a_broken_promise_says_so() {
    let said = "The forecast assumes that X1 is here by 20 Nov 2026, though it is 23 working days overdue and no new day is promised.";
    let pages = ["stock-sales-warehouse/index.html", "stock-sales-warehouse/exceptions/time.html"];
    for page in pages {
        assert!(words(site(), page).contains(said), "{page}");
    }
    let outside = words(site(), "stock-sales-warehouse/outside.html");
    assert!(outside.contains("The forecast assumes that X1 is here by 20 Nov 2026"), "{outside}");
    let first = words(site(), "index.html");
    assert!(
        first.contains(
            "The forecast stands at 3 Aug 2027 if X1 is here by 20 Nov 2026, 10 Aug 2027 if it comes a week later."
        )
    );
    // The table of the exception begins with the report that first left the tolerance, nine before the status date.
    let exception = words(site(), pages[1]);
    assert!(exception.contains("Tolerance 31 Jul 2026 6 Apr 2027 18 May 2027 +28 d R Left"), "{exception}");
}

/// 64 007 more than the headline, over 105 days of which 41 lie in the year of the decision and the rest in the year after, at 4 %.
#[test]
fn the_case_of_citizen_appointments_by_what_is_left() {
    let citizen = report().project("citizen-appointments").unwrap();
    let living = citizen.control.case.as_ref().unwrap().living.as_ref().unwrap();
    let case = citizen.project.business_case.as_ref().unwrap();
    let worth = |estimate| {
        let days = (citizen.control.status_date, citizen.forecast.finish_day());
        units(living.with_estimate(case, estimate, days).unwrap())
    };
    let headline = citizen.control.total.estimate();
    let below = citizen.control.bottom_up.estimate;
    assert_eq!(worth(headline), units(living.now.figures.npv));
    let more = units(below) - units(headline);
    let known = units(living.now.figures.npv) - more * 41.0 / 105.0 - more * 64.0 / 105.0 / 1.04;
    assert!((worth(below) - known).abs() < 1.0, "{} {known}", worth(below));
}

/// Tom stands in the portfolio's people.yaml; Yuki Tanaka and Yuki Sato are typed in a project each.
#[test]
fn one_id_is_one_person_only_where_the_portfolio_says_so() {
    assert!(!words(site(), "stock-sales-warehouse/people/yuki.html").contains("Also works in"));
    let tom = words(site(), "branch-network/people/tom.html");
    assert!(tom.contains("Also works in"), "{tom}");
    let of_all = "By this project alone no week asks for more than can be given. All projects together ask for 142 % in the week from 23 Nov 2026.";
    assert!(tom.replace('\u{a0}', " ").contains(of_all), "{tom}");
}

/// The backlog began by its second report; what has been done stands in the newest.
#[test]
fn a_start_is_followed_to_the_line_that_names_it() {
    let rows =
        std::fs::read_to_string(crate::sample::path().join("projects/citizen-appointments/progress.csv"))
            .unwrap();
    let line_of = |says: &dyn Fn(&[&str]) -> bool| {
        let lines: Vec<Vec<&str>> = rows.lines().map(|line| line.split(',').collect()).collect();
        let head = lines[0].iter().position(|name| *name == "task").unwrap();
        1 + lines.iter().rposition(|cells| cells.get(head) == Some(&"backlog") && says(cells)).unwrap()
    };
    let start = rows.lines().next().unwrap().split(',').position(|name| name == "actual_start").unwrap();
    let (began, newest) = (line_of(&|cells| !cells[start].is_empty()), line_of(&|_| true));
    assert_ne!(began, newest);
    let pages = site().iter().filter(|(path, _)| path.starts_with("citizen-appointments/explain/tasks"));
    let page: String = pages.map(|(_, bytes)| String::from_utf8_lossy(bytes)).collect();
    let of = |figure: &str| {
        let block = page.split(&format!("id=\"task-backlog.{figure}\"")).nth(1).unwrap();
        block.split("</dd>").next().unwrap().to_owned()
    };
    assert!(of("start").contains(&format!("progress.csv:{began}<")), "{}", of("start"));
    assert!(of("done").contains(&format!("progress.csv:{newest}<")), "{}", of("done"));
}

/// What the first page counts as wanted is what the tables hold: decisions, changes that wait, and conditions that are overdue.
#[test]
fn decisions_that_are_wanted_are_counted_alike() {
    let count = |path: &str| String::from_utf8_lossy(site().get(path).unwrap()).lines().count() - 1;
    let wanted = count("data/decisions.csv");
    let index = words(site(), "index.html");
    let told = "9 decisions are wanted and 1 condition is to be met";
    assert!(index.contains(told), "{index}");
    assert_eq!(wanted, 9 + 1);
}
