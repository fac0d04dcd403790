//! How deep the parts of a text may stand in each other.

use pulldown_cmark::Event;

/// Quotes in lists in quotes, so many at most: what is deeper is said on the deepest level. No text of a person comes near it, and
/// whoever walks a tree of a hundred thousand levels falls off it.
const MAX_DEPTH: usize = 48;

/// The same events, without the beginnings and ends of parts that are too deep; their words stay.
pub(super) fn shallow<'e>(events: impl Iterator<Item = Event<'e>>) -> impl Iterator<Item = Event<'e>> {
    let mut depth = 0_usize;
    events.filter(move |event| match event {
        Event::Start(_) => {
            depth += 1;
            depth <= MAX_DEPTH
        }
        Event::End(_) => {
            depth = depth.saturating_sub(1);
            depth < MAX_DEPTH
        }
        _ => true,
    })
}

#[cfg(test)]
mod tests {
    use crate::prose::{MarkdownOptions, plain_text, to_html, tree};

    #[test]
    fn a_text_of_twenty_thousand_levels_is_shown_with_few() {
        for sign in ["> ", "- ", "*a ", "[", "1. "] {
            let text = format!("{}words", sign.repeat(20_000));
            let html = to_html(&text, &MarkdownOptions::default());
            assert!(html.contains("words") && html.matches("<blockquote>").count() < 64, "{sign}");
            assert_eq!(html.matches("<blockquote>").count(), html.matches("</blockquote>").count(), "{sign}");
            assert!(!tree(&text).is_empty(), "{sign}");
            assert!(plain_text(&text).contains("words"), "{sign}");
        }
    }
}
