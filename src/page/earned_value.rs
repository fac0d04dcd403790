//! Earned value in full: every figure with its formula, its numbers and the places its inputs were typed at.

use serde::Serialize;

use crate::control::{EarnedValue, ToComplete};
use crate::format;
use crate::page::desk::Desk;
use crate::page::explain::earned_key;
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
    let has_loe = control.total != control.discrete;
    let mut table = if has_loe {
        Table::new(&["Figure", "#All tasks", "#Without level of effort", "Formula"])
    } else {
        Table::new(&["Figure", "#All tasks", "Formula"])
    };
    for line in LINES {
        let letters = line.letters.trim_end_matches(", headline");
        let show = |value: &EarnedValue, is_discrete: bool| {
            (line.show)(desk, value).explained(desk.explained(&earned_key(letters, is_discrete)))
        };
        let mut cells =
            vec![Cell::text(format!("{} ({})", line.name, line.letters)), show(&control.total, false)];
        if has_loe {
            cells.push(show(&control.discrete, true));
        }
        cells.push(Cell::text(line.formula).class("muted"));
        table.push(Row::new(cells));
    }
    EarnedValueView { table, cautions: cautions(desk) }
}

/// A line of the table of earned value.
struct Line {
    name: &'static str,
    letters: &'static str,
    formula: &'static str,
    show: fn(&Desk<'_>, &EarnedValue) -> Cell,
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
        show: |desk, value| money(desk, value.budget),
    },
    Line {
        name: "Planned value",
        letters: "PV",
        formula: "budget of what was to be done by now",
        show: |desk, value| money(desk, value.planned),
    },
    Line {
        name: "Earned value",
        letters: "EV",
        formula: "Σ budget × share earned",
        show: |desk, value| money(desk, value.earned),
    },
    Line {
        name: "Actual cost",
        letters: "AC",
        formula: "hours × rates + invoices + accruals",
        show: |desk, value| money(desk, value.actual),
    },
    Line {
        name: "Schedule variance",
        letters: "SV",
        formula: "EV − PV",
        show: |desk, value| signed(desk, value.schedule_variance()),
    },
    Line {
        name: "Cost variance",
        letters: "CV",
        formula: "EV − AC",
        show: |desk, value| signed(desk, value.cost_variance()),
    },
    Line {
        name: "Schedule performance index",
        letters: "SPI",
        formula: "EV ÷ PV",
        show: |_, value| index(value.spi()),
    },
    Line {
        name: "Cost performance index",
        letters: "CPI",
        formula: "EV ÷ AC",
        show: |_, value| index(value.cpi()),
    },
    Line {
        name: "Share complete",
        letters: "EV share",
        formula: "EV ÷ BAC",
        show: |_, value| share(value.percent_complete()),
    },
    Line {
        name: "Share spent",
        letters: "AC share",
        formula: "AC ÷ BAC",
        show: |_, value| share(value.percent_spent()),
    },
    Line {
        name: "Estimate at completion, deviation was a one-off",
        letters: "EAC₁",
        formula: "AC + (BAC − EV)",
        show: |desk, value| money(desk, value.estimate_one_off()),
    },
    Line {
        name: "Estimate at completion, cost trend goes on",
        letters: "EAC₂, headline",
        formula: "AC + (BAC − EV) ÷ CPI",
        show: |desk, value| Cell::maybe(value.estimate_trend().map(|amount| desk.money(amount))),
    },
    Line {
        name: "Estimate at completion, cost and time press",
        letters: "EAC₃",
        formula: "AC + (BAC − EV) ÷ (CPI × SPI)",
        show: |desk, value| Cell::maybe(value.estimate_pressure().map(|amount| desk.money(amount))),
    },
    Line {
        name: "Estimate to complete",
        letters: "ETC",
        formula: "EAC − AC",
        show: |desk, value| money(desk, value.estimate_to_complete()),
    },
    Line {
        name: "Variance at completion",
        letters: "VAC",
        formula: "BAC − EAC",
        show: |desk, value| signed(desk, value.variance_at_completion()),
    },
    Line {
        name: "Efficiency needed to meet the budget",
        letters: "TCPI(BAC)",
        formula: "(BAC − EV) ÷ (BAC − AC)",
        show: |_, value| to_complete(value.to_complete_index_budget()),
    },
    Line {
        name: "Efficiency needed to meet the estimate",
        letters: "TCPI(EAC)",
        formula: "(BAC − EV) ÷ (EAC − AC)",
        show: |_, value| index(value.to_complete_index_estimate()),
    },
];

fn cautions(desk: &Desk<'_>) -> Vec<String> {
    let control = &desk.project.control;
    let mut cautions = Vec::new();
    if control.total.is_too_early() {
        cautions.push(
            "Less than 15\u{a0}% of the budget is earned: indices still jump with every booking.".to_owned(),
        );
    }
    let loe = control.total.budget - control.discrete.budget;
    if loe > Amount::ZERO {
        let share = loe.as_f64() / control.total.budget.as_f64();
        cautions.push(format!(
            "{} of the budget ({}) is level of effort, which earns as planned whatever happens; colours are read without it.",
            format::share(share),
            desk.money_words(loe)
        ));
    }
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
