//! The file format: what authors may write, typed and with places, but not yet checked against each other.

pub mod assignment;
pub mod calendar;
pub mod cost;
mod declare;
pub mod decode;
pub mod earning;
pub mod link;
pub mod plan;
pub mod portfolio;
pub mod progress;
pub mod project;
mod rule;
pub mod team;
mod word;

pub use rule::RULES;
