//! What could not be read of the files of a project: whoever follows from it must not speak as if it were not written.

use crate::quantity::GateId;

/// Errors of one kind that were found when a file was read; they have been reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFault {
    /// The code of their rule.
    pub code: &'static str,
    /// The file, by its path inside the project; one that all projects share by its path. Empty where it has no place.
    pub file: String,
    /// The lines that they were found on; none for what is about the whole file.
    pub lines: Vec<usize>,
}

/// The errors that were found when the files of a project, and those that all projects share, were read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileFaults(Vec<FileFault>);

impl Extend<FileFault> for FileFaults {
    /// Errors of one kind in one file are kept together: what figures rest on is asked often.
    fn extend<I: IntoIterator<Item = FileFault>>(&mut self, faults: I) {
        for fault in faults {
            let is_same = |known: &&mut FileFault| known.code == fault.code && known.file == fault.file;
            match self.0.iter_mut().find(is_same) {
                Some(known) => known.lines.extend(fault.lines),
                None => self.0.push(fault),
            }
        }
    }
}

impl FromIterator<FileFault> for FileFaults {
    fn from_iter<I: IntoIterator<Item = FileFault>>(faults: I) -> Self {
        let mut all = Self::default();
        all.extend(faults);
        all
    }
}

/// Errors of values that are read all the same: a page under another name, an unknown name beside what is known.
const READ_ALL_THE_SAME: [&str; 3] = ["E102", "E128", "E139"];

/// Other errors for which a value counts as nothing: progress of a summary, hours of nobody.
const OTHERS: [&str; 2] = ["E415", "E521"];

/// Errors of what is written and not asked for: a value that is computed, an audience where none can be named.
const NOT_ASKED_FOR: [&str; 2] = ["E124", "E159"];

impl FileFault {
    /// Whether a value, or more, is not known for it.
    fn costs_a_value(&self) -> bool {
        self.code.starts_with("E1") || OTHERS.contains(&self.code)
    }

    /// Whether something of what was typed is lost for it; an unknown name beside what is known loses nothing of the rest.
    pub(super) fn is_lost(&self) -> bool {
        self.hides() && !NOT_ASKED_FOR.contains(&self.code)
    }

    /// The same of a row or a list, of which an unknown name loses a part.
    pub(super) fn is_lost_with_names(&self) -> bool {
        self.costs_a_value() && !NOT_ASKED_FOR.contains(&self.code)
    }

    fn hides(&self) -> bool {
        self.costs_a_value() && !READ_ALL_THE_SAME.contains(&self.code)
    }

    pub(super) fn is_in(&self, inside: &str) -> bool {
        self.file == inside
    }

    pub(super) fn is_below(&self, folder: &str) -> bool {
        self.file.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    }
}

impl FileFaults {
    /// Whether some value could not be read, wherever it stands: today's files then say less than is written there.
    #[must_use]
    pub fn cost_values(&self) -> bool {
        self.hide().next().is_some()
    }

    /// Whether something in a file could not be read, by its path inside the project. An unknown name beside what is known loses
    /// nothing of the rest.
    #[must_use]
    pub fn are_lost_in(&self, inside: &str) -> bool {
        self.hide().any(|fault| fault.is_in(inside))
    }

    /// Whether something in a file could not be read, by its path inside the project, or names what nobody knows.
    #[must_use]
    pub fn are_in(&self, inside: &str) -> bool {
        self.0.iter().any(|fault| fault.costs_a_value() && fault.is_in(inside))
    }

    /// Whether a rule tells of an error in a file, by its code and the path of the file inside the project.
    #[must_use]
    pub fn are_told_of(&self, inside: &str, code: &str) -> bool {
        self.0.iter().any(|fault| fault.code == code && fault.is_in(inside))
    }

    /// Whether what was decided at a gate may not be known, because something in its page could not be read.
    #[must_use]
    pub fn may_hide_gate(&self, gate: GateId) -> bool {
        let page = format!("gates/{gate}.md");
        self.hide().any(|fault| fault.is_in(&page))
    }

    /// Whether a part of the page of a gate may be lost: who signed goes with the id of a person.
    #[must_use]
    pub fn may_hide_part_of_gate(&self, gate: GateId) -> bool {
        let page = format!("gates/{gate}.md");
        self.iter().any(|fault| fault.is_lost_with_names() && fault.is_in(&page))
    }

    /// Whether it may be for a fault that any gate counts as undecided.
    #[must_use]
    pub fn may_hide_gates(&self) -> bool {
        GateId::ALL.into_iter().any(|gate| self.may_hide_gate(gate))
    }

    fn hide(&self) -> impl Iterator<Item = &FileFault> {
        self.0.iter().filter(|fault| fault.hides())
    }

    /// All of them.
    pub(super) fn iter(&self) -> impl Iterator<Item = &FileFault> {
        self.0.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_hides_the_gate_of_its_page_alone() {
        let fault = |code, file: &str| FileFault { code, file: file.to_owned(), lines: Vec::new() };
        let faults: FileFaults = [fault("E118", "gates/G2.md")].into_iter().collect();
        assert!(faults.cost_values() && faults.may_hide_gate(GateId::G2) && faults.are_in("gates/G2.md"));
        let is_below = |folder| faults.iter().any(|fault| fault.is_below(folder));
        assert!(is_below("gates") && !is_below("gate") && !is_below("baselines"));
        assert!(!faults.may_hide_gate(GateId::G1) && !faults.are_in("2.md"));
        let of_one: FileFaults = [fault("E117", "gates/G1.md")].into_iter().collect();
        assert!(of_one.may_hide_gate(GateId::G1));
        // An unknown person leaves the decision readable; a contradiction of the plan is no fault of reading.
        let named: FileFaults =
            [fault("E102", "gates/G1.md"), fault("E401", "progress.csv")].into_iter().collect();
        assert!(!named.may_hide_gates() && named.are_in("gates/G1.md") && !named.are_in("progress.csv"));
        assert!(!named.cost_values() && !named.are_lost_in("gates/G1.md"));
    }
}
