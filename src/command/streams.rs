//! The standard streams of the program: everything that it prints goes through here.
//!
//! A reader that has read enough, such as `head`, is no fault: what is left is not written, and the run ends as it would have. A full
//! disk behind standard output is one, and is told once the run is over, because a report that ends in the middle must not look
//! whole. Nobody can be told that standard error cannot be written, so that is passed over.

use std::io::{self, ErrorKind, Write};
use std::sync::Mutex;

use super::CannotRun;

/// What became of standard output.
#[derive(Debug)]
enum State {
    /// All that was printed has gone out.
    Open,
    /// Nobody reads it any more.
    Left,
    /// It could not be written, for this reason.
    Failed(String),
}

static OUTPUT: Mutex<State> = Mutex::new(State::Open);

/// Says something to the person who runs the program.
pub(super) fn say(text: &str) {
    // Nobody is left to be told.
    let _ = writeln!(io::stderr(), "{text}");
}

/// Prints a result that another program may read.
pub(super) fn print(text: &str) {
    print_lines(&format!("{text}\n"));
}

/// Prints text that ends its own lines.
pub(super) fn print_lines(text: &str) {
    let mut state = OUTPUT.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if matches!(*state, State::Open) {
        let mut output = io::stdout().lock();
        *state = after(output.write_all(text.as_bytes()).and_then(|()| output.flush()));
    }
}

/// What a standard output is after something was written to it.
fn after(written: io::Result<()>) -> State {
    match written {
        Ok(()) => State::Open,
        Err(error) if error.kind() == ErrorKind::BrokenPipe => State::Left,
        Err(error) => State::Failed(match error.kind() {
            ErrorKind::StorageFull => "the disk is full".to_owned(),
            _ => error.to_string(),
        }),
    }
}

/// Says whether all that was printed has gone out, as far as anybody wanted it.
///
/// # Errors
/// Standard output could not be written: what stands there is not the whole answer.
pub(super) fn is_whole() -> Result<(), CannotRun> {
    let state = OUTPUT.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    match &*state {
        State::Open | State::Left => Ok(()),
        State::Failed(reason) => Err(CannotRun::new(
            format!("cannot write standard output: {reason}"),
            "what stands there is not the whole answer; write it to another place",
        )),
    }
}

/// Notes what became of something that was printed by others.
pub(super) fn note(written: io::Result<()>) {
    let mut state = OUTPUT.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if matches!(*state, State::Open) {
        *state = after(written.and_then(|()| io::stdout().flush()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_that_leaves_is_no_fault_and_a_full_disk_is() {
        assert!(matches!(after(Ok(())), State::Open));
        assert!(matches!(after(Err(ErrorKind::BrokenPipe.into())), State::Left));
        let full = after(Err(ErrorKind::StorageFull.into()));
        assert!(matches!(full, State::Failed(reason) if reason == "the disk is full"));
    }
}
