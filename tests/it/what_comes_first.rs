//! What a reader meets first: the first page tells each project once in words and once in figures, a dashboard only what moves
//! something, a gate document its criteria before their evidence.

use milepost::diagnostic::Diagnostics;
use milepost::pipeline::{self, Options};
use milepost::source::disk::Folder;

use crate::sample::pages;

fn page(path: &str) -> String {
    pages()[path].replace(['\u{202f}', '\u{a0}'], " ")
}

/// The table of this name, from its head to its end.
fn table<'a>(page: &'a str, name: &str) -> &'a str {
    let table = page.split_once(&format!("<table class=\"table stacks\" aria-label=\"{name}\"")).unwrap().1;
    table.split_once("</table>").unwrap().0
}

#[test]
fn the_first_page_tells_its_projects_in_two_tables() {
    let page = page("index.html");
    let tables = page.split("<table ").skip(1);
    let told =
        tables.filter(|table| table.split("</table>").next().unwrap().contains("Ward Workstations</a>"));
    // Where it stands, and all figures; beneath them the gates, requests and shared people that belong to it.
    let names: Vec<&str> = told
        .filter_map(|table| table.split_once("aria-label=\"").unwrap().1.split('"').next())
        .filter(|name| !["Outside requests", "Next gates", "Load of shared people"].contains(name))
        .collect();
    assert_eq!(names, ["Where it stands", "Projects"]);
}

/// 98 432 + 640 000 + 285 000 + 27 834 + 254 740 + 412 000 = 1 718 006, and so on for what is spent. The estimates, to the cent 104 958.76 +
/// 674 545.45 + 273 877.55 + 27 642.00 + 264 018.72 + 425 699.76 = 1 770 742.24, are as printed one more than their sum, which is said.
#[test]
fn the_money_of_all_projects_stands_in_whole_units_beneath_them() {
    let page = page("index.html");
    let projects = table(&page, "Projects");
    let sum = projects.split_once("<tr class=\"total\"").unwrap().1;
    for amount in ["1 718 006", "1 030 145", "1 770 742", "+52 736", "115 905"] {
        assert!(sum.contains(&format!(">{amount}<")), "{amount} in {sum}");
    }
    assert!(projects.contains(">425 700<"), "{projects}");
    assert!(
        page.contains("each amount is rounded by itself, so that a sum may differ a little from its parts")
    );
}

/// Two projects of 1 000 euros each, and one of 70 000 yen, which is no part of the sum.
#[test]
fn money_of_another_currency_is_told_with_it_and_not_said_to_add_up() {
    let shown = |third: &str| {
        let project = |currency: &str| format!("project: P\nstart: 2026-08-03\ncurrency: {currency}\n");
        let plan = |cost: &str| format!("execution:\n  buy: {{duration: 5d, cost: {cost} hardware}}\n");
        let money = if third == "JPY" { "70_000 JPY" } else { "1_000 EUR" };
        let texts = [project("EUR"), plan("1_000 EUR"), project(third), plan(money)];
        let folder = Folder::from_memory(vec![
            ("portfolio.yaml", "title: All\n"),
            ("projects/a/project.yaml", &texts[0]),
            ("projects/a/plan.yaml", &texts[1]),
            ("projects/b/project.yaml", &texts[0]),
            ("projects/b/plan.yaml", &texts[1]),
            ("projects/c/project.yaml", &texts[2]),
            ("projects/c/plan.yaml", &texts[3]),
        ]);
        let report = pipeline::compute(&folder, Diagnostics::default(), &Options::default());
        let site = pipeline::render(&report, &std::collections::BTreeMap::new()).unwrap();
        let page = std::str::from_utf8(site.get("index.html").unwrap())
            .unwrap()
            .replace(['\u{202f}', '\u{a0}'], " ");
        let adds_up = page.contains("money adds up to the last line");
        (
            adds_up,
            table(&page, "Projects").matches(">JPY<").count(),
            table(&page, "Projects").matches(">EUR<").count(),
        )
    };
    assert_eq!(shown("EUR"), (true, 0, 0));
    assert_eq!(shown("JPY"), (false, 1, 2));
}

#[test]
fn a_decision_on_the_first_page_says_what_is_advised_and_opens_to_all_options() {
    let page = page("index.html");
    let needs = page.split_once("<ol class=\"needs\">").unwrap().1.split_once("</ol>").unwrap().0;
    let move_crews =
        needs.split("<li class=\"need ").find(|need| need.contains("Do the crews move")).unwrap();
    let (shown, folded) = move_crews.split_once("<details class=\"need-fold\">").unwrap();
    assert!(shown.contains("<dt>Recommended</dt>") && shown.contains("8 Jan 2027"), "{shown}");
    assert!(shown.contains("<dt>If nobody answers</dt>") && shown.contains("10 Feb 2027"), "{shown}");
    assert!(folded.contains("All 3 options") && folded.contains("need-options"), "{folded}");
    // What a change costs is seen above the fold, on paper too.
    let change = needs.split("<li class=\"need ").find(|need| need.contains("Fibre converters")).unwrap();
    let (shown, folded) = change.split_once("<details class=\"need-fold\">").unwrap();
    assert!(
        shown.contains("finish 21 Jan 2027, 760 EUR more") && shown.contains("finish 21 Jan 2027, no change"),
        "{shown}"
    );
    assert!(folded.contains("need-options"), "{folded}");
    // On the dashboard of the project those of the first stand open, of the others what is seen here.
    let dashboard = self::page("ward-workstations/index.html");
    let needs = dashboard.split_once("<ol class=\"needs\">").unwrap().1.split_once("</ol>").unwrap().0;
    let (first, others) = needs.split_once("</li>\n<li class=\"need ").unwrap();
    assert!(first.contains("need-options") && !first.contains("need-fold"), "{first}");
    assert!(others.contains("<details class=\"need-fold\">"), "{others}");
}

#[test]
fn a_dashboard_names_few_levers_and_leaves_the_rest_to_the_schedule() {
    let dashboard = page("ward-workstations/index.html");
    let levers = dashboard.split_once("id=\"levers\"").unwrap().1.split_once("</section>").unwrap().0;
    // A day does the same on all five of them, and is told once.
    assert_eq!((levers.matches("<tr").count(), levers.matches("<li>").count()), (0, 5), "{levers}");
    assert!(levers.contains("7 tasks more in the schedule."), "{levers}");
    let once = "A working day less on any of them: finish 9 Feb 2027, 1 day sooner; G3 on 19 Jan 2027. A working day more: finish 11 Feb 2027, 1 day later; G3 on 21 Jan 2027.";
    assert!(levers.replace('\u{a0}', " ").contains(once), "{levers}");
    // Where tasks differ each has its row.
    let branch = page("branch-network/index.html");
    let levers = branch.split_once("id=\"levers\"").unwrap().1.split_once("</section>").unwrap().0;
    assert!(levers.contains("<tr") && !levers.contains("on any of them"), "{levers}");
    // Bars of which each says a day for a day are no picture.
    assert!(!dashboard.contains("chart-cliffs"));
    assert!(page("branch-network/index.html").contains("chart-cliffs"));
}

/// Who has to act reads before plans and charts, and reads no letters of formulas on the first screen.
#[test]
fn a_dashboard_tells_what_hurts_before_it_draws_and_says_it_in_words() {
    let page = page("branch-network/index.html");
    let place = |id: &str| page.find(&format!("id=\"{id}\"")).unwrap_or_else(|| panic!("no {id}"));
    let order =
        ["figures", "needs", "scorecard", "next", "risks", "issues", "requests", "milestones", "levers"];
    assert!(order.windows(2).all(|pair| place(pair[0]) < place(pair[1])), "{order:?}");
    assert!(place("chart-slip") > place("milestones") && place("chart-slip") < place("chart-driving-path"));
    let first_screen =
        page.split_once("<div class=\"first-screen").unwrap().1.split_once("leading-fold").unwrap().0;
    for letters in ["EAC", "P50", "P80"] {
        assert!(!first_screen.contains(letters), "{letters}: {first_screen}");
    }
    let tile = first_screen.split_once("Forecast finish</a>").unwrap().1.split_once("</div>").unwrap().0;
    let lines: Vec<&str> =
        tile.split("<p").skip(1).filter_map(|line| line.split(['>', '<']).nth(1)).collect();
    assert_eq!(
        lines,
        [
            "34 working days behind (tolerance 10 d)",
            "promised 2 Dec 2026, kept in none of the runs",
            "four of five of the runs end by 22 Jan 2027"
        ]
    );
}

/// Thirty-four lines in nine groups, of which a window of usual height showed the first twenty.
#[test]
fn pages_are_listed_in_the_order_in_which_they_are_asked_for() {
    let page = page("branch-network/gates/G3.html");
    let list = page.split_once("<details class=\"pages ").unwrap().1.split_once("</details>").unwrap().0;
    let groups: Vec<&str> =
        list.split("<p class=\"pages-group\">").skip(1).filter_map(|rest| rest.split('<').next()).collect();
    assert_eq!(
        groups,
        [
            "Status",
            "Decisions and risks",
            "Work",
            "Money",
            "Results",
            "Gates",
            "Behind the figures",
            "All projects"
        ]
    );
    let stage = list.split("<li class=\"with-gate\">").nth(3).unwrap().split("</li>").next().unwrap();
    assert!(stage.starts_with("<a href=\"../stages/3-execution.html\">3 Execution</a>"), "{stage}");
    assert!(
        stage.contains(
            "aria-label=\"G3 Deliverables and readiness for service\" aria-current=\"page\">G3</a>"
        ),
        "{stage}"
    );
}

/// They led nowhere but to the first page.
#[test]
fn pages_that_belong_to_no_project_lead_to_each_other() {
    for path in ["index.html", "people.html", "problems.html", "search.html", "files/people.yaml.html"] {
        let page = page(path);
        let list =
            page.split_once("<details class=\"site-pages\">").unwrap().1.split_once("</details>").unwrap().0;
        assert_eq!(list.matches("<li>").count(), 8, "{path}");
        let n_here = usize::from(!path.starts_with("files/"));
        assert_eq!(list.matches("aria-current=\"page\"").count(), n_here, "{path}");
    }
    assert!(!page("branch-network/index.html").contains("site-pages"));
}

#[test]
fn criteria_stand_before_what_shows_that_they_are_met() {
    for path in ["ward-workstations/gates/G3.html", "rfid-loans/gates/G1.html"] {
        let page = page(path);
        let place = |id: &str| page.find(&format!("id=\"{id}\"")).unwrap();
        assert!(place("scorecard") < place("checklist"), "{path}");
        assert!(place("checklist") < place("narrative"), "{path}");
        assert!(place("narrative") < place("conditions"), "{path}");
    }
}

#[test]
fn one_page_alone_is_marked_as_that_one_is_on() {
    for path in [
        "ward-workstations/gates/G3.html",
        "ward-workstations/gates.html",
        "ward-workstations/exceptions/time.html",
    ] {
        let page = page(path);
        let list = page.split_once("class=\"side").unwrap().1.split_once("</nav>").unwrap().0;
        assert_eq!(list.matches("aria-current").count(), 1, "{path}");
    }
    // A page that the list does not name marks the list in which it stands.
    assert!(page("ward-workstations/tasks/install-5.html").contains("aria-current=\"true\">Schedule</a>"));
}

#[test]
fn the_schedule_says_once_how_late_it_is() {
    let schedule = page("ward-workstations/schedule.html");
    assert!(schedule.contains("29 working days behind baseline B1; P50"), "{}", &schedule[..4000]);
    assert!(!schedule.contains("42 calendar days"));
}

/// What is opened daily: how it stands, when, at what cost, what is in the way. Gates and stages come after. A reader finds the same list
/// beside every page.
#[test]
fn what_is_opened_daily_is_listed_first_and_the_list_is_the_same_beside_every_page() {
    let list = |path: &str| {
        let page = page(path);
        let list = page.split_once("class=\"side").unwrap().1.split_once("</nav>").unwrap().0;
        let names = list.split("<a ").skip(1).filter_map(|link| link.split_once('>')?.1.split('<').next());
        names.map(str::to_owned).collect::<Vec<String>>()
    };
    let daily = [
        "Dashboard",
        "Trends",
        "Journal and lessons",
        "Risks, issues, decisions",
        "Exception: time",
        "Exception: scope",
        "Schedule",
        "People and load",
        "Outside teams",
        "Burn charts",
        "Budget",
        "Business case",
    ];
    let beside_dashboard: Vec<String> = list("citizen-appointments/index.html")
        .into_iter()
        .filter(|name| !name.contains("Appointments"))
        .collect();
    assert_eq!(beside_dashboard[..daily.len()], daily);
    let gates = beside_dashboard.iter().position(|name| name == "Register of gates").unwrap();
    let people = beside_dashboard.iter().position(|name| name == "People and load").unwrap();
    assert!(people < gates);
    let beside_task: Vec<String> = list("citizen-appointments/tasks/identity.html")
        .into_iter()
        .filter(|name| !name.contains("Appointments"))
        .collect();
    assert_eq!(beside_task, beside_dashboard);
}

/// 31 of the 63 tasks are to be done; what is finished opens beneath them.
#[test]
fn finished_tasks_are_folded_beneath_those_to_be_done() {
    let page = page("citizen-appointments/schedule.html");
    let (open, rest) = page.split_once("<details class=\"past\" id=\"tasks-finished\">").unwrap();
    let finished = rest.split_once("</details>").unwrap().0;
    assert!(
        finished.contains("id=\"task-market\"")
            && finished.contains("34 finished tasks, 3 milestones or gates"),
        "{finished}"
    );
    assert!(!open.contains("id=\"task-market\"") && open.contains("id=\"task-archive\""));
    // Nothing finished has float, and this plan has no deadline: no such column stands there to be empty.
    assert!(!finished.contains(">Float<") && !open.contains(">To deadline<"));
    // Where all work is done there is nothing above the fold.
    assert!(open.contains("aria-label=\"Open tasks\""));
}

/// 640 000 + 2 332 + 3 468 + 13 200 + 15 545.45 = 674 545.45: prices are 260 + 500 + 700 + 200 + 672, the hours of whom the plan names cost what
/// was planned.
#[test]
fn the_bridge_is_told_in_whole_units() {
    let page = page("citizen-appointments/budget.html");
    let bridge = page.split_once("id=\"bridge\"").unwrap().1.split_once("</section>").unwrap().0;
    let (causes, items) = bridge.split_once("<details class=\"past\">").unwrap();
    for amount in ["640 000", "+2 332", "+3 468", "+13 200", "+15 545", "674 545"] {
        assert!(causes.contains(&format!(">{amount}<")), "{amount} in {causes}");
    }
    assert!(
        !causes.contains("15 545.45") && items.contains(">+672<") && !items.contains(">+3.08<"),
        "{items}"
    );
    // Where every item is whole none shows cents, though the estimate has some: 104 958.76.
    let branch = self::page("branch-network/budget.html");
    let bridge = branch.split_once("id=\"bridge\"").unwrap().1.split_once("</section>").unwrap().0;
    let items = bridge.split_once("<details class=\"past\">").unwrap().1;
    assert!(items.contains(">+1 680<") && items.contains(">42 980<") && !items.contains(".00<"), "{items}");
}

/// The register says in two lines what is advised and what silence does; the options open beneath.
#[test]
fn a_decision_in_the_register_opens_to_its_options() {
    let page = page("citizen-appointments/raid.html");
    let (shown, folded) = page.split_once("<details class=\"need-fold on-paper\">").unwrap();
    assert!(shown.contains("<dt>Recommended</dt>") && shown.contains("<dt>If nobody answers</dt>"));
    assert!(folded.contains("All 3 options"));
}
