//! Reads the `.sm` files of PSPLIB (Kolisch and Sprecher 1996) and the table of best known lengths.

use std::path::{Path, PathBuf};

use milepost::plan::levelling::textbook::{Activity, Link, Problem};

/// One file of the library.
pub struct Instance {
    /// File name without its ending.
    pub name: String,
    /// The problem in it.
    pub problem: Problem,
    /// The critical path's length as its header says (`MPM-Time`).
    pub mpm_time: i64,
}

/// A line of the table of best known lengths.
pub struct Known {
    /// Critical path.
    pub critical_path: i64,
    /// The shortest length anybody has found.
    pub upper: i64,
    /// The greatest length below which nothing exists.
    pub lower: i64,
}

/// Reads one set, in order of parameter and number.
pub fn read_set(folder: &Path) -> Result<Vec<Instance>, String> {
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "sm"));
    paths.sort();
    paths.iter().map(|path| read(path)).collect()
}

fn read(path: &Path) -> Result<Instance, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    parse(&name, &text).map_err(|fault| format!("{}: {fault}", path.display()))
}

/// Numbers of the lines between a caption and the next line of stars; lines without numbers are left out.
fn section<'a>(text: &'a str, caption: &str) -> Result<Vec<Vec<u32>>, String> {
    let numbers = |line: &'a str| -> Option<Vec<u32>> {
        line.split_whitespace().map(|word| word.parse().ok()).collect::<Option<Vec<u32>>>()
    };
    let start = text.find(caption).ok_or_else(|| format!("no section {caption}"))?;
    let lines = text[start..].lines().skip(1).take_while(|line| !line.starts_with("****"));
    Ok(lines.filter_map(numbers).filter(|line| !line.is_empty()).collect())
}

fn parse(name: &str, text: &str) -> Result<Instance, String> {
    let header = section(text, "PROJECT INFORMATION:")?;
    let mpm_time = *header.first().and_then(|line| line.get(5)).ok_or("no MPM-Time")?;
    let capacities = section(text, "RESOURCEAVAILABILITIES:")?.first().cloned().ok_or("no capacities")?;
    let mut activities = Vec::new();
    for line in section(text, "REQUESTS/DURATIONS:")? {
        let [_, _, duration, demands @ ..] = line.as_slice() else { return Err("a short line".to_owned()) };
        activities.push(Activity { duration: *duration, demands: demands.to_vec() });
    }
    let mut links = Vec::new();
    for line in section(text, "PRECEDENCE RELATIONS:")? {
        let [number, _, count, successors @ ..] = line.as_slice() else {
            return Err("a short line".to_owned());
        };
        if successors.len() != *count as usize {
            return Err(format!("activity {number} has {} successors, not {count}", successors.len()));
        }
        links.extend(successors.iter().map(|successor| Link {
            predecessor: number - 1,
            successor: successor - 1,
            lag: 0,
        }));
    }
    let problem = Problem::new(activities, links, capacities).map_err(|error| error.to_string())?;
    Ok(Instance { name: name.to_owned(), problem, mpm_time: i64::from(mpm_time) })
}

/// Reads the table: for each instance its line.
pub fn read_known(path: &Path) -> Result<std::collections::BTreeMap<String, Known>, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().ok_or("an empty table")?.split(',').collect();
    let column = |wanted: &str| {
        header.iter().position(|name| *name == wanted).ok_or_else(|| format!("no column {wanted}"))
    };
    let (instance, path_length) = (column("instance")?, column("cp_lb")?);
    let (upper, lower) = (column("ub")?, column("lb")?);
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            let number = |at: usize| -> Result<i64, String> {
                cells
                    .get(at)
                    .and_then(|cell| cell.parse().ok())
                    .ok_or_else(|| format!("not a number in {line}"))
            };
            let known =
                Known { critical_path: number(path_length)?, upper: number(upper)?, lower: number(lower)? };
            Ok((cells[instance].trim_end_matches(".sm").to_owned(), known))
        })
        .collect()
}
