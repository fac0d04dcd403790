//! Coverage of requirements: figure by figure.

use crate::format;
use crate::model::Requirement;
use crate::page::desk::Desk;
use crate::page::explain::task_time::status_date;
use crate::page::explain::{Book, Figure, Input};
use crate::page::requirements::{REGARDS, positions};
use crate::page::tests_and_defects::place_of_count;

/// Adds them.
pub(super) fn write(desk: &Desk<'_>, book: &mut Book) {
    let all = positions(desk);
    if all.is_empty() {
        return;
    }
    book.group("results", "Requirements", None);
    for (key, name, what, holds) in REGARDS {
        let counted = || all.iter().filter(|(_, position)| holds(position));
        let count = counted().count();
        book.add(
            Figure::new(
                key,
                format!("Requirements: {}", name.to_lowercase()),
                format!("{count} of {}", all.len()),
            )
            .formula(format!("{what} ÷ all requirements"))
            .lines("counted", count.to_string(), counted().map(|(requirement, _)| requirement.origin))
            .lines("all", all.len().to_string(), all.iter().map(|(requirement, _)| requirement.origin))
            .inputs([status_date(desk)]),
        );
    }
    for (requirement, position) in &all {
        let anchor = format!("requirement-{}", requirement.id);
        let words = crate::prose::inline_text(&requirement.requirement.markdown);
        book.thing("results", &*anchor, format!("{} {words}", requirement.id), Some(requirement.origin));
        let counts = [
            (
                "accepted",
                "Deliverables accepted",
                "deliverables named that are accepted ÷ all that are named",
                position.deliverables,
                deliverables(desk, requirement),
            ),
            (
                "passed",
                "Test cases passed",
                "Σ cases passed ÷ Σ cases planned, of the tests that are named",
                position.passed,
                tests(desk, requirement),
            ),
        ];
        for (key, name, formula, (part, of), inputs) in counts {
            let value = format!("{} of {}", format::whole(part), format::whole(of));
            book.add(
                Figure::new(format!("{anchor}.{key}"), name, value)
                    .formula(formula)
                    .inputs(inputs)
                    .inputs([status_date(desk)]),
            );
        }
    }
}

fn deliverables(desk: &Desk<'_>, requirement: &Requirement) -> Vec<Input> {
    let day = desk.project.status_date;
    let all = desk.project.project.deliverables.iter();
    all.filter(|one| requirement.delivered_by.contains(&one.id))
        .map(|one| {
            let words = if one.is_accepted(day) { "accepted" } else { "not accepted" };
            Input::typed(one.id.to_string(), words, desk.field(one.origin, "accepted"))
        })
        .collect()
}

fn tests(desk: &Desk<'_>, requirement: &Requirement) -> Vec<Input> {
    let all = desk.project.project.quality.iter().flat_map(|quality| &quality.tests);
    all.filter(|one| requirement.tested_by.contains(&one.id))
        .map(|one| match one.count_on(desk.project.status_date) {
            Some(count) => {
                let words = format!("{} of {}", format::whole(count.passed), format::whole(count.planned));
                Input::typed(one.id.to_string(), words, place_of_count(desk, one, &count, "passed"))
            }
            None => Input::typed(
                one.id.to_string(),
                format!("0 of {}", format::whole(one.planned)),
                desk.field(one.origin, "planned"),
            ),
        })
        .collect()
}
