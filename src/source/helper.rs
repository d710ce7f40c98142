//! Workbooks in xls, xlsb and ods are read in a second process of this program, with a limit on its memory and its time:
//! their readers may crash or ask for any amount of memory on a damaged file, and only the process then ends.
//!
//! The helper is given the file's bytes on its input (the very bytes that were digested) and answers on its output.

use crate::base::finding::{Code, Finding, Findings};
use crate::base::origin::{Origin, SheetName};
use crate::source::excel::{check_container, read_older};
use crate::source::guard::guarded;
use crate::source::kind::Kind;
use crate::source::limits::Limits;
use crate::source::raw::RawSheet;
use crate::source::wire::{Answer, decode, encode};
use crate::source::{codes, notes};
use std::io::{self, Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, mpsc};
use std::time::Duration;

/// The first argument that makes this program the helper: `throughline read-legacy MEMORY CELLS`.
pub const HELPER_COMMAND: &str = "read-legacy";

/// Reads a file with the helper.
pub fn read(file: &str, bytes: &[u8], kind: Kind, limits: &Limits) -> (Option<Vec<RawSheet>>, Findings) {
    match ask(bytes, kind, limits) {
        Ok(answer) => unpack(file, kind, answer),
        Err(mut refusal) => {
            refusal.origin.get_or_insert_with(|| Origin::file(file));
            (None, Findings(vec![*refusal]))
        }
    }
}

fn refuse(code: Code, found: impl Into<String>, hint: &str) -> Box<Finding> {
    Box::new(code.nowhere().found(found).hint(hint))
}

const SAVE_ANEW: &str = "Open the file in Excel and save it as .xlsx.";

fn ask(bytes: &[u8], kind: Kind, limits: &Limits) -> Result<Answer, Box<Finding>> {
    let Some(program) = &limits.helper else { return Err(refuse(codes::NO_HELPER, kind.name(), SAVE_ANEW)) };
    if kind != Kind::Old {
        check_container(bytes, limits)?;
    }
    let mut command = Command::new(program);
    command.arg(HELPER_COMMAND).arg(limits.helper_memory.to_string()).arg(limits.cells.to_string());
    let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
    let mut child = child.map_err(|fault| refuse(codes::NO_HELPER, fault.to_string(), SAVE_ANEW))?;
    let heard = converse(&mut child, bytes, limits);
    let _ = child.kill();
    let status = child.wait();
    let reply = heard?;
    decode(&reply).ok_or_else(|| refuse(codes::HELPER_FAILED, ending(status), SAVE_ANEW))
}

/// Sends the bytes and hears the reply, within the limits of time and size. Where a limit is met, the caller ends the
/// child, which ends the threads.
fn converse(child: &mut Child, bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, Box<Finding>> {
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(refuse(codes::HELPER_FAILED, "no connection to the helper", SAVE_ANEW));
    };
    let (sender, receiver) = mpsc::channel();
    let most = limits.helper_answer;
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let _ = input.write_all(bytes);
        });
        scope.spawn(move || {
            let mut reply = Vec::new();
            let _ = output.take(most.saturating_add(1)).read_to_end(&mut reply);
            let _ = sender.send(reply);
        });
        let reply = receiver.recv_timeout(Duration::from_secs(limits.helper_seconds));
        if reply.is_err() || reply.as_ref().is_ok_and(|reply| reply.len() as u64 > most) {
            let _ = child.kill();
        }
        match reply {
            Ok(reply) if reply.len() as u64 <= most => Ok(reply),
            Ok(_) => Err(refuse(codes::OVER_LIMIT, format!("more than {most} bytes of cells (helper_answer)"), SAVE_ANEW)),
            Err(_) => {
                let found = format!("{} seconds (helper_seconds)", limits.helper_seconds);
                Err(refuse(codes::HELPER_TIMEOUT, found, SAVE_ANEW))
            }
        }
    })
}

fn ending(status: io::Result<ExitStatus>) -> String {
    status.map_or_else(|fault| fault.to_string(), |status| format!("the helper ended early ({status})"))
}

fn unpack(file: &str, kind: Kind, answer: Answer) -> (Option<Vec<RawSheet>>, Findings) {
    let mut findings = Findings::new();
    let place = Origin::file(file);
    if answer.password {
        return (None, Findings(vec![Kind::Protected.refusal(file)]));
    }
    if !answer.refused.is_empty() {
        return (None, Findings(vec![codes::HELPER_FAILED.at(place).found(answer.refused).hint(SAVE_ANEW)]));
    }
    let code = if kind == Kind::Binary { codes::BINARY_WORKBOOK } else { codes::OLDER_FORMAT };
    findings.push(code.at(place).found(kind.name()).hint("Save the file as .xlsx where indents, tables or hidden parts matter."));
    for (sheet, reason) in answer.failed {
        let place = Origin::sheet(&Arc::new(SheetName::new(file, sheet)));
        findings.push(codes::HELPER_FAILED.at(place).found(reason).hint(SAVE_ANEW));
    }
    let mut sheets = answer.sheets;
    for sheet in &mut sheets {
        sheet.name = Arc::new(SheetName::new(file, sheet.name.sheet.clone()));
        notes::of_sheet(sheet, &mut findings);
    }
    (Some(sheets), findings)
}

/// The helper's whole life: takes its memory limit and its limit on cells from the arguments after [`HELPER_COMMAND`], a
/// file's bytes from standard input, and writes its answer to standard output. Returns the exit code.
#[must_use]
pub fn legacy_child_main(arguments: &[String]) -> u8 {
    let number = |place: usize| arguments.get(place).and_then(|text| text.parse::<u64>().ok());
    let (Some(memory), Some(cells)) = (number(0), number(1)) else { return 2 };
    if limit_memory(memory).is_err() {
        return 3;
    }
    let limits = Limits { cells: usize::try_from(cells).unwrap_or(usize::MAX), ..Limits::default() };
    let mut bytes = Vec::new();
    if io::stdin().lock().read_to_end(&mut bytes).is_err() {
        return 3;
    }
    let answer = guarded(|| read_older(&bytes, Kind::of(&bytes), &limits));
    let answer = answer.unwrap_or_else(|fault| Answer { refused: fault, ..Answer::default() });
    drop(bytes);
    let mut output = io::stdout().lock();
    let sent = output.write_all(&encode(&answer)).and_then(|()| output.flush());
    if sent.is_ok() { 0 } else { 3 }
}

#[cfg(unix)]
fn limit_memory(bytes: u64) -> io::Result<()> {
    rlimit::setrlimit(rlimit::Resource::AS, bytes, bytes)
}

/// Elsewhere the time limit and the size of the answer hold, and the process stands apart all the same.
#[cfg(not(unix))]
fn limit_memory(_bytes: u64) -> io::Result<()> {
    Ok(())
}
