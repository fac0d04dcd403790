//! The business case: options with amounts for every year of the horizon, in the project's currency.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics, Span, Spanned};
use crate::model::{BusinessCase, CaseLine, CaseOption};
use crate::quantity::{Amount, Id};
use crate::record::business_case::{BusinessCaseRecord, CaseOptionRecord, FlowRecord};
use crate::record::decode::Named;
use crate::resolve::entry::{some_text, text};
use crate::resolve::ledger::refuse_negative;
use crate::resolve::names::{Names, Register};

declare_rule! {
    /// The horizon of a business case is not a sensible number of years, or a row of amounts has more years
    /// than the horizon. Year 0 comes first, so a horizon of 4 has five amounts; what lies beyond it would
    /// not be counted.
    ///
    /// Wrong:
    /// ```yaml
    /// horizon: 2
    /// options:
    ///   tags: {name: Tag everything, costs: {running: [0 EUR, 14_000 EUR, 14_000 EUR, 14_000 EUR]}}
    /// ```
    /// Right:
    /// ```yaml
    /// horizon: 3
    /// options:
    ///   tags: {name: Tag everything, costs: {running: [0 EUR, 14_000 EUR, 14_000 EUR, 14_000 EUR]}}
    /// ```
    pub static BEYOND_HORIZON: Rule =
        ("E138", "beyond-horizon", Error, "0.1.0", "amounts beyond the horizon of the business case");
}

/// No service life of IT equipment or software is credibly estimated beyond this; UK guidance changes its
/// rate there, too.
const LONGEST_HORIZON: u32 = 30;

/// Resolves `business-case.yaml`; none when its horizon cannot be used.
pub(super) fn resolve_business_case(
    record: &BusinessCaseRecord,
    names: &Names,
    found: &mut Diagnostics,
) -> Option<BusinessCase> {
    let horizon = Horizon { years: years_of(record.horizon, found)?, span: record.horizon.span };
    let mut register = Register::new("option");
    let mut options = Vec::new();
    if !record.options.unreadable().is_empty() {
        register.forgive_unknown();
    }
    for (id, option) in &record.options {
        register.define(id, options.len(), found);
        options.push(resolve_option(id, option, Frame { horizon, names }, found));
    }
    Some(BusinessCase {
        rate: record.rate.hundredths(),
        rate_reason: Some(text(&record.rate_reason)),
        horizon: horizon.years,
        price_base: record.price_base.map(|base| base.as_str().to_owned()),
        optimism: some_text(record.optimism.as_ref()),
        options,
        preferred: record.preferred.as_ref().and_then(|id| register.find(id, found)),
        benefits_owner: names.maybe_person(record.benefits_owner.as_ref(), found),
        origin: record.span,
    })
}

#[derive(Clone, Copy)]
struct Horizon {
    years: u32,
    span: Span,
}

/// What every row of a case has in common.
#[derive(Clone, Copy)]
struct Frame<'a> {
    horizon: Horizon,
    names: &'a Names,
}

fn years_of(written: Spanned<i64>, found: &mut Diagnostics) -> Option<u32> {
    if let Ok(years @ 1..=LONGEST_HORIZON) = u32::try_from(written.value) {
        return Some(years);
    }
    let message = format!("a horizon of {} years cannot be used", written.value);
    let hint = format!("write a number of years from 1 to {LONGEST_HORIZON}");
    found.push(Diagnostic::new(&BEYOND_HORIZON, written.span, message).hint(hint));
    None
}

fn resolve_option(
    id: &Spanned<Id>,
    record: &CaseOptionRecord,
    frame: Frame<'_>,
    found: &mut Diagnostics,
) -> CaseOption {
    CaseOption {
        id: id.value.to_string(),
        name: record.name.value.clone(),
        costs: lines(&record.costs, frame, found),
        benefits: lines(&record.benefits, frame, found),
        origin: id.span,
    }
}

fn lines(flows: &Named<FlowRecord>, frame: Frame<'_>, found: &mut Diagnostics) -> Vec<CaseLine> {
    flows
        .iter()
        .map(|(name, flow)| CaseLine {
            name: name.value.clone(),
            years: amounts(flow, frame, found),
            cashable: flow.cashable.is_none_or(|cashable| cashable.value),
            origin: name.span,
        })
        .collect()
}

/// Gives one amount for each year of the horizon and for year 0; years that are not written are nothing.
fn amounts(flow: &FlowRecord, frame: Frame<'_>, found: &mut Diagnostics) -> Vec<Amount> {
    let Frame { horizon, names } = frame;
    let n_amounts = horizon.years as usize + 1;
    let mut amounts = Vec::with_capacity(n_amounts);
    for money in &flow.years {
        let amount = names.money(money, found).unwrap_or(Amount::ZERO);
        let may_stand = refuse_negative(amount, money.span, "a cost or benefit", found);
        amounts.push(if may_stand { amount } else { Amount::ZERO });
    }
    if let Some(surplus) = flow.years.get(n_amounts) {
        let message = format!("this is year {n_amounts}, but the horizon is {} years", horizon.years);
        found.push(
            Diagnostic::new(&BEYOND_HORIZON, surplus.span, message)
                .also(horizon.span, "the horizon is set here")
                .hint("extend `horizon`, or leave out what lies beyond it; the first amount is year 0"),
        );
    }
    amounts.resize(n_amounts, Amount::ZERO);
    amounts
}
