//! SARIF 2.1.0, which code-review tools read.

use serde_json::{Value, json};

use crate::diagnostic::{Diagnostic, Lang, Placed, Severity};
use crate::source::LineIndex;

/// The log of one run: findings with the files they are in.
pub(super) fn log(findings: &[(String, Placed<Diagnostic>)], lang: Lang) -> Value {
    let mut codes: Vec<&str> = findings.iter().map(|(_, found)| found.item.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let rules: Vec<Value> = codes.iter().map(|code| json!({ "id": code })).collect();
    let results: Vec<Value> = findings
        .iter()
        .map(|(path, found)| result(path, found, lang))
        .collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "hongtou",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "utf16CodeUnits",
            "results": results,
        }],
    })
}

/// A finding with its columns in code units of UTF-16, as readers of SARIF count them whatever `columnKind` says.
pub(super) fn in_code_units(found: Placed<Diagnostic>, lines: &LineIndex<'_>) -> Placed<Diagnostic> {
    let span = found.item.span.unwrap_or_default();
    Placed {
        start: lines.position_utf16(span.start),
        end: lines.position_utf16(span.end),
        ..found
    }
}

fn result(path: &str, found: &Placed<Diagnostic>, lang: Lang) -> Value {
    let level = match found.item.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    };
    json!({
        "ruleId": found.item.code,
        "level": level,
        "message": { "text": found.item.message.in_lang(lang) },
        "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": uri(path) },
            "region": {
                "startLine": found.start.line,
                "startColumn": found.start.column,
                "endLine": found.end.line,
                "endColumn": found.end.column,
            },
        }}],
    })
}

/// A path as a URI or a relative reference (RFC 3986): what is not unreserved is escaped, slashes stay. A colon would make
/// what is before it a scheme, so that only the one of a drive stays, after `file:///`.
fn uri(path: &str) -> String {
    use std::fmt::Write;
    let path = path.replace('\\', "/");
    let drive = matches!(path.as_bytes(), [letter, b':', b'/', ..] if letter.is_ascii_alphabetic());
    let (begin, rest) = if drive {
        (format!("file:///{}", &path[..2]), &path[2..])
    } else if path.starts_with("//") {
        ("file:".to_owned(), path.as_str())
    } else if path.starts_with('/') {
        ("file://".to_owned(), path.as_str())
    } else {
        (String::new(), path.as_str())
    };
    rest.bytes().fold(begin, |mut uri, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(uri, "%{byte:02X}");
        }
        uri
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uris() {
        for (path, wanted) in [
            (r"docs\讲 话.txt", "docs/%E8%AE%B2%20%E8%AF%9D.txt"),
            (r"D:\a b\c.txt", "file:///D:/a%20b/c.txt"),
            ("/home/a.txt", "file:///home/a.txt"),
            (r"\\server\share\a.txt", "file://server/share/a.txt"),
            ("9:30.txt", "9%3A30.txt"),
        ] {
            assert_eq!(uri(path), wanted);
        }
    }

    #[test]
    fn columns_are_code_units() {
        let text = "甲\n𠮷𠮷乙!\n";
        let lines = LineIndex::new(text);
        let at = text.find('!').unwrap();
        let place = lines.position_utf16(at);
        assert_eq!((place.line, place.column), (2, 6));
        assert_eq!(lines.position(at).column, 4);
        assert_eq!(lines.position_utf16(0).column, 1);
    }
}
