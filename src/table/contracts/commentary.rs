//! What owners say beside the numbers, and what was reported elsewhere.

use crate::table::contract::Contract;
use crate::table::contract::build::{choice, contract, currency, date, number, period, reference, text};

pub(super) fn commentary() -> Contract {
    contract("Commentary", "finance.xlsx", "The owner's words on a variance. Printed beside it, and asked for where a threshold is passed.")
        .fields(vec![
            text("Item").needed().also("Initiative|Initiative ID|Project|Project ID|Subject").help("Initiative ID, also with a control account (INI-01 CA-10), or portfolio; or an objective, benefit, KPI or risk.").example("INI-01"),
            choice("Measure", "cost=spend,budget,finance|schedule=time,plan|benefits=benefit|risk=risks|KPI=KPIs,performance|overall=summary,general")
                .needed()
                .also("Topic|Area|Subject area|Dimension")
                .help("What it speaks of.")
                .example("cost"),
            period("Period").needed().also("Fiscal period|Month|Reporting period").help("The period that it is about.").example("FY2027-P07"),
            text("Text").needed().also("Comment|Commentary|Narrative|Explanation|Comments").help("One or two sentences: what happened, why, what is done about it.").example("Two contractors started a month late; spend moves to P09."),
            reference("Author", "People").also("Author ID|Written by|By|Owner").help("Person ID of the writer.").example("P-001"),
        ])
}

pub(super) fn reported_positions() -> Contract {
    contract(
        "Reported positions",
        "finance.xlsx",
        "Totals that were reported elsewhere. The changes recomputed from them must equal the stated ones.",
    )
    .fields(vec![
        text("Item").needed().also("Initiative|Initiative ID|Project|Line").help("What the figure is about.").example("INI-01"),
        date("As-of")
            .needed()
            .also("As of|Date|Report date|As of date|Status date")
            .help("The date that the figure speaks of.")
            .example("2026-10-31"),
        text("Measure").needed().also("Metric|KPI|Figure").help("Which figure it is.").example("Forecast at completion"),
        number("Value")
            .also("Amount|Figure value|Reported value|Reported")
            .help("The figure as reported; blank where the report gives none.")
            .example("1840000"),
        number("Stated change")
            .also("Change|Movement|Variance|Stated movement|Change since last report")
            .help("The change since the report before, as stated in it.")
            .example("-10000"),
        number("Stated total")
            .also("Total change|Total changes|Cumulative change|Change to date|Change since first report|Total movement")
            .help("The total of all changes up to the report, as stated in it.")
            .example("-25000"),
        currency("Currency").also("Ccy|Curr|Currency code").help("Currency, where it is money.").example("GBP"),
    ])
    .key("item|as_of|measure|currency")
}
