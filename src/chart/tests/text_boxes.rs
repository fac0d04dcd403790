//! Where the texts of a drawing stand, and which of them touch: for the laws of single charts and for those of whole
//! sites. The measure of texts comes from who uses it.

use super::{Weight, text_width};

/// The box around a text, in pixels of the drawing.
#[derive(Clone, Copy, Debug)]
pub struct TextBox {
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
}

impl TextBox {
    /// Whether two boxes share more than an edge.
    fn meets(&self, other: &Self) -> bool {
        let across = self.right.min(other.right) - self.left.max(other.left);
        let down = self.bottom.min(other.bottom) - self.top.max(other.top);
        across > 0.01 && down > 0.01
    }
}

/// The value of an attribute in the text of a tag.
pub fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

/// The boxes of all texts of one `<svg>`, with the texts.
pub fn of(svg: &str) -> Vec<(TextBox, String)> {
    svg.match_indices("<text")
        .map(|(place, _)| {
            let before = &svg[..place];
            let is_tick = before.rfind("<g class=\"d-ticks") > before.rfind("</g>");
            let (tag, rest) = svg[place..].split_once('>').unwrap();
            let text = rest.split_once('<').unwrap().0;
            let text =
                text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
            let number = |name: &str| attribute(tag, name).map(|value| value.parse::<f64>().unwrap());
            let size = number("font-size").unwrap_or(if is_tick { 11.0 } else { 12.0 });
            let weight = if tag.contains("font-weight") { Weight::Strong } else { Weight::Regular };
            let width = text_width(&text, size, weight);
            let left = number("x").unwrap()
                - match attribute(tag, "text-anchor") {
                    Some("middle") => width / 2.0,
                    None if is_tick => width / 2.0,
                    Some("end") => width,
                    _ => 0.0,
                };
            let base = number("y").unwrap();
            // Capitals and digits; descenders may reach into the gap between lines.
            (TextBox { left, right: left + width, top: base - size * 0.72, bottom: base }, text)
        })
        .collect()
}

/// What is wrong with the texts of one `<svg>`, in words: those that touch, and those that leave the sheet.
pub fn collisions(svg: &str) -> Vec<String> {
    let view = attribute(svg, "viewBox").unwrap();
    let sizes: Vec<f64> = view.split(' ').map(|number| number.parse().unwrap()).collect();
    let boxes = of(svg);
    let mut found = Vec::new();
    for (index, (own, text)) in boxes.iter().enumerate() {
        let is_inside = own.left >= -0.5
            && own.top >= -0.5
            && own.right <= sizes[2] + 0.5
            && own.bottom <= sizes[3] + 0.5;
        if !is_inside {
            found.push(format!("{text:?} leaves the sheet: {own:?} of {view}"));
        }
        for (other, other_text) in &boxes[index + 1..] {
            if own.meets(other) {
                found.push(format!("{text:?} touches {other_text:?} at {own:?} {other:?} of {view}"));
            }
        }
    }
    found
}
