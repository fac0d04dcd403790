//! Bytes to trees with places: YAML, CSV and Markdown, and the walk over the folder.
//!
//! Knows formats, not projects. Only `disk` touches the machine.

pub mod node;
