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
    // On the day of the decision itself it is found in time, unless an earlier one had let the service begin.
    let before = defect.opened.yesterday().ok()?;
    project.gates.get(&GateId::G3)?.passed_on(before).map(Escape::GoLive)
}

#[cfg(test)]
mod tests {
    use super::super::golden::{branch_network, defect, passed};
    use super::*;
    use crate::diagnostic::Span;
    use crate::model::{Decision, EarlierDecision, TaskKind};
    use crate::plan::Facts;
    use crate::plan::sketch::date;

    fn earlier(decision: Decision, day: &str) -> EarlierDecision {
        EarlierDecision {
            decision,
            decided: date(day),
            decided_by: None,
            reasons: None,
            minutes: None,
            authorised: None,
            authorised_until: None,
            authorised_origin: None,
            recommendation: None,
            conditions: Vec::new(),
            checklist: Vec::new(),
            signatures: Vec::new(),
            origin: Span::default(),
        }
    }

    /// Passed on 2 November, and again on the 16th.
    fn decided_twice() -> Project {
        let mut project = branch_network().project;
        let mut record = passed(GateId::G3, "2026-11-16");
        record.earlier.push(earlier(Decision::Approve, "2026-11-02"));
        project.gates.insert(GateId::G3, record);
        project
    }

    #[test]
    fn a_gate_that_was_decided_again_was_over_on_the_day_it_was_first_passed() {
        let mut project = decided_twice();
        project.tasks.iter_mut().find(|task| task.is_point()).unwrap().kind = TaskKind::Gate(GateId::G3);
        let settled = |day: &str| {
            let facts = Facts::as_of(&project, date(day));
            facts.settled.into_values().next()
        };
        assert_eq!(settled("2026-11-01"), None);
        assert_eq!(settled("2026-11-06"), Some(date("2026-11-02")));
        assert_eq!(settled("2026-11-20"), Some(date("2026-11-16")));
    }

    #[test]
    fn work_before_a_gate_knows_the_first_day_on_which_it_was_passed_behind_it() {
        let project = decided_twice();
        let record = &project.gates[&GateId::G3];
        let between = |after: &str, upto: &str| record.passed_between(date(after), date(upto));
        assert_eq!(between("2026-10-20", "2026-11-01"), None);
        assert_eq!(between("2026-10-20", "2026-11-10"), Some(date("2026-11-02")), "the 16th is to come");
        assert_eq!(between("2026-10-20", "2026-11-20"), Some(date("2026-11-02")));
        assert_eq!(between("2026-11-02", "2026-11-20"), Some(date("2026-11-16")));
    }

    #[test]
    fn what_was_found_after_go_live_escaped_though_the_gate_was_decided_again() {
        let project = decided_twice();
        let of = |day: &str| escape(&project, &defect(2, day));
        let live = |day: &str| Some(Escape::GoLive(date(day)));
        assert_eq!(of("2026-11-02"), None);
        assert_eq!(of("2026-11-10"), live("2026-11-02"));
        assert_eq!(of("2026-11-16"), live("2026-11-02"));
        assert_eq!(of("2026-11-17"), live("2026-11-16"));
    }
}
