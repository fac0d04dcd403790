//! Lays a portfolio's theme files over the embedded theme.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};

use crate::theme::ThemeError;

/// Prefix under which the embedded templates are known, so that an override can extend what it replaces.
pub(crate) const EMBEDDED: &str = "plain/";

static PLAIN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/plain");

/// What a theme is made of once its layers are known.
#[derive(Debug, Default)]
pub(crate) struct Layers {
    /// Template name → text; the embedded ones under [`EMBEDDED`], those of the portfolio under their bare name.
    pub templates: BTreeMap<String, String>,
    /// Path in the site → bytes, already merged.
    pub assets: BTreeMap<String, Vec<u8>>,
    /// Names of the portfolio's templates, sorted.
    pub own: Vec<String>,
}

/// Collects both layers; `overrides` are paths inside the portfolio's theme folder.
pub(crate) fn layer(overrides: &BTreeMap<String, Vec<u8>>) -> Result<Layers, ThemeError> {
    let mut layers = Layers::default();
    for (path, bytes) in embedded_files(&PLAIN) {
        layers.add(&path, bytes, EMBEDDED)?;
    }
    for (path, bytes) in overrides {
        layers.add(path, bytes, "")?;
    }
    layers.own = layers.templates.keys().filter(|name| !name.starts_with(EMBEDDED)).cloned().collect();
    Ok(layers)
}

impl Layers {
    fn add(&mut self, path: &str, bytes: &[u8], prefix: &str) -> Result<(), ThemeError> {
        let Some((folder, rest)) = path.split_once('/') else {
            return Ok(());
        };
        let name = match folder {
            "templates" => format!("{prefix}{rest}"),
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
}

fn embedded_files(folder: &Dir<'static>) -> BTreeMap<String, &'static [u8]> {
    let mut files = BTreeMap::new();
    for file in folder.files() {
        // The paths were made on the machine that compiled the program, perhaps with its own separator.
        let path = file.path().to_string_lossy().replace('\\', "/");
        files.insert(path, file.contents());
    }
    for inner in folder.dirs() {
        files.extend(embedded_files(inner));
    }
    files
}
