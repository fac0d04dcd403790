//! Charts as paper takes them: each drawing by itself, with its size, complete without the page around it.

use serde_json::{Map, Value, json};

/// Puts beside the markup of each chart its drawings as [`drawings`] tells them apart, under `drawings`.
pub(super) fn with_drawings(value: Value) -> Value {
    match value {
        Value::Array(list) => list.into_iter().map(with_drawings).collect(),
        Value::Object(map) => {
            let mut made: Map<String, Value> =
                map.into_iter().map(|(key, value)| (key, with_drawings(value))).collect();
            if let Some(Value::String(markup)) = made.get("svg") {
                made.insert("drawings".to_owned(), drawings(markup));
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
    // Inside a page the language is known; a file names it.
    let svg = svg.replacen("<svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"", 1);
    Some(json!({"svg": svg, "width": width, "height": height}))
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
    fn a_narrow_one_stands_in_where_there_is_no_other() {
        assert_eq!(drawings(NARROW).as_array().map(Vec::len), Some(1));
        assert_eq!(drawings("no drawing"), json!([]));
    }
}
