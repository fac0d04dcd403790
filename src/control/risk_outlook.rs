//! What the open risks may be expected to do: threats and opportunities apart.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::model::{Exposure, Registers};
use crate::quantity::{Amount, Id};

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

    /// What the open risks of a register do as they stand on a day: after response only where every action of it is done.
    ///
    /// So the runs of the schedule count them. The exposure takes every response as done.
    #[must_use]
    pub fn today(registers: &Registers, day: Date) -> Self {
        let open = registers.risks.iter().filter(|risk| risk.is_open(day));
        Self::of(open.map(|risk| registers.exposure_on(risk, day)))
    }

    /// What the open risks of a register will do on a day when what has been decided is done: after response, but as they stand
    /// where the response is still an option of an open decision.
    #[must_use]
    pub fn as_decided(registers: &Registers, day: Date) -> Self {
        let open = registers.risks.iter().filter(|risk| risk.is_open(day));
        Self::of(open.map(|risk| registers.exposure_as_decided(risk, day)))
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

/// How responses shall bring the open threats down from where they stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlannedReduction {
    /// The status date with what the threats cost as they stand, then each day on which a response is due with what they cost
    /// from then on; alone the first where no response is ahead, empty where none is open.
    pub steps: Vec<(Date, Amount)>,
    /// Risks whose response is open and has no day ahead: none is written, or it is past.
    pub undated: Vec<Id>,
}

impl PlannedReduction {
    /// Reads it from the register: a response is done on the last day on which one of its open actions is due.
    ///
    /// 70 % × 6 500 today, 30 % × 2 400 after a response that is due on 25 November: 4 550, from that day 720.
    #[must_use]
    pub fn of(registers: &Registers, day: Date) -> Self {
        let mut steps: BTreeMap<Date, Amount> = BTreeMap::new();
        let mut undated = Vec::new();
        let loss = |exposure: Exposure| exposure.expected_value().max(Amount::ZERO);
        for risk in registers.risks.iter().filter(|risk| risk.is_open(day)) {
            let (stands, left) = (registers.exposure_on(risk, day), risk.remaining());
            if stands == left {
                continue;
            }
            let own =
                registers.actions.iter().filter(|action| action.from.as_deref() == Some(risk.id.as_str()));
            let dues: Option<Vec<Date>> =
                own.filter(|action| action.is_open(day)).map(|action| action.due).collect();
            match dues.and_then(|dues| dues.into_iter().max()).filter(|due| *due >= day) {
                Some(due) => *steps.entry(due).or_default() += loss(left) - loss(stands),
                None => undated.push(risk.id.clone()),
            }
        }
        let mut level = RiskOutlook::today(registers, day).threats;
        let fall = steps.into_iter().map(|(due, change)| {
            level += change;
            (due, level)
        });
        let begin = RiskOutlook::today(registers, day).threats;
        let is_any = begin > Amount::ZERO;
        Self { steps: is_any.then_some((day, begin)).into_iter().chain(fall).collect(), undated }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::Percent;

    fn exposure(percent: i64, cost: i64) -> Exposure {
        Exposure {
            probability: Percent::from_hundredths(percent * 100),
            cost: euros(cost),
            ..Exposure::default()
        }
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
