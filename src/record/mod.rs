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
pub mod own_check;
pub mod plan;
pub mod portfolio;
pub mod progress;
pub mod project;
mod reference;
pub mod register;
mod rows;
mod rule;
mod scalar;
pub mod scheduling;
mod schema;
mod slip;
pub mod stakeholder;
pub mod team;
pub mod threshold;
mod unknown_file;
mod vocabulary;
pub mod what_if;
mod word;

pub use folder::{FolderRecord, ProjectFolder, home_of, homes_among, read};
pub use reference::reference;
pub use rule::{BAD_SCALAR, MISSING_FIELD, RULES};
pub use schema::{FileSchema, is_frozen, is_table, schema_for, schemas};
