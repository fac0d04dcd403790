//! What a template finds under `view`: a tree of plain values, made once from the view of a page.
//!
//! Names of fields are those of the program itself and are shared, not copied: a table of five thousand rows names the fields of
//! its cells half a million times.

use std::borrow::Cow;
use std::fmt;

use serde::ser::{Error as _, SerializeMap as _, SerializeStruct as _};
use serde::{Serialize, Serializer, ser};

/// A view, or a part of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Shown {
    /// Nothing is there.
    Nothing,
    /// Yes or no.
    Truth(bool),
    /// A whole number.
    Whole(i64),
    /// A number.
    Number(f64),
    /// Words.
    Words(Box<str>),
    /// One after the other.
    List(Vec<Shown>),
    /// Under names.
    Fields(Vec<(Cow<'static, str>, Shown)>),
}

/// A view that is not plain data: our own bug.
#[derive(Debug)]
pub struct NotPlain(String);

impl fmt::Display for NotPlain {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl std::error::Error for NotPlain {}

impl ser::Error for NotPlain {
    fn custom<Words: fmt::Display>(words: Words) -> Self {
        Self(words.to_string())
    }
}

impl Shown {
    /// Makes the tree of a view.
    ///
    /// # Errors
    /// Maps whose keys are not text, bytes, and numbers beyond 64 bits with sign.
    pub fn of<View: Serialize + ?Sized>(view: &View) -> Result<Self, NotPlain> {
        view.serialize(Planter)
    }
}

impl Serialize for Shown {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Nothing => serializer.serialize_none(),
            Self::Truth(truth) => serializer.serialize_bool(*truth),
            Self::Whole(number) => serializer.serialize_i64(*number),
            Self::Number(number) => serializer.serialize_f64(*number),
            Self::Words(words) => serializer.serialize_str(words),
            Self::List(list) => serializer.collect_seq(list),
            Self::Fields(fields) => {
                let is_of_the_program = fields.iter().all(|(name, _)| matches!(name, Cow::Borrowed(_)));
                if is_of_the_program {
                    let mut open = serializer.serialize_struct("", fields.len())?;
                    for (name, shown) in fields {
                        if let Cow::Borrowed(name) = name {
                            open.serialize_field(name, shown)?;
                        }
                    }
                    return open.end();
                }
                let mut open = serializer.serialize_map(Some(fields.len()))?;
                for (name, shown) in fields {
                    open.serialize_entry(name.as_ref(), shown)?;
                }
                open.end()
            }
        }
    }
}

/// Makes a tree of whatever is serialised.
struct Planter;

/// A list that grows.
struct Growing(Vec<Shown>);

/// Fields that grow, and the name of the next one.
struct Named(Vec<(Cow<'static, str>, Shown)>, Option<String>);

/// The fields of a variant with a name.
struct Variant(&'static str, Named);

type Made = Result<Shown, NotPlain>;

fn under(name: &'static str, shown: Shown) -> Shown {
    Shown::Fields(vec![(Cow::Borrowed(name), shown)])
}

macro_rules! whole {
    ($($method:ident: $kind:ty),*) => {
        $(fn $method(self, number: $kind) -> Made {
            i64::try_from(number).map(Shown::Whole).map_err(NotPlain::custom)
        })*
    };
}

impl Serializer for Planter {
    type Ok = Shown;
    type Error = NotPlain;
    type SerializeSeq = Growing;
    type SerializeTuple = Growing;
    type SerializeTupleStruct = Growing;
    type SerializeTupleVariant = ser::Impossible<Shown, NotPlain>;
    type SerializeMap = Named;
    type SerializeStruct = Named;
    type SerializeStructVariant = Variant;

    whole!(
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64
    );

    fn serialize_bool(self, truth: bool) -> Made {
        Ok(Shown::Truth(truth))
    }

    fn serialize_f32(self, number: f32) -> Made {
        Ok(Shown::Number(number.into()))
    }

    fn serialize_f64(self, number: f64) -> Made {
        Ok(Shown::Number(number))
    }

    fn serialize_char(self, letter: char) -> Made {
        Ok(Shown::Words(letter.to_string().into()))
    }

    fn serialize_str(self, words: &str) -> Made {
        Ok(Shown::Words(words.into()))
    }

    fn serialize_bytes(self, _: &[u8]) -> Made {
        Err(NotPlain::custom("bytes are not shown"))
    }

    fn serialize_none(self) -> Made {
        Ok(Shown::Nothing)
    }

    fn serialize_some<Value: Serialize + ?Sized>(self, value: &Value) -> Made {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Made {
        Ok(Shown::Nothing)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Made {
        Ok(Shown::Nothing)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Made {
        Ok(Shown::Words(variant.into()))
    }

    fn serialize_newtype_struct<Value: Serialize + ?Sized>(self, _: &'static str, value: &Value) -> Made {
        value.serialize(self)
    }

    fn serialize_newtype_variant<Value: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &Value,
    ) -> Made {
        Ok(under(variant, value.serialize(self)?))
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Growing, NotPlain> {
        Ok(Growing(Vec::with_capacity(length.unwrap_or(0))))
    }

    fn serialize_tuple(self, length: usize) -> Result<Growing, NotPlain> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<Growing, NotPlain> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, NotPlain> {
        Err(NotPlain(format!("`{variant}` names none of its values")))
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Named, NotPlain> {
        Ok(Named(Vec::with_capacity(length.unwrap_or(0)), None))
    }

    fn serialize_struct(self, _: &'static str, length: usize) -> Result<Named, NotPlain> {
        self.serialize_map(Some(length))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Variant, NotPlain> {
        Ok(Variant(variant, self.serialize_map(Some(length))?))
    }
}

impl Growing {
    fn grow<Value: Serialize + ?Sized>(&mut self, value: &Value) -> Result<(), NotPlain> {
        self.0.push(Shown::of(value)?);
        Ok(())
    }
}

impl ser::SerializeSeq for Growing {
    type Ok = Shown;
    type Error = NotPlain;

    fn serialize_element<Value: Serialize + ?Sized>(&mut self, value: &Value) -> Result<(), NotPlain> {
        self.grow(value)
    }

    fn end(self) -> Made {
        Ok(Shown::List(self.0))
    }
}

impl ser::SerializeTuple for Growing {
    type Ok = Shown;
    type Error = NotPlain;

    fn serialize_element<Value: Serialize + ?Sized>(&mut self, value: &Value) -> Result<(), NotPlain> {
        self.grow(value)
    }

    fn end(self) -> Made {
        Ok(Shown::List(self.0))
    }
}

impl ser::SerializeTupleStruct for Growing {
    type Ok = Shown;
    type Error = NotPlain;

    fn serialize_field<Value: Serialize + ?Sized>(&mut self, value: &Value) -> Result<(), NotPlain> {
        self.grow(value)
    }

    fn end(self) -> Made {
        Ok(Shown::List(self.0))
    }
}

impl ser::SerializeMap for Named {
    type Ok = Shown;
    type Error = NotPlain;

    fn serialize_key<Key: Serialize + ?Sized>(&mut self, key: &Key) -> Result<(), NotPlain> {
        match Shown::of(key)? {
            Shown::Words(name) => self.1 = Some(name.into()),
            Shown::Whole(number) => self.1 = Some(number.to_string()),
            other => return Err(NotPlain(format!("{other:?} is no name"))),
        }
        Ok(())
    }

    fn serialize_value<Value: Serialize + ?Sized>(&mut self, value: &Value) -> Result<(), NotPlain> {
        let name = self.1.take().ok_or_else(|| NotPlain::custom("a value without a name"))?;
        self.0.push((Cow::Owned(name), Shown::of(value)?));
        Ok(())
    }

    fn end(self) -> Made {
        Ok(Shown::Fields(self.0))
    }
}

impl ser::SerializeStruct for Named {
    type Ok = Shown;
    type Error = NotPlain;

    fn serialize_field<Value: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &Value,
    ) -> Result<(), NotPlain> {
        self.0.push((Cow::Borrowed(name), Shown::of(value)?));
        Ok(())
    }

    fn end(self) -> Made {
        Ok(Shown::Fields(self.0))
    }
}

impl ser::SerializeStructVariant for Variant {
    type Ok = Shown;
    type Error = NotPlain;

    fn serialize_field<Value: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &Value,
    ) -> Result<(), NotPlain> {
        ser::SerializeStruct::serialize_field(&mut self.1, name, value)
    }

    fn end(self) -> Made {
        Ok(under(self.0, ser::SerializeStruct::end(self.1)?))
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
    fn a_tree_says_what_the_view_says() {
        let row = Row { n: 3, share: 0.5, open: true, pair: (-1, 'x') };
        let page = Page { title: "A", rows: vec![row], note: None, more: More { lead: Some("b") } };
        let expected = json!({"title": "A", "rows": [{"n": 3, "share": 0.5, "open": true, "pair": [-1, "x"]}],
            "note": null, "lead": "b"});
        let shown = Shown::of(&page).unwrap();
        assert_eq!(serde_json::to_value(&shown).unwrap(), expected);
        assert_eq!(serde_json::to_value(Shown::of(&expected).unwrap()).unwrap(), expected);
    }

    #[test]
    fn what_is_not_plain_is_refused() {
        assert!(Shown::of(&u64::MAX).is_err());
        assert!(Shown::of(&std::collections::BTreeMap::from([(vec![1], 2)])).is_err());
    }
}
