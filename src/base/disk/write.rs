//! Writing: each write is confirmed by the disk before it counts.

use super::operation::Verdict;
use super::publish::WRITING;
use super::{Created, Disk, DiskError, OperationKind};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

impl Disk {
    /// Makes a folder and those above it, where they are missing, and confirms each in the folder above.
    ///
    /// # Errors
    /// [`DiskError`] where one cannot be made.
    pub fn create_folder(&self, folder: &Path) -> Result<(), DiskError> {
        let mut missing = Vec::new();
        let mut above = Some(folder);
        while let Some(path) = above.filter(|path| !path.as_os_str().is_empty()) {
            if self.is_folder(path)? {
                break;
            }
            missing.push(path);
            above = path.parent();
        }
        for path in missing.into_iter().rev() {
            match self.create_one_folder(path) {
                Err(error) if error.source.kind() == io::ErrorKind::AlreadyExists && self.is_folder(path)? => {}
                made => made?,
            }
            self.sync_folder(&folder_of(path))?;
        }
        Ok(())
    }

    /// Makes one folder, in a folder that is there, of a name that must be free.
    pub(super) fn create_one_folder(&self, folder: &Path) -> Result<(), DiskError> {
        self.perform(OperationKind::CreateFolder, folder, || fs::create_dir(folder))
    }

    /// Writes a file of a name that must be free, and waits for the disk. The name itself is confirmed only when its
    /// folder is ([`Self::sync_folder`]).
    pub(super) fn write_new(&self, path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
        let create = || OpenOptions::new().write(true).create_new(true).open(path);
        let mut file = self.perform(OperationKind::CreateFile, path, create)?;
        self.write_all(&mut file, path, bytes)?;
        self.perform(OperationKind::SyncFile, path, || file.sync_all())
    }

    fn write_all(&self, file: &mut File, path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
        let failed = |source| DiskError {
            bytes: u64::try_from(bytes.len()).ok(),
            ..DiskError::new(OperationKind::WriteFile, path, source)
        };
        match self.admit(OperationKind::WriteFile, path) {
            Verdict::Proceed => file.write_all(bytes).map_err(failed),
            Verdict::Fail(source) => Err(failed(source)),
            Verdict::Tear => {
                file.write_all(&bytes[..bytes.len() / 2]).map_err(failed)?;
                Err(failed(io::Error::other("the run was cut off")))
            }
        }
    }

    /// Replaces a file as a whole, or makes it: a reader finds the old bytes or the new.
    ///
    /// # Errors
    /// [`DiskError`]; the old file is then still there.
    pub fn replace_file(&self, path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
        let beside = self.write_beside(path, bytes)?;
        self.rename(&beside, path).inspect_err(|_| drop(self.remove_file(&beside)))?;
        self.sync_folder(&folder_of(path))
    }

    /// Makes a file whose name must be free, as a whole: of two runs at once, one makes it and the other is told
    /// [`Created::AlreadyThere`]; neither overwrites.
    ///
    /// # Errors
    /// [`DiskError`]; nothing of that name has then been made.
    pub fn create_new_file(&self, path: &Path, bytes: &[u8]) -> Result<Created, DiskError> {
        if self.exists(path)? {
            return Ok(Created::AlreadyThere);
        }
        let beside = self.write_beside(path, bytes)?;
        let linked = self.perform(OperationKind::Link, path, || fs::hard_link(&beside, path));
        self.remove_file(&beside)?;
        match linked {
            Ok(()) => self.sync_folder(&folder_of(path)).map(|()| Created::New),
            Err(error) if error.source.kind() == io::ErrorKind::AlreadyExists => Ok(Created::AlreadyThere),
            Err(error) => Err(error),
        }
    }

    /// Adds bytes to the end of a file, or makes it, and waits for the disk. A crash may leave a part of the last
    /// addition, never touch an earlier one.
    ///
    /// # Errors
    /// [`DiskError`].
    pub fn append_file(&self, path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
        let open = || OpenOptions::new().append(true).create(true).open(path);
        let mut file = self.perform(OperationKind::AppendFile, path, open)?;
        self.write_all(&mut file, path, bytes)?;
        self.perform(OperationKind::SyncFile, path, || file.sync_all())?;
        self.sync_folder(&folder_of(path))
    }

    /// Waits until the disk holds the names in a folder. Where a system cannot do that for folders (Windows, some
    /// network shares) there is nothing to wait for.
    pub(super) fn sync_folder(&self, folder: &Path) -> Result<(), DiskError> {
        self.perform(OperationKind::SyncFolder, folder, || {
            if !cfg!(unix) {
                return Ok(());
            }
            match File::open(folder)?.sync_all() {
                Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
                synced => synced,
            }
        })
    }

    /// Renames once.
    fn rename_once(&self, from: &Path, to: &Path) -> Result<(), DiskError> {
        self.perform(OperationKind::Rename, to, || fs::rename(from, to))
    }

    /// Renames; where another program has a file open, tries for about 10 seconds.
    pub(super) fn rename(&self, from: &Path, to: &Path) -> Result<(), DiskError> {
        const ATTEMPTS: u32 = 40;
        for _ in 1..ATTEMPTS {
            match self.rename_once(from, to) {
                Err(error) if error.is_open_elsewhere() => std::thread::sleep(self.pause),
                done => return done,
            }
        }
        self.rename_once(from, to)
    }

    /// Removes a file; one that is not there is as good as removed.
    pub(super) fn remove_file(&self, path: &Path) -> Result<(), DiskError> {
        self.perform(OperationKind::RemoveFile, path, || gone(fs::remove_file(path)))
    }

    /// Removes a folder and all in it, or a file, or a link (not what it points to).
    pub(super) fn remove_tree(&self, path: &Path) -> Result<(), DiskError> {
        let is_folder = self.perform(OperationKind::Inspect, path, || match fs::symlink_metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            found => found.map(|metadata| Some(metadata.is_dir())),
        })?;
        match is_folder {
            None => Ok(()),
            Some(false) => self.remove_file(path),
            Some(true) => {
                let entries = self.perform(OperationKind::ListFolder, path, || entries_of(path))?;
                entries.iter().try_for_each(|entry| self.remove_tree(entry))?;
                self.perform(OperationKind::RemoveFolder, path, || gone(fs::remove_dir(path)))
            }
        }
    }

    /// Writes bytes to a file beside another, ready to take its name.
    fn write_beside(&self, path: &Path, bytes: &[u8]) -> Result<PathBuf, DiskError> {
        let beside = beside(path);
        let written = self.write_new(&beside, bytes).inspect_err(|_| drop(self.remove_file(&beside)));
        written.map(|()| beside)
    }
}

/// The folder that holds a path; the current one for a bare name.
pub(super) fn folder_of(path: &Path) -> PathBuf {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_path_buf()
}

/// A hidden name beside a file's, which no other run or thread uses; [`super::repair`] removes one that a crash left.
fn beside(path: &Path) -> PathBuf {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let count = COUNT.fetch_add(1, Ordering::SeqCst);
    path.with_file_name(format!("{WRITING}{name}-{}-{count}", std::process::id()))
}

fn gone(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

fn entries_of(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<PathBuf>>>()?;
    paths.sort();
    Ok(paths)
}
