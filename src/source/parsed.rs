//! The tree of a file that is read several times: with its project, and again for each option of a decision and each change that
//! waits, and by who follows a folder each time another file is saved.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use super::disk::SourceFile;
use super::node::{Entry, Node, NodeKind};
use super::yaml;
use crate::diagnostic::{Diagnostics, FileId, Span, Spanned};

/// What a text was read to; all copies of a file share it. Two files are equal by what stands in them.
#[derive(Clone, Debug, Default)]
pub(super) struct Parsed(Arc<OnceLock<Option<Node>>>);

impl PartialEq for Parsed {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Parsed {}

impl Parsed {
    /// The tree of a text as [`yaml::parse`] gives it for a file of this number. A text with findings is read each time, so that they are
    /// told each time.
    pub(super) fn tree(&self, file: FileId, text: &str, found: &mut Diagnostics) -> Option<Cow<'_, Node>> {
        let mut first = None;
        let known = self.0.get_or_init(|| {
            let mut local = Diagnostics::default();
            let tree = yaml::parse(file, text, &mut local);
            if local.is_empty() {
                return tree;
            }
            first = Some((tree, local));
            None
        });
        match (known, first) {
            (Some(tree), _) if tree.span.file == file => Some(Cow::Borrowed(tree)),
            (Some(tree), _) => Some(Cow::Owned(tree.in_file(file))),
            (None, Some((tree, local))) => {
                found.extend(local);
                tree.map(Cow::Owned)
            }
            (None, None) => yaml::parse(file, text, found).map(Cow::Owned),
        }
    }
}

impl SourceFile {
    /// The tree of its text, which is YAML; see [`yaml::parse`].
    pub fn yaml(&self, id: FileId, found: &mut Diagnostics) -> Option<Cow<'_, Node>> {
        self.parsed.tree(id, &self.text, found)
    }
}

impl Node {
    /// The same tree in a file of another number.
    fn in_file(&self, file: FileId) -> Self {
        let at = |span: Span| Span { file, ..span };
        let kind = match &self.kind {
            NodeKind::Empty => NodeKind::Empty,
            NodeKind::Scalar { text, style } => NodeKind::Scalar { text: text.clone(), style: *style },
            NodeKind::List(items) => NodeKind::List(items.iter().map(|item| item.in_file(file)).collect()),
            NodeKind::Map(entries) => NodeKind::Map(
                entries
                    .iter()
                    .map(|entry| Entry {
                        key: Spanned::new(entry.key.value.clone(), at(entry.key.span)),
                        value: entry.value.in_file(file),
                    })
                    .collect(),
            ),
        };
        Self { kind, span: at(self.span) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str) {
        let parsed = Parsed::default();
        for file in [FileId(3), FileId(3), FileId(7), FileId(3)] {
            let (mut found, mut known) = (Diagnostics::default(), Diagnostics::default());
            let tree = parsed.clone().tree(file, text, &mut found).map(Cow::into_owned);
            assert_eq!(tree, yaml::parse(file, text, &mut known), "{text}");
            assert_eq!(found, known, "{text}");
        }
    }

    #[test]
    fn a_text_read_again_gives_the_same_tree_and_the_same_findings() {
        check("");
        check("tasks:\n  build: {duration: 5d, after: [design, 'test']}\n  note: |\n    two\n    lines\n");
        check("name: A\nname: B\n");
        check("after: [design, survey\n");
        check("\tname: A\n");
    }
}
