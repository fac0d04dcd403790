//! What the board lets drift, how often it hears, and who decides on reserves and beyond tolerances.

use crate::document::part::Part;
use crate::model::{AllowanceKind, PersonNo};
use crate::page::Desk;
use crate::page::view::Fact;
use crate::quantity::Amount;

/// Tolerances and rhythm: what the board lets drift, how often it hears.
#[must_use]
pub(super) fn control(desk: &Desk<'_>) -> Part {
    let project = &desk.project.project;
    let tolerance = &project.tolerance;
    let rhythm = match project.reporting {
        crate::model::Rhythm::Weeks(1) => "every week".to_owned(),
        crate::model::Rhythm::Weeks(weeks) => format!("every {weeks} weeks"),
        crate::model::Rhythm::Monthly => "every month".to_owned(),
    };
    let mut facts = vec![Fact::new("Reports", rhythm).explained(desk.href_field("reporting"))];
    facts.extend(tolerance.time.map(|time| {
        Fact::new("Time may drift by", desk.days_words(time)).explained(desk.href_field("tolerance.time"))
    }));
    facts.extend(tolerance.cost.map(|cost| {
        Fact::new("Cost may drift by", desk.money_words(cost)).explained(desk.href_field("tolerance.cost"))
    }));
    let words = [
        ("Scope", &tolerance.scope),
        ("Quality", &tolerance.quality),
        ("Benefits", &tolerance.benefits),
        ("Risk", &tolerance.risk),
    ];
    facts.extend(
        words
            .into_iter()
            .filter_map(|(label, text)| text.as_ref().map(|text| Fact::of(label, desk.line(text)))),
    );
    facts.extend(escalation(desk));
    let is_written = |kind, is_read| is_read || tolerance.unread.contains(&kind);
    let has_limits = is_written(AllowanceKind::Time, tolerance.time.is_some())
        && is_written(AllowanceKind::Cost, tolerance.cost.is_some());
    Part::new("control", "Tolerances and reporting").facts(facts).missing_if((!has_limits).then_some(
        "Tolerances for time and cost are not both recorded: write `tolerance:` in `project.yaml`.",
    ))
}

/// Who decides on reserves, and who is told when a tolerance is left.
fn escalation(desk: &Desk<'_>) -> Vec<Fact> {
    let project = &desk.project.project;
    let named = |role: &str, person: Option<PersonNo>| match person {
        Some(person) => format!("{} ({role})", project.person_name(person)),
        None => format!("the {role}, who is not named"),
    };
    let (manager, sponsor) =
        (named("project manager", project.project_manager), named("sponsor", project.sponsor));
    let contingency = match (project.project_manager, project.budget.manager_limit) {
        (None, _) => sponsor.clone(),
        (Some(_), Some(limit)) => format!(
            "{manager} up to {} by one change or decision; what is more, takes time or moves a limit, {sponsor} decides",
            desk.money_words(limit)
        ),
        (Some(_), None) => format!(
            "{manager} as far as it reaches, no limit is set; what takes time or moves a limit, {sponsor} decides"
        ),
    };
    let budget = &project.budget;
    let mut facts = Vec::new();
    if budget.contingency > Amount::ZERO {
        facts.push(Fact::new("Contingency is drawn by", contingency).explained(desk.href_page("budget")));
    }
    if budget.management_reserve > Amount::ZERO {
        facts.push(Fact::new("Management reserve is drawn by", sponsor.clone()));
    }
    facts
        .push(Fact::new("When a tolerance is exceeded", format!("{sponsor} decides on an exception report")));
    facts
}
