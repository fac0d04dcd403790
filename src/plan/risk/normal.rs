//! The normal distribution: what correlated estimates are drawn through (a Gaussian copula).
//!
//! Comes in: a probability or a deviate. Goes out: the other one. Not here: who is correlated with whom.

/// The deviate below which a share `p` of a standard normal lies; `p` strictly between 0 and 1.
///
/// Algorithm AS 241, PPND16 (M. J. Wichura, Applied Statistics 37, 1988), relative accuracy about 10⁻¹⁶.
/// 0.975 gives 1.959 963 984 540 054.
#[allow(clippy::excessive_precision, clippy::unreadable_literal, reason = "the coefficients as published")]
pub(super) fn deviate(p: f64) -> f64 {
    const A: [f64; 8] = [
        3.3871328727963666080e0,
        1.3314166789178437745e2,
        1.9715909503065514427e3,
        1.3731693765509461125e4,
        4.5921953931549871457e4,
        6.7265770927008700853e4,
        3.3430575583588128105e4,
        2.5090809287301226727e3,
    ];
    const B: [f64; 8] = [
        1.0,
        4.2313330701600911252e1,
        6.8718700749205790830e2,
        5.3941960214247511077e3,
        2.1213794301586595867e4,
        3.9307895800092710610e4,
        2.8729085735721942674e4,
        5.2264952788528545610e3,
    ];
    const C: [f64; 8] = [
        1.42343711074968357734e0,
        4.63033784615654529590e0,
        5.76949722146069140550e0,
        3.64784832476320460504e0,
        1.27045825245236838258e0,
        2.41780725177450611770e-1,
        2.27238449892691845833e-2,
        7.74545014278341407640e-4,
    ];
    const D: [f64; 8] = [
        1.0,
        2.05319162663775882187e0,
        1.67638483018380384940e0,
        6.89767334985100004550e-1,
        1.48103976427480074590e-1,
        1.51986665636164571966e-2,
        5.47593808499534494600e-4,
        1.05075007164441684324e-9,
    ];
    const E: [f64; 8] = [
        6.65790464350110377720e0,
        5.46378491116411436990e0,
        1.78482653991729133580e0,
        2.96560571828504891230e-1,
        2.65321895265761230930e-2,
        1.24266094738807843860e-3,
        2.71155556874348757815e-5,
        2.01033439929228813265e-7,
    ];
    const F: [f64; 8] = [
        1.0,
        5.99832206555887937690e-1,
        1.36929880922735805310e-1,
        1.48753612908506148525e-2,
        7.86869131745613259100e-4,
        1.84631831751005468180e-5,
        1.42151175831644588870e-7,
        2.04426310338993978564e-15,
    ];
    let from_middle = p - 0.5;
    if from_middle.abs() <= 0.425 {
        let r = 0.180_625 - from_middle * from_middle;
        return from_middle * polynomial(&A, r) / polynomial(&B, r);
    }
    let r = (-p.min(1.0 - p).ln()).sqrt();
    let deviate = if r <= 5.0 {
        polynomial(&C, r - 1.6) / polynomial(&D, r - 1.6)
    } else {
        polynomial(&E, r - 5.0) / polynomial(&F, r - 5.0)
    };
    if from_middle < 0.0 { -deviate } else { deviate }
}

fn polynomial(coefficients: &[f64; 8], at: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, coefficient| sum * at + coefficient)
}

/// Cells of the table of deviates.
const CELLS: usize = 4_096;

/// Cells at either end where the deviate bends too much for a straight line.
const STEEP: usize = 64;

/// Deviates from random bits: from a table with straight lines between its points (error below 2 · 10⁻⁵), computed
/// near the ends.
#[derive(Clone, Debug)]
pub(super) struct Deviates {
    points: Vec<f64>,
}

impl Deviates {
    pub(super) fn new() -> Self {
        let shares = (0..=CELLS).map(|cell| cell.clamp(1, CELLS - 1) as f64 / CELLS as f64);
        Self { points: shares.map(deviate).collect() }
    }

    /// The deviate that belongs to 64 random bits read as a fraction of one.
    #[allow(clippy::cast_possible_truncation, reason = "twelve bits remain")]
    pub(super) fn at(&self, bits: u64) -> f64 {
        let cell = (bits >> 52) as usize;
        if !(STEEP..CELLS - STEEP).contains(&cell) {
            return deviate(((bits >> 12) as f64 + 0.5) / 2_f64.powi(52));
        }
        let within = (bits & 0x000f_ffff_ffff_ffff) as f64 / 2_f64.powi(52);
        let (left, right) = (self.points[cell], self.points[cell + 1]);
        left + (right - left) * within
    }
}

/// Cells of the table for one unit of deviate.
const CELLS_OF_UNIT: usize = 256;

/// Cells from the middle to 8.5, beyond which nothing is left of a probability in 64 bits.
const HALF: usize = 8 * CELLS_OF_UNIT + CELLS_OF_UNIT / 2;

/// The share of a standard normal below a deviate, from a table with straight lines between its points (error below
/// 5 · 10⁻⁷).
#[derive(Clone, Debug)]
pub(super) struct NormalShare {
    shares: Vec<f64>,
}

impl NormalShare {
    /// Integrates the density with Simpson's rule from the middle to the right; the left is its mirror.
    pub(super) fn new() -> Self {
        let step = 1.0 / CELLS_OF_UNIT as f64;
        let density = |x: f64| (-x * x / 2.0).exp() / std::f64::consts::TAU.sqrt();
        let mut upper = vec![0.5];
        let mut share = 0.5;
        for cell in 0..HALF {
            let left = cell as f64 * step;
            share += step / 6.0 * (density(left) + 4.0 * density(left + step / 2.0) + density(left + step));
            upper.push(f64::min(share, 1.0));
        }
        let lower = upper.iter().skip(1).rev().map(|share| 1.0 - share);
        Self { shares: lower.chain(upper.iter().copied()).collect() }
    }

    /// The share below a deviate; 0 or 1 beyond 8.5.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "held to the table just before"
    )]
    pub(super) fn below(&self, deviate: f64) -> f64 {
        let last = (2 * HALF) as f64;
        let place = (deviate * CELLS_OF_UNIT as f64 + HALF as f64).clamp(0.0, last - 1e-9);
        let cell = place as usize;
        let (left, right) = (self.shares[cell], self.shares[cell + 1]);
        left + (right - left) * (place - cell as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Quantiles of the standard normal as printed in tables (Abramowitz & Stegun 26.2; NIST).
    const KNOWN: [(f64, f64); 6] = [
        (0.5, 0.0),
        (0.8, 0.841_621_233_572_914_3),
        (0.95, 1.644_853_626_951_472_2),
        (0.975, 1.959_963_984_540_054),
        (0.999, 3.090_232_306_167_813),
        (0.001, -3.090_232_306_167_813),
    ];

    #[test]
    fn deviates_are_those_of_the_tables() {
        for (share, known) in KNOWN {
            assert!((deviate(share) - known).abs() < 1e-14, "{share}: {}", deviate(share));
        }
        // Far out, where the third pair of polynomials begins.
        assert!((deviate(1e-12) + 7.034_483_8).abs() < 1e-6, "{}", deviate(1e-12));
    }

    #[test]
    fn deviates_of_bits_are_those_of_their_share() {
        let deviates = Deviates::new();
        for place in 0..5_000_u64 {
            let bits = place * (u64::MAX / 5_000) + 12_345;
            let share = ((bits >> 12) as f64 + 0.5) / 2_f64.powi(52);
            assert!((deviates.at(bits) - deviate(share)).abs() < 2e-5, "{share}");
        }
        assert!(deviates.at(0) < -8.0 && deviates.at(u64::MAX) > 8.0);
    }

    #[test]
    fn shares_are_those_of_the_tables_and_turn_deviates_back() {
        let shares = NormalShare::new();
        for (share, known) in KNOWN {
            assert!((shares.below(known) - share).abs() < 5e-7, "{share}");
        }
        for place in 1..1_000 {
            let share = f64::from(place) / 1_000.0;
            assert!((shares.below(deviate(share)) - share).abs() < 5e-7, "{share}");
        }
        assert!(shares.below(-20.0) < 1e-12 && shares.below(20.0) > 1.0 - 1e-9);
    }
}
