//! Generation moment by moment on a real network: nothing waits that could go on.
//!
//! Comes in: a generator, a list of nodes. Goes out: a plan along the clock. Of large projects its plans, once justified,
//! are mostly shorter than those of serial generation by the same list (`examples/beside_taskjuggler
//! --rules`), not always. Not here: where a single node fits ([`super::generator`]).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::generator::Calendars;
use crate::plan::levelling::Plan;
use crate::quantity::Instant;

impl Calendars<'_> {
    /// Of what waits for nothing more, the most urgent comes next; of those, what can begin first; of those, the first in
    /// the list. Returns the last finish.
    ///
    /// What is free only shrinks, so a start once found is a lower bound, and is looked for again when its turn comes.
    pub(super) fn pass_in_step(&mut self, list: &[u32], plan: &mut Plan) -> i64 {
        self.start_over();
        let mut places = vec![0; list.len()];
        for (place, node) in list.iter().enumerate() {
            places[*node as usize] = place;
        }
        let is_settled = |node: u32, own: &Self| own.is_settled[node as usize];
        let mut left: Vec<usize> = vec![0; list.len()];
        self.list.clear();
        for &node in list {
            if is_settled(node, self) {
                self.list.push(node);
                continue;
            }
            let before = self.network.predecessors(node).iter();
            left[node as usize] = before.filter(|before| !is_settled(**before, self)).count();
        }
        let mut open: BinaryHeap<Turn> = (list.iter())
            .filter(|node| !is_settled(**node, self) && left[**node as usize] == 0)
            .map(|node| self.turn(*node, Instant(i64::MIN), &places))
            .collect();
        while let Some(Reverse((_, known, place))) = open.pop() {
            let number = list[place];
            let node = number as usize;
            self.try_place(node);
            let at = self.early.resume[node];
            if at > known && !self.supply.parts[node].is_empty() {
                open.push(self.turn(number, at, &places));
                continue;
            }
            self.settle(node);
            self.list.push(number);
            for &next in self.network.successors(number).iter().filter(|next| !is_settled(**next, self)) {
                left[next as usize] -= 1;
                if left[next as usize] == 0 {
                    open.push(self.turn(next, at, &places));
                }
            }
        }
        self.write(plan)
    }

    fn turn(&self, node: u32, at: Instant, places: &[usize]) -> Turn {
        Reverse((Reverse(self.urgency[node as usize]), at, places[node as usize]))
    }
}

/// When a node is looked at: the least comes first of its urgency (the greater the earlier), its start, its place in the
/// list.
type Turn = Reverse<(Reverse<u32>, Instant, usize)>;

#[cfg(test)]
mod tests {
    use crate::model::Assignee;
    use crate::plan::hands::generator::Calendars;
    use crate::plan::hands::supply::Supply;
    use crate::plan::levelling::{Generator, Plan};
    use crate::plan::sketch::{Sketch, date};
    use crate::plan::{Engine, Facts};
    use crate::quantity::Instant;

    /// By the list, Tom's four days come before his three and wait for Anna's two, in which he cannot do the three: nine
    /// days. Moment by moment he begins with the three: seven.
    #[test]
    fn nobody_waits_who_could_go_on() {
        let mut sketch = Sketch::starting("2026-11-02", &[]);
        let tom = Assignee::Person(sketch.person("tom", &[]));
        let anna = Assignee::Person(sketch.person("anna", &[]));
        sketch.work("before", "2d", &[]).assign(anna, 100);
        sketch.work("long", "4d", &["before"]).assign(tom, 100);
        sketch.work("other", "3d", &[]).assign(tom, 100);
        let engine = Engine::new(&sketch.project);
        let (pass, early) = engine.early(&Facts::none(&sketch.project));
        let supply = Supply::of(&engine, &pass.network, &[]);
        let mut generator = Calendars::new(&sketch.project, pass.clone(), early, supply).unwrap();
        let list: Vec<u32> = ["before", "long", "other"].map(|name| sketch.number(name).0).to_vec();
        let mut plan = Plan::blank(list.len());
        let by_list = generator.forward(&list, &mut plan);
        assert_eq!(Instant(by_list).last_day(), date("2026-11-12"));
        let in_step = generator.forward_in_step(&list, &mut plan);
        assert_eq!(Instant(in_step).last_day(), date("2026-11-10"));
    }
}
