//! The scripts of the index. Each hands its part to `milepostSearch`, which `assets/search.js` defines: pages on disk may
//! not read files, but they may run scripts that lie beside them.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::word::{FOLDED, LONGEST, STOP_WORDS};
use super::{Findable, Index, Postings};

/// Bytes after which a file of words or a block of things ends, unless a single entry is longer.
pub const LIMIT: usize = 32 * 1_024;

/// Letters of a text that are kept to be shown beside a result.
const SHOWN: usize = 480;

/// Writes all scripts.
pub(super) fn write(things: &[Findable], index: &Index) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let (kinds, projects) =
        (names(things, |thing| Some(&thing.kind)), names(things, |thing| thing.project.as_ref()));

    let blocks = cut(things.iter().enumerate().map(|(number, thing)| {
        let row = json!([
            thing.title,
            place_in(&kinds, Some(&thing.kind)),
            place_in(&projects, thing.project.as_ref()),
            thing.href,
            shown(&thing.text),
            thing.id.as_deref().unwrap_or_default(),
        ]);
        (number, row.to_string())
    }));
    for (place, (first, rows)) in blocks.iter().enumerate() {
        let text = format!("milepostSearch.things({first},[\n{}\n]);\n", rows.join(",\n"));
        files.insert(format!("search/things-{place}.js"), text);
    }

    // Scripts compare texts by their UTF-16 units.
    let mut words: Vec<(&String, &Postings)> = index.words.iter().collect();
    words.sort_by(|(left, _), (right, _)| left.encode_utf16().cmp(right.encode_utf16()));
    let shards =
        cut(words.into_iter().map(|(word, postings)| (word, format!("{}:{}", json!(word), told(postings)))));
    for (place, (_, rows)) in shards.iter().enumerate() {
        let text = format!("milepostSearch.words({place},{{\n{}\n}});\n", rows.join(",\n"));
        files.insert(format!("search/words-{place}.js"), text);
    }

    let head: BTreeMap<&str, Value> = BTreeMap::from([
        ("blocks", json!(blocks.iter().map(|(first, _)| first).collect::<Vec<_>>())),
        ("fold", json!(FOLDED)),
        ("folders", json!(folders(things))),
        ("kinds", json!(kinds)),
        ("longest", json!(LONGEST)),
        ("projects", json!(projects)),
        ("stop", json!(STOP_WORDS)),
        ("words", json!(shards.iter().map(|(first, _)| first).collect::<Vec<_>>())),
    ]);
    files.insert("search/index.js".to_owned(), format!("milepostSearch.begin({});\n", json!(head)));
    files
}

/// Rows in groups of at most [`LIMIT`] bytes, each with the key of its first row.
fn cut<Key>(rows: impl Iterator<Item = (Key, String)>) -> Vec<(Key, Vec<String>)> {
    let mut groups: Vec<(Key, Vec<String>)> = Vec::new();
    let mut length = 0;
    for (key, row) in rows {
        length += row.len() + 2;
        if let Some((_, group)) = groups.last_mut().filter(|_| length <= LIMIT) {
            group.push(row);
        } else {
            length = row.len() + 2;
            groups.push((key, vec![row]));
        }
    }
    groups
}

/// Things by place, `text|title|id`, each as steps from number to number to the base 36; what is empty at the end is left
/// out. `"1 4|2"` stands in the texts of things 1 and 5 and in the title of thing 2.
fn told(postings: &Postings) -> String {
    let lists = [&postings.text, &postings.title, &postings.id].map(|numbers| steps(numbers));
    let text = lists.join("|");
    json!(text.trim_end_matches('|')).to_string()
}

fn steps(numbers: &[usize]) -> String {
    let mut before = 0;
    let mut steps = Vec::with_capacity(numbers.len());
    for number in numbers {
        steps.push(base_36(number - before));
        before = *number;
    }
    steps.join(" ")
}

fn base_36(mut number: usize) -> String {
    let mut digits = Vec::new();
    loop {
        digits.push(b"0123456789abcdefghijklmnopqrstuvwxyz"[number % 36]);
        number /= 36;
        if number == 0 {
            break;
        }
    }
    digits.iter().rev().map(|digit| char::from(*digit)).collect()
}

/// The folder of each project with the numbers of its first thing and of all its things: they stand together.
fn folders(things: &[Findable]) -> Vec<(&str, usize, usize)> {
    let mut folders: Vec<(&str, usize, usize)> = Vec::new();
    for (number, thing) in things.iter().enumerate().filter(|(_, thing)| thing.project.is_some()) {
        let folder = thing.href.split('/').next().unwrap_or_default();
        match folders.last_mut().filter(|(last, ..)| *last == folder) {
            Some((_, _, count)) => *count += 1,
            None => folders.push((folder, number, 1)),
        }
    }
    folders
}

/// Each name once, in the order in which things bring them.
fn names<'a>(things: &'a [Findable], name: impl Fn(&'a Findable) -> Option<&'a String>) -> Vec<&'a str> {
    let mut names: Vec<&str> = Vec::new();
    for name in things.iter().filter_map(name) {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    names
}

/// The place of a name; −1 for none.
fn place_in(names: &[&str], name: Option<&String>) -> i64 {
    let place = names.iter().position(|known| Some(*known) == name.map(String::as_str));
    place.and_then(|place| i64::try_from(place).ok()).unwrap_or(-1)
}

/// What is kept of a text, ending at a word.
fn shown(text: &str) -> &str {
    match text.char_indices().nth(SHOWN) {
        None => text,
        Some((end, _)) => {
            text[..end].rsplit_once(char::is_whitespace).map_or(&text[..end], |(whole, _)| whole)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_steps_to_the_base_36() {
        assert_eq!(steps(&[1, 5, 41, 1_341]), "1 4 10 104");
        assert_eq!(steps(&[0]), "0");
        let postings = Postings { text: vec![1, 5], title: vec![2], id: vec![] };
        assert_eq!(told(&postings), "\"1 4|2\"");
        assert_eq!(told(&Postings { id: vec![3], ..Postings::default() }), "\"||3\"");
    }

    #[test]
    fn files_end_before_the_limit_and_every_row_is_in_one() {
        let rows = (0..4_000).map(|number| (number, format!("\"word{number}\":\"1 2 3 4 5 6 7 8\"")));
        let groups = cut(rows);
        assert!(groups.len() > 3);
        let length = |rows: &[String]| rows.iter().map(|row| row.len() + 2).sum::<usize>();
        assert!(groups.iter().all(|(_, rows)| length(rows) <= LIMIT));
        assert_eq!(groups.iter().map(|(_, rows)| rows.len()).sum::<usize>(), 4_000);
        let huge = cut([(0, "x".repeat(LIMIT * 2)), (1, "y".to_owned())].into_iter());
        assert_eq!(huge.len(), 2, "what is longer stands alone");
    }

    #[test]
    fn the_things_of_a_project_stand_together_under_its_folder() {
        let thing = |project: Option<&str>, href: &str| Findable {
            id: None,
            title: "x".to_owned(),
            kind: "Page".to_owned(),
            project: project.map(str::to_owned),
            href: href.to_owned(),
            text: String::new(),
        };
        let things = [
            thing(Some("Net"), "net/index.html"),
            thing(Some("Net"), "net/tasks/pilot.html"),
            thing(Some("Ward"), "ward/index.html"),
            thing(None, "index.html"),
        ];
        assert_eq!(folders(&things), [("net", 0, 2), ("ward", 2, 1)]);
    }

    #[test]
    fn texts_are_cut_between_words() {
        let long = "word ".repeat(200);
        assert!(shown(&long).len() <= SHOWN && shown(&long).ends_with("word"));
        assert_eq!(shown("short"), "short");
    }
}
