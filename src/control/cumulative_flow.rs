//! Cumulative flow: how many items of work have ever reached each state, and whether they flow.
//!
//! Counts what has happened and forecasts nothing. The lines count first arrivals, so they never fall.

use jiff::civil::Date;

use super::history::PERIODS_LOOKED_AT;
use crate::model::{FlowItem, Project};
use crate::quantity::days_between;

/// Items of work by state over time.
#[derive(Clone, Debug, PartialEq)]
pub struct CumulativeFlow {
    /// One point for each day on which an item moved, and for the status date, in order; at least one.
    pub points: Vec<FlowPoint>,
    /// Whether any item was reviewed on a day of its own; otherwise review is no state here.
    pub has_review: bool,
    /// How they flowed of late, or how many were done where that is too few to say.
    pub pace: Result<FlowPace, TooFewDone>,
    /// The item longest in work and not done, with the calendar days since its start, both included.
    pub oldest: Option<(String, i64)>,
}

/// How many items had reached each state by the end of a day; each count holds the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FlowPoint {
    /// The day.
    pub date: Date,
    /// Asked for.
    pub arrived: i64,
    /// In work or beyond.
    pub started: i64,
    /// In review or beyond.
    pub review: i64,
    /// Done.
    pub done: i64,
}

impl FlowPoint {
    /// Work in progress: started and not done, in review too.
    #[must_use]
    pub fn in_progress(&self) -> i64 {
        self.started - self.done
    }
}

/// How items flowed through work over the last days.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FlowPace {
    /// How many calendar days were looked at, the status date included.
    pub n_days: i64,
    /// How many items were done in them.
    pub n_done: i64,
    /// Throughput: items done a week.
    pub done_per_week: f64,
    /// Items in work on a day, on average; one counts on its first and on its last day.
    pub mean_in_progress: f64,
    /// Calendar days from start to done, both included, on average over the items done.
    pub mean_cycle_days: f64,
    /// 85 of 100 items done took no longer than this many calendar days.
    pub cycle_days_85: i64,
    /// What Little's law makes of the first two: items in work ÷ items done a day.
    pub cycle_days_by_law: f64,
}

impl FlowPace {
    /// Says whether Little's law holds within a quarter: as many items come in as go out, so that the averages speak of the
    /// same items.
    #[must_use]
    pub fn is_steady(&self) -> bool {
        (self.cycle_days_by_law / self.mean_cycle_days - 1.0).abs() <= 0.25
    }
}

/// Too few items were done in the days looked at to say anything about how they flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooFewDone {
    /// So many.
    pub n_done: i64,
    /// In so many calendar days.
    pub n_days: i64,
}

/// Fewer items than this say nothing about the next ones.
const FEWEST_DONE: i64 = 5;

/// Counts the items of a project as of a day; none where none had arrived.
pub(super) fn cumulative_flow(project: &Project, status_date: Date) -> Option<CumulativeFlow> {
    let items: Vec<&FlowItem> = project.flow.iter().filter(|item| item.arrived <= status_date).collect();
    let first = items.first()?.arrived;
    let moved = items.iter().flat_map(|item| [Some(item.arrived), item.started, item.review, item.done]);
    let mut days: Vec<Date> = moved.flatten().filter(|day| *day < status_date).collect();
    days.push(status_date);
    days.sort_unstable();
    days.dedup();
    let back = i64::try_from(PERIODS_LOOKED_AT).unwrap_or(0);
    let eve = project.reporting.after(status_date, -back);
    let from = eve.and_then(|eve| eve.tomorrow().ok()).unwrap_or(first).max(first);
    let in_work = items.iter().filter(|item| item.done.is_none_or(|done| done > status_date));
    let oldest = in_work
        .filter_map(|item| item.started.map(|started| (days_of(started, status_date), item)))
        .filter(|(age, _)| *age > 0)
        .max_by_key(|(age, item)| (*age, std::cmp::Reverse(&item.item)));
    Some(CumulativeFlow {
        points: points_on(&items, &days),
        has_review: items.iter().any(|item| item.was_reviewed),
        pace: pace(&items, from, status_date),
        oldest: oldest.map(|(age, item)| (item.item.clone(), age)),
    })
}

/// The counts at the end of each day. Days of arrivals are sorted once, so that long tables stay quick.
fn points_on(items: &[&FlowItem], days: &[Date]) -> Vec<FlowPoint> {
    let sorted = |when: fn(&FlowItem) -> Option<Date>| {
        let mut reached: Vec<Date> = items.iter().filter_map(|item| when(item)).collect();
        reached.sort_unstable();
        reached
    };
    let [arrived, started, review, done] = [
        sorted(|item| Some(item.arrived)),
        sorted(|item| item.started),
        sorted(|item| item.review),
        sorted(|item| item.done),
    ];
    let count = |reached: &[Date], day: Date| {
        i64::try_from(reached.partition_point(|at| *at <= day)).unwrap_or(i64::MAX)
    };
    days.iter()
        .map(|day| FlowPoint {
            date: *day,
            arrived: count(&arrived, *day),
            started: count(&started, *day),
            review: count(&review, *day),
            done: count(&done, *day),
        })
        .collect()
}

/// Calendar days from one day to another, both included; below one where the second is earlier.
fn days_of(from: Date, to: Date) -> i64 {
    days_between(from, to) + 1
}

/// Throughput, work in progress and cycle time between two days, both included.
fn pace(items: &[&FlowItem], from: Date, to: Date) -> Result<FlowPace, TooFewDone> {
    let n_days = days_of(from, to).max(1);
    let mut cycles: Vec<i64> = items
        .iter()
        .filter_map(|item| item.started.zip(item.done))
        .filter(|(_, done)| from <= *done && *done <= to)
        .map(|(started, done)| days_of(started, done))
        .collect();
    cycles.sort_unstable();
    let n_done = i64::try_from(cycles.len()).unwrap_or(0);
    if n_done < FEWEST_DONE {
        return Err(TooFewDone { n_done, n_days });
    }
    let days_in_work: i64 = items
        .iter()
        .filter_map(|item| item.started.map(|started| (started, item.done.unwrap_or(to))))
        .map(|(started, done)| days_of(started.max(from), done.min(to)).max(0))
        .sum();
    let mean_in_progress = days_in_work as f64 / n_days as f64;
    let done_per_day = n_done as f64 / n_days as f64;
    // The smallest length that at least 85 of 100 keep to.
    let place = (cycles.len() * 85).div_ceil(100).saturating_sub(1);
    Ok(FlowPace {
        n_days,
        n_done,
        done_per_week: done_per_day * 7.0,
        mean_in_progress,
        mean_cycle_days: cycles.iter().sum::<i64>() as f64 / n_done as f64,
        cycle_days_85: cycles.get(place).copied().unwrap_or(0),
        cycle_days_by_law: mean_in_progress / done_per_day,
    })
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::diagnostic::Span;

    fn item(number: usize, arrived: Date, started: Option<Date>, done: Option<Date>) -> FlowItem {
        FlowItem {
            item: format!("T-{number}"),
            title: None,
            task: None,
            arrived,
            started,
            review: done,
            done,
            was_reviewed: false,
            origin: Span::default(),
        }
    }

    fn after(day: Date, days: i64) -> Date {
        day.checked_add(days.days()).unwrap()
    }

    #[test]
    fn one_item_a_day_that_takes_five_days_keeps_five_in_work() {
        let first = date(2026, 8, 3);
        let items: Vec<FlowItem> = (0..60)
            .map(|day| {
                let started = after(first, day + 1);
                item(usize::try_from(day).unwrap(), after(first, day), Some(started), Some(after(started, 4)))
            })
            .collect();
        let items: Vec<&FlowItem> = items.iter().collect();
        let found = pace(&items, after(first, 10), after(first, 37)).unwrap();
        assert_eq!((found.n_days, found.n_done), (28, 28));
        let said =
            [found.done_per_week, found.mean_in_progress, found.mean_cycle_days, found.cycle_days_by_law];
        assert_eq!(said.map(|number| format!("{number:.3}")), ["7.000", "5.000", "5.000", "5.000"]);
        assert_eq!((found.cycle_days_85, found.is_steady()), (5, true));
    }

    #[test]
    fn work_that_only_comes_in_breaks_the_law_and_says_so() {
        let first = date(2026, 8, 3);
        let done = (0..5).map(|day| item(0, first, Some(after(first, day)), Some(after(first, day + 1))));
        let open = (5..25).map(|day| item(1, first, Some(after(first, day)), None));
        let items: Vec<FlowItem> = done.chain(open).collect();
        let items: Vec<&FlowItem> = items.iter().collect();
        let found = pace(&items, first, after(first, 27)).unwrap();
        assert!((found.mean_cycle_days - 2.0).abs() < 1e-9);
        assert!(found.cycle_days_by_law > 30.0 && !found.is_steady());
        let few = pace(&items[1..], first, after(first, 27));
        assert_eq!(few, Err(TooFewDone { n_done: 4, n_days: 28 }));
    }

    proptest! {
        #[test]
        fn lines_never_fall_and_each_holds_the_next(
            rolls in prop::collection::vec((0i64..90, 0i64..20, 0i64..20, 0u8..3), 1..40),
        ) {
            let mut project = crate::plan::sketch::Sketch::starting("2026-08-03", &[]).project;
            let first = date(2026, 8, 3);
            project.flow = rolls
                .iter()
                .enumerate()
                .map(|(number, (wait, start, work, state))| {
                    let arrived = after(first, *wait);
                    let started = after(arrived, *start);
                    item(
                        number,
                        arrived,
                        (*state > 0).then_some(started),
                        (*state > 1).then(|| after(started, *work)),
                    )
                })
                .collect();
            project.flow.sort_by_key(|item| item.arrived);
            if let Some(flow) = cumulative_flow(&project, after(first, 60)) {
                for pair in flow.points.windows(2) {
                    prop_assert!(pair[0].date < pair[1].date);
                    prop_assert!(pair[0].arrived <= pair[1].arrived && pair[0].started <= pair[1].started);
                    prop_assert!(pair[0].review <= pair[1].review && pair[0].done <= pair[1].done);
                }
                for point in &flow.points {
                    prop_assert!(point.done <= point.review && point.review <= point.started);
                    prop_assert!(point.started <= point.arrived);
                }
            }
        }
    }
}
