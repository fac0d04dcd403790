//! The load of people and roles, week by week, as a table of shares.

use jiff::civil::Date;
use serde::Serialize;

use crate::format;
use crate::page::address::Thing;
use crate::page::desk::Desk;
use crate::page::view::{Cell, Row, Status, Table};
use crate::plan::WeekLoad;
use crate::quantity::{Effort, Ratio};

/// What the schedule asks of everybody.
#[derive(Clone, Debug, Serialize)]
pub struct LoadTable {
    /// A row for each person and role, a column for each week.
    pub table: Table,
    /// What the marks of the weeks mean.
    pub legend: Vec<Status>,
    /// Who is asked for more than they can give, in one sentence.
    pub sentence: String,
    /// Each overbooked week with the tasks that ask for it.
    pub overbooked: Table,
}

/// How many weeks the table shows: half a year fits a landscape page.
pub(super) const WEEKS: usize = 26;

/// Puts the load together; none where nothing is left to do.
#[must_use]
pub fn load_table(desk: &Desk<'_>) -> Option<LoadTable> {
    let load = &desk.project.load;
    let team = &desk.project.project.team;
    let people = load.people.iter().map(|load| {
        let person = &team.people[load.person.0 as usize];
        let name = Cell::text(&*person.name).href(desk.href_to(&Thing::Person(&person.id)));
        (name, format!("person-{}", person.id), &load.weeks, true)
    });
    let roles = load.roles.iter().map(|load| {
        let role = &team.roles[load.role.0 as usize];
        let heads = load.heads.map_or_else(
            || "unnamed, as many as needed".to_owned(),
            |heads| format!("unnamed, {}", format::count(heads as usize, "head")),
        );
        let name = Cell::text(format::sentence_start(&role.name)).note(heads);
        (name, format!("role-{}", role.id), &load.weeks, load.heads.is_some())
    });
    // As many of a role as needed are never away.
    let rows: Vec<(Cell, String, &Vec<WeekLoad>, bool)> = people.chain(roles).collect();
    let weeks = &rows.first()?.2;
    if weeks.is_empty() {
        return None;
    }
    let shown = weeks.len().min(WEEKS);
    let mut table = Table::new(&["Who"]);
    for week in &weeks[..shown] {
        table.head.push(format::short_date(week.monday));
        table.numeric.push(true);
    }
    let mut overbooked = Table::new(&["Who", "Week from", "#Asked", "#Can give", "Tasks"]);
    let mut n_overbooked = 0;
    for (who, anchor, own, can_be_away) in rows {
        let explained = |week: &WeekLoad| desk.explained(&format!("{anchor}.{}", week.monday));
        let mut cells = vec![who.clone()];
        cells.extend(own.iter().take(shown).map(|week| {
            if can_be_away {
                week_cell(desk, week).explained(explained(week))
            } else if week.booked > Effort::ZERO {
                // As many as are needed are never full.
                Cell::text(load_words(desk, week)).class("heat-1").explained(explained(week))
            } else {
                Cell::default().class("muted")
            }
        }));
        table.push(Row::new(cells));
        let over: Vec<&WeekLoad> = own.iter().filter(|week| week.is_overbooked()).collect();
        n_overbooked += usize::from(!over.is_empty());
        for week in over {
            overbooked.push(overbooked_row(desk, &who, week, explained(week)));
        }
    }
    let sentence = if n_overbooked == 0 {
        "Nobody is asked by this project alone for more than they can give.".to_owned()
    } else {
        let verb = if n_overbooked == 1 { "is" } else { "are" };
        format!(
            "{n_overbooked} of {} {verb} asked by this project alone for more than they can give, in {} of the weeks ahead.",
            table.rows.len(),
            overbooked.rows.len()
        )
    };
    Some(LoadTable { table, legend: legend(), sentence, overbooked })
}

/// What is asked of somebody in the weeks that begin in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthLoad {
    /// The first day of the month.
    pub first: Date,
    /// Effort that is asked for.
    pub booked: Effort,
    /// Effort that can be given.
    pub capacity: Effort,
}

/// What stands above the load by month, which has a month for each Monday.
const BY_MONTH: &str =
    "Load by month, in percent of what can be given; a week counts to the month of its Monday";

/// The same where more months follow than a sheet is wide.
const BY_FIRST_MONTHS: &str = "Load of the next twelve months, in percent of what can be given; a week counts to the month of its Monday";

/// So many months stand beside each other.
const MONTHS: usize = 12;

/// The names of months, the last with the month in which its last week ends, where work still runs there: `Nov and Dec 2026` for
/// work to 2 December, a Wednesday.
fn month_heads(months: &[MonthLoad], weeks: &[WeekLoad], finish: Date) -> Vec<String> {
    let mut names: Vec<String> = months.iter().map(|month| format::month_of(month.first)).collect();
    if let (Some(last), Some(week), Some(name)) = (months.last(), weeks.last(), names.last_mut()) {
        let sunday = week.monday.saturating_add(jiff::Span::new().days(6));
        let end = sunday.min(finish);
        if end.first_of_month() > last.first {
            *name = format!("{name} and {}", format::month_of(end));
        }
    }
    names
}

/// Weeks by the month in which they begin, to the end of the plan.
#[must_use]
pub fn months_of(weeks: &[WeekLoad]) -> Vec<MonthLoad> {
    let mut months: Vec<MonthLoad> = Vec::new();
    for week in weeks {
        let first = week.monday.first_of_month();
        match months.last_mut().filter(|month| month.first == first) {
            Some(month) => {
                month.booked = month.booked + week.booked;
                month.capacity = month.capacity + week.capacity;
            }
            None => months.push(MonthLoad { first, booked: week.booked, capacity: week.capacity }),
        }
    }
    months
}

/// The load of people and roles by month with its title: a row for each, a column for each month to the finish, at most
/// twelve months, in percent of what can be given; no rows where nothing is left to do.
#[must_use]
pub fn by_month(desk: &Desk<'_>) -> (&'static str, Table) {
    let load = &desk.project.load;
    let team = &desk.project.project.team;
    let people = load.people.iter().map(|load| {
        let person = &team.people[load.person.0 as usize];
        (person.name.clone(), format!("person-{}", person.id), &load.weeks)
    });
    let roles = load.roles.iter().map(|load| {
        let role = &team.roles[load.role.0 as usize];
        (format::sentence_start(&role.name), format!("role-{}", role.id), &load.weeks)
    });
    let mut table = Table::new(&["Who"]);
    let mut title = BY_MONTH;
    for (name, anchor, weeks) in people.chain(roles) {
        let months = months_of(weeks);
        if table.rows.is_empty() {
            let heads = month_heads(&months, weeks, desk.project.forecast.finish_day());
            title = if heads.len() > MONTHS { BY_FIRST_MONTHS } else { BY_MONTH };
            table.head.extend(heads.into_iter().take(MONTHS));
            table.numeric.extend(months.iter().take(MONTHS).map(|_| true));
        }
        let cells = months.iter().take(MONTHS).map(|month| {
            if month.booked == Effort::ZERO {
                return Cell::default().class("muted");
            }
            let cell = Cell::text(month_words(desk, month))
                .explained(desk.explained(&format!("{anchor}.{}", month_key(month.first))));
            if month.booked > month.capacity { cell.class("heat-3") } else { cell }
        });
        table.push(Row::new([Cell::text(name)].into_iter().chain(cells).collect()));
    }
    (title, table)
}

/// The last part of the key of a month of somebody: `month-2026-08`.
pub(super) fn month_key(first: Date) -> String {
    format!("month-{}", first.strftime("%Y-%m"))
}

/// The share of what can be given that a month asks for in percent; the effort itself where nothing can be given.
pub(super) fn month_words(desk: &Desk<'_>, month: &MonthLoad) -> String {
    let share = Ratio::of(month.booked.minutes() as f64, month.capacity.minutes() as f64);
    share.map_or_else(|| desk.effort(month.booked), |share| format::number(share.get() * 100.0, 0))
}

/// The share of capacity that a week asks for; the effort itself where nothing can be given.
fn week_cell(desk: &Desk<'_>, week: &WeekLoad) -> Cell {
    if week.booked == Effort::ZERO {
        return Cell { text: (week.capacity == Effort::ZERO).then(|| "away".to_owned()), ..Cell::default() }
            .class("muted");
    }
    if share_of(week).is_none() {
        return over(Cell::text(load_words(desk, week)));
    }
    let cell = Cell::text(load_words(desk, week));
    if week.is_overbooked() { over(cell) } else { cell.class("heat-1") }
}

/// What the marks of the weeks mean.
pub(super) fn legend() -> Vec<Status> {
    vec![Status::red("over: more than can be given")]
}

/// Too much: a shape and a word besides the tint.
pub(super) fn over(cell: Cell) -> Cell {
    Cell { status: Some(Status::red("over")), ..cell.class("heat-3") }
}

/// The share of what can be given that a week asks for; none where nothing can be given.
#[must_use]
pub fn share_of(week: &WeekLoad) -> Option<Ratio> {
    Ratio::of(week.booked.minutes() as f64, week.capacity.minutes() as f64)
}

/// The share of capacity in percent; the effort itself where nothing can be given.
pub(super) fn load_words(desk: &Desk<'_>, week: &WeekLoad) -> String {
    share_of(week).map_or_else(|| desk.effort(week.booked), |share| format::number(share.get() * 100.0, 0))
}

fn overbooked_row(desk: &Desk<'_>, who: &Cell, week: &WeekLoad, explained: Option<String>) -> Row {
    let tasks: Vec<String> =
        week.tasks.iter().map(|task| desk.project.project.task(*task).name.clone()).collect();
    let name = Cell { note: None, ..who.clone() };
    Row::new(vec![
        name,
        desk.date(Some(week.monday)),
        Cell::text(desk.effort(week.booked)).explained(explained.clone()),
        Cell::text(desk.effort(week.capacity)).explained(explained),
        Cell::text(tasks.join(", ")),
    ])
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn heads(mondays: &[Date], finish: Date) -> Vec<String> {
        let week = |monday: &Date| WeekLoad {
            monday: *monday,
            booked: Effort::ZERO,
            capacity: Effort::ZERO,
            tasks: Vec::new(),
        };
        let weeks: Vec<WeekLoad> = mondays.iter().map(week).collect();
        let heads = month_heads(&months_of(&weeks), &weeks, finish);
        heads.into_iter().map(|head| head.replace('\u{a0}', " ")).collect()
    }

    /// Work of 1 and 2 December used to stand under November alone.
    #[test]
    fn a_month_in_which_no_week_begins_is_named_with_the_one_before() {
        let mondays = [date(2026, 10, 26), date(2026, 11, 2), date(2026, 11, 30)];
        assert_eq!(heads(&mondays, date(2026, 12, 2)), ["Oct 2026", "Nov 2026 and Dec 2026"]);
        assert_eq!(heads(&mondays, date(2026, 11, 30)), ["Oct 2026", "Nov 2026"]);
    }
}
