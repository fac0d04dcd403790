//! Whether money buys something that lasts or pays for running, and what was granted for either.

use super::spending::CategorySpending;
use crate::model::Project;
use crate::quantity::Amount;

/// What money is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum MoneyKind {
    /// Capex: it buys something that lasts.
    Capex,
    /// Opex: it pays for running.
    Opex,
    /// The files do not say.
    #[default]
    Unknown,
}

impl MoneyKind {
    /// All kinds in the order in which readers see them.
    const ALL: [Self; 3] = [Self::Capex, Self::Opex, Self::Unknown];

    fn from_key(key: &str) -> Self {
        match key {
            "capex" => Self::Capex,
            "opex" => Self::Opex,
            _ => Self::Unknown,
        }
    }
}

/// Money of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindSpending {
    /// Which kind.
    pub kind: MoneyKind,
    /// Funding of that kind; that of unknown kind for [`MoneyKind::Unknown`].
    pub funding: Amount,
    /// The budget of its categories as granted and moved.
    pub budget: Amount,
    /// Spent in its categories.
    pub spent: Amount,
    /// Its categories at completion, on the basis of the headline estimate.
    pub estimate_at_completion: Amount,
}

/// The kind of a category: as `capex` in `budget.yaml` says; where it says nothing, that of the sources that pay for it, if all
/// are of one kind.
pub(super) fn kind_of(project: &Project, category: &str) -> MoneyKind {
    let budget = &project.budget;
    if let Some(capex) = &budget.capex {
        return if capex.iter().any(|name| name == category) { MoneyKind::Capex } else { MoneyKind::Opex };
    }
    let pays = budget.funding.iter().filter(|source| {
        source.categories.is_empty() || source.categories.iter().any(|name| name == category)
    });
    let mut kinds = pays.map(|source| source.kind.as_deref().map_or(MoneyKind::Unknown, MoneyKind::from_key));
    match kinds.next() {
        Some(first) if kinds.all(|kind| kind == first) => first,
        _ => MoneyKind::Unknown,
    }
}

/// Adds categories and sources up by kind.
pub(super) fn by_kind(project: &Project, categories: &[CategorySpending]) -> Vec<KindSpending> {
    let sum = |kind: MoneyKind| {
        let of_kind = || categories.iter().filter(move |row| row.kind == kind);
        let funding =
            project.budget.funding.iter().filter(|source| {
                source.kind.as_deref().map_or(MoneyKind::Unknown, MoneyKind::from_key) == kind
            });
        KindSpending {
            kind,
            funding: funding.map(|source| source.amount).sum(),
            budget: of_kind().map(CategorySpending::budget_now).sum(),
            spent: of_kind().map(|row| row.spent).sum(),
            estimate_at_completion: of_kind().map(|row| row.estimate_at_completion).sum(),
        }
    };
    let is_any = |sums: &KindSpending| {
        [sums.funding, sums.budget, sums.spent, sums.estimate_at_completion]
            .iter()
            .any(|amount| *amount != Amount::ZERO)
    };
    MoneyKind::ALL.into_iter().map(sum).filter(is_any).collect()
}

#[cfg(test)]
mod tests {
    use super::super::golden::{STATUS_DATE, branch_network, euros, measured_on};
    use super::*;
    use crate::diagnostic::Span;
    use crate::model::Funding;

    /// 41 300 of hardware is bought, 57 132 of labour is paid for; 42 980 and 61 978 (36 140 + the 24 232
    /// left ÷ CPI 0.938) at completion.
    #[test]
    fn listed_categories_are_capex_and_the_rest_is_opex() {
        let mut project = branch_network().project;
        project.budget.capex = Some(vec!["hardware".to_owned()]);
        let source = |kind: &str, amount: i64| Funding {
            source: kind.to_owned(),
            amount: euros(amount),
            kind: Some(kind.to_owned()),
            categories: Vec::new(),
            origin: Span::default(),
        };
        project.budget.funding = vec![source("capex", 45_000), source("opex", 60_000)];
        let kinds = measured_on(&project, STATUS_DATE).spending.kinds;
        let told: Vec<(MoneyKind, i64, i64, i64, i64)> = kinds
            .iter()
            .map(|sums| {
                let [funding, budget, spent, end] =
                    [sums.funding, sums.budget, sums.spent, sums.estimate_at_completion]
                        .map(|sum| sum.0 / 100);
                (sums.kind, funding, budget, spent, end)
            })
            .collect();
        assert_eq!(
            told,
            [
                (MoneyKind::Capex, 45_000, 41_300, 42_980, 42_980),
                (MoneyKind::Opex, 60_000, 57_132, 36_140, 61_978)
            ]
        );
    }

    #[test]
    fn without_a_list_the_sources_say_it() {
        let mut project = branch_network().project;
        project.budget.funding[0].kind = Some("capex".to_owned());
        let kinds = |project: &Project| kind_of(project, "hardware");
        assert_eq!(kinds(&project), MoneyKind::Capex);
        let mut second = project.budget.funding[0].clone();
        second.kind = Some("opex".to_owned());
        project.budget.funding.push(second);
        assert_eq!(kinds(&project), MoneyKind::Unknown);
        project.budget.funding[1].categories = vec!["services".to_owned()];
        assert_eq!(kinds(&project), MoneyKind::Capex);
        project.budget.funding.clear();
        assert_eq!(kinds(&project), MoneyKind::Unknown);
    }
}
