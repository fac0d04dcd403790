//! Status by dimension: a colour, the rule that gave it, and the figures put into the rule.

use jiff::civil::Date;

use crate::model::{PersonNo, Text};

/// How the project stands.
#[derive(Clone, Debug)]
pub struct Health {
    /// The worst of time, cost, scope and quality; not better than amber while risk, benefits or data are red.
    pub overall: Colour,
    /// One entry for each of [`DimensionKind::ALL`], in that order.
    pub dimensions: Vec<Dimension>,
    /// What the newest report declares; none where it declares nothing.
    pub declared: Option<Declared>,
    /// Computed colours of earlier snapshots, then of the status date, in order.
    pub trend: Vec<(Date, Colour)>,
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

/// A risk's classes of probability and impact, 1 to 5 each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RiskRating {
    /// 1 up to 10 %, 2 up to 30 %, 3 up to 50 %, 4 up to 70 %, 5 above.
    pub probability: u8,
    /// The worse of money (1 up to 1 % of the budget, 2 up to 3 %, 3 up to 5 %, 4 up to 10 %, 5 above) and time
    /// (1 up to 10 % of the time tolerance, 2 up to 25 %, 3 up to 50 %, 4 up to 100 %, 5 above).
    pub impact: u8,
}
