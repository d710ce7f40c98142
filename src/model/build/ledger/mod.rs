//! The ledger: cost codes, and every line into exactly one bucket.
//!
//! A line is held back (its amount is finer than the currency's minor unit), or later than the as-of date, or of an
//! initiative (its own, else its cost code's), or unassigned. One that was entered after the period of its posting date had
//! closed counts in the next period that was open, tagged with its own. Works on whole columns: ledgers are large.

mod columns;

use crate::base::day::days_since_epoch;
use crate::base::finding::{Code, Finding};
use crate::base::id::{CostCodeId, InitiativeId};
use crate::base::money::Currency;
use crate::base::origin::Origin;
use crate::base::period::Period;
use crate::model::build::closing::Closing;
use crate::model::build::context::{Context, Names, Register, Unique, day_of, flag};
use crate::model::codes;
use crate::model::finance::{CostCode, EntryKind, Expenditure, HeldBackLine, Ledger, LedgerTotal};
use crate::table::tables::{Row, Table};
use columns::{Columns, Line, Lines};
use polars::datatypes::PlHashMap;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Ten-thousandths in one major unit, as the table gives amounts.
const TEN_THOUSANDTHS: u32 = 4;

/// The cost codes, by code, and their register.
pub(super) fn cost_codes(context: &mut Context<'_>) -> Vec<CostCode> {
    let rows = context.rows("Cost codes");
    let names = Names::of(context.has("Cost codes"), rows.iter().filter_map(|row| row.text("cost_code")));
    context.registers.insert(Register::CostCodes, names);
    let mut unique = Unique::new();
    let mut found = Vec::new();
    for row in rows {
        let Some(code) = row.text("cost_code").map(CostCodeId::new) else { continue };
        if !unique.admits(context, row, "cost_code", code.clone()) {
            continue;
        }
        let Some(initiative) = context.initiative(row, "initiative") else { continue };
        let text = |key| row.text(key).map(String::from);
        let expenditure = expenditure(row.text("capex_opex"));
        found.push(CostCode { code, initiative, wbs: text("wbs"), category: text("category"), expenditure, origin: row.place() });
    }
    found.sort_by(|a, b| a.code.cmp(&b.code));
    found
}

/// Capital or operating, from its word.
pub(super) fn expenditure(word: Option<&str>) -> Option<Expenditure> {
    match word? {
        "capex" => Some(Expenditure::Capex),
        "opex" => Some(Expenditure::Opex),
        _ => None,
    }
}

/// The ledger, each line in one bucket, the totals of the buckets beside it.
pub(super) fn ledger(context: &mut Context<'_>, cost_codes: &[CostCode], closing: &Closing) -> Ledger {
    let Some(table) = context.tables.get("Actuals") else {
        let empty = Lines::default();
        return Ledger { later: empty.frame(None), frame: empty.frame(None), ..Ledger::default() };
    };
    let (ledger, findings, signs) = sorted(context, table, cost_codes, closing);
    for finding in findings {
        context.push(finding);
    }
    check_signs(context, table, &signs);
    ledger
}

fn sorted(context: &Context<'_>, table: &Table, cost_codes: &[CostCode], closing: &Closing) -> (Ledger, Vec<Finding>, Signs) {
    let mut sorter = Sorter::new(context, table, cost_codes, closing);
    let columns = Columns::of(table);
    for index in 0..table.len() {
        sorter.take(&columns, index);
    }
    let ledger = Ledger {
        frame: sorter.lines.frame(Some(table)),
        later: sorter.later.frame(Some(table)),
        parts: table.origins.parts.iter().map(|part| part.sheet.clone()).collect(),
        totals: sorter.totals.into_values().collect(),
        held_back: sorter.held_back,
    };
    (ledger, sorter.findings.into_values().collect(), sorter.signs)
}

/// Lines and negative lines of each sheet.
type Signs = BTreeMap<u32, (u64, u64)>;

/// Puts lines into buckets.
struct Sorter<'c, 't> {
    context: &'c Context<'t>,
    table: &'t Table,
    codes: BTreeMap<&'c str, &'c CostCode>,
    as_of: i32,
    closing: &'c Closing,
    periods: BTreeMap<i32, i32>,
    /// By posting day and day of entry: the later period in which such a line counts, and the first day of it.
    put_off: BTreeMap<(i32, i32), Option<(Period, i32)>>,
    lines: Lines<'c>,
    later: Lines<'c>,
    held_back: Vec<HeldBackLine>,
    totals: BTreeMap<(Currency, EntryKind), LedgerTotal>,
    /// One finding a kind and text, with the places of all that are alike.
    findings: BTreeMap<(&'static str, String, u32), Finding>,
    /// How often anything was noted.
    told: usize,
    signs: Signs,
    /// Homes that there is nothing to say about, by initiative and cost code as they stand in the line.
    homes: PlHashMap<(Option<&'c str>, Option<&'c str>), Home<'c>>,
    /// By currency as it stands in the line, and initiative.
    currencies: PlHashMap<(Option<&'c str>, Option<&'c str>), Currency>,
}

/// Where a line's cost belongs.
#[derive(Clone, Copy)]
struct Home<'c> {
    initiative: Option<&'c str>,
    code: Option<&'c CostCode>,
}

impl<'c, 't> Sorter<'c, 't> {
    fn new(context: &'c Context<'t>, table: &'t Table, cost_codes: &'c [CostCode], closing: &'c Closing) -> Self {
        Self {
            closing,
            put_off: BTreeMap::new(),
            codes: cost_codes.iter().map(|code| (code.code.as_str(), code)).collect(),
            as_of: i32::try_from(days_since_epoch(context.as_of())).unwrap_or(i32::MAX),
            context,
            table,
            periods: BTreeMap::new(),
            lines: Lines::default(),
            later: Lines::default(),
            held_back: Vec::new(),
            totals: BTreeMap::new(),
            findings: BTreeMap::new(),
            told: 0,
            signs: BTreeMap::new(),
            homes: PlHashMap::default(),
            currencies: PlHashMap::default(),
        }
    }

    /// Puts one line into its bucket. A line without amount, date or kind was held back before it came here.
    fn take(&mut self, columns: &Columns<'c>, index: usize) {
        let (Some(amount), Some(posted)) = (columns.amount.get(index), columns.posted.get(index)) else { return };
        let Some(kind) = columns.kind.get(index).and_then(EntryKind::parse) else { return };
        let home = self.home(columns, index);
        let currency = self.currency(columns.currency.get(index), home.initiative);
        let exact = Decimal::new(amount, TEN_THOUSANDTHS);
        let minor = to_minor(amount, currency);
        let own = self.period(columns, index, posted);
        let put_off = columns.entered.get(index).and_then(|entered| self.put_off(posted, entered));
        let later = posted > self.as_of || put_off.is_some_and(|(_, first_day)| first_day > self.as_of);
        let assigned = home.initiative.is_some();
        self.count(currency, kind, exact, bucket(minor, later, assigned));
        self.note_sign(index, kind, amount);
        let Some(minor) = minor else {
            self.hold_back(columns, index, exact, currency);
            return;
        };
        self.note_times(index, posted, put_off.map(|(period, _)| period).zip(columns.entered.get(index)));
        let period = put_off.map_or(own, |(period, _)| period.ordinal());
        let original_period = put_off.map(|_| own);
        let lines = if later { &mut self.later } else { &mut self.lines };
        lines.push(columns, &self.table.origins, &Line { index, home, kind, minor, currency, period, original_period });
    }

    /// Keeps a line whose amount is finer than its currency can be.
    fn hold_back(&mut self, columns: &Columns<'_>, index: usize, exact: Decimal, currency: Currency) {
        let entry = columns.entry.get(index).unwrap_or_default().to_string();
        let expected = format!("at most {} decimal places, as {currency} has", currency.exponent());
        let found = exact.normalize().to_string();
        let hint = "correct the amount; the line is held back";
        self.note(index, codes::FINER_THAN_MINOR_UNIT, "amount", &found, &expected, hint);
        self.held_back.push(HeldBackLine { entry, amount: exact, currency, origin: self.place(index) });
    }

    /// Says that a line counts later than its posting date says, or not yet.
    fn note_times(&mut self, index: usize, posted: i32, put_off: Option<(Period, i32)>) {
        if posted > self.as_of {
            let expected = "a posting date on or before the as-of date";
            let hint = "it counts from the next run on; nothing to mend";
            self.note(index, codes::LEDGER_AFTER_AS_OF, "posting_date", "a later date", expected, hint);
        }
        if let Some((period, entered)) = put_off {
            let own = self.context.settings.fiscal.period_of(day_of(posted));
            let found = format!("{}, for {own}", day_of(entered));
            let expected = format!("a day up to {}, when {own} closed", self.closing.day(own));
            let hint = format!("it counts in {period}; if {own} has to show it, restate that period");
            self.note(index, codes::LEDGER_LATE_ITEM, "entered_on", &found, &expected, &hint);
        }
    }

    /// The later period in which a line counts that was entered after its own had closed, with its first day.
    fn put_off(&mut self, posted: i32, entered: i32) -> Option<(Period, i32)> {
        let (fiscal, closing) = (self.context.settings.fiscal, self.closing);
        *self.put_off.entry((posted, entered)).or_insert_with(|| {
            let period = closing.put_off(fiscal.period_of(day_of(posted)), day_of(entered))?;
            Some((period, i32::try_from(days_since_epoch(fiscal.start(period))).unwrap_or(i32::MAX)))
        })
    }

    /// Where a line belongs; ledgers name the same few places again and again.
    fn home(&mut self, columns: &Columns<'c>, index: usize) -> Home<'c> {
        let (own, code) = (columns.initiative.get(index), columns.cost_code.get(index));
        if let Some(home) = self.homes.get(&(own, code)) {
            return *home;
        }
        let told = self.told;
        let home = self.find_home(index, own, code);
        if self.told == told {
            self.homes.insert((own, code), home);
        }
        home
    }

    /// The initiative: the line's own, else the cost code's. An id that no initiative has leads nowhere, whatever the
    /// cost code says.
    fn find_home(&mut self, index: usize, own: Option<&'c str>, code_text: Option<&'c str>) -> Home<'c> {
        let code = code_text.and_then(|text| self.codes.get(text).copied());
        let context = self.context;
        let found = own.and_then(|text| context.names(Register::Initiatives)?.find(text));
        let of_code = code.map(|code| code.initiative.as_str());
        if let Some((own, other)) = found.zip(of_code).filter(|(own, other)| own != other) {
            let expected = format!("a cost code of {own}, not of {other}");
            self.note(
                index,
                codes::COST_CODE_DIFFERS,
                "cost_code",
                code_text.unwrap_or_default(),
                &expected,
                "correct the initiative or the cost code; the initiative counts",
            );
        }
        let unknown = code_text.filter(|_| found.is_some() && code.is_none() && context.has("Cost codes"));
        if let Some(text) = unknown.filter(|text| !self.again(index, codes::COST_CODE_UNKNOWN, "cost_code", text)) {
            let near = context.names(Register::CostCodes).and_then(|names| names.hint(text));
            let hint = near.unwrap_or_else(|| "correct it, or add it to Cost codes".to_string());
            self.note(index, codes::COST_CODE_UNKNOWN, "cost_code", text, "a code of Cost codes", &hint);
        }
        if own.is_some() && found.is_none() {
            self.note_unassigned(index, "initiative", own.unwrap_or_default(), Register::Initiatives);
            return Home { initiative: None, code };
        }
        if found.or(of_code).is_none() {
            match code_text {
                Some(text) => self.note_unassigned(index, "cost_code", text, Register::CostCodes),
                None => self.note_unassigned(index, "initiative", "nothing", Register::Initiatives),
            }
        }
        Home { initiative: found.or(of_code), code }
    }

    fn note_unassigned(&mut self, index: usize, key: &'static str, found: &str, register: Register) {
        if self.again(index, codes::LEDGER_UNASSIGNED, key, found) {
            return;
        }
        let near = self.context.names(register).and_then(|names| names.hint(found)).filter(|_| found != "nothing");
        let hint = near.unwrap_or_else(|| match found {
            "nothing" => "write the initiative or a listed cost code on the line".to_string(),
            _ => format!("correct it, or add it to {}", register.table()),
        });
        let expected = format!("an initiative, or a cost code of {}", Register::CostCodes.table());
        self.note(index, codes::LEDGER_UNASSIGNED, key, found, &expected, &hint);
    }

    fn currency(&mut self, own: Option<&'c str>, initiative: Option<&'c str>) -> Currency {
        if let Some(currency) = self.currencies.get(&(own, initiative)) {
            return *currency;
        }
        let currency = self.find_currency(own, initiative);
        self.currencies.insert((own, initiative), currency);
        currency
    }

    fn find_currency(&self, own: Option<&str>, initiative: Option<&str>) -> Currency {
        let of_initiative = || self.context.currencies.get(&InitiativeId::new(initiative?)).copied();
        own.and_then(Currency::parse).or_else(of_initiative).unwrap_or(self.context.settings.reporting_currency)
    }

    fn period(&mut self, columns: &Columns<'_>, index: usize, posted: i32) -> i32 {
        let fiscal = self.context.settings.fiscal;
        let period = *self.periods.entry(posted).or_insert_with(|| fiscal.period_of(day_of(posted)).ordinal());
        if columns.period.get(index).is_some_and(|told| told != period) {
            let told =
                columns.period.get(index).and_then(Period::from_ordinal).map(|period| period.to_string()).unwrap_or_default();
            let right = Period::from_ordinal(period).map(|period| period.to_string()).unwrap_or_default();
            let expected = format!("{right}, in which the posting date lies");
            self.note(
                index,
                codes::PERIOD_DIFFERS,
                "period",
                &told,
                &expected,
                "correct the period or the posting date; the posting date decides",
            );
        }
        period
    }

    fn count(&mut self, currency: Currency, kind: EntryKind, amount: Decimal, bucket: Bucket) {
        let zero = Decimal::ZERO;
        let empty = LedgerTotal {
            currency,
            kind,
            lines: 0,
            read: zero,
            assigned: zero,
            unassigned: zero,
            after_as_of: zero,
            held_back: zero,
        };
        let total = self.totals.entry((currency, kind)).or_insert(empty);
        total.lines += 1;
        total.read += amount;
        match bucket {
            Bucket::HeldBack => total.held_back += amount,
            Bucket::Later => total.after_as_of += amount,
            Bucket::Assigned => total.assigned += amount,
            Bucket::Unassigned => total.unassigned += amount,
        }
    }

    /// Counts the signs of lines that should be positive; a reversal or release that is positive is a finding.
    fn note_sign(&mut self, index: usize, kind: EntryKind, amount: i64) {
        if matches!(kind, EntryKind::Reversal | EntryKind::CommitmentRelease) {
            if amount > 0 {
                let found = Decimal::new(amount, TEN_THOUSANDTHS).normalize().to_string();
                self.note(
                    index,
                    codes::REVERSAL_ADDS,
                    "amount",
                    &found,
                    "a negative amount, since it takes back",
                    "turn the sign; it is added as it stands",
                );
            }
            return;
        }
        let signs = self.signs.entry(self.table.origins.part[index]).or_default();
        signs.0 += 1;
        signs.1 += u64::from(amount < 0);
    }

    fn place(&self, index: usize) -> Origin {
        self.table.origins.row_of(index)
    }

    /// Notes a finding; those alike on one sheet become one with many places.
    fn note(&mut self, index: usize, code: Code, key: &'static str, found: &str, expected: &str, hint: &str) {
        if !self.again(index, code, key, found) {
            let row = Row { table: self.table, index };
            let part = self.table.origins.part[index];
            let finding = flag(row, code, key).found(found).expected(expected).hint(hint);
            self.findings.insert((code.id, format!("{key} {found}"), part), finding);
        }
    }

    /// True where the same was noted on this sheet before: this place is now added to it.
    fn again(&mut self, index: usize, code: Code, key: &'static str, found: &str) -> bool {
        self.told += 1;
        let row = Row { table: self.table, index };
        let known = self.findings.get_mut(&(code.id, format!("{key} {found}"), self.table.origins.part[index]));
        known.map(|known| known.repeats.push(row.origin(key))).is_some()
    }
}

#[derive(Clone, Copy)]
enum Bucket {
    HeldBack,
    Later,
    Assigned,
    Unassigned,
}

fn bucket(minor: Option<i64>, later: bool, assigned: bool) -> Bucket {
    match (minor, later, assigned) {
        (None, ..) => Bucket::HeldBack,
        (_, true, _) => Bucket::Later,
        (_, _, true) => Bucket::Assigned,
        _ => Bucket::Unassigned,
    }
}

/// Ten-thousandths as minor units of a currency; none where digits would be lost.
fn to_minor(ten_thousandths: i64, currency: Currency) -> Option<i64> {
    let unit = 10i64.pow(TEN_THOUSANDTHS.saturating_sub(currency.exponent()));
    (ten_thousandths % unit == 0).then_some(ten_thousandths / unit)
}

/// The fewest lines of a sheet on which a turned sign is looked for.
const FEWEST_LINES: u64 = 5;

/// A sheet whose lines are mostly negative.
fn check_signs(context: &mut Context<'_>, table: &Table, signs: &Signs) {
    for (part, (lines, negative)) in signs {
        if *lines < FEWEST_LINES || negative * 2 <= *lines {
            continue;
        }
        let part = &table.origins.parts[*part as usize];
        let finding = codes::MOSTLY_NEGATIVE.at(Origin::sheet(&part.sheet)).field("Actuals", "Amount");
        let mut finding = finding
            .found(format!("{negative} of {lines} lines below zero"))
            .expected("mostly positive amounts: positive is cost");
        finding.owner.clone_from(&part.owner);
        context.push(finding.hint("if the source books cost as negative, turn its sign in the mapping (factor = -1)"));
    }
}
