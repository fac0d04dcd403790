//! What stands above the decision of a gate document and is not signed: what a decision changes.
//!
//! Comes in: everything above the decision, as a view. Goes out: what is signed of it, and beside that the remark on the day of the
//! figures, how ready the gate is, and which criteria a condition of the board covers; and a view with both together again.

use serde_json::{Value, json};

/// The name under which the terms of a frozen record keep what stands beside the signed content.
pub(super) const BESIDE: &str = "beside";

/// The name under which stand, in it, the criteria that conditions cover.
pub(super) const COVERED: &str = "covered";

/// A view that was taken apart.
pub(super) struct Apart {
    /// What is signed.
    pub signed: Value,
    /// What is not, and a decision changes.
    pub beside: Value,
}

/// Takes what a decision changes out of everything above it.
pub(super) fn apart(mut above: Value) -> Apart {
    let as_of = take(&mut above["opening"], "as_of");
    let readiness = take(&mut above["checklist"], "readiness");
    let rows = above["checklist"]["rows"].as_array_mut();
    let covered: Vec<Value> = rows.into_iter().flatten().filter_map(covered_in).collect();
    if let Some(parts) = above.get_mut("parts") {
        take_hints(parts);
    }
    Apart { signed: above, beside: json!({"as_of": as_of, "readiness": readiness, COVERED: covered}) }
}

/// Takes out of sections how to mend what is missing: on a draft it is told, and on a decided document it is not.
pub(super) fn take_hints(parts: &mut Value) {
    let parts = parts.as_object_mut().into_iter().flat_map(|parts| parts.values_mut());
    for missing in parts.filter_map(|part| part.get_mut("missing")?.as_array_mut()).flatten() {
        take(missing, "hint");
    }
}

/// Gives what is missing, which was frozen as words alone, the form in which sections tell it.
pub(super) fn told_as_missing(parts: &mut Value) {
    let parts = parts.as_object_mut().into_iter().flat_map(|parts| parts.values_mut());
    for missing in parts.filter_map(|part| part.get_mut("missing")?.as_array_mut()).flatten() {
        if missing.is_string() {
            *missing = json!({"text": missing.take(), "hint": null});
        }
    }
}

/// Takes the condition that covers a criterion out of its row.
fn covered_in(row: &mut Value) -> Option<Value> {
    let condition = take(row, "covered");
    (!condition.is_null()).then(|| json!({"criterion": row["criterion"], "condition": condition}))
}

fn take(from: &mut Value, key: &str) -> Value {
    from.as_object_mut().and_then(|map| map.remove(key)).unwrap_or_default()
}

/// Puts what a record kept beside the signed content back into the view of its document.
pub(super) fn put_back(view: &mut Value, beside: &Value) {
    let part = |key: &str| beside.get(key).cloned().unwrap_or_default();
    view["opening"]["as_of"] = part("as_of");
    view["checklist"]["readiness"] = part("readiness");
    let covered = part(COVERED);
    let condition = |criterion: &Value| -> Value {
        let mut all = covered.as_array().into_iter().flatten();
        all.find(|one| one["criterion"] == *criterion).map(|one| one["condition"].clone()).unwrap_or_default()
    };
    for row in view["checklist"]["rows"].as_array_mut().into_iter().flatten() {
        row["covered"] = condition(&row["criterion"]);
    }
}

/// What is comparable of a content that earlier programs drew up with the decision in it: all but its words on how ready the gate was
/// and on what was asked, which said that it was decided.
pub(super) fn without_what_changed(content: Value) -> Value {
    let mut signed = apart(content).signed;
    for key in ["ask", "waits"] {
        take(&mut signed["opening"], key);
    }
    // What was missing stood there with how to mend it, or otherwise once the gate had gone by.
    let parts = signed.get_mut("parts").and_then(Value::as_object_mut);
    parts.into_iter().flat_map(|parts| parts.values_mut()).for_each(|part| {
        take(part, "missing");
        take(part, "notes");
    });
    signed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn above() -> Value {
        json!({
            "opening": {"ask": "Approve.", "as_of": "Figures as of today."},
            "checklist": {
                "rows": [{"criterion": "A", "covered": "by Tom"}, {"criterion": "B", "covered": null}],
                "readiness": {"sentence": "Ready."},
            },
        })
    }

    #[test]
    fn what_was_taken_apart_is_put_together_again() {
        let Apart { mut signed, beside } = apart(above());
        assert_eq!(
            signed,
            json!({"opening": {"ask": "Approve."}, "checklist": {"rows": [{"criterion": "A"}, {"criterion": "B"}]}})
        );
        assert_eq!(beside["covered"], json!([{"criterion": "A", "condition": "by Tom"}]));
        put_back(&mut signed, &beside);
        assert_eq!(signed, above());
    }

    #[test]
    fn of_an_earlier_content_neither_day_nor_readiness_nor_what_was_asked_is_compared() {
        let comparable = without_what_changed(above());
        assert_eq!(
            comparable,
            json!({"opening": {}, "checklist": {"rows": [{"criterion": "A"}, {"criterion": "B"}]}})
        );
    }
}
