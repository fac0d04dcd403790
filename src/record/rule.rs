//! The kinds of message that reading records can give.

use crate::declare_rule;
use crate::diagnostic::Rule;
use crate::record::what_if::{BENEFITS_WAIT_FOR_OTHERS, WHAT_IF_OVERRIDDEN, WHAT_IF_UNFIT};

/// Every rule of this room.
pub static RULES: &[&Rule] = &[
    &UNKNOWN_FIELD,
    &MISPLACED_AUDIENCE,
    &BAD_SCALAR,
    &COMPUTED_FIELD,
    &MISSING_FIELD,
    &UNKNOWN_FILE,
    &NO_PROJECT,
    &MISSING_FILE,
    &UNUSABLE_FOLDER_NAME,
    &REPEATED_ROW,
    &WHAT_IF_UNFIT,
    &WHAT_IF_OVERRIDDEN,
    &BENEFITS_WAIT_FOR_OTHERS,
];

declare_rule! {
    /// A field, column or key is written that milepost does not know there. It would be ignored, and with it what
    /// you meant to say, so it is an error.
    ///
    /// Usually it is a slip of the keyboard; the message then names the field that is near.
    ///
    /// Wrong:
    /// ```yaml
    /// survey:
    ///   duraton: 8d
    /// ```
    /// Right:
    /// ```yaml
    /// survey:
    ///   duration: 8d
    /// ```
    pub static UNKNOWN_FIELD: Rule = ("E104", "unknown-field", Error, "0.1.0", "a field that milepost does not know");
}

declare_rule! {
    /// `audience:` stands where nobody's reading can be narrowed: inside an impact, in front of a whole register, in a file whose
    /// entries everybody may read who may read the project. Risks, issues, decisions, changes, actions, outside requests, lessons and
    /// defects take it, each among its own fields, and so do the pages of stages, gates, updates and exceptions.
    ///
    /// As somebody meant to keep something from others, none of the words of the file are on a site for a wider audience
    /// until this is mended.
    ///
    /// Wrong:
    /// ```yaml
    /// R1: {risk: The supplier fails, probability: 20%, impact: {cost: 5_000 EUR, audience: restricted}}
    /// ```
    /// Right:
    /// ```yaml
    /// R1: {risk: The supplier fails, probability: 20%, impact: {cost: 5_000 EUR}, audience: restricted}
    /// ```
    pub static MISPLACED_AUDIENCE: Rule =
        ("E159", "misplaced-audience", Error, "0.1.0", "an audience where none can be named");
}

declare_rule! {
    /// A value does not have the form that its field asks for. The message shows the accepted form and, where the
    /// text can mean only one thing, how to write it.
    ///
    /// Dates are written `2026-11-20`, durations `5d`, `12h` or `2w`, money `12_500 EUR`, shares `40%`. Nothing is
    /// guessed: `03/04/2026` may be March or April, and `12,500` may be twelve or twelve thousand.
    ///
    /// Wrong:
    /// ```yaml
    /// start: 3 August 2026
    /// contingency: 9,000
    /// ```
    /// Right:
    /// ```yaml
    /// start: 2026-08-03
    /// contingency: 9_000 EUR
    /// ```
    pub static BAD_SCALAR: Rule = ("E105", "bad-value", Error, "0.1.0", "a value that does not have its form");
}

declare_rule! {
    /// A field is typed whose value milepost computes: an end date, a colour, the current stage, a total. A typed
    /// copy would soon say something else than the plan, and readers would not know which to believe. Some fields are known
    /// and belong elsewhere, such as the `start` of the project; the help says where.
    ///
    /// Type what is known instead – how long work takes, what it waits for, what was done – and the result follows.
    ///
    /// Wrong:
    /// ```yaml
    /// survey:
    ///   duration: 8d
    ///   finish: 2026-08-26
    /// ```
    /// Right:
    /// ```yaml
    /// survey:
    ///   duration: 8d
    ///   after: G1
    /// ```
    pub static COMPUTED_FIELD: Rule = ("E124", "computed-field", Error, "0.1.0", "a typed value that is computed, or belongs elsewhere");
}

declare_rule! {
    /// A record lacks a field without which it says nothing. The rest of the record is checked all the same, but
    /// it does not appear on the site until the field is added.
    ///
    /// Wrong:
    /// ```yaml
    /// project: Branch Network Refresh
    /// currency: EUR
    /// ```
    /// Right:
    /// ```yaml
    /// project: Branch Network Refresh
    /// start: 2026-08-03
    /// currency: EUR
    /// ```
    pub static MISSING_FIELD: Rule = ("E119", "missing-field", Error, "0.1.0", "a record without a field it needs");
}

declare_rule! {
    /// A project folder holds a file whose name milepost does not know, so nothing in it reaches the site. Rename it
    /// where the name is a slip, and put minutes, contracts and drawings into `attachments/`.
    ///
    /// Wrong: `risk.yaml`, `timesheet.csv`, `gates/gate-2.md`
    ///
    /// Right: `risks.yaml`, `timesheets.csv`, `gates/G2.md`
    pub static UNKNOWN_FILE: Rule = ("W120", "unknown-file", Warning, "0.1.0", "a file that milepost does not know");
}

declare_rule! {
    /// The folder holds no project, or two projects lie in folders of the same name. A project is a folder with two files, `project.yaml` and `plan.yaml`; a portfolio
    /// keeps its projects under `projects/`.
    ///
    /// Right:
    /// ```text
    /// portfolio.yaml
    /// projects/branch-network/project.yaml
    /// projects/branch-network/plan.yaml
    /// ```
    pub static NO_PROJECT: Rule = ("E121", "no-project", Error, "0.1.0", "a folder without any project");
}

declare_rule! {
    /// A table holds the same row twice, cell by cell. Ledgers only grow, and when two people add to one, a row easily
    /// arrives twice; both are counted.
    ///
    /// Wrong:
    /// ```csv
    /// week,person,task,time
    /// 2026-W34,tom,survey,5d
    /// 2026-W34,tom,survey,5d
    /// ```
    /// Right: remove one of them, or tell them apart by a note where both are meant.
    pub static REPEATED_ROW: Rule = ("W130", "repeated-row", Warning, "0.1.0", "a row that stands in its table twice");
}

declare_rule! {
    /// A project folder lacks one of the two files that every project needs. `project.yaml` says who and why,
    /// `plan.yaml` says what work there is; everything else may come later.
    ///
    /// Right:
    /// ```yaml
    /// initiation:
    ///   business-case: {name: Business case, duration: 8d}
    ///   G1: {gate: Go-ahead to plan, after: business-case}
    /// ```
    pub static MISSING_FILE: Rule = ("E123", "missing-file", Error, "0.1.0", "a project without a file it needs");
}

declare_rule! {
    /// A project's folder has a name that cannot be its address on the site, because some file system refuses the name,
    /// cannot tell it from another project's, or because a page of the site has it. The project is left out.
    ///
    /// Wrong: `projects/CON/`, `projects/a<b>/`, `projects/data/`, `projects/index.html/`, `projects/Desk/` beside `projects/desk/`
    ///
    /// Right: `projects/console/`, `projects/a-to-b/`, `projects/data-centre/`, `projects/desk-2/`
    pub static UNUSABLE_FOLDER_NAME: Rule =
        ("E153", "unusable-folder-name", Error, "0.1.0", "a folder name that no site can carry");
}
