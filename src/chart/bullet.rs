//! Bullet bars: what projects come to against their budget and what is held beside it, each in percent of its budget, so
//! that currencies and sizes stand on one axis.
//!
//! Answers: does the money suffice, everywhere? The frame is the budget, the two pale steps behind it contingency and
//! management reserve; the bar is what is spent, hatched what is still to come.

use crate::chart::kit::frame::Plot;
use crate::chart::kit::ink::Ink;
use crate::chart::kit::notes::Frame;
use crate::chart::kit::path::PathData;
use crate::chart::kit::scale::{AmountAxis, RowAxis};
use crate::chart::kit::svg::{Anchor, Column, Group, SMALL_SIZE, Sheet, TEXT_SIZE, Words};
use crate::chart::kit::text_width::{Weight, fitted, text_width};
use crate::chart::{DataTable, Drawing};
use crate::format;
use crate::model::Ground;
use crate::quantity::Amount;
use crate::report::{ProjectReport, Report};

/// Height of a row in pixels; on a telephone the name takes a line more.
const ROW: f64 = 34.0;

/// Height of the key above the rows, in pixels.
const HEAD: f64 = 28.0;

/// What the bars are drawn from.
#[derive(Clone, Debug)]
pub struct BulletInput {
    /// Begins every id in the markup; unique on the page.
    pub id_prefix: String,
    /// Heading of the chart.
    pub title: String,
    /// Rows from the top.
    pub rows: Vec<BulletRow>,
}

/// The money of a project.
#[derive(Clone, Debug)]
pub struct BulletRow {
    /// Name beside the bar.
    pub name: String,
    /// Where the row leads; no link if `None`.
    pub href: Option<String>,
    /// Granted; above zero, or the row is not drawn.
    pub budget: Amount,
    /// Spent by the status date.
    pub spent: Amount,
    /// Estimate at completion; `None` where nothing is recorded to estimate from.
    pub estimate: Option<Amount>,
    /// What reserves granted for work that is not done, which the estimate does not hold: it is held against the limits with it.
    pub to_come: Amount,
    /// The dearest of the forecasts of cost that the pages of the project name, their ranges among them, with what was granted and
    /// they do not hold; `None` without an estimate.
    pub dearest: Option<Amount>,
    /// That sum with its unit and the letters of its formula: "191 071 EUR by EAC₃"; empty where it is none.
    pub dearest_words: String,
    /// Whether any forecast goes beyond budget and contingency.
    pub is_beyond: bool,
    /// What the cost baseline holds beside the budget: the contingency, be it drawn or left; zero where none was granted.
    pub contingency: Amount,
    /// What is left of the management reserve; zero where nothing is. What was drawn of it is in the cost baseline.
    pub reserve: Amount,
    /// The estimate and the budget with their unit: "104 959 of 98 432 EUR".
    pub words: String,
}

impl BulletRow {
    /// An amount in percent of the budget.
    fn percent(&self, amount: Amount) -> f64 {
        amount.as_f64() / self.budget.as_f64() * 100.0
    }

    /// How far the estimate lies over the budget, in percent of it: "+6.6 %".
    fn over(&self) -> Option<String> {
        let over = self.estimate? - self.budget;
        Some(format::signed(over.0, format::share(over.as_f64() / self.budget.as_f64())))
    }

    /// Whether the estimate lies above the budget.
    fn is_over(&self) -> bool {
        self.estimate.is_some_and(|estimate| estimate > self.budget)
    }

    /// Whether a forecast lies above the budget, be it the estimate or another.
    fn is_any_over(&self) -> bool {
        self.dearest.is_some_and(|dearest| dearest > self.budget)
    }
}

/// The money of all projects; `None` where no project has a budget. `link_to` gives the link to a project.
#[must_use]
pub fn of_portfolio(report: &Report, link_to: &dyn Fn(&ProjectReport) -> Option<String>) -> Option<Drawing> {
    let rows: Vec<BulletRow> = report
        .projects
        .iter()
        .filter(|project| project.control.total.budget > Amount::ZERO && !project.control.is_stopped)
        .filter(|project| !project.project.is_unread(Ground::ESTIMATE))
        .map(|project| {
            let (total, spending) = (&project.control.total, &project.control.spending);
            let currency = project.project.currency;
            let estimate = spending.is_recorded.then(|| total.estimate());
            let budget = format::money_with_currency(total.budget, currency);
            let forecasts = project.control.cost_forecasts(project.risk.as_deref());
            let dearest =
                project.control.dearest_forecast(project.risk.as_deref()).filter(|_| estimate.is_some());
            BulletRow {
                name: project.project.name.clone(),
                href: link_to(project),
                budget: total.budget,
                spent: total.actual,
                estimate,
                to_come: forecasts.first().map_or(Amount::ZERO, |headline| headline.to_come),
                dearest: estimate.max(dearest.map(|(amount, _)| amount)),
                dearest_words: dearest.map_or_else(String::new, |(amount, letters)| {
                    format!("{} by {letters}", format::money_with_currency(amount, currency))
                }),
                is_beyond: forecasts.iter().any(|one| !one.is_inside()),
                contingency: spending.over_budget_in_cost_baseline().max(Amount::ZERO),
                reserve: spending.management_reserve.remaining.max(Amount::ZERO),
                words: match estimate {
                    Some(estimate) => format!("{} of {budget}", format::money(estimate, currency)),
                    None => budget,
                },
            }
        })
        .collect();
    (!rows.is_empty()).then(|| {
        draw(&BulletInput {
            id_prefix: "portfolio-money".to_owned(),
            title: "Money at completion, in percent of budget".to_owned(),
            rows,
        })
    })
}

/// Draws the bars.
#[must_use]
pub fn draw(input: &BulletInput) -> Drawing {
    let sentence = sentence(input);
    let svg = [Column::Wide, Column::Narrow]
        .map(|column| paint(input, column).finish(&input.title, &sentence))
        .concat();
    Drawing { name: "bullet", svg, title: input.title.clone(), sentence, table: table(input) }
}

fn paint(input: &BulletInput, column: Column) -> Sheet {
    let is_wide = column == Column::Wide;
    let width = if is_wide { 800.0 } else { 360.0 };
    let widest = |texts: &mut dyn Iterator<Item = String>, size: f64, weight: Weight| {
        texts.map(|text| text_width(&text, size, weight)).fold(40.0, f64::max)
    };
    let names =
        widest(&mut input.rows.iter().map(|row| row.name.clone()), TEXT_SIZE, Weight::Regular).min(220.0);
    let notes = widest(&mut input.rows.iter().map(note), SMALL_SIZE, Weight::Strong).min(260.0);
    let (left, row, right) =
        if is_wide { (names + 16.0, ROW, width - notes - 16.0) } else { (8.0, ROW + 14.0, width - 12.0) };
    let head = if is_wide { HEAD } else { HEAD + 18.0 };
    let n_rows = input.rows.len();
    let frame = Frame { left, top: head, right, bottom: head + row * n_rows.max(1) as f64 };
    let ends = input.rows.iter().flat_map(|row| {
        let most = row.percent(row.budget + row.contingency + row.reserve);
        [most, row.percent(row.spent), row.dearest.map_or(0.0, |dearest| row.percent(dearest))]
    });
    let axis = AmountAxis::around(ends.map(|end| end.max(0.0)), if is_wide { 6 } else { 4 });
    let mut sheet = Sheet::new("bullet", &input.id_prefix, column, (width, frame.bottom + 30.0));
    let plot = Plot::downwards(axis, RowAxis::new(n_rows), frame);
    plot.draw_amounts_below(&mut sheet, "%");
    draw_key(&mut sheet, input, left);
    for (place, bar) in input.rows.iter().enumerate() {
        draw_row(&mut sheet, &plot, (place, bar));
    }
    sheet
}

/// The estimate over the budget, with its distance.
fn note(row: &BulletRow) -> String {
    row.over().map_or_else(|| row.words.clone(), |over| format!("{} {over}", row.words))
}

fn draw_row(sheet: &mut Sheet, plot: &Plot<AmountAxis, RowAxis>, (place, row): (usize, &BulletRow)) {
    let frame = plot.frame();
    let is_wide = sheet.column() == Column::Wide;
    let top = plot.y(place as f64);
    let middle = if is_wide { top + ROW / 2.0 } else { top + 14.0 + ROW / 2.0 };
    let title = words_of(row);
    let group = Group { class: "d-row", id: None, href: row.href.as_deref(), title: &title };
    sheet.open(&group);
    let x = |percent: f64| plot.x(percent.max(0.0));
    let (zero, budget) = (x(0.0), x(100.0));
    let with_contingency = x(row.percent(row.budget + row.contingency));
    let with_reserve = x(row.percent(row.budget + row.contingency + row.reserve));
    let strip = |from: f64, to: f64, half: f64| {
        PathData::default().rect((from, middle - half), ((to - from).max(0.0), half * 2.0))
    };
    if with_reserve > with_contingency {
        sheet.path("step", Ink::Paper, &strip(with_contingency, with_reserve, 6.0));
    }
    if with_contingency > budget {
        sheet.path("step", Ink::Waiting, &strip(budget, with_contingency, 9.0));
    }
    sheet.path("frame", Ink::Planned, &strip(zero, budget, 12.0));
    let spent = x(row.percent(row.spent));
    if let Some(estimate) = row.estimate.map(|estimate| x(row.percent(estimate))) {
        if estimate > spent {
            sheet.hatched(Ink::Forecast, &strip(spent, estimate, 4.5));
        }
        let end = PathData::default().rect((estimate - 1.5, middle - 9.0), (3.0, 18.0));
        sheet.path("area", if row.is_over() { Ink::Worse } else { Ink::Text }, &end);
        let dearest = row.dearest.map_or(estimate, |dearest| x(row.percent(dearest)));
        if dearest > estimate + 3.0 {
            let line = PathData::default().rect((estimate, middle - 0.5), (dearest - estimate, 1.0));
            sheet.path("area", Ink::Worse, &line);
            let end = PathData::default().rect((dearest - 1.0, middle - 5.0), (2.0, 10.0));
            sheet.path("area", Ink::Worse, &end);
        }
    }
    if spent > zero {
        sheet.path("bar", Ink::Actual, &strip(zero, spent, 4.5));
    }
    let ink = if row.is_over() { Ink::Worse } else { Ink::Text };
    let note = note(row);
    if is_wide {
        let name = fitted(&row.name, TEXT_SIZE, Weight::Regular, frame.left - 14.0);
        sheet.words(&Words::new(&name, (frame.left - 10.0, middle), Ink::Text).anchored(Anchor::End));
        let room = sheet.size().0 - frame.right - 12.0;
        let note = fitted(&note, SMALL_SIZE, Weight::Strong, room);
        sheet.words(&Words::new(&note, (frame.right + 12.0, middle), ink).small().strong());
    } else {
        let room = frame.right - frame.left - 10.0;
        let note = fitted(&note, SMALL_SIZE, Weight::Strong, room * 0.65);
        let name_room = room - text_width(&note, SMALL_SIZE, Weight::Strong);
        let name = fitted(&row.name, TEXT_SIZE, Weight::Regular, name_room);
        sheet.words(&Words::new(&name, (frame.left, top + 10.0), Ink::Text));
        let words = Words::new(&note, (frame.right, top + 10.0), ink).small().strong();
        sheet.words(&words.anchored(Anchor::End));
    }
    sheet.close(&group);
}

/// The signs in words, above the bars; only those that the chart uses.
fn draw_key(sheet: &mut Sheet, input: &BulletInput, left: f64) {
    let any = |is: fn(&BulletRow) -> bool| input.rows.iter().any(is);
    let entries = [
        (any(|row| row.spent > Amount::ZERO), "spent", Ink::Actual),
        (any(|row| row.estimate.is_some()), "to come", Ink::Forecast),
        (any(|row| row.dearest > row.estimate), "dearest forecast", Ink::Worse),
        (!input.rows.is_empty(), "budget", Ink::Planned),
        (any(|row| row.contingency > Amount::ZERO), "contingency", Ink::Waiting),
        (any(|row| row.reserve > Amount::ZERO), "management reserve", Ink::Paper),
    ];
    let (mut x, mut y) = (left, 9.0);
    for (_, name, ink) in entries.into_iter().filter(|(is_used, _, _)| *is_used) {
        let width = 22.0 + text_width(name, SMALL_SIZE, Weight::Regular);
        if x + width > sheet.size().0 && x > left {
            (x, y) = (left, y + 17.0);
        }
        let sign = PathData::default().rect((x, y - 5.0), (16.0, 10.0));
        match ink {
            Ink::Planned => sheet.path("frame", ink, &sign),
            Ink::Forecast => sheet.hatched(ink, &sign),
            Ink::Actual => sheet.path("bar", ink, &sign),
            Ink::Worse => {
                let line = PathData::default()
                    .rect((x, y - 0.5), (16.0, 1.0))
                    .rect((x + 14.0, y - 5.0), (2.0, 10.0));
                sheet.path("area", ink, &line);
            }
            _ => sheet.path("step", ink, &sign),
        }
        sheet.words(&Words::new(name, (x + 21.0, y), Ink::Muted).small());
        x += width + 14.0;
    }
}

/// "Branch Network Refresh: 104 959 of 98 432 EUR, +6.6 %, inside contingency".
fn words_of(row: &BulletRow) -> String {
    let Some(estimate) = row.estimate else { return format!("{}: budget {}", row.name, row.words) };
    let over = row.over().map_or_else(String::new, |over| format!(", {over}"));
    let lies = where_it_lies(row, estimate + row.to_come);
    match row.dearest.map(|dearest| where_it_lies(row, dearest)) {
        Some(worst) if worst != lies => {
            let dearest = Some(&row.dearest_words).filter(|words| !words.is_empty());
            let dearest = dearest.map_or_else(String::new, |words| format!(", {words},"));
            format!("{}: {}{over}, {lies}; the dearest forecast{dearest} {worst}", row.name, row.words)
        }
        _ => format!("{}: {}{over}, {lies}", row.name, row.words),
    }
}

/// The dearest forecast, and up to where it reaches: "191 071 EUR by EAC₃, beyond all reserves".
fn dearest_of(row: &BulletRow, dearest: Amount) -> String {
    let lies = where_it_lies(row, dearest);
    if row.dearest_words.is_empty() { lies.to_owned() } else { format!("{}, {lies}", row.dearest_words) }
}

/// Up to where the money reaches.
fn where_it_lies(row: &BulletRow, estimate: Amount) -> &'static str {
    match estimate {
        within if within <= row.budget => "inside budget",
        within if within <= row.budget + row.contingency => "inside contingency",
        within if within <= row.budget + row.contingency + row.reserve => "inside management reserve",
        _ => "beyond all reserves",
    }
}

fn sentence(input: &BulletInput) -> String {
    let known: Vec<(&BulletRow, Amount)> =
        input.rows.iter().filter_map(|row| Some((row, row.estimate?))).collect();
    if known.is_empty() {
        return "Nothing has been spent yet from which an estimate could be made.".to_owned();
    }
    let over = known.iter().filter(|(row, _)| row.is_any_over()).count();
    let beyond = known.iter().filter(|(row, _)| row.is_beyond);
    let beyond: Vec<String> = beyond.map(|(row, _)| row.name.clone()).collect();
    let projects = format::count(known.len(), "project");
    match (over, beyond.as_slice()) {
        (0, _) => format!("None of {projects} is forecast to cost more than its budget."),
        (over, []) => format!(
            "By the dearest estimate {over} of {projects} {} more than budgeted; contingency covers every estimate.",
            if over == 1 { "costs" } else { "cost" }
        ),
        (over, beyond) => format!(
            "By the dearest estimate {over} of {projects} {} more than budgeted; beyond budget and contingency: {}.",
            if over == 1 { "costs" } else { "cost" },
            format::listed(beyond)
        ),
    }
}

fn table(input: &BulletInput) -> DataTable {
    use crate::chart::Column::{Number, Word};
    let columns = [
        ("Project", Word),
        ("At completion of budget", Number),
        ("Over or under", Number),
        ("Spent, % of budget", Number),
        ("Budget with contingency, %", Number),
        ("With management reserve, %", Number),
        ("Dearest forecast", Word),
    ];
    let mut table = DataTable::with_columns(input.title.clone(), &columns);
    for row in &input.rows {
        let percent = |amount: Amount| format::number(row.percent(amount), 1);
        table.rows.push(vec![
            row.name.clone(),
            row.words.clone(),
            row.over().unwrap_or_else(|| format::NOTHING.to_owned()),
            percent(row.spent),
            percent(row.budget + row.contingency),
            percent(row.budget + row.contingency + row.reserve),
            row.dearest.map_or_else(|| format::NOTHING.to_owned(), |dearest| dearest_of(row, dearest)),
        ]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headline_within_the_budget_is_not_said_to_exceed_it() {
        let row = |name: &str, dearest: i64| BulletRow {
            name: name.to_owned(),
            href: None,
            budget: Amount(33_568),
            spent: Amount::ZERO,
            estimate: Some(Amount(33_568)),
            to_come: Amount::ZERO,
            dearest: Some(Amount(dearest)),
            dearest_words: format!("{dearest} EUR by EAC₃"),
            is_beyond: false,
            contingency: Amount(3_000),
            reserve: Amount::ZERO,
            words: "33 568 of 33 568 USD".to_owned(),
        };
        let dearest = dearest_of(&row("A", 33_841), Amount(33_841));
        assert_eq!(dearest, "33841 EUR by EAC₃, inside contingency");
        let told = |rows: Vec<BulletRow>| {
            sentence(&BulletInput { id_prefix: String::new(), title: String::new(), rows })
        };
        let over = told(vec![row("A", 33_841), row("B", 33_841), row("C", 33_568)]);
        assert_eq!(
            over,
            "By the dearest estimate 2 of 3\u{a0}projects cost more than budgeted; contingency covers every estimate."
        );
        let one = told(vec![row("A", 33_841), row("C", 33_568)]);
        assert!(
            one.starts_with("By the dearest estimate 1 of 2\u{a0}projects costs more than budgeted;"),
            "{one}"
        );
        assert_eq!(
            told(vec![row("C", 33_568)]),
            "None of 1\u{a0}project is forecast to cost more than its budget."
        );
    }
}
