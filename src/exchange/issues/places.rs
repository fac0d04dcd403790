//! Where the entries of a list begin in JSON that is known to be whole.

use crate::diagnostic::Span;
use crate::exchange::text::FILE;

/// The first byte of each entry: of the outermost list, and of lists right in it; of a text that is no list, the text's own.
pub(super) fn places(text: &str) -> Vec<Span> {
    let mut places = Vec::new();
    let mut open = Vec::new();
    let mut begins = true;
    let mut is_text = false;
    let mut is_escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        if is_text {
            is_text = is_escaped || byte != b'"';
            is_escaped = !is_escaped && byte == b'\\';
            continue;
        }
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' | b':' => {}
            b',' => begins = true,
            b']' | b'}' => {
                open.pop();
                // Lists and entries may stand behind each other.
                begins = open.is_empty();
            }
            _ => {
                let is_list = byte == b'[' && open.len() < 2;
                if begins && !is_list && open.len() <= 2 && !open.contains(&b'{') {
                    places.push(Span::new(FILE, at, at + 1));
                }
                begins = byte == b'[';
                is_text = byte == b'"';
                if matches!(byte, b'[' | b'{') {
                    open.push(byte);
                }
            }
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_is_found_where_it_begins() {
        let begins =
            |text: &str| -> Vec<usize> { places(text).iter().map(|span| span.start as usize).collect() };
        assert_eq!(begins("{\"a\": [1, {}]}"), [0]);
        assert_eq!(begins(" [{\"a\": \"]}\\\"{\", \"b\": [{}, {}]},\n  {\"c\": {}}]"), [2, 35]);
        assert_eq!(begins("[[{}, {}], [], [{\"a\": [[]]}]]"), [2, 6, 16]);
        assert_eq!(begins("[1, \"x\", null]"), [1, 4, 9]);
        assert_eq!(begins("[]"), Vec::<usize>::new());
        assert_eq!(begins("[{}, {}]\n[{}]"), [1, 5, 10]);
        assert_eq!(begins("{\"a\": 1}\n{\"a\": 2}\n"), [0, 9]);
    }
}
