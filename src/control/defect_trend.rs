//! Defects over time: found and closed, how old the open ones are, how many came back.

use jiff::civil::Date;

use crate::model::{Defect, WorkingTime};
use crate::quantity::Ratio;

/// How the defects of a project went up to a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DefectTrend {
    /// A point for each day on which something happened, and for the day itself; in order of time.
    pub points: Vec<DefectPoint>,
    /// Ages of the open defects in working days, the youngest first.
    pub ages: Vec<i64>,
    /// How many have ever been closed.
    pub n_closed_ever: usize,
    /// How many came back after they had been closed.
    pub n_came_back: usize,
    /// How many times they did: one defect may come back more than once.
    pub n_returns: usize,
}

/// The defects as of the end of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DefectPoint {
    /// The day.
    pub date: Date,
    /// How many had been found.
    pub found: usize,
    /// How many of those were closed; one that came back counts no longer.
    pub closed: usize,
}

impl DefectPoint {
    /// How many were open: the gap between found and closed.
    #[must_use]
    pub fn open(self) -> usize {
        self.found - self.closed
    }
}

impl DefectTrend {
    /// Follows defects up to a day; none where none had been found.
    #[must_use]
    pub fn of(defects: &[Defect], working_time: &WorkingTime, day: Date) -> Option<Self> {
        let found: Vec<&Defect> = defects.iter().filter(|defect| defect.opened <= day).collect();
        if found.is_empty() {
            return None;
        }
        let turns = found
            .iter()
            .flat_map(|defect| defect.closed.iter().chain(&defect.reopened).copied().chain([defect.opened]));
        let mut days: Vec<Date> = turns.filter(|turn| *turn <= day).chain([day]).collect();
        days.sort_unstable();
        days.dedup();
        let point = |date: Date| {
            let n_found = found.iter().filter(|defect| defect.opened <= date).count();
            let n_open = found.iter().filter(|defect| defect.is_open(date)).count();
            DefectPoint { date, found: n_found, closed: n_found - n_open }
        };
        let open = found.iter().filter(|defect| defect.is_open(day));
        let mut ages: Vec<i64> =
            open.map(|defect| working_time.working_days_between(defect.opened, day)).collect();
        ages.sort_unstable();
        Some(Self {
            points: days.into_iter().map(point).collect(),
            ages,
            n_closed_ever: found.iter().filter(|defect| defect.was_closed(day)).count(),
            n_came_back: found.iter().filter(|defect| defect.n_returns(day) > 0).count(),
            n_returns: found.iter().map(|defect| defect.n_returns(day)).sum(),
        })
    }

    /// The age that so many percent of the open defects do not exceed, by the nearest rank; none where none is open.
    ///
    /// Ages 2, 2, 3, 9: half of them are at most 2 days old, nine of ten at most 9.
    #[must_use]
    pub fn age(&self, percent: usize) -> Option<i64> {
        let rank = (self.ages.len() * percent).div_ceil(100).max(1);
        self.ages.get(rank - 1).copied()
    }

    /// How many of those once closed came back; none before the first is closed.
    #[must_use]
    pub fn reopen_rate(&self) -> Option<Ratio> {
        Ratio::of(self.n_came_back as f64, self.n_closed_ever as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::super::golden;
    use super::*;
    use crate::plan::sketch::{Sketch, date};

    fn defect(opened: &str, closed: Option<&str>, reopened: Option<&str>) -> Defect {
        Defect {
            closed: closed.map(date).into_iter().collect(),
            reopened: reopened.map(date).into_iter().collect(),
            ..golden::defect(3, opened)
        }
    }

    fn trend(defects: &[Defect], day: &str) -> Option<DefectTrend> {
        let sketch = Sketch::starting("2026-08-03", &[]);
        DefectTrend::of(defects, &sketch.project.working_time(), date(day))
    }

    #[test]
    fn the_gap_between_found_and_closed_is_what_is_open() {
        let defects = [
            defect("2026-08-03", Some("2026-08-05"), None),
            defect("2026-08-04", Some("2026-08-05"), Some("2026-08-07")),
            defect("2026-08-06", None, None),
        ];
        let trend = trend(&defects, "2026-08-10").unwrap();
        let open: Vec<(i8, usize, usize)> =
            trend.points.iter().map(|point| (point.date.day(), point.found, point.open())).collect();
        assert_eq!(open, [(3, 1, 1), (4, 2, 2), (5, 2, 0), (6, 3, 1), (7, 3, 2), (10, 3, 2)]);
        // Monday the 3rd to Monday the 10th has five working days; from Tuesday four, from Thursday two.
        assert_eq!((trend.ages.clone(), trend.age(50), trend.age(90)), (vec![2, 4], Some(2), Some(4)));
        assert_eq!(trend.reopen_rate().map(Ratio::get), Some(0.5));
    }

    #[test]
    fn a_defect_may_come_back_more_than_once() {
        let twice = Defect {
            closed: vec![date("2026-08-05"), date("2026-08-07")],
            reopened: vec![date("2026-08-06"), date("2026-08-10")],
            ..defect("2026-08-04", None, None)
        };
        let trend = trend(&[twice], "2026-08-10").unwrap();
        let open: Vec<usize> = trend.points.iter().map(|point| point.open()).collect();
        assert_eq!(open, [1, 0, 1, 0, 1]);
        assert_eq!((trend.n_closed_ever, trend.n_came_back, trend.n_returns), (1, 1, 2));
    }

    #[test]
    fn percentiles_are_those_of_the_nearest_rank() {
        let ages = |ages: &[i64]| DefectTrend {
            points: Vec::new(),
            ages: ages.to_vec(),
            n_closed_ever: 0,
            n_came_back: 0,
            n_returns: 0,
        };
        // The textbook list of the nearest-rank method: 15, 20, 35, 40, 50.
        let textbook = ages(&[15, 20, 35, 40, 50]);
        let at = [5, 30, 40, 50, 100].map(|percent| textbook.age(percent).unwrap());
        assert_eq!(at, [15, 20, 20, 35, 50]);
        assert_eq!((ages(&[]).age(50), ages(&[]).reopen_rate()), (None, None));
    }

    #[test]
    fn what_was_found_later_is_not_known_yet() {
        assert_eq!(trend(&[defect("2026-08-20", None, None)], "2026-08-10"), None);
    }
}
