//! The `record!` macro: one declaration gives a record's struct, how it is read, and its page of the format reference.

/// Declares a record: its struct, how it is read, and its page of the format reference.
///
/// `required` fields have their plain type, `Vec`, `Keyed`, `Named` and `Words` are empty when absent, all other
/// fields become an `Option`. Keys that are Rust keywords are written `r#for`; `lasts as "span": …` gives a field
/// another name than its key. The struct gets two more fields, `span` and `unreadable`. `computed` lists keys that people like to type but that follow from others.
#[macro_export]
macro_rules! record {
    ($(#[doc = $doc:literal])+ $vis:vis struct $name:ident($noun:literal) { $($body:tt)* }
     $(computed { $($key:ident: $instead:literal),* $(,)? })?) => {
        $crate::record!(@field [$(#[doc = $doc])+ $vis struct $name($noun)] [$($(($key, $instead))*)?] [] $($body)*);
    };

    (@field $head:tt $computed:tt [$($done:tt)*]
     $(#[doc = $doc:literal])+ required $field:ident: $type:ty, $($rest:tt)*) => {
        $crate::record!(@field $head $computed
            [$($done)* {[$(#[doc = $doc])+] required $field [$crate::record::decode::plain_name(stringify!($field))]
                [$type] [$type]}] $($rest)*);
    };
    (@field $head:tt $computed:tt [$($done:tt)*]
     $(#[doc = $doc:literal])+ $field:ident: Vec<$type:ty>, $($rest:tt)*) => {
        $crate::record!(@field $head $computed
            [$($done)* {[$(#[doc = $doc])+] several $field [$crate::record::decode::plain_name(stringify!($field))]
                [Vec<$type>] [Vec<$type>]}] $($rest)*);
    };
    (@field $head:tt $computed:tt [$($done:tt)*]
     $(#[doc = $doc:literal])+ $field:ident: Keyed<$type:ty>, $($rest:tt)*) => {
        $crate::record!(@field $head $computed
            [$($done)* {[$(#[doc = $doc])+] several $field [$crate::record::decode::plain_name(stringify!($field))]
                [$crate::record::decode::Keyed<$type>] [$crate::record::decode::Keyed<$type>]}] $($rest)*);
    };
    (@field $head:tt $computed:tt [$($done:tt)*]
     $(#[doc = $doc:literal])+ $field:ident: Named<$type:ty>, $($rest:tt)*) => {
        $crate::record!(@field $head $computed
            [$($done)* {[$(#[doc = $doc])+] several $field [$crate::record::decode::plain_name(stringify!($field))]
                [$crate::record::decode::Named<$type>] [$crate::record::decode::Named<$type>]}] $($rest)*);
    };
    (@field $head:tt $computed:tt [$($done:tt)*]
     $(#[doc = $doc:literal])+ $field:ident: Dated<$type:ty>, $($rest:tt)*) => {
        $crate::record!(@field $head $computed
            [$($done)* {[$(#[doc = $doc])+] several $field [$crate::record::decode::plain_name(stringify!($field))]
                [$crate::record::decode::Dated<$type>] [$crate::record::decode::Dated<$type>]}] $($rest)*);
    };
    (@field $head:tt $computed:tt [$($done:tt)*]
     $(#[doc = $doc:literal])+ $field:ident: Words, $($rest:tt)*) => {
        $crate::record!(@field $head $computed
            [$($done)* {[$(#[doc = $doc])+] several $field [$crate::record::decode::plain_name(stringify!($field))]
                [$crate::record::decode::Words] [$crate::record::decode::Words]}] $($rest)*);
    };
    (@field $head:tt $computed:tt [$($done:tt)*]
     $(#[doc = $doc:literal])+ $field:ident as $key:literal: $type:ty, $($rest:tt)*) => {
        $crate::record!(@field $head $computed
            [$($done)* {[$(#[doc = $doc])+] optional $field [$key]
                [$type] [Option<$type>]}] $($rest)*);
    };
    (@field $head:tt $computed:tt [$($done:tt)*]
     $(#[doc = $doc:literal])+ $field:ident: $type:ty, $($rest:tt)*) => {
        $crate::record!(@field $head $computed
            [$($done)* {[$(#[doc = $doc])+] optional $field [$crate::record::decode::plain_name(stringify!($field))]
                [$type] [Option<$type>]}] $($rest)*);
    };

    (@field [$(#[doc = $doc:literal])+ $vis:vis struct $name:ident($noun:literal)] [$(($key:ident, $instead:literal))*]
     [$({[$(#[doc = $field_doc:literal])+] $kind:ident $field:ident [$key_of:expr] [$type:ty] [$slot:ty]})*]) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug, PartialEq)]
        $vis struct $name {
            $($(#[doc = $field_doc])+ pub $field: $slot,)*
            /// Where the record stands: its key, or for an item of a list its first field.
            pub span: $crate::diagnostic::Span,
            /// Keys of fields that are written but could not be read. They have been reported; what would follow
            /// from their absence is not reported again.
            pub unreadable: Vec<&'static str>,
        }

        impl $name {
            /// The fields, for the format reference.
            pub const FIELDS: &'static [$crate::record::decode::Field] = &[
                $($crate::record::decode::Field {
                    name: $key_of,
                    form: <$type as $crate::record::decode::Decode>::FORM,
                    shape: <$type as $crate::record::decode::Decode>::SHAPE,
                    doc: concat!($($field_doc, "\n"),+),
                    words: <$type as $crate::record::decode::Decode>::WORDS,
                    spelling: <$type as $crate::record::decode::Decode>::SPELLING,
                    keys: <$type as $crate::record::decode::Decode>::KEYS,
                    is_open: <$type as $crate::record::decode::Decode>::IS_OPEN,
                    required: $crate::record!(@is_required $kind),
                    fields: <$type as $crate::record::decode::Decode>::fields,
                },)*
            ];

            /// What the record is, for the format reference.
            pub const DOC: &'static str = concat!($($doc, "\n"),+);

            fn walk(
                walk: $crate::record::decode::Walk<'_>,
                found: &mut $crate::diagnostic::Diagnostics,
            ) -> Option<Self> {
                $(let $field = $crate::record!(@read $kind walk ($key_of) found);)*
                // Every field has been read and its faults reported before the record is given up.
                if !walk.is_complete() {
                    return None;
                }
                Some(Self { $($field: $crate::record!(@take $kind $field),)* span: walk.anchor(),
                    unreadable: walk.unreadable() })
            }
        }

        impl $crate::record::decode::Record for $name {
            const FORMAT: $crate::record::decode::RecordFormat = $crate::record::decode::RecordFormat {
                noun: $noun,
                fields: Self::FIELDS,
                computed: &[$(($crate::record::decode::plain_name(stringify!($key)), $instead)),*],
            };
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
                let walk = $crate::record::decode::Walk::begin(node, None, &<Self as $crate::record::decode::Record>::FORMAT, found)?;
                Self::walk(walk, found)
            }

            fn decode_under(
                key: $crate::diagnostic::Span,
                node: &$crate::source::node::Node,
                found: &mut $crate::diagnostic::Diagnostics,
            ) -> Option<Self> {
                let walk = $crate::record::decode::Walk::begin(node, Some(key), &<Self as $crate::record::decode::Record>::FORMAT, found)?;
                Self::walk(walk, found)
            }

            fn stand_in(at: $crate::diagnostic::Span) -> Option<Self> {
                let kind = $crate::source::node::NodeKind::Empty;
                let nothing = $crate::source::node::Node { kind, span: at };
                Self::decode(&nothing, &mut $crate::diagnostic::Diagnostics::default())
            }

            fn each_text(&mut self, change: &mut dyn FnMut(&mut String)) {
                $($crate::record!(@texts $kind self $field change);)*
            }
        }
    };

    (@is_required required) => { true };
    (@is_required $other:ident) => { false };
    (@read required $walk:ident $key_of:tt $found:ident) => { $walk.required($key_of, $found) };
    (@read $other:ident $walk:ident $key_of:tt $found:ident) => { $walk.optional($key_of, $found) };
    (@texts optional $self:ident $field:ident $change:ident) => {
        $self.$field.iter_mut().for_each(|value| $crate::record::decode::Decode::each_text(value, $change))
    };
    (@texts $kind:ident $self:ident $field:ident $change:ident) => {
        $crate::record::decode::Decode::each_text(&mut $self.$field, $change)
    };
    (@take required $field:ident) => { $field? };
    (@take several $field:ident) => { $field.unwrap_or_default() };
    (@take optional $field:ident) => { $field };
}
