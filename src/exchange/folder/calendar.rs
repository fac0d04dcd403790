//! `calendar.yaml` from foreign calendars.
//!
//! Comes in: the plan's calendars and who uses them. Goes out: the file's text, and which id each calendar got. A calendar
//! that merely repeats the one it is based on is not written again; days off of one person become absences of that person.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::exchange::folder::leftover::Leftovers;
use crate::exchange::folder::names::Slugs;
use crate::exchange::folder::recurrence::ranges;
use crate::exchange::plan::{
    Calendar, Exception, Plan, ResourceKind, Rhythm, Shift, USUAL_SHIFTS, Uid, Week,
};
use crate::source::yaml::write::words_in;

/// Days after the plan's finish up to which recurring exceptions are written out: two years.
const AFTER_FINISH: i64 = 731;

/// The longest range that `extra_days` takes.
const LONGEST_EXTRA: i64 = 366;

/// Abbreviations of the weekdays, Monday first.
const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// What became of the calendars.
pub(super) struct Calendars {
    /// The text of `calendar.yaml`; none where every calendar is milepost's own.
    pub(super) text: Option<String>,
    /// Which id stands for each calendar.
    pub(super) ids: BTreeMap<Uid, String>,
    /// The first and the last minute of a day at which any calendar works.
    pub(super) day: (u32, u32),
    /// The minutes of a day of calendars whose days are not those of the plan, by id.
    pub(super) days: BTreeMap<String, i64>,
}

/// Writes the calendars that somebody uses.
pub(super) fn calendars(plan: &Plan, roles: &BTreeSet<Uid>, leftovers: &mut Leftovers) -> Calendars {
    let by_uid: BTreeMap<Uid, &Calendar> =
        plan.calendars.iter().map(|calendar| (calendar.uid, calendar)).collect();
    let writer = Writer { plan, roles, by_uid };
    let used = writer.used();
    let mut slugs = Slugs::default();
    let mut ids = BTreeMap::new();
    for calendar in &plan.calendars {
        if used.contains(&calendar.uid) {
            // A number before the name of a calendar is no number of an outline: of "24 Hours" it says all.
            let is_numbered = calendar.name.starts_with(|c: char| c.is_ascii_digit());
            let name =
                if is_numbered { format!("calendar {}", calendar.name) } else { calendar.name.clone() };
            ids.insert(calendar.uid, slugs.claim(&name, None, ("calendar", calendar.uid.0)));
        } else if calendar.base.is_none() {
            let what = format!("the calendar \"{}\" is used by nobody and was left out", calendar.name);
            leftovers.note("", what, "add it to `calendar.yaml` when you need it");
        }
    }
    let mut text = String::from(
        "# calendar.yaml — when work is possible. `1d` of a duration is `hours_per_day`, whatever the hours of a day.\n\
         # Closures of your own, such as a change freeze, go under `closed:` as day or range and reason.\n",
    );
    for calendar in plan.calendars.iter().filter(|calendar| used.contains(&calendar.uid)) {
        text += "\n";
        text += &writer.calendar(calendar, &ids, leftovers);
    }
    // Whoever has a calendar that repeats its base has the base.
    for calendar in &plan.calendars {
        if let Some(id) = writer.written(calendar.uid).and_then(|uid| ids.get(&uid)).cloned() {
            ids.entry(calendar.uid).or_insert(id);
        }
    }
    let days = plan.calendars.iter().filter_map(|calendar| {
        let minutes = writer.minutes_per_day(calendar);
        (minutes != plan.minutes_per_day).then(|| Some((ids.get(&calendar.uid)?.clone(), minutes)))?
    });
    let days = days.collect();
    Calendars { text: (!used.is_empty()).then_some(text), ids, day: writer.day(), days }
}

/// Says whether an exception is a plain time off, which of a person is an absence.
pub(super) fn is_absence(exception: &Exception) -> bool {
    exception.shifts.is_empty() && exception.rhythm == Rhythm::Throughout
}

struct Writer<'a> {
    plan: &'a Plan,
    /// Resources that become roles, which have no absences of their own.
    roles: &'a BTreeSet<Uid>,
    by_uid: BTreeMap<Uid, &'a Calendar>,
}

impl<'a> Writer<'a> {
    fn base(&self, calendar: &Calendar) -> Option<&'a Calendar> {
        calendar.base.and_then(|base| self.by_uid.get(&base).copied())
    }

    /// Whether a calendar says more than absences.
    fn is_needed(&self, calendar: &Calendar) -> bool {
        self.base(calendar).is_none()
            || calendar.week.iter().any(Option::is_some)
            || !calendar.work_weeks.is_empty()
            || calendar.exceptions.iter().any(|exception| !is_absence(exception))
    }

    /// The calendar that is written for another: itself, or the first below it that says something of its own.
    fn written(&self, uid: Uid) -> Option<Uid> {
        let mut calendar = self.by_uid.get(&uid).copied()?;
        for _ in 0..self.plan.calendars.len() {
            if self.is_needed(calendar) {
                return Some(calendar.uid);
            }
            calendar = self.base(calendar)?;
        }
        None
    }

    /// The calendars to write: those of the project, of tasks and of people, and what they are based on.
    fn used(&self) -> BTreeSet<Uid> {
        let people = self.plan.resources.iter().filter(|resource| resource.kind == ResourceKind::Work);
        let wanted = self
            .plan
            .calendar
            .into_iter()
            .chain(self.plan.tasks.iter().filter_map(|task| task.calendar))
            .filter(|uid| self.by_uid.contains_key(uid));
        // A calendar that a task names is written even where it holds only days off.
        let mut used: BTreeSet<Uid> = wanted.collect();
        used.extend(people.filter_map(|worker| {
            let own = self.by_uid.get(&worker.calendar?)?;
            let is_kept = self.roles.contains(&worker.uid) && own.says_something();
            if is_kept { Some(own.uid) } else { self.written(own.uid) }
        }));
        let mut open: Vec<Uid> = used.iter().copied().collect();
        while let Some(uid) = open.pop() {
            if let Some(base) = self.by_uid.get(&uid).and_then(|calendar| self.base(calendar))
                && used.insert(base.uid)
            {
                open.push(base.uid);
            }
        }
        used
    }

    /// The shifts of each weekday, those of the calendars below among them.
    fn week(&self, calendar: &Calendar) -> [Vec<Shift>; 7] {
        let mut chain = vec![calendar];
        while let Some(base) = self.base(chain[chain.len() - 1]) {
            if chain.len() > self.plan.calendars.len() {
                break;
            }
            chain.push(base);
        }
        std::array::from_fn(|day| {
            let own = chain.iter().find_map(|calendar| calendar.week[day].clone());
            own.unwrap_or_else(|| if day < 5 { USUAL_SHIFTS.to_vec() } else { Vec::new() })
        })
    }

    /// The minutes that `1d` is on a calendar: those that prices tell, else those of the plan, a whole day where it works round the clock. The calendar of the
    /// project has those of the plan in any case, in which the plan is read.
    fn minutes_per_day(&self, calendar: &Calendar) -> i64 {
        if let Some(minutes) =
            self.plan.day_by_price(calendar.uid).filter(|_| self.plan.calendar != Some(calendar.uid))
        {
            return minutes;
        }
        let mut calendar = calendar;
        for _ in 0..self.plan.calendars.len() {
            match self.base(calendar).filter(|_| calendar.week.iter().all(Option::is_none)) {
                Some(base) => calendar = base,
                None => break,
            }
        }
        let is_round_the_clock = self
            .week(calendar)
            .iter()
            .all(|day| day.iter().map(|shift| shift.end - shift.start).sum::<u32>() == 1_440);
        if is_round_the_clock && self.plan.calendar != Some(calendar.uid) {
            1_440
        } else {
            self.plan.minutes_per_day
        }
    }

    fn day(&self) -> (u32, u32) {
        let mut shifts: Vec<Shift> = Vec::new();
        for calendar in &self.plan.calendars {
            shifts.extend(self.week(calendar).concat());
            shifts.extend(calendar.exceptions.iter().flat_map(|exception| exception.shifts.clone()));
            let weeks = calendar.work_weeks.iter().flat_map(|week| week.week.iter().flatten().flatten());
            shifts.extend(weeks);
        }
        let first = shifts.iter().map(|shift| shift.start).min().unwrap_or(480);
        let last = shifts.iter().map(|shift| shift.end).max().unwrap_or(1_020);
        (first, last)
    }

    fn calendar(
        &self,
        calendar: &Calendar,
        ids: &BTreeMap<Uid, String>,
        leftovers: &mut Leftovers,
    ) -> String {
        let id = &ids[&calendar.uid];
        let mut text = format!("{id}:");
        if !calendar.name.is_empty() && calendar.name.to_lowercase().replace(' ', "-") != *id {
            text += &format!("    # {}", calendar.name);
        }
        text.push('\n');
        let base = self.base(calendar).and_then(|base| ids.get(&base.uid));
        if let Some(base) = base {
            text += &format!("  based_on: {base}\n");
        }
        let week = self.week(calendar);
        if week.iter().all(Vec::is_empty) {
            leftovers.note(
                id,
                "this calendar has no working weekday, which milepost does not know; it was written with the usual week",
                "close its days under `closed:` in `calendar.yaml`",
            );
        } else if base.is_none() || calendar.week.iter().any(Option::is_some) {
            text += &week_lines("  ", &week);
        }
        if base.is_none() || calendar.week.iter().any(Option::is_some) {
            text += &format!("  hours_per_day: {}\n", hours_of(self.minutes_per_day(calendar)));
        }
        text += &work_weeks(calendar, &week, (id, leftovers));
        text += &self.exceptions(calendar, (id, leftovers));
        text
    }

    fn exceptions(&self, calendar: &Calendar, (id, leftovers): (&str, &mut Leftovers)) -> String {
        let finish = self.plan.finish.unwrap_or(self.plan.start).date();
        let until = finish.checked_add(AFTER_FINISH.days()).unwrap_or(finish);
        let (mut off, mut worked) = (BTreeMap::new(), BTreeMap::new());
        for exception in calendar.exceptions.iter().filter(|exception| !is_long_and_worked(exception)) {
            let (days, is_cut) = ranges(exception, until);
            if is_cut {
                leftovers.note(
                    id,
                    format!("\"{}\" recurs; it was written out day by day up to {until}", exception.name),
                    "add later days to `calendar.yaml` when the plan grows beyond them",
                );
            }
            for day in days {
                // Where two exceptions have the same days, the first one stands.
                if exception.shifts.is_empty() {
                    off.entry(day).or_insert_with(|| words_or(&exception.name, "Not worked"));
                } else {
                    worked.entry(day).or_insert_with(|| {
                        let hours: Vec<String> =
                            exception.shifts.iter().map(|shift| shift_text(*shift)).collect();
                        let name = if exception.name.is_empty() {
                            String::new()
                        } else {
                            format!("    # {}", exception.name)
                        };
                        format!("{}{name}", hours.join(", "))
                    });
                }
            }
        }
        let mut text = String::new();
        for (key, days) in [("holidays", off), ("extra_days", worked)] {
            if !days.is_empty() {
                text += &format!("  {key}:\n");
            }
            for ((from, to), value) in days {
                text += &format!("    {}: {value}\n", range(from, to));
            }
        }
        text
    }
}

/// `weeks:` of a calendar: ranges of days with other hours.
fn work_weeks(
    calendar: &Calendar,
    usual: &[Vec<Shift>; 7],
    (id, leftovers): (&str, &mut Leftovers),
) -> String {
    let mut text = String::new();
    let mut seen = BTreeSet::new();
    let long = calendar.exceptions.iter().filter(|exception| is_long_and_worked(exception));
    let throughout = long.map(|exception| {
        let week: Week = std::array::from_fn(|_| Some(exception.shifts.clone()));
        (exception.from, exception.to, exception.name.clone(), week)
    });
    let weeks =
        calendar.work_weeks.iter().map(|week| (week.from, week.to, week.name.clone(), week.week.clone()));
    for (from, to, name, own) in weeks.chain(throughout) {
        let week: [Vec<Shift>; 7] =
            std::array::from_fn(|day| own[day].clone().unwrap_or_else(|| usual[day].clone()));
        if week == *usual || !seen.insert((from, to)) {
            continue;
        }
        if week.iter().all(Vec::is_empty) {
            leftovers.note(
                id,
                format!("the weeks from {from} to {to} (\"{name}\") have no working day"),
                "write the range under `closed:` in `calendar.yaml`",
            );
            continue;
        }
        if text.is_empty() {
            text += "  weeks:                        # weeks with other hours\n";
        }
        text += &format!("    {}:", range(from, to));
        if !name.is_empty() {
            text += &format!("    # {name}");
        }
        text.push('\n');
        text += &week_lines("      ", &week);
    }
    text
}

/// A worked exception longer than `extra_days` takes is a week of its own.
fn is_long_and_worked(exception: &Exception) -> bool {
    let days = exception.from.until(exception.to).map_or(0, |span| i64::from(span.get_days()) + 1);
    !exception.shifts.is_empty() && exception.rhythm == Rhythm::Throughout && days > LONGEST_EXTRA
}

fn words_or(name: &str, otherwise: &str) -> String {
    words_in(if name.is_empty() { otherwise } else { name }, false)
}

/// A day, or the first and the last day of a range.
pub(super) fn range(from: Date, to: Date) -> String {
    if from == to { from.to_string() } else { format!("{from} .. {to}") }
}

/// The working days and their hours: one list where all days have the same, else a list for each group of days.
fn week_lines(pad: &str, week: &[Vec<Shift>; 7]) -> String {
    let mut groups: Vec<(&Vec<Shift>, Vec<&str>)> = Vec::new();
    for (day, shifts) in week.iter().enumerate().filter(|(_, shifts)| !shifts.is_empty()) {
        match groups.iter_mut().find(|(own, _)| *own == shifts) {
            Some((_, days)) => days.push(WEEKDAYS[day]),
            None => groups.push((shifts, vec![WEEKDAYS[day]])),
        }
    }
    let worked: Vec<&str> =
        week.iter().zip(WEEKDAYS).filter(|(shifts, _)| !shifts.is_empty()).map(|(_, day)| day).collect();
    let mut text = format!("{pad}week: {}\n", worked.join(" "));
    if let [(shifts, _)] = groups.as_slice() {
        text += &format!("{pad}hours: {}\n", hours_list(shifts));
        return text;
    }
    text += &format!("{pad}hours:\n");
    for (shifts, days) in groups {
        text += &format!("{pad}  {}: {}\n", days.join(" "), hours_list(shifts));
    }
    text
}

fn hours_list(shifts: &[Shift]) -> String {
    let hours: Vec<String> = shifts.iter().map(|shift| shift_text(*shift)).collect();
    format!("[{}]", hours.join(", "))
}

fn shift_text(shift: Shift) -> String {
    format!("{:02}:{:02} .. {:02}:{:02}", shift.start / 60, shift.start % 60, shift.end / 60, shift.end % 60)
}

/// The length of a day: in hours where it comes out even.
fn hours_of(minutes: i64) -> String {
    match minutes * 100 / 60 {
        hundredths if minutes * 100 % 60 == 0 && hundredths % 100 == 0 => format!("{}h", hundredths / 100),
        hundredths if minutes * 100 % 60 == 0 => {
            let hours = format!("{}.{:02}", hundredths / 100, hundredths % 100);
            format!("{}h", hours.trim_end_matches('0'))
        }
        _ => format!("{minutes}m"),
    }
}
