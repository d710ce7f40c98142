//! What is done to the disk, in order; what can go wrong with it; and faults that tests can order.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// A kind of disk operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OperationKind {
    /// Looking at what is there.
    Inspect,
    /// Reading a whole file.
    ReadFile,
    /// Listing a folder.
    ListFolder,
    /// Making a folder.
    CreateFolder,
    /// Making an empty file.
    CreateFile,
    /// Writing the bytes of a file.
    WriteFile,
    /// Adding bytes to the end of a file.
    AppendFile,
    /// Waiting until a file is on the disk (fsync).
    SyncFile,
    /// Waiting until the names in a folder are on the disk (fsync).
    SyncFolder,
    /// Giving a file or folder another name.
    Rename,
    /// Giving a file a second name, which must be free.
    Link,
    /// Removing a file.
    RemoveFile,
    /// Removing an empty folder.
    RemoveFolder,
    /// Taking the lock of a workspace.
    Lock,
}

impl OperationKind {
    /// The operation as a verb phrase, to stand between "cannot" and a path.
    const fn verb(self) -> &'static str {
        match self {
            Self::Inspect | Self::ReadFile => "read",
            Self::ListFolder => "list the folder",
            Self::CreateFolder => "make the folder",
            Self::CreateFile | Self::WriteFile | Self::AppendFile => "write",
            Self::SyncFile | Self::SyncFolder => "make sure that the disk holds",
            Self::Rename => "rename",
            Self::Link => "name",
            Self::RemoveFile | Self::RemoveFolder => "remove",
            Self::Lock => "lock",
        }
    }

    /// True where the operation takes room on the disk.
    const fn takes_room(self) -> bool {
        matches!(self, Self::CreateFolder | Self::CreateFile | Self::WriteFile | Self::AppendFile | Self::Link)
    }
}

/// One operation as it was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// Its place in the order, from 1.
    pub number: u64,
    /// What was done.
    pub kind: OperationKind,
    /// To what.
    pub path: PathBuf,
}

/// An operation that failed, with the path and what is needed for it to succeed.
#[derive(Debug)]
pub struct DiskError {
    /// What was tried.
    pub operation: OperationKind,
    /// On what.
    pub path: PathBuf,
    /// How many bytes it would have needed, where it was to write.
    pub bytes: Option<u64>,
    /// Why it failed.
    pub source: io::Error,
}

impl DiskError {
    pub(super) fn new(operation: OperationKind, path: &Path, source: io::Error) -> Self {
        Self { operation, path: path.to_path_buf(), bytes: None, source }
    }

    /// True where there is no such file or folder.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.source.kind() == io::ErrorKind::NotFound
    }

    /// True where another program holds the file open, as Excel does on Windows.
    #[must_use]
    pub fn is_open_elsewhere(&self) -> bool {
        /// `ERROR_ACCESS_DENIED`, `ERROR_SHARING_VIOLATION` and `ERROR_LOCK_VIOLATION` of Windows.
        const OPEN_ELSEWHERE: [i32; 3] = [5, 32, 33];
        let windows = cfg!(windows) && self.source.raw_os_error().is_some_and(|code| OPEN_ELSEWHERE.contains(&code));
        windows || self.source.kind() == io::ErrorKind::ResourceBusy
    }

    /// What has to be done for the operation to succeed, where that can be known.
    #[must_use]
    pub fn need(&self) -> Option<String> {
        if self.is_open_elsewhere() {
            return Some("another program has it open: close it there".into());
        }
        Some(match self.source.kind() {
            io::ErrorKind::NotFound => "it does not exist: check the path".into(),
            io::ErrorKind::PermissionDenied => format!("permission is needed to {} it", self.operation.verb()),
            io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only: choose another output folder".into(),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => match self.bytes {
                Some(bytes) => format!("the disk is full: {bytes} bytes are needed there"),
                None => "the disk is full: make room there".into(),
            },
            io::ErrorKind::IsADirectory => "it is a folder and should be a file".into(),
            io::ErrorKind::NotADirectory => "a part of it is a file and should be a folder".into(),
            _ => return None,
        })
    }
}

impl fmt::Display for DiskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {} {}: ", self.operation.verb(), self.path.display())?;
        match self.need() {
            Some(need) => write!(f, "{need} ({})", self.source),
            None => write!(f, "{}", self.source),
        }
    }
}

impl std::error::Error for DiskError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

/// A fault that a test orders, to prove that a crash or a full disk at any operation loses nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The number of the operation that it befalls.
    pub at: u64,
    /// What befalls it.
    pub kind: FaultKind,
}

/// What can befall an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The power fails: neither this operation nor any later one reaches the disk.
    Abort,
    /// The power fails half way through a write; on other operations the same as [`Self::Abort`].
    TornWrite,
    /// This one operation fails as a bad disk does.
    InputOutput,
    /// The disk is full: this operation and all later ones that take room fail.
    NoSpace,
    /// Another program has the file open: renames fail so many times from this operation on.
    OpenElsewhere {
        /// How many operations the condition lasts.
        operations: u64,
    },
}

/// What happens to an operation.
pub(super) enum Verdict {
    Proceed,
    Tear,
    Fail(io::Error),
}

impl Fault {
    /// What befalls an operation under this fault.
    pub(super) fn verdict(self, operation: u64, kind: OperationKind) -> Verdict {
        let struck = operation >= self.at;
        let fail = match self.kind {
            FaultKind::TornWrite if operation == self.at && kind == OperationKind::WriteFile => return Verdict::Tear,
            FaultKind::Abort | FaultKind::TornWrite => struck.then(|| io::Error::other("the run was cut off")),
            FaultKind::InputOutput => (operation == self.at).then(|| io::Error::other("input/output error")),
            FaultKind::NoSpace => (struck && kind.takes_room()).then(|| io::ErrorKind::StorageFull.into()),
            FaultKind::OpenElsewhere { operations } => {
                let lasts = struck && operation < self.at.saturating_add(operations);
                (lasts && kind == OperationKind::Rename).then(|| io::ErrorKind::ResourceBusy.into())
            }
        };
        fail.map_or(Verdict::Proceed, Verdict::Fail)
    }
}
