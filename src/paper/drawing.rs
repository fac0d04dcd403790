//! Charts as paper takes them: each drawing by itself, with its size, complete without the page around it.

use serde_json::{Map, Value, json};

/// The keys under which markup of drawings stands: of a chart, and of the small line in a cell.
const MARKUP: &[&str] = &["svg", "spark"];

/// Puts beside the markup of each chart and small line its drawings as [`drawings`] tells them apart, under `drawings`.
pub(super) fn with_drawings(value: Value) -> Value {
    match value {
        Value::Array(list) => list.into_iter().map(with_drawings).collect(),
        Value::Object(map) => {
            let mut made: Map<String, Value> =
                map.into_iter().map(|(key, value)| (key, with_drawings(value))).collect();
            let markup = MARKUP.iter().find_map(|key| made.get(*key)?.as_str());
            if let Some(drawn) = markup.map(drawings) {
                made.insert("drawings".to_owned(), drawn);
            }
            Value::Object(made)
        }
        plain => plain,
    }
}

/// The drawings for a wide column among some markup; those for a narrow one only where there are no others.
fn drawings(markup: &str) -> Value {
    let all: Vec<&str> =
        markup.split_inclusive("</svg>").filter_map(|part| part.find("<svg").map(|at| &part[at..])).collect();
    let is_narrow = |svg: &&&str| head(svg).contains("drawing-narrow");
    let wide: Vec<&&str> = all.iter().filter(|svg| !is_narrow(svg)).collect();
    let shown = if wide.is_empty() { all.iter().collect() } else { wide };
    shown.into_iter().filter_map(|svg| alone(svg)).collect()
}

/// The opening tag of a drawing.
fn head(svg: &str) -> &str {
    svg.split('>').next().unwrap_or_default()
}

/// A drawing as a file of its own; none where it does not say how large it is.
fn alone(svg: &str) -> Option<Value> {
    let (_, rest) = head(svg).split_once("viewBox=\"0 0 ")?;
    let (width, height) = rest.split('"').next()?.split_once(' ')?;
    let (width, height): (f64, f64) = (width.parse().ok()?, height.parse().ok()?);
    let words: Vec<String> = ["title", "desc"].iter().filter_map(|name| inside(svg, name)).collect();
    // Inside a page the language is known; a file names it.
    let svg = svg.replacen("<svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"", 1);
    Some(json!({"svg": svg, "width": width, "height": height, "words": words.join(": ")}))
}

/// What stands in the first element of a name, as plain words; none where there is no such element.
fn inside(svg: &str, name: &str) -> Option<String> {
    let (_, rest) = svg.split_once(&format!("<{name}>"))?;
    let (words, _) = rest.split_once(&format!("</{name}>"))?;
    let signs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")];
    Some(signs.iter().fold(words.to_owned(), |words, (entity, sign)| words.replace(entity, sign)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDE: &str = "<svg class=\"drawing drawing-wide\" viewBox=\"0 0 10 20.5\"><path/></svg>";
    const NARROW: &str = "<svg class=\"drawing drawing-narrow\" viewBox=\"0 0 5 5\"></svg>";

    #[test]
    fn paper_takes_the_wide_drawings_with_their_size() {
        let view = with_drawings(json!({"charts": [{"svg": format!("{WIDE}{NARROW}{WIDE}")}], "text": "a"}));
        let drawings = &view["charts"][0]["drawings"];
        assert_eq!(drawings.as_array().map(Vec::len), Some(2));
        assert_eq!((&drawings[0]["width"], &drawings[0]["height"]), (&json!(10.0), &json!(20.5)));
        let svg = drawings[1]["svg"].as_str().unwrap();
        assert!(svg.starts_with("<svg xmlns=") && svg.ends_with("</svg>"), "{svg}");
    }

    #[test]
    fn the_small_line_of_a_cell_is_a_drawing_that_says_what_it_shows() {
        let spark = "<svg class=\"sparkline\" viewBox=\"0 0 64 16\" role=\"img\"><title>A &lt;b&gt;</title><desc>1 Sep 0.90</desc><path/></svg>";
        let view = with_drawings(
            json!({"rows": [{"cells": [{"text": null, "spark": spark}, {"text": "x", "spark": null}]}]}),
        );
        let cells = &view["rows"][0]["cells"];
        assert_eq!(cells[0]["drawings"][0]["words"], json!("A <b>: 1 Sep 0.90"));
        assert_eq!(cells[0]["drawings"][0]["width"], json!(64.0));
        assert!(cells[1].get("drawings").is_none());
    }

    #[test]
    fn a_narrow_one_stands_in_where_there_is_no_other() {
        assert_eq!(drawings(NARROW).as_array().map(Vec::len), Some(1));
        assert_eq!(drawings("no drawing"), json!([]));
    }
}
