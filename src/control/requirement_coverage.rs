//! How far each requirement has come: who delivers it, what tests it, what of it is passed and accepted.
//!
//! Comes in: requirements, deliverables and tests. Goes out: counts as of a day. Not here: words.

use jiff::civil::Date;

use crate::model::{Project, Requirement};

/// How far a requirement has come as of a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RequirementPosition {
    /// Deliverables accepted by then, of those that are to meet it; `(0, 0)` where none is named.
    pub deliverables: (i64, i64),
    /// Tests that are to prove it.
    pub n_tests: i64,
    /// Test cases passed by then, of all that these tests plan; `(0, 0)` where none is named.
    pub passed: (i64, i64),
}

impl RequirementPosition {
    /// Looks at a requirement as of a day.
    ///
    /// Two deliverables of which one is accepted, and a test of 14 cases of which 9 had passed by then: `(1, 2)` and
    /// `(9, 14)`. A test that nobody has counted by then has passed none of its cases.
    #[must_use]
    pub fn of(requirement: &Requirement, project: &Project, day: Date) -> Self {
        let deliverables =
            project.deliverables.iter().filter(|one| requirement.delivered_by.contains(&one.id));
        let tests = project.quality.iter().flat_map(|quality| &quality.tests);
        let mut position = Self::default();
        for deliverable in deliverables {
            position.deliverables.0 += i64::from(deliverable.is_accepted(day));
            position.deliverables.1 += 1;
        }
        for test in tests.filter(|one| requirement.tested_by.contains(&one.id)) {
            let count = test.position_on(day);
            position.n_tests += 1;
            position.passed.0 += count.passed;
            position.passed.1 += count.planned;
        }
        position
    }

    /// Whether a deliverable is to meet it.
    #[must_use]
    pub fn is_delivered(&self) -> bool {
        self.deliverables.1 > 0
    }

    /// Whether a test is to prove it.
    #[must_use]
    pub fn is_tested(&self) -> bool {
        self.n_tests > 0
    }

    /// Whether all cases of its tests have passed; never where no case is planned.
    #[must_use]
    pub fn is_passed(&self) -> bool {
        self.passed.1 > 0 && self.passed.0 >= self.passed.1
    }

    /// Whether all its deliverables are accepted; never where none is named.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        self.is_delivered() && self.deliverables.0 == self.deliverables.1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Span;
    use crate::model::{Acceptance, Deliverable, QualityPlan, TestCount, TestRun, Text};
    use crate::plan::sketch::{Sketch, date, id};

    fn text(words: &str) -> Text {
        Text { markdown: words.to_owned(), origin: Span::default() }
    }

    fn deliverable(name: &str, accepted: Option<&str>) -> Deliverable {
        let acceptance = |day| Acceptance { date: date(day), by: None, condition: None, evidence: None };
        Deliverable {
            id: id(name),
            deliverable: text(name),
            approver: None,
            owner: None,
            criteria: Vec::new(),
            submitted: Vec::new(),
            rejected: Vec::new(),
            acceptance: accepted.map(acceptance),
            produced_by: Vec::new(),
            origin: Span::default(),
        }
    }

    fn project() -> Project {
        let mut project = Sketch::starting("2026-08-03", &[]).project;
        project.deliverables =
            vec![deliverable("D1", Some("2026-08-10")), deliverable("D2", Some("2026-08-20"))];
        let count = |day: &str, run: i64, passed: i64| TestCount {
            date: Some(date(day)),
            planned: 14,
            run,
            passed,
            failed: run - passed,
            blocked: 0,
            origin: Span::default(),
        };
        let test = TestRun {
            id: id("T1"),
            name: text("Fail-over"),
            date: Some(date("2026-08-20")),
            planned: 14,
            run: 14,
            passed: 14,
            failed: 0,
            blocked: 0,
            earlier: vec![count("2026-08-12", 10, 9)],
            origin: Span::default(),
        };
        project.quality = Some(QualityPlan { tests: vec![test], ..QualityPlan::default() });
        project
    }

    #[track_caller]
    fn check(names: (&[&str], &[&str]), day: &str, deliverables: (i64, i64), passed: (i64, i64)) {
        let ids = |names: &[&str]| names.iter().map(|name| id(name)).collect();
        let requirement = Requirement {
            id: id("REQ-1"),
            requirement: text("Works on"),
            priority: None,
            source: None,
            delivered_by: ids(names.0),
            tested_by: ids(names.1),
            origin: Span::default(),
        };
        let position = RequirementPosition::of(&requirement, &project(), date(day));
        assert_eq!((position.deliverables, position.passed), (deliverables, passed));
        assert_eq!(position.is_accepted(), deliverables.1 > 0 && deliverables.0 == deliverables.1);
        assert_eq!(position.is_passed(), passed.1 > 0 && passed.0 == passed.1);
    }

    #[test]
    fn a_requirement_is_as_far_as_what_it_names_on_the_day() {
        check((&["D1", "D2"], &["T1"]), "2026-08-09", (0, 2), (0, 14));
        check((&["D1", "D2"], &["T1"]), "2026-08-14", (1, 2), (9, 14));
        check((&["D1", "D2"], &["T1"]), "2026-08-20", (2, 2), (14, 14));
        check((&["D1"], &[]), "2026-08-14", (1, 1), (0, 0));
        check((&[], &[]), "2026-08-20", (0, 0), (0, 0));
    }
}
