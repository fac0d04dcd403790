//! How big the search index of a large portfolio is, how long it takes to write, and how much of it a question reads.
//!
//! `cargo run --release --example search_size -- [THINGS]`; 10 000 things without a number: the tasks, risks, reports and
//! pages of some forty projects. Words are drawn so that a few are very frequent and most are rare, as in any text, from
//! a fixed seed.

#![allow(
    clippy::disallowed_methods,
    reason = "an example is an end of its own: it reads arguments and the clock"
)]
#![allow(clippy::print_stdout, reason = "printing is what it is for")]

use std::collections::BTreeMap;
use std::time::Instant;

use milepost::search::{Findable, LIMIT, scripts};

/// Different words that the portfolio uses.
const VOCABULARY: usize = 12_000;

/// Words of a title, and of the text of a thing.
const TITLE: usize = 6;
const TEXT: usize = 60;

/// Things of one project.
const OF_A_PROJECT: usize = 250;

const KINDS: [&str; 9] = ["Task", "Task", "Task", "Risk", "Issue", "Decision", "Change", "Action", "Report"];

fn main() {
    let n_things: usize = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(10_000);
    let things = portfolio(n_things);
    let begun = Instant::now();
    let files = scripts(&things);
    let time = begun.elapsed();
    let of = |name: &str| -> Vec<usize> {
        files.iter().filter(|(path, _)| path.contains(name)).map(|(_, text)| text.len()).collect()
    };
    println!("{n_things} things of {} projects, {VOCABULARY} words", n_things.div_ceil(OF_A_PROJECT));
    println!("written in {} ms", time.as_millis());
    println!("{:>24} {:>6} {:>10} {:>10}", "", "files", "bytes", "largest");
    for (what, name) in [("head", "index"), ("words", "words-"), ("things", "things-")] {
        let sizes = of(name);
        let largest = sizes.iter().max().copied().unwrap_or(0);
        println!("{what:>24} {:>6} {:>10} {largest:>10}", sizes.len(), sizes.iter().sum::<usize>());
    }
    let all: usize = files.values().map(String::len).sum();
    println!("{:>24} {:>6} {all:>10}", "all", files.len());
    println!("a file ends at {LIMIT} bytes; the largest is longer where one word is very frequent");
    for question in ["sw", "pilot", &word(3), &word(400)] {
        let (n_files, bytes) = read_by(&files, question);
        println!("the beginning `{question}` reads {n_files} files of words, {bytes} bytes");
    }
}

/// Files of words that hold words with a beginning, and their bytes: those that a script would ask for.
fn read_by(files: &BTreeMap<String, String>, beginning: &str) -> (usize, usize) {
    let mark = format!("\n\"{beginning}");
    let words = files.iter().filter(|(path, text)| path.contains("words-") && text.contains(&mark));
    words.fold((0, 0), |(n_files, bytes), (_, text)| (n_files + 1, bytes + text.len()))
}

fn portfolio(n_things: usize) -> Vec<Findable> {
    let mut dice = Dice(20_261_120);
    (0..n_things)
        .map(|number| {
            let kind = KINDS[number % KINDS.len()];
            let project = number / OF_A_PROJECT + 1;
            let id = format!("{}-{}", &kind[..1], number % OF_A_PROJECT);
            Findable {
                title: dice.words(TITLE),
                kind: kind.to_owned(),
                project: Some(format!("Project {} {project}", word(project * 7))),
                href: format!("project-{project}/raid.html#{}-{id}", kind.to_lowercase()),
                text: dice.words(TEXT),
                id: Some(id),
            }
        })
        .collect()
}

/// A word by its rank: syllables, so that beginnings are shared as in a language.
fn word(rank: usize) -> String {
    const SYLLABLES: [&str; 20] = [
        "swi", "net", "ra", "con", "ver", "ta", "le", "pi", "lot", "mi", "gra", "se", "cu", "or", "der",
        "bu", "pro", "ste", "ing", "al",
    ];
    let mut rest = rank;
    let mut word = String::new();
    loop {
        word.push_str(SYLLABLES[rest % SYLLABLES.len()]);
        rest /= SYLLABLES.len();
        if rest == 0 {
            return word;
        }
    }
}

/// A linear congruence: the same numbers everywhere.
struct Dice(u64);

impl Dice {
    /// A rank, small ones far more often: the share of rank r falls as 1 ÷ r.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below the vocabulary")]
    fn rank(&mut self) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let share = (self.0 >> 11) as f64 / (1_u64 << 53) as f64;
        ((VOCABULARY as f64).powf(share) - 1.0) as usize
    }

    fn words(&mut self, count: usize) -> String {
        (0..count).map(|_| word(self.rank())).collect::<Vec<_>>().join(" ")
    }
}
