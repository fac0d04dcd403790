//! Requests to teams outside the project: when each is needed, and how that sits with the promise.

use jiff::civil::Date;

use crate::quantity::Id;

/// Where an outside request stands as of the status date. All counts are working days of the project's calendar.
#[derive(Clone, Debug, PartialEq)]
pub struct RequestPosition {
    /// Its id.
    pub id: Id,
    /// Whether the project still waits.
    pub is_open: bool,
    /// The last working day before the task that needs it starts by the forecast, so that work begins with it in
    /// hand; none where no task is named.
    pub needed_by: Option<Date>,
    /// Working days from when it comes to `needed_by`; negative when it comes too late. It comes on the day it was
    /// received; while open on the day promised, but not before the status date.
    pub margin: Option<i64>,
    /// Working days past the promise, for an open request whose promise is broken.
    pub overdue: Option<i64>,
    /// Working days since it was asked, until received or the status date; none without a date of asking.
    pub waiting_days: Option<i64>,
    /// Working days from the status date to the start of the task; negative once it has started.
    pub start_in: Option<i64>,
}
