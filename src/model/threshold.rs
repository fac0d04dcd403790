//! The limits that give colours, classes of risk and flags: the trade's defaults, and what a portfolio or project sets
//! instead.
//!
//! No standard fixes most of them, so each is printed with where it comes from.

use std::collections::BTreeMap;

use crate::diagnostic::Span;

/// A limit that a figure is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Limit {
    /// SPI(t) from here on is green.
    IndexGreen,
    /// SPI(t) and CPI from here on are amber, below red.
    IndexAmber,
    /// A slip up to this share of the time tolerance is green.
    SlipGreen,
    /// A chance of the promised finish from here on is green, below amber.
    ChanceGreen,
    /// Growth of scope up to this share of the budget is green.
    GrowthGreen,
    /// Growth of scope up to this share of the budget is amber, above red.
    GrowthAmber,
    /// Working days that a change may wait for its decision before scope is amber.
    ChangeWaits,
    /// Tests passed ÷ run from here on are green.
    TestsPassed,
    /// Expected loss up to this share of the contingency left is green.
    RiskGreen,
    /// Expected loss up to this share of the contingency left is amber, above red.
    RiskAmber,
    /// A benefit forecast from this share of the way to its target on is green.
    BenefitsGreen,
    /// A benefit forecast from this share of the way to its target on is amber, below red.
    BenefitsAmber,
    /// Reporting periods up to which the newest report is green.
    ReportGreen,
    /// Reporting periods up to which the newest report is amber, older red.
    ReportAmber,
    /// Scores of risk from here on are medium, and amber.
    ScoreMedium,
    /// Scores of risk from here on are high, and amber.
    ScoreHigh,
    /// Scores of risk from here on are very high, and red.
    ScoreVeryHigh,
    /// Point 1: a larger share of tasks without a predecessor or successor raises the flag.
    MissingLogic,
    /// Point 2: a larger share of links with a lead raises the flag.
    Leads,
    /// Point 3: a larger share of links with a lag raises the flag.
    Lags,
    /// Point 4: a smaller share of finish-to-start links raises the flag.
    FinishToStart,
    /// Point 5: a larger share of tasks with a hard constraint raises the flag.
    HardConstraints,
    /// Point 6: working days of total float above which float is high.
    FloatDays,
    /// Point 6: a larger share of tasks with high float raises the flag.
    HighFloat,
    /// Point 7: a larger share of tasks with negative float raises the flag.
    NegativeFloat,
    /// Point 8: working days above which a task is long.
    DurationDays,
    /// Point 8: a larger share of long tasks raises the flag.
    HighDuration,
    /// Point 9: a larger share of tasks with invalid dates raises the flag.
    InvalidDates,
    /// Point 11: a larger share of missed tasks raises the flag.
    MissedTasks,
    /// Point 13: a critical path length index below this raises the flag.
    PathLengthIndex,
    /// Point 14: a baseline execution index below this raises the flag.
    ExecutionIndex,
    /// Predecessors above which a merge point is listed.
    Predecessors,
    /// Working days above which a lag is long.
    LagDays,
}

/// What a limit is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitUnit {
    /// A share of something: 0.05 is 5 %.
    Share,
    /// An index; 1 is as planned.
    Index,
    /// Working days.
    Days,
    /// A whole number.
    Count,
}

impl Limit {
    /// All limits, in the order in which readers see them.
    pub const ALL: [Self; 33] = [
        Self::IndexGreen,
        Self::IndexAmber,
        Self::SlipGreen,
        Self::ChanceGreen,
        Self::GrowthGreen,
        Self::GrowthAmber,
        Self::ChangeWaits,
        Self::TestsPassed,
        Self::RiskGreen,
        Self::RiskAmber,
        Self::BenefitsGreen,
        Self::BenefitsAmber,
        Self::ReportGreen,
        Self::ReportAmber,
        Self::ScoreMedium,
        Self::ScoreHigh,
        Self::ScoreVeryHigh,
        Self::MissingLogic,
        Self::Leads,
        Self::Lags,
        Self::FinishToStart,
        Self::HardConstraints,
        Self::FloatDays,
        Self::HighFloat,
        Self::NegativeFloat,
        Self::DurationDays,
        Self::HighDuration,
        Self::InvalidDates,
        Self::MissedTasks,
        Self::PathLengthIndex,
        Self::ExecutionIndex,
        Self::Predecessors,
        Self::LagDays,
    ];

    /// Its key under `thresholds`, its default, what it is counted in, and what it decides in a few words.
    const fn facts(self) -> (&'static str, f64, LimitUnit, &'static str) {
        use LimitUnit::{Count, Days, Index, Share};
        match self {
            Self::IndexGreen => ("index_green", 0.95, Index, "time: SPI(t) is green from here"),
            Self::IndexAmber => ("index_amber", 0.90, Index, "time and cost: SPI(t) and CPI are red below"),
            Self::SlipGreen => ("slip_green", 0.50, Share, "time: green up to this share of the tolerance"),
            Self::ChanceGreen => {
                ("chance_green", 0.50, Share, "time: chance of the promised finish, green from")
            }
            Self::GrowthGreen => ("growth_green", 0.05, Share, "scope: growth is green up to here"),
            Self::GrowthAmber => ("growth_amber", 0.15, Share, "scope: growth is red above"),
            Self::ChangeWaits => ("change_waits", 10.0, Days, "scope: amber when a change waits longer"),
            Self::TestsPassed => ("tests_passed", 0.95, Share, "quality: amber when fewer tests pass"),
            Self::RiskGreen => {
                ("risk_green", 0.60, Share, "risk: expected loss ÷ contingency left, green up to")
            }
            Self::RiskAmber => {
                ("risk_amber", 1.00, Share, "risk: expected loss ÷ contingency left, red above")
            }
            Self::BenefitsGreen => {
                ("benefits_green", 0.95, Share, "benefits: share of the way forecast, green from")
            }
            Self::BenefitsAmber => {
                ("benefits_amber", 0.80, Share, "benefits: share of the way forecast, red below")
            }
            Self::ReportGreen => ("report_green", 1.0, Count, "data: periods up to which a report is new"),
            Self::ReportAmber => ("report_amber", 2.0, Count, "data: periods after which a report is stale"),
            Self::ScoreMedium => ("score_medium", 5.0, Count, "risk: a score is medium, amber, from here"),
            Self::ScoreHigh => ("score_high", 10.0, Count, "risk: a score is high, amber, from here"),
            Self::ScoreVeryHigh => {
                ("score_very_high", 17.0, Count, "risk: a score is very high, red, from here")
            }
            Self::MissingLogic => ("missing_logic", 0.05, Share, "point 1: flag above"),
            Self::Leads => ("leads", 0.0, Share, "point 2: flag above"),
            Self::Lags => ("lags", 0.05, Share, "point 3: flag above"),
            Self::FinishToStart => ("finish_to_start", 0.90, Share, "point 4: flag below"),
            Self::HardConstraints => ("hard_constraints", 0.05, Share, "point 5: flag above"),
            Self::FloatDays => ("float_days", 44.0, Days, "point 6: float is high above"),
            Self::HighFloat => ("high_float", 0.05, Share, "point 6: flag above"),
            Self::NegativeFloat => ("negative_float", 0.0, Share, "point 7: flag above"),
            Self::DurationDays => ("duration_days", 44.0, Days, "point 8: a task is long above"),
            Self::HighDuration => ("high_duration", 0.05, Share, "point 8: flag above"),
            Self::InvalidDates => ("invalid_dates", 0.0, Share, "point 9: flag above"),
            Self::MissedTasks => ("missed_tasks", 0.05, Share, "point 11: flag above"),
            Self::PathLengthIndex => ("cpli", 0.95, Index, "point 13: flag below"),
            Self::ExecutionIndex => ("bei", 0.95, Index, "point 14: flag below"),
            Self::Predecessors => ("predecessors", 6.0, Count, "merge points: listed above"),
            Self::LagDays => ("lag_days", 10.0, Days, "a lag is long above"),
        }
    }

    /// Its key under `thresholds:`.
    #[must_use]
    pub fn key(self) -> &'static str {
        self.facts().0
    }

    /// The value where nobody sets another: domain practice for colours and risk, DCMA-EA PAM 200.1 for the fourteen
    /// points.
    #[must_use]
    pub fn usual(self) -> f64 {
        self.facts().1
    }

    /// What it is counted in.
    #[must_use]
    pub fn unit(self) -> LimitUnit {
        self.facts().2
    }

    /// What it decides, in a few words.
    #[must_use]
    pub fn decides(self) -> &'static str {
        self.facts().3
    }
}

/// A scale of five classes, 1 to 5.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RiskScale {
    /// How likely.
    Probability,
    /// Cost, as a share of the budget.
    Cost,
    /// Time, as a share of the time tolerance.
    Time,
}

impl RiskScale {
    /// All scales, in the order in which readers see them.
    pub const ALL: [Self; 3] = [Self::Probability, Self::Cost, Self::Time];

    /// Its key under `thresholds:`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Probability => "probability_classes",
            Self::Cost => "cost_classes",
            Self::Time => "time_classes",
        }
    }

    /// The upper ends of classes 1 to 4 where nobody sets others, as shares.
    #[must_use]
    pub fn usual(self) -> [f64; 4] {
        match self {
            Self::Probability => [0.10, 0.30, 0.50, 0.70],
            Self::Cost => [0.01, 0.03, 0.05, 0.10],
            Self::Time => [0.10, 0.25, 0.50, 1.00],
        }
    }

    /// What it classes, in a few words.
    #[must_use]
    pub fn decides(self) -> &'static str {
        match self {
            Self::Probability => "risk: upper ends of classes 1 to 4 of probability",
            Self::Cost => "risk: upper ends of classes 1 to 4 of cost ÷ budget",
            Self::Time => "risk: upper ends of classes 1 to 4 of time ÷ tolerance",
        }
    }
}

/// The limits in force for a project: what its own file sets, else the portfolio's, else the usual ones.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Thresholds {
    limits: BTreeMap<Limit, (f64, Span)>,
    scales: BTreeMap<RiskScale, ([f64; 4], Span)>,
}

impl Thresholds {
    /// The value of a limit, in its own unit.
    #[must_use]
    pub fn get(&self, limit: Limit) -> f64 {
        self.limits.get(&limit).map_or_else(|| limit.usual(), |(value, _)| *value)
    }

    /// Where a limit is set; none where the usual value holds.
    #[must_use]
    pub fn origin(&self, limit: Limit) -> Option<Span> {
        self.limits.get(&limit).map(|(_, origin)| *origin)
    }

    /// The upper ends of classes 1 to 4 of a scale, as shares, rising.
    #[must_use]
    pub fn scale(&self, scale: RiskScale) -> [f64; 4] {
        self.scales.get(&scale).map_or_else(|| scale.usual(), |(ends, _)| *ends)
    }

    /// Where a scale is set; none where the usual one holds.
    #[must_use]
    pub fn scale_origin(&self, scale: RiskScale) -> Option<Span> {
        self.scales.get(&scale).map(|(_, origin)| *origin)
    }

    /// The class of a share on a scale: 1 up to the first end, 5 above the last.
    ///
    /// A probability of 70 % is of class 4, one of 71 % of class 5.
    #[must_use]
    pub fn class(&self, scale: RiskScale, share: f64) -> u8 {
        1 + self.scale(scale).iter().map(|end| u8::from(share > *end)).sum::<u8>()
    }

    /// Sets a limit.
    pub fn set(&mut self, limit: Limit, value: f64, origin: Span) {
        self.limits.insert(limit, (value, origin));
    }

    /// Sets the upper ends of classes 1 to 4 of a scale.
    pub fn set_scale(&mut self, scale: RiskScale, ends: [f64; 4], origin: Span) {
        self.scales.insert(scale, (ends, origin));
    }
}
