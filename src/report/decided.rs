//! What differs between the documents of decided gates as they were frozen and what the files say today.

use jiff::civil::Date;

use crate::model::FrozenGate;
use crate::quantity::GateId;

/// What the comparison of a frozen gate document with the files of today gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GateComparison {
    /// The gate.
    pub gate: GateId,
    /// The day of the decision.
    pub decided: Date,
    /// Whether the words of the record still fit the digest that the document prints.
    pub is_genuine: bool,
    /// Whether a later decision on the same gate replaced this one; then only the decision itself is compared.
    pub is_superseded: bool,
    /// What differs, in the order of the document; empty where nothing does.
    pub differences: Vec<GateDifference>,
    /// The files that have changed, come or gone since it was frozen, by their path in the project. Not all that changes in a
    /// file is of that day.
    pub changed_files: Vec<String>,
    /// Those of them that were edited and nobody has allowed it: a line that stood there then is gone or rewritten, or one came that is more
    /// than something filled in. Not files that came later, ledgers that grew, and a plan that a new baseline was allowed for.
    pub edited_files: Vec<String>,
}

impl GateComparison {
    /// The differences that somebody is to be asked for, as neither a later gate nor a new baseline has taken them up, in the order of the document.
    pub fn open(&self) -> impl Iterator<Item = &GateDifference> {
        self.differences.iter().filter(|one| !one.is_taken_up)
    }

    /// Whether no file has changed since the document was frozen, so that what differs is how another version drew it. Never where the
    /// record does not say which files it rests on.
    #[must_use]
    pub fn is_drawn_otherwise(&self, frozen: &FrozenGate) -> bool {
        !frozen.sources.is_empty() && self.changed_files.is_empty()
    }
}

/// A figure or sentence of a decided document that today's files would give otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GateDifference {
    /// Where in the document, from the section to the line: `On one page › Time › Forecast`.
    pub place: String,
    /// What was decided on; none where it was not there.
    pub then: Option<String>,
    /// What it would be today; none where it is not there any more.
    pub now: Option<String>,
    /// The key of the figure as of the day of the decision; none for what is no computed figure.
    pub key: Option<String>,
    /// Whether nobody is to be asked for it. What it differs in was decided on again: the board of a later gate, which the project passed, had the lines before it that it
    /// rests on, or a new baseline was allowed; or no file was edited that it may come from. Of the decision itself, its conditions and signatures only for the day
    /// until which it holds, with a new baseline.
    pub is_taken_up: bool,
    /// Lines of changed files that it rests on or that say it, at most [`GateDifference::PLACES`].
    pub typed: Vec<TypedPlace>,
}

impl GateDifference {
    /// How many lines of files are named for one difference.
    pub const PLACES: usize = 3;
}

/// A line of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TypedPlace {
    /// The path in the portfolio.
    pub path: String,
    /// The line, counted from 1.
    pub line: usize,
}

impl TypedPlace {
    /// Whether it is in a file, by the path of that in its project.
    #[must_use]
    pub fn is_in(&self, file: &str) -> bool {
        self.path.strip_suffix(file).is_some_and(|before| before.is_empty() || before.ends_with('/'))
    }
}
