//! Statements of `checks:` that do not hold.

use super::judged_words::judged_words;
use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::model::OwnCheck;
use crate::report::{Judged, JudgedPart, ProjectReport, Truth};

declare_rule! {
    /// A statement under `checks:` of `portfolio.yaml` or `project.yaml` does not hold of the project on its status date. Where the
    /// check says `level: warning` it is a warning, else an error. Of a project that the board has stopped or closed no check is asked.
    ///
    /// **Why it matters.** Whoever keeps the portfolio has said what every project must keep; a pipeline stops here.
    ///
    /// **What to do.** Bring the figure back, have the board decide, and waive the check until it has; or change the limit, so that
    /// everybody can read in the history of the file who did and when.
    pub static CHECK_NOT_KEPT: Rule = ("E690", "check-not-kept", Error, "0.1.0", "a check of your own does not hold");
}

declare_rule! {
    /// A statement under `checks:` cannot be judged, because a figure that it names has no value on the status date of the project, or
    /// rests on something that cannot be read: the finding says on which line of which file.
    ///
    /// **Why it matters.** A limit on a figure that nobody keeps is no limit.
    ///
    /// **What to do.** Mend what cannot be read. Record what the figure needs; the finding names it. Early in a project, wait.
    pub static CHECK_WITHOUT_VALUE: Rule =
        ("I691", "check-without-value", Info, "0.1.0", "a check of your own cannot be judged");
}

/// Each check of a project with the answer, in the order in which they are written, those of the portfolio first. One about things
/// of which there are none is kept. None once the board has stopped or closed the project: nobody can keep anything any more.
pub fn judged_checks(report: &ProjectReport) -> impl Iterator<Item = (&OwnCheck, Judged)> {
    let is_asked = !report.control.is_stopped && !report.control.is_closed;
    let checks = report.project.own_checks.iter().filter(move |_| is_asked);
    checks.map(|check| (check, report.judge(&check.criterion.statement)))
}

/// Whether a check is kept by such an answer.
#[must_use]
pub fn is_kept(truth: Truth) -> bool {
    matches!(truth, Truth::Holds | Truth::NothingThere)
}

/// The project that a check of the portfolio speaks of: its finding stands at the line of the portfolio, which is the same for all.
fn of_whom(report: &ProjectReport, check: &OwnCheck) -> String {
    if check.criterion.statement_origin.file == report.project.origin.file {
        return String::new();
    }
    format!(" for `{}`", report.project.folder)
}

/// Reports the checks that are not kept.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    for (check, judged) in judged_checks(report) {
        if is_kept(judged.truth) || judged.truth == Truth::Unknown {
            continue;
        }
        let message = format!(
            "`{}` does not hold{}: {}",
            check.criterion.words,
            of_whom(report, check),
            judged_words(report, &judged)
        );
        let mut finding = Diagnostic::new(&CHECK_NOT_KEPT, check.criterion.statement_origin, message)
            .about(&check.criterion.words)
            .hint("bring the figure back, or waive the check with a reason and a day until the board has decided");
        if check.is_warning {
            finding.severity = Severity::Warning;
        }
        found.push(finding);
    }
}

/// Whether an answer is missing because something could not be read.
fn rests_on_unread(report: &ProjectReport, judged: &Judged) -> bool {
    judged.parts.iter().any(|part| match part {
        JudgedPart::Figure(one) => {
            [Some(one.figure), one.limit_figure].into_iter().flatten().any(|figure| report.is_unread(figure))
        }
        JudgedPart::Things(things) => things.is_unread,
    })
}

/// Reports the checks that cannot be judged.
pub(super) fn look_for_values(report: &ProjectReport, found: &mut Diagnostics) {
    for (check, judged) in judged_checks(report).filter(|(_, judged)| judged.truth == Truth::Unknown) {
        let words = judged_words(report, &judged);
        let hint = if rests_on_unread(report, &judged) {
            "mend what cannot be read; then it is judged"
        } else {
            "record what the figure needs, or wait until it has a value"
        };
        let message = format!("`{}`{} {words}", check.criterion.words, of_whom(report, check));
        found.push(
            Diagnostic::new(&CHECK_WITHOUT_VALUE, check.criterion.statement_origin, message)
                .about(&check.criterion.words)
                .hint(hint),
        );
    }
}
