//! Requirements against what meets and proves them.
//!
//! Answers: does everything that was asked for have somebody who delivers it, and a test that proves it?

use crate::chart::dot_matrix::{DotMark, DotMatrix, DotRow, paint};
use crate::chart::kit::svg::Column;
use crate::chart::{Chart, DataTable, Drawing, LinkTo};
use crate::control::RequirementPosition;
use crate::format;
use crate::report::ProjectReport;

/// What the dots are drawn from.
#[derive(Clone, Debug)]
pub struct RequirementsInput {
    /// Begins every id in the markup; unique on the page.
    pub id_prefix: String,
    /// Heading of the chart.
    pub title: String,
    /// Requirements in the order of their file.
    pub rows: Vec<RequirementRow>,
}

/// A requirement.
#[derive(Clone, Debug)]
pub struct RequirementRow {
    /// Its id and what is asked for.
    pub name: String,
    /// How far it has come.
    pub position: RequirementPosition,
}

/// The requirements of a project.
#[derive(Debug)]
pub struct Requirements;

/// So many of so many, of a requirement.
type CountOf = fn(&RequirementPosition) -> (i64, i64);

/// The columns, each with how far a requirement has come in its regard.
const COLUMNS: [(&str, CountOf); 4] = [
    ("Delivered by", |position| (position.deliverables.1.min(1), 1)),
    ("Tested by", |position| (position.n_tests.min(1), 1)),
    ("Passed", |position| position.passed),
    ("Accepted", |position| position.deliverables),
];

impl Chart for Requirements {
    fn name(&self) -> &'static str {
        "requirement-coverage"
    }

    fn title(&self) -> &'static str {
        "Coverage of requirements"
    }

    fn question(&self) -> &'static str {
        "Who delivers what was asked for, and what proves it?"
    }

    /// `None` where no requirement is written.
    fn draw(&self, report: &ProjectReport, _link_to: LinkTo<'_>) -> Option<Drawing> {
        let project = &report.project;
        let rows = project.requirements.iter().map(|requirement| RequirementRow {
            name: format!(
                "{} {}",
                requirement.id,
                crate::prose::inline_text(&requirement.requirement.markdown)
            ),
            position: RequirementPosition::of(requirement, project, report.status_date),
        });
        let rows: Vec<RequirementRow> = rows.collect();
        let (id_prefix, title) = (self.name().to_owned(), self.title().to_owned());
        (!rows.is_empty()).then(|| draw(&RequirementsInput { id_prefix, title, rows }))
    }
}

/// Draws requirements against what meets and proves them.
#[must_use]
pub fn draw(input: &RequirementsInput) -> Drawing {
    let columns: Vec<String> = COLUMNS.iter().map(|(name, _)| (*name).to_owned()).collect();
    let rows: Vec<DotRow> = input
        .rows
        .iter()
        .map(|row| {
            let marks = COLUMNS.map(|(_, count)| DotMark::of(Some(count(&row.position))));
            DotRow {
                name: row.name.clone(),
                href: None,
                title: format!("{}: {}", row.name, words(&row.position)),
                dots: marks.map(Some).to_vec(),
            }
        })
        .collect();
    let matrix = DotMatrix {
        name: "requirement-coverage",
        id_prefix: &input.id_prefix,
        columns: &columns,
        rows: &rows,
    };
    let sentence = sentence(input);
    let svg = [Column::Wide, Column::Narrow]
        .map(|column| paint(&matrix, column).finish(&input.title, &sentence))
        .concat();
    Drawing { name: "requirement-coverage", svg, title: input.title.clone(), sentence, table: table(input) }
}

fn words(position: &RequirementPosition) -> String {
    let (accepted, deliverables) = position.deliverables;
    let (passed, planned) = position.passed;
    format!("{accepted} of {deliverables} deliverables accepted, {passed} of {planned} test cases passed")
}

fn sentence(input: &RequirementsInput) -> String {
    let of = |holds: fn(&RequirementPosition) -> bool| {
        input.rows.iter().filter(|row| holds(&row.position)).count()
    };
    format!(
        "Of {}, {} met by a deliverable, {} by a test; {} passed in full, {} accepted.",
        format::count(input.rows.len(), "requirement"),
        match of(RequirementPosition::is_delivered) {
            1 => "1 is".to_owned(),
            number => format!("{number} are"),
        },
        match of(RequirementPosition::is_tested) {
            1 => "1 is proven".to_owned(),
            number => format!("{number} are proven"),
        },
        of(RequirementPosition::is_passed),
        of(RequirementPosition::is_accepted)
    )
}

fn table(input: &RequirementsInput) -> DataTable {
    use crate::chart::Column::Word;
    let columns = [
        ("Requirement", Word),
        ("Deliverables accepted", Word),
        ("Tests", Word),
        ("Test cases passed", Word),
    ];
    let mut table = DataTable::with_columns(input.title.clone(), &columns);
    for row in &input.rows {
        let of = |(part, all): (i64, i64)| format!("{part} of {all}");
        table.rows.push(vec![
            row.name.clone(),
            of(row.position.deliverables),
            row.position.n_tests.to_string(),
            of(row.position.passed),
        ]);
    }
    table
}
