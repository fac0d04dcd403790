//! The files that the site was made from, for whoever wants to compute from them: the same ones that have a page, and masked as
//! it is.

use super::Export;
use crate::page::downloads::DownloadKind;
use crate::page::{SiteMap, sources};
use crate::report::Report;

/// Every file of a project's folder that may be shown, as text; for no folder those that lie in none.
pub(super) fn raw_files(report: &Report, map: &SiteMap, folder: Option<&str>) -> Vec<Export> {
    let files = sources::raw_files(report, map, folder).into_iter();
    files
        .map(|file| {
            let rows = file.text.lines().count();
            let bytes = file.text.into_bytes();
            let mut export =
                Export::new(DownloadKind::Source(file.path), file.address, file.folder.as_deref(), bytes);
            export.download.is_masked = file.is_masked;
            export.rows(rows)
        })
        .collect()
}
