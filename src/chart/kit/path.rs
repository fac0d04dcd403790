//! Outlines of shapes, and how coordinates are written.

use std::fmt::Write as _;

/// A point on the sheet, in pixels from its upper left corner.
pub type Spot = (f64, f64);

/// The outline of a shape; grows by value so that an outline reads as one expression.
///
/// Steps are written relative to the spot before, which makes the path of a thousand bars half as long.
#[derive(Clone, Debug, Default)]
pub struct PathData {
    data: String,
    /// Where the pen is, as written; `None` while it is lifted.
    pen: Option<Spot>,
}

impl PathData {
    /// The outline as path data; empty if nothing has been drawn.
    pub fn data(&self) -> &str {
        &self.data
    }

    /// Goes on in a straight line to `spot`; the first spot begins the outline.
    pub fn to(mut self, spot: Spot) -> Self {
        let spot = (tenths(spot.0), tenths(spot.1));
        let _ = match self.pen {
            None => write!(self.data, "M{} {}", n(spot.0), n(spot.1)),
            Some(pen) => {
                let (run, rise) = (tenths(spot.0 - pen.0), tenths(spot.1 - pen.1));
                if rise.abs() < 0.05 {
                    write!(self.data, "h{}", n(run))
                } else if run.abs() < 0.05 {
                    write!(self.data, "v{}", n(rise))
                } else {
                    // A sign parts two numbers as well as a space does.
                    let gap = if rise < 0.0 { "" } else { " " };
                    write!(self.data, "l{}{gap}{}", n(run), n(rise))
                }
            }
        };
        self.pen = Some(spot);
        self
    }

    /// Appends another outline, drawn after this one.
    pub fn and(mut self, other: &Self) -> Self {
        self.data.push_str(&other.data);
        self.pen = None;
        self
    }

    /// Lifts the pen: the next spot begins a new outline.
    pub fn lift(mut self) -> Self {
        self.pen = None;
        self
    }

    /// Closes the outline; the next spot begins a new one.
    pub fn close(mut self) -> Self {
        self.data.push('z');
        self.pen = None;
        self
    }

    /// Adds a rectangle.
    pub fn rect(mut self, corner: Spot, size: (f64, f64)) -> Self {
        let _ =
            write!(self.data, "M{} {}h{}v{}h{}z", n(corner.0), n(corner.1), n(size.0), n(size.1), n(-size.0));
        self.pen = None;
        self
    }

    /// Adds an upright or level line on half pixels, so that it is drawn sharp.
    pub fn crisp(self, from: Spot, to: Spot) -> Self {
        self.lift().to((crisp(from.0), crisp(from.1))).to((crisp(to.0), crisp(to.1))).lift()
    }

    /// Adds the circle around `centre`.
    pub fn circle(mut self, centre: Spot, radius: f64) -> Self {
        let (r, d) = (n(radius), n(radius * 2.0));
        let _ = write!(
            self.data,
            "M{} {}a{r} {r} 0 1 1 {d} 0a{r} {r} 0 1 1 -{d} 0z",
            n(centre.0 - radius),
            n(centre.1)
        );
        self.pen = None;
        self
    }

    /// Adds a rectangle whose left and right ends are half circles.
    pub fn pill(mut self, corner: Spot, size: (f64, f64)) -> Self {
        let (r, flat) = (n(size.1 / 2.0), (size.0 - size.1).max(0.0));
        let _ = write!(
            self.data,
            "M{} {}h{}a{r} {r} 0 0 1 0 {}h{}a{r} {r} 0 0 1 0 {}z",
            n(corner.0 + size.1 / 2.0),
            n(corner.1),
            n(flat),
            n(size.1),
            n(-flat),
            n(-size.1)
        );
        self.pen = None;
        self
    }

    /// Adds the diamond around `centre`, `radius` pixels from the middle to each corner.
    pub fn diamond(self, centre: Spot, radius: f64) -> Self {
        self.lift()
            .to((centre.0, centre.1 - radius))
            .to((centre.0 + radius, centre.1))
            .to((centre.0, centre.1 + radius))
            .to((centre.0 - radius, centre.1))
            .close()
    }
}

/// The middle of the pixel that `position` lies in: one-pixel lines drawn there are sharp.
pub fn crisp(position: f64) -> f64 {
    position.floor() + 0.5
}

/// A position rounded as it is written; zero for what is not a number.
fn tenths(position: f64) -> f64 {
    if position.is_finite() { (position * 10.0).round() / 10.0 } else { 0.0 }
}

/// A coordinate as text: one decimal, none if it is zero; zero for what is not a number.
pub fn n(position: f64) -> String {
    if !position.is_finite() {
        return "0".to_owned();
    }
    quickly(position).unwrap_or_else(|| {
        let text = format!("{position:.1}");
        match text.strip_suffix(".0") {
            Some("-0") => "0".to_owned(),
            Some(whole) => whole.to_owned(),
            None => text,
        }
    })
}

/// The same of a coordinate on a sheet, in a tenth of the time; none near the middle between two texts, where the last bit counts.
#[allow(clippy::cast_possible_truncation, reason = "of numbers below a million")]
fn quickly(position: f64) -> Option<String> {
    let scaled = position * 10.0;
    let tenths = scaled.round();
    if position.abs() > 1e6 || ((scaled - tenths).abs() - 0.5).abs() < 1e-6 {
        return None;
    }
    let tenths = tenths as i64;
    let sign = if tenths < 0 { "-" } else { "" };
    let (whole, tenth) = (tenths.abs() / 10, tenths.abs() % 10);
    Some(if tenth == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{tenth}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_are_short() {
        for (position, text) in [(0.0, "0"), (-0.04, "0"), (12.0, "12"), (12.34, "12.3"), (f64::NAN, "0")] {
            assert_eq!(n(position), text);
        }
    }

    #[test]
    fn coordinates_are_those_that_the_standard_library_writes() {
        for place in -40_000..40_000 {
            let position = f64::from(place) * 0.0125 + 0.000_3 * f64::from(place % 7);
            let slow = format!("{position:.1}");
            let slow = slow.strip_suffix(".0").unwrap_or(&slow);
            assert_eq!(n(position), if slow == "-0" { "0" } else { slow }, "{position}");
        }
    }

    #[test]
    fn steps_are_relative_and_do_not_drift() {
        let path =
            PathData::default().to((0.04, 0.04)).to((0.33, 0.0)).to((0.33, 5.0)).to((1.0, 6.0)).close();
        assert_eq!(path.data, "M0 0h0.3v5l0.7 1z");
    }
}
