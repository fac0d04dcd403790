//! What a task cost beyond its earned value: by price and by hours, and what of it was granted.

use super::bridge::BridgeSource;
use super::task_budget::{TaskBudget, apportion};
use crate::model::TaskNo;
use crate::quantity::{Amount, Effort, Fraction};

/// What a task cost beyond its earned value, in the parts that are told apart. Their sum is that difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Overrun {
    /// Money and rates: cost, and what it was to be.
    pub price: (Amount, Amount),
    /// Hours at the planned rate: booked, and earned.
    pub usage: (Amount, Amount),
}

impl Overrun {
    /// Takes labour cost, the booked hours at the planned rate, other cost, and the earned value of both kinds.
    fn of(
        labour: Amount,
        standard: Amount,
        other: Amount,
        (earned_labour, earned_other): (Amount, Amount),
    ) -> Self {
        Self { price: (other + labour, earned_other + standard), usage: (standard, earned_labour) }
    }

    pub fn price(self) -> Amount {
        self.price.0 - self.price.1
    }

    pub fn usage(self) -> Amount {
        self.usage.0 - self.usage.1
    }

    pub fn total(self) -> Amount {
        self.price() + self.usage()
    }
}

/// What of an overrun a grant pays for: as much as there is of both, never more, and nothing where they point to
/// different sides.
pub(super) fn taken(overrun: Amount, grant: Amount) -> Amount {
    if overrun > Amount::ZERO {
        grant.clamp(Amount::ZERO, overrun)
    } else {
        grant.clamp(overrun, Amount::ZERO)
    }
}

/// The same, first from prices and then from hours, so that neither changes its side.
pub(super) fn shared(overrun: Overrun, granted: Amount) -> (Amount, Amount) {
    let price = taken(overrun.price(), granted);
    (overrun.price() - price, overrun.usage() - (granted - price))
}

/// Divides what a task cost and earned into labour and other money, as its plan is made of them.
pub(super) fn overrun_of(source: &BridgeSource, number: TaskNo, earned: Amount) -> Overrun {
    let place = number.0 as usize;
    let (value, planned) = (&source.values[place], &source.budgets[place]);
    let other: Amount = planned.other.iter().map(|(_, amount)| *amount).sum();
    let weights = [planned.labour.0.max(0), other.0.max(0)];
    let parts = apportion(earned.0, &weights);
    let earned = match parts.as_slice() {
        [labour, other] => (Amount(*labour), Amount(*other)),
        _ => (earned, Amount::ZERO),
    };
    let others = Effort::from_minutes(value.actual_effort.minutes() - value.named_effort.minutes());
    // Hours that the plan has no price for are all a matter of hours.
    let standard = mean_price(planned, others).map_or(value.labour_cost, |price| value.named_cost + price);
    Overrun::of(value.labour_cost, standard, value.other_cost, earned)
}

/// What the hours of people whom the plan does not name would cost at its mean rate; those of whom it names are priced at their own. None
/// where the plan has no price for hours.
///
/// 10 h at 100 and 10 h at 50 were planned. 15 h and 5 h of the same people are 1 750 at planned rates: 250 more than the plan by hours,
/// nothing by price. Where somebody else books the 5 h at 60, they are 375 at the mean of 75.
fn mean_price(planned: &TaskBudget, others: Effort) -> Option<Amount> {
    let is_priced = planned.effort.minutes() > 0 && planned.labour > Amount::ZERO;
    is_priced.then(|| planned.labour.share(Fraction::new(others.minutes(), planned.effort.minutes())))
}

/// What a purchase cost that is finished and earns nothing until it is accepted, up to its budget: it is not dearer for that.
pub(super) fn not_accepted(source: &BridgeSource, number: TaskNo) -> Amount {
    let value = &source.values[number.0 as usize];
    let waits = source.standing.is_finished(number) && source.standing.waits_for_acceptance(number);
    let left = value.budget - value.earned_value;
    if waits && value.is_in_reference { value.actual_cost.min(left).max(Amount::ZERO) } else { Amount::ZERO }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_dearer_hour_is_price_and_an_hour_more_is_usage() {
        // 10 hours at 50 planned; 12 hours at 55 booked, all earned: 2 × 50 of usage, 12 × 5 of price.
        let overrun = Overrun::of(Amount(660), Amount(600), Amount::ZERO, (Amount(500), Amount::ZERO));
        assert_eq!((overrun.price(), overrun.usage()), (Amount(60), Amount(100)));
    }

    #[test]
    fn whom_the_plan_does_not_name_works_at_its_mean_rate() {
        let hours = |hours: i64| Effort::from_minutes(hours * 60);
        let planned = TaskBudget { effort: hours(20), labour: Amount(1_500), other: Vec::new() };
        assert_eq!(mean_price(&planned, hours(5)), Some(Amount(375)));
        assert_eq!(mean_price(&planned, Effort::ZERO), Some(Amount::ZERO));
        assert_eq!(mean_price(&TaskBudget::default(), hours(5)), None);
    }

    proptest! {
        /// However a grant is shared, nothing is lost and nothing is taken twice.
        #[test]
        fn shares_of_an_overrun_add_up(
            labour in -9_000i64..9_000, standard in -9_000i64..9_000, other in -9_000i64..9_000,
            earned in (-9_000i64..9_000, -9_000i64..9_000), grant in -20_000i64..20_000,
        ) {
            let overrun = Overrun::of(
                Amount(labour), Amount(standard), Amount(other), (Amount(earned.0), Amount(earned.1)),
            );
            prop_assert_eq!(overrun.total().0, labour + other - earned.0 - earned.1);
            let granted = taken(overrun.total(), Amount(grant));
            prop_assert!(granted.0.abs() <= overrun.total().0.abs().min(grant.abs()));
            let (price, usage) = shared(overrun, granted);
            prop_assert_eq!(price + usage + granted, overrun.total());
        }
    }
}
