//! How long open issues have been waiting, the oldest on top.
//!
//! Answers: where does trouble lie about? Issues past their target day stand out.

use crate::chart::kit::ink::Ink;
use crate::chart::kit::svg::Column;
use crate::chart::row_bars::{RowBar, RowBars, paint};
use crate::chart::{Chart, DataTable, Drawing, LinkTo};
use crate::format;
use crate::report::ProjectReport;

/// What the bars are drawn from.
#[derive(Clone, Debug)]
pub struct IssueAgesInput {
    /// Begins every id in the markup; unique on the page.
    pub id_prefix: String,
    /// Heading of the chart.
    pub title: String,
    /// Open issues, the oldest first.
    pub rows: Vec<IssueAge>,
}

/// An open issue.
#[derive(Clone, Debug)]
pub struct IssueAge {
    /// Its id and what is the matter.
    pub name: String,
    /// Where it is told about; no link if `None`.
    pub href: Option<String>,
    /// Working days since it was raised.
    pub days: i64,
    /// The day by which it is to be solved, in words; the dash where none is named.
    pub target: String,
    /// Whether that day has passed.
    pub is_late: bool,
}

/// The open issues of a project.
#[derive(Debug)]
pub struct IssueAges;

impl Chart for IssueAges {
    fn name(&self) -> &'static str {
        "issue-ages"
    }

    fn title(&self) -> &'static str {
        "Age of open issues"
    }

    fn question(&self) -> &'static str {
        "Where does trouble lie about?"
    }

    /// `None` where no open issue says when it was raised.
    fn draw(&self, report: &ProjectReport, link_to: LinkTo<'_>) -> Option<Drawing> {
        let (day, time) = (report.status_date, report.project.working_time());
        let open = report.project.registers.issues.iter().filter(|issue| issue.is_open(day));
        let mut rows: Vec<IssueAge> = open
            .filter_map(|issue| {
                Some(IssueAge {
                    name: format!("{} {}", issue.id, crate::prose::inline_text(&issue.issue.markdown)),
                    href: link_to(&issue.id),
                    days: time.working_days_between(issue.raised?, day),
                    target: issue.target.map_or_else(|| format::NOTHING.to_owned(), format::date),
                    is_late: issue.target.is_some_and(|target| target < day),
                })
            })
            .collect();
        rows.sort_by(|first, second| (second.days, &first.name).cmp(&(first.days, &second.name)));
        (!rows.is_empty()).then(|| {
            draw(&IssueAgesInput { id_prefix: self.name().to_owned(), title: self.title().to_owned(), rows })
        })
    }
}

/// Draws the ages.
#[must_use]
pub fn draw(input: &IssueAgesInput) -> Drawing {
    let late = |row: &IssueAge| if row.is_late { ", past its day" } else { "" };
    let bar = |row: &IssueAge| RowBar {
        name: row.name.clone(),
        href: row.href.clone(),
        length: row.days as f64,
        label: format!("{}\u{a0}d{}", format::whole(row.days), late(row)),
        title: format!(
            "{}: open for {}\u{a0}working days, to be solved by {}",
            row.name, row.days, row.target
        ),
        ink: if row.is_late { Ink::Worse } else { Ink::Rest },
    };
    let rows: Vec<RowBar> = input.rows.iter().map(bar).collect();
    let sentence = sentence(input);
    let bars = RowBars {
        name: "issue-ages",
        id_prefix: &input.id_prefix,
        unit: "working days since it was raised",
        zero: None,
        rows: &rows,
    };
    let svg = [Column::Wide, Column::Narrow]
        .map(|column| paint(&bars, column).finish(&input.title, &sentence))
        .concat();
    Drawing { name: "issue-ages", svg, title: input.title.clone(), sentence, table: table(input) }
}

fn sentence(input: &IssueAgesInput) -> String {
    let n_late = input.rows.iter().filter(|row| row.is_late).count();
    match input.rows.first() {
        Some(oldest) => format!(
            "{} open, {n_late} past the target day; the oldest is {}, {} old.",
            format::count(input.rows.len(), "issue"),
            oldest.name,
            format::count(usize::try_from(oldest.days).unwrap_or(0), "working day")
        ),
        None => "No issue is open.".to_owned(),
    }
}

fn table(input: &IssueAgesInput) -> DataTable {
    use crate::chart::Column::{Number, Word};
    let columns = [("Issue", Word), ("Age (working days)", Number), ("To be solved by", Word)];
    let mut table = DataTable::with_columns(input.title.clone(), &columns);
    for row in &input.rows {
        table.rows.push(vec![row.name.clone(), format::whole(row.days), row.target.clone()]);
    }
    table
}
