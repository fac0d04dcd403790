//! What a site shows to whom.
//!
//! Comes in: the records of a folder, then the computed report. Goes out: the same without what an audience may not read. Two
//! steps, because dates and totals must stay what they are: words and names are replaced before anything is computed, so
//! that they are nowhere to be found; absences, single bookings and the texts of files are needed for computing and for findings, and are
//! taken out of what the pages are given.
//!
//! | level | what its readers do not see |
//! | --- | --- |
//! | `restricted` | nothing is left out but the prices of persons |
//! | `internal` | entries that say `audience: restricted`, security risks; absences and load of persons, hours by person, single bookings, stakeholders, addresses of mail; files that hold such things |
//! | `public` | that, and entries that say `audience: internal`; names of persons, who are called by what they are; pages of persons; all files; who changed what |

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Diagnostics, FileId};
use crate::model::{Person, PersonNo, Portfolio, Project};
use crate::pipeline::names::{self, Replacements, cover};
use crate::quantity::{Audience, Id};
use crate::record::FolderRecord;
use crate::record::what_if::WishTarget;
use crate::record::withheld::WITHHELD;
use crate::report::{History, ProjectReport, Report, Sources};

/// A portfolio as an audience may see it.
pub(super) struct Narrowed {
    pub(super) portfolio: Portfolio,
    pub(super) audience: Audience,
    /// Files in which an entry is not for the audience.
    pub(super) covered: BTreeSet<FileId>,
}

/// Resolves records for an audience: the one asked for, else the one that the portfolio names, else all who may read the folder.
pub(super) fn resolve(
    mut records: FolderRecord,
    asked: Option<Audience>,
    found: &mut Diagnostics,
) -> Narrowed {
    let portfolio = crate::resolve::resolve(&records, found);
    // Where whom the site is for cannot be read, as little is shown as may be.
    let of_site =
        if records.unsure.is_site_audience_lost() { Some(Audience::Public) } else { portfolio.audience };
    let audience = asked.or(of_site).unwrap_or_default();
    if audience == Audience::Restricted {
        return Narrowed { portfolio, audience, covered: BTreeSet::new() };
    }
    let covered = records.withhold(audience);
    // Whoever is called by a role is called by what may be read of it.
    let readable = records
        .unsure
        .is_any_misplaced()
        .then(|| crate::resolve::resolve(&records, &mut Diagnostics::default()));
    let readable = readable.as_ref().unwrap_or(&portfolio);
    let known = || portfolio.projects.iter().zip(&readable.projects);
    let names: Vec<(String, String)> = match audience {
        Audience::Public => known().flat_map(|(project, readable)| names_of(project, readable)).collect(),
        Audience::Internal | Audience::Restricted => Vec::new(),
    };
    let ids: BTreeSet<&str> = people_of(&portfolio).map(|person| person.id.as_str()).collect();
    let of_all = Replacements::new(&names, &ids);
    for folder in &mut records.projects {
        // Whom the project itself knows is called by what they are in it.
        let own = known().find(|(project, _)| project.folder == folder.folder).filter(|_| !names.is_empty());
        let own = own.map(|(project, readable)| names_of(project, readable)).unwrap_or_default();
        let of_own = Replacements::new(&own, &ids);
        folder.each_text(&mut |text| cover(&[&of_own, &of_all], text));
    }
    records.each_shared_text(&mut |text| cover(&[&of_all], text));
    // What is wrong in the files has been found, in the author's own words.
    let mut portfolio = crate::resolve::resolve(&records, &mut Diagnostics::default());
    for project in &mut portfolio.projects {
        project.audience = audience;
        let records = project.gates.values_mut();
        let conditions = records.flat_map(|record| {
            let earlier = record.earlier.iter_mut().flat_map(|earlier| &mut earlier.conditions);
            earlier.chain(&mut record.conditions)
        });
        for condition in conditions {
            condition.is_withheld = condition.condition.markdown.starts_with(WITHHELD);
        }
    }
    if audience == Audience::Public {
        // Whose work waits for a team outside says its name, which may hold somebody's.
        let people = portfolio.projects.iter_mut().flat_map(|project| &mut project.team.people);
        people.filter_map(|person| person.team.as_mut()).for_each(|team| cover(&[&of_all], team));
        take_names_out(&mut portfolio);
    }
    Narrowed { portfolio, audience, covered }
}

fn people_of(portfolio: &Portfolio) -> impl Iterator<Item = &Person> {
    portfolio.projects.iter().flat_map(|project| &project.team.people)
}

/// The name of everybody a project knows, and what they are called instead, by the words of the project that may be read. Who has the id `tom` and is named Thomas may be `Tom` in a
/// text; an id that begins unlike each part of the name, as `support` of Anna Berg, is no name but a word.
fn names_of(project: &Project, readable: &Project) -> Vec<(String, String)> {
    let people = || project.team.people.iter().zip(called(readable));
    let names = people().map(|(person, called)| (person.name.clone(), called));
    let short = people().filter(|(person, _)| person.name != person.id.as_str());
    let short = short.filter(|(person, _)| is_of_name(person.id.as_str(), &person.name));
    let short = short.map(|(person, called)| (sentence_start(person.id.as_str()), called));
    let is_name = |short: &str| {
        short.chars().count() >= LEAST_ID
            && short.chars().all(char::is_alphabetic)
            && !names::is_usual_word(short)
    };
    names.chain(short.filter(|(short, _)| is_name(short))).collect()
}

/// Whether an id begins with the same letter as a part of a name.
fn is_of_name(id: &str, name: &str) -> bool {
    let first = |word: &str| word.chars().next().map(|letter| letter.to_lowercase().to_string());
    let mut parts = name.split(|letter: char| !letter.is_alphabetic()).filter(|part| !part.is_empty());
    parts.any(|part| first(part) == first(id))
}

/// What everybody is called who may not be named: by their part in the project, else by their role. Where several
/// would be called the same, a number tells them apart.
fn called(project: &Project) -> Vec<String> {
    let what_is = |(place, person): (usize, &Person)| {
        let number = PersonNo(u32::try_from(place).unwrap_or(u32::MAX));
        let who = Some(number);
        if project.sponsor == who {
            "Sponsor".to_owned()
        } else if project.project_manager == who {
            "Project manager".to_owned()
        } else if project.operations_owner == who {
            "Operations owner".to_owned()
        } else if project.steering.contains(&number) {
            "Member of the board".to_owned()
        } else if let Some(role) = person.role.and_then(|role| project.team.roles.get(role.0 as usize)) {
            sentence_start(&role.name)
        } else {
            "Member of the team".to_owned()
        }
    };
    let plain: Vec<String> = project.team.people.iter().enumerate().map(what_is).collect();
    let mut n_seen: BTreeMap<&str, usize> = BTreeMap::new();
    plain
        .iter()
        .map(|called| {
            if plain.iter().filter(|other| *other == called).count() == 1 {
                return called.clone();
            }
            let number = n_seen.entry(called).or_default();
            *number += 1;
            format!("{called} {number}")
        })
        .collect()
}

/// An id that is looked for as a name has so many letters at least.
const LEAST_ID: usize = 3;

fn sentence_start(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Puts what people are in the place of their names, and numbers in the place of their ids. The numbers keep the order of the ids,
/// so that whatever is decided by that order is decided as before.
fn take_names_out(portfolio: &mut Portfolio) {
    let known: BTreeSet<Id> = people_of(portfolio).map(|person| person.id.clone()).collect();
    let numbers: BTreeMap<Id, Id> = known
        .into_iter()
        .zip(1_u32..)
        .filter_map(|(id, n)| Some((id, format!("person-{n:04}").parse().ok()?)))
        .collect();
    for project in &mut portfolio.projects {
        let called = called(project);
        for waiver in &mut project.waivers {
            let people = project.team.people.iter().zip(&called);
            let mut known =
                people.filter(|(person, _)| person.id.as_str() == waiver.by || person.name == waiver.by);
            waiver.by = known.next().map_or_else(|| WITHHELD.to_owned(), |(_, called)| called.clone());
        }
        for (person, called) in project.team.people.iter_mut().zip(called) {
            person.name = called;
            if let Some(number) = numbers.get(&person.id) {
                person.id = number.clone();
            }
        }
        // Who was told and asked is written in names.
        let told = project.registers.decisions.iter_mut().filter_map(|entry| entry.told_to.as_mut());
        let escalated = project.registers.issues.iter_mut().filter_map(|entry| entry.escalated.as_mut());
        let asked = project.registers.requests.iter_mut().filter_map(|entry| entry.escalated_to.as_mut());
        told.chain(escalated).chain(asked).for_each(|who| WITHHELD.clone_into(who));
    }
}

/// The text without addresses of mail, with `mailto:` or without.
pub(super) fn without_mail(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (sign, _) in text.match_indices('@') {
        let is_of_address = |letter: char| letter.is_alphanumeric() || "._%+-".contains(letter);
        let before = text[at.min(sign)..sign].trim_end_matches(is_of_address).len() + at.min(sign);
        let after = &text[sign + 1..];
        let length = after.find(|letter: char| !is_of_address(letter)).unwrap_or(after.len());
        let host = after[..length].trim_end_matches('.');
        if before == sign || !host.contains('.') || sign < at {
            continue;
        }
        let start = text[at..before].strip_suffix("mailto:").map_or(before, |kept| at + kept.len());
        out.push_str(&text[at..start]);
        out.push_str(WITHHELD);
        at = sign + 1 + host.len();
    }
    out.push_str(&text[at..]);
    out
}

/// Whether a text holds an address of mail.
fn holds_mail(text: &str) -> bool {
    text.contains('@') && without_mail(text) != text
}

/// Files that hold prices, absences or hours of persons, single bookings, or how people stand to the project.
const PERSONAL_FILES: [&str; 5] =
    ["people.yaml", "resources.yaml", "timesheets.csv", "costs.csv", "stakeholders.yaml"];

/// The files whose text an audience may not read: those of persons, those with an entry that is not for it, frozen gate documents,
/// and notes that are not part of the format.
pub(super) fn unread_files(
    sources: &Sources,
    audience: Audience,
    covered: &BTreeSet<FileId>,
) -> BTreeSet<FileId> {
    let files = sources.iter().zip(0_u32..).map(|((path, text), number)| (path, text, FileId(number)));
    let is_unread = |path: &str, text: &str, file: FileId| {
        let name = path.rsplit('/').next().unwrap_or(path);
        match audience {
            Audience::Public => true,
            Audience::Internal => {
                let is_plain = ["yaml", "csv", "md"].contains(&name.rsplit('.').next().unwrap_or(""));
                covered.contains(&file)
                    || PERSONAL_FILES.contains(&name)
                    || path.contains("gates/frozen/")
                    || path.starts_with("--")
                    || ["README.md", "IMPORT.md"].contains(&name)
                    || !is_plain
                    || holds_mail(text)
                    || names_prices(text)
            }
            Audience::Restricted => false,
        }
    };
    files.filter(|(path, text, file)| is_unread(path, text, *file)).map(|(_, _, file)| file).collect()
}

/// Whether a text sets something of people or roles, as options of decisions may: prices and absences stand there, too.
fn names_prices(text: &str) -> bool {
    let sets_of = |of: &str| text.split(of).skip(1).any(|rest| rest.trim_start().starts_with('.'));
    ["people", "roles"].into_iter().any(sets_of)
}

/// Whether what a what-if asks about, `--set people.sam.rate=900 EUR`, is about people or roles. What cannot be understood may be.
fn asks_about_people(asked: &str) -> bool {
    let wish = asked.split_once(' ').map_or(asked, |(_, wish)| wish);
    WishTarget::of(wish).is_none_or(|target| matches!(target.section, "people" | "roles"))
}

/// The report as its pages are given it.
pub(super) fn for_readers(report: &Report) -> Cow<'_, Report> {
    if report.audience == Audience::Restricted {
        return Cow::Borrowed(report);
    }
    let mut shown = report.clone();
    shown.projects.iter_mut().for_each(take_facts_out);
    shown.sources = report.sources.blanked(|file| report.unread.contains(&file));
    match (&mut shown.history, report.audience) {
        (history, Audience::Public) => *history = History::NotAsked,
        (History::Known(projects), _) => {
            for past in projects.values_mut() {
                for since in past.since_report.iter_mut().chain(past.since_gate.values_mut()).flatten() {
                    take_facts_out(&mut since.before);
                    take_facts_out(&mut since.after);
                    let found = since.findings_came.iter_mut().chain(&mut since.findings_went);
                    // A place in a file of then may be one of another file now.
                    found.for_each(tell_rule_alone);
                }
            }
        }
        _ => {}
    }
    for found in &mut shown.findings {
        let places = found.span.iter().copied().chain(found.labels.iter().map(|label| label.span));
        let is_unread = places.into_iter().any(|span| report.unread.contains(&span.file));
        if is_unread || crate::check::is_about_hours(found.rule) {
            tell_rule_alone(found);
        }
    }
    if let Some(what_if) = &mut shown.what_if {
        what_if
            .asked
            .iter_mut()
            .filter(|asked| asks_about_people(asked))
            .for_each(|asked| WITHHELD.clone_into(asked));
        let found = what_if.findings_came.iter_mut().chain(&mut what_if.findings_went);
        found.for_each(tell_rule_alone);
    }
    Cow::Owned(shown)
}

/// Leaves of a finding what its rule says of all such findings.
fn tell_rule_alone(found: &mut Diagnostic) {
    found.rule.title.clone_into(&mut found.message);
    found.label.clear();
    found.labels.clear();
    found.hints.clear();
    found.is_confidential = true;
}

/// Takes out what was needed to compute and is not shown.
fn take_facts_out(report: &mut ProjectReport) {
    let project = &mut report.project;
    let audience = project.audience;
    project.frozen_gates = Arc::default();
    report.decided.clear();
    report.load.people.clear();
    if audience == Audience::Public {
        report.load.roles.clear();
    }
    for person in &mut project.team.people {
        person.absences.clear();
    }
    for entry in &mut project.costs {
        entry.reference = None;
        entry.note = None;
        entry.converted = None;
    }
    project.conversions.clear();
    let options = project.registers.decisions.iter_mut().flat_map(|entry| &mut entry.options);
    let asked = options.flat_map(|option| &mut option.changes);
    let asked = asked.chain(project.registers.changes.iter_mut().flat_map(|change| &mut change.changes));
    asked.filter(|asked| asked.names_people()).for_each(|asked| WITHHELD.clone_into(&mut asked.text));
    report.at_gates.values_mut().for_each(take_facts_out);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_counts_as_a_name_where_it_begins_as_a_part_of_the_name() {
        assert!(is_of_name("ben", "Ben Cole") && is_of_name("okafor", "Tom Okafor"));
        assert!(is_of_name("tom", "Thomas Okafor"), "short for a name");
        assert!(
            !is_of_name("support", "Anna Berg") && !is_of_name("sap", "Ben Cole") && !is_of_name("sap", "")
        );
    }

    #[test]
    fn addresses_of_mail_are_taken_out() {
        assert_eq!(without_mail("ask a.b+c@mail.example.org."), "ask not for this audience.");
        assert_eq!(
            without_mail("[x](mailto:a@b.example) and c@d.example, e@f"),
            "[x](not for this audience) and not for this audience, e@f"
        );
        assert_eq!(without_mail("@home a@ @b.c 12@"), "@home a@ @b.c 12@");
    }
}
