//! The command line, as its own help tells it.

use super::{MADE, cell, same};
use changegate::cli::Cli;
use clap::{Arg, Command, CommandFactory};
use std::fmt::Write;

#[test]
fn the_command_line_is_documented() {
    let mut program = Cli::command();
    program.build();
    let mut page = format!(
        "{MADE}# Command line\n\n{}\n\n`changegate help COMMAND` tells the same at a terminal, `changegate man` prints it as a manual page, and \
         `changegate completions SHELL` the completions for a shell.\n\n```text\n{}\n```\n",
        told(&program),
        program.get_after_help().expect("what the exit status means")
    );
    page.push_str("\n## Options of every command\n");
    arguments(&program, true, &mut page);
    commands(&program, &mut page);
    same("docs/cli.md", &page);
}

/// The commands of a command, and theirs.
fn commands(of: &Command, page: &mut String) {
    for command in of.get_subcommands().filter(|command| command.get_name() != "help") {
        let name = command.get_bin_name().unwrap_or_default();
        let usage = command.clone().render_usage().to_string();
        let usage: Vec<_> =
            usage.trim_start_matches("Usage: ").lines().map(|line| format!("`{}`", line.trim())).collect();
        write!(page, "\n## {name}\n\n{}\n\n{}\n", told(command), usage.join("<br>")).unwrap();
        arguments(command, false, page);
        commands(command, page);
    }
}

/// What a command itself takes; what all take is told once.
fn arguments(command: &Command, is_top: bool, page: &mut String) {
    let own = |argument: &&Arg| {
        !matches!(argument.get_id().as_str(), "help" | "version") && (is_top || !argument.is_global_set())
    };
    let (options, places): (Vec<_>, Vec<_>) =
        command.get_arguments().filter(own).partition(|argument| argument.get_long().is_some());
    if places.is_empty() && options.is_empty() {
        return;
    }
    page.push_str("\n| argument | what it is for |\n| --- | --- |\n");
    for argument in places.into_iter().chain(options) {
        let short = argument.get_short().map_or_else(String::new, |short| format!("`-{short}`, "));
        writeln!(page, "| {short}`{}` | {} |", cell(&argument.to_string()), cell(&meaning(argument))).unwrap();
    }
}

fn meaning(argument: &Arg) -> String {
    let help = argument.get_long_help().or_else(|| argument.get_help()).map(ToString::to_string).unwrap_or_default();
    let mut text = plain(&help);
    let words = argument.get_possible_values();
    if argument.get_action().takes_values() && !words.is_empty() {
        let words: Vec<_> = words
            .iter()
            .filter(|word| !word.is_hide_set())
            .map(|word| match word.get_help() {
                Some(help) => format!("`{}`: {}", word.get_name(), plain(&help.to_string())),
                None => format!("`{}`", word.get_name()),
            })
            .collect();
        write!(text, "<br>One of {}.", words.join("; ")).unwrap();
    }
    let defaults: Vec<_> =
        argument.get_default_values().iter().map(|value| format!("`{}`", value.to_string_lossy())).collect();
    if argument.get_action().takes_values() && !defaults.is_empty() {
        write!(text, "<br>By default {}.", defaults.join(", ")).unwrap();
    }
    text
}

fn told(command: &Command) -> String {
    command.get_long_about().or_else(|| command.get_about()).map(ToString::to_string).unwrap_or_default()
}

/// Help as one line of Markdown: nothing in it becomes markup but code between backticks.
fn plain(help: &str) -> String {
    let mut text = String::new();
    for (index, part) in help.split('`').enumerate() {
        if index % 2 == 1 {
            write!(text, "`{part}`").unwrap();
            continue;
        }
        for character in part.chars() {
            if r"\*_[]<>#".contains(character) {
                text.push('\\');
            }
            text.push(character);
        }
    }
    text.replace("\n\n", "<br>").replace('\n', " ")
}
