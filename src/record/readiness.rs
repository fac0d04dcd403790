//! Proofs that something is ready for service, in `handover.yaml`: counts that agree, ways back that were tried, sign-offs, people
//! who are trained.

use jiff::civil::Date;

use crate::diagnostic::Spanned;
use crate::quantity::Id;
use crate::record;

record! {
    /// A count of migrated data held against the source.
    pub struct ReconciliationRecord("reconciliation") {
        /// What was counted, such as `open orders`.
        required data: Spanned<String>,
        /// How many there were in the source.
        required source: Spanned<i64>,
        /// How many arrived.
        required arrived: Spanned<i64>,
        /// Where the two differ, why that is right; without it the difference is open.
        explained: Spanned<String>,
        /// Who counted.
        by: Spanned<Id>,
        /// The day of the count.
        counted: Spanned<Date>,
        /// Where the proof lies.
        evidence: Spanned<String>,
    }
}

record! {
    /// A way back, a restore or a cut-over that was tried before it is needed.
    pub struct RehearsalRecord("rehearsal") {
        /// What was tried, such as `rollback of a branch to its old switch`.
        required rehearsal: Spanned<String>,
        /// The day of it; leave it out while it is ahead.
        held: Spanned<Date>,
        /// Who led it.
        by: Spanned<Id>,
        /// Whether it came out as it must.
        passed: Spanned<bool>,
        /// What came of it, such as `back in service after 12 minutes`.
        result: Spanned<String>,
        /// Where the proof lies.
        evidence: Spanned<String>,
    }
}

record! {
    /// The word of somebody who answers for security, data protection or the law that the thing may go into service.
    pub struct SignOffRecord("sign-off") {
        /// For what, such as `security review` or `data-protection assessment`.
        required sign_off: Spanned<String>,
        /// Who gives it, in words: a person or an office outside the project.
        by: Spanned<String>,
        /// The day on which it was given; leave it out while it is open.
        given: Spanned<Date>,
        /// Under which condition.
        condition: Spanned<String>,
        /// Where the proof lies.
        evidence: Spanned<String>,
    }
    computed {
        status: "type `given:` with the day on which it was given; a sign-off without it is open",
    }
}

record! {
    /// People who have to be trained before it goes into service: those who will use it, those who will run it.
    pub struct TrainingRecord("training") {
        /// Who is trained for what, such as `nurses of wards 1 to 4, at the bedside`.
        required training: Spanned<String>,
        /// How many people need it; 0 where it was looked at and nobody does.
        required people: Spanned<i64>,
        /// How many have had it; leave it out while nobody has.
        trained: Spanned<i64>,
        /// The day of that count.
        counted: Spanned<Date>,
        /// The day by which everybody shall have had it.
        due: Spanned<Date>,
        /// Who answers for it.
        owner: Spanned<Id>,
        /// What shows that they can do it, such as `two exercises passed by each`.
        result: Spanned<String>,
        /// Where the proof lies.
        evidence: Spanned<String>,
    }
    computed {
        status: "type `people:` and `trained:`; whether everybody is trained is computed",
    }
}
