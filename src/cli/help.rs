//! `throughline help [TOPIC]`: the manual, built in.

use super::Cli;
use super::exit::Exit;
use crate::docs::{self, Topic};
use clap::CommandFactory as _;

/// Help on the program, on a command, or on a topic
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A command (run, check, …) or a topic (settings, mapping, findings, …)
    topic: Option<String>,
}

pub fn run(args: &Args) -> Exit {
    let mut program = Cli::command();
    let Some(asked) = args.topic.as_deref() else {
        anstream::println!("{}\n{}", program.render_help(), topics());
        return Exit::Done;
    };
    if let Some(command) = program.find_subcommand_mut(asked) {
        anstream::println!("{}", command.render_long_help());
        return Exit::Done;
    }
    if let Some(topic) = docs::topics().into_iter().find(|topic| topic.name == asked) {
        anstream::println!("{}", topic.text);
        return Exit::Done;
    }
    anstream::eprintln!("error: there is no command or topic `{asked}`\n{}", topics());
    Exit::Usage
}

fn topics() -> String {
    let line = |topic: &Topic| format!("  {:<12} {}\n", topic.name, topic.about);
    let lines: String = docs::topics().iter().map(line).collect();
    format!("Topics (throughline help TOPIC):\n{lines}")
}
