//! Work that may be interrupted: it goes on whenever all its people are free, in pieces worth beginning.
//!
//! Comes in: a node that may be cut, where its links allow it. Goes out: the pieces it is done in, none shorter than a
//! working day but the rest of it. Forward each begins as early as it can and lasts as long as all are free; backward is
//! the mirror image. A node that fits in one piece is none of this room's business.

use super::Calendars;
use crate::model::{ConstraintKind, Project};
use crate::plan::critical_path::Pass;
use crate::plan::hands::free::{Free, Shortage};
use crate::quantity::Instant;

/// A stretch in which an interrupted node is worked on.
#[derive(Clone, Copy, Debug)]
pub(in crate::plan::hands) struct Piece {
    pub(in crate::plan::hands) from: Instant,
    /// Minutes done in it.
    pub(in crate::plan::hands) needs: i64,
    pub(in crate::plan::hands) finish: Instant,
    /// Who was not free before it; counted back, who is not after it.
    pub(super) shortage: Option<Shortage>,
}

/// The least piece of each node, in working minutes: a working day of its calendar. None where it is not to be cut:
/// it may not, levelling does not move it, it runs by the clock, or there is no more of it than that.
pub(super) fn least_pieces(project: &Project, pass: &Pass<'_>, may_wait: &[bool]) -> Vec<Option<i64>> {
    let least = |node: usize| least_piece(project, pass, node).filter(|_| may_wait[node]);
    (0..may_wait.len())
        .map(|node| least(node).filter(|least| pass.standings[node].needs() > *least))
        .collect()
}

/// The least piece of a node, in working minutes, however much there is of it; none where it may not be interrupted.
pub(in crate::plan::hands) fn least_piece(project: &Project, pass: &Pass<'_>, node: usize) -> Option<i64> {
    let task = project.tasks.get(node).filter(|task| project.may_split(task))?;
    let day = project.calendars[task.calendar].work_time.minutes_per_day.max(1);
    (!pass.network.nodes[node].elapsed).then_some(day)
}

impl Free<'_> {
    /// The first piece from an instant on of a node that needs so many minutes more, none to be shorter than the least but the
    /// rest of it; and who ends it. Else who never is free for one.
    pub(in crate::plan::hands) fn piece(
        &mut self,
        node: usize,
        from: Instant,
        (least, left): (i64, i64),
    ) -> Result<(Piece, Option<Shortage>), usize> {
        let (fit, shortage) = self.first_fit(node, from, least.min(left))?;
        let begin = self.network.begin(node, fit);
        let (most, ended_by) = self.most_from(node, begin, left);
        let needs = most.max(least.min(left));
        let finish = self.network.end(node, begin, needs);
        Ok((Piece { from: begin, needs, finish, shortage }, ended_by))
    }

    /// The most minutes, up to so many, for which all people of a node are free from an instant on, and who is not then.
    fn most_from(&mut self, node: usize, from: Instant, wanted: i64) -> (i64, Option<Shortage>) {
        let (mut most, mut ended_by) = (wanted, None);
        for place in 0..self.supply.parts[node].len() {
            let part = self.supply.parts[node][place];
            let window = (from, part.end(self.network, node, from, most));
            if let Some(minute) = self.first_conflict(part, window) {
                let until = self.supply.resources[part.resource].axis.start_at(minute);
                most = most.min(self.network.times[part.time].between(from, until));
                ended_by = Some(Shortage { resource: part.resource, minute });
            }
        }
        (most, ended_by)
    }
}

impl Calendars<'_> {
    /// Lays a node in pieces where one would not do; says whether it did, or whether somebody never suffices.
    pub(super) fn hold_in_pieces(&mut self, node: usize) -> bool {
        let logic = self.early.resume[node];
        let Some(least) = self.least_piece[node] else { return false };
        let mut pieces = std::mem::take(&mut self.pieces[node]);
        if self.keep_late(node, &mut pieces) {
            self.pieces[node] = pieces;
            return true;
        }
        let fits = self.cut(node, (logic, least), &mut pieces);
        if let Err(resource) = fits {
            pieces.clear();
            self.is_misfit[node] = Some(resource);
        } else if pieces.len() > 1 {
            self.shortages[node] = pieces[0].shortage;
            self.hold_at(node, pieces[0].from);
            let finish = pieces[pieces.len() - 1].finish;
            if self.early.resume[node] < pieces[0].from || self.finishes_not_after(node, finish) {
                pieces.clear();
                self.pass.levelled.held[node] = None;
                self.pass.place(node, &mut self.early);
            } else {
                self.early.finish[node] = finish;
            }
        } else {
            pieces.clear();
        }
        self.pieces[node] = pieces;
        fits.is_err() || !self.pieces[node].is_empty()
    }

    /// Fills the pieces with those that were found on the way back, if they still fit.
    fn keep_late(&mut self, node: usize, pieces: &mut Vec<Piece>) -> bool {
        pieces.clear();
        pieces.extend(self.late_pieces.get(node).into_iter().flatten());
        let [first, .., last] = pieces[..] else { return false };
        // What is tied by its finish is tied by that of the last piece: all of it lasts as long as work without pauses would.
        let standing = self.pass.standings[node];
        let span = self.pass.network.most_between(node, first.from, last.finish);
        self.pass.standings[node] = standing.with_needs(span);
        self.pass.place(node, &mut self.early);
        self.pass.standings[node] = standing;
        let is_there = self.early.resume[node] == first.from && !self.finishes_not_after(node, last.finish);
        if !is_there || !pieces.iter().all(|piece| self.is_free(node, piece.from, piece.needs)) {
            self.pass.place(node, &mut self.early);
            return false;
        }
        // Piece by piece, who is not free after one is not free before the next.
        let mut ended_by = None;
        for piece in pieces.iter_mut() {
            ended_by = std::mem::replace(&mut piece.shortage, ended_by);
        }
        for place in 1..pieces.len() {
            let pause = (pieces[place - 1].finish, pieces[place].from);
            let busy = pieces[place].shortage.or_else(|| self.busy_between(node, pause));
            if busy.is_none() {
                // Nobody is busy there any more: there is no reason to stop.
                self.pass.place(node, &mut self.early);
                return false;
            }
            pieces[place].shortage = busy;
        }
        self.early.finish[node] = last.finish;
        self.shortages[node] = None;
        true
    }

    /// Who of a node's people is the last that is not free in a span; none where all are.
    fn busy_between(&mut self, node: usize, span: (Instant, Instant)) -> Option<Shortage> {
        (0..self.supply.parts[node].len()).find_map(|place| {
            let part = self.supply.parts[node][place];
            let end = self.last_conflict(part, span).filter(|end| *end < i64::MAX)?;
            Some(Shortage { resource: part.resource, minute: end - 1 })
        })
    }

    /// Says whether all people of a node are free for so many minutes from an instant on.
    fn is_free(&mut self, node: usize, from: Instant, needs: i64) -> bool {
        (0..self.supply.parts[node].len()).all(|place| {
            let part = self.supply.parts[node][place];
            let window = (from, self.end_of(node, part, from, needs));
            self.last_conflict(part, window).is_none()
        })
    }

    /// Says whether a hard constraint forbids a finish.
    fn finishes_not_after(&self, node: usize, finish: Instant) -> bool {
        let mut bounds = self.pass.early_bounds(node);
        bounds.any(|bound| bound.kind == ConstraintKind::FinishesNotAfter && bound.at < finish)
    }

    /// Fills the pieces from an instant on; else gives who never suffices.
    fn cut(
        &mut self,
        node: usize,
        (from, least): (Instant, i64),
        pieces: &mut Vec<Piece>,
    ) -> Result<(), usize> {
        pieces.clear();
        let mut left = self.pass.standings[node].needs();
        let mut at = from;
        let mut ended_by = None;
        while left > 0 {
            let (mut piece, end) = self.free().piece(node, at, (least, left))?;
            // Where people work at different times, whoever is not free may be so again when the others are done.
            piece.shortage = piece.shortage.or(ended_by);
            ended_by = end;
            pieces.push(piece);
            left -= piece.needs;
            at = piece.finish;
        }
        Ok(())
    }

    /// Fills the pieces of a node that is to end by its late finish, and moves its late dates there; not farther back than
    /// `far`, where only the order counts.
    pub(super) fn cut_backward(&mut self, node: usize, least: i64, far: Instant) {
        let mut pieces = std::mem::take(&mut self.pieces[node]);
        pieces.clear();
        let mut left = self.pass.standings[node].needs();
        let mut at = self.late.finish[node];
        let mut ended_by = None;
        while left > 0 {
            let fit = self.last_fit(node, (at, least.min(left)), far);
            let begin = self.pass.network.begin_for(node, at, left);
            let (mut from, end, shortage) = fit.unwrap_or((begin, at, None));
            let shortage = shortage.or(ended_by);
            let mut needs = left;
            if end < far {
                from = self.pass.network.begin_for(node, end, left);
            } else if fit.is_some() {
                (needs, ended_by) = self.most_until(node, end, left);
                needs = needs.max(least.min(left));
                // Of people who work at different times, not all may be free as long as counted back from the end.
                let begin = self.pass.network.begin_for(node, end, needs);
                if self.is_free(node, begin, needs) {
                    from = begin;
                } else {
                    needs = least.min(left);
                }
            }
            pieces.push(Piece { from, needs, finish: end, shortage });
            left -= needs;
            at = self.pass.network.last_end(node, from);
        }
        pieces.reverse();
        self.late.finish[node] = pieces.last().map_or(at, |piece| piece.finish);
        self.late.resume[node] = pieces.first().map_or(at, |piece| piece.from);
        self.late_shortages[node] = pieces.last().and_then(|piece| piece.shortage);
        self.pieces[node] = pieces;
    }

    /// The most minutes, up to so many, for which all people of a node are free until an instant, and who is not before.
    fn most_until(&mut self, node: usize, until: Instant, wanted: i64) -> (i64, Option<Shortage>) {
        let (mut most, mut ended_by) = (wanted, None);
        for place in 0..self.supply.parts[node].len() {
            let part = self.supply.parts[node][place];
            let window = (self.begin_of(node, part, until, most), until);
            if let Some(minute) = self.last_conflict(part, window) {
                let from = self.supply.resources[part.resource].axis.finish_at(minute);
                most = most.min(self.pass.network.times[part.time].between(from, until));
                ended_by = Some(Shortage { resource: part.resource, minute: minute - 1 });
            }
        }
        (most, ended_by)
    }
}
