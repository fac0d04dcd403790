//! YAML as an author would write it: short entries on one line, long ones below each other, quotes only where needed.
//!
//! Comes in: keys and values. Goes out: lines of text. That it says what was meant is proved by reading it back.

/// The longest line of an entry that is written between braces.
pub const WIDTH: usize = 110;

/// What stands behind a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Text that is valid as it stands, in any place: a number, a date, an id, a list of these.
    Bare(String),
    /// Words of somebody, quoted where they need it.
    Words(String),
    /// Words of several lines.
    Lines(String),
    /// Bare texts in brackets, or the only one without.
    List(Vec<String>),
}

/// A key with what stands behind it.
pub type Pair = (&'static str, Value);

/// Writes `id:` with its pairs, between braces where that fits on a line and `is_short` allows it.
#[must_use]
pub fn entry(indent: usize, id: &str, pairs: &[Pair], is_short: bool) -> String {
    let pad = " ".repeat(indent);
    let has_lines = pairs.iter().any(|(_, value)| matches!(value, Value::Lines(_)));
    if is_short && !has_lines && !pairs.is_empty() {
        let inside: Vec<String> =
            pairs.iter().map(|(key, value)| format!("{key}: {}", inline(value, true))).collect();
        let line = format!("{pad}{id}: {{{}}}\n", inside.join(", "));
        if line.chars().count() <= WIDTH {
            return line;
        }
    }
    let mut text = format!("{pad}{id}:\n");
    for (key, value) in pairs {
        text += &pair(indent + 2, key, value);
    }
    text
}

/// Writes `key:` with keys and bare values between braces, on as many lines as they need.
#[must_use]
pub fn braces(indent: usize, key: &str, pairs: &[(String, String)]) -> String {
    let begin = format!("{}{key}: {{", " ".repeat(indent));
    let room = " ".repeat(begin.chars().count());
    let (mut text, mut line) = (String::new(), begin);
    for (place, (key, value)) in pairs.iter().enumerate() {
        let pair = format!("{key}: {value}{}", if place + 1 < pairs.len() { "," } else { "}" });
        let is_first = line.ends_with('{') || line == room;
        let gap = if is_first { "" } else { " " };
        if !is_first && line.chars().count() + gap.len() + pair.chars().count() > WIDTH {
            text += &format!("{line}\n");
            line = format!("{room}{pair}");
        } else {
            line += &format!("{gap}{pair}");
        }
    }
    if pairs.is_empty() {
        line.push('}');
    }
    format!("{text}{line}\n")
}

/// Writes a key and its value on lines of their own.
#[must_use]
pub fn pair(indent: usize, key: &str, value: &Value) -> String {
    let pad = " ".repeat(indent);
    match value {
        Value::Lines(words) if words.contains('\n') => {
            // A first line that begins with a space needs its indentation said.
            let mark = if words.starts_with([' ', '\n']) { "2" } else { "" };
            let mut text = format!("{pad}{key}: |{mark}\n");
            for line in words.lines() {
                let line = format!("{pad}  {line}");
                text += line.trim_end();
                text.push('\n');
            }
            text
        }
        Value::Lines(words) if words.chars().count() + indent + key.len() > WIDTH => {
            let mut text = format!("{pad}{key}: >-\n");
            for line in folded(words, WIDTH - indent.min(WIDTH / 2) - 2) {
                text += &format!("{pad}  {line}\n");
            }
            text
        }
        Value::Lines(words) => format!("{pad}{key}: {}\n", words_in(words, false)),
        value => format!("{pad}{key}: {}\n", inline(value, false)),
    }
}

fn inline(value: &Value, is_between_braces: bool) -> String {
    match value {
        Value::Bare(text) => text.clone(),
        Value::Words(text) | Value::Lines(text) => words_in(text, is_between_braces),
        Value::List(items) => match items.as_slice() {
            [only] => only.clone(),
            _ => format!("[{}]", items.join(", ")),
        },
    }
}

/// Parts a line at single spaces, so that the parts joined by a space are the line again.
fn folded(words: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in words.split(' ') {
        let line = lines.last_mut().expect("there is always a line");
        // Beside a further space a break would not be read back as one space.
        let may_break = !line.is_empty() && !line.ends_with(' ') && !word.is_empty();
        if may_break && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(word.to_owned());
        } else {
            if !line.is_empty() || word.is_empty() {
                line.push(' ');
            }
            *line += word;
        }
    }
    lines
}

/// Words as YAML reads them back: plain where that is safe, else between quotes.
#[must_use]
pub fn words_in(text: &str, is_between_braces: bool) -> String {
    let begins_well = text.starts_with(|c: char| c.is_alphanumeric() || c == '(');
    let ends_well = !text.ends_with([':', ' ']);
    let has_marks = text.contains(": ") || text.contains(" #") || text.contains(['\t', '\n', '\\']);
    let has_brackets = is_between_braces && text.contains([',', '[', ']', '{', '}', ':', '"']);
    let is_word_of_yaml = matches!(
        text.to_ascii_lowercase().as_str(),
        "null" | "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n"
    );
    let is_plain = begins_well
        && ends_well
        && !has_marks
        && !has_brackets
        && !is_word_of_yaml
        && !text.chars().any(|c| c.is_control() || is_odd(c));
    if is_plain {
        return text.to_owned();
    }
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => quoted += "\\\"",
            '\\' => quoted += "\\\\",
            '\n' => quoted += "\\n",
            '\t' => quoted += "\\t",
            c if c.is_control() || is_odd(c) => quoted += &format!("\\u{:04x}", c as u32 & 0xffff),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Characters that editors do not show, or that some readers take for the end of a line.
fn is_odd(character: char) -> bool {
    matches!(character, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Diagnostics, FileId};
    use crate::source::node::NodeKind;
    use crate::source::yaml;

    /// Every text is read back as it was, in both places.
    #[track_caller]
    fn check(text: &str) {
        for (is_between_braces, file) in [
            (false, format!("a:\n{}", pair(2, "b", &Value::Words(text.to_owned())))),
            (true, format!("a: {{c: 1, b: {}, d: 2}}\n", words_in(text, true))),
        ] {
            let mut found = Diagnostics::default();
            let node = yaml::parse(FileId(0), &file, &mut found);
            assert!(found.is_empty(), "{file}: {found:?}");
            let NodeKind::Map(entries) = node.unwrap().kind else { panic!("{file}") };
            let NodeKind::Map(inner) = &entries[0].value.kind else { panic!("{file}") };
            let value = inner.iter().find(|entry| entry.key.value == "b").unwrap();
            assert_eq!(value.value.text(), Some(text), "{is_between_braces} {file}");
        }
    }

    #[test]
    fn words_are_read_back_as_they_were() {
        for text in [
            "Plain words",
            "It's: a trap",
            "a #comment",
            "[list]",
            "{map}",
            "a, b",
            "- item",
            "? what",
            "* star",
            "& and",
            "! bang",
            "| pipe",
            "> fold",
            "% percent",
            "@ at",
            "`tick`",
            "\"quoted\"",
            "'single'",
            "back\\slash",
            "ends:",
            "yes",
            "null",
            "~",
            "12",
            "1.10",
            "2026-01-01",
            "08:00",
            "0x1f",
            "Ümläut",
            "Подготовка",
            "emoji 🎉",
            "#5",
            "a:b",
            "tab\tin",
            "=formula",
            "<<",
            "...",
            "---",
            "C:\\temp\\",
            "100%",
        ] {
            check(text);
        }
    }

    #[test]
    fn many_pairs_stand_on_several_lines_and_are_read_back() {
        let pairs: Vec<(String, String)> =
            (10..32).map(|day| (format!("2026-08-{day}"), format!("{day}_000 EUR"))).collect();
        let file = braces(2, "pv", &pairs);
        assert!(file.lines().count() > 3 && file.lines().all(|line| line.chars().count() <= WIDTH), "{file}");
        let node = yaml::parse(FileId(0), &file, &mut Diagnostics::default()).unwrap();
        let NodeKind::Map(entries) = node.kind else { panic!("{file}") };
        let read: Vec<(String, String)> = entries[0]
            .value
            .entries()
            .unwrap()
            .iter()
            .map(|entry| (entry.key.value.clone(), entry.value.text().unwrap().to_owned()))
            .collect();
        assert_eq!(read, pairs);
        assert_eq!(braces(0, "pv", &[]), "pv: {}\n");
    }

    #[test]
    fn long_notes_are_folded_and_read_back_as_they_were() {
        let notes = "A note: it is long, has two  spaces, a # and goes on ".repeat(6);
        let notes = notes.trim();
        let file = pair(4, "notes", &Value::Lines(notes.to_owned()));
        assert!(file.lines().count() > 3 && file.lines().all(|line| line.chars().count() <= WIDTH), "{file}");
        let node = yaml::parse(FileId(0), &file, &mut Diagnostics::default()).unwrap();
        let NodeKind::Map(entries) = node.kind else { panic!("{file}") };
        assert_eq!(entries[0].value.text(), Some(notes));
    }

    #[test]
    fn notes_of_several_lines_keep_their_lines() {
        let notes = "First line\n  indented: yes\n\n# no comment\n- a";
        let file = pair(0, "notes", &Value::Lines(notes.to_owned()));
        let node = yaml::parse(FileId(0), &file, &mut Diagnostics::default()).unwrap();
        let NodeKind::Map(entries) = node.kind else { panic!("{file}") };
        assert_eq!(entries[0].value.text().map(str::trim_end), Some(notes));
    }
}
