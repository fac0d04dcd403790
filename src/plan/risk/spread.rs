//! Outcomes of thousands of runs, kept in rising order and small.
//!
//! Comes in: outcomes in any order. Goes out: percentiles and chances, exactly as of the list itself. A portfolio keeps the outcomes
//! of every milestone of every project, as of today and as of each gate: so each is kept as its distance from the one before it, which
//! mostly takes one byte, and every so often one whole, where looking up begins.

use std::marker::PhantomData;

use jiff::civil::Date;

use crate::quantity::{Amount, Fraction, Instant};

/// Outcomes from one that is kept whole to the next.
const STRIDE: usize = 64;

/// What runs come to: something that is counted in whole numbers.
pub trait Outcome: Copy + Ord {
    /// It as a number.
    fn number(self) -> i64;
    /// It from its number.
    fn numbered(number: i64) -> Self;
}

impl Outcome for Instant {
    fn number(self) -> i64 {
        self.0
    }

    fn numbered(number: i64) -> Self {
        Self(number)
    }
}

impl Outcome for Amount {
    fn number(self) -> i64 {
        self.0
    }

    fn numbered(number: i64) -> Self {
        Self(number)
    }
}

/// Outcomes in rising order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spread<T> {
    n_outcomes: usize,
    /// Every [`STRIDE`]th outcome from the first on, and where the distances that follow it begin.
    whole: Box<[(i64, u32)]>,
    /// How much more each of the others is than the one before it, seven bits a byte from the lowest on; all bytes of a number but
    /// its last have the eighth bit.
    gaps: Box<[u8]>,
    of: PhantomData<T>,
}

impl<T: Outcome> Spread<T> {
    pub(super) fn new(mut outcomes: Vec<T>) -> Self {
        outcomes.sort_unstable();
        Self::of_sorted(outcomes.into_iter().map(T::number))
    }

    /// Keeps outcomes that come in rising order.
    pub(super) fn of_sorted(outcomes: impl Iterator<Item = i64>) -> Self {
        let (mut whole, mut gaps, mut n_outcomes, mut before) = (Vec::new(), Vec::new(), 0, 0);
        for outcome in outcomes {
            if n_outcomes % STRIDE == 0 {
                whole.push((outcome, u32::try_from(gaps.len()).unwrap_or(u32::MAX)));
            } else {
                put(outcome.wrapping_sub(before).cast_unsigned(), &mut gaps);
            }
            before = outcome;
            n_outcomes += 1;
        }
        Self { n_outcomes, whole: whole.into(), gaps: gaps.into(), of: PhantomData }
    }

    /// The smallest outcome that so many percent of all runs do not exceed; 1 to 100. None without runs.
    ///
    /// P80 of ten outcomes is the eighth.
    #[must_use]
    pub fn percentile(&self, percent: usize) -> Option<T> {
        let rank = (self.n_outcomes * percent).div_ceil(100).max(1) - 1;
        self.part(rank / STRIDE).nth(rank % STRIDE).map(T::numbered)
    }

    /// The share of runs that do not exceed a value.
    #[must_use]
    pub fn chance_of(&self, at_most: T) -> Fraction {
        share(self.n_up_to(at_most), self.n_outcomes)
    }

    /// How many outcomes do not exceed a value.
    pub(super) fn n_up_to(&self, at_most: T) -> usize {
        let at_most = at_most.number();
        let n_parts = self.whole.partition_point(|(first, _)| *first <= at_most);
        let Some(last) = n_parts.checked_sub(1) else { return 0 };
        last * STRIDE + self.part(last).take_while(|outcome| *outcome <= at_most).count()
    }

    /// All outcomes in rising order.
    pub fn outcomes(&self) -> impl Iterator<Item = T> {
        (0..self.whole.len()).flat_map(|part| self.part(part)).map(T::numbered)
    }

    /// An outcome that is kept whole, and those up to the next such.
    fn part(&self, part: usize) -> impl Iterator<Item = i64> {
        let first = self.whole.get(part).copied();
        let n_more = (self.n_outcomes.saturating_sub(part * STRIDE + 1)).min(STRIDE - 1);
        let mut gaps = first.and_then(|(_, at)| self.gaps.get(at as usize..)).unwrap_or_default();
        let first = first.map(|(outcome, _)| outcome);
        first.into_iter().chain((0..n_more).scan(first.unwrap_or_default(), move |outcome, _| {
            *outcome = outcome.wrapping_add(take(&mut gaps).cast_signed());
            Some(*outcome)
        }))
    }
}

/// Writes a number down, seven bits a byte.
fn put(mut number: u64, bytes: &mut Vec<u8>) {
    while number >= 0x80 {
        bytes.push(0x80 | (number & 0x7f) as u8);
        number >>= 7;
    }
    bytes.push((number & 0x7f) as u8);
}

/// Reads the next number.
fn take(bytes: &mut &[u8]) -> u64 {
    let (mut number, mut shift) = (0, 0);
    while let Some((byte, rest)) = bytes.split_first() {
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << shift;
        shift += 7;
        if *byte < 0x80 {
            break;
        }
    }
    number
}

/// So many of so many runs.
pub(super) fn share(part: usize, whole: usize) -> Fraction {
    Fraction::new(i64::try_from(part).unwrap_or(0), i64::try_from(whole).unwrap_or(0))
}

impl Spread<Instant> {
    /// The day by which so many percent of all runs have finished ([`Self::percentile`]). None without runs.
    #[must_use]
    pub fn day(&self, percent: usize) -> Option<Date> {
        self.percentile(percent).map(Instant::last_day)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// What is kept small answers as the list does: outcomes close together, far apart, alike, and at the ends of all numbers.
        #[test]
        fn a_spread_answers_as_its_sorted_list(
            mut outcomes in prop::collection::vec(
                prop_oneof![0..50_i64, -100_000..100_000_i64, any::<i64>()], 0..400),
            asked in prop::collection::vec(prop_oneof![0..50_i64, any::<i64>()], 1..20),
        ) {
            let spread = Spread::new(outcomes.iter().map(|at| Instant(*at)).collect());
            outcomes.sort_unstable();
            prop_assert_eq!(spread.outcomes().map(|at| at.0).collect::<Vec<_>>(), outcomes.clone());
            for percent in 1..=100 {
                let rank = (outcomes.len() * percent).div_ceil(100).max(1) - 1;
                prop_assert_eq!(spread.percentile(percent).map(|at| at.0), outcomes.get(rank).copied());
            }
            for at_most in asked.iter().chain(&outcomes) {
                let n_up_to = outcomes.iter().filter(|outcome| *outcome <= at_most).count();
                prop_assert_eq!(spread.n_up_to(Instant(*at_most)), n_up_to);
            }
        }
    }

    #[test]
    fn minutes_of_ten_thousand_runs_take_little_more_than_a_byte_each() {
        // 10 000 finishes within two months of working time.
        let finishes = (0..10_000).map(|run| Instant(29_000_000 + (run * 7_919) % 19_200)).collect();
        let spread: Spread<Instant> = Spread::new(finishes);
        let bytes = spread.gaps.len() + size_of_val(&*spread.whole);
        assert!(bytes < 13_000, "{bytes}");
        assert_eq!(spread.percentile(100).map(|at| at.0 - 29_000_000), Some(19_199));
    }
}
