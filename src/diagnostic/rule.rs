//! Rules: the kinds of message the product can give, each with its page of documentation.

use super::Severity;

/// One kind of finding, declared beside the code that reports it.
#[derive(Debug)]
pub struct Rule {
    /// The short code of the catalogue, such as `E103`; the letter is the default severity.
    pub code: &'static str,
    /// The kebab-case name of what is wrong, such as `dependency-cycle`.
    pub name: &'static str,
    /// One line: what is wrong.
    pub title: &'static str,
    /// How severe a finding is unless the project says otherwise.
    pub severity: Severity,
    /// The first version that reports it.
    pub since: &'static str,
    /// The rule's page, in Markdown: what it does, why it matters, what to do.
    pub doc: &'static str,
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Rule {}

/// Declares a rule: a documented static whose doc comment is the rule's page.
///
/// ```
/// use milepost::declare_rule;
/// declare_rule! {
///     /// A task says `after:` a task that does not exist.
///     pub static EXAMPLE: Rule = ("E999", "example-rule", Error, "0.1.0", "an example");
/// }
/// assert_eq!(EXAMPLE.name, "example-rule");
/// ```
#[macro_export]
macro_rules! declare_rule {
    ($(#[doc = $doc:literal])+ $vis:vis static $ident:ident: Rule =
        ($code:literal, $name:literal, $severity:ident, $since:literal, $title:literal);) => {
        $(#[doc = $doc])+
        $vis static $ident: $crate::diagnostic::Rule = $crate::diagnostic::Rule {
            code: $code,
            name: $name,
            title: $title,
            severity: $crate::diagnostic::Severity::$severity,
            since: $since,
            doc: concat!($($doc, "\n"),+),
        };
    };
}
