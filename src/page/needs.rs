//! What is wanted from the board: the decision, by when, of whom, and what silence does.

use jiff::civil::Date;
use serde::Serialize;

use crate::format;
use crate::model::{Condition, DecisionEntry};
use crate::page::address::Thing;
use crate::page::desk::Desk;
use crate::page::exceptions::answered_by;
use crate::page::explain::answer_anchor;
use crate::page::gates::board_conditions;
use crate::page::prose::Prose;
use crate::page::verdict;
use crate::page::view::{Cell, Link};
use crate::page::what_if::in_short;
use crate::plan::DecideBy;
use crate::quantity::{GateId, Id};

/// A decision that is outstanding.
#[derive(Clone, Debug, Serialize)]
pub struct Need {
    /// Its id, leading to the register.
    pub id: Link,
    /// The project, leading to its dashboard; for the list of all projects.
    pub project: Link,
    /// The question, as harmless HTML.
    pub question: String,
    /// By when it is needed; the dash where no day is named.
    pub by: String,
    /// How far away that is: `in 3 working days`, `2 working days overdue`.
    pub due: Option<String>,
    /// `red` when overdue, `amber` within a week, `grey` later.
    pub class: &'static str,
    /// Who is asked.
    pub asked_of: Cell,
    /// What can be chosen.
    pub options: Vec<NeedOption>,
    /// What follows if nobody answers, as harmless HTML.
    pub silence: String,
    /// What each option that brings the finish forward loses by waiting, as computed; empty where none does.
    pub waiting: Vec<Computed>,
    /// The exceptions that the decision answers; empty for most.
    pub exceptions: Vec<Link>,
    /// What the decision has to do with, as harmless HTML; none for nothing.
    pub related: Option<String>,
    /// The day itself, for sorting; none comes last.
    #[serde(skip)]
    pub day: Option<Date>,
}

/// A way to answer.
#[derive(Clone, Debug, Serialize)]
pub struct NeedOption {
    /// Its short name.
    pub name: String,
    /// What it means, as harmless HTML.
    pub html: String,
    /// What it leads to: `finish 23 Dec 2026, 29 calendar days sooner; 104 959 EUR at completion`; none where it says not how
    /// it changes the plan.
    pub effect: Option<Computed>,
}

/// Words with a computed figure.
#[derive(Clone, Debug, Serialize)]
pub struct Computed {
    /// The words.
    pub text: String,
    /// Where the figure is explained.
    pub explained: Option<String>,
}

/// The outstanding decisions of a project, most urgent first; the one its newest report wants leads on the same day.
#[must_use]
pub fn needs(desk: &Desk<'_>) -> Vec<Need> {
    open_decisions(desk).into_iter().map(|decision| need(desk, decision)).collect()
}

/// What is wanted of the board and those it has asked: the outstanding decisions, and before them the conditions whose day has
/// passed, because a decision already taken rests on them.
#[must_use]
pub fn wanted(desk: &Desk<'_>) -> Vec<Need> {
    let day = desk.project.status_date;
    let mut overdue: Vec<(GateId, &Condition)> = board_conditions(desk);
    overdue.retain(|(_, condition)| condition.is_overdue(day));
    overdue.sort_by_key(|(gate, condition)| (condition.due, *gate));
    let conditions = overdue.into_iter().map(|(gate, condition)| unmet(desk, gate, condition));
    conditions.chain(needs(desk)).collect()
}

/// A condition of the board whose day has passed.
fn unmet(desk: &Desk<'_>, gate: GateId, condition: &Condition) -> Need {
    let record = desk.project.project.gates.get(&gate);
    let decided = record.and_then(|record| {
        let of = record.all_conditions().find(|(_, one)| one.origin == condition.origin)?.0?;
        Some(format::date(of))
    });
    let of = decided.map_or_else(String::new, |day| format!(" of {day}"));
    Need {
        id: Link { label: format!("Condition of {gate}:"), href: desk.href_to(&Thing::Gate(gate)) },
        project: Link { label: desk.project.project.name.clone(), href: desk.href_page("index") },
        question: crate::prose::inline_html(&condition.condition.markdown),
        by: condition.due.map_or_else(|| format::NOTHING.to_owned(), format::date),
        due: condition.due.map(|due| desk.due_words(due)),
        class: "red",
        asked_of: desk.person(condition.owner),
        options: Vec::new(),
        exceptions: Vec::new(),
        silence: format!("the decision{of} at {gate} goes on resting on what is not done"),
        waiting: Vec::new(),
        related: None,
        day: condition.due,
    }
}

/// The decisions that are wanted, in the order of [`needs`].
#[must_use]
pub fn open_decisions<'a>(desk: &Desk<'a>) -> Vec<&'a DecisionEntry> {
    let day = desk.project.status_date;
    let wanted = verdict::newest_update(desk).and_then(|update| update.decision_wanted.as_ref());
    let mut open: Vec<&DecisionEntry> =
        desk.project.project.registers.decisions.iter().filter(|decision| decision.is_open(day)).collect();
    open.sort_by_key(|decision| {
        let is_wanted = wanted.is_some_and(|(id, _)| *id == decision.id);
        (decision.needed_by.is_none(), decision.needed_by, !is_wanted)
    });
    open
}

fn need(desk: &Desk<'_>, decision: &DecisionEntry) -> Need {
    let left = decision.needed_by.map(|by| desk.working_days(desk.project.status_date, by));
    Need {
        id: Link { label: decision.id.to_string(), href: desk.href_to(&Thing::Decision(&decision.id)) },
        project: Link { label: desk.project.project.name.clone(), href: desk.href_page("index") },
        question: crate::prose::inline_html(&decision.question.markdown),
        by: decision.needed_by.map_or_else(|| format::NOTHING.to_owned(), format::date),
        due: decision.needed_by.map(|by| desk.due_words(by)),
        class: match left {
            Some(days) if days < 0 => "red",
            Some(days) if days <= 5 => "amber",
            _ => "grey",
        },
        asked_of: desk.person(decision.asked_of),
        options: decision
            .options
            .iter()
            .map(|option| NeedOption {
                name: option.name.clone(),
                html: crate::prose::inline_html(&option.text.markdown),
                effect: effect(desk, &decision.id, &option.name),
            })
            .collect(),
        silence: match &decision.consequences {
            Some(text) => crate::prose::inline_html(&text.markdown),
            None => computed_silence(desk),
        },
        waiting: waiting(desk, decision),
        exceptions: answered_by(desk, &decision.id),
        related: Prose::links(
            &desk.links(&desk.project.project.registers.related(&decision.id, &decision.links)),
        )
        .map(|links| links.html),
        day: decision.needed_by,
    }
}

/// What an option leads to, where that is computed.
fn effect(desk: &Desk<'_>, decision: &Id, option: &str) -> Option<Computed> {
    let effects = &desk.project.options;
    let effect = effects.iter().find(|effect| effect.decision == *decision && effect.option == option)?;
    let words = in_short(&effect.difference, desk.project.project.currency);
    let key = format!("{}.finish", answer_anchor(desk, decision, option));
    Some(Computed { text: format::sentence_start(&words), explained: desk.explained(&key) })
}

/// Until when each option that brings the finish forward keeps its gain, in a sentence each.
fn waiting(desk: &Desk<'_>, decision: &DecisionEntry) -> Vec<Computed> {
    let effects = desk.project.options.iter().filter(|effect| effect.decision == decision.id);
    let sentences = effects.filter_map(|effect| {
        let key = format!("{}.wait", answer_anchor(desk, &decision.id, &effect.option));
        let text = decide_by_words(&effect.option, effect.decide_by?, decision.needed_by);
        Some(Computed { text, explained: desk.explained(&key) })
    });
    sentences.collect()
}

/// Until when something keeps its gain: `“crew” keeps all of its gain if it is decided by 26 Nov 2026; a working day later the
/// project finishes on 11 Jan 2027.` Says so where the answer is wanted later than that.
#[must_use]
pub fn decide_by_words(what: &str, by: DecideBy, needed_by: Option<Date>) -> String {
    let mut words = format!(
        "“{what}” keeps all of its gain if it is decided by {}; a working day later the project finishes on {}",
        format::date(by.all_until),
        format::date(by.finish_after)
    );
    if by.any_until > by.all_until {
        words.push_str(&format!(", and after {} nothing is gained", format::date(by.any_until)));
    }
    if needed_by.is_some_and(|needed| needed > by.all_until) {
        words.push_str(". The answer is wanted only after that day");
    }
    words.push('.');
    words
}

/// What silence leaves standing: the forecast as it is.
fn computed_silence(desk: &Desk<'_>) -> String {
    format!("the forecast stays at {}", format::date(desk.project.forecast.finish_day()))
}
