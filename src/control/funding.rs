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

/// What is missing of each need once the sources are shared out as well as they can be: the greatest flow from sources to needs, found
/// by ways that free a source for one need by paying another from elsewhere. What was met stays met.
fn missing(sources: &[Funding], needs: &[(&str, Amount)]) -> Vec<Amount> {
    let may_pay = |source: &Funding, need: &str| {
        need.is_empty() || source.categories.is_empty() || source.categories.iter().any(|name| name == need)
    };
    let mut left: Vec<Amount> = sources.iter().map(|source| source.amount).collect();
    let mut paid = vec![vec![Amount::ZERO; needs.len()]; sources.len()];
    let mut missing: Vec<Amount> = needs.iter().map(|(_, amount)| (*amount).max(Amount::ZERO)).collect();
    for need in 0..needs.len() {
        while missing[need] > Amount::ZERO {
            // From each need that was reached: the source that would be freed for the need before it.
            let mut from: Vec<Option<(usize, usize)>> = vec![None; needs.len()];
            let mut open = VecDeque::from([need]);
            let mut found = None;
            'search: while let Some(at) = open.pop_front() {
                for (place, source) in sources.iter().enumerate() {
                    if !may_pay(source, needs[at].0) {
                        continue;
                    }
                    if left[place] > Amount::ZERO {
                        found = Some((place, at));
                        break 'search;
                    }
                    for other in 0..needs.len() {
                        let is_new = other != need && from[other].is_none();
                        if is_new && paid[place][other] > Amount::ZERO {
                            from[other] = Some((place, at));
                            open.push_back(other);
                        }
                    }
                }
            }
            let Some((last, end)) = found else { break };
            let mut amount = missing[need].min(left[last]);
            let mut at = end;
            while let Some((place, before)) = from[at] {
                amount = amount.min(paid[place][at]);
                at = before;
            }
            left[last] -= amount;
            paid[last][end] += amount;
            let mut at = end;
            while let Some((place, before)) = from[at] {
                paid[place][at] -= amount;
                paid[place][before] += amount;
                at = before;
            }
            missing[need] -= amount;
        }
    }
    missing
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
