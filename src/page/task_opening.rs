//! What the page of a task says first: when, how much later than promised, and what a delay would do.

use crate::format;
use crate::model::TaskNo;
use crate::page::desk::Desk;
use crate::page::verdict::promise_word;
use crate::page::what_if::later;
use crate::plan::State;

/// `Under way since 16 Nov 2026, to finish on 4 Dec 2026, 22 working days later than promised. It has no float: if it slips, the project
/// ends later.` `room` is how much room it has, as a part of a sentence; none where nothing is to be said of it.
pub(super) fn opening(desk: &Desk<'_>, number: TaskNo, room: Option<&str>) -> String {
    let task = desk.project.project.task(number);
    let slot = desk.project.forecast.slot(number);
    if desk.project.is_given_up(number) {
        let begun = if slot.state == State::InProgress { "finished" } else { "begun" };
        return format!("Not {begun} when the board stopped the project.");
    }
    if let Some(why) = desk.days_unread().filter(|_| !desk.project.is_last_day_known(number)) {
        let since = match slot.state {
            State::InProgress => format!("Under way since {}. ", format::date(slot.first_day())),
            _ => String::new(),
        };
        return format!("{since}When it ends is not known: {why}.");
    }
    let (first, last) = (format::date(slot.first_day()), format::date(slot.last_day()));
    let dates = match slot.state {
        State::Finished if task.is_point() => format!("Reached on {last}"),
        State::Finished => format!("Finished, {}", format::span_of_days(slot.first_day(), slot.last_day())),
        _ if task.is_point() => format!("Expected on {last}"),
        State::InProgress => format!("Under way since {first}, to finish on {last}"),
        State::NotStarted if first == last => format!("To be done on {last}"),
        State::NotStarted => format!("To begin on {first} and to finish on {last}"),
    };
    let promised = desk.project.control.reference.dates_of(number).map(|(_, finish)| finish);
    let slip = promised.map_or_else(String::new, |promised| {
        format!(", {}", against(desk.slip_days(promised, slot.last_day()), promise_word(desk)))
    });
    let room = room.filter(|_| slot.state != State::Finished && !task.is_summary());
    let room = room.map_or_else(String::new, |room| format!(" It {}.", room.replace('`', "")));
    format!("{dates}{slip}.{room}")
}

/// A slip beside the word for what it is measured by: `3 working days later than promised`, `as planned`.
fn against(days: i64, word: &str) -> String {
    match days {
        0 => format!("as {word}"),
        _ => format!("{} than {word}", later(days)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_told_in_words() {
        let told: Vec<String> = [-1, 0, 22].map(|days| against(days, "promised")).into();
        assert_eq!(
            told,
            [
                "1\u{a0}working day sooner than promised",
                "as promised",
                "22\u{a0}working days later than promised"
            ]
        );
    }
}
