//! The waterfall from the budget to the estimate at completion: what each cause adds or saves.
//!
//! Answers: why does it cost more than was approved? The axis counts from the budget, so that small causes beside a large
//! budget can be seen: each floating bar begins where the one above it ended. Budget and estimate are marks with their sums, not
//! bars: on an axis that begins at the budget the length of a bar would tell nothing of them.

use crate::chart::kit::frame::Plot;
use crate::chart::kit::ink::Ink;
use crate::chart::kit::notes::Frame;
use crate::chart::kit::path::PathData;
use crate::chart::kit::reading::{Figure, whole_units};
use crate::chart::kit::scale::{AmountAxis, RowAxis};
use crate::chart::kit::svg::{Anchor, Column, Group, SMALL_SIZE, Sheet, Words};
use crate::chart::kit::text_width::{Weight, fitted, text_width};
use crate::chart::{Chart, DataTable, Drawing, LinkTo};
use crate::control::BridgeCause;
use crate::format::{self, Precision};
use crate::quantity::Amount;
use crate::report::ProjectReport;

/// Height of a row in pixels.
const ROW: f64 = 30.0;

/// What the waterfall is drawn from.
#[derive(Clone, Debug)]
pub struct WaterfallInput {
    /// Begins every id in the markup; unique on the page.
    pub id_prefix: String,
    /// Heading of the chart.
    pub title: String,
    /// Currency: "EUR".
    pub unit: String,
    /// Where it begins: the budget at completion.
    pub from: Figure,
    /// The causes in their order; `height` is what each adds.
    pub parts: Vec<Figure>,
    /// Whether each cause was approved: no cause for alarm; as many as `parts`.
    pub approved: Vec<bool>,
    /// What the causes up to each of them add together, as the page prints it; as many as `parts`.
    pub so_far: Vec<String>,
    /// Where it ends: the estimate at completion, `from` + Σ `parts`.
    pub to: Figure,
}

/// What a cause is called beside its bar.
#[must_use]
pub fn cause_name(cause: BridgeCause) -> &'static str {
    match cause {
        BridgeCause::ApprovedChanges => "Approved changes",
        BridgeCause::UnapprovedScope => "Scope nobody approved",
        BridgeCause::Price => "Prices and rates",
        BridgeCause::Usage => "Hours beyond plan",
        BridgeCause::OnOrder => "Ordered, not received",
        BridgeCause::UnderWay => "Work under way",
        BridgeCause::WithoutTask => "Money on no task",
        BridgeCause::Trend => "Trend on the rest",
        BridgeCause::Counted => "Rest as counted",
    }
}

/// The bridge of a project from its budget to its estimate.
#[derive(Debug)]
pub struct BudgetBridge;

impl Chart for BudgetBridge {
    fn name(&self) -> &'static str {
        "budget-bridge"
    }

    fn title(&self) -> &'static str {
        "What moved the estimate"
    }

    fn question(&self) -> &'static str {
        "Why does it cost more, or less, than was approved?"
    }

    /// `None` without a budget, without recorded cost, and where nothing moved the estimate.
    fn draw(&self, report: &ProjectReport, _link_to: LinkTo<'_>) -> Option<Drawing> {
        let (bridge, currency) = (&report.control.bridge, report.project.currency);
        if bridge.budget <= Amount::ZERO || bridge.parts.is_empty() || !report.control.spending.is_recorded {
            return None;
        }
        let precision = Precision::of_sums(currency, &[bridge.sum()]);
        let total = |name: &str, amount: Amount| Figure {
            name: name.to_owned(),
            height: whole_units(amount, currency),
            label: format!("{}\u{a0}{currency}", precision.money(amount)),
        };
        let parts = bridge.parts.iter().map(|part| Figure {
            name: cause_name(part.cause).to_owned(),
            height: whole_units(part.amount, currency),
            label: precision.signed(part.amount),
        });
        let mut sum = Amount::ZERO;
        let so_far = bridge.parts.iter().map(|part| {
            sum += part.amount;
            precision.signed(sum)
        });
        Some(draw(&WaterfallInput {
            so_far: so_far.collect(),
            approved: bridge.parts.iter().map(|part| part.cause == BridgeCause::ApprovedChanges).collect(),
            id_prefix: self.name().to_owned(),
            title: self.title().to_owned(),
            unit: currency.to_string(),
            from: total("Budget", bridge.budget),
            parts: parts.collect(),
            to: total("At completion", bridge.estimate),
        }))
    }
}

/// Draws the waterfall.
#[must_use]
pub fn draw(input: &WaterfallInput) -> Drawing {
    let sentence = sentence(input);
    let svg = [Column::Wide, Column::Narrow]
        .map(|column| paint(input, column).finish(&input.title, &sentence))
        .concat();
    Drawing { name: "budget-bridge", svg, title: input.title.clone(), sentence, table: table(input) }
}

/// A change that can be drawn.
fn height(figure: &Figure) -> f64 {
    if figure.height.is_finite() { figure.height } else { 0.0 }
}

/// Where each bar begins and ends, counted from the budget: the mark of the budget, the causes, the mark of the whole.
fn ends(input: &WaterfallInput) -> Vec<(f64, f64)> {
    let mut at = 0.0;
    let mut ends = vec![(0.0, 0.0)];
    for part in &input.parts {
        ends.push((at, at + height(part)));
        at += height(part);
    }
    ends.push((at, at));
    ends
}

fn paint(input: &WaterfallInput, column: Column) -> Sheet {
    let ends = ends(input);
    let is_wide = column == Column::Wide;
    let width = if is_wide { 800.0 } else { 360.0 };
    let figures: Vec<&Figure> = std::iter::once(&input.from).chain(&input.parts).chain([&input.to]).collect();
    let widest = |texts: &mut dyn Iterator<Item = &str>, weight: Weight| {
        texts.map(|text| text_width(text, 12.0, weight)).fold(40.0, f64::max)
    };
    let name_width = widest(&mut figures.iter().map(|figure| figure.name.as_str()), Weight::Strong) + 14.0;
    let value_width = widest(&mut figures.iter().map(|figure| figure.label.as_str()), Weight::Strong) + 14.0;
    // On a telephone the name stands above its bar and the value at the right edge of the same line.
    let (left, row, right) = if is_wide {
        (name_width.min(220.0), ROW, width - value_width)
    } else {
        (6.0, ROW + 16.0, width - 6.0)
    };
    let frame = Frame { left, top: 6.0, right, bottom: 6.0 + row * figures.len() as f64 };
    let values = ends.iter().flat_map(|(from, to)| [*from, *to]);
    let amounts = AmountAxis::around(values, if is_wide { 6 } else { 3 });
    let mut sheet = Sheet::new("budget-bridge", &input.id_prefix, column, (width, frame.bottom + 40.0));
    let plot = Plot::downwards(amounts, RowAxis::new(figures.len()), frame);
    draw_axis(&mut sheet, &plot, &input.unit);
    let middle_of =
        |place: usize| plot.y(place as f64) + if is_wide { ROW / 2.0 } else { 16.0 + ROW / 2.0 - 3.0 };
    for (place, (figure, (from, to))) in figures.iter().zip(&ends).enumerate() {
        let is_total = place == 0 || place + 1 == figures.len();
        let is_approved = !is_total && input.approved.get(place - 1).copied().unwrap_or(false);
        let ink = match to - from {
            _ if is_total || is_approved => Ink::Text,
            change if change < 0.0 => Ink::Better,
            _ => Ink::Worse,
        };
        let middle = middle_of(place);
        let title = format!("{}: {}", figure.name, figure.label);
        let group = Group { class: "d-row", id: None, href: None, title: &title };
        sheet.open(&group);
        let (begin, end) = (plot.x(from.min(*to)), plot.x(from.max(*to)));
        if is_total {
            sheet.path(
                "line",
                Ink::Text,
                &PathData::default().crisp((begin, middle - 10.0), (begin, middle + 10.0)),
            );
        } else {
            let bar = PathData::default().rect((begin, middle - 7.0), ((end - begin).max(2.0), 14.0));
            sheet.path("area", if is_approved { Ink::Planned } else { ink }, &bar);
        }
        // On a telephone the next name stands where the line would run.
        if is_wide && place + 1 < figures.len() {
            let at = plot.x(*to);
            let half = |place: usize| if place == 0 || place + 1 == figures.len() { 10.0 } else { 7.0 };
            let ends = (middle + half(place), middle_of(place + 1) - half(place + 1));
            let down = PathData::default().crisp((at, ends.0), (at, ends.1));
            sheet.path("line", Ink::Muted, &down);
        }
        let name = fitted(&figure.name, 12.0, Weight::Strong, 214.0);
        if is_wide {
            let words = Words::new(&name, (left - 10.0, middle), Ink::Text).anchored(Anchor::End);
            sheet.words(&if is_total { words.strong() } else { words });
            let words = Words::new(&figure.label, (end.max(begin + 2.0) + 8.0, middle), ink);
            sheet.words(&words.strong());
        } else {
            let above = middle - 16.0;
            let words = Words::new(&name, (left, above), Ink::Text);
            sheet.words(&if is_total { words.strong() } else { words });
            sheet.words(&Words::new(&figure.label, (right, above), ink).strong().anchored(Anchor::End));
        }
        sheet.close(&group);
    }
    sheet
}

/// Upright lines at round differences, named beneath with their sign; the budget is where they begin.
fn draw_axis(sheet: &mut Sheet, plot: &Plot<AmountAxis, RowAxis>, unit: &str) {
    let frame = plot.frame();
    let mut grid = PathData::default();
    let mut free_from = f64::NEG_INFINITY;
    for tick in plot.across().ticks() {
        let x = plot.x(tick);
        grid = grid.crisp((x, frame.top), (x, frame.bottom + 4.0));
        let text = match tick {
            tick if tick > 0.0 => format!("+{}", plot.across().text(tick)),
            tick if tick < 0.0 => plot.across().text(tick),
            _ => "budget".to_owned(),
        };
        let half = text_width(&text, SMALL_SIZE, Weight::Regular) / 2.0;
        let middle = x.max(half).min(sheet.size().0 - half);
        if middle - half > free_from {
            free_from = middle + half + 6.0;
            sheet.words(
                &Words::new(&text, (middle, frame.bottom + 13.0), Ink::Muted)
                    .small()
                    .anchored(Anchor::Middle),
            );
        }
    }
    sheet.path("line", Ink::Grid, &grid);
    let x = plot.x(0.0);
    sheet.path("line", Ink::Axis, &PathData::default().crisp((x, frame.top), (x, frame.bottom + 4.0)));
    let note = format!("{unit} against the budget");
    sheet.words(&Words::new(&note, (frame.left, frame.bottom + 28.0), Ink::Muted).small());
}

fn sentence(input: &WaterfallInput) -> String {
    let (from, to) = (&input.from.label, &input.to.label);
    let largest =
        input.parts.iter().max_by(|first, second| height(first).abs().total_cmp(&height(second).abs()));
    let moved: f64 = input.parts.iter().map(|part| height(part).abs()).sum();
    match largest {
        Some(part) => {
            let share = if 2.0 * height(part).abs() > moved { "most of it" } else { "the largest part" };
            format!(
                "From a budget of {from} to {to} at completion; {share} is {} with {}.",
                lower(&part.name),
                part.label
            )
        }
        None => format!("The estimate at completion is the budget of {from}."),
    }
}

fn lower(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn table(input: &WaterfallInput) -> DataTable {
    use crate::chart::Column::{Number, Word};
    let columns = [("Step", Word), ("Change", Number), ("So far, against the budget", Number)];
    let mut table = DataTable::with_columns(format!("{} ({})", input.title, input.unit), &columns);
    table.rows.push(vec![input.from.name.clone(), input.from.label.clone(), format::NOTHING.to_owned()]);
    for (part, so_far) in input.parts.iter().zip(&input.so_far) {
        table.rows.push(vec![part.name.clone(), part.label.clone(), so_far.clone()]);
    }
    table.rows.push(vec![input.to.name.clone(), input.to.label.clone(), format::NOTHING.to_owned()]);
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn budget_and_estimate_are_marks_whose_length_nobody_reads_and_what_was_approved_is_no_alarm() {
        let input = WaterfallInput {
            approved: vec![true, false, false],
            ..crate::chart::tests::samples::sample_waterfall()
        };
        let svg = draw(&input).svg;
        assert!(!svg.contains("d-bar"), "{svg}");
        // The one approved change in either column.
        assert_eq!(svg.matches("d-area ink-planned").count(), 2);
        assert_eq!(svg.matches("d-area ink-worse").count(), 4);
        // The mark of the estimate stands where its last cause ends: 2 160 + 1 607 − 760.
        assert_eq!(ends(&input).last(), Some(&(3_007.0, 3_007.0)));
    }

    #[test]
    fn the_largest_part_is_most_of_it_only_above_half() {
        let figure =
            |name: &str, height: f64| Figure { name: name.to_owned(), height, label: format!("{height}") };
        let told = |heights: [f64; 3]| {
            let [usage, price, trend] = heights;
            sentence(&WaterfallInput {
                id_prefix: String::new(),
                title: String::new(),
                unit: "EUR".to_owned(),
                from: figure("Budget", 1_000.0),
                parts: vec![figure("Usage", usage), figure("Price", price), figure("Trend", trend)],
                so_far: Vec::new(),
                approved: Vec::new(),
                to: figure("Estimate", 1_000.0 + usage + price + trend),
            })
        };
        assert!(told([60.0, 30.0, -20.0]).ends_with("; most of it is usage with 60."));
        assert!(told([50.0, 30.0, -20.0]).ends_with("; the largest part is usage with 50."));
        assert!(told([40.0, -45.0, 30.0]).ends_with("; the largest part is price with -45."));
    }
}
