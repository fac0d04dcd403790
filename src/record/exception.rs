//! Front matter of `exceptions/*.md`: what the board is told when a forecast leaves its tolerance.

use jiff::civil::Date;

use crate::diagnostic::Spanned;
use crate::quantity::{Audience, Id};
use crate::record;
use crate::vocabulary;

vocabulary! {
    /// How far a project may drift without the board, by what it drifts in.
    pub struct ToleranceName("a tolerance"): "time", "cost", "scope", "quality", "benefits" or "risk";
}

record! {
    /// `exceptions/*.md`: what people say of a forecast that has left its tolerance; the text below the head tells more about
    /// the cause. The exception itself is raised by the program; figures, options with what they lead to and the decision are
    /// taken from the plan and from `decisions.yaml`.
    pub struct ExceptionRecord("exception") {
        /// Which tolerance was left: `time`, `cost`, `scope`, `quality`, `benefits` or `risk`.
        required tolerance: Spanned<ToleranceName>,
        /// The day on which the board was told.
        required raised: Spanned<Date>,
        /// Why the forecast left the tolerance, in a sentence.
        cause: Spanned<String>,
        /// What the project manager recommends, and why.
        recommendation: Spanned<String>,
        /// The id of the decision that answers it. Its `options` are the options of the report, its `needed_by` is the day by
        /// which the answer is needed, and its `decision` is the answer.
        decision: Spanned<Id>,
        /// Who may read the page: `public`, `internal` or `restricted`. On a site for a wider audience its words are withheld.
        audience: Spanned<Audience>,
    }
    computed {
        since: "remove it: since when the tolerance is left follows from the frozen reports",
        consequence: "remove it: the consequences are computed from the forecast",
        options: "write the options at the decision in `decisions.yaml`, and its id here as `decision:`",
        status: "remove it: an exception is answered once its decision is taken",
        needed_by: "write `needed_by:` at the decision in `decisions.yaml`",
    }
}
