//! Where a mapped table lies on its sheet: its headers and its lines.

use super::view::View;
use crate::base::origin::parse_column;
use crate::source::raw::Rect;
use crate::table::headers::{did_you_mean, normalise};
use crate::table::mapping::words::RowAt;

/// Lines from the top that are searched for headers.
const HEADER_SEARCH_LINES: u32 = 60;

/// A header over a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Its place.
    pub place: u32,
    /// Its text; of several header rows, joined by ` / `.
    pub text: String,
    /// Its lowest line alone.
    pub lower: String,
}

/// A located table.
pub struct Frame<'s> {
    /// The sheet.
    pub view: View<'s>,
    /// Headers, by place.
    pub headers: Vec<Header>,
    /// The lowest header line.
    pub header_line: Option<u32>,
    /// First line of the records.
    pub first: u32,
    /// Last line that may be one.
    pub last: u32,
    /// First and last place.
    pub places: (u32, u32),
}

/// What is known of a table's place before looking.
pub struct Bounds<'m> {
    /// Header lines that the mapping gives.
    pub header: &'m [RowAt],
    /// First line of the records.
    pub first: Option<RowAt>,
    /// Last line of the records.
    pub last: Option<RowAt>,
    /// The rectangle, headers included, as lines and places.
    pub area: Option<Rect>,
}

/// What a column's name led to.
pub enum Lookup {
    /// One place.
    Place(u32),
    /// Several places: the first one, and another.
    Several(u32, u32),
    /// None.
    Nowhere,
}

impl<'s> Frame<'s> {
    /// Locates a table by its bounds and the headers it should have. None where no line holds the headers.
    pub fn locate(view: View<'s>, bounds: &Bounds<'_>, wanted: &[&str]) -> Option<Self> {
        let extent = view.extent()?;
        let area = bounds.area.map_or(extent, |area| clip(area, extent));
        let named: Vec<&str> = wanted.iter().copied().filter(|name| !name.starts_with('@')).collect();
        let lines: Vec<u32> = if !bounds.header.is_empty() {
            bounds.header.iter().map(|row| row.0).collect()
        } else if named.is_empty() {
            Vec::new()
        } else {
            vec![search(view, area, &named)?]
        };
        let frame = Self::at(view, &lines, bounds, area);
        let fits = named.is_empty() || named.iter().any(|name| !matches!(frame.find(name), Lookup::Nowhere));
        fits.then_some(frame)
    }

    fn at(view: View<'s>, lines: &[u32], bounds: &Bounds<'_>, area: Rect) -> Self {
        let header_line = lines.iter().copied().max();
        let below = header_line.map_or(area.top, |line| line + 1);
        let first = bounds.first.map_or(below, |row| row.0);
        let last = bounds.last.map_or(area.bottom, |row| row.0.min(area.bottom));
        let places = (area.left, area.right);
        Self { view, headers: headers(view, lines, places), header_line, first, last, places }
    }

    /// The place of a column: `@C`, `@3`, or a header.
    pub fn find(&self, name: &str) -> Lookup {
        if let Some(address) = name.strip_prefix('@') {
            return place_of(address).map_or(Lookup::Nowhere, Lookup::Place);
        }
        let wanted = normalise(name);
        let by = |reading: &dyn Fn(&Header) -> String| {
            let mut places = self.headers.iter().filter(|header| reading(header) == wanted).map(|header| header.place);
            (places.next(), places.next())
        };
        let readings: [&dyn Fn(&Header) -> String; 3] =
            [&|header| normalise(&header.text), &|header| normalise(&header.lower), &|header| {
                normalise(first_line(&header.lower))
            }];
        for reading in readings {
            match by(reading) {
                (Some(place), None) => return Lookup::Place(place),
                (Some(place), Some(other)) => return Lookup::Several(place, other),
                _ => {}
            }
        }
        Lookup::Nowhere
    }

    /// The place of a column, the first one where there are several.
    pub fn place(&self, name: &str) -> Option<u32> {
        match self.find(name) {
            Lookup::Place(place) | Lookup::Several(place, _) => Some(place),
            Lookup::Nowhere => None,
        }
    }

    /// The header nearest to a name.
    pub fn nearest(&self, name: &str) -> Option<&str> {
        did_you_mean(name, self.headers.iter().map(|header| header.lower.as_str()))
    }

    /// The header over a place.
    pub fn header(&self, place: u32) -> &str {
        self.headers.iter().find(|header| header.place == place).map_or("", |header| header.text.as_str())
    }
}

/// A place of `@C` or `@3`, counted from zero.
pub fn place_of(address: &str) -> Option<u32> {
    address.trim().parse::<u32>().ok().and_then(|number| number.checked_sub(1)).or_else(|| parse_column(address.trim()))
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or("")
}

fn clip(area: Rect, extent: Rect) -> Rect {
    Rect { bottom: area.bottom.min(extent.bottom.max(area.top)), right: area.right.min(extent.right.max(area.left)), ..area }
}

/// The line that holds the most of the wanted headers, if it holds at least half.
fn search(view: View<'_>, area: Rect, named: &[&str]) -> Option<u32> {
    let wanted: Vec<String> = named.iter().map(|name| normalise(name)).collect();
    let bottom = area.bottom.min(area.top.saturating_add(HEADER_SEARCH_LINES));
    let mut best: Option<(u32, usize)> = None;
    for line in area.top..=bottom {
        let texts: Vec<String> =
            (area.left..=area.right).filter_map(|place| Some(normalise(first_line(&view.text(line, place)?)))).collect();
        let count = wanted.iter().filter(|name| texts.contains(name)).count();
        if count * 2 >= wanted.len() && count > best.map_or(0, |(_, count)| count) {
            best = Some((line, count));
        }
    }
    best.map(|(line, _)| line)
}

/// The headers of all places. A text in an upper header row covers the places to its right up to the next one.
fn headers(view: View<'_>, lines: &[u32], (left, right): (u32, u32)) -> Vec<Header> {
    let mut out = Vec::new();
    let mut above: Vec<String> = vec![String::new(); lines.len()];
    for place in left..=right {
        let own: Vec<String> =
            lines.iter().map(|line| view.text(*line, place).map(std::borrow::Cow::into_owned).unwrap_or_default()).collect();
        for (level, text) in own.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            above[level].clone_from(text);
            above.iter_mut().skip(level + 1).for_each(String::clear);
        }
        if own.iter().any(|text| !text.is_empty()) {
            let lower = own.iter().rev().find(|text| !text.is_empty()).cloned().unwrap_or_default();
            out.push(Header { place, text: joined(&above), lower });
        }
    }
    out
}

fn joined(levels: &[String]) -> String {
    let mut parts: Vec<&str> = levels.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
    parts.dedup();
    parts.join(" / ")
}
