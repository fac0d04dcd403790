//! Tolerances and reserves that a baseline froze, or that a gate or a change set.

use crate::diagnostic::{Diagnostics, Spanned};
use crate::model::{AllowanceKind, Allowances, Allowed};
use crate::quantity::{Duration, Money};
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
        all.insert(AllowanceKind::Time, Allowed { size, origin: written.span });
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
            all.insert(kind, Allowed { size: amount.0, origin: written.span });
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
        let size = if kind == AllowanceKind::Time {
            let time = limit.value.trim().parse::<Duration>().ok().filter(|time| !time.is_elapsed());
            time.map(|time| time.minutes(names.work_time))
        } else {
            let money = limit.value.trim().parse::<Money>().ok();
            money
                .and_then(|money| names.money(&Spanned { value: money, span: limit.span }, found))
                .map(|sum| sum.0)
        };
        if let Some(size) = size {
            all.insert(kind, Allowed { size, origin: limit.span });
        }
    }
    all
}
