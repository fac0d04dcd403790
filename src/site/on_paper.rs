//! The documents of a site, each handed to paper.
//!
//! Comes in: a report and the outline of its site. Goes out: the PDF of each document, handed to a [`Sink`]. A document is set by
//! one thread from beginning to end. The typesetter would share out its parts among all threads, and a thread that waits for such a
//! part would begin with another document: then several stand half done in memory, and all of them take longer.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use rayon::ThreadPoolBuilder;

use super::outline::Outline;
use super::{SiteError, print};
use crate::output::Sink;
use crate::page::Address;
use crate::paper::{Printed, Sheet};
use crate::report::Report;
use crate::theme::Theme;

/// A document on its way to paper.
struct Handed {
    /// How many were handed out before it.
    place: usize,
    address: Address,
    printed: Printed,
}

/// Documents on their way, from which each thread takes its next.
type Queue = Arc<Mutex<Receiver<Handed>>>;

/// Sets every document and hands it on.
///
/// # Errors
/// The first document that cannot be printed or taken.
pub(super) fn write_documents(
    sink: &dyn Sink,
    (report, outline): (&Report, &Outline),
    theme: &Theme,
    sheet: Sheet,
) -> Result<(), SiteError> {
    let n_threads = rayon::current_num_threads().max(1);
    let (handing, taking) = sync_channel(n_threads);
    let queue: Queue = Arc::new(Mutex::new(taking));
    let set = |handed: &Handed| {
        let pdf = print(theme, &handed.printed, (&handed.address, sheet))?;
        Ok::<(), SiteError>(sink.add(handed.address.printed().path(), &pdf)?)
    };
    // No document behind the first that cannot be set is of use any more.
    let first_fault = AtomicUsize::new(usize::MAX);
    let set = |handed: &Handed| {
        let is_wanted = handed.place < first_fault.load(Ordering::Relaxed);
        let done = if is_wanted { set(handed) } else { Ok(()) };
        done.inspect_err(|_| {
            first_fault.fetch_min(handed.place, Ordering::Relaxed);
        })
    };
    thread::scope(|scope| {
        let setters: Vec<_> = (0..n_threads)
            .filter_map(|_| {
                let (queue, set) = (Arc::clone(&queue), &set);
                thread::Builder::new().spawn_scoped(scope, move || alone(|| set_all(&queue, set))).ok()
            })
            .collect();
        // Only the threads hold it: where all have panicked nothing waits for them.
        drop(queue);
        let mut faults = BTreeMap::new();
        if setters.is_empty() {
            // The system has no thread left.
            hand_out((report, outline), |handed| match set(&handed) {
                Ok(()) => true,
                Err(fault) => faults.insert(handed.place, fault).is_some(),
            });
        } else {
            hand_out((report, outline), |handed| handing.send(handed).is_ok());
        }
        drop(handing);
        for setter in setters {
            faults.extend(setter.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        faults.into_values().next().map_or(Ok(()), Err)
    })
}

/// Makes what is to be printed, one document after the other, until nobody takes any more.
fn hand_out((report, outline): (&Report, &Outline), mut take: impl FnMut(Handed) -> bool) {
    let mut place = 0;
    for project in &report.projects {
        let map = outline.map_for(report, project);
        let documents = outline.jobs_of(project).filter(|job| job.is_printed() && !job.is_gone_by());
        for job in documents {
            let (address, printed) = (job.address().clone(), job.printed(report, &map));
            if !take(Handed { place, address, printed }) {
                return;
            }
            place += 1;
        }
    }
}

/// Sets documents as long as there are any; the first that cannot be set comes back with its place.
///
/// Whatever was handed out before the first of all faults has been set, so that it is the same one in every run.
fn set_all(queue: &Queue, set: impl Fn(&Handed) -> Result<(), SiteError>) -> Option<(usize, SiteError)> {
    let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).recv().ok();
    let mut fault = None;
    while let Some(handed) = next() {
        let done = set(&handed);
        fault = fault.or(done.err().map(|error| (handed.place, error)));
    }
    fault
}

/// Does something on a thread whose work nobody else shares; where the system has no thread left, among the others.
fn alone<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    match ThreadPoolBuilder::new().num_threads(1).build() {
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    }
}
