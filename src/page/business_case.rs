//! The business case in figures: which option is worth what, and what would turn it.

use serde::Serialize;

use crate::control::{CrossingYear, InternalRates, OptionFigures, SensitivityDriver};
use crate::format;
use crate::page::desk::Desk;
use crate::page::explain::slug;
use crate::page::view::{Cell, Fact, Row, Table};
use crate::quantity::{Amount, Ratio};

/// The business case.
#[derive(Clone, Debug, Serialize)]
pub struct CaseView {
    /// The preferred option in one sentence.
    pub summary: Option<String>,
    /// Rate, horizon, price base.
    pub facts: Vec<Fact>,
    /// Options beside each other.
    pub options: Table,
    /// Years of the preferred option.
    pub years: Table,
    /// What NPV becomes when one driver moves, for the preferred option.
    pub sensitivity: Table,
}

/// Puts the business case together; none where the project has none.
#[must_use]
pub fn business_case(desk: &Desk<'_>) -> Option<CaseView> {
    let figures = desk.project.control.case.as_ref()?;
    let case = desk.project.project.business_case.as_ref()?;
    let mut options = Table::new(&["Measure"]);
    options.head.extend(case.options.iter().map(|option| option.name.clone()));
    options.numeric.extend(case.options.iter().map(|_| true));
    for (name, show) in MEASURES {
        let mut cells = vec![Cell::text(*name)];
        cells.extend(figures.options.iter().enumerate().map(|(place, option)| {
            let key = format!("option-{}.{}", place + 1, slug(name));
            show(desk, option).explained(desk.explained(&key))
        }));
        options.push(Row::new(cells));
    }
    let preferred =
        figures.preferred.and_then(|place| Some((case.options.get(place)?, figures.options.get(place)?)));
    Some(CaseView {
        summary: preferred.map(|(option, figures)| {
            let side = if figures.npv < Amount::ZERO { "loses" } else { "gains" };
            format!(
                "“{}” {side} {} in present value; {}.",
                option.name,
                desk.money_words(Amount(figures.npv.0.abs())),
                payback_words(figures)
            )
        }),
        facts: facts(desk),
        options,
        years: preferred.map_or_else(Table::default, |(_, figures)| years(desk, figures)),
        sensitivity: preferred.map_or_else(Table::default, |(_, figures)| sensitivity(desk, figures)),
    })
}

fn facts(desk: &Desk<'_>) -> Vec<Fact> {
    let Some(case) = desk.project.project.business_case.as_ref() else { return Vec::new() };
    let rate = format::share(case.rate as f64 / 10_000.0);
    let rate = match &case.rate_reason {
        Some(reason) => format!("{rate} a year: {}", crate::prose::inline_text(&reason.markdown)),
        None => format!("{rate} a year"),
    };
    let mut facts = vec![
        Fact::new("Discount rate", rate),
        Fact::new(
            "Horizon",
            format!(
                "{} after year 0, the year of the decision",
                format::count(case.horizon as usize, "year")
            ),
        ),
    ];
    if let Some(base) = &case.price_base {
        facts.push(Fact::new("Prices", base.clone()));
    }
    if let Some(optimism) = &case.optimism {
        facts.push(Fact::new("Uplift against optimism", crate::prose::inline_text(&optimism.markdown)));
    }
    if let Some(owner) = case.benefits_owner {
        facts.push(Fact::of("Answers for the benefits", desk.person(Some(owner))));
    }
    for fact in &mut facts {
        fact.explained = desk.href_place(case.origin);
    }
    facts.push(Fact::of("Written in", desk.place_cell(Some(case.origin))));
    facts
}

pub(super) type Measure = (&'static str, fn(&Desk<'_>, &OptionFigures) -> Cell);

pub(super) const MEASURES: &[Measure] = &[
    ("Net present value (NPV)", |desk, option| signed(desk, option.npv)),
    ("NPV of benefits that bring in money", |desk, option| signed(desk, option.npv_cashable_only)),
    ("Internal rate of return (IRR)", |_, option| internal_rates(&option.internal_rates)),
    ("Modified internal rate (MIRR)", |_, option| share(option.modified_internal_rate)),
    ("Payback", |_, option| crossing(&option.payback)),
    ("Discounted payback", |_, option| crossing(&option.discounted_payback)),
    ("Benefit–cost ratio (BCR)", |_, option| Cell::text(format::decimals(option.bcr, 3))),
    ("Return on investment (ROI), undiscounted", |_, option| share(option.roi)),
    ("Return on investment, discounted", |_, option| share(option.discounted_roi)),
    ("Profitability index (PI)", |_, option| Cell::text(format::decimals(option.profitability_index, 3))),
    ("Present value of benefits", |desk, option| Cell::text(desk.money(option.pv_benefits))),
    ("Present value of costs", |desk, option| Cell::text(desk.money(option.pv_costs))),
    ("Benefits may fall by", |_, option| switching(option.switching_benefits, "must rise by")),
    ("Investment may rise by", |_, option| switching(option.switching_capex, "must fall by")),
];

fn signed(desk: &Desk<'_>, amount: Amount) -> Cell {
    let cell = Cell::text(desk.money_signed(amount));
    if amount < Amount::ZERO { cell.class("bad") } else { cell }
}

fn share(ratio: Option<Ratio>) -> Cell {
    Cell::maybe(ratio.map(|ratio| format::share(ratio.get())))
}

/// How far something may move before NPV is zero; where NPV is negative, how far it must move the other way.
fn switching(ratio: Option<Ratio>, otherwise: &str) -> Cell {
    match ratio.map(Ratio::get) {
        None => Cell::nothing(),
        Some(share) if share >= 0.0 => Cell::text(format::share(share)),
        Some(share) if otherwise == "must fall by" && share < -1.0 => Cell::text("no saving there suffices"),
        Some(share) => Cell::text(format!("{otherwise} {}", format::share(-share))),
    }
}

fn internal_rates(rates: &InternalRates) -> Cell {
    match rates {
        InternalRates::None => Cell::text("none"),
        InternalRates::One(rate) => Cell::text(format::share(*rate)),
        InternalRates::Several(rates) => {
            let rates: Vec<String> = rates.iter().map(|rate| format::share(*rate)).collect();
            Cell::text(rates.join("; ")).note("several IRRs: use NPV")
        }
        InternalRates::TooHigh => Cell::text("over 1\u{202f}000\u{a0}%"),
    }
}

fn crossing(year: &CrossingYear) -> Cell {
    match year {
        CrossingYear::Never => Cell::text("not within the horizon").class("bad"),
        CrossingYear::Year(year) if *year <= 0.0 => Cell::text("never below zero").class("muted"),
        CrossingYear::Year(year) => Cell::text(format!("{}\u{a0}years", format::number(*year, 1))),
        CrossingYear::LastOfSeveral(year) => Cell::text(format!("{}\u{a0}years", format::number(*year, 1)))
            .note("the last of several crossings"),
    }
}

fn payback_words(figures: &OptionFigures) -> String {
    match crossing(&figures.discounted_payback).text {
        Some(text) if matches!(figures.discounted_payback, CrossingYear::Never) => {
            format!("discounted, it pays back {text}")
        }
        Some(text) => format!("discounted, it pays back after {text}"),
        None => String::new(),
    }
}

/// The key of a figure of the preferred option.
fn figures_key(desk: &Desk<'_>, name: &str) -> String {
    let place = desk.project.control.case.as_ref().and_then(|case| case.preferred).unwrap_or_default();
    format!("option-{}.{}", place + 1, slug(name))
}

fn years(desk: &Desk<'_>, figures: &OptionFigures) -> Table {
    let mut table = Table::new(&["Year", "#Costs", "#Benefits", "#Net", "#Discounted", "#Discounted so far"]);
    let mut sum = Amount::ZERO;
    for (year, discounted) in figures.discounted.iter().enumerate() {
        sum += *discounted;
        let shown = |text: String, name: &str| {
            Cell::text(text).explained(desk.explained(&figures_key(desk, &format!("{name}-{year}"))))
        };
        table.push(Row::new(vec![
            Cell::text(year.to_string()),
            shown(desk.money(figures.costs[year]), "costs"),
            shown(desk.money(figures.benefits[year]), "benefits"),
            shown(desk.money_signed(figures.net[year]), "net"),
            shown(desk.money_signed(*discounted), "discounted"),
            shown(desk.money_signed(sum), "sum"),
        ]));
    }
    table
}

pub(super) fn sensitivity(desk: &Desk<'_>, figures: &OptionFigures) -> Table {
    let mut table = Table::new(&["Driver", "#NPV when it moves by"]);
    for driver in &figures.sensitivity {
        let (name, unit) = match driver.driver {
            SensitivityDriver::Benefits => ("All benefits", "\u{a0}%"),
            SensitivityDriver::UpFrontCost => ("Costs of year 0", "\u{a0}%"),
            SensitivityDriver::RunningCost => ("Costs of later years", "\u{a0}%"),
            SensitivityDriver::Rate => ("Discount rate", "\u{a0}points"),
            SensitivityDriver::Delay => ("Benefits come later", "\u{a0}year"),
        };
        let key = figures_key(desk, &format!("if {name}"));
        let moves: Vec<String> = driver
            .npvs
            .iter()
            .map(|(by, npv)| {
                format!("{}{unit}:\u{a0}{}", format::signed(*by, format::whole(*by)), desk.money_signed(*npv))
            })
            .collect();
        table.push(Row::new(vec![
            Cell::text(name),
            Cell::text(moves.join("; ")).explained(desk.explained(&key)),
        ]));
    }
    table
}
