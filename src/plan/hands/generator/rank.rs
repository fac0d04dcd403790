//! Which nodes can be moved, how urgent they are, and how heavily they use what is scarce.
//!
//! Comes in: a pass, tasks, a supply. Goes out: numbers for each node that hold for every list.

use crate::model::{ConstraintKind, Project, Task};
use crate::plan::critical_path::{Late, Pass, UNBOUNDED};
use crate::plan::hands::supply::{Part, Supply};
use crate::plan::levelling::{Network, Plan};
use crate::plan::network::NodeKind;
use crate::plan::standing::Standing;
use crate::quantity::Instant;

/// Of each node whether levelling may delay it.
pub(in crate::plan::hands) fn may_wait(project: &Project, pass: &Pass<'_>, supply: &Supply) -> Vec<bool> {
    (0..supply.parts.len())
        .map(|node| {
            let task = project.tasks.get(node).filter(|_| !supply.parts[node].is_empty());
            task.is_some_and(|task| {
                task.priority < Task::HIGHEST_PRIORITY && is_movable(pass, node, project.may_split(task))
            })
        })
        .collect()
}

/// Whether a node can be moved at all: open work that nothing pins, and what is left of work that may be interrupted.
fn is_movable(pass: &Pass<'_>, node: usize, may_split: bool) -> bool {
    let of_node = &pass.network.nodes[node];
    of_node.kind == NodeKind::Work
        && of_node.fixed.is_none()
        && !of_node.bounds.iter().any(|bound| is_pin(bound.kind))
        && match pass.standings[node] {
            Standing::Open { .. } => true,
            Standing::Begun { .. } => may_split && !of_node.elapsed,
            Standing::Over { .. } => false,
        }
}

/// The priority of each node, or of the most important one that waits for it; then, for plans counted back from their
/// finish, or of the most important one that it waits for. What cannot be delayed, as begun work, is
/// more important than all that can.
pub(super) fn urgencies(
    pass: &Pass<'_>,
    (project, tasks): (&Project, &[Option<&Task>]),
    may_wait: &[bool],
    network: &Network,
) -> (Vec<u32>, Vec<u32>) {
    let has_not_begun = |node: usize| matches!(pass.standings[node], Standing::Open { .. });
    let mut urgency: Vec<u32> = (0..tasks.len())
        .map(|node| match tasks[node] {
            Some(_) if pass.network.nodes[node].kind != NodeKind::Work || pass.standings[node].is_over() => 0,
            Some(task) if may_wait[node] && (project.may_split(task) || has_not_begun(node)) => task.priority,
            Some(task) if !task.assignments.is_empty() && !task.is_level_of_effort() => {
                Task::HIGHEST_PRIORITY
            }
            _ => 0,
        })
        .collect();
    let mut back = urgency.clone();
    let is_open = |node: &&u32| !pass.standings[**node as usize].is_over();
    for &node in network.order().iter().rev().filter(is_open) {
        let behind = network.successors(node).iter().map(|next| urgency[*next as usize]).max();
        urgency[node as usize] = urgency[node as usize].max(behind.unwrap_or(0));
    }
    for &node in network.order() {
        let before = network.predecessors(node).iter().map(|before| back[*before as usize]).max();
        back[node as usize] = back[node as usize].max(before.unwrap_or(0));
    }
    (urgency, back)
}

/// Whether nothing that levelling does can move a node of a plan that is counted back from its finish: what has begun or
/// is over, what is pinned, and what neither waits for somebody nor has anything behind it that does.
pub(super) fn settled_backward(pass: &Pass<'_>, may_wait: &[bool], network: &Network) -> Vec<bool> {
    let mut is_settled: Vec<bool> = vec![true; may_wait.len()];
    for &node in network.order().iter().rev() {
        let moves_with = network.successors(node).iter().any(|next| !is_settled[*next as usize]);
        let node = node as usize;
        let of_node = &pass.network.nodes[node];
        let is_open = matches!(pass.standings[node], Standing::Open { .. });
        let is_pinned = of_node.fixed.is_some() || of_node.bounds.iter().any(|bound| is_pin(bound.kind));
        is_settled[node] = !is_open || is_pinned || !(may_wait[node] || moves_with);
    }
    is_settled
}

fn is_pin(kind: ConstraintKind) -> bool {
    matches!(kind, ConstraintKind::MustStart | ConstraintKind::MustFinish)
}

/// Demand ÷ what there is at most, weighted by how much of each resource is asked for in the length of the plan, in
/// thousandths.
pub(super) fn intensities(supply: &Supply, earliest: &Plan, late: &Late, finish: Instant) -> Vec<u64> {
    let length = u64::try_from(finish.0 - earliest.start()).unwrap_or(1).max(1);
    let mut asked = vec![0_u64; supply.resources.len()];
    let units = |demand: i64, most: i64| {
        1_000 * u64::try_from(demand.max(0)).unwrap_or(0) / u64::try_from(most).unwrap_or(1).max(1)
    };
    let most: Vec<i64> = supply.resources.iter().map(|resource| resource.free.most()).collect();
    for (node, parts) in supply.parts.iter().enumerate() {
        let minutes = u64::try_from(earliest.finishes[node] - earliest.starts[node]).unwrap_or(0);
        for part in parts.iter().filter(|_| late.finish[node] != UNBOUNDED) {
            asked[part.resource] += units(part.demand, most[part.resource]) * minutes / length;
        }
    }
    let weigh = |part: &Part| units(part.demand, most[part.resource]) * (asked[part.resource] + 1) / 1_000;
    supply.parts.iter().map(|parts| parts.iter().map(weigh).sum()).collect()
}
