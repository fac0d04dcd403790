//! `checks:` in `portfolio.yaml` and `project.yaml`: limits that the figures of a project are to keep at all times.

use crate::diagnostic::{Diagnostics, Spanned};
use crate::record;
use crate::record::decode::{Decode, Field, Shape};
use crate::record::gate::StatementText;
use crate::source::node::{Node, NodeKind};
use crate::vocabulary;

vocabulary! {
    /// How much it matters that a check does not hold.
    pub struct CheckLevel("a level"): "error" or "warning";
}

record! {
    /// A check that is to be a warning, or says so.
    pub struct CheckMapping("check") {
        /// The statement over figures that is to hold, such as `cpi >= 0.9`.
        required holds: Spanned<StatementText>,
        /// What it is when it does not hold: `error`, or `warning`; an error when absent.
        level: Spanned<CheckLevel>,
    }
}

/// A check: a statement over figures, or a mapping with its level.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckRecord {
    /// The statement that is to hold.
    pub holds: Spanned<StatementText>,
    /// What it is when it does not hold.
    pub level: Option<Spanned<CheckLevel>>,
}

impl Decode for CheckRecord {
    const FORM: &'static str =
        "a statement such as cpi >= 0.9, or a mapping such as {holds: cpi >= 0.9, level: warning}";
    const SHAPE: Shape = Shape::One;

    fn fields() -> &'static [Field] {
        CheckMapping::FIELDS
    }

    fn decode(node: &Node, found: &mut Diagnostics) -> Option<Self> {
        if let NodeKind::Map(_) = &node.kind {
            let CheckMapping { holds, level, .. } = CheckMapping::decode(node, found)?;
            return Some(Self { holds, level });
        }
        Some(Self { holds: Spanned::decode(node, found)?, level: None })
    }
}
