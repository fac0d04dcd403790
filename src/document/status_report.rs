//! The status report of a day: how it stood, what was achieved of what had been announced, what comes next, what is wanted.
//!
//! The figures are those of the frozen record; registers are read as of the day of the report, by the dates of their entries.

use jiff::civil::Date;

use crate::control::{Colour, Dimension, DimensionKind, Said};
use crate::document::part::Part;
use crate::document::sheet::{Sheet, Way};
use crate::format;
use crate::model::{AllowanceKind, Allowed, Figures, Snapshot, Text};
use crate::page::address::{Address, Thing};
use crate::page::desk::slip_words;
use crate::page::frame::status_of;
use crate::page::report::{DECLARED, OVERALL, ReportOf, days, title};
use crate::page::risks::{ONCE_DECIDED, threats_and_left};
use crate::page::scorecard::dimension_name;
use crate::page::view::{Cell, Fact, Row, Table};
use crate::page::{Desk, Entry, Group, Made, ProjectPage};
use crate::quantity::Amount;
use crate::report::ProjectReport;

/// The status reports.
pub struct StatusReports;

impl ProjectPage for StatusReports {
    fn kind(&self) -> &'static str {
        "report"
    }

    fn group(&self) -> Group {
        Group::Status
    }

    fn question(&self) -> &'static str {
        "How did it stand on that day, and what was wanted?"
    }

    fn is_beside(&self) -> bool {
        false
    }

    fn is_printed(&self) -> bool {
        true
    }

    fn entries(&self, project: &ProjectReport) -> Vec<Entry> {
        let folder = &project.project.folder;
        let days = days(project).into_iter().rev();
        days.map(|day| Entry::new(Address::report(folder, day), title(day))).collect()
    }

    fn make(&self, desk: &Desk<'_>) -> Made {
        let days = days(desk.project);
        let day = days
            .iter()
            .copied()
            .find(|day| Address::report(desk.folder(), *day) == *desk.address)
            .expect("a page of a report lives at the address of one");
        let report = ReportOf::of(desk, day);
        let way = |rel: &'static str, day: &Date| {
            let href = desk.href_to(&Thing::Report(*day))?;
            Some(Way { rel: Some(rel), label: title(*day), href })
        };
        let before = days.range(..day).next_back();
        let all = desk.href_page("journal");
        let ways = [
            before.and_then(|day| way("prev", day)),
            all.map(|href| Way { rel: None, label: "All reports".to_owned(), href }),
            days.range(day..).nth(1).and_then(|day| way("next", day)),
        ];
        let (band, state_words, hint) = report.band();
        let told = Told { desk, report: &report, before: before.copied() };
        let parts = [
            Some(told.scorecard()),
            Some(told.decisions()),
            told.words(),
            Some(told.achieved()),
            Some(told.changes()),
            Some(told.next()),
            told.milestones(),
            Some(told.risks()),
            Some(told.issues()),
        ];
        let behind = [told.figures(), told.work(), told.rules()];
        let files = [
            report.frozen.map(|_| format!("snapshots/{day}.yaml")),
            report.update.map(|_| format!("updates/{day}.md")),
            report.then().and_then(|(said, _)| {
                said.figures.baseline.as_ref().map(|id| format!("baselines/{id}.yaml"))
            }),
        ];
        Sheet {
            kind: self.kind(),
            question: self.question(),
            provenance: told.provenance(),
            band,
            ways: ways.into_iter().flatten().collect(),
            headline: told.headline(),
            remark: Some(state_words),
            hint,
            parts: parts.into_iter().flatten().collect(),
            behind: behind.into_iter().flatten().collect(),
            follows: &[],
            decision: None,
            signatures: Vec::new(),
            rests_on: files.into_iter().flatten().collect(),
        }
        .make(desk)
    }
}

/// A report on the way to its sections.
pub(super) struct Told<'a> {
    pub desk: &'a Desk<'a>,
    pub report: &'a ReportOf<'a>,
    /// The day of the report before.
    pub before: Option<Date>,
}

impl<'a> Told<'a> {
    pub fn day(&self) -> Date {
        self.report.day
    }

    /// Whether it is the report of the status date, for which more is known than was frozen.
    pub fn is_newest(&self) -> bool {
        self.day() == self.desk.project.status_date
    }

    pub fn said(&self) -> Option<&(Said, Option<&'a Snapshot>)> {
        self.report.then()
    }

    /// Whether a day lies in the period of the report: after the report before, up to its own day.
    pub fn is_in_period(&self, day: Date) -> bool {
        day <= self.day() && self.before.is_none_or(|before| day > before)
    }

    /// Where a figure of the report stands in its record, or how it is computed where nothing is frozen yet.
    fn place(&self, field: &str, key: &str) -> Option<String> {
        match self.said()?.1 {
            Some(frozen) => self.desk.href_of_field(frozen.origin, field),
            None => self.desk.explained(key),
        }
    }

    /// Date, lateness and money of the day, in one sentence.
    fn headline(&self) -> String {
        let Some((said, _)) = self.said() else {
            return "No figures were kept of this day.".to_owned();
        };
        if self.desk.project.control.is_stopped && self.is_newest() {
            return crate::page::verdict::sentence(self.desk);
        }
        let figures = &said.figures;
        let mut parts = Vec::new();
        if let Some(finish) = figures.forecast_finish {
            let reference = figures
                .baseline
                .as_ref()
                .map_or_else(|| "the plan".to_owned(), |id| format!("baseline {id}"));
            let late = figures.baseline_finish.map(|promised| self.desk.slip_days(promised, finish));
            let late = match late {
                None => String::new(),
                Some(0) => format!(", as promised in {reference}"),
                Some(days) => {
                    let side = if days > 0 { "behind" } else { "ahead of" };
                    format!(", {} {side} {reference}", crate::page::desk::days_of(days.abs()))
                }
            };
            parts.push(format!("Forecast {}{late}", format::date(finish)));
        }
        if let Some((estimate, budget)) = self.estimate().zip(figures.total.budget)
            && budget > Amount::ZERO
        {
            let over = estimate - budget;
            let share = format::share((over.as_f64() / budget.as_f64()).abs());
            let side = match over.cmp(&Amount::ZERO) {
                std::cmp::Ordering::Equal => "on budget".to_owned(),
                std::cmp::Ordering::Less => format!("{share} under budget"),
                std::cmp::Ordering::Greater => format!("{share} over budget"),
            };
            parts.push(format!("{} at completion, {side}", self.desk.money_words(estimate)));
        }
        let overall = said.computed.map(|colour| format!("Overall {}.", colour.word()));
        let told = if parts.is_empty() { None } else { Some(format!("{}.", parts.join("; "))) };
        // What was frozen was read whole.
        let unread = crate::page::unread::not_known(self.desk);
        let unread = unread.filter(|_| self.is_newest() && self.report.frozen.is_none());
        let words: Vec<String> = unread.into_iter().chain(overall).chain(told).collect();
        if words.is_empty() { "No figures were kept of this day.".to_owned() } else { words.join(" ") }
    }

    fn estimate(&self) -> Option<Amount> {
        self.said().and_then(|(said, _)| said.figures.estimate)
    }

    /// Each dimension with what was promised, how far it may drift, what is forecast, and how much of the tolerance that takes.
    fn scorecard(&self) -> Part {
        let mut table =
            Table::new(&["", "Status, last reports", "Promised", "Tolerance", "Forecast", "Variance"]);
        let part = Part::new("scorecard", "Scorecard");
        let Some((said, _)) = self.said() else {
            return part.note("Nothing was frozen on this day: there are no colours to show.".to_owned());
        };
        let colours = self.report.colours();
        let shown = |name: &str| colours.iter().find(|line| line.name == name);
        let strip_of = |name: &str| shown(name).map_or_else(Vec::new, |line| line.past.clone());
        table.extend([OVERALL, DECLARED].into_iter().filter_map(|name| {
            let line = shown(name)?;
            let status = Cell::status(line.status.clone()).past(line.past.clone());
            Some(Row::new([Cell::text(name), status].into_iter().chain(vec![Cell::default(); 4]).collect()))
        }));
        let (desk, left) = (self.desk, self.exceptions());
        for dimension in &desk.project.control.health.dimensions {
            let kind = dimension.kind;
            let colour = said.dimensions.get(&kind).copied().unwrap_or(Colour::Unrated);
            // What the report is about is told of each project; how fresh its data are, only where that was rated.
            if colour == Colour::Unrated && kind == DimensionKind::Data {
                continue;
            }
            let name = dimension_name(kind);
            let key = format!("status-{}", name.to_lowercase());
            let [promised, tolerance, forecast, variance] = self.position(said, kind);
            let variance = if left.contains(&kind) {
                variance.href(desk.href(&Address::exception(desk.folder(), kind.key()))).note(OUTSIDE)
            } else {
                variance
            };
            table.push(Row::new(vec![
                Cell::text(name),
                Cell::status(status_of(colour))
                    .past(strip_of(name))
                    .explained(self.place(&format!("colour.{}", kind.key()), &key)),
                promised,
                tolerance,
                forecast,
                variance,
            ]));
        }
        let part = part.table_or(None, table, "Nothing could be rated on this day.");
        part.lead(self.report.rebaselined())
    }

    /// Why a dimension was rated as it was; of the report of the status date also why it was not.
    fn reason(&self, said: &Said, dimension: &Dimension) -> Option<String> {
        let newest = || (self.is_newest() && self.report.frozen.is_none()).then_some(&dimension.reason);
        said.reasons.get(&dimension.kind).or_else(newest).map(|reason| format::sentence_start(reason))
    }

    /// Why each colour was given, and by which rule; tolerances and limits of an earlier day are not kept.
    fn rules(&self) -> Option<Part> {
        let (said, _) = self.said()?;
        let dimensions = self.desk.project.control.health.dimensions.iter();
        let rated = dimensions.filter(|dimension| said.dimensions.contains_key(&dimension.kind));
        let facts = rated
            .map(|one| {
                let name = dimension_name(one.kind);
                let key = format!("status-{}", name.to_lowercase());
                let rule = format!("Rule: {}", one.rule);
                let place = self.place(&format!("colour.{}", one.kind.key()), &key);
                match self.reason(said, one) {
                    Some(reason) => Fact { note: Some(rule), ..Fact::new(name, reason) }.explained(place),
                    None => Fact::new(name, rule).explained(place),
                }
            })
            .collect::<Vec<_>>();
        let unsaid = (said.reasons.is_empty() && !said.dimensions.is_empty() && self.report.frozen.is_some())
            .then_some("The record of this day was frozen without the reasons behind its colours.");
        let rules = format!(
            "The rules and their limits are those in force on {}, the tolerances above those of the day of the report.",
            format::date(self.desk.project.status_date)
        );
        let lead = unsaid.map_or_else(|| rules.clone(), |unsaid| format!("{unsaid} {rules}"));
        (!facts.is_empty())
            .then(|| Part::new("rules", "Why these colours, and by which rule").lead(Some(lead)).facts(facts))
    }

    /// The tolerances that were left on that day; each has its exception report.
    fn exceptions(&self) -> Vec<DimensionKind> {
        let project = &self.desk.project.project;
        let control = &self.desk.project.control;
        if self.is_newest() {
            return crate::control::tolerances_left(project, control).iter().map(|left| left.kind).collect();
        }
        let Some(frozen) = self.report.frozen else { return Vec::new() };
        let was_left = |kind: &DimensionKind| crate::control::was_left(project, control, frozen, *kind);
        crate::control::TOLERATED.into_iter().filter(was_left).collect()
    }

    fn position(&self, said: &Said, kind: DimensionKind) -> [Cell; 4] {
        let desk = self.desk;
        let tolerance = &desk.project.project.tolerance;
        let figures = &said.figures;
        let counts = figures.counts;
        let allowed = |kind| desk.project.project.allowance_then(kind, self.day(), desk.project.status_date);
        let of_time = allowed(AllowanceKind::Time);
        let of_cost = allowed(AllowanceKind::Cost);
        let told = match kind {
            DimensionKind::Time => allowed_cell(desk, of_time.as_ref(), |time| desk.days(time.size)),
            DimensionKind::Cost => {
                allowed_cell(desk, of_cost.as_ref(), |cost| desk.money_words(cost.amount()))
            }
            _ => tolerance
                .told(kind.key())
                .map_or_else(Cell::nothing, |text| desk.line(text))
                .explained(desk.href_field(&format!("tolerance.{}", kind.key()))),
        };
        let nothing = Cell::nothing;
        let money = |amount: Option<Amount>| Cell::maybe(amount.map(|amount| desk.money_words(amount)));
        match kind {
            DimensionKind::Time => {
                let slip = figures
                    .baseline_finish
                    .zip(figures.forecast_finish)
                    .map(|(promised, forecast)| desk.slip_days(promised, forecast));
                let used = slip
                    .zip(of_time)
                    .and_then(|(slip, allowed)| used(slip * desk.project.minutes_per_day(), allowed.size));
                [
                    desk.date(figures.baseline_finish).explained(self.place("finish.baseline", "promised")),
                    told,
                    desk.date(figures.forecast_finish).explained(self.place("finish.forecast", "finish")),
                    Cell::maybe(
                        slip.map(|days| if days == 0 { "none".to_owned() } else { slip_words(days) }),
                    )
                    .explained(self.place("finish.forecast", "slip"))
                    .note_if(used),
                ]
            }
            DimensionKind::Cost => {
                let over =
                    figures.estimate.zip(figures.total.budget).map(|(estimate, budget)| estimate - budget);
                let used = over.zip(of_cost).and_then(|(over, allowed)| used(over.0, allowed.size));
                [
                    money(figures.total.budget).explained(self.place("evm.bac", "bac")),
                    told,
                    money(figures.estimate).explained(self.place("evm.eac", "eac")),
                    Cell::maybe(over.map(|over| desk.money_signed(over)))
                        .explained(self.place("evm.eac", "over"))
                        .note_if(used),
                ]
            }
            DimensionKind::Scope => [
                nothing(),
                told,
                Cell::maybe(counts.tasks.map(|tasks| format!("{} work packages", format::whole(tasks))))
                    .explained(self.place("counts.tasks", "tasks-finished")),
                Cell::maybe(counts.changes.map(|changes| format!("{} waiting", count(changes, "change"))))
                    .explained(self.place("counts.changes", "changes-waiting")),
            ],
            DimensionKind::Quality => [
                nothing(),
                told,
                Cell::maybe(
                    counts.accepted.map(|accepted| format!("{} accepted", count(accepted, "deliverable"))),
                )
                .explained(self.place("counts.accepted", "accepted")),
                Cell::maybe(counts.defects.map(|defects| format!("{} open", count(defects, "defect"))))
                    .explained(self.place("counts.defects", "defects-all.open")),
            ],
            DimensionKind::Risk => {
                let [threats, left] = self.threats(figures);
                [
                    Cell::maybe(figures.contingency.map(|left| format!("{} left", desk.money_words(left))))
                        .note("of the contingency")
                        .explained(self.place("contingency", "contingency-left")),
                    told,
                    threats,
                    left,
                ]
            }
            DimensionKind::Benefits => [
                nothing(),
                told,
                Cell::maybe(figures.net_present_value.map(|npv| format!("NPV {}", desk.money_words(npv))))
                    .explained(self.place("npv", &crate::page::case_then_now::npv_key(desk))),
                nothing(),
            ],
            DimensionKind::Data => [nothing(), nothing(), nothing(), nothing()],
        }
    }

    /// The threats of the day, and what was left of the contingency after them. A record keeps what was hoped for once every response is
    /// decided and works; what the colour judged stands in the reason for it.
    fn threats(&self, figures: &Figures) -> [Cell; 2] {
        let desk = self.desk;
        if self.report.frozen.is_none() && self.is_newest() {
            return threats_and_left(desk);
        }
        let judged = self.said().and_then(|(said, _)| said.reasons.get(&DimensionKind::Risk));
        let is_hoped = judged.is_some_and(|reason| reason.contains(ONCE_DECIDED));
        let threats = figures.threats.map(|threats| format!("threats {}", desk.money_words(threats)));
        let left = figures.contingency.zip(figures.threats).map(|(left, threats)| left - threats);
        [
            Cell::maybe(threats)
                .note_if(is_hoped.then(|| "after every response".to_owned()))
                .explained(self.place("threats", "threats")),
            Cell::maybe(left.map(|left| desk.money_signed(left)))
                .note(if is_hoped {
                    "left after threats, once every response works"
                } else {
                    "left after threats"
                })
                .explained(self.place("contingency", "contingency-after-exposure")),
        ]
    }

    fn words(&self) -> Option<Part> {
        let update = self.report.update?;
        // The tag is for the list of lessons; readers of the report do not need it.
        let body = Text { markdown: update.body.markdown.replace(" #lesson", ""), ..update.body.clone() };
        let declared = update.declared.as_ref().and_then(|(word, _)| crate::control::Colour::from_word(word));
        let mut facts: Vec<Fact> = Vec::new();
        // Without a reason it would say again what stands among the colours.
        let is_told = update.declared_because.is_none()
            && self.report.colours().iter().any(|line| line.name == DECLARED);
        let declared = declared.filter(|_| !is_told);
        facts.extend(declared.map(|colour| Fact::of(DECLARED, Cell::status(status_of(colour)))));
        facts.extend(update.declared_because.as_ref().map(|text| Fact::of("Why", self.desk.line(text))));
        let part = Part::new("words", "What was written").facts(facts);
        Some(part.text(Some(&body), "The report says nothing: write below the head of its file."))
    }

    fn figures(&self) -> Option<Part> {
        let table = self.report.figures();
        (!table.rows.is_empty())
            .then(|| Part::new("figures", "Time, cost and scope in figures").table_if_any(None, table))
    }

    fn milestones(&self) -> Option<Part> {
        let (table, reached) = (self.report.milestones(), self.report.reached_before());
        let is_any = !table.rows.is_empty() || reached.is_some();
        let part = Part::new("milestones", "Milestones and gates");
        is_any.then(|| part.table_if_any(None, table).note_if(reached))
    }

    fn provenance(&self) -> Vec<Fact> {
        let mut facts = vec![Fact::new("Figures as of", format::date(self.day()))];
        facts.push(match self.report.frozen {
            Some(frozen) => {
                Fact::new("Taken from", format!("the frozen record `snapshots/{}.yaml`", self.day()))
                    .explained(self.desk.href_place(frozen.origin))
            }
            None if self.is_newest() => Fact::new("Taken from", "the files as they stand"),
            None => Fact::new("Taken from", "what was written; no record was frozen"),
        });
        let revision = self.report.frozen.and_then(|frozen| frozen.source_revision.as_deref());
        facts.extend(
            revision.map(|revision| {
                Fact::new("Source revision", crate::page::provenance::revision_words(revision))
            }),
        );
        facts.extend(self.report.update.and_then(|update| {
            let day = update.actuals_to?;
            let place = self.desk.href_of_field(update.origin, "actuals_to");
            Some(Fact::new("Actual cost complete to", format::date(day)).explained(place))
        }));
        facts.push(Fact::new("Made with", format!("milepost {}", env!("CARGO_PKG_VERSION"))));
        facts
    }
}

/// What is said of a variance that the board does not tolerate.
const OUTSIDE: &str = "outside the tolerance";

/// What was allowed, leading to the line that says so.
fn allowed_cell(desk: &Desk<'_>, allowed: Option<&Allowed>, words: impl Fn(&Allowed) -> String) -> Cell {
    Cell::maybe(allowed.map(words)).explained(allowed.and_then(|allowed| desk.href_place(allowed.origin)))
}

/// How much of a tolerance is used: `40 % of the tolerance`, `outside the tolerance`; none where nothing drifts.
fn used(drift: i64, allowed: i64) -> Option<String> {
    match drift {
        _ if drift <= 0 => None,
        _ if drift > allowed => Some(OUTSIDE.to_owned()),
        _ => Some(format!("{} of the tolerance", format::share(drift as f64 / allowed as f64))),
    }
}

/// A count of a frozen report in words.
fn count(number: i64, what: &str) -> String {
    format::count(usize::try_from(number).unwrap_or(0), what)
}
