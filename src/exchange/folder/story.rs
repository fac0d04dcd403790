//! `IMPORT.md`: what became of the foreign plan, what was not carried over, and what to do.

use jiff::civil::Date;

use crate::diagnostic::spelling::count;
use crate::exchange::folder::leftover::{Leftover, grouped};
use crate::exchange::folder::outline::Outline;
use crate::exchange::folder::terms::Terms;
use crate::exchange::folder::verify::Comparison;
use crate::exchange::folder::{Reading, stages_in_words};

/// The most tasks with other dates that are listed.
const MOST_DIFFERENCES: usize = 200;

/// What the story tells of.
pub(super) struct Told<'a> {
    pub(super) origin: &'a str,
    pub(super) terms: &'a Terms<'a>,
    pub(super) outline: &'a Outline<'a>,
    pub(super) as_of: Option<Date>,
    /// By which rules dates are computed.
    pub(super) reading: Reading,
    pub(super) leftovers: &'a [Leftover],
    /// What could not be read, with its line in the foreign file.
    pub(super) unread: &'a [String],
    pub(super) comparison: Option<&'a Comparison>,
    pub(super) n_baselines: usize,
    pub(super) n_people: usize,
    pub(super) n_roles: usize,
}

/// Writes the page.
pub(super) fn story(told: &Told<'_>) -> String {
    let mut text = format!(
        "# Imported from {}\n\nThis page is for you, not for the site. Remove it when everything in it is done.\n\n",
        told.origin
    );
    text += "## What was carried over\n\n";
    text += &carried(told);
    if told.comparison.is_none_or(|comparison| comparison.n_tasks > 0 || told.terms.plan.program.has_dates())
    {
        text += "\n## Dates\n\n";
        text += &dates(told);
    }
    if !told.unread.is_empty() {
        text += &format!("\n## What could not be read in {}\n\n", told.origin);
        for line in told.unread {
            text += &format!("- {}\n", capital(line, true));
        }
    }
    text += "\n## What was not carried over, and what to do\n\n";
    if told.leftovers.is_empty() {
        text += "Everything was carried over.\n";
    }
    for (ids, what, advice) in grouped(told.leftovers) {
        let ids = if ids.is_empty() { String::new() } else { format!("{ids}: ") };
        text += &format!("- {ids}{}. *{}.*\n", capital(&what, ids.is_empty()), capital(advice, true));
    }
    text += "\n## What was decided for you\n\n";
    text += &decided(told);
    text
}

/// A text that begins with a capital letter, where it is the first of its line.
#[must_use]
pub fn capital(text: &str, is_first: bool) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) if is_first => first.to_uppercase().chain(letters).collect(),
        _ => text.to_owned(),
    }
}

fn carried(told: &Told<'_>) -> String {
    let lines = &told.outline.lines;
    let n_summaries = lines.iter().filter(|line| line.is_summary()).count();
    let n_links: usize = lines.iter().map(|line| line.task.links.len()).sum();
    let mut text = format!(
        "- {}{}, with {} (`plan.yaml`)\n",
        count(lines.len(), "task"),
        match n_summaries {
            0 => String::new(),
            1 => ", 1 of them a summary".to_owned(),
            n => format!(", {n} of them summaries"),
        },
        count(n_links, "link")
    );
    if !told.terms.resources.is_empty() {
        text += &format!("- {} (`resources.yaml`)\n", workers(told.n_people, told.n_roles));
    }
    let mut calendars: Vec<&String> = told.terms.calendars.values().collect();
    calendars.sort();
    calendars.dedup();
    if !calendars.is_empty() {
        text += &format!("- {} (`calendar.yaml`)\n", count(calendars.len(), "calendar"));
    }
    if told.n_baselines > 0 {
        text += &format!("- {} (`baselines/`)\n", count(told.n_baselines, "baseline"));
    }
    if !told.terms.plan.defects.is_empty() {
        text += &format!("- {} (`defects.csv`)\n", count(told.terms.plan.defects.len(), "defect"));
    }
    match told.as_of {
        Some(day) => text += &format!("- what was done, as of {day} (`progress.csv`)\n"),
        None => text += "- no progress: nothing had begun\n",
    }
    text
}

/// What counted things are together: `68 tasks, 8 people and 2 roles`.
#[must_use]
pub fn tasks_and_workers(n_tasks: usize, n_people: usize, n_roles: usize) -> String {
    let tasks = count(n_tasks, "task");
    match (n_people, n_roles) {
        (0, 0) => tasks,
        (0, _) | (_, 0) => format!("{tasks} and {}", workers(n_people, n_roles)),
        _ => format!("{tasks}, {}", workers(n_people, n_roles)),
    }
}

/// People and roles as words: `2 people and 1 role`.
fn workers(n_people: usize, n_roles: usize) -> String {
    let people = if n_people == 1 { "1 person".to_owned() } else { format!("{n_people} people") };
    match (n_people, n_roles) {
        (_, 0) => people,
        (0, _) => count(n_roles, "role"),
        _ => format!("{people} and {}", count(n_roles, "role")),
    }
}

fn dates(told: &Told<'_>) -> String {
    let Some(comparison) = told.comparison else {
        return "The new plan cannot be scheduled yet; `milepost check` says why.\n".to_owned();
    };
    let program = told.terms.plan.program.name();
    if comparison.n_tasks == 0 {
        return format!("No task has both a start and a finish in {program}; all dates are computed.\n");
    }
    if comparison.differences.is_empty() {
        return format!(
            "{} (The evening a task ends and the next morning count as one.)\n",
            all_equal(comparison, program)
        );
    }
    let mut text = format!(
        "Of {} tasks, {} start and {} finish as {program} stored it. The others differ:\n\n\
         | task | stored start | start now | stored finish | finish now | why |\n| --- | --- | --- | --- | --- | --- |\n",
        comparison.n_tasks, comparison.n_starts, comparison.n_finishes
    );
    for difference in comparison.differences.iter().take(MOST_DIFFERENCES) {
        text += &format!(
            "| `{}` | {} | {} | {} | {} | {} |\n",
            difference.id,
            difference.stored.0,
            difference.computed.0,
            difference.stored.1,
            difference.computed.1,
            difference.reason
        );
    }
    if comparison.differences.len() > MOST_DIFFERENCES {
        text += &format!("\nand {} more.\n", comparison.differences.len() - MOST_DIFFERENCES);
    }
    text
}

/// That all stored dates came out again, and of how many tasks dates were stored.
#[must_use]
pub fn all_equal(comparison: &Comparison, program: &str) -> String {
    let (n, all) = (comparison.n_tasks, comparison.n_leaves);
    if n == all {
        return format!("Every task starts and finishes as {program} stored it ({n} compared).");
    }
    let all = count(all, "task");
    if n == 1 {
        return format!(
            "Of {all}, 1 had a start and a finish in {program}; it starts and finishes as stored."
        );
    }
    format!("Of {all}, {n} had a start and a finish in {program}; all of them start and finish as stored.")
}

fn decided(told: &Told<'_>) -> String {
    let stages = stages_in_words(told.outline);
    let mut text = if stages.is_empty() {
        "- milepost knows five stages. No phase of the plan is clearly one of them, so all tasks stand under `execution`. *Move \
         what belongs to another stage under `initiation:`, `planning:`, `control:` or `closing:`.*\n"
            .to_owned()
    } else {
        format!(
            "- Phases were put under the stage whose name they have: {stages}. Everything else stands under `execution`.\n"
        )
    };
    let has_keys = told.outline.lines.iter().any(|line| line.task.wanted_id.is_some());
    let of_what =
        if has_keys { "Ids are the keys of the file where those may be ids, else" } else { "Ids were" };
    text += &format!(
        "- {of_what} made of the names. They may be changed, together with every place that names them.\n"
    );
    let program = told.terms.plan.program;
    text += &format!(
        "- {} stores no reasons: lags and dates that bind say `because: {}`. *Replace it by the reason, or remove what has \
         none.*\n",
        capital(program.name(), true),
        program.reason()
    );
    for decided in &told.terms.plan.decided {
        text += &format!("- {decided}\n");
    }
    if told.reading.is_microsofts {
        text += "- The dates follow the habits of MS Project: `schedule: {conventions: microsoft project}` in `project.yaml`. Unfinished \
             work stays where it was, even before the day of the report. *Remove the line when the plan is run with milepost: what \
             is left then moves behind that day.*\n";
    }
    if told.reading.is_microsofts && !told.reading.honors_constraints {
        text += "- The option that tasks always honor their constraint dates is off in the file: `schedule: {honor_constraints: false}` in \
             `project.yaml`. Hard dates hold no task before what it waits for.\n";
    }
    if told.terms.plan.is_from_finish {
        text += "- The plan is counted back from its finish: `schedule: {from: finish}` in `project.yaml`.\n";
    }
    if let Some(day) = told.as_of {
        let why = if program.has_dates() {
            "the day that fits the stored dates best"
        } else {
            "the newest day in the file, or the one that was asked for"
        };
        text += &format!("- Progress was written as of {day}: {why}.\n");
    }
    text
}
