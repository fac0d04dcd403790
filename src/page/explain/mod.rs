//! Explain this number: every computed figure with its formula, the values put in, and the lines that people typed.
//!
//! A figure is explained where one line adds it to the [`Book`]: a function of its family below takes the desk and adds
//! a [`Figure`] under a key; the page that shows it asks `desk.explained(key)`, and `milepost why PROJECT/KEY` prints
//! the same.

mod answers;
mod book;
mod bookings;
mod bottom_up;
mod bridge;
mod budget_lines;
mod burn;
mod burn_together;
mod case;
mod case_measures;
mod change_causes;
mod cost_outlook;
mod earned;
mod earned_schedule;
mod figure;
mod ledger;
mod limits;
mod money;
mod pages;
mod people;
mod planned_points;
mod points;
mod put;
mod registers;
mod requirements;
mod reserves;
mod results;
mod risks;
mod runs;
mod task_money;
mod task_time;
mod three_points;
mod time;
mod trends;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

pub use answers::{answer_anchor, change_anchor};
pub use book::{Block, Book, GroupHead, Sheet, ThingHead};
pub use bridge::{cause_key, item_key, unspent_key};
pub use burn::{burn_anchor, unapproved_key};
pub use case::{approved_anchor, option_anchor, preferred_anchor};
pub use change_causes::{cause_anchor, implemented_words};
pub use cost_outlook::{distance_key, forecast_key};
pub use earned::earned_key;
pub use figure::{Figure, From, Input, put_in};
pub use ledger::{booking_anchor, conversion_key, kind_anchor, month_anchor, planned_anchor, work_anchor};
pub use money::category_anchor;
pub(in crate::page) use pages::report_of_its_day;
pub use pages::{ExplainPage, FigurePages, sheets};
pub use points::{point_key, practice_key};
pub use put::{Told, ToldInput, told};
pub use registers::{due_reports_of, on_time_words, reports_due, reports_due_words};
pub use reserves::{left_after, reserve_key};
pub(in crate::page) use task_money::{method_key, method_words};
pub(in crate::page) use task_time::done_words;
pub use trends::{report_anchor, slope_key};

use crate::page::address::Address;
use crate::page::desk::{Desk, Here, SiteMap};
use crate::page::unread::{grounds_of, why_not};
use crate::quantity::{Amount, GateId};
use crate::report::{ProjectReport, Report};

/// Of which day the figures of a book are, and before the board of which gate they lay; no gate for the status date.
pub type BookKey = (Date, Option<GateId>);

/// The books of a site, by project and day.
pub type Books = BTreeMap<(String, BookKey), Arc<Book>>;

/// Under which key the figures of a project are kept.
#[must_use]
pub fn key_of(project: &ProjectReport) -> BookKey {
    (project.status_date, project.before_board)
}

/// Figures that belong together: a page, and the function that adds them.
#[derive(Clone, Copy, Debug)]
pub struct Family {
    /// The name of its page.
    pub name: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// Whether it has figures for each task, which gate documents of another day do without.
    pub is_by_task: bool,
    /// Adds its figures.
    pub write: fn(&Desk<'_>, &mut Book),
}

/// Up to so many tasks have figures as of days gone by; in a longer plan those of the whole project do.
const TASKS_OF_THE_PAST: usize = 200;

/// All families, in the order of the pages.
pub static FAMILIES: &[Family] = &[
    Family { name: "time", title: "Time", is_by_task: false, write: time::write },
    Family { name: "earned", title: "Earned value", is_by_task: false, write: earned::write },
    Family { name: "money", title: "Money", is_by_task: false, write: money::write },
    Family { name: "ledger", title: "Ledger", is_by_task: false, write: ledger::write },
    Family { name: "burn", title: "Burn charts", is_by_task: false, write: burn::write },
    Family { name: "case", title: "Business case", is_by_task: false, write: case::write },
    Family { name: "risks", title: "Risks", is_by_task: false, write: risks::write },
    Family { name: "results", title: "Results", is_by_task: false, write: results::write },
    Family { name: "registers", title: "Registers and colours", is_by_task: false, write: registers::write },
    Family { name: "people", title: "People", is_by_task: false, write: people::write },
    Family { name: "trends", title: "Trends", is_by_task: false, write: trends::write },
    Family { name: "points", title: "Plan quality", is_by_task: false, write: points::write },
    Family { name: "tasks", title: "Tasks", is_by_task: true, write: time::write_tasks },
];

/// In what figures of a group are counted that are amounts of money: `amounts in EUR`.
fn amounts(desk: &Desk<'_>) -> String {
    format!("Amounts in {}", desk.project.project.currency)
}

/// Whether anything has a price, was granted or booked: else each amount would be explained as 0.00.
fn has_money(desk: &Desk<'_>) -> bool {
    let control = &desk.project.control;
    let amounts = [
        control.total.budget,
        control.spending.total.spent,
        control.spending.contingency.granted,
        control.spending.funding,
        control.bottom_up.estimate,
    ];
    amounts.into_iter().any(|amount| amount > Amount::ZERO)
        || !control.ledger.rows.is_empty()
        || !desk.project.project.conversions.is_empty()
}

/// A name as part of a key: letters and digits, in lower case, with hyphens between words.
#[must_use]
pub fn slug(name: &str) -> String {
    let words: Vec<String> = name
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    words.join("-")
}

/// The figures of the project a desk is about.
#[must_use]
pub fn book(desk: &Desk<'_>, day: Option<Date>) -> Book {
    let with_tasks = day.is_none() || desk.project.project.tasks.len() <= TASKS_OF_THE_PAST;
    let written = |is_by_task: bool| {
        let mut book = Book::new(desk.folder(), day);
        for family in FAMILIES.iter().filter(|family| family.is_by_task == is_by_task) {
            (family.write)(desk, &mut book);
        }
        book
    };
    // In a plan of thousands those of the tasks take as long as all others.
    let of_tasks = || with_tasks.then(|| written(true));
    let (mut book, of_tasks) = rayon::join(|| written(false), of_tasks);
    if let Some(of_tasks) = of_tasks {
        book.append(of_tasks);
    }
    book.leave_unknown(|key| why_not(desk, grounds_of(key)));
    book
}

/// The figures of all projects, as of the status date and as of every day whose figures a gate document shows.
#[must_use]
pub fn books(report: &Report) -> Books {
    let of_project = |project: &ProjectReport| {
        let folder = &project.project.folder;
        let books = books_of(report, project).into_iter();
        books.map(|(key, book)| ((folder.clone(), key), book)).collect::<Vec<_>>()
    };
    let books: Vec<_> = report.projects.par_iter().map(of_project).collect();
    books.into_iter().flatten().collect()
}

/// The figures of one of the projects, by day and gate.
#[must_use]
pub fn books_of(report: &Report, project: &ProjectReport) -> BTreeMap<BookKey, Arc<Book>> {
    let (map, address) = (SiteMap::default(), Address::portfolio());
    let here = Here { report, map: &map, address: &address };
    // Of several gates of one day, and of one on the status date, each has figures of its own: those without its decision.
    let mut days = BTreeSet::from([project.status_date]);
    let gates: Vec<(&ProjectReport, Option<GateId>)> = project
        .at_gates
        .iter()
        .map(|(gate, then)| (then, (!days.insert(then.status_date)).then_some(*gate)))
        .collect();
    let gone_by = || -> Vec<(BookKey, Book)> {
        let of_gate = |(then, apart): &(&ProjectReport, Option<GateId>)| {
            let book = book(&here.desk(then), Some(then.status_date));
            (key_of(then), if apart.is_some() { book.apart_for(*apart) } else { book })
        };
        gates.par_iter().map(of_gate).collect()
    };
    let (now, gone_by) = rayon::join(|| Arc::new(book(&here.desk(project), None)), gone_by);
    let leaving = |(key, book): (BookKey, Book)| (key, Arc::new(book.leaving_to(&now)));
    let mut books: BTreeMap<BookKey, Arc<Book>> = gone_by.into_par_iter().map(leaving).collect();
    books.insert(key_of(project), now);
    books
}
