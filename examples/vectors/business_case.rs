//! Section 2.3: published flows, and the house example through its files.

use jiff::civil::Date;
use milepost::control::{
    CrossingYear, InternalRates, OptionFigures, SensitivityDriver, dated_internal_rates,
    dated_net_present_value, internal_rates, modified_internal_rate, net_present_value, payback,
};
use milepost::quantity::Ratio;

use super::folder;
use super::table::{Place, Table, digits_as};

fn at(vector: &'static str) -> Place {
    Place { section: "2.3", vector }
}

/// Adds the vectors of the section.
pub fn add(table: &mut Table) {
    rates(table);
    present_values(table);
    unusual_rates(table);
    paybacks(table);
    house(table);
}

fn rates_in_words(rates: &InternalRates, places: usize) -> String {
    let percent = |rate: &f64| format!("{:.places$} %", rate * 100.0);
    match rates {
        InternalRates::None => "none".to_owned(),
        InternalRates::One(rate) => percent(rate),
        InternalRates::Several(rates) => rates.iter().map(percent).collect::<Vec<_>>().join(" and "),
        InternalRates::TooHigh => "over 1000 %".to_owned(),
    }
}

fn rate(table: &mut Table, vector: &'static str, flows: &[f64], places: usize, reference: &str) {
    let figure = format!("IRR of {}", in_words(flows));
    table.words(at(vector), &figure, rates_in_words(&internal_rates(flows), places), reference);
}

fn in_words(flows: &[f64]) -> String {
    flows.iter().map(f64::to_string).collect::<Vec<_>>().join(" ")
}

const CUT: &str = "the reference cuts the digits that follow, in place of rounding";

fn rates(table: &mut Table) {
    // The reference has more digits of the first two than a float of a hundred holds; they are left out here.
    let gitman = [-100.0, 39.0, 59.0, 55.0, 20.0];
    table.number(at("1"), "NPV at 28.1 %", net_present_value(0.281, &gitman), "-0.0084785916385");
    rate(table, "2", &gitman, 12, "28.094842115996 %");
    let numpy = [-250_000.0, 100_000.0, 150_000.0, 200_000.0, 250_000.0, 300_000.0];
    let found = rates_in_words(&internal_rates(&numpy), 10);
    table.judged(at("3"), "IRR of -250000 and 100000 to 300000", found, "56.7230334435 %", CUT);
    rate(table, "4", &[-100.0, 30.0, 35.0, 40.0, 45.0], 7, "17.0936863 %");
    rate(table, "5", &[-123_400.0, 36_200.0, 54_800.0, 48_100.0], 9, "5.961637857 %");
    let microsoft = [-70_000.0, 12_000.0, 15_000.0, 18_000.0, 21_000.0, 26_000.0];
    rate(table, "6", &microsoft, 8, "8.66309480 %");
    rate(table, "6", &microsoft[..5], 8, "-2.12448483 %");
}

fn present_values(table: &mut Table) {
    let microsoft = [-10_000.0, 3_000.0, 4_200.0, 6_800.0];
    let ours = net_present_value(0.1, &microsoft);
    table.number(at("7"), "NPV at 10 %, as spreadsheets count", ours / 1.1, "1188.443412");
    let found = digits_as(ours, "1307.287753");
    table.judged(at("7"), "NPV at 10 %, t = 0 first", found, "1307.287753", CUT);
    let flows = [
        ("2008-01-01", -10_000.0),
        ("2008-03-01", 2_750.0),
        ("2008-10-30", 4_250.0),
        ("2009-02-15", 3_250.0),
        ("2009-04-01", 2_750.0),
    ];
    let dated: Vec<(Date, f64)> = flows.iter().map(|(day, amount)| (day.parse().unwrap(), *amount)).collect();
    table.number(at("8"), "XNPV at 9 %", dated_net_present_value(0.09, &dated).unwrap(), "2086.647602");
    let rates = dated_internal_rates(&dated).unwrap();
    table.words(at("8"), "XIRR", rates_in_words(&rates, 8), "37.33625335 %");
    let modified = [-120_000.0, 39_000.0, 30_000.0, 21_000.0, 37_000.0, 46_000.0];
    let modified = modified_internal_rate(&modified, 0.10, 0.12).unwrap() * 100.0;
    table.number(at("9"), "MIRR in percent, finance 10 %, reinvest 12 %", modified, "12.60941304");
}

fn unusual_rates(table: &mut Table) {
    let two = [-4_000.0, 25_000.0, -25_000.0];
    rate(table, "10 two rates", &two, 0, "25 % and 400 %");
    table.number(at("10 two rates"), "NPV at 10 %", net_present_value(0.1, &two), "-1933.88");
    table.number(at("10 two rates"), "NPV at 100 %", net_present_value(1.0, &two), "2250");
    let none = [1_000.0, -3_000.0, 2_500.0];
    rate(table, "11 no rate", &none, 2, "none");
    let tried = (0..100_000).map(|step| f64::from(step) / 50_000.0);
    let least =
        tried.min_by(|a, b| net_present_value(*a, &none).total_cmp(&net_present_value(*b, &none))).unwrap();
    table.number(at("11 no rate"), "least NPV", net_present_value(least, &none), "100.00");
    table.number(at("11 no rate"), "rate of the least NPV, in percent", least * 100.0, "66.7");
    table.number(at("11 no rate"), "NPV at 10 %", net_present_value(0.1, &none), "338.84");
}

fn years(crossing: CrossingYear, places: usize) -> String {
    match crossing {
        CrossingYear::Never => "never".to_owned(),
        CrossingYear::Year(year) => format!("{year:.places$}"),
        CrossingYear::LastOfSeveral(year) => format!("{year:.places$} (last of several)"),
    }
}

fn paybacks(table: &mut Table) {
    let discounted = |rate: f64, flows: &[f64]| -> Vec<f64> {
        flows.iter().enumerate().map(|(year, flow)| flow / (1.0 + rate).powf(year as f64)).collect()
    };
    let ross = [-200.0, 50.0, 60.0, 70.0, 200.0];
    table.words(at("12"), "payback", years(payback(ross), 2), "3.10");
    table.number(at("12"), "NPV at 10 %", net_present_value(0.1, &ross), "84.2360");
    table.words(at("12"), "discounted payback", years(payback(discounted(0.1, &ross)), 3), "3.383");
    for (investment, published) in [(5_200.0, "1.964"), (5_400.0, "2.028"), (10_400.0, "3.650")] {
        let flows = [-investment, 2_800.0, 3_700.0, 5_100.0, 4_300.0];
        let figure = format!("discounted payback at 14 % of {investment}");
        table.words(at("13"), &figure, years(payback(discounted(0.14, &flows)), 3), published);
    }
    let never = [-10_000.0, 2_600.0, 2_600.0, 2_600.0, 2_600.0, 2_600.0, 2_600.0];
    let inflows = net_present_value(0.15, &never) + 10_000.0;
    table.number(at("14 never pays"), "present value of inflows at 15 %", inflows, "9839.66");
    let words = years(payback(discounted(0.15, &never)), 3);
    table.words(at("14 never pays"), "discounted payback at 15 %", words, "never");
    table.words(at("14 never pays"), "payback", years(payback(never), 3), "3.846");
}

const HOUSE: &str = "
rate: 8%
rate_reason: As published
horizon: 4
options:
  refresh:
    name: Refresh
    costs: {hardware: 120_000 EUR, running: [0 EUR, 18_000 EUR, 18_000 EUR, 18_000 EUR, 18_000 EUR]}
    benefits: {support: [0 EUR, 46_000 EUR, 62_000 EUR, 68_000 EUR, 68_000 EUR]}
";

/// What the net present value of the house example becomes when one driver moves.
const MOVES: [(SensitivityDriver, i64, &str); 17] = [
    (SensitivityDriver::Benefits, -20, "-19850"),
    (SensitivityDriver::Benefits, -10, "121"),
    (SensitivityDriver::Benefits, 10, "40063"),
    (SensitivityDriver::Benefits, 20, "60034"),
    (SensitivityDriver::UpFrontCost, -20, "44092"),
    (SensitivityDriver::UpFrontCost, -10, "32092"),
    (SensitivityDriver::UpFrontCost, 10, "8092"),
    (SensitivityDriver::UpFrontCost, 20, "-3908"),
    (SensitivityDriver::RunningCost, -20, "32016"),
    (SensitivityDriver::RunningCost, -10, "26054"),
    (SensitivityDriver::RunningCost, 10, "14130"),
    (SensitivityDriver::RunningCost, 20, "8168"),
    (SensitivityDriver::Rate, -4, "34794"),
    (SensitivityDriver::Rate, -2, "27161"),
    (SensitivityDriver::Rate, 2, "13535"),
    (SensitivityDriver::Rate, 4, "7441"),
    (SensitivityDriver::Delay, 1, "-40981"),
];

fn moved_by(driver: SensitivityDriver, step: i64) -> String {
    match driver {
        SensitivityDriver::Benefits => format!("NPV, benefits {step:+} %"),
        SensitivityDriver::UpFrontCost => format!("NPV, capex {step:+} %"),
        SensitivityDriver::RunningCost => format!("NPV, running cost {step:+} %"),
        SensitivityDriver::Rate => format!("NPV at {} %", 8 + step),
        SensitivityDriver::Delay => format!("NPV, benefits {step} year late"),
    }
}

fn house(table: &mut Table) {
    let files = vec![
        ("project.yaml", "project: Demo\ncode: D\nstart: 2026-01-01\ncurrency: EUR\n"),
        ("plan.yaml", "execution:\n  work: {duration: 5d}\n"),
        ("business-case.yaml", HOUSE),
    ];
    let control = folder::control(files, "2026-01-01");
    let options = control.case.unwrap().options;
    let house: &OptionFigures = options.first().unwrap();
    let place = at("house example");
    table.number(place, "NPV", house.npv.as_f64() / 100.0, "20091.94");
    table.words(place, "IRR", rates_in_words(&house.internal_rates, 4), "14.6545 %");
    table.words(place, "payback", years(house.payback, 2), "2.96");
    table.words(place, "discounted payback", years(house.discounted_payback, 2), "3.45");
    table.number(place, "PVB", house.pv_benefits.as_f64() / 100.0, "199710.22");
    table.number(place, "PVK", house.pv_costs.as_f64() / 100.0, "179618.28");
    let percent = |share: Option<Ratio>| share.map(|share| share.get() * 100.0);
    table.maybe(place, "BCR", house.bcr.map(Ratio::get), "1.1119");
    table.maybe(place, "ROI in percent, undiscounted", percent(house.roi), "27.08");
    table.maybe(place, "ROI in percent, discounted", percent(house.discounted_roi), "11.19");
    table.maybe(place, "PI", house.profitability_index.map(Ratio::get), "1.1674");
    for (driver, step, reference) in MOVES {
        let moves = house.sensitivity.iter().filter(|row| row.driver == driver).flat_map(|row| &row.npvs);
        let npv = moves.filter(|(by, _)| *by == step).map(|(_, npv)| npv.as_f64() / 100.0).next();
        table.maybe(place, &moved_by(driver, step), npv, reference);
    }
    let (benefits, capex) = (percent(house.switching_benefits), percent(house.switching_capex));
    table.maybe(place, "benefits may fall, in percent", benefits, "10.06");
    table.maybe(place, "capex may rise, in percent", capex, "16.74");
}
