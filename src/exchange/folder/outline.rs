//! The tree of tasks and `plan.yaml`.
//!
//! Comes in: tasks in their order with their levels. Goes out: which tasks are carried over and under which id, and the
//! file's text. A top-level summary whose name is that of a stage goes under that stage; everything else stands under
//! `execution`.

use std::collections::BTreeMap;

use crate::exchange::folder::leftover::Leftovers;
use crate::exchange::folder::names::Slugs;
use crate::exchange::folder::task::TaskWriter;
use crate::exchange::plan::{Plan, Task, Uid};
use crate::quantity::Stage;
use crate::source::yaml::write::entry;

/// The deepest level that is kept; lines below it stand beside each other.
const DEEPEST: usize = 20;

/// Names of phases that clearly mean a stage, in lower case without "phase", "stage" and numbers.
const STAGES: [(&str, Stage); 19] = [
    ("initiation", Stage::Initiation),
    ("initiating", Stage::Initiation),
    ("project initiation", Stage::Initiation),
    ("planning", Stage::Planning),
    ("project planning", Stage::Planning),
    ("execution", Stage::Execution),
    ("executing", Stage::Execution),
    ("project execution", Stage::Execution),
    ("control", Stage::Control),
    ("controlling", Stage::Control),
    ("monitor and control", Stage::Control),
    ("monitoring and control", Stage::Control),
    ("monitoring and controlling", Stage::Control),
    ("closing", Stage::Closing),
    ("closure", Stage::Closing),
    ("closeout", Stage::Closing),
    ("close-out", Stage::Closing),
    ("project closure", Stage::Closing),
    ("project closeout", Stage::Closing),
];

/// A task that is carried over, with its place in the tree.
pub(super) struct Line<'a> {
    /// The foreign task.
    pub(super) task: &'a Task,
    /// The lines directly below it, by their place in the outline.
    pub(super) below: Vec<usize>,
    /// The line above it.
    above: Option<usize>,
    level: usize,
}

impl Line<'_> {
    /// Whether it holds other lines.
    pub(super) fn is_summary(&self) -> bool {
        !self.below.is_empty()
    }
}

/// The lines that are carried over, summaries before what they hold.
pub(super) struct Outline<'a> {
    /// All lines in order.
    pub(super) lines: Vec<Line<'a>>,
}

/// Builds the tree; inactive tasks are left out with all below them.
pub(super) fn outline<'a>(plan: &'a Plan, leftovers: &mut Leftovers) -> Outline<'a> {
    let mut lines: Vec<Line<'a>> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut inactive: Option<usize> = None;
    for task in &plan.tasks {
        if inactive.is_some_and(|level| task.level > level) {
            continue;
        }
        inactive = None;
        if !task.is_active {
            inactive = Some(task.level);
            leftovers.note(
                "",
                format!(
                    "\"{}\" (row {}) is inactive in {} and was left out",
                    task.name,
                    task.row,
                    plan.program.name()
                ),
                "add it to `plan.yaml` when it shall be done after all",
            );
            continue;
        }
        let level = task.level.min(DEEPEST);
        while open.last().is_some_and(|line| lines[*line].level >= level) {
            open.pop();
        }
        let number = lines.len();
        let above = open.last().copied();
        if let Some(above) = above {
            lines[above].below.push(number);
        }
        lines.push(Line { task, below: Vec::new(), above, level });
        open.push(number);
    }
    Outline { lines }
}

impl Outline<'_> {
    /// Gives each line an id.
    pub(super) fn ids(&self) -> BTreeMap<Uid, String> {
        let mut slugs = Slugs::default();
        let mut ids: Vec<String> = Vec::new();
        for line in &self.lines {
            let above = line.above.map(|above| ids[above].clone());
            let wanted = line.task.wanted_id.as_ref().filter(|id| slugs.take(id)).cloned();
            ids.push(
                wanted.unwrap_or_else(|| {
                    slugs.claim(&line.task.name, above.as_deref(), ("task", line.task.row))
                }),
            );
        }
        self.lines.iter().map(|line| line.task.uid).zip(ids).collect()
    }

    /// Writes the plan; tells where stages were recognised.
    pub(super) fn plan_file(&self, writer: &TaskWriter<'_>, leftovers: &mut Leftovers) -> String {
        let tops: Vec<usize> =
            (0..self.lines.len()).filter(|line| self.lines[*line].above.is_none()).collect();
        let stages: Vec<Stage> =
            tops.iter().map(|line| self.stage(*line).unwrap_or(Stage::Execution)).collect();
        let mut text = String::from(
            "# plan.yaml — the work and its logic. Dates are computed, never typed: change a duration or a link and build again.\n\
             # `after:` is what a task waits for; `because:` is the reason for a lag or a date that binds.\n",
        );
        for stage in Stage::ALL {
            let of_stage: Vec<usize> =
                tops.iter().zip(&stages).filter(|(_, own)| **own == stage).map(|(line, _)| *line).collect();
            if of_stage.is_empty() {
                continue;
            }
            text += &format!("\n{}:\n", stage.key());
            for (place, line) in of_stage.into_iter().enumerate() {
                if place > 0 && self.lines[line].is_summary() {
                    text.push('\n');
                }
                self.write(line, 2, writer, leftovers, &mut text);
            }
        }
        text
    }

    /// The stage that a top-level summary clearly means.
    pub(super) fn stage(&self, line: usize) -> Option<Stage> {
        let line = &self.lines[line];
        if line.above.is_some() || !line.is_summary() {
            return None;
        }
        let name = line.task.name.to_lowercase().replace('&', "and");
        let is_word =
            |word: &&str| !matches!(*word, "phase" | "stage") && !word.chars().all(|c| !c.is_alphabetic());
        let words: Vec<&str> = name
            .split([' ', ':', '.', ',', '(', ')'])
            .filter(|word| !word.is_empty())
            .filter(is_word)
            .collect();
        let name = words.join(" ");
        STAGES.iter().find(|(own, _)| *own == name).map(|(_, stage)| *stage)
    }

    /// The top-level lines that were recognised as stages, with their stage.
    pub(super) fn recognised(&self) -> Vec<(&str, Stage)> {
        (0..self.lines.len())
            .filter_map(|line| Some((self.lines[line].task.name.as_str(), self.stage(line)?)))
            .collect()
    }

    fn write(
        &self,
        number: usize,
        indent: usize,
        writer: &TaskWriter<'_>,
        leftovers: &mut Leftovers,
        text: &mut String,
    ) {
        let line = &self.lines[number];
        let id = writer.terms.task(line.task.uid);
        let pairs = writer.fields(line.task, id, line.is_summary(), leftovers);
        for comment in &line.task.comments {
            *text += &format!("{}# {comment}\n", " ".repeat(indent));
        }
        *text += &entry(indent, id, &pairs, !line.is_summary());
        if line.is_summary() {
            *text += &format!("{}tasks:\n", " ".repeat(indent + 2));
            for below in &line.below {
                self.write(*below, indent + 4, writer, leftovers, text);
            }
        }
    }
}
