//! What burn-down and burn-up are drawn from, and how its amounts are written.

use jiff::civil::Date;

use crate::chart::kit::scale::grouped;
use crate::control::PlannedWork;

/// The note of a step of scope that neither an approved change nor a new baseline explains.
pub(crate) const NOT_APPROVED: &str = "not approved";

/// Which of the two charts is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BurnKind {
    /// Work left, falling to zero.
    Down,
    /// Work done, rising to the agreed scope.
    Up,
}

/// What burn-down and burn-up are drawn from.
#[derive(Clone, Debug)]
pub struct BurnInput {
    /// Which of the two charts is drawn.
    pub kind: BurnKind,
    /// Begins every id in the markup; unique on the page.
    pub id_prefix: String,
    /// Heading of the chart.
    pub title: String,
    /// Unit of all amounts, as it stands above the axis: "person-days", "points".
    pub unit: String,
    /// Readings up to the end of this date are drawn.
    pub status_date: Date,
    /// When scope was first agreed, by a baseline; none where none is.
    pub agreed_on: Option<Date>,
    /// What was planned at the end of each working day; level on the days between. Empty where nothing was.
    pub planned: Vec<PlannedWork>,
    /// What each report said.
    pub reports: Vec<BurnReport>,
    /// When the rest will be done at the observed pace.
    pub outlook: Outlook,
    /// Date by which the work should be done, and what that date is: "Deadline", "Baseline".
    pub promise: Option<(&'static str, Date)>,
}

/// Scopes so near to each other are the same.
pub(crate) const SAME_SCOPE: f64 = 0.05;

/// Scope and progress as of the end of a date.
#[derive(Clone, Debug)]
pub struct BurnReport {
    /// The date.
    pub date: Date,
    /// Work agreed, done or not.
    pub scope: f64,
    /// Work done. Not finite: nothing was reported on that date, the line breaks.
    pub done: f64,
    /// Why the scope differs from the report before, such as the id of a change; empty if it does not.
    pub scope_note: String,
    /// What the scope moved to after the report before and on which day, in order; without the last move where that was on the day of
    /// this one, of which the scope is that of the report.
    pub moves: Vec<(Date, f64)>,
}

impl BurnReport {
    /// The day on which the scope became that of the report.
    pub(crate) fn moved_on(&self) -> Date {
        let last = self.moves.last().filter(|(_, scope)| (scope - self.scope).abs() < SAME_SCOPE);
        last.map_or(self.date, |(day, _)| *day)
    }
}

/// When the rest will be done.
#[derive(Clone, Debug)]
pub enum Outlook {
    /// No forecast, and why: "fewer than 5 reports".
    None(String),
    /// The dates by which the rest is done at the best, the mean and the worst observed pace.
    Range {
        /// At the best pace.
        optimistic: Date,
        /// At the mean pace.
        likely: Date,
        /// At the worst pace.
        pessimistic: WorstPace,
    },
}

/// Where the worst observed pace leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorstPace {
    /// The rest is done by this day.
    Ends(Date),
    /// It ends further ahead than a pace can tell.
    OutOfSight,
    /// It never gets there: scope comes in at least as fast as work is done.
    Never,
}

impl WorstPace {
    /// The day; none where there is no day to tell.
    #[must_use]
    pub fn day(self) -> Option<Date> {
        match self {
            Self::Ends(day) => Some(day),
            Self::OutOfSight | Self::Never => None,
        }
    }
}

/// Name of the chart.
pub(crate) fn name(kind: BurnKind) -> &'static str {
    match kind {
        BurnKind::Down => "burn-down",
        BurnKind::Up => "burn",
    }
}

/// Reports up to the status date, in the order of their dates.
pub(crate) fn reports(input: &BurnInput) -> Vec<&BurnReport> {
    let mut reports: Vec<&BurnReport> = input
        .reports
        .iter()
        .filter(|report| report.date <= input.status_date && report.scope.is_finite())
        .collect();
    reports.sort_by_key(|report| report.date);
    reports
}

/// An amount with one decimal if it needs it.
pub(crate) fn plain(amount: f64) -> String {
    if !amount.is_finite() {
        return "—".to_owned();
    }
    let decimals = usize::from((amount - amount.round()).abs() > 0.049);
    grouped(amount, decimals)
}

/// An amount with its sign.
pub(crate) fn signed(amount: f64) -> String {
    if amount > 0.0 { format!("+{}", plain(amount)) } else { plain(amount) }
}

/// Says whether the scope differs from one report to another.
pub(crate) fn has_moved(reports: &[&BurnReport]) -> bool {
    let mut pairs = reports.iter().zip(reports.iter().skip(1));
    pairs.any(|(before, after)| (after.scope - before.scope).abs() > f64::EPSILON)
}
