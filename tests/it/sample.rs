//! The sample portfolio, read and computed once for all tests of this binary.

use std::path::Path;
use std::sync::OnceLock;

use milepost::diagnostic::Diagnostics;
use milepost::output::Bundle;
use milepost::pipeline::{self, Options};
use milepost::report::Report;
use milepost::source::disk::Folder;

/// The folder as it lies on the disk, and what was found in reading it.
pub fn folder() -> (Folder, Diagnostics) {
    let mut found = Diagnostics::default();
    let folder =
        Folder::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-project"), &mut found).unwrap();
    (folder, found)
}

/// What is computed of it.
pub fn report() -> &'static Report {
    static REPORT: OnceLock<Report> = OnceLock::new();
    REPORT.get_or_init(|| {
        let (folder, found) = folder();
        pipeline::compute(&folder, found, &Options::default())
    })
}

/// Its site.
pub fn site() -> &'static Bundle {
    static SITE: OnceLock<Bundle> = OnceLock::new();
    SITE.get_or_init(drawn)
}

/// Its site, drawn anew.
pub fn drawn() -> Bundle {
    pipeline::render(report(), &pipeline::theme_files(&folder().0)).unwrap()
}
