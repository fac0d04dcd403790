//! The business case in figures: what each option costs, brings and risks.

use jiff::civil::Date;

use super::case_now::LivingCase;
use super::case_series::{Course, Series, Terms};
use super::cash_flow::{
    CrossingYear, Flow, equivalent_annual_value, modified_internal_rate_of, present_value,
};
use super::internal_rate::{InternalRates, internal_rates_of};
use super::sensitivity::{
    BEST_TOGETHER, Sensitivity, WORST_TOGETHER, npv_after, sensitivity, switching_delay, switching_rate,
};
use crate::model::{BusinessCase, CaseLine, CaseOption, Probabilities};
use crate::quantity::{Amount, Ratio};

/// All options of the business case in figures.
#[derive(Clone, Debug)]
pub struct CaseFigures {
    /// In the order of the file.
    pub options: Vec<OptionFigures>,
    /// The place of the preferred option.
    pub preferred: Option<usize>,
    /// The place of the option against which the others are computed.
    pub do_nothing: Option<usize>,
    /// The first day of year 0.
    pub first_day: Date,
    /// In which order the options are worth doing.
    pub ranking: Ranking,
    /// The preferred option as approved, as planned and as it stands now; none where the case does not say what the
    /// project carries or what its benefits wait for.
    pub living: Option<LivingCase>,
}

impl CaseFigures {
    /// The preferred option as it stands now where the case lives, else as typed.
    #[must_use]
    pub fn preferred_now(&self) -> Option<&OptionFigures> {
        self.living
            .as_ref()
            .map_or_else(|| self.options.get(self.preferred?), |living| Some(&living.now.figures))
    }
}

/// In which order the options are worth doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranking {
    /// By which figure.
    pub by: RankedBy,
    /// Places of the options, the best first; those without the figure last.
    pub order: Vec<usize>,
}

/// The figure by which options are ranked. Rates of return and payback are shown and never rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RankedBy {
    /// Net present value: options exclude each other and last equally long.
    NetPresentValue,
    /// Equivalent annual value: options exclude each other and last for different times.
    EquivalentAnnualValue,
    /// Profitability index: each may be done as long as money lasts, and each has one investment up front.
    ProfitabilityIndex,
    /// Benefit–cost ratio: the same, where the profitability index is not defined for all.
    BenefitCostRatio,
}

/// One option in figures. Year 0 is the year of the decision; flows fall at the end of their year.
#[derive(Clone, Debug)]
pub struct OptionFigures {
    /// Costs by year, positive.
    pub costs: Vec<Amount>,
    /// Benefits by year, positive.
    pub benefits: Vec<Amount>,
    /// Of the benefits, those that bring in money, by year.
    pub cashable_benefits: Vec<Amount>,
    /// Benefits − costs by year.
    pub net: Vec<Amount>,
    /// Net flow by year, discounted.
    pub discounted: Vec<Amount>,
    /// For each year whether some of it lies on a day, so that no one factor discounts it.
    pub has_days: Vec<bool>,
    /// Net present value (NPV): Σ net ÷ (1 + rate)^year.
    pub npv: Amount,
    /// The same counting only benefits that bring in money.
    pub npv_cashable_only: Amount,
    /// Equivalent annual value (EAV): what NPV is worth as an equal sum in each year of the option's life.
    pub equivalent_annual_value: Option<Amount>,
    /// How many years the option lasts.
    pub life: u32,
    /// Total cost of ownership (TCO): all costs as typed, undiscounted, not set off against doing nothing.
    pub total_cost: Amount,
    /// The worst, likely and best course, where amounts are typed as ranges.
    pub courses: Option<Courses>,
    /// NPV when everything turns against the option at once: benefits −20 % and a year late, costs +20 %, rate +2 points.
    pub worst_together: Amount,
    /// NPV when everything turns out for the option at once: benefits +20 %, costs −20 %, rate −2 points.
    pub best_together: Amount,
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
    /// need money too, where nothing is invested and where nothing comes in.
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
    /// The discount rate at which NPV turns; none where it does not.
    pub switching_rate: Option<Ratio>,
    /// By how many years benefits may come later before NPV is zero; none where NPV is not above zero.
    pub switching_delay: Option<Ratio>,
    /// NPV when one driver moves, widest swing first: the tornado.
    pub sensitivity: Vec<Sensitivity>,
}

/// NPV along three courses of an option whose amounts are typed as lowest / most likely / highest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Courses {
    /// All costs at their highest, all benefits at their lowest.
    pub worst: Amount,
    /// Everything as most likely.
    pub likely: Amount,
    /// All costs at their lowest, all benefits at their highest.
    pub best: Amount,
    /// Weighed: by the probabilities of the file, else (worst + 4 × likely + best) ÷ 6.
    pub expected: Amount,
}

/// Puts a business case into figures, as typed.
pub(super) fn figures(case: &BusinessCase, first_day: Date) -> CaseFigures {
    let options: Vec<OptionFigures> =
        case.options.iter().map(|option| option_figures(option, case, first_day)).collect();
    CaseFigures {
        ranking: ranking(case, &options),
        options,
        preferred: case.preferred,
        do_nothing: case.do_nothing,
        first_day,
        living: None,
    }
}

/// What the options of a case have in common.
pub(super) fn terms(case: &BusinessCase, first_day: Date) -> Terms<'_> {
    Terms {
        rate: case.rate as f64 / 10_000.0,
        horizon: case.horizon as usize,
        first_day,
        nothing: case.do_nothing.and_then(|place| case.options.get(place)),
    }
}

/// One option of a case, as typed.
pub(super) fn option_figures(option: &CaseOption, case: &BusinessCase, first_day: Date) -> OptionFigures {
    let terms = terms(case, first_day);
    let course = |course| Series::of(option, terms, course);
    let mut figures = series_figures(&course(Course::Likely), terms.rate, option.life);
    figures.total_cost = option.costs.iter().map(likely_sum).sum();
    // What doing nothing costs between a lowest and a highest sum is saved between them.
    let sides = [Some(option), terms.nothing].into_iter().flatten();
    let mut lines = sides.flat_map(|side| side.costs.iter().chain(&side.benefits));
    let is_range = lines.any(|line| {
        let dated = line.dated.iter().map(|dated| dated.amount);
        line.years.iter().copied().chain(dated).any(|range| range.low != range.high)
    });
    if is_range {
        let npvs = [Course::Worst, Course::Likely, Course::Best].map(|which| course(which).npv(terms.rate));
        // Ranges that are set off against each other in full leave one course.
        figures.courses = (!npvs[0].total_cmp(&npvs[2]).is_eq()).then(|| courses(npvs, case.probabilities));
    }
    figures
}

/// What a line comes to in all, everything as most likely.
pub(super) fn likely_sum(line: &CaseLine) -> Amount {
    let dated = line.dated.iter().map(|dated| dated.amount.likely);
    line.years.iter().map(|range| range.likely).chain(dated).sum()
}

fn courses([worst, likely, best]: [f64; 3], probabilities: Option<Probabilities>) -> Courses {
    let expected = match probabilities {
        Some(weights) => {
            (worst * weights.worst as f64 + likely * weights.likely as f64 + best * weights.best as f64)
                / 10_000.0
        }
        None => (worst + 4.0 * likely + best) / 6.0,
    };
    let [worst, likely, best, expected] = [worst, likely, best, expected].map(Amount::from_f64);
    Courses { worst, likely, best, expected }
}

/// All figures of costs and benefits over time; the total cost of ownership is that of the series.
pub(super) fn series_figures(series: &Series, rate: f64, life: u32) -> OptionFigures {
    let plain = |list: &[_]| series.sums(list, |flow| flow.amount);
    let present = |list: &[_]| series.sums(list, |flow| flow.amount / (1.0 + rate).powf(flow.years));
    let difference = |benefits: Vec<f64>, costs: Vec<f64>| -> Vec<f64> {
        benefits.into_iter().zip(costs).map(|(benefit, cost)| benefit - cost).collect()
    };
    let (costs, benefits) = (plain(&series.costs), plain(&series.benefits));
    let net = difference(benefits.clone(), costs.clone());
    let discounted = difference(present(&series.benefits), present(&series.costs));
    let (pv_costs, pv_benefits) = (sum(&present(&series.costs)), sum(&present(&series.benefits)));
    let pv_cashable = sum(&present(&series.cashable));
    let flows = series.net();
    let last = flows.iter().map(|flow| flow.years).fold(series.last_year(), f64::max);
    let npv = present_value(rate, &flows);
    let (total_costs, total_benefits) = (sum(&costs), sum(&benefits));

    OptionFigures {
        npv: Amount::from_f64(npv),
        npv_cashable_only: Amount::from_f64(pv_cashable - pv_costs),
        equivalent_annual_value: equivalent_annual_value(npv, rate, life).map(Amount::from_f64),
        life,
        total_cost: Amount::from_f64(total_costs),
        courses: None,
        worst_together: Amount::from_f64(npv_after(series, rate, &WORST_TOGETHER)),
        best_together: Amount::from_f64(npv_after(series, rate, &BEST_TOGETHER)),
        internal_rates: internal_rates_of(&flows),
        modified_internal_rate: modified_internal_rate_of(&flows, last, rate, rate).and_then(Ratio::new),
        payback: series.payback(|flow| flow.amount),
        discounted_payback: series.payback(|flow| flow.amount / (1.0 + rate).powf(flow.years)),
        roi: Ratio::of(total_benefits - total_costs, total_costs),
        discounted_roi: Ratio::of(pv_benefits - pv_costs, pv_costs),
        bcr: Ratio::of(pv_benefits, pv_costs),
        profitability_index: profitability_index(flows, rate),
        pv_benefits: Amount::from_f64(pv_benefits),
        pv_costs: Amount::from_f64(pv_costs),
        switching_benefits: Ratio::of(pv_benefits - pv_costs, pv_benefits),
        switching_capex: Ratio::of(npv, present(&series.costs).first().copied().unwrap_or(0.0)),
        switching_rate: switching_rate(series, rate),
        switching_delay: switching_delay(series, rate),
        sensitivity: sensitivity(series, rate),
        costs: amounts(&costs),
        benefits: amounts(&benefits),
        cashable_benefits: amounts(&plain(&series.cashable)),
        net: amounts(&net),
        discounted: amounts(&discounted),
        has_days: series.has_days(),
    }
}

fn sum(numbers: &[f64]) -> f64 {
    numbers.iter().sum()
}

fn amounts(numbers: &[f64]) -> Vec<Amount> {
    numbers.iter().copied().map(Amount::from_f64).collect()
}

/// Only of meaning with a single investment on the first day: later outflows would belong to the base too, whatever comes in by the
/// end of their year. Where nothing comes in there is no profit to give an index of.
///
/// Of −10 000 on the first day and 2 750, 4 250, 3 250, 2 750 later within fifteen months at 10 % it is 1.199.
fn profitability_index(mut flows: Vec<Flow>, rate: f64) -> Option<Ratio> {
    flows.sort_by(|one, other| one.years.total_cmp(&other.years));
    let mut at_once: Vec<Flow> = Vec::new();
    for flow in flows {
        match at_once.last_mut().filter(|last| last.years.total_cmp(&flow.years).is_eq()) {
            Some(last) => last.amount += flow.amount,
            None => at_once.push(flow),
        }
    }
    let (investment, later) = at_once.split_first()?;
    let has_one_investment =
        investment.years == 0.0 && investment.amount < 0.0 && later.iter().all(|flow| flow.amount >= 0.0);
    if !has_one_investment || later.iter().all(|flow| flow.amount == 0.0) {
        return None;
    }
    Ratio::of(present_value(rate, later), -investment.amount)
}

/// Ranks by the figure that fits: highest first, in the order of the file where equal.
fn ranking(case: &BusinessCase, options: &[OptionFigures]) -> Ranking {
    let works = || options.iter().filter(|option| option.total_cost > Amount::ZERO);
    let by = if case.is_exclusive {
        let lasts_alike = works().zip(works().skip(1)).all(|(one, next)| one.life == next.life);
        if lasts_alike { RankedBy::NetPresentValue } else { RankedBy::EquivalentAnnualValue }
    } else if works().all(|option| option.profitability_index.is_some()) {
        RankedBy::ProfitabilityIndex
    } else {
        RankedBy::BenefitCostRatio
    };
    let figure = |option: &OptionFigures| -> Option<f64> {
        match by {
            RankedBy::NetPresentValue => Some(option.npv.as_f64()),
            RankedBy::EquivalentAnnualValue => option.equivalent_annual_value.map(Amount::as_f64),
            RankedBy::ProfitabilityIndex => option.profitability_index.map(Ratio::get),
            RankedBy::BenefitCostRatio => option.bcr.map(Ratio::get),
        }
    };
    let mut order: Vec<usize> = (0..options.len()).collect();
    let key = |place: usize| options.get(place).and_then(figure).unwrap_or(f64::NEG_INFINITY);
    order.sort_by(|one, other| key(*other).total_cmp(&key(*one)));
    Ranking { by, order }
}
