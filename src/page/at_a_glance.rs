//! The projects at a glance: what is wrong, why, what it costs, and who has to decide what by when, a row for each.

use serde::Serialize;

use crate::format;
use crate::page::desk::Desk;
use crate::page::needs::Need;
use crate::page::portfolio_line::{COLOURS, ProjectLine};
use crate::page::view::Cell;

/// How many projects are told at a glance.
const AT_MOST: usize = 8;

/// The projects that need most.
#[derive(Debug, Serialize)]
pub(super) struct AtAGlance {
    /// Those first that need most.
    projects: Vec<Glance>,
    /// How many more stand in the list of projects, in words; none where all are told.
    rest: Option<String>,
}

/// A project at a glance.
#[derive(Debug, Serialize)]
struct Glance {
    /// How it stands, in figures and in one line.
    project: ProjectLine,
    /// What is wanted first; none where nothing is.
    wanted: Option<Wanted>,
}

/// A decision that is wanted, in short.
#[derive(Debug, Serialize)]
struct Wanted {
    /// Its anchor among the decisions of the same page.
    anchor: String,
    /// Its id.
    id: String,
    /// The question, as harmless HTML.
    question: String,
    /// Who is asked; none where nobody is named.
    asked_of: Option<Cell>,
    /// By when; none where no day is named.
    by: Option<String>,
    /// How far away that is, or how long it has waited.
    due: Option<String>,
    /// `red` when overdue, `amber` within a week, `grey` later.
    class: &'static str,
    /// How many more of the project wait, in words; none where it is the only one.
    more: Option<String>,
}

/// The worst colour first, of one colour those that wait for the nearest decision; none where there is but one project. `needs`: what
/// is wanted of each project, `lines`: its line among all, both in the order of `desks`.
pub(super) fn at_a_glance(
    desks: &[Desk<'_>],
    needs: &[Vec<Need>],
    lines: &[ProjectLine],
) -> Option<AtAGlance> {
    if desks.len() < 2 {
        return None;
    }
    let mut all: Vec<_> = desks
        .iter()
        .zip(needs)
        .zip(lines)
        .map(|((desk, needs), line)| {
            let colour = crate::page::frame::project_status(desk.project).word;
            let first = needs.iter().min_by_key(|need| (need.day.is_none(), need.day));
            let day = first.and_then(|need| need.day);
            let place = COLOURS.iter().position(|word| *word == colour);
            ((place, day.is_none(), day), line, first, needs.len())
        })
        .collect();
    all.sort_by_key(|(order, ..)| *order);
    let n_left = all.len().saturating_sub(AT_MOST);
    let glance = |(_, line, first, count): (_, &ProjectLine, Option<&Need>, usize)| Glance {
        project: line.clone(),
        wanted: first.map(|need| Wanted {
            anchor: need.anchor.clone(),
            id: need.id.label.clone(),
            question: need.question.clone(),
            asked_of: need.asked_of.clone(),
            by: need.by.clone(),
            due: need.due.clone(),
            class: need.class,
            more: (count > 1).then(|| format!("{} more", count - 1)),
        }),
    };
    Some(AtAGlance {
        projects: all.into_iter().take(AT_MOST).map(glance).collect(),
        rest: (n_left > 0).then(|| format!("{} more are listed below.", format::count(n_left, "project"))),
    })
}
