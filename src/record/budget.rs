//! `budget.yaml`: reserves, funding, categories and money that belongs to no task.

use crate::diagnostic::Spanned;
use crate::quantity::{Money, Window};
use crate::record;
use crate::vocabulary;

vocabulary! {
    /// Whether money buys something that lasts, or pays for running.
    pub struct FundingKind("the kind of money"): "capex" or "opex";
}

record! {
    /// `budget.yaml`: money besides the plan's own. Labour is computed from the plan and the rates of roles
    /// and people, other money of a task stands at the task (`cost:`); only what belongs to no task is typed
    /// here.
    pub struct BudgetRecord("budget") {
        /// Money for known risks. The project manager may use it; each use is a change or a decision.
        contingency: Spanned<Money>,
        /// Money for what nobody could know. Only the sponsor or the steering board may release it.
        management_reserve: Spanned<Money>,
        /// The most that the project manager may take from the contingency by one change or decision; as much as there is
        /// where not given. What goes beyond it, the sponsor or the steering board decides.
        manager_limit: Spanned<Money>,
        /// Where the money comes from, one entry for each source.
        funding: Vec<FundingRecord>,
        /// Budget categories in the order in which readers shall see them, such as `[labour, hardware,
        /// services]`. `labour` is what people cost.
        categories: Words,
        /// The categories whose money buys something lasting (capex), such as `[hardware, software]`; all others then pay
        /// for running (opex). Where it is not given, a category is what the sources that pay for it are.
        capex: Words,
        /// Planned money that belongs to no task, such as a licence for the whole project.
        lines: Vec<BudgetLineRecord>,
    }
    computed {
        labour: "remove it: labour is computed from the plan, the assignments and the rates",
        total: "remove it: the total is computed from the plan, the lines and the reserves",
        spent: "book money in `costs.csv` and hours in `timesheets.csv`; what is spent is computed from them",
        forecast: "remove it: the forecast is computed from progress and cost",
    }
}

record! {
    /// A source of money.
    pub struct FundingRecord("source of funding") {
        /// Who gives the money, or the name of the pot.
        required source: Spanned<String>,
        /// How much.
        required amount: Spanned<Money>,
        /// `capex` for money that buys something lasting, `opex` for money that pays for running.
        kind: Spanned<FundingKind>,
        /// The categories that it pays for, such as `[hardware]`; all where not given.
        pays_for: Words,
    }
}

record! {
    /// Planned money that belongs to no task; it is spread evenly over its window.
    pub struct BudgetLineRecord("budget line") {
        /// What it is for.
        required name: Spanned<String>,
        /// How much; not below zero: a rebate is taken off the line that it lowers.
        required amount: Spanned<Money>,
        /// The budget category; `other` where not given.
        category: Spanned<String>,
        /// When it is spent, such as `2026-09-01 .. 2026-11-30`; the whole project where not given.
        window: Spanned<Window>,
    }
}
