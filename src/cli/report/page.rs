//! The report for people: one page of HTML with everything in it, that works without a network.
//!
//! Written file by file like the one for programs; what the whole batch came to stands at the end and is shown at the top.
//! The one rule: whatever comes from a text or a file name is escaped.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Summary;
use crate::batch::{Converted, Job, Outcome, Skip};
use crate::diagnostic::{Lang, Severity};

/// A page being written; files come in input order.
pub(in crate::cli) struct Page {
    out: Box<dyn Write + Send>,
    lang: Lang,
    timings: bool,
    /// The folder the page lies in, for links to the outputs.
    folder: PathBuf,
    rows: usize,
}

const CSS: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

impl Page {
    /// Begins a page that will be the file `path`.
    pub(in crate::cli) fn begin(
        mut out: Box<dyn Write + Send>,
        path: &Path,
        lang: Lang,
        timings: bool,
    ) -> io::Result<Self> {
        let say = |zh, en| if lang == Lang::Zh { zh } else { en };
        let (tag, title) = (say("zh-CN", "en"), say("转换报告", "Conversion report"));
        write!(
            out,
            "<!DOCTYPE html>\n<html lang=\"{tag}\"><head><meta charset=\"utf-8\">\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; \
             style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\
             <meta name=\"viewport\" content=\"width=device-width\">\
             <title>{title}</title><style>\n{CSS}</style></head>\n<body><header><h1>{title} \
             <label><small><input type=\"checkbox\" id=\"problems\"> {}</small></label></h1></header>\n\
             <main><table><thead><tr>",
            say("只看有问题的文件", "only files with problems"),
        )?;
        let mut heads = vec![
            (say("序号", "No."), true),
            (say("首页", "First page"), false),
            (say("文件", "File"), false),
            (say("结果", "Result"), false),
            (say("页数", "Pages"), true),
            (say("更正", "Corrections"), true),
            (say("警告", "Warnings"), true),
        ];
        if timings {
            heads.push((say("毫秒", "ms"), true));
        }
        heads.push((say("问题和更正", "Problems and corrections"), false));
        for (number, (head, numeric)) in heads.iter().enumerate() {
            let numeric = if *numeric { " data-numeric" } else { "" };
            // Pictures and lists have no order.
            if number == 1 || number == heads.len() - 1 {
                write!(out, "<th scope=\"col\">{head}</th>")?;
            } else {
                write!(
                    out,
                    "<th scope=\"col\"{numeric}><button type=\"button\">{head}</button></th>"
                )?;
            }
        }
        out.write_all(b"</tr></thead><tbody>\n")?;
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
        Ok(Page {
            out,
            lang,
            timings,
            folder: absolute.parent().map(Path::to_path_buf).unwrap_or_default(),
            rows: 0,
        })
    }

    fn say(&self, zh: &'static str, en: &'static str) -> &'static str {
        if self.lang == Lang::Zh { zh } else { en }
    }

    /// Adds one file.
    pub(in crate::cli) fn add(&mut self, job: &Job, outcome: &Outcome) -> io::Result<()> {
        self.rows += 1;
        let row = self.row(&job.input.name(), outcome);
        self.out.write_all(row.as_bytes())
    }

    fn row(&self, name: &str, outcome: &Outcome) -> String {
        let mut row = String::new();
        let name = escaped(name);
        let (status, word, fine) = match outcome {
            Outcome::Converted(converted) => {
                let fine = warnings(converted) == 0;
                ("converted", self.say("已转换", "converted"), fine)
            }
            Outcome::Skipped(_) => ("skipped", self.say("跳过", "skipped"), true),
            Outcome::Failed(_) => ("failed", self.say("失败", "failed"), false),
        };
        let class = if fine { "fine" } else { "problem" };
        // Writing to a string cannot fail, here and below.
        let _ = write!(
            row,
            "<tr class=\"{class}\"><td class=\"number\">{}</td><td>",
            self.rows
        );
        let empty_cells = if self.timings { 4 } else { 3 };
        match outcome {
            Outcome::Converted(converted) => {
                if let Some(picture) = &converted.preview {
                    let _ = write!(
                        row,
                        "<img alt=\"\" loading=\"lazy\" src=\"data:image/png;base64,{}\">",
                        base64(picture)
                    );
                }
                let _ = write!(row, "</td><td class=\"name\">{name}<small>");
                let kind = self.say(converted.kind.term(), converted.kind.name());
                let _ = write!(row, "{} · {kind}", converted.encoding);
                for output in &converted.outputs {
                    let _ = write!(row, " · {}", self.link(&output.path));
                }
                let pages = converted.pages.map(|pages| pages.to_string()).unwrap_or_default();
                let _ = write!(
                    row,
                    "</small></td><td class=\"status {status}\">{word}</td><td class=\"number\">{pages}</td>\
                     <td class=\"number\">{}</td><td class=\"number\">{}</td>",
                    converted.edits.len(),
                    warnings(converted)
                );
                if self.timings {
                    let _ = write!(
                        row,
                        "<td class=\"number\">{:.1}</td>",
                        converted.elapsed.as_secs_f64() * 1e3
                    );
                }
                let _ = write!(row, "<td>{}</td></tr>", self.details(converted));
            }
            Outcome::Skipped(skip) => {
                let why = match skip {
                    Skip::Exists => self.say("输出已存在", "the outputs exist"),
                    Skip::Unchanged => self.say("没有变化", "unchanged"),
                };
                let _ = write!(
                    row,
                    "</td><td class=\"name\">{name}</td><td class=\"status {status}\">{word}</td>{}<td>{why}</td></tr>",
                    "<td class=\"number\"></td>".repeat(empty_cells)
                );
            }
            Outcome::Failed(failure) => {
                let place = failure
                    .place
                    .map(|place| format!("<code>{}:{}</code> ", place.line, place.column))
                    .unwrap_or_default();
                let help = failure.help.as_ref().map_or_else(String::new, |help| {
                    format!("<small>{}</small>", escaped(help.in_lang(self.lang)))
                });
                let _ = write!(
                    row,
                    "</td><td class=\"name\">{name}</td><td class=\"status {status}\">{word}</td>{}\
                     <td class=\"error\">{place}{}{help}</td></tr>",
                    "<td class=\"number\"></td>".repeat(empty_cells),
                    escaped(failure.message.in_lang(self.lang))
                );
            }
        }
        row.push('\n');
        row
    }

    /// The findings, the worst first, and the corrections, folded in where there are many.
    fn details(&self, converted: &Converted) -> String {
        let mut html = String::new();
        let mut findings: Vec<_> = converted.diagnostics.iter().collect();
        findings.sort_by_key(|found| std::cmp::Reverse(found.item.severity));
        let shown = findings
            .iter()
            .take_while(|found| found.item.severity >= Severity::Warning)
            .count();
        for (kind, some) in [
            (None, &findings[..shown]),
            (Some(self.say("提示", "Notes")), &findings[shown..]),
        ] {
            if some.is_empty() {
                continue;
            }
            let mut list = String::from("<ul>");
            for found in some {
                let severity = match found.item.severity {
                    Severity::Error => "error",
                    Severity::Warning => "warning",
                    Severity::Info => "info",
                };
                let _ = write!(
                    list,
                    "<li class=\"{severity}\"><code>{}:{}</code> {} <code>{}</code></li>",
                    found.start.line,
                    found.start.column,
                    escaped(found.item.message.in_lang(self.lang)),
                    escaped(found.item.code)
                );
            }
            list.push_str("</ul>");
            fold(&mut html, kind, some.len(), &list);
        }
        if !converted.edits.is_empty() {
            let mut list = String::from("<ul>");
            for edit in &converted.edits {
                let _ = write!(
                    list,
                    "<li><code>{}:{}</code> <del>{}</del> → <ins>{}</ins> <code>{}</code></li>",
                    edit.start.line,
                    edit.start.column,
                    escaped(&edit.item.before),
                    escaped(&edit.item.after),
                    escaped(edit.item.code)
                );
            }
            list.push_str("</ul>");
            fold(
                &mut html,
                Some(self.say("更正", "Corrections")),
                converted.edits.len(),
                &list,
            );
        }
        html
    }

    /// A link to an output that lies beside or below the page; elsewhere its path only.
    fn link(&self, output: &Path) -> String {
        let absolute = std::path::absolute(output).unwrap_or_else(|_| output.to_path_buf());
        let ending = output.extension().unwrap_or_default().to_string_lossy();
        match absolute.strip_prefix(&self.folder) {
            Ok(relative) => format!("<a href=\"{}\">{}</a>", address(relative), escaped(&ending)),
            Err(_) => escaped(&output.display().to_string()),
        }
    }

    /// Ends the page.
    pub(in crate::cli) fn end(mut self, summary: &Summary) -> io::Result<()> {
        let Summary {
            converted,
            skipped,
            failed,
            edits,
            warnings,
        } = summary;
        self.out.write_all(b"</tbody></table></main>\n<footer>")?;
        for (class, word, count) in [
            ("converted", self.say("转换", "converted"), converted),
            ("skipped", self.say("跳过", "skipped"), skipped),
            ("failed", self.say("失败", "failed"), failed),
            ("", self.say("更正", "corrections"), edits),
            ("warning", self.say("警告", "warnings"), warnings),
        ] {
            write!(self.out, "<span class=\"{class}\"><b>{count}</b> {word}</span>")?;
        }
        write!(self.out, "</footer>\n<script>\n{SCRIPT}</script></body></html>\n")?;
        self.out.flush()
    }
}

fn warnings(converted: &Converted) -> usize {
    let worth = |severity| severity >= Severity::Warning;
    converted
        .diagnostics
        .iter()
        .filter(|found| worth(found.item.severity))
        .count()
}

/// Adds a list, folded in under its name when it has one.
fn fold(html: &mut String, name: Option<&str>, count: usize, list: &str) {
    match name {
        Some(name) => {
            let _ = write!(html, "<details><summary>{name} {count}</summary>{list}</details>");
        }
        None => html.push_str(list),
    }
}

/// Text between tags or in an attribute; characters that HTML does not know are shown as what they are not.
fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            '\n' | '\t' => html.push(' '),
            c if c.is_control() => html.push('\u{fffd}'),
            c => html.push(c),
        }
    }
    html
}

/// A relative path as an address; the bytes of names that are no Unicode are kept.
fn address(path: &Path) -> String {
    // In front, so that a colon in a name begins no scheme.
    let mut address = String::from(".");
    for part in path.components() {
        address.push('/');
        for byte in part.as_os_str().as_encoded_bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                    address.push(char::from(*byte));
                }
                _ => {
                    let _ = write!(address, "%{byte:02X}");
                }
            }
        }
    }
    address
}

/// RFC 4648.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let group = three
            .iter()
            .fold(0u32, |group, byte| group << 8 | u32::from(*byte))
            << (8 * (3 - three.len()));
        for place in 0..4 {
            if place <= three.len() {
                text.push(char::from(DIGITS[(group >> (18 - 6 * place)) as usize & 63]));
            } else {
                text.push('=');
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_comes_from_outside_is_escaped() {
        assert_eq!(
            escaped("<b onclick='x' id=\"y\">&\u{1b}\n"),
            "&lt;b onclick=&#39;x&#39; id=&quot;y&quot;&gt;&amp;\u{fffd} "
        );
        assert_eq!(
            address(Path::new("a b/讲话#1?\"<.pdf")),
            "./a%20b/%E8%AE%B2%E8%AF%9D%231%3F%22%3C.pdf"
        );
    }

    #[test]
    fn base64_is_that_of_the_standard() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }
}
