//! Progress on the terminal: a bar while a long stage works, nothing where standard error is no terminal.

use crate::pipeline::run::{Stage, Watcher};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal as _;

/// Shows the stages of a run.
#[derive(Debug)]
pub struct Progress {
    bar: Option<ProgressBar>,
}

impl Progress {
    /// A bar on a terminal; silent elsewhere and where silence was asked for.
    #[must_use]
    pub fn new(wanted: bool) -> Self {
        if !wanted || !std::io::stderr().is_terminal() {
            return Self { bar: None };
        }
        let bar = ProgressBar::new(Stage::ALL.len() as u64);
        if let Ok(style) = ProgressStyle::with_template("{bar:24} {pos}/{len} {msg}") {
            bar.set_style(style);
        }
        Self { bar: Some(bar) }
    }
}

impl Watcher for Progress {
    fn stage(&self, stage: Stage) {
        if let Some(bar) = &self.bar {
            bar.set_position(Stage::ALL.iter().position(|known| *known == stage).unwrap_or(0) as u64);
            bar.set_message(stage.words());
            bar.tick();
        }
    }

    fn done(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
