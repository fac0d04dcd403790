//! What is left of the reserves, step by step, over the expected value of the open threats.
//!
//! Answers: does the contingency still cover the risks? Where the line of the threats runs above that of the contingency, it
//! does not.

use jiff::civil::Date;

use crate::chart::days::{date_of, end_of, number_of};
use crate::chart::frame::{AmountPlot, DateLine, Plot};
use crate::chart::ink::Ink;
use crate::chart::notes::{Frame, Note, Side, spread};
use crate::chart::reading::Reading;
use crate::chart::scale::{AmountAxis, DateAxis};
use crate::chart::svg::{Anchor, Column, Sheet};
use crate::chart::{Chart, DataTable, Drawing, LinkTo};
use crate::format;
use crate::quantity::Amount;
use crate::report::ProjectReport;

/// What the chart is drawn from. Each line holds its value until its next reading.
#[derive(Clone, Debug)]
pub struct ReserveStepsInput {
    /// Begins every id in the markup; unique on the page.
    pub id_prefix: String,
    /// Heading of the chart.
    pub title: String,
    /// Currency: "EUR".
    pub unit: String,
    /// The lines end here.
    pub status_date: Date,
    /// What is left of the contingency; empty where none was granted.
    pub contingency: Vec<Reading>,
    /// What is left of the management reserve; empty where none was granted.
    pub management_reserve: Vec<Reading>,
    /// Expected value of the open threats; empty where there never was any.
    pub exposure: Vec<Reading>,
}

/// The reserves of a project.
#[derive(Debug)]
pub struct ReserveSteps;

impl Chart for ReserveSteps {
    fn name(&self) -> &'static str {
        "reserve-steps"
    }

    fn title(&self) -> &'static str {
        "Reserves left over open risks"
    }

    fn question(&self) -> &'static str {
        "Does the contingency still cover the risks?"
    }

    /// `None` where neither reserve was granted nor drawn on.
    fn draw(&self, report: &ProjectReport, _link_to: LinkTo<'_>) -> Option<Drawing> {
        let (history, currency) = (&report.control.spending.reserve_history, report.project.currency);
        let readings = |steps: &[(Date, Amount)]| -> Vec<Reading> {
            if steps.iter().all(|(_, amount)| *amount == Amount::ZERO) {
                return Vec::new();
            }
            steps.iter().map(|(day, amount)| Reading::money(*day, *amount, currency)).collect()
        };
        let input = ReserveStepsInput {
            id_prefix: self.name().to_owned(),
            title: self.title().to_owned(),
            unit: currency.to_string(),
            status_date: report.status_date,
            contingency: readings(&history.contingency),
            management_reserve: readings(&history.management_reserve),
            exposure: readings(&history.exposure),
        };
        let has_reserve = !input.contingency.is_empty() || !input.management_reserve.is_empty();
        has_reserve.then(|| draw(&input))
    }
}

impl ReserveStepsInput {
    /// The lines that there are, the one that others are read against last, so that it lies on top.
    fn lines(&self) -> Vec<(&'static str, Ink, &[Reading])> {
        let lines: [(&'static str, Ink, &[Reading]); 3] = [
            ("Management reserve", Ink::Planned, &self.management_reserve),
            ("Open threats", Ink::Worse, &self.exposure),
            ("Contingency", Ink::Done, &self.contingency),
        ];
        lines.into_iter().filter(|(_, _, readings)| !readings.is_empty()).collect()
    }
}

/// Draws the reserves.
#[must_use]
pub fn draw(input: &ReserveStepsInput) -> Drawing {
    let sentence = sentence(input);
    let svg = [Column::Wide, Column::Narrow]
        .map(|column| paint(input, column).finish(&input.title, &sentence))
        .concat();
    Drawing { name: "reserve-steps", svg, title: input.title.clone(), sentence, table: table(input) }
}

fn paint(input: &ReserveStepsInput, column: Column) -> Sheet {
    let (size, type_size, right_room) = match column {
        Column::Wide => ((800.0, 280.0), 12.0, 190.0),
        Column::Narrow => ((360.0, 260.0), 11.0, 152.0),
    };
    let mut sheet = Sheet::new("reserve-steps", &input.id_prefix, column, size);
    let all = || input.lines().into_iter().flat_map(|(_, _, readings)| readings.iter());
    let amounts = AmountAxis::around(all().map(|reading| reading.height), 4);
    let first = all().map(|reading| reading.date).min().unwrap_or(input.status_date);
    // A project of one day still has an axis.
    let last = input.status_date.max(date_of(number_of(first).saturating_add(7)));
    let frame = Frame {
        left: AmountPlot::width_of_amounts(&amounts) + 10.0,
        top: 34.0,
        right: size.0 - right_room,
        bottom: size.1 - 38.0,
    };
    let plot: AmountPlot = Plot::new(DateAxis::new(first, last), amounts, frame);
    plot.draw_amounts(&mut sheet, &input.unit);
    plot.draw_dates(&mut sheet);
    plot.draw_date_line(
        &mut sheet,
        &DateLine {
            date: input.status_date,
            name: "Status",
            ink: Ink::Status,
            level: 10.0,
            right_edge: size.0,
            keeps_off: None,
        },
    );
    let mut labels = Vec::new();
    for (name, ink, readings) in input.lines() {
        let points: Vec<(f64, f64)> = readings
            .iter()
            .filter(|reading| reading.height.is_finite())
            .map(|reading| (end_of(reading.date), reading.height))
            .collect();
        plot.steps(&mut sheet, ink, &points);
        let (Some(point), Some(reading)) = (points.last(), readings.last()) else { continue };
        let at = plot.spot(point.0, point.1);
        labels.push(Note { at, name: name.to_owned(), value: reading.label.clone(), ink, side: Side::Right });
    }
    let wanted: Vec<f64> = labels.iter().map(|label| label.at.1).collect();
    let heights: Vec<f64> = labels.iter().map(|label| label.size(type_size).1 + 3.0).collect();
    for (label, middle) in labels.iter().zip(spread(&wanted, &heights, 18.0, frame.bottom + 10.0)) {
        let left = frame.right + 14.0;
        sheet.line(Ink::Muted, &[(label.at.0 + 3.0, label.at.1), (left - 3.0, middle)]);
        label.write(&mut sheet, (left, middle), Anchor::Start, type_size);
    }
    sheet
}

fn sentence(input: &ReserveStepsInput) -> String {
    let last = |readings: &[Reading]| readings.last().cloned();
    match (last(&input.contingency), last(&input.exposure)) {
        (Some(left), _) if left.height < 0.0 => {
            format!("More contingency is drawn than was granted: {} are left.", left.label)
        }
        (Some(left), Some(threats)) if threats.height > left.height => format!(
            "{} of contingency are left for open threats worth {} after response: they are not covered.",
            left.label, threats.label
        ),
        (Some(left), Some(threats)) => format!(
            "{} of contingency are left, and open threats are worth {} after response.",
            left.label, threats.label
        ),
        (Some(left), None) => format!("{} of contingency are left, and no threat is rated.", left.label),
        (None, _) => "There is no contingency.".to_owned(),
    }
}

fn table(input: &ReserveStepsInput) -> DataTable {
    use crate::chart::Column::{Number, Word};
    let mut table = DataTable::with_columns(
        format!("{}: at the end of the day ({})", input.title, input.unit),
        &[("Date", Word), ("Contingency", Number), ("Management reserve", Number), ("Open threats", Number)],
    );
    let lines = [&input.contingency, &input.management_reserve, &input.exposure];
    let mut days: Vec<Date> = lines.iter().flat_map(|line| line.iter().map(|reading| reading.date)).collect();
    days.sort_unstable();
    days.dedup();
    for day in days {
        let cells = lines.map(|line| {
            crate::chart::reading::reading_on(line, day)
                .map_or_else(|| format::NOTHING.to_owned(), |reading| reading.label.clone())
        });
        table.rows.push(std::iter::once(format::date(day)).chain(cells).collect());
    }
    table
}
