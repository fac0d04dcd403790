//! What a word is: the script that asks and the index that answers must cut texts alike, so the rules are few and the
//! tables are handed to the script.

/// Letters of a word that count; what is longer, a digest or an address, is found by its beginning.
pub(super) const LONGEST: usize = 32;

/// Words of English that stand in every text and say nothing.
pub(super) const STOP_WORDS: &[&str] = &[
    "a", "after", "all", "also", "an", "and", "any", "are", "as", "at", "be", "been", "before", "but", "by",
    "can", "could", "did", "do", "does", "each", "for", "from", "had", "has", "have", "he", "her", "his",
    "how", "i", "if", "in", "into", "is", "it", "its", "may", "more", "most", "no", "nor", "not", "of",
    "off", "on", "one", "only", "or", "other", "our", "out", "over", "per", "s", "she", "should", "so",
    "some", "such", "t", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this",
    "those", "to", "under", "until", "up", "us", "was", "we", "were", "what", "when", "where", "which",
    "who", "why", "will", "with", "would", "you", "your",
];

/// Letters with marks and what is typed instead of them.
pub(super) const FOLDED: &[(&str, &str)] = &[
    ("a", "àáâãäåāăąǎ"),
    ("ae", "æ"),
    ("c", "çćĉċč"),
    ("d", "ďđð"),
    ("e", "èéêëēĕėęě"),
    ("g", "ĝğġģ"),
    ("h", "ĥħ"),
    ("i", "ìíîïĩīĭįı"),
    ("j", "ĵ"),
    ("k", "ķ"),
    ("l", "ĺļľŀł"),
    ("n", "ñńņňŉ"),
    ("o", "òóôõöøōŏőǒ"),
    ("oe", "œ"),
    ("r", "ŕŗř"),
    ("s", "śŝşšș"),
    ("ss", "ß"),
    ("t", "ţťŧț"),
    ("th", "þ"),
    ("u", "ùúûüũūŭůűųǔ"),
    ("w", "ŵ"),
    ("y", "ýÿŷ"),
    ("z", "źżž"),
];

/// Small letters without marks: `Dvořák` is `dvorak`.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            // A mark that stands by itself behind its letter.
            '\u{300}'..='\u{36f}' => {}
            letter if letter.is_ascii() => folded.push(letter),
            letter => match FOLDED.iter().find(|(_, marked)| marked.contains(letter)) {
                Some((plain, _)) => folded.push_str(plain),
                None => folded.push(letter),
            },
        }
    }
    folded
}

/// The words of a text, folded, in order: unbroken letters and digits, at most [`LONGEST`] of them.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> {
    let folded = fold(text);
    let words: Vec<String> = folded
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| word.chars().take(LONGEST).collect())
        .collect();
    words.into_iter()
}

/// Whether a word says nothing.
pub(super) fn is_stop_word(word: &str) -> bool {
    STOP_WORDS.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(words(text).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn words_are_letters_and_digits_without_case_and_marks() {
        check("Marek Dvořák’s VLAN-42", &["marek", "dvorak", "s", "vlan", "42"]);
        check("Straße, e\u{301}tude", &["strasse", "etude"]);
        check("Ελλάδα — проект", &["ελλάδα", "проект"]);
        check(" – ", &[]);
    }

    #[test]
    fn very_long_words_are_cut() {
        let digest = "f".repeat(64);
        check(&digest, &[&"f".repeat(LONGEST)]);
    }

    #[test]
    fn stop_words_are_in_order() {
        assert!(STOP_WORDS.is_sorted());
        assert!(is_stop_word("the") && !is_stop_word("risk"));
    }
}
