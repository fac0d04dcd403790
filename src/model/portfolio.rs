//! A portfolio: the projects of one folder.

use crate::model::{Project, Text};
use crate::quantity::Audience;

/// All projects of one folder.
#[derive(Clone, Debug)]
pub struct Portfolio {
    /// The title of the site.
    pub title: String,
    /// What the portfolio is, in a sentence or two.
    pub description: Option<Text>,
    /// The theme it is to be shown in; none for the usual one.
    pub theme: Option<&'static str>,
    /// Where the site will be found, `https://…`; none where nobody said.
    pub site_address: Option<String>,
    /// Whom the site is built for; none where nobody said.
    pub audience: Option<Audience>,
    /// The projects that could be read, in the order of their folder names.
    pub projects: Vec<Project>,
    /// Folder names of projects whose files are too faulty to compute with, in order.
    pub unreadable: Vec<String>,
    /// Folder names of projects of which not every task could be read, in order.
    pub partly_read: Vec<String>,
}
