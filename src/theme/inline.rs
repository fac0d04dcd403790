//! A style sheet set into a page that is shown under any address, with what its policy has to say to allow it.

use std::collections::BTreeMap;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

/// Gives templates two functions over the style sheets of a theme, each called with the name of one:
/// `inline_style(name="not-found.css")` is its text, to stand between `<style>` and `</style>` with nothing around it, and
/// `inline_style_source(name="not-found.css")` what `style-src` of the policy of the page has to name for it, `'sha256-…'`.
pub(super) fn register(tera: &mut Tera, assets: &BTreeMap<String, Vec<u8>>) {
    let sheets: BTreeMap<String, String> = assets
        .iter()
        .filter_map(|(path, bytes)| {
            let name = path.strip_prefix("assets/")?;
            Path::new(name).extension().filter(|ending| *ending == "css")?;
            let text = String::from_utf8(bytes.clone()).ok()?;
            // Whoever reads HTML takes every end of a line for one: the digest is over what is read.
            Some((name.to_owned(), text.replace("\r\n", "\n").replace('\r', "\n")))
        })
        .collect();
    let sources: BTreeMap<String, String> =
        sheets.iter().map(|(name, text)| (name.clone(), source(text))).collect();
    tera.register_function("inline_style", move |named: Kwargs, _: &State| find(&sheets, &named));
    tera.register_function("inline_style_source", move |named: Kwargs, _: &State| find(&sources, &named));
}

fn find(known: &BTreeMap<String, String>, named: &Kwargs) -> TeraResult<Value> {
    let name = named.must_get::<&str>("name")?;
    let found = known.get(name).map(|text| Value::safe_string(text));
    found.ok_or_else(|| Error::message(format!("the theme has no style sheet `{name}` in assets/")))
}

/// The source of a policy that allows a sheet of this very text: `'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='` for an
/// empty one.
fn source(sheet: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(sheet.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_over_ends_of_lines_as_they_are_read() {
        let assets = BTreeMap::from([("assets/a.css".to_owned(), b"a {}\r\nb {}\r".to_vec())]);
        let mut tera = Tera::default();
        register(&mut tera, &assets);
        let page = "{{ inline_style(name=\"a.css\") }}|{{ inline_style_source(name=\"a.css\") }}";
        tera.add_raw_template("a.html", page).unwrap();
        let made = tera.render("a.html", &tera::Context::new()).unwrap();
        assert_eq!(made, format!("a {{}}\nb {{}}\n|{}", source("a {}\nb {}\n")));
    }

    #[test]
    fn a_policy_names_a_sheet_by_its_digest_in_base64() {
        assert_eq!(source(""), "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='");
    }
}
