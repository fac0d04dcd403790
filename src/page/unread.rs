//! What the first screen says where something could not be read: which figures are not known for it, and which line of which file is to be
//! mended.

use crate::format;
use crate::model::{Ground, Unread, unread_words};
use crate::page::desk::Desk;
use crate::page::edited_records::Banner;
use crate::page::view::Link;
use crate::quantity::Amount;

/// Whether all is read that figures rest on.
#[must_use]
pub fn is_known(desk: &Desk<'_>, grounds: &[Ground]) -> bool {
    !desk.project.project.is_unread(grounds)
}

/// Which of finish, promise, cost, contingency and tolerance are not known, a sentence for each reason: `The finish and the cost are not known: 2 lines
/// of progress.csv cannot be read (progress.csv:3).` None where all are.
#[must_use]
pub fn not_known(desk: &Desk<'_>) -> Option<String> {
    let mut reasons: Vec<(Vec<Unread>, Vec<&'static str>)> = Vec::new();
    for (name, grounds) in subjects(desk) {
        let unread = desk.project.project.unread(grounds);
        match reasons.iter_mut().find(|(known, _)| *known == unread) {
            _ if unread.is_empty() => {}
            Some((_, names)) => names.push(name),
            None => reasons.push((unread, vec![name])),
        }
    }
    let sentences = reasons.iter().map(|(unread, names)| {
        let are = if names.len() == 1 { "is" } else { "are" };
        let names: Vec<String> = names.iter().map(|name| format!("the {name}")).collect();
        let what = format::sentence_start(&format::listed(&names));
        format!("{what} {are} not known: {}.", unread_words(unread))
    });
    let text = sentences.collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// What the first screen tells, with what it rests on. Where nothing has a price nobody asks for the cost; of a stopped project nothing is
/// forecast any more.
fn subjects(desk: &Desk<'_>) -> Vec<(&'static str, &'static [Ground])> {
    let project = &desk.project.project;
    let control = &desk.project.control;
    let has_money = control.total.budget > Amount::ZERO || project.is_unread(&[Ground::Worth]);
    let is_reserve_asked_for =
        control.spending.contingency.granted > Amount::ZERO || !project.budget.unread_reserves.is_empty();
    if control.is_stopped {
        return if has_money { vec![("cost", &[Ground::Spent])] } else { Vec::new() };
    }
    let mut all: Vec<(&'static str, &'static [Ground])> =
        vec![("finish", &[Ground::Dates]), ("promise", &[Ground::Promise])];
    if has_money {
        all.push(("cost", Ground::ESTIMATE));
    }
    if is_reserve_asked_for {
        all.push(("contingency left", &[Ground::Reserves]));
    }
    all.push(("tolerance", Ground::ALLOWED));
    all
}

/// What a figure of the whole project rests on, by its key, without level of effort with `discrete-` before it; nothing for other figures.
#[must_use]
pub fn grounds_of(key: &str) -> &'static [Ground] {
    match key.strip_prefix("discrete-").unwrap_or(key) {
        "bac" | "pv" | "pd" => Ground::BUDGET,
        "ac" => &[Ground::Spent],
        "ev" | "sv" | "spi" | "at" | "es" | "spi-t" | "sv-t" | "ieac-t" | "ieac-planned"
        | "ieac-pressure" | "es-finish" | "tspi" | "tspi-ed" | "ed" => Ground::EARNED,
        "finish" => &[Ground::Dates],
        "promised" => &[Ground::Promise],
        "slip" => Ground::SLIP,
        "slip-left" => Ground::SLIP_LEFT,
        "threats" | "opportunities" => Ground::RISKS,
        "contingency-left" | "reserve-left" => &[Ground::Reserves],
        "cv" | "cpi" | "eac" | "eac-1" | "eac-2" | "eac-3" | "eac-4" | "over" | "contingency-needed"
        | "released" | "authority-left" => Ground::ESTIMATE,
        burn if burn.starts_with("burn") => Ground::SLIP,
        _ => &[],
    }
}

/// Pages that speak of what is to come without a sentence of their own that says whether it is known, by their kinds.
const OF_DAYS: [&str; 8] =
    ["business-case", "deliverables", "gates", "outside", "people", "quality", "stage", "trends"];

/// The warning above a page that days of what is to come are not known; none where they are, and where the page says so itself.
#[must_use]
pub(super) fn banner(desk: &Desk<'_>, kind: &str) -> Option<Banner> {
    let why = desk.days_unread().filter(|_| OF_DAYS.contains(&kind))?;
    Some(Banner {
        words: format!("days of what is to come are not known: {why}."),
        links: vec![Link { label: "the findings".to_owned(), href: desk.href_page("quality") }],
    })
}

/// Why there is no estimate at completion: what could not be read, else that no cost is recorded.
#[must_use]
pub fn why_no_estimate(desk: &Desk<'_>) -> String {
    why_not(desk, Ground::ESTIMATE).unwrap_or_else(|| "no cost is recorded".to_owned())
}

/// Why something is not known; none where it is.
#[must_use]
pub fn why_not(desk: &Desk<'_>, grounds: &[Ground]) -> Option<String> {
    let unread = desk.project.project.unread(grounds);
    (!unread.is_empty()).then(|| unread_words(&unread))
}
