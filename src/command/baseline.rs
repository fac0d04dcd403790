//! `milepost baseline freeze`: the plan as it is promised, written once.

use std::process::ExitCode;

use super::frozen::{compute, put, refuse_existing};
use super::{CannotRun, print, shown};
use crate::cli::FrozenInput;
use crate::diagnostic::spelling::one_of;
use crate::freeze::{self, Authority, AuthorityFault, BaselineHead};
use crate::quantity::Id;
use crate::report::{ProjectReport, is_of_the_files};

/// Computes the project, finds who allows the baseline, and writes it.
pub(super) fn freeze(
    name: &str,
    authorised_by: Option<&str>,
    input: &FrozenInput,
) -> Result<ExitCode, CannotRun> {
    let name: Id = name.parse().map_err(|_| {
        CannotRun::new(
            format!("`{name}` is no name of a baseline"),
            "write a letter, then letters, digits or hyphens, such as B2",
        )
    })?;
    let asked = compute(input)?;
    let project = asked.project()?;
    // A gate may name the baseline that is about to be made. What a check or a deadline asks, a new plan may answer; only files that
    // cannot be relied on stand in its way.
    let awaited = format!("unknown baseline `{name}`");
    let is_awaited = |message: &str| {
        // What three pages name is told once, and of how many.
        message.strip_prefix(&awaited).is_some_and(|rest| rest.is_empty() || rest.starts_with(", here"))
    };
    asked.refuse_while(project, |found| is_of_the_files(found) && !is_awaited(&found.message))?;
    let path = asked.path(project, "baselines", name.as_str());
    let instead = "freeze the plan under another name; a baseline that a board has seen stays as it is";
    refuse_existing(&path, instead)?;
    let authority = authority(project, &name, authorised_by)?;
    let head = BaselineHead {
        name: &name,
        authority: authority.as_ref(),
        revision: asked.report.revision.as_deref(),
    };
    put(&path, freeze::baseline(project, head), instead)?;
    print(&said(project, &name, authority.as_ref(), &shown(&path)));
    Ok(ExitCode::SUCCESS)
}

/// What allows the baseline: what was named, or a gate that was passed with it. Only a first one may go without.
fn authority(report: &ProjectReport, name: &Id, named: Option<&str>) -> Result<Option<Authority>, CannotRun> {
    let (project, day) = (&report.project, report.status_date);
    let known = freeze::authorities(project, name, day);
    let candidates = || {
        let ids: Vec<String> = known.iter().map(|authority| authority.id.to_string()).collect();
        if ids.is_empty() {
            return format!(
                "as of {day} no gate was passed and no change approved since the baseline in force was frozen: have one decided and record it first"
            );
        }
        format!("name {} with `--authorised-by`", one_of(&ids))
    };
    if let Some(id) = named {
        return freeze::authority_of(project, name, id, day).map(Some).map_err(|fault| match fault {
            AuthorityFault::Unknown => {
                CannotRun::new(format!("there is no gate or change `{id}`"), candidates())
            }
            AuthorityFault::NotApproved => {
                CannotRun::new(format!("`{id}` was not approved by {day}"), candidates())
            }
            AuthorityFault::OtherPlan => CannotRun::new(
                format!("`{id}` was decided about another plan: before the baseline in force was frozen, or for another baseline"),
                candidates(),
            ),
        });
    }
    let by_gate = project
        .gates
        .values()
        .find(|gate| gate.is_passed(day) && gate.baseline.as_ref() == Some(name))
        .and_then(|gate| known.iter().find(|authority| authority.id.as_str() == gate.gate.to_string()));
    match project.baselines.last() {
        Some(last) if by_gate.is_none() => Err(CannotRun::new(
            format!("`{}` is frozen already, and nothing is named that allows another baseline", last.id),
            candidates(),
        )),
        _ => Ok(by_gate.cloned()),
    }
}

fn said(report: &ProjectReport, name: &Id, by: Option<&Authority>, path: &str) -> String {
    let allowed = match by {
        Some(authority) => format!("allowed by {}", authority.id),
        None => {
            format!("not approved yet: write `baseline: {name}` into the page of the gate that decides on it")
        }
    };
    let day = report.status_date;
    let words = format!("{name} of {}, as of {day}, {allowed}: {path}", report.project.name);
    match by.and_then(|authority| Some((&authority.id, authority.decided?))) {
        Some((id, decided)) if decided < day => format!(
            "{words}\n{id} was decided on {decided}: {name} is approved as of that day, and what is measured against it is measured so from {day} on, \
             when it was frozen. To freeze the plan that lay before the board, take this file away and freeze with `--as-of {decided}`"
        ),
        _ => words,
    }
}
