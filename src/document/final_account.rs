//! The final account of G5: what was spent, what goes back, and whether every total comes to the same.

use crate::check::TOTALS_DO_NOT_RECONCILE;
use crate::control::{Reserve, Totals};
use crate::document::annex::findings_as_of;
use crate::document::criterion::Criterion;
use crate::document::g5::finished_work;
use crate::document::part::Part;
use crate::format;
use crate::model::BuiltIn;
use crate::page::Desk;
use crate::page::view::Fact;
use crate::page::{budget, reserves};
use crate::quantity::Amount;

/// What was spent by category, what reserves are left and what was given back, and that all totals agree.
pub(super) fn account(desk: &Desk<'_>) -> Part {
    let spending = &desk.project.control.spending;
    let work = finished_work(desk);
    let is_expected = desk.project.control.bottom_up.expected > Amount::ZERO;
    let is_settled = spending.open_orders.is_empty() && work.good == work.of && !is_expected;
    let reserve = |name: &str, key: &str, reserve: &Reserve| {
        let left = reserve.after_forecast();
        let when = match is_settled {
            true if left >= Amount::ZERO => "to return",
            true => "when all is paid",
            false => "when the forecast is paid",
        };
        Fact::new(format!("{name} left {when}"), desk.money_words(left))
            .explained(desk.explained(&format!("{key}-after")))
    };
    let facts = [
        reserve("Contingency", "contingency", &spending.contingency),
        reserve("Management reserve", "reserve", &spending.management_reserve),
        Fact::new("Open commitments", desk.money_words(spending.on_order()))
            .explained(desk.explained("all-ordered")),
    ];
    Part::new("account", "Final account")
        .table(Some("By category"), budget::categories(desk), "No money is planned or booked.")
        .facts(facts)
        .facts([ledger_fact(desk)])
        .table_if_any(Some("Reserves"), reserves::reserves(desk))
        .table_if_any(Some("Drawn from reserves and given back"), reserves::draws(desk))
        .table_if_any(Some("Orders not yet received"), budget::orders(desk))
}

/// What the ledger comes to on the day of the document, and whether the other totals come to the same.
fn ledger_fact(desk: &Desk<'_>) -> Fact {
    let totals = Totals::of(&desk.project.control);
    Fact { note: Some(tied_words(desk, &totals)), ..Fact::new("Ledger", desk.money_words(totals.ledger)) }
        .explained(desk.explained("ac"))
}

/// How much the ledger, the categories and the work come to, in words: one sum where they agree.
fn tied_words(desk: &Desk<'_>, totals: &Totals) -> String {
    let rows = format::count(totals.n_rows, "row");
    if totals.agree() {
        return format!("{rows}, the same by category and by work package");
    }
    format!(
        "{rows}; actual cost {}, by category {}, by work package {}",
        desk.money_words(totals.actual),
        desk.money_words(totals.categories),
        desk.money_words(totals.work)
    )
}

/// Whether ledger, categories and work come to one sum, and no total of the files contradicts another (`E509`).
pub(super) fn totals_tie(desk: &Desk<'_>) -> Criterion {
    let totals = Totals::of(&desk.project.control);
    if totals.n_rows == 0 {
        return Criterion::holds(BuiltIn::TotalsTie, None).comment("no cost is recorded");
    }
    let found = findings_as_of(desk);
    let code = TOTALS_DO_NOT_RECONCILE.code;
    let n_contradicted = found.iter().filter(|one| one.rule.code == code && one.waiver.is_none()).count();
    let sum = format!("{} in {}", desk.money_words(totals.ledger), tied_words(desk, &totals));
    let comment = if n_contradicted == 0 {
        sum
    } else {
        format!("{sum}; totals in the files that contradict others: {n_contradicted}")
    };
    Criterion::holds(BuiltIn::TotalsTie, Some(totals.agree() && n_contradicted == 0))
        .comment(comment)
        .seen_on("Ledger", desk.href_page("ledger"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Before everything is paid, all that is there used to count as left to return.
    #[test]
    fn a_reserve_that_the_forecast_still_takes_is_not_left_to_return() {
        let reserve =
            Reserve { remaining: Amount(900_000), forecast_use: Amount(652_700), ..Reserve::default() };
        assert_eq!(reserve.after_forecast(), Amount(247_300));
    }
}
