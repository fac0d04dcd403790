//! Records to model: names, units and cross references; every problem is collected.

pub mod names;
mod books;
#[cfg(test)]
mod books_test;
mod business_case;
mod delivery;
mod entry;
mod frozen;
mod gate;
mod ledger;
mod register;
mod rule;

pub use rule::RULES;
