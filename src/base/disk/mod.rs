//! The one door to the disk: everything that reads or writes goes through a [`Disk`], which numbers each operation in
//! order. A test can make operation N fail and so prove what a crash or a full disk at that point leaves behind.
//!
//! Promises: a set of outputs appears whole or not at all ([`Staging`], [`repair`]); success is reported only after the
//! disk has confirmed it (fsync); a name out of data never leaves its folder ([`safe_file_name`]); errors name the path
//! and what is needed.
//!
//! Does not return times of files: nothing may depend on a clock. Links are never followed inside a tree.

mod lock;
mod name;
mod operation;
mod publish;
mod read;
mod repair;
#[cfg(test)]
mod tests;
mod write;

pub use lock::{LockError, WorkspaceLock};
pub use name::{MAX_NAME_BYTES, is_safe_file_name, safe_file_name};
pub use operation::{DiskError, Fault, FaultKind, Operation, OperationKind};
pub use publish::{Created, PublishOutcome, Staging};
pub use read::{MAX_TREE_DEPTH, MAX_TREE_FILES, Skipped, Tree, TreeFile};
pub use repair::{Repair, repair};

use operation::Verdict;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// A handle on the disk. It may be shared between threads.
#[derive(Debug)]
pub struct Disk {
    count: AtomicU64,
    log: Option<Mutex<Vec<Operation>>>,
    fault: Option<Fault>,
    pause: Duration,
}

impl Disk {
    /// The disk.
    #[must_use]
    pub const fn real() -> Self {
        Self { count: AtomicU64::new(0), log: None, fault: None, pause: Duration::from_millis(250) }
    }

    /// The disk, with a record of every operation, for tests of their order.
    #[must_use]
    pub fn recording() -> Self {
        Self { log: Some(Mutex::new(Vec::new())), ..Self::real() }
    }

    /// The disk with a fault, for tests; it records its operations, and does not wait between attempts.
    #[must_use]
    pub fn faulty(fault: Fault) -> Self {
        Self { fault: Some(fault), pause: Duration::ZERO, ..Self::recording() }
    }

    /// How many operations there have been.
    #[must_use]
    pub fn operation_count(&self) -> u64 {
        self.count.load(Ordering::SeqCst)
    }

    /// The operations so far, in order; none unless they are recorded.
    #[must_use]
    pub fn operations(&self) -> Vec<Operation> {
        self.log.as_ref().map(|log| log.lock().unwrap_or_else(PoisonError::into_inner).clone()).unwrap_or_default()
    }

    /// Does one operation, unless a fault befalls it.
    fn perform<T>(&self, kind: OperationKind, path: &Path, action: impl FnOnce() -> io::Result<T>) -> Result<T, DiskError> {
        match self.admit(kind, path) {
            Verdict::Proceed => action().map_err(|source| DiskError::new(kind, path, source)),
            Verdict::Tear => Err(DiskError::new(kind, path, io::Error::other("the run was cut off"))),
            Verdict::Fail(source) => Err(DiskError::new(kind, path, source)),
        }
    }

    /// Numbers and records an operation, and says what is to happen to it.
    fn admit(&self, kind: OperationKind, path: &Path) -> Verdict {
        let record = |number| {
            if let Some(log) = &self.log {
                let operation = Operation { number, kind, path: path.to_path_buf() };
                log.lock().unwrap_or_else(PoisonError::into_inner).push(operation);
            }
        };
        let number = self.count.fetch_add(1, Ordering::SeqCst) + 1;
        record(number);
        self.fault.map_or(Verdict::Proceed, |fault| fault.verdict(number, kind))
    }
}
