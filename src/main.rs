//! The program `hongtou`.

use std::process::ExitCode;

fn main() -> ExitCode {
    hongtou::cli::run(std::env::args_os())
}
