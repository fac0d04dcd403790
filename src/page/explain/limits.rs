//! The limits behind colours and ratings, as inputs of their explanations: each leads to the line that sets it, or to the usual
//! value on the method page.

use crate::control::DimensionKind;
use crate::format;
use crate::model::{Limit, RiskScale};
use crate::page::desk::Desk;
use crate::page::explain::figure::{From, Input};
use crate::page::method::limit_words;

/// The limits that the colour of a dimension is read by.
#[must_use]
pub(super) fn of_dimension(desk: &Desk<'_>, kind: DimensionKind) -> Vec<Input> {
    let limits: &[Limit] = match kind {
        DimensionKind::Time => &[Limit::SlipGreen, Limit::IndexGreen, Limit::IndexAmber, Limit::ChanceGreen],
        DimensionKind::Cost => &[Limit::IndexAmber],
        DimensionKind::Scope => &[Limit::GrowthGreen, Limit::GrowthAmber, Limit::ChangeWaits],
        DimensionKind::Quality => &[Limit::TestsPassed],
        DimensionKind::Risk => &[Limit::RiskGreen, Limit::RiskAmber, Limit::ScoreVeryHigh],
        DimensionKind::Benefits => &[Limit::BenefitsGreen, Limit::BenefitsAmber],
        DimensionKind::Data => &[Limit::ReportGreen, Limit::ReportAmber],
    };
    limits.iter().map(|limit| input(desk, *limit)).collect()
}

/// The limits and scales that a risk is rated by.
#[must_use]
pub(super) fn of_rating(desk: &Desk<'_>) -> Vec<Input> {
    let thresholds = &desk.project.project.thresholds;
    let scales = RiskScale::ALL.into_iter().map(|scale| Input {
        label: scale.key().replace('_', " ").into(),
        value: thresholds.scale(scale).map(format::share).join(", "),
        from: thresholds.scale_origin(scale).map_or(From::Usual(scale.key()), From::Typed),
    });
    let scores = [Limit::ScoreMedium, Limit::ScoreHigh, Limit::ScoreVeryHigh];
    scales.chain(scores.map(|limit| input(desk, limit))).collect()
}

fn input(desk: &Desk<'_>, limit: Limit) -> Input {
    let thresholds = &desk.project.project.thresholds;
    Input {
        label: format!("limit {}", limit.key().replace('_', " ")).into(),
        value: limit_words(limit, thresholds.get(limit)),
        from: thresholds.origin(limit).map_or(From::Usual(limit.key()), From::Typed),
    }
}
