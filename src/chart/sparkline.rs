//! A line of past values small enough for a cell of a table: what was said report by report, and where it ends.
//!
//! Answers: is it getting better or worse? A point stands where a report said something, the line breaks where one did not, and
//! nothing is smoothed. The last value is the dot; the number itself stands beside it in the cell.

use jiff::civil::Date;

use crate::chart::kit::path::{PathData, Spot, n};
use crate::chart::kit::svg::escape;

/// How many of the newest reports are drawn at most.
pub const REPORTS_AT_MOST: usize = 12;

/// Width and height of the sheet, in pixels.
const SIZE: (f64, f64) = (64.0, 16.0);

/// What is left free at each side, in pixels: the dot at the end stays whole.
const MARGIN: f64 = 2.5;

/// What a small line is drawn from.
#[derive(Clone, Debug)]
pub struct SparklineInput {
    /// What the line shows: `SPI(t) by report`.
    pub title: String,
    /// Day, height and label of each report, oldest first; no height where the report did not say it.
    pub points: Vec<(Date, Option<f64>, String)>,
    /// A height to compare with, such as 1 for an index; none draws no line.
    pub level: Option<f64>,
}

/// Draws the newest reports; none where fewer than two of them say anything: one point is no trend.
///
/// Days lie to scale from left to right, heights from the lowest to the highest value or level; where all are equal the
/// line runs through the middle.
#[must_use]
pub fn draw(input: &SparklineInput) -> Option<String> {
    let points = &input.points[input.points.len().saturating_sub(REPORTS_AT_MOST)..];
    let heights = || points.iter().filter_map(|(_, height, _)| *height);
    if heights().count() < 2 {
        return None;
    }
    let low = heights().chain(input.level).fold(f64::INFINITY, f64::min);
    let high = heights().chain(input.level).fold(f64::NEG_INFINITY, f64::max);
    let (first, last) = (points.first()?.0, points.last()?.0);
    let days = f64::from((last - first).get_days()).max(1.0);
    let x = |day: Date| MARGIN + (SIZE.0 - 2.0 * MARGIN) * f64::from((day - first).get_days()) / days;
    let y = |height: f64| {
        let share = if high > low { (height - low) / (high - low) } else { 0.5 };
        SIZE.1 - MARGIN - (SIZE.1 - 2.0 * MARGIN) * share
    };
    let mut line = PathData::default();
    let mut lonely: Vec<Spot> = Vec::new();
    let spot = |place: usize| points.get(place).and_then(|(day, height, _)| Some((x(*day), y((*height)?))));
    for place in 0..points.len() {
        match spot(place) {
            Some(at) => {
                line = line.to(at);
                let has_before = place > 0 && spot(place - 1).is_some();
                if !has_before && spot(place + 1).is_none() {
                    lonely.push(at);
                }
            }
            None => line = line.lift(),
        }
    }
    let end = (0..points.len()).rev().find_map(spot)?;
    let level = input.level.map_or_else(String::new, |level| {
        let path = PathData::default().to((0.0, y(level))).to((SIZE.0, y(level)));
        format!(r#"<path class="spark-level" d="{}"/>"#, path.data())
    });
    let dots: String = lonely.into_iter().map(|at| dot("spark-point", at, 1.2)).collect();
    Some(format!(
        r#"<svg class="sparkline" viewBox="0 0 {} {}" role="img"><title>{}</title><desc>{}</desc>{level}<path class="spark-line" d="{}"/>{dots}{}</svg>"#,
        n(SIZE.0),
        n(SIZE.1),
        escape(&input.title),
        escape(&words(points)),
        line.data(),
        dot("spark-end", end, 2.0),
    ))
}

fn dot(class: &str, at: Spot, radius: f64) -> String {
    format!(r#"<circle class="{class}" cx="{}" cy="{}" r="{}"/>"#, n(at.0), n(at.1), n(radius))
}

/// Every report with what it said: `6 Nov 0.91; 20 Nov 0.80`.
fn words(points: &[(Date, Option<f64>, String)]) -> String {
    let said = points.iter().filter(|(_, height, _)| height.is_some());
    let words = said.map(|(day, _, label)| format!("{} {label}", crate::format::short_date(*day)));
    words.collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use expect_test::expect;
    use jiff::civil::date;

    use super::*;

    fn line(heights: &[Option<f64>], level: Option<f64>) -> Option<String> {
        let points = heights.iter().zip(0_i64..).map(|(height, place)| {
            let day = date(2026, 9, 1).saturating_add(jiff::Span::new().days(place * 14));
            (day, *height, height.map_or_else(String::new, |height| format!("{height:.2}")))
        });
        draw(&SparklineInput { title: "SPI(t) <by report>".to_owned(), points: points.collect(), level })
    }

    /// 59 pixels over 28 days and 11 over 0.80 to 1.00: 2.5, 32, 61.5 from the left; 1.00 is at 2.5, 0.90 at 8, 0.80 at 13.5.
    #[test]
    fn known_values_lie_at_known_points() {
        expect![[r#"<svg class="sparkline" viewBox="0 0 64 16" role="img"><title>SPI(t) &lt;by report&gt;</title><desc>1 Sep 0.90; 15 Sep 1.00; 29 Sep 0.80</desc><path class="spark-level" d="M0 2.5h64"/><path class="spark-line" d="M2.5 8l29.5-5.5l29.5 11"/><circle class="spark-end" cx="61.5" cy="13.5" r="2"/></svg>"#]]
        .assert_eq(&line(&[Some(0.9), Some(1.0), Some(0.8)], Some(1.0)).unwrap());
    }

    #[test]
    fn the_line_breaks_where_a_report_is_silent_and_a_lonely_value_is_a_point() {
        let svg = line(&[Some(1.0), None, Some(2.0), Some(1.0)], None).unwrap();
        assert!(svg.contains(r#"d="M2.5 13.5M41.8 2.5l19.7 11""#), "{svg}");
        assert!(svg.contains(r#"<circle class="spark-point" cx="2.5" cy="13.5" r="1.2"/>"#), "{svg}");
    }

    #[test]
    fn equal_values_run_through_the_middle_and_one_is_no_trend() {
        assert!(line(&[Some(3.0), Some(3.0)], None).unwrap().contains("M2.5 8h59"));
        assert_eq!(line(&[Some(3.0), None], None), None);
        assert_eq!(line(&[], None), None);
    }

    #[test]
    fn only_the_newest_reports_are_drawn() {
        let svg = line(&[Some(1.0); 30], None).unwrap();
        assert_eq!(svg.matches(" 1.00").count(), REPORTS_AT_MOST, "{svg}");
    }
}
