//! `defects.csv` from the bugs of a tracker.

use crate::exchange::folder::terms::Terms;

/// Writes one row for each bug; none where there is no bug.
pub(super) fn defects(terms: &Terms<'_>) -> Option<String> {
    let defects = &terms.plan.defects;
    if defects.is_empty() {
        return None;
    }
    let mut text = String::from("id,title,severity,opened,closed,owner,belongs_to\n");
    for defect in defects {
        let owner = defect.owner.and_then(|uid| terms.resources.get(&uid)).map_or("", String::as_str);
        let closed = defect.closed.map_or_else(String::new, |day| day.to_string());
        let task = defect.task.map_or("", |uid| terms.task(uid));
        text += &format!(
            "{},{},{},{},{closed},{owner},{task}\n",
            cell(&defect.key),
            cell(&defect.title),
            defect.severity,
            defect.opened
        );
    }
    Some(text)
}

/// A text as a cell of a table: in quotes where it has signs that mean something there.
fn cell(text: &str) -> String {
    if text.contains([',', '"', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}
