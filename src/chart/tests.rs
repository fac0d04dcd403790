//! Laws that hold for every chart: no text touches another, nothing panics on odd input, markup carries no colour, and
//! a plan of a thousand tasks stays small. The sample is a network roll-out that is late by seven weeks.

use jiff::civil::Date;

use super::budget::{BudgetInput, BudgetRow};
use super::burn::{BurnInput, BurnKind, BurnReport, Outlook};
use super::cumulative_flow::FlowInput;
use super::finish_spread::FinishSpreadInput;
use super::gantt::{BandKind, Criticality, GanttBand, GanttInput, GanttLink, GanttRow, LinkKind, RowKind};
use super::milestone_trend::{TrendInput, TrendLine};
use super::notes::Frame;
use super::reading::{Figure, Reading};
use super::risk_matrix::{RiskLevel, RiskMark, RiskMatrixInput, RiskPlace};
use super::s_curve::{CostFan, SCurveInput};
use super::scale::grouped;
use super::slip::{SlipInput, SlipRow};
use super::text_width::{Weight, text_width};
use super::{
    Drawing, budget, burn, cumulative_flow, finish_spread, gantt, milestone_trend, risk_matrix, s_curve, slip,
};
use crate::control::FlowPoint;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn euros(amount: f64) -> String {
    format!("{} EUR", grouped(amount, 0))
}

fn figure(name: &str, amount: f64) -> Figure {
    Figure { name: name.to_owned(), height: amount, label: euros(amount) }
}

fn readings(values: &[(&str, f64)]) -> Vec<Reading> {
    values
        .iter()
        .map(|(date, value)| Reading { date: day(date), height: *value, label: euros(*value) })
        .collect()
}

fn sample_s_curve() -> SCurveInput {
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
        }),
    }
}

fn sample_burn(kind: BurnKind) -> BurnInput {
    let report = |date: &str, scope: f64, done: f64, note: &str| BurnReport {
        date: day(date),
        scope,
        done,
        scope_note: note.to_owned(),
    };
    BurnInput {
        kind,
        id_prefix: "b".to_owned(),
        title: "Work".to_owned(),
        unit: "person-days".to_owned(),
        status_date: day("2026-11-20"),
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
            pessimistic: Some(day("2031-03-08")),
        },
        promise: Some(("Baseline", day("2026-12-18"))),
    }
}

fn gantt_row(id: &str, kind: RowKind, dates: [&str; 4]) -> GanttRow {
    GanttRow {
        id: id.to_owned(),
        name: format!("Row {id}"),
        depth: 1,
        kind,
        href: Some(format!("#task-{id}")),
        start: day(dates[0]),
        finish: day(dates[1]),
        baseline: Some((day(dates[2]), day(dates[3]))),
        slip: Some(22),
        done: 0.0,
        criticality: Criticality::Critical,
        float_until: None,
        deadline: None,
    }
}

fn sample_gantt() -> GanttInput {
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
    }
}

fn sample_budget() -> BudgetInput {
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

fn sample_risks() -> RiskMatrixInput {
    let mark = |id: &str, before: (u8, u8), after: (u8, u8)| RiskMark {
        id: id.to_owned(),
        name: "What may happen".to_owned(),
        href: None,
        before: RiskPlace { probability: before.0, impact: before.1 },
        after: RiskPlace { probability: after.0, impact: after.1 },
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

fn sample_slips() -> SlipInput {
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

fn sample_trend() -> TrendInput {
    let line = |name: &str, forecasts: [&str; 3]| TrendLine {
        name: name.to_owned(),
        forecasts: ["2026-09-25", "2026-10-23", "2026-11-20"]
            .into_iter()
            .zip(forecasts)
            .map(|(report, forecast)| (day(report), day(forecast)))
            .collect(),
        is_reached: false,
    };
    TrendInput {
        id_prefix: "t".to_owned(),
        title: "Trend".to_owned(),
        lines: vec![
            line("G3 Deliverables and readiness for service", ["2026-11-24", "2026-12-11", "2027-01-11"]),
            line("G4 Ready for closing", ["2026-11-27", "2026-12-16", "2027-01-14"]),
            line("G5 Closure", ["2026-12-04", "2026-12-23", "2027-01-21"]),
        ],
    }
}

fn sample_spread() -> FinishSpreadInput {
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

#[test]
fn no_line_of_the_spread_runs_through_a_label() {
    let crowded = FinishSpreadInput {
        promise: Some(("Plan".to_owned(), day("2027-01-19"))),
        deadline: Some(day("2027-01-20")),
        safe: day("2027-01-25"),
        ..sample_spread()
    };
    for input in [sample_spread(), crowded] {
        let drawing = finish_spread::draw(&input);
        for svg in drawing.svg.split("<svg").skip(1) {
            let labels: Vec<(Frame, String)> = text_boxes(svg)
                .into_iter()
                .filter(|(_, text)| {
                    ["Baseline", "Plan", "Forecast", "Deadline", "P50", "P80"]
                        .iter()
                        .any(|name| text.starts_with(name))
                })
                .collect();
            assert_eq!(labels.len(), 5);
            // Each flag ends four pixels left of its line, which begins at the height of the flag.
            for (of_line, _) in &labels {
                let x = of_line.right + 4.0;
                for (other, text) in labels.iter().filter(|(other, _)| other.top > of_line.top) {
                    assert!(!(other.left..other.right).contains(&x), "a line runs through {text:?}");
                }
            }
        }
    }
}

fn samples() -> Vec<Drawing> {
    vec![
        s_curve::draw(&sample_s_curve()),
        burn::draw(&sample_burn(BurnKind::Up)),
        burn::draw(&sample_burn(BurnKind::Down)),
        gantt::draw(&sample_gantt()),
        budget::draw(&sample_budget()),
        risk_matrix::draw(&sample_risks()),
        slip::draw(&sample_slips()),
        cumulative_flow::draw(&sample_flow()),
        milestone_trend::draw(&sample_trend()),
        finish_spread::draw(&sample_spread()),
        finish_spread::draw(&FinishSpreadInput {
            finishes: vec![day("2027-02-17")],
            even: day("2027-02-17"),
            ..sample_spread()
        }),
    ]
}

fn sample_flow() -> FlowInput {
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

/// The value of an attribute in the text of a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

/// The boxes of all texts of one `<svg>`, with the texts.
fn text_boxes(svg: &str) -> Vec<(Frame, String)> {
    svg.split("<text")
        .skip(1)
        .map(|part| {
            let (tag, rest) = part.split_once('>').unwrap();
            let text = rest.split_once('<').unwrap().0.replace("&lt;", "<").replace("&gt;", ">");
            let number = |name: &str| attribute(tag, name).map(|value| value.parse::<f64>().unwrap());
            let size = number("font-size").unwrap_or(12.0);
            let weight = if tag.contains("font-weight") { Weight::Strong } else { Weight::Regular };
            let width = text_width(&text, size, weight);
            let left = number("x").unwrap()
                - match attribute(tag, "text-anchor") {
                    Some("middle") => width / 2.0,
                    Some("end") => width,
                    _ => 0.0,
                };
            let base = number("y").unwrap();
            // Capitals and digits; descenders may reach into the gap between lines.
            (Frame { left, right: left + width, top: base - size * 0.72, bottom: base }, text)
        })
        .collect()
}

#[test]
fn no_text_touches_another_and_none_leaves_the_sheet() {
    for drawing in samples() {
        for svg in drawing.svg.split("<svg").skip(1) {
            let view = attribute(svg, "viewBox").unwrap();
            let sizes: Vec<f64> = view.split(' ').map(|number| number.parse().unwrap()).collect();
            let sheet = Frame { left: -0.5, top: -0.5, right: sizes[2] + 0.5, bottom: sizes[3] + 0.5 };
            let boxes = text_boxes(svg);
            for (index, (frame, text)) in boxes.iter().enumerate() {
                assert!(
                    sheet.holds(frame),
                    "{}: {text:?} leaves the sheet: {frame:?} of {view}",
                    drawing.name
                );
                for (other, other_text) in &boxes[index + 1..] {
                    assert!(
                        !frame.meets(other),
                        "{}: {text:?} touches {other_text:?} at {frame:?} {other:?} of {view}",
                        drawing.name
                    );
                }
            }
        }
    }
}

#[test]
fn markup_carries_names_and_no_colour() {
    for drawing in samples() {
        for forbidden in ["NaN", "inf", "stroke=", "style=", "#fff", "rgb", "font-family", " width=\"8"] {
            assert!(!drawing.svg.contains(forbidden), "{} contains {forbidden}", drawing.name);
        }
        for (index, fill) in drawing.svg.match_indices("fill=\"") {
            assert!(drawing.svg[index + fill.len()..].starts_with("url(#"), "{}", drawing.name);
        }
        for svg in drawing.svg.split("<svg").skip(1) {
            assert!(svg.contains("<title id=") && svg.contains("<desc id="), "{}", drawing.name);
        }
        let mut ids: Vec<&str> =
            drawing.svg.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let n_ids = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), n_ids, "{}: an id stands twice", drawing.name);
    }
}

#[test]
fn tables_are_rectangular_and_sentences_end() {
    for drawing in samples() {
        let table = &drawing.table;
        assert_eq!(table.head.len(), table.numeric.len(), "{}", drawing.name);
        assert!(!table.rows.is_empty(), "{}", drawing.name);
        assert!(table.rows.iter().all(|row| row.len() == table.head.len()), "{}", drawing.name);
        assert!(drawing.sentence.ends_with('.'), "{}", drawing.sentence);
    }
}

#[test]
fn empty_input_says_so() {
    let nothing = Date::constant(2026, 11, 20);
    let s = SCurveInput {
        planned: Vec::new(),
        earned: Vec::new(),
        actual: Vec::new(),
        ceilings: Vec::new(),
        ..sample_s_curve()
    };
    let b = BurnInput { reports: Vec::new(), promise: None, ..sample_burn(BurnKind::Up) };
    let sentences = [
        s_curve::draw(&SCurveInput { fan: None, ..s }).sentence,
        burn::draw(&BurnInput { outlook: Outlook::None(String::new()), ..b }).sentence,
        gantt::draw(&GanttInput::default()).sentence,
        budget::draw(&BudgetInput { rows: Vec::new(), ..sample_budget() }).sentence,
        risk_matrix::draw(&RiskMatrixInput { risks: Vec::new(), ..sample_risks() }).sentence,
        slip::draw(&SlipInput { rows: Vec::new(), status_date: nothing, ..sample_slips() }).sentence,
        milestone_trend::draw(&TrendInput { lines: Vec::new(), ..sample_trend() }).sentence,
        finish_spread::draw(&FinishSpreadInput { finishes: Vec::new(), ..sample_spread() }).sentence,
        cumulative_flow::draw(&FlowInput { points: Vec::new(), ..sample_flow() }).sentence,
    ];
    assert_eq!(
        sentences.map(|sentence| sentence.replace('\u{a0}', " ")),
        [
            "Nothing has been planned or reported by 20 Nov 2026.",
            "No progress has been reported by 20 Nov 2026.",
            "Nothing has been scheduled yet.",
            "No money has been budgeted yet.",
            "No risk is open.",
            "There is no baseline to compare with.",
            "No forecast has been frozen yet.",
            "No run has been made.",
            "No item has arrived yet.",
        ]
    );
}

#[test]
fn odd_numbers_and_dates_are_drawn_without_panic() {
    for odd in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1e300, 1e300, 0.0] {
        let mut s = sample_s_curve();
        s.actual[1].height = odd;
        s.ceilings[0].height = odd;
        s.fan.as_mut().unwrap().others[0].height = odd;
        s.fan.as_mut().unwrap().finish = Date::MAX;
        assert!(!s_curve::draw(&s).svg.contains("NaN"));
        let mut b = sample_burn(BurnKind::Down);
        b.reports[1].scope = odd;
        b.reports[2].done = odd;
        b.planned = readings(&[("2026-08-01", 1.0)]);
        b.planned[0].height = odd;
        b.promise = Some(("Baseline", Date::MIN));
        assert!(!burn::draw(&b).svg.contains("NaN"));
        let mut g = sample_gantt();
        g.rows[0].done = odd;
        g.rows[1].start = Date::MAX;
        g.rows[1].finish = Date::MIN;
        assert!(!gantt::draw(&g).svg.contains("NaN"));
        let mut m = sample_budget();
        m.rows[0].actual.height = odd;
        m.rows[1].forecast.as_mut().unwrap().height = odd;
        assert!(!budget::draw(&m).svg.contains("NaN"));
    }
    let mut l = sample_slips();
    l.rows[0].baseline = Some(Date::MIN);
    l.rows[1].forecast = Date::MAX;
    assert!(!slip::draw(&l).svg.contains("NaN"));
    let mut t = sample_trend();
    t.lines[0].forecasts[1] = (Date::MAX, Date::MIN);
    assert!(!milestone_trend::draw(&t).svg.contains("NaN"));
    let mut f = sample_spread();
    f.finishes.push(Date::MAX);
    f.promise = Some(("Baseline".to_owned(), Date::MIN));
    assert!(!finish_spread::draw(&f).svg.contains("NaN"));
    let mut never = sample_burn(BurnKind::Up);
    never.outlook =
        Outlook::Range { optimistic: day("2026-12-22"), likely: day("2027-01-21"), pessimistic: None };
    assert!(burn::draw(&never).sentence.contains("at the worst never"));
}

#[test]
fn a_thousand_tasks_stay_small() {
    let start = day("2026-01-05");
    let date = |offset: i32| start.checked_add(jiff::Span::new().days(offset)).unwrap();
    let rows = (0..1_000).map(|n| GanttRow {
        id: format!("t{n}"),
        name: format!("Task number {n} of the plan"),
        start: date(n),
        finish: date(n + 12),
        baseline: Some((date(n), date(n + 10))),
        float_until: Some(date(n + 20)),
        ..gantt_row("x", RowKind::Task, ["2026-01-05"; 4])
    });
    let links = (1..1_000).map(|n| GanttLink {
        from: format!("t{}", n - 1),
        to: format!("t{n}"),
        kind: LinkKind::FinishToStart,
        criticality: Criticality::Free,
    });
    let input = GanttInput { rows: rows.collect(), links: links.collect(), ..sample_gantt() };
    let svg = gantt::draw(&input).svg;
    let n_elements = svg.matches('<').count() - svg.matches("</").count();
    assert!(svg.len() <= 400_000, "{} bytes", svg.len());
    assert!(n_elements <= 8_000, "{n_elements} elements");
}

#[test]
fn the_head_of_the_gantt_names_months_and_mondays() {
    let mut input = sample_gantt();
    // A quarter of a year, in which a week is wide enough for the day of its Monday.
    input.rows.push(gantt_row(
        "wait",
        RowKind::Task,
        ["2026-11-02", "2027-02-05", "2026-11-02", "2027-02-05"],
    ));
    let texts: Vec<String> = text_boxes(gantt::draw(&input).svg.split("<svg").nth(1).unwrap_or_default())
        .into_iter()
        .map(|(_, text)| text)
        .collect();
    for text in ["Dec 2026", "7", "14", "21", "28"] {
        assert!(texts.iter().any(|found| found == text), "{text} is not among {texts:?}");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    assert_eq!(samples(), samples());
}
