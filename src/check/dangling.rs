//! Logic that does not hold both ends of a task.

use crate::check::ends::Ends;
use crate::check::fourteen_points::{dangling, has_dangling_start};
use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::report::ProjectReport;

declare_rule! {
    /// A task has predecessors of which none drives its start (only FF or SF lead in), or successors of which none is driven
    /// by its finish (only SS or SF lead out). It is point 1b of plan quality.
    ///
    /// **Why it matters.** It looks tied and is not: with a dangling start it begins on the first day whatever happens, and
    /// with a dangling finish it may take as long as it likes without anything moving.
    ///
    /// **What to do.** Tie the loose end: a link FS or SS to its start, a link FS or FF from its finish.
    ///
    /// ```yaml
    /// documentation: {duration: 8d, after: [build SS +2d, build FF]}   # both ends are tied
    /// ```
    pub static DANGLING: Rule =
        ("W203", "dangling", Warning, "0.1.0", "a task's start or finish has no driving link");
}

/// Names the loose end of each task that point 1b counts.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let ends = Ends::of(report);
    for number in dangling(report).offenders {
        let task = report.project.task(number);
        let (what, hint) = if has_dangling_start(report, &ends, number) {
            ("nothing drives the start", "add a link FS or SS to its start")
        } else {
            ("the finish drives nothing", "add a link FS or FF from its finish to what needs it")
        };
        found.push(
            Diagnostic::new(&DANGLING, task.origin, format!("`{}` dangles: {what}", task.id)).hint(hint),
        );
    }
}
