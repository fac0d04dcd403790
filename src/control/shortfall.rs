//! A change that asks more of a reserve than the reserve holds.

use super::Spending;
use crate::format::money_with_currency;
use crate::model::{Change, ReserveKind};
use crate::quantity::{Amount, Currency};

/// What a reserve lacks for a change that waits for approval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shortfall {
    /// The reserve that the change names.
    pub from: ReserveKind,
    /// What the change costs.
    pub asked: Amount,
    /// What the reserve holds; zero or above.
    pub left: Amount,
    /// What is left of the management reserve, where the change asks the contingency; zero or above.
    pub management_reserve: Amount,
}

impl Shortfall {
    /// Compares what a change costs with what is left of the reserve that shall pay it; none where that suffices, where it names
    /// no reserve or no cost, and once it is decided: then it is drawn.
    ///
    /// 53 465 asked of a contingency that holds 40 405: 13 060 are missing.
    #[must_use]
    pub fn of(change: &Change, spending: &Spending, day: jiff::civil::Date) -> Option<Self> {
        let from = ReserveKind::from_key(change.pay_from.as_deref()?)?;
        let asked = change.cost.filter(|_| change.is_waiting(day))?;
        let left = |reserve: &super::Reserve| reserve.remaining.max(Amount::ZERO);
        let management_reserve = left(&spending.management_reserve);
        let (left, management_reserve) = match from {
            ReserveKind::Contingency => (left(&spending.contingency), management_reserve),
            ReserveKind::ManagementReserve => (management_reserve, Amount::ZERO),
        };
        (asked > left).then_some(Self { from, asked, left, management_reserve })
    }

    /// What is missing; above zero.
    #[must_use]
    pub fn missing(&self) -> Amount {
        self.asked - self.left
    }

    /// What is missing and who must give it, to follow the name of the change and a colon.
    #[must_use]
    pub fn words(&self, currency: Currency) -> String {
        let money = |amount| money_with_currency(amount, currency);
        let reserve = match self.from {
            ReserveKind::Contingency => "contingency",
            ReserveKind::ManagementReserve => "management reserve",
        };
        let missing = self.missing();
        let giver = match self.management_reserve {
            Amount::ZERO => "which the sponsor must find beyond all reserves".to_owned(),
            held if held >= missing => {
                format!(
                    "which only the sponsor or the steering board can give, from the management reserve of {}",
                    money(held)
                )
            }
            held => format!(
                "of which the sponsor can give {} from the management reserve and must find {} beyond all reserves",
                money(held),
                money(missing - held)
            ),
        };
        format!(
            "{} are asked of the {reserve}, which holds {}; {} are missing, {giver}",
            money(self.asked),
            money(self.left),
            money(missing)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(left: i64, management_reserve: i64) -> String {
        let euros = |whole: i64| Amount(whole * 100);
        let shortfall = Shortfall {
            from: ReserveKind::Contingency,
            asked: euros(53_465),
            left: euros(left),
            management_reserve: euros(management_reserve),
        };
        assert_eq!(shortfall.missing(), euros(53_465 - left));
        shortfall.words("EUR".parse().unwrap()).replace(['\u{202f}', '\u{a0}'], " ")
    }

    #[test]
    fn what_is_missing_and_who_must_give_it_is_said() {
        assert_eq!(
            told(40_405, 25_000),
            "53 465 EUR are asked of the contingency, which holds 40 405 EUR; 13 060 EUR are missing, which only the sponsor \
             or the steering board can give, from the management reserve of 25 000 EUR"
        );
        assert!(told(40_405, 3_060).ends_with(
            "of which the sponsor can give 3 060 EUR from the management reserve and must find 10 000 EUR beyond all reserves"
        ));
        assert!(
            told(0, 0).ends_with("53 465 EUR are missing, which the sponsor must find beyond all reserves")
        );
    }
}
