//! The business case: which option is worth what, what would turn it, and whether it still holds.

use serde::Serialize;

use crate::format;
use crate::page::address::Address;
use crate::page::case_options::{lines, options, ranking, sensitivity, years};
use crate::page::case_then_now::{ThenAndNow, then_and_now};
use crate::page::case_words::{in_money_alone, payback_words};
use crate::page::desk::Desk;
use crate::page::view::{Chart, Fact, Table};
use crate::page::{Entry, Group, Made, ProjectPage};
use crate::quantity::Amount;
use crate::report::ProjectReport;

/// The page of the business case.
pub struct BusinessCasePage;

impl ProjectPage for BusinessCasePage {
    fn kind(&self) -> &'static str {
        "business-case"
    }

    fn group(&self) -> Group {
        Group::Money
    }

    fn question(&self) -> &'static str {
        "Is it worth it, and is it still?"
    }

    fn entries(&self, project: &ProjectReport) -> Vec<Entry> {
        let address = Address::page(&project.project.folder, "business-case");
        let has_case = project.control.case.is_some();
        has_case.then(|| Entry::new(address, "Business case")).into_iter().collect()
    }

    fn make(&self, desk: &Desk<'_>) -> Made {
        Made::new(self.kind(), "Business case", &business_case(desk))
    }
}

/// The business case.
#[derive(Clone, Debug, Serialize)]
pub struct CaseView {
    /// The preferred option in one sentence.
    pub summary: Option<String>,
    /// The currency of all figures.
    pub currency: String,
    /// As approved, as planned and now; none where the case does not live.
    pub then_and_now: Option<ThenAndNow>,
    /// What to write so that it lives; none where it does.
    pub stands_still: Option<&'static str>,
    /// Rate, horizon, price base, taxes.
    pub facts: Vec<Fact>,
    /// Options beside each other.
    pub options: Table,
    /// By which rule they rank, and how.
    pub ranking: String,
    /// The lines of the preferred option as typed, by year.
    pub lines: Table,
    /// Years of the preferred option.
    pub years: Table,
    /// What NPV becomes when one driver moves, for the preferred option.
    pub sensitivity: Table,
    /// The sum of discounted flows over the years.
    pub cash_line: Option<Chart>,
    /// What would turn it.
    pub tornado: Option<Chart>,
    /// Options in present value.
    pub option_bars: Option<Chart>,
}

/// Puts the business case together; none where the project has none.
#[must_use]
pub fn business_case(desk: &Desk<'_>) -> Option<CaseView> {
    let figures = desk.project.control.case.as_ref()?;
    let case = desk.project.project.business_case.as_ref()?;
    let rate = case.rate as f64 / 10_000.0;
    let preferred = figures.preferred_now();
    Some(CaseView {
        summary: summary(desk),
        currency: desk.project.project.currency.to_string(),
        then_and_now: then_and_now(desk),
        stands_still: figures.living.is_none().then_some(if desk.project.control.is_stopped {
            "The project is stopped: the case stays as it was typed."
        } else if figures.preferred.is_none() {
            "No option is preferred, so none is followed as the project goes on: write `preferred:`."
        } else {
            "The case stands still: write `carried_by_project:` with the costs that the project itself spends, and \
             `benefits_wait_for:` with what the benefits wait for."
        }),
        facts: facts(desk),
        options: options(desk, case, figures),
        ranking: ranking(case, figures),
        lines: case
            .preferred
            .and_then(|place| case.options.get(place))
            .map_or_else(Table::default, |option| lines(desk, option, case.horizon)),
        years: preferred.map_or_else(Table::default, |figures| years(desk, figures, rate)),
        sensitivity: preferred.map_or_else(Table::default, |figures| sensitivity(desk, figures)),
        cash_line: desk.chart("cash-line"),
        tornado: desk.chart("tornado"),
        option_bars: desk.chart("option-bars"),
    })
}

/// Whether the figures of the preferred option are those of cost and dates as they stand, and not as typed.
#[must_use]
pub fn is_living(desk: &Desk<'_>) -> bool {
    desk.project.control.case.as_ref().is_some_and(|case| case.living.is_some())
}

/// The preferred option in one sentence; none where no option is preferred.
#[must_use]
pub fn summary(desk: &Desk<'_>) -> Option<String> {
    let figures = desk.project.control.case.as_ref()?;
    let case = desk.project.project.business_case.as_ref()?;
    let (option, now) = (case.options.get(figures.preferred?)?, figures.preferred_now()?);
    let side = if now.npv < Amount::ZERO { "loses" } else { "gains" };
    let when = match figures.living {
        Some(_) => format!(", with cost and dates of {}", format::date(desk.project.status_date)),
        None => String::new(),
    };
    let (alone, counted) = match in_money_alone(desk, now) {
        Some(words) => (format!(", {words}"), ", all benefits counted"),
        None => (String::new(), ""),
    };
    Some(format!(
        "“{}” {side} {} in present value{when}{alone}; {}{counted}.",
        option.name,
        desk.money_words(Amount(now.npv.0.abs())),
        payback_words(now.discounted_payback)
    ))
}

fn facts(desk: &Desk<'_>) -> Vec<Fact> {
    let Some(case) = desk.project.project.business_case.as_ref() else { return Vec::new() };
    let Some(figures) = desk.project.control.case.as_ref() else { return Vec::new() };
    let rate = format::share(case.rate as f64 / 10_000.0);
    let rate = match &case.rate_reason {
        Some(reason) => format!("{rate} a year: {}", crate::prose::inline_text(&reason.markdown)),
        None => format!("{rate} a year"),
    };
    let stated = |text: &Option<String>| text.clone().unwrap_or_else(|| "not stated".to_owned());
    let mut facts = vec![
        ("rate", Fact::new("Discount rate", rate)),
        (
            "horizon",
            Fact::new(
                "Horizon",
                format!(
                    "{} after year 0, the twelve months from {}",
                    format::count(case.horizon as usize, "year"),
                    format::date(figures.first_day)
                ),
            ),
        ),
        ("price_base", Fact::new("Prices", stated(&case.price_base))),
        ("tax", Fact::new("Taxes", stated(&case.tax))),
        ("vat", Fact::new("Value added tax", stated(&case.vat))),
    ];
    if let Some(optimism) = &case.optimism {
        facts.push((
            "optimism",
            Fact::new("Uplift against optimism", crate::prose::inline_text(&optimism.markdown)),
        ));
    }
    if let Some(weights) = case.probabilities {
        let percent = |hundredths: i64| format::share(hundredths as f64 / 10_000.0);
        let words = format!(
            "worst {}, likely {}, best {}",
            percent(weights.worst),
            percent(weights.likely),
            percent(weights.best)
        );
        facts.push(("probabilities", Fact::new("Probability of the courses", words)));
    }
    if let Some(owner) = case.benefits_owner {
        facts.push(("benefits_owner", Fact::of("Answers for the benefits", desk.person(Some(owner)))));
    }
    let facts = facts.into_iter().map(|(field, fact)| fact.explained(desk.href_of_field(case.origin, field)));
    let mut facts: Vec<Fact> = facts.collect();
    facts.push(Fact::of("Written in", desk.place_cell(Some(case.origin))));
    facts
}
