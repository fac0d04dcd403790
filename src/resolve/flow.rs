//! `flow.csv`: items of work, each once, with its days in order.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Diagnostics, Span, Spanned};
use crate::model::FlowItem;
use crate::record::ledger::FlowRow;
use crate::resolve::entry::{check_order, some_day, some_word};
use crate::resolve::names::Names;
use crate::resolve::rule::DUPLICATE_ID;

/// Resolves `flow.csv`; items come in the order of their arrival, then of the file. Of an item that stands there twice the
/// first row counts.
pub(super) fn resolve_flow(rows: &[FlowRow], names: &Names, found: &mut Diagnostics) -> Vec<FlowItem> {
    let mut first_of: BTreeMap<&str, Span> = BTreeMap::new();
    let mut items = Vec::new();
    for row in rows {
        if let Some(first) = first_of.get(row.item.value.as_str()) {
            let message = format!("a second row for the item `{}`", row.item.value);
            found.push(
                Diagnostic::new(&DUPLICATE_ID, row.item.span, message)
                    .also(*first, "the first")
                    .hint("keep one row for each item, and fill in its days as it moves"),
            );
            continue;
        }
        first_of.insert(&row.item.value, row.item.span);
        items.push(item_of(row, names, found));
    }
    items.sort_by_key(|item| item.arrived);
    items
}

fn item_of(row: &FlowRow, names: &Names, found: &mut Diagnostics) -> FlowItem {
    let dates = [
        ("arrived", Some(row.arrived)),
        ("started", row.started),
        ("review", row.review),
        ("done", row.done),
    ];
    check_order(&dates, found);
    // A state that was skipped is reached with the next one; a day before an earlier one has been reported, and counts
    // from that day on, so that no line ever falls.
    let arrived = row.arrived.value;
    let reached = |days: &[Option<Spanned<Date>>]| {
        days.iter().find_map(|day| some_day(*day)).map(|day| day.max(arrived))
    };
    let started = reached(&[row.started, row.review, row.done]);
    let review = reached(&[row.review, row.done]).max(started.filter(|_| row.review.or(row.done).is_some()));
    let done = reached(&[row.done]).max(review.filter(|_| row.done.is_some()));
    FlowItem {
        item: row.item.value.clone(),
        title: some_word(row.title.as_ref()),
        task: names.maybe_task(row.task.as_ref(), found),
        arrived,
        started,
        review,
        done,
        was_reviewed: row.review.is_some(),
        origin: row.span,
    }
}
