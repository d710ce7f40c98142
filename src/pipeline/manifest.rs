//! `manifest.json`: what was read, by what, and what came of it, with the digest of every input and output.

use crate::base::digest;
use crate::base::finding::{Findings, Severity};
use crate::base::run::{InputDigest, RunFacts};
use crate::source::raw::{FileFacts, FileStatus};
use serde::Serialize;

/// Version of the manifest's shape.
const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Manifest<'a> {
    schema: u32,
    program: &'static str,
    version: &'a str,
    portfolio: &'a str,
    run_id: &'a str,
    as_of: String,
    seed: u64,
    settings_sha256: &'a str,
    inputs: &'a [InputDigest],
    not_read: Vec<NotRead<'a>>,
    outputs: Vec<InputDigest>,
    findings: Counts,
}

#[derive(Serialize)]
struct NotRead<'a> {
    file: &'a str,
    reason: &'a str,
}

/// Findings by severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Information.
    pub info: usize,
    /// Rules on probation.
    pub trial: usize,
}

impl Counts {
    /// Counts findings, each as often as it stands.
    #[must_use]
    pub fn of(findings: &Findings) -> Self {
        Self {
            errors: findings.count(Severity::Error),
            warnings: findings.count(Severity::Warning),
            info: findings.count(Severity::Info),
            trial: findings.count(Severity::Trial),
        }
    }
}

/// The manifest of a run as JSON.
///
/// # Errors
/// A message where it cannot be written as JSON, which is a fault of the program.
pub fn json(
    facts: &RunFacts,
    files: &[FileFacts],
    findings: &Findings,
    outputs: &[(String, Vec<u8>)],
) -> Result<Vec<u8>, String> {
    let outputs = outputs.iter().map(|(name, bytes)| InputDigest {
        file: name.clone(),
        bytes: bytes.len() as u64,
        sha256: digest::sha256(bytes),
    });
    let not_read = files.iter().filter_map(|file| match &file.status {
        FileStatus::Read => None,
        FileStatus::Refused => Some(NotRead { file: &file.name, reason: "could not be read; see the findings" }),
        FileStatus::Skipped(reason) => Some(NotRead { file: &file.name, reason }),
    });
    let manifest = Manifest {
        schema: SCHEMA,
        program: "throughline",
        version: &facts.version,
        portfolio: &facts.portfolio,
        run_id: &facts.run_id,
        as_of: facts.as_of.to_string(),
        seed: facts.seed,
        settings_sha256: &facts.settings_sha256,
        inputs: &facts.inputs,
        not_read: not_read.collect(),
        outputs: outputs.collect(),
        findings: Counts::of(findings),
    };
    let mut bytes = serde_json::to_vec_pretty(&manifest).map_err(|error| error.to_string())?;
    bytes.push(b'\n');
    Ok(bytes)
}
