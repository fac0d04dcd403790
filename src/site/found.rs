//! What makes pages findable: the things that the search knows, and the list of pages for search engines.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::page::things::Listed;
use crate::page::{Address, SiteMap};
use crate::report::Report;
use crate::search::Findable;

/// Addresses that one list may hold, as <https://www.sitemaps.org/protocol.html> says.
const AT_MOST: usize = 50_000;

/// The things of the site as the search takes them.
pub(super) fn findable(report: &Report, map: &SiteMap) -> Vec<Findable> {
    let top = Address::portfolio();
    let of = |thing: &Listed| {
        let page = top.href_to(&thing.address);
        Findable {
            href: thing.anchor.as_ref().map_or_else(|| page.clone(), |anchor| format!("{page}#{anchor}")),
            id: thing.id.clone(),
            title: thing.title.clone(),
            kind: thing.kind.to_owned(),
            project: thing.project.clone(),
            text: thing.text.clone(),
        }
    };
    map.things(report).all().iter().map(of).collect()
}

/// The list of pages for search engines, by its path; more than one file where a site has very many pages, and none where
/// the address of the site is not known, because such a list must name pages from outside.
pub(super) fn sitemap(report: &Report, pages: BTreeSet<Address>) -> BTreeMap<String, String> {
    let Some(site) = report.site_address.as_deref() else { return BTreeMap::new() };
    let not_found = Address::not_found();
    let pages = pages.into_iter().filter(|page| *page != not_found);
    let pages: Vec<String> = pages.map(|page| page.absolute(site)).collect();
    let lists: Vec<String> = pages.chunks(AT_MOST).map(|pages| list("urlset", "url", pages)).collect();
    if let [only] = lists.as_slice() {
        return BTreeMap::from([("sitemap.xml".to_owned(), only.clone())]);
    }
    let names: Vec<String> = (1..=lists.len()).map(|number| format!("sitemap-{number}.xml")).collect();
    let addresses: Vec<String> = names.iter().map(|name| Address::at(name).absolute(site)).collect();
    let index = ("sitemap.xml".to_owned(), list("sitemapindex", "sitemap", &addresses));
    names.into_iter().zip(lists).chain([index]).collect()
}

fn list(root: &str, entry: &str, addresses: &[String]) -> String {
    let lines = addresses.iter().fold(String::new(), |mut lines, address| {
        let _ = writeln!(lines, "<{entry}><loc>{address}</loc></{entry}>");
        lines
    });
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{lines}</{root}>\n"
    )
}
