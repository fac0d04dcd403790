//! Explain this number: every computed figure with its formula, the values put in, and the lines that people typed.
//!
//! A figure is explained where one line adds it to the [`Book`]: a function of its family below takes the desk and adds
//! a [`Figure`] under a key; the page that shows it asks `desk.explained(key)`, and `milepost why PROJECT/KEY` prints
//! the same.

mod book;
mod earned;
mod figure;
mod ledger;
mod money;
mod pages;
mod put;
mod risks;
mod runs;
mod task_money;
mod task_time;
mod time;

use std::collections::BTreeMap;

use jiff::civil::Date;

pub use book::{Block, Book, Sheet, ThingHead};
pub use earned::earned_key;
pub use figure::{Figure, From, Input, put_in};
pub use money::category_anchor;
pub use pages::{ExplainPage, FigurePages, sheets};
pub use put::{Told, ToldInput, told};

use crate::page::address::Address;
use crate::page::desk::{Desk, Here, SiteMap};
use crate::report::Report;

/// The books of a site, by project and day.
pub type Books = BTreeMap<(String, Date), Book>;

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

/// All families, in the order of the pages.
pub static FAMILIES: &[Family] = &[
    Family { name: "time", title: "Time", is_by_task: false, write: time::write },
    Family { name: "earned", title: "Earned value", is_by_task: false, write: earned::write },
    Family { name: "money", title: "Money", is_by_task: false, write: money::write },
    Family { name: "risks", title: "Risks", is_by_task: false, write: risks::write },
    Family { name: "tasks", title: "Tasks", is_by_task: true, write: time::write_tasks },
];

/// The figures of the project a desk is about.
#[must_use]
pub fn book(desk: &Desk<'_>, day: Option<Date>) -> Book {
    let mut book = Book::new(desk.folder(), day);
    for family in FAMILIES.iter().filter(|family| day.is_none() || !family.is_by_task) {
        (family.write)(desk, &mut book);
    }
    book
}

/// The figures of all projects, as of the status date and as of every day whose figures a gate document shows.
#[must_use]
pub fn books(report: &Report) -> Books {
    let (map, address) = (SiteMap::default(), Address::portfolio());
    let here = Here { report, map: &map, address: &address };
    let mut books = Books::new();
    for project in &report.projects {
        let folder = &project.project.folder;
        for then in project.at_gates.values() {
            books.entry((folder.clone(), then.status_date)).or_insert_with(|| {
                let day = (then.status_date != project.status_date).then_some(then.status_date);
                book(&here.desk(then), day)
            });
        }
        books.insert((folder.clone(), project.status_date), book(&here.desk(project), None));
    }
    books
}
