//! Reports as a feed by RFC 4287 (Atom): an entry for each report, newest first, with what the journal says of it.
//!
//! Ids are UUIDs of project and day, so that they are the same on every host. Every address is relative to the feed. Not here:
//! when the site was built.

use std::fmt::Write as _;

use jiff::civil::Date;
use sha2::{Digest as _, Sha256};

use super::{Export, named};
use crate::control::Said;
use crate::diagnostic::xml::{attribute, text};
use crate::format;
use crate::model::{Text, Update};
use crate::page::address::Thing;
use crate::page::downloads::DownloadKind;
use crate::page::{Address, Desk, Here};

/// The name space of the ids: any UUID that nobody else uses, chosen once.
const NAME_SPACE: &str = "milepost report 6f1d2c58-1c0e-4b8e-9a44-3f6d2b7a90c1";

/// A report in a feed.
struct Entry {
    id: String,
    day: Date,
    title: String,
    author: String,
    /// The page of the report, by its folder, without the way to it.
    link: Option<String>,
    summary: String,
    /// The report as HTML.
    content: String,
    folder: String,
}

/// The feed of a project; none where nothing was reported.
pub(super) fn of_project(desk: &Desk<'_>) -> Option<Export> {
    let folder = Some(desk.folder());
    let address = Address::file(folder, "journal.atom");
    let entries = entries(desk, &address);
    let title = named(desk.report, &format!("Reports of {}", desk.project.project.name));
    let bytes = feed(&title, desk.folder(), &entries, (&address, &desk.page("journal")))?;
    Some(Export::new(DownloadKind::Feed, address, folder, bytes).rows(entries.len()))
}

/// The feed of all projects; none where nothing was reported.
pub(super) fn of_portfolio(here: &Here<'_>) -> Option<Export> {
    let address = Address::file(None, "journal.atom");
    let mut entries: Vec<Entry> = Vec::new();
    for project in &here.report.projects {
        let own = self::entries(&here.desk(project), &address).into_iter();
        let name = &project.project.name;
        entries.extend(own.map(|entry| Entry { title: format!("{name}: {}", entry.title), ..entry }));
    }
    // A stable sort keeps the projects of a day in the order of their folders.
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.day));
    let title = named(here.report, &format!("Reports of {}", here.report.title));
    let bytes = feed(&title, "", &entries, (&address, &Address::portfolio()))?;
    Some(Export::new(DownloadKind::Feed, address, None, bytes).rows(entries.len()))
}

/// The reports by the status date, newest first: those that were written, and those that were closed without a word.
fn entries(desk: &Desk<'_>, feed: &Address) -> Vec<Entry> {
    let project = &desk.project.project;
    let updates = project.updates.iter().map(|update| update.status_date);
    let closed = project.snapshots.iter().map(|snapshot| snapshot.status_date);
    let mut days: Vec<Date> = updates.chain(closed).filter(|day| *day <= desk.project.status_date).collect();
    days.sort_unstable();
    days.dedup();
    let said = &desk.project.said_by_report;
    days.into_iter()
        .rev()
        .map(|day| {
            let update = project.updates.iter().find(|update| update.status_date == day);
            let said = said.iter().find(|said| said.status_date == day);
            entry(desk, (day, update, said), feed)
        })
        .collect()
}

fn entry(
    desk: &Desk<'_>,
    (day, update, said): (Date, Option<&Update>, Option<&Said>),
    feed: &Address,
) -> Entry {
    let project = &desk.project.project;
    let author = update.and_then(|update| update.author).or(project.project_manager);
    let journal = Thing::Update(day);
    let page = journal.address(desk.folder());
    let is_told = update.is_some() && desk.map.has(&page);
    let anchor = journal.anchor().unwrap_or_default();
    Entry {
        id: id(desk.folder(), &format!("report {day}")),
        day,
        title: title(day, said),
        author: author.map_or(&project.name, |person| &project.team.people[person.0 as usize].name).clone(),
        link: is_told.then(|| format!("{}#{anchor}", feed.href_to(&page))),
        summary: said.map(|said| summary(desk, said)).unwrap_or_default(),
        content: update.map(content).unwrap_or_default(),
        folder: desk.folder().to_owned(),
    }
}

/// `Report of 20 Nov 2026: declared amber, computed red`, with those colours that are known.
fn title(day: Date, said: Option<&Said>) -> String {
    let declared = said.and_then(|said| said.declared).map(|colour| format!("declared {}", colour.word()));
    let computed = said.and_then(|said| said.computed).map(|colour| format!("computed {}", colour.word()));
    let colours: Vec<String> = declared.into_iter().chain(computed).collect();
    let colours = if colours.is_empty() { String::new() } else { format!(": {}", colours.join(", ")) };
    plain(&format!("Report of {}{colours}", format::date(day)))
}

/// What the site said on the day, in a sentence.
fn summary(desk: &Desk<'_>, said: &Said) -> String {
    let mut parts = Vec::new();
    if let Some(finish) = said.figures.forecast_finish {
        let promised = said.figures.baseline_finish;
        let promised = promised.map(|day| format!(", promised {}", format::date(day)));
        parts.push(format!("finish {}{}", format::date(finish), promised.unwrap_or_default()));
    }
    if let Some(estimate) = said.figures.estimate {
        let budget = said.figures.total.budget;
        let budget = budget.map(|budget| format!(", budget {}", desk.money_words(budget)));
        parts.push(format!("{} at completion{}", desk.money_words(estimate), budget.unwrap_or_default()));
    }
    if parts.is_empty() {
        String::new()
    } else {
        plain(&format!("{}.", format::sentence_start(&parts.join("; "))))
    }
}

/// Spaces that do not break are for pages.
fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

/// What was reported, as harmless HTML.
fn content(update: &Update) -> String {
    let options = crate::prose::MarkdownOptions {
        heading_level_offset: 2,
        id_prefix: format!("{}-", update.status_date),
    };
    let mut html = crate::prose::to_html(update.body.markdown.replace(" #lesson", "").trim(), &options);
    let mut list = |title: &str, texts: &[Text]| {
        if !texts.is_empty() {
            let _ = write!(html, "<h3>{title}</h3>\n<ul>\n");
            for text in texts {
                let _ = writeln!(html, "<li>{}</li>", crate::prose::inline_html(&text.markdown));
            }
            html.push_str("</ul>\n");
        }
    };
    list("Achieved", &update.achieved);
    list("Next", &update.next);
    list("Help wanted", update.help_wanted.as_slice());
    html
}

/// A UUID of the form that RFC 9562 leaves to programs (version 8), from project and name.
///
/// The same folder and day give the same id wherever the site lies: `id("net", "report 2026-11-20")`.
fn id(folder: &str, name: &str) -> String {
    let digest = Sha256::digest(format!("{NAME_SPACE}\n{folder}\n{name}"));
    let mut bytes = [0_u8; 16];
    bytes.copy_from_slice(&digest[..16]);
    bytes[6] = (bytes[6] & 0x0f) | 0x80;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let mut id = String::from("urn:uuid:");
    for (place, byte) in bytes.iter().enumerate() {
        if [4, 6, 8, 10].contains(&place) {
            id.push('-');
        }
        let _ = write!(id, "{byte:02x}");
    }
    id
}

/// A feed of entries, newest first; none without one.
fn feed(title: &str, folder: &str, entries: &[Entry], (own, page): (&Address, &Address)) -> Option<Vec<u8>> {
    let newest = entries.first()?.day;
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    xml.push_str("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">\n");
    element(&mut xml, 1, "id", &id(folder, "feed"));
    element(&mut xml, 1, "title", title);
    element(&mut xml, 1, "updated", &moment(newest));
    link(&mut xml, 1, "self", "application/atom+xml", &own.href_to(own));
    link(&mut xml, 1, "alternate", "text/html", &own.href_to(page));
    let _ = writeln!(xml, "  <generator version=\"{}\">milepost</generator>", env!("CARGO_PKG_VERSION"));
    for entry in entries {
        // Addresses in the author's words are relative to the journal of the project.
        let base = if own.root().is_empty() { Address::dashboard(&entry.folder) } else { own.clone() };
        let base = own.href_to(&base);
        let base = base.rsplit_once('/').map(|(folder, _)| format!(" xml:base=\"{}/\"", attribute(folder)));
        xml.push_str("  <entry>\n");
        element(&mut xml, 2, "id", &entry.id);
        element(&mut xml, 2, "title", &entry.title);
        element(&mut xml, 2, "updated", &moment(entry.day));
        element(&mut xml, 2, "published", &moment(entry.day));
        let _ = writeln!(xml, "    <author><name>{}</name></author>", text(&entry.author));
        if let Some(href) = &entry.link {
            link(&mut xml, 2, "alternate", "text/html", href);
        }
        if !entry.summary.is_empty() || entry.link.is_none() {
            element(&mut xml, 2, "summary", &entry.summary);
        }
        if !entry.content.is_empty() || entry.link.is_none() {
            let _ = writeln!(
                xml,
                "    <content type=\"html\"{}>{}</content>",
                base.unwrap_or_default(),
                text(&entry.content)
            );
        }
        xml.push_str("  </entry>\n");
    }
    xml.push_str("</feed>\n");
    Some(xml.into_bytes())
}

/// Midnight of a day in universal time: reports carry no hour.
fn moment(day: Date) -> String {
    format!("{}T00:00:00Z", format::iso(day))
}

fn element(xml: &mut String, depth: usize, name: &str, words: &str) {
    let _ = writeln!(xml, "{}<{name}>{}</{name}>", "  ".repeat(depth), text(words));
}

fn link(xml: &mut String, depth: usize, rel: &str, kind: &str, href: &str) {
    let indent = "  ".repeat(depth);
    let _ = writeln!(xml, "{indent}<link rel=\"{rel}\" type=\"{kind}\" href=\"{}\"/>", attribute(href));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_uuids_that_depend_on_project_and_day_alone() {
        let one = id("net", "report 2026-11-20");
        assert_eq!(one, id("net", "report 2026-11-20"));
        assert_ne!(one, id("net", "report 2026-11-06"));
        assert_ne!(one, id("desk", "report 2026-11-20"));
        let parts: Vec<&str> = one.strip_prefix("urn:uuid:").unwrap().split('-').collect();
        assert_eq!(parts.iter().map(|part| part.len()).collect::<Vec<_>>(), [8, 4, 4, 4, 12]);
        assert!(parts[2].starts_with('8') && parts[3].starts_with(['8', '9', 'a', 'b']), "{one}");
    }
}
