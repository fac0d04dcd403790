//! Stakeholders: power against interest, and how each is kept on board.

use serde::Serialize;

use crate::format;
use crate::model::{Degree, Stakeholder};
use crate::page::desk::Desk;
use crate::page::prose::Prose;
use crate::page::register_cells::line_or_dash;
use crate::page::view::{Cell, Row, Table};

/// Stakeholders as a matrix and as a list.
#[derive(Clone, Debug, Serialize)]
pub struct Stakeholders {
    /// A row for each degree of power, the highest first; a column for each degree of interest; names in the cells.
    pub matrix: Table,
    /// Each with what they want and how they are kept on board, the most powerful first.
    pub list: Table,
}

/// Puts them together; none where no stakeholder is written, or on a public site.
#[must_use]
pub fn stakeholders(desk: &Desk<'_>) -> Option<Stakeholders> {
    let all = &desk.project.project.stakeholders;
    (!all.is_empty() && !desk.project.project.hides_hours())
        .then(|| Stakeholders { matrix: matrix(all), list: list(desk, all) })
}

fn matrix(all: &[Stakeholder]) -> Table {
    let mut table = Table::new(&["Power", "Low interest", "Medium interest", "High interest"]);
    for power in Degree::ALL.into_iter().rev() {
        let mut cells = vec![Cell::text(format::sentence_start(power.key()))];
        cells.extend(Degree::ALL.into_iter().map(|interest| {
            let here = all.iter().filter(|one| (one.power, one.interest) == (power, interest));
            let links = here.map(|one| Prose::link(&name(one), Some(&format!("#{}", anchor(one)))));
            let cell = Cell { prose: Prose::joined(links, ", "), ..Cell::default() };
            cell.note(how_to(power, interest))
        }));
        table.push(Row::new(cells));
    }
    table
}

/// The usual way to keep somebody on board, by where they stand in the matrix.
fn how_to(power: Degree, interest: Degree) -> &'static str {
    match (power, interest) {
        (Degree::High, Degree::High) => "work with closely",
        (Degree::High, _) => "keep satisfied",
        (_, Degree::High) => "keep informed",
        (Degree::Low, Degree::Low) => "watch",
        _ => "listen to",
    }
}

fn list(desk: &Desk<'_>, all: &[Stakeholder]) -> Table {
    let mut table =
        Table::new(&["Stakeholder", "Power", "Interest", "Attitude", "Wants", "Kept on board by", "Contact"]);
    let mut sorted: Vec<&Stakeholder> = all.iter().collect();
    sorted.sort_by_key(|one| std::cmp::Reverse((one.power, one.interest)));
    for one in sorted {
        let attitude = match one.attitude {
            Some("opposed") => Cell::text("Opposed").class("bad"),
            Some(word) => Cell::text(format::sentence_start(word)),
            None => Cell::nothing(),
        };
        table.push(
            Row::new(vec![
                desk.line(&one.stakeholder),
                Cell::text(one.power.key()),
                Cell::text(one.interest.key()),
                attitude,
                line_or_dash(desk, one.wants.as_ref()),
                line_or_dash(desk, one.approach.as_ref()),
                desk.person(one.owner),
            ])
            .id(Some(anchor(one))),
        );
    }
    table
}

/// The name in plain words.
fn name(one: &Stakeholder) -> String {
    crate::prose::inline_text(&one.stakeholder.markdown)
}

fn anchor(one: &Stakeholder) -> String {
    format!("stakeholder-{}", one.id)
}
