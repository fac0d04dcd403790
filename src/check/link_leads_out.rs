//! Links of authors that lead out of the folder, or run something.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Span};
use crate::report::{ProjectReport, Sources};

declare_rule! {
    /// A link or picture in a text leads out of the portfolio folder (`../../notes.txt`, `/etc/hosts`, `file:…`), or its address is
    /// one that runs something (`javascript:`, `data:`, `vbscript:`). Its words are shown, its address is not.
    ///
    /// **Why it matters.** The site is read on other machines than the one it was written on. There the address leads to nothing, or
    /// to a file that has nothing to do with the project; and what runs in a page may read all that is on it.
    ///
    /// **What to do.** Link to a page of the site or to an address that begins with `https://`, or say in words where the file lies.
    ///
    /// Wrong:
    /// ```markdown
    /// The minutes lie [here](../../../private/minutes.pdf).
    /// ```
    /// Right:
    /// ```markdown
    /// The minutes lie [in the archive](https://archive.example/minutes/118).
    /// ```
    pub static LINK_LEADS_OUT: Rule = ("W681", "link-leads-out", Warning, "0.1.0", "a link leads out of the folder");
}

/// Looks through the texts that hold prose; a finding belongs to the project that holds the file.
#[must_use]
pub fn look_for_links_out(sources: &Sources, projects: &[ProjectReport]) -> Diagnostics {
    let mut found = Diagnostics::default();
    for ((path, text), number) in sources.iter().zip(0_u32..) {
        // Frozen documents are no texts of authors any more, and a theme is not read here.
        if path.starts_with("theme/") || path.contains("gates/frozen/") {
            continue;
        }
        for (at, _) in text.match_indices("](") {
            let start = at + "](".len();
            let address = address_at(&text[start..]);
            let Some(what) = what_is_wrong(address) else { continue };
            let span = Span::new(FileId(number), start, start + address.len());
            let mut finding = Diagnostic::new(&LINK_LEADS_OUT, span, format!("this address {what}"))
                .hint("link to a page of the site or to an address that begins with `https://`");
            let holder = projects.iter().find(|report| report.project.files.iter().any(|file| file == path));
            finding.project = holder.map(|report| report.project.folder.clone());
            found.push(finding);
        }
    }
    found
}

/// The address that begins here, up to a space or the bracket that closes it.
fn address_at(text: &str) -> &str {
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, ')' | '"' | '\''));
    text.get(..end.unwrap_or(text.len())).unwrap_or_default()
}

/// Why nobody is led to an address; none where it is shown.
fn what_is_wrong(address: &str) -> Option<&'static str> {
    let plain = address.trim_start_matches('<').replace('\\', "/").to_ascii_lowercase();
    let path = plain.split(['?', '#']).next().unwrap_or_default();
    let is_climbing = || path.replace("%2e", ".").replace("%2f", "/").split('/').any(|part| part == "..");
    if plain.starts_with('/') {
        return Some("begins at the root of a disk or server");
    }
    match plain.split('/').next().and_then(|first| first.split_once(':')) {
        Some(("http" | "https" | "mailto", _)) => None,
        Some(("file", _)) => Some("leads to a file of one machine"),
        Some(("javascript" | "vbscript" | "data", _)) => Some("runs something instead of leading somewhere"),
        _ if is_climbing() => Some("leads out of the folder"),
        _ => None,
    }
}
