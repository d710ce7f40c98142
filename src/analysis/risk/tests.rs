//! Scores and expected values worked out by hand.

use super::*;
use crate::model::testing::TestTables;

const RISKS: &str = "Risk ID | Initiative | Event | Category | Kind | Probability | Cost min | Cost likely | Cost max | Days likely | Impact score | Residual probability | Residual cost likely | Status | Currency";

fn exposure_of(rows: &[&str]) -> RiskExposure {
    let (portfolio, _) = TestTables::new()
        .with(
            "Initiatives",
            "Initiative ID | Name | Currency | Approved budget | Contingency",
            &["I1 | One | GBP | 1000 | 30", "I2 | Two | EUR | 1000 |"],
        )
        .with("FX rates", "From | To | Kind | Period | Rate", &["EUR | GBP | budget | 2026-01 | 0.5"])
        .with("Risks", RISKS, rows)
        .build("2026-10-31");
    risk_exposure(&portfolio)
}

fn minor(figure: Measure<Money>) -> Option<i64> {
    figure.ok().map(|money| money.minor)
}

#[test]
fn expected_values_by_the_mean_that_the_register_allows() {
    let exposure = exposure_of(&[
        "R1 | I1 | a | Tech | threat | 30% | 10 | 40 | 100 | 4 | 4 | 10% | 20 | open |",
        "R2 | I2 | b | Tech | threat | 50% | 10 | | 30 | | | | | open |",
        "R3 | I1 | c | | opportunity | 10% | | 25 | | | 2 | | | open |",
        "R4 | I1 | d | | threat | 71% | | | | | | | | open |",
        "R5 | I1 | e | Tech | threat | 90% | 1 | 1 | 1 | | 5 | | | closed |",
        "R6 | I1 | f | Tech | threat | 5% | | 26 | | | | | 10 | open |",
    ]);
    // R1: 0.3 × 150/3 = 15.00, residual 0.1 × 20 = 2.00. R2: 0.5 × 20 EUR × 0.5 = 5.00. R3: 2.50. R6: 1.30, residual 0.50.
    let told: Vec<_> =
        exposure.risks.iter().map(|risk| (risk.risk.as_str(), minor(risk.expected), minor(risk.residual_expected))).collect();
    assert_eq!(
        told,
        [
            ("R1", Some(1500), Some(200)),
            ("R2", Some(500), Some(500)),
            ("R3", Some(250), Some(250)),
            ("R4", None, None),
            ("R6", Some(130), Some(50))
        ]
    );
    let total = &exposure.total;
    assert_eq!((total.threats.count, total.threats.quantified, minor(total.threats.expected)), (4, 3, Some(2130)));
    assert_eq!(
        (minor(total.threats.residual), minor(total.opportunities.expected), minor(total.net)),
        (Some(750), Some(250), Some(1880))
    );
    assert_eq!(total.contingency_cover, Ok(4.0));
    assert_eq!(exposure.risks[0].cost_basis, CostBasis::Triangular);
    assert!((exposure.risks[0].expected_days.expect("days") - 1.2).abs() < 1e-12);
    assert_eq!((exposure.counts.open, exposure.counts.closed), (5, 1));
    let ids = |ranked: &[RiskId]| ranked.iter().map(|id| id.as_str().to_string()).collect::<Vec<_>>();
    assert_eq!(ids(&exposure.ranked_threats), ["R1", "R2", "R6", "R4"]);
}

#[test]
fn scores_come_from_the_register_or_from_the_cost() {
    let exposure = exposure_of(&[
        "R1 | I1 | a | | threat | 30% | | 40 | | | 4 | 10% | | open |",
        "R6 | I1 | f | | threat | 71% | | 26 | | | | | 10 | open |",
        "R7 | I1 | g | | threat | 10% | | | | | | | | open |",
    ]);
    // R1: 30 % is in band 2 (up to 30 %); R6: 26 of 1,000 is 2.6 %, band 3, and 10 of 1,000 is 1 %, band 1.
    let scores: Vec<_> =
        exposure.risks.iter().map(|risk| (risk.probability_band, risk.impact, risk.score, risk.residual_score)).collect();
    assert_eq!(
        scores,
        [
            (2, Ok(4), Ok(8), Ok(4)),
            (5, Ok(3), Ok(15), Ok(5)),
            (1, Err(Undefined::NoImpact), Err(Undefined::NoImpact), Err(Undefined::NoImpact))
        ]
    );
    let filled: Vec<_> = exposure
        .threats_inherent
        .iter()
        .filter(|cell| !cell.risks.is_empty())
        .map(|cell| (cell.probability, cell.impact))
        .collect();
    assert_eq!(filled, [(5, 3), (2, 4)]);
    assert_eq!(exposure.threats_inherent.len(), 25);
}

#[test]
fn bounds_belong_to_the_lower_band() {
    let bounds = [0.1, 0.3, 0.5, 0.7];
    for (value, expected) in [(0.0, 1), (0.1, 1), (0.11, 2), (0.3, 2), (0.5, 3), (0.7, 4), (0.701, 5), (1.0, 5)] {
        assert_eq!(score::band(value, &bounds), expected, "{value}");
    }
}

#[test]
fn nothing_open_is_no_exposure() {
    let exposure = exposure_of(&[]);
    assert_eq!(exposure.total.threats.expected, Err(Undefined::NoAmount));
    assert_eq!(minor(exposure.total.net), Some(0));
}
