//! How long a day of work is on a calendar, as the prices of a plan tell.

use crate::exchange::plan::{Plan, ResourceKind, Uid};

impl Plan {
    /// The minutes that a day of a calendar has by the prices of the work on it: that work is paid by another table of people and roles who
    /// are paid by the day, so that a longer day costs as much as a usual one. None where no such table tells.
    ///
    /// 90 an hour for days of eight hours, and 60 for the work of a weekend: its days have twelve.
    #[must_use]
    pub fn day_by_price(&self, calendar: Uid) -> Option<i64> {
        let on_it =
            |task: Uid| self.tasks.iter().any(|one| one.uid == task && one.calendar == Some(calendar));
        let resource = |uid: Uid| self.resources.iter().find(|one| one.uid == uid);
        let mut day = None;
        for assignment in self.assignments.iter().filter(|one| on_it(one.task)) {
            let Some(resource) = resource(assignment.resource).filter(|one| one.kind == ResourceKind::Work)
            else {
                continue;
            };
            let price = resource.rate_by(assignment.rate_table);
            if price <= 0 || resource.rate <= 0 {
                continue;
            }
            if assignment.rate_table == 0 || !resource.is_rate_daily {
                return None;
            }
            let minutes = (i128::from(self.minutes_per_day) * i128::from(resource.rate)
                + i128::from(price) / 2)
                / i128::from(price);
            let minutes = i64::try_from(minutes).ok().filter(|minutes| (1..=1_440).contains(minutes))?;
            if day.is_some_and(|known| known != minutes) {
                return None;
            }
            day = Some(minutes);
        }
        day
    }
}
