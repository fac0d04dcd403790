//! What must stand where in a frozen gate document, so that it can be shown: the grammar of its tree.
//!
//! A record is read years after it was written, and anybody can edit a file. What does not fit is told with its place; no template
//! has to be afraid of it.

use crate::model::Wording;

/// What stands in a place of a document.
#[derive(Clone, Copy, Debug)]
pub enum Form {
    /// Words or a figure, as printed.
    Words,
    /// Words that may lead somewhere: alone, or as `text` among fields.
    Link,
    /// Yes or no.
    Flag,
    /// Several of one form, in order.
    List(&'static Form),
    /// Parts by name.
    Parts(&'static [Place]),
    /// Parts that have names of their own, all of one form.
    Each(&'static Form),
    /// One of several forms; the first that is of the right kind counts.
    Either(&'static [Form]),
}

/// A named place among the parts of a document.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// Its name in the record.
    pub name: &'static str,
    /// What stands there.
    pub form: Form,
    /// Whether the document cannot be shown without it. What is not required was left out because it said nothing, or is of a
    /// later program.
    pub is_required: bool,
}

const fn must(name: &'static str, form: Form) -> Place {
    Place { name, form, is_required: true }
}

const fn may(name: &'static str, form: Form) -> Place {
    Place { name, form, is_required: false }
}

const WORDS: Form = Form::Words;
const SAID: Form = Form::List(&WORDS);

/// The state of a thing with its colour.
const STATUS: Form = Form::Parts(&[must("word", WORDS), must("class", WORDS), may("letter", WORDS)]);

/// An author's text: its HTML.
const PROSE: Form = Form::Either(&[WORDS, Form::Parts(&[must("html", WORDS)])]);

/// Words with where they lead to.
const LINK: Form = Form::Parts(&[must("text", WORDS)]);

const CELL: Form = Form::Either(&[
    WORDS,
    Form::Parts(&[
        may("text", WORDS),
        may("note", WORDS),
        may("status", STATUS),
        may("prose", PROSE),
        may("href", WORDS),
        may("class", WORDS),
        may("explained", WORDS),
    ]),
]);

const CELLS: Form = Form::List(&CELL);
const ROW: Form = Form::Either(&[CELLS, Form::Parts(&[must("cells", CELLS)])]);
const TABLE: Form = Form::Parts(&[
    must("head", SAID),
    may("rows", Form::List(&ROW)),
    may("numeric", Form::List(&Form::Flag)),
]);

/// The data beneath a chart.
const CHART_TABLE: Form = Form::Parts(&[
    must("caption", WORDS),
    must("head", SAID),
    may("rows", Form::List(&ROW)),
    may("numeric", Form::List(&Form::Flag)),
]);

const FACT: Form = Form::Parts(&[
    must("label", WORDS),
    may("text", WORDS),
    may("note", WORDS),
    may("status", STATUS),
    may("prose", PROSE),
    may("href", WORDS),
    may("explained", WORDS),
]);
const FACTS: Form = Form::List(&FACT);

/// What is not recorded: words alone, as they are frozen.
const MISSING: Form = Form::Either(&[WORDS, Form::Parts(&[must("text", WORDS), may("hint", WORDS)])]);

const SECTION: Form = Form::Parts(&[
    must("title", WORDS),
    may("lead", WORDS),
    may("prose", Form::List(&PROSE)),
    may("facts", FACTS),
    may("lists", Form::List(&Form::Parts(&[must("title", WORDS), may("lines", Form::List(&PROSE))]))),
    may("tables", Form::List(&Form::Parts(&[may("title", WORDS), must("table", TABLE)]))),
    may(
        "charts",
        Form::List(&Form::Parts(&[
            must("title", WORDS),
            must("sentence", WORDS),
            must("table", CHART_TABLE),
        ])),
    ),
    may("notes", SAID),
    may("missing", Form::List(&MISSING)),
]);

const CHECK_ROW: Form = Form::Parts(&[
    must("criterion", WORDS),
    must("answer", WORDS),
    may("computed", Form::Flag),
    may("statement", Form::Link),
    may("evidence", Form::List(&Form::Link)),
    may("owner", WORDS),
    may("comment", WORDS),
    may("remark", WORDS),
    may("covered", WORDS),
    may("place", Form::Link),
    may("id", WORDS),
]);

const READINESS: Form = Form::Parts(&[
    may("is_ready", Form::Flag),
    may("n_against", WORDS),
    may("n_covered", WORDS),
    must("sentence", WORDS),
    must("rule", WORDS),
]);

/// The form of a part of the content: of its opening, sections, checklist; none where it has no such part.
#[must_use]
pub fn form_of(name: &str) -> Option<&'static Form> {
    let Form::Parts(places) = &CONTENT else { return None };
    places.iter().find(|place| place.name == name).map(|place| &place.form)
}

/// Everything above the decision.
pub static CONTENT: Form = Form::Parts(&[
    may("title", WORDS),
    may("project", WORDS),
    may("as_of", WORDS),
    must(
        "opening",
        Form::Parts(&[
            must("question", WORDS),
            must("ask", WORDS),
            may("waits", WORDS),
            must("forecast", WORDS),
            may("recommendation", PROSE),
            may("confidence", WORDS),
            must("scorecard", TABLE),
            may("rules", FACTS),
            may("as_of", WORDS),
        ]),
    ),
    may(
        "since",
        Form::Parts(&[
            must("gate", WORDS),
            must("table", TABLE),
            must("changes", TABLE),
            may("changed", WORDS),
        ]),
    ),
    must("parts", Form::Each(&SECTION)),
    must(
        "checklist",
        Form::Parts(&[
            may("rows", Form::List(&CHECK_ROW)),
            must("summary", WORDS),
            must("rule", WORDS),
            may("readiness", READINESS),
        ]),
    ),
]);

/// Decision, conditions and signatures.
pub static TERMS: Form = Form::Parts(&[
    must("facts", FACTS),
    may("outcome", Form::Parts(&[must("decided", WORDS), must("follows", WORDS)])),
    may(
        "conditions",
        Form::List(&Form::Parts(&[
            must("condition", CELL),
            may("urgency", WORDS),
            may("owner", WORDS),
            may("due", WORDS),
        ])),
    ),
    may(
        "signatures",
        Form::List(&Form::Parts(&[
            must("role", WORDS),
            may("signed_by", WORDS),
            may("decision", WORDS),
            may("date", WORDS),
        ])),
    ),
    may(
        "beside",
        Form::Parts(&[
            must("as_of", WORDS),
            may("readiness", READINESS),
            may("covered", Form::List(&Form::Parts(&[must("criterion", WORDS), must("condition", WORDS)]))),
        ]),
    ),
    may(
        "band",
        Form::Parts(&[may("kicker", WORDS), may("prepared_by", WORDS), may("classification", WORDS)]),
    ),
]);

/// A step on the way to a place in a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The part of a name.
    Part(String),
    /// The item at a place, counted from 0.
    Item(usize),
}

/// Where a tree is not what a document is made of, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// The way to the place; of something missing to where it should stand.
    pub way: Vec<Step>,
    /// What should stand there, and what stands there: `words are wanted here, this is a list`.
    pub fault: String,
}

impl Misfit {
    /// The place in words: `checklist.rows[2].answer`, items counted from 1.
    #[must_use]
    pub fn place(&self) -> String {
        let mut place = String::new();
        for step in &self.way {
            match step {
                Step::Item(at) => place.push_str(&format!("[{}]", at + 1)),
                Step::Part(name) if place.is_empty() => place.push_str(name),
                Step::Part(name) => place.push_str(&format!(".{name}")),
            }
        }
        place
    }
}

/// The first place at which a tree does not have the form that is wanted; none where it fits.
#[must_use]
pub fn misfit(tree: &Wording, form: &Form) -> Option<Misfit> {
    look(tree, form, &mut Vec::new())
}

fn look(tree: &Wording, form: &Form, way: &mut Vec<Step>) -> Option<Misfit> {
    match (form, tree) {
        (Form::Words | Form::Link, Wording::Words(_)) | (Form::Flag, Wording::Is(_)) => None,
        (Form::Link, Wording::Parts(_)) => look(tree, &LINK, way),
        (Form::List(of), Wording::List(items)) => {
            let mut items = items.iter().enumerate();
            items.find_map(|(at, item)| inside(Step::Item(at), (item, of), way))
        }
        (Form::Each(of), Wording::Parts(parts)) => {
            parts.iter().find_map(|(name, part)| inside(Step::Part(name.clone()), (part, of), way))
        }
        (Form::Parts(places), Wording::Parts(_)) => places.iter().find_map(|place| {
            let step = Step::Part(place.name.to_owned());
            match tree.part(place.name) {
                Some(part) => inside(step, (part, &place.form), way),
                None if place.is_required => {
                    let way = way.iter().cloned().chain([step]).collect();
                    Some(Misfit { way, fault: "is missing".to_owned() })
                }
                None => None,
            }
        }),
        (Form::Either(forms), _) => match forms.iter().find(|form| is_of_kind(tree, form)) {
            Some(form) => look(tree, form, way),
            None => Some(wrong(tree, form, way)),
        },
        _ => Some(wrong(tree, form, way)),
    }
}

/// Looks at what stands a step further.
fn inside(step: Step, (tree, form): (&Wording, &Form), way: &mut Vec<Step>) -> Option<Misfit> {
    way.push(step);
    let found = look(tree, form, way);
    way.pop();
    found
}

fn wrong(tree: &Wording, form: &Form, way: &[Step]) -> Misfit {
    Misfit { way: way.to_vec(), fault: format!("must be {}, and is {}", wanted(form), named(tree)) }
}

fn is_of_kind(tree: &Wording, form: &Form) -> bool {
    match form {
        Form::Words => matches!(tree, Wording::Words(_)),
        Form::Link => matches!(tree, Wording::Words(_) | Wording::Parts(_)),
        Form::Flag => matches!(tree, Wording::Is(_)),
        Form::List(_) => matches!(tree, Wording::List(_)),
        Form::Parts(_) | Form::Each(_) => matches!(tree, Wording::Parts(_)),
        Form::Either(forms) => forms.iter().any(|form| is_of_kind(tree, form)),
    }
}

fn wanted(form: &Form) -> &'static str {
    match form {
        Form::Words | Form::Link => "words",
        Form::Flag => "`true` or `false`",
        Form::List(_) => "a list",
        Form::Parts(_) | Form::Each(_) => "fields by name",
        Form::Either(forms) => forms.first().map_or("nothing", wanted),
    }
}

fn named(tree: &Wording) -> &'static str {
    match tree {
        Wording::Words(_) => "words",
        Wording::Is(_) => "`true` or `false`",
        Wording::List(items) if items.is_empty() => "empty",
        Wording::List(_) => "a list",
        Wording::Parts(_) => "a group of fields",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Wording {
        Wording::Words(text.to_owned())
    }

    fn parts(of: Vec<(&str, Wording)>) -> Wording {
        Wording::Parts(of.into_iter().map(|(name, part)| (name.to_owned(), part)).collect())
    }

    #[track_caller]
    fn check(tree: &Wording, form: &Form, expected: Option<(&str, &str)>) {
        let found = misfit(tree, form).map(|found| (found.place(), found.fault));
        assert_eq!(found.as_ref().map(|(place, fault)| (place.as_str(), fault.as_str())), expected);
    }

    #[test]
    fn what_is_missing_and_what_is_of_another_kind_is_named_with_its_place() {
        let row = |answer: Option<Wording>| {
            let criterion = [("criterion", words("tests are passed"))].into_iter();
            parts(criterion.chain(answer.map(|answer| ("answer", answer))).collect())
        };
        let rows = |second: Wording| Wording::List(vec![row(Some(words("yes"))), second]);
        let form = Form::List(&CHECK_ROW);
        check(&rows(row(Some(words("no")))), &form, None);
        check(&rows(row(None)), &form, Some(("[2].answer", "is missing")));
        let flag = row(Some(Wording::Is(true)));
        check(&rows(flag), &form, Some(("[2].answer", "must be words, and is `true` or `false`")));
        check(&rows(words("yes")), &form, Some(("[2]", "must be fields by name, and is words")));
        check(&words("yes"), &form, Some(("", "must be a list, and is words")));
        check(&Wording::List(Vec::new()), &WORDS, Some(("", "must be words, and is empty")));
    }

    #[test]
    fn a_cell_is_words_or_fields() {
        check(&words("3 d"), &CELL, None);
        check(&parts(vec![("text", words("3 d")), ("note", words("late"))]), &CELL, None);
        let half = parts(vec![("status", parts(vec![("word", words("Late"))]))]);
        check(&half, &CELL, Some(("status.class", "is missing")));
        check(&Wording::List(vec![words("3 d")]), &CELL, Some(("", "must be words, and is a list")));
    }
}
