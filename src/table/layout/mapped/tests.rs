//! Mappings, each as a few lines of settings, a small sheet and the records that come of them.

use crate::base::finding::Finding;
use crate::base::origin::{Origin, column_name};
use crate::source::raw::{NamedRange, RawSheet, Rect, Style};
use crate::table::contracts;
use crate::table::grid::{From, Grid};
use crate::table::layout::{cells, cut};
use crate::table::mapping::Mappings;
use crate::table::testing::sheet_of;

/// Each record as `Table@row: field=value …` (only fields that have one), and each finding as `code place found`.
fn run(settings: &str, sheets: &[RawSheet]) -> (Vec<String>, Vec<String>) {
    let (mappings, wrong) = Mappings::from_toml(settings, |_| None);
    assert!(wrong.0.is_empty(), "{wrong:?}");
    let (grids, _, findings) = cut(sheets, &mappings, &contracts::all());
    let records = grids.iter().flat_map(|grid| (0..grid.records.len()).map(move |record| line(grid, record))).collect();
    (records, findings.0.iter().map(told).collect())
}

fn told(finding: &Finding) -> String {
    let place = finding.origin.as_ref().map(Origin::address).unwrap_or_default();
    format!("{} {place} {} | {}", finding.code.id, finding.found, finding.hint)
}

fn line(grid: &Grid<'_>, record: usize) -> String {
    let at = grid.records[record];
    let mut values: Vec<(usize, String)> = Vec::new();
    for binding in &grid.bindings {
        let cell = |row, col| cells::text_of(grid.sheet, row, col).map(std::borrow::Cow::into_owned);
        let text = match &binding.from {
            From::Column(col) => cell(at.row, *col),
            From::Row(row) => cell(*row, at.col),
            From::Own => cell(at.row, at.col),
            From::Cell(row, col) => cell(*row, *col),
            From::Constant(text) => Some(text.clone()),
            From::Derived { texts, .. } => texts[record].clone(),
            From::DebitCredit { debit, credit } => Some(format!("{}-{}", column_name(*debit), column_name(*credit))),
        };
        let factor = if (binding.factor - 1.0).abs() < 1e-12 { String::new() } else { format!("*{}", binding.factor) };
        let word = |text: String| binding.translate.iter().find(|(from, _)| *from == text).map_or(text, |(_, to)| to.clone());
        values.extend(
            text.map(|text| (binding.field, format!("{}={}{factor}", grid.contract.fields[binding.field].key, word(text)))),
        );
    }
    values.sort();
    let values: Vec<String> = values.into_iter().map(|(_, text)| text).collect();
    format!("{}@{}: {}", grid.contract.name, at.row + 1, values.join(" "))
}

fn book(name: &str, text: &str) -> RawSheet {
    sheet_of("book.xlsx", name, text)
}

const NONE: [&str; 0] = [];

#[test]
fn columns_by_header_letter_and_number_with_two_header_rows() {
    let settings = r#"
[[source]]
files = "book.xlsx"
[[source.table]]
as = "Risks"
sheets = "Log"
header_row = [1, 2]
fields = { risk_id = "@A", event = "Risk / Text", owner = "@3", cause = { column = "Cause / Text", optional = true }, effect = "Consequence" }
"#;
    let sheet = book("Log", "Key|Risk||Result\nNo|Text|Who|Consequence\nR1|Fire|P1|Loss");
    assert_eq!(run(settings, &[sheet]), (vec!["Risks@3: risk_id=R1 event=Fire effect=Loss owner=P1".to_string()], vec![]));
}

#[test]
fn a_column_that_is_not_there_names_the_nearest_one_and_unmapped_columns_are_told() {
    let settings = "[[source]]\nfiles = \"*\"\n[[source.table]]\nas = \"Risks\"\nsheets = \"Log\"\nignore = [\"@E\"]\nfields = { risk_id = \"No\", event = \"Discription\" }";
    let sheet = book("Log", "No|Description|Colour||x\nR1|Fire|red|?|y");
    let (records, told) = run(settings, &[sheet]);
    assert_eq!(records, ["Risks@2: risk_id=R1"]);
    assert!(told[0].starts_with("T334 1:1 no column \"Discription\" | Did you mean \"Description\"?"), "{told:?}");
    assert_eq!(
        told[1..].iter().map(|line| line.split(" | ").next().unwrap_or("")).collect::<Vec<_>>(),
        ["T340 B1 \"Description\"", "T340 C1 \"Colour\"", "T340 D1 no header"]
    );
}

#[test]
fn files_sheets_tables_and_fields_that_fit_nothing_name_the_nearest() {
    let settings = r#"
[[source]]
files = "bok.xlsx"
[[source]]
files = "book.xlsx"
[[source.table]]
as = "Rsks"
[[source.table]]
as = "Risks"
sheets = "Lgo"
fields = { ownr = "Who", event = "What" }
[[not_data]]
sheets = "Nots"
reason = "prose"
"#;
    let (records, told) = run(settings, &[book("Logo", "a\nb"), book("Notes", "hello")]);
    assert_eq!(records, NONE);
    let codes: Vec<&str> = told.iter().map(|line| line.split(' ').next().unwrap_or("")).collect();
    assert_eq!(codes, ["T332", "T336", "T335", "T333", "T348", "T300", "T300"], "{told:#?}");
    for (at, near) in [(0, "book.xlsx"), (1, "Risks"), (2, "owner"), (3, "Logo"), (4, "Notes")] {
        assert!(told[at].ends_with(&format!("Did you mean \"{near}\"?")), "{}", told[at]);
    }
}

#[test]
fn constants_come_from_the_files_and_sheets_names_and_from_a_cell() {
    let settings = r#"
[[source]]
files = "*/*.xlsx"
file_pattern = '(?P<initiative>INI-\d+)'
set = { prefix = "{initiative}." }
[[source.table]]
as = "Progress"
sheet_pattern = '^Week (?P<week>\d+)$'
fields = { as_of = { cell = "B1" }, initiative = { constant = "{initiative}" }, activity = { column = "Task", text = "{prefix}{value}/{week}" }, percent_complete = "Done" }
"#;
    let sheet = |week: &str| sheet_of("plans/INI-07 plan.xlsx", week, "Status date|2026-10-31\n\nTask|Done\nA|50%");
    let (records, told) = run(settings, &[sheet("Week 1"), sheet("Week 12"), sheet("Notes")]);
    assert_eq!(records[1], "Progress@4: as_of=2026-10-31 initiative=INI-07 activity=INI-07.A/12 percent_complete=50%");
    assert_eq!((records.len(), told.len()), (2, 1));
    assert!(told[0].starts_with("T300"));
}

#[test]
fn a_name_that_does_not_match_and_an_unknown_placeholder_are_told() {
    let settings = "[[source]]\nfiles = \"*\"\nfile_pattern = '(?P<initiative>INI-\\d+)'\n[[source.table]]\nas = \"Risks\"\nfields = { risk_id = \"No\", initiative = { constant = \"{initiative}\" } }";
    let (records, told) = run(settings, &[book("Log", "No\nR1")]);
    assert_eq!(records, ["Risks@2: risk_id=R1"]);
    assert!(told[0].starts_with("T338  the file's name") && told[1].starts_with("T338 1:1 {initiative}"), "{told:?}");
}

#[test]
fn an_indented_plan_becomes_activities_links_and_assignments() {
    let settings = r#"
[[source]]
files = "*"
set = { initiative = "I1" }
[[source.table]]
as = "Activities"
hierarchy = { column = "Task", by = "leading spaces" }
fields = { activity_id = "ID", wbs = { hierarchy = "code" }, name = "Task", type = { hierarchy = "summary" }, duration = { column = "Weeks", unit = "weeks", default = "0w" } }
[[source.table]]
as = "Dependencies"
explode = { column = "Preds", by = "links" }
fields = { predecessor = { part = "activity" }, successor = "ID", type = { part = "type" }, lag = { part = "lag" } }
[[source.table]]
as = "Assignments"
explode = { column = "Who", by = "list" }
fields = { activity = "ID", resource = { part = "entry", text = "{initiative}:{value}" } }
"#;
    let plan = book(
        "Plan",
        "ID|Task|Weeks|Preds|Who\n1|Build|||\n2|'   Design|6||Ann, Bob\n3|'   Make|8 wks|2ss+1w,7?fs-|Bob\n\n4|Launch||3|",
    );
    let (records, told) = run(settings, &[plan]);
    assert_eq!(
        records,
        [
            "Activities@2: activity_id=1 wbs=1 name=Build type=summary duration=0w",
            "Activities@3: activity_id=2 wbs=1.1 name=Design duration=6 weeks",
            "Activities@4: activity_id=3 wbs=1.2 name=Make duration=8 wks",
            "Activities@6: activity_id=4 wbs=2 name=Launch duration=0w",
            "Dependencies@4: predecessor=2 successor=3 type=SS lag=1w",
            "Dependencies@4: predecessor=7?fs- successor=3 type=FS",
            "Dependencies@6: predecessor=3 successor=4 type=FS",
            "Assignments@3: activity=2 resource=I1:Ann",
            "Assignments@3: activity=2 resource=I1:Bob",
            "Assignments@4: activity=3 resource=I1:Bob",
        ]
    );
    assert_eq!(told, NONE);
}

#[test]
fn levels_from_alignment_outline_and_codes() {
    let mut sheet = book("Plan", "ID|Task\n1|Build\n2|Design\n3|Draw\n4|Launch");
    for (row, level) in [(2usize, 1u8), (3, 2)] {
        sheet.styles.push(Style { indent: level, ..Style::general() });
        let style = u16::try_from(sheet.styles.len() - 1).unwrap_or(0);
        sheet.columns[1].1.styles[row] = style;
        sheet.outline_levels.push((u32::try_from(row).unwrap_or(0), level));
    }
    for by in ["indent", "outline level"] {
        let settings = format!(
            "[[source]]\nfiles = \"*\"\n[[source.table]]\nas = \"Activities\"\nhierarchy = {{ column = \"Task\", by = \"{by}\" }}\nfields = {{ activity_id = \"ID\", wbs = {{ hierarchy = \"code\" }}, type = {{ hierarchy = \"summary\", default = \"task\" }} }}"
        );
        let (records, _) = run(&settings, std::slice::from_ref(&sheet));
        let shown: Vec<&str> = records.iter().map(|line| line.split("wbs=").nth(1).unwrap_or("")).collect();
        assert_eq!(shown, ["1 type=summary", "1.1 type=summary", "1.1.1 type=task", "2 type=task"], "{by}");
    }
}

#[test]
fn rows_are_filtered_and_the_rest_is_declared() {
    let settings = "[[source]]\nfiles = \"*\"\n[[source.table]]\nas = \"Risks\"\nwhere = [{ column = \"State\", is_not = [\"void\"] }, { column = \"No\", matches = '^R' }]\nfields = { risk_id = \"No\", status = { column = \"State\", translate = { O = \"open\" } } }";
    let sheet = book("Log", "No|State\nR1|O\nR2|VOID\nX3|O\nR4|");
    let (mappings, _) = Mappings::from_toml(settings, |_| None);
    let sheets = [sheet];
    let (grids, _, _) = cut(&sheets, &mappings, &contracts::all());
    assert_eq!(line(&grids[0], 0), "Risks@2: risk_id=R1 status=open");
    assert_eq!((grids[0].records.len(), grids[0].set_aside.declared.clone()), (2, vec![2, 3]));
    let nothing = settings.replace("'^R'", "'^Q'");
    assert!(run(&nothing, &sheets).1[0].starts_with("T346"));
}

#[test]
fn a_crosstab_of_own_making() {
    let settings = r#"
[[contract]]
name = "RACI"
key = ["Item", "Role"]
field = [{ name = "Item", required = true }, { name = "Role" }, { name = "Letter", allowed = ["R", "A", "C", "I"] }]
[[source]]
files = "*"
[[source.table]]
as = "RACI"
ignore = ["No"]
crosstab = { first = "TPM", last = "SDE", empty = "-" }
fields = { item = "Step", role = { from = "header" }, letter = { from = "value" } }
"#;
    let sheet = book("Matrix", "No|Step|TPM|Lead|SDE\n1|Plan|A|-|C\n2|Build|C||R");
    let (records, told) = run(settings, &[sheet]);
    assert_eq!(
        records,
        [
            "RACI@2: item=Plan role=TPM letter=A",
            "RACI@2: item=Plan role=SDE letter=C",
            "RACI@3: item=Build role=TPM letter=C",
            "RACI@3: item=Build role=SDE letter=R"
        ]
    );
    assert_eq!(told, NONE);
}

#[test]
fn a_mapped_crosstab_over_two_header_rows_checks_its_totals() {
    let settings = r#"
[[source]]
files = "*"
[[source.table]]
as = "Budgets"
header_row = [2, 3]
crosstab = { pattern = '^(Q\d|FY27 total)', totals = "FY27 total" }
fields = { initiative = "Project", category = { constant = "staff" }, capex_opex = { constant = "opex" }, period = { from = "header", take = '/ (\w+)$', text = "{value} 2026" }, amount = { from = "value", factor = 1000, flip = true } }
"#;
    let sheet = book("Costs", "in thousands\n|Q1||FY27 total\nProject|Jan|Feb|\nI1|10|20|31\nTotal|10|20|31");
    let (records, told) = run(settings, &[sheet]);
    assert_eq!(records.len(), 2);
    assert_eq!(records[1], "Budgets@4: initiative=I1 category=staff capex_opex=opex period=Feb 2026 amount=20*-1000");
    assert_eq!(
        told.iter().map(|line| line.split(' ').take(3).collect::<Vec<_>>().join(" ")).collect::<Vec<_>>(),
        ["T307 D4 31", "T053 5:5 a"]
    );
}

#[test]
fn forms_with_a_field_a_cell_repeated_down_the_sheet() {
    let settings = "[[source]]\nfiles = \"*\"\n[[source.table]]\nas = \"Risks\"\nrepeat = { count = 3, down = 3 }\ncells = { risk_id = \"B1\", event = \"B2\" }\nfields = { initiative = { constant = \"I1\" }, owner = { cell = \"C1\", default = \"nobody\" } }";
    let sheet = book("Form", "Risk|R1|P1\nEvent|Fire\n\nRisk|R2\nEvent|Flood");
    let (records, told) = run(settings, &[sheet]);
    assert_eq!(
        records,
        ["Risks@1: risk_id=R1 initiative=I1 event=Fire owner=P1", "Risks@4: risk_id=R2 initiative=I1 event=Flood owner=nobody"]
    );
    assert_eq!(told, NONE);
}

#[test]
fn a_transposed_table_has_its_records_in_columns() {
    let settings = "[[source]]\nfiles = \"*\"\n[[source.table]]\nas = \"Risks\"\ntransposed = true\nfields = { risk_id = \"Number\", event = \"What\", owner = { column = \"Who\", text = \"P-{value}\" } }";
    let sheet = book("Log", "Risk sheet\nNumber|R1|R2\nWhat|Fire|Flood\nWho|7|8");
    let (mappings, _) = Mappings::from_toml(settings, |_| None);
    let sheets = [sheet];
    let (grids, _, findings) = cut(&sheets, &mappings, &contracts::all());
    assert!(findings.0.is_empty(), "{findings:?}");
    let cell = |record: usize| (grids[0].records[record].col, grids[0].bindings[0].from.clone());
    assert!(matches!(cell(0), (1, From::Row(1))) && matches!(cell(1), (2, From::Row(1))));
    assert!(line(&grids[0], 1).ends_with("risk_id=R2 event=Flood owner=P-8"));
}

#[test]
fn named_ranges_areas_and_ends() {
    let mut sheet = book("Data", "x|x|x\n|No|What\n|R1|Fire\n|R2|Flood\n\n|R3|Wind\n|n.b.|note");
    sheet.named_ranges.push(NamedRange { name: "RiskLog".into(), rect: Rect { top: 1, left: 1, bottom: 2, right: 2 } });
    let settings = |bounds: &str| {
        format!(
            "[[source]]\nfiles = \"*\"\n[[source.table]]\nas = \"Risks\"\n{bounds}\nfields = {{ risk_id = \"No\", event = \"What\" }}"
        )
    };
    let count = |bounds: &str| run(&settings(bounds), std::slice::from_ref(&sheet));
    assert_eq!(count("named_range = \"risklog\"").0.len(), 1);
    assert_eq!(count("range = \"B2:C4\"").0.len(), 2);
    assert_eq!(count("until_blank = \"No\"").0.len(), 2);
    assert_eq!(count("last_row = 6").0.len(), 3);
    assert_eq!(count("first_row = 4").0.len(), 3);
    assert_eq!(count("").0.len(), 4);
    let wrong = count("named_range = \"RiskLgo\"");
    assert_eq!(wrong.0, NONE);
    assert!(wrong.1[0].ends_with("Did you mean \"RiskLog\"?"), "{wrong:?}");
    let misplaced = count("header_row = 3");
    assert!(misplaced.1[0].starts_with("T341") && misplaced.1[0].contains("row 2"), "{misplaced:?}");
}

#[test]
fn joins_take_fields_from_a_second_sheet_and_tell_what_they_miss() {
    let settings = r#"
[[source]]
files = "*"
[[source.table]]
as = "Activities"
sheets = "Plan"
[source.table.fields]
activity_id = "ID"
duration = "Days"
optimistic = [
  { join = { sheet = "Est*", key = "Task", on = "{ID}" }, column = "Best", unit = "days", where = { column = "Kind", is = "days" } },
  { join = { sheet = "Est*", key = "Task", on = "{ID}" }, column = "Best", percent_of = "Days", where = { column = "Kind", is = "percent" } },
]
"#;
    let sheets =
        [book("Plan", "ID|Days\nA|10d\nB|4d 4h\nC|3d"), book("Estimates", "Task|Kind|Best\nA|days|7\nB|percent|50\nA|days|9")];
    let (records, told) = run(settings, &sheets);
    assert_eq!(
        records,
        [
            "Activities@2: activity_id=A duration=10d optimistic=7 days",
            "Activities@3: activity_id=B duration=4d 4h optimistic=2d 2h",
            "Activities@4: activity_id=C duration=3d"
        ]
    );
    assert!(
        told.iter().any(|line| line.starts_with("T347 A4 \"A\"")) && told.iter().any(|line| line.starts_with("T343 4:4 \"C\"")),
        "{told:?}"
    );
}

#[test]
fn debit_and_credit_stay_two_columns() {
    let settings = "[[source]]\nfiles = \"*\"\n[[source.table]]\nas = \"Actuals\"\nfields = { entry_id = \"Doc\", amount = { debit = \"Dr\", credit = \"Cr\" }, type = { constant = \"actual\" } }";
    let (records, _) = run(settings, &[book("Ledger", "Doc|Dr|Cr\nD1|10|\nD2||4")]);
    assert_eq!(records[1], "Actuals@3: entry_id=D2 type=actual amount=B-C");
    let alone = settings.replace(", credit = \"Cr\"", "");
    assert!(run(&alone, &[book("Ledger", "Doc|Dr|Cr\nD1|10|")]).1[0].starts_with("T344"));
}

#[test]
fn two_mappings_for_the_same_cells_are_told_and_the_first_one_counts() {
    let table = "[[source.table]]\nas = \"Risks\"\nfields = { risk_id = \"No\", event = \"What\" }\n";
    let settings = format!("[[source]]\nfiles = \"*\"\n{table}{table}");
    let (records, told) = run(&settings, &[book("Log", "No|What\nR1|Fire")]);
    assert_eq!(records.len(), 1);
    assert!(told[0].starts_with("T339 2:2"), "{told:?}");
}

#[test]
fn an_agenda_becomes_a_calendar_and_its_holidays_exceptions() {
    let settings = r#"
[[source]]
files = "*"
set = { initiative = "I1" }
[[source.table]]
as = "Calendars"
working_time = { hours = "A2:B25", days = "D2:E8" }
fields = { calendar_id = { constant = "{initiative}" } }
[[source.table]]
as = "Calendar exceptions"
range = "G2:G"
fields = { calendar = { constant = "{initiative}" }, date = "@G", working = { constant = "no" } }
"#;
    let agenda = book(
        "Agenda",
        "Hours|||Days|||Holidays\n8:00 - 9:00|Yes||Monday|Yes||2026-12-25\n9:00 - 10:00|Yes||Tuesday|No||2026-12-28\n10:00 - 11:00|No||Sundy|No||\n11:00 - 12:00|Yes",
    );
    let (records, told) = run(settings, &[agenda]);
    assert_eq!(records[0], "Calendars@2: calendar_id=I1 monday=08:00-10:00, 11:00-12:00 tuesday=off");
    assert_eq!(
        records[1..],
        [
            "Calendar exceptions@2: calendar=I1 date=2026-12-25 working=no",
            "Calendar exceptions@3: calendar=I1 date=2026-12-28 working=no"
        ]
    );
    assert!(told[0].starts_with("T342 D4 \"Sundy\""), "{told:?}");
}

#[test]
fn a_source_without_tables_says_what_a_template_leaves_out() {
    let settings = "[[source]]\nfiles = \"book.xlsx\"\nowner = \"Ann\"\nset = { initiative = \"I1\" }\nreading = { currency = \"EUR\", decimal_comma = true }";
    let (mappings, _) = Mappings::from_toml(settings, |_| None);
    let sheets = [book("Risks", "Risk ID|Event|Owner|Colour|Probability\nR1|Fire|P1|red|10%")];
    let (grids, _, findings) = cut(&sheets, &mappings, &contracts::all());
    assert_eq!(line(&grids[0], 0), "Risks@2: risk_id=R1 initiative=I1 event=Fire owner=P1 probability=10%");
    assert_eq!(
        (grids[0].owner.as_deref(), grids[0].reading.currency.as_deref(), grids[0].reading.decimal_comma),
        (Some("Ann"), Some("EUR"), Some(true))
    );
    let told: Vec<(&str, Option<&str>)> = findings.0.iter().map(|finding| (finding.code.id, finding.owner.as_deref())).collect();
    assert_eq!(told, [("T301", Some("Ann"))]);
}

#[test]
fn sheets_declared_to_be_no_data_are_left_alone() {
    let settings = "[[not_data]]\nsheets = [\"Chart*\", \"Notes\"]\nreason = \"for people\"";
    let (records, told) = run(settings, &[book("Notes", "hello"), book("Chart 1", "x|y\n1|2")]);
    assert_eq!((records.len(), told.len()), (0, 0));
}
