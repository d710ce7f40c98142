//! Mending what an interrupted run left behind. Names alone say what state a set is in.

use super::publish::{DISCARD, PREVIOUS, PublishOutcome, READY, STAGING, WRITING, discard, move_in, remove_aside};
use super::{Disk, DiskError};
use std::fmt;
use std::path::Path;

/// Something that was mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Repair {
    /// A set that was not whole, or a file half written, was removed.
    Removed(String),
    /// A set that was whole but not in its place was moved in.
    MovedIn(String),
    /// An old set that had stepped aside was put back.
    PutBack(String),
    /// An old set that had been replaced was deleted.
    Deleted(String),
    /// A whole set still cannot take its place: another program holds the old one open.
    StillStaged(String),
}

impl fmt::Display for Repair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Removed(name) => write!(f, "removed {name}, which an interrupted run left unfinished"),
            Self::MovedIn(name) => write!(f, "moved in {name}, which an earlier run had finished but not published"),
            Self::PutBack(name) => write!(f, "put back {name}, which an interrupted run had moved aside"),
            Self::Deleted(name) => write!(f, "deleted the old {name}, which an interrupted run had replaced"),
            Self::StillStaged(name) => write!(f, "{name} is finished but cannot be published: a program has the old files open"),
        }
    }
}

/// Mends every half state in an output folder, and says what was mended. Run it before anything is published there, by
/// the one run that holds the workspace. On a folder in order, or none, it changes nothing.
///
/// # Errors
/// [`DiskError`] where the disk does not let it; nothing whole is lost, and it can be run again.
pub fn repair(disk: &Disk, folder: &Path) -> Result<Vec<Repair>, DiskError> {
    let names = disk.list_folder(folder)?;
    let of = |prefix: &'static str| names.iter().filter_map(move |name| name.strip_prefix(prefix).map(|rest| (name, rest)));
    let mut repairs = Vec::new();
    for (name, _) in of(DISCARD).chain(of(WRITING)) {
        disk.remove_tree(&folder.join(name))?;
        repairs.push(Repair::Removed(name.clone()));
    }
    for (name, _) in of(STAGING) {
        remove_aside(disk, folder, name)?;
        repairs.push(Repair::Removed(name.clone()));
    }
    for (_, set) in of(PREVIOUS) {
        let will_be_replaced = of(READY).any(|(_, rest)| set_of(rest) == set);
        repairs.extend(mend_previous(disk, folder, set, will_be_replaced)?);
    }
    for (name, rest) in of(READY) {
        let set = set_of(rest);
        repairs.push(match move_in(disk, folder, set, &folder.join(name))? {
            PublishOutcome::Published { .. } => Repair::MovedIn(set.into()),
            PublishOutcome::Staged { .. } => Repair::StillStaged(set.into()),
        });
    }
    for (_, set) in of(PREVIOUS) {
        discard(disk, folder, set)?;
    }
    if !repairs.is_empty() {
        disk.sync_folder(folder)?;
    }
    Ok(repairs)
}

/// An old set that stepped aside: deleted where the new one is in, put back where there is no new one, and left to be
/// deleted later where the new one is about to be moved in.
fn mend_previous(disk: &Disk, folder: &Path, set: &str, will_be_replaced: bool) -> Result<Option<Repair>, DiskError> {
    let target = folder.join(set);
    if disk.exists(&target)? {
        discard(disk, folder, set)?;
        return Ok(Some(Repair::Deleted(set.into())));
    }
    if will_be_replaced {
        return Ok(None);
    }
    disk.rename(&folder.join(format!("{PREVIOUS}{set}")), &target)?;
    Ok(Some(Repair::PutBack(set.into())))
}

/// The set's name in `NAME-RUN`.
fn set_of(rest: &str) -> &str {
    rest.rsplit_once('-').map_or(rest, |(set, _)| set)
}
