//! What casts doubt on reports and bookings, as far as the colour of data asks.
//!
//! Comes in: a measured project and what was found in its records. Goes out: the same with the colour of data read from both. Most
//! findings come of what is measured, so that they come after it.

use std::collections::BTreeMap;

use super::{Colour, Control, DimensionKind};
use crate::diagnostic::{Diagnostic, Severity};
use crate::format;

impl Control {
    /// Reads the colour of data from what was found in reports and bookings, too: with an open warning it is amber, with an open error
    /// red, however new the newest report is. Data that cannot be rated stay so.
    #[must_use]
    pub fn judged_by_doubts<'a>(mut self, doubts: impl IntoIterator<Item = &'a Diagnostic>) -> Self {
        let mut by_rule: BTreeMap<&str, (Severity, usize)> = BTreeMap::new();
        for doubt in doubts {
            by_rule.entry(doubt.rule.code).or_insert((doubt.severity, 0)).1 += 1;
        }
        let Some(worst) = by_rule.values().map(|(severity, _)| *severity).max() else { return self };
        let n_found: usize = by_rule.values().map(|(_, number)| number).sum();
        let codes: Vec<String> = by_rule.into_keys().map(str::to_owned).collect();
        self.health.amend(DimensionKind::Data, |data| {
            if data.colour == Colour::Unrated {
                return;
            }
            let colour = if worst == Severity::Error { Colour::Red } else { Colour::Amber };
            data.colour = data.colour.worst(colour);
            data.reason = format!(
                "{}; {} on what was reported or booked ({})",
                data.reason,
                format::count(n_found, "open doubt"),
                format::listed(&codes)
            );
        });
        self
    }
}
