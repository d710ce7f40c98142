//! Ways to make a trial: plain, with reference data, with a program.
#![allow(dead_code, reason = "not every way is used by the trials of every version")]

use libtest_mimic::{Completion, Failed, Trial};
use std::path::{Path, PathBuf};

/// The folder that holds `Cargo.toml`.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// True in the full tier (`THROUGHLINE_TIER=full`), which repeats what the quick one tries a few times.
pub fn is_full_tier() -> bool {
    std::env::var_os("THROUGHLINE_TIER").is_some_and(|tier| tier == "full")
}

/// A trial that fails where its function panics.
pub fn test(name: &str, run: impl FnOnce() + Send + 'static) -> Trial {
    Trial::test(name, || {
        run();
        Ok(())
    })
}

/// A trial on a folder of the reference data; ignored, with the reason, where the data is not there. The data is looked
/// for in `THROUGHLINE_REFERENCE`, or else beside the repository.
pub fn reference(name: &str, folder: &str, run: impl FnOnce(&Path) + Send + 'static) -> Trial {
    let base = std::env::var_os("THROUGHLINE_REFERENCE").map_or_else(|| root().join("../shared/reference"), PathBuf::from);
    let folder = base.join(folder);
    needs(name, folder.is_dir(), "reference data not found", move || run(&folder))
}

/// A trial that runs a program of this name; ignored, with the reason, where it is not installed.
pub fn needs_program(name: &str, program: &str, run: impl FnOnce(&Path) + Send + 'static) -> Trial {
    let folders: Vec<PathBuf> = std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect()).unwrap_or_default();
    let candidates = folders.iter().flat_map(|folder| [folder.join(program), folder.join(format!("{program}.exe"))]);
    let found = candidates.into_iter().find(|path| path.is_file());
    let reason = format!("{program} not found");
    needs(name, found.is_some(), &reason, move || run(&found.unwrap_or_default()))
}

fn needs(name: &str, there: bool, reason: &str, run: impl FnOnce() + Send + 'static) -> Trial {
    let reason = reason.to_string();
    Trial::ignorable_test(name, move || -> Result<Completion, Failed> {
        if !there {
            return Ok(Completion::ignored_with(reason));
        }
        run();
        Ok(Completion::Completed)
    })
}
