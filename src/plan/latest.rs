//! How late a task may be because of other projects: what waits for it there may hold work of its own project in turn.
//!
//! Comes in: an engine, facts and their schedule. Goes out: for each link to a task of another project how late that may be before
//! the finish of the project asked about moves ([`Engine::passed_on`]). Passed from project to project until it comes back, that
//! limits the floats of the project ([`LateLimits`]). Not here: who passes it (`pipeline`).

use std::collections::BTreeSet;

use crate::model::{ExternalLink, LateLimit, LateLimits, TaskKind, TaskNo};
use crate::plan::critical_path::{Early, Late, Pass, Target, UNBOUNDED};
use crate::plan::network::NodeKind;
use crate::plan::standing::Standing;
use crate::plan::{Engine, Facts, Schedule};
use crate::quantity::Instant;

/// Whose finish may not move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// That of the project itself.
    Own,
    /// That of another one: the project's own finish, constraints and deadlines count for nothing.
    Anothers,
}

impl Engine<'_> {
    /// For each link of the project to a task of another one how late the end that it ties may be: by the task that waits, and the
    /// place of the link among its external links. `limits` say how late the project's own tasks may be because of others.
    ///
    /// Links are absent that hold nothing any more, and those whose task may be as late as it likes.
    ///
    /// # Example
    /// The adaption takes five days and must end on Wednesday, the 1st: the trial that it waits for may end on Wednesday a week earlier.
    #[must_use]
    pub fn passed_on(
        &self,
        (facts, schedule): (&Facts, &Schedule),
        limits: &LateLimits,
        whose: Whose,
    ) -> Vec<((TaskNo, usize), LateLimit)> {
        let (mut pass, early) = self.in_order_of_work(facts, schedule);
        pass.limits = self.limits_of_nodes(limits, &early);
        let target = match whose {
            Whose::Own => self.target(&pass, &early),
            Whose::Anothers => Target::Elsewhere,
        };
        let late = pass.backward(&early, target);
        let project = self.project();
        let links = project.task_numbers().flat_map(|number| {
            (0..).zip(&project.task(number).external_links).map(move |(place, link)| ((number, place), link))
        });
        links
            .filter_map(|(at, link)| {
                let dates = project.external.of(link)?.forecast;
                let waiting = self.below(at.0).into_iter();
                let latest = waiting.filter_map(|node| self.latest(&pass, &late, (node, link), dates.length));
                let latest = latest.min()?;
                let limit = if link.leaves_start() {
                    LateLimit { start: Some(latest), finish: None }
                } else {
                    LateLimit { start: None, finish: Some(latest) }
                };
                Some((at, limit))
            })
            .collect()
    }

    /// How late the end of the other task may be that a link ties to a node; `length` is the other task's.
    fn latest(
        &self,
        pass: &Pass<'_>,
        late: &Late,
        (node, link): (usize, &ExternalLink),
        length: i64,
    ) -> Option<Instant> {
        let enters_start = !link.kind.enters_finish();
        if pass.standings[node].is_over()
            || (enters_start && !matches!(pass.standings[node], Standing::Open { .. }))
        {
            return None;
        }
        let end = if enters_start { late.resume[node] } else { late.finish[pass.last_part(node)] };
        if end == UNBOUNDED {
            return None;
        }
        let (project, network) = (self.project(), self.network());
        let calendar = network.calendar(node);
        let lag = link.lag.minutes(project.calendars[project.tasks[node].calendar].work_time, length);
        Some(match lag {
            0 if network.nodes[node].kind == NodeKind::Work => network.begin(node, end),
            0 => end,
            lag if link.lag.is_elapsed() => end.plus(-lag),
            lag => calendar.add_to_start(end, -lag),
        })
    }

    /// What late dates of the project's own schedule are counted back from.
    pub(super) fn target(&self, pass: &Pass<'_>, early: &Early) -> Target {
        let latest = self.wanted_finish().unwrap_or_else(|| pass.project_finish(early));
        if pass.is_microsofts() { Target::FinishAndDeadlines(latest) } else { Target::ProjectFinish(latest) }
    }

    /// How late each node may be because of other projects, by node; empty where nothing is limited. The finish of a summary limits
    /// all that is below it, its start what begins first there.
    pub(super) fn limits_of_nodes(&self, limits: &LateLimits, early: &Early) -> Vec<LateLimit> {
        if limits.is_empty() {
            return Vec::new();
        }
        let mut of_nodes = vec![LateLimit::default(); self.network().nodes.len()];
        for (task, limit) in limits {
            let below = self.below(*task);
            let first = below.iter().copied().min_by_key(|node| (early.start[*node], *node));
            for node in &below {
                let start = limit.start.filter(|_| first == Some(*node));
                of_nodes[*node].tighten(LateLimit { start, finish: limit.finish });
            }
        }
        of_nodes
    }

    /// The tasks that may move the project's finish by way of other projects: those that such a limit is set to, and all that they
    /// wait for.
    pub(super) fn leads_elsewhere(&self, facts: &Facts) -> BTreeSet<TaskNo> {
        let network = self.network();
        let mut leads = BTreeSet::new();
        let mut open: Vec<usize> = facts.limits.keys().flat_map(|task| self.below(*task)).collect();
        while let Some(node) = open.pop() {
            if leads.insert(node) {
                open.extend(network.entering(node).iter().map(|edge| edge.from));
            }
        }
        leads.into_iter().filter_map(|node| Some(TaskNo(u32::try_from(node).ok()?))).collect()
    }

    /// The nodes with a place of their own that a task stands for: itself, what is below a summary, the ends of a hammock's span.
    pub(super) fn below(&self, task: TaskNo) -> Vec<usize> {
        let project = self.project();
        let (mut below, mut open) = (Vec::new(), vec![task]);
        while let Some(at) = open.pop() {
            match &project.task(at).kind {
                TaskKind::Hammock { to, .. } => open.extend(to),
                _ if project.children(at).is_empty() => below.push(at.0 as usize),
                _ => open.extend(project.children(at)),
            }
        }
        below.retain(|node| self.network().nodes[*node].kind.is_placed());
        below
    }
}

impl Pass<'_> {
    /// How late other projects let a node start and finish; deadlines alone know nothing of them.
    pub(super) fn limit_elsewhere(&self, node: usize, target: Target) -> (Instant, Instant) {
        // Of a task in parts the first one starts it and the last one finishes it.
        let whole = self.whole_of(node);
        let limit = self.limits.get(whole).filter(|_| !matches!(target, Target::Deadlines));
        let Some(limit) = limit else { return (UNBOUNDED, UNBOUNDED) };
        let starts = node == whole && matches!(self.standings[node], Standing::Open { .. });
        let start = limit.start.filter(|_| starts).map(|start| self.latest_start(node, start));
        let finish = limit.finish.filter(|_| node == self.last_part(whole));
        (start.unwrap_or(UNBOUNDED), finish.unwrap_or(UNBOUNDED))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Span;
    use crate::model::{ExternalDates, ExternalTask, Lag, LinkKind};
    use crate::plan::sketch::{Sketch, id};

    /// The adaption of five days waits for a trial that lies from 9 to 18 March; nine days of other work end on the 27th.
    fn waiting(kind: LinkKind, lag: &str) -> (Sketch, Facts) {
        let mut sketch = Sketch::starting("2026-03-17", &[]);
        sketch.work("adapt", "5d", &[]);
        sketch.work("beside", "9d", &[]);
        let link = ExternalLink {
            project: "other".to_owned(),
            task: id("trial"),
            kind,
            lag: lag.parse::<Lag>().unwrap(),
            origin: Span::default(),
        };
        let mut other = Sketch::starting("2026-03-09", &[]);
        other.work("trial", "8d", &[]);
        let slot = other.planned().slots[0].clone();
        let dates = ExternalDates {
            start: slot.start,
            finish: slot.finish,
            length: slot.duration,
            has_begun: false,
            is_finished: false,
        };
        let task = ExternalTask {
            name: "Trial".to_owned(),
            project_name: "Other".to_owned(),
            planned: dates,
            forecast: dates,
            is_given_up: false,
            past: [].into(),
        };
        sketch.project.external = crate::model::ExternalTasks {
            tasks: [(("other".to_owned(), id("trial")), task)].into(),
            ..Default::default()
        }
        .into();
        sketch.project.tasks[0].external_links.push(link);
        let facts = Facts { external: [((TaskNo(0), 0), dates)].into(), ..Facts::none(&sketch.project) };
        (sketch, facts)
    }

    fn asked(kind: LinkKind, lag: &str, whose: Whose) -> Vec<LateLimit> {
        let (sketch, facts) = waiting(kind, lag);
        let engine = Engine::new(&sketch.project);
        let schedule = engine.run(&facts);
        engine
            .passed_on((&facts, &schedule), &LateLimits::new(), whose)
            .into_iter()
            .map(|(_, limit)| limit)
            .collect()
    }

    #[test]
    fn a_link_asks_that_the_own_finish_holds_and_of_others_finishes_nothing() {
        let last = |day: &str| day.parse::<jiff::civil::Date>().unwrap();
        let finish = |kind: LinkKind, lag: &str| asked(kind, lag, Whose::Own)[0].finish.unwrap().day();
        // All is over on Friday, the 27th: the adaption may begin on Monday, the 23rd, and the trial may last until that morning.
        assert_eq!(finish(LinkKind::FinishStart, "0d"), last("2026-03-23"));
        assert_eq!(finish(LinkKind::FinishStart, "2d"), last("2026-03-19"));
        // The end of Friday and the morning of Monday are one place.
        assert_eq!(finish(LinkKind::FinishFinish, "0d"), last("2026-03-30"));
        let start = asked(LinkKind::StartStart, "0d", Whose::Own)[0];
        assert_eq!((start.start.unwrap().day(), start.finish), (last("2026-03-23"), None));
        assert_eq!(asked(LinkKind::FinishStart, "0d", Whose::Anothers), []);
    }

    #[test]
    fn a_limit_takes_float_and_passes_through_to_what_is_waited_for() {
        let (sketch, mut facts) = waiting(LinkKind::FinishStart, "0d");
        let engine = Engine::new(&sketch.project);
        let free = engine.run(&facts);
        assert_eq!(free.slots[0].total_float, 2 * 480);
        let until = Instant::end_of("2026-03-26".parse().unwrap());
        facts.limits = [(TaskNo(0), LateLimit { start: None, finish: Some(until) })].into();
        let limited = engine.run(&facts);
        assert_eq!((limited.slots[0].total_float, limited.slots[1].total_float), (480, 0));
        assert_eq!((limited.slots[0].start, limited.finish), (free.slots[0].start, free.finish));
        let passed = engine.passed_on((&facts, &limited), &facts.limits, Whose::Anothers);
        assert_eq!(passed[0].1.finish.unwrap().day(), "2026-03-20".parse().unwrap());
        assert_eq!(engine.leads_elsewhere(&facts), [TaskNo(0)].into());
    }
}
