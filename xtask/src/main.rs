//! Chores of the project: `cargo xtask bless [TOPIC/NAME…]`, `rules`, `schema`,
//! `licenses`, `pictures`, `lines FOLDER`, `bench`, `parity` and `ci`.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for developers talks to its terminal"
)]

#[cfg(unix)]
mod bench;
mod bless;
mod ci;
mod licenses;
mod lines;
mod parity;
mod pictures;
mod rules;
mod schema;

use std::process::ExitCode;

const USAGE: &str =
    "usage: cargo xtask bless [TOPIC/NAME…]   write references of golden cases (all without a name)
       cargo xtask rules                     write the rule pages in docs/rules
       cargo xtask schema                    write the JSON Schema of profiles, and their keys in docs/
       cargo xtask licenses                  write THIRD-PARTY-LICENSES.txt
       cargo xtask bench                     measure whole batches; writes docs/performance.md
       cargo xtask bench peers               compare with other programs, which it installs
       cargo xtask parity [TEXT…]            compare breaks of DOCX and PDF in LibreOffice (samples without texts)
       cargo xtask pictures                  draw the pictures of the documentation and of the visual test
       cargo xtask lines FOLDER              count the stretched lines of real texts, against first fit
       cargo xtask ci                        what must be green before a change is ready";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let result = match arguments.split_first() {
        Some((task, names)) if task == "bless" => bless::run(names),
        Some((task, [])) if task == "rules" => rules::run(),
        Some((task, [])) if task == "schema" => schema::run(),
        Some((task, [])) if task == "licenses" => licenses::run(),
        #[cfg(unix)]
        Some((task, [])) if task == "bench" => bench::run(),
        #[cfg(unix)]
        Some((task, [with])) if task == "bench" && with == "peers" => bench::peers(),
        Some((task, texts)) if task == "parity" => parity::run(texts),
        Some((task, [])) if task == "pictures" => pictures::run(),
        Some((task, [folder])) if task == "lines" => lines::run(folder),
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
