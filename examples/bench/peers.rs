//! Other programs beside ours: as many pages of the same bytes, or the same plan.
//!
//! A generator of sites gets one file of content for each of our pages, as long as our pages are on average, and a template of
//! one line around it: no more work could be taken from it. `TaskJuggler` gets the network of the plan and makes one page with
//! a table of all tasks and their bars.

use std::path::Path;

use crate::build::Built;
use crate::clock::{Ended, run};
use crate::{plan, taskjuggler};

/// Words of which the filling is made.
const WORDS: &str = "the plan says when the work is done and the report says when it was ";

/// Builds as many pages with a generator of sites; the line that says how long it took.
pub fn pages(name: &str, program: &Path, folder: &Path, ours: &Built, limit: u64) -> String {
    let size = usize::try_from(ours.bytes).unwrap() / ours.files.max(1);
    let body = WORDS.repeat(size / WORDS.len() + 1);
    let body = &body[..size];
    let is_hugo = name == "hugo";
    let content = folder.join("content");
    std::fs::create_dir_all(&content).unwrap();
    let (settings, template, text) = if is_hugo {
        (
            "config.toml",
            "layouts/_default/single.html",
            "<!DOCTYPE html><title>{{ .Title }}</title>{{ .Content }}",
        )
    } else {
        (
            "config.toml",
            "templates/page.html",
            "<!DOCTYPE html><title>{{ page.title }}</title>{{ page.content | safe }}",
        )
    };
    let base = if is_hugo {
        "baseURL = \"/\"\ndisableKinds = [\"taxonomy\", \"term\", \"RSS\", \"sitemap\", \"home\", \"section\"]\n"
    } else {
        "base_url = \"/\"\n"
    };
    std::fs::write(folder.join(settings), base).unwrap();
    let template = folder.join(template);
    std::fs::create_dir_all(template.parent().unwrap()).unwrap();
    std::fs::write(template, text).unwrap();
    let fence = if is_hugo { "---" } else { "+++" };
    let ending = if is_hugo { "html" } else { "md" };
    let sign = if is_hugo { ":" } else { " =" };
    for number in 0..ours.pages {
        let page = format!("{fence}\ntitle{sign} \"Page {number}\"\n{fence}\n{body}\n");
        std::fs::write(content.join(format!("page-{number}.{ending}")), page).unwrap();
    }
    let arguments: &[&str] = if is_hugo { &["--quiet"] } else { &["build"] };
    told(name, run(program, arguments, folder, limit), ours.pages)
}

/// Plans the network of so many tasks and makes one page of it.
pub fn plan(program: &Path, folder: &Path, n_tasks: usize, limit: u64) -> String {
    std::fs::create_dir_all(folder).unwrap();
    let text = taskjuggler::text(&plan::network(n_tasks));
    let (network, _) = text.split_once("taskreport").unwrap();
    let page = "taskreport page \"page\" {\n  formats html\n  columns name, start, end, chart\n}\n";
    std::fs::write(folder.join(taskjuggler::FILE), format!("{network}{page}")).unwrap();
    let arguments = ["--silent", "--no-color", "--output-dir", ".", taskjuggler::FILE];
    told("tj3", run(program, &arguments, folder, limit), 1)
}

#[allow(clippy::cast_precision_loss, reason = "printed with a few digits")]
fn told(name: &str, ended: Ended, n_pages: usize) -> String {
    match ended {
        Ended::Itself(run) => format!(
            "{name:>14} | {:>7} {:>8} {:>12} {:>8.2} {:>8.2} | {n_pages:>7} {:>7} {:>8} {:>8.0} | {:>7.0}",
            "",
            "",
            "",
            run.seconds,
            run.processor,
            "",
            "",
            n_pages as f64 / run.processor.max(0.01),
            run.megabytes
        ),
        Ended::Stopped => format!("{name:>14} | stopped at the limit"),
        Ended::Never(why) => format!("{name:>14} | {why}"),
    }
}
