//! The journal: what was reported, newest first, with what was computed beside it, and what was learned.

use serde::Serialize;

use crate::control::Colour;
use crate::format;
use crate::model::{Lesson, Snapshot, Text, Update};
use crate::page::address::{Address, Thing};
use crate::page::changed::{Changed, since_report};
use crate::page::desk::Desk;
use crate::page::frame::status_of;
use crate::page::prose::Prose;
use crate::page::rebaselined::{rebaselined_report, rebaselined_since};
use crate::page::view::{Fact, Link, Status};
use crate::page::{Entry, Group, Made, ProjectPage};
use crate::report::ProjectReport;

/// The page of reports and lessons.
pub struct Journal;

/// What the page shows.
#[derive(Debug, Serialize)]
struct JournalView {
    /// Reports, newest first.
    entries: Vec<JournalEntry>,
    /// Lessons, newest first.
    lessons: Vec<LessonView>,
}

/// A report.
#[derive(Debug, Serialize)]
struct JournalEntry {
    /// Its anchor: `update-2026-11-20`.
    anchor: Option<String>,
    /// Its day for readers.
    date: String,
    /// Its day for machines.
    iso: String,
    /// The page of the report.
    href: Option<String>,
    /// The colour that was computed for that day; none where nothing was kept.
    computed: Option<Status>,
    /// What the site said on that day.
    facts: Vec<Fact>,
    /// That another baseline was measured against than in the report before; none where it was the same.
    rebaselined: Option<String>,
    /// What people changed in the files since the report before; only of the newest report.
    changed: Option<Changed>,
    /// What its author wrote.
    words: Words,
}

/// What the author of a report wrote.
#[derive(Debug, Serialize)]
pub struct Words {
    /// Who wrote it.
    author: Option<String>,
    /// The colour its author declares.
    declared: Option<Status>,
    /// Why a better colour is declared, as harmless HTML.
    because: Option<String>,
    /// The decision it wants.
    decision: Option<Link>,
    /// What was achieved, as harmless HTML.
    achieved: Vec<String>,
    /// What comes next, as harmless HTML.
    next: Vec<String>,
    /// Help wanted, as harmless HTML.
    help: Option<String>,
    /// The report itself, as harmless HTML.
    body: Option<String>,
    /// The file it stands in, leading to its page where it is shown.
    file: Link,
}

/// A lesson.
#[derive(Clone, Debug, Serialize)]
pub struct LessonView {
    /// Its anchor: `lesson-L1`.
    pub anchor: Option<String>,
    /// Its id; none for one noted in a report.
    pub id: Option<String>,
    /// What was learned, as harmless HTML.
    pub lesson: Prose,
    /// What happened, why, what it did, what to do next time.
    pub facts: Vec<Fact>,
}

impl ProjectPage for Journal {
    fn kind(&self) -> &'static str {
        "journal"
    }

    fn group(&self) -> Group {
        Group::Status
    }

    fn question(&self) -> &'static str {
        "What happened, and what did we learn?"
    }

    fn entries(&self, project: &ProjectReport) -> Vec<Entry> {
        if project.project.updates.is_empty() && project.project.registers.lessons.is_empty() {
            return Vec::new();
        }
        vec![Entry::new(Address::page(&project.project.folder, "journal"), "Journal and lessons")]
    }

    fn make(&self, desk: &Desk<'_>) -> Made {
        let day = desk.project.status_date;
        let updates = desk.project.project.updates.iter().rev();
        let view = JournalView {
            entries: updates
                .filter(|update| update.status_date <= day)
                .map(|update| entry(desk, update))
                .collect(),
            lessons: lessons(desk),
        };
        Made::new(self.kind(), "Journal and lessons", &view).description(self.question())
    }
}

fn entry(desk: &Desk<'_>, update: &Update) -> JournalEntry {
    let day = update.status_date;
    let computed = desk.project.control.health.trend.iter().find(|(date, _)| *date == day);
    let snapshot = desk.project.project.snapshots.iter().find(|snapshot| snapshot.status_date == day);
    let is_newest =
        desk.project.project.updates.iter().filter(|one| one.status_date <= desk.project.status_date);
    let is_newest = is_newest.map(|one| one.status_date).max() == Some(day);
    let before = desk.project.project.snapshots.iter().rev().find(|one| one.status_date < day);
    let rebaselined = match (before, snapshot) {
        (Some(before), _) if day == desk.project.status_date => rebaselined_since(desk.project, before),
        (Some(before), Some(then)) => rebaselined_report(before, then, desk.project),
        _ => None,
    };
    JournalEntry {
        changed: since_report(desk, None)
            .filter(|_| is_newest)
            .map(|changed| if rebaselined.is_some() { changed.without_baseline() } else { changed }),
        rebaselined,
        anchor: Thing::Update(day).anchor(),
        date: format::weekday_date(day),
        iso: format::iso(day),
        href: desk.href_to(&Thing::Report(day)),
        computed: computed.map(|(_, colour)| status_of(*colour)),
        facts: snapshot.map_or_else(Vec::new, |snapshot| said_then(desk, snapshot)),
        words: words(desk, update),
    }
}

/// What the author of a report wrote, finished for a page.
#[must_use]
pub fn words(desk: &Desk<'_>, update: &Update) -> Words {
    let declared = update.declared.as_ref().and_then(|(word, _)| Colour::from_word(word));
    // Two reports on one page may both use footnotes: their ids carry the day.
    let id_prefix = format!("{}-", update.status_date);
    let options = crate::prose::MarkdownOptions { heading_level_offset: 2, id_prefix };
    // The tag is for the list of lessons; readers of the report do not need it.
    let body = update.body.markdown.replace(" #lesson", "");
    let body = body.trim();
    Words {
        author: update.author.map(|person| desk.project.project.person_name(person).to_owned()),
        declared: declared.map(status_of),
        because: update.declared_because.as_ref().map(|text| crate::prose::inline_html(&text.markdown)),
        decision: update
            .decision_wanted
            .as_ref()
            .map(|(id, _)| Link { label: id.to_string(), href: desk.href_to(&Thing::Decision(id)) }),
        achieved: lines(&update.achieved),
        next: lines(&update.next),
        help: update.help_wanted.as_ref().map(|text| crate::prose::inline_html(&text.markdown)),
        body: (!body.is_empty()).then(|| crate::prose::to_html(body, &options)),
        file: Link { label: update.file.clone(), href: desk.href_source(&update.file) },
    }
}

fn lines(texts: &[Text]) -> Vec<String> {
    texts.iter().map(|text| crate::prose::inline_html(&text.markdown)).collect()
}

/// What the frozen snapshot of a day says: finish, money, exposure. Of what the board has stopped by then nothing is forecast.
fn said_then(desk: &Desk<'_>, snapshot: &Snapshot) -> Vec<Fact> {
    let mut facts = Vec::new();
    let then = &snapshot.figures;
    let is_stopped = desk.project.project.is_stopped_on(snapshot.status_date);
    if let Some(finish) = then.forecast_finish.filter(|_| !is_stopped) {
        let reference = if then.baseline.is_some() { "baseline" } else { "plan" };
        let slip = then
            .baseline_finish
            .map(|promised| format!("{} against the {reference}", desk.slip(promised, finish)));
        facts.push(
            Fact { note: slip, ..Fact::new("Forecast finish", format::date(finish)) }
                .explained(desk.href_place(snapshot.origin)),
        );
    }
    let figures = [
        ("Estimate at completion", then.estimate.filter(|_| !is_stopped)),
        ("Earned value", then.total.earned),
        ("Actual cost", then.total.actual),
        ("Threats after response", then.threats.or(then.exposure)),
    ];
    for (label, amount) in figures {
        if let Some(amount) = amount {
            facts
                .push(Fact::new(label, desk.money_words(amount)).explained(desk.href_place(snapshot.origin)));
        }
    }
    facts
}

/// Lessons of the register by the status date, newest first, then those noted in reports with the tag `#lesson`
/// that the register does not repeat.
#[must_use]
pub fn lessons(desk: &Desk<'_>) -> Vec<LessonView> {
    let day = desk.project.status_date;
    let written = known_lessons(desk);
    let mut views: Vec<LessonView> = written.iter().map(|lesson| of_register(desk, lesson)).collect();
    let known: Vec<String> = written.iter().map(|lesson| plain(&lesson.lesson.markdown)).collect();
    for update in desk.project.project.updates.iter().rev().filter(|update| update.status_date <= day) {
        for text in crate::prose::tagged_paragraphs(&update.body.markdown, "lesson") {
            // Authors often carry a tagged line over into the register, with its bold lead-in left out.
            let words = plain(&text);
            if known.iter().any(|known| words.contains(known.as_str())) {
                continue;
            }
            views.push(LessonView {
                anchor: None,
                id: None,
                lesson: Prose::line(&text),
                facts: vec![Fact {
                    href: desk.href_to(&Thing::Update(update.status_date)),
                    ..Fact::new("Noted in the report of", format::date(update.status_date))
                }],
            });
        }
    }
    views
}

/// How many lessons there are, by where they stand.
#[derive(Clone, Copy, Debug)]
pub struct Lessons {
    /// In the register.
    pub registered: usize,
    /// In reports alone.
    pub noted: usize,
}

impl Lessons {
    /// Those by the status date.
    #[must_use]
    pub fn of(desk: &Desk<'_>) -> Self {
        let (registered, noted): (Vec<_>, Vec<_>) =
            lessons(desk).into_iter().partition(|lesson| lesson.id.is_some());
        Self { registered: registered.len(), noted: noted.len() }
    }

    /// All of them.
    #[must_use]
    pub fn all(self) -> usize {
        self.registered + self.noted
    }

    /// `6 lessons: 1 of the register, 5 noted in reports alone`.
    #[must_use]
    pub fn words(self) -> String {
        let all = format::count(self.all(), "lesson");
        match self.noted {
            0 => all,
            noted => format!("{all}: {} of the register, {noted} noted in reports alone", self.registered),
        }
    }
}

/// Lessons of the register by the status date, newest first.
#[must_use]
pub fn known_lessons<'a>(desk: &Desk<'a>) -> Vec<&'a Lesson> {
    let day = desk.project.status_date;
    let mut written: Vec<&Lesson> = desk
        .project
        .project
        .registers
        .lessons
        .iter()
        .filter(|lesson| lesson.date.is_none_or(|date| date <= day))
        .collect();
    written.sort_by_key(|lesson| std::cmp::Reverse(lesson.date));
    written
}

fn plain(markdown: &str) -> String {
    crate::prose::inline_text(markdown).trim_end_matches('.').to_lowercase()
}

fn of_register(desk: &Desk<'_>, lesson: &Lesson) -> LessonView {
    let texts = [
        ("What happened", &lesson.happened),
        ("Why", &lesson.cause),
        ("What it did", &lesson.effect),
        ("Next time", &lesson.recommendation),
    ];
    let mut facts: Vec<Fact> = texts
        .into_iter()
        .filter_map(|(label, text)| text.as_ref().map(|text| Fact::of(label, desk.line(text))))
        .collect();
    let words = [("Category", &lesson.category), ("For", &lesson.readers)];
    facts.extend(words.into_iter().filter_map(|(label, words)| {
        words.as_ref().map(|words| Fact::new(label, format::sentence_start(words)))
    }));
    facts.extend(lesson.date.map(|date| {
        Fact::new("Noted", format::date(date)).explained(desk.href_of_field(lesson.origin, "date"))
    }));
    LessonView {
        anchor: Thing::Lesson(&lesson.id).anchor(),
        id: Some(lesson.id.clone()),
        lesson: Prose::line(&lesson.lesson.markdown),
        facts,
    }
}
