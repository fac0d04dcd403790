//! `business-case.yaml`: options with their costs and benefits by year, and how they are discounted.

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Diagnostics, Span, Spanned};
use crate::quantity::{Id, Money, MoneyRange, Percent};
use crate::record;
use crate::record::decode::{Dated, Decode, Field, Keyed};
use crate::record::rule::MISSING_FIELD;
use crate::source::node::{Node, NodeKind};
use crate::vocabulary;

vocabulary! {
    /// Whether amounts follow inflation.
    pub struct PriceBase("a price base"): "real" or "nominal";
    /// Whether options exclude each other.
    pub struct Choice("a choice"): "one" or "several";
}

record! {
    /// `business-case.yaml`: why the project may be worth doing. All flows are those that differ from doing
    /// nothing; sunk cost stays out. Year 0 is the year of the decision and is not discounted.
    ///
    /// The case lives: where it says what the project itself spends (`carried_by_project`) and what its benefits wait
    /// for (`benefits_wait_for`), the preferred option is computed three times, as typed, with the cost and date of the
    /// plan that is measured against, and with actual and forecast cost and the date that is forecast now.
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
        /// How taxes are treated, in words, such as `before tax`.
        tax: Spanned<String>,
        /// How value added tax is treated, in words, such as `without VAT, which is recovered`.
        vat: Spanned<String>,
        /// The day from which years are counted: year 0 is the twelve months from it on. The start of the project
        /// where not given; a case with dated amounts has to say it.
        year_0: Spanned<Date>,
        /// The options by id, doing nothing included where it costs something.
        required options: Keyed<CaseOptionRecord>,
        /// The id of the option that is recommended.
        preferred: Spanned<Id>,
        /// The id of the option that is to do nothing, where it has costs or benefits of its own: the others are then
        /// computed against it. What doing nothing would cost counts as a benefit of the others where they no longer
        /// pay it; lines of one name are set off against each other.
        do_nothing: Spanned<Id>,
        /// `one` where options exclude each other (also where not given): they rank by net present value, or by
        /// equivalent annual value where they last for different times. `several` where each that pays may be done as
        /// long as money lasts: they rank by profitability.
        choose: Spanned<Choice>,
        /// How probable the worst, likely and best course are, where amounts are typed as lowest / likely / highest;
        /// weights of 1, 4 and 1 sixths where not given.
        probabilities: ProbabilitiesRecord,
        /// Names of the cost lines of the preferred option that the project itself spends: as the project goes on,
        /// actual and forecast cost stand in for them.
        carried_by_project: Vec<Spanned<String>>,
        /// The task, milestone or gate that the benefits wait for.
        benefits_wait_for: Spanned<Id>,
        /// The day on which the case counts on it; the date of the first baseline where not given. Benefits are typed for this day: where it
        /// moves, type them anew, and the next baseline is approved with both. A later baseline without that carries them as late as they come.
        benefits_expected: Spanned<Date>,
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
    /// How probable each course of the case is; together 100 %.
    pub struct ProbabilitiesRecord("probabilities") {
        /// All costs at their highest and all benefits at their lowest.
        required worst: Spanned<Percent>,
        /// Everything as it is most likely.
        required likely: Spanned<Percent>,
        /// All costs at their lowest and all benefits at their highest.
        required best: Spanned<Percent>,
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
        /// For how many years it lasts, where that is less than the horizon. Only in these years does it save what doing nothing costs.
        life: Spanned<i64>,
        /// What its risks may be expected to cost.
        exposure: Spanned<Money>,
        /// How well it fits the strategy, in words.
        fit: Spanned<String>,
    }
    computed {
        npv: "type costs and benefits by year; the net present value is computed from them",
        irr: "type costs and benefits by year; the rate of return is computed from them",
        payback: "type costs and benefits by year; the payback is computed from them",
        total: "type costs and benefits by year; the total is computed from them",
    }
}

/// A row of amounts by year, written `[96_000 EUR, 14_000 EUR]` (year 0 first), as a single amount of year 0,
/// or as `{years: […], dated: {…}, cashable: false}`. An amount may be three: `4_000 EUR / 6_500 EUR / 9_000 EUR`.
#[derive(Clone, Debug, PartialEq)]
pub struct FlowRecord {
    /// Amounts by year, year 0 first; years that are missing at the end count as nothing.
    pub years: Vec<Spanned<MoneyRange>>,
    /// Amounts by day.
    pub dated: Dated<Spanned<MoneyRange>>,
    /// Whether money really comes in; a benefit such as saved time that frees no money is not cashable.
    pub cashable: Option<Spanned<bool>>,
    /// Where it stands.
    pub span: Span,
}

record! {
    /// A row of amounts with a remark on its kind.
    pub struct FlowMapping("row of yearly amounts") {
        /// Amounts by year, year 0 first. Each may be given as lowest / most likely / highest.
        years: Vec<Spanned<MoneyRange>>,
        /// Amounts by day, such as `2027-01-31: 5_000 EUR`, beside those by year or instead of them. They are discounted
        /// by days of a year of 365; what is given for several days counts on the last.
        dated: Dated<Spanned<MoneyRange>>,
        /// `false` for a benefit that frees no money, such as saved time; `true` where not given.
        cashable: Spanned<bool>,
    }
    computed {
        total: "remove it: the total is computed from the years",
    }
}

impl Decode for FlowRecord {
    const FORM: &'static str = "amounts by year such as [96_000 EUR, 14_000 EUR], year 0 first";
    const IS_OPEN: bool = true;

    fn fields() -> &'static [Field] {
        FlowMapping::FIELDS
    }

    fn decode(node: &Node, found: &mut Diagnostics) -> Option<Self> {
        if matches!(node.kind, NodeKind::Map(_)) {
            let FlowMapping { years, dated, cashable, span, unreadable } = FlowMapping::decode(node, found)?;
            if years.is_empty() && dated.is_empty() && unreadable.is_empty() {
                found.push(
                    Diagnostic::new(&MISSING_FIELD, span, "this row of yearly amounts has no `years`").hint(
                        "add `years:` with amounts by year, year 0 first, or `dated:` with amounts by day",
                    ),
                );
                return None;
            }
            return Some(Self { years, dated, cashable, span });
        }
        let years = Vec::decode(node, found)?;
        Some(Self { years, dated: Dated::default(), cashable: None, span: node.span })
    }
}
