//! Load against capacity, month by month: what the schedule asks of everybody together, as a share of what they can give.
//!
//! Answers: when are the people not enough? A month in which a single person or role is asked for too much is marked, whatever
//! the others have left.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::chart::kit::ink::Ink;
use crate::chart::kit::svg::Column;
use crate::chart::row_bars::{RowBar, RowBars, paint};
use crate::chart::{Chart, DataTable, Drawing, LinkTo};
use crate::format;
use crate::plan::WeekLoad;
use crate::quantity::Effort;
use crate::report::ProjectReport;

/// What the bars are drawn from.
#[derive(Clone, Debug)]
pub struct LoadBarsInput {
    /// Begins every id in the markup; unique on the page.
    pub id_prefix: String,
    /// Heading of the chart.
    pub title: String,
    /// Minutes of a working day, in which effort is shown.
    pub minutes_per_day: i64,
    /// The months from the first with work left, without gaps.
    pub months: Vec<MonthLoad>,
}

/// One month: the weeks that begin in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthLoad {
    /// Its first day.
    pub first: Date,
    /// What the schedule asks for.
    pub asked: Effort,
    /// What people and counted heads of roles can give.
    pub capacity: Effort,
    /// Who is asked for more than they can give in some week of it.
    pub overbooked: Vec<String>,
}

/// Load against capacity.
#[derive(Debug)]
pub struct LoadBars;

impl Chart for LoadBars {
    fn name(&self) -> &'static str {
        "load-bars"
    }

    fn title(&self) -> &'static str {
        "Load against capacity by month"
    }

    fn question(&self) -> &'static str {
        "When are the people not enough?"
    }

    /// `None` where nobody has work left.
    fn draw(&self, report: &ProjectReport, _link_to: LinkTo<'_>) -> Option<Drawing> {
        let team = &report.project.team;
        let people = report
            .load
            .people
            .iter()
            .map(|load| (team.people[load.person.0 as usize].name.as_str(), load.weeks.as_slice()));
        // Of a role without a number of heads as many come as are needed: it has no capacity to be held against.
        let roles = report.load.roles.iter().filter(|load| load.heads.is_some());
        let roles = roles.map(|load| (team.roles[load.role.0 as usize].name.as_str(), load.weeks.as_slice()));
        let months = months(people.chain(roles));
        (!months.is_empty()).then(|| {
            draw(&LoadBarsInput {
                id_prefix: self.name().to_owned(),
                title: self.title().to_owned(),
                minutes_per_day: report.minutes_per_day(),
                months,
            })
        })
    }
}

/// Adds the weeks of everybody up by the month in which they begin; months after the last with work are left out.
fn months<'a>(loads: impl Iterator<Item = (&'a str, &'a [WeekLoad])>) -> Vec<MonthLoad> {
    let mut months: BTreeMap<Date, MonthLoad> = BTreeMap::new();
    for (name, weeks) in loads {
        for week in weeks {
            let first = week.monday.first_of_month();
            let month = months.entry(first).or_insert_with(|| MonthLoad {
                first,
                asked: Effort::ZERO,
                capacity: Effort::ZERO,
                overbooked: Vec::new(),
            });
            month.asked = month.asked + week.booked;
            month.capacity = month.capacity + week.capacity;
            if week.is_overbooked() && !month.overbooked.iter().any(|known| known == name) {
                month.overbooked.push(name.to_owned());
            }
        }
    }
    let mut months: Vec<MonthLoad> = months.into_values().collect();
    let last = months.iter().rposition(|month| month.asked > Effort::ZERO).map_or(0, |place| place + 1);
    months.truncate(last);
    months
}

/// Draws the bars.
#[must_use]
pub fn draw(input: &LoadBarsInput) -> Drawing {
    let rows: Vec<RowBar> = input.months.iter().map(|month| row(input, month)).collect();
    let sentence = sentence(input);
    let bars = RowBars {
        name: "load-bars",
        id_prefix: &input.id_prefix,
        unit: "percent of what can be given",
        zero: None,
        rows: &rows,
    };
    let svg = [Column::Wide, Column::Narrow]
        .map(|column| paint(&bars, column).finish(&input.title, &sentence))
        .concat();
    Drawing { name: "load-bars", svg, title: input.title.clone(), sentence, table: table(input) }
}

/// Asked ÷ can give, in percent; 100 where nothing can be given and something is asked for.
fn percent(month: &MonthLoad) -> f64 {
    match (month.asked.minutes(), month.capacity.minutes()) {
        (0, _) => 0.0,
        (_, capacity) if capacity <= 0 => 100.0,
        (asked, capacity) => asked as f64 / capacity as f64 * 100.0,
    }
}

fn row(input: &LoadBarsInput, month: &MonthLoad) -> RowBar {
    let effort = |effort| format::effort(effort, input.minutes_per_day);
    let name = format::month_of(month.first);
    let over = match month.overbooked.as_slice() {
        [] => String::new(),
        names => format!("; too much for {}", format::listed(names)),
    };
    RowBar {
        href: None,
        length: percent(month),
        label: format!("{}\u{a0}%", format::number(percent(month), 0)),
        title: format!("{name}: {} asked of {}{over}", effort(month.asked), effort(month.capacity)),
        ink: if !month.overbooked.is_empty() || percent(month) > 100.0 { Ink::Worse } else { Ink::Done },
        name,
    }
}

fn sentence(input: &LoadBarsInput) -> String {
    let n_over = input.months.iter().filter(|month| !month.overbooked.is_empty()).count();
    let fullest = input.months.iter().max_by(|one, other| percent(one).total_cmp(&percent(other)));
    let Some(fullest) = fullest else { return "Nobody has work left.".to_owned() };
    let fullest = format!(
        "The fullest month is {}, with {}\u{a0}% of what can be given",
        format::month_of(fullest.first),
        format::number(percent(fullest), 0)
    );
    match n_over {
        0 => format!("{fullest}; nobody is asked by this project alone for more than they can give."),
        _ => format!("{fullest}; in {} somebody is asked for too much.", format::count(n_over, "month")),
    }
}

fn table(input: &LoadBarsInput) -> DataTable {
    use crate::chart::Column::{Number, Word};
    let columns = [("Month", Word), ("Asked", Number), ("Can give", Number), ("Too much for", Word)];
    let mut table = DataTable::with_columns(input.title.clone(), &columns);
    for month in &input.months {
        table.rows.push(vec![
            format::month_of(month.first),
            format::effort(month.asked, input.minutes_per_day),
            format::effort(month.capacity, input.minutes_per_day),
            if month.overbooked.is_empty() {
                format::NOTHING.to_owned()
            } else {
                format::listed(&month.overbooked)
            },
        ]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn week(monday: Date, booked: i64, capacity: i64) -> WeekLoad {
        WeekLoad {
            monday,
            booked: Effort::from_minutes(booked),
            capacity: Effort::from_minutes(capacity),
            tasks: Vec::new(),
        }
    }

    #[test]
    fn a_week_counts_in_the_month_in_which_it_begins() {
        let own =
            [week(Date::constant(2026, 8, 31), 480, 2_400), week(Date::constant(2026, 9, 7), 2_880, 2_400)];
        let months = months([("Sam", own.as_slice())].into_iter());
        let asked: Vec<(i8, i64)> =
            months.iter().map(|month| (month.first.month(), month.asked.minutes())).collect();
        assert_eq!(asked, [(8, 480), (9, 2_880)]);
        assert_eq!(months[1].overbooked, ["Sam"]);
        assert!((percent(&months[0]) - 20.0).abs() < 1e-9);
    }

    #[test]
    fn months_without_work_at_the_end_are_left_out() {
        let own = [week(Date::constant(2026, 8, 3), 480, 2_400), week(Date::constant(2026, 9, 7), 0, 2_400)];
        assert_eq!(months([("Sam", own.as_slice())].into_iter()).len(), 1);
        assert!(months([("Sam", &own[1..])].into_iter()).is_empty());
    }
}
