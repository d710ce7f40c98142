//! One run at a time in a workspace. The system lets go of the lock when a run ends, however it ends.

use super::{Disk, DiskError, OperationKind};
use std::fmt;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The file that is locked. It is never removed: removing it would let two runs lock two files of one name.
const LOCK_FILE: &str = ".throughline.lock";
/// Who holds it, in words; apart from the lock, because a locked file cannot be read on every system.
const HOLDER_FILE: &str = ".throughline.holder";

/// The lock of a workspace, held until it is dropped.
///
/// A courtesy, not the guarantee: network shares may ignore locks. What must never be lost is made under a name that has
/// to be free ([`Disk::create_new_file`], [`Staging::publish_new`](super::Staging::publish_new)).
#[derive(Debug)]
pub struct WorkspaceLock {
    _file: File,
    holder: PathBuf,
    exclusive: bool,
}

/// Why a workspace could not be locked.
#[derive(Debug)]
pub enum LockError {
    /// Another run holds it.
    Held {
        /// What that run said it does.
        by: String,
    },
    /// The disk does not allow it.
    Disk(DiskError),
}

impl fmt::Display for LockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Held { by } if by.is_empty() => write!(f, "another run holds this workspace: wait until it has finished"),
            Self::Held { by } => write!(f, "another run holds this workspace ({by}): wait until it has finished"),
            Self::Disk(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for LockError {}

impl From<DiskError> for LockError {
    fn from(error: DiskError) -> Self {
        Self::Disk(error)
    }
}

impl WorkspaceLock {
    /// Takes the lock of a folder, at once or not at all, and notes who holds it (one line, such as the command).
    ///
    /// # Errors
    /// [`LockError::Held`] with the holder's note where another run has it; [`LockError::Disk`] where the folder cannot
    /// be written.
    pub fn acquire(disk: &Disk, folder: &Path, note: &str) -> Result<Self, LockError> {
        let path = folder.join(LOCK_FILE);
        let open = || OpenOptions::new().write(true).create(true).truncate(false).open(&path);
        let file = disk.perform(OperationKind::Lock, &path, open)?;
        let exclusive = match file.try_lock() {
            Ok(()) => true,
            Err(TryLockError::WouldBlock) => return Err(LockError::Held { by: holder(disk, folder) }),
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => false,
            Err(TryLockError::Error(source)) => return Err(DiskError::new(OperationKind::Lock, &path, source).into()),
        };
        let line: String = note.chars().map(|c| if c.is_control() { ' ' } else { c }).take(200).collect();
        let holder = folder.join(HOLDER_FILE);
        disk.perform(OperationKind::WriteFile, &holder, || note_down(&holder, &line))?;
        Ok(Self { _file: file, holder, exclusive })
    }

    /// False where the file system knows no locks, so that nothing keeps another run out.
    #[must_use]
    pub const fn is_exclusive(&self) -> bool {
        self.exclusive
    }
}

impl Drop for WorkspaceLock {
    /// Takes the note away, so that the next run is not taken for this one in the instant before it writes its own.
    fn drop(&mut self) {
        drop(fs::remove_file(&self.holder));
    }
}

/// Writes the note as a whole; only the run that holds the lock does this.
fn note_down(path: &Path, note: &str) -> io::Result<()> {
    let new = path.with_extension("new");
    fs::write(&new, note)?;
    fs::rename(&new, path)
}

/// The note of the run that holds the lock. It may have taken the lock only just now and be about to write the note, so
/// this waits for one, for less than a second.
fn holder(disk: &Disk, folder: &Path) -> String {
    for _ in 0..16 {
        let note = disk.read_file(&folder.join(HOLDER_FILE), 4_096).unwrap_or_default();
        if !note.is_empty() {
            return String::from_utf8_lossy(&note).trim().to_string();
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    String::new()
}
