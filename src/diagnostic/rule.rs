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

impl Rule {
    /// Says whether a project may let its findings pass. Faults that make figures wrong or files unreadable (`E1…` and
    /// `E4…`) may not be.
    #[must_use]
    pub fn can_be_waived(&self) -> bool {
        let is_fault_of_file = self.code.starts_with("E1") || self.code.starts_with("E4");
        !(self.severity == Severity::Error && is_fault_of_file)
    }

    /// Says whether a finding can stand in the files of a project, whose `project.yaml` may waive it. Those of an import are about a
    /// file of another program.
    #[must_use]
    pub fn is_of_a_project(&self) -> bool {
        let number = &self.code[1..];
        !number.starts_with('8') && !matches!(number, "170" | "171" | "172" | "173")
    }

    /// Says whether a finding is about a text that cannot be read as it stands, so that other findings in the same file may only
    /// follow from it: what seems to be missing may stand behind the fault.
    #[must_use]
    pub fn is_fault_of_text(&self) -> bool {
        matches!(self.code, "E100" | "E110" | "E112" | "E113" | "E114" | "E116" | "E117" | "E118" | "E125")
    }

    /// The whole page in Markdown: what it finds, why it matters, what to do, and how it is let pass.
    #[must_use]
    pub fn page(&self) -> String {
        let lines: Vec<&str> = self.doc.lines().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
        let waiver = if !self.is_of_a_project() {
            String::new()
        } else if self.can_be_waived() {
            format!(
                "\n\n**How to let it pass.** In `project.yaml`, with a reason, a name and an end:\n\
                 `waive: {{{}: {{reason: …, by: …, until: …}}}}`. The waiver is printed on the plan-quality page and in the \
                 gate documents.",
                self.code
            )
        } else {
            "\n\nIt cannot be let pass: figures would be wrong.".to_owned()
        };
        format!("{}{waiver}", lines.join("\n").trim())
    }
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
