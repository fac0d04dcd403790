//! The options of the business case: what each costs and brings in present value.
//!
//! Answers: which option is worth most? Two bars an option, benefits above costs; what is left of them stands beside.

use crate::chart::kit::frame::Plot;
use crate::chart::kit::ink::Ink;
use crate::chart::kit::notes::Frame;
use crate::chart::kit::path::PathData;
use crate::chart::kit::reading::Figure;
use crate::chart::kit::scale::{AmountAxis, RowAxis};
use crate::chart::kit::svg::{Anchor, Column, Group, SMALL_SIZE, Sheet, Words};
use crate::chart::kit::text_width::{Weight, fitted, text_width};
use crate::chart::{Chart, DataTable, Drawing, LinkTo};
use crate::format;
use crate::quantity::Amount;
use crate::report::ProjectReport;

/// Height of an option in pixels.
const ROW: f64 = 42.0;

/// What the options are drawn from.
#[derive(Clone, Debug)]
pub struct OptionBarsInput {
    /// Begins every id in the markup; unique on the page.
    pub id_prefix: String,
    /// Heading of the chart.
    pub title: String,
    /// Currency: "EUR".
    pub unit: String,
    /// Options from the top.
    pub rows: Vec<OptionBar>,
}

/// One option.
#[derive(Clone, Debug)]
pub struct OptionBar {
    /// Its name.
    pub name: String,
    /// Whether it is the preferred one.
    pub is_preferred: bool,
    /// Present value of benefits.
    pub benefits: Figure,
    /// Present value of costs.
    pub costs: Figure,
    /// Net present value, with its sign.
    pub net: Figure,
}

/// The options of a project's business case.
#[derive(Debug)]
pub struct OptionBars;

impl Chart for OptionBars {
    fn name(&self) -> &'static str {
        "option-bars"
    }

    fn title(&self) -> &'static str {
        "Options in present value"
    }

    fn question(&self) -> &'static str {
        "Which option is worth most?"
    }

    fn draw(&self, report: &ProjectReport, _link_to: LinkTo<'_>) -> Option<Drawing> {
        let figures = report.control.case.as_ref()?;
        let case = report.project.business_case.as_ref()?;
        let currency = report.project.currency;
        let figure = |amount: Amount| Figure::money("", amount, currency);
        let in_order = figures.ranking.order.iter().copied();
        let rows: Vec<OptionBar> = in_order
            .filter_map(|place| {
                let (option, figures) = (case.options.get(place)?, figures.options.get(place)?);
                let net = figure(figures.npv);
                Some(OptionBar {
                    name: option.name.clone(),
                    is_preferred: case.preferred == Some(place),
                    benefits: figure(figures.pv_benefits),
                    costs: figure(figures.pv_costs),
                    net: Figure { label: format::signed(figures.npv.0, net.label.clone()), ..net },
                })
            })
            .collect();
        let has_flows = rows.iter().any(|row| row.benefits.height > 0.0 || row.costs.height > 0.0);
        has_flows.then(|| {
            draw(&OptionBarsInput {
                id_prefix: self.name().to_owned(),
                title: self.title().to_owned(),
                unit: currency.to_string(),
                rows,
            })
        })
    }
}

/// Draws the options.
#[must_use]
pub fn draw(input: &OptionBarsInput) -> Drawing {
    let sentence = sentence(input);
    let svg = [Column::Wide, Column::Narrow]
        .map(|column| paint(input, column).finish(&input.title, &sentence))
        .concat();
    Drawing { name: "option-bars", svg, title: input.title.clone(), sentence, table: table(input) }
}

fn length(figure: &Figure) -> f64 {
    if figure.height.is_finite() { figure.height.max(0.0) } else { 0.0 }
}

fn paint(input: &OptionBarsInput, column: Column) -> Sheet {
    let is_wide = column == Column::Wide;
    let width = if is_wide { 800.0 } else { 360.0 };
    let (left, right, row) = if is_wide {
        let names =
            input.rows.iter().map(|row| text_width(&row.name, 12.0, Weight::Strong)).fold(40.0, f64::max);
        (names.min(300.0) + 14.0, width - 110.0, ROW)
    } else {
        (4.0, width - 10.0, ROW + 18.0)
    };
    let top = 28.0;
    let frame = Frame { left, top, right, bottom: top + row * input.rows.len().max(1) as f64 };
    let heights = input.rows.iter().flat_map(|row| [length(&row.benefits), length(&row.costs)]);
    let amounts = AmountAxis::around(heights, if is_wide { 5 } else { 3 });
    let mut sheet = Sheet::new("option-bars", &input.id_prefix, column, (width, frame.bottom + 30.0));
    let plot = Plot::downwards(amounts, RowAxis::new(input.rows.len()), frame);
    plot.draw_amounts_below(&mut sheet, &input.unit);
    draw_key(&mut sheet, left);
    for (place, row) in input.rows.iter().enumerate() {
        draw_row(&mut sheet, &plot, place, row);
    }
    sheet
}

fn draw_key(sheet: &mut Sheet, left: f64) {
    let mut x = left;
    for (ink, name) in [(Ink::Earned, "benefits"), (Ink::Accrual, "costs")] {
        let swatch = PathData::default().rect((x, 5.0), (16.0, 10.0));
        fill(sheet, ink, &swatch);
        sheet.words(&Words::new(name, (x + 21.0, 10.0), Ink::Muted).small());
        x += 37.0 + text_width(name, SMALL_SIZE, Weight::Regular);
    }
}

/// Benefits are solid, costs hatched: told apart without colour.
fn fill(sheet: &mut Sheet, ink: Ink, path: &PathData) {
    match ink {
        Ink::Accrual => sheet.hatched(ink, path),
        _ => sheet.path("bar", ink, path),
    }
}

fn draw_row(sheet: &mut Sheet, plot: &Plot<AmountAxis, RowAxis>, place: usize, row: &OptionBar) {
    let is_wide = sheet.column() == Column::Wide;
    let (frame, top) = (plot.frame(), plot.y(place as f64));
    let middle = if is_wide { top + ROW / 2.0 } else { top + 18.0 + ROW / 2.0 };
    let title = format!(
        "{}: benefits {}, costs {}, net present value {}",
        row.name, row.benefits.label, row.costs.label, row.net.label
    );
    let group = Group { class: "d-row", id: None, href: None, title: &title };
    sheet.open(&group);
    let zero = plot.x(0.0);
    for (ink, figure, y) in
        [(Ink::Earned, &row.benefits, middle - 13.0), (Ink::Accrual, &row.costs, middle + 1.0)]
    {
        let wide = plot.x(length(figure)) - zero;
        if wide > 0.2 {
            fill(sheet, ink, &PathData::default().rect((zero, y), (wide, 12.0)));
        }
    }
    let ink = match row.net.height.partial_cmp(&0.0) {
        Some(std::cmp::Ordering::Less) => Ink::Worse,
        Some(std::cmp::Ordering::Greater) => Ink::Better,
        _ => Ink::Text,
    };
    let weight = if row.is_preferred { Weight::Strong } else { Weight::Regular };
    let net_width = text_width(&row.net.label, 12.0, Weight::Strong);
    let (name_at, anchor, room) = if is_wide {
        ((frame.left - 10.0, middle), Anchor::End, frame.left - 12.0)
    } else {
        ((frame.left, top + 12.0), Anchor::Start, frame.right - frame.left - net_width - 10.0)
    };
    let name = fitted(&row.name, 12.0, weight, room);
    let words = Words::new(&name, name_at, Ink::Text).anchored(anchor);
    let up = if is_wide && row.is_preferred { 7.0 } else { 0.0 };
    sheet.words(&Words { weight, at: (name_at.0, name_at.1 - up), ..words });
    if is_wide && row.is_preferred {
        let at = (name_at.0, name_at.1 + 8.0);
        sheet.words(&Words::new("preferred", at, Ink::Muted).small().anchored(anchor));
    }
    let (net_at, anchor) = if is_wide {
        ((frame.right + 10.0, middle), Anchor::Start)
    } else {
        ((frame.right, top + 12.0), Anchor::End)
    };
    sheet.words(&Words::new(&row.net.label, net_at, ink).strong().anchored(anchor));
    sheet.close(&group);
}

fn sentence(input: &OptionBarsInput) -> String {
    let best = input.rows.iter().max_by(|one, other| one.net.height.total_cmp(&other.net.height));
    let Some(best) = best else { return "No option is compared.".to_owned() };
    let side = if best.net.height < 0.0 { "loses least" } else { "is worth most" };
    let preferred = input.rows.iter().find(|row| row.is_preferred);
    let preferred = match preferred {
        Some(row) if row.name == best.name => "; it is the preferred one".to_owned(),
        Some(row) => format!("; preferred is “{}”, at {}", row.name, row.net.label),
        None => "; none is preferred".to_owned(),
    };
    format!("“{}” {side}: net present value {}{preferred}.", best.name, best.net.label)
}

fn table(input: &OptionBarsInput) -> DataTable {
    use crate::chart::Column::{Number, Word};
    let columns = [("Option", Word), ("Benefits", Number), ("Costs", Number), ("Net", Number)];
    let mut table = DataTable::with_columns(format!("{} ({})", input.title, input.unit), &columns);
    for row in &input.rows {
        table.rows.push(vec![
            row.name.clone(),
            row.benefits.label.clone(),
            row.costs.label.clone(),
            row.net.label.clone(),
        ]);
    }
    table
}
