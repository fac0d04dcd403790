//! Search: what was looked for, where scripts run, and everything from A to Z for whoever reads without them.

use serde::Serialize;

use crate::format;
use crate::page::address::Address;
use crate::page::desk::Here;
use crate::page::things::Listed;
use crate::page::{Entry, Made, SitePage};
use crate::report::{ProjectReport, Report};
use crate::search::order_of;

/// The page of search.
pub struct SearchPage;

/// Above this many things each letter has a page of its own, and the page of search only leads there.
const THINGS_ON_ONE_PAGE: usize = 2_000;

/// What it shows.
#[derive(Debug, Serialize)]
struct SearchView {
    /// How much there is.
    lead: String,
    /// Whether this is the page of search itself.
    is_search: bool,
    /// The way to every letter.
    letters: Vec<LetterLink>,
    /// What begins with the letters of this page.
    shown: Vec<Letter>,
}

/// The way to a letter.
#[derive(Debug, Serialize)]
struct LetterLink {
    /// The letter.
    title: String,
    /// Where what begins with it is listed.
    href: String,
    /// How much begins with it.
    count: String,
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

    /// One, and in a large portfolio one for each letter.
    fn entries(&self, report: &Report) -> Vec<Entry> {
        let mut entries = vec![Entry::new(Address::search(), TITLE)];
        if n_things(report) > THINGS_ON_ONE_PAGE {
            let letters = ('a'..='z').map(String::from).chain([OTHER.to_owned()]);
            entries
                .extend(letters.map(|letter| Entry::new(Address::letter(&letter), title_of_page(&letter))));
        }
        entries
    }

    fn make(&self, here: &Here<'_>) -> Made {
        let things = here.map.things(here.report);
        let lead = format!(
            "{} with a place in this site, by their names: tasks, risks, decisions and other entries, reports, people and pages.",
            format::count(things.all().len(), "thing")
        );
        let letters: Vec<(&str, Vec<&Listed>)> = things.letters().collect();
        let is_search = *here.address == Address::search();
        let is_here = |letter: &str| {
            let own = Address::letter(&page_of(letter));
            own == *here.address || (is_search && !here.map.has(&own))
        };
        let links = letters.iter().map(|(letter, things)| LetterLink {
            title: title_of(letter),
            href: if is_here(letter) {
                format!("#{}", anchor_of(letter))
            } else {
                format!("{}#{}", here.address.href_to(&Address::letter(&page_of(letter))), anchor_of(letter))
            },
            count: format::count(things.len(), "thing"),
        });
        let links = links.collect();
        let shown = letters.iter().filter(|(letter, _)| is_here(letter)).map(|(letter, things)| Letter {
            anchor: anchor_of(letter),
            title: title_of(letter),
            things: in_order(things).into_iter().map(|thing| line(here, thing)).collect(),
        });
        let view = SearchView { lead, is_search, letters: links, shown: shown.collect() };
        let letter = here.address.path().strip_prefix("search/").and_then(|name| name.strip_suffix(".html"));
        Made::new(self.kind(), letter.map_or_else(|| TITLE.to_owned(), title_of_page), &view)
    }
}

/// What the page of search is called.
const TITLE: &str = "Search and A to Z";

/// The page of what begins with none of the letters from A to Z.
const OTHER: &str = "other";

/// About how many things have a place in the site: enough to tell whether one page holds them.
fn n_things(report: &Report) -> usize {
    let of_project = |project: &ProjectReport| {
        let project = &project.project;
        let registers = &project.registers;
        let entries = [
            registers.risks.len(),
            registers.issues.len(),
            registers.decisions.len(),
            registers.changes.len(),
            registers.actions.len(),
            registers.requests.len(),
            registers.lessons.len(),
        ];
        project.tasks.len()
            + entries.iter().sum::<usize>()
            + project.requirements.len()
            + project.deliverables.len()
            + project.updates.len()
            + project.team.people.len()
    };
    report.projects.iter().map(of_project).sum()
}

/// The page on which a letter is listed where each has one: that of `É` is that of `E`, that of `Ж` is `other`.
fn page_of(letter: &str) -> String {
    let small = letter.to_lowercase();
    if small.len() == 1 && small.as_bytes()[0].is_ascii_lowercase() { small } else { OTHER.to_owned() }
}

fn anchor_of(letter: &str) -> String {
    if letter == "#" { "letter-other".to_owned() } else { format!("letter-{}", letter.to_lowercase()) }
}

fn title_of(letter: &str) -> String {
    if letter == "#" { "0–9".to_owned() } else { letter.to_owned() }
}

fn title_of_page(letter: &str) -> String {
    if letter == OTHER {
        "From A to Z: all else".to_owned()
    } else {
        format!("From A to Z: {}", letter.to_uppercase())
    }
}

/// Things by their names, those of one name by where they are.
fn in_order<'a>(things: &[&'a Listed]) -> Vec<&'a Listed> {
    let mut things = things.to_vec();
    things.sort_by_cached_key(|thing| (order_of(&thing.title), thing.address.clone(), thing.anchor.clone()));
    things
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
