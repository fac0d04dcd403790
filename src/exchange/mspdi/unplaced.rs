//! What a plan of MS Project holds beyond what our files have a place for: kept as comments where it stands, and listed.
//!
//! Comes in: the elements of the file and the plan that was read of them. Goes out: comments at tasks and resources, and a line for
//! each kind of thing, so that nothing is lost without a word. Not here: the fields that have a place.

use std::collections::BTreeMap;

use crate::diagnostic::Span;
use crate::exchange::folder::Leftover;
use crate::exchange::mspdi::xml::{self, Element};
use crate::exchange::mspdi::{more_money, read_calendar};
use crate::exchange::plan::{Plan, ResourceKind, Uid};

/// The most names that a line holds; of more it says how many.
const MOST_NAMED: usize = 12;

/// Resources whose calendar and price are not theirs: they stand for the budget of the whole project.
const BUDGET: &str = "IsBudget";

/// Fields of a task that are kept as they stand: element, name.
const OF_TASKS: [(&str, &str); 4] = [
    ("Contact", "Contact"),
    ("StartText", "Start in words"),
    ("FinishText", "Finish in words"),
    ("DurationText", "Duration in words"),
];

/// Fields of a resource that are kept as they stand: element, name.
const OF_RESOURCES: [(&str, &str); 3] =
    [("EmailAddress", "E-mail"), ("Code", "Code"), ("MaterialLabel", "Unit")];

/// Properties of the whole plan that no file of ours has a place for: element, name.
const OF_PLAN: [(&str, &str); 3] =
    [("Company", "company"), ("Category", "category"), ("Keywords", "keywords")];

/// A name and a value, as a comment shows them.
type Kept = (String, String);

/// Keeps what has no place: as comments at tasks and resources, and as a list for whoever imports. `id_field` is the field in which
/// our own export keeps ids, which are ids again.
pub(super) fn keep(root: Element<'_>, id_field: &str, plan: &mut Plan) {
    let fields = Fields::of(root, id_field);
    let of_plan = OF_PLAN.iter().map(|(field, name)| ((*name).to_owned(), root.line(field)));
    let of_plan: Vec<Kept> = of_plan.filter(|(_, value)| !value.is_empty()).collect();
    if !of_plan.is_empty() {
        let what = format!("properties of the plan have no place: {}", as_comment(&of_plan));
        note(plan, what, "write what matters of them under `goal:` in `project.yaml`");
    }
    if root.flag("MultipleCriticalPaths") {
        let what = "each network of tasks has a critical path of its own; milepost computes one for the whole project";
        note(plan, what.to_owned(), "make projects of what has nothing to do with each other");
    }
    let measured = root.line("BaselineForEarnedValue");
    if !is_nothing(&measured) {
        let what = format!(
            "earned value is counted from \"Baseline {measured}\" there; here from the baseline whose id comes last"
        );
        note(plan, what, "remove the baselines that are not in force from `baselines/`");
    }
    let of_tasks = tasks(root, &fields, plan);
    let of_resources = resources(root, &fields, plan);
    let of_work = assignments(root, &fields, plan);
    for (names, whose, where_to) in [
        (of_tasks, "tasks", "move what matters into `notes:` in `plan.yaml`, and remove the comments"),
        (of_resources, "people", "keep what matters in `resources.yaml`, and remove the other comments"),
        (of_work, "assignments", "move what matters into `notes:` of the task in `plan.yaml`"),
    ] {
        if !names.is_empty() {
            let what = format!(
                "fields of {whose} have no place and stand as comments: {}",
                listed(names.into_iter())
            );
            note(plan, what, where_to);
        }
    }
    more_money::accruals(root, plan);
    more_money::baselines(root, plan);
    more_money::baselines_of_tasks(plan);
    read_calendar::odd_exceptions(root, plan);
    budgets(root, plan);
}

pub(super) fn note(plan: &mut Plan, what: String, advice: &str) {
    plan.leftovers.push(Leftover { about: String::new(), what, advice: advice.to_owned() });
}

/// Tasks: their custom fields and the like as a comment above each; gives the names of the fields.
fn tasks(root: Element<'_>, fields: &Fields, plan: &mut Plan) -> Vec<String> {
    let mut names = Vec::new();
    let mut comments: Vec<(Span, String)> = Vec::new();
    for element in root.inside("Tasks", "Task") {
        let mut kept = plain(element, &OF_TASKS);
        // A code with letters was typed; numbers alone follow from the outline.
        let code = element.line("WBS");
        if code.chars().any(char::is_alphabetic) {
            kept.push(("WBS".to_owned(), code));
        }
        kept.extend(fields.values(element));
        if !kept.is_empty() {
            remember(&kept, &mut names);
            comments.push((element.span(), as_comment(&kept)));
        }
    }
    let places: BTreeMap<u32, usize> =
        plan.tasks.iter().enumerate().map(|(place, task)| (task.span.start, place)).collect();
    let of_project = plan.project_task.as_ref().map(|task| task.span);
    for (span, comment) in comments {
        if Some(span) == of_project {
            let what = format!("fields of the whole project have no place: {comment}");
            note(plan, what, "write what matters of them under `goal:` in `project.yaml`");
        } else if let Some(place) = places.get(&span.start) {
            plan.tasks[*place].comments.push(comment);
        }
    }
    names
}

/// People: their custom fields and the like behind their notes, which are comments; gives the names of the fields. Of material and kinds
/// of cost, which stand in no file of ours, they are listed.
fn resources(root: Element<'_>, fields: &Fields, plan: &mut Plan) -> Vec<String> {
    let mut names = Vec::new();
    let mut of_goods = Vec::new();
    for element in root.inside("Resources", "Resource") {
        let mut kept = plain(element, &OF_RESOURCES);
        let overtime = element.line("OvertimeRate");
        if !is_nothing(&overtime) {
            kept.push(("Overtime rate an hour".to_owned(), overtime));
        }
        kept.extend(fields.values(element));
        let span = element.span();
        let Some(resource) = plan.resources.iter_mut().find(|resource| resource.span == span) else {
            continue;
        };
        if kept.is_empty() {
            continue;
        }
        if resource.kind == ResourceKind::Work {
            remember(&kept, &mut names);
            if !resource.notes.is_empty() {
                resource.notes.push('\n');
            }
            resource.notes += &as_comment(&kept);
        } else {
            of_goods.push(format!("\"{}\" ({})", resource.name, as_comment(&kept)));
        }
    }
    if !of_goods.is_empty() {
        let what =
            format!("fields of material and kinds of cost have no place: {}", listed(of_goods.into_iter()));
        note(plan, what, "write what matters into `notes:` of the tasks that they cost something");
    }
    names
}

/// Remembers names of fields in the order in which they first came up.
fn remember(kept: &[Kept], names: &mut Vec<String>) {
    for (name, _) in kept {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
}

/// Assignments: their custom fields as a comment above the task, behind the name of who works; overtime is listed.
fn assignments(root: Element<'_>, fields: &Fields, plan: &mut Plan) -> Vec<String> {
    let mut names = Vec::new();
    let mut overtime: BTreeMap<usize, i64> = BTreeMap::new();
    let places: BTreeMap<Uid, usize> =
        plan.tasks.iter().enumerate().map(|(place, task)| (task.uid, place)).collect();
    let who: BTreeMap<Uid, String> =
        plan.resources.iter().map(|resource| (resource.uid, resource.name.clone())).collect();
    let uid = |element: Element<'_>, name: &'static str| element.text(name).parse().ok().map(Uid);
    for element in root.inside("Assignments", "Assignment") {
        let place = uid(element, "TaskUID").and_then(|task| places.get(&task)).copied();
        let Some(place) = place else { continue };
        let minutes = xml::minutes(element.text("OvertimeWork")).unwrap_or(0);
        if minutes > 0 {
            *overtime.entry(place).or_default() += minutes;
        }
        let kept: Vec<Kept> = fields.values(element).collect();
        if !kept.is_empty() {
            remember(&kept, &mut names);
            let name = uid(element, "ResourceUID").and_then(|resource| who.get(&resource));
            let name = name.map_or("Nobody", String::as_str);
            plan.tasks[place].comments.push(format!("{name}: {}", as_comment(&kept)));
        }
    }
    if !overtime.is_empty() {
        let tasks = overtime
            .into_iter()
            .map(|(place, minutes)| format!("\"{}\" {}", plan.tasks[place].name, length(minutes)));
        let what = format!("overtime became work like any other, at the usual price: {}", listed(tasks));
        note(plan, what, "add what overtime costs more under `cost:` in `plan.yaml`, where it matters");
    }
    names
}

/// Removes the resources that stand for the budget of the whole project, with what they are assigned to, and tells of their sums.
fn budgets(root: Element<'_>, plan: &mut Plan) {
    let budgets: Vec<Span> = root
        .inside("Resources", "Resource")
        .filter(|resource| resource.flag(BUDGET))
        .map(Element::span)
        .collect();
    let (gone, kept): (Vec<_>, Vec<_>) =
        std::mem::take(&mut plan.resources).into_iter().partition(|one| budgets.contains(&one.span));
    plan.resources = kept;
    for resource in gone {
        let mut sums = Vec::new();
        for element in root.inside("Assignments", "Assignment") {
            if element.text("ResourceUID").parse() != Ok(resource.uid.0) {
                continue;
            }
            let minutes = xml::minutes(element.text("BudgetWork")).unwrap_or(0);
            sums.extend((minutes > 0).then(|| length(minutes)));
            let cost = element.line("BudgetCost");
            sums.extend((!is_nothing(&cost)).then(|| hundredths(&cost)));
        }
        plan.assignments.retain(|assignment| assignment.resource != resource.uid);
        let sums = if sums.is_empty() { String::new() } else { format!(" of {}", sums.join(" and ")) };
        let what =
            format!("\"{}\" is a budget{sums} for the whole project and nobody who works", resource.name);
        note(
            plan,
            what,
            "write a reserve as a line of `budget.yaml`, a limit as `tolerance:` in `project.yaml`",
        );
    }
}

/// Fields that are kept as they stand.
fn plain(element: Element<'_>, fields: &[(&'static str, &str)]) -> Vec<Kept> {
    let kept = fields.iter().map(|(field, name)| ((*name).to_owned(), element.line(field)));
    kept.filter(|(_, value)| !value.is_empty()).collect()
}

/// A custom field.
struct Field {
    name: String,
    /// Its name in MS Project without its number: `Text`, `Flag`, `Cost`.
    kind: String,
    /// The values of its list, by their number or code.
    values: BTreeMap<String, String>,
}

/// The custom fields of a plan, by the numbers under which elements hold them.
struct Fields(BTreeMap<String, Field>);

impl Fields {
    fn of(root: Element<'_>, id_field: &str) -> Self {
        let mut fields = BTreeMap::new();
        let lists = root
            .inside("OutlineCodes", "OutlineCode")
            .chain(root.inside("ExtendedAttributes", "ExtendedAttribute"));
        for element in lists {
            let id = element.line("FieldID");
            if id.is_empty() || id == id_field {
                continue;
            }
            let named = element.line("FieldName");
            let alias = element.line("Alias");
            let values = element.inside("ValueList", "Value").chain(element.inside("Values", "Value"));
            let values = values.flat_map(|value| {
                let text = [value.line("Value"), value.line("Description")];
                let text = text.into_iter().find(|text| !text.is_empty()).unwrap_or_default();
                let keys = ["ID", "ValueID", "FieldGUID", "ValueGUID"].map(|key| value.line(key));
                keys.into_iter().filter(|key| !key.is_empty()).map(move |key| (key, text.clone()))
            });
            let field = fields.entry(id).or_insert_with(|| Field {
                name: String::new(),
                kind: named.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned(),
                values: BTreeMap::new(),
            });
            let name = if alias.is_empty() { &named } else { &alias };
            if field.name.is_empty() {
                field.name.clone_from(name);
            }
            field.values.extend(values);
        }
        // The same field of assignments has a number of its own.
        for element in root.inside("ExtendedAttributes", "ExtendedAttribute") {
            let (id, second) = (element.line("FieldID"), element.line("SecondaryPID"));
            if let Some(field) = fields.get(&id).filter(|_| !second.is_empty()) {
                let field = Field {
                    name: field.name.clone(),
                    kind: field.kind.clone(),
                    values: field.values.clone(),
                };
                fields.entry(second).or_insert(field);
            }
        }
        fields.remove(id_field);
        // Ids of our own are no comment, whatever else the file says of that field.
        fields.insert(
            id_field.to_owned(),
            Field { name: String::new(), kind: OWN.to_owned(), values: BTreeMap::new() },
        );
        Self(fields)
    }

    /// What the custom fields of an element hold.
    fn values<'a>(&'a self, element: Element<'a>) -> impl Iterator<Item = Kept> + 'a {
        element.all("ExtendedAttribute").chain(element.all("OutlineCode")).filter_map(|held| {
            let id = held.line("FieldID");
            let field = self.0.get(&id);
            if field.is_some_and(|field| field.kind == OWN) {
                return None;
            }
            let keys = ["ValueID", "ValueGUID"].map(|key| held.line(key));
            let of_list = || keys.iter().find_map(|key| field?.values.get(key).cloned());
            let typed = held.line("Value");
            let value = if typed.is_empty() { of_list()? } else { typed };
            let value = shown(&value, field.map_or("", |field| field.kind.as_str()))?;
            let name = field.map(|field| field.name.clone()).filter(|name| !name.is_empty());
            Some((name.unwrap_or_else(|| format!("field {id}")), value))
        })
    }
}

/// The kind of the field in which our own export keeps ids.
const OWN: &str = "id of ours";

/// A value as somebody reads it; none where it says nothing.
fn shown(value: &str, kind: &str) -> Option<String> {
    let kind =
        kind.trim_start_matches("Enterprise ").trim_start_matches("Resource ").trim_start_matches("Project ");
    match kind {
        "Flag" => matches!(value, "1" | "true").then(|| "yes".to_owned()),
        "Cost" => (!is_nothing(value)).then(|| hundredths(value)),
        "Duration" => xml::minutes(value)
            .map_or(Some(value.to_owned()), |minutes| (minutes != 0).then(|| length(minutes))),
        "Number" => (!is_nothing(value)).then(|| value.to_owned()),
        "Date" | "Start" | "Finish" => {
            let moment = value.get(..16).filter(|moment| moment.as_bytes()[10] == b'T');
            Some(moment.map_or_else(|| value.to_owned(), |moment| moment.replace('T', " ")))
        }
        _ => Some(value.to_owned()).filter(|value| !value.is_empty()),
    }
}

/// Whether a number is none or zero.
pub(super) fn is_nothing(number: &str) -> bool {
    number.chars().all(|c| matches!(c, '0' | '.' | '-'))
}

/// Hundredths, as MS Project stores money, as a number: `9600` is 96, `3350` is 33.50.
pub(super) fn hundredths(number: &str) -> String {
    let (sign, digits) = number.strip_prefix('-').map_or(("", number), |digits| ("-", digits));
    let whole = digits.split('.').next().unwrap_or_default();
    if whole.is_empty() || !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return number.to_owned();
    }
    let whole = format!("{whole:0>3}");
    let (units, part) = whole.split_at(whole.len() - 2);
    let units = units.trim_start_matches('0');
    let units = if units.is_empty() { "0" } else { units };
    if part == "00" { format!("{sign}{units}") } else { format!("{sign}{units}.{part}") }
}

/// Minutes as hours where they come out even.
pub(super) fn length(minutes: i64) -> String {
    if minutes % 60 == 0 { format!("{}h", minutes / 60) } else { format!("{minutes}m") }
}

/// Names with their values in one line: `Cost centre: 4711; Phase: B`.
fn as_comment(kept: &[Kept]) -> String {
    let pairs: Vec<String> = kept.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    pairs.join("; ")
}

/// The first of some words, and how many more there are.
pub(super) fn listed(words: impl Iterator<Item = String>) -> String {
    let mut words: Vec<String> = words.collect();
    let n_more = words.len().saturating_sub(MOST_NAMED);
    words.truncate(MOST_NAMED);
    if n_more > 0 {
        words.push(format!("and {n_more} more"));
    }
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_shown_as_they_are_read() {
        assert_eq!(shown("1", "Flag").as_deref(), Some("yes"));
        assert_eq!(shown("0", "Flag"), None);
        assert_eq!(shown("3350", "Enterprise Cost").as_deref(), Some("33.50"));
        assert_eq!(shown("5", "Cost").as_deref(), Some("0.05"));
        assert_eq!(shown("PT12H0M0S", "Duration").as_deref(), Some("12h"));
        assert_eq!(shown("2026-08-03T08:00:00", "Date").as_deref(), Some("2026-08-03 08:00"));
        assert_eq!(shown("0.00", "Number"), None);
        assert_eq!(shown("4711", "Text").as_deref(), Some("4711"));
    }
}
