//! The values that fill blanks: pairs on the command line, a TOML file, or a CSV file with a row for each recipient.

use std::collections::BTreeMap;
use std::path::Path;

use super::UsageError;
use crate::batch::plain_file;
use crate::diagnostic::Message;
use crate::source::{LineIndex, decode};

/// The values of one document, by name or number.
pub(super) type Values = BTreeMap<String, String>;

/// The values of one document of a table, with where they stand.
#[derive(Debug)]
pub(super) struct Row {
    /// The line in the table's file.
    pub(super) line: usize,
    /// The values; empty cells are none.
    pub(super) values: Values,
}

/// What `--set NAME=VALUE` says.
pub(super) fn pairs(pairs: &[String]) -> Result<Values, UsageError> {
    pairs
        .iter()
        .map(|pair| {
            let (name, value) = pair.split_once(['=', '＝']).ok_or_else(|| {
                UsageError::new(Message::new(
                    format!("--set 应写成 名称=值，不是“{pair}”"),
                    format!("--set takes NAME=VALUE, not “{pair}”"),
                ))
            })?;
            Ok((name.trim().to_owned(), value.to_owned()))
        })
        .collect()
}

/// The values in a file: one document's in TOML, one for each row in CSV.
pub(super) enum ValuesFile {
    /// One document.
    One(Values),
    /// A table: its columns, and a document for each row.
    Many(Vec<String>, Vec<Row>),
}

/// Far beyond any table of recipients; what is larger was named by mistake.
const LARGEST: u64 = 64 << 20;

/// Reads a file of values; CSV files as Excel saves them (GBK, UTF-8 with or without BOM, `,` `;` or tabs) will do.
pub(super) fn read(path: &Path) -> Result<ValuesFile, UsageError> {
    let shown = path.display();
    let fault = |zh: String, en: String| {
        UsageError::new(Message::new(format!("{shown}{zh}"), format!("{shown}{en}")))
    };
    let bytes = plain_file(path, LARGEST).map_err(|error| {
        let why = error.message();
        fault(
            format!("：无法读取：{}", why.zh),
            format!(": cannot be read: {}", why.en),
        )
    })?;
    let text = decode(&bytes, None)
        .map_err(|_| fault("：不是文本文件".to_owned(), ": no text".to_owned()))?
        .text;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    if path
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("toml"))
    {
        return toml_values(text)
            .map(ValuesFile::One)
            .map_err(|(line, column, message)| {
                fault(
                    format!(":{line}:{column}：{message}"),
                    format!(":{line}:{column}: {message}"),
                )
            });
    }
    let (columns, rows) = table(text).map_err(|(line, message)| {
        fault(
            format!(":{line}：{}", message.zh),
            format!(":{line}: {}", message.en),
        )
    })?;
    Ok(ValuesFile::Many(columns, rows))
}

/// The keys of a TOML file; values may be texts, numbers or dates.
fn toml_values(text: &str) -> Result<Values, (usize, usize, String)> {
    let text = &quoted_keys(text);
    let table: toml::Table = toml::from_str(text).map_err(|error| {
        let place = LineIndex::new(text).position(error.span().map_or(0, |span| span.start));
        (
            place.line,
            place.column,
            error.message().trim().replace('\n', "; "),
        )
    })?;
    table
        .into_iter()
        .map(|(key, value)| match value {
            toml::Value::String(value) => Ok((key, value)),
            toml::Value::Integer(value) => Ok((key, value.to_string())),
            toml::Value::Float(value) => Ok((key, value.to_string())),
            toml::Value::Datetime(value) => Ok((key, value.to_string())),
            _ => {
                let message = format!("{key}: a text or a number is wanted");
                Err((1, 1, message))
            }
        })
        .collect()
}

/// The text with quotation marks around keys such as 单位, which TOML wants and nobody expects.
fn quoted_keys(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 64);
    for line in text.split_inclusive('\n') {
        let bare = line.split_once('=').filter(|(key, _)| {
            let key = key.trim();
            !key.is_ascii() && !key.contains(['"', '\'', '#', '[', ' '])
        });
        match bare {
            Some((key, value)) => {
                quoted.push('"');
                quoted.push_str(key.trim());
                quoted.push_str("\" =");
                quoted.push_str(value);
            }
            None => quoted.push_str(line),
        }
    }
    quoted
}

/// The columns and rows of a CSV file (RFC 4180).
fn table(text: &str) -> Result<(Vec<String>, Vec<Row>), (usize, Message)> {
    let mut records = records(text)?.into_iter();
    let (line, header) = records
        .next()
        .ok_or_else(|| (1, Message::new("没有标题行", "there is no header row")))?;
    let columns: Vec<String> = header.iter().map(|name| name.trim().to_owned()).collect();
    for (i, name) in columns.iter().enumerate() {
        if name.is_empty() {
            let message = Message::new(
                format!("第 {} 列没有名称", i + 1),
                format!("column {} has no name", i + 1),
            );
            return Err((line, message));
        }
        if columns[..i].contains(name) {
            let message = Message::new(
                format!("列名“{name}”重复"),
                format!("column “{name}” stands twice"),
            );
            return Err((line, message));
        }
    }
    let rows = records
        .map(|(line, cells)| {
            if cells.len() > columns.len() {
                let (cells, columns) = (cells.len(), columns.len());
                return Err((
                    line,
                    Message::new(
                        format!("有 {cells} 个单元格，标题行只有 {columns} 列；含逗号的内容要加双引号"),
                        format!(
                            "{cells} cells, but {columns} columns in the header; quote cells with commas"
                        ),
                    ),
                ));
            }
            let values = columns
                .iter()
                .cloned()
                .zip(cells)
                .filter(|(_, cell)| !cell.trim().is_empty());
            Ok(Row {
                line,
                values: values.collect(),
            })
        })
        .collect::<Result<Vec<Row>, _>>()?;
    if rows.is_empty() {
        return Err((
            line,
            Message::new("只有标题行，没有数据", "there is a header, but no row"),
        ));
    }
    Ok((columns, rows))
}

/// A record of a CSV file: the line it begins on, and its cells.
type Record = (usize, Vec<String>);

/// The records of a CSV file with their lines; blank lines are none.
fn records(text: &str) -> Result<Vec<Record>, (usize, Message)> {
    let first = text.lines().next().unwrap_or("");
    let separator = [',', '\t', ';', '，']
        .into_iter()
        .max_by_key(|&separator| (first.matches(separator).count(), separator == ','))
        .unwrap_or(',');
    let mut records = Vec::new();
    let mut record: Vec<String> = Vec::new();
    let mut cell = String::new();
    let (mut line, mut begun) = (1, 1);
    let mut quoted = false;
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        line += usize::from(c == '\n');
        if quoted {
            match c {
                '"' if characters.peek() == Some(&'"') => {
                    characters.next();
                    cell.push('"');
                }
                '"' => quoted = false,
                '\r' if characters.peek() == Some(&'\n') => {}
                _ => cell.push(c),
            }
        } else if c == '"' && cell.is_empty() {
            quoted = true;
        } else if c == separator {
            record.push(std::mem::take(&mut cell));
        } else if matches!(c, '\n' | '\r') {
            if !(record.is_empty() && cell.trim().is_empty()) {
                record.push(std::mem::take(&mut cell));
                records.push((begun, std::mem::take(&mut record)));
            }
            cell.clear();
            begun = line;
        } else {
            cell.push(c);
        }
    }
    if quoted {
        let message = Message::new("双引号没有配对", "a quotation mark is never closed");
        return Err((begun, message));
    }
    if !(record.is_empty() && cell.trim().is_empty()) {
        record.push(cell);
        records.push((begun, record));
    }
    Ok(records)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        match table(text) {
            Ok((columns, rows)) => {
                let rows: Vec<String> = rows
                    .iter()
                    .map(|row| format!("{}{:?}", row.line, row.values.values().collect::<Vec<_>>()))
                    .collect();
                format!("{columns:?} {}", rows.join(" "))
            }
            Err((line, message)) => format!("{line}: {}", message.en),
        }
    }

    #[test]
    fn tables_are_read_as_excel_writes_them() {
        assert_eq!(
            shown("a,b\r\n1,2\r\n\r\n3,\r\n"),
            r#"["a", "b"] 2["1", "2"] 4["3"]"#
        );
        assert_eq!(shown("a;b\n1;2"), r#"["a", "b"] 2["1", "2"]"#);
        assert_eq!(shown("a\tb\n1\t2"), r#"["a", "b"] 2["1", "2"]"#);
        assert_eq!(
            shown("a,b\n\"x,\"\"y\"\"\n二\",2\n"),
            r#"["a", "b"] 2["x,\"y\"\n二", "2"]"#
        );
    }

    #[test]
    fn chinese_keys_need_no_quotation_marks() {
        let values = toml_values("单位 = \"甲=乙\"\n\"年\" = 2024\nx = 1.5\n").unwrap();
        let shown: Vec<String> = values
            .iter()
            .map(|(key, value)| format!("{key}:{value}"))
            .collect();
        assert_eq!(shown, ["x:1.5", "单位:甲=乙", "年:2024"]);
    }

    #[test]
    fn faults_of_tables_name_their_line() {
        assert_eq!(shown("a,a\n1,2"), "1: column “a” stands twice");
        assert_eq!(shown("a,\n1,2"), "1: column 2 has no name");
        assert_eq!(
            shown("a,b\n1,2\n1,2,3"),
            "3: 3 cells, but 2 columns in the header; quote cells with commas"
        );
        assert_eq!(shown("a,b\n\"1,2"), "2: a quotation mark is never closed");
        assert_eq!(shown("a\n"), "1: there is a header, but no row");
    }
}
