//! Discounted cash flow on plain series: present value, internal rates, payback.
//!
//! Flows are numbers in any one unit; the first belongs to year 0 and is not discounted. A rate of 0.08 is 8 % a year.

/// The rates at which a series is worth nothing.
#[derive(Clone, Debug, PartialEq)]
pub enum InternalRates {
    /// No rate: all flows have one sign, or the curve never touches zero.
    None,
    /// Exactly one; 0.2809 is 28.09 %. It may be negative.
    One(f64),
    /// Several, in rising order: none of them is an answer, use NPV.
    Several(Vec<f64>),
    /// Above 1000 %.
    TooHigh,
}

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

/// What dated flows are worth on the first date (XNPV): Σ flow ÷ (1 + rate)^(days ÷ 365).
///
/// Each flow stands with its days after the first one.
#[must_use]
pub fn dated_net_present_value(rate: f64, flows: &[(i32, f64)]) -> f64 {
    flows.iter().map(|(days, flow)| flow / (1.0 + rate).powf(f64::from(*days) / 365.0)).sum()
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

/// Rates are looked for between −99 % and 1000 %, where 1 ÷ (1 + rate) runs from 100 down to 1 ÷ 11.
const LOWEST_FACTOR: f64 = 1.0 / 11.0;
const HIGHEST_FACTOR: f64 = 100.0;

/// Finds every rate at which a series is worth nothing (IRR).
///
/// In x = 1 ÷ (1 + rate) the present value is a polynomial; all its roots are found through those of its
/// derivatives, so that a second rate is never overlooked.
/// −4 000, 25 000, −25 000 has two: 25 % and 400 %; 1 000, −3 000, 2 500 has none.
#[must_use]
pub fn internal_rates(flows: &[f64]) -> InternalRates {
    let has_both_signs = flows.iter().any(|flow| *flow > 0.0) && flows.iter().any(|flow| *flow < 0.0);
    if !has_both_signs {
        return InternalRates::None;
    }
    let mut rates: Vec<f64> =
        roots(flows, LOWEST_FACTOR, HIGHEST_FACTOR).into_iter().map(|factor| 1.0 / factor - 1.0).collect();
    rates.reverse();
    match rates.as_slice() {
        [] => {
            let at_once = flows.iter().copied().find(|flow| *flow != 0.0).unwrap_or(0.0);
            if at_once * polynomial(flows, LOWEST_FACTOR) < 0.0 {
                InternalRates::TooHigh
            } else {
                InternalRates::None
            }
        }
        [rate] => InternalRates::One(*rate),
        _ => InternalRates::Several(rates),
    }
}

/// Evaluates Σ coefficient × xⁿ.
fn polynomial(coefficients: &[f64], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, coefficient| sum * x + coefficient)
}

/// All roots between two bounds, in rising order: between neighbouring roots of the derivative there is at most one.
fn roots(coefficients: &[f64], low: f64, high: f64) -> Vec<f64> {
    if coefficients.len() < 2 || coefficients.iter().skip(1).all(|coefficient| *coefficient == 0.0) {
        return Vec::new();
    }
    let derivative: Vec<f64> =
        coefficients.iter().enumerate().skip(1).map(|(power, factor)| factor * power as f64).collect();
    let mut bounds = vec![low];
    bounds.extend(roots(&derivative, low, high));
    bounds.push(high);

    let mut found: Vec<f64> = Vec::new();
    for pair in bounds.windows(2) {
        let (left, right) = (pair[0], pair[1]);
        if touches_zero(coefficients, left) {
            found.push(left);
        } else if !touches_zero(coefficients, right)
            && polynomial(coefficients, left) * polynomial(coefficients, right) < 0.0
        {
            found.push(bisect(coefficients, left, right));
        }
    }
    if touches_zero(coefficients, high) {
        found.push(high);
    }
    found.dedup_by(|later, earlier| (*later - *earlier).abs() <= 1e-12 * earlier.abs());
    found
}

/// Says whether the value cannot be told from zero: the terms cancel to the last digits of a float.
fn touches_zero(coefficients: &[f64], x: f64) -> bool {
    let magnitudes: Vec<f64> = coefficients.iter().map(|coefficient| coefficient.abs()).collect();
    polynomial(coefficients, x).abs() <= 1e-14 * polynomial(&magnitudes, x)
}

/// The root between two points of different sign, to the last digit.
fn bisect(coefficients: &[f64], mut left: f64, mut right: f64) -> f64 {
    let is_rising = polynomial(coefficients, left) < 0.0;
    loop {
        let middle = f64::midpoint(left, right);
        if middle <= left || middle >= right {
            return middle;
        }
        if (polynomial(coefficients, middle) < 0.0) == is_rising {
            left = middle;
        } else {
            right = middle;
        }
    }
}

/// Modified internal rate (MIRR): (inflows carried to the last year ÷ outflows brought to year 0)^(1 ÷ years) − 1.
///
/// Outflows are discounted at `finance`, inflows grow at `reinvest`. Defined whenever both signs exist, so that it
/// speaks where several internal rates do not. None for flows of one sign or a single year.
#[must_use]
pub fn modified_internal_rate(flows: &[f64], finance: f64, reinvest: f64) -> Option<f64> {
    let last = i32::try_from(flows.len()).ok()? - 1;
    let inflows: Vec<f64> = flows.iter().map(|flow| flow.max(0.0)).collect();
    let outflows: Vec<f64> = flows.iter().map(|flow| (-flow).max(0.0)).collect();
    let future = net_present_value(reinvest, &inflows) * (1.0 + reinvest).powi(last);
    let present = net_present_value(finance, &outflows);
    (last > 0 && future > 0.0 && present > 0.0).then(|| (future / present).powf(1.0 / f64::from(last)) - 1.0)
}

/// When the cumulated series turns positive for good, the flow of a year taken as even within it.
///
/// Give discounted flows for discounted payback. −200, 50, 60, 70, 200 pays back after 3.10 years.
#[must_use]
pub fn payback(flows: impl IntoIterator<Item = f64>) -> CrossingYear {
    let mut cumulated = 0.0;
    let mut crossings = 0;
    let mut last = 0.0;
    for (year, flow) in flows.into_iter().enumerate() {
        let before: f64 = cumulated;
        cumulated += flow;
        if cumulated >= 0.0 && (year == 0 || before < 0.0) {
            crossings += 1;
            last = if year == 0 { 0.0 } else { (year - 1) as f64 - before / flow };
        }
    }
    match crossings {
        _ if cumulated < 0.0 => CrossingYear::Never,
        0 | 1 => CrossingYear::Year(last),
        _ => CrossingYear::LastOfSeveral(last),
    }
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn near(found: f64, expected: f64, digits: i32) {
        assert!((found - expected).abs() < 0.51 * 10f64.powi(-digits), "{found} is not {expected}");
    }

    #[track_caller]
    fn rate(flows: &[f64], percent: f64, digits: i32) {
        match internal_rates(flows) {
            InternalRates::One(rate) => near(rate * 100.0, percent, digits),
            other => panic!("{other:?}"),
        }
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
        let flows = [(0, -10_000.0), (60, 2_750.0), (303, 4_250.0), (411, 3_250.0), (456, 2_750.0)];
        near(dated_net_present_value(0.09, &flows), 2_086.647_602, 6);
        near(dated_net_present_value(0.373_362_533_5, &flows), 0.0, 4);
    }

    #[test]
    fn internal_rates_are_the_published_ones() {
        rate(&GITMAN, 28.094_842_115_996_11, 9);
        rate(&[-250_000.0, 100_000.0, 150_000.0, 200_000.0, 250_000.0, 300_000.0], 56.723_033_443_5, 9);
        rate(&[-100.0, 30.0, 35.0, 40.0, 45.0], 17.093_686_3, 7);
        rate(&[-123_400.0, 36_200.0, 54_800.0, 48_100.0], 5.961_637_857, 8);
        rate(&[-70_000.0, 12_000.0, 15_000.0, 18_000.0, 21_000.0, 26_000.0], 8.663_094_80, 8);
        rate(&[-70_000.0, 12_000.0, 15_000.0, 18_000.0, 21_000.0], -2.124_484_83, 8);
        rate(&[-120_000.0, 28_000.0, 44_000.0, 50_000.0, 50_000.0], 14.6545, 4);
    }

    #[test]
    fn several_none_and_absurd_rates_are_told_apart() {
        match internal_rates(&[-4_000.0, 25_000.0, -25_000.0]) {
            InternalRates::Several(rates) => {
                assert_eq!(rates.len(), 2);
                near(rates[0], 0.25, 12);
                near(rates[1], 4.0, 9);
            }
            other => panic!("{other:?}"),
        }
        assert_eq!(internal_rates(&[1_000.0, -3_000.0, 2_500.0]), InternalRates::None);
        assert_eq!(internal_rates(&[100.0, 20.0]), InternalRates::None);
        assert_eq!(internal_rates(&[-100.0]), InternalRates::None);
        assert_eq!(internal_rates(&[]), InternalRates::None);
        assert_eq!(internal_rates(&[-1.0, 20.0]), InternalRates::TooHigh);
        // A curve that touches zero without crossing it: (1 − 2x)² at x = ½ is a rate of 100 %.
        assert_eq!(internal_rates(&[1.0, -4.0, 4.0]), InternalRates::One(1.0));
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

        #[test]
        fn a_conventional_series_has_at_most_one_rate_and_it_zeroes_the_value(flows in conventional()) {
            match internal_rates(&flows) {
                InternalRates::One(rate) => {
                    let size: f64 = discounted(rate, &flows).map(f64::abs).sum();
                    prop_assert!(net_present_value(rate, &flows).abs() <= 1e-9 * size);
                }
                InternalRates::Several(rates) => prop_assert!(false, "{rates:?}"),
                InternalRates::None | InternalRates::TooHigh => {}
            }
        }
    }
}
