//! The options of an exception report, side by side with the forecast as it stands.

use crate::control::LimitsBroken;
use crate::document::exception::Case;
use crate::document::part::Part;
use crate::format;
use crate::model::{DecisionEntry, DecisionOption, Ground};
use crate::page::address::Thing;
use crate::page::case_then_now::{NPV_BY_WHAT_IS_LEFT, npv_by_what_is_left, npv_key, npv_now};
use crate::page::explain::answer_anchor;
use crate::page::milestones::slip_cell;
use crate::page::needs::{decide_by_words, open_decisions};
use crate::page::option_limits::limits_words;
use crate::page::outside::relied_on_words;
use crate::page::unread::is_known;
use crate::page::verdict::finish_slip_days;
use crate::page::view::{Cell, Row, Status, Table};
use crate::page::what_if::cost_cause;
use crate::report::OptionEffect;

impl Case<'_> {
    /// The options of the decision, each with what it leads to; where none is named, those of the decisions that are open.
    pub fn options(&self) -> Part {
        let desk = self.desk;
        let named: Vec<&DecisionEntry> = match self.decision {
            Some(decision) => vec![decision],
            None => open_decisions(desk)
                .into_iter()
                .filter(|entry| desk.project.options.iter().any(|effect| effect.decision == entry.id))
                .collect(),
        };
        let tolerance = format!("Tolerance of {}", self.kind.key());
        let worth = match npv_by_what_is_left(desk) {
            Some(_) => "#Net present value (EAC₄)",
            None => "#Net present value",
        };
        let mut table = Table::new(&["Option", "", "Finish", "#Slip", &tolerance, "#Cost (EAC₄)", worth]);
        table.push(self.as_it_stands());
        let mut waits = Vec::new();
        for decision in &named {
            for option in &decision.options {
                let effect = desk
                    .project
                    .options
                    .iter()
                    .find(|effect| effect.decision == decision.id && effect.option == option.name);
                table.push(self.option_row(decision, option, effect));
                let relies = effect.and_then(|effect| relied_on_words(&effect.difference.relies_on));
                waits
                    .extend(relies.map(|words| format!("The finish with “{}” stands {words}.", option.name)));
                let cause =
                    effect.and_then(|effect| cost_cause(&effect.difference, desk.project.project.currency));
                waits.extend(cause.map(|words| format!("“{}” means {words}.", option.name)));
                waits.extend(
                    effect
                        .and_then(|effect| effect.decide_by)
                        .map(|by| decide_by_words(&option.name, by, decision.needed_by)),
                );
            }
        }
        let part = Part::new("options", "Options").missing_if(named.is_empty().then_some(
            "No option is recorded: write a decision with `options:` in `decisions.yaml`, each with what it changes in the plan.",
        ));
        let part = match (self.decision, named.is_empty()) {
            (None, false) => {
                let file = self.file();
                let part = part.missing_if(Some(&format!(
                    "Which decision answers the exception is not recorded: write `decision:` in `{file}`."
                )));
                part.note("Shown are the options of the decisions that are open.".to_owned())
            }
            _ => part,
        };
        waits.into_iter().fold(part.table_if_any(None, table), Part::note)
    }

    fn as_it_stands(&self) -> Row {
        let desk = self.desk;
        let runs = desk.project.risk.as_ref().and_then(|risk| risk.finish.percentile(80));
        let control = &desk.project.control;
        let cost = control.estimate().map(|_| control.bottom_up.estimate);
        let limits = LimitsBroken::of(&desk.project.project, &desk.project.control, &desk.project.forecast);
        Row::new(vec![
            Cell::text("as it stands"),
            Cell::text("Nothing is decided; the forecast stays as it is"),
            desk.date(desk.project.finish())
                .note_if(desk.days_unread().or(runs.map(|at| p80_words(at.last_day()))))
                .explained(desk.explained("finish")),
            slip_cell(is_known(desk, Ground::SLIP).then(|| finish_slip_days(desk)))
                .explained(desk.explained("slip")),
            Cell::status(if self.left.is_some() { Status::red("Left") } else { Status::green("Inside") })
                .note(limits_words(desk, &limits)),
            Cell::maybe(cost.map(|cost| desk.money(cost))).explained(desk.explained("eac-4")),
            self.worth_as_it_stands(),
        ])
    }

    /// On the basis of the cost beside it, and of that of the options beneath ([`crate::control::Difference::worth`]).
    fn worth_as_it_stands(&self) -> Cell {
        let desk = self.desk;
        if let Some(counted) = npv_by_what_is_left(desk) {
            return Cell::text(desk.money_signed(counted)).explained(desk.explained(NPV_BY_WHAT_IS_LEFT));
        }
        Cell::maybe(npv_now(desk.project).map(|npv| desk.money_signed(npv)))
            .explained(desk.explained(&npv_key(desk)))
    }

    fn option_row(
        &self,
        decision: &DecisionEntry,
        option: &DecisionOption,
        effect: Option<&OptionEffect>,
    ) -> Row {
        let desk = self.desk;
        let name = Cell::text(format!("{} “{}”", decision.id, option.name))
            .href(desk.href_to(&Thing::Decision(&decision.id)));
        let what = desk.line(&option.text);
        let Some(effect) = effect else {
            let is_decided = self.answered().is_some();
            let is_silence = decision.if_silent.as_deref() == Some(option.name.as_str());
            if is_silence && !is_decided {
                // What happens when nobody decides is what is forecast.
                let forecast = self.as_it_stands().cells.into_iter().skip(2);
                return Row::new([name, what].into_iter().chain(forecast).collect());
            }
            let finish = if is_decided {
                Cell::text("decided").class("muted")
            } else {
                Cell::text("not computed: nobody has said what it changes in the plan").class("muted")
            };
            let rest = std::iter::repeat_n(Cell::nothing(), 4);
            return Row::new([name, what, finish].into_iter().chain(rest).collect());
        };
        let anchor = answer_anchor(desk, &decision.id, &option.name);
        let opened = |part: &str| desk.explained(&format!("{anchor}.{part}"));
        let difference = &effect.difference;
        let finish = difference.finish.after;
        let slip = desk.slip_days(desk.project.control.reference.finish, finish);
        Row::new(vec![
            name,
            what,
            desk.date(Some(finish))
                .note_if(difference.finish_p80.after.map(p80_words))
                .explained(opened("finish")),
            slip_cell(Some(slip)).explained(opened("slip")),
            if difference.limits.after.tolerances.iter().any(|left| left.kind == self.kind) {
                Cell::status(Status::red("Left"))
            } else {
                Cell::status(Status::green("Inside"))
            }
            .note(limits_words(desk, &difference.limits.after))
            .explained(opened("limits")),
            Cell::text(desk.money(difference.estimate_from_below.after)).explained(opened("cost")),
            Cell::maybe(difference.worth().after.map(|npv| desk.money_signed(npv))).explained(opened("npv")),
        ])
    }
}

/// By when four of five runs end: `P80 5 Feb 2027`.
fn p80_words(day: jiff::civil::Date) -> String {
    format!("P80 {}", format::date(day))
}
