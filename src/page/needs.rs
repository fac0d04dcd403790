//! What is wanted from the board: the decision, by when, of whom, and what silence does.

use jiff::civil::Date;
use serde::Serialize;

use crate::control::{LimitsBroken, Shortfall, decides_on};
use crate::format;
use crate::model::{Change, Condition, DecisionEntry, PersonNo};
use crate::page::address::{Address, Thing};
use crate::page::cost_outlook;
use crate::page::desk::{Desk, days_of};
use crate::page::exceptions::answered_by;
use crate::page::explain::answer_anchor;
use crate::page::gates::board_conditions;
use crate::page::need_option::{NeedOption, approve_or_reject, either_way, first_clause, options, too_late};
use crate::page::option_limits::limits_words;
use crate::page::outside::assumption_in_short;
use crate::page::prose::Prose;
use crate::page::unread::not_known;
use crate::page::verdict;
use crate::page::view::{Cell, Link, escaped};
use crate::page::what_if::in_short;
use crate::plan::DecideBy;
use crate::quantity::{GateId, Id};

/// A decision that is outstanding.
#[derive(Clone, Debug, Serialize)]
pub struct Need {
    /// Its anchor in lists of what is wanted.
    pub anchor: String,
    /// Its id, leading to the register.
    pub id: Link,
    /// The project, leading to its dashboard; for the list of all projects.
    pub project: Link,
    /// The question, as harmless HTML.
    pub question: String,
    /// By when it is needed; none where no day is named.
    pub by: Option<String>,
    /// How far away that is: `in 3 working days`, `2 working days overdue`.
    pub due: Option<String>,
    /// `red` when overdue, `amber` within a week, `grey` later.
    pub class: &'static str,
    /// Who is asked; none where nobody is named.
    pub asked_of: Option<Cell>,
    /// Whether it is a condition of the board that has to be met: nobody decides, somebody has to do it.
    pub is_condition: bool,
    /// The option that the project manager recommends; none where nobody says.
    pub recommended: Option<InShort>,
    /// What happens if nobody answers; none where that is told in words alone.
    pub unanswered: Option<InShort>,
    /// What can be chosen.
    pub options: Vec<NeedOption>,
    /// Whether of any option it is known what it leads to.
    pub is_told: bool,
    /// Whether any option says until when it keeps its gain.
    pub has_until: bool,
    /// The limits that every answer breaks alike, and which none of them names again.
    pub either_way: Vec<String>,
    /// How the costs beside the options are counted, how far that is from the estimate of the headline, and why an option costs less
    /// although it buys something; none where nothing of it is to be told.
    pub counted: Option<String>,
    /// What the finishes beside the options take for granted of requests that are overdue; none where they rest on no such request, and
    /// where nothing is computed.
    pub assumption: Option<String>,
    /// How many options there are, in words: `All 3 options`; that nobody answers is none.
    pub all_options: String,
    /// What follows if nobody answers, as harmless HTML; none where a line of the options says it.
    pub silence: Option<String>,
    /// The exceptions that the decision answers; empty for most.
    pub exceptions: Vec<Link>,
    /// The changes that wait and that the decision answers with it; empty for most.
    pub changes: Vec<AnsweredChange>,
    /// What the decision has to do with, as harmless HTML; none for nothing.
    pub related: Option<String>,
    /// The day itself, for sorting; none comes last.
    #[serde(skip)]
    pub day: Option<Date>,
}

/// An option in a line of the first screen.
#[derive(Clone, Debug, Serialize)]
pub struct InShort {
    /// Its short name; empty where somebody wrote what silence leads to and no option happens by itself.
    pub name: String,
    /// What it means, up to its first stop; empty where its name is all.
    pub means: String,
    /// What somebody wrote that follows if nobody answers, as harmless HTML; none for other ways, and where nobody did.
    pub consequence: Option<String>,
    /// What it leads to: `9 Feb 2027, 48 492 EUR less, outside 1 limit`; none where that is not computed.
    pub leads_to: Option<String>,
}

impl InShort {
    fn of(option: &NeedOption, decision: &DecisionEntry) -> Self {
        let written = decision.options.iter().find(|written| written.name == option.name);
        let consequence = decision.consequences.as_ref().filter(|_| option.is_silence);
        let is_told = consequence.is_some() && !option.is_option;
        Self {
            name: if is_told { String::new() } else { option.name.clone() },
            means: written.map_or_else(String::new, |written| first_clause(&written.text.markdown)),
            consequence: consequence.map(|text| crate::prose::inline_html(&text.markdown)),
            leads_to: option.effect.as_ref().map(|effect| effect.in_short.clone()),
        }
    }
}

/// A change that is approved or not with a decision.
#[derive(Clone, Debug, Serialize)]
pub struct AnsweredChange {
    /// Its id and what shall change, leading to its sheet.
    pub link: Link,
    /// What it asks for, as assessed, and what of its money is missing.
    pub asked: String,
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

/// What is wanted of the board and those it has asked, by its days: the outstanding decisions and the condition that a hold waits for.
/// Before them stand the conditions whose day has passed, because a decision already taken rests on them.
#[must_use]
pub fn wanted(desk: &Desk<'_>) -> Vec<Need> {
    let day = desk.project.status_date;
    let numbered = wanted_conditions(desk).into_iter().enumerate();
    let conditions = numbered.map(|(place, (gate, condition))| {
        (!condition.is_overdue(day), unmet(desk, place + 1, gate, condition))
    });
    let asked = needs(desk).into_iter().chain(waiting_changes(desk)).map(|need| (true, need));
    let mut wanted: Vec<(bool, Need)> = conditions.chain(asked).collect();
    wanted.sort_by_key(|(is_in_time, need)| (*is_in_time, need.day.is_none(), need.day));
    wanted.into_iter().map(|(_, need)| need).collect()
}

/// The conditions of the board that somebody has to meet now: those whose day has passed, by their days, and while it holds the project
/// the next of those that it waits for.
#[must_use]
pub fn wanted_conditions<'a>(desk: &Desk<'a>) -> Vec<(GateId, &'a Condition)> {
    let day = desk.project.status_date;
    let mut wanted: Vec<(GateId, &Condition)> = board_conditions(desk);
    wanted.retain(|(_, condition)| condition.is_overdue(day));
    wanted.sort_by_key(|(gate, condition)| (condition.due, *gate));
    let next = held_by(desk).into_iter().find(|(_, condition)| !condition.is_overdue(day));
    wanted.extend(next);
    wanted
}

/// The conditions that a hold of the board waits for, by their days; empty where the project goes on.
fn held_by<'a>(desk: &Desk<'a>) -> Vec<(GateId, &'a Condition)> {
    let day = desk.project.status_date;
    let held = desk.project.project.held_on(day).map(|(gate, _)| gate);
    let mut held_by: Vec<(GateId, &Condition)> = board_conditions(desk);
    held_by.retain(|(gate, condition)| held == Some(*gate) && condition.is_open(day));
    held_by.sort_by_key(|(_, condition)| (condition.due.is_none(), condition.due));
    held_by
}

/// The changes that wait for approval and that no open decision asks about already; those without a day the longest waiting first.
#[must_use]
pub fn changes_to_approve<'a>(desk: &Desk<'a>) -> Vec<&'a Change> {
    let day = desk.project.status_date;
    let mut changes = crate::page::changes::sorted_changes(desk);
    changes.retain(|change| change.is_waiting(day) && asked_by(desk, change).is_none());
    changes
}

/// The same as decisions that are wanted of whoever decides on them.
fn waiting_changes(desk: &Desk<'_>) -> Vec<Need> {
    changes_to_approve(desk).into_iter().map(|change| approval(desk, change)).collect()
}

/// Who decides on a change.
#[must_use]
pub fn decider_of(desk: &Desk<'_>, change: &Change) -> Option<crate::model::PersonNo> {
    decides_on(&desk.project.project, desk.project.control.spending.contingency.remaining, change)
}

/// The open decision that asks about a change already, because one names the other in its links: the question is put once.
fn asked_by<'a>(desk: &Desk<'a>, change: &Change) -> Option<&'a DecisionEntry> {
    let decisions = desk.project.project.registers.decisions.iter();
    let mut open = decisions.filter(|entry| entry.is_open(desk.project.status_date));
    open.find(|entry| change.links.contains(&entry.id) || entry.links.contains(&change.id))
}

/// The changes that wait for approval and that a decision answers with it.
fn answered_changes<'a>(desk: &Desk<'a>, decision: &Id) -> Vec<&'a Change> {
    let day = desk.project.status_date;
    let changes = desk.project.project.registers.changes.iter();
    let own = |change: &&Change| {
        change.is_waiting(day) && asked_by(desk, change).is_some_and(|entry| entry.id == *decision)
    };
    changes.filter(own).collect()
}

/// A change whose approval is wanted.
fn approval(desk: &Desk<'_>, change: &Change) -> Need {
    let project = &desk.project.project;
    let mut options = approve_or_reject(desk, change, &asked_words(desk, change));
    let either_way = either_way(&mut options);
    let waits = change.submitted.map(|submitted| desk.working_days_from(submitted, desk.project.status_date));
    let silence = change.if_not_done.as_ref().map_or_else(
        || "it is not done, and goes on waiting".to_owned(),
        |text| crate::prose::inline_html(&text.markdown),
    );
    let related = desk.links(&project.registers.related(&change.id, &change.links));
    Need {
        anchor: format!("need-{}-{}", desk.folder(), change.id),
        recommended: None,
        unanswered: None,
        either_way,
        counted: counted(desk, &options),
        id: Link { label: change.id.to_string(), href: desk.href_to(&Thing::Change(&change.id)) },
        project: Link { label: project.name.clone(), href: desk.href_page("index") },
        question: format!("Approve the change? {}", crate::prose::inline_html(&change.change.markdown)),
        by: change.needed_by.map(format::date),
        due: match (change.needed_by, waits) {
            (Some(by), _) => Some(due_words(desk, by)),
            (None, waits) => waits.map(|days| format!("has waited {}", days_of(days))),
        },
        class: urgency(desk, change.needed_by),
        asked_of: named(desk, decider_of(desk, change)),
        is_condition: false,
        is_told: options.iter().any(|option| option.effect.is_some()),
        has_until: options.iter().any(NeedOption::has_until),
        assumption: assumed(desk, &options),
        all_options: all_options(&options),
        options,
        exceptions: Vec::new(),
        changes: Vec::new(),
        silence: Some(silence),
        related: Prose::links(&related).map(|links| links.html),
        day: change.needed_by,
    }
}

/// What a change asks for, as assessed, and what of its money is missing.
fn asked_words(desk: &Desk<'_>, change: &Change) -> String {
    let mut words: Vec<String> = Vec::new();
    words.extend(change.cost.map(|cost| desk.money_words(cost)));
    words.extend(change.time.map(|time| desk.days_words(time)));
    words.extend(change.pay_from.as_deref().map(|from| format!("paid from {}", from.replace('_', " "))));
    let asked = if words.is_empty() {
        "Cost and time are not assessed".to_owned()
    } else {
        format!("As assessed: {}", words.join(", "))
    };
    let shortfall = Shortfall::of(change, &desk.project.control.spending, desk.project.status_date);
    match shortfall {
        Some(shortfall) => format!("{asked}; {}", shortfall.words(desk.project.project.currency)),
        None => asked,
    }
}

/// A condition of the board that has to be met.
fn unmet(desk: &Desk<'_>, number: usize, gate: GateId, condition: &Condition) -> Need {
    let record = desk.project.project.gates.get(&gate);
    let decided = record.and_then(|record| {
        let of = record.all_conditions().find(|(_, one)| one.origin == condition.origin)?.0?;
        Some(format::date(of))
    });
    let of = decided.map_or_else(String::new, |day| format!(" of {day}"));
    let is_overdue = condition.is_overdue(desk.project.status_date);
    let silence = match held_by(desk).iter().filter(|(held, _)| *held == gate).count() {
        0 => format!("the decision{of} at {gate} goes on resting on what is not done"),
        1 => format!("the project goes on waiting at {gate}"),
        2 => format!("the project goes on waiting at {gate}, for this and another condition"),
        many => format!("the project goes on waiting at {gate}, for this and {} more conditions", many - 1),
    };
    Need {
        anchor: format!("need-{}-{gate}-{number}", desk.folder()),
        recommended: None,
        unanswered: None,
        either_way: Vec::new(),
        counted: None,
        id: Link { label: format!("Condition of {gate}:"), href: desk.href_to(&Thing::Gate(gate)) },
        project: Link { label: desk.project.project.name.clone(), href: desk.href_page("index") },
        question: crate::prose::inline_html(&condition.condition.markdown),
        by: condition.due.map(format::date),
        due: condition.due.map(|due| due_words(desk, due)),
        class: if is_overdue { "red" } else { "amber" },
        asked_of: named(desk, condition.owner),
        is_condition: true,
        all_options: all_options(&[]),
        options: Vec::new(),
        is_told: false,
        has_until: false,
        assumption: None,
        exceptions: Vec::new(),
        changes: Vec::new(),
        silence: Some(silence),
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

/// The changes that a decision answers with it, each with what it asks for.
fn changes_answered(desk: &Desk<'_>, decision: &Id) -> Vec<AnsweredChange> {
    let changes = answered_changes(desk, decision).into_iter();
    let answered = changes.map(|change| AnsweredChange {
        link: Link {
            label: format!("{} {}", change.id, crate::prose::inline_text(&change.change.markdown)),
            href: desk.href_to(&Thing::Change(&change.id)),
        },
        asked: asked_words(desk, change),
    });
    answered.collect()
}

/// When an answer is due. Among projects of several status dates that of this one is told with it: `in 1 working day as of 16 Oct 2026`.
fn due_words(desk: &Desk<'_>, by: Date) -> String {
    let words = desk.due_words(by);
    let day = desk.project.status_date;
    if *desk.address == Address::portfolio() && day != desk.report.status_date {
        format!("{words} as of {}", format::date(day))
    } else {
        words
    }
}

/// The colour of a day by which an answer is needed: red once it has passed, amber within five working days, grey later and without a day.
fn urgency(desk: &Desk<'_>, by: Option<Date>) -> &'static str {
    match by.map(|by| desk.working_days_from(desk.project.status_date, by)) {
        Some(days) if days < 0 => "red",
        Some(days) if days <= 5 => "amber",
        _ => "grey",
    }
}

fn need(desk: &Desk<'_>, decision: &DecisionEntry) -> Need {
    let silence = match &decision.consequences {
        Some(text) => crate::prose::inline_html(&text.markdown),
        None => match &decision.if_silent {
            Some(option) => escaped(&format!("“{option}” happens")),
            None => computed_silence(desk, decision.options.is_empty()),
        },
    };
    let mut options = options(desk, decision, &silence);
    let is_told_apart = options.iter().all(|option| option.is_option);
    let in_short = |option| InShort::of(option, decision);
    let recommended = options.iter().find(|option| option.is_recommended).map(in_short);
    let recommended = recommended.map(|one| InShort { consequence: None, ..one });
    let unanswered = options.iter().find(|option| option.is_silence && option.effect.is_some()).map(in_short);
    let either_way = either_way(&mut options);
    Need {
        anchor: format!("need-{}-{}", desk.folder(), decision.id),
        recommended,
        unanswered,
        either_way,
        counted: counted(desk, &options),
        id: Link { label: decision.id.to_string(), href: desk.href_to(&Thing::Decision(&decision.id)) },
        project: Link { label: desk.project.project.name.clone(), href: desk.href_page("index") },
        question: crate::prose::inline_html(&decision.question.markdown),
        by: decision.needed_by.map(format::date),
        due: decision.needed_by.map(|by| due_words(desk, by)),
        class: urgency(desk, decision.needed_by),
        asked_of: named(desk, decision.asked_of),
        is_condition: false,
        is_told: options.iter().any(|option| option.effect.is_some()),
        has_until: options.iter().any(NeedOption::has_until),
        assumption: assumed(desk, &options),
        all_options: all_options(&options),
        options,
        silence: is_told_apart.then_some(silence),
        exceptions: answered_by(desk, &decision.id),
        changes: changes_answered(desk, &decision.id),
        related: Prose::links(
            &desk.links(&desk.project.project.registers.related(&decision.id, &decision.links)),
        )
        .map(|links| links.html),
        day: decision.needed_by,
    }
}

fn all_options(options: &[NeedOption]) -> String {
    let count = options.iter().filter(|option| option.is_option).count();
    format!("All {}", format::count(count, "option"))
}

/// The forecast as it stands, with what it breaks.
fn as_it_stands(desk: &Desk<'_>) -> Computed {
    let project = desk.project;
    if project.control.is_stopped {
        let in_the_end = desk.money_words(project.control.cost_in_the_end());
        return Computed {
            text: format!(
                "The project is stopped: nothing is forecast any more, and it will have cost {in_the_end}."
            ),
            explained: desk.explained("stop-cost"),
        };
    }
    if let Some(text) = not_known(desk) {
        return Computed { text, explained: None };
    }
    let broken = LimitsBroken::of(&project.project, &project.control, &project.forecast);
    Computed {
        text: format!(
            "As the forecast stands: finish {}{}; {} by what is left to do (EAC₄). {}",
            format::date(project.forecast.finish_day()),
            assumption_in_short(desk).map_or_else(String::new, |words| format!(" ({words})")),
            desk.money_words(project.control.bottom_up.estimate),
            limits_words(desk, &broken)
        ),
        explained: desk.explained("finish"),
    }
}

/// What silence leads to: as much as the option that happens by itself, or else what the forecast says as it stands.
#[must_use]
pub fn silence_effect(desk: &Desk<'_>, decision: &DecisionEntry) -> Computed {
    let Some(option) = &decision.if_silent else {
        let stands = as_it_stands(desk);
        let words = "Nobody has said which option happens by itself";
        return Computed { text: format!("{words}. {}", stands.text), ..stands };
    };
    let effects = &desk.project.options;
    let told = effects.iter().find(|effect| effect.decision == decision.id && effect.option == *option);
    let Some(told) = told else {
        let stands = as_it_stands(desk);
        return Computed { text: format!("“{option}” happens. {}", stands.text), ..stands };
    };
    let words = in_short(&told.difference, desk.project.project.currency);
    let broken = limits_words(desk, &told.difference.limits.after);
    let anchor = answer_anchor(desk, &decision.id, option);
    Computed {
        text: format!("“{option}” happens. {}. {broken}", format::sentence_start(&words)),
        explained: desk.explained(&format!("{anchor}.finish")),
    }
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
    if let Some(late) = too_late(by, needed_by) {
        words.push_str(&format!(". {}", format::sentence_start(&late)));
    }
    words.push_str(". What it changes is taken as not begun until then.");
    words
}

/// Who is asked; none where nobody is named.
fn named(desk: &Desk<'_>, who: Option<PersonNo>) -> Option<Cell> {
    who.map(|who| desk.person(Some(who)))
}

/// How the costs beside options are counted: `Cost is counted task by task (EAC₄), which as it stands comes to 738 552 EUR in the end; by the
/// cost trend (EAC₂) it is 674 545 EUR.` Not where no option has one, and where the headline is the same sum; then why an option costs less
/// although it buys something. None where nothing of it is to be told.
fn counted(desk: &Desk<'_>, options: &[NeedOption]) -> Option<String> {
    let control = &desk.project.control;
    let headline = cost_outlook::cost_forecasts(desk).into_iter().next()?;
    let (from_below, above) =
        (desk.money_words(control.bottom_up.estimate), desk.money_words(headline.amount));
    let is_told = options.iter().any(|option| option.effect.is_some()) && from_below != above;
    let how = is_told.then(|| {
        format!(
            "Cost is counted task by task (EAC₄), which as it stands comes to {from_below} in the end; {} it is {above}.",
            headline.by()
        )
    });
    let causes = options.iter().filter_map(|option| {
        let cause = option.effect.as_ref()?.cost_cause.as_ref()?;
        Some(format!("“{}” means {cause}.", option.name))
    });
    let told: Vec<String> = how.into_iter().chain(causes).collect();
    (!told.is_empty()).then(|| told.join(" "))
}

/// What the finishes beside options take for granted: `The forecast stands at 3 Aug 2027 if X1 is here by 20 Nov 2026, 10 Aug 2027 if it
/// comes a week later.` What one of them alone rests on is told with its name.
fn assumed(desk: &Desk<'_>, options: &[NeedOption]) -> Option<String> {
    let words = assumption_in_short(desk)
        .filter(|_| desk.project.are_days_known && options.iter().any(|option| option.effect.is_some()));
    let of_all = words.map(|words| {
        format!("The forecast stands at {} {words}.", format::date(desk.project.forecast.finish_day()))
    });
    let of_one = options.iter().filter_map(|option| {
        let words = option.effect.as_ref()?.relies_on.as_ref()?;
        Some(format!("The finish with “{}” stands {words}.", option.name))
    });
    let told: Vec<String> = of_all.into_iter().chain(of_one).collect();
    (!told.is_empty()).then(|| told.join(" "))
}

/// What silence leaves standing: the forecast as it is, with what it takes for granted where no options say it beneath them.
fn computed_silence(desk: &Desk<'_>, is_alone: bool) -> String {
    if desk.project.control.is_stopped {
        return "nothing changes: the project is stopped".to_owned();
    }
    if let Some(why) = desk.days_unread() {
        return format!("what the forecast stays at is not known: {why}");
    }
    let assumed = assumption_in_short(desk).filter(|_| is_alone);
    let assumed = assumed.map_or_else(String::new, |words| format!(" ({words})"));
    format!("the forecast stays at {}{assumed}", format::date(desk.project.forecast.finish_day()))
}
