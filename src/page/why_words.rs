//! The phrases of an explanation: what holds a task, which days without work it crosses, how long it takes.

use jiff::civil::Date;

use crate::diagnostic::Span;
use crate::format;
use crate::model::{
    Calendar, ExternalDates, ExternalLink, LinkKind, Task, TaskKind, TaskNo, TaskProgress, Work,
};
use crate::page::desk::{days_of, task_name};
use crate::page::why::{Said, SaidWait, Teller, slot_days};
use crate::plan::{BusyWith, Gap, GapKind, Hand, Pause, Reason, Side, State, Step, Wait, WaitStretch};
use crate::quantity::{Effort, Lag, MINUTES_OF_DAY, Window};

/// So many stretches of a wait or pause are told before its last; the others are counted. As JSON all of them are given.
const STRETCHES_AT_MOST: usize = 5;

/// What a task does about days without work before it begins.
const WAITS_FOR: &str = "waits for the end of";

/// What such days do to a task under way.
const IS_INTERRUPTED: &str = "is interrupted by";

/// What is worked of the nights at the edges of a closure: `worked from 22:00 to 24:00 on 2 Apr 2026 and from 00:00 to 06:00 on 4 Apr 2026`;
/// none where no shift runs over midnight there.
#[must_use]
pub(super) fn nights_worked(calendar: &Calendar, closed: Window) -> Option<String> {
    let clock = |minute: u32| format!("{:02}:{:02}", minute / 60, minute % 60);
    let parts: Vec<String> = calendar
        .parts_of_nights(closed)
        .into_iter()
        .map(|(day, shift)| {
            format!("from {} to {} on {}", clock(shift.start), clock(shift.end), format::date(day))
        })
        .collect();
    (!parts.is_empty()).then(|| format!("worked {}", format::listed(&parts)))
}

impl Teller<'_> {
    /// What a gate waits for that the board holds or sent back.
    fn held(&self, from: Date, asked: Option<Span>) -> Said {
        let Some(place) = asked else {
            let text = format!("comes back before the board on {}", format::date(from));
            return self.said("hold", text);
        };
        let mut known = self.project.project.gates.values().flat_map(|record| &record.conditions);
        let known = known.find(|known| known.origin == place && !known.is_withheld);
        let what = known.map_or_else(
            || "what the board asked for".to_owned(),
            |known| {
                let what = crate::prose::plain_text(&known.condition.markdown);
                format!("“{}”, which the board asked for", what.trim().trim_end_matches('.'))
            },
        );
        let text = format!("waits for {what}, and can be reached from {} on", format::date(from));
        self.said("hold", text).at(self.place(Some(place)))
    }

    /// What holds the date of a task, as a phrase that the task is the subject of.
    #[must_use]
    pub fn reason(&self, number: TaskNo, reason: &Reason) -> Said {
        let project = &self.project.project;
        let slot = self.slot(number);
        match *reason {
            Reason::Reported { origin } => self.said("report", self.reported(number)).at(self.place(origin)),
            Reason::Link { holder, predecessor, kind, lag, origin } => {
                let name = task_name(project.task(predecessor));
                let tie = match kind {
                    LinkKind::FinishStart => format!("follows “{name}”"),
                    LinkKind::StartStart => format!("starts with “{name}”"),
                    LinkKind::FinishFinish => format!("finishes with “{name}”"),
                    LinkKind::StartFinish => format!("ends when “{name}” starts"),
                };
                let tie = if holder == number {
                    tie
                } else {
                    format!("{tie}, as all of “{}” does", task_name(project.task(holder)))
                };
                let text = match (self.lag(number, lag), because(project.task(holder))) {
                    (Some(lag), Some(because)) => format!("{tie}, {lag}: {because}"),
                    (Some(lag), None) => format!("{tie}, {lag}"),
                    (None, _) => tie,
                };
                self.said("link", text).about(self.id(predecessor)).at(self.place(Some(origin)))
            }
            Reason::External { holder, place, dates, origin } => {
                let link = &project.task(holder).external_links[place];
                self.said("external", self.external(number, (holder, link), dates))
                    .about(link.named())
                    .at(self.place(Some(origin)))
            }
            Reason::Constraint { holder, kind, at, origin } => {
                let mut text = kind.key().replace('_', " ");
                if let Some(at) = at {
                    text = format!("{text} {}", format::moment(at));
                }
                if holder != number {
                    text = format!("{text}, as all of “{}”", task_name(project.task(holder)));
                }
                if let Some(because) = because(project.task(holder)) {
                    text = format!("{text}: {because}");
                }
                self.said("constraint", text).at(self.place(Some(origin)))
            }
            Reason::StatusDate(day) => {
                let day = format::date(day);
                let text = if project.task(number).is_point() {
                    format!("is open on the status date, {day}, so it lies at its end")
                } else if slot.state == State::InProgress {
                    format!("what is left is done after the status date, {day}")
                } else {
                    format!("has not begun by the status date, {day}")
                };
                self.said("status-date", text)
            }
            Reason::Promised { request, comes, origin } => {
                let request = &project.registers.requests[request];
                let what = crate::prose::plain_text(&request.request.markdown);
                let what = what.trim().trim_end_matches('.');
                let team = crate::page::outside::team_name(&request.team);
                let text =
                    format!("waits for {}, “{what}”, of {team} for {}", request.id, format::date(comes));
                self.said("promise", text).about(request.id.to_string()).at(self.place(Some(origin)))
            }
            Reason::Held { from, asked } => self.held(from, asked),
            Reason::GivenUp { decided, origin } => {
                let text = format!("is given up: the board stopped the project on {}", format::date(decided));
                self.said("given-up", text).at(self.place(origin))
            }
            Reason::ProjectStart => {
                let place = project.field_origins.get("start").copied();
                self.said("project-start", "starts with the project".to_owned()).at(self.place(place))
            }
            Reason::CountedBack { finish, origin } => {
                let text =
                    format!("is counted back from the finish of the project, {}", format::moment(finish));
                self.said("project-finish", text).at(self.place(origin))
            }
            Reason::Resumes { at, origin } => {
                let text = format!("pauses, and goes on {}, as reported", format::moment(at));
                self.said("report", text).at(self.place(origin))
            }
            Reason::ByHand { origin } => {
                let text = "keeps its dates by hand, whatever it waits for".to_owned();
                self.said("by-hand", text).at(self.place(Some(origin)))
            }
            Reason::Spans { first, last } => {
                let name = |task: TaskNo| task_name(project.task(task));
                let text = if first == last {
                    format!("lasts as long as “{}”", name(first))
                } else {
                    format!("lasts from the start of “{}” to the finish of “{}”", name(first), name(last))
                };
                self.said("span", text).about(self.id(last)).at(self.place(Some(project.task(number).origin)))
            }
            Reason::WaitsFor(wait) => {
                let said = self.said("person", self.wait(number, wait)).about(self.hand_id(wait.hand));
                let stretches = &self.project.reasons.step(number).waits;
                Said { waits: self.stretches(number, stretches), ..said }
            }
        }
    }

    /// The task of another project that a task waits for, and when that lies: `waits for “Roll-out” of Branch Network, which is to
    /// finish on 6 Mar 2026`.
    fn external(
        &self,
        number: TaskNo,
        (holder, link): (TaskNo, &ExternalLink),
        dates: ExternalDates,
    ) -> String {
        let project = &self.project.project;
        let other = project.external.of(link);
        let name = other.map_or_else(
            || format!("`{}`", link.named()),
            |task| format!("“{}” of {}", task.name, task.project_name),
        );
        let verb = if link.kind.enters_finish() { "does not finish before" } else { "waits for" };
        let end = if link.leaves_start() { "start" } else { "finish" };
        let tense = if dates.is_reported(link) { format!("{end}ed") } else { format!("is to {end}") };
        let mut text = format!("{verb} {name}, which {tense} on {}", format::date(dates.tied_day(link)));
        if holder != number {
            text = format!("{text}, as all of “{}” does", task_name(project.task(holder)));
        }
        match (self.lag(number, link.lag), because(project.task(holder))) {
            (Some(lag), Some(because)) => format!("{text}, {lag}: {because}"),
            (Some(lag), None) => format!("{text}, {lag}"),
            (None, _) => text,
        }
    }

    /// What was reported of a task, as a phrase that the task is the subject of.
    fn reported(&self, number: TaskNo) -> String {
        let slot = self.slot(number);
        match slot.state {
            State::Finished if self.project.project.task(number).is_point() => {
                format!("was reached on {}, as reported", format::date(slot.last_day()))
            }
            State::Finished => {
                format!("was done {}, as reported", format::span_of_days(slot.first_day(), slot.last_day()))
            }
            _ => format!("began on {}, as reported", format::date(slot.first_day())),
        }
    }

    /// Who a task of a levelled plan waits for: `waits 3 working days for Tom, busy with “Staging”`, or one after another:
    /// `waits 8 working days: 3 for Tom, busy with “Staging”, then 5 for Sam, busy with “Pilot”`. Where dates are counted
    /// back from the finish: `is done 3 working days earlier: Tom is busy with “Pilot” after it`, or `is done 8 working days
    /// earlier: 3 because Tom is busy with “Pilot” after it, then 5 because Sam is busy with “Audit”`.
    #[must_use]
    pub fn wait(&self, number: TaskNo, wait: Wait) -> String {
        let time = format::working_days_in_words(wait.minutes, self.per_day(number));
        let stretches = &self.project.reasons.step(number).waits;
        match (wait.side, stretches.as_slice()) {
            (Side::Before, [] | [_]) => {
                format!("waits {time} for {}", self.whom(wait.hand, wait.busy_with))
            }
            (Side::Before, _) => {
                let phrase = |part: &WaitStretch| format!("for {}", self.whom(part.hand, part.busy_with));
                format!("waits {time}: {}", self.in_turn(number, stretches, phrase))
            }
            (Side::After, [] | [_]) => {
                format!("is done {time} earlier: {} after it", self.busy(wait.hand, wait.busy_with))
            }
            (Side::After, [first, ..]) => {
                let phrase = |part: &WaitStretch| {
                    let after = if part.from == first.from { " after it" } else { "" };
                    format!("because {}{after}", self.busy(part.hand, part.busy_with))
                };
                format!("is done {time} earlier: {}", self.in_turn(number, stretches, phrase))
            }
        }
    }

    /// Stretches one after another, each with its days: `3 for Tom, then 5 for Sam`.
    fn in_turn(
        &self,
        number: TaskNo,
        stretches: &[WaitStretch],
        phrase: impl Fn(&WaitStretch) -> String,
    ) -> String {
        let days = |minutes: i64| {
            let words = format::working_days(minutes, self.per_day(number));
            words.trim_end_matches(['\u{a0}', 'd']).to_owned()
        };
        let told = |part: &WaitStretch| format!("{} {}", days(part.minutes), phrase(part));
        let Some((last, first)) = stretches.split_last() else { return String::new() };
        let (first, others) = first.split_at(first.len().min(STRETCHES_AT_MOST));
        let mut phrases: Vec<String> = first.iter().map(told).collect();
        if !others.is_empty() {
            let minutes = others.iter().map(|part| part.minutes).sum();
            phrases.push(format!("{} while {} other tasks go first", days(minutes), others.len()));
        }
        phrases.push(told(last));
        phrases.join(", then ")
    }

    /// The same where there is little space: only the one beside the task.
    #[must_use]
    pub fn wait_in_short(&self, number: TaskNo, wait: Wait) -> String {
        let time = format::working_days_in_words(wait.minutes, self.per_day(number));
        let has_more = self.project.reasons.step(number).waits.len() > 1;
        match wait.side {
            Side::Before => {
                let last = if has_more { ", last" } else { "" };
                format!("waits {time}{last} for {}", self.whom(wait.hand, wait.busy_with))
            }
            Side::After => {
                let first = if has_more { "first " } else { "" };
                format!("is done {time} earlier: {first}{} after it", self.busy(wait.hand, wait.busy_with))
            }
        }
    }

    /// Somebody who is waited for, and what they are busy with: `Tom, busy with “Staging”`.
    fn whom(&self, hand: Hand, busy_with: BusyWith) -> String {
        let project = &self.project.project;
        let (who, is_busy) = match hand {
            Hand::Person(person) => (project.person_name(person).to_owned(), "busy with"),
            Hand::Role(role) => (format!("a free {}", project.team.roles[role.0 as usize].name), "held by"),
        };
        let why = match busy_with {
            BusyWith::Task(task) => format!("{is_busy} “{}”", task_name(project.task(task))),
            BusyWith::Elsewhere(place) => match self.project.facts.elsewhere.get(place) {
                Some(other) => format!("{is_busy} “{}” of the project `{}`", other.task, other.project),
                None => "busy elsewhere".to_owned(),
            },
            BusyWith::Nothing => "who has no time before".to_owned(),
        };
        format!("{who}, {why}")
    }

    /// The stretches of a wait or pause of a task as data.
    fn stretches(&self, number: TaskNo, stretches: &[WaitStretch]) -> Vec<SaidWait> {
        let project = &self.project.project;
        (stretches.iter())
            .map(|part| SaidWait {
                who: self.hand_id(part.hand),
                busy_with: match part.busy_with {
                    BusyWith::Task(task) => Some(project.task(task).id.to_string()),
                    BusyWith::Elsewhere(place) => {
                        let other = self.project.facts.elsewhere.get(place);
                        other.map(|other| format!("{}/{}", other.project, other.task))
                    }
                    BusyWith::Nothing => None,
                },
                days: slot_days(part.minutes, self.per_day(number)),
                start: format::iso(part.from.day()),
                finish: format::iso(part.until.last_day()),
            })
            .collect()
    }

    fn hand_id(&self, hand: Hand) -> String {
        let team = &self.project.project.team;
        match hand {
            Hand::Person(person) => team.people[person.0 as usize].id.to_string(),
            Hand::Role(role) => team.roles[role.0 as usize].id.to_string(),
        }
    }

    /// Who is not free, as a sentence: `Tom is busy with “Staging”`.
    fn busy(&self, hand: Hand, busy_with: BusyWith) -> String {
        let project = &self.project.project;
        let (who, is_busy) = match hand {
            Hand::Person(person) => (project.person_name(person).to_owned(), "is busy with"),
            Hand::Role(role) => {
                (format!("the last free {}", project.team.roles[role.0 as usize].name), "is held by")
            }
        };
        match (busy_with, hand) {
            (BusyWith::Task(task), _) => format!("{who} {is_busy} “{}”", task_name(project.task(task))),
            (BusyWith::Elsewhere(place), _) => match self.project.facts.elsewhere.get(place) {
                Some(other) => format!("{who} {is_busy} “{}” of the project `{}`", other.task, other.project),
                None => format!("{who} is busy elsewhere"),
            },
            (BusyWith::Nothing, Hand::Person(_)) => format!("{who} has no time"),
            (BusyWith::Nothing, Hand::Role(role)) => {
                format!("there are not enough of {}", project.team.roles[role.0 as usize].name)
            }
        }
    }

    /// Where levelling interrupts a task: `is interrupted from the end of 3 Nov to 6 Nov (2 working days): Tom is busy with
    /// “Install”`. None where nothing of it is to be seen: the pause is of no length, or it is what the task waits for anyhow.
    #[must_use]
    pub fn pause(&self, number: TaskNo, pause: &Pause) -> Option<Said> {
        let slot = self.slot(number);
        let Pause { from, to, wait } = *pause;
        if wait.minutes <= 0 || slot.waits == Some(wait) {
            return None;
        }
        let levelling = self.project.forecast.levelling.as_ref();
        let stretches = levelling.map_or(&[][..], |known| known.stretches_of(number, &wait));
        let why = if stretches.len() > 1 {
            let phrase = |part: &WaitStretch| format!("because {}", self.busy(part.hand, part.busy_with));
            self.in_turn(number, stretches, phrase)
        } else {
            self.busy(wait.hand, wait.busy_with)
        };
        let text = format!(
            "is interrupted from the end of {} to {} ({}): {why}",
            format::date(from.last_day()),
            format::date(to.day()),
            format::working_days_in_words(wait.minutes, self.per_day(number)),
        );
        let days = slot_days(wait.minutes, self.per_day(number));
        let said = self.said("person", text).about(self.hand_id(wait.hand)).days(days);
        Some(Said { waits: self.stretches(number, stretches), ..said })
    }

    /// Days without work, as a phrase that the task is the subject of.
    #[must_use]
    pub fn gap(&self, number: TaskNo, gap: &Gap) -> Said {
        let project = &self.project.project;
        let verb = if gap.before_start { WAITS_FOR } else { IS_INTERRUPTED };
        let days = format!("{}, {}", format::window(gap.window), days_of(gap.working_days));
        let said = match gap.kind {
            GapKind::Closure { calendar, place } => {
                let of = &project.calendars[calendar];
                let mut text = format!("{verb} {} ({days})", of.closures[place].reason);
                let task = project.task(number);
                if calendar != project.calendar || task.has_own_calendar {
                    text = format!("{text} — calendar `{}`", of.id);
                }
                if let Some(nights) = nights_worked(of, of.closures[place].window) {
                    text = format!("{text}, {nights}");
                }
                self.said("closure", text).about(of.id.to_string())
            }
            GapKind::OtherWeeks { calendar, place } => {
                let of = &project.calendars[calendar];
                let worked = days_worked(of, of.other_days[place].window);
                let weeks = if worked.is_empty() {
                    "weeks without work".to_owned()
                } else {
                    format!("weeks that work {worked} only")
                };
                let text = format!("{verb} {weeks} ({days}) — calendar `{}`", of.id);
                self.said("closure", text).about(of.id.to_string())
            }
            GapKind::ShorterHours { calendar, place, minutes } => {
                let of = &project.calendars[calendar];
                let less = self.days_words(number, minutes);
                let window = format::window(of.other_days[place].window);
                let text = format!("works shorter hours {window}, {less} less in all — calendar `{}`", of.id);
                return self.said("closure", text).about(of.id.to_string()).at(self.place(Some(gap.origin)));
            }
            GapKind::Absence(person) => {
                if project.hides_hours() {
                    let text = format!("{verb} days on which nobody is there ({days})");
                    return self.said("absence", text).days(gap.working_days);
                }
                let person = &project.team.people[person.0 as usize];
                let text = format!("{verb} the absence of {} ({days})", person.name);
                self.said("absence", text).about(person.id.to_string())
            }
        };
        said.days(gap.working_days).at(self.place(Some(gap.origin)))
    }

    /// All days without work of a step in one sentence; none where there are none. What interrupts it again is told without the verb:
    /// `is interrupted by A (…) and B (…)`.
    pub(super) fn gaps(&self, step: &Step) -> Option<String> {
        let mut said = "";
        let mut words: Vec<String> = Vec::new();
        for gap in &step.gaps {
            let verb = if gap.before_start { WAITS_FOR } else { IS_INTERRUPTED };
            let text = self.gap(step.task, gap).text;
            let rest = text.strip_prefix(verb);
            words.push(match rest.filter(|_| said == verb) {
                Some(rest) => rest.trim_start().to_owned(),
                None => text.clone(),
            });
            said = if rest.is_some() { verb } else { "" };
        }
        (!words.is_empty()).then(|| format::listed(&words))
    }

    /// How long the work takes, or how much is left of it.
    pub(super) fn length(&self, number: TaskNo) -> Option<Said> {
        let task = self.project.project.task(number);
        let slot = self.slot(number);
        let TaskKind::Work(work) = &task.kind else { return None };
        if self.project.is_given_up(number) {
            return None;
        }
        let days = self.left(number);
        match slot.state {
            State::Finished => None,
            State::InProgress => {
                let known = self.project.facts.progress.get(number.0 as usize);
                let by_share =
                    |known: &TaskProgress| known.remaining.is_none().then(|| known.done_line()).flatten();
                let origin = known.and_then(|known| by_share(known).or(known.origin));
                let is_unsaid = self.project.silent.iter().any(|one| one.task == number && one.is_all_left);
                let unsaid = if is_unsaid { ", all of it: nothing says how much is done" } else { "" };
                let text = format!("{} left{unsaid}", self.left_words(number));
                Some(self.said("length", text).days(days).at(self.place(origin)))
            }
            State::NotStarted => {
                let text = match work {
                    Work::Duration(length) | Work::Both { duration: length, .. }
                        if length.likely().is_elapsed() =>
                    {
                        let work_time = self.project.project.calendars[task.calendar].work_time;
                        let days = length.likely().minutes(work_time) as f64 / MINUTES_OF_DAY as f64;
                        let days = format::number(days, 1);
                        let days = days.strip_suffix(".0").unwrap_or(&days);
                        format!("takes {days} days by the clock, nights and weekends included")
                    }
                    Work::Effort(effort) => {
                        let work_time = self.project.project.calendars[task.calendar].work_time;
                        let effort = format::effort(
                            Effort::from_minutes(effort.likely().minutes(work_time)),
                            self.per_day(number),
                        );
                        format!("takes {} for {effort} of effort", self.days_words(number, slot.remaining))
                    }
                    Work::Duration(_) | Work::Both { .. } => {
                        format!("takes {}", self.days_words(number, slot.remaining))
                    }
                };
                Some(self.said("length", text).days(days).at(self.place(task.estimate_origin)))
            }
        }
    }

    /// Who of several people lets the task end later by being away while the others work.
    pub(super) fn away_alone(&self, number: TaskNo) -> Vec<Said> {
        let slot = self.slot(number);
        let project = &self.project.project;
        let away = self.project.engine().away_alone(number, slot);
        let mut said: Vec<Said> = Vec::new();
        for one in away {
            let later = self.days_words(number, one.minutes);
            let days = slot_days(one.minutes, self.per_day(number));
            if project.hides_hours() {
                let text = format!("ends {later} later, since one of its people is away");
                return vec![self.said("absence", text).days(days)];
            }
            let person = &project.team.people[one.person.0 as usize];
            let absences = person.absences.iter().filter(|absence| {
                absence.window.first() <= slot.last_day() && slot.resume.day() <= absence.window.last_day()
            });
            let windows: Vec<String> =
                absences.clone().map(|absence| format::window(absence.window)).collect();
            let text =
                format!("ends {later} later, since {} is away ({})", person.name, format::listed(&windows));
            let place = absences.map(|absence| absence.origin).next();
            said.push(
                self.said("absence", text).about(person.id.to_string()).days(days).at(self.place(place)),
            );
        }
        said
    }

    fn lag(&self, number: TaskNo, lag: Lag) -> Option<String> {
        let time = match lag {
            Lag::Time(time) => time,
            Lag::Share { hundredths: 0, .. } => return None,
            Lag::Share { hundredths, elapsed } => {
                let share = format::share(hundredths.abs() as f64 / 10_000.0);
                let clock = if elapsed { " by the clock" } else { "" };
                let way = if hundredths > 0 { "after" } else { "before" };
                return Some(format!("{share} of its length{clock} {way}"));
            }
        };
        // A lag runs on the calendar of the task that waits.
        let project = &self.project.project;
        let minutes = time.minutes(project.calendars[project.task(number).calendar].work_time);
        if minutes == 0 {
            return None;
        }
        let text = if time.is_elapsed() {
            format!("{} calendar days", format::number(minutes.abs() as f64 / MINUTES_OF_DAY as f64, 0))
        } else {
            self.days_words(number, minutes.abs())
        };
        Some(if minutes > 0 { format!("{text} after") } else { format!("{text} before") })
    }
}

/// The days of the week on which any work is done in a time: `Mon, Tue`; empty for none.
pub(super) fn days_worked(calendar: &Calendar, window: Window) -> String {
    const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let mut is_worked = [false; 7];
    for day in window.days().filter(|day| !calendar.shifts(*day).is_empty()) {
        is_worked[usize::from(day.weekday().to_monday_zero_offset().unsigned_abs())] = true;
    }
    let words = DAYS.iter().zip(is_worked).filter_map(|(day, worked)| worked.then_some(*day));
    words.collect::<Vec<_>>().join(", ")
}

/// The author's reason for lags and constraints of a task.
fn because(task: &Task) -> Option<String> {
    let text = crate::prose::plain_text(&task.because.as_ref()?.markdown);
    let text = text.trim().trim_end_matches('.');
    (!text.is_empty()).then(|| text.to_owned())
}
