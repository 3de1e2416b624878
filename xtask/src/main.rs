//! Chores of the project: `cargo xtask bless [TOPIC/NAME…]`, `cargo xtask rules` and `cargo xtask ci`.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for developers talks to its terminal"
)]

mod bless;
mod ci;
mod rules;

use std::process::ExitCode;

const USAGE: &str =
    "usage: cargo xtask bless [TOPIC/NAME…]   write references of golden cases (all without a name)
       cargo xtask rules                     write the rule pages in docs/rules
       cargo xtask ci                        what must be green before a change is ready";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let result = match arguments.split_first() {
        Some((task, names)) if task == "bless" => bless::run(names),
        Some((task, [])) if task == "rules" => rules::run(),
        Some((task, [])) if task == "ci" => ci::run(),
        _ => Err(USAGE.to_owned()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
