//! Changes of the budget, and who may approve what.

use crate::table::contract::Contract;
use crate::table::contract::build::{choice, contract, currency, date, id, money, period, reference, text};

pub(super) fn budget_changes() -> Contract {
    contract(
        "Budget changes",
        "finance.xlsx",
        "Changes of the budget: virements, increases, decreases, re-phasing. Only approved ones count. A cell of the receiving side (To …) left blank is the same as the giving side's.",
    )
    .fields(vec![
        id("Change ID").needed().also("Change|Change number|Change no|Virement ID|Virement number|Transfer ID|Request ID|Request number|ID|Ref").help("A short code, never used twice.").example("BC-014"),
        choice(
            "Type",
            "virement=transfer,reallocation,budget transfer,budget virement|increase=supplement,addition,additional,uplift,top-up,growth|\
             decrease=reduction,cut,saving,give back|re-phase=rephase,re-phasing,rephasing,reprofile,re-profile,carry forward,carry over,slippage",
        )
        .needed()
        .also("Change type|Kind|Kind of change|Virement type")
        .help("A virement moves budget between two places, a re-phase between two periods; neither changes the whole.")
        .example("virement"),
        reference("From", "Initiatives").also("From initiative|From project|Giving initiative|Donor|Taken from|Source initiative").help("Initiative ID that gives. Leave it blank for an increase.").example("INI-01"),
        reference("To", "Initiatives").also("To initiative|To project|Receiving initiative|Recipient|Given to|Target initiative").help("Initiative ID that receives. Leave it blank for a decrease.").example("INI-02"),
        money("Amount").needed().also("Amt|Value|Change amount|Budget change|Transfer amount").help("Above zero; the type says which way it goes.").example("25000"),
        currency("Currency").also("Ccy|Curr|Currency code").help("The initiative's currency where blank.").example("GBP"),
        period("Period").needed().also("From period|Fiscal period|Month|Fiscal month|Effective period").help("The period whose budget changes: FY2027-P07, a date, or a month such as Oct 2026.").example("FY2027-P07"),
        period("To period").also("New period|Receiving period|Moved to period|To month").help("For a re-phase: the period that receives.").example("FY2027-P07"),
        text("WBS").also("From WBS|WBS code|WBS element|Work package|Activity or WBS").help("Activity ID or WBS code that gives, where the budget is that fine.").example("1.2"),
        text("To WBS").also("Receiving WBS|To WBS code|To work package").help("The same of the receiving side.").example("2.1"),
        text("Category").also("From category|Cost category|Cost type|Account|Expense type|Cost element").help("What it was to be spent on, as in Budgets.").example("Contractors"),
        text("To category").also("Receiving category|To cost category|To account|To cost type").help("What it is to be spent on.").example("Licences"),
        choice("Capex/Opex", "capex=capital,capital expenditure,c|opex=revenue,operating,operating expenditure,operational,o")
            .also("Capex or opex|Capex opex|Cost class|Capital/revenue|Treatment|From capex/opex")
            .help("Capital or operating expenditure.")
            .example("opex"),
        choice("To capex/opex", "capex=capital,capital expenditure,c|opex=revenue,operating,operating expenditure,operational,o")
            .also("To cost class|To treatment|Receiving capex/opex")
            .help("The same of the receiving side.")
            .example("opex"),
        text("Funding source").also("From funding source|Funding|Source of funds|Funded by").help("Where the money comes from.").example("Digital fund"),
        text("To funding source").also("Receiving funding source|To funding").help("The same of the receiving side.").example("Digital fund"),
        text("Reason").also("Justification|Why|Rationale|Description|Explanation").help("Why the budget changes, in a sentence.").example("Licences moved forward"),
        reference("Requester", "People").also("Requested by|Raised by|Submitted by|Applicant|Proposer").help("Person ID of who asked; nobody approves a change of their own.").example("P-001"),
        text("Approver").also("Approved by|Authorised by|Authorized by|Decided by|Approving body").help("Person ID, or the name of the body or role, as in Authority limits.").example("P-002"),
        date("Approved on").also("Approval date|Date approved|Approved|Decided on|Decision date").help("The day of the approval.").example("2026-10-05"),
        choice(
            "Status",
            "proposed=requested,submitted,pending,draft,open,in review|approved=accepted,agreed,authorised,authorized,in force,posted|\
             rejected=declined,refused,turned down|withdrawn=cancelled,canceled,taken back",
        )
        .also("State|Change status|Approval status|Outcome")
        .help("Where blank: approved where the approver and the day are given, else proposed.")
        .example("approved"),
    ])
    .key("change_id")
    .needs_when("status", "approved", "approver")
    .needs_when("status", "approved", "approved_on")
    .needs_when("type", "re-phase", "to_period")
}

pub(super) fn authority_limits() -> Contract {
    contract("Authority limits", "finance.xlsx", "Up to which amount a body or role may approve what, and who decides above it.")
        .fields(vec![
            text("Body or role").needed().also("Body|Role|Holder|Authority|Approver|Level|Delegated to|Position").help("Name of the body, or the role of a person as in People, or a Person ID.").example("Programme board"),
            choice(
                "Kind",
                "any=all,general,everything|virement=transfer,budget transfer,re-phase|increase=budget increase,decrease,budget change,supplement|\
                 contingency=contingency drawdown,contingency draw|management reserve=mr,reserve,reserve drawdown|commitment=order,purchase order,po,contract,purchase",
            )
            .needed()
            .also("Type|Kind of decision|Applies to|Decision type|Matter")
            .help("What it may approve; \"any\" holds for what has no row of its own.")
            .example("virement"),
            money("Limit").also("Amount|Authority limit|Approval limit|Maximum|Up to|Threshold|Max amount").help("Largest amount it may approve alone. Blank means no limit, and belongs to the last level only.").example("50000"),
            currency("Currency").also("Ccy|Curr|Currency code").help("The reporting currency where blank.").example("GBP"),
            text("Escalates to").also("Escalate to|Next level|Above the limit|Above limit|Reports to|Refer to|Higher authority").help("The body or role that decides above the limit; blank for the last level.").example("Investment committee"),
        ])
        .key("body_or_role|kind|currency")
}
