//! The business case in figures: what each option costs, brings and risks.

use super::cash_flow::{
    CrossingYear, InternalRates, discounted, internal_rates, modified_internal_rate, net_present_value,
    payback,
};
use crate::model::{BusinessCase, CaseLine, CaseOption};
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

/// Puts a business case into figures.
pub(super) fn figures(case: &BusinessCase) -> CaseFigures {
    let rate = case.rate as f64 / 10_000.0;
    CaseFigures {
        options: case.options.iter().map(|option| option_figures(option, rate, case.horizon)).collect(),
        preferred: case.preferred,
    }
}

/// Costs and benefits by year as plain series, in minor units.
#[derive(Clone, Debug)]
struct Series {
    costs: Vec<f64>,
    benefits: Vec<f64>,
}

impl Series {
    fn net(&self) -> Vec<f64> {
        self.benefits.iter().zip(&self.costs).map(|(benefit, cost)| benefit - cost).collect()
    }

    fn npv(&self, rate: f64) -> f64 {
        net_present_value(rate, &self.net())
    }
}

fn option_figures(option: &CaseOption, rate: f64, horizon: u32) -> OptionFigures {
    let years = horizon as usize + 1;
    let costs = sum_by_year(option.costs.iter(), years);
    let benefits = sum_by_year(option.benefits.iter(), years);
    let cashable = sum_by_year(option.benefits.iter().filter(|line| line.cashable), years);
    let net: Vec<Amount> = benefits.iter().zip(&costs).map(|(benefit, cost)| *benefit - *cost).collect();

    let series = Series { costs: numbers(&costs), benefits: numbers(&benefits) };
    let flows = series.net();
    let npv = net_present_value(rate, &flows);
    let pv_costs = net_present_value(rate, &series.costs);
    let pv_benefits = net_present_value(rate, &series.benefits);
    let (total_costs, total_benefits) =
        (costs.iter().copied().sum::<Amount>(), benefits.iter().copied().sum::<Amount>());

    OptionFigures {
        discounted: discounted(rate, &flows).map(Amount::from_f64).collect(),
        npv: Amount::from_f64(npv),
        npv_cashable_only: Amount::from_f64(
            Series { benefits: numbers(&cashable), ..series.clone() }.npv(rate),
        ),
        internal_rates: internal_rates(&flows),
        modified_internal_rate: modified_internal_rate(&flows, rate, rate).and_then(Ratio::new),
        payback: payback(flows.iter().copied()),
        discounted_payback: payback(discounted(rate, &flows)),
        roi: Ratio::of_amounts(total_benefits - total_costs, total_costs),
        discounted_roi: Ratio::of(pv_benefits - pv_costs, pv_costs),
        bcr: Ratio::of(pv_benefits, pv_costs),
        profitability_index: profitability_index(rate, &flows),
        pv_benefits: Amount::from_f64(pv_benefits),
        pv_costs: Amount::from_f64(pv_costs),
        switching_benefits: Ratio::of(pv_benefits - pv_costs, pv_benefits),
        switching_capex: Ratio::of(npv, series.costs.first().copied().unwrap_or(0.0)),
        sensitivity: sensitivity(&series, rate),
        costs,
        benefits,
        net,
    }
}

fn sum_by_year<'a>(lines: impl Iterator<Item = &'a CaseLine>, years: usize) -> Vec<Amount> {
    let mut sums = vec![Amount::ZERO; years];
    for line in lines {
        for (sum, amount) in sums.iter_mut().zip(&line.years) {
            *sum += *amount;
        }
    }
    sums
}

fn numbers(amounts: &[Amount]) -> Vec<f64> {
    amounts.iter().map(|amount| amount.as_f64()).collect()
}

/// Only of meaning with a single investment up front: later outflows would belong to the base too.
fn profitability_index(rate: f64, flows: &[f64]) -> Option<Ratio> {
    let (investment, later) = flows.split_first()?;
    if *investment >= 0.0 || later.iter().any(|flow| *flow < 0.0) {
        return None;
    }
    Ratio::of(net_present_value(rate, flows) - investment, -investment)
}

/// The moves of the sensitivity: percent for amounts, percentage points for the rate, years for the delay.
const AMOUNT_MOVES: [i64; 4] = [-20, -10, 10, 20];
const RATE_MOVES: [i64; 4] = [-4, -2, 2, 4];
const DELAY_MOVES: [i64; 1] = [1];

fn sensitivity(series: &Series, rate: f64) -> Vec<Sensitivity> {
    let base = series.npv(rate);
    let mut table: Vec<(f64, Sensitivity)> = [
        (SensitivityDriver::Benefits, AMOUNT_MOVES.as_slice()),
        (SensitivityDriver::UpFrontCost, &AMOUNT_MOVES),
        (SensitivityDriver::RunningCost, &AMOUNT_MOVES),
        (SensitivityDriver::Rate, &RATE_MOVES),
        (SensitivityDriver::Delay, &DELAY_MOVES),
    ]
    .into_iter()
    .map(|(driver, moves)| {
        let npvs: Vec<(i64, f64)> =
            moves.iter().map(|step| (*step, moved(series, rate, (driver, *step)))).collect();
        let low = npvs.iter().map(|(_, npv)| *npv).fold(base, f64::min);
        let high = npvs.iter().map(|(_, npv)| *npv).fold(base, f64::max);
        let npvs = npvs.into_iter().map(|(step, npv)| (step, Amount::from_f64(npv))).collect();
        (high - low, Sensitivity { driver, npvs })
    })
    .collect();
    table.sort_by(|(left, _), (right, _)| right.total_cmp(left));
    table.into_iter().map(|(_, line)| line).collect()
}

/// The NPV when one driver has moved.
fn moved(series: &Series, rate: f64, (driver, step): (SensitivityDriver, i64)) -> f64 {
    let factor = 1.0 + step as f64 / 100.0;
    let mut changed = series.clone();
    match driver {
        SensitivityDriver::Benefits => changed.benefits.iter_mut().for_each(|benefit| *benefit *= factor),
        SensitivityDriver::UpFrontCost => changed.costs.iter_mut().take(1).for_each(|cost| *cost *= factor),
        SensitivityDriver::RunningCost => changed.costs.iter_mut().skip(1).for_each(|cost| *cost *= factor),
        SensitivityDriver::Rate => {
            // A rate of −100 % has no meaning; nobody discounts below −50 %.
            return series.npv((rate + step as f64 / 100.0).max(-0.5));
        }
        SensitivityDriver::Delay => {
            let years = usize::try_from(step).unwrap_or(0).min(changed.benefits.len());
            changed.benefits.rotate_right(years);
            changed.benefits.iter_mut().take(years).for_each(|benefit| *benefit = 0.0);
        }
    }
    changed.npv(rate)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Span;

    fn line(name: &str, euros: [i64; 5], cashable: bool) -> CaseLine {
        let years = euros.iter().map(|euro| Amount(euro * 100)).collect();
        CaseLine { name: name.to_owned(), years, cashable, origin: Span::default() }
    }

    fn house_example() -> OptionFigures {
        let option = CaseOption {
            id: "refresh".to_owned(),
            name: "Refresh".to_owned(),
            costs: vec![
                line("hardware", [120_000, 0, 0, 0, 0], false),
                line("running", [0, 18_000, 18_000, 18_000, 18_000], false),
            ],
            benefits: vec![line("support", [0, 46_000, 62_000, 68_000, 68_000], true)],
            origin: Span::default(),
        };
        option_figures(&option, 0.08, 4)
    }

    #[track_caller]
    fn near(found: Option<Ratio>, expected: f64, digits: i32) {
        let found = found.unwrap().get();
        assert!((found - expected).abs() < 0.51 * 10f64.powi(-digits), "{found} is not {expected}");
    }

    #[test]
    fn the_house_example_comes_out_to_the_cent() {
        let case = house_example();
        assert_eq!(case.npv, Amount(2_009_194));
        assert_eq!(case.npv_cashable_only, case.npv);
        assert_eq!(case.pv_benefits, Amount(19_971_022));
        assert_eq!(case.pv_costs, Amount(17_961_828));
        near(case.bcr, 1.1119, 4);
        near(case.roi, 0.2708, 4);
        near(case.discounted_roi, 0.1119, 4);
        near(case.profitability_index, 1.1674, 4);
        near(case.switching_benefits, 0.1006, 4);
        near(case.switching_capex, 0.1674, 4);
        near(case.payback.year().and_then(Ratio::new), 2.96, 2);
        near(case.discounted_payback.year().and_then(Ratio::new), 3.45, 2);
    }

    #[test]
    fn the_house_example_moves_with_its_drivers() {
        let case = house_example();
        let euros = |driver: SensitivityDriver| -> Vec<i64> {
            let line = case.sensitivity.iter().find(|line| line.driver == driver).unwrap();
            line.npvs.iter().map(|(_, npv)| npv.share(crate::quantity::Fraction::new(1, 100)).0).collect()
        };
        assert_eq!(euros(SensitivityDriver::Benefits), [-19_850, 121, 40_063, 60_034]);
        assert_eq!(euros(SensitivityDriver::UpFrontCost), [44_092, 32_092, 8_092, -3_908]);
        assert_eq!(euros(SensitivityDriver::RunningCost), [32_016, 26_054, 14_130, 8_168]);
        assert_eq!(euros(SensitivityDriver::Rate), [34_794, 27_161, 13_535, 7_441]);
        assert_eq!(euros(SensitivityDriver::Delay), [-40_981]);
        let order: Vec<SensitivityDriver> = case.sensitivity.iter().map(|line| line.driver).collect();
        assert_eq!(order[..2], [SensitivityDriver::Benefits, SensitivityDriver::Delay]);
    }

    #[test]
    fn an_option_that_costs_nothing_has_no_ratios() {
        let option = CaseOption {
            id: "nothing".to_owned(),
            name: "Do nothing".to_owned(),
            costs: Vec::new(),
            benefits: Vec::new(),
            origin: Span::default(),
        };
        let case = option_figures(&option, 0.08, 4);
        assert_eq!((case.npv, case.bcr, case.roi), (Amount::ZERO, None, None));
        assert_eq!(case.internal_rates, InternalRates::None);
        assert_eq!(case.net.len(), 5);
    }
}
