//! Sets of outputs that appear whole or not at all.
//!
//! A set is written beside its target under a name that starts with `.staging-`, confirmed, and renamed to `.ready-`,
//! which says that it is whole. Then the old set steps aside (`.previous-`), the new one takes its place, the disk
//! confirms, and the old one is deleted (under the name `.discard-`). Whatever instant a run ends at,
//! [`repair`](super::repair()) knows from the names how to go on.

use super::{Disk, DiskError, OperationKind, is_safe_file_name};
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

pub(super) const STAGING: &str = ".staging-";
pub(super) const READY: &str = ".ready-";
pub(super) const PREVIOUS: &str = ".previous-";
pub(super) const DISCARD: &str = ".discard-";
pub(super) const WRITING: &str = ".writing-";

/// What became of a set that was to be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PublishOutcome {
    /// It is in its place, and the disk has confirmed it.
    Published {
        /// The folder.
        folder: PathBuf,
    },
    /// It is whole and confirmed, but another program holds the old set open. The next run moves it in.
    Staged {
        /// Where it is.
        staged: PathBuf,
        /// Where it should be.
        folder: PathBuf,
    },
}

/// Whether a name was free.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Created {
    /// It was, and now holds what was given.
    New,
    /// It was not; what was there is unchanged.
    AlreadyThere,
}

/// A set of files on its way to a folder. Dropped before it is published, it is removed.
#[derive(Debug)]
pub struct Staging<'disk> {
    disk: &'disk Disk,
    parent: PathBuf,
    name: String,
    run: String,
    folders: BTreeSet<PathBuf>,
    finished: bool,
}

impl<'disk> Staging<'disk> {
    /// Begins a set that is to become the folder `parent/name`, a safe file name. `run`, letters and digits, says which run
    /// it is of; the process is added to it, so that two runs never write in one staging folder, locked or not.
    ///
    /// # Errors
    /// [`DiskError`] where the staging folder cannot be made.
    pub fn begin(disk: &'disk Disk, parent: &Path, name: &str, run: &str) -> Result<Self, DiskError> {
        if !is_safe_file_name(name) || run.is_empty() || !run.chars().all(|c| c.is_ascii_alphanumeric()) {
            return Err(unsafe_name(&parent.join(name)));
        }
        let run = format!("{run}p{}", std::process::id());
        disk.create_folder(parent)?;
        let staging = Self { disk, parent: parent.into(), name: name.into(), run, folders: BTreeSet::new(), finished: false };
        remove_aside(disk, parent, &staging.folder_name())?;
        disk.create_one_folder(&staging.folder())?;
        Ok(staging)
    }

    /// Writes one file of the set; `relative` has `/` between parts, each a safe file name. The file is confirmed by the
    /// disk when this returns.
    ///
    /// # Errors
    /// [`DiskError`], also for a name that is not safe or was written before.
    pub fn write(&mut self, relative: &str, bytes: &[u8]) -> Result<(), DiskError> {
        let path = self.folder().join(relative);
        if !relative.split('/').all(is_safe_file_name) {
            return Err(unsafe_name(&path));
        }
        for folder in folders_between(&self.folder(), &path) {
            if self.folders.insert(folder.clone()) {
                self.disk.create_one_folder(&folder)?;
            }
        }
        self.disk.write_new(&path, bytes)
    }

    /// Puts the set in its place. An older set of that name gives way as a whole.
    ///
    /// # Errors
    /// [`DiskError`]; the old set is then intact, in its place or restored to it by the next [`repair`](super::repair()).
    pub fn publish(mut self) -> Result<PublishOutcome, DiskError> {
        self.confirm()?;
        let ready_name = format!("{READY}{}-{}", self.name, self.run);
        let ready = self.parent.join(&ready_name);
        remove_aside(self.disk, &self.parent, &ready_name)?;
        self.disk.rename(&self.folder(), &ready)?;
        self.finished = true;
        self.disk.sync_folder(&self.parent)?;
        move_in(self.disk, &self.parent, &self.name, &ready)
    }

    /// Puts the set in its place only if that name is free, for what must never be overwritten.
    ///
    /// # Errors
    /// [`DiskError`]; nothing of that name has then been made.
    pub fn publish_new(mut self) -> Result<Created, DiskError> {
        let target = self.parent.join(&self.name);
        if self.disk.exists(&target)? {
            return Ok(Created::AlreadyThere);
        }
        self.confirm()?;
        match self.disk.rename(&self.folder(), &target) {
            Err(error) if is_taken(&error) => return Ok(Created::AlreadyThere),
            renamed => renamed?,
        }
        self.finished = true;
        self.disk.sync_folder(&self.parent)?;
        Ok(Created::New)
    }

    fn folder_name(&self) -> String {
        format!("{STAGING}{}-{}", self.name, self.run)
    }

    /// Where the set is written.
    fn folder(&self) -> PathBuf {
        self.parent.join(self.folder_name())
    }

    /// Confirms the names in every folder of the set.
    fn confirm(&self) -> Result<(), DiskError> {
        self.folders.iter().rev().try_for_each(|folder| self.disk.sync_folder(folder))?;
        self.disk.sync_folder(&self.folder())
    }
}

impl Drop for Staging<'_> {
    fn drop(&mut self) {
        if !self.finished {
            // What cannot be removed now, the next repair removes.
            drop(self.disk.remove_tree(&self.folder()));
        }
    }
}

/// Moves a whole set into its place, the old one out of it.
pub(super) fn move_in(disk: &Disk, parent: &Path, name: &str, ready: &Path) -> Result<PublishOutcome, DiskError> {
    let (target, previous) = (parent.join(name), parent.join(format!("{PREVIOUS}{name}")));
    let staged = || PublishOutcome::Staged { staged: ready.to_path_buf(), folder: target.clone() };
    let replaces = disk.exists(&target)?;
    if replaces {
        discard(disk, parent, name)?;
        match disk.rename(&target, &previous) {
            Err(error) if error.is_open_elsewhere() => return Ok(staged()),
            moved => moved?,
        }
    }
    match disk.rename(ready, &target) {
        Err(error) if error.is_open_elsewhere() => {
            if replaces {
                disk.rename(&previous, &target)?;
                disk.sync_folder(parent)?;
            }
            return Ok(staged());
        }
        moved => moved?,
    }
    disk.sync_folder(parent)?;
    discard(disk, parent, name)?;
    Ok(PublishOutcome::Published { folder: target })
}

/// Removes the set that stepped aside, where there is one.
pub(super) fn discard(disk: &Disk, parent: &Path, name: &str) -> Result<(), DiskError> {
    remove_aside(disk, parent, &format!("{PREVIOUS}{name}"))
}

/// Removes a folder of a hidden name under a name that says so, in which it is put at once: whatever is called
/// `.previous-` or `.ready-` is then always whole, and a run whose staging folder is taken away loses all of it or none.
pub(super) fn remove_aside(disk: &Disk, parent: &Path, name: &str) -> Result<(), DiskError> {
    let folder = parent.join(name);
    if !disk.exists(&folder)? {
        return Ok(());
    }
    let discarded = parent.join(format!("{DISCARD}{}", name.trim_start_matches('.')));
    disk.remove_tree(&discarded)?;
    disk.rename(&folder, &discarded)?;
    disk.sync_folder(parent)?;
    disk.remove_tree(&discarded)?;
    disk.sync_folder(parent)
}

/// The folders below `root` that hold `path`, outermost first.
fn folders_between(root: &Path, path: &Path) -> Vec<PathBuf> {
    let above = path.ancestors().skip(1).take_while(|folder| *folder != root);
    let mut folders: Vec<PathBuf> = above.map(Path::to_path_buf).collect();
    folders.reverse();
    folders
}

/// True where a rename failed because the target holds files already.
fn is_taken(error: &DiskError) -> bool {
    matches!(error.source.kind(), io::ErrorKind::DirectoryNotEmpty | io::ErrorKind::AlreadyExists)
}

fn unsafe_name(path: &Path) -> DiskError {
    let source = io::Error::new(io::ErrorKind::InvalidInput, "the name could lead outside its folder or is not a plain name");
    DiskError::new(OperationKind::CreateFile, path, source)
}
