//! Trends: what the reports said, one after another, drawn from frozen records and from nothing else.

use jiff::civil::Date;
use serde::Serialize;

use crate::chart::milestone_trend::IF_IT_WENT_ON;
use crate::control::{
    Colour, DimensionKind, MilestoneTrend, Said, TrendOutlook, Unresolved, colour_since, milestone_trends,
    unresolved,
};
use crate::format;
use crate::page::address::{Address, Thing};
use crate::page::by_report;
use crate::page::desk::{Desk, days_of};
use crate::page::explain::{report_anchor, slope_key};
use crate::page::frame::status_of;
use crate::page::milestones::moved_cell;
use crate::page::scorecard::{PastStatus, dimension_name, past_status};
use crate::page::view::{Cell, Chart, Row, Table};
use crate::page::{Entry, Group, Made, ProjectPage};
use crate::quantity::{Amount, Ratio};
use crate::report::ProjectReport;

/// The page of trends.
pub struct Trends;

/// What it shows.
#[derive(Debug, Serialize)]
struct TrendsView {
    /// The finding: the colour and since when, how far the finish moved in all and by the last report.
    lead: String,
    /// Which reports are shown, and that each is as it was frozen on its day.
    reports_words: String,
    /// Colours by report: the whole, what was declared, each dimension.
    strips: Vec<Strip>,
    /// The days of the reports in the strips, a column each: `28 Aug`.
    reports: Vec<String>,
    /// The milestone trend.
    milestones: Option<Chart>,
    /// Slip, slope and outlook of each milestone.
    slopes: Table,
    /// SPI(t) and CPI.
    indices: Option<Chart>,
    /// Why SPI(t) leaps where it does: a sentence for each stretch over which planned value stands still.
    unresolved: Vec<String>,
    /// Exposure against contingency.
    exposure: Option<Chart>,
    /// Estimates at completion.
    estimates: Option<Chart>,
    /// How far each forecast of finish and cost lay from what stands now.
    accuracy: Table,
    /// The mean of those distances, in words.
    accuracy_words: Option<String>,
}

/// Colours of one thing, report by report.
#[derive(Debug, Serialize)]
struct Strip {
    /// What is rated.
    name: String,
    /// Oldest first; `grey` where the report rates nothing.
    past: Vec<PastStatus>,
    /// The report that first gave the newest colour; `none` where every report gave it.
    since: String,
}

impl ProjectPage for Trends {
    fn kind(&self) -> &'static str {
        "trends"
    }

    fn group(&self) -> Group {
        Group::Status
    }

    fn question(&self) -> &'static str {
        "Is it getting better or worse, and can the forecasts be trusted?"
    }

    /// Before a report is closed there is no trend.
    fn entries(&self, project: &ProjectReport) -> Vec<Entry> {
        let is_any = project.project.snapshots.iter().any(|frozen| frozen.status_date < project.status_date);
        if is_any {
            vec![Entry::new(Address::page(&project.project.folder, "trends"), "Trends")]
        } else {
            Vec::new()
        }
    }

    fn make(&self, desk: &Desk<'_>) -> Made {
        let said = desk.project.said_by_report.as_slice();
        let (accuracy, accuracy_words) = accuracy(desk, said);
        let shown = &said[said.len().saturating_sub(MOST_COLUMNS)..];
        let view = TrendsView {
            lead: lead(desk, said),
            reports_words: reports_words(said, shown.len()),
            strips: strips(said, shown.len()),
            // Narrow columns break a day before its month.
            reports: shown
                .iter()
                .map(|said| format::short_date(said.status_date).replace('\u{a0}', " "))
                .collect(),
            milestones: desk.chart("milestone-trend"),
            slopes: slopes(desk, said),
            indices: desk.chart("index-trend"),
            unresolved: not_resolved(desk, said),
            exposure: desk.chart("exposure-trend"),
            // What was said stands on the page of each report; of a stopped project no estimate holds any more.
            estimates: desk.chart("estimate-trend").filter(|_| !desk.project.control.is_stopped),
            accuracy,
            accuracy_words,
        };
        Made::new(self.kind(), "Trends", &view)
    }
}

/// So many reports have a column of their own in the strips of colours: the newest.
const MOST_COLUMNS: usize = 14;

/// The finding in a sentence: the colour and since when, how far the finish moved in all, and by the last report.
fn lead(desk: &Desk<'_>, said: &[Said]) -> String {
    let stopped = desk.project.project.stopped_on(desk.project.status_date);
    let stopped =
        stopped.map(|(gate, day)| format!("stopped by the board at {gate} on {}", format::date(day)));
    let rated = colour_since(said, &|said: &Said| said.computed).filter(|_| stopped.is_none());
    let colour = rated.map(|(colour, day)| {
        let word = status_of(colour).word;
        if said.first().is_some_and(|first| first.status_date == day) {
            format!("{word} on every report since {}", format::date(day))
        } else {
            format!("{word} since {}", format::date(day))
        }
    });
    let finishes: Vec<Date> = said.iter().filter_map(|said| said.figures.forecast_finish).collect();
    // Of a stopped project no finish is forecast any more.
    let finish = match finishes.as_slice() {
        [first, .., before, last] if !desk.project.control.is_stopped => {
            Some(finish_words(desk, finishes.len(), (*first, *before, *last)))
        }
        [first, last] if !desk.project.control.is_stopped => {
            Some(finish_words(desk, 2, (*first, *first, *last)))
        }
        _ => None,
    };
    let parts: Vec<String> = stopped.into_iter().chain(colour).chain(finish).collect();
    if parts.is_empty() { String::new() } else { format::sentence_start(&format!("{}.", parts.join("; "))) }
}

/// How far the finish moved from the first report to the last, and by the last one.
fn finish_words(desk: &Desk<'_>, n_reports: usize, (first, before, last): (Date, Date, Date)) -> String {
    let by = |from: Date, to: Date| {
        let days = desk.slip_days(from, to);
        let way = if days < 0 { "sooner" } else { "later" };
        (days != 0).then(|| format!("{} {way}", days_of(days.abs())))
    };
    let reports = format::count(n_reports, "report");
    let all = match by(first, last) {
        Some(words) => format!("the finish moved {words} over {reports}, to {}", format::date(last)),
        None => format!("the finish stands where the first of {reports} put it, on {}", format::date(last)),
    };
    match by(before, last) {
        Some(words) => format!("{all}; the last report moved it {words}"),
        None => format!("{all}; the last report did not move it"),
    }
}

/// Which reports there are and which are shown.
fn reports_words(said: &[Said], n_shown: usize) -> String {
    let (Some(first), Some(last)) = (said.first(), said.last()) else { return String::new() };
    let newest = if n_shown < said.len() {
        format!(", the newest {n_shown} of which are shown")
    } else {
        String::new()
    };
    format!(
        "{} from {} to {}{newest}, each as it was frozen on its day; the last is what is computed now.",
        format::count(said.len(), "report"),
        format::date(first.status_date),
        format::date(last.status_date)
    )
}

fn strips(said: &[Said], n_shown: usize) -> Vec<Strip> {
    let is_rated = |kind: &DimensionKind| said.iter().any(|said| said.dimensions.contains_key(kind));
    let mut strips = vec![strip("Whole", said, n_shown, |said| said.computed)];
    if said.iter().any(|said| said.declared.is_some()) {
        strips.push(strip("Declared", said, n_shown, |said| said.declared));
    }
    strips.extend(
        DimensionKind::ALL.into_iter().filter(is_rated).map(|kind| {
            strip(dimension_name(kind), said, n_shown, |said| said.dimensions.get(&kind).copied())
        }),
    );
    strips
}

fn strip(name: &str, said: &[Said], n_shown: usize, colour: impl Fn(&Said) -> Option<Colour>) -> Strip {
    let shown = &said[said.len().saturating_sub(n_shown)..];
    let past =
        shown.iter().map(|said| past_status(said.status_date, colour(said).unwrap_or(Colour::Unrated)));
    let first = said.first().map(|said| said.status_date);
    let since = match colour_since(said, &colour) {
        None => "not rated".to_owned(),
        Some((_, day)) if Some(day) == first => "none".to_owned(),
        Some((_, day)) => format::date(day),
    };
    Strip { name: name.to_owned(), past: past.collect(), since }
}

fn slopes(desk: &Desk<'_>, said: &[Said]) -> Table {
    let mut table = Table::new(&[
        "Milestone",
        "First said",
        "Said now",
        "Slip from report to report, working days",
        "#Days a month",
        IF_IT_WENT_ON,
    ]);
    for trend in milestone_trends(said).iter().filter(|trend| trend.said.len() > 1) {
        table.push(slope_row(desk, trend));
    }
    table
}

fn slope_row(desk: &Desk<'_>, trend: &MilestoneTrend) -> Row {
    let name = match desk.project.project.task_by_id(&trend.id) {
        Some(number) => desk.task(number),
        None => Cell::text(trend.id.to_string()),
    };
    let said =
        |known: Option<&(Date, crate::model::MilestoneDay)>| desk.date(known.map(|(_, known)| known.day));
    let n_slips = trend.slips().len();
    let slips = trend.said.windows(2).take(n_slips).map(|pair| desk.slip_days(pair[0].1.day, pair[1].1.day));
    let slips: Vec<String> = slips.map(signed_days).collect();
    let outlook = match trend.outlook {
        TrendOutlook::Reached(day) => Cell::text(format!("reached {}", format::date(day))),
        TrendOutlook::Meets(_) | TrendOutlook::OutOfSight if !trend.has_slipped() => {
            Cell::text("it has not slipped").class("muted")
        }
        TrendOutlook::Meets(meets) => {
            let day = trend.if_it_went_on(&desk.project.project.working_time()).unwrap_or(meets);
            Cell::text(format::date(day)).explained(desk.explained(&format!("trend-{}.meets", trend.id)))
        }
        TrendOutlook::OutOfSight => Cell::text("further ahead than the reports can tell").class("late"),
        TrendOutlook::Recedes => Cell::text("never: it recedes as fast as time passes").class("late"),
        TrendOutlook::TooFew => Cell::text("fewer than three reports"),
    };
    let stale = trend.stale_report().map(|report| {
        format!(
            "the report of {} put it on or before its own day and did not mark it done",
            format::date(report)
        )
    });
    let slope = trend.days_a_month.map(|days| {
        let sign = if days > 0.05 { "+" } else { "" };
        format!("{sign}{}", format::number(days, 1))
    });
    Row::new(vec![
        name,
        said(trend.said.first()),
        said(trend.said.last()),
        Cell::maybe((!slips.is_empty()).then(|| slips.join(", "))).spark(by_report::day_line(
            "What each report said of it".to_owned(),
            &trend.said.iter().map(|(report, known)| (*report, known.day)).collect::<Vec<_>>(),
        )),
        Cell::maybe(slope).explained(desk.explained(&slope_key(&trend.id))),
        outlook.note_if(stale),
    ])
}

/// Why SPI(t) leaps: planned value stands still, and every day of it fits what was earned.
fn not_resolved(desk: &Desk<'_>, said: &[Said]) -> Vec<String> {
    let control = &desk.project.control;
    let words = |found: &Unresolved| {
        let listed = |of: &dyn Fn(&(Date, Ratio, Ratio)) -> String| {
            format::listed(&found.reports.iter().map(of).collect::<Vec<_>>())
        };
        let stretch = found.stretch;
        format!(
            "SPI(t) of {} cannot be told: by the {} nothing is to be earned for {} after {}, until {}, so that each of these \
             days fits what had been earned. Earned schedule counts the last of them, which gives {}; counting the first would \
             give {}. Between the two the index says nothing about the work.",
            listed(&|(report, ..)| format::short_date(*report)),
            if control.reference.is_baseline() { "baseline" } else { "plan" },
            format::count(stretch.n_days, "working day"),
            format::date(stretch.first),
            format::date(stretch.last),
            listed(&|(_, counted, _)| format::index(Some(*counted))),
            listed(&|(.., first)| format::index(Some(*first))),
        )
    };
    unresolved(said, &control.reference, &control.curve).iter().map(words).collect()
}

/// How far each forecast lay from the finish and the cost as they stand.
fn accuracy(desk: &Desk<'_>, said: &[Said]) -> (Table, Option<String>) {
    // Of a stopped project nobody will ever know how it would have ended.
    if desk.project.control.is_stopped {
        return (Table::default(), None);
    }
    let finish = desk.project.finish();
    let cost = desk.project.control.estimate();
    let mut table = Table::new(&[
        "Report",
        "Finish it forecast",
        "#Away from the finish now",
        "#Cost it forecast",
        "#Away from the cost now",
    ]);
    let mut days_off = Vec::new();
    let mut money_off = Vec::new();
    for report in said.iter().filter(|report| report.status_date < desk.project.status_date) {
        let (then, estimate) = (report.figures.forecast_finish, report.figures.estimate);
        let days = then.zip(finish).map(|(then, finish)| desk.slip_days(then, finish));
        days_off.extend(days.map(i64::abs));
        let money = cost.zip(estimate).map(|(cost, estimate)| cost - estimate);
        money_off.extend(money.map(|off| off.max(Amount::ZERO - off)));
        let mut frozen = desk.project.project.snapshots.iter();
        let frozen = frozen.find(|frozen| frozen.status_date == report.status_date);
        let place = frozen.and_then(|frozen| desk.href_place(frozen.origin));
        let explained = |part: &str| desk.explained(&format!("{}.{part}", report_anchor(report.status_date)));
        table.push(Row::new(vec![
            Cell::text(format::date(report.status_date))
                .href(desk.href_to(&Thing::Report(report.status_date))),
            desk.date(then).explained(place.clone()),
            moved_cell(days).explained(explained("days-off")),
            Cell::maybe(estimate.map(|estimate| desk.money(estimate))).explained(place),
            Cell::maybe(money.map(|off| desk.money_signed(off))).explained(explained("cost-off")),
        ]));
    }
    (table, mean_words(desk, &days_off, &money_off))
}

fn mean_words(desk: &Desk<'_>, days: &[i64], money: &[Amount]) -> Option<String> {
    let n_days = i64::try_from(days.len()).ok().filter(|count| *count > 0)?;
    let mean_days = days.iter().sum::<i64>() as f64 / n_days as f64;
    let time = if days.len() == 1 {
        days_of(days.iter().sum())
    } else {
        format!("{} working days", format::number(mean_days, 1))
    };
    // A report may have frozen a finish and no estimate.
    let sum: Amount = money.iter().copied().sum();
    let mean_money = Ratio::of(sum.as_f64(), money.len() as f64).map(|mean| Amount::from_f64(mean.get()));
    let cost = mean_money.map_or_else(String::new, |mean| format!(" and {}", desk.money_words(mean)));
    let what =
        if desk.project.control.is_finished { "from how it ended" } else { "from what is forecast now" };
    Some(format!("On average the forecasts lay {time}{cost} {what}."))
}

/// Days with their sign: `+42`, `−2`.
fn signed_days(days: i64) -> String {
    format::signed(days, format::number(days as f64, 0))
}
