//! Search: what was looked for, where scripts run, and everything from A to Z for whoever reads without them.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::format;
use crate::page::address::Address;
use crate::page::desk::Here;
use crate::page::things::{self, Listed};
use crate::page::{Entry, Made, SitePage};
use crate::report::Report;
use crate::search::{initial, order_of};

/// The page of search.
pub struct SearchPage;

/// What it shows.
#[derive(Debug, Serialize)]
struct SearchView {
    /// How much there is.
    lead: String,
    /// Everything under its first letter.
    letters: Vec<Letter>,
}

/// What begins with one letter.
#[derive(Debug, Serialize)]
struct Letter {
    /// Its anchor: `letter-a`.
    anchor: String,
    /// The letter, as a heading.
    title: String,
    /// What begins with it, in alphabetical order.
    things: Vec<ThingLine>,
}

/// A thing in the list.
#[derive(Debug, Serialize)]
struct ThingLine {
    /// What it is called.
    title: String,
    /// Where it is.
    href: String,
    /// Id, kind and project.
    note: String,
}

impl SitePage for SearchPage {
    fn kind(&self) -> &'static str {
        "search"
    }

    fn question(&self) -> &'static str {
        "Where is it?"
    }

    fn entries(&self, _report: &Report) -> Vec<Entry> {
        vec![Entry::new(Address::search(), "Search and A to Z")]
    }

    fn make(&self, here: &Here<'_>) -> Made {
        let mut all = things::all(here.report, here.map);
        let lead = format!(
            "{} with a place in this site, by their names: tasks, risks, decisions and other entries, reports, people and pages.",
            format::count(all.len(), "thing")
        );
        all.sort_by_cached_key(|thing| (order_of(&thing.title), thing.address.clone(), thing.anchor.clone()));
        let mut letters: BTreeMap<String, Vec<ThingLine>> = BTreeMap::new();
        for thing in &all {
            letters.entry(initial(&thing.title)).or_default().push(line(here, thing));
        }
        let letters = letters.into_iter().map(|(letter, things)| Letter {
            anchor: match letter.as_str() {
                "#" => "letter-other".to_owned(),
                letter => format!("letter-{}", letter.to_lowercase()),
            },
            title: if letter == "#" { "0–9".to_owned() } else { letter },
            things,
        });
        let view = SearchView { lead, letters: letters.collect() };
        Made::new(self.kind(), "Search and A to Z", &view)
    }
}

fn line(here: &Here<'_>, thing: &Listed) -> ThingLine {
    let page = here.address.href_to(&thing.address);
    let note: Vec<&str> =
        thing.id.as_deref().into_iter().chain([thing.kind]).chain(thing.project.as_deref()).collect();
    ThingLine {
        title: thing.title.clone(),
        href: thing.anchor.as_ref().map_or_else(|| page.clone(), |anchor| format!("{page}#{anchor}")),
        note: note.join(" · "),
    }
}
