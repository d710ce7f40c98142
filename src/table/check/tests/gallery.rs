//! The smallest sheet that shows each kind of finding, and every finding that it gives, word for word.

use super::super::codes;
use crate::table::testing::{lines, read};
use std::collections::BTreeSet;
use std::fmt::Write as _;

struct Case {
    table: &'static str,
    sheet: &'static str,
    findings: &'static [&'static str],
}

const CASES: &[Case] = &[
    Case {
        table: "People",
        sheet: "Person ID | Name\nP-1 | Ann\nP-2 |",
        findings: &["T001 B3 Name: a value is missing; expected text | Fill in the cell."],
    },
    Case {
        table: "FX rates",
        sheet: "From|To|Kind|Date|Rate\nEUR|GBP|spot|2026-10-31|soon\nEUR|GBP|spot|2026-10-30|@0.86\nEUR|GBP|spot|2026-10-29|-1\nEUR|GBP|spot|2026-10-28|0.85-0.87",
        findings: &[
            "T003 E2 Rate: not a number; found \"soon\"; expected a number of at least 0 | Type a number; put words into a text column.",
            "T004 E3 Rate: a date where a number is expected; found \"0.86\"; expected a number of at least 0 | Give the cell a number format and type the number again.",
            "T006 E4 Rate: outside the values allowed; found \"-1\"; expected a number of at least 0 | Check the number and its unit.",
            "T015 E5 Rate: a range where one value is expected; found \"0.85-0.87\"; expected a number of at least 0 | Give one value; where the table has fields for least, likely and most, use those.",
        ],
    },
    Case {
        table: "Issues",
        sheet: "Issue ID|Initiative|Title|Raised|Severity|Owner\nI-1|A|x|soon|1.5|P\nI-2|A|x|45962|2|P\nI-3|A|x|2206-10-01|9|P",
        findings: &[
            "T005 E2 Severity: not a whole number; found \"1.5\"; expected a whole number from 1 to 4 | Round it, or use the field that it belongs to.",
            "T006 E4 Severity: outside the values allowed; found \"9\"; expected a whole number from 1 to 4 | Check the number and its unit.",
            "T007 D2 Raised: not a date; found \"soon\"; expected a date such as 2026-10-31 | Write the date as 2026-10-31, or type it into a cell with a date format.",
            "T036 D3 Raised: a date given as a bare number; found \"45962\"; expected a cell with a date format | Give the cells a date format.",
            "T038 D4 Raised: a date far away; found \"2206-10-01\"; expected a date between 1950 and 2100 | Check the year; the date was used as it stands.",
        ],
    },
    Case {
        table: "KPI targets",
        sheet: "KPI|Period|Value\nK1|sometime|1",
        findings: &[
            "T008 B2 Period: not a period; found \"sometime\"; expected a period such as FY2027-P04, or a month such as Jul 2026 | Write FY2027-P04, a month such as Jul 2026, or a date.",
        ],
    },
    Case {
        table: "Risks",
        sheet: "Risk ID|Initiative|Event|Owner|Probability|Kind|Cost likely|Currency\nR-1|A|x|P|30%|thret|n/a|GBP\nR-2|A|x|P|30%|threat|confidential|£\nR-3|A|x|P|30%|threat|TBC|$\nR-4|A|x|P|30%|threat|#DIV/0!|EUR\nR-5|A|x|P|30%|threat|=A1 ->|EUR\nR-6|A|x|P|30%|threat|'25k|EUR",
        findings: &[
            "T009 F2 Kind: a word that is not on the list; found \"thret\"; expected one of: threat, opportunity | Did you mean threat? Use a word of the list, or translate yours in the settings.",
            "T011 H4 Currency: not a currency code; found \"$\"; expected a currency code such as GBP | $ is the sign of many currencies: write USD, AUD, CAD or whichever is meant.",
            "T016 G5 Cost likely: an Excel error value; found \"#DIV/0!\"; expected an amount such as 1234.50 | Mend the formula, or type the value.",
            "T017 G6 Cost likely: a formula that was never calculated; found \"=A1\" without a value; expected an amount such as 1234.50 | Open the workbook in Excel, let it calculate, and save it.",
            "T018 G3 Cost likely: a value is withheld; found \"confidential\" | Nothing to do, if it is meant.",
            "T019 G2 Cost likely: marked as not applicable; found \"n/a\" | Nothing to do, if it is meant.",
            "T020 G4 Cost likely: a placeholder where a value is expected; found \"TBC\" | Give the value when it is known, or leave the cell empty.",
            "T043 H3 Currency: a currency sign instead of a code; found \"£\"; expected GBP | Write the code instead of the sign.",
            "T044 G7 Cost likely: an abbreviated amount; found \"25k\"; expected the amount in full; it was read as 25000 | Write the amount in full.",
        ],
    },
    Case {
        table: "Dependencies",
        sheet: "Predecessor|Successor|Lag|Agreed\nA|B|5 moons|perhaps\nA|C|5|yes",
        findings: &[
            "T010 D2 Agreed: neither yes nor no; found \"perhaps\"; expected yes or no | Write yes or no.",
            "T012 C2 Lag: not a duration; found \"5 moons\"; expected a duration such as 12d, 3w or 6h | \"moons\" is not a unit of time: write min, h, d, w or mo (ed, eh for elapsed time).",
            "T045 C3 Lag: a duration without a unit; found \"5\"; expected a duration with its unit; it was read as 5d | Write 12d or 6h, or fill in the Unit column.",
        ],
    },
    Case {
        table: "Budgets",
        sheet: "Initiative|Category|Capex/Opex|Period|Amount\nA|x|capex|FY2026-P01|'1,234\nA|x|capex|FY2026-P02|'1.234,56\nA|x|capex|FY2026-P03|'1,234.56\nA|x|capex|FY2026-P04|100",
        findings: &[
            "T023 E3:E4 Amount: a number stored as text; found \"1.234,56\", \"1,234.56\"; expected a number | Convert the column to numbers (Data > Text to Columns > Finish).",
            "T027 E2 Amount: points and commas contradict each other; found \"1,234\"; expected numbers written in one way | Type it as a number, without signs between thousands; or say in the settings that the source writes decimal commas.",
        ],
    },
    Case {
        table: "Budgets",
        sheet: "Initiative|Category|Capex/Opex|Period|Amount\nA|x|capex|FY2026-P01|'1,234\nA|x|capex|FY2026-P02|'1,234.56",
        findings: &[
            "T023 E2:E3 Amount: a number stored as text; found \"1,234\", \"1,234.56\"; expected a number | Convert the column to numbers (Data > Text to Columns > Finish).",
        ],
    },
    Case {
        table: "Budgets",
        sheet: "Initiative|Category|Capex/Opex|Period|Amount\nA|x|capex|FY2026-P01|'1,234\nA|x|capex|FY2026-P02|1234.56",
        findings: &[
            "T026 E2 Amount: a number that can be read in two ways; found \"1,234\"; expected a plain number; it was read as 1234 | Type it as a number, without signs between thousands; or say in the settings that the source writes decimal commas.",
        ],
    },
    Case {
        table: "Objectives",
        sheet: "Objective ID|Name|Weight\nO-1|a|40\nO-2|b|0.5\nO-3|c|150\nO-4|d|2000%\nO-5|e|25%",
        findings: &[
            "T028 C2 Weight: a percentage that can be read in two ways; found \"40\"; expected a percentage with its sign; it was read as 40% | Give the column a percent format and type 64%.",
            "T028 C3 Weight: a percentage that can be read in two ways; found \"0.5\"; expected a percentage with its sign; it was read as 0.5% | Give the column a percent format and type 64%.",
            "T028 C4 Weight: a percentage that can be read in two ways; found \"150\"; expected a percentage with its sign; it was read as 150% | Give the column a percent format and type 64%.",
            "T029 C4 Weight: more than 100 %; found \"150\"; expected a percentage from 0% to 100% | Check it; it was used as it stands.",
            "T030 C5 Weight: a percentage that cannot be meant; found \"2000%\"; expected a percentage from 0% to 100% | In a cell with a percent format type 64%, not 64.",
        ],
    },
    Case {
        table: "Objectives",
        sheet: "Objective ID|Name|Target date\nO-1|a|'31/10/2026\nO-2|b|'03/04/2026",
        findings: &[
            "T031 C2:C3 Target date: a date stored as text; found \"31/10/2026\", \"03/04/2026\"; expected a real date | Convert the column to dates (Data > Text to Columns > Date).",
        ],
    },
    Case {
        table: "Objectives",
        sheet: "Objective ID|Name|Target date\nO-1|a|'2026-10-31\nO-2|b|'03/04/2026\nO-3|c|'31 Dec 26",
        findings: &[
            "T031 C2, C4 Target date: a date stored as text; found \"2026-10-31\", \"31 Dec 26\"; expected a real date | Convert the column to dates (Data > Text to Columns > Date).",
            "T032 C3 Target date: a date that can be read in two ways; found \"03/04/2026\"; expected a date in one reading; it was read as 2026-04-03 | Write dates as 2026-10-31, or say in the settings that the source writes the day first.",
            "T035 C4 Target date: a year of two digits; found \"31 Dec 26\"; expected a year of four digits | Write the year in full; 00 to 79 were read as 2000 to 2079.",
        ],
    },
    Case {
        table: "Objectives",
        sheet: "Objective ID|Name|Target date\nO-1|a|'31/10/2026\nO-2|b|'03/04/2026\nO-3|c|'10/31/2026",
        findings: &[
            "T031 C2, C4 Target date: a date stored as text; found \"31/10/2026\", \"10/31/2026\"; expected a real date | Convert the column to dates (Data > Text to Columns > Date).",
            "T033 C3 Target date: day and month contradict each other; found \"03/04/2026\"; expected dates written in one way | Write dates as 2026-10-31, or say in the settings that the source writes the day first.",
        ],
    },
    Case {
        table: "Objectives",
        sheet: "Objective ID|Name|Target date\nO-1|a|'31/10/2026\nO-2|b|2026-04-03\nO-3|c|2026-05-03\nO-4|d|2026-06-03",
        findings: &[
            "T031 C2 Target date: a date stored as text; found \"31/10/2026\"; expected a real date | Convert the column to dates (Data > Text to Columns > Date).",
            "T034 C3:C5 Target date: day and month may have been swapped on the way into Excel; found 3 real dates with a day of 12 or less, 1 text with a day above 12, and no others; expected real dates throughout | Import the file again with the right order of day and month (Data > From Text > Date: DMY).",
        ],
    },
    Case {
        table: "People",
        sheet: "Person ID|Name\n101|Ann\n00000:102|Bob\n0.00E+00:100000|Cy\n@45962|Di\n1234567890123456|Ed",
        findings: &[
            "T024 A2:A3 Person ID: a code stored as a number; found \"101\", \"00102\"; expected a code stored as text | Type the code into a cell with a text format.",
            "T025 A4:A6 Person ID: a code that Excel may have changed; found \"100000\", \"2025-11-01\", \"1234567890123460\"; expected a code stored as text | Type the code into a cell with a text format.",
        ],
    },
    Case {
        table: "People",
        sheet: "Person ID|Name\n'P-1\u{a0}|Ann\n'P\u{200b}-2|Bob\n'Р-003|Cy\nP-O03|Di\np-o03|Ed",
        findings: &[
            "T039 A2 Person ID: spaces around a code; found \"P-1\u{a0}\"; expected P-1 | Take the spaces away (TRIM and CLEAN in Excel).",
            "T040 A3 Person ID: characters that cannot be seen in a code; found \"P\u{200b}-2\"; expected P-2 | Type the code again instead of pasting it.",
            "T041 A4 Person ID: letters of another alphabet in a code; found \"Р-003\"; expected Latin letters, as in P-003 | Type the code again on a Latin keyboard.",
            "T042 A5 Person ID: two codes that look alike; found \"P-O03\"; expected a code that cannot be taken for \"Р-003\" at book.xlsx > People!A4 | If both mean the same, use one spelling; if not, choose codes that differ more.",
            "T042 A6 Person ID: two codes that look alike; found \"p-o03\"; expected a code that cannot be taken for \"Р-003\" at book.xlsx > People!A4 | If both mean the same, use one spelling; if not, choose codes that differ more.",
        ],
    },
    Case {
        table: "Activities",
        sheet: "Initiative|Activity ID|WBS|Name|Duration\nA|1|1.1|x|5d",
        findings: &[
            "T024 B2 Activity ID: a code stored as a number; found \"1\"; expected a code stored as text | Type the code into a cell with a text format.",
            "T025 C2 WBS: a code that Excel may have changed; found \"1.1\"; expected a code stored as text | Type WBS codes into cells with a text format: as a number, 1.10 becomes 1.1.",
        ],
    },
    Case {
        table: "Actuals",
        sheet: "Entry ID|Posting date|Type|Amount|Currency\nG-1|2026-07-01|actual|1.005|GBP\nG-2|2026-07-02|actual|2|GBP\nG-2|2026-07-02|actual|2|GBP\nG-3|2026-07-02|actual|1.00001|\nG-4|2026-07-02|actual|12345678901234567|",
        findings: &[
            "T021 D2 Amount: an amount finer than the smallest unit of its currency; found \"1.005\"; expected an amount in whole smallest units of GBP | Round it at the source, or correct the currency.",
            "T021 D5 Amount: an amount finer than the smallest unit of its currency; found \"1.00001\"; expected an amount in whole smallest units | Round it to whole pence or cents at the source.",
            "T022 D6 Amount: an amount too large to be booked; found \"12345678901234600\"; expected an amount below 900 million million | Check the amount: it has more than 15 digits.",
            "T050 A4 Entry ID: a second row with the same key; found \"G-2\"; expected a key that is used once; the first is at book.xlsx > Actuals!A3 | Delete the row that is wrong, or give it a key of its own.",
        ],
    },
    Case {
        table: "Budgets",
        sheet: "Initiative|Category|Capex/Opex|Period|Amount\nA|x|capex|FY2026-P01|100\nA|x|capex|FY2026-P02|110\nTotal||||210\nA|x|capex|FY2026-P03|120\nA|x|capex|FY2026-P03|120\nGrand total||||=SUM(E2:E6) -> 400",
        findings: &[
            "T052 row 6 two rows that are alike in every field; expected a row of its own; the first is at book.xlsx > Budgets row 5 | Delete one of them, unless both are meant.",
            "T053 row 4 a total inside the data; found a total row that adds up | Nothing to do; better keep totals outside the table.",
            "T053 row 7 a total inside the data; found a total row that does not add up | Nothing to do; better keep totals outside the table.",
            "T054 E7 Amount: a total that does not add up; found \"400\"; expected 450, the sum of the rows; the difference is -50 | Look for a row that is missing, was overwritten, or stands outside the formula.",
        ],
    },
    Case {
        table: "Budgets",
        sheet: "Initiative|Category|Capex/Opex|Period|Amount\nA|x|capex|FY2026-P01|41000\nA|x|capex|FY2026-P02|42000\nA|x|capex|FY2026-P03|43\nA|x|capex|FY2026-P04|44000",
        findings: &[
            "T055 E4 Amount: an amount about a thousand times off; found \"43\"; expected an amount of the size of its neighbours, about 42000 | Check whether it is in thousands and the others are not, or the other way round.",
        ],
    },
    Case {
        table: "Initiatives",
        sheet: "Initiative ID|Name|Owner|Start|Finish|RAG override|Status\nA|x|P|2027-01-01|2026-01-01||active\nB|x|P|||R|active",
        findings: &[
            "T057 D2 Start: dates in the wrong order; found \"2027-01-01\", after \"2026-01-01\"; expected Start on or before Finish | Check both dates.",
            "T060 row 3 RAG reason: a field that goes with another is missing; expected RAG reason, because RAG override is given | Fill it in, or empty the other field.",
        ],
    },
    Case {
        table: "Risks",
        sheet: "Risk ID|Initiative|Event|Owner|Probability|Cost min|Cost likely|Cost max|Status\nR-1|A|x|P|30%|10|5|20|closed",
        findings: &[
            "T058 F2 Cost min: estimates in the wrong order; found \"10\" above \"5\"; expected Cost min, Cost likely, Cost max in rising order | Check the estimates; two of them may be swapped.",
            "T060 row 2 Closed date: a field that goes with another is missing; expected Closed date, because Status is closed | Fill it in, or empty the other field.",
        ],
    },
    Case {
        table: "Rates",
        sheet: "From|Rate\n2026-01-01|85",
        findings: &["T059 row 2 Resource: one of several fields is needed; expected Resource or Role | Fill in one of them."],
    },
];

#[test]
fn every_case_gives_its_findings_word_for_word() {
    let mut wrong = String::new();
    for case in CASES {
        let (tables, findings) = read(case.table, case.sheet);
        assert_eq!(tables.assert_reconciled(), Ok(()), "{}", case.sheet);
        let lines = lines(&findings);
        if lines != case.findings {
            let _ = writeln!(wrong, "{}\n{}", case.table, case.sheet);
            for line in lines {
                let _ = writeln!(wrong, "    {line:?},");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_code_has_its_case() {
    let shown: BTreeSet<&str> = CASES.iter().flat_map(|case| case.findings).map(|line| &line[..4]).collect();
    // Shown elsewhere: patterns and references of declared contracts, merged cells, dates from 1904.
    let elsewhere =
        [codes::PATTERN, codes::BAD_PATTERN, codes::NOT_UNIQUE, codes::UNKNOWN_REFERENCE, codes::LOOK_ALIKE_REFERENCE];
    let more = [codes::AMBIGUOUS_REFERENCE, codes::REFERENCE_UNCHECKED, codes::MERGED, codes::DATES_FROM_1904];
    let missing: Vec<&str> = codes::ALL
        .iter()
        .filter(|code| !shown.contains(code.id) && !elsewhere.contains(code) && !more.contains(code))
        .map(|code| code.id)
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
}
