//! Text as it may stand in XML. What no document may hold is left out: control characters other than the tabulator and the ends of
//! lines, and the two code points that are no characters.

/// Text between two tags.
///
/// ```
/// assert_eq!(milepost::diagnostic::xml::text("a < \"b\" & c\u{7}\r\n"), "a &lt; \"b\" &amp; c&#13;\n");
/// ```
#[must_use]
pub fn text(text: &str) -> String {
    escaped(text, |_| None)
}

/// The value of an attribute, to stand between double quotes. Ends of lines and tabulators would be read as spaces there, so they are
/// written by their numbers.
///
/// ```
/// assert_eq!(milepost::diagnostic::xml::attribute("a < \"b\"\n"), "a &lt; &quot;b&quot;&#10;");
/// ```
#[must_use]
pub fn attribute(text: &str) -> String {
    escaped(text, |letter| match letter {
        '"' => Some("&quot;"),
        '\n' => Some("&#10;"),
        '\t' => Some("&#9;"),
        _ => None,
    })
}

/// A line of a comment: it cannot end the comment that it stands in.
///
/// ```
/// assert_eq!(milepost::diagnostic::xml::comment("a --> b & c\u{7}"), "a - -> b & c");
/// ```
#[must_use]
pub fn comment(line: &str) -> String {
    let kept: String = line.chars().filter(|letter| !is_left_out(*letter)).collect();
    // Twice, since `---` holds two pairs.
    kept.replace("--", "- -").replace("--", "- -")
}

/// Whether no document may hold a letter.
fn is_left_out(letter: char) -> bool {
    (letter.is_control() && !matches!(letter, '\t' | '\n' | '\r'))
        || matches!(letter, '\u{fffe}' | '\u{ffff}')
}

fn escaped(text: &str, also: impl Fn(char) -> Option<&'static str>) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            // A reader turns a bare one into an end of a line.
            '\r' => escaped.push_str("&#13;"),
            letter if is_left_out(letter) => {}
            letter => match also(letter) {
                Some(sign) => escaped.push_str(sign),
                None => escaped.push(letter),
            },
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_back() {
        let words = "a\t<b> & \"c\" 'd' ]]> \r\n ü \u{1f600}";
        let document = format!("<a b=\"{}\">{}</a>", attribute(words), text(words));
        let read = roxmltree::Document::parse(&document).unwrap();
        assert_eq!(read.root_element().attribute("b"), Some(words));
        assert_eq!(read.root_element().text(), Some(words));
    }

    #[test]
    fn what_no_document_may_hold_is_left_out() {
        let words: String = (0..=0xffff_u32).filter_map(char::from_u32).collect();
        let document = format!("<a b=\"{}\">{}</a>", attribute(&words), text(&words));
        let read = roxmltree::Document::parse(&document).unwrap();
        let kept: String = words.chars().filter(|letter| !is_left_out(*letter)).collect();
        assert_eq!(read.root_element().text(), Some(kept.as_str()));
        for line in [words.as_str(), "-----", "a--->b", "-"] {
            let document = format!("<a><!-- {} --></a>", comment(line));
            assert!(roxmltree::Document::parse(&document).is_ok(), "{document}");
        }
    }
}
