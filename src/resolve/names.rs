//! The names of a project: which task, person, role, calendar or deliverable an id means.
//!
//! Comes in: ids as written. Goes out: places in the model's lists; an unknown id is reported with the one that is
//! near and where that one stands.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::diagnostic::spelling::did_you_mean;
use crate::diagnostic::{Diagnostic, Diagnostics, Span, Spanned};
use crate::model::{Conversion, PersonNo, RoleNo, TaskNo, TypedRate};
use crate::quantity::{Amount, Currency, Duration, GateId, Id, Money, Rate, WorkTime};
use crate::record::BAD_SCALAR;
use crate::record::decode::article;
use crate::resolve::rule::{ALIKE_IDS, DUPLICATE_ID, FOREIGN_CURRENCY, NO_RATE_YET, UNKNOWN_REFERENCE};

/// Ids of one kind, each with what it means and where it was defined.
#[derive(Clone, Debug)]
pub struct Register<T> {
    noun: &'static str,
    known: BTreeMap<Id, (T, Span)>,
    /// The first of the ids that are alike but for capital letters.
    first_alike: BTreeMap<String, (Id, Span)>,
    /// Ids of entries that are written but could not be read.
    unreadable: BTreeSet<Id>,
    is_partial: bool,
}

impl<T: Copy> Register<T> {
    /// Begins an empty register of things that messages call `noun`.
    #[must_use]
    pub fn new(noun: &'static str) -> Self {
        Self {
            noun,
            known: BTreeMap::new(),
            first_alike: BTreeMap::new(),
            unreadable: BTreeSet::new(),
            is_partial: false,
        }
    }

    /// Enters an id; an id that is there already is reported with both places, and the first meaning stays.
    pub fn define(&mut self, id: &Spanned<Id>, meaning: T, found: &mut Diagnostics) {
        if let Some((_, first)) = self.known.get(&id.value) {
            found.push(
                Diagnostic::new(
                    &DUPLICATE_ID,
                    id.span,
                    format!("a second {} has the id `{}`", self.noun, id.value),
                )
                .label("defined again here")
                .also(*first, "first defined here")
                .hint("rename one of them, and whatever refers to it"),
            );
            return;
        }
        match self.first_alike.get(&id.value.as_str().to_lowercase()) {
            Some((first, place)) => found.push(
                Diagnostic::new(
                    &ALIKE_IDS,
                    id.span,
                    format!("`{}` and `{first}` differ in capital letters alone", id.value),
                )
                .also(*place, format!("`{first}` is defined here"))
                .hint("rename one of them, and whatever refers to it"),
            ),
            None => {
                self.first_alike.insert(id.value.as_str().to_lowercase(), (id.value.clone(), id.span));
            }
        }
        self.known.insert(id.value.clone(), (meaning, id.span));
    }

    /// Notes an id whose entry could not be read. It exists, so naming it is no fault, but it means nothing.
    pub fn note_unreadable(&mut self, id: &Spanned<Id>) {
        self.unreadable.insert(id.value.clone());
    }

    /// Says that a file which defines such ids could not be read: from here on an unknown id is not reported, because
    /// the fault is not where it is named.
    pub fn forgive_unknown(&mut self) {
        self.is_partial = true;
    }

    /// Finds what an id means; an unknown one is reported.
    pub fn find(&self, id: &Spanned<Id>, found: &mut Diagnostics) -> Option<T> {
        if let Some((meaning, _)) = self.known.get(&id.value) {
            return Some(*meaning);
        }
        if self.is_partial || self.unreadable.contains(&id.value) {
            return None;
        }
        let message = format!("unknown {} `{}`", self.noun, id.value);
        found.push(self.suggest(Diagnostic::new(&UNKNOWN_REFERENCE, id.span, message), &id.value));
        None
    }

    /// Finds what an id means without reporting an unknown one.
    #[must_use]
    pub fn get(&self, id: &Id) -> Option<T> {
        self.known.get(id).map(|(meaning, _)| *meaning)
    }

    /// Where an id was defined.
    #[must_use]
    pub fn place(&self, id: &Id) -> Option<Span> {
        self.known.get(id).map(|(_, place)| *place)
    }

    fn suggest(&self, diagnostic: Diagnostic, id: &Id) -> Diagnostic {
        // A gate that the plan lacks is no slip for another line of it: a milestone near in name may wait for this very task.
        if let ("task", Ok(gate)) = (self.noun, id.as_str().parse::<GateId>()) {
            return diagnostic.hint(format!(
                "add `{gate}: {{gate: …}}` under `{}:`, the stage that it ends",
                gate.stage().key()
            ));
        }
        match did_you_mean(id.as_str(), self.known.keys().map(Id::as_str)) {
            Some(near) => {
                let diagnostic =
                    diagnostic.label(format!("did you mean `{near}`?")).hint(format!("write `{near}`"));
                match self.known.get(near) {
                    Some((_, place)) => diagnostic.also(*place, format!("`{near}` is defined here")),
                    None => diagnostic,
                }
            }
            None if self.known.is_empty() && self.noun == "baseline" => {
                diagnostic.hint(format!(
                    "freeze it: `milepost baseline freeze {id}`, with `--as-of` and the day of the decision where a report is newer, and \
                     with `--project` where there are several"
                ))
            }
            None if self.known.is_empty() => {
                diagnostic.hint(format!("define the {} first: there is none yet", self.noun))
            }
            None => {
                let diagnostic = diagnostic.hint(format!(
                    "define `{id}`, or name {} {} that is defined",
                    article(self.noun),
                    self.noun
                ));
                // Past work goes on to name who did it.
                if self.noun == "person" {
                    diagnostic.hint("keep who has left in `resources.yaml`, with `absent:` from that day on")
                } else {
                    diagnostic
                }
            }
        }
    }
}

/// All names of a project, and the units its figures are in.
#[derive(Clone, Debug)]
pub struct Names {
    /// Tasks, milestones, gates and summaries of the plan.
    pub tasks: Register<TaskNo>,
    /// Tasks of the baselines, also those that the plan has lost.
    pub baseline_tasks: BTreeSet<Id>,
    /// People of the project and shared people.
    pub people: Register<PersonNo>,
    /// Roles.
    pub roles: Register<RoleNo>,
    /// Calendars, by their place in the project's list.
    pub calendars: Register<usize>,
    /// Deliverables.
    pub deliverables: Register<()>,
    /// Entries of all registers: risks, issues, decisions, changes, actions, requests, lessons.
    pub entries: Register<()>,
    /// The project's first day; none where the file was not read.
    pub start: Option<Spanned<Date>>,
    /// The project's currency and where it was stated.
    pub currency: Spanned<Currency>,
    /// What other currencies are worth in it.
    pub rates: Vec<TypedRate>,
    /// Whether a rate could not be read: a currency without one may be that of it, which is reported where it stands.
    pub are_rates_partial: bool,
    /// Sums taken over from other currencies so far.
    pub conversions: RefCell<Vec<Conversion>>,
    /// How long a day and a week of the project are.
    pub work_time: WorkTime,
    /// The lengths of a working day and week on each task's calendar, once the plan is read.
    pub task_work_times: Vec<WorkTime>,
}

impl Names {
    /// Begins with a project's currency and no names.
    #[must_use]
    pub fn new(currency: Spanned<Currency>) -> Self {
        Self {
            tasks: Register::new("task"),
            baseline_tasks: BTreeSet::new(),
            people: Register::new("person"),
            roles: Register::new("role"),
            calendars: Register::new("calendar"),
            deliverables: Register::new("deliverable"),
            entries: Register::new("entry"),
            start: None,
            currency,
            rates: Vec::new(),
            are_rates_partial: false,
            conversions: RefCell::default(),
            work_time: WorkTime::default(),
            task_work_times: Vec::new(),
        }
    }

    /// Finds a task.
    pub fn task(&self, id: &Spanned<Id>, found: &mut Diagnostics) -> Option<TaskNo> {
        self.tasks.find(id, found)
    }

    /// Finds several people; each that is unknown is reported.
    pub fn people_of(&self, ids: &[Spanned<Id>], found: &mut Diagnostics) -> Vec<PersonNo> {
        ids.iter().filter_map(|id| self.person(id, found)).collect()
    }

    /// Says whether a baseline knows a task of that name and the plan does not: a change may name what it takes away.
    #[must_use]
    pub fn is_dropped(&self, id: &Id) -> bool {
        self.tasks.get(id).is_none() && self.baseline_tasks.contains(id)
    }

    /// Finds a person.
    pub fn person(&self, id: &Spanned<Id>, found: &mut Diagnostics) -> Option<PersonNo> {
        self.people.find(id, found)
    }

    /// Whether an id is that of a role and of no person.
    #[must_use]
    pub fn is_role_alone(&self, id: &Id) -> bool {
        self.people.get(id).is_none() && self.roles.get(id).is_some()
    }

    /// Finds a role.
    pub fn role(&self, id: &Spanned<Id>, found: &mut Diagnostics) -> Option<RoleNo> {
        self.roles.find(id, found)
    }

    /// Finds a person whose field may be absent.
    pub fn maybe_person(&self, id: Option<&Spanned<Id>>, found: &mut Diagnostics) -> Option<PersonNo> {
        self.person(id?, found)
    }

    /// Finds a task whose field may be absent.
    pub fn maybe_task(&self, id: Option<&Spanned<Id>>, found: &mut Diagnostics) -> Option<TaskNo> {
        self.task(id?, found)
    }

    /// Says whether an id names anything at all: a task, deliverable, person or entry of a register. An unknown one
    /// is reported.
    pub fn anything(&self, id: &Spanned<Id>, found: &mut Diagnostics) -> bool {
        let is_known = self.tasks.get(&id.value).is_some()
            || self.entries.get(&id.value).is_some()
            || self.deliverables.get(&id.value).is_some()
            || self.people.get(&id.value).is_some();
        let may_exist = self.entries.is_partial
            || self.deliverables.is_partial
            || self.tasks.is_partial
            || self.tasks.unreadable.contains(&id.value);
        if is_known || may_exist {
            return true;
        }
        let diagnostic = Diagnostic::new(
            &UNKNOWN_REFERENCE,
            id.span,
            format!("`{}` names nothing in this project", id.value),
        );
        let entries = self.entries.known.iter().map(|(id, ((), place))| (id.as_str(), *place));
        let tasks = self.tasks.known.iter().map(|(id, (_, place))| (id.as_str(), *place));
        let places: BTreeMap<&str, Span> = tasks.chain(entries).collect();
        found.push(match did_you_mean(id.as_str(), places.keys().copied()) {
            Some(near) => diagnostic
                .label(format!("did you mean `{near}`?"))
                .also(places[near], format!("`{near}` is defined here"))
                .hint(format!("write `{near}`")),
            None => diagnostic.hint("name a task, a deliverable or an entry of a register"),
        });
        false
    }

    /// Takes a sum that has no day of its own over into the project's currency: at the oldest rate of its currency, so
    /// that what was planned does not move when a rate is added. A currency without a rate is reported.
    pub fn money(&self, money: &Spanned<Money>, found: &mut Diagnostics) -> Option<Amount> {
        self.converted(money, None, found).map(|(amount, _)| amount)
    }

    /// Takes a sum of a day over into the project's currency, at the newest rate of that day; before the first rate at
    /// the first, which is reported, as is a currency without a rate.
    pub fn money_on(
        &self,
        money: &Spanned<Money>,
        day: Date,
        found: &mut Diagnostics,
    ) -> Option<(Amount, Option<Conversion>)> {
        self.converted(money, Some(day), found)
    }

    fn converted(
        &self,
        money: &Spanned<Money>,
        day: Option<Date>,
        found: &mut Diagnostics,
    ) -> Option<(Amount, Option<Conversion>)> {
        if money.currency == self.currency.value {
            return Some((money.amount, None));
        }
        let (place, rate) = self.rate_of(money.currency, day, money.span, found)?;
        let amount = self.worth(rate, *money, found)?;
        let conversion = Conversion { original: money.value, amount, rate: place, origin: money.span };
        self.conversions.borrow_mut().push(conversion);
        Some((amount, Some(conversion)))
    }

    /// Takes a price of working time over into the project's currency, rounded to its minor unit, at the oldest rate. It is
    /// not listed among the conversions: what people cost is not published.
    pub fn price(&self, rate: &Spanned<Rate>, found: &mut Diagnostics) -> Option<Rate> {
        let price = rate.price;
        if price.currency == self.currency.value {
            return Some(rate.value);
        }
        let (_, typed) = self.rate_of(price.currency, None, rate.span, found)?;
        let amount = self.worth(typed, Spanned::new(price, rate.span), found)?;
        Some(Rate { price: Money { amount, currency: self.currency.value }, per: rate.per })
    }

    fn worth(&self, rate: &TypedRate, money: Spanned<Money>, found: &mut Diagnostics) -> Option<Amount> {
        let own = self.currency.value;
        let worth = rate.rate.convert(money.value, own);
        if worth.is_none() {
            found.push(
                Diagnostic::new(&BAD_SCALAR, money.span, format!("this is more in {own} than a sum can be"))
                    .also(rate.origin, format!("converted at {} {own} a {}", rate.rate, rate.currency))
                    .hint("check the sum and the rate"),
            );
        }
        worth
    }

    /// The rate of another currency, with its place; a currency without one is reported.
    fn rate_of(
        &self,
        currency: Currency,
        day: Option<Date>,
        place: Span,
        found: &mut Diagnostics,
    ) -> Option<(usize, &TypedRate)> {
        let of_currency = || self.rates.iter().enumerate().filter(|(_, rate)| rate.currency == currency);
        let oldest = || of_currency().min_by_key(|(_, rate)| rate.date);
        let newest_of =
            |day: Date| of_currency().filter(|(_, rate)| rate.date <= day).max_by_key(|(_, rate)| rate.date);
        let rate = day.and_then(newest_of).or_else(oldest);
        if let (Some((_, first)), Some(day)) = (rate, day)
            && first.date > day
        {
            found.push(
                Diagnostic::new(
                    &NO_RATE_YET,
                    place,
                    format!("{currency} of {day}, converted at the rate of {}, a later day", first.date),
                )
                .also(first.origin, "the first rate")
                .hint(format!("add what one {currency} was worth on {day} to `rates` in `project.yaml`")),
            );
        }
        if rate.is_none() && !self.are_rates_partial {
            let own = self.currency.value;
            found.push(
                Diagnostic::new(
                    &FOREIGN_CURRENCY,
                    place,
                    format!("{currency} in a project whose currency is {own}, without a rate"),
                )
                .also(self.currency.span, format!("the project's currency is {own}"))
                .hint(format!(
                    "add `rates: [{{currency: {currency}, rate: …, date: …}}]` to `project.yaml`: what one {currency} is worth in {own}"
                )),
            );
        }
        rate
    }

    /// The lengths of a working day and week on a task's calendar; the project's until tasks are known.
    #[must_use]
    pub fn work_time_of(&self, task: TaskNo) -> WorkTime {
        self.task_work_times.get(task.0 as usize).copied().unwrap_or(self.work_time)
    }

    /// Turns a length into working minutes of the project's calendar; elapsed lengths into minutes of the clock.
    #[must_use]
    pub fn minutes(&self, duration: Duration) -> i64 {
        duration.minutes(self.work_time)
    }
}
