//! What a forecast breaks of what was agreed, in a sentence: deadlines missed, tolerances left.

use crate::control::{Drift, LimitsBroken};
use crate::format;
use crate::page::desk::Desk;

/// `Misses the deadline of “Closed”, 18 Dec 2026; leaves the tolerance of time (15 working days late, 10 tolerated)`; says so where
/// nothing is broken and where nothing could be.
#[must_use]
pub fn limits_words(desk: &Desk<'_>, limits: &LimitsBroken) -> String {
    if !limits.is_any_set {
        return "No deadline and no tolerance is set".to_owned();
    }
    if limits.is_nothing() {
        return "Keeps every deadline and every tolerance that is set".to_owned();
    }
    let deadlines = limits.deadlines.iter().map(|missed| {
        format!(
            "misses the deadline of “{}”, {}, by {}",
            missed.name,
            format::date(missed.deadline),
            crate::page::desk::days_of(desk.slip_days(missed.deadline, missed.last_day))
        )
    });
    let tolerances = limits.tolerances.iter().map(|left| {
        let drift = drift_words(desk, &left.drift).map_or_else(String::new, |words| format!(" ({words})"));
        format!("leaves the tolerance of {}{drift}", left.kind.key())
    });
    format::sentence_start(&deadlines.chain(tolerances).collect::<Vec<_>>().join("; "))
}

/// The same one by one, in as few words as a cell of a table has room for: `time: 15 working days late, 10 working days tolerated`. Empty where nothing is
/// broken.
#[must_use]
pub fn broken_in_short(desk: &Desk<'_>, limits: &LimitsBroken) -> Vec<String> {
    let deadlines = limits.deadlines.iter().map(|missed| {
        let late = desk.slip_days(missed.deadline, missed.last_day);
        format!(
            "deadline {} of “{}”: missed by {}",
            format::date(missed.deadline),
            missed.name,
            crate::page::desk::days_of(late)
        )
    });
    let tolerances = limits.tolerances.iter().map(|left| {
        let drift = drift_words(desk, &left.drift);
        format!("{}: {}", left.kind.key(), drift.as_deref().unwrap_or("outside what is tolerated"))
    });
    deadlines.chain(tolerances).collect()
}

/// How far a tolerance is left: `15 working days late, 10 working days tolerated`; none where it is only told in words.
fn drift_words(desk: &Desk<'_>, drift: &Drift) -> Option<String> {
    Some(match *drift {
        Drift::Time { slip, allowed } => {
            format!("{} late, {} tolerated", desk.days_words(slip), desk.days_words(allowed))
        }
        Drift::Cost { over, allowed, basis } => format!(
            "{} over budget {}, {} tolerated",
            desk.money_words(over),
            basis.words(),
            desk.money_words(allowed)
        ),
        Drift::Units { unapproved, allowed } => {
            format!("{}, {} tolerated", unapproved_words(desk, unapproved), format::whole(allowed))
        }
        Drift::Told => return None,
    })
}

/// `34 points without an approved change`, in the unit of the board's limit.
#[must_use]
pub fn unapproved_words(desk: &Desk<'_>, units: i64) -> String {
    let limit = desk.project.project.tolerance.unapproved.as_ref();
    let unit = limit.map_or("units", |limit| limit.unit.as_str());
    format!("{}\u{a0}{unit} without an approved change", format::whole(units))
}
