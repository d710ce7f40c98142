//! Ledgers in memory: from sheets through every check to the cost position, against the judge.

use super::draw::{Drawn, Line, ledger};
use super::judge::{Bucket, Verdict, judge};
use crate::slow_schedule::draw::Draw;
use polars::prelude::DataFrame;
use rayon::prelude::*;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use throughline::analysis::budget_control::budget_control;
use throughline::analysis::cost::{CellAmounts, CostPosition, Fact, Figures, PositionLine, Window, Windows, cost_position};
use throughline::analysis::measure::{Measure, Undefined};
use throughline::base::day::Moment;
use throughline::base::money::{Currency, Money};
use throughline::model::portfolio::Portfolio;
use throughline::model::settings::Settings;
use throughline::pipeline::control;
use throughline::source::raw::RawSheet;
use throughline::table::check::CheckSettings;
use throughline::table::mapping::Mappings;
use throughline::table::tables::Tables;

/// Everything up to the cost position.
pub struct Outcome {
    tables: Tables,
    portfolio: Portfolio,
    pub cost: CostPosition,
}

pub fn outcome(sheets: &[RawSheet]) -> Outcome {
    let pounds = Currency::parse("GBP").expect("listed");
    let settings = Settings::new("Drawn", Moment::start_of(super::draw::AS_OF), pounds);
    let check = CheckSettings { fiscal: settings.fiscal, currency: Some(pounds) };
    let (tables, _) = throughline::table::read(sheets, &Mappings::default(), &check);
    let (portfolio, _) = Portfolio::build(&tables, &settings);
    let (cost, _) = cost_position(&portfolio, &BTreeMap::new(), &[]);
    assert_eq!(control::residuals(&tables, &portfolio), Vec::<String>::new());
    Outcome { tables, portfolio, cost }
}

fn of(drawn: &Drawn) -> Outcome {
    let sheets: Vec<RawSheet> = drawn.sheets(1).iter().map(super::book::Sheet::raw).collect();
    outcome(&sheets)
}

/// Every row and every smallest unit of so many ledgers is where the judge puts it.
pub fn conserved(ledgers: u64) {
    (0..ledgers).into_par_iter().for_each(|seed| {
        let drawn = Drawn::of(seed, 40);
        let (found, verdict) = (of(&drawn), judge(&drawn));
        rows_and_money(&found, &drawn, &verdict, seed);
        buckets(&found.portfolio, &drawn, &verdict, seed);
        cube(&found.cost, &verdict, seed);
        parts(&found.cost, seed);
        changes(&found, &drawn, seed);
        if seed % 10 == 0 {
            in_any_order(&found, &drawn, seed);
        }
    });
}

/// Ten-thousandths as major units.
fn major(ten_thousandths: i128) -> Decimal {
    Decimal::from_i128_with_scale(ten_thousandths, 4)
}

/// R15 and R16 at the first stage: the control totals say what the judge counts.
fn rows_and_money(found: &Outcome, drawn: &Drawn, verdict: &Verdict, seed: u64) {
    let totals: Vec<_> = found.tables.control_totals.iter().filter(|total| total.table == "Actuals").collect();
    let rows = totals
        .iter()
        .fold([0, 0, 0], |sum, total| [sum[0] + total.rows_seen, sum[1] + total.accepted, sum[2] + total.quarantined]);
    let held = verdict.buckets.iter().filter(|bucket| **bucket == Bucket::Quarantined).count() as u64;
    let all = drawn.lines.len() as u64;
    assert_eq!(rows, [all, all - held, held], "seed {seed}");
    let mut money: BTreeMap<String, [Decimal; 3]> = BTreeMap::new();
    for total in totals.iter().flat_map(|total| &total.money) {
        let sums = money.entry(total.currency.clone()).or_default();
        for (sum, amount) in sums.iter_mut().zip([total.seen, total.accepted, total.quarantined]) {
            *sum += amount;
        }
    }
    money.retain(|_, sums| sums.iter().any(|sum| !sum.is_zero()));
    let expected = verdict.table.iter().map(|(code, sums)| ((*code).to_string(), sums.map(major)));
    let expected: BTreeMap<_, _> = expected.filter(|(_, sums)| sums.iter().any(|sum| !sum.is_zero())).collect();
    assert_eq!(money, expected, "seed {seed}");
}

fn entries(frame: &DataFrame) -> Vec<String> {
    let column = frame.column("entry").expect("a column").str().expect("texts").clone();
    column.iter().flatten().map(String::from).collect()
}

/// R17 and R16 at the second stage: each line in one bucket, the one that the judge names, and the buckets' money.
fn buckets(portfolio: &Portfolio, drawn: &Drawn, verdict: &Verdict, seed: u64) {
    let ledger = &portfolio.ledger;
    let of = |wanted: &[Bucket]| -> Vec<String> {
        let lines = drawn.lines.iter().zip(&verdict.buckets).filter(|(_, bucket)| wanted.contains(bucket));
        lines.map(|(line, _)| line.entry.clone()).collect()
    };
    let homeless = ledger.frame.column("initiative").expect("a column").null_count();
    assert_eq!(entries(&ledger.frame), of(&[Bucket::Assigned, Bucket::Unassigned]), "seed {seed}");
    assert_eq!(homeless, of(&[Bucket::Unassigned]).len(), "seed {seed}");
    assert_eq!(entries(&ledger.later), of(&[Bucket::Later]), "seed {seed}");
    let held_back: Vec<String> = ledger.held_back.iter().map(|line| line.entry.clone()).collect();
    assert_eq!(held_back, of(&[Bucket::HeldBack]), "seed {seed}");
    let totals: BTreeMap<(String, &str), (u64, [Decimal; 5])> = ledger
        .totals
        .iter()
        .map(|total| {
            let sums = [total.read, total.assigned, total.unassigned, total.after_as_of, total.held_back];
            ((total.currency.to_string(), total.kind.word()), (total.lines, sums))
        })
        .collect();
    let expected: BTreeMap<(String, &str), (u64, [Decimal; 5])> = verdict
        .totals
        .iter()
        .map(|((currency, kind), (lines, read, by_bucket))| {
            let order = [Bucket::Assigned, Bucket::Unassigned, Bucket::Later, Bucket::HeldBack];
            let [assigned, unassigned, later, held] = order.map(|bucket| major(by_bucket.get(&bucket).copied().unwrap_or(0)));
            (((*currency).to_string(), *kind), (*lines, [major(*read), assigned, unassigned, later, held]))
        })
        .collect();
    assert_eq!(totals, expected, "seed {seed}");
}

/// R16 at the third stage: every cell of the cube, converted and rounded, and what has no rate.
fn cube(cost: &CostPosition, verdict: &Verdict, seed: u64) {
    type Pick = fn(&CellAmounts) -> Option<i64>;
    let facts: [(&str, Fact, Pick); 4] = [
        ("actual", Fact::Actual, |cell| cell.actual),
        ("accrued", Fact::Accrued, |cell| cell.accrued),
        ("commitment", Fact::Commitment, |cell| cell.commitment),
        ("on order", Fact::OnOrder, |cell| cell.on_order),
    ];
    for (name, fact, pick) in facts {
        let found: BTreeMap<(&str, &str, u32), i128> = cost
            .cube
            .cells
            .iter()
            .filter_map(|(key, cell)| {
                let initiative = key.initiative.as_ref().map_or("", |id| id.as_str());
                Some(((initiative, key.category.as_str(), u32::from(key.period.number)), i128::from(pick(cell)?)))
            })
            .collect();
        let expected: BTreeMap<_, _> =
            verdict.cube.iter().filter(|((of, _), _)| *of == name).map(|((_, cell), minor)| (*cell, *minor)).collect();
        assert_eq!(found, expected, "seed {seed}, {name}");
        let left_out = cost.cube.unconverted.iter().filter(|money| money.fact == fact).count();
        assert_eq!(left_out, verdict.unconverted.iter().filter(|(of, ..)| *of == name).count(), "seed {seed}, {name}");
    }
    assert!(cost.ledger_checks.iter().all(|check| check.residual().is_zero()), "seed {seed}");
}

/// R26: parts add up to totals; the effects of price and exchange to the variance.
fn parts(cost: &CostPosition, seed: u64) {
    let minor = |money: Measure<Money>| money.map_or(0, |money| i128::from(money.minor));
    for window in Window::ALL {
        let actual = |windows: &Windows| minor(windows.of(window).actual);
        let (total, unassigned) = (actual(&cost.total), actual(&cost.unassigned));
        let initiatives: i128 = cost.initiatives.iter().map(|one| actual(&one.reporting)).sum();
        let categories: i128 = cost.categories.iter().map(|(_, windows)| actual(windows)).sum();
        if cost.cube.unconverted.is_empty() {
            assert_eq!(initiatives + unassigned, total, "seed {seed}, {window:?}");
        }
        assert_eq!(categories, total, "seed {seed}, {window:?}");
        let own = cost.initiatives.iter().flat_map(|one| [&one.reporting, &one.own]);
        let all = own.chain([&cost.total, &cost.unassigned]).chain(cost.categories.iter().map(|(_, windows)| windows));
        all.for_each(|windows| effects(windows.of(window), seed));
    }
    for group in &cost.groups {
        let fields: [fn(&PositionLine) -> Measure<Money>; 11] = [
            |line| line.original,
            |line| line.changes,
            |line| line.budget,
            |line| line.actual,
            |line| line.accrued,
            |line| line.commitments,
            |line| line.to_come,
            |line| line.uncommitted,
            |line| line.estimate_at_completion,
            |line| line.available,
            |line| line.variance,
        ];
        for (at, field) in fields.into_iter().enumerate().filter(|(_, field)| field(&group.total).is_ok()) {
            let sum: i128 = group.lines.iter().map(|(_, line)| minor(field(line))).sum();
            let partial = at > 2 && group.lines.iter().any(|(_, line)| field(line).is_err());
            assert!(partial || sum == minor(field(&group.total)), "seed {seed}, {:?}, field {at}", group.dimension);
        }
    }
}

fn effects(figures: &Figures, seed: u64) {
    let (local, exchange, variance) = (figures.local_effect, figures.exchange_effect, figures.variance);
    match (local, exchange, variance) {
        (Ok(local), Ok(exchange), Ok(variance)) => assert_eq!(local.minor + exchange.minor, variance.minor, "seed {seed}"),
        (Ok(_), ..) => panic!("seed {seed}: a local effect without {exchange:?} and {variance:?}"),
        (Err(why), _, Ok(_)) => assert_eq!(why, Undefined::NoBudgetRate, "seed {seed}"),
        _ => {}
    }
}

/// The current budget is the original one, with increases and without decreases; virements take what they give.
fn changes(found: &Outcome, drawn: &Drawn, seed: u64) {
    let approved = |kind: &str| -> i64 {
        let of_kind = drawn.changes.iter().filter(|change| change.kind == kind && change.status == "approved");
        of_kind.map(|change| change.minor).sum()
    };
    let (control, _) = budget_control(&found.portfolio, &found.cost);
    let added = approved("increase") - approved("decrease");
    assert_eq!(control.net_of_virements.map_or(0, |money| money.minor), 0, "seed {seed}");
    assert_eq!(control.approved_total.map_or(0, |money| money.minor), added, "seed {seed}");
    let cells = found.cost.cube.cells.values();
    let cube: i64 = cells.filter_map(|cell| cell.changes).sum();
    assert_eq!(cube, added, "seed {seed}");
    let life = &found.cost.total.life;
    if let (Ok(budget), Ok(original)) = (life.budget, life.original) {
        let drawn: i64 = drawn.budgets.iter().map(|line| line.minor).sum();
        assert_eq!((original.minor, budget.minor), (drawn, drawn + added), "seed {seed}");
    }
}

/// R13: neither the order of lines, nor how they are spread over sheets and files, nor the order of those changes a figure.
fn in_any_order(found: &Outcome, drawn: &Drawn, seed: u64) {
    // Of two lines with one id the first counts: there the order is meant to matter.
    let mut ids: Vec<&str> = drawn.lines.iter().map(|line| line.entry.as_str()).collect();
    ids.sort_unstable();
    if ids.windows(2).any(|pair| pair[0] == pair[1]) {
        return;
    }
    let draw = &mut Draw(seed ^ 0x5eed);
    let mut shuffled = drawn.clone();
    shuffle(draw, &mut shuffled.lines);
    shuffle(draw, &mut shuffled.rates);
    shuffle(draw, &mut shuffled.budgets);
    shuffle(draw, &mut shuffled.forecast);
    let mut sheets = shuffled.sheets(3);
    sheets.extend((0..2).map(|number| ledger(&format!("empty-{number}.xlsx"), &[] as &[Line])));
    shuffle(draw, &mut sheets);
    let sheets: Vec<RawSheet> = sheets.iter().map(super::book::Sheet::raw).collect();
    let other = outcome(&sheets);
    assert_eq!(format!("{:?}", found.cost), format!("{:?}", other.cost), "seed {seed}");
    assert_eq!(found.portfolio.ledger.totals, other.portfolio.ledger.totals, "seed {seed}");
}

fn shuffle<T>(draw: &mut Draw, items: &mut [T]) {
    for at in (1..items.len()).rev() {
        items.swap(at, draw.at(at + 1));
    }
}
