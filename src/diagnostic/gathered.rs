//! One cause that is found in many places, told once.

use std::collections::BTreeMap;

use super::spelling::count;
use super::{Diagnostic, Diagnostics, Label, Rule};

/// From so many places on they are told in one finding.
const LEAST: usize = 3;

/// So many further places a finding points at.
const MOST_SHOWN: usize = 4;

impl Diagnostics {
    /// Makes one finding of those of a rule that say the same of three and more places of a project: the first of them, with the others
    /// beside it. `tom` is left out of the people, and named in twenty rows: that is one fault.
    pub fn gather(&mut self, rule: &Rule) {
        let mut groups: BTreeMap<(Option<String>, String), Vec<usize>> = BTreeMap::new();
        for (place, found) in self.list.iter().enumerate() {
            if found.rule.code == rule.code && found.span.is_some() {
                groups.entry((found.project.clone(), found.message.clone())).or_default().push(place);
            }
        }
        let mut is_told_elsewhere = vec![false; self.list.len()];
        let list = self.changed();
        for mut places in groups.into_values().filter(|places| places.len() >= LEAST) {
            places.sort_by_key(|place| list[*place].span);
            let (first, others) = (places[0], &places[1..]);
            let spans: Vec<_> = others.iter().filter_map(|place| list[*place].span).collect();
            for place in others {
                is_told_elsewhere[*place] = true;
            }
            tell(&mut list[first], &spans);
        }
        let mut is_told_elsewhere = is_told_elsewhere.into_iter();
        list.retain(|_| !is_told_elsewhere.next().unwrap_or(false));
    }
}

fn tell(finding: &mut Diagnostic, others: &[super::Span]) {
    finding.message = format!("{}, here and in {}", finding.message, count(others.len(), "other place"));
    let shown = if others.len() > MOST_SHOWN { MOST_SHOWN - 1 } else { others.len() };
    let labels = others.iter().take(MOST_SHOWN.min(others.len())).enumerate().map(|(number, span)| {
        let text = match others.len() - shown {
            more if more > 0 && number == shown => format!("here, and in {}", count(more - 1, "more place")),
            _ => "here, too".to_owned(),
        };
        Label { span: *span, text }
    });
    finding.labels.extend(labels);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{FileId, Severity, Span};

    static UNKNOWN: Rule = Rule {
        code: "E102",
        name: "unknown-reference",
        severity: Severity::Error,
        since: "0.1.0",
        title: "a name that nothing has",
        doc: "",
    };

    #[track_caller]
    fn check(names: &[&str], expected: &[&str]) {
        let mut found = Diagnostics::default();
        for (place, name) in names.iter().enumerate().rev() {
            let span = Span::new(FileId(0), place * 10, place * 10 + 3);
            found.push(Diagnostic::new(&UNKNOWN, span, format!("unknown person `{name}`")));
        }
        found.gather(&UNKNOWN);
        found.sort();
        let told = found.iter().map(|one| {
            let labels = one.labels.iter().map(|label| format!(" | {} {}", label.span.start, label.text));
            format!("{}{}", one.message, labels.collect::<String>())
        });
        assert_eq!(told.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn three_places_are_one_finding_and_two_are_two() {
        check(&["tom", "tom"], &["unknown person `tom`"; 2]);
        check(
            &["tom", "ann", "tom", "tom"],
            &[
                "unknown person `tom`, here and in 2 other places | 20 here, too | 30 here, too",
                "unknown person `ann`",
            ],
        );
        check(
            &["tom"; 7],
            &[
                "unknown person `tom`, here and in 6 other places | 10 here, too | 20 here, too | 30 here, too \
               | 40 here, and in 2 more places",
            ],
        );
    }
}
