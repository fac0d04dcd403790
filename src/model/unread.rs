//! What is not known of a project because something that it rests on could not be read, and where that stands. No page, check or
//! criterion tells as a fact what rests on it.

use crate::model::{AllowanceKind, FileFault, Project, TaskKind, Work};
use crate::quantity::GateId;

/// What figures rest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// What was done and when the rest is done: plan, calendars, progress, decisions of gates.
    Dates,
    /// What was promised: baselines; where there is none, the plan and its calendars.
    Promise,
    /// What the work is worth: tasks, prices, further lines of the budget.
    Worth,
    /// What was spent: hours, invoices, receipts, prices.
    Spent,
    /// What was granted beside the budget, and what was drawn of it.
    Reserves,
    /// What was decided at gates, and on which conditions.
    Gates,
    /// How far something may drift before the board wants to be asked, as `project.yaml` says it.
    Allowed(AllowanceKind),
    /// What a file says by itself, by its path inside the project.
    File(&'static str),
    /// Each entry of a file with the names in it.
    Entries(&'static str),
    /// The same of all files in a folder of the project.
    Folder(&'static str),
    /// All files, with the names in them.
    Everything,
}

impl Ground {
    /// What the budget at completion rests on.
    pub const BUDGET: &[Self] = &[Self::Promise, Self::Worth];
    /// What the runs of the schedule rest on.
    pub const RUNS: &[Self] = &[Self::Dates, Self::File("risks.yaml")];
    /// What the distance from the promised finish rests on.
    pub const SLIP: &[Self] = &[Self::Dates, Self::Promise];
    /// What the rest of the tolerance of time rests on.
    pub const SLIP_LEFT: &[Self] = &[Self::Dates, Self::Promise, Self::Allowed(AllowanceKind::Time)];
    /// What earned value and the indices of time rest on.
    pub const EARNED: &[Self] = &[Self::Dates, Self::Promise, Self::Worth];
    /// What the indices of cost and every estimate at completion rest on.
    pub const ESTIMATE: &[Self] = &[Self::Dates, Self::Promise, Self::Worth, Self::Spent];
    /// What the net present value of now rests on.
    pub const CASE: &[Self] =
        &[Self::File("business-case.yaml"), Self::Dates, Self::Promise, Self::Worth, Self::Spent];
    /// What tells how far the board lets a project drift.
    pub const ALLOWED: &[Self] = &[
        Self::Allowed(AllowanceKind::Time),
        Self::Allowed(AllowanceKind::Cost),
        Self::Allowed(AllowanceKind::Unapproved),
    ];
    /// What the expected cost of risks rests on.
    pub const RISKS: &[Self] = &[Self::File("risks.yaml")];
}

/// What could not be read of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// The file, by its path inside the project; one that all projects share by its path.
    pub file: String,
    /// Its lines with something that could not be read, in order; empty where the whole file could not.
    pub lines: Vec<usize>,
}

impl Unread {
    /// The file with the first of the lines: `timesheets.csv:2`.
    #[must_use]
    pub fn place(&self) -> String {
        match self.lines.first() {
            Some(line) => format!("{}:{line}", self.file),
            None => self.file.clone(),
        }
    }

    /// `3 lines of timesheets.csv cannot be read (timesheets.csv:2)`; a table whose first line cannot be read is not read at all.
    #[must_use]
    pub fn words(&self) -> String {
        let Self { file, lines } = self;
        let is_table = file.rsplit_once('.').is_some_and(|(_, kind)| kind == "csv");
        match lines.as_slice() {
            [] => format!("{file} cannot be read"),
            [1, ..] if is_table => format!("{file} cannot be read ({})", self.place()),
            [_] => format!("a line of {file} cannot be read ({})", self.place()),
            many => format!("{} lines of {file} cannot be read ({})", many.len(), self.place()),
        }
    }
}

/// Several of them in one sentence: `progress.csv cannot be read (progress.csv:1) and a line of costs.csv cannot be read (costs.csv:4)`.
#[must_use]
pub fn unread_words(unread: &[Unread]) -> String {
    unread.iter().map(Unread::words).collect::<Vec<_>>().join(", and ")
}

impl Project {
    /// What could not be read of what figures rest on, file by file in the order of the grounds; empty where all is known.
    #[must_use]
    pub fn unread(&self, grounds: &[Ground]) -> Vec<Unread> {
        let mut all: Vec<Unread> = Vec::new();
        for ground in grounds {
            for fault in self.faults.iter().filter(|fault| self.is_lost_for(*ground, fault)) {
                let known = all.iter().position(|one| one.file == fault.file).unwrap_or_else(|| {
                    all.push(Unread { file: fault.file.clone(), lines: Vec::new() });
                    all.len() - 1
                });
                all[known].lines.extend(&fault.lines);
            }
        }
        for unread in &mut all {
            unread.lines.sort_unstable();
            unread.lines.dedup();
        }
        all
    }

    /// Whether something of what figures rest on could not be read.
    #[must_use]
    pub fn is_unread(&self, grounds: &[Ground]) -> bool {
        self.faults.iter().any(|fault| grounds.iter().any(|ground| self.is_lost_for(*ground, fault)))
    }

    fn is_lost_for(&self, ground: Ground, fault: &FileFault) -> bool {
        let is_lost_in = |inside: &str| fault.is_lost() && fault.is_in(inside);
        let are_names_lost_in = |inside: &str| fault.is_lost_with_names() && fault.is_in(inside);
        let is_of_team =
            || fault.is_lost_with_names() && (fault.is_in("resources.yaml") || fault.file == "people.yaml");
        let is_of_rates = || self.has_unread_rates && is_lost_in("project.yaml");
        let is_of_plan = || {
            is_lost_in("plan.yaml")
                || (are_names_lost_in("plan.yaml") && self.has_unread_links())
                || is_lost_in("calendar.yaml")
                || (fault.is_lost() && fault.is_below("calendars"))
                || (is_of_team() && self.has_work_by_effort())
        };
        match ground {
            Ground::Dates => {
                are_names_lost_in("progress.csv") || is_of_plan() || self.may_hide_decision(fault)
            }
            Ground::Promise => {
                (fault.is_lost() && fault.is_below("baselines"))
                    || (self.baselines.is_empty() && is_of_plan())
            }
            Ground::Worth => {
                is_lost_in("plan.yaml")
                    || (are_names_lost_in("plan.yaml") && self.has_unread_means())
                    || is_of_team()
                    || is_of_rates()
                    || (self.budget.may_lack_lines && is_lost_in("budget.yaml"))
            }
            Ground::Spent => {
                are_names_lost_in("timesheets.csv")
                    || is_lost_in("costs.csv")
                    || is_lost_in("plan.yaml")
                    || is_of_team()
                    || is_of_rates()
            }
            Ground::Reserves => ["budget.yaml", "changes.yaml", "decisions.yaml"].into_iter().any(is_lost_in),
            Ground::Gates => fault.is_lost() && fault.is_below("gates"),
            Ground::Allowed(kind) => self.tolerance.unread.contains(&kind) && is_lost_in("project.yaml"),
            Ground::File(inside) => is_lost_in(inside),
            Ground::Entries(inside) => are_names_lost_in(inside),
            Ground::Folder(folder) => fault.is_lost_with_names() && fault.is_below(folder),
            Ground::Everything => fault.is_lost() || fault.code == "E102",
        }
    }

    /// Whether it may be for a fault that a gate counts as undecided.
    fn may_hide_decision(&self, fault: &FileFault) -> bool {
        // A decision counts once it is dated and signed, also by somebody whose id is mistyped.
        let is_open = |gate: &GateId| {
            self.gates.get(gate).is_none_or(|record| {
                record.decision.is_none() || record.decided.is_none() || record.signatures.is_empty()
            })
        };
        let is_of = |gate: GateId| fault.is_in(&format!("gates/{gate}.md"));
        fault.is_lost_with_names() && GateId::ALL.into_iter().filter(is_open).any(is_of)
    }

    fn has_work_by_effort(&self) -> bool {
        self.tasks.iter().any(|task| matches!(task.kind, TaskKind::Work(Work::Effort(_))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::sketch::Sketch;

    #[test]
    fn what_cannot_be_read_is_told_by_file_and_first_line() {
        let mut project = Sketch::starting("2026-08-03", &[]).project;
        let fault = |code, file: &str, line| FileFault { code, file: file.to_owned(), lines: vec![line] };
        project.faults.extend([
            fault("E105", "timesheets.csv", 4),
            fault("E102", "timesheets.csv", 2),
            fault("E105", "timesheets.csv", 2),
            fault("E113", "costs.csv", 1),
        ]);
        assert!(!project.is_unread(Ground::SLIP) && project.is_unread(Ground::ESTIMATE));
        assert_eq!(
            unread_words(&project.unread(Ground::ESTIMATE)),
            "2 lines of timesheets.csv cannot be read (timesheets.csv:2), and costs.csv cannot be read (costs.csv:1)"
        );
        // Money on a task that nobody knows was spent all the same; an open decision is lost with the page of its gate.
        project.faults =
            [fault("E102", "costs.csv", 3), fault("E105", "gates/G2.md", 3)].into_iter().collect();
        assert!(!project.is_unread(&[Ground::Spent]) && project.is_unread(&[Ground::Dates]));
        // Nobody has signed it as long as the id of who did is not known.
        project.faults = std::iter::once(fault("E102", "gates/G2.md", 6)).collect();
        assert!(project.is_unread(&[Ground::Dates]) && project.faults.may_hide_part_of_gate(GateId::G2));
    }
}
