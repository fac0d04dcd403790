//! One order or invoice under two spellings of its number.

use std::collections::BTreeMap;

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::CostEntry;
use crate::report::ProjectReport;

declare_rule! {
    /// Two numbers in `costs.csv` differ only in capital letters, spaces or hyphens. Numbers of orders and invoices are compared
    /// as they are written, so they count as two: an order stays open although its receipt and its invoice are booked, and a
    /// receipt counts beside the invoice that was to take its place.
    ///
    /// **Why it matters.** The same money counts twice, as spent or as still to come, and no total shows it.
    ///
    /// **What to do.** Write the number the same way in every row. Where they truly are two, waive the finding. Wrong:
    ///
    /// ```csv
    /// date,type,category,task,amount,reference
    /// 2026-09-21,commitment,hardware,order-hw,41_300 EUR,PO-4471
    /// 2026-11-06,accrual,hardware,order-hw,41_300 EUR,po-4471
    /// ```
    pub static ALIKE_NUMBERS: Rule =
        ("W515", "alike-numbers", Warning, "0.1.0", "two numbers of orders or invoices differ only in their spelling");
}

/// Looks at all rows up to the status date; each further spelling of a number is told once, at its first row.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let mut spellings: BTreeMap<String, Vec<(&str, &CostEntry)>> = BTreeMap::new();
    for entry in report.project.costs.iter().filter(|entry| entry.date <= report.status_date) {
        let Some(number) = entry.reference.as_deref() else { continue };
        let known = spellings.entry(bare(number)).or_default();
        if known.iter().any(|(spelling, _)| *spelling == number) {
            continue;
        }
        if let Some((first, at)) = known.first() {
            found.push(
                Diagnostic::new(
                    &ALIKE_NUMBERS,
                    entry.origin,
                    format!("`{number}` and `{first}` differ only in their spelling and count as two"),
                )
                .also(at.origin, format!("`{first}` stands here"))
                .hint(format!("write `{first}` in both rows if it is one order or invoice")),
            );
        }
        known.push((number, entry));
    }
}

/// A number without its spelling: small letters, with one hyphen where letters and digits meet or anything else stood.
///
/// `PO-4471`, `po 4471` and `Po4471` are `po-4471`; `INV-1-1` is `inv-1-1` and not `inv-11`.
fn bare(number: &str) -> String {
    let mut bare = String::new();
    let mut before: Option<char> = None;
    for sign in number.chars() {
        if sign.is_alphanumeric() {
            let is_border = before
                .is_some_and(|before| !before.is_alphanumeric() || before.is_numeric() != sign.is_numeric());
            if is_border && !bare.is_empty() {
                bare.push('-');
            }
            bare.extend(sign.to_lowercase());
        }
        before = Some(sign);
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::bare;

    #[test]
    fn spelling_is_left_away_and_digits_are_not_run_together() {
        for spelling in ["PO-4471", "po-4471", "PO 4471", " Po4471", "po_4471", "PO--4471."] {
            assert_eq!(bare(spelling), "po-4471", "{spelling}");
        }
        assert_eq!(bare("INV-1-1"), "inv-1-1");
        assert_eq!(bare("INV-11"), "inv-11");
        assert_eq!(bare("–"), "");
    }
}
