//! What was asked for: who delivers it, what proves it, and how far that has come.

use serde::Serialize;

use crate::control::RequirementPosition;
use crate::format;
use crate::model::Requirement;
use crate::page::address::Thing;
use crate::page::desk::Desk;
use crate::page::prose::Prose;
use crate::page::view::{Cell, Chart, Fact, Link, Row, Table};

/// The requirements of a project.
#[derive(Clone, Debug, Serialize)]
pub struct Requirements {
    /// Coverage, figure by figure.
    pub facts: Vec<Fact>,
    /// Every requirement.
    pub table: Table,
    /// Requirements against what meets and proves them.
    pub chart: Option<Chart>,
}

/// Puts them together; none where none is written.
#[must_use]
pub fn requirements(desk: &Desk<'_>) -> Option<Requirements> {
    if desk.project.project.requirements.is_empty() {
        return None;
    }
    Some(Requirements {
        facts: facts(desk),
        table: requirement_table(desk),
        chart: desk.chart("requirement-coverage"),
    })
}

/// Says whether a requirement holds in one regard.
pub(super) type Holds = fn(&RequirementPosition) -> bool;

/// The regards in which requirements are counted: key of the figure, name, what is counted, and how.
pub(super) const REGARDS: [(&str, &str, &str, Holds); 4] = [
    (
        "requirements-delivered",
        "To be met by a deliverable",
        "requirements for which a deliverable is named",
        RequirementPosition::is_delivered,
    ),
    (
        "requirements-tested",
        "To be proven by a test",
        "requirements for which a test is named",
        RequirementPosition::is_tested,
    ),
    (
        "requirements-passed",
        "Passed in full",
        "requirements of which all test cases have passed",
        RequirementPosition::is_passed,
    ),
    (
        "requirements-accepted",
        "Accepted",
        "requirements of which all deliverables are accepted",
        RequirementPosition::is_accepted,
    ),
];

/// Every requirement with how far it has come, in the order of the file.
#[must_use]
pub fn positions<'a>(desk: &Desk<'a>) -> Vec<(&'a Requirement, RequirementPosition)> {
    let project = &desk.project.project;
    let of = |requirement| RequirementPosition::of(requirement, project, desk.project.status_date);
    project.requirements.iter().map(|requirement| (requirement, of(requirement))).collect()
}

/// How much of what was asked for is delivered, proven, passed and accepted, figure by figure.
#[must_use]
pub fn facts(desk: &Desk<'_>) -> Vec<Fact> {
    let all = positions(desk);
    let facts = REGARDS.map(|(key, name, _, holds)| {
        let count = all.iter().filter(|(_, position)| holds(position)).count();
        Fact::new(name, format!("{count} of {}", all.len())).explained(desk.explained(key))
    });
    facts.into()
}

/// The requirements with what meets and proves them.
#[must_use]
pub fn requirement_table(desk: &Desk<'_>) -> Table {
    let mut table = Table::new(&[
        "Requirement",
        "",
        "Priority",
        "Asked by",
        "Delivered by",
        "#Accepted",
        "Tested by",
        "#Cases passed",
    ]);
    for (requirement, position) in positions(desk) {
        let shown = |(part, all): (i64, i64), field: &str| {
            let words = (all > 0).then(|| format!("{} of {}", format::whole(part), format::whole(all)));
            Cell::maybe(words).explained(desk.explained(&format!("requirement-{}.{field}", requirement.id)))
        };
        let deliverables = requirement
            .delivered_by
            .iter()
            .map(|id| Link { label: id.to_string(), href: desk.href_to(&Thing::Deliverable(id)) });
        let deliverables: Vec<Link> = deliverables.collect();
        let tests: Vec<String> = requirement.tested_by.iter().map(ToString::to_string).collect();
        let none = |words: &str| Cell::text(words).class("watch");
        table.push(
            Row::new(vec![
                Cell::text(requirement.id.to_string()).class("nowrap"),
                desk.line(&requirement.requirement),
                Cell::maybe(requirement.priority.as_deref().map(format::sentence_start)),
                Cell::maybe(requirement.source.clone()),
                Prose::links(&deliverables).map_or_else(|| none("nothing named"), Cell::prose),
                shown(position.deliverables, "accepted"),
                if tests.is_empty() { none("nothing named") } else { Cell::text(tests.join(", ")) },
                shown(position.passed, "passed"),
            ])
            .id(Thing::Requirement(&requirement.id).anchor()),
        );
    }
    table
}
