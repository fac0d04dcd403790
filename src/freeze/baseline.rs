//! The text of `baselines/NAME.yaml`.

use super::{Authority, money, number, sealed};
use crate::control::{
    CaseFigures, OptionFigures, Position, Reference, case_measures, measure_against, promise,
    promised_efforts,
};
use crate::model::{AllowanceKind, Earning, EarningStep, Length, Project, TaskNo, TaskProgress, ValueSeries};
use crate::plan::Schedule;
use crate::quantity::{Amount, Currency, Effort, Id, MINUTES_OF_DAY, Measure, Percent};
use crate::report::ProjectReport;
use crate::source::yaml::write::{Value, braces, pair, words_in};

/// What stands at the beginning of a baseline.
#[derive(Clone, Copy, Debug)]
pub struct BaselineHead<'a> {
    /// Its id.
    pub name: &'a Id,
    /// What allows it; none for a first baseline that a board has yet to see.
    pub authority: Option<&'a Authority>,
    /// The revision of the folder.
    pub revision: Option<&'a str>,
}

/// Freezes the plan of a project as of its status date: dates, lengths, budgets, methods and planned value.
///
/// Before anything is reported it is the plan as typed; after that what is done and what is forecast, since nobody can
/// promise the past. None where the text could not be read back.
#[must_use]
pub fn baseline(report: &ProjectReport, head: BaselineHead<'_>) -> Option<String> {
    let project = &report.project;
    let schedule = schedule_of(report);
    let engine = report.engine();
    let position = Position {
        project,
        engine: &engine,
        planned: &report.planned,
        forecast: &report.forecast,
        facts: &report.facts,
        levers: &report.levers,
        status_date: report.status_date,
    };
    let promised = promise(&position, schedule);
    // A case is approved with the budget and the days that this baseline promises.
    let case = measure_against(&position, promised.clone()).case;
    let body = format!(
        "finish: {}\nbac: {}\n{}{}tasks:\n{}{}{}",
        promised.finish,
        money(promised.budget, project.currency),
        allowed(project),
        business_case(report, case, &promised).unwrap_or_default(),
        tasks(report, schedule, &promised),
        lines(&promised, project.currency),
        planned_values(project, &promised)
    );
    sealed(&beginning(report, head), &body)
}

/// The tolerances and reserves in force: what is frozen with the plan is widened by the board only.
fn allowed(project: &Project) -> String {
    let pairs: Vec<(String, String)> = project
        .allowances
        .iter()
        .map(|(kind, held)| {
            let size = match kind {
                AllowanceKind::Time => length_of(held.allowed.size, project.work_time().minutes_per_day),
                AllowanceKind::Unapproved => format!("{} {}", held.allowed.size, held.allowed.unit),
                _ => money(held.allowed.amount(), project.currency),
            };
            (kind.key().to_owned(), size)
        })
        .collect();
    if pairs.is_empty() { String::new() } else { braces(0, "allowed", &pairs) }
}

/// The preferred option of the business case: the first baseline carries it as it is typed, a later one with the budget and the days that it
/// promises, as it has become by the day that its benefits are typed for. Where the case does not say when it counts on what its benefits wait for, it is when this baseline promises it. `measured` are its figures
/// as measured against this baseline.
fn business_case(
    report: &ProjectReport,
    measured: Option<CaseFigures>,
    promised: &Reference,
) -> Option<String> {
    let project = &report.project;
    let (case, all) = (project.business_case.as_ref()?, measured?);
    let place = case.preferred?;
    let (option, typed) = (case.options.get(place)?, all.options.get(place)?);
    let is_first = project.baselines.is_empty();
    let living = all.living.as_ref();
    let state = living.map(|one| if is_first { one.approved.clone() } else { one.to_freeze(case) });
    let figures = state.as_ref().filter(|_| !is_first).map_or(typed, |state| &state.figures);
    let carried = state.as_ref().and_then(|state| state.carried);
    let promised_day =
        case.benefits_wait_for.and_then(|task| promised.dates_of(task)).map(|(_, finish)| finish);
    let expected = state.as_ref().and_then(|state| {
        if is_first { case.benefits_expected.or(promised_day) } else { None }.or(state.benefits_day)
    });
    let sum = |amount: Amount| money(amount, project.currency);
    let years = |amounts: &[Amount]| {
        format!("[{}]", amounts.iter().map(|amount| sum(*amount)).collect::<Vec<_>>().join(", "))
    };
    let bare = |key: &str, value: String| pair(2, key, &Value::Bare(value));
    let mut text = "case:\n".to_owned();
    text += &bare("option", words_in(&option.id, false));
    text += &bare("rate", Percent::from_hundredths(case.rate).to_string());
    text += &bare("costs", years(&figures.costs));
    text += &bare("benefits", years(&figures.benefits));
    if figures.cashable_benefits != figures.benefits {
        text += &bare("cashable_benefits", years(&figures.cashable_benefits));
    }
    text += &carried.map(|carried| bare("carried", sum(carried))).unwrap_or_default();
    text += &bare("npv", sum(figures.npv));
    text += &said_of_case(figures, project.currency);
    if let Some(day) = expected {
        text += &bare("benefits_expected", day.to_string());
    }
    Some(text)
}

/// What is said of the case beside its value, so that no later program and no later file says otherwise of this day.
fn said_of_case(figures: &OptionFigures, currency: Currency) -> String {
    let said = case_measures(figures);
    let measure = |thousandths: i64| number(&Measure { thousandths, unit: String::new() });
    let rates: Vec<String> = said.internal_rates.iter().map(|rate| format!("{}%", measure(*rate))).collect();
    let cashable = said.npv_cashable.filter(|amount| *amount != figures.npv);
    let pairs = [
        ("npv_cashable", cashable.map(|amount| money(amount, currency))),
        ("pv_costs", said.pv_costs.map(|amount| money(amount, currency))),
        ("pv_benefits", said.pv_benefits.map(|amount| money(amount, currency))),
        ("irr", (!rates.is_empty()).then(|| format!("[{}]", rates.join(", ")))),
        ("bcr", said.benefit_cost_ratio.map(measure)),
        ("discounted_payback", said.discounted_payback.map(measure)),
        ("life", said.life.map(|years| years.to_string())),
    ];
    let known = pairs.into_iter().filter_map(|(key, value)| Some(pair(2, key, &Value::Bare(value?))));
    known.collect()
}

/// The schedule that is frozen.
fn schedule_of(report: &ProjectReport) -> &Schedule {
    let is_reported = report.facts.progress.iter().any(|task| *task != TaskProgress::default());
    if is_reported { &report.forecast } else { &report.planned }
}

fn beginning(report: &ProjectReport, head: BaselineHead<'_>) -> String {
    let mut text = format!(
        "# Frozen by `milepost baseline freeze`. Do not edit: the digest would no longer fit. To move the plan, freeze another.\n\
         baseline: {}\nfrozen: {}\n",
        head.name, report.status_date
    );
    if let Some(authority) = head.authority {
        text += &format!(
            "approved: {}\nauthorised_by: {}\n",
            // Frozen later or not, it was approved on the day on which somebody decided.
            authority.decided.unwrap_or(report.status_date),
            authority.id
        );
    }
    if let Some(revision) = head.revision {
        text += &format!("source_revision: {}\n", words_in(revision, false));
    }
    text
}

fn tasks(report: &ProjectReport, schedule: &Schedule, promised: &Reference) -> String {
    let project = &report.project;
    let efforts = promised_efforts(project, (&report.planned, schedule));
    let mut text = String::new();
    for number in project.task_numbers() {
        let Some(dates) = promised.tasks.get(number.0 as usize).copied().flatten() else { continue };
        let task = project.task(number);
        let mut pairs = vec![("start", dates.start.to_string()), ("finish", dates.finish.to_string())];
        if !task.is_point() && !task.is_summary() {
            pairs.push(("duration", length(report, number, schedule)));
        }
        pairs.push(("budget", money(dates.budget, project.currency)));
        let effort = efforts.get(number.0 as usize).copied().unwrap_or_default();
        if effort > Effort::ZERO {
            pairs.push(("effort", length_of(effort.minutes(), project.minutes_per_day_of(number))));
        }
        if let Some(units) = dates.units {
            pairs.push(("units", units.to_string()));
        }
        if task.is_work() || task.is_level_of_effort() {
            pairs.push(("earned_value", method(project, promised.method_of(number))));
        }
        let pairs: Vec<(String, String)> =
            pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        text += &braces(2, task.id.as_str(), &pairs);
    }
    text
}

/// The length of a task: as typed, wherever its dates fall; where it has begun how long it took and takes, and of what has no
/// length of its own the time between its dates. What runs by the clock is frozen in days of the clock, begun or not: its working days would
/// be read back as a length that no weekend counts in.
fn length(report: &ProjectReport, number: TaskNo, schedule: &Schedule) -> String {
    let project = &report.project;
    let per_day = project.minutes_per_day_of(number);
    let has_begun = report.facts.progress[number.0 as usize].actual_start.is_some();
    let slot = schedule.slot(number);
    match project.typed_length(project.task(number)) {
        Some(Length { is_elapsed: true, .. }) if has_begun => {
            // Its dates are known to the day.
            let days = (slot.finish.0 - slot.start.0 + MINUTES_OF_DAY - 1).div_euclid(MINUTES_OF_DAY);
            by_the_clock(days * MINUTES_OF_DAY)
        }
        Some(Length { minutes, is_elapsed: true }) => by_the_clock(minutes),
        Some(Length { minutes, is_elapsed: false }) if !has_begun => length_of(minutes, per_day),
        _ => length_of(slot.duration, per_day),
    }
}

/// Minutes of the clock as an author writes them: `20ed`, `36eh`.
fn by_the_clock(minutes: i64) -> String {
    let words = length_of(minutes, MINUTES_OF_DAY);
    let (number, unit) = words.split_at(words.len() - 1);
    format!("{number}e{unit}")
}

/// Minutes as an author writes them: whole days where they are, else hours with at most one decimal, else minutes.
///
/// Of 2 304 minutes of eight-hour days it writes `38.4h`, which is read back as the same minutes.
fn length_of(minutes: i64, minutes_per_day: i64) -> String {
    let day = minutes_per_day.max(1);
    match minutes {
        minutes if minutes % day == 0 => format!("{}d", minutes / day),
        minutes if minutes % 60 == 0 => format!("{}h", minutes / 60),
        minutes if minutes % 6 == 0 => format!("{}.{}h", minutes / 60, minutes % 60 / 6),
        minutes => format!("{minutes}m"),
    }
}

/// A method as in `plan.yaml`.
fn method(project: &Project, method: &Earning) -> String {
    match method {
        Earning::AtFinish => "0/100".to_owned(),
        Earning::AtStartAndFinish(share) => {
            let start = share.hundredths() / 100;
            format!("{start}/{}", 100 - start)
        }
        Earning::Steps(steps) => {
            let steps: Vec<String> = steps
                .iter()
                .map(|step| format!("{}: {}", words_in(&step.name, true), step_terms(step)))
                .collect();
            format!("{{milestones: {{{}}}}}", steps.join(", "))
        }
        Earning::Units { total, unit } => words_in(&format!("units {total} {unit}"), true),
        Earning::Percent => "percent".to_owned(),
        Earning::Apportioned(base) => format!("apportioned {}", project.task(*base).id),
        Earning::LevelOfEffort => "loe".to_owned(),
    }
}

/// The weight of a step, with its planned day and its criterion where it has them.
fn step_terms(step: &EarningStep) -> String {
    if step.planned.is_none() && step.done_when.is_none() {
        return step.weight.to_string();
    }
    let mut terms = vec![format!("weight: {}", step.weight)];
    terms.extend(step.planned.map(|day| format!("planned: {day}")));
    terms.extend(step.done_when.as_ref().map(|words| format!("done_when: {}", words_in(words, true))));
    format!("{{{}}}", terms.join(", "))
}

fn lines(promised: &Reference, currency: Currency) -> String {
    if promised.lines.is_empty() {
        return String::new();
    }
    let mut text = "lines:\n".to_owned();
    for line in &promised.lines {
        let name = pair(4, "name", &Value::Words(line.name.clone()));
        text += &format!("  - {}", name.trim_start());
        text += &pair(4, "budget", &Value::Bare(money(line.budget, currency)));
        text += &pair(4, "category", &Value::Words(line.category.clone()));
        text += &pair(4, "start", &Value::Bare(line.start.to_string()));
        text += &pair(4, "finish", &Value::Bare(line.finish.to_string()));
        if let Some(series) = &line.planned {
            text += &braces(4, "planned_value", &points(series, currency));
        }
    }
    text
}

fn planned_values(project: &Project, promised: &Reference) -> String {
    let mut text = String::new();
    for number in project.task_numbers() {
        if let Some(series) = promised.planned.get(number.0 as usize).and_then(Option::as_ref) {
            text += &braces(2, project.task(number).id.as_str(), &points(series, project.currency));
        }
    }
    if text.is_empty() { text } else { format!("planned_value:\n{text}") }
}

fn points(series: &ValueSeries, currency: Currency) -> Vec<(String, String)> {
    series.points().iter().map(|(day, value)| (day.to_string(), money(*value, currency))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::{Duration, WorkTime};

    #[test]
    fn lengths_are_written_as_people_read_them_and_read_back_as_they_were() {
        let work = WorkTime { minutes_per_day: 480, minutes_per_week: 2_400 };
        let written = [(2_400, "5d"), (2_280, "38h"), (2_304, "38.4h"), (2_305, "2305m"), (6, "0.1h")];
        for (minutes, words) in written {
            assert_eq!(length_of(minutes, 480), words);
            assert_eq!(words.parse::<Duration>().map(|length| length.minutes(work)).ok(), Some(minutes));
        }
    }
}
