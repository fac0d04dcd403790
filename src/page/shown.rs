//! What a template finds under `view`: a tree of plain values, made once from the view of a page.

use serde::{Serialize, Serializer};

/// A view, or a part of it, in the form in which templates read it: whoever hands it on to them hands on the tree itself, and what it
/// names is neither copied nor looked through again. Names of fields are those of the program and are shared: a table of five thousand
/// rows names the fields of its cells half a million times.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown(tera::Value);

/// A view that is not plain data: our own bug.
pub type NotPlain = tera::Error;

impl Shown {
    /// Makes the tree of a view.
    ///
    /// # Errors
    /// Maps whose keys are neither text nor whole numbers nor yes and no.
    pub fn of<View: Serialize + ?Sized>(view: &View) -> Result<Self, NotPlain> {
        tera::Value::try_from_serializable(view).map(Self)
    }
}

impl Serialize for Shown {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[derive(Serialize)]
    struct Page {
        title: &'static str,
        rows: Vec<Row>,
        note: Option<String>,
        #[serde(flatten)]
        more: More,
    }

    #[derive(Serialize)]
    struct Row {
        n: u32,
        share: f64,
        open: bool,
        pair: (i8, char),
    }

    #[derive(Serialize)]
    struct More {
        lead: Option<&'static str>,
    }

    #[test]
    fn a_tree_says_what_the_view_says_in_the_same_order() {
        let row = Row { n: 3, share: 0.5, open: true, pair: (-1, 'x') };
        let page = Page { title: "A", rows: vec![row], note: None, more: More { lead: Some("b") } };
        let expected = json!({"title": "A", "rows": [{"n": 3, "share": 0.5, "open": true, "pair": [-1, "x"]}],
            "note": null, "lead": "b"});
        let shown = Shown::of(&page).unwrap();
        assert_eq!(serde_json::to_value(&shown).unwrap(), expected);
        assert_eq!(serde_json::to_value(Shown::of(&expected).unwrap()).unwrap(), expected);
        assert_eq!(
            serde_json::to_string(&shown).unwrap(),
            r#"{"title":"A","rows":[{"n":3,"share":0.5,"open":true,"pair":[-1,"x"]}],"note":null,"lead":"b"}"#
        );
    }

    #[test]
    fn a_tree_is_handed_on_as_it_is() {
        #[derive(Serialize)]
        struct Frame {
            view: Shown,
        }
        let view = Shown::of(&json!({"rows": ["a long line that is kept on the heap", 2]})).unwrap();
        let frame = Shown::of(&Frame { view: view.clone() }).unwrap();
        let rows = |tree: &tera::Value| tree.get_from_path("rows").unwrap().as_array().unwrap().as_ptr();
        assert_eq!(rows(frame.0.get_from_path("view").unwrap()), rows(&view.0));
    }

    #[test]
    fn what_is_not_plain_is_refused() {
        assert!(Shown::of(&std::collections::BTreeMap::from([(vec![1], 2)])).is_err());
    }
}
