//! From dates to slots: floats, what drives a task, and the longest path.

use crate::model::{ConstraintKind, ExternalLink, Project, TaskNo, WorkingTime};
use crate::plan::critical_path::{Early, Late, Pass, UNBOUNDED};
use crate::plan::network::{Edge, NodeKind, task_of};
use crate::plan::standing::Standing;
use crate::plan::{Driver, Pause, Schedule, Slot, State};
use crate::quantity::Instant;

/// Everything a schedule is put together from.
pub(super) struct Assembly<'a> {
    pub(super) project: &'a Project,
    pub(super) pass: &'a Pass<'a>,
    pub(super) early: &'a Early,
    pub(super) late: &'a Late,
    pub(super) deadlines: &'a Late,
    pub(super) finish: Instant,
}

impl Assembly<'_> {
    pub(super) fn schedule(&self) -> Schedule {
        let slip = self.slip_limits();
        let longest = self.longest_path();
        let mut on_path = vec![false; self.project.tasks.len()];
        for (task, _) in longest.iter().filter(|(_, drives)| *drives) {
            on_path[task.0 as usize] = true;
        }
        let longest = longest.into_iter().map(|(task, _)| task).collect();
        let empty = self.empty_slot();
        let mut slots: Vec<Slot> = (0..self.project.tasks.len())
            .map(|node| match self.kind(node) {
                NodeKind::Follower => empty.clone(),
                _ => self.slot(node, &slip, on_path[node]),
            })
            .collect();
        let start = self
            .pass
            .network
            .order
            .iter()
            .filter(|node| self.kind(**node).is_placed())
            .map(|node| self.early.start[*node])
            .min()
            .unwrap_or(self.finish);
        self.follow(&mut slots);
        Schedule { slots, start, finish: self.finish, longest_path: longest, levelling: None }
    }

    pub(super) fn kind(&self, node: usize) -> NodeKind {
        self.pass.network.nodes[node].kind
    }

    /// What the floats of a node are counted in.
    pub(super) fn measure(&self, node: usize) -> &WorkingTime {
        self.pass.network.measure(node)
    }

    /// What a task of a loop of followers gets: nothing, at the project's start.
    pub(super) fn empty_slot(&self) -> Slot {
        let at = self.pass.project_start;
        Slot {
            start: at,
            finish: at,
            resume: at,
            late_start: at,
            late_finish: at,
            total_float: 0,
            start_float: 0,
            finish_float: 0,
            free_float: 0,
            deadline_margin: None,
            duration: 0,
            remaining: 0,
            state: State::NotStarted,
            drivers: Vec::new(),
            critical: false,
            on_longest_path: false,
            out_of_sequence: false,
            overtook: None,
            waits: None,
            pauses: Vec::new(),
            logic: None,
        }
    }

    fn slot(&self, node: usize, slip: &[Slip], on_path: bool) -> Slot {
        let measure = self.measure(node);
        let standing = self.pass.standings[node];
        let last = self.pass.last_part(node);
        let (start, finish) = (self.early.start[node], self.early.finish[last]);
        let mut slot = Slot {
            start,
            finish,
            resume: self.early.resume[node],
            late_start: start,
            late_finish: finish,
            duration: self.parts(node).map(|part| self.length(part)).sum(),
            drivers: self.drivers(node),
            pauses: self.pauses(node),
            ..self.empty_slot()
        };
        if self.kind(node) == NodeKind::Point {
            slot.duration = 0;
        }
        slot.state = standing.state();
        let is_given_up = standing.is_over() && slot.state != State::Finished;
        let has_begun = !matches!(standing, Standing::Open { .. });
        if has_begun && !is_given_up {
            let entering = self.pass.network.entering(node).iter();
            let overtaken: Vec<&Edge> = entering.filter(|edge| !self.in_sequence(edge)).collect();
            slot.out_of_sequence = !overtaken.is_empty() || self.overtakes_another_project(node);
            slot.overtook = overtaken.iter().find_map(|edge| self.predecessor_in_plan(edge));
        }
        if standing.is_over() {
            let deadline = self.pass.network.nodes[last].deadline;
            slot.deadline_margin = deadline.map(|deadline| measure.between(finish, deadline));
            return slot;
        }

        slot.waits = self.pass.levelled.wait(node);
        slot.total_float = self.parts(node).map(|part| self.total_float(part)).min().unwrap_or(0);
        if self.pass.is_microsofts() {
            let room = self.parts(node).filter_map(|part| self.microsofts_room(part)).min();
            slot.free_float = room.unwrap_or(slot.total_float).max(0);
            if self.is_pinned(node) {
                slot.free_float = slot.free_float.min(slot.total_float.max(0));
            }
        } else {
            let room = self.parts(node).filter_map(|part| self.room(part, slip[part])).min();
            slot.free_float = room.unwrap_or(slot.total_float).min(slot.total_float).max(0);
        }
        let deadline = self.deadlines.finish[last];
        slot.deadline_margin = (deadline != UNBOUNDED).then(|| measure.between(finish, deadline));
        // Before a closure a task has float on its own calendar and drives the finish all the same.
        let drives = on_path && !self.pass.is_microsofts();
        let usual = self.project.scheduling.critical_float;
        let has_no_room = self.project.is_room_within(task_of(node), slot.total_float, usual);
        slot.critical = drives || has_no_room && !self.is_alone_by_hand(node);
        slot.on_longest_path = on_path;
        let needs = self.pass.needs_of_whole(node);
        slot.remaining = if self.pass.network.nodes[node].elapsed {
            self.pass.network.calendar(node).between(self.early.resume[node], finish)
        } else {
            needs
        };
        // Two names of one instant: where there is no room, late dates are written like the early ones.
        let late_finish = match self.kind(node) {
            NodeKind::Point => measure.previous_working_end(self.late.finish[node]),
            _ => self.late.finish[last],
        };
        if measure.between(finish, late_finish) != 0 {
            slot.late_finish = late_finish;
        }
        let late_start =
            if self.kind(node) == NodeKind::Point { late_finish } else { self.late.resume[node] };
        if !has_begun && measure.between(start, late_start) != 0 {
            slot.late_start = late_start;
        }
        slot.start_float = measure.between(start, slot.late_start);
        slot.finish_float = measure.between(finish, slot.late_finish);
        slot
    }

    /// Whether it is scheduled by hand and hangs together with nothing: no link, no deadline, nobody who works on it. Microsoft
    /// Project calls no such work critical.
    fn is_alone_by_hand(&self, node: usize) -> bool {
        let network = &self.pass.network;
        let task = self.project.task(task_of(node));
        self.pass.is_microsofts()
            && task.is_manual
            && task.assignments.is_empty()
            && network.nodes[node].deadline.is_none()
            && !network.entering(node).iter().chain(network.leaving(node)).any(|edge| edge.driver.is_some())
    }

    /// The node and its further parts, where levelling interrupts it.
    fn parts(&self, node: usize) -> impl Iterator<Item = usize> {
        [node].into_iter().chain(self.pass.more_parts(node))
    }

    /// Working minutes from the start to the finish of a node on its own: what each of its people works in them, not the time in
    /// which at least one of them is there. Five days of two people take five days, also where one of them comes in the evening.
    fn length(&self, node: usize) -> i64 {
        let network = &self.pass.network;
        let (start, finish) = (self.early.start[node], self.early.finish[node]);
        let each =
            (!network.nodes[node].elapsed).then(|| network.least_worked(node, start, finish)).flatten();
        each.unwrap_or_else(|| network.presence(node).between(start, finish)).max(0)
    }

    /// Where levelling lets other work through: between parts, and before what is left of begun work that may wait.
    fn pauses(&self, node: usize) -> Vec<Pause> {
        let mut pauses = Vec::new();
        let resume = self.early.resume[node];
        if let (Standing::Begun { start, .. }, Some(wait)) =
            (self.pass.standings[node], self.pass.levelled.wait(node))
            && self.project.may_split(&self.project.tasks[node])
            && let Some(from) = self.pass.status_end.map(|end| end.max(start)).filter(|from| *from < resume)
        {
            pauses.push(Pause { from, to: resume, wait });
        }
        let more = self.pass.more_parts(node);
        pauses.extend(self.parts(node).zip(more).filter_map(|(before, part)| {
            let (from, to) = (self.early.finish[before], self.early.resume[part]);
            let wait = self.pass.levelled.wait(part).filter(|_| from <= to)?;
            Some(Pause { from, to, wait })
        }));
        pauses
    }

    /// Late minus early, at whichever end has less room, counted from where logic wants the task to be: a task
    /// that a hard constraint holds before its predecessors shows the contradiction as negative float.
    fn total_float(&self, node: usize) -> i64 {
        let measure = self.measure(node);
        let wanted = if self.pass.is_microsofts() && !self.is_pinned(node) {
            self.early.resume[node]
        } else {
            self.early.wanted[node]
        };
        let at_start = measure.between(wanted, self.late.resume[node]);
        if self.kind(node) == NodeKind::Point {
            return at_start;
        }
        let needs = self.pass.standings[node].needs();
        let finish = self.pass.network.end(node, wanted, needs);
        at_start.min(measure.between(finish, self.late.finish[node]))
    }

    /// Says whether a node must start or finish on a date.
    fn is_pinned(&self, node: usize) -> bool {
        let bounds = &self.pass.network.nodes[node].bounds;
        bounds
            .iter()
            .any(|bound| matches!(bound.kind, ConstraintKind::MustStart | ConstraintKind::MustFinish))
    }

    /// How far the ends of each node may slip before a successor's early dates move.
    fn slip_limits(&self) -> Vec<Slip> {
        let n_nodes = self.pass.network.nodes.len();
        let mut slip = vec![Slip { start: UNBOUNDED, finish: UNBOUNDED }; n_nodes];
        for node in self.pass.order().iter().rev() {
            let mut own = slip[*node];
            let open = matches!(self.pass.standings[*node], Standing::Open { .. });
            for edge in self.pass.leaving(*node) {
                if self.pass.standings[edge.to].is_over() {
                    continue;
                }
                let successor = match self.kind(edge.to) {
                    // The end of a summary has no place of its own: what follows it counts.
                    NodeKind::Latest | NodeKind::Earliest => {
                        let through = slip[edge.to].start.min(slip[edge.to].finish);
                        (through, through)
                    }
                    _ => (self.early.resume[edge.to], self.early.finish[edge.to]),
                };
                let limit = self.pass.limit(edge, self.early, successor);
                if !edge.leaves_start() {
                    own.finish = own.finish.min(limit);
                } else if open {
                    own.start = own.start.min(self.pass.latest_start_at(*node, limit));
                }
            }
            slip[*node] = own;
        }
        slip
    }

    /// Working minutes by which a node may slip within its limits; none where nothing follows. Both ends count: whoever
    /// is away behind the finish needs longer when the start slips.
    fn room(&self, node: usize, slip: Slip) -> Option<i64> {
        let measure = self.measure(node);
        let needs = self.pass.standings[node].needs();
        let mut starts = (slip.start != UNBOUNDED).then_some(slip.start);
        let at_finish =
            (slip.finish != UNBOUNDED).then(|| measure.between(self.early.finish[node], slip.finish));
        if slip.finish != UNBOUNDED && self.kind(node) == NodeKind::Work {
            let start = self.pass.network.begin_for(node, slip.finish, needs);
            starts = Some(starts.map_or(start, |known| known.min(start)));
        }
        let at_start = starts.map(|start| measure.between(self.early.resume[node], start));
        at_start.into_iter().chain(at_finish).min()
    }

    /// Free slack as Microsoft Project counts it: along the calendar of the task itself from its end to that of each
    /// successor, less the lag.
    fn microsofts_room(&self, node: usize) -> Option<i64> {
        let measure = self.measure(node);
        let open = |edge: &&Edge| !self.pass.standings[edge.to].is_over();
        let rooms = self.pass.leaving(node).filter(open).map(|edge| {
            let from = if edge.leaves_start() { self.early.start[node] } else { self.early.finish[node] };
            let to =
                if edge.enters_finish() { self.early.finish[edge.to] } else { self.early.start[edge.to] };
            if edge.elapsed {
                measure.between(from, to.plus(-edge.lag))
            } else {
                measure.between(from, to) - edge.lag
            }
        });
        rooms.min()
    }

    /// What holds the start, or what is left, where it is: everything that binds, the plan's own word first.
    fn drivers(&self, node: usize) -> Vec<Driver> {
        let standing = self.pass.standings[node];
        if standing.is_over() {
            let is_done = standing.state() == State::Finished;
            return vec![if is_done { Driver::Actual } else { Driver::GivenUp }];
        }
        let mut drivers = Vec::new();
        if matches!(standing, Standing::Begun { .. }) {
            drivers.push(Driver::Actual);
        }
        if let Some(wait) = self.pass.levelled.wait(node) {
            drivers.push(Driver::Busy { hand: wait.hand, with: wait.task() });
        }
        let (constraints, is_held) = self.binding_constraints(node);
        let links = self.binding_links(node).filter_map(|edge| edge.driver);
        if is_held {
            drivers.extend(constraints.iter().copied());
            drivers.extend(links);
        } else {
            drivers.extend(links);
            drivers.extend(constraints.iter().copied());
        }
        let placed = self.place_of(node, self.early.resume[node]);
        if let Some(promised) = self.pass.promised_to(node).filter(|_| !is_held) {
            let from = match self.kind(node) {
                NodeKind::Point => promised.reaches(self.measure(node)),
                _ => self.place_of(node, promised.from),
            };
            if from == placed {
                drivers.push(promised.driver);
            }
        }
        let status = match self.kind(node) {
            NodeKind::Point => self.pass.status_floor_of_point(node),
            _ => self.pass.status_end,
        };
        let status = status.map(|status| self.place_of(node, status));
        if status == Some(placed) {
            drivers.push(Driver::StatusDate);
        }
        let project_start = match self.kind(node) {
            NodeKind::Point => self.measure(node).next_working(self.pass.project_start),
            _ => self.pass.project_start,
        };
        if self.place_of(node, project_start) == placed && status.is_none_or(|status| status < placed) {
            drivers.push(Driver::ProjectStart);
        }
        drivers
    }

    /// An instant in which equal places are equal: the next worked minute for work, the instant itself for points.
    fn place_of(&self, node: usize, at: Instant) -> Instant {
        match self.kind(node) {
            NodeKind::Work => self.pass.network.begin(node, at),
            _ => at,
        }
    }

    /// The place that a link allows.
    fn allowed_place(&self, edge: &Edge) -> Instant {
        match self.kind(edge.to) {
            NodeKind::Work => {
                let needs = self.pass.standings[edge.to].needs();
                self.place_of(edge.to, self.pass.start_allowed(edge, self.early, needs))
            }
            NodeKind::Point => self.pass.instant_allowed(edge, self.early),
            _ => Pass::tied_end(edge, self.early),
        }
    }

    fn binding_links(&self, node: usize) -> impl Iterator<Item = &Edge> {
        let placed = self.place_of(node, self.early.resume[node]);
        let needs = self.pass.standings[node].needs();
        let is_work = self.kind(node) == NodeKind::Work;
        self.pass
            .binding_candidates(node)
            .iter()
            .filter(move |edge| self.allowed_place(edge) == placed)
            .filter(move |edge| !is_work || !self.pass.is_idle_tie(edge, self.early, needs))
    }

    /// The constraints that bind, and whether one of them holds the task before its predecessors.
    fn binding_constraints(&self, node: usize) -> (Vec<Driver>, bool) {
        let needs = self.pass.standings[node].needs();
        let open = matches!(self.pass.standings[node], Standing::Open { .. });
        let placed = self.place_of(node, self.early.resume[node]);
        let is_held = self.place_of(node, self.early.wanted[node]) > placed;
        let begins_for = |at: Instant| match self.kind(node) {
            NodeKind::Work => self.pass.network.begin_for(node, at, needs),
            _ => at,
        };
        let binding = self.pass.network.nodes[node].bounds.iter().filter(|bound| {
            let at = self.place_of(node, bound.at);
            match bound.kind {
                ConstraintKind::AsLateAsPossible => self.pass.delayed_to(node).is_some_and(|delayed| {
                    open && self.measure(node).between(delayed, self.early.resume[node]) == 0
                }),
                ConstraintKind::StartsNotBefore | ConstraintKind::MustStart => open && at == placed,
                ConstraintKind::StartsNotAfter => open && is_held && at == placed,
                ConstraintKind::FinishesNotAfter => is_held && begins_for(bound.at) == placed,
                ConstraintKind::FinishesNotBefore | ConstraintKind::MustFinish => {
                    begins_for(bound.at) == placed
                }
            }
        });
        (binding.map(|bound| bound.driver).collect(), is_held)
    }

    /// Says whether a task that has begun did so before a task of another project allowed it, to the day.
    fn overtakes_another_project(&self, node: usize) -> bool {
        self.pass.network.nodes[node].bounds.iter().any(|bound| {
            let Driver::External { holder, place } = bound.driver else { return false };
            let link = self.project.task(holder).external_links.get(place as usize);
            let leaves_start = link.is_some_and(ExternalLink::leaves_start);
            let limit = if leaves_start { bound.at.day() } else { bound.at.last_day() };
            let is_finish =
                bound.kind == ConstraintKind::FinishesNotBefore || self.kind(node) == NodeKind::Point;
            let tied = if is_finish {
                self.early.finish[self.pass.last_part(node)].last_day()
            } else {
                self.early.start[node].day()
            };
            limit > tied
        })
    }

    /// Says whether a task that has begun began no earlier than a link allowed, to the day: reports know days only.
    fn in_sequence(&self, edge: &Edge) -> bool {
        let end = Pass::tied_end(edge, self.early);
        let calendar = self.pass.network.calendar(edge.to);
        let tied = if edge.enters_finish() { self.early.finish[edge.to] } else { self.early.start[edge.to] };
        let limit = match (edge.elapsed, edge.lag) {
            (_, 0) => end,
            (true, lag) => end.plus(lag),
            (false, lag) if edge.leaves_start() => calendar.add_to_start(end, lag),
            (false, lag) => calendar.add_to_finish(end, lag),
        };
        let limit = if edge.leaves_start() { limit.day() } else { limit.last_day() };
        let is_finish = edge.enters_finish() || self.kind(edge.to) == NodeKind::Point;
        limit <= if is_finish { tied.last_day() } else { tied.day() }
    }

    /// The predecessor that the plan names for a link.
    fn predecessor_in_plan(&self, edge: &Edge) -> Option<TaskNo> {
        let Some(Driver::Link { holder, place }) = edge.driver else { return None };
        let links = &self.project.task(holder).links;
        links.get(place as usize).map(|link| link.predecessor)
    }

    /// Driving links followed back from the last task to finish: tasks in order of time, and whether what is left of each drives the
    /// finish. The path is counted from the status date forward: of work under way that is left by its start, which has happened, the
    /// rest holds nothing up, and behind it follows history as behind finished work.
    fn longest_path(&self) -> Vec<(TaskNo, bool)> {
        let network = &self.pass.network;
        let whole = |node: usize| task_of(self.pass.whole_of(node));
        let ends_last = |node: usize| self.kind(node).is_placed() && self.early.finish[node] == self.finish;
        let last = network
            .order
            .iter()
            .copied()
            .filter(|node| ends_last(*node))
            // Of tasks that end together, the one that nothing else of them follows; then by id, so that the
            // order of the file does not matter.
            .min_by_key(|node| {
                (network.leaving(*node).any(|edge| ends_last(edge.to)), &self.project.task(whole(*node)).id)
            });
        let mut path = Vec::new();
        let mut is_named = vec![false; self.project.tasks.len()];
        let (mut at, mut n_steps, mut by_past_start) = (last, 0, false);
        while let Some(node) = at {
            // The path may pass through a task twice, with other work in between; it is named where the path leaves it.
            let task = whole(node);
            if self.kind(node).is_placed() && !std::mem::replace(&mut is_named[task.0 as usize], true) {
                path.push((task, !by_past_start));
            }
            n_steps += 1;
            if n_steps > network.nodes.len() {
                break;
            }
            let edge = if by_past_start { self.last_before(node) } else { self.driving_link(node) };
            by_past_start = edge.is_some_and(|edge| {
                edge.leaves_start() && matches!(self.pass.standings[edge.from], Standing::Begun { .. })
            });
            at = edge.map(|edge| edge.from);
        }
        path.reverse();
        path
    }

    /// Says whether what a link leaves has happened: the predecessor is over, or what holds the end of its summary is. Open work
    /// may have an end that has happened, but what is left of it holds nothing behind that end.
    fn leaves_history(&self, edge: &Edge) -> bool {
        let network = &self.pass.network;
        let mut from = edge.from;
        for _ in 0..network.nodes.len() {
            if self.kind(from).is_placed() {
                break;
            }
            let Some(inside) = self.binding_links(from).next() else { break };
            from = inside.from;
        }
        self.pass.standings[from].is_over()
    }

    /// The link to follow back from a node. What really began, or work that waits only for the status date, is led
    /// back to the finished predecessor that ended last before it; where there is none, that is where the path begins. A point
    /// that waits only for the status date is where the path begins: nothing before it holds it any more, it is itself what is
    /// late.
    fn driving_link(&self, node: usize) -> Option<&Edge> {
        let standing = self.pass.standings[node];
        if !standing.is_over() {
            let (constraints, is_held) = self.binding_constraints(node);
            if is_held && !constraints.is_empty() {
                return None;
            }
            if let Some(tie) = self.pass.levelled.binding_tie(node) {
                return Some(tie);
            }
            if let Some(edge) = self.binding_links(node).next() {
                return Some(edge);
            }
            let from_status = self.drivers(node).contains(&Driver::StatusDate);
            if !from_status || self.kind(node) == NodeKind::Point {
                return None;
            }
        }
        self.last_before(node)
    }

    /// The link to the finished predecessor that ended last before a node, which came in sequence if it has begun.
    fn last_before(&self, node: usize) -> Option<&Edge> {
        let standing = self.pass.standings[node];
        let edges = self.pass.network.entering(node).iter();
        edges
            .filter(|edge| matches!(standing, Standing::Open { .. }) || self.in_sequence(edge))
            .filter(|edge| self.leaves_history(edge))
            .max_by_key(|edge| (Pass::tied_end(edge, self.early), std::cmp::Reverse(edge.driver)))
    }
}

/// The latest instants to which the ends of a node may slip.
#[derive(Clone, Copy, Debug)]
struct Slip {
    start: Instant,
    finish: Instant,
}
