//! Laws for the charts of whole sites: on the pages of the sample and of a project made to be awkward, no text of a drawing
//! touches another, and none leaves its sheet.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use milepost::chart::kit::text_width::{Weight, text_width};
use milepost::diagnostic::Diagnostics;
use milepost::output::Bundle;
use milepost::pipeline::{self, Options};
use milepost::source::disk::Folder;

use crate::sample::{pages_of, site};

#[path = "../../src/chart/tests/text_boxes.rs"]
mod text_boxes;

/// Every drawing on the pages of a site, with the page it stands on; each once.
fn drawings(site: &Bundle) -> Vec<(String, String)> {
    let mut drawings: Vec<(String, String)> = Vec::new();
    for (path, html) in pages_of(site) {
        for part in html.split("<svg class=\"drawing ").skip(1) {
            let svg = part.split("</svg>").next().unwrap();
            drawings.push((path.to_owned(), format!(" class=\"{svg}")));
        }
    }
    drawings
}

#[track_caller]
fn no_text_touches_another(drawings: &[(String, String)]) {
    let mut found = Vec::new();
    for (path, svg) in drawings {
        let class = text_boxes::attribute(svg, "class").unwrap_or_default();
        found
            .extend(text_boxes::collisions(svg).into_iter().map(|words| format!("{path}: {class}: {words}")));
    }
    found.sort();
    found.dedup();
    assert!(found.is_empty(), "{} of {} drawings:\n{}", found.len(), drawings.len(), found.join("\n"));
}

fn names(drawings: &[(String, String)]) -> std::collections::BTreeSet<String> {
    let first = |svg: &str| text_boxes::attribute(svg, "class")?.split(' ').next().map(str::to_owned);
    drawings.iter().filter_map(|(_, svg)| first(svg)).collect()
}

#[test]
fn no_text_of_the_sample_touches_another() {
    let drawings = drawings(site());
    assert!(names(&drawings).len() > 15, "{:?}", names(&drawings));
    no_text_touches_another(&drawings);
}

#[test]
fn a_milestone_trend_names_its_gates_in_full_on_a_phone() {
    let drawings = drawings(site());
    let trends: Vec<_> = drawings.iter().filter(|(_, svg)| svg.contains("milestone-trend")).collect();
    assert!(trends.iter().any(|(_, svg)| svg.contains("drawing-narrow")), "{:?}", names(&drawings));
    let cut: Vec<_> = trends.iter().filter(|(_, svg)| svg.contains('…')).map(|(path, _)| path).collect();
    assert!(cut.is_empty(), "{cut:?}");
}

/// A plan of `n` tasks in three stages: long names, huge amounts, estimates in three points, deadlines, and all of it late.
fn awkward(n: usize, amount: &str) -> Folder {
    let stages = ["initiation", "execution", "closing"];
    let mut plan = String::new();
    let mut progress = String::from("status_date,task,actual_start,actual_finish,percent_complete\n");
    for (place, stage) in stages.iter().enumerate() {
        let _ = writeln!(plan, "{stage}:");
        for number in (place..n).step_by(stages.len()) {
            let after = match number.checked_sub(stages.len()) {
                Some(before) => format!(", after: t{before}"),
                None => String::new(),
            };
            let _ = writeln!(
                plan,
                "  t{number}: {{name: \"Replacement of the distribution frame in building {number}, third floor, left wing\", \
                 duration: {}d / {}d / {}d, cost: {amount} EUR other{after}, deadline: 2026-02-0{}}}",
                number % 5 + 1,
                number % 5 + 2,
                number % 5 + 9,
                number % 9 + 1,
            );
            let _ = writeln!(
                plan,
                "  m{number}: {{milestone: \"Distribution frame of building {number} is handed over\", after: t{number}}}"
            );
        }
        let _ = writeln!(
            plan,
            "  G{}: {{gate: \"Gate with a name that is far too long for any label\", after: t{}}}",
            place * 2 + 1,
            place.min(n - 1)
        );
    }
    for number in 0..n.min(6) {
        let _ = writeln!(progress, "2026-02-27,t{number},2026-01-05,,{}%", number * 10 + 5);
        let _ = writeln!(progress, "2026-03-13,t{number},2026-01-05,,{}%", number * 10 + 15);
    }
    let costs = format!(
        "date,type,category,task,amount,reference\n2026-02-10,actual,other,t0,{amount} EUR,INV-1\n\
         2026-02-10,commitment,other,t0,{amount} EUR,PO-7\n"
    );
    Folder::from_memory(vec![
        (
            "project.yaml",
            "project: A project whose name takes more than the width of any telephone that was ever sold\n\
             start: 2026-01-05\ncurrency: EUR\n",
        ),
        ("plan.yaml", &plan),
        ("progress.csv", &progress),
        ("costs.csv", &costs),
        ("budget.yaml", &format!("contingency: {amount} EUR\nmanagement_reserve: {amount} EUR\n")),
    ])
}

#[test]
fn no_text_of_an_awkward_project_touches_another() {
    let mut all = Vec::new();
    for (n, amount) in [(1, "0"), (3, "9_876_543_210"), (20, "1"), (60, "9_876_543_210")] {
        let report = pipeline::compute(&awkward(n, amount), Diagnostics::default(), &Options::default());
        let drawings = drawings(&pipeline::render(&report, &BTreeMap::new()).unwrap());
        assert!(names(&drawings).contains("drawing-gantt"), "{n} {amount}: {:?}", names(&drawings));
        all.extend(drawings.into_iter().map(|(path, svg)| (format!("{n} tasks: {path}"), svg)));
    }
    no_text_touches_another(&all);
}
