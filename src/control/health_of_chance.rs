//! How sure the promised finish is, as far as the colour of time asks.
//!
//! Comes in: a measured project and the runs of its schedule. Goes out: the same with the colour of time read from both. Runs
//! need what is measured, so that they come after it.

use super::{Colour, Control, DimensionKind, ReferenceSource};
use crate::format;
use crate::model::{Limit, Thresholds};
use crate::plan::risk::ScheduleRisk;
use crate::quantity::{Fraction, Instant};

impl Control {
    /// The end of the last day of the finish that it is measured by.
    #[must_use]
    pub fn promised_finish(&self) -> Instant {
        Instant::end_of(self.reference.finish)
    }

    /// The share of runs that keep the finish of the approved baseline, 0 to 1; none where no baseline promises one, where the
    /// project is stopped or closed, and without runs.
    #[must_use]
    pub fn chance_of_promise(&self, risk: Option<&ScheduleRisk>) -> Option<Fraction> {
        self.is_promise_open()
            .then(|| risk.map(|risk| risk.finish.chance_of(self.promised_finish())))
            .flatten()
    }

    /// Whether runs of the schedule could give time another colour: it is not amber or red already, and a promise is open.
    #[must_use]
    pub fn asks_for_chance(&self) -> bool {
        self.is_promise_open() && self.health.dimension(DimensionKind::Time).colour == Colour::Green
    }

    fn is_promise_open(&self) -> bool {
        let is_promised = matches!(self.reference.source, ReferenceSource::Baseline { .. });
        is_promised && !self.is_stopped && !self.is_closed
    }

    /// Reads the colour of time from the runs, too: a promise that fewer of them keep than
    /// [`Limit::ChanceGreen`] says is amber, wherever the most likely finish lies. Colours are left as they are where
    /// there is no chance to be told.
    ///
    /// A finish that is forecast for the promised day and kept in 4 of 10 runs is amber under the usual limit of 50 %.
    #[must_use]
    pub fn judged_by_chance(mut self, risk: Option<&ScheduleRisk>, thresholds: &Thresholds) -> Self {
        let (Some(chance), Some(risk)) = (self.chance_of_promise(risk), risk) else { return self };
        if self.health.is_unread(DimensionKind::Time) {
            return self;
        }
        let least = thresholds.get(Limit::ChanceGreen);
        self.health.amend(DimensionKind::Time, |time| {
            if chance.as_f64() < least && time.colour != Colour::Unrated {
                time.colour = time.colour.worst(Colour::Amber);
            }
            time.reason = format!("{}; {}", time.reason, chance_words(Some(chance), risk));
        });
        self
    }
}

/// P50, P80 and, where one is told, the chance of the promised finish:
/// `P50 18 Dec 2026, P80 8 Jan 2027, the promised day kept in 40 % of the runs`.
#[must_use]
pub fn chance_words(chance: Option<Fraction>, risk: &ScheduleRisk) -> String {
    let day = |percent| risk.finish.day(percent).map(format::date);
    let days = match (day(50), day(80)) {
        (Some(half), Some(most)) if half == most => Some(format!("P50 and P80 {half}")),
        (Some(half), Some(most)) => Some(format!("P50 {half}, P80 {most}")),
        _ => None,
    };
    let kept = chance.map(|chance| format!("the promised day kept in {}", format::of_the_runs(chance)));
    days.into_iter().chain(kept).collect::<Vec<_>>().join(", ")
}
