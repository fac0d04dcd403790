//! The `record!` macro: one declaration gives a record's struct, how it is read, and its page of the format reference.

/// Declares a record: its struct, how it is read, and its page of the format reference.
///
/// `required` fields have their plain type, `Vec`, `Keyed`, `Named` and `Words` are empty when absent, all other
/// fields become an `Option`. Keys that are Rust keywords are written `r#for`. The struct gets one more field,
/// `span`: where the record stands. `computed` lists keys that people like to type but that follow from others.
#[macro_export]
macro_rules! record {
    ($(#[doc = $doc:literal])+ $vis:vis struct $name:ident($noun:literal) { $($body:tt)* }
     $(computed { $($key:ident: $instead:literal),* $(,)? })?) => {
        $crate::record!(@field [$(#[doc = $doc])+ $vis struct $name($noun)] [$($(($key, $instead))*)?] [] $($body)*);
    };

    (@field $head:tt $computed:tt [$($done:tt)*]
     $(#[doc = $doc:literal])+ required $field:ident: $type:ty, $($rest:tt)*) => {
        $crate::record!(@field $head $computed
            [$($done)* {[$(#[doc = $doc])+] required $field [$type] [$type]}] $($rest)*);
    };
    (@field $head:tt $computed:tt [$($done:tt)*]
     $(#[doc = $doc:literal])+ $field:ident: Vec<$type:ty>, $($rest:tt)*) => {
        $crate::record!(@field $head $computed
            [$($done)* {[$(#[doc = $doc])+] several $field [Vec<$type>] [Vec<$type>]}] $($rest)*);
    };
    (@field $head:tt $computed:tt [$($done:tt)*]
     $(#[doc = $doc:literal])+ $field:ident: Keyed<$type:ty>, $($rest:tt)*) => {
        $crate::record!(@field $head $computed
            [$($done)* {[$(#[doc = $doc])+] several $field [$crate::record::decode::Keyed<$type>]
                [$crate::record::decode::Keyed<$type>]}] $($rest)*);
    };
    (@field $head:tt $computed:tt [$($done:tt)*]
     $(#[doc = $doc:literal])+ $field:ident: Named<$type:ty>, $($rest:tt)*) => {
        $crate::record!(@field $head $computed
            [$($done)* {[$(#[doc = $doc])+] several $field [$crate::record::decode::Named<$type>]
                [$crate::record::decode::Named<$type>]}] $($rest)*);
    };
    (@field $head:tt $computed:tt [$($done:tt)*]
     $(#[doc = $doc:literal])+ $field:ident: Words, $($rest:tt)*) => {
        $crate::record!(@field $head $computed
            [$($done)* {[$(#[doc = $doc])+] several $field [$crate::record::decode::Words]
                [$crate::record::decode::Words]}] $($rest)*);
    };
    (@field $head:tt $computed:tt [$($done:tt)*]
     $(#[doc = $doc:literal])+ $field:ident: $type:ty, $($rest:tt)*) => {
        $crate::record!(@field $head $computed
            [$($done)* {[$(#[doc = $doc])+] optional $field [$type] [Option<$type>]}] $($rest)*);
    };

    (@field [$(#[doc = $doc:literal])+ $vis:vis struct $name:ident($noun:literal)] [$(($key:ident, $instead:literal))*]
     [$({[$(#[doc = $field_doc:literal])+] $kind:ident $field:ident [$type:ty] [$slot:ty]})*]) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug, PartialEq)]
        $vis struct $name {
            $($(#[doc = $field_doc])+ pub $field: $slot,)*
            /// Where the record stands: its key, or for an item of a list its first field.
            pub span: $crate::diagnostic::Span,
        }

        impl $name {
            /// The fields, for the format reference.
            pub const FIELDS: &'static [$crate::record::decode::Field] = &[
                $($crate::record::decode::Field {
                    name: $crate::record::decode::plain_name(stringify!($field)),
                    form: <$type as $crate::record::decode::Decode>::FORM,
                    shape: <$type as $crate::record::decode::Decode>::SHAPE,
                    doc: concat!($($field_doc, "\n"),+),
                    required: $crate::record!(@is_required $kind),
                    fields: <$type as $crate::record::decode::Decode>::fields,
                },)*
            ];

            /// What the record is, for the format reference.
            pub const DOC: &'static str = concat!($($doc, "\n"),+);

            const FORMAT: $crate::record::decode::RecordFormat = $crate::record::decode::RecordFormat {
                noun: $noun,
                fields: Self::FIELDS,
                computed: &[$(($crate::record::decode::plain_name(stringify!($key)), $instead)),*],
            };

            fn walk(
                walk: $crate::record::decode::Walk<'_>,
                found: &mut $crate::diagnostic::Diagnostics,
            ) -> Option<Self> {
                $(let $field = $crate::record!(@read $kind walk $field found);)*
                // Every field has been read and its faults reported before the record is given up.
                if !walk.is_complete() {
                    return None;
                }
                Some(Self { $($field: $crate::record!(@take $kind $field),)* span: walk.anchor() })
            }
        }

        impl $crate::record::decode::Decode for $name {
            const FORM: &'static str = concat!("the fields of: ", $noun);

            fn fields() -> &'static [$crate::record::decode::Field] {
                Self::FIELDS
            }

            fn decode(
                node: &$crate::source::node::Node,
                found: &mut $crate::diagnostic::Diagnostics,
            ) -> Option<Self> {
                let walk = $crate::record::decode::Walk::begin(node, None, &Self::FORMAT, found)?;
                Self::walk(walk, found)
            }

            fn decode_under(
                key: $crate::diagnostic::Span,
                node: &$crate::source::node::Node,
                found: &mut $crate::diagnostic::Diagnostics,
            ) -> Option<Self> {
                let walk = $crate::record::decode::Walk::begin(node, Some(key), &Self::FORMAT, found)?;
                Self::walk(walk, found)
            }
        }
    };

    (@is_required required) => { true };
    (@is_required $other:ident) => { false };
    (@read required $walk:ident $field:ident $found:ident) => {
        $walk.required($crate::record::decode::plain_name(stringify!($field)), $found)
    };
    (@read $other:ident $walk:ident $field:ident $found:ident) => {
        $walk.optional($crate::record::decode::plain_name(stringify!($field)), $found)
    };
    (@take required $field:ident) => { $field? };
    (@take several $field:ident) => { $field.unwrap_or_default() };
    (@take optional $field:ident) => { $field };
}
