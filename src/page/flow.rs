//! Items of work by state: where they pile up, how many are done a week, how long they take.

use serde::Serialize;

use crate::control::{CumulativeFlow, FlowPace, TooFewDone};
use crate::format;
use crate::page::desk::Desk;
use crate::page::view::{Chart, Tile};

/// The flow of items.
#[derive(Clone, Debug, Serialize)]
pub struct FlowView {
    /// Work in progress, throughput and cycle time.
    pub tiles: Vec<Tile>,
    /// The bands.
    pub chart: Option<Chart>,
    /// What Little's law says, in words, or why nothing is said.
    pub law: String,
}

/// Puts the flow together; none where no item has arrived.
#[must_use]
pub fn flow(desk: &Desk<'_>) -> Option<FlowView> {
    let flow = desk.project.control.flow.as_ref()?;
    Some(FlowView {
        tiles: tiles(desk, flow),
        chart: desk.chart("cumulative-flow"),
        law: match &flow.pace {
            Ok(pace) => law(pace),
            Err(few) => too_few(*few),
        },
    })
}

/// A tile whose figure opens under a key.
fn tile(
    (desk, key, label): (&Desk<'_>, &str, &str),
    figure: String,
    unit: &str,
    note: Option<String>,
) -> Tile {
    Tile {
        label: label.to_owned(),
        figure,
        unit: Some(unit.to_owned()),
        note,
        explained: desk.explained(&format!("flow-{key}")),
        ..Tile::default()
    }
}

/// The unit behind a number of items.
fn items(count: i64) -> &'static str {
    if count == 1 { "item" } else { "items" }
}

fn days(count: f64) -> String {
    format::number(count, 1)
}

fn tiles(desk: &Desk<'_>, flow: &CumulativeFlow) -> Vec<Tile> {
    let Some(now) = flow.points.last() else { return Vec::new() };
    let oldest = flow.oldest.as_ref().map(|(item, age)| format!("oldest {item}, {}", calendar_days(*age)));
    let mut tiles = vec![
        tile(
            (desk, "in-progress", "Work in progress"),
            format::whole(now.in_progress()),
            items(now.in_progress()),
            oldest,
        ),
        tile(
            (desk, "to-do", "To do"),
            format::whole(now.arrived - now.started),
            items(now.arrived - now.started),
            None,
        ),
        tile(
            (desk, "done", "Done"),
            format::whole(now.done),
            items(now.done),
            Some(format!("of {} arrived", format::whole(now.arrived))),
        ),
    ];
    if let Ok(pace) = &flow.pace {
        tiles.push(tile(
            (desk, "throughput", "Throughput"),
            days(pace.done_per_week),
            "items a week",
            Some(format!("over the last {}", calendar_days(pace.n_days))),
        ));
        tiles.push(tile(
            (desk, "cycle-time", "Cycle time"),
            days(pace.mean_cycle_days),
            "days",
            Some(format!("85 of 100 within {}", calendar_days(pace.cycle_days_85))),
        ));
    }
    tiles
}

fn calendar_days(count: i64) -> String {
    format::count(usize::try_from(count).unwrap_or(0), "day")
}

/// Little's law in words: what work in progress and throughput make of the cycle time, and what it was.
fn law(pace: &FlowPace) -> String {
    let said = format!(
        "On average {} items were in progress and {} were done a week: by Little's law an item then takes {} calendar days. The {} done took {} days on average",
        format::number(pace.mean_in_progress, 1),
        format::number(pace.done_per_week, 1),
        days(pace.cycle_days_by_law),
        format::count(usize::try_from(pace.n_done).unwrap_or(0), "item"),
        days(pace.mean_cycle_days),
    );
    if pace.is_steady() {
        return format!("{said}: the flow is steady. To be quicker, have fewer items in progress at once.");
    }
    if pace.cycle_days_by_law > pace.mean_cycle_days {
        format!(
            "{said}: less than the law says, so items lie in progress that are not done. Finish them before new ones are begun."
        )
    } else {
        format!(
            "{said}: more than the law says, so old items were done that had been begun before these days."
        )
    }
}

fn too_few(few: TooFewDone) -> String {
    format!(
        "{} in the last {}: below five no average is given.",
        match few.n_done {
            0 => "No item was done".to_owned(),
            1 => "1 item was done".to_owned(),
            more => format!("{} items were done", format::whole(more)),
        },
        calendar_days(few.n_days)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_item_is_no_plural() {
        assert_eq!([0, 1, 2].map(items), ["items", "item", "items"]);
    }
}
