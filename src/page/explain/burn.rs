//! Burn-down and burn-up: scope, done, left, pace and what it leads to.

use jiff::civil::Date;

use crate::control::{
    Burn, BurnFinish, BurnPeriod, BurnPoint, BurnUnit, Counted, GrowingFinish, ScopeStep, unapproved_units,
};
use crate::diagnostic::Span;
use crate::format;
use crate::model::{Earning, Rhythm};
use crate::page::burn::{amount, mean_words, unit_words};
use crate::page::burn_words::finish;
use crate::page::desk::Desk;
use crate::page::explain::{Book, Figure, Input, burn_together};

/// Adds them.
pub(super) fn write(desk: &Desk<'_>, book: &mut Book) {
    let control = &desk.project.control;
    let effort = Some(&control.effort_burn).filter(|burn| burn.scope > 0.0);
    for burn in effort.into_iter().chain(&control.unit_burns).chain(&control.shared_burns) {
        one(desk, book, burn);
    }
    flow(desk, book);
}

/// A count to the hundredth, so that what is explained adds up: `289.55`, where the page says `289.6`.
pub(super) fn exact(value: f64) -> String {
    let text = format::number(value, 2);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The first part of the keys of a burn: `burn` for the effort of the project, `burn-rollout` for a task in units, `all-rollout` for all tasks
/// that are counted in the unit of that task, the first of them.
#[must_use]
pub fn burn_anchor(desk: &Desk<'_>, burn: &Burn) -> String {
    burn.key(&desk.project.project)
}

/// The key of the units that came in without an approved change, of the task that the board's limit counts; none where it counts none.
#[must_use]
pub fn unapproved_key(desk: &Desk<'_>) -> Option<String> {
    let limit = desk.project.project.tolerance.unapproved.as_ref()?;
    let mut burns = desk.project.control.unit_burns.iter();
    let burn = burns.find(|burn| matches!(&burn.unit, BurnUnit::Units(unit) if *unit == limit.unit))?;
    Some(format!("{}.unapproved", burn_anchor(desk, burn)))
}

/// The units that came in without an approved change.
fn without_approval(desk: &Desk<'_>, book: &mut Book, burn: &Burn) {
    let (project, day) = (&desk.project.project, desk.project.status_date);
    let Some((task, newest)) = burn.task().zip(burn.points.last()) else { return };
    let anchor = burn_anchor(desk, burn);
    let changes = project.registers.changes.iter();
    let approved = changes.filter(|change| change.is_approved(day) && change.tasks.contains(&task));
    let approved: Vec<Input> = approved
        .filter_map(|change| {
            let units = format::whole(change.scope_units?);
            Some(Input::typed(
                format!("approved with {}", change.id),
                units,
                desk.field(change.origin, "impact.scope"),
            ))
        })
        .collect();
    let units = unapproved_units(project, burn, day);
    book.add(
        Figure::new(format!("{anchor}.unapproved"), "Without an approved change", exact(units))
            .formula("what the scope has grown by since it was agreed, less what approved changes added; never below zero")
            .of("scope", format!("{anchor}.scope-{}", newest.date))
            .inputs(approved),
    );
}

fn one(desk: &Desk<'_>, book: &mut Book, burn: &Burn) {
    let anchor = burn_anchor(desk, burn);
    let project = &desk.project.project;
    let unit = unit_words(&burn.unit);
    let task = burn.task().map(|task| project.task(task));
    book.thing("burn", &*anchor, format!("{}: {unit}", burn.title), task.map(|task| task.origin));
    let key = |part: &str| format!("{anchor}.{part}");
    let reports = |until: Date| -> Vec<Span> {
        let all = project.progress.iter();
        all.filter(|entry| entry.status_date <= until && burn.counts(entry.task))
            .map(|entry| entry.origin)
            .collect()
    };
    let scope_of = |figure: Figure| match task {
        Some(task) => {
            let total = match &task.earning {
                Earning::Units { total, .. } => format::whole(*total),
                _ => String::new(),
            };
            figure.typed("units in the plan", total, desk.field(task.origin, "earned_value"))
        }
        None => figure.of("planned effort", "effort-produced"),
    };
    if task.is_some() {
        without_approval(desk, book, burn);
    }
    let mut before: Option<(Date, f64)> = None;
    for point in &burn.points {
        let at = |part: &str| key(&format!("{part}-{}", point.date));
        let day = format::date(point.date);
        let closed =
            project.snapshots.iter().find(|closed| point.is_as_closed && closed.status_date == point.date);
        let closed = closed.filter(|_| burn.parts().is_empty());
        let (scope, done) = (
            Figure::new(at("scope"), format!("Scope, {day}"), exact(point.scope)),
            Figure::new(at("done"), format!("Done, {day}"), exact(point.done)),
        );
        let reported = reports(point.date);
        if let Some(closed) = closed {
            let entry = task.map_or_else(|| "effort".to_owned(), |task| format!("units.{}", task.id));
            for (figure, field, value) in [(scope, "scope", point.scope), (done, "done", point.done)] {
                let file = Span::new(closed.origin.file, 0, 0);
                let of_entry = project.places.of(file, &entry).unwrap_or(closed.origin);
                let place = desk.field(of_entry, field);
                let figure = figure.formula("as the report of the day said when it was closed");
                let figure = figure.typed("closed report", exact(value), place);
                book.add(figure.lines("reports", "", reported.clone()));
            }
        } else if !burn.parts().is_empty() {
            burn_together::on_a_day(desk, book, burn, (point.date, scope, done));
        } else {
            book.add(scope_of(
                scope
                    .formula(if task.is_some() {
                        "scope = the newest count of units in all by the day and what was approved since, else that agreed by then"
                    } else {
                        "scope = Σ planned effort of all work but level of effort, as far as they were planned by the day; of what is counted in units × units in all ÷ units of the plan"
                    })
                    .lines("reports", "", reported.clone()),
            ));
            let done = done.formula(if task.is_some() {
                "done = units reported by the day"
            } else {
                "done = Σ planned effort × share of the work done, of all work but level of effort, as reported by the day; of what is counted in units × units done ÷ units of the plan"
            });
            book.add(if reported.is_empty() {
                scope_of(done).given("reports", format::NOTHING, "none by that day")
            } else {
                scope_of(done).lines("reports", "", reported)
            });
        }
        book.add(
            Figure::new(at("left"), format!("Left, {day}"), exact(point.scope - point.done))
                .formula("left = scope − done")
                .of("scope", at("scope"))
                .of("done", at("done")),
        );
        let (was, previous) = before.map_or((0.0, None), |(day, done)| (done, Some(day)));
        let gained =
            Figure::new(at("gained"), format!("Done since the line before, {day}"), exact(point.done - was))
                .of("done", at("done"));
        book.add(match previous {
            Some(previous) => {
                gained.formula("gained = done − before").of("before", key(&format!("done-{previous}")))
            }
            None => gained.formula("gained = done, since nothing was reported before"),
        });
        before = Some((point.date, point.done));
    }
    burn_together::late(desk, book, burn, &key);
    totals(book, burn, &key, before.map(|(day, _)| day));
    periods(book, burn, &key, &reports(desk.project.status_date));
    pace(book, burn, &key, &unit);
    timetable(desk, book, burn, &key);
    steps(desk, book, burn, &reports);
}

/// Against what a step of scope on the day of a report is counted.
enum ScopeBefore<'a> {
    /// The report before: nothing moved the scope in between.
    Report,
    /// The step before it.
    Step {
        /// The report before both; none where there was none.
        report: Option<&'a BurnPoint>,
        /// The first step since, counted from 0.
        first: usize,
    },
}

impl<'a> ScopeBefore<'a> {
    /// Against what a step is counted; none on a day without a report, and where a report counts otherwise than the steps do.
    fn step(burn: &'a Burn, place: usize) -> Option<Self> {
        let step = burn.scope_steps.get(place)?;
        let on_this_day = burn.points.iter().find(|point| point.date == step.date)?;
        let report = burn.points.iter().rev().find(|point| point.date < step.date);
        let is_since = |other: &ScopeStep| report.is_none_or(|report| report.date < other.date);
        let first = burn.scope_steps.iter().position(is_since)?;
        let is_last_of_day = burn.scope_steps.get(place + 1).is_none_or(|next| next.date != step.date);
        let moved: f64 = burn.scope_steps.get(first..=place)?.iter().map(|step| step.amount).sum();
        let is_told =
            report.is_none_or(|report| (report.scope + moved - on_this_day.scope).abs() < SAME_SCOPE);
        if !is_last_of_day {
            None
        } else if first == place {
            Some(Self::Report)
        } else {
            is_told.then_some(Self::Step { report, first })
        }
    }
}

/// Scopes so near to each other are the same.
const SAME_SCOPE: f64 = 0.05;

/// The scope after the last of some steps between two reports.
fn scope_after(
    burn: &Burn,
    (report, steps): (Option<&BurnPoint>, std::ops::Range<usize>),
    key: &dyn Fn(&str) -> String,
) -> Figure {
    let (last, between) = (steps.end, burn.scope_steps.get(steps.clone()).unwrap_or_default());
    let moved: f64 = between.iter().map(|step| step.amount).sum();
    let day = between.last().map_or_else(String::new, |step| format::date(step.date));
    let inputs =
        steps.map(|place| Input::of(format!("step {}", place + 1), key(&format!("step-{}", place + 1))));
    let figure = |scope: f64| {
        Figure::new(
            key(&format!("after-step-{last}")),
            format!("Scope after the step of {day}"),
            exact(scope),
        )
    };
    let figure = if let Some(report) = report {
        figure(report.scope + moved)
            .formula("scope on the report before + Σ steps since")
            .of("scope on the report before", key(&format!("scope-{}", report.date)))
    } else {
        let all: f64 = burn.scope_steps.iter().take(last + 1).map(|step| step.amount).sum();
        let agreed = burn.points.first().map_or(0.0, |point| point.scope) - all;
        figure(agreed + moved).formula("scope agreed before + Σ steps since").given(
            "scope agreed before",
            exact(agreed),
            "agreed before the first report",
        )
    };
    figure.inputs(inputs)
}

/// When the scope moved, and what explains it.
fn steps(desk: &Desk<'_>, book: &mut Book, burn: &Burn, reports: &dyn Fn(Date) -> Vec<Span>) {
    let (project, anchor) = (&desk.project.project, burn_anchor(desk, burn));
    let key = |part: &str| format!("{anchor}.{part}");
    for (place, step) in burn.scope_steps.iter().enumerate() {
        let baseline = project.baselines.iter().filter(|known| Some(&known.id) == step.baseline.as_ref());
        let changes = project.registers.changes.iter().filter(|change| step.changes.contains(&change.id));
        let figure = Figure::new(
            key(&format!("step-{}", place + 1)),
            format!("Scope step of {}", format::date(step.date)),
            exact(step.amount),
        );
        let scope = || key(&format!("scope-{}", step.date));
        // A change that was decided between two reports moves the scope on its own day.
        let figure = match ScopeBefore::step(burn, place) {
            Some(ScopeBefore::Report) => {
                figure.formula("step = scope on this day − scope on the report before").of("scope", scope())
            }
            Some(ScopeBefore::Step { report, first }) => {
                book.add(scope_after(burn, (report, first..place), &key));
                figure
                    .formula("step = scope on this day − scope after the step before")
                    .of("scope on this day", scope())
                    .of("scope after the step before", key(&format!("after-step-{place}")))
            }
            None if !step.changes.is_empty() => {
                figure.formula("step = what the change brings in, on the day of its decision")
            }
            None if step.baseline.is_some() => {
                figure.formula("step = what the new baseline takes in, on the day of its approval")
            }
            None => figure.formula("step = what the reports of the day count more than was agreed"),
        };
        book.add(
            figure
                .inputs(
                    changes.map(|change| Input::typed(format!("Change {}", change.id), "", change.origin)),
                )
                .inputs(
                    baseline.map(|known| Input::typed(format!("Baseline {}", known.id), "", known.origin)),
                )
                .lines("reports", "", reports(step.date)),
        );
    }
}

fn totals(book: &mut Book, burn: &Burn, key: &dyn Fn(&str) -> String, last: Option<Date>) {
    let Some(last) = last else { return };
    let at = |part: &str| key(&format!("{part}-{last}"));
    book.add(
        Figure::new(key("scope"), "Scope", exact(burn.scope))
            .formula("scope as of the status date")
            .of("scope", at("scope")),
    );
    book.add(
        Figure::new(key("done"), "Done", exact(burn.scope - burn.remaining))
            .formula("done as of the status date")
            .of("done", at("done")),
    );
    book.add(
        Figure::new(key("remaining"), "Left", exact(burn.remaining))
            .formula("left = scope − done")
            .of("scope", key("scope"))
            .of("done", key("done")),
    );
    let grown: f64 = burn.scope_steps.iter().map(|step| step.amount).sum();
    if !burn.scope_steps.is_empty() {
        let steps = 1..=burn.scope_steps.len();
        book.add(
            Figure::new(key("moved"), "Scope moved", exact(grown))
                .formula("Σ steps of the scope")
                .inputs(steps.map(|step| Input::of(format!("step {step}"), key(&format!("step-{step}"))))),
        );
    }
}

fn period_key(period: &BurnPeriod) -> String {
    format!("period-{}", period.until)
}

/// What was done in each period of which the pace is the mean.
fn periods(book: &mut Book, burn: &Burn, key: &dyn Fn(&str) -> String, reports: &[Span]) {
    if burn.forecast.is_err() {
        return;
    }
    for period in &burn.periods {
        let name = format!("Done in the period to {}", format::date(period.until));
        book.add(
            Figure::new(key(&period_key(period)), name, exact(period.done))
                .formula(
                    "done on the days of the period: work is spread evenly over the working days from its start to its first report, \
                     from report to report, and to its finish",
                )
                .lines("reports", "", reports.to_vec()),
        );
    }
}

fn pace(book: &mut Book, burn: &Burn, key: &dyn Fn(&str) -> String, unit: &str) {
    let Ok(forecast) = &burn.forecast else { return };
    let done = || {
        burn.periods
            .iter()
            .map(|period| Input::of(format!("to {}", format::date(period.until)), key(&period_key(period))))
    };
    let periods = format!("{} whole periods of {}", forecast.n_periods, forecast.rhythm.length_words());
    let mean = format!("Pace, {}", mean_words(forecast));
    let rows = [
        ("mean", mean.as_str(), forecast.mean, "likely", "Likely", Some(forecast.likely)),
        (
            "best",
            "Pace, mean of the best three",
            forecast.best_three,
            "optimistic",
            "Optimistic",
            Some(forecast.optimistic),
        ),
        (
            "worst",
            "Pace, mean of the worst three",
            forecast.worst_three,
            "pessimistic",
            "Pessimistic",
            forecast.pessimistic,
        ),
    ];
    for (pace, name, value, end, words, finishes) in rows {
        book.add(
            Figure::new(key(pace), name.to_owned(), format!("{} {unit} a period", exact(value)))
                .formula("pace = mean of what was done in each of the periods")
                .values(periods.clone())
                .inputs(done()),
        );
        let Some(BurnFinish { exact_periods, periods, .. }) = finishes else { continue };
        let figure = Figure::new(key(end), format!("{words}: periods still needed"), format!("{periods}"))
            .formula("periods = left ÷ pace, rounded up")
            .values(format!(
                "{} = {} ÷ {}",
                format::number(exact_periods, 2),
                exact(burn.remaining),
                exact(value)
            ))
            .of("left", key("remaining"))
            .of("pace", key(pace));
        let end_figure = finishes.map(|end| {
            Figure::new(
                key(&format!("{words}-finish").to_lowercase()),
                format!("{words}: done by"),
                finish(end),
            )
            .formula("done by = status date + periods still needed")
            .of("periods", figure.key.clone())
        });
        book.add(figure);
        if let Some(figure) = end_figure {
            book.add(figure);
        }
    }
    growing(book, burn, key, unit);
    let runs = [
        ("half", "Half of the random runs", forecast.half_of_runs),
        ("most", "85 of 100 random runs", forecast.most_of_runs),
    ];
    for (end, words, finishes) in runs {
        let Some(finishes) = finishes else { continue };
        book.add(
            Figure::new(key(end), format!("{words}: periods still needed"), format!("{}", finishes.periods))
                .formula("so many periods that this share of 2 000 runs is done, each run drawing past periods at random")
                .inputs(done())
                .of("left", key("remaining")),
        );
        book.add(
            Figure::new(key(&format!("{end}-finish")), format!("{words}: done by"), finish(finishes))
                .formula("done by = status date + periods still needed")
                .of("periods", key(end)),
        );
    }
}

/// What the schedule says of the same work.
fn timetable(desk: &Desk<'_>, book: &mut Book, burn: &Burn, key: &dyn Fn(&str) -> String) {
    let (Ok(forecast), Some(timetable)) = (&burn.forecast, &burn.timetable) else { return };
    let (Some(periods), Some(pace)) = (timetable.periods, timetable.pace) else { return };
    let day = format::date(timetable.finish);
    let finish = Figure::new(key("scheduled-finish"), "Schedule: done by", day)
        .formula("the last day in the forecast of the work that is counted and not finished");
    book.add(match &burn.counted {
        Counted::Effort => finish.of("forecast finish of the project", "finish"),
        Counted::Task(task) => {
            finish.of("task", format!("task-{}.finish", desk.project.project.task(*task).id))
        }
        Counted::Together(parts) => finish.inputs(burn_together::finishes(desk, parts)),
    });
    book.add(
        Figure::new(key("scheduled"), "Schedule: periods to its date", format::number(periods, 2))
            .formula(match forecast.rhythm {
                Rhythm::Weeks(_) => {
                    format!("periods = days from the status date ÷ {}", forecast.rhythm.length_words())
                }
                Rhythm::Monthly => {
                    "periods = months from the status date, a begun one by its days".to_owned()
                }
            })
            .of("done by", key("scheduled-finish")),
    );
    book.add(
        Figure::new(key("needed"), "Schedule: the pace that its date takes", amount(pace))
            .formula("pace = left ÷ periods")
            .of("left", key("remaining"))
            .of("periods", key("scheduled")),
    );
}

/// What comes of it if scope goes on growing.
fn growing(book: &mut Book, burn: &Burn, key: &dyn Fn(&str) -> String, unit: &str) {
    let Ok(forecast) = &burn.forecast else { return };
    let Some(growing) = forecast.growing else { return };
    let net = forecast.mean - forecast.growth;
    book.add(
        Figure::new(key("growth"), "Growth of scope", format!("{} {unit} a period", amount(forecast.growth)))
            .formula("growth = how much scope moved over the whole periods ÷ their number")
            .values(format!("{} whole periods of {}", forecast.n_periods, forecast.rhythm.length_words()))
            .inputs(
                burn.points
                    .iter()
                    .map(|point| Input::of(format::date(point.date), key(&format!("scope-{}", point.date)))),
            ),
    );
    book.add(
        Figure::new(key("net"), "Pace less growth", format!("{} {unit} a period", amount(net)))
            .formula("net = pace − growth")
            .of("pace", key("mean"))
            .of("growth", key("growth")),
    );
    let GrowingFinish::At(end) = growing else { return };
    book.add(
        Figure::new(
            key("growing"),
            "If scope goes on growing: periods still needed",
            format!("{}", end.periods),
        )
        .formula("periods = left ÷ net, rounded up")
        .values(format!(
            "{} = {} ÷ {}",
            format::number(end.exact_periods, 2),
            exact(burn.remaining),
            exact(net)
        ))
        .of("left", key("remaining"))
        .of("net", key("net")),
    );
    book.add(
        Figure::new(key("growing-finish"), "If scope goes on growing: done by", finish(end))
            .formula("done by = status date + periods still needed")
            .of("periods", key("growing")),
    );
}

/// Items of work by state, where states are recorded.
fn flow(desk: &Desk<'_>, book: &mut Book) {
    let Some(flow) = desk.project.control.flow.as_ref() else { return };
    let Some(now) = flow.points.last() else { return };
    let items = || desk.project.project.flow.iter().map(|item| item.origin);
    let counts = [
        ("flow-in-progress", "Work in progress", now.in_progress(), "items begun and not done"),
        ("flow-to-do", "To do", now.arrived - now.started, "items that arrived and are not begun"),
        ("flow-done", "Done", now.done, "items done"),
    ];
    book.begin("burn");
    for (key, name, count, formula) in counts {
        book.add(
            Figure::new(key, name, format::whole(count))
                .formula(format!("number of {formula} by the status date"))
                .lines("items", "", items()),
        );
    }
    let Ok(pace) = &flow.pace else { return };
    let days = format!("over the last {}", format::count(usize::try_from(pace.n_days).unwrap_or(0), "day"));
    book.add(
        Figure::new("flow-throughput", "Throughput, items a week", format::number(pace.done_per_week, 1))
            .formula(format!("items done {days} × 7 ÷ days"))
            .lines("items", "", items()),
    );
    book.add(
        Figure::new("flow-cycle-time", "Cycle time, days", format::number(pace.mean_cycle_days, 1))
            .formula(format!("mean calendar days from begun to done, both counted, of the items done {days}"))
            .lines("items", "", items())
            .note(format!(
                "Little's law: work in progress = throughput × cycle time, in a steady state: {} = {} a day × {} days.",
                format::number(pace.mean_in_progress, 2),
                format::number(pace.done_per_week / 7.0, 3),
                format::number(pace.cycle_days_by_law, 2)
            )),
    );
}
