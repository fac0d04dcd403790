//! Throws mutated files at every parser and at the whole way from a folder to a site; tells panics and what takes long.
//!
//! `cargo run --example fuzz -- [SECONDS] [SEED] [TARGET]`; 60 seconds for each target, seed 1, all targets where nothing is said. The
//! files that are mutated are those of `sample-project/` and of the cases under `tests/suite/`. A panic is written to
//! `target/fuzz/` with its bytes; a case of `tests/suite` or a file of `tests/fuzz/` then keeps it from coming back.

#![allow(
    clippy::disallowed_methods,
    reason = "an example is an end of its own: it reads arguments, files and the clock"
)]
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "printing is what it is for, and a fault ends it"
)]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

#[path = "../fuzz/targets.rs"]
mod targets;

use targets::{FILE_SIGN, TARGETS};

/// A run that takes longer is told.
const SLOW: Duration = Duration::from_secs(20);

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number =
        |place: usize, usual: u64| arguments.get(place).and_then(|text| text.parse().ok()).unwrap_or(usual);
    let (seconds, seed) = (number(0, 60), number(1, 1));
    let corpus = Corpus::read();
    println!("{} files, {} folders to begin with", corpus.files.len(), corpus.folders.len());
    std::panic::set_hook(Box::new(|_| {}));
    let mut n_bad = 0;
    for (name, target) in TARGETS {
        if arguments.get(2).is_some_and(|wanted| wanted != name) {
            continue;
        }
        let mut chance = Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let begin = Instant::now();
        let (mut n_runs, mut slowest) = (0_u64, Duration::ZERO);
        while begin.elapsed() < Duration::from_secs(seconds) {
            let bytes = corpus.mutated(name, &mut chance);
            let start = Instant::now();
            let outcome = catch_unwind(AssertUnwindSafe(|| target(&bytes)));
            let took = start.elapsed();
            slowest = slowest.max(took);
            n_runs += 1;
            if outcome.is_err() || took > SLOW {
                n_bad += 1;
                let what = if outcome.is_err() { "panic" } else { "slow" };
                let path = format!("target/fuzz/{name}-{what}-{n_runs}");
                std::fs::create_dir_all("target/fuzz").unwrap();
                std::fs::write(&path, &bytes).unwrap();
                println!("{name}: {what} after {took:?}, {path}");
            }
        }
        println!("{name}: {n_runs} runs in {:?}, slowest {slowest:?}", begin.elapsed());
    }
    println!("{n_bad} bad");
}

/// Numbers that look random and are the same for the same seed (xorshift64*).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() >> 16).unwrap_or(0) % end.max(1)
    }
}

/// What mutations begin with.
struct Corpus {
    files: Vec<(String, Vec<u8>)>,
    folders: Vec<Vec<u8>>,
}

/// Pieces that are put in: what formats give a meaning to, and numbers at the ends of their ranges.
const PIECES: [&str; 40] = [
    ":",
    ": ",
    "- ",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "'",
    "|",
    ">",
    "&a",
    "*a",
    "!x",
    "#",
    "---\n",
    "\n",
    "\t",
    "\r",
    "\u{0}",
    "\u{feff}",
    "\u{202e}",
    "ü",
    "9999-12-31",
    "0001-01-01",
    "2026-02-29",
    "5200d",
    "7300ed",
    "0d",
    "-1d",
    "99999999999999999999",
    "92_233_720_368_547_758.07 EUR",
    "-92_233_720_368_547_758.08 EUR",
    "100%",
    "SS +5200d",
    "FF -5200d",
    "null",
    "<script>",
    "> > > ",
    "![a](",
];

impl Corpus {
    fn read() -> Self {
        let mut corpus = Self { files: Vec::new(), folders: Vec::new() };
        corpus.add(Path::new("sample-project"));
        corpus.add(Path::new("tests/fuzz"));
        corpus.add(Path::new("tests/fixtures"));
        corpus.add_cases(Path::new("tests/suite"));
        corpus
    }

    fn add(&mut self, folder: &Path) {
        let Ok(entries) = std::fs::read_dir(folder) else { return };
        let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        for path in paths {
            if path.is_dir() {
                self.add(&path);
            } else {
                let bytes = std::fs::read(&path).unwrap();
                let name = path.to_string_lossy().into_owned();
                if name.starts_with("tests/fuzz/folder") {
                    self.folders.push(bytes);
                } else {
                    self.files.push((name, bytes));
                }
            }
        }
    }

    /// Each case is a folder; each block with the name of a file is a file.
    fn add_cases(&mut self, folder: &Path) {
        let Ok(entries) = std::fs::read_dir(folder) else { return };
        let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        for path in paths {
            if path.is_dir() {
                self.add_cases(&path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            for case in text.split("\n# ") {
                let mut files: Vec<(String, String)> = Vec::new();
                let mut open: Option<(String, String)> = None;
                for line in case.split_inclusive('\n') {
                    match (line.strip_prefix("```"), open.take()) {
                        (Some(name), None) if name.contains('.') => {
                            open = Some((name.trim().to_owned(), String::new()));
                        }
                        (Some(_), Some(file)) => files.push(file),
                        (_, Some((name, text))) => open = Some((name, text + line)),
                        _ => {}
                    }
                }
                if files.is_empty() {
                    continue;
                }
                for (needed, usual) in [
                    ("project.yaml", "project: Demo\nstart: 2026-08-03\ncurrency: EUR\n"),
                    ("plan.yaml", "execution:\n  build: {duration: 5d}\n"),
                ] {
                    if !files.iter().any(|(name, _)| name.ends_with(needed)) {
                        files.push((needed.to_owned(), usual.to_owned()));
                    }
                }
                let mut folder = String::new();
                for (name, text) in &files {
                    folder.extend([FILE_SIGN, name, "\n", text]);
                }
                self.folders.push(folder.into_bytes());
                self.files.extend(files.into_iter().map(|(name, text)| (name, text.into_bytes())));
            }
        }
    }

    fn mutated(&self, target: &str, chance: &mut Chance) -> Vec<u8> {
        let ending = match target {
            "yaml" => ".yaml",
            "csv" => ".csv",
            "front_matter" | "prose" => ".md",
            "ms_project" => ".xml",
            _ => "",
        };
        let fitting: Vec<&Vec<u8>> = if target == "folder" {
            self.folders.iter().collect()
        } else {
            // Files of other programs have endings of their own.
            let fits = |name: &str| match target {
                "foreign" => name.contains("fixtures/import") || ["plan.csv", "issues.json"].contains(&name),
                _ => name.ends_with(ending),
            };
            self.files.iter().filter(|(name, _)| fits(name)).map(|(_, bytes)| bytes).collect()
        };
        let whole: &[u8] = fitting.get(chance.below(fitting.len())).map_or(&[], |bytes| bytes.as_slice());
        let mut bytes = if ["scalars", "statements"].contains(&target) {
            // One line, or the value behind its key.
            let at = chance.below(whole.len());
            let begin = whole[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
            let line = whole[begin..].split(|byte| *byte == b'\n').next().unwrap_or_default();
            let value = line.iter().position(|byte| *byte == b':').map_or(line, |colon| &line[colon + 1..]);
            value.trim_ascii().to_vec()
        } else {
            whole.to_vec()
        };
        for _ in 0..=chance.below(6) {
            let at = chance.below(bytes.len() + 1);
            let end = (at + chance.below(24)).min(bytes.len());
            match chance.below(7) {
                0 => {
                    bytes.drain(at..end);
                }
                1 => {
                    let piece = PIECES[chance.below(PIECES.len())];
                    bytes.splice(at..at, piece.bytes());
                }
                2 => {
                    let piece = PIECES[chance.below(PIECES.len())];
                    bytes.splice(at..end, piece.bytes());
                }
                3 => {
                    let part = bytes[at..end].to_vec();
                    let to = chance.below(bytes.len() + 1);
                    bytes.splice(to..to, part);
                }
                4 => {
                    if let Some(byte) = bytes.get_mut(at) {
                        *byte = u8::try_from(chance.below(256)).unwrap_or(0);
                    }
                }
                5 => {
                    // A number becomes another.
                    if let Some(place) = (at..bytes.len()).find(|place| bytes[*place].is_ascii_digit()) {
                        bytes[place] = b"0123456789"[chance.below(10)];
                    }
                }
                _ => {
                    let piece = PIECES[chance.below(PIECES.len())].repeat(1 + chance.below(80));
                    bytes.splice(at..at, piece.bytes());
                }
            }
        }
        bytes
    }
}
