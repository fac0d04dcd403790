//! A project folder that is read by itself though it lies in a portfolio.

use std::path::{Component, Path, PathBuf};

use crate::diagnostic::spelling::for_shell;
use crate::diagnostic::{Diagnostic, Diagnostics};

crate::declare_rule! {
    /// The folder that was named is a project in the folder `projects` of a portfolio. It is read by itself, so what the portfolio
    /// says for all its projects is not read: shared people and calendars, limits, the theme. Names that stand there are then unknown,
    /// and dates may be others than on the site of the portfolio.
    ///
    /// **What to do.** Name the folder of the portfolio. Wrong: `milepost check portfolio/projects/branch-network`. Right:
    /// `milepost check portfolio`.
    pub static PORTFOLIO_NOT_READ: Rule = ("W176", "portfolio-not-read", Warning, "0.1.0", "a project is read without its portfolio");
}

/// What a portfolio says for all its projects.
const SHARED: [&str; 3] = ["portfolio.yaml", "people.yaml", "calendars"];

/// Reports a folder that is a project of a portfolio, where the portfolio says something for it.
pub(super) fn report(root: &Path, found: &mut Diagnostics) {
    let Some(projects) = root.join("project.yaml").exists().then(|| above(root)).flatten() else { return };
    if projects.file_name().is_none_or(|name| name != "projects") {
        return;
    }
    let Some(portfolio) = projects.parent() else { return };
    let unread: Vec<String> =
        SHARED.iter().filter(|name| portfolio.join(name).exists()).map(|name| format!("`{name}`")).collect();
    if unread.is_empty() {
        return;
    }
    let are = if unread.len() == 1 { "is" } else { "are" };
    let message = format!(
        "this is a project of a portfolio, read by itself: {} of the portfolio {are} not read",
        unread.join(", ")
    );
    let hint = match two_up(root) {
        Some(named) => format!("name the folder of the portfolio: `milepost check {}`", for_shell(&named)),
        None => "name the folder of the portfolio, two folders up".to_owned(),
    };
    found.push(Diagnostic::new(&PORTFOLIO_NOT_READ, None, message).hint(hint));
}

/// The folder two above a folder, by the path that was typed; none where it was typed from the root of the disk.
fn two_up(typed: &Path) -> Option<String> {
    let parts: Vec<Component<'_>> = typed.components().filter(|part| *part != Component::CurDir).collect();
    let named = match parts.as_slice() {
        _ if typed.is_absolute() => return None,
        [above @ .., Component::Normal(_), Component::Normal(_)] => above.iter().collect(),
        [above @ .., Component::Normal(_)] => above.iter().collect::<PathBuf>().join(".."),
        above => above.iter().collect::<PathBuf>().join("../.."),
    };
    Some(if named.as_os_str().is_empty() { ".".to_owned() } else { named.display().to_string() })
}

/// The folder that holds a folder, whatever the path that leads to it.
fn above(root: &Path) -> Option<std::path::PathBuf> {
    root.canonicalize().ok()?.parent().map(Path::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_portfolio_is_named_as_the_project_was() {
        let named = |typed: &str| two_up(Path::new(typed));
        assert_eq!(named("projects/net").as_deref(), Some("."));
        assert_eq!(named("./portfolio/projects/net/").as_deref(), Some("portfolio"));
        assert_eq!(named("net").as_deref(), Some(".."));
        assert_eq!(named(".").as_deref(), Some("../.."));
        assert_eq!(named("../net").as_deref(), Some("../.."));
        assert_eq!(named("/srv/projects/net"), None);
    }
}
