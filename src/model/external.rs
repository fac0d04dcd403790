//! Links to tasks of other projects, and when those lie.
//!
//! A plan says what it waits for; when that lies, the other project computes. Whoever computes a portfolio writes it into each
//! project ([`Project::external`](super::Project::external)) before that is scheduled.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::diagnostic::Span;
use crate::model::{LinkKind, TaskNo};
use crate::quantity::{Id, Instant, Lag};

/// A dependency on a task of another project of the portfolio, written `branch-network/rollout`.
#[derive(Clone, Debug, PartialEq)]
pub struct ExternalLink {
    /// The folder of the other project.
    pub project: String,
    /// The task there.
    pub task: Id,
    /// Which ends are tied.
    pub kind: LinkKind,
    /// Time between the ends, counted on the calendar of the task that waits unless elapsed; negative for a lead.
    pub lag: Lag,
    /// Where it stands.
    pub origin: Span,
}

impl ExternalLink {
    /// The task as it is written in a plan: `branch-network/rollout`.
    #[must_use]
    pub fn named(&self) -> String {
        format!("{}/{}", self.project, self.task)
    }

    /// Whether the start of the other task is tied, not its finish.
    #[must_use]
    pub fn leaves_start(&self) -> bool {
        self.kind.leaves_start()
    }
}

/// When a task of another project lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExternalDates {
    /// Its start.
    pub start: Instant,
    /// Its finish.
    pub finish: Instant,
    /// Its length in minutes, of which a share may be the lag.
    pub length: i64,
    /// Whether it was reported as begun.
    pub has_begun: bool,
    /// Whether it was reported as finished.
    pub is_finished: bool,
}

impl ExternalDates {
    /// The end that a link ties.
    #[must_use]
    pub fn tied(&self, link: &ExternalLink) -> Instant {
        if link.leaves_start() { self.start } else { self.finish }
    }

    /// The day of that end.
    #[must_use]
    pub fn tied_day(&self, link: &ExternalLink) -> Date {
        if link.leaves_start() { self.start.day() } else { self.finish.last_day() }
    }

    /// Whether that end was reported.
    #[must_use]
    pub fn is_reported(&self, link: &ExternalLink) -> bool {
        if link.leaves_start() { self.has_begun } else { self.is_finished }
    }
}

/// How late a task may be before the finish of its own project moves by way of other projects: those wait for the task, and the
/// project waits for them in turn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LateLimit {
    /// How late it may start; none where that limits nothing.
    pub start: Option<Instant>,
    /// How late it may finish; none where that limits nothing.
    pub finish: Option<Instant>,
}

impl LateLimit {
    /// Takes of both limits the earlier.
    pub fn tighten(&mut self, other: Self) {
        let earlier = |one: Option<Instant>, two: Option<Instant>| one.into_iter().chain(two).min();
        *self = Self { start: earlier(self.start, other.start), finish: earlier(self.finish, other.finish) };
    }
}

/// Such limits by task; those without any are absent.
pub type LateLimits = BTreeMap<TaskNo, LateLimit>;

/// A task of another project, as those that wait for it see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExternalTask {
    /// Its name.
    pub name: String,
    /// The name of its project.
    pub project_name: String,
    /// In the plan as typed.
    pub planned: ExternalDates,
    /// In the newest forecast of its project.
    pub forecast: ExternalDates,
    /// Whether its project was stopped, by the status date of the one that waits, before it was finished.
    pub is_given_up: bool,
    /// As it was forecast on days gone by that are asked for.
    pub past: BTreeMap<Date, ExternalDates>,
}

/// A task of another project that waits for one of this project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExternalFollower {
    /// The folder of its project.
    pub project: String,
    /// The name of its project.
    pub project_name: String,
    /// The task.
    pub task: Id,
    /// Its name.
    pub name: String,
    /// Which ends are tied.
    pub kind: LinkKind,
    /// Time between them.
    pub lag: Lag,
    /// Where the link stands, in the other plan.
    pub origin: Span,
}

impl ExternalFollower {
    /// Whether the start of the task that is waited for is tied, not its finish.
    #[must_use]
    pub fn leaves_start(&self) -> bool {
        self.kind.leaves_start()
    }
}

/// The tasks of other projects that a project waits for, and those that wait for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExternalTasks {
    /// The status date of the project that waits: from then on the newest forecasts count. None before anything is computed.
    pub status_date: Option<Date>,
    /// By the folder of the project and the id of the task.
    pub tasks: BTreeMap<(String, Id), ExternalTask>,
    /// Who waits for tasks of this project, by the id of the task.
    pub followers: BTreeMap<Id, Vec<ExternalFollower>>,
    /// How late tasks of this project may be because of others, in the plan as typed.
    pub planned_limits: LateLimits,
    /// The same in the newest forecast.
    pub forecast_limits: LateLimits,
    /// The same as it was forecast on days gone by that are asked for.
    pub past_limits: BTreeMap<Date, LateLimits>,
}

impl ExternalTasks {
    /// The task that a link waits for; none where the other project could not be computed.
    #[must_use]
    pub fn of(&self, link: &ExternalLink) -> Option<&ExternalTask> {
        self.tasks.get(&(link.project.clone(), link.task.clone()))
    }

    /// Those who wait for a task of this project, in the order of the portfolio.
    #[must_use]
    pub fn followers(&self, task: &Id) -> &[ExternalFollower] {
        self.followers.get(task).map_or(&[], Vec::as_slice)
    }

    /// When it lay as far as was known on a day: from the status date on the newest forecast, before it that of the last day asked
    /// for by then, and before all of these the plan.
    #[must_use]
    pub fn as_of(&self, link: &ExternalLink, day: Date) -> Option<ExternalDates> {
        let task = self.of(link)?;
        if self.status_date.is_none_or(|status| day >= status) {
            return Some(task.forecast);
        }
        Some(task.past.range(..=day).next_back().map_or(task.planned, |(_, dates)| *dates))
    }

    /// How late tasks of this project may be because of others, as far as was known on a day, by the rule of [`Self::as_of`].
    #[must_use]
    pub fn limits_as_of(&self, day: Date) -> &LateLimits {
        if self.status_date.is_none_or(|status| day >= status) {
            return &self.forecast_limits;
        }
        self.past_limits.range(..=day).next_back().map_or(&self.planned_limits, |(_, limits)| limits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_gone_by_knows_what_was_forecast_then() {
        let at = |text: &str| Instant::end_of(text.parse().unwrap());
        let dates = |finish: &str| ExternalDates {
            start: at("2026-03-02"),
            finish: at(finish),
            length: 480,
            has_begun: false,
            is_finished: false,
        };
        let task = ExternalTask {
            name: "Roll-out".to_owned(),
            project_name: "Network".to_owned(),
            planned: dates("2026-03-06"),
            forecast: dates("2026-03-20"),
            is_given_up: false,
            past: [("2026-03-13".parse().unwrap(), dates("2026-03-10"))].into(),
        };
        let link = ExternalLink {
            project: "network".to_owned(),
            task: "rollout".parse().unwrap(),
            kind: LinkKind::FinishStart,
            lag: Lag::ZERO,
            origin: Span::default(),
        };
        let tasks = ExternalTasks {
            status_date: Some("2026-03-18".parse().unwrap()),
            tasks: [(("network".to_owned(), link.task.clone()), task)].into(),
            ..ExternalTasks::default()
        };
        let finish = |day: &str| tasks.as_of(&link, day.parse().unwrap()).unwrap().finish;
        assert_eq!(finish("2026-03-12"), at("2026-03-06"));
        assert_eq!(finish("2026-03-16"), at("2026-03-10"));
        assert_eq!(finish("2026-03-18"), at("2026-03-20"));
        assert_eq!(link.named(), "network/rollout");
    }
}
