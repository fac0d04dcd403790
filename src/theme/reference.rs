//! What templates see, as `docs/theme.md` says it: that file is written from the view types and built into the program.

/// The whole reference.
pub const TEXT: &str = include_str!("../../docs/theme.md");

/// Headings of what every page is given, and of the types.
const EVERY_PAGE: &str = "## Every page\n";
const TYPES: &str = "## Types\n";

/// What every template is given, whatever the page.
#[must_use]
pub fn every_page() -> String {
    with_types(section(TEXT, EVERY_PAGE).unwrap_or_default())
}

/// The templates of pages and documents, in the order of the reference: `page/dashboard.html`.
#[must_use]
pub fn templates() -> Vec<&'static str> {
    let headings = TEXT.lines().filter_map(|line| line.strip_prefix("## `")?.strip_suffix('`'));
    headings.collect()
}

/// What the template of a page or document is given under `view`, with every type it is made of; none for a template that
/// shows no page of its own.
#[must_use]
pub fn of_template(template: &str) -> Option<String> {
    section(TEXT, &format!("## `{template}`\n")).map(with_types)
}

/// A section with the types it names, those that these name, and so on, in the order of the reference.
fn with_types(section: &str) -> String {
    let types = types();
    let mut named = vec![false; types.len()];
    let mut unread = vec![section];
    while let Some(text) = unread.pop() {
        for (place, (name, body)) in types.iter().enumerate() {
            if !named[place] && names(text, name) {
                named[place] = true;
                unread.push(body);
            }
        }
    }
    let mut text = section.trim().to_owned();
    for ((name, body), _) in types.iter().zip(named).filter(|(_, named)| *named) {
        text += &format!("\n\n{name}: {}", body.trim());
    }
    text
}

/// Whether the type of some field is made of the type of this name.
fn names(text: &str, name: &str) -> bool {
    let kinds =
        text.lines().filter_map(|line| line.strip_prefix("- `")?.split_once(" (")?.1.split(')').next());
    kinds.flat_map(|kind| kind.split(|letter: char| !letter.is_alphanumeric())).any(|word| word == name)
}

/// Each type: its name and what its section says.
fn types() -> Vec<(&'static str, &'static str)> {
    let Some(all) = section(TEXT, TYPES) else { return Vec::new() };
    all.split("\n### ").skip(1).filter_map(|part| part.split_once('\n')).collect()
}

/// What stands beneath a heading, up to the next of the same rank.
fn section<'a>(text: &'a str, heading: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(heading)?;
    Some(rest.split("\n## ").next().unwrap_or(rest))
}
