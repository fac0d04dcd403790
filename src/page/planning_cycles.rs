//! Planning cycles: how often the plan was made anew, and how far each time moved finish and budget.
//!
//! Comes in: the frozen reports and baselines, and the plan that G2 decided on. A cycle is one of them with other tasks, another budget at
//! completion or another baseline than the cycle before, or with a finish beyond the tolerance; what only confirms is no cycle.

use jiff::civil::Date;

use crate::diagnostic::Span;
use crate::format;
use crate::model::{Baseline, ChangeCause, Project, WorkingTime};
use crate::page::address::Thing;
use crate::page::desk::{Desk, slip_words};
use crate::page::explain::report_anchor;
use crate::page::prose::Prose;
use crate::page::view::{Cell, Row, Table};
use crate::prose::Node;
use crate::quantity::{Amount, Effort, GateId, Id, Measure, Stage, WorkTime};
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

/// By what a plan is told to be another one.
struct Yardstick<'a> {
    /// The days that are worked.
    time: &'a WorkingTime,
    /// Working days by which the finish may move before that is another plan: the tolerance for time, nothing without one.
    tolerance: i64,
}

impl Yardstick<'_> {
    /// Whether something is planned otherwise: other tasks, another budget or baseline, or another finish beyond the tolerance. That the
    /// forecast of a report lies a few days elsewhere is progress, and no other plan.
    fn is_other_plan(&self, before: &Planned, now: &Planned) -> bool {
        let differs = |before: Option<i64>, now: Option<i64>| before.zip(now).is_some_and(|(a, b)| a != b);
        let moved =
            before.finish.zip(now.finish).map(|(was, is)| self.time.working_days_after(was, is).abs());
        differs(before.budget.map(|budget| budget.0), now.budget.map(|budget| budget.0))
            || before.baseline != now.baseline
            || differs(before.n_tasks, now.n_tasks)
            || moved.map_or(before.finish != now.finish, |days| days > self.tolerance)
    }
}

/// Of some reports in order, those that begin a cycle: the first, and each that plans otherwise than the cycle before.
fn cycles<'a>(reports: &'a [Planned], yardstick: &Yardstick<'_>) -> Vec<&'a Planned> {
    let mut cycles: Vec<&Planned> = Vec::new();
    for report in reports {
        if cycles.last().is_none_or(|last| yardstick.is_other_plan(last, report)) {
            cycles.push(report);
        }
    }
    cycles
}

/// Working days by which the finish may move in one and the same plan.
fn tolerance_days(desk: &Desk<'_>) -> i64 {
    let minutes = desk.project.project.tolerance.time.unwrap_or(0);
    minutes / desk.project.minutes_per_day().max(1)
}

/// What the table of cycles is called: where the project tells its planning cycles itself, the table only has what is on record.
#[must_use]
pub fn cycles_title(desk: &Desk<'_>) -> &'static str {
    if tells_cycles_itself(desk.project) { "The plan on record" } else { "Planning cycles" }
}

/// By what a line of the table is told from the one before, in a sentence or two.
#[must_use]
pub fn cycles_rule(desk: &Desk<'_>) -> String {
    let days = tolerance_days(desk);
    let finish = if days > 0 {
        format!("a finish more than the tolerance of {} away", crate::page::desk::days_of(days))
    } else {
        "another finish".to_owned()
    };
    let rule = format!(
        "A line is the first plan on record, and each report, baseline or decision that planned otherwise than the line above: other tasks, \
         another budget or baseline, or {finish}."
    );
    if tells_cycles_itself(desk.project) {
        format!(
            "The project tells its planning cycles in its own words; here stands what was frozen meanwhile. {rule}"
        )
    } else {
        rule
    }
}

/// Whether the project writes down its planning cycles by itself: a table that begins with a column `Cycle`, on the page of the planning
/// stage or of G2.
fn tells_cycles_itself(report: &ProjectReport) -> bool {
    let project = &report.project;
    let stage = project.stages.get(&Stage::Planning).map(|page| &page.body);
    let gate = project.gates.get(&GateId::G2).map(|record| &record.body);
    stage.into_iter().chain(gate).any(|text| has_cycles(&crate::prose::tree(&text.markdown)))
}

fn has_cycles(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| {
        if node.kind != "table" {
            return has_cycles(&node.inside);
        }
        let head = node.inside.first().and_then(|row| row.inside.first()).map(words_in).unwrap_or_default();
        ["cycle", "planning cycle"].contains(&head.trim().to_lowercase().as_str())
    })
}

fn words_in(node: &Node) -> String {
    node.text.clone().unwrap_or_default() + &node.inside.iter().map(words_in).collect::<String>()
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
        "#Work packages",
        "#Effort",
        "Baseline",
        "Trigger",
    ]);
    let project = &desk.project.project;
    let day = desk.project.status_date;
    let approved = project.gates.get(&GateId::G2).and_then(|record| record.passed_on(day));
    let until = approved.unwrap_or(day);
    let reports = planned(desk, until, approved.is_some());
    let yardstick = Yardstick { time: &project.working_time(), tolerance: tolerance_days(desk) };
    let mut before: Option<&Planned> = None;
    for (place, cycle) in cycles(&reports, &yardstick).into_iter().enumerate() {
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
            trigger(desk, before, cycle),
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

/// The effort that a baseline promises, as exactly as reports keep it: `296.15 pd`; none where it does not say.
#[must_use]
pub fn effort_of(project: &Project, baseline: &Baseline) -> Option<String> {
    let effort = in_person_days(baseline.effort()?, project.work_time());
    Some(format::measure(effort.thousandths, Some("pd")))
}

/// What stands under Work packages and Effort of a baseline or a cycle, in a sentence.
pub const COUNTED: &str = "Work packages are tasks of work, without summaries, milestones and gates; effort is the time of people, level \
                           of effort left out.";

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
            // One that was typed may be abridged.
            n_tasks: baseline.frozen.map(|_| work_packages(project, baseline)),
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
#[must_use]
pub fn work_packages(project: &Project, baseline: &Baseline) -> i64 {
    let work = baseline.tasks.keys().filter(|task| project.task(**task).is_work()).count();
    let gone = baseline.dropped.iter().filter(|line| line.budget > Amount::ZERO).count();
    i64::try_from(work + gone).unwrap_or(i64::MAX)
}

/// What made a cycle begin, as far as files say: the cause of changes that were approved since the one before, what other teams were asked
/// for, decisions made, tasks that came or went; where none of it is known, what was reported on the way.
fn trigger(desk: &Desk<'_>, before: Option<&Planned>, cycle: &Planned) -> Cell {
    let Some(before) = before else { return Cell::text("first on record").class("muted") };
    let since = |day: Option<Date>| day.is_some_and(|day| before.day < day && day <= cycle.day);
    let registers = &desk.project.project.registers;
    let mut parts: Vec<Prose> = Vec::new();
    let mut say = |words: String, ids: Vec<Id>| {
        let mut part = Prose::words(&format!("{words}: "));
        if let Some(links) = Prose::links(&desk.links(&ids)) {
            part.push(links);
            parts.push(part);
        }
    };
    let changes =
        || registers.changes.iter().filter(|change| since(change.decided) && change.is_approved(cycle.day));
    for cause in ChangeCause::ALL.into_iter().map(Some).chain([None]) {
        let ids = changes().filter(|change| change.cause == cause).map(|change| change.id.clone()).collect();
        say(format::sentence_start(cause.map_or("change", ChangeCause::key)), ids);
    }
    let asked = registers.requests.iter().filter(|request| since(request.asked));
    say("New dependency".to_owned(), asked.map(|request| request.id.clone()).collect());
    let decided = registers.decisions.iter().filter(|entry| since(entry.decided));
    say("Decision".to_owned(), decided.map(|entry| entry.id.clone()).collect());
    if let Some(words) = tasks_moved(before.n_tasks, cycle.n_tasks) {
        parts.push(Prose::words(&words));
    }
    if let Some(all) = Prose::joined(parts, "; ") {
        return Cell::prose(all);
    }
    let entries = desk.project.project.progress.iter().filter(|entry| since(Some(entry.status_date)));
    let notes: Vec<String> = entries.filter_map(|entry| entry.note.clone()).collect();
    Cell::maybe((!notes.is_empty()).then(|| notes.join("; ")))
}

/// How many tasks came or went, in words; none where as many stayed, or nobody knows.
fn tasks_moved(before: Option<i64>, now: Option<i64>) -> Option<String> {
    let by = now? - before?;
    let count = format::count(usize::try_from(by.abs()).unwrap_or(0), "work package");
    match by {
        0 => None,
        by if by > 0 => Some(format!("{count} more")),
        _ => Some(format!("{count} fewer")),
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
    fn check(tolerance: i64, reports: &[Planned], days: &[i8]) {
        let time = WorkingTime::clock();
        let found = cycles(reports, &Yardstick { time: &time, tolerance });
        let found: Vec<i8> = found.into_iter().map(|cycle| cycle.day.day()).collect();
        assert_eq!(found, days);
    }

    #[test]
    fn a_report_that_confirms_the_plan_is_no_cycle() {
        check(0, &[report(1, 20), report(8, 20), report(15, 24), report(22, 24)], &[1, 15]);
    }

    #[test]
    fn a_plan_that_comes_back_is_a_cycle_of_its_own() {
        check(0, &[report(1, 20), report(8, 24), report(15, 20)], &[1, 8, 15]);
    }

    /// Every report used to be a cycle: two days to and fro are progress, and only beyond the tolerance another plan; it is counted from
    /// the cycle before, not from the report before.
    #[test]
    fn a_forecast_that_moves_inside_the_tolerance_is_no_cycle() {
        check(5, &[report(1, 20), report(8, 18), report(15, 24), report(22, 26), report(29, 27)], &[1, 22]);
    }

    #[test]
    fn tasks_that_came_are_a_cycle_though_no_date_moves() {
        let of = |day: i8, n_tasks: i64| Planned { n_tasks: Some(n_tasks), ..report(day, 20) };
        check(5, &[of(1, 53), of(8, 57), of(15, 57)], &[1, 8]);
        assert_eq!(tasks_moved(Some(53), Some(57)).unwrap().replace('\u{a0}', " "), "4 work packages more");
        assert_eq!(tasks_moved(Some(57), Some(57)), None);
    }

    #[test]
    fn cycles_that_the_project_writes_itself_are_known_by_their_table() {
        let has = |markdown: &str| has_cycles(&crate::prose::tree(markdown));
        assert!(has("## Basis\n\n| Cycle | Trigger |\n| --- | --- |\n| 1 | first plan |\n"));
        assert!(!has("| Trigger | Cycle |\n| --- | --- |\n| first plan | 1 |\n"));
        assert!(!has("The cycle began in May."));
    }

    #[test]
    fn another_baseline_is_a_cycle_though_no_date_moves() {
        let approved = Planned { baseline: "B1".parse().ok(), ..report(8, 20) };
        check(5, &[report(1, 20), approved], &[1, 8]);
    }

    #[test]
    fn without_reports_there_is_no_cycle() {
        check(0, &[], &[]);
    }
}
