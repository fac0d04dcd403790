//! What a page says: its words without tags, and what must or must not be among them.

/// The words of a page with one space between two, whatever kind of space the page has there.
pub fn words_of(html: &str) -> String {
    let texts = html.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| plain(text));
    texts.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text with usual spaces where it has such as do not break.
pub fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

#[track_caller]
pub fn says(words: &str, expected: &str) {
    let words = plain(words);
    assert!(words.contains(expected), "{expected:?} is not in: {words}");
}

#[track_caller]
pub fn says_not(words: &str, unexpected: &str) {
    let words = plain(words);
    assert!(!words.contains(unexpected), "{unexpected:?} is in: {words}");
}
