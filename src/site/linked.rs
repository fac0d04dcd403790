//! Which figures of days gone by the pages lead to: a gate document shows some dozens of the hundreds that a day has.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::page::Address;
use crate::page::explain::{Book, BookKey};

/// The keys of figures that pages lead to, by the page on which a figure stands.
pub(super) type Linked = BTreeMap<Address, BTreeSet<String>>;

/// Where figures of days gone by open, of those of a project.
pub(super) fn of_days_gone_by<'a>(books: impl Iterator<Item = &'a Arc<Book>>) -> BTreeSet<Address> {
    let gone_by = books.filter(|book| book.day().is_some());
    gone_by.flat_map(|book| book.addresses().iter().cloned()).collect()
}

/// The figures that a page leads to on any of some pages.
pub(super) fn of_page(pages: &BTreeSet<Address>, address: &Address, html: &str) -> Linked {
    let mut linked = Linked::new();
    if pages.is_empty() {
        return linked;
    }
    let by_href: BTreeMap<String, &Address> =
        pages.iter().map(|page| (address.href_to(page), page)).collect();
    for (at, mark) in html.match_indices("href=\"") {
        let rest = html.get(at + mark.len()..).unwrap_or_default();
        let Some((href, key)) = rest.split_once('"').and_then(|(href, _)| href.split_once('#')) else {
            continue;
        };
        if let Some(page) = by_href.get(href) {
            linked.entry((*page).clone()).or_default().insert(key.to_owned());
        }
    }
    linked
}

/// All that several pages lead to.
pub(super) fn together(mut one: Linked, other: Linked) -> Linked {
    for (page, keys) in other {
        one.entry(page).or_default().extend(keys);
    }
    one
}

/// The books of a project with days gone by cut down to what is led to, and what that rests on; that of the status date in whole.
pub(super) fn cut_down(
    books: &BTreeMap<BookKey, Arc<Book>>,
    linked: &Linked,
) -> BTreeMap<BookKey, Arc<Book>> {
    let cut = books.iter().map(|(key, book)| {
        if book.day().is_none() {
            return (*key, Arc::clone(book));
        }
        let pages = book.addresses().iter().filter_map(|page| linked.get(page));
        let keys: Vec<&str> = pages.flatten().map(String::as_str).collect();
        (*key, Arc::new(book.only(keys)))
    });
    cut.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_read_from_the_page_they_stand_on() {
        let figures = Address::page("net", "explain/2026-08-12-money");
        let pages = BTreeSet::from([figures.clone()]);
        let html = "<a href=\"../explain/2026-08-12-money.html#bac\">1</a> <a href=\"../explain/money.html#ac\">2</a>";
        let linked = of_page(&pages, &Address::page("net", "gates/G1"), html);
        assert_eq!(linked, Linked::from([(figures, BTreeSet::from(["bac".to_owned()]))]));
    }
}
