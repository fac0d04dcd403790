//! One build with its stages timed, and the same bytes written by themselves.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use milepost::diagnostic::Diagnostics;
use milepost::output::{self, Sink, SinkError};
use milepost::pipeline::{self, Options};
use milepost::source::disk::Folder;

/// What a build took and gave.
pub struct Built {
    /// Reading files, in seconds.
    pub read: f64,
    /// From texts to figures and findings.
    pub compute: f64,
    /// From figures to files in place: pages are written as they are made.
    pub write: f64,
    /// Processor time of all threads, which other programs on the machine change little.
    pub processor: f64,
    /// Pages of the site: files of HTML.
    pub pages: usize,
    /// All its files.
    pub files: usize,
    /// All its bytes.
    pub bytes: u64,
    /// The highest use of memory, in MB; zero where the system does not tell.
    pub megabytes: f64,
}

/// Builds a folder into another.
pub fn build(source: &Path, out: &Path) -> Built {
    let mut found = Diagnostics::default();
    let begun = Instant::now();
    let folder = Folder::read(source, &mut found).unwrap();
    let read = begun.elapsed();
    let report = pipeline::compute(&folder, found, &Options::default());
    let compute = begun.elapsed();
    let pages = AtomicUsize::new(0);
    let theme = pipeline::theme_files(&folder);
    let make =
        |site: &dyn Sink| pipeline::render_into(&Counted { site, pages: &pages }, &report, &theme, None);
    let published = output::publish_as_made(out, make).unwrap();
    let write = begun.elapsed();
    Built {
        read: read.as_secs_f64(),
        compute: compute.saturating_sub(read).as_secs_f64(),
        write: write.saturating_sub(compute).as_secs_f64(),
        processor: crate::clock::processor_seconds(std::process::id()),
        pages: pages.into_inner(),
        files: published.files,
        bytes: published.bytes,
        megabytes: crate::clock::peak_megabytes("self"),
    }
}

/// Counts the pages on their way.
struct Counted<'a> {
    site: &'a dyn Sink,
    pages: &'a AtomicUsize,
}

impl Sink for Counted<'_> {
    fn add(&self, path: &str, bytes: &[u8]) -> Result<(), SinkError> {
        self.pages.fetch_add(usize::from(is_page(path)), Ordering::Relaxed);
        self.site.add(path, bytes)
    }
}

fn is_page(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|ending| ending == "html")
}

impl Built {
    /// The head of the table.
    pub fn head() -> String {
        format!(
            "{:>14} | {:>7} {:>8} {:>12} {:>8} {:>8} | {:>7} {:>7} {:>8} {:>8} | {:>7} {:>8} | {:>8}",
            "",
            "read s",
            "compute",
            "render+write",
            "all s",
            "cpu s",
            "pages",
            "files",
            "MB",
            "/cpu s",
            "peak MB",
            "÷ output",
            "÷ disk"
        )
    }

    /// Seconds of all stages.
    pub fn seconds(&self) -> f64 {
        self.read + self.compute + self.write
    }

    /// A row of the table; `out` is the site, whose bytes are written once more to know what the disk takes for them.
    #[allow(clippy::cast_precision_loss, reason = "printed with a few digits")]
    pub fn row(&self, name: &str, out: &Path) -> String {
        let megabytes = self.bytes as f64 / 1e6;
        let disk = written_again(out).as_secs_f64();
        format!(
            "{name:>14} | {:>7.2} {:>8.2} {:>12.2} {:>8.2} {:>8.2} | {:>7} {:>7} {megabytes:>8.1} {:>8.0} | {:>7.0} {:>8.1} | {:>8.1}",
            self.read,
            self.compute,
            self.write,
            self.seconds(),
            self.processor,
            self.pages,
            self.files,
            self.pages as f64 / self.processor.max(0.01),
            self.megabytes,
            self.megabytes * 1.048_576 / megabytes,
            self.seconds() / disk,
        )
    }

    /// What one process tells another.
    pub fn line(&self) -> String {
        format!(
            "{} {} {} {} {} {} {} {}",
            self.read,
            self.compute,
            self.write,
            self.processor,
            self.pages,
            self.files,
            self.bytes,
            self.megabytes
        )
    }

    /// Reads it.
    pub fn read(line: &str) -> Option<Self> {
        let mut words = line.split_whitespace();
        let mut number = || words.next()?.parse::<f64>().ok();
        let (read, compute, write, processor) = (number()?, number()?, number()?, number()?);
        let (pages, files) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
        let (bytes, megabytes) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
        Some(Self { read, compute, write, processor, pages, files, bytes, megabytes })
    }
}

/// How long writing the same bytes takes: every file of a site is created and written beside it.
fn written_again(site: &Path) -> Duration {
    let mut files = Vec::new();
    gather(site, site, &mut files);
    let beside = site.with_extension("again");
    let begun = Instant::now();
    for (path, bytes) in &files {
        let path = beside.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    let took = begun.elapsed();
    std::fs::remove_dir_all(&beside).ok();
    took
}

fn gather(top: &Path, folder: &Path, files: &mut Vec<(std::path::PathBuf, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(top, &path, files);
        } else {
            files.push((path.strip_prefix(top).unwrap().to_owned(), std::fs::read(&path).unwrap()));
        }
    }
}
