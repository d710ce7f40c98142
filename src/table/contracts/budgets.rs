//! Budgets and forecasts: amounts by initiative and period.

use crate::table::contract::Contract;
use crate::table::contract::build::{choice, contract, currency, money, period, reference, text};

pub(super) fn budgets() -> Contract {
    contract("Budgets", "finance.xlsx", "Approved budget by initiative, category and period. Positive is cost.")
        .fields(vec![
            reference("Initiative", "Initiatives")
                .needed()
                .also("Initiative ID|Project|Project ID|Project code")
                .help("Initiative ID that the money is for.")
                .example("INI-01"),
            text("Activity or WBS")
                .also("WBS|Activity|WBS code|Activity ID|WBS element|Work package")
                .help("Activity ID or WBS code, where the budget is that fine.")
                .example("1.2"),
            text("Category")
                .needed()
                .also("Cost category|Cost type|Account|Expense type|Cost element")
                .help("What it is spent on, in your own words.")
                .example("Contractors"),
            choice(
                "Capex/Opex",
                "capex=capital,capital expenditure,c|opex=revenue,operating,operating expenditure,operational,o",
            )
            .needed()
            .also("Capex or opex|Capex opex|Cost class|Capital/revenue|Treatment")
            .help("Capital or operating expenditure.")
            .example("capex"),
            text("Funding source")
                .also("Funding|Fund|Source of funds|Funded by")
                .help("Where the money comes from.")
                .example("Digital fund"),
            period("Period")
                .needed()
                .also("Fiscal period|Month|Fiscal month|Posting period|Accounting period")
                .help("FY2027-P04, a date, or a month such as Jul 2026.")
                .example("FY2027-P04"),
            money("Amount").needed().also("Budget|Value|Amt|Budget amount|Total").help("Positive is cost.").example("42500"),
            currency("Currency").also("Ccy|Curr|Currency code").help("The initiative's currency where blank.").example("GBP"),
            text("Version")
                .also("Budget version|Revision|Scenario")
                .help("Name of the budget version; the latest counts.")
                .example("Approved"),
        ])
        .wide("period", "amount")
}

pub(super) fn forecast() -> Contract {
    contract(
        "Forecast",
        "finance.xlsx",
        "What is still expected to be spent, by initiative, category and period. Positive is cost.",
    )
    .fields(vec![
        reference("Initiative", "Initiatives")
            .needed()
            .also("Initiative ID|Project|Project ID|Project code")
            .help("Initiative ID that the money is for.")
            .example("INI-01"),
        text("WBS")
            .also("WBS code|WBS element|Activity or WBS|Activity|Work package")
            .help("WBS code, where the forecast is that fine.")
            .example("1.2"),
        text("Category")
            .also("Cost category|Cost type|Account|Expense type|Cost element")
            .help("What it is spent on, as in Budgets.")
            .example("Contractors"),
        period("Period")
            .needed()
            .also("Fiscal period|Month|Fiscal month|Posting period|Accounting period")
            .help("FY2027-P04, a date, or a month such as Jul 2026.")
            .example("FY2027-P05"),
        money("Amount")
            .needed()
            .also("Forecast|Value|Amt|Forecast amount|Estimate|Total")
            .help("Positive is cost.")
            .example("44000"),
        currency("Currency").also("Ccy|Curr|Currency code").help("The initiative's currency where blank.").example("GBP"),
        text("Basis")
            .also("Basis of forecast|Source|Method|Assumption")
            .help("What the figure rests on.")
            .example("Signed order"),
    ])
    .wide("period", "amount")
}
