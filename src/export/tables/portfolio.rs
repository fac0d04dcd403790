//! Tables over all projects: how they stand, which decisions are wanted, which gates come.

use serde::Serialize;

use super::{Source, exports_of};
use crate::export::value::{Day, Money, Number, maybe_words, words};
use crate::export::{Export, csv};
use crate::model::{Ground, TaskKind};
use crate::page::frame::{project_status, stage_words};
use crate::page::needs::{changes_to_approve, decider_of, open_decisions, wanted_conditions};
use crate::page::unread::is_known;
use crate::page::verdict::{finish_slip_days, newest_update, sentence};
use crate::page::{Desk, Here};
use crate::plan::State;
use crate::quantity::{Amount, Ratio};

/// The tables of the portfolio.
#[derive(Clone, Debug)]
pub struct Tables {
    /// A line for each project.
    pub projects: Vec<ProjectRow>,
    /// Decisions wanted in all projects, most urgent first.
    pub decisions: Vec<WantedRow>,
    /// The gates of all projects by their dates.
    pub gates: Vec<GateRow>,
}

/// A project.
#[derive(Clone, Debug, Serialize)]
pub struct ProjectRow {
    /// The name of its folder.
    pub project: String,
    /// Its name.
    pub name: String,
    /// Its code.
    pub code: Option<String>,
    /// The day of its figures.
    pub status_date: Day,
    /// The stage it is in.
    pub stage: String,
    /// How it stands: `Green`, `Amber`, `Red`, `Closed`, `Stopped`.
    pub status: String,
    /// The colour its newest report declares.
    pub declared: Option<&'static str>,
    /// Date, lateness and money in a sentence.
    pub verdict: String,
    /// The last day that was promised. This and the figures below are null where what they rest on could not be read.
    pub promised_finish: Option<Day>,
    /// The last day of the forecast; null of a stopped project, too.
    pub forecast_finish: Option<Day>,
    /// Working days between the two.
    pub slip_days: Option<i64>,
    /// The currency of its money.
    pub currency: String,
    /// Budget at completion.
    pub budget: Money,
    /// Estimate at completion; null where no cost is recorded.
    pub at_completion: Money,
    /// Spent by the status date.
    pub spent: Money,
    /// What is left of the contingency.
    pub contingency_left: Money,
    /// Cost performance index, of all work.
    pub cpi: Option<Number>,
    /// Schedule performance index, of all work.
    pub spi: Option<Number>,
    /// Cost performance index without level of effort, which pages and criteria read; of all work where nothing else has a budget.
    pub cpi_without_level_of_effort: Option<Number>,
    /// Pace, SPI(t), without level of effort, which pages and criteria read; of all work where nothing else has a budget.
    pub spi_t_without_level_of_effort: Option<Number>,
    /// Risks that are open.
    pub open_risks: usize,
    /// Issues that are open.
    pub open_issues: usize,
    /// What is wanted of the board and others: decisions, changes to approve, conditions that are overdue or that a hold waits for.
    pub decisions_wanted: usize,
    /// The day of the newest report.
    pub reported: Option<Day>,
}

/// Something that the board or somebody else is asked for, as the first page lists it.
#[derive(Clone, Debug, Serialize)]
pub struct WantedRow {
    /// The folder of the project.
    pub project: String,
    /// What it is: `decision`, `change` that waits for approval, `condition` of a gate that is overdue or that a hold waits for.
    pub kind: &'static str,
    /// Its id; of a condition the gate.
    pub id: String,
    /// What is asked.
    pub question: String,
    /// What can be chosen.
    pub options: Vec<String>,
    /// Who must answer.
    pub asked_of: Option<String>,
    /// When it was asked.
    pub asked: Option<Day>,
    /// By when the answer is needed.
    pub needed_by: Option<Day>,
    /// What follows from silence.
    pub silence: Option<String>,
}

/// A gate.
#[derive(Clone, Debug, Serialize)]
pub struct GateRow {
    /// The folder of the project.
    pub project: String,
    /// The gate, `G1` to `G5`.
    pub gate: &'static str,
    /// The name of its line in the plan.
    pub name: String,
    /// The day promised.
    pub promised: Option<Day>,
    /// The day it was passed on, or else its forecast; null of a stopped project, and where what the forecast rests on could not be read.
    pub day: Option<Day>,
    /// Whether it has been passed.
    pub is_passed: bool,
    /// Working days that it lies behind the promise.
    pub slip_days: Option<i64>,
    /// What the board decided.
    pub decision: Option<&'static str>,
    /// When.
    pub decided: Option<Day>,
}

impl Tables {
    /// Takes the tables from all projects.
    #[must_use]
    pub fn of(here: &Here<'_>) -> Self {
        let desks: Vec<Desk<'_>> = here.report.projects.iter().map(|project| here.desk(project)).collect();
        let (mut projects, mut decisions) = (Vec::new(), Vec::new());
        for desk in &desks {
            let own = wanted(desk);
            projects.push(project(desk, own.len()));
            decisions.extend(own);
        }
        decisions.sort_by_key(|row| (row.needed_by.is_none(), row.needed_by.map(|day| day.0)));
        let mut gates: Vec<GateRow> = desks.iter().flat_map(gates_of).collect();
        gates.sort_by_key(|row| (row.day.is_none(), row.day.map(|day| day.0)));
        Self { projects, decisions, gates }
    }

    /// The tables that have a row, each as a file.
    pub(in crate::export) fn exports(&self) -> Vec<Export> {
        let tables = each_table!(self, None, [projects, decisions, gates]);
        exports_of(None, tables)
    }
}

fn project(desk: &Desk<'_>, decisions_wanted: usize) -> ProjectRow {
    let source = Source::of(desk);
    let report = desk.project;
    let (project, control) = (&report.project, &report.control);
    let money = |amount, grounds: &[Ground]| {
        Money::maybe(Some(amount).filter(|_| is_known(desk, grounds)), source.currency)
    };
    let index = |index: Option<Ratio>, grounds: &[Ground]| {
        index.filter(|_| is_known(desk, grounds)).map(Number::index)
    };
    let is_coming = !control.is_stopped;
    let has_other_work = control.discrete.budget > Amount::ZERO;
    let (read_on, pace) = if has_other_work {
        (&control.discrete, control.discrete_schedule.index)
    } else {
        (&control.total, control.total_schedule.index)
    };
    let registers = &project.registers;
    ProjectRow {
        project: project.folder.clone(),
        name: project.name.clone(),
        code: project.code.clone(),
        status_date: Day(source.day),
        stage: stage_words(report),
        status: project_status(report).word,
        declared: control.health.declared.as_ref().map(|declared| declared.colour.word()),
        verdict: sentence(desk),
        promised_finish: is_known(desk, &[Ground::Promise]).then_some(Day(control.reference.finish)),
        forecast_finish: report.finish().filter(|_| is_coming).map(Day),
        slip_days: (is_coming && is_known(desk, Ground::SLIP)).then(|| finish_slip_days(desk)),
        currency: source.currency.to_string(),
        budget: money(control.total.budget, Ground::BUDGET),
        at_completion: Money::maybe(
            control.spending.is_recorded.then(|| control.cost_in_the_end()),
            source.currency,
        ),
        spent: money(control.total.actual, &[Ground::Spent]),
        contingency_left: money(control.spending.contingency.remaining, &[Ground::Reserves]),
        cpi: index(control.total.cpi(), Ground::ESTIMATE),
        spi: index(control.total.spi(), Ground::EARNED),
        cpi_without_level_of_effort: index(read_on.cpi(), Ground::ESTIMATE),
        spi_t_without_level_of_effort: index(pace, Ground::EARNED),
        open_risks: registers.risks.iter().filter(|risk| risk.is_open(source.day)).count(),
        open_issues: registers.issues.iter().filter(|issue| issue.is_open(source.day)).count(),
        decisions_wanted,
        reported: newest_update(desk).map(|update| Day(update.status_date)),
    }
}

/// What is wanted, as the first page counts it.
fn wanted(desk: &Desk<'_>) -> Vec<WantedRow> {
    let source = Source::of(desk);
    let folder = || desk.folder().to_owned();
    let decisions = open_decisions(desk).into_iter().map(|entry| WantedRow {
        project: folder(),
        kind: "decision",
        id: entry.id.to_string(),
        question: words(&entry.question),
        options: entry
            .options
            .iter()
            .map(|option| format!("{}: {}", option.name, words(&option.text)))
            .collect(),
        asked_of: source.person(entry.asked_of),
        asked: entry.asked.map(Day),
        needed_by: entry.needed_by.map(Day),
        silence: maybe_words(entry.consequences.as_ref()),
    });
    let changes = changes_to_approve(desk).into_iter().map(|change| WantedRow {
        project: folder(),
        kind: "change",
        id: change.id.to_string(),
        question: words(&change.change),
        options: Vec::new(),
        asked_of: source.person(decider_of(desk, change)),
        asked: change.submitted.map(Day),
        needed_by: change.needed_by.map(Day),
        silence: maybe_words(change.if_not_done.as_ref()),
    });
    let conditions = wanted_conditions(desk).into_iter().map(|(gate, condition)| WantedRow {
        project: folder(),
        kind: "condition",
        id: gate.to_string(),
        question: words(&condition.condition),
        options: Vec::new(),
        asked_of: source.person(condition.owner),
        asked: None,
        needed_by: condition.due.map(Day),
        silence: None,
    });
    conditions.chain(decisions).chain(changes).collect()
}

fn gates_of(desk: &Desk<'_>) -> Vec<GateRow> {
    let source = Source::of(desk);
    let project = &desk.project.project;
    let mut rows = Vec::new();
    for (number, task, slot) in desk.project.tasks() {
        let TaskKind::Gate(gate) = task.kind else { continue };
        let state = crate::page::milestones::milestone_state(desk, number);
        let promised = desk.project.control.reference.tasks[number.0 as usize];
        let record = project.gates.get(&gate);
        let decided = record.and_then(|record| record.decided_on(source.day));
        rows.push(GateRow {
            project: desk.folder().to_owned(),
            gate: gate.key(),
            name: task.name.clone(),
            promised: promised.map(|promised| Day(promised.finish)),
            day: state.day.map(Day),
            is_passed: slot.state == State::Finished,
            slip_days: state.slip,
            decision: decided.map(|(decision, _)| decision.key()),
            decided: decided.map(|(_, day)| Day(day)),
        });
    }
    rows
}
