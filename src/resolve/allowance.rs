//! Tolerances and reserves that a baseline froze, or that a gate or a change set.

use crate::diagnostic::{Diagnostics, Span, Spanned};
use crate::model::{AllowanceKind, Allowances, Allowed, UnitLimit};
use crate::quantity::{Duration, Measure, Money};
use crate::record::decode::Named;
use crate::record::frozen::AllowanceRecord;
use crate::resolve::entry::{tolerated_sum, tolerated_time, whole_units};
use crate::resolve::names::Names;

/// Resolves what is typed field by field.
pub(super) fn allowances(record: &AllowanceRecord, names: &Names, found: &mut Diagnostics) -> Allowances {
    let mut all = Allowances::new();
    if let Some(written) = &record.time
        && let Some(size) = tolerated_time(written, names.work_time, found)
    {
        all.insert(AllowanceKind::Time, Allowed::of(size, written.span));
    }
    if let Some(written) = &record.unapproved
        && let Some(limit) = whole_units(written, found)
    {
        all.insert(AllowanceKind::Unapproved, of_scope(limit, written.span));
    }
    let sums = [
        (AllowanceKind::Cost, &record.cost),
        (AllowanceKind::Contingency, &record.contingency),
        (AllowanceKind::ManagementReserve, &record.management_reserve),
    ];
    for (kind, written) in sums {
        if let Some(written) = written
            && let Some(amount) = tolerated_sum(written, names, found)
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
                let time = time.map(|time| Spanned { value: time, span: limit.span });
                time.and_then(|time| tolerated_time(&time, names.work_time, found))
                    .map(|size| Allowed::of(size, limit.span))
            }
            AllowanceKind::Unapproved => {
                let measure = words.parse::<Measure>().ok();
                measure
                    .and_then(|measure| whole_units(&Spanned { value: measure, span: limit.span }, found))
                    .map(|units| of_scope(units, limit.span))
            }
            _ => {
                let money = words.parse::<Money>().ok();
                money
                    .and_then(|money| {
                        tolerated_sum(&Spanned { value: money, span: limit.span }, names, found)
                    })
                    .map(|sum| Allowed::of(sum.0, limit.span))
            }
        };
        all.extend(allowed.map(|allowed| (kind, allowed)));
    }
    all
}

fn of_scope(limit: UnitLimit, origin: Span) -> Allowed {
    Allowed { size: limit.units, unit: limit.unit, origin }
}
