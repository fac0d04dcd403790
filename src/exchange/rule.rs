//! The kinds of message that reading a foreign file can give.

use crate::declare_rule;
use crate::diagnostic::Rule;

/// Every rule of this room.
pub static RULES: &[&Rule] = &[
    &BROKEN_XML,
    &NOT_A_FOREIGN_PLAN,
    &BAD_FOREIGN_VALUE,
    &DANGLING_FOREIGN_REFERENCE,
    &NOT_READABLE,
    &UNKNOWN_FORMAT,
    &MISSING_COLUMN,
    &ROW_SHAPE,
    &AMBIGUOUS_DATE,
    &DOUBLED_KEY,
    &LINKS_IN_A_CIRCLE,
];

declare_rule! {
    /// The file to be imported is no well-formed XML: a tag is not closed, a character is not allowed where it stands, or
    /// the file was cut off. Nothing is imported, because what is missing cannot be known.
    ///
    /// Save the plan again: in MS Project with *File*, *Save As*, *XML Format (\*.xml)*. A file that was sent by mail or
    /// edited by hand may have lost its end.
    pub static BROKEN_XML: Rule = ("E170", "broken-xml", Error, "0.1.0", "a file that is not well-formed XML");
}

declare_rule! {
    /// The file to be imported is XML, but no plan of MS Project: its outermost element is not `<Project>`, or there is no
    /// task in it, or it does not say when the project starts. An `.mpp` file is no XML either.
    ///
    /// Open the plan in MS Project and save it with *File*, *Save As*, *XML Format (\*.xml)*.
    pub static NOT_A_FOREIGN_PLAN: Rule =
        ("E171", "not-a-foreign-plan", Error, "0.1.0", "a file that holds no plan of MS Project");
}

declare_rule! {
    /// An element, a cell or a field of the imported plan does not hold what belongs there, such as a date that is none. The plan
    /// is imported without it.
    ///
    /// Wrong:
    /// ```xml
    /// <Deadline>next Friday</Deadline>
    /// ```
    /// Right:
    /// ```xml
    /// <Deadline>2026-11-20T17:00:00</Deadline>
    /// ```
    /// Correct the value in the file and import again, or write it into the new folder by hand.
    pub static BAD_FOREIGN_VALUE: Rule =
        ("W172", "bad-foreign-value", Warning, "0.1.0", "a value of an imported plan that cannot be read");
}

declare_rule! {
    /// The imported plan refers to a task, a resource or a calendar that is not in it: a link to a task that was removed, or
    /// that stands in another file. The plan is imported without the reference.
    ///
    /// Where the other task belongs to another project of the portfolio, name it in `after:` behind the folder of that project:
    /// `after: branch-network/rollout`.
    pub static DANGLING_FOREIGN_REFERENCE: Rule = (
        "W173",
        "dangling-foreign-reference",
        Warning,
        "0.1.0",
        "an imported plan refers to something that is not in it"
    );
}

declare_rule! {
    /// The file to be imported cannot be read at all: it is empty, it is no text in UTF-8 or UTF-16, or it is JSON that breaks off.
    /// Nothing is imported.
    ///
    /// Spreadsheets in many languages save CSV in an older alphabet, in which `ä` and `é` are other bytes: choose *CSV UTF-8* in
    /// Excel, or Unicode in `LibreOffice`. A list of issues that was copied by hand may have lost its end.
    pub static NOT_READABLE: Rule = ("E800", "not-readable", Error, "0.1.0", "a file to be imported that cannot be read");
}

declare_rule! {
    /// The file to be imported is text, but none of the formats that are known: no plan of MS Project, no table with a line of
    /// names, no export of Jira, no list of issues of GitHub or GitLab. Nothing is imported.
    ///
    /// Formats are known by what stands in them, not by the name of the file. `--format` says which one is meant where that is not
    /// enough; what is wrong with the file is told then.
    pub static UNKNOWN_FORMAT: Rule =
        ("E801", "unknown-format", Error, "0.1.0", "a file to be imported of which nobody knows what it is");
}

declare_rule! {
    /// The table to be imported has no column that holds the names of tasks, or a column that `--column` names is not in it. Nothing
    /// is imported, because the rest would be put in the wrong place.
    ///
    /// Wrong: `--column name=Title` for a table whose first line says `Titel;Dauer`
    ///
    /// Right: `--column name=Titel`
    ///
    /// Columns with usual names are found without being named; the list stands in `docs/interchange.md`.
    pub static MISSING_COLUMN: Rule =
        ("E802", "missing-column", Error, "0.1.0", "a table to be imported lacks a column that is needed");
}

declare_rule! {
    /// A row of the table to be imported has more cells than there are columns, or a quote is not closed. Nothing is imported,
    /// because nobody can tell which cell belongs where.
    ///
    /// Wrong (the comma in the name makes a third cell):
    ///
    /// ```csv
    /// name,duration
    /// Order, then wait,5d
    /// ```
    ///
    /// Right:
    ///
    /// ```csv
    /// name,duration
    /// "Order, then wait",5d
    /// ```
    pub static ROW_SHAPE: Rule =
        ("E803", "row-shape", Error, "0.1.0", "a row of an imported table does not have the shape of its header");
}

declare_rule! {
    /// A date of the table to be imported may mean two days: `03/08/2026` is 3 August for some and 8 March for others, and no other
    /// date of the table tells. Nothing is imported, because a wrong guess would not be seen.
    ///
    /// Say which comes first, `--dates dmy` for the day or `--dates mdy` for the month, or save the dates as `2026-08-03`. Dates
    /// with points (`03.08.2026`) always begin with the day.
    pub static AMBIGUOUS_DATE: Rule =
        ("E804", "ambiguous-date", Error, "0.1.0", "a date of an imported table that may mean two days");
}

declare_rule! {
    /// Two rows or issues of the file to be imported have the same key. Both rows of a table become tasks, and links mean the first;
    /// of an issue that stands twice in an export the first counts. So it is with rows of a table that has no column of keys: there the
    /// names are the keys, and links by a name that several rows share mean the first of them.
    ///
    /// Give each row a key of its own and import again, or correct `after:` in `plan.yaml`.
    pub static DOUBLED_KEY: Rule =
        ("W805", "doubled-key", Warning, "0.1.0", "two rows or issues of an imported file have the same key");
}

declare_rule! {
    /// Tasks of the file to be imported wait for each other in a circle, or stand below themselves. No plan can be computed from
    /// that: the links that lead against the order of the file are left out, all others stay.
    ///
    /// Say in the source which comes first, or name it with `after:` in the new `plan.yaml`.
    pub static LINKS_IN_A_CIRCLE: Rule =
        ("W806", "links-in-a-circle", Warning, "0.1.0", "tasks of an imported file wait for each other");
}
