//! Where risks and issues stand.

/// Where a risk stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RiskStatus {
    /// It may strike.
    Open,
    /// Somebody thinks that it is one.
    Proposed,
    /// Being assessed.
    Assessing,
    /// Assessed, waiting for the answer.
    WaitingForApproval,
    /// It is one, and its answer is approved.
    Approved,
    /// It is none.
    Rejected,
    /// It cannot strike any more.
    Closed,
}

impl RiskStatus {
    /// All states in the order of a risk's life.
    pub const ALL: [Self; 7] = [
        Self::Open,
        Self::Proposed,
        Self::Assessing,
        Self::WaitingForApproval,
        Self::Approved,
        Self::Rejected,
        Self::Closed,
    ];

    /// The words in `risks.yaml`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Proposed => "proposed",
            Self::Assessing => "assessing",
            Self::WaitingForApproval => "waiting for approval",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Closed => "closed",
        }
    }

    /// Says whether nothing is to be feared of it any more.
    #[must_use]
    pub fn is_final(self) -> bool {
        match self {
            Self::Rejected | Self::Closed => true,
            Self::Open | Self::Proposed | Self::Assessing | Self::WaitingForApproval | Self::Approved => {
                false
            }
        }
    }
}

/// Where an issue stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum IssueStatus {
    /// It hurts.
    Open,
    /// It hurts, and is to be mended later.
    Postponed,
    /// It is mended.
    Resolved,
    /// It is over, mended or not.
    Closed,
}

impl IssueStatus {
    /// All states in the order of an issue's life.
    pub const ALL: [Self; 4] = [Self::Open, Self::Postponed, Self::Resolved, Self::Closed];

    /// The word in `issues.yaml`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Postponed => "postponed",
            Self::Resolved => "resolved",
            Self::Closed => "closed",
        }
    }

    /// Says whether it does not hurt any more.
    #[must_use]
    pub fn is_final(self) -> bool {
        match self {
            Self::Resolved | Self::Closed => true,
            Self::Open | Self::Postponed => false,
        }
    }
}
