//! Texts stored once each, numbered in the order in which they were first seen.

use std::collections::HashMap;
use std::collections::hash_map::{Entry, RandomState};
use std::hash::{BuildHasher, BuildHasherDefault, Hasher};
use std::sync::Arc;

/// The different texts so far. The map holds hashes, not texts: two texts of one 64-bit hash are told apart, and then only
/// the first is found again, so that a repeat of the other would be stored twice, which does no harm.
#[derive(Default)]
pub struct Texts {
    /// The texts.
    pub list: Vec<Arc<str>>,
    places: HashMap<u64, u32, BuildHasherDefault<AsItIs>>,
    hashes: RandomState,
}

impl Texts {
    /// The number of a text.
    pub fn number(&mut self, text: &str) -> u32 {
        let next = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        match self.places.entry(self.hashes.hash_one(text)) {
            Entry::Occupied(place) if *self.list[*place.get() as usize] == *text => return *place.get(),
            Entry::Occupied(_) => {}
            Entry::Vacant(place) => {
                place.insert(next);
            }
        }
        self.list.push(Arc::from(text));
        next
    }
}

/// Hashes are hashed no further.
#[derive(Default)]
struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |hash, byte| hash.rotate_left(8) ^ u64::from(*byte));
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_stored_once() {
        let mut texts = Texts::default();
        assert_eq!(["a", "b", "", "a", "b"].map(|text| texts.number(text)), [0, 1, 2, 0, 1]);
        assert_eq!(texts.list.len(), 3);
    }
}
