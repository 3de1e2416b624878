//! SARIF 2.1.0, which code-review tools read.

use serde_json::{Value, json};

use crate::diagnostic::{Diagnostic, Lang, Placed, Severity};

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
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
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

/// A path as a relative URI reference (RFC 3986): what is not unreserved is escaped, slashes stay.
fn uri(path: &str) -> String {
    use std::fmt::Write;
    path.replace('\\', "/")
        .bytes()
        .fold(String::new(), |mut uri, byte| {
            if byte.is_ascii_alphanumeric() || b"-._~/:".contains(&byte) {
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
    use super::uri;

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri(r"docs\讲 话.txt"), "docs/%E8%AE%B2%20%E8%AF%9D.txt");
    }
}
