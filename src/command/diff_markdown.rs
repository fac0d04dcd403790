//! A comparison as Markdown, for a comment on a merge request.

use super::diff::DiffWords;
use crate::diagnostic::spelling::count;
use crate::page::what_changed::{
    CommitWords, EntryWords, NOTHING_CHANGED, SinceWords, StateWords, day_words,
};
use crate::page::what_if::ChangeRow;

/// The whole answer.
pub(super) fn markdown(words: &DiffWords) -> String {
    let mut blocks: Vec<String> = Vec::new();
    for project in &words.projects {
        of_project(project, &mut blocks);
    }
    let not_compared =
        words.not_compared.iter().map(|one| format!("- {}: {}", safe(&one.name), safe(&one.why)));
    let gone = words.gone.iter().map(|name| format!("- {}: It is there no longer.", safe(name)));
    let list: Vec<String> = not_compared.chain(gone).collect();
    if !list.is_empty() {
        blocks.push(format!("**Not compared**\n\n{}", list.join("\n")));
    }
    if !words.limits.is_empty() {
        blocks.push(words.limits.iter().map(|limit| format!("_{limit}_")).collect::<Vec<_>>().join("\n\n"));
    }
    blocks.join("\n\n")
}

fn of_project(words: &SinceWords, blocks: &mut Vec<String>) {
    blocks.push(format!("### {}: what changed", safe(&words.name)));
    let renamed = match &words.renamed_from {
        Some(from) => format!(" The folder was `{from}`."),
        None => String::new(),
    };
    blocks.push(format!("Since {}, until {}.{renamed}", state(&words.from), state(&words.to)));
    let Some(in_short) = &words.in_short else {
        blocks.push(NOTHING_CHANGED.to_owned());
        return;
    };
    blocks.push(format!("**{}.**", safe(&crate::format::sentence_start(in_short))));
    blocks.extend(words.rebaselined.as_ref().map(|words| safe(words)));
    blocks.push(figures("Figure", &words.figures));
    for group in &words.groups {
        let rows = group.entries.iter().map(of_entry).collect::<Vec<_>>().join("\n");
        blocks.push(format!(
            "#### {}\n\n| | What | Where | Who |\n| --- | --- | --- | --- |\n{rows}",
            group.title
        ));
    }
    if !words.moved.is_empty() {
        let title = format!("{} moved", count(words.moved.len(), "date"));
        blocks.push(folded(&title, &figures("Task", &words.moved)));
    }
    let findings = |title: &str, found: &[String]| {
        let list: Vec<String> = found.iter().map(|found| format!("- {}", safe(found))).collect();
        folded(&format!("{} {title}", count(found.len(), "finding")), &list.join("\n"))
    };
    if !words.findings_came.is_empty() {
        blocks.push(findings("came", &words.findings_came));
    }
    if !words.findings_went.is_empty() {
        blocks.push(findings("went", &words.findings_went));
    }
    if !words.commits.is_empty() {
        let rows = words.commits.iter().map(of_commit).collect::<Vec<_>>().join("\n");
        let table = format!(
            "| Commit | Day | Author | Subject | Finish | Estimate |\n| --- | --- | --- | --- | --- | --- |\n{rows}"
        );
        blocks.push(folded(&format!("{}, one by one", count(words.commits.len(), "commit")), &table));
    }
}

fn folded(title: &str, body: &str) -> String {
    format!("<details><summary>{title}</summary>\n\n{body}\n\n</details>")
}

fn state(words: &StateWords) -> String {
    let what = safe(&words.what);
    match (&words.commit, &words.commit_day) {
        (Some(commit), Some(day)) => format!("{what} ({commit} of {})", day_words(day)),
        _ => what,
    }
}

fn figures(head: &str, rows: &[ChangeRow]) -> String {
    let rows: Vec<String> = rows
        .iter()
        .map(|row| {
            format!(
                "| {} | {} | {} | {} |",
                safe(&row.what),
                safe(&row.before),
                safe(&row.after),
                safe(&row.by)
            )
        })
        .collect();
    format!("| {head} | Then | Now | Change |\n| --- | --- | --- | --- |\n{}", rows.join("\n"))
}

fn of_entry(entry: &EntryWords) -> String {
    let id = if entry.id.is_empty() { String::new() } else { format!("`{}`", entry.id) };
    let called = [id, safe(&entry.name)];
    let called: Vec<&str> = called.iter().map(String::as_str).filter(|word| !word.is_empty()).collect();
    let changes: Vec<String> = entry.changes.iter().map(|change| safe(change)).collect();
    let changes = if changes.is_empty() { String::new() } else { format!(": {}", changes.join("; ")) };
    let place = entry.place.as_ref().map_or_else(String::new, |place| {
        let was = if entry.is_gone { "was " } else { "" };
        format!("{was}`{}`", place.replace('`', ""))
    });
    let who = [entry.author.as_deref().map(safe), entry.commit.clone()];
    let who: Vec<String> = who.into_iter().flatten().collect();
    format!("| {} | {}{changes} | {place} | {} |", entry.fate, called.join(" "), who.join(", "))
}

fn of_commit(commit: &CommitWords) -> String {
    let moved = |row: &Option<ChangeRow>| {
        row.as_ref().map_or_else(String::new, |row| format!("{}, {}", safe(&row.after), safe(&row.by)))
    };
    format!(
        "| {} | {} | {} | {} | {} | {} |",
        commit.commit.as_deref().unwrap_or_default(),
        commit.day.as_deref().map(day_words).unwrap_or_default(),
        commit.author.as_deref().map(safe).unwrap_or_default(),
        safe(&commit.subject),
        moved(&commit.finish),
        moved(&commit.estimate)
    )
}

/// A text of others inside a cell: no mark-up, one line.
fn safe(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' | '\r' => safe.push(' '),
            // A space of no width: `@name` would call somebody of that name to the comment.
            '@' => safe.push_str("@\u{200b}"),
            '<' => safe.push_str("&lt;"),
            '|' | '*' | '_' | '[' | ']' | '#' | '\\' => {
                safe.push('\\');
                safe.push(letter);
            }
            _ => safe.push(letter),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn words_of_others_mark_nothing_up_and_call_nobody() {
        assert_eq!(safe("ask @ann | <b> *now*\n"), "ask @\u{200b}ann \\| &lt;b> \\*now\\* ");
    }
}
