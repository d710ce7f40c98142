//! The Data Quality workbook of an invented month, and of a month in which nothing was wrong.

use super::demo::day;
use rust_decimal::Decimal;
use std::sync::Arc;
use throughline::base::day::Moment;
use throughline::base::finding::{Code, Findings, Severity};
use throughline::base::origin::{Origin, SheetName};
use throughline::base::run::{InputDigest, RunFacts};
use throughline::report::book::Book;
use throughline::report::data_quality::{self, QualityInput};
use throughline::source::raw::{FileFacts, FileStatus};
use throughline::table::tables::{ControlTotal, MoneyTotal, QuarantinedRow, SheetUse, Tables};

const AMOUNT: Code = Code::new(
    "T012",
    Severity::Error,
    "text where an amount is expected",
    "The row is held back, because a missing amount would be read as nothing spent.",
);
const OWNER: Code =
    Code::new("T030", Severity::Warning, "person not in the People table", "The name is shown, but nobody can be asked.");
const HIDDEN: Code = Code::new("S021", Severity::Info, "rows are hidden", "Hidden rows are read like any others.");

fn facts(inputs: Vec<InputDigest>) -> RunFacts {
    RunFacts {
        run_id: "3fa9c0d1e2b4".to_string(),
        version: "0.1.0".to_string(),
        portfolio: "Northgate & Sons".to_string(),
        as_of: Moment::start_of(day(2026, 10, 31)),
        inputs,
        settings_sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_string(),
        seed: 20_261_031,
    }
}

fn sheet(file: &str, sheet: &str) -> Arc<SheetName> {
    Arc::new(SheetName::new(file, sheet.to_string()))
}

fn findings(ledger: &Arc<SheetName>, plan: &Arc<SheetName>) -> Findings {
    let mut findings = Findings::new();
    for row in [213, 219, 220, 221] {
        let finding = AMOUNT
            .at(Origin::cell(ledger, row, 5))
            .field("Actuals", "Amount")
            .found("tbc")
            .expected("an amount such as 1,234.50");
        let mut finding = finding.hint("Type the amount, or leave the row out until it is known.");
        finding.owner = Some("Finance, M. Lindqvist".to_string());
        findings.push(finding);
    }
    let long =
        "Interface build and test with the vendor's second team, including the depot's hand-held scanners and the label printers";
    findings.push(
        OWNER
            .at(Origin::cell(plan, 41, 11))
            .field("Activities", "Owner")
            .found(long)
            .expected("an id of the People table")
            .hint("Add the person to initiatives.xlsx > People, or correct the id."),
    );
    findings.push(HIDDEN.at(Origin::sheet(plan)).found("rows 12 to 40"));
    findings.push(HIDDEN.at(Origin::row(&sheet("ledger 2026-10.csv", ""), 11)).found("=1+1"));
    findings.push(AMOUNT.nowhere().found("no Budgets table").expected("a Budgets table").hint("Send finance.xlsx."));
    findings.rolled_up()
}

fn tables(ledger: &Arc<SheetName>, plan: &Arc<SheetName>) -> Tables {
    let row = |row: u32, amount: &str| QuarantinedRow {
        table: "Actuals".to_string(),
        place: Origin::row(ledger, row),
        owner: Some("Finance, M. Lindqvist".to_string()),
        reasons: vec!["T012 Amount: text where an amount is expected; found tbc".to_string()],
        cells: vec![
            ("Entry ID".to_string(), format!("E-{row}")),
            ("Posting date".to_string(), "2026-10-14".to_string()),
            ("Amount".to_string(), amount.to_string()),
        ],
        money: None,
    };
    let money = |currency: &str, seen: i64, held: i64| MoneyTotal {
        currency: currency.to_string(),
        seen: Decimal::new(seen, 2),
        accepted: Decimal::new(seen - held, 2),
        quarantined: Decimal::new(held, 2),
    };
    Tables {
        control_totals: vec![
            ControlTotal {
                sheet: Arc::clone(ledger),
                table: "Actuals".to_string(),
                rows_seen: 4_012,
                accepted: 4_004,
                quarantined: 4,
                blank: 2,
                totals: 1,
                declared: 1,
                money: vec![money("GBP", 2_940_500_012, 150_000), money("EUR", 41_000_000, 0)],
            },
            ControlTotal {
                sheet: Arc::clone(plan),
                table: "Activities".to_string(),
                rows_seen: 250,
                accepted: 250,
                quarantined: 0,
                blank: 0,
                totals: 0,
                declared: 0,
                money: Vec::new(),
            },
        ],
        quarantine: vec![row(213, "tbc"), row(219, "=A1"), row(220, "n/k")],
        sheets: vec![
            (Arc::clone(ledger), SheetUse::Mapped(vec!["Actuals".to_string()])),
            (Arc::clone(plan), SheetUse::Mapped(vec!["Activities".to_string()])),
            (sheet("plan.xlsx", "Lookups"), SheetUse::NotData("declared in portfolio.toml: lists".to_string())),
            (sheet("plan.xlsx", "Sheet3"), SheetUse::Unknown { nearest: Some("Dependencies".to_string()) }),
        ],
        ..Tables::default()
    }
}

pub fn book() -> Book {
    let (ledger, plan) = (sheet("finance/ledger & accruals.xlsx", "Actual's"), sheet("plan.xlsx", "Activities"));
    let digest = |file: &str, bytes: u64| InputDigest {
        file: format!("inputs/{file}"),
        bytes,
        sha256: throughline::base::digest::sha256(file.as_bytes()),
    };
    let run = facts(vec![digest("finance/ledger & accruals.xlsx", 402_113), digest("plan.xlsx", 88_210)]);
    let file = |name: &str, bytes: u64, status: FileStatus| FileFacts {
        name: name.to_string(),
        bytes,
        sha256: throughline::base::digest::sha256(name.as_bytes()),
        status,
    };
    let files = vec![
        file("finance/ledger & accruals.xlsx", 402_113, FileStatus::Read),
        file("plan.xlsx", 88_210, FileStatus::Read),
        file("~$plan.xlsx", 165, FileStatus::Skipped("Excel keeps this file while plan.xlsx is open".to_string())),
        file("old.xls", 20_480, FileStatus::Refused),
    ];
    let (tables, findings) = (tables(&ledger, &plan), findings(&ledger, &plan));
    data_quality::book(&QualityInput {
        run: &run,
        files: &files,
        tables: &tables,
        findings: &findings,
        inputs: Some("../../inputs/"),
    })
}

/// A month without findings, files or tables.
pub fn empty() -> Book {
    let (run, tables, findings) = (facts(Vec::new()), Tables::default(), Findings::new());
    let book = data_quality::book(&QualityInput { run: &run, files: &[], tables: &tables, findings: &findings, inputs: None });
    Book { file_name: "data-quality-empty".to_string(), ..book }
}
