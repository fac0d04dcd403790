//! The rules behind the status colours, one function a dimension.
//!
//! Limits follow the board's tolerances where it has set any; the defaults stand here as constants. No standard fixes
//! them, so every rule is spelled out beside the colour it gives.

use jiff::ToSpan;
use jiff::civil::Date;

use super::health::{Colour, Declared, Dimension, DimensionKind, Health, RiskRating};
use super::{EarnedSchedule, EarnedValue, Position, Reference, Spending, TaskValue};
use crate::model::{Benefit, TaskNo, WorkingTime};
use crate::quantity::{Amount, Ratio};

/// An index from here on is green.
const INDEX_GREEN: f64 = 0.95;
/// An index from here on is amber, below it red.
const INDEX_AMBER: f64 = 0.90;
/// Without a time tolerance of the board, the finish may slip by so many hundredths of the planned length.
const DEFAULT_TIME_TOLERANCE: i64 = 10;
/// Scope may grow by so much and stay green, by so much more and stay amber.
const GROWTH_GREEN: f64 = 0.05;
const GROWTH_AMBER: f64 = 0.15;
/// A change may wait so many working days for its decision.
const PATIENCE_DAYS: i64 = 10;
/// Tests passed ÷ tests run below this is amber.
const PASS_RATE_GREEN: f64 = 0.95;
/// Residual risk may take so much of the remaining contingency and stay green.
const COVER_GREEN: f64 = 0.60;
/// Benefits forecast against target.
const BENEFIT_GREEN: f64 = 0.95;
const BENEFIT_AMBER: f64 = 0.80;
/// Fewer readings than this have no slope worth a forecast.
const FEWEST_READINGS: usize = 4;

/// What health is judged from.
pub(super) struct HealthSource<'a> {
    pub position: Position<'a>,
    pub reference: &'a Reference,
    pub total: EarnedValue,
    pub discrete: EarnedValue,
    /// The earned schedule that the time index is read on.
    pub schedule: EarnedSchedule,
    pub tasks: &'a [TaskValue],
    pub spending: &'a Spending,
    pub exposure: Amount,
    /// Working minutes.
    pub finish_slip: i64,
    pub working_time: &'a WorkingTime,
}

/// Judges all dimensions and puts the verdicts together.
pub(super) fn health(source: &HealthSource) -> Health {
    let dimensions = vec![
        time(source),
        cost(source),
        scope(source),
        quality(source),
        risk(source),
        benefits(source),
        data(source),
    ];
    let overall = overall(&dimensions);
    Health { overall, declared: declared(source, overall), trend: trend(source, overall), dimensions }
}

/// The worst of time, cost, scope and quality; a red beside them keeps it from being better than amber.
fn overall(dimensions: &[Dimension]) -> Colour {
    dimensions.iter().fold(Colour::Unrated, |worst, dimension| {
        let counts = match dimension.kind {
            DimensionKind::Time | DimensionKind::Cost | DimensionKind::Scope | DimensionKind::Quality => {
                dimension.colour
            }
            _ if dimension.colour == Colour::Red => Colour::Amber,
            _ => Colour::Unrated,
        };
        worst.worst(counts)
    })
}

fn declared(source: &HealthSource, computed: Colour) -> Option<Declared> {
    let status_date = source.position.status_date;
    let updates = source.position.project.updates.iter().enumerate();
    let (place, update) = updates.rev().find(|(_, update)| update.status_date <= status_date)?;
    let colour = Colour::from_word(&update.declared.as_ref()?.0)?;
    Some(Declared {
        colour,
        author: update.author,
        date: update.status_date,
        reason: update.declared_because.clone(),
        better_than_computed: colour < computed,
        update: place,
    })
}

fn trend(source: &HealthSource, today: Colour) -> Vec<(Date, Colour)> {
    let status_date = source.position.status_date;
    let past = source.position.project.snapshots.iter().filter(|snapshot| snapshot.status_date < status_date);
    past.filter_map(|snapshot| {
        Some((snapshot.status_date, Colour::from_word(snapshot.computed.as_deref()?)?))
    })
    .chain([(status_date, today)])
    .collect()
}

fn unrated(kind: DimensionKind, rule: String, reason: &str) -> Dimension {
    Dimension { kind, colour: Colour::Unrated, rule, reason: reason.to_owned() }
}

fn time(source: &HealthSource) -> Dimension {
    let kind = DimensionKind::Time;
    let project = source.position.project;
    let planned_days = source.working_time.working_days_between(
        source.reference.start,
        source.reference.finish.tomorrow().unwrap_or(source.reference.finish),
    );
    let default = planned_days * project.work_time().minutes_per_day * DEFAULT_TIME_TOLERANCE / 100;
    let tolerance = project.tolerance.time.unwrap_or(default);
    let whose = if project.tolerance.time.is_some() { "the board's" } else { "10 % of the planned length" };
    let rule = format!(
        "green: slip up to half the tolerance of {} working days ({whose}), SPI(t) from {INDEX_GREEN:.2}, no cliff \
         ahead; red: slip beyond the tolerance or SPI(t) below {INDEX_AMBER:.2}; amber between",
        days(source, tolerance)
    );
    if project.tasks.is_empty() {
        return unrated(kind, rule, "there is no task in the plan");
    }
    let index = index_colour(source.schedule.index, source.total.is_too_early());
    let slip = match source.finish_slip {
        slip if slip > tolerance => Colour::Red,
        slip if slip > 0 && slip * 2 > tolerance => Colour::Amber,
        _ => Colour::Green,
    };
    let cliff = source.position.levers.iter().find_map(|lever| {
        lever.cliff.filter(|cliff| cliff.working_days > 0).map(|cliff| (lever.task, cliff))
    });
    let cliff_colour = cliff.map_or(Colour::Green, |_| Colour::Amber);
    let slip_words = match source.finish_slip {
        0 => "the forecast finish is the promised one".to_owned(),
        late if late > 0 => format!("the forecast finish slips by {} working days", days(source, late)),
        early => format!("the forecast finish is {} working days ahead", days(source, -early)),
    };
    let cliff_words = cliff.map_or(String::new(), |(task, cliff)| {
        format!(
            "; {} more on `{}` moves the finish by {} calendar days",
            counted_days(cliff.working_days, "working day"),
            project.task(task).id,
            cliff.calendar_days
        )
    });
    Dimension {
        kind,
        colour: slip.worst(index).worst(cliff_colour),
        rule,
        reason: format!("{slip_words}; SPI(t) {}{cliff_words}", index_words(source.schedule.index)),
    }
}

fn cost(source: &HealthSource) -> Dimension {
    let kind = DimensionKind::Cost;
    let project = source.position.project;
    let contingency = source.spending.contingency.remaining.max(Amount::ZERO);
    let (allowance, whose) = match project.tolerance.cost {
        Some(tolerance) => (tolerance, "the board's tolerance"),
        None => (contingency, "the contingency left"),
    };
    let rule = format!(
        "green: estimate at completion within the budget; amber: within the budget and {whose} of {}, CPI from \
         {INDEX_AMBER:.2}; red: beyond either",
        sum(source, allowance)
    );
    if source.total.budget == Amount::ZERO {
        return unrated(kind, rule, "there is no budget to measure against");
    }
    let (budget, estimate) = (source.total.budget, source.total.estimate());
    let index = source.discrete.cpi().or_else(|| source.total.cpi());
    let is_low = index.is_some_and(|index| index.get() < INDEX_AMBER);
    let colour = if estimate <= budget {
        Colour::Green
    } else if estimate > budget + allowance || (is_low && !source.total.is_too_early()) {
        Colour::Red
    } else {
        Colour::Amber
    };
    Dimension {
        kind,
        colour,
        rule,
        reason: format!(
            "the estimate at completion is {} against a budget of {}; CPI {}",
            sum(source, estimate),
            sum(source, budget),
            index_words(index)
        ),
    }
}

fn scope(source: &HealthSource) -> Dimension {
    let kind = DimensionKind::Scope;
    let project = source.position.project;
    let status_date = source.position.status_date;
    let rule = format!(
        "green: growth up to {:.0} %, every task in the baseline or an approved change, no change waiting more than \
         {PATIENCE_DAYS} working days; amber: growth up to {:.0} %; red: more growth, or work begun that nobody \
         approved",
        GROWTH_GREEN * 100.0,
        GROWTH_AMBER * 100.0
    );
    let changes = &project.registers.changes;
    if !source.reference.is_baseline() && changes.is_empty() {
        return unrated(kind, rule, "there is neither an approved baseline nor a change");
    }
    let unapproved: Vec<TaskNo> = project
        .task_numbers()
        .filter(|number| project.task(*number).is_work() && !source.tasks[number.0 as usize].is_in_reference)
        .filter(|number| {
            !changes.iter().any(|change| change.is_approved(status_date) && change.tasks.contains(number))
        })
        .collect();
    let begun = unapproved
        .iter()
        .filter(|number| source.position.facts.progress[number.0 as usize].actual_start.is_some())
        .count();
    let waiting = changes
        .iter()
        .filter(|change| change.is_waiting(status_date))
        .filter_map(|change| change.submitted)
        .map(|submitted| source.working_time.working_days_between(submitted, status_date))
        .max()
        .unwrap_or(0);
    let lines: Amount = project.budget.lines.iter().map(|line| line.amount).sum();
    let now = source.tasks.iter().map(|task| task.budget_now).sum::<Amount>() + lines;
    let growth = Ratio::of_amounts(now - source.reference.budget, source.reference.budget)
        .map_or(0.0, |growth| growth.get().max(0.0));

    let colour = if begun > 0 || growth > GROWTH_AMBER {
        Colour::Red
    } else if !unapproved.is_empty() || growth > GROWTH_GREEN || waiting > PATIENCE_DAYS {
        Colour::Amber
    } else {
        Colour::Green
    };
    let tasks = format!("{} without approval, {begun} of them begun", counted(unapproved.len(), "task"));
    let patience = format!("a change has waited {waiting} working days for its decision");
    let reason = joined([
        Some(format!("scope has grown by {:.1} % of the budget", growth * 100.0)),
        (!unapproved.is_empty()).then_some(tasks),
        (waiting > 0).then_some(patience),
    ]);
    Dimension { kind, colour, rule, reason }
}

fn quality(source: &HealthSource) -> Dimension {
    let kind = DimensionKind::Quality;
    let project = source.position.project;
    let status_date = source.position.status_date;
    let rule = format!(
        "green: no defect of severity 1, no rise of open defects, tests passed from {:.0} %; amber: a defect of \
         severity 2 open for more than a reporting period, more defects open than a period ago, or fewer tests \
         passed; red: a defect of severity 1 open, or a criterion failed although its work is finished",
        PASS_RATE_GREEN * 100.0
    );
    let criteria = project.deliverables.iter().flat_map(|deliverable| &deliverable.criteria);
    let n_looked_at = criteria.filter(|criterion| criterion.met.is_some()).count();
    let tests = project.quality.iter().flat_map(|quality| &quality.tests);
    let (run, passed) = tests
        .filter(|test| test.date.is_none_or(|day| day <= status_date))
        .fold((0, 0), |(run, passed), test| (run + test.run, passed + test.passed));
    if project.defects.is_empty() && run == 0 && n_looked_at == 0 {
        return unrated(kind, rule, "no defect, test or checked criterion is recorded");
    }

    let open_on = |day: Date| project.defects.iter().filter(move |defect| defect.is_open(day));
    let period_ago = status_date.checked_sub(project.reporting.days().days()).unwrap_or(status_date);
    let n_worst = open_on(status_date).filter(|defect| defect.severity == 1).count();
    let n_old =
        open_on(status_date).filter(|defect| defect.severity == 2 && defect.opened < period_ago).count();
    let (n_now, n_before) = (open_on(status_date).count(), open_on(period_ago).count());
    let n_failed = failed_criteria(source);
    let pass_rate = Ratio::of(passed as f64, run as f64);

    let colour = if n_worst > 0 || n_failed > 0 {
        Colour::Red
    } else if n_old > 0 || n_now > n_before || pass_rate.is_some_and(|rate| rate.get() < PASS_RATE_GREEN) {
        Colour::Amber
    } else {
        Colour::Green
    };
    let reason = joined([
        Some(format!("{} open ({n_worst} of severity 1), {n_before} a period ago", counted(n_now, "defect"))),
        Some(format!("{n_failed} of {n_looked_at} checked criteria failed")),
        pass_rate.map(|rate| format!("{:.0} % of tests passed", rate.get() * 100.0)),
    ]);
    Dimension { kind, colour, rule, reason }
}

/// Criteria not met in full although every task that produces the deliverable is finished.
fn failed_criteria(source: &HealthSource) -> usize {
    let is_finished =
        |number: &TaskNo| source.position.forecast.slot(*number).state == crate::plan::State::Finished;
    let finished = source.position.project.deliverables.iter().filter(|deliverable| {
        !deliverable.produced_by.is_empty() && deliverable.produced_by.iter().all(is_finished)
    });
    finished
        .flat_map(|deliverable| &deliverable.criteria)
        .filter(|criterion| criterion.met.is_some() && !criterion.is_met())
        .count()
}

fn risk(source: &HealthSource) -> Dimension {
    let kind = DimensionKind::Risk;
    let project = source.position.project;
    let rule = format!(
        "green: expected loss after response up to {:.0} % of the contingency left; amber: up to all of it; red: \
         more, or a red risk that nobody owns",
        COVER_GREEN * 100.0
    );
    if project.registers.risks.is_empty() {
        return unrated(kind, rule, "no risk is recorded");
    }
    let open = project.registers.risks.iter().filter(|risk| risk.is_open(source.position.status_date));
    let n_unowned = open
        .filter(|risk| risk.owner.is_none())
        .map(|risk| RiskRating::of(&risk.remaining(), source.reference.budget, project.tolerance.time))
        .filter(|rating| rating.colour() == Colour::Red)
        .count();
    let left = source.spending.contingency.remaining.max(Amount::ZERO);
    let share = source.exposure.as_f64() / left.as_f64().max(1.0);
    let colour = if n_unowned > 0 || (source.exposure > Amount::ZERO && share > 1.0) {
        Colour::Red
    } else if source.exposure > Amount::ZERO && share > COVER_GREEN {
        Colour::Amber
    } else {
        Colour::Green
    };
    let (expected, left) = (sum(source, source.exposure), sum(source, left));
    let reason = joined([
        Some(format!("expected loss {expected} against {left} of contingency left")),
        (n_unowned > 0).then(|| format!("{} without an owner", counted(n_unowned, "red risk"))),
    ]);
    Dimension { kind, colour, rule, reason }
}

fn benefits(source: &HealthSource) -> Dimension {
    let kind = DimensionKind::Benefits;
    let project = source.position.project;
    let rule = format!(
        "green: every benefit forecast from {:.0} % of its target; amber: from {:.0} %; red: below, or without an \
         owner; forecast along the slope of at least {FEWEST_READINGS} readings",
        BENEFIT_GREEN * 100.0,
        BENEFIT_AMBER * 100.0
    );
    if project.benefits.is_empty() {
        return unrated(kind, rule, "no benefit is recorded");
    }
    let n_unowned = project.benefits.iter().filter(|benefit| benefit.owner.is_none()).count();
    let forecasts =
        project.benefits.iter().filter_map(|benefit| attainment(benefit, source.position.status_date));
    let worst = forecasts.reduce(f64::min);
    let colour = match worst {
        _ if n_unowned > 0 => Colour::Red,
        None => Colour::Unrated,
        Some(share) if share < BENEFIT_AMBER => Colour::Red,
        Some(share) if share < BENEFIT_GREEN => Colour::Amber,
        Some(_) => Colour::Green,
    };
    let forecast = match worst {
        None => "no benefit has enough readings for a forecast".to_owned(),
        Some(share) => format!("the weakest benefit is forecast at {:.0} % of its target", share * 100.0),
    };
    let unowned = (n_unowned > 0).then(|| format!("{} without an owner", counted(n_unowned, "benefit")));
    let reason = joined([Some(forecast), unowned]);
    Dimension { kind, colour, rule, reason }
}

/// How much of the way from baseline to target a benefit will have gone: the newest reading once it is due, else the
/// straight line through all readings on the due date. None where neither is known.
fn attainment(benefit: &Benefit, status_date: Date) -> Option<f64> {
    let (from, to) = (benefit.baseline.unwrap_or(0) as f64, benefit.target? as f64);
    let readings: Vec<_> = benefit.readings.iter().filter(|reading| reading.date <= status_date).collect();
    let newest = readings.last()?;
    let reached = match benefit.due {
        Some(due) if due > status_date => {
            if readings.len() < FEWEST_READINGS {
                return None;
            }
            let day = |date: Date| days_from(newest.date, date);
            let points: Vec<(f64, f64)> =
                readings.iter().map(|reading| (day(reading.date), reading.thousandths as f64)).collect();
            on_line(&points, day(due))?
        }
        _ => newest.thousandths as f64,
    };
    Ratio::of(reached - from, to - from).map(Ratio::get)
}

fn days_from(origin: Date, date: Date) -> f64 {
    origin.until(date).map_or(0.0, |span| f64::from(span.get_days()))
}

/// The value at `at` of the straight line that fits the points best (least squares).
fn on_line(points: &[(f64, f64)], at: f64) -> Option<f64> {
    let count = points.len() as f64;
    let mean_x = points.iter().map(|(x, _)| x).sum::<f64>() / count;
    let mean_y = points.iter().map(|(_, y)| y).sum::<f64>() / count;
    let spread: f64 = points.iter().map(|(x, _)| (x - mean_x).powi(2)).sum();
    let together: f64 = points.iter().map(|(x, y)| (x - mean_x) * (y - mean_y)).sum();
    Ratio::of(together, spread).map(|slope| mean_y + slope.get() * (at - mean_x))
}

fn data(source: &HealthSource) -> Dimension {
    let kind = DimensionKind::Data;
    let project = source.position.project;
    let status_date = source.position.status_date;
    let period = project.reporting.days();
    let rule = format!(
        "green: newest report at most one period ({period} days) old; amber: at most two; red: older, or the rule \
         of an error waived"
    );
    if status_date < project.start {
        return unrated(kind, rule, "the project has not begun");
    }
    let told = project.updates.iter().map(|update| update.status_date);
    let reported = project.progress.iter().map(|entry| entry.status_date);
    let newest = told.chain(reported).filter(|day| *day <= status_date).max();
    let n_waived = project
        .waivers
        .iter()
        .filter(|waiver| waiver.until >= status_date && is_error_code(&waiver.rule))
        .count();
    let age = newest.unwrap_or(project.start).until(status_date).map_or(0, |span| i64::from(span.get_days()));
    let colour = match age {
        _ if n_waived > 0 => Colour::Red,
        age if age <= period => Colour::Green,
        age if age <= 2 * period => Colour::Amber,
        _ => Colour::Red,
    };
    let report = match newest {
        Some(day) if age == 0 => format!("the newest report is of the status date, {day}"),
        Some(day) => format!("the newest report is of {day}, {} old", counted_days(age, "day")),
        None => format!("nothing has been reported in the {age} days since the start"),
    };
    let waived = (n_waived > 0).then(|| format!("{} waived", counted(n_waived, "error")));
    Dimension { kind, colour, rule, reason: joined([Some(report), waived]) }
}

/// `E` and digits, as in `E401`.
fn is_error_code(rule: &str) -> bool {
    rule.strip_prefix('E')
        .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
}

/// While less than 15 % is earned an index may warn but not condemn.
fn index_colour(index: Option<Ratio>, is_too_early: bool) -> Colour {
    match index.map(Ratio::get) {
        None => Colour::Unrated,
        Some(index) if index >= INDEX_GREEN => Colour::Green,
        Some(index) if index >= INDEX_AMBER || is_too_early => Colour::Amber,
        Some(_) => Colour::Red,
    }
}

/// What there is to say, as one line.
fn joined<const COUNT: usize>(parts: [Option<String>; COUNT]) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

fn index_words(index: Option<Ratio>) -> String {
    index.map_or_else(|| "not defined yet".to_owned(), |index| format!("{:.3}", index.get()))
}

/// Working days with at most one decimal.
fn days(source: &HealthSource, minutes: i64) -> String {
    let days = minutes as f64 / source.position.project.work_time().minutes_per_day.max(1) as f64;
    let text = format!("{days:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// A sum in whole currency units with groups of three digits.
fn sum(source: &HealthSource, amount: Amount) -> String {
    let currency = source.position.project.currency;
    let units = (amount.as_f64() / 10f64.powi(currency.digits().cast_signed())).round_ties_even();
    let digits = format!("{:.0}", units.abs());
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push('\u{a0}');
        }
        grouped.push(digit);
    }
    let sign = if units < 0.0 { "−" } else { "" };
    format!("{sign}{grouped}\u{a0}{}", currency.code())
}

fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

fn counted_days(count: i64, noun: &str) -> String {
    counted(usize::try_from(count).unwrap_or(0), noun)
}
