//! The formulas of the business case beside published answers.
//!
//! `cargo run --example case_vectors` prints each known series with what milepost computes of it and what its source says;
//! the last ones run through the files of a small project.
#![allow(clippy::print_stdout, reason = "printing is what it is for")]
#![allow(clippy::unwrap_used, reason = "what cannot go on stops the run, which says so best")]

use jiff::civil::Date;
use milepost::control::{
    CrossingYear, InternalRates, OptionFigures, dated_internal_rates, dated_net_present_value,
    internal_rates, modified_internal_rate, net_present_value, payback,
};
use milepost::diagnostic::Diagnostics;
use milepost::pipeline::{self, Options};
use milepost::source::disk::Folder;

fn main() {
    row("what", "milepost", "published");
    present_values();
    rates();
    paybacks();
    cases();
}

fn row(what: &str, found: &str, published: &str) {
    println!("{what:<62} {found:<28} {published}");
}

fn number(value: f64, places: usize) -> String {
    format!("{value:.places$}")
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

fn years(crossing: CrossingYear, places: usize) -> String {
    match crossing {
        CrossingYear::Never => "never".to_owned(),
        CrossingYear::Year(year) => number(year, places),
        CrossingYear::LastOfSeveral(year) => format!("{} (last of several)", number(year, places)),
    }
}

fn present_values() {
    let npv = |rate: f64, flows: &[f64], places: usize| number(net_present_value(rate, flows), places);
    let gitman = [-100.0, 39.0, 59.0, 55.0, 20.0];
    row(" 1 NPV 28.1 % of -100 39 59 55 20", &npv(0.281, &gitman, 13), "-0.0084785916385");
    let microsoft = [-10_000.0, 3_000.0, 4_200.0, 6_800.0];
    let theirs = net_present_value(0.1, &microsoft) / 1.1;
    row(" 7 NPV 10 % of -10 000 3 000 4 200 6 800, t = 0 first", &npv(0.1, &microsoft, 6), "1307.287753");
    row(" 7 the same as spreadsheets count", &number(theirs, 6), "1188.443412");
    let dated = dated_flows();
    row(" 8 XNPV 9 %", &number(dated_net_present_value(0.09, &dated).unwrap(), 6), "2086.647602");
    row(" 8 XIRR", &rates_in_words(&dated_internal_rates(&dated).unwrap(), 8), "37.33625335 %");
}

fn dated_flows() -> Vec<(Date, f64)> {
    let flows = [
        ("2008-01-01", -10_000.0),
        ("2008-03-01", 2_750.0),
        ("2008-10-30", 4_250.0),
        ("2009-02-15", 3_250.0),
        ("2009-04-01", 2_750.0),
    ];
    flows.iter().map(|(day, amount)| (day.parse().unwrap(), *amount)).collect()
}

fn rates() {
    let irr = |flows: &[f64], places: usize| rates_in_words(&internal_rates(flows), places);
    row(" 2 IRR of -100 39 59 55 20", &irr(&[-100.0, 39.0, 59.0, 55.0, 20.0], 11), "28.09484211600 %");
    let numpy = [-250_000.0, 100_000.0, 150_000.0, 200_000.0, 250_000.0, 300_000.0];
    row(" 3 IRR of -250 000, 100 000 … 300 000", &irr(&numpy, 10), "56.7230334435 %");
    row(" 4 IRR of -100 30 35 40 45", &irr(&[-100.0, 30.0, 35.0, 40.0, 45.0], 7), "17.0936863 %");
    let wikipedia = [-123_400.0, 36_200.0, 54_800.0, 48_100.0];
    row(" 5 IRR of -123 400 36 200 54 800 48 100", &irr(&wikipedia, 9), "5.961637857 %");
    let microsoft = [-70_000.0, 12_000.0, 15_000.0, 18_000.0, 21_000.0, 26_000.0];
    row(" 6 IRR of -70 000 12 000 15 000 18 000 21 000 26 000", &irr(&microsoft, 8), "8.66309480 %");
    row(" 6 the first five of them", &irr(&microsoft[..5], 8), "-2.12448483 %");
    let modified = [-120_000.0, 39_000.0, 30_000.0, 21_000.0, 37_000.0, 46_000.0];
    let modified = modified_internal_rate(&modified, 0.10, 0.12).unwrap() * 100.0;
    row(" 9 MIRR, finance 10 %, reinvest 12 %", &format!("{modified:.8} %"), "12.60941304 %");
    let two = [-4_000.0, 25_000.0, -25_000.0];
    row("10 IRR of -4 000 25 000 -25 000", &irr(&two, 6), "25 % and 400 %");
    let npvs = format!("{:.2} and {:.2}", net_present_value(0.1, &two), net_present_value(1.0, &two));
    row("10 NPV at 10 % and 100 %", &npvs, "-1933.88 and 2250");
    let none = [1_000.0, -3_000.0, 2_500.0];
    row("11 IRR of 1 000 -3 000 2 500", &irr(&none, 2), "none");
    row("11 NPV at 10 %", &number(net_present_value(0.1, &none), 2), "338.84");
    let rates = (0..100_000).map(|step| f64::from(step) / 50_000.0);
    let least =
        rates.min_by(|a, b| net_present_value(*a, &none).total_cmp(&net_present_value(*b, &none))).unwrap();
    let words = format!("{:.2} at {:.1} %", net_present_value(least, &none), least * 100.0);
    row("11 least NPV", &words, "100.00 at 66.7 %");
}

fn paybacks() {
    let discounted = |rate: f64, flows: &[f64]| -> Vec<f64> {
        flows.iter().enumerate().map(|(year, flow)| flow / (1.0 + rate).powf(year as f64)).collect()
    };
    let ross = [-200.0, 50.0, 60.0, 70.0, 200.0];
    row("12 payback of -200 50 60 70 200", &years(payback(ross), 2), "3.10");
    row("12 NPV 10 %", &number(net_present_value(0.1, &ross), 4), "84.2360");
    row("12 discounted payback", &years(payback(discounted(0.1, &ross)), 3), "3.383");
    for (investment, published) in [(5_200.0, "1.964"), (5_400.0, "2.028"), (10_400.0, "3.650")] {
        let flows = [-investment, 2_800.0, 3_700.0, 5_100.0, 4_300.0];
        let what = format!("13 discounted payback at 14 % of an investment of {investment}");
        row(&what, &years(payback(discounted(0.14, &flows)), 3), published);
    }
    let never = [-10_000.0, 2_600.0, 2_600.0, 2_600.0, 2_600.0, 2_600.0, 2_600.0];
    let inflows = net_present_value(0.15, &never) + 10_000.0;
    row("14 present value of 6 × 2 600 at 15 %", &number(inflows, 2), "9839.66");
    row("14 discounted payback of -10 000 with them", &years(payback(discounted(0.15, &never)), 3), "never");
    row("14 payback", &years(payback(never), 3), "3.846");
}

const HOUSE: &str = "
  refresh:
    name: Refresh
    costs: {hardware: 120_000 EUR, running: [0 EUR, 18_000 EUR, 18_000 EUR, 18_000 EUR, 18_000 EUR]}
    benefits: {support: [0 EUR, 46_000 EUR, 62_000 EUR, 68_000 EUR, 68_000 EUR]}
";

const TAGS: &str = "
  tags:
    name: Tags
    costs: {capital: 96_000 EUR, running: [0 EUR, 14_000 EUR, 14_000 EUR, 14_000 EUR, 14_000 EUR, 14_000 EUR]}
    benefits: {losses: [0 EUR, 24_000 EUR, 36_000 EUR, 38_000 EUR, 38_000 EUR, 38_000 EUR]}
  codes:
    name: Codes
    costs: {capital: 22_000 EUR}
    benefits: {losses: [0 EUR, 10_500 EUR, 10_500 EUR, 10_500 EUR, 10_500 EUR, 10_500 EUR]}
";

/// The figures of a case at 8 %.
fn figures(horizon: u32, options: &str) -> Vec<OptionFigures> {
    let case = format!("rate: 8%\nrate_reason: As published\nhorizon: {horizon}\noptions:{options}");
    let files = vec![
        ("project.yaml", "project: Demo\ncode: D\nstart: 2026-01-01\ncurrency: EUR\n"),
        ("plan.yaml", "execution:\n  work: {duration: 5d}\n"),
        ("business-case.yaml", case.as_str()),
    ];
    let report = pipeline::compute(&Folder::from_memory(files), Diagnostics::default(), &Options::default());
    report.projects.first().unwrap().control.case.clone().unwrap().options
}

fn cases() {
    let euros = |amount: milepost::quantity::Amount| number(amount.as_f64() / 100.0, 2);
    let ratio = |ratio: Option<milepost::quantity::Ratio>| number(ratio.unwrap().get(), 4);
    let all = figures(4, HOUSE);
    let house = all.first().unwrap();
    row("house NPV", &euros(house.npv), "20091.94");
    row("house IRR", &rates_in_words(&house.internal_rates, 4), "14.6545 %");
    row("house payback", &years(house.payback, 2), "2.96");
    row("house discounted payback", &years(house.discounted_payback, 2), "3.45");
    row("house PV of benefits", &euros(house.pv_benefits), "199710.22");
    row("house PV of costs", &euros(house.pv_costs), "179618.28");
    row("house BCR", &ratio(house.bcr), "1.1119");
    row("house ROI", &ratio(house.roi), "0.2708");
    row("house ROI, discounted", &ratio(house.discounted_roi), "0.1119");
    row("house PI", &ratio(house.profitability_index), "1.1674");
    row("house: benefits may fall by", &ratio(house.switching_benefits), "0.1006");
    row("house: investment may rise by", &ratio(house.switching_capex), "0.1674");
    for driver in &house.sensitivity {
        let npvs: Vec<String> =
            driver.npvs.iter().map(|(step, npv)| format!("{step:+}: {:.0}", npv.as_f64() / 100.0)).collect();
        row(&format!("house {:?}", driver.driver), &npvs.join(", "), "");
    }
    let all = figures(5, TAGS);
    let (tags, codes) = (all.first().unwrap(), all.get(1).unwrap());
    row("study that says no: NPV", &euros(tags.npv), "-14853");
    row("study that says no: IRR", &rates_in_words(&tags.internal_rates, 1), "2.5 %");
    row("study that says no: BCR", &ratio(tags.bcr), "0.902");
    row("study that says no: payback", &years(tags.payback, 2), "4.67");
    row("study that says no: discounted payback", &years(tags.discounted_payback, 2), "never");
    row("its option B: payback", &years(codes.payback, 3), "2.095");
}
