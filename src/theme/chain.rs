//! Lays a theme over the one it rests on, and a portfolio's own files over both.

use std::collections::{BTreeMap, BTreeSet};

use crate::theme::ThemeError;
use crate::theme::embedded::{EMBEDDED_THEMES, EmbeddedTheme, PLAIN, is_embedded};

/// What a theme is made of once its layers are known.
#[derive(Debug, Default)]
pub(crate) struct Layers {
    /// Template name → text; the embedded ones under the name of their theme, `plain/layout.html`, so that an override can
    /// extend what it replaces; those of the portfolio under their bare name.
    pub templates: BTreeMap<String, String>,
    /// Path in the site → bytes, already merged.
    pub assets: BTreeMap<String, Vec<u8>>,
    /// Path inside a theme → bytes of what paper is made with, already merged; embedded ones also under the name of their theme,
    /// `plain/documents/gate.typ`.
    pub paper: BTreeMap<String, Vec<u8>>,
    /// Paths of those in [`Layers::paper`] that are the portfolio's own.
    pub own_paper: BTreeSet<String>,
    /// Names of the portfolio's templates, sorted.
    pub own: Vec<String>,
    /// Where a template is looked for that the portfolio lacks, first place first: `folio/`, `plain/`.
    pub prefixes: Vec<String>,
}

/// Collects all layers; `overrides` are paths inside the portfolio's theme folder.
pub(crate) fn layer(
    theme: &'static EmbeddedTheme,
    overrides: &BTreeMap<String, Vec<u8>>,
) -> Result<Layers, ThemeError> {
    let mut layers = Layers::default();
    let below = EMBEDDED_THEMES.iter().filter(|below| below.name == PLAIN && theme.name != PLAIN);
    for embedded in below.chain([theme]) {
        let prefix = embedded.prefix();
        for (path, bytes) in embedded.files() {
            layers.add(&path, bytes, &prefix)?;
        }
        layers.prefixes.insert(0, prefix);
    }
    for (path, bytes) in overrides {
        layers.add(path, bytes, "")?;
    }
    layers.own = layers.templates.keys().filter(|name| !is_embedded(name)).cloned().collect();
    Ok(layers)
}

impl Layers {
    fn add(&mut self, path: &str, bytes: &[u8], prefix: &str) -> Result<(), ThemeError> {
        let Some((folder, rest)) = path.split_once('/') else {
            return Ok(());
        };
        let name = match folder {
            "templates" => format!("{prefix}{rest}"),
            "fonts" => {
                self.add_paper(path, bytes, prefix);
                return Ok(());
            }
            "documents" if !is_page(rest) => {
                self.add_paper(path, bytes, prefix);
                return Ok(());
            }
            // Documents keep their folder in the name: a page and a document may share a file name.
            "documents" => format!("{prefix}{path}"),
            "assets" => {
                self.assets.insert(path.to_owned(), bytes.to_vec());
                return Ok(());
            }
            _ if folder.starts_with('.') => return Ok(()),
            _ => return Err(ThemeError::UnknownFolder { path: path.to_owned() }),
        };
        let text = std::str::from_utf8(bytes).map_err(|_| ThemeError::NotText { path: path.to_owned() })?;
        // Editors on some systems begin a file with a byte order mark, which would be printed before the doctype.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        self.templates.insert(name, text.to_owned());
        Ok(())
    }

    fn add_paper(&mut self, path: &str, bytes: &[u8], prefix: &str) {
        if prefix.is_empty() {
            self.own_paper.insert(path.to_owned());
        } else {
            self.paper.insert(format!("{prefix}{path}"), bytes.to_vec());
        }
        self.paper.insert(path.to_owned(), bytes.to_vec());
    }
}

/// Whether a file is a template of a page, and not one for paper or something that belongs to it.
fn is_page(path: &str) -> bool {
    std::path::Path::new(path).extension().is_some_and(|ending| ending == "html")
}
