//! What the open risks may be expected to do: threats and opportunities apart.

use crate::model::Exposure;
use crate::quantity::Amount;

/// What threats may be expected to cost and opportunities to bring; neither is below zero.
///
/// They are kept apart, because a gain that may come pays for no loss that may come: the contingency must cover the threats.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RiskOutlook {
    /// Expected cost of the threats: Σ probability × cost.
    pub threats: Amount,
    /// Expected gain from the opportunities: Σ probability × gain.
    pub opportunities: Amount,
}

impl RiskOutlook {
    /// Sums exposures apart by what they do; zero twice for none.
    ///
    /// 40 % × 30 000 + 20 % × 55 000 + 10 % × 80 000 and 30 % × −12 000: threats 31 000, opportunities 3 600.
    #[must_use]
    pub fn of(exposures: impl IntoIterator<Item = Exposure>) -> Self {
        let mut outlook = Self::default();
        for exposure in exposures {
            let expected = exposure.expected_value();
            if expected < Amount::ZERO {
                outlook.opportunities += Amount::ZERO - expected;
            } else {
                outlook.threats += expected;
            }
        }
        outlook
    }

    /// The expected monetary value of all together: threats less opportunities; negative where more is to be gained than
    /// lost.
    ///
    /// 31 000 − 3 600 = 27 400.
    #[must_use]
    pub fn expected_value(self) -> Amount {
        self.threats - self.opportunities
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::Percent;

    fn exposure(percent: i64, cost: i64) -> Exposure {
        Exposure { probability: Percent::from_hundredths(percent * 100), cost: euros(cost), time: 0 }
    }

    fn euros(whole: i64) -> Amount {
        Amount(whole * 100)
    }

    /// The worked vector of expected monetary value that books on risk print: 27 400.
    #[test]
    fn expected_monetary_value_is_the_known_one() {
        let all = [exposure(40, 30_000), exposure(20, 55_000), exposure(10, 80_000), exposure(30, -12_000)];
        let outlook = RiskOutlook::of(all);
        assert_eq!(outlook.expected_value(), euros(27_400));
        assert_eq!((outlook.threats, outlook.opportunities), (euros(31_000), euros(3_600)));
        assert_eq!(RiskOutlook::of([]), RiskOutlook::default());
    }

    #[test]
    fn a_gain_that_may_come_pays_for_no_loss() {
        let outlook = RiskOutlook::of([exposure(50, 20_000), exposure(50, -20_000)]);
        assert_eq!((outlook.threats, outlook.expected_value()), (euros(10_000), Amount::ZERO));
    }
}
