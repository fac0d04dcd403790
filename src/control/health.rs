//! Status by dimension: a colour, the rule that gave it, and the figures put into the rule.

use jiff::civil::Date;

use super::{
    BottomUp, Burn, EarnedSchedule, EarnedValue, Position, Reference, RiskOutlook, Spending, TaskValue,
    UnbookedEffort,
};
use super::{health_of_outlook, health_of_promises, health_of_unread};
use crate::model::{Exposure, Limit, PersonNo, Project, RiskScale, Text, Thresholds, WorkingTime};
use crate::quantity::{Amount, Ratio};

/// How the project stands.
#[derive(Clone, Debug)]
pub struct Health {
    /// The worst of time, cost, scope and quality; not better than amber while risk, benefits or data are red. Unrated once the board
    /// has stopped the project: nothing is promised of it any more. Unrated, too, where one of the four could not be read and none of
    /// the others is red.
    pub overall: Colour,
    /// One entry for each of [`DimensionKind::ALL`], in that order.
    pub dimensions: Vec<Dimension>,
    /// What the newest report declares; none where it declares nothing.
    pub declared: Option<Declared>,
    /// Computed colours of earlier snapshots, then of the status date, in order.
    pub trend: Vec<(Date, Colour)>,
    /// Dimensions that have no colour because something that they are judged by could not be read.
    unread: Vec<DimensionKind>,
    /// Whether the board has stopped the project.
    is_stopped: bool,
}

/// A status colour; the order runs from good to bad, with what cannot be rated first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Colour {
    /// There is nothing to judge by.
    Unrated,
    /// Inside limits, no trend to leave them.
    Green,
    /// Attention: a limit is near.
    Amber,
    /// Act: a limit is broken.
    Red,
}

impl Colour {
    /// The worse of two; anything rated is worse than unrated.
    #[must_use]
    pub fn worst(self, other: Self) -> Self {
        self.max(other)
    }

    /// One letter, so that colour is never the only sign: `G`, `A`, `R`, or `–`.
    #[must_use]
    pub fn letter(self) -> char {
        match self {
            Self::Unrated => '–',
            Self::Green => 'G',
            Self::Amber => 'A',
            Self::Red => 'R',
        }
    }

    /// The word in files and on pages: `green`, `amber`, `red`, `unrated`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Unrated => "unrated",
            Self::Green => "green",
            Self::Amber => "amber",
            Self::Red => "red",
        }
    }

    /// Reads the word in `updates/*.md` and `snapshots/*.yaml`.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Unrated, Self::Green, Self::Amber, Self::Red].into_iter().find(|colour| colour.word() == word)
    }
}

/// What is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DimensionKind {
    /// Will it finish when promised?
    Time,
    /// Will it cost what was promised?
    Cost,
    /// Is it still what was agreed?
    Scope,
    /// Is it good enough?
    Quality,
    /// Does the contingency cover what may still happen?
    Risk,
    /// Will it bring what was promised?
    Benefits,
    /// Can the figures be trusted?
    Data,
}

impl DimensionKind {
    /// All dimensions, in the order shown to readers.
    pub const ALL: [Self; 7] =
        [Self::Time, Self::Cost, Self::Scope, Self::Quality, Self::Risk, Self::Benefits, Self::Data];

    /// The verb that goes with its name: benefits *are* red, time *is*.
    #[must_use]
    pub fn verb(self) -> &'static str {
        if self == Self::Benefits { "are" } else { "is" }
    }

    /// Its key in files, in lower case: `time`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::Cost => "cost",
            Self::Scope => "scope",
            Self::Quality => "quality",
            Self::Risk => "risk",
            Self::Benefits => "benefits",
            Self::Data => "data",
        }
    }
}

/// The status of one dimension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dimension {
    /// What is judged.
    pub kind: DimensionKind,
    /// The verdict.
    pub colour: Colour,
    /// The rule in words, with the thresholds in force.
    pub rule: String,
    /// The figures that were put into it; why it is unrated where it is.
    pub reason: String,
}

/// The colour a person declares.
#[derive(Clone, Debug)]
pub struct Declared {
    /// The colour.
    pub colour: Colour,
    /// Who declares it.
    pub author: Option<PersonNo>,
    /// The status date of the report.
    pub date: Date,
    /// Why, where the author says.
    pub reason: Option<Text>,
    /// Whether it is better than the computed colour: then both are shown and a reason is asked for.
    pub better_than_computed: bool,
    /// The place of the report in the project's `updates`; its `declared` holds where the colour stands.
    pub update: usize,
}

/// The level of a risk's score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RiskLevel {
    /// Watch it.
    Low,
    /// Respond where it is cheap.
    Medium,
    /// Respond.
    High,
    /// Escalate.
    VeryHigh,
}

impl RiskLevel {
    /// The level in words.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::VeryHigh => "very high",
        }
    }
}

/// A risk's classes of probability and impact, 1 to 5 each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RiskRating {
    /// By default 1 up to 10 %, 2 up to 30 %, 3 up to 50 %, 4 up to 70 %, 5 above.
    pub probability: u8,
    /// The worse of money (by default 1 up to 1 % of the budget, 2 up to 3 %, 3 up to 5 %, 4 up to 10 %, 5 above) and
    /// time (by default 1 up to 10 % of the time tolerance, 2 up to 25 %, 3 up to 50 %, 4 up to 100 %, 5 above).
    pub impact: u8,
}

impl Health {
    /// Judges one dimension anew, and what follows from all of them.
    pub(super) fn amend(&mut self, kind: DimensionKind, change: impl FnOnce(&mut Dimension)) {
        if let Some(dimension) = self.dimensions.iter_mut().find(|dimension| dimension.kind == kind) {
            change(dimension);
        }
        self.overall = overall(&self.dimensions, &self.unread, self.is_stopped);
        if let Some((_, today)) = self.trend.last_mut() {
            *today = self.overall;
        }
        if let Some(declared) = &mut self.declared {
            declared.better_than_computed = declared.colour < self.overall;
        }
    }

    /// Whether a dimension has no colour because something that it is judged by could not be read.
    #[must_use]
    pub fn is_unread(&self, kind: DimensionKind) -> bool {
        self.unread.contains(&kind)
    }

    /// The status of a dimension.
    ///
    /// # Panics
    /// Every dimension is there; a missing one is our bug.
    #[must_use]
    pub fn dimension(&self, kind: DimensionKind) -> &Dimension {
        self.dimensions
            .iter()
            .find(|dimension| dimension.kind == kind)
            .expect("health holds every kind of dimension")
    }
}

impl RiskRating {
    /// Rates an exposure against the budget at completion and the time tolerance of a project, by its classes.
    ///
    /// Without a budget or a tolerance the impact in that dimension cannot be rated and does not count. An
    /// opportunity is rated by the size of what it brings.
    #[must_use]
    pub fn of(exposure: &Exposure, budget: Amount, project: &Project) -> Self {
        let class = |scale, share: f64| project.thresholds.class(scale, share);
        let cost = Ratio::of_amounts(exposure.cost, budget)
            .map_or(1, |share| class(RiskScale::Cost, share.get().abs()));
        let tolerance = project.tolerance.time.unwrap_or(0) as f64;
        let time = Ratio::of(exposure.time as f64, tolerance)
            .map_or(1, |share| class(RiskScale::Time, share.get().abs()));
        Self {
            probability: class(RiskScale::Probability, exposure.probability.fraction().as_f64()),
            impact: cost.max(time),
        }
    }

    /// Probability class × impact class, 1 to 25.
    #[must_use]
    pub fn score(self) -> u8 {
        self.probability * self.impact
    }

    /// The level of the score: by default low up to 4, medium up to 9, high up to 16, very high above.
    #[must_use]
    pub fn level(self, thresholds: &Thresholds) -> RiskLevel {
        let score = f64::from(self.score());
        match () {
            () if score >= thresholds.get(Limit::ScoreVeryHigh) => RiskLevel::VeryHigh,
            () if score >= thresholds.get(Limit::ScoreHigh) => RiskLevel::High,
            () if score >= thresholds.get(Limit::ScoreMedium) => RiskLevel::Medium,
            () => RiskLevel::Low,
        }
    }

    /// The colour of the score: green when low, amber when medium or high, red when very high.
    #[must_use]
    pub fn colour(self, thresholds: &Thresholds) -> Colour {
        match self.level(thresholds) {
            RiskLevel::Low => Colour::Green,
            RiskLevel::Medium | RiskLevel::High => Colour::Amber,
            RiskLevel::VeryHigh => Colour::Red,
        }
    }
}

/// What health is judged from.
pub(super) struct HealthSource<'a> {
    pub position: Position<'a>,
    pub reference: &'a Reference,
    pub total: EarnedValue,
    pub discrete: EarnedValue,
    pub unbooked: &'a [UnbookedEffort],
    /// The rest counted piece by piece; none once nothing is left to do.
    pub counted: Option<&'a BottomUp>,
    /// The earned schedule that the time index is read on.
    pub schedule: EarnedSchedule,
    pub tasks: &'a [TaskValue],
    /// Tasks that are counted in units: how their scope moved.
    pub unit_burns: &'a [Burn],
    pub spending: &'a Spending,
    pub outlook: RiskOutlook,
    /// Working minutes.
    pub finish_slip: i64,
    pub working_time: &'a WorkingTime,
    /// Whether the board has stopped the project.
    pub is_stopped: bool,
    /// Whether all is done, or the project is closed.
    pub is_finished: bool,
}

/// Judges all dimensions and puts the verdicts together.
pub(super) fn health(source: &HealthSource) -> Health {
    let mut dimensions = vec![
        health_of_promises::time(source),
        health_of_promises::cost(source),
        health_of_promises::scope(source),
        health_of_outlook::quality(source),
        health_of_outlook::risk(source),
        health_of_outlook::benefits(source),
        health_of_outlook::data(source),
    ];
    keep_what_was_reported(source, &mut dimensions);
    let unread = health_of_unread::unrate(source.position.project, &mut dimensions);
    let is_stopped = source.is_stopped;
    let overall = overall(&dimensions, &unread, is_stopped);
    Health {
        overall,
        unread,
        declared: declared(source, overall),
        trend: trend(source, overall),
        dimensions,
        is_stopped,
    }
}

/// Keeps every colour from being better than on the last report while the newest report is too old for the data to be green: that
/// nobody reports is no improvement. What has no colour gets none: of what nothing is recorded nothing is known.
fn keep_what_was_reported(source: &HealthSource, dimensions: &mut [Dimension]) {
    if !health_of_outlook::is_stale(source) {
        return;
    }
    let snapshots = source.position.project.snapshots.iter();
    let mut before = snapshots.filter(|snapshot| snapshot.status_date < source.position.status_date);
    let Some(last) = before.next_back() else { return };
    for dimension in dimensions.iter_mut().filter(|dimension| dimension.kind != DimensionKind::Data) {
        let told = last.dimensions.get(dimension.kind.key()).and_then(|word| Colour::from_word(word));
        let is_rated = dimension.colour != Colour::Unrated;
        if let Some(told) = told.filter(|told| is_rated && *told > dimension.colour) {
            dimension.colour = told;
            dimension.reason = format!(
                "{}; {} on the last report, of {}, and no better while nothing is reported",
                dimension.reason,
                told.word(),
                crate::format::date(last.status_date)
            );
        }
    }
}

/// The worst of time, cost, scope and quality; a red beside them keeps it from being better than amber. None of a stopped project, and
/// none where one of the four may be worse than what is known.
fn overall(dimensions: &[Dimension], unread: &[DimensionKind], is_stopped: bool) -> Colour {
    if is_stopped {
        return Colour::Unrated;
    }
    let is_leading = |kind: &DimensionKind| {
        matches!(
            kind,
            DimensionKind::Time | DimensionKind::Cost | DimensionKind::Scope | DimensionKind::Quality
        )
    };
    let worst = dimensions.iter().fold(Colour::Unrated, |worst, dimension| {
        let counts = match dimension.kind {
            kind if is_leading(&kind) => dimension.colour,
            _ if dimension.colour == Colour::Red => Colour::Amber,
            _ => Colour::Unrated,
        };
        worst.worst(counts)
    });
    if worst < Colour::Red && unread.iter().any(is_leading) { Colour::Unrated } else { worst }
}

fn declared(source: &HealthSource, computed: Colour) -> Option<Declared> {
    let status_date = source.position.status_date;
    let updates = source.position.project.updates.iter().enumerate();
    let (place, update) = updates.rev().find(|(_, update)| update.status_date <= status_date)?;
    let colour = Colour::from_word(&update.declared.as_ref()?.0)?;
    Some(Declared {
        colour,
        author: update.author,
        date: update.status_date,
        reason: update.declared_because.clone(),
        better_than_computed: colour < computed,
        update: place,
    })
}

fn trend(source: &HealthSource, today: Colour) -> Vec<(Date, Colour)> {
    let status_date = source.position.status_date;
    let past = source.position.project.snapshots.iter().filter(|snapshot| snapshot.status_date < status_date);
    past.filter_map(|snapshot| {
        Some((snapshot.status_date, Colour::from_word(snapshot.computed.as_deref()?)?))
    })
    .chain([(status_date, today)])
    .collect()
}

/// A dimension that there is nothing to judge by.
pub(super) fn unrated(kind: DimensionKind, rule: String, reason: &str) -> Dimension {
    Dimension { kind, colour: Colour::Unrated, rule, reason: reason.to_owned() }
}

/// What there is to say, as one line.
pub(super) fn joined<const COUNT: usize>(parts: [Option<String>; COUNT]) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::Percent;

    #[test]
    fn risks_are_rated_by_the_worse_impact() {
        let exposure = Exposure {
            probability: Percent::from_hundredths(7_000),
            cost: Amount(650_000),
            time: 19 * 480,
            ..Exposure::default()
        };
        let mut project = crate::plan::sketch::Sketch::starting("2026-08-03", &[]).project;
        project.tolerance.time = Some(10 * 480);
        let rating = RiskRating::of(&exposure, Amount(9_843_200), &project);
        assert_eq!(rating, RiskRating { probability: 4, impact: 5 });
        assert_eq!((rating.score(), rating.colour(&project.thresholds)), (20, Colour::Red));
        // PM² paints fewer of them: red from 20 on, and green up to 2 only.
        project.thresholds.set(Limit::ScoreVeryHigh, 21.0, crate::diagnostic::Span::default());
        assert_eq!(rating.level(&project.thresholds), RiskLevel::High);
        project.tolerance.time = None;
        let by_cost = RiskRating::of(&exposure, Amount(9_843_200), &project);
        assert_eq!(by_cost, RiskRating { probability: 4, impact: 4 });
        assert_eq!(RiskRating::of(&Exposure::default(), Amount::ZERO, &project).score(), 1);
    }

    #[test]
    fn the_worst_colour_wins_and_unrated_never_does() {
        assert_eq!(Colour::Unrated.worst(Colour::Green), Colour::Green);
        assert_eq!(Colour::Amber.worst(Colour::Red), Colour::Red);
        assert_eq!(Colour::from_word("amber"), Some(Colour::Amber));
        assert_eq!(Colour::from_word("yellow"), None);
    }
}
