//! `docs/theme.md`, what templates see: written from the view types, and held against what the sample really passes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::OnceLock;

use milepost::document::DOCUMENTS;
use milepost::page::explain::{self, FigurePages};
use milepost::page::{Frame, Here, Made, PROJECT_PAGES, ProjectPage, SITE_PAGES, SiteMap, sources};
use serde_json::Value;

/// A view type as its source declares it.
#[derive(Debug)]
struct Type {
    doc: String,
    /// Whether other files can use it.
    is_public: bool,
    fields: Vec<Field>,
}

/// A field as a template sees it.
#[derive(Debug)]
struct Field {
    name: String,
    /// Its Rust type without spaces.
    kind: String,
    doc: String,
    /// Whether it is missing, not null, where there is nothing.
    is_left_out: bool,
}

/// Every type that is serialised, by module and name: `page/dashboard`, `DashboardView`.
type Types = BTreeMap<(String, String), Type>;

fn types() -> Types {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut types = Types::new();
    for room in ["prose", "page", "page/explain", "document"] {
        for entry in std::fs::read_dir(source.join(room)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "rs") {
                let module = format!("{room}/{}", path.file_stem().unwrap().to_str().unwrap());
                declared(&module, &std::fs::read_to_string(&path).unwrap(), &mut types);
            }
        }
    }
    types
}

/// Reads the structs of a file that derive `Serialize` or are given it; the formatter has put each field on a line of its own.
fn declared(module: &str, text: &str, types: &mut Types) {
    let mut lines = text.lines();
    let (mut doc, mut is_view) = (String::new(), false);
    while let Some(line) = lines.next() {
        if let Some(words) = line.strip_prefix("///") {
            add(&mut doc, words);
        } else if line.starts_with("#[") {
            is_view |= line.starts_with("#[derive(") && line.contains("Serialize");
        } else {
            let head =
                line.trim_start_matches("pub ").trim_start_matches("pub(super) ").strip_prefix("struct ");
            let is_meant = |name: &&str| is_view || text.contains(&format!("impl Serialize for {name} "));
            if let Some(name) = head.and_then(|head| head.strip_suffix(" {")).filter(is_meant) {
                let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "}").collect();
                let is_public = line.starts_with("pub");
                let declared = Type { doc: std::mem::take(&mut doc), is_public, fields: fields(&body) };
                types.insert((module.to_owned(), name.to_owned()), declared);
            }
            doc.clear();
            is_view = false;
        }
    }
}

fn fields(body: &[&str]) -> Vec<Field> {
    let mut fields = Vec::new();
    let (mut doc, mut is_skipped, mut is_left_out, mut renamed) = (String::new(), false, false, None);
    for line in body.iter().map(|line| line.trim()) {
        if let Some(words) = line.strip_prefix("///") {
            add(&mut doc, words);
        } else if let Some(serde) = line.strip_prefix("#[serde(") {
            is_skipped |= serde == "skip)]";
            is_left_out |= serde.starts_with("skip_serializing_if");
            if let Some(name) = serde.strip_prefix("rename = \"") {
                renamed = name.split('"').next().map(str::to_owned);
            }
            assert!(is_skipped || is_left_out || renamed.is_some(), "not understood: {line}");
        } else {
            let declared = line.split_once(' ').filter(|(first, _)| first.starts_with("pub"));
            let declared = declared.map_or(line, |(_, rest)| rest);
            let (name, kind) = declared.split_once(": ").unwrap_or_else(|| panic!("not understood: {line}"));
            let kind = kind.trim_end_matches(',').replace(' ', "");
            let name = renamed.take().unwrap_or_else(|| name.trim_start_matches("r#").to_owned());
            if !is_skipped {
                fields.push(Field { name, kind, doc: std::mem::take(&mut doc), is_left_out });
            }
            (doc, is_skipped, is_left_out) = (String::new(), false, false);
        }
    }
    fields
}

fn add(doc: &mut String, words: &str) {
    if !doc.is_empty() {
        doc.push(' ');
    }
    doc.push_str(words.trim());
}

/// What a field is, in words, and the view type at its core.
fn in_words(kind: &str, module: &str, types: &Types) -> (String, Option<(String, String)>) {
    let inner = |head: &str| kind.strip_prefix(head)?.strip_suffix('>');
    if let Some(inner) = inner("Option<") {
        let (words, core) = in_words(inner, module, types);
        return (format!("{words} or null"), core);
    }
    if let Some(inner) = inner("Vec<") {
        let (words, core) = in_words(inner, module, types);
        return (format!("list of {words}"), core);
    }
    if let Some(inner) = inner("BTreeMap<String,").or_else(|| inner("BTreeMap<&'staticstr,")) {
        let (words, core) = in_words(inner, module, types);
        return (format!("map of {words}"), core);
    }
    let words = match kind {
        "String" | "&'staticstr" => "text",
        "bool" => "true or false",
        "usize" | "u8" | "u16" | "u32" | "u64" | "i32" | "i64" => "number",
        "Value" | "Shown" => "map",
        _ => {
            let key = find(kind, module, types);
            return (title(&key, types), Some(key));
        }
    };
    (words.to_owned(), None)
}

/// A type by the name that a module gives it: its own, or the public one of that name.
fn find(name: &str, module: &str, types: &Types) -> (String, String) {
    let own = (module.to_owned(), name.to_owned());
    if types.contains_key(&own) {
        return own;
    }
    let is_meant = |((_, known), declared): &(&(String, String), &Type)| known == name && declared.is_public;
    let known: Vec<_> = types.iter().filter(is_meant).map(|(key, _)| key).collect();
    assert_eq!(known.len(), 1, "{module}: which type is `{name}`? {known:?}");
    known[0].clone()
}

/// What the reference calls a type; where two have one name, that of the module goes before it.
fn title((module, name): &(String, String), types: &Types) -> String {
    let stem = module.rsplit('/').next().unwrap();
    if stem == name.to_lowercase() || types.keys().filter(|(_, known)| known == name).count() == 1 {
        return name.clone();
    }
    let capital = stem[..1].to_uppercase();
    format!("{capital}{}{name}", &stem[1..])
}

/// The pages of the sample, each in its frame.
struct Pages(Vec<(Made, Value)>);

impl Pages {
    fn of_sample() -> &'static Self {
        static PAGES: OnceLock<Pages> = OnceLock::new();
        PAGES.get_or_init(Self::read)
    }

    fn read() -> Self {
        let report = crate::sample::report();
        let books = explain::books(report);
        let mut pages = Vec::new();
        let figures: &dyn ProjectPage = &FigurePages;
        let entries = |page: &dyn ProjectPage, project| match page.kind() {
            "figures" => books.values().take(1).flat_map(|book| explain::sheets(book)).collect(),
            _ => page.entries(project),
        };
        let of_projects: Vec<_> = report
            .projects
            .iter()
            .flat_map(|project| {
                let kinds = PROJECT_PAGES.iter().chain(DOCUMENTS).chain([&figures]);
                kinds
                    .flat_map(move |page| {
                        entries(*page, project).into_iter().map(move |entry| (*page, project, entry))
                    })
                    .collect::<Vec<_>>()
            })
            .collect();
        let of_site: Vec<_> = SITE_PAGES
            .iter()
            .flat_map(|page| page.entries(report).into_iter().map(move |entry| (*page, entry)))
            .collect();
        let addresses = of_projects
            .iter()
            .map(|(_, _, entry)| &entry.address)
            .chain(of_site.iter().map(|(_, entry)| &entry.address));
        let map = SiteMap::new(addresses.cloned()).with(books.clone(), sources::shown(report));
        for (page, entry) in &of_site {
            let here = Here { report, map: &map, address: &entry.address };
            let made = page.make(&here);
            pages.push((made.clone(), to_value(&Frame::of_site(&here, made))));
        }
        for (page, project, entry) in &of_projects {
            let here = Here { report, map: &map, address: &entry.address };
            let made = page.make(&here.desk(project));
            pages.push((made.clone(), to_value(&Frame::of_project(&here, project, &[], made))));
        }
        Self(pages)
    }

    /// The view type of each template, by the template's name.
    fn views(&self, types: &Types) -> BTreeMap<String, (String, String)> {
        let named = self.0.iter().map(|(made, _)| {
            let path: Vec<&str> = made.view_type.rsplit("::").collect();
            let name = path[0].trim_end_matches('>');
            let module = path.get(1).unwrap_or(&"");
            let fits = |key: &&(String, String)| key.1 == name && key.0.ends_with(&format!("/{module}"));
            let key = types.keys().find(fits).unwrap_or_else(|| panic!("no view type {}", made.view_type));
            (made.template.clone(), key.clone())
        });
        named.collect()
    }
}

fn to_value(frame: &Frame) -> Value {
    serde_json::to_value(frame).unwrap()
}

/// Where a type stands that a field holds without naming it: the sections of each gate's document.
fn parts_of(template: &str) -> Option<(String, String)> {
    let gate = template.strip_prefix("documents/")?.strip_suffix(".html")?;
    Some((format!("document/{}", gate.to_lowercase()), "Parts".to_owned()))
}

/// A mistake of the walk: a key that nobody documents, or a field that is not passed.
fn differences(
    value: &Value,
    key: &(String, String),
    template: &str,
    types: &Types,
    at: &str,
    found: &mut BTreeSet<String>,
) {
    match value {
        Value::Array(items) => {
            for item in items {
                differences(item, key, template, types, at, found);
            }
        }
        Value::Object(map) => {
            let declared = &types[key];
            for name in map.keys().filter(|name| !declared.fields.iter().any(|field| field.name == **name)) {
                found.insert(format!("{template}: `{at}.{name}` is passed and not documented"));
            }
            for field in &declared.fields {
                let Some(inner) = map.get(&field.name) else {
                    if !field.is_left_out {
                        found.insert(format!(
                            "{template}: `{at}.{}` is documented and not passed",
                            field.name
                        ));
                    }
                    continue;
                };
                let at = format!("{at}.{}", field.name);
                let core = if field.kind == "Value" {
                    parts_of(template).filter(|_| at == "view.parts")
                } else {
                    in_words(&field.kind, &key.0, types).1
                };
                match core {
                    Some(core) if field.kind.starts_with("BTreeMap") => {
                        for inner in inner.as_object().into_iter().flat_map(|map| map.values()) {
                            differences(inner, &core, template, types, &at, found);
                        }
                    }
                    Some(core) => differences(inner, &core, template, types, &at, found),
                    None => {}
                }
            }
        }
        _ => {}
    }
}

fn frame_key() -> (String, String) {
    ("page/frame".to_owned(), "Frame".to_owned())
}

#[test]
fn what_the_sample_passes_is_what_is_documented() {
    let (types, pages) = (types(), Pages::of_sample());
    let views = pages.views(&types);
    let mut found = BTreeSet::new();
    for (made, frame) in &pages.0 {
        let view = serde_json::to_value(&made.view).unwrap();
        differences(&view, &views[&made.template], &made.template, &types, "view", &mut found);
        differences(frame, &frame_key(), "every page", &types, "", &mut found);
    }
    assert!(found.is_empty(), "{}", found.into_iter().collect::<Vec<_>>().join("\n"));
}

#[test]
fn every_template_of_a_page_is_in_the_reference() {
    // As it is written now, not as it was built into the program.
    let text = reference();
    let listed: Vec<&str> =
        text.lines().filter_map(|line| line.strip_prefix("## `")?.strip_suffix('`')).collect();
    let plain = milepost::theme::EmbeddedTheme::find("plain").unwrap().files();
    // What stands on paper is given what the page of the same document is.
    let of_pages = plain.keys().filter(|path| !path.contains(".typ")).filter_map(|path| {
        let name = path.strip_prefix("templates/").unwrap_or(path);
        (name.starts_with("page/") || name.starts_with("documents/G")).then_some(name)
    });
    // Pieces of pages are components: they are given their arguments and nothing else.
    let missing: Vec<&str> =
        of_pages.filter(|name| *name != "page/pieces.html" && !listed.contains(name)).collect();
    assert!(missing.is_empty(), "the sample has no page of {missing:?}");
}

/// `docs/theme.md` is written from the view types.
#[test]
fn the_reference_of_themes_is_fresh() {
    crate::house::hold_fresh("docs/theme.md", reference());
}

fn reference() -> &'static str {
    static REFERENCE: OnceLock<String> = OnceLock::new();
    REFERENCE.get_or_init(written)
}

fn written() -> String {
    let (types, pages) = (types(), Pages::of_sample());
    let mut text = String::from(
        "# What templates see\n\n\
         Every variable of every template, with type and meaning. Figures, dates and sentences arrive finished: a template chooses where\n\
         they stand, never how they are computed. `milepost theme variables page/dashboard.html` prints the same for one template,\n\
         `milepost theme variables` for all. How templates are replaced, and what components they can use, says `themes/README.md`.\n\n\
         A text is escaped when it is printed; one whose meaning says HTML is made by the program and printed with `| safe`.\n\
         A list may be empty. What is null is false in a condition. A field that *may be missing* is asked for with `is defined`.\n",
    );
    let mut named = BTreeSet::new();
    text += "\n## Every page\n\n";
    text += &listed(&types[&frame_key()], &frame_key().0, "", (&types, &mut named), None);
    for (template, key) in pages.views(&types) {
        let declared = &types[&key];
        text += &format!("\n## `{template}`\n\n{} Under `view`:\n\n", declared.doc);
        text += &listed(declared, &key.0, "view.", (&types, &mut named), parts_of(&template).as_ref());
    }
    text += "\n## Types\n";
    let mut told: BTreeSet<(String, (String, String))> = BTreeSet::new();
    // What a type names is named too.
    let mut unread: Vec<(String, String)> = named.into_iter().collect();
    let mut sections = BTreeMap::new();
    while let Some(key) = unread.pop() {
        if !told.insert((title(&key, &types), key.clone())) {
            continue;
        }
        let mut more = BTreeSet::new();
        let body = listed(&types[&key], &key.0, "", (&types, &mut more), None);
        sections.insert(title(&key, &types), format!("\n{}\n\n{body}", types[&key].doc));
        unread.extend(more);
    }
    for (title, body) in sections {
        text += &format!("\n### {title}\n{body}");
    }
    text
}

fn listed(
    declared: &Type,
    module: &str,
    prefix: &str,
    (types, named): (&Types, &mut BTreeSet<(String, String)>),
    parts: Option<&(String, String)>,
) -> String {
    let mut text = String::new();
    for field in &declared.fields {
        assert!(!field.doc.is_empty(), "{module}: `{}` has no doc comment", field.name);
        let (mut words, mut core) = in_words(&field.kind, module, types);
        if let Some(parts) = parts.filter(|_| field.name == "parts" && field.kind == "Value") {
            (words, core) = (title(parts, types), Some(parts.clone()));
        }
        named.extend(core);
        let missing = if field.is_left_out { " *May be missing.*" } else { "" };
        text += &format!("- `{prefix}{}` ({words}): {}{missing}\n", field.name, field.doc);
    }
    text
}
