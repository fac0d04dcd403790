//! Everything that has a place in the site: what a search can find and what is listed from A to Z.
//!
//! A thing is taken in only where its page shows it as of the status date, so that each leads to its anchor.

use std::collections::{BTreeMap, BTreeSet};

use crate::format;
use crate::model::{PersonNo, Task, TaskKind, TaskNo, Text};
use crate::page::address::{Address, Thing};
use crate::page::desk::{Desk, Here, SiteMap};
use crate::page::glossary::WORDS;
use crate::page::key_places::key_places;
use crate::page::outside::{sorted_requests, team_name};
use crate::page::people::is_listed;
use crate::page::raid::sorted_issues;
use crate::prose::{inline_text, plain_text};
use crate::report::{ProjectReport, Report};
use crate::search::initial;

/// Something that has a place in the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// What kind of thing it is: `Risk`, `Page`.
    pub kind: &'static str,
    /// Its id; none for pages and people.
    pub id: Option<String>,
    /// What it is called, as plain text.
    pub title: String,
    /// The name of its project; none for what belongs to the whole portfolio.
    pub project: Option<String>,
    /// The page that tells about it.
    pub address: Address,
    /// Where on that page; none for the page itself.
    pub anchor: Option<String>,
    /// Further words, as plain text.
    pub text: String,
}

/// Everything that has a place in the site. The map of the site keeps it ([`SiteMap::things`]), since many pages list a part of it.
#[derive(Debug)]
pub struct Things {
    /// Project by project in the order of the folders, then what belongs to the whole portfolio.
    all: Vec<Listed>,
    /// The places of what begins with each letter, by the letter.
    by_letter: BTreeMap<String, Vec<usize>>,
}

impl Things {
    /// Gathers it from all projects.
    #[must_use]
    pub fn of(report: &Report, map: &SiteMap) -> Self {
        let address = Address::portfolio();
        let here = Here { report, map, address: &address };
        // One after the other: who waits for a value that others ask for too must not be handed another page meanwhile.
        let of_projects = report.projects.iter().flat_map(|project| of_project(&here, project));
        let mut all: Vec<Listed> = of_projects.collect();
        all.extend(of_the_portfolio(map));
        let mut by_letter: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (place, thing) in all.iter().enumerate() {
            by_letter.entry(initial(&thing.title)).or_default().push(place);
        }
        Self { all, by_letter }
    }

    /// Project by project in the order of the folders, then what belongs to the whole portfolio.
    #[must_use]
    pub fn all(&self) -> &[Listed] {
        &self.all
    }

    /// Each letter with what begins with it, in alphabetical order of the letters.
    pub fn letters(&self) -> impl Iterator<Item = (&str, Vec<&Listed>)> {
        self.by_letter.iter().map(|(letter, places)| {
            (letter.as_str(), places.iter().filter_map(|place| self.all.get(*place)).collect())
        })
    }
}

fn of_project(here: &Here<'_>, project: &ProjectReport) -> Vec<Listed> {
    let mut gathered = Gathered { desk: here.desk(project), things: Vec::new() };
    gathered.pages();
    gathered.key_places();
    gathered.tasks();
    gathered.registers();
    gathered.results();
    gathered.reports();
    gathered.people();
    gathered.each_once();
    gathered.things
}

/// Pages and words of the whole portfolio.
fn of_the_portfolio(map: &SiteMap) -> impl Iterator<Item = Listed> {
    let page = |(label, address): (&str, Address)| Listed {
        kind: "Page",
        id: None,
        title: label.to_owned(),
        project: None,
        address,
        anchor: None,
        text: String::new(),
    };
    let words = WORDS.iter().map(|word| Listed {
        kind: "Word",
        id: None,
        title: word.word.to_owned(),
        project: None,
        address: Address::method(),
        anchor: Some("glossary".to_owned()),
        text: joined([word.terms, word.meaning]),
    });
    Address::of_the_site().into_iter().map(page).chain(words).filter(|listed| map.has(&listed.address))
}

/// The things of a project.
struct Gathered<'a> {
    desk: Desk<'a>,
    things: Vec<Listed>,
}

impl Gathered<'_> {
    fn add(&mut self, (kind, thing): (&'static str, &Thing<'_>), (id, title): (&str, &str), text: String) {
        // What has a page of its own is found there, not as a line of a list.
        let own = thing.own_page(self.desk.folder()).filter(|page| self.desk.map.has(page));
        let anchor = if own.is_some() { None } else { thing.anchor() };
        let address = own.unwrap_or_else(|| thing.address(self.desk.folder()));
        if !self.desk.map.has(&address) {
            return;
        }
        self.things.push(Listed {
            kind,
            id: (!id.is_empty()).then(|| id.to_owned()),
            title: title.to_owned(),
            project: Some(self.desk.project.project.name.clone()),
            address,
            anchor,
            text,
        });
    }

    /// The name of a person; empty for nobody.
    fn name(&self, person: Option<PersonNo>) -> &str {
        person.map_or("", |person| self.desk.project.project.person_name(person))
    }

    fn pages(&mut self) {
        let project = &self.desk.project.project;
        let goal = words(project.goal.as_ref());
        let code = project.code.clone().unwrap_or_default();
        let (dashboard, name) = (Address::dashboard(self.desk.folder()), project.name.clone());
        let mut pages = vec![("Project", dashboard.clone(), name.clone(), code, goal)];
        let others = self.desk.map.pages_of(self.desk.folder()).iter();
        let others =
            others.filter(|(_, entry)| entry.address != dashboard && !entry.address.is_of_one_thing());
        pages.extend(others.map(|(_, entry)| {
            ("Page", entry.address.clone(), entry.label.clone(), String::new(), String::new())
        }));
        for (kind, address, title, code, text) in pages {
            let id = (!code.is_empty()).then_some(code);
            let project = Some(name.clone());
            self.things.push(Listed { kind, id, title, project, address, anchor: None, text });
        }
    }

    /// Figures and sections, where their page stands.
    fn key_places(&mut self) {
        let project = Some(self.desk.project.project.name.clone());
        for place in key_places(&self.desk) {
            let address = Address::page(self.desk.folder(), place.page);
            if self.desk.map.has(&address) {
                self.things.push(Listed {
                    kind: place.kind,
                    id: None,
                    title: place.title.to_owned(),
                    project: project.clone(),
                    address,
                    anchor: place.anchor.map(str::to_owned),
                    text: place.text,
                });
            }
        }
    }

    /// A task or a person whose page is listed is that page: it stands there once, as what it is.
    fn each_once(&mut self) {
        let is_part = |kind: &str| matches!(kind, "Page" | "Figure" | "Section");
        let is_whole = |thing: &&Listed| !is_part(thing.kind) && thing.anchor.is_none();
        let told: BTreeSet<Address> =
            self.things.iter().filter(is_whole).map(|thing| thing.address.clone()).collect();
        self.things.retain(|thing| thing.kind != "Page" || !told.contains(&thing.address));
    }

    fn tasks(&mut self) {
        let project = &self.desk.project.project;
        for number in project.task_numbers() {
            let task = project.task(number);
            self.add(
                (task_kind(task), &Thing::Task(&task.id)),
                (task.id.as_str(), &task.name),
                self.of_task(number),
            );
        }
    }

    fn of_task(&self, number: TaskNo) -> String {
        let task = self.desk.project.project.task(number);
        joined([
            format::stage(task.stage),
            self.name(task.owner),
            &self.desk.assigned(task),
            &words(task.because.as_ref()),
            &words(task.notes.as_ref()),
            &words(task.basis.as_ref()),
        ])
    }

    fn registers(&mut self) {
        let registers = &self.desk.project.project.registers;
        let day = self.desk.project.status_date;
        for risk in &registers.risks {
            let text = joined([
                &words(risk.cause.as_ref()),
                &words(risk.effect.as_ref()),
                risk.response.as_deref().unwrap_or_default(),
                risk.category.as_deref().unwrap_or_default(),
                self.name(risk.owner),
            ]);
            self.add(("Risk", &Thing::Risk(&risk.id)), (risk.id.as_str(), &words(Some(&risk.risk))), text);
        }
        for issue in sorted_issues(&self.desk.clone()) {
            let text = joined([&words(issue.impact.as_ref()), self.name(issue.owner)]);
            self.add(
                ("Issue", &Thing::Issue(&issue.id)),
                (issue.id.as_str(), &words(Some(&issue.issue))),
                text,
            );
        }
        for entry in registers.decisions.iter().filter(|entry| entry.asked.is_none_or(|asked| asked <= day)) {
            let options: Vec<String> = entry.options.iter().map(|option| words(Some(&option.text))).collect();
            let text = joined([
                &words(entry.decision.as_ref()),
                &words(entry.reasons.as_ref()),
                &words(entry.consequences.as_ref()),
                &options.join(" "),
                self.name(entry.asked_of),
                self.name(entry.decided_by),
            ]);
            let head = (entry.id.as_str(), &*words(Some(&entry.question)));
            self.add(("Decision", &Thing::Decision(&entry.id)), head, text);
        }
        let is_submitted = |change: &&crate::model::Change| change.submitted.is_none_or(|asked| asked <= day);
        for change in registers.changes.iter().filter(is_submitted) {
            let text = joined([
                &words(change.reason.as_ref()),
                &words(change.decision.as_ref()),
                self.name(change.requested_by),
            ]);
            let head = (change.id.as_str(), &*words(Some(&change.change)));
            self.add(("Change", &Thing::Change(&change.id)), head, text);
        }
        for action in &registers.actions {
            let text = joined([action.from.as_deref().unwrap_or_default(), self.name(action.owner)]);
            self.add(
                ("Action", &Thing::Action(&action.id)),
                (&action.id, &words(Some(&action.action))),
                text,
            );
        }
        for (place, assumption) in self.desk.project.project.assumptions.iter().enumerate() {
            let title = words(Some(&assumption.assumption));
            self.add(("Assumption", &Thing::Assumption(place)), ("", &title), String::new());
        }
        for (request, _) in sorted_requests(&self.desk.clone()) {
            let head = (request.id.as_str(), &*words(Some(&request.request)));
            self.add(("Request", &Thing::Request(&request.id)), head, team_name(&request.team));
        }
    }

    fn results(&mut self) {
        let project = &self.desk.project.project;
        for made in &project.deliverables {
            let title = words(Some(&made.deliverable));
            let text = joined([self.name(made.owner), self.name(made.approver)]);
            self.add(("Deliverable", &Thing::Deliverable(&made.id)), (made.id.as_str(), &title), text);
            for (place, criterion) in made.criteria.iter().enumerate() {
                let text = joined([made.id.as_str(), &title, &words(criterion.evidence.as_ref())]);
                let head = ("", &*words(Some(&criterion.criterion)));
                self.add(("Criterion", &Thing::Criterion(&made.id, place)), head, text);
            }
        }
        for requirement in &project.requirements {
            let head = (requirement.id.as_str(), &*words(Some(&requirement.requirement)));
            let text = requirement.source.clone().unwrap_or_default();
            self.add(("Requirement", &Thing::Requirement(&requirement.id)), head, text);
        }
        for benefit in &project.benefits {
            let head = (benefit.id.as_str(), &*words(Some(&benefit.benefit)));
            let text = joined([&words(benefit.measure.as_ref()), self.name(benefit.owner)]);
            self.add(("Benefit", &Thing::Benefit(&benefit.id)), head, text);
        }
        for item in project.handover.iter().flat_map(|handover| &handover.items) {
            let head = (item.id.as_str(), &*words(Some(&item.item)));
            let text = joined([self.name(item.from), self.name(item.to), &words(item.evidence.as_ref())]);
            self.add(("Handover", &Thing::HandoverItem(&item.id)), head, text);
        }
    }

    fn reports(&mut self) {
        let project = &self.desk.project.project;
        let day = self.desk.project.status_date;
        for update in project.updates.iter().filter(|update| update.status_date <= day) {
            let lines = update.achieved.iter().chain(&update.next).chain(update.help_wanted.as_ref());
            let lines: Vec<String> = lines.map(|text| words(Some(text))).collect();
            let text = joined([
                format::iso(update.status_date).as_str(),
                &plain_text(&update.body.markdown),
                &words(update.declared_because.as_ref()),
                &lines.join(" "),
                self.name(update.author),
            ]);
            let title = format!("Report of {}", format::date(update.status_date));
            self.add(("Report", &Thing::Report(update.status_date)), ("", &title), text);
        }
        for lesson in
            project.registers.lessons.iter().filter(|lesson| lesson.date.is_none_or(|date| date <= day))
        {
            let text = joined([
                words(lesson.happened.as_ref()).as_str(),
                &words(lesson.cause.as_ref()),
                &words(lesson.effect.as_ref()),
                &words(lesson.recommendation.as_ref()),
            ]);
            self.add(
                ("Lesson", &Thing::Lesson(&lesson.id)),
                (&lesson.id, &words(Some(&lesson.lesson))),
                text,
            );
        }
    }

    fn people(&mut self) {
        let team = &self.desk.project.project.team;
        let numbers = (0..u32::try_from(team.people.len()).unwrap_or(u32::MAX)).map(PersonNo);
        for (number, person) in numbers.zip(&team.people) {
            if is_listed(&self.desk, number) {
                let role = person.role.map_or("", |role| team.roles[role.0 as usize].name.as_str());
                let text = joined([role, &person.team.as_deref().map(team_name).unwrap_or_default()]);
                self.add(("Person", &Thing::Person(&person.id)), ("", &person.name), text);
            }
        }
    }
}

fn task_kind(task: &Task) -> &'static str {
    match task.kind {
        TaskKind::Gate(_) => "Gate",
        _ if task.is_point() => "Milestone",
        _ => "Task",
    }
}

/// An author's line as plain text; empty for none.
fn words(text: Option<&Text>) -> String {
    text.map_or_else(String::new, |text| inline_text(&text.markdown))
}

/// Texts one after another, set apart, without those that are empty and without line breaks.
fn joined<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let on_one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let texts = texts.into_iter().map(on_one_line).filter(|text| !text.is_empty());
    texts.collect::<Vec<_>>().join(" · ")
}
