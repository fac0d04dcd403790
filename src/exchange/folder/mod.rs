//! From a foreign plan to the files of a project folder: put together, read back and held against the stored dates.
//!
//! Comes in: a foreign plan. Goes out: paths and texts, what was left over, and how the dates compare. `outline`, `task`,
//! `means`, `people`, `calendar`, `progress`, `spent`, `defects` and `baseline` write one file each, in the words that `terms`,
//! `names` and `yaml` give; `verify` reads them back, `story` tells. Not here: reading any foreign format.

mod baseline;
mod calendar;
mod defects;
mod leftover;
mod means;
mod names;
mod outline;
mod people;
mod progress;
mod recurrence;
mod spent;
mod story;
mod task;
mod terms;
mod verify;
mod working_days;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::diagnostic::Diagnostics;
use crate::diagnostic::spelling::count;
use crate::exchange::folder::leftover::Leftovers;
use crate::exchange::folder::means::{Means, REBATE};
use crate::exchange::folder::outline::{Outline, outline};
use crate::exchange::folder::task::TaskWriter;
use crate::exchange::folder::terms::{End, Terms};
use crate::exchange::folder::verify::verify;
use crate::exchange::plan::{ConstraintKind, Length, Plan, Program, ResourceKind, Task, Uid, Unit};
use crate::quantity::{Currency, Stage};
use crate::source::yaml::write::{Value, pair, words_in};

pub use leftover::{Leftover, grouped};
pub use story::{all_equal, capital, tasks_and_workers};
pub use verify::{Comparison, Difference};

/// Signs of currencies that mean one currency, or that mostly do.
const SIGNS: [(&str, &str); 12] = [
    ("€", "EUR"),
    ("$", "USD"),
    ("£", "GBP"),
    ("¥", "JPY"),
    ("р.", "RUB"),
    ("₽", "RUB"),
    ("₴", "UAH"),
    ("zł", "PLN"),
    ("Kč", "CZK"),
    ("Fr.", "CHF"),
    ("₹", "INR"),
    ("R$", "BRL"),
];

/// The project that was made.
#[derive(Clone, Debug)]
pub struct Imported {
    /// Where it comes from.
    pub program: Program,
    /// Texts of the files by their path in the folder.
    pub files: BTreeMap<String, String>,
    /// What could not be carried over.
    pub leftovers: Vec<Leftover>,
    /// How the dates compare; none when the files cannot be scheduled.
    pub comparison: Option<Comparison>,
    /// What was found when the files were read back; empty but for faults of the plan's own logic.
    pub findings: Diagnostics,
    /// Tasks that were carried over, summaries among them.
    pub n_tasks: usize,
    /// People that were carried over.
    pub n_people: usize,
    /// Roles that were carried over.
    pub n_roles: usize,
}

/// Makes the folder; `origin` is the name of the foreign file, `unread` tells what could not be read in it.
///
/// Where tasks take longer or shorter in the foreign plan than their own length says, that time becomes their
/// duration, and a start that nothing explains becomes a constraint, as long as more of the stored dates come out by it. Each time all is written and read back once more: tasks behind a
/// split one show their own splits only then.
pub(super) fn folder(plan: &Plan, about: (&str, &[String])) -> Imported {
    let mut made = written(plan, about);
    let mut plan = plan.clone();
    for _ in 0..MOST_PASSES {
        let Some(comparison) = &made.comparison else { break };
        let mut only_by_hand = true;
        let mut n_new = 0;
        for task in &mut plan.tasks {
            if comparison.late.contains(&task.uid) {
                (task.constraint, task.constraint_date) = (ConstraintKind::StartsNotBefore, task.start);
                task.is_start_kept = true;
                n_new += 1;
                only_by_hand = false;
            }
            let Some(stretch) = comparison.spanned.get(&task.uid).filter(|_| task.spanned.is_none()) else {
                continue;
            };
            if task.length.is_none() {
                task.length = Some(Length { minutes: stretch.whole, is_elapsed: false, unit: Unit::Day });
                task.is_length_of_dates = true;
            } else {
                (task.spanned, task.spanned_rest) = (Some(stretch.whole), stretch.rest);
            }
            n_new += 1;
            only_by_hand &= task.is_manual;
        }
        let next = if n_new > 0 { written(&plan, about) } else { break };
        let n_equal = |made: &Imported| made.comparison.as_ref().map(Comparison::n_equal);
        // Typed dates come out in any case; what is asked is that nothing else is lost by it.
        let (before, after) = (n_equal(&made), n_equal(&next));
        if after < before || (after == before && !only_by_hand) {
            break;
        }
        made = next;
    }
    made
}

/// The minutes of a day of each task on a calendar whose days are not those of the plan.
fn days_of_tasks(
    terms: &Terms<'_>,
    roles: &BTreeSet<Uid>,
    of_calendars: &BTreeMap<String, i64>,
) -> BTreeMap<Uid, i64> {
    let means = Means::new(terms, roles);
    let day = |task: &Task| {
        let own = task.calendar.and_then(|uid| terms.calendars.get(&uid));
        let calendar = own.or_else(|| means.calendar_of_roles(task).filter(|_| task.calendar.is_none()))?;
        Some((task.uid, *of_calendars.get(calendar)?))
    };
    terms.plan.tasks.iter().filter_map(day).collect()
}

/// So often at most the files are written anew for dates that come out better.
const MOST_PASSES: usize = 4;

/// Writes all files, reads them back and compares.
fn written(plan: &Plan, (origin, unread): (&str, &[String])) -> Imported {
    let mut leftovers = Leftovers::new(plan.leftovers.clone());
    let outline = outline(plan, &mut leftovers);
    let currency = currency(plan, &mut leftovers);
    let roles = people::roles(plan);
    let calendars = calendar::calendars(plan, &roles, &mut leftovers);
    let mut terms = Terms {
        plan,
        currency,
        tasks: outline.ids(),
        resources: people::ids(plan),
        calendars: calendars.ids,
        day: calendars.day,
        days: BTreeMap::new(),
    };
    terms.days = days_of_tasks(&terms, &roles, &calendars.days);
    let means = Means::new(&terms, &roles);
    let mut files = BTreeMap::new();
    if let Some(text) = defects::defects(&terms) {
        files.insert("defects.csv".to_owned(), text);
    }
    if let Some(text) = calendars.text {
        files.insert("calendar.yaml".to_owned(), text);
    }
    let writer = TaskWriter { terms: &terms, means: &means };
    files.insert("plan.yaml".to_owned(), outline.plan_file(&writer, &mut leftovers));
    if let Some(text) = people::resources(&terms, &roles, &mut leftovers) {
        files.insert("resources.yaml".to_owned(), text);
    }
    if let Some(text) = loose_money(&outline, &terms, &means, &mut leftovers) {
        files.insert("budget.yaml".to_owned(), text);
    }
    files.extend(baseline::baselines(&outline, &terms));
    let usual = Reading::usual(plan);
    files.insert("project.yaml".to_owned(), project_file(&terms, origin, usual, &mut leftovers));
    tell_of_the_rest(plan, &mut leftovers);

    let (as_of, reading) = best_reading(&outline, (&terms, &means), &files, origin);
    if reading != usual {
        let text = project_file(&terms, origin, reading, &mut Leftovers::default());
        files.insert("project.yaml".to_owned(), text);
    }
    if let Some(text) = as_of.and_then(|day| progress::progress(&outline, (&terms, &means), day)) {
        files.insert("progress.csv".to_owned(), text);
    }
    if let Some(day) = as_of {
        files.extend(spent::spent(&outline, &terms, &roles, day, &mut leftovers));
    }
    let mut findings = Diagnostics::default();
    let comparison = verify(&files, plan, &terms.tasks, &mut findings);
    let leftovers = leftovers.into_list();
    let told = story::Told {
        origin,
        terms: &terms,
        outline: &outline,
        as_of,
        reading,
        leftovers: &leftovers,
        unread,
        comparison: comparison.as_ref(),
        n_people: terms.resources.len() - roles.len(),
        n_roles: roles.len(),
        n_baselines: files.keys().filter(|path| path.starts_with("baselines/")).count(),
    };
    files.insert("IMPORT.md".to_owned(), story::story(&told));
    Imported {
        program: plan.program,
        leftovers,
        comparison,
        findings,
        n_tasks: outline.lines.len(),
        n_people: terms.resources.len() - roles.len(),
        n_roles: roles.len(),
        files,
    }
}

/// By which rules dates and progress are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    /// Whether the habits of MS Project hold: what is left of begun work stays where it was.
    pub(super) is_microsofts: bool,
    /// Whether work out of sequence goes on at once.
    pub(super) goes_on: bool,
    /// Whether hard dates come before links; true where none is missed.
    pub(super) honors_constraints: bool,
}

impl Reading {
    /// How a plan is read where nothing tells otherwise.
    fn usual(plan: &Plan) -> Self {
        let is_microsofts = plan.program == Program::MsProject;
        let is_hard = |task: &Task| {
            !task.is_manual
                && matches!(
                    task.constraint,
                    ConstraintKind::MustStart
                        | ConstraintKind::MustFinish
                        | ConstraintKind::StartsNotAfter
                        | ConstraintKind::FinishesNotAfter
                )
        };
        let honors_constraints = plan.honors_constraints || !plan.tasks.iter().any(is_hard);
        Self { is_microsofts, goes_on: false, honors_constraints }
    }

    /// The ways in which a plan may be meant, the usual one first. Programs that write files for MS Project say that hard dates do not
    /// come first and compute as if they did.
    fn all(plan: &Plan) -> Vec<Self> {
        let usual = Self::usual(plan);
        let mut all = match plan.program {
            Program::MsProject => vec![usual, Self { goes_on: true, ..usual }],
            Program::Table => vec![usual, Self { is_microsofts: true, ..usual }],
            Program::Jira | Program::GitHub | Program::GitLab => vec![usual],
        };
        if !usual.honors_constraints {
            let others = all.clone().into_iter().map(|reading| Self { honors_constraints: true, ..reading });
            all.extend(others);
        }
        all
    }
}

/// The day and the reading of progress under which most dates are the stored ones; of equals the latest day, and the usual
/// reading. No day when nothing has begun.
fn best_reading(
    outline: &Outline<'_>,
    (terms, means): (&Terms<'_>, &Means<'_>),
    files: &BTreeMap<String, String>,
    origin: &str,
) -> (Option<Date>, Reading) {
    let (usual, all) = (Reading::usual(terms.plan), Reading::all(terms.plan));
    let days = progress::status_dates(outline, terms.plan.status);
    if !terms.plan.program.has_dates() {
        return (days.first().copied(), usual);
    }
    let told = |day: Date| Some((Some(day), Some(progress::progress(outline, (terms, means), day)?)));
    let told = days.iter().map(|day| told(*day)).collect::<Option<Vec<_>>>().filter(|told| !told.is_empty());
    let tries = told.unwrap_or_else(|| vec![(None, None)]);
    if tries[0].0.is_none() && usual.honors_constraints {
        return (None, usual);
    }
    let mut best: Option<(usize, Option<Date>, Reading)> = None;
    for reading in all {
        let mut files = files.clone();
        let text = project_file(terms, origin, reading, &mut Leftovers::default());
        files.insert("project.yaml".to_owned(), text);
        for (as_of, progress) in &tries {
            files.extend(progress.clone().map(|text| ("progress.csv".to_owned(), text)));
            let comparison = verify(&files, terms.plan, &terms.tasks, &mut Diagnostics::default());
            let Some(comparison) = comparison else { continue };
            let n_equal = comparison.n_equal();
            if best.is_none_or(|(most, ..)| n_equal > most) {
                best = Some((n_equal, *as_of, reading));
            }
            if comparison.differences.is_empty() {
                return (*as_of, reading);
            }
        }
    }
    best.map_or((tries[0].0, usual), |(_, as_of, reading)| (as_of, reading))
}

/// The currency's code, from its sign where the file gives no code.
fn currency(plan: &Plan, leftovers: &mut Leftovers) -> Currency {
    if let Ok(currency) = plan.currency_code.parse() {
        return currency;
    }
    let sign = SIGNS.iter().find(|(sign, _)| *sign == plan.currency_symbol);
    let code = sign.map_or("EUR", |(_, code)| code);
    let what = match sign {
        Some((sign, _)) => format!("the currency has no code, only the sign {sign}; {code} was written"),
        None => format!("the plan names no currency; {code} was written"),
    };
    // Where there is no sum at all the currency says nothing yet.
    let advice = if has_money(plan) {
        "check `currency:` in `project.yaml`; all sums carry it"
    } else {
        "check `currency:` in `project.yaml`, before the first sum is written"
    };
    leftovers.note("", what, advice);
    code.parse().expect("the codes of the table are currencies")
}

/// Whether the plan holds any sum.
fn has_money(plan: &Plan) -> bool {
    plan.program == Program::MsProject
        || plan.tasks.iter().any(|task| task.fixed_cost != 0 || task.actual_cost != 0)
        || plan.resources.iter().any(|resource| resource.rate != 0)
}

fn project_file(terms: &Terms<'_>, origin: &str, reading: Reading, leftovers: &mut Leftovers) -> String {
    let plan = terms.plan;
    let mut text = format!(
        "# project.yaml — who, why, how much freedom. Imported from {origin}; IMPORT.md says what became of it.\n\
         # Never typed, always computed: status, stage, colour, finish.\n"
    );
    let title = if plan.title.is_empty() { "Imported project" } else { &plan.title };
    text += &pair(0, "project", &Value::Words(title.to_owned()));
    if plan.subject.is_empty() {
        text += "# goal: >\n#   Say in one sentence what will be better when this is done.\n";
    } else {
        text += &pair(0, "goal", &Value::Words(plan.subject.clone()));
    }
    text += &format!("start: {}\n", terms.project_start());
    text += &format!("currency: {}\n", terms.currency.code());
    if let Some(calendar) = plan.calendar.and_then(|uid| terms.calendars.get(&uid)) {
        text += &format!("calendar: {calendar}\n");
    }
    text += &schedule(terms, reading);
    text.push('\n');
    text += &manager(terms, leftovers);
    text += "# sponsor: …                   # decides and pays: an id of resources.yaml\n\
             # operations_owner: …          # takes over at G5\n\
             # tolerance: {time: 10d, cost: 5_000 EUR}   # how far forecasts may drift before the board wants to be asked\n"
        .replace("EUR", terms.currency.code())
        .as_str();
    text
}

/// How dates are computed: as MS Project does it where that is what the dates come from, so that they stay what they were.
fn schedule(terms: &Terms<'_>, reading: Reading) -> String {
    let plan = terms.plan;
    if !reading.is_microsofts {
        return String::new();
    }
    let mut text = String::from(
        "schedule:\n  conventions: microsoft project  # keeps the dates; remove it when the plan may follow milepost's own rules\n",
    );
    if !reading.honors_constraints {
        text += "  honor_constraints: false     # hard dates do not come before links\n";
    }
    if reading.goes_on {
        text += "  progress: progress override  # work out of sequence goes on at once\n";
    }
    if let (true, Some(finish)) = (plan.is_from_finish, plan.finish) {
        text += "  from: finish                 # dates are counted back from the finish\n";
        text += &format!("  finish: {}\n", terms.moment(finish, End::Finish));
    }
    if plan.critical_slack_days != 0 {
        text += &format!(
            "  critical_float: {}d           # float at or below this is critical\n",
            plan.critical_slack_days
        );
    }
    text
}

/// The person who leads, where they are one of the people; else a line to fill in.
fn manager(terms: &Terms<'_>, leftovers: &mut Leftovers) -> String {
    let manager = &terms.plan.manager;
    if manager.is_empty() {
        return "# project_manager: …           # leads: an id of resources.yaml\n".to_owned();
    }
    let people = terms.plan.resources.iter().filter(|resource| resource.kind == ResourceKind::Work);
    let roles = people::roles(terms.plan);
    let known = people.filter(|person| !roles.contains(&person.uid)).find(|person| person.name == *manager);
    if let Some(id) = known.and_then(|person| terms.resources.get(&person.uid)) {
        return format!("project_manager: {id}\n");
    }
    leftovers.note(
        "",
        format!("the manager {manager} is not among the resources"),
        "add them under `people:` in `resources.yaml` and name them as `project_manager:` in `project.yaml`",
    );
    format!("# project_manager: …           # {}\n", words_in(manager, false))
}

/// Money of summaries and of the whole project, as lines of the budget.
fn loose_money(
    outline: &Outline<'_>,
    terms: &Terms<'_>,
    means: &Means<'_>,
    leftovers: &mut Leftovers,
) -> Option<String> {
    let summaries = outline.lines.iter().filter(|line| line.is_summary()).map(|line| line.task);
    let mut lines = String::new();
    for task in summaries.chain(terms.plan.project_task.as_ref()) {
        let hundredths = means.loose_money(task);
        let Some(sum) = terms.money(hundredths).filter(|_| hundredths != 0) else { continue };
        let name = if task.name.is_empty() { "The whole project" } else { &task.name };
        if hundredths < 0 {
            leftovers.note("", format!("\"{name}\" has a planned cost of {sum}, below zero"), REBATE);
            continue;
        }
        lines += &format!("  - {{name: {}, amount: {sum}", words_in(name, true));
        if let (Some(start), Some(finish)) = (task.start, task.finish) {
            let (from, to) = (start.date(), finish.date().max(start.date()));
            lines += &format!(", window: {}", calendar::range(from, to));
        }
        lines += "}\n";
    }
    (!lines.is_empty()).then(|| {
        format!(
            "# budget.yaml — money besides the plan's own: reserves, funding, and what belongs to no single task.\n\
             lines:                         # fixed costs of summaries in {}\n{lines}",
            terms.plan.program.name()
        )
    })
}

/// Kinds of data that have no place at all.
fn tell_of_the_rest(plan: &Plan, leftovers: &mut Leftovers) {
    let wasted: BTreeSet<Uid> =
        plan.resources.iter().filter(|own| own.kind != ResourceKind::Work).map(|own| own.uid).collect();
    if !wasted.is_empty() {
        leftovers.note(
            "",
            format!(
                "{} of material or of a kind of cost: what they cost stands at the tasks as `cost:`",
                count(wasted.len(), "resource")
            ),
            "enter quantities where they matter as `earned_value: units …` of the task",
        );
    }
    if let Some(task) = plan.project_task.as_ref().filter(|task| !task.notes.is_empty()) {
        let first = task.notes.lines().next().unwrap_or_default();
        leftovers.note(
            "",
            format!("the notes of the whole project (\"{first}\" …)"),
            "write what matters of them as `goal:` into `project.yaml`",
        );
    }
}

/// Where each recognised phase went, as a sentence; empty when none was recognised.
fn stages_in_words(outline: &Outline<'_>) -> String {
    let recognised = outline.recognised();
    let places: Vec<String> = recognised
        .iter()
        .map(|(name, stage): &(&str, Stage)| format!("\"{name}\" under `{}`", stage.key()))
        .collect();
    places.join(", ")
}
