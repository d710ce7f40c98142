//! Funding: where the money comes from, and when.

use crate::table::contract::Contract;
use crate::table::contract::build::{contract, currency, date, money, percent, reference, text};

pub(super) fn funding() -> Contract {
    contract("Funding", "finance.xlsx", "What each source of funds gives, between which days, and on which conditions.")
        .fields(vec![
            text("Source")
                .needed()
                .also("Funding source|Source of funds|Fund|Funder|Grant|Funded by|Sponsor")
                .help("Name of the source, as in Budgets.")
                .example("Digital fund"),
            money("Amount")
                .needed()
                .also("Value|Amt|Funding|Funding amount|Grant amount|Award|Approved funding|Total")
                .help("What it gives in all between From and To.")
                .example("1200000"),
            currency("Currency")
                .also("Ccy|Curr|Currency code")
                .help("The initiative's currency where blank, else the reporting currency.")
                .example("GBP"),
            date("From")
                .also("Available from|Start|Start date|From date|Valid from")
                .help("First day on which it may be used.")
                .example("2026-04-01"),
            date("To")
                .also("Available to|End|End date|To date|Valid to|Until")
                .help("Last day on which it may be used.")
                .example("2027-03-31"),
            text("Conditions")
                .also("Condition|Terms|Restrictions|Notes|Comment")
                .help("What it is tied to, in a sentence.")
                .example("Capital only"),
            percent("Match %")
                .also("Match share|Matching|Match funding|Intervention rate|Funding rate|Co-funding")
                .help("Share of each cost that it bears; the rest is to come from elsewhere.")
                .example("50 %"),
            date("Expiry")
                .also("Expires|Expiry date|Expires on|Lapse date|Use by|Clawback date")
                .help("The day after which what is unused is lost.")
                .example("2027-06-30"),
            reference("Initiative", "Initiatives")
                .also("Initiative ID|Project|Project ID|Project code")
                .help("Initiative ID, where it is for one alone.")
                .example("INI-01"),
        ])
        .ordered("from", "to")
        .ordered("to", "expiry")
}
