//! What casts doubt on reports and bookings, as far as the colour of data asks.
//!
//! Comes in: a measured project and what was found in its records. Goes out: the same with the colour of data read from both. Most
//! findings come of what is measured, so that they come after it.

use std::collections::BTreeMap;

use super::{Colour, Control, DimensionKind};
use crate::diagnostic::{Diagnostic, Severity};
use crate::format;

impl Control {
    /// Takes over the colour of data of the same project on the same day, measured otherwise.
    #[must_use]
    pub fn with_data_of(mut self, other: &Self) -> Self {
        let known = other.health.dimensions.iter().find(|dimension| dimension.kind == DimensionKind::Data);
        if let Some(known) = known.cloned() {
            self.health.amend(DimensionKind::Data, |data| *data = known);
        }
        self
    }

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

#[cfg(test)]
mod tests {
    use super::super::golden::{branch_network, measured_on};
    use super::*;

    #[test]
    fn another_yardstick_leaves_the_colour_of_data_as_it_was() {
        let sample = branch_network();
        let control = measured_on(&sample.project, "2026-11-20");
        let colour = |control: &Control| control.health.dimension(DimensionKind::Data).colour;
        let mut doubted = control.clone();
        doubted.health.amend(DimensionKind::Data, |data| data.colour = Colour::Red);
        assert_ne!(colour(&control), Colour::Red);
        assert_eq!(colour(&control.with_data_of(&doubted)), Colour::Red);
    }
}
