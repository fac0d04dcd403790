//! Links between tasks, with lags that lead to the same dates in MS Project, and where none does.

use super::Plan;
use super::task::{DAYS, DAYS_BY_CLOCK, TENTHS};
use super::xml::Xml;
use crate::model::{Link, LinkKind, TaskNo};
use crate::plan::{Driver, State};
use crate::quantity::{Instant, Lag};

/// How a lag is shown that is a share of what is waited for, by working time or by the clock.
const SHARE: u8 = 19;
const SHARE_BY_CLOCK: u8 = 20;

impl Plan<'_> {
    pub(super) fn link(&self, xml: &mut Xml, successor: TaskNo, link: &Link) {
        let (lag, format) = self.lag(successor, link);
        xml.within("PredecessorLink", |xml| {
            xml.field("PredecessorUID", self.number(link.predecessor));
            xml.field(
                "Type",
                match link.kind {
                    LinkKind::FinishFinish => 0,
                    LinkKind::FinishStart => 1,
                    LinkKind::StartFinish => 2,
                    LinkKind::StartStart => 3,
                },
            );
            xml.flag("CrossProject", false);
            xml.field("LinkLag", lag);
            xml.field("LagFormat", format);
        });
    }

    /// The time between the ends and how it is shown: tenths of minutes, or whole percent.
    fn lag(&self, successor: TaskNo, link: &Link) -> (i64, u8) {
        let waited_for = self.project.task(link.predecessor);
        // Only work has a length of which there are shares.
        let is_share = matches!(link.lag, Lag::Share { .. });
        if is_share && !waited_for.is_work() {
            return (0, DAYS);
        }
        let planned = self.project.typed_length(waited_for).map_or(0, |length| length.minutes);
        // A share is one of the planned length. What has begun may go out with another, of which MS Project would take the share.
        let is_as_planned = self.slot(link.predecessor).state == State::NotStarted
            || self.time(link.predecessor).length() == planned;
        let work_time = self.project.calendars[self.project.task(successor).calendar].work_time;
        let minutes = link.lag.minutes(work_time, planned);
        // A share of time by the clock is time by the clock.
        let is_elapsed = link.lag.is_elapsed() || (is_share && waited_for.runs_by_the_clock());
        if self.is_translated() {
            let is_counted = minutes != 0 && !is_elapsed && self.project.task(successor).runs_by_the_clock();
            let by_clock = is_counted.then(|| self.by_clock((successor, link), minutes));
            if let Some(other) = by_clock.or_else(|| self.walked_back((successor, link), minutes, is_elapsed))
            {
                return (other.saturating_mul(TENTHS), DAYS_BY_CLOCK);
            }
        }
        if let Lag::Share { hundredths, .. } = link.lag
            && hundredths % 100 == 0
            && is_as_planned
        {
            return (hundredths / 100, if link.lag.is_elapsed() { SHARE_BY_CLOCK } else { SHARE });
        }
        (minutes.saturating_mul(TENTHS), if is_elapsed { DAYS_BY_CLOCK } else { DAYS })
    }

    /// A lag in working time before work that runs by the clock, which MS Project counts by the clock too: what it is in the forecast.
    fn by_clock(&self, (successor, link): (TaskNo, &Link), minutes: i64) -> i64 {
        let before = self.slot(link.predecessor);
        let from = if link.kind.leaves_start() { before.start } else { before.finish };
        let time = self.engine.calendar_of(successor);
        let to =
            if minutes > 0 { time.add_to_finish(from, minutes) } else { time.add_to_start(from, minutes) };
        to.0 - from.0
    }

    /// MS Project walks back the length of what ends with another task first and adds the lag then. Where that leads to another start
    /// than ours, the lag by the clock that leads to the same one in the forecast.
    fn walked_back(&self, (successor, link): (TaskNo, &Link), lag: i64, is_elapsed: bool) -> Option<i64> {
        let (task, slot) = (self.project.task(successor), self.slot(successor));
        if lag == 0 || !link.kind.enters_finish() || !task.is_work() || slot.state != State::NotStarted {
            return None;
        }
        let (ours, theirs) = self.walked((successor, link), lag, is_elapsed);
        let worked = self.engine.working_time(successor);
        let is_same =
            if task.runs_by_the_clock() { ours == theirs } else { worked.between(ours, theirs) == 0 };
        let before = self.begin_for(successor, self.end_of(link));
        (!is_same).then(|| worked.next_working(ours).0 - before.0)
    }

    /// The end of what is waited for that a link ties.
    fn end_of(&self, link: &Link) -> Instant {
        let before = self.slot(link.predecessor);
        if link.kind.leaves_start() { before.start } else { before.finish }
    }

    /// When the work of a task must begin to end at an instant.
    fn begin_for(&self, number: TaskNo, finish: Instant) -> Instant {
        let (task, slot) = (self.project.task(number), self.slot(number));
        if task.runs_by_the_clock() {
            finish.plus(-slot.duration_by_clock())
        } else {
            self.engine.working_time(number).subtract(finish, slot.remaining)
        }
    }

    /// Where a link between ends with a lag leads the start of work: as here, and as in MS Project.
    fn walked(&self, (successor, link): (TaskNo, &Link), lag: i64, is_elapsed: bool) -> (Instant, Instant) {
        let end = self.end_of(link);
        let later = |from: Instant| self.later_by(successor, (lag, is_elapsed), from);
        (self.begin_for(successor, later(end)), later(self.begin_for(successor, end)))
    }

    /// An instant with a lag, along the calendar of a task or by the clock.
    fn later_by(&self, number: TaskNo, (lag, is_elapsed): (i64, bool), from: Instant) -> Instant {
        let time = self.engine.calendar_of(number);
        match (is_elapsed, lag) {
            (_, 0) => from,
            (true, _) => from.plus(lag),
            (false, 1..) => time.add_to_finish(from, lag),
            (false, _) => time.add_to_start(from, lag),
        }
    }

    /// Whether a link of a summary above would lead a task behind its place in the forecast: MS Project counts a lead between finishes
    /// from another instant, and before work that runs by the clock by the clock, so that two days are 16 hours.
    pub(super) fn is_led_too_late(&self, number: TaskNo) -> bool {
        let (task, slot) = (self.project.task(number), self.slot(number));
        if !self.is_translated() {
            return false;
        }
        let by_clock = task.runs_by_the_clock();
        let above = std::iter::successors(task.parent, |at| self.project.task(*at).parent);
        above.flat_map(|holder| self.project.task(holder).links.iter().map(move |link| (holder, link))).any(
            |(holder, link)| {
                let (lag, format) = self.lag(holder, link);
                let is_elapsed = by_clock || matches!(format, DAYS_BY_CLOCK | SHARE_BY_CLOCK);
                let lag = match format {
                    SHARE | SHARE_BY_CLOCK => {
                        let planned = self.project.typed_length(self.project.task(link.predecessor));
                        planned.map_or(0, |length| length.minutes) * lag / 100
                    }
                    _ => lag / TENTHS,
                };
                let theirs = if link.kind.enters_finish() && task.is_work() {
                    self.walked((number, link), lag, is_elapsed).1
                } else {
                    self.later_by(number, (lag, is_elapsed), self.end_of(link))
                };
                lag != 0 && self.measure(number).between(slot.start, theirs) > 0
            },
        )
    }

    /// Whether a link of a summary above leads a task elsewhere than MS Project would take it: with a lag between finishes, or with one
    /// in working time before work that runs by the clock.
    pub(super) fn is_led_from_above(&self, number: TaskNo) -> bool {
        let Some(Driver::Link { holder, place }) = self.slot(number).drivers.first() else { return false };
        let link = self.project.task(*holder).links.get(*place as usize);
        *holder != number
            && self.is_translated()
            && link.is_some_and(|link| {
                let is_by_clock = self.project.task(number).runs_by_the_clock() && !link.lag.is_elapsed();
                !link.lag.is_zero() && (link.kind.enters_finish() || is_by_clock)
            })
    }
}
