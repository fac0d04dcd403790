//! A theme of the portfolio's own that cannot be used: the fault as a finding, so that every form of findings tells it.

use crate::diagnostic::{Diagnostic, FileId, Span};

crate::declare_rule! {
    /// A file in the folder `theme/` of the portfolio cannot be used: a template does not parse or asks for what there is not, or a
    /// file has a name that cannot stand in a site. No site is built while that is so; one that was published stays as it was.
    ///
    /// The run ends with exit code 2, and the last lines on standard error show the line of the template.
    ///
    /// **What to do.** Mend the line that is named. `milepost theme variables PAGE` lists what a template is given, `milepost theme copy
    /// FILE` gives the file as it was.
    ///
    /// Wrong: `{{ project.titel }}`. Right: `{{ project.title }}`.
    pub static BROKEN_THEME: Rule = ("E177", "broken-theme", Error, "0.1.0", "the theme of the portfolio cannot be used");
}

/// The finding about a fault, as the part that makes pages tells it, in a file of the folder where one of its lines names one.
///
/// `find` gives the number of a file by its path in the portfolio.
#[must_use]
pub fn finding(fault: &str, find: impl Fn(&str) -> Option<FileId>) -> Diagnostic {
    let place = fault.lines().find_map(|line| line.split_once("--> ")).map(|(_, place)| place.trim());
    let mut named = fault.split('`').skip(1).step_by(2).chain(place);
    let file = named.find_map(|word| find(word.split(':').next().unwrap_or(word)));
    let first = fault.lines().next().unwrap_or_default();
    let at = place.map(|place| format!(" ({place})")).unwrap_or_default();
    let message = format!("{first}{at}");
    let span = file.map(|file| Span::new(file, 0, 0));
    Diagnostic::new(&BROKEN_THEME, span, message).hint("mend it; without that no site is built")
}
