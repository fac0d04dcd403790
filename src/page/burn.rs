//! The burn page: will the scope be done by the date, and is it us or the scope?

use serde::Serialize;

use crate::control::{Burn, BurnForecast, BurnPoint, BurnUnit, GrowingFinish};
use crate::format;
use crate::page::address::Address;
use crate::page::burn_words::{beside_schedule, finish, sentence, why_range};
use crate::page::desk::Desk;
use crate::page::explain::burn_anchor;
use crate::page::flow::{FlowView, flow};
use crate::page::prose::Prose;
use crate::page::view::{Cell, Chart, Row, Table, Tile};
use crate::page::{Entry, Group, Made, ProjectPage};
use crate::report::ProjectReport;

/// The burn page.
pub struct BurnPage;

/// What the burn page shows.
#[derive(Debug, Serialize)]
struct BurnView {
    /// The way into the page.
    contents: Vec<Section>,
    /// The project's effort first, then each task that is counted in units and of which something is left.
    burns: Vec<OneBurn>,
    /// The tasks of which nothing is left, folded.
    done: Vec<OneBurn>,
    /// Items of work by state, where states are recorded.
    flow: Option<FlowView>,
}

/// A section of the page.
#[derive(Debug, Serialize)]
struct Section {
    /// Its anchor.
    id: String,
    /// Its heading.
    label: String,
}

/// One thing that burns down.
#[derive(Debug, Serialize)]
struct OneBurn {
    /// Its anchor.
    id: String,
    /// What is counted.
    title: String,
    /// The forecast in one sentence, or the reason why there is none.
    sentence: String,
    /// Why the range is as wide as it is; none without a forecast.
    why_range: Option<String>,
    /// What the schedule says of the same work, and why it differs from the pace; none without a forecast.
    beside_schedule: Option<String>,
    /// Whether there is a forecast.
    has_forecast: bool,
    /// Remaining, scope, throughput.
    tiles: Vec<Tile>,
    /// The chart.
    chart: Option<Chart>,
    /// What is left; none of a task of which nothing is.
    burn_down: Option<Chart>,
    /// Optimistic, likely, pessimistic; empty without a forecast.
    forecast: Table,
    /// Done, scope and what is left at each report.
    points: Table,
    /// How the scope moved.
    steps: Table,
    /// The task that is counted.
    task: Option<Cell>,
}

impl ProjectPage for BurnPage {
    fn kind(&self) -> &'static str {
        "burn"
    }

    fn group(&self) -> Group {
        Group::Time
    }

    fn question(&self) -> &'static str {
        "Will the scope be done by the date, and is it us or the scope?"
    }

    fn entries(&self, project: &ProjectReport) -> Vec<Entry> {
        let control = &project.control;
        if control.effort_burn.scope <= 0.0 && control.unit_burns.is_empty() && control.flow.is_none() {
            return Vec::new();
        }
        vec![Entry::new(Address::page(&project.project.folder, "burn"), "Burn charts")]
    }

    fn make(&self, desk: &Desk<'_>) -> Made {
        let control = &desk.project.control;
        let (open, done): (Vec<&Burn>, Vec<&Burn>) =
            control.unit_burns.iter().partition(|burn| burn.remaining > 0.0);
        let of_project = std::iter::once(&control.effort_burn).filter(|burn| burn.scope > 0.0);
        let burns: Vec<OneBurn> = of_project.chain(open).map(|burn| one(desk, burn)).collect();
        let done: Vec<OneBurn> = done.into_iter().map(|burn| one(desk, burn)).collect();
        let flow = flow(desk);
        let section = |id: &str, label: &str| Section { id: id.to_owned(), label: label.to_owned() };
        let contents = burns.iter().map(|burn| section(&burn.id, &burn.title));
        let contents = contents
            .chain(flow.iter().map(|_| section("flow", "Items by state")))
            .chain((!done.is_empty()).then(|| section("done", "All done")));
        let contents = contents.collect();
        Made::new(self.kind(), "Burn charts", &BurnView { contents, burns, done, flow })
    }
}

/// The unit as it stands behind a number.
pub(super) fn unit_words(unit: &BurnUnit) -> String {
    match unit {
        BurnUnit::PersonDays { .. } => "person-days".to_owned(),
        BurnUnit::Units(name) => name.clone(),
    }
}

/// A count in the unit: person-days with one decimal, things without where they are whole.
pub(super) fn amount(value: f64) -> String {
    let text = format::number(value, 1);
    text.strip_suffix(".0").unwrap_or(&text).to_owned()
}

fn one(desk: &Desk<'_>, burn: &Burn) -> OneBurn {
    let unit = unit_words(&burn.unit);
    let task = burn.task.map(|number| desk.project.project.task(number));
    let name = match task {
        Some(task) => format!("burn-{}", task.id),
        None => "burn".to_owned(),
    };
    OneBurn {
        id: task.map_or_else(|| "effort".to_owned(), |task| format!("units-{}", task.id)),
        title: match task {
            Some(task) => format!("{}: {unit}", task.name),
            None => "Effort: person-days".to_owned(),
        },
        sentence: sentence(desk, burn, &unit),
        why_range: why_range(desk, burn, &unit),
        beside_schedule: beside_schedule(desk, burn, &unit),
        has_forecast: burn.forecast.is_ok(),
        tiles: tiles(desk, burn, &unit),
        chart: desk.chart(&name),
        burn_down: match task {
            // Of what is done the burn-up says it all.
            Some(_) if burn.remaining <= 0.0 => None,
            Some(task) => desk.chart(&format!("burndown-{}", task.id)),
            None => desk.chart("burn-down"),
        },
        forecast: forecast(desk, burn, &unit),
        points: points(desk, burn),
        steps: steps(desk, burn),
        task: burn.task.map(|task| desk.task(task)),
    }
}

fn tiles(desk: &Desk<'_>, burn: &Burn, unit: &str) -> Vec<Tile> {
    let anchor = burn_anchor(desk, burn);
    let explained = |part: &str| desk.explained(&format!("{anchor}.{part}"));
    let done = burn.scope - burn.remaining;
    // `1 of 4 sources`: a unit that an author names is written for many.
    let of_all = Some(format!("of {} {unit}", amount(burn.scope)));
    let share = (burn.scope > 0.0).then(|| format::share(done / burn.scope));
    let mut tiles = vec![
        Tile {
            label: "Left".to_owned(),
            figure: amount(burn.remaining),
            unit: of_all.clone(),
            explained: explained("remaining"),
            ..Tile::default()
        },
        Tile {
            label: "Done".to_owned(),
            figure: amount(done),
            unit: of_all,
            note: share,
            explained: explained("done"),
            ..Tile::default()
        },
    ];
    let grown: f64 = burn.scope_steps.iter().map(|step| step.amount).sum();
    if grown.abs() > 0.0 {
        tiles.push(Tile {
            label: "Scope moved".to_owned(),
            figure: if grown > 0.0 { format!("+{}", amount(grown)) } else { amount(grown) },
            unit: Some(unit.to_owned()),
            note: Some(format::count(burn.scope_steps.len(), "step")),
            explained: explained("moved"),
            ..Tile::default()
        });
    }
    if let Ok(forecast) = &burn.forecast {
        tiles.push(Tile {
            label: "Throughput".to_owned(),
            figure: amount(forecast.mean),
            unit: Some(format!("{unit} a period")),
            note: Some(format!(
                "worst three {}, best three {}",
                amount(forecast.worst_three),
                amount(forecast.best_three)
            )),
            explained: explained("mean"),
            ..Tile::default()
        });
    }
    tiles
}

fn forecast(desk: &Desk<'_>, burn: &Burn, unit: &str) -> Table {
    let anchor = burn_anchor(desk, burn);
    let explained = |part: &str| desk.explained(&format!("{anchor}.{part}"));
    let mut table = Table::new(&["Pace", "#Per period", "#Periods", "Done by"]);
    if let Ok(forecast) = &burn.forecast {
        let mean = mean_words(forecast);
        let likely = format!("Likely: {mean}");
        let rows = [
            ("Optimistic: mean of the best three", "best", forecast.best_three, Some(forecast.optimistic)),
            (likely.as_str(), "mean", forecast.mean, Some(forecast.likely)),
            ("Pessimistic: mean of the worst three", "worst", forecast.worst_three, forecast.pessimistic),
        ];
        let rows = rows.map(|(label, key, pace, end)| {
            let word = label.split(':').next().unwrap_or_default().to_lowercase();
            (label, word, Some((key, pace)), end)
        });
        let runs = [
            (
                "Half of 2\u{202f}000 random runs over the past periods",
                "half".to_owned(),
                None,
                forecast.half_of_runs,
            ),
            ("85 of 100 of these runs", "most".to_owned(), None, forecast.most_of_runs),
        ];
        for (label, word, pace, end) in rows.into_iter().chain(runs) {
            table.push(Row::new(vec![
                Cell::text(label),
                Cell::maybe(pace.map(|(_, pace)| format!("{} {unit}", amount(pace))))
                    .explained(pace.and_then(|(key, _)| explained(key))),
                match end {
                    Some(end) => Cell::text(format::whole(end.periods))
                        .note_if(pace.map(|_| format::number(end.exact_periods, 2)))
                        .explained(explained(&word)),
                    None => Cell::nothing(),
                },
                match end {
                    Some(end) => Cell::text(finish(end)).explained(explained(&format!("{word}-finish"))),
                    None => Cell::text("never at this rate"),
                },
            ]));
        }
        if let Some((timetable, needed)) =
            burn.timetable.as_ref().and_then(|known| Some((known, known.pace?)))
        {
            table.push(Row::new(vec![
                Cell::text("Schedule: the pace that its date takes"),
                Cell::text(format!("{} {unit}", amount(needed))).explained(explained("needed")),
                Cell::maybe(timetable.periods.map(|periods| format::number(periods, 2)))
                    .explained(explained("scheduled")),
                Cell::text(format::date(timetable.finish)).explained(explained("scheduled-finish")),
            ]));
        }
        if let Some(growing) = forecast.growing {
            let (periods, done_by) = match growing {
                GrowingFinish::At(end) => (
                    Cell::text(format::whole(end.periods))
                        .note(format::number(end.exact_periods, 2))
                        .explained(explained("growing")),
                    Cell::text(finish(end)).explained(explained("growing-finish")),
                ),
                GrowingFinish::Never => (Cell::nothing(), Cell::text("never at this rate")),
            };
            table.push(Row::new(vec![
                Cell::text(format!("If scope goes on growing: {mean} less growth")),
                Cell::text(format!("{} {unit}", amount(forecast.mean - forecast.growth)))
                    .explained(explained("net")),
                periods,
                done_by,
            ]));
        }
    }
    table
}

/// Which periods the mean pace is of: `mean of the last 8`.
pub(super) fn mean_words(forecast: &BurnForecast) -> String {
    format!("mean of the last {}", forecast.n_periods)
}

fn points(desk: &Desk<'_>, burn: &Burn) -> Table {
    let anchor = burn_anchor(desk, burn);
    let mut table = Table::new(&["As of", "#Scope", "#Done", "#Left", "#Done since the line before"]);
    let mut before = 0.0;
    for point in telling(burn) {
        let shown = |value: f64, part: &str| {
            let key = format!("{anchor}.{part}-{}", point.date);
            Cell::text(amount(value)).explained(desk.explained(&key))
        };
        table.push(Row::new(vec![
            Cell::text(format::date(point.date))
                .class("date")
                .note_if((!point.is_report).then(|| "progress recorded, no report".to_owned())),
            shown(point.scope, "scope"),
            shown(point.done, "done"),
            shown(point.scope - point.done, "left"),
            shown(point.done - before, "gained"),
        ]));
        before = point.done;
    }
    table
}

/// The reports in which something happened to a burn: of a task in units those from the last before its first unit to the
/// one that found it done; of the whole all.
fn telling(burn: &Burn) -> &[BurnPoint] {
    let points = &burn.points[..];
    if burn.task.is_none() || burn.remaining > 0.0 {
        return points;
    }
    let from = points.iter().take_while(|point| point.done <= 0.0).count().saturating_sub(1);
    let until = points.iter().rposition(|point| point.done < point.scope).map_or(0, |place| place + 1);
    points.get(from..=until).unwrap_or(points)
}

fn steps(desk: &Desk<'_>, burn: &Burn) -> Table {
    let mut table = Table::new(&["First seen", "#Scope", "Change"]);
    let anchor = burn_anchor(desk, burn);
    for (place, step) in burn.scope_steps.iter().enumerate() {
        let key = format!("{anchor}.step-{}", place + 1);
        let sign = if step.amount > 0.0 { "+" } else { "" };
        table.push(Row::new(vec![
            Cell::text(format::date(step.date)).class("date"),
            Cell::text(format!("{sign}{}", amount(step.amount))).explained(desk.explained(&key)),
            match (step.changes.as_slice(), &step.baseline) {
                ([], None) => Cell::text("no approved change").class("bad"),
                ([], Some(baseline)) => Cell::text(format!("new baseline {baseline}")),
                (ids, _) => Prose::links(&desk.links(ids)).map_or_else(Cell::nothing, Cell::prose),
            },
        ]));
    }
    table
}
