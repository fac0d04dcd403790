//! The hand in which `plotters` holds a [`Sheet`]: its drawing backend.

use std::convert::Infallible;

use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};

use crate::chart::kit::ink::Ink;
use crate::chart::kit::path::{PathData, Spot};
use crate::chart::kit::svg::{Anchor, Sheet, Words};
use crate::chart::kit::text_width::{Weight, text_width};

/// `plotters` counts whole pixels; ten units to a pixel keep a day visible in a chart of several years.
pub const UNITS_PER_PIXEL: i32 = 10;

/// The hand in which `plotters` holds a [`Sheet`].
#[derive(Debug)]
pub struct Pen<'a> {
    sheet: &'a mut Sheet,
}

impl<'a> Pen<'a> {
    /// A pen on `sheet`; what it draws comes after all that is on the sheet.
    pub fn new(sheet: &'a mut Sheet) -> Self {
        Self { sheet }
    }
}

/// A position of `plotters` in pixels of the sheet.
fn spot(position: BackendCoord) -> Spot {
    (f64::from(position.0) / f64::from(UNITS_PER_PIXEL), f64::from(position.1) / f64::from(UNITS_PER_PIXEL))
}

/// A length in pixels in the units of `plotters`, rounded up.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn units(length: f64) -> u32 {
    // Saturates at both ends; a sheet is far smaller than the type.
    (length * f64::from(UNITS_PER_PIXEL)).ceil() as u32
}

impl DrawingBackend for Pen<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        let (width, height) = self.sheet.size();
        (units(width), units(height))
    }

    fn ensure_prepared(&mut self) -> Result<(), DrawingErrorKind<Infallible>> {
        Ok(())
    }

    fn present(&mut self) -> Result<(), DrawingErrorKind<Infallible>> {
        Ok(())
    }

    fn draw_pixel(
        &mut self,
        point: BackendCoord,
        color: BackendColor,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        self.sheet.rect(Ink::of(color), spot(point), (1.0, 1.0));
        Ok(())
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        let ink = Ink::of(style.color());
        let (from, to) = (spot(from), spot(to));
        let level_or_upright = (from.0 - to.0).abs() < 0.05 || (from.1 - to.1).abs() < 0.05;
        if level_or_upright {
            self.sheet.path("line", ink, &PathData::default().crisp(from, to));
        } else {
            self.sheet.line(ink, &[from, to]);
        }
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        let (corner, far) = (spot(upper_left), spot(bottom_right));
        let outline = PathData::default().rect(corner, (far.0 - corner.0, far.1 - corner.1));
        self.sheet.path(if fill { "area" } else { "line" }, Ink::of(style.color()), &outline);
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        let spots: Vec<Spot> = path.into_iter().map(spot).collect();
        self.sheet.line(Ink::of(style.color()), &spots);
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        _fill: bool,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        // Whether a mark is full or hollow is the style sheet's choice, by ink.
        let radius = f64::from(radius) / f64::from(UNITS_PER_PIXEL);
        self.sheet.dot(Ink::of(style.color()), spot(center), radius, "");
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        vert: I,
        style: &S,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        let spots: Vec<Spot> = vert.into_iter().map(spot).collect();
        self.sheet.area(Ink::of(style.color()), &spots);
        Ok(())
    }

    fn draw_text<T: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &T,
        pos: BackendCoord,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        let size = style.size() / f64::from(UNITS_PER_PIXEL);
        let anchor = match style.anchor().h_pos {
            HPos::Left => Anchor::Start,
            HPos::Center => Anchor::Middle,
            HPos::Right => Anchor::End,
        };
        let (x, y) = spot(pos);
        let middle = match style.anchor().v_pos {
            VPos::Top => y + size / 2.0,
            VPos::Center => y,
            VPos::Bottom => y - size / 2.0,
        };
        let words = Words::new(text, (x, middle), Ink::of(style.color())).anchored(anchor);
        self.sheet.words(&Words { size, ..words });
        Ok(())
    }

    fn estimate_text_size<T: BackendTextStyle>(
        &self,
        text: &str,
        style: &T,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let size = style.size() / f64::from(UNITS_PER_PIXEL);
        Ok((units(text_width(text, size, Weight::Regular)), units(size)))
    }
}
