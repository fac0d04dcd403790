//! Texts that look like a secret: keys and passwords that slipped into the files.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Span};
use crate::report::{ProjectReport, Sources};

declare_rule! {
    /// A file holds what looks like a secret: a private key, an access token of a known form, an address with a password
    /// in it, or a long value of letters and digits beside a word such as `password`, `token` or `api_key`.
    ///
    /// **Why it matters.** A plan is read by many and its history is kept for ever. Whatever stands in it must be taken as
    /// known to all, also after the line has been removed.
    ///
    /// **What to do.** Remove the line, declare the secret invalid where it was made, and make a new one. The finding gives file
    /// and line, never the text. Where it is no secret, let the rule pass.
    ///
    /// ```yaml
    /// notes: the key lies in the vault under network/controller   # not the key itself
    /// ```
    pub static SECRET: Rule = ("E701", "secret", Error, "0.1.0", "something that looks like a secret");
}

/// Beginnings of tokens that their makers marked, and how many letters or digits follow at least.
const TOKENS: &[(&str, usize, &str)] = &[
    ("AKIA", 16, "an access key of AWS"),
    ("ASIA", 16, "an access key of AWS"),
    ("ghp_", 30, "a token of GitHub"),
    ("gho_", 30, "a token of GitHub"),
    ("ghs_", 30, "a token of GitHub"),
    ("github_pat_", 30, "a token of GitHub"),
    ("glpat-", 20, "a token of GitLab"),
    ("xoxb-", 20, "a token of Slack"),
    ("xoxp-", 20, "a token of Slack"),
    ("AIza", 30, "a key of Google"),
    ("sk_live_", 20, "a key of Stripe"),
    ("eyJ", 60, "a signed token (JWT)"),
];

/// What a private key begins with.
const KEY: &str = "-----BEGIN ";

/// What stands before the host of an address.
const HOST: &str = "://";

/// Words beside which a long value is a secret.
const NAMES: &[&str] =
    &["password", "passwd", "passphrase", "secret", "token", "api_key", "apikey", "api-key", "private_key"];

/// A value beside such a word is at least so long.
const LEAST_LENGTH: usize = 12;

/// Bits a character that random text has at least; words have fewer.
const LEAST_ENTROPY: f64 = 3.0;

/// Looks through the texts of all files; a finding belongs to the project that holds the file.
#[must_use]
pub fn look_for_secrets(sources: &Sources, projects: &[ProjectReport]) -> Diagnostics {
    let mut found = Diagnostics::default();
    for (number, (path, text)) in sources.iter().enumerate() {
        if !has_a_sign(text) {
            continue;
        }
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            for (at, length, what) in secrets_in(line) {
                let file = FileId(u32::try_from(number).unwrap_or(u32::MAX));
                let place = |offset: usize| u32::try_from(start + offset).unwrap_or(u32::MAX);
                let span = Span { file, start: place(at), end: place(at + length) };
                let mut finding = Diagnostic::new(&SECRET, span, format!("this looks like {what}"))
                    .confidential()
                    .hint("remove it, declare it invalid where it was made, and make a new one");
                let holder = projects.iter().find(|report| is_of(report, path));
                finding.project = holder.map(|report| report.project.folder.clone());
                found.push(finding);
            }
            start += line.len();
        }
    }
    found
}

/// Whether a text has anything by which a secret is known: most have nothing, and then no line of it needs a closer look.
fn has_a_sign(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    text.contains(KEY)
        || text.contains(HOST)
        || TOKENS.iter().any(|(beginning, ..)| text.contains(beginning))
        || NAMES.iter().any(|name| lower.contains(name))
}

/// Says whether a file is one of a project's.
fn is_of(report: &ProjectReport, path: &str) -> bool {
    report.project.files.iter().any(|file| file == path)
}

/// Every secret of a line, in the order in which they stand.
fn secrets_in(line: &str) -> Vec<(usize, usize, &'static str)> {
    let mut rest = line.to_owned();
    let mut found = Vec::new();
    while let Some((at, length, what)) = secret_in(&rest) {
        found.push((at, length, what));
        // What has been found is not found again; spaces leave all places as they are.
        rest.replace_range(at..at + length, &" ".repeat(length));
    }
    found.sort_unstable_by_key(|(at, _, _)| *at);
    found
}

/// The first thing in a line that looks like a secret: where it begins, how long it is, and what it looks like.
fn secret_in(line: &str) -> Option<(usize, usize, &'static str)> {
    if let Some(at) = line.find(KEY).filter(|_| line.contains("PRIVATE KEY-----")) {
        return Some((at, line.trim_end().len() - at, "a private key"));
    }
    token_in(line).or_else(|| password_in_address(line)).or_else(|| named_value(line))
}

fn token_in(line: &str) -> Option<(usize, usize, &'static str)> {
    for (beginning, least, what) in TOKENS {
        for (at, _) in line.match_indices(beginning) {
            let is_whole_word = !line[..at].chars().next_back().is_some_and(char::is_alphanumeric);
            let rest = &line[at + beginning.len()..];
            let length = rest.find(|c: char| !is_of_token(c)).unwrap_or(rest.len());
            if is_whole_word && length >= *least {
                return Some((at, beginning.len() + length, what));
            }
        }
    }
    None
}

fn is_of_token(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')
}

/// `https://name:password@host`.
fn password_in_address(line: &str) -> Option<(usize, usize, &'static str)> {
    for (at, _) in line.match_indices(HOST) {
        let rest = &line[at + HOST.len()..];
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '/' | '"' | '\'' | '>' | ')'))
            .unwrap_or(rest.len());
        let host = rest.get(..end)?;
        let Some((login, _)) = host.rsplit_once('@') else { continue };
        let Some((_, password)) = login.split_once(':') else { continue };
        if !password.is_empty() && !is_placeholder(password) {
            return Some((at + HOST.len(), login.len(), "a password in an address"));
        }
    }
    None
}

/// `token: 8fJ2…`, `api_key=…`: a long mixed value beside a telling word.
fn named_value(line: &str) -> Option<(usize, usize, &'static str)> {
    let lower = line.to_ascii_lowercase();
    for name in NAMES {
        for (at, _) in lower.match_indices(name) {
            let after = at + name.len();
            let rest = line.get(after..)?;
            let gap = rest.len() - rest.trim_start_matches([' ', '"', '\'']).len();
            let Some(value) = rest.get(gap..).and_then(|rest| rest.strip_prefix([':', '='])) else {
                continue;
            };
            let skipped = value.len() - value.trim_start_matches([' ', '"', '\'']).len();
            let value = value.get(skipped..)?;
            let end = value
                .find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ',' | '}'))
                .unwrap_or(value.len());
            let value = value.get(..end)?;
            if looks_random(value) {
                return Some((after + gap + 1 + skipped, value.len(), "a password or key"));
            }
        }
    }
    None
}

/// Long, with letters and digits, and as mixed as chance would make it.
fn looks_random(value: &str) -> bool {
    let has = |wanted: fn(&char) -> bool| value.chars().any(|c| wanted(&c));
    value.len() >= LEAST_LENGTH
        && value.is_ascii()
        && has(char::is_ascii_alphabetic)
        && has(char::is_ascii_digit)
        && !is_placeholder(value)
        && entropy(value) >= LEAST_ENTROPY
}

fn is_placeholder(value: &str) -> bool {
    let first = value.chars().next();
    value.starts_with(['<', '$', '{', '*']) || value.chars().all(|c| Some(c) == first)
}

/// Shannon's entropy in bits a character: 0 for `aaaa`, 2 for `abcd`, 4 for sixteen different ones.
fn entropy(value: &str) -> f64 {
    let mut counts = [0_u32; 128];
    for byte in value.bytes() {
        if let Some(count) = counts.get_mut(usize::from(byte)) {
            *count += 1;
        }
    }
    let length = value.len().max(1) as f64;
    let shares = counts.iter().filter(|count| **count > 0).map(|count| f64::from(*count) / length);
    shares.map(|share| -share * share.log2()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entropy_is_as_in_the_books() {
        assert!((entropy("aaaa") - 0.0).abs() < 1e-12);
        assert!((entropy("abcd") - 2.0).abs() < 1e-12);
        assert!((entropy("0123456789abcdef") - 4.0).abs() < 1e-12);
    }

    #[test]
    fn secrets_are_told_from_words() {
        fn what(line: &str) -> Option<&str> {
            secret_in(line).map(|(at, length, _)| &line[at..at + length])
        }
        assert_eq!(what("key: AKIAIOSFODNN7EXAMPLE"), Some("AKIAIOSFODNN7EXAMPLE"));
        assert_eq!(what("-----BEGIN RSA PRIVATE KEY-----\n"), Some("-----BEGIN RSA PRIVATE KEY-----"));
        assert_eq!(what("see https://anna:hunter2@wiki.example/x"), Some("anna:hunter2"));
        assert_eq!(what("api_key: \"9f8e7d6c5b4a3210zz\""), Some("9f8e7d6c5b4a3210zz"));
        let all: Vec<&str> = secrets_in("AKIAIOSFODNN7EXAMPLE and ghp_0123456789abcdefghijABCDEFGHIJ0123")
            .into_iter()
            .map(|(_, _, what)| what)
            .collect();
        assert_eq!(all.len(), 2, "{all:?}");
        for line in [
            "token: to be asked for at the service desk",
            "password: <in the vault>",
            "https://wiki.example/a:b@c",
            "secret: 2026-11-20",
            "digest: sha256:9f8e7d6c5b4a32109f8e7d6c5b4a3210",
            "the token ring of branch 12 is replaced",
            "https://user:$PASSWORD@host/",
        ] {
            assert_eq!(what(line), None, "{line}");
        }
    }
}
