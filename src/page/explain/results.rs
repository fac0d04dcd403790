//! What is delivered, tested, handed over and gained: figure by figure.

use crate::control::{BenefitForecast, DefectTrend, escape};
use crate::diagnostic::Span;
use crate::format;
use crate::model::{Benefit, Defect, TestCount};
use crate::page::benefits::{way_gone, way_words};
use crate::page::desk::{Desk, days_of};
use crate::page::explain::task_time::{project_calendar, status_date};
use crate::page::explain::{Book, Figure, Input};
use crate::page::handover::limit_words;
use crate::page::tests_and_defects::{is_before_first_count, place_of_count, share, tests_until};
use crate::quantity::Amount;

/// Adds them.
pub(super) fn write(desk: &Desk<'_>, book: &mut Book) {
    let project = &desk.project.project;
    book.group("results", "Benefits and running cost", Some(super::amounts(desk)));
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
        let day = desk.project.status_date;
        let n_reached = project.benefits.iter().filter(|benefit| benefit.is_reached(day)).count();
        book.add(
            Figure::new("benefits-reached", "Benefits reached", n_reached.to_string())
                .formula("number of benefits whose newest reading is at the target or beyond it")
                .lines("benefits", "", project.benefits.iter().map(|benefit| benefit.origin)),
        );
    }
    if let Some(handover) = &project.handover {
        let priced = handover.items.iter().filter_map(|item| Some((item, item.yearly_cost?)));
        let yearly: Amount = priced.clone().map(|(_, cost)| cost).sum();
        let exact = |amount: Amount| desk.money_exact(amount);
        if yearly != Amount::ZERO {
            book.add(
                Figure::new("running-cost", "Running cost a year", exact(yearly))
                    .formula("Σ yearly cost of everything that is handed over")
                    .inputs(priced.map(|(item, cost)| {
                        let place = desk.field(item.origin, "yearly_cost");
                        Input::typed(item.id.to_string(), exact(cost), place)
                    })),
            );
        }
    }
    super::requirements::write(desk, book);
    book.group("results", "Tests, defects and acceptance", None);
    first_pass(desk, book);
    criteria_met(desk, book);
    tests(desk, book);
    defects(desk, book);
    limits(desk, book);
    for deliverable in &project.deliverables {
        if deliverable.criteria.is_empty() {
            continue;
        }
        let anchor = format!("deliverable-{}", deliverable.id);
        let name =
            format!("{} {}", deliverable.id, crate::prose::inline_text(&deliverable.deliverable.markdown));
        book.thing("results", &*anchor, name, Some(deliverable.origin));
        let day = desk.project.status_date;
        let known: Vec<_> = deliverable.criteria.iter().map(|criterion| criterion.known_on(day)).collect();
        let n_met = known.iter().filter(|criterion| criterion.is_met()).count();
        book.add(
            Figure::new(
                format!("{anchor}.met"),
                "Criteria met",
                format!("{n_met} of {}", deliverable.criteria.len()),
            )
            .formula("criteria met in full ÷ all criteria")
            .inputs(known.iter().map(|criterion| {
                let met = criterion
                    .met
                    .map_or_else(|| format::NOTHING.to_owned(), |(met, all)| format!("{met} of {all}"));
                let name = crate::prose::inline_text(&criterion.criterion.markdown);
                Input::typed(name, met, desk.field(criterion.origin, "met"))
            })),
        );
    }
    for benefit in &project.benefits {
        let newest = benefit.newest(desk.project.status_date);
        let words = |value: Option<i64>| {
            value.map_or_else(
                || format::NOTHING.to_owned(),
                |value| format::measure(value, benefit.unit.as_deref()),
            )
        };
        let anchor = format!("benefit-{}", benefit.id);
        book.thing(
            "results",
            &*anchor,
            crate::prose::inline_text(&benefit.benefit.markdown),
            Some(benefit.origin),
        );
        forecast(desk, book, benefit, &anchor);
        let Some(reading) = newest else { continue };
        let Some(gone) = way_gone(benefit, reading.thousandths) else { continue };
        book.add(
            Figure::new(format!("{anchor}.gone"), "Way gone", way_words(gone))
                .formula("way gone = (reading − before) ÷ (target − before)")
                .typed("reading", words(Some(reading.thousandths)), desk.field(reading.origin, "value"))
                .typed("before", words(benefit.baseline), desk.field(benefit.origin, "baseline"))
                .typed("target", words(benefit.target), desk.field(benefit.origin, "target")),
        );
    }
}

/// How much of what was submitted was accepted at once.
fn first_pass(desk: &Desk<'_>, book: &mut Book) {
    let day = desk.project.status_date;
    let all = desk.project.project.deliverables.iter();
    let submitted: Vec<_> = all.filter(|deliverable| deliverable.is_submitted(day)).collect();
    if submitted.is_empty() {
        return;
    }
    let n_first = submitted.iter().filter(|deliverable| deliverable.is_accepted_first_time(day)).count();
    let share =
        share(i64::try_from(n_first).unwrap_or(i64::MAX), i64::try_from(submitted.len()).unwrap_or(i64::MAX));
    let inputs = submitted.iter().map(|deliverable| {
        let (how, field) = match (deliverable.is_accepted_first_time(day), deliverable.is_accepted(day)) {
            (true, _) => ("accepted the first time", "accepted"),
            (false, true) => ("accepted after it was sent back", "rejected"),
            (false, false) => ("not accepted", "submitted"),
        };
        Input::typed(deliverable.id.to_string(), how, desk.field(deliverable.origin, field))
    });
    book.add(
        Figure::new("first-pass", "First-pass acceptance", share)
            .formula("accepted without ever having been sent back ÷ submitted")
            .inputs(inputs),
    );
}

/// How many criteria of all deliverables are met in full.
fn criteria_met(desk: &Desk<'_>, book: &mut Book) {
    let day = desk.project.status_date;
    let all = desk.project.project.deliverables.iter().flat_map(|deliverable| &deliverable.criteria);
    let all: Vec<_> = all.collect();
    if all.is_empty() {
        return;
    }
    let met: Vec<_> = all.iter().filter(|criterion| criterion.known_on(day).is_met()).collect();
    let place = |origin: Span| desk.field(origin, "met");
    book.add(
        Figure::new("criteria-met", "Criteria met in full", format!("{} of {}", met.len(), all.len()))
            .formula("criteria of all deliverables that are met in full ÷ all of them")
            .lines("met in full", met.len().to_string(), met.iter().map(|criterion| place(criterion.origin)))
            .lines("criteria", all.len().to_string(), all.iter().map(|criterion| criterion.origin))
            .inputs([status_date(desk)]),
    );
}

/// Whether each limit of early life is kept.
fn limits(desk: &Desk<'_>, book: &mut Book) {
    let day = desk.project.status_date;
    let all = desk.project.project.handover.iter().flat_map(|handover| &handover.indicators);
    for (place, indicator) in all.enumerate() {
        let Some(is_within) = indicator.is_within(day) else { continue };
        let anchor = format!("indicator-{}", place + 1);
        let name = crate::prose::inline_text(&indicator.indicator.markdown);
        book.thing("results", &*anchor, name, Some(indicator.origin));
        let figure =
            Figure::new(format!("{anchor}.within"), "State", if is_within { "Inside" } else { "Outside" });
        let typed = |field: &str| desk.field(indicator.origin, field);
        book.add(match indicator.newest(day) {
            Some(reading) => figure
                .formula(
                    "inside = newest reading by the status date ≤ limit (at most), or ≥ limit (at least)",
                )
                .typed(
                    format!("reading of {}", format::date(reading.date)),
                    format::measure(reading.thousandths, indicator.unit.as_deref()),
                    desk.field(reading.origin, "value"),
                )
                .typed("limit", limit_words(indicator).unwrap_or_default(), typed("limit")),
            None => figure.formula("as somebody stated, because no number measures it").typed(
                "within",
                if is_within { "true" } else { "false" },
                typed("within"),
            ),
        });
    }
}

/// What is to be expected of a benefit on the day it is due.
fn forecast(desk: &Desk<'_>, book: &mut Book, benefit: &Benefit, anchor: &str) {
    let day = desk.project.status_date;
    let words = |value: i64| format::measure(value, benefit.unit.as_deref());
    let (value, formula) = match BenefitForecast::of(benefit, day) {
        BenefitForecast::Along { thousandths, .. } => (
            words(thousandths),
            "the straight line of least squares through all readings, on the day it is due; from four readings on, to the decimals of the readings, not below zero, and a share not above 100 %",
        ),
        BenefitForecast::Read { thousandths, .. } => (words(thousandths), "the newest reading: it is due"),
        _ => (format::NOTHING.to_owned(), "none: there are too few readings, or no target"),
    };
    let readings = benefit.readings.iter().filter(|reading| reading.date <= day);
    let readings = readings.map(|reading| {
        Input::typed(
            format!("reading of {}", format::date(reading.date)),
            words(reading.thousandths),
            desk.field(reading.origin, "value"),
        )
    });
    book.add(
        Figure::new(format!("{anchor}.forecast"), "Forecast", value).formula(formula).inputs(readings).typed(
            "due",
            benefit.due.map_or_else(|| format::NOTHING.to_owned(), format::date),
            desk.field(benefit.origin, "due"),
        ),
    );
}

/// A count: the last part of its key, its name, and what is counted.
type Count<Counted> = (&'static str, &'static str, Counted);

/// Reads one count of a test.
type CasesOf = fn(&TestCount) -> i64;

/// Says whether a defect counts.
type IsCounted<'a> = &'a dyn Fn(&Defect) -> bool;

fn tests(desk: &Desk<'_>, book: &mut Book) {
    let all = tests_until(desk);
    if all.is_empty() {
        return;
    }
    let sum = |count: CasesOf| all.iter().map(|(_, test)| count(test)).sum::<i64>();
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
                .formula("Σ of all tests by the status date; of one that nobody had counted yet none is run")
                .inputs(all.iter().map(|(test, cases)| {
                    Input::typed(
                        crate::prose::inline_text(&test.name.markdown),
                        format::whole(count(cases)),
                        place_of_count(desk, test, cases, key),
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
    for (place, (test, count)) in all.iter().enumerate() {
        let anchor = format!("test-{}", place + 1);
        book.thing("results", &*anchor, crate::prose::inline_text(&test.name.markdown), Some(test.origin));
        let rows = [
            ("coverage", "Coverage", ("run", count.run), ("planned", count.planned)),
            ("pass-rate", "Pass rate", ("passed", count.passed), ("run", count.run)),
        ];
        for (key, name, (part_name, part), (base_name, base)) in rows {
            let mut figure = Figure::new(format!("{anchor}.{key}"), name, share(part, base))
                .formula(format!("{} = {part_name} ÷ {base_name}", name.to_lowercase()));
            for (label, number) in [(part_name, part), (base_name, base)] {
                figure = if label != "planned" && is_before_first_count(desk, test) {
                    figure.given(label, format::whole(number), "nobody had counted yet")
                } else {
                    figure.typed(label, format::whole(number), place_of_count(desk, test, count, label))
                };
            }
            book.add(figure);
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
        let counts: [Count<IsCounted<'_>>; 5] = [
            ("found", "Found", &|_| true),
            ("closed", "Closed", &|defect| !defect.is_open(day)),
            ("open", "Open", &|defect| defect.is_open(day)),
            ("back", "Came back", &|defect| defect.n_returns(day) > 0),
            ("escaped", "Found after acceptance or go-live", &|defect| {
                escape(&desk.project.project, defect).is_some()
            }),
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
    trend(desk, book, &all);
    for defect in all.iter().filter(|defect| defect.is_open(day)) {
        let anchor = format!("defect-{}", crate::page::explain::slug(&defect.id));
        book.thing("results", &*anchor, format!("{} {}", defect.id, defect.title), Some(defect.origin));
        book.add(
            Figure::new(format!("{anchor}.age"), "Age", days_of(desk.working_days_from(defect.opened, day)))
                .formula("age = working days from the day it was found to the status date")
                .typed("found", format::date(defect.opened), defect.origin)
                .inputs([status_date(desk)])
                .inputs(project_calendar(desk)),
        );
    }
}

/// How old the open defects are, and how many came back.
fn trend(desk: &Desk<'_>, book: &mut Book, all: &[&Defect]) {
    let project = &desk.project.project;
    let day = desk.project.status_date;
    let Some(trend) = DefectTrend::of(&project.defects, &project.working_time(), day) else { return };
    book.group("results", "Tests, defects and acceptance", None);
    for (key, share, words) in [("defects-p50", 50, "half"), ("defects-p90", 90, "nine of ten")] {
        let Some(age) = trend.age(share) else { continue };
        let open = all.iter().filter(|defect| defect.is_open(day));
        book.add(
            Figure::new(key, format!("Age that {words} of the open defects do not exceed"), days_of(age))
                .formula("the age of the nearest rank among open defects in order of age; age = working days from the day found to the status date")
                .inputs(open.map(|defect| {
                    let age = desk.working_days_from(defect.opened, day);
                    Input::typed(defect.id.clone(), days_of(age), defect.origin)
                }))
                .inputs([status_date(desk)]),
        );
    }
    let rate =
        trend.reopen_rate().map_or_else(|| format::NOTHING.to_owned(), |rate| format::share(rate.get()));
    let reopened = all.iter().filter(|defect| defect.n_returns(day) > 0);
    let closed = all.iter().filter(|defect| defect.was_closed(day));
    book.add(
        Figure::new("defects-came-back", "Share of closed defects that came back", rate)
            .formula("came back = reopened ÷ ever closed")
            .lines("reopened", trend.n_came_back.to_string(), reopened.map(|defect| defect.origin))
            .lines("ever closed", trend.n_closed_ever.to_string(), closed.map(|defect| defect.origin))
            .lines("register", "", all.iter().map(|defect| defect.origin)),
    );
}
