//! The faces that documents are set in: those built into the program, and those that a theme brings along.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::text::Font;

use crate::theme::Theme;

/// The faces that are built in. The last ones stand in for letters that the first do not have.
const FILES: &[&[u8]] = &[
    include_bytes!("../../themes/fonts/SourceSans3-Regular.ttf"),
    include_bytes!("../../themes/fonts/SourceSans3-SemiBold.ttf"),
    include_bytes!("../../themes/fonts/SourceSans3-Italic.ttf"),
    include_bytes!("../../themes/fonts/DejaVuSansMono.ttf"),
    include_bytes!("../../themes/fonts/DejaVuSans.ttf"),
];

static BUILT_IN: LazyLock<Vec<Font>> =
    LazyLock::new(|| FILES.iter().flat_map(|file| Font::iter(Bytes::new(*file))).collect());

/// All faces that a document of a theme can use: its own first.
pub(super) fn of(theme: &Theme) -> Vec<Font> {
    let own = theme
        .paper()
        .iter()
        .filter(|(path, _)| path.starts_with("fonts/"))
        .flat_map(|(_, bytes)| Font::iter(Bytes::new(bytes.clone())));
    own.chain(BUILT_IN.iter().cloned()).collect()
}
