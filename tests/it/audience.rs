//! What a site does not tell: secrets are planted in every field of the files, and looked for in every byte of the site, of the archive of
//! a gate and of what is printed.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;
use std::path::Path;

use milepost::diagnostic::{Diagnostics, Severity};
use milepost::output::Bundle;
use milepost::pipeline::{self, Options};
use milepost::quantity::Audience;
use milepost::record::decode::{Field, Shape};
use milepost::record::exception::ExceptionRecord;
use milepost::record::gate::UpdateRecord;
use milepost::record::ledger::DefectRow;
use milepost::record::register::{
    ActionRecord, ChangeRecord, DecisionRecord, DependencyRecord, IssueRecord, LessonRecord, RiskRecord,
};
use milepost::report::Report;
use milepost::source::disk::Folder;

use crate::frozen_records::done;
use crate::sample;

pub fn report_for(files: &[(String, String)], audience: Option<Audience>) -> Report {
    let folder =
        Folder::from_memory(files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect());
    pipeline::compute(&folder, Diagnostics::default(), &Options { audience, ..Options::default() })
}

pub fn site_for(files: &[(String, String)], audience: Audience) -> Bundle {
    pipeline::render(&report_for(files, Some(audience)), &BTreeMap::new()).unwrap()
}

/// Every file in which a word stands, whatever the case of its letters; the way there counts as well.
pub fn files_with<'a>(site: &'a Bundle, word: &str) -> Vec<&'a str> {
    let word = word.to_lowercase();
    let holds = |path: &str, bytes: &[u8]| searched(path, bytes).contains(&word);
    site.iter().filter(|(path, bytes)| holds(path, bytes)).map(|(path, _)| path).collect()
}

/// What of a file is searched, in small letters: its path, its text, and what formats hide in it: folded lines of a calendar, packed
/// parts of a PDF.
fn searched(path: &str, bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let told = match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("ics") => text.replace("\r\n ", ""),
        Some("pdf") => format!("{text}\n{}", unpacked(bytes)),
        _ => text.into_owned(),
    };
    format!("{path}\n{told}").to_lowercase()
}

/// The packed parts of a PDF, each also as text of two bytes a letter, in which outlines and titles may stand.
fn unpacked(pdf: &[u8]) -> String {
    let mut text = String::new();
    let starts = pdf
        .windows(8)
        .enumerate()
        .filter(|(_, window)| window == b"stream\r\n" || &window[..7] == b"stream\n");
    for (at, window) in starts {
        let begin = at + if window[6] == b'\r' { 8 } else { 7 };
        let mut part = Vec::new();
        // Ends by itself; what is no packed part, such as the end of one, gives nothing.
        let _ = flate2::read::ZlibDecoder::new(&pdf[begin..]).read_to_end(&mut part);
        text += &String::from_utf8_lossy(&part);
        text.extend(part.iter().filter(|byte| **byte != 0).map(|byte| char::from(*byte)));
        text.push('\n');
    }
    text
}

#[track_caller]
pub fn assert_none_of(site: &Bundle, words: &BTreeSet<String>) {
    let texts: Vec<(&str, String)> = site.iter().map(|(path, bytes)| (path, searched(path, bytes))).collect();
    let leaks: Vec<String> = words
        .iter()
        .filter_map(|word| {
            let lower = word.to_lowercase();
            let (path, text) = texts.iter().find(|(_, text)| text.contains(&lower))?;
            let at = text.find(&lower)?;
            let from = text[..at].char_indices().rev().nth(80).map_or(0, |(at, _)| at);
            let upto = text[at..].char_indices().nth(40).map_or(text.len(), |(more, _)| at + more);
            Some(format!("{word} in {path}: …{}…", text[from..upto].replace('\n', " ")))
        })
        .collect();
    assert!(leaks.is_empty(), "{} leaks:\n{}", leaks.len(), leaks.join("\n"));
}

/// Something to write into a field; texts are numbered secrets.
pub struct Planter {
    prefix: &'static str,
    pub planted: BTreeSet<String>,
}

impl Planter {
    pub fn new(prefix: &'static str) -> Self {
        Self { prefix, planted: BTreeSet::new() }
    }

    fn secret(&mut self) -> String {
        let secret = format!("{}{:03}", self.prefix, self.planted.len());
        self.planted.insert(secret.clone());
        secret
    }

    /// All fields of a record, as YAML in braces.
    fn mapping(&mut self, fields: &[Field], skip: &[&str]) -> String {
        let kept = fields.iter().filter(|field| !skip.contains(&field.name));
        let fields: Vec<String> =
            kept.map(|field| format!("{}: {}", field.name, self.field(field))).collect();
        format!("{{{}}}", fields.join(", "))
    }

    fn field(&mut self, field: &Field) -> String {
        let inner = (field.fields)();
        let one = if inner.is_empty() {
            self.scalar(field)
        } else if field.name == "options" {
            format!("{{option: {}}}", self.secret())
        } else {
            self.mapping(inner, &["audience"])
        };
        match field.shape {
            Shape::One => one,
            Shape::List => format!("[{one}]"),
            Shape::Mapping => format!("{{{}: {one}}}", self.secret()),
            Shape::ByDay => format!("{{2026-08-10: {one}}}"),
        }
    }

    fn scalar(&mut self, field: &Field) -> String {
        match field.name {
            "set" => return "\"tasks.build.duration=4d\"".to_owned(),
            "without" => return "tasks.train".to_owned(),
            "tasks" | "links" | "for" | "belongs_to" => return "build".to_owned(),
            "became" => return "I1".to_owned(),
            "decision_wanted" => return "D1".to_owned(),
            "status_date" | "actuals_to" => return "2026-08-14".to_owned(),
            "audience" => return "restricted".to_owned(),
            "decision" if field.form.starts_with("an id") => return "D1".to_owned(),
            _ => {}
        }
        if field.form == "text" {
            return self.secret();
        }
        if field.form.starts_with("an id") {
            return "anna".to_owned();
        }
        if let Some((_, example)) = field.form.split_once("such as ") {
            let example = example.split(" or ").next().unwrap_or(example);
            let example = example.split(", ").next().unwrap_or(example).trim_end_matches(',');
            return format!("\"{example}\"");
        }
        match field.form {
            "true or false" => "true".to_owned(),
            "a percentage from 0% to 100%" => "40%".to_owned(),
            "a severity from 1 (worst) to 4" => "2".to_owned(),
            words => {
                let words = words.split_once(": ").map_or(words, |(_, words)| words);
                words.split([',', ' ']).next().unwrap_or(words).to_owned()
            }
        }
    }
}

/// A small project in whose registers and pages every text is a secret.
pub fn secretive_project(planter: &mut Planter) -> Vec<(String, String)> {
    let entry = |planter: &mut Planter, id: &str, fields: &[Field], skip: &[&str]| {
        format!("{id}: {}\n", planter.mapping(fields, skip))
    };
    // Changed states and dates of ends would contradict each other; what is left out says nothing in words.
    let ends = ["closed", "resolved", "became", "implemented", "status"];
    let risk = entry(planter, "R1", RiskRecord::FIELDS, &ends);
    let issue = entry(planter, "I1", IssueRecord::FIELDS, &ends);
    let open = entry(
        planter,
        "D1",
        DecisionRecord::FIELDS,
        &["decision", "decided", "decided_by", "draws", "applies_from"],
    );
    let taken = entry(planter, "D2", DecisionRecord::FIELDS, &["draws", "options"]);
    let change =
        entry(planter, "C1", ChangeRecord::FIELDS, &["implemented", "status", "decided", "sets", "allows"]);
    let action = entry(planter, "A1", ActionRecord::FIELDS, &[]);
    let request = entry(planter, "N1", DependencyRecord::FIELDS, &[]);
    let lesson = entry(planter, "L1", LessonRecord::FIELDS, &[]);
    let head = |planter: &mut Planter, fields: &[Field], skip: &[&str]| {
        let kept = fields.iter().filter(|field| !skip.contains(&field.name));
        let lines: Vec<String> =
            kept.map(|field| format!("{}: {}\n", field.name, planter.field(field))).collect();
        format!("---\n{}---\n\n{}\n", lines.concat(), planter.secret())
    };
    let update = head(planter, UpdateRecord::FIELDS, &[]);
    let exception = head(planter, ExceptionRecord::FIELDS, &[]);
    let columns: Vec<&str> = DefectRow::FIELDS
        .iter()
        .map(|field| field.name)
        .filter(|name| !["closed", "reopened"].contains(name))
        .collect();
    let row: Vec<String> = DefectRow::FIELDS
        .iter()
        .filter(|field| columns.contains(&field.name))
        .map(|field| match field.name {
            "id" => "8".to_owned(),
            _ => planter.field(field).trim_matches('"').to_owned(),
        })
        .collect();
    let defects = format!("{}\n{}\n", columns.join(","), row.join(","));
    let stage = format!("---\nstage: execution\naudience: restricted\n---\n\n{}\n", planter.secret());
    let said = |planter: &mut Planter| {
        format!(
            "conditions:\n  - condition: {}\nchecklist:\n  the budget is confirmed: {{answer: yes, evidence: {}, comment: {}}}\n",
            planter.secret(),
            planter.secret(),
            planter.secret()
        )
    };
    let (now, then) = (said(planter), said(planter));
    let then = format!("    {}\n", then.trim_end().replace('\n', "\n    "));
    let gate = format!(
        "---\ngate: G1\nrecommendation: {}\nminutes: {}\naudience: restricted\n{now}earlier:\n  - decision: rework\n    decided: 2026-08-04\n    reasons: {}\n{then}---\n\n{}\n",
        planter.secret(),
        planter.secret(),
        planter.secret(),
        planter.secret()
    );
    [
        ("project.yaml", "project: Demo\nstart: 2026-08-03\ncurrency: EUR\nsponsor: anna\nproject_manager: ben\n".to_owned()),
        (
            "plan.yaml",
            "initiation:\n  G1: {gate: The G1}\nplanning:\n  G2: {gate: The G2, after: G1}\nexecution:\n  build: {duration: 5d, assign: ben}\n  train: {duration: 5d, assign: ben, after: build}\n  G3: {gate: The G3, after: train}\ncontrol:\n  G4: {gate: The G4, after: G3}\nclosing:\n  G5: {gate: The G5, after: G4}\n".to_owned(),
        ),
        ("resources.yaml", "people:\n  anna: {name: Anna}\n  ben: {name: Ben}\n".to_owned()),
        ("budget.yaml", "contingency: 9_000 EUR\nmanagement_reserve: 9_000 EUR\n".to_owned()),
        ("risks.yaml", risk),
        ("issues.yaml", issue),
        ("decisions.yaml", format!("{open}{taken}")),
        ("changes.yaml", change),
        ("actions.yaml", action),
        ("dependencies.yaml", request),
        ("lessons.yaml", lesson),
        ("defects.csv", defects),
        ("updates/2026-08-14.md", update),
        ("exceptions/time.md", exception),
        ("stages/3-execution.md", stage),
        ("gates/G1.md", gate),
        ("gates/G2.md", "---\ngate: G2\n---\n".to_owned()),
        ("gates/G3.md", "---\ngate: G3\n---\n".to_owned()),
        ("gates/G4.md", "---\ngate: G4\n---\n".to_owned()),
        ("gates/G5.md", "---\ngate: G5\n---\n".to_owned()),
    ]
    .map(|(path, text)| (format!("projects/demo/{path}"), text))
    .into()
}

#[test]
fn no_word_of_a_restricted_entry_reaches_others() {
    let mut planter = Planter::new("zqsecret");
    let files = secretive_project(&mut planter);
    let full = report_for(&files, Some(Audience::Restricted));
    let errors: Vec<String> = full
        .findings
        .iter()
        .filter(|found| found.severity == Severity::Error)
        .map(|found| format!("{:?} {}", full.sources.place(found.span.unwrap_or_default()), found.message))
        .collect();
    assert!(full.projects.len() == 1, "{errors:?}");
    let unread = ["E103", "E105", "E122"];
    assert!(errors.iter().all(|error| unread.iter().all(|code| !error.contains(code))), "{errors:?}");
    // The secrets are where they can be seen, else nothing is proved by their absence.
    let site = site_for(&files, Audience::Restricted);
    let seen = planter.planted.iter().filter(|word| !files_with(&site, word).is_empty()).count();
    assert_eq!(seen, planter.planted.len(), "every planted word is in the files of the full site");
    let on_pages = planter
        .planted
        .iter()
        .filter(|word| files_with(&site, word).iter().any(|path| !path.starts_with("sources/")))
        .count();
    assert!(
        on_pages * 10 >= planter.planted.len() * 9,
        "{on_pages} of {} are on pages",
        planter.planted.len()
    );
    for audience in [Audience::Internal, Audience::Public] {
        assert_none_of(&site_for(&files, audience), &planter.planted);
    }
}

/// The archive of G1 as it is packed for some readers; names of its files as they stand in it.
fn archive_for(files: &[(String, String)], audience: &str) -> Bundle {
    let scratch = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = scratch.path().join("portfolio").join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let bundle = ["gate", "bundle", "demo/G1", "portfolio", "--audience", audience, "--out", "G1.zip"];
    done(&bundle, scratch.path());
    let mut archive =
        zip::ZipArchive::new(std::fs::File::open(scratch.path().join("G1.zip")).unwrap()).unwrap();
    assert!(archive.comment().is_empty());
    let mut inside = Bundle::new();
    for place in 0..archive.len() {
        let mut file = archive.by_index(place).unwrap();
        assert!(file.extra_data().unwrap_or_default().is_empty() && file.comment().is_empty());
        let name = file.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        inside.add(name, bytes).unwrap();
    }
    inside
}

#[test]
fn no_word_of_a_restricted_entry_is_in_the_archive_of_a_gate_for_others() {
    let mut planter = Planter::new("zqsecret");
    let files = secretive_project(&mut planter);
    let own = archive_for(&files, "restricted");
    let seen = planter.planted.iter().filter(|word| !files_with(&own, word).is_empty()).count();
    assert_eq!(
        seen,
        planter.planted.len(),
        "every planted word is in the archive for those who may read all"
    );
    for audience in ["internal", "public"] {
        let archive = archive_for(&files, audience);
        assert_none_of(&archive, &planter.planted);
        // What is not in the archive is not spoken of in it either.
        assert!(archive.iter().all(|(path, _)| !path.starts_with("sources/")));
        let manifest = String::from_utf8(archive.get("MANIFEST.txt").unwrap().to_vec()).unwrap();
        assert!(!manifest.contains("sources"), "{manifest}");
        assert!(archive.get("site/demo/gates/G1.html").is_some());
        if milepost::paper::IS_BUILT_IN {
            assert!(archive.get("site/demo/gates/G1.pdf").is_some());
        }
    }
}

/// Everything that the documents of a project are given to be printed, and where this program can print, what they say.
fn printed_for(files: &[(String, String)], audience: Audience) -> Bundle {
    let said = printed_for_report(&report_for(files, Some(audience)));
    assert!(said.get("demo/gates/G1.html.given.json").is_some(), "the document of the gate is printed");
    said
}

/// What all documents are given, and one of each kind on paper: a template puts nothing on it that the document was not given.
fn printed_for_report(report: &Report) -> Bundle {
    let mut said = Bundle::new();
    #[cfg(feature = "pdf")]
    let mut kinds = BTreeSet::new();
    for (path, printed) in pipeline::documents(report) {
        let given = format!("{}\n{}\n{}", printed.template, printed.ident, printed.frame);
        said.add(format!("{path}.given.json"), given).unwrap();
        #[cfg(feature = "pdf")]
        if kinds.insert(printed.template.clone()) {
            let theme = milepost::theme::Theme::load(&BTreeMap::new()).unwrap();
            let sheet = milepost::paper::Sheet::A4;
            said.add(format!("{path}.pdf"), milepost::paper::print(&theme, &printed, sheet).unwrap())
                .unwrap();
            let words = milepost::paper::said(&theme, &printed, sheet).unwrap().text;
            said.add(format!("{path}.said.txt"), words).unwrap();
        }
    }
    said
}

#[test]
fn no_word_of_a_restricted_entry_is_given_to_paper_for_others() {
    let mut planter = Planter::new("zqsecret");
    let files = secretive_project(&mut planter);
    let own = printed_for(&files, Audience::Restricted);
    let seen = planter.planted.iter().filter(|word| !files_with(&own, word).is_empty()).count();
    assert!(
        own.len() > 4 && seen > 5,
        "{seen} planted words are in {:?}",
        own.iter().map(|(path, _)| path).collect::<Vec<_>>()
    );
    for audience in [Audience::Internal, Audience::Public] {
        assert_none_of(&printed_for(&files, audience), &planter.planted);
    }
}

#[test]
fn nobody_is_named_in_the_archive_of_a_gate_or_on_paper_for_the_public() {
    let mut files = personal_project();
    for (path, text) in &mut files {
        if path.ends_with("plan.yaml") {
            *text = text.replace("execution:", "initiation:\n  G1: {gate: The G1}\nexecution:");
        }
    }
    files.push((
        "projects/demo/gates/G1.md".to_owned(),
        "---\ngate: G1\nrecommendation: Zqben is to begin\n---\n\nZqgiven Zqfamily asks Zqanna to release 613.37 EUR.\n"
            .to_owned(),
    ));
    let everybody = BTreeSet::from(["zq".to_owned()]);
    assert!(!files_with(&archive_for(&files, "internal"), "Zqgiven Zqfamily").is_empty());
    for given in [archive_for(&files, "public"), printed_for(&files, Audience::Public)] {
        // Two letters stand by chance in the packed bytes of a PDF: there whole names are looked for.
        let (papers, texts): (Vec<_>, Vec<_>) = given
            .iter()
            .partition(|(path, _)| Path::new(path).extension().is_some_and(|ending| ending == "pdf"));
        let bundle = |files: Vec<(&str, &[u8])>| {
            let mut bundle = Bundle::new();
            for (path, bytes) in files {
                bundle.add(path.to_owned(), bytes.to_vec()).unwrap();
            }
            bundle
        };
        assert_none_of(&bundle(texts), &everybody);
        let names = ["zqanna", "zqlast", "zqben", "zqgiven", "zqfamily", "zqcarl"];
        assert_none_of(&bundle(papers), &names.map(str::to_owned).into());
    }
}

/// Prices, hours, absences, bookings and addresses, each with digits or letters that stand nowhere else.
fn personal_project() -> Vec<(String, String)> {
    [
        (
            "project.yaml",
            "project: Demo\nstart: 2026-08-03\ncurrency: EUR\nsponsor: zqanna\nproject_manager: zqben\ngoal: Ask zqmail@zqhost.example before noon\nrates:\n  - {currency: USD, rate: 0.9, date: 2026-08-01}\nwaive:\n  W302: {reason: Small, by: Zqwaiver, until: 2026-12-31}\n",
        ),
        (
            "plan.yaml",
            "execution:\n  build: {duration: 5d, assign: [zqben, zqcarl]}\n  train: {duration: 5d, assign: zqcarl, after: build, notes: Zqgiven Zqfamily trains Zqfamily’s team}\n  fit: {duration: 5d, after: train, owner: zqanna}\n",
        ),
        (
            "resources.yaml",
            "roles:\n  engineer: {rate: 600 EUR/d}\npeople:\n  zqanna: {name: Zqanna Zqlast, team: Zqanna Zqlast and Zqlast’s friends}\n  zqben: {name: Zqgiven Zqfamily, role: engineer, rate: 613.37 EUR/d, absent: [2026-08-11 .. 2026-08-12, 2031-03-13]}\n  zqcarl: {name: Zqcarl, role: engineer, rate: 709.91 EUR/d}\n",
        ),
        ("progress.csv", "status_date,task,actual_start,percent_complete\n2026-08-07,build,2026-08-03,50%\n"),
        (
            "timesheets.csv",
            "week,person,task,time\n2026-W32,zqben,build,7.1h\n2026-W32,zqcarl,build,9.3h\n",
        ),
        (
            "costs.csv",
            "date,type,category,task,amount,reference,note\n2026-08-04,actual,hardware,build,777.77 EUR,ZQPO-1,Zqsupplier\n2026-08-05,actual,hardware,build,123.45 EUR,ZQPO-2,Zqother\n2026-08-05,actual,hardware,build,321.09 USD,ZQPO-3,\n2026-08-06,commitment,hardware,train,1011.31 EUR,ZQPO-4,\n2026-08-06,commitment,hardware,train,1213.43 EUR,ZQPO-5,\n",
        ),
        (
            "stakeholders.yaml",
            "S1: {stakeholder: Zqstaff council, power: high, interest: high, attitude: opposed, wants: Zqwants, approach: Zqapproach, owner: zqben}\n",
        ),
        (
            "decisions.yaml",
            "D1: {question: How?, asked_of: zqanna, told_to: Zqtold, options: {x: {option: Dear, set: [people.zqben.rate=914.15 EUR/d]}, y: {option: Cheap, set: [tasks.build.duration=4d]}, z: {option: Dearer, set: [people .zqben.rate=915.27 EUR/d]}}}\n",
        ),
        (
            "updates/2026-08-07.md",
            "---\nstatus_date: 2026-08-07\nauthor: zqben\nachieved: [Zqgiven built]\n---\n\nZqfamily and Zqcarl write to zqmail@zqhost.example.\n",
        ),
    ]
    .map(|(path, text)| (format!("projects/demo/{path}"), text.to_owned()))
    .into()
}

#[test]
fn prices_hours_absences_bookings_and_addresses_stay_inside() {
    let files = personal_project();
    let restricted = [
        "613.37",
        "709.91",
        "914.15",
        "915.27",
        "13 Mar 2031",
        "13\u{a0}Mar\u{a0}2031",
        "2031-03-13",
        "777.77",
        "123.45",
        "321.09",
        "011.31",
        "213.43",
        "zqpo-1",
        "zqpo-2",
        "zqpo-4",
        "zqpo-5",
        "zqsupplier",
        "zqother",
        "zqstaff",
        "zqwants",
        "zqapproach",
        "zqhost",
        "zqmail",
        "hours of zqgiven",
        "7.1h",
        "9.3h",
    ];
    let restricted: BTreeSet<String> = restricted.map(str::to_owned).into();
    assert_none_of(&site_for(&files, Audience::Internal), &restricted);
    let named = site_for(&files, Audience::Internal);
    assert!(!files_with(&named, "Zqgiven Zqfamily").is_empty(), "inside the organisation people are named");
    assert!(!files_with(&named, "noindex").is_empty());

    // The plan for MS Project is one of the files that were looked through, and days away are in it for those who may see them.
    let plan = |site: &Bundle| String::from_utf8(site.get("demo/plan.xml").unwrap().to_vec()).unwrap();
    let whole = site_for(&files, Audience::Restricted);
    assert!(plan(&whole).contains("2031-03-13"));
    for place in ["demo/budget.html", "demo/explain/money.html"] {
        assert!(files_with(&whole, "ZQPO-4").contains(&place), "open orders stand in {place}");
    }
    assert!(plan(&named).contains("<Name>Zqgiven Zqfamily</Name>"));

    let public = site_for(&files, Audience::Public);
    assert!(plan(&public).contains("<Name>Project manager</Name>"));
    let of_persons = ["zqanna", "zqlast", "zqben", "zqgiven", "zqfamily", "zqcarl", "zqwaiver", "zqtold"];
    assert_none_of(&public, &restricted.iter().cloned().chain(of_persons.map(str::to_owned)).collect());
    assert_none_of(&public, &BTreeSet::from(["zq".to_owned()]));
    assert_eq!(files_with(&public, "name=\"robots\" content=\"noindex\""), ["404.html"]);
    assert!(!files_with(&public, "Project manager trains Project manager’s team").is_empty());
}

#[test]
fn totals_are_the_same_for_everybody() {
    let files = personal_project();
    let figures = |audience| {
        let report = report_for(&files, Some(audience));
        let project = &report.projects[0];
        (project.forecast.finish_day(), project.control.total, project.control.spending.total.clone())
    };
    let all = format!("{:?}", figures(Audience::Restricted));
    assert_eq!(format!("{:?}", figures(Audience::Internal)), all);
    assert_eq!(format!("{:?}", figures(Audience::Public)), all);
}

#[test]
fn the_level_that_the_portfolio_names_counts_where_nobody_asks_for_another() {
    let mut files = personal_project();
    let level = |files: &[(String, String)], asked| report_for(files, asked).audience;
    assert_eq!(level(&files, None), Audience::Restricted);
    files.push(("portfolio.yaml".to_owned(), "audience: internal\n".to_owned()));
    assert_eq!(level(&files, None), Audience::Internal);
    assert_eq!(level(&files, Some(Audience::Public)), Audience::Public);
}

/// The sample with the name and the id of everybody in it made unmistakable, wherever they are written.
fn sample_with_marked_people() -> (Vec<(String, String)>, BTreeSet<String>) {
    let (folder, _) = sample::folder();
    let people: BTreeMap<String, String> = sample::report()
        .projects
        .iter()
        .flat_map(|project| &project.project.team.people)
        .map(|person| (person.id.to_string(), person.name.clone()))
        .collect();
    let parts: BTreeSet<&str> = people
        .values()
        .flat_map(|name| name.split_whitespace())
        .filter(|part| part.chars().count() > 2)
        .collect();
    let marked = |word: &str| {
        let plain: String = word.to_lowercase().chars().filter(char::is_ascii_alphabetic).collect();
        format!("zq{plain}")
    };
    let change = |text: &str| -> String {
        let mut out = String::new();
        let mut rest = text;
        while !rest.is_empty() {
            let word = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
            let (head, tail) = rest.split_at(word);
            if parts.contains(head) {
                let mark = marked(head);
                out.push_str(&mark[..1].to_uppercase());
                out.push_str(&mark[1..]);
            } else if people.contains_key(head) {
                out.push_str(&marked(head));
            } else {
                out.push_str(head);
            }
            let next = tail.chars().next().map_or(0, char::len_utf8);
            out.push_str(&tail[..next]);
            rest = &tail[next..];
        }
        out
    };
    let texts = folder.texts().map(|(_, file)| (file.path.clone(), change(&file.text))).collect();
    let marks = parts.iter().map(|part| marked(part)).chain(people.keys().map(|id| marked(id))).collect();
    (texts, marks)
}

#[test]
fn nobody_of_the_sample_is_named_on_a_public_site() {
    let (files, marks) = sample_with_marked_people();
    assert!(marks.len() > 20, "{marks:?}");
    let report = report_for(&files, None);
    assert_eq!(report.projects.len(), sample::report().projects.len(), "{:?}", report.unreadable);
    let site = site_for(&files, Audience::Public);
    assert_none_of(&site, &marks);
    assert_none_of(&printed_for_report(&report_for(&files, Some(Audience::Public))), &marks);
    // Every kind of file that a site gives away was looked through.
    let endings: BTreeSet<&str> =
        site.iter().filter_map(|(path, _)| Some(path.rsplit_once('.')?.1)).collect();
    for ending in ["html", "json", "csv", "ics", "atom", "xml", "js"] {
        assert!(endings.contains(ending), "no {ending} among {endings:?}");
    }
    assert!(searched("a.ics", b"SUMMARY:zqse\r\n cret").contains("zqsecret"));
}
