//! What is fuzzed: each parser, and the whole way from a folder to a site. A target takes any bytes and must come back, without a
//! panic and in time. `cargo fuzz` drives them with coverage, `examples/fuzz.rs` with plain chance on a stable compiler.

use std::collections::BTreeMap;

use milepost::diagnostic::{Diagnostics, FileId};
use milepost::exchange;
use milepost::exchange::plan::Program;
use milepost::pipeline::{self, Options};
use milepost::quantity::{
    Audience, Duration, Estimate, Id, Lag, Measure, Moment, Money, MoneyRange, Percent, Rate, Tally,
    parse_date, parse_window,
};
use milepost::source::disk::Folder;
use milepost::source::{markdown, table, yaml};

/// A name and what it does with bytes.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: &[Target] = &[
    ("yaml", yaml_text),
    ("csv", csv_text),
    ("front_matter", front_matter),
    ("scalars", scalars),
    ("statements", statements),
    ("prose", prose),
    ("ms_project", ms_project),
    ("foreign", foreign),
    ("folder", folder),
];

fn text(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

/// YAML to a tree.
pub fn yaml_text(bytes: &[u8]) {
    let _ = yaml::parse(FileId(0), &text(bytes), &mut Diagnostics::default());
}

/// CSV to a table.
pub fn csv_text(bytes: &[u8]) {
    let _ = table::parse(FileId(0), &text(bytes), &mut Diagnostics::default());
}

/// A page to its fields and its text.
pub fn front_matter(bytes: &[u8]) {
    let _ = markdown::parse(FileId(0), &text(bytes), &mut Diagnostics::default());
}

/// Dates, durations, money and quantities, each of the same text.
pub fn scalars(bytes: &[u8]) {
    for text in text(bytes).lines() {
        let _ = parse_date(text);
        let _ = parse_window(text);
        let _ = text.parse::<Moment>();
        let _ = text.parse::<Duration>();
        let _ = text.parse::<Estimate>();
        let _ = text.parse::<Lag>();
        let _ = text.parse::<Money>();
        let _ = text.parse::<MoneyRange>();
        let _ = text.parse::<Rate>();
        let _ = text.parse::<Percent>();
        let _ = text.parse::<Measure>();
        let _ = text.parse::<Tally>();
        let _ = text.parse::<Id>();
    }
}

/// Statements over figures.
pub fn statements(bytes: &[u8]) {
    let _ = milepost::statement::parse(&text(bytes));
}

/// Markdown to HTML, to a tree and to words.
pub fn prose(bytes: &[u8]) {
    let text = text(bytes);
    let _ = milepost::prose::to_html(&text, &milepost::prose::MarkdownOptions::default());
    let _ = milepost::prose::inline_html(&text);
    let _ = milepost::prose::plain_text(&text);
    let _ = milepost::prose::tree(&text);
    let _ = milepost::prose::tagged_paragraphs(&text, "lesson");
}

/// A plan of MS Project to the files of a folder.
pub fn ms_project(bytes: &[u8]) {
    let _ = milepost::exchange::mspdi::import(bytes, "plan.xml");
}

/// A file of another program to the files of a folder: by what stands in it, and as each of the formats that are text.
pub fn foreign(bytes: &[u8]) {
    let options = exchange::Options::default();
    let _ = exchange::import(bytes, "plan", &options);
    for format in [Program::Table, Program::Jira, Program::GitHub, Program::GitLab] {
        let options = exchange::Options { format: Some(format), ..exchange::Options::default() };
        let _ = exchange::import(bytes, "plan", &options);
    }
}

/// A line that begins so names the file that follows.
pub const FILE_SIGN: &str = "=== ";

/// A folder to a site, for one audience or another: the bytes are files one after the other, each behind a line `=== path`.
pub fn folder(bytes: &[u8]) {
    let text = text(bytes);
    let mut files: BTreeMap<&str, String> = BTreeMap::new();
    let mut path = "project.yaml";
    for line in text.split_inclusive('\n') {
        match line.strip_prefix(FILE_SIGN) {
            Some(next) => path = next.trim(),
            None => files.entry(path).or_default().push_str(line),
        }
    }
    let folder = Folder::from_memory(files.iter().map(|(path, text)| (*path, text.as_str())).collect());
    let audience = Audience::ALL[bytes.len() % Audience::ALL.len()];
    let options = Options { audience: Some(audience), ..Options::default() };
    let report = pipeline::compute(&folder, Diagnostics::default(), &options);
    // Names of folders that no site can carry, and themes that are broken, are errors and no faults.
    let _ = pipeline::render(&report, &pipeline::theme_files(&folder));
}
