//! Compares the risk of small schedules with answers known in closed form or by numeric integration.
//!
//! The answers lie outside of the source: `reference/montecarlo.json` below the folder in `MILEPOST_DATA`, or
//! `../shared/data`. Without them the comparison is skipped with a message. The example `schedule_risk` prints the same table.
//!
//! The bound of every comparison is four standard errors of the number of runs made: of a mean σ / √n, of a standard
//! deviation σ / √(2 n), of a share √(p (1 − p) / n). A percentile is compared as a share: of the runs that do not exceed the
//! known value, so many percent are expected.

use std::sync::Arc;

use milepost::diagnostic::Diagnostics;
use milepost::model::Project;
use milepost::plan::risk::{Distribution, RiskOptions, RiskQuestion, ScheduleRisk};
use milepost::plan::{Engine, Facts};
use milepost::quantity::Percent;
use milepost::record::what_if::Changes;
use milepost::source::disk::Folder;
use serde_json::Value;

/// Working minutes of a day of the plans made here.
const DAY: f64 = 480.0;

/// One figure held against its answer.
pub struct Comparison {
    /// The case and the figure.
    pub name: String,
    /// What the runs say.
    pub got: f64,
    /// The known answer.
    pub known: f64,
    /// How far apart they may be.
    pub bound: f64,
}

impl Comparison {
    /// Says whether the figure lies within the bound.
    pub fn holds(&self) -> bool {
        (self.got - self.known).abs() <= self.bound
    }
}

/// Reads a plan without a disk.
pub fn project(plan: &str) -> Project {
    let files =
        vec![("project.yaml", "project: Demo\nstart: 2026-01-05\ncurrency: EUR\n"), ("plan.yaml", plan)];
    let folder = Folder::from_memory(files);
    let mut found = Diagnostics::default();
    let records = milepost::record::read(&folder, &Changes::default(), &mut found);
    let portfolio = milepost::resolve::resolve(&records, &mut found);
    portfolio.projects.into_iter().next().expect("a plan that can be read")
}

/// A plan run many times.
struct Case {
    name: String,
    plan: String,
    distribution: Distribution,
    correlation: i64,
}

impl Case {
    fn run(&self, n_runs: u32) -> Outcome {
        let project = project(&self.plan);
        let options = RiskOptions {
            distribution: self.distribution,
            runs: n_runs,
            seed: 1,
            correlation: Percent::from_hundredths(self.correlation),
        };
        let engine = Engine::new(&project);
        let question = RiskQuestion { options, ..RiskQuestion::default() };
        let risk = engine.risk(&Facts::none(&project), &question).expect("estimates have ranges");
        let time = project.working_time();
        let start = time.minutes_before(project.start.first_instant());
        let days = risk.finish.outcomes().map(|at| (time.minutes_before(at) - start) as f64 / DAY);
        Outcome { days: days.collect(), risk, project, name: self.name.clone() }
    }
}

struct Outcome {
    name: String,
    /// Days of work until the finish, by run, in rising order.
    days: Vec<f64>,
    risk: Arc<ScheduleRisk>,
    project: Project,
}

impl Outcome {
    fn n(&self) -> f64 {
        self.days.len() as f64
    }

    fn mean(&self) -> f64 {
        self.days.iter().sum::<f64>() / self.n()
    }

    fn deviation(&self) -> f64 {
        let mean = self.mean();
        (self.days.iter().map(|day| (day - mean).powi(2)).sum::<f64>() / self.n()).sqrt()
    }

    fn compare(&self, what: &str, got: f64, known: f64, error: f64) -> Comparison {
        Comparison { name: format!("{} {what}", self.name), got, known, bound: 4.0 * error }
    }

    fn share(&self, what: &str, got: f64, known: f64) -> Comparison {
        // Where next to nothing is expected, one run in all is still within bounds.
        let error = (known * (1.0 - known) / self.n()).sqrt().max(0.25 / self.n());
        self.compare(what, got, known, error)
    }

    /// Everything that an entry of the file says of the finish.
    fn all(&self, known: &Value) -> Vec<Comparison> {
        let mut compared = Vec::new();
        if let Some(mean) = known["mean"].as_f64() {
            compared.push(self.compare("mean", self.mean(), mean, self.deviation() / self.n().sqrt()));
        }
        if let Some(deviation) = known["sd"].as_f64() {
            let error = deviation / (2.0 * self.n()).sqrt();
            compared.push(self.compare("standard deviation", self.deviation(), deviation, error));
        }
        for (name, share) in [("P10", 0.1), ("P50", 0.5), ("P80", 0.8), ("P90", 0.9)] {
            if let Some(days) = known[name].as_f64() {
                compared.push(self.share(&format!("runs up to {name}"), self.up_to(days), share));
            }
        }
        compared
    }

    fn up_to(&self, days: f64) -> f64 {
        self.days.partition_point(|day| *day <= days) as f64 / self.n()
    }

    fn criticality(&self, id: &str) -> f64 {
        let task = self.project.task_by_id(&id.parse().expect("an id")).expect("a task of the plan");
        let of_task = self.risk.tasks.iter().find(|risk| risk.task == task);
        of_task.map_or(0.0, |risk| risk.criticality.as_f64())
    }
}

fn serial(n_tasks: usize, estimate: &str) -> String {
    let mut plan = "execution:\n".to_owned();
    for task in 1..=n_tasks {
        let after = if task > 1 { format!(", after: t{}", task - 1) } else { String::new() };
        plan += &format!("  t{task}: {{duration: {estimate}{after}}}\n");
    }
    plan
}

fn merging(n_tasks: usize, estimate: &str) -> String {
    let mut plan = "execution:\n".to_owned();
    let names: Vec<String> = (1..=n_tasks).map(|task| format!("t{task}")).collect();
    for name in &names {
        plan += &format!("  {name}: {{duration: {estimate}}}\n");
    }
    plan + &format!("  end: {{milestone: End, after: [{}]}}\n", names.join(", "))
}

/// The comparisons that the file of answers allows, with so many runs.
pub fn compare(answers: &str, n_runs: u32) -> Vec<Comparison> {
    const WIDE: &str = "5d / 10d / 21d";
    let answers: Vec<Value> = serde_json::from_str(answers).expect("a list of answers");
    let mut compared = Vec::new();
    for answer in &answers {
        let id = answer["id"].as_str().unwrap_or_default();
        let run = |plan: String, distribution: Distribution, correlation: i64| {
            let suffix = if distribution == Distribution::Pert { " beta-PERT" } else { " triangular" };
            Case { name: format!("{id}{suffix}"), plan, distribution, correlation }.run(n_runs)
        };
        match id {
            "single-5-10-21" | "single-1-2-9" => {
                let [low, likely, high] =
                    ["a", "m", "b"].map(|point| answer[point].as_i64().unwrap_or_default());
                let plan = serial(1, &format!("{low}d / {likely}d / {high}d"));
                compared.extend(run(plan.clone(), Distribution::Triangular, 0).all(&answer["tri"]));
                compared.extend(run(plan, Distribution::Pert, 0).all(&answer["beta_pert"]));
            }
            "serial-5-tri" => compared.extend(run(serial(5, WIDE), Distribution::Triangular, 0).all(answer)),
            "serial-5-pert" => compared.extend(run(serial(5, WIDE), Distribution::Pert, 0).all(answer)),
            "merge-2-tri" | "merge-5-tri" | "merge-10-tri" => {
                let n_tasks = id.split('-').nth(1).and_then(|number| number.parse().ok()).unwrap_or(2);
                let outcome = run(merging(n_tasks, WIDE), Distribution::Triangular, 0);
                compared.extend(outcome.all(answer));
                let likely = answer["prob_by_ml"].as_f64().unwrap_or_default();
                let on_time = outcome.risk.finish.chance_of(outcome.risk.likely_finish).as_f64();
                compared.push(outcome.share("runs up to the most likely finish", on_time, likely));
                let each = answer["crit_index_each"].as_f64().unwrap_or_default();
                compared.push(outcome.share("criticality of t1", outcome.criticality("t1"), each));
            }
            "corr-sum" => {
                let outcome = run(serial(5, WIDE), Distribution::Triangular, 5_000);
                compared.extend(outcome.all(answer));
            }
            "two-paths" => {
                let plan = "execution:\n  a1: {duration: 4d / 6d / 12d}\n  a2: {duration: 4d / 6d / 12d, after: a1}\n  \
                            b1: {duration: 3d / 4d / 7d}\n  b2: {duration: 3d / 4d / 7d, after: b1}\n  \
                            b3: {duration: 3d / 4d / 7d, after: b2}\n  end: {milestone: End, after: [a2, b3]}\n";
                let outcome = run(plan.to_owned(), Distribution::Triangular, 0);
                let mut all = outcome.all(answer);
                for (task, key) in [("a1", "criticality_A"), ("b1", "criticality_B")] {
                    let known = answer[key].as_f64().unwrap_or_default();
                    all.push(outcome.share(
                        &format!("criticality of {task}"),
                        outcome.criticality(task),
                        known,
                    ));
                }
                // The answers themselves are known to 0.003.
                compared.extend(all.into_iter().map(|one| Comparison { bound: one.bound + 0.003, ..one }));
            }
            // Uniform and normal lengths: no three points say such a thing.
            _ => {}
        }
    }
    compared
}

#[cfg(test)]
#[test]
#[allow(clippy::print_stderr, reason = "who runs the tests without the answers should know")]
fn runs_agree_with_known_answers_within_four_standard_errors() {
    let data = std::env::var("MILEPOST_DATA").unwrap_or_else(|_| "../shared/data".to_owned());
    let path = std::path::Path::new(&data).join("reference/montecarlo.json");
    let Ok(answers) = std::fs::read_to_string(&path) else {
        eprintln!("skipped: no {}; set MILEPOST_DATA", path.display());
        return;
    };
    let compared = compare(&answers, 10_000);
    assert!(compared.len() > 50, "only {} comparisons", compared.len());
    let wrong: Vec<String> = compared
        .iter()
        .filter(|one| !one.holds())
        .map(|one| format!("{}: {} instead of {} ± {}", one.name, one.got, one.known, one.bound))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
