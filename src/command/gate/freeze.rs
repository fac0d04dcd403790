//! `milepost gate freeze`: the document of a decided gate as the board signed it, written once.

use std::process::ExitCode;

use jiff::civil::Date;

use super::Named;
use crate::command::frozen::{compute, put, refuse_existing};
use crate::command::{CannotRun, print, say, shown};
use crate::diagnostic::spelling::one_of;
use crate::document::changed_files::{lines_of, sources_of};
use crate::document::decided::{freezing, missing_signatures};
use crate::document::digest::printed;
use crate::freeze::{self, GateHead};
use crate::model::{Decision, name_of_decision};
use crate::quantity::GateId;
use crate::report::{ProjectReport, is_of_the_files};

/// What to do where the file is there.
const INSTEAD: &str = "what a board has signed stays as it is; a later decision on the gate is recorded above it, and frozen beside it";

/// Computes the project, sees that the gate is decided and signed, and writes its document.
pub(super) fn run(named: &Named) -> Result<ExitCode, CannotRun> {
    let asked = compute(&named.input)?;
    let project = named.project(&asked.report)?;
    let gate = named.gate;
    let (decision, decided) = decision(project, gate)?;
    let path = asked.path(project, "gates/frozen", &name_of_decision(gate, decided));
    refuse_existing(&path, INSTEAD)?;
    let missing = missing_signatures(project, gate);
    if !missing.is_empty() {
        let (the, are) = if missing.len() == 1 { ("the signature", "is") } else { ("the signatures", "are") };
        return Err(CannotRun::new(
            format!(
                "{the} of {} {are} missing under `{gate}`: nothing is frozen that nobody has signed",
                crate::format::listed(&missing)
            ),
            format!("record each under `signatures:` in `gates/{gate}.md`, with its day"),
        ));
    }
    asked.refuse_while(project, is_of_the_files)?;
    let frozen = freezing(&asked.report, project, gate);
    let sources: Vec<(String, String)> = sources_of(&asked.report, project).into_iter().collect();
    let lines: Vec<(String, String)> = lines_of(&asked.report, project).into_iter().collect();
    let head = GateHead {
        gate,
        decision,
        decided,
        frozen: project.status_date,
        revision: asked.report.revision.as_deref(),
        document: &frozen.digest,
        sources: &sources,
        lines: &lines,
    };
    put(&path, freeze::gate(&head, &frozen.terms, &frozen.content), INSTEAD)?;
    print(&format!(
        "{gate} of {}, {} on {decided}, digest {}: {}",
        project.project.name,
        decision.key(),
        printed(&frozen.digest),
        shown(&path)
    ));
    if let Some(otherwise) = said_otherwise(project, gate, decided) {
        say(&format!(
            "  note: the plan of today's files is frozen, and the report of {decided} said {otherwise}: the plan was edited since. To freeze what lay \
             before the board, take this file away, go back to the revision of that day and freeze there"
        ));
    }
    Ok(ExitCode::SUCCESS)
}

/// What the report that was closed on the day of a decision says otherwise of it than the files of today: `finish 2026-09-03, not
/// 2026-09-07`. None where it says the same, and where none was closed on that day.
fn said_otherwise(project: &ProjectReport, gate: GateId, decided: Date) -> Option<String> {
    let then = project.at_gates.get(&gate)?;
    let closed = project.project.snapshots.iter().find(|closed| closed.status_date == decided)?;
    let finish = closed.figures.forecast_finish.zip(Some(then.forecast.finish_day()));
    let finish =
        finish.filter(|(said, now)| said != now).map(|(said, now)| format!("finish {said}, not {now}"));
    let money = |amount| crate::format::money_with_currency(amount, project.project.currency);
    let budget = closed.figures.total.budget.zip(Some(then.control.total.budget));
    let budget = budget.filter(|(said, now)| said != now);
    let budget = budget.map(|(said, now)| format!("budget {}, not {}", money(said), money(now)));
    let words: Vec<String> = finish.into_iter().chain(budget).collect();
    (!words.is_empty()).then(|| crate::format::listed(&words))
}

/// The decision that is in the file, with its day; what to write where there is none.
fn decision(project: &ProjectReport, gate: GateId) -> Result<(Decision, Date), CannotRun> {
    let day = project.status_date;
    let Some(record) = project.project.gates.get(&gate) else {
        let known: Vec<String> = project.project.gates.keys().map(ToString::to_string).collect();
        let hint = if known.is_empty() {
            "no gate has a page".to_owned()
        } else {
            format!("there is a page for {}", one_of(&known))
        };
        return Err(CannotRun::new(
            format!("`{}` has no page for `{gate}`", project.project.name),
            format!("{hint}; write `gates/{gate}.md` with the decision first"),
        ));
    };
    match (record.decision, record.decided) {
        (Some(decision), Some(decided)) if decided <= day => Ok((decision, decided)),
        (Some(_), Some(decided)) => Err(CannotRun::new(
            format!("`{gate}` was decided on {decided}, after the newest report of {day}"),
            format!(
                "name the day on which it is frozen with `--as-of {decided}`, or write the report of that day"
            ),
        )),
        (Some(_), None) => Err(CannotRun::new(
            format!("the decision on `{gate}` has no day"),
            format!("write `decided:` into `gates/{gate}.md`"),
        )),
        (None, _) => Err(CannotRun::new(
            format!("`{gate}` is a draft: no decision is recorded"),
            format!(
                "write `decision:`, `decided:` and `signatures:` into `gates/{gate}.md` when the board has decided"
            ),
        )),
    }
}
