//! What was planned of a burn: on each day by the baseline that was in force on it.

use jiff::civil::Date;

use super::burn::{BurnSource, eve_of};
use super::planned_value::{RunningSum, Yardstick};
use crate::model::TaskNo;

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

/// The line of several tasks together by one baseline, led by the eve of its first day: `agreed` gives how much of each was agreed, in whole
/// parts that `in_unit` turns into the unit of the line. What the baseline does not know is left out.
pub(super) fn added_up(
    yardstick: &Yardstick,
    days: &[Date],
    first: Date,
    agreed: impl Iterator<Item = (TaskNo, i64)>,
    in_unit: impl Fn(i64) -> f64,
) -> Vec<PlannedWork> {
    let mut done = RunningSum::new(days);
    let mut promised = 0;
    for (task, agreed) in agreed {
        if let Some(window) = yardstick.reference.dates_of(task) {
            promised += agreed;
            done.add(window, |day| yardstick.worked_share(task, day).of(agreed));
        }
    }
    let point = |(date, done): (Date, i64)| PlannedWork {
        date,
        left: in_unit(promised - done),
        all: in_unit(promised),
    };
    let eve = (eve_of(first), 0);
    std::iter::once(eve).chain(days.iter().copied().zip(done.totals())).map(point).collect()
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
