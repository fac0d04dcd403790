//! The business case: every measure of every option, the years of the preferred one, and what would turn it.

use crate::control::OptionFigures;
use crate::format;
use crate::model::{BusinessCase, CaseLine, CaseOption};
use crate::page::business_case::{MEASURES, sensitivity};
use crate::page::desk::Desk;
use crate::page::explain::{Book, Figure, Input, slug};
use crate::quantity::Amount;

/// Adds them; none without a business case.
pub(super) fn write(desk: &Desk<'_>, book: &mut Book) {
    let (Some(figures), Some(case)) =
        (desk.project.control.case.as_ref(), desk.project.project.business_case.as_ref())
    else {
        return;
    };
    for (place, (option, figures)) in case.options.iter().zip(&figures.options).enumerate() {
        let anchor = format!("option-{}", place + 1);
        book.thing("case", &*anchor, &*option.name, Some(option.origin));
        years(desk, book, &anchor, (option, figures));
        measures(desk, book, &anchor, (case, option, figures));
    }
}

/// How each measure is computed, and the keys of what goes in; `years` stands for the net flow of every year.
const FORMULAS: &[(&str, &str, &[&str])] = &[
    ("Net present value (NPV)", "NPV = Σ net flow of year t ÷ (1 + rate)ᵗ", &["years", "rate"]),
    (
        "NPV of benefits that bring in money",
        "as NPV, with the benefits marked as cashable alone",
        &["costs", "benefits", "rate"],
    ),
    ("Internal rate of return (IRR)", "every rate at which NPV is zero", &["years"]),
    (
        "Modified internal rate (MIRR)",
        "the yearly rate that turns the costs, discounted, into the benefits, reinvested at the same rate",
        &["years", "rate"],
    ),
    ("Payback", "the year from which the sum of net flows stays above zero", &["years"]),
    (
        "Discounted payback",
        "the year from which the sum of discounted net flows stays above zero",
        &["years", "rate"],
    ),
    ("Benefit–cost ratio (BCR)", "BCR = PV of benefits ÷ PV of costs", &["pv"]),
    (
        "Return on investment (ROI), undiscounted",
        "ROI = (Σ benefits − Σ costs) ÷ Σ costs",
        &["costs", "benefits"],
    ),
    ("Return on investment, discounted", "ROI = (PV of benefits − PV of costs) ÷ PV of costs", &["pv"]),
    (
        "Profitability index (PI)",
        "PI = present value of the net flows of later years ÷ net cost of year 0",
        &["years", "rate"],
    ),
    ("Present value of benefits", "Σ benefits of year t ÷ (1 + rate)ᵗ", &["benefits", "rate"]),
    ("Present value of costs", "Σ costs of year t ÷ (1 + rate)ᵗ", &["costs", "rate"]),
    ("Benefits may fall by", "share = NPV ÷ PV of benefits", &["npv", "pv"]),
    ("Investment may rise by", "share = NPV ÷ costs of year 0", &["npv", "costs"]),
];

fn measures(
    desk: &Desk<'_>,
    book: &mut Book,
    anchor: &str,
    (case, option, figures): (&BusinessCase, &CaseOption, &OptionFigures),
) {
    let key = |name: &str| format!("{anchor}.{}", slug(name));
    for (name, show) in MEASURES {
        let cell = show(desk, figures);
        let value = cell.text.unwrap_or_else(|| format::NOTHING.to_owned());
        let mut figure = Figure::new(key(name), *name, value);
        let Some((_, formula, inputs)) = FORMULAS.iter().find(|(known, _, _)| known == name) else {
            continue;
        };
        figure = figure.formula(*formula);
        if *name == "Net present value (NPV)" {
            figure = figure.values(present_value(desk, case, figures));
        }
        for input in *inputs {
            figure = match *input {
                "years" => figure.inputs((0..figures.net.len()).map(|year| {
                    Input::of(format!("net flow of year {year}"), format!("{anchor}.net-{year}"))
                })),
                "rate" => figure.inputs([rate(case)]),
                "costs" => figure.inputs(lines(desk, &option.costs)),
                "benefits" => figure.inputs(lines(desk, &option.benefits)),
                "npv" => figure.of("NPV", key("Net present value (NPV)")),
                _ => figure
                    .of("PV of benefits", key("Present value of benefits"))
                    .of("PV of costs", key("Present value of costs")),
            };
        }
        book.add(figure);
    }
    for row in sensitivity(desk, figures).rows {
        let mut cells = row.cells.into_iter().filter_map(|cell| cell.text);
        let (Some(driver), Some(moved)) = (cells.next(), cells.next()) else { continue };
        book.add(
            Figure::new(key(&format!("if {driver}")), format!("NPV when “{driver}” moves"), moved)
                .formula("NPV computed anew with the driver moved and everything else as it is")
                .of("NPV", key("Net present value (NPV)"))
                .inputs([rate(case)]),
        );
    }
}

/// Net present value as a sum of discounted flows: `7 850.11 = −56 000.00 + 22 000.00 ÷ 1.06 + …`.
fn present_value(desk: &Desk<'_>, case: &BusinessCase, figures: &OptionFigures) -> String {
    let exact = |amount: Amount| format::money_exact(amount, desk.project.project.currency);
    let growth = format::number(1.0 + case.rate as f64 / 10_000.0, 4);
    let growth = growth.trim_end_matches('0').trim_end_matches('.');
    let terms: Vec<String> = (figures.net.iter().enumerate())
        .map(|(year, net)| match year {
            0 => exact(*net),
            1 => format!("{} ÷ {growth}", exact(*net)),
            year => format!("{} ÷ {growth}^{year}", exact(*net)),
        })
        .collect();
    format!("{} = {}", exact(figures.npv), terms.join(" + "))
}

fn years(desk: &Desk<'_>, book: &mut Book, anchor: &str, (option, figures): (&CaseOption, &OptionFigures)) {
    let exact = |amount: Amount| format::money_exact(amount, desk.project.project.currency);
    let rate_key = desk.project.project.business_case.as_ref();
    let mut sum = Amount::ZERO;
    for (year, discounted) in figures.discounted.iter().enumerate() {
        let of = |amounts: &[Amount]| amounts.get(year).copied().unwrap_or_default();
        let key = |name: &str| format!("{anchor}.{name}-{year}");
        let typed = |lines: &[CaseLine]| -> Vec<Input> {
            let typed = lines.iter().map(|line| {
                let amount = line.years.get(year).copied().unwrap_or_default();
                Input::typed(&*line.name, exact(amount), line.origin)
            });
            typed.collect()
        };
        let add = |book: &mut Book, name: &str, words: &str, amount: Amount, lines: &[CaseLine]| {
            let figure = Figure::new(key(name), format!("{words} of year {year}"), exact(amount));
            let inputs = typed(lines);
            let is_none = inputs.is_empty();
            let figure = figure.formula("Σ of the lines typed for the year").inputs(inputs);
            book.add(if is_none { figure.typed("option", "no line", option.origin) } else { figure });
        };
        add(book, "costs", "Costs", of(&figures.costs), &option.costs);
        add(book, "benefits", "Benefits", of(&figures.benefits), &option.benefits);
        book.add(
            Figure::new(key("net"), format!("Net flow of year {year}"), exact(of(&figures.net)))
                .formula("net = benefits − costs")
                .of("benefits", key("benefits"))
                .of("costs", key("costs")),
        );
        book.add(
            Figure::new(key("discounted"), format!("Discounted flow of year {year}"), exact(*discounted))
                .formula(format!("discounted = net ÷ (1 + rate)^{year}"))
                .of("net", key("net"))
                .inputs(rate_key.map(rate)),
        );
        sum += *discounted;
        book.add(
            Figure::new(key("sum"), format!("Discounted so far, year {year}"), exact(sum))
                .formula("Σ discounted flows up to the year")
                .inputs((0..=year).map(|before| {
                    Input::of(format!("year {before}"), format!("{anchor}.discounted-{before}"))
                })),
        );
    }
}

fn rate(case: &BusinessCase) -> Input {
    Input::typed("rate", format::share(case.rate as f64 / 10_000.0), case.origin)
}

fn lines(desk: &Desk<'_>, lines: &[CaseLine]) -> Vec<Input> {
    let exact = |amount: Amount| format::money_exact(amount, desk.project.project.currency);
    let total = |line: &CaseLine| line.years.iter().copied().sum::<Amount>();
    lines.iter().map(|line| Input::typed(&*line.name, exact(total(line)), line.origin)).collect()
}
