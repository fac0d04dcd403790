//! Three-point estimates as distributions, ready to be drawn from by a table.
//!
//! Comes in: which distribution, and where the most likely value lies between the two ends. Goes out: a table of quantiles
//! from 0 to 1. Not here: minutes, random numbers, who depends on whom.

use crate::plan::risk::Distribution;

/// Cells of a table of quantiles; between its points lie straight lines.
const CELLS: usize = 1_024;

/// Bits of a random number that choose the cell.
const CELL_BITS: u32 = 10;

/// The first and the last cell are divided once more: at the ends quantiles bend most.
const FINE: usize = 64;

/// Bits that choose the part of such a cell.
const FINE_BITS: u32 = 6;

/// Steps of the integration of a density.
const STEPS: usize = 2_048;

/// Weight of the most likely value of a beta-PERT distribution, as in the mean (O + 4 M + P) / 6.
const PERT_WEIGHT: f64 = 4.0;

/// The quantiles of a distribution on 0 to 1, as fractions of 2³².
#[derive(Clone, Debug, Hash)]
pub(super) struct Quantiles {
    points: Vec<u64>,
}

impl Quantiles {
    /// The quantile that belongs to 64 random bits read as a fraction of one, as a fraction of 2³².
    #[allow(clippy::cast_possible_truncation, reason = "ten bits remain, and six")]
    pub(super) fn at(&self, bits: u64) -> u64 {
        let cell = (bits >> (64 - CELL_BITS)) as usize;
        let (place, bits) = if cell > 0 && cell < CELLS - 1 {
            (FINE + cell - 1, bits << CELL_BITS)
        } else {
            let part = (bits << CELL_BITS >> (64 - FINE_BITS)) as usize;
            let first = if cell == 0 { 0 } else { FINE + CELLS - 2 };
            (first + part, bits << (CELL_BITS + FINE_BITS))
        };
        let (left, right) = (self.points[place], self.points[place + 1]);
        left + (((right - left) * (bits >> 32)) >> 32)
    }

    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "fractions of one, held before"
    )]
    fn of_points(points: impl Iterator<Item = f64>) -> Self {
        let whole = 2_f64.powi(32);
        let mut points: Vec<u64> =
            points.map(|point| (point.clamp(0.0, 1.0) * whole).round().min(whole - 1.0) as u64).collect();
        for place in 1..points.len() {
            points[place] = points[place].max(points[place - 1]);
        }
        Self { points }
    }
}

/// Makes tables of quantiles; what all beta densities share is computed once.
#[derive(Clone, Debug)]
pub(super) struct QuantileMaker {
    distribution: Distribution,
    /// Points of the integration, closer together near the ends.
    points: Vec<Point>,
}

/// A point of the integration: x = sin²(π t / 2), where t runs evenly from 0 to 1.
#[derive(Clone, Copy, Debug)]
struct Point {
    ln_x: f64,
    ln_rest: f64,
    /// dx / dt
    slope: f64,
}

impl QuantileMaker {
    pub(super) fn new(distribution: Distribution) -> Self {
        let points = match distribution {
            Distribution::Triangular => Vec::new(),
            // Simpson's rule wants the middle of each step too.
            Distribution::Pert => (0..=2 * STEPS)
                .map(|place| {
                    let turn = std::f64::consts::FRAC_PI_2 * (place as f64 / (2 * STEPS) as f64);
                    let (sine, cosine) = turn.sin_cos();
                    let (x, rest) = (sine * sine, cosine * cosine);
                    let slope = std::f64::consts::PI * sine * cosine;
                    Point { ln_x: x.ln(), ln_rest: rest.ln(), slope }
                })
                .collect(),
        };
        Self { distribution, points }
    }

    pub(super) fn distribution(&self) -> Distribution {
        self.distribution
    }

    /// The quantiles where the most likely value lies at `mode` of the way from the optimistic to the pessimistic end.
    ///
    /// Triangular, by its inverse: √(u·m) below m, 1 − √((1 − u)(1 − m)) above. Beta-PERT: a beta distribution with
    /// α = 1 + 4 m and β = 5 − 4 m (Malcolm et al., 1959; Vose, Risk Analysis, 2008, with weight 4), whose density is
    /// integrated with Simpson's rule and turned round.
    pub(super) fn quantiles(&self, mode: f64) -> Quantiles {
        let shares = shares();
        match self.distribution {
            Distribution::Triangular => Quantiles::of_points(shares.into_iter().map(|share| {
                if share <= mode {
                    (share * mode).sqrt()
                } else {
                    1.0 - ((1.0 - share) * (1.0 - mode)).sqrt()
                }
            })),
            Distribution::Pert => Quantiles::of_points(self.beta_quantiles(mode, &shares).into_iter()),
        }
    }

    fn beta_quantiles(&self, mode: f64, shares: &[f64]) -> Vec<f64> {
        // x^(α − 1) (1 − x)^(β − 1) dx/dt; a power of nothing is one, where the logarithm has none.
        let power = |exponent: f64, ln: f64| if exponent == 0.0 { 0.0 } else { exponent * ln };
        let (below, above) = (PERT_WEIGHT * mode, PERT_WEIGHT * (1.0 - mode));
        let density: Vec<f64> = self
            .points
            .iter()
            .map(|point| (power(below, point.ln_x) + power(above, point.ln_rest)).exp() * point.slope)
            .collect();
        let step = 1.0 / STEPS as f64;
        let mut sums = vec![0.0];
        let mut sum = 0.0;
        for place in 0..STEPS {
            let [left, middle, right] = [0, 1, 2].map(|within| density[2 * place + within]);
            sum += step / 6.0 * (left + 4.0 * middle + right);
            sums.push(sum);
        }
        let mut quantiles = Vec::with_capacity(shares.len());
        let mut place = 0;
        for share in shares {
            let wanted = sum * share;
            while place + 1 < STEPS && sums[place + 1] < wanted {
                place += 1;
            }
            let within = crossing(wanted - sums[place], step, &density[2 * place..2 * place + 3]);
            let t = (place as f64 + within) * step;
            quantiles.push((std::f64::consts::FRAC_PI_2 * t).sin().powi(2));
        }
        // The two ends are ends, whatever rounding says.
        if let [first, .., last] = quantiles.as_mut_slice() {
            (*first, *last) = (0.0, 1.0);
        }
        quantiles
    }
}

/// The shares whose quantiles a table holds, in rising order.
fn shares() -> Vec<f64> {
    let (cells, parts) = (CELLS as f64, (CELLS * FINE) as f64);
    let low = (0..FINE).map(|part| part as f64 / parts);
    let middle = (1..CELLS - 1).map(|cell| cell as f64 / cells);
    let high = (0..=FINE).rev().map(|part| 1.0 - part as f64 / parts);
    low.chain(middle).chain(high).collect()
}

/// Where inside a step, from 0 to 1, the integral from its left reaches a value: the density is the parabola through the
/// left, the middle and the right of the step, whose integral Newton's method turns round.
fn crossing(wanted: f64, step: f64, density: &[f64]) -> f64 {
    let (left, middle, right) = (density[0], density[1], density[2]);
    let (linear, square) = (-3.0 * left + 4.0 * middle - right, 2.0 * left - 4.0 * middle + 2.0 * right);
    let mut within: f64 = 0.5;
    for _ in 0..8 {
        let reached = step * within * (left + within * (linear / 2.0 + within * square / 3.0));
        let slope = step * (left + within * (linear + within * square));
        if slope <= 0.0 {
            break;
        }
        within = (within - (reached - wanted) / slope).clamp(0.0, 1.0);
    }
    within
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quantile(table: &Quantiles, share: f64) -> f64 {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let bits = (share * 2_f64.powi(64)) as u64;
        table.at(bits) as f64 / 2_f64.powi(32)
    }

    /// Mean and variance of what is really drawn, straight lines and all: trapezoids of q and of q².
    fn moments(table: &Quantiles) -> (f64, f64) {
        let points: Vec<f64> = table.points.iter().map(|point| *point as f64 / 2_f64.powi(32)).collect();
        let shares = shares();
        let (mut mean, mut square) = (0.0, 0.0);
        for (pair, ends) in points.windows(2).zip(shares.windows(2)) {
            let (a, b, width) = (pair[0], pair[1], ends[1] - ends[0]);
            mean += width * f64::midpoint(a, b);
            square += width * (a * a + a * b + b * b) / 3.0;
        }
        (mean, square - mean * mean)
    }

    #[test]
    fn triangular_quantiles_mean_and_variance_are_the_closed_form() {
        let maker = QuantileMaker::new(Distribution::Triangular);
        for mode in [0.0, 0.125, 5.0 / 16.0, 0.5, 1.0] {
            let table = maker.quantiles(mode);
            let (mean, variance) = moments(&table);
            assert!((mean - (1.0 + mode) / 3.0).abs() < 5e-6, "{mode}");
            assert!((variance - (1.0 - mode + mode * mode) / 18.0).abs() < 5e-6, "{mode}");
        }
        let table = maker.quantiles(5.0 / 16.0);
        for (place, share) in shares().into_iter().enumerate().take(FINE + CELLS) {
            assert!(
                (quantile(&table, share) - table.points[place] as f64 / 2_f64.powi(32)).abs() < 1e-9,
                "{share}"
            );
        }
        // 5 / 10 / 21: P10 = 5 + √(0.1 · 16 · 5).
        assert!((quantile(&table, 0.1) * 16.0 + 5.0 - 7.828_427_124_746_19).abs() < 1e-4);
    }

    #[test]
    fn pert_mean_and_variance_are_the_closed_form() {
        let maker = QuantileMaker::new(Distribution::Pert);
        for (low, likely, high) in
            [(4.0, 6.0, 10.0), (6.0, 8.0, 14.0), (0.0, 0.0, 1.0), (2.0, 9.0, 9.0), (1.0, 2.0, 3.0)]
        {
            let span = high - low;
            let (mean, variance) = moments(&maker.quantiles((likely - low) / span));
            let mean = low + span * mean;
            let expected = (low + 4.0 * likely + high) / 6.0;
            assert!((mean - expected).abs() < 5e-6 * span, "{mean} {expected}");
            // μ (1 − μ) / (α + β + 1) on the unit interval; α + β = 6.
            let unit = (expected - low) / span;
            assert!((variance - unit * (1.0 - unit) / 7.0).abs() < 5e-6, "{variance}");
        }
    }

    #[test]
    fn pert_quantiles_turn_the_incomplete_beta_function_round() {
        let maker = QuantileMaker::new(Distribution::Pert);
        for mode in [0.0, 0.125, 5.0 / 16.0, 0.5, 0.8, 1.0] {
            let (alpha, beta) = (1.0 + 4.0 * mode, 5.0 - 4.0 * mode);
            let shares = shares();
            for (share, point) in shares.iter().zip(maker.beta_quantiles(mode, &shares)) {
                assert!((incomplete_beta(alpha, beta, point) - share).abs() < 1e-9, "{mode} {share} {point}");
            }
        }
    }

    /// The regularised incomplete beta function by its continued fraction (Lentz), α + β = 6; checked on its own below.
    fn incomplete_beta(alpha: f64, beta: f64, x: f64) -> f64 {
        if x <= 0.0 || x >= 1.0 {
            return x.clamp(0.0, 1.0);
        }
        if x > (alpha + 1.0) / (alpha + beta + 2.0) {
            return 1.0 - incomplete_beta(beta, alpha, 1.0 - x);
        }
        let (mut c, mut d) = (1.0, 1.0 / (1.0 - (alpha + beta) * x / (alpha + 1.0)));
        let mut fraction = d;
        for m in 1..300 {
            let m = f64::from(m);
            let even = m * (beta - m) * x / ((alpha + 2.0 * m - 1.0) * (alpha + 2.0 * m));
            d = 1.0 / (1.0 + even * d);
            c = 1.0 + even / c;
            fraction *= d * c;
            let odd = -(alpha + m) * (alpha + beta + m) * x / ((alpha + 2.0 * m) * (alpha + 2.0 * m + 1.0));
            d = 1.0 / (1.0 + odd * d);
            c = 1.0 + odd / c;
            fraction *= d * c;
        }
        let front = alpha * x.ln() + beta * (1.0 - x).ln() + ln_gamma(6.0) - ln_gamma(alpha) - ln_gamma(beta);
        front.exp() * fraction / alpha
    }

    /// ln Γ by Stirling's series after stepping up to 20.
    fn ln_gamma(x: f64) -> f64 {
        let (mut at, mut product) = (x, 1.0);
        while at < 20.0 {
            product *= at;
            at += 1.0;
        }
        let square = at * at;
        let series =
            (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1_260.0 - 1.0 / (1_680.0 * square)) / square) / square) / at;
        (at - 0.5) * at.ln() - at + 0.5 * std::f64::consts::TAU.ln() + series - f64::ln(product)
    }

    #[test]
    fn the_yardstick_itself_is_right() {
        assert!((ln_gamma(6.0) - 120_f64.ln()).abs() < 1e-12);
        assert!((ln_gamma(0.5) - std::f64::consts::PI.sqrt().ln()).abs() < 1e-12);
        // I_x(1, 5) = 1 − (1 − x)⁵, I_x(3, 3) is a polynomial: x³ (10 − 15 x + 6 x²).
        for x in [0.1, 0.3, 0.7, 0.95_f64] {
            assert!((incomplete_beta(1.0, 5.0, x) - (1.0 - (1.0 - x).powi(5))).abs() < 1e-13);
            assert!(
                (incomplete_beta(3.0, 3.0, x) - x.powi(3) * (10.0 - 15.0 * x + 6.0 * x * x)).abs() < 1e-13
            );
        }
    }
}
