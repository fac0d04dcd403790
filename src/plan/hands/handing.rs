//! Whose heads a node goes on with, stretch by stretch.
//!
//! Comes in: when nodes use a resource, and how many heads of it there are. Goes out: who hands heads over to whom, and when
//! the second begins to use them. Not here: what that means for the two ([`super::chains`]).
//!
//! Once all that is handed over stays in order, heads serve one after the other whoever slips: a node keeps the heads that
//! it has, but for the time in which it is away by its calendar. Then another may use them, and the two may take turns.

use std::collections::BTreeMap;

/// One stretch, on the axis of a resource, in which a node uses heads of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    pub(super) node: usize,
    pub(super) from: i64,
    pub(super) to: i64,
    pub(super) demand: i64,
}

/// Heads pass from one node to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Handing {
    pub(super) from: usize,
    pub(super) to: usize,
    /// The minute from which on the second uses them; the first is done by then.
    pub(super) minute: i64,
}

/// Some heads of a resource, which have the same past.
#[derive(Clone, Debug)]
struct Heads {
    units: i64,
    /// The end of the last stretch that used them.
    until: i64,
    /// Who uses them; several take turns.
    users: Vec<usize>,
    /// Who used them before, or was done while the users took turns.
    before: Vec<usize>,
}

/// Who hands heads over to whom, in order of time. A node goes on with the heads that it had. Of others it takes those that
/// nobody has used yet first, then those that have been free the longest, then those of nodes that are away for as long as it
/// needs them, last those of nodes that are away for the moment; these look for others when they come back. `total` says how
/// many there are in a minute. What overbooks a resource hands nothing over.
pub(super) fn handed_over(mut stretches: Vec<Stretch>, total: impl Fn(i64) -> i64) -> Vec<Handing> {
    stretches.sort_by_key(|stretch| (stretch.from, stretch.node));
    let presence = Presence::of(&stretches);
    let mut handed = Vec::new();
    let mut pool: Vec<Heads> = Vec::new();
    let mut known = 0;
    for stretch in stretches {
        let mut wanted = stretch.demand;
        while wanted > 0 {
            let ranked = (0..pool.len()).filter_map(|place| {
                let heads = &pool[place];
                Some((presence.rank(heads, stretch)?, heads.until, heads.users.as_slice(), place))
            });
            let best = ranked.min().map(|(rank, _, _, place)| (rank, place));
            let fresh = (total(stretch.from) - known).clamp(0, wanted);
            let mut heads = match best {
                Some((Rank::Own, place)) => take(&mut pool, place, wanted),
                _ if fresh > 0 => {
                    known += fresh;
                    Heads::unused(fresh)
                }
                Some((_, place)) => take(&mut pool, place, wanted),
                None => {
                    known += wanted;
                    Heads::unused(wanted)
                }
            };
            wanted -= heads.units;
            handed.extend(presence.pass_on(&mut heads, stretch));
            pool.push(heads);
        }
    }
    handed
}

impl Heads {
    fn unused(units: i64) -> Self {
        Self { units, until: i64::MIN, users: Vec::new(), before: Vec::new() }
    }
}

/// How well heads suit a stretch, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// The node has them already.
    Own,
    /// All who used them are done.
    Free,
    /// Who uses them is away for as long as the node needs them.
    Lent,
    /// Who uses them is away for the moment.
    Left,
}

/// When each node uses a resource.
struct Presence(BTreeMap<usize, Uses>);

/// When a node uses a resource: where its stretches begin, in order of time, and where the last ends.
#[derive(Default)]
struct Uses {
    begins: Vec<i64>,
    end: i64,
}

impl Presence {
    fn of(stretches: &[Stretch]) -> Self {
        let mut by_node: BTreeMap<usize, Uses> = BTreeMap::new();
        for stretch in stretches {
            let uses = by_node.entry(stretch.node).or_default();
            uses.end = uses.begins.first().map_or(stretch.to, |_| uses.end.max(stretch.to));
            uses.begins.push(stretch.from);
        }
        Self(by_node)
    }

    /// When a node is next there from a minute on; none where it is done.
    fn back(&self, node: usize, minute: i64) -> Option<i64> {
        let begins = &self.0.get(&node)?.begins;
        begins.get(begins.partition_point(|from| *from < minute)).copied()
    }

    fn end(&self, node: usize) -> i64 {
        self.0.get(&node).map_or(i64::MIN, |uses| uses.end)
    }

    /// How well heads suit a stretch; none where they are in use.
    fn rank(&self, heads: &Heads, stretch: Stretch) -> Option<Rank> {
        if heads.until > stretch.from {
            return None;
        }
        if heads.users.contains(&stretch.node) {
            return Some(Rank::Own);
        }
        let back = heads.users.iter().filter_map(|node| self.back(*node, stretch.from)).min();
        Some(match back {
            None => Rank::Free,
            Some(back) if back >= self.end(stretch.node) => Rank::Lent,
            Some(_) => Rank::Left,
        })
    }

    /// Lets a stretch use heads, and says from whom they come.
    fn pass_on(&self, heads: &mut Heads, stretch: Stretch) -> Vec<Handing> {
        let is_new = !heads.users.contains(&stretch.node);
        let is_done = |node: &usize| *node != stretch.node && self.back(*node, stretch.from).is_none();
        let done: Vec<usize> = heads.users.extract_if(.., |node| is_done(node)).collect();
        let mut givers = done.clone();
        if is_new {
            let is_alone = heads.users.is_empty();
            givers.extend(heads.before.iter().filter(|_| !is_alone));
            if is_alone {
                heads.before.clear();
            }
            heads.users.push(stretch.node);
        }
        heads.before.extend(done);
        heads.until = stretch.to;
        let handing = |from| Handing { from, to: stretch.node, minute: stretch.from };
        givers.into_iter().map(handing).collect()
    }
}

/// Takes at most so many heads from a place of the pool.
fn take(pool: &mut Vec<Heads>, place: usize, wanted: i64) -> Heads {
    if pool[place].units <= wanted {
        return pool.remove(place);
    }
    pool[place].units -= wanted;
    Heads { units: wanted, ..pool[place].clone() }
}

#[cfg(test)]
mod tests {
    use super::{Handing, Stretch, handed_over};

    /// Nodes that use half of one head each, by when.
    fn halves(uses: &[(usize, i64, i64)]) -> Vec<(usize, usize, i64)> {
        let stretch = |(node, from, to): &(usize, i64, i64)| Stretch {
            node: *node,
            from: *from,
            to: *to,
            demand: 5_000,
        };
        let handed = handed_over(uses.iter().map(stretch).collect(), |_| 10_000);
        handed.into_iter().map(|Handing { from, to, minute }| (from, to, minute)).collect()
    }

    #[test]
    fn heads_that_nobody_has_used_come_first_then_those_free_the_longest() {
        assert_eq!(halves(&[(0, 0, 2), (1, 2, 4), (2, 4, 6), (3, 4, 6)]), [(0, 2, 4), (1, 3, 4)]);
    }

    /// Node 1 is there at 2 and 4 and done then; 2 has its heads at 3, and is done when it is back. Both come after node 0.
    #[test]
    fn who_borrows_heads_waits_for_who_had_them_before() {
        let uses = [(9, 0, 9), (0, 0, 2), (1, 2, 3), (2, 3, 4), (1, 4, 5), (3, 5, 6)];
        assert_eq!(halves(&uses), [(0, 1, 2), (0, 2, 3), (2, 1, 4), (1, 3, 5)]);
    }

    /// Node 1 is there at 0 and from 2 on in pieces; 2 goes on all the time from 1 on, with its heads. When node 1 is back,
    /// only those of node 0 are left.
    #[test]
    fn who_comes_back_to_heads_in_use_takes_others() {
        let uses = [(0, 0, 2), (1, 0, 1), (2, 1, 9), (1, 2, 3), (1, 4, 5), (3, 9, 10), (4, 9, 10)];
        assert_eq!(halves(&uses), [(0, 1, 2), (1, 3, 9), (1, 4, 9), (2, 4, 9)]);
    }

    #[test]
    fn what_overbooks_hands_nothing_over() {
        assert_eq!(halves(&[(0, 0, 2), (1, 0, 2), (2, 0, 2)]), []);
        assert_eq!(halves(&[]), []);
    }
}
