//! `portfolio.yaml` and `people.yaml`: what all projects of a folder share.

use crate::diagnostic::Spanned;
use crate::record;
use crate::record::team::{PersonRecord, RoleRecord};
use crate::record::threshold::ThresholdsRecord;
use crate::vocabulary;

vocabulary! {
    /// A theme that is built in.
    pub struct ThemeName("a theme"): "plain" or "folio";
}

record! {
    /// `portfolio.yaml`: the title of the site and what all projects share.
    pub struct PortfolioRecord("portfolio") {
        /// The title of the site.
        title: Spanned<String>,
        /// What the portfolio is, in a sentence or two.
        description: Spanned<String>,
        /// How the site looks: `plain`, the usual one, or `folio`, a bound book with serif headings. `milepost theme list` names
        /// them all; files of your own in `theme/` are laid over it.
        theme: Spanned<ThemeName>,
        /// Limits other than the usual ones, for all projects; a project may set its own.
        thresholds: ThresholdsRecord,
    }
    computed {
        projects: "put each project into its own folder under `projects/`; the list is made from the folders",
        status: "write progress and updates in the projects; the state of the portfolio is computed from them",
        colour: "write progress and updates in the projects; the state of the portfolio is computed from them",
    }
}

record! {
    /// `people.yaml`: roles and people that several projects share, so that a person's load adds up over all of them.
    pub struct PeopleRecord("list of shared people") {
        /// Roles by id.
        roles: Keyed<RoleRecord>,
        /// People by id.
        people: Keyed<PersonRecord>,
    }
}
