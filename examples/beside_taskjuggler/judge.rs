//! An independent check of a plan: it shares no code with what made it, and counts by days and minutes of its own.
//!
//! Comes in: a network and where each task lies. Goes out: how many promises are broken.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use milepost::quantity::Instant;

use crate::network::Synthetic;

/// The first day of all projects, a Monday.
pub const FIRST_DAY: Date = jiff::civil::date(2026, 1, 5);

/// Working hours of Monday to Friday, in minutes from midnight.
pub const HOURS: [(i64, i64); 2] = [(480, 720), (780, 1020)];

/// What a plan breaks; all zero for a sound one.
#[derive(Default)]
pub struct Verdict {
    /// Links whose successor begins before the predecessor is over.
    pub links: usize,
    /// Tasks that begin or end outside working hours, or whose hours are not as many as their work.
    pub calendar: usize,
    /// Pairs of neighbouring tasks of one person that overlap.
    pub overbooked: usize,
}

impl std::fmt::Display for Verdict {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.links + self.calendar + self.overbooked == 0 {
            return write!(out, "nothing broken");
        }
        write!(out, "BROKEN: {} links, {} hours, {} overbooked", self.links, self.calendar, self.overbooked)
    }
}

/// Looks at every link, every task's hours, and every person.
pub fn judge(network: &Synthetic, places: &[(Instant, Instant)]) -> Verdict {
    let mut verdict = Verdict::default();
    let mut of_person: Vec<Vec<(Instant, Instant)>> = vec![Vec::new(); network.n_people];
    for (task, &(start, finish)) in network.tasks.iter().zip(places) {
        verdict.links += task.after.iter().filter(|&&other| places[other].1 > start).count();
        let first = start.minute_of_day();
        let last = finish.minute_of_day();
        let is_in_hours = HOURS.iter().any(|&(open, close)| open <= first && first < close)
            && HOURS.iter().any(|&(open, close)| open < last && last <= close);
        verdict.calendar +=
            usize::from(!is_in_hours || minutes_of_work(start, finish) != i64::from(task.days) * 480);
        of_person[task.person].push((start, finish));
    }
    for own in &mut of_person {
        own.sort_unstable();
        verdict.overbooked += own.windows(2).filter(|pair| pair[0].1 > pair[1].0).count();
    }
    verdict
}

/// Monday to Friday from the first day to the last day of something that ends here, both counted.
pub fn working_days(last: Date) -> u32 {
    let mut days = 0;
    let mut day = FIRST_DAY;
    while day <= last {
        days += u32::from(is_worked(day));
        day = day.checked_add(1.day()).unwrap();
    }
    days
}

fn minutes_of_work(start: Instant, finish: Instant) -> i64 {
    let mut minutes = 0;
    let mut midnight = Instant::start_of(start.day());
    while midnight < finish {
        if is_worked(midnight.day()) {
            for (open, close) in HOURS {
                let from = start.0.max(midnight.0 + open);
                let to = finish.0.min(midnight.0 + close);
                minutes += (to - from).max(0);
            }
        }
        midnight = Instant(midnight.0 + 1440);
    }
    minutes
}

fn is_worked(day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}
