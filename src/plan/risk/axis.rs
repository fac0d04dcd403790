//! Working time as tables: counts of minutes looked up instead of computed.
//!
//! Comes in: a working time and the days that runs will fall on. Goes out: the same answers as
//! [`WorkingTime::minutes_before`], `start_at` and `finish_at`, in a few loads each; days outside the table are asked of
//! the working time itself, so that the answer is right in any case.

use crate::model::WorkingTime;
use crate::quantity::{Instant, MINUTES_OF_DAY};

/// Minutes of a day, as a place in a list.
const DAY: usize = 1_440;

/// Working minutes from one entry of the inverse table to the next.
const STRIDE: i64 = 240;

/// A working time ready for looking up.
#[derive(Clone, Debug, Hash)]
pub(super) struct Axis {
    time: WorkingTime,
    /// Time by the clock: a count is the instant itself.
    is_clock: bool,
    first_day: i64,
    /// Working minutes before each day of the table, and before the day after the last.
    before: Vec<i64>,
    /// The pattern of each day.
    pattern: Vec<u32>,
    patterns: Vec<Pattern>,
    /// For every [`STRIDE`] minutes, the day that holds that minute.
    days: Vec<u32>,
}

/// A day's shifts, minute by minute.
#[derive(Clone, Debug, Hash)]
struct Pattern {
    /// Minutes worked before each minute of the day.
    worked: Vec<u16>,
    /// The minute of the day at which each worked minute begins.
    minute: Vec<u16>,
}

impl Axis {
    /// Lays out a working time from the day of one instant to the day of another.
    pub(super) fn new(time: &WorkingTime, from: i64, to: i64) -> Self {
        let mut axis = Self {
            time: time.clone(),
            is_clock: *time == WorkingTime::clock(),
            first_day: from.div_euclid(MINUTES_OF_DAY),
            before: Vec::new(),
            pattern: Vec::new(),
            patterns: Vec::new(),
            days: Vec::new(),
        };
        if !axis.is_clock && !time.runs_dry() {
            axis.lay_out(to.div_euclid(MINUTES_OF_DAY).max(axis.first_day));
        }
        axis
    }

    fn lay_out(&mut self, last_day: i64) {
        let mut known: Vec<&[crate::model::Shift]> = Vec::new();
        let time = self.time.clone();
        for day in self.first_day..=last_day {
            let midnight = Instant(day * MINUTES_OF_DAY);
            self.before.push(time.minutes_before(midnight));
            let shifts = time.shifts(midnight.day());
            let place = known.iter().position(|other| *other == shifts).unwrap_or_else(|| {
                known.push(shifts);
                self.patterns.push(Pattern::of(&time, midnight));
                known.len() - 1
            });
            self.pattern.push(u32::try_from(place).unwrap_or(u32::MAX));
        }
        self.before.push(time.minutes_before(Instant((last_day + 1) * MINUTES_OF_DAY)));
        let (first, end) = (self.before[0], self.before[self.before.len() - 1]);
        let mut day = 0;
        let mut count = first;
        while count < end {
            while self.before[day + 1] <= count {
                day += 1;
            }
            self.days.push(u32::try_from(day).unwrap_or(u32::MAX));
            count += STRIDE;
        }
    }

    /// Working minutes before an instant.
    pub(super) fn count(&self, at: i64) -> i64 {
        if self.is_clock {
            return at;
        }
        let since = at - self.first_day * MINUTES_OF_DAY;
        if let Ok(since) = usize::try_from(since)
            && let Some(pattern) = self.pattern.get(since / DAY)
        {
            let worked = self.patterns[*pattern as usize].worked[since % DAY];
            return self.before[since / DAY] + i64::from(worked);
        }
        self.time.minutes_before(Instant(at))
    }

    /// The instant at which the worked minute of this number begins.
    pub(super) fn start(&self, count: i64) -> i64 {
        if self.is_clock {
            return count;
        }
        if let Some(first) = self.before.first()
            && let Ok(place) = usize::try_from((count - first).div_euclid(STRIDE))
            && let Some(day) = self.days.get(place)
        {
            let mut day = *day as usize;
            while day + 1 < self.before.len() && self.before[day + 1] <= count {
                day += 1;
            }
            if let Some(pattern) = self.pattern.get(day)
                && let Ok(within) = usize::try_from(count - self.before[day])
            {
                let minute = self.patterns[*pattern as usize].minute[within];
                let days = self.first_day + i64::try_from(day).unwrap_or(0);
                return days * MINUTES_OF_DAY + i64::from(minute);
            }
        }
        self.time.start_at(count).0
    }

    /// The end of the worked minute before the one of this number.
    pub(super) fn finish(&self, count: i64) -> i64 {
        self.start(count - 1) + 1
    }
}

impl Pattern {
    fn of(time: &WorkingTime, midnight: Instant) -> Self {
        let before = time.minutes_before(midnight);
        let mut worked = Vec::with_capacity(DAY);
        let mut minute = Vec::new();
        for offset in 0..MINUTES_OF_DAY {
            let count = time.minutes_before(midnight.plus(offset)) - before;
            worked.push(u16::try_from(count).unwrap_or(u16::MAX));
            if time.minutes_before(midnight.plus(offset + 1)) - before > count {
                minute.push(u16::try_from(offset).unwrap_or(u16::MAX));
            }
        }
        Self { worked, minute }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Shift;
    use crate::plan::sketch::Sketch;

    #[test]
    fn tables_and_working_time_give_the_same_answers_inside_and_outside() {
        let mut sketch = Sketch::starting("2026-11-02", &["2026-11-05", "2026-12-24 .. 2027-01-03"]);
        let calendar = &mut sketch.project.calendars[0];
        calendar.week[5] = vec![Shift { start: 361, end: 847 }];
        calendar.week[2] = vec![Shift { start: 0, end: 90 }, Shift { start: 1_320, end: 1_440 }];
        for time in [calendar.compile(), WorkingTime::clock()] {
            let first = Instant::start_of("2026-11-01".parse().unwrap());
            let axis = Axis::new(&time, first.0, first.plus(90 * MINUTES_OF_DAY).0);
            for offset in (-20_000..160_000).step_by(37) {
                let at = first.plus(offset);
                let count = time.minutes_before(at);
                assert_eq!(axis.count(at.0), count, "{at}");
                assert_eq!(axis.start(count), time.start_at(count).0, "{at}");
                assert_eq!(axis.finish(count), time.finish_at(count).0, "{at}");
            }
        }
    }
}
