//! Risks, exposure and outside requests: figure by figure.

use crate::control::RiskOutlook;
use crate::format;
use crate::model::{Exposure, Risk};
use crate::page::desk::{Desk, days_of};
use crate::page::explain::task_time::{project_calendar, status_date};
use crate::page::explain::{Book, Figure, Input, three_points};
use crate::page::risks::{impact_words, open_risks, outlook, rate, rating_words};
use crate::quantity::{Amount, Ratio};

/// Adds them.
pub(super) fn write(desk: &Desk<'_>, book: &mut Book) {
    book.group("risks", "Exposure and contingency", Some(super::amounts(desk)));
    exposure(desk, book);
    for risk in open_risks(desk) {
        book.thing("risks", format!("risk-{}", risk.id), risk_name(risk), Some(risk.origin));
        of_risk(desk, book, risk, &risk.current, ("", ""));
        if let Some(residual) = &risk.residual {
            of_risk(desk, book, risk, residual, ("residual-", " after the response"));
        }
        if let Some(inherent) = &risk.inherent {
            of_risk(desk, book, risk, inherent, ("inherent-", " before any response"));
        }
    }
    requests(desk, book);
}

fn risk_name(risk: &Risk) -> String {
    format!("{} {}", risk.id, crate::prose::inline_text(&risk.risk.markdown))
}

fn of_risk(desk: &Desk<'_>, book: &mut Book, risk: &Risk, exposure: &Exposure, (part, words): (&str, &str)) {
    let key = |name: &str| format!("risk-{}.{part}{name}", risk.id);
    let exact = |amount: Amount| desk.money_exact(amount);
    let has_ledger = book.day().is_none();
    let rating = rate(desk, exposure);
    let typed = |field: &str| desk.field(risk.origin, &format!("{}{field}", part.replace('-', ".")));
    let tolerance = desk.project.project.field_origins.get("tolerance.time").copied();
    book.add(
        Figure::new(key("score"), format!("Rating{words}"), rating_words(rating))
            .formula("rating = class of probability × class of impact; the impact is the worse of cost in shares of the budget and time in shares of the tolerance")
            .typed("probability", format::percent(exposure.probability), typed("probability"))
            .typed("impact", impact_words(desk, exposure), typed("impact"))
            .inputs(exposure.cost_range.map(|_| Input::of("cost, a mean", key("cost"))))
            .inputs(exposure.time_range.map(|_| Input::of("time, a mean", key("time"))))
            .of("BAC", "bac")
            .inputs(tolerance.map(|origin| {
                Input::typed("tolerance of time", desk.project.project.tolerance.time.map_or_else(String::new, |time| desk.days(time)), origin)
            }))
            .inputs(super::limits::of_rating(desk)),
    );
    book.add(
        Figure::new(key("emv"), format!("Expected cost{words}"), exact(exposure.expected_value()))
            .formula("expected cost = probability × cost")
            .typed("probability", format::percent(exposure.probability), typed("probability"))
            .inputs([super::ledger::conversion_of(desk, has_ledger, &[typed("impact.cost")]).map_or_else(
                || match exposure.cost_range {
                    Some(range) if range.currency() == desk.project.project.currency => {
                        Input::of("cost", key("cost"))
                    }
                    _ => Input::typed("cost", exact(exposure.cost), typed("impact.cost")),
                },
                |converted| converted.labelled("cost"),
            )])
            .inputs(
                exposure
                    .cost_range
                    .filter(|range| range.currency() != desk.project.project.currency)
                    .map(|range| Input::of(format!("the mean in {}", range.currency()), key("cost"))),
            ),
    );
    if let Some(range) = exposure.cost_range {
        let money = |amount| format::money_exact(amount, range.currency());
        book.add(three_points::pert(
            Figure::new(
                key("cost"),
                format!("Cost if it happens{words}, the mean of three"),
                money(range.mean().amount),
            ),
            [range.low(), range.likely(), range.high()].map(money),
            ["lowest", "most likely", "highest"],
            typed("impact.cost"),
        ));
    }
    if let Some(lengths) = exposure.time_range {
        let days = |minutes| three_points::days(minutes, desk.project.minutes_per_day());
        book.add(three_points::pert(
            Figure::new(
                key("time"),
                format!("Delay if it happens{words}, the mean of three"),
                days(exposure.time as f64),
            ),
            lengths.map(|minutes| days(minutes as f64)),
            ["shortest", "most likely", "longest"],
            typed("impact.time"),
        ));
    }
}

/// What is left of all risks once every response works.
const EXPOSURE: &str = "Exposure: threats less opportunities, after response";

/// What is left of the threats alone.
const THREATS: &str = "Threats after response";

fn exposure(desk: &Desk<'_>, book: &mut Book) {
    let open = open_risks(desk);
    if open.is_empty() {
        if let Some(first) = desk.project.project.registers.risks.first() {
            for (key, name) in [("exposure", EXPOSURE), ("threats", THREATS)] {
                book.add(
                    Figure::new(key, name, desk.money_exact(Amount::ZERO))
                        .formula("nothing: no risk is open on the status date")
                        .typed("register", "", first.origin)
                        .inputs([status_date(desk)]),
                );
            }
        }
        return;
    }
    let exact = |amount: Amount| desk.money_exact(amount);
    let left = |risk: &&Risk| {
        let part = if risk.residual.is_some() { "residual-" } else { "" };
        Input::of(risk.id.to_string(), format!("risk-{}.{part}emv", risk.id))
    };
    let outlook = outlook(desk);
    book.add(
        Figure::new("exposure", EXPOSURE, exact(outlook.expected_value()))
            .formula(
                "exposure = Σ probability × cost of all open risks, after response where one is recorded",
            )
            .inputs(open.iter().map(left)),
    );
    let now = RiskOutlook::of(open.iter().map(|risk| risk.current)).expected_value();
    book.add(
        Figure::new("exposure-now", "Threats less opportunities, as they stand", exact(now))
            .formula("Σ probability × cost of all open risks as they stand")
            .inputs(open.iter().map(|risk| Input::of(risk.id.to_string(), format!("risk-{}.emv", risk.id)))),
    );
    let today = crate::page::risks::outlook_today(desk).threats;
    let day = desk.project.status_date;
    let registers = &desk.project.project.registers;
    let standing = |risk: &&Risk| {
        let part = if registers.is_answered(risk, day) && risk.residual.is_some() { "residual-" } else { "" };
        Input::of(risk.id.to_string(), format!("risk-{}.{part}emv", risk.id))
    };
    let threatening = |risk: &&&Risk| registers.exposure_on(risk, day).expected_value() >= Amount::ZERO;
    book.add(
        Figure::new("threats-today", "Threats as they stand", exact(today))
            .formula("Σ expected cost of open threats, after response only where every action of it is done")
            .inputs(open.iter().filter(threatening).map(standing))
            .inputs([status_date(desk)]),
    );
    let judged = crate::page::risks::outlook_judged(desk).threats;
    let decided = |risk: &&Risk| {
        let is_after = !registers.awaits_decision(risk, day) && risk.residual.is_some();
        let part = if is_after { "residual-" } else { "" };
        Input::of(risk.id.to_string(), format!("risk-{}.{part}emv", risk.id))
    };
    let weighs = |risk: &&&Risk| registers.exposure_as_decided(risk, day).expected_value() >= Amount::ZERO;
    if judged != outlook.threats {
        book.add(
            Figure::new("threats-judged", "Threats that the colour of risk judges: as they stand where the response waits for a decision", exact(judged))
                .formula(
                    "Σ expected cost of open threats, after response, as they stand where the response waits for a decision",
                )
                .inputs(open.iter().filter(weighs).map(decided))
                .inputs([status_date(desk)]),
        );
    }
    let threats: Vec<Input> =
        open.iter().filter(|risk| risk.remaining().expected_value() >= Amount::ZERO).map(left).collect();
    let is_none = threats.is_empty();
    let figure = Figure::new("threats", THREATS, exact(outlook.threats))
        .formula("Σ expected cost of open threats, after response where one is recorded")
        .inputs(threats);
    book.add(if is_none { figure.of("exposure", "exposure") } else { figure });
    if outlook.opportunities > Amount::ZERO {
        let gains = open.iter().filter(|risk| risk.remaining().expected_value() < Amount::ZERO);
        book.add(
            Figure::new("opportunities", "Expected gain", exact(outlook.opportunities))
                .formula("Σ expected gain of open opportunities, after response where one is recorded")
                .inputs(gains.map(left)),
        );
    }
    against_contingency(desk, book, (outlook.threats, judged));
}

/// What of the contingency is left after the threats, by both of their sums, and how often it covers them.
fn against_contingency(desk: &Desk<'_>, book: &mut Book, (threats, judged): (Amount, Amount)) {
    let exact = |amount: Amount| desk.money_exact(amount);
    let contingency = &desk.project.control.spending.contingency;
    let left = [
        ("contingency-after-exposure", "Contingency left after threats", "threats", threats),
        (
            "contingency-after-judged",
            "Contingency left after the threats that are judged",
            "threats-judged",
            judged,
        ),
    ];
    // Where both sums are one, one is told.
    let n_told = if judged == threats { 1 } else { 2 };
    for (key, name, sum, amount) in
        left.into_iter().take(n_told).filter(|_| contingency.granted > Amount::ZERO)
    {
        book.add(
            Figure::new(key, name, exact(contingency.remaining - amount))
                .formula("left after threats = contingency left − threats")
                .of("contingency left", "contingency-left")
                .of("threats", sum),
        );
    }
    if let Some(times) =
        Ratio::of_amounts(contingency.remaining, threats).filter(|_| contingency.granted > Amount::ZERO)
    {
        book.add(
            Figure::new("coverage", "Coverage of threats by contingency", format::number(times.get(), 1))
                .formula("coverage = contingency left ÷ threats")
                .of("contingency left", "contingency-left")
                .of("threats", "threats"),
        );
    }
}

fn requests(desk: &Desk<'_>, book: &mut Book) {
    let project = &desk.project.project;
    for (request, position) in project.registers.requests.iter().zip(&desk.project.control.requests) {
        let anchor = format!("request-{}", request.id);
        let name = format!("{} {}", request.id, crate::prose::inline_text(&request.request.markdown));
        book.thing("risks", &*anchor, name, Some(request.origin));
        let key = |name: &str| format!("{anchor}.{name}");
        let start = request.needed_for.map(|number| {
            let task = project.task(number);
            let end = if task.is_point() { "finish" } else { "start" };
            Input::of(format!("{end} of “{}”", task.name), format!("task-{}.{end}", task.id))
        });
        if let Some(day) = position.needed_by {
            book.add(
                Figure::new(key("needed-by"), "Needed by", format::date(day))
                    .formula("needed by = the last working day before the task would start if nothing from outside held it")
                    .inputs(start.clone())
                    .typed("needed for", "", desk.field(request.origin, "for")),
            );
        }
        let received = request
            .received
            .filter(|_| !position.is_open)
            .map(|day| Input::typed("received", format::date(day), desk.field(request.origin, "received")));
        let typed = request.promised.map_or_else(|| format::NOTHING.to_owned(), format::date);
        if let Some(margin) = position.margin {
            book.add(
                Figure::new(key("margin"), "Margin", days_of(margin))
                    .formula("margin = working days from when it comes to the day it is needed by; it comes on the day received, while open on the day promised, but not before the status date")
                    .of("needed by", key("needed-by"))
                    .typed("promised day", typed.clone(), desk.field(request.origin, "promised"))
                    .inputs(received.clone())
                    .inputs([status_date(desk)])
                    .inputs(project_calendar(desk)),
            );
        }
        if let Some(later) = position.week_later {
            book.add(
                Figure::new(key("week-later"), "Finish if it comes a week later", format::date(later.finish))
                    .formula("the plan scheduled again with it coming seven calendar days later than promised; where nothing is promised, or the promise is broken, later than it is needed")
                    .typed("comes then", format::date(later.comes), desk.field(request.origin, "promised"))
                    .of("finish as forecast", "finish"),
            );
        }
        let counted = [
            ("overdue", "Overdue", position.overdue, "working days from the promised day to the status date"),
            (
                "waiting",
                "Waiting",
                position.waiting_days,
                "working days since it was asked for, until it was received or the status date",
            ),
            (
                "start-in",
                "Task starts in",
                position.start_in,
                "working days from the status date to the start of the task that needs it",
            ),
        ];
        for (part, name, days, formula) in counted {
            let Some(days) = days else { continue };
            let figure = Figure::new(key(part), name, format::whole(days))
                .formula(formula)
                .inputs([status_date(desk)])
                .inputs(project_calendar(desk));
            let asked = request.asked.map_or_else(|| format::NOTHING.to_owned(), format::date);
            book.add(match part {
                "overdue" => {
                    figure.typed("promised day", typed.clone(), desk.field(request.origin, "promised"))
                }
                "waiting" => {
                    figure.typed("asked", asked, desk.field(request.origin, "asked")).inputs(received.clone())
                }
                _ => figure.inputs(start.clone()),
            });
        }
    }
}
