//! `thresholds:` in `project.yaml` and `portfolio.yaml`: limits other than the usual ones.

use crate::diagnostic::Spanned;
use crate::quantity::{Duration, Malformed, Percent};
use crate::record;
use crate::record::decode::Scalar;

record! {
    /// Limits that give colours, classes of risk and flags, where others than the usual ones shall hold. Those of a project
    /// come before those of the portfolio. *Method and glossary* prints every limit in force and where it is set.
    pub struct ThresholdsRecord("thresholds") {
        /// SPI(t) from which time is green; `0.95` when absent.
        index_green: Spanned<Index>,
        /// SPI(t) and CPI below which time and cost are red; `0.90` when absent.
        index_amber: Spanned<Index>,
        /// Share of the time tolerance up to which a slip is green; `50%` when absent.
        slip_green: Spanned<Percent>,
        /// Share of the runs of the schedule that keep the finish of the approved baseline, below which time is amber; `50%` when
        /// absent. Where nothing in the plan varies there are no runs, and nothing is judged by them.
        chance_green: Spanned<Percent>,
        /// Growth of the budget up to which scope is green; `5%` when absent.
        growth_green: Spanned<Percent>,
        /// Growth of the budget above which scope is red; `15%` when absent.
        growth_amber: Spanned<Percent>,
        /// Working time that a change may wait for its decision before scope is amber; `10d` when absent.
        change_waits: Spanned<Duration>,
        /// Share of tests passed below which quality is amber; `95%` when absent.
        tests_passed: Spanned<Percent>,
        /// Share of the contingency left up to which the expected loss is green; `60%` when absent.
        risk_green: Spanned<Percent>,
        /// Share of the contingency left above which the expected loss is red; `100%` when absent.
        risk_amber: Spanned<Percent>,
        /// Share of the way to its target from which a benefit's forecast is green; `95%` when absent.
        benefits_green: Spanned<Percent>,
        /// Share of the way to its target below which a benefit's forecast is red; `80%` when absent.
        benefits_amber: Spanned<Percent>,
        /// Reporting periods up to which the newest report is new; 1 when absent.
        report_green: Spanned<i64>,
        /// Reporting periods after which the newest report is stale; 2 when absent.
        report_amber: Spanned<i64>,
        /// Upper ends of classes 1 to 4 of probability; `[10%, 30%, 50%, 70%]` when absent.
        probability_classes: Vec<Spanned<Percent>>,
        /// Upper ends of classes 1 to 4 of cost, as shares of the budget; `[1%, 3%, 5%, 10%]` when absent.
        cost_classes: Vec<Spanned<Percent>>,
        /// Upper ends of classes 1 to 4 of time, as shares of the time tolerance; `[10%, 25%, 50%, 100%]` when absent.
        time_classes: Vec<Spanned<Percent>>,
        /// Score, class of probability × class of impact, from which a risk is medium and amber; 5 when absent.
        score_medium: Spanned<i64>,
        /// Score from which a risk is high, and amber; 10 when absent.
        score_high: Spanned<i64>,
        /// Score from which a risk is very high, and red; 17 when absent.
        score_very_high: Spanned<i64>,
        /// Point 1 of plan quality: share of tasks without a predecessor or successor that raises the flag; `5%` when absent.
        missing_logic: Spanned<Percent>,
        /// Point 2: share of links with a lead; `0%` when absent, so that any raises the flag.
        leads: Spanned<Percent>,
        /// Point 3: share of links with a lag; `5%` when absent.
        lags: Spanned<Percent>,
        /// Point 4: share of finish-to-start links below which the flag is raised; `90%` when absent.
        finish_to_start: Spanned<Percent>,
        /// Point 5: share of tasks with a hard constraint; `5%` when absent.
        hard_constraints: Spanned<Percent>,
        /// Point 6: total float above which it is high; `44d` when absent.
        float_days: Spanned<Duration>,
        /// Point 6: share of tasks with high float; `5%` when absent.
        high_float: Spanned<Percent>,
        /// Point 7: share of tasks with negative float; `0%` when absent.
        negative_float: Spanned<Percent>,
        /// Point 8: duration above which a task is long; `44d` when absent.
        duration_days: Spanned<Duration>,
        /// Point 8: share of long tasks; `5%` when absent.
        high_duration: Spanned<Percent>,
        /// Point 9: share of tasks with invalid dates; `0%` when absent.
        invalid_dates: Spanned<Percent>,
        /// Point 11: share of missed tasks; `5%` when absent.
        missed_tasks: Spanned<Percent>,
        /// Point 13: critical path length index below which the flag is raised; `0.95` when absent.
        cpli: Spanned<Index>,
        /// Point 14: baseline execution index below which the flag is raised; `0.95` when absent.
        bei: Spanned<Index>,
        /// Predecessors above which a task is listed as a merge point; 6 when absent.
        predecessors: Spanned<i64>,
        /// Working time above which a lag is long; `10d` when absent.
        lag_days: Spanned<Duration>,
    }
}

/// An index such as 0.95, in thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Index(pub i64);

impl Scalar for Index {
    const FORM: &'static str = "an index such as 0.95";

    fn read(text: &str) -> Result<Self, Malformed> {
        let form = || Malformed::expected(Self::FORM);
        // 97.5% is 0.975.
        let (text, scale, n_places) = match text.strip_suffix('%') {
            Some(share) => (share, 10, 1),
            None => (text, 1_000, 3),
        };
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let is_plain = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
        let n_digits = if scale == 10 { 3 } else { 2 };
        if whole.is_empty()
            || whole.len() > n_digits
            || part.len() > n_places
            || !is_plain(whole)
            || !is_plain(part)
        {
            return Err(form());
        }
        let number = |digits: &str| digits.parse::<i64>().map_err(|_| form());
        Ok(Self(number(whole)? * scale + number(&format!("{part:0<n_places$}"))?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_is_a_plain_number_with_up_to_three_decimals() {
        assert_eq!(Index::read("0.95"), Ok(Index(950)));
        assert_eq!(Index::read("1"), Ok(Index(1_000)));
        assert_eq!(Index::read("0.905"), Ok(Index(905)));
        assert_eq!(Index::read("95%"), Ok(Index(950)));
        assert_eq!(Index::read("97.5%"), Ok(Index(975)));
        for text in ["", ".", ".9", "-1", "0,95", "1e3", "0.9505", "100", "%", "-5%", "2000%", "9.55%"] {
            assert!(Index::read(text).is_err(), "{text}");
        }
    }
}
