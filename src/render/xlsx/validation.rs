//! What may be entered in a column, as data validation over the whole table column.

use super::{Canvas, RenderError, names, text};
use crate::report::book::{Column, Validation};
use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Formula};

/// First row, column, last row.
type Range = (u32, u16, u32);

/// Restricts a column's data cells.
pub fn apply(canvas: &mut Canvas<'_, '_>, column: &Column, range: Range) -> Result<(), RenderError> {
    let Some(spec) = &column.validation else { return Ok(()) };
    let Some((rule, strict, expected)) = rule(spec)? else { return Ok(()) };
    let title: String = text::clean(&column.header).chars().take(32).collect();
    let style = if strict { DataValidationErrorStyle::Stop } else { DataValidationErrorStyle::Warning };
    let rule = rule.ignore_blank(true).set_error_title(title)?.set_error_message(expected)?.set_error_style(style);
    canvas.sheet.add_data_validation(range.0, range.1, range.2, range.1, &rule)?;
    Ok(())
}

type Rule = (DataValidation, bool, String);

fn rule(spec: &Validation) -> Result<Option<Rule>, RenderError> {
    let any = DataValidation::new();
    Ok(match spec {
        Validation::OneOf(words) if words.is_empty() => None,
        Validation::OneOf(words) => {
            let words: Vec<String> = words.iter().map(|word| text::clean(word)).collect();
            Some((any.allow_list_strings(&words)?, true, "Please choose one of the list.".to_string()))
        }
        Validation::From { table, column, lenient } => {
            let list = Formula::new(format!("={}", names::list_name(table, column)));
            let words = if *lenient { "This is not in the list yet. Keep it?" } else { "Please choose one of the list." };
            Some((any.allow_list_formula(list), !lenient, words.to_string()))
        }
        Validation::Date => {
            let (first, last) = (ExcelDateTime::from_ymd(1900, 3, 1)?, ExcelDateTime::from_ymd(9999, 12, 31)?);
            Some((any.allow_date(DataValidationRule::Between(first, last)), true, "Please enter a date.".to_string()))
        }
        Validation::Number { min, max } => {
            let (low, high) = (min.unwrap_or(-1e15), max.unwrap_or(1e15));
            Some((any.allow_decimal_number(DataValidationRule::Between(low, high)), true, bounds("a number", *min, *max)))
        }
        Validation::Whole { min, max } => {
            let narrow = |bound: i64| i32::try_from(bound.clamp(-2_000_000_000, 2_000_000_000)).unwrap_or(0);
            let (low, high) = (narrow(min.unwrap_or(i64::MIN)), narrow(max.unwrap_or(i64::MAX)));
            Some((any.allow_whole_number(DataValidationRule::Between(low, high)), true, bounds("a whole number", *min, *max)))
        }
    })
}

fn bounds<T: std::fmt::Display>(what: &str, min: Option<T>, max: Option<T>) -> String {
    match (min, max) {
        (Some(min), Some(max)) => format!("Please enter {what} from {min} to {max}."),
        (Some(min), None) => format!("Please enter {what} of {min} or more."),
        (None, Some(max)) => format!("Please enter {what} of {max} or less."),
        (None, None) => format!("Please enter {what}."),
    }
}
