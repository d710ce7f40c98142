//! Progress reports and baselines, by activity and date.

use crate::table::contract::Contract;
use crate::table::contract::build::{contract, date, moment, money, percent, reference, span, text};

pub(super) fn progress() -> Contract {
    contract(
        "Progress",
        "plan.xlsx",
        "What was reported about an activity on a date. Rows are added, never changed; the latest up to the as-of date counts.",
    )
    .fields(vec![
        moment("As-of")
            .needed()
            .also("As of|Status date|Data date|Report date|Date|As of date")
            .help("The date that the report speaks of.")
            .example("2026-10-31"),
        reference("Initiative", "Initiatives")
            .also("Initiative ID|Project|Project ID|Project code")
            .help("Initiative ID of the activity.")
            .example("INI-01"),
        reference("Activity", "Activities")
            .needed()
            .also("Activity ID|Task|Task ID|Activity code")
            .help("The activity; INIT/ID works too.")
            .example("A230"),
        percent("Percent complete")
            .also("% complete|Progress|% done|Percent done|Complete|Percent|Pct complete")
            .help("How much is done.")
            .example("60%"),
        moment("Actual start").also("Started|Started on|AS|Act start").help("When it started.").example("2026-06-02"),
        moment("Actual finish").also("Finished|Finished on|AF|Act finish|Actual end").help("When it finished.").example(""),
        span("Actual duration").also("Act duration|AD").help("Working time spent so far.").example("9d"),
        span("Remaining duration").also("RD|Remaining|Rem duration").help("Working time still needed.").example("6d"),
        money("Actual cost").also("AC|ACWP|Cost to date|Act cost").help("Cost up to the date.").example("11200"),
        span("Actual work").also("Work to date|Act work|Actual effort|Hours spent").help("Work up to the date.").example("150h"),
    ])
    .key("as_of|initiative|activity")
    .ordered("actual_start", "actual_finish")
}

pub(super) fn baselines() -> Contract {
    contract("Baselines", "plan.xlsx", "Approved baselines, each under its name. A new one needs a reason and an approver.")
        .fields(vec![
            text("Baseline")
                .needed()
                .also("Baseline name|Baseline ID|Version|Baseline version")
                .help("Name of the baseline.")
                .example("BL1"),
            reference("Initiative", "Initiatives")
                .also("Initiative ID|Project|Project ID|Project code")
                .help("Initiative ID of the activity.")
                .example("INI-01"),
            reference("Activity", "Activities")
                .needed()
                .also("Activity ID|Task|Task ID|Activity code")
                .help("The activity; INIT/ID works too.")
                .example("A230"),
            moment("Start").also("Baseline start|Start date|BL start").help("Start in this baseline.").example("2026-06-01"),
            moment("Finish")
                .also("Baseline finish|Finish date|BL finish|End|End date")
                .help("Finish in this baseline.")
                .example("2026-06-19"),
            money("Cost").also("Baseline cost|BL cost|Budget").help("Cost in this baseline.").example("18000"),
            span("Work").also("Baseline work|BL work|Effort").help("Work in this baseline.").example("240h"),
            reference("Approved by", "People").also("Approver|Approver ID").help("Person ID of the approver.").example("P-002"),
            date("Approved on").also("Approval date|Date approved").help("The day of the approval.").example("2026-04-15"),
            text("Reason")
                .also("Change reason|Justification|Rationale")
                .help("Why the baseline changed; blank for the first.")
                .example(""),
        ])
        .key("baseline|initiative|activity")
        .ordered("start", "finish")
}
