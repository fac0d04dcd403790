//! Money: by category, in reserves, in orders that are signed but not yet received.

use jiff::civil::Date;

use crate::model::TaskNo;
use crate::quantity::Amount;

/// Where the money is as of the status date.
#[derive(Clone, Debug)]
pub struct Spending {
    /// One row for each category: those of `budget.yaml` in its order, then others as they occur.
    pub categories: Vec<CategorySpending>,
    /// The exact sum of the rows.
    pub total: CategorySpending,
    /// For known risks; the project manager may use it.
    pub contingency: Reserve,
    /// For unknowns; only the sponsor may release it.
    pub management_reserve: Reserve,
    /// Sum of all funding sources.
    pub funding: Amount,
    /// Money released by the last gate passed that states a sum.
    pub authorised: Option<Amount>,
    /// Until when the newest report says that actual cost is complete.
    pub actuals_to: Option<Date>,
    /// Orders signed and not yet received in full, in the order of the ledger.
    pub open_orders: Vec<OpenOrder>,
}

/// Money of a category.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CategorySpending {
    /// The category; empty for the total.
    pub name: String,
    /// Budget from the reference: tasks and budget lines.
    pub budget: Amount,
    /// Invoiced or paid; in the labour category also booked hours × rates.
    pub actual: Amount,
    /// Received and not yet invoiced.
    pub accrual: Amount,
    /// Ordered and not yet received.
    pub open_commitment: Amount,
    /// Spent: actual + accrual.
    pub spent: Amount,
    /// Still to spend if the work that is left costs what was budgeted: budget − earned value of the category.
    pub estimate_to_complete: Amount,
    /// spent + `estimate_to_complete`. The total row is thereby the one-off estimate (EAC₁) of earned value.
    pub estimate_at_completion: Amount,
    /// budget − `estimate_at_completion`; negative is over budget.
    pub variance: Amount,
    /// Expected by the ledger after the status date (`forecast` lines); for comparison, in no sum.
    pub expected: Amount,
}

/// Money held back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reserve {
    /// Granted in `budget.yaml`.
    pub granted: Amount,
    /// Drawn by approved changes that say `pay_from` this reserve.
    pub drawn: Amount,
    /// granted − drawn.
    pub remaining: Amount,
    /// What the headline estimate would take: for contingency EAC − BAC where positive, for the management reserve
    /// what goes beyond the remaining contingency.
    pub forecast_use: Amount,
}

/// An order that is not yet received in full.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenOrder {
    /// When it was signed.
    pub date: Date,
    /// The order number.
    pub reference: Option<String>,
    /// The category.
    pub category: String,
    /// The task it belongs to.
    pub task: Option<TaskNo>,
    /// What is still to come.
    pub amount: Amount,
}
