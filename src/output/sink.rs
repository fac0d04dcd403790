//! Whoever takes the files of a site as they are made: memory, or the disk.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use super::{Bundle, BundleError, OutputError};

/// Takes files, from several threads at once and in any order.
pub trait Sink: Sync {
    /// Takes a file; `path` is relative with `/` between its parts, such as `branch-network/index.html`.
    ///
    /// # Errors
    /// The path is unsafe or taken, or the file cannot be written.
    fn add(&self, path: &str, bytes: &[u8]) -> Result<(), SinkError>;
}

/// A file was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SinkError {
    /// Its path cannot be part of a site.
    Name(BundleError),
    /// It cannot be written.
    Output(OutputError),
}

impl fmt::Display for SinkError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(error) => error.fmt(formatter),
            Self::Output(error) => error.fmt(formatter),
        }
    }
}

impl std::error::Error for SinkError {}

impl From<BundleError> for SinkError {
    fn from(error: BundleError) -> Self {
        Self::Name(error)
    }
}

impl From<OutputError> for SinkError {
    fn from(error: OutputError) -> Self {
        Self::Output(error)
    }
}

/// Keeps all files in memory.
#[derive(Debug, Default)]
pub struct Gathered {
    bundle: Mutex<Bundle>,
}

impl Gathered {
    /// The files.
    #[must_use]
    pub fn into_bundle(self) -> Bundle {
        self.bundle.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink for Gathered {
    fn add(&self, path: &str, bytes: &[u8]) -> Result<(), SinkError> {
        // A bundle takes a file whole or not at all, so one that is left by a dead thread is sound.
        let mut bundle = self.bundle.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(bundle.add(path, bytes)?)
    }
}
