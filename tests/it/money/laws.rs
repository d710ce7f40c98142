//! Splits that lose nothing, and amounts at the limits: an error, never a wrapped or a capped figure.

use super::book::{Cell, Sheet};
use super::draw::{AS_OF, month};
use super::memory::outcome;
use crate::slow_schedule::draw::Draw;
use throughline::analysis::cost::LARGEST_SUM;
use throughline::analysis::measure::Undefined;
use throughline::base::money::{Currency, Money, MoneyError};

/// R25: 100,000 splits, each part within one unit of its share, none lost; the extremes of both signs among them.
pub fn splits() {
    let draw = &mut Draw(25);
    let pounds = Currency::parse("GBP").expect("listed");
    for case in 0..100_000 {
        let size = draw.between(1, 18) as u32;
        let minor = match case % 50 {
            0 => i64::MAX,
            1 => i64::MIN,
            _ => draw.between(-(10i64.pow(size)), 10i64.pow(size)),
        };
        let count = draw.at(12) + 1;
        let weights: Vec<u64> = (0..count).map(|_| if draw.chance(15) { 0 } else { draw.between(1, 1_000_000) as u64 }).collect();
        let parts = Money::new(minor, pounds).split(&weights);
        let sum: i128 = parts.iter().map(|part| i128::from(part.minor)).sum();
        assert_eq!((parts.len(), sum), (count, i128::from(minor)), "case {case}");
        let whole: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
        for (part, weight) in parts.iter().zip(&weights).filter(|_| whole > 0) {
            let off = i128::from(part.minor) * whole - i128::from(minor) * i128::from(*weight);
            assert!(off.abs() < whole, "case {case}: {minor} by {weights:?} gives {parts:?}");
        }
    }
}

/// R24: sums beyond 64 bits of smallest units.
pub fn too_large() {
    let pounds = Currency::parse("GBP").expect("listed");
    let most = Money::new(i64::MAX, pounds);
    assert_eq!(most.checked_add(Money::new(1, pounds)), Err(MoneyError::Overflow));
    assert_eq!(Money::new(i64::MIN, pounds).checked_sub(Money::new(1, pounds)), Err(MoneyError::Overflow));
    assert_eq!(Money::zero(pounds).checked_sub(Money::new(i64::MIN, pounds)), Err(MoneyError::Overflow));
    assert_eq!(Money::rounded(most.amount(), pounds), Ok(most));
    assert_eq!(Money::rounded(most.amount() + rust_decimal::Decimal::new(1, 2), pounds), Err(MoneyError::Overflow));
    large_ledgers();
}

/// Lines of nine hundred thousand million pounds each: what fits is exact, and what does not is no figure.
fn large_ledgers() {
    const EACH: i64 = 90_000_000_000_000;
    for lines in [1u32, 100, 128, 129, 500, 1_000, 1_030, 2_000] {
        let found = outcome(&large(lines, EACH));
        let exact = i128::from(EACH) * 100 * i128::from(lines);
        let life = &found.cost.total.life;
        let fits = i64::try_from(exact).ok().filter(|minor| *minor <= LARGEST_SUM);
        let expected = fits.map(|minor| Money::new(minor, Currency::parse("GBP").expect("listed")));
        assert_eq!(life.actual, expected.ok_or(Undefined::TooLarge), "{lines} lines");
        let periods: i128 = found.cost.periods.iter().filter_map(|period| period.amounts.actual).map(i128::from).sum();
        assert!(periods == exact || life.actual.is_err(), "{lines} lines: periods add up to {periods}");
        assert!(found.cost.ledger_checks.iter().all(|check| check.residual().is_zero()), "{lines} lines");
        for group in &found.cost.groups {
            assert_eq!(group.total.actual, life.actual, "{lines} lines, {:?}", group.dimension);
            let budget_less_cost = group.total.available;
            assert!(budget_less_cost.is_err() || life.actual.is_ok(), "{lines} lines, {:?}", group.dimension);
        }
    }
}

fn large(lines: u32, each: i64) -> Vec<throughline::source::raw::RawSheet> {
    let initiatives = Sheet::new("initiatives.xlsx", "Initiatives", &["Initiative ID", "Name", "Owner"]);
    let initiatives = initiatives.row(["I1", "One", "P1"].map(Cell::text).to_vec());
    let budgets = Sheet::new("finance.xlsx", "Budgets", &["Initiative", "Category", "Capex/Opex", "Period", "Amount"]);
    let words = ["I1", "Labour", "opex"].map(Cell::text).to_vec();
    let budgets = budgets.row([words, vec![Cell::Date(month(10)), Cell::Number(1_000.0)]].concat());
    let mut actuals =
        Sheet::new("ledger.xlsx", "Actuals", &["Entry ID", "Posting date", "Initiative", "Category", "Type", "Amount"]);
    for line in 0..lines {
        actuals = actuals.row(vec![
            Cell::text(format!("E{line}")),
            Cell::Date(AS_OF),
            Cell::text("I1"),
            Cell::text("Labour"),
            Cell::text("actual"),
            Cell::Number(each as f64),
        ]);
    }
    [initiatives, budgets, actuals].iter().map(Sheet::raw).collect()
}
