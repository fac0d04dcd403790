//! How fast and how cheap, report by report: SPI(t) and CPI around 1.

use jiff::civil::Date;

use crate::chart::baseline_marks::baseline_marks;
use crate::chart::kit::ink::Ink;
use crate::chart::kit::reading::{Figure, Reading};
use crate::chart::report_lines::{ReportLine, ReportLines, ReportRanges, draw};
use crate::chart::{Chart, Drawing, LinkTo};
use crate::control::{Said, Unresolved, unresolved};
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
        let unresolved = unresolved(said, &report.control.reference, &report.control.curve);
        let newest = said.last().map(|said| said.status_date);
        let sentence = sentence(&lines, newest, &unresolved);
        let as_planned =
            Figure { name: "As planned".to_owned(), height: 1.0, label: format::index(Ratio::new(1.0)) };
        draw(ReportLines {
            name: self.name(),
            title: self.title().to_owned(),
            sentence,
            unit: String::new(),
            lines,
            levels: vec![as_planned],
            marks: baseline_marks(report),
            holds_zero: false,
            ranges: ranges(&unresolved),
        })
    }
}

/// How far SPI(t) reaches on reports that lie on a flat stretch of the plan; none where it is resolved on all.
fn ranges(unresolved: &[Unresolved]) -> Option<ReportRanges> {
    let reports = || unresolved.iter().flat_map(|stretch| &stretch.reports);
    let end = |(date, _, first): &(Date, Ratio, Ratio)| Reading {
        date: *date,
        height: first.get(),
        label: format::index(Some(*first)),
    };
    (!unresolved.is_empty()).then(|| ReportRanges {
        name: "SPI(t) if the first day of flat PV counts".to_owned(),
        note: "PV flat: not resolved".to_owned(),
        ends: reports().map(end).collect(),
        heights: reports().map(|(_, counted, _)| counted.get()).collect(),
    })
}

/// Where each index stood on the report before, and where it stands on the newest; and on which reports SPI(t) says nothing.
fn sentence(lines: &[ReportLine], newest: Option<Date>, unresolved: &[Unresolved]) -> String {
    let moved: Vec<String> = lines
        .iter()
        .filter_map(|line| {
            let [.., before, now] = line.readings.as_slice() else { return None };
            let verb = match now.height - before.height {
                _ if Some(now.date) != newest => return None,
                by if by > 0.005 => "rose",
                by if by < -0.005 => "fell",
                _ => return Some(format!("{} stayed at {}", line.name, now.label)),
            };
            Some(format!("{} {verb} from {} to {}", line.name, before.label, now.label))
        })
        .collect();
    let since = match moved.as_slice() {
        [] => "1 is as planned".to_owned(),
        moved => format!("Since the report before, {}; 1 is as planned", format::listed(moved)),
    };
    let days: Vec<String> = unresolved
        .iter()
        .flat_map(|stretch| &stretch.reports)
        .map(|(report, ..)| format::short_date(*report))
        .collect();
    let flat = if days.is_empty() {
        String::new()
    } else {
        format!(
            "; on {} SPI(t) lies anywhere in the shaded range, because planned value stands still",
            format::listed(&days)
        )
    };
    format!("{since}{flat}.")
}
