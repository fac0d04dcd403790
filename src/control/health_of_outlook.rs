//! Quality, risk, benefits and data: what the promises rest on.
//!
//! The limits are the project's thresholds; every rule is spelled out beside the colour it gives.

use jiff::civil::Date;

use super::RiskOutlook;
use super::benefit_forecast::{BenefitForecast, FEWEST_READINGS};
use super::health::{Colour, Dimension, DimensionKind, HealthSource, RiskRating, joined, unrated};
use crate::format::{count, date, money_with_currency, number, share, whole};
use crate::model::{Limit, Rhythm, TaskNo};
use crate::plan::State;
use crate::quantity::{Amount, GateId, Ratio, days_between};

pub(super) fn quality(source: &HealthSource) -> Dimension {
    let kind = DimensionKind::Quality;
    let project = source.position.project;
    let status_date = source.position.status_date;
    let least_passed = project.thresholds.get(Limit::TestsPassed);
    let rule = format!(
        "green: no defect of severity 1, no rise of open defects, tests passed from {}; amber: a defect of \
         severity 2 open for more than a reporting period, more defects open than a period ago, or fewer tests \
         passed; red: a defect of severity 1 open, or a criterion failed although its work is finished",
        share(least_passed)
    );
    let criteria = project.deliverables.iter().flat_map(|deliverable| &deliverable.criteria);
    let looked_at: Vec<_> = criteria
        .map(|criterion| criterion.known_on(status_date))
        .filter(|criterion| criterion.met.is_some())
        .collect();
    let n_looked_at = looked_at.len();
    let n_unmet = looked_at.iter().filter(|criterion| !criterion.is_met()).count();
    let tests = project.quality.iter().flat_map(|quality| &quality.tests);
    let (planned, run, passed) = tests
        .filter_map(|test| test.count_on(status_date))
        .fold((0, 0, 0), |(planned, run, passed), test| {
            (planned + test.planned, run + test.run, passed + test.passed)
        });
    let has_defects = !project.defects.is_empty() || run > 0;
    if !has_defects && n_looked_at == 0 {
        return unrated(kind, rule, "no defect, test or checked criterion is recorded");
    }

    let open_on = |day: Date| project.defects.iter().filter(move |defect| defect.is_open(day));
    // Where nothing is reported any more, the last period that is known of is looked at: silence is no better than news.
    let known_to = if is_stale(source) { last_told(source) } else { status_date };
    let period_ago = project.reporting.after(known_to, -1).unwrap_or(known_to);
    let n_worst = open_on(status_date).filter(|defect| defect.severity == 1).count();
    let n_old =
        open_on(status_date).filter(|defect| defect.severity == 2 && defect.opened < period_ago).count();
    let (n_now, n_before) = (open_on(status_date).count(), open_on(period_ago).count());
    let n_failed = failed_criteria(source);
    if !has_defects && n_failed == 0 && n_unmet == n_looked_at {
        return unrated(
            kind,
            rule,
            "neither defects nor tests are recorded, and no criterion looked at is met yet",
        );
    }
    let pass_rate = Ratio::of(passed as f64, run as f64);

    let colour = if n_worst > 0 || n_failed > 0 {
        Colour::Red
    } else if n_old > 0 || n_now > n_before || pass_rate.is_some_and(|rate| rate.get() < least_passed) {
        Colour::Amber
    } else {
        Colour::Green
    };
    let reason = joined([
        (!has_defects).then(|| "no defect is recorded".to_owned()),
        has_defects.then(|| {
            format!(
                "{} open ({n_worst} of severity 1), {n_before} {}",
                count(n_now, "defect"),
                if known_to == status_date {
                    "a period ago".to_owned()
                } else {
                    format!("a period before {}, the last day of which something is known", date(known_to))
                }
            )
        }),
        (n_old > 0).then(|| format!("{n_old} of severity 2 open for more than a reporting period")),
        Some(criteria_met(n_looked_at, n_unmet, n_failed)),
        pass_rate.map(|rate| tests_passed(&share(rate.get()), run, planned)),
    ]);
    Dimension { kind, colour, rule, reason }
}

/// How many criteria are not met, of those that somebody has looked at, and of how many the work is finished nevertheless:
/// `4 of 8 criteria looked at are not met yet, none of them of finished work`.
fn criteria_met(n_looked_at: usize, n_unmet: usize, n_failed: usize) -> String {
    let criteria = count(n_looked_at, "criterion").replace("criterions", "criteria");
    let are = if n_unmet == 1 { "is" } else { "are" };
    match (n_looked_at, n_unmet, n_failed) {
        (0, ..) => "no criterion looked at".to_owned(),
        (1, 0, _) => "the one criterion looked at is met".to_owned(),
        (_, 0, _) => format!("all {criteria} looked at are met"),
        (_, _, 0) => {
            format!("{n_unmet} of {criteria} looked at {are} not met yet, none of them of finished work")
        }
        _ => format!(
            "{n_unmet} of {criteria} looked at {are} not met, {n_failed} of them although the work is finished"
        ),
    }
}

/// How many tests passed, of those run, and how many there will be: `100 % of the 17 tests run passed (126 planned)`.
fn tests_passed(rate: &str, run: i64, planned: i64) -> String {
    let of = match run {
        1 => "1 test".to_owned(),
        run => format!("{} tests", whole(run)),
    };
    let to_come = if planned > run { format!(" ({} planned)", whole(planned)) } else { String::new() };
    format!("{rate} of the {of} run passed{to_come}")
}

/// Criteria not met in full although every task that produces the deliverable is finished.
fn failed_criteria(source: &HealthSource) -> usize {
    let is_finished = |number: &TaskNo| source.position.forecast.slot(*number).state == State::Finished;
    let finished = source.position.project.deliverables.iter().filter(|deliverable| {
        !deliverable.produced_by.is_empty() && deliverable.produced_by.iter().all(is_finished)
    });
    finished
        .flat_map(|deliverable| &deliverable.criteria)
        .map(|criterion| criterion.known_on(source.position.status_date))
        .filter(|criterion| criterion.met.is_some() && !criterion.is_met())
        .count()
}

pub(super) fn risk(source: &HealthSource) -> Dimension {
    let kind = DimensionKind::Risk;
    let project = source.position.project;
    let (calm, most) = (project.thresholds.get(Limit::RiskGreen), project.thresholds.get(Limit::RiskAmber));
    let all = if (most - 1.0).abs() < f64::EPSILON { "all of it".to_owned() } else { share(most) };
    let rule = format!(
        "green: expected cost of the threats after response, as they stand where the response waits for a decision, up to {} of the \
         contingency left; amber: up to {all}; red: more, or a red risk that nobody owns; opportunities pay for no threat",
        share(calm)
    );
    if project.registers.risks.is_empty() {
        return unrated(kind, rule, "no risk is recorded");
    }
    let open = project.registers.risks.iter().filter(|risk| risk.is_open(source.position.status_date));
    let n_unowned = open
        .filter(|risk| risk.owner.is_none())
        .map(|risk| {
            let left = project.registers.exposure_as_decided(risk, source.position.status_date);
            RiskRating::of(&left, source.reference.budget, project)
        })
        .filter(|rating| rating.colour(&project.thresholds) == Colour::Red)
        .count();
    let left = source.spending.contingency.remaining;
    let outlook = RiskOutlook::as_decided(&project.registers, source.position.status_date);
    let today = RiskOutlook::today(&project.registers, source.position.status_date).threats;
    let threats = outlook.threats;
    let taken = threats.as_f64() / left.as_f64().max(1.0);
    let colour = if n_unowned > 0 || (threats > Amount::ZERO && taken > most) {
        Colour::Red
    } else if threats > Amount::ZERO && taken > calm {
        Colour::Amber
    } else {
        Colour::Green
    };
    let gain = outlook.opportunities;
    let reason = joined([
        Some(format!(
            "threats worth {} against {} of contingency left",
            sum(source, threats),
            sum(source, left)
        )),
        (threats < today).then(|| format!("{} as they stand, before their responses", sum(source, today))),
        (source.outlook.threats < threats).then(|| {
            format!("{} once every response is decided and works", sum(source, source.outlook.threats))
        }),
        (gain > Amount::ZERO).then(|| format!("opportunities worth {} stand apart", sum(source, gain))),
        (n_unowned > 0).then(|| format!("{} without an owner", count(n_unowned, "red risk"))),
    ]);
    Dimension { kind, colour, rule, reason }
}

pub(super) fn benefits(source: &HealthSource) -> Dimension {
    let kind = DimensionKind::Benefits;
    let project = source.position.project;
    let (green, amber) =
        (project.thresholds.get(Limit::BenefitsGreen), project.thresholds.get(Limit::BenefitsAmber));
    let rule = format!(
        "green: every benefit that can be forecast goes {} of the way to its target and more; amber: {} and more; red: less, a \
         checkpoint whose day has come and whose value was not read by then, or a benefit without an owner; a benefit is forecast along the slope of at least {FEWEST_READINGS} readings, and as read once \
         it is due",
        share(green),
        share(amber)
    );
    if project.benefits.is_empty() {
        return unrated(kind, rule, "no benefit is recorded");
    }
    let n_unowned = project.benefits.iter().filter(|benefit| benefit.owner.is_none()).count();
    let day = source.position.status_date;
    let forecasts: Vec<f64> =
        project.benefits.iter().filter_map(|benefit| BenefitForecast::of(benefit, day).attained()).collect();
    let missed = checkpoints_missed(source);
    let worst = forecasts.iter().copied().reduce(f64::min);
    let colour = match worst {
        _ if n_unowned > 0 || missed.is_some() => Colour::Red,
        None => Colour::Unrated,
        Some(share) if share < amber => Colour::Red,
        Some(share) if share < green => Colour::Amber,
        Some(_) => Colour::Green,
    };
    let forecast = forecast_words(&forecasts, project.benefits.len());
    let unowned = (n_unowned > 0).then(|| format!("{} without an owner", count(n_unowned, "benefit")));
    // What makes it red is told first.
    let reason = joined([missed, unowned, Some(forecast)]);
    Dimension { kind, colour, rule, reason }
}

/// Each checkpoint of a benefit that was missed, in words; none where none was.
fn checkpoints_missed(source: &HealthSource) -> Option<String> {
    let day = source.position.status_date;
    let decimals = |thousandths: i64| usize::from(thousandths % 1_000 != 0);
    let value = |thousandths: i64, unit: Option<&str>| {
        let told = number(thousandths as f64 / 1_000.0, decimals(thousandths));
        unit.map_or_else(|| told.clone(), |unit| format!("{told}\u{a0}{unit}"))
    };
    let missed = source.position.project.benefits.iter().flat_map(|benefit| {
        let unit = benefit.unit.as_deref();
        benefit.checkpoints_missed(day).map(move |(checkpoint, read)| {
            format!(
                "“{}” was to be at {} by {} and {}",
                benefit.benefit.markdown.trim(),
                value(checkpoint.thousandths, unit),
                date(checkpoint.by),
                read.map_or_else(
                    || "had not been read".to_owned(),
                    |read| format!("was read at {}", value(read.thousandths, unit))
                )
            )
        })
    });
    Some(missed.collect::<Vec<_>>().join("; ")).filter(|words| !words.is_empty())
}

/// How far the benefits that can be forecast are expected to go, and how many cannot be.
///
/// Of whole percent: a few readings tell no more.
fn forecast_words(forecasts: &[f64], n_benefits: usize) -> String {
    let way = |part: f64| match (part * 100.0).round() / 100.0 {
        part if part <= 0.0 => "none of the way to its target".to_owned(),
        part => format!("{} of the way to its target", share(part)),
    };
    let told = match forecasts {
        [] => return "no benefit has enough readings for a forecast".to_owned(),
        [only] if n_benefits == 1 => format!("the benefit is forecast to go {}", way(*only)),
        [only] => format!("the one benefit that can be forecast goes {}", way(*only)),
        several => {
            let weakest = several.iter().copied().fold(f64::INFINITY, f64::min);
            format!("the weakest of {} goes {}", count(several.len(), "forecast"), way(weakest))
        }
    };
    match n_benefits - forecasts.len() {
        0 => told,
        1 => format!("{told}; 1 cannot be forecast yet"),
        left => format!("{told}; {left} cannot be forecast yet"),
    }
}

/// The day of the newest record, an update or progress; none before the first. Where reports are written, progress may be recorded
/// between them, and the figures are as new as that.
fn newest_record(source: &HealthSource) -> Option<Date> {
    let project = source.position.project;
    let told = project.updates.iter().map(|update| update.status_date);
    let written = project.progress.iter().filter(|entry| !entry.is_told_later);
    let reported = written.map(|entry| entry.status_date);
    told.chain(reported).filter(|day| *day <= source.position.status_date).max()
}

/// The last day of which a report or a defect tells something; the status date where nothing does.
fn last_told(source: &HealthSource) -> Date {
    let day = source.position.status_date;
    let defects = source.position.project.defects.iter();
    let of_defects = defects.flat_map(|defect| {
        std::iter::once(defect.opened)
            .chain(defect.closed.iter().copied())
            .chain(defect.reopened.iter().copied())
    });
    newest_record(source).into_iter().chain(of_defects.filter(|told| *told <= day)).max().unwrap_or(day)
}

/// Says whether the newest report is too old for the data to be green.
pub(super) fn is_stale(source: &HealthSource) -> bool {
    let project = source.position.project;
    let fresh = project.thresholds.get(Limit::ReportGreen);
    source.position.status_date >= project.start.day && periods_since_report(source) > fresh
}

/// The day up to which reports are expected: the status date; once the project is closed the day on which it was.
fn reported_until(source: &HealthSource) -> Date {
    let (project, day) = (source.position.project, source.position.status_date);
    let closed = project.gates.get(&GateId::G5).and_then(|gate| gate.passed_on(day));
    closed.map_or(day, |closed| closed.max(newest_record(source).unwrap_or(closed)))
}

/// Calendar days since the newest report, or since the start before the first.
fn age_of_report(source: &HealthSource) -> i64 {
    let since = newest_record(source).unwrap_or(source.position.project.start.day);
    days_between(since, reported_until(source))
}

/// The same in periods of the rhythm: a report of 1 July is one period old on 1 August where reports are monthly.
fn periods_since_report(source: &HealthSource) -> f64 {
    let project = source.position.project;
    let since = newest_record(source).unwrap_or(project.start.day);
    project.reporting.between(since, reported_until(source))
}

pub(super) fn data(source: &HealthSource) -> Dimension {
    let kind = DimensionKind::Data;
    let project = source.position.project;
    let status_date = source.position.status_date;
    let limit = |limit| project.thresholds.get(limit);
    let (fresh, stale) = (limit(Limit::ReportGreen), limit(Limit::ReportAmber));
    let rule = format!(
        "green: newest report at most {}{} old, and nothing open that casts doubt on what was reported or booked; amber: at most {}, \
         or such a warning; red: older, or an error of the records, open or waived; while it is older than green allows, no other \
         colour is better than on the last report",
        if fresh < 1.5 { "one period".to_owned() } else { format!("{} periods", number(fresh, 0)) },
        match project.reporting {
            Rhythm::Weeks(_) =>
                format!(" ({} days)", number(fresh * project.reporting.days_from(status_date, 1) as f64, 0)),
            Rhythm::Monthly => " (of a month)".to_owned(),
        },
        if stale < 2.5 && stale > 1.5 { "two".to_owned() } else { number(stale, 0) }
    );
    if status_date < project.start.day {
        return unrated(kind, rule, "the project has not begun");
    }
    let newest = newest_record(source);
    let waived: Vec<&str> = project
        .waivers
        .iter()
        .filter(|waiver| waiver.until >= status_date && is_error_of_records(&waiver.rule))
        .map(|waiver| waiver.rule.as_str())
        // What was never an error of the records, as a check of one's own that is not kept, is none when it is let pass.
        .filter(|rule| project.errors.contains(rule))
        .collect();
    let is_open = |code: &&&str| is_error_of_records(code) && !waived.contains(*code);
    let (n_open, n_waived) = (project.errors.iter().filter(is_open).count(), waived.len());
    let age = age_of_report(source);
    let colour = match periods_since_report(source) {
        _ if n_open > 0 || n_waived > 0 => Colour::Red,
        // Before the first report is late there is nothing that could be wrong, nor right.
        periods if periods <= fresh && newest.is_none() => Colour::Unrated,
        periods if periods <= fresh => Colour::Green,
        periods if periods <= stale => Colour::Amber,
        _ => Colour::Red,
    };
    let report = match newest {
        Some(day) if age == 0 && day == status_date => {
            format!("the newest report is of the status date, {}", date(day))
        }
        Some(day) if age == 0 => format!("the last report is of {}, the project is closed", date(day)),
        Some(day) => format!(
            "the newest report is of {}, {} old",
            date(day),
            count(usize::try_from(age).unwrap_or(0), "day")
        ),
        None => format!("nothing has been reported in the {age} days since the start"),
    };
    let errors = (n_open > 0).then(|| format!("{} of the records open", count(n_open, "error")));
    let waived = (n_waived > 0).then(|| format!("{} waived", count(n_waived, "error")));
    Dimension { kind, colour, rule, reason: joined([Some(report), errors, waived]) }
}

/// `E` and digits, as in `E606`, but not `E3…`: those speak of the plan's dates. That the board knows of a deadline it
/// will miss takes nothing from the figures; a record that is wrong does.
fn is_error_of_records(rule: &str) -> bool {
    rule.strip_prefix('E').is_some_and(|digits| {
        !digits.is_empty() && !digits.starts_with('3') && digits.bytes().all(|b| b.is_ascii_digit())
    })
}

fn sum(source: &HealthSource, amount: Amount) -> String {
    money_with_currency(amount, source.position.project.currency)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_to_come_are_told_beside_those_that_passed() {
        let told = |run, planned| tests_passed("100 %", run, planned);
        assert_eq!(told(17, 126), "100 % of the 17 tests run passed (126 planned)");
        assert_eq!(told(126, 126), "100 % of the 126 tests run passed");
        assert_eq!(told(1, 2), "100 % of the 1 test run passed (2 planned)");
        assert_eq!(told(1_200, 1_734), "100 % of the 1\u{202f}200 tests run passed (1\u{202f}734 planned)");
    }

    #[test]
    fn criteria_that_are_not_met_are_told_though_none_has_failed() {
        let told =
            |looked_at, unmet, failed| super::criteria_met(looked_at, unmet, failed).replace('\u{a0}', " ");
        assert_eq!(told(8, 4, 0), "4 of 8 criteria looked at are not met yet, none of them of finished work");
        assert_eq!(
            told(8, 4, 1),
            "4 of 8 criteria looked at are not met, 1 of them although the work is finished"
        );
        assert_eq!(told(8, 1, 0), "1 of 8 criteria looked at is not met yet, none of them of finished work");
        assert_eq!(told(8, 0, 0), "all 8 criteria looked at are met");
        assert_eq!(told(1, 0, 0), "the one criterion looked at is met");
        assert_eq!(told(0, 0, 0), "no criterion looked at");
    }
}
