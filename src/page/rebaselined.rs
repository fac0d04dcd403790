//! In words: a baseline took the place of another, who allowed it, and what that alone changed.

use jiff::civil::Date;

use crate::control::{Change, ChangedColour};
use crate::format;
use crate::model::{Baseline, Snapshot};
use crate::quantity::{Amount, Currency, Id};
use crate::report::{ProjectReport, Rebaselined, RebaselinedEffect};

/// What the newest baseline changed since something was said that was measured against `from`.
#[must_use]
pub fn rebaselined_words(project: &ProjectReport, from: Option<&Id>) -> Option<String> {
    let known = project.rebaselined_since(from)?;
    Some(in_words(&known, project.project.currency, project.status_date))
}

/// The same since a frozen report. A report that does not say what it was measured against tells of no other baseline than one
/// that came after it.
#[must_use]
pub fn rebaselined_since(project: &ProjectReport, before: &Snapshot) -> Option<String> {
    let from = before.figures.baseline.as_ref();
    let words = rebaselined_words(project, from)?;
    let since = project.project.baseline_as_of(project.status_date).and_then(Baseline::in_force_from);
    (from.is_some() || since.is_some_and(|day| day > before.status_date)).then_some(words)
}

/// What a frozen report says of the baseline that took the place of that of the report before: the figures are those of both
/// reports.
#[must_use]
pub fn rebaselined_report(before: &Snapshot, then: &Snapshot, project: &ProjectReport) -> Option<String> {
    let (from, to) = (before.figures.baseline.as_ref()?, then.figures.baseline.as_ref()?);
    if from == to {
        return None;
    }
    let baseline = project.project.baselines.iter().find(|baseline| baseline.id == *to);
    let known = Rebaselined {
        from: Some(from.clone()),
        to: to.clone(),
        approved: baseline.and_then(|baseline| baseline.approved),
        authorised_by: baseline.and_then(|baseline| baseline.authorised_by.clone()),
        effect: None,
    };
    let words = in_words(&known, project.project.currency, then.status_date);
    let budgets = before.figures.total.budget.zip(then.figures.total.budget);
    let budget = budgets.map(|(before, after)| {
        format!(" {}.", changed_money("BAC", Change { before, after }, project.project.currency))
    });
    Some(words + &budget.unwrap_or_default())
}

fn in_words(known: &Rebaselined, currency: Currency, day: Date) -> String {
    let on = known.approved.map(|day| format!(" on {}", format::date(day))).unwrap_or_default();
    let by = known.authorised_by.as_ref().map(|id| format!(" by {id}")).unwrap_or_default();
    let to = &known.to;
    let what = match &known.from {
        Some(from) => format!("Re-baselined {from} → {to}{on}{by}."),
        None if known.approved.is_none() => {
            let before = "before it the plan as typed was measured against";
            format!("Baseline {to} is in force, and nobody has approved it; {before}.")
        }
        None => {
            format!("Baseline {to} was approved{on}{by}; before it the plan as typed was measured against.")
        }
    };
    match &known.effect {
        Some(effect) => {
            format!("{what} EV is now measured against {to}: {}.", of_effect(effect, currency, day))
        }
        None => format!("{what} EV is measured against {to} from here on."),
    }
}

fn of_effect(effect: &RebaselinedEffect, currency: Currency, day: Date) -> String {
    let mut words = vec![
        changed_money("BAC", effect.budget, currency),
        changed_money("PV", effect.planned, currency),
        changed_money("EV", effect.earned, currency),
    ];
    let promised = effect.promised;
    words.push(if promised.is_change() {
        format!("promised finish {} → {}", format::date(promised.before), format::date(promised.after))
    } else {
        format!("promised finish still {}", format::date(promised.after))
    });
    words.extend(effect.colours.iter().copied().map(colour_words));
    format!(
        "{}. All of it is as of {}, by the old and by the new baseline",
        words.join(", "),
        format::date(day)
    )
}

fn changed_money(name: &str, change: Change<Amount>, currency: Currency) -> String {
    let money = |amount: Amount| format::money_with_currency(amount, currency);
    if change.is_change() {
        format!("{name} {} → {}", money(change.before), money(change.after))
    } else {
        format!("{name} still {}", money(change.after))
    }
}

fn colour_words(changed: ChangedColour) -> String {
    let what = changed.dimension.map_or("status", |dimension| dimension.key());
    format!("{what} {} → {}", changed.colour.before.word(), changed.colour.after.word())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_baseline_that_nobody_approved_is_not_called_approved() {
        let told = |approved: Option<&str>| {
            let known = Rebaselined {
                from: None,
                to: "B1".parse().unwrap(),
                approved: approved.map(|day| day.parse().unwrap()),
                authorised_by: None,
                effect: None,
            };
            in_words(&known, "EUR".parse().unwrap(), "2026-09-21".parse().unwrap())
        };
        let words = told(None);
        assert!(words.starts_with("Baseline B1 is in force, and nobody has approved it; "), "{words}");
        let words = told(Some("2026-08-12"));
        assert!(words.starts_with("Baseline B1 was approved on 12"), "{words}");
    }
}
