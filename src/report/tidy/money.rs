//! Money beside the cost cube: the position by every dimension, cash, burn, funding, reserves and budget changes.

use super::TidyTable;
use crate::analysis::budget_control::{JudgedChange, Verdict};
use crate::analysis::cost::{Burn, CashMonth, Dimension, PositionLine};
use crate::analysis::funding::{FundingGap, FundingPeriod, SourcePosition, Timing};
use crate::analysis::measure::{Measure, Undefined};
use crate::analysis::reserves::{CorkscrewRow, ForwardRow, ReserveFund};
use crate::base::money::Money;
use crate::model::budget_control::{BudgetChange, BudgetPlace};
use crate::report::ReportInput;
use rust_decimal::Decimal;

fn major(money: Measure<Money>) -> Option<Decimal> {
    money.ok().map(Money::amount)
}

fn why<T>(figure: Measure<T>) -> Option<&'static str> {
    figure.err().map(Undefined::reason)
}

fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// The position line by line, by each dimension; every dimension adds up to the same totals.
#[must_use]
pub fn position(input: &ReportInput<'_>) -> TidyTable {
    let groups = &input.analyses.cost.groups;
    let currency = input.analyses.cost.currency;
    let rows: Vec<(Dimension, &str, &PositionLine)> =
        groups.iter().flat_map(|group| group.lines.iter().map(|(label, line)| (group.dimension, label.as_str(), line))).collect();
    TidyTable::over(
        "cost_position",
        "A line of the cost position by one dimension; dimensions are not added to one another.",
        &rows,
    )
    .text("dimension", "initiative, work package, category, capital and operating, funding source or period.", |row| {
        Some(row.0.label())
    })
    .text("line", "Its label in that dimension; none where the lines do not tell.", |row| some(row.1))
    .text("currency", "Reporting currency.", |_| Some(currency.code().to_string()))
    .amount("original_budget", "Budget of the version that counts, at budget rates.", |row| major(row.2.original))
    .amount("budget_changes", "Approved changes.", |row| major(row.2.changes))
    .amount("current_budget", "Original budget and approved changes.", |row| major(row.2.budget))
    .amount("actual_cost", "Actual cost at average rates, accruals included.", |row| major(row.2.actual))
    .amount("accrued", "The part of it that is accrued.", |row| major(row.2.accrued))
    .amount("on_order", "Orders neither invoiced nor released, at the closing rate.", |row| major(row.2.commitments))
    .amount("forecast_to_come", "Forecast to complete.", |row| major(row.2.to_come))
    .amount("forecast_beyond_orders", "What the forecast holds beyond the orders.", |row| major(row.2.uncommitted))
    .amount("estimate_at_completion", "Actual cost, orders, and forecast beyond them.", |row| major(row.2.estimate_at_completion))
    .text("estimate_reason", "Why there is no estimate at completion.", |row| why(row.2.estimate_at_completion))
    .amount("available_budget", "Current budget less actual cost and orders.", |row| major(row.2.available))
    .amount("variance_at_completion", "Estimate at completion less current budget; above zero is over budget.", |row| {
        major(row.2.variance)
    })
    .done()
}

/// Cash by month.
#[must_use]
pub fn cash_flow(input: &ReportInput<'_>) -> TidyTable {
    let fiscal = &input.portfolio.settings.fiscal;
    let currency = input.analyses.cost.currency;
    let rows: &[CashMonth] = &input.analyses.cost.cash.months;
    TidyTable::over("cash_flow", "Cash of the portfolio in a fiscal period, in the reporting currency.", rows)
        .text("period", "Fiscal period.", |month| Some(month.period))
        .date("period_end", "Last day of the period.", |month| Some(fiscal.end(month.period)))
        .text("currency", "Reporting currency.", |_| Some(currency.code().to_string()))
        .yes_no("is_past", "True up to the period of the as-of date.", |month| Some(month.is_past))
        .amount("paid", "Actuals posted, without accruals and reversals.", |month| major(month.paid))
        .amount("expected", "Open accruals and forecast, at the period in which they are paid.", |month| major(month.expected))
        .text("expected_reason", "Why nothing is expected.", |month| why(month.expected))
        .amount("funding", "Funding whose window opens.", |month| major(month.funding))
        .text("funding_reason", "Why there is no funding.", |month| why(month.funding))
        .amount("cumulative_out", "Paid and expected from the first period on.", |month| major(month.cumulative_out))
        .amount("cumulative_in", "Funding from the first period on.", |month| major(month.cumulative_in))
        .done()
}

/// Burn rate and runway.
#[must_use]
pub fn burn(input: &ReportInput<'_>) -> TidyTable {
    let currency = input.analyses.cost.currency;
    let rows: &[Burn] = &input.analyses.cost.burn;
    TidyTable::over(
        "burn_rate",
        "How fast the portfolio or an initiative that is not over spends, and how long its budget lasts.",
        rows,
    )
    .text("initiative", "Id of the initiative; none for the portfolio.", |burn| burn.initiative.as_ref())
    .text("currency", "Reporting currency.", |_| Some(currency.code().to_string()))
    .whole("periods", "Number of whole periods that the rate is the mean of.", |burn| i64::try_from(burn.periods).ok())
    .amount("per_period", "Mean actual cost of a period.", |burn| major(burn.per_period))
    .amount("remaining", "Current budget less actual cost.", |burn| major(burn.remaining))
    .number("runway_periods", "Periods that the remaining budget lasts at that rate.", |burn| burn.runway_periods.ok())
    .date("runs_out", "The day on which it is used up.", |burn| burn.runs_out.ok())
    .text("runway_reason", "Why there is no runway.", |burn| why(burn.runway_periods))
    .done()
}

/// Funding by source.
#[must_use]
pub fn funding(input: &ReportInput<'_>) -> TidyTable {
    let position = &input.analyses.funding;
    let currency = position.currency;
    let rows: &[SourcePosition] = &position.sources;
    TidyTable::over("funding", "A source of funding, in the reporting currency.", rows)
        .text("source", "Name of the source.", |each| Some(&each.source))
        .text("currency", "Reporting currency.", |_| Some(currency.code().to_string()))
        .amount("amount", "What its lines give, at budget rates.", |each| major(each.amount))
        .amount("current_budget", "Current budget that names it.", |each| major(each.budget))
        .amount("need", "Actual cost and what is still to come that belongs to it.", |each| major(each.need))
        .amount("used_to_date", "What it pays of cost to date.", |each| major(each.used_to_date))
        .amount("allocated", "What it pays of all cost.", |each| major(each.allocated))
        .amount("unallocated", "What no cost needs.", |each| major(each.unallocated))
        .amount("expiring", "The part of that which is lost when its window closes.", |each| major(each.expiring))
        .date("expires_on", "The earliest day after which any of it is lost.", |each| each.expires_on)
        .amount("unfunded", "Need that belongs to it and that nothing pays for.", |each| major(each.unfunded))
        .amount("outside_window", "Cost to date that belongs to it and lies outside its windows.", |each| {
            major(each.outside_window)
        })
        .number("match_share", "The share of each cost that it bears; none where all.", |each| each.match_share)
        .amount("match_required", "What others are to pay beside it.", |each| major(each.match_required))
        .amount("match_found", "What others pay beside it.", |each| major(each.match_found))
        .text("reason", "Why there is no amount.", |each| why(each.amount))
        .done()
}

/// Funding and need by period.
#[must_use]
pub fn funding_periods(input: &ReportInput<'_>) -> TidyTable {
    let fiscal = &input.portfolio.settings.fiscal;
    let currency = input.analyses.funding.currency;
    let rows: &[FundingPeriod] = &input.analyses.funding.periods;
    TidyTable::over("funding_periods", "Funding and need of a fiscal period, in the reporting currency.", rows)
        .text("period", "Fiscal period.", |each| Some(each.period))
        .date("period_end", "Last day of the period.", |each| Some(fiscal.end(each.period)))
        .text("currency", "Reporting currency.", |_| Some(currency.code().to_string()))
        .amount("brought_forward", "Money that is there from earlier periods.", |each| major(each.brought_forward))
        .amount("opened", "Funding whose window opens.", |each| major(each.opened))
        .amount("need", "Cost to date and to come, after credits.", |each| major(each.need))
        .amount("funded", "What is paid of it.", |each| major(each.funded))
        .amount("unfunded", "What nothing pays for.", |each| major(each.unfunded))
        .amount("lapsed", "Unused money whose last day lies in the period.", |each| major(each.lapsed))
        .amount("carried_forward", "Brought forward and opened less funded and lapsed.", |each| major(each.carried_forward))
        .done()
}

/// What nothing pays for.
#[must_use]
pub fn funding_gaps(input: &ReportInput<'_>) -> TidyTable {
    let rows: &[FundingGap] = &input.analyses.funding.gaps;
    let currency = input.analyses.funding.currency;
    TidyTable::over("funding_gaps", "Cost of a period, initiative and source that nothing pays for.", rows)
        .text("period", "Fiscal period.", |gap| Some(gap.period))
        .text("initiative", "Id of the initiative; none for cost that names none.", |gap| gap.initiative.as_ref())
        .text("source", "The source that it belongs to; none where the budget names none.", |gap| gap.source.as_ref())
        .text("timing", "to date or to come.", |gap| Some(if gap.timing == Timing::ToDate { "to date" } else { "to come" }))
        .text("currency", "Reporting currency.", |_| Some(currency.code().to_string()))
        .amount("amount", "How much.", |gap| Some(gap.amount.amount()))
        .text("reason", "Why nothing pays for it.", |gap| Some(gap.why.label()))
        .done()
}

/// The corkscrew of every fund.
#[must_use]
pub fn reserves(input: &ReportInput<'_>) -> TidyTable {
    let fiscal = &input.portfolio.settings.fiscal;
    let funds = &input.analyses.reserves.funds;
    let rows: Vec<(&ReserveFund, &CorkscrewRow)> =
        funds.iter().flat_map(|fund| fund.corkscrew.iter().map(move |row| (fund, row))).collect();
    TidyTable::over("reserves", "A fund of contingency or management reserve in a fiscal period, in its own currency.", &rows)
        .text("fund", "contingency or management reserve.", |(fund, _)| Some(fund.fund.word()))
        .text("initiative", "Id of the initiative; none for the portfolio's.", |(fund, _)| fund.initiative.as_ref())
        .text("period", "Fiscal period.", |(_, row)| Some(row.period))
        .date("period_end", "Last day of the period.", |(_, row)| Some(fiscal.end(row.period)))
        .text("currency", "Currency of the fund.", |(fund, _)| Some(fund.currency.code().to_string()))
        .amount("opening", "What it began the period with.", |(_, row)| major(row.opening))
        .amount("additions", "Added.", |(_, row)| major(row.additions))
        .amount("drawdowns", "Drawn.", |(_, row)| major(row.drawdowns))
        .amount("releases", "Given back.", |(_, row)| major(row.releases))
        .amount("closing", "Opening and additions less drawdowns and releases.", |(_, row)| major(row.closing))
        .done()
}

/// What each fund has to cover.
#[must_use]
pub fn reserve_cover(input: &ReportInput<'_>) -> TidyTable {
    let rows: &[ReserveFund] = &input.analyses.reserves.funds;
    let currency = input.analyses.reserves.currency;
    TidyTable::over("reserve_cover", "What is left of a fund and what it has to cover, in the reporting currency.", rows)
        .text("fund", "contingency or management reserve.", |fund| Some(fund.fund.word()))
        .text("initiative", "Id of the initiative; none for the portfolio's.", |fund| fund.initiative.as_ref())
        .text("currency", "Reporting currency.", |_| Some(currency.code().to_string()))
        .amount("remaining", "What is left, at the budget rate of the as-of period.", |fund| major(fund.remaining_reporting))
        .amount("exposure", "Residual expected cost of the open threats that it covers.", |fund| major(fund.exposure))
        .number("coverage", "What is left over the exposure.", |fund| fund.coverage.ok())
        .text("coverage_reason", "Why there is no coverage.", |fund| why(fund.coverage))
        .amount("drawn", "What was drawn, at the budget rate of the as-of period.", |fund| major(fund.drawn_reporting))
        .amount("retired", "Expected cost, before any response, of threats that are over: the use that was forecast.", |fund| {
            major(fund.retired)
        })
        .amount("use_at_completion", "What was drawn and the exposure ahead.", |fund| major(fund.use_at_completion))
        .amount("surplus", "What is left less the exposure.", |fund| major(fund.surplus))
        .text("runs_short", "The first period in which the draws to be expected pass what is left.", |fund| fund.runs_short)
        .whole("open_threats", "Open threats that it covers.", |fund| i64::try_from(fund.threats.0).ok())
        .whole("threats_without_amount", "Those of them without an amount.", |fund| i64::try_from(fund.threats.1).ok())
        .done()
}

/// The draws to be expected.
#[must_use]
pub fn reserve_forward(input: &ReportInput<'_>) -> TidyTable {
    let fiscal = &input.portfolio.settings.fiscal;
    let reserves = &input.analyses.reserves;
    let rows: Vec<(&ReserveFund, &ForwardRow)> =
        reserves.funds.iter().flat_map(|fund| fund.forward.iter().map(move |row| (fund, row))).collect();
    TidyTable::over("reserve_forward", "What a fund has to meet in a fiscal period ahead, in the reporting currency.", &rows)
        .text("fund", "contingency or management reserve.", |(fund, _)| Some(fund.fund.word()))
        .text("initiative", "Id of the initiative; none for the portfolio's.", |(fund, _)| fund.initiative.as_ref())
        .text("period", "Fiscal period.", |(_, row)| Some(row.period))
        .date("period_end", "Last day of the period.", |(_, row)| Some(fiscal.end(row.period)))
        .text("currency", "Reporting currency.", |_| Some(reserves.currency.code().to_string()))
        .amount("expected_draw", "Exposure placed in the period.", |(_, row)| Some(row.expected.amount()))
        .amount("exposure_ahead", "Exposure still ahead at its end.", |(_, row)| Some(row.exposure_ahead.amount()))
        .amount("remaining", "What is left if drawn as expected; nothing less than zero.", |(_, row)| major(row.remaining))
        .amount("shortfall", "By how much the draws to be expected pass what is left.", |(_, row)| major(row.shortfall))
        .done()
}

/// Every budget change.
#[must_use]
pub fn budget_changes(input: &ReportInput<'_>) -> TidyTable {
    let rows: Vec<(&BudgetChange, &JudgedChange)> = judged(input).collect();
    let place = |place: &Option<BudgetPlace>| place.clone();
    TidyTable::over("budget_changes", "A change of the budget, in its own currency.", &rows)
        .text("change", "Id of the change.", |(change, _)| Some(&change.id))
        .text("type", "virement, increase, decrease or re-phase.", |(change, _)| Some(change.kind.word()))
        .text("status", "proposed, approved, rejected or withdrawn.", |(change, _)| Some(change.status.word()))
        .yes_no("in_force", "True where it is in the current budget.", |(_, judged)| Some(judged.in_force))
        .text("from_initiative", "What is reduced; none for an increase.", move |(change, _)| {
            place(&change.from).map(|from| from.initiative)
        })
        .text("from_category", "Its category.", move |(change, _)| place(&change.from).map(|from| from.category))
        .text("from_period", "Its period.", move |(change, _)| place(&change.from).map(|from| from.period))
        .text("to_initiative", "What grows; none for a decrease.", move |(change, _)| place(&change.to).map(|to| to.initiative))
        .text("to_category", "Its category.", move |(change, _)| place(&change.to).map(|to| to.category))
        .text("to_period", "Its period.", move |(change, _)| place(&change.to).map(|to| to.period))
        .amount("amount", "Amount, above zero.", |(change, _)| Some(change.amount))
        .text("currency", "Its currency.", |(change, _)| Some(change.currency.code().to_string()))
        .text("requester", "Id of the person who asked for it.", |(change, _)| change.requester.as_ref())
        .text("approver", "Id of the person or name of the body that approved it.", |(change, _)| {
            change.approver.as_ref().map(|of| of.name().to_string())
        })
        .date("approved_on", "When it was approved.", |(change, _)| change.approved_on)
        .text("reason", "Why.", |(change, _)| change.reason.as_ref())
        .whole("rules_broken", "How many rules it breaks.", |(_, judged)| {
            i64::try_from(judged.verdicts.iter().filter(|verdict| verdict.holds == Ok(false)).count()).ok()
        })
        .done()
}

fn judged<'a>(input: &ReportInput<'a>) -> impl Iterator<Item = (&'a BudgetChange, &'a JudgedChange)> {
    let (portfolio, control) = (input.portfolio, &input.analyses.budget_control);
    control.changes.iter().filter_map(|judged| Some((portfolio.budget_changes.get(judged.change)?, judged)))
}

/// What each rule says of each budget change.
#[must_use]
pub fn budget_change_verdicts(input: &ReportInput<'_>) -> TidyTable {
    let rows: Vec<(&BudgetChange, &Verdict)> =
        judged(input).flat_map(|(change, judged)| judged.verdicts.iter().map(move |verdict| (change, verdict))).collect();
    TidyTable::over("budget_change_verdicts", "What a rule says of a budget change.", &rows)
        .text("change", "Id of the change.", |(change, _)| Some(&change.id))
        .text("rule", "The rule.", |(_, verdict)| Some(verdict.rule.label()))
        .yes_no("holds", "True where it holds; none where it does not apply or cannot be judged.", |(_, verdict)| {
            verdict.holds.ok()
        })
        .text("why", "What it was judged by, or why it was not.", |(_, verdict)| some(&verdict.why))
        .done()
}
