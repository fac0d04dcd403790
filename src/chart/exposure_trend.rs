//! What threats may be expected to cost, beside what is left of the contingency, report by report.

use crate::chart::kit::ink::Ink;
use crate::chart::kit::reading::Reading;
use crate::chart::report_lines::{ReportLine, ReportLines, draw};
use crate::chart::{Chart, Drawing, LinkTo};
use crate::control::{PlannedReduction, Said};
use crate::format;
use crate::quantity::{Amount, Ratio};
use crate::report::ProjectReport;

/// Threats against contingency over the reports of a project.
#[derive(Debug)]
pub struct ExposureTrend;

impl Chart for ExposureTrend {
    fn name(&self) -> &'static str {
        "exposure-trend"
    }

    fn title(&self) -> &'static str {
        "Threats and contingency"
    }

    fn question(&self) -> &'static str {
        "Does the contingency still cover what may happen?"
    }

    fn draw(&self, report: &ProjectReport, _link_to: LinkTo<'_>) -> Option<Drawing> {
        let said = report.said_by_report.as_slice();
        let currency = report.project.currency;
        let line = |name: &str, ink: Ink, of: fn(&Said) -> Option<Amount>| {
            ReportLine::through(said, name, ink, |said| {
                Some(Reading::money(said.status_date, of(said)?, currency))
            })
        };
        // Records from before threats were told apart hold their sum with opportunities.
        let threats = |said: &Said| said.figures.threats.or(said.figures.exposure);
        let is_anything = said.iter().any(|said| threats(said).is_some_and(|sum| sum != Amount::ZERO));
        if !is_anything {
            return None;
        }
        let reduction = PlannedReduction::of(&report.project.registers, report.status_date);
        let mut lines = vec![
            line("Contingency", Ink::Planned, |said| said.figures.contingency),
            line("As they stand", Ink::Worse, |said| said.figures.threats_today),
            line("After response", Ink::Actual, threats),
        ];
        if reduction.steps.len() > 1 {
            let steps = reduction.steps.iter();
            lines.push(ReportLine {
                name: "As planned".to_owned(),
                ink: Ink::Forecast,
                readings: steps.map(|(day, sum)| Reading::money(*day, *sum, currency)).collect(),
                is_plan: true,
            });
        }
        draw(ReportLines {
            name: self.name(),
            title: self.title().to_owned(),
            sentence: sentence(report, said.last().and_then(threats)) + &planned_words(report, &reduction),
            unit: currency.to_string(),
            lines,
            levels: Vec::new(),
            marks: Vec::new(),
            holds_zero: true,
            ranges: None,
        })
    }
}

/// What the responses shall bring and by when, and which have no day; empty where no response is open.
fn planned_words(report: &ProjectReport, reduction: &PlannedReduction) -> String {
    let money = |amount: Amount| format::money_with_currency(amount, report.project.currency);
    let mut words = String::new();
    if let [(_, begin), .., (due, end)] = reduction.steps.as_slice() {
        words += &format!(
            " As they stand they come to {}; the responses shall bring them to {} by {}.",
            money(*begin),
            money(*end),
            format::date(*due)
        );
    }
    if !reduction.undated.is_empty() {
        let names: Vec<String> = reduction.undated.iter().map(ToString::to_string).collect();
        words += &format!(" No day lies ahead for the response to {}.", format::listed(&names));
    }
    words
}

fn sentence(report: &ProjectReport, threats: Option<Amount>) -> String {
    let threats = threats.unwrap_or(Amount::ZERO);
    let left = report.control.spending.contingency.remaining;
    let money = |amount: Amount| format::money_with_currency(amount, report.project.currency);
    match Ratio::of_amounts(left, threats) {
        Some(cover) => format!(
            "Open threats may be expected to cost {} after response; {} of contingency are left, {} times that.",
            money(threats),
            money(left),
            format::number(cover.get(), 1)
        ),
        None => format!("No open threat is expected to cost money; {} of contingency are left.", money(left)),
    }
}
