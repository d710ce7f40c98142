//! Reading: whole files within a limit, and trees of files in one order.

use super::{Disk, DiskError, OperationKind};
use std::fs::{self, File};
use std::io::{self, Read, Seek};
use std::path::{Path, PathBuf};

/// How deep a tree of inputs may be.
pub const MAX_TREE_DEPTH: usize = 32;

/// How many files and folders a tree of inputs may hold.
pub const MAX_TREE_FILES: usize = 100_000;

/// A file in a tree.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TreeFile {
    /// Its path below the tree's folder, with `/` between parts.
    pub name: String,
    /// Its path.
    pub path: PathBuf,
    /// Its size in bytes.
    pub bytes: u64,
}

/// Something in a tree that is not read, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skipped {
    /// Its path below the tree's folder, with `/` between parts.
    pub name: String,
    /// Why it is not read.
    pub reason: String,
}

/// The files of a folder and of the folders in it, sorted by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    /// The files.
    pub files: Vec<TreeFile>,
    /// What is not read: links, devices, names that are not text.
    pub skipped: Vec<Skipped>,
}

impl Disk {
    /// Reads a whole file. One that changes while it is read is an error, not a mixture: it is read twice and compared.
    ///
    /// # Errors
    /// [`DiskError`], also where the file is larger than `max_bytes` (nothing is read then) or not a file.
    pub fn read_file(&self, path: &Path, max_bytes: u64) -> Result<Vec<u8>, DiskError> {
        self.perform(OperationKind::ReadFile, path, || {
            let size = regular_size(path)?;
            if size > max_bytes {
                return Err(too_large(size, max_bytes));
            }
            read_steadily(&mut File::open(path)?, size, max_bytes)
        })
    }

    /// Reads a whole file where there is one; none where there is not.
    ///
    /// # Errors
    /// As [`Self::read_file`], but for a file that does not exist.
    pub fn read_file_if_there(&self, path: &Path, max_bytes: u64) -> Result<Option<Vec<u8>>, DiskError> {
        match self.read_file(path, max_bytes) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The size of a file in bytes.
    ///
    /// # Errors
    /// [`DiskError`] where that cannot be seen, or it is not a file.
    pub fn file_size(&self, path: &Path) -> Result<u64, DiskError> {
        self.perform(OperationKind::Inspect, path, || regular_size(path))
    }

    /// True where there is something of this name, a dangling link included.
    ///
    /// # Errors
    /// [`DiskError`] where that cannot be seen.
    pub fn exists(&self, path: &Path) -> Result<bool, DiskError> {
        self.perform(OperationKind::Inspect, path, || match fs::symlink_metadata(path) {
            Ok(_) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        })
    }

    /// True where there is a folder of this name.
    ///
    /// # Errors
    /// [`DiskError`] where that cannot be seen.
    pub fn is_folder(&self, path: &Path) -> Result<bool, DiskError> {
        self.perform(OperationKind::Inspect, path, || match fs::metadata(path) {
            Ok(metadata) => Ok(metadata.is_dir()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        })
    }

    /// The names in a folder, sorted; those that are not text are left out. No folder: no names.
    ///
    /// # Errors
    /// [`DiskError`] where it cannot be listed.
    pub fn list_folder(&self, folder: &Path) -> Result<Vec<String>, DiskError> {
        self.perform(OperationKind::ListFolder, folder, || {
            let mut names: Vec<String> = Vec::new();
            match fs::read_dir(folder) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(names),
                entries => entries?.try_for_each(|entry| -> io::Result<()> {
                    names.extend(entry?.file_name().into_string().ok());
                    Ok(())
                })?,
            }
            names.sort();
            Ok(names)
        })
    }

    /// Every file below a folder, sorted by name. Links inside it are not followed: what they point to is either in the
    /// tree already or outside it.
    ///
    /// # Errors
    /// [`DiskError`] where a folder cannot be listed, or the tree is deeper than [`MAX_TREE_DEPTH`] or holds more than
    /// [`MAX_TREE_FILES`].
    pub fn list_tree(&self, folder: &Path) -> Result<Tree, DiskError> {
        let mut tree = Tree::default();
        let mut folders = vec![(folder.to_path_buf(), String::new(), 0)];
        while let Some((path, prefix, depth)) = folders.pop() {
            self.perform(OperationKind::ListFolder, &path, || {
                for entry in fs::read_dir(&path)? {
                    if let Some(name) = sort_out(&entry?, &prefix, &mut tree)? {
                        folders.push((path.join(&name), format!("{prefix}{name}/"), depth + 1));
                    }
                }
                let too_deep = folders.iter().any(|(_, _, depth)| *depth > MAX_TREE_DEPTH);
                let too_many = tree.files.len() + tree.skipped.len() + folders.len() > MAX_TREE_FILES;
                if too_deep || too_many { Err(too_wide(too_deep)) } else { Ok(()) }
            })?;
        }
        tree.files.sort();
        tree.skipped.sort();
        Ok(tree)
    }
}

/// Puts an entry of a folder among the files or the skipped; returns the name of one that is a folder itself.
fn sort_out(entry: &fs::DirEntry, prefix: &str, tree: &mut Tree) -> io::Result<Option<String>> {
    let kind = entry.file_type()?;
    let name = match entry.file_name().into_string() {
        Ok(name) => name,
        Err(name) => {
            let name = format!("{prefix}{}", name.to_string_lossy());
            tree.skipped.push(Skipped { name, reason: "its name is not text".into() });
            return Ok(None);
        }
    };
    if kind.is_dir() {
        return Ok(Some(name));
    }
    let full = format!("{prefix}{name}");
    if kind.is_file() {
        tree.files.push(TreeFile { name: full, path: entry.path(), bytes: entry.metadata()?.len() });
    } else {
        let reason = if kind.is_symlink() { "it is a link, and links are not followed" } else { "it is not a file" };
        tree.skipped.push(Skipped { name: full, reason: reason.into() });
    }
    Ok(None)
}

/// The size of a file; an error for a folder, a pipe or a device, which must not even be opened.
fn regular_size(path: &Path) -> io::Result<u64> {
    let metadata = fs::metadata(path)?;
    match (metadata.is_file(), metadata.is_dir()) {
        (true, _) => Ok(metadata.len()),
        (_, true) => Err(io::ErrorKind::IsADirectory.into()),
        _ => Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a file")),
    }
}

/// Reads to the end, twice; an error where the two differ, for what was read may then be part old and part new.
fn read_steadily(file: &mut (impl Read + Seek), size: u64, max_bytes: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
    let read = file.by_ref().take(max_bytes.saturating_add(1)).read_to_end(&mut bytes)?;
    if u64::try_from(read).is_ok_and(|read| read > max_bytes) {
        return Err(too_large(max_bytes.saturating_add(1), max_bytes));
    }
    file.rewind()?;
    if same_bytes(file, &bytes)? { Ok(bytes) } else { Err(changed()) }
}

/// True where a file holds exactly these bytes.
fn same_bytes(file: &mut impl Read, bytes: &[u8]) -> io::Result<bool> {
    let mut chunk = vec![0; 64 * 1024];
    let mut rest = bytes;
    loop {
        let count = file.read(&mut chunk)?;
        if count == 0 {
            return Ok(rest.is_empty());
        }
        match rest.split_at_checked(count) {
            Some((expected, after)) if *expected == chunk[..count] => rest = after,
            _ => return Ok(false),
        }
    }
}

fn changed() -> io::Error {
    io::Error::new(io::ErrorKind::Interrupted, "it changed while it was read: wait until it is saved, and run again")
}

fn too_large(size: u64, max_bytes: u64) -> io::Error {
    io::Error::new(io::ErrorKind::FileTooLarge, format!("it has {size} bytes, and the limit is {max_bytes}"))
}

fn too_wide(too_deep: bool) -> io::Error {
    let (limit, what) =
        if too_deep { (MAX_TREE_DEPTH, "folders inside one another") } else { (MAX_TREE_FILES, "files and folders") };
    io::Error::new(io::ErrorKind::InvalidInput, format!("it has more than {limit} {what}: choose a smaller folder"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::SeekFrom;

    const SIZE: usize = 4_000;

    /// A file of one byte value, which another program saves anew, with another value and size, at the n-th read.
    struct Restless {
        value: u8,
        size: usize,
        position: usize,
        reads_until_saved: usize,
    }

    impl Read for Restless {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if self.reads_until_saved == 0 {
                self.value = 2;
                self.size = SIZE + 7;
            }
            self.reads_until_saved = self.reads_until_saved.wrapping_sub(1);
            let count = buffer.len().min(100).min(self.size.saturating_sub(self.position));
            buffer[..count].fill(self.value);
            self.position += count;
            Ok(count)
        }
    }

    impl Seek for Restless {
        fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
            assert_eq!(to, SeekFrom::Start(0));
            self.position = 0;
            Ok(0)
        }
    }

    #[test]
    fn a_file_saved_while_it_is_read_is_refused_or_read_as_one_state_of_it() {
        let mut refused = 0;
        for reads_until_saved in 0..100 {
            let mut file = Restless { value: 1, size: SIZE, position: 0, reads_until_saved };
            match read_steadily(&mut file, SIZE as u64, 1_000_000) {
                Ok(bytes) => {
                    assert!(bytes == [1; SIZE] || bytes == [2; SIZE + 7], "a mixture, saved at read {reads_until_saved}")
                }
                Err(error) => {
                    assert_eq!(error.kind(), io::ErrorKind::Interrupted);
                    refused += 1;
                }
            }
        }
        // Forty reads and one that finds the end, twice: all but the very first and those after the end are in between.
        assert!((78..=82).contains(&refused), "{refused} refused");
    }
}
