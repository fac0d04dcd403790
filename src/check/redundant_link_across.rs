//! Links that follow from others by way of other projects.
//!
//! Comes in: all projects. Goes out: findings of the rule on redundant links. Ways that stay in their project are looked at there.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::redundant_link::{REDUNDANT_LINK, carries, leads_to};
use crate::diagnostic::{Diagnostic, Diagnostics, Span};
use crate::model::{LinkKind, Task, TaskNo};
use crate::plan::State;
use crate::report::ProjectReport;

/// A task of a project, by the places of both.
type Place = (usize, TaskNo);

/// A finish-to-start link without a lead, to a task of any project.
struct Step {
    /// The task that is waited for.
    before: Place,
    has_lag: bool,
    origin: Span,
}

/// All projects, by their folders.
struct Portfolio<'a> {
    projects: &'a [ProjectReport],
    by_folder: BTreeMap<&'a str, usize>,
}

impl Portfolio<'_> {
    /// What a task waits for.
    fn steps(&self, at: usize, task: &Task) -> impl Iterator<Item = Step> {
        let own = task.links.iter().filter(|link| carries(link)).map(move |link| Step {
            before: (at, link.predecessor),
            has_lag: !link.lag.is_zero(),
            origin: link.origin,
        });
        let others = task.external_links.iter().filter_map(|link| {
            let place = *self.by_folder.get(link.project.as_str())?;
            let number = self.projects[place].project.task_by_id(&link.task)?;
            let is_carrying = link.kind == LinkKind::FinishStart && !link.lag.is_negative();
            is_carrying.then(|| Step {
                before: (place, number),
                has_lag: !link.lag.is_zero(),
                origin: link.origin,
            })
        });
        own.chain(others)
    }

    /// A task as the plan of a project writes it: `build`, of another project `b/build`.
    fn named(&self, at: usize, (place, number): Place) -> String {
        let project = &self.projects[place].project;
        let id = &project.task(number).id;
        if place == at { id.to_string() } else { format!("{}/{id}", project.folder) }
    }

    /// Says whether a task waits, through any number of others, for an earlier one. What ends before the earlier one ends cannot. `seen`
    /// holds what was walked for the same earlier one in vain.
    fn leads_to(&self, from: Place, earlier: Place, seen: &mut BTreeSet<Place>) -> bool {
        let finish = |(at, number): Place| self.projects[at].planned.slot(number).finish;
        let end = finish(earlier);
        let mut open: Vec<Place> = seen.insert(from).then_some(from).into_iter().collect();
        while let Some((at, number)) = open.pop() {
            for step in self.steps(at, self.projects[at].project.task(number)) {
                if step.before == earlier {
                    return true;
                }
                if finish(step.before) >= end && seen.insert(step.before) {
                    open.push(step.before);
                }
            }
        }
        false
    }
}

/// Looks at what has not begun, waits for several, and belongs to a project that waits for others.
#[must_use]
pub fn look_for_redundant_links(projects: &[ProjectReport]) -> Diagnostics {
    let by_folder = projects.iter().enumerate().map(|(at, one)| (one.project.folder.as_str(), at)).collect();
    let portfolio = Portfolio { projects, by_folder };
    let mut found = Diagnostics::default();
    for (at, report) in projects.iter().enumerate() {
        if report.project.tasks.iter().all(|task| task.external_links.is_empty()) {
            continue;
        }
        for (_, task, _) in report.tasks().filter(|(_, _, slot)| slot.state == State::NotStarted) {
            let steps: Vec<Step> = portfolio.steps(at, task).collect();
            for step in steps.iter().filter(|step| !step.has_lag) {
                let mut ways = steps.iter().filter(|way| way.before != step.before);
                let mut seen = BTreeSet::new();
                let way = ways.find(|way| portfolio.leads_to(way.before, step.before, &mut seen));
                let Some(way) = way else { continue };
                // A way that stays in the project is told there.
                let mut inside = steps.iter().map(|way| way.before).filter(|(place, _)| *place == at);
                let mut seen = BTreeSet::new();
                if step.before.0 == at
                    && inside.any(|(_, way)| leads_to(report, way, step.before.1, &mut seen))
                {
                    continue;
                }
                let (before, way) = (portfolio.named(at, step.before), portfolio.named(at, way.before));
                let message = format!("`{}` waits for `{before}` already by way of `{way}`", task.id);
                let mut finding = Diagnostic::new(&REDUNDANT_LINK, step.origin, message)
                    .hint("remove the link: it can never bind, as long as the other projects are planned so");
                finding.project = Some(report.project.folder.clone());
                found.push(finding);
            }
        }
    }
    found
}
