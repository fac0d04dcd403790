//! `costs.csv`, `timesheets.csv`, `defects.csv` and `flow.csv`: facts in rows that only grow.

use jiff::civil::{Date, ISOWeekDate, Weekday};

use crate::diagnostic::Spanned;
use crate::quantity::{Audience, Duration, Id, Malformed, Money, Window, is_year_of_a_project};
use crate::record;
use crate::record::decode::Scalar;
use crate::vocabulary;

vocabulary! {
    /// What a row of `costs.csv` says happened.
    pub struct CostType("a type of entry"):
        "budget", "change", "commitment", "accrual", "actual" or "forecast";
}

record! {
    /// `costs.csv`: money as it is granted, ordered, received and paid, one row for each event. Rows are only
    /// added; a mistake is corrected by a further row with a negative amount.
    pub struct CostRow("row of costs") {
        /// The day on which it happened.
        required date: Spanned<Date>,
        /// `commitment` (an order signed), `accrual` (received, not yet invoiced), `actual` (invoiced or
        /// paid), `budget` (granted), `change` (moved by an approved change) or `forecast` (expected). What is
        /// expected counts until its day is over: what came of it by then is booked, what did not is expected anew by a further row.
        /// It has no day on which it became known: it is left out as of a day that lies more than one report back.
        required r#type: Spanned<CostType>,
        /// The budget category, as listed in `budget.yaml`; `other` where empty.
        category: Spanned<String>,
        /// The task it belongs to.
        task: Spanned<Id>,
        /// How much.
        required amount: Spanned<Money>,
        /// Number of the order or invoice. An accrual and the invoice that follows it share the number of the
        /// order, and a credit note that of the invoice it takes back. A credit note over a whole invoice takes it back: what was
        /// received of it is cost and waits for another invoice, and the order is open again as far as nothing was received; a smaller one
        /// lowers the price, and nothing is to come for it. Goods that go back and
        /// come again are an `accrual` below zero and another when they are there. An invoice settles accruals of its day and before; an accrual
        /// that comes later is another delivery, but for what goes beyond the order, which counts as paid in advance. Compared as written: `PO-17` and `po-17` are
        /// two numbers, which a finding tells. Where all lines of a number are in one other currency, the order is settled in
        /// it, and what is still to come counts at the rate of the order.
        reference: Spanned<String>,
        /// Remark.
        note: Spanned<String>,
    }
}

record! {
    /// `timesheets.csv`: hours as worked, one row for each person or role, task and week (or day).
    pub struct TimeRow("row of hours") {
        /// The week, such as `2026-W32`.
        week: Spanned<Week>,
        /// The day, instead of the week.
        date: Spanned<Date>,
        /// Who worked.
        person: Spanned<Id>,
        /// The role that worked, where hours are booked for it and not by people, such as `developer`: they cost the rate of the role. A
        /// row names a person or a role.
        role: Spanned<Id>,
        /// On which task.
        required task: Spanned<Id>,
        /// How long, such as `2.5d` or `6h`; a day is a working day of the task's calendar.
        required time: Spanned<Duration>,
    }
}

record! {
    /// `defects.csv`: defects found in what is delivered, one row for each.
    pub struct DefectRow("defect") {
        /// Its number in the place where defects are kept.
        required id: Spanned<String>,
        /// What is wrong, in one sentence.
        required title: Spanned<String>,
        /// `1` (worst) to `4`, also written `S1` to `S4`.
        required severity: Spanned<Severity>,
        /// The day on which it was found.
        required opened: Spanned<Date>,
        /// The day on which it was closed; where it came back and was closed again, the days in their order with spaces
        /// between, or the last of them.
        closed: Spanned<Days>,
        /// The day on which it came back; more than one with spaces between: `2026-11-12 2026-11-20`.
        reopened: Spanned<Days>,
        /// Who mends it.
        owner: Spanned<Id>,
        /// The task or deliverable it belongs to.
        belongs_to: Spanned<Id>,
        /// How people can work in spite of it.
        workaround: Spanned<String>,
        /// Who may read its words: `public`, `internal` or `restricted`. On a site for a wider audience the words are withheld;
        /// its figures stay in the totals.
        audience: Spanned<Audience>,
    }
}

record! {
    /// `flow.csv`: items of work that flow through states, such as tickets of a service desk or stories of a software team:
    /// one row for each, with the day on which it reached each state. Fill the days in as they come; most trackers write
    /// such a table. For work that comes item by item; a project planned by tasks needs none.
    pub struct FlowRow("item of work") {
        /// Its number in the place where items are kept.
        required item: Spanned<String>,
        /// What it is, in one sentence.
        title: Spanned<String>,
        /// The task it belongs to.
        task: Spanned<Id>,
        /// The day on which it was asked for: from then on it waits to be done.
        required arrived: Spanned<Date>,
        /// The day on which work on it began.
        started: Spanned<Date>,
        /// The day on which it went to review or test; empty where nothing is reviewed.
        review: Spanned<Date>,
        /// The day on which it was done. One that is given up gets its day too, and a note. A state that was skipped counts as
        /// reached with the next; one that comes back keeps its first days.
        done: Spanned<Date>,
        /// A remark.
        note: Spanned<String>,
    }
    computed {
        state: "remove it: the state follows from the days",
        age: "remove it: it is computed from the days",
        cycle_time: "remove it: it is computed from the days",
    }
}

/// A calendar week of ISO 8601, Monday to Sunday, written `2026-W32`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Week {
    year: i16,
    number: i8,
    days: Window,
}

impl Week {
    /// Monday to Sunday.
    #[must_use]
    pub fn days(self) -> Window {
        self.days
    }
}

impl std::fmt::Display for Week {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-W{:02}", self.year, self.number)
    }
}

impl Scalar for Week {
    const FORM: &'static str = "a week such as 2026-W32";
    const STAND_IN: &'static str = "2000-W01";

    fn read(text: &str) -> Result<Self, Malformed> {
        let form = || Malformed::expected(Self::FORM);
        let nearly = || form().hint(meant_week(text).unwrap_or_default());
        let (year, number) = text.split_once("-W").ok_or_else(nearly)?;
        if year.len() != 4 || number.len() != 2 {
            return Err(nearly());
        }
        let year: i16 = year.parse().map_err(|_| form())?;
        if !is_year_of_a_project(year) {
            return Err(form().hint("check the year"));
        }
        let number: i8 = number.parse().map_err(|_| form())?;
        let monday = ISOWeekDate::new(year, number, Weekday::Monday)
            .map_err(|_| form().hint(format!("check the week: {year} does not have a week {number}")))?;
        let sunday = ISOWeekDate::new(year, number, Weekday::Sunday).map_err(|_| form())?;
        let days = Window::inclusive(monday.date(), sunday.date()).ok_or_else(form)?;
        Ok(Self { year, number, days })
    }
}

/// What to write for a week such as `2026-48`, `2026W48` or `W48/2026`; none where the text names no week.
fn meant_week(text: &str) -> Option<String> {
    let digits = |letter: char| !letter.is_ascii_digit();
    let numbers: Vec<&str> = text.split(digits).filter(|part| !part.is_empty()).collect();
    let (year, number) = match numbers.as_slice() {
        [year, number] | [number, year] if year.len() == 4 && number.len() <= 2 => (year, number),
        _ => return None,
    };
    // Without its letter a number up to twelve may be a month.
    let is_week = text.contains(['W', 'w']) || number.parse::<u8>().is_ok_and(|number| number > 12);
    let meant = format!("{year}-W{number:0>2}");
    is_week.then_some(())?;
    Week::read(&meant).is_ok().then(|| format!("write `{meant}`"))
}

/// Days in order of time, written `2026-11-12 2026-11-20`; at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Days(Vec<Date>);

impl Days {
    /// The days, the earliest first.
    #[must_use]
    pub fn all(&self) -> &[Date] {
        &self.0
    }
}

impl std::fmt::Display for Days {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let words: Vec<String> = self.0.iter().map(Date::to_string).collect();
        f.write_str(&words.join(" "))
    }
}

impl Scalar for Days {
    const FORM: &'static str = "a date such as 2026-11-20, or several with spaces between";

    fn read(text: &str) -> Result<Self, Malformed> {
        let days: Vec<Date> = text.split_whitespace().map(Date::read).collect::<Result<_, _>>()?;
        if days.is_empty() {
            return Err(Malformed::expected(Self::FORM));
        }
        if days.is_sorted() {
            return Ok(Self(days));
        }
        Err(Malformed::expected(Self::FORM).hint("write the days in order of time"))
    }
}

/// How bad a defect is: 1 (worst) to 4.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Severity(u8);

impl Severity {
    /// The level, 1 to 4.
    #[must_use]
    pub fn level(self) -> u8 {
        self.0
    }
}

impl Scalar for Severity {
    const FORM: &'static str = "a severity from 1 (worst) to 4";
    const STAND_IN: &'static str = "4";

    fn read(text: &str) -> Result<Self, Malformed> {
        let level = text.strip_prefix(['S', 's']).unwrap_or(text);
        match level.parse() {
            Ok(level @ 1..=4) => Ok(Self(level)),
            _ => Err(Malformed::expected(Self::FORM)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_run_from_monday_to_sunday() {
        let week = Week::read("2026-W32").unwrap();
        assert_eq!(week.days().first().to_string(), "2026-08-03");
        assert_eq!(week.days().last_day().to_string(), "2026-08-09");
        assert_eq!(week.to_string(), "2026-W32");
        assert_eq!(Week::read("2026-W53").unwrap().days().last_day().to_string(), "2027-01-03");
        assert_eq!(Week::read("2027-W53").unwrap_err().hint, "check the week: 2027 does not have a week 53");
        for slip in ["1026-W32", "9999-W52", "0001-W01"] {
            assert_eq!(Week::read(slip).unwrap_err().hint, "check the year");
        }
        for (wrong, hint) in [
            ("2026-32", "write `2026-W32`"),
            ("2026W32", "write `2026-W32`"),
            ("KW 8 2026", "write `2026-W08`"),
            ("2026-W3", "write `2026-W03`"),
            ("2026-11", ""),
            ("2026-54", ""),
            ("W32", ""),
            ("26-W32", ""),
        ] {
            assert_eq!(Week::read(wrong).unwrap_err().hint, hint, "{wrong}");
        }
    }

    #[test]
    fn severities_have_four_levels() {
        assert_eq!(Severity::read("S1").unwrap().level(), 1);
        assert_eq!(Severity::read("4").unwrap().level(), 4);
        assert!(Severity::read("5").is_err());
        assert!(Severity::read("high").is_err());
    }
}
