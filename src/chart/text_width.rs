//! How wide a text will be, without any font.
//!
//! Readers see the sans-serif of their own system, so the exact width is unknowable here. The table holds the advance
//! widths that the metrically compatible grotesques share, widened by a margin that covers the wider system faces:
//! a label may then have a little too much room, never too little.

/// Advance widths of U+0020…U+007E in thousandths of the type size.
const ASCII: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, // space to /
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, // 0 to ?
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, // @ to O
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, // P to _
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, // ` to o
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584, // p to ~
];

/// Margin for system faces that run wider than the table.
const WIDER_FACES: f64 = 1.07;

/// Semibold text is about this much wider than regular text.
const SEMIBOLD: f64 = 1.06;

/// Weight of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// Running text.
    Regular,
    /// Emphasis: names of series, headings of rows.
    Strong,
}

/// Estimates the width of `text` in pixels at type size `size` (pixels); zero for an empty text.
///
/// "Aug" at 12 px: (667 + 556 + 556) / 1000 × 12 × 1.07 = 22.8 px.
pub fn text_width(text: &str, size: f64, weight: Weight) -> f64 {
    let thousandths: u32 = text.chars().map(|letter| u32::from(advance(letter))).sum();
    let regular = f64::from(thousandths) / 1000.0 * size * WIDER_FACES;
    match weight {
        Weight::Regular => regular,
        Weight::Strong => regular * SEMIBOLD,
    }
}

/// Shortens `text` with an ellipsis until it is at most `room` pixels wide; empty if not even the ellipsis fits.
pub fn fitted(text: &str, size: f64, weight: Weight, room: f64) -> String {
    if text_width(text, size, weight) <= room {
        return text.to_owned();
    }
    let mut kept: Vec<char> = text.chars().collect();
    while kept.pop().is_some() {
        let shorter = format!("{}…", kept.iter().collect::<String>().trim_end());
        if !kept.is_empty() && text_width(&shorter, size, weight) <= room {
            return shorter;
        }
    }
    String::new()
}

/// Breaks `text` between words into lines of at most `room` pixels; a longer word stands alone on its line.
pub fn lines_of(text: &str, size: f64, weight: Weight, room: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if text_width(&format!("{line} {word}"), size, weight) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Advance width of one letter in thousandths of the type size.
fn advance(letter: char) -> u16 {
    let code = u32::from(letter);
    match code {
        0x20..=0x7e => ASCII.get(code as usize - 0x20).copied().unwrap_or(556),
        // Combining marks and joiners take no room of their own.
        0x300..=0x36f | 0x200b..=0x200f | 0xfe00..=0xfe0f => 0,
        0x00a0 => 278,
        0x2009 | 0x202f => 200,
        0x2026 | 0x2014 | 0x2190..=0x21ff => 1000,
        // Capitals with accents are as wide as the wider capitals.
        0xc0..=0xde => 722,
        // The rest of Latin, Greek and Cyrillic varies around a lower-case letter; capitals make the mean wider.
        0xa1..=0x58f | 0x1e00..=0x218f => 611,
        _ => 1000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: f64) {
        let width = text_width(text, 10.0, Weight::Regular);
        assert!((width - expected).abs() < 0.06, "{text:?} is {width}, expected {expected}");
    }

    #[test]
    fn widths_follow_letters_not_bytes() {
        check("", 0.0);
        check("i", 2.4);
        check("W", 10.1);
        check("é", 6.5);
        check("e\u{301}", 5.9);
        check("図", 10.7);
    }

    #[test]
    fn long_text_is_shortened_to_its_room() {
        assert_eq!(fitted("Roll-out to 12 branches", 12.0, Weight::Regular, 60.0), "Roll-out…");
        assert_eq!(fitted("Short", 12.0, Weight::Regular, 60.0), "Short");
        assert_eq!(fitted("anything", 12.0, Weight::Regular, 3.0), "");
    }

    #[test]
    fn text_breaks_between_words() {
        assert_eq!(
            lines_of("Year-end change freeze", 12.0, Weight::Regular, 60.0),
            ["Year-end", "change", "freeze"]
        );
        assert!(lines_of("   ", 12.0, Weight::Regular, 60.0).is_empty());
    }
}
