//! `thresholds:`: the limits of the portfolio, then those of the project over them.

use crate::diagnostic::{Diagnostic, Diagnostics, Span, Spanned};
use crate::model::{Limit, RiskScale, Thresholds};
use crate::quantity::{Duration, Percent, WorkTime};
use crate::record::BAD_SCALAR;
use crate::record::threshold::{Index, ThresholdsRecord};
use crate::resolve::entry::working_minutes;

/// Pairs of limits of which the second must lie at or beyond the first.
const IN_ORDER: &[(Limit, Limit)] = &[
    (Limit::IndexAmber, Limit::IndexGreen),
    (Limit::GrowthGreen, Limit::GrowthAmber),
    (Limit::RiskGreen, Limit::RiskAmber),
    (Limit::BenefitsAmber, Limit::BenefitsGreen),
    (Limit::ReportGreen, Limit::ReportAmber),
    (Limit::ScoreMedium, Limit::ScoreHigh),
    (Limit::ScoreHigh, Limit::ScoreVeryHigh),
];

/// Resolves the limits of a project. Faults of the portfolio's own are reported by [`check_shared`], once for all.
pub(super) fn resolve_thresholds(
    portfolio: Option<&ThresholdsRecord>,
    project: Option<&ThresholdsRecord>,
    work_time: WorkTime,
    found: &mut Diagnostics,
) -> Thresholds {
    let mut thresholds = Thresholds::default();
    if let Some(record) = portfolio {
        take(record, work_time, &mut thresholds, &mut Diagnostics::default());
    }
    if let Some(record) = project {
        take(record, work_time, &mut thresholds, found);
    }
    thresholds
}

/// Reports the faults of the portfolio's own limits.
pub(super) fn check_shared(record: Option<&ThresholdsRecord>, found: &mut Diagnostics) {
    if let Some(record) = record {
        take(record, WorkTime::default(), &mut Thresholds::default(), found);
    }
}

fn take(record: &ThresholdsRecord, work_time: WorkTime, into: &mut Thresholds, found: &mut Diagnostics) {
    let mut next = into.clone();
    for limit in Limit::ALL {
        if let Some((value, origin)) = written(record, limit, work_time, found) {
            next.set(limit, value, origin);
        }
    }
    for (low, high) in IN_ORDER {
        if next.get(*low) > next.get(*high) {
            let origin = next.origin(*high).or(next.origin(*low)).unwrap_or(record.span);
            let message = format!("`{}` lies above `{}`", low.key(), high.key());
            found.push(Diagnostic::new(&BAD_SCALAR, origin, message).hint(format!(
                "set both, with `{}` no higher than `{}`",
                low.key(),
                high.key()
            )));
            next.set(*low, into.get(*low).min(into.get(*high)), origin);
            next.set(*high, into.get(*high), origin);
        }
    }
    for (scale, ends) in [
        (RiskScale::Probability, &record.probability_classes),
        (RiskScale::Cost, &record.cost_classes),
        (RiskScale::Time, &record.time_classes),
    ] {
        let (Some(first), false) = (ends.first(), ends.is_empty()) else { continue };
        match four_rising(ends) {
            Some(four) => next.set_scale(scale, four, first.span),
            None => found.push(
                Diagnostic::new(
                    &BAD_SCALAR,
                    first.span,
                    format!("`{}` is not four rising shares", scale.key()),
                )
                .hint("write the upper ends of classes 1 to 4, such as `[10%, 30%, 50%, 70%]`"),
            ),
        }
    }
    *into = next;
}

fn four_rising(ends: &[Spanned<Percent>]) -> Option<[f64; 4]> {
    let shares: Vec<f64> = ends.iter().map(|end| share(end.value)).collect();
    let four: [f64; 4] = shares.try_into().ok()?;
    four.is_sorted_by(|low, high| low < high).then_some(four)
}

fn share(percent: Percent) -> f64 {
    percent.fraction().as_f64()
}

/// What a record says of a limit, in the limit's unit.
fn written(
    record: &ThresholdsRecord,
    limit: Limit,
    work_time: WorkTime,
    found: &mut Diagnostics,
) -> Option<(f64, Span)> {
    let percent = |written: &Option<Spanned<Percent>>| written.map(|one| (share(one.value), one.span));
    let index =
        |written: &Option<Spanned<Index>>| written.map(|one| (one.value.0 as f64 / 1_000.0, one.span));
    let mut days = |written: &Option<Spanned<Duration>>| {
        let one = (*written)?;
        let minutes = working_minutes(&one, work_time, found)?;
        Some((minutes as f64 / work_time.minutes_per_day.max(1) as f64, one.span))
    };
    let count = |written: &Option<Spanned<i64>>| written.map(|one| (one.value as f64, one.span));
    match limit {
        Limit::IndexGreen => index(&record.index_green),
        Limit::IndexAmber => index(&record.index_amber),
        Limit::SlipGreen => percent(&record.slip_green),
        Limit::ChanceGreen => percent(&record.chance_green),
        Limit::GrowthGreen => percent(&record.growth_green),
        Limit::GrowthAmber => percent(&record.growth_amber),
        Limit::ChangeWaits => days(&record.change_waits),
        Limit::TestsPassed => percent(&record.tests_passed),
        Limit::RiskGreen => percent(&record.risk_green),
        Limit::RiskAmber => percent(&record.risk_amber),
        Limit::BenefitsGreen => percent(&record.benefits_green),
        Limit::BenefitsAmber => percent(&record.benefits_amber),
        Limit::ReportGreen => count(&record.report_green),
        Limit::ReportAmber => count(&record.report_amber),
        Limit::ScoreMedium => count(&record.score_medium),
        Limit::ScoreHigh => count(&record.score_high),
        Limit::ScoreVeryHigh => count(&record.score_very_high),
        Limit::MissingLogic => percent(&record.missing_logic),
        Limit::Leads => percent(&record.leads),
        Limit::Lags => percent(&record.lags),
        Limit::FinishToStart => percent(&record.finish_to_start),
        Limit::HardConstraints => percent(&record.hard_constraints),
        Limit::FloatDays => days(&record.float_days),
        Limit::HighFloat => percent(&record.high_float),
        Limit::NegativeFloat => percent(&record.negative_float),
        Limit::DurationDays => days(&record.duration_days),
        Limit::HighDuration => percent(&record.high_duration),
        Limit::InvalidDates => percent(&record.invalid_dates),
        Limit::MissedTasks => percent(&record.missed_tasks),
        Limit::PathLengthIndex => index(&record.cpli),
        Limit::ExecutionIndex => index(&record.bei),
        Limit::Predecessors => count(&record.predecessors),
        Limit::LagDays => days(&record.lag_days),
    }
}
