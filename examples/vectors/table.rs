//! The table: what milepost computes, what the reference says, and whether the two are the same.

/// What a line says where there is no figure.
pub const NONE: &str = "—";

/// A figure computed by milepost beside that of the reference.
struct Row {
    place: Place,
    figure: String,
    computed: String,
    reference: String,
    judgement: Option<&'static str>,
}

/// Where the reference stands.
#[derive(Clone, Copy)]
pub struct Place {
    /// The section.
    pub section: &'static str,
    /// What the section calls the vector.
    pub vector: &'static str,
}

impl Row {
    fn is_same(&self) -> bool {
        self.computed == self.reference
    }

    fn verdict(&self) -> String {
        match (self.is_same(), self.judgement) {
            (true, _) => "ok".to_owned(),
            (false, Some(judgement)) => format!("judged: {judgement}"),
            (false, None) => "DIFFERS".to_owned(),
        }
    }
}

/// All lines, in the order of the reference.
#[derive(Default)]
pub struct Table {
    rows: Vec<Row>,
}

impl Table {
    /// Adds words.
    pub fn words(&mut self, place: Place, figure: &str, computed: impl Into<String>, reference: &str) {
        self.add(place, figure, computed.into(), reference, None);
    }

    /// Adds a number, computed to as many digits as the reference has.
    pub fn number(&mut self, place: Place, figure: &str, computed: f64, reference: &str) {
        self.add(place, figure, digits_as(computed, reference), reference, None);
    }

    /// Adds a number that may be missing.
    pub fn maybe(&mut self, place: Place, figure: &str, computed: Option<f64>, reference: &str) {
        let computed = computed.map_or(NONE.to_owned(), |number| digits_as(number, reference));
        self.add(place, figure, computed, reference, None);
    }

    /// Adds words that differ from the reference for a reason.
    pub fn judged(
        &mut self,
        place: Place,
        figure: &str,
        computed: impl Into<String>,
        reference: &str,
        why: &'static str,
    ) {
        self.add(place, figure, computed.into(), reference, Some(why));
    }

    fn add(
        &mut self,
        place: Place,
        figure: &str,
        computed: String,
        reference: &str,
        judgement: Option<&'static str>,
    ) {
        let reference = reference.to_owned();
        self.rows.push(Row { place, figure: figure.to_owned(), computed, reference, judgement });
    }

    /// Prints every line and how many agree; says whether none differs without a reason.
    pub fn print(&self) -> bool {
        let line = |cells: [&str; 6]| {
            let [section, vector, figure, computed, reference, verdict] = cells;
            println!("{section:<8}{vector:<22}{figure:<50}{computed:<24}{reference:<24}{verdict}");
        };
        line(["section", "vector", "figure", "computed", "reference", ""]);
        for row in &self.rows {
            let Place { section, vector } = row.place;
            line([section, vector, &row.figure, &row.computed, &row.reference, &row.verdict()]);
        }
        let count = |is_counted: fn(&Row) -> bool| self.rows.iter().filter(|row| is_counted(row)).count();
        let same = count(Row::is_same);
        let judged = count(|row| !row.is_same() && row.judgement.is_some());
        let differing = self.rows.len() - same - judged;
        println!("{} figures: {same} ok, {judged} judged, {differing} differ", self.rows.len());
        differing == 0
    }
}

/// A number with as many decimals as a text has after its point, a half rounded away from zero as tables do.
pub fn digits_as(number: f64, reference: &str) -> String {
    let places = reference.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let unit = 10_f64.powi(i32::try_from(places).unwrap());
    format!("{:.places$}", (number * unit).round() / unit)
}
