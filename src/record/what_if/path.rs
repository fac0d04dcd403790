//! The grammar of wishes: `[project/]section.id.field=value`, `[project/]section.id`.

use crate::diagnostic::spelling::{did_you_mean, one_of};
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Span, Spanned};
use crate::record::what_if::{
    Change, ProjectNames, SECTIONS, Section, WHAT_IF_UNFIT, Wish, WishKind, WishTarget,
};
use crate::source::yaml;

/// Reads a wish; nothing when it cannot be understood, which is reported.
pub(super) fn read(
    wish: &Wish,
    (names, file): (&ProjectNames, FileId),
    found: &mut Diagnostics,
) -> Option<Change> {
    let text = wish.text.as_str();
    let whole = Span::new(file, 0, text.len());
    let unfit =
        |span: Span, message: String, hint: String| Diagnostic::new(&WHAT_IF_UNFIT, span, message).hint(hint);
    let (path_text, value) = match (wish.kind, text.split_once('=')) {
        (WishKind::Set, None) => {
            let hint = "write a path, `=` and a value: `--set tasks.pilot.duration=3d`".to_owned();
            found.push(unfit(whole, "no value is given".to_owned(), hint));
            return None;
        }
        (WishKind::Without, Some((path, _))) => {
            let hint = format!("write `--without {path}`, or `--set {text}`");
            found.push(unfit(whole, "what is left out has no value".to_owned(), hint));
            return None;
        }
        (WishKind::Set, Some((path, _))) => {
            let part = yaml::Part { file, text, range: path.len() + 1..text.len() };
            // A broken value has been reported where it stands.
            (path, Some(yaml::parse_part(part, found)?))
        }
        (WishKind::Without, None) => (text, None),
    };
    let path = Spanned::new(path_text.trim().to_owned(), Span::new(file, 0, path_text.len()));
    let (project, start) = match path_text.split_once('/') {
        Some((project, _)) => {
            let span = Span::new(file, 0, project.len());
            let Some(folder) = names.folder_of(project.trim()) else {
                let message = format!("there is no project `{}`", project.trim());
                found.push(unfit(span, message, names.hint(project.trim())));
                return None;
            };
            (Some(Spanned::new(folder.to_owned(), span)), project.len() + 1)
        }
        None => (None, 0),
    };
    let mut words = words(path_text, start, file).into_iter();
    let first = words.next().unwrap_or_else(|| Spanned::new(String::new(), path.span));
    let Some((_, section)) = SECTIONS.iter().find(|(word, _)| *word == first.value) else {
        let known = SECTIONS.map(|(word, _)| word);
        let hint = if let Some(near) = did_you_mean(&first.value, known) {
            format!("write `{near}`")
        } else {
            let example = match wish.kind {
                WishKind::Set => "tasks.ID.duration=5d",
                WishKind::Without => "tasks.ID",
            };
            format!("begin the path with {}, as in `{example}`", one_of(&known))
        };
        found.push(unfit(first.span, format!("a path cannot begin with `{}`", first.value), hint));
        return None;
    };
    let section = *section;
    let id = if matches!(section, Section::Record(_)) { None } else { words.next() };
    let fields: Vec<Spanned<String>> = words.collect();
    let word = section.word();
    let noun = section.noun();
    if id.is_none() && !matches!(section, Section::Record(_)) {
        let hint = match wish.kind {
            WishKind::Set => format!("write `{word}.ID.FIELD=VALUE`"),
            WishKind::Without => format!("write `{word}.ID`"),
        };
        found.push(unfit(path.span, format!("the path names no {noun}"), hint));
        return None;
    }
    match wish.kind {
        WishKind::Set if fields.is_empty() => {
            let hint = format!("write `{}.FIELD=VALUE`", path.value);
            found.push(unfit(path.span, "the path names no field".to_owned(), hint));
            return None;
        }
        WishKind::Without if !fields.is_empty() => {
            let hint = format!("leave a field empty with `--set {}=`", path.value);
            found.push(unfit(path.span, "a field cannot be left out".to_owned(), hint));
            return None;
        }
        WishKind::Without if !can_be_left_out(section) => {
            let hint =
                "leave out a task, a person, a role, or an entry of a register: `--without people.tom`";
            found.push(unfit(path.span, format!("`{word}` cannot be left out"), hint.to_owned()));
            return None;
        }
        WishKind::Set if word == "project" && fields[0].value == "currency" => {
            let message = "money of another currency cannot be compared".to_owned();
            let hint = "change `currency:` in a copy of the folder and build that".to_owned();
            found.push(unfit(path.span, message, hint));
            return None;
        }
        _ => {}
    }
    Some(Change { kind: wish.kind, project, section, path, id, fields, value, span: whole })
}

/// What a wish is about, told by its path alone; none where the path begins with no section. Whether the files hold it, and whether
/// it can be wished for, is told when it is read.
pub(super) fn target(text: &str) -> Option<WishTarget> {
    let (path, value) = match text.split_once('=') {
        Some((path, value)) => (path, Some(value.trim().to_owned())),
        None => (text, None),
    };
    let (project, start) = match path.split_once('/') {
        Some((project, _)) => (Some(project.trim().to_owned()), project.len() + 1),
        None => (None, 0),
    };
    let mut words = words(path, start, FileId(0)).into_iter().map(|word| word.value);
    let first = words.next()?;
    let (_, section) = SECTIONS.iter().find(|(word, _)| *word == first)?;
    let id = if matches!(section, Section::Record(_)) { None } else { words.next() };
    Some(WishTarget { project, section: section.word(), id, fields: words.collect(), value })
}

fn can_be_left_out(section: Section) -> bool {
    matches!(section, Section::Tasks | Section::People | Section::Roles | Section::Book(_))
}

/// The words between single dots; two dots are those of a range of days, `2026-12-14 .. 2027-01-08`.
fn words(path: &str, start: usize, file: FileId) -> Vec<Spanned<String>> {
    let bytes = path.as_bytes();
    let is_border = |at: usize| {
        bytes[at] == b'.' && bytes.get(at + 1) != Some(&b'.') && (at == 0 || bytes[at - 1] != b'.')
    };
    let mut words = Vec::new();
    let mut from = start;
    for at in (start..=path.len()).filter(|at| *at == path.len() || is_border(*at)) {
        let written = &path[from..at];
        let n_before = written.len() - written.trim_start().len();
        let word = written.trim();
        let span = Span::new(file, from + n_before, from + n_before + word.len());
        words.push(Spanned::new(word.to_owned(), span));
        from = at + 1;
    }
    words.retain(|word| !word.value.is_empty());
    words
}
