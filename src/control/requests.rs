//! Requests to teams outside the project: when each is needed, how that sits with the promise, what one more week does.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Control, Position};
use crate::model::WorkingTime;
use crate::plan::working_day_before;
use crate::quantity::{Id, days_between};

/// Where an outside request stands as of the status date. All counts are working days of the project's calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestPosition {
    /// Its id.
    pub id: Id,
    /// Whether the project still waits.
    pub is_open: bool,
    /// The last working day before the task that needs it would start if nothing from outside held it, so that work begins
    /// with it in hand; for a task that has begun, before its start. None where no task is named.
    pub needed_by: Option<Date>,
    /// Working days from when it comes to `needed_by`; negative when it comes too late. It comes on the day it was
    /// received; while open on the day promised, but not before the status date.
    pub margin: Option<i64>,
    /// Working days past the promise, for an open request whose promise is broken.
    pub overdue: Option<i64>,
    /// The day by which the forecast takes it to be here, for one that is overdue: when work needs it, or the status date where that
    /// has passed. None where no work waits for it that has not begun.
    pub assumed: Option<Date>,
    /// Working days since it was asked, until received or the status date; none without a date of asking.
    pub waiting_days: Option<i64>,
    /// Working days from the status date to the start of the task by the forecast; negative once it has started.
    pub start_in: Option<i64>,
    /// What comes of one more week; none for what has been received, is needed by no task, or by one that has begun.
    pub week_later: Option<WeekLater>,
}

/// What follows if something comes seven calendar days later than promised, as the engine computes it: where the promise is broken, than
/// the forecast takes it to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WeekLater {
    /// The day on which it would come.
    pub comes: Date,
    /// The project's last day then.
    pub finish: Date,
    /// Calendar days by which the finish moves; zero where the plan has room for the week.
    pub days: i64,
}

/// Places every outside request against the forecast.
pub(super) fn request_positions(position: &Position, working_time: &WorkingTime) -> Vec<RequestPosition> {
    let status_date = position.status_date;
    let between = |from: Date, to: Date| working_time.working_days_after(from, to);
    let effects = position.engine.promise_effects(position.facts, position.forecast);
    let finish = position.forecast.finish_day();
    let requests = position.project.registers.requests.iter().enumerate();
    requests
        .map(|(place, request)| {
            let is_open = request.is_open(status_date);
            let effect = effects.iter().find(|effect| effect.request == place);
            let start = request.needed_for.map(|task| position.forecast.slot(task).first_day());
            let needed_by = effect
                .map(|effect| effect.needed_by)
                .or_else(|| Some(working_day_before(working_time, start?)));
            let received = request.received.filter(|received| *received <= status_date);
            let comes = received.or_else(|| request.promised.map(|promised| promised.max(status_date)));
            let until = received.unwrap_or(status_date);
            let overdue = request
                .promised
                .filter(|promised| is_open && *promised < status_date)
                .map(|promised| between(promised, status_date));
            RequestPosition {
                id: request.id.clone(),
                is_open,
                needed_by,
                margin: needed_by.map(|needed| between(comes.unwrap_or(status_date), needed)),
                overdue,
                assumed: effect.filter(|_| overdue.is_some()).map(|effect| effect.comes),
                waiting_days: request.asked.map(|asked| between(asked, until).max(0)),
                start_in: start.map(|start| between(status_date, start)),
                week_later: effect.map(|effect| WeekLater {
                    comes: effect.comes.checked_add(7.days()).unwrap_or(effect.comes),
                    finish: effect.finish_a_week_later,
                    days: days_between(finish, effect.finish_a_week_later),
                }),
            }
        })
        .collect()
}

impl Control {
    /// The requests that are overdue without a new promise and that the finish moves with, each with its place in the register: work
    /// needs them within seven days of the status date, so that a week more of waiting makes the project later.
    pub fn overdue_and_needed(&self) -> impl Iterator<Item = (usize, &RequestPosition)> {
        let in_a_week = self.status_date.checked_add(7.days()).unwrap_or(self.status_date);
        let moves = |request: &RequestPosition| request.week_later.is_some_and(|later| later.days > 0);
        self.requests
            .iter()
            .enumerate()
            .filter(move |(_, request)| request.assumed.is_some_and(|day| day <= in_a_week) && moves(request))
    }
}
