//! Cost that came into the books of a closed report.

use jiff::civil::Date;

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::Snapshot;
use crate::quantity::Amount;
use crate::report::ProjectReport;

declare_rule! {
    /// A report was closed with some actual cost up to its day, and the books of today come to another sum up to that day: hours or
    /// costs were written since with a day that the report covers, or rows and prices of then were changed. Where the reports that
    /// follow are off by the same sum, the first of them is named and the last. Hours of a week that goes beyond the day of a report are spread
    /// over the days on which the task ran, as later reports tell it; what was booked of them by that day nobody wrote down. What such a
    /// week can explain is no difference.
    ///
    /// **Why it matters.** Cost index and estimate of that report were read on other figures than those of today. Trends show what was
    /// known on the day, so that the step appears in the report after it.
    ///
    /// **What to do.** Nothing, where work was booked late: say so in the next report. If it happens in every report, wait for the
    /// bookings before you close it. Where nobody booked late, look at what was changed in `timesheets.csv`, `costs.csv` and rates.
    ///
    /// ```csv
    /// week,person,task,time
    /// 2026-W45,tom,pilot,3d
    /// ```
    ///
    /// written on 20 November, when the report of 6 November was closed.
    pub static LATE_BOOKING: Rule =
        ("I527", "late-booking", Info, "0.1.0", "a closed report and the books of today differ in actual cost");
}

/// A run of closed reports that are off by the same sum.
struct Run<'a> {
    first: &'a Snapshot,
    closed_with: Amount,
    is_today: Amount,
    last: Date,
}

/// Sets the actual cost of each closed report against the books of today on its day.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let mut runs: Vec<Run<'_>> = Vec::new();
    let mut off_before = Amount::ZERO;
    let closed = report.project.snapshots.iter().filter(|closed| closed.status_date <= report.status_date);
    for closed in closed {
        let Some(closed_with) = closed.figures.total.actual else { continue };
        let curve = &report.control.curve;
        let today = curve.booked.iter().zip(&curve.booked_in_week);
        let Some(((day, spread), (counted, rest))) =
            today.into_iter().find(|((day, _), _)| *day == closed.status_date)
        else {
            continue;
        };
        // Between none of the hours of the week and all of them by the day of the report nothing is off.
        let (none, all) = (*spread - *counted, *spread + *rest);
        let (least, most) = (none.min(all), none.max(all));
        let (day, is_today) = (*day, closed_with.clamp(least, most));
        let off = is_today - closed_with;
        match runs.last_mut() {
            Some(run) if off == off_before && off != Amount::ZERO => run.last = day,
            _ if off != Amount::ZERO => runs.push(Run { first: closed, closed_with, is_today, last: day }),
            _ => {}
        }
        off_before = off;
    }
    for run in &runs {
        found.push(finding(report, run));
    }
}

fn finding(report: &ProjectReport, run: &Run<'_>) -> Diagnostic {
    let money = |amount| format::money_with_currency(amount, report.project.currency);
    let (off, day) = (run.is_today - run.closed_with, run.first.status_date);
    let difference = if off > Amount::ZERO {
        format!("{} more", money(off))
    } else {
        format!("{} less", money(Amount::ZERO - off))
    };
    let until = if run.last == day {
        String::new()
    } else {
        format!("; the reports up to that of {} are off by the same", format::date(run.last))
    };
    let message = format!(
        "the report of {} was closed with {} of actual cost, and the books of today come to {} up to that day, {difference}{until}",
        format::date(day),
        money(run.closed_with),
        money(run.is_today)
    );
    Diagnostic::new(&LATE_BOOKING, run.first.origin, message)
        .hint("say in the next report what was booked late, or look at what was changed in the books")
}
