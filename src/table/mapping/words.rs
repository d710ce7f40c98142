//! The small words of a mapping: name patterns, cell addresses, areas, one-or-many. Each refuses what it cannot mean
//! while the settings are read, so that the message carries the line.

use crate::base::money::Currency;
use crate::base::origin::{parse_cell, parse_column};
use crate::base::span::Unit;
use crate::source::raw::Rect;
use regex::{Regex, RegexBuilder};
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, de};
use std::fmt;
use std::marker::PhantomData;

/// Largest compiled regular expression, in bytes: a pattern of the settings is a line, not a program.
const PATTERN_BYTES: usize = 1 << 20;

/// One value, or a list of them.
#[derive(Clone, Debug)]
pub struct OneOrMany<T>(pub Vec<T>);

impl<T> Default for OneOrMany<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OneOrManyVisitor(PhantomData)).map(Self)
    }
}

struct OneOrManyVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for OneOrManyVisitor<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("one value or a list of them")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Vec<T>, E> {
        T::deserialize(de::value::StrDeserializer::new(text)).map(|one| vec![one])
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Vec<T>, E> {
        T::deserialize(de::value::I64Deserializer::new(number)).map(|one| vec![one])
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Vec<T>, A::Error> {
        T::deserialize(de::value::MapAccessDeserializer::new(map)).map(|one| vec![one])
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<T>, A::Error> {
        let mut all = Vec::new();
        while let Some(one) = list.next_element()? {
            all.push(one);
        }
        Ok(all)
    }
}

/// A regular expression.
#[derive(Clone, Debug)]
pub struct Pattern(pub Regex);

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let regex = RegexBuilder::new(&text).size_limit(PATTERN_BYTES).build();
        regex.map(Self).map_err(|error| D::Error::custom(format!("`{text}` is no regular expression: {error}")))
    }
}

/// A name with `*` for any letters and `?` for one, compared without case.
#[derive(Clone, Debug)]
pub struct Glob {
    /// As written.
    pub text: String,
    regex: Regex,
}

impl Glob {
    /// Reads a glob. None where it is too long.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut pattern = String::from("^(?is)");
        for letter in text.trim().chars() {
            match letter {
                '*' => pattern.push_str(".*"),
                '?' => pattern.push('.'),
                other => pattern.push_str(&regex::escape(&other.to_string())),
            }
        }
        pattern.push('$');
        let regex = RegexBuilder::new(&pattern).size_limit(PATTERN_BYTES).build().ok()?;
        Some(Self { text: text.to_string(), regex })
    }

    /// True where the name fits.
    #[must_use]
    pub fn fits(&self, name: &str) -> bool {
        self.regex.is_match(name.trim())
    }

    /// True where a file's name fits: all of it, or its last part where the glob names no folder.
    #[must_use]
    pub fn fits_file(&self, name: &str) -> bool {
        let last = name.rsplit('/').next().unwrap_or(name);
        self.fits(name) || (!self.text.contains('/') && self.fits(last))
    }
}

impl<'de> Deserialize<'de> for Glob {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom(format!("`{text}` is too long for a name")))
    }
}

impl OneOrMany<Glob> {
    /// The globs as written, for a message.
    #[must_use]
    pub fn text(&self) -> String {
        self.0.iter().map(|glob| format!("\"{}\"", glob.text)).collect::<Vec<_>>().join(" or ")
    }
}

/// The address of a cell, such as `C5`; row and column count from zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellAt(pub u32, pub u32);

impl<'de> Deserialize<'de> for CellAt {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let cell = parse_cell(&text).map(|(row, col)| Self(row, col));
        cell.ok_or_else(|| D::Error::custom(format!("`{text}` is no cell; write it as in Excel, such as \"C5\"")))
    }
}

/// A row as Excel counts it, from 1; held from zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowAt(pub u32);

impl<'de> Deserialize<'de> for RowAt {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = i64::deserialize(deserializer)?;
        let row = u32::try_from(number).ok().and_then(|row| row.checked_sub(1)).filter(|row| *row < 1_048_576);
        row.map(Self).ok_or_else(|| D::Error::custom(format!("{number} is no row; rows count from 1, as in Excel")))
    }
}

/// A rectangle whose far edges may be open: `A2:K100`, `G2:G` (down to the last row), `A:K`, `2:100`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area(pub Rect);

impl Area {
    /// Reads an area; none where the text is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (from, to) = text.split_once(':').unwrap_or((text, text));
        let (left, top) = corner(from)?;
        let (right, bottom) = corner(to)?;
        let rect = Rect {
            top: top.unwrap_or(0),
            left: left.unwrap_or(0),
            bottom: bottom.unwrap_or(u32::MAX - 1),
            right: right.unwrap_or(u32::MAX - 1),
        };
        (rect.top <= rect.bottom && rect.left <= rect.right).then_some(Self(rect))
    }
}

/// The column and row of half an area, either of which may be absent.
fn corner(text: &str) -> Option<(Option<u32>, Option<u32>)> {
    let clean: String = text.trim().chars().filter(|letter| *letter != '$').collect();
    let split = clean.find(|letter: char| letter.is_ascii_digit()).unwrap_or(clean.len());
    let (letters, digits) = clean.split_at(split);
    let col = if letters.is_empty() { None } else { Some(parse_column(letters)?) };
    let row = if digits.is_empty() { None } else { Some(digits.parse::<u32>().ok()?.checked_sub(1)?) };
    (col.is_some() || row.is_some()).then_some((col, row))
}

impl<'de> Deserialize<'de> for Area {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| {
            D::Error::custom(format!("`{text}` is no area; write it as in Excel, such as \"A2:K100\" or \"G2:G\""))
        })
    }
}

/// A unit of duration by name: minutes, hours, days, weeks or months.
///
/// # Errors
/// Where the text names none.
pub fn span_unit<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let known = Unit::parse(&text).is_some();
    let refused = || D::Error::custom(format!("`{text}` is no unit; write minutes, hours, days, weeks or months"));
    if known { Ok(Some(text)) } else { Err(refused()) }
}

/// A currency by its code.
///
/// # Errors
/// Where the text is none.
pub fn currency<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let known = Currency::parse(&text).is_some();
    let refused = || D::Error::custom(format!("`{text}` is no currency; write its code, such as \"EUR\""));
    if known { Ok(Some(text)) } else { Err(refused()) }
}

/// A word, a number or yes/no, kept as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scalar(pub String);

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScalarVisitor).map(Self)
    }
}

struct ScalarVisitor;

impl Visitor<'_> for ScalarVisitor {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a number, or true or false")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<String, E> {
        Ok(text.to_string())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<String, E> {
        Ok(number.to_string())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<String, E> {
        Ok(number.to_string())
    }

    fn visit_bool<E: Error>(self, yes: bool) -> Result<String, E> {
        Ok(if yes { "yes" } else { "no" }.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glob_fits_names_without_case() {
        let glob = Glob::parse("TP*").expect("a glob");
        assert!(glob.fits("tp12") && glob.fits(" TP1 ") && !glob.fits("XTP1"));
        let file = Glob::parse("C20??-*.xlsx").expect("a glob");
        assert!(file.fits_file("projects/C2011-12.xlsx") && !file.fits_file("projects/D2011-12.xlsx"));
        let folder = Glob::parse("projects/*").expect("a glob");
        assert!(folder.fits_file("projects/C2011-12.xlsx") && !folder.fits_file("other/C2011-12.xlsx"));
    }

    #[test]
    fn areas_may_be_open() {
        let rect = |text: &str| Area::parse(text).map(|area| area.0);
        assert_eq!(rect("A2:K100"), Some(Rect { top: 1, left: 0, bottom: 99, right: 10 }));
        assert_eq!(rect("$G$2:G"), Some(Rect { top: 1, left: 6, bottom: u32::MAX - 1, right: 6 }));
        assert_eq!(rect("A:K"), Some(Rect { top: 0, left: 0, bottom: u32::MAX - 1, right: 10 }));
        assert_eq!(rect("K1:A9"), None);
        assert_eq!(rect("hello there"), None);
    }
}
