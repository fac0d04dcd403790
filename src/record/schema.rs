//! JSON Schemas of the files, written from the records themselves, so that editors complete and explain every field.
//!
//! Comes in: each record's doc, fields and computed keys. Goes out: JSON. An editor tells what is misspelt, missing or of another form;
//! whether a date fits and an id exists is told by `milepost check`. What that takes no schema refuses.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::quantity::Id;
use crate::record::decode::{Field, Record as _, Scalar as _, Shape};
use crate::record::file_kind::{FILES, FileForm, FileKind, RecordPage};
use crate::record::plan::{LENGTHS, TaskRecord};
use crate::record::reference::one_line;

/// The form in which nearly every editor reads schemas.
const DRAFT: &str = "http://json-schema.org/draft-07/schema#";

/// The schema of one kind of file.
#[derive(Clone, Debug, PartialEq)]
pub struct FileSchema {
    /// Its name, such as `project`.
    pub name: String,
    /// Where such a file lies, such as `project.yaml` or `baselines/B1.yaml`.
    pub path: &'static str,
    /// The schema, as JSON with a line end.
    pub text: String,
}

/// The schemas of all kinds of files, in the order of the reference; one that two kinds share is given once. Of a table it is that of a
/// row, of a page that of the fields at its beginning.
#[must_use]
pub fn schemas() -> Vec<FileSchema> {
    let mut all: Vec<FileSchema> = Vec::new();
    for file in FILES {
        let name = name_of(file);
        if all.iter().all(|known| known.name != name) {
            all.push(FileSchema { name, path: file.path, text: text_of(file) });
        }
    }
    all
}

/// The name of the schema that a YAML file of a portfolio keeps to, by its path from the folder of its project or portfolio; none for a
/// file of another kind.
#[must_use]
pub fn schema_for(path: &str) -> Option<String> {
    let is_yaml = |path: &str| std::path::Path::new(path).extension().is_some_and(|end| end == "yaml");
    let folder = |path: &str| path.rsplit_once('/').map(|(folder, _)| folder.to_owned());
    if !is_yaml(path) {
        return None;
    }
    let file = FILES.iter().filter(|file| is_yaml(file.path)).find(|file| match folder(file.path) {
        None => file.path == path,
        some => some == folder(path),
    })?;
    Some(name_of(file))
}

/// Whether a file, by its path from the folder of its project, is a record that the program writes and nobody edits.
#[must_use]
pub fn is_frozen(path: &str) -> bool {
    ["baselines/", "snapshots/", "gates/frozen/"].iter().any(|folder| path.starts_with(folder))
}

/// Whether a file of this name is a table of the format.
#[must_use]
pub fn is_table(name: &str) -> bool {
    FILES.iter().any(|file| file.form == FileForm::Rows && file.path == name)
}

fn name_of(file: &FileKind) -> String {
    match file.path.split_once('/') {
        Some(_) => file.records[0].noun.replace(' ', "-"),
        None => file.path.split('.').next().unwrap_or_default().to_owned(),
    }
}

fn text_of(file: &FileKind) -> String {
    let mut records = BTreeMap::new();
    let record = &file.records[0];
    let root = reference_to(record, &mut records);
    let mut schema = json!({
        "$schema": DRAFT,
        "title": file.path,
        "description": sentence(&record.doc()),
    });
    match file.form {
        FileForm::ById => {
            schema["type"] = json!(["object", "null"]);
            schema["propertyNames"] = json!({"pattern": whole(Id::SPELLING.pattern)});
            schema["additionalProperties"] = root;
        }
        FileForm::One | FileForm::Page | FileForm::Rows => schema["allOf"] = json!([root]),
    }
    schema["definitions"] = Value::Object(records.into_iter().collect::<Map<_, _>>());
    // A document of strings, lists and maps always serialises.
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}

/// Notes a record and all inside it, and gives the reference to it.
fn reference_to(record: &RecordPage, records: &mut BTreeMap<String, Value>) -> Value {
    let key = record.noun.replace(' ', "-");
    if !records.contains_key(&key) {
        // Noted before its fields are looked at, because records nest in themselves.
        records.insert(key.clone(), Value::Null);
        let schema = schema_of(record, records);
        records.insert(key.clone(), schema);
    }
    json!({"$ref": format!("#/definitions/{key}")})
}

fn schema_of(record: &RecordPage, records: &mut BTreeMap<String, Value>) -> Value {
    let mut properties = Map::new();
    for field in record.fields {
        properties.insert(field.name.to_owned(), property(field, records));
    }
    for (key, instead) in record.computed {
        let words = format!("Not typed here: {instead}.");
        properties.insert((*key).to_owned(), json!({"not": {}, "description": words, "doNotSuggest": true}));
    }
    let required: Vec<&str> =
        record.fields.iter().filter(|field| field.required).map(|field| field.name).collect();
    let one_of = one_of(record);
    // An entry with nothing below its name is a record of which nothing is said.
    let may_be_empty = required.is_empty() && one_of.is_empty();
    let kinds = if may_be_empty { json!(["object", "null"]) } else { json!("object") };
    let mut schema = json!({
        "title": record.noun,
        "description": sentence(&record.doc()),
        "type": kinds,
        "properties": properties,
        "additionalProperties": false,
    });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    if !one_of.is_empty() {
        // A key with nothing behind it says nothing.
        let says =
            |name: &&str| json!({"required": [name], "properties": {*name: {"not": {"type": "null"}}}});
        schema["anyOf"] = json!(one_of.iter().map(says).collect::<Vec<_>>());
    }
    schema
}

/// Fields of which a record has one at least; none for most.
fn one_of(record: &RecordPage) -> &'static [&'static str] {
    if record.noun == TaskRecord::FORMAT.noun { &LENGTHS } else { &[] }
}

fn property(field: &Field, records: &mut BTreeMap<String, Value>) -> Value {
    let item = item(field, records);
    let mut schema = match field.shape {
        Shape::One => match item.get("$ref") {
            // A neighbour of a reference is not read.
            Some(_) => json!({"allOf": [item]}),
            None => item,
        },
        Shape::List => json!({"anyOf": [item.clone(), {"type": ["array", "null"], "items": item}]}),
        Shape::Mapping | Shape::ByDay => {
            let mut mapping = json!({"type": ["object", "null"], "additionalProperties": item});
            if !field.keys.is_empty() {
                mapping["propertyNames"] = json!({"pattern": whole(field.keys)});
            }
            mapping
        }
    };
    let form = match (field.fields)() {
        [] => format!(" Write {}.", form_of(field)),
        _ => String::new(),
    };
    schema["description"] = json!(format!("{}{form}", sentence(&one_line(field.doc))));
    schema
}

fn form_of(field: &Field) -> String {
    match field.shape {
        Shape::One => field.form.to_owned(),
        Shape::List => format!("one or more: {}", field.form),
        Shape::Mapping => format!("named entries, each {}", field.form),
        Shape::ByDay => format!("entries by date or range, each {}", field.form),
    }
}

/// What may stand at a field, or as one item of it.
fn item(field: &Field, records: &mut BTreeMap<String, Value>) -> Value {
    let scalar = match field.words {
        [] => {
            let types: Vec<&str> = field.spelling.types.iter().copied().chain(["null"]).collect();
            let mut scalar = json!({"type": types});
            if !field.spelling.pattern.is_empty() {
                scalar["pattern"] = json!(whole(field.spelling.pattern));
            }
            scalar
        }
        // A key with nothing behind it says nothing.
        words => {
            json!({"enum": words.iter().map(|word| json!(word)).chain([Value::Null]).collect::<Vec<_>>()})
        }
    };
    match page_with((field.fields)()) {
        None if field.is_open => json!({}),
        None => scalar,
        Some(record) if field.is_open => {
            json!({"anyOf": [scalar, {"type": "array"}, reference_to(record, records)]})
        }
        Some(record) => {
            let record = reference_to(record, records);
            if field.form.starts_with("the fields of") { record } else { json!({"anyOf": [scalar, record]}) }
        }
    }
}

/// A pattern of a whole text, which may have spaces around it.
fn whole(pattern: &str) -> String {
    format!(r"^\s*({pattern})\s*$")
}

/// What the reference says about the record with these fields.
fn page_with(fields: &[Field]) -> Option<&'static RecordPage> {
    let names = |fields: &[Field]| fields.iter().map(|field| field.name).collect::<Vec<_>>();
    if fields.is_empty() {
        return None;
    }
    let pages = FILES.iter().flat_map(|file| file.records);
    pages.into_iter().find(|record| names(record.fields) == names(fields))
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema(name: &str) -> Value {
        let schema = schemas().into_iter().find(|schema| schema.name == name).unwrap();
        serde_json::from_str(&schema.text).unwrap()
    }

    #[test]
    fn fields_are_explained_and_words_listed() {
        let project = schema("project");
        let fields = &project["definitions"]["project"]["properties"];
        assert_eq!(fields["type"]["enum"][0], "hardware");
        assert!(fields["goal"]["description"].as_str().unwrap().starts_with("What the project is for"));
        assert_eq!(project["definitions"]["project"]["required"], json!(["project", "start", "currency"]));
        assert!(fields["status"]["description"].as_str().unwrap().starts_with("Not typed here: remove it"));
    }

    #[test]
    fn a_record_that_nests_in_itself_is_described_once() {
        let plan = schema("plan");
        let tasks = &plan["definitions"]["plan"]["properties"]["execution"]["additionalProperties"];
        assert_eq!(tasks["$ref"], "#/definitions/task");
    }

    #[test]
    fn what_changes_over_time_may_be_a_mapping_of_ranges() {
        let resources = schema("resources");
        for (record, field) in [("role", "heads"), ("person", "available")] {
            let property = &resources["definitions"][record]["properties"][field];
            assert!(property.is_object(), "{record}.{field}");
            let kind = &property["type"];
            assert!(kind.is_null(), "{record}.{field} is {kind} alone");
        }
    }

    #[test]
    fn a_file_finds_its_schema_by_its_path() {
        assert_eq!(schema_for("project.yaml").as_deref(), Some("project"));
        assert_eq!(schema_for("calendars/summer.yaml").as_deref(), Some("calendar"));
        assert_eq!(schema_for("baselines/B7.yaml").as_deref(), Some("baseline"));
        assert_eq!(schema_for("notes.yaml"), None);
        assert_eq!(schema_for("costs.csv"), None);
    }
}
