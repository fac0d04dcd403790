//! Instances of PSPLIB (`.sm`): the length of the critical path against `MPM-Time` of the header.

use jiff::civil::date;

use milepost::diagnostic::Span;
use milepost::model::{Calendar, Lag, Link, LinkKind, Project, Shift, Task, TaskKind, TaskNo, Work};
use milepost::plan::{Facts, schedule};
use milepost::quantity::{Duration, Estimate, Moment};

/// Computes the critical path of an instance; says what differs.
pub fn check(text: &str) -> Result<(), String> {
    let stored: i64 = column(section(text, "PROJECT INFORMATION").nth(1), 5).ok_or("no MPM-Time")?;
    let mut calendar = Calendar::standard("clock".parse().unwrap());
    calendar.week = std::array::from_fn(|_| vec![Shift { start: 0, end: 1_440 }]);
    let mut project = Project::empty("instance", Moment::on(date(2026, 1, 5)), calendar);
    let lengths = section(text, "REQUESTS/DURATIONS").skip(2).map(numbers).take_while(|row| row.len() > 3);
    for row in lengths {
        let kind = match row[2] {
            0 => TaskKind::Milestone,
            units => TaskKind::Work(Work::Duration(Estimate::single(Duration::of_minutes(units)))),
        };
        project.tasks.push(Task::new(format!("j{}", row[0]).parse().unwrap(), kind));
    }
    for row in section(text, "PRECEDENCE RELATIONS").skip(1).map(numbers).take_while(|row| row.len() > 2) {
        let predecessor = TaskNo(u32::try_from(row[0] - 1).unwrap());
        for successor in &row[3..] {
            project.tasks[usize::try_from(successor - 1).unwrap()].links.push(Link {
                predecessor,
                kind: LinkKind::FinishStart,
                lag: Lag::ZERO,
                origin: Span::default(),
            });
        }
    }
    let computed = schedule(&project, &Facts::none(&project));
    let length = computed.finish.0 - computed.start.0;
    if length == stored { Ok(()) } else { Err(format!("critical path {length}, MPM-Time {stored}")) }
}

fn section<'a>(text: &'a str, title: &str) -> impl Iterator<Item = &'a str> {
    let title = title.to_owned();
    text.lines().skip_while(move |line| !line.starts_with(&title)).skip(1)
}

fn numbers(line: &str) -> Vec<i64> {
    line.split_whitespace().map_while(|word| word.parse().ok()).collect()
}

fn column(line: Option<&str>, place: usize) -> Option<i64> {
    line?.split_whitespace().nth(place)?.parse().ok()
}
