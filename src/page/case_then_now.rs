//! Is it still worth it: the business case as approved, as planned, now, and at each gate.

use serde::Serialize;

use crate::control::{Approval, CaseState, CostBasis, LivingCase, OptionFigures};
use crate::format;
use crate::page::case_words::{crossing, internal_rates, ratio, signed};
use crate::page::desk::Desk;
use crate::page::view::{Cell, Explain, ExplainInput, Row, Table};
use crate::quantity::Amount;
use crate::report::ProjectReport;

/// The case then and now.
#[derive(Clone, Debug, Serialize)]
pub struct ThenAndNow {
    /// What has become of it, in one sentence.
    pub lead: String,
    /// Figure, as approved, as planned, now, difference.
    pub table: Table,
    /// What stands for what, and what is not known.
    pub notes: Vec<String>,
    /// The case at each gate that was decided; empty before the first.
    pub gates: Table,
    /// How the figure of now is made.
    pub explain: Explain,
}

/// Puts then and now together; none where the case does not live.
#[must_use]
pub fn then_and_now(desk: &Desk<'_>) -> Option<ThenAndNow> {
    let living = desk.project.control.case.as_ref()?.living.as_ref()?;
    Some(ThenAndNow {
        lead: lead(desk, living),
        table: table(desk, living),
        notes: notes(desk, living),
        gates: gates(desk),
        explain: explain(desk, living),
    })
}

/// The net present value as approved, where the case lives.
#[must_use]
pub fn approved_npv(project: &ProjectReport) -> Option<Amount> {
    Some(project.control.case.as_ref()?.living.as_ref()?.approved.figures.npv)
}

/// The net present value as it stands: recomputed where the case lives, else as typed.
#[must_use]
pub fn npv_now(project: &ProjectReport) -> Option<Amount> {
    Some(project.control.case.as_ref()?.preferred_now()?.npv)
}

fn lead(desk: &Desk<'_>, living: &LivingCase) -> String {
    let (then, now) = (living.approved.figures.npv, living.now.figures.npv);
    let currency = desk.project.project.currency;
    let difference = format::money_printed(now, currency) - format::money_printed(then, currency);
    let moved = match difference.cmp(&Amount::ZERO) {
        std::cmp::Ordering::Less => {
            format!("{} less than approved", desk.money_words(Amount::ZERO - difference))
        }
        std::cmp::Ordering::Greater => format!("{} more than approved", desk.money_words(difference)),
        std::cmp::Ordering::Equal => "as approved".to_owned(),
    };
    let verdict = match (then > Amount::ZERO, now > Amount::ZERO) {
        (true, false) => " It was worth doing and no longer is.",
        (false, true) => " It was not worth doing and now is.",
        (false, false) => " It is not worth doing.",
        (true, true) => " It is still worth doing.",
    };
    format!("Net present value now {}: {moved}.{verdict}", desk.money_words(now))
}

type Line = (&'static str, fn(&Desk<'_>, &OptionFigures) -> Cell);

const LINES: &[Line] = &[
    ("NPV of benefits that bring in money", |desk, figures| signed(desk, figures.npv_cashable_only)),
    ("Internal rate of return (IRR)", |_, figures| internal_rates(&figures.internal_rates)),
    ("Discounted payback", |_, figures| crossing(figures.discounted_payback)),
    ("Benefit–cost ratio (BCR)", |_, figures| ratio(figures.bcr)),
    ("Present value of benefits", |desk, figures| Cell::text(desk.money(figures.pv_benefits))),
    ("Present value of costs", |desk, figures| Cell::text(desk.money(figures.pv_costs))),
];

fn table(desk: &Desk<'_>, living: &LivingCase) -> Table {
    let mut table = Table::new(&["Figure", "#As approved", "#As planned", "#Now", "#Now less approved"]);
    let states = [&living.approved, &living.planned, &living.now];
    let row = |name: &str, cells: [Cell; 3], difference: Cell| {
        Row::new([Cell::text(name)].into_iter().chain(cells).chain([difference]).collect())
    };
    let money_row = |name: &str, figure: &dyn Fn(&CaseState) -> Option<Amount>| {
        let [then, _, now] = states.map(figure);
        let cells = states.map(|state| Cell::maybe(figure(state).map(|amount| desk.money_signed(amount))));
        let difference = then.zip(now).map(|(then, now)| desk.money_difference(then, now));
        row(name, cells, Cell::maybe(difference))
    };
    table.push(money_row("Net present value (NPV)", &|state| Some(state.figures.npv)));
    for (name, show) in LINES {
        table.push(row(name, states.map(|state| show(desk, &state.figures)), Cell::default()));
    }
    if states.iter().any(|state| state.carried.is_some()) {
        let carried = states.map(|state| Cell::maybe(state.carried.map(|amount| desk.money(amount))));
        let difference = living.approved.carried.zip(living.now.carried);
        let difference = difference.map(|(then, now)| desk.money_difference(then, now));
        table.push(row("What the project itself costs", carried, Cell::maybe(difference)));
    }
    if living.now.benefits_day.is_some() {
        let days = states.map(|state| desk.date(state.benefits_day));
        let late = Cell::text(match living.now.days_late {
            0 => "not later".to_owned(),
            days => format!("{} later", format::count(usize::try_from(days).unwrap_or(0), "day")),
        });
        table.push(row("Benefits may begin on", days, late));
    }
    table
}

fn notes(desk: &Desk<'_>, living: &LivingCase) -> Vec<String> {
    let mut notes = vec![match &living.approved_by {
        Approval::Frozen { baseline } => {
            format!("“As approved” stands in baseline {baseline} and no longer moves.")
        }
        Approval::Typed => {
            "The case of the day of its approval is not frozen: “as approved” are the amounts of the \
                            file as it is today."
                .to_owned()
        }
    }];
    let case = desk.project.project.business_case.as_ref();
    let carried = carried_names(desk, living);
    notes.push(match living.cost_basis {
        CostBasis::Estimate => format!(
            "What the project spends ({carried}) is its budget as planned, and now actual cost and the estimate of the \
             rest, {} together."
            , desk.money_words(living.now.carried.unwrap_or_default())
        ),
        CostBasis::Budget => format!(
            "What the project spends ({carried}) is its budget, also now: no cost is recorded, so nothing can be estimated."
        ),
        CostBasis::Typed if carried.is_empty() => {
            "Costs are as typed: write `carried_by_project:` with the lines that the project spends.".to_owned()
        }
        CostBasis::Typed => format!("Costs are as typed: the plan has no budget to stand for {carried}."),
    });
    notes.push(match case.and_then(|case| case.benefits_wait_for) {
        Some(task) => format!(
            "Benefits wait for {}. A part of a year that it comes later moves that part of each year’s benefits into the \
             year after; what falls behind the horizon is lost. Nobody has said what an earlier year would bring, so \
             coming earlier gains nothing.",
            crate::page::desk::task_name(desk.project.project.task(task))
        ),
        None => "Benefits come as typed: write `benefits_wait_for:` with what they wait for.".to_owned(),
    });
    notes
}

/// The cost lines that the project carries, in words.
fn carried_names(desk: &Desk<'_>, living: &LivingCase) -> String {
    let Some(case) = desk.project.project.business_case.as_ref() else { return String::new() };
    let Some(option) = case.options.get(living.option) else { return String::new() };
    let names: Vec<String> = case
        .carried
        .iter()
        .filter_map(|place| option.costs.get(*place))
        .map(|line| line.name.replace('_', " "))
        .collect();
    format::listed(&names)
}

/// The case as it stood when each gate was decided, and now.
fn gates(desk: &Desk<'_>) -> Table {
    let mut table = Table::new(&[
        "Gate",
        "Day",
        "#NPV then",
        "#The project’s own cost",
        "Benefits may begin on",
        "#Discounted payback",
    ]);
    let mut push = |name: Cell, project: &ProjectReport| {
        let Some(living) = project.control.case.as_ref().and_then(|case| case.living.as_ref()) else {
            return;
        };
        let state = &living.now;
        table.push(Row::new(vec![
            name,
            Cell::text(format::date(project.status_date)),
            signed(desk, state.figures.npv),
            Cell::maybe(state.carried.map(|amount| desk.money(amount))),
            desk.date(state.benefits_day),
            crossing(state.figures.discounted_payback),
        ]));
    };
    for (gate, project) in &desk.project.at_gates {
        let href = desk.href_to(&crate::page::Thing::Gate(*gate));
        push(Cell::text(gate.to_string()).href(href), project);
    }
    if !desk.project.at_gates.is_empty() {
        push(Cell::text("Now"), desk.project);
    }
    table
}

fn explain(desk: &Desk<'_>, living: &LivingCase) -> Explain {
    let now = &living.now;
    let mut inputs: Vec<ExplainInput> = Vec::new();
    let mut input = |label: String, value: String, place: Option<String>, page: Option<&str>| {
        let href = page.and_then(|page| desk.href_page(page));
        inputs.push(ExplainInput { label, value, place, href });
    };
    if let Some(case) = desk.project.project.business_case.as_ref() {
        input(
            "Discount rate".to_owned(),
            format::share(case.rate as f64 / 10_000.0),
            desk.place(case.origin),
            None,
        );
        if let Some(option) = case.options.get(living.option) {
            let carried = living.cost_basis != CostBasis::Typed;
            for (place, line) in option.costs.iter().enumerate() {
                let is_replaced = carried && case.carried.contains(&place);
                if !is_replaced {
                    input(
                        format!("Cost: {}", line.name),
                        line_words(desk, line),
                        desk.place(line.origin),
                        None,
                    );
                }
            }
            for line in &option.benefits {
                input(
                    format!("Benefit: {}", line.name),
                    line_words(desk, line),
                    desk.place(line.origin),
                    None,
                );
            }
        }
    }
    let total = &desk.project.control.total;
    if living.cost_basis == CostBasis::Estimate {
        input("Actual cost".to_owned(), desk.money_words(total.actual), None, Some("budget"));
        input(
            "Still to spend".to_owned(),
            desk.money_words(total.estimate_to_complete()),
            None,
            Some("budget"),
        );
    }
    if let Some(day) = now.benefits_day {
        input("Benefits may begin on".to_owned(), format::date(day), None, Some("schedule"));
    }
    let flows: Vec<String> = now.figures.net.iter().map(|net| desk.money_signed(*net)).collect();
    Explain {
        title: "How the value of now is computed".to_owned(),
        formula: "NPV = Σ (benefits − costs of year t) ÷ (1 + rate)^t, year 0 not discounted; benefits of a year that \
                  come late by a part δ of a year are (1 − δ) × those of the year + δ × those of the year before"
            .to_owned(),
        values: Some(format!(
            "{} = net flows {} discounted; {} of 365 days late",
            desk.money_signed(now.figures.npv),
            flows.join("; "),
            format::whole(now.days_late)
        )),
        inputs,
        source: Some(
            "Discounted cash flow as in the UK Green Book and PM²’s business case; the estimate of cost is that of the \
             budget page."
                .to_owned(),
        ),
    }
}

/// The likely amounts of a line, year by year and day by day.
#[must_use]
pub fn line_words(desk: &Desk<'_>, line: &crate::model::CaseLine) -> String {
    let years = line.years.iter().map(|range| desk.money(range.likely));
    let dated = line
        .dated
        .iter()
        .map(|dated| format!("{} on {}", desk.money(dated.amount.likely), format::date(dated.day)));
    let is_empty = line.years.iter().all(|range| range.likely == Amount::ZERO);
    let words: Vec<String> = if is_empty { dated.collect() } else { years.chain(dated).collect() };
    words.join("; ")
}
