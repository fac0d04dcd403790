//! What is left at the end, in `handover.yaml`: the survey and the records that stay.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Retention, Survey};
use crate::record::closing::{RetentionRecord, SurveyRecord};
use crate::resolve::entry::{some_day, some_text, some_word, text};
use crate::resolve::names::Names;

declare_rule! {
    /// More stakeholders answered the survey at the end than were asked, or a count is below zero. The share that answered would be above
    /// 100 %.
    ///
    /// Wrong:
    /// ```yaml
    /// survey: {asked: 18, answered: 81}
    /// ```
    /// Right:
    /// ```yaml
    /// survey: {asked: 81, answered: 18}
    /// ```
    pub static SURVEY_CONTRADICTS: Rule =
        ("E698", "survey-contradicts", Error, "0.1.0", "a survey with more answers than people asked");
}

pub(super) fn survey(record: &SurveyRecord, found: &mut Diagnostics) -> Survey {
    let (asked, answered) = (record.asked.value, record.answered.value);
    if answered > asked || answered < 0 {
        let message = format!("{answered} answered of {asked} who were asked");
        found.push(
            Diagnostic::new(&SURVEY_CONTRADICTS, record.answered.span, message)
                .hint("count who was asked under `asked:` and who answered under `answered:`"),
        );
    }
    Survey {
        asked,
        answered,
        content: record.content.map(|share| share.value.hundredths()),
        held: some_day(record.held),
        said: some_text(record.said.as_ref()),
        evidence: some_text(record.evidence.as_ref()),
        origin: record.span,
    }
}

pub(super) fn retention(record: &RetentionRecord, names: &Names, found: &mut Diagnostics) -> Retention {
    Retention {
        records: text(&record.records),
        keep_until: some_day(record.keep_until),
        rule: some_word(record.rule.as_ref()),
        kept_in: some_word(record.kept_in.as_ref()),
        owner: names.maybe_person(record.owner.as_ref(), found),
        origin: record.span,
    }
}
