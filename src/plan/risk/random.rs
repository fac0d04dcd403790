//! Random numbers that are looked up, not drawn in turn: the same place always holds the same number.
//!
//! Comes in: a seed, what is drawn (a task, a risk), the number of the run. Goes out: 64 random bits. Since no number depends
//! on one drawn before it, runs can be computed in any order and on any number of threads.

/// The golden ratio as a fraction of 2⁶⁴, the step of `SplitMix64`.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// The random numbers of one thing, by run.
#[derive(Clone, Copy, Debug, Hash)]
pub(super) struct Stream(u64);

/// What a stream of random numbers is for; each has numbers of its own.
#[derive(Clone, Copy, Debug)]
pub(super) enum Purpose {
    /// How long a task takes, by its place in the plan.
    Task(u64),
    /// Whether a risk strikes, by its place in the register.
    Risk(u64),
    /// What all tasks have in common.
    Common,
}

impl Stream {
    pub(super) fn new(seed: u64, purpose: Purpose) -> Self {
        let what = match purpose {
            Purpose::Common => 0,
            Purpose::Task(place) => 2 * place + 1,
            Purpose::Risk(place) => 2 * place + 2,
        };
        Self(mix(mix(seed.wrapping_add(GOLDEN)) ^ mix(what.wrapping_mul(GOLDEN).wrapping_add(GOLDEN))))
    }

    /// The number of a run, uniform over all 64 bits.
    pub(super) fn draw(self, run: u64) -> u64 {
        mix(self.0.wrapping_add(run.wrapping_add(1).wrapping_mul(GOLDEN)))
    }
}

/// The finaliser of `SplitMix64` (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sequence_is_that_of_the_published_generator() {
        // java.util.SplittableRandom and the C code of Vigna for seed 1234567.
        let stream = Stream(1_234_567);
        let drawn: Vec<u64> = (0..3).map(|run| stream.draw(run)).collect();
        assert_eq!(drawn, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn streams_are_uniform_and_do_not_follow_each_other() {
        let n_runs = 100_000_u64;
        let half = |bits: u64| bits as f64 / 2_f64.powi(64) - 0.5;
        let (one, other) = (Stream::new(1, Purpose::Task(0)), Stream::new(1, Purpose::Task(1)));
        let (mut sum, mut squares, mut products, mut shifted) = (0.0, 0.0, 0.0, 0.0);
        for run in 0..n_runs {
            let (x, y) = (half(one.draw(run)), half(other.draw(run)));
            sum += x;
            squares += x * x;
            products += x * y;
            shifted += x * half(one.draw(run + 1));
        }
        // Four standard errors: a uniform number has variance 1/12, its square 1/180, a product 1/144.
        let four_errors = |variance: f64| 4.0 * (variance / n_runs as f64).sqrt();
        let mean = |sum: f64| sum / n_runs as f64;
        assert!(mean(sum).abs() < four_errors(1.0 / 12.0));
        assert!((mean(squares) - 1.0 / 12.0).abs() < four_errors(1.0 / 180.0));
        assert!(mean(products).abs() < four_errors(1.0 / 144.0));
        assert!(mean(shifted).abs() < four_errors(1.0 / 144.0));
    }
}
