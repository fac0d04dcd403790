//! The cumulative discounted cash flow of the business case: where the line crosses zero, the money has come back.
//!
//! Answers: when does it pay? One line as the case stands now, one as it was approved where the two differ.

use crate::chart::kit::frame::{AmountPlot, Plot};
use crate::chart::kit::ink::Ink;
use crate::chart::kit::notes::{Frame, Note, Notes, Side, spread};
use crate::chart::kit::path::PathData;
use crate::chart::kit::reading::Figure;
use crate::chart::kit::scale::AmountAxis;
use crate::chart::kit::svg::{Anchor, Column, SMALL_SIZE, Sheet, Words};
use crate::chart::{Chart, DataTable, Drawing, LinkTo};
use crate::control::{CrossingYear, OptionFigures};
use crate::format;
use crate::quantity::{Amount, Currency};
use crate::report::ProjectReport;

/// What the line is drawn from.
#[derive(Clone, Debug)]
pub struct CashLineInput {
    /// Begins every id in the markup; unique on the page.
    pub id_prefix: String,
    /// Heading of the chart.
    pub title: String,
    /// Currency: "EUR".
    pub unit: String,
    /// The lines, the one that counts last.
    pub lines: Vec<CashLine>,
}

/// Discounted net flows, summed up by year.
#[derive(Clone, Debug)]
pub struct CashLine {
    /// What it is: "As approved", or the day of which it is.
    pub name: String,
    /// Whether it is what was approved, not what is.
    pub is_approved: bool,
    /// The sum at each year, from year 0; the figures' names are not shown.
    pub sums: Vec<Figure>,
    /// When it turns positive for good.
    pub crossing: CrossingYear,
}

/// The cumulative discounted cash flow of the preferred option.
#[derive(Debug)]
pub struct CumulativeCash;

impl Chart for CumulativeCash {
    fn name(&self) -> &'static str {
        "cash-line"
    }

    fn title(&self) -> &'static str {
        "Money back, discounted"
    }

    fn question(&self) -> &'static str {
        "When does it pay?"
    }

    /// Draws the preferred option; `None` where none is preferred or nothing flows.
    fn draw(&self, report: &ProjectReport, _link_to: LinkTo<'_>) -> Option<Drawing> {
        let case = report.control.case.as_ref()?;
        let figures = case.preferred_now()?;
        if figures.net.iter().all(|net| *net == Amount::ZERO) {
            return None;
        }
        let currency = report.project.currency;
        let mut lines = Vec::new();
        match &case.living {
            Some(living) => {
                let approved = &living.approved.figures;
                if approved.discounted != figures.discounted {
                    lines.push(CashLine { is_approved: true, ..line("As approved", approved, currency) });
                }
                lines.push(line(&format::date(report.status_date), figures, currency));
            }
            None => lines.push(line("As typed", figures, currency)),
        }
        Some(draw(&CashLineInput {
            id_prefix: self.name().to_owned(),
            title: self.title().to_owned(),
            unit: currency.to_string(),
            lines,
        }))
    }
}

fn line(name: &str, figures: &OptionFigures, currency: Currency) -> CashLine {
    let mut sum = Amount::ZERO;
    let sums = figures
        .discounted
        .iter()
        .map(|flow| {
            sum += *flow;
            Figure::money("", sum, currency)
        })
        .collect();
    CashLine { name: name.to_owned(), is_approved: false, sums, crossing: figures.discounted_payback }
}

/// Draws the lines.
#[must_use]
pub fn draw(input: &CashLineInput) -> Drawing {
    let sentence = sentence(input);
    let svg = [Column::Wide, Column::Narrow]
        .map(|column| paint(input, column).finish(&input.title, &sentence))
        .concat();
    Drawing { name: "cash-line", svg, title: input.title.clone(), sentence, table: table(input) }
}

/// A plot of amounts over years of the case.
type YearPlot = Plot<AmountAxis, AmountAxis>;

fn paint(input: &CashLineInput, column: Column) -> Sheet {
    let size = match column {
        Column::Wide => (800.0, 300.0),
        Column::Narrow => (360.0, 280.0),
    };
    let mut sheet = Sheet::new("cash-line", &input.id_prefix, column, size);
    let last = input.lines.iter().map(|line| line.sums.len().saturating_sub(1)).max().unwrap_or(0).max(1);
    let heights = input.lines.iter().flat_map(|line| &line.sums).map(|sum| sum.height);
    let amounts = AmountAxis::around(heights, 5);
    let left = AmountPlot::width_of_amounts(&amounts) + 12.0;
    let ends: Vec<Note> = input.lines.iter().filter_map(end_note).collect();
    let type_size = if column == Column::Wide { 12.0 } else { SMALL_SIZE };
    let margin = ends.iter().map(|note| note.size(type_size).0).fold(0.0, f64::max) + 14.0;
    let frame = Frame { left, top: 30.0, right: size.0 - margin, bottom: size.1 - 38.0 };
    #[allow(clippy::cast_possible_truncation, reason = "a horizon of at most some decades")]
    let years = AmountAxis::around([last as f64], last as u32);
    let plot: YearPlot = Plot::new(years, amounts, frame);
    plot.draw_amounts(&mut sheet, &input.unit);
    draw_years(&mut sheet, &plot, last);
    let zero = plot.y(0.0);
    sheet.path("line", Ink::Text, &PathData::default().crisp((frame.left, zero), (frame.right, zero)));

    let (heights, wanted): (Vec<f64>, Vec<f64>) =
        ends.iter().map(|note| (note.size(type_size).1 + 4.0, plot.y(note.at.1))).unzip();
    let mut notes = Notes::within(Frame { top: 4.0, right: size.0 - 2.0, ..frame });
    for ((note, middle), height) in
        ends.iter().zip(spread(&wanted, &heights, 8.0, frame.bottom)).zip(&heights)
    {
        note.write(&mut sheet, (frame.right + 10.0, middle), Anchor::Start, type_size);
        let (top, bottom) = (middle - height / 2.0, middle + height / 2.0);
        notes.keep_free(Frame { left: frame.right, top, right: size.0, bottom });
    }
    for line in &input.lines {
        notes.avoid(&spots(&plot, line));
    }
    notes.avoid(&[(frame.left, zero), (frame.right, zero)]);
    for line in &input.lines {
        let points: Vec<(f64, f64)> = points(line);
        plot.line(&mut sheet, line.ink(), &points);
        for point in &points {
            plot.mark(&mut sheet, line.ink(), *point);
        }
    }
    // What counts is named first, so that it finds the best place.
    for line in input.lines.iter().rev() {
        draw_crossing(&mut sheet, &plot, &mut notes, line);
    }
    sheet
}

/// The name of a line and its last sum, at the last point of the coordinate system.
fn end_note(line: &CashLine) -> Option<Note> {
    let (at, last) = points(line).last().copied().zip(line.sums.last())?;
    let (name, value) = (line.name.clone(), last.label.clone());
    Some(Note { at, name, value, ink: line.ink(), side: Side::Right })
}

impl CashLine {
    fn ink(&self) -> Ink {
        if self.is_approved { Ink::Planned } else { Ink::Earned }
    }
}

fn points(line: &CashLine) -> Vec<(f64, f64)> {
    let finite = line.sums.iter().enumerate().filter(|(_, sum)| sum.height.is_finite());
    finite.map(|(year, sum)| (year as f64, sum.height)).collect()
}

fn spots(plot: &YearPlot, line: &CashLine) -> Vec<(f64, f64)> {
    points(line).into_iter().map(|(year, sum)| plot.spot(year, sum)).collect()
}

/// Ticks at the years, named as far as there is room.
fn draw_years(sheet: &mut Sheet, plot: &YearPlot, last: usize) {
    let frame = plot.frame();
    let room = (frame.right - frame.left) / (last as f64 + 1.0);
    let every = [1_usize, 2, 5].into_iter().find(|every| room * *every as f64 >= 22.0).unwrap_or(10);
    let mut ticks = PathData::default().crisp((frame.left, frame.bottom), (frame.right, frame.bottom));
    for year in (0..=last).step_by(every) {
        let x = plot.x(year as f64);
        ticks = ticks.crisp((x, frame.bottom), (x, frame.bottom + 5.0));
        let at = (x, frame.bottom + 14.0);
        let label = year.to_string();
        sheet.words(&Words::new(&label, at, Ink::Muted).small().anchored(Anchor::Middle));
    }
    sheet.path("line", Ink::Axis, &ticks);
    let at = (frame.right, frame.bottom + 28.0);
    sheet.words(&Words::new("years after year 0", at, Ink::Muted).small().anchored(Anchor::End));
}

/// Marks and names the place where a line crosses zero for good.
fn draw_crossing(sheet: &mut Sheet, plot: &YearPlot, notes: &mut Notes, line: &CashLine) {
    let Some(year) = line.crossing.year().filter(|year| *year > 0.0) else { return };
    let size = if sheet.column() == Column::Wide { 12.0 } else { SMALL_SIZE };
    let at = plot.spot(year, 0.0);
    sheet.dot(line.ink(), at, 5.0, "");
    let note = Note {
        at,
        name: format!("{} years", format::number(year, 2)),
        value: String::new(),
        ink: line.ink(),
        side: if line.is_approved { Side::Left } else { Side::Right },
    };
    notes.write(sheet, &note, size);
}

/// When a line pays back, in words.
fn words_of(line: &CashLine) -> String {
    match line.crossing {
        CrossingYear::Never => {
            format!("never within {}", format::count(line.sums.len().saturating_sub(1), "year"))
        }
        CrossingYear::Year(year) if year <= 0.0 => "at once: it is never below zero".to_owned(),
        CrossingYear::Year(year) => format!("after {} years", format::number(year, 2)),
        CrossingYear::LastOfSeveral(year) => {
            format!("after {} years, the last of several crossings", format::number(year, 2))
        }
    }
}

fn sentence(input: &CashLineInput) -> String {
    match input.lines.as_slice() {
        [] => "No money flows.".to_owned(),
        [line] => format!("Back in present value: {}.", words_of(line)),
        [approved, .., now] => {
            format!("Back in present value: {}; as approved, {}.", words_of(now), words_of(approved))
        }
    }
}

fn table(input: &CashLineInput) -> DataTable {
    use crate::chart::Column::{Number, Word};
    let mut columns = vec![("Year", Word)];
    columns.extend(input.lines.iter().map(|line| (line.name.as_str(), Number)));
    let caption = format!("{}: sum of discounted flows up to the year ({})", input.title, input.unit);
    let mut table = DataTable::with_columns(caption, &columns);
    let n_years = input.lines.iter().map(|line| line.sums.len()).max().unwrap_or(0);
    for year in 0..n_years {
        let sums = input.lines.iter().map(|line| {
            line.sums.get(year).map_or_else(|| format::NOTHING.to_owned(), |sum| sum.label.clone())
        });
        table.rows.push([year.to_string()].into_iter().chain(sums).collect());
    }
    table
}
