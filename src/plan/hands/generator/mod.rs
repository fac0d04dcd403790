//! Serial generation on a real network: each task in turn at the first instant at which all its people are free.
//!
//! Comes in: a pass over the network, a supply, lists of nodes. Goes out: plans along the clock, in minutes. Forward, the
//! logic of the plan says where a node may lie at the earliest ([`Pass::place`]) and what its people have left says from
//! where on it is held. Backward is the mirror image along late dates; its plans serve for their order only.
//!
//! What has begun, what is pinned by a hard constraint or by hand, and what has the highest priority is placed as the
//! logic says and booked, whoever else is short. Where nothing else moves it, it is booked before all the rest.

mod explain;
mod pieces;
mod rank;

use std::cmp::Reverse;

use super::profile::Profile;
use super::supply::{Part, Supply};
use crate::model::{Project, ScheduleFrom, Task};
use crate::plan::critical_path::{Early, Late, Pass, Target, UNBOUNDED};
use crate::plan::levelling::{Generator, Network, Plan, list_by_rule};
use crate::plan::network::NodeKind;
use crate::plan::standing::Standing;
use crate::quantity::Instant;

use pieces::{Piece, least_pieces};
use rank::{intensities, is_movable, settled_backward, urgencies};

/// Before this nothing is looked for: the year 1600.
const FAR_BACK: Instant = Instant(-194_500_000);

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
    has_urgencies: bool,
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
    /// Where each node lay if its people were free, the rest being as it is.
    logic: Vec<Instant>,
}

impl<'a> Calendars<'a> {
    /// None where the logic runs in a circle.
    pub(super) fn new(project: &Project, mut pass: Pass<'a>, early: Early, supply: Supply) -> Option<Self> {
        let n_nodes = pass.network.nodes.len();
        let number = |node: usize| u32::try_from(node).unwrap_or(u32::MAX);
        let links: Vec<(u32, u32)> =
            pass.network.edges.iter().map(|edge| (number(edge.from), number(edge.to))).collect();
        let network = Network::new(n_nodes, &links).ok()?;
        pass.levelled.held = vec![None; n_nodes];
        let tasks: Vec<Option<&Task>> = (0..n_nodes).map(|node| project.tasks.get(node)).collect();
        let may_split = |node: usize| tasks[node].is_some_and(|task| project.may_split(task));
        let mut may_wait: Vec<bool> = (0..n_nodes)
            .map(|node| {
                !supply.parts[node].is_empty()
                    && tasks[node].is_some_and(|task| task.priority < Task::HIGHEST_PRIORITY)
                    && is_movable(&pass, node, may_split(node))
            })
            .collect();
        let mut is_settled: Vec<bool> = may_wait.iter().map(|may_wait| !may_wait).collect();
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
        let is_settled_back = match project.scheduling.from {
            ScheduleFrom::Start => is_settled.clone(),
            ScheduleFrom::Finish(_) => settled_backward(&pass, &may_wait, &network),
        };
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
            intensity: intensities(&supply, &earliest, &late, finish),
            pass,
            network,
            has_urgencies: urgent.len() > 1,
            counts_back: project.scheduling.from != ScheduleFrom::Start,
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

    /// Takes over the late dates of the last backward pass, which placed the nodes in this order: from now on a forward pass keeps each node there, unless the
    /// status date or a date of its own pushes it behind. Gives a list for such a pass.
    pub(super) fn settle_late(&mut self, placed: &[u32]) -> Vec<u32> {
        for (place, node) in (1..).zip(placed) {
            let is_settled = self.is_settled_back[*node as usize];
            self.placing_back[*node as usize] = if is_settled { 0 } else { place };
        }
        let nodes = &self.pass.network.nodes;
        let late = |node: usize| {
            let is_open = matches!(self.pass.standings[node], Standing::Open { .. });
            let is_delayed = is_open && nodes[node].kind.is_placed() && self.late.resume[node] != UNBOUNDED;
            is_delayed.then_some(self.late.resume[node])
        };
        self.pass.delayed = (0..nodes.len()).map(late).collect();
        if let Some(first) = self.pass.delayed.iter().flatten().min() {
            self.pass.project_start = *first;
        }
        self.late_pieces = std::mem::replace(&mut self.pieces, vec![Vec::new(); nodes.len()]);
        for node in self.pass.network.order.clone() {
            if self.is_settled[node] {
                self.pass.place(node, &mut self.early);
            }
        }
        self.base = self.booked_beside(|generator, node| generator.is_settled[node]);
        self.has_urgencies = false;
        let keys: Vec<i64> = self.late.resume.iter().map(|at| at.0).collect();
        list_by_rule(&self.network, &keys)
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
            let (start, end) = self.ends_in_lists(node, (self.early.resume[node], self.early.finish[node]));
            plan.starts[node] = if is_placed { start.0 } else { finish.0 };
            plan.finishes[node] = if is_placed { end.0 } else { finish.0 };
        }
        finish.0
    }

    /// What a plan says of the ends of a node. One that is interrupted stands in lists behind what passes through: by the
    /// start of its last piece on the way forward, by the finish of its first on the way back.
    fn ends_in_lists(&self, node: usize, ends: (Instant, Instant)) -> (Instant, Instant) {
        match &self.pieces[node][..] {
            [first, .., last] => (last.from, first.finish),
            _ => ends,
        }
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

    /// The first instant from one on at which all people of a node are free for so many minutes; else who never is.
    fn first_fit(&mut self, node: usize, from: Instant, needs: i64) -> Result<Instant, usize> {
        if let Some(part) = self.only_part(node) {
            return self.first_fit_on_axis(node, part, (from, needs));
        }
        let mut at = from;
        loop {
            let mut next = at;
            for place in 0..self.supply.parts[node].len() {
                let part = self.supply.parts[node][place];
                let window = (at, self.end_of(node, part, at, needs));
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

    /// When a part of a node ends that begins with it and takes so many minutes.
    fn end_of(&self, node: usize, part: Part, from: Instant, needs: i64) -> Instant {
        if self.pass.network.nodes[node].elapsed {
            return from.plus(needs);
        }
        self.pass.network.times[part.time].add_to_finish(from, needs)
    }

    fn last_conflict(&mut self, part: Part, window: (Instant, Instant)) -> Option<i64> {
        self.supply.stretches(&self.pass.network, part, window, &mut self.stretches);
        let profile = &self.profiles[part.resource];
        self.stretches.iter().rev().find_map(|(from, to)| {
            let end = profile.last_conflict(*from, *to, part.demand)?;
            // Elsewhere than on the axis itself only the conflict that was seen is known.
            Some(if part.is_axis || end == i64::MAX { end } else { end.min(*to) })
        })
    }

    fn first_conflict(&mut self, part: Part, window: (Instant, Instant)) -> Option<i64> {
        self.supply.stretches(&self.pass.network, part, window, &mut self.stretches);
        let profile = &self.profiles[part.resource];
        self.stretches
            .iter()
            .find_map(|(from, to)| Some(profile.first_conflict(*from, *to, part.demand)?.max(*from)))
    }

    /// How many pieces a node is done in, as it was placed last.
    fn n_pieces(&self, node: usize) -> usize {
        self.pieces[node].len().max(1)
    }

    /// Fills `stretches` with when a part of a node is worked in one of its pieces; gives the part.
    fn stretch_of(&mut self, node: usize, piece: usize, place: usize) -> Part {
        let part = self.supply.parts[node][place];
        let (from, needs) = match self.pieces[node].get(piece) {
            Some(piece) => (piece.from, piece.needs),
            None => (self.early.resume[node], self.pass.standings[node].needs()),
        };
        let window = (from, self.end_of(node, part, from, needs));
        self.supply.stretches(&self.pass.network, part, window, &mut self.stretches);
        part
    }

    /// Books a node piece by piece.
    fn book_pieces(&mut self, node: usize) {
        for piece in 0..self.n_pieces(node) {
            for place in 0..self.supply.parts[node].len() {
                let part = self.stretch_of(node, piece, place);
                for (from, to) in &self.stretches {
                    self.profiles[part.resource].take(*from, *to, part.demand);
                }
            }
        }
    }

    fn book(&mut self, node: usize) {
        if self.pass.standings[node].is_over() {
            return;
        }
        match self.only_part(node).filter(|_| self.pieces[node].is_empty()) {
            Some(part) => self.book_on_axis(node, part, self.early.resume[node]),
            None => self.book_pieces(node),
        }
    }

    fn place_backward(&mut self, node: usize, finish: Instant) {
        self.pass.place_late(node, &self.early, Target::ProjectFinish(finish), &mut self.late);
        self.late_logic[node] = self.late.finish[node];
        self.late_shortages[node] = None;
        self.pieces[node].clear();
        if self.supply.parts[node].is_empty() || self.late.finish[node] == UNBOUNDED {
            return;
        }
        // Far before the project nothing is gained any more where only the order counts.
        let far = if self.counts_back { FAR_BACK } else { Instant(2 * self.pass.project_start.0 - finish.0) };
        if let Some(least) = self.least_piece[node] {
            self.cut_backward(node, least, far);
            self.book_pieces(node);
            return;
        }
        if let Some(part) = self.only_part(node) {
            self.book_backward_on_axis(node, part, far);
            return;
        }
        let needs = self.pass.standings[node].needs();
        let mut at = self.late.finish[node];
        let mut from = self.pass.network.begin_for(node, at, needs);
        // Where somebody never suffices it stays where it would be if they did.
        if self.may_wait[node]
            && let Some(fit) = self.last_fit(node, (at, needs), far)
        {
            (from, at, self.late_shortages[node]) = fit;
        }
        self.late.finish[node] = at;
        self.late.resume[node] = from;
        for place in 0..self.supply.parts[node].len() {
            let part = self.supply.parts[node][place];
            let from = self.late.resume[node];
            let window = (from, self.end_of(node, part, from, needs));
            self.supply.stretches(&self.pass.network, part, window, &mut self.stretches);
            for (from, to) in &self.stretches {
                self.profiles[part.resource].take(*from, *to, part.demand);
            }
        }
    }

    /// From when and until when all people of a node are free for so many minutes, as late as can be before an instant, and
    /// who was not after it; not farther back than `far`. None where somebody never suffices.
    fn last_fit(
        &mut self,
        node: usize,
        (until, needs): (Instant, i64),
        far: Instant,
    ) -> Option<(Instant, Instant, Option<Shortage>)> {
        let mut from = self.pass.network.begin_for(node, until, needs);
        let mut shortage = None;
        loop {
            let mut next = from;
            for place in 0..self.supply.parts[node].len() {
                let part = self.supply.parts[node][place];
                // Everybody begins with the first, in their own time, as on the way forward.
                let window = (from, self.end_of(node, part, from, needs));
                let Some(minute) = self.first_conflict(part, window) else { continue };
                if self.profiles[part.resource].is_short_before(minute, part.demand) {
                    return None;
                }
                let end = self.supply.resources[part.resource].axis.start_at(minute);
                let earlier = self.begin_of(node, part, end, needs);
                if earlier < next {
                    next = earlier;
                    shortage = Some(Shortage { resource: part.resource, minute });
                }
            }
            if next == from || next < far {
                let at = if shortage.is_some() { self.pass.network.end(node, next, needs) } else { until };
                return Some((next, at, shortage));
            }
            from = next;
        }
    }

    fn begin_of(&self, node: usize, part: Part, finish: Instant, needs: i64) -> Instant {
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

    fn start_over_backward(&mut self) {
        for (profile, base) in self.profiles.iter_mut().zip(&self.base_back) {
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
        self.start_over_backward();
        self.late.resume.fill(UNBOUNDED);
        self.late.finish.fill(UNBOUNDED);
        let mut first = finish;
        for node in list {
            let node = *node as usize;
            if self.pass.network.nodes[node].kind == NodeKind::Follower {
                (plan.starts[node], plan.finishes[node]) = (finish, finish);
                continue;
            }
            if self.is_settled_back[node] {
                self.late.resume[node] = self.settled.resume[node];
                self.late.finish[node] = self.settled.finish[node];
            } else {
                self.place_backward(node, Instant(finish));
            }
            let or_end = |at: Instant| if at == UNBOUNDED { finish } else { at.0 };
            first = first.min(or_end(self.late.resume[node]));
            let ends = self.ends_in_lists(node, (self.late.resume[node], self.late.finish[node]));
            plan.starts[node] = or_end(ends.0);
            plan.finishes[node] = or_end(ends.1);
        }
        first
    }
}
