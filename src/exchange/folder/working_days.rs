//! The days on which a foreign calendar works.
//!
//! Comes in: the plan and one of its calendars. Goes out: whether a day is worked. Not here: hours of the day.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::exchange::folder::recurrence::ranges;
use crate::exchange::plan::{Calendar, Plan, Uid};

/// A calendar with those that it is based on.
pub(super) struct WorkingDays<'a> {
    /// Itself first.
    chain: Vec<&'a Calendar>,
    /// Days that differ from the week, those of itself first: first and last day, and whether they are worked.
    exceptions: Vec<(Date, Date, bool)>,
}

impl<'a> WorkingDays<'a> {
    /// Of a calendar up to a day; the usual week where there is no such calendar.
    pub(super) fn of(plan: &'a Plan, calendar: Option<Uid>, until: Date) -> Self {
        let by_uid: BTreeMap<Uid, &Calendar> = plan.calendars.iter().map(|one| (one.uid, one)).collect();
        let base = |calendar: &&'a Calendar| calendar.base.and_then(|base| by_uid.get(&base).copied());
        let first = calendar.and_then(|uid| by_uid.get(&uid).copied());
        let chain: Vec<&Calendar> = std::iter::successors(first, base).take(plan.calendars.len()).collect();
        let exceptions = chain.iter().flat_map(|calendar| &calendar.exceptions).flat_map(|exception| {
            let is_worked = !exception.shifts.is_empty();
            ranges(exception, until).0.into_iter().map(move |(from, to)| (from, to, is_worked))
        });
        Self { exceptions: exceptions.collect(), chain }
    }

    /// Says whether a day is worked.
    pub(super) fn holds(&self, day: Date) -> bool {
        if let Some((.., is_worked)) =
            self.exceptions.iter().find(|(from, to, _)| (*from..=*to).contains(&day))
        {
            return *is_worked;
        }
        let weekday = usize::from(day.weekday().to_monday_zero_offset().unsigned_abs());
        let weeks = self.chain.iter().flat_map(|calendar| &calendar.work_weeks);
        let of_that_time = weeks.filter(|week| (week.from..=week.to).contains(&day)).map(|week| &week.week);
        let usual = self.chain.iter().map(|calendar| &calendar.week);
        let shifts = of_that_time.chain(usual).find_map(|week| week[weekday].as_ref());
        shifts.map_or(weekday < 5, |shifts| !shifts.is_empty())
    }
}
