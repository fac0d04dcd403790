//! The words of the site beside the terms of the trade.

/// A word, what standards call it, and what it means here.
pub struct Word {
    /// Our word.
    pub word: &'static str,
    /// What standards and tools call it; empty where there is only our word.
    pub terms: &'static str,
    /// What it means.
    pub meaning: &'static str,
}

/// The glossary, in alphabetical order.
pub static WORDS: &[Word] = &[
    Word {
        word: "Actual cost",
        terms: "AC, ACWP",
        meaning: "What the work done so far has cost: booked hours × rates, invoices, and goods received that are not yet invoiced.",
    },
    Word {
        word: "Baseline",
        terms: "Performance measurement baseline",
        meaning: "A plan that was approved at a gate and frozen. Slips and earned value are measured against the newest one in force.",
    },
    Word {
        word: "Budget at completion",
        terms: "BAC",
        meaning: "The sum of all task budgets and budget lines of the baseline. Reserves are not in it.",
    },
    Word {
        word: "Business data team",
        terms: "Data owner, line of business",
        meaning: "The team outside the project that owns the data it needs.",
    },
    Word {
        word: "Change",
        terms: "Change request",
        meaning: "A request to alter what was agreed: scope, time, cost. Counts once it is approved.",
    },
    Word {
        word: "Cliff",
        terms: "",
        meaning: "A place where a day or a few move the finish at least five times as far, usually because a closed period stands behind it.",
    },
    Word {
        word: "Closing",
        terms: "Closing (PM²), closing a project (PRINCE2), Gate 5",
        meaning: "The last stage: ownership passes to operations, accounts are closed, lessons are kept. Ends with G5.",
    },
    Word {
        word: "Closure",
        terms: "Calendar exception, freeze",
        meaning: "Days on which a calendar allows no work, with the reason: a holiday, a change freeze.",
    },
    Word {
        word: "Contingency",
        terms: "Contingency reserve",
        meaning: "Money for known risks. The project manager may use it, by an approved change or a decision.",
    },
    Word {
        word: "Cost baseline",
        terms: "Budget with contingency",
        meaning: "Budget at completion with its contingency, however much of that is drawn: what forecasts of cost are held against. With \
                  the management reserve it is the total budget.",
    },
    Word {
        word: "Critical",
        terms: "Critical path, total float ≤ 0 or longest path",
        meaning: "Work that cannot slip without moving the project's finish: it has no float, or it drives the finish \
                  although its own calendar shows float.",
    },
    Word {
        word: "Criticality index",
        terms: "Criticality",
        meaning: "In how many of the runs of the schedule a task lay on a path that decided the finish.",
    },
    Word {
        word: "Deadline",
        terms: "Finish no later than, as a target",
        meaning: "The day by which something should finish. It never moves a task; missing it shows as a negative margin.",
    },
    Word {
        word: "Deliverable",
        terms: "Product, output",
        meaning: "Something the project hands over. It is done when its approver accepts it against its criteria.",
    },
    Word {
        word: "Drag",
        terms: "Critical path drag",
        meaning: "By how much a critical task alone lengthens the project: the days by which the finish would come sooner without it.",
    },
    Word {
        word: "Driving path",
        terms: "Longest path",
        meaning: "The chain of tasks, each held by the one before, that leads to the finish.",
    },
    Word {
        word: "Early-life support",
        terms: "Hypercare",
        meaning: "The first weeks of service, with the project still at hand.",
    },
    Word {
        word: "Earned schedule",
        terms: "ES, SPI(t)",
        meaning: "The day of the plan by which today's earned value was due; measures pace in days instead of money.",
    },
    Word { word: "Earned value", terms: "EV, BCWP", meaning: "The budget of the work that is done." },
    Word {
        word: "Estimate at completion",
        terms: "EAC",
        meaning: "What everything will have cost at the end. Always read as a range, from the lowest to the highest of EAC₁ to EAC₄.",
    },
    Word {
        word: "Execution",
        terms: "Executing (PM²), managing delivery",
        meaning: "The stage in which deliverables are built, tested and accepted. Ends with G3.",
    },
    Word {
        word: "Exposure",
        terms: "Expected monetary value, EMV",
        meaning: "Probability × cost of all open risks, after the response, opportunities taken off.",
    },
    Word {
        word: "Feasibility",
        terms: "Business case, outline business case",
        meaning: "Whether it is worth doing: costs, benefits, alternatives, risks. Decided at G1.",
    },
    Word {
        word: "Float",
        terms: "Slack",
        meaning: "How long a task can slip: total float without moving the project's finish, free float without moving any other task.",
    },
    Word {
        word: "Gate",
        terms: "Phase exit, stage boundary, RfP/RfE/RfC (PM²)",
        meaning: "A decision of the board whether the project may go on. G1 to G5 end the five stages.",
    },
    Word {
        word: "Hammock",
        terms: "Summary activity",
        meaning: "Work that lasts from one point of the plan to another and gives way with them, such as leading the project.",
    },
    Word {
        word: "Initiation",
        terms: "Initiating (PM²), starting up (PRINCE2)",
        meaning: "The stage that asks whether it is worth planning. Ends with G1.",
    },
    Word { word: "Issue", terms: "", meaning: "Something that hurts now. A risk that happened becomes one." },
    Word {
        word: "Lag, lead",
        terms: "",
        meaning: "Time that must pass between two tasks, or by which they may overlap.",
    },
    Word {
        word: "Level of effort",
        terms: "LOE",
        meaning: "Work that lasts as long as the project does, such as leading it. It earns as planned and is left out of the indices that give colours.",
    },
    Word {
        word: "Lever",
        terms: "What-if on the critical path",
        meaning: "What one working day less or more on a task does to the project's finish.",
    },
    Word {
        word: "Management reserve",
        terms: "",
        meaning: "Money for what nobody foresaw. Only the sponsor or the steering board may release it.",
    },
    Word {
        word: "Monitor & control",
        terms: "Monitoring & controlling (PMBOK), controlling (ISO 21502)",
        meaning: "Watching and steering, from the first day to the last; its statement is G4.",
    },
    Word {
        word: "Near-critical",
        terms: "",
        meaning: "Open work with little float, by default up to five working days.",
    },
    Word {
        word: "Outside team",
        terms: "External dependency",
        meaning: "A team the project depends on and does not lead: business data, security and compliance, procurement.",
    },
    Word {
        word: "P10, P50, P80",
        terms: "Percentile, confidence level",
        meaning: "The date that one of ten runs of the schedule keeps, half of them, or eight of ten; the same for cost.",
    },
    Word { word: "Person-day", terms: "pd", meaning: "The work of one person on one working day." },
    Word {
        word: "Planned value",
        terms: "PV, BCWS",
        meaning: "The budget of the work that was to be done by now.",
    },
    Word {
        word: "Planning",
        terms: "Planning (PM²), initiating a project (PRINCE2)",
        meaning: "The stage that makes one credible plan. Ends with G2, where it is frozen as a baseline.",
    },
    Word {
        word: "Procurement",
        terms: "Purchasing, contract management",
        meaning: "The outside team through which orders and contracts go.",
    },
    Word { word: "Project manager", terms: "PM", meaning: "Who plans, budgets, leads and reports." },
    Word {
        word: "Risk",
        terms: "Threat, opportunity",
        meaning: "Something that may happen and would hurt, or help.",
    },
    Word {
        word: "Run of the schedule",
        terms: "Iteration of a Monte Carlo simulation",
        meaning: "The whole plan scheduled once with lengths drawn from the three-point estimates, and with the risks that happened to strike.",
    },
    Word {
        word: "Security & compliance",
        terms: "Information security, data protection",
        meaning: "The outside team that says whether the result may run.",
    },
    Word {
        word: "Slip",
        terms: "Finish variance",
        meaning: "Working days by which something finishes later than the baseline said.",
    },
    Word {
        word: "Snapshot",
        terms: "Status record",
        meaning: "The figures of a report as they were on its day, frozen when it was closed.",
    },
    Word {
        word: "Sponsor",
        terms: "Project owner (PM²), executive (PRINCE2)",
        meaning: "Who pays, decides and releases the management reserve.",
    },
    Word {
        word: "Status date",
        terms: "Data date, time now",
        meaning: "The day everything is about. Facts count up to its end; work that is left lies after it.",
    },
    Word {
        word: "Tolerance",
        terms: "",
        meaning: "How far a forecast may drift before the board wants to be asked.",
    },
    Word {
        word: "Transfer of ownership",
        terms: "Transition, handover to operations",
        meaning: "Operations accepts what it will run, item by item. Decided at G5.",
    },
    Word {
        word: "Waiver",
        terms: "",
        meaning: "A rule whose findings a project lets pass, with a reason, a name and an end.",
    },
];

#[cfg(test)]
mod tests {
    use super::WORDS;

    #[test]
    fn words_stand_in_alphabetical_order() {
        assert!(WORDS.is_sorted_by_key(|word| word.word.to_lowercase()));
    }
}
