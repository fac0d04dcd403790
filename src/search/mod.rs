//! Finding things by their words, without a server and from a folder on disk.
//!
//! Comes in: everything that has a place in the site, with its words. Goes out: small scripts that a page asks for one by
//! one, because a page opened from disk may read no other file. Not here: which things there are, and how results look.
//!
//! ```text
//! search/index.js       how words are made, and the first word of every file of words
//! search/words-<n>.js   word → numbers of the things that have it, best place first
//! search/things-<n>.js  title, kind, project, address and text of a block of things
//! ```
//!
//! A word is looked up in one file of some 32 KB, the beginning of a word in the few files that hold such words, and only
//! the blocks of the results shown are read, so that ten thousand things are found as fast as ten. Words that say nothing
//! (“the”, “of”) are not in the index; every other word has all its things.

mod script;
mod word;

use std::collections::BTreeMap;

pub use script::LIMIT;
use word::{fold, is_stop_word, words};

/// Something that can be found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findable {
    /// Its id, such as `D-03`; none for pages.
    pub id: Option<String>,
    /// What it is called.
    pub title: String,
    /// What kind of thing it is, such as `Risk`.
    pub kind: String,
    /// The project it belongs to; none for things of the whole portfolio.
    pub project: Option<String>,
    /// Where it is, as a link from the top of the site.
    pub href: String,
    /// Its further words, as plain text.
    pub text: String,
}

/// The things that have a word, by where it stands. Numbers rise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Postings {
    /// In the text, the kind or the name of the project.
    text: Vec<usize>,
    /// In the title, or as a part of the id.
    title: Vec<usize>,
    /// As the whole id.
    id: Vec<usize>,
}

/// Which words stand where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Index {
    words: BTreeMap<String, Postings>,
}

impl Index {
    /// Takes in each word of each thing once, at its best place.
    fn of(things: &[Findable]) -> Self {
        let mut index = Self::default();
        for (number, thing) in things.iter().enumerate() {
            let mut best: BTreeMap<String, Place> = BTreeMap::new();
            let mut take = |word: String, place: Place| {
                let known = best.entry(word).or_insert(place);
                *known = place.min(*known);
            };
            let id = thing.id.as_deref().unwrap_or_default();
            if !id.is_empty() {
                take(fold(id), Place::Id);
            }
            let project = thing.project.as_deref().unwrap_or_default();
            let parts = [
                (id, Place::Title),
                (thing.title.as_str(), Place::Title),
                (thing.text.as_str(), Place::Text),
                (thing.kind.as_str(), Place::Text),
                (project, Place::Text),
            ];
            for (text, place) in parts {
                for word in words(text).filter(|word| !is_stop_word(word)) {
                    take(word, place);
                }
            }
            for (word, place) in best {
                let postings = index.words.entry(word).or_default();
                match place {
                    Place::Id => postings.id.push(number),
                    Place::Title => postings.title.push(number),
                    Place::Text => postings.text.push(number),
                }
            }
        }
        index
    }
}

/// Where a word stands, the best place first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Id,
    Title,
    Text,
}

/// The scripts by which things are found, by their paths in the site. The order of the things decides between things that
/// fit equally well; the same things give the same bytes.
#[must_use]
pub fn scripts(things: &[Findable]) -> BTreeMap<String, String> {
    script::write(things, &Index::of(things))
}

/// The first letter under which a title is listed from A to Z, without its accent; `#` for what begins with no letter.
///
/// `Übergabe` stands under `U`, `42 switches` under `#`.
#[must_use]
pub fn initial(title: &str) -> String {
    let first = fold(title).chars().find(|letter| letter.is_alphanumeric());
    match first.filter(|letter| letter.is_alphabetic()) {
        Some(letter) => letter.to_uppercase().collect(),
        None => "#".to_owned(),
    }
}

/// By what titles are put in order: without case and accents.
#[must_use]
pub fn order_of(title: &str) -> String {
    fold(title)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thing(id: &str, title: &str, text: &str) -> Findable {
        Findable {
            id: (!id.is_empty()).then(|| id.to_owned()),
            title: title.to_owned(),
            kind: "Risk".to_owned(),
            project: Some("Branch network".to_owned()),
            href: format!("net/raid.html#{id}"),
            text: text.to_owned(),
        }
    }

    #[test]
    fn a_word_stands_at_its_best_place_only() {
        let index = Index::of(&[
            thing("D-03", "Which switches?", "switches of the branch"),
            thing("", "The road", "Switches came late"),
        ]);
        let of = |word: &str| index.words.get(word).cloned().unwrap_or_default();
        assert_eq!(of("switches"), Postings { title: vec![0], text: vec![1], id: vec![] });
        assert_eq!(of("d-03"), Postings { id: vec![0], ..Postings::default() });
        assert_eq!(of("03"), Postings { title: vec![0], ..Postings::default() });
        assert_eq!(of("branch"), Postings { text: vec![0, 1], ..Postings::default() });
        assert_eq!(of("risk"), Postings { text: vec![0, 1], ..Postings::default() });
        assert_eq!(of("the"), Postings::default(), "says nothing");
    }

    #[test]
    fn titles_are_listed_without_case_and_accents() {
        assert_eq!(initial("Übergabe"), "U");
        assert_eq!(initial("“quoted”"), "Q");
        assert_eq!(initial("42 switches"), "#");
        assert_eq!(initial(""), "#");
        assert_eq!(order_of("Émile"), "emile");
    }

    #[test]
    fn the_same_things_give_the_same_scripts() {
        let things: Vec<Findable> =
            (0..500).map(|number| thing(&format!("R{number}"), "Late", "parts of it")).collect();
        assert_eq!(scripts(&things), scripts(&things));
    }
}
