//! Which days of the forecast may be told: all of them, or, where something that dates rest on could not be read, those alone that
//! were reported.

use jiff::civil::Date;

use crate::model::{Baseline, TaskNo};
use crate::plan::State;
use crate::report::ProjectReport;

impl ProjectReport {
    /// The forecast finish; none where something that it rests on could not be read.
    #[must_use]
    pub fn finish(&self) -> Option<Date> {
        self.are_days_known.then(|| self.forecast.finish_day())
    }

    /// The baseline that somebody has approved and that is frozen on a later day, where none is in force yet. Before the board of a gate
    /// what it decides is not approved.
    #[must_use]
    pub fn awaited_baseline(&self) -> Option<&Baseline> {
        let (day, is_decided) = (self.status_date, self.before_board.is_none());
        let is_approved = |approved: Date| approved < day || (approved == day && is_decided);
        let mut known = self.project.baselines.iter().filter(|one| one.approved.is_some_and(is_approved));
        let awaited = known.find(|one| one.in_force_from().is_some_and(|from| from > day));
        awaited.filter(|_| !self.control.reference.is_baseline())
    }

    /// The first day of a task, reported or forecast; none where it is forecast and that could not be read.
    #[must_use]
    pub fn first_day(&self, number: TaskNo) -> Option<Date> {
        let slot = self.forecast.slot(number);
        (self.are_days_known || slot.state != State::NotStarted).then(|| slot.first_day())
    }

    /// The last day of a task, reported or forecast; none where it is forecast and that could not be read.
    #[must_use]
    pub fn last_day(&self, number: TaskNo) -> Option<Date> {
        self.is_last_day_known(number).then(|| self.forecast.slot(number).last_day())
    }

    /// Whether the last day of a task was reported, or can be forecast.
    #[must_use]
    pub fn is_last_day_known(&self, number: TaskNo) -> bool {
        self.are_days_known || self.forecast.slot(number).state == State::Finished
    }
}
