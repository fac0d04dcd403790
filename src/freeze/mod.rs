//! Frozen records as text: a baseline from a plan, a snapshot from a report, the document of a decided gate, each sealed with
//! its digest.
//!
//! Comes in: a computed project, or the words of a document. Goes out: the text of `baselines/NAME.yaml`,
//! `snapshots/DATE.yaml` or `gates/frozen/GATE-DATE.yaml`, and who may allow a baseline. Not here: whether a file of that name exists already, writing it, checking it later.

mod authority;
mod baseline;
mod gate;
mod snapshot;

pub use authority::{Authority, AuthorityFault, authorities, authority_of};
pub use baseline::{BaselineHead, baseline};
pub use gate::{GateHead, gate};
pub use snapshot::{Occasion, snapshot};

use crate::diagnostic::{Diagnostics, FileId};
use crate::quantity::{Amount, Currency, Measure, Money};
use crate::source::canonical::{DIGEST_KEY, digest_of};
use crate::source::yaml;

/// Puts the digest of both parts between them; none where they cannot be read back, which would be our bug.
fn sealed(head: &str, body: &str) -> Option<String> {
    let mut found = Diagnostics::default();
    let node = yaml::parse(FileId(0), &format!("{head}{body}"), &mut found)?;
    found.is_empty().then(|| format!("{head}{DIGEST_KEY}: {}\n{body}", digest_of(&node)))
}

fn money(amount: Amount, currency: Currency) -> String {
    Money { amount, currency }.to_string()
}

/// A number to the thousandth without zeros behind: `66.765`, `80`.
fn number(measure: &Measure) -> String {
    let (whole, part) = (measure.thousandths.abs() / 1_000, measure.thousandths.abs() % 1_000);
    let sign = if measure.thousandths < 0 { "-" } else { "" };
    if part == 0 {
        return format!("{sign}{whole}");
    }
    format!("{sign}{whole}.{}", format!("{part:03}").trim_end_matches('0'))
}
