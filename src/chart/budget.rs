//! The budget by category: what was granted, what is spent, what is owed and ordered, and what it will come to.
//!
//! Answers: do we have enough money, and where not? A bullet bar per category: the budget is the frame, the money
//! that is gone or bound fills it from the left in the order in which it becomes certain, the forecast is a line.

use crate::chart::kit::frame::Plot;
use crate::chart::kit::ink::Ink;
use crate::chart::kit::notes::Frame;
use crate::chart::kit::path::PathData;
use crate::chart::kit::reading::Figure;
use crate::chart::kit::scale::{AmountAxis, RowAxis};
use crate::chart::kit::svg::{Anchor, Column, SMALL_SIZE, Sheet, Words};
use crate::chart::kit::text_width::{Weight, fitted, text_width};
use crate::chart::{Chart, DataTable, Drawing, LinkTo};
use crate::format;
use crate::quantity::Amount;
use crate::report::ProjectReport;

/// Height of a category in pixels.
const ROW: f64 = 40.0;

/// What the budget chart is drawn from.
#[derive(Clone, Debug)]
pub struct BudgetInput {
    /// Begins every id in the markup; unique on the page.
    pub id_prefix: String,
    /// Heading of the chart.
    pub title: String,
    /// Currency: "EUR".
    pub unit: String,
    /// Categories from the top; a total is not drawn, since its bar would dwarf its parts.
    pub rows: Vec<BudgetRow>,
}

/// The money of a category. The figures' names are not shown; lengths are amounts of [`BudgetInput::unit`].
#[derive(Clone, Debug)]
pub struct BudgetRow {
    /// Name of the category.
    pub name: String,
    /// Granted.
    pub budget: Figure,
    /// Invoiced or paid.
    pub actual: Figure,
    /// Received, not yet invoiced.
    pub accrual: Figure,
    /// Ordered, not yet received.
    pub commitment: Figure,
    /// Forecast at completion; `None` if there is no forecast.
    pub forecast: Option<Figure>,
}

/// The budget of a project by category.
#[derive(Debug)]
pub struct BudgetByCategory;

impl Chart for BudgetByCategory {
    fn name(&self) -> &'static str {
        "budget"
    }

    fn title(&self) -> &'static str {
        "Budget by category"
    }

    fn question(&self) -> &'static str {
        "Do we have enough money, and where not?"
    }

    fn draw(&self, report: &ProjectReport, _link_to: LinkTo<'_>) -> Option<Drawing> {
        let currency = report.project.currency;
        let figure = |amount: Amount| Figure::money("", amount, currency);
        let categories = report.control.spending.categories.iter().filter(|category| {
            [category.budget, category.spent, category.open_commitment, category.estimate_at_completion]
                .iter()
                .any(|amount| *amount != Amount::ZERO)
        });
        let has_forecast = report.control.is_cost_forecast();
        let rows: Vec<BudgetRow> = categories
            .map(|category| BudgetRow {
                name: format::sentence_start(&category.name),
                budget: figure(category.budget),
                actual: figure(category.actual),
                accrual: figure(category.accrual),
                commitment: figure(category.open_commitment),
                forecast: has_forecast.then(|| figure(category.estimate_at_completion)),
            })
            .collect();
        (!rows.is_empty()).then(|| {
            draw(&BudgetInput {
                id_prefix: self.name().to_owned(),
                title: self.title().to_owned(),
                unit: currency.to_string(),
                rows,
            })
        })
    }
}

/// Draws the budget by category.
#[must_use]
pub fn draw(input: &BudgetInput) -> Drawing {
    let sentence = sentence(input);
    let svg = [Column::Wide, Column::Narrow]
        .map(|column| Canvas::paint(input, column).finish(&input.title, &sentence))
        .concat();
    Drawing { name: "budget", svg, title: input.title.clone(), sentence, table: table(input) }
}

/// Width of the widest line beside the bars, in pixels.
fn widest_note(input: &BudgetInput) -> f64 {
    let lines = input.rows.iter().flat_map(|row| {
        let forecast = row.forecast.as_ref().map(|forecast| format!("forecast {}", forecast.label));
        forecast.into_iter().chain([format!("budget {}", row.budget.label)])
    });
    lines.map(|line| text_width(&line, SMALL_SIZE, Weight::Regular)).fold(0.0, f64::max)
}

/// A length that can be drawn.
fn length(figure: &Figure) -> f64 {
    if figure.height.is_finite() { figure.height.max(0.0) } else { 0.0 }
}

/// The chart while it is being drawn.
struct Canvas {
    plot: Plot<AmountAxis, RowAxis>,
}

impl Canvas {
    fn paint(input: &BudgetInput, column: Column) -> Sheet {
        let n_rows = input.rows.len();
        let is_wide = column == Column::Wide;
        let width = if is_wide { 800.0 } else { 360.0 };
        // On a telephone the name stands above the bar instead of beside it.
        let (name_width, row, note_width) = if is_wide {
            let widest = input
                .rows
                .iter()
                .map(|row| text_width(&row.name, 12.0, Weight::Regular))
                .fold(40.0, f64::max);
            (widest.min(200.0) + 14.0, ROW, widest_note(input).max(130.0) + 20.0)
        } else {
            (4.0, ROW + 18.0, 10.0)
        };
        let head = if is_wide { 30.0 } else { 48.0 };
        let frame = Frame {
            left: name_width,
            top: head,
            right: width - note_width,
            bottom: head + row * n_rows.max(1) as f64,
        };
        let ends = input.rows.iter().flat_map(|row| {
            let bound = length(&row.actual) + length(&row.accrual) + length(&row.commitment);
            [length(&row.budget), bound, row.forecast.as_ref().map_or(0.0, length)]
        });
        let amounts = AmountAxis::around(ends, if is_wide { 5 } else { 3 });
        let mut sheet = Sheet::new("budget", &input.id_prefix, column, (width, frame.bottom + 30.0));
        let canvas = Self { plot: Plot::downwards(amounts, RowAxis::new(n_rows), frame) };
        canvas.draw_axis(&mut sheet, &input.unit);
        draw_key(&mut sheet, input, frame.left);
        for (index, category) in input.rows.iter().enumerate() {
            canvas.draw_row(&mut sheet, index, category);
        }
        sheet
    }

    fn draw_axis(&self, sheet: &mut Sheet, unit: &str) {
        let frame = self.plot.frame();
        self.plot.draw_amounts_below(sheet, unit);
        sheet.path(
            "line",
            Ink::Axis,
            &PathData::default().crisp((frame.left, frame.top), (frame.left, frame.bottom + 4.0)),
        );
    }

    fn draw_row(&self, sheet: &mut Sheet, index: usize, row: &BudgetRow) {
        let frame = self.plot.frame();
        let is_wide = sheet.column() == Column::Wide;
        let top = self.plot.y(index as f64);
        let middle = if is_wide { top + ROW / 2.0 } else { top + 18.0 + ROW / 2.0 };
        let zero = self.plot.x(0.0);
        let group =
            crate::chart::kit::svg::Group { class: "d-row", id: None, href: None, title: &words_of(row) };
        sheet.open(&group);
        if is_wide {
            let name = fitted(&row.name, 12.0, Weight::Regular, frame.left - 12.0);
            sheet.words(&Words::new(&name, (frame.left - 10.0, middle), Ink::Text).anchored(Anchor::End));
        } else {
            let name = fitted(&row.name, 12.0, Weight::Strong, 160.0);
            sheet.words(&Words::new(&name, (frame.left, top + 12.0), Ink::Text).strong());
        }
        let budget = self.plot.x(length(&row.budget)) - zero;
        sheet.path("frame", Ink::Planned, &PathData::default().rect((zero, middle - 12.0), (budget, 24.0)));
        let mut from = 0.0;
        for (ink, figure) in
            [(Ink::Actual, &row.actual), (Ink::Accrual, &row.accrual), (Ink::Commitment, &row.commitment)]
        {
            let to = from + length(figure);
            let (left, right) = (self.plot.x(from), self.plot.x(to));
            let part = PathData::default().rect((left, middle - 5.5), (right - left, 11.0));
            if right - left > 0.2 {
                match ink {
                    Ink::Accrual => sheet.hatched(ink, &part),
                    _ => sheet.path("bar", ink, &part),
                }
            }
            from = to;
        }
        let mut end = self.plot.x(from).max(zero + budget);
        if let Some(forecast) = row.forecast.as_ref().filter(|figure| figure.height.is_finite()) {
            let x = self.plot.x(length(forecast));
            let is_over = length(forecast) > length(&row.budget) * 1.000_001;
            let ink = if is_over { Ink::Worse } else { Ink::Forecast };
            let mark = PathData::default().rect((x - 1.5, middle - 16.0), (3.0, 32.0));
            sheet.path("area", ink, &mark);
            end = end.max(x + 2.0);
            let ink = if is_over { Ink::Worse } else { Ink::Text };
            let (first, second) =
                (format!("forecast {}", forecast.label), format!("budget {}", row.budget.label));
            if is_wide {
                let left = frame.right + 12.0;
                sheet.words(
                    &Words::new(&first, (left.max(end + 6.0).min(left + 8.0), middle - 7.0), ink).small(),
                );
                sheet.words(
                    &Words::new(&second, (left.max(end + 6.0).min(left + 8.0), middle + 7.0), Ink::Muted)
                        .small(),
                );
            } else {
                let at = (frame.right, top + 12.0);
                let text = format!("{} of {}", forecast.label, row.budget.label);
                sheet.words(&Words::new(&text, at, ink).small().anchored(Anchor::End));
            }
        } else {
            let text = format!("budget {}", row.budget.label);
            let (at, anchor) = if is_wide {
                ((frame.right + 12.0, middle), Anchor::Start)
            } else {
                ((frame.right, top + 12.0), Anchor::End)
            };
            sheet.words(&Words::new(&text, at, Ink::Muted).small().anchored(anchor));
        }
        sheet.close(&group);
    }
}

/// The signs in words, above the bars; wraps on a telephone.
fn draw_key(sheet: &mut Sheet, input: &BudgetInput, left: f64) {
    let any = |figure: fn(&BudgetRow) -> &Figure| input.rows.iter().any(|row| length(figure(row)) > 0.0);
    let entries = [
        (!input.rows.is_empty(), "budget", Ink::Planned),
        (any(|row| &row.actual), "paid or invoiced", Ink::Actual),
        (any(|row| &row.accrual), "received, not invoiced", Ink::Accrual),
        (any(|row| &row.commitment), "ordered, not received", Ink::Commitment),
        (input.rows.iter().any(|row| row.forecast.is_some()), "forecast", Ink::Forecast),
    ];
    let right = if sheet.column() == Column::Wide { 800.0 } else { 360.0 };
    let (mut x, mut y) = (left, 10.0);
    for (_, name, ink) in entries.into_iter().filter(|(is_used, _, _)| *is_used) {
        let width = 22.0 + text_width(name, SMALL_SIZE, Weight::Regular);
        if x + width > right && x > left {
            x = left;
            y += 17.0;
        }
        let swatch = PathData::default().rect((x, y - 5.0), (16.0, 10.0));
        match ink {
            Ink::Planned => sheet.path("frame", ink, &swatch),
            Ink::Accrual => sheet.hatched(ink, &swatch),
            Ink::Forecast => {
                sheet.path("area", ink, &PathData::default().rect((x + 6.5, y - 7.0), (3.0, 14.0)));
            }
            _ => sheet.path("bar", ink, &swatch),
        }
        sheet.words(&Words::new(name, (x + 21.0, y), Ink::Muted).small());
        x += width + 16.0;
    }
}

/// "Hardware: budget 41 300 EUR, paid or invoiced 1 680 EUR, …".
fn words_of(row: &BudgetRow) -> String {
    let mut parts =
        vec![format!("budget {}", row.budget.label), format!("paid or invoiced {}", row.actual.label)];
    if length(&row.accrual) > 0.0 {
        parts.push(format!("received and not invoiced {}", row.accrual.label));
    }
    if length(&row.commitment) > 0.0 {
        parts.push(format!("ordered and not received {}", row.commitment.label));
    }
    parts.extend(row.forecast.as_ref().map(|forecast| format!("forecast {}", forecast.label)));
    format!("{}: {}", row.name, parts.join(", "))
}

fn sentence(input: &BudgetInput) -> String {
    if input.rows.is_empty() {
        return "No money has been budgeted yet.".to_owned();
    }
    let over: Vec<&str> = input
        .rows
        .iter()
        .filter(|row| {
            row.forecast.as_ref().is_some_and(|forecast| length(forecast) > length(&row.budget) * 1.000_001)
        })
        .map(|row| row.name.as_str())
        .collect();
    match over.as_slice() {
        [] if input.rows.iter().all(|row| row.forecast.is_none()) => {
            format!("The money of {} categories, as granted, spent and ordered.", input.rows.len())
        }
        [] => "Every category is forecast to stay within its budget.".to_owned(),
        [one] => format!("{one} is forecast to exceed its budget; the other categories stay within theirs."),
        many => format!(
            "{} of {} categories are forecast to exceed their budget: {}.",
            many.len(),
            input.rows.len(),
            many.join(", ")
        ),
    }
}

fn table(input: &BudgetInput) -> DataTable {
    use crate::chart::Column::{Number, Word};
    let columns = [
        ("Category", Word),
        ("Budget", Number),
        ("Paid or invoiced", Number),
        ("Received, not invoiced", Number),
        ("Ordered, not received", Number),
        ("Forecast", Number),
    ];
    let mut table = DataTable::with_columns(format!("{} ({})", input.title, input.unit), &columns);
    for row in &input.rows {
        table.rows.push(vec![
            row.name.clone(),
            row.budget.label.clone(),
            row.actual.label.clone(),
            row.accrual.label.clone(),
            row.commitment.label.clone(),
            row.forecast.as_ref().map_or_else(|| "—".to_owned(), |forecast| forecast.label.clone()),
        ]);
    }
    table
}
