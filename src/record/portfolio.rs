//! `portfolio.yaml` and `people.yaml`: what all projects of a folder share.

use crate::diagnostic::Spanned;
use crate::quantity::{Audience, Malformed};
use crate::record;
use crate::record::decode::{Named, Scalar};
use crate::record::gate::StatementText;
use crate::record::own_check::CheckRecord;
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
        /// How the site looks: `plain`, the default, or `folio`, a bound book with serif headings. `milepost theme list` names
        /// them all; files of your own in `theme/` are laid over it.
        theme: Spanned<ThemeName>,
        /// Where the site will be found.
        site: SiteRecord,
        /// Limits other than the defaults, for all projects; a project may set its own.
        thresholds: ThresholdsRecord,
        /// Criteria that every project meets at a gate, beside those of its own `gates/*.md`.
        criteria: GateCriteriaRecord,
        /// Limits that the figures of every project keep at all times, each under what it means in your words: `the finish slips
        /// two weeks at most: finish_slip <= 10d`. One that is not kept is found by `milepost check`, which then exits with 1.
        /// `docs/figures.md` tells what can be named.
        checks: Named<CheckRecord>,
        /// Whom the site is built for: `public` shows no persons, `internal` no prices, hours and absences of persons, no single
        /// bookings and nothing that is `restricted`; `restricted`, the default, shows everything but prices of persons. `--audience` of `milepost build` counts
        /// before it.
        audience: Spanned<Audience>,
    }
    computed {
        projects: "put each project into its own folder under `projects/`; the list is made from the folders",
        status: "write progress and updates in the projects; the state of the portfolio is computed from them",
        colour: "write progress and updates in the projects; the state of the portfolio is computed from them",
    }
}

record! {
    /// Statements over figures by gate: `G2: {the finish keeps its promise: finish_slip <= 10d}`; `docs/figures.md` tells what can
    /// be named.
    pub struct GateCriteriaRecord("list of criteria") {
        /// At G1, mandate and feasibility.
        g1 as "G1": Named<Spanned<StatementText>>,
        /// At G2, plan and baseline.
        g2 as "G2": Named<Spanned<StatementText>>,
        /// At G3, deliverables and readiness for service.
        g3 as "G3": Named<Spanned<StatementText>>,
        /// At G4, control statement.
        g4 as "G4": Named<Spanned<StatementText>>,
        /// At G5, closure and transfer of ownership.
        g5 as "G5": Named<Spanned<StatementText>>,
    }
}

record! {
    /// Where the site will be found. Pages lead to each other without it; what must name a page from outside needs it: the list
    /// of pages for search engines (`sitemap.xml`) and the page of a web server for addresses that lead nowhere (`404.html`).
    pub struct SiteRecord("site") {
        /// Its address from anywhere: `https://intranet.example/projects`.
        address: Spanned<WebAddress>,
    }
}

/// The address of a site, `https://…` or `http://…`, without a question or an anchor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebAddress(pub String);

impl Scalar for WebAddress {
    const FORM: &'static str = "an address such as https://intranet.example/projects";

    fn read(text: &str) -> Result<Self, Malformed> {
        let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let is_harmless = !text.contains(['?', '#', '"', '\'', '<', '>', '&']) && text.is_ascii();
        let is_address = host.is_some_and(|host| {
            host.starts_with(|first: char| first.is_ascii_alphanumeric())
                && !host.contains(char::is_whitespace)
        });
        if is_address && is_harmless {
            return Ok(Self(text.to_owned()));
        }
        let fault = Malformed::expected(Self::FORM);
        Err(if host.is_none() { fault.hint("begin with `https://`") } else { fault })
    }
}

record! {
    /// `people.yaml`: roles and people that several projects share, so that a person's load adds up over all of them. Where a project's
    /// `resources.yaml` lists the same id, the project counts its own: a role has another price there, and of a person, whose load then
    /// stands apart, a finding tells.
    pub struct PeopleRecord("list of shared people") {
        /// Roles by id.
        roles: Keyed<RoleRecord>,
        /// People by id.
        people: Keyed<PersonRecord>,
    }
}
