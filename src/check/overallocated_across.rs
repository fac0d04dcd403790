//! People whom several projects together book for more than they can give.
//!
//! Comes in: all projects. Goes out: findings of the rule on overbooked people. Who is overbooked in one project alone is told there.

use std::cmp::Reverse;

use crate::check::overallocated::OVERALLOCATED;
use crate::diagnostic::spelling::count;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::plan::shared_load::{SharedLoad, SharedWeek, shared_loads};
use crate::quantity::Effort;
use crate::report::ProjectReport;

/// Looks at the weeks of each person of the portfolio; one finding for each, at the worst week, told of the project that asks for the
/// most of it.
#[must_use]
pub fn look_for_shared_people(projects: &[ProjectReport]) -> Diagnostics {
    // What was done is not known, or work lies beside work that it waits for; that has been reported.
    let is_known = |one: &&ProjectReport| {
        one.is_running() && !one.project.has_unread_links() && !one.project.has_unread_progress
    };
    let running: Vec<&ProjectReport> = projects.iter().filter(is_known).collect();
    let loads: Vec<_> = running.iter().map(|one| (&one.project.team, &one.load)).collect();
    let mut found = Diagnostics::default();
    for load in shared_loads(&loads) {
        if let Some(finding) = finding(&running, &load) {
            found.push(finding);
        }
    }
    found
}

/// What is told of a person; none where they can give what is asked for.
fn finding(running: &[&ProjectReport], load: &SharedLoad) -> Option<Diagnostic> {
    let by_one = |week: &SharedWeek| week.by_project.iter().any(|asked| *asked > week.capacity);
    let over = load.weeks.iter().filter(|week| week.is_overbooked() && !by_one(week));
    let n_over = over.clone().count();
    let excess = |week: &&SharedWeek| (week.booked() - week.capacity, Reverse(week.monday));
    let worst = over.clone().max_by_key(excess)?;
    let asking = load.projects.iter().zip(&worst.by_project).filter(|(_, asked)| **asked > Effort::ZERO);
    let most = asking.clone().max_by_key(|((place, _), asked)| (**asked, Reverse(*place)))?;
    let (place, person) = *most.0;
    let home = running[place];
    let days = |effort| format::effort(effort, home.minutes_per_day());
    let parts: Vec<String> = asking
        .map(|((place, _), asked)| format!("{} by `{}`", days(*asked), running[*place].project.folder))
        .collect();
    // Who asks for nothing in those weeks has nothing to agree on.
    let asks_then = |at: usize| over.clone().any(|week| week.by_project[at] > Effort::ZERO);
    let others =
        load.projects.iter().enumerate().filter(|(at, (other, _))| *other != place && asks_then(*at));
    let others: Vec<String> =
        others.map(|(_, (other, _))| format!("`{}`", running[*other].project.folder)).collect();
    let person = home.project.team.people.get(person.0 as usize)?;
    let message = format!(
        "`{}` is overbooked by all projects together in {}; the worst begins {} with {} of {}",
        person.id,
        count(n_over, "week"),
        format::iso(worst.monday),
        days(worst.booked()),
        days(worst.capacity),
    );
    let mut finding = Diagnostic::new(&OVERALLOCATED, person.origin, message)
        .label(format!("asked for {}", format::listed(&parts)))
        .hint(format!(
            "agree with {} who comes first, share the work, or ask for more of the person's time",
            format::listed(&others)
        ));
    finding.project = Some(home.project.folder.clone());
    Some(finding)
}
