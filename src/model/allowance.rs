//! What the board allows a project: how far finish and cost may drift, and how much is held back; and which of the places that say
//! so is in force.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::diagnostic::Span;
use crate::model::{Baseline, Change, Project, UnitLimit};
use crate::quantity::{Amount, GateId, Id};

/// Something that only the board widens once the plan is approved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AllowanceKind {
    /// Working time that the finish may slip.
    Time,
    /// Money by which the estimate at completion may exceed the budget.
    Cost,
    /// Units of scope that may come in without an approved change.
    Unapproved,
    /// The contingency granted.
    Contingency,
    /// The management reserve granted.
    ManagementReserve,
}

impl AllowanceKind {
    /// All of them, in the order of the files.
    pub const ALL: [Self; 5] =
        [Self::Time, Self::Cost, Self::Unapproved, Self::Contingency, Self::ManagementReserve];

    /// Its key under `allowed:` and `tolerances:`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::Cost => "cost",
            Self::Unapproved => "unapproved",
            Self::Contingency => "contingency",
            Self::ManagementReserve => "management_reserve",
        }
    }

    /// Its name in sentences.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Time => "tolerance of time",
            Self::Cost => "tolerance of cost",
            Self::Unapproved => "tolerance of scope without an approved change",
            Self::Contingency => "contingency",
            Self::ManagementReserve => "management reserve",
        }
    }
}

/// How much is allowed, and where that is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowed {
    /// Working minutes for time, units for scope, money in its smallest unit for the others; zero or more.
    pub size: i64,
    /// What is counted, as written, for scope: `points`; empty for the others.
    pub unit: String,
    /// Where it stands.
    pub origin: Span,
}

impl Allowed {
    /// Time or money.
    #[must_use]
    pub fn of(size: i64, origin: Span) -> Self {
        Self { size, unit: String::new(), origin }
    }

    /// The size as money.
    #[must_use]
    pub fn amount(&self) -> Amount {
        Amount(self.size)
    }

    /// Whether it allows the same as another.
    fn is_as_much_as(&self, other: &Self) -> bool {
        (self.size, &self.unit) == (other.size, &other.unit)
    }

    /// Whether it allows no more than another; what is counted in another unit cannot be compared, and may be more.
    fn is_within(&self, other: &Self) -> bool {
        self.unit == other.unit && self.size <= other.size
    }
}

/// What one place says; what it does not say is missing.
pub type Allowances = BTreeMap<AllowanceKind, Allowed>;

/// Who set an allowance.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AllowedBy {
    /// The files of the project themselves: nothing else says less.
    Folder,
    /// The baseline in force.
    Baseline(Id),
    /// A gate that was passed since.
    Gate(GateId),
    /// A change that was approved since.
    Change(Id),
}

/// The allowance that holds, and what the files say beyond it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AllowanceInForce {
    /// How much, and where.
    pub allowed: Allowed,
    /// Who set it.
    pub by: AllowedBy,
    /// What the files of the project say now, where that is looser and nobody allowed it.
    pub loosened: Option<Loosened>,
}

/// A looser allowance that nobody allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Loosened {
    /// The files say more.
    To(Allowed),
    /// The files say nothing any more.
    Removed,
}

/// What the board last set.
struct Set {
    allowed: Allowed,
    by: AllowedBy,
    /// What the baseline in force froze; none where it does not say.
    frozen: Option<Allowed>,
}

impl Project {
    /// What the files of the project say of an allowance; none where they set none.
    fn typed_allowance(&self, kind: AllowanceKind) -> Option<Allowed> {
        let field = |name: &str| self.field_origins.get(name).copied().unwrap_or(self.origin);
        let reserve = |amount: Amount, place: Option<Span>| {
            let origin = place.or(self.budget.origin).unwrap_or(self.origin);
            Some(Allowed::of(amount.0, origin))
        };
        match kind {
            AllowanceKind::Time => self.tolerance.time.map(|size| Allowed::of(size, field("tolerance.time"))),
            AllowanceKind::Cost => {
                self.tolerance.cost.map(|cost| Allowed::of(cost.0, field("tolerance.cost")))
            }
            AllowanceKind::Unapproved => self.tolerance.unapproved.clone().map(|limit| Allowed {
                size: limit.units,
                unit: limit.unit,
                origin: field("tolerance.unapproved"),
            }),
            AllowanceKind::Contingency => reserve(self.budget.contingency, self.budget.contingency_origin),
            AllowanceKind::ManagementReserve => {
                reserve(self.budget.management_reserve, self.budget.reserve_origin)
            }
        }
    }

    /// What the board last set for an allowance: the baseline in force on a day, or a gate passed or a change approved since it was
    /// approved, the newest of them. None where neither says, and where the files set it under a baseline that does not, as older
    /// ones do not.
    fn set_allowance(&self, kind: AllowanceKind, day: Date) -> Option<Set> {
        let baseline = self.baseline_as_of(day)?;
        let newest = self.allowed_since(kind, baseline, day);
        let Some(frozen) = baseline.allowed.get(&kind) else {
            let (allowed, by) = newest.filter(|_| self.typed_allowance(kind).is_none())?;
            return Some(Set { allowed, by, frozen: None });
        };
        let (allowed, by) = newest
            // The gate that approved the baseline says the same as the baseline.
            .filter(|(allowed, _)| !allowed.is_as_much_as(frozen))
            .unwrap_or_else(|| (frozen.clone(), AllowedBy::Baseline(baseline.id.clone())));
        Some(Set { allowed, by, frozen: Some(frozen.clone()) })
    }

    /// The newest of the gates and changes that set an allowance since a baseline was approved. The change that allows the baseline
    /// goes with it, though it was approved before.
    fn allowed_since(
        &self,
        kind: AllowanceKind,
        baseline: &Baseline,
        day: Date,
    ) -> Option<(Allowed, AllowedBy)> {
        let since = baseline.approved.or(baseline.frozen);
        let is_since = |decided: Option<Date>| decided.is_some() && decided >= since;
        let gates = self.gates.values().filter_map(|gate| {
            // What a gate sets it sets with its newest decision.
            let decided = gate.passed_on(day).filter(|decided| gate.decided == Some(*decided));
            let decided = decided.filter(|decided| is_since(Some(*decided)))?;
            Some((Some(decided), gate.allowed.get(&kind)?, AllowedBy::Gate(gate.gate)))
        });
        let is_with = |change: &Change| baseline.authorised_by.as_ref() == Some(&change.id);
        let changes = self
            .registers
            .changes
            .iter()
            .filter(|change| change.is_approved(day) && (is_since(change.decided) || is_with(change)))
            .filter_map(|change| {
                Some((change.decided, change.allowed.get(&kind)?, AllowedBy::Change(change.id.clone())))
            });
        let newest = gates.chain(changes).max_by_key(|(decided, _, _)| *decided);
        newest.map(|(_, allowed, by)| (allowed.clone(), by))
    }

    /// The allowance in force on a day: what the board last set, or what the files say where that is less or the board set nothing.
    ///
    /// `B1` froze a tolerance of 10 days: with 15 days in `project.yaml` 10 hold, until a change approved since says
    /// `allows: {time: 15d}`. From the day of its approval 15 hold, also where `project.yaml` still says the 10 that were frozen;
    /// where it says 8, somebody wants less, and 8 hold. What an earlier baseline froze is no wish for less either: the 10 of `B1`
    /// do not cut the 15 that `B2` froze. None where neither sets any.
    #[must_use]
    pub fn allowance(&self, kind: AllowanceKind, day: Date) -> Option<AllowanceInForce> {
        let typed = self.typed_allowance(kind);
        let Some(Set { allowed: set, by, frozen }) = self.set_allowance(kind, day) else {
            return typed.map(|allowed| AllowanceInForce { allowed, by: AllowedBy::Folder, loosened: None });
        };
        let since = self.baseline_as_of(day).and_then(|baseline| baseline.approved.or(baseline.frozen));
        let earlier = self.baselines.iter().filter(|known| known.approved.or(known.frozen) < since);
        let earlier = earlier.filter_map(|known| known.allowed.get(&kind));
        let was_frozen: Vec<&Allowed> = frozen.iter().chain(earlier).collect();
        let is_still_frozen = |typed: &Allowed| was_frozen.iter().any(|frozen| typed.is_as_much_as(frozen));
        let (allowed, by, loosened) = match typed {
            Some(typed) if typed.is_as_much_as(&set) => (typed, by, None),
            Some(typed) if typed.is_within(&set) && is_still_frozen(&typed) => (set, by, None),
            Some(typed) if typed.is_within(&set) => (typed, AllowedBy::Folder, None),
            Some(typed) => (set, by, Some(Loosened::To(typed))),
            None if frozen.is_none() => (set, by, None),
            None => (set, by, Some(Loosened::Removed)),
        };
        Some(AllowanceInForce { allowed, by, loosened })
    }

    /// The allowance that held on a day of the past, as far as that is known today: what the board had set by then, or what holds today
    /// where nobody has set another since, or nobody had set any.
    ///
    /// `B1` froze 10 days, `B2` a month later 8: a slip of 9 days lay inside before `B2`, and lies outside since.
    #[must_use]
    pub fn allowance_then(&self, kind: AllowanceKind, day: Date, today: Date) -> Option<Allowed> {
        let now = self.typed_allowance(kind);
        match (self.set_allowance(kind, day), self.set_allowance(kind, today)) {
            (Some(then), Some(set)) if then.by == set.by => now,
            (Some(then), _) => Some(then.allowed),
            (None, _) => now,
        }
    }

    /// Puts the allowances in force on a day in the place of what the files say, each with its own place, and remembers them all.
    #[must_use]
    pub fn held_to_allowances(mut self, day: Date) -> Self {
        let in_force: BTreeMap<AllowanceKind, AllowanceInForce> =
            AllowanceKind::ALL.iter().filter_map(|kind| Some((*kind, self.allowance(*kind, day)?))).collect();
        let is_typed =
            |kind, held: &AllowanceInForce| self.typed_allowance(kind).as_ref() == Some(&held.allowed);
        let set_elsewhere: Vec<AllowanceKind> =
            in_force.iter().filter(|(kind, held)| !is_typed(**kind, held)).map(|(kind, _)| *kind).collect();
        for (kind, held) in in_force.iter().filter(|(kind, _)| set_elsewhere.contains(kind)) {
            let Allowed { size, ref unit, origin } = held.allowed;
            match kind {
                AllowanceKind::Time => {
                    self.tolerance.time = Some(size);
                    self.field_origins.insert("tolerance.time".to_owned(), origin);
                }
                AllowanceKind::Cost => {
                    self.tolerance.cost = Some(Amount(size));
                    self.field_origins.insert("tolerance.cost".to_owned(), origin);
                }
                AllowanceKind::Unapproved => {
                    self.tolerance.unapproved = Some(UnitLimit { units: size, unit: unit.clone() });
                    self.field_origins.insert("tolerance.unapproved".to_owned(), origin);
                }
                AllowanceKind::Contingency => {
                    self.budget.contingency = Amount(size);
                    self.budget.contingency_origin = Some(origin);
                }
                AllowanceKind::ManagementReserve => {
                    self.budget.management_reserve = Amount(size);
                    self.budget.reserve_origin = Some(origin);
                }
            }
        }
        self.allowances = in_force;
        self
    }
}
