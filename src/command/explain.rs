//! `milepost explain`: the page of a rule, or the list of all.

use std::process::ExitCode;

use super::{CannotRun, print};
use crate::diagnostic::Severity;
use crate::diagnostic::spelling::did_you_mean;
use crate::rules;

/// Prints a rule's page; without a rule, one line for each.
pub(super) fn run(wanted: Option<&str>) -> Result<ExitCode, CannotRun> {
    let Some(wanted) = wanted else {
        for rule in rules::all() {
            print(&format!("{:5} {:32} {}", rule.code, rule.name, rule.title));
        }
        return Ok(ExitCode::SUCCESS);
    };
    let Some(rule) = rules::find(wanted) else {
        let all = rules::all();
        let hint = did_you_mean(wanted, all.iter().flat_map(|rule| [rule.code, rule.name])).map_or_else(
            || "run `milepost explain` for the list of all rules".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        return Err(CannotRun::new(format!("there is no rule `{wanted}`"), hint));
    };
    let severity = match rule.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    };
    print(&format!("{} {} ({severity}, since {})\n{}\n", rule.code, rule.name, rule.since, rule.title));
    print(&rule.page());
    Ok(ExitCode::SUCCESS)
}
