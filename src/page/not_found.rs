//! What a web server shows where it has no page.
//!
//! It is shown under any address, so nothing relative to its own place would be found: its styles stand in it, and it leads
//! to pages only where the address of the site is known (`site: {address: …}` in `portfolio.yaml`), and else to the start of the server.

use serde::Serialize;

use crate::page::address::Address;
use crate::page::desk::Here;
use crate::page::view::Link;
use crate::page::{Entry, Made, SitePage};
use crate::report::Report;

/// The page for addresses that lead nowhere.
pub struct NotFoundPage;

/// What it shows.
#[derive(Debug, Serialize)]
struct NotFoundView {
    /// Where to go on; empty where the address of the site is not known.
    links: Vec<Link>,
}

impl SitePage for NotFoundPage {
    fn kind(&self) -> &'static str {
        "not-found"
    }

    fn question(&self) -> &'static str {
        "What now, where a link led nowhere?"
    }

    fn entries(&self, _report: &Report) -> Vec<Entry> {
        vec![Entry::new(Address::not_found(), "Not found")]
    }

    fn make(&self, here: &Here<'_>) -> Made {
        let pages = [
            ("All projects", Address::portfolio()),
            ("Search and A to Z", Address::search()),
            ("All pages", Address::site_plan()),
        ];
        let site = here.report.site_address.as_deref();
        let links = site.map_or_else(Vec::new, |site| {
            pages
                .into_iter()
                .map(|(label, page)| Link { label: label.to_owned(), href: Some(page.absolute(site)) })
                .collect()
        });
        Made::new(self.kind(), "This page does not exist", &NotFoundView { links })
    }
}
