//! How sure the finish is: percentiles, chances, and what decides them, in words.

use serde::Serialize;

use crate::format;
use crate::model::{Exposure, ScheduleFrom, TaskKind, Work};
use crate::page::address::Thing;
use crate::page::desk::{Desk, slip_words};
use crate::page::milestones::chance_key;
use crate::page::risks::{open_risks, ratings_words};
use crate::page::verdict::{promise_word, reference_heading};
use crate::page::view::{Cell, Chart, Row, Table};
use crate::plan::State;
use crate::plan::risk::{Distribution, Promise, PromiseSource, ScheduleRisk};
use crate::quantity::{Amount, Fraction, Instant};

/// Percentiles that readers see.
pub(super) const PERCENTILES: [usize; 5] = [10, 50, 80, 90, 95];

/// Tasks and risks that are listed at most.
const MOST_CAUSES: usize = 10;

/// How sure finish and cost are.
#[derive(Clone, Debug, Serialize)]
pub struct RiskView {
    /// P50, P80 and the chance of the promised date, in sentences.
    summary: String,
    /// What the runs take for granted, in sentences.
    notes: Vec<String>,
    /// The runs by their finish.
    chart: Option<Chart>,
    /// Finish and cost by percentile.
    percentiles: Table,
    /// The chance to keep both date and money.
    both: Table,
    /// Tasks and risks that decide the finish.
    causes: Table,
    /// How to read what they explain.
    overlap: &'static str,
    /// Milestones, gates and deadlines.
    watched: Table,
    /// Risks whose time is left out, in a sentence.
    left_out: Option<String>,
    /// How the runs were made.
    how: String,
}

/// Puts the view together; none where nothing varies.
#[must_use]
pub fn schedule_risk(desk: &Desk<'_>) -> Option<RiskView> {
    let risk = desk.project.risk.as_deref()?;
    Some(RiskView {
        summary: summary(desk, risk)?,
        notes: counted_back(desk, risk)
            .into_iter()
            .chain(responses(desk, risk))
            .chain(ratings_words(desk))
            .chain(in_plan(desk))
            .chain(held_elsewhere(desk))
            .collect(),
        chart: desk.chart("finish-spread"),
        percentiles: percentiles(desk, risk),
        both: both(desk, risk),
        causes: causes(desk, risk),
        overlap: overlap(risk),
        watched: watched(desk, risk),
        left_out: left_out(desk, risk),
        how: how(desk, risk),
    })
}

fn has_cost(desk: &Desk<'_>, risk: &ScheduleRisk) -> bool {
    let control = &desk.project.control;
    control.spending.is_recorded
        && (control.total.budget > Amount::ZERO || risk.cost.percentile(100) != risk.cost.percentile(1))
}

fn forecast_finish(desk: &Desk<'_>) -> Instant {
    Instant::end_of(desk.project.forecast.finish_day())
}

/// A chance beside the day that half of all runs keep: one a little smaller is not the same.
fn chance_beside_half(chance: Fraction) -> String {
    let words = format::chance(chance);
    let half = format::chance(Fraction::new(1, 2));
    if words == half && chance < Fraction::new(1, 2) { format!("just under {half}") } else { words }
}

fn summary(desk: &Desk<'_>, risk: &ScheduleRisk) -> Option<String> {
    let day = |percent| risk.finish.day(percent).map(format::date);
    let mut text =
        format!("Half of all runs finish by {} (P50), eight of ten by {} (P80). ", day(50)?, day(80)?);
    let promised = desk.project.control.reference.finish;
    let kept = risk.finish.chance_of(desk.project.control.promised_finish());
    text += &if kept.numerator() == 0 {
        format!("None keeps the finish {} for {}", promise_word(desk), format::date(promised))
    } else {
        format!(
            "{} keep the finish {} for {}",
            format::sentence_start(&format::chance(kept)),
            promise_word(desk),
            format::date(promised)
        )
    };
    let forecast = desk.project.forecast.finish_day();
    if forecast != promised {
        let kept = risk.finish.chance_of(forecast_finish(desk));
        text += &format!(", {} the forecast {}", chance_beside_half(kept), format::date(forecast));
    }
    Some(format::sentence_start(&text) + ".")
}

/// Which tasks of other projects work waits for that has not begun, and that they do not vary; none where it waits for none.
fn held_elsewhere(desk: &Desk<'_>) -> Option<String> {
    let project = &desk.project.project;
    let mut waited_for: Vec<String> = Vec::new();
    for (number, task, _) in desk.project.tasks().filter(|(_, _, slot)| slot.state == State::NotStarted) {
        for (place, link) in (0..).zip(&task.external_links) {
            let Some(dates) = desk.project.facts.external.get(&(number, place)) else { continue };
            let Some(other) = project.external.of(link).filter(|_| !dates.is_reported(link)) else {
                continue;
            };
            let day = format::date(dates.tied_day(link));
            let words = format!("“{}” of {} at {day}", other.name, other.project_name);
            if !waited_for.contains(&words) {
                waited_for.push(words);
            }
        }
    }
    (!waited_for.is_empty()).then(|| {
        format!(
            "What other projects do does not vary here: {} {} where it is forecast, so that a delay there comes on top.",
            format::listed(&waited_for),
            if waited_for.len() == 1 { "stays" } else { "stay" }
        )
    })
}

/// What the runs of a plan mean whose dates are counted back from its finish; none for others.
fn counted_back(desk: &Desk<'_>, risk: &ScheduleRisk) -> Option<String> {
    let ScheduleFrom::Finish(finish) = desk.project.project.scheduling.from else { return None };
    let safe = risk.finish.day(80)?;
    let mut text = format!(
        "Dates are counted back from {}: work begins as late as its most likely lengths allow, with nothing to spare. In \
         the runs it begins on these computed days, and whatever takes longer overruns the finish.",
        format::date(finish.day)
    );
    let late = desk.slip_days(finish.day, safe);
    if late > 0 {
        text += &format!(
            " To keep it in eight of ten runs, work has to begin about {} earlier.",
            format::count(usize::try_from(late).unwrap_or(usize::MAX), "working day")
        );
    }
    Some(text)
}

/// Which risks count as they stand because their response is still open, and what the runs would say if all responses
/// worked; none where no response is open whose outcome is recorded.
fn responses(desk: &Desk<'_>, risk: &ScheduleRisk) -> Option<String> {
    let answered = risk.if_answered.as_ref()?;
    let open: Vec<String> = risk
        .risks
        .iter()
        .filter_map(|effect| {
            let id = &desk.project.project.registers.risks[effect.risk].id;
            let today = format::percent(effect.exposure.probability);
            Some(format!("{id} ({today}; {})", hope_words(desk, &effect.exposure, &effect.hoped_for?)))
        })
        .collect();
    let (counts, whose) = match open.len() {
        1 => ("counts as it stands", "its response is"),
        _ => ("count as they stand", "their responses are"),
    };
    let day = |percent| answered.finish.day(percent).map(format::date);
    let mut text = format!(
        "{} {counts} today: {whose} still open. If all planned responses work, P50 is {} and P80 is {}",
        format::listed(&open),
        day(50)?,
        day(80)?
    );
    if has_cost(desk, risk) {
        let cost = |percent| answered.cost.percentile(percent).map(|cost| desk.money_words(cost));
        text += &format!(", at a cost of {} (P50) and {} (P80)", cost(50)?, cost(80)?);
    }
    Some(text + ".")
}

/// What a response shall leave: "if its response works: 30 %", with the time where that changes as well.
fn hope_words(desk: &Desk<'_>, today: &Exposure, hoped_for: &Exposure) -> String {
    let left = format::percent(hoped_for.probability);
    if today.time == hoped_for.time {
        format!("if its response works: {left}")
    } else {
        format!("if its response works: {} in {left}", desk.days(hoped_for.time))
    }
}

/// Which risks bring time that the plan holds already; none where there is none.
fn in_plan(desk: &Desk<'_>) -> Option<String> {
    let open = open_risks(desk)
        .into_iter()
        .filter(|risk| risk.is_time_in_plan == Some(true) && risk.current.time != 0);
    let names: Vec<String> =
        open.map(|risk| format!("{} ({})", risk.id, desk.days(risk.current.time))).collect();
    let of = if names.len() == 1 { "it comes" } else { "they come" };
    (!names.is_empty()).then(|| {
        format!(
            "The time of {} is not added: {of} about through the plan itself, as where work runs into a closure of its \
             calendar. The forecast holds it where it has come to that; in the runs it comes and goes with the lengths.",
            format::listed(&names)
        )
    })
}

fn percentiles(desk: &Desk<'_>, risk: &ScheduleRisk) -> Table {
    let has_cost = has_cost(desk, risk);
    let behind = format!("#Behind {}", reference_heading(desk).to_lowercase());
    let currency = desk.project.project.currency;
    let (cost, over) = (format!("#Cost, {currency}"), format!("#Over budget, {currency}"));
    let mut head = vec!["Kept by", "Finish", behind.as_str()];
    if has_cost {
        head.extend([cost.as_str(), over.as_str()]);
    }
    let mut table = Table::new(&head);
    let budget = desk.project.control.total.budget;
    for percent in PERCENTILES {
        let (Some(finish), Some(cost)) = (risk.finish.percentile(percent), risk.cost.percentile(percent))
        else {
            continue;
        };
        let behind = desk.slip_days(desk.project.control.reference.finish, finish.last_day());
        let name = format!("{}\u{a0}of\u{a0}runs", format::share(percent as f64 / 100.0));
        let mut cells = vec![
            Cell::text(name).note(format!("P{percent}")),
            desk.date(Some(finish.last_day())).explained(desk.explained(&format!("p{percent}-finish"))),
            Cell::text(slip_words(behind)).explained(desk.explained(&format!("p{percent}-behind"))),
        ];
        if has_cost {
            let shown = |text: String, part: &str| {
                Cell::text(text).explained(desk.explained(&format!("p{percent}-{part}")))
            };
            cells.extend([shown(desk.money(cost), "cost"), shown(desk.money_signed(cost - budget), "over")]);
        }
        table.push(Row::new(cells));
    }
    table
}

/// Rows: dates; columns: sums of money; cells: the chance to keep both. Empty without a budget, or where work is done and no cost is recorded.
fn both(desk: &Desk<'_>, risk: &ScheduleRisk) -> Table {
    let control = &desk.project.control;
    let (budget, contingency) = (control.total.budget, control.spending.contingency.granted);
    if budget <= Amount::ZERO || !has_cost(desk, risk) {
        return Table::new(&["Finish by"]);
    }
    let mut sums = vec![("Within the budget", budget)];
    if contingency > Amount::ZERO {
        sums.push(("With contingency", control.cost_baseline()));
    }
    if let Some(cost) = risk.cost.percentile(80) {
        sums.push(("Cost of P80", cost));
    }
    let heads: Vec<String> =
        sums.iter().map(|(name, amount)| format!("#{name}, {}", desk.money_words(*amount))).collect();
    let head: Vec<&str> =
        ["Finish by"].into_iter().chain(heads.iter().map(String::as_str)).chain(["#At any cost"]).collect();
    let mut table = Table::new(&head);
    let mut dates = vec![(reference_heading(desk), desk.project.control.promised_finish())];
    if forecast_finish(desk) != desk.project.control.promised_finish() {
        dates.push(("Forecast", forecast_finish(desk)));
    }
    dates.extend(risk.finish.day(80).map(|day| ("P80", Instant::end_of(day))));
    for (name, at) in dates {
        let mut cells = vec![Cell::text(format::date(at.last_day())).note(name)];
        let shown =
            |share: Fraction| Cell::text(format::chance(share)).explained(desk.explained("chance-both"));
        cells.extend(sums.iter().map(|(_, sum)| shown(risk.chance_of_both(at, *sum))));
        cells.push(shown(risk.finish.chance_of(at)));
        table.push(Row::new(cells));
    }
    table
}

/// A task or a risk that moves the finish.
struct Cause {
    name: Cell,
    /// The key under which its figures are explained.
    key: String,
    what: String,
    decides: Option<Fraction>,
    share: f64,
    correlation: f64,
    /// Whether it varies at all.
    varies: bool,
}

/// The tasks and risks that matter, the one that explains most first. Left out are tasks of one value which the finish
/// does not follow: they decide it, but nothing about it is unsure.
fn causes(desk: &Desk<'_>, risk: &ScheduleRisk) -> Table {
    let project = &desk.project.project;
    let tasks = risk
        .tasks
        .iter()
        .filter(|task| task.criticality.numerator() > 0)
        .filter(|task| project.task(task.task).is_work());
    let tasks = tasks.map(|task| Cause {
        name: desk.task(task.task),
        key: format!("sensitivity-{}", project.task(task.task).id),
        what: estimate_words(&project.task(task.task).kind),
        decides: Some(task.criticality),
        share: task.sensitivity.share,
        correlation: task.sensitivity.correlation,
        varies: has_range(&project.task(task.task).kind),
    });
    let risks = risk.risks.iter().filter(|effect| !effect.tasks.is_empty()).map(|effect| {
        let entry = &project.registers.risks[effect.risk];
        let mut what =
            format!("{} in {} of runs", desk.days(effect.exposure.time), format::chance(effect.struck));
        if let Some(hoped_for) = effect.hoped_for {
            what += &format!("; {}", hope_words(desk, &effect.exposure, &hoped_for));
        }
        Cause {
            name: Cell::text(format!("Risk {}", entry.id)).href(desk.href_to(&Thing::Risk(&entry.id))),
            key: format!("sensitivity-{}", entry.id),
            what,
            decides: None,
            share: effect.sensitivity.share,
            correlation: effect.sensitivity.correlation,
            varies: true,
        }
    });
    let mut causes: Vec<Cause> =
        tasks.chain(risks).filter(|cause| cause.varies || cause.share >= 0.005).collect();
    causes.sort_by(|left, right| {
        let decides = |cause: &Cause| cause.decides.map_or(0.0, Fraction::as_f64);
        right.share.total_cmp(&left.share).then(decides(right).total_cmp(&decides(left)))
    });
    let mut table =
        Table::new(&["Task or risk", "Estimate or impact", "#Decides in", "#Explains", "#Correlation"]);
    for cause in causes.into_iter().take(MOST_CAUSES) {
        let explained = || desk.explained(&cause.key);
        table.push(Row::new(vec![
            cause.name.clone(),
            Cell::text(&*cause.what),
            Cell::maybe(cause.decides.map(format::chance)).explained(explained()),
            Cell::text(format::share((cause.share * 100.0).round() / 100.0)).explained(explained()),
            Cell::text(format::number(cause.correlation, 2)).explained(explained()),
        ]));
    }
    table
}

/// What "explains" means, and whether the parts may be added.
fn overlap(risk: &ScheduleRisk) -> &'static str {
    if risk.options.correlation.hundredths() > 0 {
        "Explains: how much of the spread of the finish goes along with this one (r², the square of the correlation). \
         Lengths vary together here, so each also stands for the others: the figures overlap and do not add up to 100\u{a0}%."
    } else {
        "Explains: how much of the spread of the finish goes along with this one in a straight line (r², the square of the \
         correlation). Each varies by itself, so nothing is counted twice; what is missing to 100\u{a0}% comes from where \
         paths merge and closures stand in the way."
    }
}

fn has_range(kind: &TaskKind) -> bool {
    matches!(
        kind,
        TaskKind::Work(
            Work::Duration(estimate) | Work::Effort(estimate) | Work::Both { duration: estimate, .. },
        ) if estimate.has_range()
    )
}

/// The three points as written; without a range what the plan says.
fn estimate_words(kind: &TaskKind) -> String {
    match kind {
        TaskKind::Work(
            Work::Duration(estimate) | Work::Effort(estimate) | Work::Both { duration: estimate, .. },
        ) if estimate.has_range() => {
            format!("{} / {} / {}", estimate.optimistic(), estimate.likely(), estimate.pessimistic())
        }
        _ => "one value".to_owned(),
    }
}

fn watched(desk: &Desk<'_>, risk: &ScheduleRisk) -> Table {
    let mut table = Table::new(&["Milestone, gate or deadline", "Date", "#Chance", "P50", "P80"]);
    let mut watched: Vec<_> = risk.watched.iter().collect();
    watched.sort_by_key(|one| (one.finish.percentile(50), one.promise.task, one.promise.by));
    for one in watched {
        let Promise { task, source, by, .. } = one.promise;
        let against = match source {
            PromiseSource::Deadline => "deadline",
            PromiseSource::Reference => reference_heading(desk),
        };
        let day = |percent| one.finish.day(percent);
        table.push(Row::new(vec![
            desk.task(task),
            desk.date(Some(by.last_day())).note(against.to_lowercase()),
            Cell::text(format::chance(one.chance)).explained(desk.explained(&chance_key(desk, &one.promise))),
            desk.date(day(50)),
            desk.date(day(80)),
        ]));
    }
    table
}

fn left_out(desk: &Desk<'_>, risk: &ScheduleRisk) -> Option<String> {
    let entries = &desk.project.project.registers.risks;
    let names: Vec<String> = risk
        .risks
        .iter()
        .filter(|effect| effect.is_left_out())
        .map(|effect| format!("{} ({})", entries[effect.risk].id, desk.days(effect.exposure.time)))
        .collect();
    let verb = if names.len() == 1 { "names" } else { "name" };
    let its = if names.len() == 1 { "its" } else { "their" };
    (!names.is_empty()).then(|| {
        format!(
            "{} {verb} no open task in {its} links: {its} money counts here, {its} time does not.",
            format::listed(&names)
        )
    })
}

/// The figure that the cost of the runs lies around, and why that is not the headline of the other pages.
fn cost_words(desk: &Desk<'_>, risk: &ScheduleRisk) -> String {
    format!(
        " The cost is what is spent and the rest counted piece by piece, {} (EAC₄), changed by the time people take and by risks \
         that strike: the runs vary the same work. The trend (EAC₂), which knows only the work of the budget, is no part of them.",
        desk.money_words(risk.likely_cost)
    )
}

fn how(desk: &Desk<'_>, risk: &ScheduleRisk) -> String {
    let shape = match risk.options.distribution {
        Distribution::Pert => "beta-PERT",
        Distribution::Triangular => "triangular",
    };
    let together = if risk.options.correlation.hundredths() > 0 {
        format!("any two lengths have a rank correlation of {}", format::percent(risk.options.correlation))
    } else {
        "each length varies by itself".to_owned()
    };
    format!(
        "{} with seed {}: lengths are drawn from the three-point estimates ({shape}), {together}, and open risks \
         strike as often as their probability of today says, or their residual one once every action of the response is \
         done.{}",
        format::count_of_runs(risk.n_runs()),
        risk.options.seed,
        if has_cost(desk, risk) { cost_words(desk, risk) } else { String::new() }
    )
}
