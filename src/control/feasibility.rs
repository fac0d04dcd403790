//! The business case in figures: what each option costs, brings and risks.

use super::{CrossingYear, InternalRates};
use crate::quantity::{Amount, Ratio};

/// All options of the business case in figures.
#[derive(Clone, Debug)]
pub struct CaseFigures {
    /// In the order of the file.
    pub options: Vec<OptionFigures>,
    /// The place of the preferred option.
    pub preferred: Option<usize>,
}

/// One option in figures. Year 0 is the year of the decision; flows fall at the end of their year.
#[derive(Clone, Debug)]
pub struct OptionFigures {
    /// Costs by year, positive.
    pub costs: Vec<Amount>,
    /// Benefits by year, positive.
    pub benefits: Vec<Amount>,
    /// Benefits − costs by year.
    pub net: Vec<Amount>,
    /// Net flow by year, discounted.
    pub discounted: Vec<Amount>,
    /// Net present value (NPV): Σ net ÷ (1 + rate)^year.
    pub npv: Amount,
    /// The same counting only benefits that bring in money.
    pub npv_cashable_only: Amount,
    /// Internal rates of return (IRR): the rates at which NPV is zero.
    pub internal_rates: InternalRates,
    /// Modified internal rate of return (MIRR), financed and reinvested at the discount rate; none without flows of
    /// both signs.
    pub modified_internal_rate: Option<Ratio>,
    /// When cumulated net flows turn positive.
    pub payback: CrossingYear,
    /// When cumulated discounted net flows turn positive; never earlier than `payback`.
    pub discounted_payback: CrossingYear,
    /// Return on investment: (Σ benefits − Σ costs) ÷ Σ costs, undiscounted; none without costs.
    pub roi: Option<Ratio>,
    /// The same, discounted; equals `bcr` − 1.
    pub discounted_roi: Option<Ratio>,
    /// Benefit–cost ratio (BCR): present value of benefits ÷ present value of costs, all costs counted as costs.
    pub bcr: Option<Ratio>,
    /// Profitability index (PI): present value of flows from year 1 ÷ investment in year 0; none where later years
    /// need money too.
    pub profitability_index: Option<Ratio>,
    /// Present value of benefits.
    pub pv_benefits: Amount,
    /// Present value of costs.
    pub pv_costs: Amount,
    /// Share by which all benefits may fall before NPV is zero: 1 − PV(costs) ÷ PV(benefits). Negative when they
    /// would have to rise.
    pub switching_benefits: Option<Ratio>,
    /// Share by which costs of year 0 may rise before NPV is zero: NPV ÷ costs of year 0.
    pub switching_capex: Option<Ratio>,
    /// NPV when one driver moves, widest swing first: the tornado.
    pub sensitivity: Vec<Sensitivity>,
}

/// What NPV becomes when one driver moves.
#[derive(Clone, Debug, PartialEq)]
pub struct Sensitivity {
    /// What moves.
    pub driver: SensitivityDriver,
    /// How far it moves, in the driver's unit, and the NPV then; in rising order of the move.
    pub npvs: Vec<(i64, Amount)>,
}

/// What moves in a sensitivity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SensitivityDriver {
    /// All benefits, by percent.
    Benefits,
    /// Costs of year 0, by percent.
    UpFrontCost,
    /// Costs of later years, by percent.
    RunningCost,
    /// The discount rate, by percentage points.
    Rate,
    /// All benefits, by years later; what falls behind the horizon is lost.
    Delay,
}
