//! Burn-down and burn-up: work left, or work done against work agreed, with the range of forecasts.
//!
//! The burn-down answers "will a fixed scope be finished by the date?". The burn-up answers "is it us or the scope?",
//! because agreed scope has a line of its own there. In a burn-down whose scope moved, what is left stands on a floor. Readings are joined by straight lines and never smoothed; scope
//! keeps its value until it is changed.

mod canvas;
mod input;

use jiff::civil::Date;

use crate::chart::burn::canvas::Canvas;
use crate::chart::burn::input::{SAME_SCOPE, has_moved, name, plain, reports, signed};
use crate::chart::kit::reading::Reading;
use crate::chart::kit::svg::Column;
use crate::chart::{Chart, DataTable, Drawing, LinkTo, months_and};
use crate::control::{Burn, BurnUnit, Counted, NoForecast, PlannedWork};
use crate::format;
use crate::quantity::Id;
use crate::report::ProjectReport;

pub(crate) use crate::chart::burn::input::NOT_APPROVED;
pub use crate::chart::burn::input::{BurnInput, BurnKind, BurnReport, Outlook, WorstPace};

/// Burn-up of the project's effort.
#[derive(Debug)]
pub struct BurnUp;

impl Chart for BurnUp {
    fn name(&self) -> &'static str {
        name(BurnKind::Up)
    }

    fn title(&self) -> &'static str {
        "Work done against work agreed"
    }

    fn question(&self) -> &'static str {
        "Is it us or the scope?"
    }

    fn draw(&self, report: &ProjectReport, _link_to: LinkTo<'_>) -> Option<Drawing> {
        of_burn(report, &report.control.effort_burn, BurnKind::Up)
    }
}

/// Burn-down of the project's effort.
#[derive(Debug)]
pub struct BurnDown;

impl Chart for BurnDown {
    fn name(&self) -> &'static str {
        name(BurnKind::Down)
    }

    fn title(&self) -> &'static str {
        "Work left"
    }

    fn question(&self) -> &'static str {
        "Will the work be done by the date?"
    }

    fn draw(&self, report: &ProjectReport, _link_to: LinkTo<'_>) -> Option<Drawing> {
        of_burn(report, &report.control.effort_burn, BurnKind::Down)
    }
}

/// Draws a burn-down or burn-up chart.
#[must_use]
pub fn draw(input: &BurnInput) -> Drawing {
    let sentence = sentence(input);
    let svg = [Column::Wide, Column::Narrow]
        .map(|column| Canvas::paint(input, column).finish(&input.title, &sentence))
        .concat();
    Drawing { name: name(input.kind), svg, title: input.title.clone(), sentence, table: table(input) }
}

fn sentence(input: &BurnInput) -> String {
    let reports = reports(input);
    let status = format::date(input.status_date);
    let Some(report) = reports.iter().rev().find(|report| report.done.is_finite()) else {
        return format!("No progress has been reported by {status}.");
    };
    let left = report.scope - report.done;
    let (amount, word) = match input.kind {
        BurnKind::Down => (left, "left"),
        BurnKind::Up => (report.done, "done"),
    };
    let amount = plain(amount);
    let are = if amount == "1" { "is" } else { "are" };
    let mut parts =
        vec![format!("By {status}, {amount} of {} {} {are} {word}", plain(report.scope), input.unit)];
    // Before a baseline was approved the plan was still being made.
    let is_agreed = |report: &&&BurnReport| input.agreed_on.is_none_or(|agreed| agreed <= report.date);
    let first = reports.iter().find(is_agreed).or_else(|| reports.first());
    let growth = first.map_or(0.0, |first| report.scope - first.scope);
    if growth.abs() > 0.049 {
        parts.push(format!("the scope has changed by {}", signed(growth)));
    }
    if input.kind == BurnKind::Down && has_moved(&reports) {
        parts.push("each bar is what was left, on a floor that scope moves: its top falls with work, its foot with scope that came in".to_owned());
    }
    parts.push(match &input.outlook {
        _ if left <= 0.0 => "nothing is left to do".to_owned(),
        Outlook::None(reason) => format!("no forecast is made: {reason}"),
        Outlook::Range { optimistic, likely, pessimistic: WorstPace::Ends(late) }
            if optimistic == likely && likely == late =>
        {
            format!("the rest is done by {} at the best pace so far and at the worst", format::date(*likely))
        }
        Outlook::Range { optimistic, likely, pessimistic } => format!(
            "at the mean pace the rest is done by {}, at the best by {}, at the worst {}",
            format::date(*likely),
            format::date(*optimistic),
            match pessimistic {
                WorstPace::Ends(date) => format!("by {}", format::date(*date)),
                WorstPace::OutOfSight => "further ahead than a pace can tell".to_owned(),
                WorstPace::Never => "never".to_owned(),
            }
        ),
    });
    parts.extend(
        input.promise.map(|(what, date)| format!("the {} says {}", what.to_lowercase(), format::date(date))),
    );
    format!("{}.", parts.join("; "))
}

fn table(input: &BurnInput) -> DataTable {
    use crate::chart::Column::{Number, Word};
    let mut table = DataTable::with_columns(
        format!("{}: as reported ({})", input.title, input.unit),
        &[
            ("Date", Word),
            ("Planned", Number),
            ("Scope", Number),
            ("Done", Number),
            ("Left", Number),
            ("Scope change", Word),
        ],
    );
    let reports = reports(input);
    let dates: Vec<Date> = reports.iter().map(|report| report.date).collect();
    let planned = planned(input);
    let dates = months_and(dates, &planned);
    let blank = || "—".to_owned();
    for date in dates {
        let planned = planned.iter().find(|reading| reading.date == date && reading.height.is_finite());
        let report = reports.iter().find(|report| report.date == date);
        table.rows.push(vec![
            format::date(date),
            planned.map_or_else(blank, |reading| reading.label.clone()),
            report.map_or_else(blank, |report| plain(report.scope)),
            report.map_or_else(blank, |report| plain(report.done)),
            report.map_or_else(blank, |report| plain(report.scope - report.done)),
            report.map_or_else(String::new, |report| report.scope_note.clone()),
        ]);
    }
    table
}

/// The plan as the table tells it: work left, or work done.
fn planned(input: &BurnInput) -> Vec<Reading> {
    let reading = |point: &PlannedWork| {
        let height = match input.kind {
            BurnKind::Down => point.left,
            BurnKind::Up => point.all - point.left,
        };
        Reading { date: point.date, height, label: plain(height) }
    };
    input.planned.iter().map(reading).collect()
}

/// Burn-up or burn-down of a task that is counted in units, by its id.
pub(crate) fn of_task(report: &ProjectReport, task: &str, kind: BurnKind) -> Option<Drawing> {
    let burn = report
        .control
        .unit_burns
        .iter()
        .find(|burn| burn.task().is_some_and(|number| report.project.task(number).id.as_str() == task))?;
    of_burn(report, burn, kind)
}

/// Burn-up or burn-down of all tasks that are counted in the same unit, by the id of the first of them.
pub(crate) fn of_all(report: &ProjectReport, first: &str, kind: BurnKind) -> Option<Drawing> {
    let is_of = |burn: &&Burn| {
        burn.parts().first().is_some_and(|part| report.project.task(part.task).id.as_str() == first)
    };
    of_burn(report, report.control.shared_burns.iter().find(is_of)?, kind)
}

/// A measured burn as a drawing; none before anything was reported or where there is nothing to do.
fn of_burn(report: &ProjectReport, burn: &Burn, kind: BurnKind) -> Option<Drawing> {
    let last = burn.points.last()?;
    if burn.scope <= 0.0 {
        return None;
    }
    let unit = match &burn.unit {
        BurnUnit::PersonDays { .. } => "person-days".to_owned(),
        BurnUnit::Units(unit) => unit.clone(),
    };
    let reference = &report.control.reference;
    let word = if reference.is_baseline() { "Baseline" } else { "Plan" };
    let promised = burn.promised(reference);
    let what = match kind {
        BurnKind::Down => "work left",
        BurnKind::Up => "work done against work agreed",
    };
    Some(draw(&BurnInput {
        kind,
        id_prefix: of_kind(burn.key(&report.project), kind),
        title: if burn.counted == Counted::Effort {
            format::sentence_start(what)
        } else {
            format!("{}: {what}", burn.title)
        },
        unit,
        status_date: report.status_date.max(last.date),
        agreed_on: report.project.baselines_by(report.status_date).next().and_then(|first| first.approved),
        planned: burn.planned.clone(),
        reports: reports_of(burn),
        outlook: outlook(burn),
        promise: promised.map(|date| (word, date)),
    }))
}

/// The name of the drawing of a burn: that of the burn itself for a burn-up, and `burn-down`, `burndown-rollout`, `alldown-epics` beside it.
#[must_use]
pub fn of_kind(key: String, kind: BurnKind) -> String {
    match (kind, key.split_once('-')) {
        (BurnKind::Up, _) => key,
        (BurnKind::Down, Some((of, which))) => format!("{of}down-{which}"),
        (BurnKind::Down, None) => name(kind).to_owned(),
    }
}

/// The points of a burn, each with the changes of scope that came with it.
fn reports_of(burn: &Burn) -> Vec<BurnReport> {
    let mut steps = burn.scope_steps.iter().peekable();
    let mut before: Option<f64> = None;
    burn.points
        .iter()
        .map(|point| {
            let mut notes: Vec<String> = Vec::new();
            let mut moves: Vec<(Date, f64)> = Vec::new();
            let mut scope = before.replace(point.scope).unwrap_or(point.scope);
            while let Some(step) = steps.next_if(|step| step.date <= point.date) {
                scope += step.amount;
                moves.push((step.date, scope));
                if step.is_unexplained() {
                    notes.push(NOT_APPROVED.to_owned());
                }
                let baseline = step.baseline.iter().filter(|_| step.changes.is_empty());
                notes.extend(step.changes.iter().chain(baseline).map(Id::to_string));
            }
            let mut told = std::collections::BTreeSet::new();
            notes.retain(|note| told.insert(note.clone()));
            // What was closed may count otherwise than the steps do: the line goes by reports then.
            let are_those = (scope - point.scope).abs() < SAME_SCOPE;
            if !are_those {
                moves.clear();
            }
            // What moved it last on the day of the report is the point of the report itself.
            moves.pop_if(|(day, _)| *day == point.date);
            BurnReport {
                date: point.date,
                scope: point.scope,
                done: point.done,
                scope_note: notes.join(", "),
                moves,
            }
        })
        .collect()
}

/// The forecast of a burn in dates, or why there is none.
fn outlook(burn: &Burn) -> Outlook {
    match &burn.forecast {
        Ok(forecast) => match (forecast.optimistic.date, forecast.likely.date) {
            (Some(optimistic), Some(likely)) => Outlook::Range {
                optimistic,
                likely,
                pessimistic: match forecast.pessimistic {
                    None => WorstPace::Never,
                    Some(finish) => finish.date.map_or(WorstPace::OutOfSight, WorstPace::Ends),
                },
            },
            _ => Outlook::None("at this pace the end lies further ahead than a pace can tell".to_owned()),
        },
        Err(NoForecast::FewerThanFivePeriods(count)) => Outlook::None(format!(
            "{} {} passed, and a trend takes five",
            format::count(*count, "whole period"),
            if *count == 1 { "has" } else { "have" }
        )),
        Err(NoForecast::Finished) => Outlook::None(String::new()),
        Err(NoForecast::Stopped) => Outlook::None("the project is stopped".to_owned()),
        Err(NoForecast::OutOfSight { periods, looked_at }) => Outlook::None(format!(
            "at the mean pace of the last {} the rest would take {periods}, further ahead than a pace can tell",
            format::count(*looked_at, "period")
        )),
        Err(NoForecast::NoProgress) => Outlook::None("nothing was done in the last periods".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::control::{BurnPoint, ScopeStep};

    /// What the line of scope does before the points of two reports of 8 and 13, by the days and amounts of the steps between them.
    fn moves_of(steps: &[(&str, f64)]) -> (Vec<(String, f64)>, String) {
        let day = |text: &str| -> Date { text.parse().unwrap() };
        let point = |date: &str, scope: f64| BurnPoint {
            date: day(date),
            is_report: true,
            done: 2.0,
            scope,
            is_as_closed: false,
        };
        let step = |(date, amount): &(&str, f64)| ScopeStep {
            date: day(date),
            amount: *amount,
            changes: vec!["C1".parse().unwrap()],
            baseline: None,
        };
        let burn = Burn {
            title: "Reports".to_owned(),
            unit: BurnUnit::Units("reports".to_owned()),
            counted: Counted::Effort,
            points: vec![point("2026-03-06", 8.0), point("2026-03-20", 13.0)],
            planned: Vec::new(),
            scope_steps: steps.iter().map(step).collect(),
            periods: Vec::new(),
            forecast: Err(NoForecast::Finished),
            timetable: None,
            remaining: 11.0,
            scope: 13.0,
            agreed: 13.0,
            agreed_since: None,
        };
        let reports = reports_of(&burn);
        let told = reports[1].moves.iter().map(|(day, scope)| (day.to_string(), *scope)).collect();
        (told, reports[1].moved_on().to_string())
    }

    #[test]
    fn steps_between_two_reports_are_drawn_each_on_its_day() {
        let moved = |day: &str, scope: f64| (day.to_owned(), scope);
        let on = str::to_owned;
        // The last of two falls on the day of the report, and is its own point.
        assert_eq!(
            moves_of(&[("2026-03-10", 2.0), ("2026-03-20", 3.0)]),
            (vec![moved("2026-03-10", 10.0)], on("2026-03-20"))
        );
        assert_eq!(
            moves_of(&[("2026-03-10", 2.0), ("2026-03-17", 3.0)]),
            (vec![moved("2026-03-10", 10.0), moved("2026-03-17", 13.0)], on("2026-03-17"))
        );
        assert_eq!(moves_of(&[("2026-03-20", 5.0)]), (Vec::new(), on("2026-03-20")));
        // Steps that do not come to what the report counts are none of the line.
        assert_eq!(moves_of(&[("2026-03-10", 2.0)]), (Vec::new(), on("2026-03-20")));
    }
}
