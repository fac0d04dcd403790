//! The themes that are built into the program.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};

/// A theme that is built in.
#[derive(Debug)]
pub struct EmbeddedTheme {
    /// What `theme:` in `portfolio.yaml` calls it; also its folder under `themes/`.
    pub name: &'static str,
    /// How it looks, in a few words.
    pub about: &'static str,
    folder: Dir<'static>,
}

/// The theme that every other one rests on, and the one of a portfolio that asks for none.
pub const PLAIN: &str = "plain";

/// Every theme that is built in, the usual one first.
pub static EMBEDDED_THEMES: &[EmbeddedTheme] = &[
    EmbeddedTheme {
        name: PLAIN,
        about: "calm and dense: white paper, black rules, the pages of a project beside the content",
        folder: include_dir!("$CARGO_MANIFEST_DIR/themes/plain"),
    },
    EmbeddedTheme {
        name: "folio",
        about: "a bound book: warm paper, serif headings, compact, the pages of a project along the top",
        folder: include_dir!("$CARGO_MANIFEST_DIR/themes/folio"),
    },
];

impl EmbeddedTheme {
    /// Finds a theme by its name.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        EMBEDDED_THEMES.iter().find(|theme| theme.name == name)
    }

    /// Its own files by their path inside the theme, such as `templates/layout.html`; what it lacks it takes from `plain`.
    #[must_use]
    pub fn files(&self) -> BTreeMap<String, &'static [u8]> {
        let mut files = BTreeMap::new();
        collect(&self.folder, &mut files);
        files
    }

    /// Each file that a portfolio may lay over this theme, with the theme that the embedded text comes from.
    #[must_use]
    pub fn layers(&'static self) -> BTreeMap<String, (&'static Self, &'static [u8])> {
        let chain = EMBEDDED_THEMES.iter().filter(|theme| theme.name == PLAIN).chain([self]);
        chain
            .flat_map(|theme| theme.files().into_iter().map(move |(path, bytes)| (path, (theme, bytes))))
            .collect()
    }

    /// What its templates are called inside the template engine: `plain/`.
    pub(crate) fn prefix(&self) -> String {
        format!("{}/", self.name)
    }
}

/// Whether a template is one of the program's own, by its name inside the template engine.
pub(crate) fn is_embedded(template: &str) -> bool {
    template.split_once('/').is_some_and(|(theme, _)| EmbeddedTheme::find(theme).is_some())
}

/// The sentence that a template, a style sheet or a script begins with; empty for a file without a comment at its head.
#[must_use]
pub fn first_sentence(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start();
    let comment = if let Some(rest) = text.strip_prefix("{#-").or_else(|| text.strip_prefix("{#")) {
        rest.split("#}").next().unwrap_or_default().trim_end_matches('-').to_owned()
    } else if let Some(rest) = text.strip_prefix("/*") {
        rest.split("*/").next().unwrap_or_default().to_owned()
    } else {
        let lines = text.lines().map_while(|line| line.strip_prefix("//"));
        lines.collect::<Vec<_>>().join(" ")
    };
    let words = comment.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_end = |at: &usize| matches!(words.as_bytes().get(at + 1), None | Some(b' '));
    let end = words.match_indices(['.', '?']).map(|(at, _)| at).find(is_end).map_or(words.len(), |at| at + 1);
    words[..end].trim_end_matches('.').to_owned()
}

fn collect(folder: &Dir<'static>, files: &mut BTreeMap<String, &'static [u8]>) {
    for file in folder.files() {
        // The paths were made on the machine that compiled the program, perhaps with its own separator.
        files.insert(file.path().to_string_lossy().replace('\\', "/"), file.contents());
    }
    for inner in folder.dirs() {
        collect(inner, files);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_sentence_is_that_of_the_comment_at_the_head() {
        let told = |text: &str| first_sentence(text.as_bytes());
        assert_eq!(told("{#- The frame\n    of pages. Given: site. -#}\n<html>"), "The frame of pages");
        assert_eq!(told("/* What site.css lacks. More. */ a {}"), "What site.css lacks");
        assert_eq!(told("// Is it dark? Then so.\n// More.\nrun();"), "Is it dark?");
        assert_eq!(told("<svg></svg>"), "");
    }

    #[test]
    fn a_theme_lays_its_files_over_those_of_plain() {
        let folio = EmbeddedTheme::find("folio").unwrap();
        let layers = folio.layers();
        let from = |path: &str| layers[path].0.name;
        assert_eq!((from("templates/layout.html"), from("templates/document.html")), ("folio", PLAIN));
        assert_eq!((from("assets/folio.css"), from("assets/user.css")), ("folio", PLAIN));
        let plain = EmbeddedTheme::find(PLAIN).unwrap().layers();
        assert!(
            plain.values().all(|(theme, _)| theme.name == PLAIN) && !plain.contains_key("assets/folio.css")
        );
    }

    #[test]
    fn every_file_but_the_mark_says_what_it_is() {
        for theme in EMBEDDED_THEMES {
            for (path, bytes) in theme.files().into_iter().filter(|(path, _)| path != "assets/milepost.svg") {
                assert!(
                    !first_sentence(bytes).is_empty(),
                    "{}/{path} does not begin with a sentence",
                    theme.name
                );
            }
        }
    }
}
