//! Working time: a calendar compiled so that time can be counted along it.
//!
//! Everything rests on one function, [`WorkingTime::minutes_before`]: how many working minutes lie before an
//! instant, counted from a fixed origin. Its inverse turns a count back into an instant, in one of two styles:
//! a *start* goes to the next working minute, a *finish* stays at the end of the last worked one. Friday 17:00
//! and Monday 08:00 are the same count. All of it costs the logarithm of the number of exceptional days.

use jiff::civil::Date;

use crate::model::{Calendar, Closure, Project, Shift};
use crate::quantity::{Instant, MINUTES_OF_DAY, Window};

/// Where 1970-01-01, day 0 of [`Instant`], stands in its week: a Thursday, three days after Monday.
const WEEKDAY_OF_DAY_ZERO: i64 = 3;

/// When work is possible, ready for counting.
///
/// A week repeats for ever in both directions; runs of days differ from it. Where the week has no shifts at all
/// (a calendar of single listed days), time after the last listed day runs round the clock, so that every
/// computation ends; [`WorkingTime::runs_dry`] tells such calendars apart.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct WorkingTime {
    week: Week,
    /// The week after the last exception: `week`, or the clock where that is empty.
    tail: Week,
    exceptions: Vec<Exception>,
}

/// A repeating week.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Week {
    shifts: [Vec<Shift>; 7],
    /// Minutes before each weekday; the eighth is the whole week.
    minutes: [i64; 8],
    /// Working days before each weekday; the eighth is the whole week.
    days: [i64; 8],
}

/// A run of days that differs from the week: many days without work, or one day with its own shifts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Exception {
    first: i64,
    end: i64,
    shifts: Vec<Shift>,
    minutes_before: i64,
    days_before: i64,
}

/// How two working times are joined.
#[derive(Clone, Copy)]
enum Join {
    Both,
    Either,
}

impl Calendar {
    /// Compiles the calendar for counting.
    #[must_use]
    pub fn compile(&self) -> WorkingTime {
        let mut closed: Vec<(i64, i64)> = self
            .closures
            .iter()
            .map(|closure| (day_number(closure.window.first()), day_number(closure.window.end())))
            .collect();
        closed.sort_unstable();
        let listed: Vec<(i64, Vec<Shift>)> =
            self.extra_days.iter().map(|(day, shifts)| (day_number(*day), shifts.clone())).collect();

        // Extra days win over closures, so they cut the closed runs.
        let mut exceptions: Vec<Exception> = Vec::new();
        let mut from = i64::MIN;
        for (first, end) in closed {
            let mut rest = first.max(from);
            for (day, _) in &listed {
                if (rest..end).contains(day) {
                    exceptions.push(Exception::closed(rest, *day));
                    rest = day + 1;
                }
            }
            exceptions.push(Exception::closed(rest, end));
            from = from.max(end);
        }
        exceptions.extend(listed.into_iter().map(|(day, shifts)| Exception::day(day, shifts)));
        WorkingTime::new(self.week.clone(), exceptions)
    }

    /// How many working days of the week a closure covers, whatever else is closed or worked on them. 24 December to 1 January is 7
    /// days from Thursday to Friday.
    #[must_use]
    pub fn length_of(&self, closure: &Closure) -> i64 {
        let week = WorkingTime::new(self.week.clone(), Vec::new());
        week.working_days_between(closure.window.first(), closure.window.end())
    }
}

impl Project {
    /// The working time of the project's own calendar.
    #[must_use]
    pub fn working_time(&self) -> WorkingTime {
        self.calendars[self.calendar].compile()
    }
}

impl WorkingTime {
    fn new(week: [Vec<Shift>; 7], mut exceptions: Vec<Exception>) -> Self {
        let week = Week::new(week);
        let tail = if week.minutes[7] == 0 { Week::clock() } else { week.clone() };
        exceptions.retain(|exception| exception.first < exception.end);
        exceptions.sort_unstable_by_key(|exception| exception.first);

        let (mut minutes, mut days, mut at) = (0, 0, None);
        for exception in &mut exceptions {
            let since = at.unwrap_or(0);
            minutes += week.minutes_before(exception.first) - week.minutes_before(since);
            days += week.days_before(exception.first) - week.days_before(since);
            exception.minutes_before = minutes;
            exception.days_before = days;
            minutes += exception.minutes();
            days += i64::from(!exception.shifts.is_empty());
            at = Some(exception.end);
        }
        Self { week, tail, exceptions }
    }

    /// Time by the clock: nights, weekends and holidays count.
    #[must_use]
    pub fn clock() -> Self {
        Self { week: Week::clock(), tail: Week::clock(), exceptions: Vec::new() }
    }

    /// The same time without the days of the given ranges.
    #[must_use]
    pub fn with_absences(&self, absences: &[Window]) -> Self {
        let runs = absences
            .iter()
            .map(|window| Exception::closed(day_number(window.first()), day_number(window.end())))
            .collect::<Vec<_>>();
        // Overlapping runs would count twice, so they are laid over the calendar one by one.
        let mut time = self.clone();
        for run in runs {
            let absence = Self::new(Week::clock().shifts, vec![run]);
            time = time.joined(&absence, Join::Both);
        }
        time
    }

    /// The time that belongs to both: a task's calendar and a person's.
    #[must_use]
    pub fn both(&self, other: &Self) -> Self {
        self.joined(other, Join::Both)
    }

    /// The time that belongs to at least one: somebody of a team is there.
    #[must_use]
    pub fn either(&self, other: &Self) -> Self {
        self.joined(other, Join::Either)
    }

    fn joined(&self, other: &Self, join: Join) -> Self {
        let join_shifts = |left: &[Shift], right: &[Shift]| match join {
            Join::Both => common(left, right),
            Join::Either => merged(left, right),
        };
        let week: [Vec<Shift>; 7] =
            std::array::from_fn(|place| join_shifts(&self.week.shifts[place], &other.week.shifts[place]));
        let mut borders: Vec<i64> = [self, other]
            .iter()
            .flat_map(|time| time.exceptions.iter().flat_map(|exception| [exception.first, exception.end]))
            .collect();
        borders.sort_unstable();
        borders.dedup();

        let mut exceptions = Vec::new();
        for pair in borders.windows(2) {
            let (first, end) = (pair[0], pair[1]);
            let (left, right) = (self.exception_at(first), other.exception_at(first));
            if left.is_none() && right.is_none() {
                continue;
            }
            let is_closed = |run: Option<&Exception>| run.is_some_and(|run| run.shifts.is_empty());
            let closed = match join {
                Join::Both => is_closed(left) || is_closed(right),
                Join::Either => is_closed(left) && is_closed(right),
            };
            if closed {
                exceptions.push(Exception::closed(first, end));
                continue;
            }
            for day in first..end {
                let shifts = join_shifts(self.shifts_of(day), other.shifts_of(day));
                if shifts != week[weekday(day)] {
                    exceptions.push(Exception::day(day, shifts));
                }
            }
        }
        Self::new(week, exceptions)
    }

    /// Says whether working time ends some day, or never begins: the week has no shifts. A fault of the calendar.
    #[must_use]
    pub fn runs_dry(&self) -> bool {
        self.week.minutes[7] == 0
    }

    /// Counts the working minutes before an instant, from a fixed origin; only differences have a meaning.
    #[must_use]
    pub fn minutes_before(&self, at: Instant) -> i64 {
        let day = at.0.div_euclid(MINUTES_OF_DAY);
        let minute = at.minute_of_day();
        let place = self.exceptions.partition_point(|exception| exception.first <= day);
        match place.checked_sub(1).map(|place| &self.exceptions[place]) {
            Some(run) if day < run.end => run.minutes_before + worked(&run.shifts, minute),
            run => {
                let week = self.week_after(place);
                let (counted, since) =
                    run.map_or((0, 0), |run| (run.minutes_before + run.minutes(), run.end));
                counted + week.minutes_before(day) - week.minutes_before(since)
                    + worked(&week.shifts[weekday(day)], minute)
            }
        }
    }

    /// Gives the instant at which a count of working minutes is reached, as a start: the next worked minute.
    #[must_use]
    pub fn start_at(&self, minutes: i64) -> Instant {
        let place = self.exceptions.partition_point(|exception| exception.minutes_before <= minutes);
        let week = self.week_after(place);
        let (rest, since) = match place.checked_sub(1).map(|place| &self.exceptions[place]) {
            Some(run) => {
                let rest = minutes - run.minutes_before;
                if rest < run.minutes() {
                    return Instant(run.first * MINUTES_OF_DAY + minute_of(&run.shifts, rest));
                }
                (rest - run.minutes(), run.end)
            }
            None => (minutes, 0),
        };
        if week.minutes[7] == 0 {
            // Only before the first listed day of a calendar without a week: nothing is earlier than that.
            return Instant(self.exceptions.first().map_or(0, |run| run.first) * MINUTES_OF_DAY);
        }
        week.instant_of(week.minutes_before(since) + rest)
    }

    /// Gives the instant at which a count of working minutes is reached, as a finish: the end of the last worked one.
    #[must_use]
    pub fn finish_at(&self, minutes: i64) -> Instant {
        self.start_at(minutes - 1).plus(1)
    }

    /// Adds working minutes and gives a start: Friday 17:00 plus nothing is Monday 08:00.
    #[must_use]
    pub fn add_to_start(&self, from: Instant, minutes: i64) -> Instant {
        self.start_at(self.minutes_before(from) + minutes)
    }

    /// Adds working minutes and gives a finish: Friday 08:00 plus a day is Friday 17:00.
    #[must_use]
    pub fn add_to_finish(&self, from: Instant, minutes: i64) -> Instant {
        self.finish_at(self.minutes_before(from) + minutes)
    }

    /// Takes working minutes away from a finish and gives the start: Friday 17:00 minus a day is Friday 08:00.
    #[must_use]
    pub fn subtract(&self, finish: Instant, minutes: i64) -> Instant {
        self.start_at(self.minutes_before(finish) - minutes)
    }

    /// Counts working minutes from one instant to another; negative when `to` is the earlier one.
    #[must_use]
    pub fn between(&self, from: Instant, to: Instant) -> i64 {
        self.minutes_before(to) - self.minutes_before(from)
    }

    /// The instant itself where it is worked, else the beginning of the next working period.
    #[must_use]
    pub fn next_working(&self, at: Instant) -> Instant {
        self.start_at(self.minutes_before(at))
    }

    /// The instant itself where the minute before it is worked, else the end of the previous working period.
    #[must_use]
    pub fn previous_working_end(&self, at: Instant) -> Instant {
        self.finish_at(self.minutes_before(at))
    }

    /// Hands over each worked stretch between two instants, in order; one that passes midnight comes in two.
    pub fn stretches(&self, from: Instant, to: Instant, mut each: impl FnMut(Instant, Instant)) {
        let mut at = self.next_working(from);
        while at < to {
            let day = at.0.div_euclid(MINUTES_OF_DAY);
            let midnight = Instant(day * MINUTES_OF_DAY);
            // A calendar that has run dry goes on by the clock.
            let clock = [Shift { start: 0, end: 1_440 }];
            let shifts = match self.shifts_of(day) {
                [] => &clock[..],
                shifts => shifts,
            };
            for shift in shifts {
                let begin = midnight.plus(i64::from(shift.start)).max(at);
                let end = midnight.plus(i64::from(shift.end)).min(to);
                if begin < end {
                    each(begin, end);
                }
            }
            let next = midnight.plus(MINUTES_OF_DAY);
            at = if self.shifts_of(day + 1).is_empty() && next < to { self.next_working(next) } else { next };
        }
    }

    /// Says whether any work is possible on a day.
    #[must_use]
    pub fn is_working_day(&self, day: Date) -> bool {
        !self.shifts(day).is_empty()
    }

    /// The shifts of a day, in order.
    #[must_use]
    pub fn shifts(&self, day: Date) -> &[Shift] {
        self.shifts_of(day_number(day))
    }

    /// Working minutes of a day.
    #[must_use]
    pub fn minutes_of_day(&self, day: Date) -> i64 {
        minutes_of(self.shifts(day))
    }

    /// The first worked minute of a day; midnight where the day is not worked.
    #[must_use]
    pub fn first_minute(&self, day: Date) -> Instant {
        let offset = self.shifts(day).first().map_or(0, |shift| i64::from(shift.start));
        Instant::start_of(day).plus(offset)
    }

    /// The end of the last worked minute of a day; the midnight that ends it where the day is not worked.
    #[must_use]
    pub fn last_minute(&self, day: Date) -> Instant {
        let offset = self.shifts(day).last().map_or(MINUTES_OF_DAY, |shift| i64::from(shift.end));
        Instant::start_of(day).plus(offset)
    }

    /// Counts the working days before a day, from a fixed origin: neighbours on the axis of working days differ by 1.
    #[must_use]
    pub fn day_index(&self, day: Date) -> i64 {
        let day = day_number(day);
        let place = self.exceptions.partition_point(|exception| exception.first <= day);
        match place.checked_sub(1).map(|place| &self.exceptions[place]) {
            // A run of several days is never worked, so its first day counts for all of it.
            Some(run) if day < run.end => run.days_before,
            Some(run) => {
                run.days_before + i64::from(!run.shifts.is_empty()) + self.week.days_before(day)
                    - self.week.days_before(run.end)
            }
            None => self.week.days_before(day) - self.week.days_before(0),
        }
    }

    /// Counts working days from one day (included) to another (excluded); negative when `to` is the earlier one.
    #[must_use]
    pub fn working_days_between(&self, from: Date, to: Date) -> i64 {
        self.day_index(to) - self.day_index(from)
    }

    /// Counts working days after one day, up to and including another; negative the other way round. This is how far a day lies
    /// behind a promised one: both are meant to their end, so a promise for a Saturday that is kept on Monday is a day late.
    #[must_use]
    pub fn working_days_after(&self, from: Date, to: Date) -> i64 {
        let next = |day: Date| day.tomorrow().unwrap_or(day);
        self.working_days_between(next(from), next(to))
    }

    fn shifts_of(&self, day: i64) -> &[Shift] {
        match self.exception_at(day) {
            Some(run) => &run.shifts,
            None => &self.week.shifts[weekday(day)],
        }
    }

    fn exception_at(&self, day: i64) -> Option<&Exception> {
        let place = self.exceptions.partition_point(|exception| exception.first <= day);
        place.checked_sub(1).map(|place| &self.exceptions[place]).filter(|run| day < run.end)
    }

    /// The week that holds after so many exceptions.
    fn week_after(&self, place: usize) -> &Week {
        if place == self.exceptions.len() { &self.tail } else { &self.week }
    }
}

impl Week {
    fn new(shifts: [Vec<Shift>; 7]) -> Self {
        let (mut minutes, mut days) = ([0; 8], [0; 8]);
        for place in 0..7 {
            minutes[place + 1] = minutes[place] + minutes_of(&shifts[place]);
            days[place + 1] = days[place] + i64::from(!shifts[place].is_empty());
        }
        Self { shifts, minutes, days }
    }

    fn clock() -> Self {
        Self::new(std::array::from_fn(|_| vec![Shift { start: 0, end: 1_440 }]))
    }

    fn minutes_before(&self, day: i64) -> i64 {
        (day + WEEKDAY_OF_DAY_ZERO).div_euclid(7) * self.minutes[7] + self.minutes[weekday(day)]
    }

    fn days_before(&self, day: i64) -> i64 {
        (day + WEEKDAY_OF_DAY_ZERO).div_euclid(7) * self.days[7] + self.days[weekday(day)]
    }

    /// The instant at which the worked minute of this number begins; the week must have shifts.
    fn instant_of(&self, minutes: i64) -> Instant {
        let weeks = minutes.div_euclid(self.minutes[7]);
        let rest = minutes.rem_euclid(self.minutes[7]);
        let place = self.minutes[1..].partition_point(|before| *before <= rest);
        let day = weeks * 7 - WEEKDAY_OF_DAY_ZERO + i64::try_from(place).unwrap_or(0);
        Instant(day * MINUTES_OF_DAY + minute_of(&self.shifts[place], rest - self.minutes[place]))
    }
}

impl Exception {
    fn closed(first: i64, end: i64) -> Self {
        Self { first, end, shifts: Vec::new(), minutes_before: 0, days_before: 0 }
    }

    fn day(day: i64, shifts: Vec<Shift>) -> Self {
        Self { first: day, end: day + 1, shifts, minutes_before: 0, days_before: 0 }
    }

    fn minutes(&self) -> i64 {
        minutes_of(&self.shifts)
    }
}

fn day_number(day: Date) -> i64 {
    Instant::start_of(day).0.div_euclid(MINUTES_OF_DAY)
}

fn weekday(day: i64) -> usize {
    usize::try_from((day + WEEKDAY_OF_DAY_ZERO).rem_euclid(7)).unwrap_or(0)
}

fn minutes_of(shifts: &[Shift]) -> i64 {
    shifts.iter().map(|shift| i64::from(shift.end) - i64::from(shift.start)).sum()
}

/// Minutes worked before a minute of the day.
fn worked(shifts: &[Shift], minute: i64) -> i64 {
    shifts
        .iter()
        .map(|shift| minute.clamp(shift.start.into(), shift.end.into()) - i64::from(shift.start))
        .sum()
}

/// The minute of the day at which the worked minute of this number begins.
fn minute_of(shifts: &[Shift], number: i64) -> i64 {
    let mut rest = number;
    for shift in shifts {
        let length = i64::from(shift.end) - i64::from(shift.start);
        if rest < length {
            return i64::from(shift.start) + rest;
        }
        rest -= length;
    }
    MINUTES_OF_DAY
}

/// The minutes that both lists have.
fn common(left: &[Shift], right: &[Shift]) -> Vec<Shift> {
    let mut shifts: Vec<Shift> = left
        .iter()
        .flat_map(|one| {
            right.iter().map(|other| Shift { start: one.start.max(other.start), end: one.end.min(other.end) })
        })
        .filter(|shift| shift.start < shift.end)
        .collect();
    shifts.sort_unstable();
    shifts
}

/// The minutes that at least one list has.
fn merged(left: &[Shift], right: &[Shift]) -> Vec<Shift> {
    let mut all: Vec<Shift> = left.iter().chain(right).copied().collect();
    all.sort_unstable();
    let mut shifts: Vec<Shift> = Vec::new();
    for shift in all {
        match shifts.last_mut() {
            Some(last) if shift.start <= last.end => last.end = last.end.max(shift.end),
            _ => shifts.push(shift),
        }
    }
    shifts
}
