//! Levers: what a working day more or less on each open task that drives the finish, or nearly, does to it.

use serde::Serialize;

use crate::format;
use crate::model::TaskNo;
use crate::page::desk::Desk;
use crate::page::view::{Cell, Row, Status, Table};
use crate::plan::{Cliff, GateLever, Lever};

/// The levers of a project.
#[derive(Clone, Debug, Serialize)]
pub struct Levers {
    /// One row for each open task without much float.
    pub table: Table,
    /// What a day of any of them does, in sentences, where all of them do the same; none where they differ.
    pub alike: Option<String>,
    /// How many cliffs there are, in words; none without one.
    pub cliffs: Option<String>,
    /// How many more levers there are, in words; none where all stand in the table.
    pub left_out: Option<String>,
    /// Those that are folded away beneath the table; empty where all stand in it.
    pub rest: Table,
    /// How many those are, in words: `20 more`.
    pub rest_words: String,
    /// What the answers take for granted in a levelled plan.
    pub order: Option<String>,
}

/// Puts the levers together; none without open critical work.
#[must_use]
pub fn levers(desk: &Desk<'_>) -> Option<Levers> {
    if desk.project.levers.is_empty() {
        return None;
    }
    // Where the next gate is the finish of the project, its days are those of the columns before it.
    let gate = desk.project.levers.iter().find_map(|lever| lever.next_gate).map(|lever| lever.gate);
    let gate = gate.filter(|_| desk.project.levers.iter().any(tells_of_gate));
    let at_gate = gate.map(|gate| format!("Next gate, {}", desk.project.project.task(gate).id));
    let mut head = vec!["Task", "One day less", "#Gain", "One day more", "#Loss"];
    head.extend(at_gate.as_deref());
    head.push("What it is");
    let mut table = Table::new(&head);
    for lever in &desk.project.levers {
        let state = if lever.cliff.is_some() {
            Status::amber("Cliff")
        } else if lever.calendar_days_gained < 0 || lever.calendar_days_lost < 0 {
            Status::open("Moves the finish the other way")
        } else if lever.calendar_days_gained > 0 || lever.calendar_days_lost > 0 {
            Status::open("Moves the finish")
        } else if is_on_path_or_critical(desk, lever.task) {
            Status::open("Critical; a day does not move the finish")
        } else {
            Status::green("Has room")
        };
        let mut cells = vec![
            desk.task(lever.task),
            desk.date(lever.one_day_less).explained(desk.explained_of(lever.task, "less")),
            days(gained(desk, lever.one_day_less)).explained(desk.explained_of(lever.task, "less")),
            desk.date(Some(lever.one_day_more)).explained(desk.explained_of(lever.task, "more")),
            days(gained(desk, Some(lever.one_day_more))).explained(desk.explained_of(lever.task, "more")),
        ];
        cells.extend(
            lever.next_gate.filter(|_| gate.is_some()).map(|at_gate| gate_cell(desk, lever.task, at_gate)),
        );
        cells.push(Cell::status(state).note_if(lever.cliff.map(|cliff| edge(desk, cliff))));
        table.push(Row::new(cells));
    }
    let finish = desk.project.forecast.finish_day();
    let cliffs = desk.project.levers.iter().filter_map(|lever| lever.cliff);
    let n_cliffs = cliffs.clone().count();
    let cliffs = cliffs.max_by_key(|cliff| cliff.calendar_days.abs()).map(|highest| {
        format!(
            "{} where a day or a few move the finish at least five times as far by the calendar, {} {}; they stand first.",
            format::count(n_cliffs, "cliff"),
            if n_cliffs == 1 { "by" } else { "the highest by" },
            crate::page::desk::days_of(highest.finish_moves(finish, &desk.time).abs()),
        )
    });
    let order = desk.project.forecast.levelling.as_ref().map(|_| {
        "People keep the order of work that levelling found; a what-if levels again and may answer otherwise."
            .to_owned()
    });
    Some(Levers {
        table,
        alike: None,
        cliffs,
        left_out: None,
        rest: Table::default(),
        rest_words: String::new(),
        order,
    })
}

/// How many levers a page of a large plan shows: nobody reads hundreds of which each says a day for a day.
const IN_SHORT: usize = 60;

impl Levers {
    /// Those that move most, where there are very many and the page of each task tells its own.
    #[must_use]
    pub fn in_short(self, desk: &Desk<'_>) -> Self {
        if !crate::page::task::has_task_pages(desk) {
            return self;
        }
        self.first(IN_SHORT, |more| {
            let verb = if more == 1 { "moves" } else { "move" };
            let tasks = format::count(more, "task");
            format!("{tasks} more {verb} the finish no further or have room; the page of each says what would move it.")
        })
    }

    /// The first so many, and the others folded away beneath them, where those are more than a few.
    #[must_use]
    pub fn folded(mut self, at_most: usize) -> Self {
        self.rest = self.table.split_off(at_most);
        self.rest_words = format!("{} more", self.rest.rows.len());
        self
    }

    /// Says once what a day does where it does the same on every task that is shown: a row for each would only repeat it.
    #[must_use]
    pub fn told_together(mut self, desk: &Desk<'_>) -> Self {
        let shown = &desk.project.levers[..self.table.rows.len().min(desk.project.levers.len())];
        self.alike = alike(desk, shown);
        self
    }

    /// The first so many, with what is told of how many more there are.
    #[must_use]
    pub fn first(mut self, at_most: usize, told: impl Fn(usize) -> String) -> Self {
        let more = self.table.rows.len().saturating_sub(at_most);
        if more > 0 {
            self.table.rows.truncate(at_most);
            self.left_out = Some(told(more));
        }
        self
    }
}

/// What a day does on each of several tasks, where it is the same and no cliff: `A working day less on any of them: finish 9 Feb 2027, 1 day
/// sooner; G3 on 19 Jan 2027. A working day more: finish 11 Feb 2027, 1 day later; G3 on 21 Jan 2027.` None where they differ.
fn alike(desk: &Desk<'_>, levers: &[Lever]) -> Option<String> {
    let (first, others) = levers.split_first()?;
    let does = |lever: &Lever| (lever.one_day_less, lever.one_day_more, lever.next_gate, lever.cliff);
    let is_alike = !others.is_empty() && others.iter().all(|lever| does(lever) == does(first));
    if !is_alike || first.cliff.is_some() {
        return None;
    }
    let told = |finish: jiff::civil::Date, gate: Option<(TaskNo, jiff::civil::Date)>| {
        let moved = match gained(desk, Some(finish)) {
            0 => "no change".to_owned(),
            days => days_words(days),
        };
        let gate = gate.filter(|(gate, day)| *day != desk.project.forecast.slot(*gate).last_day());
        let at_gate = gate.map_or_else(String::new, |(gate, day)| {
            format!("; {} on {}", desk.project.project.task(gate).id, format::date(day))
        });
        format!("finish {}, {moved}{at_gate}.", format::date(finish))
    };
    let gate = |day: Option<jiff::civil::Date>| first.next_gate.map(|at_gate| at_gate.gate).zip(day);
    let less = first.one_day_less.map_or_else(
        || "Nothing is left to save on any of them.".to_owned(),
        |finish| {
            let at_gate = gate(first.next_gate.and_then(|at_gate| at_gate.one_day_less));
            format!("A working day less on any of them: {}", told(finish, at_gate))
        },
    );
    let more = told(first.one_day_more, gate(first.next_gate.map(|at_gate| at_gate.one_day_more)));
    Some(format!("{less} A working day more: {more}"))
}

/// Whether a day less or more moves the next gate to another day than the finish.
fn tells_of_gate(lever: &Lever) -> bool {
    lever.next_gate.is_some_and(|at_gate| {
        at_gate.one_day_less != lever.one_day_less || at_gate.one_day_more != lever.one_day_more
    })
}

/// The day of the next gate with a day less and a day more, where one of them moves it.
fn gate_cell(desk: &Desk<'_>, task: TaskNo, at_gate: GateLever) -> Cell {
    let now = desk.project.forecast.slot(at_gate.gate).last_day();
    let less = at_gate.one_day_less.filter(|day| *day != now);
    let more = Some(at_gate.one_day_more).filter(|day| *day != now);
    let words: Vec<String> = less
        .map(|day| format!("{} with a day less", format::date(day)))
        .into_iter()
        .chain(more.map(|day| format!("{} with a day more", format::date(day))))
        .collect();
    if words.is_empty() {
        return Cell::text("stays").note(format::date(now));
    }
    Cell::text(words.join(", ")).explained(desk.explained_of(task, "at-gate"))
}

fn is_on_path_or_critical(desk: &Desk<'_>, task: TaskNo) -> bool {
    let slot = desk.project.forecast.slot(task);
    slot.critical || slot.on_longest_path
}

/// Where a cliff stands and where the finish lies beyond it: `at +2 d: finish 14 Sep 2026, 19 working days later`.
fn edge(desk: &Desk<'_>, cliff: Cliff) -> String {
    let finish = desk.project.forecast.finish_day();
    let then = cliff.finish_beyond(finish);
    let side = if cliff.calendar_days < 0 { "sooner" } else { "later" };
    let moved = crate::page::desk::days_of(cliff.finish_moves(finish, &desk.time).abs());
    format!(
        "at {}: finish {}, {moved} {side}",
        crate::page::desk::slip_words(cliff.working_days),
        format::date(then)
    )
}

/// Working days by which the finish comes sooner if it is another day; below zero later.
fn gained(desk: &Desk<'_>, finish: Option<jiff::civil::Date>) -> i64 {
    finish.map_or(0, |finish| -desk.slip_days(desk.project.forecast.finish_day(), finish))
}

/// Working days by which the finish comes sooner; below zero later.
fn days(sooner: i64) -> Cell {
    if sooner == 0 { Cell::nothing() } else { Cell::text(days_words(sooner)) }
}

fn days_words(sooner: i64) -> String {
    let (count, side) = (sooner.abs(), if sooner < 0 { "later" } else { "sooner" });
    format!("{}\u{a0}{} {side}", format::whole(count), if count == 1 { "day" } else { "days" })
}
