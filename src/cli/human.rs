//! Messages for people: one line each, with the place in front and advice below.

use std::io::Write;

use crate::diagnostic::{Diagnostic, Edit, Lang, Message, Placed, Severity};
use crate::source::Position;

/// The word in front of a message.
pub(super) fn label(severity: Severity, lang: Lang) -> &'static str {
    match (severity, lang) {
        (Severity::Error, Lang::Zh) => "错误",
        (Severity::Warning, Lang::Zh) => "警告",
        (Severity::Info, Lang::Zh) => "提示",
        (severity, Lang::En) => severity.name(),
    }
}

fn help_line(out: &mut dyn Write, help: Option<&Message>, lang: Lang) {
    if let Some(help) = help {
        let word = if lang == Lang::Zh { "办法：" } else { "hint: " };
        // Standard error may be closed; there is nobody left to tell.
        let _ = writeln!(out, "  {word}{}", help.in_lang(lang));
    }
}

/// Prints why something failed.
pub(super) fn fault(
    out: &mut dyn Write,
    name: &str,
    place: Option<Position>,
    message: &Message,
    help: Option<&Message>,
    lang: Lang,
) {
    let place = place
        .map(|place| format!(":{}:{}", place.line, place.column))
        .unwrap_or_default();
    let _ = writeln!(
        out,
        "{}{place}: {}: {}",
        visible(name),
        label(Severity::Error, lang),
        lines(message.in_lang(lang))
    );
    help_line(out, help, lang);
}

/// Prints a finding.
pub(super) fn diagnostic(out: &mut dyn Write, name: &str, found: &Placed<Diagnostic>, lang: Lang) {
    let Diagnostic {
        code,
        severity,
        message,
        help,
        span,
    } = &found.item;
    let place = match span {
        Some(_) => format!(":{}:{}", found.start.line, found.start.column),
        None => String::new(),
    };
    let _ = writeln!(
        out,
        "{}{place}: {}[{code}]: {}",
        visible(name),
        label(*severity, lang),
        lines(message.in_lang(lang))
    );
    help_line(out, help.as_ref(), lang);
}

/// Prints a correction.
pub(super) fn edit(out: &mut dyn Write, name: &str, edit: &Placed<Edit>, lang: Lang) {
    let Position { line, column } = edit.start;
    let (before, after) = (quoted(&edit.item.before), quoted(&edit.item.after));
    let (name, code) = (visible(name), edit.item.code);
    let _ = match lang {
        Lang::Zh => writeln!(out, "{name}:{line}:{column}: 更正[{code}]：{before} → {after}"),
        Lang::En => writeln!(
            out,
            "{name}:{line}:{column}: corrected[{code}]: {before} → {after}"
        ),
    };
}

/// A piece of text in quotation marks, in corner brackets when it has such marks itself.
fn quoted(text: &str) -> String {
    let text = visible(text);
    if text.contains(['“', '”']) {
        format!("「{text}」")
    } else {
        format!("“{text}”")
    }
}

/// Text with everything made visible that moves the cursor of a terminal, turns its writing round or shows nothing.
pub(super) fn visible(text: &str) -> String {
    text.chars()
        .flat_map(|c| {
            if is_barred(c) {
                c.escape_unicode().collect()
            } else {
                vec![c]
            }
        })
        .collect()
}

/// Whether a character moves the cursor, turns writing round or shows nothing.
pub(super) fn is_barred(c: char) -> bool {
    c.is_control() || is_invisible(c)
}

/// A message that may have several lines.
fn lines(message: &str) -> String {
    message.lines().map(visible).collect::<Vec<_>>().join("\n")
}

/// Zero-width characters, direction marks and line separators.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}
