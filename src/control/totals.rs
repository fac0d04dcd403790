//! Whether what was spent comes to the same sum wherever it is added up.

use super::{Control, LedgerEffect, LedgerSource};
use crate::quantity::Amount;

/// What was spent, added up in each place in which it is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Actual cost (AC) of the project.
    pub actual: Amount,
    /// What the last row of the ledger up to the day has spent.
    pub ledger: Amount,
    /// Σ spent of the categories.
    pub categories: Amount,
    /// Σ actual cost of the stages and of what belongs to no task.
    pub work: Amount,
    /// Lines of `costs.csv` and months of hours behind the ledger's sum.
    pub n_rows: usize,
}

impl Totals {
    /// Adds up each place by itself.
    ///
    /// Invoices of 24 610 for one task and hours of 54 510 for others: 79 120 by ledger, by category and by stage.
    #[must_use]
    pub fn of(control: &Control) -> Self {
        let counts = |effect: LedgerEffect| !matches!(effect, LedgerEffect::Ahead | LedgerEffect::Expected);
        let is_booked = |source: LedgerSource, effect: LedgerEffect| {
            matches!(source, LedgerSource::Hours(_))
                || matches!(effect, LedgerEffect::Paid | LedgerEffect::Received { .. })
        };
        let rows = || control.ledger.rows.iter().filter(|row| row.date <= control.status_date);
        let rows = || rows().filter(|row| counts(row.effect));
        let top = control.work_breakdown.iter().filter(|package| package.depth == 0);
        Self {
            actual: control.total.actual,
            ledger: rows().next_back().map_or(Amount::ZERO, |row| row.spent),
            categories: control.spending.categories.iter().map(|category| category.spent).sum(),
            work: top.map(|package| package.value.actual).sum(),
            n_rows: rows().filter(|row| is_booked(row.source, row.effect)).count(),
        }
    }

    /// Whether all of them are the same sum.
    #[must_use]
    pub fn agree(&self) -> bool {
        [self.ledger, self.categories, self.work].iter().all(|sum| *sum == self.actual)
    }
}

impl Control {
    /// Whether anything of the project has a price or has cost anything: a rate or a cost in the plan, a budget that was frozen, or a
    /// booking. Where nothing has, amounts of single tasks would all be 0.00 and say nothing.
    ///
    /// A plan of durations and names alone: no. One rate of 80.00 on a person who works on one task: yes.
    #[must_use]
    pub fn keeps_money(&self) -> bool {
        *self.keeps_money.get_or_init(|| self.has_money())
    }

    fn has_money(&self) -> bool {
        let nothing = Amount::ZERO;
        self.total.budget != nothing
            || self.total.actual != nothing
            || !self.ledger.rows.is_empty()
            || self.tasks.iter().any(|task| task.budget != nothing || task.budget_now != nothing)
    }
}

#[cfg(test)]
mod tests {
    use super::super::golden::{STATUS_DATE, branch_network, euros, measured_on};
    use super::*;

    /// The sketch has spent 79 120 by 20 November, as section 3.3 of the golden case has it.
    #[test]
    fn ledger_categories_and_stages_come_to_actual_cost() {
        let control = measured_on(&branch_network().project, STATUS_DATE);
        let totals = Totals::of(&control);
        assert_eq!(
            [totals.actual, totals.ledger, totals.categories, totals.work],
            [euros(79_120); 4],
            "{totals:?}"
        );
        assert!(totals.agree() && totals.n_rows > 0);
        assert!(!Totals { ledger: euros(79_119), ..totals }.agree());
    }
}
