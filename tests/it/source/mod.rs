//! Reading files: real ones, hostile ones, every format, every limit.

mod formats;
mod hostile;
mod kit;
mod limits;
mod older;
mod real;

use libtest_mimic::Trial;

/// Some trials start this binary again: as the helper that reads older formats, or to read files in a process apart.
pub fn run_as_child() -> bool {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((command, rest)) = arguments.split_first() else { return false };
    if command == throughline::source::HELPER_COMMAND {
        return throughline::source::legacy_child_main(rest) == 0;
    }
    if command == kit::REPORT_COMMAND {
        kit::report(rest);
    }
    command == kit::REPORT_COMMAND
}

pub fn trials() -> Vec<Trial> {
    [formats::trials(), hostile::trials(), limits::trials(), older::trials(), real::trials()].into_iter().flatten().collect()
}
