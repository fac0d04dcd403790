//! The sheet of a change request: what is asked and why, what it does, what was decided, what became of it.

use crate::control::{DrawSource, Shortfall, decides_on};
use crate::document::closing::DecisionBlock;
use crate::document::part::Part;
use crate::document::sheet::{Sheet, Way, band, provenance, signature, signed};
use crate::format;
use crate::model::{Change, ChangeStatus, CostEntry};
use crate::page::address::{Address, Thing};
use crate::page::changes::{paid_from, state};
use crate::page::explain::change_anchor;
use crate::page::milestones::slip_cell;
use crate::page::needs::decide_by_words;
use crate::page::option_limits::limits_words;
use crate::page::prose::Prose;
use crate::page::register_cells::{fact_typed, fact_words};
use crate::page::stage_work::task_status;
use crate::page::view::{Cell, Fact, Row, Table};
use crate::page::what_if::cost_cause;
use crate::page::{Desk, Entry, Group, Made, ProjectPage};
use crate::prose::inline_text;
use crate::quantity::Amount;
use crate::report::{ChangeEffect, ProjectReport};

/// The sheets of change requests.
pub struct ChangeRequests;

/// So many lines of money are listed.
const LINES: usize = 12;

impl ProjectPage for ChangeRequests {
    fn kind(&self) -> &'static str {
        "change"
    }

    fn group(&self) -> Group {
        Group::Control
    }

    fn question(&self) -> &'static str {
        "Shall we change what was agreed, and what does it do?"
    }

    fn is_beside(&self) -> bool {
        false
    }

    fn is_printed(&self) -> bool {
        true
    }

    fn entries(&self, project: &ProjectReport) -> Vec<Entry> {
        let entry =
            |change: &Change| Entry::new(Address::change(&project.project.folder, &change.id), title(change));
        handed_in(project).map(entry).collect()
    }

    fn make(&self, desk: &Desk<'_>) -> Made {
        let all: Vec<&Change> = handed_in(desk.project).collect();
        let place = all
            .iter()
            .position(|change| Address::change(desk.folder(), &change.id) == *desk.address)
            .expect("a sheet of a change lives at the address of one");
        let change = all[place];
        let request = Request { desk, change, effect: effect_of(desk.project, change) };
        let way = |rel: &'static str, change: &Change| {
            let href = desk.href_to(&Thing::Change(&change.id))?;
            Some(Way { rel: Some(rel), label: change.id.to_string(), href })
        };
        let list = desk.href_section(&desk.page("raid"), "changes");
        let ways = [
            place.checked_sub(1).and_then(|before| way("prev", all[before])),
            list.map(|href| Way { rel: None, label: "All changes".to_owned(), href }),
            all.get(place + 1).and_then(|after| way("next", after)),
        ];
        let (state, state_class) = request.stamp();
        let mut facts = vec![
            Fact::of("Asked by", desk.person(change.requested_by)),
            Fact::new("Handed in", change.submitted.map_or_else(|| "no day".to_owned(), format::date)),
        ];
        if let Some(by) = change.needed_by.filter(|_| change.is_waiting(desk.project.status_date)) {
            facts.push(Fact::new("Answer needed by", format::date(by)));
        }
        let parts =
            [Some(request.request()), Some(request.impact()), request.moved(), request.implementation()];
        let files = ["changes.yaml", "plan.yaml", "costs.csv"];
        Sheet {
            kind: self.kind(),
            question: self.question(),
            band: band(desk, ("Change request", title(change)), (state, state_class), facts),
            ways: ways.into_iter().flatten().collect(),
            headline: request.headline(),
            remark: request.remark(),
            hint: None,
            parts: parts.into_iter().flatten().collect(),
            behind: Vec::new(),
            follows: &["trace"],
            decision: Some(request.decision()),
            signatures: request.signatures(),
            provenance: [Fact::of("Written in", desk.place_cell(Some(change.origin)))]
                .into_iter()
                .chain(provenance(desk))
                .collect(),
            rests_on: files.map(str::to_owned).into(),
        }
        .make(desk)
    }
}

/// The requests handed in by the status date, in the order of their file.
fn handed_in(project: &ProjectReport) -> impl Iterator<Item = &Change> {
    let day = project.status_date;
    project
        .project
        .registers
        .changes
        .iter()
        .filter(move |change| change.submitted.is_none_or(|submitted| submitted <= day))
}

fn effect_of<'a>(project: &'a ProjectReport, change: &Change) -> Option<&'a ChangeEffect> {
    project.changes.iter().find(|effect| effect.change == change.id)
}

fn title(change: &Change) -> String {
    format!("{} {}", change.id, inline_text(&change.change.markdown))
}

/// A change with what it leads to.
struct Request<'a> {
    desk: &'a Desk<'a>,
    change: &'a Change,
    /// None once it is decided, and where it does not say how it changes the plan.
    effect: Option<&'a ChangeEffect>,
}

impl Request<'_> {
    fn is_waiting(&self) -> bool {
        self.change.is_waiting(self.desk.project.status_date)
    }

    fn stamp(&self) -> (&'static str, &'static str) {
        if self.is_waiting() {
            return ("Waiting", "draft");
        }
        match self.change.status {
            ChangeStatus::Approved => ("Approved", "decided"),
            ChangeStatus::Implemented => ("Built", "decided"),
            ChangeStatus::Rejected => ("Rejected", "superseded"),
            ChangeStatus::Postponed => ("Postponed", "superseded"),
            ChangeStatus::Merged => ("Merged", "superseded"),
            _ => ("Waiting", "draft"),
        }
    }

    /// Where it stands; its days lead to where the state was typed.
    fn state(&self) -> Cell {
        state(self.desk, self.change).explained(self.desk.href_of_field(self.change.origin, "status"))
    }

    /// What is asked, for how much, from which money.
    fn headline(&self) -> String {
        let desk = self.desk;
        let what = inline_text(&self.change.change.markdown);
        let mut words = Vec::new();
        words.extend(self.change.cost.map(|cost| match cost.cmp(&Amount::ZERO) {
            std::cmp::Ordering::Less => format!("saves {}", desk.money_words(Amount::ZERO - cost)),
            _ => format!("costs {}", desk.money_words(cost)),
        }));
        words.extend(self.change.time.map(|time| match time {
            0 => "takes no time".to_owned(),
            time if time < 0 => format!("saves {}", desk.days_words(-time)),
            time => format!("takes {}", desk.days_words(time)),
        }));
        words.extend(
            self.change.pay_from.as_deref().map(|from| format!("is paid from {}", from.replace('_', " "))),
        );
        if words.is_empty() {
            return format!("{what}.");
        }
        let shortfall = Shortfall::of(self.change, &desk.project.control.spending, desk.project.status_date)
            .map_or_else(String::new, |shortfall| {
                format!(" {}.", format::sentence_start(&shortfall.words(desk.project.project.currency)))
            });
        format!("{what}: it {}.{shortfall}", format::listed(&words))
    }

    fn remark(&self) -> Option<String> {
        let difference = &self.effect?.difference;
        let words = crate::page::what_if::in_short(difference, self.desk.project.project.currency);
        let limits = limits_words(self.desk, &difference.limits.after);
        Some(format!("Computed: {words}. {limits}."))
    }

    fn request(&self) -> Part {
        let desk = self.desk;
        let change = self.change;
        let tasks: Vec<_> =
            change.tasks.iter().map(|task| desk.project.project.task(*task).id.clone()).collect();
        let related = desk.project.project.registers.related(&change.id, &change.links);
        let mut touches = desk.links(&tasks);
        touches.extend(desk.links(&related));
        touches.dedup();
        let facts = [
            fact_words("Priority", change.priority.as_deref()),
            fact_words("Size", change.size.as_deref()),
            change.pay_from.as_deref().map(|from| Fact::new("Paid from", paid_from(from))),
            Prose::links(&touches).map(|links| Fact::of("Touches", Cell::prose(links))),
        ];
        let part = Part::new("request", "The request");
        let part = part.facts(
            [
                fact_typed(desk, "Why", change.reason.as_ref()),
                fact_typed(desk, "If it is not done", change.if_not_done.as_ref()),
            ]
            .into_iter()
            .flatten(),
        );
        part.facts(facts.into_iter().flatten())
            .missing_if(
                change.reason.is_none().then_some("Why it is asked for is not recorded: write `reason:`."),
            )
            .missing_if(change.if_not_done.is_none().then_some(
                "What happens if it is not done is not recorded: write `if_not_done:` in `changes.yaml`.",
            ))
    }

    /// What it does to scope, time, cost, quality and risk: as somebody assessed it, and as computed.
    fn impact(&self) -> Part {
        let desk = self.desk;
        let change = self.change;
        let typed = |cell: Cell, field: &str| {
            cell.explained(desk.href_of_field(change.origin, &format!("impact.{field}")))
        };
        let anchor = change_anchor(&change.id);
        let opened = |part: &str| desk.explained(&format!("{anchor}.{part}"));
        let words =
            |text: Option<&crate::model::Text>| text.map_or_else(Cell::nothing, |text| desk.line(text));
        let scope = change.scope_units.map(|units| {
            let unit = change.scope_unit.as_deref().map(|unit| format!("\u{a0}{unit}")).unwrap_or_default();
            format!("{}{unit}", format::signed(units, format::whole(units)))
        });
        let mut table = Table::new(&["", "As assessed", "As computed"]);
        let not = || Cell::text("not computed").class("muted");
        let difference = self.effect.map(|effect| &effect.difference);
        table.push(Row::new(vec![Cell::text("Scope"), typed(Cell::maybe(scope), "scope"), not()]));
        table.push(Row::new(vec![
            Cell::text("Time"),
            typed(Cell::maybe(change.time.map(|time| format::signed(time, desk.days(time)))), "time"),
            difference.map_or_else(not, |difference| {
                let late = desk.slip_days(desk.project.control.reference.finish, difference.finish.after);
                Cell::text(format!("finish {}", format::date(difference.finish.after)))
                    .explained(opened("finish"))
                    .note(match difference.finish_working_days {
                        0 => "it does not move".to_owned(),
                        days => format!(
                            "moves {}; {} against the promise",
                            crate::page::desk::slip_words(days),
                            crate::page::desk::slip_words(late)
                        ),
                    })
            }),
        ]));
        table.push(Row::new(vec![
            Cell::text("Cost"),
            typed(Cell::maybe(change.cost.map(|cost| desk.money_signed(cost))), "cost"),
            difference.map_or_else(not, |difference| {
                let cost = difference.estimate_from_below;
                Cell::text(format!("{} at completion", desk.money_words(cost.after)))
                    .explained(opened("cost"))
                    .note(format!(
                        "{} by what is left to do (EAC₄)",
                        desk.money_difference(cost.before, cost.after)
                    ))
            }),
        ]));
        table.push(Row::new(vec![
            Cell::text("Quality"),
            typed(words(change.quality.as_ref()), "quality"),
            not(),
        ]));
        table.push(Row::new(vec![
            Cell::text("Risk"),
            typed(words(change.risk.as_ref()), "risk"),
            difference.filter(|difference| difference.exposure.is_change()).map_or_else(not, |difference| {
                Cell::text(format!("exposure {}", desk.money_words(difference.exposure.after)))
            }),
        ]));
        if let Some(difference) = difference
            && let worth = difference.worth()
            && let Some(after) = worth.after
        {
            let npv = Cell::text(format!("NPV {}", desk.money_words(after))).explained(opened("npv"));
            let by = if difference.is_worth_counted() { " by what is left to do (EAC₄)" } else { "" };
            let moved = worth.before.map(|before| format!("{}{by}", desk.money_difference(before, after)));
            table.push(Row::new(vec![Cell::text("Business case"), Cell::nothing(), npv.note_if(moved)]));
        }
        let unknown = without_what_nobody_knows(&mut table);
        // Where nothing is computed, there is no column of it.
        if self.effect.is_none() {
            table.head.pop();
            table.numeric.pop();
            table.rows.iter_mut().for_each(|row| row.cells.truncate(2));
        }
        let asked: Vec<String> = change.changes.iter().map(|asked| format!("`{}`", asked.text)).collect();
        let part = Part::new("impact", "What it does").table_if_any(None, table);
        let part = if unknown.is_empty() {
            part
        } else {
            part.note(format!("Not assessed: {}.", format::listed(&unknown)))
        };
        let part = match (self.effect, asked.is_empty(), self.is_waiting()) {
            (Some(_), _, _) => {
                part.note(format!("Computed from what it sets in the plan: {}.", asked.join(", ")))
            }
            (None, true, true) => part.note(
                "Nobody has said what it changes in the plan: what it does to finish and cost is an assessment, and nothing is computed."
                    .to_owned(),
            ),
            (None, _, true) => part.note("What it sets in the plan cannot be computed.".to_owned()),
            (None, _, false) => part.note(self.settled().to_owned()),
        };
        let cause = difference.and_then(|difference| cost_cause(difference, desk.project.project.currency));
        let part = part.note_if(cause.map(|words| format!("It means {words}.")));
        let waits = self.effect.and_then(|effect| effect.decide_by);
        match waits {
            Some(by) => part.note(decide_by_words(change.id.as_str(), by, change.needed_by)),
            None => part,
        }
    }

    /// What became of its effect on the plan, once it is decided.
    fn settled(&self) -> &'static str {
        match self.change.status {
            ChangeStatus::Rejected => "It is rejected: it is not done, and nothing of it is computed.",
            ChangeStatus::Postponed => {
                "It is postponed: it is not done for now, and nothing of it is computed."
            }
            ChangeStatus::Merged => "It is merged with another change, and nothing of it is computed apart.",
            _ => {
                "It is decided, and its effect is no longer computed apart: what was built of it is part of the plan."
            }
        }
    }

    /// Milestones and work that it moves, as computed.
    fn moved(&self) -> Option<Part> {
        let difference = &self.effect?.difference;
        let desk = self.desk;
        let anchor = change_anchor(&self.change.id);
        let opened = desk.explained(&format!("{anchor}.finish"));
        let mut table = Table::new(&["Milestone, gate or task", "Last day now", "With it", "#Moves"]);
        for moved in difference.milestones.iter().chain(&difference.work) {
            let task = desk.project.project.task_by_id(&moved.task);
            let name = task.map_or_else(|| Cell::text(&*moved.name), |task| desk.task(task));
            table.push(Row::new(vec![
                name,
                desk.date(Some(moved.last_day.before))
                    .explained(task.and_then(|task| desk.explained_of(task, "finish"))),
                desk.date(Some(moved.last_day.after)).explained(opened.clone()),
                slip_cell(Some(moved.working_days)).explained(opened.clone()),
            ]));
        }
        (!table.rows.is_empty()).then(|| Part::new("moves", "What it moves").table_if_any(None, table))
    }

    /// What became of it: the tasks it touches, the money it took; none while it waits and nothing has come of it.
    fn implementation(&self) -> Option<Part> {
        let desk = self.desk;
        let change = self.change;
        let project = &desk.project.project;
        let day = desk.project.status_date;
        let mut facts = Vec::new();
        if change.is_approved(day) {
            facts.push(match change.implemented.filter(|built| *built <= day) {
                Some(built) => Fact::new("Built on", format::date(built))
                    .explained(desk.href_of_field(change.origin, "implemented")),
                None => Fact::new("Built on", "not yet"),
            });
        }
        let baselines = project.baselines.iter().filter(|one| one.authorised_by.as_ref() == Some(&change.id));
        facts.extend(baselines.map(|baseline| {
            Fact::new("Allows baseline", baseline.id.to_string()).explained(desk.href_place(baseline.origin))
        }));
        let is_touched = !change.tasks.is_empty() || !change.dropped.is_empty();
        let (draws, lines) = (self.draws(), self.money_lines());
        if self.is_waiting()
            && !is_touched
            && facts.is_empty()
            && draws.rows.is_empty()
            && lines.rows.is_empty()
        {
            return None;
        }
        let part = Part::new("trace", "What became of it").facts(facts);
        let part = match (is_touched, change.is_approved(day)) {
            (true, _) => part.table_if_any(Some("Tasks that it adds or changes"), self.tasks()),
            (false, true) => part.missing_if(Some(
                "Which tasks it adds or changes is not recorded: write `tasks:` in `changes.yaml`.",
            )),
            (false, false) => part,
        };
        Some(part.table_if_any(Some("Taken from a reserve"), draws).table_or(
            Some("Lines of money"),
            lines,
            if change.is_approved(day) {
                "No line of `costs.csv` names it or stands on one of its tasks since its decision."
            } else {
                "No line of `costs.csv` names it."
            },
        ))
    }

    fn tasks(&self) -> Table {
        let desk = self.desk;
        let mut table = Table::new(&["Task", "", "State", "Last day", "#Budget", "#Actual cost"]);
        for number in &self.change.tasks {
            let task = desk.project.project.task(*number);
            let value = &desk.project.control.tasks[number.0 as usize];
            table.push(Row::new(vec![
                Cell::text(task.id.to_string()).href(desk.href_to(&Thing::Task(&task.id))).class("nowrap"),
                Cell::text(&*task.name),
                Cell::status(task_status(desk, *number)),
                desk.last_day(*number),
                Cell::text(desk.money(value.budget)).explained(desk.explained_of(*number, "budget")),
                Cell::text(desk.money(value.actual_cost)).explained(desk.explained_of(*number, "ac")),
            ]));
        }
        for id in &self.change.dropped {
            table.push(Row::new(vec![
                Cell::text(id.to_string()).class("nowrap"),
                Cell::text("no longer in the plan").class("muted"),
            ]));
        }
        table
    }

    fn draws(&self) -> Table {
        let desk = self.desk;
        let mut table = Table::new(&["Reserve", "Decided", "By", "#Amount"]);
        let own = |by: &DrawSource| matches!(by, DrawSource::Change(id) if *id == self.change.id);
        for draw in desk.project.control.spending.draws.iter().filter(|draw| own(&draw.by)) {
            table.push(Row::new(vec![
                Cell::text(format::sentence_start(draw.from.word())),
                desk.date(draw.date).explained(desk.href_of_field(self.change.origin, "decided")),
                desk.person(draw.decided_by),
                Cell::text(desk.money(draw.amount))
                    .explained(desk.href_of_field(self.change.origin, "impact.cost")),
            ]));
        }
        table
    }

    /// Lines of the ledger that name it, then those on its tasks since its decision.
    fn money_lines(&self) -> Table {
        let desk = self.desk;
        let mut table = Table::new(&["Line of money", "", "#Amount", "Number", "Why it stands here"]);
        let day = desk.project.status_date;
        let known = desk.project.project.costs.iter().filter(|entry| entry.date <= day);
        let named = known.clone().filter(|entry| self.is_named_by(entry));
        let since = self.change.decided.filter(|_| self.change.is_approved(day));
        let on_task = known.filter(|entry| {
            !self.is_named_by(entry)
                && entry.task.is_some_and(|task| self.change.tasks.contains(&task))
                && since.is_some_and(|decided| entry.date >= decided)
        });
        let named = named.map(|entry| (entry, "names it"));
        let all: Vec<_> =
            named.chain(on_task.map(|entry| (entry, "on a task of it, since its decision"))).collect();
        for (entry, why) in all.into_iter().take(LINES) {
            let amount = Cell::text(desk.money_exact(entry.amount)).explained(desk.href_place(entry.origin));
            table.push(Row::new(vec![
                desk.date(Some(entry.date)).explained(desk.href_place(entry.origin)),
                Cell::text(format!("{}, {}", format::sentence_start(entry.entry_type.key()), entry.category)),
                amount,
                Cell::maybe(entry.reference.clone()),
                Cell::text(why).note_if(entry.note.clone()),
            ]));
        }
        table
    }

    /// Whether a line of money says the id of the change, as a word of its number or remark.
    fn is_named_by(&self, entry: &CostEntry) -> bool {
        let id = self.change.id.as_str();
        let words = [entry.reference.as_deref(), entry.note.as_deref()].into_iter().flatten();
        let split = |text: &str| {
            text.split(|letter: char| !letter.is_alphanumeric() && letter != '-' && letter != '_')
                .any(|word| word == id)
        };
        words.into_iter().any(split)
    }

    fn decision(&self) -> DecisionBlock {
        let desk = self.desk;
        let change = self.change;
        let is_waiting = self.is_waiting();
        let mut facts = vec![Fact::of("State", self.state())];
        if is_waiting {
            let decides = decides_on(&desk.project.project, self.contingency_left(), change);
            facts.push(Fact::of("Asked of", desk.person(decides)));
            facts.extend(change.needed_by.map(|by| {
                Fact::new("Needed by", format!("{}, {}", format::date(by), desk.due_words(by)))
                    .explained(desk.href_of_field(change.origin, "needed_by"))
            }));
        } else {
            facts.extend(fact_typed(desk, "Decision", change.decision.as_ref()));
            // The state says by whom and when, where both are known.
            if change.decided_by.is_none() || change.decided.is_none() {
                facts.push(Fact::of("Decided on", desk.date(change.decided)));
                facts.push(Fact::of("Decided by", desk.person(change.decided_by)));
            }
        }
        if change.is_approved(desk.project.status_date)
            && let Some(by) = change.decided_by.filter(|by| change.requested_by == Some(*by))
        {
            let name = desk.project.project.person_name(by);
            facts.push(Fact::new(
                "Remark",
                format!("{name} asked for it and approved it: nobody else looked at it"),
            ));
        }
        let options = ["approve", "reject", "postpone", "merge with another change"];
        DecisionBlock {
            is_decided: !is_waiting,
            facts,
            options: if is_waiting { options.map(str::to_owned).into() } else { Vec::new() },
        }
    }

    /// The contingency that is left; who decides depends on it.
    fn contingency_left(&self) -> Amount {
        self.desk.project.control.spending.contingency.remaining
    }

    fn signatures(&self) -> Vec<crate::document::closing::SignatureBlock> {
        let desk = self.desk;
        let change = self.change;
        let project = &desk.project.project;
        let by = change.decided_by.or_else(|| decides_on(project, self.contingency_left(), change));
        // What is built was approved: a signature is under the decision, not under what came of it.
        let decided = match change.status {
            ChangeStatus::Implemented => ChangeStatus::Approved,
            status => status,
        };
        let words = (!self.is_waiting()).then(|| format::sentence_start(decided.key()));
        vec![
            signature(desk, "Asks for it", change.requested_by),
            signed(
                signature(desk, "Decides", by),
                words.filter(|_| change.decided.is_some()),
                change.decided,
            ),
        ]
    }
}

/// Takes the rows out of an impact of which nobody has assessed and nothing computed anything; gives their names in lower case.
fn without_what_nobody_knows(table: &mut Table) -> Vec<String> {
    let is_unknown = |row: &Row| {
        let said = row.cells.iter().skip(1);
        said.into_iter()
            .all(|cell| cell.class == Some("muted") && cell.prose.is_none() && cell.status.is_none())
    };
    let name = |row: &Row| {
        row.cells.first().and_then(|cell| cell.text.as_deref()).unwrap_or_default().to_lowercase()
    };
    let unknown = table.rows.iter().filter(|row| is_unknown(row)).map(name).collect();
    table.rows.retain(|row| !is_unknown(row));
    unknown
}
