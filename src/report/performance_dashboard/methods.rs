//! Methods: rules, limits, sources and settings, so that a reader can judge the figures.

use super::context::Context;
use super::methods_money::RULES;
use super::settings;
use crate::model::settings::{ActualCostSource, FlatCurve};
use crate::report::book::{Band, Cell, Column, Kind, Sheet, Table};

/// The page.
#[must_use]
pub fn sheet(context: &Context<'_>) -> Sheet {
    Sheet::page("Methods", "Methods, limits and settings")
        .subtitle("The rules behind the figures. The limits below have names that the formulas of this workbook use")
        .about("Rules, thresholds, sources and settings used.")
        .band(Band::headed("Limits behind the ratings", vec![settings::table(context).into()]))
        .band(Band::headed("Settings of this run", vec![used(context).into()]))
        .band(Band::headed("Rules", vec![rules().into()]).on_new_page())
}

fn used(context: &Context<'_>) -> Table {
    let settings = &context.portfolio().settings;
    let actual = match settings.actual_cost {
        ActualCostSource::Automatic => "the ledger where any line maps to the initiative, else progress reports; never both",
        ActualCostSource::Ledger => "the ledger",
        ActualCostSource::Progress => "progress reports",
    };
    let flat = match settings.flat_curve {
        FlatCurve::Earliest => "the earliest instant at which planned value reaches earned value",
        FlatCurve::Latest => "the last instant whose planned value is not above earned value",
    };
    let calendar =
        settings.default_calendar.as_ref().map_or_else(|| "Monday to Friday, 8 hours a day".to_string(), ToString::to_string);
    let rows = [
        ("Reporting currency", settings.reporting_currency.to_string()),
        ("Default calendar", calendar),
        ("Baseline", settings.baseline.clone().unwrap_or_else(|| "the latest approved of each initiative".into())),
        ("Actual cost from", actual.to_string()),
        ("Actual time stops at the actual finish", if settings.freeze_at_finish { "yes" } else { "no" }.to_string()),
        ("Earned schedule on a flat planned curve", flat.to_string()),
        ("Dates of record", "critical path (cpm): dates from the network, not levelled".to_string()),
        ("Data date", context.portfolio().data_date.to_string()),
        ("Seed", settings.seed.to_string()),
    ];
    table("tbl_settings", rows.into_iter().map(|(name, value)| (name, value, "portfolio.toml".to_string())))
}

/// Rules of the pages of earned value, of reconciliation and of the ledger: figure, rule, source.
const EARNED: [(&str, &str, &str); 8] = [
    (
        "Estimate at completion",
        "EAC = AC + (BAC - EV) / CPI. With nothing earned yet, the work left counts at plan. Other performance factors stand on the Forecasts page.",
        "PMI, Practice Standard for Earned Value Management",
    ),
    (
        "Control accounts and work packages",
        "Sums over the table of activities. Activities are rounded so that they add up to their initiative, the units left over going to the largest remainders. Actual cost is n/a where neither ledger nor progress reports name it at that level.",
        "ANSI/EIA-748, guidelines 16 to 22",
    ),
    (
        "Earned value by period",
        "A period's figure is the difference of two rounded cumulative ones. Earned value of a period exists where a status date of the scope lies in it. After the data date there is planned value alone.",
        "",
    ),
    (
        "Range of estimates",
        "EAC = AC + (BAC - EV) / PF for every performance factor; lowest and highest span the range. The bottom-up estimate (actual cost, open orders, forecast) is set beside it. Sums of control accounts' estimates and the estimate of the sums differ; both are shown.",
        "Christensen, The Estimate at Completion Problem (1993)",
    ),
    (
        "Variances to explain",
        "CV of EV, SV of PV, VAC of BAC: listed where the share and, where one is set, the amount pass the thresholds. Words are those of the Commentary table for the period.",
        "EIA-748, guidelines 22 and 23",
    ),
    (
        "IPMR-style views",
        "The layout of the report's formats over the same figures: BCWS is PV, BCWP is EV, ACWP is AC. PMB = distributed and undistributed budget; contract budget base CBB = PMB + management reserve. No submission; the tidy result ipmdar has the columns of the dataset.",
        "DI-MGMT-81861",
    ),
    (
        "Reconciliation",
        "Source + adjustments - reported = difference, exact and in the statement's own currency. Totals of the run must tie; a comparison sets two figures of the company's own side by side. Candidates are proposals and change no figure.",
        "",
    ),
    (
        "Ledger review",
        "Accruals against reversals, orders against releases and invoices, lines that look alike, lines entered after their period had closed, lines of no initiative with proposals. It changes no figure.",
        "",
    ),
];

fn rules() -> Table {
    let rows = [
        (
            "Schedule",
            "Critical path method: forward and backward pass with finish-to-start, start-to-start, finish-to-finish and start-to-finish links, lags and calendars. Unstarted work begins at the data date or later; started work keeps its logic.",
            "Kelley and Walker (1959)",
        ),
        (
            "Total float",
            "Working time by which an activity can slip before it delays a deadline or the finish of its initiative. Negative: the date cannot be met.",
            "DCMA 14-point assessment",
        ),
        (
            "Days late",
            "Working days from the baseline finish to the forecast or actual finish, on the activity's own calendar.",
            "",
        ),
        (
            "Planned value",
            "Each activity's budget spread over its baseline working time; a fixed cost falls at the start, evenly or at the end, as its accrual says.",
            "ANSI/EIA-748",
        ),
        (
            "Earned value",
            "By each activity's technique: percent complete, 0/100, 50/50, 25/75, weighted steps, units, apportioned, or level of effort.",
            "ANSI/EIA-748, guideline 10",
        ),
        (
            "Indices",
            "SPI = EV / PV, CPI = EV / AC; totals add EV, PV and AC first and divide then, never averaging indices.",
            "PMI, Practice Standard for Earned Value Management",
        ),
        (
            "Earned schedule",
            "ES is the time at which the plan should have earned what is earned; SPI(t) = ES / AT.",
            "Lipke, Schedule is Different (2003)",
        ),
        (
            "Forecast line of the S-curve",
            "From actual cost to the estimate at completion of each initiative, in a straight line to its forecast finish.",
            "",
        ),
        (
            "Currency",
            "Budgets, planned and earned value go over at the budget rate; actual cost at the average rate of its period. Each figure is rounded once.",
            "",
        ),
        (
            "Risk",
            "Expected value = probability x likely cost. Score = probability band x impact band, 1 to 25: an order, not a quantity.",
            "Cox, What's Wrong with Risk Matrices? (2008)",
        ),
        (
            "Benefits",
            "Realised counts what has a reading. Cash-releasing and other classes are never added to one another.",
            "HM Treasury, The Green Book (2022)",
        ),
        (
            "Initiative health",
            "The worst of its ratings governs, unless the owner's own rating with a reason stands in its place; both are shown.",
            "",
        ),
    ];
    let rows = rows.into_iter().chain(EARNED).chain(RULES);
    table("tbl_rules", rows.map(|(name, rule, source)| (name, rule.to_string(), source.to_string())))
}

fn table<'r>(name: &str, rows: impl Iterator<Item = (&'r str, String, String)>) -> Table {
    let columns = vec![
        Column::text("Subject").wide(34),
        Column::new("Rule", Kind::Prose).wide(90),
        Column::new("Source", Kind::Prose).wide(36),
    ];
    let rows = rows.map(|(subject, rule, source)| vec![Cell::text(subject), Cell::text(rule), Cell::text(source)]).collect();
    Table::new(name, columns).rows(rows)
}
