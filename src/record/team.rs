//! `resources.yaml`: roles, people and their absences.

use crate::diagnostic::{Diagnostics, Spanned};
use crate::quantity::{Id, Malformed, Percent, Rate, Window};
use crate::record;
use crate::record::decode::{Dated, Decode, Scalar};
use crate::source::node::{Node, NodeKind};

record! {
    /// `resources.yaml`: who works on the project and what their time costs.
    pub struct ResourcesRecord("team") {
        /// Roles by id, such as `engineer`. Role rates may be published, person rates may not.
        roles: Keyed<RoleRecord>,
        /// People by id, such as `tom`.
        people: Keyed<PersonRecord>,
    }
    computed {
        load: "assign people in `plan.yaml`; their load follows from the schedule",
    }
}

record! {
    /// A role: a kind of work with a price.
    pub struct RoleRecord("role") {
        /// The name readers see; the id where none is given.
        name: Spanned<String>,
        /// What its time costs the project: `720 EUR/d` or `90 EUR/h`. Leave it out for people who cost nothing.
        rate: Spanned<Rate>,
        /// How many people of the role there are, for assignments such as `2 technician`; unlimited when absent. Where it
        /// changes, a number for each range: `{2026-01-01 .. 2026-06-30: 2, 2026-07-01 .. 2026-12-31: 4}`, and unlimited
        /// on other days. Heads of a role in the portfolio's `people.yaml` serve all its projects: levelled ones share them
        /// in their order.
        heads: HeadsRecord,
    }
    computed {
        cost: "give the `rate`; the cost follows from the assignments in `plan.yaml`",
    }
}

record! {
    /// A person.
    pub struct PersonRecord("person") {
        /// The full name; the id where none is given.
        name: Spanned<String>,
        /// The id of their role. A role without a price need not be listed under `roles`.
        role: Spanned<Id>,
        /// Their own price, where it differs from the role's. Shown on no site, and masked in the files.
        rate: Spanned<Rate>,
        /// The team they belong to, such as `security`, where it is not the project's own.
        team: Spanned<String>,
        /// The share of a day they can give at most; 100% when absent. It moves no date: who is booked beyond it
        /// counts as overbooked. Where it changes, a share for each range: `{2026-01-01 .. 2026-06-30: 50%}`, and 100% on
        /// other days.
        available: AvailableRecord,
        /// Days on which they are away: a list of days and ranges. Who is away works the length of a task later: with
        /// several people it ends with the last of them.
        absent: Vec<Spanned<Window>>,
        /// The id of their calendar, where it is not the project's.
        calendar: Spanned<Id>,
    }
    computed {
        load: "assign them in `plan.yaml`; the load follows from the schedule",
    }
}

/// The share of a day that somebody can give at most: above 0 %, up to 100 %.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Availability(pub Percent);

impl Scalar for Availability {
    const FORM: &'static str = <Percent as Scalar>::FORM;

    fn read(text: &str) -> Result<Self, Malformed> {
        match text.parse()? {
            Percent::ZERO => Err(Malformed::expected("a share of the day above 0%")
                .hint("write the days of an absence under `absent:`, or remove who gives no time")),
            share => Ok(Self(share)),
        }
    }
}

/// Declares a field that is one value, or one for each range of days.
macro_rules! over_time {
    ($(#[doc = $doc:literal])+ $name:ident, $scalar:ty, $form:literal) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug, PartialEq)]
        pub enum $name {
            /// The same at all times.
            Always(Spanned<$scalar>),
            /// A value for each range, in the order of the file.
            ByTime(Dated<Spanned<$scalar>>),
        }

        impl Decode for $name {
            const FORM: &'static str = $form;
            const IS_OPEN: bool = true;

            fn decode(node: &Node, found: &mut Diagnostics) -> Option<Self> {
                match node.kind {
                    NodeKind::Map(_) => Dated::decode(node, found).map(Self::ByTime),
                    _ => Spanned::decode(node, found).map(Self::Always),
                }
            }
        }
    };
}

over_time! {
    /// How much of a day somebody can give.
    AvailableRecord, Availability, "a share of the day such as 50%, or one for each range of days"
}
over_time! {
    /// How many people of a role there are.
    HeadsRecord, i64, "a number of people, or one for each range of days"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{FileId, Span};
    use crate::record::decode::Shape;
    use crate::source::node::{Entry, Style};

    fn word(text: &str) -> Node {
        let kind = NodeKind::Scalar { text: text.to_owned(), style: Style::Plain };
        Node { kind, span: Span::new(FileId(0), 0, text.len()) }
    }

    fn map(entries: &[(&str, Node)]) -> Node {
        let entries = entries
            .iter()
            .map(|(key, value)| Entry {
                key: Spanned::new((*key).to_owned(), Span::new(FileId(0), 0, key.len())),
                value: value.clone(),
            })
            .collect();
        Node { kind: NodeKind::Map(entries), span: Span::default() }
    }

    #[track_caller]
    fn check(person: &[(&str, Node)], expected: &[&str]) {
        let mut found = Diagnostics::default();
        let node = map(&[("people", map(&[("tom", map(person))]))]);
        let record = ResourcesRecord::decode(&node, &mut found);
        assert_eq!(record.unwrap().people.len(), 1);
        let said: Vec<String> = found
            .iter()
            .map(|d| format!("{}: {} | {}", d.rule.code, d.message, d.hints.join("; ")))
            .collect();
        assert_eq!(said, expected);
    }

    #[test]
    fn a_list_may_be_a_single_value_and_nothing_counts_as_absent() {
        let nothing = Node { kind: NodeKind::Empty, span: Span::default() };
        check(&[("absent", word("2026-12-28 .. 2026-12-31")), ("name", nothing)], &[]);
    }

    #[test]
    fn every_fault_of_a_record_is_reported_in_one_run() {
        check(
            &[("rol", word("engineer")), ("available", word("50")), ("load", word("80%"))],
            &[
                "E104: a person has no field `rol` | write `role`",
                "E124: `load` is not written here | assign them in `plan.yaml`; the load follows from the schedule",
                "E105: `50` is not a percentage from 0% to 100%, such as 40% | write `50%`",
            ],
        );
    }

    #[test]
    fn the_reference_knows_every_field() {
        let absent = PersonRecord::FIELDS.iter().find(|field| field.name == "absent").unwrap();
        assert_eq!(absent.shape, Shape::List);
        assert!(absent.doc.contains("away"));
        assert!(!absent.required);
    }
}
