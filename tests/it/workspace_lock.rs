//! One run at a time, with real processes: this binary starts itself as a child that takes the lock and waits.

use crate::harness::{is_full_tier, test};
use libtest_mimic::Trial;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use throughline::base::disk::{Disk, WorkspaceLock};

/// Names the folder that a child is to lock.
const FOLDER: &str = "THROUGHLINE_TEST_LOCK_FOLDER";
const PROCESSES: usize = 16;

pub fn trials() -> Vec<Trial> {
    vec![
        test("workspace_lock::of_sixteen_processes_one_wins_and_the_others_are_told_who", one_wins),
        test("workspace_lock::a_killed_run_does_not_block_the_next", killed_run),
    ]
}

fn rounds() -> usize {
    if is_full_tier() { 100 } else { 10 }
}

/// What a child does: takes the lock, says how it went, and holds on until its input ends. False where this is no child.
pub fn run_as_child() -> bool {
    let Some(folder) = std::env::var_os(FOLDER) else { return false };
    let lock = WorkspaceLock::acquire(&Disk::real(), Path::new(&folder), "throughline run");
    match &lock {
        Ok(_) => println!("won"),
        Err(error) => println!("lost: {error}"),
    }
    if lock.is_ok() {
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
    }
    true
}

fn child(folder: &Path) -> Child {
    let program = std::env::current_exe().expect("this program");
    let mut command = Command::new(program);
    command.env(FOLDER, folder).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("started")
}

fn said(child: &mut Child) -> String {
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut line).expect("a line");
    line.trim().into()
}

fn one_wins() {
    let folder = tempfile::tempdir().expect("a folder");
    for round in 0..rounds() {
        let mut children: Vec<Child> = (0..PROCESSES).map(|_| child(folder.path())).collect();
        let said: Vec<String> = children.iter_mut().map(said).collect();
        for child in &mut children {
            drop(child.stdin.take());
            child.wait().expect("ended");
        }
        let lost = "lost: another run holds this workspace (throughline run): wait until it has finished";
        assert_eq!(said.iter().filter(|line| *line == "won").count(), 1, "round {round}: {said:?}");
        assert_eq!(said.iter().filter(|line| *line == lost).count(), PROCESSES - 1, "round {round}: {said:?}");
    }
}

fn killed_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut holder = child(folder.path());
    assert_eq!(said(&mut holder), "won");
    for round in 0..rounds() {
        let mut other = child(folder.path());
        assert!(said(&mut other).starts_with("lost"), "round {round}");
        other.wait().expect("ended");
        holder.kill().expect("killed");
        holder.wait().expect("ended");
        holder = child(folder.path());
        assert_eq!(said(&mut holder), "won", "round {round}");
    }
    holder.kill().expect("killed");
    holder.wait().expect("ended");
}
