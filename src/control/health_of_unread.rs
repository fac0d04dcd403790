//! What has no colour because something that it is judged by could not be read.
//!
//! Comes in: a project and its dimensions as they look from what could be read. Goes out: the same, those without a colour that rest on
//! what could not.

use super::{Colour, Dimension, DimensionKind};
use crate::model::{AllowanceKind, Ground, Project, unread_words};

/// What a dimension is judged by. The colour of data says itself that files hold errors.
fn grounds(dimension: &Dimension, project: &Project) -> Vec<Ground> {
    match dimension.kind {
        DimensionKind::Time => {
            // The runs take green away from a promise that is not sure enough, and no other colour.
            let is_asked = dimension.colour == Colour::Green && !project.baselines.is_empty();
            let by_runs = is_asked.then_some(Ground::File("risks.yaml"));
            let allowed = Ground::Allowed(AllowanceKind::Time);
            Ground::EARNED.iter().copied().chain([allowed]).chain(by_runs).collect()
        }
        DimensionKind::Cost => {
            let by_contingency = project.tolerance.cost.is_none().then_some(Ground::Reserves);
            let allowed = Ground::Allowed(AllowanceKind::Cost);
            Ground::ESTIMATE.iter().copied().chain([allowed]).chain(by_contingency).collect()
        }
        DimensionKind::Scope => {
            let others = [Ground::File("changes.yaml"), Ground::Allowed(AllowanceKind::Unapproved)];
            Ground::EARNED.iter().copied().chain(others).collect()
        }
        DimensionKind::Quality => {
            ["defects.csv", "quality.yaml", "deliverables.yaml"].map(Ground::File).to_vec()
        }
        DimensionKind::Risk => vec![Ground::Reserves, Ground::File("risks.yaml")],
        DimensionKind::Benefits => vec![Ground::File("benefits.yaml")],
        DimensionKind::Data => Vec::new(),
    }
}

/// Takes the colour from what rests on what could not be read; gives what that is.
pub(super) fn unrate(project: &Project, dimensions: &mut [Dimension]) -> Vec<DimensionKind> {
    let mut all = Vec::new();
    for dimension in dimensions {
        let unread = project.unread(&grounds(dimension, project));
        if !unread.is_empty() {
            dimension.colour = Colour::Unrated;
            dimension.reason = format!("not known: {}", unread_words(&unread));
            all.push(dimension.kind);
        }
    }
    all
}
