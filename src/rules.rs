//! Every message the product can give, from all rooms: for `explain` and for the reference.

use crate::diagnostic::Rule;

/// All rules in the order of their codes' numbers, letters aside.
#[must_use]
pub fn all() -> Vec<&'static Rule> {
    let mut rules: Vec<&'static Rule> = Vec::new();
    rules.extend(crate::source::RULES);
    rules.extend(crate::record::RULES);
    rules.extend(crate::resolve::RULES);
    rules.extend(crate::check::CHECKS.iter().map(|check| check.rule));
    rules.extend(crate::check::CHECKS_OF_DECIDED_GATES.iter().map(|check| check.rule));
    rules.extend(crate::check::RULES);
    rules.extend(crate::exchange::RULES);
    rules.sort_by_key(|rule| (&rule.code[1..], rule.code));
    rules
}

/// Finds a rule by its code, in either case, or by its name.
#[must_use]
pub fn find(wanted: &str) -> Option<&'static Rule> {
    all().into_iter().find(|rule| rule.code.eq_ignore_ascii_case(wanted) || rule.name == wanted)
}

/// Whether a rule is about files that cannot be understood, and not about what they say: where one of these is broken, what
/// stands in the file is missing from every figure.
#[must_use]
pub fn is_about_reading(rule: &Rule) -> bool {
    let rooms = [crate::source::RULES, crate::record::RULES, crate::resolve::RULES];
    rooms.iter().any(|rules| rules.iter().any(|known| known.code == rule.code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_of_text_are_what_the_room_of_sources_finds_wrong() {
        // A comment that is text, a link that is not followed, a portfolio that is not read and a theme leave all else as it is.
        let not_of_text = [
            &crate::source::yaml::HIDDEN_COMMENT,
            &crate::source::disk::SYMBOLIC_LINK,
            &crate::source::portfolio_above::PORTFOLIO_NOT_READ,
            &crate::source::broken_theme::BROKEN_THEME,
        ];
        let mut declared: Vec<&str> = crate::source::RULES
            .iter()
            .filter(|rule| !not_of_text.contains(rule))
            .map(|rule| rule.code)
            .collect();
        declared.sort_unstable();
        let mut known: Vec<&str> =
            all().into_iter().filter(|rule| rule.is_fault_of_text()).map(|rule| rule.code).collect();
        known.sort_unstable();
        assert_eq!(known, declared);
    }
}
