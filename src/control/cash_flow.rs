//! Discounted cash flow on plain series: present value, payback, equal sums a year.
//!
//! Flows are numbers in any one unit; the first belongs to year 0 and is not discounted. A rate of 0.08 is 8 % a year.
//! The rates at which a series is worth nothing stand in `internal_rate`.

use jiff::civil::Date;

use super::payback::payback_over_time;

/// When a cumulated series turns positive for good.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CrossingYear {
    /// Not within the horizon.
    Never,
    /// In that year, counted from year 0 with its fraction: 2.96. Zero for a series that never was negative.
    Year(f64),
    /// It turned positive before and fell again; this is the last crossing.
    LastOfSeveral(f64),
}

/// What a series is worth on the day of year 0 (NPV): Σ flow ÷ (1 + rate)^year.
///
/// Zero for an empty series; a rate of −100 % or below gives infinities, callers stay above. The function of that
/// name in spreadsheets discounts the first flow too and is this ÷ (1 + rate).
/// 10 % of −10 000, 3 000, 4 200, 6 800 is 1 307.29.
#[must_use]
pub fn net_present_value(rate: f64, flows: &[f64]) -> f64 {
    discounted(rate, flows).sum()
}

/// A flow so many years after the day of year 0; the fraction counts days in years of 365.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flow {
    /// Years after the day of year 0; never negative.
    pub years: f64,
    /// How much, in any one unit.
    pub amount: f64,
}

/// A dated flow lies before the first: there is no day to discount it to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BeforeFirstDay {
    /// The first day.
    pub first: Date,
    /// The day that lies before it.
    pub day: Date,
}

/// The flows of a series by year: the first in year 0.
pub(super) fn yearly(flows: &[f64]) -> Vec<Flow> {
    flows.iter().enumerate().map(|(year, amount)| Flow { years: year as f64, amount: *amount }).collect()
}

/// Dated flows as years after the first of them, days ÷ 365.
///
/// # Errors
/// A day before the first; the first flow of the list gives the day of year 0.
pub fn dated(flows: &[(Date, f64)]) -> Result<Vec<Flow>, BeforeFirstDay> {
    let Some((first, _)) = flows.first().copied() else { return Ok(Vec::new()) };
    flows
        .iter()
        .map(|(day, amount)| {
            let years = years_between(first, *day);
            if years < 0.0 {
                return Err(BeforeFirstDay { first, day: *day });
            }
            Ok(Flow { years, amount: *amount })
        })
        .collect()
}

/// Years from one day to another: days ÷ 365, negative backwards.
pub(super) fn years_between(from: Date, to: Date) -> f64 {
    f64::from((to - from).get_days()) / 365.0
}

/// What flows at any time are worth on the day of year 0: Σ flow ÷ (1 + rate)^years; zero for none.
#[must_use]
pub fn present_value(rate: f64, flows: &[Flow]) -> f64 {
    flows.iter().map(|flow| flow.amount / (1.0 + rate).powf(flow.years)).sum()
}

/// What dated flows are worth on the first date (XNPV): Σ flow ÷ (1 + rate)^(days ÷ 365).
///
/// 9 % of −10 000 on 1 Jan 2008, 2 750 on 1 Mar, 4 250 on 30 Oct, 3 250 on 15 Feb 2009, 2 750 on 1 Apr is 2 086.65.
///
/// # Errors
/// A day before the first.
pub fn dated_net_present_value(rate: f64, flows: &[(Date, f64)]) -> Result<f64, BeforeFirstDay> {
    Ok(present_value(rate, &dated(flows)?))
}

/// What a present value is worth as an equal sum at the end of each of so many years (EAV):
/// NPV × rate ÷ (1 − (1 + rate)^−years); NPV ÷ years at a rate of zero, none for no year.
///
/// Compares options that last for different times: 1 000 at 10 % over 3 years is 402.11 a year.
#[must_use]
pub fn equivalent_annual_value(net_present_value: f64, rate: f64, years: u32) -> Option<f64> {
    if years == 0 {
        return None;
    }
    let annuity =
        if rate == 0.0 { f64::from(years) } else { (1.0 - (1.0 + rate).powf(-f64::from(years))) / rate };
    Some(net_present_value / annuity)
}

/// Each flow, discounted to year 0.
pub(super) fn discounted(rate: f64, flows: &[f64]) -> impl Iterator<Item = f64> {
    let factor = 1.0 / (1.0 + rate);
    let mut weight = 1.0;
    flows.iter().map(move |flow| {
        let present = flow * weight;
        weight *= factor;
        present
    })
}

/// Modified internal rate (MIRR): (inflows carried to the last year ÷ outflows brought to year 0)^(1 ÷ years) − 1.
///
/// Outflows are discounted at `finance`, inflows grow at `reinvest`. Defined whenever both signs exist, so that it
/// speaks where several internal rates do not. None for flows of one sign or a single year.
#[must_use]
pub fn modified_internal_rate(flows: &[f64], finance: f64, reinvest: f64) -> Option<f64> {
    let last = flows.len().checked_sub(1)?;
    modified_internal_rate_of(&yearly(flows), last as f64, finance, reinvest)
}

/// The same of flows at any time, the last of them or the horizon being so many years after the day of year 0. What comes and goes at one
/// time is one flow.
pub(super) fn modified_internal_rate_of(
    flows: &[Flow],
    last: f64,
    finance: f64,
    reinvest: f64,
) -> Option<f64> {
    let (mut future, mut present) = (0.0, 0.0);
    for flow in at_each_time(flows) {
        if flow.amount > 0.0 {
            future += flow.amount * (1.0 + reinvest).powf(last - flow.years);
        } else {
            present -= flow.amount / (1.0 + finance).powf(flow.years);
        }
    }
    (last > 0.0 && future > 0.0 && present > 0.0).then(|| (future / present).powf(1.0 / last) - 1.0)
}

/// Flows in the order of time, those of one time as one.
fn at_each_time(flows: &[Flow]) -> Vec<Flow> {
    let mut sorted = flows.to_vec();
    sorted.sort_by(|one, other| one.years.total_cmp(&other.years));
    sorted
        .chunk_by(|one, other| one.years.total_cmp(&other.years).is_eq())
        .map(|same| Flow { amount: same.iter().map(|flow| flow.amount).sum(), ..same[0] })
        .collect()
}

/// When the cumulated series turns positive for good, the flow of a year taken as even within it.
///
/// Give discounted flows for discounted payback. −200, 50, 60, 70, 200 pays back after 3.10 years.
#[must_use]
pub fn payback(flows: impl IntoIterator<Item = f64>) -> CrossingYear {
    payback_over_time(&flows.into_iter().collect::<Vec<f64>>(), &[])
}

impl CrossingYear {
    /// The year, where there is one.
    #[must_use]
    pub fn year(self) -> Option<f64> {
        match self {
            Self::Never => None,
            Self::Year(year) | Self::LastOfSeveral(year) => Some(year),
        }
    }
}

/// The published example of dated flows (XNPV, XIRR): a day and whole units of money, what is paid first.
#[cfg(test)]
pub(super) const PUBLISHED_DATED_FLOWS: [(&str, i32); 5] = [
    ("2008-01-01", -10_000),
    ("2008-03-01", 2_750),
    ("2008-10-30", 4_250),
    ("2009-02-15", 3_250),
    ("2009-04-01", 2_750),
];

/// The same as the functions of dated flows take them.
#[cfg(test)]
pub(super) fn published_dated_flows() -> [(Date, f64); 5] {
    PUBLISHED_DATED_FLOWS.map(|(day, amount)| (day.parse().unwrap(), f64::from(amount)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn near(found: f64, expected: f64, digits: i32) {
        assert!((found - expected).abs() < 0.51 * 10f64.powi(-digits), "{found} is not {expected}");
    }

    // The published series of the trade; the numbers are those of their sources.
    const GITMAN: [f64; 5] = [-100.0, 39.0, 59.0, 55.0, 20.0];
    const ROSS: [f64; 5] = [-200.0, 50.0, 60.0, 70.0, 200.0];

    #[test]
    fn present_values_are_the_published_ones() {
        near(net_present_value(0.281, &GITMAN), -0.008_478_591_638_454_8, 12);
        let flows = [-10_000.0, 3_000.0, 4_200.0, 6_800.0];
        near(net_present_value(0.10, &flows), 1_307.287_754, 6);
        near(net_present_value(0.10, &flows) / 1.1, 1_188.443_412, 6);
        near(net_present_value(0.10, &ROSS), 84.2360, 4);
        near(
            net_present_value(0.15, &[0.0, 2_600.0, 2_600.0, 2_600.0, 2_600.0, 2_600.0, 2_600.0]),
            9_839.66,
            2,
        );
        near(net_present_value(0.10, &[-4_000.0, 25_000.0, -25_000.0]), -1_933.88, 2);
        near(net_present_value(1.00, &[-4_000.0, 25_000.0, -25_000.0]), 2_250.0, 9);
        near(net_present_value(0.10, &[1_000.0, -3_000.0, 2_500.0]), 338.84, 2);
        near(net_present_value(0.0, &ROSS), 180.0, 9);
        near(net_present_value(0.1, &[]), 0.0, 9);
    }

    #[test]
    fn dated_present_value_counts_days_of_a_365_day_year() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let flows = published_dated_flows();
        near(dated_net_present_value(0.09, &flows).unwrap(), 2_086.647_602, 6);
        assert_eq!(dated_net_present_value(0.09, &[]), Ok(0.0));
        let (first, early) = (day("2008-01-01"), day("2007-12-31"));
        let wrong = [(first, -10.0), (early, 20.0)];
        assert_eq!(dated_net_present_value(0.09, &wrong), Err(BeforeFirstDay { first, day: early }));
    }

    /// Checked against `numpy_financial.pmt(0.1, 3, -1000)` and a plain sum.
    #[test]
    fn an_equal_sum_a_year_is_that_of_the_annuity() {
        near(equivalent_annual_value(1_000.0, 0.1, 3).unwrap(), 402.114_803_6, 6);
        near(equivalent_annual_value(900.0, 0.0, 3).unwrap(), 300.0, 9);
        assert_eq!(equivalent_annual_value(900.0, 0.1, 0), None);
    }

    #[test]
    fn modified_rate_is_the_published_one() {
        let flows = [-120_000.0, 39_000.0, 30_000.0, 21_000.0, 37_000.0, 46_000.0];
        near(modified_internal_rate(&flows, 0.10, 0.12).unwrap() * 100.0, 12.609_413_04, 8);
        assert_eq!(modified_internal_rate(&[1.0, 2.0], 0.1, 0.1), None);
        assert_eq!(modified_internal_rate(&[], 0.1, 0.1), None);
    }

    #[test]
    fn payback_is_the_published_one() {
        near(payback(ROSS).year().unwrap(), 3.10, 9);
        near(payback(discounted(0.10, &ROSS)).year().unwrap(), 3.383, 3);
        let rest = [2_800.0, 3_700.0, 5_100.0, 4_300.0];
        for (investment, expected) in [(5_200.0, 1.964), (5_400.0, 2.028), (10_400.0, 3.650)] {
            let flows = [&[-investment], rest.as_slice()].concat();
            near(payback(discounted(0.14, &flows)).year().unwrap(), expected, 3);
        }
        let never = [-10_000.0, 2_600.0, 2_600.0, 2_600.0, 2_600.0, 2_600.0, 2_600.0];
        assert_eq!(payback(discounted(0.15, &never)), CrossingYear::Never);
        near(payback(never).year().unwrap(), 3.846, 3);
        assert_eq!(payback([-10.0, 20.0, -15.0, 10.0]), CrossingYear::LastOfSeveral(2.5));
        assert_eq!(payback([-10.0, 20.0, -15.0]), CrossingYear::Never);
        assert_eq!(payback([5.0, 5.0]), CrossingYear::Year(0.0));
    }

    fn conventional() -> impl Strategy<Value = Vec<f64>> {
        (1.0..100_000.0, prop::collection::vec(0.0..50_000.0, 1..12))
            .prop_map(|(investment, inflows): (f64, Vec<f64>)| [vec![-investment], inflows].concat())
    }

    proptest! {
        #[test]
        fn a_higher_rate_never_raises_the_value(flows in conventional(), rate in 0.0..1.0, step in 0.0..0.5) {
            prop_assert!(net_present_value(rate + step, &flows) <= net_present_value(rate, &flows) + 1e-9);
        }

        #[test]
        fn discounting_never_shortens_payback(flows in conventional(), rate in 0.0..0.5) {
            let plain = payback(flows.iter().copied()).year().unwrap_or(f64::INFINITY);
            let present = payback(discounted(rate, &flows)).year().unwrap_or(f64::INFINITY);
            prop_assert!(present >= plain - 1e-9);
        }
    }
}
