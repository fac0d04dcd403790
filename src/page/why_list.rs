//! "Why this date?" for every open task, folded until somebody asks.

use serde::Serialize;

use crate::model::TaskNo;
use crate::page::address::Thing;
use crate::page::desk::Desk;
use crate::page::why::{Said, WhyStep};
use crate::plan::State;

/// The explanation of one task on a page.
#[derive(Clone, Debug, Serialize)]
pub struct WhyOfTask {
    /// Its anchor.
    pub anchor: String,
    /// Its name.
    pub name: String,
    /// From when to when.
    pub dates: String,
    /// What is to be said, what holds it first.
    pub lines: Vec<WhyLine>,
}

/// A sentence of it.
#[derive(Clone, Debug, Serialize)]
pub struct WhyLine {
    /// The sentence.
    pub text: String,
    /// Where it was typed.
    pub place: Option<String>,
    /// Where the task that it stands on is explained.
    pub href: Option<String>,
}

/// The anchor of a task's explanation; none for what is over, and for summaries, which only hold other tasks.
#[must_use]
pub fn why_anchor(desk: &Desk<'_>, number: TaskNo) -> Option<String> {
    let task = desk.project.project.task(number);
    let is_open = desk.project.forecast.slot(number).state != State::Finished;
    (is_open && !task.is_summary()).then(|| format!("why-{}", task.id))
}

/// Why each open task lies where it does, in the order of the plan.
#[must_use]
pub fn whys(desk: &Desk<'_>) -> Vec<WhyOfTask> {
    let numbers = desk.project.project.task_numbers();
    numbers.filter_map(|number| Some(why(desk, number, why_anchor(desk, number)?))).collect()
}

fn why(desk: &Desk<'_>, number: TaskNo, anchor: String) -> WhyOfTask {
    let teller = desk.teller();
    let step = desk.project.reasons.step(number);
    let WhyStep { name, dates, reasons, gaps, .. } = teller.step(step);
    let next = step.stands_on.and_then(|next| {
        let explained = why_anchor(desk, next).map(|anchor| format!("#{anchor}"));
        explained.or_else(|| desk.href_to(&Thing::Task(&desk.project.project.task(next).id)))
    });
    let mut next = next;
    // On the pages of a project its own files need no folder.
    let folder = format!("projects/{}/", desk.folder());
    let short = |place: String| place.strip_prefix(&folder).map_or(place.clone(), str::to_owned);
    let mut line = |said: Said| WhyLine {
        href: if matches!(said.kind, "link" | "span" | "person") { next.take() } else { None },
        text: said.text,
        place: said.place.map(short),
    };
    let held: Vec<Said> = reasons.into_iter().chain(gaps).collect();
    let lines = held.into_iter().chain(teller.room(number)).chain(teller.moves(number));
    WhyOfTask { anchor, name, dates, lines: lines.map(&mut line).collect() }
}
