//! What every builder shares: the tables, the settings, the registers of known ids, and the findings so far.

use crate::base::day::{Day, Moment, day_from_epoch};
use crate::base::finding::{Code, Finding, Findings};
use crate::base::id::{ActivityId, ActivityKey, InitiativeId, PersonId};
use crate::base::lookalike::did_you_mean;
use crate::base::money::Currency;
use crate::base::origin::Origin;
use crate::model::activity::{ActivityIndex, LeftOutActual, RemovedFromPlan};
use crate::model::codes;
use crate::model::settings::Settings;
use crate::table::contract::Kind;
use crate::table::tables::{Row, Tables};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// The largest amount of money that is used, in major units either way: a million thousand millions. Sums of a thousand
/// million of them stay exact.
pub(super) const LARGEST_AMOUNT: i64 = 1_000_000_000_000_000;

/// The ids of one register.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// False where no workbook gives the register.
    pub present: bool,
    /// Its ids.
    pub known: BTreeSet<String>,
    /// Other texts that stand for an id.
    pub aliases: BTreeMap<String, String>,
}

impl Names {
    /// The ids of a register.
    pub fn of<'i>(present: bool, ids: impl Iterator<Item = &'i str>) -> Self {
        Self { present, known: ids.map(String::from).collect(), aliases: BTreeMap::new() }
    }

    /// The id that a text is, or stands for.
    pub fn find(&self, text: &str) -> Option<&str> {
        self.known.get(text).or_else(|| self.aliases.get(text)).map(String::as_str)
    }

    /// The hint for a text that is none of them.
    pub fn hint(&self, text: &str) -> Option<String> {
        did_you_mean(text, self.known.iter().map(String::as_str))
    }
}

/// Registers that references point into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Register {
    People,
    Objectives,
    Initiatives,
    Deliverables,
    Calendars,
    Resources,
    CostCodes,
    Risks,
    Kpis,
    Benefits,
    Decisions,
}

impl Register {
    /// The table that holds the register.
    pub const fn table(self) -> &'static str {
        match self {
            Self::People => "People",
            Self::Objectives => "Objectives",
            Self::Initiatives => "Initiatives",
            Self::Deliverables => "Deliverables",
            Self::Calendars => "Calendars",
            Self::Resources => "Resources",
            Self::CostCodes => "Cost codes",
            Self::Risks => "Risks",
            Self::Kpis => "KPIs",
            Self::Benefits => "Benefits",
            Self::Decisions => "Decisions",
        }
    }
}

/// Activities by key, and by their bare id.
#[derive(Debug, Default)]
pub(super) struct ActivityBook {
    pub by_key: BTreeMap<ActivityKey, ActivityIndex>,
    pub by_id: BTreeMap<String, Vec<ActivityIndex>>,
}

/// What every builder shares.
#[derive(Debug)]
pub(super) struct Context<'t> {
    pub tables: &'t Tables,
    pub settings: &'t Settings,
    pub findings: Findings,
    pub registers: BTreeMap<Register, Names>,
    pub activities: ActivityBook,
    /// The last day of people who have one.
    pub last_days: BTreeMap<PersonId, Day>,
    /// Currency of each initiative.
    pub currencies: BTreeMap<InitiativeId, Currency>,
    /// References that could not be checked, by the register that is missing.
    pub unchecked: BTreeMap<Register, usize>,
    /// Actual dates after the as-of date.
    pub left_out_actuals: Vec<LeftOutActual>,
    /// What baselines hold and the plan does not.
    pub removed_from_plan: Vec<RemovedFromPlan>,
}

impl<'t> Context<'t> {
    pub fn new(tables: &'t Tables, settings: &'t Settings) -> Self {
        Self {
            tables,
            settings,
            findings: Findings::new(),
            registers: BTreeMap::new(),
            activities: ActivityBook::default(),
            last_days: BTreeMap::new(),
            currencies: BTreeMap::new(),
            unchecked: BTreeMap::new(),
            left_out_actuals: Vec::new(),
            removed_from_plan: Vec::new(),
        }
    }

    /// Actual dates after the as-of date, by activity.
    pub fn take_left_out_actuals(&mut self) -> Vec<LeftOutActual> {
        let mut left_out = std::mem::take(&mut self.left_out_actuals);
        left_out.sort_by(|a, b| (a.activity, a.is_finish, &a.origin).cmp(&(b.activity, b.is_finish, &b.origin)));
        left_out
    }

    /// The records of a table; none where it did not come in.
    pub fn rows(&self, table: &str) -> Vec<Row<'t>> {
        self.tables.get(table).map(|table| table.rows().collect()).unwrap_or_default()
    }

    /// True where a table came in.
    pub fn has(&self, table: &str) -> bool {
        self.tables.get(table).is_some()
    }

    /// Keeps a finding; its hint becomes a sentence.
    pub fn push(&mut self, mut finding: Finding) {
        finding.hint = sentence(&finding.hint);
        self.findings.push(finding);
    }

    /// An amount of money of a plan or a register; none, and a finding, where it is beyond [`LARGEST_AMOUNT`].
    pub fn amount(&mut self, row: Row<'_>, key: &str) -> Option<Decimal> {
        let amount = row.decimal(key);
        let unreadable = amount.is_none() && row.number(key).is_some();
        if unreadable || amount.is_some_and(|amount| amount.abs() > Decimal::from(LARGEST_AMOUNT)) {
            let finding = flag(row, codes::AMOUNT_TOO_LARGE, key).expected(format!("at most {LARGEST_AMOUNT} either way"));
            self.push(finding.hint("correct the amount; it is left out until then"));
            return None;
        }
        amount
    }

    /// The as-of day.
    pub fn as_of(&self) -> Day {
        self.settings.as_of.day()
    }

    /// True where a moment lies after the as-of date or instant. A date without a time lies after it when the day does.
    pub fn is_future(&self, at: Moment) -> bool {
        let as_of = self.settings.as_of;
        if at.is_date_only() || as_of.is_date_only() { at.day() > as_of.day() } else { at > as_of }
    }

    /// The names of a register.
    pub fn names(&self, register: Register) -> Option<&Names> {
        self.registers.get(&register)
    }

    /// A reference to a record of a register: its id, or a finding. Where no workbook gives the register, the text as it
    /// stands, counted as unchecked.
    pub fn reference(&mut self, row: Row<'_>, key: &str, register: Register) -> Option<String> {
        self.resolve(row, key, row.text(key)?, register)
    }

    /// The same for one text of a cell that holds several.
    pub fn resolve(&mut self, row: Row<'_>, key: &str, text: &str, register: Register) -> Option<String> {
        let names = self.registers.get(&register);
        if let Some(found) = names.and_then(|names| names.find(text)) {
            let found = found.to_string();
            self.note_alias(row, key, text, &found, register);
            return Some(found);
        }
        if names.is_none_or(|names| !names.present) {
            *self.unchecked.entry(register).or_default() += 1;
            return Some(text.to_string());
        }
        let hint = names.and_then(|names| names.hint(text));
        self.push(unknown(row, key, text, register, hint));
        None
    }

    fn note_alias(&mut self, row: Row<'_>, key: &str, text: &str, found: &str, register: Register) {
        if text != found {
            let code = if register == Register::People { codes::NAMED_BY_NAME } else { codes::PREVIOUS_ID };
            self.push(flag(row, code, key).found(text).expected(format!("the id {found}")).hint(format!("write {found}")));
        }
    }

    /// A person who owns or approves something. One who has left and still holds something open is a finding.
    pub fn person(&mut self, row: Row<'_>, key: &str, open: bool) -> Option<PersonId> {
        let id = PersonId::new(&self.reference(row, key, Register::People)?);
        if let Some(last) = self.last_days.get(&id).copied().filter(|last| open && *last < self.as_of()) {
            let expected = "somebody who is still here";
            let hint = format!("the last day of {id} was {last}: name a successor, or correct the person's To date");
            self.push(flag(row, codes::OWNER_HAS_LEFT, key).expected(expected).hint(hint));
        }
        Some(id)
    }

    /// A reference to an initiative.
    pub fn initiative(&mut self, row: Row<'_>, key: &str) -> Option<InitiativeId> {
        self.reference(row, key, Register::Initiatives).map(|id| InitiativeId::new(&id))
    }

    /// The currency of a record: its own cell, else its initiative's, else the reporting currency.
    pub fn currency(&self, row: Row<'_>, initiative: Option<&InitiativeId>) -> Currency {
        let own = row.text("currency").and_then(Currency::parse);
        let of_initiative = || initiative.and_then(|id| self.currencies.get(id).copied());
        own.or_else(of_initiative).unwrap_or(self.settings.reporting_currency)
    }

    /// A reference to an activity: `INIT/ID`, else an id of the same initiative, else one that is unique in the portfolio.
    pub fn activity(&mut self, row: Row<'_>, key: &str, home: Option<&InitiativeId>) -> Option<ActivityIndex> {
        self.activity_named(row, key, row.text(key)?, home)
    }

    /// The same for one text of a cell that holds several.
    pub fn activity_named(&mut self, row: Row<'_>, key: &str, text: &str, home: Option<&InitiativeId>) -> Option<ActivityIndex> {
        if let Some(index) = self.in_initiative(text, home).or_else(|| self.qualified(text)) {
            return Some(index);
        }
        match self.activities.by_id.get(text).map(Vec::as_slice) {
            Some([only]) => Some(*only),
            Some(several) => {
                let count = several.len();
                let expected = "an activity that only one initiative has, or INITIATIVE/ACTIVITY";
                let hint =
                    format!("{count} initiatives have an activity {text}; write the initiative before it, such as LU-101/{text}");
                self.push(flag(row, codes::AMBIGUOUS_ACTIVITY, key).found(text).expected(expected).hint(hint));
                None
            }
            None => {
                self.unknown_activity(row, key, text, home);
                None
            }
        }
    }

    fn in_initiative(&self, text: &str, home: Option<&InitiativeId>) -> Option<ActivityIndex> {
        let key = ActivityKey { initiative: home?.clone(), id: ActivityId::new(text) };
        self.activities.by_key.get(&key).copied()
    }

    /// `INIT/ID`, at whichever stroke makes a known pair.
    fn qualified(&self, text: &str) -> Option<ActivityIndex> {
        text.match_indices('/').find_map(|(at, _)| {
            let (initiative, id) = (text[..at].trim(), &text[at + 1..]);
            let initiative = self.names(Register::Initiatives).and_then(|names| names.find(initiative)).unwrap_or(initiative);
            self.in_initiative(id.trim(), Some(&InitiativeId::new(initiative)))
        })
    }

    fn unknown_activity(&mut self, row: Row<'_>, key: &str, text: &str, home: Option<&InitiativeId>) {
        let (initiative, id) = text.rsplit_once('/').map_or((home.map(InitiativeId::as_str), text), |(i, id)| (Some(i), id));
        let mine = |key: &&ActivityKey| initiative.is_none_or(|initiative| key.initiative.as_str() == initiative);
        let near = did_you_mean(id, self.activities.by_key.keys().filter(mine).map(|key| key.id.as_str()));
        let hint = near.unwrap_or_else(|| "correct the id, or add the activity to the plan".into());
        let expected = "the id of an activity of the plan";
        self.push(flag(row, codes::UNKNOWN_REFERENCE, key).found(text).expected(expected).hint(hint));
    }

    /// Says, once a register, how many references could not be checked because no workbook gives it.
    pub fn report_unchecked(&mut self) {
        for (register, count) in std::mem::take(&mut self.unchecked) {
            let table = register.table();
            let finding = codes::REGISTER_MISSING.nowhere().field(table, "").found(format!("{count} references to {table}"));
            self.push(finding.expected(format!("a table {table} to check them against")).hint(format!("add the {table} table")));
        }
    }
}

fn unknown(row: Row<'_>, key: &str, text: &str, register: Register, near: Option<String>) -> Finding {
    let table = register.table();
    let hint = near.unwrap_or_else(|| format!("correct the id, or add it to {table}"));
    flag(row, codes::UNKNOWN_REFERENCE, key).found(text).expected(format!("an id of the table {table}")).hint(hint)
}

/// A finding at a field of a record, with what its cell holds.
pub(super) fn flag(row: Row<'_>, code: Code, key: &str) -> Finding {
    let contract = &row.table.contract;
    let header = contract.position(key).map_or_else(|| key.to_string(), |at| contract.fields[at].header.to_string());
    let mut finding = code.at(row.origin(key)).field(contract.name.to_string(), header).found(shown(row, key));
    finding.owner = row.owner().map(String::from);
    finding
}

/// What the cell of a field says.
pub(super) fn shown(row: Row<'_>, key: &str) -> String {
    let contract = &row.table.contract;
    let Some(kind) = contract.position(key).map(|at| &contract.fields[at].kind) else { return String::new() };
    let text = match kind {
        Kind::Date => row.day(key).map(|day| day.to_string()),
        Kind::Moment => row.moment(key).map(|at| at.to_string()),
        Kind::Period => row.period(key).map(|period| period.to_string()),
        Kind::Number { .. } | Kind::Money => row.decimal(key).map(|number| number.to_string()),
        Kind::Percent => {
            let hundredths = row.decimal(key).and_then(|share| share.checked_mul(Decimal::ONE_HUNDRED));
            hundredths.map(|number| format!("{} %", number.normalize()))
        }
        Kind::Integer { .. } => row.integer(key).map(|number| number.to_string()),
        Kind::LedgerAmount => row.integer(key).map(|ten_thousandths| Decimal::new(ten_thousandths, 4).normalize().to_string()),
        Kind::YesNo => row.yes(key).map(|yes| if yes { "yes" } else { "no" }.to_string()),
        _ => row.text(key).map(String::from),
    };
    text.unwrap_or_else(|| "nothing".into())
}

/// A finding at a place that no row is at hand for.
pub(super) fn flag_at(origin: &Origin, code: Code, table: &str, field: &str) -> Finding {
    code.at(origin.clone()).field(table, field)
}

/// Keeps the first record of each key; each later one is a finding.
pub(super) struct Unique<K: Ord>(BTreeMap<K, Origin>);

impl<K: Ord + std::fmt::Display> Unique<K> {
    pub const fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// True for the first record with a key.
    pub fn admits(&mut self, context: &mut Context<'_>, row: Row<'_>, key_field: &str, key: K) -> bool {
        if let Some(first) = self.0.get(&key) {
            let expected = format!("one row for {key}; the first is at {first}");
            let finding = flag(row, codes::LISTED_TWICE, key_field).found(key.to_string()).expected(expected);
            context.push(finding.hint("give it an id of its own, or delete the row; only the first counts"));
            return false;
        }
        self.0.insert(key, row.place());
        true
    }
}

/// A hint with a capital letter and a full stop.
fn sentence(hint: &str) -> String {
    let mut letters = hint.trim_end().chars();
    let Some(first) = letters.next() else { return String::new() };
    let mut text: String = first.to_uppercase().chain(letters).collect();
    if !text.ends_with(['.', '?', '!']) {
        text.push('.');
    }
    text
}

/// The day of a number of days since 1970-01-01.
pub(super) fn day_of(days: i32) -> Day {
    day_from_epoch(i64::from(days))
}
