//! The sample portfolio, read, computed and drawn once for all tests of this binary. Six projects take a while: whoever changes
//! a file or asks for another day takes the branch network alone.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use milepost::diagnostic::Diagnostics;
use milepost::output::Bundle;
use milepost::pipeline::{self, Options};
use milepost::report::Report;
use milepost::source::disk::Folder;

/// Where it lies.
pub fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-project")
}

/// The folder as it lies on the disk, and what was found in reading it.
pub fn folder() -> (Folder, Diagnostics) {
    let mut found = Diagnostics::default();
    let folder = Folder::read(&path(), &mut found).unwrap();
    (folder, found)
}

/// The digest that a frozen file of it carries, as pages print it.
pub fn digest_in(file: &str) -> String {
    let text = std::fs::read_to_string(path().join(file)).unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix("digest: sha256:")).unwrap();
    line[..12].to_owned()
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
    SITE.get_or_init(|| pipeline::render(report(), &pipeline::theme_files(&folder().0)).unwrap())
}

/// The pages of its site, by path.
pub fn pages() -> &'static BTreeMap<&'static str, &'static str> {
    static PAGES: OnceLock<BTreeMap<&str, &str>> = OnceLock::new();
    PAGES.get_or_init(|| pages_of(site()))
}

/// The pages among the files of a site.
pub fn pages_of(site: &Bundle) -> BTreeMap<&str, &str> {
    site.iter()
        .filter(|(path, _)| Path::new(path).extension().is_some_and(|ending| ending == "html"))
        .map(|(path, bytes)| (path, std::str::from_utf8(bytes).unwrap()))
        .collect()
}

/// The branch network with what it shares with the others, and none of them.
pub fn branch_network() -> Folder {
    let is_chosen =
        |path: &str| !path.starts_with("projects/") || path.starts_with("projects/branch-network/");
    folder().0.part(is_chosen)
}

/// The site of the branch network alone.
pub fn branch_network_site() -> &'static Bundle {
    static SITE: OnceLock<Bundle> = OnceLock::new();
    SITE.get_or_init(|| {
        let folder = branch_network();
        let report = pipeline::compute(&folder, Diagnostics::default(), &Options::default());
        pipeline::render(&report, &pipeline::theme_files(&folder)).unwrap()
    })
}

/// The branch network alone, on disk.
pub fn branch_network_path() -> &'static Path {
    static PLACE: OnceLock<tempfile::TempDir> = OnceLock::new();
    let place = PLACE.get_or_init(|| {
        let scratch = tempfile::tempdir().unwrap();
        for file in branch_network().files() {
            let to = scratch.path().join(&file.path);
            std::fs::create_dir_all(to.parent().unwrap()).unwrap();
            std::fs::copy(path().join(&file.path), to).unwrap();
        }
        scratch
    });
    place.path()
}

/// The site that the program writes of the whole sample, and what it said.
pub fn built() -> &'static (PathBuf, Output) {
    static BUILT: OnceLock<(tempfile::TempDir, (PathBuf, Output))> = OnceLock::new();
    let (_, built) = BUILT.get_or_init(|| {
        let scratch = tempfile::tempdir().unwrap();
        let out = scratch.path().join("a site");
        let mut command = Command::new(env!("CARGO_BIN_EXE_milepost"));
        let said = command.arg("build").arg(path()).arg("--out").arg(&out).output().unwrap();
        (scratch, (out, said))
    });
    built
}

/// A small project in memory with some files more, or in place of its own.
pub fn computed_of(own: &[(&str, &str)], more: &[(&str, &str)]) -> Report {
    let is_replaced = |path: &str| more.iter().any(|(other, _)| *other == path);
    let own = own.iter().filter(|(path, _)| !is_replaced(path));
    let files: Vec<(&str, &str)> = own.chain(more).copied().collect();
    pipeline::compute(&Folder::from_memory(files), Diagnostics::default(), &Options::default())
}

/// A page of a report by the end of its path, with ordinary spaces; explanations are left out.
#[track_caller]
pub fn page(report: &Report, name: &str) -> String {
    let bundle = pipeline::render(report, &BTreeMap::new()).unwrap();
    let is_page = |path: &str| path.ends_with(name) && !path.contains("explain/");
    let (_, page) = bundle.iter().find(|(path, _)| is_page(path)).unwrap();
    std::str::from_utf8(page).unwrap().replace(['\u{202f}', '\u{a0}'], " ")
}
