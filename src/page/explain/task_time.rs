//! When each task begins and ends, how long it takes and how much room it has: figure by figure.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::diagnostic::Span;
use crate::format;
use crate::model::{Assignee, ConstraintKind, Conventions, Task, TaskKind, TaskNo, TaskProgress};
use crate::page::desk::{Desk, days_of, slip_words};
use crate::page::explain::{Book, Figure, From, Input, three_points};
use crate::page::lost_time::{behind_at_finish, behind_at_start, lost_words, promised_path, waited_words};
use crate::page::why::Said;
use crate::page::why_float::Limit;
use crate::plan::{Gap, Reason, Slot, State};

/// What all tasks share while their figures are written.
pub(super) struct Tasks<'a> {
    pub desk: &'a Desk<'a>,
    /// Who waits for each task, by its number.
    followers: BTreeMap<TaskNo, Vec<TaskNo>>,
    /// Whether something other than the finish of the project may end a float.
    has_other_limits: bool,
    /// The steps along which time is lost, each with the one before it.
    steps: BTreeMap<TaskNo, Option<TaskNo>>,
    /// Why the days of what is to come are not known; none where they are.
    unread: Option<String>,
}

/// Of so many tasks it is followed which date ends their room; in a longer plan the others say which kinds there are.
const LIMITS_FOLLOWED: usize = 300;

/// Whether so few figures are written that the date which ends the room of a task is looked for. Every task brings about ten;
/// counting them keeps a long plan from being walked a thousand times.
fn is_followed(n_before: usize) -> bool {
    n_before <= LIMITS_FOLLOWED * 10
}

impl<'a> Tasks<'a> {
    pub(super) fn new(desk: &'a Desk<'a>) -> Self {
        let project = &desk.project.project;
        let mut followers: BTreeMap<TaskNo, Vec<TaskNo>> = BTreeMap::new();
        for number in project.task_numbers() {
            for link in &project.task(number).links {
                followers.entry(link.predecessor).or_default().push(number);
            }
        }
        let is_hard = |kind: ConstraintKind| {
            kind.is_hard()
                || matches!(kind, ConstraintKind::StartsNotAfter | ConstraintKind::FinishesNotAfter)
        };
        let has_other_limits = project.scheduling.conventions == Conventions::MicrosoftProject
            || project.tasks.iter().any(|task| task.constraints.iter().any(|bound| is_hard(bound.kind)));
        let path = promised_path(desk);
        let before = std::iter::once(None).chain(path.iter().copied().map(Some));
        let steps = path.iter().copied().zip(before).collect();
        Self { desk, followers, has_other_limits, steps, unread: desk.days_unread() }
    }

    fn key(&self, number: TaskNo, name: &str) -> String {
        format!("task-{}.{name}", self.desk.project.project.task(number).id)
    }

    /// A figure of what is to come of a task; where its days are not known, a dash with the reason.
    fn ahead(&self, number: TaskNo, figure: Figure) -> Figure {
        let is_open = self.desk.project.forecast.slot(number).state != State::Finished;
        match &self.unread {
            // What holds it is told with days that are not known.
            Some(why) if is_open => Figure { inputs: Vec::new(), ..figure.not_known(why) },
            _ => figure,
        }
    }

    /// Adds the figures of time of a task.
    pub(super) fn add(&self, book: &mut Book, number: TaskNo) {
        let task = self.desk.project.project.task(number);
        let slot = self.desk.project.forecast.slot(number);
        self.dates(book, number, task, slot);
        self.promise(book, number);
        if task.is_work() {
            self.done(book, number, task);
            three_points::of_task(self.desk, book, number);
        }
        if slot.state != State::Finished && !task.is_summary() && self.unread.is_none() {
            self.room(book, number, slot);
        }
    }

    fn dates(&self, book: &mut Book, number: TaskNo, task: &Task, slot: &Slot) {
        let step = self.desk.project.reasons.step(number);
        let holds: Vec<Input> = step.reasons.iter().flat_map(|reason| self.reason(number, reason)).collect();
        let begun = !matches!(slot.state, State::NotStarted);
        let before = |gap: &&Gap| gap.before_start;
        // What goes with time as it was planned begins without a report.
        let is_reported = begun && self.progress(number).is_some_and(|known| known.origin.is_some());
        let start = Figure::new(self.key(number, "start"), "Start", format::date(slot.first_day()))
            .formula(if is_reported { "as reported" } else { "the first working time after what holds it" })
            .inputs(holds.iter().filter(|_| !is_reported).cloned())
            .inputs(step.gaps.iter().filter(before).filter(|_| !is_reported).map(|gap| self.gap(number, gap)))
            .inputs(
                begun
                    .then(|| self.reported_as(number, "Report of its start", TaskProgress::start_line))
                    .flatten(),
            );
        let calendar = &self.desk.project.project.calendars[task.calendar];
        let finish = Figure::new(self.key(number, "finish"), "Finish", format::date(slot.last_day()));
        let over = slot.state == State::Finished;
        if task.is_point() {
            let how = if over { "as reported" } else { "the moment at which everything before it is done" };
            let gaps = step.gaps.iter().map(|gap| self.gap(number, gap));
            book.add(self.ahead(number, finish.formula(how).inputs(holds).inputs(gaps)));
            return;
        }
        book.add(if begun { start } else { self.ahead(number, start) });
        let spans = matches!(task.kind, TaskKind::Summary | TaskKind::Hammock { .. });
        let finish = if over && !spans {
            finish.formula("as reported").inputs(self.reported_as(
                number,
                "Report of its finish",
                TaskProgress::finish_line,
            ))
        } else if spans {
            finish.formula("the latest finish of what it spans").inputs(holds)
        } else {
            let length = if begun { "remaining" } else { "duration" };
            finish
                .formula(if begun {
                    "status date + work left, over the working time of its calendar"
                } else {
                    "start + duration, over the working time of its calendar"
                })
                .of(if begun { "work left" } else { "duration" }, self.key(number, length))
                .of("start", self.key(number, "start"))
                .inputs(begun.then(|| status_date(self.desk)))
                .inputs(step.gaps.iter().filter(|gap| !gap.before_start).map(|gap| self.gap(number, gap)))
        };
        let finish = finish.typed(format!("Calendar {}", calendar.id), "", calendar.origin);
        book.add(self.ahead(number, finish));
        self.lengths(book, number, task, slot);
    }

    fn lengths(&self, book: &mut Book, number: TaskNo, task: &Task, slot: &Slot) {
        let value = self.desk.duration_of(number);
        let duration = Figure::new(self.key(number, "duration"), "Duration", value);
        let TaskKind::Work(work) = task.kind else {
            let figure = duration.formula("working time from start to finish");
            let figure =
                figure.of("start", self.key(number, "start")).of("finish", self.key(number, "finish"));
            book.add(self.ahead(number, figure));
            return;
        };
        let estimate = match work {
            crate::model::Work::Duration(length) | crate::model::Work::Both { duration: length, .. } => {
                length
            }
            crate::model::Work::Effort(effort) => effort,
        };
        let is_effort = matches!(work, crate::model::Work::Effort(_));
        let said = if estimate.has_range() {
            format!("{} ({} to {})", estimate.likely(), estimate.optimistic(), estimate.pessimistic())
        } else {
            estimate.likely().to_string()
        };
        let typed = task.estimate_origin.unwrap_or(task.origin);
        let figure = match (slot.state, is_effort) {
            (State::Finished | State::InProgress, _) => duration
                .formula(if task.runs_by_the_clock() {
                    "time by the clock from the start to the finish, reported or forecast"
                } else {
                    "working time from the start to the finish, reported or forecast"
                })
                .of("start", self.key(number, "start"))
                .of("finish", self.key(number, "finish"))
                .typed(if is_effort { "estimated effort" } else { "estimated duration" }, said, typed),
            (State::NotStarted, true) => duration
                .formula("duration = effort ÷ Σ shares of those assigned")
                .typed("effort", said, typed)
                .inputs(self.assignments(task)),
            (State::NotStarted, false) => duration.formula("as estimated").typed("estimate", said, typed),
        };
        book.add(if slot.state == State::NotStarted { figure } else { self.ahead(number, figure) });
        if slot.state == State::InProgress {
            let remaining = self.progress(number).and_then(|known| known.remaining);
            let figure = Figure::new(self.key(number, "remaining"), "Work left", self.desk.left_of(number));
            book.add(match remaining {
                Some(length) => figure.formula("as reported").inputs(
                    self.reported_as(number, "work left", |known| known.origin)
                        .map(|line| line.valued(length.to_string())),
                ),
                None => figure
                    .formula("work left = estimate × (1 − share done)")
                    .typed("estimate", said_of(&estimate), typed)
                    .inputs(
                        self.reported_as(number, "share done", TaskProgress::done_line)
                            .map(|line| line.valued(done_words(self.desk, number))),
                    ),
            });
        }
    }

    /// What was promised, and how far the forecast is behind it.
    fn promise(&self, book: &mut Book, number: TaskNo) {
        let control = &self.desk.project.control;
        let Some(promised) = control.reference.tasks.get(number.0 as usize).copied().flatten() else {
            return;
        };
        let task = self.desk.project.project.task(number);
        let origin = frozen_origin(self.desk, number).unwrap_or(task.origin);
        book.add(
            Figure::new(self.key(number, "promised"), "Promised finish", format::date(promised.finish))
                .formula(format!("as {}", crate::page::verdict::reference_words(self.desk)))
                .typed("finish", format::date(promised.finish), origin),
        );
        let slip = behind_at_finish(self.desk, number);
        let figure = Figure::new(self.key(number, "slip"), "Slip", slip_words(slip))
            .formula("working days from promised finish to finish")
            .of("promised finish", self.key(number, "promised"))
            .of("finish", self.key(number, "finish"))
            .inputs(project_calendar(self.desk));
        book.add(self.ahead(number, figure));
        let Some(before) = self.steps.get(&number).copied() else { return };
        let at_start = behind_at_start(self.desk, number, before);
        let behind = at_start.days;
        let at = Figure::new(self.key(number, "behind-start"), "Behind at its start", slip_words(behind));
        book.add(if task.is_point() {
            // It begins on the day on which it ends.
            at.formula("behind at its start = slip").of("slip", self.key(number, "slip"))
        } else {
            at.formula(if at_start.from_next_day {
                "working days from promised start to start, the day on which the work before it ends included"
            } else {
                "working days from promised start to start"
            })
            .typed("promised start", format::date(promised.start), origin)
            .of("start", self.key(number, "start"))
        });
        let waited = Figure::new(
            self.key(number, "waited"),
            "Wait longer than planned",
            waited_words(behind - before.map_or(0, |before| behind_at_finish(self.desk, before))),
        )
        .of("behind at its start", self.key(number, "behind-start"));
        book.add(match before {
            Some(before) => waited
                .formula("wait longer than planned = behind at its start − slip of the work before it on the driving path")
                .of("slip of the work before it on the driving path", self.key(before, "slip")),
            None => waited.formula("wait longer than planned = behind at its start, since no work is before it"),
        });
        book.add(
            Figure::new(self.key(number, "added"), "Added by itself", lost_words(slip - behind))
                .formula("added = slip − behind at its start")
                .of("slip", self.key(number, "slip"))
                .of("behind at its start", self.key(number, "behind-start")),
        );
    }

    fn done(&self, book: &mut Book, number: TaskNo, task: &Task) {
        let figure = Figure::new(self.key(number, "done"), "Done", done_words(self.desk, number))
            .formula("units done ÷ units in all, else the percentage reported; all once finished")
            .typed("method", "", self.desk.field(task.origin, "earned_value"));
        book.add(match self.reported_as(number, "report", TaskProgress::done_line) {
            Some(report) => figure.inputs([report]),
            None => figure.given("report", format::NOTHING, "no report names it by the status date"),
        });
    }

    fn room(&self, book: &mut Book, number: TaskNo, slot: &Slot) {
        let late = format::date(slot.late_finish.last_day());
        let limit = self.limit(number, book.figures().len());
        book.add(
            Figure::new(self.key(number, "float"), "Total float", self.desk.room_of(number, slot.total_float))
                .formula(if self.desk.project.project.task(number).runs_by_the_clock() {
                    "time by the clock from its finish to its latest finish, counted back from what ends the float"
                } else {
                    "working time from its finish to its latest finish, counted back from what ends the float"
                })
                .values(format!(
                    "{}: from {} to {late}",
                    self.desk.room_of(number, slot.total_float),
                    format::date(slot.last_day())
                ))
                .of("finish", self.key(number, "finish"))
                .input("latest finish", late, limit)

        );
        let nobody = Vec::new();
        let waiting = self.followers.get(&number).unwrap_or(&nobody);
        let behind = waiting.iter().map(|next| {
            let task = self.desk.project.project.task(*next);
            let end = if task.is_point() { "finish" } else { "start" };
            Input::of(format!("{end} of “{}”", task.name), self.key(*next, end))
        });
        let free = Figure::new(
            self.key(number, "free-float"),
            "Free float",
            self.desk.room_of(number, slot.free_float),
        )
        .of("finish", self.key(number, "finish"));
        book.add(if waiting.is_empty() {
            free.formula("free float = total float, since nothing waits for it")
                .of("total float", self.key(number, "float"))
        } else {
            free.formula("how far it can slip before a task behind it moves").inputs(behind)
        });
        if let Some(margin) = slot.deadline_margin {
            let deadline = self.deadline(number, book.figures().len());
            book.add(
                Figure::new(self.key(number, "margin"), "To deadline", self.desk.room_of(number, margin))
                    .formula(if self.desk.project.project.task(number).runs_by_the_clock() {
                        "margin = time by the clock from its finish to the deadline, its own or the tightest behind it"
                    } else {
                        "margin = working time from its finish to the deadline, its own or the tightest behind it"
                    })
                    .of("finish", self.key(number, "finish"))
                    .inputs([deadline]),
            );
        }
        self.moves(book, number);
    }

    /// The deadline that the room of a task is counted to, named and followed to its line; all of the plan where several might be it,
    /// or where a long plan would be walked for each task.
    fn deadline(&self, number: TaskNo, n_before: usize) -> Input {
        if is_followed(n_before)
            && let (whose, Some(origin)) = self.desk.teller().tightest_deadline(number)
        {
            return Input::typed(whose, "", origin);
        }
        let tasks = &self.desk.project.project.tasks;
        Input {
            label: "deadlines in the plan".into(),
            value: String::new(),
            from: From::Lines(tasks.iter().filter_map(|task| Some(task.deadline?.1)).collect()),
        }
    }

    fn moves(&self, book: &mut Book, number: TaskNo) {
        let drag = self.desk.project.drags.iter().find(|drag| drag.task == number);
        if let Some(drag) = drag {
            book.add(
                Figure::new(self.key(number, "drag"), "Drag", days_of(drag.working_days))
                    .formula("drag = finish − finish if nothing were left to do of the task, computed anew")
                    .of("finish", "finish")
                    .input(
                        "without it",
                        format::date(drag.finish),
                        From::Given("computed by leaving the task out"),
                    )
                    .of("work of it", self.key(number, "duration")),
            );
        }
        let lever = self.desk.project.levers.iter().find(|lever| lever.task == number);
        if let Some(lever) = lever {
            // Below zero where a day less makes the project later, or a day more sooner.
            let finish = self.desk.project.forecast.finish_day();
            let lost = |then: Date| self.desk.slip_days(finish, then);
            let more = days_of(lost(lever.one_day_more));
            let less = days_of(lever.one_day_less.map_or(0, |then| -lost(then)));
            let of =
                |figure: Figure| figure.of("finish", "finish").of("duration", self.key(number, "duration"));
            let by_clock = self.desk.project.project.task(number).runs_by_the_clock();
            let one_day = if by_clock { "day by the clock" } else { "working day" };
            if let Some(day) = lever.one_day_less {
                let label = format!("A {one_day} less");
                book.add(of(Figure::new(self.key(number, "less"), label, less)
                    .formula(format!(
                        "gain = finish − finish with a {one_day} less of this task, computed anew"
                    ))
                    .given("with a day less", format::date(day), "computed with the changed duration")));
            }
            if let Some(at_gate) = lever.next_gate {
                let gate = self.desk.project.project.task(at_gate.gate);
                let less = at_gate.one_day_less.map_or_else(|| format::NOTHING.to_owned(), format::date);
                let both = format!("{less} / {}", format::date(at_gate.one_day_more));
                book.add(
                    Figure::new(
                        self.key(number, "at-gate"),
                        format!("{} with a {one_day} less / more", gate.id),
                        both,
                    )
                    .formula(format!(
                        "day of the next gate with a {one_day} less, and more, of this task, computed anew"
                    ))
                    .of("day as forecast", self.key(at_gate.gate, "finish"))
                    .of("duration", self.key(number, "duration")),
                );
            }
            let label = format!("A {one_day} more");
            book.add(of(Figure::new(self.key(number, "more"), label, more)
                .formula(format!("loss = finish with a {one_day} more of this task − finish, computed anew"))
                .given(
                    "with a day more",
                    format::date(lever.one_day_more),
                    "computed with the changed duration",
                )));
        }
    }

    /// What ends a float.
    fn limit(&self, number: TaskNo, n_before: usize) -> From {
        let finish = || From::Figure("finish".to_owned());
        if !self.has_other_limits {
            return finish();
        }
        if !is_followed(n_before) {
            return From::Given("the nearest hard date behind it, or the finish");
        }
        let project = &self.desk.project.project;
        let teller = self.desk.teller();
        match teller.limit(number) {
            Limit::Finish => finish(),
            Limit::Own(_) => hard_origin(project.task(number)),
            Limit::HardDate(task) => hard_origin(project.task(task)),
            Limit::Deadline(task) => match project.task(task).deadline {
                Some((_, origin)) => From::Typed(origin),
                None => finish(),
            },
        }
    }

    /// What holds a date, as inputs: the sentence with its place, and the date of the other task.
    fn reason(&self, number: TaskNo, reason: &Reason) -> Vec<Input> {
        let Said { text, place, .. } = self.desk.teller().reason(number, reason);
        let label = format::sentence_start(&text);
        let of = |task: TaskNo, end: &str| {
            let other = self.desk.project.project.task(task);
            let end = if other.is_point() { "finish" } else { end };
            Input::of(format!("{} of “{}”", format::sentence_start(end), other.name), self.key(task, end))
        };
        let from = match reason {
            Reason::Reported { origin }
            | Reason::Resumes { origin, .. }
            | Reason::GivenUp { origin, .. }
            | Reason::CountedBack { origin, .. } => {
                origin.map_or(From::Given("decided by the board, or reported"), From::Typed)
            }
            Reason::Link { origin, .. }
            | Reason::Constraint { origin, .. }
            | Reason::ByHand { origin }
            | Reason::External { origin, .. }
            | Reason::Promised { origin, .. } => From::Typed(*origin),
            Reason::Held { asked, .. } => asked.map_or(From::Given("set for the gate"), From::Typed),
            Reason::StatusDate(_) => status_date(self.desk).from,
            Reason::ProjectStart => project_start(self.desk),
            Reason::Spans { first, last } => return vec![of(*first, "start"), of(*last, "finish")],
            Reason::WaitsFor(wait) => From::Given(if wait.task().is_some() {
                "by levelling"
            } else {
                "by what else the person is booked for"
            }),
        };
        let is_placed = place.is_some() || matches!(from, From::Given(_) | From::Typed(_));
        let mut inputs = Vec::new();
        if is_placed {
            inputs.push(Input { label: label.into(), value: String::new(), from });
        }
        match reason {
            Reason::Link { predecessor, kind, .. } => {
                use crate::model::LinkKind::{FinishFinish, FinishStart};
                let end = if matches!(kind, FinishStart | FinishFinish) { "finish" } else { "start" };
                inputs.push(of(*predecessor, end));
            }
            Reason::WaitsFor(wait) => inputs.extend(wait.task().map(|task| of(task, "finish"))),
            _ => {}
        }
        inputs
    }

    fn gap(&self, number: TaskNo, gap: &Gap) -> Input {
        let said = self.desk.teller().gap(number, gap);
        Input::typed(format::sentence_start(&said.text), "", gap.origin)
    }

    /// The newest report on a task, where there is one.
    fn progress(&self, number: TaskNo) -> Option<&TaskProgress> {
        self.desk.project.facts.progress.get(number.0 as usize)
    }

    /// The line of `progress.csv` that says something of a task; none where no report names the task.
    fn reported_as(
        &self,
        number: TaskNo,
        label: &'static str,
        line: fn(&TaskProgress) -> Option<Span>,
    ) -> Option<Input> {
        Some(Input::typed(label, String::new(), line(self.progress(number)?)?))
    }

    /// Who is assigned with which share, each with its place.
    pub(super) fn assignments(&self, task: &Task) -> Vec<Input> {
        assignments(self.desk, task)
    }
}

fn said_of(estimate: &crate::quantity::Estimate) -> String {
    estimate.likely().to_string()
}

/// How much of a task is done, in words.
pub(in crate::page) fn done_words(desk: &Desk<'_>, number: TaskNo) -> String {
    let value = desk.project.control.tasks.get(number.0 as usize);
    value.map_or_else(String::new, |value| format::share(value.physical.as_f64()))
}

/// Who is assigned with which share, each with its place.
pub(super) fn assignments(desk: &Desk<'_>, task: &Task) -> Vec<Input> {
    let team = &desk.project.project.team;
    let of_assignment = |assignment: &crate::model::Assignment| {
        let who = match assignment.assignee {
            Assignee::Person(person) => desk.project.project.person_name(person).to_owned(),
            Assignee::Role { role, heads } => {
                let name = team.roles.get(role.0 as usize).map_or("", |role| &role.name);
                format!("{heads} × {name}")
            }
        };
        Input::typed(format!("Share of {who}"), format::percent(assignment.share), assignment.origin)
    };
    task.assignments.iter().map(of_assignment).collect()
}

/// Where the baseline promises a task, where it is measured against one.
pub(super) fn frozen_origin(desk: &Desk<'_>, number: TaskNo) -> Option<Span> {
    let report = desk.project;
    if !report.control.reference.is_baseline() {
        return None;
    }
    let baseline = report.project.baseline_as_of(report.status_date)?;
    baseline.tasks.get(&number).map(|task| task.origin)
}

fn hard_origin(task: &Task) -> From {
    task.constraints.last().map_or(From::Typed(task.origin), |bound| From::Typed(bound.origin))
}

/// The status date, and where it was typed: the newest report, or the decision of a gate whose document it is the day of.
pub(super) fn status_date(desk: &Desk<'_>) -> Input {
    let day = desk.project.status_date;
    // A written report sets the day, whatever progress is recorded for it; a row of progress does where nobody writes any.
    let recorded = || desk.project.project.progress.iter().rev().find(|entry| entry.status_date == day);
    Input {
        label: "Status date".into(),
        value: format::date(day),
        from: decided_at(desk)
            .or_else(|| reported_at(desk))
            .or_else(|| recorded().map(|entry| entry.origin))
            .map_or(From::Given("asked for, or the day of the newest report"), From::Typed),
    }
}

/// Where the written report of the status date says its day; none where there is none.
fn reported_at(desk: &Desk<'_>) -> Option<Span> {
    let project = &desk.project.project;
    let update = project.updates.iter().find(|update| update.status_date == desk.project.status_date)?;
    project.places.of(Span::new(update.origin.file, 0, 0), "status_date").or(Some(update.origin))
}

/// Where the day of the decision stands that a project is shown before; none where it is shown as of a report.
fn decided_at(desk: &Desk<'_>) -> Option<Span> {
    let project = &desk.project.project;
    let record = project.gates.get(&desk.project.before_board?)?;
    project.places.of(Span::new(record.origin.file, 0, 0), "decided").or(Some(record.origin))
}

/// The day on which planned, earned and actual value stand: the status date, or the newest report before it.
pub(super) fn data_date(desk: &Desk<'_>) -> Input {
    let day = desk.project.control.data_date;
    if day == desk.project.status_date {
        return status_date(desk);
    }
    Input {
        label: "Newest report".into(),
        value: format::date(day),
        from: From::Given("values stand there until the next report is given or overdue"),
    }
}

/// That day in words: `the status date`, or `the newest report, 11 Sep 2026`.
pub(super) fn valued_to(desk: &Desk<'_>) -> String {
    let day = desk.project.control.data_date;
    if day == desk.project.status_date {
        "the status date".to_owned()
    } else {
        format!("the newest report, {}", format::date(day))
    }
}

/// Where the start of the project stands.
pub(super) fn project_start(desk: &Desk<'_>) -> From {
    let project = &desk.project.project;
    From::Typed(project.field_origins.get("start").copied().unwrap_or(project.origin))
}

/// The calendar of the project, in whose working days slips are counted.
pub(super) fn project_calendar(desk: &Desk<'_>) -> Option<Input> {
    let project = &desk.project.project;
    let calendar = project.calendars.get(project.calendar)?;
    Some(Input::typed(format!("Calendar {}", calendar.id), "", calendar.origin))
}
