//! Whether sources of money pay for what the budget is made of: a source may pay for some categories alone.
//!
//! Comes in: sources, what each category needs, what reserves need. Goes out: what no source pays for.

use std::collections::VecDeque;

use super::spending::Spending;
use crate::model::{Funding, Project};
use crate::quantity::Amount;

impl Spending {
    /// What no source of funding pays for, by category in the order of the table; the last, without a name, is what is missing for
    /// reserves. Empty where all is paid for.
    ///
    /// Each source pays for the categories of its `pays_for`, for all where it names none, and so that as much as possible is paid for. A
    /// reserve may be paid by any source, as nobody knows yet what it will buy. 10 000 for labour and 90 000 for licences, with 50 000 of
    /// labour and 10 000 of licences: 40 000 of labour, although 100 000 are there for 60 000.
    #[must_use]
    pub fn not_funded(&self, project: &Project) -> Vec<(&str, Amount)> {
        let reserves = self.draws_granted + self.contingency.remaining + self.management_reserve.remaining;
        let categories = self.categories.iter().map(|row| (row.name.as_str(), row.budget));
        let needs: Vec<(&str, Amount)> = categories.chain([("", reserves)]).collect();
        let missing = missing(&project.budget.funding, &needs);
        let named = needs.into_iter().zip(missing).map(|((name, _), missing)| (name, missing));
        named.filter(|(_, missing)| *missing > Amount::ZERO).collect()
    }
}

/// What is missing of each need once the sources are shared out as well as they can be: the greatest flow from sources to needs.
fn missing(sources: &[Funding], needs: &[(&str, Amount)]) -> Vec<Amount> {
    let left = sources.iter().map(|source| source.amount).collect();
    let paid = vec![vec![Amount::ZERO; needs.len()]; sources.len()];
    let mut shares = Shares { sources, needs, left, paid };
    let wanted = needs.iter().enumerate();
    wanted.map(|(place, (_, amount))| shares.pay(place, (*amount).max(Amount::ZERO))).collect()
}

/// What each source has paid for so far.
struct Shares<'a> {
    sources: &'a [Funding],
    needs: &'a [(&'a str, Amount)],
    /// What is left of each source.
    left: Vec<Amount>,
    /// What each source pays of each need.
    paid: Vec<Vec<Amount>>,
}

/// How a need is reached from another one: by which source, which is freed there, and for which need before it.
type Step = Option<(usize, usize)>;

impl Shares<'_> {
    /// Pays a need as far as the sources go, and gives what is missing. What was met stays met: a source that is freed for this need is
    /// replaced by another.
    fn pay(&mut self, need: usize, mut missing: Amount) -> Amount {
        while missing > Amount::ZERO {
            let Some((source, end, steps)) = self.way_to(need) else { break };
            let mut amount = missing.min(self.left[source]);
            let mut at = end;
            while let Some((freed, before)) = steps[at] {
                amount = amount.min(self.paid[freed][at]);
                at = before;
            }
            self.left[source] -= amount;
            self.paid[source][end] += amount;
            at = end;
            while let Some((freed, before)) = steps[at] {
                self.paid[freed][at] -= amount;
                self.paid[freed][before] += amount;
                at = before;
            }
            missing -= amount;
        }
        missing
    }

    /// A source with money left, the need that it may pay, and how the need in question is reached from there.
    fn way_to(&self, need: usize) -> Option<(usize, usize, Vec<Step>)> {
        let mut steps: Vec<Step> = vec![None; self.needs.len()];
        let mut open = VecDeque::from([need]);
        while let Some(at) = open.pop_front() {
            for place in (0..self.sources.len()).filter(|place| self.may_pay(*place, at)) {
                if self.left[place] > Amount::ZERO {
                    return Some((place, at, steps));
                }
                for (other, paid) in self.paid[place].iter().enumerate() {
                    if other != need && steps[other].is_none() && *paid > Amount::ZERO {
                        steps[other] = Some((place, at));
                        open.push_back(other);
                    }
                }
            }
        }
        None
    }

    fn may_pay(&self, source: usize, need: usize) -> bool {
        let (categories, name) = (&self.sources[source].categories, self.needs[need].0);
        name.is_empty() || categories.is_empty() || categories.iter().any(|category| category == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Span;

    fn source(amount: i64, pays_for: &[&str]) -> Funding {
        Funding {
            source: "board".to_owned(),
            amount: Amount(amount * 100),
            kind: None,
            categories: pays_for.iter().map(|name| (*name).to_owned()).collect(),
            origin: Span::default(),
        }
    }

    fn euros(sources: &[Funding], needs: &[(&str, i64)]) -> Vec<i64> {
        let needs: Vec<(&str, Amount)> = needs.iter().map(|(name, sum)| (*name, Amount(sum * 100))).collect();
        missing(sources, &needs).into_iter().map(|amount| amount.0 / 100).collect()
    }

    /// 10 000 may pay for labour, 90 000 for licences alone: 40 000 of labour are missing, and the reserve of 5 000 is paid.
    #[test]
    fn a_source_pays_for_nothing_but_its_categories() {
        let needs = [("labour", 50_000), ("licences", 10_000), ("", 5_000)];
        let sources = [source(10_000, &["labour"]), source(90_000, &["licences"])];
        assert_eq!(euros(&sources, &needs), [40_000, 0, 0]);
        assert_eq!(euros(&[source(65_000, &[])], &needs), [0, 0, 0]);
        assert_eq!(euros(&[source(64_000, &[])], &needs), [0, 0, 1_000]);
        assert_eq!(euros(&[], &needs), [50_000, 10_000, 5_000]);
    }

    /// The source for all has paid for labour when hardware comes, for which nothing else may pay: labour is paid by its own source then.
    #[test]
    fn a_source_for_all_is_kept_for_what_nothing_else_pays_for() {
        let sources =
            [source(30_000, &[]), source(30_000, &["labour", "travel"]), source(5_000, &["travel"])];
        let needs = [("labour", 30_000), ("travel", 4_000), ("hardware", 29_000)];
        assert_eq!(euros(&sources, &needs), [0, 0, 0]);
        assert_eq!(
            euros(&sources, &[("labour", 30_000), ("travel", 4_000), ("hardware", 31_000)]),
            [0, 0, 1_000]
        );
        // A budget line may take money away: nothing is needed then.
        assert_eq!(euros(&[], &[("labour", -100)]), [0]);
    }
}
