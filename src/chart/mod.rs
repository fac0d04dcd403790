//! Charts: one file per chart, or a folder where it is large, on a small drawing kit ([`kit`]).
//!
//! In: plain inputs with numbers for positions and finished texts for labels. Out: a [`Drawing`], that is an SVG that
//! carries classes and no colour, one sentence that says what it shows, and its data as a table. `plotters` computes
//! positions and draws lines on a backend of our own (`kit::pen::Pen`). Deliberately not here: colours, fonts and dashes
//! (the theme's `chart.css`), and any measuring: the numbers come from the report.

pub mod acceptance;
pub mod baseline_marks;
pub mod budget;
pub mod bullet;
pub mod burn;
pub mod cash_line;
pub mod change_steps;
pub mod cliffs;
pub mod cumulative_flow;
pub mod defects;
pub mod driving_path;
pub mod estimate_trend;
pub mod exposure_trend;
pub mod finish_spread;
pub mod float_spread;
pub mod gantt;
pub mod index_trend;
pub mod issue_ages;
pub mod kit;
pub mod load_bars;
pub mod measured;
pub mod milestone_trend;
pub mod option_bars;
pub mod outside_margins;
pub mod report_lines;
pub mod requirements;
pub mod reserve_steps;
pub mod risk_matrix;
pub mod s_curve;
pub mod slip;
pub mod sparkline;
pub mod test_progress;
pub mod tornado;
pub mod waterfall;

mod dot_matrix;
mod row_bars;
mod task_line;
mod time_lines;

#[cfg(test)]
mod case_samples;
#[cfg(test)]
mod register_samples;
#[cfg(test)]
mod tests;

use jiff::civil::Date;

use crate::chart::kit::reading::Reading;
use crate::model::Ground;
use crate::quantity::Id;
use crate::report::ProjectReport;

/// Says where the thing with an id is told about, as a link from the page on which the chart stands; `None` where the
/// site has no such place.
pub type LinkTo<'a> = &'a dyn Fn(&Id) -> Option<String>;

/// A chart of a project.
pub trait Chart: Sync {
    /// Its name: part of its address and of its class.
    fn name(&self) -> &'static str;

    /// Its heading.
    fn title(&self) -> &'static str;

    /// The question it answers.
    fn question(&self) -> &'static str;

    /// Draws it; `None` where the project has nothing to draw.
    fn draw(&self, report: &ProjectReport, link_to: LinkTo<'_>) -> Option<Drawing>;
}

/// All charts, in the order in which readers see them.
pub static CHARTS: &[&dyn Chart] = &[
    &gantt::Gantt,
    &gantt::page::GanttPage,
    &driving_path::DrivingPath,
    &slip::MilestoneSlip,
    &milestone_trend::MilestoneTrend,
    &finish_spread::FinishSpread,
    &float_spread::FloatSpread,
    &cliffs::Cliffs,
    &burn::BurnUp,
    &burn::BurnDown,
    &cumulative_flow::CumulativeFlow,
    &s_curve::SCurve,
    &budget::BudgetByCategory,
    &waterfall::BudgetBridge,
    &reserve_steps::ReserveSteps,
    &risk_matrix::RiskMatrix,
    &index_trend::IndexTrend,
    &exposure_trend::ExposureTrend,
    &estimate_trend::EstimateTrend,
    &option_bars::OptionBars,
    &cash_line::CumulativeCash,
    &tornado::Tornado,
    &issue_ages::IssueAges,
    &change_steps::ChangeCost,
    &change_steps::ChangeDays,
    &load_bars::LoadBars,
    &outside_margins::OutsideMargins,
    &acceptance::Acceptance,
    &requirements::Requirements,
    &test_progress::TestProgress,
    &defects::Defects,
];

/// Draws the chart called `name`: one of [`CHARTS`], `burn-<id>` and `burndown-<id>` for a task that is counted in units,
/// `all-<id>` and `alldown-<id>` for all tasks that are counted in the unit of the first of them,
/// `task-<id>` for a task among its neighbours, `benefit-<id>` for a benefit, or `indicator-<n>` for the indicator of early life at that place, counted from 1.
/// None where something that it rests on could not be read.
#[must_use]
pub fn draw(name: &str, report: &ProjectReport, link_to: LinkTo<'_>) -> Option<Drawing> {
    if report.project.is_unread(grounds(name)) {
        return None;
    }
    if let Some(chart) = CHARTS.iter().find(|chart| chart.name() == name) {
        return chart.draw(report, link_to);
    }
    let (kind, which) = name.split_once('-')?;
    match kind {
        "burn" => burn::of_task(report, which, burn::BurnKind::Up),
        "burndown" => burn::of_task(report, which, burn::BurnKind::Down),
        "all" => burn::of_all(report, which, burn::BurnKind::Up),
        "alldown" => burn::of_all(report, which, burn::BurnKind::Down),
        "task" => task_line::of_task(report, which, link_to),
        "benefit" => measured::of_benefit(report, which),
        "indicator" => measured::of_indicator(report, which.parse().ok()?),
        _ => None,
    }
}

/// What a chart rests on that tells what is to come; what it draws of the past stands as it was typed.
fn grounds(name: &str) -> &'static [Ground] {
    const DATES: &[Ground] = &[Ground::Dates];
    match name {
        "gantt" | "gantt-page" | "driving-path" | "float-spread" | "cliffs" | "load-bars"
        | "outside-margins" => DATES,
        "s-curve" => Ground::ESTIMATE,
        "slip" => Ground::SLIP,
        _ => match name.split_once('-') {
            Some(("task", _)) => DATES,
            Some(("burn" | "burndown" | "all" | "alldown", _)) => Ground::SLIP,
            _ if name == "burn" || name == "burndown" => Ground::SLIP,
            _ => &[],
        },
    }
}

/// A finished chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// Name of the kind of chart; also its class `chart-…`.
    pub name: &'static str,
    /// Markup to place into a page: one `<svg>` for wide columns, followed, where the chart gains by it, by a second
    /// for narrow ones. The style sheet shows one of the two by the width of the surrounding `.chart-box`.
    pub svg: String,
    /// Heading of the chart.
    pub title: String,
    /// What the chart shows, in one sentence.
    pub sentence: String,
    /// The numbers behind the chart.
    pub table: DataTable,
}

/// The numbers behind a chart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DataTable {
    /// What the table lists.
    pub caption: String,
    /// Headings of the columns.
    pub head: Vec<String>,
    /// For each column, whether it holds numbers and is therefore set flush right.
    pub numeric: Vec<bool>,
    /// Rows; each has as many cells as [`DataTable::head`]. Empty if there is nothing to show.
    pub rows: Vec<Vec<String>>,
}

impl DataTable {
    /// An empty table with the columns `head`, of which the marked are numeric.
    pub(crate) fn with_columns(caption: String, columns: &[(&str, Column)]) -> Self {
        Self {
            caption,
            head: columns.iter().map(|(name, _)| (*name).to_owned()).collect(),
            numeric: columns.iter().map(|(_, column)| *column == Column::Number).collect(),
            rows: Vec::new(),
        }
    }
}

/// What a column of a [`DataTable`] holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    /// Words and dates.
    Word,
    /// Numbers.
    Number,
}

/// `dates` and the last date of each month among `readings`: enough to read a daily line from a table. Sorted, each once.
pub(crate) fn months_and(dates: Vec<Date>, readings: &[Reading]) -> Vec<Date> {
    let mut days: Vec<Date> = readings.iter().map(|reading| reading.date).collect();
    days.sort_unstable();
    let is_last_of_month = |place: &usize| {
        days.get(place + 1)
            .is_none_or(|next| (next.year(), next.month()) != (days[*place].year(), days[*place].month()))
    };
    let ends = (0..days.len()).filter(is_last_of_month).map(|place| days[place]);
    let mut all: Vec<Date> = ends.chain(dates).collect();
    all.sort_unstable();
    all.dedup();
    all
}
