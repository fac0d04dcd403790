//! Years and measures of an option of the business case, at one of its times.

use crate::chart::tornado::driver_words;
use crate::control::OptionFigures;
use crate::diagnostic::Span;
use crate::format;
use crate::model::CaseOption;
use crate::page::case_options::{BENEFITS_MAY_FALL, INVESTMENT_MAY_RISE, MEASURES, driver_moves, shown_name};
use crate::page::desk::Desk;
use crate::page::explain::{Book, Figure, Input, slug};
use crate::quantity::{Amount, Ratio};

/// An option at a time.
pub(super) struct Scope<'a> {
    /// The first part of the keys.
    pub anchor: String,
    /// The option.
    pub option: &'a CaseOption,
    /// Its figures at the time.
    pub figures: &'a OptionFigures,
    /// The discount rate.
    pub rate: Input,
    /// What goes into the costs of each year.
    pub costs: Vec<Vec<Input>>,
    /// What goes into the benefits of each year.
    pub benefits: Vec<Vec<Input>>,
    /// Where it stands.
    pub origin: Span,
    /// Where its net present value stands, where it was said rather than computed.
    pub said: Option<Span>,
    /// Whether all flows fall at the ends of years.
    pub is_yearly: bool,
    /// By how many days benefits come later than typed.
    pub days_late: i64,
}

impl Scope<'_> {
    fn key(&self, name: &str) -> String {
        format!("{}.{}", self.anchor, slug(name))
    }

    fn years(&self, part: &str, words: &str) -> Vec<Input> {
        let key = |year: usize| format!("{}.{part}-{year}", self.anchor);
        (0..self.figures.net.len())
            .map(|year| Input::of(format!("{words} of year {year}"), key(year)))
            .collect()
    }
}

/// Adds them.
pub(super) fn write(desk: &Desk<'_>, book: &mut Book, scope: &Scope<'_>) {
    years(desk, book, scope);
    measures(desk, book, scope);
}

const NPV: &str = "Net present value (NPV)";

/// How each measure is computed, and what goes in.
const FORMULAS: &[(&str, &str, &[&str])] = &[
    (NPV, "NPV = Σ net flow of year t ÷ (1 + rate)ᵗ", &["net", "rate"]),
    (
        "NPV of benefits that bring in money",
        "as NPV, with the benefits marked as cashable alone",
        &["costs", "benefits", "rate"],
    ),
    ("Internal rate of return (IRR)", "every rate at which NPV is zero", &["net"]),
    (
        "Modified internal rate (MIRR)",
        "the yearly rate that turns the costs, discounted, into the benefits, reinvested at the same rate",
        &["net", "rate"],
    ),
    (
        "Payback",
        "the time from which the sum of net flows stays above zero; what is typed for a year lies evenly within it, what lies on a day on that day",
        &["net"],
    ),
    (
        "Discounted payback",
        "the time from which the sum of discounted net flows stays above zero; what is typed for a year lies evenly within it, what lies on a day on that day",
        &["net", "rate"],
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
        &["net", "rate"],
    ),
    ("Present value of benefits", "Σ benefits of year t ÷ (1 + rate)ᵗ", &["benefits", "rate"]),
    ("Present value of costs", "Σ costs of year t ÷ (1 + rate)ᵗ", &["costs", "rate"]),
    ("Total cost of ownership (TCO)", "Σ of all costs as typed, undiscounted", &["costs"]),
    ("Lasts for", "as typed, at most the horizon", &["option"]),
    (
        "Equivalent annual value (EAV)",
        "EAV = NPV × rate ÷ (1 − (1 + rate)^−years)",
        &["npv", "rate", "option"],
    ),
    (BENEFITS_MAY_FALL, "share = NPV ÷ PV of benefits", &["npv", "pv"]),
    (INVESTMENT_MAY_RISE, "share = NPV ÷ costs of year 0", &["npv", "costs"]),
    ("Benefits may come later by", "the delay at which NPV is zero", &["npv", "benefits", "rate"]),
    ("NPV is zero at a rate of", "the rate at which NPV turns", &["npv", "net"]),
    (
        "All against it at once",
        "NPV with benefits 20 % lower and a year later, costs 20 % higher, and the rate 2 points higher",
        &["npv", "costs", "benefits", "rate"],
    ),
    (
        "All for it at once",
        "NPV with benefits 20 % higher, costs 20 % lower, and the rate 2 points lower",
        &["npv", "costs", "benefits", "rate"],
    ),
    (
        "Worst course",
        "NPV with all costs at their highest and all benefits at their lowest",
        &["ranges", "rate"],
    ),
    (
        "Best course",
        "NPV with all costs at their lowest and all benefits at their highest",
        &["ranges", "rate"],
    ),
    (
        "Expected value of the courses",
        "worst, likely and best course weighed by their probabilities, else (worst + 4 × likely + best) ÷ 6",
        &["courses", "npv"],
    ),
];

fn measures(desk: &Desk<'_>, book: &mut Book, scope: &Scope<'_>) {
    for (name, show) in MEASURES {
        let Some((_, formula, inputs)) = FORMULAS.iter().find(|(known, _, _)| known == name) else {
            continue;
        };
        let cell = show(desk, (scope.option, scope.figures));
        let value = cell.text.unwrap_or_else(|| format::NOTHING.to_owned());
        let mut figure =
            Figure::new(scope.key(name), shown_name(name, std::slice::from_ref(scope.figures)), value)
                .formula(*formula);
        if *name == NPV {
            figure = present_value(desk, scope, figure);
        }
        for input in *inputs {
            figure = match *input {
                "net" => figure.inputs(scope.years("net", "net flow")),
                "costs" => figure.inputs(scope.years("costs", "costs")),
                "benefits" => figure.inputs(scope.years("benefits", "benefits")),
                "rate" => figure.inputs([scope.rate.clone()]),
                "option" => figure.typed("option", "", scope.option.origin),
                "ranges" => figure.inputs(ranges(desk, scope.option)),
                "courses" => figure
                    .of("worst", scope.key("Worst course"))
                    .of("best", scope.key("Best course"))
                    .typed("option", "", scope.option.origin),
                "npv" => figure.of("NPV", scope.key(NPV)),
                _ => figure
                    .of("PV of benefits", scope.key("Present value of benefits"))
                    .of("PV of costs", scope.key("Present value of costs")),
            };
        }
        book.add(figure);
    }
    for driver in &scope.figures.sensitivity {
        let (name, _) = driver_words(driver.driver);
        book.add(
            Figure::new(
                scope.key(&format!("if {name}")),
                format!("NPV when “{name}” moves"),
                driver_moves(desk, driver),
            )
            .formula("NPV computed anew with the driver moved and everything else as it is")
            .of("NPV", scope.key(NPV))
            .inputs([scope.rate.clone()]),
        );
    }
}

/// Lines that are typed as ranges.
fn ranges(desk: &Desk<'_>, option: &CaseOption) -> Vec<Input> {
    let lines = option.costs.iter().chain(&option.benefits);
    lines
        .map(|line| {
            let dated = line.dated.iter().map(|dated| dated.amount);
            let ranges = || line.years.iter().copied().chain(dated.clone());
            let low: Amount = ranges().map(|range| range.low).sum();
            let high: Amount = ranges().map(|range| range.high).sum();
            let words = if low == high {
                desk.money_exact(low)
            } else {
                format!("{} to {}", desk.money_exact(low), desk.money_exact(high))
            };
            Input::typed(line.name.clone(), words, line.origin)
        })
        .collect()
}

/// Net present value as a sum: `7 850.11 = −56 000.00 + 22 000.00 ÷ 1.06 + …`; where flows fall on days, of what each year
/// comes to, discounted; where it was said, as it was said.
fn present_value(desk: &Desk<'_>, scope: &Scope<'_>, figure: Figure) -> Figure {
    let npv = desk.money_exact(scope.figures.npv);
    if let Some(origin) = scope.said {
        return figure.formula("as it was said when the baseline was frozen").typed("said", npv, origin);
    }
    let growth = scope.rate.value.trim_end_matches(['%', '\u{a0}']).parse::<f64>();
    let terms: Vec<String> = match growth {
        Ok(percent) if scope.is_yearly => {
            let growth = format::number(1.0 + percent / 100.0, 4);
            let growth = growth.trim_end_matches('0').trim_end_matches('.');
            let flows = scope.figures.net.iter().enumerate();
            flows
                .map(|(year, net)| match year {
                    0 => desk.money_exact(*net),
                    1 => format!("{} ÷ {growth}", desk.money_exact(*net)),
                    year => format!("{} ÷ {growth}^{year}", desk.money_exact(*net)),
                })
                .collect()
        }
        _ => scope.figures.discounted.iter().map(|flow| desk.money_exact(*flow)).collect(),
    };
    figure.values(format!("{npv} = {}", terms.join(" + ")))
}

const OF_LINES: &str = "Σ of the lines for the year";

/// How the benefits of a year come about where they come later: what is typed for a year lies partly in the next.
fn of_benefits(days_late: i64, year: usize) -> String {
    if days_late <= 0 {
        return OF_LINES.to_owned();
    }
    let (whole, part) = (days_late / 365, days_late % 365);
    let year = i64::try_from(year).unwrap_or(0) - whole;
    format!(
        "benefits = (1 − {part} ÷ 365) × those typed for year {year} + {part} ÷ 365 × those of the year before, none before year 0; \
         what lies on a day comes {days_late} days later"
    )
}

fn years(desk: &Desk<'_>, book: &mut Book, scope: &Scope<'_>) {
    let figures = scope.figures;
    let mut sum = Amount::ZERO;
    for (year, discounted) in figures.discounted.iter().enumerate() {
        let of = |amounts: &[Amount]| amounts.get(year).copied().unwrap_or_default();
        let key = |name: &str| format!("{}.{name}-{year}", scope.anchor);
        let parts = [
            ("costs", "Costs", of(&figures.costs), &scope.costs),
            ("benefits", "Benefits", of(&figures.benefits), &scope.benefits),
        ];
        for (part, words, amount, inputs) in parts {
            let inputs = inputs.get(year).cloned().unwrap_or_default();
            let is_none = inputs.is_empty();
            let figure = Figure::new(key(part), format!("{words} of year {year}"), desk.money_exact(amount))
                .formula(if part == "benefits" {
                    of_benefits(scope.days_late, year)
                } else {
                    OF_LINES.to_owned()
                })
                .inputs(inputs);
            book.add(if is_none { figure.typed("option", "no line", scope.origin) } else { figure });
        }
        book.add(
            Figure::new(key("net"), format!("Net flow of year {year}"), desk.money_exact(of(&figures.net)))
                .formula("net = benefits − costs")
                .of("benefits", key("benefits"))
                .of("costs", key("costs")),
        );
        let rate = scope.rate.value.trim_end_matches(['%', '\u{a0}']).parse::<f64>().unwrap_or_default();
        let factor = Ratio::new((1.0 + rate / 100.0).powf(-(year as f64)));
        book.add(
            Figure::new(
                key("factor"),
                format!("Discount factor of year {year}"),
                format::decimals(factor, 4),
            )
            .formula(format!("factor = 1 ÷ (1 + rate)^{year}"))
            .inputs([scope.rate.clone()]),
        );
        let figure = Figure::new(
            key("discounted"),
            format!("Discounted flow of year {year}"),
            desk.money_exact(*discounted),
        );
        let figure = if scope.is_yearly {
            figure.formula(format!("discounted = net ÷ (1 + rate)^{year}"))
        } else {
            figure.formula("Σ of its flows ÷ (1 + rate)^years from the first day of year 0")
        };
        book.add(figure.of("net", key("net")).inputs([scope.rate.clone()]));
        sum += *discounted;
        book.add(
            Figure::new(key("sum"), format!("Discounted so far, year {year}"), desk.money_exact(sum))
                .formula("Σ discounted flows up to the year")
                .inputs((0..=year).map(|before| {
                    Input::of(format!("year {before}"), format!("{}.discounted-{before}", scope.anchor))
                })),
        );
    }
}
