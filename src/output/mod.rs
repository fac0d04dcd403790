//! The site as files: gathered in memory, then put in place whole.
//!
//! Comes in: finished bytes under relative paths. Goes out: a folder that is either the old site or the new one.
//! Not here: what the files say, which of them there should be.

mod archive;
mod bundle;
mod error;
mod folder;
mod lock;
mod once;
mod place;
mod scratch;
mod sink;
mod whole;
mod write;

pub use archive::{ArchiveError, archive};
pub use bundle::{Bundle, BundleError};
pub use error::OutputError;
pub use folder::write_folder;
pub use once::write_once;
pub use sink::{Gathered, Sink, SinkError};
pub use whole::write_whole;
pub use write::{Published, publish, publish_as_made};
