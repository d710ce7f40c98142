//! KPI status and trend.
//!
//! - The target is that of the latest period with a reading, else the latest target before it.
//! - Rating by thresholds. More is better: green at or above the green threshold, red at or below the red one, else amber;
//!   less is better: the other way round; on target: by the distance from the target.
//! - Trend by the last three readings: flat where the last differs from the first of them by no more than 1 % of the
//!   largest of the three.
//! - Stale where the last reading is older than the frequency: 1 period for weekly and monthly, 3 for quarterly, 12 for
//!   yearly, counted back from the last period that is over.

use crate::analysis::codes;
use crate::analysis::measure::{Measure, Undefined};
use crate::base::finding::Findings;
use crate::base::id::KpiId;
use crate::base::period::Period;
use crate::model::initiative::Rag;
use crate::model::kpi::{Direction, Kpi, KpiValue};
use crate::model::portfolio::Portfolio;

/// Share of the largest reading below which a change is flat.
const FLAT_SHARE: f64 = 0.01;

/// All KPIs.
#[derive(Clone, Debug, PartialEq)]
pub struct KpiBoard {
    /// By id.
    pub kpis: Vec<KpiStatus>,
    /// How many are green, amber, red, and not rated.
    pub counts: RatingCounts,
    /// How many have a reading that is not stale.
    pub current: usize,
}

/// KPIs by rating.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RatingCounts {
    /// Green.
    pub green: usize,
    /// Amber.
    pub amber: usize,
    /// Red.
    pub red: usize,
    /// Not rated.
    pub unrated: usize,
}

/// Where a measure goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trend {
    /// Rising.
    Up,
    /// Falling.
    Down,
    /// Neither.
    Flat,
}

impl Trend {
    /// An arrow for a sheet.
    #[must_use]
    pub const fn arrow(self) -> &'static str {
        match self {
            Self::Up => "▲",
            Self::Down => "▼",
            Self::Flat => "►",
        }
    }
}

/// The status of one KPI, in its own unit.
#[derive(Clone, Debug, PartialEq)]
pub struct KpiStatus {
    /// Which.
    pub kpi: KpiId,
    /// Period of the latest reading.
    pub period: Measure<Period>,
    /// The latest reading.
    pub value: Measure<f64>,
    /// The target that it is held against.
    pub target: Measure<f64>,
    /// Reading less target.
    pub gap: Measure<f64>,
    /// How far the way from baseline to target is gone, as a fraction; above 1 where it is passed.
    pub progress: Measure<f64>,
    /// Rating.
    pub rag: Measure<Rag>,
    /// The rule behind the rating, in words.
    pub rule: String,
    /// Where the last three readings go.
    pub trend: Measure<Trend>,
    /// True where the trend goes the right way; none where it is flat or unknown.
    pub improving: Option<bool>,
    /// Periods since the latest reading, up to the last period that is over; 0 or less where it is in.
    pub age_periods: Measure<i64>,
    /// True where the latest reading is older than the frequency allows.
    pub stale: bool,
}

/// Works out the status of every KPI.
#[must_use]
pub fn kpi_board(portfolio: &Portfolio) -> (KpiBoard, Findings) {
    let kpis: Vec<KpiStatus> = portfolio.kpis.iter().map(|kpi| status(portfolio, kpi)).collect();
    let count = |wanted: &[Rag]| kpis.iter().filter(|kpi| kpi.rag.is_ok_and(|rag| wanted.contains(&rag))).count();
    let counts = RatingCounts {
        green: count(&[Rag::Green]),
        amber: count(&[Rag::Amber]),
        red: count(&[Rag::Red]),
        unrated: kpis.iter().filter(|kpi| kpi.rag.is_err()).count(),
    };
    let mut findings = Findings::new();
    for (kpi, status) in portfolio.kpis.iter().zip(&kpis).filter(|(_, status)| status.stale) {
        let last = status.period.map_or_else(|why| why.reason().to_string(), |period| period.to_string());
        let finding =
            codes::KPI_STALE.at(kpi.origin.clone()).field("KPI readings", "Period").found(format!("{last} for {}", kpi.id));
        let every = kpi.frequency.as_deref().unwrap_or("monthly");
        findings.push(finding.expected(format!("a {every} reading")).hint("Add the missing readings, or change the frequency."));
    }
    let current = kpis.iter().filter(|kpi| kpi.value.is_ok() && !kpi.stale).count();
    (KpiBoard { kpis, counts, current }, findings)
}

fn status(portfolio: &Portfolio, kpi: &Kpi) -> KpiStatus {
    let latest = kpi.readings.last().ok_or(Undefined::NoReading);
    let value = latest.map(|reading| reading.value);
    let target = latest.and_then(|reading| target_at(&kpi.targets, reading.period));
    let trend = trend(&kpi.readings);
    let age = latest.map(|reading| age_periods(portfolio, reading.period));
    KpiStatus {
        kpi: kpi.id.clone(),
        period: latest.map(|reading| reading.period),
        gap: value.and_then(|value| Ok(value - target?)),
        progress: value.and_then(|value| progress(kpi, value, target?)),
        rag: value.and_then(|value| rating(kpi, value, target)),
        rule: rule(kpi),
        improving: trend.ok().and_then(|trend| improving(kpi, trend, target)),
        trend,
        stale: age.is_ok_and(|age| age > allowed_age(kpi)),
        age_periods: age,
        value,
        target,
    }
}

/// The target of a period, else the latest before it.
fn target_at(targets: &[KpiValue], period: Period) -> Measure<f64> {
    targets.iter().rev().find(|target| target.period <= period).map(|target| target.value).ok_or(Undefined::NoTarget)
}

fn progress(kpi: &Kpi, value: f64, target: f64) -> Measure<f64> {
    let baseline = kpi.baseline.ok_or(Undefined::NothingToCompare)?;
    let way = target - baseline;
    if way == 0.0 { Err(Undefined::NothingToCompare) } else { Ok((value - baseline) / way) }
}

/// The rating by the thresholds; none where they are missing or in the wrong order.
fn rating(kpi: &Kpi, value: f64, target: Measure<f64>) -> Measure<Rag> {
    let (green, red) = kpi.green_threshold.zip(kpi.red_threshold).ok_or(Undefined::NoThresholds)?;
    // Turned so that less is better: distance for "target", the negative for "up".
    let (value, green, red) = match kpi.direction {
        Direction::Up => (-value, -green, -red),
        Direction::Down => (value, green, red),
        Direction::Target => ((value - target?).abs(), green, red),
    };
    if green > red {
        return Err(Undefined::NoThresholds);
    }
    Ok(if value <= green {
        Rag::Green
    } else if value >= red {
        Rag::Red
    } else {
        Rag::Amber
    })
}

fn rule(kpi: &Kpi) -> String {
    let Some((green, red)) = kpi.green_threshold.zip(kpi.red_threshold) else { return "no thresholds".into() };
    match kpi.direction {
        Direction::Up => format!("green from {green}, red down to {red} and below"),
        Direction::Down => format!("green up to {green}, red from {red}"),
        Direction::Target => format!("green within {green} of the target, red from {red} away"),
    }
}

fn trend(readings: &[KpiValue]) -> Measure<Trend> {
    let [.., first, middle, last] = readings else { return Err(Undefined::TooFewReadings) };
    let largest = [first, middle, last].iter().map(|reading| reading.value.abs()).fold(0.0, f64::max);
    let change = last.value - first.value;
    Ok(if change.abs() <= FLAT_SHARE * largest {
        Trend::Flat
    } else if change > 0.0 {
        Trend::Up
    } else {
        Trend::Down
    })
}

/// True where the trend goes the right way. For "on target" that depends on the side on which the reading lies.
fn improving(kpi: &Kpi, trend: Trend, target: Measure<f64>) -> Option<bool> {
    let wanted = match kpi.direction {
        Direction::Up => Trend::Up,
        Direction::Down => Trend::Down,
        Direction::Target => {
            let last = kpi.readings.last()?.value;
            if last > target.ok()? { Trend::Down } else { Trend::Up }
        }
    };
    (trend != Trend::Flat).then_some(trend == wanted)
}

/// Periods from a reading to the last period that is over at the as-of date.
fn age_periods(portfolio: &Portfolio, read: Period) -> i64 {
    let (fiscal, as_of) = (&portfolio.settings.fiscal, portfolio.settings.as_of.day());
    let current = fiscal.period_of(as_of);
    let last = if as_of < fiscal.end(current) { fiscal.prev(current) } else { current };
    fiscal.periods_between(read, last)
}

fn allowed_age(kpi: &Kpi) -> i64 {
    match kpi.frequency.as_deref() {
        Some("quarterly") => 3,
        Some("yearly") => 12,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing::{TestTables, told};

    const KPIS: &str = "KPI ID | Name | Kind | Direction | Baseline | Green threshold | Red threshold | Frequency";

    fn board(kpis: &[&str], targets: &[&str], readings: &[&str]) -> (KpiBoard, Findings) {
        let (portfolio, _) = TestTables::new()
            .with("KPIs", KPIS, kpis)
            .with("KPI targets", "KPI | Period | Value", targets)
            .with("KPI readings", "KPI | Period | Value", readings)
            .build("2026-10-31");
        kpi_board(&portfolio)
    }

    #[test]
    fn a_reading_is_rated_by_direction() {
        let rated = |direction: &str, green: &str, red: &str, value: &str| {
            let kpi = format!("K | k | lagging | {direction} | | {green} | {red} |");
            let (board, _) = board(&[&kpi], &["K | 2026-01 | 100"], &[&format!("K | 2026-10 | {value}")]);
            board.kpis[0].rag
        };
        for (direction, green, red, value, expected) in [
            ("up", "90", "80", "90", Ok(Rag::Green)),
            ("up", "90", "80", "89", Ok(Rag::Amber)),
            ("up", "90", "80", "80", Ok(Rag::Red)),
            ("down", "5", "10", "5", Ok(Rag::Green)),
            ("down", "5", "10", "7", Ok(Rag::Amber)),
            ("down", "5", "10", "12", Ok(Rag::Red)),
            ("target", "5", "10", "104", Ok(Rag::Green)),
            ("target", "5", "10", "93", Ok(Rag::Amber)),
            ("target", "5", "10", "90", Ok(Rag::Red)),
            ("up", "80", "90", "95", Err(Undefined::NoThresholds)),
            ("up", "80", "", "95", Err(Undefined::NoThresholds)),
        ] {
            assert_eq!(rated(direction, green, red, value), expected, "{direction} {green} {red} {value}");
        }
    }

    #[test]
    fn trend_target_progress_and_age() {
        let (board, findings) = board(
            &[
                "A | a | lagging | up | 40 | 90 | 50 | monthly",
                "B | b | leading | down | | | | quarterly",
                "C | c | process | up | | | |",
            ],
            &["A | 2026-03 | 80", "A | 2026-12 | 100"],
            &[
                "A | 2026-06 | 50",
                "A | 2026-07 | 49",
                "A | 2026-08 | 60",
                "B | 2026-06 | 200",
                "B | 2026-07 | 201",
                "B | 2026-08 | 198.1",
            ],
        );
        let a = &board.kpis[0];
        assert_eq!((a.value, a.target, a.gap, a.progress), (Ok(60.0), Ok(80.0), Ok(-20.0), Ok(0.5)));
        assert_eq!((a.trend, a.improving, a.age_periods, a.stale), (Ok(Trend::Up), Some(true), Ok(2), true));
        let b = &board.kpis[1];
        assert_eq!((b.trend, b.improving, b.stale, b.target), (Ok(Trend::Flat), None, false, Err(Undefined::NoTarget)));
        assert_eq!((board.kpis[2].value, board.kpis[2].trend), (Err(Undefined::NoReading), Err(Undefined::TooFewReadings)));
        assert_eq!((board.counts.amber, board.counts.unrated, board.current), (1, 2, 1));
        assert_eq!(told(&findings), ["A105 KPIs 2:2: FY2026-P08 for A"]);
    }
}
