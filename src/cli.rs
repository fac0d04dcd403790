//! The arguments of the command line. Data only: what each verb does stands in `command`.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// Turns a folder of YAML, Markdown and CSV that describes IT projects into a static status site and printable
/// phase-gate documents.
#[derive(Debug, Parser)]
#[command(name = "milepost", version, about, max_term_width = 100, after_help = AFTER_HELP)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

const AFTER_HELP: &str = "\
Exit codes of check and build: 0 nothing found at or above the --fail-on level, 1 something found. gate check: 0 ready,
1 not ready. fmt: 1 files are left to lay out. import, why: 1 the files have errors. report rebuild: 1 a report is left.
Everywhere: 2 could not run, diff: could not compare, or standard output could not be written.

Begin with `milepost new my-portfolio`, then `milepost serve my-portfolio`.";

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Builds the site of a portfolio folder.
    ///
    /// The site is written beside the output folder and swapped in only when it is whole, so a failed build leaves the
    /// last good site as it was. An output folder that milepost did not make is refused.
    Build {
        /// What to read and as of when.
        #[command(flatten)]
        input: Input,
        /// Whom the pages are for.
        #[command(flatten)]
        readers: Readers,
        /// Where the site goes.
        #[arg(long, value_name = "DIR", default_value = "site")]
        out: PathBuf,
        /// The theme, instead of the one that `portfolio.yaml` names; `milepost theme list` tells which there are.
        #[arg(long, value_name = "NAME")]
        theme: Option<String>,
        /// Print every document as PDF beside its page, too: gates, reports, exceptions, changes; PROJECT/gates/G2.pdf.
        #[arg(long)]
        pdf: bool,
        /// The paper that PDF documents are set on.
        #[arg(long, value_enum, default_value_t = PaperSize::A4, value_name = "SIZE")]
        paper: PaperSize,
        /// How findings are judged and shown.
        #[command(flatten)]
        findings: Findings,
    },
    /// Shows the site in a browser while you write, and draws it anew whenever a file is saved.
    ///
    /// The site is kept in memory; nothing is written. While the files cannot be understood, the last good site stays and
    /// every page tells what is wrong and where. Only this machine can see it unless --interface says otherwise.
    Serve {
        /// What to read and as of when.
        #[command(flatten)]
        input: Input,
        /// Whom the pages are for.
        #[command(flatten)]
        readers: Readers,
        /// The port to listen on; 0 takes any that is free [default: the first free one from 8008 on].
        #[arg(long, value_name = "NUMBER")]
        port: Option<u16>,
        /// The theme, instead of the one that `portfolio.yaml` names; `milepost theme list` tells which there are.
        #[arg(long, value_name = "NAME")]
        theme: Option<String>,
        /// The address to listen on; any other than this machine's own lets others see every file of the site.
        #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
        interface: IpAddr,
    },
    /// Checks all files of a portfolio folder and tells every fault at once; writes nothing.
    Check {
        /// What to read and as of when.
        #[command(flatten)]
        input: Input,
        /// How findings are judged and shown.
        #[command(flatten)]
        findings: Findings,
    },
    /// Says why a task, or a whole project, ends when it does, and how any other figure was made.
    ///
    /// Follows the date back to what it stands on: links, days without work, constraints with their reasons, reports,
    /// the status date; each with the line of the file that it was read from. Then: how much room there is, and what
    /// would move the date. A figure is named by the key in the address of its explanation: `PROJECT/eac`,
    /// `PROJECT/task-pilot.float`; said are its formula, the values put in, and where each was typed. Errors in the files are told first, because the answer knows nothing of what could not be
    /// read; the exit code is then 1.
    Why {
        /// The task, as PROJECT/TASK or, where only one project has it, as TASK; PROJECT alone asks for its finish. A project
        /// goes by its folder or its code. PROJECT/FIGURE asks how a figure was made.
        #[arg(value_name = "PROJECT/TASK")]
        what: String,
        /// What to read and as of when.
        #[command(flatten)]
        input: Input,
        /// The form of the explanation.
        #[arg(long, value_enum, default_value_t = Form::Text)]
        format: Form,
    },
    /// Says what changed since the last closed report, since a gate or since a revision, as git keeps it.
    ///
    /// In terms of the project: finish, cost, scope, dates that moved, and task by task, risk by risk, decision by decision what
    /// people changed, each with file and line, author and commit; last, what each commit did to finish and cost. Only
    /// reads the repository. Exit codes: 0 compared, 2 could not compare: no repository, no such revision, no common commit, or a
    /// clone that lacks what is asked for.
    Diff {
        /// The older state: `last-report`, a gate such as G1, or a revision such as main, HEAD~3 or v1.0; A..B compares two of
        /// them, A...B tells what B changed since it left A, as a merge request asks, A alone compares with the folder as it is
        /// [default: last-report where a report is closed, else HEAD].
        #[arg(value_name = "SINCE")]
        since: Option<String>,
        /// The portfolio folder, or the folder of a single project [default: .]. May stand alone.
        folder: Option<PathBuf>,
        /// The status date of the newer state [default: each project's newest report].
        #[arg(long, visible_alias = "status-date", value_name = "YYYY-MM-DD")]
        as_of: Option<String>,
        /// Level every project, as with `schedule: {level: true}` in `project.yaml`.
        #[arg(long)]
        level: bool,
        /// The form of the comparison.
        #[arg(long, value_enum, default_value_t = DiffForm::Text)]
        format: DiffForm,
    },
    /// Says how gates stand, prints, freezes and packs their documents.
    #[command(subcommand)]
    Gate(GateVerb),
    /// Keeps plans as they were promised.
    #[command(subcommand)]
    Baseline(BaselineVerb),
    /// Keeps reports as they were given.
    #[command(subcommand)]
    Report(ReportVerb),
    /// Shows how the site can be made to look otherwise, and fetches files of a theme for editing.
    #[command(subcommand)]
    Theme(ThemeVerb),
    /// Writes a small portfolio to begin with; it builds cleanly.
    New {
        /// The folder to make; it must not exist or be empty.
        folder: PathBuf,
    },
    /// Turns a plan of another program into a project folder: MS Project XML, a table (CSV), an export of Jira, or issues of
    /// GitHub or GitLab (JSON).
    ///
    /// Tasks, links, dates, people, progress and whatever else the file holds become files that are edited by hand; a plan of MS
    /// Project builds to the same dates. What cannot be carried over is listed here and in IMPORT.md in the new folder, with what
    /// to do. The format is known by what stands in the file. Exit codes: 0 done, 1 the new folder has errors, 2 nothing was
    /// imported.
    Import {
        /// The plan: saved in MS Project with File, Save As, XML Format (*.xml); a table with the names of its columns in the first
        /// line; a CSV export of Jira or GitLab; a list of issues as `gh issue list --json` or the interfaces of GitHub and GitLab give it. `-`
        /// reads standard input.
        file: PathBuf,
        /// The folder to make; it must not exist or be empty.
        #[arg(long, value_name = "FOLDER")]
        out: PathBuf,
        /// What the file is, where what stands in it does not tell.
        #[arg(long, value_enum)]
        format: Option<ForeignFormat>,
        /// Which column of a table means what, where its name is not a usual one: `--column name=Titel --column
        /// predecessors="Waits for"`. May be given several times.
        #[arg(long = "column", value_name = "MEANING=NAME")]
        columns: Vec<String>,
        /// What comes first in dates such as 03/08/2026.
        #[arg(long, value_enum)]
        dates: Option<Dates>,
        /// The day of the report: what happened later is left out [default: the newest day in the file].
        #[arg(long, value_name = "YYYY-MM-DD")]
        as_of: Option<String>,
    },
    /// Lays the files of a portfolio out in one way: indentation, spaces, empty lines, line ends.
    ///
    /// Fields, values, comments and their order stay as they are, and so do the spaces by which values of neighbouring lines stand
    /// below each other; what is laid out is read again and compared before a file is replaced. Frozen files are left alone, and so is a file with a mistake in its syntax, which is told. Exit codes: 0 done, 1
    /// something is left to do, 2 could not run.
    Fmt {
        /// The portfolio folder, or the folder of a single project.
        #[arg(default_value = ".")]
        folder: PathBuf,
        /// Write nothing; name the files that would be changed, and exit with 1 if there are any.
        #[arg(long)]
        check: bool,
    },
    /// Writes JSON Schemas of the files, so that an editor completes and explains every field.
    ///
    /// Without --out the schema of one kind of file is printed, or a list of the kinds. An editor finds a schema by the first line
    /// of a file, `# yaml-language-server: $schema=…`, which --comments puts there.
    Schema {
        /// The kind of file, such as project or plan.
        #[arg(value_name = "KIND")]
        kind: Option<String>,
        /// Write all schemas into this folder.
        #[arg(long, value_name = "DIR", conflicts_with = "kind")]
        out: Option<PathBuf>,
        /// Put the line that names its schema at the beginning of every YAML file of this portfolio that has none. Frozen files
        /// are left alone.
        #[arg(long, value_name = "PORTFOLIO", requires = "out")]
        comments: Option<PathBuf>,
    },
    /// Prints what a shell needs to complete commands and options.
    Completions {
        /// The shell.
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// Prints the manual page, for `man`; of a command with its name.
    Man {
        /// The command, such as build, or gate-check; none prints the page of the program.
        #[arg(value_name = "COMMAND")]
        verb: Option<String>,
    },
    /// Explains a rule: what it finds, why it matters, what to do.
    Explain {
        /// Code or name of the rule, such as E103 or dependency-cycle; none lists all rules.
        rule: Option<String>,
    },
}

/// What can be done with themes.
#[derive(Debug, Subcommand)]
pub enum ThemeVerb {
    /// Lists the themes and the files that a portfolio can replace, each with what it is.
    List,
    /// Copies files of the theme into the portfolio's `theme/` folder, where they take the place of the embedded ones.
    ///
    /// A file that is there already is not overwritten; then nothing is copied.
    Copy {
        /// The files as `milepost theme list` names them, such as assets/user.css or templates/page/dashboard.html.
        #[arg(value_name = "FILE", required = true)]
        files: Vec<String>,
        /// The portfolio folder.
        #[arg(long, value_name = "PORTFOLIO", default_value = ".")]
        folder: PathBuf,
        /// The theme to copy from, instead of the one that `portfolio.yaml` names.
        #[arg(long, value_name = "NAME")]
        theme: Option<String>,
    },
    /// Prints the variables that a template sees, with type and meaning.
    Variables {
        /// The template, such as page/dashboard.html or documents/G2.html; none prints those of every page.
        template: Option<String>,
    },
}

/// What can be done with gates.
#[derive(Debug, Subcommand)]
pub enum GateVerb {
    /// Checks every criterion of a gate and says whether it is ready.
    ///
    /// Ready is a gate whose every criterion is answered with yes or does not apply; a criterion that is met in part or not at
    /// all stands in the way unless a condition with an owner and a day covers it. A gate that has been decided is shown as
    /// of the day of its decision. Exit codes: 0 ready, 1 not ready, 2 could not run, also where the files hold errors.
    Check {
        /// The gate, as PROJECT/G2; G2 alone where the folder holds one project. A project goes by its folder or its code.
        #[arg(value_name = "PROJECT/GATE")]
        what: String,
        /// What to read and as of when.
        #[command(flatten)]
        input: InputOfOne,
        /// The form of the answer.
        #[arg(long, value_enum, default_value_t = Form::Text)]
        format: Form,
    },
    /// Lists the figures that criteria can name, with unit and meaning, and of a project their values.
    Figures {
        /// The project, by its folder or its code; none lists the figures alone.
        #[arg(value_name = "PROJECT")]
        project: Option<String>,
        /// What to read and as of when.
        #[command(flatten)]
        input: InputOfOne,
    },
    /// Writes the document of a decided gate, word by word, into `gates/frozen/GATE-DATE.yaml`, once.
    ///
    /// From then on the document is shown as it was frozen, under the digest that stands beside the signatures; where the files of
    /// later days would say something else, `check` and the page of the gates name each figure and sentence. Refused before the
    /// decision is recorded and while a signature that the gate needs is missing. A file of that name is not overwritten.
    Freeze {
        /// The gate, as PROJECT/G2; G2 alone where the folder holds one project.
        #[arg(value_name = "PROJECT/GATE")]
        gate: String,
        /// The portfolio folder, or the folder of a single project.
        #[arg(default_value = ".")]
        folder: PathBuf,
        /// The status date of the project: only what was recorded up to this day counts; other projects beside it stand as of their newest reports by then [default: the project's newest report].
        #[arg(long = "as-of", visible_alias = "status-date", value_name = "YYYY-MM-DD")]
        status_date: Option<String>,
    },
    /// Packs a project for the archive: its pages with the gate documents, data, source files and frozen records in one ZIP file.
    ///
    /// The pages open from the unpacked folder; `sha256sum -c SHA256SUMS` in it tells whether every file is what was packed, and
    /// MANIFEST.txt says what lies where. The same folder gives the same bytes.
    Bundle {
        /// The gate that the archive is for, as PROJECT/G5; G5 alone where the folder holds one project.
        #[arg(value_name = "PROJECT/GATE")]
        gate: String,
        /// The portfolio folder, or the folder of a single project.
        #[arg(default_value = ".")]
        folder: PathBuf,
        /// The file to write.
        #[arg(long, value_name = "FILE.zip")]
        out: PathBuf,
        /// Replace the file where it is there already.
        #[arg(long)]
        force: bool,
        /// The status date of the project: only what was recorded up to this day counts; other projects beside it stand as of their newest reports by then [default: the project's newest report].
        #[arg(long = "as-of", visible_alias = "status-date", value_name = "YYYY-MM-DD")]
        status_date: Option<String>,
        /// The theme, instead of the one that `portfolio.yaml` names; `milepost theme list` tells which there are.
        #[arg(long, value_name = "NAME")]
        theme: Option<String>,
        /// Whom the archive is for; for others than `restricted` the files and frozen records themselves are left out of it
        /// [default: whom `portfolio.yaml` names, else restricted].
        #[arg(long, value_enum, value_name = "LEVEL")]
        audience: Option<Audience>,
    },
    /// Prints the document of a gate as PDF for signing and for the archive, without a browser.
    ///
    /// The file is tagged for screen readers and fit for archives (PDF/A-2a and PDF/UA-1), with bookmarks and every face
    /// embedded. The same files and status date give the same bytes.
    Print {
        /// The document, such as branch-network/G2; a project goes by its folder or its code. G2 alone where the folder holds one
        /// project.
        #[arg(value_name = "PROJECT/GATE")]
        document: String,
        /// What to read and as of when.
        #[command(flatten)]
        input: InputOfOne,
        /// Whom the pages are for.
        #[command(flatten)]
        readers: Readers,
        /// Where the document goes [default: PROJECT-GATE.pdf here]. A file that stands there is replaced.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// The paper.
        #[arg(long, value_enum, default_value_t = PaperSize::A4, value_name = "SIZE")]
        paper: PaperSize,
    },
}

/// Formats of other programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ForeignFormat {
    /// MS Project XML.
    MsProject,
    /// A table of tasks.
    Csv,
    /// An export of Jira.
    Jira,
    /// Issues of GitHub.
    Github,
    /// Issues of GitLab.
    Gitlab,
}

/// What comes first in dates of two numbers and a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Dates {
    /// The day: 31/12/2026.
    Dmy,
    /// The month: 12/31/2026.
    Mdy,
}

/// Sizes of paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PaperSize {
    /// 210 × 297 mm.
    A4,
    /// 8½ × 11 inches.
    Letter,
}

/// What can be done with baselines.
#[derive(Debug, Subcommand)]
pub enum BaselineVerb {
    /// Writes the plan as it is promised into `baselines/NAME.yaml`, once.
    ///
    /// Kept are start, finish, length, budget, method and planned value of each task, and a digest by which an edited file
    /// is told. Before anything is reported it is the plan as typed, after that what is done and what is forecast. A file
    /// of that name is not overwritten, and nothing is written while the files hold errors.
    Freeze {
        /// The name of the baseline, such as B2.
        name: String,
        /// What to read and as of when.
        #[command(flatten)]
        input: FrozenInput,
        /// The passed gate or approved change that allows it, such as G2 or C7. Needed for every baseline but the first, unless
        /// the page of a passed gate names it.
        #[arg(long, value_name = "ID")]
        authorised_by: Option<String>,
    },
}

/// What can be done with reports.
#[derive(Debug, Subcommand)]
pub enum ReportVerb {
    /// Writes what the site says on the day of a report into `snapshots/DATE.yaml`, once.
    ///
    /// Kept are finish, milestones, earned value, exposure, reserves, work left, counts and colours, and a digest by which an
    /// edited file is told; trends are drawn from nothing else. The report itself, `updates/DATE.md`, comes first. Without `--project`
    /// the newest report of each project of the folder is closed that is not closed yet.
    Close {
        /// What to read and as of when.
        #[command(flatten)]
        input: FrozenInput,
    },
    /// Writes a snapshot for each report that nobody closed, from the files as git keeps them.
    ///
    /// Each is computed from the commit that stood on the day of the report or, where the report was committed later, from the
    /// one that brought it in; the snapshot names it. Snapshots that are there are left alone; a report from before the
    /// history begins is told.
    Rebuild {
        /// What to read.
        #[command(flatten)]
        input: RebuildInput,
    },
}

/// Which reports are rebuilt.
#[derive(Debug, clap::Args)]
pub struct RebuildInput {
    /// The portfolio folder, or the folder of a single project.
    #[arg(default_value = ".")]
    pub folder: PathBuf,
    /// The project, by its folder or its code [default: all].
    #[arg(long, value_name = "PROJECT")]
    pub project: Option<String>,
}

/// What is frozen, and as of when.
#[derive(Debug, clap::Args)]
pub struct FrozenInput {
    /// The portfolio folder, or the folder of a single project.
    #[arg(default_value = ".")]
    pub folder: PathBuf,
    /// The project, by its folder or its code, where the folder holds several.
    #[arg(long, value_name = "PROJECT")]
    pub project: Option<String>,
    /// The status date of the project: only what was recorded up to this day counts; other projects beside it stand as of their newest reports by then [default: the project's newest report].
    #[arg(long = "as-of", visible_alias = "status-date", value_name = "YYYY-MM-DD")]
    pub status_date: Option<String>,
}

/// What to read.
#[derive(Debug, clap::Args)]
pub struct Input {
    /// The portfolio folder, or the folder of a single project.
    #[arg(default_value = ".")]
    pub folder: PathBuf,
    /// The status date of every project: only what was recorded up to this day counts [default: each project's newest report].
    #[arg(long, visible_alias = "status-date", value_name = "YYYY-MM-DD")]
    pub as_of: Option<String>,
    /// The project whose status date that is alone, as commands say that are about one; none where it is that of every project.
    #[arg(skip)]
    pub as_of_project: Option<String>,
    /// Level every project: work waits until its people are free, as with `schedule: {level: true}` in `project.yaml`.
    #[arg(long)]
    pub level: bool,
    /// What would change.
    #[command(flatten)]
    pub what_if: WhatIf,
}

/// What to read, by a command about one project.
#[derive(Debug, clap::Args)]
pub struct InputOfOne {
    /// The portfolio folder, or the folder of a single project.
    #[arg(default_value = ".")]
    pub folder: PathBuf,
    /// The status date of the project: only what was recorded up to this day counts; other projects beside it stand as of their newest reports by then [default: the project's newest report].
    #[arg(long = "as-of", visible_alias = "status-date", value_name = "YYYY-MM-DD")]
    pub status_date: Option<String>,
    /// Level every project: work waits until its people are free, as with `schedule: {level: true}` in `project.yaml`.
    #[arg(long)]
    pub level: bool,
    /// What would change.
    #[command(flatten)]
    pub what_if: WhatIf,
}

impl InputOfOne {
    /// The same with the project named, by its folder or its code; none for the only one.
    #[must_use]
    pub fn of(&self, project: Option<&str>) -> Input {
        Input {
            folder: self.folder.clone(),
            as_of: self.status_date.clone(),
            as_of_project: project.map(str::to_owned),
            level: self.level,
            what_if: self.what_if.clone(),
        }
    }
}

/// Whom the pages are for.
#[derive(Debug, clap::Args)]
pub struct Readers {
    /// Whom the pages are for; what these may not read is left out before anything is drawn, as docs/publication.md tells
    /// [default: whom `portfolio.yaml` names, else restricted].
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub audience: Option<Audience>,
}

/// Whom pages are for; each level sees what those before it see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Audience {
    /// Anybody: no names of persons, no files.
    Public,
    /// The organisation: no hours and absences of persons, no single bookings.
    Internal,
    /// Those who may read the folder.
    Restricted,
}

/// Changes that are asked about and not made.
#[derive(Clone, Debug, clap::Args)]
pub struct WhatIf {
    /// Compute with another value, such as tasks.pilot.duration=3d, progress.pilot.remaining=3d,
    /// people.tom.available=50%, risks.R1.residual.probability=10% or project.tolerance.time=5d; repeatable. Any field of the
    /// files can be set, of a list one by a value that it alone has or its place, as project.rates.2026-11-02.rate=0.97; several projects are told apart by PROJECT/ before the path. No file is changed.
    #[arg(long, value_name = "PATH=VALUE", help_heading = "What if")]
    pub set: Vec<String>,
    /// Compute without a task (its successors then wait for its predecessors), a person or role (taken off all work
    /// that is not finished) or an entry of a register, such as tasks.training, people.tom or risks.R1; repeatable.
    #[arg(long, value_name = "PATH", help_heading = "What if")]
    pub without: Vec<String>,
}

/// How findings are judged and shown.
#[derive(Debug, clap::Args)]
pub struct Findings {
    /// Exit with 1 when something at or above this level is found.
    #[arg(long, value_enum, default_value_t = FailOn::Error, value_name = "LEVEL")]
    pub fail_on: FailOn,
    /// The form of the findings.
    #[arg(long, value_enum, default_value_t = FindingForm::Text)]
    pub format: FindingForm,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FindingForm {
    /// For people.
    Text,
    /// For programs: one JSON document.
    Json,
    /// Annotations in the output of a job, as GitHub, Gitea and Forgejo show them beside the lines.
    Github,
    /// A report of code quality, as GitLab shows it in a merge request.
    Gitlab,
    /// SARIF 2.1.0, for code hosts, editors and dashboards.
    Sarif,
    /// A report of tests in the form of `JUnit`: a suite for each project.
    Junit,
}

/// From which severity on a run counts as failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Errors only.
    Error,
    /// Errors and warnings.
    Warning,
    /// Anything found.
    Info,
    /// Nothing: always 0 when the run itself worked.
    Never,
}

/// How results are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// For people.
    Text,
    /// For programs: one JSON document.
    Json,
}

/// How a comparison is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiffForm {
    /// For people at a terminal.
    Text,
    /// For a comment on a merge request.
    Markdown,
    /// For programs: one JSON document.
    Json,
}
