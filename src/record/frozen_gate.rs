//! `gates/frozen/*.yaml`: documents of decided gates, word by word.

use jiff::civil::Date;

use crate::diagnostic::{Diagnostics, Spanned};
use crate::quantity::GateId;
use crate::record;
use crate::record::decode::{Decode, Shape};
use crate::record::gate::GateDecision;
use crate::source::node::Node;

record! {
    /// `gates/frozen/GATE-DATE.yaml`: the document of a decided gate as the board signed it, written by `milepost gate freeze`
    /// and not changed afterwards. The document is shown from it; where the files of today say something else, that is found.
    pub struct FrozenGateRecord("frozen gate document") {
        /// Which gate: `G1` to `G5`; with the day of the decision also the name of the file.
        required gate: Spanned<GateId>,
        /// The day of the decision.
        required decided: Spanned<Date>,
        /// What was decided.
        required decision: Spanned<GateDecision>,
        /// The status date on which it was frozen: what was reported later was not known.
        required frozen: Spanned<Date>,
        /// The revision of the folder it was made from.
        source_revision: Spanned<String>,
        /// The program that wrote it.
        made_with: Spanned<String>,
        /// The digest of the words and figures under `content`. Its first twelve digits are printed on the document.
        required document: Spanned<String>,
        /// A digest of all values. A file that was edited since no longer fits it; comments and the order of keys make no
        /// difference.
        digest: Spanned<String>,
        /// The files that it was made from with the first digits of their digests, by their path in the project.
        sources: Named<Spanned<String>>,
        /// The first digits of the digests of their lines, by their path in the project: by them a line that was written later is told
        /// from one that stood there.
        lines: Named<Spanned<String>>,
        /// Decision, conditions and signatures, as the document printed them.
        required terms: Tree,
        /// Everything above the decision, as the document printed it: ask, scorecard, sections, checklist.
        required content: Tree,
    }
}

/// What a document says, as it stands in the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree(pub Node);

impl Decode for Tree {
    const FORM: &'static str = "the words of a document, as `milepost gate freeze` wrote them";
    const SHAPE: Shape = Shape::One;
    const IS_OPEN: bool = true;

    fn decode(node: &Node, _found: &mut Diagnostics) -> Option<Self> {
        Some(Self(node.clone()))
    }
}
