//! Serial generation on a real network: each task in turn at the first instant at which all its people are free.
//!
//! Comes in: a pass over the network, a supply, lists of nodes. Goes out: plans along the clock, in minutes. Forward, the
//! logic of the plan says where a node may lie at the earliest ([`Pass::place`]) and what its people have left says from
//! where on it is held. Backward is the mirror image along late dates; its plans serve for their order only.
//!
//! What has begun, what is pinned by a hard constraint or by hand, and what has the highest priority is placed as the
//! logic says and booked, whoever else is short. Where nothing else moves it, it is booked before all the rest.

mod back;
mod explain;
mod fit;
mod late;
mod pieces;
mod rank;
mod stretches;

use std::cmp::Reverse;

use super::free::Shortage;
use super::limits::limited;
use super::profile::Profile;
use super::supply::Supply;
use crate::model::{Project, ScheduleFrom, Task};
use crate::plan::critical_path::{Early, Late, Pass, Target, UNBOUNDED};
use crate::plan::levelling::{Generator, Network, Plan};
use crate::plan::network::NodeKind;
use crate::plan::standing::Standing;
use crate::quantity::Instant;

use late::late_nodes;
use pieces::{Piece, least_pieces};
use rank::{intensities, settled_backward, urgencies};

pub(super) use pieces::least_piece;
pub(super) use rank::may_wait;

/// A booking of one resource, along its axis.
#[derive(Clone, Copy, Debug)]
pub(super) struct Booked {
    pub(super) node: usize,
    /// Which of its pieces; zero where it is done in one.
    pub(super) piece: usize,
    pub(super) from: i64,
    pub(super) to: i64,
    pub(super) demand: i64,
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
    /// Whether late dates are what is wanted, not only an order.
    pub(super) counts_back: bool,
    /// Where settled nodes lie.
    settled: Early,
    /// Whether levelling may delay a node.
    pub(super) may_wait: Vec<bool>,
    /// Whether nothing that levelling does can move a node.
    pub(super) is_settled: Vec<bool>,
    /// The same of plans that are counted back from their finish, and urgency there: what waits comes first.
    is_settled_back: Vec<bool>,
    pub(super) urgency_back: Vec<u32>,
    /// Where each node lay on the way back if its people were free, who was not, and its pieces; by node.
    late_logic: Vec<Instant>,
    /// When the last way back placed each node, as a number that grows; zero for what is settled.
    placing_back: Vec<usize>,
    pub(super) late_shortages: Vec<Option<Shortage>>,
    late_pieces: Vec<Vec<Piece>>,
    /// The least piece of a node that may be interrupted, in minutes; by node.
    least_piece: Vec<Option<i64>>,
    /// The pieces of interrupted nodes, as they were placed last; by node, none where one piece does.
    pub(super) pieces: Vec<Vec<Piece>>,
    intensity: Vec<u64>,
    earliest: Plan,
    latest: Plan,
    /// What settled nodes leave, forward and backward.
    base: Vec<Profile>,
    base_back: Vec<Profile>,
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
    /// Open nodes that shall wait as long as they can; none where dates are counted back from the finish, as all of them do.
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
        let mut may_wait = may_wait(project, &pass, &supply);
        let mut is_settled: Vec<bool> = may_wait.iter().map(|may_wait| !may_wait).collect();
        let counts_back = project.scheduling.from != ScheduleFrom::Start;
        let mut late_nodes = if counts_back { Vec::new() } else { late_nodes(&pass) };
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
                Standing::Begun { .. } if waits_for_unsettled && !may_wait[node] => {
                    // Under progress override it goes on at once; else the rest of it waits already, and may wait longer.
                    is_settled[node] = pass.binding_candidates(node).is_empty();
                    may_wait[node] = !is_settled[node] && !supply.parts[node].is_empty();
                }
                _ if waits_for_unsettled => is_settled[node] = false,
                _ => {}
            }
        }
        let is_settled_back =
            if counts_back { settled_backward(&pass, &may_wait, &network) } else { is_settled.clone() };
        let (urgency, urgency_back) = urgencies(&pass, (project, &tasks), &may_wait, &network);
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
        let least_piece = least_pieces(project, &pass, &may_wait);
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
            counts_back,
            settled: early.clone(),
            urgency,
            least_piece,
            pieces: vec![Vec::new(); n_nodes],
            may_wait,
            is_settled,
            is_settled_back,
            urgency_back,
            late_logic: vec![finish; n_nodes],
            placing_back: vec![0; n_nodes],
            late_shortages: vec![None; n_nodes],
            late_pieces: Vec::new(),
            earliest,
            latest,
            profiles: free.clone(),
            base: free.clone(),
            base_back: free,
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
        generator.base_back = generator.booked_beside(|generator, node| generator.is_settled_back[node]);
        generator.base = generator.booked_beside(|generator, node| generator.is_settled[node]);
        Some(generator)
    }

    /// What is left where some nodes are booked with their early dates.
    fn booked_beside(&mut self, is_booked: impl Fn(&Self, usize) -> bool) -> Vec<Profile> {
        self.profiles = self.supply.resources.iter().map(|resource| resource.free.clone()).collect();
        for node in 0..self.is_settled.len() {
            if is_booked(self, node) {
                self.book(node);
            }
        }
        self.profiles.clone()
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
        self.pieces[node].clear();
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

    /// What a plan says of the ends of a node. One that is interrupted stands in lists behind what passes through: by the
    /// start of its last piece on the way forward, by the finish of its first on the way back.
    fn ends_in_lists(&self, node: usize, ends: (Instant, Instant)) -> (Instant, Instant) {
        match &self.pieces[node][..] {
            [first, .., last] => (last.from, first.finish),
            _ => ends,
        }
    }

    /// Writes down where all nodes lie; returns the last finish.
    pub(super) fn write(&self, plan: &mut Plan) -> i64 {
        let finish = self.pass.project_finish(&self.early);
        for node in 0..self.is_settled.len() {
            let is_placed = self.pass.network.nodes[node].kind != NodeKind::Follower;
            let (start, end) = self.ends_in_lists(node, (self.early.resume[node], self.early.finish[node]));
            plan.starts[node] = if is_placed { start.0 } else { finish.0 };
            plan.finishes[node] = if is_placed { end.0 } else { finish.0 };
        }
        finish.0
    }

    /// Holds a node until its people are free; where they never are, or a hard constraint forbids to wait, it stays.
    fn hold(&mut self, node: usize) {
        let logic = self.early.resume[node];
        self.logic[node] = logic;
        if self.hold_in_pieces(node) {
            return;
        }
        match self.first_fit(node, logic, self.pass.standings[node].needs()) {
            Ok(at) if at > logic => {
                self.hold_at(node, at);
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

    fn hold_at(&mut self, node: usize, at: Instant) {
        self.pass.levelled.held[node] = (at > self.early.resume[node]).then_some(at);
        self.pass.place(node, &mut self.early);
    }

    /// Puts what is urgent first. Stable, and never against a link: what is waited for is as urgent as what waits.
    fn sort_by_urgency(&self, list: &mut [u32]) {
        list.sort_by_key(|node| Reverse(self.urgency[*node as usize]));
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
            let mut list = std::mem::take(&mut self.list);
            self.sort_by_urgency(&mut list);
            self.list = list;
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
        self.pass_backward(list, finish, plan)
    }
}
