//! What was planned of a burn: on each day by the baseline that was in force on it.

use jiff::civil::Date;

use super::burn::BurnSource;
use super::planned_value::Yardstick;

/// What was planned to be left at the end of a day, of how much.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlannedWork {
    /// The day.
    pub date: Date,
    /// What was planned to be left.
    pub left: f64,
    /// What was promised in all by what was in force on the day. Planned to be done = all − left.
    pub all: f64,
}

/// Puts a line together from those of the baselines that were in force one after the other, so that a new one changes nothing of what
/// was planned before it. `line` gives that of one of them on its own working days.
///
/// Eight reports in ten days were promised on 1 March, ten in twenty days on 20 March: by 13 March none of eight was to be left, and by
/// 20 March a quarter of ten.
pub(super) fn as_in_force(
    source: &BurnSource,
    line: impl Fn(&Yardstick, &[Date]) -> Vec<PlannedWork>,
) -> Vec<PlannedWork> {
    let mut planned = Vec::new();
    let mut since = Date::MIN;
    for until in source.in_force.changes() {
        let then = Yardstick { reference: source.in_force.on(since), ..source.yardstick };
        let of_then = line(&then, &then.days());
        planned.extend(of_then.into_iter().filter(|point| since <= point.date && point.date < until));
        since = until;
    }
    let mut newest = line(&source.yardstick, source.days);
    // What ended before it came into force stands as it ends.
    let end = newest.last().filter(|end| end.date < since).map(|end| PlannedWork { date: since, ..*end });
    newest.retain(|point| since <= point.date);
    planned.extend(newest.into_iter().chain(end));
    planned
}
