//! "Why this date?" for every open task, folded until somebody asks; for tasks with little room paper has it unfolded.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::format;
use crate::model::{TaskKind, TaskNo};
use crate::page::address::{Address, Thing};
use crate::page::desk::Desk;
use crate::page::view::Link;
use crate::page::why::{Said, WhyStep};

/// The explanation of one task on a page.
#[derive(Clone, Debug, Serialize)]
pub struct WhyOfTask {
    /// Its anchor.
    pub anchor: String,
    /// Its name.
    pub name: String,
    /// From when to when.
    pub dates: String,
    /// What is to be said, what holds it first.
    pub lines: Vec<WhyLine>,
    /// Whether paper shows it although nobody unfolded it.
    pub on_paper: bool,
}

/// A sentence of it.
#[derive(Clone, Debug, Serialize)]
pub struct WhyLine {
    /// The sentence.
    pub text: String,
    /// Where it was typed, leading to its line where the file is shown.
    pub place: Option<Link>,
    /// Where the task that it stands on is explained.
    pub href: Option<String>,
}

/// So many tasks are explained on a page; in a longer plan those with the least float. `milepost why` answers for all.
const WHYS_AT_MOST: usize = 300;

/// Open tasks with their float, without summaries, which only hold other tasks; none where days are not known.
fn open_tasks<'a>(desk: &'a Desk<'_>) -> impl Iterator<Item = (i64, TaskNo)> + use<'a> {
    let tasks = desk.project.tasks();
    let open = tasks.filter(|(number, task, _)| {
        !task.is_summary() && desk.project.is_left(*number) && desk.project.are_days_known
    });
    open.map(|(number, _, slot)| (desk.project.project.comparable_room(number, slot.total_float), number))
}

/// Says that only some of the open tasks are explained; none where all are.
#[must_use]
pub fn left_out_words(desk: &Desk<'_>, n_explained: usize) -> Option<String> {
    let n_open = open_tasks(desk).count();
    (n_open > n_explained).then(|| {
        format!(
            "Of {} these {n_explained} have the least float; `milepost why {}/TASK` explains the others.",
            format::count(n_open, "open task"),
            desk.folder()
        )
    })
}

/// The tasks that are explained on the page.
#[must_use]
pub fn explained(desk: &Desk<'_>) -> BTreeSet<TaskNo> {
    let mut open: Vec<(i64, TaskNo)> = open_tasks(desk).collect();
    open.sort_unstable();
    open.truncate(WHYS_AT_MOST);
    open.into_iter().map(|(_, number)| number).collect()
}

/// So many tasks are explained on paper: two sheets, not ten.
const ON_PAPER_AT_MOST: usize = 30;

/// The tasks that a reader of paper, who can unfold nothing, asks about: of those explained the critical and near-critical
/// ones and those that miss a date, with the least room first where there are more than a sheet or two can hold.
fn on_paper(desk: &Desk<'_>, explained: &BTreeSet<TaskNo>) -> BTreeSet<TaskNo> {
    let near = desk.project.project.scheduling.near_critical;
    let room = |number: &TaskNo| {
        let slot = desk.project.forecast.slot(*number);
        let room = slot.deadline_margin.map_or(slot.total_float, |margin| slot.total_float.min(margin));
        desk.project.project.comparable_room(*number, room)
    };
    let asked = |number: &&TaskNo| {
        let is_hammock = matches!(desk.project.project.task(**number).kind, TaskKind::Hammock { .. });
        let slot = desk.project.forecast.slot(**number);
        !is_hammock && (slot.critical || room(number) <= near)
    };
    let mut asked: Vec<TaskNo> = explained.iter().filter(asked).copied().collect();
    asked.sort_by_key(room);
    asked.truncate(ON_PAPER_AT_MOST);
    asked.into_iter().collect()
}

/// The anchor of a task's explanation.
#[must_use]
pub fn why_anchor(desk: &Desk<'_>, number: TaskNo) -> String {
    format!("why-{}", desk.project.project.task(number).id)
}

/// Why each of these tasks lies where it does, in the order of the plan.
#[must_use]
pub fn whys(desk: &Desk<'_>, explained: &BTreeSet<TaskNo>) -> Vec<WhyOfTask> {
    let printed = on_paper(desk, explained);
    let whys = explained.iter().map(|number| why(desk, *number, explained));
    let whys = whys.zip(explained);
    whys.map(|(why, number)| WhyOfTask { on_paper: printed.contains(number), ..why }).collect()
}

/// Says which explanations paper shows: those of tasks with little room; none where there are none.
#[must_use]
pub fn on_paper_words(desk: &Desk<'_>, whys: &[WhyOfTask]) -> Option<String> {
    let n_printed = whys.iter().filter(|why| why.on_paper).count();
    let up_to = desk.days_words(desk.project.project.scheduling.near_critical);
    let most = if n_printed == ON_PAPER_AT_MOST { "the tightest of " } else { "" };
    (n_printed > 0).then(|| {
        format!(
            "Printed: {n_printed} of {}, {most}those with no more than {up_to} of room before the finish or a deadline. \
             `milepost why {}/TASK` answers for each.",
            format::count(whys.len(), "open task"),
            desk.folder()
        )
    })
}

fn why(desk: &Desk<'_>, number: TaskNo, explained: &BTreeSet<TaskNo>) -> WhyOfTask {
    let teller = desk.teller();
    let next = desk.project.reasons.step(number).stands_on.and_then(|next| {
        if explained.contains(&next) {
            return Some(format!("#{}", why_anchor(desk, next)));
        }
        desk.href_to(&Thing::Task(&desk.project.project.task(next).id))
    });
    let WhyStep { name, dates, .. } = teller.step(desk.project.reasons.step(number));
    let answer = Answer::of(desk, number, next);
    let lines = [answer.held, answer.room, answer.moves].into_iter().flatten().collect();
    WhyOfTask { anchor: why_anchor(desk, number), name, dates, lines, on_paper: false }
}

/// The answer to "why this date?" for one task.
#[derive(Clone, Debug, Serialize)]
pub struct Answer {
    /// What holds it and which days without work it crosses, binding first.
    pub held: Vec<WhyLine>,
    /// How much room it has.
    pub room: Vec<WhyLine>,
    /// What would move the project's finish.
    pub moves: Vec<WhyLine>,
}

impl Answer {
    /// Puts it together; `next` leads to the task that this one stands on.
    #[must_use]
    pub fn of(desk: &Desk<'_>, number: TaskNo, mut next: Option<String>) -> Self {
        let teller = desk.teller();
        if !desk.project.is_last_day_known(number) {
            return Self { held: Vec::new(), room: Vec::new(), moves: Vec::new() };
        }
        let WhyStep { reasons, gaps, .. } = teller.step(desk.project.reasons.step(number));
        let place = |place: String| Link {
            href: place.rsplit_once(':').and_then(|(path, line)| desk.href_line(path, line.parse().ok()?)),
            label: desk.short_path(&place).to_owned(),
        };
        let mut line = |said: Said| WhyLine {
            href: match said.kind {
                "link" | "span" | "person" => next.take(),
                "external" | "follower" => said.about.as_deref().and_then(|task| href_elsewhere(desk, task)),
                _ => None,
            },
            text: said.text,
            place: said.place.map(place),
        };
        Self {
            held: reasons.into_iter().chain(gaps).map(&mut line).collect(),
            room: teller.room(number).into_iter().map(&mut line).collect(),
            moves: teller.moves(number).into_iter().map(&mut line).collect(),
        }
    }
}

/// The page of a task of another project, written `branch-network/rollout`.
fn href_elsewhere(desk: &Desk<'_>, task: &str) -> Option<String> {
    let (folder, task) = task.split_once('/')?;
    desk.href(&Address::task(folder, &task.parse().ok()?))
}
