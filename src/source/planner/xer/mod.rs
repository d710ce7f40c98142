//! Primavera P6 exports in text (XER): `%T` names a table, `%F` its fields, `%R` a row, all separated by tabs; `%E` ends
//! the file. The text is Windows-1252 unless a mark or its bytes say UTF-8 or UTF-16.

mod calendar;
mod table;

use super::desk::Desk;
use super::p6::{self, Builder};
use super::plan::Plan;
use crate::source::codes;
use table::{Table, Tables};

/// Tables of which every record is used, and how.
const USED: [&str; 12] = [
    "PROJECT",
    "CALENDAR",
    "SCHEDOPTIONS",
    "PROJWBS",
    "TASK",
    "TASKPRED",
    "RSRC",
    "RSRCRATE",
    "ROLES",
    "TASKRSRC",
    "PROJCOST",
    "CURRTYPE",
];

/// Reads a file; none where it holds no plan.
pub(super) fn read(bytes: &[u8], desk: &mut Desk<'_>) -> Option<Plan> {
    let text = table::decode(bytes, desk);
    let tables = Tables::read(&text, desk)?;
    if !require(&tables, desk) {
        return None;
    }
    let mut builder = Builder::default();
    for project in tables.rows("PROJECT") {
        builder.project(&project, desk);
    }
    for row in tables.rows("CALENDAR") {
        let calendar = calendar::calendar(&row, desk);
        builder.calendar(calendar);
    }
    for (table, add) in steps() {
        for row in tables.rows(table) {
            add(&mut builder, &row, desk);
        }
    }
    let plan = builder.finish(desk);
    list_unused(&tables, desk);
    Some(plan)
}

type Step = fn(&mut Builder, &dyn super::desk::Record, &mut Desk<'_>);

/// What is made of the rows of each table, in the order in which they need one another.
fn steps() -> [(&'static str, Step); 9] {
    [
        ("SCHEDOPTIONS", Builder::schedule_options),
        ("PROJWBS", Builder::wbs),
        ("RSRC", Builder::resource),
        ("RSRCRATE", Builder::rate),
        ("ROLES", Builder::role),
        ("TASK", Builder::activity),
        ("TASKPRED", Builder::link),
        ("TASKRSRC", Builder::assignment),
        ("PROJCOST", Builder::expense),
    ]
}

/// Says which tables and fields are missing; false where there is no plan without them.
fn require(tables: &Tables<'_>, desk: &mut Desk<'_>) -> bool {
    let mut usable = true;
    for (name, fields) in p6::NEEDED {
        let Some(table) = tables.get(name) else {
            if matches!(*name, "PROJECT" | "TASK") {
                let finding = desk.at_file(codes::PLAN_TABLE_MISSING).found(format!("no table {name}"));
                desk.say(finding.expected(format!("the table {name}")).hint("Export the project again, with its activities."));
                usable = false;
            }
            continue;
        };
        for field in fields.iter().filter(|field| !table.has(field)) {
            let finding = desk.at_line(codes::PLAN_FIELD_MISSING, name, table.line).found(format!("no field {field}"));
            desk.say(finding.expected(format!("the field {field}")).hint("Export the project again, with the standard fields."));
            usable = false;
        }
    }
    usable
}

/// Lists tables, and fields of the tables in use, that nothing reads.
fn list_unused(tables: &Tables<'_>, desk: &mut Desk<'_>) {
    for table in tables.iter() {
        let found = if USED.contains(&table.name.as_ref()) { unused_fields(table) } else { unused_table(table) };
        if let Some(found) = found {
            let finding = desk.at_line(codes::PLAN_UNUSED, &table.name, table.line);
            desk.say(finding.found(found).hint("Nothing to mend."));
        }
    }
}

fn unused_table(table: &Table<'_>) -> Option<String> {
    let rows = table.len();
    (rows > 0).then(|| format!("{}: {rows} {}", table.name, if rows == 1 { "row" } else { "rows" }))
}

fn unused_fields(table: &Table<'_>) -> Option<String> {
    if table.name.as_ref() == "CURRTYPE" {
        return unused_table(table);
    }
    let fields: Vec<String> = table.unused().into_iter().map(|(field, rows)| format!("{field} ({rows})")).collect();
    (!fields.is_empty()).then(|| format!("{}: fields (and rows with a value): {}", table.name, fields.join(", ")))
}
