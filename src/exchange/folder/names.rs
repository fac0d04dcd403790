//! Ids from names: readable, unique, and of the form that our files ask for.

use std::collections::{BTreeMap, BTreeSet};

use crate::quantity::letters_in_ascii;

/// The longest id that is made of one name; words beyond it are left out.
const LONGEST: usize = 32;

/// The longest id that is made of a name and the one above it.
const LONGEST_PAIR: usize = 44;

/// Words that say little: left out of an id that would be too long.
const SMALL_WORDS: [&str; 24] = [
    "a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "and", "or", "with", "from", "your", "are",
    "is", "that", "into", "der", "die", "das", "und", "von",
];

/// Words that YAML readers other than ours take for something else.
const RESERVED: [&str; 9] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];

/// Ids that are taken.
#[derive(Default)]
pub(super) struct Slugs {
    taken: BTreeSet<String>,
    /// The last number behind each name that stands more than once.
    numbers: BTreeMap<String, u32>,
}

impl Slugs {
    /// Takes an id as it stands, unless somebody has it or our files could not hold it.
    pub(super) fn take(&mut self, id: &str) -> bool {
        is_id(id) && self.taken.insert(id.to_owned())
    }

    /// Makes an id from a name that nobody has yet.
    ///
    /// A name that is taken gets the name above it in front, `pilot-testing` for the second `testing`, or a number behind it.
    /// A name without any letter that can be written becomes `word-number`.
    pub(super) fn claim(&mut self, name: &str, above: Option<&str>, (word, number): (&str, i64)) -> String {
        let own = slug(name);
        let fallback = format!("{word}-{}", number.unsigned_abs());
        let own = match own.as_str() {
            "" => fallback,
            reserved if RESERVED.contains(&reserved) => format!("{word}-{reserved}"),
            digits if digits.starts_with(|c: char| c.is_ascii_digit()) => format!("{word}-{digits}"),
            _ => own,
        };
        if self.taken.insert(own.clone()) {
            return own;
        }
        if let Some(above) = above {
            let pair = format!("{above}-{own}");
            if pair.len() <= LONGEST_PAIR && self.taken.insert(pair.clone()) {
                return pair;
            }
        }
        let last = self.numbers.entry(own.clone()).or_insert(1);
        loop {
            *last += 1;
            let numbered = format!("{own}-{last}");
            if self.taken.insert(numbered.clone()) {
                return numbered;
            }
        }
    }
}

/// Says whether a word may stand as an id as it is: a letter, then letters, digits or hyphens, and no word that means
/// something else: not the name of a gate, and not `null`, which is nothing. What other readers of YAML take for yes and no is an id
/// here.
fn is_id(word: &str) -> bool {
    let is_gate =
        word.len() == 2 && word.starts_with(['G', 'g']) && word.ends_with(|c: char| c.is_ascii_digit());
    let begins_well = word.starts_with(|c: char| c.is_ascii_alphabetic());
    begins_well
        && !is_gate
        && word.len() <= LONGEST_PAIR
        && !word.ends_with('-')
        && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        && word != "null"
}

/// Lower-case words of a name with hyphens between them; empty where no letter or digit can be written in ASCII.
pub(super) fn slug(name: &str) -> String {
    let mut words = vec![String::new()];
    for character in name.chars() {
        let written = letters_in_ascii(character);
        if written.is_empty() {
            // An apostrophe is inside a word.
            if !matches!(character, '\'' | '’') {
                words.push(String::new());
            }
        } else {
            words.last_mut().expect("there is always a word").push_str(&written);
        }
    }
    let mut words: Vec<&str> = words.iter().map(String::as_str).filter(|word| !word.is_empty()).collect();
    // Numbers before a name are those of the outline.
    while words.len() > 1 && words[0].chars().all(|c| c.is_ascii_digit()) {
        words.remove(0);
    }
    let length = |words: &[&str]| words.iter().map(|word| word.len() + 1).sum::<usize>().saturating_sub(1);
    if length(&words) > LONGEST {
        let telling: Vec<&str> = words.iter().copied().filter(|word| !SMALL_WORDS.contains(word)).collect();
        if !telling.is_empty() {
            words = telling;
        }
    }
    while words.len() > 1 && length(&words) > LONGEST {
        words.pop();
    }
    let mut id = words.join("-");
    id.truncate(LONGEST_PAIR);
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_ids_that_can_be_read() {
        assert_eq!(slug("Secure project sponsorship"), "secure-project-sponsorship");
        assert_eq!(slug("Größe & Maß prüfen"), "groesse-and-mass-pruefen");
        assert_eq!(slug("Client's sign-off"), "clients-sign-off");
        assert_eq!(slug("Подготовка"), "podgotovka");
        assert_eq!(slug("Estándar"), "estandar");
        assert_eq!(slug("設計"), "");
        assert_eq!(
            slug("Verify that your belongings are insured for the move"),
            "verify-belongings-insured-move"
        );
        assert!(slug(&"very long words ".repeat(9)).len() <= LONGEST);
        assert!(slug(&"x".repeat(400)).len() <= LONGEST_PAIR);
    }

    #[test]
    fn no_two_names_get_one_id() {
        let mut slugs = Slugs::default();
        let mut claim = |name, above| slugs.claim(name, above, ("task", 7));
        assert_eq!(claim("Testing", Some("pilot")), "testing");
        assert_eq!(claim("Testing", Some("pilot")), "pilot-testing");
        assert_eq!(claim("Testing", Some("pilot")), "testing-2");
        assert_eq!(claim("設計", None), "task-7");
        assert_eq!(claim("設計", None), "task-7-2");
        assert_eq!(claim("3D model", None), "task-3d-model");
        assert_eq!(claim("No", None), "task-no");
    }

    #[test]
    fn ids_that_stand_in_the_source_are_taken_as_they_are() {
        let mut slugs = Slugs::default();
        assert!(slugs.take("y") && slugs.take("n") && slugs.take("No") && slugs.take("on"));
        assert!(!slugs.take("y") && !slugs.take("null") && !slugs.take("G1") && !slugs.take("3d"));
    }
}
