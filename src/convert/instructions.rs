//! What a text says to this program: which findings to leave out, and where.

use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::lint::Suppression;
use crate::parse::{Field, Instruction};

/// What the text asks to leave as it is: `<!-- hongtou: ignore P01 -->` for the next paragraph, `ignore-file` or the
/// front matter's `ignore` for the whole text. Other instructions are findings.
pub(super) fn suppressions(
    instructions: &[Instruction],
    fields: &[Field],
) -> (Vec<Suppression>, Vec<Diagnostic>) {
    let mut found: Vec<Suppression> = fields
        .iter()
        .filter(|field| field.key == "ignore")
        .map(|field| Suppression {
            rules: field
                .value
                .split([' ', ',', '，', '、', '[', ']', '"'])
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect(),
            place: field.span,
            whole: true,
        })
        .collect();
    let mut unknown = Vec::new();
    for instruction in instructions {
        let verb = instruction.words.first().map_or("", String::as_str);
        if matches!(verb, "ignore" | "ignore-file") && instruction.words.len() > 1 {
            found.push(Suppression {
                rules: instruction.words[1..].to_vec(),
                place: instruction.span,
                whole: verb == "ignore-file",
            });
            continue;
        }
        let said = instruction.words.join(" ");
        let message = Message::new(
            format!("不认识的指令“{said}”"),
            format!("unknown instruction “{said}”"),
        );
        let help = Message::new(
            "写成 <!-- hongtou: ignore P01 --> 或 <!-- hongtou: ignore-file P01 -->",
            "write <!-- hongtou: ignore P01 --> or <!-- hongtou: ignore-file P01 -->",
        );
        unknown.push(
            Diagnostic::new("unknown-instruction", Severity::Warning, message)
                .at(instruction.span)
                .help(help),
        );
    }
    (found, unknown)
}
