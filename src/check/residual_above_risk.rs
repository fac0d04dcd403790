//! A risk that is to be worse after its response than before.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::report::ProjectReport;

declare_rule! {
    /// The `residual` of an open risk is worse than the risk as it stands: more likely, dearer or longer in something, and less in
    /// nothing.
    ///
    /// **Why it matters.** `residual` is what is left when the response has worked. A response that makes a risk worse is none, so
    /// the two have most likely been mixed up, and the figures of the risk pages with them.
    ///
    /// **What to do.** Exchange the two, or correct the one that is wrong. Wrong:
    ///
    /// ```yaml
    /// R1:
    ///   risk: The supplier delivers late
    ///   probability: 10%
    ///   impact: {cost: 1_000 EUR}
    ///   response: reduce
    ///   residual: {probability: 90%, impact: {cost: 90_000 EUR}}
    /// ```
    pub static RESIDUAL_ABOVE_RISK: Rule =
        ("W676", "residual-above-risk", Warning, "0.1.0", "a risk is worse after its response than before");
}

/// Looks at open threats; of an opportunity more is better.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let open = report.project.registers.risks.iter().filter(|risk| risk.is_open(report.status_date));
    for risk in open {
        let Some(residual) = risk.residual else { continue };
        let now = risk.current;
        let measures = |exposure: &crate::model::Exposure| {
            (exposure.probability.hundredths(), exposure.cost.0, exposure.time)
        };
        let ((p, cost, time), (p_now, cost_now, time_now)) = (measures(&residual), measures(&now));
        let is_threat = cost_now >= 0 && time_now >= 0;
        let is_nowhere_less = p >= p_now && cost >= cost_now && time >= time_now;
        if !is_threat || !is_nowhere_less || residual == now {
            continue;
        }
        found.push(
            Diagnostic::new(
                &RESIDUAL_ABOVE_RISK,
                risk.origin,
                format!("`{}` is to be worse after its response than it is now", risk.id),
            )
            .hint("exchange `residual:` and what stands beside it, or correct the one that is wrong"),
        );
    }
}
