//! milepost turns a folder of text that describes IT projects into a status site.

pub mod diagnostic;
pub mod model;
pub mod plan;
pub mod quantity;
pub mod source;
