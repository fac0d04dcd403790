//! How wide a text will be, without any font.
//!
//! Readers see the sans-serif of their own system, so the exact width is unknowable here. The table holds the advance
//! widths of the widest face in common use, the `DejaVu Sans` of many Linux desktops: elsewhere a label has a little
//! more room than it needs, nowhere too little.

/// Advance widths of U+0020…U+007E in thousandths of the type size.
const ASCII: [u16; 95] = [
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, // space to /
    636, 636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, // 0 to ?
    1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787, // @ to O
    603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500, // P to _
    500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612, // ` to o
    635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838, // p to ~
];

/// Where a system has no semibold it shows bold, which is about this much wider than regular text.
const STRONG: f64 = 1.12;

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
/// "Aug" at 12 px: (684 + 634 + 635) / 1000 × 12 = 23.4 px.
#[must_use]
pub fn text_width(text: &str, size: f64, weight: Weight) -> f64 {
    let thousandths: u32 = text.chars().map(|letter| u32::from(advance(letter))).sum();
    let regular = f64::from(thousandths) / 1000.0 * size;
    match weight {
        Weight::Regular => regular,
        Weight::Strong => regular * STRONG,
    }
}

/// Shortens `text` with an ellipsis until it is at most `room` pixels wide; empty if not even the ellipsis fits.
#[must_use]
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

/// Breaks `text` between words into lines at most `room` pixels wide, `most` of them; what is left over is cut with an ellipsis,
/// as [`fitted`] does it. A line break stands between the lines.
///
/// `G3 Deliverables and readiness` in a narrow margin: `G3 Deliverables`, `and readiness`.
#[must_use]
pub fn wrapped(text: &str, size: f64, weight: Weight, (room, most): (f64, usize)) -> String {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split_whitespace() {
        let is_last = lines.len() >= most;
        let Some(line) = lines.last_mut() else { break };
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if is_last || line.is_empty() || text_width(&longer, size, weight) <= room {
            *line = longer;
        } else {
            lines.push(word.to_owned());
        }
    }
    lines.iter().map(|line| fitted(line, size, weight, room)).collect::<Vec<_>>().join("\n")
}

/// Advance width of one letter in thousandths of the type size.
fn advance(letter: char) -> u16 {
    let code = u32::from(letter);
    match code {
        0x20..=0x7e => ASCII.get(code as usize - 0x20).copied().unwrap_or(636),
        // Combining marks and joiners take no room of their own.
        0x300..=0x36f | 0x200b..=0x200f | 0xfe00..=0xfe0f => 0,
        0x00a0 => 318,
        0x2009 | 0x202f => 200,
        0x2026 | 0x2014 | 0x2190..=0x21ff => 1000,
        // Capitals with accents are as wide as the wider capitals.
        0xc0..=0xde => 760,
        // The rest of Latin, Greek and Cyrillic varies around a lower-case letter.
        0xa1..=0x58f | 0x1e00..=0x218f => 640,
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
        check("i", 2.8);
        check("W", 9.9);
        check("é", 6.4);
        check("e\u{301}", 6.2);
        check("図", 10.0);
    }

    #[test]
    fn long_text_is_shortened_to_its_room() {
        assert_eq!(fitted("Roll-out to 12 branches", 12.0, Weight::Regular, 62.0), "Roll-out…");
        assert_eq!(fitted("Short", 12.0, Weight::Regular, 60.0), "Short");
        assert_eq!(fitted("anything", 12.0, Weight::Regular, 3.0), "");
    }
}
