//! Where the cells of a block lie, read slowly and forgivingly: used only after a fault, to name the cell in question.

use super::Outcome;
use super::blocks::Block;
use super::cells::Sources;
use super::xml::{Step, Xml, attribute};
use crate::base::origin::parse_cell;

/// A cell as its tags tell it.
pub struct Place {
    /// Row.
    pub row: u32,
    /// Column.
    pub col: u32,
    /// Its address, verbatim.
    pub address: String,
    /// Its type attribute.
    pub kind: String,
    /// Its cell format.
    pub format: usize,
    /// Its value, verbatim.
    pub text: String,
    /// Its formula, where it has one: the number under which it is shared, and its text.
    pub formula: Option<(Option<usize>, String)>,
}

/// Which element of a cell the reader is in.
#[derive(Clone, Copy)]
enum Inside {
    Value,
    Formula,
    Other,
}

impl Place {
    fn add(&mut self, inside: Inside, text: &str) {
        match (inside, &mut self.formula) {
            (Inside::Value, _) if self.text.len() < 200 => self.text.push_str(text),
            (Inside::Formula, Some((_, formula))) => formula.push_str(text),
            _ => {}
        }
    }
}

/// Every cell of the block, in order.
pub fn cells(block: &Block, sources: &Sources<'_>) -> Outcome<Vec<Place>> {
    let mut xml = Xml::new(block.bytes.as_slice(), sources.part, sources.limits);
    let mut places: Vec<Place> = Vec::new();
    let (mut row, mut col, mut inside) = (block.first_row, 0, Inside::Other);
    loop {
        match xml.step()? {
            Step::Open(element) => match element.local_name().as_ref() {
                "row" => {
                    let number = attribute(&element, "r").and_then(|text| text.parse::<u32>().ok());
                    row = number.map_or(row, |number| number.saturating_sub(1));
                    col = 0;
                }
                "c" => {
                    let get = |name| attribute(&element, name).unwrap_or_default();
                    let address = get("r");
                    let place = parse_cell(&address).unwrap_or((row, col));
                    (row, col) = (place.0, place.1 + 1);
                    let format = get("s").parse().unwrap_or(0);
                    places.push(Place {
                        row: place.0,
                        col: place.1,
                        address,
                        kind: get("t"),
                        format,
                        text: String::new(),
                        formula: None,
                    });
                }
                "v" => inside = Inside::Value,
                "f" => {
                    inside = Inside::Formula;
                    let number = attribute(&element, "si").and_then(|text| text.parse().ok());
                    places.last_mut().into_iter().for_each(|last| last.formula = Some((number, String::new())));
                }
                _ => inside = Inside::Other,
            },
            Step::Text(text) => places.last_mut().into_iter().for_each(|last| last.add(inside, &text)),
            Step::Close(name) => {
                inside = Inside::Other;
                row += u32::from(name == "row");
            }
            Step::End => return Ok(places),
        }
    }
}

/// The first address of the block that no worksheet has.
pub fn bad_address(block: &Block, sources: &Sources<'_>) -> Option<String> {
    let places = cells(block, sources).ok()?;
    places
        .into_iter()
        .find(|place| {
            !place.address.is_empty() && parse_cell(&place.address).is_none_or(|(row, _)| row >= crate::source::limits::GRID_ROWS)
        })
        .map(|place| place.address)
}
