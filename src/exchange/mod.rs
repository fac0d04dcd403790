//! Foreign formats: one folder or file for each, turned into a project folder of ours.
//!
//! Comes in: the bytes of a file of another program. Goes out: the files of a project folder as text, what could not be
//! carried over, and findings about the foreign file. Not here: reading or writing the disk.
//!
//! Each format reads into a [`Plan`]: `mspdi` from MS Project, `sheet` from a table, `jira` and `issues` from
//! trackers. [`folder`] makes our files of it, whatever it came from.

mod cells;
mod circle;
mod date;
mod day_by_price;
mod draft;
pub mod folder;
pub mod issues;
pub mod jira;
pub mod mspdi;
pub mod plan;
mod plan_calendar;
mod quantity;
mod rule;
pub mod sheet;
mod text;

pub use date::DateOrder;
pub use folder::Imported;
pub use rule::RULES;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::exchange::plan::{Plan, Program};
use crate::exchange::rule::UNKNOWN_FORMAT;
use crate::exchange::sheet::Column;

/// The most findings of one kind that are told one by one.
const MOST_OF_A_KIND: usize = 100;

/// What whoever imports says about the file.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What it is; found out by what stands in it where nothing is said.
    pub format: Option<Program>,
    /// Which column of a table means what, by its name.
    pub columns: Vec<(Column, String)>,
    /// What comes first in dates such as 03/08/2026.
    pub dates: Option<DateOrder>,
    /// The day of the report; the newest day in the file where nothing is said.
    pub as_of: Option<Date>,
}

/// Turns a file into the files of a project folder. `origin` is the file's name, for its readers.
#[must_use]
pub fn import(bytes: &[u8], origin: &str, options: &Options) -> Outcome {
    let is_office = bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]);
    let mut findings = Diagnostics::default();
    let text = match text::decode(bytes) {
        _ if is_office || options.format == Some(Program::MsProject) => return mspdi::import(bytes, origin),
        Ok(text) => text,
        Err(fault) => {
            findings.push(fault.finding());
            return Outcome::nothing(fault.shown, findings);
        }
    };
    // Whoever says which column means what has a table.
    let said = options.format.or((!options.columns.is_empty()).then_some(Program::Table));
    let Some(format) = said.or_else(|| format_of(&text)) else {
        let known = "name it with `--format`: ms-project, csv, jira, github or gitlab";
        let message = "nobody knows what this file is: no plan of MS Project, no table with a first line of names, no list of issues";
        findings.push(if text.trim().is_empty() {
            Diagnostic::new(&rule::NOT_READABLE, None, "this file is empty").hint("export it again")
        } else {
            Diagnostic::new(&UNKNOWN_FORMAT, None, message).hint(known)
        });
        return Outcome::nothing(text, findings);
    };
    let plan = match format {
        Program::MsProject => return mspdi::import(bytes, origin),
        Program::Table => sheet::read(&text, origin, options, &mut findings),
        Program::Jira => jira::read(&text, origin, options, &mut findings),
        Program::GitHub | Program::GitLab => issues::read(&text, format, (origin, options), &mut findings),
    };
    Outcome::of(plan, text, findings, origin)
}

/// What a text is, by how it begins.
fn format_of(text: &str) -> Option<Program> {
    let begin = text.trim_start();
    if begin.starts_with('<') {
        return Some(Program::MsProject);
    }
    if begin.starts_with(['[', '{']) {
        return issues::format_of(begin);
    }
    // A line that only names the separator stands before that of the names.
    let n_lines = if begin.starts_with("sep=") { 2 } else { 1 };
    let first: Vec<&str> = begin.lines().take(n_lines).collect();
    let cells = cells::read(&first.join("\n"), &mut Diagnostics::default());
    if jira::is_header(&cells.header) {
        return Some(Program::Jira);
    }
    if issues::is_header(&cells.header) {
        return Some(Program::GitLab);
    }
    // A sentence with a comma is no table of two columns.
    let is_table = cells.header.len() > 2 || cells.separator != ',' || sheet::knows_one_of(&cells.header);
    (cells.header.len() > 1 && is_table).then_some(Program::Table)
}

/// What came of reading a file.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The text of the file, for showing findings in it; empty where it is no text.
    pub text: String,
    /// Findings about the file.
    pub findings: Diagnostics,
    /// The folder; none when the file holds no plan, and then a finding of severity error says why.
    pub imported: Option<Imported>,
}

impl Outcome {
    /// Nothing could be read, and the findings say why.
    fn nothing(text: String, findings: Diagnostics) -> Self {
        Self { text, findings, imported: None }
    }

    /// What a plan becomes, if there is one. `origin` is the file's name, for its readers.
    fn of(plan: Option<Plan>, text: String, mut findings: Diagnostics, origin: &str) -> Self {
        findings.sort();
        let findings = thinned(&findings);
        let unread: Vec<String> = findings.iter().map(|found| in_one_line(found, &text)).collect();
        let imported = plan.map(|plan| folder::folder(&plan, (origin, &unread)));
        Self { text, findings, imported }
    }
}

/// A finding about the file with its line and what to do, for the page that stays: `line 12: … *Hint.*`.
fn in_one_line(found: &Diagnostic, text: &str) -> String {
    let upto = found.span.and_then(|span| text.get(..span.start as usize));
    let line = upto.map(|before| format!("line {}: ", before.matches('\n').count() + 1)).unwrap_or_default();
    let hints = found.hints.join("; ");
    format!("{line}{}. *{}.*", found.message, folder::capital(&hints, true))
}

/// Findings without those beyond the hundredth of a kind, of which only the number is told.
fn thinned(findings: &Diagnostics) -> Diagnostics {
    let mut seen: BTreeMap<&str, (usize, &'static Rule)> = BTreeMap::new();
    let mut thinned = Diagnostics::default();
    for found in findings {
        let (n, _) = seen.entry(found.rule.code).or_insert((0, found.rule));
        *n += 1;
        if *n <= MOST_OF_A_KIND {
            thinned.push(found.clone());
        }
    }
    for (n, rule) in seen.into_values().filter(|(n, _)| *n > MOST_OF_A_KIND) {
        let message = format!("{} more of the same kind: {}", n - MOST_OF_A_KIND, rule.title);
        thinned.push(Diagnostic::new(rule, None, message).hint("correct the first ones and import again"));
    }
    thinned
}
