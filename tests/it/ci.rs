//! Pipelines: findings in the forms of their services, checks of one's own, and the recipes of `docs/recipes` as they stand.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Runs a script in a folder with the program on the path.
fn shell(script: &str, folder: &Path) -> Output {
    let program = Path::new(env!("CARGO_BIN_EXE_milepost")).parent().unwrap().to_owned();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::iter::once(program).chain(std::env::split_paths(&path))).unwrap();
    Command::new("sh")
        .args(["-euc", script])
        .current_dir(folder)
        .env("PATH", path)
        .env("GITHUB_STEP_SUMMARY", folder.join("summary.md"))
        .env("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Runs a script that must succeed, and gives what it printed.
fn done(script: &str, folder: &Path) -> String {
    let output = shell(script, folder);
    assert!(output.status.success(), "{script}\n{}{}", text(&output.stdout), text(&output.stderr));
    text(&output.stdout)
}

#[allow(clippy::print_stderr, reason = "a test that is skipped says so")]
fn has_git() -> bool {
    let found = Command::new("git").arg("--version").output().is_ok_and(|output| output.status.success());
    if !found {
        eprintln!("skipped: git is not installed");
    }
    found
}

/// A repository with a small portfolio in `portfolio/`, a commit on `main` and one more on a branch that went off from it.
fn repository() -> tempfile::TempDir {
    let scratch = tempfile::tempdir().unwrap();
    let script = "git init -q -b main .
git config user.email ana@example.org
git config user.name Ana
milepost new portfolio
git add . && git commit -q -m 'the portfolio'
git remote add origin . && git fetch -q origin
git checkout -q -b longer";
    done(script, scratch.path());
    scratch
}

/// A folder with one project whose plan has a fault on line 2.
fn faulty() -> tempfile::TempDir {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path().join("pm/projects/net");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(scratch.path().join("pm/portfolio.yaml"), "title: Demo\n").unwrap();
    std::fs::write(folder.join("project.yaml"), "project: Net\nstart: 2026-08-03\ncurrency: EUR\n").unwrap();
    std::fs::write(folder.join("plan.yaml"), "execution:\n  work: {duration: 5d, after: nothing}\n").unwrap();
    scratch
}

#[test]
fn each_form_names_the_file_as_the_repository_knows_it() {
    let scratch = faulty();
    let path = "pm/projects/net/plan.yaml";
    let printed = |form: &str| {
        let output = shell(&format!("milepost check pm --format {form}"), scratch.path());
        assert_eq!(output.status.code(), Some(1), "{form}: {}", text(&output.stderr));
        text(&output.stdout)
    };
    let github = printed("github");
    assert!(github.starts_with(&format!("::error file={path},line=2,col=")), "{github}");
    let gitlab: serde_json::Value = serde_json::from_str(&printed("gitlab")).unwrap();
    assert_eq!(gitlab[0]["location"]["path"], path);
    assert_eq!(gitlab[0]["location"]["lines"]["begin"], 2);
    let sarif: serde_json::Value = serde_json::from_str(&printed("sarif")).unwrap();
    let place = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], path);
    let junit = printed("junit");
    let document = roxmltree::Document::parse(&junit).unwrap();
    let case = document.descendants().find(|node| node.has_tag_name("failure")).unwrap().parent().unwrap();
    assert_eq!((case.attribute("file"), case.attribute("line")), (Some(path), Some("2")));
    let inside = shell("cd pm && milepost check . --format github", scratch.path());
    assert!(text(&inside.stdout).starts_with("::error file=projects/net/plan.yaml,"));
    for (script, path) in [
        ("cd pm/projects/net && milepost check ../.. --format gitlab", "plan.yaml"),
        ("cd pm/projects && milepost check .. --format gitlab", "net/plan.yaml"),
        (
            "mkdir -p other && cd other && milepost check ../pm --format gitlab",
            "../pm/projects/net/plan.yaml",
        ),
    ] {
        let gitlab: serde_json::Value =
            serde_json::from_slice(&shell(script, scratch.path()).stdout).unwrap();
        assert_eq!(gitlab[0]["location"]["path"], path, "{script}");
    }
}

#[test]
fn forms_of_a_clean_portfolio_are_whole_documents() {
    let scratch = tempfile::tempdir().unwrap();
    done("milepost new mine", scratch.path());
    let printed =
        |form: &str| done(&format!("milepost check mine --format {form} 2>/dev/null"), scratch.path());
    let gitlab: serde_json::Value = serde_json::from_str(&printed("gitlab")).unwrap();
    assert!(gitlab.as_array().unwrap().iter().all(|issue| issue["severity"] == "info"), "{gitlab}");
    let junit = printed("junit");
    let document = roxmltree::Document::parse(&junit).unwrap();
    assert_eq!(document.root_element().attribute("failures"), Some("0"));
    assert_ne!(document.root_element().attribute("tests"), Some("0"));
}

#[test]
fn checks_of_ones_own_decide_the_exit_code_and_are_tests() {
    let scratch = faulty();
    let folder = scratch.path().join("pm");
    std::fs::write(folder.join("projects/net/plan.yaml"), "execution:\n  work: {duration: 5d}\n").unwrap();
    let checks = |level: &str| {
        format!(
            "title: Demo\nchecks:\n  nothing is left to do: {{holds: open_tasks == 0{level}}}\n  risks are few: open_risks <= 3\n"
        )
    };
    let code =
        |arguments: &str| shell(&format!("milepost check pm {arguments}"), scratch.path()).status.code();
    std::fs::write(folder.join("portfolio.yaml"), checks("")).unwrap();
    assert_eq!(code(""), Some(1));
    let junit = text(&shell("milepost check pm --format junit", scratch.path()).stdout);
    assert!(junit.contains("classname=\"net.checks\" name=\"risks are few\"/>"), "{junit}");
    assert!(junit.contains("<failure message=\"`nothing is left to do` does not hold"), "{junit}");
    // A service follows a test by these two, whether it fails or not.
    assert!(junit.contains("classname=\"net.checks\" name=\"nothing is left to do\""), "{junit}");
    std::fs::write(folder.join("portfolio.yaml"), checks(", level: warning")).unwrap();
    assert_eq!((code(""), code("--fail-on warning")), (Some(0), Some(1)));
    let own = "project: Net\nstart: 2026-08-03\ncurrency: EUR\nchecks:\n  Nothing is left to do.: open_tasks <= 1\n";
    std::fs::write(folder.join("projects/net/project.yaml"), own).unwrap();
    assert_eq!(code("--fail-on warning"), Some(0));
}

#[test]
fn every_result_for_a_code_host_has_a_place() {
    let scratch = tempfile::tempdir().unwrap();
    let output = shell("mkdir empty && milepost check empty --format sarif", scratch.path());
    let sarif: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "E121");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "empty/portfolio.yaml");
}

#[test]
fn a_broken_theme_is_told_in_every_form() {
    let scratch = faulty();
    let folder = scratch.path().join("pm");
    std::fs::write(folder.join("projects/net/plan.yaml"), "execution:\n  work: {duration: 5d}\n").unwrap();
    std::fs::create_dir_all(folder.join("theme/templates")).unwrap();
    std::fs::write(folder.join("theme/templates/layout.html"), "<p>\n{{ no.such.thing }}").unwrap();
    for (form, told) in [
        ("gitlab", "\"check_name\": \"broken-theme\""),
        ("sarif", "\"ruleId\": \"E177\""),
        ("junit", "type=\"E177\""),
        ("json", "\"errors\": 1"),
        ("github", "::error file=pm/theme/templates/layout.html,"),
    ] {
        let output = shell(&format!("milepost check pm --format {form}"), scratch.path());
        assert_eq!(output.status.code(), Some(2), "{form}");
        assert!(text(&output.stdout).contains(told), "{form}: {}", text(&output.stdout));
    }
    let said = shell("milepost check pm", scratch.path());
    assert!(!text(&said.stderr).contains("no findings"), "{}", text(&said.stderr));
    let built = shell("milepost build pm --out site", scratch.path());
    assert!(text(&built.stderr).contains("E177 broken-theme"), "{}", text(&built.stderr));
}

/// All scripts of a recipe, in their order, without the one that installs the program.
fn scripts(recipe: &str) -> Vec<String> {
    fn walk(value: &serde_json::Value, into: &mut Vec<String>) {
        match value {
            serde_json::Value::Object(map) => {
                for (key, value) in map {
                    match (key.as_str(), value) {
                        ("run", serde_json::Value::String(script)) => into.push(script.clone()),
                        ("script", serde_json::Value::Array(lines)) => {
                            let lines: Vec<&str> =
                                lines.iter().filter_map(serde_json::Value::as_str).collect();
                            into.push(lines.join("\n"));
                        }
                        _ => walk(value, into),
                    }
                }
            }
            serde_json::Value::Array(list) => list.iter().for_each(|value| walk(value, into)),
            _ => {}
        }
    }
    let source = std::fs::read_to_string(root().join("docs/recipes").join(recipe)).unwrap();
    let value: serde_json::Value = serde_yaml::from_str(&source).unwrap();
    let mut scripts = Vec::new();
    walk(&value, &mut scripts);
    scripts.retain(|script| !script.contains("cargo install"));
    scripts
}

#[test]
fn the_recipe_of_github_runs() {
    if !has_git() {
        return;
    }
    let repository = repository();
    let scripts = scripts("github.yml");
    assert_eq!(scripts.len(), 4, "{scripts:?}");
    for script in &scripts {
        done(&script.replace("${{ github.base_ref }}", "main"), repository.path());
    }
    let sarif = std::fs::read_to_string(repository.path().join("milepost.sarif")).unwrap();
    assert!(sarif.contains("\"version\": \"2.1.0\""));
    assert!(repository.path().join("summary.md").exists());
    assert!(repository.path().join("site/index.html").exists());
}

#[test]
fn the_recipe_of_gitlab_runs() {
    if !has_git() {
        return;
    }
    let repository = repository();
    let scripts = scripts("gitlab-ci.yml");
    assert_eq!(scripts.len(), 3, "{scripts:?}");
    for script in &scripts {
        done(script, repository.path());
    }
    for file in ["gl-code-quality-report.json", "milepost.xml", "what-changed.md", "public/index.html"] {
        assert!(repository.path().join(file).exists(), "{file}");
    }
}

#[test]
fn the_recipe_of_gitlab_looks_at_merge_requests_and_tells_which_tests_fail() {
    let source = std::fs::read_to_string(root().join("docs/recipes/gitlab-ci.yml")).unwrap();
    let recipe: serde_json::Value = serde_yaml::from_str(&source).unwrap();
    let rules = recipe["workflow"]["rules"].to_string();
    assert!(rules.contains("merge_request_event"), "{rules}");
    assert!(recipe["check"]["rules"].is_null(), "the checks run in every pipeline");
    let scratch = faulty();
    std::fs::rename(scratch.path().join("pm"), scratch.path().join("portfolio")).unwrap();
    let lines = recipe["check"]["script"].as_array().unwrap().iter();
    let lines: Vec<&str> = lines.filter_map(serde_json::Value::as_str).collect();
    let (last, reports) = lines.split_last().unwrap();
    done(&reports.join("\n"), scratch.path());
    let junit = std::fs::read_to_string(scratch.path().join("milepost.xml")).unwrap();
    assert!(junit.contains("failures=\"1\""), "{junit}");
    assert_eq!(shell(last, scratch.path()).status.code(), Some(1));
}

#[test]
fn a_check_of_the_portfolio_names_the_project_that_breaks_it() {
    let scratch = faulty();
    let folder = scratch.path().join("pm");
    std::fs::write(folder.join("projects/net/plan.yaml"), "execution:\n  work: {duration: 5d}\n").unwrap();
    std::fs::write(folder.join("portfolio.yaml"), "title: Demo\nchecks:\n  nothing left: open_tasks == 0\n")
        .unwrap();
    let printed = text(&shell("milepost check pm --format github", scratch.path()).stdout);
    assert!(printed.contains("`nothing left` does not hold for `net`: "), "{printed}");
}

#[test]
fn the_recipe_of_a_shell_publishes_and_names_gates() {
    let scratch = tempfile::tempdir().unwrap();
    let script = root().join("docs/recipes/publish.sh");
    let script = format!("sh '{}'", script.display());
    let sample = root().join("sample-project");
    let command = format!("{script} '{}' site branch-network/G3 branch-network/G9", sample.display());
    let output = shell(&command, scratch.path());
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("branch-network/G3: not ready"), "{}", text(&output.stdout));
    assert!(text(&output.stderr).contains("branch-network/G9: could not be checked"));
    assert!(scratch.path().join("site/index.html").exists());
    let turned = format!("{script} '{}' site branch-network/G9 branch-network/G3", sample.display());
    assert_eq!(shell(&turned, scratch.path()).status.code(), Some(2), "the worst code counts in any order");
    let missing = shell(&format!("{script} no-such-folder site"), scratch.path());
    assert_eq!(missing.status.code(), Some(2));
    assert!(scratch.path().join("site/index.html").exists());
}

#[test]
fn the_hook_checks_what_is_committed_and_not_what_lies_in_the_folder() {
    if !has_git() {
        return;
    }
    let repository = repository();
    let hook = root().join("docs/recipes/pre-commit");
    std::fs::copy(hook, repository.path().join(".git/hooks/pre-commit")).unwrap();
    let plan = repository.path().join("portfolio");
    let plan = walkdir::WalkDir::new(plan)
        .into_iter()
        .filter_map(Result::ok)
        .find(|entry| entry.file_name() == "plan.yaml")
        .unwrap()
        .into_path();
    let good = std::fs::read_to_string(&plan).unwrap();
    std::fs::write(&plan, format!("{good}\nnonsense: 1\n")).unwrap();
    done("git add .", repository.path());
    // What is staged is faulty, what lies in the folder is not.
    std::fs::write(&plan, &good).unwrap();
    let output = shell("git commit -q -m worse", repository.path());
    assert!(!output.status.success());
    assert!(text(&output.stderr).contains("nonsense"), "{}", text(&output.stderr));
    std::fs::write(&plan, format!("{good}\n# a remark\n")).unwrap();
    done("git add . && git commit -q -m better", repository.path());
}
