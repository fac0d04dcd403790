//! Links that lead in a circle, which no plan can have: found, told and left out.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::exchange::plan::{Plan, Uid};
use crate::exchange::rule::LINKS_IN_A_CIRCLE;

/// Leaves out, of every circle of links, those that lead against the order of the plan and close one with what is left; what is left has
/// no circle.
///
/// A summary counts as two ends: what waits for it waits for all below it, and when it waits all below it wait.
pub(super) fn open(plan: &mut Plan, found: &mut Diagnostics) {
    let ends = ends(plan);
    let places: BTreeMap<Uid, usize> = plan.tasks.iter().map(|task| task.uid).zip(0..).collect();
    let n_nodes = ends.iter().map(|ends| ends.end + 1).max().unwrap_or(0);
    let mut edges: Vec<Vec<usize>> = vec![Vec::new(); n_nodes];
    for (task, own) in plan.tasks.iter().zip(&ends) {
        if let Some(above) = own.above {
            edges[ends[above].begin].push(own.begin);
            edges[own.end].push(ends[above].end);
        }
        for before in task.links.iter().filter_map(|link| places.get(&link.predecessor)) {
            edges[ends[*before].end].push(own.begin);
        }
    }
    let component = components(&edges);
    let is_against = |from: usize, to: usize| component[from] == component[to] && from >= to;
    // What leads with the order closes no circle.
    let mut left: Vec<Vec<usize>> = edges;
    for (from, ends) in left.iter_mut().enumerate() {
        ends.retain(|to| !is_against(from, *to));
    }
    let mut search = Search { component: &component, seen: vec![0; n_nodes], n_made: 0 };
    let names: Vec<String> = plan.tasks.iter().map(|task| task.name.clone()).collect();
    for (task, (place, own)) in plan.tasks.iter_mut().zip(ends.iter().enumerate()) {
        task.links.retain(|link| {
            let Some(before) = places.get(&link.predecessor) else { return true };
            let from = ends[*before].end;
            if !is_against(from, own.begin) {
                return true;
            }
            if !search.reaches(&left, own.begin, from) {
                left[from].push(own.begin);
                return true;
            }
            let message = if *before == place {
                format!("`{}` waits for itself; the link was left out", names[place])
            } else {
                let (name, before) = (&names[place], &names[*before]);
                format!("`{name}` waits for `{before}`, which in the end waits for it; the link was left out")
            };
            found.push(Diagnostic::new(&LINKS_IN_A_CIRCLE, link.span, message).hint(
                "say in the source which of the two comes first, or name it with `after:` in `plan.yaml`",
            ));
            false
        });
    }
}

/// Ways through a graph that stay in one of its strongly connected parts.
struct Search<'a> {
    component: &'a [usize],
    /// In which search a node was seen last.
    seen: Vec<usize>,
    n_made: usize,
}

impl Search<'_> {
    fn reaches(&mut self, edges: &[Vec<usize>], from: usize, goal: usize) -> bool {
        self.n_made += 1;
        let mut open = vec![from];
        while let Some(node) = open.pop() {
            if node == goal {
                return true;
            }
            if self.seen[node] != self.n_made && self.component[node] == self.component[goal] {
                self.seen[node] = self.n_made;
                open.extend(&edges[node]);
            }
        }
        false
    }
}

/// The two ends of a task in the order of the plan; one for a task without tasks below it.
#[derive(Clone, Copy)]
struct Ends {
    begin: usize,
    end: usize,
    /// The place of the task above it.
    above: Option<usize>,
}

fn ends(plan: &Plan) -> Vec<Ends> {
    let mut ends: Vec<Ends> = Vec::new();
    // Summaries that are not closed yet: their level and place.
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut next = 0;
    let levels = plan.tasks.iter().map(|task| task.level);
    let below = levels.clone().skip(1).map(Some).chain([None]);
    for ((level, below), place) in levels.zip(below).zip(0..) {
        while let Some((_, summary)) = open.pop_if(|(above, _)| *above >= level) {
            ends[summary].end = next;
            next += 1;
        }
        ends.push(Ends { begin: next, end: next, above: open.last().map(|(_, above)| *above) });
        next += 1;
        if below.is_some_and(|below| below > level) {
            open.push((level, place));
        }
    }
    for (_, summary) in open.into_iter().rev() {
        ends[summary].end = next;
        next += 1;
    }
    ends
}

/// Numbers the strongly connected parts of a graph (Tarjan 1972), without recursion.
fn components(edges: &[Vec<usize>]) -> Vec<usize> {
    const NONE: usize = usize::MAX;
    let n = edges.len();
    let (mut order, mut low, mut component) = (vec![NONE; n], vec![NONE; n], vec![NONE; n]);
    let (mut counter, mut n_components) = (0, 0);
    let mut path = Vec::new();
    let mut calls: Vec<(usize, usize)> = Vec::new();
    for root in 0..n {
        if order[root] != NONE {
            continue;
        }
        calls.push((root, 0));
        while let Some((node, place)) = calls.pop() {
            if place == 0 {
                order[node] = counter;
                low[node] = counter;
                counter += 1;
                path.push(node);
            }
            if let Some(next) = edges[node].get(place).copied() {
                calls.push((node, place + 1));
                if order[next] == NONE {
                    calls.push((next, 0));
                } else if component[next] == NONE {
                    low[node] = low[node].min(order[next]);
                }
                continue;
            }
            if low[node] == order[node] {
                while let Some(member) = path.pop() {
                    component[member] = n_components;
                    if member == node {
                        break;
                    }
                }
                n_components += 1;
            }
            if let Some((above, _)) = calls.last() {
                low[*above] = low[*above].min(low[node]);
            }
        }
    }
    component
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Span;
    use crate::exchange::plan::{Lag, Link, LinkKind, Program, Task, Unit};

    /// Tasks by level and what each waits for, by place.
    fn plan(rows: &[(usize, &[i64])]) -> Plan {
        let start = jiff::civil::date(2026, 8, 3).at(8, 0, 0, 0);
        let mut plan = Plan::new(Program::Table, start);
        for ((level, waits), number) in rows.iter().zip(0..) {
            let mut task = Task::new(Uid(number), format!("t{number}"), *level, Span::default());
            task.links = waits
                .iter()
                .map(|before| Link {
                    predecessor: Uid(*before),
                    kind: LinkKind::FinishStart,
                    lag: Lag::Working(0, Unit::Day),
                    elsewhere: None,
                    span: Span::default(),
                })
                .collect();
            plan.tasks.push(task);
        }
        plan
    }

    fn left(rows: &[(usize, &[i64])]) -> (Vec<Vec<i64>>, usize) {
        let mut plan = plan(rows);
        let mut found = Diagnostics::default();
        open(&mut plan, &mut found);
        let links = plan.tasks.iter().map(|task| task.links.iter().map(|link| link.predecessor.0).collect());
        (links.collect(), found.iter().count())
    }

    #[test]
    fn a_plan_without_circles_keeps_its_links() {
        assert_eq!(left(&[(1, &[2]), (1, &[]), (1, &[1])]), (vec![vec![2], vec![], vec![1]], 0));
    }

    #[test]
    fn of_a_circle_the_link_against_the_order_goes() {
        assert_eq!(left(&[(1, &[2]), (1, &[0]), (1, &[1])]), (vec![vec![], vec![0], vec![1]], 1));
        assert_eq!(left(&[(1, &[0])]), (vec![vec![]], 1));
    }

    #[test]
    fn no_link_goes_that_closes_no_circle_with_what_is_left() {
        // All against the order are in the circle; the first closes none with the others gone.
        assert_eq!(left(&[(1, &[1, 2]), (1, &[2]), (1, &[0])]), (vec![vec![1], vec![], vec![0]], 2));
        // A link each way between neighbours: one of each pair is enough.
        assert_eq!(left(&[(1, &[1, 2]), (1, &[]), (1, &[0])]), (vec![vec![1], vec![], vec![0]], 1));
    }

    #[test]
    fn no_task_waits_for_what_holds_it() {
        // A summary with one task that waits for it, and one that the summary waits for.
        assert_eq!(left(&[(1, &[]), (2, &[0])]), (vec![vec![], vec![]], 1));
        assert_eq!(left(&[(1, &[1]), (2, &[])]), (vec![vec![], vec![]], 1));
        // A waits for a summary whose task waits for A.
        assert_eq!(left(&[(1, &[1]), (1, &[]), (2, &[0])]), (vec![vec![], vec![], vec![0]], 1));
    }

    #[test]
    fn a_long_circle_is_no_fault_of_the_stack() {
        let waits: Vec<[i64; 1]> = (0..50_000).map(|n| [(n + 49_999) % 50_000]).collect();
        let rows: Vec<(usize, &[i64])> = waits.iter().map(|waits| (1, waits.as_slice())).collect();
        assert_eq!(left(&rows).1, 1);
    }
}
