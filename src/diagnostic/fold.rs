//! Findings that say the same of many lines of one file, folded into the first of them for a reader.

use std::collections::BTreeMap;
use std::fmt;

use super::{Diagnostic, Diagnostics, FileId, Places};

/// How many findings alike are shown one by one; from one more on the first stands for all.
const SHOWN: usize = 3;

/// What findings alike share: their file, rule, message, hints and whether they are let pass.
type Likeness<'a> = (FileId, &'static str, &'a str, &'a [String], bool);

/// What was folded into the first of findings alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Others {
    /// How many, the first not counted; one or more.
    pub(super) number: usize,
    /// The last line on which one begins, counted from 1.
    last_line: Option<usize>,
}

impl fmt::Display for Others {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "and {} more like it in this file", self.number)?;
        self.last_line.map_or(Ok(()), |line| write!(formatter, ", down to line {line}"))
    }
}

fn likeness(diagnostic: &Diagnostic) -> Option<Likeness<'_>> {
    let file = diagnostic.span?.file;
    let is_waived = diagnostic.waiver.is_some();
    Some((file, diagnostic.rule.code, &diagnostic.message, &diagnostic.hints, is_waived))
}

/// The findings in their order, of more than three alike in one file only the first, with what is said of the others: a file in which every
/// line has the same fault is one thing to mend. Those that have no place stay as they are.
///
/// Of 120 lines in a currency without a rate, lines 2 to 121, the first is given with “and 119 more like it in this file, down to line 121”.
pub(super) fn folded<'a>(
    found: &'a Diagnostics,
    places: &dyn Places,
) -> Vec<(&'a Diagnostic, Option<Others>)> {
    let mut alike: BTreeMap<Likeness<'a>, Vec<&'a Diagnostic>> = BTreeMap::new();
    for diagnostic in found {
        if let Some(likeness) = likeness(diagnostic) {
            alike.entry(likeness).or_default().push(diagnostic);
        }
    }
    let told = found.into_iter().filter_map(|diagnostic| {
        let Some(all) = likeness(diagnostic).and_then(|likeness| alike.get(&likeness)) else {
            return Some((diagnostic, None));
        };
        let [first, others @ ..] = all.as_slice() else { return Some((diagnostic, None)) };
        if all.len() <= SHOWN {
            return Some((diagnostic, None));
        }
        if !std::ptr::eq(*first, diagnostic) {
            return None;
        }
        let lines = others.iter().filter_map(|other| other.span).map(|span| places.position(span).line);
        Some((diagnostic, Some(Others { number: others.len(), last_line: lines.max() })))
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Span;
    use crate::diagnostic::render::{Colour, json, terminal};
    use crate::diagnostic::short::in_short;

    crate::declare_rule! {
        /// Stands for a rule of another room.
        static FOREIGN: Rule = ("E122", "foreign-currency", Error, "0.1.0", "money in another currency");
    }

    struct Table(String);

    impl Places for Table {
        fn path(&self, _: FileId) -> &'static str {
            "costs.csv"
        }

        fn text(&self, _: FileId) -> &str {
            &self.0
        }
    }

    /// So many lines of `1 USD`, each with the same fault, and one of another kind in the middle.
    fn faults(number: usize) -> (Table, Diagnostics) {
        let table = Table("1 USD\n".repeat(number));
        let mut found = Diagnostics::default();
        for line in 0..number {
            let message = if line == 1 { "another fault" } else { "`USD` has no rate" };
            let span = Span::new(FileId(0), line * 6, line * 6 + 5);
            found.push(Diagnostic::new(&FOREIGN, span, message).hint("add a rate"));
        }
        (table, found)
    }

    #[test]
    fn many_faults_alike_are_one_for_a_reader_and_all_for_a_program() {
        let (table, found) = faults(121);
        let text = terminal(&found, &table, Colour::Never);
        assert_eq!(text.matches("has no rate").count(), 1);
        assert!(text.contains("= note: and 119 more like it in this file, down to line 121"), "{text}");
        assert!(text.contains("another fault"));
        assert_eq!(json(&found, &table, None).matches("has no rate").count(), 120);
        assert_eq!(
            in_short(&found, &table, Colour::Never),
            "error[E122 foreign-currency]: `USD` has no rate (costs.csv:1) (+119 in this file)\n\
             error[E122 foreign-currency]: another fault (costs.csv:2)\n"
        );
    }

    #[test]
    fn three_alike_are_shown_one_by_one() {
        let (table, found) = faults(4);
        let text = terminal(&found, &table, Colour::Never);
        assert_eq!((text.matches("has no rate").count(), text.matches("more like it").count()), (3, 0));
    }
}
