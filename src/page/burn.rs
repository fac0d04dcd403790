//! The burn page: will the scope be done by the date, and is it us or the scope?

use serde::Serialize;

use crate::chart::burn::{BurnKind, NOT_APPROVED, of_kind};
use crate::chart::sparkline::{SparklineInput, draw};
use crate::control::{Burn, BurnForecast, BurnPoint, BurnUnit, Counted, GrowingFinish};
use crate::format;
use crate::model::Ground;
use crate::page::address::Address;
use crate::page::burn_words::{beside_schedule, finish, lead, sentence, why_range};
use crate::page::desk::Desk;
use crate::page::explain::burn_anchor;
use crate::page::flow::{FlowView, flow};
use crate::page::prose::Prose;
use crate::page::unread::why_not;
use crate::page::view::{Cell, Chart, Row, Table, Tile};
use crate::page::{Entry, Group, Made, ProjectPage};
use crate::report::ProjectReport;

/// The burn page.
pub struct BurnPage;

/// What the burn page shows.
#[derive(Debug, Serialize)]
struct BurnView {
    /// The answer: when the main count ends at its pace, and what the schedule takes.
    lead: Option<String>,
    /// The counts that have begun and are not done, each with what is done, promised, forecast and late, leading to what is known of it.
    counts: Table,
    /// The same of those of which nothing is done yet, folded.
    not_begun: Table,
    /// The same of those of which nothing is left, folded.
    counts_done: Table,
    /// The main count, the project's effort, and each other count of which something is left and five periods are known: with charts.
    burns: Vec<OneBurn>,
    /// Other counts of which something is left, folded and without charts: below five periods a drawing shows no course.
    young: Vec<OneBurn>,
    /// The tasks of which nothing is left, folded.
    done: Vec<OneBurn>,
    /// Items of work by state, where states are recorded.
    flow: Option<FlowView>,
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
    /// A chart of which the figures alone are shown, beside what was planned.
    in_figures: Option<Chart>,
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
    /// The tasks that are counted together; empty elsewhere.
    parts: Vec<Cell>,
}

impl ProjectPage for BurnPage {
    fn kind(&self) -> &'static str {
        "burn"
    }

    fn group(&self) -> Group {
        Group::Work
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
        let unread = why_not(desk, Ground::SLIP);
        let counted = control.shared_burns.iter().chain(&control.unit_burns).filter(|_| unread.is_none());
        let (open, done): (Vec<&Burn>, Vec<&Burn>) = counted.partition(|burn| burn.remaining > 0.0);
        let of_project =
            std::iter::once(&control.effort_burn).filter(|burn| burn.scope > 0.0 && unread.is_none());
        // Where a pace of all points is known, they lead.
        let (leading, others): (Vec<&Burn>, Vec<&Burn>) =
            open.into_iter().partition(|burn| !burn.parts().is_empty() && burn.forecast.is_ok());
        let open: Vec<&Burn> = leading.into_iter().chain(of_project).chain(others).collect();
        let main = open.first().copied();
        let is_drawn = |burn: &&Burn| {
            burn.counted == Counted::Effort
                || main.is_some_and(|main| std::ptr::eq(main, *burn))
                || burn.periods.len() >= PERIODS_OF_A_COURSE
        };
        let (begun, not_begun): (Vec<&Burn>, Vec<&Burn>) =
            open.iter().copied().partition(|burn| burn.scope - burn.remaining > 0.0);
        let counts_of = |burns: &[&Burn]| counts(desk, burns.iter().copied());
        let (counts, not_begun, counts_done) = (counts_of(&begun), counts_of(&not_begun), counts_of(&done));
        let (drawn, young): (Vec<&Burn>, Vec<&Burn>) = open.into_iter().partition(is_drawn);
        let all = |burns: Vec<&Burn>| burns.into_iter().map(|burn| one(desk, burn)).collect();
        let young: Vec<OneBurn> = young.into_iter().map(|burn| one(desk, burn).without_charts()).collect();
        let view = BurnView {
            lead: match &unread {
                Some(why) => Some(format!("How much is left is not known: {why}.")),
                None => main.and_then(|main| lead(desk, main, &unit_words(&main.unit))),
            },
            counts,
            not_begun,
            counts_done,
            burns: all(drawn),
            young,
            done: done
                .into_iter()
                .map(|burn| {
                    let one = one(desk, burn);
                    if burn.periods.len() >= PERIODS_OF_A_COURSE { one } else { one.without_charts() }
                })
                .collect(),
            flow: flow(desk),
        };
        Made::new(self.kind(), "Burn charts", &view)
    }
}

/// From so many periods on a drawing shows how a count went; as many as a pace is read from.
const PERIODS_OF_A_COURSE: usize = 5;

impl OneBurn {
    /// The same in figures alone.
    fn without_charts(self) -> Self {
        Self { chart: None, burn_down: None, in_figures: self.chart, ..self }
    }
}

/// All counts in one table: what is done, when it was promised, when the schedule and the pace so far end it.
fn counts<'a>(desk: &Desk<'_>, burns: impl Iterator<Item = &'a Burn>) -> Table {
    let mut table = Table::new(&[
        "What is counted",
        "#Done",
        "#Of",
        "Promised",
        "By the schedule",
        "#Late by",
        "At its pace",
        "Report by report",
    ]);
    for burn in burns {
        let unit = unit_words(&burn.unit);
        let anchor = burn_anchor(desk, burn);
        let explained = |part: &str| desk.explained(&format!("{anchor}.{part}"));
        let reference = &desk.project.control.reference;
        let forecast = &desk.project.forecast;
        let (promised, now) = (burn.promised(reference), burn.finish_in(forecast));
        // Of the work of a project that the board has stopped nobody forecasts an end.
        let is_forecast = !(desk.project.control.is_stopped && matches!(burn.counted, Counted::Effort));
        let slip = promised.filter(|_| is_forecast).map(|promised| desk.slip_days(promised, now));
        let pace = match &burn.forecast {
            Ok(pace) => Cell::text(finish(pace.likely)).explained(explained("likely-finish")),
            Err(_) => Cell::nothing(),
        };
        let title = format!("{} done by report", title(burn));
        let points = telling(burn).iter().map(|point| {
            let words = format!("{} of {}", amount(point.done), amount(point.scope));
            (point.date, Some(point.done), words)
        });
        let course = draw(&SparklineInput { title, points: points.collect(), level: None });
        table.push(Row::new(vec![
            Cell::text(&*burn.title).note(unit).href(Some(format!("#{}", id(desk, burn)))),
            Cell::text(amount(burn.scope - burn.remaining)).explained(explained("done")),
            Cell::text(amount(burn.scope)).explained(explained("scope")),
            desk.date(promised),
            desk.date(is_forecast.then_some(now)),
            Cell::maybe(slip.map(crate::page::desk::slip_words)).explained(match burn.counted {
                Counted::Effort => desk.explained("slip").filter(|_| slip.is_some()),
                Counted::Task(task) => desk.explained_of(task, "slip"),
                Counted::Together(_) => explained("slip"),
            }),
            pace,
            Cell::default().spark(course),
        ]));
    }
    table
}

/// What is counted, with its unit.
fn title(burn: &Burn) -> String {
    format!("{}: {}", burn.title, unit_words(&burn.unit))
}

/// The anchor of a count.
fn id(desk: &Desk<'_>, burn: &Burn) -> String {
    match burn.counted {
        Counted::Effort => "effort".to_owned(),
        Counted::Task(task) => format!("units-{}", desk.project.project.task(task).id),
        Counted::Together(_) => burn.key(&desk.project.project),
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
    let chart = |kind| desk.chart(&of_kind(burn.key(&desk.project.project), kind));
    // Of what is done the burn-up says it all.
    let is_open = burn.counted == Counted::Effort || burn.remaining > 0.0;
    OneBurn {
        id: id(desk, burn),
        title: title(burn),
        sentence: sentence(desk, burn, &unit),
        why_range: why_range(desk, burn, &unit),
        beside_schedule: beside_schedule(desk, burn, &unit),
        has_forecast: burn.forecast.is_ok(),
        tiles: tiles(desk, burn, &unit),
        chart: chart(BurnKind::Up),
        in_figures: None,
        burn_down: if is_open { chart(BurnKind::Down) } else { None },
        forecast: forecast(desk, burn, &unit),
        points: points(desk, burn),
        steps: steps(desk, burn),
        task: burn.task().map(|task| desk.task(task)),
        parts: burn.parts().iter().map(|part| desk.task(part.task)).collect(),
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
                        .note_if(pace.map(|_| format!("exactly {}", format::number(end.exact_periods, 2))))
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
    if burn.task().is_none() || burn.remaining > 0.0 {
        return points;
    }
    let from = points.iter().take_while(|point| point.done <= 0.0).count().saturating_sub(1);
    let until = points.iter().rposition(|point| point.done < point.scope).map_or(0, |place| place + 1);
    points.get(from..=until).unwrap_or(points)
}

fn steps(desk: &Desk<'_>, burn: &Burn) -> Table {
    let mut table = Table::new(&["Since", "#Scope", "Change"]);
    let anchor = burn_anchor(desk, burn);
    for (place, step) in burn.scope_steps.iter().enumerate() {
        let key = format!("{anchor}.step-{}", place + 1);
        let sign = if step.amount > 0.0 { "+" } else { "" };
        table.push(Row::new(vec![
            Cell::text(format::date(step.date)).class("date"),
            Cell::text(format!("{sign}{}", amount(step.amount))).explained(desk.explained(&key)),
            match (step.changes.as_slice(), &step.baseline) {
                ([], None) => Cell::text(NOT_APPROVED).class("bad"),
                ([], Some(baseline)) => Cell::text(format!("new baseline {baseline}")),
                (ids, _) => Prose::links(&desk.links(ids)).map_or_else(Cell::nothing, Cell::prose),
            },
        ]));
    }
    table
}
