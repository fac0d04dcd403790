//! A section of a gate document: prose, facts, tables and charts, and plainly what is missing.

use serde::Serialize;

use crate::model::{StagePage, Text};
use crate::page::Desk;
use crate::page::prose::Prose;
use crate::page::view::{Chart, Fact, Table};
use crate::prose::MarkdownOptions;
use crate::quantity::{Amount, GateId, Stage};

/// A section of a document.
#[derive(Clone, Debug, Serialize)]
pub struct Part {
    /// Its anchor.
    pub id: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// What the figures say, in a sentence or two.
    pub lead: Option<String>,
    /// An author's words.
    pub prose: Vec<Prose>,
    /// Labels and what they say.
    pub facts: Vec<Fact>,
    /// Lists of an author's lines.
    pub lists: Vec<TitledList>,
    /// Tables, each under a title of its own.
    pub tables: Vec<TitledTable>,
    /// Charts.
    pub charts: Vec<Chart>,
    /// What there is none of, and need not be.
    pub notes: Vec<String>,
    /// Required parts that are not recorded.
    pub missing: Vec<Missing>,
}

/// Something required that is not recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// What is not there, in a sentence.
    pub text: String,
    /// How to mend it, in a sentence; a document that was decided says no more than what is not there.
    pub hint: Option<String>,
}

impl Missing {
    /// With which verb the words on how to mend it begin, behind a colon: `No lesson is recorded: write lessons.yaml.`
    const MENDED_BY: &[&str] = &["write", "approve"];

    /// Reads a sentence with how to mend it.
    #[must_use]
    pub fn of(sentence: &str) -> Self {
        let split = |verb: &&str| {
            let (text, mend) = sentence.split_once(&format!(": {verb} "))?;
            let mend = format!("{} {mend}", crate::format::sentence_start(verb));
            Some(Self { text: format!("{text}."), hint: Some(mend) })
        };
        let told = Self::MENDED_BY.iter().find_map(split);
        told.unwrap_or_else(|| Self { text: sentence.to_owned(), hint: None })
    }
}

/// A list under a title.
#[derive(Clone, Debug, Serialize)]
pub struct TitledList {
    /// The title.
    pub title: &'static str,
    /// Its lines.
    pub lines: Vec<Prose>,
}

/// A table under a title.
#[derive(Clone, Debug, Serialize)]
pub struct TitledTable {
    /// The title; none where the heading of the section says enough.
    pub title: Option<&'static str>,
    /// The table.
    pub table: Table,
}

impl Part {
    /// Begins a section.
    #[must_use]
    pub fn new(id: &'static str, title: &'static str) -> Self {
        Self {
            id,
            title,
            lead: None,
            prose: Vec::new(),
            facts: Vec::new(),
            lists: Vec::new(),
            tables: Vec::new(),
            charts: Vec::new(),
            notes: Vec::new(),
            missing: Vec::new(),
        }
    }

    /// Adds what the figures say.
    #[must_use]
    pub fn lead(mut self, lead: Option<String>) -> Self {
        self.lead = lead;
        self
    }

    /// Adds an author's text; says where to write it when there is none.
    #[must_use]
    pub fn text(mut self, text: Option<&Text>, missing: &str) -> Self {
        match text.and_then(|text| prose(&text.markdown)) {
            Some(prose) => self.prose.push(prose),
            None => self.missing.push(Missing::of(missing)),
        }
        self
    }

    /// Adds facts.
    #[must_use]
    pub fn facts(mut self, facts: impl IntoIterator<Item = Fact>) -> Self {
        self.facts.extend(facts);
        self
    }

    /// Adds a list of an author's lines; says where to write them when there is none.
    #[must_use]
    pub fn list<'a>(
        mut self,
        title: &'static str,
        lines: impl IntoIterator<Item = &'a Text>,
        missing: &str,
    ) -> Self {
        let lines: Vec<Prose> = lines.into_iter().map(|line| Prose::line(&line.markdown)).collect();
        if lines.is_empty() {
            self.missing.push(Missing::of(missing));
        } else {
            self.lists.push(TitledList { title, lines });
        }
        self
    }

    /// Adds a table; says what is missing when it has no row.
    #[must_use]
    pub fn table(mut self, title: Option<&'static str>, table: Table, missing: &str) -> Self {
        if table.rows.is_empty() {
            self.missing.push(Missing::of(missing));
        } else {
            self.tables.push(TitledTable { title, table });
        }
        self
    }

    /// Adds a table; notes that there is nothing to list when it has no row.
    #[must_use]
    pub fn table_or(mut self, title: Option<&'static str>, table: Table, note: &str) -> Self {
        if table.rows.is_empty() {
            self.notes.push(note.to_owned());
        } else {
            self.tables.push(TitledTable { title, table });
        }
        self
    }

    /// Adds a table of what is raised, asked or handed in in the course of a project; where it has no row, that there was nothing yet: `By
    /// 12 Aug 2026 no risk had been raised.` The document of a decision says it as its draft did.
    #[must_use]
    pub fn table_by_then(
        mut self,
        desk: &Desk<'_>,
        (title, table): (Option<&'static str>, Table),
        (hint, by_then): (&str, &str),
    ) -> Self {
        if table.rows.is_empty() {
            let text = format!("By {} {by_then}.", crate::format::date(desk.project.status_date));
            self.missing.push(Missing { text, hint: Some(hint.to_owned()) });
            return self;
        }
        self.table_if_any(title, table)
    }

    /// Says of a table in whole units of the currency that its sums were rounded apart, where that shows.
    #[must_use]
    pub fn rounded(self, desk: &Desk<'_>, sums: &[(Amount, Vec<Amount>)]) -> Self {
        if crate::format::add_up_in_whole(desk.project.project.currency, sums) {
            return self;
        }
        self.note(format!(
            "In whole {}, each amount rounded by itself: a sum may differ a little from its parts.",
            desk.project.project.currency
        ))
    }

    /// Adds a table where it has rows; nobody misses it where it has none.
    #[must_use]
    pub fn table_if_any(mut self, title: Option<&'static str>, table: Table) -> Self {
        if !table.rows.is_empty() {
            self.tables.push(TitledTable { title, table });
        }
        self
    }

    /// Adds a chart where it can be drawn.
    #[must_use]
    pub fn chart(mut self, chart: Option<Chart>) -> Self {
        self.charts.extend(chart);
        self
    }

    /// Adds a remark.
    #[must_use]
    pub fn note(mut self, note: String) -> Self {
        self.notes.push(note);
        self
    }

    /// Adds a remark where there is one.
    #[must_use]
    pub fn note_if(mut self, note: Option<String>) -> Self {
        self.notes.extend(note);
        self
    }

    /// Adds a note that something required is not recorded.
    #[must_use]
    pub fn missing_if(mut self, is_missing: Option<&str>) -> Self {
        self.missing.extend(is_missing.map(Missing::of));
        self
    }
}

/// An author's Markdown below the headings of a section; none for blank text.
fn prose(markdown: &str) -> Option<Prose> {
    Prose::text(markdown, &MarkdownOptions { heading_level_offset: 1, ..Default::default() })
}

/// What the file of the gate and the page of its stage say, in people's own words.
#[must_use]
pub fn narrative(desk: &Desk<'_>, gate: GateId) -> Part {
    let project = &desk.project.project;
    let stage = gate.stage();
    let of_gate = project.gates.get(&gate).map(|record| &record.body).filter(|text| !is_blank(text));
    let of_stage = project.stages.get(&stage).map(|page| &page.body).filter(|text| !is_blank(text));
    let part = Part::new("narrative", "In the project's words");
    match (of_gate, of_stage) {
        (None, None) => part.text(
            None,
            &format!(
                "No narrative is recorded: write it below the head of `gates/{gate}.md` or in `{}`.",
                stage_file(stage)
            ),
        ),
        (gate, stage) => {
            [gate, stage].into_iter().flatten().fold(part, |part, text| part.text(Some(text), ""))
        }
    }
}

fn is_blank(text: &Text) -> bool {
    text.markdown.trim().is_empty()
}

/// The file in which a stage is told about.
#[must_use]
pub fn stage_file(stage: Stage) -> String {
    format!("stages/{}-{}.md", stage.number(), stage.key())
}

/// What had to hold before the stage ended, as its page says.
pub fn exit_criteria<'a>(desk: &Desk<'a>, stage: Stage) -> impl Iterator<Item = &'a Text> {
    let page: Option<&StagePage> = desk.project.project.stages.get(&stage);
    page.into_iter().flat_map(|page| &page.exit).map(|criterion| &criterion.criterion)
}
