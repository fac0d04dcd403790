//! Earned value in full: every figure with its formula, its numbers and the places its inputs were typed at.

use serde::Serialize;

use crate::control::{Burn, BurnUnit, EarnedValue, PRESSURE_MEANS_FROM, ToComplete};
use crate::format;
use crate::model::Earning;
use crate::page::bottom_up::{bottom_up_row, lacking};
use crate::page::desk::Desk;
use crate::page::explain::earned_key;
use crate::page::verdict::promise_word;
use crate::page::view::{Cell, Row, Table};
use crate::quantity::{Amount, Ratio};

/// Earned value.
#[derive(Clone, Debug, Serialize)]
pub struct EarnedValueView {
    /// Each figure for all tasks and without level of effort.
    pub table: Table,
    /// What to keep in mind: indices too young, level of effort large; empty when nothing is.
    pub cautions: Vec<String>,
}

/// Puts earned value together.
#[must_use]
pub fn earned_value(desk: &Desk<'_>) -> EarnedValueView {
    let control = &desk.project.control;
    let has_loe = control.total.is_of_other_work(&control.discrete);
    let mut table = if has_loe {
        Table::new(&["Figure", "#All tasks", "#Without level of effort", "Formula"])
    } else {
        Table::new(&["Figure", "#All tasks", "Formula"])
    };
    // A stopped project has no work left, and without recorded cost nothing says what the rest will take.
    let is_estimated = control.is_cost_forecast();
    for line in LINES.iter().filter(|line| is_estimated || !line.is_forecast()) {
        let show = |value: &EarnedValue, is_discrete: bool| {
            line.cell(desk, value).explained(desk.explained(&earned_key(line.letters, is_discrete)))
        };
        let name = Cell::text(format!("{} ({})", line.name, letters(line, &control.total)));
        let mut cells = vec![name, show(&control.total, false)];
        if has_loe {
            cells.push(show(&control.discrete, true));
        }
        cells.push(Cell::text(line.formula).class("muted"));
        table.push(Row::new(cells));
        if line.letters == "EAC₃" {
            table.push(bottom_up_row(desk, has_loe));
        }
    }
    EarnedValueView { table, cautions: cautions(desk) }
}

/// A line of the table of earned value.
struct Line {
    name: &'static str,
    letters: &'static str,
    formula: &'static str,
    /// Whether it rests on an index, and so means little while little is earned.
    rests_on_index: bool,
    show: fn(&Desk<'_>, &EarnedValue) -> Cell,
}

impl Line {
    /// Says whether it speaks of work that is left: a stopped project has none.
    fn is_forecast(&self) -> bool {
        matches!(self.letters, "EAC₁" | "EAC₂" | "EAC₃" | "ETC" | "VAC" | "TCPI(BAC)" | "TCPI(EAC)")
    }

    /// The figure; tinted, with the word beside it, where it is too early for it.
    fn cell(&self, desk: &Desk<'_>, value: &EarnedValue) -> Cell {
        let cell = (self.show)(desk, value);
        if !self.rests_on_index || cell.text.as_deref() == Some(format::NOTHING) {
            return cell;
        }
        if self.letters == "SPI" && value.is_past_telling_time() {
            return cell.class("early").note("no longer tells the time: read SPI(t)");
        }
        if self.letters == "EAC₃" && value.is_pressure_no_forecast() {
            return cell.class("early").note(format!("no forecast: SPI is below {}", least_spi()));
        }
        if value.is_too_early() { cell.class("early").note("too early") } else { cell }
    }
}

/// The letters of a line, and whether it is the estimate that pages lead with.
fn letters(line: &Line, total: &EarnedValue) -> String {
    let leads = total.headline().letters();
    if line.letters == leads { format!("{leads}, headline") } else { line.letters.to_owned() }
}

fn money(desk: &Desk<'_>, amount: Amount) -> Cell {
    Cell::text(desk.money(amount))
}

fn signed(desk: &Desk<'_>, amount: Amount) -> Cell {
    let cell = Cell::text(desk.money_signed(amount));
    if amount < Amount::ZERO { cell.class("bad") } else { cell }
}

fn index(ratio: Option<Ratio>) -> Cell {
    Cell::text(format::decimals(ratio, 3))
}

fn share(ratio: Option<Ratio>) -> Cell {
    Cell::text(ratio.map_or_else(|| format::NOTHING.to_owned(), |ratio| format::share(ratio.get())))
}

/// A share with its sign and two decimals: −16.36 %.
fn signed_share(ratio: Option<Ratio>) -> Cell {
    let Some(ratio) = ratio else { return Cell::nothing() };
    let share = format::number((ratio.get() * 100.0).abs(), 2);
    let sign = match ratio.get() {
        _ if share == "0.00" => "",
        below if below < 0.0 => "−",
        _ => "+",
    };
    let cell = Cell::text(format!("{sign}{share}\u{a0}%"));
    if sign == "−" { cell.class("bad") } else { cell }
}

fn to_complete(index: ToComplete) -> Cell {
    match index {
        ToComplete::Index(ratio) => Cell::text(format::decimals(Some(ratio), 3)),
        ToComplete::BudgetCannotBeMet => Cell::text("budget cannot be met").class("bad"),
        ToComplete::NothingLeft => Cell::text("nothing left"),
    }
}

const LINES: &[Line] = &[
    Line {
        name: "Budget at completion",
        letters: "BAC",
        formula: "Σ budgets of all tasks and lines that it is measured by",
        rests_on_index: false,
        show: |desk, value| money(desk, value.budget),
    },
    Line {
        name: "Planned value",
        letters: "PV",
        formula: "budget of what was to be done by now",
        rests_on_index: false,
        show: |desk, value| money(desk, value.planned),
    },
    Line {
        name: "Earned value",
        letters: "EV",
        formula: "Σ budget × share earned",
        rests_on_index: false,
        show: |desk, value| money(desk, value.earned),
    },
    Line {
        name: "Actual cost",
        letters: "AC",
        formula: "hours × rates + invoices + accruals",
        rests_on_index: false,
        show: |desk, value| money(desk, value.actual),
    },
    Line {
        name: "Schedule variance",
        letters: "SV",
        formula: "EV − PV",
        rests_on_index: false,
        show: |desk, value| signed(desk, value.schedule_variance()),
    },
    Line {
        name: "Cost variance",
        letters: "CV",
        formula: "EV − AC",
        rests_on_index: false,
        show: |desk, value| signed(desk, value.cost_variance()),
    },
    Line {
        name: "Schedule variance as a share",
        letters: "SV %",
        formula: "SV ÷ PV",
        rests_on_index: true,
        show: |_, value| signed_share(value.schedule_variance_share()),
    },
    Line {
        name: "Cost variance as a share",
        letters: "CV %",
        formula: "CV ÷ EV",
        rests_on_index: true,
        show: |_, value| signed_share(value.cost_variance_share()),
    },
    Line {
        name: "Schedule performance index",
        letters: "SPI",
        formula: "EV ÷ PV",
        rests_on_index: true,
        show: |_, value| index(value.spi()),
    },
    Line {
        name: "Cost performance index",
        letters: "CPI",
        formula: "EV ÷ AC",
        rests_on_index: true,
        show: |_, value| index(value.cpi()),
    },
    Line {
        name: "Share complete",
        letters: "EV share",
        formula: "EV ÷ BAC",
        rests_on_index: false,
        show: |_, value| share(value.percent_complete()),
    },
    Line {
        name: "Share spent",
        letters: "AC share",
        formula: "AC ÷ BAC",
        rests_on_index: false,
        show: |_, value| share(value.percent_spent()),
    },
    Line {
        name: "Estimate at completion, deviation was a one-off",
        letters: "EAC₁",
        formula: "AC + (BAC − EV)",
        rests_on_index: false,
        show: |desk, value| money(desk, value.estimate_one_off()),
    },
    Line {
        name: "Estimate at completion, cost trend goes on",
        letters: "EAC₂",
        formula: "AC + (BAC − EV) ÷ CPI",
        rests_on_index: true,
        show: |desk, value| Cell::maybe(value.estimate_trend().map(|amount| desk.money(amount))),
    },
    Line {
        name: "Estimate at completion, cost and time press",
        letters: "EAC₃",
        formula: "AC + (BAC − EV) ÷ (CPI × SPI)",
        rests_on_index: true,
        show: |desk, value| Cell::maybe(value.estimate_pressure().map(|amount| desk.money(amount))),
    },
    Line {
        name: "Estimate to complete",
        letters: "ETC",
        formula: "headline EAC − AC",
        rests_on_index: false,
        show: |desk, value| money(desk, value.estimate_to_complete()),
    },
    Line {
        name: "Variance at completion",
        letters: "VAC",
        formula: "BAC − headline EAC",
        rests_on_index: false,
        show: |desk, value| signed(desk, value.variance_at_completion()),
    },
    Line {
        name: "Efficiency needed to meet the budget",
        letters: "TCPI(BAC)",
        formula: "(BAC − EV) ÷ (BAC − AC)",
        rests_on_index: true,
        show: |_, value| to_complete(value.to_complete_index_budget()),
    },
    Line {
        name: "Efficiency needed to meet the estimate",
        letters: "TCPI(EAC)",
        formula: "(BAC − EV) ÷ (headline EAC − AC)",
        rests_on_index: true,
        show: |_, value| index(value.to_complete_index_estimate()),
    },
];

fn cautions(desk: &Desk<'_>) -> Vec<String> {
    let control = &desk.project.control;
    let mut cautions = Vec::new();
    if control.is_stopped {
        return cautions;
    }
    if control.total.is_too_early() {
        cautions.push(
            "Less than 15\u{a0}% of the budget is earned: indices still jump with every booking, so the estimate leads with EAC₁, the rest as budgeted.".to_owned(),
        );
    }
    cautions.extend(pressure_without_end(desk));
    cautions.extend(earned_by_added(desk));
    cautions.extend(past_telling_time(desk));
    cautions.extend(lacking(desk));
    let loe = control.total.budget - control.discrete.budget;
    if loe > Amount::ZERO {
        let share = loe.as_f64() / control.total.budget.as_f64();
        cautions.push(format!(
            "{} of the budget ({}) is level of effort or belongs to no task, and earns as planned whatever happens; the indices behind the colours are read without it.",
            format::share(share),
            desk.money_words(loe)
        ));
    }
    cautions.extend(unbooked(desk));
    if let (ToComplete::Index(needed), Some(cpi)) =
        (control.total.to_complete_index_budget(), control.total.cpi())
        && needed.get() - cpi.get() > 0.10
    {
        cautions.push(format!(
            "To meet the budget the rest would have to be done at an efficiency of {}, against {} so far: not credible (a gap above 0.10).",
            format::decimals(Some(needed), 2),
            format::decimals(Some(cpi), 2)
        ));
    }
    cautions
}

/// The SPI from which on EAC₃ is a forecast.
fn least_spi() -> String {
    format::number(PRESSURE_MEANS_FROM, 2)
}

/// That EAC₃ is no forecast at so low an SPI, and why; none where it is one.
fn pressure_without_end(desk: &Desk<'_>) -> Option<String> {
    let total = &desk.project.control.total;
    let pressure = total.estimate_pressure().filter(|_| total.is_pressure_no_forecast())?;
    let at_spi = Some(format::decimals(total.spi(), 2)).filter(|spi| *spi != least_spi());
    let at_spi = at_spi.unwrap_or_else(|| format::decimals(total.spi(), 4));
    Some(format!(
        "EAC₃, {}, is no forecast at an SPI of {}, and no range and no chart holds it. SPI says how much of the work that was due is earned, \
         not what work costs: below {} the formula more than doubles the cost of what is left for being late alone, and it grows without \
         end the less is earned.",
        desk.money_words(pressure),
        at_spi,
        least_spi(),
    ))
}

/// Of which work counted in units there are more than was promised: what was added and is done earns the money of what was promised.
fn earned_by_added(desk: &Desk<'_>) -> Vec<String> {
    let control = &desk.project.control;
    let earns = |burn: &&Burn| {
        let method = burn.task().and_then(|task| control.reference.methods.get(task.0 as usize));
        matches!(method, Some(Earning::Units { .. })) && burn.remaining < burn.scope
    };
    let grown = control.unit_burns.iter().filter(|burn| burn.agreed > 0.0 && burn.scope > burn.agreed);
    grown.filter(earns).filter_map(|burn| added_words(burn, promise_word(desk))).collect()
}

/// `“Backlog”: 112 points are done, against 180 promised. 56 of the 236 there are now were added since …`; none for effort.
fn added_words(burn: &Burn, promised: &str) -> Option<String> {
    let BurnUnit::Units(unit) = &burn.unit else { return None };
    let number = |amount: f64| format::number(amount, 0);
    Some(format!(
        "“{}”: {} {unit} are done, against {} {promised}. {} of the {} there are now were added since; those of them that are done \
         count as earned, too, so less may be earned of what was {promised}.",
        burn.title,
        number(burn.scope - burn.remaining),
        number(burn.agreed),
        number(burn.scope - burn.agreed),
        number(burn.scope),
    ))
}

/// Which level of effort earns although nobody books on it, and what the estimate would be without; none where hours are booked.
#[must_use]
pub fn unbooked(desk: &Desk<'_>) -> Option<String> {
    let control = &desk.project.control;
    if control.has_ended() {
        return None;
    }
    let tasks: Vec<String> = control
        .unbooked_for_long(desk.project.project.reporting)
        .map(|effort| {
            format!(
                "“{}” (level of effort) for {}, while it earned {}",
                desk.project.project.task(effort.task).name,
                format::count(usize::try_from(effort.weeks()).unwrap_or(0), "week"),
                desk.money_words(effort.earned)
            )
        })
        .collect();
    let as_booked = control.estimate_as_booked();
    let without = if as_booked > control.total.estimate() {
        format!(
            " Without what no report vouches for the headline estimate is {}, and the colour of cost follows that.",
            desk.money_words(as_booked)
        )
    } else {
        String::new()
    };
    (!tasks.is_empty()).then(|| {
        format!(
            "No hours were booked on {}: EV and CPI with it are not to be trusted.{without}",
            format::listed(&tasks)
        )
    })
}

/// Where SPI has stopped telling the time, which figure does instead.
fn past_telling_time(desk: &Desk<'_>) -> Option<String> {
    let control = &desk.project.control;
    if !control.total.is_past_telling_time() || control.total.is_too_early() {
        return None;
    }
    let spi = format::decimals(control.total.spi(), 2);
    let why = if control.total.earned >= control.total.budget {
        format!("Everything is earned, so SPI is {spi} however late it was done")
    } else {
        format!(
            "All of the plan was due by now, so SPI ({spi}) only repeats the share complete and will end at 1 however late"
        )
    };
    Some(match control.total_schedule.index {
        Some(index) => format!("{why}. Read SPI(t), {}, instead.", format::decimals(Some(index), 2)),
        None => format!("{why}."),
    })
}
