//! The adapter: from the engine's network and the standing of its tasks to the flat network.
//!
//! The one file of this folder that knows the engine from inside. Comes in: a pass with its early dates. Goes out: a
//! [`FlatNetwork`] whose runs give the same dates as the pass. What is over becomes limits of what follows it.
//!
//! Of Microsoft Project's conventions the floors are taken over and that elapsed work waits for working time; lags of FF and SF
//! are added as in our own.
//!
//! Tasks that are to be as late as possible are as early as possible here: their delay moves no finish of the project.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::model::{ConstraintKind, LinkKind, Project, Task, TaskKind, TaskNo, Work, WorkingTime};
use crate::plan::critical_path::{Early, NEVER, Pass};
use crate::plan::network::{Edge, Network, NodeKind};
use crate::plan::risk::RiskQuestion;
use crate::plan::risk::network::{
    FlatEdge, FlatKind, FlatNetwork, FlatNode, FlatRisk, FlatShare, FlatSplit, Length, NO_CEILING, NO_FLOOR,
    Pin, Watch, Way,
};
use crate::plan::risk::outcome::StrikePlace;
use crate::plan::risk::random::{Purpose, Stream};
use crate::plan::risk::sketch::Sketched;
use crate::plan::standing::Standing;
use crate::quantity::{Amount, Fraction, Instant, MINUTES_OF_DAY};

/// Days that tables of working time reach at most; beyond them the calendars are asked.
const LONGEST_TABLE: i64 = 15_000;

/// Minutes by which a length may vary at most, two thousand years: shares of it stay within 64 bits.
const LONGEST_SPAN: i64 = 1 << 30;

/// The place of the clock among the engine's working times.
const CLOCK: usize = 0;

/// Which exposure of a risk counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Responses {
    /// Today's, until its response is done.
    AsTheyStand,
    /// The residual one wherever it is recorded: all responses work as planned.
    AllWorked,
}

/// Compiles what is still to come.
pub(super) struct Compiler<'a> {
    project: &'a Project,
    pass: &'a Pass<'a>,
    early: &'a Early,
    question: &'a RiskQuestion,
    responses: Responses,
    /// The last day up to which risks count as open.
    day: Date,
    /// Flat nodes by node of the network.
    places: Vec<Option<usize>>,
    /// Axes by working time of the network.
    axis_of_time: Vec<Option<usize>>,
    axis_times: Vec<&'a WorkingTime>,
    flat: FlatNetwork,
    /// Shapes of estimates, each with its table.
    shapes: BTreeMap<(i64, i64), usize>,
}

impl<'a> Compiler<'a> {
    pub(super) fn new(
        project: &'a Project,
        pass: &'a Pass<'a>,
        early: &'a Early,
        question: &'a RiskQuestion,
        responses: Responses,
    ) -> Self {
        let network = &pass.network;
        Self {
            project,
            pass,
            early,
            question,
            responses,
            day: pass.status_end.map_or(Date::MAX, Instant::last_day),
            places: vec![None; network.nodes.len()],
            axis_of_time: vec![None; network.times.len()],
            axis_times: Vec::new(),
            flat: FlatNetwork {
                axes: Vec::new(),
                nodes: Vec::new(),
                edges: Vec::new(),
                shares: Vec::new(),
                splits: Vec::new(),
                lengths: Vec::new(),
                tables: Vec::new(),
                risks: Vec::new(),
                watches: Vec::new(),
                finish_floor: i64::MIN,
                project_axis: 0,
            },
            shapes: BTreeMap::new(),
        }
    }

    /// Gives the flat network, as yet without tables, and where each open risk strikes.
    pub(super) fn compile(mut self, project_time: &'a WorkingTime) -> Sketched<'a> {
        let network: &'a Network = &self.pass.network;
        self.flat.project_axis = self.axis(project_time);
        self.axis_of(CLOCK);
        for node in self.pass.order().iter().copied() {
            if self.pass.standings[node].is_over() || self.is_fixed(node) {
                let is_task = network.nodes[node].kind.is_placed();
                if is_task {
                    self.flat.finish_floor = self.flat.finish_floor.max(self.early.finish[node].0);
                }
                continue;
            }
            self.places[node] = Some(self.flat.nodes.len());
            match network.nodes[node].kind {
                NodeKind::Work => self.work(node),
                NodeKind::Point => self.point(node),
                NodeKind::Latest => self.end(node, FlatKind::Latest),
                NodeKind::Earliest => self.end(node, FlatKind::Earliest),
                NodeKind::Follower => self.places[node] = None,
            }
        }
        if self.flat.finish_floor == i64::MIN && self.flat.nodes.is_empty() {
            self.flat.finish_floor = self.pass.project_finish(self.early).0;
        }
        for share in &mut self.flat.shares {
            share.parts = share.parts.iter().filter_map(|part| self.places[*part]).collect();
        }
        self.splits();
        let strikes = self.risks();
        self.lengths();
        self.watches();
        let days = self.days();
        let mut shapes: Vec<((i64, i64), usize)> = self.shapes.into_iter().collect();
        shapes.sort_unstable_by_key(|(_, table)| *table);
        let shapes = shapes.into_iter().map(|(shape, _)| shape).collect();
        Sketched { flat: self.flat, strikes, shapes, times: self.axis_times, days }
    }

    /// The axis of a working time; equal ones share it.
    fn axis(&mut self, time: &'a WorkingTime) -> usize {
        self.axis_times.iter().position(|other| *other == time).unwrap_or_else(|| {
            self.axis_times.push(time);
            self.axis_times.len() - 1
        })
    }

    fn axis_of(&mut self, time: usize) -> usize {
        if let Some(known) = self.axis_of_time[time] {
            return known;
        }
        let network: &'a Network = &self.pass.network;
        let axis = self.axis(&network.times[time]);
        self.axis_of_time[time] = Some(axis);
        axis
    }

    /// Says whether its dates are typed and nothing moves it.
    fn is_fixed(&self, node: usize) -> bool {
        let is_open = matches!(self.pass.standings[node], Standing::Open { .. });
        is_open && self.pass.network.nodes[node].fixed.is_some()
    }

    /// Where the runs begin.
    fn floor(&self) -> Instant {
        self.pass.status_end.map_or(self.pass.project_start, |end| end.max(self.pass.project_start))
    }

    fn node(&mut self, node: usize, kind: FlatKind) -> FlatNode {
        let network: &'a Network = &self.pass.network;
        let n_edges = self.flat.edges.len();
        let mut works: Vec<usize> =
            network.nodes[node].works.iter().map(|time| self.axis_of(*time)).collect();
        let axis = match works.as_slice() {
            [axis] => *axis,
            _ => self.axis_of(CLOCK),
        };
        if works.len() == 1 {
            works.clear();
        }
        FlatNode {
            task: self.task_of(node),
            kind,
            axis,
            works,
            waits_for: None,
            edges: n_edges..n_edges,
            floor: NO_FLOOR,
            start_from: NO_FLOOR,
            finish_from: NO_FLOOR,
            start_to: NO_CEILING,
            finish_to: NO_CEILING,
            pin: Pin::None,
            needs: self.pass.needs_of_whole(node),
            length: None,
            wants_start: false,
            wants_finish: false,
            by_instant: false,
            began: None,
            after: network.nodes[node].continues.and_then(|of| self.places[of.after]),
        }
    }

    fn task_of(&self, node: usize) -> Option<TaskNo> {
        (node < self.project.tasks.len()).then(|| TaskNo(u32::try_from(node).unwrap_or(u32::MAX)))
    }

    /// As in the engine: all its bounds as counts of its own working time, or as instants where people differ.
    fn work(&mut self, number: usize) {
        let network: &'a Network = &self.pass.network;
        let mut node = self.node(number, FlatKind::Work);
        let time = self.axis_times[node.axis];
        let count = |at: Instant| if at == NEVER { NO_FLOOR } else { time.minutes_before(at) };
        node.floor = count(self.pass.floor_of_work(number));
        node.start_from = node.floor.max(count(self.pass.first_wish(number)));
        node.by_instant = !node.works.is_empty();
        if let Standing::Begun { start, .. } = self.pass.standings[number] {
            node.began = Some(start.0);
            node.by_instant = true;
        }
        let is_open = node.began.is_none();
        if self.pass.is_microsofts() && network.nodes[number].elapsed && is_open {
            node.waits_for = Some(self.axis_of(network.nodes[number].calendar));
        }
        for bound in self.pass.early_bounds(number) {
            let at = count(bound.at);
            match bound.kind {
                ConstraintKind::StartsNotBefore if is_open => node.start_from = node.start_from.max(at),
                ConstraintKind::StartsNotAfter if is_open => node.start_to = node.start_to.min(at),
                ConstraintKind::MustStart if is_open => node.pin = Pin::Start(at),
                ConstraintKind::FinishesNotBefore => node.finish_from = node.finish_from.max(at),
                ConstraintKind::FinishesNotAfter => node.finish_to = node.finish_to.min(at),
                ConstraintKind::MustFinish => node.pin = Pin::Finish(at),
                _ => {}
            }
        }
        if let Some(held) = self.pass.levelled.held(number) {
            node.start_from = node.start_from.max(count(held));
        }
        let pass: &'a Pass<'a> = self.pass;
        for edge in pass.binding_candidates(number).iter().chain(pass.levelled.entering(number)) {
            if edge.kind == LinkKind::FinishFinish {
                // To end with its predecessor, nothing begins before the project.
                node.start_from = node.start_from.max(count(self.pass.project_start));
            }
            if let Some(from) = self.varying(edge) {
                let way = self.way_to_work(edge, from, &node);
                self.connect(edge, from, way);
            } else {
                let allowed = count(self.pass.with_lag(edge, Pass::tied_end(edge, self.early)));
                let limit = if edge.enters_finish() { &mut node.finish_from } else { &mut node.start_from };
                *limit = (*limit).max(allowed);
            }
        }
        node.edges.end = self.flat.edges.len();
        self.flat.nodes.push(node);
    }

    fn point(&mut self, number: usize) {
        let network: &'a Network = &self.pass.network;
        let mut node = self.node(number, FlatKind::Point);
        let or_never = |at: Instant, moved: Instant| if at == NEVER { NO_FLOOR } else { moved.0 };
        let floor = self.pass.point_floor(number);
        node.floor = or_never(floor, floor);
        let wish = self.pass.wish_of_point(number);
        let wished = or_never(wish, wish);
        node.start_from = node.floor.max(wished);
        for bound in self.pass.early_bounds(number) {
            let at = bound.at.0;
            match bound.kind {
                ConstraintKind::StartsNotBefore | ConstraintKind::FinishesNotBefore => {
                    node.start_from = node.start_from.max(at);
                }
                ConstraintKind::StartsNotAfter | ConstraintKind::FinishesNotAfter => {
                    node.start_to = node.start_to.min(at);
                }
                ConstraintKind::MustStart | ConstraintKind::MustFinish => node.pin = Pin::Start(at),
                ConstraintKind::AsLateAsPossible => {}
            }
        }
        let measure = self.axis_of(network.nodes[number].calendar);
        for edge in network.entering(number) {
            if let Some(from) = self.varying(edge) {
                let way = match (edge.has_lag(), edge.elapsed) {
                    (false, _) | (_, true) => Way::PointElapsed(measure),
                    (true, false) => Way::PointWorking(measure),
                };
                self.connect(edge, from, way);
            } else {
                node.start_from = node.start_from.max(self.pass.instant_allowed(edge, self.early).0);
            }
        }
        node.edges.end = self.flat.edges.len();
        self.flat.nodes.push(node);
    }

    fn end(&mut self, number: usize, kind: FlatKind) {
        let network: &'a Network = &self.pass.network;
        let mut node = self.node(number, kind);
        let is_first = kind == FlatKind::Earliest;
        let entering = network.entering(number);
        node.start_from = match (entering.is_empty(), is_first) {
            (true, _) => self.pass.project_start.0,
            (false, true) => NO_CEILING,
            (false, false) => NO_FLOOR,
        };
        for edge in entering {
            if let Some(from) = self.varying(edge) {
                self.connect(edge, from, Way::Point);
            } else {
                let at = Pass::tied_end(edge, self.early).0;
                node.start_from = if is_first { node.start_from.min(at) } else { node.start_from.max(at) };
            }
        }
        node.edges.end = self.flat.edges.len();
        self.flat.nodes.push(node);
    }

    /// The flat predecessor of a link whose tied end, or whose lag, is not known yet.
    fn varying(&self, edge: &Edge) -> Option<usize> {
        self.places[edge.from].filter(|_| edge.share.is_some() || !self.leaves_known_start(edge))
    }

    fn leaves_known_start(&self, edge: &Edge) -> bool {
        edge.leaves_start() && matches!(self.pass.standings[edge.from], Standing::Begun { .. })
    }

    /// The place of a lag that varies with the length of the task waited for. Its parts are nodes until all of them are placed.
    fn share(&mut self, edge: &Edge) -> Option<usize> {
        let hundredths = edge.share?;
        let whole = self.pass.whole_of(edge.from);
        self.flat.shares.push(FlatShare {
            hundredths,
            done: self.pass.network.nodes[whole].duration - self.pass.needs_of_whole(whole),
            parts: [whole].into_iter().chain(self.pass.more_parts(whole)).collect(),
        });
        Some(self.flat.shares.len() - 1)
    }

    fn way_to_work(&mut self, edge: &Edge, from: usize, node: &FlatNode) -> Way {
        let calendar = self.axis_of(self.pass.network.nodes[edge.to].calendar);
        let predecessor = &self.flat.nodes[from];
        if edge.elapsed && edge.has_lag() {
            Way::Elapsed
        } else if edge.has_lag() && (!node.works.is_empty() || calendar != node.axis) {
            Way::Through(calendar)
        } else if predecessor.kind == FlatKind::Work
            && predecessor.works.is_empty()
            && predecessor.axis == node.axis
            && !self.leaves_known_start(edge)
        {
            Way::Same
        } else {
            Way::Count
        }
    }

    fn connect(&mut self, edge: &Edge, from: usize, way: Way) {
        if way != Way::Same {
            let predecessor = &mut self.flat.nodes[from];
            if edge.leaves_start() {
                predecessor.wants_start = true;
            } else {
                predecessor.wants_finish = true;
            }
        }
        let share = self.share(edge);
        self.flat.edges.push(FlatEdge {
            from,
            way,
            leaves_start: edge.leaves_start(),
            enters_finish: edge.enters_finish(),
            lag: edge.lag,
            share,
        });
    }

    /// Reads the register: open risks that can cost money or time, and where each strikes.
    fn risks(&mut self) -> Vec<StrikePlace> {
        let mut strikes = Vec::new();
        let project = self.project;
        for (place, risk) in project.registers.risks.iter().enumerate() {
            let stands = risk.in_runs(project.registers.exposure_on(risk, self.day));
            let hoped_for = risk.residual.map(|left| risk.in_runs(left)).filter(|left| *left != stands);
            let exposure = match self.responses {
                Responses::AsTheyStand => stands,
                Responses::AllWorked => risk.in_runs(risk.remaining()),
            };
            let hundredths = exposure.probability.hundredths();
            if !risk.is_open(self.day)
                || hundredths <= 0
                || (exposure.cost == Amount::ZERO && exposure.time == 0)
            {
                continue;
            }
            let nodes = if exposure.time == 0 { Vec::new() } else { self.struck(&risk.links) };
            let number = self.flat.risks.len();
            for node in &nodes {
                let minutes = self.minutes_on_axis(*node, exposure.time);
                let length = self.length(*node);
                self.flat.lengths[length].strikes.push((number, minutes));
            }
            let tasks = nodes.iter().filter_map(|node| self.flat.nodes[*node].task).collect();
            strikes.push(StrikePlace { risk: place, tasks, exposure, hoped_for });
            let share = u128::from(hundredths.unsigned_abs()) << 64;
            self.flat.risks.push(FlatRisk {
                threshold: u64::try_from(share / 10_000).unwrap_or(u64::MAX),
                always: hundredths >= 10_000,
                stream: Stream::new(self.question.options.seed, Purpose::Risk(place as u64)),
                cost: exposure.cost.0,
            });
        }
        strikes
    }

    /// The open work that a risk names, itself or by its summary; not what follows other such work, which a delay reaches
    /// through the plan.
    fn struck(&self, links: &[crate::quantity::Id]) -> Vec<usize> {
        let is_named = |task: &Task| links.contains(&task.id);
        let mut named = vec![false; self.flat.nodes.len()];
        for (place, node) in self.flat.nodes.iter().enumerate() {
            let mut above = node.task.filter(|_| node.kind == FlatKind::Work);
            while let Some(task) = above {
                named[place] |= is_named(self.project.task(task));
                above = self.project.task(task).parent;
            }
        }
        let mut follows = vec![false; named.len()];
        for (place, node) in self.flat.nodes.iter().enumerate() {
            let mut edges = self.flat.edges[node.edges.clone()].iter();
            follows[place] = edges.any(|edge| named[edge.from] || follows[edge.from]);
        }
        (0..named.len()).filter(|place| named[*place] && !follows[*place]).collect()
    }

    /// Working minutes of the project in minutes of the node's axis: a day is a day, also of the clock.
    fn minutes_on_axis(&self, node: usize, minutes: i64) -> i64 {
        let task = self.flat.nodes[node].task;
        if task.is_some_and(|task| self.pass.network.nodes[task.0 as usize].elapsed) {
            let per_day = self.project.work_time().minutes_per_day.max(1);
            return Fraction::new(MINUTES_OF_DAY, per_day).of(minutes);
        }
        minutes
    }

    /// The uncertain length of a node; made where there is none yet.
    fn length(&mut self, node: usize) -> usize {
        if let Some(known) = self.flat.nodes[node].length {
            return known;
        }
        let task = self.flat.nodes[node].task.map_or(0, |task| u64::from(task.0));
        let length = self.flat.lengths.len();
        self.flat.nodes[node].length = Some(length);
        self.flat.lengths.push(Length {
            node,
            low: self.flat.nodes[node].needs,
            span: 0,
            table: None,
            stream: Stream::new(self.question.options.seed, Purpose::Task(task)),
            strikes: Vec::new(),
            rate: 0,
        });
        length
    }

    /// Reads the estimates: what is left of a task varies in the same proportion as the whole.
    fn lengths(&mut self) {
        for place in 0..self.flat.nodes.len() {
            let node = &self.flat.nodes[place];
            let Some(task) = node.task.filter(|_| node.kind == FlatKind::Work && node.needs > 0) else {
                continue;
            };
            let needs = node.needs;
            let Some([low, likely, high]) = three_points(self.project, task) else { continue };
            let length = self.length(place);
            let scaled = |minutes: i64| Fraction::new(minutes, likely).of(needs);
            let divisor = greatest_common_divisor(likely - low, high - low);
            let shape = ((likely - low) / divisor, (high - low) / divisor);
            let n_shapes = self.shapes.len();
            let table = *self.shapes.entry(shape).or_insert(n_shapes);
            let left = self.question.costs.left.get(task.0 as usize).copied().unwrap_or(Amount::ZERO);
            let length = &mut self.flat.lengths[length];
            length.low = scaled(low);
            length.span = (scaled(high) - length.low).min(LONGEST_SPAN);
            length.table = Some(table);
            length.rate = i64::try_from((i128::from(left.0) << 16) / i128::from(needs)).unwrap_or(0);
        }
        for length in &self.flat.lengths {
            let low = if length.table.is_some() { length.low } else { self.flat.nodes[length.node].needs };
            let helped: i64 = length.strikes.iter().map(|(_, minutes)| minutes.min(&0)).sum();
            if low + helped <= 0 {
                self.flat.nodes[length.node].by_instant = true;
            }
        }
        for node in &mut self.flat.nodes {
            node.by_instant |= node.kind == FlatKind::Work && node.needs <= 0;
            node.wants_finish |= node.by_instant;
        }
    }

    /// Notes which nodes share the length of an interrupted task. Each of them may come to nothing.
    fn splits(&mut self) {
        for split in &self.pass.levelled.splits {
            let nodes = [split.node].into_iter().chain(split.more.clone());
            let parts: Vec<usize> = nodes.filter_map(|node| self.places[node]).collect();
            for part in &parts {
                self.flat.nodes[*part].by_instant = true;
            }
            let needs = self.pass.needs_of_whole(split.node);
            self.flat.splits.push(FlatSplit { parts, split: split.clone(), needs });
        }
    }

    fn watches(&mut self) {
        let (project, asked) = (self.project, &self.question.watch);
        let mut watches: Vec<Watch> = asked.iter().map(|promise| Watch::new(*promise)).collect();
        let mut of_task: BTreeMap<TaskNo, Vec<usize>> = BTreeMap::new();
        asked.iter().enumerate().for_each(|(at, promise)| of_task.entry(promise.task).or_default().push(at));
        for node in 0..project.tasks.len() {
            let above = std::iter::successors(self.task_of(node), |task| project.task(*task).parent);
            for at in above.take(project.tasks.len()).filter_map(|task| of_task.get(&task)).flatten() {
                if let Some(place) = self.places[self.pass.last_part(node)] {
                    watches[*at].nodes.push(place);
                    self.flat.nodes[place].wants_finish = true;
                } else if self.pass.standings[node].is_over() || self.is_fixed(node) {
                    watches[*at].floor = watches[*at].floor.max(self.early.finish[node].0);
                }
            }
        }
        self.flat.watches.extend(watches.into_iter().filter(|watch| !watch.nodes.is_empty()));
    }

    /// The days on which runs will fall, as instants: three times as long as the forecast, and two years.
    fn days(&self) -> (i64, i64) {
        let from = self.floor().0 - 31 * MINUTES_OF_DAY;
        let likely = (self.pass.project_finish(self.early).0 - from).max(0);
        let days = (3 * likely / MINUTES_OF_DAY + 731).min(LONGEST_TABLE);
        (from, from + days * MINUTES_OF_DAY)
    }
}

/// Optimistic, most likely and pessimistic minutes of a task's length or effort; none without a range.
pub(super) fn three_points(project: &Project, task: TaskNo) -> Option<[i64; 3]> {
    let task = project.task(task);
    let TaskKind::Work(work) = task.kind else { return None };
    let (Work::Duration(estimate) | Work::Effort(estimate) | Work::Both { duration: estimate, .. }) = work;
    let work_time = project.calendars[task.calendar].work_time;
    let [low, likely, high] = [estimate.optimistic(), estimate.likely(), estimate.pessimistic()]
        .map(|duration| duration.minutes(work_time));
    // Points that are in order by the clock may not be so in working time.
    let (low, high) = (low.min(likely), high.max(likely));
    (likely > 0 && low < high).then_some([low, likely, high])
}

fn greatest_common_divisor(left: i64, right: i64) -> i64 {
    if right == 0 { left.max(1) } else { greatest_common_divisor(right, left % right) }
}
