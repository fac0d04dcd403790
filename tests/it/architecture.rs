//! Holds the imports of every file against the table in the tour of the house (`src/lib.rs`).

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

#[test]
fn every_import_is_in_the_table() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let tour = std::fs::read_to_string(source.join("lib.rs")).unwrap();
    let table = table(&tour);
    let rooms: BTreeSet<&str> = table.keys().map(String::as_str).collect();
    let mut faults = Vec::new();
    for file in rust_files(&source) {
        let relative = file.strip_prefix(&source).unwrap();
        let room = relative
            .components()
            .next()
            .unwrap()
            .as_os_str()
            .to_str()
            .unwrap()
            .trim_end_matches(".rs")
            .to_owned();
        if room == "lib" || room == "main" {
            continue;
        }
        let Some(allowed) = table.get(&room) else {
            faults
                .push(format!("src/{}: room `{room}` is not in the table of src/lib.rs", relative.display()));
            continue;
        };
        let text = std::fs::read_to_string(&file).unwrap();
        for (number, line) in product_lines(&text).enumerate() {
            if line.trim_start().starts_with("//") {
                continue;
            }
            for (at, _) in line.match_indices("crate::") {
                let rest = &line[at + "crate::".len()..];
                let wanted: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                if rooms.contains(wanted.as_str()) && wanted != room && !allowed.contains(&wanted) {
                    faults.push(format!(
                        "src/{}:{}: `{room}` may not import `{wanted}`; it may import {allowed:?}",
                        relative.display(),
                        number + 1,
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn the_table_has_no_way_back_up() {
    let tour = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let table = table(&tour);
    for room in table.keys() {
        let mut reached = BTreeSet::new();
        let mut open: Vec<&String> = table[room].iter().collect();
        while let Some(next) = open.pop() {
            assert_ne!(next, room, "`{room}` reaches itself");
            if reached.insert(next) {
                open.extend(&table[next]);
            }
        }
    }
}

#[test]
fn files_stay_readable() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let long: Vec<String> = rust_files(&source)
        .into_iter()
        .filter_map(|file| {
            let text = std::fs::read_to_string(&file).unwrap();
            let n_lines = product_lines(&text).count();
            (n_lines > 600)
                .then(|| format!("{}: {n_lines} lines", file.strip_prefix(&source).unwrap().display()))
        })
        .collect();
    assert!(long.is_empty(), "split these, each has more than 600 lines:\n{}", long.join("\n"));
}

#[test]
fn a_project_is_compiled_in_one_place() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut places = Vec::new();
    // `plan` says what compiling is; a plan of another program is proved outside of any report.
    let is_asked = |file: &PathBuf| {
        ![source.join("plan"), source.join("exchange")].iter().any(|room| file.starts_with(room))
    };
    for file in rust_files(&source).into_iter().filter(is_asked) {
        let text = std::fs::read_to_string(&file).unwrap();
        let lines = product_lines(&text);
        let compiles = |line: &&str| {
            ["Engine::new(", "Compiled::of(", "Compiled::of)", "plan::schedule"]
                .iter()
                .any(|one| line.contains(one))
        };
        let name = file.strip_prefix(&source).unwrap().display().to_string();
        // Files that are tests as a whole.
        let is_test = name.ends_with("_test.rs") || name.ends_with("golden.rs") || name.ends_with("laws.rs");
        places.extend(
            lines.filter(compiles).filter(|_| !is_test).map(|line| format!("{name}: {}", line.trim())),
        );
    }
    let allowed = [
        "pipeline.rs: let compiled = Compiled::of(&project);",
        // Projects that wait for each other are scheduled until their dates have settled, before any is measured.
        "pipeline/external.rs: let served = order.map(|place| (place, Compiled::of(&projects[place]))).collect();",
        // Those that levelled projects had to work around are scheduled once for each of their reports that a gate looks back at.
        "pipeline/gone_by.rs: let compiled = self.compiled[place].get_or_insert_with(|| Compiled::of(&project));",
    ];
    places.sort();
    assert_eq!(places, allowed);
}

fn table(tour: &str) -> BTreeMap<String, BTreeSet<String>> {
    tour.lines()
        .filter_map(|line| line.strip_prefix("//! | `"))
        .map(|line| {
            let (room, rest) = line.split_once("` |").expect("a row names its room in backticks");
            let allowed = rest.trim().trim_end_matches('|').split(',').map(|name| name.trim().to_owned());
            (room.to_owned(), allowed.filter(|name| !name.is_empty()).collect())
        })
        .collect()
}

/// The lines of a file up to the tests that stand in it; a file of tests that is only declared ends nothing.
fn product_lines(text: &str) -> impl Iterator<Item = &str> {
    let mut lines = text.lines().peekable();
    std::iter::from_fn(move || {
        let line = lines.next()?;
        let opens_tests = line.trim_start().starts_with("#[cfg(test)]")
            && lines.peek().is_some_and(|next| next.trim_start().starts_with("mod ") && next.ends_with('{'));
        (!opens_tests).then_some(line)
    })
}

#[test]
fn a_declared_file_of_tests_does_not_end_what_is_looked_at() {
    let declared =
        "#[cfg(test)]\nmod cases;\nuse crate::plan;\n#[cfg(test)]\nmod tests {\n    use super::*;\n}\n";
    let seen: Vec<&str> = product_lines(declared).collect();
    assert_eq!(seen, ["#[cfg(test)]", "mod cases;", "use crate::plan;"]);
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// A rule that is declared and in no list is printed by `check` and unknown to `explain` and the documentation.
#[test]
fn every_rule_that_is_declared_is_listed() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let listed: Vec<&str> = milepost::rules::all().iter().map(|rule| rule.code).collect();
    let mut missing = Vec::new();
    for file in rust_files(&source) {
        let text = std::fs::read_to_string(&file).unwrap();
        for block in text.split("declare_rule! {").skip(1) {
            let Some((_, after)) = block.split_once("pub static ") else { continue };
            let code = after.split('"').nth(1).unwrap_or_default();
            let is_code =
                code != "E999" && code.len() == 4 && code[1..].bytes().all(|byte| byte.is_ascii_digit());
            if is_code && !listed.contains(&code) {
                missing.push(code.to_owned());
            }
        }
    }
    assert_eq!(missing, Vec::<String>::new());
    assert!(listed.len() > 200);
}
