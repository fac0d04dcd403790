//! The page of a stage: what it is for, what must hold at its two ends, its work and its results.

use serde::Serialize;

use crate::format;
use crate::model::{Decision, StagePage, TaskKind, TaskNo};
use crate::page::address::{Address, Thing};
use crate::page::deliverables::deliverable_rows;
use crate::page::desk::{Desk, gate_title};
use crate::page::planning_cycles::{cycles_rule, cycles_title, planning_cycles};
use crate::page::stage_criteria::{Criteria, criteria};
use crate::page::stage_work::stage_work;
use crate::page::track::{gate_words, track};
use crate::page::view::{Cell, Fact, Link, Status, Step, Table};
use crate::page::{Entry, Group, Made, ProjectPage};
use crate::plan::{Slot, State};
use crate::quantity::{GateId, Stage};
use crate::report::ProjectReport;

/// The five pages of stages.
pub struct StagePages;

/// What the page of a stage shows.
#[derive(Debug, Serialize)]
struct StageView {
    /// What the stage is for.
    purpose: &'static str,
    /// The road of stages.
    track: Vec<Step>,
    /// Gate, dates, count of work.
    facts: Vec<Fact>,
    /// What must hold before it begins.
    entry: Criteria,
    /// What must hold before it ends.
    exit: Criteria,
    /// The stage in the author's words, as harmless HTML.
    narrative: Option<String>,
    /// Its tasks.
    tasks: Table,
    /// Which of very many are listed, in a sentence; none where all are.
    listed: Option<String>,
    /// What its tasks produce.
    deliverables: Table,
    /// How often the plan was made anew; on the page of planning alone.
    cycles: Table,
    /// What these lines are called.
    cycles_title: &'static str,
    /// By what one is told from the one before.
    cycles_rule: String,
    /// The stage before.
    previous: Option<Link>,
    /// The stage after.
    next: Option<Link>,
    /// What to write so that the stage has a narrative; none where it has one.
    hint: Option<String>,
}

impl ProjectPage for StagePages {
    fn kind(&self) -> &'static str {
        "stage"
    }

    fn group(&self) -> Group {
        Group::Gates
    }

    fn question(&self) -> &'static str {
        "What is this stage about, and is it done?"
    }

    fn entries(&self, project: &ProjectReport) -> Vec<Entry> {
        Stage::ALL
            .into_iter()
            .filter(|stage| exists(project, *stage))
            .map(|stage| {
                let label = format!("{} {}", stage.number(), format::stage(stage));
                Entry::new(Address::stage(&project.project.folder, stage), label)
            })
            .collect()
    }

    fn make(&self, desk: &Desk<'_>) -> Made {
        let stage = Stage::ALL
            .into_iter()
            .find(|stage| Address::stage(desk.folder(), *stage) == *desk.address)
            .expect("a page of a stage lives at the address of one");
        let written = desk.project.project.stages.get(&stage);
        let at = desk.project.control.stage;
        let is_over = stage < at || desk.project.control.is_closed;
        let work = stage_work(desk, stage);
        let view = StageView {
            purpose: purpose(stage),
            track: track(desk),
            facts: facts(desk, stage),
            entry: criteria(desk, written.map_or(&[], |page| &page.entry), is_over || stage == at),
            exit: criteria(desk, written.map_or(&[], |page| &page.exit), is_over),
            narrative: written.and_then(narrative),
            tasks: work.table,
            listed: work.listed,
            deliverables: deliverables(desk, stage),
            cycles: if stage == Stage::Planning { planning_cycles(desk) } else { Table::default() },
            cycles_title: cycles_title(desk),
            cycles_rule: cycles_rule(desk),
            previous: neighbour(desk, stage, |place| place.checked_sub(1)),
            next: neighbour(desk, stage, |place| place.checked_add(1)),
            hint: written.is_none().then(|| {
                format!(
                    "Write `stages/{}-{}.md` with `entry:`, `exit:` and the story of the stage.",
                    stage.number(),
                    stage.key()
                )
            }),
        };
        let title = format!("Stage {}: {}", stage.number(), format::stage(stage));
        Made::new(self.kind(), title, &view).description(purpose(stage))
    }
}

fn exists(project: &ProjectReport, stage: Stage) -> bool {
    project.project.stages.contains_key(&stage)
        || project.project.tasks.iter().any(|task| task.stage == stage)
}

/// What a stage is for, in one sentence.
#[must_use]
pub fn purpose(stage: Stage) -> &'static str {
    match stage {
        Stage::Initiation => {
            "Say what the project is for, who wants it and whether it is feasible, so that the board can decide \
             whether it is worth planning."
        }
        Stage::Planning => {
            "Agree on scope, schedule, budget, people and risks, with the outside teams, until there is one plan \
             that everybody is willing to be measured against."
        }
        Stage::Execution => {
            "Do the work: build, install, test and train until every deliverable meets its criteria and can be \
             accepted."
        }
        Stage::Control => {
            "Keep time, money, quality and risk inside the limits, from the first day to the last; this page gathers \
             the work of control and leads to the statement that nothing is left uncontrolled."
        }
        Stage::Closing => {
            "Finish, accept, pay and learn; hand everything over to its owners and release the people."
        }
    }
}

fn facts(desk: &Desk<'_>, stage: Stage) -> Vec<Fact> {
    let gate = stage.gate();
    let own: Vec<TaskNo> = work_of(desk, stage);
    let finished =
        own.iter().filter(|task| desk.project.forecast.slot(**task).state == State::Finished).count();
    let mut facts = vec![Fact::of("State", Cell::status(stage_status(desk, stage)))];
    if let Some(words) = gate_words(desk, gate) {
        let decides = format!("decides on: {}", gate_title(desk.project, gate));
        facts.push(Fact::of("Gate", Cell::text(words).href(desk.href_to(&Thing::Gate(gate))).note(decides)));
    }
    if !own.is_empty() {
        facts.push(
            Fact::new("Work", format!("{finished} of {} finished", format::count(own.len(), "task")))
                .explained(desk.explained(&format!("stage-{}-work", stage.number()))),
        );
    }
    let slots = || own.iter().map(|task| desk.project.forecast.slot(*task));
    if let (Some(first), Some(last)) =
        (slots().map(|slot| slot.start).min(), slots().map(|slot| slot.finish).max())
    {
        let is_known = own.iter().all(|task| desk.project.is_last_day_known(*task));
        let days = if is_known {
            Cell::text(format::span_of_days(first.day(), last.last_day()))
        } else {
            Cell::nothing()
        };
        facts.push(
            Fact::of("From and to", days.note_if(desk.days_unread().filter(|_| !is_known)))
                .explained(desk.explained(&format!("stage-{}-dates", stage.number()))),
        );
    }
    facts
}

/// Where a stage stands.
fn stage_status(desk: &Desk<'_>, stage: Stage) -> Status {
    let control = &desk.project.control;
    if control.is_stopped && stage >= control.stage {
        Status::unknown("The project is stopped")
    } else if control.is_closed || stage < control.stage {
        Status::done("Done")
    } else if stage == control.stage && has_begun(desk) {
        Status::half("Under way")
    } else {
        Status::open("To come")
    }
}

/// Whether anything of the project has happened: work has begun, or a gate was passed.
fn has_begun(desk: &Desk<'_>) -> bool {
    let is_begun = |slot: &Slot| slot.state != State::NotStarted;
    !desk.project.control.gates_passed.is_empty() || desk.project.forecast.slots.iter().any(is_begun)
}

/// The story of a stage as harmless HTML; none where the file has no text.
#[must_use]
pub fn narrative(page: &StagePage) -> Option<String> {
    let options = crate::prose::MarkdownOptions { heading_level_offset: 1, ..Default::default() };
    (!page.body.markdown.trim().is_empty()).then(|| crate::prose::to_html(&page.body.markdown, &options))
}

fn work_of(desk: &Desk<'_>, stage: Stage) -> Vec<TaskNo> {
    let project = &desk.project.project;
    project
        .task_numbers()
        .filter(|number| {
            let task = project.task(*number);
            task.stage == stage && task.is_work()
        })
        .collect()
}

fn deliverables(desk: &Desk<'_>, stage: Stage) -> Table {
    deliverable_rows(desk, |deliverable| {
        deliverable.produced_by.iter().any(|task| desk.project.project.task(*task).stage == stage)
    })
}

fn neighbour(desk: &Desk<'_>, stage: Stage, step: impl Fn(usize) -> Option<usize>) -> Option<Link> {
    let place = Stage::ALL.iter().position(|other| *other == stage)?;
    let other = *Stage::ALL.get(step(place)?)?;
    let href = desk.href(&Address::stage(desk.folder(), other))?;
    Some(Link { label: format!("Stage {}: {}", other.number(), format::stage(other)), href: Some(href) })
}

/// The day of a gate as it stands: of the decision that settled it, or forecast by the plan; none for a gate outside the plan
/// without a record, and where the forecast is not known. One that was held or sent back comes before the board again: its day is the forecast one.
#[must_use]
pub fn gate_day(desk: &Desk<'_>, gate: GateId) -> Option<jiff::civil::Date> {
    let day = desk.project.status_date;
    let decided = desk
        .project
        .project
        .gates
        .get(&gate)
        .filter(|record| record.decision.is_some_and(Decision::settles))
        .and_then(|record| record.decided)
        .filter(|decided| *decided <= day);
    decided.or_else(|| {
        desk.project
            .tasks()
            .find(|(_, task, _)| task.kind == TaskKind::Gate(gate))
            .and_then(|(number, _, _)| desk.project.last_day(number))
    })
}
