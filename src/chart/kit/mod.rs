//! The drawing kit that all charts share: sheets of SVG, scales, plots, paths, notes that keep clear of each other.
//!
//! In: positions and finished words. Out: markup that carries classes and no colour. Not here: what a chart means.

pub mod reading;
pub mod text_width;

pub(in crate::chart) mod days;
pub(in crate::chart) mod frame;
pub(in crate::chart) mod ink;
pub(in crate::chart) mod notes;
pub(in crate::chart) mod path;
pub(in crate::chart) mod scale;
pub(in crate::chart) mod svg;

mod pen;
