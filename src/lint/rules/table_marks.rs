//! T10: a table drawn with bars (Markdown).

use crate::diagnostic::Severity;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Applicability, Check, Example, Report, Rule, said};
use crate::model::Role;

pub(crate) static RULE: Rule = Rule {
    code: "table-marks",
    id: "T10",
    severity: Severity::Info,
    fix: Some(Applicability::Safe),
    name: said("用竖线画的表格", "table drawn with bars"),
    what: said(
        "每一行都以竖线 | 开头、结尾，列数相同的表格（Markdown 写法），含 |---| 一行。改正时竖线换成制表符，|---| 一行去掉，输出为真正的表格。",
        "A table whose rows all begin and end with a bar | and have the same number of cells (as in Markdown), with its row |---|. The correction makes tabs of the bars and takes the row |---| away; the outputs then hold a real table.",
    ),
    why: said(
        "竖线和短横是排版标记，不是正文；不去掉就会原样印出来。",
        "Bars and dashes are markup, not text; left alone they would be printed.",
    ),
    examples: &[Example {
        wrong: "〖表格〗| 单位 | 人数 |",
        right: "〖表格〗 单位 \t 人数 ",
    }],
    leaves: &[
        "〖表格〗单位\t人数",
        "〖表格〗| 单位 | 人数",
        "他写了 | 和 | 两个符号。",
    ],
    check: Check::Paragraph(check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    if p.role() != Role::Table {
        return;
    }
    let text = p.text();
    let mut rows: Vec<(usize, Vec<usize>)> = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        rows.push((start, bars(line)));
        start += line.len() + 1;
        let closed = line.trim().len() > 1 && line.trim().starts_with('|') && line.trim().ends_with('|');
        let columns = rows[0].1.len();
        if !closed || columns < 3 || rows[rows.len() - 1].1.len() != columns {
            return;
        }
    }
    let found = report.find(
        0..text.len(),
        said(
            "表格是用竖线画的，竖线不是正文",
            "the table is drawn with bars, which are no text",
        ),
    );
    for (number, (start, bars)) in rows.iter().enumerate() {
        let line = text[*start..].lines().next().unwrap_or_default();
        let end = start + line.len();
        if number == 1 && is_rule(line) {
            // With the line break before it.
            found.change(start - 1..end, "");
            continue;
        }
        let last = bars.len() - 1;
        for (i, bar) in bars.iter().enumerate() {
            let with = if i == 0 || i == last { "" } else { "\t" };
            found.change(start + bar..start + bar + 1, with);
        }
        // `\|` stands for a bar.
        for (at, _) in line.match_indices("\\|") {
            found.change(start + at..start + at + 1, "");
        }
        found.changes.sort_by_key(|change| change.range.start);
    }
}

/// The bytes of the bars in `line` that part cells; a backslash before one makes it text.
fn bars(line: &str) -> Vec<usize> {
    line.match_indices('|')
        .map(|(at, _)| at)
        .filter(|at| !line[..*at].ends_with('\\'))
        .collect()
}

/// Whether `line` is the |---|:--:| between the head and the rows.
fn is_rule(line: &str) -> bool {
    line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

#[cfg(test)]
mod tests {
    use crate::model::{Block, Document, Role, Text};
    use crate::normalize::{FixLevel, normalize};
    use crate::source::Span;

    fn corrected(source: &str) -> (String, Vec<(String, String)>) {
        let span = Span::new(0, source.len());
        let mut document = Document::default();
        document
            .blocks
            .push(Block::new(Role::Table, Text::from_source(source, span), span));
        let edits = normalize(&mut document, source, FixLevel::Safe);
        let edits = edits.into_iter().map(|edit| (edit.before, edit.after)).collect();
        (document.blocks[0].text.as_str().to_owned(), edits)
    }

    #[test]
    fn bars_become_tabs_and_the_rule_goes() {
        let (text, edits) = corrected("| 项目 | 时限 |\n|:---|---:|\n| 修路 |  |");
        assert_eq!(text, " 项目 \t 时限 \n 修路 \t  ");
        assert_eq!(edits.len(), 7);
        assert_eq!(edits[3].0, "\n|:---|---:|");
    }

    #[test]
    fn a_bar_with_a_backslash_is_text() {
        assert_eq!(corrected("|甲\\|乙|丙|\n|丁|戊|").0, "甲|乙\t丙\n丁\t戊");
    }

    #[test]
    fn rows_of_different_width_are_left_alone() {
        for text in ["|甲|乙|\n|丙|", "|甲|\n|乙|", "|甲|乙|\n丙|丁|"] {
            let (after, edits) = corrected(text);
            assert_eq!((after.as_str(), edits.len()), (text, 0));
        }
    }
}
