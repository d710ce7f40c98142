//! The program `throughline`: parse, run, exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    throughline::cli::main()
}
