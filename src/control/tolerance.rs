//! Tolerances that the forecast has left: which, by how much, since which report.

use jiff::civil::Date;

use super::unapproved::unapproved_of_unit;
use super::{Colour, Control, DimensionKind, ForecastBasis};
use crate::format;
use crate::model::{AllowanceKind, Project, Snapshot};
use crate::quantity::Amount;

/// A tolerance that the forecast has left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ToleranceLeft {
    /// In what the project drifts; never [`DimensionKind::Data`], for which nobody sets a tolerance.
    pub kind: DimensionKind,
    /// How far it drifts and how far it may.
    pub drift: Drift,
    /// The first of the unbroken row of reports up to the status date that say so; the status date where it is new.
    pub since: Date,
}

impl ToleranceLeft {
    /// The field of `project.yaml` that sets the tolerance: `tolerance.time`; for a number of units `tolerance.unapproved`.
    #[must_use]
    pub fn field(&self) -> String {
        match self.drift {
            Drift::Units { .. } => "tolerance.unapproved".to_owned(),
            Drift::Time { .. } | Drift::Cost { .. } | Drift::Told => format!("tolerance.{}", self.kind.key()),
        }
    }
}

/// How far a project drifts, and how far it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drift {
    /// Working minutes.
    Time {
        /// By which the forecast finish lies behind the promised one.
        slip: i64,
        /// By which it may.
        allowed: i64,
    },
    /// Money.
    Cost {
        /// By which the forecast lies over the budget: that which the colour of cost judges, too.
        over: Amount,
        /// By which it may.
        allowed: Amount,
        /// What the forecast is read from.
        basis: ForecastBasis,
    },
    /// Units of work that came in without an approved change ([`crate::model::Tolerance::unapproved`]).
    Units {
        /// So many did.
        unapproved: i64,
        /// So many may.
        allowed: i64,
    },
    /// The tolerance is a sentence: it counts as left when the dimension is red.
    Told,
}

impl Drift {
    /// How far it is, in figures: `34 d` late, `10 739 EUR` over budget, `34 points` not approved; none for a sentence.
    #[must_use]
    pub fn words(self, project: &Project) -> Option<String> {
        match self {
            Self::Time { slip, .. } => Some(format::working_days(slip, project.work_time().minutes_per_day)),
            Self::Cost { over, .. } => Some(format::money_with_currency(over, project.currency)),
            Self::Units { unapproved, .. } => {
                let limit = project.tolerance.unapproved.as_ref();
                let unit = limit.map_or("units", |limit| limit.unit.as_str());
                Some(format!("{} {unit}", format::whole(unapproved)))
            }
            Self::Told => None,
        }
    }

    /// Whether it is further than it may be. A sentence says itself that it was left.
    fn is_left(self) -> bool {
        match self {
            Self::Time { slip, allowed } => slip > allowed,
            Self::Cost { over, allowed, .. } => over > allowed,
            Self::Units { unapproved, allowed } => unapproved > allowed,
            Self::Told => true,
        }
    }

    /// By how much it goes beyond another drift of its kind, and how far it may go at all, in one unit; none for a sentence.
    fn beyond(self, then: Self) -> Option<(i64, i64)> {
        match (self, then) {
            (Self::Time { slip, allowed }, Self::Time { slip: then, .. }) => Some((slip - then, allowed)),
            (Self::Cost { over, allowed, .. }, Self::Cost { over: then, .. }) => {
                Some(((over - then).0, allowed.0))
            }
            (Self::Units { unapproved, allowed }, Self::Units { unapproved: then, .. }) => {
                Some((unapproved - then, allowed))
            }
            _ => None,
        }
    }
}

/// The dimensions for which a board can set a tolerance, in the order in which readers see them.
pub const TOLERATED: [DimensionKind; 6] = [
    DimensionKind::Time,
    DimensionKind::Cost,
    DimensionKind::Scope,
    DimensionKind::Quality,
    DimensionKind::Benefits,
    DimensionKind::Risk,
];

/// The tolerances that the forecast has left as of the status date, in the order of [`TOLERATED`].
///
/// Time is left when the slip of the finish is more than the tolerance, cost when the forecast that its colour judges
/// ([`Control::judged_cost`]) less the budget is: 34 days are outside of 10, 6 527 EUR are inside of 9 000 EUR. Scope is left when more units came in without an approved change than
/// the board tolerates, where it says how many: 34 points are outside of 18. The others, which are sentences, when they are red. Empty where no tolerance is set or none is left,
/// and of a project that the board has stopped or closed: nothing is forecast of it any more.
#[must_use]
pub fn tolerances_left(project: &Project, control: &Control) -> Vec<ToleranceLeft> {
    if control.is_stopped || control.is_closed {
        return Vec::new();
    }
    let left = TOLERATED.into_iter().filter_map(|kind| {
        let drift = drift_now(project, control, kind).filter(|drift| drift.is_left())?;
        Some(ToleranceLeft { kind, drift, since: since(project, control, kind) })
    });
    left.collect()
}

/// A time in which the forecast lay outside a tolerance, from the first report that says so to the last.
#[derive(Clone, Copy, Debug)]
pub struct Episode<'a> {
    /// In what the project drifted.
    pub kind: DimensionKind,
    /// The first report that says so; none where it is that of the status date.
    pub first: Option<&'a Snapshot>,
    /// The last report that says so; the status date where it still does.
    pub last: Date,
    /// Whether the forecast is back inside.
    pub is_over: bool,
}

/// All times in which the forecast lay outside a tolerance as it is today, in the order of [`TOLERATED`] and of their days.
///
/// Of the reports of 9 and 23 October, 6 and 20 November the first and the last two say so: two of them, the second not over.
#[must_use]
pub fn episodes<'a>(project: &'a Project, control: &Control) -> Vec<Episode<'a>> {
    let left = tolerances_left(project, control);
    let mut all = Vec::new();
    for kind in TOLERATED {
        let mut open: Option<Episode<'a>> = None;
        for frozen in project.snapshots.iter().filter(|frozen| frozen.status_date < control.status_date) {
            let day = frozen.status_date;
            if was_left(project, control, frozen, kind) {
                let begun = Episode { kind, first: Some(frozen), last: day, is_over: false };
                open = Some(open.map_or(begun, |episode| Episode { last: day, ..episode }));
            } else {
                all.extend(open.take().map(|episode| Episode { is_over: true, ..episode }));
            }
        }
        let last = control.status_date;
        if left.iter().any(|left| left.kind == kind) {
            let begun = Episode { kind, first: None, last, is_over: false };
            open = Some(open.map_or(begun, |episode| Episode { last, ..episode }));
            all.extend(open);
        } else {
            all.extend(open.map(|episode| Episode { is_over: true, ..episode }));
        }
    }
    all
}

/// How far the project drifts as of the status date, inside its tolerance or not; none where none is set, nothing can be judged, or a sentence
/// is kept.
fn drift_now(project: &Project, control: &Control, kind: DimensionKind) -> Option<Drift> {
    if control.health.is_unread(kind) {
        return None;
    }
    match kind {
        DimensionKind::Time => {
            Some(Drift::Time { slip: control.finish_slip, allowed: project.tolerance.time? })
        }
        DimensionKind::Cost => {
            let (judged, allowed) = (control.judged_cost(), project.tolerance.cost?);
            let over = judged.amount - control.total.budget;
            let is_judged = control.total.budget > Amount::ZERO && control.spending.is_recorded;
            is_judged.then_some(Drift::Cost { over, allowed, basis: judged.basis })
        }
        DimensionKind::Scope if project.tolerance.unapproved.is_some() => {
            units_on(project, control, control.status_date)
        }
        _ => {
            project.tolerance.told(kind.key())?;
            (control.health.dimension(kind).colour == Colour::Red).then_some(Drift::Told)
        }
    }
}

/// Goes back through the frozen reports for as long as they say that the tolerance was left.
fn since(project: &Project, control: &Control, kind: DimensionKind) -> Date {
    let status_date = control.status_date;
    let before = project.snapshots.iter().rev().filter(|frozen| frozen.status_date < status_date);
    let row = before.take_while(|frozen| was_left(project, control, frozen, kind));
    row.last().map_or(status_date, |frozen| frozen.status_date)
}

/// How far the project drifted when a board answered, where it has drifted further since by more than the whole tolerance: an answer to
/// the one is none to the other. The newest report up to the answer says how far; where that still lay inside, the first one after it that
/// left the tolerance, as boards are told before a report is closed. None where it has not drifted so far, where no report tells, and
/// where the tolerance is a sentence.
///
/// 9 000 EUR are tolerated. Answered at 10 739 EUR over budget, 19 739 EUR are what was answered; 19 740 EUR are more.
#[must_use]
pub fn outgrown(project: &Project, control: &Control, left: &ToleranceLeft, answered: Date) -> Option<Drift> {
    let row = || project.snapshots.iter().filter(|frozen| frozen.status_date >= left.since);
    let known = row().rev().find(|frozen| frozen.status_date <= answered);
    let frozen = known.or_else(|| row().next()).filter(|frozen| frozen.status_date < control.status_date)?;
    let then = drift_then(project, control, frozen, left.kind)?;
    let (more, allowed) = left.drift.beyond(then)?;
    (more > allowed).then_some(then)
}

/// How many units had come in without an approved change by a day, and how many the board tolerates; none where it sets no number.
#[must_use]
pub fn unapproved_on(project: &Project, control: &Control, day: Date) -> Option<(i64, i64)> {
    let limit = project.tolerance.unapproved.as_ref()?;
    let then = project.allowance_then(AllowanceKind::Unapproved, day, control.status_date);
    let units = then.filter(|then| then.unit == limit.unit).map_or(limit.units, |then| then.size);
    Some((unapproved_of_unit(project, control, &limit.unit, day), units))
}

/// Whether a frozen report says that a tolerance, as it was set then, was left. Units are those that reports and changes up to its day
/// tell.
#[must_use]
pub fn was_left(project: &Project, control: &Control, frozen: &Snapshot, kind: DimensionKind) -> bool {
    drift_then(project, control, frozen, kind).is_some_and(Drift::is_left)
}

/// How far the project drifted by a frozen report, inside its tolerance or not; none where none is set, the report does not say, or a
/// sentence was kept.
fn drift_then(project: &Project, control: &Control, frozen: &Snapshot, kind: DimensionKind) -> Option<Drift> {
    let figures = &frozen.figures;
    let allowed = |kind| project.allowance_then(kind, frozen.status_date, control.status_date);
    match kind {
        DimensionKind::Time => {
            let (promised, forecast) = (figures.baseline_finish?, figures.forecast_finish?);
            let days = project.working_time().working_days_after(promised, forecast);
            let slip = days * project.work_time().minutes_per_day;
            Some(Drift::Time { slip, allowed: allowed(AllowanceKind::Time)?.size })
        }
        DimensionKind::Cost => Some(Drift::Cost {
            over: figures.judged_estimate()? - figures.total.budget?,
            allowed: allowed(AllowanceKind::Cost)?.amount(),
            basis: control.judged_cost().basis,
        }),
        DimensionKind::Scope if project.tolerance.unapproved.is_some() => {
            units_on(project, control, frozen.status_date)
        }
        _ => {
            project.tolerance.told(kind.key())?;
            let colour = Colour::from_word(frozen.dimensions.get(kind.key())?);
            (colour == Some(Colour::Red)).then_some(Drift::Told)
        }
    }
}

fn units_on(project: &Project, control: &Control, day: Date) -> Option<Drift> {
    let (unapproved, allowed) = unapproved_on(project, control, day)?;
    Some(Drift::Units { unapproved, allowed })
}

#[cfg(test)]
mod tests {
    use super::super::golden::{STATUS_DATE, branch_network, euros, measured_on};
    use super::*;
    use crate::model::{Text, UnitLimit};

    fn left(change: impl FnOnce(&mut Project)) -> Vec<ToleranceLeft> {
        let mut project = branch_network().project;
        change(&mut project);
        let control = measured_on(&project, STATUS_DATE);
        tolerances_left(&project, &control)
    }

    #[test]
    fn the_finish_is_outside_and_the_cost_inside() {
        let left = left(|_| {});
        assert_eq!(left.len(), 1);
        assert_eq!(left[0].kind, DimensionKind::Time);
        assert_eq!(left[0].drift, Drift::Time { slip: 34 * 480, allowed: 10 * 480 });
        // No report is frozen in the sketch, so it is new.
        assert_eq!(left[0].since.to_string(), STATUS_DATE);
    }

    #[test]
    fn cost_counted_piece_by_piece_beyond_the_tolerance_is_said_beside_the_colour_and_leaves_nothing() {
        // The trend says 6 527 over, the count 10 896; 9 000 are tolerated.
        assert!(left(|_| {}).iter().all(|left| left.kind != DimensionKind::Cost));
        let health = measured_on(&branch_network().project, STATUS_DATE).health;
        let cost = health.dimension(DimensionKind::Cost);
        assert_eq!(cost.colour, Colour::Amber);
        let words = cost.reason.replace(['\u{a0}', '\u{202f}'], " ");
        assert!(
            words.ends_with("(EAC₄) it is 109 328 EUR, 1 896 EUR beyond budget and tolerance"),
            "{words}"
        );
    }

    #[test]
    fn a_tolerance_that_was_left_twice_was_left_for_two_times() {
        let mut project = branch_network().project;
        let control = measured_on(&project, STATUS_DATE);
        let report = |day: &str, forecast: &str| {
            let mut frozen = Snapshot::silent(day.parse().unwrap());
            frozen.figures.baseline_finish = "2026-12-02".parse().ok();
            frozen.figures.forecast_finish = forecast.parse().ok();
            frozen
        };
        project.snapshots = vec![
            report("2026-10-09", "2027-01-20"),
            report("2026-10-23", "2026-12-03"),
            report("2026-11-06", "2027-01-20"),
        ];
        let told: Vec<(String, String, bool)> = episodes(&project, &control)
            .iter()
            .map(|one| (one.first.unwrap().status_date.to_string(), one.last.to_string(), one.is_over))
            .collect();
        let row = |first: &str, last: &str, is_over| (first.to_owned(), last.to_owned(), is_over);
        assert_eq!(told, [row("2026-10-09", "2026-10-09", true), row("2026-11-06", STATUS_DATE, false)]);
    }

    #[test]
    fn cost_is_left_when_the_estimate_is_over_by_more_than_the_board_allows() {
        let left = left(|project| project.tolerance.cost = Some(euros(6_000)));
        let cost = left.iter().find(|left| left.kind == DimensionKind::Cost);
        assert!(matches!(cost.map(|left| left.drift), Some(Drift::Cost { over, .. }) if over > euros(6_500)));
    }

    /// The colour and the tolerance of now are judged by the dearer of two estimates; those of then were by the headline.
    #[test]
    fn a_report_of_the_past_left_the_tolerance_of_cost_by_the_estimate_that_was_judged() {
        let mut project = branch_network().project;
        project.tolerance.cost = Some(euros(9_000));
        let control = measured_on(&project, STATUS_DATE);
        let mut frozen = Snapshot::silent(project.start.day);
        frozen.figures.total.budget = Some(euros(100_000));
        frozen.figures.estimate = Some(euros(108_000));
        assert!(!was_left(&project, &control, &frozen, DimensionKind::Cost));
        frozen.figures.estimate_judged = Some(euros(109_001));
        assert!(was_left(&project, &control, &frozen, DimensionKind::Cost));
    }

    #[test]
    fn a_report_of_the_past_left_a_told_tolerance_only_where_there_is_one() {
        let mut project = branch_network().project;
        let red = ("scope".to_owned(), "red".to_owned());
        let frozen = Snapshot { dimensions: [red].into(), ..Snapshot::silent(project.start.day) };
        let control = measured_on(&project, STATUS_DATE);
        project.tolerance.scope = None;
        assert!(!was_left(&project, &control, &frozen, DimensionKind::Scope));
        project.tolerance.scope = Some(Text::default());
        assert!(was_left(&project, &control, &frozen, DimensionKind::Scope));
        // Where the board says how many, the colour is not asked: none has come in here.
        project.tolerance.unapproved = Some(UnitLimit { units: 1, unit: "branches".to_owned() });
        assert!(!was_left(&project, &control, &frozen, DimensionKind::Scope));
    }

    #[test]
    fn without_a_tolerance_none_is_left_and_a_sentence_is_left_when_its_dimension_is_red() {
        assert!(left(|project| project.tolerance = crate::model::Tolerance::default()).is_empty());
        let told = left(|project| {
            project.tolerance.time = None;
            project.tolerance.scope = Some(Text::default());
        });
        assert!(told.iter().all(|left| left.drift == Drift::Told), "{told:?}");
    }

    /// 10 days are tolerated, and the finish is 34 late. Ten more than what was answered are inside the answer, eleven are not.
    #[test]
    fn an_answer_is_outgrown_once_the_drift_has_gone_on_by_the_whole_tolerance() {
        let mut project = branch_network().project;
        let report = |day: &str, forecast: &str| {
            let mut frozen = Snapshot::silent(day.parse().unwrap());
            frozen.figures.baseline_finish = "2026-12-02".parse().ok();
            frozen.figures.forecast_finish = forecast.parse().ok();
            frozen
        };
        let control = measured_on(&project, STATUS_DATE);
        let outgrown_by = |project: &Project, answered: &str| {
            let left = tolerances_left(project, &control)[0];
            let slip = outgrown(project, &control, &left, answered.parse().unwrap());
            slip.map(|drift| match drift {
                Drift::Time { slip, .. } => slip / 480,
                _ => unreachable!("time alone is left"),
            })
        };
        assert_eq!(outgrown_by(&project, "2026-10-12"), None, "no report was frozen");
        // 21 January is 34 working days behind 2 December; 18 December is 12, nothing is worked from 21 December to 6 January.
        let cases =
            [("2027-01-08", None), ("2027-01-07", None), ("2026-12-18", Some(12)), ("2027-01-21", None)];
        for (forecast, expected) in cases {
            project.snapshots = vec![report("2026-10-09", forecast), report("2026-10-23", "2027-01-21")];
            assert_eq!(outgrown_by(&project, "2026-10-12"), expected, "{forecast}");
            assert_eq!(outgrown_by(&project, "2026-10-23"), None, "{forecast}");
        }
        // Two days late by the report before the answer is inside the tolerance: the board was told what the next report says.
        project.snapshots = vec![report("2026-10-09", "2026-12-04"), report("2026-10-23", "2027-01-21")];
        assert_eq!(outgrown_by(&project, "2026-10-12"), None);
    }
}
