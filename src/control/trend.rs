//! What became of what was said: how forecasts of milestones moved from report to report, and since when a colour holds.
//!
//! Comes in: what was said on each report, in order. Goes out: trends. Not here: words, drawings.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use super::straight_line::StraightLine;
use super::{Colour, SIGHT, Said};
use crate::model::{MilestoneDay, WorkingTime};
use crate::quantity::{Id, days_between};

/// Fewer reports than this have no slope worth a word: through two points every line fits.
const FEWEST_REPORTS: usize = 3;

/// Days of a month, on average over the years.
const DAYS_OF_MONTH: f64 = 365.25 / 12.0;

/// How the forecast of a milestone moved.
#[derive(Clone, Debug, PartialEq)]
pub struct MilestoneTrend {
    /// The milestone.
    pub id: Id,
    /// Day of each report that knew it, and what it said, in order.
    pub said: Vec<(Date, MilestoneDay)>,
    /// Slope of the straight line through the forecasts (reports after it was reached left out), in calendar days of slip
    /// a month; none for fewer than three.
    pub days_a_month: Option<f64>,
    /// Where it leads.
    pub outlook: TrendOutlook,
    /// The straight line, and the day that both its axes count from.
    fit: Option<(Date, StraightLine)>,
}

/// Where the forecasts of a milestone lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrendOutlook {
    /// It was reached on that day.
    Reached(Date),
    /// The line through its forecasts meets the diagonal, on which report and forecast are the same day, on that day.
    Meets(Date),
    /// They meet further ahead than [`SIGHT`] times the time that the reports look back on.
    OutOfSight,
    /// Its forecast recedes as fast as time passes, or so nearly that no calendar holds the day.
    Recedes,
    /// There are too few forecasts.
    TooFew,
}

impl MilestoneTrend {
    fn of(id: Id, said: Vec<(Date, MilestoneDay)>) -> Self {
        let open: Vec<(Date, Date)> = said
            .iter()
            .filter(|(_, known)| !known.is_reached)
            .map(|(report, known)| (*report, known.day))
            .collect();
        let line = line(&open);
        let outlook = match (said.last(), line, open.first()) {
            (Some((_, known)), _, _) if known.is_reached => TrendOutlook::Reached(known.day),
            (_, Some(line), Some((first, _))) => {
                let meets = line.meets_diagonal().and_then(|days| after(*first, days));
                let last = open.last().map_or(*first, |(report, _)| *report);
                let ahead = SIGHT * days_between(*first, last);
                match meets {
                    None => TrendOutlook::Recedes,
                    Some(day) if days_between(last, day) > ahead => TrendOutlook::OutOfSight,
                    Some(day) => TrendOutlook::Meets(day),
                }
            }
            _ => TrendOutlook::TooFew,
        };
        let fit = open.first().map(|(first, _)| *first).zip(line);
        Self { id, said, days_a_month: line.map(|line| line.slope * DAYS_OF_MONTH), outlook, fit }
    }

    /// Where the straight line through the forecasts leads if the slip goes on: the working day on or after which it meets the diagonal.
    /// None where the newest forecast is no later than the first, since nothing slips then, and where the line does not meet ahead.
    ///
    /// Forecasts of 9, 12 and 9 October slip by nothing in all: none, though the line through them meets on a Saturday.
    #[must_use]
    pub fn if_it_went_on(&self, time: &WorkingTime) -> Option<Date> {
        /// No calendar rests longer at a stretch.
        const LONGEST_REST: usize = 1_000;
        let TrendOutlook::Meets(meets) = self.outlook else { return None };
        let days = || meets.series(1.day()).take(LONGEST_REST);
        let worked = days().find(|day| time.is_working_day(*day)).unwrap_or(meets);
        self.has_slipped().then_some(worked)
    }

    /// Whether the newest forecast before it was reached is later than the first.
    #[must_use]
    pub fn has_slipped(&self) -> bool {
        let mut open = self.said.iter().filter(|(_, known)| !known.is_reached).map(|(_, known)| known.day);
        let first = open.next();
        open.next_back() > first
    }

    /// The day that a report of some day would forecast if it lay on the straight line through the forecasts, to the nearest
    /// day; none without a line.
    ///
    /// Through forecasts of day 100, 112 and 124 on day 0, 30 and 60, a report of day 100 forecasts day 140.
    #[must_use]
    pub fn along(&self, report: Date) -> Option<Date> {
        let (origin, line) = self.fit?;
        after(origin, line.at(days_between(origin, report) as f64))
    }

    /// Calendar days by which the forecast moved from each report to the next, up to the one that found it reached; negative
    /// where it came closer.
    #[must_use]
    pub fn slips(&self) -> Vec<i64> {
        let until = self.said.iter().position(|(_, known)| known.is_reached).unwrap_or(self.said.len());
        let pairs = self.said.iter().zip(self.said.iter().skip(1)).take(until);
        pairs.map(|((_, before), (_, after))| days_between(before.day, after.day)).collect()
    }

    /// The first report that put it on its own day or before without marking it reached: its data were stale.
    #[must_use]
    pub fn stale_report(&self) -> Option<Date> {
        let mut stale = self.said.iter().filter(|(report, known)| !known.is_reached && known.day <= *report);
        stale.next().map(|(report, _)| *report)
    }
}

/// The line through forecasts, both axes in days from the first report.
fn line(open: &[(Date, Date)]) -> Option<StraightLine> {
    let (origin, _) = open.first().filter(|_| open.len() >= FEWEST_REPORTS)?;
    let since = |day: Date| days_between(*origin, day) as f64;
    let points: Vec<(f64, f64)> = open.iter().map(|(report, day)| (since(*report), since(*day))).collect();
    StraightLine::through(&points)
}

#[allow(clippy::cast_possible_truncation, reason = "far beyond any date the addition is refused")]
fn after(origin: Date, days: f64) -> Option<Date> {
    let whole = days.round();
    (0.0..=100_000.0).contains(&whole).then(|| origin.checked_add((whole as i64).days()).ok()).flatten()
}

/// The trends of all milestones that the newest report knows, the one that comes first leading; those that it no longer
/// knows are left out.
#[must_use]
pub fn milestone_trends(said: &[Said]) -> Vec<MilestoneTrend> {
    let Some(newest) = said.last() else { return Vec::new() };
    let mut known: BTreeMap<&Id, Vec<(Date, MilestoneDay)>> = BTreeMap::new();
    for report in said {
        for (id, day) in &report.milestones {
            known.entry(id).or_default().push((report.status_date, *day));
        }
    }
    let mut ids: Vec<(&Id, Date)> = newest.milestones.iter().map(|(id, known)| (id, known.day)).collect();
    ids.sort_by_key(|(id, day)| (*day, *id));
    ids.into_iter()
        .map(|(id, _)| MilestoneTrend::of(id.clone(), known.remove(id).unwrap_or_default()))
        .collect()
}

/// Since which report a colour holds. None where the newest report rates nothing.
#[must_use]
pub fn colour_since(said: &[Said], colour: &impl Fn(&Said) -> Option<Colour>) -> Option<(Colour, Date)> {
    let newest = colour(said.last()?)?;
    let unbroken = said.iter().rev().take_while(|report| colour(report) == Some(newest));
    unbroken.last().map(|report| (newest, report.status_date))
}

#[cfg(test)]
mod tests {
    use super::super::DimensionKind;
    use super::*;
    use crate::model::Figures;

    fn day(number: i64) -> Date {
        Date::constant(2026, 1, 1).checked_add(number.days()).unwrap()
    }

    fn report(number: i64, forecast: i64, is_reached: bool, colour: Colour) -> Said {
        let known = MilestoneDay { day: day(forecast), is_reached };
        Said {
            status_date: day(number),
            figures: Figures::default(),
            milestones: [("go-live".parse().unwrap(), known)].into(),
            computed: Some(colour),
            declared: None,
            dimensions: [(DimensionKind::Time, colour)].into(),
            reasons: BTreeMap::new(),
        }
    }

    #[test]
    fn a_promise_that_slips_twelve_days_a_month_is_kept_on_day_167() {
        let said = [(0, 100), (30, 112), (60, 124)].map(|(day, to)| report(day, to, false, Colour::Amber));
        let trends = milestone_trends(&said);
        assert_eq!(trends[0].outlook, TrendOutlook::Meets(day(167)));
        assert!((trends[0].days_a_month.unwrap() - 0.4 * 30.4375).abs() < 1e-9);
        assert_eq!([0, 100, 167].map(|to| trends[0].along(day(to))), [100, 140, 167].map(|to| Some(day(to))));
        assert_eq!(trends[0].slips(), [12, 12]);
        assert_eq!(trends[0].stale_report(), None);
    }

    /// 9, 12 and 9 October forecast for one milestone used to lead to a Saturday, though it does not slip at all.
    #[test]
    fn what_has_not_slipped_goes_on_to_nowhere_and_what_has_to_a_working_day() {
        let time = WorkingTime::clock();
        let came_back =
            [(0, 100), (30, 103), (60, 100)].map(|(day, to)| report(day, to, false, Colour::Green));
        let came_back = &milestone_trends(&came_back)[0];
        assert!(matches!(came_back.outlook, TrendOutlook::Meets(_)));
        assert!(!came_back.has_slipped());
        assert_eq!(came_back.if_it_went_on(&time), None);
        let said = [(0, 100), (30, 112), (60, 124)].map(|(day, to)| report(day, to, false, Colour::Amber));
        // Day 167 is Wednesday, 17 June 2026.
        assert_eq!(milestone_trends(&said)[0].if_it_went_on(&time), Some(day(167)));
        let week = super::super::golden::branch_network().project.working_time();
        // On day 0, 30 and 60 the 102nd, 108th and 114th: 102 ÷ (1 − 0.2) is 127.5, day 128, Saturday, 9 May; worked is on Monday.
        let late = [(0, 102), (30, 108), (60, 114)].map(|(day, to)| report(day, to, false, Colour::Amber));
        let late = &milestone_trends(&late)[0];
        assert_eq!(late.outlook, TrendOutlook::Meets(day(128)));
        assert_eq!(late.if_it_went_on(&week), Some(day(130)));
    }

    #[test]
    fn receding_reached_and_stale_promises_are_told_apart() {
        let open = |points: [(i64, i64); 3]| points.map(|(day, to)| report(day, to, false, Colour::Red));
        let receding = milestone_trends(&open([(0, 30), (30, 60), (60, 90)]));
        assert_eq!(receding[0].outlook, TrendOutlook::Recedes);
        // On day 0 and 60 the 100th and the 148th: b = 0.8, a = 100 meets on day 500, more than 4 × 60 days after day 60.
        let far = milestone_trends(&open([(0, 100), (30, 124), (60, 148)]));
        assert_eq!(far[0].outlook, TrendOutlook::OutOfSight);
        let stale = milestone_trends(&open([(0, 30), (30, 30), (60, 90)]));
        assert_eq!(stale[0].stale_report(), Some(day(30)));
        let mut reached = open([(0, 30), (30, 45), (60, 70)]).to_vec();
        reached.push(report(90, 72, true, Colour::Green));
        assert_eq!(milestone_trends(&reached)[0].outlook, TrendOutlook::Reached(day(72)));
        reached.push(report(104, 72, true, Colour::Green));
        assert_eq!(milestone_trends(&reached)[0].slips(), [15, 25, 2]);
        let few = milestone_trends(&reached[..2]);
        assert_eq!((few[0].outlook, few[0].days_a_month), (TrendOutlook::TooFew, None));
        assert_eq!(milestone_trends(&[]), []);
    }

    #[test]
    fn a_colour_holds_since_the_first_report_of_its_run() {
        let said = [(0, Colour::Red), (14, Colour::Green), (28, Colour::Red), (42, Colour::Red)]
            .map(|(day, colour)| report(day, 100, false, colour));
        assert_eq!(colour_since(&said, &|said: &Said| said.computed), Some((Colour::Red, day(28))));
        let of = |kind| move |said: &Said| said.dimensions.get(&kind).copied();
        assert_eq!(colour_since(&said, &of(DimensionKind::Time)), Some((Colour::Red, day(28))));
        assert_eq!(colour_since(&said, &of(DimensionKind::Cost)), None);
    }
}
