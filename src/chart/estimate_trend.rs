//! How good the forecasts of cost were: what each report expected it to cost in the end.

use crate::chart::baseline_marks::baseline_marks;
use crate::chart::kit::ink::Ink;
use crate::chart::kit::reading::{Figure, Reading};
use crate::chart::report_lines::{ReportLine, ReportLines, draw};
use crate::chart::{Chart, Drawing, LinkTo};
use crate::control::Said;
use crate::format;
use crate::model::{Ground, unread_words};
use crate::quantity::Amount;
use crate::report::ProjectReport;

/// The estimate at completion over the reports of a project.
#[derive(Debug)]
pub struct EstimateTrend;

impl Chart for EstimateTrend {
    fn name(&self) -> &'static str {
        "estimate-trend"
    }

    fn title(&self) -> &'static str {
        "Expected cost in the end"
    }

    fn question(&self) -> &'static str {
        "How good were the forecasts of cost?"
    }

    fn draw(&self, report: &ProjectReport, _link_to: LinkTo<'_>) -> Option<Drawing> {
        let (said, currency) = (report.said_by_report.as_slice(), report.project.currency);
        let budget = report.control.total.budget;
        if budget <= Amount::ZERO {
            return None;
        }
        let line = |name: &str, ink: Ink, of: fn(&Said) -> Option<Amount>| {
            ReportLine::through(said, name, ink, |said| {
                Some(Reading::money(said.status_date, of(said)?, currency))
            })
        };
        let contingency = report.control.spending.over_budget_in_cost_baseline();
        let mut levels = vec![Figure::money("Budget", budget, currency)];
        if contingency > Amount::ZERO {
            levels.push(Figure::money("+ contingency", budget + contingency, currency));
        }
        draw(ReportLines {
            name: self.name(),
            title: self.title().to_owned(),
            sentence: sentence(report, said),
            unit: currency.to_string(),
            lines: vec![
                line("At completion", Ink::Forecast, |said| said.figures.estimate),
                line("Spent", Ink::Actual, |said| said.figures.total.actual),
            ],
            levels,
            marks: baseline_marks(report),
            holds_zero: true,
            ranges: None,
        })
    }
}

fn sentence(report: &ProjectReport, said: &[Said]) -> String {
    let estimates: Vec<Amount> = said.iter().filter_map(|said| said.figures.estimate).collect();
    let (Some(low), Some(high)) = (estimates.iter().min(), estimates.iter().max()) else {
        return String::new();
    };
    let money = |amount: Amount| format::money_with_currency(amount, report.project.currency);
    let now = report.control.estimate();
    format!(
        "Over {} reports the estimate at completion lay between {} and {}; {}.",
        estimates.len(),
        money(*low),
        money(*high),
        now.map_or_else(
            || {
                let unread = report.project.unread(Ground::ESTIMATE);
                let why =
                    if unread.is_empty() { "no cost is recorded".to_owned() } else { unread_words(&unread) };
                format!("now there is none, since {why}")
            },
            |now| format!("it stands at {}", money(now))
        )
    )
}
