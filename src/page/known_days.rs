//! Days of the forecast as pages show them: a dash where they are not known, because something that dates rest on could not be read.

use crate::format;
use crate::model::{Ground, TaskNo};
use crate::page::desk::Desk;
use crate::page::unread::why_not;
use crate::page::view::Cell;

impl Desk<'_> {
    /// A day of a task, `start` or `finish`, that opens; points have a finish alone. A dash where it is not known.
    #[must_use]
    pub fn day_cell(&self, task: TaskNo, end: &str, text: String) -> Cell {
        let end = if self.project.project.task(task).is_point() { "finish" } else { end };
        let day = if end == "start" { self.project.first_day(task) } else { self.project.last_day(task) };
        if day.is_none() {
            return Cell::nothing().class("date");
        }
        Cell::text(text).class("date").explained(self.explained_of(task, end))
    }

    /// The last day of a task, reported or forecast, that opens; a dash where it is not known.
    #[must_use]
    pub fn last_day(&self, task: TaskNo) -> Cell {
        self.day_cell(task, "finish", format::date(self.project.forecast.slot(task).last_day()))
    }

    /// Working days that a task lies behind what was promised for it, negative when ahead; none where nothing was promised, where it was
    /// given up, and where its last day is not known.
    #[must_use]
    pub fn slip_of(&self, task: TaskNo) -> Option<i64> {
        let (_, promised) = self.project.control.reference.dates_of(task)?;
        let day = self.project.last_day(task).filter(|_| !self.project.is_given_up(task))?;
        Some(self.slip_days(promised, day))
    }

    /// The forecast finish, that opens; a dash with the reason where it is not known.
    #[must_use]
    pub fn finish(&self) -> Cell {
        self.date(self.project.finish()).note_if(self.days_unread()).explained(self.explained("finish"))
    }

    /// The forecast finish in words; `not known` where it is not.
    #[must_use]
    pub fn finish_words(&self) -> String {
        self.project.finish().map_or_else(|| "not known".to_owned(), format::date)
    }

    /// The promised finish, that opens; a dash with the reason where it is not known.
    #[must_use]
    pub fn promised(&self) -> Cell {
        match why_not(self, &[Ground::Promise]) {
            Some(why) => Cell::nothing().note(why),
            None => {
                self.date(Some(self.project.control.reference.finish)).explained(self.explained("promised"))
            }
        }
    }

    /// Why the days of what is to come are not known; none where they are.
    #[must_use]
    pub fn days_unread(&self) -> Option<String> {
        why_not(self, &[Ground::Dates])
    }

    /// The same as a sentence, where a list stays empty for it: `Not known: progress.csv cannot be read (progress.csv:1).`
    #[must_use]
    pub fn days_unread_sentence(&self) -> Option<String> {
        self.days_unread().map(|why| format!("Not known: {why}."))
    }
}
