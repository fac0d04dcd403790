//! Bytes to trees with places: YAML, CSV and pages, and the walk over the folder.
//!
//! Comes in: a folder. Goes out: texts with places, trees, tables, pages, and what was wrong with them.
//! Knows formats, not projects. Only `disk` touches the machine.

pub mod broken_theme;
pub mod canonical;
mod conflict;
pub mod disk;
mod encoding;
pub mod markdown;
pub mod node;
mod parsed;
pub mod portfolio_above;
pub mod table;
pub mod tidy;
mod treatment;
pub mod yaml;

use crate::diagnostic::Rule;

/// Every message this room can give, in the order of the catalogue.
pub static RULES: &[&Rule] = &[
    &disk::UNREADABLE_FILE,
    &encoding::NOT_UTF8,
    &yaml::YAML_SYNTAX,
    &yaml::TAB_INDENTATION,
    &yaml::DUPLICATE_KEY,
    &yaml::HIDDEN_COMMENT,
    &yaml::ALIAS,
    &table::CSV_SHAPE,
    &markdown::FRONT_MATTER,
    &disk::SYMBOLIC_LINK,
    &disk::TOO_LARGE,
    &portfolio_above::PORTFOLIO_NOT_READ,
    &broken_theme::BROKEN_THEME,
];
