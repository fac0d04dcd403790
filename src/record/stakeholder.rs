//! `stakeholders.yaml`: who is touched by the project, how much they can move, and how they are kept on board.

use crate::diagnostic::Spanned;
use crate::quantity::Id;
use crate::record;
use crate::vocabulary;

vocabulary! {
    /// How much power, or how much interest, somebody has.
    pub struct Degree("a degree"): "low", "medium" or "high";
    /// How somebody stands to the project.
    pub struct Attitude("an attitude"): "supportive", "neutral" or "opposed";
}

record! {
    /// `stakeholders.yaml`: who is touched by the project or can move it, one entry for each. A project labelled `public`
    /// shows no stakeholder.
    pub struct StakeholderRecord("stakeholder") {
        /// Who it is: a group, a function or a person.
        required stakeholder: Spanned<String>,
        /// How much they can move: `low`, `medium` or `high`.
        required power: Spanned<Degree>,
        /// How much it touches them: `low`, `medium` or `high`.
        required interest: Spanned<Degree>,
        /// How they stand to the project: `supportive`, `neutral` or `opposed`.
        attitude: Spanned<Attitude>,
        /// What they want from the project, or fear of it.
        wants: Spanned<String>,
        /// How they are kept on board: meetings, mails, a say in decisions.
        approach: Spanned<String>,
        /// The id of the person who keeps the contact.
        owner: Spanned<Id>,
    }
}
