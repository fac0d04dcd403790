//! A site that follows its files text by text is the site that is drawn of them all, byte by byte.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use milepost::diagnostic::Diagnostics;
use milepost::history::Past;
use milepost::output::Bundle;
use milepost::pipeline::{self, Anew, LiveSite, Memory, Options};
use milepost::report::{History, Report};
use milepost::source::disk::Folder;

use crate::repository::Repository;
use crate::sample;

/// What is computed of a folder, with its past where it has one.
fn computed(folder: &Folder, past: Option<&Past>) -> (Report, Options) {
    let options = Options { revision: past.map(|past| past.revision(folder)), ..Options::default() };
    let mut report = pipeline::compute(folder, Diagnostics::default(), &options);
    if let Some(past) = past {
        report.history = pipeline::remember(&report, &Memory::new(past, folder, &options));
    }
    (report, options)
}

/// The whole site of a folder, drawn at once.
fn drawn(folder: &Folder, past: Option<&Past>) -> Bundle {
    pipeline::render(&computed(folder, past).0, &pipeline::theme_files(folder)).unwrap()
}

/// A site that can be followed.
struct Followed {
    root: PathBuf,
    folder: Folder,
    options: Options,
    site: LiveSite,
}

/// What became of a change.
#[derive(Debug, PartialEq, Eq)]
enum Step {
    Followed,
    Unreadable,
    Whole,
}

impl Followed {
    fn begin(root: &Path, past: Option<&Past>) -> Self {
        let folder = Folder::read(root, &mut Diagnostics::default()).unwrap();
        let (report, options) = computed(&folder, past);
        let site = pipeline::live(report, &pipeline::theme_files(&folder)).unwrap();
        Self { root: root.to_owned(), folder, options, site }
    }

    fn path(&self, inside: &str) -> PathBuf {
        self.root.join(inside)
    }

    /// Writes a file and follows it.
    fn change(&mut self, inside: &str, text: &str, past: Option<&Past>) -> Step {
        std::fs::write(self.path(inside), text).unwrap();
        let Some(changed) = self.folder.read_again(&self.root, &BTreeSet::from([PathBuf::from(inside)]))
        else {
            return Step::Whole;
        };
        let changed = changed.into_iter().collect();
        self.options.revision = past.map(|past| past.revision_after(&self.folder, &changed));
        match pipeline::anew(self.site.report(), &self.folder, &changed, &self.options, past) {
            Anew::Whole => Step::Whole,
            Anew::Unreadable(_) => Step::Unreadable,
            Anew::Changed(change) => {
                self.site.follow(*change).unwrap();
                Step::Followed
            }
        }
    }

    /// Every file of it, made one by one.
    fn files(&mut self) -> Bundle {
        self.site.complete_for(None).unwrap();
        let mut bundle = Bundle::new();
        for path in self.site.paths().unwrap() {
            let bytes = self.site.file(&path).unwrap().unwrap_or_else(|| panic!("{path} is not there"));
            bundle.add(path, bytes.into_owned()).unwrap();
        }
        bundle
    }
}

/// Says where two sites differ first.
fn assert_alike(one: &Bundle, other: &Bundle, after: &str) {
    let paths: BTreeSet<&str> = one.iter().chain(other.iter()).map(|(path, _)| path).collect();
    for path in paths {
        match (one.get(path), other.get(path)) {
            (Some(one), Some(other)) if one == other => {}
            (Some(one), Some(other)) => {
                let at = one.iter().zip(other).take_while(|(one, other)| one == other).count();
                let around = |bytes: &[u8]| {
                    let (first, end) = (at.saturating_sub(80), (at + 80).min(bytes.len()));
                    String::from_utf8_lossy(&bytes[first.min(end)..end]).into_owned()
                };
                panic!("after {after}: {path} differs at {at}\n{}\n---\n{}", around(one), around(other));
            }
            (one, _) => {
                panic!(
                    "after {after}: {path} is only in the {} one",
                    if one.is_some() { "first" } else { "second" }
                )
            }
        }
    }
}

/// Some projects of the sample in a folder of their own.
fn copied(projects: &[&str], into: &Path) {
    let (folder, _) = sample::folder();
    let part = folder.part(|path| {
        !path.starts_with("projects/")
            || projects.iter().any(|name| path.starts_with(&format!("projects/{name}/")))
    });
    for file in part.files() {
        let path = into.join(&file.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, file.as_read().unwrap()).unwrap();
    }
}

#[test]
fn every_file_made_alone_is_the_one_that_is_written() {
    let (folder, found) = (sample::branch_network(), Diagnostics::default());
    let report = pipeline::compute(&folder, found, &Options::default());
    let site = pipeline::live(report, &pipeline::theme_files(&folder)).unwrap();
    let whole = sample::branch_network_site();
    let mut alone = Bundle::new();
    for path in site.paths().unwrap() {
        alone.add(path.clone(), site.file(&path).unwrap().unwrap().into_owned()).unwrap();
    }
    assert_alike(&alone, whole, "nothing");
    for path in ["none.html", "branch-network/explain/2026-01-01-money.html", "branch-network/", "../x", ""] {
        assert_eq!(site.file(path).unwrap(), None, "{path}");
    }
}

/// Numbers that differ from seed to seed and are the same on every machine (xorshift, Marsaglia 2003).
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(end.max(1)).unwrap()).unwrap()
    }
}

/// A text with one line left out, written twice, with another number or with words behind it.
fn edited(text: &str, draw: &mut Draw) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let at = draw.below(lines.len());
    let Some(line) = lines.get(at).cloned() else { return "# nothing\n".to_owned() };
    match draw.below(6) {
        0 => {
            lines.remove(at);
        }
        1 => lines.insert(at, line),
        2 => lines[at] = format!("{line} # seen"),
        _ => {
            let digits: Vec<usize> =
                line.char_indices().filter(|(_, letter)| letter.is_ascii_digit()).map(|(at, _)| at).collect();
            if let Some(digit) = digits.get(draw.below(digits.len())) {
                lines[at].replace_range(*digit..=*digit, &draw.below(10).to_string());
            } else {
                lines[at].push('s');
            }
        }
    }
    lines.join("\n") + "\n"
}

/// Changes files of two projects one after another, `EDITS` of them; where what is followed cannot be, the whole is drawn, as `serve` does.
#[test]
#[allow(clippy::print_stderr, reason = "with many edits it says how they went")]
fn whatever_is_edited_the_site_that_follows_is_the_site_that_is_drawn() {
    let scratch = tempfile::tempdir().unwrap();
    let root = scratch.path();
    copied(&["rfid-loans", "branch-network"], root);
    let n_edits: usize = std::env::var("EDITS").ok().and_then(|n| n.parse().ok()).unwrap_or(4);
    let seed = std::env::var("SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20_261_126);
    let mut draw = Draw(seed);
    let mut followed = Followed::begin(root, None);
    let texts: Vec<String> = followed
        .folder
        .texts()
        .map(|(_, file)| file.path.clone())
        .filter(|path| path.starts_with("projects/") && !path.contains("/gates/frozen/"))
        .collect();
    let mut n_followed = 0;
    for number in 0..n_edits {
        let path = &texts[draw.below(texts.len())];
        let before = std::fs::read_to_string(followed.path(path)).unwrap();
        let after = edited(&before, &mut draw);
        let what = format!("edit {number} of {path} (seed {seed})");
        match followed.change(path, &after, None) {
            Step::Followed => {
                n_followed += 1;
                let cold = drawn(&Folder::read(root, &mut Diagnostics::default()).unwrap(), None);
                assert_alike(&followed.files(), &cold, &what);
            }
            Step::Unreadable | Step::Whole => {
                std::fs::write(followed.path(path), before).unwrap();
                followed = Followed::begin(root, None);
            }
        }
    }
    eprintln!("{n_followed} of {n_edits} edits were followed");
    assert!(n_followed > n_edits / 2, "{n_followed} of {n_edits} were followed");
}

#[test]
fn what_reaches_further_than_its_project_is_drawn_whole() {
    let scratch = tempfile::tempdir().unwrap();
    copied(&["rfid-loans"], scratch.path());
    let mut followed = Followed::begin(scratch.path(), None);
    let plan = std::fs::read_to_string(followed.path("projects/rfid-loans/plan.yaml")).unwrap();
    assert_eq!(followed.change("projects/rfid-loans/plan.yaml", "execution: [", None), Step::Unreadable);
    assert_eq!(followed.change("projects/rfid-loans/plan.yaml", &plan, None), Step::Followed);
    assert_eq!(followed.change("people.yaml", "# nobody\n", None), Step::Whole);
    assert_eq!(followed.change("projects/rfid-loans/updates/2031-01-01.md", "New.\n", None), Step::Whole);
    let is_read = |followed: &mut Followed, path: &str| {
        followed.folder.read_again(scratch.path(), &BTreeSet::from([PathBuf::from(path)]))
    };
    assert_eq!(is_read(&mut followed, "projects/rfid-loans/.plan.yaml.swp"), Some(Vec::new()));
    assert_eq!(is_read(&mut followed, "projects/rfid-loans/plan.yaml~"), Some(Vec::new()));
    assert_eq!(is_read(&mut followed, "projects"), None);
    std::fs::remove_file(followed.path("projects/rfid-loans/risks.yaml")).unwrap();
    assert_eq!(is_read(&mut followed, "projects/rfid-loans/risks.yaml"), None);
}

#[test]
fn the_past_is_told_of_what_is_followed_as_of_what_is_drawn() {
    let Some(repository) = Repository::new() else { return };
    copied(&["rfid-loans", "branch-network"], repository.path());
    repository.commit("Ada", "2026-11-02", "Everything");
    let plan = std::fs::read_to_string(repository.path().join("projects/branch-network/plan.yaml")).unwrap();
    repository.write("projects/branch-network/plan.yaml", &format!("# Looked through.\n{plan}"));
    repository.commit("Ben", "2026-11-20", "Look through");
    let past = Past::of(repository.path()).unwrap();
    let mut followed = Followed::begin(repository.path(), Some(&past));
    assert!(matches!(followed.site.report().history, History::Known(_)));
    let risks = std::fs::read_to_string(followed.path("projects/branch-network/risks.yaml")).unwrap();
    let texts = [format!("{risks}# more\n"), risks.replace("probability: 3", "probability: 4"), risks];
    for text in texts {
        let step = followed.change("projects/branch-network/risks.yaml", &text, Some(&past));
        assert_eq!(step, Step::Followed);
        let cold = drawn(&Folder::read(repository.path(), &mut Diagnostics::default()).unwrap(), Some(&past));
        assert_alike(&followed.files(), &cold, "a change beside a past");
    }
}
