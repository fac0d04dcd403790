//! What can be wrong with a theme, in words that name the file to mend.

use std::fmt;

use crate::theme::embedded::{EMBEDDED_THEMES, PLAIN};

/// A theme cannot be used; each text says which file and, where known, which line.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ThemeError {
    /// No theme of that name is built in.
    UnknownTheme {
        /// The name that was asked for.
        name: String,
    },
    /// A file of the portfolio's theme lies in a folder that no part of the program reads.
    UnknownFolder {
        /// Path inside the theme folder.
        path: String,
    },
    /// A template is not UTF-8 text.
    NotText {
        /// Path inside the theme folder.
        path: String,
    },
    /// A template does not parse, refers to what does not exist, or failed while it was rendered.
    Template {
        /// The finished report: message, `file:line:column`, the line itself and a caret.
        report: String,
    },
}

impl ThemeError {
    /// Rewords an error of the template engine so that it names files as the author knows them.
    ///
    /// `own` are the names of the portfolio's templates.
    pub(crate) fn from_tera(error: &tera::Error, own: &[String]) -> Self {
        let mut report: Vec<String> = error
            .to_string()
            .trim_start_matches("error: ")
            .lines()
            .map(|line| with_path(line, own))
            .collect();
        if let tera::ErrorKind::CircularExtend { tpl, .. } = error.kind() {
            report.push(format!(
                "to extend the embedded template of that name write {{% extends \"{PLAIN}/{tpl}\" %}}"
            ));
        }
        let mut cause = std::error::Error::source(error);
        while let Some(inner) = cause {
            report.push(inner.to_string());
            cause = inner.source();
        }
        // A fault shown in an embedded template is the doing of whatever took its neighbour's place.
        if !own.is_empty() && report.iter().any(|line| line.contains("--> embedded theme")) {
            let replaced: Vec<String> = own.iter().map(|name| format!("`{}`", path_of(name))).collect();
            report.push(format!(
                "your theme replaces {}: see whether a block or a name is missing there",
                replaced.join(", ")
            ));
        }
        Self::Template { report: report.join("\n") }
    }
}

/// Turns the engine's `--> name:line:column` into the path of the file.
fn with_path(line: &str, own: &[String]) -> String {
    let Some((before, place)) = line.split_once("--> ") else {
        return line.to_owned();
    };
    let name = place.split(':').next().unwrap_or(place);
    if own.iter().any(|known| known == name) {
        format!("{before}--> {}{}", path_of(name), &place[name.len()..])
    } else {
        format!("{before}--> embedded theme {place}")
    }
}

/// The path of a portfolio's template as its author knows it.
fn path_of(name: &str) -> String {
    let folder = if name.starts_with("documents/") { "theme/" } else { "theme/templates/" };
    format!("{folder}{name}")
}

impl fmt::Display for ThemeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownTheme { name } => {
                let known: Vec<String> =
                    EMBEDDED_THEMES.iter().map(|theme| format!("`{}`", theme.name)).collect();
                write!(formatter, "there is no theme `{name}`; there are {}", known.join(", "))
            }
            Self::UnknownFolder { path } => write!(
                formatter,
                "theme/{path} is in none of the folders a theme is read from; move it to `templates`, `documents`, `assets` or `fonts`"
            ),
            Self::NotText { path } => write!(formatter, "theme/{path} is not UTF-8 text; save it as UTF-8"),
            Self::Template { report } => formatter.write_str(report),
        }
    }
}

impl std::error::Error for ThemeError {}
