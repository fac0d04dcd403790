//! Deliverables against their criteria, and whether they are accepted.
//!
//! Answers: what do we get, and what is still missing before it is accepted?

use crate::chart::dot_matrix::{DotMark, DotMatrix, DotRow, paint};
use crate::chart::kit::svg::Column;
use crate::chart::{Chart, DataTable, Drawing, LinkTo};
use crate::format;
use crate::report::ProjectReport;

/// What the dots are drawn from.
#[derive(Clone, Debug)]
pub struct AcceptanceInput {
    /// Begins every id in the markup; unique on the page.
    pub id_prefix: String,
    /// Heading of the chart.
    pub title: String,
    /// Deliverables in the order of their file.
    pub rows: Vec<AcceptanceRow>,
}

/// A deliverable.
#[derive(Clone, Debug)]
pub struct AcceptanceRow {
    /// Its id and what it is.
    pub name: String,
    /// Where it is told about; no link if `None`.
    pub href: Option<String>,
    /// Its criteria in their order, each with how far it is met.
    pub criteria: Vec<(String, Option<(i64, i64)>)>,
    /// Whether it is accepted, or accepted on a condition.
    pub acceptance: DotMark,
    /// The same in words: `accepted on 17 Sep 2026`.
    pub acceptance_words: String,
}

/// The deliverables of a project.
#[derive(Debug)]
pub struct Acceptance;

impl Chart for Acceptance {
    fn name(&self) -> &'static str {
        "acceptance"
    }

    fn title(&self) -> &'static str {
        "Criteria and acceptance"
    }

    fn question(&self) -> &'static str {
        "What is still missing before it is accepted?"
    }

    /// `None` where no deliverable has a criterion.
    fn draw(&self, report: &ProjectReport, link_to: LinkTo<'_>) -> Option<Drawing> {
        let day = report.status_date;
        let all = &report.project.deliverables;
        if all.iter().all(|deliverable| deliverable.criteria.is_empty()) {
            return None;
        }
        let rows = all.iter().map(|deliverable| {
            let criteria = deliverable.criteria.iter().map(|criterion| {
                (crate::prose::inline_text(&criterion.criterion.markdown), criterion.known_on(day).met)
            });
            let given = deliverable.acceptance.as_ref().filter(|given| given.date <= day);
            let (acceptance, words) = match given {
                Some(given) if given.condition.is_some() => {
                    (DotMark::InPart, format!("accepted on a condition on {}", format::date(given.date)))
                }
                Some(given) => (DotMark::Met, format!("accepted on {}", format::date(given.date))),
                None if deliverable.is_submitted(day) => {
                    (DotMark::Open, "submitted, not accepted".to_owned())
                }
                None => (DotMark::Unseen, "not submitted".to_owned()),
            };
            AcceptanceRow {
                name: format!(
                    "{} {}",
                    deliverable.id,
                    crate::prose::inline_text(&deliverable.deliverable.markdown)
                ),
                href: link_to(&deliverable.id),
                criteria: criteria.collect(),
                acceptance,
                acceptance_words: words,
            }
        });
        let (id_prefix, title) = (self.name().to_owned(), self.title().to_owned());
        Some(draw(&AcceptanceInput { id_prefix, title, rows: rows.collect() }))
    }
}

/// Draws deliverables against criteria.
#[must_use]
pub fn draw(input: &AcceptanceInput) -> Drawing {
    let most = input.rows.iter().map(|row| row.criteria.len()).max().unwrap_or(0);
    let mut columns: Vec<String> = (1..=most).map(|number| format!("Criterion {number}")).collect();
    columns.push("Accepted".to_owned());
    let rows: Vec<DotRow> = input
        .rows
        .iter()
        .map(|row| {
            let criteria = (0..most).map(|place| row.criteria.get(place).map(|(_, met)| DotMark::of(*met)));
            DotRow {
                name: row.name.clone(),
                href: row.href.clone(),
                title: format!("{}: {}; {}", row.name, met_words(row), row.acceptance_words),
                dots: criteria.chain([Some(row.acceptance)]).collect(),
            }
        })
        .collect();
    let matrix =
        DotMatrix { name: "acceptance", id_prefix: &input.id_prefix, columns: &columns, rows: &rows };
    let sentence = sentence(input);
    let svg = [Column::Wide, Column::Narrow]
        .map(|column| paint(&matrix, column).finish(&input.title, &sentence))
        .concat();
    Drawing { name: "acceptance", svg, title: input.title.clone(), sentence, table: table(input) }
}

fn n_met(row: &AcceptanceRow) -> usize {
    row.criteria.iter().filter(|(_, met)| DotMark::of(*met) == DotMark::Met).count()
}

fn met_words(row: &AcceptanceRow) -> String {
    if row.criteria.is_empty() {
        return "no criterion is written".to_owned();
    }
    format!("{} of {} met in full", n_met(row), criteria_count(row.criteria.len()))
}

fn criteria_count(number: usize) -> String {
    if number == 1 { "1\u{a0}criterion".to_owned() } else { format!("{number}\u{a0}criteria") }
}

fn sentence(input: &AcceptanceInput) -> String {
    let n_accepted = input.rows.iter().filter(|row| matches!(row.acceptance, DotMark::Met | DotMark::InPart));
    let all: usize = input.rows.iter().map(|row| row.criteria.len()).sum();
    let met: usize = input.rows.iter().map(n_met).sum();
    let unseen = input.rows.iter().flat_map(|row| &row.criteria);
    let unseen = unseen.filter(|(_, met)| DotMark::of(*met) == DotMark::Unseen).count();
    format!(
        "{} of {} accepted; of {}, {met} met in full, {unseen} not looked at.",
        n_accepted.count(),
        format::count(input.rows.len(), "deliverable"),
        criteria_count(all)
    )
}

fn table(input: &AcceptanceInput) -> DataTable {
    use crate::chart::Column::Word;
    let columns = [("Deliverable", Word), ("Criterion", Word), ("Met", Word), ("State", Word)];
    let mut table = DataTable::with_columns(input.title.clone(), &columns);
    for row in &input.rows {
        for (criterion, met) in &row.criteria {
            let count =
                met.map_or_else(|| format::NOTHING.to_owned(), |(met, all)| format!("{met} of {all}"));
            let state = DotMark::of(*met).word().to_owned();
            table.rows.push(vec![row.name.clone(), criterion.clone(), count, state]);
        }
        let accepted = row.acceptance_words.clone();
        let cells = vec![row.name.clone(), "Acceptance".to_owned(), format::NOTHING.to_owned(), accepted];
        table.rows.push(cells);
    }
    table
}
