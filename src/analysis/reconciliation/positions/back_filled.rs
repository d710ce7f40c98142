//! Stated columns that were filled in afterwards: the same figure at every date, though the value moved. Such a column
//! tells what is known today, and nothing of what was reported then.

use super::{Series, StatedIn};
use crate::base::origin::Origin;
use crate::model::finance::ReportedPosition;
use rust_decimal::Decimal;
use std::fmt::Write as _;

/// A column that holds one figure at every date, and no history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackFilled {
    /// The measure.
    pub measure: String,
    /// The header of the field.
    pub field: String,
    /// Which figure it states.
    pub stated: StatedIn,
    /// Series that show it: the figure stays the same, while the value moves.
    pub series: usize,
    /// Series in which it could be seen: two figures and a value that moves.
    pub of: usize,
    /// Of the former, those whose figure is the last value less the first: the total as it is known at the end.
    pub equal_final_total: usize,
    /// What gives it away, in a sentence.
    pub why: String,
    /// Where it is seen first.
    pub origin: Option<Origin>,
}

/// What one series shows of a column.
struct Seen {
    repeats: bool,
    equals_final_total: bool,
    origin: Origin,
}

/// The back-filled columns of a measure. A column is one where at least half of the series in which it could be seen
/// show it.
pub(super) fn columns(column: &[Series<'_>]) -> Vec<BackFilled> {
    [StatedIn::Total, StatedIn::Change].into_iter().filter_map(|field| column_of(column, field)).collect()
}

fn column_of(column: &[Series<'_>], field: StatedIn) -> Option<BackFilled> {
    let seen: Vec<Seen> = column.iter().filter_map(|series| seen(series, field)).collect();
    let (series, of) = (seen.iter().filter(|seen| seen.repeats).count(), seen.len());
    if series == 0 || series * 2 < of {
        return None;
    }
    let equal_final_total = seen.iter().filter(|seen| seen.repeats && seen.equals_final_total).count();
    let origin = seen.iter().filter(|seen| seen.repeats).map(|seen| seen.origin.clone()).min();
    let mut why = format!("one figure at every date in {series} of {of} series whose value moves");
    if equal_final_total > 0 {
        let _ = write!(why, ", and in {equal_final_total} of them that figure is the last value less the first");
    }
    let measure = column.first()?.first()?.measure.clone();
    let header = field.header().to_string();
    Some(BackFilled { measure, field: header, stated: field, series, of, equal_final_total, why, origin })
}

/// What a series shows: none where it has too little to show anything. A total is seen in two figures, a change in three,
/// since two changes may well be equal.
fn seen(series: Series<'_>, field: StatedIn) -> Option<Seen> {
    let stated: Vec<Decimal> = series.iter().filter_map(|position| field.of(position)).collect();
    let values: Vec<&&ReportedPosition> = series.iter().filter(|position| position.value.is_some()).collect();
    let (first, last) = (values.first()?.value?, values.last()?.value?);
    let fewest = if field == StatedIn::Total { 2 } else { 3 };
    let moves = values.windows(2).filter(|pair| pair[0].value != pair[1].value).count();
    // One change of a value between two totals, or steps of unequal size between changes, that one figure cannot follow.
    let steps: Vec<Option<Decimal>> = values.windows(2).map(|pair| Some(pair[1].value? - pair[0].value?)).collect();
    let uneven = steps.iter().any(|step| *step != steps[0]);
    let could = if field == StatedIn::Total { moves > 0 } else { uneven };
    if stated.len() < fewest || !could {
        return None;
    }
    let repeats = stated.iter().all(|figure| *figure == stated[0]) && (field == StatedIn::Total || !stated[0].is_zero());
    let equals_final_total = (stated[0] - (last - first)).abs() < Decimal::ONE;
    let origin = series.iter().find(|position| field.of(position).is_some())?.origin.clone();
    Some(Seen { repeats, equals_final_total, origin })
}
