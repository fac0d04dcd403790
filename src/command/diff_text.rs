//! A comparison as lines for a terminal.

use super::diff::DiffWords;
use crate::diagnostic::spelling::count;
use crate::page::what_changed::{
    CommitWords, EntryWords, NOTHING_CHANGED, SinceWords, StateWords, day_words,
};
use crate::page::what_if::ChangeRow;

/// So many pieces of work that move are listed; milestones and gates always are.
const WORK_AT_MOST: usize = 25;

/// The whole answer.
pub(super) fn text(words: &DiffWords) -> String {
    let mut lines = Vec::new();
    for project in &words.projects {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        of_project(project, &mut lines);
    }
    if !words.not_compared.is_empty() || !words.gone.is_empty() {
        gap(&mut lines);
        lines.push("Not compared".to_owned());
        lines.extend(words.not_compared.iter().map(|one| format!("  {}: {}", one.name, one.why)));
        lines.extend(words.gone.iter().map(|name| format!("  {name}: It is there no longer.")));
    }
    if !words.limits.is_empty() {
        gap(&mut lines);
        lines.extend(words.limits.iter().cloned());
    }
    lines.join("\n")
}

fn gap(lines: &mut Vec<String>) {
    if !lines.is_empty() {
        lines.push(String::new());
    }
}

fn of_project(words: &SinceWords, lines: &mut Vec<String>) {
    lines.push(words.name.clone());
    lines.push(format!("since {}, until {}", state(&words.from), state(&words.to)));
    if let Some(from) = &words.renamed_from {
        lines.push(format!("then in the folder `{from}`"));
    }
    lines.push(String::new());
    let Some(in_short) = &words.in_short else {
        lines.push(format!("  {NOTHING_CHANGED}"));
        return;
    };
    lines.push(format!("In short: {in_short}"));
    lines.extend(words.rebaselined.clone());
    lines.push(String::new());
    table(&words.figures, lines);
    for group in &words.groups {
        lines.push(String::new());
        lines.push(group.title.to_owned());
        for entry in &group.entries {
            of_entry(entry, lines);
        }
    }
    if !words.moved.is_empty() {
        lines.push(String::new());
        lines.push("Dates that moved".to_owned());
        let n_points = words.moved.iter().take_while(|row| row.kind != "work").count();
        let shown = words.moved.get(..n_points + WORK_AT_MOST).unwrap_or(&words.moved);
        table(shown, lines);
        let n_more = words.moved.len() - shown.len();
        if n_more > 0 {
            lines.push(format!("  … and {} more; `--format json` lists all", count(n_more, "task")));
        }
    }
    for (title, found) in
        [("Findings that went", &words.findings_went), ("Findings that came", &words.findings_came)]
    {
        if !found.is_empty() {
            lines.push(String::new());
            lines.push(title.to_owned());
            lines.extend(found.iter().map(|found| format!("  - {found}")));
        }
    }
    if !words.commits.is_empty() {
        lines.push(String::new());
        lines.push("Commit by commit".to_owned());
        lines.extend(words.commits.iter().flat_map(of_commit));
    }
}

fn state(words: &StateWords) -> String {
    let commit = match (&words.commit, &words.commit_day) {
        (Some(commit), Some(day)) => format!(" ({commit} of {})", day_words(day)),
        _ => String::new(),
    };
    format!("{}{commit}, as of {}", words.what, day_words(&words.as_of))
}

fn table(rows: &[ChangeRow], lines: &mut Vec<String>) {
    let width =
        |cell: fn(&ChangeRow) -> &str| rows.iter().map(|row| cell(row).chars().count()).max().unwrap_or(0);
    let (what, before, after) = (width(|row| &row.what), width(|row| &row.before), width(|row| &row.after));
    for row in rows {
        let (arrow, changed) = if row.before == row.after { ("  ", "") } else { ("->", row.after.as_str()) };
        let line =
            format!("  {:what$}  {:before$} {arrow} {changed:after$}  {}", row.what, row.before, row.by);
        lines.push(line.trim_end().to_owned());
    }
}

fn of_entry(entry: &EntryWords, lines: &mut Vec<String>) {
    let name = entry.name.as_str();
    let called: Vec<&str> = [entry.id.as_str(), name].into_iter().filter(|word| !word.is_empty()).collect();
    let changes =
        if entry.changes.is_empty() { String::new() } else { format!(": {}", entry.changes.join("; ")) };
    lines.push(format!("  {:12}  {}{changes}", entry.fate, called.join(" ")));
    let place = entry
        .place
        .as_ref()
        .map(|place| if entry.is_gone { format!("was at {place}") } else { place.clone() });
    let commit = match (&entry.commit, &entry.commit_day) {
        (Some(commit), Some(day)) => Some(format!("{commit} of {}", day_words(day))),
        _ => None,
    };
    let subject = entry.subject.as_ref().map(|subject| format!("“{subject}”"));
    let by: Vec<String> = [place, entry.author.clone(), commit, subject].into_iter().flatten().collect();
    if !by.is_empty() {
        lines.push(format!("  {:12}  {}", "", by.join(", ")));
    }
}

fn of_commit(commit: &CommitWords) -> Vec<String> {
    let day = commit.day.as_deref().map(day_words).unwrap_or_default();
    let head = [commit.commit.clone().unwrap_or_default(), day];
    let by = commit.author.as_ref().map(|author| format!(" ({author})")).unwrap_or_default();
    let mut lines = vec![format!("  {:10}  {:11}  {}{by}", head[0], head[1], commit.subject)];
    for row in [&commit.finish, &commit.estimate].into_iter().flatten() {
        lines.push(format!(
            "  {:10}  {:11}  {} {} -> {}, {}",
            "", "", row.what, row.before, row.after, row.by
        ));
    }
    lines
}
