//! Digests of everything that is given away, as `sha256sum -c SHA256SUMS` reads them at the top of the site.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::Export;
use crate::page::Address;
use crate::page::downloads::{Download, DownloadKind};

/// The SHA-256 of some bytes in hexadecimal digits.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    let mut digits = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}

/// The file of digests of all other files, in the order of their addresses.
#[must_use]
pub fn checksums<'a>(files: impl IntoIterator<Item = &'a (String, Download)>) -> Export {
    let mut files: Vec<(&Address, &str)> =
        files.into_iter().map(|(digest, download)| (&download.address, digest.as_str())).collect();
    files.sort_unstable();
    let mut text = String::new();
    for (address, digest) in &files {
        let _ = writeln!(text, "{digest}  {}", address.path());
    }
    Export::new(DownloadKind::Checksums, Address::checksums(), None, text.into_bytes()).rows(files.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of FIPS 180-2.
    #[test]
    fn the_digest_is_that_of_the_standard() {
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
