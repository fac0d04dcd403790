//! The business case: options with amounts for every year of the horizon, in the project's currency.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::declare_rule;
use crate::diagnostic::spelling::did_you_mean;
use crate::diagnostic::{Diagnostic, Diagnostics, Span, Spanned};
use crate::model::{AmountRange, BusinessCase, CaseLine, CaseOption, DatedAmount, Probabilities};
use crate::quantity::{Id, Money, MoneyRange};
use crate::record::MISSING_FIELD;
use crate::record::business_case::{BusinessCaseRecord, CaseOptionRecord, FlowRecord, ProbabilitiesRecord};
use crate::record::decode::Named;
use crate::resolve::entry::{some_day, some_text, some_word, text};
use crate::resolve::ledger::{WITHOUT_SIGN, refuse_negative};
use crate::resolve::names::{Names, Register};
use crate::resolve::rule::UNKNOWN_REFERENCE;

declare_rule! {
    /// The horizon of a business case is not a sensible number of years, or a row of amounts has more years
    /// than the horizon. Year 0 comes first, so a horizon of 4 has five amounts; what lies beyond it would
    /// not be counted. The same holds for an option that is said to last longer than the horizon, for a dated
    /// amount before the first day of year 0 or after the last of the horizon, and for what is gained when an option with a `life`
    /// does not last any more; what it costs then, as its removal does, counts.
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

declare_rule! {
    /// The probabilities of the worst, likely and best course of a business case do not come to 100 %, so the expected
    /// value they weigh would be that of no world at all.
    ///
    /// Wrong:
    /// ```yaml
    /// probabilities: {worst: 30%, likely: 50%, best: 30%}
    /// ```
    /// Right:
    /// ```yaml
    /// probabilities: {worst: 30%, likely: 50%, best: 20%}
    /// ```
    pub static PROBABILITIES_NOT_WHOLE: Rule =
        ("E156", "probabilities-not-whole", Error, "0.1.0", "probabilities that do not come to 100 %");
}

/// No service life of IT equipment or software is credibly estimated beyond this; UK guidance changes its
/// rate there, too.
pub const LONGEST_HORIZON: u32 = 30;

/// Resolves `business-case.yaml`; none when its horizon cannot be used. What else is wrong is told all the same.
pub(super) fn resolve_business_case(
    (record, is_partly_read): (&BusinessCaseRecord, bool),
    names: &Names,
    found: &mut Diagnostics,
) -> Option<BusinessCase> {
    let years = years_of(record.horizon, found);
    let horizon = Horizon {
        years: years.unwrap_or(LONGEST_HORIZON),
        span: record.horizon.span,
        first_day: record.year_0,
        is_first_day_unread: record.unreadable.contains(&"year_0"),
    };
    let mut register = Register::new("option");
    let mut options = Vec::new();
    let is_partial = record.options.has_bad_key() || record.unreadable.contains(&"options");
    if is_partial || !record.options.unreadable().is_empty() {
        register.forgive_unknown();
    }
    for (id, option) in &record.options {
        register.define(id, options.len(), found);
        options.push(resolve_option(id, option, Frame { horizon, names, life: None }, found));
    }
    let preferred = record.preferred.as_ref().and_then(|id| register.find(id, found));
    let chosen = preferred.and_then(|place| options.get(place));
    // A line that the option does not have may be one of those that could not be read.
    let is_short = |(_, option): &(Spanned<Id>, CaseOptionRecord)| option.unreadable.contains(&"costs");
    let is_whole = !is_partly_read && !record.options.iter().any(is_short);
    let mut of_lines = Diagnostics::default();
    let carried = carried(&record.carried_by_project, chosen, &mut of_lines);
    if is_whole {
        found.extend(of_lines);
    }
    let case = BusinessCase {
        rate: record.rate.hundredths(),
        rate_reason: Some(text(&record.rate_reason)),
        horizon: horizon.years,
        price_base: record.price_base.map(|base| base.as_str().to_owned()),
        optimism: some_text(record.optimism.as_ref()),
        tax: some_word(record.tax.as_ref()),
        vat: some_word(record.vat.as_ref()),
        year_0: some_day(record.year_0),
        preferred,
        do_nothing: record.do_nothing.as_ref().and_then(|id| register.find(id, found)),
        is_exclusive: record.choose.is_none_or(|choice| choice.as_str() == "one"),
        probabilities: record.probabilities.as_ref().and_then(|weights| probabilities(weights, found)),
        carried,
        benefits_wait_for: names.maybe_task(record.benefits_wait_for.as_ref(), found),
        benefits_expected: some_day(record.benefits_expected),
        benefits_owner: names.maybe_person(record.benefits_owner.as_ref(), found),
        options,
        origin: record.span,
    };
    years.map(|_| case)
}

#[derive(Clone, Copy)]
struct Horizon {
    years: u32,
    span: Span,
    first_day: Option<Spanned<Date>>,
    /// Whether it is written and could not be read.
    is_first_day_unread: bool,
}

/// What every row of a case has in common.
#[derive(Clone, Copy)]
struct Frame<'a> {
    horizon: Horizon,
    names: &'a Names,
    /// How many years that lasts which brings something in, and where it says so; none for what is paid, which may follow it, and where
    /// it lasts as long as the horizon.
    life: Option<(u32, Span)>,
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

fn probabilities(record: &ProbabilitiesRecord, found: &mut Diagnostics) -> Option<Probabilities> {
    let [worst, likely, best] =
        [record.worst, record.likely, record.best].map(|percent| percent.value.hundredths());
    if worst + likely + best == 10_000 {
        return Some(Probabilities { worst, likely, best });
    }
    let sum = (worst + likely + best) as f64 / 100.0;
    let message = format!("the probabilities come to {sum} %, not to 100 %");
    found.push(
        Diagnostic::new(&PROBABILITIES_NOT_WHOLE, record.span, message)
            .hint("change them so that they come to 100%, or leave them out"),
    );
    None
}

/// Finds the cost lines of the preferred option that the project spends.
fn carried(written: &[Spanned<String>], option: Option<&CaseOption>, found: &mut Diagnostics) -> Vec<usize> {
    let Some(option) = option else { return Vec::new() };
    let mut places = Vec::new();
    for name in written {
        let wanted = name.value.trim();
        let place = option.costs.iter().position(|line| line.name == wanted);
        if let Some(place) = place {
            if !places.contains(&place) {
                places.push(place);
            }
            continue;
        }
        let message = format!("`{wanted}` is no cost line of the option `{}`", option.id);
        let diagnostic = Diagnostic::new(&UNKNOWN_REFERENCE, name.span, message);
        let names = option.costs.iter().map(|line| line.name.as_str());
        found.push(match did_you_mean(wanted, names) {
            Some(near) => diagnostic.hint(format!("write `{near}`")),
            None => diagnostic.hint("name one of the lines under `costs:` of the preferred option"),
        });
    }
    places
}

fn resolve_option(
    id: &Spanned<Id>,
    record: &CaseOptionRecord,
    frame: Frame<'_>,
    found: &mut Diagnostics,
) -> CaseOption {
    let life = life(record.life, frame.horizon, found);
    let written = record.life.filter(|_| life < frame.horizon.years).map(|written| (life, written.span));
    CaseOption {
        id: id.value.to_string(),
        name: record.name.value.clone(),
        costs: lines(&record.costs, frame, found),
        benefits: lines(&record.benefits, Frame { life: written, ..frame }, found),
        life,
        exposure: record.exposure.and_then(|exposure| frame.names.money(&exposure, found)),
        fit: some_word(record.fit.as_ref()),
        origin: id.span,
    }
}

/// How long an option lasts; as long as the horizon where nothing usable is written.
fn life(written: Option<Spanned<i64>>, horizon: Horizon, found: &mut Diagnostics) -> u32 {
    let Some(written) = written else { return horizon.years };
    if let Some(years) = u32::try_from(written.value).ok().filter(|years| (1..=horizon.years).contains(years))
    {
        return years;
    }
    let message = format!("a life of {} years does not fit the horizon of {}", written.value, horizon.years);
    found.push(
        Diagnostic::new(&BEYOND_HORIZON, written.span, message)
            .also(horizon.span, "the horizon is set here")
            .hint(format!("write a number of years from 1 to {}", horizon.years)),
    );
    horizon.years
}

fn lines(flows: &Named<FlowRecord>, frame: Frame<'_>, found: &mut Diagnostics) -> Vec<CaseLine> {
    flows
        .iter()
        .map(|(name, flow)| CaseLine {
            name: name.value.clone(),
            years: amounts(flow, frame, found),
            dated: dated(flow, frame, found),
            cashable: flow.cashable.is_none_or(|cashable| cashable.value),
            origin: name.span,
        })
        .collect()
}

/// An amount in the project's currency, converted where it is in another; nothing where it is below zero or has no rate.
fn amount(range: &Spanned<MoneyRange>, names: &Names, found: &mut Diagnostics) -> AmountRange {
    let value = range.value;
    let is_positive = refuse_negative(value.low(), range.span, ("a cost or benefit", WITHOUT_SIGN), found);
    let mut converted = |amount| {
        let money = Money { amount, currency: value.currency() };
        names.money(&Spanned::new(money, range.span), found)
    };
    let Some(likely) = converted(value.likely()).filter(|_| is_positive) else {
        return AmountRange::default();
    };
    if value.low() == value.likely() && value.high() == value.likely() {
        return AmountRange { low: likely, likely, high: likely };
    }
    match (converted(value.low()), converted(value.high())) {
        (Some(low), Some(high)) => AmountRange { low, likely, high },
        _ => AmountRange::default(),
    }
}

/// Gives one amount for each year of the horizon and for year 0; years that are not written are nothing.
fn amounts(flow: &FlowRecord, frame: Frame<'_>, found: &mut Diagnostics) -> Vec<AmountRange> {
    let Frame { horizon, names, life } = frame;
    let n_amounts = horizon.years as usize + 1;
    let mut amounts: Vec<AmountRange> = flow.years.iter().map(|range| amount(range, names, found)).collect();
    if let Some((years, span)) = life {
        let behind = years as usize + 1;
        let mut written = flow.years.iter().zip(&amounts).enumerate().take(n_amounts).skip(behind);
        if let Some((year, (gained, _))) = written.find(|(_, (_, amount))| **amount != AmountRange::default())
        {
            found.push(behind_life(&format!("year {year}"), gained.span, (years, span)));
        }
        amounts.truncate(behind);
    }
    if let Some(surplus) = flow.years.get(n_amounts) {
        let message = format!("this is year {n_amounts}, but the horizon is {} years", horizon.years);
        found.push(
            Diagnostic::new(&BEYOND_HORIZON, surplus.span, message)
                .also(horizon.span, "the horizon is set here")
                .hint("extend `horizon`, or leave out what lies beyond it; the first amount is year 0"),
        );
    }
    amounts.resize(n_amounts, AmountRange::default());
    amounts
}

/// Something is gained when an option does not last any more; it is left out.
fn behind_life(when: &str, at: Span, (years, life): (u32, Span)) -> Diagnostic {
    Diagnostic::new(
        &BEYOND_HORIZON,
        at,
        format!("something is gained in {when}, but the option lasts {years} years"),
    )
    .also(life, "its life is set here")
    .hint("extend `life`, or leave out what is gained behind it")
}

/// Amounts on days within the horizon; those outside are reported and left out.
fn dated(flow: &FlowRecord, frame: Frame<'_>, found: &mut Diagnostics) -> Vec<DatedAmount> {
    let Frame { horizon, names, life } = frame;
    let mut amounts = Vec::new();
    if let (None, Some((period, _))) = (horizon.first_day, flow.dated.first())
        && !horizon.is_first_day_unread
    {
        found.push(
            Diagnostic::new(&MISSING_FIELD, period.span, "a dated amount, but the case has no `year_0`")
                .hint("add `year_0:` with the first day of year 0 to the business case"),
        );
    }
    for (period, range) in &flow.dated {
        let day = period.value.last_day();
        let amount = amount(range, names, found);
        let Some(first) = horizon.first_day else { continue };
        let end_of =
            |years: u32| first.value.checked_add((i64::from(years) + 1).years()).unwrap_or(Date::MAX);
        let end = end_of(horizon.years);
        if let Some((years, span)) = life.filter(|(years, _)| (end_of(*years)..end).contains(&day)) {
            found.push(behind_life(&day.to_string(), period.span, (years, span)));
            continue;
        }
        if first.value <= day && day < end {
            amounts.push(DatedAmount { day, amount });
            continue;
        }
        let (message, hint) = if day < first.value {
            (
                format!("{day} lies before year 0, which begins on {}", first.value),
                "set `year_0` to the day of the first amount, or leave out what lies before it",
            )
        } else {
            (
                format!("{day} lies behind the horizon, which ends before {end}"),
                "extend `horizon`, or leave out what lies beyond it",
            )
        };
        found.push(
            Diagnostic::new(&BEYOND_HORIZON, period.span, message)
                .also(first.span, "year 0 begins here")
                .hint(hint),
        );
    }
    amounts
}
