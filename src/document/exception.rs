//! The exception report: a forecast has left its tolerance; why, with what consequence, and what can be done.
//!
//! The program raises it by itself. What people say of it stands in `exceptions/*.md`, its options at the decision that it names.

use crate::control::{DimensionKind, Drift, ToleranceLeft, tolerances_left, unapproved_on};
use crate::document::closing::DecisionBlock;
use crate::document::exception_reports::{by_report, counts_units};
use crate::document::part::Part;
use crate::document::sheet::{Sheet, band, provenance, signature, signed};
use crate::format;
use crate::model::{DecisionEntry, DecisionOption, Exception, Ground};
use crate::page::address::{Address, Thing};
use crate::page::benefits::benefit_table;
use crate::page::case_then_now::{approved_npv, approved_npv_key, npv_by_what_is_left, npv_key, npv_now};
use crate::page::cost_outlook::{cost_forecasts, others_beyond_by};
use crate::page::desk::slip_words;
use crate::page::exceptions::{raised, title};
use crate::page::explain::unapproved_key;
use crate::page::frame::status_of;
use crate::page::lost_time::computed_cause;
use crate::page::milestones::{milestone_state, slip_cell};
use crate::page::need_option::first_clause;
use crate::page::needs::silence_effect;
use crate::page::option_limits::unapproved_words;
use crate::page::register_cells::fact_typed;
use crate::page::scorecard::dimension_name;
use crate::page::unread::is_known;
use crate::page::verdict::{finish_slip_days, promise_word};
use crate::page::view::{Cell, Fact, Row, Table};
use crate::page::{Desk, Entry, Group, Made, ProjectPage, bridge, risks};
use crate::plan::State;
use crate::prose::inline_text;
use crate::quantity::Amount;
use crate::report::ProjectReport;

/// The exception reports.
pub struct Exceptions;

impl ProjectPage for Exceptions {
    fn kind(&self) -> &'static str {
        "exception"
    }

    fn group(&self) -> Group {
        Group::Control
    }

    fn question(&self) -> &'static str {
        "The forecast has left its tolerance: why, and what shall we do?"
    }

    fn is_printed(&self) -> bool {
        true
    }

    fn entries(&self, project: &ProjectReport) -> Vec<Entry> {
        let folder = &project.project.folder;
        let entry = |kind: DimensionKind| Entry::new(Address::exception(folder, kind.key()), title(kind));
        raised(project).into_iter().map(entry).collect()
    }

    fn make(&self, desk: &Desk<'_>) -> Made {
        let kind = raised(desk.project)
            .into_iter()
            .find(|kind| Address::exception(desk.folder(), kind.key()) == *desk.address)
            .expect("a page of an exception lives at the address of one");
        let case = Case::of(desk, kind);
        let parts =
            [case.deviation(), case.cause(), case.consequences(), case.options(), case.recommendation()];
        let answered = case.answered();
        let (state, state_class) = match (case.left, answered) {
            (_, Some(_)) => ("Answered", "decided"),
            (None, None) => ("Back inside", "superseded"),
            (Some(_), None) => ("Unanswered", "draft"),
        };
        let facts = vec![
            Fact::of("Raised by", desk.person(desk.project.project.project_manager)),
            Fact::new(
                "Told to the board",
                case.record.map_or_else(|| "not yet".to_owned(), |record| format::date(record.raised)),
            ),
        ];
        Sheet {
            kind: self.kind(),
            question: self.question(),
            band: band(desk, ("Exception report", title(kind)), (state, state_class), facts),
            ways: Vec::new(),
            headline: case.headline(),
            remark: Some(crate::page::verdict::sentence(desk)),
            hint: None,
            parts: parts.into(),
            behind: Vec::new(),
            follows: &[],
            decision: Some(case.decision_block()),
            signatures: case.signatures(),
            provenance: provenance(desk),
            rests_on: case.files(),
        }
        .make(desk)
    }
}

/// All that is known of one exception.
pub(super) struct Case<'a> {
    pub desk: &'a Desk<'a>,
    pub kind: DimensionKind,
    /// None once the forecast is back inside.
    pub left: Option<ToleranceLeft>,
    /// What people said; none where nobody has written it.
    record: Option<&'a Exception>,
    /// The decision that answers it.
    pub decision: Option<&'a DecisionEntry>,
}

impl<'a> Case<'a> {
    fn of(desk: &'a Desk<'a>, kind: DimensionKind) -> Self {
        let project = &desk.project.project;
        let left = tolerances_left(project, &desk.project.control).into_iter().find(|left| left.kind == kind);
        let record = project.exception_as_of(kind.key(), desk.project.status_date);
        let decision = record
            .and_then(|record| record.decision.as_ref())
            .and_then(|id| project.registers.decisions.iter().find(|entry| entry.id == *id));
        Self { desk, kind, left, record, decision }
    }

    fn key(&self) -> &'static str {
        self.kind.key()
    }

    /// The file in which people write, for readers who look for it.
    pub fn file(&self) -> String {
        let folder = format!("projects/{}/", self.desk.folder());
        self.record.map_or_else(
            || format!("exceptions/{}.md", self.key()),
            |record| {
                let path = record.file.strip_prefix(&folder).unwrap_or(&record.file);
                path.find("exceptions/").map_or(path, |at| &path[at..]).to_owned()
            },
        )
    }

    /// The decision, where it was taken by the status date.
    pub fn answered(&self) -> Option<&'a DecisionEntry> {
        self.decision.filter(|entry| !entry.is_open(self.desk.project.status_date))
    }

    fn headline(&self) -> String {
        let desk = self.desk;
        let Some(left) = self.left else {
            return format!("The forecast is back inside the tolerance for {}.", self.key());
        };
        let since = if left.since == desk.project.status_date {
            "as of this report".to_owned()
        } else {
            format!("since the report of {}", format::date(left.since))
        };
        match left.drift {
            Drift::Time { slip, allowed } => format!(
                "The finish is forecast {} late; the board tolerates {}. The tolerance is left {since}.",
                desk.days_words(slip),
                desk.days(allowed)
            ),
            Drift::Cost { over, allowed, basis } => format!(
                "The estimate at completion {} is {} over budget; the board tolerates {}. The tolerance is left {since}.",
                basis.words(),
                desk.money_words(over),
                desk.money_words(allowed)
            ),
            Drift::Units { unapproved, allowed } => format!(
                "{} came in; the board tolerates {}. The tolerance is left {since}.",
                unapproved_words(desk, unapproved),
                format::whole(allowed)
            ),
            Drift::Told => format!(
                "{} {} red, which the board does not tolerate. The tolerance is left {since}.",
                dimension_name(self.kind),
                self.kind.verb()
            ),
        }
    }

    /// Which tolerance, by how much, since when, report by report.
    fn deviation(&self) -> Part {
        let desk = self.desk;
        let dimension = desk.project.control.health.dimension(self.kind);
        let field = format!("tolerance.{}", self.key());
        let tolerance = &desk.project.project.tolerance;
        let told = match self.kind {
            DimensionKind::Time => Cell::maybe(tolerance.time.map(|time| desk.days_words(time))),
            DimensionKind::Cost => Cell::maybe(tolerance.cost.map(|cost| desk.money_words(cost))),
            _ => match tolerance.told(self.key()) {
                Some(text) => desk.line(text),
                None if counts_units(desk, self.kind) => Cell::nothing(),
                None => Cell::text("no tolerance is set"),
            },
        };
        let status_key = format!("status-{}", dimension_name(self.kind).to_lowercase());
        let mut facts = vec![
            Fact::of("The board tolerates", told.explained(desk.href_field(&field))),
            Fact::of(
                "As it stands",
                Cell::status(status_of(dimension.colour))
                    .note(format::sentence_start(&dimension.reason))
                    .explained(desk.explained(&status_key)),
            ),
        ];
        if counts_units(desk, self.kind)
            && let Some((unapproved, allowed)) =
                unapproved_on(&desk.project.project, &desk.project.control, desk.project.status_date)
        {
            let limit = Cell::text(unapproved_words(desk, allowed));
            facts.insert(1, Fact::of("The limit", limit.explained(desk.href_field("tolerance.unapproved"))));
            facts.insert(
                2,
                Fact::new("Counted", unapproved_words(desk, unapproved))
                    .explained(unapproved_key(desk).and_then(|key| desk.explained(&key))),
            );
        }
        facts.extend(self.left.map(|left| Fact {
            href: desk.href_to(&Thing::Report(left.since)),
            ..Fact::new("Outside since the report of", format::date(left.since))
        }));
        let charts: &[&str] = match self.kind {
            DimensionKind::Time => &["slip"],
            DimensionKind::Cost => &["estimate-trend"],
            DimensionKind::Risk => &["exposure-trend"],
            DimensionKind::Scope => &["burn"],
            DimensionKind::Quality => &["defect-trend"],
            DimensionKind::Benefits | DimensionKind::Data => &[],
        };
        let part = Part::new("deviation", "Which tolerance, and since when")
            .facts(facts)
            .table_if_any(Some("Report by report"), by_report(desk, self.kind));
        charts.iter().fold(part, |part, name| part.chart(desk.chart(name)))
    }

    /// What people say is the cause, and where the figures see it.
    fn cause(&self) -> Part {
        let desk = self.desk;
        let file = self.file();
        let part = Part::new("cause", "Cause");
        let missing = format!("The cause is not recorded: write `cause:` in `{file}`.");
        let part = part.text(self.record.and_then(|record| record.cause.as_ref()), &missing);
        let body = self.record.map(|record| &record.body).filter(|text| !text.markdown.trim().is_empty());
        let part = match body {
            Some(text) => part.text(Some(text), ""),
            None => part,
        };
        match self.kind {
            DimensionKind::Time => part.lead(computed_cause(desk)),
            DimensionKind::Cost => {
                part.table_if_any(Some("From budget to estimate, by cause"), bridge::causes(desk))
            }
            DimensionKind::Risk => part
                .lead(risks::coverage(desk))
                .table_if_any(Some("Open risks, worst first"), risks::risk_table(desk)),
            DimensionKind::Scope => {
                part.table_if_any(Some("Changes"), crate::page::changes::changes(desk).table)
            }
            DimensionKind::Quality => {
                part.table_if_any(Some("Open defects"), crate::page::tests_and_defects::open_defects(desk))
            }
            DimensionKind::Benefits => part.table_if_any(Some("Benefits"), benefit_table(desk)),
            DimensionKind::Data => part,
        }
    }

    /// What follows for the project as the forecast stands.
    fn consequences(&self) -> Part {
        let desk = self.desk;
        let control = &desk.project.control;
        let slip = finish_slip_days(desk);
        let late = if slip == 0 { "as promised".to_owned() } else { slip_words(slip) };
        let finish = Fact::of("Finish as forecast", desk.finish());
        let mut facts = vec![if is_known(desk, Ground::SLIP) {
            let promised = format::date(control.reference.finish);
            Fact { note: Some(format!("{} {promised}, {late}", promise_word(desk))), ..finish }
        } else {
            finish
        }];
        let runs = desk.project.risk.as_ref().and_then(|risk| risk.finish.day(80));
        facts.extend(runs.map(|day| {
            Fact::new("Finish in four of five runs (P80)", format::date(day))
                .explained(desk.explained("p80-finish"))
        }));
        if control.total.budget > Amount::ZERO && control.spending.is_recorded {
            let estimate = control.total.estimate();
            facts.push(Fact {
                note: Some(match control.judged_cost() {
                    judged if judged.amount > estimate => format!(
                        "{} {}; budget {}",
                        desk.money_words(judged.amount),
                        judged.basis.words(),
                        desk.money_words(control.total.budget)
                    ),
                    _ => format!("budget {}", desk.money_words(control.total.budget)),
                }),
                ..Fact::new("Estimate at completion", desk.money_words(estimate))
                    .explained(desk.explained("eac"))
            });
            let contingency = &control.spending.contingency;
            if contingency.granted > Amount::ZERO {
                // The options are held against each other by what is left to do, which may go further than the headline.
                facts.push(Fact {
                    note: others_beyond_by(desk),
                    ..Fact::new(
                        "Contingency left when the forecast is paid",
                        desk.money_words(contingency.after_forecast()),
                    )
                    .explained(desk.explained("contingency-after"))
                });
            }
        }
        if let Some(now) = npv_now(desk.project) {
            let approved = approved_npv(desk.project).filter(|then| *then != now);
            // The options are held against each other by what is left to do, and so is what the case is worth with each.
            let headline = cost_forecasts(desk).into_iter().next();
            let counted = npv_by_what_is_left(desk).zip(headline).map(|(npv, headline)| {
                let npv = desk.money_words(npv);
                format!("{}; {npv} by what is left to do (EAC₄), as beside the options", headline.by())
            });
            facts.push(
                Fact::of("Net present value now", Cell::text(desk.money_words(now)).note_if(counted))
                    .explained(desk.explained(&npv_key(desk))),
            );
            facts.extend(approved.map(|then| {
                Fact::new("Net present value as approved", desk.money_words(then))
                    .explained(desk.explained(&approved_npv_key(desk)))
            }));
        }
        let part = Part::new("consequences", "Consequences as the forecast stands")
            .facts(facts)
            .table_if_any(Some("Gates and milestones that move"), self.moved_points());
        if self.kind == DimensionKind::Benefits {
            part
        } else {
            part.table_if_any(Some("Benefits"), benefit_table(desk))
        }
    }

    /// Milestones and gates ahead that will not come when promised.
    fn moved_points(&self) -> Table {
        let desk = self.desk;
        let mut table = Table::new(&["Milestone or gate", "Promised", "Forecast", "#Slip"]);
        for number in crate::page::milestones::points_by_date(desk.project) {
            let slot = desk.project.forecast.slot(number);
            let state = milestone_state(desk, number);
            let Some(slip) = state.slip.filter(|slip| *slip > 0 && slot.state != State::Finished) else {
                continue;
            };
            let promised = desk.project.control.reference.tasks[number.0 as usize];
            table.push(Row::new(vec![
                desk.task(number),
                desk.date(promised.map(|promised| promised.finish))
                    .explained(desk.explained_of(number, "promised")),
                desk.last_day(number),
                slip_cell(Some(slip)).explained(desk.explained_of(number, "slip")),
            ]));
        }
        table
    }

    fn recommendation(&self) -> Part {
        let missing = format!("No recommendation is recorded: write `recommendation:` in `{}`.", self.file());
        let part = Part::new("recommendation", "Recommendation of the project manager");
        let own = self.record.and_then(|record| record.recommendation.as_ref());
        match (own, self.recommended_option()) {
            (None, Some(option)) => part.facts([option]),
            _ => part.text(own, &missing),
        }
    }

    /// The option that is recommended at the decision.
    fn recommended_option(&self) -> Option<Fact> {
        let decision = self.decision?;
        let name = decision.recommendation.as_deref()?;
        let option = decision.options.iter().find(|option| option.name == name)?;
        let label = format!("“{name}”, as recommended at {}", decision.id);
        Some(Fact {
            href: self.desk.href_to(&Thing::Decision(&decision.id)),
            ..Fact::of(label, self.desk.line(&option.text))
        })
    }

    fn decision_block(&self) -> DecisionBlock {
        let desk = self.desk;
        let Some(decision) = self.decision else {
            return DecisionBlock {
                is_decided: false,
                facts: vec![Fact::new("Decision", "not named")],
                options: ["new tolerance", "new baseline", "stop"].map(str::to_owned).into(),
            };
        };
        let answered = self.answered();
        let mut facts = vec![
            Fact {
                href: desk.href_to(&Thing::Decision(&decision.id)),
                ..Fact::new("Decision", decision.id.to_string())
            },
            Fact::of("Asked of", desk.person(decision.asked_of.or(desk.project.project.sponsor))),
        ];
        facts.extend(fact_typed(desk, "Question", Some(&decision.question)));
        if let Some(by) = decision.needed_by {
            let left = if answered.is_some() { String::new() } else { format!(", {}", desk.due_words(by)) };
            facts.push(
                Fact::new("Needed by", format!("{}{left}", format::date(by)))
                    .explained(desk.href_of_field(decision.origin, "needed_by")),
            );
        }
        if let Some(answered) = answered {
            facts.extend(fact_typed(desk, "Decided", answered.decision.as_ref()));
            facts.extend(fact_typed(desk, "Why", answered.reasons.as_ref()));
            facts.extend(answered.decided.map(|day| {
                Fact::new("Decided on", format::date(day))
                    .explained(desk.href_of_field(answered.origin, "decided"))
            }));
            facts.push(Fact::of("Decided by", desk.person(answered.decided_by)));
        } else {
            facts.extend(
                decision.recommendation.as_ref().map(|option| {
                    Fact::new("Recommended by the project manager", format!("Option “{option}”"))
                }),
            );
            facts.push(Fact::of("Without a decision, as computed", silence_cell(desk, decision)));
            let silence = fact_typed(desk, "Without a decision", decision.consequences.as_ref());
            facts.push(silence.unwrap_or_else(|| {
                let stays = match desk.project.finish() {
                    Some(finish) => format!("the forecast stays at {}", format::date(finish)),
                    None => "what the forecast stays at is not known".to_owned(),
                };
                Fact::new("Without a decision", stays).explained(desk.explained("finish"))
            }));
        }
        DecisionBlock {
            is_decided: answered.is_some(),
            facts,
            options: if answered.is_some() {
                Vec::new()
            } else {
                decision.options.iter().map(option_to_tick).collect()
            },
        }
    }

    fn signatures(&self) -> Vec<crate::document::closing::SignatureBlock> {
        let desk = self.desk;
        let project = &desk.project.project;
        let raised = signature(desk, "Project manager, who raises it", project.project_manager);
        let answered = self.answered();
        let by = answered
            .and_then(|entry| entry.decided_by)
            .or_else(|| self.decision.and_then(|entry| entry.asked_of))
            .or(project.sponsor);
        let decided = answered.and_then(|entry| entry.decision.as_ref());
        let decided = decided.map(|text| format::sentence_start(&inline_text(&text.markdown)));
        vec![
            raised,
            signed(signature(desk, "For the board", by), decided, answered.and_then(|entry| entry.decided)),
        ]
    }

    fn files(&self) -> Vec<String> {
        let names = ["project.yaml", "plan.yaml", "progress.csv", "decisions.yaml"].map(str::to_owned);
        names.into_iter().chain([self.file()]).collect()
    }
}

/// An option as a box is ticked for it: a name alone, such as `approved`, would read as what was decided.
fn option_to_tick(option: &DecisionOption) -> String {
    let means = first_clause(&option.text.markdown);
    let means = if means.is_empty() { String::new() } else { format!(": {means}") };
    format!("Option “{}”{means}", option.name)
}

/// What silence leads to, opened at its figure.
fn silence_cell(desk: &Desk<'_>, decision: &DecisionEntry) -> Cell {
    let silence = silence_effect(desk, decision);
    Cell::text(silence.text).explained(silence.explained)
}
