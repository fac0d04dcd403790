//! Foreign formats: one folder or file for each, turned into a project folder of ours.
//!
//! Comes in: the bytes of a file of another program. Goes out: the files of a project folder as text, what could not be
//! carried over, and findings about the foreign file. Not here: reading or writing the disk.

mod rule;

pub mod mspdi;

pub use rule::RULES;
