//! One project among all projects: how it stands in a row of figures, and what is to be said of it in one line.

use serde::Serialize;

use crate::control::ReportAge;
use crate::format;
use crate::model::Ground;
use crate::page::address::Thing;
use crate::page::by_report;
use crate::page::cost_outlook;
use crate::page::desk::{Desk, days_of, slip_words};
use crate::page::frame::{kind_words, project_status, stage_words, status_of};
use crate::page::needs::needs;
use crate::page::scorecard::{PastStatus, history};
use crate::page::track::track;
use crate::page::unread::{is_known, not_known};
use crate::page::verdict::{
    cause, doubtful_promise, finish_slip_days, forecast_kept, likely_finish, missed_deadline, promise_word,
    rated_for, sentence, winning_lever,
};
use crate::page::view::{Link, Status, Step};
use crate::quantity::Amount;

/// A project among all projects.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ProjectLine {
    /// Its name, leading to its dashboard.
    name: Link,
    /// Its code.
    code: Option<String>,
    /// What kind of work it is.
    kind: &'static str,
    /// How it stands.
    status: Status,
    /// Which dimensions make it red or amber: `for time and scope`; none where it is neither.
    rated_for: Option<String>,
    /// What its author declares, where that differs.
    declared: Option<Status>,
    /// Its last colours.
    history: Vec<PastStatus>,
    /// The stage it is in.
    stage: String,
    /// The road of stages.
    track: Vec<Step>,
    /// What is to be said of it in one line.
    in_one_line: String,
    /// The next decision it waits for, leading to the register; none where it waits for none.
    decision: Option<Link>,
    /// By when that is wanted: `by 25 Nov 2026, in 3 working days`.
    decide_by: Option<String>,
    /// The verdict in figures, in one sentence; none where the line already is it.
    verdict: Option<String>,
    /// The finish it is measured by: `promised 2 Dec 2026`.
    finish_promised: String,
    /// Forecast finish.
    finish_forecast: String,
    /// How far apart they are.
    slip: String,
    /// How many of the runs keep the forecast, and by when half of all end where fewer do: `kept in 1 % of the runs; half end by 23 Feb
    /// 2027`. The share is left out where the promise on the same day says it.
    likely: Option<String>,
    /// The deadline that the forecast misses: `G3 misses its deadline by 5 working days`; none where it keeps all.
    deadline: Option<String>,
    /// Whether it is late.
    is_late: bool,
    /// In how few of the runs it is on time, where it is and too few keep the promise: `on time in 40 % of the runs`.
    doubtful: Option<String>,
    /// Budget with its currency.
    budget: Option<String>,
    /// Estimate at completion.
    estimate: Option<String>,
    /// What a stopped project costs in the end; none for others, and without a budget.
    stop_cost: Option<String>,
    /// How much over or under budget: `+6.6 %`.
    over: Option<String>,
    /// Which other forecasts of cost go beyond the contingency although the estimate does not: `beyond contingency by EAC₄ and P50`; none where
    /// they agree.
    beyond: Option<String>,
    /// Whether it is over budget.
    is_over: bool,
    /// Schedule performance in time, SPI(t).
    pace: Option<String>,
    /// Contingency left, with what the forecast needs of it.
    contingency: Option<String>,
    /// What the forecast needs of it.
    contingency_note: Option<String>,
    /// The worst risk, as harmless HTML.
    threat: Option<String>,
    /// Where the figures are explained.
    explained: ExplainedLine,
    /// Figures by report, drawn.
    sparks: Sparks,
    /// What the row is sorted by.
    sort: SortLine,
    /// Its id.
    threat_id: Option<String>,
    /// Where it is told about.
    threat_href: Option<String>,
    /// The day of its newest report.
    reported: Option<String>,
    /// How old that is, seen from the newest report of all: none when it is not stale.
    stale: Option<String>,
}

/// Where the figures of a project's line are explained.
#[derive(Clone, Debug, Serialize)]
struct ExplainedLine {
    /// The forecast finish.
    finish: Option<String>,
    /// The slip.
    slip: Option<String>,
    /// The estimate at completion.
    estimate: Option<String>,
    /// What a stopped project costs in the end.
    stop_cost: Option<String>,
    /// SPI(t).
    pace: Option<String>,
    /// The contingency left.
    contingency: Option<String>,
}

/// Figures by report, drawn; none where too few reports tell them.
#[derive(Clone, Debug, Serialize)]
struct Sparks {
    /// Slip in working days.
    slip: Option<String>,
    /// Estimate at completion.
    estimate: Option<String>,
    /// SPI(t).
    pace: Option<String>,
}

/// What the columns of figures are sorted by, where the printed words would not say it; none comes last.
#[derive(Clone, Debug, Serialize)]
struct SortLine {
    /// Worst colour first.
    status: usize,
    /// The number of the stage.
    stage: usize,
    /// The forecast finish.
    finish: Option<String>,
    /// Working days late.
    slip: Option<i64>,
    /// Over or under budget, as a share of it.
    over: Option<String>,
    /// SPI(t).
    pace: Option<String>,
    /// Contingency left, in minor units.
    contingency: Option<i64>,
}

/// Colours in the order in which they need somebody.
pub(super) const COLOURS: [&str; 6] = ["Red", "Amber", "Green", "Not rated", "Closed", "Stopped"];

/// Something by which projects can be chosen.
#[derive(Debug, Serialize)]
pub(super) struct Facet {
    /// The name of the attribute that rows carry: `stage`.
    name: &'static str,
    /// Its label.
    label: &'static str,
    /// What stands for no choice.
    all: &'static str,
    /// The values that occur, in order.
    options: Vec<String>,
}

/// By stage in the order of the road, by type, by colour from the worst on; nothing to choose from with a single project.
pub(super) fn facets(desks: &[Desk<'_>]) -> Vec<Facet> {
    if desks.len() < 2 {
        return Vec::new();
    }
    let values = |key: &dyn Fn(&Desk<'_>) -> (usize, String)| {
        let mut values: Vec<(usize, String)> = desks.iter().map(key).collect();
        values.sort();
        values.dedup();
        values.into_iter().map(|(_, value)| value).collect()
    };
    let stage = |desk: &Desk<'_>| (stage_place(desk), stage_words(desk.project));
    let kind = |desk: &Desk<'_>| (0, kind_words(desk.project.project.kind).to_owned());
    let colour = |desk: &Desk<'_>| {
        let status = project_status(desk.project);
        (severity(&status), status.word)
    };
    vec![
        Facet { name: "stage", label: "Stage", all: "All stages", options: values(&stage) },
        Facet { name: "type", label: "Type", all: "All types", options: values(&kind) },
        Facet { name: "status", label: "Status", all: "All colours", options: values(&colour) },
    ]
}

fn stage_place(desk: &Desk<'_>) -> usize {
    let control = &desk.project.control;
    if control.is_stopped || control.is_closed { 9 } else { control.stage.number() }
}

fn severity(status: &Status) -> usize {
    match status.class {
        "red" => 0,
        "amber" => 1,
        "green" => 2,
        "grey" => 3,
        _ => 4,
    }
}

/// Working days since the newest report, seen from the newest status date of all, where they are more than its rhythm.
pub(super) fn days_too_old(desk: &Desk<'_>) -> Option<i64> {
    let control = &desk.project.control;
    if control.is_stopped || control.is_closed {
        return None;
    }
    let day = desk.report.status_date;
    let age = ReportAge::of(&desk.project.project, day).filter(|age| age.is_stale)?;
    Some(desk.working_days_from(age.newest, day))
}

/// What a reader must know of a project if they read one line: what could not be read, else the day that decides, else the cause as the newest report
/// gives it, else the figures.
pub(super) fn in_one_line(desk: &Desk<'_>) -> String {
    if not_known(desk).is_some() {
        return sentence(desk);
    }
    let cause = || cause(desk).map(|cause| first_sentences(&cause, 2));
    winning_lever(desk).or_else(cause).unwrap_or_else(|| sentence(desk))
}

/// The first sentences of a text; all of it where it has no more. A full stop ends one where a space and a capital or a digit
/// follow.
fn first_sentences(text: &str, count: usize) -> String {
    let begins = |rest: &str| {
        rest.chars().next().is_some_and(|letter| letter.is_uppercase() || letter.is_ascii_digit())
    };
    let ends = text
        .match_indices(['.', '?', '!'])
        .filter_map(|(at, _)| text[at + 1..].strip_prefix(' ').is_some_and(begins).then_some(at + 1));
    ends.take(count).nth(count.saturating_sub(1)).map_or(text, |end| &text[..end]).to_owned()
}

/// How sure the forecast finish is; `is_told` where the share of runs is told with the promise. None where nothing varies.
fn likely(desk: &Desk<'_>, is_told: bool) -> Option<String> {
    let half = likely_finish(desk).map(format::date);
    let kept = forecast_kept(desk).map(format::of_the_runs).filter(|_| !is_told);
    match (kept, half) {
        (Some(kept), Some(half)) => Some(format!("kept in {kept}; half end by {half}")),
        (Some(kept), None) => Some(format!("kept in {kept}")),
        (None, half) => half.map(|half| format!("half of the runs by {half}")),
    }
}

/// Puts the line of a project together.
pub(super) fn project_line(desk: &Desk<'_>) -> ProjectLine {
    let report = desk.project;
    let control = &report.control;
    let total = &control.total;
    let has_money = total.budget > Amount::ZERO;
    let (has_estimate, over) = (has_money && control.is_cost_forecast(), total.estimate() - total.budget);
    let over_share = over.as_f64() / total.budget.as_f64();
    let contingency = &control.spending.contingency;
    let has_contingency =
        contingency.granted > Amount::ZERO && !control.is_stopped && is_known(desk, &[Ground::Reserves]);
    let is_running = !control.is_stopped;
    let finish = report.finish().filter(|_| is_running);
    let is_slip_known = is_running && is_known(desk, Ground::SLIP);
    let slip = finish_slip_days(desk);
    let promise_in_doubt = doubtful_promise(desk).filter(|_| is_running);
    let day = report.status_date;
    let open = report.project.registers.risks.iter().filter(|risk| risk.is_open(day));
    let threat = open.max_by_key(|risk| (risk.current.expected_value(), risk.current.time));
    let reported = report.project.report_days().range(..=day).next_back().copied();
    let status = project_status(report);
    let pace = by_report::pace_now(desk).filter(|_| is_running);
    let need = needs(desk).into_iter().min_by_key(|need| (need.day.is_none(), need.day));
    let (line, sentence) = (in_one_line(desk), sentence(desk));
    let declared = control.health.declared.as_ref().filter(|declared| declared.better_than_computed);
    ProjectLine {
        name: Link { label: report.project.name.clone(), href: desk.href_page("index") },
        code: report.project.code.clone(),
        kind: kind_words(report.project.kind),
        rated_for: rated_for(desk),
        declared: declared.map(|declared| status_of(declared.colour)),
        history: history(desk),
        stage: stage_words(report),
        track: track(desk),
        decide_by: need.as_ref().and_then(|need| {
            let by = need.by.as_ref().map(|by| format!("by {by}"));
            by.into_iter().chain(need.due.clone()).reduce(|by, due| format!("{by}, {due}"))
        }),
        decision: need.map(|need| need.id),
        verdict: (line != sentence).then_some(sentence),
        in_one_line: line,
        finish_promised: if is_known(desk, &[Ground::Promise]) {
            format!("{} {}", promise_word(desk), format::date(control.reference.finish))
        } else {
            String::new()
        },
        finish_forecast: finish.map_or_else(|| format::NOTHING.to_owned(), format::date),
        slip: match slip {
            _ if !is_slip_known => format::NOTHING.to_owned(),
            0 if !control.reference.is_baseline() => "as planned".to_owned(),
            slip => slip_words(slip),
        },
        doubtful: promise_in_doubt
            .filter(|_| slip == 0)
            .map(|chance| format!("on time in {}", format::of_the_runs(chance))),
        likely: likely(desk, promise_in_doubt.is_some() && slip == 0),
        deadline: missed_deadline(desk),
        is_late: slip > 0 && is_slip_known,
        budget: (has_money && is_known(desk, Ground::BUDGET)).then(|| desk.money_words(total.budget)),
        estimate: has_estimate.then(|| desk.money_words(total.estimate())),
        stop_cost: (has_money && control.is_stopped && is_known(desk, &[Ground::Spent]))
            .then(|| desk.money_words(control.cost_in_the_end())),
        over: has_estimate.then(|| format::signed(over.0, format::share(over_share))),
        beyond: has_estimate.then(|| cost_outlook::beyond_in_a_line(desk)).flatten(),
        is_over: over > Amount::ZERO && has_estimate,
        pace: pace.map(|pace| format::index(Some(pace))),
        contingency: has_contingency.then(|| desk.money_words(contingency.remaining)),
        contingency_note: cost_outlook::contingency_needed_in_short(desk).into_iter().next(),
        threat: threat.map(|risk| crate::prose::inline_html(&risk.risk.markdown)),
        explained: ExplainedLine {
            finish: desk.explained("finish").filter(|_| finish.is_some()),
            slip: desk.explained("slip").filter(|_| is_slip_known),
            estimate: desk.explained("eac"),
            stop_cost: desk.explained("stop-cost"),
            pace: desk.explained("discrete-spi-t").or_else(|| desk.explained("spi-t")),
            contingency: desk.explained("contingency-left"),
        },
        sparks: Sparks {
            slip: by_report::slip_line(desk).filter(|_| is_slip_known || !is_running),
            estimate: has_estimate.then(|| by_report::estimate_line(desk)).flatten(),
            pace: pace.and_then(|_| by_report::pace_line(desk)),
        },
        sort: SortLine {
            status: severity(&status),
            stage: stage_place(desk),
            finish: finish.map(format::iso),
            slip: is_slip_known.then_some(slip),
            over: has_estimate.then(|| format!("{over_share:.4}")),
            pace: pace.map(|pace| format!("{:.4}", pace.get())),
            contingency: has_contingency.then_some(contingency.remaining.0),
        },
        status,
        threat_id: threat.map(|risk| risk.id.to_string()),
        threat_href: threat.and_then(|risk| desk.href_to(&Thing::Risk(&risk.id))),
        reported: reported.map(format::date),
        stale: days_too_old(desk).map(|age| format!("{} old", days_of(age))),
    }
}

#[cfg(test)]
mod tests {
    use super::first_sentences;

    #[test]
    fn sentences_end_where_the_next_begins() {
        let text = "196 of 420 installed. Money is fine, 3.5 % over; e.g. time is not. 16 more wait.";
        assert_eq!(first_sentences(text, 1), "196 of 420 installed.");
        assert_eq!(
            first_sentences(text, 2),
            "196 of 420 installed. Money is fine, 3.5 % over; e.g. time is not."
        );
        assert_eq!(first_sentences(text, 9), text);
        assert_eq!(first_sentences("no end", 2), "no end");
    }
}
