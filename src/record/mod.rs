//! The file format: what authors may write, typed and with places, but not yet checked against each other.

mod declare;
pub mod decode;
pub mod portfolio;
mod rule;
pub mod team;

pub use rule::RULES;
