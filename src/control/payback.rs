//! When what was put in has come back: sums of whole years lie evenly within their year, those of a day on it.
//!
//! Comes in: flows by year and by day, in any one unit. Goes out: the time at which they come to nothing for good.

use super::cash_flow::{CrossingYear, Flow};

/// When the sum of flows turns positive for good, in years after the day of year 0.
///
/// `by_year` holds the sum of each year, year 0 first, which lies on its day; later sums are taken as even within their year. `dated` flows
/// lie on their day. Give discounted flows for discounted payback.
///
/// −200, 50, 60, 70, 200 pays back after 3.10 years. −10 000 on the first day, and 2 750 after 0.16 years, 4 250 after 0.83 and 3 250 after
/// 1.13: 1.13, since the sum is negative until that day.
#[must_use]
pub fn payback_over_time(by_year: &[f64], dated: &[Flow]) -> CrossingYear {
    let mut dated: Vec<Flow> = dated.to_vec();
    dated.sort_by(|one, other| one.years.total_cmp(&other.years));
    let mut walk = Walk::default();
    let mut next = dated.iter().peekable();
    let first = by_year.first().copied().unwrap_or_default();
    let on_first_day = std::iter::from_fn(|| next.next_if(|flow| flow.years <= 0.0));
    walk.jump(first + on_first_day.map(|flow| flow.amount).sum::<f64>());
    for (year, sum) in by_year.iter().enumerate().skip(1) {
        let end = year as f64;
        while let Some(flow) = next.next_if(|flow| flow.years <= end) {
            walk.ramp_to(flow.years, *sum);
            walk.jump(flow.amount);
        }
        walk.ramp_to(end, *sum);
    }
    for flow in next {
        walk.at = flow.years;
        walk.jump(flow.amount);
    }
    walk.found()
}

/// The sum so far, and when it last came from below.
#[derive(Debug, Default)]
struct Walk {
    at: f64,
    sum: f64,
    has_begun: bool,
    n_crossings: usize,
    last: f64,
}

impl Walk {
    /// Adds a flow of this moment. Nothing on the first day has not been paid back: it was not paid yet.
    fn jump(&mut self, amount: f64) {
        let before = self.sum;
        self.sum += amount;
        let is_first = !std::mem::replace(&mut self.has_begun, true);
        if self.sum >= 0.0 && (before < 0.0 || is_first && self.sum > 0.0) {
            self.cross(self.at);
        }
    }

    /// Goes on to a moment of the same year, of whose sum the part of that time is added evenly.
    fn ramp_to(&mut self, moment: f64, sum_of_year: f64) {
        let before = self.sum;
        self.sum += sum_of_year * (moment - self.at);
        if before < 0.0 && self.sum >= 0.0 {
            self.cross(self.at - before / sum_of_year);
        }
        self.at = moment;
    }

    fn cross(&mut self, moment: f64) {
        self.n_crossings += 1;
        self.last = moment;
    }

    fn found(&self) -> CrossingYear {
        match self.n_crossings {
            _ if self.sum < 0.0 => CrossingYear::Never,
            0 | 1 => CrossingYear::Year(self.last),
            _ => CrossingYear::LastOfSeveral(self.last),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(years: f64, amount: f64) -> Flow {
        Flow { years, amount }
    }

    /// Paid on 2 March 2026, back on 1 May, 30 December, 17 April and 1 June 2027: days 60, 303, 411 and 456.
    #[test]
    fn flows_on_days_are_back_on_a_day() {
        let days = |number: f64| number / 365.0;
        let flows = [
            on(0.0, -10_000.0),
            on(days(60.0), 2_750.0),
            on(days(303.0), 4_250.0),
            on(days(411.0), 3_250.0),
            on(days(456.0), 2_750.0),
        ];
        assert_eq!(payback_over_time(&[], &flows), CrossingYear::Year(days(411.0)));
        assert_eq!(payback_over_time(&[0.0, 0.0], &flows), CrossingYear::Year(days(411.0)));
        assert_eq!(payback_over_time(&[], &flows[..3]), CrossingYear::Never);
        // Within a year: never below zero it is not.
        let quick = [on(0.0, -10_000.0), on(days(363.0), 12_000.0)];
        assert_eq!(payback_over_time(&[0.0, 0.0, 0.0], &quick), CrossingYear::Year(days(363.0)));
    }

    /// −1 000 at once, 1 200 evenly over the first year, and a bill of 300 after half of it: 0 after 10 months, −300 + 600 − 1 000 before.
    #[test]
    fn days_lie_within_even_years() {
        let found = payback_over_time(&[-1_000.0, 1_200.0, 600.0], &[on(0.5, -300.0)]);
        // −100 at the end of the first year, 600 evenly over the second.
        let CrossingYear::Year(year) = found else { panic!("{found:?}") };
        assert!((year - (1.0 + 100.0 / 600.0)).abs() < 1e-9, "{year}");
    }

    #[test]
    fn nothing_in_year_0_is_no_crossing() {
        assert_eq!(payback_over_time(&[0.0, -10.0, 20.0], &[]), CrossingYear::Year(1.5));
        assert_eq!(payback_over_time(&[0.0, 5.0], &[]), CrossingYear::Year(0.0));
        assert_eq!(payback_over_time(&[5.0, -10.0, 20.0], &[]), CrossingYear::LastOfSeveral(1.25));
        assert_eq!(payback_over_time(&[], &[]), CrossingYear::Year(0.0));
    }
}
