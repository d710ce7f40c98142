//! The last run: the `out/` folder of the latest earlier as-of date. Its headlines give the change on the Executive page,
//! labelled "last run, not closed"; its digest counts among the inputs.

use crate::base::day::Moment;
use crate::base::digest;
use crate::base::disk::{Disk, DiskError};
use crate::base::finding::Findings;
use crate::base::run::InputDigest;
use crate::pipeline::codes;
use crate::pipeline::workspace::AsOf;
use crate::report::headline::{self, PreviousRun};
use std::path::Path;

/// Largest headlines file that is read.
const HEADLINE_BYTES: u64 = 1024 * 1024;

/// Name of an as-of date's folder: `2026-10-31`, or `2026-10-31T1700` for an instant.
#[must_use]
pub fn folder_name(as_of: Moment) -> String {
    if as_of.is_date_only() { as_of.day().to_string() } else { as_of.datetime().format("%Y-%m-%dT%H%M").to_string() }
}

/// The as-of of a folder's name; none where it is no such folder.
fn as_of_of(name: &str) -> Option<Moment> {
    let text = match name.split_once('T') {
        Some((day, time)) if time.len() == 4 && time.is_ascii() => format!("{day}T{}:{}", &time[..2], &time[2..]),
        Some(_) => return None,
        None => name.to_string(),
    };
    match AsOf::parse(&text)? {
        AsOf::At(moment) if folder_name(moment) == name => Some(moment),
        _ => None,
    }
}

/// Reads the headlines of the latest earlier as-of, where there is one.
///
/// # Errors
/// [`DiskError`] where the folder of outputs cannot be listed.
pub fn load(
    disk: &Disk,
    out: &Path,
    as_of: Moment,
    findings: &mut Findings,
) -> Result<Option<(PreviousRun, InputDigest)>, DiskError> {
    if !disk.is_folder(out)? {
        return Ok(None);
    }
    let folders = disk.list_folder(out)?;
    let earlier = folders.iter().filter_map(|name| as_of_of(name).map(|at| (at, name))).filter(|(at, _)| *at < as_of);
    let Some((at, name)) = earlier.max() else { return Ok(None) };
    let file = format!("{name}/data/{}.csv", headline::TABLE);
    let Some(bytes) = disk.read_file_if_there(&out.join(&file), HEADLINE_BYTES)? else { return Ok(None) };
    let Some(headlines) = headline::parse(&bytes) else {
        findings.push(codes::PREVIOUS_UNREADABLE.nowhere().found(format!("out/{file}")).hint("run that as-of date again"));
        return Ok(None);
    };
    let digest = InputDigest { file: format!("out/{file}"), bytes: bytes.len() as u64, sha256: digest::sha256(&bytes) };
    Ok(Some((PreviousRun { as_of: at, headlines }, digest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_folders_of_an_as_of_count() {
        for name in ["2026-10-31", "2026-10-31T1700"] {
            assert_eq!(as_of_of(name).map(folder_name).as_deref(), Some(name));
        }
        for name in ["check", ".staging-2026-10-31", "2026-13-01", "2026-10-31T5pm", "2026-10-31-copy"] {
            assert_eq!(as_of_of(name), None, "{name}");
        }
    }
}
