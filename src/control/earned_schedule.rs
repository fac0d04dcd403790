//! Earned schedule: how many days of the plan have been earned, which stays honest after SPI has healed.

use jiff::civil::Date;

use crate::quantity::Ratio;

/// Schedule performance in time instead of money (Lipke, *Earned Schedule*).
///
/// All lengths are working days of the project's calendar, counted from the reference's first day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EarnedSchedule {
    /// Actual time (AT): working days from the reference's first day to the end of the status date, or to the day on
    /// which all was done.
    pub actual_time: f64,
    /// Earned schedule (ES): the day of the plan by which today's earned value should have been earned.
    pub earned: f64,
    /// Planned duration (PD): working days until the whole budget is planned to be earned.
    pub planned_duration: f64,
    /// Schedule variance in time, SV(t): ES − AT. Negative is late.
    pub variance: f64,
    /// Schedule performance index in time, SPI(t): ES ÷ AT; none before the first day.
    pub index: Option<Ratio>,
    /// Independent estimate at completion in time, IEAC(t): PD ÷ SPI(t); none while nothing is earned.
    pub estimate_days: Option<f64>,
    /// The working day on which `estimate_days` ends, rounded to the nearest; none where it lies out of sight.
    pub estimate_finish: Option<Date>,
    /// To-complete schedule performance index, TSPI: (PD − ES) ÷ (PD − AT); none once the planned time is over.
    /// Above 1.10 the reference finish is no longer realistic.
    pub to_complete_index: Option<Ratio>,
}
