//! Levelling beside `TaskJuggler`: the same synthetic networks, planned by both.
//!
//! `cargo run --release --example beside_taskjuggler -- [--sizes 100,500,1000,2000,5000] [--seed 1] [--level true]
//! [--tj3 /usr/bin/tj3] [--limit 120] [--milepost PATH] [--write DIR] [--rules]` makes networks of so many tasks in phases
//! of twenty (see `network`) and writes each as a `TaskJuggler` project and as a milepost folder. milepost plans the folder
//! the way of every folder: read, resolve, schedule, level. `tj3`, where it is installed, plans its file, with a table of
//! one row as the only report. Printed are lengths in working days beside the lower bound (the greater of the critical path
//! and the work of the busiest person), seconds, and what an independent check (`judge`) finds in our plan.
//!
//! `--level` is what `level:` in `project.yaml` shall say, such as `'{schedules: 1000}'`. `--write` keeps the files.
//! `--milepost` is the program to be timed as a whole; by default the one built beside this example, if there is one.
//! `--rules` prints instead what each rule of priority and the search give on the same networks as a problem of textbooks,
//! in slots of a day.
//!
//! Lengths of other generators of the same description, such as those of the table printed below ours, are comparable in
//! kind only: their programs are not at hand, so their networks are others. Compare lengths within a row.
#![allow(
    clippy::disallowed_methods,
    reason = "an example is an end of its own: it reads arguments, writes files and looks at the clock"
)]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "printing is what it is for")]
#![allow(clippy::unwrap_used, reason = "what cannot go on stops the run, which says so best")]

mod clock;
mod folder;
mod judge;
mod network;
mod rules;
mod taskjuggler;

use std::path::{Path, PathBuf};
use std::time::Instant;

use milepost::diagnostic::Diagnostics;
use milepost::plan::{Engine, Facts, Schedule};
use milepost::record::what_if::Changes;
use milepost::source::disk::Folder;
use milepost::{record, resolve};

use clock::{Ended, median, run};
use judge::judge;
use network::Synthetic;
use taskjuggler::Outcome;

/// Lengths and lower bounds that were measured on other networks of the same description, best of all tools tried.
const ELSEWHERE: [(usize, u32, u32); 5] =
    [(100, 155, 155), (500, 151, 211), (1_000, 180, 224), (2_000, 196, 250), (5_000, 196, 249)];

/// How often our own computation is timed; the middle one is printed.
const ROUNDS: usize = 5;

struct Arguments {
    sizes: Vec<usize>,
    seed: u64,
    level: String,
    tj3: PathBuf,
    limit: u64,
    milepost: PathBuf,
    write: Option<PathBuf>,
    shows_rules: bool,
}

fn main() {
    let arguments = arguments();
    if arguments.shows_rules {
        for size in &arguments.sizes {
            rules::print(&Synthetic::new(*size, arguments.seed));
        }
        return;
    }
    println!("seed {}, level: {}", arguments.seed, arguments.level);
    println!(
        "{:>6} {:>6} | {:>5} {:>8} {:>8} {:>6} | {:>5} {:>9} {:>9} {:>9} {:>9} {:>6} | {:>8} {:>8} |",
        "tasks",
        "bound",
        "tj3 d",
        "wall s",
        "cpu s",
        "MB",
        "our d",
        "level s",
        "its cpu s",
        "read+lev.",
        "check s",
        "MB",
        "wall ÷",
        "cpu ÷"
    );
    for size in &arguments.sizes {
        print_row(*size, &arguments);
    }
}

fn arguments() -> Arguments {
    let mut found = Arguments {
        sizes: vec![100, 500, 1_000, 2_000, 5_000],
        seed: 1,
        level: "true".to_owned(),
        tj3: "/usr/bin/tj3".into(),
        limit: 120,
        milepost: beside_this("milepost"),
        write: None,
        shows_rules: false,
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().unwrap_or_default();
        match argument.as_str() {
            "--sizes" => found.sizes = value().split(',').map(|size| size.parse().unwrap()).collect(),
            "--seed" => found.seed = value().parse().unwrap(),
            "--level" => found.level = value(),
            "--tj3" => found.tj3 = value().into(),
            "--limit" => found.limit = value().parse().unwrap(),
            "--milepost" => found.milepost = value().into(),
            "--write" => found.write = Some(value().into()),
            "--rules" => found.shows_rules = true,
            other => {
                eprintln!("unknown argument {other}; the head of the example tells which there are");
                std::process::exit(2);
            }
        }
    }
    found
}

/// A program that was built beside this one.
fn beside_this(name: &str) -> PathBuf {
    let own = std::env::current_exe().unwrap_or_default();
    own.parent().and_then(Path::parent).unwrap_or(Path::new("")).join(name)
}

fn print_row(size: usize, arguments: &Arguments) {
    let network = Synthetic::new(size, arguments.seed);
    let files = folder::files(&network, &arguments.level);
    let place = match &arguments.write {
        Some(folder) => folder.join(size.to_string()),
        None => std::env::temp_dir().join(format!("beside-taskjuggler-{}-{size}", std::process::id())),
    };
    let (their_files, our_files) = (place.join("taskjuggler"), place.join("milepost"));
    std::fs::create_dir_all(&their_files).unwrap();
    std::fs::write(their_files.join(taskjuggler::FILE), taskjuggler::text(&network)).unwrap();
    for (name, text) in &files {
        let path = our_files.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    let ours = plan(&network, &files);
    let check =
        match run(&arguments.milepost, &["check", "milepost", "--fail-on", "never"], &place, arguments.limit)
        {
            Ended::Itself(check) => Some(check),
            _ => None,
        };
    let shown = |value: Option<f64>, digits: usize| {
        value.map_or("–".to_owned(), |value| format!("{value:.digits$}"))
    };
    let (their_days, theirs) = match taskjuggler::plan(&arguments.tj3, &their_files, arguments.limit) {
        Outcome::Planned(days, run) => (days.to_string(), Some(run)),
        Outcome::Stopped => (format!(">{} s", arguments.limit), None),
        Outcome::Failed(why) => {
            eprintln!("tj3: {why}");
            ("–".to_owned(), None)
        }
    };
    let elsewhere = ELSEWHERE.iter().find(|row| row.0 == size);
    println!(
        "{size:>6} {:>6} | {their_days:>5} {:>8} {:>8} {:>6} | {:>5} {:>9.4} {:>9.4} {:>9.4} {:>9} {:>6} | {:>8} {:>8} | {}; {}",
        network.lower_bound(),
        shown(theirs.as_ref().map(|run| run.seconds), 2),
        shown(theirs.as_ref().map(|run| run.processor), 2),
        shown(theirs.as_ref().map(|run| run.megabytes), 0),
        ours.days,
        ours.seconds,
        ours.processor,
        ours.whole,
        shown(check.as_ref().map(|run| run.seconds), 3),
        shown(check.as_ref().map(|run| run.megabytes), 0),
        shown(theirs.as_ref().map(|run| run.seconds / ours.seconds), 0),
        shown(theirs.as_ref().map(|run| run.processor / ours.processor), 0),
        ours.verdict,
        elsewhere.map_or(String::new(), |row| format!("elsewhere {} over {}", row.2, row.1)),
    );
    if arguments.write.is_none() {
        std::fs::remove_dir_all(&place).ok();
    }
}

/// Our plan of a folder.
struct Ours {
    /// Working days to the end of the last task.
    days: u32,
    /// Seconds of scheduling and levelling, from the resolved project to the finished schedule.
    seconds: f64,
    /// The same in processor time; as coarse as the system's clock for it.
    processor: f64,
    /// Seconds from texts to the finished schedule.
    whole: f64,
    /// What the check says, and how many schedules were tried.
    verdict: String,
}

/// Plans the folder as every folder is planned, some times over.
fn plan(network: &Synthetic, files: &[(&str, String)]) -> Ours {
    let (mut seconds, mut processor, mut whole) = (Vec::new(), 0.0, Vec::new());
    let mut outcome = None;
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        let texts = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let folder = Folder::from_memory(texts);
        let mut found = Diagnostics::default();
        let records = record::read(&folder, &Changes::default(), &mut found);
        let portfolio = resolve::resolve(&records, &mut found);
        let project = portfolio.projects.first().expect("the folder holds one project");
        let resolved = (Instant::now(), clock::own_processor_seconds());
        let schedule = Engine::new(project).run(&Facts::none(project));
        seconds.push(resolved.0.elapsed().as_secs_f64());
        processor += clock::own_processor_seconds() - resolved.1;
        whole.push(begun.elapsed().as_secs_f64());
        let verdict = judge(network, &places(network, project, &schedule));
        let tried = schedule.levelling.as_ref().map_or(0, |levelling| levelling.schedules);
        outcome =
            Some((judge::working_days(schedule.finish.last_day()), format!("{verdict}; {tried} schedules")));
    }
    let (days, verdict) = outcome.unwrap();
    let rounds = f64::from(u32::try_from(ROUNDS).unwrap());
    Ours { days, seconds: median(seconds), processor: processor / rounds, whole: median(whole), verdict }
}

/// Where each task of the network lies, found by its id.
fn places(
    network: &Synthetic,
    project: &milepost::model::Project,
    schedule: &Schedule,
) -> Vec<(milepost::quantity::Instant, milepost::quantity::Instant)> {
    let by_id: std::collections::BTreeMap<&str, _> =
        project.task_numbers().map(|number| (project.task(number).id.as_str(), number)).collect();
    (0..network.tasks.len())
        .map(|number| {
            let slot = schedule.slot(by_id[format!("t{number}").as_str()]);
            (slot.start, slot.finish)
        })
        .collect()
}
