//! What the runs of the schedule say: percentiles and chances.

use crate::format;
use crate::page::desk::Desk;
use crate::page::explain::{Book, Figure, Input, three_points};
use crate::page::milestones::chance_key;
use crate::page::schedule_risk::PERCENTILES;
use crate::plan::risk::{PromiseSource, ScheduleRisk};
use crate::quantity::Fraction;

/// Adds them; none where nothing varies.
pub(super) fn write(desk: &Desk<'_>, book: &mut Book) {
    let Some(risk) = &desk.project.risk else { return };
    let runs = |figure: Figure| {
        figure.inputs(what_varies(desk, risk)).given(
            "seed of the runs",
            risk.options.seed.to_string(),
            "of the method, or of `schedule` in project.yaml",
        )
    };
    let unit = format!("{}; d are working days", super::amounts(desk));
    book.group("time", "Runs of the schedule: dates and cost", Some(unit));
    book.add(runs(
        Figure::new("runs", "Runs of the schedule", format::whole(i64::try_from(risk.n_runs()).unwrap_or(i64::MAX)))
            .formula("every run draws a length for each open task with a range and whether each risk strikes, and computes finish and cost anew"),
    ));
    let has_money = super::has_money(desk);
    for percent in PERCENTILES {
        if let Some(finish) = risk.finish.percentile(percent) {
            book.add(
                Figure::new(
                    format!("p{percent}-finish"),
                    format!("P{percent} finish"),
                    format::date(finish.last_day()),
                )
                .formula(format!("P{percent} = the day by which {percent} of 100 runs have finished"))
                .of("runs", "runs"),
            );
            let behind = desk.slip_days(desk.project.control.reference.finish, finish.last_day());
            book.add(
                Figure::new(
                    format!("p{percent}-behind"),
                    format!("P{percent} finish, behind"),
                    crate::page::desk::slip_words(behind),
                )
                .formula("working days of the project's calendar from the promised finish")
                .of(format!("P{percent} finish"), format!("p{percent}-finish"))
                .of("promised finish", "promised"),
            );
        }
        if let Some(cost) = risk.cost.percentile(percent).filter(|_| has_money) {
            book.add(
                Figure::new(format!("p{percent}-cost"), format!("P{percent} cost"), desk.money_words(cost))
                    .formula(format!("P{percent} = the cost that {percent} of 100 runs stay within"))
                    .of("runs", "runs")
                    .of("EAC₄, where nothing varies", "eac-4"),
            );
            let over = cost - desk.project.control.total.budget;
            book.add(
                Figure::new(
                    format!("p{percent}-over"),
                    format!("P{percent} cost over budget"),
                    desk.money_signed(over),
                )
                .formula(format!("over = P{percent} − BAC"))
                .of(format!("P{percent}"), format!("p{percent}-cost"))
                .of("BAC", "bac"),
            );
        }
    }
    book.group("time", "Runs of the schedule: chances, and what decides", None);
    book.add(
        Figure::new(
            "chance-promised",
            "Chance of the promised finish",
            format::chance(risk.finish.chance_of(desk.project.control.promised_finish())),
        )
        .formula("chance = runs that finish by the promised day ÷ runs")
        .of("promised finish", "promised")
        .of("runs", "runs"),
    );
    if has_money {
        book.add(
            Figure::new(
                "chance-both",
                "Chance to keep a day and a sum together",
                "the table of the schedule page",
            )
            .formula("chance = runs that finish by the day and cost no more than the sum ÷ runs")
            .of("runs", "runs")
            .of("promised finish", "promised")
            .of("BAC", "bac"),
        );
    }
    chances(desk, book, risk);
}

/// The chances of milestones, gates and deadlines, and what decides the finish.
fn chances(desk: &Desk<'_>, book: &mut Book, risk: &ScheduleRisk) {
    for watched in &risk.watched {
        let task = desk.project.project.task(watched.promise.task);
        let key = chance_key(desk, &watched.promise);
        let written = match watched.promise.source {
            PromiseSource::Deadline => task.deadline.map_or(task.origin, |(_, origin)| origin),
            PromiseSource::Reference => task.origin,
        };
        book.add(
            Figure::new(
                key,
                format!("Chance of “{}” by {}", task.name, format::date(watched.promise.by.last_day())),
                format::chance(watched.chance),
            )
            .formula("chance = runs in which it is reached by the day ÷ runs")
            .of("runs", "runs")
            .typed("written at", "", written),
        );
    }
    for one in &risk.tasks {
        let task = desk.project.project.task(one.task);
        let key = format!("sensitivity-{}", task.id);
        let written = task.estimate_origin.unwrap_or(task.origin);
        if task.has_range() {
            let name = format!("Sensitivity of “{}”", task.name);
            let figure = sensitivity(key, name, one.criticality, one.sensitivity.share);
            let mean = three_points::mean_key(desk, one.task).filter(|_| book.day().is_none());
            let figure = figure.typed("range of its length", "", written);
            book.add(figure.inputs(mean.map(|key| Input::of("its mean", key))));
            continue;
        }
        // What has one length explains nothing; how often the finish follows it is all there is to say.
        book.add(
            Figure::new(
                key,
                format!("“{}” on the deciding path", task.name),
                format!("in {} of the runs", format::chance(one.criticality)),
            )
            .formula("share of runs in which it drives the finish")
            .of("runs", "runs")
            .typed("written at", "", written),
        );
    }
    for one in &risk.risks {
        let Some(entry) = desk.project.project.registers.risks.get(one.risk) else { continue };
        let name = format!("Sensitivity of risk {}", entry.id);
        book.add(
            sensitivity(format!("sensitivity-{}", entry.id), name, one.struck, one.sensitivity.share).typed(
                "probability and days",
                "",
                entry.origin,
            ),
        );
    }
}

fn sensitivity(key: String, name: String, decided: Fraction, explained: f64) -> Figure {
    Figure::new(key, name, format::share((explained * 100.0).round() / 100.0))
        .formula("explains = r² between its length, or whether it strikes, and the finish over all runs; decides in = share of runs in which it drives the finish, or strikes")
        .values(format!("decides in {} of the runs", format::chance(decided)))
        .of("runs", "runs")
}

/// Ranges of tasks and risks with days, each with its place.
fn what_varies(desk: &Desk<'_>, risk: &ScheduleRisk) -> Vec<Input> {
    let project = &desk.project.project;
    let varied = risk.tasks.iter().map(|one| project.task(one.task)).filter(|task| task.has_range());
    let tasks = varied.map(|task| {
        Input::typed(
            format!("“{}”", task.name),
            "range of its length",
            task.estimate_origin.unwrap_or(task.origin),
        )
    });
    let risks = risk.risks.iter().filter_map(|one| {
        let entry = project.registers.risks.get(one.risk)?;
        Some(Input::typed(
            format!("Risk {}", entry.id),
            format::percent(one.exposure.probability),
            entry.origin,
        ))
    });
    tasks.chain(risks).collect()
}
