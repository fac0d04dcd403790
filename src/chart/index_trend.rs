//! How fast and how cheap, report by report: SPI(t) and CPI around 1.

use crate::chart::ink::Ink;
use crate::chart::reading::{Figure, Reading};
use crate::chart::report_lines::{ReportLine, ReportLines, draw};
use crate::chart::{Chart, Drawing, LinkTo};
use crate::control::Said;
use crate::format;
use crate::quantity::Ratio;
use crate::report::ProjectReport;

/// The indices of time and cost over the reports of a project.
#[derive(Debug)]
pub struct IndexTrend;

impl Chart for IndexTrend {
    fn name(&self) -> &'static str {
        "index-trend"
    }

    fn title(&self) -> &'static str {
        "Indices of time and cost"
    }

    fn question(&self) -> &'static str {
        "Is it getting better or worse?"
    }

    fn draw(&self, report: &ProjectReport, _link_to: LinkTo<'_>) -> Option<Drawing> {
        let said = report.said_by_report.as_slice();
        let line = |name: &str, ink: Ink, of: fn(&Said) -> Option<Ratio>| {
            ReportLine::through(said, name, ink, |said| {
                let index = of(said)?;
                let label = format::index(Some(index));
                Some(Reading { date: said.status_date, height: index.get(), label })
            })
        };
        let time = line("SPI(t)", Ink::Earned, |said| said.figures.headline().time_index());
        let cost = line("CPI", Ink::Actual, |said| said.figures.headline().cost_index());
        let lines: Vec<ReportLine> =
            [time, cost].into_iter().filter(|line| !line.readings.is_empty()).collect();
        let sentence = sentence(&lines);
        let as_planned =
            Figure { name: "As planned".to_owned(), height: 1.0, label: format::index(Ratio::new(1.0)) };
        draw(ReportLines {
            name: self.name(),
            title: self.title().to_owned(),
            sentence,
            unit: String::new(),
            lines,
            levels: vec![as_planned],
        })
    }
}

/// Where each index stood on the report before, and where it stands.
fn sentence(lines: &[ReportLine]) -> String {
    let moved: Vec<String> = lines
        .iter()
        .filter_map(|line| {
            let [.., before, now] = line.readings.as_slice() else { return None };
            let verb = match now.height - before.height {
                by if by > 0.005 => "rose",
                by if by < -0.005 => "fell",
                _ => return Some(format!("{} stayed at {}", line.name, now.label)),
            };
            Some(format!("{} {verb} from {} to {}", line.name, before.label, now.label))
        })
        .collect();
    format!("Since the report before, {}; 1 is as planned.", format::listed(&moved))
}
