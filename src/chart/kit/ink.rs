//! What a stroke or a surface means, in place of a colour.
//!
//! `plotters` hands only a colour to its backend. [`Ink`] travels through that colour as a key and comes out again as
//! a class name, so that the style sheet alone decides colour, dash and weight: on screen, in the dark, in print.

use plotters::style::RGBColor;
use plotters_backend::BackendColor;

/// First two bytes of every colour key. Any colour without them did not come from [`Ink`] and is drawn as plain ink.
const KEY: (u8, u8) = (0x4d, 0x50);

/// Declares the inks once, so that variant, class name and colour key cannot drift apart.
macro_rules! inks {
    ($($(#[$doc:meta])* $variant:ident => $class:literal,)*) => {
        /// The meaning of a drawn element; becomes its class `ink-…`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Ink {
            $($(#[$doc])* $variant,)*
        }

        /// Every ink, in the order of the colour keys.
        const INKS: &[Ink] = &[$(Ink::$variant,)*];

        impl Ink {
            /// Class name of the ink, as the style sheet knows it.
            pub const fn class(self) -> &'static str {
                match self {
                    $(Ink::$variant => $class,)*
                }
            }
        }
    };
}

inks! {
    /// Ordinary text and anything unnamed.
    Text => "ink-text",
    /// Secondary text: tick labels, scores, notes.
    Muted => "ink-muted",
    /// The line of an axis.
    Axis => "ink-axis",
    /// A grid line.
    Grid => "ink-grid",
    /// The line of the status date and its label.
    Status => "ink-status",
    /// A deadline or a date somebody promised.
    Deadline => "ink-deadline",
    /// What was planned: planned value, planned remaining, the baseline's ghost.
    Planned => "ink-planned",
    /// Earned value.
    Earned => "ink-earned",
    /// Actual cost; money paid.
    Actual => "ink-actual",
    /// Received but not yet invoiced.
    Accrual => "ink-accrual",
    /// Ordered but not yet received.
    Commitment => "ink-commitment",
    /// The most likely forecast.
    Forecast => "ink-forecast",
    /// The range of forecasts.
    Fan => "ink-fan",
    /// A range of dates, as a line with a cap at either end.
    Whisker => "ink-whisker",
    /// A limit: budget, budget with contingency.
    Ceiling => "ink-ceiling",
    /// Work agreed.
    Scope => "ink-scope",
    /// Work finished.
    Done => "ink-done",
    /// Work left.
    Rest => "ink-rest",
    /// Work or a date on the critical path.
    Critical => "ink-critical",
    /// A summary bar over several tasks.
    Summary => "ink-summary",
    /// Float: how far a task may slide.
    Float => "ink-float",
    /// Time in which a task is interrupted.
    Pause => "ink-pause",
    /// A milestone.
    Milestone => "ink-milestone",
    /// A phase gate.
    Gate => "ink-gate",
    /// A dependency.
    Link => "ink-link",
    /// A dependency that drives the finish.
    LinkCritical => "ink-link-critical",
    /// Weekends and holidays.
    Rested => "ink-rested",
    /// A closure that somebody decided, such as a change freeze.
    Closure => "ink-closure",
    /// Ground of alternate rows and of stage headings.
    Stripe => "ink-stripe",
    /// Change to the worse: later, dearer.
    Worse => "ink-worse",
    /// Change to the better: earlier, cheaper.
    Better => "ink-better",
    /// Lowest class of risk.
    RiskLow => "ink-risk-low",
    /// Middle class of risk.
    RiskMedium => "ink-risk-medium",
    /// High class of risk.
    RiskHigh => "ink-risk-high",
    /// Highest class of risk.
    RiskVeryHigh => "ink-risk-very-high",
    /// Items that wait to be done.
    Waiting => "ink-waiting",
    /// Items that somebody works on.
    Doing => "ink-doing",
    /// Items that are reviewed or tested.
    Review => "ink-review",
    /// The ground on which the chart stands.
    Paper => "ink-paper",
}

impl Ink {
    /// The colour key under which `plotters` carries this ink to the backend.
    pub fn key(self) -> RGBColor {
        let index = INKS.iter().position(|ink| *ink == self).unwrap_or_default();
        RGBColor(KEY.0, KEY.1, u8::try_from(index).unwrap_or_default())
    }

    /// The ink behind a colour key; [`Ink::Text`] for any other colour.
    pub fn of(color: BackendColor) -> Self {
        let (first, second, index) = color.rgb;
        if (first, second) != KEY {
            return Self::Text;
        }
        INKS.get(usize::from(index)).copied().unwrap_or(Self::Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plotters::style::Color;

    #[test]
    fn every_ink_comes_back_from_its_key() {
        for ink in INKS {
            assert_eq!(Ink::of(ink.key().to_backend_color()), *ink);
        }
    }

    #[test]
    fn a_foreign_colour_is_plain_ink() {
        assert_eq!(Ink::of(BackendColor { alpha: 1.0, rgb: (255, 0, 0) }), Ink::Text);
    }
}
