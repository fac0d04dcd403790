//! The options of a business case beside each other, and in which order they are worth doing.

use crate::control::{CaseFigures, InternalRates, OptionFigures, RankedBy, Sensitivity};
use crate::format;
use crate::model::{BusinessCase, CaseOption};
use crate::page::case_words::{
    crossing, internal_rates, ratio, share, signed, switching, too_high, undefined,
};
use crate::page::desk::Desk;
use crate::page::explain::{option_anchor, preferred_anchor, slug};
use crate::page::risks::outlook;
use crate::page::view::{Cell, Row, Table};
use crate::quantity::{Amount, Ratio};

/// An option with its figures.
type Shown<'a> = (&'a CaseOption, &'a OptionFigures);

pub(super) type Measure = (&'static str, fn(&Desk<'_>, Shown<'_>) -> Cell);

pub(super) const MEASURES: &[Measure] = &[
    (NPV, |desk, (_, option)| signed(desk, option.npv)),
    ("NPV of benefits that bring in money", |desk, (_, option)| signed(desk, option.npv_cashable_only)),
    ("Internal rate of return (IRR)", |_, (_, option)| internal_rates(&option.internal_rates)),
    ("Modified internal rate (MIRR)", |_, (_, option)| share(option.modified_internal_rate)),
    ("Payback", |_, (_, option)| crossing(option.payback)),
    ("Discounted payback", |_, (_, option)| crossing(option.discounted_payback)),
    ("Benefit–cost ratio (BCR)", |_, (_, option)| ratio(option.bcr)),
    ("Return on investment (ROI), undiscounted", |_, (_, option)| share(option.roi)),
    ("Return on investment, discounted", |_, (_, option)| share(option.discounted_roi)),
    ("Profitability index (PI)", |_, (_, option)| ratio(option.profitability_index)),
    ("Present value of benefits", |desk, (_, option)| Cell::text(desk.money(option.pv_benefits))),
    ("Present value of costs", |desk, (_, option)| Cell::text(desk.money(option.pv_costs))),
    (TOTAL_COST, |desk, (_, option)| Cell::text(desk.money(option.total_cost))),
    ("Lasts for", |_, (_, option)| Cell::text(format::count(option.life as usize, "year"))),
    ("Equivalent annual value (EAV)", |desk, (_, option)| {
        option.equivalent_annual_value.map_or_else(undefined, |value| signed(desk, value))
    }),
    (BENEFITS_MAY_FALL, |_, (_, option)| switching(option.switching_benefits, "must rise by")),
    (INVESTMENT_MAY_RISE, |_, (_, option)| switching(option.switching_capex, "must fall by")),
    ("Benefits may come later by", |_, (_, option)| match option.switching_delay {
        Some(years) => Cell::text(format!("{}\u{a0}years", format::number(years.get(), 2))),
        None if option.npv > Amount::ZERO => Cell::text("any time"),
        None => Cell::nothing(),
    }),
    ("NPV is zero at a rate of", |_, (_, option)| match (option.switching_rate, &option.internal_rates) {
        (Some(rate), _) => share(Some(rate)),
        (None, InternalRates::TooHigh) => Cell::text(too_high()),
        // A double root: NPV comes to zero and goes back to the side from which it came.
        (None, InternalRates::One(rate)) => Cell::text(share(Ratio::new(*rate)).text.unwrap_or_default())
            .note("touches zero and does not turn"),
        (None, _) => Cell::text("no rate"),
    }),
    ("All against it at once", |desk, (_, option)| signed(desk, option.worst_together)),
    ("All for it at once", |desk, (_, option)| signed(desk, option.best_together)),
    ("Worst course", |desk, (_, option)| course(desk, option.courses.map(|courses| courses.worst))),
    ("Best course", |desk, (_, option)| course(desk, option.courses.map(|courses| courses.best))),
    ("Expected value of the courses", |desk, (_, option)| {
        course(desk, option.courses.map(|courses| courses.expected))
    }),
    ("Exposure: expected cost of its risks", |desk, (option, _)| exposure(desk, option)),
    ("Fit with the strategy", |_, (option, _)| Cell::maybe(option.fit.clone()).class("wrap-short")),
];

/// What the room of the benefits is called among the measures of an option.
pub(super) const BENEFITS_MAY_FALL: &str = "Benefits may fall by";

/// What the room of the investment is called among the measures of an option.
pub(super) const INVESTMENT_MAY_RISE: &str = "Investment may rise by";

/// What a measure is called beside the figures of these options: where one has no room and must move the other way, the name says both.
pub(super) fn shown_name(name: &'static str, options: &[OptionFigures]) -> &'static str {
    let must_turn = |room: fn(&OptionFigures) -> Option<Ratio>| {
        options.iter().filter_map(room).any(|share| share.get() < 0.0)
    };
    match name {
        BENEFITS_MAY_FALL if must_turn(|option| option.switching_benefits) => {
            "Benefits may fall by (or must rise)"
        }
        INVESTMENT_MAY_RISE if must_turn(|option| option.switching_capex) => {
            "Investment may rise by (or must fall)"
        }
        name => name,
    }
}

fn course(desk: &Desk<'_>, npv: Option<Amount>) -> Cell {
    npv.map_or_else(Cell::nothing, |npv| signed(desk, npv))
}

/// What its risks may be expected to cost: as typed, else for the preferred option the exposure of the register, which is that of
/// the project. Where both are known and differ, the other stands below.
fn exposure(desk: &Desk<'_>, option: &CaseOption) -> Cell {
    let case = desk.project.project.business_case.as_ref();
    let preferred = case.and_then(|case| case.options.get(case.preferred?));
    let is_preferred = preferred.is_some_and(|preferred| preferred.id == option.id);
    let has_register = is_preferred && !desk.project.project.registers.risks.is_empty();
    let registered = has_register.then(|| outlook(desk).threats);
    match (option.exposure, registered) {
        (Some(typed), registered) => {
            let other = registered.filter(|registered| *registered != typed);
            let note = other.map(|other| {
                format!("as typed; open risks of the register, after response: {}", desk.money(other))
            });
            Cell::text(desk.money(typed)).note_if(note)
        }
        (None, Some(registered)) => Cell::text(desk.money(registered))
            .note("open risks of the register, after response")
            .explained(desk.explained("threats")),
        (None, None) => Cell::nothing(),
    }
}

/// What the net present value is called among the measures of an option.
const NPV: &str = "Net present value (NPV)";

/// How an option stands among the others by its net present value, and that it is the preferred one; none where neither is so.
fn standing(case: &BusinessCase, figures: &CaseFigures, place: usize) -> Option<String> {
    let best = figures.options.iter().map(|option| option.npv).max();
    let is_best = figures.options.len() > 1 && figures.options.get(place).map(|option| option.npv) == best;
    let is_preferred = case.preferred == Some(place);
    match (is_best, is_preferred) {
        (true, true) => Some("highest, and preferred".to_owned()),
        (true, false) => Some("highest".to_owned()),
        (false, true) => Some("preferred".to_owned()),
        (false, false) => None,
    }
}

/// What the total cost of ownership is called among the measures of an option.
pub const TOTAL_COST: &str = "Total cost of ownership (TCO)";

/// Options beside each other; a measure that says something of none of them is left out.
#[must_use]
pub fn options(desk: &Desk<'_>, case: &BusinessCase, figures: &CaseFigures) -> Table {
    let mut table = Table::new(&["Measure"]);
    table.head.extend(case.options.iter().map(|option| option.name.clone()));
    table.numeric.extend(case.options.iter().map(|_| true));
    for (name, show) in MEASURES {
        let cells: Vec<Cell> = case
            .options
            .iter()
            .zip(&figures.options)
            .enumerate()
            .map(|(place, shown)| {
                // What is typed leads to where it is typed.
                let key = desk.explained(&format!("{}.{}", option_anchor(place), slug(name)));
                let is_yardstick = figures.do_nothing == Some(place) && shown.1.total_cost == Amount::ZERO;
                let cell = if *name == TOTAL_COST && is_yardstick {
                    Cell::text("is the yardstick").class("muted")
                } else {
                    show(desk, shown)
                };
                let standing = standing(case, figures, place).filter(|_| *name == NPV);
                let explained = cell.explained.clone().or(key).or_else(|| desk.href_place(shown.0.origin));
                match standing {
                    Some(words) => cell.note(words).explained(explained),
                    None => cell.explained(explained),
                }
            })
            .collect();
        if cells.iter().any(|cell| cell.text != Cell::nothing().text) {
            table.push(Row::new(
                [Cell::text(shown_name(name, &figures.options))].into_iter().chain(cells).collect(),
            ));
        }
    }
    table
}

/// By which rule options rank, and how they rank by it.
#[must_use]
pub fn ranking(case: &BusinessCase, figures: &CaseFigures) -> String {
    let years = format::count(case.horizon as usize, "year");
    let rule = match figures.ranking.by {
        RankedBy::NetPresentValue => {
            format!("One of them is chosen, so they rank by net present value over the same {years}")
        }
        RankedBy::EquivalentAnnualValue => {
            "One of them is chosen and they last for different times, so they rank by equivalent annual value".to_owned()
        }
        RankedBy::ProfitabilityIndex => {
            "Each may be done as long as money lasts, so they rank by profitability index".to_owned()
        }
        RankedBy::BenefitCostRatio => {
            "Each may be done as long as money lasts, and the profitability index is not defined for all, so they \
             rank by benefit–cost ratio"
                .to_owned()
        }
    };
    let names: Vec<String> = figures
        .ranking
        .order
        .iter()
        .enumerate()
        .filter_map(|(rank, place)| Some(format!("{}. {}", rank + 1, case.options.get(*place)?.name)))
        .collect();
    let mut words =
        format!("{rule}: {}. Rates of return and payback are shown and never rank.", names.join("; "));
    if let (Some(preferred), Some(first)) = (figures.preferred, figures.ranking.order.first())
        && preferred != *first
    {
        words.push_str(" The preferred option is not the first of them.");
    }
    match figures.do_nothing.and_then(|place| case.options.get(place)) {
        Some(nothing) => {
            let is_over =
                !nothing.costs.is_empty() && figures.options.iter().any(|option| option.life < case.horizon);
            words.push_str(&format!(
                " All are computed against “{}”: what that would cost is a benefit of those that no longer pay it{}.",
                nothing.name,
                if is_over { ", as long as they last" } else { "" }
            ));
        }
        None => words.push_str(" Amounts are typed as differences from doing nothing."),
    }
    words
}

/// Every line of an option as typed, by year; benefits that free no money say so.
#[must_use]
pub fn lines(desk: &Desk<'_>, option: &CaseOption, horizon: u32) -> Table {
    let mut table = Table::new(&["Line"]);
    for year in 0..=horizon {
        table.head.push(format!("Year {year}"));
        table.numeric.push(true);
    }
    for (title, kind) in [("Costs", &option.costs), ("Benefits", &option.benefits)] {
        if kind.is_empty() {
            continue;
        }
        table.push(Row::group(title));
        for line in kind {
            let frees_nothing = title == "Benefits" && !line.cashable;
            let days = line.dated.iter().map(|dated| {
                format!("{} on {}", desk.money_words(dated.amount.likely), format::date(dated.day))
            });
            let notes: Vec<String> =
                frees_nothing.then(|| "brings in no money".to_owned()).into_iter().chain(days).collect();
            let name = Cell::text(format::sentence_start(&line.name));
            let name = name.note_if((!notes.is_empty()).then(|| notes.join("; ")));
            let years = line.years.iter().map(|range| {
                let is_range = range.low != range.high;
                let range_words = || format!("{} to {}", desk.money(range.low), desk.money(range.high));
                Cell::text(desk.money(range.likely))
                    .note_if(is_range.then(range_words))
                    .explained(desk.href_place(line.origin))
            });
            table.push(Row::new([name].into_iter().chain(years).collect()));
        }
    }
    table
}

/// Costs, benefits and what is left of them, year by year.
#[must_use]
pub fn years(desk: &Desk<'_>, figures: &OptionFigures, rate: f64) -> Table {
    let mut table = Table::new(&[
        "Year",
        "#Costs",
        "#Benefits",
        "#Net",
        "#Discount factor",
        "#Discounted",
        "#Discounted so far",
    ]);
    let anchor = preferred_anchor(desk);
    let mut sum = Amount::ZERO;
    let rows = figures.costs.iter().zip(&figures.benefits).zip(figures.net.iter().zip(&figures.discounted));
    for (year, ((costs, benefits), (net, discounted))) in rows.enumerate() {
        sum += *discounted;
        let factor = Ratio::new((1.0 + rate).powf(-(year as f64)));
        // What lies on a day is discounted from that day.
        let has_days = figures.has_days.get(year).copied().unwrap_or_default();
        let shown = |text: String, part: &str| {
            Cell::text(text).explained(desk.explained(&format!("{anchor}.{part}-{year}")))
        };
        table.push(Row::new(vec![
            Cell::text(year.to_string()),
            shown(desk.money(*costs), "costs"),
            shown(desk.money(*benefits), "benefits"),
            shown(desk.money_signed(*net), "net"),
            if has_days {
                Cell::nothing().note("by the day")
            } else {
                shown(format::decimals(factor, 4), "factor")
            },
            shown(desk.money_signed(*discounted), "discounted"),
            shown(desk.money_signed(sum), "sum"),
        ]));
    }
    table
}

/// What NPV becomes when one driver moves, and when all do.
#[must_use]
pub fn sensitivity(desk: &Desk<'_>, figures: &OptionFigures) -> Table {
    let mut table = Table::new(&["Driver", "#NPV when it moves by"]);
    let explained = |name: &str| desk.explained(&format!("{}.{}", preferred_anchor(desk), slug(name)));
    for driver in &figures.sensitivity {
        let (name, _) = crate::chart::tornado::driver_words(driver.driver);
        let moves = Cell::text(driver_moves(desk, driver)).explained(explained(&format!("if {name}")));
        table.push(Row::new(vec![Cell::text(name), moves]));
    }
    table.push(Row::new(vec![
        Cell::text("All against it at once")
            .note("benefits −20\u{a0}% and a year later, costs +20\u{a0}%, rate +2\u{a0}points"),
        Cell::text(desk.money_signed(figures.worst_together)).explained(explained("All against it at once")),
    ]));
    table.push(Row::new(vec![
        Cell::text("All for it at once").note("benefits +20\u{a0}%, costs −20\u{a0}%, rate −2\u{a0}points"),
        Cell::text(desk.money_signed(figures.best_together)).explained(explained("All for it at once")),
    ]));
    table
}

/// What NPV becomes with each move of a driver, in words.
#[must_use]
pub fn driver_moves(desk: &Desk<'_>, driver: &Sensitivity) -> String {
    let (_, unit) = crate::chart::tornado::driver_words(driver.driver);
    let moves = driver.npvs.iter().map(|(by, npv)| {
        format!("{}{unit}:\u{a0}{}", format::signed(*by, format::whole(*by)), desk.money_signed(*npv))
    });
    moves.collect::<Vec<_>>().join("; ")
}
