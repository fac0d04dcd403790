//! Planning cycles: how often the plan was made anew, and how far each time moved finish and budget.
//!
//! Comes in: the frozen reports and baselines, and the plan that G2 decided on. A cycle is one of them whose finish or budget at
//! completion differs from the one before, or with which another baseline came into force; what only confirms is no cycle.

use jiff::civil::Date;

use crate::diagnostic::Span;
use crate::format;
use crate::model::{Baseline, Project};
use crate::page::address::Thing;
use crate::page::desk::{Desk, slip_words};
use crate::page::explain::report_anchor;
use crate::page::prose::Prose;
use crate::page::view::{Cell, Row, Table};
use crate::quantity::{Amount, Effort, GateId, Id, Measure, WorkTime};
use crate::report::ProjectReport;

/// A report, a baseline or a decision, as far as planning is concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Planned {
    day: Date,
    /// Where it comes from.
    from: From,
    finish: Option<Date>,
    budget: Option<Amount>,
    baseline: Option<Id>,
    /// Work packages of the plan.
    n_tasks: Option<i64>,
    /// Effort of the plan in person-days, to the thousandth.
    effort: Option<Measure>,
}

/// Where it is known from what was planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum From {
    Baseline(Span),
    Report(Span),
    Decision,
}

/// Of some reports in order, those that begin a cycle: the first, and each that plans otherwise than the one before.
fn cycles(reports: &[Planned]) -> Vec<&Planned> {
    let mut cycles: Vec<&Planned> = Vec::new();
    for report in reports {
        let is_new = cycles.last().is_none_or(|last| {
            last.finish != report.finish || last.budget != report.budget || last.baseline != report.baseline
        });
        if is_new {
            cycles.push(report);
        }
    }
    cycles
}

/// The cycles until the plan was approved at G2, or so far; empty where no report was frozen by then.
#[must_use]
pub fn planning_cycles(desk: &Desk<'_>) -> Table {
    let mut table = Table::new(&[
        "#Cycle",
        "Report or record",
        "#Finish",
        "#Moved by",
        "#Budget",
        "#Tasks",
        "#Effort",
        "Baseline",
        "Cause",
    ]);
    let project = &desk.project.project;
    let day = desk.project.status_date;
    let approved = project.gates.get(&GateId::G2).and_then(|record| record.passed_on(day));
    let until = approved.unwrap_or(day);
    let reports = planned(desk, until, approved.is_some());
    let mut before: Option<&Planned> = None;
    for (place, cycle) in cycles(&reports).into_iter().enumerate() {
        let (origin, note) = match cycle.from {
            From::Report(origin) => (desk.href_place(origin), None),
            From::Baseline(origin) => (desk.href_place(origin), Some("baseline".to_owned())),
            From::Decision => (desk.href_to(&Thing::Gate(GateId::G2)), Some("decided at G2".to_owned())),
        };
        let is_report = matches!(cycle.from, From::Report(_));
        let href = if is_report { desk.href_to(&Thing::Update(cycle.day)) } else { origin.clone() };
        let then = decided_at(desk).unwrap_or(desk.project);
        // What a report froze of a plan stands in its record, which no page explains further.
        let frozen = |field: &str, of_decision: &str| match cycle.from {
            From::Report(place) => desk.href_of_field(place, field).or_else(|| origin.clone()),
            From::Baseline(_) => origin.clone(),
            From::Decision => {
                desk.here.desk(then).explained(of_decision).or_else(|| desk.href_page("schedule"))
            }
        };
        let figure = |name: &str| match cycle.from {
            From::Report(_) => {
                let key = format!("{}.{name}", report_anchor(cycle.day));
                desk.explained(&key).or_else(|| origin.clone())
            }
            From::Baseline(_) => origin.clone(),
            From::Decision => desk.here.desk(then).explained(name).or_else(|| origin.clone()),
        };
        let moved = before.and_then(|before| Some(desk.slip_days(before.finish?, cycle.finish?)));
        table.push(Row::new(vec![
            Cell::text((place + 1).to_string()).explained(origin.clone()),
            Cell::text(format::date(cycle.day)).href(href).note_if(note),
            Cell::maybe(cycle.finish.map(format::date)).explained(figure("finish")),
            Cell::maybe(moved.map(slip_words)).explained(figure("finish")),
            Cell::maybe(cycle.budget.map(|budget| desk.money(budget))).explained(figure("bac")),
            Cell::maybe(cycle.n_tasks.map(format::whole)).explained(frozen("counts.tasks", "tasks-finished")),
            Cell::maybe(cycle.effort.as_ref().map(|effort| format::measure(effort.thousandths, Some("pd"))))
                .explained(frozen("effort.scope", "burn.scope")),
            Cell::maybe(cycle.baseline.as_ref().map(Id::to_string)),
            cause(desk, before.map(|before| before.day), cycle.day),
        ]));
        before = Some(cycle);
    }
    table
}

/// The project as G2 decided on it; none while it is open.
fn decided_at<'a>(desk: &Desk<'a>) -> Option<&'a ProjectReport> {
    desk.project.at_gates.get(&GateId::G2)
}

/// Effort as reports keep it: person-days to the thousandth.
fn in_person_days(effort: Effort, work_time: WorkTime) -> Measure {
    let thousandths = effort.minutes() * 1_000 / work_time.minutes_per_day.max(1);
    Measure { thousandths, unit: "pd".to_owned() }
}

/// What was planned until a day, in order: baselines, frozen reports and, where it was passed, the plan that G2 decided on.
fn planned(desk: &Desk<'_>, until: Date, is_passed: bool) -> Vec<Planned> {
    let project = &desk.project.project;
    let baselines = project.baselines.iter().filter_map(|baseline| {
        Some(Planned {
            day: baseline.approved?,
            from: From::Baseline(baseline.origin),
            finish: baseline.finish,
            budget: baseline.budget,
            baseline: Some(baseline.id.clone()),
            n_tasks: Some(tasks_of(project, baseline)),
            effort: baseline.effort().map(|effort| in_person_days(effort, project.work_time())),
        })
    });
    let reports = project.snapshots.iter().map(|frozen| Planned {
        day: frozen.status_date,
        from: From::Report(frozen.origin),
        finish: frozen.figures.forecast_finish,
        budget: frozen.figures.total.budget,
        baseline: frozen.figures.baseline.clone(),
        n_tasks: frozen.figures.counts.tasks,
        effort: frozen.figures.effort.as_ref().map(|effort| effort.scope.clone()),
    });
    let mut all: Vec<Planned> = baselines.chain(reports).filter(|one| one.day <= until).collect();
    all.sort_by_key(|one| one.day);
    if is_passed {
        let then = decided_at(desk).unwrap_or(desk.project);
        let said = then.said().figures;
        all.push(Planned {
            day: until,
            from: From::Decision,
            finish: Some(then.forecast.finish_day()),
            budget: Some(then.control.total.budget),
            baseline: then.control.reference.baseline_id().cloned(),
            n_tasks: said.counts.tasks,
            effort: said.effort.map(|effort| effort.scope),
        });
    }
    all
}

/// How many work packages a baseline promises. Of a line that the plan no longer has, one without a budget is taken for a milestone.
fn tasks_of(project: &Project, baseline: &Baseline) -> i64 {
    let work = baseline.tasks.keys().filter(|task| project.task(**task).is_work()).count();
    let gone = baseline.dropped.iter().filter(|line| line.budget > Amount::ZERO).count();
    i64::try_from(work + gone).unwrap_or(i64::MAX)
}

/// Why a cycle began, as far as files say: changes decided and decisions made since the report before, and otherwise what was
/// reported then.
fn cause(desk: &Desk<'_>, after: Option<Date>, until: Date) -> Cell {
    let Some(after) = after else { return Cell::text("first on record").class("muted") };
    let since = |day: Option<Date>| day.is_some_and(|day| after < day && day <= until);
    let registers = &desk.project.project.registers;
    let changes = registers.changes.iter().filter(|change| since(change.decided)).map(|change| &change.id);
    let decisions = registers.decisions.iter().filter(|entry| since(entry.decided)).map(|entry| &entry.id);
    let ids: Vec<Id> = changes.chain(decisions).cloned().collect();
    let entries = desk.project.project.progress.iter().filter(|entry| since(Some(entry.status_date)));
    let notes: Vec<String> = entries.filter_map(|entry| entry.note.clone()).collect();
    match Prose::links(&desk.links(&ids)) {
        Some(links) => Cell::prose(links).note_if((!notes.is_empty()).then(|| notes.join("; "))),
        None => Cell::maybe((!notes.is_empty()).then(|| notes.join("; "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(day: i8, finish: i8) -> Planned {
        let date = |day: i8| Date::constant(2026, 8, day);
        Planned {
            day: date(day),
            from: From::Decision,
            finish: Some(date(finish)),
            budget: None,
            baseline: None,
            n_tasks: None,
            effort: None,
        }
    }

    #[track_caller]
    fn check(reports: &[Planned], days: &[i8]) {
        let found: Vec<i8> = cycles(reports).into_iter().map(|cycle| cycle.day.day()).collect();
        assert_eq!(found, days);
    }

    #[test]
    fn a_report_that_confirms_the_plan_is_no_cycle() {
        check(&[report(1, 20), report(8, 20), report(15, 24), report(22, 24)], &[1, 15]);
    }

    #[test]
    fn a_plan_that_comes_back_is_a_cycle_of_its_own() {
        check(&[report(1, 20), report(8, 24), report(15, 20)], &[1, 8, 15]);
    }

    #[test]
    fn another_baseline_is_a_cycle_though_no_date_moves() {
        let approved = Planned { baseline: "B1".parse().ok(), ..report(8, 20) };
        check(&[report(1, 20), approved], &[1, 8]);
    }

    #[test]
    fn without_reports_there_is_no_cycle() {
        check(&[], &[]);
    }
}
