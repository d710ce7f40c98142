//! Exchange rates, as dated data.

use crate::table::contract::Contract;
use crate::table::contract::build::{choice, contract, currency, date, number, period, text};

pub(super) fn fx_rates() -> Contract {
    contract("FX rates", "finance.xlsx", "Exchange rates: one unit of From is worth Rate units of To. A rate that is missing is never taken as 1.")
        .fields(vec![
            currency("From").needed().also("From currency|Base|Base currency|Foreign currency|Source currency").help("Currency that is converted.").example("EUR"),
            currency("To").needed().also("To currency|Quote currency|Target currency|Local currency|Reporting currency").help("Currency that it becomes.").example("GBP"),
            choice("Kind", "spot=daily,day|average=avg,monthly average,mean,p&l|closing=close,period end,balance sheet,month end|budget=plan,planning")
                .needed()
                .also("Rate type|Type|Rate kind")
                .help("Actuals take the average rate, budgets the budget rate.")
                .example("average"),
            period("Period").also("Fiscal period|Month|Fiscal month").help("The period it holds for; or give a date.").example("FY2027-P04"),
            date("Date").also("Rate date|Effective date|Valid on|Day").help("The day it holds for; or give a period.").example(""),
            number("Rate").needed().also("Exchange rate|FX rate|Value|Fx").at_least(0.0).help("How many To one From buys.").example("0.8642"),
            text("Source").also("Rate source|Provider|Origin").help("Where it was taken from.").example("Treasury"),
        ])
        .key("from|to|kind|period|date")
        .one_of("period|date")
}
