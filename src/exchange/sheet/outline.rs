//! How the rows of a table stand below each other: by level, by numbers such as 1.2.1, or by the row above.

use std::collections::BTreeMap;

use super::read::Row;
use crate::diagnostic::{Diagnostic, Diagnostics, Span};
use crate::exchange::rule::{DANGLING_FOREIGN_REFERENCE, DOUBLED_KEY, LINKS_IN_A_CIRCLE};

/// Rows by what others call them: key, number in the outline, name; the first of several.
pub(super) struct Keys {
    by_key: BTreeMap<String, usize>,
    /// Names that several rows have and that are no key, with the number of those rows.
    shared: BTreeMap<String, usize>,
}

impl Keys {
    /// Gathers the keys. Where no row has a key, rows go by their number, 1 for the first.
    pub(super) fn of(rows: &[Row]) -> Self {
        let mut by_key = BTreeMap::new();
        let mut names: BTreeMap<String, usize> = BTreeMap::new();
        let has_keys = rows.iter().any(|row| !row.key.is_empty());
        for (place, row) in rows.iter().enumerate() {
            if !row.key.is_empty() {
                by_key.entry(row.key.to_lowercase()).or_insert(place);
            }
        }
        for (place, row) in rows.iter().enumerate() {
            if !has_keys {
                by_key.entry((place + 1).to_string()).or_insert(place);
            }
            if !row.wbs.is_empty() {
                by_key.entry(row.wbs.to_lowercase()).or_insert(place);
            }
        }
        for (place, row) in rows.iter().enumerate() {
            let name = row.name.to_lowercase();
            // What is a key means its row, whatever others are called.
            if names.contains_key(&name) || !by_key.contains_key(&name) {
                *names.entry(name.clone()).or_default() += 1;
                by_key.entry(name).or_insert(place);
            }
        }
        names.retain(|_, n_rows| *n_rows > 1);
        Self { by_key, shared: names }
    }

    /// Reports a row that others call by a name which several rows have; the first of them is meant.
    pub(super) fn tell_shared(&self, key: &str, span: Span, found: &mut Diagnostics) {
        let Some(n_rows) = self.shared.get(&key.trim().to_lowercase()) else { return };
        let message = format!("{n_rows} rows are called `{}`; the first of them was taken", key.trim());
        found.push(
            Diagnostic::new(&DOUBLED_KEY, span, message)
                .hint("name the row by its key or number, or correct `after:` in `plan.yaml`"),
        );
    }

    /// The row of a key.
    pub(super) fn find(&self, key: &str) -> Option<usize> {
        self.by_key.get(&key.trim().to_lowercase()).copied()
    }
}

/// Rows in the order of the outline, summaries before what they hold, each with its level from 1.
pub(super) fn outline(rows: &[Row], keys: &Keys, found: &mut Diagnostics) -> Vec<(usize, usize)> {
    let plain = || rows.iter().enumerate();
    if rows.iter().any(|row| row.level.is_some()) {
        // A first level of 0 is the row of the whole project; it stays the outermost.
        let least = rows.iter().filter_map(|row| row.level).min().unwrap_or(1);
        return plain().map(|(place, row)| (place, row.level.unwrap_or(least) - least + 1)).collect();
    }
    if rows.iter().any(|row| row.parent.is_some()) {
        return below(rows, keys, found);
    }
    if rows.iter().any(|row| row.wbs.contains('.')) {
        return plain().map(|(place, row)| (place, row.wbs.matches('.').count() + 1)).collect();
    }
    plain().map(|(place, _)| (place, 1)).collect()
}

/// The outline of rows that name the one above them.
fn below(rows: &[Row], keys: &Keys, found: &mut Diagnostics) -> Vec<(usize, usize)> {
    let mut above: Vec<Option<usize>> = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        let Some(cell) = &row.parent else {
            above.push(None);
            continue;
        };
        let parent = keys.find(&cell.text).filter(|parent| *parent != place);
        keys.tell_shared(&cell.text, cell.span, found);
        if keys.find(&cell.text) == Some(place) {
            let message = format!("`{}` names itself as the row above it; it stands outermost", row.name);
            found.push(
                Diagnostic::new(&LINKS_IN_A_CIRCLE, cell.span, message)
                    .hint("name the row that really stands above it"),
            );
        } else if parent.is_none() {
            let message = format!("`{}` stands below `{}`, which is not in this table", row.name, cell.text);
            found.push(
                Diagnostic::new(&DANGLING_FOREIGN_REFERENCE, cell.span, message)
                    .hint("name another row, or move the task in `plan.yaml`"),
            );
        }
        above.push(parent);
    }
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); rows.len()];
    let mut roots = Vec::new();
    for (place, parent) in above.iter().enumerate() {
        match parent {
            Some(parent) => children[*parent].push(place),
            None => roots.push(place),
        }
    }
    let mut order = Vec::new();
    let mut is_seen = vec![false; rows.len()];
    let mut walk = |root: usize, order: &mut Vec<(usize, usize)>| {
        let mut open = vec![(root, 1)];
        while let Some((place, level)) = open.pop() {
            if std::mem::replace(&mut is_seen[place], true) {
                continue;
            }
            order.push((place, level));
            open.extend(children[place].iter().rev().map(|child| (*child, level + 1)));
        }
    };
    for root in roots {
        walk(root, &mut order);
    }
    // Rows that stand below each other in a circle are reached from no root: the first of them becomes one.
    for (place, row) in rows.iter().enumerate() {
        let n_before = order.len();
        walk(place, &mut order);
        if order.len() > n_before
            && let Some(cell) = &row.parent
        {
            let message = format!("`{}` stands below itself", row.name);
            found.push(
                Diagnostic::new(&LINKS_IN_A_CIRCLE, cell.span, message)
                    .hint("name the row that really stands above it"),
            );
        }
    }
    order
}
