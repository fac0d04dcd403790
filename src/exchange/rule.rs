//! The kinds of message that reading a foreign file can give.

use crate::declare_rule;
use crate::diagnostic::Rule;

/// Every rule of this room.
pub static RULES: &[&Rule] =
    &[&BROKEN_XML, &NOT_A_FOREIGN_PLAN, &BAD_FOREIGN_VALUE, &DANGLING_FOREIGN_REFERENCE];

declare_rule! {
    /// The file to be imported is no well-formed XML: a tag is not closed, a character is not allowed where it stands, or
    /// the file was cut off. Nothing is imported, because what is missing cannot be known.
    ///
    /// Save the plan again: in MS Project with *File*, *Save As*, *XML Format (\*.xml)*. A file that was sent by mail or
    /// edited by hand may have lost its end.
    pub static BROKEN_XML: Rule = ("E170", "broken-xml", Error, "0.2.0", "a file that is not well-formed XML");
}

declare_rule! {
    /// The file to be imported is XML, but no plan of MS Project: its outermost element is not `<Project>`, or there is no
    /// task in it, or it does not say when the project starts. An `.mpp` file is no XML either.
    ///
    /// Open the plan in MS Project and save it with *File*, *Save As*, *XML Format (\*.xml)*.
    pub static NOT_A_FOREIGN_PLAN: Rule =
        ("E171", "not-a-foreign-plan", Error, "0.2.0", "a file that holds no plan of MS Project");
}

declare_rule! {
    /// An element of the imported plan does not hold what belongs there, such as a date that is none. The plan is imported
    /// without it.
    ///
    /// Wrong:
    /// ```xml
    /// <Deadline>next Friday</Deadline>
    /// ```
    /// Right:
    /// ```xml
    /// <Deadline>2026-11-20T17:00:00</Deadline>
    /// ```
    /// Correct the value in the XML and import again, or write it into the new folder by hand.
    pub static BAD_FOREIGN_VALUE: Rule =
        ("W172", "bad-foreign-value", Warning, "0.2.0", "a value of an imported plan that cannot be read");
}

declare_rule! {
    /// The imported plan refers to a task, a resource or a calendar that is not in it: a link to a task that was removed, or
    /// that stands in another file. The plan is imported without the reference.
    ///
    /// Where the other task belongs to another project, enter what you wait for in `dependencies.yaml`.
    pub static DANGLING_FOREIGN_REFERENCE: Rule = (
        "W173",
        "dangling-foreign-reference",
        Warning,
        "0.2.0",
        "an imported plan refers to something that is not in it"
    );
}
