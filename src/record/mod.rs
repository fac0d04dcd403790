//! The file format: what authors may write, typed and with places, but not yet checked against each other.

pub mod assignment;
#[cfg(test)]
mod books_test;
pub mod budget;
pub mod business_case;
pub mod calendar;
pub mod cost;
mod declare;
pub mod decode;
pub mod delivery;
pub mod earning;
pub mod exception;
mod fields;
pub mod filed;
mod folder;
mod folder_name;
pub mod frozen;
pub mod frozen_gate;
pub mod gate;
pub mod ledger;
pub mod link;
mod mapping;
pub mod plan;
pub mod portfolio;
pub mod progress;
pub mod project;
mod reference;
pub mod register;
mod rows;
mod rule;
pub mod scheduling;
mod slip;
pub mod stakeholder;
pub mod team;
pub mod threshold;
mod unknown_file;
mod vocabulary;
pub mod what_if;
pub mod withheld;
mod word;

pub use folder::{FolderRecord, ProjectFolder, home_of, homes_among, read};
pub use reference::reference;
pub use rule::{BAD_SCALAR, MISSING_FIELD, RULES};
