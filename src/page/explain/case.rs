//! The business case: the years and measures of every option as typed, and of the preferred one as approved, as planned
//! and now.

use jiff::civil::Date;

use crate::control::{Approval, CaseFigures, CaseState, CostBasis, LivingCase};
use crate::diagnostic::Span;
use crate::format;
use crate::model::{BusinessCase, CaseLine, CaseOption};
use crate::page::case_then_now::{NPV_BY_WHAT_IS_LEFT, npv_by_what_is_left, npv_key};
use crate::page::desk::Desk;
use crate::page::explain::case_measures::{self, Scope};
use crate::page::explain::{Book, Figure, Input, slug};
use crate::quantity::Amount;

/// Adds them; none without a business case.
pub(super) fn write(desk: &Desk<'_>, book: &mut Book) {
    let (Some(figures), Some(case)) =
        (desk.project.control.case.as_ref(), desk.project.project.business_case.as_ref())
    else {
        return;
    };
    let nothing = case.do_nothing.and_then(|place| case.options.get(place));
    for (place, (option, own)) in case.options.iter().zip(&figures.options).enumerate() {
        let years = 0..own.net.len();
        let of = |lines: fn(&CaseOption) -> &[CaseLine], year: usize| {
            let against = nothing.filter(|nothing| nothing.id != option.id);
            let against = against.map(|nothing| of_year(desk, figures, lines(nothing), year, "do nothing: "));
            let mut inputs = of_year(desk, figures, lines(option), year, "");
            inputs.extend(against.unwrap_or_default());
            inputs
        };
        let scope = Scope {
            anchor: option_anchor(place),
            option,
            figures: own,
            rate: rate(case.rate, desk.field(case.origin, "rate")),
            costs: years.clone().map(|year| of(|option| &option.costs, year)).collect(),
            benefits: years.map(|year| of(|option| &option.benefits, year)).collect(),
            origin: option.origin,
            said: None,
            is_yearly: !has_days(option) && !nothing.is_some_and(has_days),
            days_late: 0,
        };
        book.thing("case", &*scope.anchor, &*option.name, Some(option.origin));
        case_measures::write(desk, book, &scope);
    }
    if let Some(living) = &figures.living {
        write_living(desk, book, (case, figures, living));
    }
    of_the_project(desk, book);
}

/// Measures of the preferred option as it stands, by the short key under which the project has them.
const OF_THE_PROJECT: &[(&str, &str)] = &[
    ("npv", "Net present value (NPV)"),
    ("npv-cashable", "NPV of benefits that bring in money"),
    ("irr", "Internal rate of return (IRR)"),
    ("mirr", "Modified internal rate (MIRR)"),
    ("payback", "Payback"),
    ("discounted-payback", "Discounted payback"),
    ("bcr", "Benefit–cost ratio (BCR)"),
    ("roi", "Return on investment (ROI), undiscounted"),
    ("discounted-roi", "Return on investment, discounted"),
    ("pi", "Profitability index (PI)"),
    ("tco", "Total cost of ownership (TCO)"),
    ("eav", "Equivalent annual value (EAV)"),
];

/// The project's own measures: those of the option it carries out.
fn of_the_project(desk: &Desk<'_>, book: &mut Book) {
    let anchor = preferred_anchor(desk);
    let is_living = desk.project.control.case.as_ref().is_some_and(|case| case.living.is_some());
    let words = if is_living { "as it stands now" } else { "as typed" };
    book.group("case", "The preferred option", Some(super::amounts(desk)));
    for (key, name) in OF_THE_PROJECT {
        let long = format!("{anchor}.{}", slug(name));
        let Some(value) = book.get(&long).map(|figure| figure.value.clone()) else { continue };
        book.add(
            Figure::new(*key, *name, value)
                .formula(format!("that of the preferred option, {words}"))
                .of("the preferred option", long),
        );
    }
}

/// The first part of the keys of an option as typed, by its place in the file.
#[must_use]
pub fn option_anchor(place: usize) -> String {
    format!("option-{}", place + 1)
}

/// The first part of the keys of the preferred option as pages lead with it: as it stands now where the case lives.
#[must_use]
pub fn preferred_anchor(desk: &Desk<'_>) -> String {
    match desk.project.control.case.as_ref() {
        Some(case) if case.living.is_some() => "case-now".to_owned(),
        Some(case) => option_anchor(case.preferred.unwrap_or_default()),
        None => String::new(),
    }
}

/// The same as it was approved.
#[must_use]
pub fn approved_anchor(desk: &Desk<'_>) -> String {
    let is_living = desk.project.control.case.as_ref().is_some_and(|case| case.living.is_some());
    if is_living { "case-approved".to_owned() } else { preferred_anchor(desk) }
}

fn has_days(option: &CaseOption) -> bool {
    option.costs.iter().chain(&option.benefits).any(|line| !line.dated.is_empty())
}

fn rate(hundredths: i64, origin: Span) -> Input {
    Input::typed("rate", format::share(hundredths as f64 / 10_000.0), origin)
}

/// What is typed for a year, line by line.
fn of_year(
    desk: &Desk<'_>,
    figures: &CaseFigures,
    lines: &[CaseLine],
    year: usize,
    before: &str,
) -> Vec<Input> {
    let mut inputs = Vec::new();
    for line in lines {
        let name = format!("{before}{}", line.name);
        let typed = line.years.get(year).map(|range| range.likely).filter(|amount| *amount != Amount::ZERO);
        inputs.extend(typed.map(|amount| Input::typed(name.clone(), desk.money_exact(amount), line.origin)));
        inputs.extend(line.dated.iter().filter(|dated| year_of(figures.first_day, dated.day) == year).map(
            |dated| {
                let label = format!("{name} on {}", format::date(dated.day));
                Input::typed(label, desk.money_exact(dated.amount.likely), line.origin)
            },
        ));
    }
    inputs
}

/// The year of the case in which a day falls.
fn year_of(first_day: Date, day: Date) -> usize {
    let span = first_day.until((jiff::Unit::Year, day));
    span.ok().and_then(|span| usize::try_from(span.get_years()).ok()).unwrap_or_default()
}

fn write_living(
    desk: &Desk<'_>,
    book: &mut Book,
    (case, figures, living): (&BusinessCase, &CaseFigures, &LivingCase),
) {
    let Some(option) = case.options.get(living.option) else { return };
    let states = [
        ("case-approved", "as approved", &living.approved),
        ("case-planned", "as planned", &living.planned),
        ("case-now", "now", &living.now),
    ];
    for (anchor, words, state) in states {
        let frozen = match &living.approved_by {
            Approval::Frozen { baseline, .. } if anchor == "case-approved" => {
                let mut known = desk.project.project.baselines.iter();
                known.find(|known| known.id == *baseline).and_then(|known| known.case.as_ref())
            }
            _ => None,
        };
        let years = 0..state.figures.net.len();
        let inputs = |amounts: &[Amount], of: &dyn Fn(usize) -> Vec<Input>| -> Vec<Vec<Input>> {
            years
                .clone()
                .map(|year| match frozen {
                    Some(frozen) => {
                        let amount = amounts.get(year).copied().unwrap_or_default();
                        vec![Input::typed("as frozen", desk.money_exact(amount), frozen.origin)]
                    }
                    None => of(year),
                })
                .collect()
        };
        let is_carried = anchor != "case-approved" && living.cost_basis != CostBasis::Typed;
        let costs = inputs(&state.figures.costs, &|year| {
            let typed = option.costs.iter().enumerate();
            let typed = typed.filter(|(place, _)| !(is_carried && case.carried.contains(place)));
            let typed: Vec<CaseLine> = typed.map(|(_, line)| line.clone()).collect();
            let mut inputs = of_year(desk, figures, &typed, year, "");
            if is_carried {
                inputs.extend(own_cost(anchor == "case-now" && living.cost_basis == CostBasis::Estimate));
            }
            inputs
        });
        let benefits = inputs(&state.figures.benefits, &|year| {
            if state.days_late <= 0 {
                return of_year(desk, figures, &option.benefits, year, "");
            }
            let late = usize::try_from(state.days_late / 365).unwrap_or_default();
            let typed = |back: usize, words: &str| {
                let year = year.checked_sub(late + back);
                year.map(|year| of_year(desk, figures, &option.benefits, year, words)).unwrap_or_default()
            };
            let mut inputs = typed(0, "");
            inputs.extend(typed(1, "year before: "));
            inputs.push(Input::of("days late", format!("{anchor}.days-late")));
            inputs
        });
        let rate_of = frozen.map_or_else(
            || rate(case.rate, desk.field(case.origin, "rate")),
            |known| rate(known.rate, known.origin),
        );
        let scope = Scope {
            anchor: anchor.to_owned(),
            option,
            figures: &state.figures,
            rate: rate_of,
            costs,
            benefits,
            origin: frozen.map_or(option.origin, |frozen| frozen.origin),
            said: frozen.filter(|frozen| frozen.net_present_value.is_some()).map(|frozen| frozen.origin),
            is_yearly: frozen.is_some() || !has_days(option),
            days_late: if frozen.is_some() { 0 } else { state.days_late },
        };
        book.thing("case", anchor, format!("{} {words}", option.name), Some(scope.origin));
        moved(desk, book, case, (anchor, state));
        case_measures::write(desk, book, &scope);
    }
    differences(desk, book, living);
}

/// What the project itself spends: its estimate, or its budget.
fn own_cost(is_estimate: bool) -> Vec<Input> {
    if is_estimate {
        vec![
            Input::of("actual cost, in the years in which it was booked", "ac"),
            Input::of("estimate of the rest, evenly to the forecast finish", "etc"),
        ]
    } else {
        vec![Input::of("the project's own budget, as it was planned over time", "bac")]
    }
}

/// The baseline that the case was approved with; none where no baseline carries it.
fn approved_by<'a>(desk: &Desk<'a>) -> Option<&'a crate::quantity::Id> {
    match &desk.project.control.case.as_ref()?.living.as_ref()?.approved_by {
        Approval::Frozen { baseline, .. } => Some(baseline),
        Approval::Typed => None,
    }
}

/// What moves the case: the project's own cost, and how late benefits begin.
fn moved(desk: &Desk<'_>, book: &mut Book, case: &BusinessCase, (anchor, state): (&str, &CaseState)) {
    if let Some(carried) = state.carried {
        let figure = Figure::new(
            format!("{anchor}.carried"),
            "What the project itself costs",
            desk.money_exact(carried),
        );
        let typed = || {
            let option = case.preferred.and_then(|place| case.options.get(place));
            let lines = case.carried.iter().filter_map(move |place| option?.costs.get(*place));
            lines.map(|line| Input::typed(line.name.clone(), "", line.origin)).collect::<Vec<_>>()
        };
        let total = &desk.project.control.total;
        let frozen = desk.project.project.baselines.iter().rev().find_map(|baseline| {
            let is_meant = approved_by(desk) == Some(&baseline.id);
            baseline.case.as_ref().filter(|_| is_meant && anchor == "case-approved")
        });
        book.add(if let Some(frozen) = frozen {
            let place = desk.field(frozen.origin, "carried");
            figure.formula("as it was frozen").typed("carried", desk.money_exact(carried), place)
        } else if carried == total.estimate() && anchor == "case-now" {
            figure.formula("EAC = AC + ETC").of("AC", "ac").of("ETC", "etc")
        } else if carried == total.budget && anchor != "case-approved" {
            figure.formula("BAC").of("BAC", "bac")
        } else {
            figure.formula("Σ of the lines that the project carries").inputs(typed())
        });
    }
    if let (Some(day), Some(task)) = (state.benefits_day, case.benefits_wait_for) {
        let id = &desk.project.project.task(task).id;
        let part = if anchor == "case-now" { "finish" } else { "promised" };
        let key = format!("task-{id}.{part}");
        let figure =
            Figure::new(format!("{anchor}.benefits-day"), "Benefits may begin on", format::date(day))
                .formula("the day on which is there what the benefits wait for");
        book.add(figure.of("its day", key).typed(
            "business case",
            "",
            desk.field(case.origin, "benefits_wait_for"),
        ));
        book.add(
            Figure::new(
                format!("{anchor}.days-late"),
                "Benefits come later by",
                format::whole(state.days_late),
            )
            .formula("calendar days from the day the case counts on; never below zero")
            .of("benefits may begin on", format!("{anchor}.benefits-day"))
            .typed("business case", "", case.origin),
        );
    }
}

fn differences(desk: &Desk<'_>, book: &mut Book, living: &LivingCase) {
    let npv = |state: &CaseState| Some(state.figures.npv);
    let of = [
        (
            "case-moved",
            "Net present value, now less approved",
            npv as fn(&CaseState) -> _,
            "net-present-value-npv",
        ),
        (
            "case-cost-moved",
            "The project's own cost, now less approved",
            |state: &CaseState| state.carried,
            "carried",
        ),
    ];
    if let Some(npv) = npv_by_what_is_left(desk) {
        book.add(
            Figure::new(NPV_BY_WHAT_IS_LEFT, "NPV, the rest counted piece by piece (EAC₄)", desk.money_exact(npv))
                .formula(
                    "the case now, with what EAC₄ is more than the estimate that stands in it spent evenly from the status date to the \
                     forecast finish",
                )
                .of("NPV now", npv_key(desk))
                .of("EAC₄", "eac-4")
                .of("the project’s own cost now", "case-now.carried"),
        );
    }
    for (key, name, amount, part) in of {
        let (Some(then), Some(now)) = (amount(&living.approved), amount(&living.now)) else { continue };
        book.add(
            Figure::new(key, name, desk.money_exact(now - then))
                .formula("moved = now − approved")
                .of("now", format!("case-now.{part}"))
                .of("approved", format!("case-approved.{part}")),
        );
    }
}
