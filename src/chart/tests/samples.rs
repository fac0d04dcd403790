//! What the tests of charts draw.

use jiff::civil::Date;

use crate::chart::baseline_marks::BaselineMark;
use crate::chart::budget::{BudgetInput, BudgetRow};
use crate::chart::bullet::{BulletInput, BulletRow};
use crate::chart::burn::{BurnInput, BurnKind, BurnReport, Outlook, WorstPace};
use crate::chart::cumulative_flow::FlowInput;
use crate::chart::finish_spread::FinishSpreadInput;
use crate::chart::gantt::{
    BandKind, Criticality, GanttBand, GanttInput, GanttLink, GanttRow, LinkKind, RowKind,
};
use crate::chart::kit::ink::Ink;
use crate::chart::kit::reading::{Figure, Reading};
use crate::chart::kit::scale::grouped;
use crate::chart::milestone_trend::{TrendInput, TrendLine};
use crate::chart::report_lines::{ReportLine, ReportLines};
use crate::chart::reserve_steps::ReserveStepsInput;
use crate::chart::risk_matrix::{RiskMark, RiskMatrixInput, RiskPlace};
use crate::chart::s_curve::{CostFan, SCurveInput};
use crate::chart::slip::{SlipInput, SlipRow};
use crate::chart::waterfall::WaterfallInput;
use crate::control::{FlowPoint, RiskLevel};
use crate::quantity::Amount;

pub(super) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub(super) fn euros(amount: f64) -> String {
    format!("{} EUR", grouped(amount, 0))
}

pub(in crate::chart) fn figure(name: &str, amount: f64) -> Figure {
    Figure { name: name.to_owned(), height: amount, label: euros(amount) }
}

pub(super) fn readings(values: &[(&str, f64)]) -> Vec<Reading> {
    values
        .iter()
        .map(|(date, value)| Reading { date: day(date), height: *value, label: euros(*value) })
        .collect()
}

pub(in crate::chart) fn sample_s_curve() -> SCurveInput {
    SCurveInput {
        id_prefix: "s".to_owned(),
        title: "Money and work".to_owned(),
        unit: "EUR".to_owned(),
        status_date: day("2026-11-20"),
        planned: readings(&[
            ("2026-08-31", 14_304.0),
            ("2026-09-30", 23_012.0),
            ("2026-10-30", 72_040.0),
            ("2026-11-20", 92_480.0),
            ("2026-12-02", 98_432.0),
        ]),
        earned: readings(&[("2026-08-28", 12_300.0), ("2026-10-09", 22_700.0), ("2026-11-20", 74_200.0)]),
        actual: readings(&[("2026-08-28", 13_500.0), ("2026-10-09", 25_000.0), ("2026-11-20", 79_120.0)]),
        ceilings: vec![figure("Budget", 98_432.0), figure("Budget with contingency", 107_432.0)],
        fan: Some(CostFan {
            finish: day("2027-01-21"),
            likely: figure("Cost trend continues", 104_958.76),
            others: vec![figure("Rest as budgeted", 103_352.0), figure("Cost and time pressure", 111_324.43)],
            not_drawn: Vec::new(),
        }),
    }
}

pub(in crate::chart) fn sample_burn(kind: BurnKind) -> BurnInput {
    let report = |date: &str, scope: f64, done: f64, note: &str| BurnReport {
        date: day(date),
        scope,
        done,
        scope_note: note.to_owned(),
        moves: Vec::new(),
    };
    BurnInput {
        kind,
        id_prefix: "b".to_owned(),
        title: "Work".to_owned(),
        unit: "person-days".to_owned(),
        status_date: day("2026-11-20"),
        agreed_on: None,
        planned: Vec::new(),
        reports: vec![
            report("2026-08-28", 72.5, 13.0, ""),
            report("2026-09-25", 72.5, 26.0, ""),
            report("2026-10-09", 76.5, 27.0, "C2"),
            report("2026-10-23", 76.5, f64::NAN, ""),
            report("2026-11-20", 76.5, 34.5, ""),
        ],
        outlook: Outlook::Range {
            optimistic: day("2026-12-22"),
            likely: day("2027-01-21"),
            pessimistic: WorstPace::Ends(day("2031-03-08")),
        },
        promise: Some(("Baseline", day("2026-12-18"))),
    }
}

/// So many rows of each kind, all on one day.
pub(crate) fn gantt_rows(kinds: &[(usize, RowKind)]) -> Vec<GanttRow> {
    let row = |kind| gantt_row("x", kind, ["2026-01-05"; 4]);
    kinds.iter().flat_map(|(n, kind)| std::iter::repeat_with(|| row(*kind)).take(*n)).collect()
}

pub(in crate::chart) fn gantt_row(id: &str, kind: RowKind, dates: [&str; 4]) -> GanttRow {
    GanttRow {
        id: id.to_owned(),
        name: format!("Row {id}"),
        depth: 1,
        kind,
        href: Some(format!("#task-{id}")),
        start: day(dates[0]),
        finish: day(dates[1]),
        pauses: Vec::new(),
        baseline: Some((day(dates[2]), day(dates[3]))),
        slip: Some(22),
        done: 0.0,
        criticality: Criticality::Critical,
        float_until: None,
        deadline: None,
    }
}

pub(super) fn sample_gantt() -> GanttInput {
    let mut pilot =
        gantt_row("pilot", RowKind::Task, ["2026-11-16", "2026-11-26", "2026-10-29", "2026-11-04"]);
    pilot.done = 0.4;
    let rollout =
        gantt_row("rollout", RowKind::Task, ["2026-11-27", "2027-01-11", "2026-11-05", "2026-11-20"]);
    let mut gate = gantt_row("G3", RowKind::Gate, ["2027-01-11", "2027-01-11", "2026-11-20", "2026-11-20"]);
    gate.deadline = Some(day("2026-12-18"));
    let link = |from: &str, to: &str| GanttLink {
        from: from.to_owned(),
        to: to.to_owned(),
        kind: LinkKind::FinishToStart,
        criticality: Criticality::Critical,
    };
    GanttInput {
        id_prefix: "g".to_owned(),
        title: "Schedule".to_owned(),
        status_date: Some(day("2026-11-20")),
        rows: vec![pilot, rollout, gate],
        bands: vec![GanttBand {
            first: day("2026-12-14"),
            last: day("2027-01-08"),
            kind: BandKind::Closure("Year-end change freeze".to_owned()),
        }],
        links: vec![link("pilot", "rollout"), link("rollout", "G3"), link("rollout", "nowhere")],
        part: None,
    }
}

pub(super) fn sample_budget() -> BudgetInput {
    let row = |name: &str, amounts: [f64; 5]| BudgetRow {
        name: name.to_owned(),
        budget: figure("", amounts[0]),
        actual: figure("", amounts[1]),
        accrual: figure("", amounts[2]),
        commitment: figure("", amounts[3]),
        forecast: amounts[4].is_finite().then(|| figure("", amounts[4])),
    };
    BudgetInput {
        id_prefix: "m".to_owned(),
        title: "Budget".to_owned(),
        unit: "EUR".to_owned(),
        rows: vec![
            row("Labour", [48_132.0, 31_140.0, 0.0, 0.0, 53_000.0]),
            row("Hardware", [41_300.0, 1_680.0, 41_300.0, 0.0, 42_980.0]),
            row("Other", [0.0, 0.0, 0.0, 0.0, f64::NAN]),
        ],
    }
}

pub(in crate::chart) fn sample_risks() -> RiskMatrixInput {
    let mark = |id: &str, now: (u8, u8), after: (u8, u8)| RiskMark {
        id: id.to_owned(),
        name: "What may happen".to_owned(),
        href: None,
        inherent: Some(RiskPlace { probability: 5, impact: 5 }),
        current: RiskPlace { probability: now.0, impact: now.1 },
        residual: Some(RiskPlace { probability: after.0, impact: after.1 }),
    };
    RiskMatrixInput {
        id_prefix: "r".to_owned(),
        title: "Risks".to_owned(),
        levels: [[RiskLevel::Medium; 5]; 5],
        probabilities: ["≤ 10 %", "≤ 30 %", "≤ 50 %", "≤ 70 %", "> 70 %"].map(str::to_owned),
        impacts: ["≤ 1 %", "≤ 3 %", "≤ 5 %", "≤ 10 %", "> 10 %"].map(str::to_owned),
        impact_name: "Impact".to_owned(),
        risks: (1..=9)
            .map(|n| mark(&format!("R{n}"), (4, 4), (2, 2)))
            .chain([mark("R0", (0, 9), (9, 0))])
            .collect(),
    }
}

pub(super) fn sample_slips() -> SlipInput {
    let row = |name: &str, baseline: Option<&str>, forecast: &str| SlipRow {
        name: name.to_owned(),
        href: None,
        baseline: baseline.map(day),
        forecast: day(forecast),
        slip: baseline.map(|_| 34),
        is_reached: false,
        likely_range: Some((day(forecast), day("2027-02-10"))),
        deadline: None,
    };
    SlipInput {
        id_prefix: "l".to_owned(),
        title: "Gates".to_owned(),
        row_name: "Gate".to_owned(),
        reference: "baseline",
        status_date: day("2026-11-20"),
        rows: vec![
            row("Deliverables and readiness for service", Some("2026-11-20"), "2027-01-11"),
            row("Closure", Some("2026-12-02"), "2027-01-21"),
            row("Scanner", None, "2026-12-20"),
        ],
    }
}

pub(in crate::chart) fn sample_waterfall() -> WaterfallInput {
    let figure = |name: &str, height: f64, label: &str| Figure {
        name: name.to_owned(),
        height,
        label: label.to_owned(),
    };
    WaterfallInput {
        id_prefix: "w".to_owned(),
        title: "From budget to estimate".to_owned(),
        unit: "EUR".to_owned(),
        from: figure("Budget", 98_432.0, "98 432 EUR"),
        parts: vec![
            figure("Approved changes", -760.0, "−760"),
            figure("Hours beyond plan", 2_160.0, "+2 160"),
            figure("Trend on the rest", 1_607.0, "+1 607"),
        ],
        approved: Vec::new(),
        so_far: ["−760", "+1 400", "+3 007"].map(str::to_owned).to_vec(),
        to: figure("At completion", 101_439.0, "101 439 EUR"),
    }
}

pub(super) fn sample_reserves() -> ReserveStepsInput {
    let line = |points: &[(&str, f64, &str)]| -> Vec<Reading> {
        let reading = |(date, height, label): &(&str, f64, &str)| Reading {
            date: day(date),
            height: *height,
            label: (*label).to_owned(),
        };
        points.iter().map(reading).collect()
    };
    ReserveStepsInput {
        id_prefix: "v".to_owned(),
        title: "Reserves".to_owned(),
        unit: "EUR".to_owned(),
        status_date: day("2026-11-20"),
        contingency: line(&[
            ("2026-08-03", 9_000.0, "9 000 EUR"),
            ("2026-11-13", 8_240.0, "8 240 EUR"),
            ("2026-11-20", 8_240.0, "8 240 EUR"),
        ]),
        management_reserve: line(&[
            ("2026-08-03", 5_000.0, "5 000 EUR"),
            ("2026-11-20", 5_000.0, "5 000 EUR"),
        ]),
        exposure: line(&[
            ("2026-08-03", 0.0, "0 EUR"),
            ("2026-09-09", 1_000.0, "1 000 EUR"),
            ("2026-11-20", 1_720.0, "1 720 EUR"),
        ]),
    }
}

pub(in crate::chart) fn sample_trend() -> TrendInput {
    let line = |name: &str, forecasts: [&str; 3], arrives: &str| TrendLine {
        name: name.to_owned(),
        arrives: Some(day(arrives)),
        is_out_of_sight: false,
        forecasts: ["2026-09-25", "2026-10-23", "2026-11-20"]
            .into_iter()
            .zip(forecasts)
            .map(|(report, forecast)| (day(report), day(forecast)))
            .collect(),
        working_days_moved: i64::from((day(forecasts[2]) - day(forecasts[0])).get_days()) * 5 / 7,
        working_days_lately: i64::from((day(forecasts[2]) - day(forecasts[1])).get_days()) * 5 / 7,
        working_days_at_most: i64::from((day(forecasts[2]) - day(forecasts[0])).get_days()).max(0) * 5 / 7,
        is_reached: false,
    };
    TrendInput {
        id_prefix: "t".to_owned(),
        title: "Trend".to_owned(),
        marks: Vec::new(),
        lines: vec![
            line(
                "G3 Deliverables and readiness for service",
                ["2026-11-24", "2026-12-11", "2027-01-11"],
                "2027-07-10",
            ),
            line("G4 Ready for closing", ["2026-11-27", "2026-12-16", "2027-01-14"], "2027-07-29"),
            line("G5 Closure", ["2026-12-04", "2026-12-23", "2027-01-21"], "2027-09-01"),
        ],
    }
}

pub(super) fn sample_spread() -> FinishSpreadInput {
    let runs =
        [("2026-12-23", 8), ("2027-01-21", 28), ("2027-01-22", 28), ("2027-01-25", 7), ("2027-02-17", 29)];
    FinishSpreadInput {
        id_prefix: "f".to_owned(),
        title: "Spread of the finish".to_owned(),
        finishes: runs.iter().flat_map(|(date, n_runs)| vec![day(date); *n_runs]).collect(),
        even: day("2027-01-22"),
        safe: day("2027-02-17"),
        promise: Some(("Baseline".to_owned(), day("2026-12-02"))),
        forecast: Some(day("2027-01-21")),
        deadline: Some(day("2026-12-18")),
    }
}

pub(super) fn sample_report_lines() -> ReportLines {
    let line = |name: &str, ink: Ink, heights: [f64; 4]| {
        let days = ["2026-10-09", "2026-10-23", "2026-11-06", "2026-11-20"].map(day);
        let readings = days.into_iter().zip(heights).map(|(date, height)| Reading {
            date,
            height,
            label: euros(height),
        });
        ReportLine { name: name.to_owned(), ink, readings: readings.collect(), is_plan: false }
    };
    ReportLines {
        name: "estimate-trend",
        title: "Expected cost in the end".to_owned(),
        sentence: "The estimate stands at 104 959 EUR.".to_owned(),
        unit: "EUR".to_owned(),
        lines: vec![
            line(
                "At completion, with a long name",
                Ink::Forecast,
                [99_992.0, 112_650.0, 98_500.0, 104_959.0],
            ),
            line("Spent", Ink::Actual, [25_580.0, 28_700.0, 71_440.0, 104_000.0]),
        ],
        marks: vec![BaselineMark { date: day("2026-10-30"), name: "B2".to_owned() }],
        levels: vec![
            Figure { name: "Budget".to_owned(), height: 98_432.0, label: euros(98_432.0) },
            Figure { name: "+ contingency".to_owned(), height: 107_432.0, label: euros(107_432.0) },
        ],
        holds_zero: true,
        ranges: None,
    }
}

pub(super) fn sample_flow() -> FlowInput {
    let points = [
        ("2026-08-03", 3, 1, 0, 0),
        ("2026-09-01", 14, 11, 8, 7),
        ("2026-10-12", 31, 26, 19, 18),
        ("2026-11-20", 52, 41, 29, 28),
    ];
    FlowInput {
        id_prefix: "flow".to_owned(),
        title: "Items by state".to_owned(),
        points: points
            .map(|(date, arrived, started, review, done)| FlowPoint {
                date: day(date),
                arrived,
                started,
                review,
                done,
            })
            .to_vec(),
        has_review: true,
    }
}

pub(super) fn sample_bullets() -> BulletInput {
    let row = |name: &str, [budget, spent, estimate, contingency, reserve]: [i64; 5]| BulletRow {
        to_come: Amount::ZERO,
        name: name.to_owned(),
        href: None,
        budget: Amount(budget),
        spent: Amount(spent),
        estimate: (estimate > 0).then_some(Amount(estimate)),
        dearest: (estimate > 0).then_some(Amount(estimate + 400)),
        dearest_words: if estimate > 0 { format!("{} EUR by EAC₃", estimate + 400) } else { String::new() },
        is_beyond: false,
        contingency: Amount(contingency),
        reserve: Amount(reserve),
        words: format!("{estimate} of {budget} EUR"),
    };
    BulletInput {
        id_prefix: "bullets".to_owned(),
        title: "Money".to_owned(),
        rows: vec![
            row("Inside its contingency", [98_432, 79_120, 104_959, 9_000, 5_000]),
            row(
                "Far beyond all that was ever held beside its budget for such a case",
                [1_000, 900, 9_000, 100, 0],
            ),
            row("Nothing recorded", [500_000_000, 0, 0, 0, 0]),
        ],
    }
}
