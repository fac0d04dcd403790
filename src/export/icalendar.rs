//! Dates as iCalendar by RFC 5545: milestones and gates on their days, decisions on the day by which they are needed.
//!
//! Every entry is a whole day, keeps its UID from build to build, and is stamped with the status date: a later state takes the
//! place of an earlier one. No person is named. Not here: the work of one person (`work_calendar`), where the file lives in a calendar, reminders.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::value::words;
use super::{Export, named};
use crate::format;
use crate::model::{Decision, DecisionEntry, TaskKind};
use crate::page::Address;
use crate::page::desk::{days_of, task_name};
use crate::page::downloads::DownloadKind;
use crate::page::gates::status_of;
use crate::page::milestones::points_by_date;
use crate::plan::State;
use crate::report::{ProjectReport, Report};

/// The most octets a line may have without its end.
const LINE: usize = 75;

/// A file in the making.
#[derive(Debug, Default)]
struct Lines(String);

impl Lines {
    /// Adds a line whose value has nothing to escape.
    fn plain(&mut self, name: &str, value: impl std::fmt::Display) {
        self.0.push_str(&folded(&format!("{name}:{value}")));
    }

    /// Adds a line of text.
    fn text(&mut self, name: &str, value: &str) {
        self.plain(name, escaped(value));
    }
}

/// A line with its end, folded so that no part is longer than 75 octets: each part after the first begins with a space.
///
/// No letter is cut in two.
#[must_use]
pub fn folded(line: &str) -> String {
    let mut text = String::with_capacity(line.len() + line.len() / 25 + 2);
    let mut octets = 0;
    for letter in line.chars() {
        if octets + letter.len_utf8() > LINE {
            text.push_str("\r\n ");
            octets = 1;
        }
        text.push(letter);
        octets += letter.len_utf8();
    }
    text.push_str("\r\n");
    text
}

/// Text with what has a meaning in a calendar escaped: backslash, semicolon, comma, and ends of lines. Other control
/// characters are left out.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.replace("\r\n", "\n").chars() {
        match letter {
            '\\' => out.push_str("\\\\"),
            ';' => out.push_str("\\;"),
            ',' => out.push_str("\\,"),
            '\n' | '\r' => out.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

/// An entry of a calendar.
#[derive(Debug)]
pub(super) struct Event {
    pub(super) uid: String,
    pub(super) first_day: Date,
    /// The last day it lasts; the first for what has one day alone.
    pub(super) last_day: Date,
    pub(super) summary: String,
    pub(super) description: String,
    pub(super) category: &'static str,
    /// `CONFIRMED`, `TENTATIVE` or `CANCELLED`.
    pub(super) status: &'static str,
}

/// The calendar of a project; none where it has no date to show.
pub(super) fn of_project(report: &Report, project: &ProjectReport) -> Option<Export> {
    let events = events(project);
    let name = &project.project.name;
    let bytes = calendar(&named(report, name), events.iter().map(|event| (project, event, None)))?;
    let folder = Some(project.project.folder.as_str());
    let address = Address::file(folder, "milestones.ics");
    Some(Export::new(DownloadKind::Calendar, address, folder, bytes).rows(events.len()))
}

/// The calendar of all projects; none where no project has a date to show.
pub(super) fn of_portfolio(report: &Report) -> Option<Export> {
    let events: Vec<(&ProjectReport, Event)> = report
        .projects
        .iter()
        .flat_map(|project| events(project).into_iter().map(move |event| (project, event)))
        .collect();
    let of_projects = events.iter().map(|(project, event)| (*project, event, Some(&*project.project.name)));
    let bytes = calendar(&named(report, &report.title), of_projects)?;
    let address = Address::file(None, "calendar.ics");
    Some(Export::new(DownloadKind::Calendar, address, None, bytes).rows(events.len()))
}

/// A calendar of entries, each of a project, its name before the entry's where there are several; none without an entry.
pub(super) fn calendar<'a>(
    name: &str,
    events: impl Iterator<Item = (&'a ProjectReport, &'a Event, Option<&'a str>)>,
) -> Option<Vec<u8>> {
    let mut events = events.peekable();
    events.peek()?;
    let mut lines = Lines::default();
    lines.plain("BEGIN", "VCALENDAR");
    lines.plain("VERSION", "2.0");
    lines.plain("PRODID", format!("-//milepost//milepost {}//EN", env!("CARGO_PKG_VERSION")));
    lines.plain("CALSCALE", "GREGORIAN");
    lines.plain("METHOD", "PUBLISH");
    // The first is of RFC 7986, the second is what most programs read.
    lines.text("NAME", name);
    lines.text("X-WR-CALNAME", name);
    for (project, event, prefix) in events {
        write(&mut lines, project, event, prefix);
    }
    lines.plain("END", "VCALENDAR");
    Some(lines.0.into_bytes())
}

fn write(lines: &mut Lines, project: &ProjectReport, event: &Event, prefix: Option<&str>) {
    let stamp = compact(project.status_date);
    let after = event.last_day.tomorrow().unwrap_or(event.last_day);
    lines.plain("BEGIN", "VEVENT");
    lines.text("UID", &event.uid);
    lines.plain("DTSTAMP", format!("{stamp}T000000Z"));
    lines.plain("LAST-MODIFIED", format!("{stamp}T000000Z"));
    lines.plain("SEQUENCE", sequence(project));
    lines.plain("DTSTART;VALUE=DATE", compact(event.first_day));
    lines.plain("DTEND;VALUE=DATE", compact(after));
    let summary =
        prefix.map_or_else(|| event.summary.clone(), |prefix| format!("{prefix}: {}", event.summary));
    lines.text("SUMMARY", &summary);
    lines.text("DESCRIPTION", &event.description);
    lines.text("CATEGORIES", event.category);
    lines.plain("STATUS", event.status);
    lines.plain("TRANSP", "TRANSPARENT");
    lines.plain("END", "VEVENT");
}

/// Grows with the status date, by which programs know the newer of two states: calendar days since the project's start, not
/// below zero.
fn sequence(project: &ProjectReport) -> i32 {
    (project.status_date - project.project.start.day).get_days().max(0)
}

fn compact(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// The entries of a project: milestones and gates by their dates, then decisions wanted.
fn events(project: &ProjectReport) -> Vec<Event> {
    let folder = &project.project.folder;
    let mut events: Vec<Event> =
        points_by_date(project).into_iter().filter_map(|number| point(project, number)).collect();
    let open = project.project.registers.decisions.iter().filter(|entry| entry.is_open(project.status_date));
    events.extend(open.filter_map(|entry| decision(folder, entry)));
    events
}

/// A decision on the day by which it is needed; none where nobody has said when.
pub(super) fn decision(folder: &str, entry: &DecisionEntry) -> Option<Event> {
    let day = entry.needed_by?;
    let mut description = String::from("Decision wanted by the end of this day.");
    for option in &entry.options {
        let _ = write!(description, "\n{}: {}", option.name, words(&option.text));
    }
    if let Some(silence) = &entry.consequences {
        let _ = write!(description, "\nIf nobody answers: {}", words(silence));
    }
    Some(Event {
        uid: uid(folder, "decision", entry.id.as_str()),
        first_day: day,
        last_day: day,
        summary: format!("{}: {}", entry.id, words(&entry.question)),
        description,
        category: "Decision",
        status: "CONFIRMED",
    })
}

/// A milestone or gate; none where the day for which it is forecast is not known.
fn point(project: &ProjectReport, number: crate::model::TaskNo) -> Option<Event> {
    let day = project.last_day(number)?;
    let task = project.project.task(number);
    let slot = project.forecast.slot(number);
    let is_reached = slot.state == State::Finished;
    let is_given_up = project.is_given_up(number);
    let is_gate = matches!(task.kind, TaskKind::Gate(_));
    let decided = decided(project, &task.kind);
    let mut description = match (is_reached, is_given_up) {
        (true, _) if decided.is_some() => String::new(),
        (true, _) => "Reached.".to_owned(),
        (_, true) => "Given up: the project was stopped.".to_owned(),
        _ => format!("Forecast as of {}.", format::date(project.status_date)),
    };
    if let Some((decision, day)) = decided {
        let told = format!("{} on {}.", status_of(decision).word, format::date(day));
        description = if description.is_empty() { told } else { format!("{told} {description}") };
    }
    if let Some(promised) = project.control.reference.tasks[number.0 as usize] {
        let time = project.project.working_time();
        let slip = time.working_days_after(promised.finish, day);
        let _ = write!(description, "\nPromised for {}", format::date(promised.finish));
        description.push_str(&match slip {
            _ if is_given_up => ".".to_owned(),
            0 => ", on time.".to_owned(),
            slip if slip > 0 => format!(", {} late.", days_of(slip)),
            slip => format!(", {} early.", days_of(-slip)),
        });
    }
    if let Some((deadline, _)) = task.deadline {
        let _ = write!(description, "\nDeadline {}.", format::moment(deadline));
    }
    Some(Event {
        uid: uid(&project.project.folder, "task", task.id.as_str()),
        first_day: day,
        last_day: day,
        summary: task_name(task),
        // Spaces that do not break are for pages.
        description: description.replace(['\u{a0}', '\u{202f}'], " "),
        category: if is_gate { "Gate" } else { "Milestone" },
        status: match (is_reached, is_given_up) {
            (true, _) => "CONFIRMED",
            (_, true) => "CANCELLED",
            _ => "TENTATIVE",
        },
    })
}

/// What the board decided at a gate by the status date, and when; none for a milestone and before a decision.
fn decided(project: &ProjectReport, kind: &TaskKind) -> Option<(Decision, Date)> {
    let TaskKind::Gate(gate) = kind else { return None };
    project.project.gates.get(gate)?.decided_on(project.status_date)
}

/// The same in every build and on every host: `decision-D-03.branch-network@milepost`.
pub(super) fn uid(folder: &str, kind: &str, id: &str) -> String {
    format!("{kind}-{id}.{folder}@milepost")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped() {
        assert_eq!(escaped("a, b; c\\d\r\ne\nf\u{7}"), "a\\, b\\; c\\\\d\\ne\\nf");
        assert_eq!(escaped("G2: Plan"), "G2: Plan");
    }

    #[test]
    fn a_line_of_75_octets_stays_whole_and_one_of_76_is_folded() {
        let line = "x".repeat(75);
        assert_eq!(folded(&line), format!("{line}\r\n"));
        assert_eq!(folded(&format!("{line}yz")), format!("{line}\r\n yz\r\n"));
        // A part that goes on has room for 74 octets behind its space.
        assert_eq!(folded(&"x".repeat(75 + 74 + 1)), format!("{line}\r\n {}\r\n x\r\n", "x".repeat(74)));
    }

    #[test]
    fn no_letter_is_cut_in_two() {
        let line = format!("{}ü€", "x".repeat(74));
        assert_eq!(folded(&line), format!("{}\r\n ü€\r\n", "x".repeat(74)));
    }

    proptest::proptest! {
        /// Unfolded, a line is what it was, and no part of it is longer than the standard allows.
        #[test]
        fn folding_loses_nothing(line in "[a-zü€🦀 ]{0,300}") {
            let folded = folded(&line);
            proptest::prop_assert!(folded.split("\r\n").all(|part| part.len() <= LINE));
            proptest::prop_assert_eq!(folded.replace("\r\n ", ""), format!("{line}\r\n"));
        }
    }
}
