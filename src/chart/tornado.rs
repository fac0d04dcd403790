//! The tornado of the business case: what net present value becomes when one driver moves, the widest swing on top.
//!
//! Answers: what would turn the case? Each bar runs from the worst to the best that its driver does, through the value
//! as it is; the last two show everything against the case at once, and everything for it.

use crate::chart::kit::frame::Plot;
use crate::chart::kit::ink::Ink;
use crate::chart::kit::notes::Frame;
use crate::chart::kit::path::PathData;
use crate::chart::kit::reading::Figure;
use crate::chart::kit::scale::{AmountAxis, RowAxis};
use crate::chart::kit::svg::{Anchor, Column, Group, SMALL_SIZE, Sheet, Words};
use crate::chart::kit::text_width::{Weight, fitted, text_width};
use crate::chart::{Chart, DataTable, Drawing, LinkTo};
use crate::control::{OptionFigures, Sensitivity, SensitivityDriver};
use crate::format;
use crate::quantity::Amount;
use crate::report::ProjectReport;

/// The last bars move all drivers together: against the case, and for it.
const TOGETHER: usize = 2;

/// Height of a driver in pixels.
const ROW: f64 = 30.0;

/// What the tornado is drawn from.
#[derive(Clone, Debug)]
pub struct TornadoInput {
    /// Begins every id in the markup; unique on the page.
    pub id_prefix: String,
    /// Heading of the chart.
    pub title: String,
    /// Currency: "EUR".
    pub unit: String,
    /// The value as it is.
    pub base: Figure,
    /// Drivers from the top.
    pub bars: Vec<TornadoBar>,
}

/// What one driver does; the ends' names are its moves, such as "+20 %".
#[derive(Clone, Debug)]
pub struct TornadoBar {
    /// The driver.
    pub name: String,
    /// The worse end; none where no move makes it worse.
    pub worse: Option<Figure>,
    /// The better end; none where no move makes it better.
    pub better: Option<Figure>,
}

/// The tornado of the preferred option.
#[derive(Debug)]
pub struct Tornado;

impl Chart for Tornado {
    fn name(&self) -> &'static str {
        "tornado"
    }

    fn title(&self) -> &'static str {
        "What would turn the case"
    }

    fn question(&self) -> &'static str {
        "What would turn the case?"
    }

    /// Draws the preferred option as it stands now; `None` where no option is preferred or nothing flows.
    fn draw(&self, report: &ProjectReport, _link_to: LinkTo<'_>) -> Option<Drawing> {
        let figures = report.control.case.as_ref()?.preferred_now()?;
        let currency = report.project.currency;
        if figures.net.iter().all(|net| *net == Amount::ZERO) {
            return None;
        }
        let figure = |name: &str, amount: Amount| Figure::money(name, amount, currency);
        let mut bars: Vec<TornadoBar> =
            figures.sensitivity.iter().map(|driver| bar(driver, figures, &figure)).collect();
        bars.retain(|bar| bar.worse.is_some() || bar.better.is_some());
        bars.push(TornadoBar {
            name: "All against it at once".to_owned(),
            worse: Some(figure("", figures.worst_together)),
            better: None,
        });
        bars.push(TornadoBar {
            name: "All for it at once".to_owned(),
            worse: None,
            better: Some(figure("", figures.best_together)),
        });
        Some(draw(&TornadoInput {
            id_prefix: self.name().to_owned(),
            title: self.title().to_owned(),
            unit: currency.to_string(),
            base: figure("", figures.npv),
            bars,
        }))
    }
}

fn bar(
    driver: &Sensitivity,
    figures: &OptionFigures,
    figure: &impl Fn(&str, Amount) -> Figure,
) -> TornadoBar {
    let (worse, better) = driver.ends().map(|[low, high]| (low, high)).unzip();
    let (name, unit) = driver_words(driver.driver);
    let end = |(step, npv): (i64, Amount)| {
        figure(&format!("{}{unit}", format::signed(step, format::whole(step))), npv)
    };
    TornadoBar {
        name: name.to_owned(),
        worse: worse.filter(|(_, npv)| *npv < figures.npv).map(end),
        better: better.filter(|(_, npv)| *npv > figures.npv).map(end),
    }
}

/// What a driver is called, and the unit of its moves.
#[must_use]
pub fn driver_words(driver: SensitivityDriver) -> (&'static str, &'static str) {
    match driver {
        SensitivityDriver::Benefits => ("All benefits", "\u{a0}%"),
        SensitivityDriver::UpFrontCost => ("Costs of year 0", "\u{a0}%"),
        SensitivityDriver::RunningCost => ("Costs of later years", "\u{a0}%"),
        SensitivityDriver::Rate => ("Discount rate", "\u{a0}points"),
        SensitivityDriver::Delay => ("Benefits come later", "\u{a0}year"),
    }
}

/// Draws the tornado.
#[must_use]
pub fn draw(input: &TornadoInput) -> Drawing {
    let sentence = sentence(input);
    let svg = [Column::Wide, Column::Narrow]
        .map(|column| paint(input, column).finish(&input.title, &sentence))
        .concat();
    Drawing { name: "tornado", svg, title: input.title.clone(), sentence, table: table(input) }
}

/// "−20 %: −19 850", without the currency, which stands at the axis.
fn end_label(end: &Figure, unit: &str) -> String {
    let amount = end.label.trim_end_matches(unit).trim_end().to_owned();
    if end.name.is_empty() { amount } else { format!("{}: {amount}", end.name) }
}

fn paint(input: &TornadoInput, column: Column) -> Sheet {
    let is_wide = column == Column::Wide;
    let width = if is_wide { 800.0 } else { 360.0 };
    let unit = &input.unit;
    let widest = |texts: &mut dyn Iterator<Item = String>, least: f64| -> f64 {
        texts.map(|text| text_width(&text, SMALL_SIZE, Weight::Regular)).fold(least, f64::max)
    };
    let names = widest(&mut input.bars.iter().map(|bar| bar.name.clone()), 40.0) * 12.0 / SMALL_SIZE;
    let worse =
        widest(&mut input.bars.iter().filter_map(|bar| Some(end_label(bar.worse.as_ref()?, unit))), 20.0);
    let better =
        widest(&mut input.bars.iter().filter_map(|bar| Some(end_label(bar.better.as_ref()?, unit))), 20.0);
    let (left, right, row) = if is_wide {
        (names.min(200.0) + worse + 24.0, width - better - 14.0, ROW)
    } else {
        (14.0, width - 14.0, ROW + 20.0)
    };
    let top = 34.0;
    let frame = Frame { left, top, right, bottom: top + row * input.bars.len().max(1) as f64 };
    let ends = input.bars.iter().flat_map(|bar| [bar.worse.as_ref(), bar.better.as_ref()]);
    let heights = ends.flatten().chain([&input.base]).map(|figure| figure.height);
    let amounts = AmountAxis::around(heights, if is_wide { 5 } else { 3 });
    let mut sheet = Sheet::new("tornado", &input.id_prefix, column, (width, frame.bottom + 30.0));
    let plot = Plot::downwards(amounts, RowAxis::new(input.bars.len()), frame);
    plot.draw_amounts_below(&mut sheet, unit);
    let base = plot.x(input.base.height);
    let zero = plot.x(0.0);
    let is_free = |bar: &TornadoBar| !is_wide || !covers(&plot, bar, (base, zero), unit);
    let free: Vec<bool> = input.bars.iter().map(is_free).collect();
    draw_upright(&mut sheet, &plot, (Ink::Axis, zero), &free);
    for (place, bar) in input.bars.iter().enumerate() {
        draw_bar(&mut sheet, &plot, (place, bar), input);
    }
    draw_upright(&mut sheet, &plot, (Ink::Text, base), &vec![true; input.bars.len()]);
    let label = format!("as it is: {}", input.base.label);
    let half = text_width(&label, SMALL_SIZE, Weight::Strong) / 2.0;
    let middle = base.clamp(half + 2.0, (width - half - 2.0).max(half + 2.0));
    let words = Words::new(&label, (middle, top - 18.0), Ink::Text).small().strong();
    sheet.words(&words.anchored(Anchor::Middle));
    sheet
}

/// Whether the words at an end of a bar would stand on the line of zero.
fn covers(plot: &Plot<AmountAxis, RowAxis>, bar: &TornadoBar, (base, zero): (f64, f64), unit: &str) -> bool {
    [bar.worse.as_ref(), bar.better.as_ref()].into_iter().flatten().any(|end| {
        let (x, width) = (plot.x(end.height), text_width(&end_label(end, unit), SMALL_SIZE, Weight::Regular));
        let (from, to) = if x < base { (x - 6.0 - width, x - 6.0) } else { (x + 6.0, x + 6.0 + width) };
        (from - 3.0..=to + 3.0).contains(&zero)
    })
}

/// The line of zero, or of the value as it is, left out beside the bars whose words it would run through; on a telephone in pieces, so
/// that it runs through none.
fn draw_upright(sheet: &mut Sheet, plot: &Plot<AmountAxis, RowAxis>, (ink, x): (Ink, f64), free: &[bool]) {
    let frame = plot.frame();
    let mut pieces: Vec<(f64, f64)> = Vec::new();
    if sheet.column() == Column::Wide {
        let mut from = Some(frame.top - 8.0);
        for (place, is_free) in free.iter().enumerate() {
            let top = plot.y(place as f64);
            if *is_free {
                from = from.or(Some(top));
            } else if let Some(from) = from.take() {
                pieces.push((from, top));
            }
        }
        pieces.extend(from.map(|from| (from, frame.bottom)));
    } else {
        let middles = (0..free.len()).map(|place| plot.y(place as f64) + 20.0 + ROW / 2.0);
        pieces.extend(middles.map(|middle| (middle - 13.0, middle + 13.0)));
    }
    let lines = pieces.iter().fold(PathData::default(), |path, (from, to)| path.crisp((x, *from), (x, *to)));
    sheet.path("line", ink, &lines);
}

fn draw_bar(
    sheet: &mut Sheet,
    plot: &Plot<AmountAxis, RowAxis>,
    (place, bar): (usize, &TornadoBar),
    input: &TornadoInput,
) {
    let is_wide = sheet.column() == Column::Wide;
    let (frame, top) = (plot.frame(), plot.y(place as f64));
    let middle = if is_wide { top + ROW / 2.0 } else { top + 20.0 + ROW / 2.0 };
    let base = plot.x(input.base.height);
    let group = Group { class: "d-row", id: None, href: None, title: &words_of(bar, input) };
    sheet.open(&group);
    let ends = [(Ink::Worse, bar.worse.as_ref()), (Ink::Better, bar.better.as_ref())];
    let mut labels = Vec::new();
    for (ink, end) in ends {
        let Some(end) = end.filter(|end| end.height.is_finite()) else { continue };
        let x = plot.x(end.height);
        sheet.rect(ink, (x.min(base), middle - 8.0), ((x - base).abs(), 16.0));
        let label = end_label(end, &input.unit);
        if is_wide {
            let (at, anchor) =
                if x < base { ((x - 6.0, middle), Anchor::End) } else { ((x + 6.0, middle), Anchor::Start) };
            sheet.words(&Words::new(&label, at, Ink::Text).small().anchored(anchor));
        }
        labels.push(label);
    }
    if is_wide {
        let name = fitted(&bar.name, 12.0, Weight::Regular, 200.0);
        sheet.words(&Words::new(&name, (2.0, middle), Ink::Text));
    } else {
        let both = labels.join("; ");
        let room = frame.right - frame.left - text_width(&both, SMALL_SIZE, Weight::Regular) - 8.0;
        let name = fitted(&bar.name, 12.0, Weight::Strong, room.max(60.0));
        sheet.words(&Words::new(&name, (frame.left, top + 12.0), Ink::Text).strong());
        let at = (frame.right, top + 12.0);
        sheet.words(&Words::new(&both, at, Ink::Text).small().anchored(Anchor::End));
    }
    sheet.close(&group);
}

/// "All benefits: −20 %: −19 850 EUR, +20 %: 60 034 EUR".
fn words_of(bar: &TornadoBar, input: &TornadoInput) -> String {
    let ends = [&bar.worse, &bar.better].into_iter().flatten();
    let words: Vec<String> =
        ends.map(|end| format!("{} {}", end_label(end, &input.unit), input.unit)).collect();
    format!("{}: {}", bar.name, words.join(", "))
}

/// Names what turns the sign, else what moves most.
fn sentence(input: &TornadoInput) -> String {
    let is_above = input.base.height > 0.0;
    let single = || input.bars.iter().take(input.bars.len().saturating_sub(TOGETHER));
    let turns = |bar: &&TornadoBar| {
        let end = if is_above { bar.worse.as_ref() } else { bar.better.as_ref() };
        end.is_some_and(|end| (end.height > 0.0) != is_above)
    };
    let turning: Vec<String> = single()
        .filter(turns)
        .map(|bar| {
            let end = if is_above { bar.worse.as_ref() } else { bar.better.as_ref() };
            format!("{} ({})", bar.name.to_lowercase(), end.map_or("", |end| end.name.as_str()))
        })
        .collect();
    let verb = if is_above { "lose" } else { "gain" };
    match (turning.as_slice(), single().next()) {
        ([], Some(first)) => {
            format!("No single move turns the case; {} moves it most.", first.name.to_lowercase())
        }
        ([], None) => "Nothing is known to move the case.".to_owned(),
        (some, _) => format!("Each of these alone makes the case {verb} money: {}.", format::listed(some)),
    }
}

fn table(input: &TornadoInput) -> DataTable {
    use crate::chart::Column::{Number, Word};
    let columns = [("Driver", Word), ("Worse", Number), ("As it is", Number), ("Better", Number)];
    let mut table =
        DataTable::with_columns(format!("{}: net present value ({})", input.title, input.unit), &columns);
    let cell = |end: &Option<Figure>| {
        end.as_ref().map_or_else(|| format::NOTHING.to_owned(), |end| end_label(end, &input.unit))
    };
    for bar in &input.bars {
        let base = end_label(&input.base, &input.unit);
        table.rows.push(vec![bar.name.clone(), cell(&bar.worse), base, cell(&bar.better)]);
    }
    table
}
