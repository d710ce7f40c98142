//! Blank input workbooks, the field reference and the text of `fields`, all made from the contracts as plain data.
//!
//! Promises: what a template asks for is what the checks expect, header for header and word for word. Chooses no colours
//! and writes no files: the report layer draws it.

use crate::base::day::Day;
use crate::table::contract::words::{expectation, rule_sentence};
use crate::table::contract::{Contract, Field, Kind};
use std::fmt::Write as _;
use std::sync::Arc;

/// Periods across a wide sheet: one fiscal year of months.
const WIDE_PERIODS: u8 = 12;
/// The fiscal year shown in a blank wide sheet; users write their own.
const WIDE_YEAR: i32 = 2027;

/// A blank workbook.
#[derive(Clone, Debug, PartialEq)]
pub struct TemplateWorkbook {
    /// File name, such as `finance.xlsx`.
    pub file: String,
    /// Its sheets, in order.
    pub sheets: Vec<TemplateSheet>,
}

/// A blank sheet: one table with an example row.
#[derive(Clone, Debug, PartialEq)]
pub struct TemplateSheet {
    /// Name of the sheet: the contract's, with ` wide` for the wide form.
    pub name: String,
    /// Name of its Excel table, such as `tbl_cost_codes`.
    pub table_name: String,
    /// What it is for, and its rules, one a line.
    pub about: Vec<String>,
    /// Its columns, in order.
    pub columns: Vec<TemplateColumn>,
    /// True for the wide form, with one column a period.
    pub wide: bool,
}

/// A column of a blank sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct TemplateColumn {
    /// Header, exactly as it is matched.
    pub header: String,
    /// True where each row must give it.
    pub required: bool,
    /// Note on the header: what it means and what it takes.
    pub note: String,
    /// How its cells are formatted.
    pub format: TemplateFormat,
    /// The list to choose from, where there is one.
    pub dropdown: Option<Dropdown>,
    /// The cell of the example row.
    pub example: ExampleCell,
}

/// How the cells of a column are formatted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TemplateFormat {
    /// Text (`@`), so that codes keep their zeros.
    Text,
    /// `yyyy-mm-dd`
    Date,
    /// A plain number.
    Number,
    /// A whole number.
    Integer,
    /// An amount with grouping and two places.
    Money,
    /// A percentage.
    Percent,
}

/// Where a dropdown takes its words from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dropdown {
    /// These words; together below Excel's 255 characters.
    Words(Vec<String>),
    /// The key column of another table of the same workbook.
    Column {
        /// Its sheet.
        sheet: String,
        /// Its Excel table.
        table_name: String,
        /// Its header.
        header: String,
    },
}

/// A cell of the example row.
#[derive(Clone, Debug, PartialEq)]
pub enum ExampleCell {
    /// Nothing.
    Empty,
    /// Text.
    Text(String),
    /// A number; a percentage as a fraction.
    Number(f64),
    /// A date.
    Date(Day),
}

/// The blank workbooks of some contracts, in the order of their first tables.
#[must_use]
pub fn blank_workbooks(contracts: &[Arc<Contract>]) -> Vec<TemplateWorkbook> {
    let mut out: Vec<TemplateWorkbook> = Vec::new();
    for contract in contracts {
        let siblings: Vec<&Contract> =
            contracts.iter().map(AsRef::as_ref).filter(|other| other.workbook == contract.workbook).collect();
        let mut sheets = vec![sheet(contract, &siblings)];
        sheets.extend(wide_sheet(contract, &siblings));
        match out.iter_mut().find(|workbook| workbook.file == contract.workbook) {
            Some(workbook) => workbook.sheets.extend(sheets),
            None => out.push(TemplateWorkbook { file: contract.workbook.to_string(), sheets }),
        }
    }
    out
}

fn sheet(contract: &Contract, siblings: &[&Contract]) -> TemplateSheet {
    TemplateSheet {
        name: contract.name.to_string(),
        table_name: format!("tbl_{}", contract.snake_name()),
        about: about(contract),
        columns: contract.fields.iter().map(|field| column(field, siblings)).collect(),
        wide: false,
    }
}

/// The wide form: the other fields, then one column a period.
fn wide_sheet(contract: &Contract, siblings: &[&Contract]) -> Option<TemplateSheet> {
    let crosstab = contract.crosstab.as_ref()?;
    let value = &contract.fields[contract.position(&crosstab.value)?];
    let header = &contract.fields[contract.position(&crosstab.header)?];
    let others = contract.fields.iter().filter(|field| field.key != crosstab.value && field.key != crosstab.header);
    let mut columns: Vec<TemplateColumn> = others.map(|field| column(field, siblings)).collect();
    for number in 1..=WIDE_PERIODS {
        let period = crate::base::period::Period { year: WIDE_YEAR, number };
        let note =
            format!("{}. Rename the columns to your own periods: {}.", value.help.trim_end_matches('.'), expectation(header));
        let example = if number <= 3 { example(value) } else { ExampleCell::Empty };
        let format = format_of(&value.kind);
        columns.push(TemplateColumn { header: period.to_string(), required: false, note, format, dropdown: None, example });
    }
    let mut about = about(contract);
    about.push(format!(
        "Wide form: one column a period. Use this sheet or {}, whichever is easier; not both for the same money.",
        contract.name
    ));
    Some(TemplateSheet {
        name: format!("{} wide", contract.name),
        table_name: format!("tbl_{}_wide", contract.snake_name()),
        about,
        columns,
        wide: true,
    })
}

fn about(contract: &Contract) -> Vec<String> {
    let mut lines = vec![contract.about.to_string()];
    lines.extend(contract.rules.iter().map(|rule| rule_sentence(contract, rule)));
    if let Some(prefix) = &contract.open_prefix {
        lines.push(format!("You may add columns of your own, headed {prefix}…, with numbers."));
    }
    lines
}

fn column(field: &Field, siblings: &[&Contract]) -> TemplateColumn {
    let required = if field.required { "Required. " } else { "" };
    TemplateColumn {
        header: field.header.to_string(),
        required: field.required,
        note: format!("{required}{} Takes {}.", field.help, expectation(field)),
        format: format_of(&field.kind),
        dropdown: dropdown(field, siblings),
        example: example(field),
    }
}

const fn format_of(kind: &Kind) -> TemplateFormat {
    match kind {
        Kind::Date | Kind::Moment => TemplateFormat::Date,
        Kind::Number { .. } => TemplateFormat::Number,
        Kind::Integer { .. } => TemplateFormat::Integer,
        Kind::Money | Kind::LedgerAmount => TemplateFormat::Money,
        Kind::Percent => TemplateFormat::Percent,
        _ => TemplateFormat::Text,
    }
}

fn dropdown(field: &Field, siblings: &[&Contract]) -> Option<Dropdown> {
    match &field.kind {
        Kind::Choice(choices) => Some(Dropdown::Words(choices.iter().map(|choice| choice.word.to_string()).collect())),
        Kind::YesNo => Some(Dropdown::Words(vec!["yes".into(), "no".into()])),
        Kind::Reference(table) => {
            let other = siblings.iter().find(|contract| contract.name == *table)?;
            let header = other.fields[other.position(other.key.last()?)?].header.to_string();
            Some(Dropdown::Column { sheet: other.name.to_string(), table_name: format!("tbl_{}", other.snake_name()), header })
        }
        _ => None,
    }
}

fn example(field: &Field) -> ExampleCell {
    let text = field.example.as_ref();
    let number = || text.trim_end_matches('%').parse::<f64>().map(ExampleCell::Number);
    let typed = match format_of(&field.kind) {
        _ if text.is_empty() => return ExampleCell::Empty,
        TemplateFormat::Date => text.parse().map(ExampleCell::Date).ok(),
        TemplateFormat::Percent => number()
            .ok()
            .map(|cell| if let ExampleCell::Number(value) = cell { ExampleCell::Number(value / 100.0) } else { cell }),
        TemplateFormat::Number | TemplateFormat::Integer | TemplateFormat::Money => number().ok(),
        TemplateFormat::Text => None,
    };
    typed.unwrap_or_else(|| ExampleCell::Text(text.to_string()))
}

/// A table's name for a type, as the reference prints it.
fn type_name(field: &Field) -> String {
    match &field.kind {
        Kind::Id => "code".into(),
        Kind::Text => "text".into(),
        Kind::Reference(table) => format!("code of {table}"),
        Kind::References(table) => format!("codes of {table}"),
        Kind::Date => "date".into(),
        Kind::Moment => "date, time optional".into(),
        Kind::Period => "period".into(),
        Kind::Number { .. } | Kind::Integer { .. } => expectation(field).trim_start_matches("a ").to_string(),
        Kind::Money => "amount".into(),
        Kind::LedgerAmount => "ledger amount".into(),
        Kind::Percent => "percentage".into(),
        Kind::Choice(choices) => choices.iter().map(|choice| choice.word.as_ref()).collect::<Vec<&str>>().join(" / "),
        Kind::YesNo => "yes / no".into(),
        Kind::Span => "duration".into(),
        Kind::Currency => "currency".into(),
    }
}

/// The field reference of the documentation, as Markdown: every contract of the data dictionary.
#[must_use]
pub fn field_reference() -> String {
    let mut out = String::from(
        "# Field reference\n\nMade from the contracts. A star marks a field that every row must give. Headers match by name or by one of the other names, whatever the capitals, spaces and punctuation.\n",
    );
    let mut workbook = "";
    let contracts = crate::table::contracts::all();
    for contract in &contracts {
        if contract.workbook != workbook {
            workbook = &contract.workbook;
            let _ = write!(out, "\n## {workbook}\n");
        }
        let _ = write!(out, "\n### {}\n\n", contract.name);
        for line in about(contract) {
            let _ = writeln!(out, "{line}  ");
        }
        out.push_str("\n| Field | Takes | Meaning | Other names |\n|---|---|---|---|\n");
        for field in &contract.fields {
            let star = if field.required { "*" } else { "" };
            let cells = [format!("{}{star}", field.header), type_name(field), field.help.to_string(), field.aliases.join(", ")];
            let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
            let _ = writeln!(out, "| {} |", cells.join(" | "));
        }
    }
    out
}

/// What a table takes, as text for a terminal.
#[must_use]
pub fn describe(contract: &Contract) -> String {
    let mut out = format!("{} ({})\n", contract.name, contract.workbook);
    for line in about(contract) {
        let _ = writeln!(out, "  {line}");
    }
    let width = contract.fields.iter().map(|field| field.header.chars().count() + 2).max().unwrap_or(0);
    for field in &contract.fields {
        let header = format!("{}{}", field.header, if field.required { " *" } else { "" });
        let _ = write!(out, "\n  {header:<width$}  {}\n  {:<width$}  Takes {}.", field.help, "", expectation(field));
        if !field.example.is_empty() {
            let _ = write!(out, " Example: {}", field.example);
        }
        if !field.aliases.is_empty() {
            let _ = write!(out, "\n  {:<width$}  Also: {}", "", field.aliases.join(", "));
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::contracts;
    use crate::table::headers::HeaderIndex;
    use crate::table::testing;

    #[test]
    fn eight_workbooks_hold_every_table_once_and_the_wide_forms() {
        let workbooks = blank_workbooks(&contracts::all());
        let files: Vec<&str> = workbooks.iter().map(|workbook| workbook.file.as_str()).collect();
        assert_eq!(
            files,
            [
                "initiatives.xlsx",
                "plan.xlsx",
                "resources.xlsx",
                "finance.xlsx",
                "governance.xlsx",
                "risks.xlsx",
                "kpis.xlsx",
                "benefits.xlsx"
            ]
        );
        let sheets: Vec<&TemplateSheet> = workbooks.iter().flat_map(|workbook| &workbook.sheets).collect();
        assert_eq!(sheets.iter().filter(|sheet| !sheet.wide).count(), 35);
        let wide: Vec<&str> = sheets.iter().filter(|sheet| sheet.wide).map(|sheet| sheet.name.as_str()).collect();
        assert_eq!(wide, ["Budgets wide", "Forecast wide"]);
    }

    #[test]
    fn excel_can_hold_every_dropdown_note_and_name() {
        for sheet in blank_workbooks(&contracts::all()).iter().flat_map(|workbook| &workbook.sheets) {
            assert!(sheet.name.chars().count() <= 31);
            for column in &sheet.columns {
                assert!(column.note.len() < 1_000, "{}", column.note);
                if let Some(Dropdown::Words(words)) = &column.dropdown {
                    assert!(words.join(",").len() <= 255 && words.iter().all(|word| !word.contains(',')), "{words:?}");
                }
            }
        }
    }

    #[test]
    fn the_headers_of_a_template_are_those_that_the_checks_look_for() {
        for contract in contracts::all() {
            let index = HeaderIndex::of(&contract);
            for (position, column) in sheet(&contract, &[]).columns.iter().enumerate() {
                assert_eq!(index.field(&column.header), Some(position));
            }
        }
    }

    #[test]
    fn every_example_row_passes_the_checks_without_a_finding() {
        for contract in contracts::all() {
            let template = sheet(&contract, &[]);
            let cell = |column: &TemplateColumn| match (&column.example, column.format) {
                (ExampleCell::Empty, _) => String::new(),
                (ExampleCell::Text(text), _) => format!("'{text}"),
                (ExampleCell::Number(number), TemplateFormat::Percent) => format!("{}%", number * 100.0),
                (ExampleCell::Number(number), _) => number.to_string(),
                (ExampleCell::Date(day), _) => day.to_string(),
            };
            let headers: Vec<&str> = template.columns.iter().map(|column| column.header.as_str()).collect();
            let cells: Vec<String> = template.columns.iter().map(cell).collect();
            let text = format!("{}\n{}", headers.join("|"), cells.join("|"));
            let (tables, findings) = testing::read(&contract.name, &text);
            assert_eq!(testing::lines(&findings), Vec::<String>::new(), "{}", contract.name);
            assert_eq!(tables.get(&contract.name).map(crate::table::tables::Table::len), Some(1), "{}", contract.name);
        }
    }

    #[test]
    fn references_inside_a_workbook_get_a_dropdown() {
        let workbooks = blank_workbooks(&contracts::all());
        let deliverables = &workbooks[0].sheets[3];
        let owner = deliverables.columns.iter().find(|column| column.header == "Owner").expect("a column");
        let expected = Dropdown::Column { sheet: "People".into(), table_name: "tbl_people".into(), header: "Person ID".into() };
        assert_eq!(owner.dropdown, Some(expected));
    }

    #[test]
    fn the_reference_and_the_description_name_every_field() {
        let contracts = contracts::all();
        let reference = field_reference();
        for contract in &contracts {
            let description = describe(contract);
            for field in &contract.fields {
                assert!(reference.contains(&format!("| {}", field.header)) && description.contains(field.header.as_ref()));
            }
        }
        assert!(describe(&contracts[0]).starts_with("People (initiatives.xlsx)\n  Everybody who owns"));
    }
}
