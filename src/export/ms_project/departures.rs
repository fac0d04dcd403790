//! What MS Project cannot hold, and how it stands in the file: a remark at its head.

use super::Plan;
use crate::model::{Earning, TaskKind};
use crate::plan::State;
use crate::quantity::Lag;

/// The most ids that a line names.
const MOST_NAMED: usize = 12;

/// The lines of the remark: where the file comes from, then each departure with the tasks it is about.
pub(super) fn remarks(plan: &Plan<'_>) -> Vec<String> {
    let project = plan.project;
    let mut lines = vec![
        format!(
            "Written by milepost {} from the forecast as of {}. Text1 holds the id of each task.",
            env!("CARGO_PKG_VERSION"),
            plan.report.status_date
        ),
        "Not in this file, because MS Project has no place for it: gates as decisions, deliverables, registers, who answers \
         for a task and who is asked, estimates in three points, steps and units by which a task earns, prices of persons."
            .to_owned(),
    ];
    let of_tasks = |is_so: &dyn Fn(crate::model::TaskNo) -> bool| -> Option<String> {
        let ids: Vec<&str> = project
            .task_numbers()
            .filter(|number| is_so(*number))
            .map(|number| project.task(number).id.as_str())
            .collect();
        let named = ids.iter().take(MOST_NAMED).copied().collect::<Vec<_>>().join(", ");
        match ids.len() {
            0 => None,
            n if n > MOST_NAMED => Some(format!("{named} and {} more", n - MOST_NAMED)),
            _ => Some(named),
        }
    };
    let mut tell = |ids: Option<String>, what: &str| lines.extend(ids.map(|ids| format!("{ids}: {what}")));
    tell(
        of_tasks(&|number| matches!(project.task(number).kind, TaskKind::Hammock { .. })),
        "lasts as long as other tasks do (a hammock); scheduled by hand at the dates of the forecast.",
    );
    tell(
        of_tasks(&|number| plan.missed(number).is_some()),
        "misses a hard date, which MS Project would keep against the links; lies as in the forecast, and a finish that is missed \
         stands as its deadline.",
    );
    tell(
        of_tasks(&|number| plan.late.contains(&number)),
        "as late as possible, which MS Project counts in another way here (time by the clock, calendars, lags, ends that are tied); lies \
         as in the forecast.",
    );
    tell(
        of_tasks(&|number| {
            plan.is_held(number) && plan.missed(number).is_none() && !plan.late.contains(&number)
        }),
        "held by something that MS Project does not know (the status date, a promise of others, people who are busy elsewhere) \
         or counts in another way (leads of summaries); starts as in the forecast.",
    );
    tell(
        of_tasks(&|number| !project.task(number).external_links.is_empty()),
        "waits for tasks of other projects; links to them are not written.",
    );
    tell(
        of_tasks(&|number| {
            let task = project.task(number);
            let is_working = |lag: Lag| !lag.is_zero() && !lag.is_elapsed();
            task.runs_by_the_clock() && task.links.iter().any(|link| is_working(link.lag))
        }),
        "runs by the clock, and so does its calendar there; a lag in working time was written as what it is by the clock.",
    );
    tell(
        of_tasks(&|number| project.task(number).constraints.len() > 1),
        "has several constraints; the hardest one was written.",
    );
    tell(
        of_tasks(&|number| !plan.slot(number).pauses.is_empty()),
        "is interrupted by levelling; its length holds the pauses.",
    );
    tell(
        of_tasks(&|number| {
            plan.slot(number).state != State::Finished
                && matches!(project.task(number).earning, Earning::Steps(_) | Earning::Units { .. })
        }),
        "earns by steps or units; what is done stands as its physical percentage.",
    );
    if project.hides_hours() {
        lines.push("Hours and absences of people are not shown to this audience; lengths hold the days on which they are away.".to_owned());
    }
    lines
}
