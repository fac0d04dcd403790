//! The rates at which a series of flows is worth nothing (IRR): all of them, or honestly none.

use jiff::civil::Date;

use super::cash_flow::{BeforeFirstDay, Flow, dated, yearly};

/// The rates at which a series is worth nothing.
#[derive(Clone, Debug, PartialEq)]
pub enum InternalRates {
    /// No rate: all flows have one sign, or the curve never touches zero.
    None,
    /// Exactly one; 0.2809 is 28.09 %. It may be negative.
    One(f64),
    /// Several, in rising order, some of them perhaps absurd: none of them is an answer, use NPV.
    Several(Vec<f64>),
    /// Exactly one, above 1000 %.
    TooHigh,
}

/// Above this a rate says no more than that the investment is tiny: 10 is 1000 %.
pub const HIGHEST_RATE: f64 = 10.0;

/// Rates are looked for between nearly −100 % and far beyond a million percent: as 1 ÷ (1 + rate).
const LOWEST_FACTOR: f64 = 1e-8;
const HIGHEST_FACTOR: f64 = 1e8;

/// Finds every rate at which a series by year is worth nothing (IRR).
///
/// −4 000, 25 000, −25 000 has two: 25 % and 400 %; 1 000, −3 000, 2 500 has none.
#[must_use]
pub fn internal_rates(flows: &[f64]) -> InternalRates {
    internal_rates_of(&yearly(flows))
}

/// The same for dated flows (XIRR), days counted in years of 365 from the first.
///
/// −10 000 on 1 Jan 2008, 2 750 on 1 Mar, 4 250 on 30 Oct, 3 250 on 15 Feb 2009, 2 750 on 1 Apr: 37.336 %.
///
/// # Errors
/// A day before the first.
pub fn dated_internal_rates(flows: &[(Date, f64)]) -> Result<InternalRates, BeforeFirstDay> {
    Ok(internal_rates_of(&dated(flows)?))
}

/// The same for flows at any time.
///
/// In x = 1 ÷ (1 + rate) the present value is Σ flow × x^years. All its roots are found through those of its derivatives,
/// so that a second rate is never overlooked: between neighbouring roots of the derivative there is at most one. The
/// number of roots is at most the number of sign changes (Descartes, who holds for broken powers too).
#[must_use]
pub fn internal_rates_of(flows: &[Flow]) -> InternalRates {
    let curve = Curve::of(flows);
    let has_both_signs = curve.has(|factor| factor > 0.0) && curve.has(|factor| factor < 0.0);
    if !has_both_signs {
        return InternalRates::None;
    }
    let mut rates: Vec<f64> = curve.roots().into_iter().map(|factor| 1.0 / factor - 1.0).collect();
    rates.reverse();
    match rates.as_slice() {
        [] => InternalRates::None,
        [rate] if *rate > HIGHEST_RATE => InternalRates::TooHigh,
        [rate] => InternalRates::One(*rate),
        _ => InternalRates::Several(rates),
    }
}

/// Σ factor × x^power, powers rising from zero, no factor zero.
#[derive(Clone, Debug, Default)]
struct Curve {
    terms: Vec<(f64, f64)>,
}

impl Curve {
    /// Sums what falls on one time, and counts time from the first flow: that moves no root.
    fn of(flows: &[Flow]) -> Self {
        let mut terms: Vec<(f64, f64)> = flows.iter().map(|flow| (flow.years, flow.amount)).collect();
        terms.sort_by(|one, other| one.0.total_cmp(&other.0));
        terms.dedup_by(|later, first| {
            let is_same = (later.0 - first.0).abs() < 1e-9;
            if is_same {
                first.1 += later.1;
            }
            is_same
        });
        Self::from_terms(terms)
    }

    fn from_terms(mut terms: Vec<(f64, f64)>) -> Self {
        terms.retain(|(_, factor)| *factor != 0.0);
        let first = terms.first().map_or(0.0, |(power, _)| *power);
        for (power, _) in &mut terms {
            *power -= first;
        }
        Self { terms }
    }

    fn has(&self, is_wanted: fn(f64) -> bool) -> bool {
        self.terms.iter().any(|(_, factor)| is_wanted(*factor))
    }

    /// The derivative, divided by a power of x that moves no root above zero.
    fn derivative(&self) -> Self {
        Self::from_terms(self.terms.iter().map(|(power, factor)| (*power, factor * power)).collect())
    }

    fn at(&self, x: f64) -> f64 {
        self.terms.iter().map(|(power, factor)| factor * x.powf(*power)).sum()
    }

    /// Says whether the value cannot be told from zero: the terms cancel to the last digits of a float.
    fn touches_zero(&self, x: f64) -> bool {
        let size: f64 = self.terms.iter().map(|(power, factor)| (factor * x.powf(*power)).abs()).sum();
        self.at(x).abs() <= 1e-14 * size
    }

    /// All roots, in rising order.
    fn roots(&self) -> Vec<f64> {
        if self.terms.len() < 2 {
            return Vec::new();
        }
        let mut bounds = vec![LOWEST_FACTOR];
        bounds.extend(self.derivative().roots());
        bounds.push(HIGHEST_FACTOR);

        let mut found: Vec<f64> = Vec::new();
        for (left, right) in bounds.iter().copied().zip(bounds.iter().copied().skip(1)) {
            if self.touches_zero(left) {
                found.push(left);
            } else if !self.touches_zero(right) && self.at(left) * self.at(right) < 0.0 {
                found.push(self.bisect(left, right));
            }
        }
        found.dedup_by(|later, earlier| (*later - *earlier).abs() <= 1e-9 * earlier.abs());
        found
    }

    /// The root between two points of different sign, to the last digit.
    fn bisect(&self, mut left: f64, mut right: f64) -> f64 {
        let is_rising = self.at(left) < 0.0;
        loop {
            let middle = f64::midpoint(left, right);
            let value = self.at(middle);
            if middle <= left || middle >= right || value == 0.0 {
                return middle;
            }
            if (value < 0.0) == is_rising {
                left = middle;
            } else {
                right = middle;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::control::cash_flow::{discounted, net_present_value, present_value, published_dated_flows};

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

    #[track_caller]
    fn several(flows: &[f64]) -> Vec<f64> {
        match internal_rates(flows) {
            InternalRates::Several(rates) => rates,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn internal_rates_are_the_published_ones() {
        rate(&[-100.0, 39.0, 59.0, 55.0, 20.0], 28.094_842_115_996_11, 9);
        rate(&[-250_000.0, 100_000.0, 150_000.0, 200_000.0, 250_000.0, 300_000.0], 56.723_033_443_5, 9);
        rate(&[-100.0, 30.0, 35.0, 40.0, 45.0], 17.093_686_3, 7);
        rate(&[-123_400.0, 36_200.0, 54_800.0, 48_100.0], 5.961_637_857, 8);
        rate(&[-70_000.0, 12_000.0, 15_000.0, 18_000.0, 21_000.0, 26_000.0], 8.663_094_80, 8);
        rate(&[-70_000.0, 12_000.0, 15_000.0, 18_000.0, 21_000.0], -2.124_484_83, 8);
        rate(&[-120_000.0, 28_000.0, 44_000.0, 50_000.0, 50_000.0], 14.6545, 4);
    }

    #[test]
    fn the_dated_rate_is_the_published_one() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let flows = published_dated_flows();
        match dated_internal_rates(&flows).unwrap() {
            InternalRates::One(rate) => near(rate * 100.0, 37.336_253_35, 7),
            other => panic!("{other:?}"),
        }
        assert!(dated_internal_rates(&[(day("2008-01-02"), 1.0), (day("2008-01-01"), -1.0)]).is_err());
        assert_eq!(dated_internal_rates(&[]), Ok(InternalRates::None));
    }

    #[test]
    fn several_none_and_absurd_rates_are_told_apart() {
        let rates = several(&[-4_000.0, 25_000.0, -25_000.0]);
        assert_eq!(rates.len(), 2);
        near(rates[0], 0.25, 12);
        near(rates[1], 4.0, 9);
        assert_eq!(internal_rates(&[1_000.0, -3_000.0, 2_500.0]), InternalRates::None);
        assert_eq!(internal_rates(&[100.0, 20.0]), InternalRates::None);
        assert_eq!(internal_rates(&[-100.0]), InternalRates::None);
        assert_eq!(internal_rates(&[]), InternalRates::None);
        assert_eq!(internal_rates(&[-1.0, 20.0]), InternalRates::TooHigh);
        // A curve that touches zero without crossing it: (1 − 2x)² at x = ½ is a rate of 100 %.
        match internal_rates(&[1.0, -4.0, 4.0]) {
            InternalRates::One(rate) => near(rate, 1.0, 9),
            other => panic!("{other:?}"),
        }
    }

    /// (1 − 1.1x)(1 − 21x) has the roots 10 % and 2000 %: that one of them is absurd does not make the other true.
    #[test]
    fn a_second_rate_beyond_1000_percent_is_not_overlooked() {
        let rates = several(&[-100.0, 2_210.0, -2_310.0]);
        assert_eq!(rates.len(), 2);
        near(rates[0], 0.10, 9);
        near(rates[1], 20.0, 6);
    }

    /// −100 + 0.5x has its root at x = 200, a rate of −99.5 %.
    #[test]
    fn a_rate_below_minus_99_percent_is_found() {
        rate(&[-100.0, 0.5], -99.5, 6);
    }

    /// The curve of 1 000, −3 000, 2 500 never meets zero: at 66.7 % it comes nearest, at 100.
    #[test]
    fn where_there_is_no_rate_the_least_value_is_the_known_one() {
        let flows = [1_000.0, -3_000.0, 2_500.0];
        let values = (0..20_000).map(|step| f64::from(step) / 10_000.0);
        let least = values.min_by(|one, other| {
            net_present_value(*one, &flows).total_cmp(&net_present_value(*other, &flows))
        });
        near(least.unwrap(), 0.666_7, 4);
        near(net_present_value(least.unwrap(), &flows), 100.0, 2);
    }

    fn conventional() -> impl Strategy<Value = Vec<f64>> {
        (1.0..100_000.0, prop::collection::vec(0.0..50_000.0, 1..12))
            .prop_map(|(investment, inflows): (f64, Vec<f64>)| [vec![-investment], inflows].concat())
    }

    fn sign_changes(flows: &[f64]) -> usize {
        let signs: Vec<bool> = flows.iter().filter(|flow| **flow != 0.0).map(|flow| *flow > 0.0).collect();
        signs.windows(2).filter(|pair| pair[0] != pair[1]).count()
    }

    proptest! {
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

        #[test]
        fn there_are_no_more_rates_than_changes_of_sign(
            flows in prop::collection::vec(-1_000.0..1_000.0, 2..9), days in prop::collection::vec(1_i32..400, 9),
        ) {
            let mut years = 0.0;
            let timed: Vec<Flow> = flows.iter().zip(days).map(|(amount, step)| {
                years += f64::from(step) / 365.0;
                Flow { years, amount: *amount }
            }).collect();
            for (timed, rates) in [(yearly(&flows), internal_rates(&flows)), (timed.clone(), internal_rates_of(&timed))] {
                let found = match rates {
                    InternalRates::Several(rates) => rates,
                    InternalRates::One(rate) => vec![rate],
                    InternalRates::None | InternalRates::TooHigh => Vec::new(),
                };
                prop_assert!(found.len() <= sign_changes(&flows));
                for rate in found {
                    let size: Vec<Flow> =
                        timed.iter().map(|flow| Flow { amount: flow.amount.abs(), ..*flow }).collect();
                    prop_assert!(present_value(rate, &timed).abs() <= 1e-9 * present_value(rate, &size));
                }
            }
        }
    }
}
