//! Records to model: names, units and cross references; every problem is collected.

pub mod names;
mod rule;

pub use rule::RULES;
