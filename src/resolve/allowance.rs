//! Tolerances and reserves that a baseline froze, or that a gate or a change set.

use crate::diagnostic::{Diagnostics, Span, Spanned};
use crate::model::{AllowanceKind, Allowances, Allowed};
use crate::quantity::{Duration, Measure, Money};
use crate::record::decode::Named;
use crate::record::frozen::AllowanceRecord;
use crate::resolve::entry::working_minutes;
use crate::resolve::names::Names;

/// Resolves what is typed field by field.
pub(super) fn allowances(record: &AllowanceRecord, names: &Names, found: &mut Diagnostics) -> Allowances {
    let mut all = Allowances::new();
    if let Some(written) = &record.time
        && let Some(size) = working_minutes(written, names.work_time, found)
    {
        all.insert(AllowanceKind::Time, Allowed::of(size, written.span));
    }
    if let Some(written) = &record.unapproved {
        all.insert(AllowanceKind::Unapproved, units(&written.value, written.span));
    }
    let sums = [
        (AllowanceKind::Cost, &record.cost),
        (AllowanceKind::Contingency, &record.contingency),
        (AllowanceKind::ManagementReserve, &record.management_reserve),
    ];
    for (kind, written) in sums {
        if let Some(written) = written
            && let Some(amount) = names.money(written, found)
        {
            all.insert(kind, Allowed::of(amount.0, written.span));
        }
    }
    all
}

/// Reads the figures among limits that may be words, as a gate sets them; words are shown as they are and hold nothing.
pub(super) fn allowances_in_words(
    limits: &Named<Spanned<String>>,
    names: &Names,
    found: &mut Diagnostics,
) -> Allowances {
    let mut all = Allowances::new();
    for (dimension, limit) in limits {
        let Some(kind) = AllowanceKind::ALL.into_iter().find(|kind| kind.key() == dimension.value) else {
            continue;
        };
        let words = limit.value.trim();
        let allowed = match kind {
            AllowanceKind::Time => {
                let time = words.parse::<Duration>().ok().filter(|time| !time.is_elapsed());
                time.map(|time| Allowed::of(time.minutes(names.work_time), limit.span))
            }
            AllowanceKind::Unapproved => {
                words.parse::<Measure>().ok().map(|measure| units(&measure, limit.span))
            }
            _ => {
                let money = words.parse::<Money>().ok();
                money
                    .and_then(|money| names.money(&Spanned { value: money, span: limit.span }, found))
                    .map(|sum| Allowed::of(sum.0, limit.span))
            }
        };
        all.extend(allowed.map(|allowed| (kind, allowed)));
    }
    all
}

/// Whole units of scope.
fn units(measure: &Measure, origin: Span) -> Allowed {
    Allowed { size: measure.thousandths / 1_000, unit: measure.unit.clone(), origin }
}
