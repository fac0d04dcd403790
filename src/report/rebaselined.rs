//! What a baseline that took the place of another changes, apart from what was done: both yardsticks on the same day.

use jiff::civil::Date;

use super::ProjectReport;
use crate::control::{Change, ChangedColour, Control, Position, measure};
use crate::quantity::{Amount, Id};

/// A baseline that took the place of another, or of the plan as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rebaselined {
    /// What was measured against before; none for the plan as typed.
    pub from: Option<Id>,
    /// What is measured against now.
    pub to: Id,
    /// When it was approved; none where the file does not say.
    pub approved: Option<Date>,
    /// The gate or change that allows it, as written.
    pub authorised_by: Option<Id>,
    /// What it changes; none where the old baseline is there no longer.
    pub effect: Option<RebaselinedEffect>,
}

/// The same project on the same day, by the old yardstick and by the new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RebaselinedEffect {
    /// Budget at completion.
    pub budget: Change<Amount>,
    /// Planned value.
    pub planned: Change<Amount>,
    /// Earned value.
    pub earned: Change<Amount>,
    /// The finish that is promised.
    pub promised: Change<Date>,
    /// Colours that differ by the yardstick alone.
    pub colours: Vec<ChangedColour>,
}

impl ProjectReport {
    /// What became different because the project is no longer measured against `from`, none for the plan as typed; none where it
    /// still is, or where no baseline is in force.
    #[must_use]
    pub fn rebaselined_since(&self, from: Option<&Id>) -> Option<Rebaselined> {
        let now = self.project.baseline_as_of(self.status_date)?;
        if from == Some(&now.id) {
            return None;
        }
        let effect = self.measured_against(from).map(|before| RebaselinedEffect {
            budget: self.by_yardstick(&before, |control| control.total.budget),
            planned: self.by_yardstick(&before, |control| control.total.planned),
            earned: self.by_yardstick(&before, |control| control.total.earned),
            promised: self.by_yardstick(&before, |control| control.reference.finish),
            colours: ChangedColour::between(&before.health, &self.control.health),
        });
        Some(Rebaselined {
            from: from.cloned(),
            to: now.id.clone(),
            approved: now.approved,
            authorised_by: now.authorised_by.clone(),
            effect,
        })
    }

    fn by_yardstick<T>(&self, before: &Control, of: impl Fn(&Control) -> T) -> Change<T> {
        Change { before: of(before), after: of(&self.control) }
    }

    /// The project measured against an older baseline, or the plan as typed; none where there is no such baseline.
    fn measured_against(&self, id: Option<&Id>) -> Option<Control> {
        let mut project = self.project.clone();
        let n_kept = match id {
            Some(id) => project.baselines.iter().position(|baseline| baseline.id == *id)? + 1,
            None => 0,
        };
        project.baselines.truncate(n_kept);
        let control = measure(&Position {
            project: &project,
            engine: &self.engine(),
            planned: &self.planned,
            forecast: &self.forecast,
            facts: &self.facts,
            levers: &self.levers,
            status_date: self.status_date,
        });
        let control = control.judged_by_chance(self.risk.as_deref(), &project.thresholds);
        // What was reported and booked is as sound by the one yardstick as by the other.
        Some(control.with_data_of(&self.control))
    }
}
