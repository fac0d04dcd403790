//! A small line of past values for a row of a table: which way something went, without axes; the numbers stand beside it.

use std::fmt::Write as _;

use crate::chart::path::n;

/// Width of the drawing, in pixels of the sheet.
const WIDTH: f64 = 72.0;

/// Height of the drawing.
const HEIGHT: f64 = 16.0;

/// Room for the point that marks the last value.
const EDGE: f64 = 2.5;

/// Draws values one after another, oldest first, none where a report says nothing: there the line is broken. The newest
/// value is a point. Without any value there is nothing to draw.
///
/// The lowest value lies at the foot and the highest at the head; values that are all the same lie in the middle.
#[must_use]
pub fn spark(values: &[Option<f64>]) -> Option<String> {
    let known = || values.iter().flatten().copied();
    let (low, high) = (known().reduce(f64::min)?, known().reduce(f64::max)?);
    let steps = values.len().saturating_sub(1).max(1) as f64;
    let across = |place: usize| {
        if values.len() == 1 { WIDTH - EDGE } else { EDGE + (WIDTH - 2.0 * EDGE) * place as f64 / steps }
    };
    let up = |value: f64| {
        let share = if high > low { (value - low) / (high - low) } else { 0.5 };
        HEIGHT - EDGE - (HEIGHT - 2.0 * EDGE) * share
    };
    let mut line = String::new();
    let mut is_down = false;
    let mut last = None;
    for (place, value) in values.iter().enumerate() {
        let Some(value) = value else {
            is_down = false;
            continue;
        };
        let (x, y) = (n(across(place)), n(up(*value)));
        write!(line, "{}{x} {y}", if is_down { "L" } else { "M" }).ok()?;
        is_down = true;
        last = Some((x, y));
    }
    let (x, y) = last?;
    Some(format!(
        "<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" aria-hidden=\"true\" focusable=\"false\"><path d=\"{line}\"/><circle cx=\"{x}\" cy=\"{y}\" r=\"2\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(values: &[Option<f64>]) -> String {
        let svg = spark(values).unwrap();
        svg.split("d=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    }

    #[test]
    fn the_lowest_lies_at_the_foot_and_the_highest_at_the_head() {
        assert_eq!(path(&[Some(10.0), Some(30.0), Some(20.0)]), "M2.5 13.5L36 2.5L69.5 8");
    }

    #[test]
    fn the_line_is_broken_where_nothing_is_known() {
        assert_eq!(path(&[Some(1.0), None, Some(1.0)]), "M2.5 8M69.5 8");
    }

    #[test]
    fn one_value_is_a_point_and_none_is_nothing() {
        assert_eq!(path(&[Some(5.0)]), "M69.5 8");
        assert_eq!(spark(&[None, None]), None);
        assert_eq!(spark(&[]), None);
    }
}
