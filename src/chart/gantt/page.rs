//! The schedule on one page, for a document: at most thirty bars, the critical ones marked.

use crate::chart::gantt::folded::on_a_page;
use crate::chart::gantt::rows;
use crate::chart::{Chart, Drawing, LinkTo};
use crate::report::ProjectReport;

/// Rows that can be read one below the other on a printed page; of a plan with more those that matter most are drawn.
const BARS: usize = 30;

/// The schedule on one page.
#[derive(Debug)]
pub struct GanttPage;

impl Chart for GanttPage {
    fn name(&self) -> &'static str {
        "gantt-page"
    }

    fn title(&self) -> &'static str {
        "Schedule on one page"
    }

    fn question(&self) -> &'static str {
        "What happens when, at a glance?"
    }

    fn draw(&self, report: &ProjectReport, link_to: LinkTo<'_>) -> Option<Drawing> {
        let mut input = rows::input(report, link_to)?;
        self.name().clone_into(&mut input.id_prefix);
        self.title().clone_into(&mut input.title);
        Some(on_a_page(&input, BARS))
    }
}
