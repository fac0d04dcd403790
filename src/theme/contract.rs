//! Holds the embedded templates to their contract: every component renders with the least and with the most it can
//! be given, and the read-me of themes lists them all.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::theme::{EMBEDDED_THEMES, Theme};

/// Each component with only what it requires; what a view may leave empty is null.
const LEAST: &str = r#"
{{ <ui.shape class="grey" /> }}
{{ <ui.status class="grey" word="Not known" letter={nothing} note={nothing} size={nothing} /> }}
{{ <ui.verdict status={unknown} text="Nothing is known." cause={nothing} /> }}
{% <ui.notice title="Wanted" class={nothing}> %}{% </ui.notice> %}
{% <ui.section id="a" title="A" lead={nothing} more={nothing} class={nothing} files={nothing}> %}{% </ui.section> %}
{{ <ui.files files={[]} /> }}{{ <ui.files files={[nothing]} /> }}{{ <ui.contents sections={[nothing]} /> }}
{% <ui.tiles> %}{{ <ui.tile label="Done" figure="–" unit={nothing} note={nothing} status={nothing} href={nothing} /> }}{% </ui.tiles> %}
{{ <ui.table head={[]} rows={[]} numeric={nothing} caption={nothing} label={nothing} size={nothing} empty={nothing} /> }}
{{ <ui.table head={["A"]} rows={[]} empty="No row." /> }}
{{ <ui.table head={["A", "B"]} rows={bare_rows} /> }}
{{ <ui.chart chart={bare_chart} narrow={nothing} /> }}
{{ <ui.spark svg="<svg></svg>" /> }}
{{ <ui.history states={[]} /> }}
{{ <ui.legend marks={[]} /> }}{{ <ui.marks marks={[]} text="0 of 0 met" /> }}
{{ <ui.track steps={[]} /> }}
{{ <ui.findings findings={[]} /> }}
{{ <ui.finding finding={bare_finding} /> }}
{{ <ui.finding_group group={bare_group} /> }}
{{ <ui.person name="Anna" initials={nothing} role={nothing} href={nothing} /> }}
{{ <ui.date iso="2026-11-20" text="20 Nov 2026" /> }}
{{ <ui.facts facts={[]} /> }}
{{ <ui.empty title="Nothing" hint={nothing} /> }}
{{ <ui.prose html="" /> }}
{{ <doc.band kicker="N" title="Gate" facts={[]} state={nothing} /> }}
{{ <doc.ask text="Approve." note={nothing} /> }}
{{ <doc.answer answer="open" /> }}
{{ <doc.checklist rows={[]} summary={nothing} /> }}
{{ <doc.checklist rows={bare_criteria} /> }}
{{ <doc.signatures signatures={bare_signatures} digest={nothing} /> }}
{{ <frame.banners banners={[]} /> }}
{{ <frame.pages pages={[]} /> }}
{{ <frame.page_link entry={ {"label": "A", "href": "a.html"} } /> }}
{{ <frame.site_pages pages={[]} /> }}
"#;

/// Each component with everything it takes.
const MOST: &str = r##"
{{ <ui.shape class="red" letter="R" /> }}{{ <ui.shape class="open" /> }}{{ <ui.shape class="half" /> }}{{ <ui.shape class="level-3" /> }}
{{ <ui.status class="amber" word="At risk" letter="A" note="since May" size="large" /> }}
{{ <ui.verdict status={late} text="Late." cause="Switches." /> }}
{% <ui.notice title="Wanted" class="amber"> %}<p>Decide.</p>{% </ui.notice> %}
{% <ui.section id="a" title="A" lead="Why" more={{"label": "All", "href": "a.html"}} class="keep" files={[file, file]}> %}<p>Body</p>{% </ui.section> %}
{% <ui.tiles> %}{{ <ui.tile label="Done" figure="75" unit="%" note="of 94" details={["90 planned"]} status={late} href="#d" /> }}{% </ui.tiles> %}
{{ <ui.table head={["A", "B"]} rows={full_rows} numeric={[false, true]} caption="Rows" label="Rows" size="wide" empty="None" quiet={true} /> }}
{{ <ui.files files={[file]} /> }}
{{ <ui.chart chart={full_chart} narrow="narrow" /> }}
{{ <ui.history states={[late]} /> }}
{{ <ui.history states={[late, late]} days={false} /> }}
{{ <ui.legend marks={[late]} /> }}{{ <ui.marks marks={[late]} text="0 of 1 met" /> }}
{{ <ui.track steps={full_steps} /> }}
{{ <ui.findings findings={[full_finding]} empty="None" /> }}
{{ <ui.finding_group group={full_group} table={table_file} /> }}
{{ <ui.person name="Anna" initials="AK" role="sponsor" href="p.html" /> }}
{{ <ui.facts facts={full_facts} /> }}
{{ <ui.empty title="Nothing" hint="Write `x`." /> }}
{{ <ui.prose html="<p>Text</p>" /> }}
{{ <doc.band kicker="N" title="Gate" facts={full_facts} state="Decided" state_class="decided" /> }}
{{ <doc.ask text="Approve." note="Recommended." /> }}
{{ <doc.checklist rows={full_criteria} summary="1 of 1" /> }}
{{ <doc.signatures signatures={full_signatures} digest="4f0c9a1be27d" /> }}
{{ <frame.banners banners={[{"words": "Edited.", "links": [{"label": "it", "href": "q.html"}, {"label": "that", "href": null}]}]} /> }}
{{ <frame.pages pages={[{"label": "A", "href": "a.html", "current": true, "group": "Plan"}]} /> }}
{{ <frame.page_link entry={ {"label": "3 A", "href": "a.html", "above": true, "gate": {"label": "G3", "name": "G3 B", "href": "b.html", "current": true} } } /> }}
{{ <frame.site_pages pages={[{"label": "A", "href": "a.html", "current": true}]} /> }}
"##;

fn context() -> Value {
    let late = json!({"class": "red", "letter": "R", "word": "Late", "date": "1 May", "day": "1 May"});
    let no_cell =
        json!({"text": null, "href": null, "class": null, "note": null, "status": null, "prose": null});
    let cell = json!({"text": "x `y`", "href": "x.html", "class": "bad", "note": "n", "status": late, "prose": {"html": "<i>h</i>"}});
    json!({
        "nothing": null,
        "unknown": {"class": "grey", "letter": null, "word": "Not known"},
        "late": late,
        "file": {"href": "data/risks.csv", "label": "CSV", "words": "CSV: Risks", "kind": "text/csv"},
        "bare_rows": [["a", null], {"cells": [no_cell, no_cell], "id": null, "class": null}, {"cells": [{"text": "a"}]}],
        "full_rows": [["a", "1"], {"cells": [cell, cell], "id": "r", "class": "critical"}, {"cells": [cell], "class": "group"}],
        "bare_chart": {"name": "c", "svg": "<svg></svg>", "title": "C", "sentence": "S", "table": null},
        "full_chart": {"name": "c", "svg": "<svg></svg>", "title": "C", "sentence": "S",
            "table": {"caption": "T", "head": ["A", "B"], "numeric": [false, true], "rows": [["a", "1"]]}},
        "full_steps": [{"name": "Planning", "state": "current", "note": "n", "gate": "G2", "href": "g.html"}, {"name": "Closing", "state": "ahead"}],
        "bare_finding": {"severity": "info", "code": "I1", "message": "m", "where": null, "hints": [], "rule_href": null, "id": null, "waiver": null},
        "bare_group": {"findings": [], "left_out": null},
        "full_group": {"findings": [], "left_out": "Left out here: 41 more of W301."},
        "table_file": {"href": "findings.csv", "label": "CSV", "words": "CSV: Findings", "kind": "text/csv"},
        "full_finding": {"severity": "error", "code": "E1", "message": "`m`", "where": "a.yaml:1:2", "hints": ["do `x`"],
            "rule_href": "rules.html#E1", "id": "f1", "waiver": "agreed, Anna, until 1 May"},
        "full_facts": [{"label": "A", "text": "a", "href": null, "note": null, "prose": null}],
        "bare_criteria": [{"criterion": "c", "answer": "na", "computed": false}],
        "full_criteria": [{"criterion": "c", "answer": "partly", "computed": true, "evidence": [{"text": "e", "href": "e.html"}, {"text": "f"}],
            "owner": "Anna", "comment": "c", "id": "c1"}],
        "bare_signatures": [{"role": "Sponsor", "name": null, "decision": null, "date": null}],
        "full_signatures": [{"role": "Sponsor", "name": "Helena", "decision": "Approve", "date": "1 May"}],
    })
}

/// The text as each embedded theme renders it.
fn render(text: &str) -> Vec<String> {
    let own = BTreeMap::from([("templates/contract.html".to_owned(), text.as_bytes().to_vec())]);
    let rendered = EMBEDDED_THEMES.iter().map(|embedded| {
        let theme =
            Theme::on(embedded.name, &own).unwrap_or_else(|error| panic!("{}: {error}", embedded.name));
        theme.render("contract.html", &context()).unwrap_or_else(|error| panic!("{}: {error}", embedded.name))
    });
    rendered.collect()
}

#[test]
fn every_component_renders_with_the_least_it_can_be_given() {
    for html in render(LEAST) {
        assert!(!html.contains("null") && !html.contains("None"), "{html}");
    }
}

#[test]
fn every_component_renders_with_all_it_takes() {
    for html in render(MOST) {
        assert!(html.contains("<code>y</code>") && html.contains("<i>h</i>"), "{html}");
        assert!(html.contains("<p>Body</p>") && html.contains("<p>Decide.</p>"), "bodies are HTML: {html}");
    }
}

/// A page of a project as every theme frames it.
fn framed(embedded: &str) -> String {
    let page = json!({
        "site": {"title": "IT projects", "engine_version": "0.1.0", "status_date": "20 Nov 2026", "revision": "abc"},
        "root": "../", "page": {"title": "Schedule", "description": "When?", "kind": "schedule"},
        "breadcrumb": [{"label": "IT projects", "href": "../index.html"}, {"label": "Schedule", "href": null}],
        "banners": [{"words": "Edited.", "links": []}], "what_if": {"asked": ["--set a=1"], "effects": ["Later."]},
        "project": {"name": "Net", "code": "N-1", "stage_words": "Planning",
            "status": {"class": "green", "letter": "G", "word": "Green"},
            "pages": [{"label": "Dashboard", "href": "index.html", "current": false, "group": "Status"},
                {"label": "Schedule", "href": "schedule.html", "current": true, "group": "Time"}]},
        "provenance": [{"label": "Status date", "text": "20 Nov 2026"}],
    });
    Theme::on(embedded, &BTreeMap::new()).unwrap().render("layout.html", &page).unwrap()
}

/// Whatever a theme changes, these a reader must be able to rely on.
#[test]
fn every_theme_frames_a_page_with_all_that_a_frame_holds() {
    for embedded in EMBEDDED_THEMES {
        let html = framed(embedded.name);
        for wanted in [
            "<!DOCTYPE html>",
            "<html lang=\"en\"",
            "data-running=\"Net · Schedule · 20 Nov 2026 · abc · what if, not the plan\"",
            "<meta name=\"viewport\"",
            "../assets/site.css",
            "../assets/print.css\" media=\"print\"",
            "class=\"skip\" href=\"#main\"",
            "<main id=\"main\"",
            "<h1>Schedule</h1>",
            "aria-label=\"You are here\"",
            "aria-label=\"Pages of this project\"",
            "<a href=\"schedule.html\" aria-current=\"page\">Schedule</a>",
            "<a href=\"index.html\">Dashboard</a>",
            "What if",
            "Edited.",
            "Green",
            "N-1",
            "<footer class=\"provenance\">",
        ] {
            assert!(html.contains(wanted), "{}: no {wanted} in {html}", embedded.name);
        }
        assert!(
            !html.contains(" style=") && !html.contains("<style") && !html.contains(" onclick"),
            "{}",
            embedded.name
        );
    }
}

/// The portfolio's own sheet has the last word over every theme's, and paper over those for the screen.
#[test]
fn sheets_stand_in_the_order_in_which_they_may_override_each_other() {
    for embedded in EMBEDDED_THEMES {
        let html = framed(embedded.name);
        let sheets: Vec<&str> = html
            .split("rel=\"stylesheet\" href=\"../assets/")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap())
            .collect();
        assert!(
            sheets.starts_with(&["site.css"]) && sheets.ends_with(&["print.css", "user.css"]),
            "{sheets:?}"
        );
        let theme = Theme::on(embedded.name, &BTreeMap::new()).unwrap();
        for sheet in sheets {
            assert!(theme.assets().contains_key(&format!("assets/{sheet}")), "{}: no {sheet}", embedded.name);
        }
    }
}

/// The switch comes before the first sheet, so that nothing is painted in the wrong scheme; without the script it is hidden.
#[test]
fn the_scheme_is_known_before_anything_is_painted() {
    for embedded in EMBEDDED_THEMES {
        let html = framed(embedded.name);
        let script = html.find("<script src=\"../assets/scheme.js\"></script>").unwrap();
        assert!(script < html.find("rel=\"stylesheet\"").unwrap());
        assert!(html.contains("<fieldset class=\"scheme\" hidden></fieldset>"));
    }
}

#[test]
fn every_component_is_tried_above() {
    for signature in Theme::load(&BTreeMap::new()).unwrap().components() {
        let name = signature.split('(').next().unwrap();
        let called = LEAST.contains(&format!("<{name} ")) || LEAST.contains(&format!("<{name}>"));
        let by_table = ["ui.cell", "ui.cells", "ui.content"].contains(&name);
        // Pieces of single pages are tried with those pages, on the full sample and on an empty new portfolio.
        let by_page = !["ui.", "doc.", "frame."].iter().any(|family| name.starts_with(family));
        assert!(called || by_table || by_page, "{name} is not tried");
    }
}

/// Most cells are written where their row is; whatever a cell has, that is what it would be by itself.
#[test]
fn cells_of_a_row_are_what_each_is_by_itself() {
    let status = json!({"class": "amber", "letter": "A", "word": "Amber"});
    let mut cells = vec![json!("words"), json!("—"), json!("0"), json!("")];
    for text in ["late `x`", "—", "0"] {
        let fields = [
            ("href", json!("a.html")),
            ("explained", json!("explain/a.html#b")),
            ("class", json!("muted")),
            ("note", json!("of 30")),
            ("status", status.clone()),
            ("sort", json!("12")),
            ("spark", json!("<svg></svg>")),
            ("prose", json!({"html": "<p>said</p>"})),
        ];
        for first in 0..=fields.len() {
            for second in first..=fields.len() {
                let mut cell = json!({"text": text});
                for (name, value) in fields.get(first).into_iter().chain(fields.get(second)) {
                    cell[*name] = value.clone();
                }
                cells.push(cell);
            }
        }
    }
    cells.extend([json!({"status": status, "explained": "e.html"}), json!({"note": "a note"}), json!({})]);
    let template = "{{ <ui.cells cells={cells} numeric={numeric} labels={labels} quiet={quiet} /> }}\n\
        {% for cell in cells %}{{ <ui.cell cell={cell} place={loop.index0} numeric={numeric} labels={labels} quiet={quiet} /> }}{% endfor %}";
    let own = BTreeMap::from([("templates/both.html".to_owned(), template.as_bytes().to_vec())]);
    let theme = Theme::load(&own).unwrap();
    for cell in cells {
        for (labels, quiet) in
            [(json!(["A", "B", ""]), false), (json!(null), false), (json!(["A", "B", ""]), true)]
        {
            for numeric in [json!([true, false, true]), json!([false, true, false]), json!(null)] {
                let row = [&cell, &cell, &cell];
                let given = json!({"cells": row, "numeric": numeric, "labels": labels, "quiet": quiet});
                let html = theme.render("both.html", &given).unwrap();
                let (together, each) = html.split_once('\n').unwrap();
                assert_eq!(together, each, "{cell}, quiet: {quiet}");
            }
        }
    }
}

#[test]
fn the_read_me_of_themes_lists_every_component() {
    let read_me = include_str!("../../themes/README.md");
    let (_, components) = read_me.split_once("## Components").unwrap();
    let listed: Vec<&str> =
        components.lines().filter_map(|line| line.strip_prefix("- `")?.strip_suffix('`')).collect();
    let known = Theme::load(&BTreeMap::new()).unwrap().components();
    assert_eq!(listed, known, "themes/README.md must list:\n- `{}`", known.join("`\n- `"));
}
