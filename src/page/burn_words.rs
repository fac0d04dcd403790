//! The burn page in sentences: when it ends at its pace, why the range is so wide, why the schedule says another day.

use jiff::civil::Date;

use crate::control::{Burn, BurnFinish, BurnForecast, BurnPeriod, GrowingFinish, NoForecast, SIGHT};
use crate::format;
use crate::model::TaskNo;
use crate::page::burn::amount;
use crate::page::desk::{Desk, days_of};

/// What is left, and when it ends at the pace so far; or why nothing is forecast.
pub(super) fn sentence(desk: &Desk<'_>, burn: &Burn, unit: &str) -> String {
    let left = format!("{} of {} {unit} left", amount(burn.remaining), amount(burn.scope));
    match &burn.forecast {
        Ok(forecast) => {
            let likely = finish(forecast.likely);
            let early = finish(forecast.optimistic);
            let range = match forecast.pessimistic {
                Some(late) if finish(late) == likely && early == likely => {
                    "at the best and at the worst pace alike".to_owned()
                }
                Some(late) => format!("between {early} and {}", finish(late)),
                None => format!("{early} at best; at the worst pace it never ends"),
            };
            format!(
                "{left}. At the pace of the last {} it is done by {likely}, {range}.{}",
                format::count(forecast.n_periods, "period"),
                growing(forecast, unit)
            )
        }
        Err(reason) => format!("{left}. {}", no_forecast(desk, *reason)),
    }
}

/// The answer to the question of the page in a sentence or two: when it ends at the pace so far, how far that is from the day of
/// the schedule, and which pace that day takes. Without a forecast, what is left and why nothing is forecast.
pub(super) fn lead(desk: &Desk<'_>, burn: &Burn, unit: &str) -> Option<String> {
    if burn.remaining <= 0.0 {
        return None;
    }
    let (Ok(forecast), Some(timetable)) = (&burn.forecast, burn.timetable.as_ref()) else {
        return Some(sentence(desk, burn, unit));
    };
    let likely = finish(forecast.likely);
    let day = format::date(timetable.finish);
    let apart = match forecast.likely.date.map(|date| desk.slip_days(timetable.finish, date)) {
        None => format!("; the schedule says {day}"),
        Some(0) => ", the day of the schedule".to_owned(),
        Some(later) if later > 0 => format!(", {} after the schedule’s {day}", days_of(later)),
        Some(sooner) => format!(", {} before the schedule’s {day}", days_of(-sooner)),
    };
    let takes = timetable.pace.map_or_else(String::new, |pace| {
        format!(
            " To keep the schedule’s date, {} {unit} a period are needed, from one report to the next; the mean so far is {}.",
            amount(pace),
            amount(forecast.mean)
        )
    });
    let counted = match burn.parts().len() {
        0 => "the work is".to_owned(),
        many => format!("the {} {unit} of {} are", amount(burn.scope), format::count(many, "task")),
    };
    Some(format!("At the pace so far {counted} done by {likely}{apart}.{takes}"))
}

/// What comes of it if scope goes on growing; nothing where it does not grow.
fn growing(forecast: &BurnForecast, unit: &str) -> String {
    let then = match forecast.growing {
        None => return String::new(),
        Some(GrowingFinish::At(end)) => format!("it is done by {}", finish(end)),
        Some(GrowingFinish::Never) => "it is never done".to_owned(),
    };
    format!(" If scope goes on growing by {} {unit} a period, {then}.", amount(forecast.growth))
}

/// The day on which a pace ends.
pub(super) fn finish(finish: BurnFinish) -> String {
    finish.date.map_or_else(|| "a day further ahead than the pace can tell".to_owned(), format::date)
}

/// Why there is no forecast, in words.
fn no_forecast(desk: &Desk<'_>, reason: NoForecast) -> String {
    match reason {
        NoForecast::FewerThanFivePeriods(count) => format!(
            "No forecast from pace: {} of {} passed since work began; below five periods a trend is chance.",
            format::count(count, "whole period"),
            desk.project.project.reporting.length_words()
        ),
        NoForecast::Finished => "Nothing is left, so nothing is forecast.".to_owned(),
        NoForecast::Stopped => "The board has stopped the project: nothing is forecast.".to_owned(),
        NoForecast::OutOfSight { periods, looked_at } => format!(
            "No forecast from pace: at the pace of the last {} the rest would take {periods}, more than {SIGHT} times as many: that \
             is further ahead than a pace can tell.",
            format::count(looked_at, "period")
        ),
        NoForecast::NoProgress => {
            "No forecast from pace: nothing was done in the periods looked at.".to_owned()
        }
    }
}

/// Why the worst pace ends so late, or never: what its three periods did, and what held them up.
pub(super) fn why_range(desk: &Desk<'_>, burn: &Burn, unit: &str) -> Option<String> {
    let forecast = burn.forecast.as_ref().ok()?;
    let mut worst: Vec<&BurnPeriod> = burn.periods.iter().collect();
    worst.sort_by(|one, other| one.done.total_cmp(&other.done));
    worst.truncate(3);
    worst.sort_by_key(|period| period.until);
    let did: Vec<String> = worst.iter().map(|period| amount(period.done)).collect();
    let ends = worst.iter().map(|period| period.until);
    let did = match did.as_slice() {
        [one, rest @ ..] if rest.iter().all(|other| other == one) => format!("{one} {unit} each"),
        all => format!("{} {unit}", format::listed(all)),
    };
    let n_periods = forecast.n_periods;
    let mut words = format!("The worst three of the last {n_periods} periods, to {}, did {did}", days(ends));
    let waits = waited_for(worst.iter().copied());
    if !waits.is_empty() {
        words += &format!(": {} ran, which takes no effort", names(desk, &waits));
    }
    if forecast.pessimistic.is_none() {
        words += "; if all to come were like these, it would never end";
    }
    // The table below tells what came with each report.
    Some(words + ". A period counts what was done on its own days, not what its report told.")
}

/// What the schedule says of the same work, which pace its day takes, and why it is not the day of the pace.
pub(super) fn beside_schedule(desk: &Desk<'_>, burn: &Burn, unit: &str) -> Option<String> {
    let forecast = burn.forecast.as_ref().ok()?;
    let (timetable, likely) = (burn.timetable.as_ref()?, forecast.likely.date?);
    let day = format::date(timetable.finish);
    let away = desk.slip_days(timetable.finish, likely);
    let days_away = days_of(away.abs());
    if away == 0 {
        return Some(format!("The schedule says {day}, too."));
    }
    if away < 0 {
        return Some(format!(
            "The schedule says {day}, {days_away} later: links, calendars and people hold work up, of which a pace knows \
             nothing."
        ));
    }
    let Some(needed) = timetable.pace else {
        return Some(format!("The schedule says {day}, {days_away} earlier."));
    };
    let takes = format!(
        "The schedule says {day}, {days_away} earlier; that takes {} {unit} a period, {}.",
        amount(needed),
        beside_pace(forecast, needed)
    );
    Some(format!("{takes} {}", why_earlier(desk, burn, &timetable.waits_left)))
}

/// How a pace compares with what was.
fn beside_pace(forecast: &BurnForecast, needed: f64) -> String {
    let (best, mean) = (amount(forecast.best_three), amount(forecast.mean));
    if needed > forecast.best_three {
        format!("more than the {best} of the best three and the {mean} of the mean")
    } else if needed > forecast.mean {
        format!("more than the {mean} of the mean, within the {best} of the best three")
    } else {
        format!("no more than the {mean} of the mean")
    }
}

/// Why the schedule ends before the pace: it does not repeat standstills, and rounds no period up.
fn why_earlier(desk: &Desk<'_>, burn: &Burn, waits_left: &[TaskNo]) -> String {
    let still: Vec<&BurnPeriod> = burn.periods.iter().filter(|period| period.is_standstill()).collect();
    if still.is_empty() {
        return "The schedule plans the rest by its links and by who is free; the pace repeats what was, in whole \
                periods."
            .to_owned();
    }
    let n_periods = format::count(burn.periods.len(), "period");
    let waits = waited_for(still.iter().copied());
    let stood = format!("Nothing was done in {} of {n_periods}", still.len());
    let why = if waits.is_empty() { String::new() } else { format!(", while {} ran", names(desk, &waits)) };
    let ahead = match waits_left {
        _ if waits.is_empty() => "the schedule plans no standstill".to_owned(),
        [] => "the schedule knows that no such wait is left".to_owned(),
        left => format!("the schedule counts on {} as well, each once", names(desk, left)),
    };
    format!("{stood}{why}; the pace expects as many again, {ahead}.")
}

/// The work without effort that ran in some periods, each once, in the order of the plan.
fn waited_for<'a>(periods: impl Iterator<Item = &'a BurnPeriod>) -> Vec<TaskNo> {
    let mut waits: Vec<TaskNo> = periods.flat_map(|period| period.waited_for.iter().copied()).collect();
    waits.sort_unstable();
    waits.dedup();
    waits
}

fn names(desk: &Desk<'_>, tasks: &[TaskNo]) -> String {
    let names: Vec<String> =
        tasks.iter().map(|task| format!("“{}”", desk.project.project.task(*task).name)).collect();
    format::listed(&names)
}

fn days(days: impl Iterator<Item = Date>) -> String {
    format::listed(&days.map(format::short_date).collect::<Vec<_>>())
}
