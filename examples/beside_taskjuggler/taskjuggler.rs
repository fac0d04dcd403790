//! The other side: the network as a `TaskJuggler` project, and what `tj3` makes of it.
//!
//! Comes in: a network. Goes out: a file, then the last day and the time it took. The project window is two years, so that
//! no time is lost on days that nobody needs; the one report is a table of one row.

use std::fmt::Write as _;
use std::path::Path;

use jiff::civil::Date;

use crate::clock::{Ended, Run, run};
use crate::judge::{FIRST_DAY, working_days};
use crate::network::{PHASE, Synthetic};

/// The name of the project file.
pub const FILE: &str = "project.tjp";

/// What became of a run.
pub enum Outcome {
    /// Working days to the end of the last task.
    Planned(u32, Run),
    /// Stopped at the limit.
    Stopped,
    /// It gave no plan: its last words.
    Failed(String),
}

/// The project file: Monday to Friday, eight hours.
pub fn text(network: &Synthetic) -> String {
    let mut out = format!(
        "project synthetic \"Synthetic\" {FIRST_DAY} +2y {{\n  timezone \"UTC\"\n  \
         workinghours mon - fri 8:00 - 12:00, 13:00 - 17:00\n}}\n"
    );
    for person in 0..network.n_people {
        writeln!(out, "resource r{person} \"Person {person}\" {{}}").unwrap();
    }
    out.push_str("task all \"All\" {\n");
    for (phase, tasks) in network.tasks.chunks(PHASE).enumerate() {
        writeln!(out, "  task p{phase} \"Phase {phase}\" {{").unwrap();
        for (place, task) in tasks.iter().enumerate() {
            let number = phase * PHASE + place;
            write!(
                out,
                "    task t{number} \"Task {number}\" {{ effort {}d allocate r{}",
                task.days, task.person
            )
            .unwrap();
            for (at, other) in task.after.iter().enumerate() {
                let word = if at == 0 { " depends" } else { "," };
                write!(out, "{word} all.p{}.t{other}", other / PHASE).unwrap();
            }
            out.push_str(" }\n");
        }
        out.push_str("  }\n");
    }
    out.push_str(
        "}\ntaskreport end \"end\" {\n  formats csv\n  columns id, start, end\n  \
         timeformat \"%Y-%m-%d %H:%M\"\n  hidetask ~(plan.id = \"all\")\n}\n",
    );
    out
}

/// Runs `tj3` on the file in a folder.
pub fn plan(tj3: &Path, folder: &Path, limit_seconds: u64) -> Outcome {
    let arguments = ["--silent", "--no-color", "--output-dir", ".", FILE];
    let ran = match run(tj3, &arguments, folder, limit_seconds) {
        Ended::Itself(ran) => ran,
        Ended::Stopped => return Outcome::Stopped,
        Ended::Never(why) => return Outcome::Failed(why),
    };
    let table = std::fs::read_to_string(folder.join("end.csv")).unwrap_or_default();
    let last = (table.lines().nth(1))
        .and_then(|row| row.split(';').nth(2))
        .and_then(|cell| cell.trim_matches('"').get(..10)?.parse::<Date>().ok());
    match last {
        Some(last) => Outcome::Planned(working_days(last), ran),
        None => Outcome::Failed(ran.words.lines().last().unwrap_or("no table").to_owned()),
    }
}
