//! `group_by` for templates, in the order of the list.

use tera::{Error, Kwargs, Map, State, TeraResult, Value};

/// Collects the members of a list by the text of one of their attributes: `pages | group_by(attribute="group")`.
///
/// Takes the place of the engine's filter of that name, whose groups come in another order in every run. Here groups
/// come in the order in which the list first names them, members in the order of the list; those whose attribute is
/// null are left out.
///
/// # Errors
///
/// A member without the attribute.
#[allow(clippy::needless_pass_by_value, reason = "the engine hands arguments over by value")]
pub(crate) fn group_by(list: &[Value], arguments: Kwargs, _: &State) -> TeraResult<Map> {
    let attribute = arguments.must_get::<&str>("attribute")?;
    let mut groups: Vec<(String, Vec<Value>)> = Vec::new();
    for member in list {
        let group = member.get_from_path(attribute).ok_or_else(|| {
            Error::message(format!("group_by: a member of the list has no attribute `{attribute}`"))
        })?;
        if group.is_none() {
            continue;
        }
        let name = group.to_string();
        match groups.iter_mut().find(|(known, _)| *known == name) {
            Some((_, members)) => members.push(member.clone()),
            None => groups.push((name, vec![member.clone()])),
        }
    }
    Ok(groups.into_iter().map(|(name, members)| (name.into(), Value::from(members))).collect())
}
