//! The kinds of finding that checking values, rows and totals raises. Those of sheets, headers and mappings are declared
//! with the layout.

use crate::base::finding::{Code, Severity};

/// The field must be given on every row.
pub const REQUIRED_MISSING: Code = Code::new(
    "T001",
    Severity::Error,
    "a value is missing",
    "The field must be given on every row. Without it the row cannot be used and is held back; it is listed in the quarantine as it stands.",
);
/// A number is expected.
pub const NOT_A_NUMBER: Code = Code::new(
    "T003",
    Severity::Error,
    "not a number",
    "A number is expected. Words, or a number that cannot be read in one way only, are never taken for zero.",
);
/// Excel turned what was typed into a date, or the column has a date format.
pub const NUMBER_SHOWN_AS_DATE: Code = Code::new(
    "T004",
    Severity::Error,
    "a date where a number is expected",
    "Excel turned what was typed into a date, or the column has a date format. The number behind it is not what was meant.",
);
/// The field counts or ranks, so it takes whole numbers only.
pub const NOT_WHOLE: Code =
    Code::new("T005", Severity::Error, "not a whole number", "The field counts or ranks, so it takes whole numbers only.");
/// The value is below the smallest or above the largest that makes sense for the field.
pub const OUT_OF_BOUNDS: Code = Code::new(
    "T006",
    Severity::Error,
    "outside the values allowed",
    "The value is below the smallest or above the largest that makes sense for the field.",
);
/// A date is expected.
pub const NOT_A_DATE: Code = Code::new(
    "T007",
    Severity::Error,
    "not a date",
    "A date is expected. Write it as 2026-10-31, or use a cell with a date format.",
);
/// A fiscal period is expected: FY2027-P04, a date, or a month such as Jul 2026.
pub const NOT_A_PERIOD: Code = Code::new(
    "T008",
    Severity::Error,
    "not a period",
    "A fiscal period is expected: FY2027-P04, a date, or a month such as Jul 2026.",
);
/// The field takes one word of a list, which the template shows as a dropdown.
pub const NOT_ON_LIST: Code = Code::new(
    "T009",
    Severity::Error,
    "a word that is not on the list",
    "The field takes one word of a list, which the template shows as a dropdown.",
);
/// The field takes yes or no.
pub const NOT_YES_OR_NO: Code = Code::new("T010", Severity::Error, "neither yes nor no", "The field takes yes or no.");
/// Currencies are written as ISO 4217 codes of three letters, such as GBP.
pub const NOT_A_CURRENCY: Code = Code::new(
    "T011",
    Severity::Error,
    "not a currency code",
    "Currencies are written as ISO 4217 codes of three letters, such as GBP.",
);
/// A duration is expected: 12d, 3w, 6h, 12d 4h.
pub const NOT_A_DURATION: Code =
    Code::new("T012", Severity::Error, "not a duration", "A duration is expected: 12d, 3w, 6h, 12d 4h.");
/// The settings give the form that this text must have.
pub const PATTERN: Code =
    Code::new("T013", Severity::Error, "not written in the agreed form", "The settings give the form that this text must have.");
/// The pattern is not a regular expression, so nothing is checked against it.
pub const BAD_PATTERN: Code = Code::new(
    "T014",
    Severity::Error,
    "a pattern in the settings cannot be read",
    "The pattern is not a regular expression, so nothing is checked against it.",
);
/// A range such as 10-20 enters no arithmetic.
pub const RANGE: Code = Code::new(
    "T015",
    Severity::Error,
    "a range where one value is expected",
    "A range such as 10-20 enters no arithmetic. Give one value, or use the fields for least, likely and most.",
);
/// The formula in the cell fails.
pub const ERROR_VALUE: Code =
    Code::new("T016", Severity::Error, "an Excel error value", "The formula in the cell fails. It is not taken for zero.");
/// The file holds the formula but no value, because the program that wrote it did not calculate.
pub const NEVER_CALCULATED: Code = Code::new(
    "T017",
    Severity::Error,
    "a formula that was never calculated",
    "The file holds the formula but no value, because the program that wrote it did not calculate. It is not taken for zero.",
);
/// The cell says that the value is not to be shown.
pub const WITHHELD: Code = Code::new(
    "T018",
    Severity::Info,
    "a value is withheld",
    "The cell says that the value is not to be shown. It enters no arithmetic, and totals say that it is missing.",
);
/// The cell says that there is no value.
pub const NOT_APPLICABLE: Code = Code::new(
    "T019",
    Severity::Info,
    "marked as not applicable",
    "The cell says that there is no value. It enters no arithmetic.",
);
/// Words such as TBC hold the place of a value that is still to come.
pub const PLACEHOLDER: Code = Code::new(
    "T020",
    Severity::Warning,
    "a placeholder where a value is expected",
    "Words such as TBC hold the place of a value that is still to come. Until then it is missing.",
);
/// Ledgers book whole pence, cents or yen.
pub const AMOUNT_TOO_FINE: Code = Code::new(
    "T021",
    Severity::Error,
    "an amount finer than the smallest unit of its currency",
    "Ledgers book whole pence, cents or yen. A finer amount is most often a computed share, or a wrong currency.",
);
/// The amount has more digits than a ledger can hold exactly.
pub const AMOUNT_TOO_LARGE: Code = Code::new(
    "T022",
    Severity::Error,
    "an amount too large to be booked",
    "The amount has more digits than a ledger can hold exactly.",
);
/// The number was read, but Excel's own sums skip such cells.
pub const NUMBER_AS_TEXT: Code =
    Code::new("T023", Severity::Warning, "a number stored as text", "The number was read, but Excel's own sums skip such cells.");
/// The code was read as the text that the cell shows.
pub const ID_AS_NUMBER: Code = Code::new(
    "T024",
    Severity::Info,
    "a code stored as a number",
    "The code was read as the text that the cell shows. Stored as text, it keeps zeros in front and long digits.",
);
/// Excel turns codes into dates or powers of ten, drops zeros at the end of 1.10, and rounds beyond 15 digits.
pub const ID_CHANGED: Code = Code::new(
    "T025",
    Severity::Warning,
    "a code that Excel may have changed",
    "Excel turns codes into dates or powers of ten, drops zeros at the end of 1.10, and rounds beyond 15 digits.",
);
/// 1,234 is a thousand to some and one and a bit to others.
pub const AMBIGUOUS_NUMBER: Code = Code::new(
    "T026",
    Severity::Warning,
    "a number that can be read in two ways",
    "1,234 is a thousand to some and one and a bit to others. It was read as the rest of the column is written.",
);
/// The column holds numbers with a decimal point and numbers with a decimal comma, so this one cannot be told.
pub const MIXED_NUMBERS: Code = Code::new(
    "T027",
    Severity::Error,
    "points and commas contradict each other",
    "The column holds numbers with a decimal point and numbers with a decimal comma, so this one cannot be told.",
);
/// 0.5 is a half per cent beside 64 and fifty per cent beside 0.64.
pub const AMBIGUOUS_PERCENT: Code = Code::new(
    "T028",
    Severity::Warning,
    "a percentage that can be read in two ways",
    "0.5 is a half per cent beside 64 and fifty per cent beside 0.64. It was read as the rest of the column is written.",
);
/// Most shares end at 100 %.
pub const PERCENT_HIGH: Code = Code::new(
    "T029",
    Severity::Warning,
    "more than 100 %",
    "Most shares end at 100 %. A cell with a percent format shows 64 as 6400 %.",
);
/// More than 1000 %, or less than nothing.
pub const PERCENT_IMPOSSIBLE: Code = Code::new(
    "T030",
    Severity::Error,
    "a percentage that cannot be meant",
    "More than 1000 %, or less than nothing. A cell with a percent format needs 64 % or 0.64, not 64.",
);
/// The date was read, but Excel neither sorts nor subtracts it.
pub const DATE_AS_TEXT: Code =
    Code::new("T031", Severity::Warning, "a date stored as text", "The date was read, but Excel neither sorts nor subtracts it.");
/// 03/04/2026 is March to some and April to others.
pub const AMBIGUOUS_DATE: Code = Code::new(
    "T032",
    Severity::Warning,
    "a date that can be read in two ways",
    "03/04/2026 is March to some and April to others. It was read as the rest of the column is written, or else day first.",
);
/// The column holds dates with the day first and dates with the month first, so this one cannot be told.
pub const MIXED_DATES: Code = Code::new(
    "T033",
    Severity::Error,
    "day and month contradict each other",
    "The column holds dates with the day first and dates with the month first, so this one cannot be told.",
);
/// Every real date of the column has a day of 12 or less, and every text date one above 12.
pub const DATES_SWAPPED: Code = Code::new(
    "T034",
    Severity::Warning,
    "day and month may have been swapped on the way into Excel",
    "Every real date of the column has a day of 12 or less, and every text date one above 12. That happens when dates are opened under another country's settings: the ones Excel could read were read the wrong way round.",
);
/// Years 00 to 79 are read as 2000 to 2079, 80 to 99 as 1980 to 1999.
pub const TWO_DIGIT_YEAR: Code = Code::new(
    "T035",
    Severity::Warning,
    "a year of two digits",
    "Years 00 to 79 are read as 2000 to 2079, 80 to 99 as 1980 to 1999.",
);
/// The cell holds a date's number without a date format.
pub const DATE_AS_NUMBER: Code = Code::new(
    "T036",
    Severity::Warning,
    "a date given as a bare number",
    "The cell holds a date's number without a date format. It was read as that date.",
);
/// The workbook uses the date system of old Macintosh files.
pub const DATES_FROM_1904: Code = Code::new(
    "T037",
    Severity::Info,
    "a workbook that counts days from 1904",
    "The workbook uses the date system of old Macintosh files. Its dates were read accordingly; pasted into another workbook they move by four years.",
);
/// Dates before 1950 or after 2100 are most often slips of the keyboard.
pub const FAR_DATE: Code = Code::new(
    "T038",
    Severity::Warning,
    "a date far away",
    "Dates before 1950 or after 2100 are most often slips of the keyboard.",
);
/// Spaces before or after a code, or unusual ones inside, were taken away.
pub const SPACES_IN_KEY: Code = Code::new(
    "T039",
    Severity::Warning,
    "spaces around a code",
    "Spaces before or after a code, or unusual ones inside, were taken away. Lookups in Excel see two different codes.",
);
/// Control characters and spaces of no width were taken away.
pub const HIDDEN_CHARACTERS: Code = Code::new(
    "T040",
    Severity::Warning,
    "characters that cannot be seen in a code",
    "Control characters and spaces of no width were taken away. They come with text pasted from web pages and mails.",
);
/// A Cyrillic or Greek letter that looks like a Latin one makes a different code that nobody can see.
pub const MIXED_ALPHABETS: Code = Code::new(
    "T041",
    Severity::Warning,
    "letters of another alphabet in a code",
    "A Cyrillic or Greek letter that looks like a Latin one makes a different code that nobody can see.",
);
/// The two differ only in letters and digits that are easily confused, such as O and 0 or l and 1, or in capitals.
pub const LOOK_ALIKE: Code = Code::new(
    "T042",
    Severity::Warning,
    "two codes that look alike",
    "The two differ only in letters and digits that are easily confused, such as O and 0 or l and 1, or in capitals.",
);
/// The sign was read as the currency it most often stands for.
pub const CURRENCY_SIGN: Code = Code::new(
    "T043",
    Severity::Warning,
    "a currency sign instead of a code",
    "The sign was read as the currency it most often stands for.",
);
/// The amount was read in full: k for thousands, m for millions, bn for thousand millions.
pub const ABBREVIATED_AMOUNT: Code = Code::new(
    "T044",
    Severity::Warning,
    "an abbreviated amount",
    "The amount was read in full: k for thousands, m for millions, bn for thousand millions.",
);
/// A bare number was read as days (work as hours).
pub const NO_UNIT: Code =
    Code::new("T045", Severity::Warning, "a duration without a unit", "A bare number was read as days (work as hours).");
/// A merged cell has one value in its first row.
pub const MERGED: Code = Code::new(
    "T046",
    Severity::Warning,
    "merged cells inside the table",
    "A merged cell has one value in its first row. Words and codes were taken for all its rows; amounts, dates and numbers only for the first.",
);
/// The first row stays; the later one is held back, so that nothing counts twice.
pub const DUPLICATE_KEY: Code = Code::new(
    "T050",
    Severity::Error,
    "a second row with the same key",
    "The first row stays; the later one is held back, so that nothing counts twice.",
);
/// The field may not hold the same value twice.
pub const NOT_UNIQUE: Code = Code::new(
    "T051",
    Severity::Error,
    "a second row with the same value",
    "The field may not hold the same value twice. The first row stays; the later one is held back.",
);
/// Both were used.
pub const SAME_ROW: Code = Code::new(
    "T052",
    Severity::Warning,
    "two rows that are alike in every field",
    "Both were used. Often a row was pasted twice.",
);
/// The row was set aside as a total, so that nothing counts twice, and compared with the rows above it.
pub const TOTAL_ROW: Code = Code::new(
    "T053",
    Severity::Info,
    "a total inside the data",
    "The row was set aside as a total, so that nothing counts twice, and compared with the rows above it.",
);
/// The total differs from the rows it seems to cover: a row is missing, was overwritten, or stands outside the formula.
pub const TOTAL_WRONG: Code = Code::new(
    "T054",
    Severity::Warning,
    "a total that does not add up",
    "The total differs from the rows it seems to cover: a row is missing, was overwritten, or stands outside the formula.",
);
/// The amount is about a thousand times larger or smaller than the others of the same kind: thousands entered as units, or units as thousands.
pub const MAGNITUDE: Code = Code::new(
    "T055",
    Severity::Warning,
    "an amount about a thousand times off",
    "The amount is about a thousand times larger or smaller than the others of the same kind: thousands entered as units, or units as thousands.",
);
/// The first date is after the second.
pub const NOT_ORDERED: Code =
    Code::new("T057", Severity::Error, "dates in the wrong order", "The first date is after the second.");
/// The estimates must not fall from the least to the most.
pub const NOT_ASCENDING: Code =
    Code::new("T058", Severity::Error, "estimates in the wrong order", "The estimates must not fall from the least to the most.");
/// None of the fields is given, so the row cannot be used and is held back.
pub const ONE_OF_NEEDED: Code = Code::new(
    "T059",
    Severity::Error,
    "one of several fields is needed",
    "None of the fields is given, so the row cannot be used and is held back.",
);
/// One field is given, and the other, which explains it, is not.
pub const NEEDED_TOO: Code = Code::new(
    "T060",
    Severity::Error,
    "a field that goes with another is missing",
    "One field is given, and the other, which explains it, is not.",
);
/// The code points at a row that is not there.
pub const UNKNOWN_REFERENCE: Code =
    Code::new("T061", Severity::Error, "no such row in the other table", "The code points at a row that is not there.");
/// The code differs from an existing one only in letters and digits that are easily confused, in spaces or in capitals.
pub const LOOK_ALIKE_REFERENCE: Code = Code::new(
    "T062",
    Severity::Error,
    "a code that only looks like one of the other table",
    "The code differs from an existing one only in letters and digits that are easily confused, in spaces or in capitals.",
);
/// The code is used by several initiatives, and the row does not say which is meant.
pub const AMBIGUOUS_REFERENCE: Code = Code::new(
    "T063",
    Severity::Error,
    "a code that fits several rows of the other table",
    "The code is used by several initiatives, and the row does not say which is meant.",
);
/// The table that they point at was not given.
pub const REFERENCE_UNCHECKED: Code =
    Code::new("T064", Severity::Info, "references that could not be checked", "The table that they point at was not given.");

/// Every code of value checks, by number.
pub const ALL: &[Code] = &[
    REQUIRED_MISSING,
    NOT_A_NUMBER,
    NUMBER_SHOWN_AS_DATE,
    NOT_WHOLE,
    OUT_OF_BOUNDS,
    NOT_A_DATE,
    NOT_A_PERIOD,
    NOT_ON_LIST,
    NOT_YES_OR_NO,
    NOT_A_CURRENCY,
    NOT_A_DURATION,
    PATTERN,
    BAD_PATTERN,
    RANGE,
    ERROR_VALUE,
    NEVER_CALCULATED,
    WITHHELD,
    NOT_APPLICABLE,
    PLACEHOLDER,
    AMOUNT_TOO_FINE,
    AMOUNT_TOO_LARGE,
    NUMBER_AS_TEXT,
    ID_AS_NUMBER,
    ID_CHANGED,
    AMBIGUOUS_NUMBER,
    MIXED_NUMBERS,
    AMBIGUOUS_PERCENT,
    PERCENT_HIGH,
    PERCENT_IMPOSSIBLE,
    DATE_AS_TEXT,
    AMBIGUOUS_DATE,
    MIXED_DATES,
    DATES_SWAPPED,
    TWO_DIGIT_YEAR,
    DATE_AS_NUMBER,
    DATES_FROM_1904,
    FAR_DATE,
    SPACES_IN_KEY,
    HIDDEN_CHARACTERS,
    MIXED_ALPHABETS,
    LOOK_ALIKE,
    CURRENCY_SIGN,
    ABBREVIATED_AMOUNT,
    NO_UNIT,
    MERGED,
    DUPLICATE_KEY,
    NOT_UNIQUE,
    SAME_ROW,
    TOTAL_ROW,
    TOTAL_WRONG,
    MAGNITUDE,
    NOT_ORDERED,
    NOT_ASCENDING,
    ONE_OF_NEEDED,
    NEEDED_TOO,
    UNKNOWN_REFERENCE,
    LOOK_ALIKE_REFERENCE,
    AMBIGUOUS_REFERENCE,
    REFERENCE_UNCHECKED,
];
