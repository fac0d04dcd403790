//! Why the network and earned schedule give different finishes, in a sentence or two.

use crate::control::{BurnUnit, EarnedSchedule};
use crate::format;
use crate::model::{Decision, TaskKind};
use crate::page::desk::{Desk, days_of};
use crate::page::verdict::walls;
use crate::plan::{Driver, State};
use crate::quantity::Ratio;

/// The gap between the two forecasts and the reason for it.
#[must_use]
pub fn gap(desk: &Desk<'_>) -> String {
    let schedule = &desk.project.control.total_schedule;
    let network = desk.project.forecast.finish_day();
    if schedule.is_undefined() {
        return "Earned schedule says nothing: the plan has no budget that could be earned.".to_owned();
    }
    if schedule.earned >= schedule.planned_duration {
        return "Everything is earned: there is nothing left to forecast.".to_owned();
    }
    let Some(pace) = schedule.estimate_finish else {
        return "Earned schedule gives no finish yet: nothing has been earned, or the pace leads out of sight.".to_owned();
    };
    let days = desk.slip_days(pace, network);
    let closures = closures_ahead(desk);
    match days {
        0 => "Both agree.".to_owned(),
        days if days > 0
            && let Some(promises) = promises_ahead(desk) =>
        {
            format!(
                "The network is {} later. Pace knows nothing of promises; the network waits for {promises}. Trust the network, and read the pace as what would be possible without.",
                days_of(days)
            )
        }
        days if days > 0
            && let Some(holds) = holds_ahead(desk) =>
        {
            format!(
                "The network is {} later. Pace knows nothing of what the board has decided; the network waits for {holds}. Trust the network, and read the pace as what would be possible without.",
                days_of(days)
            )
        }
        days if days > 0 && !closures.is_empty() => format!(
            "The network is {} later. Pace knows nothing of calendars; the network knows {}. Trust the network, and read the pace as what would be possible without.",
            days_of(days),
            format::listed(&closures)
        ),
        days if days > 0 => format!(
            "The network is {} later: {}",
            days_of(days),
            match (grown(desk), paces(schedule)) {
                (Some(grown), _) => format!(
                    "it knows that there is more to do than was promised, {grown}; the pace of what was promised does not."
                ),
                (None, Some((counted_on, so_far, _))) => format!(
                    "it counts on {counted_on} days of the plan earned a day for the rest, against {so_far} so far, because the work left hangs together in a longer chain than its share of the budget suggests."
                ),
                (None, None) =>
                    "the logic of the work left is longer than the pace so far suggests.".to_owned(),
            }
        ),
        days => format!("Pace is {} later than the network. {}", days_of(-days), faster_rest(desk, schedule)),
    }
}

/// Open work on the longest path that is counted in units and of which there are more than the reference agreed to: `“Backlog” 236 points
/// for 180`. None where none has grown.
fn grown(desk: &Desk<'_>) -> Option<String> {
    let burns = desk.project.control.unit_burns.iter().filter(|burn| burn.remaining > 0.0);
    let words: Vec<String> = burns
        .filter(|burn| burn.scope > burn.agreed && burn.agreed > 0.0)
        .filter(|burn| burn.task().is_some_and(|task| desk.project.forecast.slot(task).on_longest_path))
        .filter_map(|burn| match &burn.unit {
            BurnUnit::Units(unit) => Some(format!(
                "“{}” {} {unit} for {}",
                burn.title,
                format::number(burn.scope, 0),
                format::number(burn.agreed, 0)
            )),
            BurnUnit::PersonDays { .. } => None,
        })
        .collect();
    (!words.is_empty()).then(|| format::listed(&words))
}

/// The pace that the network counts on, the pace so far, and how many times the one is of the other.
fn paces(schedule: &EarnedSchedule) -> Option<(String, String, f64)> {
    let (counted_on, so_far) = (schedule.to_complete_index_forecast?, schedule.index?);
    let times = Ratio::of(counted_on.get(), so_far.get())?.get();
    Some((format::decimals(Some(counted_on), 2), format::decimals(Some(so_far), 2), times))
}

/// Why the network ends before pace does: how much faster it wants the rest to go, and on what ground.
fn faster_rest(desk: &Desk<'_>, schedule: &EarnedSchedule) -> String {
    let Some((counted_on, so_far, times)) = paces(schedule) else {
        return "The forecast finish lies at the status date with work left: report what remains.".to_owned();
    };
    let wants = format!(
        "The network counts on {counted_on} days of the plan earned a day for the rest, {} times the {so_far} so far",
        format::number(times, 1)
    );
    match (
        stretch(desk, |state| state != State::NotStarted),
        stretch(desk, |state| state == State::NotStarted),
    ) {
        (Some(begun), Some(ahead)) if begun > ahead + 0.05 => format!(
            "{wants}: work begun so far takes {} times its planned length, and work ahead is counted at {} times. Ask why it should go better, or lengthen it.",
            format::number(begun, 2),
            format::number(ahead, 2)
        ),
        _ if side_by_side(desk) >= 1.5 => format!(
            "{wants}: {} tasks run side by side on average until then, which the network sees and pace does not. Trust the network if there are people enough for it.",
            format::number(side_by_side(desk), 1)
        ),
        _ => format!(
            "{wants}: work ahead is counted at its planned length, though days have passed that earned less than planned. Ask what will keep that from happening again."
        ),
    }
}

/// Σ length as it was or is forecast ÷ Σ length as planned, of tasks in some states that are not level of effort.
fn stretch(desk: &Desk<'_>, counts: impl Fn(State) -> bool) -> Option<f64> {
    let report = desk.project;
    let (mut now, mut planned) = (0, 0);
    for (number, task, slot) in report.tasks() {
        if task.is_work() && !task.is_level_of_effort() && counts(slot.state) {
            now += slot.duration;
            planned += report.planned.slot(number).duration;
        }
    }
    Ratio::of(now as f64, planned as f64).map(Ratio::get)
}

/// How many tasks run side by side on average from the status date to the network's finish, level of effort left out.
fn side_by_side(desk: &Desk<'_>) -> f64 {
    let report = desk.project;
    let open = report.tasks().filter(|(_, task, _)| task.is_work() && !task.is_level_of_effort());
    let left: f64 = open
        .map(|(number, _, slot)| {
            slot.remaining as f64 / report.project.minutes_per_day_of(number).max(1) as f64
        })
        .sum();
    let days = desk.working_days_from(report.status_date, report.forecast.finish_day());
    Ratio::of(left, days as f64).map_or(0.0, Ratio::get)
}

/// What others have promised and open work of the longest path waits for: `X4 (promised for 5 Feb 2027)`. None where none does.
fn promises_ahead(desk: &Desk<'_>) -> Option<String> {
    let report = desk.project;
    let on_path = report.tasks().filter(|(_, _, slot)| slot.on_longest_path && slot.state != State::Finished);
    let places = on_path.flat_map(|(_, _, slot)| &slot.drivers).filter_map(|driver| match driver {
        Driver::Promise(place) => Some(*place as usize),
        _ => None,
    });
    let said = places.filter_map(|place| {
        let request = report.project.registers.requests.get(place)?;
        let comes = report.facts.promised.get(&place)?;
        let day = request.promised.unwrap_or(*comes);
        Some(format!("{} (promised for {})", request.id, format::date(day)))
    });
    let said: Vec<String> = said.collect();
    (!said.is_empty()).then(|| format::listed(&said))
}

/// Gates that the board holds or has sent back and open work of the longest path waits for: `G3, which the board holds and which cannot be
/// reached before 6 Nov 2026`. None where none does.
fn holds_ahead(desk: &Desk<'_>) -> Option<String> {
    let report = desk.project;
    let on_path =
        report.tasks().filter(|(_, _, slot)| slot.on_longest_path && slot.drivers.contains(&Driver::Held));
    let said: Vec<String> = on_path
        .filter_map(|(number, task, _)| {
            let (TaskKind::Gate(gate), until) = (&task.kind, report.facts.held.get(&number)?) else {
                return None;
            };
            let decided = report.project.gates.get(gate)?.decision_on(report.status_date)?;
            let done = if decided == Decision::Rework { "has sent back" } else { "holds" };
            Some(format!(
                "{gate}, which the board {done} and which cannot be reached before {}",
                format::date(*until)
            ))
        })
        .collect();
    (!said.is_empty()).then(|| format::listed(&said))
}

/// Closures of a working week and more between the status date and the forecast finish that open work of the longest path lies in
/// or waits behind.
fn closures_ahead(desk: &Desk<'_>) -> Vec<String> {
    let report = desk.project;
    let mut names: Vec<String> = Vec::new();
    for (_, task, slot) in report.tasks() {
        if slot.state == State::Finished || !task.is_work() || !slot.on_longest_path {
            continue;
        }
        let calendar = &report.project.calendars[task.calendar];
        for closure in walls(desk, calendar, report.forecast.finish_day()) {
            let window = closure.window;
            let goes_on = slot.resume.day();
            let is_met = window.first() <= slot.last_day()
                && (goes_on < window.end() || desk.working_days_from(window.end(), goes_on) <= 1);
            let name = format!("{} ({})", closure.reason, format::window(window));
            if is_met && !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}
