//! Money: by category, in reserves, in orders that are signed but not yet received.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::actual_cost::{ActualCost, labour_category};
use super::bridge::{Bridge, BridgeSource, Grant};
use super::money_kind::{self, KindSpending, MoneyKind};
use super::release::Release;
use super::reserve::{self, Draw, ReserveHistory};
use super::task_budget::{TaskBudget, apportion};
use crate::diagnostic::Span;
use crate::model::{Ground, Project, ReserveKind, TaskNo};
use crate::quantity::{Amount, Effort, Ratio};

/// Where the money is as of the status date.
#[derive(Clone, Debug)]
pub struct Spending {
    /// One row for each category: those of `budget.yaml` in its order, then others as they occur.
    pub categories: Vec<CategorySpending>,
    /// The exact sum of the rows.
    pub total: CategorySpending,
    /// For known risks; the project manager may use it.
    pub contingency: Reserve,
    /// For unknowns; only the sponsor or the steering board may release it.
    pub management_reserve: Reserve,
    /// Sum of all funding sources.
    pub funding: Amount,
    /// Money released by the last gate passed that states a sum; none where none does.
    pub release: Option<Release>,
    /// Whether cost is recorded as far as there can be any: false where work has been done and by the status date
    /// neither hours nor invoices nor receipts are booked, and where something that the estimate rests on could not be read. Then no
    /// estimate at completion means anything.
    pub is_recorded: bool,
    /// Until when the newest report says that actual cost is complete.
    pub actuals_to: Option<Date>,
    /// Orders signed and not yet received in full, in the order of the ledger.
    pub open_orders: Vec<OpenOrder>,
    /// What was taken from reserves, in order of time.
    pub draws: Vec<Draw>,
    /// Drawn for what was approved since the reference, which the budget therefore does not hold.
    pub draws_granted: Amount,
    /// What the headline estimate at completion holds already of the money that draws granted.
    pub draws_spent: Amount,
    /// What draws granted for work that is done and that cost less: it pays what other work costs more, or can go back to the reserves.
    pub granted_to_return: Amount,
    /// What of it the headline estimate needs for other work, so that the reserves need not pay it again.
    pub returned_and_needed: Amount,
    /// Reserves and risks over time.
    pub reserve_history: ReserveHistory,
    /// Money that buys something lasting, money that pays for running, and money of which neither is known; those alone
    /// that have any.
    pub kinds: Vec<KindSpending>,
}

impl Spending {
    /// What is on order and neither received nor invoiced: the sum of the open orders; zero without any.
    ///
    /// 20 000 of 60 000 to come, and 920 of 920: 20 920.
    #[must_use]
    pub fn on_order(&self) -> Amount {
        self.open_orders.iter().map(|order| order.amount).sum()
    }

    /// The authority left: what is released − spent − ordered and still to come, of what the release is for. Below zero where more is
    /// spent and ordered than was released; none where no gate has released money, where the release has run out, and while no cost is
    /// recorded.
    ///
    /// Released 107 432, spent 79 120, nothing on order: 28 312.
    #[must_use]
    pub fn authority_left(&self) -> Option<Amount> {
        let release = self.release.filter(|release| self.is_recorded && release.ran_out.is_none())?;
        Some(release.amount - release.spent - release.ordered)
    }

    /// By how much the cost baseline lies over the budget: what is left of the contingency, and what reserves granted for changes
    /// since the budget was approved. A draw moves money from one to the other and leaves their sum as it is.
    ///
    /// Of 75 000 granted 34 595 are drawn: 34 595 + 40 405 left = 75 000. Less than zero where more was drawn than granted.
    #[must_use]
    pub fn over_budget_in_cost_baseline(&self) -> Amount {
        self.draws_granted + self.contingency.remaining
    }

    /// What was granted and the headline estimate does not know yet, because it belongs to work that is not done: it comes on top of
    /// the headline where that is held against the cost baseline.
    ///
    /// Of 34 595 granted 10 860 are cost already: 23 735 are to come, less what was granted for work that is done since.
    #[must_use]
    pub fn granted_to_come(&self) -> Amount {
        self.draws_granted - self.draws_spent - self.granted_to_return
    }
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
    /// The budget of the work that is left: budget − earned value of the category. In the total BAC − EV.
    pub work_left: Amount,
    /// Still to spend, on the basis of the headline estimate: its estimate to complete (ETC) divided among the categories as the
    /// work that is left of each, without a rest. While cost has a trend (EAC₂) that is `work_left` ÷ CPI, before it (EAC₁)
    /// `work_left` itself.
    ///
    /// 24 232 of labour left at CPI 0.938 (74 200 ÷ 79 120) are 25 838.76 still to spend.
    pub estimate_to_complete: Amount,
    /// Whether `estimate_to_complete` is what is on order in the category, as its share by the work that is left is less.
    pub is_by_orders: bool,
    /// Whether it has budget lines alone, and they are spent in full: it gets no share of the estimate to complete, whatever they still earn.
    pub is_paid: bool,
    /// spent + `estimate_to_complete`. The total row is thereby the headline estimate of earned value, to the cent.
    pub estimate_at_completion: Amount,
    /// [`CategorySpending::budget_now`] − `estimate_at_completion`; negative is over budget.
    pub variance: Amount,
    /// Expected by the ledger after the status date (`forecast` lines); none where no line says so. In the total the sum of
    /// those that there are. For comparison: what it means for the estimate at completion is in [`crate::control::BottomUp`].
    pub expected: Option<Amount>,
    /// Granted by `budget` lines of the ledger by the status date; none where there is none, and the budget of the plan holds.
    pub granted: Option<Amount>,
    /// Moved by `change` lines of the ledger by the status date; negative where money was taken away.
    pub moved: Amount,
    /// What its money is.
    pub kind: MoneyKind,
}

impl CategorySpending {
    /// The budget as granted and moved: the grant, or for want of one the budget of the plan, + what was moved.
    ///
    /// Planned 41 300, granted 42 000, moved by +760: 42 760. The total row adds up its categories.
    #[must_use]
    pub fn budget_now(&self) -> Amount {
        self.granted.unwrap_or(self.budget) + self.moved
    }
}

/// Money held back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reserve {
    /// Granted in `budget.yaml`.
    pub granted: Amount,
    /// Drawn by approved changes that say `pay_from` this reserve, and by decisions that say `draws`.
    pub drawn: Amount,
    /// granted − drawn.
    pub remaining: Amount,
    /// What the headline estimate would still take: for contingency EAC − BAC where positive, less what of it has been drawn
    /// for already, be it cost by now or left over by the work it was for, and no more than is left where there is a management reserve; for that, what goes beyond. Nothing for a management reserve of which
    /// none is granted: what is missing is missing once.
    pub forecast_use: Amount,
}

impl Reserve {
    /// What is left once what was spent beyond the budget, or will be, is paid; below zero where it does not suffice.
    ///
    /// Of 9 000 of which the forecast takes 6 527, 2 473 can be counted on.
    #[must_use]
    pub fn after_forecast(&self) -> Amount {
        self.remaining - self.forecast_use
    }

    /// The share of what is left that the headline estimate would take, 1 for all of it; none where nothing is left.
    ///
    /// Of 9 000 granted 3 000 are drawn, and the forecast takes 1 500 more: a quarter of the 6 000 left.
    #[must_use]
    pub fn share_needed(&self) -> Option<Ratio> {
        if self.remaining > Amount::ZERO {
            Ratio::of_amounts(self.forecast_use, self.remaining)
        } else {
            None
        }
    }
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
    /// Where the order stands.
    pub origin: Span,
}

impl OpenOrder {
    /// What findings call it: by its number, else by its category.
    #[must_use]
    pub fn called(&self) -> String {
        self.reference.as_ref().map_or_else(
            || format!("an order of category `{}`", self.category),
            |number| format!("order `{number}`"),
        )
    }
}

/// What money is laid out from.
pub(super) struct SpendingSource<'a> {
    /// What the bridge was built from.
    pub measured: &'a BridgeSource<'a>,
    pub bridge: &'a Bridge,
}

/// Lays out money by category, reserves and open orders.
pub(super) fn spending(source: &SpendingSource) -> Spending {
    let project = source.measured.standing.yardstick.project;
    let categories = categories(source);
    let total = total_of(&categories);
    let release = Release::in_force(source.measured, &total);
    let draws = reserve::draws(project, source.measured.status_date);
    let (draws_granted, draws_spent, granted_to_return) = granted_by_reserves(source.bridge, &draws);
    let overrun =
        (source.measured.total.estimate() - source.measured.total.budget - draws_spent).max(Amount::ZERO);
    let returned_and_needed = overrun.min(granted_to_return.max(Amount::ZERO));
    let overrun = overrun - returned_and_needed;
    let budget = &project.budget;
    let mut contingency = reserve(&draws, (ReserveKind::Contingency, budget.contingency), overrun);
    // What the second reserve would have to pay is not missing in the first as well, and where there is no second, in the first alone.
    let beyond = if budget.management_reserve > Amount::ZERO {
        (overrun - contingency.remaining.max(Amount::ZERO)).max(Amount::ZERO)
    } else {
        Amount::ZERO
    };
    contingency.forecast_use -= beyond;
    let status_date = source.measured.status_date;
    Spending {
        kinds: money_kind::by_kind(project, &categories),
        categories,
        total,
        contingency,
        management_reserve: reserve(
            &draws,
            (ReserveKind::ManagementReserve, budget.management_reserve),
            beyond,
        ),
        reserve_history: reserve::history(project, &draws, status_date),
        draws,
        draws_granted,
        draws_spent,
        granted_to_return,
        returned_and_needed,
        funding: project.budget.funding.iter().map(|funding| funding.amount).sum(),
        release,
        is_recorded: !project.is_unread(Ground::ESTIMATE)
            && (source.measured.total.earned <= Amount::ZERO
                || is_any_cost_booked(source.measured.cost, project, source.measured.standing.day)),
        actuals_to: project
            .updates
            .iter()
            .rev()
            .find(|update| update.status_date <= status_date)
            .and_then(|update| update.actuals_to),
        open_orders: source.measured.cost.open_orders.clone(),
    }
}

/// Says whether hours, an invoice or a receipt are booked by a day, at whatever price.
fn is_any_cost_booked(cost: &ActualCost, project: &Project, day: Date) -> bool {
    cost.tasks.iter().any(|task| task.effort != Effort::ZERO)
        || project.costs.iter().any(|entry| entry.entry_type.is_cost() && entry.date <= day)
}

fn reserve(draws: &[Draw], (kind, granted): (ReserveKind, Amount), forecast_use: Amount) -> Reserve {
    let taken = reserve::drawn(draws, kind);
    Reserve { granted, drawn: taken, remaining: granted - taken, forecast_use }
}

/// What was drawn since the reference, what of that is in the estimate already, so that the reserves need not pay it again, and
/// what was left over by work that is done.
fn granted_by_reserves(bridge: &Bridge, draws: &[Draw]) -> (Amount, Amount, Amount) {
    let is_drawn = |grant: &&Grant| draws.iter().any(|draw| draw.by == grant.by);
    let granted: Amount = bridge.grants.iter().filter(is_drawn).map(|grant| grant.amount).sum();
    let left = || bridge.unspent.iter().filter(is_drawn);
    let unspent: Amount = left().map(|grant| grant.amount).sum();
    let of_work_done = left().filter(|grant| grant.is_work_done).map(|grant| grant.amount).sum();
    (granted, granted - unspent, of_work_done)
}

/// Adds up the rows.
fn total_of(categories: &[CategorySpending]) -> CategorySpending {
    let mut total = categories.iter().fold(CategorySpending::default(), |mut sum, row| {
        sum.budget += row.budget;
        sum.actual += row.actual;
        sum.accrual += row.accrual;
        sum.open_commitment += row.open_commitment;
        sum.spent += row.spent;
        sum.work_left += row.work_left;
        sum.estimate_to_complete += row.estimate_to_complete;
        sum.estimate_at_completion += row.estimate_at_completion;
        sum.variance += row.variance;
        sum.moved += row.moved;
        sum
    });
    let expected = categories.iter().filter_map(|row| row.expected);
    total.expected = expected.clone().next().is_some().then(|| expected.sum());
    // A category without a grant of its own stays with the budget of the plan.
    let is_any_granted = categories.iter().any(|row| row.granted.is_some());
    total.granted = is_any_granted.then(|| categories.iter().map(|row| row.budget_now() - row.moved).sum());
    total
}

/// A row for each category, whose sums are those of earned value to the cent: every budget and every earned value is
/// divided among the categories of its task without a rest.
fn categories(source: &SpendingSource) -> Vec<CategorySpending> {
    let project = source.measured.standing.yardstick.project;
    let mut table = Table::new(project.budget.categories.iter().map(String::as_str));
    let mut of_tasks: BTreeSet<String> = BTreeSet::new();
    for (planned, value) in source.measured.budgets.iter().zip(source.measured.values) {
        let parts = composition(project, planned);
        let weights: Vec<i64> = parts.iter().map(|(_, amount)| amount.0.max(0)).collect();
        let budgets = apportion(value.budget.0, &weights);
        let earned = apportion(value.earned_value.0, &weights);
        for ((name, _), (budget, earned)) in parts.iter().zip(budgets.into_iter().zip(earned)) {
            if budget != 0 || earned != 0 {
                let row = table.row(name);
                row.budget += Amount(budget);
                row.work_left += Amount(budget - earned);
                of_tasks.insert(row.name.clone());
            }
        }
    }
    for line in &source.measured.standing.yardstick.reference.lines {
        let row = table.row(&line.category);
        row.budget += line.budget;
        row.work_left +=
            line.budget - source.measured.standing.yardstick.earned_line(line, source.measured.standing.day);
    }
    for (name, cost) in &source.measured.cost.categories {
        let row = table.row(name);
        row.actual += cost.actual;
        row.accrual += cost.accrual;
        row.open_commitment += cost.open_commitment;
        row.expected = cost.expected;
        row.granted = cost.granted;
        row.moved = cost.moved;
    }
    let total = &source.measured.total;
    find_paid(&mut table.rows, &of_tasks);
    // What is expected once everything is done belongs to the categories of its rows.
    let expected = match total.counted {
        Some(_) if source.measured.has_ended => total.estimate() - total.estimate_by_performance(),
        _ => Amount::ZERO,
    };
    share_out(total.estimate_to_complete() - expected, &mut table.rows, !source.measured.has_ended);
    if expected > Amount::ZERO {
        let weigh = |row: &CategorySpending| row.expected.unwrap_or_default().0.max(0);
        let weights: Vec<i64> = table.rows.iter().map(weigh).collect();
        for (row, part) in table.rows.iter_mut().zip(apportion(expected.0, &weights)) {
            row.estimate_to_complete += Amount(part);
        }
    }
    for row in &mut table.rows {
        row.kind = money_kind::kind_of(project, &row.name);
        row.spent = row.actual + row.accrual;
        row.estimate_at_completion = row.spent + row.estimate_to_complete;
        row.variance = row.budget_now() - row.estimate_at_completion;
    }
    table.rows
}

/// Finds the categories of budget lines alone that are spent in full, while others have work left.
///
/// A licence that is paid for the year still earns month by month, and nothing of it is to come.
fn find_paid(rows: &mut [CategorySpending], of_tasks: &BTreeSet<String>) {
    let is_paid = |row: &CategorySpending| {
        let spent = row.actual + row.accrual;
        !of_tasks.contains(&row.name) && row.budget > Amount::ZERO && spent >= row.budget
    };
    if rows.iter().any(|row| !is_paid(row) && row.work_left > Amount::ZERO) {
        for row in rows {
            row.is_paid = is_paid(row);
        }
    }
}

/// Divides the estimate to complete among categories as the work that is left of each; where something is still to come of
/// orders, no category gets less than what is on order in it, and the others share what these leave.
///
/// 10 000 over hardware with 6 000 of work left and services with 4 000, of which 5 000 are on order: 5 000 each.
fn share_out(estimate_to_complete: Amount, rows: &mut [CategorySpending], has_orders: bool) {
    loop {
        let (held, free): (Vec<_>, Vec<_>) = rows.iter_mut().partition(|row| row.is_by_orders);
        let of_held: Amount = held.iter().map(|row| row.estimate_to_complete).sum();
        let shares = by_work_left(estimate_to_complete - of_held, &free);
        let mut is_any_held = false;
        for (row, share) in free.into_iter().zip(shares) {
            row.is_by_orders = has_orders && row.open_commitment > Amount::ZERO.max(share);
            row.estimate_to_complete = if row.is_by_orders { row.open_commitment } else { share };
            is_any_held |= row.is_by_orders;
        }
        if !is_any_held {
            return;
        }
    }
}

/// Divides an amount among categories as the work that is left of each.
fn by_work_left(amount: Amount, rows: &[&mut CategorySpending]) -> Vec<Amount> {
    let mut weights: Vec<i64> =
        rows.iter().map(|row| if row.is_paid { 0 } else { row.work_left.0 }).collect();
    // Where all is earned, what is still to come are orders and what is expected.
    if weights.iter().all(|weight| *weight == 0) {
        let to_come = |row: &CategorySpending| row.open_commitment + row.expected.unwrap_or_default();
        weights = rows.iter().map(|row| to_come(row).0.max(0)).collect();
    }
    // Budget lines may take money away: what counts is the proportion, whatever its sign.
    if weights.iter().sum::<i64>() < 0 {
        for weight in &mut weights {
            *weight = -*weight;
        }
    }
    apportion(amount.0, &weights).into_iter().map(Amount).collect()
}

/// What the money of a task is made of, by the plan as typed; people's time where the plan has no money in it.
fn composition<'a>(project: &'a Project, planned: &'a TaskBudget) -> Vec<(&'a str, Amount)> {
    let labour = std::iter::once((labour_category(project), planned.labour));
    labour.chain(planned.other.iter().map(|(name, amount)| (name.as_str(), *amount))).collect()
}

/// Rows in the order in which their categories come up.
struct Table {
    rows: Vec<CategorySpending>,
}

impl Table {
    fn new<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let row = |name: &str| CategorySpending { name: name.to_owned(), ..CategorySpending::default() };
        Self { rows: names.map(row).collect() }
    }

    fn row(&mut self, name: &str) -> &mut CategorySpending {
        let place = self.rows.iter().position(|row| row.name == name).unwrap_or_else(|| {
            self.rows.push(CategorySpending { name: name.to_owned(), ..CategorySpending::default() });
            self.rows.len() - 1
        });
        &mut self.rows[place]
    }
}
