//! The money that a gate asks its board for, as the plan has it: what is granted, the board types afterwards.

use crate::control::WorkPart;
use crate::quantity::{Amount, GateId, Stage};
use crate::report::ProjectReport;

/// A sum that a board is asked for, by what it is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// At G1: what the work of the planning stage costs.
    Planning(Amount),
    /// At G2: what the plan may spend without asking again.
    Plan {
        /// The budget at completion that is promised.
        budget: Amount,
        /// The contingency; none of the management reserve, which stays with the sponsor.
        contingency: Amount,
    },
}

impl Asked {
    /// The whole sum; above zero.
    #[must_use]
    pub fn amount(self) -> Amount {
        match self {
            Self::Planning(amount) => amount,
            Self::Plan { budget, contingency } => budget + contingency,
        }
    }
}

impl ProjectReport {
    /// The money that a gate asks for. None where the plan costs nothing, and from G3 on: money is asked for at the first two gates.
    ///
    /// A plan of 98 432 EUR with a contingency of 9 000 EUR asks for 107 432 EUR at G2.
    #[must_use]
    pub fn asked_at(&self, gate: GateId) -> Option<Asked> {
        let asked = match gate {
            GateId::G1 => {
                let is_planning = |part: WorkPart| part == WorkPart::Stage(Stage::Planning);
                let work = self.control.work_breakdown.iter().find(|package| is_planning(package.part))?;
                Asked::Planning(work.value.budget)
            }
            GateId::G2 => Asked::Plan {
                budget: self.control.reference.budget,
                contingency: self.control.spending.contingency.granted,
            },
            GateId::G3 | GateId::G4 | GateId::G5 => return None,
        };
        (asked.amount() > Amount::ZERO).then_some(asked)
    }
}
