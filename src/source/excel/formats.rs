//! Number formats: the codes Excel has built in, and what a code makes of a number.
//!
//! Source: ECMA-376 Part 1, 18.8.30 (numFmt) and 18.8.31 (number format codes).

use crate::base::money::Currency;
use crate::source::raw::FormatClass;

/// What a number format makes of a number, judged by its first section.
#[must_use]
pub fn class_of(code: &str) -> FormatClass {
    let marks = Marks::of(code);
    if marks.text {
        FormatClass::Text
    } else if marks.day_or_year || (marks.month_or_minute && !marks.clock) {
        FormatClass::Date
    } else if marks.clock {
        FormatClass::Time
    } else if marks.percent {
        FormatClass::Percent
    } else if marks.currency {
        FormatClass::Currency
    } else if marks.digits {
        FormatClass::Number
    } else {
        FormatClass::General
    }
}

/// What stands in the first section of a code.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "a set of marks, each seen or not")]
struct Marks {
    day_or_year: bool,
    month_or_minute: bool,
    clock: bool,
    percent: bool,
    currency: bool,
    digits: bool,
    text: bool,
}

impl Marks {
    fn of(code: &str) -> Self {
        let mut marks = Self::default();
        let code = code.trim();
        if code.is_empty() || code.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("general")) {
            return marks;
        }
        let mut rest = code.chars();
        while let Some(mark) = rest.next() {
            match mark {
                ';' => break,
                '"' => marks.currency |= names_currency(&until(&mut rest, '"')),
                '[' => marks.bracket(&until(&mut rest, ']')),
                '\\' => marks.currency |= rest.next().is_some_and(is_currency_sign),
                '_' | '*' => {
                    rest.next();
                }
                'E' | 'e' if rest.as_str().starts_with(['+', '-']) => marks.digits = true,
                other => marks.plain(other, &mut rest),
            }
        }
        marks
    }

    fn plain(&mut self, mark: char, rest: &mut std::str::Chars<'_>) {
        match mark.to_ascii_lowercase() {
            'd' | 'y' => self.day_or_year = true,
            'm' => self.month_or_minute = true,
            'h' | 's' => self.clock = true,
            'a' if is_am_pm(rest.as_str()) => {
                self.clock = true;
                until(rest, 'M');
            }
            '0' | '#' | '?' => self.digits = true,
            '%' => self.percent = true,
            '@' => self.text = true,
            sign if is_currency_sign(sign) => self.currency = true,
            _ => {}
        }
    }

    /// `[h]` is elapsed time, `[$€-407]` a currency, `[$-409]` a language, `[Red]` and `[>100]` neither.
    fn bracket(&mut self, inner: &str) {
        let lower = inner.to_ascii_lowercase();
        if !lower.is_empty() && ['h', 'm', 's'].iter().any(|unit| lower.chars().all(|mark| mark == *unit)) {
            self.clock = true;
        } else if let Some(symbol) = inner.strip_prefix('$') {
            self.currency |= symbol.split('-').next().is_some_and(|symbol| !symbol.is_empty());
        }
    }
}

fn is_am_pm(rest: &str) -> bool {
    ["M/PM", "/P"].iter().any(|tail| rest.get(..tail.len()).is_some_and(|start| start.eq_ignore_ascii_case(tail)))
}

fn until(rest: &mut std::str::Chars<'_>, end: char) -> String {
    rest.take_while(|mark| *mark != end).collect()
}

fn names_currency(text: &str) -> bool {
    text.chars().any(is_currency_sign) || Currency::parse(text.trim()).is_some()
}

const fn is_currency_sign(sign: char) -> bool {
    matches!(sign, '$' | '¢' | '£' | '¤' | '¥' | '֏' | '؋' | '฿' | '₠'..='₿')
}

/// The code of a format that Excel has built in. Those that follow the machine's own currency show the sign `¤`.
pub const fn built_in(id: u32) -> &'static str {
    match id {
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        5 | 6 => "¤#,##0",
        7 | 8 => "¤#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        12 => "# ?/?",
        13 => "# ??/??",
        14 => "mm-dd-yy",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 => "h:mm",
        22 => "m/d/yy h:mm",
        27..=31 | 34..=36 | 50..=54 | 57..=58 => "yyyy-mm-dd",
        21 | 32..=33 | 55..=56 => "h:mm:ss",
        37 | 38 => "#,##0 ;(#,##0)",
        39 | 40 => "#,##0.00;(#,##0.00)",
        41 => "_(* #,##0_);_(* \\(#,##0\\)",
        42 => "_(¤* #,##0_);_(¤* \\(#,##0\\)",
        43 => "_(* #,##0.00_);_(* \\(#,##0.00\\)",
        44 => "_(¤* #,##0.00_);_(¤* \\(#,##0.00\\)",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mm:ss.0",
        48 => "##0.0E+0",
        49 => "@",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_says_what_the_number_is() {
        use FormatClass::{Currency, Date, General, Number, Percent, Text, Time};
        let cases = [
            ("General", General),
            ("", General),
            ("0.00", Number),
            ("#,##0_);[Red](#,##0)", Number),
            ("0.0%", Percent),
            ("0.00E+00", Number),
            ("@", Text),
            ("yyyy-mm-dd", Date),
            ("[$-409]d-mmm-yy;@", Date),
            ("mmm-yy", Date),
            ("dd/mm/yyyy hh:mm", Date),
            ("h:mm AM/PM", Time),
            ("[h]:mm:ss", Time),
            ("mm:ss", Time),
            ("[$€-407] #,##0.00", Currency),
            ("\"£\"#,##0", Currency),
            ("#,##0 \"EUR\"", Currency),
            ("\\$0.00", Currency),
            ("_-* #,##0.00\\ _€_-", Number),
            ("0 \"days\"", Number),
            ("#,##0.0,,\"m\"", Number),
        ];
        for (code, class) in cases {
            assert_eq!(class_of(code), class, "{code}");
        }
    }

    #[test]
    fn built_in_formats_have_their_class() {
        use FormatClass::{Currency, Date, General, Number, Percent, Text, Time};
        for (id, class) in [
            (0, General),
            (1, Number),
            (7, Currency),
            (9, Percent),
            (14, Date),
            (20, Time),
            (22, Date),
            (44, Currency),
            (46, Time),
            (49, Text),
        ] {
            assert_eq!(class_of(built_in(id)), class, "{id}");
        }
    }
}
