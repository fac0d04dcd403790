//! Serial generation on a real network: each task in turn at the first instant at which all its people are free.
//!
//! Comes in: a pass over the network, a supply, lists of nodes. Goes out: plans along the clock, in minutes. Forward, the
//! logic of the plan says where a node may lie at the earliest ([`Pass::place`]) and what its people have left says from
//! where on it is held. Backward is the mirror image along late dates; its plans serve for their order only.
//!
//! What has begun, what is pinned by a hard constraint or by hand, and what has the highest priority is placed as the
//! logic says and booked, whoever else is short. Where nothing else moves it, it is booked before all the rest.

mod explain;
mod late;
mod rank;
mod stretches;

use std::cmp::Reverse;

use super::limits::limited;
use super::profile::Profile;
use super::supply::{Part, Supply};
use crate::model::{Project, Task};
use crate::plan::critical_path::{Early, Late, Pass, Target, UNBOUNDED};
use crate::plan::levelling::{Generator, Network, Plan};
use crate::plan::network::NodeKind;
use crate::plan::standing::Standing;
use crate::quantity::Instant;

use late::late_nodes;
use rank::{intensities, is_movable, urgencies};

/// A booking of one resource, along its axis.
#[derive(Clone, Copy, Debug)]
pub(super) struct Booked {
    pub(super) node: usize,
    pub(super) from: i64,
    pub(super) to: i64,
    pub(super) demand: i64,
}

/// Where a node is held by a shortage: the resource, and the minute of its axis up to which there is too little.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shortage {
    pub(super) resource: usize,
    pub(super) minute: i64,
}

/// The generator of a project with calendars.
#[derive(Clone, Debug)]
pub(super) struct Calendars<'a> {
    pub(super) pass: Pass<'a>,
    pub(super) supply: Supply,
    pub(super) network: Network,
    /// How early in the list a node comes whatever the list says: its priority, or that of what waits for it.
    pub(super) urgency: Vec<u32>,
    pub(super) has_urgencies: bool,
    /// Whether levelling may delay a node.
    pub(super) may_wait: Vec<bool>,
    /// Whether nothing that levelling does can move a node.
    pub(super) is_settled: Vec<bool>,
    intensity: Vec<u64>,
    earliest: Plan,
    latest: Plan,
    /// What settled nodes leave.
    base: Vec<Profile>,
    pub(super) profiles: Vec<Profile>,
    pub(super) early: Early,
    pub(super) late: Late,
    pub(super) list: Vec<u32>,
    stretches: Vec<(i64, i64)>,
    is_recording: bool,
    /// By resource, in the order of placing; filled by [`Calendars::record`].
    pub(super) booked: Vec<Vec<Booked>>,
    /// Why a node waits, as far as known; by node.
    pub(super) shortages: Vec<Option<Shortage>>,
    is_misfit: Vec<Option<usize>>,
    /// Open nodes that shall wait as long as they can.
    late_nodes: Vec<usize>,
    /// Open nodes that may not start or finish after a date.
    pub(super) limited: Vec<usize>,
    /// Whether such a date keeps a node where its people are busy; by node.
    pub(super) is_pushed: Vec<bool>,
    /// Where each node lay if its people were free, the rest being as it is.
    logic: Vec<Instant>,
}

impl<'a> Calendars<'a> {
    /// None where the logic runs in a circle.
    pub(super) fn new(
        project: &Project,
        mut pass: Pass<'a>,
        mut early: Early,
        supply: Supply,
    ) -> Option<Self> {
        let n_nodes = pass.network.nodes.len();
        let number = |node: usize| u32::try_from(node).unwrap_or(u32::MAX);
        let links: Vec<(u32, u32)> =
            pass.network.edges.iter().map(|edge| (number(edge.from), number(edge.to))).collect();
        let network = Network::new(n_nodes, &links).ok()?;
        pass.levelled.held = vec![None; n_nodes];
        let tasks: Vec<Option<&Task>> = (0..n_nodes).map(|node| project.tasks.get(node)).collect();
        let mut may_wait: Vec<bool> = (0..n_nodes)
            .map(|node| {
                !supply.parts[node].is_empty()
                    && tasks[node].is_some_and(|task| task.priority < Task::HIGHEST_PRIORITY)
                    && is_movable(&pass, node)
            })
            .collect();
        let mut is_settled: Vec<bool> = may_wait.iter().map(|may_wait| !may_wait).collect();
        let mut late_nodes = late_nodes(&pass);
        // What may not be moved keeps the late date that its links give.
        late_nodes.retain(|node| may_wait[*node] || supply.parts[*node].is_empty());
        for node in &late_nodes {
            pass.delayed[*node] = None;
            is_settled[*node] = false;
        }
        if !late_nodes.is_empty() {
            early = pass.forward();
        }
        for &node in network.order() {
            let waits_for_unsettled =
                network.predecessors(node).iter().any(|before| !is_settled[*before as usize]);
            let node = node as usize;
            match pass.standings[node] {
                Standing::Over { .. } => {}
                Standing::Begun { .. } if waits_for_unsettled => {
                    // Under progress override it goes on at once; else the rest of it waits already, and may wait longer.
                    is_settled[node] = pass.binding_candidates(node).is_empty();
                    may_wait[node] = !is_settled[node] && !supply.parts[node].is_empty();
                }
                _ if waits_for_unsettled => is_settled[node] = false,
                _ => {}
            }
        }
        let urgency = urgencies(&pass, &tasks, &may_wait, &network);
        let finish = pass.project_finish(&early);
        let late = pass.backward(&early, Target::FinishAndDeadlines(finish));
        let in_network = |node: usize| pass.network.nodes[node].kind != NodeKind::Follower;
        let plan = |starts: &[Instant], finishes: &[Instant]| {
            let minute = |at: Instant, node: usize| {
                if in_network(node) && at != UNBOUNDED { at.0 } else { finish.0 }
            };
            Plan {
                starts: starts.iter().enumerate().map(|(node, at)| minute(*at, node)).collect(),
                finishes: finishes.iter().enumerate().map(|(node, at)| minute(*at, node)).collect(),
            }
        };
        let (earliest, latest) = (plan(&early.resume, &early.finish), plan(&late.resume, &late.finish));
        let free: Vec<Profile> = supply.resources.iter().map(|resource| resource.free.clone()).collect();
        let mut urgent = urgency.clone();
        urgent.dedup();
        let mut generator = Self {
            limited: limited(&pass),
            late_nodes,
            is_pushed: vec![false; n_nodes],
            intensity: intensities(&supply, &earliest, &late, finish),
            pass,
            network,
            has_urgencies: urgent.len() > 1,
            urgency,
            may_wait,
            is_settled,
            earliest,
            latest,
            profiles: free.clone(),
            base: free,
            early,
            late,
            list: (0..number(n_nodes)).collect(),
            stretches: Vec::new(),
            is_recording: false,
            booked: vec![Vec::new(); supply.resources.len()],
            shortages: vec![None; n_nodes],
            is_misfit: vec![None; n_nodes],
            logic: vec![finish; n_nodes],
            supply,
        };
        for node in 0..n_nodes {
            if generator.is_settled[node] {
                generator.book(node);
            }
        }
        generator.base.clone_from(&generator.profiles);
        Some(generator)
    }

    /// Says whether a node may be moved by what it waits for.
    pub(super) fn may_follow(&self, node: usize) -> bool {
        self.may_wait[node] || matches!(self.pass.standings[node], Standing::Open { .. })
    }

    fn place(&mut self, node: usize) {
        self.try_place(node);
        self.settle(node);
    }

    /// Says where a node would lie; takes nothing from its people yet.
    pub(super) fn try_place(&mut self, node: usize) {
        self.pass.levelled.held[node] = None;
        self.pass.place(node, &mut self.early);
        if self.supply.parts[node].is_empty() {
            return;
        }
        self.shortages[node] = None;
        self.is_misfit[node] = None;
        self.is_pushed[node] = false;
        if self.may_wait[node] {
            self.hold(node);
        }
    }

    /// Takes from its people what a node needs where it has been placed.
    pub(super) fn settle(&mut self, node: usize) {
        if !self.supply.parts[node].is_empty() {
            self.book(node);
            self.note(node);
        }
    }

    /// Writes down where all nodes lie; returns the last finish.
    pub(super) fn write(&self, plan: &mut Plan) -> i64 {
        let finish = self.pass.project_finish(&self.early);
        for node in 0..self.is_settled.len() {
            let is_placed = self.pass.network.nodes[node].kind != NodeKind::Follower;
            plan.starts[node] = if is_placed { self.early.resume[node].0 } else { finish.0 };
            plan.finishes[node] = if is_placed { self.early.finish[node].0 } else { finish.0 };
        }
        finish.0
    }

    /// Holds a node until its people are free; where they never are, or a hard constraint forbids to wait, it stays.
    fn hold(&mut self, node: usize) {
        let logic = self.early.resume[node];
        self.logic[node] = logic;
        match self.first_fit(node, logic) {
            Ok(at) if at > logic => {
                self.pass.levelled.held[node] = Some(at);
                self.pass.place(node, &mut self.early);
                if self.early.resume[node] < at {
                    self.is_pushed[node] = true;
                    self.pass.levelled.held[node] = None;
                    self.pass.place(node, &mut self.early);
                }
            }
            Ok(_) => {}
            Err(resource) => self.is_misfit[node] = Some(resource),
        }
    }

    /// The first instant from one on at which all people of a node are free as long as it lasts; else who never is.
    fn first_fit(&mut self, node: usize, from: Instant) -> Result<Instant, usize> {
        if let Some(part) = self.only_part(node) {
            return self.first_fit_on_axis(node, part, from);
        }
        let mut at = from;
        loop {
            let mut next = at;
            for place in 0..self.supply.parts[node].len() {
                let part = self.supply.parts[node][place];
                let window = (at, self.end_of(node, part, at));
                let Some(end) = self.last_conflict(part, window) else { continue };
                if end == i64::MAX {
                    return Err(part.resource);
                }
                let later = self.supply.resources[part.resource].axis.finish_at(end);
                if later > next || next == at {
                    next = next.max(later);
                    self.shortages[node] = Some(Shortage { resource: part.resource, minute: end - 1 });
                }
            }
            let next = if next == at { return Ok(at) } else { self.pass.network.begin(node, next) };
            at = next.max(at.plus(1));
        }
    }

    /// When a part of a node ends that begins with it.
    fn end_of(&self, node: usize, part: Part, from: Instant) -> Instant {
        let needs = self.pass.standings[node].needs();
        if self.pass.network.nodes[node].elapsed {
            return from.plus(needs);
        }
        self.pass.network.times[part.time].add_to_finish(from, needs)
    }

    fn last_conflict(&mut self, part: Part, window: (Instant, Instant)) -> Option<i64> {
        self.supply.stretches(self.pass.network, part, window, &mut self.stretches);
        let profile = &self.profiles[part.resource];
        self.stretches.iter().rev().find_map(|(from, to)| {
            let end = profile.last_conflict(*from, *to, part.demand)?;
            // Elsewhere than on the axis itself only the conflict that was seen is known.
            Some(if part.is_axis || end == i64::MAX { end } else { end.min(*to) })
        })
    }

    fn first_conflict(&mut self, part: Part, window: (Instant, Instant)) -> Option<i64> {
        self.supply.stretches(self.pass.network, part, window, &mut self.stretches);
        let profile = &self.profiles[part.resource];
        self.stretches
            .iter()
            .find_map(|(from, to)| Some(profile.first_conflict(*from, *to, part.demand)?.max(*from)))
    }

    /// Fills `stretches` with when a part of a node is worked that has its early dates; gives the part.
    fn stretch_of(&mut self, node: usize, place: usize) -> Part {
        let part = self.supply.parts[node][place];
        let from = self.early.resume[node];
        let window = (from, self.end_of(node, part, from));
        self.supply.stretches(self.pass.network, part, window, &mut self.stretches);
        part
    }

    fn book(&mut self, node: usize) {
        if self.pass.standings[node].is_over() {
            return;
        }
        if let Some(part) = self.only_part(node) {
            self.book_on_axis(node, part, self.early.resume[node]);
            return;
        }
        for place in 0..self.supply.parts[node].len() {
            let part = self.stretch_of(node, place);
            for (from, to) in &self.stretches {
                self.profiles[part.resource].take(*from, *to, part.demand);
            }
        }
    }

    fn place_backward(&mut self, node: usize, finish: Instant) {
        self.pass.place_late(node, &self.early, Target::ProjectFinish(finish), &mut self.late);
        if self.supply.parts[node].is_empty() || self.late.finish[node] == UNBOUNDED {
            return;
        }
        // Far before the project nothing is gained any more; only the order counts.
        let far = Instant(2 * self.pass.project_start.0 - finish.0);
        if let Some(part) = self.only_part(node) {
            self.book_backward_on_axis(node, part, far);
            return;
        }
        let needs = self.pass.standings[node].needs();
        let mut at = self.late.finish[node];
        while self.may_wait[node] {
            let mut next = at;
            for place in 0..self.supply.parts[node].len() {
                let part = self.supply.parts[node][place];
                let Some(start) = self.first_conflict(part, (self.begin_of(node, part, at), at)) else {
                    continue;
                };
                next = next.min(self.supply.resources[part.resource].axis.start_at(start));
            }
            if next == at {
                break;
            }
            at = self.pass.network.last_end(node, next).min(at.plus(-1));
            if at < far {
                break;
            }
        }
        self.late.finish[node] = at;
        self.late.resume[node] = self.pass.network.begin_for(node, at, needs);
        for place in 0..self.supply.parts[node].len() {
            let part = self.supply.parts[node][place];
            let window = (self.begin_of(node, part, at), at);
            self.supply.stretches(self.pass.network, part, window, &mut self.stretches);
            for (from, to) in &self.stretches {
                self.profiles[part.resource].take(*from, *to, part.demand);
            }
        }
    }

    /// When a part of a node begins that ends with it.
    pub(in crate::plan::hands) fn begin_of(&self, node: usize, part: Part, finish: Instant) -> Instant {
        let needs = self.pass.standings[node].needs();
        if self.pass.network.nodes[node].elapsed {
            return finish.plus(-needs);
        }
        self.pass.network.times[part.time].subtract(finish, needs)
    }

    pub(super) fn start_over(&mut self) {
        for (profile, base) in self.profiles.iter_mut().zip(&self.base) {
            profile.copy_from(base);
        }
    }
}

impl Generator for Calendars<'_> {
    fn network(&self) -> &Network {
        &self.network
    }

    fn earliest(&self) -> &Plan {
        &self.earliest
    }

    fn latest(&self) -> &Plan {
        &self.latest
    }

    fn intensity(&self, activity: u32) -> u64 {
        self.intensity[activity as usize]
    }

    /// Leads, and links that tie finishes, let a successor begin before what it waits for.
    fn time_order_is_link_order(&self) -> bool {
        false
    }

    fn forward(&mut self, list: &[u32], plan: &mut Plan) -> i64 {
        self.start_over();
        self.list.copy_from_slice(list);
        if self.has_urgencies {
            // Stable, and never against a link: what is waited for is as urgent as what waits.
            let urgency = &self.urgency;
            self.list.sort_by_key(|node| Reverse(urgency[*node as usize]));
        }
        for place in 0..self.list.len() {
            let node = self.list[place] as usize;
            if !self.is_settled[node] {
                self.place(node);
            }
        }
        self.write(plan)
    }

    fn forward_in_step(&mut self, list: &[u32], plan: &mut Plan) -> i64 {
        self.pass_in_step(list, plan)
    }

    fn backward(&mut self, list: &[u32], finish: i64, plan: &mut Plan) -> i64 {
        self.start_over();
        self.late.resume.fill(UNBOUNDED);
        self.late.finish.fill(UNBOUNDED);
        let mut first = finish;
        for node in list {
            let node = *node as usize;
            if self.pass.network.nodes[node].kind == NodeKind::Follower {
                (plan.starts[node], plan.finishes[node]) = (finish, finish);
                continue;
            }
            if self.is_settled[node] {
                self.late.resume[node] = self.early.resume[node];
                self.late.finish[node] = self.early.finish[node];
            } else {
                self.place_backward(node, Instant(finish));
            }
            let or_end = |at: Instant| if at == UNBOUNDED { finish } else { at.0 };
            plan.starts[node] = or_end(self.late.resume[node]);
            plan.finishes[node] = or_end(self.late.finish[node]).max(plan.starts[node]);
            first = first.min(plan.starts[node]);
        }
        first
    }
}
