//! The network: a project's logic as dense lists, compiled once and scheduled many times.
//!
//! Comes in: a resolved project without loops. Goes out: a node for each task and what binds it, edges in both
//! directions, a stable order in which predecessors come first, and each distinct working time once.
//! Not here: dates of anything that depends on logic or on reports.
//!
//! Three things of the plan become plain edges here. What a summary waits for, each task below it waits for.
//! What waits for a summary's finish waits for a node of no length that ends with the last task below it, and
//! what waits for its start for one that begins with the first. What waits for a hammock waits for the ends of
//! its span.

use std::collections::BTreeMap;

use crate::model::{
    Assignee, ConstraintKind, Lag, LinkKind, PersonNo, Project, Task, TaskKind, TaskNo, WorkingTime,
};
use crate::plan::Driver;
use crate::plan::bounds::{Binder, Bound, inherited};
use crate::quantity::Instant;

/// What kind of thing a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NodeKind {
    /// Work with a length.
    Work,
    /// A milestone, a gate, or anything else of no length.
    Point,
    /// Ends with the last of its predecessors: the finish of a summary.
    Latest,
    /// Begins with the first of its predecessors: the start of a summary.
    Earliest,
    /// A summary or hammock itself: it follows others and is not part of the network.
    Follower,
}

impl NodeKind {
    /// Says whether it is a task with a place of its own in time: not an end of a summary, nothing that follows others.
    pub(super) fn is_placed(self) -> bool {
        matches!(self, Self::Work | Self::Point)
    }
}

/// A task, or an end of a summary, in the network.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) kind: NodeKind,
    /// The working times in which its length is worked: one for each different person, else its calendar; the clock
    /// for elapsed durations. Never empty.
    pub(super) works: Vec<usize>,
    /// The working time of each assignment, in the order of the plan; its calendar where the length runs by the clock.
    pub(super) assigned: Vec<usize>,
    /// Its calendar, without its people: lags into it and its floats are counted along it.
    pub(super) calendar: usize,
    /// When at least one of its people is there.
    pub(super) presence: usize,
    /// Whether its length runs by the clock.
    pub(super) elapsed: bool,
    /// Planned length in minutes of each of `works`.
    pub(super) duration: i64,
    pub(super) bounds: Vec<Bound>,
    /// The end of the earliest day by which it, or a summary above it, should finish.
    pub(super) deadline: Option<Instant>,
    /// Typed dates of a task that is scheduled by hand.
    pub(super) fixed: Option<(Instant, Instant)>,
    /// What it goes on with, where it is a further part of a task that levelling interrupts.
    pub(super) continues: Option<Continues>,
}

impl Node {
    /// A node without a length, a bound or people.
    fn point(kind: NodeKind, calendar: usize) -> Self {
        Self {
            kind,
            works: vec![calendar],
            assigned: Vec::new(),
            calendar,
            presence: calendar,
            elapsed: false,
            duration: 0,
            bounds: Vec::new(),
            deadline: None,
            fixed: None,
            continues: None,
        }
    }
}

/// A further part of an interrupted task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Continues {
    /// The node of the task, which is its first part.
    pub(super) task: usize,
    /// The node of the part before.
    pub(super) after: usize,
}

/// A link between two nodes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Edge {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) kind: LinkKind,
    /// Minutes of the successor's calendar, or of the clock when elapsed.
    pub(super) lag: i64,
    /// Hundredths of a percent, where the lag is a share of the length of the task waited for.
    pub(super) share: Option<i64>,
    pub(super) elapsed: bool,
    /// The link of the plan it stands for; none between a summary's end and what is below it.
    pub(super) driver: Option<Driver>,
}

impl Edge {
    /// Says whether the predecessor's start, not its finish, is tied.
    pub(super) fn leaves_start(&self) -> bool {
        self.kind.leaves_start()
    }

    /// Says whether there is a lag, for some length of the task waited for.
    pub(super) fn has_lag(&self) -> bool {
        self.lag != 0 || self.share.is_some()
    }

    /// Says whether the successor's finish, not its start, is tied.
    pub(super) fn enters_finish(&self) -> bool {
        self.kind.enters_finish()
    }
}

/// A project's logic, ready for scheduling.
#[derive(Clone, Debug)]
pub(super) struct Network {
    /// Tasks in the order of the project, then the ends of summaries.
    pub(super) nodes: Vec<Node>,
    /// Edges sorted by their successor; within one, in the order of the plan.
    pub(super) edges: Vec<Edge>,
    /// For each node, where its edges begin in `edges`; one more for the end.
    entering: Vec<usize>,
    /// Places in `edges`, sorted by predecessor.
    leaving: Vec<usize>,
    leaving_from: Vec<usize>,
    /// Nodes with predecessors first; followers are left out.
    pub(super) order: Vec<usize>,
    /// Distinct working times.
    pub(super) times: Vec<WorkingTime>,
}

impl Network {
    pub(super) fn of(project: &Project) -> Self {
        let mut builder = Builder::new(project);
        for number in 0..project.tasks.len() {
            let node = builder.node(number);
            builder.nodes.push(node);
        }
        for number in 0..project.tasks.len() {
            if builder.nodes[number].kind != NodeKind::Follower {
                builder.enter(number);
            }
        }
        Self::connected(builder.nodes, builder.edges, builder.times)
    }

    /// An instant with the lag of a link into a node: along its calendar, or by the clock.
    pub(super) fn later_by(
        &self,
        node: usize,
        (lag, elapsed, is_point): (i64, bool, bool),
        from: Instant,
    ) -> Instant {
        let calendar = self.calendar(node);
        match (lag, elapsed) {
            (0, _) => from,
            (lag, true) => from.plus(lag),
            // A point lies at the end of a working period rather than at the beginning of the next.
            (lag, false) if lag > 0 || is_point => calendar.add_to_finish(from, lag),
            (lag, false) => calendar.add_to_start(from, lag),
        }
    }

    /// The bounds that say how late a node may be. Typed dates of a task that is scheduled by hand say where it stands; how late it
    /// may be follows from what waits for it, as in Microsoft Project.
    pub(super) fn late_bounds(&self, node: usize) -> impl Iterator<Item = &Bound> {
        let node = &self.nodes[node];
        let is_pin =
            |bound: &Bound| matches!(bound.kind, ConstraintKind::MustStart | ConstraintKind::MustFinish);
        node.bounds.iter().filter(move |bound| node.fixed.is_none() || !is_pin(bound))
    }

    /// Puts nodes in order by the edges between them.
    pub(super) fn connected(nodes: Vec<Node>, mut edges: Vec<Edge>, times: Vec<WorkingTime>) -> Self {
        let n_nodes = nodes.len();
        edges.sort_by_key(|edge| edge.to);
        let entering = starts(n_nodes, edges.iter().map(|edge| edge.to));
        let mut leaving: Vec<usize> = (0..edges.len()).collect();
        leaving.sort_by_key(|place| edges[*place].from);
        let leaving_from = starts(n_nodes, leaving.iter().map(|place| edges[*place].from));
        let mut network = Self { nodes, edges, entering, leaving, leaving_from, order: Vec::new(), times };
        network.order = order(&network);
        network
    }

    /// The edges that lead to a node.
    pub(super) fn entering(&self, node: usize) -> &[Edge] {
        &self.edges[self.entering[node]..self.entering[node + 1]]
    }

    /// The edges that lead from a node.
    pub(super) fn leaving(&self, node: usize) -> impl Iterator<Item = &Edge> {
        self.places_leaving(node).iter().map(|place| &self.edges[*place])
    }

    /// The places in `edges` of those that lead from a node.
    pub(super) fn places_leaving(&self, node: usize) -> &[usize] {
        &self.leaving[self.leaving_from[node]..self.leaving_from[node + 1]]
    }

    /// The calendar of a node, without its people.
    pub(super) fn calendar(&self, node: usize) -> &WorkingTime {
        &self.times[self.nodes[node].calendar]
    }

    /// When somebody works on a node.
    pub(super) fn presence(&self, node: usize) -> &WorkingTime {
        &self.times[self.nodes[node].presence]
    }

    /// The working times in which the length of a node is worked.
    fn works(&self, node: usize) -> impl Iterator<Item = &WorkingTime> {
        self.nodes[node].works.iter().map(|time| &self.times[*time])
    }

    /// When work that may begin at an instant begins: with the first of its people.
    pub(super) fn begin(&self, node: usize, from: Instant) -> Instant {
        self.works(node).map(|time| time.next_working(from)).min().unwrap_or(from)
    }

    /// The latest start of work that is not after an instant: the instant itself where it is worked, else the last
    /// minute worked before it. Only its place on the successor's calendar would be the same after a pause.
    pub(super) fn latest_begin(&self, node: usize, at: Instant) -> Instant {
        if self.begin(node, at) <= at {
            return at;
        }
        self.works(node).map(|time| time.start_at(time.minutes_before(at) - 1)).max().unwrap_or(at)
    }

    /// When work that may begin at an instant ends: with the last of its people.
    pub(super) fn end(&self, node: usize, from: Instant, needs: i64) -> Instant {
        self.works(node).map(|time| time.add_to_finish(from, needs)).max().unwrap_or(from)
    }

    /// When work must begin to be over at an instant.
    pub(super) fn begin_for(&self, node: usize, finish: Instant, needs: i64) -> Instant {
        self.works(node).map(|time| time.subtract(finish, needs)).min().unwrap_or(finish)
    }

    /// The length of work that begins at an instant and ends with the last of its people at another.
    pub(super) fn most_between(&self, node: usize, from: Instant, to: Instant) -> i64 {
        self.works(node).map(|time| time.between(from, to)).min().unwrap_or(0)
    }

    /// The least that anybody who is there works on a node between two instants; none where nobody is.
    pub(super) fn least_worked(&self, node: usize, from: Instant, to: Instant) -> Option<i64> {
        self.works(node).map(|time| time.between(from, to)).filter(|worked| *worked > 0).min()
    }

    /// The last instant of work at or before an instant.
    pub(super) fn last_end(&self, node: usize, at: Instant) -> Instant {
        self.works(node).map(|time| time.previous_working_end(at)).max().unwrap_or(at)
    }
}

struct Builder<'a> {
    project: &'a Project,
    nodes: Vec<Node>,
    edges: Vec<Edge>,
    times: Vec<WorkingTime>,
    /// Working times by calendar of the task and person.
    known_times: BTreeMap<(usize, bool, Option<PersonNo>), usize>,
    /// When at least one of several is there.
    known_unions: BTreeMap<Vec<usize>, usize>,
    children: Vec<Vec<usize>>,
    /// Nodes for the ends of summaries: by summary, and whether it is the start.
    ends: BTreeMap<(usize, End), usize>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    Start,
    Finish,
}

/// The clock is always the first working time.
pub(super) const CLOCK: usize = 0;

impl<'a> Builder<'a> {
    fn new(project: &'a Project) -> Self {
        let mut children = vec![Vec::new(); project.tasks.len()];
        for (number, task) in project.tasks.iter().enumerate() {
            if let Some(parent) = task.parent {
                children[parent.0 as usize].push(number);
            }
        }
        Self {
            project,
            nodes: Vec::with_capacity(project.tasks.len()),
            edges: Vec::new(),
            times: vec![WorkingTime::clock()],
            known_times: BTreeMap::new(),
            known_unions: BTreeMap::new(),
            children,
            ends: BTreeMap::new(),
        }
    }

    fn node(&mut self, number: usize) -> Node {
        let task = &self.project.tasks[number];
        let calendar = self.time_of((task.calendar, false, None));
        let mut node = Node::point(NodeKind::Point, calendar);
        match &task.kind {
            TaskKind::Work(_) => {
                let length = self.project.typed_length(task);
                node.duration = length.map_or(0, |length| length.minutes.max(0));
                if node.duration > 0 {
                    node.kind = NodeKind::Work;
                }
                if length.is_some_and(|length| length.is_elapsed) {
                    node.works = vec![CLOCK];
                    node.elapsed = true;
                    node.assigned = vec![calendar; task.assignments.len()];
                } else {
                    node.assigned = self.assigned(task);
                    node.works = self.works(task, &node.assigned);
                    node.presence = self.union(&node.works);
                }
            }
            TaskKind::Hammock { .. } => node.kind = NodeKind::Follower,
            TaskKind::Summary if !self.children[number].is_empty() => node.kind = NodeKind::Follower,
            TaskKind::Milestone | TaskKind::Gate(_) | TaskKind::Summary => {}
        }
        // Work of several goes on while one of them is there; one alone, and the clock, decide by themselves.
        let time = match node.works[..] {
            [only] => &self.times[only],
            _ => &self.times[node.presence],
        };
        let binder = Binder { time, is_point: node.kind == NodeKind::Point };
        for (place, constraint) in task.constraints.iter().enumerate() {
            let driver = Driver::Constraint(u32::try_from(place).unwrap_or(u32::MAX));
            node.bounds.push(binder.bound(constraint, constraint.kind, driver));
        }
        node.deadline = task.deadline.map(|(at, _)| time.previous_working_end(at.last_instant()));
        let mut above = task.parent;
        while let Some(parent) = above {
            let summary = self.project.task(parent);
            for (place, constraint) in summary.constraints.iter().enumerate() {
                if let Some(kind) = inherited(constraint.kind) {
                    let place = u32::try_from(place).unwrap_or(u32::MAX);
                    let driver = Driver::ConstraintAbove { holder: parent, place };
                    node.bounds.push(binder.bound(constraint, kind, driver));
                }
            }
            let deadline = summary.deadline.map(|(at, _)| time.previous_working_end(at.last_instant()));
            node.deadline = node.deadline.into_iter().chain(deadline).min();
            above = summary.parent;
        }
        if task.is_manual {
            node.fixed = self.fixed_dates(&node);
        }
        node
    }

    /// The dates of a task that is scheduled by hand: a start, a finish, or both; the missing one follows from the length, with the
    /// last of its people to end and the first to begin.
    fn fixed_dates(&self, node: &Node) -> Option<(Instant, Instant)> {
        let at = |kind| node.bounds.iter().find(|bound| bound.kind == kind).map(|bound| bound.at);
        let times = || node.works.iter().map(|time| &self.times[*time]);
        let end = |start| times().map(|time| time.add_to_finish(start, node.duration)).max();
        let begin = |finish| times().map(|time| time.subtract(finish, node.duration)).min();
        match (at(ConstraintKind::MustStart), at(ConstraintKind::MustFinish)) {
            (Some(start), Some(finish)) => Some((start, finish.max(start))),
            (Some(start), None) => Some((start, end(start).map_or(start, |end| end.max(start)))),
            (None, Some(finish)) => Some((begin(finish).map_or(finish, |begin| begin.min(finish)), finish)),
            (None, None) => None,
        }
    }

    /// The working times of the people of a task, each once; its calendar where nobody's time differs from it.
    ///
    /// Everybody works the whole length in their own time: the task begins with the first and ends with the last of
    /// them. Somebody with a calendar of their own follows it; where the task names a calendar too, only the time that
    /// belongs to both counts. Days of absence are no working time. Unnamed heads of a role follow the task's calendar.
    fn works(&mut self, task: &Task, assigned: &[usize]) -> Vec<usize> {
        if assigned.is_empty() || task.ignores_people {
            return vec![self.time_of((task.calendar, false, None))];
        }
        let mut works = assigned.to_vec();
        works.sort_unstable();
        works.dedup();
        works
    }

    /// The working time of each assignment.
    fn assigned(&mut self, task: &Task) -> Vec<usize> {
        let times = task.assignments.iter().map(|assignment| {
            let person = match assignment.assignee {
                Assignee::Person(number) if !task.ignores_people => {
                    let person = &self.project.team.people[number.0 as usize];
                    let differs = person.calendar.is_some() || !person.absences.is_empty();
                    differs.then_some(number)
                }
                _ => None,
            };
            self.time_of((task.calendar, task.has_own_calendar, person))
        });
        times.collect()
    }

    /// The working time of a person on a task's calendar, or the calendar alone.
    fn time_of(&mut self, key: (usize, bool, Option<PersonNo>)) -> usize {
        let (calendar, is_own, person) = key;
        let key = (calendar, is_own && person.is_some(), person);
        if let Some(known) = self.known_times.get(&key) {
            return *known;
        }
        let of_task = || self.project.calendars[calendar].compile();
        let time = match person.map(|number| &self.project.team.people[number.0 as usize]) {
            None => of_task(),
            Some(person) => {
                let absences: Vec<_> = person.absences.iter().map(|absence| absence.window).collect();
                let present = match person.calendar.map(|own| self.project.calendars[own].compile()) {
                    None => of_task(),
                    Some(own) if is_own => {
                        let common = of_task().both(&own);
                        // Without a minute in common nothing could ever be done; the task's calendar decides.
                        if common.runs_dry() { of_task() } else { common }
                    }
                    Some(own) => own,
                };
                present.with_absences(&absences)
            }
        };
        let place = self.place_of(time);
        self.known_times.insert(key, place);
        place
    }

    fn union(&mut self, works: &[usize]) -> usize {
        if let [only] = works {
            return *only;
        }
        if let Some(known) = self.known_unions.get(works) {
            return *known;
        }
        let union = works
            .iter()
            .map(|time| self.times[*time].clone())
            .reduce(|somebody, person| somebody.either(&person))
            .unwrap_or_else(WorkingTime::clock);
        let place = self.place_of(union);
        self.known_unions.insert(works.to_vec(), place);
        place
    }

    /// The place of a working time in the list; equal ones stand there once.
    fn place_of(&mut self, time: WorkingTime) -> usize {
        self.times.iter().position(|known| *known == time).unwrap_or_else(|| {
            self.times.push(time);
            self.times.len() - 1
        })
    }

    /// Adds the edges that lead to a task: its own links, then those of the summaries above it.
    fn enter(&mut self, number: usize) {
        let mut holder = TaskNo(u32::try_from(number).unwrap_or(u32::MAX));
        loop {
            let task = self.project.task(holder);
            for (place, link) in task.links.iter().enumerate() {
                let end = match link.kind {
                    LinkKind::FinishStart | LinkKind::FinishFinish => End::Finish,
                    LinkKind::StartStart | LinkKind::StartFinish => End::Start,
                };
                let from = self.end_of(link.predecessor, end, 0);
                let Some(from) = from.filter(|from| *from != number) else { continue };
                let work_time = self.project.calendars[self.project.tasks[number].calendar].work_time;
                let waited_for = &self.nodes[link.predecessor.0 as usize];
                let share = match link.lag {
                    Lag::Share { hundredths, .. } => Some(hundredths),
                    Lag::Time(_) => None,
                };
                // A share of time by the clock is time by the clock.
                let elapsed = link.lag.is_elapsed() || (share.is_some() && waited_for.elapsed);
                self.edges.push(Edge {
                    from,
                    to: number,
                    kind: link.kind,
                    lag: link.lag.minutes(work_time, waited_for.duration),
                    // A summary or a hammock has no length of its own.
                    share: share.filter(|_| from == link.predecessor.0 as usize),
                    elapsed,
                    driver: Some(Driver::Link { holder, place: u32::try_from(place).unwrap_or(u32::MAX) }),
                });
            }
            match task.parent {
                Some(parent) => holder = parent,
                None => return,
            }
        }
    }

    /// The node that stands for an end of a task. None when hammocks span each other.
    fn end_of(&mut self, task: TaskNo, end: End, depth: usize) -> Option<usize> {
        let number = task.0 as usize;
        if depth > self.project.tasks.len() {
            return None;
        }
        if self.nodes[number].kind != NodeKind::Follower {
            return Some(number);
        }
        let project = self.project;
        let ends: Vec<TaskNo> = match (&project.tasks[number].kind, end) {
            (TaskKind::Hammock { from, .. }, End::Start) => from.clone(),
            (TaskKind::Hammock { to, .. }, End::Finish) => to.clone(),
            _ => {
                let below = self.children[number].iter();
                below.map(|child| TaskNo(u32::try_from(*child).unwrap_or(u32::MAX))).collect()
            }
        };
        if let (TaskKind::Hammock { .. }, [only]) = (&project.tasks[number].kind, ends.as_slice()) {
            return self.end_of(*only, end, depth + 1);
        }
        if let Some(known) = self.ends.get(&(number, end)) {
            return Some(*known);
        }
        let node = self.nodes.len();
        self.ends.insert((number, end), node);
        let (kind, link) = match end {
            End::Start => (NodeKind::Earliest, LinkKind::StartStart),
            End::Finish => (NodeKind::Latest, LinkKind::FinishFinish),
        };
        let calendar = self.nodes[number].calendar;
        self.nodes.push(Node::point(kind, calendar));
        for task in ends {
            if let Some(from) = self.end_of(task, end, depth + 1) {
                self.edges.push(Edge {
                    from,
                    to: node,
                    kind: link,
                    lag: 0,
                    share: None,
                    elapsed: false,
                    driver: None,
                });
            }
        }
        Some(node)
    }
}

/// The number of a task's node, as a task.
pub(super) fn task_of(node: usize) -> TaskNo {
    TaskNo(u32::try_from(node).unwrap_or(u32::MAX))
}

/// Where the items of each node begin in a list sorted by node.
pub(super) fn starts(n_nodes: usize, sorted: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut starts = vec![0; n_nodes + 1];
    for node in sorted {
        starts[node + 1] += 1;
    }
    for node in 0..n_nodes {
        starts[node + 1] += starts[node];
    }
    starts
}

/// Predecessors first, otherwise as in the plan. Nodes of a loop, which `resolve` has refused, come last, so
/// that scheduling ends in any case.
fn order(network: &Network) -> Vec<usize> {
    let n_nodes = network.nodes.len();
    let mut open: Vec<usize> = (0..n_nodes).map(|node| network.entering(node).len()).collect();
    let mut order: Vec<usize> = (0..n_nodes).filter(|node| open[*node] == 0).collect();
    let mut place = 0;
    while let Some(node) = order.get(place).copied() {
        place += 1;
        for edge in network.leaving(node) {
            open[edge.to] -= 1;
            if open[edge.to] == 0 {
                order.push(edge.to);
            }
        }
    }
    order.extend((0..n_nodes).filter(|node| open[*node] > 0));
    order.retain(|node| network.nodes[*node].kind != NodeKind::Follower);
    order
}
