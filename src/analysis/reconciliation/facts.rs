//! The ledger in one pass: lines and money by sheet, kind, currency, bucket and period.

use crate::base::day::{Day, days_since_epoch};
use crate::base::id::InitiativeId;
use crate::base::money::Currency;
use crate::base::period::Period;
use crate::model::finance::EntryKind;
use crate::model::portfolio::Portfolio;
use polars::datatypes::PlHashMap;
use polars::prelude::DataFrame;
use rust_decimal::Decimal;

/// Lines that are alike in everything that reconciliation asks for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Group {
    /// True for lines that count after the as-of date, and enter no figure yet.
    pub later: bool,
    /// Their sheet, by its position in the ledger's parts.
    pub part: u32,
    /// Kind of line.
    pub kind: EntryKind,
    /// Currency.
    pub currency: Currency,
    /// True for lines of an initiative.
    pub assigned: bool,
    /// The period in which they count.
    pub period: Period,
    /// The period of their posting date, where that was closed when they came.
    pub original: Option<Period>,
    /// The initiative, told only for lines posted after the data date of the plan.
    pub after_data_date: Option<InitiativeId>,
    /// How many.
    pub lines: u64,
    /// Their money, in major units.
    pub amount: Decimal,
}

/// What tells groups apart.
type Key<'f> = (u32, &'f str, &'f str, bool, i32, Option<i32>, Option<&'f str>);

/// The groups of all lines, in order.
pub(super) fn groups(portfolio: &Portfolio) -> Vec<Group> {
    let data_date = portfolio.data_date.day();
    let mut groups = of_frame(&portfolio.ledger.frame, false, data_date);
    groups.extend(of_frame(&portfolio.ledger.later, true, data_date));
    groups.sort();
    groups
}

fn of_frame(frame: &DataFrame, later: bool, data_date: Day) -> Vec<Group> {
    let sums = sums(frame, i32::try_from(days_since_epoch(data_date)).unwrap_or(i32::MAX)).unwrap_or_default();
    let group = |(key, (lines, minor)): (Key<'_>, (u64, i128))| {
        let (part, kind, currency, assigned, period, original, initiative) = key;
        let currency = Currency::parse(currency)?;
        Some(Group {
            later,
            part,
            kind: EntryKind::parse(kind)?,
            currency,
            assigned,
            period: Period::from_ordinal(period)?,
            original: original.and_then(Period::from_ordinal),
            after_data_date: initiative.map(InitiativeId::new),
            lines,
            amount: Decimal::try_from_i128_with_scale(minor, currency.exponent()).ok()?,
        })
    };
    sums.into_iter().filter_map(group).collect()
}

/// Lines and minor units by key. None where a column is missing, as in a ledger without lines.
fn sums(frame: &DataFrame, data_date: i32) -> Option<PlHashMap<Key<'_>, (u64, i128)>> {
    let text = |name: &str| frame.column(name).ok()?.str().ok();
    let whole = |name: &str| frame.column(name).ok()?.i32().ok();
    let (initiatives, kinds, currencies) = (text("initiative")?, text("kind")?, text("currency")?);
    let (posted, periods, originals) = (whole("posted")?, whole("period")?, whole("original_period")?);
    let (minors, parts) = (frame.column("minor").ok()?.i64().ok()?, frame.column("part").ok()?.u32().ok()?);
    let words = initiatives.iter().zip(kinds.iter()).zip(currencies.iter());
    let times = posted.iter().zip(periods.iter()).zip(originals.iter());
    let mut sums: PlHashMap<Key<'_>, (u64, i128)> = PlHashMap::default();
    for (((initiative, kind), currency), (((posted, period), original), (minor, part))) in
        words.zip(times.zip(minors.iter().zip(parts.iter())))
    {
        let after = initiative.filter(|_| posted.is_some_and(|posted| posted > data_date));
        let key = (part?, kind?, currency?, initiative.is_some(), period?, original, after);
        let sum = sums.entry(key).or_default();
        *sum = (sum.0 + 1, sum.1 + i128::from(minor?));
    }
    Some(sums)
}

/// Money and number of the groups that are meant.
pub(super) fn total(groups: &[Group], wanted: impl Fn(&Group) -> bool) -> (Decimal, u64) {
    let meant = groups.iter().filter(|group| wanted(group));
    meant.fold((Decimal::ZERO, 0), |(amount, lines), group| (amount + group.amount, lines + group.lines))
}
