//! The rules of the money pages, in words: the basis of each figure.

/// Subject, rule, source.
pub const RULES: [(&str, &str, &str); 12] = [
    (
        "Current budget",
        "PL = original budget + approved changes dated up to the as-of date. A virement gives what it takes; what is proposed is told apart and is in no current budget.",
        "",
    ),
    (
        "Cost position",
        "EAC = AC + on order + forecast beyond orders. The forecast to come counts orders first, by initiative and category, unless the settings say that it holds none. Available = PL - AC - on order. dPL = EAC - PL: above zero is over budget. Every dimension adds up to the same totals.",
        "",
    ),
    (
        "Rates of the cost position",
        "Budgets and forecast at the budget rate of their period; actual cost at the average rate of its period; orders, as a balance, at the closing rate. Rounded once for each initiative, category, period and currency; finer lines are shares that add up to it.",
        "IAS 21, paragraphs 23 and 40",
    ),
    (
        "From budget to EAC, by cause",
        "Price and volume: actual cost at budget rates less the budget of the periods up to the as-of date. FX: actual cost at average less at budget rates. FC against later PL: forecast to come less the budget of later periods. Orders above FC: what is on order above the forecast. Without budget: cost of what has no budget lines. They leave no residual.",
        "",
    ),
    (
        "Cash",
        "Out: actuals in the period in which they were posted, without accruals; open accruals so many days after the as-of date as the settings say, the forecast so many days after each day of its period. In: funding when its window opens.",
        "",
    ),
    (
        "Burn rate and runway",
        "Burn: mean actual cost of the last whole periods. Runway: current budget less actual cost, over the burn. Short: it ends before the forecast finish.",
        "",
    ),
    (
        "Funding",
        "Need is actual cost and what is still to come. It belongs to the sources that the current budget names for the same initiative, category and period; else any source may pay. Money tied to the initiative pays first, then what expires earliest, within its window and never more than its share of a cost.",
        "",
    ),
    (
        "Contingency and management reserve",
        "Opening + additions - drawdowns - releases = closing, by fund and period. Coverage: what is left over the residual expected cost of the open threats that the fund covers. Management reserve covers what nobody knows yet: no register measures it.",
        "",
    ),
    (
        "Draws to come",
        "Exposure is placed when its threats may strike: by their proximity, else by the activities they hit, else spread to the initiative's finish. What is left is compared with what lies ahead, not with past use.",
        "AACE International, paper RISK-2795",
    ),
    (
        "Rules of budget changes",
        "From differs from to; nets to zero; the line that gives stays at or above nothing, and above what is spent and on order; the approver's limit covers it; nobody approves what they asked for; no change is split to stay below a limit; its periods were open; capital becomes operating budget by the highest authority alone.",
        "",
    ),
    (
        "Rules of draws",
        "The fund holds what is drawn; a draw on contingency names a risk of the fund's initiative; draws for a risk stay within the largest cost that the register foresees for it; the approver's limit covers it.",
        "",
    ),
    (
        "Shown figures",
        "Figures are shown in the unit of their header and hold every digit: shown parts may differ from the shown total by the last digit. Totals are sums of the exact figures.",
        "",
    ),
];
