//! What a Gantt chart says in words: of each row, of the whole, and as a table.

use crate::chart::DataTable;
use crate::chart::gantt::input::{Criticality, GanttInput, GanttRow, RowKind};
use crate::chart::kit::days::{slip_text, slip_words};
use crate::format;

/// "Pilot in 2 branches: 16 Nov to 26 Nov 2026, 40 % done, critical; baseline 29 Oct to 4 Nov 2026, 22 days later".
pub(crate) fn words_of(row: &GanttRow) -> String {
    let mut parts = vec![format::span_of_days(row.start, row.finish)];
    parts.extend(
        row.pauses.iter().map(|(first, last)| format!("interrupted {}", format::span_of_days(*first, *last))),
    );
    if row.done >= 1.0 {
        parts.push("done".to_owned());
    } else if row.done > 0.0 {
        parts.push(format!("{} % done", percent(row.done)));
    }
    if row.criticality == Criticality::Critical && row.done < 1.0 {
        parts.push("critical".to_owned());
    }
    parts.extend(row.deadline.map(|deadline| format!("deadline {}", format::date(deadline))));
    let against = row.baseline.map_or_else(String::new, |(first, last)| {
        let slip = slip_words(row.slip.unwrap_or(0));
        format!("; baseline {}, now {slip}", format::span_of_days(first, last))
    });
    format!("{}: {}{against}", row.name, parts.join(", "))
}

/// The tooltip of a row in a plan so large that every letter counts a thousand times; the name stands beside it.
pub(crate) fn brief_words_of(row: &GanttRow) -> String {
    let state = match (row.criticality, row.done >= 1.0) {
        (_, true) => ", done",
        (Criticality::Critical, false) => ", critical",
        (Criticality::Free, false) => "",
    };
    let slip = row.slip.unwrap_or(0);
    let against = if slip == 0 { String::new() } else { format!(", {}", slip_text(slip)) };
    format!("{}{state}{against}", format::span_of_days(row.start, row.finish))
}

/// A share as whole percent; 100 only for what is complete.
fn percent(share: f64) -> String {
    if share.is_finite() { format!("{:.0}", (share * 100.0).clamp(0.0, 99.0)) } else { "—".to_owned() }
}

/// A share in the table; the dash where nothing can be done.
fn done_words(share: f64) -> String {
    match share {
        share if share.is_nan() => format::NOTHING.to_owned(),
        share if share >= 1.0 => "100 %".to_owned(),
        share => format!("{} %", percent(share)),
    }
}

/// The chart in a sentence.
pub(super) fn sentence(input: &GanttInput) -> String {
    let bars: Vec<&GanttRow> = input.rows.iter().filter(|row| row.kind == RowKind::Task).collect();
    let dated = || input.rows.iter().filter(|row| !matches!(row.kind, RowKind::Stage | RowKind::Summary));
    let (Some(first), Some(last)) =
        (dated().map(|row| row.start).min(), dated().max_by_key(|row| row.finish))
    else {
        return "Nothing has been scheduled yet.".to_owned();
    };
    let n_done = bars.iter().filter(|row| row.done >= 1.0).count();
    let n_critical =
        bars.iter().filter(|row| row.criticality == Criticality::Critical && row.done < 1.0).count();
    let against = match last.slip {
        None => String::new(),
        Some(0) => ", as in the baseline".to_owned(),
        Some(slip) => format!(", {} than in the baseline", slip_words(slip)),
    };
    let critical = match n_critical {
        0 => String::new(),
        1 => "; 1 task still to do is critical".to_owned(),
        many => format!("; {many} tasks still to do are critical"),
    };
    let (first, finish) = (format::date(first), format::date(last.finish));
    let (tasks, are) =
        (format::count(bars.len(), "task"), if n_done == 1 || bars.len() == 1 { "is" } else { "are" });
    format!("{n_done} of {tasks} {are} finished; the work runs from {first} to {finish}{against}{critical}.")
}

/// The dates of every row.
pub(super) fn table(input: &GanttInput) -> DataTable {
    use crate::chart::Column::{Number, Word};
    let columns = [
        ("Task", Word),
        ("Start", Word),
        ("Finish", Word),
        ("Done", Number),
        ("Promised finish", Word),
        ("Slip", Number),
        ("Critical", Word),
    ];
    let mut table = DataTable::with_columns(format!("{}: dates of every row", input.title), &columns);
    for row in &input.rows {
        let planned = row.baseline.map(|(_, last)| last);
        table.rows.push(vec![
            row.name.clone(),
            format::date(row.start),
            format::date(row.finish),
            done_words(row.done),
            planned.map_or_else(|| "—".to_owned(), format::date),
            row.slip.map_or_else(|| format::NOTHING.to_owned(), slip_text),
            if row.criticality == Criticality::Critical { "yes" } else { "no" }.to_owned(),
        ]);
    }
    table
}
