//! Defects that escaped: found after what they belong to had been accepted, or after the service had begun.

use jiff::civil::Date;

use crate::model::{Defect, Project};
use crate::quantity::{GateId, Id};

/// What a defect had passed before it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Escape {
    /// The acceptance of a deliverable on a day.
    Acceptance(Id, Date),
    /// The gate that lets the service begin (G3), passed on a day.
    GoLive(Date),
}

/// How a defect escaped; none where it was found before. A defect of a task belongs to what the task produces. On the day of
/// acceptance itself it is found in time.
#[must_use]
pub fn escape(project: &Project, defect: &Defect) -> Option<Escape> {
    let owner = defect.belongs_to.as_deref();
    let is_own = |id: &Id| owner == Some(id.as_str());
    let accepted = project
        .deliverables
        .iter()
        .filter(|made| {
            is_own(&made.id) || made.produced_by.iter().any(|task| is_own(&project.task(*task).id))
        })
        .filter_map(|made| Some((made.acceptance.as_ref()?.date, &made.id)))
        .filter(|(day, _)| *day < defect.opened)
        .min();
    if let Some((day, id)) = accepted {
        return Some(Escape::Acceptance(id.clone(), day));
    }
    let gate = project.gates.get(&GateId::G3).filter(|gate| gate.is_passed(defect.opened))?;
    gate.decided.filter(|day| *day < defect.opened).map(Escape::GoLive)
}
