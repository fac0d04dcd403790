//! The text of `snapshots/DATE.yaml`.

use super::{money, number, sealed};
use crate::control::{DimensionKind, Said};
use crate::model::{BurnFigures, Counts, ValueFigures};
use crate::quantity::{Amount, Currency};
use crate::source::yaml::write::{braces, words_in};

/// How a snapshot comes about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occasion {
    /// The report is closed.
    Closed,
    /// Nobody closed the report; it is computed from the files of its day.
    Rebuilt,
}

/// Freezes what the site says of a project on a day. None where the text could not be read back.
#[must_use]
pub fn snapshot(
    said: &Said,
    currency: Currency,
    revision: Option<&str>,
    occasion: Occasion,
) -> Option<String> {
    let how = match occasion {
        Occasion::Closed => "Frozen by `milepost report close`: what the site said on this day.",
        Occasion::Rebuilt => {
            "Rebuilt by `milepost report rebuild`: what the site says of this day from the files of the revision below."
        }
    };
    let mut head =
        format!("# {how} Do not edit: the digest would no longer fit.\nstatus_date: {}\n", said.status_date);
    if let Some(revision) = revision {
        head += &format!("source_revision: {}\n", words_in(revision, false));
    }
    let blocks = [
        times(said),
        values(said, currency),
        money_left(said, currency),
        work(said),
        colours(said),
        reasons(said),
    ];
    sealed(&head, &blocks.concat())
}

type Pairs = Vec<(String, String)>;

/// Those that are known, between braces; nothing where none is.
fn block<const COUNT: usize>(key: &str, pairs: [(&str, Option<String>); COUNT]) -> String {
    let known: Pairs =
        pairs.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
    mapping(key, &known)
}

fn mapping(key: &str, known: &Pairs) -> String {
    if known.is_empty() { String::new() } else { braces(0, key, known) }
}

fn times(said: &Said) -> String {
    let figures = &said.figures;
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
    let against =
        figures.baseline.as_ref().map_or_else(String::new, |id| format!("measured_against: {id}\n"));
    let finish = block(
        "finish",
        [
            ("baseline", day(figures.baseline_finish)),
            ("forecast", day(figures.forecast_finish)),
            ("p50", day(figures.finish_p50)),
            ("p80", day(figures.finish_p80)),
        ],
    );
    let days: Pairs =
        said.milestones.iter().map(|(id, known)| (id.to_string(), known.day.to_string())).collect();
    let reached: Vec<String> =
        said.milestones.iter().filter(|(_, known)| known.is_reached).map(|(id, _)| id.to_string()).collect();
    let reached =
        if reached.is_empty() { String::new() } else { format!("reached: [{}]\n", reached.join(", ")) };
    [against, finish, mapping("milestones", &days), reached].concat()
}

fn values(said: &Said, currency: Currency) -> String {
    let figures = &said.figures;
    let sum = |amount: Option<Amount>| amount.map(|amount| money(amount, currency));
    let value = |value: &ValueFigures| {
        [
            ("bac", sum(value.budget)),
            ("pv", sum(value.planned)),
            ("ev", sum(value.earned)),
            ("ac", sum(value.actual)),
            ("es", value.earned_time.as_ref().map(number)),
            ("at", value.actual_time.as_ref().map(number)),
        ]
    };
    let estimates = [
        ("eac", sum(figures.estimate)),
        ("eac_judged", sum(figures.estimate_judged)),
        ("eac_one_off", sum(figures.estimate_one_off)),
        ("eac_trend", sum(figures.estimate_trend)),
        ("eac_pressure", sum(figures.estimate_pressure)),
        ("eac_counted", sum(figures.estimate_counted)),
    ];
    let known = |pairs: &[(&str, Option<String>)]| -> Pairs {
        pairs.iter().filter_map(|(name, value)| Some(((*name).to_owned(), value.clone()?))).collect()
    };
    let all = [known(&value(&figures.total)), known(&estimates)].concat();
    mapping("evm", &all) + &mapping("discrete", &known(&value(&figures.discrete)))
}

fn money_left(said: &Said, currency: Currency) -> String {
    let figures = &said.figures;
    let sums = [
        ("exposure", figures.exposure),
        ("threats", figures.threats),
        ("threats_today", figures.threats_today),
        // What would bring money is written as a cost below zero.
        ("opportunities", figures.opportunities.map(|gain| Amount::ZERO - gain)),
        ("contingency", figures.contingency),
        ("management_reserve", figures.management_reserve),
        ("npv", figures.net_present_value),
    ];
    let known = sums.into_iter().filter_map(|(key, sum)| Some(format!("{key}: {}\n", money(sum?, currency))));
    known.collect()
}

fn work(said: &Said) -> String {
    let figures = &said.figures;
    let burn =
        |burn: &BurnFigures| [("done", Some(number(&burn.done))), ("scope", Some(number(&burn.scope)))];
    let effort = figures.effort.as_ref().map_or_else(String::new, |effort| block("effort", burn(effort)));
    let mut units = String::new();
    for (task, counted) in &figures.units {
        units += &format!("  {}", block(task.as_str(), burn(counted)));
    }
    let units = if units.is_empty() { units } else { format!("units:\n{units}") };
    effort + &units + &counts(figures.counts)
}

fn counts(counts: Counts) -> String {
    let of = |count: Option<i64>| count.map(|count| count.to_string());
    block(
        "counts",
        [
            ("tasks", of(counts.tasks)),
            ("finished", of(counts.finished)),
            ("risks", of(counts.risks)),
            ("issues", of(counts.issues)),
            ("changes", of(counts.changes)),
            ("decisions", of(counts.decisions)),
            ("actions", of(counts.actions)),
            ("requests", of(counts.requests)),
            ("defects", of(counts.defects)),
            ("accepted", of(counts.accepted)),
            ("progress", of(counts.progress)),
            ("findings", of(counts.findings)),
        ],
    )
}

fn colours(said: &Said) -> String {
    let whole = [("computed", said.computed), ("declared", said.declared)];
    let dimensions = DimensionKind::ALL.map(|kind| (kind.key(), said.dimensions.get(&kind).copied()));
    let known = whole.into_iter().chain(dimensions);
    let known: Pairs =
        known.filter_map(|(key, colour)| Some((key.to_owned(), colour?.word().to_owned()))).collect();
    mapping("colour", &known)
}

/// Why each dimension has its colour, one on a line.
fn reasons(said: &Said) -> String {
    let known = said.reasons.iter().filter(|(_, words)| !words.is_empty());
    let lines: Vec<String> =
        known.map(|(kind, words)| format!("  {}: {}\n", kind.key(), words_in(words, false))).collect();
    if lines.is_empty() { String::new() } else { format!("because:\n{}", lines.concat()) }
}
