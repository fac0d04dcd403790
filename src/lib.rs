//! milepost turns a folder of YAML, Markdown and CSV that describes IT projects into a static status site and
//! printable phase-gate documents. This page is the tour of the house.
//!
//! # One sentence, one picture
//!
//! A folder of text becomes a site in one direction; every step is a function from value to (value + findings),
//! only the two ends touch the disk, and nobody but the caller knows today's date.
//!
//! ```text
//! disk ─ source ─ record ─ resolve ─ model ─ plan ─ control ─ report ─┬─ check ────┐
//!        (file wing)                        (domain wing)             ├─ chart ────┤
//!                                                                     ├─ page ─────┼─ site ─ output ─ disk
//!                                                                     ├─ export ───┤
//!                                                    theme ───────────┴─ document ─┘
//! ```
//!
//! Two wings that do not know each other: the *file wing* ([`source`], [`mod@record`]) knows YAML, Markdown, CSV and
//! positions, and nothing about scheduling; the *domain wing* ([`model`], [`plan`], [`control`]) knows projects, and
//! nothing about files, HTML or clocks. They meet in one room, [`resolve`], the only door into the model.
//! Above it, [`report`] is the one window through which checks, charts, pages and documents look at the result.
//! [`pipeline`] is the whole product on one screen: begin reading there.
//!
//! What a page shows can be taken away, too: [`export`] writes its lists as CSV, JSON, calendars and feeds. It takes them from where
//! the pages take them, so that what is hidden there is hidden here.
//!
//! Beside the way stands [`exchange`]: a plan of another program goes in, the text of a folder comes out, proved by reading it
//! back and scheduling it.
//!
//! Beside it too stands [`freeze`]: a computed project goes in, the text of a record that is not edited any more comes out.
//!
//! Beside it too stands [`statement`]: a sentence over the figures of a project goes in, such as `cpi >= 0.9`, its meaning or its
//! faults come out; [`report`] says of a computed project whether it holds.
//!
//! Beside it too stands [`search`]: things with their words go in, an index comes out that a page on disk can read.
//!
//! Beside it too stands [`paper`]: what the page of a document is given goes in, the bytes of a PDF come out.
//!
//! A site that is served goes the same way, and then again project by project: [`pipeline::anew`] computes the projects alone whose
//! files have changed, [`site::LiveSite`] makes a page when somebody asks for it; a test holds both to the bytes of the whole.
//!
//! Behind the way lies [`history`]: what stood in the folder at a commit, on a day, before it was renamed, and who wrote each line.
//! A past state goes the same way as the folder itself; [`pipeline`] compares the two.
//!
//! # Who may import whom
//!
//! The architecture test reads this table; an import that is not in it fails with file, line and rule.
//!
//! | room | may import |
//! | --- | --- |
//! | `quantity` | |
//! | `diagnostic` | |
//! | `prose` | |
//! | `output` | |
//! | `cli` | |
//! | `format` | quantity |
//! | `source` | diagnostic |
//! | `history` | source, diagnostic |
//! | `theme` | |
//! | `search` | |
//! | `statement` | diagnostic, quantity |
//! | `record` | source, diagnostic, quantity |
//! | `model` | statement, quantity, diagnostic |
//! | `plan` | model, quantity, diagnostic |
//! | `control` | plan, model, quantity, diagnostic, format |
//! | `resolve` | record, model, statement, source, quantity, diagnostic |
//! | `report` | statement, model, plan, control, history, quantity, diagnostic |
//! | `check` | report, statement, model, plan, control, quantity, diagnostic, format |
//! | `chart` | report, model, plan, control, quantity, format, prose |
//! | `page` | report, statement, history, search, check, chart, format, prose, model, plan, control, quantity, diagnostic |
//! | `document` | page, report, statement, check, chart, format, prose, model, plan, control, quantity, diagnostic |
//! | `freeze` | report, control, model, plan, source, quantity, diagnostic |
//! | `export` | page, report, control, model, plan, prose, format, quantity, diagnostic |
//! | `paper` | theme, prose |
//! | `site` | page, document, export, report, theme, paper, search, output, quantity |
//! | `exchange` | source, record, resolve, model, plan, quantity, diagnostic |
//! | `rules` | source, record, resolve, check, exchange, diagnostic |
//! | `pipeline` | source, history, record, resolve, model, plan, control, report, check, document, theme, paper, site, output, prose, quantity, diagnostic |
//! | `command` | document, statement, check, pipeline, paper, history, cli, rules, exchange, freeze, control, source, record, model, report, page, output, theme, plan, format, quantity, diagnostic |
//!
//! # What is deliberately absent
//!
//! * Nothing but `source/disk.rs`, `history/repository.rs`, `output/` and `command/` touches the file system; nothing but `command/`
//!   reads the environment or the terminal. `clippy.toml` bans the calls everywhere else.
//! * [`model`], [`plan`] and [`control`] do not know YAML, HTML, templates, serde or the current date: the status date
//!   is an argument. Of [`diagnostic`] they know spans, as opaque tickets: each item keeps its `origin`, so that a finding
//!   made on the finished report can still point at the author's line.
//! * `Serialize` is derived on view types in [`page`], [`document`] and [`export`] and in the JSON rendering of findings, not below.
//! * No colour or font stands in Rust; no arithmetic, threshold or date format stands in a template.
//! * No room is called `utils` or `common`.
//!
//! Three departures from a stricter layering, for a reason: [`pipeline`] may import [`document`], because the documents of decided
//! gates are held against what was frozen of them before findings are told; [`mod@record`] may import [`quantity`], so that a scalar is typed
//! where its caret is; [`document`] may import [`page`], because a gate document is a page with a frame of its own.
//!
//! # Where a new thing goes
//!
//! `CONTRIBUTING.md` walks through each: a chart is one file in `chart/` and one line in `CHARTS`, a page one file in
//! `page/` and one line in `PAGES`, a rule one file in `check/` and one line in `CHECKS`, a document one file in
//! `document/`, a field of the format one field in `record/`, one in `model/` and one line in `resolve/`.

pub mod quantity;

pub mod diagnostic;

pub mod source;

pub mod history;

pub mod statement;

pub mod record;

pub mod resolve;

pub mod model;

pub mod plan;

pub mod control;

pub mod report;

pub mod check;

pub mod rules;

pub mod format;

pub mod prose;

pub mod chart;

pub mod page;

pub mod document;

pub mod export;

pub mod search;

pub mod theme;

pub mod paper;

pub mod site;

pub mod output;

pub mod pipeline;

pub mod exchange;

pub mod freeze;

pub mod cli;

pub mod command;
