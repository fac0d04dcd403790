//! What stands around the content of every page: the site's name, the way here, the pages of the project.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::control::Colour;
use crate::format;
use crate::model::ProjectKind;
use crate::page::address::Address;
use crate::page::desk::Here;
use crate::page::downloads::{FileLink, calendar_link, feed_link, paper_link, table_links};
use crate::page::edited_records::{Banner, banners, banners_of_all};
use crate::page::view::{Band, Fact, Link, Status};
use crate::page::what_if::{WhatIfBand, band};
use crate::page::{Entry, Group, Made, Shown, provenance, unread};
use crate::quantity::Audience;
use crate::report::ProjectReport;

/// Everything a template is given.
#[derive(Clone, Debug, Serialize)]
pub struct Frame {
    /// The site.
    pub site: Site,
    /// What leads from this page to the top of the site: empty, `../` or `../../`.
    pub root: String,
    /// The page itself.
    pub page: Page,
    /// The way here, from the top; the last one is the page itself.
    pub breadcrumb: Vec<Link>,
    /// The project the page is about; none for pages of the whole site.
    pub project: Option<ProjectFrame>,
    /// What the page of this kind shows.
    pub view: Shown,
    /// Where the figures come from, at the foot of the page.
    pub provenance: Vec<Fact>,
    /// The title band of a printable document; none for other pages.
    pub document: Option<Band>,
    /// The same document as PDF; none where it is not printed.
    pub paper: Option<FileLink>,
    /// Warnings of edited records that the page rests on, and of what could not be read.
    pub banners: Vec<Banner>,
    /// What was asked, where the site answers a what-if; none for the files as they are.
    pub what_if: Option<WhatIfBand>,
    /// By the name of each table its CSV, none where there is no row: those of the project, or of the whole portfolio.
    pub csv: BTreeMap<&'static str, Option<FileLink>>,
    /// The feed of reports: that of the project where it has one, else that of all projects.
    pub feed: Option<FileLink>,
    /// The calendar of dates: that of the project where it has one, else that of all projects.
    pub calendar: Option<FileLink>,
}

/// The site as its pages name it.
#[derive(Clone, Debug, Serialize)]
pub struct Site {
    /// Its title.
    pub title: String,
    /// The version of milepost that made it.
    pub engine_version: &'static str,
    /// Whether anybody may read it; pages of other sites ask search engines not to list them.
    pub is_public: bool,
    /// The day the page is about.
    pub status_date: String,
    /// The revision of the sources, where it is known.
    pub revision: Option<String>,
    /// The pages that belong to no project, listed above each of them; empty beside a project, whose own list ends with them.
    pub pages: Vec<NavEntry>,
}

/// A page as it names itself.
#[derive(Clone, Debug, Serialize)]
pub struct Page {
    /// Its heading.
    pub title: String,
    /// One line beneath it.
    pub description: Option<String>,
    /// Its kind, a class for style sheets.
    pub kind: &'static str,
}

/// The project beside its pages.
#[derive(Clone, Debug, Serialize)]
pub struct ProjectFrame {
    /// Its name.
    pub name: String,
    /// Its code.
    pub code: Option<String>,
    /// The stage it is in.
    pub stage_words: Option<String>,
    /// How it stands overall.
    pub status: Option<Status>,
    /// Its pages, groups in order, the same beside every page of it; a page that is not among them marks the list in which it stands.
    pub pages: Vec<NavEntry>,
}

/// A page in the list beside the content.
#[derive(Clone, Debug, Serialize)]
pub struct NavEntry {
    /// What it is called there.
    pub label: String,
    /// Where it is.
    pub href: String,
    /// Whether it is the page one is on.
    pub current: bool,
    /// Whether it is the list in which the page one is on stands, where that page is not named itself.
    pub above: bool,
    /// The heading above its group.
    pub group: &'static str,
    /// The document of the gate that ends a stage, in the line of its page; none for other pages.
    pub gate: Option<GateEntry>,
}

/// The document of a gate in the list beside the content, behind the stage that it ends.
#[derive(Clone, Debug, Serialize)]
pub struct GateEntry {
    /// The gate: `G3`.
    pub label: String,
    /// What it is called in full.
    pub name: String,
    /// Where its document is.
    pub href: String,
    /// Whether it is the page one is on.
    pub current: bool,
}

/// The state of a colour: class, letter and word.
#[must_use]
pub fn status_of(colour: Colour) -> Status {
    match colour {
        Colour::Green => Status::green("Green"),
        Colour::Amber => Status::amber("Amber"),
        Colour::Red => Status::red("Red"),
        Colour::Unrated => Status::unknown("Not rated"),
    }
}

/// How a project stands overall, in the words of its life: a closed or stopped one has no colour any more.
#[must_use]
pub fn project_status(project: &ProjectReport) -> Status {
    let control = &project.control;
    if control.is_stopped {
        Status::stopped("Stopped")
    } else if control.is_closed {
        Status::done("Closed")
    } else {
        status_of(control.health.overall)
    }
}

/// The stage a project is in, in words.
#[must_use]
pub fn stage_words(project: &ProjectReport) -> String {
    if project.control.is_stopped {
        "Stopped".to_owned()
    } else if project.control.is_closed {
        "Closed".to_owned()
    } else {
        format::stage(project.control.stage).to_owned()
    }
}

/// What kind of IT work a project is, in words.
#[must_use]
pub fn kind_words(kind: ProjectKind) -> &'static str {
    match kind {
        ProjectKind::Hardware => "Hardware installation",
        ProjectKind::Software => "Software, web or app",
        ProjectKind::NetworkRollout => "Networks and cloud",
        ProjectKind::Analytics => "Information management and analytics",
        ProjectKind::ServiceDesk => "Help desk and services",
        ProjectKind::Other => "Other IT work",
    }
}

impl Frame {
    /// Puts a page of the whole site into its frame.
    #[must_use]
    pub fn of_site(here: &Here<'_>, made: Made) -> Self {
        let report = here.report;
        let mut breadcrumb = Vec::new();
        if *here.address != Address::portfolio() {
            breadcrumb.push(Link {
                label: report.title.clone(),
                href: Some(here.address.href_to(&Address::portfolio())),
            });
            breadcrumb.extend(above(here, None));
            breadcrumb.push(Link { label: made.title.clone(), href: None });
        }
        let banners = if made.kind == "portfolio" { banners_of_all(here) } else { Vec::new() };
        Self::around(
            here,
            made,
            Around {
                breadcrumb,
                status_date: report.status_date,
                project: None,
                banners,
                provenance: provenance::of_site(here),
                folder: None,
            },
        )
    }

    /// Puts a page of a project into its frame.
    #[must_use]
    pub fn of_project(here: &Here<'_>, project: &ProjectReport, nav: &[(Group, Entry)], made: Made) -> Self {
        let dashboard = Address::dashboard(&project.project.folder);
        let mut breadcrumb = vec![Link {
            label: here.report.title.clone(),
            href: Some(here.address.href_to(&Address::portfolio())),
        }];
        if *here.address == dashboard {
            breadcrumb.push(Link { label: project.project.name.clone(), href: None });
        } else {
            breadcrumb.push(Link {
                label: project.project.name.clone(),
                href: Some(here.address.href_to(&dashboard)),
            });
            breadcrumb.extend(above(here, Some(&project.project.folder)));
            breadcrumb.push(Link { label: made.title.clone(), href: None });
        }
        let mut pages = project_pages(here, &project.project.folder, nav);
        pages.extend(site_pages(here));
        let frame = ProjectFrame {
            name: project.project.name.clone(),
            code: project.project.code.clone(),
            stage_words: Some(stage_words(project)),
            status: Some(project_status(project)),
            pages,
        };
        let around = Around {
            breadcrumb,
            status_date: project.status_date,
            project: Some(frame),
            banners: unread::banner(&here.desk(project), made.kind)
                .into_iter()
                .chain(banners(here, project, made.kind))
                .collect(),
            provenance: provenance::of_project(&here.desk(project)),
            folder: Some(project.project.folder.clone()),
        };
        Self::around(here, made, around)
    }

    fn around(here: &Here<'_>, made: Made, around: Around) -> Self {
        let folder = around.folder.as_deref();
        let pages = if around.project.is_some() { Vec::new() } else { site_pages(here).collect() };
        Self {
            csv: table_links(here, folder),
            feed: feed_link(here, folder),
            calendar: calendar_link(here, folder),
            site: Site {
                title: here.report.title.clone(),
                engine_version: env!("CARGO_PKG_VERSION"),
                is_public: here.report.audience == Audience::Public,
                status_date: format::date(around.status_date),
                revision: here.report.revision.clone(),
                pages,
            },
            root: here.address.root(),
            page: Page { title: made.title, description: made.description, kind: made.kind },
            breadcrumb: around.breadcrumb,
            project: around.project,
            view: made.view,
            provenance: around.provenance,
            paper: made.band.as_ref().and_then(|band| paper_link(here, &band.title)),
            document: made.band,
            banners: around.banners,
            what_if: band(here.report),
        }
    }
}

/// What differs between pages of the site and pages of a project.
struct Around {
    breadcrumb: Vec<Link>,
    status_date: jiff::civil::Date,
    project: Option<ProjectFrame>,
    banners: Vec<Banner>,
    provenance: Vec<Fact>,
    folder: Option<String>,
}

/// The page that lists pages like this one, on the way to it; none where it stands in no such list.
fn above(here: &Here<'_>, folder: Option<&str>) -> Option<Link> {
    let path = here.address.path();
    let Some(folder) = folder else {
        let mut site = Address::of_the_site().into_iter();
        let (label, address) = site.find(|(_, address)| *address == Address::sources())?;
        if path.starts_with("search/") {
            let search = Address::search();
            let found = Address::of_the_site().into_iter().find(|(_, address)| *address == search);
            return found.map(|(label, _)| Link {
                label: label.to_owned(),
                href: Some(here.address.href_to(&search)),
            });
        }
        let is_file = format!("/{path}").contains("/files/");
        return here
            .href(&address)
            .filter(|_| is_file)
            .map(|href| Link { label: label.to_owned(), href: Some(href) });
    };
    let address = list_above(here.address, folder)?;
    let (_, entry) = here.map.pages_of(folder).iter().find(|(_, entry)| entry.address == address)?;
    Some(Link { label: entry.label.clone(), href: Some(here.address.href_to(&address)) })
}

/// The page of a project that lists what a page in one of its folders is about; none for pages that stand by themselves.
fn list_above(address: &Address, folder: &str) -> Option<Address> {
    let list = match address.path().strip_prefix(folder)?.strip_prefix('/')?.split_once('/')?.0 {
        "gates" => "gates",
        "reports" => "journal",
        "explain" => "explain",
        "tasks" => "schedule",
        "people" => "people",
        _ => return None,
    };
    Some(Address::page(folder, list))
}

/// The pages of a project; the document of a gate stands in the line of the stage that it ends.
fn project_pages(here: &Here<'_>, folder: &str, nav: &[(Group, Entry)]) -> Vec<NavEntry> {
    let list = list_above(here.address, folder);
    let is_listed = nav.iter().any(|(_, entry)| entry.address == *here.address);
    let mut pages: Vec<NavEntry> = Vec::new();
    let mut before = None;
    for (group, entry) in nav {
        let href = here.address.href_to(&entry.address);
        let current = entry.address == *here.address;
        match pages.last_mut().filter(|_| before.is_some_and(|before| ends(before, &entry.address))) {
            Some(stage) => {
                let label = entry.label.split(' ').next().unwrap_or_default().to_owned();
                stage.gate = Some(GateEntry { label, name: entry.label.clone(), href, current });
            }
            None => pages.push(NavEntry {
                label: entry.label.clone(),
                href,
                current,
                above: !is_listed && list.as_ref() == Some(&entry.address),
                group: group.title(),
                gate: None,
            }),
        }
        before = Some(&entry.address);
    }
    pages
}

/// Whether the document of a gate ends the stage of a page: `stages/3-execution.html`, `gates/G3.html`.
fn ends(stage: &Address, gate: &Address) -> bool {
    let (Some((_, stage)), Some((_, gate))) =
        (stage.path().rsplit_once("/stages/"), gate.path().rsplit_once("/gates/G"))
    else {
        return false;
    };
    stage.split('-').next() == gate.split('.').next()
}

/// The pages of the whole site, listed last beside every page of a project and above every page that is of none.
fn site_pages(here: &Here<'_>) -> impl Iterator<Item = NavEntry> {
    Address::of_the_site().into_iter().filter(|(_, address)| here.map.has(address)).map(|(label, address)| {
        NavEntry {
            label: label.to_owned(),
            href: here.address.href_to(&address),
            current: address == *here.address,
            above: false,
            group: Group::Site.title(),
            gate: None,
        }
    })
}
