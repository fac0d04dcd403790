//! Samples of the charts of the business case, and what these charts say.

use super::cash_line::{self, CashLine, CashLineInput};
use super::option_bars::{self, OptionBar, OptionBarsInput};
use super::tests::samples::figure;
use super::tornado::{self, TornadoBar, TornadoInput};
use crate::control::CrossingYear;

/// The house example of the business case.
pub(super) fn sample_tornado() -> TornadoInput {
    let bar = |name: &str, worse: Option<(&str, f64)>, better: Option<(&str, f64)>| TornadoBar {
        name: name.to_owned(),
        worse: worse.map(|(step, npv)| figure(step, npv)),
        better: better.map(|(step, npv)| figure(step, npv)),
    };
    TornadoInput {
        id_prefix: "t".to_owned(),
        title: "What would turn the case".to_owned(),
        unit: "EUR".to_owned(),
        base: figure("", 20_092.0),
        bars: vec![
            bar("All benefits", Some(("−20 %", -19_850.0)), Some(("+20 %", 60_034.0))),
            bar("Benefits come later", Some(("+1 year", -40_981.0)), None),
            bar("Costs of year 0", Some(("+20 %", -3_908.0)), Some(("−20 %", 44_092.0))),
            bar("Costs of later years", Some(("+20 %", 8_168.0)), Some(("−20 %", 32_016.0))),
            bar("Discount rate", Some(("+2 points", 13_535.0)), Some(("−2 points", 27_161.0))),
            bar("All against it at once", Some(("", -107_635.0)), None),
            bar("All for it at once", None, Some(("", 105_541.0))),
        ],
    }
}

fn cash(name: &str, is_approved: bool, sums: &[f64], crossing: CrossingYear) -> CashLine {
    let sums = sums.iter().map(|sum| figure("", *sum)).collect();
    CashLine { name: name.to_owned(), is_approved, sums, crossing }
}

/// Late by a year and dearer, beside what was approved.
pub(super) fn sample_cash() -> CashLineInput {
    let approved = [-120_000.0, -94_074.0, -56_351.0, -16_660.0, 20_092.0];
    let now = [-125_000.0, -141_667.0, -110_802.0, -75_876.0, -42_800.0];
    CashLineInput {
        id_prefix: "c".to_owned(),
        title: "Money back, discounted".to_owned(),
        unit: "EUR".to_owned(),
        lines: vec![
            cash("As approved", true, &approved, CrossingYear::Year(3.45)),
            cash("Now", false, &now, CrossingYear::Never),
        ],
    }
}

/// A case that gains, one that does nothing, and one with a long name that loses.
pub(super) fn sample_options() -> OptionBarsInput {
    let row = |name: &str, is_preferred: bool, [benefits, costs]: [f64; 2]| OptionBar {
        name: name.to_owned(),
        is_preferred,
        benefits: figure("", benefits),
        costs: figure("", costs),
        net: figure("", benefits - costs),
    };
    OptionBarsInput {
        id_prefix: "o".to_owned(),
        title: "Options in present value".to_owned(),
        unit: "EUR".to_owned(),
        rows: vec![
            row("Replace all switches in one project", true, [199_710.0, 179_618.0]),
            row("Do nothing", false, [0.0, 0.0]),
            row(
                "Tags on everything that anybody ever borrowed from the stores",
                false,
                [137_046.0, 151_898.0],
            ),
        ],
    }
}

#[test]
fn the_charts_of_the_case_say_what_they_show() {
    assert_eq!(
        tornado::draw(&sample_tornado()).sentence,
        "Each of these alone makes the case lose money: all benefits (−20 %), benefits come later (+1 year) and costs of year 0 (+20 %)."
    );
    assert_eq!(
        cash_line::draw(&sample_cash()).sentence.replace('\u{a0}', " "),
        "Back in present value: never within 4 years; as approved, after 3.45 years."
    );
    let several = cash("As typed", false, &[-10.0, 10.0, -5.0, 5.0], CrossingYear::LastOfSeveral(2.5));
    assert_eq!(
        cash_line::draw(&CashLineInput { lines: vec![several], ..sample_cash() }).sentence,
        "Back in present value: after 2.50 years, the last of several crossings."
    );
    assert!(
        option_bars::draw(&sample_options())
            .sentence
            .starts_with("“Replace all switches in one project” is worth most")
    );
}
