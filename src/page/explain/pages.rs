//! The pages on which figures open: a list of all, and a page for each family.

use std::sync::Arc;

use serde::Serialize;

use crate::format;
use crate::page::address::Address;
use crate::page::desk::{Desk, Here};
use crate::page::explain::book::{Book, GroupHead, Sheet};
use crate::page::explain::put::{Lines, Told, rests_on, told};
use crate::page::explain::{FAMILIES, Family, Figure};
use crate::page::view::{Cell, Link, Row, Table};
use crate::page::{Entry, Group, Made, ProjectPage};
use crate::report::ProjectReport;

/// The list of all figures of a project.
pub struct ExplainPage;

/// The pages of the families.
pub struct FigurePages;

/// The list of figures.
#[derive(Debug, Serialize)]
struct ExplainView {
    /// How to read it.
    lead: String,
    /// For each family its figures.
    families: Vec<FamilyView>,
    /// The files the site was made from; none where they are not shown.
    sources: Option<String>,
}

/// A family in the list.
#[derive(Debug, Serialize)]
struct FamilyView {
    /// Its anchor.
    name: &'static str,
    /// Its heading.
    title: &'static str,
    /// Figures of the project as a whole, those together that belong together.
    groups: Vec<GroupView>,
    /// Tasks, risks and the like that have figures of their own.
    things: Vec<Link>,
}

/// Figures that belong together.
#[derive(Debug, Serialize)]
struct GroupView {
    /// What they are about; none where the heading of the family says it.
    title: Option<&'static str>,
    /// In what they are counted, where their values do not say it: `Amounts in EUR`.
    unit: Option<String>,
    /// Each figure with its value.
    figures: Table,
}

/// A page of figures.
#[derive(Debug, Serialize)]
struct SheetView {
    /// Where all figures are listed.
    all: Link,
    /// The other pages of the same kind of figures; none where one page holds them all.
    pages: Vec<Link>,
    /// On the first page what stands on the others, each under the anchor that it has there, so that links of earlier pages lead on.
    elsewhere: Vec<ElsewhereView>,
    /// Figures of the project as a whole, and blocks of figures of one thing.
    blocks: Vec<BlockView>,
}

/// A figure of the project as a whole, or a thing, that stands on another page.
#[derive(Debug, Serialize)]
struct ElsewhereView {
    /// Its anchor.
    anchor: String,
    /// Its name, and where it is explained.
    link: Link,
}

/// Figures that are read together.
#[derive(Debug, Serialize)]
struct BlockView {
    /// The thing's anchor; none for the project as a whole.
    anchor: Option<String>,
    /// The thing's name.
    name: String,
    /// Where the thing was typed.
    place: Option<Link>,
    /// The figures.
    figures: Vec<Told>,
    /// The lines that figures of the thing rest on and that none of them names itself.
    rests_on: Vec<Lines>,
}

impl ProjectPage for ExplainPage {
    fn kind(&self) -> &'static str {
        "explain"
    }

    fn group(&self) -> Group {
        Group::Behind
    }

    fn question(&self) -> &'static str {
        "How was this number made, and who typed what went in?"
    }

    fn entries(&self, project: &ProjectReport) -> Vec<Entry> {
        vec![Entry::new(Address::page(&project.project.folder, "explain"), "All figures explained")]
    }

    fn make(&self, desk: &Desk<'_>) -> Made {
        let families = desk.book().map_or_else(Vec::new, |book| {
            FAMILIES.iter().filter_map(|family| family_view(desk, book, family)).collect()
        });
        let view = ExplainView {
            lead: "Every figure that is computed, with its value. Each leads to its formula, the values put in, and the \
                   lines that people typed."
                .to_owned(),
            families,
            sources: desk.href(&Address::sources()),
        };
        Made::new(self.kind(), "All figures explained", &view).description(self.question())
    }
}

fn family_view(desk: &Desk<'_>, book: &Book, family: &Family) -> Option<FamilyView> {
    let mut groups: Vec<GroupView> = Vec::new();
    let mut things = Vec::new();
    for (block, of_block) in book.blocks().filter(|(block, _)| block.family == family.name) {
        if let Some(thing) = &block.thing {
            let page = book.address(Sheet { family: block.family, number: block.sheet });
            things.push(Link { label: thing.name.clone(), href: desk.href_section(&page, &thing.anchor) });
        } else {
            let rows = of_block.iter().map(|figure| {
                Row::new(vec![
                    Cell::text(&*figure.name),
                    Cell::text(&*figure.value).explained(desk.explained(&figure.key)),
                ])
            });
            of_group(&mut groups, block.group.as_ref()).figures.rows.extend(rows);
        }
    }
    (!groups.is_empty() || !things.is_empty()).then_some(FamilyView {
        name: family.name,
        title: family.title,
        groups,
        things,
    })
}

/// The group of a heading, which begins where it is not there yet: a long one goes on over several pages.
fn of_group<'a>(groups: &'a mut Vec<GroupView>, head: Option<&GroupHead>) -> &'a mut GroupView {
    let title = head.map(|head| head.title);
    let place = groups.iter().position(|group| group.title == title).unwrap_or_else(|| {
        let unit = head.and_then(|head| head.unit.as_ref());
        groups.push(GroupView { title, unit: unit.cloned(), figures: Table::new(&["Figure", "#Value"]) });
        groups.len() - 1
    });
    &mut groups[place]
}

/// On how many lines figures of one thing may rest for these to be named; of a task behind five hundred others nearly the whole plan
/// would be.
const LINES_OF_A_THING: usize = 500;

/// The pages of figures that a book needs, as places in the site.
#[must_use]
pub fn sheets(book: &Book) -> Vec<Entry> {
    book.sheets()
        .iter()
        .zip(book.addresses())
        .map(|(sheet, page)| Entry::new(page.clone(), title(*sheet)))
        .collect()
}

fn title(sheet: Sheet) -> String {
    let family = FAMILIES.iter().find(|family| family.name == sheet.family);
    let title = family.map_or("Figures", |family| family.title);
    if sheet.number == 0 { title.to_owned() } else { format!("{title}, page {}", sheet.number + 1) }
}

impl ProjectPage for FigurePages {
    fn kind(&self) -> &'static str {
        "figures"
    }

    fn group(&self) -> Group {
        Group::Behind
    }

    fn question(&self) -> &'static str {
        "How was this number made, and who typed what went in?"
    }

    /// None: the list of all figures leads here.
    fn entries(&self, _: &ProjectReport) -> Vec<Entry> {
        Vec::new()
    }

    fn make(&self, desk: &Desk<'_>) -> Made {
        let desk = &of_its_day(desk);
        let found = desk.book().and_then(|book| Some((book, book.sheet_at(desk.address)?)));
        let all = Link { label: "All figures".to_owned(), href: desk.href_page("explain") };
        let Some((book, sheet)) = found else {
            return Made::new(
                self.kind(),
                "Figures",
                &SheetView { all, pages: Vec::new(), elsewhere: Vec::new(), blocks: Vec::new() },
            );
        };
        let blocks = book
            .blocks()
            .filter(|(block, _)| block.family == sheet.family && block.sheet == sheet.number)
            .map(|(block, figures)| {
                let is_thing = block.thing.is_some();
                let of_figure = |figure: &Arc<Figure>| {
                    let told = told(desk, book, figure);
                    // The figures of one thing are read together; what none of them names stands once at the foot.
                    let says_where = !is_thing || book.is_far_from_lines(figure);
                    let most = if is_thing { LINES_OF_A_THING } else { usize::MAX };
                    if says_where { told.with_lines_up_to(desk, book, most) } else { told }
                };
                let told: Vec<Told> = figures.iter().map(of_figure).collect();
                let is_through_others =
                    told.iter().flat_map(|figure| &figure.inputs).any(|input| input.figure.is_some());
                let rests = if is_thing && is_through_others {
                    rests_on(desk, (book.rests_beyond(figures, LINES_OF_A_THING), LINES_OF_A_THING))
                } else {
                    Vec::new()
                };
                let thing = block.thing.as_ref();
                let origin = thing.and_then(|thing| thing.origin);
                BlockView {
                    anchor: thing.map(|thing| thing.anchor.clone()),
                    name: thing.map_or_else(String::new, |thing| thing.name.clone()),
                    place: origin.and_then(|origin| {
                        Some(Link { label: desk.short_place(origin)?, href: desk.href_place(origin) })
                    }),
                    figures: told,
                    rests_on: rests,
                }
            })
            .collect();
        let made = Made::new(
            self.kind(),
            format!("{}: figures explained", title(sheet)),
            &SheetView {
                all,
                pages: beside(desk, book, sheet),
                elsewhere: elsewhere(desk, book, sheet),
                blocks,
            },
        );
        match book.day() {
            Some(day) => made.description(format!("As of {}, before a gate was decided.", format::date(day))),
            None => made,
        }
    }
}

/// How many other pages of a family are led to, about; of more those nearby and some on the way to the others.
const PAGES_BESIDE: usize = 12;

/// The other pages of the family of a page.
fn beside(desk: &Desk<'_>, book: &Book, sheet: Sheet) -> Vec<Link> {
    let family: Vec<(&Sheet, &Address)> = book
        .sheets()
        .iter()
        .zip(book.addresses())
        .filter(|(other, _)| other.family == sheet.family)
        .collect();
    let is_led_to = led_to(family.len(), sheet.number);
    family
        .into_iter()
        .filter(|(other, _)| **other != sheet && is_led_to(other.number))
        .map(|(other, page)| Link { label: title(*other), href: desk.href(page) })
        .collect()
}

/// Which pages of so many one of them leads to, counted from 0: all, or of many the first and the last, two on either side and some
/// at even distances.
fn led_to(n_pages: usize, from: usize) -> impl Fn(usize) -> bool {
    let step = n_pages.div_ceil(PAGES_BESIDE);
    move |page| {
        step == 1 || page.abs_diff(from) <= 2 || (page + 1) % step == 0 || page == 0 || page + 1 == n_pages
    }
}

/// On the first page of a family what stands on its other pages.
fn elsewhere(desk: &Desk<'_>, book: &Book, sheet: Sheet) -> Vec<ElsewhereView> {
    let of_family = book.blocks().filter(|(block, _)| {
        sheet.number == 0 && block.family == sheet.family && block.sheet != sheet.number
    });
    let views = of_family.flat_map(|(block, figures)| {
        let page = book.address(Sheet { family: block.family, number: block.sheet });
        let view = |anchor: &str, name: &str| ElsewhereView {
            anchor: anchor.to_owned(),
            link: Link { label: name.to_owned(), href: desk.href_section(&page, anchor) },
        };
        match &block.thing {
            Some(thing) => vec![view(&thing.anchor, &thing.name)],
            None => figures.iter().map(|figure| view(&figure.key, &figure.name)).collect(),
        }
    });
    views.collect()
}

/// The desk of the day whose figures this page shows: now, or the day on which a gate was decided.
fn of_its_day<'a>(desk: &Desk<'a>) -> Desk<'a> {
    desk.here.desk(report_of_its_day(&desk.here, desk.project))
}

/// The project as of the day that a page of figures is about: the day of a gate decision where it shows those, else now.
#[must_use]
pub(in crate::page) fn report_of_its_day<'a>(
    here: &Here<'a>,
    project: &'a ProjectReport,
) -> &'a ProjectReport {
    let is_of =
        |then: &&ProjectReport| here.map.book(then).is_some_and(|book| book.sheet_at(here.address).is_some());
    project.at_gates.values().find(is_of).unwrap_or(project)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(n_pages: usize, from: usize) -> Vec<usize> {
        let is_led_to = led_to(n_pages, from);
        (0..n_pages).filter(|page| is_led_to(*page)).collect()
    }

    #[test]
    fn of_many_pages_those_nearby_and_some_of_the_others_are_led_to() {
        assert_eq!(pages(12, 4), (0..12).collect::<Vec<_>>());
        assert_eq!(pages(151, 39), [0, 12, 25, 37, 38, 39, 40, 41, 51, 64, 77, 90, 103, 116, 129, 142, 150]);
        assert_eq!(pages(30, 0), [0, 1, 2, 5, 8, 11, 14, 17, 20, 23, 26, 29]);
    }

    #[test]
    fn every_page_is_reached_in_a_few_steps() {
        for n_pages in [1, 13, 151, 600] {
            let mut steps = vec![usize::MAX; n_pages];
            steps[0] = 0;
            let mut open = std::collections::VecDeque::from([0]);
            while let Some(page) = open.pop_front() {
                for next in pages(n_pages, page) {
                    if steps[next] == usize::MAX {
                        steps[next] = steps[page] + 1;
                        open.push_back(next);
                    }
                }
            }
            assert!(steps.iter().all(|n_steps| *n_steps <= 15), "{n_pages}: {:?}", steps.iter().max());
        }
    }
}
