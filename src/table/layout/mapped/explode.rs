//! Lists in a cell: links such as `2FS+3d;4SS-1d`, resource demand such as `mason[2,00 #8];crane`, or anything else.

use crate::table::mapping::spec::{Explode, ExplodeBy};
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The parts of one entry, by name.
pub type Parts = BTreeMap<String, String>;

/// One entry of a list: its parts, or its text where it cannot be understood (with all of it as the first part).
pub struct Entry {
    /// As it stands.
    pub text: String,
    /// Its parts.
    pub parts: Parts,
    /// False where it was not understood.
    pub understood: bool,
}

/// Ways to write a link, surest first: `2FS+3d`, `A-10 ss - 1 wk`; `FS2+3d`; a bare id. A type counts only after something
/// that is no letter, so that an id such as `CLASS` stays whole, and a lag only after a type, so that `A-10` does.
static LINKS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    const LAG: &str = r"(?P<lag>[+-]\s*\d+(?:[.,]\d+)?\s*(?:%|(?:[a-z]+\.?)?(?:\s*\d+(?:[.,]\d+)?\s*[a-z]+\.?)*))?";
    const KIND: &str = "(?P<type>FS|SS|FF|SF)";
    let ways = [
        format!(r"(?i)^(?P<activity>.*?[^\sa-z])\s*{KIND}\s*{LAG}$"),
        format!(r"(?i)^{KIND}\s*(?P<activity>\d[^\s+-]*)\s*{LAG}$"),
        r"^(?P<activity>[^+\[\]()]*[\pL\pN][^+\[\]()]*)$".to_string(),
    ];
    ways.iter().filter_map(|way| Regex::new(way).ok()).collect()
});

/// `mason`, `mason[2,00 #8]`, `crane [50%]`: a name, and in brackets the units and after `#` what is available.
static DEMAND: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?P<name>[^\[\]]+?)\s*(?:\[\s*(?P<units>[^\]#]+?)?\s*(?:#\s*(?P<available>[^\]]+?)\s*)?\])?$").ok()
});

/// The entries of a cell.
pub fn entries(text: &str, how: &Explode) -> Vec<Entry> {
    let separators = how.separators.as_deref().unwrap_or(if how.by == ExplodeBy::Demand { ";\n" } else { ";,\n" });
    let pieces = text.split(|letter: char| separators.contains(letter)).map(str::trim);
    pieces.filter(|piece| !piece.is_empty()).map(|piece| entry(piece, how)).collect()
}

fn entry(piece: &str, how: &Explode) -> Entry {
    let (parts, first) = match (how.by, &how.pattern) {
        (ExplodeBy::Links, _) => (link(piece), "activity"),
        (ExplodeBy::Demand, _) => (demand(piece), "name"),
        (ExplodeBy::List, Some(pattern)) => (captured(&pattern.0, piece), "entry"),
        (ExplodeBy::List, None) => (Some(Parts::new()), "entry"),
    };
    let understood = parts.is_some();
    let mut parts = parts.unwrap_or_default();
    parts.entry(first.to_string()).or_insert_with(|| piece.to_string());
    parts.entry("entry".to_string()).or_insert_with(|| piece.to_string());
    Entry { text: piece.to_string(), parts, understood }
}

fn captured(pattern: &Regex, piece: &str) -> Option<Parts> {
    let groups = pattern.captures(piece)?;
    let named = pattern.capture_names().flatten();
    let parts = named.filter_map(|name| Some((name.to_string(), groups.name(name)?.as_str().trim().to_string())));
    Some(parts.filter(|(_, text)| !text.is_empty()).collect())
}

/// A link: the other activity, the type (FS where none is given) and the lag.
fn link(piece: &str) -> Option<Parts> {
    let mut parts = LINKS.iter().find_map(|way| captured(way, piece))?;
    let kind = parts.get("type").map_or_else(|| "FS".to_string(), |kind| kind.to_uppercase());
    parts.insert("type".to_string(), kind);
    if let Some(lag) = parts.get_mut("lag") {
        *lag = lag.strip_prefix('+').map_or_else(|| lag.replace("- ", "-"), |plain| plain.trim_start().to_string());
    }
    Some(parts)
}

/// A demand for a resource: its name, how many units (1 where none are given), how many there are.
fn demand(piece: &str) -> Option<Parts> {
    let mut parts = captured(DEMAND.as_ref()?, piece)?;
    parts.entry("units".to_string()).or_insert_with(|| "1".to_string());
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str, by: ExplodeBy) -> Vec<String> {
        let how = Explode { column: String::new(), by, separators: None, pattern: None };
        let line = |entry: Entry| {
            let parts = entry.parts.iter().filter(|(name, _)| *name != "entry").map(|(name, text)| format!("{name}={text}"));
            format!("{}{}", if entry.understood { "" } else { "? " }, parts.collect::<Vec<_>>().join(" "))
        };
        entries(text, &how).into_iter().map(line).collect()
    }

    #[test]
    fn links_as_people_write_them() {
        let one = |text: &str| told(text, ExplodeBy::Links).join(" & ");
        assert_eq!(one("2FS+3d;4SS-1d"), "activity=2 lag=3d type=FS & activity=4 lag=-1d type=SS");
        assert_eq!(one("3"), "activity=3 type=FS");
        assert_eq!(one("2fs"), "activity=2 type=FS");
        assert_eq!(one("2;3"), "activity=2 type=FS & activity=3 type=FS");
        assert_eq!(one("12FF+2 days"), "activity=12 lag=2 days type=FF");
        assert_eq!(one("2FS+35d2h"), "activity=2 lag=35d2h type=FS");
        assert_eq!(one("FS3+2d"), "activity=3 lag=2d type=FS");
        assert_eq!(one("A-10SS - 1 wk"), "activity=A-10 lag=-1 wk type=SS");
        assert_eq!(one("A-10"), "activity=A-10 type=FS");
        assert_eq!(one("CLASS"), "activity=CLASS type=FS");
        assert_eq!(one("INIT-1/7FF+50%"), "activity=INIT-1/7 lag=50% type=FF");
        assert_eq!(one("5FS+3ed, 6"), "activity=5 lag=3ed type=FS & activity=6 type=FS");
        assert_eq!(one("2FS++3d"), "? activity=2FS++3d");
    }

    #[test]
    fn demand_as_people_write_it() {
        let one = |text: &str| told(text, ExplodeBy::Demand).join(" & ");
        assert_eq!(one("team VDW[4,00 #8];mason"), "available=8 name=team VDW units=4,00 & name=mason units=1");
        assert_eq!(
            one("1 Manitu 6t[0,50 #2];#People[10,00 #10]"),
            "available=2 name=1 Manitu 6t units=0,50 & available=10 name=#People units=10,00"
        );
        assert_eq!(one("Materials[3000,00 #-1]"), "available=-1 name=Materials units=3000,00");
        assert_eq!(one("mason [50%]"), "name=mason units=50%");
        assert_eq!(one("mason[2"), "? name=mason[2");
    }
}
