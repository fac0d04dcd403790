//! A page that is to be made, and by whom.

use serde_json::Value;

use super::outline::ProjectPlan;
use crate::page::{Address, Frame, Here, ProjectPage, SiteMap, SitePage};
use crate::paper::Printed;
use crate::report::{ProjectReport, Report};

/// A page that is to be made, and by whom.
pub(super) enum Job<'a> {
    /// A page about the whole portfolio.
    Site { page: &'static dyn SitePage, address: Address },
    /// A page about one project.
    Project {
        page: &'static dyn ProjectPage,
        address: Address,
        plan: &'a ProjectPlan,
        project: &'a ProjectReport,
    },
}

impl Job<'_> {
    pub fn address(&self) -> &Address {
        match self {
            Self::Site { address, .. } | Self::Project { address, .. } => address,
        }
    }

    /// The name of its kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Site { page, .. } => page.kind(),
            Self::Project { page, .. } => page.kind(),
        }
    }

    /// The plan of the project it is about.
    pub fn plan(&self) -> Option<&ProjectPlan> {
        match self {
            Self::Site { .. } => None,
            Self::Project { plan, .. } => Some(plan),
        }
    }

    /// Whether figures of a day gone by open on it.
    pub fn is_gone_by(&self) -> bool {
        self.plan().is_some_and(|plan| plan.gone_by.contains(self.address()))
    }

    pub fn is_printed(&self) -> bool {
        match self {
            Self::Site { .. } => false,
            Self::Project { page, .. } => page.is_printed(),
        }
    }

    /// What is printed: the same as the page shows.
    pub fn printed(&self, report: &Report, map: &SiteMap) -> Printed {
        let here = Here { report, map, address: self.address() };
        let (template, frame) = self.make(&here);
        let day = frame.document.as_ref().and_then(|band| band.day.parse().ok());
        let frame = serde_json::to_value(&frame).unwrap_or_default();
        let digest = frame.pointer("/view/digest").and_then(Value::as_str).unwrap_or_default();
        Printed {
            template,
            day: day.unwrap_or(report.status_date),
            ident: format!("{} {digest}", self.address()),
            frame,
        }
    }

    pub fn make(&self, here: &Here<'_>) -> (String, Frame) {
        match self {
            Self::Site { page, .. } => {
                let made = page.make(here);
                (made.template.clone(), Frame::of_site(here, made))
            }
            Self::Project { page, plan, project, .. } => {
                let made = page.make(&here.desk(project));
                (made.template.clone(), Frame::of_project(here, project, &plan.nav, made))
            }
        }
    }
}
