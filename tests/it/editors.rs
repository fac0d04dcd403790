//! What editors are given: schemas that take what the program takes, and a layout that changes nothing of what is said.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use milepost::diagnostic::Severity;
use milepost::record::{is_frozen, schema_for, schemas};

fn milepost(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_milepost")).args(arguments).current_dir(folder).output().unwrap()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file of the sample with its path from its project, and from the sample.
fn sample() -> Vec<(String, PathBuf)> {
    let sample = root().join("sample-project");
    let files = walkdir::WalkDir::new(&sample).sort_by_file_name().into_iter().filter_map(Result::ok);
    let files = files.filter(|entry| entry.file_type().is_file()).map(|entry| {
        let path = entry.path().strip_prefix(&sample).unwrap().to_string_lossy().replace('\\', "/");
        let inside = path.strip_prefix("projects/").and_then(|rest| rest.split_once('/'));
        (inside.map_or(path.clone(), |(_, inside)| inside.to_owned()), entry.path().to_owned())
    });
    files.collect()
}

/// The faults that a validator finds in a YAML text.
fn faults(compiler: &mut Validator, name: &str, text: &str) -> Vec<String> {
    let value: serde_json::Value = match serde_yaml::from_str(text) {
        Ok(value) => value,
        Err(error) => return vec![error.to_string()],
    };
    compiler.faults(name, &value)
}

struct Validator {
    schemas: boon::Schemas,
    indexes: std::collections::BTreeMap<String, boon::SchemaIndex>,
}

impl Validator {
    fn new() -> Self {
        let (mut list, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
        let mut indexes = std::collections::BTreeMap::new();
        for schema in schemas() {
            let url = format!("file:///{}.schema.json", schema.name);
            compiler.add_resource(&url, serde_json::from_str(&schema.text).unwrap()).unwrap();
            indexes.insert(schema.name, compiler.compile(&url, &mut list).unwrap());
        }
        Self { schemas: list, indexes }
    }

    fn faults(&self, name: &str, value: &serde_json::Value) -> Vec<String> {
        match self.schemas.validate(value, self.indexes[name]) {
            Ok(()) => Vec::new(),
            Err(error) => vec![format!("{error:#}")],
        }
    }
}

#[test]
fn every_file_of_the_sample_keeps_to_its_schema() {
    let mut validator = Validator::new();
    let (mut n_files, mut refused) = (0, Vec::new());
    for (inside, path) in sample() {
        let Some(name) = schema_for(&inside) else { continue };
        n_files += 1;
        let faults = faults(&mut validator, &name, &std::fs::read_to_string(&path).unwrap());
        refused.extend(faults.into_iter().map(|fault| format!("{}: {fault}", path.display())));
    }
    assert!(refused.is_empty(), "{}", refused.join("\n"));
    assert!(n_files > 60, "{n_files}");
}

#[test]
fn a_misspelt_key_a_missing_field_and_a_wrong_word_are_refused() {
    let mut validator = Validator::new();
    let mut refused = |name: &str, text: &str| !faults(&mut validator, name, text).is_empty();
    let good = "project: Net\nstart: 2026-08-03\ncurrency: EUR\n";
    assert!(!refused("project", good));
    assert!(refused("project", "project: Net\ncurrency: EUR\n"));
    assert!(refused("project", &format!("{good}gaol: typed wrong\n")));
    assert!(refused("project", &format!("{good}type: hardwear\n")));
    assert!(refused("project", &format!("{good}status: green\n")));
    assert!(refused("plan", "execution: {build: {duration: 5d, depends: a}}\n"));
    for (name, good, bad) in [
        ("project", "start: 2026-08-03", "start: 03.08.2026"),
        ("project", "currency: EUR", "currency: Euro"),
    ] {
        let text = "project: Net\nstart: 2026-08-03\ncurrency: EUR\n";
        assert!(refused(name, &text.replace(good, bad)), "{bad}");
    }
    assert!(refused("portfolio", "title: All\naudience: restrictd\n"));
    for duration in ["5x", "5 days", "", "2d / 3d", "true"] {
        assert!(
            refused("plan", &format!("execution: {{build: {{duration: \"{duration}\"}}}}\n")),
            "{duration}"
        );
    }
    for duration in ["5d", "1.5 w", "1_000m", "10ed", "2d / 3d / 5d"] {
        assert!(!refused("plan", &format!("execution: {{build: {{duration: {duration}}}}}\n")), "{duration}");
    }
    let risk = |id: &str, field: &str| format!("{id}: {{risk: Late, impact: {{cost: 100 EUR}}, {field}}}\n");
    assert!(!refused("risks", &risk("R1", "probability: 30%, raised: 2026-08-03, response: reduce")));
    for field in ["probability: 130%", "probability: 30"] {
        assert!(refused("risks", &risk("R1", field)), "{field}");
    }
    for field in ["raised: yesterday", "response: ignore"] {
        assert!(refused("risks", &risk("R1", &format!("probability: 30%, {field}"))), "{field}");
    }
    assert!(refused("project", &format!("{good}reporting: sometimes\n")));
    for reporting in ["monthly", "every 2w", "every 1w"] {
        assert!(!refused("project", &format!("{good}reporting: {reporting}\n")), "{reporting}");
    }
    for task in [
        "duration: -5d",
        "effort: -1d",
        "gate:",
        "gate: , milestone:",
        "notes: what it is",
        "duration: 2d, assign: 5",
        "duration: 2d, assign: 50%",
        "duration: 2d, assign: [tom, 5]",
    ] {
        assert!(refused("plan", &format!("execution: {{x: {{{task}}}}}\n")), "{task}");
    }
    assert!(refused("plan", "execution:\n  x:\n"));
    for task in [
        "gate: Go",
        "milestone: M, duration: ",
        "tasks: {a: {duration: 1d}}",
        "span: a .. b",
        "effort: 3d, assign: tom",
        "duration: 2d, assign: [tom 50%, 2 technician, 2 fitter 50%]",
    ] {
        assert!(!refused("plan", &format!("execution: {{x: {{{task}}}}}\n")), "{task}");
    }
    assert!(refused("risks", &risk("\"R 1\"", "probability: 30%")));
    // What wins time is an opportunity.
    for time in ["5d", "-5d", "-10d / -5d / -2d", "3d / 5d / 10d"] {
        let text =
            format!("R1: {{risk: Early, probability: 30%, impact: {{time: {time}, cost: -500 EUR}}}}\n");
        assert!(!refused("risks", &text), "{time}");
    }
    for time in ["5x", "5d / 10d"] {
        let text = format!("R1: {{risk: Late, probability: 30%, impact: {{time: {time}}}}}\n");
        assert!(refused("risks", &text), "{time}");
    }
    assert!(refused("resources", "people: {ann: {name: Ann, rate: 720}}\n"));
    assert!(!refused("resources", "people: {ann: {name: Ann, rate: 720 EUR/d}}\n"));
    assert!(!refused("plan", "execution: {build: {duration: 5d, after: [a, b SS +2d]}}\n"));
}

/// Every YAML file of the cases in `tests/suite` in which no error is expected.
#[test]
fn no_schema_refuses_what_the_check_takes() {
    let mut validator = Validator::new();
    let (mut n_files, mut refused) = (0, Vec::new());
    for (file, text) in crate::corpus::files() {
        for case in crate::corpus::cases(&text) {
            let is_import = |block: &crate::corpus::Block| {
                matches!(block.name.as_str(), "plan.xml" | "tasks.xml" | "plan.csv")
            };
            if case.blocks.iter().any(is_import) {
                continue;
            }
            let report = crate::corpus::report_of(&case);
            let mut errors = report.findings.iter().filter(|found| found.severity == Severity::Error);
            if errors.any(|found| found.rule.code.starts_with("E1")) {
                continue;
            }
            for block in &case.blocks {
                let inside = block.name.strip_prefix("projects/").and_then(|rest| rest.split_once('/'));
                let inside = inside.map_or(block.name.as_str(), |(_, inside)| inside);
                let Some(name) = schema_for(inside) else { continue };
                n_files += 1;
                let faults = faults(&mut validator, &name, &block.text);
                refused.extend(
                    faults.into_iter().map(|fault| format!("{file} {}: {inside}: {fault}", case.title)),
                );
            }
        }
    }
    assert!(refused.is_empty(), "{}", refused.join("\n"));
    assert!(n_files > 500, "{n_files}");
}

#[test]
fn schemas_are_written_and_named_in_the_files() {
    let scratch = tempfile::tempdir().unwrap();
    assert_eq!(milepost(&["new", "mine"], scratch.path()).status.code(), Some(0));
    let output = milepost(&["schema", "--out", "editor/schemas", "--comments", "mine"], scratch.path());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let mut n_named = 0;
    for entry in walkdir::WalkDir::new(scratch.path().join("mine")).into_iter().filter_map(Result::ok) {
        if entry.path().extension().is_none_or(|end| end != "yaml") {
            continue;
        }
        let text = std::fs::read_to_string(entry.path()).unwrap();
        let first = text.lines().next().unwrap();
        let way = first.strip_prefix("# yaml-language-server: $schema=").unwrap();
        assert!(entry.path().parent().unwrap().join(way).is_file(), "{}: {way}", entry.path().display());
        n_named += 1;
    }
    assert!(n_named >= 2);
    let checked = milepost(&["check", "mine", "--fail-on", "info"], scratch.path());
    assert_eq!(checked.status.code(), Some(0), "{}", String::from_utf8_lossy(&checked.stderr));
    let again = milepost(&["schema", "--out", "editor/schemas", "--comments", "mine"], scratch.path());
    assert!(String::from_utf8_lossy(&again.stderr).contains("line written into 0 files"));
    // Where the schemas have moved, the lines follow; another schema is its author's.
    let other = "# yaml-language-server: $schema=https://example.org/mine.json\n";
    let own = scratch.path().join("mine/portfolio.yaml");
    let text = std::fs::read_to_string(&own).unwrap();
    std::fs::write(&own, format!("{other}{}", text.split_once('\n').unwrap().1)).unwrap();
    let moved = milepost(&["schema", "--out", "schemas", "--comments", "mine"], scratch.path());
    assert_eq!(moved.status.code(), Some(0));
    assert!(std::fs::read_to_string(&own).unwrap().starts_with(other));
    let plan = scratch.path().join("mine/projects/first-project/plan.yaml");
    let first = std::fs::read_to_string(&plan).unwrap().lines().next().unwrap().to_owned();
    assert_eq!(first, "# yaml-language-server: $schema=../../../schemas/plan.schema.json");
}

#[test]
fn the_layout_of_the_sample_says_the_same_and_is_its_own() {
    for (inside, path) in sample() {
        let text = std::fs::read_to_string(&path).unwrap();
        let end = path.extension().and_then(|end| end.to_str()).unwrap_or_default();
        let lay_out = match end {
            "yaml" if schema_for(&inside).is_some() && !is_frozen(&inside) => milepost::source::tidy::yaml,
            "csv" if !inside.contains('/') => milepost::source::tidy::csv,
            "md" if inside.contains('/') && !inside.starts_with("attachments") => {
                milepost::source::tidy::page
            }
            _ => continue,
        };
        let tidy = lay_out(&text).unwrap_or_else(|left| panic!("{}: {left:?}", path.display()));
        assert_eq!(lay_out(&tidy).as_deref(), Ok(&*tidy), "{}", path.display());
        let comments = |text: &str| text.lines().filter(|line| line.trim_start().starts_with('#')).count();
        assert_eq!(comments(&tidy), comments(&text), "{}", path.display());
    }
}

/// Whoever runs `fmt` on what we show as an example has nothing to do.
#[test]
fn our_own_examples_are_laid_out() {
    let scratch = tempfile::tempdir().unwrap();
    assert_eq!(milepost(&["new", "mine"], scratch.path()).status.code(), Some(0));
    let sample = root().join("sample-project");
    for folder in [sample, scratch.path().join("mine")] {
        let told = milepost(&["fmt", "--check"], &folder);
        let files = String::from_utf8_lossy(&told.stdout).into_owned();
        assert_eq!((told.status.code(), files.as_str()), (Some(0), ""), "{}", folder.display());
    }
    // So has whoever copies an example of the documentation.
    let (mut n_examples, mut others) = (0, Vec::new());
    for name in ["README.md", "docs/format.md", "docs/rules.md", "docs/publication.md", "docs/ci.md"] {
        let text = std::fs::read_to_string(root().join(name)).unwrap();
        for example in text.split("```yaml\n").skip(1) {
            let example = example.split("```").next().unwrap();
            n_examples += 1;
            match milepost::source::tidy::yaml(example) {
                Ok(tidy) if tidy != example => others.push(format!("{name}:\n{example}becomes\n{tidy}")),
                _ => {}
            }
        }
    }
    assert!(others.is_empty(), "{}", others.join("\n"));
    assert!(n_examples > 100, "{n_examples}");
}

#[test]
fn fmt_changes_what_is_not_laid_out_and_nothing_else() {
    let scratch = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(scratch.path().join(name), text).unwrap();
    let read = |name: &str| std::fs::read_to_string(scratch.path().join(name)).unwrap();
    write("project.yaml", "project:   Demo\nstart: 2026-08-03\ncurrency: EUR\n");
    write("plan.yaml", "execution:\n    # the work\n    work: { duration: 5d }\n");
    write("broken.yaml", "not: [known\n");
    write("risks.yaml", "R1: {risk: [\n");
    let checked = milepost(&["fmt", "--check"], scratch.path());
    assert_eq!(checked.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&checked.stdout), "plan.yaml\nproject.yaml\n");
    assert_eq!(read("project.yaml"), "project:   Demo\nstart: 2026-08-03\ncurrency: EUR\n");
    let done = milepost(&["fmt"], scratch.path());
    assert_eq!(done.status.code(), Some(1), "a file with a mistake is left");
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(said.contains("risks.yaml: left as it is") && said.contains("E117"), "{said}");
    let again = milepost(&["fmt"], scratch.path());
    assert!(!String::from_utf8_lossy(&again.stderr).contains("nothing to lay out"));
    assert_eq!(read("plan.yaml"), "execution:\n  # the work\n  work: {duration: 5d}\n");
    assert_eq!(read("risks.yaml"), "R1: {risk: [\n");
    // What is right and has no layout is told, and is no fault.
    let kept = "D1:\n  question: |+\n    Which?\n\n\n  reasons: why\n";
    write("decisions.yaml", kept);
    write("risks.yaml", "");
    for verb in [&["fmt"][..], &["fmt", "--check"]] {
        let done = milepost(verb, scratch.path());
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(done.status.code(), Some(0), "{said}");
        assert!(said.contains("decisions.yaml: left as it is, something in it"), "{said}");
        assert!(!said.contains("mistake"), "{said}");
        assert_eq!(read("decisions.yaml"), kept);
    }
    write("actions.yaml", "A1: {do: Call, due: 2026-08-05, }\n");
    assert_eq!(milepost(&["fmt"], scratch.path()).status.code(), Some(0));
    assert_eq!(read("actions.yaml"), "A1: {do: Call, due: 2026-08-05}\n");
    assert_eq!(milepost(&["fmt", "--check"], scratch.path()).status.code(), Some(0));
}

#[test]
fn completions_and_manual_pages_know_every_verb() {
    let scratch = tempfile::tempdir().unwrap();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = milepost(&["completions", shell], scratch.path());
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(text.contains("fail-on") && text.contains("gate"), "{shell}");
    }
    let page = |verb: &[&str]| {
        let output = milepost(&[&["man"], verb].concat(), scratch.path());
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    assert!(page(&[]).1.contains(".TH milepost"));
    assert!(page(&["gate-check"]).1.contains("criterion of a gate"));
    for verb in [&[][..], &["gate"], &["gate-check"]] {
        let source = format!("\"milepost {}\"", env!("CARGO_PKG_VERSION"));
        let page = page(verb).1;
        let title = page.lines().find(|line| line.starts_with(".TH")).unwrap();
        assert!(title.contains(&source), "{title}");
    }
    assert_eq!(page(&["gate-chek"]).0, Some(2));
}
