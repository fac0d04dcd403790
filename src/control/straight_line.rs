//! The straight line that fits points best.

use crate::quantity::Ratio;

/// The line y = intercept + slope · x with the least sum of squared distances in y (ordinary least squares).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct StraightLine {
    /// By how much y grows with one x.
    pub slope: f64,
    /// y where x is 0.
    pub intercept: f64,
}

impl StraightLine {
    /// Fits the line; none for fewer than two different x.
    ///
    /// Through (0, 100), (30, 112), (60, 124) it has slope 0.4 and intercept 100.
    pub fn through(points: &[(f64, f64)]) -> Option<Self> {
        let count = points.len() as f64;
        let mean_x = points.iter().map(|(x, _)| x).sum::<f64>() / count;
        let mean_y = points.iter().map(|(_, y)| y).sum::<f64>() / count;
        let spread: f64 = points.iter().map(|(x, _)| (x - mean_x).powi(2)).sum();
        let together: f64 = points.iter().map(|(x, y)| (x - mean_x) * (y - mean_y)).sum();
        let slope = Ratio::of(together, spread)?.get();
        Some(Self { slope, intercept: mean_y - slope * mean_x })
    }

    /// The height at x.
    pub fn at(self, x: f64) -> f64 {
        self.intercept + self.slope * x
    }

    /// Where it meets the diagonal y = x: at intercept ÷ (1 − slope). None for a slope of 1 or more: what recedes as fast as
    /// time passes is never reached.
    ///
    /// Slope 0.4 and intercept 100 meet it at 166.67.
    pub fn meets_diagonal(self) -> Option<f64> {
        if self.slope >= 1.0 { None } else { Some(self.intercept / (1.0 - self.slope)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_forecasts_that_slip_evenly_meet_the_diagonal_on_day_166_67() {
        let line = StraightLine::through(&[(0.0, 100.0), (30.0, 112.0), (60.0, 124.0)]).unwrap();
        assert!((line.slope - 0.4).abs() < 1e-12 && (line.intercept - 100.0).abs() < 1e-9, "{line:?}");
        assert!((line.meets_diagonal().unwrap() - 500.0 / 3.0).abs() < 1e-9);
        assert!((line.at(30.0) - 112.0).abs() < 1e-9);
    }

    #[test]
    fn what_recedes_is_never_reached_and_one_report_is_no_line() {
        let receding = StraightLine::through(&[(0.0, 10.0), (10.0, 20.0), (20.0, 31.0)]).unwrap();
        assert_eq!(receding.meets_diagonal(), None);
        assert_eq!(StraightLine::through(&[(5.0, 10.0), (5.0, 12.0)]), None);
        assert_eq!(StraightLine::through(&[]), None);
    }
}
