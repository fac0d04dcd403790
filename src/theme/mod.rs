//! How the site looks: templates and assets, found, layered and rendered.
//!
//! Comes in: a portfolio's own theme files, in memory. Goes out: rendered pages and the assets they need.
//! Not here: reading the disk, any word about projects, any figure.

mod chain;
#[cfg(test)]
mod contract;
mod embedded;
mod error;
mod grouping;
mod inline;
#[cfg(test)]
mod palette;
pub mod reference;
mod ticks;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use tera::{Context, Tera};

pub use embedded::{EMBEDDED_THEMES, EmbeddedTheme, PLAIN, first_sentence};
pub use error::ThemeError;

/// A complete theme: an embedded one, with a portfolio's own files laid over it.
///
/// A file of the portfolio wins over the embedded one of the same name, one by one; what it lacks is taken from the
/// theme that was chosen, and what that one lacks from `plain`. An override may extend what it replaces: `{% extends "plain/layout.html" %}`. A component defined in any
/// template of the portfolio wins over the embedded component of the same name.
#[derive(Debug)]
pub struct Theme {
    tera: Tera,
    assets: BTreeMap<String, Vec<u8>>,
    paper: BTreeMap<String, Vec<u8>>,
    own_paper: BTreeSet<String>,
}

impl Theme {
    /// Builds the usual theme with the files of a portfolio's `theme/` folder over it, as [`Theme::on`] does.
    ///
    /// # Errors
    ///
    /// Those of [`Theme::on`].
    pub fn load(overrides: &BTreeMap<String, Vec<u8>>) -> Result<Self, ThemeError> {
        Self::on(PLAIN, overrides)
    }

    /// Builds the theme of a name with the files of a portfolio's `theme/` folder over it.
    ///
    /// Keys are paths inside that folder with `/` between their parts: `templates/layout.html`,
    /// `documents/G2.html`, `assets/user.css`. An empty map gives the embedded theme itself. Files elsewhere in the folder are
    /// left alone if they are at its top (a read-me) and refused in a folder of another name, which is nearly always
    /// a slip of the pen.
    ///
    /// # Errors
    ///
    /// No theme of that name. A template that is not UTF-8, does not parse, extends or includes what does not exist, or
    /// calls an unknown component, filter or function; the error names the file and the line and shows them.
    pub fn on(name: &str, overrides: &BTreeMap<String, Vec<u8>>) -> Result<Self, ThemeError> {
        let theme =
            EmbeddedTheme::find(name).ok_or_else(|| ThemeError::UnknownTheme { name: name.to_owned() })?;
        let chain = chain::layer(theme, overrides)?;
        let mut tera = Tera::default();
        tera.register_filter("ticks", ticks::ticks);
        tera.register_filter("group_by", grouping::group_by);
        inline::register(&mut tera, &chain.assets);
        tera.set_fallback_prefixes(chain.prefixes.clone())
            .map_err(|error| ThemeError::from_tera(&error, &chain.own))?;
        tera.add_raw_templates(chain.templates.iter().map(|(name, text)| (name.as_str(), text.as_str())))
            .map_err(|error| ThemeError::from_tera(&error, &chain.own))?;
        Ok(Self { tera, assets: chain.assets, paper: chain.paper, own_paper: chain.own_paper })
    }

    /// Renders a template with what a page hands it.
    ///
    /// `template` is a name as templates use it: `project.html`, `documents/G2.html`. Every `.html` template escapes
    /// what it prints. Serialised maps keep their order, so the same view gives the same bytes.
    ///
    /// # Errors
    ///
    /// No such template, or one that asks for a variable it is not given; the error names file and line.
    pub fn render<View: Serialize + ?Sized>(
        &self,
        template: &str,
        view: &View,
    ) -> Result<String, ThemeError> {
        let own = self.own_templates();
        let context = Context::from_serialize(view).map_err(|error| ThemeError::from_tera(&error, &own))?;
        self.tera.render(template, &context).map_err(|error| ThemeError::from_tera(&error, &own))
    }

    /// Whether a template of this name exists, in the portfolio's files or in an embedded theme beneath them.
    #[must_use]
    pub fn has(&self, template: &str) -> bool {
        self.tera.contains_template(template)
    }

    /// Names of the variables a template asks for at its top level, its parents included, in alphabetical order.
    ///
    /// # Errors
    ///
    /// No such template.
    pub fn variables(&self, template: &str) -> Result<Vec<String>, ThemeError> {
        let mut names: Vec<String> = self
            .tera
            .get_template_variables(template)
            .map_err(|error| ThemeError::from_tera(&error, &self.own_templates()))?
            .into_iter()
            .map(str::to_owned)
            .collect();
        names.sort_unstable();
        Ok(names)
    }

    /// Every component as templates call it, in alphabetical order: `ui.date(iso: string, text: string)`.
    #[must_use]
    pub fn components(&self) -> Vec<String> {
        let mut names: Vec<&str> = self.tera.get_component_names().collect();
        names.sort_unstable();
        names.into_iter().filter_map(|name| self.signature(name)).collect()
    }

    /// Files that belong beside the pages, by their path in the site (`assets/site.css`).
    #[must_use]
    pub fn assets(&self) -> &BTreeMap<String, Vec<u8>> {
        &self.assets
    }

    /// Files that paper is made with, by their path inside the theme: `documents/gate.typ`, `fonts/Own.ttf`; embedded ones
    /// also as `plain/documents/gate.typ`, so that a file of the portfolio can rest on the one it replaces.
    #[must_use]
    pub fn paper(&self) -> &BTreeMap<String, Vec<u8>> {
        &self.paper
    }

    /// A file that paper is made with, as its author knows it: `theme/documents/G2.typ`.
    #[must_use]
    pub fn shown_path(&self, path: &str) -> String {
        let home = if self.own_paper.contains(path) { "theme/" } else { "embedded theme " };
        format!("{home}{path}")
    }

    fn own_templates(&self) -> Vec<String> {
        let mut own: Vec<String> = self
            .tera
            .get_template_names()
            .filter(|name| !embedded::is_embedded(name))
            .map(str::to_owned)
            .collect();
        own.sort_unstable();
        own
    }

    fn signature(&self, name: &str) -> Option<String> {
        let component = self.tera.get_component_definition(name)?;
        let (required, optional): (Vec<_>, Vec<_>) =
            component.args().iter().partition(|arg| arg.is_required());
        let arguments: Vec<String> = required
            .iter()
            .chain(&optional)
            .map(|arg| {
                let mark = if arg.is_required() { "" } else { "?" };
                match arg.arg_type() {
                    Some(kind) => format!("{}{mark}: {kind}", arg.name()),
                    None => format!("{}{mark}", arg.name()),
                }
            })
            .collect();
        Some(format!("{name}({})", arguments.join(", ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn files(list: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
        list.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
    }

    fn portfolio_page() -> Value {
        json!({
            "site": {"title": "IT projects", "engine_version": "0.1.0", "status_date": "20 Nov 2026", "revision": null},
            "root": "",
            "page": {"title": "IT projects", "description": "Six projects", "kind": "portfolio"},
            "breadcrumb": [],
            "project": null,
            "provenance": [{"label": "Status date", "text": "20 Nov 2026"}, {"label": "Made with milepost", "text": "0.1.0"}],
        })
    }

    #[test]
    fn the_embedded_theme_renders_a_page_without_a_project() {
        let theme = Theme::load(&BTreeMap::new()).unwrap();
        let html = theme.render("layout.html", &portfolio_page()).unwrap();
        assert!(html.starts_with("<!DOCTYPE html>"), "{html}");
        assert!(html.contains(r#"<link rel="stylesheet" href="assets/site.css">"#));
        assert!(!html.contains("Source revision"));
        assert!(!html.contains("with-side"));
    }

    #[test]
    fn text_is_escaped_wherever_it_stands() {
        let theme = Theme::load(&BTreeMap::new()).unwrap();
        let mut page = portfolio_page();
        page["page"]["title"] = json!("<script>alert('x')</script>\"");
        let html = theme.render("layout.html", &page).unwrap();
        assert!(!html.contains("<script>"), "{html}");
        assert!(!html.contains("('x')"), "{html}");
    }

    #[test]
    fn groups_of_pages_keep_the_order_they_are_given_in() {
        let theme = Theme::load(&BTreeMap::new()).unwrap();
        let mut page = portfolio_page();
        let pages: Vec<Value> = ["Overview", "Plan", "Money", "Control", "Trust", "Plan"]
            .iter()
            .map(|group| json!({"label": "a page", "href": "a.html", "current": false, "group": group}))
            .collect();
        page["project"] = json!({"name": "Net", "code": "N", "stage_words": "Planning", "pages": pages,
            "status": {"class": "green", "letter": "G", "word": "Green"}});
        let html = theme.render("layout.html", &page).unwrap();
        let found: Vec<&str> =
            html.split("pages-group\">").skip(1).map(|rest| rest.split('<').next().unwrap()).collect();
        assert_eq!(found, ["Overview", "Plan", "Money", "Control", "Trust"]);
    }

    #[test]
    fn one_file_can_be_replaced_and_extend_what_it_replaces() {
        let own = files(&[(
            "templates/layout.html",
            "{% extends \"plain/layout.html\" %}{% block provenance %}{{ super() }}Printed by the city{% endblock %}",
        )]);
        let theme = Theme::load(&own).unwrap();
        let html = theme.render("layout.html", &portfolio_page()).unwrap();
        assert!(html.contains("Printed by the city") && html.contains("Made with milepost"));
        assert!(html.contains("Skip to the content"));
        let document = theme.variables("document.html").unwrap();
        assert!(document.contains(&"document".to_owned()), "{document:?}");
    }

    #[test]
    fn one_component_can_be_replaced() {
        let own = files(&[
            (
                "templates/mine.html",
                "{% component ui.date(iso: string, text: string) %}[{{ iso }}]{% endcomponent %}",
            ),
            (
                "templates/when.html",
                "{{ <ui.date iso=\"2026-11-20\" text=\"today\" /> }} {{ <ui.status class=\"red\" word=\"Late\" /> }}",
            ),
        ]);
        let html = Theme::load(&own).unwrap().render("when.html", &json!({})).unwrap();
        assert!(html.starts_with("[2026-11-20] <span class=\"status\">"), "{html}");
    }

    #[test]
    fn an_undefined_variable_names_file_line_and_what_there_is() {
        let own = files(&[("templates/when.html", "one\n{{ project.finish }}")]);
        let error =
            Theme::load(&own).unwrap().render("when.html", &json!({"project": {"name": "Net"}})).unwrap_err();
        let text = error.to_string();
        assert!(text.contains("theme/templates/when.html:2:"), "{text}");
        assert!(text.contains("^^^"), "{text}");
    }

    #[test]
    fn an_unknown_component_is_found_at_load() {
        let own = files(&[("documents/G2.html", "{{ <ui.stauts word=\"x\" /> }}")]);
        let text = Theme::load(&own).unwrap_err().to_string();
        assert!(text.contains("theme/documents/G2.html:1:"), "{text}");
        assert!(text.contains("ui.stauts"), "{text}");
    }

    #[test]
    fn an_override_that_extends_itself_says_how_to_extend_the_embedded_one() {
        let own = files(&[("templates/layout.html", "{% extends \"layout.html\" %}")]);
        let text = Theme::load(&own).unwrap_err().to_string();
        assert!(text.contains("{% extends \"plain/layout.html\" %}"), "{text}");
    }

    #[test]
    fn files_that_could_not_be_used_are_refused() {
        let misplaced = Theme::load(&files(&[("template/layout.html", "x")])).unwrap_err().to_string();
        assert!(misplaced.contains("theme/template/layout.html"), "{misplaced}");
        assert!(misplaced.contains("`templates`"), "{misplaced}");
        let binary = BTreeMap::from([("templates/x.html".to_owned(), vec![0xff, 0xfe])]);
        assert!(Theme::load(&binary).unwrap_err().to_string().contains("not UTF-8"));
        assert!(Theme::load(&files(&[("README.md", "ours")])).is_ok());
    }

    #[test]
    fn assets_are_replaced_and_added_by_name() {
        let own = files(&[("assets/user.css", ":root{--accent:#063}"), ("assets/logo/city.svg", "<svg/>")]);
        let theme = Theme::load(&own).unwrap();
        assert_eq!(theme.assets()["assets/user.css"], b":root{--accent:#063}");
        assert_eq!(theme.assets()["assets/logo/city.svg"], b"<svg/>");
        assert!(theme.assets().contains_key("assets/site.css"));
    }

    #[test]
    fn on_narrow_screens_a_caption_is_no_wider_than_the_screen() {
        let theme = Theme::load(&BTreeMap::new()).unwrap();
        let styles = String::from_utf8(theme.assets()["assets/site.css"].clone()).unwrap();
        let narrow = styles
            .split("@media screen and (max-width: 48rem) {")
            .nth(1)
            .unwrap()
            .split("\n}")
            .next()
            .unwrap();
        let caption = narrow.lines().find(|line| line.contains(".table caption {")).unwrap();
        assert!(
            caption.contains("position: sticky") && caption.contains("max-width: calc(100vw"),
            "{caption}"
        );
    }

    #[test]
    fn stylesheets_ask_nothing_of_other_places() {
        let theme = Theme::load(&BTreeMap::new()).unwrap();
        for (path, bytes) in theme.assets().iter().filter(|(path, _)| path.contains(".css")) {
            let text = String::from_utf8(bytes.clone()).unwrap();
            for forbidden in ["http:", "https:", "//cdn", "@import", "url("] {
                let found = text.replace("[href^=\"http\"]", "").contains(forbidden);
                assert!(!found, "{path} holds {forbidden}");
            }
        }
    }
}
