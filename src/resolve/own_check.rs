//! `checks:`: statements over figures that are to hold at all times, of the portfolio, then of the project.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics, Spanned};
use crate::model::{OwnCheck, OwnCriterion, are_same_words};
use crate::record::own_check::CheckRecord;
use crate::resolve::criteria;
use crate::resolve::names::Names;

declare_rule! {
    /// Two checks of one file have the same words. Readers of a finding could not tell which of the two is meant.
    ///
    /// Wrong: `checks: {cost is in hand: cpi >= 0.9, Cost is in hand.: cpi >= 0.95}`
    ///
    /// Right: `checks: {cost is in hand: cpi >= 0.9, cost is well in hand: {holds: cpi >= 0.95, level: warning}}`
    pub static CHECK_TWICE: Rule = ("E186", "check-twice", Error, "0.1.0", "two checks with the same words");
}

/// Reports the faults of the portfolio's checks, once for all projects.
pub(super) fn check_shared(list: &[(Spanned<String>, CheckRecord)], found: &mut Diagnostics) {
    take(list, found);
}

/// Resolves the checks of a project: those of the portfolio, each unless the project has one of the same words, then the
/// project's own. Faults of the portfolio's are reported by [`check_shared`].
pub(super) fn resolve_own_checks(
    shared: &[(Spanned<String>, CheckRecord)],
    own: &[(Spanned<String>, CheckRecord)],
    names: &Names,
    found: &mut Diagnostics,
) -> Vec<OwnCheck> {
    let is_own = |words: &str| own.iter().any(|(other, _)| are_same_words(&other.value, words));
    let mut checks = take(shared, &mut Diagnostics::default());
    checks.retain(|check| !is_own(&check.criterion.words));
    checks.extend(take(own, found));
    for check in &mut checks {
        criteria::convert_money(&mut check.criterion, names, found);
    }
    checks
}

fn take(list: &[(Spanned<String>, CheckRecord)], found: &mut Diagnostics) -> Vec<OwnCheck> {
    let mut checks: Vec<OwnCheck> = Vec::new();
    for (words, record) in list {
        let statement = criteria::read(&record.holds, found);
        let first = checks.iter().find(|check| are_same_words(&check.criterion.words, &words.value));
        if let Some(first) = first {
            let message = format!("`{}` is a check already", words.value.trim());
            found.push(
                Diagnostic::new(&CHECK_TWICE, words.span, message)
                    .also(first.criterion.origin, "the first is here")
                    .hint("remove one of the two, or give it words of its own"),
            );
            continue;
        }
        let Some(statement) = statement else { continue };
        checks.push(OwnCheck {
            criterion: OwnCriterion {
                words: words.value.trim().to_owned(),
                statement,
                origin: words.span,
                statement_origin: record.holds.span,
            },
            is_warning: record.level.as_ref().is_some_and(|level| level.value.as_str() == "warning"),
        });
    }
    checks
}
