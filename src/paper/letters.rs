//! Letters that none of the faces has: what an author wrote must not vanish, and a PDF for archives may not hold a box without
//! a meaning, so such a letter is named by its number: `[U+1F680]`.

use serde_json::Value;
use typst::text::Font;

/// Names each letter of the texts in a view that no face has.
pub(super) fn named(value: Value, fonts: &[Font]) -> Value {
    match value {
        Value::String(text) => Value::String(named_in(text, fonts)),
        Value::Array(list) => list.into_iter().map(|entry| named(entry, fonts)).collect(),
        Value::Object(map) => map.into_iter().map(|(key, value)| (key, named(value, fonts))).collect(),
        plain => plain,
    }
}

fn named_in(text: String, fonts: &[Font]) -> String {
    if text.bytes().all(|byte| (0x20..0x7f).contains(&byte))
        || text.chars().all(|letter| is_set(letter, fonts))
    {
        return text;
    }
    let mut out = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        if is_set(letter, fonts) {
            out.push(letter);
        } else if !is_silent(letter) {
            out.push_str(&format!("[U+{:04X}]", u32::from(letter)));
        }
    }
    out
}

fn is_set(letter: char, fonts: &[Font]) -> bool {
    let is_space = matches!(letter, ' ' | '\n' | '\t' | '\u{a0}' | '\u{202f}');
    is_space
        || (!is_silent(letter) && fonts.iter().any(|font| font.info().coverage.contains(u32::from(letter))))
}

/// Signs that say nothing by themselves: control characters, and those that choose how the letter before them is drawn or joined.
fn is_silent(letter: char) -> bool {
    let is_white = matches!(letter, '\n' | '\t');
    (letter.is_control() && !is_white)
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e000}'..='\u{f8ff}')
}
