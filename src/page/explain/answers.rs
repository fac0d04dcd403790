//! What options of open decisions, and changes that wait, lead to, and how long they can wait: figure by figure.

use crate::control::Difference;
use crate::format;
use crate::model::AskedChange;
use crate::page::case_then_now::{NPV_BY_WHAT_IS_LEFT, npv_by_what_is_left, npv_key};
use crate::page::desk::{Desk, slip_words};
use crate::page::explain::task_time::status_date;
use crate::page::explain::{Book, Figure, Input};
use crate::page::option_limits::limits_words;
use crate::plan::DecideBy;
use crate::quantity::Id;

/// Adds them.
pub(super) fn write(desk: &Desk<'_>, book: &mut Book) {
    let registers = &desk.project.project.registers;
    for effect in &desk.project.options {
        let Some(decision) = registers.decisions.iter().find(|entry| entry.id == effect.decision) else {
            continue;
        };
        let Some(option) = decision.options.iter().find(|option| option.name == effect.option) else {
            continue;
        };
        let anchor = answer_anchor(desk, &effect.decision, &effect.option);
        let name = format!("{} “{}”", effect.decision, effect.option);
        book.thing("registers", &*anchor, name, Some(decision.origin));
        led_to(desk, book, (&anchor, &option.changes), (&effect.difference, effect.decide_by));
    }
    for effect in &desk.project.changes {
        let Some(change) = registers.changes.iter().find(|entry| entry.id == effect.change) else { continue };
        let anchor = change_anchor(&effect.change);
        let name = format!("{} {}", change.id, crate::prose::inline_text(&change.change.markdown));
        book.thing("registers", &*anchor, name, Some(change.origin));
        led_to(desk, book, (&anchor, &change.changes), (&effect.difference, effect.decide_by));
    }
}

/// The anchor of an option of a decision: its name may hold anything, so its place in the list tells it.
#[must_use]
pub fn answer_anchor(desk: &Desk<'_>, decision: &Id, option: &str) -> String {
    let entries = &desk.project.project.registers.decisions;
    let entry = entries.iter().find(|entry| entry.id == *decision);
    let place = entry.and_then(|entry| entry.options.iter().position(|one| one.name == option));
    format!("decision-{decision}-{}", place.map_or(0, |place| place + 1))
}

/// The anchor of a change that waits.
#[must_use]
pub fn change_anchor(change: &Id) -> String {
    format!("change-{change}")
}

fn led_to(
    desk: &Desk<'_>,
    book: &mut Book,
    (anchor, asked): (&str, &[AskedChange]),
    (difference, decide_by): (&Difference, Option<DecideBy>),
) {
    let exact = |amount| desk.money_exact(amount);
    let asked = || asked.iter().map(|change| Input::typed(change.text.clone(), "", change.origin));
    let finish = format!("{anchor}.finish");
    book.add(
        Figure::new(&*finish, "Finish with it", format::date(difference.finish.after))
            .formula("the plan scheduled again with what it changes")
            .of("finish as forecast", "finish")
            .inputs(asked())
            .inputs([status_date(desk)]),
    );
    let cost = difference.estimate_from_below;
    let figure = Figure::new(format!("{anchor}.cost"), "Cost with it", exact(cost.after))
        .formula("what is left to do and to buy, one by one (EAC₄), in the plan with what it changes");
    let as_it_is = book.get("eac-4").map(|_| Input::of("EAC₄ as it is", "eac-4"));
    book.add(figure.inputs(as_it_is).inputs(asked()));
    let late = desk.slip_days(desk.project.control.reference.finish, difference.finish.after);
    book.add(
        Figure::new(format!("{anchor}.slip"), "Slip with it", slip_words(late))
            .formula("working days from the promised finish to the finish with it")
            .of("finish with it", &*finish)
            .of("promised finish", "promised"),
    );
    let broken = &difference.limits.after;
    book.add(
        Figure::new(format!("{anchor}.limits"), "Limits with it", limits_words(desk, broken))
            .formula(
                "each deadline, and each tolerance of the board, held against the plan with what it changes",
            )
            .of("finish with it", &*finish)
            .of("cost with it", format!("{anchor}.cost")),
    );
    if let Some(worth) = difference.worth().after {
        let as_it_is =
            npv_by_what_is_left(desk).map_or_else(|| npv_key(desk), |_| NPV_BY_WHAT_IS_LEFT.to_owned());
        book.add(
            Figure::new(format!("{anchor}.npv"), "Net present value with it", exact(worth))
                .formula(
                    "the business case computed again with the finish of the changed plan, and with what it costs by what is left to do (EAC₄)",
                )
                .of("cost with it", format!("{anchor}.cost"))
                .of("net present value as it is", as_it_is)
                .inputs(asked()),
        );
    }
    let Some(by) = decide_by else { return };
    let waited = format!("{anchor}.wait-after");
    book.add(
        Figure::new(format!("{anchor}.wait"), "Keeps all of its gain until", format::date(by.all_until))
            .formula(
                "the last working day by which the plan finishes as if it were decided today: until then work goes on as the \
                 forecast says, what is left of each task goes on by the changed plan, and the plan is scheduled again",
            )
            .of("finish if it is decided today", &*finish)
            .of("finish if it is decided a working day later", &*waited)
            .inputs(asked())
            .inputs([status_date(desk)]),
    );
    book.add(
        Figure::new(waited, "Finish if it is decided a working day too late", format::date(by.finish_after))
            .formula(
                "the plan scheduled again with the change from the first day on which it costs something",
            )
            .of("finish as forecast", "finish")
            .inputs(asked()),
    );
    if by.any_until > by.all_until {
        book.add(
            Figure::new(format!("{anchor}.wait-any"), "Gains anything until", format::date(by.any_until))
                .formula(
                    "the last working day by which the plan, scheduled again, still finishes before the forecast",
                )
                .of("finish as forecast", "finish")
                .inputs(asked()),
        );
    }
}
