//! All pages of the site, project by project.

use serde::Serialize;

use crate::page::address::Address;
use crate::page::desk::Here;
use crate::page::frame::{project_status, stage_words};
use crate::page::view::{Link, Status};
use crate::page::{Entry, Group, Made, SitePage};
use crate::report::{ProjectReport, Report};

/// The page that lists all pages.
pub struct SitePlanPage;

/// What it shows.
#[derive(Debug, Serialize)]
struct SitePlanView {
    /// Pages of the whole site.
    site: Vec<Link>,
    /// Pages of each project.
    projects: Vec<ProjectPlan>,
}

/// The pages of a project.
#[derive(Debug, Serialize)]
struct ProjectPlan {
    /// Its anchor: `pages-branch-network`.
    anchor: String,
    /// Its name.
    name: String,
    /// The stage it is in.
    stage: String,
    /// How it stands.
    status: Status,
    /// Its pages under their headings.
    groups: Vec<PageGroup>,
}

/// Pages under one heading.
#[derive(Debug, Serialize)]
struct PageGroup {
    /// The heading.
    title: &'static str,
    /// The pages, in order.
    pages: Vec<Link>,
}

impl SitePage for SitePlanPage {
    fn kind(&self) -> &'static str {
        "site-plan"
    }

    fn question(&self) -> &'static str {
        "Which pages are there?"
    }

    fn entries(&self, _report: &Report) -> Vec<Entry> {
        vec![Entry::new(Address::site_plan(), "All pages")]
    }

    fn make(&self, here: &Here<'_>) -> Made {
        let site = Address::of_the_site().into_iter();
        let site = site.filter(|(_, address)| here.map.has(address));
        let view = SitePlanView {
            site: site
                .map(|(label, address)| Link { label: label.to_owned(), href: here.href(&address) })
                .collect(),
            projects: here.report.projects.iter().map(|project| plan(here, project)).collect(),
        };
        Made::new(self.kind(), "All pages", &view).description(self.question())
    }
}

fn plan(here: &Here<'_>, project: &ProjectReport) -> ProjectPlan {
    let folder = &project.project.folder;
    let mut groups: Vec<(Group, PageGroup)> = Vec::new();
    for (group, entry) in here.map.pages_of(folder) {
        let link = Link { label: entry.label.clone(), href: here.href(&entry.address) };
        match groups.last_mut().filter(|(last, _)| last == group) {
            Some((_, of_group)) => of_group.pages.push(link),
            None => groups.push((*group, PageGroup { title: group.title(), pages: vec![link] })),
        }
    }
    ProjectPlan {
        anchor: format!("pages-{folder}"),
        name: project.project.name.clone(),
        stage: stage_words(project),
        status: project_status(project),
        groups: groups.into_iter().map(|(_, group)| group).collect(),
    }
}
