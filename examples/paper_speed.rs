//! How long it takes to set documents: one alone, the same once more, one in which a line has changed, and all of a folder.
//!
//! `cargo run --release --features pdf --example paper_speed -- [FOLDER]`; the sample project without a folder. The one alone is that
//! whose number of sheets is nearest to twelve. What is set again is not simply remembered: each time a line of it is another.

#![allow(
    clippy::disallowed_methods,
    reason = "an example is an end of its own: it reads arguments and the clock"
)]
#![allow(clippy::print_stdout, reason = "printing is what it is for")]

/// The memory of the program itself, so that what is measured is what its users wait for.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[cfg(not(feature = "pdf"))]
fn main() {
    println!("build it with --features pdf");
}

#[cfg(feature = "pdf")]
fn main() {
    measured::run();
}

#[cfg(feature = "pdf")]
mod measured {
    use std::path::PathBuf;
    use std::time::Instant;

    use milepost::diagnostic::Diagnostics;
    use milepost::paper::{Printed, Sheet, print, said};
    use milepost::pipeline::{self, Options};
    use milepost::site;
    use milepost::source::disk::Folder;
    use milepost::theme::{PLAIN, Theme};

    /// The length of the document that is set alone.
    const SHEETS: usize = 12;

    /// How often it is set again.
    const AGAIN: usize = 7;

    pub fn run() {
        let folder = std::env::args()
            .nth(1)
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("sample-project"), PathBuf::from);
        let mut found = Diagnostics::default();
        let folder = Folder::read(&folder, &mut found).expect("a folder to read");
        let files = pipeline::theme_files(&folder);
        let begun = Instant::now();
        let report = pipeline::compute(&folder, found, &Options::default());
        println!("read and computed in {} ms", begun.elapsed().as_millis());
        let theme = Theme::on(report.theme.unwrap_or(PLAIN), &files).expect("a theme that is whole");
        let documents: Vec<Printed> =
            site::documents(&report, |_| true).into_iter().map(|(_, printed)| printed).collect();

        let begun = Instant::now();
        let _ = print(&theme, &documents[0], Sheet::A4).expect("a document");
        println!("the first document of a process in {} ms", begun.elapsed().as_millis());

        let sheets = |printed: &Printed| said(&theme, printed, Sheet::A4).expect("a document").sheets;
        let lengths: Vec<usize> = documents.iter().map(sheets).collect();
        let alone = (0..documents.len()).min_by_key(|place| lengths[*place].abs_diff(SHEETS));
        let alone = &documents[alone.expect("a folder with documents")];
        let mut times: Vec<u128> = (0..AGAIN)
            .map(|turn| {
                let changed = with_another_line(alone, turn);
                let begun = Instant::now();
                let _ = print(&theme, &changed, Sheet::A4).expect("a document");
                begun.elapsed().as_millis()
            })
            .collect();
        times.sort_unstable();
        println!(
            "{} of {} sheets, warm, a line changed each time: {} ms in the middle, {} to {}",
            alone.ident,
            sheets(alone),
            times[AGAIN / 2],
            times[0],
            times[AGAIN - 1]
        );

        typst_is_let_go(&theme, &documents[0]);
        let begun = Instant::now();
        let site = pipeline::render(&report, &files).expect("a site");
        let without = begun.elapsed();
        let begun = Instant::now();
        let with = pipeline::render_with_paper(&report, &files, Some(Sheet::A4)).expect("a site");
        let whole = begun.elapsed();
        println!(
            "{} documents of {} sheets: {} ms above the {} ms of a site without them; {} files instead of {}",
            documents.len(),
            lengths.iter().sum::<usize>(),
            whole.saturating_sub(without).as_millis(),
            without.as_millis(),
            with.len(),
            site.len()
        );
    }

    /// The document with a remark of its own at the foot of its sheets and in its question.
    fn with_another_line(printed: &Printed, turn: usize) -> Printed {
        let mut changed = printed.clone();
        for place in ["/view/running", "/view/opening/question", "/view/question"] {
            if let Some(serde_json::Value::String(text)) = changed.frame.pointer_mut(place) {
                text.push_str(&format!(" ({turn})"));
            }
        }
        changed
    }

    /// Sets a small document so often that nothing of the others is remembered any more.
    fn typst_is_let_go(theme: &Theme, small: &Printed) {
        for turn in 0..20 {
            let _ = print(theme, &with_another_line(small, turn), Sheet::A4);
        }
    }
}
