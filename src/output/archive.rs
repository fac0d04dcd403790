//! Files packed into one ZIP archive, the same bytes whenever and wherever they are packed.

use std::fmt;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::Bundle;

/// Files could not be packed: there are too many of them, or the day is not one that an archive knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArchiveError {
    reason: String,
}

impl fmt::Display for ArchiveError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the files cannot be packed: {}", self.reason)
    }
}

impl std::error::Error for ArchiveError {}

/// Packs files in the order of their paths; each carries the same day, year, month and day, at midnight.
///
/// The years that the format knows are 1980 to 2107.
///
/// # Errors
/// A day outside those years, or more than the format can hold.
pub fn archive(files: &Bundle, (year, month, day): (u16, u8, u8)) -> Result<Vec<u8>, ArchiveError> {
    let failed = |reason: String| ArchiveError { reason };
    let time =
        DateTime::from_date_and_time(year, month, day, 0, 0, 0).map_err(|fault| failed(fault.to_string()))?;
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(time)
        .unix_permissions(0o644);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files.iter() {
        writer.start_file(path, options).map_err(|fault| failed(fault.to_string()))?;
        writer.write_all(bytes).map_err(|fault| failed(fault.to_string()))?;
    }
    let packed = writer.finish().map_err(|fault| failed(fault.to_string()))?;
    Ok(packed.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_files_give_the_same_bytes_in_the_order_of_their_paths() {
        let mut files = Bundle::new();
        for path in ["b/ü.txt", "a.txt"] {
            files.add(path, path.as_bytes()).unwrap();
        }
        let packed = archive(&files, (2026, 11, 20)).unwrap();
        assert_eq!(packed, archive(&files, (2026, 11, 20)).unwrap());
        let mut read = zip::ZipArchive::new(Cursor::new(&packed)).unwrap();
        let names: Vec<String> = read.file_names().map(|name| name.unwrap().into_owned()).collect();
        assert_eq!(names, ["a.txt", "b/ü.txt"]);
        let day = read.by_index(0).unwrap().last_modified().unwrap();
        assert_eq!((day.year(), day.month(), day.day(), day.hour()), (2026, 11, 20, 0));
        assert!(archive(&files, (1979, 1, 1)).is_err());
    }
}
