//! What was asked for, and what is to meet and prove it.

use crate::diagnostic::Span;
use crate::model::Text;
use crate::quantity::Id;

/// Something that was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Requirement {
    /// Its id.
    pub id: Id,
    /// What must hold.
    pub requirement: Text,
    /// How much it matters, as written: `must`, `should`, `could`.
    pub priority: Option<String>,
    /// Who asked for it, or where it comes from, as written.
    pub source: Option<String>,
    /// Ids of the deliverables that are to meet it; all of them exist.
    pub delivered_by: Vec<Id>,
    /// Ids of the tests that are to prove it; all of them exist.
    pub tested_by: Vec<Id>,
    /// Where it stands.
    pub origin: Span,
}
