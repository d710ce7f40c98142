//! Texts stored once each, numbered in the order in which they were first seen.

use std::collections::HashMap;
use std::collections::hash_map::{Entry, RandomState};
use std::hash::{BuildHasher, BuildHasherDefault, Hasher};
use std::sync::Arc;

/// The different texts so far. The map holds hashes, not texts: two texts of one 64-bit hash are told apart, and then only
/// the first is found again, so that a repeat of the other would be stored twice, which does no harm.
pub struct Texts {
    /// The texts.
    pub list: Vec<Arc<str>>,
    places: HashMap<u64, u32, BuildHasherDefault<AsItIs>>,
    seed: u64,
}

impl Default for Texts {
    fn default() -> Self {
        Self { list: Vec::new(), places: HashMap::default(), seed: RandomState::new().hash_one(0u8) }
    }
}

impl Texts {
    /// The number of a text.
    pub fn number(&mut self, text: &str) -> u32 {
        let next = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        match self.places.entry(hash(text.as_bytes(), self.seed)) {
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

/// A hash of 64 bits: eight bytes at a time are multiplied into 128 bits, whose halves are joined. The seed is another in
/// every process, so that no file can choose texts of one hash; nothing depends on it but time.
fn hash(bytes: &[u8], seed: u64) -> u64 {
    const MULTIPLIER: u128 = 0x9e37_79b9_7f4a_7c15;
    let mix = |hash: u64, word: u64| {
        let product = u128::from(hash ^ word) * MULTIPLIER;
        let (low, high) = (product & u128::from(u64::MAX), product >> 64);
        u64::try_from(low ^ high).unwrap_or_default()
    };
    let (words, rest) = bytes.as_chunks::<8>();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    let hash = words.iter().fold(seed, |hash, word| mix(hash, u64::from_le_bytes(*word)));
    mix(mix(hash, u64::from_le_bytes(last)), bytes.len() as u64)
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
