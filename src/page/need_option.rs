//! The ways to answer a decision, side by side: when the project finishes with each, what it costs, what it breaks of what was
//! agreed, and until when it keeps its gain.

use jiff::civil::Date;
use serde::Serialize;

use crate::control::{Difference, LimitsBroken};
use crate::format;
use crate::model::{Change, DecisionEntry, Ground};
use crate::page::desk::Desk;
use crate::page::explain::{answer_anchor, change_anchor};
use crate::page::option_limits::broken_in_short;
use crate::page::outside::relied_on_words;
use crate::page::unread::is_known;
use crate::page::view::Cell;
use crate::page::what_if::{cost_cause, cost_change, finish_change};
use crate::plan::DecideBy;

/// A way to answer.
#[derive(Clone, Debug, Serialize)]
pub struct NeedOption {
    /// Its short name.
    pub name: String,
    /// What it means, as harmless HTML.
    pub html: String,
    /// Whether the project manager recommends it.
    pub is_recommended: bool,
    /// Whether it is one of the options, or what silence does where none of them happens by itself.
    pub is_option: bool,
    /// Whether it is what happens if nobody answers.
    pub is_silence: bool,
    /// What it leads to; none where nobody has said what it changes in the plan.
    pub effect: Option<Effect>,
}

/// What an answer leads to.
#[derive(Clone, Debug, Serialize)]
pub struct Effect {
    /// The finish, with how far it is from the forecast as it stands.
    pub finish: Cell,
    /// How far the cost is from that of the forecast as it stands, with what it comes to in the end, both counted from what is left to
    /// do (EAC₄).
    pub cost: Cell,
    /// Finish, cost and how much of what was agreed it breaks, in a few words: `9 Feb 2027, 48 492 EUR less, outside 1 limit`.
    pub in_short: String,
    /// The deadlines and tolerances that it breaks, one by one, in words; empty where it keeps all.
    pub broken: Vec<String>,
    /// What is said where it breaks nothing: `nothing`, that nothing is set, or that it breaks no more than every answer does.
    pub kept: &'static str,
    /// Where the limits are explained.
    pub explained: Option<String>,
    /// Until when it keeps all of its gain, and what waiting longer costs; none where it brings the finish not forward.
    pub until: Option<Cell>,
    /// What the finish takes for granted of overdue requests that the forecast does not rest on, for the line beneath the options.
    #[serde(skip)]
    pub relies_on: Option<String>,
    /// Why its cost moves against what it buys, for the line beneath the options; none where that needs no telling.
    #[serde(skip)]
    pub cost_cause: Option<String>,
}

impl NeedOption {
    /// Whether it keeps its gain for a while only.
    #[must_use]
    pub fn has_until(&self) -> bool {
        self.effect.as_ref().is_some_and(|effect| effect.until.is_some())
    }
}

/// The options of a decision, in the order of the file; where nobody has said which of them happens by itself, silence is a line of
/// its own behind them, with what follows from it as harmless HTML.
#[must_use]
pub fn options(desk: &Desk<'_>, decision: &DecisionEntry, silence: &str) -> Vec<NeedOption> {
    let is = |named: Option<&String>, option: &str| named.is_some_and(|name| name == option);
    let mut options: Vec<NeedOption> = decision
        .options
        .iter()
        .map(|option| NeedOption {
            name: option.name.clone(),
            html: crate::prose::inline_html(&option.text.markdown),
            is_option: true,
            is_recommended: is(decision.recommendation.as_ref(), &option.name),
            is_silence: is(decision.if_silent.as_ref(), &option.name),
            effect: effect(desk, decision, &option.name),
        })
        .collect();
    if decision.if_silent.is_none() && !options.is_empty() && !desk.project.control.is_stopped {
        options.push(NeedOption {
            name: "no answer".to_owned(),
            html: silence.to_owned(),
            is_option: false,
            is_recommended: false,
            is_silence: true,
            effect: as_it_stands(desk),
        });
    }
    options
}

/// What a text says up to its first full stop, semicolon or colon, without marks: `Keep the 22 points that were approved`.
#[must_use]
pub fn first_clause(markdown: &str) -> String {
    let words = crate::prose::inline_text(markdown);
    let stops = ["; ", ": "].into_iter().filter_map(|stop| words.find(stop));
    let begins = |at: usize| words[at + 2..].chars().next().is_some_and(char::is_uppercase);
    let sentence = words.match_indices(". ").map(|(at, _)| at).find(|at| begins(*at));
    let end = stops.chain(sentence).min().unwrap_or(words.len());
    words[..end].trim_end_matches('.').to_owned()
}

/// The two answers to a change that waits.
#[must_use]
pub fn approve_or_reject(desk: &Desk<'_>, change: &Change, asked: &str) -> Vec<NeedOption> {
    let told = desk.project.changes.iter().find(|effect| effect.change == change.id);
    let anchor = change_anchor(&change.id);
    let option = |name: &str, html: String, effect| NeedOption {
        name: name.to_owned(),
        html,
        is_option: true,
        is_recommended: false,
        is_silence: false,
        effect,
    };
    let led_to = told.map(|told| with_it(desk, &told.difference, &anchor, told.decide_by, change.needed_by));
    // Where it says what it sets in the plan, the forecast does not hold it yet and stays as it is; else nobody knows.
    let stands = told.and_then(|_| as_it_stands(desk));
    let otherwise = "It is not done; it can also be postponed, or merged with another change".to_owned();
    vec![option("approve", crate::prose::inline_html(asked), led_to), option("reject", otherwise, stands)]
}

/// What an option leads to, where that is computed; of the one that happens by itself and changes nothing in the plan, the
/// forecast as it stands.
fn effect(desk: &Desk<'_>, decision: &DecisionEntry, option: &str) -> Option<Effect> {
    let told = desk.project.options.iter().find(|told| told.decision == decision.id && told.option == option);
    if let Some(told) = told {
        let anchor = answer_anchor(desk, &decision.id, option);
        return Some(with_it(desk, &told.difference, &anchor, told.decide_by, decision.needed_by));
    }
    (decision.if_silent.as_deref() == Some(option)).then(|| as_it_stands(desk)).flatten()
}

fn with_it(
    desk: &Desk<'_>,
    difference: &Difference,
    anchor: &str,
    by: Option<DecideBy>,
    needed_by: Option<Date>,
) -> Effect {
    let opened = |figure: &str| desk.explained(&format!("{anchor}.{figure}"));
    let currency = desk.project.project.currency;
    let ends = forecast_of(desk, difference.finish.after);
    let finish = ends.map_or_else(Cell::nothing, |day| {
        Cell::text(format::date(day)).note(finish_note(difference)).explained(opened("finish"))
    });
    let change = cost_change(difference, currency);
    let in_the_end = desk.money_words(difference.estimate_from_below.after);
    let cost = Cell::text(change.clone().unwrap_or_else(no_change)).note(format!("{in_the_end} in the end"));
    let (broken, kept) = limits(desk, &difference.limits.after);
    Effect {
        in_short: told_in_short(ends, change, broken.len()),
        finish,
        cost: cost.explained(opened("cost")),
        broken,
        kept,
        explained: opened("limits"),
        until: by.map(|by| until(by, needed_by).explained(opened("wait"))),
        relies_on: relied_on_words(&difference.relies_on),
        cost_cause: cost_cause(difference, currency),
    }
}

/// How far the finish is from the forecast, and how sure it is: `8 working days earlier; P50 13 Jan 2027, P80 5 Feb 2027`.
fn finish_note(difference: &Difference) -> String {
    let moved = finish_change(difference).unwrap_or_else(as_forecast);
    let runs = runs_words((difference.finish_p50.after, difference.finish_p80.after));
    [moved].into_iter().chain(runs).collect::<Vec<_>>().join("; ")
}

/// By when half of the runs and four of five of them end; none where nothing varies.
fn runs_words((half, most): (Option<Date>, Option<Date>)) -> Option<String> {
    let (half, most) = (half?, most?);
    Some(if half == most {
        format!("P50 and P80 {}", format::date(half))
    } else {
        format!("P50 {}, P80 {}", format::date(half), format::date(most))
    })
}

/// The finish that an answer leads to; none once the board has stopped the project, for nothing is finished any more.
fn forecast_of(desk: &Desk<'_>, finish: Date) -> Option<Date> {
    (!desk.project.control.is_stopped).then_some(finish)
}

/// What an answer leads to, for a line of the first screen: `finish 9 Feb 2027, 48 492 EUR less, outside 1 limit`. Where nothing of it
/// moves, that nothing changes.
fn told_in_short(finish: Option<Date>, cost: Option<String>, broken: usize) -> String {
    let limits = (broken > 0).then(|| format!("outside {}", format::count(broken, "limit")));
    let finish = finish.map(|day| format!("finish {}", format::date(day)));
    let words: Vec<String> = finish.into_iter().chain(cost).chain(limits).collect();
    if words.is_empty() { no_change() } else { words.join(", ") }
}

/// The limits that every answer breaks alike: taken out of the options, since no answer changes them. Empty where an answer is not
/// computed, or is the only one.
pub(super) fn either_way(options: &mut [NeedOption]) -> Vec<String> {
    if options.iter().any(|option| option.effect.is_none()) {
        return Vec::new();
    }
    let mut effects: Vec<&mut Effect> =
        options.iter_mut().filter_map(|option| option.effect.as_mut()).collect();
    let Some((first, others)) = effects.split_first() else { return Vec::new() };
    if others.is_empty() {
        return Vec::new();
    }
    let is_shared = |line: &&String| others.iter().all(|other| other.broken.contains(line));
    let shared: Vec<String> = first.broken.iter().filter(is_shared).cloned().collect();
    for effect in &mut effects {
        effect.broken.retain(|line| !shared.contains(line));
        if !shared.is_empty() && effect.broken.is_empty() {
            effect.kept = "nothing beyond that";
        }
    }
    shared
}

/// What is said of a finish that stays.
fn as_forecast() -> String {
    "as forecast".to_owned()
}

/// What is said of a cost that stays: it is counted otherwise than the headline, so that it is not what is forecast.
fn no_change() -> String {
    "no change".to_owned()
}

/// The forecast as it stands, with what it breaks.
fn as_it_stands(desk: &Desk<'_>) -> Option<Effect> {
    let project = desk.project;
    if !is_known(desk, Ground::ESTIMATE) {
        return None;
    }
    let limits_broken = LimitsBroken::of(&project.project, &project.control, &project.forecast);
    let (broken, kept) = limits(desk, &limits_broken);
    let ends = project.risk.as_ref().map(|risk| &risk.finish);
    let by = |percent| ends?.day(percent);
    let runs = runs_words((by(50), by(80)));
    let note = [as_forecast()].into_iter().chain(runs).collect::<Vec<_>>().join("; ");
    let ends = forecast_of(desk, project.forecast.finish_day());
    let finish = ends.map_or_else(Cell::nothing, |day| {
        Cell::text(format::date(day)).note(note).explained(desk.explained("finish"))
    });
    let in_the_end = desk.money_words(project.control.bottom_up.estimate);
    let cost = Cell::text(no_change()).note(format!("{in_the_end} in the end"));
    Some(Effect {
        in_short: told_in_short(ends, None, broken.len()),
        finish,
        cost: cost.explained(desk.explained("eac-4")),
        broken,
        kept,
        explained: None,
        until: None,
        relies_on: None,
        cost_cause: None,
    })
}

fn limits(desk: &Desk<'_>, broken: &LimitsBroken) -> (Vec<String>, &'static str) {
    (broken_in_short(desk, broken), if broken.is_any_set { "nothing" } else { "no limit is set" })
}

/// Until when something keeps its gain: the day, and what happens a working day later.
fn until(by: DecideBy, needed_by: Option<Date>) -> Cell {
    let mut note = format!("a working day later: finish {}", format::date(by.finish_after));
    if by.any_until > by.all_until {
        note.push_str(&format!("; after {}: no gain", format::date(by.any_until)));
    }
    let cell = Cell::text(format::date(by.all_until));
    match too_late(by, needed_by) {
        Some(late) => cell.note(format!("{note}; {late}")).class("bad"),
        None => cell.note(note),
    }
}

/// That an answer is wanted on a day on which not all of the gain is left, or nothing of it; none where the day leaves it whole.
#[must_use]
pub fn too_late(by: DecideBy, needed_by: Option<Date>) -> Option<String> {
    let needed = needed_by.filter(|needed| *needed > by.all_until)?;
    let left = if needed > by.any_until { "any" } else { "all" };
    Some(format!("the answer is wanted by {}, too late for {left} of it", format::date(needed)))
}
