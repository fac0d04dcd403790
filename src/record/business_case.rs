//! `business-case.yaml`: options with their costs and benefits by year, and how they are discounted.

use crate::diagnostic::{Diagnostics, Span, Spanned};
use crate::quantity::{Id, Money, Percent};
use crate::record;
use crate::record::decode::{Decode, Field, Keyed};
use crate::source::node::{Node, NodeKind};
use crate::vocabulary;

vocabulary! {
    /// Whether amounts follow inflation.
    pub struct PriceBase("a price base"): "real" or "nominal";
}

record! {
    /// `business-case.yaml`: why the project may be worth doing. All flows are those that differ from doing
    /// nothing; sunk cost stays out. Year 0 is the year of the decision and is not discounted.
    pub struct BusinessCaseRecord("business case") {
        /// Discount rate a year, such as `8%`.
        required rate: Spanned<Percent>,
        /// Where this rate comes from.
        required rate_reason: Spanned<String>,
        /// How many years are looked at after year 0.
        required horizon: Spanned<i64>,
        /// `real` (today's prices) or `nominal` (with inflation); the rate must be of the same kind.
        price_base: Spanned<PriceBase>,
        /// What was added against optimism, in words.
        optimism: Spanned<String>,
        /// The options by id, doing nothing included where it costs something.
        required options: Keyed<CaseOptionRecord>,
        /// The id of the option that is recommended.
        preferred: Spanned<Id>,
        /// Who answers for the benefits.
        benefits_owner: Spanned<Id>,
    }
    computed {
        npv: "type costs and benefits by year; the net present value is computed from them",
        irr: "type costs and benefits by year; the rate of return is computed from them",
        roi: "type costs and benefits by year; the return is computed from them",
        bcr: "type costs and benefits by year; the ratio is computed from them",
        payback: "type costs and benefits by year; the payback is computed from them",
    }
}

record! {
    /// One way to go.
    pub struct CaseOptionRecord("option") {
        /// Its name.
        required name: Spanned<String>,
        /// Costs by category, as positive numbers.
        costs: Named<FlowRecord>,
        /// Benefits by kind, as positive numbers.
        benefits: Named<FlowRecord>,
    }
    computed {
        npv: "type costs and benefits by year; the net present value is computed from them",
        irr: "type costs and benefits by year; the rate of return is computed from them",
        payback: "type costs and benefits by year; the payback is computed from them",
        total: "type costs and benefits by year; the total is computed from them",
    }
}

/// A row of amounts by year, written `[96_000 EUR, 14_000 EUR]` (year 0 first), as a single amount of year 0,
/// or as `{years: […], cashable: false}`.
#[derive(Clone, Debug, PartialEq)]
pub struct FlowRecord {
    /// Amounts by year, year 0 first; years that are missing at the end count as nothing.
    pub years: Vec<Spanned<Money>>,
    /// Whether money really comes in; a benefit such as saved time that frees no money is not cashable.
    pub cashable: Option<Spanned<bool>>,
    /// Where it stands.
    pub span: Span,
}

record! {
    /// A row of amounts with a remark on its kind.
    pub struct FlowMapping("row of yearly amounts") {
        /// Amounts by year, year 0 first.
        required years: Vec<Spanned<Money>>,
        /// `false` for a benefit that frees no money, such as saved time; `true` where not given.
        cashable: Spanned<bool>,
    }
    computed {
        total: "remove it: the total is computed from the years",
    }
}

impl Decode for FlowRecord {
    const FORM: &'static str = "amounts by year such as [96_000 EUR, 14_000 EUR], year 0 first";

    fn fields() -> &'static [Field] {
        FlowMapping::FIELDS
    }

    fn decode(node: &Node, found: &mut Diagnostics) -> Option<Self> {
        if matches!(node.kind, NodeKind::Map(_)) {
            let FlowMapping { years, cashable, span, .. } = FlowMapping::decode(node, found)?;
            return Some(Self { years, cashable, span });
        }
        let years = Vec::decode(node, found)?;
        Some(Self { years, cashable: None, span: node.span })
    }
}
