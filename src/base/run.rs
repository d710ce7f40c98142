//! What a run is made of: facts that reports print and the run id is hashed from.

use crate::base::day::Moment;
use crate::base::digest;

/// One input file and its digest.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct InputDigest {
    /// Path below the workspace, with `/` between parts.
    pub file: String,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256 of the bytes that were read, in hexadecimal.
    pub sha256: String,
}

/// The facts of one run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunFacts {
    /// Hash of input digests, settings, as-of, seed and version; first 12 hexadecimal digits.
    pub run_id: String,
    /// Version of the program.
    pub version: String,
    /// Name of the portfolio.
    pub portfolio: String,
    /// The as-of date or instant.
    pub as_of: Moment,
    /// Every input, sorted by name.
    pub inputs: Vec<InputDigest>,
    /// SHA-256 of the settings file.
    pub settings_sha256: String,
    /// Seed of every random stream.
    pub seed: u64,
}

impl RunFacts {
    /// The run id of these parts.
    #[must_use]
    pub fn id_of(inputs: &[InputDigest], settings_sha256: &str, as_of: Moment, seed: u64, version: &str) -> String {
        let as_of = as_of.to_string();
        let seed = seed.to_string();
        let mut parts = vec![version, settings_sha256, &as_of, &seed];
        for input in inputs {
            parts.push(&input.file);
            parts.push(&input.sha256);
        }
        digest::sha256_of_parts(&parts)[..12].to_string()
    }
}
