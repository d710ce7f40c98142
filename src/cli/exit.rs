//! Exit codes: what a scheduler learns from a run.

use std::process::ExitCode;

/// How the program ended. `130` and `143` are given by the system where the program is interrupted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: published, whatever the findings; or nothing was to publish and nothing is wrong.
    Done,
    /// 1: `check` found errors in the workbooks.
    ErrorsFound,
    /// 2: the command line or the settings cannot be used.
    Usage,
    /// 3: something cannot be read or written.
    Disk,
    /// 4: another run holds the workspace.
    Held,
    /// 5: staged, but not published: an output is open in another program.
    Staged,
    /// 6: `run --strict` met errors and published nothing.
    Strict,
    /// 70: an internal check failed; nothing was published.
    Internal,
}

impl Exit {
    /// The number.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::ErrorsFound => 1,
            Self::Usage => 2,
            Self::Disk => 3,
            Self::Held => 4,
            Self::Staged => 5,
            Self::Strict => 6,
            Self::Internal => 70,
        }
    }

    /// The number as the system takes it.
    #[must_use]
    pub fn code(self) -> ExitCode {
        ExitCode::from(self.number())
    }
}
