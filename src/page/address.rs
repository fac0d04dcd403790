//! Where each page lives in the site, and how one page points at another.
//!
//! Comes in: folders, ids. Goes out: relative links and anchors. Everything is relative, so that the site
//! works from a web server's sub-folder and straight from disk.

use std::fmt;

use jiff::civil::Date;

use crate::quantity::{GateId, Id, Stage};

/// The path of a page inside the site, with `/` between its parts: `branch-network/gates/G2.html`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Address {
    path: String,
}

impl Address {
    /// The overview of all projects, the first page of the site.
    #[must_use]
    pub fn portfolio() -> Self {
        Self::top("index")
    }

    /// Formulas, thresholds, colours and words.
    #[must_use]
    pub fn method() -> Self {
        Self::top("method")
    }

    /// What was found in the files of all projects.
    #[must_use]
    pub fn problems() -> Self {
        Self::top("problems")
    }

    /// People whom several projects share, and what all of these ask of them.
    #[must_use]
    pub fn shared_people() -> Self {
        Self::top("people")
    }

    /// The first page of a project.
    #[must_use]
    pub fn dashboard(folder: &str) -> Self {
        Self::page(folder, "index")
    }

    /// A page of a project, named as its file without `.html`: `schedule`, `raid`.
    #[must_use]
    pub fn page(folder: &str, name: &str) -> Self {
        Self { path: format!("{folder}/{name}.html") }
    }

    /// The page of a stage: `branch-network/stages/3-execution.html`.
    #[must_use]
    pub fn stage(folder: &str, stage: Stage) -> Self {
        Self { path: format!("{folder}/stages/{}-{}.html", stage.number(), stage.key()) }
    }

    /// The page of a task: `branch-network/tasks/pilot.html`.
    #[must_use]
    pub fn task(folder: &str, id: &Id) -> Self {
        Self { path: format!("{folder}/tasks/{}.html", harmless_part(id.as_str())) }
    }

    /// What one person has to do in a project: `branch-network/people/tom.html`.
    #[must_use]
    pub fn person(folder: &str, id: &Id) -> Self {
        Self { path: format!("{folder}/people/{}.html", harmless_part(id.as_str())) }
    }

    /// The days of what one person has to do, for a calendar program: `branch-network/people/tom.ics`.
    #[must_use]
    pub fn work_calendar(folder: &str, id: &Id) -> Self {
        Self { path: format!("{folder}/people/{}.ics", harmless_part(id.as_str())) }
    }

    /// The document of a gate: `branch-network/gates/G2.html`.
    #[must_use]
    pub fn gate(folder: &str, gate: GateId) -> Self {
        Self { path: format!("{folder}/gates/{}.html", gate.key()) }
    }

    /// The list of the files that the site was made from.
    #[must_use]
    pub fn sources() -> Self {
        Self::top("sources")
    }

    /// A file that the site was made from, by its path in the portfolio: `projects/net/plan.yaml` stands beside the pages
    /// of its project, `net/files/plan.yaml.html`, other files in `files/`.
    ///
    /// Characters that some file system refuses become `_`; the page itself says the path as it is.
    #[must_use]
    pub fn source(path: &str) -> Self {
        let harmless = |path: &str| path.split('/').map(harmless_part).collect::<Vec<_>>().join("/");
        let of_project = path.strip_prefix("projects/").and_then(|rest| rest.split_once('/'));
        Self {
            path: match of_project {
                // The folder has the name that all pages of the project have.
                Some((folder, rest)) => format!("{folder}/files/{}.html", harmless(rest)),
                None => format!("files/{}.html", harmless(path)),
            },
        }
    }

    /// The page of what can be taken away of the whole portfolio.
    #[must_use]
    pub fn downloads() -> Self {
        Self::top("downloads")
    }

    /// A table as CSV, of a project or of the whole portfolio: `branch-network/data/earned-value.csv`.
    #[must_use]
    pub fn table(folder: Option<&str>, name: &str) -> Self {
        Self::file(folder, &format!("data/{}.csv", name.replace('_', "-")))
    }

    /// A file to be taken away, of a project or of the whole portfolio: `branch-network/project.json`.
    #[must_use]
    pub fn file(folder: Option<&str>, name: &str) -> Self {
        Self { path: folder.map_or_else(|| name.to_owned(), |folder| format!("{folder}/{name}")) }
    }

    /// The description of the files `project.json`.
    #[must_use]
    pub fn schema() -> Self {
        Self::file(None, "schema/project.schema.json")
    }

    /// The digests of all files that can be taken away.
    #[must_use]
    pub fn checksums() -> Self {
        Self::file(None, "SHA256SUMS")
    }

    /// The file beside its page: of `net/files/plan.yaml.html` it is `net/files/plan.yaml`.
    #[must_use]
    pub fn without_html(&self) -> Self {
        Self { path: self.path.strip_suffix(".html").unwrap_or(&self.path).to_owned() }
    }

    /// The same document on paper: of `net/gates/G2.html` it is `net/gates/G2.pdf`.
    #[must_use]
    pub fn printed(&self) -> Self {
        Self { path: format!("{}.pdf", self.path.strip_suffix(".html").unwrap_or(&self.path)) }
    }

    /// What was looked for, and everything from A to Z.
    #[must_use]
    pub fn search() -> Self {
        Self::top("search")
    }

    /// What begins with a letter, where there is too much for one page: `search/a.html`; `other` for what begins with none of them.
    #[must_use]
    pub fn letter(letter: &str) -> Self {
        Self { path: format!("search/{letter}.html") }
    }

    /// All pages, project by project.
    #[must_use]
    pub fn site_plan() -> Self {
        Self::top("sitemap")
    }

    /// What a web server shows where it has no page; servers look for it under this name.
    #[must_use]
    pub fn not_found() -> Self {
        Self::top("404")
    }

    /// The report of a day: `branch-network/reports/2026-11-06.html`.
    #[must_use]
    pub fn report(folder: &str, day: Date) -> Self {
        Self { path: format!("{folder}/reports/{day}.html") }
    }

    /// The exception report of a tolerance, by its key: `branch-network/exceptions/time.html`.
    #[must_use]
    pub fn exception(folder: &str, tolerance: &str) -> Self {
        Self { path: format!("{folder}/exceptions/{tolerance}.html") }
    }

    /// The sheet of a change request: `branch-network/changes/C1.html`.
    #[must_use]
    pub fn change(folder: &str, id: &Id) -> Self {
        Self { path: format!("{folder}/changes/{}.html", harmless_part(id.as_str())) }
    }

    /// The review of the benefits: `branch-network/benefits-review.html`.
    #[must_use]
    pub fn benefits_review(folder: &str) -> Self {
        Self::page(folder, "benefits-review")
    }

    /// A file of the site by its path, with `/` between its parts.
    #[must_use]
    pub fn at(path: &str) -> Self {
        Self { path: path.to_owned() }
    }

    /// The folder it lies in, the first part of its path: that of a project for its pages; none at the top of the site.
    #[must_use]
    pub fn folder(&self) -> Option<&str> {
        self.path.split_once('/').map(|(folder, _)| folder)
    }

    /// Whether it is about one thing that search finds by itself: the report of a day, a change.
    #[must_use]
    pub fn is_of_one_thing(&self) -> bool {
        matches!(self.path.split('/').nth(1), Some("reports" | "changes"))
    }

    /// The pages of the whole site as lists call them, in order; a site may lack some.
    #[must_use]
    pub fn of_the_site() -> Vec<(&'static str, Self)> {
        vec![
            ("All projects", Self::portfolio()),
            ("People on several projects", Self::shared_people()),
            ("Problems found", Self::problems()),
            ("Method and glossary", Self::method()),
            ("Data of all projects", Self::downloads()),
            ("Files behind this site", Self::sources()),
            ("All pages", Self::site_plan()),
            ("Search and A to Z", Self::search()),
        ]
    }

    /// The address from anywhere, where that of the site is `site`, with or without a slash at its end:
    /// `https://intranet/projects` makes `https://intranet/projects/net/schedule.html`.
    #[must_use]
    pub fn absolute(&self, site: &str) -> String {
        format!("{}/{}", site.trim_end_matches('/'), Self::portfolio().href_to(self))
    }

    fn top(name: &str) -> Self {
        Self { path: format!("{name}.html") }
    }

    /// The path inside the site.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The name of its file without the ending: that of the task, for the page of one.
    #[must_use]
    pub fn name(&self) -> &str {
        let file = self.path.rsplit('/').next().unwrap_or_default();
        file.rsplit_once('.').map_or(file, |(name, _)| name)
    }

    /// What leads from this page to the top of the site: empty there, `../` one folder down.
    #[must_use]
    pub fn root(&self) -> String {
        "../".repeat(self.path.matches('/').count())
    }

    /// The link from this page to another: the shortest relative path, escaped for an attribute of a link.
    ///
    /// From `a/gates/G2.html` to `a/schedule.html` it is `../schedule.html`; to itself it is the file's own name.
    #[must_use]
    pub fn href_to(&self, other: &Self) -> String {
        let (ours, theirs) = (self.path.as_bytes(), other.path.as_bytes());
        let alike = ours.iter().zip(theirs).take_while(|(one, two)| one == two).count();
        // The folders that both lie in end behind the last slash of what is alike.
        let shared = ours[..alike].iter().rposition(|byte| *byte == b'/').map_or(0, |at| at + 1);
        let n_up = self.path[shared..].matches('/').count();
        let mut href = String::with_capacity(n_up * 3 + theirs.len() - shared);
        for _ in 0..n_up {
            href.push_str("../");
        }
        for (place, part) in other.path[shared..].split('/').enumerate() {
            if place > 0 {
                href.push('/');
            }
            escape_into(part, &mut href);
        }
        href
    }
}

/// A part of a path that every file system takes.
fn harmless_part(part: &str) -> String {
    let mut name: String = part
        .chars()
        .map(|letter| if letter.is_control() || "\\:*?\"<>|".contains(letter) { '_' } else { letter })
        .collect();
    let stem = name.split('.').next().unwrap_or_default().to_lowercase();
    let is_device = matches!(stem.as_str(), "con" | "prn" | "aux" | "nul")
        || ((stem.starts_with("com") || stem.starts_with("lpt")) && stem.len() == 4);
    if is_device || name.is_empty() || name == "." || name == ".." {
        name.insert(0, '_');
    }
    if name.ends_with(['.', ' ']) {
        name.push('_');
    }
    name
}

/// Folder names are the author's; anything that has a meaning in a link is written as its bytes.
fn escape_into(part: &str, href: &mut String) {
    use fmt::Write as _;
    for byte in part.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            href.push(char::from(byte));
        } else {
            write!(href, "%{byte:02X}").expect("writing to memory does not fail");
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.path)
    }
}

/// Something with an id that pages can point at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Thing<'a> {
    /// A task of the plan.
    Task(&'a Id),
    /// A risk.
    Risk(&'a Id),
    /// An issue.
    Issue(&'a Id),
    /// A decision, wanted or made.
    Decision(&'a Id),
    /// A change request.
    Change(&'a Id),
    /// An action.
    Action(&'a str),
    /// A request to an outside team.
    Request(&'a Id),
    /// A deliverable.
    Deliverable(&'a Id),
    /// A person of the team.
    Person(&'a Id),
    /// An acceptance criterion of a deliverable, by its place among them, counted from 0.
    Criterion(&'a Id, usize),
    /// A requirement.
    Requirement(&'a Id),
    /// An assumption, by its place in `project.yaml`, counted from 0.
    Assumption(usize),
    /// Something that operations takes over.
    HandoverItem(&'a Id),
    /// A lesson.
    Lesson(&'a str),
    /// A benefit.
    Benefit(&'a Id),
    /// A report as the journal tells it, by its day.
    Update(Date),
    /// A report on a page of its own, by its day.
    Report(Date),
    /// The document of a gate.
    Gate(GateId),
    /// The page of a stage.
    Stage(Stage),
}

impl Thing<'_> {
    /// The page that is about it alone, where the site has one.
    #[must_use]
    pub fn own_page(&self, folder: &str) -> Option<Address> {
        match self {
            Self::Task(id) => Some(Address::task(folder, id)),
            Self::Person(id) => Some(Address::person(folder, id)),
            Self::Change(id) => Some(Address::change(folder, id)),
            _ => None,
        }
    }

    /// The page of a project that lists it among others, or is about it where no list has it.
    #[must_use]
    pub fn address(&self, folder: &str) -> Address {
        match self {
            Self::Task(_) => Address::page(folder, "schedule"),
            Self::Risk(_)
            | Self::Issue(_)
            | Self::Decision(_)
            | Self::Change(_)
            | Self::Action(_)
            | Self::Assumption(_) => Address::page(folder, "raid"),
            Self::Request(_) => Address::page(folder, "outside"),
            Self::Deliverable(_) | Self::Criterion(..) | Self::Requirement(_) => {
                Address::page(folder, "deliverables")
            }
            Self::HandoverItem(_) => Address::page(folder, "handover"),
            Self::Report(day) => Address::report(folder, *day),
            Self::Benefit(_) => Address::page(folder, "benefits"),
            Self::Person(_) => Address::page(folder, "people"),
            Self::Lesson(_) | Self::Update(_) => Address::page(folder, "journal"),
            Self::Gate(gate) => Address::gate(folder, *gate),
            Self::Stage(stage) => Address::stage(folder, *stage),
        }
    }

    /// The anchor on that page, the same in every build: `task-pilot`, `risk-R1`, `decision-D-03`.
    /// Gates, stages and reports are whole pages and have none.
    #[must_use]
    pub fn anchor(&self) -> Option<String> {
        Some(match self {
            Self::Task(id) => format!("task-{id}"),
            Self::Risk(id) => format!("risk-{id}"),
            Self::Issue(id) => format!("issue-{id}"),
            Self::Decision(id) => format!("decision-{id}"),
            Self::Change(id) => format!("change-{id}"),
            Self::Action(id) => format!("action-{id}"),
            Self::Request(id) => format!("request-{id}"),
            Self::Deliverable(id) => format!("deliverable-{id}"),
            Self::Person(id) => format!("person-{id}"),
            Self::Criterion(id, place) => format!("criterion-{id}-{}", place + 1),
            Self::Requirement(id) => format!("requirement-{id}"),
            Self::Assumption(place) => format!("assumption-{}", place + 1),
            Self::HandoverItem(id) => format!("item-{id}"),
            Self::Lesson(id) => format!("lesson-{id}"),
            Self::Benefit(id) => format!("benefit-{id}"),
            Self::Update(day) => format!("update-{day}"),
            Self::Gate(_) | Self::Stage(_) | Self::Report(_) => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(from: &Address, to: &Address, href: &str) {
        assert_eq!(from.href_to(to), href);
    }

    #[test]
    fn links_are_relative_and_as_short_as_they_can_be() {
        let gate = Address::gate("net", GateId::G2);
        let schedule = Address::page("net", "schedule");
        check(&gate, &schedule, "../schedule.html");
        check(&gate, &gate, "G2.html");
        check(&schedule, &gate, "gates/G2.html");
        check(&schedule, &Address::portfolio(), "../index.html");
        check(&gate, &Address::dashboard("desk"), "../../desk/index.html");
        check(&Address::portfolio(), &schedule, "net/schedule.html");
        check(&gate, &Address::stage("net", Stage::Execution), "../stages/3-execution.html");
    }

    #[test]
    fn folder_names_are_escaped_in_links_and_kept_in_paths() {
        let odd = Address::dashboard("Müll & mehr");
        check(&Address::portfolio(), &odd, "M%C3%BCll%20%26%20mehr/index.html");
        assert_eq!(odd.path(), "Müll & mehr/index.html");
        assert_eq!(Address::task("Müll.x", &"order-hw".parse().unwrap()).name(), "order-hw");
    }

    #[test]
    fn files_have_pages_whose_names_every_system_takes() {
        assert_eq!(Address::source("projects/net/plan.yaml").path(), "net/files/plan.yaml.html");
        assert_eq!(Address::source("portfolio.yaml").path(), "files/portfolio.yaml.html");
        assert_eq!(Address::source("a:b/con.csv/x.").path(), "files/a_b/_con.csv/x._.html");
    }

    #[test]
    fn absolute_addresses_are_escaped_below_that_of_the_site() {
        let page = Address::page("Müll", "schedule");
        assert_eq!(page.absolute("https://intranet/p/"), "https://intranet/p/M%C3%BCll/schedule.html");
        assert_eq!(Address::portfolio().absolute("https://intranet"), "https://intranet/index.html");
    }

    #[test]
    fn roots_lead_to_the_top() {
        assert_eq!(Address::portfolio().root(), "");
        assert_eq!(Address::gate("net", GateId::G1).root(), "../../");
    }
}
