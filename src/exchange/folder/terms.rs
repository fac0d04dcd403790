//! What the parts of the new folder agree on: ids, currency, and how lengths, moments and money are written.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};

use crate::exchange::plan::{Lag, Length, Plan, Task, Uid, Unit};
use crate::quantity::Currency;

/// Which end of work a date speaks of; decides when its time of day may be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// A start: a day without a time means its first working minute.
    Start,
    /// A finish: a day without a time means its last working minute.
    Finish,
    /// Neither: the time of day is always written.
    Either,
}

/// What all files of the folder agree on.
pub(super) struct Terms<'a> {
    /// The foreign plan.
    pub(super) plan: &'a Plan,
    /// The currency of every sum.
    pub(super) currency: Currency,
    /// Ids of the tasks that are carried over.
    pub(super) tasks: BTreeMap<Uid, String>,
    /// Ids of people and roles.
    pub(super) resources: BTreeMap<Uid, String>,
    /// Ids of the calendars that are carried over, those that merely repeat another under its id.
    pub(super) calendars: BTreeMap<Uid, String>,
    /// The first and the last minute of a day at which any calendar works.
    pub(super) day: (u32, u32),
    /// The minutes of a day of tasks on a calendar whose days are not those of the plan.
    pub(super) days: BTreeMap<Uid, i64>,
}

impl Terms<'_> {
    /// Whether all days that are not those of the plan are told by prices, so that a day of work costs the same on all calendars.
    pub(super) fn are_days_priced(&self) -> bool {
        self.days.iter().all(|(task, minutes)| {
            let calendar = self.plan.tasks.iter().find(|one| one.uid == *task).and_then(|one| one.calendar);
            calendar.and_then(|calendar| self.plan.day_by_price(calendar)) == Some(*minutes)
        })
    }

    /// The id of a task; empty for one that is not carried over.
    pub(super) fn task(&self, uid: Uid) -> &str {
        self.tasks.get(&uid).map_or("", String::as_str)
    }

    /// A moment as a day, with its time of day only where that says more than the day alone.
    pub(super) fn moment(&self, at: DateTime, end: End) -> String {
        let minute = minute_of(at);
        let (first, last) = self.day;
        match end {
            End::Start if minute <= first => at.date().to_string(),
            End::Finish if minute >= last => at.date().to_string(),
            // The midnight at which a finish lies ends the day before.
            End::Finish if minute == 0 => last_day(at).to_string(),
            _ => format!("{} {:02}:{:02}", at.date(), minute / 60, minute % 60),
        }
    }

    /// A moment at which a task starts or finishes. Of a task that runs by the clock the time of day always counts.
    pub(super) fn moment_of(&self, task: &Task, at: DateTime, end: End) -> String {
        let is_elapsed = task.length.is_some_and(|length| length.is_elapsed);
        self.moment(at, if is_elapsed { End::Either } else { end })
    }

    /// The start of the project, with its time of day where work may run by the clock.
    pub(super) fn project_start(&self) -> String {
        let runs_by_clock =
            self.plan.tasks.iter().any(|task| task.length.is_some_and(|length| length.is_elapsed));
        self.moment(self.plan.start, if runs_by_clock { End::Either } else { End::Start })
    }

    /// The minutes of a day of a task.
    fn day_of(&self, task: Uid) -> i64 {
        self.days.get(&task).copied().unwrap_or(self.plan.minutes_per_day)
    }

    /// A length of time of a task: days where it comes out even, else hours or minutes.
    pub(super) fn length(&self, task: Uid, length: Length) -> String {
        let (per_day, mark) = if length.is_elapsed { (1_440, "e") } else { (self.day_of(task), "") };
        in_units(length.minutes, length.unit, per_day, mark)
    }

    /// Minutes of working time on a task.
    pub(super) fn working(&self, task: Uid, minutes: i64, unit: Unit) -> String {
        in_units(minutes, unit, self.day_of(task), "")
    }

    /// A length of time of a task, unless it is longer than any may be.
    pub(super) fn some_length(&self, task: Uid, length: Length) -> Option<String> {
        (length.minutes.abs() <= LONGEST).then(|| self.length(task, length))
    }

    /// A lag before a task with its sign; none when it is no time. What waits below a summary may count in other days than the plan
    /// does: where there are such, a lag before a summary is written in hours.
    pub(super) fn lag(&self, (task, is_summary): (Uid, bool), lag: Lag) -> Option<String> {
        let in_hours = is_summary && !self.days.is_empty();
        let signed = |minutes: i64, text: String| {
            (minutes != 0).then(|| if minutes > 0 { format!("+{text}") } else { text })
        };
        match lag {
            Lag::Working(minutes, unit) => {
                signed(minutes, self.working(task, minutes, if in_hours { Unit::Hour } else { unit }))
            }
            Lag::Elapsed(minutes, unit) => signed(minutes, in_units(minutes, unit, 1_440, "e")),
            Lag::Share { percent, is_elapsed } => {
                signed(percent, format!("{percent}{}%", if is_elapsed { "e" } else { "" }))
            }
        }
    }

    /// Hundredths of the currency's unit as a sum; none where it is more than any sum may be.
    pub(super) fn money(&self, hundredths: i64) -> Option<String> {
        (hundredths.abs() < MOST_MONEY).then(|| self.sum(i128::from(hundredths) * 100))
    }

    /// Ten-thousandths of the currency's unit as a sum.
    pub(super) fn sum(&self, ten_thousandths: i128) -> String {
        let digits = self.currency.digits().min(4);
        let step = 10_i128.pow(4 - digits);
        let minor = (ten_thousandths.abs() + step / 2) / step;
        let unit = 10_i128.pow(digits);
        let sign = if ten_thousandths < 0 { "-" } else { "" };
        let part = match minor % unit {
            0 => String::new(),
            part => format!(".{part:0width$}", width = digits as usize),
        };
        format!("{sign}{}{part} {}", in_groups(minor / unit), self.currency.code())
    }
}

/// The longest time that our files take, in minutes: 5 200 working days of eight hours, about twenty years.
pub(super) const LONGEST: i64 = 5_200 * 480;

/// Hundredths above which a sum is refused: a hundred thousand million.
const MOST_MONEY: i64 = 10_000_000_000_000;

/// Digits in groups of three.
fn in_groups(number: i128) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('_');
        }
        text.push(digit);
    }
    text
}

/// Minutes since midnight.
pub(super) fn minute_of(at: DateTime) -> u32 {
    u32::from(at.hour().unsigned_abs()) * 60 + u32::from(at.minute().unsigned_abs())
}

/// The last day of something that finishes at a moment; midnight belongs to the day it ends.
pub(super) fn last_day(at: DateTime) -> Date {
    let date = at.date();
    if minute_of(at) == 0 { date.yesterday().unwrap_or(date) } else { date }
}

/// Writes minutes in the largest unit in which they come out with at most two digits behind the point.
fn in_units(minutes: i64, unit: Unit, per_day: i64, mark: &str) -> String {
    let units = [(Unit::Day, per_day, "d"), (Unit::Hour, 60, "h"), (Unit::Minute, 1, "m")];
    let first = units.iter().position(|(own, ..)| *own == unit).unwrap_or(0);
    for (_, length, letter) in &units[first..] {
        if minutes * 100 % length == 0 {
            let hundredths = (minutes * 100 / length).abs();
            let sign = if minutes < 0 { "-" } else { "" };
            let part = match hundredths % 100 {
                0 => String::new(),
                part => format!(".{part:02}").trim_end_matches('0').to_owned(),
            };
            return format!("{sign}{}{part}{mark}{letter}", hundredths / 100);
        }
    }
    format!("{minutes}{mark}m")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_written_in_the_largest_even_unit() {
        assert_eq!(in_units(2_400, Unit::Day, 480, ""), "5d");
        assert_eq!(in_units(720, Unit::Day, 480, ""), "1.5d");
        assert_eq!(in_units(60, Unit::Hour, 480, ""), "1h");
        assert_eq!(in_units(100, Unit::Day, 480, ""), "100m");
        assert_eq!(in_units(20, Unit::Day, 480, ""), "20m");
        assert_eq!(in_units(-960, Unit::Day, 480, ""), "-2d");
        assert_eq!(in_units(2_880, Unit::Day, 1_440, "e"), "2ed");
        assert_eq!(in_units(0, Unit::Day, 480, ""), "0d");
    }
}
