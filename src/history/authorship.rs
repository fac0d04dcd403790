//! Who wrote a line, and who took one out.
//!
//! Comes in: two states of the folder and the lines of an entry in them. Goes out: the line that differs, with the commit that
//! brought the difference. A line that came with a merge is the work of whoever wrote it on the branch, not of whoever merged.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::lines::common_lines;
use super::object::{Node, ObjectName};
use super::{Commit, Past, Stop, renamed};
use crate::source::disk::Folder;

/// Who changed something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Author {
    /// This commit.
    Commit(Commit),
    /// It stands in the folder and in no commit.
    Uncommitted,
    /// The commit is left out of this shallow clone.
    NotInClone,
}

/// A line that differs, and who is behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touch {
    /// The file; where the line was taken out, as the older state calls it.
    pub path: String,
    /// The line, counted from 1.
    pub line: usize,
    /// Whether the line is gone, so that it is found in the older state only.
    pub is_gone: bool,
    /// Who did it; none where the repository does not tell.
    pub author: Option<Author>,
}

/// The newer of two states.
#[derive(Clone, Copy)]
pub enum Side<'a> {
    /// A commit.
    At(&'a Stop),
    /// The folder as it was read.
    Read(&'a Folder),
}

/// The lines of a file that differ between two states.
struct Differing {
    older: Vec<String>,
    newer: Vec<String>,
    /// Lines of the older state that are gone.
    gone: BTreeSet<usize>,
    /// Lines of the newer state that are not in the older one, with who wrote them and when.
    came: Came,
}

/// Who changed what between two states.
pub struct Authorship<'a> {
    past: &'a Past,
    older: &'a Stop,
    newer: Side<'a>,
    /// What a path begins with now, and what it began with then, where a project's folder was renamed.
    renamed: Option<(String, String)>,
    files: RefCell<BTreeMap<String, Option<Rc<Differing>>>>,
    whole: RefCell<BTreeMap<String, Rc<Came>>>,
}

/// Lines with who wrote them and when.
type Came = BTreeMap<usize, (i64, Author)>;

/// A file of the newer state: the commit from which it is followed back, and its text.
struct Newest {
    stop: Stop,
    node: Node,
    /// Path and content in that commit; none where it has none.
    kept: Option<(String, ObjectName)>,
    lines: Vec<String>,
}

/// Lines of one file version that are still looked for in older ones.
struct Open {
    stop: Stop,
    node: Node,
    path: String,
    content: ObjectName,
    /// Line of this version, line of the newest.
    lines: Vec<(usize, usize)>,
}

impl Past {
    /// Asks who changed what between two states.
    #[must_use]
    pub fn authorship<'a>(&'a self, older: &'a Stop, newer: Side<'a>) -> Authorship<'a> {
        Authorship {
            past: self,
            older,
            newer,
            renamed: None,
            files: RefCell::default(),
            whole: RefCell::default(),
        }
    }
}

impl Authorship<'_> {
    /// Says that paths which begin with `now` began with `then` in the older state.
    #[must_use]
    pub fn renamed(self, then: &str, now: &str) -> Self {
        Self { renamed: (then != now).then(|| (now.to_owned(), then.to_owned())), ..self }
    }
}

impl Authorship<'_> {
    /// Where an entry differs between the two states, and who is behind it. Places are path and line, counted from 1.
    ///
    /// The newest author of its lines that differ answers for a changed entry; for one that is gone, whoever took it out.
    /// Where no line of it differs, because time alone changed what it means, its place and the newest author of its lines.
    #[must_use]
    pub fn touch(&self, before: Option<(&str, usize)>, after: Option<(&str, usize)>) -> Option<Touch> {
        let touch =
            |path: &str, line, is_gone, author| Touch { path: path.to_owned(), line, is_gone, author };
        if let Some((path, line)) = after {
            let Some(differing) = self.differing(path) else { return Some(touch(path, line, false, None)) };
            let block = block(&differing.newer, line.checked_sub(1)?, path);
            let newest = |came: &Came| {
                let by = came.range(block.clone()).max_by_key(|(_, (when, _))| *when);
                by.map(|(_, (_, author))| author.clone())
            };
            if let Some((first, _)) = differing.came.range(block.clone()).next() {
                return Some(touch(path, *first + 1, false, newest(&differing.came)));
            }
            // The entry only lost lines, or none of its lines differs.
            let lost = before.and_then(|(older, line)| {
                let lost = first_gone(&differing, older, line)?;
                self.who_took(older, differing.older.get(lost)?)
            });
            let author = lost.or_else(|| newest(&*self.whole(path)?));
            return Some(touch(path, line, false, author));
        }
        let (path, line) = before?;
        let text = self.older_text(path)?;
        let author = self.who_took(path, text.get(line.checked_sub(1)?)?);
        Some(touch(path, line, true, author))
    }

    /// Says whether any line of an entry of the newer state differs.
    #[must_use]
    pub fn is_touched(&self, (path, line): (&str, usize)) -> bool {
        self.differing(path).is_some_and(|differing| {
            let block = block(&differing.newer, line.saturating_sub(1), path);
            differing.came.range(block).next().is_some()
        })
    }

    /// Who wrote each line of a file, whenever that was.
    fn whole(&self, path: &str) -> Option<Rc<Came>> {
        if let Some(known) = self.whole.borrow().get(path) {
            return Some(Rc::clone(known));
        }
        let newest = self.newest(path)?;
        let all = (0..newest.lines.len()).collect();
        let came = Rc::new(self.came(newest, &all)?);
        self.whole.borrow_mut().insert(path.to_owned(), Rc::clone(&came));
        Some(came)
    }

    fn differing(&self, path: &str) -> Option<Rc<Differing>> {
        if let Some(known) = self.files.borrow().get(path) {
            return known.clone();
        }
        let found = self.look(path).map(Rc::new);
        self.files.borrow_mut().insert(path.to_owned(), found.clone());
        found
    }

    fn newest(&self, path: &str) -> Option<Newest> {
        let past = self.past;
        let (stop, text) = match self.newer {
            Side::At(stop) => {
                let (_, content) = renamed::follow(&past.listing(stop.folder), path, None)?;
                ((*stop).clone(), past.text(content)?)
            }
            Side::Read(folder) => (past.head()?, folder.text_at(path)?.1.text.clone()),
        };
        Some(Newest {
            node: past.repository.commit(stop.commit.name)?,
            kept: renamed::follow(&past.listing(stop.folder), path, None),
            lines: text.lines().map(str::to_owned).collect(),
            stop,
        })
    }

    fn look(&self, path: &str) -> Option<Differing> {
        let past = self.past;
        let newest = self.newest(path)?;
        let hint = newest.kept.as_ref().map(|(_, content)| *content);
        let then = self.renamed.as_ref();
        let then = then.and_then(|(now, then)| Some(format!("{then}{}", path.strip_prefix(now.as_str())?)));
        let older_path = then.as_deref().unwrap_or(path);
        let older = match renamed::follow(&past.listing(self.older.folder), older_path, hint) {
            Some((_, content)) => past.text(content)?.lines().map(str::to_owned).collect(),
            None => Vec::new(),
        };
        let mut wanted: BTreeSet<usize> = (0..newest.lines.len()).collect();
        let mut gone: BTreeSet<usize> = (0..older.len()).collect();
        for (old, new) in common(&older, &newest.lines) {
            wanted.remove(&new);
            gone.remove(&old);
        }
        let newer = newest.lines.clone();
        let came = self.came(newest, &wanted)?;
        Some(Differing { older, newer, gone, came })
    }

    /// Who wrote some lines of a file of the newer state.
    fn came(&self, newest: Newest, wanted: &BTreeSet<usize>) -> Option<Came> {
        let uncommitted = |line: &usize| (*line, (i64::MAX, Author::Uncommitted));
        let Some((path, content)) = newest.kept else {
            return Some(wanted.iter().map(uncommitted).collect());
        };
        let committed: Vec<String> = self.past.text(content)?.lines().map(str::to_owned).collect();
        let pairs = common(&committed, &newest.lines);
        let known: BTreeMap<usize, usize> = pairs.into_iter().map(|(old, new)| (new, old)).collect();
        let (kept, own): (Vec<&usize>, Vec<&usize>) =
            wanted.iter().partition(|line| known.contains_key(line));
        let mut came: Came = own.into_iter().map(uncommitted).collect();
        let lines = kept.into_iter().filter_map(|line| Some((*known.get(line)?, *line))).collect();
        self.trace(Open { stop: newest.stop, node: newest.node, path, content, lines }, &mut came);
        Some(came)
    }

    /// Follows lines back to the commits that brought them.
    fn trace(&self, first: Open, came: &mut Came) {
        let mut open: BTreeMap<(i64, ObjectName), Open> = BTreeMap::new();
        let key = |one: &Open| (one.node.seconds, one.node.commit.name);
        open.insert(key(&first), first);
        while let Some((_, mut one)) = open.pop_last() {
            for parent in one.node.parents.clone() {
                if one.lines.is_empty() {
                    break;
                }
                let Some(older) = self.at_parent(&one, parent) else { continue };
                let passed = self.passed(&mut one.lines, one.content, older.content);
                if passed.is_empty() {
                    continue;
                }
                let known = open.entry(key(&older)).or_insert(older);
                known.lines.extend(passed);
            }
            let author = if one.node.is_cut { Author::NotInClone } else { Author::Commit(one.node.commit) };
            came.extend(one.lines.into_iter().map(|(_, line)| (line, (one.node.seconds, author.clone()))));
        }
    }

    /// The same file at a parent, with no lines yet.
    fn at_parent(&self, one: &Open, parent: ObjectName) -> Option<Open> {
        let node = self.past.repository.commit(parent)?;
        let stop = self.past.stop_beside(&node, &one.stop)?;
        let (path, content) = renamed::follow(&self.past.listing(stop.folder), &one.path, Some(one.content))?;
        Some(Open { stop, node, path, content, lines: Vec::new() })
    }

    /// Takes the lines out of a version that the older one has too.
    fn passed(
        &self,
        lines: &mut Vec<(usize, usize)>,
        content: ObjectName,
        older: ObjectName,
    ) -> Vec<(usize, usize)> {
        if content == older {
            return std::mem::take(lines);
        }
        let text = |content| -> Vec<String> {
            self.past.text(content).unwrap_or_default().lines().map(str::to_owned).collect()
        };
        let pairs = common(&text(older), &text(content));
        let at_older: BTreeMap<usize, usize> = pairs.into_iter().map(|(old, new)| (new, old)).collect();
        let (passed, left): (Vec<_>, Vec<_>) =
            lines.drain(..).partition(|(here, _)| at_older.contains_key(here));
        *lines = left;
        passed.into_iter().filter_map(|(here, line)| Some((*at_older.get(&here)?, line))).collect()
    }

    fn older_text(&self, path: &str) -> Option<Vec<String>> {
        let (_, content) = renamed::follow(&self.past.listing(self.older.folder), path, None)?;
        Some(self.past.text(content)?.lines().map(str::to_owned).collect())
    }

    /// Who took a line of the older state out; entries are known by what stands before their colon.
    fn who_took(&self, path: &str, line: &str) -> Option<Author> {
        let wanted = head(line);
        let head = self.past.head()?;
        let start = match self.newer {
            Side::At(stop) => stop,
            Side::Read(_) if self.has(&head, path, wanted) => return Some(Author::Uncommitted),
            Side::Read(_) => &head,
        };
        let (mut stop, mut found) = (start.clone(), None);
        let mut seen = BTreeSet::new();
        loop {
            if !seen.insert(stop.commit.name) || stop.commit.name == self.older.commit.name {
                return found;
            }
            let node = self.past.repository.commit(stop.commit.name)?;
            if node.is_cut {
                return Some(Author::NotInClone);
            }
            let parents = node.parents.iter().filter_map(|parent| {
                let node = self.past.repository.commit(*parent)?;
                self.past.stop_beside(&node, &stop)
            });
            let (with, without): (Vec<Stop>, Vec<Stop>) =
                parents.partition(|parent| self.has(parent, path, wanted));
            let is_taken_here = !with.is_empty();
            if is_taken_here {
                found = Some(Author::Commit(node.commit));
            }
            // A merge took it over from the branch that lacks it: there it was taken out, unless it never was there.
            match without.into_iter().next() {
                Some(next) => stop = next,
                None => return found,
            }
        }
    }

    fn has(&self, stop: &Stop, path: &str, wanted: &str) -> bool {
        let listing = self.past.listing(stop.folder);
        let older = self.past.listing(self.older.folder);
        let content = renamed::follow(&older, path, None).map(|(_, content)| content);
        let text = renamed::follow(&listing, path, content).and_then(|(_, content)| self.past.text(content));
        text.is_some_and(|text| text.lines().any(|line| head(line) == wanted))
    }
}

/// The first line of an entry of the older state that is gone.
fn first_gone(differing: &Differing, path: &str, line: usize) -> Option<usize> {
    let block = block(&differing.older, line.checked_sub(1)?, path);
    differing.gone.range(block).next().copied()
}

fn common(old: &[String], new: &[String]) -> Vec<(usize, usize)> {
    let old: Vec<&str> = old.iter().map(String::as_str).collect();
    let new: Vec<&str> = new.iter().map(String::as_str).collect();
    common_lines(&old, &new)
}

/// What an entry is known by: a line up to its colon, or the whole line where it has none.
fn head(line: &str) -> &str {
    let line = line.trim();
    let key = line.split_once(':').filter(|(_, rest)| rest.is_empty() || rest.starts_with(' '));
    key.map_or(line, |(key, _)| key)
}

/// The lines of an entry: its first one, and in files that are indented what stands deeper below it.
fn block(lines: &[String], first: usize, path: &str) -> std::ops::Range<usize> {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let deep = lines.get(first).map_or(0, |line| indent(line));
    let is_table = path.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("csv"));
    let below = lines.iter().skip(first + 1);
    let n_below = if is_table {
        0
    } else {
        below.take_while(|line| line.trim().is_empty() || indent(line) > deep).count()
    };
    first..first + 1 + n_below
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_ends_where_the_next_one_begins() {
        let lines: Vec<String> =
            "a:\n  b: {x: 1,\n      y: 2}\n\n  c:\n    d: 1\n  e: 2".lines().map(str::to_owned).collect();
        assert_eq!(block(&lines, 1, "plan.yaml"), 1..4);
        assert_eq!(block(&lines, 4, "plan.yaml"), 4..6);
        assert_eq!(block(&lines, 0, "plan.yaml"), 0..7);
        assert_eq!(block(&lines, 6, "plan.yaml"), 6..7);
        assert_eq!(block(&lines, 0, "costs.csv"), 0..1);
        assert_eq!(block(&lines, 9, "plan.yaml"), 9..10);
    }

    #[test]
    fn an_entry_is_known_by_its_key() {
        assert_eq!(head("  pilot: {duration: 5d}"), "pilot");
        assert_eq!(head("  pilot:"), "pilot");
        assert_eq!(head("2026-11-06,pilot,12:30"), "2026-11-06,pilot,12:30");
    }
}
