//! What is delivered, tested, handed over and gained: figure by figure.

use crate::diagnostic::Span;
use crate::format;
use crate::model::{Defect, TestRun};
use crate::page::benefits::{value_words, way_gone};
use crate::page::desk::{Desk, days_of};
use crate::page::explain::task_time::{project_calendar, status_date};
use crate::page::explain::{Book, Figure, Input};
use crate::page::tests_and_defects::{share, tests_until};
use crate::quantity::Amount;

/// Adds them.
pub(super) fn write(desk: &Desk<'_>, book: &mut Book) {
    let project = &desk.project.project;
    book.begin("results");
    let owned = project.benefits.iter().filter(|benefit| benefit.owner.is_some());
    if !project.benefits.is_empty() {
        book.add(
            Figure::new(
                "benefits-owned",
                "Benefits with an owner",
                format!("{} of {}", owned.count(), project.benefits.len()),
            )
            .formula("benefits that name an owner ÷ all benefits")
            .lines("benefits", "", project.benefits.iter().map(|benefit| benefit.origin)),
        );
    }
    if let Some(handover) = &project.handover {
        let priced = handover.items.iter().filter_map(|item| Some((item, item.yearly_cost?)));
        let yearly: Amount = priced.clone().map(|(_, cost)| cost).sum();
        let exact = |amount: Amount| format::money_exact(amount, project.currency);
        if yearly != Amount::ZERO {
            book.add(
                Figure::new("running-cost", "Running cost a year", exact(yearly))
                    .formula("Σ yearly cost of everything that is handed over")
                    .inputs(
                        priced
                            .map(|(item, cost)| Input::typed(item.id.to_string(), exact(cost), item.origin)),
                    ),
            );
        }
    }
    tests(desk, book);
    defects(desk, book);
    for deliverable in &project.deliverables {
        if deliverable.criteria.is_empty() {
            continue;
        }
        let anchor = format!("deliverable-{}", deliverable.id);
        let name =
            format!("{} {}", deliverable.id, crate::prose::inline_text(&deliverable.deliverable.markdown));
        book.thing("results", &*anchor, name, Some(deliverable.origin));
        let n_met = deliverable.criteria.iter().filter(|criterion| criterion.is_met()).count();
        book.add(
            Figure::new(
                format!("{anchor}.met"),
                "Criteria met",
                format!("{n_met} of {}", deliverable.criteria.len()),
            )
            .formula("criteria met in full ÷ all criteria")
            .inputs(deliverable.criteria.iter().map(|criterion| {
                let met = criterion
                    .met
                    .map_or_else(|| format::NOTHING.to_owned(), |(met, all)| format!("{met} of {all}"));
                Input::typed(crate::prose::inline_text(&criterion.criterion.markdown), met, criterion.origin)
            })),
        );
    }
    for benefit in &project.benefits {
        let newest = benefit.readings.iter().rev().find(|reading| reading.date <= desk.project.status_date);
        let Some(gone) = newest.and_then(|reading| way_gone(benefit, reading.thousandths)) else { continue };
        let words = |value: Option<i64>| {
            value.map_or_else(
                || format::NOTHING.to_owned(),
                |value| value_words(value, benefit.unit.as_deref()),
            )
        };
        let anchor = format!("benefit-{}", benefit.id);
        book.thing(
            "results",
            &*anchor,
            crate::prose::inline_text(&benefit.benefit.markdown),
            Some(benefit.origin),
        );
        book.add(
            Figure::new(format!("{anchor}.gone"), "Way gone", format::share(gone.get()))
                .formula("way gone = (reading − before) ÷ (target − before)")
                .typed("reading", words(newest.map(|reading| reading.thousandths)), benefit.origin)
                .typed("before", words(benefit.baseline), benefit.origin)
                .typed("target", words(benefit.target), benefit.origin),
        );
    }
}

/// A count: the last part of its key, its name, and what is counted.
type Count<Counted> = (&'static str, &'static str, Counted);

/// Reads one count of a test.
type CasesOf = fn(&TestRun) -> i64;

/// Says whether a defect counts.
type IsCounted<'a> = &'a dyn Fn(&Defect) -> bool;

fn tests(desk: &Desk<'_>, book: &mut Book) {
    let all = tests_until(desk);
    if all.is_empty() {
        return;
    }
    let sum = |count: fn(&TestRun) -> i64| all.iter().map(|test| count(test)).sum::<i64>();
    let counts: [Count<CasesOf>; 5] = [
        ("planned", "planned", |test| test.planned),
        ("run", "run", |test| test.run),
        ("passed", "passed", |test| test.passed),
        ("failed", "failed", |test| test.failed),
        ("blocked", "blocked", |test| test.blocked),
    ];
    for (key, words, count) in counts {
        book.add(
            Figure::new(format!("tests-{key}"), format!("Tests {words}"), format::whole(sum(count)))
                .formula("Σ of all tests by the status date")
                .inputs(all.iter().map(|test| {
                    Input::typed(
                        crate::prose::inline_text(&test.name.markdown),
                        format::whole(count(test)),
                        test.origin,
                    )
                })),
        );
    }
    book.add(
        Figure::new(
            "tests-coverage",
            "Coverage of tests",
            share(sum(|test| test.run), sum(|test| test.planned)),
        )
        .formula("coverage = run ÷ planned")
        .of("run", "tests-run")
        .of("planned", "tests-planned"),
    );
    book.add(
        Figure::new(
            "tests-pass-rate",
            "Pass rate of tests",
            share(sum(|test| test.passed), sum(|test| test.run)),
        )
        .formula("pass rate = passed ÷ run")
        .of("passed", "tests-passed")
        .of("run", "tests-run"),
    );
    for (place, test) in all.iter().enumerate() {
        let anchor = format!("test-{}", place + 1);
        book.thing("results", &*anchor, crate::prose::inline_text(&test.name.markdown), Some(test.origin));
        let rows = [
            ("coverage", "Coverage", ("run", test.run), ("planned", test.planned)),
            ("pass-rate", "Pass rate", ("passed", test.passed), ("run", test.run)),
        ];
        for (key, name, (part_name, part), (base_name, base)) in rows {
            book.add(
                Figure::new(format!("{anchor}.{key}"), name, share(part, base))
                    .formula(format!("{} = {part_name} ÷ {base_name}", name.to_lowercase()))
                    .typed(part_name, format::whole(part), test.origin)
                    .typed(base_name, format::whole(base), test.origin),
            );
        }
    }
}

fn defects(desk: &Desk<'_>, book: &mut Book) {
    let day = desk.project.status_date;
    let all: Vec<&Defect> =
        desk.project.project.defects.iter().filter(|defect| defect.opened <= day).collect();
    if all.is_empty() {
        return;
    }
    for (key, words, severity) in [
        ("1", "of severity 1", Some(1_u8)),
        ("2", "of severity 2", Some(2)),
        ("3", "of severity 3", Some(3)),
        ("4", "of severity 4", Some(4)),
        ("all", "of every severity", None),
    ] {
        let own: Vec<&&Defect> =
            all.iter().filter(|defect| severity.is_none_or(|wanted| defect.severity == wanted)).collect();
        book.thing("results", format!("defects-{key}"), format!("Defects {words}"), None);
        let counts: [Count<IsCounted<'_>>; 4] = [
            ("found", "Found", &|_| true),
            ("closed", "Closed", &|defect| !defect.is_open(day)),
            ("open", "Open", &|defect| defect.is_open(day)),
            ("back", "Came back", &|defect| defect.reopened.is_some_and(|back| back <= day)),
        ];
        for (part, name, is_counted) in counts {
            let lines: Vec<Span> =
                own.iter().filter(|defect| is_counted(defect)).map(|defect| defect.origin).collect();
            let figure = Figure::new(format!("defects-{key}.{part}"), name, lines.len().to_string())
                .formula(format!("number of defects {words} by the status date: {}", name.to_lowercase()));
            let register = all.first().map(|defect| defect.origin);
            book.add(if lines.is_empty() {
                figure.typed_or("register", "none of them", register, "nothing is written in it")
            } else {
                figure.lines("defects", "", lines)
            });
        }
    }
    for defect in all.iter().filter(|defect| defect.is_open(day)) {
        let anchor = format!("defect-{}", crate::page::explain::slug(&defect.id));
        book.thing("results", &*anchor, format!("{} {}", defect.id, defect.title), Some(defect.origin));
        book.add(
            Figure::new(format!("{anchor}.age"), "Age", days_of(desk.working_days(defect.opened, day)))
                .formula("age = working days from the day it was found to the status date")
                .typed("found", format::date(defect.opened), defect.origin)
                .inputs([status_date(desk)])
                .inputs(project_calendar(desk)),
        );
    }
}
