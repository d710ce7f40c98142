//! `throughline init DIR [--sample]`: a new workspace.

use super::exit::Exit;
use crate::base::disk::Disk;
use crate::pipeline::init::{self, Contents, InitError};
use std::path::PathBuf;

/// Make a new workspace: settings, blank input workbooks with dropdowns and notes, and a place for outputs
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder to make it in
    dir: PathBuf,
    /// Fill it with the sample portfolio instead of blank workbooks
    #[arg(long)]
    sample: bool,
}

pub fn run(args: &Args) -> Exit {
    let contents = if args.sample { Contents::Sample } else { Contents::Blank };
    match init::new_workspace(&Disk::real(), &args.dir, contents) {
        Ok(files) => {
            let dir = args.dir.display();
            anstream::println!("Made a workspace in {dir}: {} files.", files.len());
            for file in files {
                anstream::println!("  {file}");
            }
            anstream::println!(
                "\nNext: fill in the workbooks under {dir}/inputs, then run\n  throughline check {dir}\n  throughline run {dir}"
            );
            Exit::Done
        }
        Err(InitError::Exists(path)) => {
            anstream::eprintln!("error: {} is there already; nothing was changed", path.display());
            anstream::eprintln!("hint: name an empty or a new folder");
            Exit::Usage
        }
        Err(InitError::Internal(message)) => {
            anstream::eprintln!("error: {message}");
            Exit::Internal
        }
        Err(InitError::Disk(error)) => {
            anstream::eprintln!("error: {error}");
            Exit::Disk
        }
    }
}
