//! The risk matrix: probability up, impact to the right, with the risks' ids in the cells.
//!
//! Answers: which risks, and do the responses help? A full id is where a risk stands today. An arrow leads from it to where it
//! will stand once the response has worked (dashed). Where it stood before anything was done is history, and told in the table.
//! Each cell says its class in words, in a corner that no arrow crosses, so that nothing rests on colour.

use crate::chart::kit::ink::Ink;
use crate::chart::kit::notes::Frame;
use crate::chart::kit::path::{PathData, Spot};
use crate::chart::kit::svg::{Anchor, Column, Group, SMALL_SIZE, Sheet, TEXT_SIZE, Words};
use crate::chart::kit::text_width::{Weight, fitted, text_width};
use crate::chart::{Chart, DataTable, Drawing, LinkTo};
use crate::control::{RiskLevel, RiskRating};
use crate::format;
use crate::model::{Exposure, RiskScale, Thresholds};
use crate::report::ProjectReport;

/// Classes on either axis.
const CLASSES: usize = 5;

/// Height of an id in a cell, in pixels.
const CHIP: f64 = 16.0;

/// What the risk matrix is drawn from.
#[derive(Clone, Debug)]
pub struct RiskMatrixInput {
    /// Begins every id in the markup; unique on the page.
    pub id_prefix: String,
    /// Heading of the chart.
    pub title: String,
    /// Class of each cell: `levels[probability - 1][impact - 1]`.
    pub levels: [[RiskLevel; 5]; 5],
    /// Words of the probability classes from the lowest: "≤ 10 %".
    pub probabilities: [String; 5],
    /// Words of the impact classes from the lowest: "≤ 1 % of budget".
    pub impacts: [String; 5],
    /// What the impact axis shows.
    pub impact_name: String,
    /// Open risks.
    pub risks: Vec<RiskMark>,
}

fn ink(level: RiskLevel) -> Ink {
    match level {
        RiskLevel::Low => Ink::RiskLow,
        RiskLevel::Medium => Ink::RiskMedium,
        RiskLevel::High => Ink::RiskHigh,
        RiskLevel::VeryHigh => Ink::RiskVeryHigh,
    }
}

/// A place in the matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RiskPlace {
    /// Probability class, 1 to 5.
    pub probability: u8,
    /// Impact class, 1 to 5.
    pub impact: u8,
}

/// A risk in the matrix.
#[derive(Clone, Debug)]
pub struct RiskMark {
    /// Id, as it stands in the cell.
    pub id: String,
    /// What may happen.
    pub name: String,
    /// Where the risk leads; no link if `None`.
    pub href: Option<String>,
    /// Where it stood before anything was done; none where that is not recorded.
    pub inherent: Option<RiskPlace>,
    /// Where it stands today.
    pub current: RiskPlace,
    /// Where it will stand once the response has worked; none where that is not recorded.
    pub residual: Option<RiskPlace>,
}

impl RiskMark {
    /// Where it stands today, and where it will stand after the response if that is elsewhere.
    fn places(&self) -> impl Iterator<Item = (Moment, RiskPlace)> {
        let residual = self.residual.filter(|place| *place != self.current);
        residual.map(|place| (Moment::Residual, place)).into_iter().chain([(Moment::Current, self.current)])
    }

    /// What is still to be feared once the response has worked.
    fn remaining(&self) -> RiskPlace {
        self.residual.unwrap_or(self.current)
    }
}

/// When a risk stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Moment {
    /// Today.
    Current,
    /// When the response has worked.
    Residual,
}

impl Moment {
    fn class(self) -> &'static str {
        match self {
            Self::Current => "d-chip d-chip-now",
            Self::Residual => "d-chip d-chip-hoped",
        }
    }
}

/// The open risks of a project.
#[derive(Debug)]
pub struct RiskMatrix;

impl Chart for RiskMatrix {
    fn name(&self) -> &'static str {
        "risk-matrix"
    }

    fn title(&self) -> &'static str {
        "Open risks"
    }

    fn question(&self) -> &'static str {
        "Which risks, and do the responses help?"
    }

    fn draw(&self, report: &ProjectReport, link_to: LinkTo<'_>) -> Option<Drawing> {
        let (project, budget) = (&report.project, report.control.reference.budget);
        let place = |exposure: &Exposure| {
            let rating = RiskRating::of(exposure, budget, project);
            RiskPlace { probability: rating.probability, impact: rating.impact }
        };
        let open = project.registers.risks.iter().filter(|risk| risk.is_open(report.status_date));
        let risks: Vec<RiskMark> = open
            .map(|risk| RiskMark {
                id: risk.id.to_string(),
                name: crate::prose::inline_text(&risk.risk.markdown),
                href: link_to(&risk.id),
                inherent: risk.inherent.as_ref().map(place),
                current: place(&risk.current),
                residual: risk.residual.as_ref().map(place),
            })
            .collect();
        (!risks.is_empty()).then(|| {
            draw(&RiskMatrixInput {
                id_prefix: self.name().to_owned(),
                title: self.title().to_owned(),
                levels: [0, 1, 2, 3, 4]
                    .map(|row| [0, 1, 2, 3, 4].map(|column| level_of(&project.thresholds, row, column))),
                probabilities: classes(project.thresholds.scale(RiskScale::Probability)),
                impacts: classes(project.thresholds.scale(RiskScale::Cost)),
                impact_name: "Impact: share of the budget, or as bad in time".to_owned(),
                risks,
            })
        })
    }
}

/// The level of a cell by its score.
fn level_of(thresholds: &Thresholds, probability: u8, impact: u8) -> RiskLevel {
    RiskRating { probability: probability + 1, impact: impact + 1 }.level(thresholds)
}

/// The classes of a scale in words: `≤ 10 %` up to the fourth, `> 70 %` for the last.
fn classes(ends: [f64; 4]) -> [String; CLASSES] {
    std::array::from_fn(|class| match ends.get(class) {
        Some(end) => format!("≤ {}", format::share(*end)),
        None => format!("> {}", ends.last().map_or_else(String::new, |end| format::share(*end))),
    })
}

/// Draws the risk matrix.
#[must_use]
pub fn draw(input: &RiskMatrixInput) -> Drawing {
    let sentence = sentence(input);
    let svg = [Column::Wide, Column::Narrow]
        .map(|column| Canvas::paint(input, column).finish(&input.title, &sentence))
        .concat();
    Drawing { name: "risk-matrix", svg, title: input.title.clone(), sentence, table: table(input) }
}

/// Index of a class within its axis; classes outside 1 to 5 count as the nearest.
fn index(class: u8) -> usize {
    usize::from(class.clamp(1, 5)) - 1
}

/// Score of a place: probability class × impact class, 1 to 25.
fn score(place: RiskPlace) -> usize {
    (index(place.probability) + 1) * (index(place.impact) + 1)
}

/// The chart while it is being drawn.
struct Canvas<'a> {
    input: &'a RiskMatrixInput,
    left: f64,
    /// Upper edges of the rows of cells from the lowest probability, and their heights.
    rows: [(f64, f64); CLASSES],
    cell_width: f64,
    column: Column,
}

/// An id in a cell.
struct Chip<'a> {
    risk: &'a RiskMark,
    moment: Moment,
    centre: Spot,
    width: f64,
}

impl Chip<'_> {
    /// The room that it takes.
    fn frame(&self) -> Frame {
        let (half, rise) = (self.width / 2.0, CHIP / 2.0);
        Frame {
            left: self.centre.0 - half,
            top: self.centre.1 - rise,
            right: self.centre.0 + half,
            bottom: self.centre.1 + rise,
        }
    }
}

impl<'a> Canvas<'a> {
    fn paint(input: &'a RiskMatrixInput, column: Column) -> Sheet {
        let (width, left, least) = match column {
            Column::Wide => (720.0, 104.0, 58.0),
            Column::Narrow => (360.0, 56.0, 52.0),
        };
        let cell_width = (width - left - 4.0) / CLASSES as f64;
        let mut canvas = Self { input, left, rows: [(0.0, least); CLASSES], cell_width, column };
        let mut top = 24.0;
        for (probability, cells) in canvas.chips().iter().enumerate().rev() {
            // A row grows with its fullest cell, so that no id is hidden.
            let n_lines = cells.iter().map(|cell| canvas.n_lines(cell)).max().unwrap_or(1);
            let height = least.max(n_lines as f64 * (CHIP + 3.0) + 24.0);
            canvas.rows[probability] = (top, height);
            top += height;
        }
        let mut sheet = Sheet::new("risk-matrix", &input.id_prefix, column, (width, top + 62.0));
        canvas.draw_cells(&mut sheet);
        canvas.draw_axes(&mut sheet);
        let placed = canvas.placed();
        let arrows = arrows(&placed);
        canvas.write_levels(&mut sheet, &placed, &arrows);
        draw_arrows(&mut sheet, &arrows);
        for chip in &placed {
            draw_chip(&mut sheet, chip);
        }
        sheet
    }

    /// Risks by cell (row of probability, then impact).
    fn chips(&self) -> Vec<Vec<Vec<(&'a RiskMark, Moment)>>> {
        let mut cells = vec![vec![Vec::new(); CLASSES]; CLASSES];
        for risk in &self.input.risks {
            for (moment, place) in risk.places() {
                cells[index(place.probability)][index(place.impact)].push((risk, moment));
            }
        }
        cells
    }

    /// Lines that the fullest cell of a row of cells needs.
    fn n_lines(&self, row: &[(&RiskMark, Moment)]) -> usize {
        let mut lines = 1;
        let mut x = 0.0;
        for (risk, _) in row {
            let width = self.chip_width(risk) + 4.0;
            if x > 0.0 && x + width > self.cell_width - 8.0 {
                lines += 1;
                x = 0.0;
            }
            x += width;
        }
        lines
    }

    fn chip_width(&self, risk: &RiskMark) -> f64 {
        (text_width(&risk.id, SMALL_SIZE, Weight::Strong) + 10.0).min(self.cell_width - 8.0)
    }

    /// Upper left corner of a cell.
    fn corner(&self, probability: usize, impact: usize) -> Spot {
        (self.left + self.cell_width * impact as f64, self.rows[probability].0)
    }

    /// Ids set in lines within their cells.
    fn placed(&self) -> Vec<Chip<'a>> {
        let mut placed = Vec::new();
        for (probability, row) in self.chips().into_iter().enumerate() {
            for (impact, cell) in row.into_iter().enumerate() {
                let corner = self.corner(probability, impact);
                let (mut x, mut y) = (corner.0 + 5.0, corner.1 + 5.0 + CHIP / 2.0);
                for (risk, moment) in cell {
                    let width = self.chip_width(risk);
                    if x > corner.0 + 6.0 && x + width > corner.0 + self.cell_width - 3.0 {
                        x = corner.0 + 5.0;
                        y += CHIP + 3.0;
                    }
                    placed.push(Chip { risk, moment, centre: (x + width / 2.0, y), width });
                    x += width + 4.0;
                }
            }
        }
        placed
    }

    fn draw_cells(&self, sheet: &mut Sheet) {
        for level in [RiskLevel::Low, RiskLevel::Medium, RiskLevel::High, RiskLevel::VeryHigh] {
            let mut cells = PathData::default();
            for (probability, row) in self.input.levels.iter().enumerate() {
                for (impact, cell) in row.iter().enumerate() {
                    if *cell == level {
                        let corner = self.corner(probability, impact);
                        cells = cells.rect(
                            (corner.0 + 1.0, corner.1 + 1.0),
                            (self.cell_width - 2.0, self.rows[probability].1 - 2.0),
                        );
                    }
                }
            }
            sheet.path("area", ink(level), &cells);
        }
    }

    /// The class of each cell and its score, in the first of its corners that neither an id nor an arrow takes.
    fn write_levels(&self, sheet: &mut Sheet, placed: &[Chip<'_>], arrows: &[(Spot, Spot)]) {
        for (probability, row) in self.input.levels.iter().enumerate() {
            for (impact, level) in row.iter().enumerate() {
                let (left, top) = self.corner(probability, impact);
                let (right, bottom) = (left + self.cell_width, top + self.rows[probability].1);
                let score = ((probability + 1) * (impact + 1)).to_string();
                let whole = match self.column {
                    Column::Wide => format!("{} {score}", level.word()),
                    Column::Narrow => level.word().to_owned(),
                };
                let whole = fitted(&whole, SMALL_SIZE, Weight::Regular, self.cell_width - 8.0);
                let corners = [
                    (right - 6.0, bottom - 9.0, Anchor::End),
                    (left + 6.0, bottom - 9.0, Anchor::Start),
                    (right - 6.0, top + 10.0, Anchor::End),
                    (left + 6.0, top + 10.0, Anchor::Start),
                ];
                let is_free = |text: &str, (x, middle, anchor): &(f64, f64, Anchor)| {
                    let width = text_width(text, SMALL_SIZE, Weight::Regular);
                    let begin = if *anchor == Anchor::End { x - width } else { *x };
                    let words = Frame {
                        left: begin - 2.0,
                        top: middle - 6.0,
                        right: begin + width + 2.0,
                        bottom: middle + 6.0,
                    };
                    !placed.iter().any(|chip| chip.frame().meets(&words))
                        && !arrows.iter().any(|(from, to)| words.is_crossed_by(*from, *to))
                };
                // In a full cell the score finds room where the word does not; its neighbours say what it means.
                let free = [&whole, &score].into_iter().find_map(|text| {
                    corners.iter().find(|corner| is_free(text, corner)).map(|corner| (text, *corner))
                });
                let (text, (x, middle, anchor)) = free.unwrap_or((&whole, corners[0]));
                sheet.words(&Words::new(text, (x, middle), Ink::Muted).small().anchored(anchor));
            }
        }
    }

    fn draw_axes(&self, sheet: &mut Sheet) {
        let bottom = self.rows[0].0 + self.rows[0].1;
        for (class, text) in self.input.probabilities.iter().enumerate() {
            let at = (self.left - 8.0, self.rows[class].0 + self.rows[class].1 / 2.0);
            let text = fitted(text, SMALL_SIZE, Weight::Regular, self.left - 10.0);
            sheet.words(&Words::new(&text, at, Ink::Muted).small().anchored(Anchor::End));
        }
        for (class, text) in self.input.impacts.iter().enumerate() {
            let at = (self.corner(0, class).0 + self.cell_width / 2.0, bottom + 12.0);
            let text = fitted(text, SMALL_SIZE, Weight::Regular, self.cell_width);
            sheet.words(&Words::new(&text, at, Ink::Muted).small().anchored(Anchor::Middle));
        }
        let middle = self.left + self.cell_width * CLASSES as f64 / 2.0;
        // The name may be wider than the matrix, but not than the sheet.
        let width = sheet.size().0;
        let name = fitted(&self.input.impact_name, TEXT_SIZE, Weight::Strong, width - 24.0);
        let name = format!("{name} →");
        let half = text_width(&name, TEXT_SIZE, Weight::Strong) / 2.0;
        let middle = middle.min(width - half).max(half);
        let words = Words::new(&name, (middle, bottom + 32.0), Ink::Text);
        sheet.words(&words.strong().anchored(Anchor::Middle));
        let key = "full: today; dashed: after the response";
        sheet.words(
            &Words::new(key, (sheet.size().0 / 2.0, bottom + 51.0), Ink::Muted)
                .small()
                .anchored(Anchor::Middle),
        );
        let name = "Probability ↑";
        sheet.words(&Words::new(name, (2.0, 10.0), Ink::Text).strong());
    }
}

/// Where arrows run, from what is today to when the response has worked.
fn arrows(placed: &[Chip<'_>]) -> Vec<(Spot, Spot)> {
    let now_of = |chip: &Chip<'_>| {
        placed.iter().find(|other| other.moment == Moment::Current && other.risk.id == chip.risk.id)
    };
    let hoped = placed.iter().filter(|chip| chip.moment == Moment::Residual);
    hoped
        .filter_map(|chip| {
            let origin = now_of(chip)?;
            Some((border(origin, chip.centre, 1.0), border(chip, origin.centre, 2.0)))
        })
        .filter(|(from, to)| (to.0 - from.0).hypot(to.1 - from.1) >= 6.0)
        .collect()
}

fn draw_arrows(sheet: &mut Sheet, arrows: &[(Spot, Spot)]) {
    let (mut lines, mut heads) = (PathData::default(), PathData::default());
    for (from, to) in arrows.iter().copied() {
        let length = (to.0 - from.0).hypot(to.1 - from.1);
        let along = ((to.0 - from.0) / length, (to.1 - from.1) / length);
        let base = (to.0 - along.0 * 7.0, to.1 - along.1 * 7.0);
        lines = lines.lift().to(from).to(base);
        heads = heads
            .to(to)
            .to((base.0 - along.1 * 3.5, base.1 + along.0 * 3.5))
            .to((base.0 + along.1 * 3.5, base.1 - along.0 * 3.5))
            .close();
    }
    sheet.path("line", Ink::Link, &lines);
    sheet.path("area", Ink::Link, &heads);
}

/// Where the line from the middle of a chip to `other` leaves the chip, `gap` pixels outside of it.
fn border(chip: &Chip<'_>, other: Spot, gap: f64) -> Spot {
    let (run, rise) = (other.0 - chip.centre.0, other.1 - chip.centre.1);
    let across = if run.abs() > 1e-6 { (chip.width / 2.0 + gap) / run.abs() } else { f64::INFINITY };
    let down = if rise.abs() > 1e-6 { (CHIP / 2.0 + gap) / rise.abs() } else { f64::INFINITY };
    let share = across.min(down).min(1.0);
    (chip.centre.0 + run * share, chip.centre.1 + rise * share)
}

fn draw_chip(sheet: &mut Sheet, chip: &Chip<'_>) {
    let title = words_of(chip.risk);
    let is_now = chip.moment == Moment::Current;
    let group =
        Group { class: chip.moment.class(), id: None, href: chip.risk.href.as_deref(), title: &title };
    sheet.open(&group);
    let corner = (chip.centre.0 - chip.width / 2.0, chip.centre.1 - CHIP / 2.0);
    let ink = if is_now { Ink::Text } else { Ink::Muted };
    sheet.path("chip-ground", ink, &PathData::default().pill(corner, (chip.width, CHIP)));
    let text = fitted(&chip.risk.id, SMALL_SIZE, Weight::Strong, chip.width - 4.0);
    let ink = if is_now { Ink::Paper } else { Ink::Muted };
    sheet.words(&Words::new(&text, chip.centre, ink).small().strong().anchored(Anchor::Middle));
    sheet.close(&group);
}

/// "R1 Roll-out not finished before the change freeze: score 20, after response 10".
fn words_of(risk: &RiskMark) -> String {
    let mut words = format!("{} {}: score {}", risk.id, risk.name, score(risk.current));
    if let Some(inherent) = risk.inherent.filter(|place| *place != risk.current) {
        words.push_str(&format!(", before any response {}", score(inherent)));
    }
    if let Some(residual) = risk.residual.filter(|place| *place != risk.current) {
        words.push_str(&format!(", after response {}", score(residual)));
    }
    words
}

/// Class of a place.
fn level(input: &RiskMatrixInput, place: RiskPlace) -> RiskLevel {
    input.levels[index(place.probability)][index(place.impact)]
}

fn sentence(input: &RiskMatrixInput) -> String {
    let n_risks = input.risks.len();
    if n_risks == 0 {
        return "No risk is open.".to_owned();
    }
    let count =
        |wanted: RiskLevel| input.risks.iter().filter(|risk| level(input, risk.current) == wanted).count();
    let parts: Vec<String> = [RiskLevel::VeryHigh, RiskLevel::High, RiskLevel::Medium, RiskLevel::Low]
        .into_iter()
        .map(|wanted| (count(wanted), wanted.word()))
        .filter(|(n, _)| *n > 0)
        .map(|(n, word)| format!("{n} {word}"))
        .collect();
    let n_reduced = input
        .risks
        .iter()
        .filter(|risk| score(risk.remaining()) < score(risk.inherent.unwrap_or(risk.current)))
        .count();
    let noun = if n_risks == 1 { "risk is" } else { "risks are" };
    format!("{n_risks} {noun} open: {} today; responses lower the score of {n_reduced}.", parts.join(", "))
}

fn table(input: &RiskMatrixInput) -> DataTable {
    use crate::chart::Column::{Number, Word};
    let columns = [
        ("Risk", Word),
        ("What may happen", Word),
        ("Score before any response", Number),
        ("Score today", Number),
        ("Class today", Word),
        ("Score after response", Number),
    ];
    let mut table = DataTable::with_columns(format!("{}: open risks", input.title), &columns);
    for risk in &input.risks {
        table.rows.push(vec![
            risk.id.clone(),
            risk.name.clone(),
            score_or_dash(risk.inherent),
            score(risk.current).to_string(),
            level(input, risk.current).word().to_owned(),
            score_or_dash(risk.residual),
        ]);
    }
    table
}

fn score_or_dash(place: Option<RiskPlace>) -> String {
    place.map_or_else(|| crate::format::NOTHING.to_owned(), |place| score(place).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arrow_runs_beside_the_words_of_the_cells_it_crosses() {
        let place = |probability, impact| RiskPlace { probability, impact };
        // From probable and grave down to the cell on its lower left: through the lower right corner of the cell between.
        let risk = RiskMark {
            id: "R1".to_owned(),
            name: "Wishes".to_owned(),
            href: None,
            inherent: Some(place(4, 4)),
            current: place(3, 4),
            residual: Some(place(2, 3)),
        };
        let input = RiskMatrixInput { risks: vec![risk], ..crate::chart::tests::samples::sample_risks() };
        for column in [Column::Wide, Column::Narrow] {
            let svg = Canvas::paint(&input, column).finish("Risks", "One risk.");
            assert_eq!(svg.matches(">R1</text>").count(), 2, "today and after the response");
            let (from, to) = {
                let mut canvas = Canvas {
                    input: &input,
                    left: 104.0,
                    rows: [(0.0, 58.0); CLASSES],
                    cell_width: 122.4,
                    column,
                };
                for row in 0..CLASSES {
                    canvas.rows[row].0 = 24.0 + 58.0 * (CLASSES - 1 - row) as f64;
                }
                arrows(&canvas.placed())[0]
            };
            if column == Column::Wide {
                let boxes = crate::chart::tests::text_boxes::of(&svg);
                for (text, words) in boxes.iter().filter(|(_, words)| words.starts_with("medium")) {
                    let frame =
                        Frame { left: text.left, top: text.top, right: text.right, bottom: text.bottom };
                    assert!(!frame.is_crossed_by(from, to), "{words} at {text:?}: {from:?} {to:?}");
                }
            }
        }
    }
}
