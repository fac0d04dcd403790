//! Laws that hold for every chart: no text touches another, nothing panics on odd input, markup carries no colour, and
//! a plan of a thousand tasks stays small. The sample is a network roll-out that is late by seven weeks.

pub(super) mod samples;
pub(super) mod text_boxes;

use self::samples::*;
use self::text_boxes::TextBox;
use jiff::civil::Date;

use super::budget::BudgetInput;
use super::burn::{BurnInput, BurnKind, Outlook, WorstPace};
use super::case_samples::{sample_cash, sample_options, sample_tornado};
use super::cash_line::CashLineInput;
use super::cumulative_flow::FlowInput;
use super::finish_spread::FinishSpreadInput;
use super::gantt::{Criticality, GanttInput, GanttLink, GanttRow, LinkKind, RowKind};
use super::kit::text_width::{Weight, text_width};
use super::milestone_trend::TrendInput;
use super::option_bars::OptionBarsInput;
use super::risk_matrix::RiskMatrixInput;
use super::s_curve::SCurveInput;
use super::slip::SlipInput;
use super::tornado::TornadoInput;
use super::{
    Drawing, budget, bullet, burn, cash_line, cumulative_flow, finish_spread, gantt, milestone_trend,
    option_bars, report_lines, reserve_steps, risk_matrix, s_curve, slip, tornado, waterfall,
};
use crate::control::PlannedWork;

/// Each bar of the waterfall begins where the one before it ended, from the mark of the budget to that of the estimate.
#[test]
fn the_bars_of_the_waterfall_hang_together() {
    let svg = waterfall::draw(&sample_waterfall()).svg;
    let wide = svg.split("<svg").nth(1).unwrap();
    let bar = |of: &str| -> Vec<(f64, f64)> {
        let paths = wide.split("<path ").filter(|path| path.contains(of));
        paths
            .map(|path| {
                let data = path.split(" d=\"M").nth(1).unwrap().split('"').next().unwrap();
                let left: f64 = data.split([' ', ',']).next().unwrap().parse().unwrap();
                let width: f64 =
                    data.split('h').nth(1).unwrap().split(['v', ' ']).next().unwrap().parse().unwrap();
                (left, left + width)
            })
            .collect()
    };
    let (falling, rising) = (bar("d-area ink-better"), bar("d-area ink-worse"));
    assert_eq!((falling.len(), rising.len()), (1, 2), "{wide}");
    assert!((rising[0].0 - falling[0].0).abs() < 0.2, "hours begin where changes end");
    assert!((rising[1].0 - rising[0].1).abs() < 0.2, "the trend begins where hours end");
    let marks = wide.split("<path ").filter(|path| path.contains("d-line ink-text"));
    let marks: Vec<f64> = marks
        .map(|path| path.split(" d=\"M").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap())
        .collect();
    assert_eq!(marks.len(), 2, "{wide}");
    // Upright lines lie on half a pixel.
    assert!((marks[0] - falling[0].1).abs() < 0.8, "the first cause begins at the budget");
    assert!((marks[1] - rising[1].1).abs() < 0.8, "and the estimate stands where the trend ends");
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
            let labels: Vec<(TextBox, String)> = text_boxes::of(svg)
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

#[test]
fn one_report_is_no_trend_and_odd_heights_break_the_line() {
    let mut one = sample_report_lines();
    one.lines.iter_mut().for_each(|line| line.readings.truncate(1));
    assert_eq!(report_lines::draw(one), None);
    for odd in [f64::NAN, f64::INFINITY, 1e300] {
        let mut lines = sample_report_lines();
        lines.lines[0].readings[1].height = odd;
        lines.levels[0].height = odd;
        let svg = report_lines::draw(lines).unwrap().svg;
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{odd}");
    }
    let table = report_lines::draw(sample_report_lines()).unwrap().table;
    assert_eq!(table.head, ["Report", "At completion, with a long name", "Spent"]);
    assert_eq!(table.rows.len(), 4);
}

fn samples() -> Vec<Drawing> {
    let mut drawings = vec![
        s_curve::draw(&sample_s_curve()),
        burn::draw(&sample_burn(BurnKind::Up)),
        burn::draw(&sample_burn(BurnKind::Down)),
        gantt::draw(&sample_gantt()),
        budget::draw(&sample_budget()),
        risk_matrix::draw(&sample_risks()),
        slip::draw(&sample_slips()),
        cumulative_flow::draw(&sample_flow()),
        milestone_trend::draw(&sample_trend()),
        tornado::draw(&sample_tornado()),
        cash_line::draw(&sample_cash()),
        option_bars::draw(&sample_options()),
        waterfall::draw(&sample_waterfall()),
        reserve_steps::draw(&sample_reserves()),
        report_lines::draw(sample_report_lines()).unwrap(),
        finish_spread::draw(&sample_spread()),
        finish_spread::draw(&FinishSpreadInput {
            finishes: vec![day("2027-02-17")],
            even: day("2027-02-17"),
            ..sample_spread()
        }),
    ];
    drawings.push(bullet::draw(&sample_bullets()));
    drawings.extend(super::register_samples::samples());
    drawings
}

#[test]
fn no_text_touches_another_and_none_leaves_the_sheet() {
    for drawing in samples() {
        for svg in drawing.svg.split("<svg").skip(1) {
            assert_eq!(text_boxes::collisions(svg), Vec::<String>::new(), "{}", drawing.name);
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
        tornado::draw(&TornadoInput { bars: Vec::new(), ..sample_tornado() }).sentence,
        cash_line::draw(&CashLineInput { lines: Vec::new(), ..sample_cash() }).sentence,
        option_bars::draw(&OptionBarsInput { rows: Vec::new(), ..sample_options() }).sentence,
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
            "Nothing is known to move the case.",
            "No money flows.",
            "No option is compared.",
        ]
    );
}

#[test]
fn why_there_is_no_forecast_is_told_beside_a_burn_chart_and_not_across_its_lines() {
    let outlook = Outlook::None("3 whole periods have passed".to_owned());
    let drawing = burn::draw(&BurnInput { outlook, ..sample_burn(BurnKind::Up) });
    assert!(drawing.sentence.contains("no forecast is made: 3 whole periods"), "{}", drawing.sentence);
    assert!(
        drawing
            .svg
            .split("<svg")
            .skip(1)
            .all(|svg| { text_boxes::of(svg).iter().all(|(_, text)| !text.contains("periods have passed")) })
    );
}

#[test]
fn odd_numbers_and_dates_are_drawn_without_panic() {
    for odd in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1e300, 1e300, 0.0] {
        let (mut swings, mut cash, mut options) = (sample_tornado(), sample_cash(), sample_options());
        swings.bars[0].worse.as_mut().unwrap().height = odd;
        swings.base.height = odd;
        cash.lines[1].sums[2].height = odd;
        options.rows[0].benefits.height = odd;
        options.rows[1].net.height = odd;
        assert!(!tornado::draw(&swings).svg.contains("NaN"));
        assert!(!cash_line::draw(&cash).svg.contains("NaN"));
        assert!(!option_bars::draw(&options).svg.contains("NaN"));
        let mut s = sample_s_curve();
        s.actual[1].height = odd;
        s.ceilings[0].height = odd;
        s.fan.as_mut().unwrap().others[0].height = odd;
        s.fan.as_mut().unwrap().finish = Date::MAX;
        assert!(!s_curve::draw(&s).svg.contains("NaN"));
        let mut b = sample_burn(BurnKind::Down);
        b.reports[1].scope = odd;
        b.reports[2].done = odd;
        b.planned = vec![PlannedWork { date: Date::constant(2026, 8, 1), left: odd, all: 1.0 }];
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
    for (pessimistic, words) in [
        (WorstPace::Never, "at the worst never"),
        (WorstPace::OutOfSight, "at the worst further ahead than a pace can tell"),
    ] {
        let (optimistic, likely) = (day("2026-12-22"), day("2027-01-21"));
        let outlook = Outlook::Range { optimistic, likely, pessimistic };
        let drawn = burn::draw(&BurnInput { outlook, ..sample_burn(BurnKind::Up) });
        assert!(drawn.sentence.contains(words), "{}", drawn.sentence);
    }
}

/// A plan of a thousand tasks in five stages with summaries, milestones and three links for two tasks.
fn large_plan() -> GanttInput {
    let start = day("2026-01-05");
    let date = |offset: i32| start.checked_add(jiff::Span::new().days(offset)).unwrap();
    let row = |n: i32, id: String, kind| GanttRow {
        id,
        name: format!("Number {n} of the plan, as names are"),
        start: date(n),
        finish: date(n + if kind == RowKind::Milestone { 0 } else { 12 }),
        baseline: Some((date(n), date(n + 10))),
        slip: Some(2),
        float_until: Some(date(n + 20)),
        depth: 2,
        href: Some(format!("tasks/t{n}.html")),
        criticality: if n % 8 == 0 { Criticality::Critical } else { Criticality::Free },
        ..gantt_row("x", kind, ["2026-01-05"; 4])
    };
    let mut rows = Vec::new();
    for n in 0..1_000 {
        if n % 200 == 0 {
            rows.push(GanttRow { depth: 0, href: None, ..row(n, format!("stage-{n}"), RowKind::Stage) });
        }
        if n % 25 == 0 {
            rows.push(GanttRow { depth: 1, ..row(n, format!("s{n}"), RowKind::Summary) });
        }
        let kind = if n % 40 == 39 { RowKind::Milestone } else { RowKind::Task };
        rows.push(row(n, format!("t{n}"), kind));
    }
    let link = |from: i32, to: i32| GanttLink {
        from: format!("t{from}"),
        to: format!("t{to}"),
        kind: LinkKind::FinishToStart,
        criticality: Criticality::Free,
    };
    let links = (1..1_000).map(|n| link(n - 1, n)).chain((14..1_000).step_by(2).map(|n| link(n - 13, n)));
    GanttInput { rows, links: links.collect(), ..sample_gantt() }
}

#[test]
fn a_thousand_tasks_stay_small() {
    let input = large_plan();
    let folded = gantt::folded::folded(&input).svg;
    let parts: Vec<String> = gantt::folded::parts(&input).into_iter().map(|part| part.svg).collect();
    assert_eq!(parts.len(), 5);
    let svg = format!("{folded}{}", parts.concat());
    let n_elements = svg.matches('<').count() - svg.matches("</").count();
    assert!(svg.len() <= 400_000, "{} bytes", svg.len());
    assert!(n_elements <= 8_000, "{n_elements} elements");
    // Every row stands in exactly one of the parts, and what leads stands in the folded chart too.
    let rows = |svg: &str| {
        svg.matches("class=\"d-row\"").count()
            + svg.matches("<a href").count()
            + svg.matches("<g><title>").count()
    };
    assert_eq!(rows(&parts.concat()), input.rows.len());
    let wide = folded.split("<svg").filter(|svg| svg.contains("drawing-wide")).map(rows).sum::<usize>();
    assert_eq!(wide, 45);
    for svg in svg.split("<svg").skip(1) {
        assert_eq!(text_boxes::collisions(svg), Vec::<String>::new());
    }
}

/// Each stroke of a link is named by the rows it ties, or a script would follow the wrong ones.
#[test]
fn every_stroke_of_a_link_is_named() {
    for svg in std::iter::once(gantt::draw(&sample_gantt()).svg)
        .chain(gantt::folded::parts(&large_plan()).into_iter().map(|part| part.svg))
    {
        for path in svg.split("<path").filter(|path| path.contains("data-ties")) {
            let ties = text_boxes::attribute(path, "data-ties").unwrap().split(' ').count();
            let strokes = text_boxes::attribute(path, "d").unwrap().matches('M').count();
            assert_eq!(ties, strokes, "{path}");
        }
    }
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
    let texts: Vec<String> = text_boxes::of(gantt::draw(&input).svg.split("<svg").nth(1).unwrap_or_default())
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
