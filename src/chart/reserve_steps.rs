//! What is left of the reserves, step by step, over the expected value of the open threats.
//!
//! Answers: does the contingency still cover the risks? Where the line of the threats runs above that of the contingency, it
//! does not.

use jiff::civil::Date;

use crate::chart::kit::ink::Ink;
use crate::chart::kit::reading::Reading;
use crate::chart::kit::svg::Column;
use crate::chart::time_lines::{Shape, TimeLine, TimeLines, paint};
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
    let line = |(name, ink, readings)| TimeLine { name, ink, shape: Shape::Steps, readings };
    let lines = TimeLines {
        name: "reserve-steps",
        id_prefix: &input.id_prefix,
        unit: &input.unit,
        status_date: input.status_date,
        until: input.status_date,
        lines: input.lines().into_iter().map(line).collect(),
        levels: Vec::new(),
    };
    let svg = [Column::Wide, Column::Narrow]
        .map(|column| paint(&lines, column).finish(&input.title, &sentence))
        .concat();
    Drawing { name: "reserve-steps", svg, title: input.title.clone(), sentence, table: table(input) }
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
            crate::chart::kit::reading::reading_on(line, day)
                .map_or_else(|| format::NOTHING.to_owned(), |reading| reading.label.clone())
        });
        table.rows.push(std::iter::once(format::date(day)).chain(cells).collect());
    }
    table
}
