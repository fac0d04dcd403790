//! The sentences that a sponsor reads first: when, how much, why, and what would change it.

use jiff::civil::Date;
use serde::Serialize;

use crate::control::{
    Colour, DimensionKind, LimitsBroken, MissedDeadline, ReferenceSource, UnbookedEffort, chance_words,
    tolerances_left,
};
use crate::format;
use crate::model::{Calendar, Closure, Ground, Limit, TaskKind, TaskNo};
use crate::page::address::Address;
use crate::page::cost_outlook;
use crate::page::desk::{Desk, days_of};
use crate::page::frame::project_status;
use crate::page::lost_time::computed_cause;
use crate::page::outside;
use crate::page::silence;
use crate::page::unread::{is_known, not_known, why_no_estimate, why_not};
use crate::page::view::Status;
use crate::plan::Cliff;
use crate::plan::risk::ScheduleRisk;
use crate::quantity::{Amount, Fraction, GateId, Instant, Window};

/// The verdict on a project.
#[derive(Clone, Debug, Serialize)]
pub struct Verdict {
    /// How it stands overall.
    pub status: Status,
    /// Date, lateness and money in one short sentence.
    pub text: String,
    /// The cause in the words of the newest report, or what the figures say about it.
    pub cause: Option<String>,
    /// What else a sponsor must know, a matter to each: how sure the finish is, deadlines missed, whether contingency covers the cost, what
    /// else is outside its tolerance, what the forecast takes for granted. Empty where there is nothing.
    pub besides: Vec<String>,
    /// The working day on which much depends.
    pub lever: Option<String>,
}

/// Puts the verdict on a project into words.
#[must_use]
pub fn verdict(desk: &Desk<'_>) -> Verdict {
    Verdict {
        status: rated(desk),
        text: headline(desk),
        cause: cause(desk),
        besides: besides(desk),
        lever: if desk.project.control.is_stopped { None } else { lever(desk) },
    }
}

/// How it stands overall, and which dimensions make it so: `Red for cost and quality`.
fn rated(desk: &Desk<'_>) -> Status {
    let status = project_status(desk.project);
    match rated_for(desk) {
        Some(names) => Status { word: format!("{} {names}", status.word), ..status },
        None => status,
    }
}

/// The dimensions that make it red or amber: `for cost and quality`. None where it is neither, and once it is stopped or closed.
pub(super) fn rated_for(desk: &Desk<'_>) -> Option<String> {
    let control = &desk.project.control;
    let overall = control.health.overall;
    if control.has_ended() || !matches!(overall, Colour::Amber | Colour::Red) {
        return None;
    }
    let same = control.health.dimensions.iter().filter(|dimension| dimension.colour == overall);
    let names: Vec<String> = same.map(|dimension| dimension.kind.key().to_owned()).collect();
    (!names.is_empty()).then(|| format!("for {}", format::listed(&names)))
}

/// Date, lateness and money: the golden sentence of the first screen.
#[must_use]
pub fn sentence(desk: &Desk<'_>) -> String {
    let control = &desk.project.control;
    if control.is_stopped {
        let stopped = match desk.project.project.stopped_on(desk.project.status_date) {
            Some((gate, day)) => format!("Stopped by the board at {gate} on {}.", format::date(day)),
            None => "Stopped by the board.".to_owned(),
        };
        return with_not_known(desk, stopped);
    }
    let mut parts = Vec::new();
    if desk.project.are_days_known {
        parts.push(time_words(desk, is_known(desk, Ground::SLIP).then(|| lateness(desk)).as_deref()));
    }
    if control.total.budget > Amount::ZERO && is_known(desk, Ground::ESTIMATE) {
        parts.push(money(desk));
    }
    if parts.is_empty() {
        return with_not_known(desk, held(desk).trim_end().to_owned());
    }
    let mut text = with_not_known(desk, format!("{}{}.", held(desk), parts.join("; ")));
    if let Some(assumption) = outside::assumption(desk).filter(|_| desk.project.are_days_known) {
        text.push(' ');
        text.push_str(&assumption);
    }
    text
}

/// Date, lateness and how sure it is, in one sentence; that it is stopped or on hold where it is.
#[must_use]
pub fn time_sentence(desk: &Desk<'_>) -> String {
    if desk.project.control.is_stopped {
        return sentence(desk);
    }
    if !desk.project.are_days_known {
        return with_not_known(desk, held(desk).trim_end().to_owned());
    }
    let lateness = is_known(desk, Ground::SLIP).then(|| lateness_in_short(desk));
    format!("{}{}.", held(desk), time_words(desk, lateness.as_deref()))
}

/// A sentence behind those that say what is not known because it could not be read; alone where all is known.
fn with_not_known(desk: &Desk<'_>, sentence: String) -> String {
    let parts = not_known(desk).into_iter().chain([sentence]);
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// That the board holds the project, as a sentence with a space behind it; empty where it goes on.
fn held(desk: &Desk<'_>) -> String {
    let held = desk.project.project.held_on(desk.project.status_date);
    held.map_or_else(String::new, |(gate, day)| {
        format!("On hold by the board at {gate} since {}. ", format::date(day))
    })
}

/// `Forecast 21 Jan 2027`, or `Finished …` once all is done.
fn dated(desk: &Desk<'_>) -> String {
    let verb = if desk.project.control.is_finished { "Finished" } else { "Forecast" };
    format!("{verb} {}", format::date(desk.project.forecast.finish_day()))
}

fn time_words(desk: &Desk<'_>, lateness: Option<&str>) -> String {
    let control = &desk.project.control;
    let mut text = format!("{}{}", dated(desk), best_case(desk).unwrap_or_default());
    if let Some(lateness) = lateness {
        text = format!("{text}, {lateness}");
    }
    if let Some(risk) = desk.project.risk.as_ref().filter(|_| !control.is_closed) {
        text.push_str("; ");
        text.push_str(&chance_words(control.chance_of_promise(Some(risk)), risk));
    }
    text
}

/// Date, lateness and money in one short sentence: `Forecast 21 Jan 2027, 34 working days late; 104 959 EUR, 6.6 % over budget, inside
/// contingency.` Where the likely finish keeps the promise and too few runs do, `on time in 40 % of the runs`. That it is stopped or on hold
/// where it is. What else there is to know stands [`besides`]. What could not be read comes first, and nothing that rests on it follows.
fn headline(desk: &Desk<'_>) -> String {
    let control = &desk.project.control;
    if control.is_stopped {
        let stopped = match desk.project.project.stopped_on(desk.project.status_date) {
            Some((gate, day)) => format!("The board stopped it at {gate} on {}.", format::date(day)),
            None => "The board stopped it.".to_owned(),
        };
        return with_not_known(desk, stopped);
    }
    if !desk.project.are_days_known {
        return with_not_known(desk, held(desk).trim_end().to_owned());
    }
    let days = finish_slip_days(desk);
    let is_promised = is_promised(desk);
    let doubtful = doubtful_promise(desk).map(format::of_the_runs);
    let time = match (days.signum(), is_promised) {
        (0, true) => doubtful.map_or_else(|| "on time".to_owned(), |runs| format!("on time in {runs}")),
        (0, false) if desk.project.awaited_baseline().is_some() => {
            format!("as planned; {}", no_baseline(desk))
        }
        (0, false) => "as planned, without an approved baseline".to_owned(),
        (1, true) => format!("{} late", days_of(days)),
        (1, false) => format!("{} behind the plan", days_of(days)),
        (_, true) => {
            let kept = doubtful.map_or_else(String::new, |runs| format!(", but the promise kept in {runs}"));
            format!("{} early{kept}", days_of(-days))
        }
        (_, false) => format!("{} ahead of the plan", days_of(-days)),
    };
    let money = (control.total.budget > Amount::ZERO && control.spending.is_recorded).then(|| {
        let covered =
            cost_outlook::cover_in_short(desk).map_or_else(String::new, |words| format!(", {words}"));
        format!("; {}, {}{covered}", desk.money_words(control.total.estimate()), against_budget(desk))
    });
    let time = if is_known(desk, Ground::SLIP) { format!(", {time}") } else { String::new() };
    with_not_known(desk, format!("{}{}{time}{}.", held(desk), dated(desk), money.unwrap_or_default()))
}

/// What the headline leaves out, a matter to each paragraph, most pressing first.
fn besides(desk: &Desk<'_>) -> Vec<String> {
    let sentence = |words: String| format!("{}.", format::sentence_start(&words));
    let beyond = Some(desk).filter(|desk| !desk.project.control.is_stopped);
    let matters = [
        missed_deadline(desk).map(sentence),
        how_sure(desk),
        beyond.and_then(cost_outlook::cover_of_counts),
        cost_outlook::orders_beyond(desk),
        outside_words(desk).map(sentence),
        silence::words(desk).filter(|_| desk.project.are_days_known),
        outside::assumption(desk).filter(|_| desk.project.are_days_known),
    ];
    matters.into_iter().flatten().collect()
}

/// How many runs keep the forecast finish, and how little it is to be relied on, in sentences: `1 % of the simulated runs keep 10 Feb 2027:
/// it holds if all goes as most likely and no open risk strikes. Half of all runs end by 23 Feb 2027, four of five by 1 Mar 2027.` Where the
/// headline has told how many, the rest alone. None where nothing varies, and once all is done.
fn how_sure(desk: &Desk<'_>) -> Option<String> {
    if let Some(why) = runs_unread(desk) {
        return Some(format!("How sure the finish is, is not known: {why}."));
    }
    let kept = forecast_kept(desk)?;
    let finish = format::date(desk.project.forecast.finish_day());
    // Where the forecast is the promise and doubtful, the same share stands in the headline.
    let is_told = finish_slip_days(desk) == 0 && doubtful_promise(desk).is_some() && is_promised(desk);
    let share = (!is_told).then(|| {
        let runs = format::of_the_runs(kept).replace("of the runs", "of the simulated runs");
        format!("{} keep {finish}", format::sentence_start(&runs))
    });
    let doubt = doubt(desk, if share.is_some() { "all runs" } else { "the simulated runs" });
    match (share, doubt) {
        (Some(share), Some(doubt)) => Some(format!("{share}: it {doubt}")),
        (Some(share), None) => Some(format!("{share}.")),
        (None, doubt) => doubt.map(|doubt| format!("{finish} {doubt}")),
    }
}

/// Why nobody knows how sure the forecast finish is; none where the runs could be made, where the finish itself is not known, and once all is
/// done.
#[must_use]
pub fn runs_unread(desk: &Desk<'_>) -> Option<String> {
    let is_asked = desk.project.are_days_known && !desk.project.control.has_ended();
    why_not(desk, Ground::RUNS).filter(|_| is_asked)
}

/// The share of the runs that keep the forecast finish; none where nothing varies, and once all is done, stopped or closed.
pub(super) fn forecast_kept(desk: &Desk<'_>) -> Option<Fraction> {
    let report = desk.project;
    let risk = report.risk.as_deref().filter(|_| !report.control.has_ended())?;
    Some(risk.finish.chance_of(Instant::end_of(report.forecast.finish_day())))
}

/// The deadline that the forecast misses by most: `G3 misses its deadline by 5 working days`, with how many more it misses. None where it keeps
/// all, and once all is done.
pub(super) fn missed_deadline(desk: &Desk<'_>) -> Option<String> {
    let report = desk.project;
    if report.control.has_ended() || !desk.project.are_days_known {
        return None;
    }
    let missed = LimitsBroken::of(&report.project, &report.control, &report.forecast).deadlines;
    let late = |one: &MissedDeadline| desk.slip_days(one.deadline, one.last_day);
    // Of those missed by as much the first of the plan is told.
    let most = missed.iter().rev().max_by_key(|one| late(one))?;
    let task = report.project.task(most.task);
    let who = match task.kind {
        TaskKind::Gate(gate) => gate.to_string(),
        _ => format!("“{}”", task.name),
    };
    let more = match missed.len() {
        1 => String::new(),
        2 => ", and another deadline is missed".to_owned(),
        many => format!(", and {} more deadlines are missed", many - 1),
    };
    let by = if most.last_day == most.deadline {
        "on its day".to_owned()
    } else {
        format!("by {}", desk.behind_words(most.deadline, most.last_day))
    };
    Some(format!("{who} misses its deadline {by}{more}"))
}

/// What beside date and money is outside the tolerance of the board: `scope is outside its tolerance`. None where nothing is.
fn outside_words(desk: &Desk<'_>) -> Option<String> {
    let left = tolerances_left(&desk.project.project, &desk.project.control).into_iter();
    let others = left.filter(|left| !matches!(left.kind, DimensionKind::Time | DimensionKind::Cost));
    let names: Vec<String> = others.map(|left| left.kind.key().to_owned()).collect();
    let verb = if let [one] = names.as_slice()
        && !one.ends_with('s')
    {
        "is outside its"
    } else {
        "are outside their"
    };
    (!names.is_empty()).then(|| format!("{} {verb} tolerance", format::listed(&names)))
}

/// The chance of the promised finish, where fewer runs keep it than green asks; none where enough do, and once all is done.
pub(super) fn doubtful_promise(desk: &Desk<'_>) -> Option<Fraction> {
    let report = desk.project;
    let least = report.project.thresholds.get(Limit::ChanceGreen);
    let chance = report.control.chance_of_promise(report.risk.as_deref())?;
    (chance.as_f64() < least && !report.control.is_finished).then_some(chance)
}

/// Why it stands so: in the words of the newest report, else where most time is lost.
#[must_use]
pub fn cause(desk: &Desk<'_>) -> Option<String> {
    typed_cause(desk).or_else(|| computed_cause(desk).filter(|_| is_known(desk, Ground::SLIP)))
}

/// The runs, and the share of them that keep the forecast finish, where that is fewer than half; none elsewhere, where nothing varies, and
/// once all is done.
fn forecast_in_doubt<'a>(desk: &Desk<'a>) -> Option<(&'a ScheduleRisk, Fraction)> {
    let risk = desk.project.risk.as_deref()?;
    let chance = forecast_kept(desk)?;
    // What is printed as half of the runs is no best case.
    (chance.as_f64() < 0.495).then_some((risk, chance))
}

/// What the forecast finish assumes, and how likely it is, where fewer than half of the runs keep it: ` (if all goes as most likely
/// and no open risk strikes: 26 % of the runs)`, without the share where that of the promise is the same.
fn best_case(desk: &Desk<'_>) -> Option<String> {
    let (risk, chance) = forecast_in_doubt(desk)?;
    let promised = desk.project.control.chance_of_promise(Some(risk));
    Some(format!(" (if all goes as most likely and no open risk strikes{})", told_apart(chance, promised)))
}

/// How little the forecast finish is to be relied on, behind its day: `holds if all goes as most likely and no open risk strikes. Half of
/// them end by 23 Feb 2027, four of five by 1 Mar 2027.` runs: what they are called there. None where half of the runs keep it.
fn doubt(desk: &Desk<'_>, runs: &str) -> Option<String> {
    let (risk, _) = forecast_in_doubt(desk)?;
    let (likely, most) = (risk.finish.day(50)?, risk.finish.day(80)?);
    let ends = if likely == most {
        format!("Four of five of {runs} end by {}", format::date(most))
    } else {
        format!("Half of {runs} end by {}, four of five by {}", format::date(likely), format::date(most))
    };
    Some(format!("holds if all goes as most likely and no open risk strikes. {ends}."))
}

/// The day by which half of the runs end, where fewer than half keep the forecast; none elsewhere.
pub(super) fn likely_finish(desk: &Desk<'_>) -> Option<Date> {
    forecast_in_doubt(desk)?.0.finish.day(50)
}

/// The share of runs that keep a finish, as an addition. Empty where that of the promise, which ends the same sentence, is the same.
fn told_apart(chance: Fraction, promised: Option<Fraction>) -> String {
    let share = format::of_the_runs(chance);
    if promised.map(format::of_the_runs).as_ref() == Some(&share) {
        String::new()
    } else {
        format!(": {share}")
    }
}

/// What the project is measured against, in words.
#[must_use]
pub fn reference_words(desk: &Desk<'_>) -> String {
    match &desk.project.control.reference.source {
        ReferenceSource::Baseline { id, .. } if is_promised(desk) => format!("baseline {id}"),
        ReferenceSource::Baseline { id, .. } => format!("baseline {id}, which nobody has allowed"),
        ReferenceSource::Plan => format!("the plan ({})", no_baseline(desk)),
    }
}

/// Why it is measured against the plan as typed: `no baseline is approved yet`, or `baseline B1 is approved, and frozen on 19 Mar 2027`.
#[must_use]
pub fn no_baseline(desk: &Desk<'_>) -> String {
    let awaited = desk.project.awaited_baseline();
    let words = awaited.and_then(|baseline| {
        let frozen = baseline.frozen_later()?;
        Some(format!("baseline {} is approved, and frozen on {}", baseline.id, format::date(frozen)))
    });
    words.unwrap_or_else(|| "no baseline is approved yet".to_owned())
}

/// What the finish it is measured by is called: promised in a baseline that somebody has allowed, else merely planned.
#[must_use]
pub fn promise_word(desk: &Desk<'_>) -> &'static str {
    if is_promised(desk) { "promised" } else { "planned" }
}

/// Whether the board allows the baseline in force with its decision on a gate: with the plan, at G2, and where one names the other.
fn decides_on_baseline(desk: &Desk<'_>, gate: GateId) -> bool {
    let project = &desk.project.project;
    let Some(baseline) = project.baseline_as_of(desk.project.status_date) else { return true };
    gate == GateId::G2 || project.gates.get(&gate).is_some_and(|record| baseline.is_of_gate(record))
}

/// Whether the finish it is measured by was promised: by a baseline, and one that somebody with the authority has allowed. The document
/// that a board decides by speaks of the baseline as it will be once it has decided.
fn is_promised(desk: &Desk<'_>) -> bool {
    let project = &desk.project.project;
    let is_baseline = desk.project.control.reference.is_baseline();
    let in_force = project.baseline_as_of(desk.project.status_date);
    // The draft that is signed in ink says the same as the document of what was decided.
    let is_paper = |gate: &GateId| *desk.address == Address::gate(desk.folder(), *gate);
    let paper = desk.project.before_board.or_else(|| GateId::ALL.into_iter().find(is_paper));
    let is_before_board = paper.is_some_and(|gate| decides_on_baseline(desk, gate));
    is_baseline
        && (is_before_board
            || in_force.is_none_or(|baseline| project.is_allowed(baseline, desk.project.status_date)))
}

/// What the column of the dates it is measured by is called: `Baseline`, else `Plan`.
#[must_use]
pub fn reference_heading(desk: &Desk<'_>) -> &'static str {
    match desk.project.control.reference.source {
        ReferenceSource::Baseline { .. } => "Baseline",
        ReferenceSource::Plan => "Plan",
    }
}

/// Working days by which the forecast finish lies behind the reference: negative when ahead.
#[must_use]
pub fn finish_slip_days(desk: &Desk<'_>) -> i64 {
    desk.slip_days(desk.project.control.reference.finish, desk.project.forecast.finish_day())
}

/// As [`lateness`], in working days alone: by the calendar the two dates say it.
fn lateness_in_short(desk: &Desk<'_>) -> String {
    let days = finish_slip_days(desk);
    if days == 0 || desk.project.control.finish_slip_calendar_days == 0 {
        return lateness(desk);
    }
    let side = if days > 0 { "behind" } else { "ahead of" };
    format!("{} {side} {}", days_of(days.abs()), reference_words(desk))
}

fn lateness(desk: &Desk<'_>) -> String {
    let control = &desk.project.control;
    let reference = reference_words(desk);
    let calendar_days = control.finish_slip_calendar_days;
    if calendar_days == 0 {
        return match control.reference.source {
            ReferenceSource::Baseline { .. } => format!("as {} in {reference}", promise_word(desk)),
            ReferenceSource::Plan => format!("as planned ({})", no_baseline(desk)),
        };
    }
    let side = if calendar_days > 0 { "behind" } else { "ahead of" };
    format!(
        "{} ({}\u{a0}calendar {}) {side} {reference}",
        days_of(finish_slip_days(desk).abs()),
        format::whole(calendar_days.abs()),
        if calendar_days.abs() == 1 { "day" } else { "days" },
    )
}

fn money(desk: &Desk<'_>) -> String {
    let control = &desk.project.control;
    let total = &control.total;
    if !control.spending.is_recorded {
        return why_no_estimate(desk);
    }
    let estimate = total.estimate();
    let side = against_budget(desk);
    let covered = cost_outlook::cover(desk).map_or_else(String::new, |words| format!(", {words}"));
    let caution = if control.is_finished {
        String::new()
    } else if total.is_too_early() {
        " (too early for a firm trend)".to_owned()
    } else {
        unbooked_words(desk)
    };
    format!("{} at completion, {side}{covered}{caution}", desk.money_words(estimate))
}

/// How far the headline estimate is from the budget: `6.6 % over budget`, `on budget`.
fn against_budget(desk: &Desk<'_>) -> String {
    let total = &desk.project.control.total;
    let over = total.estimate() - total.budget;
    let share = format::share((over.as_f64() / total.budget.as_f64()).abs());
    match over.cmp(&Amount::ZERO) {
        std::cmp::Ordering::Equal => "on budget".to_owned(),
        std::cmp::Ordering::Less => format!("{share} under budget"),
        std::cmp::Ordering::Greater => format!("{share} over budget"),
    }
}

/// The estimate without what level of effort earned with nobody booking on it, where that is more; empty elsewhere.
fn unbooked_words(desk: &Desk<'_>) -> String {
    let control = &desk.project.control;
    let longest = control.unbooked_for_long(desk.project.project.reporting).map(UnbookedEffort::weeks).max();
    match longest {
        Some(weeks) if control.estimate_as_booked() > control.total.estimate() => format!(
            " ({} without what level of effort earned in {} with no hours booked)",
            desk.money_words(control.estimate_as_booked()),
            format::count(usize::try_from(weeks).unwrap_or(0), "week")
        ),
        _ => String::new(),
    }
}

/// The paragraph of the newest report that begins with the word *Cause*.
fn typed_cause(desk: &Desk<'_>) -> Option<String> {
    let update = newest_update(desk)?;
    update.body.markdown.split("\n\n").find_map(|paragraph| {
        let words = crate::prose::plain_text(paragraph);
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let rest = words.strip_prefix("Cause")?;
        let rest = rest.strip_prefix(['.', ':'])?.trim();
        (!rest.is_empty()).then(|| rest.to_owned())
    })
}

/// The newest report up to the status date.
#[must_use]
pub fn newest_update<'a>(desk: &Desk<'a>) -> Option<&'a crate::model::Update> {
    let day = desk.project.status_date;
    desk.project.project.updates.iter().rev().find(|update| update.status_date <= day)
}

/// The cliff that says most: of those that win time the one that wins the most days, else the one that loses the most.
#[must_use]
pub fn cliff(desk: &Desk<'_>) -> Option<(TaskNo, Cliff)> {
    let cliffs = desk.project.levers.iter().filter_map(|lever| Some((lever.task, lever.cliff?)));
    // Of equal effects the one that needs the fewest days; of those the first in the plan.
    cliffs.max_by_key(|(task, cliff)| {
        (
            cliff.working_days < 0,
            cliff.calendar_days.abs(),
            -cliff.working_days.abs(),
            std::cmp::Reverse(*task),
        )
    })
}

fn lever(desk: &Desk<'_>) -> Option<String> {
    let (task, cliff) = cliff(desk)?;
    let name = &desk.project.project.task(task).name;
    let finish = desk.project.forecast.finish_day();
    let then = finish.saturating_add(jiff::Span::new().days(cliff.calendar_days));
    let days = cliff.working_days.abs();
    if cliff.working_days < 0 {
        let opening = if days == 1 {
            "One working day decides".to_owned()
        } else {
            format!("{} decide", days_of(days))
        };
        let shorter = if days == 1 { "one day".to_owned() } else { format!("{days} days") };
        Some(format!(
            "{opening}: with “{name}” {shorter} shorter the project finishes {} instead of {}{}.",
            format::date(then),
            format::date(finish),
            between(desk, task, (then, finish)),
        ))
    } else {
        let more =
            if days == 1 { "one more working day".to_owned() } else { format!("{days} more working days") };
        Some(format!(
            "There is a cliff ahead: {more} in “{name}” would move the finish from {} to {}{}.",
            format::date(finish),
            format::date(then),
            between(desk, task, (finish, then)),
        ))
    }
}

/// The lever as [`verdict`] words it, where less work would win time; none where more would lose it, or the project is stopped.
#[must_use]
pub fn winning_lever(desk: &Desk<'_>) -> Option<String> {
    let wins =
        !desk.project.control.is_stopped && cliff(desk).is_some_and(|(_, cliff)| cliff.working_days < 0);
    wins.then(|| lever(desk)).flatten()
}

/// What stands between two finishes: the long closures of the calendars of the task and of what follows it.
fn between(desk: &Desk<'_>, task: TaskNo, finishes: (Date, Date)) -> String {
    let project = &desk.project.project;
    let mut reasons: Vec<String> = Vec::new();
    let following = desk.project.forecast.longest_path.iter().skip_while(|number| **number != task);
    for number in following.chain(std::iter::once(&task)) {
        let calendar = &project.calendars[project.task(*number).calendar];
        for closure in walls(desk, calendar, finishes.1) {
            if !reasons.contains(&closure.reason) {
                reasons.push(closure.reason.clone());
            }
        }
    }
    if reasons.is_empty() {
        return String::new();
    }
    format!(" — in between: {}", format::listed(&reasons))
}

/// Closures of a calendar of a working week and more that lie between the status date and a day.
pub(super) fn walls<'a>(
    desk: &Desk<'a>,
    calendar: &'a Calendar,
    until: Date,
) -> impl Iterator<Item = &'a Closure> {
    let status_date = desk.project.status_date;
    let is_ahead = move |window: Window| window.end() > status_date && window.first() <= until;
    let ahead = calendar.closures.iter().filter(move |closure| is_ahead(closure.window));
    ahead.filter(|closure| calendar.length_of(closure) >= 5)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One sentence used to tell the same share twice.
    #[test]
    fn a_share_of_the_runs_is_told_once() {
        let (two, three) = (Fraction::new(2, 5), Fraction::new(3, 5));
        assert_eq!(told_apart(two, Some(two)), "");
        assert_eq!(told_apart(two, Some(three)).replace('\u{a0}', " "), ": 40 % of the runs");
        assert_eq!(told_apart(Fraction::ZERO, Some(Fraction::ZERO)), "");
        assert_eq!(told_apart(Fraction::ZERO, None), ": none of the runs");
    }
}
