//! The Gantt chart: bars over dates with baseline, progress, critical path, float, gates, deadlines and links.
//!
//! Answers: what happens when, what is late, and why does it end when it ends? Meaning never rests on colour alone:
//! finished work is dark, critical work to come is hatched, the baseline is a thin bar beneath, a gate is a flag.

pub mod folded;
pub mod page;

mod bars;
mod canvas;
mod head;
mod input;
mod key;
mod labels;
mod links;
pub(super) mod rows;
mod sheets;
mod words;

use crate::chart::{Chart, Drawing, LinkTo};
use crate::report::ProjectReport;

pub use crate::chart::gantt::input::{
    BandKind, Criticality, GanttBand, GanttInput, GanttLink, GanttRow, LinkKind, Part, RowKind,
};
pub use crate::chart::gantt::sheets::draw;

/// The schedule of a project.
#[derive(Debug)]
pub struct Gantt;

impl Chart for Gantt {
    fn name(&self) -> &'static str {
        "gantt"
    }

    fn title(&self) -> &'static str {
        "Schedule"
    }

    fn question(&self) -> &'static str {
        "What happens when, and why does it end when it ends?"
    }

    /// A plan of many rows is folded: its stages, summaries and points. [`folded::unfolded`] draws the rest.
    fn draw(&self, report: &ProjectReport, link_to: LinkTo<'_>) -> Option<Drawing> {
        let input = rows::input(report, link_to)?;
        Some(if folded::is_folded(&input.rows) { folded::folded(&input) } else { draw(&input) })
    }
}
