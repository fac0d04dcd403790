//! Who there is, how much of them, and who is asked for by which task.
//!
//! Comes in: a project, its network, bookings elsewhere. Goes out: a profile of what is free for each person and for each
//! role whose heads are counted, and for each node what it asks of them in each of its worked minutes.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::profile::Profile;
use super::{Elsewhere, Hand};
use crate::model::{Assignee, Project, WorkingTime};
use crate::plan::Engine;
use crate::plan::network::{Network, NodeKind};
use crate::quantity::{Instant, Percent, Window};

/// Where a role has no limit.
const PLENTY: i64 = i64::MAX / 4;

/// A person or role that can be short.
#[derive(Clone, Debug)]
pub(super) struct Resource {
    pub(super) hand: Hand,
    /// Every minute in which any of its tasks can be worked.
    pub(super) axis: WorkingTime,
    /// What it can give, less what is booked elsewhere, along the axis.
    pub(super) free: Profile,
}

/// What a task asks of one resource.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub(super) resource: usize,
    /// The working time in which it is asked for, in the list of the network.
    pub(super) time: usize,
    /// Hundredths of a percent of a head, in each worked minute.
    pub(super) demand: i64,
    /// Whether that time is the whole axis of the resource, so that the minutes lie side by side on it.
    pub(super) is_axis: bool,
}

impl Part {
    /// When the part of a node ends that begins with it and takes so many minutes.
    pub(super) fn end(self, network: &Network, node: usize, from: Instant, needs: i64) -> Instant {
        if network.nodes[node].elapsed {
            return from.plus(needs);
        }
        network.times[self.time].add_to_finish(from, needs)
    }
}

/// All resources of a project, and what its nodes ask of them.
#[derive(Clone, Debug)]
pub(super) struct Supply {
    pub(super) resources: Vec<Resource>,
    /// By node.
    pub(super) parts: Vec<Vec<Part>>,
}

impl Supply {
    /// Hammocks, milestones and level-of-effort work ask for nobody.
    pub(super) fn of(engine: &Engine<'_>, network: &Network, elsewhere: &[Elsewhere]) -> Self {
        let project = engine.project();
        let mut numbers: BTreeMap<Hand, usize> = BTreeMap::new();
        let mut times: Vec<Vec<usize>> = Vec::new();
        let mut parts: Vec<Vec<Part>> = vec![Vec::new(); network.nodes.len()];
        for number in project.task_numbers() {
            let (task, node) = (project.task(number), number.0 as usize);
            if network.nodes[node].kind != NodeKind::Work || task.is_level_of_effort() {
                continue;
            }
            for (assignment, time) in task.assignments.iter().zip(&network.nodes[node].assigned) {
                let Some(hand) = limited(project, assignment.assignee) else { continue };
                let next = numbers.len();
                let resource = *numbers.entry(hand).or_insert(next);
                if resource == times.len() {
                    times.push(Vec::new());
                }
                if !times[resource].contains(time) {
                    times[resource].push(*time);
                }
                let demand = engine.effort_per_minute(number, assignment).of(Percent::WHOLE.hundredths());
                let known =
                    parts[node].iter_mut().find(|part| (part.resource, part.time) == (resource, *time));
                match known {
                    Some(part) => part.demand += demand,
                    None => parts[node].push(Part { resource, time: *time, demand, is_axis: false }),
                }
            }
        }
        let mut hands: Vec<(usize, Hand)> = numbers.into_iter().map(|(hand, place)| (place, hand)).collect();
        hands.sort_unstable();
        let resources: Vec<Resource> = hands
            .into_iter()
            .map(|(place, hand)| {
                let axis = times[place]
                    .iter()
                    .map(|time| network.times[*time].clone())
                    .reduce(|all, time| all.either(&time))
                    .unwrap_or_else(WorkingTime::clock);
                let free = free(project, hand, &axis, elsewhere);
                Resource { hand, axis, free }
            })
            .collect();
        for part in parts.iter_mut().flatten() {
            let resource = &resources[part.resource];
            part.is_axis = times[part.resource].len() == 1 || resource.axis == network.times[part.time];
        }
        Self { resources, parts }
    }

    /// The only part of a node, where its minutes lie side by side on the axis of its resource.
    pub(super) fn only_part(&self, network: &Network, node: usize) -> Option<Part> {
        let [part] = self.parts[node][..] else { return None };
        let of_node = &network.nodes[node];
        (part.is_axis && !of_node.elapsed && of_node.works == [part.time]).then_some(part)
    }

    /// The stretches on the axis of a resource in which a part is worked between two instants, in order.
    pub(super) fn stretches(
        &self,
        network: &Network,
        part: Part,
        (from, to): (Instant, Instant),
        each: &mut Vec<(i64, i64)>,
    ) {
        each.clear();
        let axis = &self.resources[part.resource].axis;
        let mut enter = |from: i64, to: i64| match each.last_mut() {
            Some(last) if last.1 == from => last.1 = to,
            _ if from < to => each.push((from, to)),
            _ => {}
        };
        if part.is_axis {
            enter(axis.minutes_before(from), axis.minutes_before(to));
        } else {
            // Every minute of the part is one of the axis.
            network.times[part.time].stretches(from, to, |from, to| {
                let first = axis.minutes_before(from);
                enter(first, first + to.0 - from.0);
            });
        }
    }
}

/// Who a booking is held against; none for heads without a limit.
fn limited(project: &Project, assignee: Assignee) -> Option<Hand> {
    match assignee {
        Assignee::Person(person) => Some(Hand::Person(person)),
        Assignee::Role { role, .. } => {
            let of_role = &project.team.roles[role.0 as usize];
            (of_role.heads.is_some() || !of_role.heads_by_time.is_empty()).then_some(Hand::Role(role))
        }
    }
}

/// What somebody can give, by day, less what other projects have booked.
fn free(project: &Project, hand: Hand, axis: &WorkingTime, elsewhere: &[Elsewhere]) -> Profile {
    let whole = Percent::WHOLE.hundredths();
    let minute = |day: Date| axis.minutes_before(Instant::start_of(day));
    let mut profile;
    let during = |profile: &mut Profile, window: &Window, free: i64| {
        profile.set(minute(window.first()), minute(window.end()), free);
    };
    match hand {
        Hand::Person(number) => {
            let person = &project.team.people[number.0 as usize];
            profile = Profile::steady(person.available.hundredths());
            for (window, share) in &person.availability {
                during(&mut profile, window, share.hundredths());
            }
        }
        Hand::Role(number) => {
            let role = &project.team.roles[number.0 as usize];
            profile = Profile::steady(role.heads.map_or(PLENTY, |heads| i64::from(heads) * whole));
            for (window, heads) in &role.heads_by_time {
                during(&mut profile, window, i64::from(*heads) * whole);
            }
        }
    }
    for booking in elsewhere.iter().filter(|booking| booking.hand == hand) {
        for (from, to) in &booking.spans {
            profile.take(axis.minutes_before(*from), axis.minutes_before(*to), booking.demand);
        }
    }
    profile
}
