//! Loops in the logic of a plan: tasks that wait for each other in a ring.
//!
//! Comes in: tasks whose references are resolved. Goes out: every independent loop, whole and in order, so
//! that a message can name it. A loop may run through summaries (a child that waits for its own summary)
//! and hammocks. Whoever schedules relies on there being none.

use std::collections::VecDeque;

use crate::diagnostic::Span;
use crate::model::{Task, TaskKind, TaskNo};

/// Loops beyond this many starting points are searched for a short one, not for the shortest: in a knot of
/// thousands of tasks any short loop helps the author as much.
const SEARCHED_STARTS: usize = 500;

/// Tasks that wait for each other in a ring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cycle {
    /// The loop in order: each task waits for the one before it, the first for the last; it begins with the
    /// task that comes first in the plan. A single task waits for itself.
    pub tasks: Vec<TaskNo>,
    /// Where the links of the loop stand, in its order. Fewer than the tasks where a step goes from a summary
    /// to what it holds.
    pub links: Vec<Span>,
}

/// Finds the loops: no two share a link, and each is as short as the plan allows.
#[must_use]
pub fn find_cycles(tasks: &[Task]) -> Vec<Cycle> {
    let mut graph = Graph::of(tasks);
    let mut cycles = Vec::new();
    loop {
        let knots = graph.knots();
        if knots.is_empty() {
            return cycles;
        }
        for knot in knots {
            let Some(steps) = graph.shortest_loop(&knot) else { return cycles };
            cycles.push(Graph::cycle(&steps));
            graph.cut(&steps);
        }
    }
}

/// Events that wait for each other. Task `t` has two: `2t` when it may begin, `2t + 1` when it is known to end;
/// only summaries use both.
struct Graph {
    /// For each event, those that wait for it.
    followers: Vec<Vec<Step>>,
}

/// One event waits for another.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Step {
    to: usize,
    link: Option<Span>,
}

impl Graph {
    fn of(tasks: &[Task]) -> Self {
        let mut followers = vec![Vec::new(); tasks.len() * 2];
        let begins = |task: usize| match tasks[task].kind {
            TaskKind::Summary => task * 2,
            _ => task * 2 + 1,
        };
        let ends = |task: TaskNo| task.0 as usize * 2 + 1;
        for (number, task) in tasks.iter().enumerate() {
            if let TaskKind::Hammock { from, to } = &task.kind {
                // A hammock merely follows its span: neither its summary nor links of its own move it.
                for end in from.iter().chain(to) {
                    followers[ends(*end)].push(Step { to: number * 2 + 1, link: None });
                }
            } else {
                for link in &task.links {
                    followers[ends(link.predecessor)]
                        .push(Step { to: begins(number), link: Some(link.origin) });
                }
                if let Some(parent) = task.parent {
                    followers[parent.0 as usize * 2].push(Step { to: begins(number), link: None });
                }
            }
            if let Some(parent) = task.parent {
                followers[number * 2 + 1].push(Step { to: ends(parent), link: None });
            }
        }
        Self { followers }
    }

    /// Groups of events that wait for each other, each in order, by Tarjan's strongly connected components;
    /// without recursion, since a plan may be one long chain.
    fn knots(&self) -> Vec<Vec<usize>> {
        const UNSEEN: usize = usize::MAX;
        let n_events = self.followers.len();
        let (mut order, mut low) = (vec![UNSEEN; n_events], vec![0; n_events]);
        let mut on_stack = vec![false; n_events];
        let (mut stack, mut work, mut knots) = (Vec::new(), Vec::new(), Vec::new());
        let mut next = 0;
        for root in 0..n_events {
            if order[root] != UNSEEN {
                continue;
            }
            work.push((root, 0));
            while let Some((event, place)) = work.pop() {
                if place == 0 {
                    order[event] = next;
                    low[event] = next;
                    next += 1;
                    stack.push(event);
                    on_stack[event] = true;
                }
                if let Some(step) = self.followers[event].get(place) {
                    work.push((event, place + 1));
                    if order[step.to] == UNSEEN {
                        work.push((step.to, 0));
                    } else if on_stack[step.to] {
                        low[event] = low[event].min(order[step.to]);
                    }
                    continue;
                }
                if let Some((caller, _)) = work.last() {
                    low[*caller] = low[*caller].min(low[event]);
                }
                if low[event] == order[event] {
                    let from = stack.iter().rposition(|held| *held == event).unwrap_or(0);
                    let mut knot = stack.split_off(from);
                    for held in &knot {
                        on_stack[*held] = false;
                    }
                    knot.sort_unstable();
                    let is_loop = knot.len() > 1 || self.followers[event].iter().any(|step| step.to == event);
                    if is_loop {
                        knots.push(knot);
                    }
                }
            }
        }
        knots.sort_unstable();
        knots
    }

    /// The shortest ring inside a knot, as its events in order and the step out of each.
    fn shortest_loop(&self, knot: &[usize]) -> Option<Vec<(usize, Step)>> {
        let mut shortest: Option<Vec<(usize, Step)>> = None;
        for start in knot.iter().take(SEARCHED_STARTS) {
            let Some(found) = self.loop_from(*start, knot) else { continue };
            if shortest.as_ref().is_none_or(|known| found.len() < known.len()) {
                shortest = Some(found);
            }
        }
        shortest
    }

    fn loop_from(&self, start: usize, knot: &[usize]) -> Option<Vec<(usize, Step)>> {
        let mut reached: Vec<Option<(usize, Step)>> = vec![None; knot.len()];
        let place = |event: usize| knot.binary_search(&event).ok();
        let mut queue = VecDeque::from([start]);
        while let Some(event) = queue.pop_front() {
            for step in &self.followers[event] {
                let Some(to) = place(step.to) else { continue };
                if reached[to].is_some() {
                    continue;
                }
                reached[to] = Some((event, *step));
                if step.to == start {
                    let mut steps = Vec::new();
                    let mut at = start;
                    while let Some((from, step)) = place(at).and_then(|place| reached[place]) {
                        steps.push((from, step));
                        at = from;
                        if at == start {
                            break;
                        }
                    }
                    steps.reverse();
                    return Some(steps);
                }
                queue.push_back(step.to);
            }
        }
        None
    }

    /// Puts a ring into words of the plan, beginning with its first task.
    fn cycle(steps: &[(usize, Step)]) -> Cycle {
        let first = (0..steps.len()).min_by_key(|place| steps[*place].0 / 2).unwrap_or(0);
        let mut cycle = Cycle { tasks: Vec::new(), links: Vec::new() };
        for place in 0..steps.len() {
            let (event, step) = steps[(first + place) % steps.len()];
            let task = TaskNo(u32::try_from(event / 2).unwrap_or(u32::MAX));
            if cycle.tasks.last() != Some(&task) {
                cycle.tasks.push(task);
            }
            cycle.links.extend(step.link);
        }
        if cycle.tasks.len() > 1 && cycle.tasks.first() == cycle.tasks.last() {
            cycle.tasks.pop();
        }
        cycle
    }

    /// Takes the links of a ring away, so that the next search finds another; rings without a link (a hammock
    /// that spans itself) lose all their steps.
    fn cut(&mut self, steps: &[(usize, Step)]) {
        let has_link = steps.iter().any(|(_, step)| step.link.is_some());
        for (event, cut) in steps {
            if cut.link.is_some() || !has_link {
                self.followers[*event].retain(|step| step != cut);
            }
        }
    }
}
